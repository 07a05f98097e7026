/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of invoices, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column invoice_columns[] = {
    {.name = "id", .width = 8},
    {.name = "status", .width = 14},
    {.name = "customer_name", .width = 18, .grow = 2},
    {.name = "vehicle_name", .width = 20, .grow = 2, .below = 100},
    {.name = "posted_on", .width = 11, .sort = "posted_on"},
    {.name = "due_on", .width = 11, .below = 110, .sort = "due_on"},
    {.name = "total", .width = 11},
    {.name = "balance", .width = 11},
    {.name = "order", .width = 7, .below = 120},
};
static const struct list_filter invoice_filters[] = {
    {"Open", "open", "yes"},
    {"All", NULL, NULL},
};
static const struct action invoice_actions[] = {
    {"Enter", "invoice.show", "open", NEEDS_ROW, NULL, "Opens the invoice."},
    {"F7 p", "payment.take", "pay", NEEDS_ROW, NULL, "Takes a payment."},
};
/* clang-format on */
const struct list_screen invoice_list_screen = {
    .op = "invoice.search",
    .title = "Invoices",
    .columns = invoice_columns,
    .column_count = COUNT_OF(invoice_columns),
    .filters = invoice_filters,
    .filter_count = COUNT_OF(invoice_filters),
    .actions = invoice_actions,
    .action_count = COUNT_OF(invoice_actions),
    .newest_first = true,
    .sort = "posted_on",
    .empty = "No invoices here. f shows paid ones, too.",
};
