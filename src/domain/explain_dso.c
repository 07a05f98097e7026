/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the days sales outstanding come from: what each customer owed in the evening of the last
 * day, and every document of the days between. */

#include "base/text.h"
#include "domain/explain.h"
#include "explain_inner.h"
#include "invoice_inner.h"
#include "receivable_inner.h"

/* clang-format off */
#define ON_TERMS "(NOT :on_terms OR i.due_on > i.posted_on)"

/* By customer: an invoice was open by what is open today and what has been settled since. */
static const char SQL_OWED[] =
    "SELECT 'customer' AS noun, k.customer AS record, '' AS \"on\", c.name AS name,\n"
    "  sum(k.due) AS amount\n"
    "FROM (SELECT i.customer, i.total - i.paid AS due\n"
    "      FROM invoice AS i\n"
    "      WHERE i.paid < i.total AND i.state = 'posted' AND +i.posted_on <= :to_on\n"
    "      AND " ON_TERMS "\n"
    "      UNION ALL\n"
    "      SELECT i.customer, s.amount\n"
    "      FROM (" SQL_SETTLED ") s JOIN invoice AS i ON i.id = s.invoice\n"
    "      WHERE s.day > :to_on AND +i.posted_on <= :to_on AND i.state = 'posted'\n"
    "      AND " ON_TERMS ") AS k JOIN customer AS c ON c.id = k.customer\n"
    "GROUP BY k.customer\n"
    "HAVING sum(k.due) <> 0\n"
    "ORDER BY sum(k.due) DESC, c.name_key, c.id";

static const char SQL_INVOICED[] =
    "SELECT 'invoice' AS noun, i.id AS record, i.posted_on AS \"on\", c.name AS name,\n"
    "  i.total AS amount\n"
    "FROM invoice AS i JOIN customer AS c ON c.id = i.customer\n"
    "WHERE i.posted_on BETWEEN :from_on AND :to_on AND i.state = 'posted' AND " ON_TERMS "\n"
    "UNION ALL\n"
    "SELECT 'credit', m.id, m.issued_on, c.name, -m.total\n"
    "FROM credit_memo AS m JOIN invoice AS i ON i.id = m.invoice JOIN customer AS c ON c.id = i.customer\n"
    "WHERE m.issued_on BETWEEN :from_on AND :to_on AND " ON_TERMS "\n"
    "ORDER BY 3, 1 DESC, 2";

struct dso_part {
    const char *noun;
    int64_t record;
    struct day on;
    const char *name;
    struct money amount;
};
static const struct field part_fields[] = {
    FIELD(struct dso_part, noun),
    FIELD(struct dso_part, record),
    FIELD(struct dso_part, on),
    FIELD(struct dso_part, name),
    FIELD(struct dso_part, amount, .flags = FIELD_SIGNED),
};
static const struct shape part_shape = SHAPE_OF(struct dso_part, "dso_part", part_fields);

static const struct field explain_fields[] = {
    FIELD(struct dso_explain, from_on, .label = "From", .flags = FIELD_ARGUMENT, .help = "Empty: 90 days, up to the last day"),
    FIELD(struct dso_explain, to_on, .label = "To", .flags = FIELD_ARGUMENT, .help = "Empty: to this day"),
    FIELD(struct dso_explain, figure, .label = "Row", .example = "on-terms", .help = "Only this one, \"all\" or \"on-terms\"; empty: both"),
};
/* clang-format on */

static const char *part_label(const struct explain *e, const struct dso_part *part)
{
    if (text_same(part->noun, "customer"))
        return part->name;
    return EXPLAIN_TEXT(e, "%s %lld, %s",
                        text_same(part->noun, "credit") ? "Credit memo" : "Invoice",
                        (long long)part->record, explain_day(e->s, part->on));
}

static status part_rows(struct explain *e, const struct dso_report *report, const char *sql,
                        bool on_terms)
{
    struct rows rows;

    TRY(store_list(e->s->store, sql, NO_ROW,
                   BINDS(BIND_DAY("from_on", report->from_on), BIND_DAY("to_on", report->to_on),
                         BIND_INT("on_terms", on_terms)),
                   e->s->arena, &part_shape, &rows));
    const struct dso_part *parts = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        struct explain_row *row = explain_part(e, 2, "", part_label(e, &parts[i]), parts[i].amount,
                                               parts[i].on.iso[0] != '\0' ? parts[i].name : "");
        row->noun = parts[i].noun;
        row->record.v = parts[i].record;
    }
    return OK;
}

static status dso_rows(struct explain *e, const struct dso_report *report,
                       const struct dso_row *dso, bool on_terms)
{
    struct explain_row *row = explain_add(
        e, 0, on_terms ? "on-terms" : "all", EXPLAIN_TEXT(e, "DSO, %s", dso->name),
        EXPLAIN_TEXT(e, "R / S x D = %s / %s x %lld", explain_cents(e->s, dso->receivable),
                     explain_cents(e->s, dso->invoiced), (long long)dso->days));

    row->value = dso->dso;
    row->rule = on_terms ? "Of invoices that were not due on the day they were posted."
                         : "Of all invoices, those due at once among them.";
    explain_money(e, 1, "", "R, receivable", dso->receivable,
                  EXPLAIN_TEXT(e, "Open in the evening of %s", explain_day(e->s, report->to_on)));
    TRY(part_rows(e, report, SQL_OWED, on_terms));
    explain_money(e, 1, "", "S, invoiced", dso->invoiced, "Less credit memos, with tax");
    TRY(part_rows(e, report, SQL_INVOICED, on_terms));
    row = explain_add(e, 1, "", "D, days",
                      EXPLAIN_TEXT(e, "%s to %s, both counted", explain_day(e->s, report->from_on),
                                   explain_day(e->s, report->to_on)));
    row->value = EXPLAIN_TEXT(e, "%lld", (long long)dso->days);
    return OK;
}

static status dso_explain(struct session *s, const void *input, void *output)
{
    const struct dso_explain *in = input;
    const struct dso_query query = {.from_on = in->from_on, .to_on = in->to_on};
    struct explain e = {.s = s};
    struct dso_report report;

    TRY(receivable_dso_op.run(s, &query, &report));
    const struct dso_row *rows = report.rows.at;
    TRY(dso_rows(&e, &report, &rows[0], false));
    TRY(dso_rows(&e, &report, &rows[1], true));
    return explain_done(&e,
                        EXPLAIN_TEXT(&e, "DSO, %s to %s", explain_day(s, report.from_on),
                                     explain_day(s, report.to_on)),
                        in->figure, output);
}

const struct op receivable_explain_dso_op = {
    .name = "receivable.explain-dso",
    .says = "Explain the days sales outstanding, by invoice",
    .title = "Explain days sales outstanding",
    .right = RIGHT_REPORTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct dso_explain, explain_fields),
    .out = &explanation_shape,
    .run = dso_explain,
};
