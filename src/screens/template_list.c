/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Order templates, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column template_columns[] = {
    {.name = "name", .width = 16, .grow = 1},
    {.name = "jobs", .width = 6},
    {.name = "titles", .width = 20, .grow = 3},
};
static const struct action template_actions[] = {
    {"Enter", "template.show", "open", NEEDS_ROW, NULL, "Shows its jobs."},
    {"R", "template.remove", "remove", NEEDS_ROW, NULL, "Removes it; orders written up from it stay."},
};
/* clang-format on */
const struct list_screen template_list_screen = {
    .op = "template.search",
    .title = "Order templates",
    .columns = template_columns,
    .column_count = COUNT_OF(template_columns),
    .actions = template_actions,
    .action_count = COUNT_OF(template_actions),
    .empty = "No templates yet. On an order, S keeps its jobs as one and T adds one.",
};
