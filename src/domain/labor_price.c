/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From the hours of a labor line to what an hour is sold for, and the figures in between in words.
 */

#include "domain/labor_matrix.h"

/* clang-format off */
static const char SQL_RATE[] =
    "SELECT r.id AS rate_class, r.name AS name, r.rate AS rate, w.whose AS whose\n"
    "FROM (SELECT CASE WHEN :line IS NOT NULL THEN 'of the line'\n"
    "        WHEN :job IS NOT NULL THEN 'of the job'\n"
    "        WHEN v.rate_class IS NOT NULL THEN 'of the vehicle'\n"
    "        WHEN c.rate_class IS NOT NULL THEN 'of the customer'\n"
    "        ELSE 'the shop''s standard' END AS whose,\n"
    "      coalesce(:line, :job, v.rate_class, c.rate_class,\n"
    "        (SELECT id FROM rate_class WHERE standard = 1)) AS rate_class\n"
    "    FROM (SELECT 1)\n"
    "    LEFT JOIN vehicle AS v ON v.id = :vehicle\n"
    "    LEFT JOIN customer AS c ON c.id = :customer) AS w\n"
    "JOIN rate_class AS r ON r.id = w.rate_class";
/* The first that has a matrix decides. */
static const char SQL_TIER[] =
    "SELECT CASE WHEN m.customer IS NOT NULL THEN 'the customer''s'\n"
    "    WHEN m.rate_class IS NOT NULL THEN 'the labor rate''s' ELSE 'the shop''s' END AS whose,\n"
    "  t.hours_from, t.hours_to, t.multiplier, t.rate\n"
    "FROM labor_matrix AS m JOIN labor_tier AS t ON t.labor_matrix = m.id\n"
    "WHERE m.id = coalesce((SELECT id FROM labor_matrix WHERE customer = :customer),\n"
    "  (SELECT id FROM labor_matrix WHERE customer IS NULL AND ifnull(rate_class, 0) = :rate_class),\n"
    "  (SELECT id FROM labor_matrix WHERE customer IS NULL AND ifnull(rate_class, 0) = 0))\n"
    "AND t.hours_from <= :hours\n"
    "ORDER BY t.hours_from DESC\n"
    "LIMIT 1";

struct found_rate {
    struct rate_class_id rate_class;
    const char *name, *whose;
    struct money rate;
};
static const struct field rate_fields[] = {
    FIELD(struct found_rate, rate_class),
    FIELD(struct found_rate, name),
    FIELD(struct found_rate, whose),
    FIELD(struct found_rate, rate),
};
static const struct shape rate_shape = SHAPE_OF(struct found_rate, "found_rate", rate_fields);

struct found_tier {
    const char *whose;
    struct labor_tier tier;
};
static const struct field tier_fields[] = {
    FIELD(struct found_tier, whose),
    FIELD_NAMED(struct found_tier, tier.hours_from, "hours_from"),
    FIELD_NAMED(struct found_tier, tier.hours_to, "hours_to", .flags = FIELD_OPTIONAL),
    FIELD_NAMED(struct found_tier, tier.multiplier, "multiplier", .flags = FIELD_OPTIONAL),
    FIELD_NAMED(struct found_tier, tier.rate, "rate", .flags = FIELD_OPTIONAL),
};
static const struct shape tier_shape = SHAPE_OF(struct found_tier, "found_tier", tier_fields);
/* clang-format on */

status labor_tier_apply(const struct labor_tier *tier, struct money rate, struct money *ret_rate)
{
    struct money result = tier->rate;

    if (tier->rate.cents == NUMBER_NONE)
        TRY(money_times_qty(rate, tier->multiplier, &result));
    if (result.cents > MONEY_MAX_CENTS)
        return ERR_INVALID;
    *ret_rate = result;
    return OK;
}

/* "Diesel 181.25, of the vehicle" */
static const char *rate_in_words(struct session *s, const struct found_rate *rate)
{
    char amount[NUMBER_TEXT_MAX];

    return arena_printf(s->arena, "%s %s, %s", rate->name, money_show(rate->rate, amount),
                        rate->whose);
}

/* "…, x 1.1 = 199.38; tier from 4 hours up of the shop's labor matrix" */
static const char *tier_in_words(struct session *s, const struct found_rate *rate,
                                 const struct found_tier *found, struct money result)
{
    const struct labor_tier *tier = &found->tier;
    char a[NUMBER_TEXT_MAX], b[NUMBER_TEXT_MAX];
    const char *formula = tier->rate.cents != NUMBER_NONE
                              ? arena_printf(s->arena, "%s an hour", money_show(result, a))
                              : arena_printf(s->arena, "%s x %s = %s", rate_in_words(s, rate),
                                             qty_text(tier->multiplier, a), money_show(result, b));
    const char *end =
        tier->hours_to.thousandths == NUMBER_NONE
            ? "hours up"
            : arena_printf(s->arena, "to below %s hours", qty_text(tier->hours_to, a));

    return arena_printf(s->arena, "%s; tier from %s %s of %s labor matrix", formula,
                        qty_text(tier->hours_from, b), end, found->whose);
}

static status find_rate(struct session *s, const struct labor_question *question,
                        struct found_rate *ret)
{
    return found(s,
                 store_get(s->store, SQL_RATE, NO_ROW,
                           BINDS(BIND_ID("line", question->line), BIND_ID("job", question->job),
                                 BIND_ID("vehicle", question->vehicle),
                                 BIND_ID("customer", question->customer)),
                           s->arena, &rate_shape, ret),
                 "The shop has no labor rate to charge by. Add one and make it the standard.");
}

status labor_find_price(struct session *s, const struct labor_question *question,
                        struct labor_price *ret)
{
    struct found_rate rate;
    struct found_tier tier;
    struct money result;

    TRY(find_rate(s, question, &rate));
    const status found_it = store_get(s->store, SQL_TIER, NO_ROW,
                                      BINDS(BIND_ID("customer", question->customer),
                                            BIND_ID("rate_class", rate.rate_class),
                                            BIND_INT("hours", question->hours.thousandths)),
                                      s->arena, &tier_shape, &tier);
    if (found_it == ERR_NOT_FOUND) {
        *ret = (struct labor_price){rate.rate, PRICE_RULE_RATE, rate_in_words(s, &rate)};
        return OK;
    }
    TRY(found_it);
    if (labor_tier_apply(&tier.tier, rate.rate, &result) != OK)
        return fail_field(s, "hours", "By %s labor matrix an hour comes to too much. Change it.",
                          tier.whose);
    *ret = (struct labor_price){result, PRICE_RULE_LABOR_MATRIX,
                                tier_in_words(s, &rate, &tier, result)};
    return OK;
}
