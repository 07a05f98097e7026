/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_AMOUNTS_H
#define PITLANE_SCREENS_AMOUNTS_H

/* Rows that are chosen, each with all there is of it or a part: lines that are credited, invoices
 * that are paid, parts that came. Space, digits, * and n mean the same on all of these pages, and
 * nothing is done before the page's own F2. The page brings its rows and sentences. */

#include "inner.h"

struct amounts_type {
    /* Fields of a row, both money or both quantities: what there is of it, what of that is given.
     */
    const char *most, *given;
    const char *label;     /* of the question how much */
    const char *help;      /* of it, too; or … */
    const char *help_text; /* … the row's field that is one */
    bool counted; /* the question begins empty, and no answer is NUMBER_NONE; else that is 0 */
    const char *(*title)(const void *row, struct arena *arena); /* of the question */
    /* Says why the row cannot be given so much; `amount` in cents or thousandths. */
    status (*check)(const void *row, int64_t amount, struct fault *fault);
    /* NULL: all there is of it; or what Space gives the row; 0 is none, and it has said why. */
    int64_t (*share)(struct view *view, const void *row);
    /* NULL, or after a row was given something else than the `before` it had. */
    void (*gave)(struct view *view, void *row, int64_t before);
    const char *leave_title, *leave_text; /* asked where something is given and not done */
};

/* A page's state begins with it. */
struct amounts {
    struct rowlist list; /* first: the rowlist_view_… functions expect it there */
    struct rowlist_type rows_type;
    const struct amounts_type *type;
    struct rows rows; /* in `arena` */
    struct arena arena;
};

/* `rows` says shape, columns and cells, for who holds these rights. */
void amounts_init(struct amounts *amounts, const struct amounts_type *type,
                  const struct rowlist_type *rows, const struct right_set *rights);
void amounts_done(struct amounts *amounts);
/* Other rows, and the arena they live in, which is taken over. Those before live until then, so
 * that what was given can be carried over. */
void amounts_take(struct amounts *amounts, struct rows rows, struct arena *arena);
/* NULL when there is none. */
void *amounts_find(const struct amounts *amounts, int64_t id);
void *amounts_current(struct amounts *amounts); /* under the cursor */
int64_t amounts_sum(const struct amounts *amounts);
void amounts_give(struct view *view, void *row, int64_t amount);

/* For view_type, and for action rows: choose turns the row under the cursor on or off and goes to
 * the next. */
bool amounts_key(struct view *view, const struct event *event);
unsigned amounts_has(struct view *view); /* NEEDS_RECORD: any row at all */
bool amounts_is_dirty(struct view *view);
bool amounts_leaves(struct view *view);
/* The same for a page that has more to lose than its rows. */
bool amounts_leaves_if(struct view *view, bool is_dirty);
void amounts_choose(struct view *view, const struct action *action);
void amounts_choose_all(struct view *view, const struct action *action);
void amounts_choose_none(struct view *view, const struct action *action);
void amounts_ask(struct view *view, const struct action *action);

#endif
