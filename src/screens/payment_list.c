/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of payments, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column payment_columns[] = {
    {.name = "id", .width = 8},
    {.name = "taken_on", .width = 11},
    {.name = "customer_name", .width = 18, .grow = 2},
    {.name = "method", .width = 8},
    {.name = "details", .width = 20, .grow = 1, .below = 90},
    {.name = "tendered", .width = 11, .below = 110},
    {.name = "change", .width = 9, .below = 120},
    {.name = "amount", .width = 11},
    {.name = "status", .width = 15, .below = 100},
    {.name = "applied", .width = 11, .below = 100},
};
static const struct action payment_actions[] = {
    {"Enter", "payment.show", "open", NEEDS_ROW, NULL, "Shows the payment, its invoices, and what went back of it."},
    {"F6 n", "payment.deposit", "deposit", NEEDS_NOTHING, NULL, "Takes a deposit before there is an invoice."},
    {"v", "payment.void", "void", NEEDS_ROW, NULL, "Undoes a payment that was taken today."},
};
/* clang-format on */
const struct list_screen payment_list_screen = {
    .op = "payment.search",
    .title = "Payments",
    .columns = payment_columns,
    .column_count = COUNT_OF(payment_columns),
    .actions = payment_actions,
    .action_count = COUNT_OF(payment_actions),
    .newest_first = true,
    .sort = "taken_on",
    .empty = "No payments here.",
};
