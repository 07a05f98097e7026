/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A sheet on pages of letter or A4, or on one long page 80 mm wide. Blocks flow down; a table goes
 * on under its repeated header; feet are written when the number of pages is known. */

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "sheet_layout.h"

#define LETTER_WIDTH   612.0f
#define LETTER_HEIGHT  792.0f
#define A4_WIDTH       595.28f
#define A4_HEIGHT      841.89f
#define RECEIPT_WIDTH  226.77f /* 80 mm */
#define RECEIPT_HEIGHT 14000.0f
#define SIGN_HEIGHT    44.0f
#define KEPT_WHOLE     150.0f

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
    layout_flow(l, PRESS_BOLD, 14, text_x, width, sheet->shop_name);
    l->y += 1;
    layout_flow(l, PRESS_REGULAR, 8, text_x, width, sheet->shop_text);
    l->y = larger(l->y + 3, l->margin + 66);
    press_line(l->press, l->margin, l->y, right, l->y, 1);
    l->y += 8;
}

static void centered(struct layout *l, enum press_font font, float size, const char *text)
{
    layout_flow_aligned(l, font, size, l->margin, layout_inner_width(l), ALIGN_CENTER, text);
}

static void draw_receipt_head(struct layout *l)
{
    centered(l, PRESS_BOLD, 12, l->sheet->shop_name);
    centered(l, PRESS_REGULAR, 7, l->sheet->shop_text);
    l->y += 4;
    centered(l, PRESS_BOLD, 11, l->sheet->title);
    if (!text_is_empty(l->sheet->barcode) &&
        press_barcode(l->press, l->sheet->barcode, l->margin, l->y + 2, layout_inner_width(l), 28))
        l->y += 34;
    if (l->sheet->demo)
        centered(l, PRESS_BOLD, 9, "DEMO");
    l->y += 4;
}

static void draw_boxes(struct layout *l, const struct block *block)
{
    const float width = layout_inner_width(l) / (float)block->pair_count;
    float lowest = l->y, top;

    if (l->sheet->receipt) {
        for (size_t i = 0; i < block->pair_count; i++)
            layout_flow(l, PRESS_REGULAR, l->size, l->margin, layout_inner_width(l),
                        block->pairs[i].text);
        l->y += 4;
        return;
    }
    layout_make_room(l, layout_line_height(l) * 5);
    top = l->y;
    for (size_t i = 0; i < block->pair_count; i++) {
        const float x = l->margin + width * (float)i;
        l->y = top;
        press_gray(l->press, 0.35f);
        press_text(l->press, PRESS_REGULAR, 7, x, l->y + 7, block->pairs[i].label);
        press_gray(l->press, 0);
        l->y += 10;
        layout_flow(l, PRESS_REGULAR, l->size, x, width - 12, block->pairs[i].text);
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
        layout_flow_aligned(l, PRESS_REGULAR, l->size, l->margin + label,
                            layout_inner_width(l) - label, ALIGN_RIGHT, pair->text);
        l->y = larger(l->y, top + layout_line_height(l));
    }
    l->y += 4;
}

static void draw_facts(struct layout *l, const struct block *block)
{
    const size_t count = count_facts(block);
    const float width = layout_inner_width(l) / (float)(count > 0 ? count : 1);
    size_t place = 0;

    if (l->sheet->receipt) {
        draw_receipt_facts(l, block);
        return;
    }
    if (count == 0)
        return;
    float high = layout_line_height(l);
    for (size_t i = 0; i < block->pair_count; i++)
        high = larger(high,
                      layout_flow_height(l, PRESS_BOLD, l->size, width - 10, block->pairs[i].text));
    layout_make_room(l, high + 21);
    press_fill(l->press, l->margin, l->y, layout_inner_width(l), high + 15.5f, PALE);
    const float top = l->y;
    for (size_t i = 0; i < block->pair_count; i++) {
        if (text_is_empty(block->pairs[i].text))
            continue;
        const float x = l->margin + width * (float)place++ + 5;
        press_gray(l->press, 0.35f);
        press_text(l->press, PRESS_REGULAR, 6.5f, x, top + 9, block->pairs[i].label);
        press_gray(l->press, 0);
        l->y = top + 12.5f;
        layout_flow(l, PRESS_BOLD, l->size, x, width - 10, block->pairs[i].text);
    }
    l->y = top + high + 23.5f;
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

    return larger(size * 1.35f, layout_flow_height(l, font, size, total_label_width(l, pair, width),
                                                   pair->label)) +
           2;
}

static void draw_totals(struct layout *l, const struct block *block)
{
    const float right = l->width - l->margin;
    const float width = l->sheet->receipt ? layout_inner_width(l) : 250;
    float high = 0;

    for (size_t i = 0; i < block->pair_count; i++)
        high += total_height(l, &block->pairs[i], width);
    layout_make_room(l, high);
    for (size_t i = 0; i < block->pair_count; i++) {
        const struct sheet_pair *pair = &block->pairs[i];
        const enum press_font font = pair->strong ? PRESS_BOLD : PRESS_REGULAR;
        const float size = total_size(l, pair);
        const float top = l->y;
        if (pair->strong)
            press_line(l->press, right - width, top, right, top, 0.5f);
        press_text_right(l->press, font, size, right - 3, top + size + 1, pair->text);
        l->y = top + 1;
        layout_flow(l, font, size, right - width, total_label_width(l, pair, width), pair->label);
        l->y = top + total_height(l, pair, width);
    }
    l->y += 6;
}

static void draw_paragraph(struct layout *l, const struct block *block)
{
    const bool is_signed = block->next != NULL && block->next->kind == BLOCK_SIGN;
    const float whole =
        layout_flow_height(l, PRESS_REGULAR, l->size - 0.5f, layout_inner_width(l), block->text);

    /* Nobody signs an empty page: what is signed comes along. What is short is not torn apart. */
    layout_make_room(l, is_signed || whole < KEPT_WHOLE
                            ? whole + layout_line_height(l) + (is_signed ? 6 + SIGN_HEIGHT : 0)
                            : layout_line_height(l) * 3);
    if (!text_is_empty(block->heading))
        layout_flow(l, PRESS_BOLD, l->size, l->margin, layout_inner_width(l), block->heading);
    layout_flow(l, PRESS_REGULAR, l->size - 0.5f, l->margin, layout_inner_width(l), block->text);
    l->y += 6;
}

static void draw_sign(struct layout *l, const struct block *block)
{
    const float width = l->sheet->receipt ? layout_inner_width(l) : 250;
    const bool is_dated = !text_is_empty(block->heading) && !l->sheet->receipt;

    layout_make_room(l, SIGN_HEIGHT);
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
    layout_make_room(l, DRAWN_HEIGHT + 18);
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
    const float left = l->margin + CARD_ROOM, width = layout_inner_width(l) - 2 * CARD_ROOM;
    const float high = layout_flow_height(l, PRESS_BOLD, CARD_LARGE, width, block->heading) +
                       layout_flow_height(l, PRESS_REGULAR, CARD_SIZE, width, block->text) +
                       2 * CARD_ROOM + 6;

    layout_make_room(l, high);
    const float top = l->y;
    draw_frame(l, top, top + high, 0, 1.6f);
    draw_frame(l, top, top + high, 4, 0.5f);
    l->y = top + CARD_ROOM;
    layout_flow_aligned(l, PRESS_BOLD, CARD_LARGE, left, width, ALIGN_CENTER, block->heading);
    l->y += 6;
    layout_flow_aligned(l, PRESS_REGULAR, CARD_SIZE, left, width, ALIGN_CENTER, block->text);
    l->y = top + high + 10;
}

#define CODE_SIDE 180

/* Without the code the text beside it still does. */
static void draw_code(struct layout *l, const struct block *block)
{
    layout_make_room(l, CODE_SIDE);
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
        sheet_draw_table(l, block);
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
    layout_begin_page(l);
    if (l->sheet->receipt)
        draw_receipt_head(l);
    else
        draw_head(l);
    for (const struct block *block = l->sheet->first; block != NULL; block = block->next)
        draw_block(l, block);
    if (l->sheet->receipt && !text_is_empty(l->sheet->footer))
        layout_flow(l, PRESS_REGULAR, l->size - 0.5f, l->margin, layout_inner_width(l),
                    l->sheet->footer);
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
