/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Keys of a list: they move the cursor, sort, filter, mark and search, and load nothing. */

#include "rowlist_inner.h"

static bool move_by(struct rowlist *list, int64_t rows)
{
    list->target += rows;
    if (list->wants <= WANT_MORE && list->target >= 0 && list->target < (int64_t)list->row_count)
        list->selected = (size_t)list->target;
    else
        rowlist_want(list, WANT_MORE);
    return true;
}

static bool go(struct rowlist *list, enum rowlist_want wanted)
{
    rowlist_want(list, wanted);
    return true;
}

static size_t sortable(const struct rowlist *list)
{
    size_t count = 0;

    for (size_t i = 0; i < list->type->column_count; i++)
        count += list->type->columns[i].sort != NULL;
    return count;
}

/* The next column that can sort; behind the last one the source's own order again. */
static bool next_sort(struct rowlist *list)
{
    const struct column *columns = list->type->columns;
    size_t at = list->sort != NULL ? (size_t)(list->sort - columns) + 1 : 0;

    if (sortable(list) == 0)
        return false;
    while (at < list->type->column_count && columns[at].sort == NULL)
        at++;
    list->sort = at < list->type->column_count ? &columns[at] : NULL;
    list->descending = false;
    return go(list, WANT_RESET);
}

static bool reverse_sort(struct rowlist *list)
{
    if (sortable(list) == 0)
        return false;
    list->descending = !list->descending;
    return go(list, WANT_RESET);
}

static bool next_filter(struct rowlist *list, int by)
{
    const int count = (int)list->type->filter_count;

    if (count == 0)
        return false;
    list->filter = (list->filter + by + count) % count;
    return go(list, WANT_RESET);
}

static size_t mark_index(const struct rowlist *list, int64_t id)
{
    size_t i = 0;

    while (i < list->mark_count && list->marks[i] != id)
        i++;
    return i;
}

bool rowlist_is_marked(const struct rowlist *list, int64_t id)
{
    return mark_index(list, id) < list->mark_count;
}

static bool toggle_mark(struct rowlist *list)
{
    const int64_t id = rowlist_id(list);
    const size_t at = mark_index(list, id);

    if (!list->type->marks || id == 0)
        return list->type->marks;
    if (at < list->mark_count) {
        list->marks[at] = list->marks[--list->mark_count];
    } else {
        if (list->mark_count == list->mark_room) {
            list->mark_room = list->mark_room == 0 ? 16 : list->mark_room * 2;
            list->marks = mem_resize(list->marks, list->mark_room * sizeof(int64_t));
        }
        list->marks[list->mark_count++] = id;
    }
    return move_by(list, 1);
}

static bool shift_columns(struct rowlist *list, int by)
{
    if (by > 0 && !list->more_columns)
        return true;
    if (list->shift + by >= 0)
        list->shift += by;
    return true;
}

static bool move_key(struct rowlist *list, uint32_t key)
{
    const int64_t page = list->height > 1 ? list->height - 1 : 1;

    switch (key) {
    case K_UP:
        return move_by(list, -1);
    case K_DOWN:
        return move_by(list, 1);
    case K_PAGE_UP:
        return move_by(list, -page);
    case K_PAGE_DOWN:
        return move_by(list, page);
    default:
        return false;
    }
}

static bool command_key(struct rowlist *list, uint32_t key)
{
    switch (key) {
    case 'k':
        return move_by(list, -1);
    case 'j':
        return move_by(list, 1);
    case 'g':
    case K_HOME:
        return go(list, WANT_HOME);
    case 'G':
    case K_END:
        return go(list, WANT_LAST);
    case 's':
        return next_sort(list);
    case 'S':
        return reverse_sort(list);
    case 'f':
        return next_filter(list, 1);
    case 'F':
        return next_filter(list, -1);
    case ' ':
        return toggle_mark(list);
    case '<':
        return shift_columns(list, -1);
    case '>':
        return shift_columns(list, 1);
    case '/':
        list->searching = list->type->searches;
        return list->type->searches;
    default:
        return false;
    }
}

/* Esc first gives the whole list back; only then it leaves. */
static bool leave_search(struct rowlist *list, bool clears)
{
    if (list->type->always_searches)
        return false;
    list->searching = false;
    if (clears && !editor_is_empty(&list->search)) {
        editor_set(&list->search, "");
        rowlist_want(list, WANT_RESET);
    }
    return true;
}

static bool search_key(struct rowlist *list, const struct event *event)
{
    if (event->kind == EVENT_KEY && (event->key == K_ESCAPE || event->key == K_ENTER))
        return leave_search(list, event->key == K_ESCAPE);
    if (event->kind == EVENT_SCAN) {
        if (editor_take_back(&list->search, event->text))
            rowlist_want(list, WANT_RESET);
        return false;
    }
    const enum editor_result result = editor_key(&list->search, event);
    if (result == EDITOR_CHANGED)
        rowlist_want(list, WANT_RESET);
    return result != EDITOR_IGNORED;
}

bool rowlist_key(struct rowlist *list, const struct event *event)
{
    if (event->kind == EVENT_KEY && move_key(list, event->key))
        return true;
    if (list->searching)
        return search_key(list, event);
    if (event->kind == EVENT_KEY && event->key == K_ESCAPE && !editor_is_empty(&list->search))
        return leave_search(list, true);
    return event->kind == EVENT_KEY && command_key(list, event->key);
}
