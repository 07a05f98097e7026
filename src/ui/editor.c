/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One text being edited. Everything is a replacement of a stretch of bytes by others, remembered
 * for undo; positions are always between grapheme clusters. */

#include "ui/editor.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define SLACK 8 /* the buffer's limit is a little above the editor's, which is checked here */

void editor_init(struct editor *editor, size_t limit)
{
    *editor = (struct editor){.text = BUF(limit + SLACK), .wrap = 60};
}

static void forget_undo(struct editor *editor)
{
    while (editor->undo_count > 0)
        mem_free(editor->undo[--editor->undo_count].text);
    editor->typing = false;
}

void editor_done(struct editor *editor)
{
    forget_undo(editor);
    buf_done(&editor->text);
}

const char *editor_text(const struct editor *editor)
{
    return buf_str(&editor->text);
}

bool editor_is_empty(const struct editor *editor)
{
    return editor->text.length == 0;
}

void editor_limit(struct editor *editor, size_t limit)
{
    editor->text.limit = limit + SLACK;
}

static size_t limit_of(const struct editor *editor)
{
    return editor->text.limit - SLACK;
}

/* Composed characters, line breaks only where they are allowed. ASCII passes as it is. */
static void add_composed(struct buf *out, const char *text, bool many_lines)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const size_t length = strlen(text);

    for (size_t at = 0; at < length;) {
        size_t step = text_cluster(text + at, length - at);
        if (step == 0)
            step = 1;
        const char *cluster = arena_text_n(&arena, text + at, step);
        if (cluster[0] == '\r' || cluster[0] == '\n')
            buf_char(out, many_lines ? '\n' : ' ');
        else if (step == 1 && cluster[0] >= ' ' && cluster[0] <= '~')
            buf_char(out, cluster[0]);
        else
            buf_text(out, text_clean(&arena, cluster, TEXT_ONE_LINE));
        at += step;
    }
}

void editor_set(struct editor *editor, const char *text)
{
    AUTO_BUF composed = BUF_MIB(4);

    forget_undo(editor);
    add_composed(&composed, text != NULL ? text : "", editor->many_lines);
    buf_clear(&editor->text);
    buf_add(&editor->text, buf_str(&composed),
            composed.length <= limit_of(editor)
                ? composed.length
                : text_fit(buf_str(&composed), limit_of(editor), limit_of(editor)));
    editor->at = editor->text.length;
    editor->left = editor->top = 0;
}

static void remember(struct editor *editor)
{
    if (editor->undo_count == EDITOR_UNDO_MAX) {
        mem_free(editor->undo[0].text);
        memmove(editor->undo, editor->undo + 1, (EDITOR_UNDO_MAX - 1) * sizeof(editor->undo[0]));
        editor->undo_count--;
    }
    editor->undo[editor->undo_count++] =
        (struct editor_undo){mem_text(editor_text(editor)), editor->at};
}

/* Puts bytes in place of [from, to); the cursor ends up behind them. */
static void splice(struct editor *editor, size_t from, size_t to, const char *bytes, size_t length)
{
    AUTO_BUF tail = BUF(editor->text.limit);

    buf_add(&tail, editor_text(editor) + to, editor->text.length - to);
    editor->text.length = from;
    buf_add(&editor->text, bytes, length);
    editor->at = editor->text.length;
    buf_add(&editor->text, buf_str(&tail), tail.length);
    if (editor->text.length == 0)
        buf_clear(&editor->text);
}

static enum editor_result replace(struct editor *editor, size_t from, size_t to, const char *text)
{
    const size_t length = strlen(text);

    if (from == to && length == 0)
        return EDITOR_MOVED;
    if (editor->text.length - (to - from) + length > limit_of(editor))
        return EDITOR_FULL;
    remember(editor);
    editor->typing = false;
    splice(editor, from, to, text, length);
    return EDITOR_CHANGED;
}

static size_t back_step(const struct editor *editor, size_t at)
{
    return at > 0 ? text_cluster_back(editor_text(editor), at) : 0;
}

/* A combining mark typed behind a letter joins it: the cluster in front is composed anew. */
enum editor_result editor_insert(struct editor *editor, const char *text)
{
    AUTO_BUF raw = BUF_MIB(4);
    AUTO_BUF composed = BUF_MIB(4);
    const bool joins = (unsigned char)text[0] >= 0x80 && editor->at > 0;
    const size_t from = editor->at - (joins ? back_step(editor, editor->at) : 0);

    buf_add(&raw, editor_text(editor) + from, editor->at - from);
    buf_text(&raw, text);
    add_composed(&composed, buf_str(&raw), editor->many_lines);
    return replace(editor, from, editor->at, buf_str(&composed));
}

static enum editor_result type_character(struct editor *editor, uint32_t key)
{
    const bool goes_on = editor->typing && key != ' ';
    char bytes[5];

    bytes[text_encode(key, bytes)] = '\0';
    const enum editor_result result = editor_insert(editor, bytes);
    if (result != EDITOR_CHANGED)
        return result;
    if (goes_on) /* one undo takes the whole word back */
        mem_free(editor->undo[--editor->undo_count].text);
    editor->typing = true;
    return result;
}

bool editor_take_back(struct editor *editor, const char *text)
{
    const size_t length = strlen(text);

    if (length == 0 || length > editor->at ||
        memcmp(editor_text(editor) + editor->at - length, text, length) != 0)
        return false;
    return replace(editor, editor->at - length, editor->at, "") == EDITOR_CHANGED;
}

static enum editor_result undo(struct editor *editor)
{
    if (editor->undo_count == 0)
        return EDITOR_MOVED;
    struct editor_undo *last = &editor->undo[--editor->undo_count];
    buf_clear(&editor->text);
    buf_text(&editor->text, last->text);
    editor->at = last->at;
    editor->typing = false;
    mem_free(last->text);
    return EDITOR_CHANGED;
}

static size_t word_left(const struct editor *editor)
{
    const char *text = editor_text(editor);
    size_t at = editor->at;

    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n'))
        at--;
    while (at > 0 && text[at - 1] != ' ' && text[at - 1] != '\n')
        at--;
    return at;
}

static size_t word_right(const struct editor *editor)
{
    const char *text = editor_text(editor);
    size_t at = editor->at;

    while (text[at] != '\0' && text[at] != ' ' && text[at] != '\n')
        at++;
    while (text[at] == ' ' || text[at] == '\n')
        at++;
    return at;
}

/* Rows of a text with many lines: broken at LF and, where a row is full, behind the last blank that
 * is not a row's first; a word longer than a row is broken hard. The blank stays in its row, so
 * that every byte has its place and the cursor can stand on it. */
struct row {
    size_t start, length;
};

static size_t word_break(const char *text, size_t full)
{
    if (text[full] == ' ')
        return full + 1;
    for (size_t at = full; at > 1; at--)
        if (text[at - 1] == ' ')
            return at;
    return full;
}

static struct row row_from(const struct editor *editor, size_t start)
{
    const char *text = editor_text(editor) + start;
    const size_t line = strcspn(text, "\n");
    size_t length = text_fit(text, line, (size_t)(editor->wrap > 1 ? editor->wrap - 1 : 1));

    if (length == 0 && line > 0)
        length = text_cluster(text, line);
    if (length < line)
        length = word_break(text, length);
    return (struct row){start, length};
}

static size_t next_row(const struct editor *editor, struct row row)
{
    const size_t end = row.start + row.length;

    return editor_text(editor)[end] == '\n' ? end + 1 : end;
}

static bool is_last_row(const struct editor *editor, struct row row)
{
    return row.start + row.length >= editor->text.length;
}

/* The row the cursor is on, and the one in front of it. */
static struct row cursor_row(const struct editor *editor, struct row *ret_before, int *ret_number)
{
    struct row before = {0, 0}, row = row_from(editor, 0);
    int number = 0;

    while (!is_last_row(editor, row) && next_row(editor, row) <= editor->at) {
        before = row;
        row = row_from(editor, next_row(editor, row));
        number++;
    }
    *ret_before = before;
    *ret_number = number;
    return row;
}

static size_t column_in(const struct editor *editor, struct row row, size_t cells)
{
    return row.start + text_fit(editor_text(editor) + row.start, row.length, cells);
}

static enum editor_result move_row(struct editor *editor, bool down)
{
    struct row before, row;
    int number = 0;

    row = cursor_row(editor, &before, &number);
    const size_t cells = text_cells(editor_text(editor) + row.start, editor->at - row.start);
    if (down) {
        if (is_last_row(editor, row) && editor_text(editor)[row.start + row.length] == '\0')
            return EDITOR_IGNORED;
        editor->at = column_in(editor, row_from(editor, next_row(editor, row)), cells);
    } else {
        if (number == 0)
            return EDITOR_IGNORED;
        editor->at = column_in(editor, before, cells);
    }
    return EDITOR_MOVED;
}

static size_t line_edge(const struct editor *editor, bool end)
{
    const char *text = editor_text(editor);
    size_t at = editor->at;

    if (end)
        return at + strcspn(text + at, "\n");
    while (at > 0 && text[at - 1] != '\n')
        at--;
    return at;
}

static enum editor_result move_to(struct editor *editor, size_t at)
{
    editor->at = at;
    editor->typing = false;
    return EDITOR_MOVED;
}

static enum editor_result move_key(struct editor *editor, uint32_t key)
{
    const size_t rest = editor->text.length - editor->at;

    switch (key) {
    case K_LEFT:
        return move_to(editor, editor->at - back_step(editor, editor->at));
    case K_RIGHT:
        return move_to(editor, editor->at + text_cluster(editor_text(editor) + editor->at, rest));
    case K_WORD_LEFT:
        return move_to(editor, word_left(editor));
    case K_WORD_RIGHT:
        return move_to(editor, word_right(editor));
    case K_HOME:
    case K_CTRL('A'):
        return move_to(editor, line_edge(editor, false));
    case K_END:
    case K_CTRL('E'):
        return move_to(editor, line_edge(editor, true));
    case K_UP:
    case K_DOWN:
        return editor->many_lines ? move_row(editor, key == K_DOWN) : EDITOR_IGNORED;
    default:
        return EDITOR_IGNORED;
    }
}

static enum editor_result edit_key(struct editor *editor, uint32_t key)
{
    const size_t at = editor->at, length = editor->text.length;

    switch (key) {
    case K_BACKSPACE:
        return replace(editor, at - back_step(editor, at), at, "");
    case K_DELETE:
        return replace(editor, at, at + text_cluster(editor_text(editor) + at, length - at), "");
    case K_CTRL('W'):
        return replace(editor, word_left(editor), at, "");
    case K_CTRL('U'):
        return replace(editor, 0, length, "");
    case K_CTRL('K'):
        return replace(editor, at, line_edge(editor, true), "");
    case K_CTRL('Z'):
        return undo(editor);
    case K_ENTER:
        return editor->many_lines ? replace(editor, at, at, "\n") : EDITOR_IGNORED;
    default:
        return move_key(editor, key);
    }
}

enum editor_result editor_key(struct editor *editor, const struct event *event)
{
    if (event->kind == EVENT_PASTE) {
        AUTO_ARENA arena = ARENA_EMPTY;
        const char *text = event->text;
        return editor_insert(editor,
                             editor->many_lines ? text : text_clean(&arena, text, TEXT_ONE_LINE));
    }
    if (event->kind != EVENT_KEY)
        return EDITOR_IGNORED;
    if (key_is_text(event->key))
        return type_character(editor, event->key);
    return edit_key(editor, event->key);
}

static const char *shown_text(const struct editor *editor, struct arena *scratch, size_t *ret_at)
{
    const char *text = editor_text(editor);

    *ret_at = editor->at;
    if (!editor->secret)
        return text;
    AUTO_BUF dots = BUF(4 * editor->text.limit);
    for (size_t at = 0; at < editor->text.length;) {
        at += text_cluster(text + at, editor->text.length - at);
        buf_char(&dots, '*');
        if (at == editor->at)
            *ret_at = dots.length;
    }
    return arena_text(scratch, buf_str(&dots));
}

static void draw_line(struct editor *editor, struct area box, enum ink ink, bool focused)
{
    struct arena *scratch = &box.on->scratch;
    size_t at = 0;
    const char *text = shown_text(editor, scratch, &at);
    const int cursor = area_cells(box, arena_text_n(scratch, text, at));

    if (!focused)
        editor->left = 0;
    else if (cursor < editor->left)
        editor->left = cursor;
    else if (cursor > editor->left + box.cols - 1)
        editor->left = cursor - box.cols + 1;
    const int end = area_text(box, 0, -editor->left, ink, text);
    if (!focused && end > box.cols)
        area_glyph(box, 0, box.cols - 1, ink, GLYPH_MORE);
    if (focused)
        area_cursor(box, 0, cursor - editor->left);
}

static void draw_rows(struct editor *editor, struct area box, enum ink ink, bool focused)
{
    struct row before, row;
    int number = 0;

    editor->wrap = box.cols;
    cursor_row(editor, &before, &number);
    if (!focused)
        editor->top = 0;
    else if (number < editor->top)
        editor->top = number;
    else if (number >= editor->top + box.rows)
        editor->top = number - box.rows + 1;
    row = row_from(editor, 0);
    for (int i = 0; i < editor->top + box.rows; i++) {
        const char *text = editor_text(editor) + row.start;
        if (i >= editor->top)
            area_text(box, i - editor->top, 0, ink,
                      arena_text_n(&box.on->scratch, text, row.length));
        if (focused && i == number)
            area_cursor(
                box, i - editor->top,
                area_cells(box, arena_text_n(&box.on->scratch, text, editor->at - row.start)));
        const size_t next = next_row(editor, row);
        if (next >= editor->text.length && text[row.length] != '\n')
            break;
        row = row_from(editor, next);
    }
}

void editor_draw(struct editor *editor, struct area area, int row, int col, int cells, enum ink ink,
                 bool focused)
{
    const struct area box =
        area_part(area, row, col, editor->many_lines ? area.rows - row : 1, cells);

    area_fill(box, 0, 0, box.rows, box.cols, ink);
    if (box.cols < 1 || box.rows < 1)
        return;
    if (editor->many_lines)
        draw_rows(editor, box, ink, focused);
    else
        draw_line(editor, box, ink, focused);
}
