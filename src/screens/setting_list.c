/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of taxing jurisdictions, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column tax_columns[] = {
    {.name = "name", .width = 20, .grow = 2},
    {.name = "rate", .width = 9},
    {.name = "classes", .width = 30, .grow = 1},
};
static const struct action tax_actions[] = {
    {"e", "tax.set", "change", NEEDS_NOTHING, NULL, "Replaces the list of taxes."},
    {"S", "setting.show", "settings", NEEDS_NOTHING, NULL, "Shows the shop's settings."},
};
/* clang-format on */
const struct list_screen tax_list_screen = {
    .op = "tax.list",
    .title = "Taxes",
    .columns = tax_columns,
    .column_count = COUNT_OF(tax_columns),
    .actions = tax_actions,
    .action_count = COUNT_OF(tax_actions),
    .empty = "No tax is charged. e sets the taxes.",
};
