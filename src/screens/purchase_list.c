/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Purchase orders and what is to be ordered, as tables. */

#include "domain/purchase.h"

#include "base/text.h"
#include "buying.h"
#include "ui/dialog.h"

static const char *purchase_cell(void *context, const void *row, const char *column,
                                 struct arena *scratch, enum ink *ink)
{
    const struct purchase_row *order = row;
    char day[DAY_TEXT_MAX];

    (void)context;
    if (text_same(column, "state") && order->state == PURCHASE_DRAFT)
        *ink = INK_WARN;
    if (!text_same(column, "due_on") || !order->late)
        return NULL;
    *ink = INK_BAD;
    return arena_printf(scratch, "%s LATE", day_show_short(order->due_on, day));
}

static void receive_row(struct view *view, const struct action *action)
{
    struct subject subject;

    (void)action;
    if (desk_subject(view, &subject) && text_same(subject.noun, "purchase"))
        receive_screen_open(desk_of(view), subject.id);
}

/* clang-format off */
static const struct column purchase_columns[] = {
    {.name = "id", .width = 6},
    {.name = "state", .width = 17},
    {.name = "vendor_name", .width = 14, .grow = 2},
    {.name = "due_on", .width = 15},
    {.name = "open", .width = 8, .below = 90},
    {.name = "lines", .width = 6, .below = 90},
    {.name = "total", .width = 11, .below = 70},
    {.name = "made_at", .width = 17, .below = 110},
};
static const struct list_filter purchase_filters[] = {
    {"Open", "open", "yes"},
    {"All", NULL, NULL},
};
static const struct action purchase_actions[] = {
    {"Enter", "purchase.show", "open", NEEDS_ROW, NULL, "Opens the order."},
    {"r", "purchase.receive", "receive", NEEDS_ROW, receive_row, "Receives what came of it."},
    {"F6 n", "purchase.start", "new", NEEDS_NOTHING, NULL, "Begins an order to a vendor."},
    {"t", "part.reorder", "to order", NEEDS_NOTHING, NULL, "Shows what is to be ordered."},
};
/* clang-format on */
const struct list_screen purchase_list_screen = {
    .op = "purchase.search",
    .title = "Purchase orders",
    .noun = "purchase",
    .columns = purchase_columns,
    .column_count = COUNT_OF(purchase_columns),
    .filters = purchase_filters,
    .filter_count = COUNT_OF(purchase_filters),
    .actions = purchase_actions,
    .action_count = COUNT_OF(purchase_actions),
    .cell = purchase_cell,
    .empty = "Nothing is on order. F6 begins one; f shows the others.",
};

/* --- To order --- */

static const char *reorder_cell(void *context, const void *row, const char *column,
                                struct arena *scratch, enum ink *ink)
{
    const struct reorder_row *at = row;

    (void)context;
    (void)scratch;
    if (text_same(column, "suggested") && at->suggested.thousandths == 0)
        return "";
    if (text_same(column, "why"))
        *ink = at->why == REORDER_NEEDED || at->why == REORDER_DUE ? INK_BAD
               : at->why == REORDER_BELOW_LOW                      ? INK_WARN
                                                                   : INK_MUTED;
    return NULL;
}

/* What was written is on screen; what could not be ordered is told. */
static void show_drafts(struct view *view, const struct purchase_drafts *drafts)
{
    struct desk *desk = desk_of(view);
    const struct purchase_row *row = drafts->purchases.at;

    AUTO_ARENA arena = ARENA_EMPTY;
    const char *warning = arena_text(&arena, drafts->warning);
    const char *note = arena_text(&arena, drafts->note);
    if (drafts->purchases.count == 1)
        desk_open_record(desk, "purchase", row->id.v);
    else
        desk_open_op(desk, &purchase_search_op, NULL);
    if (*warning != '\0')
        dialog_tell(desk->app, "Not all of it is ordered", warning);
    else if (*note != '\0')
        dialog_tell(desk->app, "Whole packs are ordered", note);
    else
        app_say(desk->app, "Drafts are written. Look at them, then send them.");
}

static void order_parts_written(struct view *asker, const void *out, void *context)
{
    (void)context;
    show_drafts(asker, out);
}

void purchase_from_order_open(struct desk *desk, const struct purchase_from_order *in)
{
    op_form_open(desk, &(struct op_form){
                           .op = &purchase_from_order_op, .in = in, .saved = order_parts_written});
}

static void order_all(struct view *view, const struct action *action)
{
    struct desk *desk = desk_of(view);
    struct purchase_drafts drafts;
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (desk_call(desk, &arena, &purchase_from_alerts_op,
                  desk_input(desk, &arena, &purchase_from_alerts_op), &drafts) == OK)
        show_drafts(view, &drafts);
}

static void order_one(struct view *view, const struct action *action)
{
    struct desk *desk = desk_of(view);
    struct subject subject;
    struct purchase_drafts drafts;
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (!desk_subject(view, &subject) || subject.row == NULL)
        return;
    const struct reorder_row *row = subject.row;
    if (row->part.v == 0) {
        desk_open_record(desk, "purchase", row->purchase.v);
        return;
    }
    if (desk_call(desk, &arena, &purchase_from_alerts_op,
                  &(struct purchase_from_alerts){.part = row->part}, &drafts) == OK)
        show_drafts(view, &drafts);
}

/* The part, or the order that is due. */
static void open_row(struct view *view, const struct action *action)
{
    struct subject subject;

    (void)action;
    if (!desk_subject(view, &subject) || subject.row == NULL)
        return;
    const struct reorder_row *row = subject.row;
    if (row->why == REORDER_DUE)
        desk_open_record(desk_of(view), "purchase", row->purchase.v);
    else
        desk_open_record(desk_of(view), "part", row->part.v);
}

/* clang-format off */
static const struct column reorder_columns[] = {
    {.name = "why", .width = 13},
    {.name = "sku", .width = 12},
    {.name = "name", .width = 18, .grow = 2, .below = 100},
    {.name = "available", .width = 9},
    {.name = "on_order", .width = 8, .below = 100},
    {.name = "low", .width = 6, .below = 135},
    {.name = "high", .width = 6, .below = 135},
    {.name = "suggested", .width = 6},
    {.name = "vendor_name", .width = 12, .grow = 1, .below = 75},
    {.name = "about", .width = 10, .grow = 2},
};
static const struct list_filter reorder_filters[] = {
    {"All", NULL, NULL},
    {"Needed", "why", "needed"},
    {"Below least", "why", "low"},
    {"Due", "why", "due"},
    {"Not moving", "why", "no_movement"},
    {"Too many", "why", "overstock"},
};
static const struct action reorder_actions[] = {
    {"o", "purchase.from-alerts", "order all", NEEDS_NOTHING, order_all, "Writes a draft for each vendor of what is needed or short."},
    {"O", "purchase.from-alerts", "order this", NEEDS_ROW, order_one, "Writes a draft for this part."},
    {"Enter", "part.show", "open", NEEDS_ROW, open_row, "Opens the part, or the order that is due."},
    {"p", "purchase.search", "orders", NEEDS_NOTHING, NULL, "Shows the purchase orders."},
};
/* clang-format on */
const struct list_screen reorder_list_screen = {
    .op = "part.reorder",
    .title = "To order",
    .noun = "part",
    .columns = reorder_columns,
    .column_count = COUNT_OF(reorder_columns),
    .filters = reorder_filters,
    .filter_count = COUNT_OF(reorder_filters),
    .actions = reorder_actions,
    .action_count = COUNT_OF(reorder_actions),
    .cell = reorder_cell,
    .empty = "Nothing is needed, short, due or too much.",
};
