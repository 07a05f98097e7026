/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The parts catalog, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column part_columns[] = {
    {.name = "sku", .width = 14},
    {.name = "name", .width = 22, .grow = 2},
    {.name = "on_hand", .width = 8},
    {.name = "available", .width = 9, .below = 100},
    {.name = "on_order", .width = 8, .below = 110},
    {.name = "price", .width = 10},
    {.name = "cost", .width = 10, .below = 90},
    {.name = "bin", .width = 6, .below = 80},
    {.name = "vendor", .width = 14, .grow = 1, .below = 120},
};
static const struct list_filter part_filters[] = {
    {"Active", NULL, NULL},
    {"Archived too", "archived", "yes"},
};
static const struct action part_actions[] = {
    {"Enter", "part.show", "open", NEEDS_ROW, NULL, "Opens the part."},
    {"F6 n", "part.add", "new", NEEDS_NOTHING, NULL, "Adds a part to the catalog."},
    {"e", "part.edit", "change", NEEDS_ROW, NULL, "Changes the part."},
    {"c", "part.adjust", "set stock", NEEDS_ROW, NULL, "Sets what is on the shelf."},
    {"A", "part.archive", "archive", NEEDS_ROW, NULL, "Puts the part away.", ACTION_QUIET},
};
/* clang-format on */
const struct list_screen part_list_screen = {
    .op = "part.search",
    .title = "Parts",
    .columns = part_columns,
    .column_count = COUNT_OF(part_columns),
    .filters = part_filters,
    .filter_count = COUNT_OF(part_filters),
    .actions = part_actions,
    .action_count = COUNT_OF(part_actions),
    .empty = "No parts match. F6 adds one.",
};
