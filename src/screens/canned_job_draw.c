/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a canned job comes to: as a head above its lines, and in words. */

#include "canned_job_page.h"

#include <stdlib.h>

#include "base/text.h"
#include "figures.h"

/* --- Head --- */

struct shown {
    char text[NUMBER_TEXT_MAX];
};
#define SHOW(amount) money_show((amount), (struct shown){{0}}.text)

/* "0.5 h labor 72.50 + parts 41.20 + fees 3.00 = 116.70" */
static const char *sum_text(const struct canned_quote *quote, struct arena *arena)
{
    const char *others = quote->others.cents == 0
                             ? ""
                             : arena_printf(arena, " + sublet and fees %s", SHOW(quote->others));
    const char *cores = quote->cores.cents == 0
                            ? ""
                            : arena_printf(arena, " · cores on top %s", SHOW(quote->cores));
    char hours[NUMBER_TEXT_MAX];

    return arena_printf(arena, "%s h labor %s + parts %s%s = %s%s", qty_text(quote->hours, hours),
                        SHOW(quote->labor), SHOW(quote->parts), others, SHOW(quote->sum), cores);
}

static const char *menu_text(const struct canned_quote *quote, struct arena *arena)
{
    const struct money labor = {quote->labor.cents + quote->difference.cents};

    if (!canned_has_menu(quote))
        return "As its lines come to. m gives it a menu price.";
    if (quote->difference.cents == 0)
        return arena_printf(arena, "Menu price %s, just what its lines come to",
                            SHOW(quote->menu_price));
    return arena_printf(arena, "Menu price %s: labor %s %s, %s", SHOW(quote->menu_price),
                        SHOW(((struct money){llabs(quote->difference.cents)})),
                        quote->difference.cents > 0 ? "more" : "less", SHOW(labor));
}

static void draw_head(struct view *view, const struct canned_quote *quote, struct area area)
{
    struct arena *scratch = &area.on->scratch;
    const char *profit = desk_holds(desk_of(view), RIGHT_COSTS_VIEW)
                             ? profit_text(quote->profit, quote->total, MONEY_ZERO, scratch)
                             : "";
    const char *text = text_is_empty(quote->concern) ? quote->correction : quote->concern;

    const int at = area_printf(area, 0, 1, INK_STRONG, "%s", quote->code);
    const int next = quote->archived_at.seconds == 0
                         ? at + 2
                         : area_text(area, 0, at + 2, INK_WARN, "archived") + 2;
    area_fit(area, 0, next, area.cols - next - 16, INK_STRONG, quote->title);
    area_right(area, 0, area.cols - 1, INK_STRONG, SHOW(quote->total));
    area_fit(area, 1, 1, area.cols - 2, INK_MUTED, text);
    area_fit(area, 2, 1, area.cols - 2, INK_NORMAL, sum_text(quote, scratch));
    area_fit(area, 3, 1, area.cols - 26, canned_has_menu(quote) ? INK_INFO : INK_MUTED,
             menu_text(quote, scratch));
    area_right(area, 3, area.cols - 1, INK_NORMAL, profit);
}

void canned_page_draw(struct view *view, struct area body)
{
    struct canned_page *page = canned_page_of(view);
    const struct canned_quote *quote = canned_quote_of(page);

    if (quote == NULL) {
        area_wrap(body, 0, 1, body.cols - 2, INK_ERROR, page->load.fault.text);
        return;
    }
    draw_head(view, quote, body);
    area_hline(body, 4, 0, body.cols, INK_MUTED);
    rowlist_draw(&page->list, area_below(body, 5));
}

/* --- Where the figures come from --- */

static void explain_line(struct buf *out, const struct canned_quote_line *line)
{
    char quantity[NUMBER_TEXT_MAX];

    buf_printf(out, "The %s line “%s”\n", choice_label(&line_kind_choices, line->kind),
               line->description);
    if (line->is_open) {
        buf_text(out, "  Which part it is, is chosen at write-up; it has no price before.\n\n");
        return;
    }
    buf_printf(out, "  %s x %s = %s, to the nearest cent\n", qty_text(line->quantity, quantity),
               SHOW(line->price), SHOW(line->amount));
    buf_printf(out, "  Price %s: %s\n", SHOW(line->price),
               line->is_today ? choice_label(&price_rule_choices, line->price_rule)
                              : "written in the canned job");
    if (line->is_today && !text_is_empty(line->price_why))
        buf_printf(out, "  (%s)\n", line->price_why);
    buf_char(out, '\n');
}

void canned_page_explain(struct view *view, const struct action *action)
{
    struct canned_page *page = canned_page_of(view);
    const struct canned_quote *quote = canned_quote_of(page);
    AUTO_BUF out = BUF(1u << 20);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (canned_line_of(page) != NULL)
        explain_line(&out, canned_line_of(page));
    buf_printf(&out,
               "The canned job, before tax, at today's prices for nobody in particular\n  %s\n",
               sum_text(quote, &arena));
    if (canned_has_menu(quote))
        buf_printf(
            &out,
            "  %s\n  Menu price %s - parts, sublet and fees %s = %s for labor, spread in the "
            "proportion of its lines\n",
            menu_text(quote, &arena), SHOW(quote->menu_price),
            SHOW(((struct money){quote->sum.cents - quote->labor.cents})),
            SHOW(((struct money){quote->labor.cents + quote->difference.cents})));
    if (desk_holds(desk_of(view), RIGHT_COSTS_VIEW))
        buf_printf(&out, "  Gross profit: %s - cost %s = %s\n", SHOW(quote->total),
                   SHOW(quote->cost), SHOW(quote->profit));
    textpage_open(view->app, arena_printf(&arena, "%s · where the figures come from", quote->code),
                  buf_str(&out));
}
