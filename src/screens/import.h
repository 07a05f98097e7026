/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_IMPORT_H
#define PITLANE_SCREENS_IMPORT_H

/* The import screen's state, shared by what it does (import.c) and what it lists (import_rows.c).
 */

#include "domain/import.h"
#include "inner.h"

enum import_tab { TAB_COLUMNS, TAB_LINES, TAB_NOTES, IMPORT_TABS };

struct import_screen {
    struct import_plan plan;
    struct arena arena; /* the plan's */
    struct buf bytes;   /* of the file */
    char path[1024];
    struct rowlist lists[IMPORT_TABS];
    size_t tab;
    size_t matching; /* the column whose field is being chosen */
    bool ran;        /* lines and counts are those of the present match */
    bool done;       /* imported */
};

struct target_row {
    int64_t id;
    const char *label, *name;
};
struct line_row {
    int64_t id;
    const char *fate, *summary, *says;
};

/* By tab; the context is the screen. Rows are numbered from 1: columns by their place. */
extern const struct rowlist_type import_lists[IMPORT_TABS];
/* In place of the lines, where they are of a price file. */
extern const struct rowlist_type import_price_lines;
/* The fields a column can go to: rows of struct target_row. */
extern const struct rowlist_type import_target_list;

/* For the palette: each asks for the file, then shows what would come of it. */
void import_customers(struct view *view, const struct action *action);
void import_vehicles(struct view *view, const struct action *action);
void import_parts(struct view *view, const struct action *action);
void import_prices(struct view *view, const struct action *action);

#endif
