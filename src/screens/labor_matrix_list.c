/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of labor matrices, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column labor_matrix_columns[] = {
    {.name = "name", .width = 24, .grow = 2},
    {.name = "whose", .width = 14},
    {.name = "tiers", .width = 6},
};
static const struct action labor_matrix_actions[] = {
    {"Enter", "labor-matrix.show", "open", NEEDS_ROW, NULL, "Opens the labor matrix."},
    {"F6 n", "labor-matrix.add", "new", NEEDS_NOTHING, NULL, "Adds a labor matrix: the shop's, a labor rate's or a customer's."},
    {"e", "labor-matrix.set", "change", NEEDS_ROW, NULL, "Changes the tiers."},
    {"t", "labor-matrix.try", "try hours", NEEDS_NOTHING, NULL, "Shows what an hour would be sold for, and why."},
    {"R", "labor-matrix.remove", "remove", NEEDS_ROW, NULL, "Removes the labor matrix.", ACTION_QUIET},
};
/* clang-format on */
const struct list_screen labor_matrix_list_screen = {
    .op = "labor-matrix.list",
    .title = "Labor matrix",
    .columns = labor_matrix_columns,
    .column_count = COUNT_OF(labor_matrix_columns),
    .actions = labor_matrix_actions,
    .action_count = COUNT_OF(labor_matrix_actions),
    .empty = "No labor matrix: an hour costs its labor rate. F6 adds one.",
};
