/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_ROWLIST_INNER_H
#define PITLANE_UI_ROWLIST_INNER_H

/* What the files of the list share. */

#include "ui/rowlist.h"

struct rowlist_page {
    struct arena arena;
    struct rows rows;
    const char *after, *before; /* how it was asked for */
    const char *next, *previous;
};

/* What settle has to load; the greater one includes the others. */
enum rowlist_want {
    WANT_NOTHING,
    WANT_MORE,    /* the target lies outside the window */
    WANT_REFRESH, /* the same rows again */
    WANT_HOME,
    WANT_LAST,
    WANT_RESET /* other rows: search, sort or filter changed */
};
void rowlist_want(struct rowlist *list, enum rowlist_want wanted);

/* The row at an index of the window, NULL outside. */
const void *rowlist_at(const struct rowlist *list, size_t index);
int64_t rowlist_id_of(const struct rowlist *list, const void *row);

/* --- rowlist_columns.c --- */

struct drawn_column {
    const struct column *column;
    const struct field *field;
    int col, width;
    int decimals; /* to align numbers on their point; -1: not such a column */
};

struct layout {
    struct drawn_column at[ROWLIST_COLUMNS];
    size_t count;
    bool more; /* there are columns to the right of these */
};

/* For the rows in sight, list->top on. */
void rowlist_lay_out(struct rowlist *list, struct area rows, struct layout *layout);
bool column_stands_right(const struct drawn_column *drawn);
const char *column_label(const struct drawn_column *drawn, struct arena *scratch);
/* What a cell says, in the ink it asks for. */
const char *rowlist_cell(const struct rowlist *list, const struct drawn_column *drawn,
                         const void *row, struct area area, enum ink *ink);

#endif
