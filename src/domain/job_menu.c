/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Menu-priced jobs: whatever parts are chosen, the job comes to its price, because its labor takes
 * what the rest leaves. Cores are deposits and come on top, as does what is added to the job later.
 */

#include "order_inner.h"

/* clang-format off */
static const char SQL_OTHERS[] =
    "SELECT ifnull(sum((quantity * price + 500) / 1000), 0)\n"
    "FROM line\n"
    "WHERE job = :job AND menu = 1 AND kind NOT IN ('labor', 'core')";
/* What was shared out last, else hours by their rate. */
static const char SQL_LABOR[] =
    "SELECT id, quantity, CASE WHEN quantity = 0 THEN 0\n"
    "    ELSE ifnull(menu_amount, (quantity * price + 500) / 1000) END AS weight\n"
    "FROM line\n"
    "WHERE job = :job AND menu = 1 AND kind = 'labor'\n"
    "ORDER BY position";
static const char SQL_SHARE[] =
    "UPDATE line\n"
    "SET menu_amount = :amount, price = :price, price_rule = 'menu', price_why = :why\n"
    "WHERE id = :id";
static const char SQL_END_LINES[] =
    "UPDATE line\n"
    "SET menu = 0, menu_amount = NULL\n"
    "WHERE job = :job AND menu = 1";
static const char SQL_END_JOB[] =
    "UPDATE job\n"
    "SET menu_price = NULL\n"
    "WHERE id = :job";

struct labor {
    struct line_id id;
    struct qty quantity;
    struct money weight;
};
static const struct field labor_fields[] = {
    FIELD(struct labor, id),
    FIELD(struct labor, quantity),
    FIELD(struct labor, weight),
};
static const struct shape labor_shape = SHAPE_OF(struct labor, "labor", labor_fields);
/* clang-format on */

status job_menu_end(struct session *s, struct job_id job)
{
    TRY(store_run(s->store, SQL_END_LINES, NO_ROW, BINDS(BIND_ID("job", job))));
    return store_run(s->store, SQL_END_JOB, NO_ROW, BINDS(BIND_ID("job", job)));
}

/* By what labor came to so far; where that was nothing, by hours. */
static status share_out(struct session *s, struct money rest, const struct rows *labor,
                        struct money **ret_shares)
{
    const struct labor *line = labor->at;
    struct money *weights = NEW_ARRAY(s->arena, struct money, labor->count);
    struct money *shares = NEW_ARRAY(s->arena, struct money, labor->count);
    int64_t hours = 0, weight = 0;

    for (size_t i = 0; i < labor->count; i++) {
        hours += line[i].quantity.thousandths;
        weight += line[i].weight.cents;
    }
    if (hours == 0)
        return fail(s, ERR_CONFLICT,
                    "The labor of a menu-priced job needs hours: its price is spread over them. "
                    "To charge something else, change the price of its labor.");
    for (size_t i = 0; i < labor->count; i++)
        weights[i].cents = weight > 0 ? line[i].weight.cents : line[i].quantity.thousandths;
    TRY(money_spread(rest, weights, labor->count, shares));
    *ret_shares = shares;
    return OK;
}

/* "menu price 89.95 - 44.20 for parts and fees = 45.75" */
static const char *in_words(struct session *s, struct money menu, struct money others,
                            struct money rest, size_t lines)
{
    char a[NUMBER_TEXT_MAX], b[NUMBER_TEXT_MAX], c[NUMBER_TEXT_MAX];

    return arena_printf(s->arena, "menu price %s - %s for parts and all else = %s%s",
                        money_show(menu, a), money_show(others, b), money_show(rest, c),
                        lines > 1 ? ", spread over its labor" : "");
}

/* The rate is what an hour then comes to, to the nearest cent. */
static status write_share(struct session *s, const struct labor *line, struct money share,
                          const char *why)
{
    struct money rate = MONEY_ZERO;

    if (line->quantity.thousandths > 0)
        TRY(money_share(share, 1000, line->quantity.thousandths, &rate));
    return store_run(s->store, SQL_SHARE, NO_ROW,
                     BINDS(BIND_ID("id", line->id), BIND_MONEY("amount", share),
                           BIND_MONEY("price", rate), BIND_TEXT("why", why)));
}

status job_menu_spread(struct session *s, struct job_id id)
{
    const struct bind *key = BINDS(BIND_ID("job", id));
    struct money others, rest, *shares = NULL;
    char texts[2][NUMBER_TEXT_MAX];
    struct job_head job;
    struct rows labor;

    TRY(job_head_get(s, id, &job));
    if (job.menu_price.cents == NUMBER_NONE)
        return OK;
    TRY(store_list(s->store, SQL_LABOR, NO_ROW, key, s->arena, &labor_shape, &labor));
    if (labor.count == 0)
        return job_menu_end(s, id);
    TRY(store_int(s->store, SQL_OTHERS, key, &others.cents));
    rest.cents = job.menu_price.cents - others.cents;
    if (rest.cents < 0)
        return fail(s, ERR_CONFLICT,
                    "Its parts and fees come to %s, above the menu price of %s: nothing would be "
                    "left for labor. Choose others, raise the canned job's menu price, or change "
                    "the price of its labor, which ends the menu price.",
                    money_show(others, texts[0]), money_show(job.menu_price, texts[1]));
    TRY(share_out(s, rest, &labor, &shares));
    const struct labor *line = labor.at;
    const char *why = in_words(s, job.menu_price, others, rest, labor.count);
    for (size_t i = 0; i < labor.count; i++)
        TRY(write_share(s, &line[i], shares[i], why));
    return OK;
}
