/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Vendors, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column vendor_columns[] = {
    {.name = "name", .width = 24, .grow = 2, .sort = "name"},
    {.name = "phone", .width = 15},
    {.name = "account_number", .width = 14, .label = "Account", .below = 70},
    {.name = "terms_days", .width = 6},
    {.name = "owes", .width = 12, .sort = "owes"},
};
static const struct list_filter vendor_filters[] = {
    {"In use", NULL, NULL},
    {"Archived too", "archived", "yes"},
};
static const struct action vendor_actions[] = {
    {"Enter", "vendor.show", "open", NEEDS_ROW, NULL, "Opens the vendor."},
    {"F6 n", "vendor.add", "new", NEEDS_NOTHING, NULL, "Adds a vendor."},
    {"o", "purchase.start", "order", NEEDS_ROW, NULL, "Begins a purchase order."},
    {"b", "bill.enter", "bill", NEEDS_ROW, NULL, "Enters a bill."},
};
/* clang-format on */
const struct list_screen vendor_list_screen = {
    .op = "vendor.search",
    .title = "Vendors",
    .noun = "vendor",
    .columns = vendor_columns,
    .column_count = COUNT_OF(vendor_columns),
    .filters = vendor_filters,
    .filter_count = COUNT_OF(vendor_filters),
    .actions = vendor_actions,
    .action_count = COUNT_OF(vendor_actions),
    .empty = "No vendors here. F6 adds one.",
};
