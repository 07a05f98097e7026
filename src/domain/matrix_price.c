/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From what a part costs to what it is sold for, and the figures in between in words. */

#include "domain/contract.h"

/* clang-format off */
static const struct choice roundings[] = {
    [ROUND_CENT] = {"cent", "the cent", "", ""},
    [ROUND_95]   = {"95",   "the next .95", "", ""},
    [ROUND_99]   = {"99",   "the next .99", "", ""},
};
const struct choices matrix_rounding_choices = CHOICES(roundings);

static const struct choice price_rules[] = {
    [PRICE_RULE_NONE]     = {"none",     "none", "", ""},
    [PRICE_RULE_MANUAL]   = {"manual",   "set by hand", "", ""},
    [PRICE_RULE_CONTRACT] = {"contract", "contract price", "", ""},
    [PRICE_RULE_CUSTOMER] = {"customer", "customer's matrix", "", ""},
    [PRICE_RULE_CATEGORY] = {"category", "category's matrix", "", ""},
    [PRICE_RULE_SHOP]     = {"shop",     "shop's matrix", "", ""},
    [PRICE_RULE_LIST]     = {"list",     "list price", "", ""},
    [PRICE_RULE_RATE]     = {"rate",     "labor rate", "", ""},
    [PRICE_RULE_LABOR_MATRIX] = {"labor_matrix", "labor matrix", "", ""},
    [PRICE_RULE_MENU]     = {"menu",     "menu price", "", ""},
};
const struct choices price_rule_choices = CHOICES(price_rules);

/* The first that has one decides; where it has no tier for the cost, so it is. */
static const char SQL_TIER[] =
    "SELECT CASE WHEN m.customer IS NOT NULL THEN 'customer'\n"
    "    WHEN m.category <> '' THEN 'category' ELSE 'shop' END AS rule,\n"
    "  m.rounding, t.cost_from, t.cost_to, t.multiplier, t.gp_ppm\n"
    "FROM matrix AS m JOIN matrix_tier AS t ON t.matrix = m.id\n"
    "WHERE m.id = ifnull((SELECT id FROM matrix WHERE customer = :customer),\n"
    "  ifnull((SELECT id FROM matrix WHERE customer IS NULL AND category = :category),\n"
    "    (SELECT id FROM matrix WHERE customer IS NULL AND category = '')))\n"
    "AND t.cost_from <= :cost AND ifnull(t.cost_to > :cost, 1)\n"
    "ORDER BY t.cost_from DESC\n"
    "LIMIT 1";
/* clang-format on */

struct found_tier {
    enum price_rule rule;
    enum matrix_rounding rounding;
    struct matrix_tier tier;
};
static const struct field found_fields[] = {
    FIELD(struct found_tier, rule, .choices = &price_rule_choices),
    FIELD(struct found_tier, rounding, .choices = &matrix_rounding_choices),
    FIELD_NAMED(struct found_tier, tier.cost_from, "cost_from"),
    FIELD_NAMED(struct found_tier, tier.cost_to, "cost_to", .flags = FIELD_OPTIONAL),
    FIELD_NAMED(struct found_tier, tier.multiplier, "multiplier", .flags = FIELD_OPTIONAL),
    FIELD_NAMED(struct found_tier, tier.gp_ppm, "gp_ppm", .flags = FIELD_OPTIONAL),
};
static const struct shape found_shape = SHAPE_OF(struct found_tier, "found_tier", found_fields);

/* The next price with this ending, which may be the price itself. */
static struct money up_to_ending(struct money price, int64_t ending)
{
    const int64_t over = price.cents % 100;

    return (struct money){price.cents - over + ending + (over > ending ? 100 : 0)};
}

static struct money rounded(struct money price, enum matrix_rounding rounding)
{
    switch (rounding) {
    case ROUND_95:
        return up_to_ending(price, 95);
    case ROUND_99:
        return up_to_ending(price, 99);
    case ROUND_CENT:
        break;
    }
    return price;
}

status matrix_apply(const struct matrix_tier *tier, enum matrix_rounding rounding,
                    struct money cost, struct money *ret_exact, struct money *ret_price)
{
    struct money exact;

    if (tier->gp_ppm.ppm != NUMBER_NONE)
        TRY(money_share(cost, 1000000, 1000000 - tier->gp_ppm.ppm, &exact));
    else
        TRY(money_times_qty(cost, tier->multiplier, &exact));
    if (exact.cents > MONEY_MAX_CENTS - 200)
        return ERR_INVALID;
    *ret_exact = exact;
    *ret_price = rounded(exact, rounding);
    return OK;
}

/* "cost 41.50 / (1 - 40 %) = 69.17, up to the next .99 = 69.99; tier from 20.00 to below 50.00" */
static const char *tier_in_words(struct session *s, const struct found_tier *found,
                                 struct money cost, struct money exact, struct money price)
{
    const struct matrix_tier *tier = &found->tier;
    char factor[NUMBER_TEXT_MAX], a[NUMBER_TEXT_MAX], b[NUMBER_TEXT_MAX];
    const char *formula =
        tier->gp_ppm.ppm != NUMBER_NONE
            ? arena_printf(s->arena, "cost %s / (1 - %s %%) = %s", money_show(cost, a),
                           rate_text(tier->gp_ppm, factor), money_show(exact, b))
            : arena_printf(s->arena, "cost %s x %s = %s", money_show(cost, a),
                           qty_text(tier->multiplier, factor), money_show(exact, b));
    const char *ending = found->rounding == ROUND_CENT
                             ? ""
                             : arena_printf(s->arena, ", up to %s = %s",
                                            choice_label(&matrix_rounding_choices, found->rounding),
                                            money_show(price, a));
    const char *end = tier->cost_to.cents == NUMBER_NONE
                          ? "up"
                          : arena_printf(s->arena, "to below %s", money_show(tier->cost_to, a));

    return arena_printf(s->arena, "%s%s; tier from %s %s", formula, ending,
                        money_show(tier->cost_from, b), end);
}

static status by_tier(struct session *s, const struct matrix_question *question,
                      struct matrix_price *ret, bool *ret_found)
{
    struct found_tier found;
    struct money exact, price;
    const status result = store_get(s->store, SQL_TIER, NO_ROW,
                                    BINDS(BIND_ID("customer", question->customer),
                                          BIND_TEXT("category", question->category),
                                          BIND_MONEY("cost", question->cost)),
                                    s->arena, &found_shape, &found);

    *ret_found = result == OK;
    if (result != OK)
        return result == ERR_NOT_FOUND ? OK : result;
    if (matrix_apply(&found.tier, found.rounding, question->cost, &exact, &price) != OK)
        return fail_field(s, "cost", "By the %s the price comes to too much. Lower the cost.",
                          choice_label(&price_rule_choices, found.rule));
    *ret = (struct matrix_price){
        .price = price,
        .rule = found.rule,
        .why = tier_in_words(s, &found, question->cost, exact, price),
    };
    return OK;
}

status matrix_find_price(struct session *s, const struct matrix_question *question,
                         struct matrix_price *ret)
{
    bool found = false;

    TRY(contract_find_price(s, question, ret, &found));
    if (!found && question->cost.cents > 0)
        TRY(by_tier(s, question, ret, &found));
    if (found)
        return OK;
    *ret = (struct matrix_price){
        .price = question->list,
        .rule = PRICE_RULE_LIST,
        .why = question->cost.cents > 0 ? "no parts matrix is for it" : "its cost is not known",
    };
    return OK;
}
