/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A view that is nothing but a list. */

#include "ui/rowlist.h"

void rowlist_view_draw(struct view *view, struct area body)
{
    rowlist_draw(view->state, body);
}

const char *rowlist_view_status(struct view *view, struct arena *arena)
{
    return rowlist_status(view->state, arena);
}

bool rowlist_view_key(struct view *view, const struct event *event)
{
    return rowlist_key(view->state, event);
}

void rowlist_view_settle(struct view *view)
{
    rowlist_settle(view->state);
}

void rowlist_view_changed(struct view *view)
{
    rowlist_refresh(view->state);
}

unsigned rowlist_view_has(struct view *view)
{
    struct rowlist *list = view->state;

    return (rowlist_row(list) != NULL ? NEEDS_ROW : 0u) |
           (list->mark_count > 0 ? (unsigned)NEEDS_MARKS : 0u);
}

enum typing rowlist_view_typing(const struct view *view)
{
    return rowlist_typing(view->state);
}

void rowlist_view_close(struct view *view)
{
    rowlist_done(view->state);
}
