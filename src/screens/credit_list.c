/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of credit memos, as a table. */

#include "domain/credit.h"

#include "inner.h"
#include "print_menu.h"

static void print_row(struct view *view, const struct action *action)
{
    (void)action;
    print_menu_of_row(view, DOCUMENT_CREDIT, "credit memo");
}

/* clang-format off */
static const struct column credit_columns[] = {
    {.name = "id", .width = 7},
    {.name = "customer_name", .width = 14, .grow = 2},
    {.name = "invoice", .width = 8},
    {.name = "issued_on", .width = 11},
    {.name = "reason", .width = 14, .grow = 2, .below = 90},
    {.name = "total", .width = 10},
    {.name = "applied", .width = 10, .below = 110},
    {.name = "credit", .width = 10},
};
static const struct action credit_actions[] = {
    {"Enter", "credit.show", "open", NEEDS_ROW, NULL, "Opens the credit memo."},
    {"F8", "document.print", "print", NEEDS_ROW, print_row, "The paper of it."},
};
/* clang-format on */

const struct list_screen credit_list_screen = {
    .op = "credit.search",
    .title = "Credit memos",
    .columns = credit_columns,
    .column_count = COUNT_OF(credit_columns),
    .actions = credit_actions,
    .action_count = COUNT_OF(credit_actions),
    .newest_first = true,
    .sort = "id",
    .empty = "No credit memos. C on an invoice gives one.",
};
