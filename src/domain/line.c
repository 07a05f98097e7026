/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How a line of a job is checked and written: line_add.c makes new ones, line_edit.c changes them.
 */

#include "line_inner.h"

#include "base/text.h"
#include "line_part.h"

/* clang-format off */
static const char SQL_INSERT[] =
    "INSERT INTO line (job, position, kind, description, part, technician, rate_class, clocked,\n"
    "  quantity, price, cost, taxable, discount_ppm, discount_amount, price_rule, price_why,\n"
    "  menu, list_price, price_reason, reason_by, vendor)\n"
    "VALUES (:job, 1 + (SELECT ifnull(max(position), 0) FROM line WHERE job = :job), :kind,\n"
    "  :description, :part, :technician, :rate_class, :clocked, :quantity, :price, :cost,\n"
    "  :taxable, :discount_ppm, :discount_amount, :price_rule, :price_why,\n"
    "  :menu, :list_price, :price_reason, :reason_by, :vendor)";
static const char SQL_EDIT[] =
    "UPDATE line\n"
    "SET description = :description, part = :part, technician = :technician,\n"
    "  rate_class = :rate_class, clocked = :clocked, quantity = :quantity, price = :price,\n"
    "  cost = :cost, taxable = :taxable, discount_ppm = :discount_ppm,\n"
    "  discount_amount = :discount_amount, dot = :dot, price_rule = :price_rule,\n"
    "  price_why = :price_why, list_price = :list_price,\n"
    "  reason_by = CASE WHEN :price_reason = price_reason THEN reason_by ELSE :reason_by END,\n"
    "  price_reason = :price_reason\n"
    "WHERE id = :line";
/* clang-format on */

status line_begin(struct session *s, struct job_id id, int64_t revision, struct job_head *ret_job,
                  struct order_head *ret_head)
{
    TRY(job_begin(s, id, revision, ret_job, ret_head));
    if (ret_job->state == JOB_DECLINED || ret_job->state == JOB_DEFERRED)
        return fail(s, ERR_CONFLICT,
                    "Job %lld was %s and stays as it was offered. Write further work up as a new "
                    "job.",
                    (long long)ret_job->position, choice_label(&job_state_choices, ret_job->state));
    return OK;
}

/* No single line may be so large that the sum of many could not be counted. */
static status check_size(struct session *s, const struct line_new *line, const char *price_field)
{
    struct money gross, cost;

    if (money_times_qty(line->price, line->quantity, &gross) != OK || gross.cents > MONEY_MAX_CENTS)
        return fail_field(s, price_field, "The line comes to too much: lower price or quantity.");
    if (money_times_qty(line->cost, line->quantity, &cost) != OK || cost.cents > MONEY_MAX_CENTS)
        return fail_field(s, "cost", "The line costs too much: lower cost or quantity.");
    return OK;
}

static status check_discount(struct session *s, const struct line_new *line)
{
    struct money gross;

    if (line->discount_ppm.ppm == 0 && line->discount_amount.cents == 0)
        return OK;
    if (line->discount_ppm.ppm != 0 && line->discount_amount.cents != 0)
        return fail_field(s, "discount_amount",
                          "A discount is a percentage or an amount: give only one.");
    if (line->kind != LINE_LABOR && line->kind != LINE_PART && line->kind != LINE_SUBLET)
        return fail_field(s, line->discount_ppm.ppm != 0 ? "discount_ppm" : "discount_amount",
                          "Discounts are for labor, parts and sublet work: remove this one.");
    TRY(money_times_qty(line->price, line->quantity, &gross));
    if (line->discount_amount.cents > gross.cents)
        return fail_field(s, "discount_amount",
                          "The discount is more than the line comes to: lower it.");
    return OK;
}

status line_check(struct session *s, const struct line_new *line, const char *price_field)
{
    TRY(check_size(s, line, price_field));
    return check_discount(s, line);
}

static struct bind bind_list_price(const struct line_new *line)
{
    if (line->list_price.cents == NUMBER_NONE)
        return (struct bind)BIND_NULL("list_price");
    return (struct bind)BIND_MONEY("list_price", line->list_price);
}

/* A reason has somebody who gave it. */
static struct bind bind_reason_by(const struct session *s, const struct line_new *line)
{
    return BIND_ID("reason_by", text_is_empty(line->price_reason) ? (struct user_id){0} : s->user);
}

/* What both statements write. */
#define LINE_BINDS(s, line)                                                                        \
    BIND_TEXT("description", (line)->description), BIND_ID("part", (line)->part),                  \
        BIND_ID("technician", (line)->technician), BIND_ID("rate_class", (line)->rate_class),      \
        BIND_INT("clocked", (line)->clocked), BIND_INT("quantity", (line)->quantity.thousandths),  \
        BIND_MONEY("price", (line)->price), BIND_MONEY("cost", (line)->cost),                      \
        BIND_INT("taxable", (line)->taxable), BIND_INT("discount_ppm", (line)->discount_ppm.ppm),  \
        BIND_MONEY("discount_amount", (line)->discount_amount),                                    \
        BIND_TEXT("price_rule", choice_word(&price_rule_choices, (line)->price_rule)),             \
        BIND_TEXT("price_why", (line)->price_why != NULL ? (line)->price_why : ""),                \
        bind_list_price(line),                                                                     \
        BIND_TEXT("price_reason", (line)->price_reason != NULL ? (line)->price_reason : ""),       \
        bind_reason_by(s, line)

status line_insert(struct session *s, const struct line_new *line)
{
    TRY(line_check(s, line, "price"));
    if (line->kind == LINE_SUBLET && line->price_reason != NULL)
        TRY(line_check_costless(s, NULL, line->cost, line->price_reason));
    return store_run(s->store, SQL_INSERT, NO_ROW,
                     BINDS(BIND_ID("job", line->job),
                           BIND_TEXT("kind", choice_word(&line_kind_choices, line->kind)),
                           BIND_INT("menu", line->menu), BIND_ID("vendor", line->vendor),
                           LINE_BINDS(s, line)));
}

status line_write(struct session *s, struct line_id id, const struct line_new *line)
{
    return store_run(s->store, SQL_EDIT, NO_ROW,
                     BINDS(BIND_ID("line", id), BIND_TEXT("dot", line->dot), LINE_BINDS(s, line)));
}
