/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_CLI_CLI_H
#define PITLANE_CLI_CLI_H

/* The command line: pitlane MODULE VERB [WORDS] [--field VALUE]… All of it follows from the tables
 * of operations and of hand-written commands (src/cli/commands.c). */

/* Runs one command and returns the program's exit code: 0 ok, 1 negative answer, 2 not understood,
 * 3 not allowed, 4 conflict or busy, 5 damaged data, 6 disk or terminal. */
int cli_run(int argc, char **argv);

/* The shop's file when nothing names one: $PITLANE_DB, else shop.db in $XDG_DATA_HOME/pitlane
 * (~/.local/share/pitlane). Written into `ret_path`; false when it does not fit or there is no home
 * folder. */
#include <stdbool.h>
#include <stddef.h>
bool cli_database(char *ret_path, size_t size);

#endif
