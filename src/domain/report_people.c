/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Technicians: hours billed beside hours on jobs and hours in the shop. Billed hours are those of
 * posted invoices; clocked ones those of finished punches that begin within the days. */

#include <string.h>

#include "report_inner.h"

/* clang-format off */
/* Invoices keep names: a technician's hours are found by his. */
static const char SQL_PEOPLE[] =
    "WITH billed AS (\n"
    "  SELECT name, count(DISTINCT job) AS jobs, sum(labor) AS labor, sum(billed) AS billed,\n"
    "    sum(CASE WHEN pay = 'customer' THEN billed ELSE 0 END) AS charged\n"
    "  FROM (SELECT CASE WHEN l.technician <> '' THEN l.technician ELSE j.technician END AS name,\n"
    "          j.id AS job, j.pay AS pay, l.net AS labor, l.quantity AS billed\n"
    "        FROM invoice AS i JOIN invoice_job AS j ON j.invoice = i.id\n"
    "        JOIN invoice_line AS l ON l.invoice_job = j.id\n"
    "        WHERE i.posted_on BETWEEN :from_on AND :to_on AND i.state = 'posted' AND l.kind = 'labor'\n"
    "        UNION ALL\n"
    "        SELECT CASE WHEN l.technician <> '' THEN l.technician ELSE j.technician END,\n"
    "          NULL, j.pay, -k.net, -k.quantity\n"
    "        FROM credit_memo AS m JOIN credit_line AS k ON k.credit_memo = m.id\n"
    "        JOIN invoice_line AS l ON l.id = k.invoice_line\n"
    "        JOIN invoice_job AS j ON j.id = l.invoice_job\n"
    "        WHERE m.issued_on BETWEEN :from_on AND :to_on AND l.kind = 'labor')\n"
    "  GROUP BY 1\n"
    "), clocked AS (\n"
    "  SELECT u.name, sum(CASE WHEN p.job IS NOT NULL THEN p.out_at - p.in_at ELSE 0 END) AS on_jobs,\n"
    "    sum(CASE WHEN p.job IS NULL THEN p.out_at - p.in_at ELSE 0 END) AS in_shop\n"
    "  FROM punch AS p JOIN user AS u ON u.id = p.user\n"
    "  WHERE p.in_at >= :from_at AND p.in_at < :to_at AND p.out_at IS NOT NULL\n"
    "  GROUP BY 1\n"
    "), back AS (\n"
    "  SELECT ifnull(u.name, '') AS name, count(*) AS comebacks\n"
    "  FROM job AS b JOIN invoice AS i ON i.id = b.invoice JOIN job AS w ON w.id = b.comeback_of\n"
    "  LEFT JOIN user AS u ON u.id = ifnull(w.technician,\n"
    "    (SELECT l.technician FROM line AS l WHERE l.job = w.id AND l.technician IS NOT NULL LIMIT 1))\n"
    "  WHERE b.comeback_of IS NOT NULL AND i.posted_on BETWEEN :from_on AND :to_on AND i.state = 'posted'\n"
    "  GROUP BY 1\n"
    "), names AS (SELECT name FROM billed UNION SELECT name FROM clocked UNION SELECT name FROM back)\n"
    "SELECT n.name, ifnull(b.jobs, 0) AS jobs, ifnull(b.labor, 0) AS labor, ifnull(b.billed, 0) AS billed,\n"
    "  ifnull(b.charged, 0) AS charged,\n"
    "  ifnull(c.on_jobs, 0) * 1000 / 3600 AS clocked, ifnull(c.in_shop, 0) * 1000 / 3600 AS attended,\n"
    "  ifnull(k.comebacks, 0) AS comebacks\n"
    "FROM names AS n LEFT JOIN billed AS b ON b.name = n.name LEFT JOIN clocked AS c ON c.name = n.name\n"
    "LEFT JOIN back AS k ON k.name = n.name\n"
    "ORDER BY ifnull(b.billed, 0) DESC, n.name";

static const struct field row_fields[] = {
    FIELD(struct technician_figures, name, .label = "Technician"),
    FIELD(struct technician_figures, jobs),
    FIELD(struct technician_figures, labor, .label = "Labor sold", .flags = FIELD_SIGNED),
    FIELD(struct technician_figures, billed, .label = "Billed", .help = "Hb: hours on posted invoices less credit memos", .flags = FIELD_SIGNED),
    FIELD(struct technician_figures, charged, .label = "Charged", .help = "Of these, to customers: not internal, not warranty", .flags = FIELD_SIGNED),
    FIELD(struct technician_figures, clocked, .label = "On jobs", .help = "Hc: hours clocked on jobs"),
    FIELD(struct technician_figures, attended, .label = "In the shop", .help = "Ha: hours clocked in"),
    FIELD(struct technician_figures, efficiency, .label = "Efficiency %", .help = "Hb / Hc"),
    FIELD(struct technician_figures, productivity, .label = "Productivity %", .help = "Hc / Ha"),
    FIELD(struct technician_figures, proficiency, .label = "Proficiency %", .help = "Hb / Ha"),
    FIELD(struct technician_figures, comebacks, .help = "Jobs invoiced that do again what this technician did"),
    FIELD(struct technician_figures, comeback_percent, .label = "Comeback %", .help = "Comebacks / jobs"),
    FIELD(struct technician_figures, labor_rate, .label = "ELR", .help = "Labor sold / hours charged"),
};
static const struct shape row_shape = SHAPE_OF(struct technician_figures, "technician_figures", row_fields);
static const struct field report_fields[] = {
    FIELD(struct technician_report, from_on, .label = "From"),
    FIELD(struct technician_report, to_on, .label = "To"),
    FIELD(struct technician_report, rows, .rows = &row_shape),
    FIELD(struct technician_report, formulas, .rows = &report_formula_shape),
};
static const struct field query_fields[] = {
    FIELD(struct report_query, from_on, .label = "From", .flags = FIELD_ARGUMENT, .help = "Empty: from the first of this month"),
    FIELD(struct report_query, to_on, .label = "To", .flags = FIELD_ARGUMENT, .help = "Empty: to this day"),
};
/* clang-format on */

static const struct report_formula formulas[] = {
    {"Hours billed",
     "labor on repair orders' invoices posted, internal and warranty work with it - "
     "credit memos on their own day; none of an invoice that was taken back"},
    {"Efficiency %", "hours billed / hours clocked on jobs"},
    {"Productivity %", "hours clocked on jobs / hours clocked in"},
    {"Proficiency %", "hours billed / hours clocked in"},
    {"ELR", "labor sold / hours billed to customers: not those of internal and warranty work"},
    {"Comeback %",
     "comebacks / jobs; a comeback counts for who did the job the first time; a credit memo "
     "takes no job off"},
};

static void work_out(struct session *s, struct technician_figures *row)
{
    row->efficiency = report_percent(s, row->billed.thousandths, row->clocked.thousandths);
    row->productivity = report_percent(s, row->clocked.thousandths, row->attended.thousandths);
    row->proficiency = report_percent(s, row->billed.thousandths, row->attended.thousandths);
    row->comeback_percent = report_percent(s, row->comebacks, row->jobs);
    row->labor_rate = report_per_hour(s, row->labor, row->charged);
}

static status finish(struct session *s, struct technician_report *report)
{
    struct technician_figures *rows =
        NEW_ARRAY(s->arena, struct technician_figures, report->rows.count + 1);
    struct technician_figures *all = &rows[report->rows.count];

    if (report->rows.count > 0)
        memcpy(rows, report->rows.at, report->rows.count * sizeof *rows);
    *all = (struct technician_figures){.name = "All"};
    for (size_t i = 0; i < report->rows.count; i++) {
        work_out(s, &rows[i]);
        if (*rows[i].name == '\0')
            rows[i].name = "Nobody named";
        all->jobs += rows[i].jobs;
        all->comebacks += rows[i].comebacks;
        all->billed.thousandths += rows[i].billed.thousandths;
        all->charged.thousandths += rows[i].charged.thousandths;
        all->clocked.thousandths += rows[i].clocked.thousandths;
        all->attended.thousandths += rows[i].attended.thousandths;
        TRY(money_add(all->labor, rows[i].labor, &all->labor));
    }
    work_out(s, all);
    report->rows = (struct rows){rows, report->rows.count + 1};
    report->formulas =
        (struct rows){arena_copy(s->arena, formulas, sizeof formulas), COUNT_OF(formulas)};
    return OK;
}

static status technicians(struct session *s, const void *input, void *output)
{
    struct technician_report report = {.from_on = {""}};

    TRY(report_days(s, input, &report.from_on, &report.to_on));
    TRY(store_list(s->store, SQL_PEOPLE, NO_ROW,
                   BINDS(BIND_DAY("from_on", report.from_on), BIND_DAY("to_on", report.to_on),
                         BIND_INT("from_at", day_instant(report.from_on, 0).seconds),
                         BIND_INT("to_at", day_instant(day_add(report.to_on, 1), 0).seconds)),
                   s->arena, &row_shape, &report.rows));
    TRY(finish(s, &report));
    *(struct technician_report *)output = report;
    return OK;
}

const struct op report_technicians_op = {
    .name = "report.technicians",
    .says = "See technicians' hours billed, on jobs and in the shop",
    .title = "Technicians' hours",
    .right = RIGHT_REPORTS_VIEW,
    .in = SHAPE(struct report_query, query_fields),
    .out = SHAPE(struct technician_report, report_fields),
    .run = technicians,
};
