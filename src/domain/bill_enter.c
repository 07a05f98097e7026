/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Entering a vendor's bill: matched against what was received, or for what no order was written. */

#include <stdlib.h>

#include "base/text.h"
#include "bill_inner.h"

/* clang-format off */
static const char SQL_UNBILLED[] =
    "SELECT r.id AS receipt, r.purchase AS purchase, r.received_on AS received_on,\n"
    "  r.slip AS slip, r.total - r.billed AS amount\n"
    "FROM receipt AS r\n"
    "WHERE r.purchase = :purchase AND r.billed <> r.total\n"
    "ORDER BY r.id";
static const char SQL_RECEIPT[] =
    "SELECT r.id AS receipt, r.purchase AS purchase, r.received_on AS received_on,\n"
    "  r.slip AS slip, r.total - r.billed AS amount\n"
    "FROM receipt AS r\n"
    "JOIN purchase AS u ON u.id = r.purchase\n"
    "WHERE r.id = :receipt AND u.vendor = :vendor";
static const char SQL_VENDOR[] = "SELECT vendor FROM purchase WHERE id = :purchase";
static const char SQL_ACCOUNT[] =
    "SELECT name\n"
    "FROM account\n"
    "WHERE id = :account AND role IS NULL AND kind IN ('asset', 'cost', 'expense')";
static const char SQL_RECEIPT_ADD[] =
    "INSERT INTO bill_receipt (bill, receipt, amount) VALUES (:bill, :receipt, :amount)";
static const char SQL_BILLED[] =
    "UPDATE receipt SET billed = billed + :amount WHERE id = :receipt";
/* clang-format on */

struct entering {
    const struct bill_enter *in;
    struct vendor vendor;
    struct rows receipts; /* of struct bill_receipt, amounts worked out */
    struct money received;
    struct bill_new bill;
    struct bill_id id;
};

/* --------------------------------------------------------------------- whose it is -- */

static status get_vendor(struct session *s, struct entering *e)
{
    struct vendor_id vendor = e->in->vendor, of_order = {0};

    if (e->in->purchase.v != 0) {
        TRY(found(s,
                  store_int(s->store, SQL_VENDOR, BINDS(BIND_ID("purchase", e->in->purchase)),
                            &of_order.v),
                  "There is no purchase order %lld.", (long long)e->in->purchase.v));
        if (vendor.v != 0 && vendor.v != of_order.v)
            return fail_field(s, "purchase",
                              "Purchase order %lld is another vendor's. Correct one of the two.",
                              (long long)e->in->purchase.v);
        vendor = of_order;
    }
    if (vendor.v == 0)
        return fail_field(s, "vendor", "Say whose bill it is.");
    return vendor_get_active(s, vendor, &e->vendor);
}

/* ------------------------------------------------------------------ what it is for -- */

static status take_receipt(struct session *s, const struct entering *e,
                           const struct bill_receipt *row, struct bill_receipt *ret)
{
    struct money left;
    char text[NUMBER_TEXT_MAX], asked[NUMBER_TEXT_MAX];

    const status result =
        store_get(s->store, SQL_RECEIPT, NO_ROW,
                  BINDS(BIND_ID("receipt", row->receipt), BIND_ID("vendor", e->vendor.id)),
                  s->arena, &bill_receipt_shape, ret);
    if (result == ERR_NOT_FOUND)
        return fail_field(s, "receipt", "Delivery %lld is none of %s.", (long long)row->receipt.v,
                          e->vendor.name);
    TRY(result);
    left = ret->amount;
    if (left.cents == 0)
        return fail_field(s, "receipt", "Delivery %lld is billed already.",
                          (long long)row->receipt.v);
    if (row->amount.cents > left.cents)
        return fail_field(
            s, "amount", "Of delivery %lld %s are not billed yet; %s is more. Give less.",
            (long long)row->receipt.v, money_show(left, text), money_show(row->amount, asked));
    if (row->amount.cents != 0)
        ret->amount = row->amount;
    return OK;
}

static status take_given(struct session *s, struct entering *e)
{
    const struct bill_receipt *row = e->in->receipts.at;
    struct bill_receipt *taken = NEW_ARRAY(s->arena, struct bill_receipt, e->in->receipts.count);

    for (size_t i = 0; i < e->in->receipts.count; i++) {
        status result = take_receipt(s, e, &row[i], &taken[i]);
        for (size_t k = 0; k < i && result == OK; k++)
            if (taken[k].receipt.v == taken[i].receipt.v)
                result = fail_field(s, "receipt", "Delivery %lld is named twice.",
                                    (long long)taken[i].receipt.v);
        if (result == ERR_INVALID)
            fault_prefix(&s->fault, arena_printf(s->arena, "receipts.%zu", i + 1));
        TRY(result);
    }
    e->receipts = (struct rows){taken, e->in->receipts.count};
    return OK;
}

static status get_receipts(struct session *s, struct entering *e)
{
    if (e->in->receipts.count > 0)
        TRY(take_given(s, e));
    else if (e->in->purchase.v != 0)
        TRY(store_list(s->store, SQL_UNBILLED, NO_ROW, BINDS(BIND_ID("purchase", e->in->purchase)),
                       s->arena, &bill_receipt_shape, &e->receipts));
    if (e->in->purchase.v != 0 && e->receipts.count == 0)
        return fail_field(s, "purchase",
                          "Nothing of purchase order %lld waits for a bill. Receive it first, or "
                          "look at the bills it has.",
                          (long long)e->in->purchase.v);
    const struct bill_receipt *row = e->receipts.at;
    for (size_t i = 0; i < e->receipts.count; i++)
        TRY(money_add(e->received, row[i].amount, &e->received));
    return OK;
}

static status check_account(struct session *s, const struct entering *e)
{
    const char *name = "";

    if (e->receipts.count > 0 && e->in->account.v != 0)
        return fail_field(s, "account",
                          "A bill for deliveries needs no account. Leave one of the two empty.");
    if (e->receipts.count > 0)
        return OK;
    if (e->in->account.v == 0)
        return fail_field(s, "account",
                          "Say what the bill is for: a purchase order, its deliveries, or the "
                          "account of an expense.");
    const status result = store_text(s->store, SQL_ACCOUNT,
                                     BINDS(BIND_ID("account", e->in->account)), s->arena, &name);
    if (result == ERR_NOT_FOUND)
        return fail_field(s, "account",
                          "Account %lld cannot be billed to. Choose an expense, a cost, or an "
                          "asset that nothing else is kept on.",
                          (long long)e->in->account.v);
    return result;
}

/* -------------------------------------------------------------------- does it fit -- */

static status check_difference(struct session *s, struct entering *e)
{
    char billed[NUMBER_TEXT_MAX], received[NUMBER_TEXT_MAX], differs[NUMBER_TEXT_MAX];

    if (e->receipts.count == 0)
        return OK;
    if (e->in->total.cents <= 0)
        return fail_field(s, "total",
                          "A bill for deliveries is more than nothing. Enter a credit "
                          "memo without them.");
    TRY(money_sub(e->in->total, e->received, &e->bill.difference));
    if (e->bill.difference.cents == 0)
        return OK;
    money_show((struct money){llabs(e->bill.difference.cents)}, differs);
    if (!e->in->accept)
        return fail_field(s, "total",
                          "The bill says %s, what was received comes to %s: %s %s. Ask %s, or "
                          "accept the difference with a reason.",
                          money_show(e->in->total, billed), money_show(e->received, received),
                          differs, e->bill.difference.cents > 0 ? "more" : "less", e->vendor.name);
    if (!right_set_has(&s->rights_all, RIGHT_BILLS_ACCEPT))
        return fail(s, ERR_DENIED,
                    "Your role does not allow accepting a bill that differs from what was "
                    "received. Ask a manager.");
    if (text_is_empty(e->in->reason))
        return fail_field(s, "reason", "Say why the difference of %s is right.", differs);
    return OK;
}

static status check_days(struct session *s, struct entering *e)
{
    const struct day today = session_today(s);

    e->bill.billed_on = e->in->billed_on.iso[0] != '\0' ? e->in->billed_on : today;
    e->bill.due_on = e->in->due_on.iso[0] != '\0'
                         ? e->in->due_on
                         : day_add(e->bill.billed_on, (int)e->vendor.terms_days);
    if (day_compare(e->bill.billed_on, today) > 0)
        return fail_field(s, "billed_on", "The bill is dated in the future. Correct its day.");
    if (day_compare(e->bill.due_on, e->bill.billed_on) < 0)
        return fail_field(s, "due_on", "It would be due before it was written. Correct one day.");
    return OK;
}

/* -------------------------------------------------------------------------- write -- */

static status write_receipts(struct session *s, const struct entering *e)
{
    const struct bill_receipt *row = e->receipts.at;

    for (size_t i = 0; i < e->receipts.count; i++) {
        const struct bind receipt = BIND_ID("receipt", row[i].receipt);
        const struct bind amount = BIND_MONEY("amount", row[i].amount);
        TRY(store_run(s->store, SQL_RECEIPT_ADD, NO_ROW,
                      BINDS(BIND_ID("bill", e->id), receipt, amount)));
        TRY(store_run(s->store, SQL_BILLED, NO_ROW, BINDS(receipt, amount)));
    }
    return OK;
}

static status post(struct session *s, const struct entering *e)
{
    const bool is_expense = e->receipts.count == 0;
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_RECEIVED_NOT_BILLED, .amount = e->received},
        {.account = ACCOUNT_PURCHASE_DIFFERENCE, .amount = e->bill.difference},
        {.account = ACCOUNT_PURCHASE_DIFFERENCE,
         .amount = is_expense ? e->in->total : MONEY_ZERO,
         .other = e->in->account},
        {.account = ACCOUNT_PAYABLE, .amount = money_negate(e->in->total)},
    };
    struct entry_id entry;

    TRY(ledger_post(s, session_today(s), "bill", e->id.v,
                    arena_printf(s->arena, "%s %s, %s",
                                 e->in->total.cents < 0 ? "Credit memo" : "Bill", e->in->number,
                                 e->vendor.name),
                    lines, COUNT_OF(lines), &entry));
    return bill_set_entry(s, e->id, entry);
}

status bill_enter(struct session *s, const void *input, void *out)
{
    struct entering e = {.in = input};

    TRY(get_vendor(s, &e));
    e.bill = (struct bill_new){.vendor = e.vendor.id,
                               .number = e.in->number,
                               .reason = e.in->reason,
                               .note = e.in->note,
                               .total = e.in->total};
    TRY(bill_check_number(s, e.vendor.id, e.in->number));
    TRY(check_days(s, &e));
    if (e.in->total.cents == 0)
        return fail_field(s, "total", "Enter what the bill comes to; a credit memo is below 0.");
    TRY(get_receipts(s, &e));
    TRY(check_account(s, &e));
    TRY(check_difference(s, &e));
    TRY(bill_write(s, &e.bill, &e.id));
    TRY(write_receipts(s, &e));
    TRY(post(s, &e));
    TRY(bill_purchases_follow(s, e.id));
    return bill_get(s, e.id, out);
}
