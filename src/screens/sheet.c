/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of jobs and lines: which rows show, where the cursor is, which columns there is room
 * for. What the rows mean is left to their owners. */

#include "sheet.h"

#include <string.h>

#include "base/field.h"

/* Below this many rows the jobs are folded to their heads, but for the one under the cursor. */
#define FOLDS_BELOW 12

static bool shows(const struct sheet *sheet, size_t index)
{
    const struct sheet_row *row = &sheet->rows[index];

    return !sheet->folded || row->kind == SHEET_JOB || row->kind == SHEET_FLAG ||
           row->job == sheet->rows[sheet->selected].job;
}

static size_t place_of(const struct sheet *sheet, int noun, int64_t id)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->rows[i].noun == noun && sheet->rows[i].id == id)
            return i;
    return sheet->count;
}

void sheet_select(struct sheet *sheet, int noun, int64_t id)
{
    const size_t place = place_of(sheet, noun, id);

    if (place < sheet->count)
        sheet->selected = place;
}

const struct sheet_row *sheet_row(const struct sheet *sheet)
{
    return sheet->selected < sheet->count ? &sheet->rows[sheet->selected] : NULL;
}

void sheet_set(struct sheet *sheet, const struct sheet_row *rows, size_t count)
{
    const struct sheet_row *old = sheet_row(sheet);
    const int noun = old != NULL ? old->noun : 0;
    const int64_t id = old != NULL ? old->id : 0;

    sheet->rows = rows;
    sheet->count = count;
    if (sheet->selected >= count)
        sheet->selected = count > 0 ? count - 1 : 0;
    sheet_select(sheet, noun, id);
}

static bool step(struct sheet *sheet, bool back)
{
    size_t at = sheet->selected;

    while (back ? at > 0 : at + 1 < sheet->count) {
        at = back ? at - 1 : at + 1;
        if (shows(sheet, at)) {
            sheet->selected = at;
            return true;
        }
    }
    return false;
}

static void steps(struct sheet *sheet, size_t count, bool back)
{
    while (count > 0 && step(sheet, back))
        count--;
}

bool sheet_key(struct sheet *sheet, const struct event *event)
{
    const size_t page = sheet->height > 1 ? (size_t)sheet->height - 1 : 1;

    if (event->kind != EVENT_KEY)
        return false;
    switch (event->key) {
    case K_UP:
    case K_DOWN:
        steps(sheet, 1, event->key == K_UP);
        return true;
    case K_PAGE_UP:
    case K_PAGE_DOWN:
        steps(sheet, page, event->key == K_PAGE_UP);
        return true;
    case K_HOME:
    case K_END:
        steps(sheet, sheet->count, event->key == K_HOME);
        return true;
    default:
        return false;
    }
}

const char *sheet_status(const struct sheet *sheet, struct arena *arena)
{
    if (sheet->count == 0)
        return NULL;
    return arena_printf(arena, "%zu of %zu", sheet->selected + 1, sheet->count);
}

/* ------------------------------------------------------------------ columns -- */

/* Where each column ends; 0: there is no room for it. */
struct layout {
    int text, technician, quantity, price, amount, state;
};

#define STATE_CELLS  14
#define AMOUNT_CELLS 10
#define PRICE_CELLS  9
#define QTY_CELLS    7
#define LEAST_TEXT   30

static struct layout layout_for(int cols)
{
    const int technician = cols >= 100 ? 14 : 6;
    struct layout layout = {.state = cols, .amount = cols - STATE_CELLS};
    int at = layout.amount - AMOUNT_CELLS;

    if (at - PRICE_CELLS - QTY_CELLS >= LEAST_TEXT) {
        layout.price = at;
        at -= PRICE_CELLS;
    }
    layout.quantity = at;
    at -= QTY_CELLS;
    if (at - technician >= LEAST_TEXT) {
        layout.technician = at;
        at -= technician;
    }
    layout.text = at;
    return layout;
}

static void draw_heads(struct area row, const struct layout *layout)
{
    area_text(row, 0, 3, INK_HEADER, "Job / line");
    if (layout->technician > 0)
        area_text(row, 0, layout->text, INK_HEADER, "Tech");
    area_right(row, 0, layout->quantity, INK_HEADER, "Qty/h");
    if (layout->price > 0)
        area_right(row, 0, layout->price, INK_HEADER, "Price");
    area_right(row, 0, layout->amount, INK_HEADER, "Amount");
}

/* Figures end in front of column `end`; a third decimal sticks out behind it, so that the point
 * stays where it is. */
static void sheet_quantity(struct area area, int row, int end, enum ink ink, struct qty quantity)
{
    const int64_t thousandths = quantity.thousandths;
    const int64_t whole = thousandths / 1000, part = thousandths % 1000;
    struct arena *scratch = &area.on->scratch;

    area_right(area, row, end - 1, ink,
               arena_printf(scratch, "%lld.%02lld", (long long)whole, (long long)part / 10));
    if (part % 10 != 0)
        area_printf(area, row, end - 1, ink, "%lld", (long long)part % 10);
}

/* Answers where it begins: a figure in front that is in its way moves to the left. */
static int draw_money(struct area row, int end, enum ink ink, struct money amount)
{
    char text[NUMBER_TEXT_MAX];

    if (end <= 0 || amount.cents == NUMBER_NONE)
        return end;
    area_right(row, 0, end, ink, money_show(amount, text));
    return end - area_cells(row, text);
}

static int end_before(int end, int begin)
{
    return end < begin ? end : begin - 1;
}

static void draw_text(struct area row, const struct sheet_row *item, int end)
{
    const enum ink ink = item->kind == SHEET_JOB    ? INK_STRONG
                         : item->kind == SHEET_NOTE ? INK_MUTED
                         : item->kind == SHEET_FLAG ? INK_WARN
                                                    : INK_NORMAL;
    int at = 3;

    if (item->kind == SHEET_JOB && item->number != 0)
        area_right(row, 0, 2, ink, arena_printf(&row.on->scratch, "%lld", (long long)item->number));
    if (item->kind == SHEET_FLAG)
        at = 1;
    if (item->word != NULL) {
        const int behind = area_text(row, 0, 4, INK_MUTED, item->word);
        at = behind < 11 ? 11 : behind + 1;
    }
    const int cells = area_cells(row, item->text);
    area_fit(row, 0, at, end - at - 1, ink, item->text);
    const int room = end - at - cells - 3;
    if (item->detail != NULL && item->detail[0] != '\0' && room >= 4)
        area_fit(row, 0, at + cells + 2, room, INK_MUTED, item->detail);
}

/* The whole of it, or the first name. */
static void draw_technician(struct area row, const char *name, const struct layout *layout)
{
    const int cells = layout->technician - layout->text - 1;

    if (area_cells(row, name) > cells)
        name = arena_text_n(&row.on->scratch, name, strcspn(name, " "));
    area_fit(row, 0, layout->text, cells, INK_NORMAL, name);
}

static bool has_technician(const struct sheet_row *item)
{
    return item->technician != NULL && item->technician[0] != '\0';
}

static void draw_figures(struct area row, const struct sheet_row *item, const struct layout *layout)
{
    const enum ink ink = item->kind == SHEET_JOB ? INK_STRONG : INK_NORMAL;

    if (layout->technician > 0 && has_technician(item))
        draw_technician(row, item->technician, layout);
    int begin = draw_money(row, layout->amount, ink, item->amount);
    if (layout->price > 0)
        begin = draw_money(row, end_before(layout->price, begin), ink, item->price);
    if (item->quantity.thousandths != NUMBER_NONE)
        sheet_quantity(row, 0, end_before(layout->quantity, begin), ink, item->quantity);
    if (item->state != NULL)
        area_fit(row, 0, layout->amount + 1, STATE_CELLS - 1, item->ink, item->state);
}

/* Words may go on into columns that this row leaves empty. */
static int text_end(const struct sheet_row *item, const struct layout *layout)
{
    const bool has_figures =
        item->quantity.thousandths != NUMBER_NONE || item->price.cents != NUMBER_NONE;

    if (has_technician(item) || (has_figures && layout->technician == 0))
        return layout->text;
    if (has_figures)
        return layout->technician;
    return layout->amount - AMOUNT_CELLS;
}

static void draw_row(struct area row, const struct sheet_row *item, const struct layout *layout,
                     bool selected)
{
    const bool spreads = item->kind == SHEET_FLAG || item->kind == SHEET_NOTE;

    draw_text(row, item, spreads ? layout->state : text_end(item, layout));
    if (!spreads)
        draw_figures(row, item, layout);
    if (!selected)
        return;
    area_ink(row, 0, 0, 1, row.cols, INK_SELECTED);
    area_glyph(row, 0, 0, INK_SELECTED, GLYPH_CURSOR);
    area_cursor(row, 0, 0);
}

/* Scrolls so that the cursor shows; `top` counts rows that show. */
static void scroll(struct sheet *sheet)
{
    const size_t height = sheet->height > 0 ? (size_t)sheet->height : 1;
    size_t shown = 0, at = 0;

    for (size_t i = 0; i < sheet->count; i++) {
        if (i == sheet->selected)
            at = shown;
        shown += shows(sheet, i);
    }
    if (sheet->top + height > shown)
        sheet->top = shown > height ? shown - height : 0;
    if (at < sheet->top)
        sheet->top = at;
    if (at >= sheet->top + height)
        sheet->top = at - height + 1;
}

void sheet_draw(struct sheet *sheet, struct area area)
{
    const struct layout layout = layout_for(area.cols);
    const struct area list = area_below(area, 1);
    size_t shown = 0;

    draw_heads(area_row(area, 0), &layout);
    sheet->height = list.rows;
    sheet->folded =
        sheet->wants_folded || (list.rows < FOLDS_BELOW && sheet->count > (size_t)list.rows);
    if (sheet->count == 0) {
        area_wrap(list, 0, 3, list.cols - 4, INK_MUTED, sheet->empty != NULL ? sheet->empty : "");
        area_cursor(list, 0, 0);
        return;
    }
    scroll(sheet);
    for (size_t i = 0; i < sheet->count; i++) {
        if (!shows(sheet, i))
            continue;
        if (shown >= sheet->top && shown < sheet->top + (size_t)list.rows)
            draw_row(area_row(list, (int)(shown - sheet->top)), &sheet->rows[i], &layout,
                     i == sheet->selected);
        shown++;
    }
}
