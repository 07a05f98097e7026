/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The picture of the payment dialog: the tender under the cursor as fields, the others as words,
 * what each pays at the right, change and what is left below. */

#include "payment_dialog.h"

#include "base/text.h"

#define BOX_CELLS    80
#define METHOD_CELLS 15
#define AMOUNT_CELLS 11
/* Below this many cells the details of the tender under the cursor have a row of their own. */
#define ONE_ROW_CELLS 74

static int draw_sum(struct area row, int at, const char *label, struct money amount, enum ink ink)
{
    char text[NUMBER_TEXT_MAX];

    at = area_text(row, 0, at, INK_MUTED, label);
    return area_text(row, 0, at + 1, ink, money_show(amount, text)) + 3;
}

static void draw_head(const struct payment_state *state, struct area row)
{
    int at = draw_sum(row, 1, "Total", state->total, INK_NORMAL);
    char text[NUMBER_TEXT_MAX];

    at = draw_sum(row, at, "Paid", state->already, INK_NORMAL);
    if (state->credit.cents > 0)
        draw_sum(row, at, row.cols < 60 ? "Credit" : "Credit on account", state->credit,
                 INK_NORMAL);
    const char *due = money_show(state->due, text);
    area_right(row, 0, row.cols - 1, INK_STRONG, due);
    area_right(row, 0, row.cols - 2 - area_cells(row, due), INK_MUTED, "Due");
}

/* "VISA 4242  auth 019381", "check 1042", "tendered 300.00" */
static const char *tender_words(const struct payment_state *state, size_t index,
                                struct arena *arena)
{
    const struct tender_row *row = &state->rows[index];
    const struct tendered *tendered = &state->tendered[index];
    const char *words = "";
    char amount[NUMBER_TEXT_MAX];

    for (size_t i = 0; tender_detail(row, i) != NULL; i++) {
        const struct detail *detail = tender_detail(row, i);
        const char *text = editor_text(&row->details[i]);
        const bool says_itself = row->method == PAY_CARD && i < 2;
        if (text_is_empty(text))
            continue;
        words = arena_printf(arena, "%s%s%s%s%s", words, words[0] != '\0' ? " " : "",
                             says_itself ? "" : detail->label, says_itself ? "" : " ", text);
    }
    if (tendered->over.cents == 0)
        return words;
    money_show(row->method == PAY_CASH ? tendered->amount : tendered->over, amount);
    return row->method == PAY_CASH ? arena_printf(arena, "%stendered %s", words, amount)
                                   : arena_printf(arena, "%s%s%s to credit", words,
                                                  words[0] != '\0' ? ", " : "", amount);
}

static void draw_details(struct payment_state *state, struct area area, int row, int col)
{
    struct tender_row *tender = &state->rows[state->current];

    for (size_t i = 0; tender_detail(tender, i) != NULL; i++) {
        const struct detail *detail = tender_detail(tender, i);
        const bool focused = state->field == i + 2;
        col = area_text(area, row, col, INK_LABEL, detail->label) + 1;
        editor_draw(&tender->details[i], area, row, col, detail->cells,
                    focused ? INK_FIELD_FOCUS : INK_FIELD, focused);
        col += detail->cells + 1;
    }
}

static void draw_fields(struct payment_state *state, struct area area, int row)
{
    struct tender_row *tender = &state->rows[state->current];
    const bool on_method = state->field == 0, on_amount = state->field == 1;
    const bool one_row = area.cols >= ONE_ROW_CELLS;
    const int amount = 3 + METHOD_CELLS + 1;

    area_fit(area, row, 3, METHOD_CELLS, on_method ? INK_FIELD_FOCUS : INK_FIELD,
             tender->credit ? "Credit" : tender_word(tender));
    if (on_method)
        area_cursor(area, row, 3);
    editor_draw(&tender->amount, area, row, amount, AMOUNT_CELLS,
                state->wrong[state->current] ? INK_FIELD_BAD
                : on_amount                  ? INK_FIELD_FOCUS
                                             : INK_FIELD,
                on_amount);
    draw_details(state, area, one_row ? row : row + 1, one_row ? amount + AMOUNT_CELLS + 1 : 3);
}

/* Draws one tender; returns the row behind it. */
static int draw_tender(struct payment_state *state, struct area area, int row, size_t index)
{
    const struct tender_row *tender = &state->rows[index];
    const bool current = index == state->current;
    char amount[NUMBER_TEXT_MAX];

    if (current)
        area_glyph(area, row, 0, INK_KEY, GLYPH_CURSOR);
    area_printf(area, row, 1, INK_MUTED, "%zu", index + 1);
    area_right(area, row, area.cols - 1, INK_NORMAL,
               state->wrong[index] ? "?" : money_show(state->tendered[index].applied, amount));
    if (current) {
        draw_fields(state, area, row);
        const bool two_rows = area.cols < ONE_ROW_CELLS && tender_detail(tender, 0) != NULL;
        return row + (two_rows ? 2 : 1);
    }
    const int at = area_text(area, row, 3, INK_NORMAL, tender_word(tender));
    area_fit(area, row, at + 2, area.cols - at - 14, INK_NORMAL,
             tender_words(state, index, &area.on->scratch));
    return row + 1;
}

static void draw_foot(const struct payment_state *state, struct area row)
{
    char text[NUMBER_TEXT_MAX];
    int at = draw_sum(row, 1, "Change", state->sum.change,
                      state->sum.change.cents > 0 ? INK_STRONG : INK_NORMAL);

    if (state->sum.to_credit.cents > 0)
        draw_sum(row, at, "To credit", state->sum.to_credit, INK_WARN);
    const char *left = money_show(state->sum.left, text);
    const enum ink ink = state->sum.left.cents > 0 ? INK_WARN : INK_OK;
    area_right(row, 0, row.cols - 1, ink, left);
    area_right(row, 0, row.cols - 2 - area_cells(row, left), INK_MUTED, "Left");
}

static const char *hint_of(const struct payment_state *state)
{
    const struct tender_row *row = &state->rows[state->current];

    if (row->credit)
        return "Credit on account is used first. 0 leaves it for another time.";
    if (state->field == 0)
        return "c cash   k check   d card   b bank transfer   g gift certificate   o other";
    if (state->field == 1)
        return "What is handed over; change is counted from cash. Enter goes on.";
    return "Enter goes on. Never the whole number of a card.";
}

void payment_draw(struct view *view, struct area body)
{
    struct payment_state *state = view->state;
    const bool narrow = body.cols - 2 < ONE_ROW_CELLS;
    const struct area box =
        area_window(body, (int)state->count + 7 + (narrow ? 1 : 0), BOX_CELLS, view->title);
    int row = 2;

    draw_head(state, area_row(box, 0));
    const struct area list = area_above(box, 2);
    for (size_t i = 0; i < state->count; i++)
        row = draw_tender(state, list, row, i);
    draw_foot(state, area_row(box, box.rows - 2));
    area_fit(box, box.rows - 1, 1, box.cols - 2, INK_MUTED, hint_of(state));
}
