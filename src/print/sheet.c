/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Building sheets. */

#include "sheet.h"

#include "base/text.h"

static struct block *add_block(struct sheet *sheet, enum block_kind kind)
{
    struct block *block = NEW(sheet->arena, struct block);

    block->kind = kind;
    block->heading = "";
    block->text = "";
    if (sheet->last != NULL)
        sheet->last->next = block;
    else
        sheet->first = block;
    sheet->last = block;
    return block;
}

static struct block *add_pairs(struct sheet *sheet, enum block_kind kind, size_t room)
{
    struct block *block = add_block(sheet, kind);

    block->pairs = NEW_ARRAY(sheet->arena, struct sheet_pair, room);
    return block;
}

struct block *sheet_boxes(struct sheet *sheet, size_t count)
{
    return add_pairs(sheet, BLOCK_BOXES, count);
}

struct block *sheet_facts(struct sheet *sheet, size_t count)
{
    return add_pairs(sheet, BLOCK_FACTS, count);
}

struct block *sheet_totals(struct sheet *sheet, size_t room)
{
    return add_pairs(sheet, BLOCK_TOTALS, room);
}

struct block *sheet_table(struct sheet *sheet, const struct sheet_column *columns, size_t count)
{
    struct block *block = add_block(sheet, BLOCK_TABLE);

    block->columns = columns;
    block->column_count = count;
    return block;
}

void sheet_text(struct sheet *sheet, const char *heading, const char *text)
{
    if (text_is_empty(text))
        return;
    struct block *block = add_block(sheet, BLOCK_TEXT);
    block->heading = heading;
    block->text = text;
}

void sheet_sign(struct sheet *sheet, const char *label)
{
    struct block *block = add_block(sheet, BLOCK_SIGN);

    block->text = label;
    block->heading = "Date and time";
}

void sheet_sign_undated(struct sheet *sheet, const char *label)
{
    add_block(sheet, BLOCK_SIGN)->text = label;
}

void sheet_card(struct sheet *sheet, const char *large, const char *lines)
{
    struct block *block = add_block(sheet, BLOCK_CARD);

    block->heading = large;
    block->text = lines;
}

void sheet_drawn(struct sheet *sheet, const char *label, const char *strokes)
{
    struct block *block = add_block(sheet, BLOCK_DRAWN);

    block->heading = label;
    block->text = strokes;
}

void sheet_code(struct sheet *sheet, const char *text)
{
    add_block(sheet, BLOCK_CODE)->text = text;
}

void block_pair(struct block *block, const char *label, const char *text, bool strong)
{
    block->pairs[block->pair_count++] = (struct sheet_pair){label, text, strong};
}

struct sheet_row *block_row(struct sheet *sheet, struct block *block, enum row_style style)
{
    if (block->row_count == block->row_room) {
        const size_t room = block->row_room == 0 ? 16 : block->row_room * 2;
        struct sheet_row *rows = NEW_ARRAY(sheet->arena, struct sheet_row, room);
        for (size_t i = 0; i < block->row_count; i++)
            rows[i] = block->rows[i];
        block->rows = rows;
        block->row_room = room;
    }
    struct sheet_row *row = &block->rows[block->row_count++];
    row->style = style;
    for (size_t i = 0; i < SHEET_COLUMNS; i++)
        row->cells[i] = "";
    return row;
}

bool row_is_title(const struct block *block, const struct sheet_row *row)
{
    for (size_t i = 1; i < block->column_count; i++)
        if (!text_is_empty(row->cells[i]))
            return false;
    return row->style == ROW_HEAD;
}
