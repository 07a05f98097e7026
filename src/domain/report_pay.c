/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Work by who paid for it: what went to customers, what the shop did for itself, and what its
 * warranty cost. On the day of posting, less credit memos on theirs, by the documents' own frozen
 * figures. */

#include <string.h>

#include "report_inner.h"

/* clang-format off */
static const char SQL_PAY[] =
    "SELECT pay, count(DISTINCT job) AS jobs, sum(hours) AS hours, sum(worth) AS worth,\n"
    "  sum(sales) AS sales, sum(cost) AS cost\n"
    "FROM (SELECT j.pay AS pay, j.id AS job,\n"
    "        CASE WHEN l.kind = 'labor' THEN l.quantity ELSE 0 END AS hours,\n"
    "        ifnull((l.quantity * l.price + 500) / 1000, 0) AS worth,\n"
    "        ifnull(l.net, 0) AS sales, ifnull(l.cost, 0) AS cost\n"
    "      FROM invoice AS i JOIN invoice_job AS j ON j.invoice = i.id\n"
    "      LEFT JOIN invoice_line AS l ON l.invoice_job = j.id\n"
    "      WHERE i.posted_on BETWEEN :from_on AND :to_on AND i.state = 'posted' AND i.kind = 'work'\n"
    "      UNION ALL\n"
    "      SELECT j.pay, NULL, CASE WHEN l.kind = 'labor' THEN -k.quantity ELSE 0 END,\n"
    "        -(k.quantity * l.price + 500) / 1000, -k.net, -k.cost\n"
    "      FROM credit_memo AS m JOIN invoice AS i ON i.id = m.invoice\n"
    "      JOIN credit_line AS k ON k.credit_memo = m.id\n"
    "      JOIN invoice_line AS l ON l.id = k.invoice_line\n"
    "      JOIN invoice_job AS j ON j.id = l.invoice_job\n"
    "      WHERE m.issued_on BETWEEN :from_on AND :to_on AND i.kind = 'work')\n"
    "GROUP BY pay";

static const struct field row_fields[] = {
    FIELD(struct pay_figures, pay, .label = "Paid by", .choices = &job_pay_choices),
    FIELD(struct pay_figures, jobs, .help = "On posted invoices; a credit memo takes none off"),
    FIELD(struct pay_figures, hours, .help = "Of labor, less credit memos", .flags = FIELD_SIGNED),
    FIELD(struct pay_figures, worth, .label = "Worth", .help = "At the prices written up, before discounts, less credit memos", .flags = FIELD_SIGNED),
    FIELD(struct pay_figures, sales, .help = "What the customer pays, without supplies and tax, less credit memos", .flags = FIELD_SIGNED),
    FIELD(struct pay_figures, cost, .help = "Of parts, sublet work and hours as written up", .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct pay_figures, jobs_percent, .label = "Jobs %", .help = "Jobs / all jobs"),
};
static const struct shape row_shape = SHAPE_OF(struct pay_figures, "pay_figures", row_fields);
static const struct field report_fields[] = {
    FIELD(struct pay_report, from_on, .label = "From"),
    FIELD(struct pay_report, to_on, .label = "To"),
    FIELD(struct pay_report, rows, .rows = &row_shape),
    FIELD(struct pay_report, formulas, .rows = &report_formula_shape),
};
static const struct field query_fields[] = {
    FIELD(struct report_query, from_on, .label = "From", .flags = FIELD_ARGUMENT, .help = "Empty: from the first of this month"),
    FIELD(struct report_query, to_on, .label = "To", .flags = FIELD_ARGUMENT, .help = "Empty: to this day"),
};
/* clang-format on */

static const struct report_formula formulas[] = {
    {"Counted", "repair orders' invoices on the day they were posted - credit memos on their own "
                "day; no invoice that was taken back, no charge without an order (late fees, gift "
                "certificates)"},
    {"Jobs %", "jobs / all jobs; a credit memo takes hours and money off, but no job"},
    {"Worth", "quantity x price of every line, before discounts"},
    {"Sales", "after discounts, without supplies and tax; 0 of internal and warranty work"},
    {"Cost", "of parts, sublet work and hours as written up, less parts put back on the shelf; of "
             "internal and warranty work booked to their own accounts, but for hours"},
};

/* A row for each of the three, in this order, whether there was any or not. */
static void arrange(struct session *s, struct pay_report *report)
{
    struct pay_figures *rows = NEW_ARRAY(s->arena, struct pay_figures, PAY_COUNT);
    const struct pay_figures *found = report->rows.at;
    int64_t jobs = 0;

    for (size_t i = 0; i < PAY_COUNT; i++)
        rows[i].pay = (enum job_pay)i;
    for (size_t i = 0; i < report->rows.count; i++) {
        rows[found[i].pay] = found[i];
        jobs += found[i].jobs;
    }
    for (size_t i = 0; i < PAY_COUNT; i++)
        rows[i].jobs_percent = report_percent(s, rows[i].jobs, jobs);
    report->rows = (struct rows){rows, PAY_COUNT};
}

static status pay(struct session *s, const void *input, void *output)
{
    struct pay_report report = {.from_on = {""}};

    TRY(report_days(s, input, &report.from_on, &report.to_on));
    TRY(store_list(s->store, SQL_PAY, NO_ROW,
                   BINDS(BIND_DAY("from_on", report.from_on), BIND_DAY("to_on", report.to_on)),
                   s->arena, &row_shape, &report.rows));
    arrange(s, &report);
    report.formulas =
        (struct rows){arena_copy(s->arena, formulas, sizeof formulas), COUNT_OF(formulas)};
    *(struct pay_report *)output = report;
    return OK;
}

const struct op report_pay_op = {
    .name = "report.pay",
    .says = "See work by who paid for it: the customer, the shop itself, or its warranty",
    .title = "Who paid for work",
    .right = RIGHT_REPORTS_VIEW,
    .in = SHAPE(struct report_query, query_fields),
    .out = SHAPE(struct pay_report, report_fields),
    .run = pay,
};
