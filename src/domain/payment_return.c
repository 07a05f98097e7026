/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Payments that are undone: each a further row with its own entry, never a change to what was
 * posted. What was on invoices comes off them first; then the money leaves where it lay. */

#include "domain/customer.h"
#include "domain/invoice.h"
#include "payment_inner.h"

static const char SQL_UNAPPLY[] =
    "INSERT INTO payment_application (payment, invoice, amount, applied_on, entry)\n"
    "VALUES (:payment, :invoice, -:amount, :applied_on, :entry)";

static const char SQL_RETURN_ADD[] =
    "INSERT INTO payment_return (payment, kind, method, check_number, amount, fee, reason,\n"
    "                            returned_on, returned_at, returned_by, terminal, entry)\n"
    "VALUES (:payment, :kind, :method, :check_number, :amount, :fee, :reason, :returned_on,\n"
    "        :returned_at, :returned_by, :terminal, :entry)";

/* ---- what all of them do ---- */

/* Takes a share off its invoice, which is open again by that much. */
static status unapply(struct session *s, struct payment_id payment,
                      const struct payment_share *share, struct entry_id entry)
{
    TRY(store_run(s->store, SQL_UNAPPLY, NO_ROW,
                  BINDS(BIND_ID("payment", payment), BIND_ID("invoice", share->invoice),
                        BIND_MONEY("amount", share->amount),
                        BIND_DAY("applied_on", session_today(s)), BIND_ID("entry", entry))));
    return invoice_add_paid(s, share->invoice, money_negate(share->amount));
}

static status add_return(struct session *s, const struct payment *payment,
                         const struct payment_return *back, struct entry_id entry)
{
    return store_run(
        s->store, SQL_RETURN_ADD, NO_ROW,
        BINDS(BIND_ID("payment", payment->id),
              BIND_TEXT("kind", choice_word(&payment_return_kind_choices, back->kind)),
              BIND_TEXT("method", choice_word(&payment_method_choices, back->method)),
              BIND_TEXT("check_number", back->check_number), BIND_MONEY("amount", back->amount),
              BIND_MONEY("fee", back->fee), BIND_TEXT("reason", back->reason),
              BIND_DAY("returned_on", session_today(s)),
              BIND_INSTANT("returned_at", session_now(s)), BIND_ID("returned_by", s->user),
              BIND_TEXT("terminal", s->terminal), BIND_ID("entry", entry)));
}

/* Nothing more can be undone of a payment that is void or came back from the bank. */
static status must_stand(struct session *s, const struct payment *payment)
{
    const struct payment_return *back = payment->returns.at;

    if (payment->status != PAYMENT_VOID && payment->status != PAYMENT_BOUNCED)
        return OK;
    return fail(s, ERR_CONFLICT, "Payment %lld is %s already: %s.", (long long)payment->id.v,
                choice_label(&payment_status_choices, payment->status), back->reason);
}

/* Only money that is all there can be undone as a whole. */
static status must_be_whole(struct session *s, const struct payment *payment)
{
    char text[NUMBER_TEXT_MAX];

    TRY(must_stand(s, payment));
    if (payment->is_core)
        return fail(s, ERR_CONFLICT,
                    "Payment %lld is the credit for a core that came back. It was no money: pay it "
                    "out, or apply it to an invoice.",
                    (long long)payment->id.v);
    if (payment->returned.cents > 0)
        return fail(s, ERR_CONFLICT,
                    "%s of payment %lld was paid back already, so it cannot be undone as a whole. "
                    "Refund what is left.",
                    money_show(payment->returned, text), (long long)payment->id.v);
    return OK;
}

/* Everything the payment did is taken back in one entry: its invoices are open again, its credit is
 * gone, and so is the money. */
static status undo(struct session *s, const struct payment *payment,
                   const struct payment_return *back, const char *memo)
{
    const struct payment_share *share = payment->shares.at;
    const struct ledger_line lines[] = {
        {.account = payment_account(payment->method), .amount = money_negate(payment->amount)},
        {.account = ACCOUNT_RECEIVABLE, .amount = payment->applied, .customer = payment->customer},
        {.account = ACCOUNT_CUSTOMER_CREDIT,
         .amount = payment->left,
         .customer = payment->customer},
    };
    struct entry_id entry;

    TRY(ledger_post(s, session_today(s), "payment", payment->id.v, memo, lines, COUNT_OF(lines),
                    &entry));
    for (size_t i = 0; i < payment->shares.count; i++)
        TRY(unapply(s, payment->id, &share[i], entry));
    TRY(add_return(s, payment, back, entry));
    return customer_move_balance(s, payment->customer, payment->applied,
                                 money_negate(payment->left));
}

/* ---- void ---- */

static const struct field void_fields[] = {
    FIELD(struct payment_void, payment, .picks = "payment.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct payment_void, reason, .help = "Why it is undone; stays in the books",
          .example = "Entered twice", .flags = FIELD_REQUIRED),
};

static status payment_void(struct session *s, const void *input, void *output)
{
    const struct payment_void *in = input;
    struct payment payment;
    char day[DAY_TEXT_MAX];

    TRY(payment_get(s, in->payment, &payment));
    TRY(must_be_whole(s, &payment));
    if (day_compare(payment.taken_on, session_today(s)) != 0)
        return fail(s, ERR_CONFLICT,
                    "Payment %lld was taken on %s, and that day is over. Take it off its invoices "
                    "and refund it instead.",
                    (long long)payment.id.v, day_show(payment.taken_on, day));
    TRY(undo(
        s, &payment,
        &(struct payment_return){.kind = RETURN_VOID,
                                 .method = payment.method,
                                 .check_number = "",
                                 .amount = payment.amount,
                                 .reason = in->reason},
        arena_printf(s->arena, "Payment %lld is void: %s", (long long)payment.id.v, in->reason)));
    return payment_get(s, in->payment, output);
}

const struct op payment_void_op = {
    .name = "payment.void",
    .says = "Void a payment of today: its invoices are open again",
    .title = "Void a payment",
    .right = RIGHT_PAYMENTS_VOID,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct payment_void, void_fields),
    .out = &payment_shape,
    .run = payment_void,
    .about = "payment",
};
