/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the figures of a payment come from: what was handed over, the invoices that have it, and
 * what went back. */

#include "domain/explain.h"
#include "explain_inner.h"
#include "payment_inner.h"

/* clang-format off */
static const struct field explain_fields[] = {
    FIELD(struct payment_explain, payment, .picks = "payment.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    EXPLAIN_FIGURE_FIELD(struct payment_explain),
};
/* clang-format on */

static void amount_rows(struct explain *e, const struct payment *payment)
{
    explain_money(e, 0, "amount", "Amount", payment->amount,
                  EXPLAIN_TEXT(e, "%s handed over - %s change",
                               explain_cents(e->s, payment->tendered),
                               explain_cents(e->s, payment->change)))
        ->rule = "Change is given on cash alone; what other tender leaves over is credit.";
    explain_part(e, 1, "tendered", "Handed over", payment->tendered,
                 choice_label(&payment_method_choices, payment->method));
    explain_part(e, 1, "change", "Change", money_negate(payment->change), "");
}

static void share_rows(struct explain *e, const struct payment *payment)
{
    const struct payment_share *shares = payment->shares.at;

    explain_part(e, 1, "applied", "On invoices", money_negate(payment->applied), "");
    for (size_t i = 0; i < payment->shares.count; i++) {
        struct explain_row *row =
            explain_part(e, 2, "", EXPLAIN_TEXT(e, "Invoice %lld", (long long)shares[i].invoice.v),
                         money_negate(shares[i].amount), "What it has of this payment today");
        row->noun = "invoice";
        row->record.v = shares[i].invoice.v;
    }
}

static void return_rows(struct explain *e, const struct payment *payment)
{
    const struct payment_return *returns = payment->returns.at;

    explain_part(e, 1, "returned", "Went back", money_negate(payment->returned), "");
    for (size_t i = 0; i < payment->returns.count; i++)
        explain_part(e, 2, "",
                     EXPLAIN_TEXT(e, "%s, %s", explain_day(e->s, returns[i].returned_on),
                                  choice_label(&payment_return_kind_choices, returns[i].kind)),
                     money_negate(returns[i].amount),
                     choice_label(&payment_method_choices, returns[i].method))
            ->rule = returns[i].reason;
}

static status payment_explain(struct session *s, const void *input, void *output)
{
    const struct payment_explain *in = input;
    struct explain e = {.s = s};
    struct payment payment;

    TRY(payment_get(s, in->payment, &payment));
    amount_rows(&e, &payment);
    explain_money(&e, 0, "left", "Left as credit", payment.left,
                  EXPLAIN_TEXT(&e, "%s - %s on invoices - %s gone back",
                               explain_cents(s, payment.amount), explain_cents(s, payment.applied),
                               explain_cents(s, payment.returned)))
        ->rule = "The customer's money: the shop owes it until it is applied or paid back.";
    explain_part(&e, 1, "amount", "Amount", payment.amount, "");
    share_rows(&e, &payment);
    return_rows(&e, &payment);
    return explain_done(&e, arena_printf(s->arena, "Payment %lld", (long long)in->payment.v),
                        in->figure, output);
}

const struct op payment_explain_op = {
    .name = "payment.explain",
    .says = "Explain a payment: what was handed over, the invoices that have it, what went back",
    .title = "Explain a payment",
    .right = RIGHT_PAYMENTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct payment_explain, explain_fields),
    .out = &explanation_shape,
    .run = payment_explain,
    .owns = payment_key_owns,
};
