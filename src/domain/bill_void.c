/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A vendor's bill that should not have been entered: a further entry undoes its own, and what was
 * received for it waits for a bill again. The row stays, with the reason. */

#include "bill_inner.h"

/* clang-format off */
static const char SQL_CLAIM[] =
    "SELECT ifnull((SELECT claim FROM claim_credit WHERE bill = :bill LIMIT 1), 0)";
static const char SQL_LINES[] =
    "SELECT l.account AS other, -l.amount AS amount\n"
    "FROM bill AS b\n"
    "JOIN entry_line AS l ON l.entry = b.entry\n"
    "WHERE b.id = :bill\n"
    "ORDER BY l.position";
static const char SQL_NOT_BILLED[] =
    "UPDATE receipt SET billed = billed - :amount WHERE id = :receipt";
/* Sublet work on it waits for its bill again, too. */
static const char SQL_SUBLET_NOT_BILLED[] =
    "UPDATE line SET bill = NULL, billed = 0 WHERE bill = :bill";
static const char SQL_VOID[] =
    "UPDATE bill SET paid = total, void_reason = :reason, void_entry = :entry WHERE id = :bill";
/* clang-format on */

static const struct field line_fields[] = {
    FIELD(struct ledger_line, other),
    FIELD(struct ledger_line, amount),
};
static const struct shape line_shape = SHAPE_OF(struct ledger_line, "ledger_line", line_fields);

static status must_be_open(struct session *s, const struct bill *bill)
{
    char paid[NUMBER_TEXT_MAX];
    int64_t claim = 0;

    if (*bill->void_reason != '\0')
        return fail(s, ERR_CONFLICT, "This bill is void already: %s.", bill->void_reason);
    if (bill->paid.cents != 0)
        return fail(s, ERR_CONFLICT,
                    "%s of bill %s is paid. Take the payment back first, then the bill.",
                    money_show(bill->paid, paid), bill->number);
    TRY(store_int(s->store, SQL_CLAIM, BINDS(BIND_ID("bill", bill->id)), &claim));
    if (claim != 0)
        return fail(s, ERR_CONFLICT,
                    "Credit memo %s settles claim %lld and stays. Enter what is owed instead as a "
                    "bill.",
                    bill->number, (long long)claim);
    return OK;
}

static status reverse(struct session *s, const struct bill *bill, struct entry_id *ret_entry)
{
    struct rows lines;

    TRY(store_list(s->store, SQL_LINES, NO_ROW, BINDS(BIND_ID("bill", bill->id)), s->arena,
                   &line_shape, &lines));
    return ledger_post(s, session_today(s), "bill", bill->id.v,
                       arena_printf(s->arena, "%s %s of %s is void",
                                    bill->total.cents < 0 ? "Credit memo" : "Bill", bill->number,
                                    bill->vendor_name),
                       lines.at, lines.count, ret_entry);
}

static status free_deliveries(struct session *s, const struct bill *bill)
{
    const struct bill_receipt *row = bill->receipts.at;

    for (size_t i = 0; i < bill->receipts.count; i++)
        TRY(store_run(
            s->store, SQL_NOT_BILLED, NO_ROW,
            BINDS(BIND_ID("receipt", row[i].receipt), BIND_MONEY("amount", row[i].amount))));
    return OK;
}

status bill_void(struct session *s, const void *input, void *out)
{
    const struct bill_void *in = input;
    struct bill bill;
    struct entry_id entry;

    TRY(bill_get(s, in->bill, &bill));
    TRY(must_be_open(s, &bill));
    TRY(reverse(s, &bill, &entry));
    TRY(free_deliveries(s, &bill));
    TRY(store_run(s->store, SQL_VOID, NO_ROW,
                  BINDS(BIND_ID("bill", in->bill), BIND_TEXT("reason", in->reason),
                        BIND_ID("entry", entry))));
    TRY(store_run(s->store, SQL_SUBLET_NOT_BILLED, NO_ROW, BINDS(BIND_ID("bill", in->bill))));
    TRY(vendor_move_owes(s, bill.vendor, money_negate(bill.total)));
    TRY(bill_purchases_follow(s, in->bill));
    return bill_get(s, in->bill, out);
}
