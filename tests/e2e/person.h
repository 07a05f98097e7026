/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_E2E_PERSON_H
#define PITLANE_TESTS_E2E_PERSON_H

/* A person at a terminal of a real shop: presses keys, sees the screen. Whatever is not seen in
 * time fails the test with the screen as it stands. The shop's other terminal is the command line
 * of tests/cli/program.h, signed in as ada. */

#include "../cli/program.h"
#include "pty.h"

struct person {
    struct program *shop;
    struct pty *pty;
};

/* Fixtures: a folder without a shop, and the shop of shop_given. */
int person_open(void **state);
int person_open_shop(void **state);
int person_close(void **state);
#define PERSON_TEST(function) cmocka_unit_test_setup_teardown(function, person_open, person_close)
#define SHOP_PERSON_TEST(function)                                                                 \
    cmocka_unit_test_setup_teardown(function, person_open_shop, person_close)

/* Words behind "pitlane"; NULL starts at the shop's own file. */
struct start {
    int rows, cols;
    const char *term;
    const char *words[8];
    const char *env[8];
};
void start(struct person *who, const struct start *how);
/* At 80x24, signed in, the counter on the screen. */
void sit_down(struct person *who, const char *login);
void sit_down_at(struct person *who, const char *login, int rows, int cols);

void press(struct person *who, const char *keys);
void type(struct person *who, const char *text);
/* Types, then Enter. */
void enter(struct person *who, const char *text);
void see(struct person *who, const char *text);
void see_no(struct person *who, const char *text);
/* Waits until the screen stands still. */
void settle(struct person *who);
/* A copy of the screen, in the shop's arena. */
const char *screen(struct person *who);
void assert_screen(struct person *who, const char *expected);
/* It ends by itself within the time, with this exit code. */
void expect_end(struct person *who, int code, int limit_ms);
/* Asked in another process, as from another terminal: one number of the database. */
long ask(struct person *who, const char *sql);

#endif
