/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A sheet as plain text: 80 columns for any printer, 48 for an 80 mm roll. */

#include <string.h>

#include "base/text.h"
#include "sheet.h"

#define RECEIPT_CELLS 48
#define LABEL_CELLS   20

struct typist {
    const struct sheet *sheet;
    struct buf *out;
    size_t cells;
    struct arena *arena;
};

static void blanks(struct typist *t, size_t count)
{
    buf_repeat(t->out, ' ', count);
}

static size_t width_of(const char *text)
{
    return text_cells(text, strlen(text));
}

/* Writes at most `cells` cells, padded to them. */
static void put_cell(struct typist *t, const char *text, size_t cells, bool right)
{
    const char *safe = text_safe(t->arena, text);
    const size_t length = text_fit(safe, strlen(safe), cells);
    const size_t pad = cells - text_cells(safe, length);

    if (right)
        blanks(t, pad);
    buf_add(t->out, safe, length);
    if (!right)
        blanks(t, pad);
}

static void end_line(struct typist *t)
{
    while (t->out->length > 0 && t->out->at[t->out->length - 1] == ' ')
        t->out->at[--t->out->length] = '\0';
    buf_char(t->out, '\n');
}

/* Bytes of the next line of a paragraph that fit, broken between words, else behind a hyphen. */
static size_t wrap(const char *text, size_t cells)
{
    const size_t line = strcspn(text, "\n");
    const size_t fit = text_fit(text, line, cells);

    if (fit == line)
        return fit;
    for (size_t at = fit; at > 0; at--)
        if (text[at] == ' ')
            return at;
    for (size_t at = fit; at > 1; at--)
        if (text[at - 1] == '-')
            return at;
    return fit > 0 ? fit : line;
}

/* What is behind a line that wrap has found. */
static const char *behind(const char *text, size_t length)
{
    text += length;
    return *text == '\n' || *text == ' ' ? text + 1 : text;
}

static void centered(struct typist *t, const char *text)
{
    AUTO_BUF safe = BUF_MIB(1);

    text_sanitize(&safe, text, strlen(text), TEXT_MANY_LINES);
    for (const char *rest = buf_str(&safe); *rest != '\0';) {
        const size_t length = wrap(rest, t->cells);
        blanks(t, (t->cells - text_cells(rest, length)) / 2);
        buf_add(t->out, rest, length);
        end_line(t);
        rest = behind(rest, length);
    }
}

static void rule(struct typist *t, char mark)
{
    buf_repeat(t->out, mark, t->cells);
    end_line(t);
}

static void paragraph(struct typist *t, const char *text, size_t indent)
{
    AUTO_BUF safe = BUF_MIB(1);

    text_sanitize(&safe, text, strlen(text), TEXT_MANY_LINES);
    const char *rest = buf_str(&safe);
    while (*rest != '\0') {
        const size_t length = wrap(rest, t->cells - indent);
        blanks(t, indent);
        buf_add(t->out, rest, length);
        end_line(t);
        rest = behind(rest, length);
    }
}

static void type_boxes(struct typist *t, const struct block *block)
{
    for (size_t i = 0; i < block->pair_count; i++) {
        if (text_is_empty(block->pairs[i].text))
            continue;
        put_cell(t, block->pairs[i].label, t->cells, false);
        end_line(t);
        paragraph(t, block->pairs[i].text, 2);
    }
}

static void type_fact(struct typist *t, const char *label, const char *text)
{
    const char *rest = text_safe(t->arena, text);

    for (; *rest != '\0'; label = "") {
        const size_t length = wrap(rest, t->cells - LABEL_CELLS);
        put_cell(t, label, LABEL_CELLS, false);
        buf_add(t->out, rest, length);
        end_line(t);
        rest = behind(rest, length);
    }
}

static void type_facts(struct typist *t, const struct block *block)
{
    for (size_t i = 0; i < block->pair_count; i++)
        type_fact(t, block->pairs[i].label, block->pairs[i].text);
}

static bool column_shows(const struct typist *t, const struct sheet_column *column)
{
    return !t->sheet->receipt || column->on_receipt;
}

/* Cells of each column. A number gets what the longest of its column needs, and one to stand apart:
 * cut it would be another one. The others share what is left. */
static size_t number_cells(const struct block *block, size_t column)
{
    size_t cells = width_of(block->columns[column].label);

    for (size_t i = 0; i < block->row_count; i++)
        if (block->rows[i].style != ROW_NOTE && width_of(block->rows[i].cells[column]) > cells)
            cells = width_of(block->rows[i].cells[column]);
    return cells + 1;
}

/* A text's column is never narrower than its label. */
static size_t least_cells(const struct sheet_column *column)
{
    const size_t label = width_of(column->label);
    return label > 8 ? label : 8;
}

/* False when there is no room for all of them side by side. */
static bool measure_columns(const struct typist *t, const struct block *block,
                            size_t ret_cells[SHEET_COLUMNS])
{
    size_t used = 0, shares = 0, least = 0, given = 0, first = SHEET_COLUMNS;

    for (size_t i = 0; i < block->column_count; i++) {
        const struct sheet_column *column = &block->columns[i];
        ret_cells[i] = 0;
        if (!column_shows(t, column))
            continue;
        if (first == SHEET_COLUMNS)
            first = i;
        ret_cells[i] = column->right ? number_cells(block, i) : 0;
        least += column->right ? 0 : least_cells(column);
        shares += column->right ? 0 : (size_t)column->share;
        used += ret_cells[i] + 1; /* with the blank behind it */
    }
    if (used + least > t->cells + 1)
        return false;
    const size_t room = t->cells + 1 - used;
    for (size_t i = 0; i < block->column_count; i++)
        if (column_shows(t, &block->columns[i]) && !block->columns[i].right) {
            const size_t share = (room - least) * (size_t)block->columns[i].share / shares;
            ret_cells[i] = least_cells(&block->columns[i]) + share;
            given += ret_cells[i];
        }
    ret_cells[first] += room - given;
    return true;
}

/* Texts go on below in their own columns. */
static void type_cells(struct typist *t, const struct block *block, const size_t *widths,
                       const char *const *cells)
{
    const char *rest[SHEET_COLUMNS];
    bool more = true;

    for (size_t i = 0; i < block->column_count; i++)
        rest[i] = text_safe(t->arena, cells[i]);
    while (more) {
        more = false;
        for (size_t i = 0; i < block->column_count; i++) {
            if (!column_shows(t, &block->columns[i]))
                continue;
            const bool right = block->columns[i].right;
            const size_t length = right ? strlen(rest[i]) : wrap(rest[i], widths[i]);
            put_cell(t, arena_text_n(t->arena, rest[i], length), widths[i], right);
            blanks(t, 1);
            rest[i] = behind(rest[i], length);
            more = more || *rest[i] != '\0';
        }
        end_line(t);
    }
}

/* One under the other, with their labels, as facts are. */
static void type_stacked(struct typist *t, const struct block *block, const struct sheet_row *row)
{
    for (size_t i = 0; i < block->column_count; i++)
        if (column_shows(t, &block->columns[i]) && row->cells[i][0] != '\0')
            type_fact(t, block->columns[i].label, row->cells[i]);
}

static void type_table_head(struct typist *t, const struct block *block, const size_t *widths)
{
    const char *labels[SHEET_COLUMNS];

    for (size_t i = 0; i < block->column_count; i++)
        labels[i] = block->columns[i].label;
    type_cells(t, block, widths, labels);
}

static void type_table(struct typist *t, const struct block *block)
{
    size_t widths[SHEET_COLUMNS];
    const bool fits = measure_columns(t, block, widths);

    if (fits)
        type_table_head(t, block, widths);
    rule(t, '-');
    for (size_t i = 0; i < block->row_count; i++) {
        const struct sheet_row *row = &block->rows[i];
        if (row->style == ROW_NOTE)
            paragraph(t, row->cells[0], 2);
        else if (row_is_title(block, row))
            paragraph(t, row->cells[0], 0);
        else if (fits)
            type_cells(t, block, widths, row->cells);
        else
            type_stacked(t, block, row);
    }
    rule(t, '-');
}

static void type_totals(struct typist *t, const struct block *block)
{
    const size_t amount = 14;

    for (size_t i = 0; i < block->pair_count; i++) {
        const char *rest = text_safe(t->arena, block->pairs[i].label);
        const char *number = block->pairs[i].text;
        do {
            const size_t length = wrap(rest, t->cells - amount - 1);
            put_cell(t, arena_text_n(t->arena, rest, length), t->cells - amount,
                     !t->sheet->receipt);
            put_cell(t, number, amount, true);
            end_line(t);
            rest = behind(rest, length);
            number = "";
        } while (*rest != '\0');
    }
}

static void type_card(struct typist *t, const struct block *block)
{
    rule(t, '*');
    centered(t, block->heading);
    centered(t, block->text);
    rule(t, '*');
}

static void type_block(struct typist *t, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_BOXES:
        type_boxes(t, block);
        break;
    case BLOCK_FACTS:
        type_facts(t, block);
        break;
    case BLOCK_TABLE:
        type_table(t, block);
        break;
    case BLOCK_TOTALS:
        type_totals(t, block);
        break;
    case BLOCK_TEXT:
        if (!text_is_empty(block->heading))
            paragraph(t, block->heading, 0);
        paragraph(t, block->text, 0);
        break;
    case BLOCK_DRAWN:
        paragraph(t, "[signature drawn]", 0);
        paragraph(t, block->heading, 0);
        break;
    case BLOCK_SIGN:
        buf_text(t->out, "\n\n");
        buf_repeat(t->out, '_', t->cells > 60 ? 50 : t->cells);
        end_line(t);
        paragraph(t, block->text, 0);
        break;
    case BLOCK_CARD:
        type_card(t, block);
        break;
    case BLOCK_CODE:
        return;
    }
    end_line(t);
}

static void type_sheet(const struct sheet *sheet, size_t cells, struct buf *ret_text)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const size_t most = sheet->receipt ? RECEIPT_CELLS : SHEET_CELLS;
    struct typist t = {
        .sheet = sheet,
        .out = ret_text,
        .cells = cells < most ? cells : most,
        .arena = &arena,
    };

    if (sheet->demo)
        centered(&t, "*** DEMO ***");
    centered(&t, sheet->shop_name);
    centered(&t, sheet->shop_text);
    rule(&t, '=');
    if (width_of(sheet->title) > 0)
        centered(&t, sheet->title);
    end_line(&t);
    for (const struct block *block = sheet->first; block != NULL; block = block->next)
        type_block(&t, block);
    if (!text_is_empty(sheet->footer))
        paragraph(&t, sheet->footer, 0);
    if (sheet->demo)
        centered(&t, "*** DEMO ***");
}

void sheet_to_text(const struct sheet *sheet, size_t cells, struct buf *ret_text)
{
    for (const struct sheet *at = sheet; at != NULL; at = at->next) {
        type_sheet(at, cells, ret_text);
        if (at->next != NULL)
            buf_text(ret_text, "\f\n"); /* printers and pagers begin a page */
    }
}
