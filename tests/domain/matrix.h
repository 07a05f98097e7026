/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_MATRIX_H
#define PITLANE_TESTS_DOMAIN_MATRIX_H

/* Every operation × every role × whose record it is: a shop with two of everything, somebody of
 * every role signed in, and a stand-in for each operation, so that only the door is asked. */

#include "shop.h"

/* The five that come with Pitlane, and one of the shop's own: one's own records and nothing else.
 */
enum { ROLE_OWN = ROLE_COUNT, ROLES };
extern const char *const role_names[ROLES];
/* From rights.def itself, not from the table the door looks at. */
extern const enum scope expected[RIGHT_COUNT][ROLES];

enum { MINE, THEIRS, OWNERS };

struct matrix {
    struct shop_test *shop;
    struct session sessions[ROLES];
    int64_t orders[OWNERS], jobs[OWNERS], lines[OWNERS], invoices[OWNERS], payments[OWNERS],
        gifts[OWNERS], credits[OWNERS], open_sessions[OWNERS];
    size_t cells, allowed, denied, own, rows;
};

int matrix_open(void **state);
int matrix_close(void **state);
#define MATRIX_TEST(function) cmocka_unit_test_setup_teardown(function, matrix_open, matrix_close)

/* The operation as the door sees it, with nothing required and nothing done: it sets was_let_in. */
struct op stand_in(const struct op *op, struct arena *arena);
extern bool was_let_in;
/* An input that speaks of the owner's record; *ret_found when there is a field for it. */
void *input_about(struct matrix *m, const struct op *op, int owner, bool *ret_found);
void use_session(struct matrix *m, int role);

typedef void op_check(struct matrix *m, const struct op *op, int role);
void each_op(struct matrix *m, int role, op_check *check);

#endif
