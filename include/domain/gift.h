/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_GIFT_H
#define PITLANE_DOMAIN_GIFT_H

/* Gift certificates and store credit: money the shop owes to whoever brings the number. A gift
 * certificate is bought: an invoice charges for it, and it pays once that invoice is paid. Store
 * credit is given, with a reason. Both are tender (PAY_GIFT) up to what is left on them.
 *
 * A gift certificate may expire five years after it was sold at the earliest (15 U.S.C. 1693l-1,
 * 12 CFR 1005.20(e)); many states allow no end at all, so the shop has to allow it (setting
 * gift_expires). What is given free may end on any day (12 CFR 1005.20(b)(3)). */

#include "domain/invoice.h"
#include "domain/op.h"

enum gift_kind { GIFT_CERTIFICATE, GIFT_STORE_CREDIT };
/* What it is good for: nothing while its invoice is not paid, nor once that is taken back, which it
 * can be only while nothing of it is used. A credit memo of the invoice takes back what is not used
 * yet, and so does a write-off, as far as it goes: what nobody pays for is not redeemed. */
enum gift_status { GIFT_NOT_PAID, GIFT_GOOD, GIFT_USED_UP, GIFT_EXPIRED, GIFT_VOID };
extern const struct choices gift_kind_choices, gift_status_choices;

/* Where some of it went, or came back from a payment that was undone. */
struct gift_use {
    struct day used_on;
    const char *what; /* "paid with it", "put back on it", "credit memo 3", "written off" */
    struct payment_id payment;
    const char *customer_name;
    struct money amount; /* below 0: it came back */
};
struct gift {
    struct gift_certificate_id id;
    const char *number; /* "4821-0937-5516" */
    enum gift_kind kind;
    enum gift_status status;
    struct customer_id customer; /* who bought it, or whom it was given to */
    const char *customer_name;
    const char *giver;     /* the same as it is said: "Maria Delgado" */
    const char *recipient; /* for whom; "" nobody was named */
    const char *reason;    /* of store credit */
    struct money amount, used, balance;
    struct money taken_back; /* neither used nor left: credited, or written off */
    struct day issued_on, expires_on;
    const char *issued_by;
    struct invoice_id invoice; /* that charged for it */
    struct payment_id payment; /* whose refund it is */
    struct rows uses;          /* of struct gift_use, oldest first */
};
extern const struct shape gift_shape;

struct gift_row {
    struct gift_certificate_id id;
    const char *number;
    enum gift_kind kind;
    enum gift_status status;
    const char *customer_name, *recipient;
    struct money amount, balance;
    struct day issued_on, expires_on;
};

/* Inputs of the operations. */
struct gift_sell {
    struct customer_id customer;
    struct money amount;
    const char *recipient;
    struct day expires_on;
};
struct gift_give {
    struct customer_id customer;
    struct money amount;
    const char *reason;
    struct day expires_on;
};
struct gift_query {
    struct gift_certificate_id certificate;
};
struct gift_look_up {
    const char *number;
};
struct gift_search {
    struct list_query query; /* newest first */
    struct customer_id customer;
    bool open; /* only what has something left */
};

#define GIFT_DIGITS 12
/* "4821-0937-5516"; what is no number of a certificate stays as it is. */
const char *gift_number_show(struct arena *arena, const char *number);
/* The 12 digits of what was typed, blanks and dashes between; NULL when they are not 12, or the
 * last does not fit the others: a wrong digit, or two that changed places (Damm's check digit). */
const char *gift_number_read(struct arena *arena, const char *typed);
/* The digit that makes the others a number. */
char gift_check_digit(const char *digits, size_t count);

status gift_get(struct session *s, struct gift_certificate_id id, struct gift *ret) MUST_USE;
/* Takes an amount off the certificate that was typed. ERR_INVALID names the field `certificate` or
 * `amount` and says what is wrong: no such number, not paid, expired, not so much left. */
status gift_redeem(struct session *s, const char *typed, struct money amount,
                   struct gift_certificate_id *ret_certificate) MUST_USE;
/* What is left on the certificate that an invoice sold; id 0: it sold none. */
status gift_sold_by(struct session *s, struct invoice_id invoice,
                    struct gift_certificate_id *ret_certificate, struct money *ret_left) MUST_USE;
/* Takes back what is not used of it; below 0: it is good for that again. The ledger is the
 * caller's. */
status gift_take_back(struct session *s, struct gift_certificate_id certificate,
                      struct money amount) MUST_USE;
/* Store credit for an entry that is posted already: money of the customer's that stays with the
 * shop. */
status gift_from_refund(struct session *s, struct customer_id customer, struct money amount,
                        const char *reason, struct entry_id entry, struct gift *ret) MUST_USE;
/* Puts back what a payment took of its certificate. */
status gift_put_back(struct session *s, struct payment_id payment, struct money amount) MUST_USE;

/* gift.sell (→ struct gift, its invoice is due), gift.give (→ struct gift), gift.show, gift.look-up
 * (by number → struct gift), gift.search (list of gift_row) */
extern const struct op gift_sell_op, gift_give_op, gift_show_op, gift_look_up_op, gift_search_op;

#endif
