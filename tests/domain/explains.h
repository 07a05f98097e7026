/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_EXPLAINS_H
#define PITLANE_TESTS_DOMAIN_EXPLAINS_H

/* Explanations as tests look at them. */

#include "shop.h"

#include "domain/explain.h"

static inline const struct explain_row *row_of(const struct explanation *explained,
                                               const char *figure)
{
    const struct explain_row *rows = explained->rows.at;

    for (size_t i = 0; i < explained->rows.count; i++)
        if (strcmp(rows[i].figure, figure) == 0)
            return &rows[i];
    print_error("there is no figure %s\n", figure);
    fail_msg("see above");
    return NULL;
}

static inline struct explanation explain(struct shop_test *t, const struct op *op, const char *json)
{
    struct explanation out;

    expect_ok(t, op, input_json(t, op, json), &out);
    assert_true(out.rows.count > 0);
    return out;
}

/* What is said to be a sum is one: counted here by itself, level by level. */
static inline void assert_adds_up(const struct explanation *explained)
{
    const struct explain_row *rows = explained->rows.at;

    for (size_t i = 0; i < explained->rows.count; i++) {
        int64_t sum = 0;
        size_t parts = 0;
        for (size_t j = i + 1; j < explained->rows.count && rows[j].depth > rows[i].depth; j++)
            if (rows[j].depth == rows[i].depth + 1 && rows[j].adds) {
                sum += rows[j].amount.cents;
                parts++;
            }
        if (parts > 0 && rows[i].amount.cents != NUMBER_NONE && sum != rows[i].amount.cents) {
            print_error("%s: %s, but its parts come to %lld\n", rows[i].label, rows[i].value,
                        (long long)sum);
            fail_msg("see above");
        }
        assert_null(strstr(rows[i].rule, "Does not add up"));
    }
}

#endif
