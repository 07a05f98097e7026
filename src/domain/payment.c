/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Payments as they are read: those of an invoice, or all in a list. Taking them is payment_take.c.
 */

#include "domain/payment.h"

#include "domain/explain.h"
#include "domain/list.h"
#include "payment_inner.h"

/* clang-format off */
static const struct choice payment_methods[] = {
    [PAY_CASH]  = {.word = "cash",  .label = "cash"},
    [PAY_CHECK] = {.word = "check", .label = "check"},
    [PAY_CARD]  = {.word = "card",  .label = "card"},
    [PAY_ACH]   = {.word = "ach",   .label = "bank transfer"},
    [PAY_OTHER] = {.word = "other", .label = "other"},
    [PAY_GIFT]  = {.word = "gift",  .label = "gift or store credit"},
};
/* clang-format on */
const struct choices payment_method_choices = CHOICES(payment_methods);

/* What was written off stands among the payments: it settles the invoice as they do; one line for
 * all that was not taken back. A payment that was applied to the invoice in several steps is one
 * line; one that was taken off it again is none. */
static const char SQL_PAYMENTS[] =
    "SELECT payment, taken_on, method, details, tendered, change, applied\n"
    "FROM (SELECT p.id AS payment, p.taken_on AS taken_on, p.method AS method,\n"
    "       " SQL_DETAILS ",\n"
    "       p.tendered AS tendered, p.change AS change, sum(a.amount) AS applied\n"
    "FROM payment_application a\n"
    "JOIN payment p ON p.id = a.payment\n"
    "WHERE a.invoice = :invoice\n"
    "GROUP BY p.id\n"
    "HAVING sum(a.amount) <> 0\n"
    "UNION ALL\n"
    "SELECT NULL, m.issued_on, 'credit', 'credit memo ' || m.id, m.applied, 0, m.applied\n"
    "FROM credit_memo m\n"
    "WHERE m.invoice = :invoice AND m.applied > 0\n"
    "UNION ALL\n"
    "SELECT NULL, max(w.written_on), 'write-off', '', sum(w.amount), 0, sum(w.amount)\n"
    "FROM invoice_write_off w\n"
    "WHERE w.invoice = :invoice\n"
    "HAVING sum(w.amount) <> 0)\n"
    "ORDER BY payment IS NULL, payment, taken_on";

status payment_list(struct session *s, struct invoice_id invoice, struct rows *ret_payments)
{
    return store_list(s->store, SQL_PAYMENTS, NO_ROW, BINDS(BIND_ID("invoice", invoice)), s->arena,
                      &invoice_payment_shape, ret_payments);
}

static const struct field payment_search_fields[] = {
    LIST_FIELDS(struct payment_search, query),
    FIELD(struct payment_search, customer, .picks = "customer.search"),
    FIELD(struct payment_search, from_on, .label = "From"),
    FIELD(struct payment_search, to_on, .label = "To"),
};

static const struct field payment_row_fields[] = {
    FIELD(struct payment_row, id, .label = "Payment"),
    FIELD(struct payment_row, taken_on, .label = "Day"),
    FIELD(struct payment_row, method, .choices = &payment_method_choices),
    FIELD(struct payment_row, status, .choices = &payment_status_choices),
    FIELD(struct payment_row, details),
    FIELD(struct payment_row, customer_name, .label = "Customer"),
    FIELD(struct payment_row, tendered),
    FIELD(struct payment_row, change),
    FIELD(struct payment_row, amount),
    FIELD(struct payment_row, applied),
};

static const struct list_sort payment_sorts[] = {
    {.name = "id", .sql = "p.id"},
    {.name = "taken_on", .sql = "p.taken_on", .is_text = true},
};

#define PAYMENT_LIST                                                                               \
    .select = "p.id AS id, p.taken_on AS taken_on, p.method AS method,\n" SQL_DETAILS              \
              ",\n" SQL_PAYMENT_STATUS ",\n"                                                       \
              "c.name AS customer_name, p.tendered AS tendered, p.change AS change,\n"             \
              "p.amount AS amount,\n"                                                              \
              "(SELECT ifnull(sum(a.amount), 0) FROM payment_application a\n"                      \
              " WHERE a.payment = p.id) AS applied",                                               \
    .from = "payment p JOIN customer c ON c.id = p.customer", .id = "p.id",                        \
    .sorts = payment_sorts, .sort_count = COUNT_OF(payment_sorts), .lookup = "payment"

#define IN_DAYS                                                                                    \
    "p.taken_on >= ifnull(:from_on, '') AND p.taken_on <= ifnull(:to_on, '9999-12-31')\n"          \
    "AND (:own = 0 OR p.customer = :own_customer)"

static const struct list_source payment_sources[] = {
    {PAYMENT_LIST, .where = IN_DAYS},
    {PAYMENT_LIST, .where = IN_DAYS " AND p.customer = :customer"},
};

/* Newest first, unless a column was asked for. */
static status payment_search(struct session *s, const void *input, void *output)
{
    struct payment_search in = *(const struct payment_search *)input;

    if (in.query.sort[0] == '\0')
        in.query.descending = true;
    return list_run(s, &payment_sources[in.customer.v != 0], &payment_search_op, &in, output);
}

const struct op payment_search_op = {
    .name = "payment.search",
    .says = "Find payments",
    .right = RIGHT_PAYMENTS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_AMONG(payment_sources),
    .in = SHAPE(struct payment_search, payment_search_fields),
    .out = SHAPE(struct payment_row, payment_row_fields),
    .run = payment_search,
};

static const struct op *const payment_ops[] = {
    &payment_take_op,    &payment_bulk_op,    &payment_deposit_op, &payment_search_op,
    &payment_show_op,    &payment_void_op,    &payment_refund_op,  &payment_apply_op,
    &payment_unapply_op, &payment_bounced_op, &payment_explain_op, &payment_returned_fee_op,
};
extern const struct module payment_module;
const struct module payment_module = {
    .name = "payment",
    .title = "Payments",
    .says = "Money received: cash, checks, cards, transfers and credit on account, in any mix, on "
            "an invoice or as a deposit before there is one.",
    MODULE_OPS(payment_ops),
};
