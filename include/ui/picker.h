/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_PICKER_H
#define PITLANE_UI_PICKER_H

/* Choose one row by typing: a box and the rows that match, over the present view; or give what was
 * typed where it may be in no list. */

#include "ui/rowlist.h"

struct picker {
    const char *title;
    const struct rowlist_type *list; /* must outlive the picker */
    void *list_context;
    const struct right_set *rights; /* as of a rowlist */
    const char *search;             /* what is in the box at the start */
    /* `row` is of the list's shape and valid during the call. Not called on Esc. */
    void (*picked)(struct view *asker, const void *row, void *context);
    /* F6: add a new one instead, with what was typed, cleaned to one line. NULL: no such thing. */
    void (*adds)(struct view *asker, const char *typed, void *context);
    /* What was typed is as good as a row: Enter gives it to `adds` when nothing matches, F6
     * although something does; never empty words. */
    bool takes_words;
    const char *code; /* who types the whole of this text field means its row; NULL: none */
    const char *hint; /* a line below the rows; NULL: none */
    void (*done)(void *list_context); /* NULL, or frees list_context when the picker closes */
    void *context;
};
void picker_open(struct app *app, const struct picker *picker);

#endif
