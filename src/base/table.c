/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Rows below each other under a header, for people without a screen. One row alone, line by line,
 * is table_row.c's; CSV is table_csv.c's. */

#include "base/table.h"

#include <string.h>

#include "base/text.h"
#include "field_inner.h"
#include "table_inner.h"

#define GAP          2
#define COLUMN_LEAST 8 /* a text shortened further says nothing */
#define ELLIPSIS     "\xE2\x80\xA6"

/* What is printed of one cell. Numbers are cut in two at their decimal point. */
struct cell {
    const char *text;
    size_t whole;    /* bytes in front of the decimal point; all of a text */
    size_t fraction; /* bytes from the point on */
    size_t cells;    /* on a terminal */
};

struct column {
    const struct field *field;
    struct cell label;
    struct cell *cells; /* one for each row */
    size_t whole;       /* the widest of each, in cells */
    size_t fraction;
    size_t width;
    bool is_number;
    bool is_empty;
};

struct grid {
    struct column *columns;
    size_t count;
    size_t rows;
};

bool table_shows(const struct field *field, const struct right_set *rights)
{
    return !(field->flags & (FIELD_HIDDEN | FIELD_SECRET)) && right_set_has(rights, field->right);
}

static bool is_number(const struct field *field)
{
    return field->type == FIELD_INT || field->type == FIELD_MONEY || field->type == FIELD_QTY ||
           field->type == FIELD_RATE || field->type == FIELD_ID;
}

static size_t max_of(size_t a, size_t b)
{
    return a > b ? a : b;
}

static struct cell make_cell(const char *text, bool number)
{
    const size_t length = strlen(text);
    struct cell cell = {.text = text, .whole = length, .cells = text_cells(text, length)};

    if (number) {
        cell.whole = strspn(text, "-,0123456789");
        cell.fraction = length - cell.whole;
    }
    return cell;
}

static void fill_column(struct column *column, const struct field *field, const struct rows *rows,
                        size_t row_size, struct arena *arena)
{
    *column = (struct column){.field = field, .is_number = is_number(field), .is_empty = true};
    column->label = make_cell(text_safe(arena, field_label(field, arena)), false);
    column->cells = NEW_ARRAY(arena, struct cell, rows->count);
    for (size_t r = 0; r < rows->count; r++) {
        const void *row = (const char *)rows->at + r * row_size;
        const char *text = field_text(field, row, FIELD_SHOWN, arena);
        struct cell *cell = &column->cells[r];
        *cell = make_cell(text_safe(arena, text), column->is_number);
        column->whole = max_of(column->whole, column->is_number ? cell->whole : cell->cells);
        column->fraction = max_of(column->fraction, cell->fraction);
        column->is_empty = column->is_empty && cell->cells == 0;
    }
    column->width = max_of(column->label.cells, column->whole + column->fraction);
}

static struct grid make_grid(const struct shape *shape, const struct rows *rows,
                             const struct right_set *rights, struct arena *arena)
{
    struct grid grid = {.rows = rows->count};

    grid.columns = NEW_ARRAY(arena, struct column, shape->count);
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        struct column *column = &grid.columns[grid.count];
        if (field->type == FIELD_ROWS || !table_shows(field, rights))
            continue;
        fill_column(column, field, rows, shape->size, arena);
        if (!column->is_empty)
            grid.count++;
    }
    return grid;
}

static size_t line_width(const struct grid *grid)
{
    size_t width = 0;

    for (size_t i = 0; i < grid->count; i++)
        width += grid->columns[i].width + (i > 0 ? GAP : 0);
    return width;
}

static bool can_shrink(const struct column *column)
{
    return column->width > COLUMN_LEAST &&
           (column->field->type == FIELD_TEXT || column->field->type == FIELD_ENUM ||
            column->width > column->whole + column->fraction);
}

/* Takes from the widest text until a line fits, as a person with scissors would. */
static void shrink(struct grid *grid, size_t width)
{
    for (size_t total = line_width(grid); total > width; total--) {
        struct column *widest = NULL;
        for (size_t i = 0; i < grid->count; i++) {
            struct column *column = &grid->columns[i];
            if (can_shrink(column) && (widest == NULL || column->width > widest->width))
                widest = column;
        }
        if (widest == NULL)
            return;
        widest->width--;
    }
}

/* The text, cut with an ellipsis where it is wider than so many cells. */
static void table_write_fitted(struct buf *out, const char *text, size_t cells)
{
    const size_t length = strlen(text);

    if (text_cells(text, length) <= cells) {
        buf_text(out, text);
    } else if (cells > 0) {
        buf_add(out, text, text_fit(text, length, cells - 1));
        buf_text(out, ELLIPSIS);
    }
}

/* Numbers end below each other; texts begin below each other. */
static void write_cell(struct buf *line, const struct column *column, const struct cell *cell,
                       bool is_label)
{
    const size_t width = column->width;
    const size_t cells = cell->cells < width ? cell->cells : width;
    const size_t tail =
        column->is_number && !is_label && cell->cells > 0 ? column->fraction - cell->fraction : 0;

    if (column->is_number)
        buf_repeat(line, ' ', width > cells + tail ? width - cells - tail : 0);
    table_write_fitted(line, cell->text, width);
    if (column->is_number)
        buf_repeat(line, ' ', tail);
    else
        buf_repeat(line, ' ', width - cells);
}

/* Takes off trailing blanks, so that copied text holds none. */
static void end_line(struct buf *out, struct buf *line, size_t indent, size_t width)
{
    size_t length = line->length;

    while (length > 0 && line->at[length - 1] == ' ')
        line->at[--length] = '\0';
    line->length = length;
    buf_repeat(out, ' ', length > 0 ? indent : 0);
    table_write_fitted(out, buf_str(line), width);
    buf_char(out, '\n');
    buf_clear(line);
}

static void write_header(struct buf *out, struct buf *line, const struct grid *grid, size_t indent,
                         size_t width)
{
    for (size_t i = 0; i < grid->count; i++) {
        buf_repeat(line, ' ', i > 0 ? GAP : 0);
        write_cell(line, &grid->columns[i], &grid->columns[i].label, true);
    }
    end_line(out, line, indent, width);
    for (size_t i = 0; i < grid->count; i++) {
        buf_repeat(line, ' ', i > 0 ? GAP : 0);
        buf_repeat(line, '-', grid->columns[i].width);
    }
    end_line(out, line, indent, width);
}

void table_write_grid(struct buf *out, const struct shape *shape, const struct rows *rows,
                      const struct right_set *rights, size_t indent, size_t width)
{
    AUTO_ARENA scratch = ARENA_EMPTY;
    AUTO_BUF line = BUF_MIB(1);
    struct grid grid = make_grid(shape, rows, rights, &scratch);
    const size_t room = width > indent ? width - indent : 1;
    const size_t limit = width == 0 ? SIZE_MAX : room;

    if (grid.count == 0)
        return;
    shrink(&grid, limit);
    write_header(out, &line, &grid, indent, limit);
    for (size_t r = 0; r < grid.rows; r++) {
        for (size_t i = 0; i < grid.count; i++) {
            buf_repeat(&line, ' ', i > 0 ? GAP : 0);
            write_cell(&line, &grid.columns[i], &grid.columns[i].cells[r], false);
        }
        end_line(out, &line, indent, limit);
    }
}

void table_write_rows(struct buf *out, const struct shape *shape, const struct rows *rows,
                      const struct right_set *rights, size_t width)
{
    table_write_grid(out, shape, rows, rights, 0, width);
}
