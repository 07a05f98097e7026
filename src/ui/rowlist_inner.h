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

#endif
