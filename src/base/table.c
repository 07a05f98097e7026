/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Rows below each other under a header, for people without a screen. One row alone, line by line,
 * is table_row.c's; CSV is table_csv.c's. */

#include "base/table.h"

#include <string.h>

#include "base/text.h"
#include "field_inner.h"
#include "table_inner.h"

#define GAP            2 /* between columns; one where there is little room */
#define COLUMN_LEAST   8 /* a text shortened further says nothing */
#define BAND_TEXT_MOST 24
#define ELLIPSIS       "\xE2\x80\xA6"

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
    size_t head; /* the narrowest its head can be: the longest word */
    bool is_number;
    bool is_empty;
};

struct grid {
    struct column *columns;
    size_t count;
    size_t rows;
    size_t gap;
    bool wraps; /* texts, not only heads */
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

static size_t longest_word(const char *text)
{
    size_t most = 0;

    while (*text != '\0') {
        const size_t length = strcspn(text, " ");
        most = max_of(most, text_cells(text, length));
        text += length;
        text += strspn(text, " ");
    }
    return most;
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
    column->head = longest_word(column->label.text);
}

static struct grid make_grid(const struct shape *shape, const struct rows *rows,
                             const struct right_set *rights, struct arena *arena)
{
    struct grid grid = {.rows = rows->count, .gap = GAP};

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
        width += grid->columns[i].width + (i > 0 ? grid->gap : 0);
    return width;
}

/* How far a head may be broken over several lines: what stands below it stays whole. */
static size_t head_to_spare(const struct column *column)
{
    const size_t least = max_of(column->whole + column->fraction, column->head);

    return column->width > least ? column->width - least : 0;
}

static size_t text_to_spare(const struct column *column)
{
    const bool is_text = column->field->type == FIELD_TEXT || column->field->type == FIELD_ENUM;

    return is_text && column->width > COLUMN_LEAST ? column->width : 0;
}

/* The last resort: the head of a number is broken within its words. */
static size_t rest_to_spare(const struct column *column)
{
    const size_t least = max_of(column->whole + column->fraction, COLUMN_LEAST);

    return column->width > least ? column->width - least : 0;
}

/* Takes a cell from the column that has most to spare; false when none has. */
static bool shrink_one(struct grid *grid, size_t (*to_spare)(const struct column *column))
{
    struct column *found = NULL;

    for (size_t i = 0; i < grid->count; i++) {
        struct column *column = &grid->columns[i];
        if (to_spare(column) > 0 && (found == NULL || to_spare(column) > to_spare(found)))
            found = column;
    }
    if (found != NULL)
        found->width--;
    return found != NULL;
}

/* Takes from the heads, then from the widest text until a line fits, as a person with scissors
 * would. */
static void shrink(struct grid *grid, size_t width)
{
    while (line_width(grid) > width &&
           (shrink_one(grid, head_to_spare) || shrink_one(grid, text_to_spare))) {
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

/* Bytes of the text that go on one line of so many cells, broken at a blank where there is one. */
static size_t line_bytes(const char *text, size_t cells)
{
    const size_t length = strlen(text), fits = text_fit(text, length, cells);

    for (size_t i = fits; fits < length && i > 0; i--)
        if (text[i] == ' ')
            return i;
    return fits;
}

/* The part of a text that stands on a line, counted from 0, when it is broken at the width; NULL
 * behind its end. */
static const char *text_on_line(const char *text, size_t width, size_t line, struct arena *arena)
{
    size_t bytes = line_bytes(text, width);

    for (; line > 0 && bytes > 0; line--) {
        text += bytes;
        text += strspn(text, " ");
        bytes = line_bytes(text, width);
    }
    return line == 0 && *text != '\0' ? arena_text_n(arena, text, bytes) : NULL;
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

static const struct cell *label_cell(const struct column *column, size_t row)
{
    (void)row;
    return &column->label;
}

static const struct cell *row_cell(const struct column *column, size_t row)
{
    return &column->cells[row];
}

/* One row of cells or the row of heads, in as many lines as the longest text takes. */
static void write_row(struct buf *out, const struct grid *grid, size_t row, bool is_label,
                      size_t indent, size_t width)
{
    const struct cell *(*cell_of)(const struct column *, size_t) = is_label ? label_cell : row_cell;
    AUTO_ARENA scratch = ARENA_EMPTY;
    AUTO_BUF text = BUF_MIB(1);
    bool any = true;

    for (size_t line = 0; any; line++) {
        any = false;
        for (size_t i = 0; i < grid->count; i++) {
            const struct column *column = &grid->columns[i];
            const struct cell *cell = cell_of(column, row);
            const bool breaks = is_label || (grid->wraps && !column->is_number);
            const char *part = breaks ? text_on_line(cell->text, column->width, line, &scratch)
                                      : (line == 0 ? cell->text : NULL);
            const struct cell shown = part == NULL ? (struct cell){.text = ""}
                                      : breaks     ? make_cell(part, false)
                                                   : *cell;
            buf_repeat(&text, ' ', i > 0 ? grid->gap : 0);
            write_cell(&text, column, &shown, is_label);
            any = any || part != NULL;
        }
        if (any || line == 0)
            end_line(out, &text, indent, width);
    }
}

static void write_rules(struct buf *out, const struct grid *grid, size_t indent, size_t width)
{
    AUTO_BUF line = BUF_MIB(1);

    for (size_t i = 0; i < grid->count; i++) {
        buf_repeat(&line, ' ', i > 0 ? grid->gap : 0);
        buf_repeat(&line, '-', grid->columns[i].width);
    }
    end_line(out, &line, indent, width);
}

static void write_lines(struct buf *out, const struct grid *grid, size_t indent, size_t width)
{
    write_row(out, grid, 0, true, indent, width);
    write_rules(out, grid, indent, width);
    for (size_t r = 0; r < grid->rows; r++)
        write_row(out, grid, r, false, indent, width);
}

/* The words of the head whole, a text as wide as most texts are, and two of them in a line. */
static size_t band_width(const struct column *column, size_t line)
{
    const size_t content = max_of(column->whole + column->fraction, column->head);
    const size_t most = line > GAP + 2 ? (line - GAP) / 2 : 1;
    const size_t width = content < BAND_TEXT_MOST ? content : BAND_TEXT_MOST;

    return width < most ? width : most;
}

/* More columns than a line holds: several tables below each other, each with the first column. */
static void write_bands(struct buf *out, const struct grid *grid, size_t indent, size_t width)
{
    AUTO_ARENA scratch = ARENA_EMPTY;
    struct grid band = *grid;

    band.columns = NEW_ARRAY(&scratch, struct column, grid->count);
    for (size_t i = 0; i < grid->count; i++)
        grid->columns[i].width = band_width(&grid->columns[i], width);
    band.columns[0] = grid->columns[0];
    for (size_t from = 1; from < grid->count;) {
        band.count = 1;
        while (from < grid->count) {
            band.columns[band.count++] = grid->columns[from];
            if (band.count > 2 && line_width(&band) > width) {
                band.count--;
                break;
            }
            from++;
        }
        write_lines(out, &band, indent, width);
        if (from < grid->count)
            buf_char(out, '\n');
    }
}

static void write_grid(struct buf *out, struct grid *grid, size_t indent, size_t width)
{
    const size_t room = width > indent ? width - indent : 1;
    const size_t limit = width == 0 ? SIZE_MAX : room;

    if (grid->count == 0)
        return;
    shrink(grid, limit);
    if (grid->wraps && grid->count > 2 && line_width(grid) > limit) {
        write_bands(out, grid, indent, limit);
        return;
    }
    if (line_width(grid) > limit)
        grid->gap = 1;
    while (line_width(grid) > limit && shrink_one(grid, rest_to_spare)) {
    }
    write_lines(out, grid, indent, limit);
}

void table_write_grid(struct buf *out, const struct shape *shape, const struct rows *rows,
                      const struct right_set *rights, size_t indent, size_t width)
{
    AUTO_ARENA scratch = ARENA_EMPTY;
    struct grid grid = make_grid(shape, rows, rights, &scratch);

    grid.wraps = true;
    write_grid(out, &grid, indent, width);
}

void table_write_rows(struct buf *out, const struct shape *shape, const struct rows *rows,
                      const struct right_set *rights, size_t width)
{
    AUTO_ARENA scratch = ARENA_EMPTY;
    struct grid grid = make_grid(shape, rows, rights, &scratch);

    write_grid(out, &grid, 0, width);
}
