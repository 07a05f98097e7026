/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Count sheets, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column count_columns[] = {
    {.name = "id", .width = 7},
    {.name = "title", .width = 22, .grow = 2},
    {.name = "state", .width = 10},
    {.name = "lines", .width = 7},
    {.name = "counted", .width = 8},
    {.name = "frozen_at", .width = 17, .below = 100},
    {.name = "made_by", .width = 14, .below = 100},
};
static const struct list_filter count_filters[] = {
    {"Open", "open", "yes"},
    {"All", NULL, NULL},
};
static const struct action count_actions[] = {
    {"Enter", "count.show", "open", NEEDS_ROW, NULL, "Opens the sheet."},
    {"F6 n", "count.start", "new", NEEDS_NOTHING, NULL, "Starts a count."},
    {"p", "count.plan", "plan", NEEDS_NOTHING, NULL, "Shows how often parts are counted."},
};
/* clang-format on */
const struct list_screen count_list_screen = {
    .op = "count.search",
    .title = "Counts",
    .noun = "count",
    .columns = count_columns,
    .column_count = COUNT_OF(count_columns),
    .filters = count_filters,
    .filter_count = COUNT_OF(count_filters),
    .actions = count_actions,
    .action_count = COUNT_OF(count_actions),
    .empty = "No count is open. F6 starts one.",
};
