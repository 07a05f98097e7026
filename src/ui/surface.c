/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The grid of cells: safe text in, clipped, one grapheme cluster a cell. How cells become bytes for
 * a terminal is left to the terminals. */

#include "ui/surface.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const struct cell blank = {.text = " ", .cells = 1, .ink = INK_NORMAL};

void surface_init(struct surface *surface, const struct theme *theme, int rows, int cols)
{
    *surface = (struct surface){.theme = theme};
    surface_resize(surface, rows, cols);
}

void surface_resize(struct surface *surface, int rows, int cols)
{
    surface->rows = rows > 0 ? rows : 1;
    surface->cols = cols > 0 ? cols : 1;
    surface->cells = mem_resize(surface->cells, (size_t)surface->rows * (size_t)surface->cols *
                                                    sizeof(struct cell));
    surface_clear(surface);
}

void surface_clear(struct surface *surface)
{
    const size_t count = (size_t)surface->rows * (size_t)surface->cols;

    for (size_t i = 0; i < count; i++)
        surface->cells[i] = blank;
    surface->cursor_row = surface->cursor_col = -1;
    arena_reset(&surface->scratch);
}

void surface_done(struct surface *surface)
{
    mem_free(surface->cells);
    arena_done(&surface->scratch);
    *surface = (struct surface){0};
}

const struct cell *surface_cell(const struct surface *surface, int row, int col)
{
    if (row < 0 || col < 0 || row >= surface->rows || col >= surface->cols)
        return &blank;
    return &surface->cells[(size_t)row * (size_t)surface->cols + (size_t)col];
}

static void trim_line(struct buf *out, size_t start)
{
    while (out->length > start && out->at[out->length - 1] == ' ')
        out->at[--out->length] = '\0';
}

static void dump_line(const struct surface *surface, int row, struct buf *out, bool inks)
{
    static const char letters[] = ".tmshlowbi>+_f!xkqBMEQ";
    const size_t start = out->length;

    for (int col = 0; col < surface->cols; col++) {
        const struct cell *cell = surface_cell(surface, row, col);
        if (inks)
            buf_char(out, cell->ink == INK_NORMAL ? ' ' : letters[cell->ink]);
        else
            buf_text(out, cell->text);
    }
    trim_line(out, start);
    buf_char(out, '\n');
}

void surface_dump(const struct surface *surface, struct buf *out, bool inks)
{
    for (int row = 0; row < surface->rows; row++)
        dump_line(surface, row, out, false);
    if (!inks)
        return;
    buf_text(out, "-- inks\n");
    for (int row = 0; row < surface->rows; row++)
        dump_line(surface, row, out, true);
}

struct area area_whole(struct surface *surface)
{
    return (struct area){surface, 0, 0, surface->rows, surface->cols};
}

static int at_most(int value, int limit)
{
    return value < limit ? value : limit;
}

static int at_least(int value, int limit)
{
    return value > limit ? value : limit;
}

struct area area_part(struct area area, int row, int col, int rows, int cols)
{
    const int top = at_most(at_least(row, 0), area.rows);
    const int left = at_most(at_least(col, 0), area.cols);
    const int bottom = at_most(at_least(row + rows, top), area.rows);
    const int right = at_most(at_least(col + cols, left), area.cols);

    return (struct area){area.on, area.row + top, area.col + left, bottom - top, right - left};
}

struct area area_below(struct area area, int rows)
{
    return area_part(area, rows, 0, area.rows - rows, area.cols);
}

struct area area_above(struct area area, int rows)
{
    return area_part(area, 0, 0, area.rows - rows, area.cols);
}

struct area area_row(struct area area, int row)
{
    return area_part(area, row, 0, 1, area.cols);
}

static struct cell *cell_at(struct area area, int row, int col)
{
    if (row < 0 || col < 0 || row >= area.rows || col >= area.cols)
        return NULL;
    return &area.on->cells[(size_t)(area.row + row) * (size_t)area.on->cols +
                           (size_t)(area.col + col)];
}

/* A wide character that loses one half must not leave the other. */
static void break_wide(struct area area, struct cell *cell)
{
    const size_t index = (size_t)(cell - area.on->cells);
    const size_t col = index % (size_t)area.on->cols;

    if (cell->cells == 0 && col > 0)
        cell[-1] = (struct cell){.text = " ", .cells = 1, .ink = cell[-1].ink};
    if (cell->cells == 2 && col + 1 < (size_t)area.on->cols)
        cell[1] = (struct cell){.text = " ", .cells = 1, .ink = cell[1].ink};
}

static void put_cell(struct area area, int row, int col, enum ink ink, const char *text,
                     size_t length, int cells)
{
    struct cell *cell = cell_at(area, row, col);

    if (cell == NULL || cells < 1)
        return;
    break_wide(area, cell);
    if (cells == 2) {
        struct cell *half = cell_at(area, row, col + 1);
        if (half == NULL) {
            text = " ", length = 1, cells = 1;
        } else {
            break_wide(area, half);
            *half = (struct cell){.text = "", .cells = 0, .ink = (uint8_t)ink};
        }
    }
    *cell = (struct cell){.cells = (uint8_t)cells, .ink = (uint8_t)ink};
    memcpy(cell->text, text, length);
}

/* Emoji sequences, selectors and private or unassigned code points are drawn differently by every
 * terminal: they get one cell and a mark that everybody draws alike. */
static bool is_unsteady(uint32_t character)
{
    return character == 0xfe0e || character == 0xfe0f || character == 0x200d ||
           (character >= 0x1f1e6 && character <= 0x1f1ff) ||
           (character >= 0x1f3fb && character <= 0x1f3ff) ||
           (character >= 0xe000 && character <= 0xf8ff) || character >= 0xe0000 ||
           !text_char_is_assigned(character);
}

struct glyph_text {
    const char *text;
    size_t length;
    int cells;
};

static struct glyph_text as_mark(const struct theme *theme)
{
    return theme->ascii_only ? (struct glyph_text){"?", 1, 1} : (struct glyph_text){"▯", 3, 1};
}

/* A name is read without its accents, and not with marks in it. */
static struct glyph_text as_letter(const struct theme *theme, const char *text, size_t length)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    uint32_t character = 0;

    (void)text_next(text, length, &character);
    const char letter = text_letter_ascii(character);
    return letter == '\0' ? as_mark(theme) : (struct glyph_text){strchr(letters, letter), 1, 1};
}

static struct glyph_text in_ascii(const struct theme *theme, const char *text, size_t length,
                                  int cells)
{
    char cluster[CELL_TEXT_MAX];

    if (length < sizeof(cluster)) {
        memcpy(cluster, text, length);
        cluster[length] = '\0';
        const char *twin = theme_twin(cluster);
        if (twin != NULL)
            return (struct glyph_text){twin, 1, 1};
    }
    return theme->ascii_only ? as_letter(theme, text, length)
                             : (struct glyph_text){text, length, cells};
}

static bool has_joiner(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t part = 0;
        const size_t step = text_next(text + at, length - at, &part);
        if (step == 0)
            break;
        if (part >= 0x20 && is_unsteady(part))
            return true;
        at += step;
    }
    return false;
}

/* What is drawn for the grapheme cluster. Clusters that are too long keep their base character. */
static struct glyph_text shape_cluster(const struct theme *theme, const char *text, size_t length)
{
    uint32_t character = 0;
    size_t first = text_next(text, length, &character);
    int cells = text_char_cells(character);

    if (length == 1 && character >= ' ' && character < 0x7f)
        return (struct glyph_text){text, 1, 1};
    if (cells < 1) /* a combining mark without a letter, or nothing known */
        return as_mark(theme);
    if (length >= CELL_TEXT_MAX)
        length = first;
    if (theme->ascii || theme->ascii_only)
        return in_ascii(theme, text, length, cells);
    return (struct glyph_text){text, length, cells};
}

/* Writes until column `end`, where nothing may stand; tells where the next cell would be. Every
 * cluster that is not plain ASCII passes the sanitiser, after joined sequences became marks: it
 * would take the joiners out and leave several characters. */
static int write_cluster(struct area area, int row, int col, int end, enum ink ink,
                         struct glyph_text glyph)
{
    if (col + glyph.cells <= end)
        put_cell(area, row, col, ink, glyph.text, glyph.length, glyph.cells);
    else if (col < end)
        put_cell(area, row, col, ink, " ", 1, 1);
    return col + glyph.cells;
}

static int write_strange(struct area area, int row, int col, int end, enum ink ink,
                         const char *text, size_t length)
{
    const struct theme *theme = area.on->theme;
    const bool is_joined = has_joiner(text, length);
    AUTO_BUF safe = BUF(4096);

    if (is_joined)
        return write_cluster(area, row, col, end, ink, as_mark(theme));
    if (text_is_safe(text, length, TEXT_ONE_LINE))
        return write_cluster(area, row, col, end, ink, shape_cluster(theme, text, length));
    text_sanitize(&safe, text, length, TEXT_ONE_LINE);
    for (size_t at = 0; at < safe.length;) {
        const size_t step = text_cluster(safe.at + at, safe.length - at);
        if (step == 0)
            break;
        col = write_cluster(area, row, col, end, ink, shape_cluster(theme, safe.at + at, step));
        at += step;
    }
    return col;
}

static int write_text(struct area area, int row, int col, int end, enum ink ink, const char *text)
{
    const size_t length = strlen(text);

    for (size_t at = 0; at < length;) {
        const unsigned char byte = (unsigned char)text[at];
        const unsigned char next = (unsigned char)text[at + 1];

        if (byte >= ' ' && byte <= '~' && next <= '~') { /* no combining mark can follow */
            col = write_cluster(area, row, col, end, ink, (struct glyph_text){text + at, 1, 1});
            at++;
            continue;
        }
        const size_t step = text_cluster(text + at, length - at);
        col = write_strange(area, row, col, end, ink, text + at, step > 0 ? step : 1);
        at += step > 0 ? step : 1;
    }
    return col;
}

int area_cells(struct area area, const char *text)
{
    const struct area nowhere = {area.on, 0, 0, 0, 0};

    return write_text(nowhere, 0, 0, 0, INK_NORMAL, text != NULL ? text : "");
}

int area_text(struct area area, int row, int col, enum ink ink, const char *text)
{
    return write_text(area, row, col, area.cols, ink, text != NULL ? text : "");
}

int area_printf(struct area area, int row, int col, enum ink ink, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const char *text = arena_vprintf(&area.on->scratch, format, args);
    va_end(args);
    return area_text(area, row, col, ink, text);
}

int area_fit(struct area area, int row, int col, int cells, enum ink ink, const char *text)
{
    const char *safe = text != NULL ? text : "";
    const int end = col + cells;

    if (cells <= 0)
        return col;
    int at = write_text(area, row, col, end, ink, safe);
    if (at > end) {
        const struct cell *last = cell_at(area, row, end - 1);
        /* the cut may fall on the right half of a wide character */
        if (last != NULL && last->cells == 0)
            put_cell(area, row, end - 2, ink, " ", 1, 1);
        area_glyph(area, row, end - 1, ink, GLYPH_MORE);
        return end;
    }
    for (; at < end; at++)
        put_cell(area, row, at, ink, " ", 1, 1);
    return end;
}

void area_right(struct area area, int row, int end, enum ink ink, const char *text)
{
    const char *safe = text != NULL ? text : "";
    const int start = end - area_cells(area, safe);

    /* What lies left of the area is clipped away. */
    write_text(area, row, start, end, ink, safe);
}

size_t area_break(struct area area, const char *text, int cells, size_t *ret_skip)
{
    size_t good = 0, at = 0;
    int col = 0;

    for (; text[at] != '\0' && text[at] != '\n';) {
        size_t step = text_cluster(text + at, strnlen(text + at, 64)); /* the rest may be long */
        struct glyph_text glyph = shape_cluster(area.on->theme, text + at, step);
        if (text[at] == ' ')
            good = at;
        if (col + glyph.cells > cells && col > 0)
            break;
        col += glyph.cells;
        at += step;
    }
    const bool ends_word = text[at] == '\0' || text[at] == '\n' || text[at] == ' ';
    if (ends_word || good == 0)
        good = at;
    *ret_skip = text[good] == ' ' || text[good] == '\n';
    return good;
}

int area_wrap(struct area area, int row, int col, int cells, enum ink ink, const char *text)
{
    AUTO_BUF safe = BUF_MIB(4);
    int used = 0;

    if (text == NULL || cells < 1)
        return 0;
    text_sanitize(&safe, text, strlen(text), TEXT_MANY_LINES);
    const char *rest = buf_str(&safe);
    while (*rest != '\0') {
        size_t skip = 0;
        size_t length = area_break(area, rest, cells, &skip);
        if (row + used < area.rows)
            write_text(area, row + used, col, col + cells, ink,
                       arena_text_n(&area.on->scratch, rest, length));
        rest += length + skip;
        used++;
    }
    return used;
}

void area_fill(struct area area, int row, int col, int rows, int cols, enum ink ink)
{
    for (int r = row; r < row + rows && r < area.rows; r++)
        for (int c = col; c < col + cols && c < area.cols; c++)
            put_cell(area, r, c, ink, " ", 1, 1);
}

void area_ink(struct area area, int row, int col, int rows, int cols, enum ink ink)
{
    for (int r = row; r < row + rows && r < area.rows; r++)
        for (int c = col; c < col + cols && c < area.cols; c++) {
            struct cell *cell = cell_at(area, r, c);
            if (cell != NULL)
                cell->ink = (uint8_t)ink;
        }
}

int area_glyph(struct area area, int row, int col, enum ink ink, enum glyph glyph)
{
    const char *text = theme_glyph(area.on->theme, glyph);

    put_cell(area, row, col, ink, text, strlen(text), 1);
    return col + 1;
}

void area_hline(struct area area, int row, int col, int cells, enum ink ink)
{
    for (int i = 0; i < cells && col + i < area.cols; i++)
        area_glyph(area, row, col + i, ink, GLYPH_HLINE);
}

static void box_side(struct area area, int row, enum ink ink, enum glyph left, enum glyph right)
{
    area_hline(area, row, 1, area.cols - 2, ink);
    area_glyph(area, row, 0, ink, left);
    area_glyph(area, row, area.cols - 1, ink, right);
}

struct area area_box(struct area area, enum ink ink, const char *title)
{
    area_fill(area, 0, 0, area.rows, area.cols, INK_NORMAL);
    box_side(area, 0, ink, GLYPH_TOP_LEFT, GLYPH_TOP_RIGHT);
    for (int row = 1; row < area.rows - 1; row++) {
        area_glyph(area, row, 0, ink, GLYPH_VLINE);
        area_glyph(area, row, area.cols - 1, ink, GLYPH_VLINE);
    }
    box_side(area, area.rows - 1, ink, GLYPH_BOTTOM_LEFT, GLYPH_BOTTOM_RIGHT);
    if (title != NULL && title[0] != '\0' && area.cols > 6) {
        const struct area top = area_part(area, 0, 2, 1, area.cols - 4);
        const int end = area_text(top, 0, 1, INK_TITLE, title);
        area_text(top, 0, 0, ink, " ");
        area_text(top, 0, end, ink, " ");
    }
    return area_part(area, 1, 1, area.rows - 2, area.cols - 2);
}

struct area area_window(struct area body, int rows, int cols, const char *title)
{
    const int high = at_most(rows, body.rows), wide = at_most(cols, body.cols);

    return area_box(area_part(body, (body.rows - high) / 3, (body.cols - wide) / 2, high, wide),
                    INK_MUTED, title);
}

void area_cursor(struct area area, int row, int col)
{
    if (row < 0 || col < 0 || row >= area.rows || col >= area.cols)
        return;
    area.on->cursor_row = area.row + row;
    area.on->cursor_col = area.col + col;
}
