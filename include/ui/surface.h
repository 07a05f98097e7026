/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_SURFACE_H
#define PITLANE_UI_SURFACE_H

/* A grid of cells that everything draws into: its text is the screen's picture, which tests compare
 * and the terminal shows. Every text is made safe here: no control character, bidi control, emoji
 * sequence or unassigned character can reach a cell (they become one-cell marks or go).
 *
 * Drawing goes through an area, a rectangle of the surface passed by value. Rows and columns count
 * from 0 at the area's corner; whatever lies outside is clipped, so a widget needs no size checks.
 *
 *     struct area body = area_below(whole, 2);            // without its first two rows
 *     int at = area_text(body, 0, 1, INK_STRONG, name);   // returns the column behind the text
 *     area_right(body, 0, body.cols - 1, INK_NORMAL, money_show(due, text));
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ui/theme.h"

#define CELL_TEXT_MAX 16

struct cell {
    char text[CELL_TEXT_MAX]; /* one grapheme cluster, NUL-ended; "" right of a wide one */
    uint8_t cells;            /* 1 or 2; 0: the right half of a wide character */
    uint8_t ink;              /* enum ink */
};

struct surface {
    int rows, cols;
    struct cell *cells;
    int cursor_row, cursor_col; /* -1: hidden */
    const struct theme *theme;
    struct arena scratch; /* for texts of this frame; emptied by surface_clear */
};

struct area {
    struct surface *on;
    int row, col, rows, cols; /* never reaches outside the surface */
};

void surface_init(struct surface *surface, const struct theme *theme, int rows, int cols);
void surface_resize(struct surface *surface, int rows, int cols); /* and clears */
void surface_clear(struct surface *surface);
void surface_done(struct surface *surface);
/* Every row as a line, blanks at the end cut. With `inks`, a second block follows: a letter a cell
 * ('.' is normal), for pictures that should show what is emphasised. */
void surface_dump(const struct surface *surface, struct buf *out, bool inks);
const struct cell *surface_cell(const struct surface *surface, int row, int col);

struct area area_whole(struct surface *surface);
struct area area_part(struct area area, int row, int col, int rows, int cols);
struct area area_below(struct area area, int rows); /* without the first rows */
struct area area_above(struct area area, int rows); /* without the last rows */
struct area area_row(struct area area, int row);

/* All text functions return the column behind what was written (or would have been). */
int area_text(struct area area, int row, int col, enum ink ink, const char *text);
int area_printf(struct area area, int row, int col, enum ink ink, const char *format, ...)
    PRINTF_LIKE(5, 6);
/* Exactly `cells` cells: padded with blanks, or cut with "…". */
int area_fit(struct area area, int row, int col, int cells, enum ink ink, const char *text);
/* Ends in front of column `end`; cut at its start when too long. */
void area_right(struct area area, int row, int end, enum ink ink, const char *text);
/* Several rows broken at blanks; returns the rows used (counts on past the area's end). */
int area_wrap(struct area area, int row, int col, int cells, enum ink ink, const char *text);
/* Bytes of the text that go on one line of so many cells, and how many to skip behind them. */
size_t area_break(struct area area, const char *text, int cells, size_t *ret_skip);
void area_fill(struct area area, int row, int col, int rows, int cols, enum ink ink);
/* Changes the ink of cells that are there. */
void area_ink(struct area area, int row, int col, int rows, int cols, enum ink ink);
int area_glyph(struct area area, int row, int col, enum ink ink, enum glyph glyph);
void area_hline(struct area area, int row, int col, int cells, enum ink ink);
/* A border with a title; returns the inside. Clears the area first. */
struct area area_box(struct area area, enum ink ink, const char *title);
/* The same over a body: of so many rows and columns with its border, or what the body has; in the
 * middle, a third from the top. */
struct area area_window(struct area body, int rows, int cols, const char *title);
void area_cursor(struct area area, int row, int col);

/* Cells a text takes when drawn (after it was made safe). */
int area_cells(struct area area, const char *text);

#endif
