/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_PICKER_H
#define PITLANE_UI_PICKER_H

/* Choose one row by typing: a box and the rows that match, over the present view. */

#include "ui/rowlist.h"

struct picker {
    const char *title;
    const struct rowlist_type *list; /* must outlive the picker */
    void *list_context;
    const char *search; /* what is in the box at the start */
    /* `row` is of the list's shape and valid during the call. Not called on Esc. */
    void (*picked)(struct view *asker, const void *row, void *context);
    /* F6: add a new one instead, with what was typed. NULL: no such thing. */
    void (*adds)(struct view *asker, const char *typed, void *context);
    void (*done)(void *list_context); /* NULL, or frees list_context when the picker closes */
    void *context;
};
void picker_open(struct app *app, const struct picker *picker);

#endif
