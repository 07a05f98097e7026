/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_CALLS_H
#define PITLANE_TESTS_DOMAIN_CALLS_H

/* Operations as the command line would call them, their input written like printf. */

#include "shop.h"

/* `ret` gets what comes back, NULL throws it away. */
static inline void PRINTF_LIKE(4, 5)
    call(struct shop_test *t, const struct op *op, void *ret, const char *json, ...)
{
    va_list args;

    va_start(args, json);
    const char *text = arena_vprintf(&t->arena, json, args);
    va_end(args);
    expect_ok(t, op, input_json(t, op, text), ret);
}

/* The same, refused: with a part of the sentence. */
static inline void PRINTF_LIKE(5, 6)
    refuse(struct shop_test *t, const struct op *op, status expected, const char *says,
           const char *json, ...)
{
    va_list args;

    va_start(args, json);
    const char *text = arena_vprintf(&t->arena, json, args);
    va_end(args);
    expect_status(t, op, input_json(t, op, text), NULL, expected);
    assert_says(t, says);
}

#endif
