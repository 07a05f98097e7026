/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Showing an invoice, finding many, and the module. */

#include "domain/explain.h"
#include "domain/invoice.h"
#include "domain/list.h"
#include "invoice_inner.h"
#include "record.h"

static const char SQL_CUSTOMER_OF[] = "SELECT customer FROM invoice WHERE id = :id";

static const struct field invoice_query_fields[] = {
    FIELD(struct invoice_query, invoice, .picks = "invoice.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

status invoice_owns(struct session *s, const void *input, bool *ret_own)
{
    const struct invoice_query *in = input;

    return record_is_customers(s, SQL_CUSTOMER_OF, in->invoice.v, ret_own);
}

static status invoice_show(struct session *s, const void *input, void *output)
{
    const struct invoice_query *in = input;
    return invoice_get(s, in->invoice, output);
}

const struct op invoice_show_op = {
    .name = "invoice.show",
    .says = "Show an invoice with its jobs, taxes and payments",
    .title = "Show an invoice",
    .right = RIGHT_INVOICES_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct invoice_query, invoice_query_fields),
    .out = &invoice_shape,
    .run = invoice_show,
    .owns = invoice_owns,
};

static const struct field invoice_search_fields[] = {
    LIST_FIELDS(struct invoice_search, query),
    FIELD(struct invoice_search, customer, .picks = "customer.search"),
    FIELD(struct invoice_search, open, .help = "Only invoices that are not paid"),
    FIELD(struct invoice_search, overdue, .help = "Only invoices that are past due"),
    FIELD(struct invoice_search, from_on, .label = "From"),
    FIELD(struct invoice_search, to_on, .label = "To"),
    FIELD(struct invoice_search, writer, .label = "Service writer",
          .help = "By name; - for nobody"),
    FIELD(struct invoice_search, technician, .help = "By name, of any of its work; - for nobody"),
};

static const struct field invoice_row_fields[] = {
    FIELD(struct invoice_row, id, .label = "Invoice"),
    FIELD(struct invoice_row, kind, .choices = &invoice_kind_choices),
    FIELD(struct invoice_row, order, .label = "RO"),
    FIELD(struct invoice_row, customer_name, .label = "Customer"),
    FIELD(struct invoice_row, vehicle_name, .label = "Vehicle"),
    FIELD(struct invoice_row, posted_on, .label = "Posted"),
    FIELD(struct invoice_row, due_on, .label = "Due"),
    FIELD(struct invoice_row, status, .choices = &invoice_status_choices),
    FIELD(struct invoice_row, total),
    FIELD(struct invoice_row, paid),
    FIELD(struct invoice_row, balance),
};

static const struct list_sort invoice_sorts[] = {
    {.name = "id", .sql = "i.id"},
    {.name = "posted_on", .sql = "i.posted_on", .is_text = true},
};
static const struct list_sort open_sorts[] = {
    {.name = "id", .sql = "i.id"},
    {.name = "due_on", .sql = "i.due_on", .is_text = true},
};

#define INVOICE_LIST(sorts_)                                                                       \
    .select = "i.id AS id, i.kind AS kind, i.repair_order AS \"order\",\n"                         \
              "c.name AS customer_name,\n"                                                         \
              "ifnull(v.name, '') AS vehicle_name, i.posted_on AS posted_on,\n"                    \
              "i.due_on AS due_on, " SQL_STATUS ",\n"                                              \
              "i.total AS total, i.paid AS paid, " SQL_BALANCE,                                    \
    .from = "invoice i JOIN customer c ON c.id = i.customer\n"                                     \
            "LEFT JOIN vehicle v ON v.id = i.vehicle",                                             \
    .id = "i.id", .sorts = sorts_, .sort_count = COUNT_OF(sorts_), .lookup = "invoice"

#define IN_DAYS                                                                                    \
    "i.posted_on >= ifnull(:from_on, '') AND i.posted_on <= ifnull(:to_on, '9999-12-31')\n"        \
    "AND (:own = 0 OR i.customer = :own_customer)\n"                                               \
    "AND (:writer = '' OR iif(i.writer = '', '-', i.writer) = :writer)\n"                          \
    "AND (:technician = '' OR EXISTS (SELECT 1 FROM invoice_job AS j\n"                            \
    "     LEFT JOIN invoice_line AS l ON l.invoice_job = j.id\n"                                   \
    "     WHERE j.invoice = i.id AND :technician = "                                               \
    "CASE WHEN l.technician <> '' THEN l.technician WHEN j.technician <> '' THEN j.technician "    \
    "ELSE '-' END))"
/* In these words, so that the index of open invoices is used. */
#define IS_OPEN                                                                                    \
    " AND i.paid < i.total AND i.state = 'posted' AND (NOT :overdue OR i.due_on < :today)"
#define IS_OF_CUSTOMER " AND i.customer = :customer"

enum { OF_OPEN = 1, OF_CUSTOMER = 2 };
static const struct list_source invoice_sources[] = {
    [0] = {INVOICE_LIST(invoice_sorts), .where = IN_DAYS},
    [OF_OPEN] = {INVOICE_LIST(open_sorts), .where = IN_DAYS IS_OPEN},
    [OF_CUSTOMER] = {INVOICE_LIST(invoice_sorts), .where = IN_DAYS IS_OF_CUSTOMER},
    [OF_CUSTOMER | OF_OPEN] = {INVOICE_LIST(open_sorts), .where = IN_DAYS IS_OF_CUSTOMER IS_OPEN},
};

static status invoice_search(struct session *s, const void *input, void *output)
{
    struct invoice_search in = *(const struct invoice_search *)input;

    if (in.query.sort[0] == '\0')
        in.query.descending = true;
    const int of = (in.customer.v != 0 ? OF_CUSTOMER : 0) | (in.open || in.overdue ? OF_OPEN : 0);
    return list_run(s, &invoice_sources[of], &invoice_search_op, &in, output);
}

const struct op invoice_search_op = {
    .name = "invoice.search",
    .says = "Find invoices",
    .right = RIGHT_INVOICES_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_AMONG(invoice_sources),
    .in = SHAPE(struct invoice_search, invoice_search_fields),
    .out = SHAPE(struct invoice_row, invoice_row_fields),
    .run = invoice_search,
};

static const struct op *const invoice_ops[] = {
    &invoice_post_op,    &invoice_unpost_op, &invoice_charge_op,    &invoice_show_op,
    &invoice_explain_op, &invoice_search_op, &invoice_write_off_op, &invoice_write_off_undo_op,
};
extern const struct module invoice_module;
const struct module invoice_module = {
    .name = "invoice",
    .title = "Invoices",
    .says = "A repair order whose work is done becomes an invoice in one step: a frozen copy of "
            "every price, rate and text, never edited again.",
    MODULE_OPS(invoice_ops),
};
