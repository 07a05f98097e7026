/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_TABBED_H
#define PITLANE_SCREENS_TABBED_H

/* A record with what belongs to it: a head of a few lines, and tabs below. A tab is a list
 * operation limited to the record, or the text of an operation's whole result. */

#include "inner.h"

#define TABS_MAX 6

struct tab {
    const char *label;
    const char *op;    /* "vehicle.search" limited by the record, or "vehicle.history" as text */
    const char *hides; /* NULL, or a column that says the same in every row */
    const char *sort;  /* NULL, or how the list begins: the largest or last of it first */
    /* NULL, or how a result is written as text; otherwise all of it is, as label and value. */
    void (*write)(struct buf *out, const struct shape *shape, const void *result,
                  const struct right_set *rights, size_t width);
    const char *empty; /* NULL, or what an empty list or text says */
};
struct tabbed_screen {
    const char *noun;
    const char *title; /* NULL: the record's name */
    const struct tab *tabs;
    size_t tab_count;
    int head_rows;
    void (*draw_head)(struct view *view, const void *record, struct area area);
    const struct action *actions;
    size_t action_count;
    const char *help;
};

void tabbed_open(struct desk *desk, const struct tabbed_screen *screen, int64_t id);
/* The record as last read; NULL before the first time. */
const void *tabbed_record(const struct view *view, const struct tabbed_screen *screen);
int64_t tabbed_id(const struct view *view);
/* The row the cursor is on in the present tab, if the tab's rows are of this noun; 0 otherwise. */
int64_t tabbed_row_id(const struct view *view, const char *noun);
bool tabbed_subject(struct view *view, const struct tabbed_screen *screen,
                    struct subject *ret_subject);
/* For action rows: opens the selected row. */
void tabbed_open_row(struct view *view, const struct action *action);
enum { TABBED_ROW = NEEDS_ROW };

#endif
