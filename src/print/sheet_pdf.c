/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A sheet on pages of letter or A4, or on one long page 80 mm wide. Blocks flow down; a table goes
 * on under its repeated header; feet are written when the number of pages is known. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "press.h"
#include "sheet.h"

#define LETTER_WIDTH   612.0f
#define LETTER_HEIGHT  792.0f
#define A4_WIDTH       595.28f
#define A4_HEIGHT      841.89f
#define RECEIPT_WIDTH  226.77f /* 80 mm */
#define RECEIPT_HEIGHT 14000.0f
#define PALE           0.93f
#define SIGN_HEIGHT    44.0f
#define KEPT_WHOLE     150.0f

struct layout {
    const struct sheet *sheet;
    struct press *press;
    float width, height; /* of the page */
    float margin;
    float foot;    /* kept free at the bottom */
    float size;    /* of ordinary text */
    float y;       /* top of what comes next */
    size_t before; /* pages of the sheets in front of it */
};

static float line_height(const struct layout *l)
{
    return l->size * 1.35f;
}

static float inner_width(const struct layout *l)
{
    return l->width - 2 * l->margin;
}

static void begin_page(struct layout *l)
{
    press_page(l->press, l->width, l->height);
    if (l->sheet->demo)
        press_watermark(l->press, "DEMO");
    l->y = l->margin;
    if (l->press->page_count > l->before + 1 && !l->sheet->receipt) {
        press_gray(l->press, 0.35f);
        press_text(l->press, PRESS_REGULAR, l->size, l->margin, l->y + l->size, l->sheet->title);
        press_text_right(l->press, PRESS_REGULAR, l->size, l->width - l->margin, l->y + l->size,
                         l->sheet->shop_name);
        press_gray(l->press, 0);
        l->y += line_height(l) * 2;
    }
}

/* True when a new page was begun because so much did not fit any more. */
static bool make_room(struct layout *l, float need)
{
    if (l->y + need <= l->height - l->foot || l->press->full)
        return false;
    begin_page(l);
    return true;
}

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_MEASURE };

/* Lines of a paragraph between x and x + width, each with room made for it: y moves down. Measured
 * lines are not drawn, and y stays. Returns their height. */
static float flow_aligned(struct layout *l, enum press_font font, float size, float x, float width,
                          enum align align, const char *text)
{
    AUTO_BUF safe = BUF_MIB(1);
    float height = 0;

    text_sanitize(&safe, text, strlen(text), TEXT_MANY_LINES);
    for (const char *rest = buf_str(&safe); *rest != '\0'; height += size * 1.35f) {
        char line[1024];
        const size_t length = press_fit(l->press, font, size, width, rest);
        snprintf(line, sizeof line, "%.*s", (int)length, rest);
        rest += length;
        if (*rest == '\n' || *rest == ' ')
            rest++;
        if (align == ALIGN_MEASURE)
            continue;
        make_room(l, size * 1.35f);
        const float over = width - press_text_width(l->press, font, size, line);
        const float shift = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? over : over / 2;
        press_text(l->press, font, size, x + shift, l->y + size, line);
        l->y += size * 1.35f;
    }
    return height;
}

static void flow(struct layout *l, enum press_font font, float size, float x, float width,
                 const char *text)
{
    flow_aligned(l, font, size, x, width, ALIGN_LEFT, text);
}

static float flow_height(struct layout *l, enum press_font font, float size, float width,
                         const char *text)
{
    return flow_aligned(l, font, size, 0, width, ALIGN_MEASURE, text);
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

static void draw_head(struct layout *l)
{
    const struct sheet *sheet = l->sheet;
    const float right = l->width - l->margin;
    float text_x = l->margin;

    if (sheet->logo_size > 0 &&
        press_picture(l->press, sheet->logo, sheet->logo_size, l->margin, l->y, 110, 52))
        text_x += 122;
    const float taken = larger(150, press_text_width(l->press, PRESS_BOLD, 17, sheet->title));
    const float width = right - taken - 14 - text_x;
    press_text_right(l->press, PRESS_BOLD, 17, right, l->y + 16, sheet->title);
    if (!text_is_empty(sheet->barcode) &&
        press_barcode(l->press, sheet->barcode, right - 150, l->y + 24, 150, 26))
        press_text(l->press, PRESS_REGULAR, 6.5f,
                   right - 75 - press_text_width(l->press, PRESS_REGULAR, 6.5f, sheet->barcode) / 2,
                   l->y + 58, sheet->barcode);
    flow(l, PRESS_BOLD, 14, text_x, width, sheet->shop_name);
    l->y += 1;
    flow(l, PRESS_REGULAR, 8, text_x, width, sheet->shop_text);
    l->y = larger(l->y + 3, l->margin + 66);
    press_line(l->press, l->margin, l->y, right, l->y, 1);
    l->y += 8;
}

static void centered(struct layout *l, enum press_font font, float size, const char *text)
{
    flow_aligned(l, font, size, l->margin, inner_width(l), ALIGN_CENTER, text);
}

static void draw_receipt_head(struct layout *l)
{
    centered(l, PRESS_BOLD, 12, l->sheet->shop_name);
    centered(l, PRESS_REGULAR, 7, l->sheet->shop_text);
    l->y += 4;
    centered(l, PRESS_BOLD, 11, l->sheet->title);
    if (!text_is_empty(l->sheet->barcode) &&
        press_barcode(l->press, l->sheet->barcode, l->margin, l->y + 2, inner_width(l), 28))
        l->y += 34;
    if (l->sheet->demo)
        centered(l, PRESS_BOLD, 9, "DEMO");
    l->y += 4;
}

static void draw_boxes(struct layout *l, const struct block *block)
{
    const float width = inner_width(l) / (float)block->pair_count;
    float lowest = l->y, top;

    if (l->sheet->receipt) {
        for (size_t i = 0; i < block->pair_count; i++)
            flow(l, PRESS_REGULAR, l->size, l->margin, inner_width(l), block->pairs[i].text);
        l->y += 4;
        return;
    }
    make_room(l, line_height(l) * 5);
    top = l->y;
    for (size_t i = 0; i < block->pair_count; i++) {
        const float x = l->margin + width * (float)i;
        l->y = top;
        press_gray(l->press, 0.35f);
        press_text(l->press, PRESS_REGULAR, 7, x, l->y + 7, block->pairs[i].label);
        press_gray(l->press, 0);
        l->y += 10;
        flow(l, PRESS_REGULAR, l->size, x, width - 12, block->pairs[i].text);
        lowest = l->y > lowest ? l->y : lowest;
    }
    l->y = lowest + 8;
}

/* What has nothing to say is left out. */
static size_t count_facts(const struct block *block)
{
    size_t count = 0;

    for (size_t i = 0; i < block->pair_count; i++)
        count += text_is_empty(block->pairs[i].text) ? 0 : 1;
    return count;
}

static void draw_receipt_facts(struct layout *l, const struct block *block)
{
    for (size_t i = 0; i < block->pair_count; i++) {
        const struct sheet_pair *pair = &block->pairs[i];
        if (text_is_empty(pair->text))
            continue;
        const float label = press_text_width(l->press, PRESS_REGULAR, l->size, pair->label) + 8;
        const float top = l->y;
        press_text(l->press, PRESS_REGULAR, l->size, l->margin, top + l->size, pair->label);
        flow_aligned(l, PRESS_REGULAR, l->size, l->margin + label, inner_width(l) - label,
                     ALIGN_RIGHT, pair->text);
        l->y = larger(l->y, top + line_height(l));
    }
    l->y += 4;
}

static void draw_facts(struct layout *l, const struct block *block)
{
    const size_t count = count_facts(block);
    const float width = inner_width(l) / (float)(count > 0 ? count : 1);
    size_t place = 0;

    if (l->sheet->receipt) {
        draw_receipt_facts(l, block);
        return;
    }
    if (count == 0)
        return;
    float high = line_height(l);
    for (size_t i = 0; i < block->pair_count; i++)
        high = larger(high, flow_height(l, PRESS_BOLD, l->size, width - 10, block->pairs[i].text));
    make_room(l, high + 21);
    press_fill(l->press, l->margin, l->y, inner_width(l), high + 15.5f, PALE);
    const float top = l->y;
    for (size_t i = 0; i < block->pair_count; i++) {
        if (text_is_empty(block->pairs[i].text))
            continue;
        const float x = l->margin + width * (float)place++ + 5;
        press_gray(l->press, 0.35f);
        press_text(l->press, PRESS_REGULAR, 6.5f, x, top + 9, block->pairs[i].label);
        press_gray(l->press, 0);
        l->y = top + 12.5f;
        flow(l, PRESS_BOLD, l->size, x, width - 10, block->pairs[i].text);
    }
    l->y = top + high + 23.5f;
}

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
    const float unit = inner_width(l) / (float)shares;
    const float left = l->margin + unit * (float)before;
    return (struct span){left, left + unit * (float)block->columns[column].share};
}

static void draw_title_row(struct layout *l, const struct sheet_row *row)
{
    const float width = inner_width(l) - 6;
    const float high = flow_height(l, PRESS_BOLD, l->size, width, row->cells[0]) + 1.5f;

    if (!l->sheet->receipt)
        press_fill(l->press, l->margin, l->y - 1.5f, inner_width(l), high, PALE);
    flow(l, PRESS_BOLD, l->size, l->margin + 3, width, row->cells[0]);
    l->y += 1.5f;
}

/* Numbers stay on one line; texts take as many as they need. */
static float cell_height(struct layout *l, const struct block *block, size_t column,
                         enum press_font font, const char *text)
{
    const struct span span = column_span(l, block, column);

    return block->columns[column].right
               ? line_height(l)
               : flow_height(l, font, l->size, span.right - span.left - 6, text);
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
        flow(l, font, l->size, span.left + 3, span.right - span.left - 6, text);
    l->y = top;
}

static void draw_table_head(struct layout *l, const struct block *block)
{
    press_gray(l->press, 0.25f);
    for (size_t i = 0; i < block->column_count; i++)
        if (column_shows(l, &block->columns[i]))
            draw_cell(l, block, i, PRESS_BOLD, block->columns[i].label);
    press_gray(l->press, 0);
    l->y += line_height(l) + 1;
    press_line(l->press, l->margin, l->y, l->width - l->margin, l->y, 0.7f);
    l->y += 3;
}

static void draw_row(struct layout *l, const struct block *block, const struct sheet_row *row)
{
    const enum press_font font =
        row->style == ROW_HEAD || row->style == ROW_SUM ? PRESS_BOLD : PRESS_REGULAR;
    const bool is_title = row_is_title(block, row);
    float high = line_height(l);

    for (size_t i = 0; i < block->column_count && !is_title; i++)
        if (column_shows(l, &block->columns[i]))
            high = larger(high, cell_height(l, block, i, font, row->cells[i]));
    high += 1.5f;
    /* A row is not torn apart, and a job's first line stays with its title. */
    if (make_room(l, row->style == ROW_HEAD ? high + line_height(l) * 2 : high))
        draw_table_head(l, block);
    if (is_title) {
        draw_title_row(l, row);
        return;
    }
    if (row->style == ROW_HEAD && !l->sheet->receipt)
        press_fill(l->press, l->margin, l->y - 1.5f, inner_width(l), high, PALE);
    if (row->style == ROW_SUM)
        press_line(l->press, l->margin, l->y - 1, l->width - l->margin, l->y - 1, 0.4f);
    for (size_t i = 0; i < block->column_count; i++)
        if (column_shows(l, &block->columns[i]))
            draw_cell(l, block, i, font, row->cells[i]);
    l->y += high;
}

static void draw_table(struct layout *l, const struct block *block)
{
    make_room(l, line_height(l) * 4);
    draw_table_head(l, block);
    for (size_t i = 0; i < block->row_count; i++) {
        if (block->rows[i].style != ROW_NOTE) {
            draw_row(l, block, &block->rows[i]);
            continue;
        }
        press_gray(l->press, 0.25f);
        flow(l, PRESS_REGULAR, l->size - 0.7f, l->margin + 8, inner_width(l) - 16,
             block->rows[i].cells[0]);
        press_gray(l->press, 0);
        l->y += 2;
    }
    press_line(l->press, l->margin, l->y, l->width - l->margin, l->y, 0.7f);
    l->y += 6;
}

static float total_size(const struct layout *l, const struct sheet_pair *pair)
{
    return pair->strong ? l->size + 1.5f : l->size;
}

/* Room for the label beside the amount. */
static float total_label_width(struct layout *l, const struct sheet_pair *pair, float width)
{
    const enum press_font font = pair->strong ? PRESS_BOLD : PRESS_REGULAR;

    return width - press_text_width(l->press, font, total_size(l, pair), pair->text) - 11;
}

static float total_height(struct layout *l, const struct sheet_pair *pair, float width)
{
    const enum press_font font = pair->strong ? PRESS_BOLD : PRESS_REGULAR;
    const float size = total_size(l, pair);

    return larger(size * 1.35f,
                  flow_height(l, font, size, total_label_width(l, pair, width), pair->label)) +
           2;
}

static void draw_totals(struct layout *l, const struct block *block)
{
    const float right = l->width - l->margin;
    const float width = l->sheet->receipt ? inner_width(l) : 250;
    float high = 0;

    for (size_t i = 0; i < block->pair_count; i++)
        high += total_height(l, &block->pairs[i], width);
    make_room(l, high);
    for (size_t i = 0; i < block->pair_count; i++) {
        const struct sheet_pair *pair = &block->pairs[i];
        const enum press_font font = pair->strong ? PRESS_BOLD : PRESS_REGULAR;
        const float size = total_size(l, pair);
        const float top = l->y;
        if (pair->strong)
            press_line(l->press, right - width, top, right, top, 0.5f);
        press_text_right(l->press, font, size, right - 3, top + size + 1, pair->text);
        l->y = top + 1;
        flow(l, font, size, right - width, total_label_width(l, pair, width), pair->label);
        l->y = top + total_height(l, pair, width);
    }
    l->y += 6;
}

static void draw_paragraph(struct layout *l, const struct block *block)
{
    const bool is_signed = block->next != NULL && block->next->kind == BLOCK_SIGN;
    const float whole = flow_height(l, PRESS_REGULAR, l->size - 0.5f, inner_width(l), block->text);

    /* Nobody signs an empty page: what is signed comes along. What is short is not torn apart. */
    make_room(l, is_signed || whole < KEPT_WHOLE
                     ? whole + line_height(l) + (is_signed ? 6 + SIGN_HEIGHT : 0)
                     : line_height(l) * 3);
    if (!text_is_empty(block->heading))
        flow(l, PRESS_BOLD, l->size, l->margin, inner_width(l), block->heading);
    flow(l, PRESS_REGULAR, l->size - 0.5f, l->margin, inner_width(l), block->text);
    l->y += 6;
}

static void draw_sign(struct layout *l, const struct block *block)
{
    const float width = l->sheet->receipt ? inner_width(l) : 250;
    const bool is_dated = !text_is_empty(block->heading) && !l->sheet->receipt;

    make_room(l, SIGN_HEIGHT);
    l->y += 28;
    press_line(l->press, l->margin, l->y, l->margin + width, l->y, 0.5f);
    if (is_dated)
        press_line(l->press, l->margin + 280, l->y, l->margin + 400, l->y, 0.5f);
    press_gray(l->press, 0.35f);
    press_text(l->press, PRESS_REGULAR, 7, l->margin, l->y + 9, block->text);
    if (is_dated)
        press_text(l->press, PRESS_REGULAR, 7, l->margin + 280, l->y + 9, block->heading);
    press_gray(l->press, 0);
    l->y += 16;
}

#define DRAWN_WIDTH  250.0f
#define DRAWN_HEIGHT 46.0f

/* A place at a time; a lone one is a dot. */
static void draw_strokes(struct layout *l, const char *strokes)
{
    float x = 0, y = 0;
    bool goes_on = false;

    for (const char *at = strokes; *at != '\0';) {
        char *end = NULL;
        const float next_x = l->margin + (float)strtol(at, &end, 10) * DRAWN_WIDTH / 1000;
        if (*end != ',')
            return;
        const float next_y = l->y + (float)strtol(end + 1, &end, 10) * DRAWN_HEIGHT / 1000;
        press_line(l->press, goes_on ? x : next_x - 0.5f, goes_on ? y : next_y, next_x, next_y,
                   1.0f);
        x = next_x;
        y = next_y;
        goes_on = *end == ' ';
        at = *end == '\0' ? end : end + 1;
    }
}

static void draw_drawn(struct layout *l, const struct block *block)
{
    make_room(l, DRAWN_HEIGHT + 18);
    draw_strokes(l, block->text);
    l->y += DRAWN_HEIGHT;
    press_line(l->press, l->margin, l->y, l->margin + DRAWN_WIDTH, l->y, 0.5f);
    press_gray(l->press, 0.35f);
    press_text(l->press, PRESS_REGULAR, 7, l->margin, l->y + 9, block->heading);
    press_gray(l->press, 0);
    l->y += 16;
}

#define CARD_LARGE 34.0f
#define CARD_SIZE  11.0f
#define CARD_ROOM  22.0f /* between frame and text */

static void draw_frame(struct layout *l, float top, float bottom, float inset, float thick)
{
    const float left = l->margin + inset, right = l->width - l->margin - inset;

    press_line(l->press, left, top + inset, right, top + inset, thick);
    press_line(l->press, right, top + inset, right, bottom - inset, thick);
    press_line(l->press, right, bottom - inset, left, bottom - inset, thick);
    press_line(l->press, left, bottom - inset, left, top + inset, thick);
}

static void draw_card(struct layout *l, const struct block *block)
{
    const float left = l->margin + CARD_ROOM, width = inner_width(l) - 2 * CARD_ROOM;
    const float high = flow_height(l, PRESS_BOLD, CARD_LARGE, width, block->heading) +
                       flow_height(l, PRESS_REGULAR, CARD_SIZE, width, block->text) +
                       2 * CARD_ROOM + 6;

    make_room(l, high);
    const float top = l->y;
    draw_frame(l, top, top + high, 0, 1.6f);
    draw_frame(l, top, top + high, 4, 0.5f);
    l->y = top + CARD_ROOM;
    flow_aligned(l, PRESS_BOLD, CARD_LARGE, left, width, ALIGN_CENTER, block->heading);
    l->y += 6;
    flow_aligned(l, PRESS_REGULAR, CARD_SIZE, left, width, ALIGN_CENTER, block->text);
    l->y = top + high + 10;
}

#define CODE_SIDE 180

/* Without the code the text beside it still does. */
static void draw_code(struct layout *l, const struct block *block)
{
    make_room(l, CODE_SIDE);
    if (press_qr(l->press, block->text, l->margin, l->y, CODE_SIDE))
        l->y += CODE_SIDE + 6;
}

static void draw_block(struct layout *l, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_BOXES:
        draw_boxes(l, block);
        break;
    case BLOCK_FACTS:
        draw_facts(l, block);
        break;
    case BLOCK_TABLE:
        draw_table(l, block);
        break;
    case BLOCK_TOTALS:
        draw_totals(l, block);
        break;
    case BLOCK_TEXT:
        draw_paragraph(l, block);
        break;
    case BLOCK_SIGN:
        draw_sign(l, block);
        break;
    case BLOCK_DRAWN:
        draw_drawn(l, block);
        break;
    case BLOCK_CARD:
        draw_card(l, block);
        break;
    case BLOCK_CODE:
        draw_code(l, block);
        break;
    }
}

static void draw_feet(struct layout *l)
{
    char text[64];
    const float y = l->height - 22;

    if (l->sheet->receipt)
        return;
    const size_t pages = l->press->page_count - l->before;
    for (size_t i = 0; i < pages; i++) {
        press_to_page(l->press, l->before + i);
        press_gray(l->press, 0.35f);
        press_text(l->press, PRESS_REGULAR, 7, l->margin, y, l->sheet->footer);
        snprintf(text, sizeof text, "%sPage %zu of %zu", l->sheet->demo ? "DEMO \xc2\xb7 " : "",
                 i + 1, pages);
        press_text_right(l->press, PRESS_REGULAR, 7, l->width - l->margin, y, text);
        press_gray(l->press, 0);
    }
}

static void draw_sheet(struct layout *l)
{
    begin_page(l);
    if (l->sheet->receipt)
        draw_receipt_head(l);
    else
        draw_head(l);
    for (const struct block *block = l->sheet->first; block != NULL; block = block->next)
        draw_block(l, block);
    if (l->sheet->receipt && !text_is_empty(l->sheet->footer))
        flow(l, PRESS_REGULAR, l->size - 0.5f, l->margin, inner_width(l), l->sheet->footer);
    draw_feet(l);
}

static struct layout layout_of(const struct sheet *sheet, struct press *press, float receipt_height)
{
    struct layout l = {.sheet = sheet, .press = press, .before = press->page_count};

    l.width = sheet->receipt ? RECEIPT_WIDTH : sheet->a4 ? A4_WIDTH : LETTER_WIDTH;
    l.height = sheet->receipt ? receipt_height : sheet->a4 ? A4_HEIGHT : LETTER_HEIGHT;
    l.margin = sheet->receipt ? 10 : 40;
    l.foot = sheet->receipt ? 0 : 36;
    l.size = sheet->receipt ? 7.5f : 8.5f;
    return l;
}

/* How long the roll gets: drawn once to see. */
static status receipt_length(const struct sheet *sheet, float *ret_height, struct fault *fault)
{
    struct press *press = mem_alloc(sizeof *press);
    status result = press_open(press, sheet->title, sheet->created, fault);

    if (result == OK) {
        struct layout l = layout_of(sheet, press, RECEIPT_HEIGHT);
        draw_sheet(&l);
        *ret_height = l.y + 20;
        press_close(press);
    }
    mem_free(press);
    return result;
}

status sheet_to_pdf(const struct sheet *sheet, struct buf *ret_bytes, struct fault *fault)
{
    float height = 0;

    if (sheet->receipt)
        TRY(receipt_length(sheet, &height, fault));
    struct press *press = mem_alloc(sizeof *press);
    status result = press_open(press, sheet->title, sheet->created, fault);
    if (result == OK) {
        for (const struct sheet *at = sheet; at != NULL; at = at->next) {
            struct layout l = layout_of(at, press, height);
            draw_sheet(&l);
        }
        result = press_finish(press, ret_bytes, fault);
        press_close(press);
    }
    mem_free(press);
    return result;
}
