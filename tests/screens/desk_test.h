/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_SCREENS_DESK_TEST_H
#define PITLANE_TESTS_SCREENS_DESK_TEST_H

/* The whole terminal program on a real shop in memory and a terminal in memory: keys in as a person
 * would type them, pictures out. The clock stands still. */

#include "domain/shop.h"
#include "golden.h"
#include "screens/desk.h"
#include "ui/term.h"

struct desk_test {
    struct shop_test *shop;
    struct theme theme;
    struct term *term;
    struct desk *desk;
};

/* Opens the program at its sign-in screen; on a shop that is given, it is closed with the rest. */
void desk_test_open(struct desk_test *t, int rows, int cols);
void desk_test_open_shop(struct desk_test *t, struct shop_test *shop, int rows, int cols,
                         struct theme theme);
void desk_test_open_as(struct desk_test *t, int rows, int cols, struct theme theme);
void desk_test_close(struct desk_test *t);
/* Types a script (ui/term.h) and draws. */
void keys(struct desk_test *t, const char *script);
void sign_in_by_keys(struct desk_test *t, int role);
/* The program opened and signed in as the manager. */
void open_counter(struct desk_test *t, int rows, int cols);
/* cmocka fixtures at 80x24, the first at the sign-in screen, the second signed in as the manager;
 * closed also when the test fails. */
int desk_setup(void **state);
int counter_setup(void **state);
int desk_teardown(void **state);
#define DESK_TEST(function) cmocka_unit_test_setup_teardown(function, desk_setup, desk_teardown)
#define COUNTER_TEST(function)                                                                     \
    cmocka_unit_test_setup_teardown(function, counter_setup, desk_teardown)

/* The picture shows this text / does not. */
void assert_shows(struct desk_test *t, const char *text);
void assert_shows_not(struct desk_test *t, const char *text);
/* Compares with tests/golden/screens/NAME_COLSxROWS.txt. */
void assert_picture(struct desk_test *t, const char *name);
/* The same at 80x24, where the terminal is, and at 120x40; then it is as it was. */
void assert_both_pictures(struct desk_test *t, const char *name);

/* A small shop: Delgado with two vehicles, Dela Cruz with one, Delano Fleet with one. */
void fill_shop(struct shop_test *shop);
/* A quart of oil with a bar code, and the canned job OIL. */
void fill_catalog(struct shop_test *shop);

#define DESK_PASSWORD "correct horse battery"

#endif
