/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where what is left on a gift certificate comes from: what it was issued for, what paid with it,
 * what was put back, and what was taken back of it. */

#include "domain/explain.h"
#include "domain/gift.h"
#include "explain_inner.h"
#include "gift_inner.h"

/* clang-format off */
static const struct field explain_fields[] = {
    FIELD(struct gift_explain, certificate, .picks = "gift.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    EXPLAIN_FIGURE_FIELD(struct gift_explain),
};
/* clang-format on */

/* What made it: the invoice that charged for it, the payment whose refund it is, or a reason. */
static void issued_row(struct explain *e, const struct gift *gift)
{
    const char *day = explain_day(e->s, gift->issued_on);
    struct explain_row *row = explain_part(e, 1, "issued", "Issued for", gift->amount,
                                           EXPLAIN_TEXT(e, "%s, %s", gift->customer_name, day));

    if (gift->invoice.v != 0) {
        row->noun = "invoice";
        row->record.v = gift->invoice.v;
        row->rule = EXPLAIN_TEXT(e, "Charged on invoice %lld.", (long long)gift->invoice.v);
    } else if (gift->payment.v != 0) {
        row->noun = "payment";
        row->record.v = gift->payment.v;
        row->rule = EXPLAIN_TEXT(e, "Refund of payment %lld.", (long long)gift->payment.v);
    } else
        row->rule = gift->reason;
}

/* Rows of a payment use it up or put back; the others take back what nobody pays for. */
static void use_rows(struct explain *e, const struct gift *gift, bool of_payments)
{
    const struct gift_use *uses = gift->uses.at;

    for (size_t i = 0; i < gift->uses.count; i++) {
        if ((uses[i].payment.v != 0) != of_payments)
            continue;
        struct explain_row *row = explain_part(
            e, 2, "", EXPLAIN_TEXT(e, "%s, %s", explain_day(e->s, uses[i].used_on), uses[i].what),
            money_negate(uses[i].amount), uses[i].customer_name);
        row->noun = of_payments ? "payment" : "";
        row->record.v = uses[i].payment.v;
    }
}

/* Why it is good, or not. */
static const char *status_text(const struct explain *e, const struct gift *gift)
{
    switch (gift->status) {
    case GIFT_NOT_PAID:
        return EXPLAIN_TEXT(e, "! Good once invoice %lld is paid.", (long long)gift->invoice.v);
    case GIFT_EXPIRED:
        return EXPLAIN_TEXT(e, "! Good through %s.", explain_day(e->s, gift->expires_on));
    case GIFT_VOID:
        return "What it was issued for was taken back.";
    case GIFT_USED_UP:
        return "Nothing is left on it.";
    case GIFT_GOOD:
    default:
        return "It pays until nothing is left on it.";
    }
}

static void status_rows(struct explain *e, const struct gift *gift)
{
    const bool ends = gift->expires_on.iso[0] != '\0';
    struct explain_row *row = explain_add(e, 0, "status", "It is", "");

    row->value = choice_label(&gift_status_choices, gift->status);
    row->rule = status_text(e, gift);
    row = explain_add(e, 0, "expires", "Expires", "");
    row->value = ends ? explain_day(e->s, gift->expires_on) : "never";
    if (gift->kind == GIFT_CERTIFICATE) {
        row->rule = "What is bought lasts five years at least.";
        row->source = "15 U.S.C. 1693l-1(c); 12 CFR 1005.20(e)";
    } else
        row->rule = "What is given free may end on any day.";
}

static status gift_explain(struct session *s, const void *input, void *output)
{
    const struct gift_explain *in = input;
    struct explain e = {.s = s};
    struct gift gift;

    TRY(gift_get(s, in->certificate, &gift));
    explain_money(&e, 0, "left", "Left", gift.balance,
                  EXPLAIN_TEXT(&e, "%s - %s used - %s taken back", explain_cents(s, gift.amount),
                               explain_cents(s, gift.used), explain_cents(s, gift.taken_back)))
        ->rule = "The shop owes it to whoever brings the number.";
    issued_row(&e, &gift);
    explain_part(&e, 1, "used", "Used", money_negate(gift.used), "");
    use_rows(&e, &gift, true);
    explain_part(&e, 1, "taken-back", "Taken back", money_negate(gift.taken_back),
                 "Credited or written off on its invoice");
    use_rows(&e, &gift, false);
    status_rows(&e, &gift);
    return explain_done(&e,
                        EXPLAIN_TEXT(&e, "%s %s",
                                     gift.kind == GIFT_CERTIFICATE ? "Certificate" : "Store credit",
                                     gift.number),
                        in->figure, output);
}

const struct op gift_explain_op = {
    .name = "gift.explain",
    .says = "Explain what is left on a certificate, use by use",
    .title = "Explain a certificate",
    .right = RIGHT_PAYMENTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct gift_explain, explain_fields),
    .out = &explanation_shape,
    .run = gift_explain,
    .owns = gift_key_owns,
};
