/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Payments that are undone: each a further row with its own entry, never a change to what was
 * posted. What was on invoices comes off them first; then the money leaves where it lay. */

#include "base/text.h"
#include "customer_inner.h"
#include "domain/gift.h"
#include "domain/invoice.h"
#include "domain/late_fee.h"
#include "domain/profile.h"
#include "payment_inner.h"

static const char SQL_RETURN_ADD[] =
    "INSERT INTO payment_return (payment, kind, method, check_number, amount, fee, reason,\n"
    "                            returned_on, returned_at, returned_by, terminal, charge,\n"
    "                            gift_certificate, entry)\n"
    "VALUES (:payment, :kind, :method, :check_number, :amount, :fee, :reason, :returned_on,\n"
    "        :returned_at, :returned_by, :terminal, :charge, :gift_certificate, :entry)";

/* ---- what all of them do ---- */

/* Takes a share off its invoice, which is open again by that much. */
static status unapply(struct session *s, struct payment_id payment,
                      const struct payment_share *share, struct entry_id entry)
{
    TRY(payment_apply_row(s, payment, share->invoice, money_negate(share->amount), entry));
    return invoice_add_paid(s, share->invoice, money_negate(share->amount));
}

static status add_return(struct session *s, const struct payment *payment,
                         const struct payment_return *back, struct entry_id entry)
{
    struct day today;

    TRY(ledger_open_day(s, &today));
    if (back->method == PAY_GIFT && back->gift_certificate.v == 0)
        TRY(gift_put_back(s, payment->id, back->amount));
    return store_run(
        s->store, SQL_RETURN_ADD, NO_ROW,
        BINDS(BIND_ID("payment", payment->id),
              BIND_TEXT("kind", choice_word(&payment_return_kind_choices, back->kind)),
              BIND_TEXT("method", choice_word(&payment_method_choices, back->method)),
              BIND_TEXT("check_number", back->check_number), BIND_MONEY("amount", back->amount),
              BIND_MONEY("fee", back->fee), BIND_TEXT("reason", back->reason),
              BIND_DAY("returned_on", today), BIND_INSTANT("returned_at", session_now(s)),
              BIND_ID("returned_by", s->user), BIND_TEXT("terminal", s->terminal),
              BIND_ID("charge", back->charge), BIND_ID("gift_certificate", back->gift_certificate),
              BIND_ID("entry", entry)));
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
        {.account = ACCOUNT_BANK_CHARGE, .amount = back->fee},
        {.account = ACCOUNT_BANK, .amount = money_negate(back->fee)},
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
    struct day open;
    char day[DAY_TEXT_MAX];

    TRY(ledger_open_day(s, &open));
    TRY(payment_get(s, in->payment, &payment));
    TRY(must_be_whole(s, &payment));
    if (day_compare(payment.taken_on, open) != 0)
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

/* ---- refund ---- */

/* clang-format off */
static const struct choice refund_ways[] = {
    [REFUND_ORIGINAL] = {.word = "original", .label = "as it came"},
    [REFUND_CASH]     = {.word = "cash",     .label = "cash"},
    [REFUND_CHECK]    = {.word = "check",    .label = "check of the shop"},
    [REFUND_CARD]     = {.word = "card",     .label = "card"},
    [REFUND_ACH]      = {.word = "ach",      .label = "bank transfer"},
    [REFUND_OTHER]    = {.word = "other",    .label = "other"},
    [REFUND_STORE_CREDIT] = {.word = "store_credit", .label = "store credit"},
};
/* clang-format on */
static const struct choices refund_way_choices = CHOICES(refund_ways);

static const struct field refund_fields[] = {
    FIELD(struct payment_refund, payment, .picks = "payment.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct payment_refund, amount, .help = "What is paid back", .example = "25.00", .low = 1,
          .high = MONEY_MAX_CENTS, .flags = FIELD_REQUIRED),
    FIELD(struct payment_refund, to, .label = "Paid back by", .choices = &refund_way_choices,
          .help = "The way it came, or another; store credit gets a number of its own"),
    FIELD(struct payment_refund, check_number, .label = "Check number", .max = 20,
          .help = "Of the shop's own check"),
    FIELD(struct payment_refund, reason, .help = "Why it is paid back; stays in the books",
          .example = "Part was returned", .flags = FIELD_REQUIRED),
};

static enum payment_method refund_method(const struct payment *payment, enum refund_to to)
{
    switch (to) {
    case REFUND_CASH:
        return PAY_CASH;
    case REFUND_CHECK:
        return PAY_CHECK;
    case REFUND_CARD:
        return PAY_CARD;
    case REFUND_ACH:
        return PAY_ACH;
    case REFUND_OTHER:
        return PAY_OTHER;
    case REFUND_STORE_CREDIT:
        return PAY_GIFT;
    case REFUND_ORIGINAL:
    default:
        return payment->method;
    }
}

static status check_left(struct session *s, const struct payment *payment, struct money amount)
{
    char left[NUMBER_TEXT_MAX], applied[NUMBER_TEXT_MAX];

    TRY(must_stand(s, payment));
    if (amount.cents <= payment->left.cents)
        return OK;
    if (payment->applied.cents == 0)
        return fail_field(s, "amount", "Only %s is left of payment %lld. Refund that much at most.",
                          money_show(payment->left, left), (long long)payment->id.v);
    return fail_field(s, "amount",
                      "Only %s is left of payment %lld; %s of it is on invoices. Take it off its "
                      "invoice first, or refund less.",
                      money_show(payment->left, left), (long long)payment->id.v,
                      money_show(payment->applied, applied));
}

static status check_way(struct session *s, const struct payment *payment,
                        const struct payment_refund *in)
{
    if (in->to == REFUND_ORIGINAL && payment->method == PAY_OTHER)
        return fail_field(s, "to",
                          "This came neither in cash nor by check, card or transfer. Say how it is "
                          "paid back.");
    const bool by_check = refund_method(payment, in->to) == PAY_CHECK;
    if (by_check && text_is_empty(in->check_number))
        return fail_field(s, "check_number", "Enter the number of the check you write.");
    if (!by_check && !text_is_empty(in->check_number))
        return fail_field(s, "check_number", "Only a check has a number. Leave it empty.");
    return OK;
}

/* Store credit for what goes back as one; 0 for money. */
static status give_store_credit(struct session *s, const struct payment *payment,
                                const struct payment_refund *in, struct entry_id entry,
                                struct gift_certificate_id *ret)
{
    struct gift gift;

    *ret = (struct gift_certificate_id){0};
    if (in->to != REFUND_STORE_CREDIT)
        return OK;
    TRY(gift_from_refund(
        s, payment->customer, in->amount,
        arena_printf(s->arena, "Refund of payment %lld: %s", (long long)payment->id.v, in->reason),
        entry, &gift));
    *ret = gift.id;
    return OK;
}

status payment_give_back(struct session *s, const struct payment_refund *in,
                         struct gift_certificate_id *ret_store_credit)
{
    struct gift_certificate_id store_credit;
    struct payment payment;
    struct entry_id entry;

    TRY(payment_get(s, in->payment, &payment));
    TRY(check_left(s, &payment, in->amount));
    TRY(check_way(s, &payment, in));
    const enum payment_method method = refund_method(&payment, in->to);
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_CUSTOMER_CREDIT, .amount = in->amount, .customer = payment.customer},
        /* The shop writes its own check on its bank: the customer's lies where it was put. */
        {.account = method == PAY_CHECK ? ACCOUNT_BANK : payment_account(method),
         .amount = money_negate(in->amount)},
    };
    TRY(ledger_post(
        s, session_today(s), "payment", payment.id.v,
        arena_printf(s->arena, "Refund of payment %lld: %s", (long long)payment.id.v, in->reason),
        lines, COUNT_OF(lines), &entry));
    TRY(give_store_credit(s, &payment, in, entry, &store_credit));
    TRY(add_return(s, &payment,
                   &(struct payment_return){.kind = RETURN_REFUND,
                                            .method = method,
                                            .gift_certificate = store_credit,
                                            .check_number = in->check_number,
                                            .amount = in->amount,
                                            .reason = in->reason},
                   entry));
    *ret_store_credit = store_credit;
    return customer_move_balance(s, payment.customer, MONEY_ZERO, money_negate(in->amount));
}

static status payment_refund(struct session *s, const void *input, void *output)
{
    const struct payment_refund *in = input;
    struct gift_certificate_id store_credit;

    TRY(payment_give_back(s, in, &store_credit));
    return payment_get(s, in->payment, output);
}

const struct op payment_refund_op = {
    .name = "payment.refund",
    .says = "Pay back what is left of a payment",
    .title = "Refund",
    .right = RIGHT_PAYMENTS_REFUND,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct payment_refund, refund_fields),
    .out = &payment_shape,
    .run = payment_refund,
    .about = "payment",
};

/* ---- bounced ---- */

static const struct field bounced_fields[] = {
    FIELD(struct payment_bounced, payment, .picks = "payment.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct payment_bounced, fee, .label = "Bank's fee", .example = "12.00",
          .help = "What the bank takes from the shop for it", .high = MONEY_MAX_CENTS),
    FIELD(struct payment_bounced, charge, .label = "Charged to customer", .example = "25.00",
          .help = "Left empty: what the rules of late fees say; 0: nothing",
          .high = MONEY_MAX_CENTS, .flags = FIELD_OPTIONAL),
    FIELD(struct payment_bounced, reason, .help = "What the bank says",
          .example = "Insufficient funds", .flags = FIELD_REQUIRED),
};

/* Whoever writes the customer up next reads it in the log. */
static status note_in_log(struct session *s, const struct payment *payment, const char *reason)
{
    char amount[NUMBER_TEXT_MAX];
    const struct contact_entry entry = {
        .customer = payment->customer,
        .channel = CHANNEL_NOTE,
        .summary =
            arena_printf(s->arena, "Payment %lld of %s (%s) came back from the bank: %s",
                         (long long)payment->id.v, money_show(payment->amount, amount),
                         payment->method == PAY_CHECK ? payment->details : "bank transfer", reason),
    };
    struct contact_row row;

    return contact_add(s, &entry, &row);
}

static const char SQL_BOUNCED_BEFORE[] =
    "SELECT count(*) FROM payment AS p JOIN payment_return AS r ON r.payment = p.id\n"
    "WHERE p.customer = :customer AND p.method = 'check' AND r.kind = 'bounced'";

/* What the rules say, as far as the state allows for this check; what was typed is refused above.
 */
static status fee_for(struct session *s, const struct payment *payment, struct money typed,
                      struct money *ret)
{
    const struct law *law = NULL;
    struct late_fee_rules rules;
    struct money most = MONEY_ZERO;
    int64_t before = 0;

    TRY(late_fee_rules_get(s, &rules));
    TRY(store_int(s->store, SQL_BOUNCED_BEFORE, BINDS(BIND_ID("customer", payment->customer)),
                  &before));
    TRY(law_returned_fee(s, payment->amount, before > 0, &most, &law));
    const struct money fee = typed.cents == NUMBER_NONE ? rules.returned_fee : typed;
    if (law != NULL && typed.cents != NUMBER_NONE && fee.cents > most.cents)
        return fail_field(s, "charge", "%s Charge less.", law_text(s, law));
    *ret = law != NULL ? money_min(fee, most) : fee;
    return OK;
}

/* The customer's fee is an invoice of its own: it is due, late and paid as any other. */
static status charge_fee(struct session *s, const struct payment *payment, struct money amount,
                         struct invoice_id *ret_charge)
{
    const char *what = payment->method == PAY_CHECK ? payment->details : "bank transfer";
    const char *words =
        arena_printf(s->arena, "Payment %lld (%s) came back", (long long)payment->id.v, what);
    const struct invoice_charge_line line = {
        .description = words, .amount = amount, .account = ACCOUNT_LATE_FEE};

    *ret_charge = (struct invoice_id){0};
    if (amount.cents == 0)
        return OK;
    return invoice_charge(s, payment->customer, &line, 1, "Returned payment", ret_charge);
}

static status payment_bounced(struct session *s, const void *input, void *output)
{
    const struct payment_bounced *in = input;
    struct money fee = MONEY_ZERO;
    struct invoice_id fee_on;
    struct payment payment;

    TRY(payment_get(s, in->payment, &payment));
    TRY(must_be_whole(s, &payment));
    if (payment.method != PAY_CHECK && payment.method != PAY_ACH)
        return fail(s, ERR_CONFLICT,
                    "Payment %lld is %s: only checks and bank transfers come back. Void it or "
                    "refund it.",
                    (long long)payment.id.v, choice_label(&payment_method_choices, payment.method));
    TRY(fee_for(s, &payment, in->charge, &fee));
    TRY(charge_fee(s, &payment, fee, &fee_on));
    TRY(undo(
        s, &payment,
        &(struct payment_return){.kind = RETURN_BOUNCED,
                                 .method = payment.method,
                                 .check_number = "",
                                 .amount = payment.amount,
                                 .fee = in->fee,
                                 .charge = fee_on,
                                 .reason = in->reason},
        arena_printf(s->arena, "Payment %lld came back: %s", (long long)payment.id.v, in->reason)));
    TRY(note_in_log(s, &payment, in->reason));
    return payment_get(s, in->payment, output);
}

/* ---- what the customer is charged for it ---- */

static const struct field returned_query_fields[] = {
    FIELD(struct payment_returned_query, payment, .picks = "payment.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field returned_fee_fields[] = {
    FIELD(struct payment_returned_fee, payment),
    FIELD(struct payment_returned_fee, charge, .label = "Charged to customer",
          .help = "By the rules of late fees, as far as the state allows for this check"),
};

static status returned_fee(struct session *s, const void *input, void *output)
{
    const struct payment_returned_query *in = input;
    struct payment_returned_fee *out = output;
    struct payment payment;

    TRY(payment_get(s, in->payment, &payment));
    out->payment = payment.id;
    return fee_for(s, &payment, (struct money){NUMBER_NONE}, &out->charge);
}

const struct op payment_returned_fee_op = {
    .name = "payment.returned-fee",
    .says = "See what the customer is charged when a check comes back",
    .title = "Charge for a returned check",
    .right = RIGHT_PAYMENTS_VOID,
    .kind = OP_READS,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct payment_returned_query, returned_query_fields),
    .out = SHAPE(struct payment_returned_fee, returned_fee_fields),
    .run = returned_fee,
};

const struct op payment_bounced_op = {
    .name = "payment.bounced",
    .says = "Note that a check came back: its invoices are open again",
    .title = "A check came back",
    .right = RIGHT_PAYMENTS_VOID,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct payment_bounced, bounced_fields),
    .out = &payment_shape,
    .fills = "payment.returned-fee",
    .run = payment_bounced,
    .about = "payment",
};
