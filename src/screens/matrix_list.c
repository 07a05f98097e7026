/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of parts matrices, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column matrix_columns[] = {
    {.name = "name", .width = 24, .grow = 2},
    {.name = "rule", .width = 18},
    {.name = "tiers", .width = 6},
    {.name = "rounding", .width = 14},
};
static const struct action matrix_actions[] = {
    {"Enter", "matrix.show", "open", NEEDS_ROW, NULL, "Opens the matrix."},
    {"F6 n", "matrix.add", "new", NEEDS_NOTHING, NULL, "Adds a matrix: the shop's, a category's or a customer's."},
    {"e", "matrix.set", "change", NEEDS_ROW, NULL, "Changes the tiers."},
    {"t", "matrix.try", "try a price", NEEDS_NOTHING, NULL, "Shows what a cost would be sold for, and why."},
    {"R", "matrix.remove", "remove", NEEDS_ROW, NULL, "Removes the matrix.", ACTION_QUIET},
};
/* clang-format on */
const struct list_screen matrix_list_screen = {
    .op = "matrix.list",
    .title = "Parts matrix",
    .columns = matrix_columns,
    .column_count = COUNT_OF(matrix_columns),
    .actions = matrix_actions,
    .action_count = COUNT_OF(matrix_actions),
    .empty = "No parts matrix: parts are sold at list price. F6 adds one.",
};
