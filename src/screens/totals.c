/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The foot of an order and of an invoice: classes, authorization, profit; total, paid, balance. */

#include "totals.h"

#include "base/text.h"
#include "figures.h"

#define HEAD_ROWS 2
/* Below, one row has to do. */
#define FULL_FROM_ROWS 18
#define FULL_FROM_COLS 76

struct area totals_frame(struct area body, struct area *ret_foot)
{
    const bool full = body.rows >= FULL_FROM_ROWS && body.cols >= FULL_FROM_COLS;
    const struct area below = area_below(body, body.rows - 1 - (full ? TOTALS_ROWS : 1));

    area_hline(body, HEAD_ROWS, 0, body.cols, INK_MUTED);
    area_hline(below, 0, 0, below.cols, INK_MUTED);
    *ret_foot = area_below(below, 1);
    return area_above(area_below(body, HEAD_ROWS + 1), below.rows);
}

int totals_words_cells(struct area foot)
{
    return foot.cols - TOTAL_CELLS - 2;
}

static void draw_classes(struct area row, const struct totals *totals)
{
    const struct figure figures[] = {
        {"Labor", totals->labor, .always = true},      {"Parts", totals->parts, .always = true},
        {"Sublet", totals->sublet, .folds = true},     {"Fees", totals->fees, .folds = true},
        {"Supplies", totals->supplies, .folds = true}, {"Tax", totals->tax, .always = true},
    };

    figure_row(row, totals_words_cells(row), figures, COUNT_OF(figures));
    figure_sum(row, "Total", totals->total, INK_STRONG);
}

/* They give way to a note. */
static int draw_profits(struct area row, int at, const struct totals *totals)
{
    if (totals->profits == NULL || !text_is_empty(totals->note) ||
        at + area_cells(row, totals->profits) > totals_words_cells(row))
        return at;
    return area_text(row, 0, at, INK_NORMAL, totals->profits) + 3;
}

/* Its lines say what each gave up: where there is no room, that has to do. */
static void draw_discounts(struct area row, int at, const struct totals *totals)
{
    char text[NUMBER_TEXT_MAX];
    const int cells =
        area_cells(row, "Discounts ") + area_cells(row, money_show(totals->discount, text));

    if (at + cells <= totals_words_cells(row))
        figure_inline(row, at, "Discounts", totals->discount, false);
}

static void draw_last(struct area row, const struct totals *totals)
{
    int at = 1;

    if (totals->shows_profit) {
        at = area_text(row, 0, at, INK_NORMAL,
                       profit_text(totals->profit, totals->total, totals->tax, &row.on->scratch)) +
             3;
        at = draw_profits(row, at, totals);
    }
    if (text_is_empty(totals->note))
        draw_discounts(row, at, totals);
    else
        area_fit(row, 0, at, totals_words_cells(row) - at, totals->note_ink, totals->note);
    figure_sum(row, "Balance", totals->balance, INK_STRONG);
}

void totals_draw(struct area foot, const struct totals *totals)
{
    const struct area second = area_row(foot, 1);

    draw_classes(area_row(foot, 0), totals);
    area_fit(second, 0, 1, totals_words_cells(foot), INK_NORMAL, totals->authorized);
    figure_sum(second, "Paid", totals->paid, INK_NORMAL);
    draw_last(area_row(foot, 2), totals);
}
