/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Paying vendors: chosen bills less chosen credits, by check or otherwise, whole or not at all. */

#include <stdlib.h>

#include "bill_inner.h"

/* clang-format off */
static const char SQL_DUE[] =
    "SELECT b.id AS bill, b.total - b.paid AS amount\n"
    "FROM bill AS b\n"
    "WHERE b.vendor = :vendor AND b.paid <> b.total AND (b.due_on <= :through OR b.total < 0)\n"
    "ORDER BY b.due_on, b.id";
static const char SQL_NEXT_CHECK[] = "SELECT ifnull(max(check_number), 1000) + 1 FROM vendor_payment";
static const char SQL_CHECK_USED[] = "SELECT id FROM vendor_payment WHERE check_number = :check_number";
static const char SQL_ADD[] =
    "INSERT INTO vendor_payment (vendor, method, check_number, paid_on, paid_at, user, amount, memo)\n"
    "VALUES (:vendor, :method, :check_number, :paid_on, :paid_at, :user, :amount, :memo)";
static const char SQL_BILL_ADD[] =
    "INSERT INTO vendor_payment_bill (vendor_payment, bill, amount)\n"
    "VALUES (:payment, :bill, :amount)";
static const char SQL_ENTRY[] = "UPDATE vendor_payment SET entry = :entry WHERE id = :payment";
/* clang-format on */

static const struct field choice_fields[] = {
    FIELD(struct bill_choice, bill),
    FIELD(struct bill_choice, amount, .flags = FIELD_SIGNED),
};
static const struct shape choice_shape = SHAPE_OF(struct bill_choice, "bill_choice", choice_fields);

struct paying {
    const struct bill_pay *in;
    struct vendor vendor;
    struct bill_choice *bills; /* amounts worked out; of credits below 0 */
    size_t count;
    struct money amount;
    enum vendor_payment_method method;
    int64_t check_number;
    struct vendor_payment_id id;
};

/* ------------------------------------------------------------------ which bills -- */

static status check_amount(struct session *s, const struct bill *bill, struct money amount)
{
    char open[NUMBER_TEXT_MAX], asked[NUMBER_TEXT_MAX];

    if (bill->open.cents == 0)
        return fail_field(s, "bill", "Bill %s is paid already.", bill->number);
    if ((amount.cents > 0) != (bill->open.cents > 0))
        return fail_field(s, "amount", "%s %s is %s: give an amount %s 0.",
                          bill->total.cents < 0 ? "Credit memo" : "Bill", bill->number,
                          bill->total.cents < 0 ? "used" : "paid",
                          bill->total.cents < 0 ? "below" : "above");
    if (llabs(amount.cents) > llabs(bill->open.cents))
        return fail_field(s, "amount",
                          "Of %s %s only %s is open; %s is more. Pay that much at most.",
                          bill->total.cents < 0 ? "credit memo" : "bill", bill->number,
                          money_show(bill->open, open), money_show(amount, asked));
    return OK;
}

static status take_choice(struct session *s, struct paying *p, const struct bill_choice *choice)
{
    struct bill bill;
    struct money amount;

    TRY(bill_get(s, choice->bill, &bill));
    if (bill.vendor.v != p->vendor.id.v)
        return fail_field(s, "bill", "Bill %s is %s's. Pay each vendor by itself.", bill.number,
                          bill.vendor_name);
    for (size_t i = 0; i < p->count; i++)
        if (p->bills[i].bill.v == choice->bill.v)
            return fail_field(s, "bill", "Bill %s is named twice.", bill.number);
    amount = choice->amount.cents != 0 ? choice->amount : bill.open;
    TRY(check_amount(s, &bill, amount));
    p->bills[p->count++] = (struct bill_choice){.bill = bill.id, .amount = amount};
    return OK;
}

static status take_given(struct session *s, struct paying *p)
{
    const struct bill_choice *choice = p->in->bills.at;

    p->bills = NEW_ARRAY(s->arena, struct bill_choice, p->in->bills.count);
    for (size_t i = 0; i < p->in->bills.count; i++) {
        const status result = take_choice(s, p, &choice[i]);
        if (result == ERR_INVALID)
            fault_prefix(&s->fault, arena_printf(s->arena, "bills.%zu", i + 1));
        TRY(result);
    }
    return OK;
}

static status take_due(struct session *s, struct paying *p)
{
    const struct day through =
        p->in->through_on.iso[0] != '\0' ? p->in->through_on : session_today(s);
    struct rows rows;
    char day[DAY_TEXT_MAX];

    TRY(store_list(s->store, SQL_DUE, NO_ROW,
                   BINDS(BIND_ID("vendor", p->vendor.id), BIND_DAY("through", through)), s->arena,
                   &choice_shape, &rows));
    p->bills = rows.at;
    p->count = rows.count;
    if (rows.count == 0)
        return fail(s, ERR_CONFLICT, "Nothing is due to %s by %s. Choose the bills to pay.",
                    p->vendor.name, day_show(through, day));
    return OK;
}

static status add_up(struct session *s, struct paying *p)
{
    for (size_t i = 0; i < p->count; i++)
        TRY(money_add(p->amount, p->bills[i].amount, &p->amount));
    if (p->amount.cents < 0)
        return fail_field(s, "bills",
                          "The credits are more than the bills they are used on. Choose more bills "
                          "or use less credit.");
    return OK;
}

/* ---------------------------------------------------------------------- by what -- */

static status check_check(struct session *s, struct paying *p)
{
    int64_t other = 0;

    /* Credits alone need no check. */
    p->method = p->amount.cents == 0 && p->in->method == VENDOR_PAYMENT_CHECK ? VENDOR_PAYMENT_ACH
                                                                              : p->in->method;
    if (p->method != VENDOR_PAYMENT_CHECK && p->in->check_number != 0 && p->amount.cents != 0)
        return fail_field(s, "check_number", "Only a check has a number. Leave it empty.");
    if (p->method != VENDOR_PAYMENT_CHECK)
        return OK;
    p->check_number = p->in->check_number;
    if (p->check_number == 0)
        return store_int(s->store, SQL_NEXT_CHECK, NULL, &p->check_number);
    const status result = store_int(s->store, SQL_CHECK_USED,
                                    BINDS(BIND_INT("check_number", p->check_number)), &other);
    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    return fail_field(s, "check_number", "Check %lld was written already. Give another number.",
                      (long long)p->check_number);
}

static enum account_role account_of(enum vendor_payment_method method)
{
    switch (method) {
    case VENDOR_PAYMENT_CARD:
        return ACCOUNT_CARD_PAYABLE;
    case VENDOR_PAYMENT_CASH:
        return ACCOUNT_CASH;
    case VENDOR_PAYMENT_CHECK:
    case VENDOR_PAYMENT_ACH:
    default:
        return ACCOUNT_BANK;
    }
}

/* ------------------------------------------------------------------------ write -- */

static status write_payment(struct session *s, struct paying *p)
{
    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_ID("vendor", p->vendor.id),
                        BIND_TEXT("method", choice_word(&vendor_payment_method_choices, p->method)),
                        store_bind_id("check_number", p->check_number),
                        BIND_DAY("paid_on", session_today(s)),
                        BIND_INSTANT("paid_at", session_now(s)), BIND_ID("user", s->user),
                        BIND_MONEY("amount", p->amount), BIND_TEXT("memo", p->in->memo))));
    p->id.v = store_last_id(s->store);
    for (size_t i = 0; i < p->count; i++) {
        TRY(store_run(s->store, SQL_BILL_ADD, NO_ROW,
                      BINDS(BIND_ID("payment", p->id), BIND_ID("bill", p->bills[i].bill),
                            BIND_MONEY("amount", p->bills[i].amount))));
        TRY(bill_move_paid(s, p->bills[i].bill, p->vendor.id, p->bills[i].amount));
    }
    return OK;
}

static status post(struct session *s, const struct paying *p)
{
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_PAYABLE, .amount = p->amount},
        {.account = account_of(p->method), .amount = money_negate(p->amount)},
    };
    const char *how = p->method == VENDOR_PAYMENT_CHECK
                          ? arena_printf(s->arena, "Check %lld", (long long)p->check_number)
                          : arena_printf(s->arena, "Payment by %s",
                                         choice_label(&vendor_payment_method_choices, p->method));
    struct entry_id entry;

    TRY(ledger_post(s, session_today(s), "vendor_payment", p->id.v,
                    arena_printf(s->arena, "%s, %s", how, p->vendor.name), lines, COUNT_OF(lines),
                    &entry));
    return store_run(s->store, SQL_ENTRY, NO_ROW,
                     BINDS(BIND_ID("payment", p->id), BIND_ID("entry", entry)));
}

status bill_pay(struct session *s, const void *input, void *out)
{
    struct paying p = {.in = input};

    TRY(vendor_get(s, p.in->vendor, &p.vendor));
    TRY(p.in->bills.count > 0 ? take_given(s, &p) : take_due(s, &p));
    TRY(add_up(s, &p));
    TRY(check_check(s, &p));
    TRY(write_payment(s, &p));
    TRY(post(s, &p));
    return vendor_payment_get(s, p.id, out);
}
