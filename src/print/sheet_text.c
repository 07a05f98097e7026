/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A sheet as plain text: 80 columns for any printer, 48 for an 80 mm roll. */

#include <string.h>

#include "base/text.h"
#include "sheet.h"

#define PAGE_CELLS    80
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

static void centered(struct typist *t, const char *text)
{
    const char *safe = text_safe(t->arena, text);
    const size_t length = text_fit(safe, strlen(safe), t->cells);

    blanks(t, (t->cells - text_cells(safe, length)) / 2);
    buf_add(t->out, safe, length);
    end_line(t);
}

static void centered_lines(struct typist *t, const char *text)
{
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        centered(t, arena_text_n(t->arena, text, length));
        text += length + (text[length] == '\n' ? 1 : 0);
    }
}

static void rule(struct typist *t, char mark)
{
    buf_repeat(t->out, mark, t->cells);
    end_line(t);
}

/* Bytes of the next line of a paragraph that fit, broken between words. */
static size_t wrap(const char *text, size_t cells)
{
    const size_t line = strcspn(text, "\n");
    size_t fit = text_fit(text, line, cells);

    if (fit == line)
        return fit;
    for (size_t at = fit; at > 0; at--)
        if (text[at] == ' ')
            return at;
    return fit > 0 ? fit : line;
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
        rest += length;
        if (*rest == '\n' || *rest == ' ')
            rest++;
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

static void type_facts(struct typist *t, const struct block *block)
{
    for (size_t i = 0; i < block->pair_count; i++) {
        if (text_is_empty(block->pairs[i].text))
            continue;
        put_cell(t, block->pairs[i].label, LABEL_CELLS, false);
        put_cell(t, block->pairs[i].text, t->cells - LABEL_CELLS, false);
        end_line(t);
    }
}

static bool column_shows(const struct typist *t, const struct sheet_column *column)
{
    return !t->sheet->receipt || column->on_receipt;
}

static size_t column_cells(const struct typist *t, const struct block *block, size_t column)
{
    int shares = 0;
    size_t used = 0, shown = 0;

    for (size_t i = 0; i < block->column_count; i++)
        if (column_shows(t, &block->columns[i])) {
            shares += block->columns[i].share;
            shown++;
        }
    const size_t room = t->cells - (shown - 1);
    for (size_t i = 1; i < block->column_count; i++)
        if (column_shows(t, &block->columns[i]))
            used += room * (size_t)block->columns[i].share / (size_t)shares;
    if (column == 0)
        return room - used;
    return room * (size_t)block->columns[column].share / (size_t)shares;
}

static void type_cells(struct typist *t, const struct block *block, const char *const *cells)
{
    bool first = true;

    for (size_t i = 0; i < block->column_count; i++) {
        if (!column_shows(t, &block->columns[i]))
            continue;
        if (!first)
            blanks(t, 1);
        first = false;
        put_cell(t, cells[i], column_cells(t, block, i), block->columns[i].right);
    }
    end_line(t);
}

/* A description too long for its column goes on below, under the first column. */
static void type_row(struct typist *t, const struct block *block, const struct sheet_row *row)
{
    const char *cells[SHEET_COLUMNS];
    const char *first = text_safe(t->arena, row->cells[0]);
    const size_t width = column_cells(t, block, 0);
    size_t length = wrap(first, width);

    memcpy(cells, row->cells, sizeof cells);
    cells[0] = arena_text_n(t->arena, first, length);
    type_cells(t, block, cells);
    for (first += length; *first != '\0'; first += length) {
        first += *first == ' ' ? 1 : 0;
        length = wrap(first, width - 2);
        blanks(t, 2);
        buf_add(t->out, first, length);
        end_line(t);
    }
}

static void type_table(struct typist *t, const struct block *block)
{
    const char *labels[SHEET_COLUMNS];

    for (size_t i = 0; i < block->column_count; i++)
        labels[i] = block->columns[i].label;
    type_cells(t, block, labels);
    rule(t, '-');
    for (size_t i = 0; i < block->row_count; i++) {
        const struct sheet_row *row = &block->rows[i];
        if (row->style == ROW_NOTE)
            paragraph(t, row->cells[0], 2);
        else
            type_row(t, block, row);
    }
    rule(t, '-');
}

static void type_totals(struct typist *t, const struct block *block)
{
    const size_t amount = 14;

    for (size_t i = 0; i < block->pair_count; i++) {
        put_cell(t, block->pairs[i].label, t->cells - amount, !t->sheet->receipt);
        put_cell(t, block->pairs[i].text, amount, true);
        end_line(t);
    }
}

static void type_card(struct typist *t, const struct block *block)
{
    rule(t, '*');
    centered(t, block->heading);
    centered_lines(t, block->text);
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

static void type_sheet(const struct sheet *sheet, struct buf *ret_text)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct typist t = {
        .sheet = sheet,
        .out = ret_text,
        .cells = sheet->receipt ? RECEIPT_CELLS : PAGE_CELLS,
        .arena = &arena,
    };

    if (sheet->demo)
        centered(&t, "*** DEMO ***");
    centered(&t, sheet->shop_name);
    centered_lines(&t, sheet->shop_text);
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

void sheet_to_text(const struct sheet *sheet, struct buf *ret_text)
{
    for (const struct sheet *at = sheet; at != NULL; at = at->next) {
        type_sheet(at, ret_text);
        if (at->next != NULL)
            buf_text(ret_text, "\f\n"); /* printers and pagers begin a page */
    }
}
