/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the figures of two reports come from: what was sold, by the customers' answers, and what
 * technicians did, by the lines of their invoices. */

#include "base/text.h"
#include "domain/explain.h"
#include "explain_inner.h"
#include "report_inner.h"

#define FIGURE_ALL "all"

/* clang-format off */
/* The last answer to each job within the days, as report_sold.c counts them. */
static const char SQL_ANSWERS[] =
    "SELECT 'order' AS noun, o.id AS record, j.title AS title, d.decision AS word, d.amount AS amount\n"
    "FROM authorization AS a JOIN authorization_job AS d ON d.authorization = a.id\n"
    "JOIN repair_order AS o ON o.id = a.repair_order JOIN job AS j ON j.id = d.job\n"
    "LEFT JOIN user AS w ON w.id = o.writer\n"
    "WHERE a.at >= :from_at AND a.at < :to_at AND d.amount <> 0\n"
    "AND NOT EXISTS (SELECT 1 FROM authorization_job AS n JOIN authorization AS m ON m.id = n.authorization\n"
    "                WHERE n.job = d.job AND n.authorization > d.authorization AND m.at < :to_at)\n"
    "AND (:key IS NULL OR :key = CASE :by\n"
    "  WHEN 'day' THEN date(a.at + :offset, 'unixepoch')\n"
    "  WHEN 'week' THEN date(a.at + :offset, 'unixepoch', 'weekday 0', '-6 days')\n"
    "  WHEN 'month' THEN strftime('%Y-%m', a.at + :offset, 'unixepoch')\n"
    "  WHEN 'writer' THEN ifnull(w.name, '') ELSE CAST(o.customer AS TEXT) END)\n"
    "ORDER BY a.id, j.position";
static const char SQL_LINES[] =
    "SELECT 'invoice' AS noun, i.id AS record, l.description AS title, l.quantity AS hours, l.net AS amount\n"
    "FROM invoice AS i JOIN invoice_job AS j ON j.invoice = i.id\n"
    "JOIN invoice_line AS l ON l.invoice_job = j.id\n"
    "WHERE i.posted_on BETWEEN :from_on AND :to_on AND i.state = 'posted' AND l.kind = 'labor'\n"
    "AND CASE WHEN l.technician <> '' THEN l.technician ELSE j.technician END = :name\n"
    "UNION ALL\n"
    "SELECT 'credit', m.id, l.description, -k.quantity, -k.net\n"
    "FROM credit_memo AS m JOIN credit_line AS k ON k.credit_memo = m.id\n"
    "JOIN invoice_line AS l ON l.id = k.invoice_line JOIN invoice_job AS j ON j.id = l.invoice_job\n"
    "WHERE m.issued_on BETWEEN :from_on AND :to_on AND l.kind = 'labor'\n"
    "AND CASE WHEN l.technician <> '' THEN l.technician ELSE j.technician END = :name\n"
    "ORDER BY 1 DESC, 2";

struct source_row {
    const char *noun;
    int64_t record;
    const char *title, *word;
    struct qty hours;
    struct money amount;
};
static const struct field source_fields[] = {
    FIELD(struct source_row, noun),
    FIELD(struct source_row, record),
    FIELD(struct source_row, title),
    FIELD(struct source_row, word),
    FIELD(struct source_row, hours, .flags = FIELD_SIGNED),
    FIELD(struct source_row, amount, .flags = FIELD_SIGNED),
};
static const struct shape source_shape = SHAPE_OF(struct source_row, "source", source_fields);

static const struct field sold_fields[] = {
    FIELD(struct report_explain, from_on, .label = "From", .flags = FIELD_ARGUMENT, .help = "Empty: from the first of this month"),
    FIELD(struct report_explain, to_on, .label = "To", .flags = FIELD_ARGUMENT, .help = "Empty: to this day"),
    FIELD(struct report_explain, by, .choices = &report_by_choices, .initial = "month", .help = "One row for each"),
    FIELD(struct report_explain, figure, .label = "Row", .example = "2026-11-24",
          .help = "One day, week's Monday, month, writer or customer; empty: all"),
};
static const struct field people_fields[] = {
    FIELD(struct report_explain, from_on, .label = "From", .flags = FIELD_ARGUMENT, .help = "Empty: from the first of this month"),
    FIELD(struct report_explain, to_on, .label = "To", .flags = FIELD_ARGUMENT, .help = "Empty: to this day"),
    FIELD(struct report_explain, figure, .label = "Technician", .example = "Mo Haddad", .help = "By name; empty: all"),
};
/* clang-format on */

static struct explain_row *ratio(struct explain *e, const char *label, const char *value,
                                 const char *formula)
{
    struct explain_row *row = explain_add(e, 1, "", label, formula);

    row->value = value;
    return row;
}

static const char *document_name(const char *noun)
{
    return text_same(noun, "order") ? "RO" : text_same(noun, "credit") ? "Credit memo" : "Invoice";
}

/* Parts of a sum, each with the document it is on. */
static void source_rows(struct explain *e, const struct rows *rows, const char *word)
{
    const struct source_row *row = rows->at;

    for (size_t i = 0; i < rows->count; i++) {
        if (word != NULL && !text_same(row[i].word, word))
            continue;
        struct explain_row *out = explain_part(
            e, 2, "",
            EXPLAIN_TEXT(e, "%s %lld, %s", document_name(row[i].noun), (long long)row[i].record,
                         row[i].title),
            row[i].amount,
            row[i].hours.thousandths != 0 ? EXPLAIN_TEXT(e, "%s h", explain_qty(e->s, row[i].hours))
                                          : row[i].word);
        out->noun = row[i].noun;
        out->record.v = row[i].record;
    }
}

/* ---------------------------------------------------------------------------- sold -- */

static status sold_rows(struct explain *e, const struct sold_report *report,
                        const struct sold_row *row)
{
    const bool is_all = *row->key == '\0' && text_same(row->name, "All");
    const struct instant from = day_instant(report->from_on, 0);
    const struct instant to = day_instant(day_add(report->to_on, 1), 0);
    struct rows answers;

    TRY(store_list(
        e->s->store, SQL_ANSWERS, NO_ROW,
        BINDS(BIND_INT("from_at", from.seconds), BIND_INT("to_at", to.seconds),
              BIND_INT("offset", (int64_t)day_number(report->from_on) * 86400 - from.seconds),
              BIND_TEXT("by", choice_word(&report_by_choices, report->by)),
              is_all ? (struct bind)BIND_NULL("key") : (struct bind)BIND_TEXT("key", row->key)),
        e->s->arena, &source_shape, &answers));
    explain_add(e, 0, is_all ? FIGURE_ALL : row->key, row->name,
                "What customers answered, on the day they did")
        ->rule = "A job that was asked about twice counts with its last answer; one that is free "
                 "(0.00) is not sold.";
    explain_money(e, 1, "", "Presented", row->presented_amount,
                  EXPLAIN_TEXT(e, "%lld jobs", (long long)row->presented));
    source_rows(e, &answers, NULL);
    explain_money(e, 1, "", "Sold", row->authorized_amount,
                  EXPLAIN_TEXT(e, "%lld jobs", (long long)row->authorized));
    source_rows(e, &answers, "authorized");
    ratio(e, "Closed, $ %", row->close_amount,
          EXPLAIN_TEXT(e, "Sold / presented = %s / %s", explain_cents(e->s, row->authorized_amount),
                       explain_cents(e->s, row->presented_amount)));
    ratio(e, "Closed, jobs %", row->close_jobs,
          EXPLAIN_TEXT(e, "Authorized / (authorized + declined) = %lld / %lld",
                       (long long)row->authorized, (long long)(row->authorized + row->declined)));
    return OK;
}

static const char *days_title(const struct explain *e, struct day from_on, struct day to_on)
{
    return EXPLAIN_TEXT(e, "%s to %s", explain_day(e->s, from_on), explain_day(e->s, to_on));
}

static status explain_sold(struct session *s, const void *input, void *output)
{
    const struct report_explain *in = input;
    const struct report_query query = {.from_on = in->from_on, .to_on = in->to_on, .by = in->by};
    struct explain e = {.s = s};
    struct sold_report report;

    TRY(report_sold_op.run(s, &query, &report));
    const struct sold_row *rows = report.rows.at;
    for (size_t i = 0; i < report.rows.count; i++)
        TRY(sold_rows(&e, &report, &rows[i]));
    return explain_done(&e, days_title(&e, report.from_on, report.to_on), in->figure, output);
}

const struct op report_explain_sold_op = {
    .name = "report.explain-sold",
    .says = "Explain what was sold: close ratios with their figures, and every answer",
    .title = "Explain what was sold",
    .right = RIGHT_REPORTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct report_explain, sold_fields),
    .out = &explanation_shape,
    .run = explain_sold,
};

/* --------------------------------------------------------------------- technicians -- */

static void hour_ratio(struct explain *e, const char *label, const char *value, const char *formula,
                       struct qty part, struct qty whole)
{
    ratio(e, label, value,
          EXPLAIN_TEXT(e, "%s = %s / %s", formula, explain_qty(e->s, part),
                       explain_qty(e->s, whole)));
}

static status technician_rows(struct explain *e, const struct technician_report *report,
                              const struct technician_figures *row, bool is_all)
{
    const char *name = text_same(row->name, "Nobody named") ? "" : row->name;
    struct rows lines = {0};

    if (!is_all)
        TRY(store_list(e->s->store, SQL_LINES, NO_ROW,
                       BINDS(BIND_DAY("from_on", report->from_on), BIND_DAY("to_on", report->to_on),
                             BIND_TEXT("name", name)),
                       e->s->arena, &source_shape, &lines));
    explain_add(e, 0, is_all ? FIGURE_ALL : row->name, row->name,
                "Hours billed beside hours on jobs and in the shop")
        ->rule =
        "Billed: on invoices posted in these days, less credit memos. Clocked: punches that "
        "are ended.";
    explain_money(e, 1, "", "Labor sold", row->labor,
                  EXPLAIN_TEXT(e, "%s hours billed, %lld jobs", explain_qty(e->s, row->billed),
                               (long long)row->jobs));
    source_rows(e, &lines, NULL);
    hour_ratio(e, "Efficiency %", row->efficiency, "Hb / Hc", row->billed, row->clocked);
    hour_ratio(e, "Productivity %", row->productivity, "Hc / Ha", row->clocked, row->attended);
    hour_ratio(e, "Proficiency %", row->proficiency, "Hb / Ha", row->billed, row->attended);
    ratio(e, "ELR", row->labor_rate,
          EXPLAIN_TEXT(e, "Labor sold / hours charged = %s / %s", explain_cents(e->s, row->labor),
                       explain_qty(e->s, row->charged)))
        ->rule = "Charged: to customers; hours of internal and warranty work sell at nothing.";
    ratio(e, "Comeback %", row->comeback_percent,
          EXPLAIN_TEXT(e, "Comebacks / jobs = %lld / %lld", (long long)row->comebacks,
                       (long long)row->jobs))
        ->rule = "A comeback counts for who did the job the first time.";
    return OK;
}

static status explain_technicians(struct session *s, const void *input, void *output)
{
    const struct report_explain *in = input;
    const struct report_query query = {.from_on = in->from_on, .to_on = in->to_on};
    struct explain e = {.s = s};
    struct technician_report report;

    TRY(report_technicians_op.run(s, &query, &report));
    const struct technician_figures *rows = report.rows.at;
    for (size_t i = 0; i < report.rows.count; i++)
        TRY(technician_rows(&e, &report, &rows[i], i + 1 == report.rows.count));
    return explain_done(&e, days_title(&e, report.from_on, report.to_on), in->figure, output);
}

const struct op report_explain_technicians_op = {
    .name = "report.explain-technicians",
    .says = "Explain what technicians did: hours, ratios and the lines behind them",
    .title = "Explain technicians' figures",
    .right = RIGHT_REPORTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct report_explain, people_fields),
    .out = &explanation_shape,
    .run = explain_technicians,
};
