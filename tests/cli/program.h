/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_CLI_PROGRAM_H
#define PITLANE_TESTS_CLI_PROGRAM_H

/* The real program against a real shop in a folder of its own, without a terminal. */

#include "test.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

#define PASSWORD "correct horse battery"

struct program {
    char folder[64];
    struct arena arena;
    /* of the last run */
    int code;
    const char *out, *err;
};

/* Fixtures: with nothing, and with a shop whose admin "ada" is signed in. */
int program_open(void **state);
int program_open_shop(void **state);
int program_close(void **state);
#define PROGRAM_TEST(function)                                                                     \
    cmocka_unit_test_setup_teardown(function, program_open, program_close)
#define SHOP_PROGRAM_TEST(function)                                                                \
    cmocka_unit_test_setup_teardown(function, program_open_shop, program_close)

/* Runs "pitlane" with the words of a command line: blanks part them, '…' and "…" keep them. The
 * text goes to standard input. Returns the exit code. */
int run_with(struct program *p, const char *input, const char *command);
int run(struct program *p, const char *command);
void expect_code(struct program *p, int code, const char *command);
#define expect_ok(p, command) expect_code((p), 0, (command))

void assert_out(struct program *p, const char *part);     /* standard output contains */
void assert_not_out(struct program *p, const char *part); /* … does not contain */
void assert_err(struct program *p, const char *part);
/* The number behind "name": in standard output's JSON. */
long json_number(struct program *p, const char *name);
/* A file in the test's folder; its path. */
const char *file_with(struct program *p, const char *name, const char *text);
const char *path_of(struct program *p, const char *name);
const char *shop_path(struct program *p);
/* Six digits that are no code of this seed for minutes around now: three of a million always are.
 */
const char *unfit_code(struct program *p, const unsigned char *seed);
/* Runs SQL beside the program, to set up what no operation can. */
void run_sql(struct program *p, const char *sql);
/* One number out of the database. */
int64_t ask_number(struct program *p, const char *sql);

#endif
