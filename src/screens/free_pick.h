/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_FREE_PICK_H
#define PITLANE_SCREENS_FREE_PICK_H

/* Choose a row by typing, or take the words as they are: a canned job or a new one, a part of the
 * catalog or one from outside. Enter takes the row that matches, without one the words; F6 takes
 * the words although something matches. */

#include "screens/desk.h"

struct free_pick {
    const struct op *op; /* a list */
    const char *title;
    const char *hint; /* what Enter does when nothing matches: "Enter adds a job of these words." */
    /* Valid during the call. */
    void (*picked)(struct view *asker, const void *row, void *context);
    void (*typed)(struct view *asker, const char *text, void *context);
    void *context;
};
void free_pick_open(struct desk *desk, const struct free_pick *pick);

#endif
