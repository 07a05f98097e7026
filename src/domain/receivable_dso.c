/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Days sales outstanding: how many days of sales customers still owe. */

#include "domain/ledger.h"
#include "invoice_inner.h"
#include "receivable_inner.h"
#include "report_inner.h"

#define DAYS_DEFAULT 90

/* clang-format off */
/* What was open in the evening of the last day, and what was invoiced in the days less what was
 * credited in them. */
static const char SQL_DSO[] =
    "SELECT sum(k.due) AS receivable, sum(k.invoiced) AS invoiced,\n"
    "  sum(CASE WHEN k.on_terms THEN k.due ELSE 0 END) AS terms_receivable,\n"
    "  sum(CASE WHEN k.on_terms THEN k.invoiced ELSE 0 END) AS terms_invoiced\n"
    "FROM (SELECT 0 AS due, 0 AS invoiced, 0 AS on_terms\n"
    "      UNION ALL\n"
    "      SELECT total - paid, 0, due_on > posted_on\n"
    "      FROM invoice\n"
    "      WHERE paid < total AND state = 'posted' AND +posted_on <= :to_on\n"
    "      UNION ALL\n"
    "      SELECT s.amount, 0, i.due_on > i.posted_on\n"
    "      FROM (" SQL_SETTLED ") s JOIN invoice i ON i.id = s.invoice\n"
    "      WHERE s.day > :to_on AND +i.posted_on <= :to_on AND i.state = 'posted'\n"
    "      UNION ALL\n"
    "      SELECT 0, total, due_on > posted_on\n"
    "      FROM invoice\n"
    "      WHERE posted_on BETWEEN :from_on AND :to_on AND state = 'posted'\n"
    "      UNION ALL\n"
    "      SELECT 0, -m.total, i.due_on > i.posted_on\n"
    "      FROM credit_memo AS m JOIN invoice AS i ON i.id = m.invoice\n"
    "      WHERE m.issued_on BETWEEN :from_on AND :to_on) AS k";
/* clang-format on */

struct sums {
    struct money receivable, invoiced, terms_receivable, terms_invoiced;
};
static const struct field sum_fields[] = {
    FIELD(struct sums, receivable),
    FIELD(struct sums, invoiced),
    FIELD(struct sums, terms_receivable),
    FIELD(struct sums, terms_invoiced),
};
static const struct shape sum_shape = SHAPE_OF(struct sums, "sums", sum_fields);

static const struct field row_fields[] = {
    FIELD(struct dso_row, name, .label = "Invoices"),
    FIELD(struct dso_row, receivable, .help = "R: open in the evening of the last day",
          .flags = FIELD_SIGNED),
    FIELD(struct dso_row, invoiced, .help = "S: invoiced in these days less credit memos, with tax",
          .flags = FIELD_SIGNED),
    FIELD(struct dso_row, days, .help = "D: days from the first to the last"),
    FIELD(struct dso_row, dso, .label = "DSO", .help = "Days sales outstanding: R / S x D"),
};
static const struct shape row_shape = SHAPE_OF(struct dso_row, "dso_row", row_fields);
static const struct field report_fields[] = {
    FIELD(struct dso_report, from_on, .label = "From"),
    FIELD(struct dso_report, to_on, .label = "To"),
    FIELD(struct dso_report, rows, .rows = &row_shape),
    FIELD(struct dso_report, formulas, .rows = &report_formula_shape),
};
static const struct field query_fields[] = {
    FIELD(struct dso_query, from_on, .label = "From", .flags = FIELD_ARGUMENT,
          .help = "Empty: 90 days, up to the last day"),
    FIELD(struct dso_query, to_on, .label = "To", .flags = FIELD_ARGUMENT,
          .help = "Empty: to this day"),
};

static const struct report_formula formulas[] = {
    {"DSO", "R / S x D"},
    {"R, receivable", "open invoices in the evening of the last day"},
    {"S, invoiced", "invoices posted in the days - credit memos of the days, with tax; charges "
                    "without an order (late fees, gift certificates) are owed and counted as well"},
    {"D, days", "from the first day to the last, both counted"},
    {"On terms", "invoices that were not due on the day they were posted"},
};

/* Days with two decimals; "-" where nothing was invoiced, or more was credited. */
static const char *dso_text(struct session *s, const struct dso_row *row)
{
    struct money hundredths = MONEY_ZERO;
    char text[NUMBER_TEXT_MAX];

    if (row->invoiced.cents <= 0 ||
        money_share(row->receivable, row->days * 100, row->invoiced.cents, &hundredths) != OK)
        return "-";
    return arena_text(s->arena, money_text(hundredths, text));
}

static status check_days(struct session *s, const struct dso_query *in, struct dso_report *report)
{
    TRY(receivable_day(s, in->to_on, "to_on", &report->to_on));
    report->from_on =
        in->from_on.iso[0] != '\0' ? in->from_on : day_add(report->to_on, 1 - DAYS_DEFAULT);
    if (day_compare(report->from_on, report->to_on) > 0)
        return fail_field(s, "from_on",
                          "The first day is after the last one. Correct one of them.");
    return OK;
}

static status dso(struct session *s, const void *input, void *output)
{
    struct dso_report report = {
        .formulas = {arena_copy(s->arena, formulas, sizeof formulas), COUNT_OF(formulas)}};
    struct dso_row *rows = NEW_ARRAY(s->arena, struct dso_row, 2);
    struct sums sums;

    TRY(check_days(s, input, &report));
    TRY(store_get(s->store, SQL_DSO, NO_ROW,
                  BINDS(BIND_DAY("from_on", report.from_on), BIND_DAY("to_on", report.to_on)),
                  s->arena, &sum_shape, &sums));
    const int64_t days = day_distance(report.from_on, report.to_on) + 1;
    rows[0] = (struct dso_row){
        .name = "all", .receivable = sums.receivable, .invoiced = sums.invoiced, .days = days};
    rows[1] = (struct dso_row){.name = "on terms",
                               .receivable = sums.terms_receivable,
                               .invoiced = sums.terms_invoiced,
                               .days = days};
    for (size_t i = 0; i < 2; i++)
        rows[i].dso = dso_text(s, &rows[i]);
    report.rows = (struct rows){rows, 2};
    *(struct dso_report *)output = report;
    return OK;
}

const struct op receivable_dso_op = {
    .name = "receivable.dso",
    .says = "See how many days of sales customers still owe (DSO)",
    .title = "Days sales outstanding",
    .right = RIGHT_REPORTS_VIEW,
    .in = SHAPE(struct dso_query, query_fields),
    .out = SHAPE(struct dso_report, report_fields),
    .run = dso,
};
