/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Aging: what every customer owes, by the days it is past due. Now it is read from the index of
 * open invoices; a past day is today's figures without what has been posted and settled since. */

#include "domain/explain.h"
#include "domain/ledger.h"
#include "invoice_inner.h"
#include "receivable_inner.h"

static const struct choice bys[] = {
    [RECEIVABLE_BY_NAME] = {"name", "name", "", ""},
    [RECEIVABLE_BY_OWED] = {"owed", "most owed", "", ""},
    [RECEIVABLE_BY_OVERDUE] = {"overdue", "most overdue", "", ""},
};
const struct choices receivable_by_choices = CHOICES(bys);

/* ---- texts ---- */

/* clang-format off */
/* Rows of customer, due_on, due, credit; `of_` limits to one customer. */
#define SQL_NOW(of_)                                                                               \
    "SELECT customer, due_on, total - paid AS due, 0 AS credit\n"                                  \
    "FROM invoice\n"                                                                               \
    "WHERE paid < total AND state = 'posted'" of_("customer") "\n"                                 \
    "UNION ALL\n"                                                                                  \
    "SELECT id, '', 0, credit FROM customer WHERE credit <> 0" of_("id") "\n"

/* An invoice was open by what is open today and what has been settled since; the + keeps SQLite
 * from reading every invoice up to that day instead of the open ones. Ledger lines keep the
 * customer they were posted for; a merged record points at the one that is left. */
#define SQL_PAST(of_)                                                                              \
    "SELECT customer, due_on, sum(due) AS due, 0 AS credit\n"                                      \
    "FROM (SELECT id, customer, due_on, total - paid AS due\n"                                     \
    "      FROM invoice\n"                                                                         \
    "      WHERE paid < total AND state = 'posted' AND +posted_on <= :on" of_("customer") "\n"     \
    "      UNION ALL\n"                                                                            \
    "      SELECT i.id, i.customer, i.due_on, s.amount\n"                                          \
    "      FROM (" SQL_SETTLED ") s JOIN invoice i ON i.id = s.invoice\n"                          \
    "      WHERE s.day > :on AND +i.posted_on <= :on AND i.state = 'posted'"                       \
             of_("i.customer") ")\n"                                                               \
    "GROUP BY id\n"                                                                                \
    "HAVING sum(due) <> 0\n"                                                                       \
    "UNION ALL\n"                                                                                  \
    "SELECT id, '', 0, credit FROM customer WHERE credit <> 0" of_("id") "\n"                      \
    "UNION ALL\n"                                                                                  \
    "SELECT ifnull(h.merged_into, h.id), '', 0, l.amount\n"                                        \
    "FROM entry e CROSS JOIN entry_line l ON l.entry = e.id\n"                                     \
    "CROSS JOIN account a ON a.id = l.account\n"                                                   \
    "CROSS JOIN customer h ON h.id = l.customer\n"                                                 \
    "WHERE e.posted_on > :on AND a.role = 'customer_credit'"                                       \
        of_("ifnull(h.merged_into, h.id)") "\n"
/* clang-format on */

#define SQL_PAST_DUE "CASE WHEN k.due_on < :on THEN k.due ELSE 0 END"
#define SQL_AGING(rows_)                                                                           \
    "SELECT k.customer AS id, c.name AS name,\n"                                                   \
    "  (SELECT number FROM phone WHERE customer = c.id ORDER BY position LIMIT 1) AS phone,\n"     \
    "  sum(CASE WHEN k.due_on >= :on THEN k.due ELSE 0 END) AS current,\n"                         \
    "  sum(CASE WHEN k.due_on < :on AND k.due_on >= :on_30 THEN k.due ELSE 0 END) AS to_30,\n"     \
    "  sum(CASE WHEN k.due_on < :on_30 AND k.due_on >= :on_60 THEN k.due ELSE 0 END) AS to_60,\n"  \
    "  sum(CASE WHEN k.due_on < :on_60 AND k.due_on >= :on_90 THEN k.due ELSE 0 END) AS to_90,\n"  \
    "  sum(CASE WHEN k.due_on < :on_90 THEN k.due ELSE 0 END) AS over_90,\n"                       \
    "  sum(k.due) AS owes, sum(" SQL_PAST_DUE ") AS overdue, sum(k.credit) AS credit,\n"           \
    "  min(CASE WHEN k.due <> 0 THEN k.due_on END) AS oldest_on\n"                                 \
    "FROM (" rows_ ") AS k JOIN customer AS c ON c.id = k.customer\n"                              \
    "GROUP BY k.customer\n"                                                                        \
    "HAVING (sum(k.due) <> 0 OR sum(k.credit) <> 0)\n"                                             \
    "AND (NOT :overdue_only OR sum(" SQL_PAST_DUE ") > 0)\n"                                       \
    "ORDER BY CASE :by WHEN 'owed' THEN -sum(k.due)\n"                                             \
    "                  WHEN 'overdue' THEN -sum(" SQL_PAST_DUE ")\n"                               \
    "                  ELSE 0 END, c.name_key, c.id"

#define OF_ALL(column_) ""
#define OF_ONE(column_) " AND " column_ " = :customer"
static const char SQL_AGING_NOW[] = SQL_AGING(SQL_NOW(OF_ALL));
static const char SQL_AGING_NOW_OF_ONE[] = SQL_AGING(SQL_NOW(OF_ONE));
static const char SQL_AGING_PAST[] = SQL_AGING(SQL_PAST(OF_ALL));
static const char SQL_AGING_PAST_OF_ONE[] = SQL_AGING(SQL_PAST(OF_ONE));
static const char SQL_LEDGER[] = "SELECT ifnull(sum(d.debit - d.credit), 0)\n"
                                 "FROM account_day d JOIN account a ON a.id = d.account\n"
                                 "WHERE a.role = 'receivable' AND d.day <= :on";

const char *const receivable_texts[] = {
    SQL_AGING_NOW, SQL_AGING_NOW_OF_ONE, SQL_AGING_PAST, SQL_AGING_PAST_OF_ONE, NULL,
};

/* ---- shapes ---- */

static const struct field row_fields[] = {
    FIELD(struct receivable_row, id, .label = "Customer"),
    FIELD(struct receivable_row, name),
    FIELD(struct receivable_row, phone, .flags = FIELD_PHONE),
    AGING_FIELDS(struct receivable_row),
    FIELD(struct receivable_row, overdue, .help = "Owes - current"),
    FIELD(struct receivable_row, credit, .label = "In credit", .flags = FIELD_SIGNED,
          .help = "Money on account that is on no invoice; it is not taken off"),
    FIELD(struct receivable_row, oldest_on, .label = "Oldest due"),
};
const struct shape receivable_row_shape =
    SHAPE_OF(struct receivable_row, "receivable_row", row_fields);

static const struct field report_fields[] = {
    FIELD(struct receivable_report, as_of, .label = "As of"),
    FIELD(struct receivable_report, customers),
    AGING_FIELDS(struct receivable_report),
    FIELD(struct receivable_report, overdue),
    FIELD(struct receivable_report, credit, .label = "In credit", .flags = FIELD_SIGNED),
    FIELD(struct receivable_report, ledger, .label = "Receivable in the ledger",
          .flags = FIELD_SIGNED | FIELD_OPTIONAL),
    FIELD(struct receivable_report, rows, .rows = &receivable_row_shape),
};
static const struct field query_fields[] = {
    FIELD(struct receivable_query, as_of, .label = "As of", .flags = FIELD_ARGUMENT,
          .help = "As it was in the evening of this day; empty: as it is now"),
    FIELD(struct receivable_query, customer, .picks = "customer.search",
          .help = "Only this customer"),
    FIELD(struct receivable_query, overdue, .label = "Overdue only",
          .help = "Only who owes something past due"),
    FIELD(struct receivable_query, by, .label = "Sorted by", .choices = &receivable_by_choices),
};

/* ---- the report ---- */

status receivable_day(struct session *s, struct day asked, const char *field, struct day *ret_on)
{
    struct day open;
    char text[DAY_TEXT_MAX];

    TRY(ledger_open_day(s, &open));
    if (asked.iso[0] == '\0')
        *ret_on = session_today(s);
    else if (day_compare(asked, open) > 0)
        return fail_field(s, field, "%s is still to come. Choose a day up to today.",
                          day_show(asked, text));
    else
        *ret_on = asked;
    return OK;
}

static const char *text_for(const struct receivable_query *in)
{
    const bool is_past = in->as_of.iso[0] != '\0';

    if (in->customer.v != 0)
        return is_past ? SQL_AGING_PAST_OF_ONE : SQL_AGING_NOW_OF_ONE;
    return is_past ? SQL_AGING_PAST : SQL_AGING_NOW;
}

static status add(struct money *sum, struct money amount)
{
    return money_add(*sum, amount, sum);
}

static status add_row(struct receivable_report *report, const struct receivable_row *row)
{
    TRY(add(&report->aged.current, row->aged.current));
    TRY(add(&report->aged.to_30, row->aged.to_30));
    TRY(add(&report->aged.to_60, row->aged.to_60));
    TRY(add(&report->aged.to_90, row->aged.to_90));
    TRY(add(&report->aged.over_90, row->aged.over_90));
    TRY(add(&report->aged.owes, row->aged.owes));
    TRY(add(&report->overdue, row->overdue));
    return add(&report->credit, row->credit);
}

/* A report of everybody says what the books say, or nothing. */
static status must_agree(struct session *s, const struct receivable_query *in,
                         struct receivable_report *report)
{
    struct day until = report->as_of;
    char texts[2][NUMBER_TEXT_MAX];

    if (in->customer.v != 0 || in->overdue)
        return OK;
    if (in->as_of.iso[0] == '\0') /* with what is posted on the next open day already */
        TRY(ledger_open_day(s, &until));
    if (day_compare(until, report->as_of) < 0)
        until = report->as_of;
    TRY(store_int(s->store, SQL_LEDGER, BINDS(BIND_DAY("on", until)), &report->ledger.cents));
    if (report->ledger.cents == report->aged.owes.cents)
        return OK;
    return fail(s, ERR_CORRUPT,
                "Customers owe %s by their invoices and %s by the ledger. Prove the ledger: it "
                "names the document.",
                money_show(report->aged.owes, texts[0]), money_show(report->ledger, texts[1]));
}

status receivable_age(struct session *s, const struct receivable_query *in,
                      struct receivable_report *ret)
{
    struct receivable_report report = {.ledger = {NUMBER_NONE}};

    TRY(receivable_day(s, in->as_of, "as_of", &report.as_of));
    const struct day on = report.as_of;
    TRY(store_list(s->store, text_for(in), NO_ROW,
                   BINDS(BIND_DAY("on", on), BIND_DAY("on_30", day_add(on, -30)),
                         BIND_DAY("on_60", day_add(on, -60)), BIND_DAY("on_90", day_add(on, -90)),
                         BIND_ID("customer", in->customer), BIND_INT("overdue_only", in->overdue),
                         BIND_TEXT("by", choice_word(&receivable_by_choices, in->by))),
                   s->arena, &receivable_row_shape, &report.rows));
    const struct receivable_row *rows = report.rows.at;
    for (size_t i = 0; i < report.rows.count; i++)
        TRY(add_row(&report, &rows[i]));
    report.customers = (int64_t)report.rows.count;
    TRY(must_agree(s, in, &report));
    *ret = report;
    return OK;
}

static status aging(struct session *s, const void *input, void *output)
{
    return receivable_age(s, input, output);
}

const struct op receivable_aging_op = {
    .name = "receivable.aging",
    .says = "See who owes how much, and for how long it is past due",
    .title = "Aging of receivables",
    .right = RIGHT_REPORTS_VIEW,
    .in = SHAPE(struct receivable_query, query_fields),
    .out = SHAPE(struct receivable_report, report_fields),
    .run = aging,
};

static const struct op *const ops[] = {
    &receivable_aging_op, &receivable_list_op,    &receivable_statement_op,
    &receivable_dso_op,   &receivable_explain_op, &receivable_explain_dso_op,
};
extern const struct module receivable_module;
const struct module receivable_module = {
    .name = "receivable",
    .title = "Receivables",
    .says = "What customers owe: by the days it is past due, as it is now or was on a past day, "
            "and statements that say so to the customer.",
    MODULE_OPS(ops),
};
