/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What was sold: customers' answers, on the day they gave them. A job that was asked about twice
 * counts with its last answer within the days; one that is free then was not sold. */

#include <string.h>

#include "report_inner.h"

/* clang-format off */
#define SQL_SOLD(key_, name_)                                                                      \
    "SELECT " key_ " AS \"key\", " name_ " AS name, count(*) AS presented,\n"                      \
    "  count(CASE WHEN d.decision = 'authorized' THEN 1 END) AS authorized,\n"                     \
    "  count(CASE WHEN d.decision <> 'authorized' THEN 1 END) AS declined,\n"                      \
    "  sum(d.amount) AS presented_amount,\n"                                                       \
    "  sum(CASE WHEN d.decision = 'authorized' THEN d.amount ELSE 0 END) AS authorized_amount\n"   \
    "FROM authorization AS a JOIN authorization_job AS d ON d.authorization = a.id\n"              \
    "JOIN repair_order AS o ON o.id = a.repair_order\n"                                            \
    "LEFT JOIN job AS j ON j.id = d.job LEFT JOIN user AS t ON t.id = j.technician\n"              \
    "JOIN customer AS c ON c.id = o.customer LEFT JOIN user AS w ON w.id = o.writer\n"             \
    "WHERE a.at >= :from_at AND a.at < :to_at AND d.amount <> 0\n"                                 \
    "AND NOT EXISTS (SELECT 1 FROM authorization_job AS n JOIN authorization AS m ON m.id = n.authorization\n" \
    "                WHERE n.job = d.job AND n.authorization > d.authorization AND m.at < :to_at)\n" \
    "GROUP BY 1\n"                                                                                 \
    "ORDER BY "
#define SHOP_DAY "date(a.at + :offset, 'unixepoch')"
static const char *const SQL_BY[] = {
    [REPORT_DAY]      = SQL_SOLD(SHOP_DAY, "''") "1",
    [REPORT_WEEK]     = SQL_SOLD("date(a.at + :offset, 'unixepoch', 'weekday 0', '-6 days')", "''") "1",
    [REPORT_MONTH]    = SQL_SOLD("strftime('%Y-%m', a.at + :offset, 'unixepoch')", "''") "1",
    [REPORT_WRITER]   = SQL_SOLD("ifnull(w.name, '')", "ifnull(w.name, '')") "7 DESC, 1",
    [REPORT_TECHNICIAN] = SQL_SOLD("ifnull(t.name, '')", "ifnull(t.name, '')") "7 DESC, 1",
    [REPORT_CUSTOMER] = SQL_SOLD("o.customer", "max(c.name)") "7 DESC, 1",
};

static const struct field row_fields[] = {
    FIELD(struct sold_row, key, .flags = FIELD_HIDDEN),
    FIELD(struct sold_row, name, .label = "When or who"),
    FIELD(struct sold_row, presented, .label = "Jobs presented"),
    FIELD(struct sold_row, authorized),
    FIELD(struct sold_row, declined, .label = "Declined", .help = "Or put off"),
    FIELD(struct sold_row, presented_amount, .label = "Presented", .help = "Dollars"),
    FIELD(struct sold_row, authorized_amount, .label = "Sold", .help = "Dollars"),
    FIELD(struct sold_row, close_amount, .label = "Closed, $ %", .help = "Dollars authorized / presented"),
    FIELD(struct sold_row, close_jobs, .label = "Closed, jobs %", .help = "Authorized / (authorized + declined)"),
};
static const struct shape row_shape = SHAPE_OF(struct sold_row, "sold_row", row_fields);
static const struct field report_fields[] = {
    FIELD(struct sold_report, from_on, .label = "From"),
    FIELD(struct sold_report, to_on, .label = "To"),
    FIELD(struct sold_report, by, .choices = &report_by_choices),
    FIELD(struct sold_report, rows, .rows = &row_shape),
    FIELD(struct sold_report, formulas, .rows = &report_formula_shape),
};
static const struct field query_fields[] = {
    FIELD(struct report_query, from_on, .label = "From", .flags = FIELD_ARGUMENT, .help = "Empty: from the first of this month"),
    FIELD(struct report_query, to_on, .label = "To", .flags = FIELD_ARGUMENT, .help = "Empty: to this day"),
    FIELD(struct report_query, by, .choices = &report_by_choices, .initial = "month", .help = "One row for each"),
};
/* clang-format on */

static const struct report_formula formulas[] = {
    {"Closed, $ %", "dollars authorized / dollars presented"},
    {"Closed, jobs %", "jobs authorized / (authorized + declined or put off)"},
    {"Counted", "jobs at the price of the customer's last answer, on its day, before tax and "
                "supplies; none that is free (0.00: warranty, internal, given): it is not sold. "
                "Invoices and credit memos do not change what was sold"},
};

static void work_out(struct session *s, struct sold_row *row)
{
    row->close_amount =
        report_percent(s, row->authorized_amount.cents, row->presented_amount.cents);
    row->close_jobs = report_percent(s, row->authorized, row->authorized + row->declined);
}

static status finish(struct session *s, struct sold_report *report)
{
    struct sold_row *rows = NEW_ARRAY(s->arena, struct sold_row, report->rows.count + 1);
    struct sold_row *all = &rows[report->rows.count];

    if (report->rows.count > 0)
        memcpy(rows, report->rows.at, report->rows.count * sizeof *rows);
    *all = (struct sold_row){.key = "", .name = "All"};
    for (size_t i = 0; i < report->rows.count; i++) {
        work_out(s, &rows[i]);
        rows[i].name = report_group_name(s, report->by, rows[i].key, rows[i].name);
        all->presented += rows[i].presented;
        all->authorized += rows[i].authorized;
        all->declined += rows[i].declined;
        TRY(money_add(all->presented_amount, rows[i].presented_amount, &all->presented_amount));
        TRY(money_add(all->authorized_amount, rows[i].authorized_amount, &all->authorized_amount));
    }
    work_out(s, all);
    report->rows = (struct rows){rows, report->rows.count + 1};
    report->formulas =
        (struct rows){arena_copy(s->arena, formulas, sizeof formulas), COUNT_OF(formulas)};
    return OK;
}

static status sold(struct session *s, const void *input, void *output)
{
    const struct report_query *in = input;
    struct sold_report report = {.by = in->by};

    TRY(report_days(s, in, &report.from_on, &report.to_on));
    const struct instant from = day_instant(report.from_on, 0);
    const struct instant to = day_instant(day_add(report.to_on, 1), 0);
    /* The shop's day is told by the offset of the first day; an answer in the hour that summer time
     * moves is not given at midnight. */
    const int64_t offset = (int64_t)day_number(report.from_on) * 86400 - from.seconds;
    TRY(store_list(s->store, SQL_BY[in->by], NO_ROW,
                   BINDS(BIND_INT("from_at", from.seconds), BIND_INT("to_at", to.seconds),
                         BIND_INT("offset", offset)),
                   s->arena, &row_shape, &report.rows));
    TRY(finish(s, &report));
    *(struct sold_report *)output = report;
    return OK;
}

const struct op report_sold_op = {
    .name = "report.sold",
    .says = "See what customers authorized and declined, and the close ratio",
    .title = "What was sold",
    .right = RIGHT_REPORTS_VIEW,
    .in = SHAPE(struct report_query, query_fields),
    .out = SHAPE(struct sold_report, report_fields),
    .run = sold,
};
