/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of repair orders, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column order_columns[] = {
    {.name = "id", .width = 7, .label = "RO"},
    {.name = "state", .width = 15},
    {.name = "customer_name", .width = 18, .grow = 2},
    {.name = "vehicle_name", .width = 20, .grow = 2},
    {.name = "promised_at", .width = 17, .below = 90},
    {.name = "total", .width = 11},
    {.name = "plate", .width = 9, .below = 110},
    {.name = "key_tag", .width = 5, .below = 120, .label = "Tag"},
    {.name = "writer_name", .width = 14, .below = 130},
};
static const struct list_filter order_filters[] = {
    {"Open", "open", "yes"},
    {"All", NULL, NULL},
};
static const struct action order_actions[] = {
    {"Enter", "order.show", "open", NEEDS_ROW, NULL, "Opens the repair order."},
    {"F6 n", "estimate.start", "new", NEEDS_NOTHING, NULL, "Starts a repair order."},
    {"I", "invoice.post", "invoice", NEEDS_ROW, NULL, "Posts the invoice.", ACTION_QUIET},
};
/* clang-format on */
const struct list_screen order_list_screen = {
    .op = "order.search",
    .title = "Repair orders",
    .columns = order_columns,
    .column_count = COUNT_OF(order_columns),
    .filters = order_filters,
    .filter_count = COUNT_OF(order_filters),
    .actions = order_actions,
    .action_count = COUNT_OF(order_actions),
    .empty = "No repair orders here. F6 starts one.",
};
