/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The statement of a customer: every invoice that is open, by unit where there are several, and the
 * money that is on none. */

#include "base/text.h"
#include "bill_to.h"
#include "domain/ledger.h"
#include "invoice_inner.h"
#include "payment_inner.h"
#include "receivable_inner.h"

/* clang-format off */
static const char SQL_CUSTOMER[] =
    "SELECT c.id AS customer, c.name AS customer_name, c.email AS email,\n"
    "  " SQL_BILL_TO "\n"
    "FROM customer AS c\n"
    "WHERE c.id = :customer";

/* Units in the order people count them: 2 before 10, and what has no number behind. */
#define SQL_ITEMS(balance_, where_)                                                                \
    "SELECT i.id AS invoice, i.vehicle AS vehicle, ifnull(v.unit_number, '') AS unit,\n"           \
    "  ifnull(v.name, '') AS vehicle_name, i.po_number AS po_number, i.posted_on AS posted_on,\n"  \
    "  i.due_on AS due_on, i.total AS total, i.total - (" balance_ ") AS settled,\n"               \
    "  " balance_ " AS balance\n"                                                                  \
    "FROM invoice AS i LEFT JOIN vehicle AS v ON v.id = i.vehicle\n"                               \
    "WHERE i.customer = :customer AND i.state = 'posted' AND " where_ "\n"                         \
    "ORDER BY ifnull(v.unit_number, '') = '', length(v.unit_number), v.unit_number,\n"             \
    "  i.vehicle IS NULL, i.vehicle, i.due_on, i.id"
#define SQL_BALANCE_THEN                                                                           \
    "i.total - i.paid + ifnull((SELECT sum(s.amount) FROM (" SQL_SETTLED ") AS s\n"                \
    "    WHERE s.invoice = i.id AND s.day > :on), 0)"
static const char SQL_ITEMS_NOW[] =
    SQL_ITEMS("i.total - i.paid", "i.paid < i.total");
static const char SQL_ITEMS_THEN[] =
    SQL_ITEMS(SQL_BALANCE_THEN, "i.posted_on <= :on AND " SQL_BALANCE_THEN " <> 0");

static const char SQL_CREDITS[] =
    "SELECT payment, taken_on, details, amount\n"
    "FROM (SELECT p.id AS payment, p.taken_on AS taken_on, " SQL_DETAILS ",\n"
    "    p.amount - (SELECT ifnull(sum(a.amount), 0) FROM payment_application AS a\n"
    "                WHERE a.payment = p.id AND a.applied_on <= :on)\n"
    "      - (SELECT ifnull(sum(r.amount), 0) FROM payment_return AS r\n"
    "         WHERE r.payment = p.id AND r.returned_on <= :on) AS amount\n"
    "  FROM payment AS p\n"
    "  WHERE p.customer = :customer AND p.taken_on <= :on)\n"
    "WHERE amount <> 0\n"
    "ORDER BY payment";

/* ---- shapes ---- */

static const struct field item_fields[] = {
    FIELD(struct statement_item, invoice),
    FIELD(struct statement_item, vehicle),
    FIELD(struct statement_item, unit),
    FIELD(struct statement_item, vehicle_name, .label = "Vehicle"),
    FIELD(struct statement_item, po_number, .label = "PO number"),
    FIELD(struct statement_item, posted_on, .label = "Posted"),
    FIELD(struct statement_item, due_on, .label = "Due"),
    FIELD(struct statement_item, days_late, .label = "Days late"),
    FIELD(struct statement_item, total),
    FIELD(struct statement_item, settled, .label = "Paid"),
    FIELD(struct statement_item, balance),
};
static const struct shape item_shape = SHAPE_OF(struct statement_item, "statement_item", item_fields);
static const struct field unit_fields[] = {
    FIELD(struct statement_unit, vehicle),
    FIELD(struct statement_unit, unit),
    FIELD(struct statement_unit, name),
    FIELD(struct statement_unit, items, .label = "Invoices"),
    FIELD(struct statement_unit, balance),
};
static const struct shape unit_shape = SHAPE_OF(struct statement_unit, "statement_unit", unit_fields);
static const struct field credit_fields[] = {
    FIELD(struct statement_credit, payment),
    FIELD(struct statement_credit, taken_on, .label = "Day"),
    FIELD(struct statement_credit, details),
    FIELD(struct statement_credit, amount, .flags = FIELD_SIGNED),
};
static const struct shape credit_shape = SHAPE_OF(struct statement_credit, "statement_credit", credit_fields);
static const struct field statement_fields[] = {
    FIELD(struct statement, customer),
    FIELD(struct statement, customer_name, .label = "Name"),
    FIELD(struct statement, bill_to, .label = "Bill to", .flags = FIELD_MANY_LINES),
    FIELD(struct statement, email, .label = "E-mail"),
    FIELD(struct statement, as_of, .label = "As of"),
    AGING_FIELDS(struct statement),
    FIELD(struct statement, overdue),
    FIELD(struct statement, credit, .label = "In credit", .flags = FIELD_SIGNED),
    FIELD(struct statement, balance, .help = "Owes - in credit", .flags = FIELD_SIGNED),
    FIELD(struct statement, items, .label = "Open invoices", .rows = &item_shape),
    FIELD(struct statement, units, .label = "By unit", .rows = &unit_shape),
    FIELD(struct statement, credits, .rows = &credit_shape),
};
static const struct shape statement_shape = SHAPE_OF(struct statement, "statement", statement_fields);
static const struct field query_fields[] = {
    FIELD(struct statement_query, customer, .picks = "customer.search", .example = "1001",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct statement_query, as_of, .label = "As of",
          .help = "As it was in the evening of this day; empty: as it is now"),
};
/* clang-format on */

/* ---- what is on it ---- */

static status add_to(struct money *sum, struct money amount)
{
    return money_add(*sum, amount, sum);
}

static status read_items(struct session *s, const struct statement_query *in,
                         struct statement *statement)
{
    const bool is_now = in->as_of.iso[0] == '\0';
    struct money sum = MONEY_ZERO;

    TRY(store_list(s->store, is_now ? SQL_ITEMS_NOW : SQL_ITEMS_THEN, NO_ROW,
                   BINDS(BIND_ID("customer", in->customer), BIND_DAY("on", statement->as_of)),
                   s->arena, &item_shape, &statement->items));
    struct statement_item *items = statement->items.at;
    for (size_t i = 0; i < statement->items.count; i++) {
        const int late = day_distance(items[i].due_on, statement->as_of);
        items[i].days_late = late > 0 ? late : 0;
        TRY(add_to(&sum, items[i].balance));
    }
    if (sum.cents != statement->aged.owes.cents)
        return fail(s, ERR_CORRUPT,
                    "The open invoices of %s do not add up to what is owed. Prove the ledger: it "
                    "names the document.",
                    statement->customer_name);
    return OK;
}

/* "Unit 12 · 2016 Ford Transit" */
static const char *unit_name(struct session *s, const struct statement_item *item)
{
    if (item->vehicle.v == 0)
        return "Without a vehicle";
    if (text_is_empty(item->unit))
        return item->vehicle_name;
    return arena_printf(s->arena, "Unit %s · %s", item->unit, item->vehicle_name);
}

/* Items of a unit stand together. */
static status sum_units(struct session *s, struct statement *statement)
{
    const struct statement_item *items = statement->items.at;
    struct statement_unit *units =
        NEW_ARRAY(s->arena, struct statement_unit, statement->items.count);
    size_t count = 0;

    for (size_t i = 0; i < statement->items.count; i++) {
        if (count == 0 || units[count - 1].vehicle.v != items[i].vehicle.v)
            units[count++] = (struct statement_unit){.vehicle = items[i].vehicle,
                                                     .unit = items[i].unit,
                                                     .name = unit_name(s, &items[i])};
        units[count - 1].items++;
        TRY(add_to(&units[count - 1].balance, items[i].balance));
    }
    if (count > 1)
        statement->units = (struct rows){units, count};
    return OK;
}

/* What the payments leave; credit that has another reason is told in one line. */
static status read_credits(struct session *s, const struct statement_query *in,
                           struct statement *statement)
{
    const struct day ever = {"9999-12-31"};
    const struct day on = in->as_of.iso[0] == '\0' ? ever : statement->as_of;
    struct money rest = statement->credit;
    struct rows found;

    TRY(store_list(s->store, SQL_CREDITS, NO_ROW,
                   BINDS(BIND_ID("customer", in->customer), BIND_DAY("on", on)), s->arena,
                   &credit_shape, &found));
    const struct statement_credit *from = found.at;
    struct statement_credit *credits =
        NEW_ARRAY(s->arena, struct statement_credit, found.count + 1);
    for (size_t i = 0; i < found.count; i++) {
        credits[i] = from[i];
        TRY(money_sub(rest, from[i].amount, &rest));
    }
    if (rest.cents != 0)
        credits[found.count++] =
            (struct statement_credit){.details = "other credit", .amount = rest};
    statement->credits = (struct rows){credits, found.count};
    return OK;
}

static status statement_run(struct session *s, const void *input, void *output)
{
    const struct statement_query *in = input;
    struct receivable_report report;
    struct statement statement;

    TRY(found(s,
              store_get(s->store, SQL_CUSTOMER, NO_ROW, BINDS(BIND_ID("customer", in->customer)),
                        s->arena, &statement_shape, &statement),
              "There is no customer %lld. Find the customer by name or phone.",
              (long long)in->customer.v));
    TRY(receivable_age(s, &(struct receivable_query){.as_of = in->as_of, .customer = in->customer},
                       &report));
    statement.as_of = report.as_of;
    statement.aged = report.aged;
    statement.overdue = report.overdue;
    statement.credit = report.credit;
    TRY(money_sub(report.aged.owes, report.credit, &statement.balance));
    TRY(read_items(s, in, &statement));
    TRY(sum_units(s, &statement));
    TRY(read_credits(s, in, &statement));
    *(struct statement *)output = statement;
    return OK;
}

static status owns(struct session *s, const void *input, bool *ret_own)
{
    const struct statement_query *in = input;

    *ret_own = in->customer.v != 0 && in->customer.v == s->customer.v;
    return OK;
}

const struct op receivable_statement_op = {
    .name = "receivable.statement",
    .says = "See the open invoices of a customer, by unit, with what is in credit",
    .title = "Statement",
    .right = RIGHT_INVOICES_VIEW,
    .in = SHAPE(struct statement_query, query_fields),
    .out = &statement_shape,
    .run = statement_run,
    .owns = owns,
    .about = "customer",
};
