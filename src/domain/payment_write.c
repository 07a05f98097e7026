/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One tender as a payment in the books. Where its money goes is decided by those who take it. */

#include <string.h>

#include "base/text.h"
#include "bill_to.h"
#include "domain/gift.h"
#include "domain/list.h"
#include "domain/number.h"
#include "payment_inner.h"

static const struct field tender_fields[] = {TENDER_FIELDS(struct tender)};
const struct shape tender_shape = SHAPE_OF(struct tender, "tender", tender_fields);

static const char SQL_PAYMENT_ADD[] =
    "INSERT INTO payment (id, customer, method, taken_on, taken_at, taken_by, terminal,\n"
    "                     tendered, change, amount, check_number, card_brand, card_last4,\n"
    "                     card_auth, note, gift_certificate, entry, payer, letterhead)\n"
    "VALUES (:id, :customer, :method, :taken_on, :taken_at, :taken_by, :terminal,\n"
    "        :tendered, :change, :tendered - :change, :check_number, :card_brand, :card_last4,\n"
    "        :card_auth, :note, :gift_certificate, :entry,\n"
    "        (SELECT " SQL_ADDRESSED "\n"
    "   FROM customer AS c WHERE c.id = :customer), (SELECT letterhead FROM shop))";

static bool is_four_digits(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4;
}

status payment_check_tender(struct session *s, const struct tender *tender)
{
    if (tender->method == PAY_CHECK && text_is_empty(tender->check_number))
        return fail_field(s, "check_number", "Enter the number of the check.");
    if (tender->method == PAY_CARD && text_is_empty(tender->card_last4))
        return fail_field(s, "card_last4", "Enter the last four digits of the card.");
    if (!text_is_empty(tender->card_last4) && !is_four_digits(tender->card_last4))
        return fail_field(s, "card_last4", "The last digits of the card are four digits.");
    if (tender->method != PAY_GIFT && !text_is_empty(tender->certificate))
        return fail_field(
            s, "certificate",
            "A certificate is its own kind of payment. Choose it, or leave the number "
            "empty.");
    return OK;
}

enum account_role payment_account(enum payment_method method)
{
    switch (method) {
    case PAY_CASH:
        return ACCOUNT_CASH;
    case PAY_CARD:
        return ACCOUNT_CARD_CLEARING;
    case PAY_ACH:
        return ACCOUNT_BANK;
    case PAY_GIFT:
        return ACCOUNT_GIFT_CERTIFICATE;
    case PAY_CHECK:
    case PAY_OTHER:
    default:
        return ACCOUNT_UNDEPOSITED;
    }
}

static status post(struct session *s, const struct payment_new *new, struct payment_id payment,
                   struct day taken_on, struct entry_id *ret_entry)
{
    const struct ledger_line lines[] = {
        {.account = payment_account(new->tender->method),
         .amount = {new->tender->amount.cents - new->change.cents}},
        {ACCOUNT_RECEIVABLE, money_negate(new->applied), new->customer, {0}},
        {ACCOUNT_CUSTOMER_CREDIT, money_negate(new->credit), new->customer, {0}},
    };

    return ledger_post(s, taken_on, "payment", payment.v, new->memo, lines, COUNT_OF(lines),
                       ret_entry);
}

static status write_row(struct session *s, const struct payment_new *new, struct payment_id payment,
                        struct day taken_on, struct gift_certificate_id certificate,
                        struct entry_id entry)
{
    return store_run(s->store, SQL_PAYMENT_ADD, BIND_ROW(&tender_shape, new->tender),
                     BINDS(BIND_ID("id", payment), BIND_ID("customer", new->customer),
                           BIND_DAY("taken_on", taken_on), BIND_INSTANT("taken_at", session_now(s)),
                           BIND_ID("taken_by", s->user), BIND_TEXT("terminal", s->terminal),
                           BIND_MONEY("tendered", new->tender->amount),
                           BIND_MONEY("change", new->change),
                           BIND_ID("gift_certificate", certificate), BIND_ID("entry", entry)));
}

/* The keys by which the list of payments finds one: its number, the check's, the card's. */
static status index_payment(struct session *s, const struct payment_new *new,
                            struct payment_id payment)
{
    const struct tender *tender = new->tender;
    struct lookup_keys keys = {.count = 0};

    lookup_add(s, &keys, arena_printf(s->arena, "%lld", (long long)payment.v), false);
    lookup_add(s, &keys, new->customer_name, true);
    if (!text_is_empty(tender->check_number))
        lookup_add(s, &keys, tender->check_number, false);
    if (!text_is_empty(tender->card_last4))
        lookup_add(s, &keys, tender->card_last4, false);
    return lookup_put(s, "payment", payment.v, &keys);
}

status payment_write(struct session *s, const struct payment_new *new,
                     struct payment_id *ret_payment, struct entry_id *ret_entry)
{
    struct gift_certificate_id certificate = {0};
    struct payment_id payment;
    struct entry_id entry;
    struct day today;

    if (new->tender->method == PAY_GIFT)
        TRY(gift_redeem(s, new->tender->certificate, new->tender->amount, &certificate));
    TRY(ledger_open_day(s, &today));
    TRY(number_take(s, NUMBER_PAYMENT, &payment.v));
    TRY(post(s, new, payment, today, &entry));
    TRY(write_row(s, new, payment, today, certificate, entry));
    TRY(index_payment(s, new, payment));
    *ret_payment = payment;
    *ret_entry = entry;
    return OK;
}

static status post_credit(struct session *s, const struct payment_credit *credit,
                          struct payment_id payment, struct entry_id *ret_entry)
{
    struct ledger_line *lines = NEW_ARRAY(s->arena, struct ledger_line, credit->from_count + 1);

    for (size_t i = 0; i < credit->from_count; i++)
        lines[i] = credit->from[i];
    lines[credit->from_count] = (struct ledger_line){.account = ACCOUNT_CUSTOMER_CREDIT,
                                                     .amount = money_negate(credit->amount),
                                                     .customer = credit->customer};
    return ledger_post(s, credit->given_on, "payment", payment.v, credit->memo, lines,
                       credit->from_count + 1, ret_entry);
}

status payment_write_credit(struct session *s, const struct payment_credit *credit,
                            struct payment_id *ret_payment, struct entry_id *ret_entry)
{
    const struct tender tender = {.method = PAY_OTHER,
                                  .amount = credit->amount,
                                  .check_number = "",
                                  .card_brand = "",
                                  .card_last4 = "",
                                  .card_auth = "",
                                  .note = credit->memo,
                                  .certificate = ""};
    const struct payment_new new = {.tender = &tender,
                                    .customer = credit->customer,
                                    .customer_name = credit->customer_name,
                                    .memo = credit->memo,
                                    .credit = credit->amount};
    struct payment_id payment;
    struct entry_id entry;

    TRY(number_take(s, NUMBER_PAYMENT, &payment.v));
    TRY(post_credit(s, credit, payment, &entry));
    TRY(write_row(s, &new, payment, credit->given_on, (struct gift_certificate_id){0}, entry));
    TRY(index_payment(s, &new, payment));
    *ret_payment = payment;
    *ret_entry = entry;
    return OK;
}
