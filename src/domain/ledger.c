/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The ledger's kernel: entries in, day sums beside them. What an invoice or a payment means in
 * accounts is decided in their files; reading back is ledger_list.c, proving is ledger_prove.c. */

#include <assert.h>
#include <string.h>

#include "domain/ledger.h"

/* data/accounts.tsv, embedded by the build. */
extern const unsigned char embed_accounts[];
extern const size_t embed_accounts_size;

/* clang-format off */
static const struct choice account_roles[] = {
    [ACCOUNT_CASH]             = {.word = "cash",             .label = "cash"},
    [ACCOUNT_UNDEPOSITED]      = {.word = "undeposited",      .label = "undeposited"},
    [ACCOUNT_CARD_CLEARING]    = {.word = "card_clearing",    .label = "card clearing"},
    [ACCOUNT_BANK]             = {.word = "bank",             .label = "bank"},
    [ACCOUNT_RECEIVABLE]       = {.word = "receivable",       .label = "receivable"},
    [ACCOUNT_INVENTORY]        = {.word = "inventory",        .label = "inventory"},
    [ACCOUNT_CUSTOMER_CREDIT]  = {.word = "customer_credit",  .label = "customer credit"},
    [ACCOUNT_TAX_PAYABLE]      = {.word = "tax_payable",      .label = "tax payable"},
    [ACCOUNT_PAYABLE]          = {.word = "payable",          .label = "payable"},
    [ACCOUNT_EQUITY]           = {.word = "equity",           .label = "equity"},
    [ACCOUNT_LABOR_SALES]      = {.word = "labor_sales",      .label = "labor sales"},
    [ACCOUNT_PART_SALES]       = {.word = "part_sales",       .label = "part sales"},
    [ACCOUNT_SUBLET_SALES]     = {.word = "sublet_sales",     .label = "sublet sales"},
    [ACCOUNT_FEE_SALES]        = {.word = "fee_sales",        .label = "fee sales"},
    [ACCOUNT_SUPPLIES_SALES]   = {.word = "supplies_sales",   .label = "supplies sales"},
    [ACCOUNT_PART_COST]        = {.word = "part_cost",        .label = "part cost"},
    [ACCOUNT_SUBLET_COST]      = {.word = "sublet_cost",      .label = "sublet cost"},
    [ACCOUNT_SUBLET_ACCRUED]   = {.word = "sublet_accrued",   .label = "sublet accrued"},
    [ACCOUNT_STOCK_ADJUSTMENT] = {.word = "stock_adjustment", .label = "stock adjustment"},
    [ACCOUNT_WORK_IN_PROCESS]  = {.word = "work_in_process",  .label = "work in process"},
    [ACCOUNT_RECEIVED_NOT_BILLED] = {.word = "received_not_billed", .label = "received, not billed"},
    [ACCOUNT_PURCHASE_DIFFERENCE] = {.word = "purchase_difference", .label = "purchase price difference"},
    [ACCOUNT_VENDOR_CREDIT]    = {.word = "vendor_credit",    .label = "vendor credit due"},
    [ACCOUNT_CORE_DEPOSIT]     = {.word = "core_deposit",     .label = "core deposits"},
    [ACCOUNT_CARD_PAYABLE]     = {.word = "card_payable",     .label = "credit cards payable"},
    [ACCOUNT_BAD_DEBT]         = {.word = "bad_debt",         .label = "bad debts"},
    [ACCOUNT_INTERNAL_COST]    = {.word = "internal_cost",    .label = "internal work"},
    [ACCOUNT_WARRANTY_COST]    = {.word = "warranty_cost",    .label = "warranty work"},
    [ACCOUNT_BANK_CHARGE]      = {.word = "bank_charge",      .label = "bank charges"},
    [ACCOUNT_CASH_SHORT]       = {.word = "cash_short",       .label = "cash over and short"},
    [ACCOUNT_GIFT_CERTIFICATE] = {.word = "gift_certificate", .label = "gift certificates"},
    [ACCOUNT_LATE_FEE]         = {.word = "late_fee",         .label = "late fees"},
    [ACCOUNT_GOODWILL]         = {.word = "goodwill",         .label = "goodwill"},
    [ACCOUNT_PETTY_EXPENSE]    = {.word = "petty_expense",    .label = "pay-outs"},
};
/* clang-format on */
static_assert(COUNT_OF(account_roles) == ACCOUNT_ROLE_COUNT, "every role has its word");
const struct choices account_role_choices = CHOICES(account_roles);

/* An entry is written open, receives its lines, and is then posted: from there on the schema's
 * triggers refuse every change. */
static const char SQL_ENTRY_OPEN[] = "INSERT INTO entry (posted_on, at, memo, source, source_id)\n"
                                     "VALUES (:posted_on, :at, :memo, :source, :source_id)";

static const char SQL_ENTRY_LINE_ADD[] =
    "INSERT INTO entry_line (entry, position, account, amount, customer)\n"
    "VALUES (:entry, :position, ifnull(:other, (SELECT id FROM account WHERE role = :role)),\n"
    "        :amount, :customer)";

/* Line by line: a second one on an account adds to what the first has left. */
static const char SQL_ACCOUNT_DAY_ADD[] =
    "INSERT INTO account_day (account, day, debit, credit)\n"
    "SELECT account, :day, max(amount, 0), max(-amount, 0)\n"
    "FROM entry_line\n"
    "WHERE entry = :entry\n"
    "ON CONFLICT (day, account) DO UPDATE\n"
    "SET debit = debit + excluded.debit, credit = credit + excluded.credit";

static const char SQL_REVERSE_OPEN[] =
    "INSERT INTO entry (posted_on, at, memo, source, source_id, reverses)\n"
    "SELECT :posted_on, :at, :memo, source, source_id, id\n"
    "FROM entry\n"
    "WHERE id = :entry";

static const char SQL_REVERSE_LINES[] =
    "INSERT INTO entry_line (entry, position, account, amount, customer)\n"
    "SELECT :reverse, position, account, -amount, customer\n"
    "FROM entry_line\n"
    "WHERE entry = :entry";

static const char SQL_ENTRY_POST[] = "UPDATE entry SET posted = 1 WHERE id = :entry";

static const char SQL_CLOSED_THROUGH[] = "SELECT max(day) FROM closed_day";

static const char SQL_ROLE_BALANCE[] = "SELECT sum(d.debit - d.credit)\n"
                                       "FROM account a\n"
                                       "JOIN account_day d ON d.account = a.id\n"
                                       "WHERE a.role = :role";

static const char SQL_ACCOUNT_ADD[] = "INSERT INTO account (id, name, kind, role)\n"
                                      "VALUES (:id, :name, :kind, nullif(:role, '-'))";

static status must_balance(struct session *s, const struct ledger_line *lines, size_t count,
                           const char *memo, size_t *ret_used)
{
    struct money sum = MONEY_ZERO;
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        used += lines[i].amount.cents != 0;
        if (money_add(sum, lines[i].amount, &sum) != OK)
            return fail(s, ERR_CORRUPT, "The amounts of the entry “%s” are too large.", memo);
    }
    if (sum.cents != 0)
        return fail(s, ERR_CORRUPT, "The ledger entry “%s” does not balance: nothing was posted.",
                    memo);
    *ret_used = used;
    return OK;
}

static status add_line(struct session *s, struct entry_id entry, int64_t position,
                       const struct ledger_line *line)
{
    const char *role = choice_word(&account_role_choices, line->account);

    const status result =
        store_run(s->store, SQL_ENTRY_LINE_ADD, NO_ROW,
                  BINDS(BIND_ID("entry", entry), BIND_INT("position", position),
                        BIND_TEXT("role", role), BIND_ID("other", line->other),
                        BIND_MONEY("amount", line->amount), BIND_ID("customer", line->customer)));
    if (result == ERR_INVALID) /* account must not be NULL */
        return fail(s, ERR_CORRUPT, "No account of the chart has the role “%s”: give it to one.",
                    role);
    return result;
}

static status add_lines(struct session *s, struct entry_id entry, const struct ledger_line *lines,
                        size_t count)
{
    int64_t position = 0;

    for (size_t i = 0; i < count; i++)
        if (lines[i].amount.cents != 0)
            TRY(add_line(s, entry, ++position, &lines[i]));
    return OK;
}

/* "" while no day was ever closed. One operation asks for every line it posts: the answer is kept
 * while nobody else can change it. */
static status closed_through(struct session *s, struct day *ret_day)
{
    const char *day = "";

    if (s->memo != NULL && s->memo->knows_closed) {
        *ret_day = s->memo->closed_through;
        return OK;
    }
    TRY(store_text(s->store, SQL_CLOSED_THROUGH, NULL, s->arena, &day));
    *ret_day = DAY_NONE;
    if (*day != '\0')
        memcpy(ret_day->iso, day, sizeof ret_day->iso);
    if (s->memo != NULL) {
        s->memo->closed_through = *ret_day;
        s->memo->knows_closed = true;
    }
    return OK;
}

static bool is_closed(struct day day, struct day closed)
{
    return closed.iso[0] != '\0' && day_compare(day, closed) <= 0;
}

status ledger_open_day(struct session *s, struct day *ret_day)
{
    const struct day today = session_today(s);
    struct day closed;

    if (s->memo != NULL && s->memo->posting_on.iso[0] != '\0') {
        *ret_day = s->memo->posting_on;
        return OK;
    }
    TRY(closed_through(s, &closed));
    *ret_day = is_closed(today, closed) ? day_add(closed, 1) : today;
    return OK;
}

status ledger_post_on(struct session *s, struct day day, bool meant, const char *field,
                      const char *question)
{
    struct day closed, open;
    char shown[DAY_TEXT_MAX], text[DAY_TEXT_MAX];

    TRY(closed_through(s, &closed));
    TRY(ledger_open_day(s, &open));
    if (day.iso[0] == '\0' || day_compare(day, open) == 0)
        return OK;
    if (day_compare(day, open) > 0)
        return fail_field(s, field, "%s is still to come. Give a day up to today, or none.",
                          day_show(day, shown));
    if (is_closed(day, closed))
        return fail_field(s, field, "The days up to %s are closed. Give a later one, or none.",
                          day_show(closed, text));
    if (!meant)
        return fail_field(s, question,
                          "%s is before today. Say yes when the books are to have it on that day.",
                          day_show(day, shown));
    s->memo->posting_on = day;
    return OK;
}

/* The entry's day and memo: what comes late carries the day it belongs to. */
static status take_day(struct session *s, struct day *posted_on, const char **memo)
{
    const struct day today = session_today(s);
    struct day closed;
    char day[DAY_TEXT_MAX];

    TRY(closed_through(s, &closed));
    const bool is_late = is_closed(today, closed);
    const struct day open = is_late ? day_add(closed, 1) : today;
    if (is_closed(*posted_on, closed) && day_compare(*posted_on, today) != 0)
        return fail(s, ERR_CONFLICT,
                    "%s is closed: nothing more is posted on it. Give a day after it.",
                    day_show(*posted_on, day));
    if (!is_late || (day_compare(*posted_on, today) != 0 && day_compare(*posted_on, open) != 0))
        return OK;
    *posted_on = open;
    *memo = arena_printf(s->arena, "%s (of %s, after closing)", *memo, day_show(today, day));
    return OK;
}

status ledger_post(struct session *s, struct day posted_on, const char *source, int64_t source_id,
                   const char *memo, const struct ledger_line *lines, size_t count,
                   struct entry_id *ret_entry)
{
    struct entry_id entry;
    size_t used = 0;

    TRY(must_balance(s, lines, count, memo, &used));
    if (used == 0) {
        *ret_entry = (struct entry_id){0};
        return OK;
    }
    TRY(take_day(s, &posted_on, &memo));
    TRY(store_run(s->store, SQL_ENTRY_OPEN, NO_ROW,
                  BINDS(BIND_DAY("posted_on", posted_on), BIND_INSTANT("at", session_now(s)),
                        BIND_TEXT("memo", memo), BIND_TEXT("source", source),
                        store_bind_id("source_id", source_id))));
    entry = (struct entry_id){store_last_id(s->store)};
    TRY(add_lines(s, entry, lines, count));
    TRY(store_run(s->store, SQL_ACCOUNT_DAY_ADD, NO_ROW,
                  BINDS(BIND_ID("entry", entry), BIND_DAY("day", posted_on))));
    TRY(store_run(s->store, SQL_ENTRY_POST, NO_ROW, BINDS(BIND_ID("entry", entry))));
    *ret_entry = entry;
    return OK;
}

status ledger_reverse(struct session *s, struct entry_id entry, const char *memo,
                      struct entry_id *ret_entry)
{
    struct day posted_on = session_today(s);

    TRY(take_day(s, &posted_on, &memo));
    TRY(store_run(s->store, SQL_REVERSE_OPEN, NO_ROW,
                  BINDS(BIND_ID("entry", entry), BIND_DAY("posted_on", posted_on),
                        BIND_INSTANT("at", session_now(s)), BIND_TEXT("memo", memo))));
    const struct entry_id reverse = {store_last_id(s->store)};
    TRY(store_run(s->store, SQL_REVERSE_LINES, NO_ROW,
                  BINDS(BIND_ID("entry", entry), BIND_ID("reverse", reverse))));
    TRY(store_run(s->store, SQL_ACCOUNT_DAY_ADD, NO_ROW,
                  BINDS(BIND_ID("entry", reverse), BIND_DAY("day", posted_on))));
    TRY(store_run(s->store, SQL_ENTRY_POST, NO_ROW, BINDS(BIND_ID("entry", reverse))));
    *ret_entry = reverse;
    return OK;
}

status ledger_balance(struct session *s, enum account_role role, struct money *ret_balance)
{
    return store_int(s->store, SQL_ROLE_BALANCE,
                     BINDS(BIND_TEXT("role", choice_word(&account_role_choices, role))),
                     &ret_balance->cents);
}

/* Cuts the next cell off a line of tab-separated text. */
static const char *next_cell(char **rest)
{
    const char *cell = strsep(rest, "\t");
    return cell != NULL ? cell : "";
}

static status add_account(struct session *s, char *line)
{
    int64_t id;

    TRY(number_parse(next_cell(&line), &id, &s->fault));
    const char *name = next_cell(&line);
    const char *kind = next_cell(&line);
    const char *role = next_cell(&line);
    return store_run(s->store, SQL_ACCOUNT_ADD, NO_ROW,
                     BINDS(BIND_INT("id", id), BIND_TEXT("name", name), BIND_TEXT("kind", kind),
                           BIND_TEXT("role", role)));
}

status ledger_open(struct session *s)
{
    char *rest = arena_text_n(s->arena, (const char *)embed_accounts, embed_accounts_size);
    bool is_head = true;

    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        if (*line == '#' || *line == '\0')
            continue;
        if (!is_head)
            TRY(add_account(s, line));
        is_head = false;
    }
    return OK;
}
