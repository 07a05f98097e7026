/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One payment as it is read: how it came, which invoices have had of it, what went back. */

#include "payment_inner.h"
#include "record.h"

/* clang-format off */
static const struct choice states[] = {
    [PAYMENT_TAKEN]         = {.word = "taken",         .label = "taken"},
    [PAYMENT_PART_REFUNDED] = {.word = "part_refunded", .label = "partly refunded"},
    [PAYMENT_REFUNDED]      = {.word = "refunded",      .label = "refunded"},
    [PAYMENT_VOID]          = {.word = "void",          .label = "void"},
    [PAYMENT_BOUNCED]       = {.word = "bounced",       .label = "bounced"},
};
static const struct choice return_kinds[] = {
    [RETURN_VOID]    = {.word = "void",    .label = "void"},
    [RETURN_REFUND]  = {.word = "refund",  .label = "refund"},
    [RETURN_BOUNCED] = {.word = "bounced", .label = "bounced"},
};
/* clang-format on */
const struct choices payment_status_choices = CHOICES(states);
const struct choices payment_return_kind_choices = CHOICES(return_kinds);

static const struct field share_fields[] = {
    FIELD(struct payment_share, invoice),
    FIELD(struct payment_share, amount),
};
static const struct shape share_shape = SHAPE_OF(struct payment_share, "share", share_fields);

static const struct field return_fields[] = {
    FIELD(struct payment_return, returned_on, .label = "Day"),
    FIELD(struct payment_return, kind, .label = "What", .choices = &payment_return_kind_choices),
    FIELD(struct payment_return, method, .choices = &payment_method_choices),
    FIELD(struct payment_return, check_number, .label = "Our check"),
    FIELD(struct payment_return, amount),
    FIELD(struct payment_return, fee, .label = "Bank's fee"),
    FIELD(struct payment_return, charge, .label = "Charged on"),
    FIELD(struct payment_return, gift_certificate, .flags = FIELD_HIDDEN),
    FIELD(struct payment_return, certificate, .label = "Store credit"),
    FIELD(struct payment_return, reason),
    FIELD(struct payment_return, user_name, .label = "By"),
};
static const struct shape return_shape = SHAPE_OF(struct payment_return, "return", return_fields);

static const struct field payment_fields[] = {
    FIELD(struct payment, id, .label = "Payment"),
    FIELD(struct payment, customer, .flags = FIELD_HIDDEN, .picks = "customer.search"),
    FIELD(struct payment, customer_name, .label = "Customer"),
    FIELD(struct payment, status, .choices = &payment_status_choices),
    FIELD(struct payment, taken_on, .label = "Day"),
    FIELD(struct payment, taken_at, .label = "Taken at"),
    FIELD(struct payment, taken_by, .label = "Taken by"),
    FIELD(struct payment, method, .choices = &payment_method_choices),
    FIELD(struct payment, details),
    FIELD(struct payment, tendered),
    FIELD(struct payment, change),
    FIELD(struct payment, amount),
    FIELD(struct payment, applied, .label = "On invoices"),
    FIELD(struct payment, returned, .label = "Went back"),
    FIELD(struct payment, left, .label = "Left as credit"),
    FIELD(struct payment, is_core, .flags = FIELD_HIDDEN),
    FIELD(struct payment, shares, .label = "Invoices", .rows = &share_shape),
    FIELD(struct payment, returns, .label = "What went back", .rows = &return_shape),
    FIELD(struct payment, letterhead, .flags = FIELD_HIDDEN),
    FIELD(struct payment, payer, .flags = FIELD_HIDDEN),
};
const struct shape payment_shape = SHAPE_OF(struct payment, "payment", payment_fields);

static const char SQL_PAYMENT[] =
    "SELECT p.id AS id, p.customer AS customer, c.name AS customer_name,\n" SQL_PAYMENT_STATUS ",\n"
    "       p.taken_on AS taken_on, p.taken_at AS taken_at, ifnull(u.name, '') AS taken_by,\n"
    "       p.method AS method, " SQL_DETAILS ",\n"
    "       p.tendered AS tendered, p.change AS change, p.amount AS amount,\n"
    "       (SELECT ifnull(sum(a.amount), 0) FROM payment_application a\n"
    "        WHERE a.payment = p.id) AS applied,\n"
    "       (SELECT ifnull(sum(r.amount), 0) FROM payment_return r\n"
    "        WHERE r.payment = p.id) AS returned,\n"
    "       p.amount - " SQL_GONE " AS left,\n"
    "       EXISTS (SELECT 1 FROM customer_core k WHERE k.payment = p.id)\n"
    "         OR EXISTS (SELECT 1 FROM credit_memo m WHERE m.payment = p.id) AS is_core,\n"
    "       p.letterhead AS letterhead, p.payer AS payer\n"
    "FROM payment p\n"
    "JOIN customer c ON c.id = p.customer\n"
    "LEFT JOIN user u ON u.id = p.taken_by\n"
    "WHERE p.id = :payment";

static const char SQL_SHARES[] = "SELECT invoice, sum(amount) AS amount\n"
                                 "FROM payment_application\n"
                                 "WHERE payment = :payment\n"
                                 "GROUP BY invoice\n"
                                 "HAVING sum(amount) <> 0\n"
                                 "ORDER BY invoice";

static const char SQL_RETURNS[] =
    "SELECT r.returned_on AS returned_on, r.kind AS kind, r.method AS method,\n"
    "       r.check_number AS check_number, r.amount AS amount, r.fee AS fee,\n"
    "       r.charge AS charge, r.gift_certificate AS gift_certificate,\n"
    "       ifnull(" SQL_GIFT_NUMBER(
        "g.number") ", '') AS certificate,\n"
                    "       r.reason AS reason, ifnull(u.name, '') AS user_name\n"
                    "FROM payment_return r\n"
                    "LEFT JOIN user u ON u.id = r.returned_by\n"
                    "LEFT JOIN gift_certificate g ON g.id = r.gift_certificate\n"
                    "WHERE r.payment = :payment\n"
                    "ORDER BY r.id";

static const char SQL_CUSTOMER_OF[] = "SELECT customer FROM payment WHERE id = :id";

status payment_get(struct session *s, struct payment_id id, struct payment *ret)
{
    const struct bind *key = BINDS(BIND_ID("payment", id));
    struct payment payment;

    TRY(found(s, store_get(s->store, SQL_PAYMENT, NO_ROW, key, s->arena, &payment_shape, &payment),
              "There is no payment %lld. Look for it by customer or check number.",
              (long long)id.v));
    TRY(store_list(s->store, SQL_SHARES, NO_ROW, key, s->arena, &share_shape, &payment.shares));
    TRY(store_list(s->store, SQL_RETURNS, NO_ROW, key, s->arena, &return_shape, &payment.returns));
    *ret = payment;
    return OK;
}

static const struct field query_fields[] = {
    FIELD(struct payment_query, payment, .picks = "payment.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

status payment_key_owns(struct session *s, const void *input, bool *ret_own)
{
    const struct payment_query *in = input;

    return record_is_customers(s, SQL_CUSTOMER_OF, in->payment.v, ret_own);
}

static status show(struct session *s, const void *input, void *output)
{
    const struct payment_query *in = input;

    return payment_get(s, in->payment, output);
}

const struct op payment_show_op = {
    .name = "payment.show",
    .says = "Show a payment: its invoices, and what went back of it",
    .title = "Payment",
    .right = RIGHT_PAYMENTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct payment_query, query_fields),
    .out = &payment_shape,
    .run = show,
    .owns = payment_key_owns,
};
