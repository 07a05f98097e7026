/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A certificate as tender: what is left on it goes down with the payment, and up again when that
 * is undone; and what is taken back of one, because its sale is. */

#include "base/text.h"
#include "domain/gift.h"
#include "domain/list.h"
#include "gift_inner.h"

static const char SQL_ID[] = "SELECT id FROM gift_certificate WHERE number = :number";
static const char SQL_TAKE[] = "UPDATE gift_certificate\n"
                               "SET balance = balance - :amount\n"
                               "WHERE id = :certificate AND balance >= :amount";
static const char SQL_PUT_BACK[] =
    "UPDATE gift_certificate\n"
    "SET balance = balance + :amount\n"
    "WHERE id = (SELECT gift_certificate FROM payment WHERE id = :payment)";

static const char SQL_SOLD_BY[] = "SELECT id AS certificate, balance AS left\n"
                                  "FROM gift_certificate\n"
                                  "WHERE invoice = :invoice";
static const char SQL_TAKE_BACK[] =
    "UPDATE gift_certificate\n"
    "SET balance = balance - :amount, taken_back = taken_back + :amount\n"
    "WHERE id = :certificate AND balance >= :amount AND taken_back + :amount >= 0";

struct sold {
    struct gift_certificate_id certificate;
    struct money left;
};
static const struct field sold_fields[] = {
    FIELD(struct sold, certificate),
    FIELD(struct sold, left),
};
static const struct shape sold_shape = SHAPE_OF(struct sold, "sold", sold_fields);

static status find_typed(struct session *s, const char *typed,
                         struct gift_certificate_id *ret_certificate)
{
    const char *number = gift_number_read(s->arena, typed);

    if (text_is_empty(typed))
        return fail_field(s, "certificate", "Enter the number of the certificate.");
    if (number == NULL)
        return fail_field(
            s, "certificate",
            "This is no number of a certificate: a digit is wrong. Look at it again.");
    const status result =
        store_int(s->store, SQL_ID, BINDS(BIND_TEXT("number", number)), &ret_certificate->v);
    if (result == ERR_NOT_FOUND)
        return fail_field(s, "certificate", "There is no certificate %s.",
                          gift_number_show(s->arena, number));
    return result;
}

static status must_be_good(struct session *s, const struct gift *gift, struct money amount)
{
    char text[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX];

    switch (gift->status) {
    case GIFT_NOT_PAID:
        return fail_field(s, "certificate",
                          "Certificate %s is not paid yet. Take the payment of invoice %lld first.",
                          gift->number, (long long)gift->invoice.v);
    case GIFT_EXPIRED:
        return fail_field(s, "certificate", "Certificate %s was good until %s.", gift->number,
                          day_show(gift->expires_on, day));
    case GIFT_VOID:
        if (gift->taken_back.cents > 0)
            return fail_field(s, "certificate",
                              "Certificate %s is void: what invoice %lld sold it for was credited "
                              "or written off.",
                              gift->number, (long long)gift->invoice.v);
        return fail_field(s, "certificate",
                          "Certificate %s is void: invoice %lld, which sold it, was taken back.",
                          gift->number, (long long)gift->invoice.v);
    case GIFT_USED_UP:
        return fail_field(s, "certificate", "Nothing is left on certificate %s.", gift->number);
    case GIFT_GOOD:
        break;
    }
    if (amount.cents > gift->balance.cents)
        return fail_field(s, "amount", "Only %s is left on certificate %s. Take that much at most.",
                          money_show(gift->balance, text), gift->number);
    return OK;
}

status gift_redeem(struct session *s, const char *typed, struct money amount,
                   struct gift_certificate_id *ret_certificate)
{
    struct gift_certificate_id id = {0};
    struct gift gift;

    TRY(find_typed(s, typed, &id));
    TRY(gift_get(s, id, &gift));
    TRY(must_be_good(s, &gift, amount));
    TRY(store_run(s->store, SQL_TAKE, NO_ROW,
                  BINDS(BIND_ID("certificate", id), BIND_MONEY("amount", amount))));
    if (store_changed_rows(s->store) != 1)
        return fail(s, ERR_CONFLICT, "Certificate %s has changed. Try once more.", gift.number);
    *ret_certificate = id;
    return OK;
}

status gift_sold_by(struct session *s, struct invoice_id invoice,
                    struct gift_certificate_id *ret_certificate, struct money *ret_left)
{
    struct sold sold = {.certificate = {0}};
    const status result =
        store_get(s->store, SQL_SOLD_BY, NO_ROW, BINDS(BIND_ID("invoice", invoice)), s->arena,
                  &sold_shape, &sold);

    if (result != OK && result != ERR_NOT_FOUND)
        return result;
    *ret_certificate = sold.certificate;
    *ret_left = sold.left;
    return OK;
}

status gift_take_back(struct session *s, struct gift_certificate_id certificate,
                      struct money amount)
{
    TRY(store_run(s->store, SQL_TAKE_BACK, NO_ROW,
                  BINDS(BIND_ID("certificate", certificate), BIND_MONEY("amount", amount))));
    if (store_changed_rows(s->store) != 1)
        return fail(s, ERR_CONFLICT, "The certificate has changed. Try once more.");
    return OK;
}

status gift_put_back(struct session *s, struct payment_id payment, struct money amount)
{
    return store_run(s->store, SQL_PUT_BACK, NO_ROW,
                     BINDS(BIND_ID("payment", payment), BIND_MONEY("amount", amount)));
}
