/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the figures of the production report come from: each with its formula filled in, and for
 * one row the invoices it is made of. */

#include <stdlib.h>

#include "base/text.h"
#include "domain/explain.h"
#include "explain_inner.h"
#include "report_inner.h"

#define FIGURE_ALL "all"

/* clang-format off */
static const char SQL_INVOICES[] =
    "SELECT 'invoice' AS noun, i.id AS record, i.posted_on AS posted_on, c.name AS name,\n"
    "  i.total - i.tax - " REPORT_INVOICE_CORES("i.id") " AS amount\n"
    "FROM invoice AS i JOIN customer AS c ON c.id = i.customer\n"
    "WHERE i.posted_on BETWEEN :from_on AND :to_on AND i.state = 'posted' AND i.kind = 'work'\n"
    "AND (:writer IS NULL OR iif(i.writer = '', '-', i.writer) = :writer) AND (:customer IS NULL OR i.customer = :customer)\n"
    "UNION ALL\n"
    "SELECT 'credit', m.id, m.issued_on, c.name, m.tax - m.total + " REPORT_CREDIT_CORES("m.id") "\n"
    "FROM credit_memo AS m JOIN invoice AS i ON i.id = m.invoice JOIN customer AS c ON c.id = i.customer\n"
    "WHERE m.issued_on BETWEEN :from_on AND :to_on AND i.kind = 'work'\n"
    "AND (:writer IS NULL OR iif(i.writer = '', '-', i.writer) = :writer) AND (:customer IS NULL OR i.customer = :customer)\n"
    "ORDER BY 3, 1 DESC, 2";

/* What a technician did of each; of nobody, what no line of work bears a name for; core deposits are
 * no work at all. */
#define OF_LINE "CASE WHEN l.technician <> '' THEN l.technician ELSE j.technician END"
static const char SQL_INVOICES_OF[] =
    "SELECT * FROM (\n"
    "SELECT 'invoice' AS noun, i.id AS record, i.posted_on AS posted_on, c.name AS name,\n"
    "  CASE WHEN :technician = '-' THEN i.total - i.tax -\n"
    "    sum(CASE WHEN " OF_LINE " <> '' OR l.kind = 'core' THEN l.net ELSE 0 END) ELSE\n"
    "    sum(CASE WHEN " OF_LINE " = :technician AND l.kind <> 'core' THEN l.net ELSE 0 END) END AS amount\n"
    "FROM invoice AS i JOIN customer AS c ON c.id = i.customer\n"
    "JOIN invoice_job AS j ON j.invoice = i.id LEFT JOIN invoice_line AS l ON l.invoice_job = j.id\n"
    "WHERE i.posted_on BETWEEN :from_on AND :to_on AND i.state = 'posted' AND i.kind = 'work'\n"
    "GROUP BY i.id\n"
    "UNION ALL\n"
    "SELECT 'credit', m.id, m.issued_on, c.name,\n"
    "  CASE WHEN :technician = '-' THEN m.tax - m.total +\n"
    "    sum(CASE WHEN " OF_LINE " <> '' OR l.kind = 'core' THEN k.net ELSE 0 END) ELSE\n"
    "    -sum(CASE WHEN " OF_LINE " = :technician AND l.kind <> 'core' THEN k.net ELSE 0 END) END AS amount\n"
    "FROM credit_memo AS m JOIN invoice AS i ON i.id = m.invoice JOIN customer AS c ON c.id = i.customer\n"
    "JOIN credit_line AS k ON k.credit_memo = m.id JOIN invoice_line AS l ON l.id = k.invoice_line\n"
    "JOIN invoice_job AS j ON j.id = l.invoice_job\n"
    "WHERE m.issued_on BETWEEN :from_on AND :to_on AND i.kind = 'work'\n"
    "GROUP BY m.id)\n"
    "WHERE amount <> 0\n"
    "ORDER BY posted_on, noun DESC, record";

struct invoice_of_row {
    const char *noun; /* or of a credit memo, below zero */
    int64_t record;
    struct day posted_on;
    const char *name;
    struct money amount;
};
static const struct field invoice_fields[] = {
    FIELD(struct invoice_of_row, noun),
    FIELD(struct invoice_of_row, record),
    FIELD(struct invoice_of_row, posted_on),
    FIELD(struct invoice_of_row, name),
    FIELD(struct invoice_of_row, amount, .flags = FIELD_SIGNED),
};
static const struct shape invoice_row_shape = SHAPE_OF(struct invoice_of_row, "invoice", invoice_fields);

static const struct field explain_fields[] = {
    FIELD(struct report_explain, from_on, .label = "From", .flags = FIELD_ARGUMENT, .help = "Empty: from the first of this month"),
    FIELD(struct report_explain, to_on, .label = "To", .flags = FIELD_ARGUMENT, .help = "Empty: to this day"),
    FIELD(struct report_explain, by, .choices = &report_by_choices, .initial = "month", .help = "One row for each"),
    FIELD(struct report_explain, figure, .label = "Row", .example = "2026-11-24",
          .help = "One day, week's Monday, month, writer or customer, with its invoices; empty: all"),
};
/* clang-format on */

static const char *figure_of(const struct production_row *row)
{
    return *row->key != '\0' ? row->key : FIGURE_ALL;
}

static struct explain_row *ratio(struct explain *e, const char *label, const char *value,
                                 const char *formula)
{
    struct explain_row *row = explain_add(e, 1, "", label, formula);

    row->value = value;
    return row;
}

static void ratio_rows(struct explain *e, const struct production_row *row)
{
    const char *sales = explain_cents(e->s, row->sales);
    const char *hours = explain_qty(e->s, row->hours);
    const long long orders = (long long)row->orders;

    ratio(e, "Orders, N", EXPLAIN_TEXT(e, "%lld", orders), "Repair orders invoiced");
    ratio(e, "ARO", row->aro, EXPLAIN_TEXT(e, "S / N = %s / %lld", sales, orders))->rule =
        "A ratio of the sums, never the mean of ratios.";
    ratio(e, "Hours/RO", row->hours_per_order,
          EXPLAIN_TEXT(e, "Hb / N = %s / %lld", hours, orders));
    ratio(e, "ELR", row->labor_rate,
          EXPLAIN_TEXT(e, "Labor / Hb = %s / %s", explain_cents(e->s, row->labor), hours));
    if (!explain_shows_costs(e))
        return;
    explain_money(e, 1, "", "Gross profit", row->profit,
                  EXPLAIN_TEXT(e, "S - C = %s - %s", sales, explain_cents(e->s, row->cost)));
    ratio(e, "GP %", row->profit_percent,
          EXPLAIN_TEXT(e, "(S - C) / S = %s / %s", explain_cents(e->s, row->profit), sales));
}

static status invoice_rows(struct explain *e, const struct production_report *report,
                           const struct production_row *row)
{
    const char *writer = report->by == REPORT_WRITER && *row->key != '\0' ? row->key : NULL;
    const struct customer_id customer = {report->by == REPORT_CUSTOMER ? strtoll(row->key, NULL, 10)
                                                                       : 0};
    const bool of_technician = report->by == REPORT_TECHNICIAN && *row->key != '\0';
    struct day from_on = report->from_on, to_on = report->to_on;
    struct rows rows;

    if (*row->key != '\0')
        report_row_days(report, row->key, &from_on, &to_on);
    if (of_technician)
        TRY(store_list(e->s->store, SQL_INVOICES_OF, NO_ROW,
                       BINDS(BIND_DAY("from_on", from_on), BIND_DAY("to_on", to_on),
                             BIND_TEXT("technician", row->key)),
                       e->s->arena, &invoice_row_shape, &rows));
    else
        TRY(store_list(e->s->store, SQL_INVOICES, NO_ROW,
                       BINDS(BIND_DAY("from_on", from_on), BIND_DAY("to_on", to_on),
                             store_bind_text("writer", writer), BIND_ID("customer", customer)),
                       e->s->arena, &invoice_row_shape, &rows));
    explain_money(
        e, 1, "invoices", of_technician ? "Of these invoices" : "Its invoices", row->sales,
        !of_technician ? "Each after discounts, without tax and core deposits, less credit memos"
        : text_same(row->key, "-") ? "Supplies, and what no technician is named for"
                                   : "What this technician did of each, less credit memos");
    const struct invoice_of_row *invoice = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        struct explain_row *out = explain_part(
            e, 2, "",
            EXPLAIN_TEXT(e, "%s %lld, %s",
                         text_same(invoice[i].noun, "credit") ? "Credit memo" : "Invoice",
                         (long long)invoice[i].record, explain_day(e->s, invoice[i].posted_on)),
            invoice[i].amount, invoice[i].name);
        out->noun = invoice[i].noun;
        out->record.v = invoice[i].record;
    }
    return OK;
}

static status figure_rows(struct explain *e, const struct production_report *report,
                          const struct production_row *row, bool with_invoices)
{
    explain_money(e, 0, figure_of(row), EXPLAIN_TEXT(e, "Sales, S · %s", row->name), row->sales,
                  "Labor + parts + other, after discounts, without tax")
        ->rule = "By the day of posting: produced, not sold or paid.";
    explain_part(e, 1, "", "Labor", row->labor, "");
    explain_part(e, 1, "", "Parts", row->parts, "");
    explain_part(e, 1, "", "Other", row->other, "Sublet, fees and supplies");
    ratio_rows(e, row);
    return with_invoices ? invoice_rows(e, report, row) : OK;
}

static status report_explain(struct session *s, const void *input, void *output)
{
    const struct report_explain *in = input;
    const struct report_query query = {.from_on = in->from_on, .to_on = in->to_on, .by = in->by};
    struct explain e = {.s = s};
    struct production_report report;

    TRY(report_production_op.run(s, &query, &report));
    const struct production_row *rows = report.rows.at;
    for (size_t i = 0; i < report.rows.count; i++)
        TRY(figure_rows(&e, &report, &rows[i], text_same(in->figure, figure_of(&rows[i]))));
    return explain_done(
        &e,
        EXPLAIN_TEXT(&e, "%s to %s", explain_day(s, report.from_on), explain_day(s, report.to_on)),
        in->figure, output);
}

const struct op report_explain_op = {
    .name = "report.explain",
    .says = "Explain what was produced: every ratio with its figures, a row with its invoices",
    .title = "Explain a report",
    .right = RIGHT_REPORTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct report_explain, explain_fields),
    .out = &explanation_shape,
    .run = report_explain,
};
