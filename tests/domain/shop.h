/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_SHOP_H
#define PITLANE_TESTS_DOMAIN_SHOP_H

/* A real shop in memory for tests: opened from schema.sql, its clock stopped at Tuesday 24 November
 * 2026 10:42 in Los Angeles, one person for every role. */

#include "test.h"

#include "base/json.h"
#include "base/text.h"
#include "domain/op.h"
#include "domain/user.h"

enum { ROLE_ADMIN, ROLE_MANAGER, ROLE_TECHNICIAN, ROLE_ACCOUNTANT, ROLE_CUSTOMER, ROLE_COUNT };

struct shop_test {
    struct arena arena;
    struct store *store;
    struct key_ring *keys;
    struct session session; /* signed in as the admin at first */
    const char *tokens[ROLE_COUNT];
    struct user_id users[ROLE_COUNT];
};

#define SHOP_TEST_NOW INT64_C(1795545720)

/* The shop of the fixtures in a file of its own; shop_test_close closes it. */
struct shop_test *shop_test_make(const char *path);
/* The same for a shop that lies alone in this folder: both go. */
void shop_test_remove(struct shop_test *t, const char *folder);
/* cmocka fixtures: cmocka_unit_test_setup_teardown(test, shop_test_open, shop_test_close) */
int shop_test_open(void **state);
int shop_test_close(void **state);
#define SHOP_TEST(function)                                                                        \
    cmocka_unit_test_setup_teardown(function, shop_test_open, shop_test_close)

void sign_in_as(struct shop_test *t, int role);
/* op_call with a printed sentence when the status is not the expected one. */
void expect_status(struct shop_test *t, const struct op *op, const void *in, void *out,
                   status expected);
#define expect_ok(t, op, in, out) expect_status((t), (op), (in), (out), OK)
/* The last refusal's sentence contains this text. */
void assert_says(struct shop_test *t, const char *part);
void assert_field(struct shop_test *t, const char *field);
/* An input built from JSON, as the command line would: input_json(t, op, "{…}"). */
void *input_json(struct shop_test *t, const struct op *op, const char *json);
/* One number out of the database; fails the test when there is none. */
int64_t ask_number(struct shop_test *t, const char *sql);
const char *ask_text(struct shop_test *t, const char *sql);
/* Runs SQL outside of any operation, to set up what no operation can. */
void run_sql(struct shop_test *t, const char *sql);
/* EXPLAIN QUERY PLAN of the text has no full scan of the table (by its alias or name). */
void assert_no_scan(struct shop_test *t, const char *sql, const char *table);

#endif
