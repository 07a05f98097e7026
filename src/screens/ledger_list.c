/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The lists of accounts and entries, as tables. */

#include "inner.h"

/* clang-format off */
static const struct column ledger_account_columns[] = {
    {.name = "id", .width = 7, .label = "No."},
    {.name = "name", .width = 24, .grow = 2},
    {.name = "kind", .width = 10},
    {.name = "balance", .width = 13},
    {.name = "role", .width = 16, .below = 100},
};
static const struct action ledger_account_actions[] = {
    {"Enter", "ledger.entries", "entries", NEEDS_ROW, NULL, "Lists the entries of the account."},
    {"b", "ledger.trial-balance", "trial balance", NEEDS_NOTHING, NULL, "Shows the trial balance."},
    {"P", "ledger.prove", "prove", NEEDS_NOTHING, NULL, "Recomputes everything and says if it agrees."},
};
/* clang-format on */
const struct list_screen ledger_account_list_screen = {
    .op = "ledger.accounts",
    .title = "Accounts",
    .noun = "account",
    .columns = ledger_account_columns,
    .column_count = COUNT_OF(ledger_account_columns),
    .actions = ledger_account_actions,
    .action_count = COUNT_OF(ledger_account_actions),
    .empty = "There are no accounts.",
};

/* clang-format off */
static const struct column ledger_entry_columns[] = {
    {.name = "id", .width = 8, .label = "No."},
    {.name = "posted_on", .width = 11},
    {.name = "memo", .width = 24, .grow = 2},
    {.name = "source", .width = 10, .below = 90},
    {.name = "source_id", .width = 8, .below = 100, .label = "Of"},
    {.name = "amount", .width = 13},
};
static const struct action ledger_entry_actions[] = {
    {"Enter", "ledger.entry", "open", NEEDS_ROW, NULL, "Shows the lines of the entry."},
};
/* clang-format on */
const struct list_screen ledger_entry_list_screen = {
    .op = "ledger.entries",
    .title = "Ledger entries",
    .noun = "entry",
    .columns = ledger_entry_columns,
    .column_count = COUNT_OF(ledger_entry_columns),
    .actions = ledger_entry_actions,
    .action_count = COUNT_OF(ledger_entry_actions),
    .newest_first = true,
    .sort = "id",
    .empty = "No entries here.",
};
