/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_WIZARD_H
#define PITLANE_SCREENS_WIZARD_H

/* The first run: a new shop in a few steps. */

#include <stdbool.h>

#include "ui/term.h"

/* Asks and makes the file. OK with *ret_made false: the person left without making one. */
status wizard_run(const char *db, struct term *term, const struct theme *theme, bool *ret_made,
                  struct fault *fault) MUST_USE;

/* For tests: the same in an app of the caller's, run until its keys are used up. */
struct wizard;
struct wizard *wizard_open(const char *db, struct term *term, const struct theme *theme);
struct app *wizard_app(struct wizard *wizard);
bool wizard_has_made(const struct wizard *wizard);
void wizard_close(struct wizard *wizard);

#endif
