/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Money of a payment put on an invoice, and taken off it again. Both are further rows: the payment,
 * and what was applied before, stay as they were posted. */

#include "domain/customer.h"
#include "domain/invoice.h"
#include "payment_inner.h"

static const char SQL_APPLY[] =
    "INSERT INTO payment_application (payment, invoice, amount, applied_on, entry)\n"
    "VALUES (:payment, :invoice, :amount, :applied_on, :entry)";

status payment_apply_row(struct session *s, struct payment_id payment, struct invoice_id invoice,
                         struct money amount, struct entry_id entry)
{
    struct day today;

    TRY(ledger_open_day(s, &today));
    return store_run(s->store, SQL_APPLY, NO_ROW,
                     BINDS(BIND_ID("payment", payment), BIND_ID("invoice", invoice),
                           BIND_MONEY("amount", amount), BIND_DAY("applied_on", today),
                           BIND_ID("entry", entry)));
}

static const struct field share_fields[] = {
    FIELD(struct payment_apply, payment, .picks = "payment.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct payment_apply, invoice, .picks = "invoice.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct payment_apply, amount, .help = "Left empty: as much as there is",
          .example = "50.00", .high = MONEY_MAX_CENTS),
};

/* What is asked for, or all there is, when no amount was given. */
static struct money wanted(struct money asked, struct money most)
{
    return asked.cents != 0 ? asked : most;
}

status payment_move(struct session *s, const struct payment *payment, struct invoice_id invoice,
                    struct money amount)
{
    const char *memo = arena_printf(
        s->arena, amount.cents > 0 ? "Credit applied to invoice %lld" : "Taken off invoice %lld",
        (long long)invoice.v);
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_CUSTOMER_CREDIT, .amount = amount, .customer = payment->customer},
        {.account = ACCOUNT_RECEIVABLE,
         .amount = money_negate(amount),
         .customer = payment->customer},
    };
    struct entry_id entry;

    TRY(ledger_post(s, session_today(s), "payment", payment->id.v, memo, lines, COUNT_OF(lines),
                    &entry));
    TRY(payment_apply_row(s, payment->id, invoice, amount, entry));
    TRY(invoice_add_paid(s, invoice, amount));
    return customer_move_balance(s, payment->customer, money_negate(amount), money_negate(amount));
}

/* ---- apply ---- */

static status must_take(struct session *s, const struct payment *payment,
                        const struct invoice *invoice)
{
    if (invoice->customer.v != payment->customer.v)
        return fail_field(s, "invoice", "Invoice %lld is of %s, and the payment of %s.",
                          (long long)invoice->id.v, invoice->customer_name, payment->customer_name);
    if (invoice->state == INVOICE_VOID)
        return fail_field(s, "invoice", "Invoice %lld is void: nothing is due on it.",
                          (long long)invoice->id.v);
    if (invoice->balance.cents == 0)
        return fail_field(s, "invoice", "Invoice %lld is already paid in full.",
                          (long long)invoice->id.v);
    return OK;
}

static status apply(struct session *s, const void *input, void *output)
{
    const struct payment_apply *in = input;
    struct payment payment;
    struct invoice invoice;
    char text[NUMBER_TEXT_MAX];

    TRY(payment_get(s, in->payment, &payment));
    if (payment.left.cents == 0)
        return fail(s, ERR_CONFLICT, "Nothing is left of payment %lld to be applied.",
                    (long long)in->payment.v);
    TRY(invoice_get(s, in->invoice, &invoice));
    TRY(must_take(s, &payment, &invoice));
    const struct money amount = wanted(in->amount, money_min(payment.left, invoice.balance));
    if (amount.cents > payment.left.cents)
        return fail_field(s, "amount", "Only %s is left of the payment. Apply that much at most.",
                          money_show(payment.left, text));
    if (amount.cents > invoice.balance.cents)
        return fail_field(s, "amount", "Only %s is due on the invoice. Apply that much at most.",
                          money_show(invoice.balance, text));
    TRY(payment_move(s, &payment, in->invoice, amount));
    return payment_get(s, in->payment, output);
}

const struct op payment_apply_op = {
    .name = "payment.apply",
    .says = "Apply what is left of a payment to an invoice",
    .title = "Apply to an invoice",
    .right = RIGHT_PAYMENTS_TAKE,
    .kind = OP_WRITES,
    .in = SHAPE(struct payment_apply, share_fields),
    .out = &payment_shape,
    .run = apply,
    .about = "payment",
};

/* ---- unapply ---- */

static struct money share_on(const struct payment *payment, struct invoice_id invoice)
{
    const struct payment_share *share = payment->shares.at;

    for (size_t i = 0; i < payment->shares.count; i++)
        if (share[i].invoice.v == invoice.v)
            return share[i].amount;
    return MONEY_ZERO;
}

static status unapply(struct session *s, const void *input, void *output)
{
    const struct payment_apply *in = input;
    struct payment payment;
    char text[NUMBER_TEXT_MAX];

    TRY(payment_get(s, in->payment, &payment));
    const struct money share = share_on(&payment, in->invoice);
    if (share.cents == 0)
        return fail_field(s, "invoice", "Invoice %lld has nothing of payment %lld.",
                          (long long)in->invoice.v, (long long)in->payment.v);
    const struct money amount = wanted(in->amount, share);
    if (amount.cents > share.cents)
        return fail_field(s, "amount",
                          "The invoice has %s of this payment. Take that much off at most.",
                          money_show(share, text));
    TRY(payment_move(s, &payment, in->invoice, money_negate(amount)));
    return payment_get(s, in->payment, output);
}

const struct op payment_unapply_op = {
    .name = "payment.unapply",
    .says = "Take a payment off an invoice: it becomes the customer's credit",
    .title = "Take off an invoice",
    .right = RIGHT_PAYMENTS_TAKE,
    .kind = OP_WRITES,
    .in = SHAPE(struct payment_apply, share_fields),
    .out = &payment_shape,
    .run = unapply,
    .about = "payment",
};
