/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LEDGER_H
#define PITLANE_DOMAIN_LEDGER_H

/* The ledger kernel: accounts by role, balanced immutable entries, day sums. */

#include "domain/op.h"

/* Roles that posting rules speak of; data/accounts.tsv gives each its account. */
enum account_role {
    ACCOUNT_CASH,
    ACCOUNT_UNDEPOSITED,
    ACCOUNT_CARD_CLEARING,
    ACCOUNT_BANK,
    ACCOUNT_RECEIVABLE,
    ACCOUNT_INVENTORY,
    ACCOUNT_CUSTOMER_CREDIT,
    ACCOUNT_TAX_PAYABLE,
    ACCOUNT_PAYABLE,
    ACCOUNT_EQUITY,
    ACCOUNT_LABOR_SALES,
    ACCOUNT_PART_SALES,
    ACCOUNT_SUBLET_SALES,
    ACCOUNT_FEE_SALES,
    ACCOUNT_SUPPLIES_SALES,
    ACCOUNT_PART_COST,
    ACCOUNT_SUBLET_COST,
    ACCOUNT_SUBLET_ACCRUED,
    ACCOUNT_STOCK_ADJUSTMENT,
    ACCOUNT_ROLE_COUNT
};
extern const struct choices account_role_choices;

/* One line of an entry: debit positive. Lines of amount 0 are left out by ledger_post. */
struct ledger_line {
    enum account_role account;
    struct money amount;
    struct customer_id customer;
};
/* Posts an entry of today: refuses one that does not balance (ERR_CORRUPT: a program error) and
 * keeps the day sums. source: 'invoice', 'payment', 'stock', 'opening', 'hand'. */
status ledger_post(struct session *s, struct day posted_on, const char *source, int64_t source_id,
                   const char *memo, const struct ledger_line *lines, size_t count,
                   struct entry_id *ret_entry) MUST_USE;
/* Balance of a role's account, all days. */
status ledger_balance(struct session *s, enum account_role role,
                      struct money *ret_balance) MUST_USE;
/* Writes the chart of accounts into a new shop from the text of data/accounts.tsv. */
status ledger_open(struct session *s) MUST_USE;
/* Recomputes: every entry balances, day sums = lines, receivables = open invoices = customers'
 * owes, credit = customers' credit, inventory = parts' stock value. ERR_CORRUPT names the first
 * difference. */
status ledger_prove(struct session *s) MUST_USE;

/* ledger.accounts (list with balances), ledger.trial-balance (as of a day), ledger.entries (list),
 * ledger.entry (show), ledger.prove */
extern const struct op ledger_account_list_op, ledger_trial_balance_op, ledger_entry_list_op,
    ledger_entry_show_op, ledger_prove_op;

#endif
