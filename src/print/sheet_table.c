/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Tables on the pages of a sheet: columns by their shares of the width, rows that are not torn
 * apart, a head that is repeated. */

#include "sheet_layout.h"

static bool column_shows(const struct layout *l, const struct sheet_column *column)
{
    return !l->sheet->receipt || column->on_receipt;
}

struct span {
    float left, right;
};

static struct span column_span(const struct layout *l, const struct block *block, size_t column)
{
    int shares = 0, before = 0;

    for (size_t i = 0; i < block->column_count; i++) {
        if (!column_shows(l, &block->columns[i]))
            continue;
        before += i < column ? block->columns[i].share : 0;
        shares += block->columns[i].share;
    }
    const float unit = layout_inner_width(l) / (float)shares;
    const float left = l->margin + unit * (float)before;
    return (struct span){left, left + unit * (float)block->columns[column].share};
}

static void draw_title_row(struct layout *l, const struct sheet_row *row)
{
    const float width = layout_inner_width(l) - 6;
    const float high = layout_flow_height(l, PRESS_BOLD, l->size, width, row->cells[0]) + 1.5f;

    if (!l->sheet->receipt)
        press_fill(l->press, l->margin, l->y - 1.5f, layout_inner_width(l), high, PALE);
    layout_flow(l, PRESS_BOLD, l->size, l->margin + 3, width, row->cells[0]);
    l->y += 1.5f;
}

/* Numbers stay on one line; texts take as many as they need. */
static float cell_height(struct layout *l, const struct block *block, size_t column,
                         enum press_font font, const char *text)
{
    const struct span span = column_span(l, block, column);

    return block->columns[column].right
               ? layout_line_height(l)
               : layout_flow_height(l, font, l->size, span.right - span.left - 6, text);
}

/* A number too long for its column is set smaller: cut or broken it would be another one. */
static float number_size(struct layout *l, enum press_font font, float width, const char *text)
{
    const float wide = press_text_width(l->press, font, l->size, text);

    return wide > width ? l->size * width / wide : l->size;
}

static void draw_cell(struct layout *l, const struct block *block, size_t column,
                      enum press_font font, const char *text)
{
    const struct span span = column_span(l, block, column);
    const float top = l->y;

    if (block->columns[column].right)
        press_text_right(l->press, font, number_size(l, font, span.right - span.left - 4, text),
                         span.right - 3, top + l->size, text);
    else
        layout_flow(l, font, l->size, span.left + 3, span.right - span.left - 6, text);
    l->y = top;
}

static void draw_table_head(struct layout *l, const struct block *block)
{
    press_gray(l->press, 0.25f);
    for (size_t i = 0; i < block->column_count; i++)
        if (column_shows(l, &block->columns[i]))
            draw_cell(l, block, i, PRESS_BOLD, block->columns[i].label);
    press_gray(l->press, 0);
    l->y += layout_line_height(l) + 1;
    press_line(l->press, l->margin, l->y, l->width - l->margin, l->y, 0.7f);
    l->y += 3;
}

static void draw_row(struct layout *l, const struct block *block, const struct sheet_row *row)
{
    const enum press_font font =
        row->style == ROW_HEAD || row->style == ROW_SUM ? PRESS_BOLD : PRESS_REGULAR;
    const bool is_title = row_is_title(block, row);
    float high = layout_line_height(l);

    for (size_t i = 0; i < block->column_count && !is_title; i++)
        if (column_shows(l, &block->columns[i]))
            high = larger(high, cell_height(l, block, i, font, row->cells[i]));
    high += 1.5f;
    /* A row is not torn apart, and a job's first line stays with its title. */
    if (layout_make_room(l, row->style == ROW_HEAD ? high + layout_line_height(l) * 2 : high))
        draw_table_head(l, block);
    if (is_title) {
        draw_title_row(l, row);
        return;
    }
    if (row->style == ROW_HEAD && !l->sheet->receipt)
        press_fill(l->press, l->margin, l->y - 1.5f, layout_inner_width(l), high, PALE);
    if (row->style == ROW_SUM)
        press_line(l->press, l->margin, l->y - 1, l->width - l->margin, l->y - 1, 0.4f);
    for (size_t i = 0; i < block->column_count; i++)
        if (column_shows(l, &block->columns[i]))
            draw_cell(l, block, i, font, row->cells[i]);
    l->y += high;
}

void sheet_draw_table(struct layout *l, const struct block *block)
{
    layout_make_room(l, layout_line_height(l) * 4);
    draw_table_head(l, block);
    for (size_t i = 0; i < block->row_count; i++) {
        if (block->rows[i].style != ROW_NOTE) {
            draw_row(l, block, &block->rows[i]);
            continue;
        }
        press_gray(l->press, 0.25f);
        layout_flow(l, PRESS_REGULAR, l->size - 0.7f, l->margin + 8, layout_inner_width(l) - 16,
                    block->rows[i].cells[0]);
        press_gray(l->press, 0);
        l->y += 2;
    }
    press_line(l->press, l->margin, l->y, l->width - l->margin, l->y, 0.7f);
    l->y += 6;
}
