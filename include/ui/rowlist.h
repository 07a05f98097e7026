/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_ROWLIST_H
#define PITLANE_UI_ROWLIST_H

/* A list of rows of a shape: columns by field name, frozen header, sort, filters, search as you
 * type, marks, paging by key. Rows come page by page from one callback; nothing else is held. */

#include "base/field.h"
#include "ui/editor.h"
#include "ui/keys.h"
#include "ui/surface.h"
#include "ui/view.h"

struct column {
    const char *name;  /* field of the shape */
    int width;         /* cells; 0: what the type needs */
    int grow;          /* share of what is left over */
    int below;         /* dropped where the list has fewer columns of the terminal than this */
    const char *label; /* NULL: the field's */
    bool number;       /* a text that is a number, or "-": stands at the right end */
    const char *sort;  /* the source's name for sorting by it; NULL: it cannot */
};

/* The same words as a list operation's input and page, so that the callback copies them over. */
struct row_query {
    const char *search;
    const char *sort; /* a column's `sort`; "" the source's own order */
    bool descending;
    const char *after;  /* "" or a page's `next` */
    const char *before; /* "" or a page's `previous` */
    int64_t limit;
    int filter; /* index of the chosen filter */
};
struct row_page {
    struct rows rows;
    int64_t total; /* -1: unknown */
    bool total_is_capped;
    const char *next;     /* "" at the end */
    const char *previous; /* "" at the start */
};

struct row_filter {
    const char *label; /* "Open" */
};

struct rowlist_type {
    const struct shape *shape;
    const char *id; /* field that tells rows apart, FIELD_ID or FIELD_INT; NULL: "id" */
    const struct column *columns;
    size_t column_count;
    /* Fills a page; texts live in `arena`. A failure's sentence is shown in place of the rows. */
    status (*load)(void *context, const struct row_query *query, struct arena *arena,
                   struct row_page *ret_page, struct fault *fault);
    /* In place of `load`, where all rows are at hand: they are copied, texts and all, as one page,
     * so that they may go before the list asks again. */
    struct rows (*whole)(void *context);
    /* Optional: another text or ink for a cell. NULL keeps the usual one. Texts from `scratch`. */
    const char *(*cell)(void *context, const void *row, const char *column, struct arena *scratch,
                        enum ink *ink);
    /* Optional: the heading a row stands under; drawn above the first row of each and above the
     * first in sight. Texts from `scratch`. */
    const char *(*group)(void *context, const void *row, struct arena *scratch);
    const struct row_filter *filters; /* f and F step through them; the first is chosen at start */
    size_t filter_count;
    bool searches;        /* "/" opens a search box over the rows */
    bool always_searches; /* the box is always open and takes every character (pickers) */
    bool marks;           /* Space marks rows */
    bool reversible;   /* `load` honours `descending` with any sort, and a page's `next` cursor also
                          works as `before` in the other direction: End goes to the last row */
    const char *empty; /* "No parts match. F6 adds one." */
};

struct rowlist_page;
#define ROWLIST_PAGES   6  /* held at most */
#define ROWLIST_COLUMNS 64 /* of a list at most */

struct rowlist {
    const struct rowlist_type *type;
    void *context;
    /* Of who looks, borrowed: columns of fields with another right are left out; NULL: none is. */
    const struct right_set *rights;
    struct editor search;
    bool searching; /* the box has the keys */
    const struct column *sort;
    bool descending;
    int filter;
    struct rowlist_page *pages[ROWLIST_PAGES + 1]; /* a window onto the source, in order */
    size_t page_count;
    size_t row_count;           /* of the window */
    size_t selected;            /* index in the window */
    size_t top;                 /* first row drawn */
    int height;                 /* rows drawn last */
    int shift;                  /* columns scrolled away behind the first */
    int needs[ROWLIST_COLUMNS]; /* cells each column needed so far for what stands in it */
    bool more_columns;          /* there are some to the right of those drawn last */
    int64_t total;
    bool total_is_capped;
    int64_t first_number; /* number of the window's first row; 0: unknown */
    int64_t *marks;
    size_t mark_count, mark_room;
    int64_t target; /* where the cursor was sent; outside the window until settled */
    int wants;      /* what settle has to load, see rowlist_inner.h */
    struct fault fault;
};

void rowlist_init(struct rowlist *list, const struct rowlist_type *type,
                  const struct right_set *rights, void *context);
void rowlist_done(struct rowlist *list);
/* Loads what is missing; call from view_type.settle. Cheap when nothing is. */
void rowlist_settle(struct rowlist *list);
/* Load again on the next settle, keeping the selected row by its id. */
void rowlist_refresh(struct rowlist *list);
/* Other rows: what the source is limited by has changed. */
void rowlist_restart(struct rowlist *list);
/* Arrows, pages, Home, End, j k g G, /, s S (next sort, reverse), f F (next filter, previous),
 * Space, < >, and the text of the search box. Enter only closes a box opened with "/": it is an
 * action. */
bool rowlist_key(struct rowlist *list, const struct event *event);
void rowlist_draw(struct rowlist *list, struct area area);
enum typing rowlist_typing(const struct rowlist *list);
/* "21–40 of 142", for view_type.status. */
const char *rowlist_status(const struct rowlist *list, struct arena *arena);

/* The selected row, NULL when there is none; valid until the next settle. Loads first what keys
 * typed ahead have asked for, so that "smith" and Enter in one breath open the right Smith. */
const void *rowlist_row(struct rowlist *list);
int64_t rowlist_id(struct rowlist *list); /* 0 when there is none */
/* The first row at hand whose text field says just this, in capitals or not; else none moves. */
void rowlist_select_text(struct rowlist *list, const char *field, const char *text);
bool rowlist_is_marked(const struct rowlist *list, int64_t id);
void rowlist_search(struct rowlist *list, const char *text);

/* A view that is nothing but a list, for view_type: state must begin with a struct rowlist. */
void rowlist_view_draw(struct view *view, struct area body);
bool rowlist_view_key(struct view *view, const struct event *event);
void rowlist_view_settle(struct view *view);
void rowlist_view_changed(struct view *view);
unsigned rowlist_view_has(struct view *view);
enum typing rowlist_view_typing(const struct view *view);
const char *rowlist_view_status(struct view *view, struct arena *arena);
void rowlist_view_close(struct view *view);
#define ROWLIST_VIEW                                                                               \
    .draw = rowlist_view_draw, .key = rowlist_view_key, .settle = rowlist_view_settle,             \
    .changed = rowlist_view_changed, .has = rowlist_view_has, .typing = rowlist_view_typing,       \
    .status = rowlist_view_status, .close = rowlist_view_close

#endif
