/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One random step with work that is written up with one word: canned jobs and their menu prices,
 * copies, templates; and sublet work with the vendor's bill. */

#include "histories.h"

#include <stdio.h>

#include "domain/canned_job.h"
#include "domain/labor_matrix.h"
#include "domain/order.h"
#include "domain/order_input.h"
#include "domain/sublet.h"
#include "domain/template.h"

static const char *const canned_codes[TWIN_CANNED] = {"JA", "JB", "JC", "JD"};
static const struct vendor_id VENDOR = {1};

/* ---- what a shop begins with ---- */

static struct labor_tier tier_of(const struct twin_matrix *matrix, int at)
{
    const struct twin_tier *tier = &matrix->tier[at];
    const bool is_last = at + 1 == matrix->tiers;

    return (struct labor_tier){
        .hours_from = {tier->from},
        .hours_to = {is_last ? NUMBER_NONE : tier[1].from},
        .multiplier = {tier->rate != 0 ? NUMBER_NONE : tier->multiplier},
        .rate = {tier->rate != 0 ? tier->rate : NUMBER_NONE},
    };
}

static void given_matrix(struct run *run, int64_t customer)
{
    struct twin_matrix *matrix = &run->twin.matrix[customer];
    struct labor_tier tiers[TWIN_TIERS];

    matrix->tiers = 1 + (int)roll(run, TWIN_TIERS);
    for (int i = 0; i < matrix->tiers; i++)
        matrix->tier[i] = (struct twin_tier){
            .from = i == 0 ? 0 : matrix->tier[i - 1].from + 100 * (1 + roll(run, 20)),
            .multiplier = 500 + roll(run, 1500),
            .rate = one_in(run, 3) ? 5000 + roll(run, 15000) : 0};
    for (int i = 0; i < matrix->tiers; i++)
        tiers[i] = tier_of(matrix, i);
    const struct labor_matrix_entry in = {.customer = {customer},
                                          .tiers = {tiers, (size_t)matrix->tiers}};
    both(run, &labor_matrix_add_op, &in, NULL, true);
}

static struct twin_line any_canned_line(struct run *run, int at)
{
    const int part = (int)roll(run, TWIN_PARTS);

    if (at == 0 || one_in(run, 3))
        return (struct twin_line){.kind = TWIN_LABOR,
                                  .part = -1,
                                  .quantity = 100 * (1 + roll(run, 30)),
                                  .taxable = one_in(run, 2)};
    if (one_in(run, 3))
        return (struct twin_line){.kind = one_in(run, 2) ? TWIN_FEE : TWIN_SUBLET,
                                  .part = -1,
                                  .quantity = 1000,
                                  .price = 1 + roll(run, 4000),
                                  .taxable = one_in(run, 2)};
    return (struct twin_line){
        .kind = TWIN_PART, .part = part, .quantity = 500 * (1 + roll(run, 6)), .taxable = true};
}

static int64_t any_menu(struct run *run, int canned)
{
    const int64_t least = twin_menu_least(&run->twin, canned);

    if (one_in(run, 3))
        return 0;
    return one_in(run, 6) ? 1 + roll(run, least + 1) : least + 1 + roll(run, 60000);
}

static void given_canned(struct run *run, int at)
{
    struct twin_canned *canned = &run->twin.canned[at];
    struct canned_line lines[3];

    canned->lines = 1 + (int)roll(run, 3);
    for (int i = 0; i < canned->lines; i++) {
        const struct twin_line *line = &canned->line[i];
        canned->line[i] = any_canned_line(run, i);
        lines[i] = (struct canned_line){.kind = (enum line_kind)line->kind,
                                        .description = line->part < 0 ? "This" : "",
                                        .part = {line->part + 1},
                                        .sku = "",
                                        .quantity = {line->quantity},
                                        .price = {line->price},
                                        .taxable = line->taxable};
    }
    if (one_in(run, 2))
        canned->menu = twin_menu_least(&run->twin, at) + 1 + roll(run, 60000);
    const struct canned_job_entry in = {
        .code = canned_codes[at],
        .title = canned_codes[at],
        .menu_price = {canned->menu > 0 ? canned->menu : NUMBER_NONE},
        .lines = {lines, (size_t)canned->lines}};
    both(run, &canned_job_add_op, &in, NULL, true);
}

void given_work(struct run *run)
{
    run->twin.standard_rate = ask_number(run->t, "SELECT rate FROM rate_class WHERE standard = 1");
    if (!one_in(run, 4))
        given_matrix(run, 0);
    given_matrix(run, 2);
    for (int c = 0; c < TWIN_CANNED; c++)
        given_canned(run, c);
    run_sql(run->t, "INSERT INTO vendor (name, name_key, terms_days) VALUES ('V', 'v', 30)");
}

void change_menu_price(struct run *run)
{
    const int at = (int)roll(run, TWIN_CANNED);
    const int64_t menu = any_menu(run, at);
    const struct canned_menu_price in = {.canned_job = {at + 1},
                                         .menu_price = {menu > 0 ? menu : NUMBER_NONE}};

    both(run, &canned_menu_price_op, &in, NULL, twin_set_menu(&run->twin, at, menu));
}

/* ---- written up with one word ---- */

void add_canned(struct run *run, struct twin_order *order)
{
    const int at = (int)roll(run, TWIN_CANNED);
    const struct job_add_canned in = {.order = {order->id}, .code = canned_codes[at]};

    if (order->jobs < TWIN_JOBS)
        change_order(run, &job_add_canned_op, &in, order, twin_add_canned(&run->twin, order, at));
}

/* Of an open one or of one that was invoiced lately, into a free place. */
void copy_order(struct run *run, struct twin_order *order)
{
    struct twin *twin = &run->twin;
    const struct twin_order *from =
        one_in(run, 2) ? &twin->order[roll(run, TWIN_OPEN)] : &twin->closed[roll(run, TWIN_CLOSED)];
    const struct order_copy in = {.order = {from->id}, .odometer_mi = NUMBER_NONE};
    struct order page;

    if (from->id == 0 || !twin_has_room(twin, from->job, from->jobs))
        return;
    const bool allowed = twin_copy(twin, from, order);
    if (!both(run, &order_copy_op, &in, &page, allowed))
        return;
    order->id = page.id.v;
    check_order(run, order, &page);
    run->histories++;
}

void keep_template(struct run *run, struct twin_order *order)
{
    const int at = (int)roll(run, TWIN_TEMPLATES);
    char name[16];

    snprintf(name, sizeof name, "Set %d", at);
    const struct template_save in = {.order = {order->id}, .name = name, .replace = true};
    struct order_template template;
    if (both(run, &template_save_op, &in, &template, twin_keep_template(&run->twin, order, at)))
        run->template_id[at] = template.id.v;
}

void use_template(struct run *run, struct twin_order *order)
{
    const int at = (int)roll(run, TWIN_TEMPLATES);
    const struct twin_template *template = &run->twin.template[at];
    const struct template_add in = {.order = {order->id}, .template = {run->template_id[at]}};

    if (template->jobs > 0 && order->jobs + template->jobs <= TWIN_JOBS &&
        twin_has_room(&run->twin, template->job, template->jobs))
        change_order(run, &template_add_op, &in, order, twin_use_template(&run->twin, order, at));
}

/* ---- sublet work ---- */

static bool pick_given_away(struct run *run, const struct twin_order *order, int *ret_job,
                            int *ret_line)
{
    for (int tries = 0; tries < 6; tries++) {
        *ret_job = (int)roll(run, order->jobs);
        if (order->job[*ret_job].lines == 0)
            continue;
        *ret_line = (int)roll(run, order->job[*ret_job].lines);
        const struct twin_line *line = &order->job[*ret_job].line[*ret_line];
        if (line->part < 0 && line->kind != TWIN_LABOR)
            return true;
    }
    return false;
}

void set_vendor(struct run *run, struct twin_order *order)
{
    int job, line;

    if (!pick_given_away(run, order, &job, &line))
        return;
    const struct twin_line *at = &order->job[job].line[line];
    const int64_t cost = at->cost > 0 && one_in(run, 3) ? at->cost
                         : one_in(run, 20)              ? 0
                                                        : 1 + roll(run, 20000);
    const struct sublet_set in = {
        .sublet = {at->id}, .vendor = VENDOR, .vendor_invoice = "", .cost = {cost}};
    change_order(run, &sublet_set_op, &in, order,
                 twin_set_vendor(&run->twin, order, job, line, cost));
}

void bill_sublet(struct run *run, struct twin_order *order)
{
    int job, line;
    char number[24];

    if (!pick_given_away(run, order, &job, &line))
        return;
    const int64_t total = one_in(run, 2) ? 0 : 1 + roll(run, 20000);
    snprintf(number, sizeof number, "B%lld", (long long)run->steps);
    const struct sublet_bill in = {.sublet = {order->job[job].line[line].id},
                                   .number = number,
                                   .total = {total != 0 ? total : NUMBER_NONE},
                                   .reason = "As agreed"};
    both(run, &sublet_bill_op, &in, NULL, twin_bill(&run->twin, order, job, line, total));
}
