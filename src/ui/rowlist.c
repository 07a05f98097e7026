/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The model of a list: a window of pages onto a source, and a cursor in it. Keys (rowlist_key.c)
 * only say where the cursor should go; settle loads the pages that takes. Drawing is in
 * rowlist_draw.c. */

#include "ui/rowlist.h"

#include <string.h>
#include <strings.h>

#include "rowlist_inner.h"

#define PAGE_ROWS 100
/* Without a way back from the end, End walks at most this many pages. */
#define WALK_PAGES 20

void rowlist_want(struct rowlist *list, enum rowlist_want wanted)
{
    if ((int)wanted > list->wants)
        list->wants = (int)wanted;
}

static void page_free(struct rowlist_page *page)
{
    if (page == NULL)
        return;
    arena_done(&page->arena);
    mem_free(page);
}

static void drop_pages(struct rowlist *list)
{
    while (list->page_count > 0)
        page_free(list->pages[--list->page_count]);
    list->row_count = 0;
}

void rowlist_init(struct rowlist *list, const struct rowlist_type *type,
                  const struct right_set *rights, void *context)
{
    *list = (struct rowlist){.type = type, .context = context, .rights = rights, .total = -1};
    editor_init(&list->search, 200);
    list->searching = type->always_searches;
    rowlist_want(list, WANT_RESET);
}

void rowlist_done(struct rowlist *list)
{
    drop_pages(list);
    editor_done(&list->search);
    mem_free(list->marks);
    *list = (struct rowlist){0};
}

void rowlist_refresh(struct rowlist *list)
{
    rowlist_want(list, WANT_REFRESH);
}

void rowlist_restart(struct rowlist *list)
{
    rowlist_want(list, WANT_RESET);
}

const void *rowlist_at(const struct rowlist *list, size_t index)
{
    for (size_t i = 0; i < list->page_count; i++) {
        const struct rows *rows = &list->pages[i]->rows;
        if (index < rows->count)
            return (const char *)rows->at + index * list->type->shape->size;
        index -= rows->count;
    }
    return NULL;
}

int64_t rowlist_id_of(const struct rowlist *list, const void *row)
{
    const char *name = list->type->id != NULL ? list->type->id : "id";
    const struct field *field = shape_field(list->type->shape, name);
    int64_t id = 0;

    if (row != NULL && field != NULL && field->size == sizeof(id))
        memcpy(&id, (const char *)row + field->offset, sizeof(id));
    return id;
}

static status load_page(struct rowlist *list, const struct row_query *query, struct arena *arena,
                        struct row_page *ret_page)
{
    const struct rowlist_type *type = list->type;

    if (type->whole == NULL)
        return type->load(list->context, query, arena, ret_page, &list->fault);
    ret_page->rows = rows_clone(type->shape, type->whole(list->context), arena);
    ret_page->total = (int64_t)ret_page->rows.count;
    return OK;
}

/* One page from the source; NULL when it fails, with the sentence in list->fault. */
static struct rowlist_page *load(struct rowlist *list, const char *after, const char *before,
                                 bool reversed)
{
    struct rowlist_page *page = mem_alloc(sizeof(*page));
    struct row_page got = {.total = -1, .next = "", .previous = ""};

    *page = (struct rowlist_page){.arena = ARENA_EMPTY};
    page->after = arena_text(&page->arena, after);
    page->before = arena_text(&page->arena, before);
    const struct row_query query = {
        .search = arena_text(&page->arena, editor_text(&list->search)),
        .sort = list->sort != NULL ? list->sort->sort : "",
        .descending = list->descending != reversed,
        .after = page->after,
        .before = page->before,
        .limit = PAGE_ROWS,
        .filter = list->filter,
    };
    fault_clear(&list->fault);
    if (load_page(list, &query, &page->arena, &got) != OK) {
        if (list->fault.text[0] == '\0')
            fault_set(&list->fault, ERR_IO, "The list cannot be read just now. F5 tries again.");
        page_free(page);
        return NULL;
    }
    page->rows = got.rows;
    page->next = got.next != NULL ? got.next : "";
    page->previous = got.previous != NULL ? got.previous : "";
    if (got.total >= 0) {
        list->total = got.total;
        list->total_is_capped = got.total_is_capped;
    }
    return page;
}

static void drop_first(struct rowlist *list)
{
    const size_t count = list->pages[0]->rows.count;

    page_free(list->pages[0]);
    memmove(list->pages, list->pages + 1, (list->page_count - 1) * sizeof(list->pages[0]));
    list->page_count--;
    list->row_count -= count;
    list->target -= (int64_t)count;
    list->top = list->top > count ? list->top - count : 0;
    if (list->first_number > 0)
        list->first_number += (int64_t)count;
}

static void drop_last(struct rowlist *list)
{
    list->row_count -= list->pages[list->page_count - 1]->rows.count;
    page_free(list->pages[--list->page_count]);
}

static const char *next_of(const struct rowlist *list)
{
    return list->page_count > 0 ? list->pages[list->page_count - 1]->next : "";
}

static const char *previous_of(const struct rowlist *list)
{
    return list->page_count > 0 ? list->pages[0]->previous : "";
}

static void append(struct rowlist *list, struct rowlist_page *page)
{
    list->pages[list->page_count++] = page;
    list->row_count += page->rows.count;
    if (list->page_count > ROWLIST_PAGES)
        drop_first(list);
}

static bool load_next(struct rowlist *list)
{
    if (next_of(list)[0] == '\0')
        return false;
    struct rowlist_page *page = load(list, next_of(list), "", false);
    if (page == NULL)
        return false;
    append(list, page);
    return page->rows.count > 0;
}

static bool load_previous(struct rowlist *list)
{
    if (previous_of(list)[0] == '\0')
        return false;
    struct rowlist_page *page = load(list, "", previous_of(list), false);
    if (page == NULL)
        return false;
    const size_t count = page->rows.count;
    memmove(list->pages + 1, list->pages, list->page_count * sizeof(list->pages[0]));
    list->pages[0] = page;
    list->page_count++;
    list->row_count += count;
    list->target += (int64_t)count;
    list->top += count;
    if (list->first_number > 0)
        list->first_number -= (int64_t)count;
    if (page->previous[0] == '\0')
        list->first_number = 1;
    if (list->page_count > ROWLIST_PAGES)
        drop_last(list);
    return count > 0;
}

/* From the source's first row. */
static void load_start(struct rowlist *list)
{
    struct rowlist_page *page = load(list, "", "", false);

    drop_pages(list);
    list->target = 0;
    list->top = 0;
    list->first_number = 1;
    if (page != NULL)
        append(list, page);
}

static void reverse_rows(const struct rowlist *list, struct rowlist_page *page)
{
    const size_t size = list->type->shape->size, count = page->rows.count;
    char *at = page->rows.at;
    char *spare = arena_alloc(&page->arena, size);

    for (size_t i = 0; i < count / 2; i++) {
        memcpy(spare, at + i * size, size);
        memcpy(at + i * size, at + (count - 1 - i) * size, size);
        memcpy(at + (count - 1 - i) * size, spare, size);
    }
}

/* The last page is the first one in the other direction. */
static void load_end(struct rowlist *list)
{
    struct rowlist_page *page = load(list, "", "", true);

    if (page == NULL)
        return;
    reverse_rows(list, page);
    page->previous = page->next;
    page->next = "";
    drop_pages(list);
    append(list, page);
    list->first_number = 0;
    if (page->previous[0] == '\0')
        list->first_number = 1;
    else if (list->total >= 0 && !list->total_is_capped)
        list->first_number = list->total - (int64_t)list->row_count + 1;
}

static void go_last(struct rowlist *list)
{
    if (next_of(list)[0] != '\0' && list->type->reversible)
        load_end(list);
    else
        for (int i = 0; i < WALK_PAGES && load_next(list); i++)
            continue;
    list->target = (int64_t)list->row_count - 1;
}

static size_t index_of(const struct rowlist *list, int64_t id)
{
    for (size_t i = 0; i < list->row_count; i++)
        if (rowlist_id_of(list, rowlist_at(list, i)) == id)
            return i;
    return list->row_count;
}

/* The same stretch again: its first page by the question that brought it, the rest behind it. */
static void reload(struct rowlist *list)
{
    const int64_t id = rowlist_id_of(list, rowlist_at(list, list->selected));
    const size_t old_count = list->row_count, old_selected = list->selected;
    const size_t above = list->selected - list->top;
    struct rowlist_page *first =
        list->page_count > 0 ? load(list, list->pages[0]->after, list->pages[0]->before, false)
                             : load(list, "", "", false);

    if (first == NULL)
        return;
    drop_pages(list);
    append(list, first);
    while (list->row_count < old_count && list->page_count < ROWLIST_PAGES && load_next(list))
        continue;
    const size_t found = id != 0 ? index_of(list, id) : list->row_count;
    list->target = (int64_t)(found < list->row_count ? found : old_selected);
    list->top = (size_t)list->target > above ? (size_t)list->target - above : 0;
    if (first->previous[0] == '\0')
        list->first_number = 1;
}

static void reach_target(struct rowlist *list)
{
    while (list->target >= (int64_t)list->row_count && load_next(list))
        continue;
    while (list->target < 0 && load_previous(list))
        continue;
    if (list->target >= (int64_t)list->row_count)
        list->target = (int64_t)list->row_count - 1;
    if (list->target < 0)
        list->target = 0;
    list->selected = (size_t)list->target;
}

void rowlist_settle(struct rowlist *list)
{
    const enum rowlist_want wanted = (enum rowlist_want)list->wants;

    if (wanted == WANT_NOTHING)
        return;
    list->wants = WANT_NOTHING;
    if (wanted == WANT_RESET)
        memset(list->needs, 0, sizeof list->needs);
    if (wanted == WANT_RESET || (wanted == WANT_HOME && previous_of(list)[0] != '\0'))
        load_start(list);
    else if (wanted == WANT_HOME)
        list->target = 0;
    else if (wanted == WANT_REFRESH)
        reload(list);
    else if (wanted == WANT_LAST)
        go_last(list);
    reach_target(list);
}

enum typing rowlist_typing(const struct rowlist *list)
{
    return list->searching ? TYPING_SEARCH : TYPING_NONE;
}

const void *rowlist_row(struct rowlist *list)
{
    rowlist_settle(list);
    return rowlist_at(list, list->selected);
}

int64_t rowlist_id(struct rowlist *list)
{
    return rowlist_id_of(list, rowlist_row(list));
}

void rowlist_search(struct rowlist *list, const char *text)
{
    editor_set(&list->search, text);
    rowlist_want(list, WANT_RESET);
}

void rowlist_select_text(struct rowlist *list, const char *field, const char *text)
{
    const struct field *at = shape_field(list->type->shape, field);

    rowlist_settle(list);
    if (at == NULL || at->type != FIELD_TEXT || *text == '\0')
        return;
    for (size_t i = 0; i < list->row_count; i++) {
        const char *value;
        memcpy(&value, (const char *)rowlist_at(list, i) + at->offset, sizeof value);
        if (value != NULL && strcasecmp(value, text) == 0) {
            list->target = (int64_t)(list->selected = i);
            return;
        }
    }
}
