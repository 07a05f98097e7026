/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Work that is written up with one word: what an hour costs by its matrix, menu-priced jobs, canned
 * jobs, copies and templates; and sublet work with its vendor's bill. */

#include "twin.h"

#include <stddef.h>

/* ---- labor ---- */

int64_t twin_rate(const struct twin *twin, int64_t customer, int64_t hours,
                  enum twin_rule *ret_rule)
{
    const struct twin_matrix *matrix =
        twin->matrix[customer].tiers > 0 ? &twin->matrix[customer] : &twin->matrix[0];
    int at = matrix->tiers - 1;

    while (at > 0 && matrix->tier[at].from > hours)
        at--;
    *ret_rule = at >= 0 ? TWIN_BY_MATRIX : TWIN_BY_RATE;
    if (at < 0)
        return twin->standard_rate;
    return matrix->tier[at].rate != 0
               ? matrix->tier[at].rate
               : twin_share(twin->standard_rate, matrix->tier[at].multiplier, 1000);
}

/* ---- lines ---- */

static void insert_line(struct twin *twin, struct twin_job *job, const struct twin_line *line)
{
    job->line[job->lines] = *line;
    job->line[job->lines++].number = ++twin->numbers;
}

/* A part with a core value brings its core line along. */
static void insert_core(struct twin *twin, struct twin_job *job, const struct twin_line *part)
{
    const int64_t core = twin->shelf[part->part].core;
    const struct twin_line line = {.kind = TWIN_CORE,
                                   .part = part->part,
                                   .core_of = part->number,
                                   .quantity = part->quantity,
                                   .price = core,
                                   .cost = core,
                                   .taxable = true};

    if (core > 0)
        insert_line(twin, job, &line);
}

void twin_add_to_job(struct twin *twin, struct twin_job *job, const struct twin_line *line)
{
    insert_line(twin, job, line);
    if (line->kind == TWIN_PART && line->part >= 0) {
        const struct twin_line added = job->line[job->lines - 1];
        insert_core(twin, job, &added);
    }
}

/* ---- menu prices ---- */

void twin_end_menu(struct twin_job *job)
{
    job->menu = 0;
    for (int i = 0; i < job->lines; i++)
        job->line[i].menu = job->line[i].is_fixed = false;
}

static int64_t amount_of(const struct twin_line *line)
{
    return line->is_fixed ? line->fixed : twin_share(line->price, line->quantity, 1000);
}

static void fix(struct twin_line *line, int64_t share)
{
    line->is_fixed = true;
    line->fixed = share;
    line->rule = TWIN_BY_MENU;
    line->price = line->quantity > 0 ? twin_share(share, 1000, line->quantity) : 0;
}

bool twin_share_menu(struct twin_job *job)
{
    struct twin_line *labor[TWIN_LINES];
    int64_t weights[TWIN_LINES], hours[TWIN_LINES], shares[TWIN_LINES];
    int64_t rest = job->menu, worth = 0, all_hours = 0;
    int count = 0;

    if (job->menu == 0)
        return true;
    for (int i = 0; i < job->lines; i++) {
        struct twin_line *line = &job->line[i];
        if (!line->menu || line->kind == TWIN_CORE)
            continue;
        if (line->kind != TWIN_LABOR) {
            rest -= amount_of(line);
            continue;
        }
        labor[count] = line;
        weights[count] = line->quantity > 0 ? amount_of(line) : 0;
        hours[count] = line->quantity;
        worth += weights[count];
        all_hours += hours[count++];
    }
    if (count == 0) {
        twin_end_menu(job);
        return true;
    }
    if (rest < 0 || all_hours == 0)
        return false;
    twin_spread(rest, worth > 0 ? weights : hours, count, shares);
    for (int i = 0; i < count; i++)
        fix(labor[i], shares[i]);
    return true;
}

/* ---- today's prices ---- */

static bool is_of_catalog(const struct twin_line *line)
{
    return line->part >= 0;
}

/* Labor and what is in the catalog; anything else as it was. */
static struct twin_line today(const struct twin *twin, int64_t customer,
                              const struct twin_line *from)
{
    struct twin_line line = {.kind = from->kind,
                             .part = from->part,
                             .quantity = from->quantity,
                             .price = from->price,
                             .cost = from->cost,
                             .taxable = from->taxable,
                             .menu = from->menu};

    if (line.kind == TWIN_LABOR)
        line.price = twin_rate(twin, customer, line.quantity, &line.rule);
    if (line.kind == TWIN_PART && is_of_catalog(&line)) {
        line.price = twin->shelf[line.part].price;
        line.cost = twin->shelf[line.part].cost;
    }
    if (line.kind == TWIN_CORE && is_of_catalog(&line))
        line.price = line.cost = twin->shelf[line.part].core;
    return line;
}

/* The cores come behind the lines, each for its part. */
static void add_cores(struct twin *twin, struct twin_job *job)
{
    const int lines = job->lines;

    for (int i = 0; i < lines; i++) {
        const struct twin_line part = job->line[i];
        if (part.kind == TWIN_PART && is_of_catalog(&part))
            insert_core(twin, job, &part);
    }
}

bool twin_has_room(const struct twin *twin, const struct twin_job *jobs, int count)
{
    int many = 0;

    for (int j = 0; j < count; j++) {
        int lines = 0;
        for (int i = 0; i < jobs[j].lines; i++) {
            const struct twin_line *line = &jobs[j].line[i];
            lines += line->core_of == 0;
            lines +=
                line->kind == TWIN_PART && is_of_catalog(line) && twin->shelf[line->part].core > 0;
        }
        many += lines > TWIN_LINES;
    }
    return many == 0;
}

static bool write_up(struct twin *twin, struct twin_order *order, const struct twin_job *from,
                     int canned, int64_t menu)
{
    struct twin_job *job = &order->job[order->jobs++];

    *job = (struct twin_job){.state = TWIN_DRAFT, .canned = canned, .menu = menu};
    for (int i = 0; i < from->lines; i++) {
        const struct twin_line line = today(twin, order->customer, &from->line[i]);
        if (from->line[i].core_of == 0)
            insert_line(twin, job, &line);
    }
    add_cores(twin, job);
    return twin_share_menu(job);
}

/* ---- canned jobs ---- */

static bool write_up_canned(struct twin *twin, struct twin_order *order, int at)
{
    const struct twin_canned *canned = &twin->canned[at];
    struct twin_job from = {.lines = canned->lines};

    for (int i = 0; i < canned->lines; i++) {
        from.line[i] = canned->line[i];
        from.line[i].menu = canned->menu > 0;
    }
    return write_up(twin, order, &from, at + 1, canned->menu);
}

static bool settle(const struct twin *twin, struct twin_order *order, struct twin_order *trial)
{
    if (!twin_settle(twin, trial))
        return false;
    *order = *trial;
    return true;
}

/* What all but its labor costs today. */
int64_t twin_menu_least(const struct twin *twin, int at)
{
    const struct twin_canned *canned = &twin->canned[at];
    int64_t sum = 0;

    for (int i = 0; i < canned->lines; i++) {
        const struct twin_line line = today(twin, 0, &canned->line[i]);
        if (line.kind != TWIN_LABOR)
            sum += amount_of(&line);
    }
    return sum;
}

bool twin_set_menu(struct twin *twin, int at, int64_t menu)
{
    if (menu > 0 && menu < twin_menu_least(twin, at))
        return false;
    twin->canned[at].menu = menu;
    return true;
}

bool twin_add_canned(struct twin *twin, struct twin_order *order, int canned)
{
    struct twin_order trial = *order;

    return write_up_canned(twin, &trial, canned) && settle(twin, order, &trial);
}

/* ---- copies ---- */

/* A job that came from a canned one costs what that costs now. */
static int64_t menu_today(const struct twin *twin, const struct twin_job *job)
{
    const int64_t now = job->canned > 0 ? twin->canned[job->canned - 1].menu : 0;

    return now > 0 ? now : job->menu;
}

bool twin_copy(struct twin *twin, const struct twin_order *from, struct twin_order *order)
{
    struct twin_order trial = {.customer = from->customer, .is_sale = from->is_sale};

    for (int j = 0; j < from->jobs; j++)
        if (twin_counts(&from->job[j]) &&
            !write_up(twin, &trial, &from->job[j], from->job[j].canned,
                      menu_today(twin, &from->job[j])))
            return false;
    return trial.jobs > 0 && settle(twin, order, &trial);
}

/* ---- templates ---- */

bool twin_keep_template(struct twin *twin, const struct twin_order *order, int at)
{
    struct twin_template template = {0};

    for (int j = 0; j < order->jobs; j++)
        if (twin_counts(&order->job[j]))
            template.job[template.jobs++] = order->job[j];
    if (template.jobs == 0)
        return false;
    twin->template[at] = template;
    return true;
}

/* Lines of its own have no menu price. */
static bool write_up_own(struct twin *twin, struct twin_order *order, struct twin_job job)
{
    for (int i = 0; i < job.lines; i++)
        job.line[i].menu = false;
    return write_up(twin, order, &job, 0, 0);
}

bool twin_use_template(struct twin *twin, struct twin_order *order, int at)
{
    const struct twin_template *template = &twin->template[at];
    struct twin_order trial = *order;

    for (int j = 0; j < template->jobs; j++)
        if (template->job[j].canned > 0
                ? !write_up_canned(twin, &trial, template->job[j].canned - 1)
                : !write_up_own(twin, &trial, template->job[j]))
            return false;
    return settle(twin, order, &trial);
}

/* ---- sublet work ---- */

static bool is_given_away(const struct twin_line *line)
{
    return line->kind != TWIN_LABOR && line->kind != TWIN_CORE && line->part < 0;
}

/* Without the number of his bill: once that is here, all of it stays. */
bool twin_set_vendor(struct twin *twin, struct twin_order *order, int job, int line, int64_t cost)
{
    struct twin_order trial = *order;
    struct twin_line *at = &trial.job[job].line[line];

    if (!is_given_away(at) || at->is_billed || (trial.job[job].invoice != 0 && cost != at->cost))
        return false;
    at->has_vendor = true;
    at->cost = cost;
    if (trial.job[job].invoice == 0)
        return settle(twin, order, &trial);
    *order = trial;
    return true;
}

bool twin_bill(struct twin *twin, struct twin_order *order, int job, int line, int64_t total)
{
    struct twin_line *at = &order->job[job].line[line];
    const int64_t cost = twin_share(at->cost, at->quantity, 1000);

    if (!at->has_vendor || at->is_billed || at->cost == 0)
        return false;
    if (total == 0)
        total = cost;
    if (total == 0)
        return false;
    at->is_billed = true;
    twin_post_to(twin, TWIN_SUBLET_ACCRUED, cost);
    twin_post_to(twin, TWIN_PURCHASE_DIFFERENCE, total - cost);
    twin_post_to(twin, TWIN_PAYABLE, -total);
    return true;
}
