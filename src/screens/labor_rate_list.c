/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of labor rates, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column labor_rate_columns[] = {
    {.name = "name", .width = 20, .grow = 2},
    {.name = "rate", .width = 11},
    {.name = "standard", .width = 9},
};
static const struct list_filter labor_rate_filters[] = {
    {"Active", NULL, NULL},
    {"Archived too", "archived", "yes"},
};
static const struct action labor_rate_actions[] = {
    {"Enter", "labor-rate.show", "open", NEEDS_ROW, NULL, "Opens the labor rate."},
    {"F6 n", "labor-rate.add", "new", NEEDS_NOTHING, NULL, "Adds a labor rate."},
    {"e", "labor-rate.edit", "change", NEEDS_ROW, NULL, "Changes the labor rate."},
    {"A", "labor-rate.archive", "archive", NEEDS_ROW, NULL, "Puts the labor rate away.", ACTION_QUIET},
};
/* clang-format on */
const struct list_screen labor_rate_list_screen = {
    .op = "labor-rate.list",
    .title = "Labor rates",
    .columns = labor_rate_columns,
    .column_count = COUNT_OF(labor_rate_columns),
    .filters = labor_rate_filters,
    .filter_count = COUNT_OF(labor_rate_filters),
    .actions = labor_rate_actions,
    .action_count = COUNT_OF(labor_rate_actions),
    .empty = "No labor rates yet. F6 adds one.",
};
