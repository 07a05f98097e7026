/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of invoices, as a table. */

#include "base/text.h"
#include "domain/invoice.h"
#include "inner.h"

/* clang-format off */
static const struct column invoice_columns[] = {
    {.name = "id", .width = 7},
    {.name = "status", .width = 16},
    {.name = "customer_name", .width = 18, .grow = 2},
    {.name = "vehicle_name", .width = 20, .grow = 2, .below = 100},
    {.name = "posted_on", .width = 11, .below = 90},
    {.name = "due_on", .width = 11, .below = 135},
    {.name = "total", .width = 10},
    {.name = "balance", .width = 10},
    {.name = "order", .width = 7, .below = 120},
};
static const struct list_filter invoice_filters[] = {
    {"Open", "open", "yes"},
    {"Overdue", "overdue", "yes"},
    {"All", NULL, NULL},
};
static const struct action invoice_actions[] = {
    {"Enter", "invoice.show", "open", NEEDS_ROW, NULL, "Opens the invoice."},
    {"F7 p", "payment.take", "pay", NEEDS_ROW, NULL, "Takes a payment."},
    {"l", "late-fee.preview", "late fees", NEEDS_NOTHING, NULL, "Late fees that are due, to be looked at and charged.", ACTION_QUIET},
    {"m", "payment.bulk", "pay several", NEEDS_NOTHING, NULL, "Takes one payment for several invoices of a customer.", ACTION_QUIET},
};
/* clang-format on */
static const char *invoice_cell(void *context, const void *row, const char *column,
                                struct arena *scratch, enum ink *ink)
{
    const struct invoice_row *invoice = row;

    (void)context;
    (void)scratch;
    if (text_same(column, "status") && invoice->status == INVOICE_OVERDUE)
        *ink = INK_BAD;
    return NULL;
}

const struct list_screen invoice_list_screen = {
    .op = "invoice.search",
    .title = "Invoices",
    .columns = invoice_columns,
    .column_count = COUNT_OF(invoice_columns),
    .filters = invoice_filters,
    .filter_count = COUNT_OF(invoice_filters),
    .actions = invoice_actions,
    .action_count = COUNT_OF(invoice_actions),
    .cell = invoice_cell,
    .newest_first = true,
    .sort = "id", /* what open and all invoices can both be sorted by */
    .empty = "No invoices here. f shows paid ones, too.",
};
