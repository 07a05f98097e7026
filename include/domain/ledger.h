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
    ACCOUNT_WORK_IN_PROCESS,     /* parts pulled for open orders */
    ACCOUNT_RECEIVED_NOT_BILLED, /* deliveries against purchase orders */
    ACCOUNT_PURCHASE_DIFFERENCE, /* bills that differ from their deliveries */
    ACCOUNT_VENDOR_CREDIT,       /* claims: returns, core deposits paid, warranty */
    ACCOUNT_CORE_DEPOSIT,        /* core charges customers may have back */
    ACCOUNT_CARD_PAYABLE,        /* the shop's own credit cards */
    ACCOUNT_CASH_SHORT,          /* what a count of the drawer finds less, or more */
    ACCOUNT_PETTY_EXPENSE,       /* pay-outs that name no account */
    ACCOUNT_BAD_DEBT,            /* invoices nobody will pay any more */
    ACCOUNT_INTERNAL_COST,       /* of jobs the shop pays for itself */
    ACCOUNT_WARRANTY_COST,       /* of jobs its warranty pays for */
    ACCOUNT_BANK_CHARGE,         /* what the bank takes, for checks that came back */
    ACCOUNT_GIFT_CERTIFICATE,    /* certificates and store credit not yet brought */
    ACCOUNT_LATE_FEE,            /* late fees, and fees for checks that came back */
    ACCOUNT_GOODWILL,            /* store credit that was given */
    ACCOUNT_ROLE_COUNT
};
extern const struct choices account_role_choices;

/* One line of an entry: debit positive. Lines of amount 0 are left out by ledger_post. */
struct ledger_line {
    enum account_role account;
    struct money amount;
    struct customer_id customer;
    struct account_id other; /* not 0: this account of the chart, instead of a role's */
};
/* The day on which what happens now is posted: today, or once today is closed the day after the
 * last closed one. Documents take it as their own. One look at the end of a small index. */
status ledger_open_day(struct session *s, struct day *ret_day) MUST_USE;
/* What the running operation posts lands on this day, which is not closed, and so does all that
 * follows from it: ledger_open_day answers with it. None, or today, changes nothing. `meant`: a day
 * before today was asked about. Refuses at the fields `field` and `question`. */
status ledger_post_on(struct session *s, struct day day, bool meant, const char *field,
                      const char *question) MUST_USE;
/* Posts an entry: what happens on a day that is closed already goes to ledger_open_day and says so
 * in its memo; any other closed day is refused. Refuses one that does not balance (ERR_CORRUPT: a
 * program error) and keeps the day sums. source: a word of entry.source in schema.sql. Where every
 * line is 0 nothing is posted and the entry is 0. */
status ledger_post(struct session *s, struct day posted_on, const char *source, int64_t source_id,
                   const char *memo, const struct ledger_line *lines, size_t count,
                   struct entry_id *ret_entry) MUST_USE;
/* Posts the reverse of a posted entry, line by line, on ledger_open_day; the source is the same. An
 * entry is reversed once. */
status ledger_reverse(struct session *s, struct entry_id entry, const char *memo,
                      struct entry_id *ret_entry) MUST_USE;
/* Balance of a role's account, all days; debit positive. */
status ledger_balance(struct session *s, enum account_role role,
                      struct money *ret_balance) MUST_USE;
/* Writes the chart of accounts into a new shop from the text of data/accounts.tsv. */
status ledger_open(struct session *s) MUST_USE;
/* Recomputes everything: every entry balances and is posted, day sums = lines, receivables by
 * customer = open invoices = what customers owe, credit = customers' credit = what is left of their
 * payments, inventory = parts' stock value = movements = bins, work in process = what is pulled for
 * open orders, invoices = their jobs, lines, taxes and
 * payments, invoice numbers have no gap. ERR_CORRUPT names the first difference. */
status ledger_prove(struct session *s) MUST_USE;

enum account_kind {
    ACCOUNT_KIND_ASSET,
    ACCOUNT_KIND_LIABILITY,
    ACCOUNT_KIND_EQUITY,
    ACCOUNT_KIND_INCOME,
    ACCOUNT_KIND_COST,
    ACCOUNT_KIND_EXPENSE
};
extern const struct choices account_kind_choices;

/* One line of the chart. The balance is in the account's own direction: a debt is positive on a
 * liability, a sale on an income account. */
struct account_row {
    struct account_id id;
    const char *name;
    enum account_kind kind;
    const char *role; /* word of account_role, "" for none */
    struct money balance;
};

struct trial_balance_query {
    struct day as_of; /* none: today */
};
struct trial_balance_row {
    struct account_id account;
    const char *name;
    enum account_kind kind;
    struct money debit, credit; /* one of the two is 0 */
};
struct trial_balance {
    struct day as_of;
    struct rows accounts; /* of struct trial_balance_row, in order of number */
    struct money debit, credit;
};

struct entry_row {
    struct entry_id id;
    struct day posted_on;
    const char *memo, *source;
    struct source_id {
        int64_t v;
    } source_id;         /* of the invoice, payment … named by source */
    struct money amount; /* sum of its debits */
};
struct entry_list {
    struct list_query query;
    struct account_id account;
    struct day from_on, to_on;
};
struct entry_query {
    struct entry_id entry;
};
struct entry_line_row {
    struct account_id account;
    const char *name, *customer_name;
    struct money debit, credit;
};
struct entry {
    struct entry_id id;
    struct day posted_on;
    struct instant at;
    const char *memo, *source;
    struct source_id source_id;
    struct entry_id reverses;
    struct rows lines; /* of struct entry_line_row */
};

/* What a proof that found nothing wrong has looked at. */
struct ledger_proof {
    int64_t entries, invoices, payments;
    struct money receivable, customer_credit, inventory;
};

/* One line of the journal, beside its entry's head. */
struct journal_line {
    struct entry_id entry;
    struct day posted_on;
    const char *memo, *source;
    struct source_id source_id;
    struct entry_id reverses;
    const char *payee; /* the one customer of the entry, "" for none or several */
    struct account_id account;
    struct money amount; /* debit positive */
    struct customer_id customer;
    const char *customer_name;
};
/* Every line of these days (none: from the first, to the last) by day, entry and place in it; the
 * lines of an entry come behind one another. `each` gets struct journal_line; what it answers but
 * OK ends the walk and is the result. One walk along an index, in memory of one line. */
status ledger_journal(struct session *s, struct day from_on, struct day to_on,
                      status (*each)(void *context, const void *line), void *context) MUST_USE;

/* ledger.accounts (list of account_row), ledger.trial-balance (trial_balance_query →
 * trial_balance), ledger.entries (entry_list: list of entry_row), ledger.entry (entry_query →
 * entry), ledger.prove (→ ledger_proof) */
extern const struct op ledger_account_list_op, ledger_trial_balance_op, ledger_entry_list_op,
    ledger_entry_show_op, ledger_prove_op;

#endif
