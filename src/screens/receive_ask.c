/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is asked while a delivery is unpacked: how many came, what one costs, freight and slip. */

#include <stdlib.h>

#include "base/text.h"
#include "receive_page.h"
#include "ui/dialog.h"

/* ---- how many ---- */

static const char *name_of(const void *row, struct arena *arena)
{
    const struct came *came = row;

    (void)arena;
    return *came->sku != '\0' ? came->sku : came->description;
}

static status quantity_check(const void *row, int64_t amount, struct fault *fault)
{
    (void)row;
    if (amount == NUMBER_NONE)
        return fault_field(fault, "quantity", "Write how many came, 0 for none.");
    if (amount < 0)
        return fault_field(fault, "quantity", "Nothing less than 0 can come.");
    return OK;
}

/* The cursor goes where the box came from, and the line says whom it is for. */
static void say_here(struct view *view, void *row, int64_t before)
{
    struct receive_page *page = view->state;
    const struct came *came = row;
    char now[NUMBER_TEXT_MAX], open[NUMBER_TEXT_MAX];

    (void)before;
    if (*came->sku != '\0')
        rowlist_select_text(&page->amounts.list, "sku", came->sku);
    app_say(view->app, "%s of %s: %s of %s%s%s", qty_text(came->here, now), name_of(row, NULL), now,
            qty_text(came->open, open), *came->order_text != '\0' ? ", put aside for " : "",
            came->order_text);
}

const struct amounts_type receive_amounts = {
    .most = "open",
    .given = "here",
    .label = "Came",
    .help_text = "description",
    .counted = true,
    .title = name_of,
    .check = quantity_check,
    .gave = say_here,
    .leave_title = "Nothing was received yet",
    .leave_text = "What was counted here is forgotten. F2 receives it.",
};

/* ---- what one costs ---- */

static status money_check(void *context, const char *text, struct fault *fault)
{
    struct money money;

    (void)context;
    TRY(money_parse(text_is_empty(text) ? "0" : text, &money, fault));
    if (money.cents < 0)
        return fault_field(fault, "cost", "Nothing costs less than 0.");
    return OK;
}

static void cost_given(struct view *asker, const char *text, void *context)
{
    struct receive_page *page = asker->state;
    struct came *came = amounts_find(&page->amounts, *(const int64_t *)context);
    char money[NUMBER_TEXT_MAX];

    if (came == NULL || money_parse(text_is_empty(text) ? "0" : text, &came->paid, NULL) != OK)
        return;
    rowlist_refresh(&page->amounts.list);
    const struct money more = {came->paid.cents - came->cost.cents};
    if (more.cents != 0)
        app_say(asker->app, "%s %s each than ordered.",
                money_show((struct money){llabs(more.cents)}, money),
                more.cents > 0 ? "more" : "less");
}

void receive_ask_cost(struct view *view, const struct action *action)
{
    struct receive_page *page = view->state;
    const struct came *came = amounts_current(&page->amounts);
    int64_t *line = NEW(&view->arena, int64_t);
    char text[NUMBER_TEXT_MAX];

    (void)action;
    if (came == NULL)
        return;
    *line = came->id.v;
    question_open(view->app, &(struct question){
                                 .title = name_of(came, &view->arena),
                                 .label = "One costs",
                                 .help = came->description,
                                 .initial = money_show(came->paid, text),
                                 .offered = true,
                                 .max = 16,
                                 .check = money_check,
                                 .answered = cost_given,
                                 .context = line,
                             });
}

/* ---- a part by its number, slip and freight ---- */

static void part_named(struct view *asker, const char *text, void *context)
{
    (void)context;
    receive_scanned(asker, text);
}

void receive_ask_part(struct view *view, const struct action *action)
{
    (void)action;
    question_open(view->app, &(struct question){
                                 .title = "One more came",
                                 .label = "Part",
                                 .help = "Bar code, part number or the vendor's number",
                                 .max = 80,
                                 .answered = part_named,
                             });
}

static void slip_given(struct view *asker, const char *text, void *context)
{
    struct receive_page *page = asker->state;

    (void)context;
    page->slip = arena_text(&asker->arena, text);
    app_redraw(asker->app);
}

void receive_ask_slip(struct view *view, const struct action *action)
{
    const struct receive_page *page = view->state;

    (void)action;
    question_open(view->app, &(struct question){.title = "Packing slip",
                                                .label = "Number",
                                                .initial = page->slip,
                                                .max = 60,
                                                .answered = slip_given});
}

static void freight_given(struct view *asker, const char *text, void *context)
{
    struct receive_page *page = asker->state;

    (void)context;
    if (money_parse(text_is_empty(text) ? "0" : text, &page->freight, NULL) == OK)
        app_redraw(asker->app);
}

void receive_ask_freight(struct view *view, const struct action *action)
{
    const struct receive_page *page = view->state;
    char text[NUMBER_TEXT_MAX];

    (void)action;
    question_open(view->app, &(struct question){.title = "Freight",
                                                .label = "Amount",
                                                .help = "Spread over what came, by its cost",
                                                .initial = page->freight.cents != 0
                                                               ? money_show(page->freight, text)
                                                               : "",
                                                .offered = true,
                                                .max = 16,
                                                .check = money_check,
                                                .answered = freight_given});
}

void receive_all_came(struct view *view, const struct action *action)
{
    struct receive_page *page = view->state;
    struct came *came = page->amounts.rows.at;

    (void)action;
    for (size_t i = 0; i < page->amounts.rows.count; i++)
        came[i].here = came[i].open;
    rowlist_refresh(&page->amounts.list);
    app_say(view->app, "All that is open is here. F2 receives it.");
}
