/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* New certificates: sold, which is an invoice over the amount; given as store credit, which costs
 * the shop its goodwill; or a refund that stays with the shop. Each is a debt of the shop until it
 * is brought. */

#include <string.h>

#include "domain/customer.h"
#include "domain/gift.h"
#include "domain/ledger.h"
#include "domain/list.h"
#include "domain/secret.h"
#include "domain/setting.h"
#include "gift_inner.h"

/* Years a certificate that was bought lasts at least. */
#define GIFT_YEARS 5

static const char SQL_IS_TAKEN[] = "SELECT count(*) FROM gift_certificate WHERE number = :number";

static const char SQL_ADD[] =
    "INSERT INTO gift_certificate (number, kind, customer, amount, balance, expires_on, "
    "recipient,\n"
    "                              reason, issued_on, issued_at, issued_by, invoice, entry)\n"
    "VALUES (:number, :kind, :customer, :amount, :amount, :expires_on, :recipient, :reason,\n"
    "        :issued_on, :issued_at, :issued_by, :invoice, :entry)";

#define FIELDS(T)                                                                                  \
    FIELD(T, customer, .picks = "customer.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),      \
        FIELD(T, amount, .example = "100.00", .low = 1, .high = MONEY_MAX_CENTS,                   \
              .flags = FIELD_REQUIRED)

static const struct field sell_fields[] = {
    FIELDS(struct gift_sell),
    FIELD(struct gift_sell, recipient, .label = "For", .help = "Printed on it", .max = 60),
    FIELD(struct gift_sell, expires_on, .label = "Expires",
          .help = "Left empty: never; many states allow no end"),
};
static const struct field give_fields[] = {
    FIELDS(struct gift_give),
    FIELD(struct gift_give, reason, .help = "Why it is given; stays in the books",
          .example = "Second visit for the same noise", .flags = FIELD_REQUIRED),
    FIELD(struct gift_give, expires_on, .label = "Expires", .help = "Left empty: never"),
};

/* ---- the number ---- */

static const char *random_number(struct session *s)
{
    unsigned char bytes[GIFT_DIGITS - 1];
    char number[GIFT_DIGITS + 1];

    for (size_t i = 0; i < sizeof bytes; i++) {
        do
            secret_random(&bytes[i], 1);
        while (bytes[i] >= 250); /* so that every digit is as likely */
        number[i] = (char)('0' + bytes[i] % 10);
    }
    number[GIFT_DIGITS - 1] = gift_check_digit(number, GIFT_DIGITS - 1);
    number[GIFT_DIGITS] = '\0';
    return arena_text(s->arena, number);
}

static status new_number(struct session *s, const char **ret_number)
{
    int64_t taken = 1;

    while (taken != 0) {
        *ret_number = random_number(s);
        TRY(store_int(s->store, SQL_IS_TAKEN, BINDS(BIND_TEXT("number", *ret_number)), &taken));
    }
    return OK;
}

/* ---- writing it ---- */

static status add(struct session *s, const char *number, const struct gift *gift,
                  struct entry_id entry, struct gift *ret_gift)
{
    struct gift_certificate_id id;
    struct lookup_keys keys = {.count = 0};
    struct customer customer;
    struct day today;

    TRY(ledger_open_day(s, &today));
    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_TEXT("number", number),
                        BIND_TEXT("kind", choice_word(&gift_kind_choices, gift->kind)),
                        BIND_ID("customer", gift->customer), BIND_MONEY("amount", gift->amount),
                        BIND_DAY("expires_on", gift->expires_on),
                        BIND_TEXT("recipient", gift->recipient), BIND_TEXT("reason", gift->reason),
                        BIND_DAY("issued_on", today), BIND_INSTANT("issued_at", session_now(s)),
                        BIND_ID("issued_by", s->user), BIND_ID("invoice", gift->invoice),
                        BIND_ID("entry", entry))));
    id.v = store_last_id(s->store);
    TRY(customer_get(s, gift->customer, &customer));
    lookup_add_digits(s, &keys, number);
    lookup_add(s, &keys, gift_number_show(s->arena, number), true);
    lookup_add(s, &keys, customer.name, true);
    lookup_add(s, &keys, gift->recipient, true);
    TRY(lookup_put(s, "gift", id.v, &keys));
    return gift_get(s, id, ret_gift);
}

/* ---- sold ---- */

static status check_sold_until(struct session *s, struct day expires_on)
{
    const struct day least = day_add_months(session_today(s), 12 * GIFT_YEARS);
    struct shop shop;
    char day[DAY_TEXT_MAX];

    if (expires_on.iso[0] == '\0')
        return OK;
    TRY(shop_get(s, &shop));
    if (!shop.gift_expires)
        return fail_field(s, "expires_on",
                          "Gift certificates of this shop do not expire: many states allow no end. "
                          "Leave it empty, or allow it in the settings.");
    if (day_compare(expires_on, least) < 0)
        return fail_field(s, "expires_on",
                          "A gift certificate is good for five years at least (15 U.S.C. 1693l-1). "
                          "Give %s or a later day, or none.",
                          day_show(least, day));
    return OK;
}

static status sell(struct session *s, const void *input, void *output)
{
    const struct gift_sell *in = input;
    const char *number = NULL;
    struct gift gift = {
        .kind = GIFT_CERTIFICATE,
        .customer = in->customer,
        .amount = in->amount,
        .recipient = in->recipient,
        .reason = "",
        .expires_on = in->expires_on,
    };

    TRY(check_sold_until(s, in->expires_on));
    TRY(new_number(s, &number));
    const char *words =
        arena_printf(s->arena, "Gift certificate %s", gift_number_show(s->arena, number));
    const struct invoice_charge_line line = {
        .description = words, .amount = in->amount, .account = ACCOUNT_GIFT_CERTIFICATE};
    TRY(invoice_charge(s, in->customer, &line, 1, "Gift certificate", &gift.invoice));
    return add(s, number, &gift, (struct entry_id){0}, output);
}

const struct op gift_sell_op = {
    .name = "gift.sell",
    .says = "Sell a gift certificate: its invoice is due at once, and once paid it is good",
    .title = "Sell a gift certificate",
    .right = RIGHT_PAYMENTS_TAKE,
    .kind = OP_WRITES,
    .in = SHAPE(struct gift_sell, sell_fields),
    .out = &gift_shape,
    .run = sell,
    .about = "customer",
};

/* ---- given ---- */

static status post_given(struct session *s, const struct gift_give *in, const char *number,
                         struct entry_id *ret_entry)
{
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_GOODWILL, .amount = in->amount},
        {.account = ACCOUNT_GIFT_CERTIFICATE, .amount = money_negate(in->amount)},
    };
    struct day today;

    TRY(ledger_open_day(s, &today));
    return ledger_post(s, today, "gift", in->customer.v,
                       arena_printf(s->arena, "Store credit %s: %s",
                                    gift_number_show(s->arena, number), in->reason),
                       lines, COUNT_OF(lines), ret_entry);
}

static status give(struct session *s, const void *input, void *output)
{
    const struct gift_give *in = input;
    const char *number = NULL;
    struct entry_id entry;
    const struct gift gift = {
        .kind = GIFT_STORE_CREDIT,
        .customer = in->customer,
        .amount = in->amount,
        .recipient = "",
        .reason = in->reason,
        .expires_on = in->expires_on,
    };

    TRY(customer_must_be_active(s, in->customer));
    if (in->expires_on.iso[0] != '\0' && day_compare(in->expires_on, session_today(s)) <= 0)
        return fail_field(s, "expires_on", "That day is over. Give a later one, or none.");
    TRY(new_number(s, &number));
    TRY(post_given(s, in, number, &entry));
    return add(s, number, &gift, entry, output);
}

status gift_from_refund(struct session *s, struct customer_id customer, struct money amount,
                        const char *reason, struct entry_id entry, struct gift *ret)
{
    const char *number = NULL;
    const struct gift gift = {.kind = GIFT_STORE_CREDIT,
                              .customer = customer,
                              .amount = amount,
                              .recipient = "",
                              .reason = reason};

    TRY(new_number(s, &number));
    return add(s, number, &gift, entry, ret);
}

const struct op gift_give_op = {
    .name = "gift.give",
    .says = "Give a customer store credit, with the reason",
    .title = "Give store credit",
    .right = RIGHT_GIFTS_GIVE,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct gift_give, give_fields),
    .out = &gift_shape,
    .run = give,
    .about = "customer",
};
