/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A page of text to read. Long lines are broken to the width of the page. */

#include <string.h>

#include "app.h"
#include "base/text.h"
#include "ui/editor.h"
#include "ui/pages.h"

struct line {
    const char *text; /* not ended */
    size_t length;
};

struct page_state {
    const char *text; /* safe, many lines */
    struct line *lines;
    size_t count, room;
    int width;  /* the lines are broken for */
    int widest; /* cells of the longest line as it was given */
    int height;
    size_t top;
    struct editor search;
    bool searching;
    bool missed; /* what was searched for is not there */
};

static void add_line(struct page_state *page, const char *text, size_t length)
{
    if (page->count == page->room) {
        page->room = page->room == 0 ? 64 : page->room * 2;
        page->lines = mem_resize(page->lines, page->room * sizeof(struct line));
    }
    page->lines[page->count++] = (struct line){text, length};
}

static void break_lines(struct page_state *page, struct area body)
{
    if (page->width == body.cols)
        return;
    page->width = body.cols;
    page->count = 0;
    for (const char *rest = page->text; *rest != '\0';) {
        size_t skip = 0;
        const size_t length = area_break(body, rest, body.cols, &skip);
        add_line(page, rest, length);
        rest += length + skip;
    }
}

static size_t last_top(const struct page_state *page)
{
    const size_t height = (size_t)(page->height > 0 ? page->height : 1);

    return page->count > height ? page->count - height : 0;
}

/* Where the found words stand in a line, without regard to case. */
static const char *find_in(const char *line, const char *words)
{
    return words[0] != '\0' ? strcasestr(line, words) : NULL;
}

static void draw_line(const struct page_state *page, struct area row, const struct line *line)
{
    struct arena *scratch = &row.on->scratch;
    const char *text = arena_text_n(scratch, line->text, line->length);
    const char *words = editor_text(&page->search);

    area_text(row, 0, 0, INK_NORMAL, text);
    const char *at = find_in(text, words);
    if (at != NULL) {
        const int start = area_cells(row, arena_text_n(scratch, text, (size_t)(at - text)));
        const int cells = area_cells(row, arena_text_n(scratch, at, strlen(words)));
        area_ink(row, 0, start, 1, cells, INK_MATCH);
    }
}

static void page_draw(struct view *view, struct area body)
{
    struct page_state *page = view->state;
    /* A page as wide as the terminal gives up its margin rather than break every line. */
    const int margin = page->widest > body.cols - 2 && page->widest <= body.cols ? 0 : 1;
    const struct area text =
        area_part(body, 0, margin, body.rows - (page->searching ? 1 : 0), body.cols - 2 * margin);

    break_lines(page, text);
    page->height = text.rows;
    if (page->top > last_top(page))
        page->top = last_top(page);
    for (int i = 0; i < text.rows && page->top + (size_t)i < page->count; i++)
        draw_line(page, area_row(text, i), &page->lines[page->top + (size_t)i]);
    area_cursor(text, 0, 0);
    if (page->searching) {
        const struct area row = area_row(body, body.rows - 1);
        const int at = area_text(row, 0, 1, INK_LABEL, "Search ");
        editor_draw(&page->search, row, 0, at, row.cols - at - 1, INK_FIELD_FOCUS, true);
    }
}

/* Goes to the next line (or the one before) that holds the words; says so when there is none. */
static void find_next(struct page_state *page, bool back)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *words = editor_text(&page->search);

    page->missed = false;
    if (words[0] == '\0')
        return;
    for (size_t step = 1; step <= page->count; step++) {
        const size_t at = (page->top + (back ? page->count - step : step)) % page->count;
        const struct line *line = &page->lines[at];
        if (find_in(arena_text_n(&arena, line->text, line->length), words) != NULL) {
            page->top = at;
            return;
        }
    }
    page->missed = true;
}

static bool search_key(struct page_state *page, const struct event *event)
{
    if (event->kind == EVENT_KEY && event->key == K_ENTER) {
        page->searching = false;
        page->top = page->top > 0 ? page->top - 1 : page->count - (page->count > 0);
        find_next(page, false);
        return true;
    }
    if (event->kind == EVENT_KEY && event->key == K_ESCAPE) {
        page->searching = false;
        return true;
    }
    return editor_key(&page->search, event) != EDITOR_IGNORED;
}

static void scroll(struct page_state *page, int64_t by)
{
    int64_t to = (int64_t)page->top + by;

    if (to > (int64_t)last_top(page))
        to = (int64_t)last_top(page);
    page->top = to > 0 ? (size_t)to : 0;
}

static bool move_key(struct page_state *page, uint32_t key)
{
    const int64_t height = page->height > 1 ? page->height - 1 : 1;

    switch (key) {
    case K_UP:
    case 'k':
        scroll(page, -1);
        return true;
    case K_DOWN:
    case 'j':
    case K_ENTER:
        scroll(page, 1);
        return true;
    case K_PAGE_UP:
    case 'b':
        scroll(page, -height);
        return true;
    case K_PAGE_DOWN:
    case ' ':
        scroll(page, height);
        return true;
    case K_HOME:
    case 'g':
        page->top = 0;
        return true;
    case K_END:
    case 'G':
        page->top = last_top(page);
        return true;
    default:
        return false;
    }
}

static bool page_key(struct view *view, const struct event *event)
{
    struct page_state *page = view->state;

    if (page->searching)
        return search_key(page, event);
    if (event->kind != EVENT_KEY)
        return false;
    page->missed = false;
    if (event->key == '/') {
        page->searching = true;
        editor_set(&page->search, "");
        return true;
    }
    if (event->key == 'n' || event->key == 'N') {
        find_next(page, event->key == 'N');
        return true;
    }
    return move_key(page, event->key);
}

static enum typing page_typing(const struct view *view)
{
    const struct page_state *page = view->state;

    return page->searching ? TYPING_SEARCH : TYPING_NONE;
}

static const char *page_status(struct view *view, struct arena *arena)
{
    const struct page_state *page = view->state;
    const size_t end = page->top + (size_t)(page->height > 0 ? page->height : 0);

    if (page->missed)
        return arena_printf(arena, "\"%s\" is not on this page.", editor_text(&page->search));
    return arena_printf(arena, "lines %zu–%zu of %zu   / searches, n next", page->top + 1,
                        end < page->count ? end : page->count, page->count);
}

static void page_close(struct view *view)
{
    struct page_state *page = view->state;

    editor_done(&page->search);
    mem_free(page->lines);
}

static const struct view_type page_type = {
    .name = "page",
    .draw = page_draw,
    .key = page_key,
    .typing = page_typing,
    .status = page_status,
    .close = page_close,
};

static int widest_line(const char *text)
{
    size_t widest = 0;

    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        const size_t cells = text_cells(text, length);
        widest = cells > widest ? cells : widest;
        text += length + (text[length] != '\0');
    }
    return (int)widest;
}

void textpage_open(struct app *app, const char *title, const char *text)
{
    struct view *view = view_new(app, &page_type, sizeof(struct page_state));
    struct page_state *page = view->state;
    AUTO_BUF safe = BUF_MIB(64);

    text_sanitize(&safe, text, strlen(text), TEXT_MANY_LINES);
    page->text = arena_text_n(&view->arena, buf_str(&safe), safe.length);
    page->widest = widest_line(page->text);
    view->title = arena_text(&view->arena, title);
    editor_init(&page->search, 100);
    app_push(app, view);
}
