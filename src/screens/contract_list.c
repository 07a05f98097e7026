/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of contract prices, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column contract_columns[] = {
    {.name = "customer_name", .width = 16, .grow = 2},
    {.name = "sku", .width = 10},
    {.name = "category", .width = 10},
    {.name = "price", .width = 10},
    {.name = "off_ppm", .width = 8},
    {.name = "from_on", .width = 11, .below = 100},
    {.name = "until_on", .width = 11},
};
static const struct list_filter contract_filters[] = {
    {"Held and to come", NULL, NULL},
    {"Ended too", "ended", "yes"},
};
static const struct action contract_actions[] = {
    {"Enter", "contract.show", "open", NEEDS_ROW, NULL, "Opens the contract price."},
    {"F6 n", "contract.add", "new", NEEDS_NOTHING, NULL, "Adds a price agreed with a customer."},
    {"e", "contract.edit", "change", NEEDS_ROW, NULL, "Changes it."},
    {"R", "contract.remove", "remove", NEEDS_ROW, NULL, "Removes it.", ACTION_QUIET},
};
/* clang-format on */
const struct list_screen contract_list_screen = {
    .op = "contract.list",
    .title = "Contract prices",
    .columns = contract_columns,
    .column_count = COUNT_OF(contract_columns),
    .filters = contract_filters,
    .filter_count = COUNT_OF(contract_filters),
    .actions = contract_actions,
    .action_count = COUNT_OF(contract_actions),
    .empty = "No price is agreed with anybody. F6 adds one.",
};
