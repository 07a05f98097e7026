/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where a customer's balance comes from: open invoices, and money that no invoice has had yet. */

#include "customer_inner.h"
#include "domain/explain.h"
#include "explain_inner.h"

/* clang-format off */
static const char SQL_OPEN[] =
    "SELECT i.id AS record, i.posted_on AS \"on\", i.due_on AS due_on, i.total AS whole,\n"
    "  i.paid AS less, i.total - i.paid AS amount\n"
    "FROM invoice AS i\n"
    "WHERE i.customer = :customer AND i.state = 'posted' AND i.paid < i.total\n"
    "ORDER BY i.due_on, i.id";
static const char SQL_CREDITS[] =
    "SELECT record, \"on\", whole, whole - amount AS less, amount\n"
    "FROM (SELECT p.id AS record, p.taken_on AS \"on\", p.amount AS whole, p.amount\n"
    "    - (SELECT ifnull(sum(a.amount), 0) FROM payment_application AS a WHERE a.payment = p.id)\n"
    "    - (SELECT ifnull(sum(r.amount), 0) FROM payment_return AS r WHERE r.payment = p.id) AS amount\n"
    "  FROM payment AS p WHERE p.customer = :customer)\n"
    "WHERE amount <> 0\n"
    "ORDER BY record";

struct standing_row {
    int64_t record;
    struct day on, due_on;
    struct money whole, less, amount;
};
static const struct field standing_fields[] = {
    FIELD(struct standing_row, record),
    FIELD(struct standing_row, on),
    FIELD(struct standing_row, due_on),
    FIELD(struct standing_row, whole, .flags = FIELD_SIGNED),
    FIELD(struct standing_row, less, .flags = FIELD_SIGNED),
    FIELD(struct standing_row, amount, .flags = FIELD_SIGNED),
};
static const struct shape standing_shape = SHAPE_OF(struct standing_row, "standing", standing_fields);

static const struct field explain_fields[] = {
    FIELD(struct customer_explain, customer, .picks = "customer.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    EXPLAIN_FIGURE_FIELD(struct customer_explain),
};
/* clang-format on */

static status rows_of(struct explain *e, const char *sql, struct customer_id customer,
                      struct rows *ret)
{
    return store_list(e->s->store, sql, NO_ROW, BINDS(BIND_ID("customer", customer)), e->s->arena,
                      &standing_shape, ret);
}

static const char *due_text(const struct explain *e, struct day due)
{
    if (day_compare(due, session_today(e->s)) < 0)
        return EXPLAIN_TEXT(e, "! Overdue since %s.", explain_day(e->s, due));
    return EXPLAIN_TEXT(e, "Due %s.", explain_day(e->s, due));
}

static status owes_rows(struct explain *e, const struct customer *customer)
{
    struct rows open;

    explain_money(e, 0, "owes", "Owes", customer->owes, "What is not paid of each invoice");
    TRY(rows_of(e, SQL_OPEN, customer->id, &open));
    const struct standing_row *row = open.at;
    for (size_t i = 0; i < open.count; i++) {
        struct explain_row *out =
            explain_part(e, 1, "",
                         EXPLAIN_TEXT(e, "Invoice %lld, %s", (long long)row[i].record,
                                      explain_day(e->s, row[i].on)),
                         row[i].amount,
                         EXPLAIN_TEXT(e, "%s - %s paid", explain_cents(e->s, row[i].whole),
                                      explain_cents(e->s, row[i].less)));
        out->rule = due_text(e, row[i].due_on);
        out->noun = "invoice";
        out->record.v = row[i].record;
    }
    return OK;
}

static status credit_rows(struct explain *e, const struct customer *customer)
{
    struct rows credits;

    explain_money(e, 0, "credit", "In credit", customer->credit,
                  "What no invoice has had yet of each payment")
        ->rule = "The customer's money: the shop owes it until it is applied or paid back.";
    TRY(rows_of(e, SQL_CREDITS, customer->id, &credits));
    const struct standing_row *row = credits.at;
    for (size_t i = 0; i < credits.count; i++) {
        struct explain_row *out = explain_part(
            e, 1, "",
            EXPLAIN_TEXT(e, "Payment %lld, %s", (long long)row[i].record,
                         explain_day(e->s, row[i].on)),
            row[i].amount,
            EXPLAIN_TEXT(e, "%s - %s applied or paid back", explain_cents(e->s, row[i].whole),
                         explain_cents(e->s, row[i].less)));
        out->noun = "payment";
        out->record.v = row[i].record;
    }
    return OK;
}

static status customer_explain(struct session *s, const void *input, void *output)
{
    const struct customer_explain *in = input;
    struct explain e = {.s = s};
    struct customer customer;

    TRY(customer_get(s, in->customer, &customer));
    const struct money balance = {customer.owes.cents - customer.credit.cents};
    explain_money(&e, 0, "balance", "Balance", balance,
                  EXPLAIN_TEXT(&e, "%s owed - %s in credit", explain_cents(s, customer.owes),
                               explain_cents(s, customer.credit)));
    TRY(owes_rows(&e, &customer));
    TRY(credit_rows(&e, &customer));
    return explain_done(&e, customer.name, in->figure, output);
}

const struct op customer_explain_op = {
    .name = "customer.explain",
    .says = "Explain what a customer owes and has in credit, invoice by invoice",
    .title = "Explain a customer's balance",
    .right = RIGHT_INVOICES_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct customer_explain, explain_fields),
    .out = &explanation_shape,
    .run = customer_explain,
    .owns = customer_key_owns,
};
