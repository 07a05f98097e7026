/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Parts usage: what posted invoices took, less what credit memos took back of it, by part, invoice,
 * technician or category, with what it was sold for and what it cost. Everything is the documents'
 * own frozen figures. */

#include "base/text.h"
#include "domain/report.h"
#include "stock_inner.h"

/* clang-format off */
static const struct choice usage_bys[] = {
    [USAGE_BY_PART]       = {.word = "part",       .label = "part"},
    [USAGE_BY_INVOICE]    = {.word = "invoice",    .label = "invoice"},
    [USAGE_BY_TECHNICIAN] = {.word = "technician", .label = "technician"},
    [USAGE_BY_CATEGORY]   = {.word = "category",   .label = "category"},
};
const struct choices stock_usage_by_choices = CHOICES(usage_bys);

#define TECHNICIAN "CASE WHEN l.technician <> '' THEN l.technician ELSE j.technician END"
/* What invoices took, and below 0 what credit memos took back of it, on their own day: a part that
 * the customer keeps was used all the same, and what is scrapped has been paid for. The invoice
 * alone, or the days, lead to few rows, and the order of the joins is said because nothing tells
 * SQLite so. */
#define SQL_TAKEN(invoices_, memos_)                                                               \
    "SELECT i.id AS invoice, i.customer AS customer, " TECHNICIAN " AS technician,\n"              \
    "  l.part AS part, l.sku AS sku, l.description AS description,\n"                              \
    "  l.quantity AS quantity, l.net AS sales, l.cost AS cost\n"                                   \
    "FROM invoice AS i\n"                                                                          \
    "CROSS JOIN invoice_job AS j ON j.invoice = i.id\n"                                            \
    "CROSS JOIN invoice_line AS l ON l.invoice_job = j.id\n"                                       \
    "WHERE " invoices_ " AND i.state = 'posted' AND l.kind = 'part'\n"                             \
    "UNION ALL\n"                                                                                  \
    "SELECT i.id, i.customer, " TECHNICIAN ", l.part, l.sku, l.description,\n"                     \
    "  CASE WHEN k.back = 'kept' THEN 0 ELSE -k.quantity END, -k.net, -k.cost\n"                   \
    "FROM credit_memo AS m\n"                                                                      \
    "CROSS JOIN credit_line AS k ON k.credit_memo = m.id\n"                                        \
    "CROSS JOIN invoice_line AS l ON l.id = k.invoice_line\n"                                      \
    "CROSS JOIN invoice_job AS j ON j.id = l.invoice_job\n"                                        \
    "CROSS JOIN invoice AS i ON i.id = j.invoice\n"                                                \
    "WHERE " memos_ " AND l.kind = 'part'\n"
#define IN_DAYS                                                                                    \
    SQL_TAKEN("i.posted_on BETWEEN :from_on AND :to_on", "m.issued_on BETWEEN :from_on AND :to_on")
#define OF_INVOICE SQL_TAKEN("i.id = :invoice", "m.invoice = :invoice")
#define SQL_USAGE(key_, name_, head_, taken_)                                                      \
    "SELECT " key_ " AS \"key\", " name_ " AS name, sum(t.quantity) AS quantity,\n"                \
    "  sum(t.sales) AS sales, sum(t.cost) AS cost\n"                                               \
    "FROM (" taken_ ") AS t\n"                                                                     \
    head_                                                                                          \
    "WHERE (:part IS NULL OR t.part = :part)\n"                                                    \
    "AND (:technician = '' OR t.technician = :technician)\n"                                       \
    "GROUP BY " key_ "\n"                                                                          \
    "ORDER BY sum(t.sales) DESC, " key_
#define CATEGORY   "CASE WHEN ifnull(p.category, '') <> '' THEN p.category ELSE 'No category' END"
#define PER_TAKEN(key_, name_, head_)                                                              \
    {SQL_USAGE(key_, name_, head_, IN_DAYS), SQL_USAGE(key_, name_, head_, OF_INVOICE)}

static const char *const SQL_USAGES[][2] = {
    [USAGE_BY_PART] = PER_TAKEN("t.sku || CASE WHEN t.sku = '' THEN t.description ELSE '' END",
                                "max(t.description)", ""),
    [USAGE_BY_INVOICE] = PER_TAKEN("t.invoice", "c.name",
                                   "JOIN customer AS c ON c.id = t.customer\n"),
    [USAGE_BY_TECHNICIAN] = PER_TAKEN("t.technician",
                                      "CASE WHEN t.technician = '' THEN 'Nobody named'\n"
                                      "  ELSE t.technician END", ""),
    [USAGE_BY_CATEGORY] = PER_TAKEN(CATEGORY, CATEGORY, "LEFT JOIN part AS p ON p.id = t.part\n"),
};

static const struct field row_fields[] = {
    FIELD(struct stock_usage_row, key, .label = "What", .flags = FIELD_NUMBERS_OK),
    FIELD(struct stock_usage_row, name),
    FIELD(struct stock_usage_row, quantity, .help = "Less what came back, restocked or scrapped", .flags = FIELD_SIGNED),
    FIELD(struct stock_usage_row, sales, .help = "After discounts, without tax, less credit memos", .flags = FIELD_SIGNED),
    FIELD(struct stock_usage_row, cost, .help = "Less what went back on the shelf", .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct stock_usage_row, margin, .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct stock_usage_row, margin_percent, .label = "Margin %", .help = "(Sales - cost) / sales",
          .right = RIGHT_COSTS_VIEW),
};
static const struct shape row_shape = SHAPE_OF(struct stock_usage_row, "stock_usage_row", row_fields);
static const struct field usage_fields[] = {
    FIELD(struct stock_usage, from_on, .label = "From", .flags = FIELD_ARGUMENT,
          .help = "Posted from this day on; empty: this month"),
    FIELD(struct stock_usage, to_on, .label = "To", .flags = FIELD_ARGUMENT,
          .help = "Up to this day; empty: today"),
    FIELD(struct stock_usage, by, .choices = &stock_usage_by_choices, .help = "One row for each"),
    FIELD(struct stock_usage, part, .picks = "part.search", .help = "This part alone"),
    FIELD(struct stock_usage, technician, .picks = "user.technicians", .help = "This technician alone, by name"),
    FIELD(struct stock_usage, invoice, .picks = "invoice.search", .help = "This invoice alone, whatever its day"),
};
static const struct field report_fields[] = {
    FIELD(struct stock_usage_report, from_on, .label = "From"),
    FIELD(struct stock_usage_report, to_on, .label = "To"),
    FIELD(struct stock_usage_report, by, .choices = &stock_usage_by_choices),
    FIELD(struct stock_usage_report, rows, .rows = &row_shape),
    FIELD(struct stock_usage_report, quantity, .flags = FIELD_SIGNED),
    FIELD(struct stock_usage_report, sales, .flags = FIELD_SIGNED),
    FIELD(struct stock_usage_report, cost, .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct stock_usage_report, margin, .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct stock_usage_report, margin_percent, .label = "Margin %", .help = "(Sales - cost) / sales",
          .right = RIGHT_COSTS_VIEW),
    FIELD(struct stock_usage_report, formulas, .rows = &report_formula_shape),
};
/* clang-format on */

static const struct report_formula formulas[] = {
    {"Quantity", "part lines of invoices posted - parts that came back by credit memo, restocked "
                 "or scrapped; what a customer was credited for and kept was used"},
    {"Sales", "of these lines, after discounts, without tax, supplies and core charges - credit "
              "memos, on their own day; warranty and internal work sells at 0"},
    {"Cost", "what stock took for them, warranty and internal work with it - what went back on the "
             "shelf; a scrapped part's stays"},
    {"Margin %", "(sales - cost) / sales"},
};

/* A ratio of sums; none where nothing was sold for money. */
static status work_out(struct session *s, struct money sales, struct money cost,
                       struct money *ret_margin, const char **ret_percent)
{
    struct money basis_points = MONEY_ZERO;
    char text[NUMBER_TEXT_MAX];

    if (money_sub(sales, cost, ret_margin) != OK)
        return stock_too_much(s);
    if (sales.cents != 0 && money_share(*ret_margin, 10000, sales.cents, &basis_points) != OK)
        return stock_too_much(s);
    *ret_percent = sales.cents != 0 ? arena_text(s->arena, money_text(basis_points, text)) : "-";
    return OK;
}

static status add_up(struct session *s, struct stock_usage_report *report)
{
    struct stock_usage_row *row = report->rows.at;

    for (size_t i = 0; i < report->rows.count; i++) {
        TRY(work_out(s, row[i].sales, row[i].cost, &row[i].margin, &row[i].margin_percent));
        report->quantity.thousandths += row[i].quantity.thousandths;
        if (money_add(report->sales, row[i].sales, &report->sales) != OK ||
            money_add(report->cost, row[i].cost, &report->cost) != OK)
            return stock_too_much(s);
    }
    return work_out(s, report->sales, report->cost, &report->margin, &report->margin_percent);
}

static struct day month_start(struct day day)
{
    day.iso[8] = '0';
    day.iso[9] = '1';
    return day;
}

static status usage(struct session *s, const void *input, void *output)
{
    const struct stock_usage *in = input;
    const bool has_from = in->from_on.iso[0] != '\0';
    struct stock_usage_report report = {.by = in->by};

    report.to_on = in->to_on.iso[0] != '\0' ? in->to_on : session_today(s);
    report.from_on = has_from ? in->from_on : month_start(report.to_on);
    if (day_compare(report.from_on, report.to_on) > 0)
        return fail_field(s, "from_on",
                          "The first day is after the last one. Correct one of them.");
    TRY(store_list(s->store, SQL_USAGES[in->by][in->invoice.v != 0], NO_ROW,
                   BINDS(BIND_DAY("from_on", report.from_on), BIND_DAY("to_on", report.to_on),
                         BIND_ID("invoice", in->invoice), BIND_ID("part", in->part),
                         BIND_TEXT("technician", in->technician)),
                   s->arena, &row_shape, &report.rows));
    TRY(add_up(s, &report));
    report.formulas =
        (struct rows){arena_copy(s->arena, formulas, sizeof formulas), COUNT_OF(formulas)};
    *(struct stock_usage_report *)output = report;
    return OK;
}

const struct op stock_usage_op = {
    .name = "stock.usage",
    .says = "See which parts invoices took, by part, invoice, technician or category",
    .title = "Parts usage",
    .right = RIGHT_PARTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct stock_usage, usage_fields),
    .out = SHAPE(struct stock_usage_report, report_fields),
    .run = usage,
};
