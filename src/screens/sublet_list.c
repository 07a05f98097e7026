/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Sublet work as a table: what is out, what is late, what waits for the vendor's bill. */

#include "domain/sublet.h"

#include "base/text.h"
#include "inner.h"

static const char *sublet_cell(void *context, const void *row, const char *column,
                               struct arena *scratch, enum ink *ink)
{
    const struct sublet *sublet = row;
    char day[DAY_TEXT_MAX];

    (void)context;
    if (!text_same(column, "due_on"))
        return NULL;
    if (sublet->back_on.iso[0] != '\0')
        return arena_printf(scratch, "back %s", day_show_short(sublet->back_on, day));
    if (sublet->due_on.iso[0] == '\0')
        return "out";
    if (!sublet->late)
        return day_show_short(sublet->due_on, arena_alloc(scratch, DAY_TEXT_MAX));
    *ink = INK_BAD;
    return arena_printf(scratch, "%s LATE", day_show_short(sublet->due_on, day));
}

static void open_order(struct view *view, const struct action *action)
{
    struct subject subject;

    (void)action;
    if (desk_subject(view, &subject) && subject.row != NULL)
        desk_open_record(desk_of(view), "order", ((const struct sublet *)subject.row)->order.v);
}

/* clang-format off */
static const struct column sublet_columns[] = {
    {.name = "order", .width = 6},
    {.name = "vehicle_name", .width = 12, .grow = 1, .below = 100},
    {.name = "description", .width = 12, .grow = 2},
    {.name = "vendor_name", .width = 14, .grow = 1},
    {.name = "vendor_invoice", .width = 12, .label = "Invoice"},
    {.name = "amount", .width = 10, .label = "Cost"},
    {.name = "due_on", .width = 12, .below = 100},
    {.name = "bill", .width = 6, .below = 90},
};
static const struct list_filter sublet_filters[] = {
    {"Not billed", NULL, NULL},
    {"Billed too", "billed", "yes"},
};
static const struct action sublet_actions[] = {
    {"Enter", "order.show", "order", NEEDS_ROW, open_order, "Opens the repair order it is for."},
    {"e", "sublet.set", "vendor", NEEDS_ROW, NULL, "Vendor, number of the invoice, cost, when it is back."},
    {"b", "sublet.bill", "bill", NEEDS_ROW, NULL, "Enters the vendor's bill for all lines of this number."},
};
/* clang-format on */
const struct list_screen sublet_list_screen = {
    .op = "sublet.search",
    .title = "Sublet work",
    .noun = "sublet",
    .columns = sublet_columns,
    .column_count = COUNT_OF(sublet_columns),
    .filters = sublet_filters,
    .filter_count = COUNT_OF(sublet_filters),
    .actions = sublet_actions,
    .action_count = COUNT_OF(sublet_actions),
    .cell = sublet_cell,
    .empty = "No sublet work waits for a bill. On an order, b names the vendor of a line.",
};
