/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From the rows of an order to price_order and back: every change of an order ends here. What the
 * sums are is price.c's. */

#include <string.h>

#include "base/text.h"
#include "domain/purchase.h"
#include "domain/secret.h"
#include "domain/setting.h"
#include "order_inner.h"

/* clang-format off */
static const char SQL_LINE_AMOUNTS[] =
    "UPDATE line\n"
    "SET gross = :gross, discount = :discount, net = :net\n"
    "WHERE id = :id";
static const char SQL_TAKEN[] =
    "UPDATE discount\n"
    "SET taken = :taken\n"
    "WHERE id = :id";
static const char SQL_COMMITTED[] =
    "UPDATE line\n"
    "SET committed = :committed\n"
    "WHERE id = :id";
static const char SQL_JOB_AMOUNTS[] =
    "UPDATE job\n"
    "SET amount = :amount, needs_authorization = :needs_authorization\n"
    "WHERE id = :id";
static const char SQL_AGREED[] =
    "SELECT aj.job, aj.before, aj.digest\n"
    "FROM authorization AS a JOIN authorization_job AS aj ON aj.authorization = a.id\n"
    "WHERE a.repair_order = :order AND aj.decision = 'authorized'\n"
    "ORDER BY a.id DESC";
static const char SQL_TAX_PUT[] =
    "INSERT INTO order_tax (repair_order, position, name, rate, base, amount)\n"
    "VALUES (:order, :position, :name, :rate, :base, :amount)\n"
    "ON CONFLICT (repair_order, position) DO UPDATE\n"
    "SET name = excluded.name, rate = excluded.rate, base = excluded.base,\n"
    "  amount = excluded.amount\n"
    "WHERE name <> excluded.name OR rate <> excluded.rate OR base <> excluded.base\n"
    "  OR amount <> excluded.amount";
static const char SQL_TAX_CUT[] =
    "DELETE FROM order_tax\n"
    "WHERE repair_order = :order AND position > :count";
static const char SQL_ORDER_TOTALS[] =
    "UPDATE repair_order\n"
    "SET state = :state, labor = :labor, parts = :parts, sublet = :sublet, fees = :fees,\n"
    "  supplies = :supplies, discount = :discount, tax = :tax, total = :total, cost = :cost,\n"
    "  revision = revision + 1\n"
    "WHERE id = :order";
/* clang-format on */

struct agreed_row {
    struct job_id job;
    struct money before;
    const char *digest;
};
static const struct field agreed_fields[] = {
    FIELD(struct agreed_row, job),
    FIELD(struct agreed_row, before),
    FIELD(struct agreed_row, digest),
};
static const struct shape agreed_shape = SHAPE_OF(struct agreed_row, "agreed", agreed_fields);

bool job_counts(const struct order_job *job)
{
    return job->state != JOB_DECLINED && job->state != JOB_DEFERRED;
}

bool job_is_agreed(const struct order_job *job)
{
    return job->state == JOB_AUTHORIZED || job->state == JOB_IN_PROGRESS || job->state == JOB_DONE;
}

static bool is_counted(const struct order_job *job, enum price_of of)
{
    return of == PRICE_OF_AGREED ? job_is_agreed(job) : job_counts(job);
}

/* ------------------------------------------------------------- rows to price -- */

static struct price_line line_of(const struct order_line *line)
{
    return (struct price_line){
        .kind = line->kind,
        .quantity = line->quantity,
        .price = line->waived ? MONEY_ZERO : line->price,
        .cost = line->waived ? MONEY_ZERO : line->cost,
        .is_fixed = line->menu_amount.cents != NUMBER_NONE,
        .amount = line->menu_amount,
        .taxable = line->taxable,
        .discount = {.percent = line->discount_ppm, .amount = line->discount_amount},
    };
}

/* The discounts of one job, or with job 0 of the order. */
static const struct price_discount *discounts_of(struct session *s, const struct rows *rows,
                                                 struct job_id job, size_t *ret_count)
{
    const struct order_discount *all = rows->at;
    struct price_discount *some = NEW_ARRAY(s->arena, struct price_discount, rows->count);
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        if (all[i].job.v == job.v)
            some[count++] = (struct price_discount){.percent = all[i].percent,
                                                    .amount = all[i].amount,
                                                    .on = all[i].applies_to,
                                                    .used = all[i].used,
                                                    .used_on = all[i].used_on};
    *ret_count = count;
    return some;
}

static struct price_job job_of(struct session *s, const struct order_job *job,
                               const struct rows *discounts)
{
    const struct order_line *lines = job->lines.at;
    struct price_job ret = {
        .lines = NEW_ARRAY(s->arena, struct price_line, job->lines.count),
        .line_count = job->lines.count,
        .pay = job->pay,
    };

    for (size_t i = 0; i < job->lines.count; i++)
        ret.lines[i] = line_of(&lines[i]);
    ret.discounts = discounts_of(s, discounts, job->id, &ret.discount_count);
    return ret;
}

status order_price_rules(struct session *s, struct price *price)
{
    struct shop shop;
    struct rows taxes;

    TRY(shop_get(s, &shop));
    TRY(tax_list(s, &taxes));
    price->supplies_rule = (struct price_supplies){
        .percent = shop.supplies_ppm,
        .flat = shop.supplies_flat,
        .on = shop.supplies_on,
        .min = shop.supplies_min,
        .cap = shop.supplies_cap,
        .taxable = shop.supplies_taxable,
    };
    /* A shop that has filled in both charges the flat amount. */
    if (shop.supplies_flat.cents != 0)
        price->supplies_rule.percent.ppm = 0;
    const struct tax *tax = taxes.at;
    price->taxes = NEW_ARRAY(s->arena, struct price_tax, taxes.count);
    price->tax_count = taxes.count;
    for (size_t i = 0; i < taxes.count; i++) {
        price->taxes[i] = (struct price_tax){.name = tax[i].name, .rate = tax[i].rate};
        TRY(tax_classes_parse(tax[i].classes, &price->taxes[i].classes, &s->fault));
    }
    return OK;
}

/* The field of a refusal is a path through the order; the sentence has to do without it. */
static status explain(struct session *s)
{
    if (strstr(s->fault.field, "discount") != NULL)
        return fail(s, ERR_CONFLICT,
                    "A discount would be more than what is left to take it from. Lower the "
                    "discount first.");
    return fail(s, ERR_CONFLICT,
                "The order would come to more than can be counted. Lower its "
                "quantities and prices.");
}

/* A job that is on an invoice, as it was posted. */
static struct price_job billed_job(struct session *s, const struct order_job *job)
{
    const struct order_line *lines = job->lines.at;
    struct price_job ret = {.lines = NEW_ARRAY(s->arena, struct price_line, job->lines.count),
                            .line_count = job->lines.count,
                            .pay = job->pay,
                            .before = job->amount,
                            .net = job->amount};

    for (size_t i = 0; i < job->lines.count; i++) {
        ret.lines[i] = line_of(&lines[i]);
        ret.lines[i].gross = lines[i].gross;
        ret.lines[i].reduced = lines[i].discount;
        ret.lines[i].net = lines[i].net;
    }
    return ret;
}

/* Puts the jobs that are on invoices back to their places among the priced ones. */
static void put_billed(struct session *s, const struct rows *jobs, enum price_of of,
                       struct price *price)
{
    const struct order_job *job = jobs->at;
    struct price_job *all = NEW_ARRAY(s->arena, struct price_job, jobs->count);
    size_t count = 0;
    size_t open = 0;

    for (size_t i = 0; i < jobs->count; i++)
        if (is_counted(&job[i], of))
            all[count++] = job[i].invoice.v != 0 ? billed_job(s, &job[i]) : price->jobs[open++];
    price->jobs = all;
    price->job_count = count;
}

status order_price(struct session *s, const struct order_head *head, const struct rows *jobs,
                   const struct rows *discounts, enum price_of of, struct price *ret)
{
    const struct order_job *job = jobs->at;
    struct price price = {
        .jobs = NEW_ARRAY(s->arena, struct price_job, jobs->count),
        .exempt = head->exempt,
        .caps_discounts = of == PRICE_OF_AGREED,
    };
    struct order_billed billed = {0};
    bool is_billed = false;

    for (size_t i = 0; i < jobs->count; i++) {
        is_billed |= job[i].invoice.v != 0;
        if (is_counted(&job[i], of) && job[i].invoice.v == 0)
            price.jobs[price.job_count++] = job_of(s, &job[i], discounts);
    }
    if (is_billed)
        TRY(order_billed_get(s, head->id, &billed));
    price.before = order_billed_before(&billed);
    price.discounts = discounts_of(s, discounts, (struct job_id){0}, &price.discount_count);
    price.taken = NEW_ARRAY(s->arena, struct money, price.discount_count);
    TRY(order_price_rules(s, &price));
    if (price_order(&price, &s->fault) != OK)
        return explain(s);
    if (is_billed) {
        put_billed(s, jobs, of, &price);
        TRY(order_billed_add(s, &billed, &price));
    }
    *ret = price;
    return OK;
}

/* ------------------------------------------------------------- price to rows -- */

const char *job_digest(struct session *s, const struct order_job *job)
{
    const struct order_line *lines = job->lines.at;
    AUTO_BUF text = BUF_MIB(4);
    char digest[SECRET_DIGEST_MAX];

    for (size_t i = 0; i < job->lines.count; i++) {
        const struct order_line *line = &lines[i];
        const bool is_named = line->kind == LINE_PART && line->part.v == 0;
        if (line->menu_amount.cents != NUMBER_NONE)
            buf_printf(&text, "menu %lld ", (long long)line->menu_amount.cents);
        buf_printf(&text, "%s %lld %lld %lld %d %s\n", choice_word(&line_kind_choices, line->kind),
                   (long long)line->part.v, (long long)line->quantity.thousandths,
                   (long long)line->price.cents, line->taxable, is_named ? line->description : "");
    }
    secret_digest(buf_str(&text), digest);
    return arena_text(s->arena, digest);
}

static const struct agreed_row *agreed_for(const struct rows *agreed, struct job_id job)
{
    const struct agreed_row *rows = agreed->at;

    for (size_t i = 0; i < agreed->count; i++)
        if (rows[i].job.v == job.v)
            return &rows[i];
    return NULL;
}

/* Other lines than the customer agreed to, or more for them. What the order's own discounts do to
 * a job is not its change, nor is what somebody else pays for. */
static bool has_changed(struct session *s, const struct order_job *job,
                        const struct price_job *price, const struct rows *agreed)
{
    const struct agreed_row *row = agreed_for(agreed, job->id);

    if (!job_is_agreed(job) || job->pay != PAY_CUSTOMER)
        return false;
    if (row == NULL) /* somebody else paid for it before (job_free.c) */
        return job->needs_authorization;
    return price->before.cents > row->before.cents || !text_same(row->digest, job_digest(s, job));
}

static bool same_money(struct money a, struct money b)
{
    return a.cents == b.cents;
}

static status write_line(struct session *s, const struct order_line *line,
                         const struct price_line *price)
{
    if (same_money(line->gross, price->gross) && same_money(line->discount, price->reduced) &&
        same_money(line->net, price->net))
        return OK;
    return store_run(s->store, SQL_LINE_AMOUNTS, NO_ROW,
                     BINDS(BIND_ID("id", line->id), BIND_MONEY("gross", price->gross),
                           BIND_MONEY("discount", price->reduced), BIND_MONEY("net", price->net)));
}

/* Authorized parts are spoken for until they are pulled or invoiced. */
static status commit_line(struct session *s, const struct order_line *line, bool agreed)
{
    const bool counts = agreed && line->kind == LINE_PART && line->part.v != 0;
    const int64_t left = line->quantity.thousandths - line->pulled.thousandths;
    const int64_t committed = counts && left > 0 ? left : 0;

    if (line->committed.thousandths == committed)
        return OK;
    return store_run(s->store, SQL_COMMITTED, NO_ROW,
                     BINDS(BIND_ID("id", line->id), BIND_INT("committed", committed)));
}

static status commit_job(struct session *s, const struct order_job *job)
{
    const struct order_line *lines = job->lines.at;

    for (size_t i = 0; i < job->lines.count; i++)
        TRY(commit_line(s, &lines[i], job_is_agreed(job)));
    return OK;
}

static status write_job(struct session *s, const struct order_job *job,
                        const struct price_job *price, const struct rows *agreed)
{
    const struct order_line *lines = job->lines.at;
    const bool changed = has_changed(s, job, price, agreed);

    for (size_t i = 0; i < job->lines.count; i++)
        TRY(write_line(s, &lines[i], &price->lines[i]));
    if (same_money(job->amount, price->net) && job->needs_authorization == changed)
        return OK;
    return store_run(s->store, SQL_JOB_AMOUNTS, NO_ROW,
                     BINDS(BIND_ID("id", job->id), BIND_MONEY("amount", price->net),
                           BIND_INT("needs_authorization", changed)));
}

static status write_jobs(struct session *s, struct order_id id, const struct rows *jobs,
                         const struct price *price)
{
    const struct order_job *job = jobs->at;
    struct rows agreed;
    size_t at = 0;

    TRY(store_list(s->store, SQL_AGREED, NO_ROW, BINDS(BIND_ID("order", id)), s->arena,
                   &agreed_shape, &agreed));
    for (size_t i = 0; i < jobs->count; i++) {
        const struct price_job *priced = job_counts(&job[i]) ? &price->jobs[at++] : NULL;
        if (job[i].invoice.v != 0)
            continue;
        TRY(commit_job(s, &job[i]));
        if (priced != NULL)
            TRY(write_job(s, &job[i], priced, &agreed));
    }
    return OK;
}

/* What each discount of the whole order takes off. */
static status write_discounts(struct session *s, const struct rows *discounts,
                              const struct price *price)
{
    const struct order_discount *row = discounts->at;
    size_t at = 0;

    for (size_t i = 0; i < discounts->count; i++) {
        if (row[i].job.v != 0)
            continue;
        const struct money taken = price->taken[at++];
        if (taken.cents != row[i].taken.cents)
            TRY(store_run(s->store, SQL_TAKEN, NO_ROW,
                          BINDS(BIND_ID("id", row[i].id), BIND_MONEY("taken", taken))));
    }
    return OK;
}

static status write_taxes(struct session *s, struct order_id id, const struct price *price)
{
    for (size_t i = 0; i < price->tax_count; i++) {
        const struct price_tax *tax = &price->taxes[i];
        TRY(store_run(s->store, SQL_TAX_PUT, NO_ROW,
                      BINDS(BIND_ID("order", id), BIND_INT("position", (int64_t)i + 1),
                            BIND_TEXT("name", tax->name), BIND_INT("rate", tax->rate.ppm),
                            BIND_MONEY("base", tax->base), BIND_MONEY("amount", tax->amount))));
    }
    return store_run(s->store, SQL_TAX_CUT, NO_ROW,
                     BINDS(BIND_ID("order", id), BIND_INT("count", (int64_t)price->tax_count)));
}

/* --------------------------------------------------------------------- state -- */

struct job_tally {
    size_t live, agreed, working, begun, done;
};

static struct job_tally count_jobs(const struct rows *jobs)
{
    const struct order_job *job = jobs->at;
    struct job_tally counts = {0};

    for (size_t i = 0; i < jobs->count; i++) {
        counts.live += job_counts(&job[i]);
        counts.agreed += job_is_agreed(&job[i]);
        counts.working += job[i].state == JOB_IN_PROGRESS;
        counts.begun += job[i].state == JOB_IN_PROGRESS || job[i].state == JOB_DONE;
        counts.done += job[i].state == JOB_DONE;
    }
    return counts;
}

/* The state follows from the jobs, and from the parts that are ordered and not here; that the
 * quality check was passed is all it remembers itself. Somebody who works on another job meanwhile
 * is not waiting. */
static enum order_state state_of(const struct order_head *head, const struct rows *jobs,
                                 const struct order_wait *wait)
{
    const struct job_tally counts = count_jobs(jobs);

    if (head->hold != HOLD_NONE)
        return ORDER_HOLD;
    if (counts.agreed == 0)
        return ORDER_ESTIMATE;
    if (counts.done == counts.live)
        return head->state == ORDER_COMPLETE ? ORDER_COMPLETE : ORDER_QUALITY_CHECK;
    if (wait->lines > 0 && counts.working == 0)
        return ORDER_HOLD;
    return counts.begun > 0 ? ORDER_IN_PROGRESS : ORDER_APPROVED;
}

static status write_order(struct session *s, const struct order_head *head,
                          const struct price *price, enum order_state state)
{
    return store_run(s->store, SQL_ORDER_TOTALS, NO_ROW,
                     BINDS(BIND_ID("order", head->id),
                           BIND_TEXT("state", choice_word(&order_state_choices, state)),
                           BIND_MONEY("labor", price->labor), BIND_MONEY("parts", price->parts),
                           BIND_MONEY("sublet", price->sublet), BIND_MONEY("fees", price->fees),
                           BIND_MONEY("supplies", price->supplies),
                           BIND_MONEY("discount", price->discount), BIND_MONEY("tax", price->tax),
                           BIND_MONEY("total", price->total), BIND_MONEY("cost", price->cost)));
}

static bool is_all_billed(const struct rows *jobs)
{
    const struct order_job *job = jobs->at;
    size_t open = 0;
    size_t billed = 0;

    for (size_t i = 0; i < jobs->count; i++)
        *(job[i].invoice.v != 0 ? &billed : &open) += job_counts(&job[i]);
    return open == 0 && billed > 0;
}

/* Prices everything before anything is written, so that what a change does to the margins is known
 * while the rows still say how it was. */
static status settle(struct session *s, struct order_id id, int64_t revision,
                     const struct price_change *change)
{
    struct order_head head;
    struct rows jobs, discounts;
    struct price price;
    struct order_wait wait;

    TRY(order_begin(s, id, revision, &head));
    TRY(order_jobs(s, id, &jobs));
    TRY(jobs_let_go(s, &jobs));
    TRY(order_discounts(s, id, &discounts));
    TRY(order_price(s, &head, &jobs, &discounts, PRICE_OF_ALL, &price));
    if (change != NULL)
        TRY(margin_check(s, change, &jobs, &price));
    TRY(write_jobs(s, id, &jobs, &price));
    TRY(write_discounts(s, &discounts, &price));
    TRY(write_taxes(s, id, &price));
    TRY(order_wait_get(s, id, &wait));
    TRY(write_order(s, &head, &price, state_of(&head, &jobs, &wait)));
    return is_all_billed(&jobs) ? order_close_billed(s, id) : OK;
}

status order_settle(struct session *s, struct order_id id, int64_t revision)
{
    return settle(s, id, revision, NULL);
}

status order_finish_priced(struct session *s, const struct order_head *head,
                           const struct price_change *change, struct order *ret)
{
    TRY(settle(s, head->id, head->revision, change));
    return order_get(s, head->id, ret);
}

status order_finish(struct session *s, const struct order_head *head, struct order *ret)
{
    TRY(order_settle(s, head->id, head->revision));
    return order_get(s, head->id, ret);
}
