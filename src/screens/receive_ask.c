/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is asked while a delivery is unpacked: how many came, what one costs, freight and slip. */

#include <stdlib.h>

#include "base/text.h"
#include "receive_page.h"
#include "ui/dialog.h"

static struct came *row_by_id(struct receive_page *page, int64_t id)
{
    for (size_t i = 0; i < page->count; i++)
        if (page->rows[i].id.v == id)
            return &page->rows[i];
    return NULL;
}

struct answer {
    int64_t line;
};

static status quantity_check(void *context, const char *text, struct fault *fault)
{
    struct qty quantity;

    (void)context;
    if (text_is_empty(text))
        return fault_field(fault, "quantity", "Write how many came, 0 for none.");
    TRY(qty_parse(text, &quantity, fault));
    if (quantity.thousandths < 0)
        return fault_field(fault, "quantity", "Nothing less than 0 can come.");
    return OK;
}

static void quantity_given(struct view *asker, const char *text, void *context)
{
    struct came *came = row_by_id(asker->state, ((const struct answer *)context)->line);
    struct qty quantity;

    if (came != NULL && qty_parse(text, &quantity, NULL) == OK)
        receive_set_here(asker, came, quantity.thousandths);
}

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
    struct came *came = row_by_id(page, ((const struct answer *)context)->line);
    char money[NUMBER_TEXT_MAX];

    if (came == NULL || money_parse(text_is_empty(text) ? "0" : text, &came->paid, NULL) != OK)
        return;
    rowlist_refresh(&page->list);
    const struct money more = {came->paid.cents - came->cost.cents};
    if (more.cents != 0)
        app_say(asker->app, "%s %s each than ordered.",
                money_show((struct money){llabs(more.cents)}, money),
                more.cents > 0 ? "more" : "less");
}

/* `money`: what one costs; else how many came, `typed` being the digit that opened the box. */
static void ask(struct view *view, const char *typed, bool money)
{
    struct receive_page *page = view->state;
    const struct came *came = rowlist_row(&page->list);
    struct answer *answer = NEW(&view->arena, struct answer);
    char text[NUMBER_TEXT_MAX];

    if (came == NULL)
        return;
    answer->line = came->id.v;
    question_open(view->app, &(struct question){
                                 .title = *came->sku != '\0' ? came->sku : came->description,
                                 .label = money ? "One costs" : "Came",
                                 .help = came->description,
                                 .initial = money ? money_show(came->paid, text) : typed,
                                 .max = 16,
                                 .check = money ? money_check : quantity_check,
                                 .answered = money ? cost_given : quantity_given,
                                 .context = answer,
                             });
}

void receive_ask_quantity_from(struct view *view, const char *typed)
{
    ask(view, typed, false);
}

void receive_ask_quantity(struct view *view, const struct action *action)
{
    (void)action;
    ask(view, "", false);
}

void receive_ask_cost(struct view *view, const struct action *action)
{
    (void)action;
    ask(view, "", true);
}

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
                                                .max = 16,
                                                .check = money_check,
                                                .answered = freight_given});
}

void receive_all_came(struct view *view, const struct action *action)
{
    struct receive_page *page = view->state;

    (void)action;
    for (size_t i = 0; i < page->count; i++)
        page->rows[i].here = page->rows[i].open;
    rowlist_refresh(&page->list);
    app_say(view->app, "All that is open is here. F2 receives it.");
}
