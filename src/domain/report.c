/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What was produced: posted invoices by day, week, month, writer or customer, with the average
 * repair order and its family. Everything is the invoices' own frozen figures. */

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/explain.h"
#include "report_inner.h"

static const struct choice bys[] = {
    [REPORT_DAY] = {"day", "day", "", ""},
    [REPORT_WEEK] = {"week", "week", "", ""},
    [REPORT_MONTH] = {"month", "month", "", ""},
    [REPORT_WRITER] = {"writer", "writer", "", ""},
    [REPORT_TECHNICIAN] = {"technician", "technician", "", ""},
    [REPORT_CUSTOMER] = {"customer", "customer", "", ""},
};
const struct choices report_by_choices = CHOICES(bys);

/* clang-format off */
/* Hours are summed invoice by invoice, so that an invoice counts once. A credit memo takes off on its
 * own day, and is no order. A core deposit is owed to who paid it: no sale, and no cost. */
#define SQL_PRODUCTION(key_, name_)                                                                \
    "SELECT " key_ " AS \"key\", " name_ " AS name, count(DISTINCT i.repair_order) AS orders,\n" \
    "  sum(i.labor) AS labor, sum(i.parts) AS parts, sum(i.other - i.cores) AS other,\n"           \
    "  sum(i.sales - i.cores) AS sales, sum(i.cost - i.cores) AS cost, sum(i.hours) AS hours\n"    \
    "FROM (SELECT v.repair_order, v.customer, v.writer, v.posted_on, v.labor, v.parts,\n"          \
    "        v.sublet + v.fees + v.supplies AS other, v.total - v.tax AS sales, v.cost,\n"         \
    "        " REPORT_INVOICE_CORES("v.id") " AS cores,\n"                                        \
    "        (SELECT ifnull(sum(l.quantity), 0)\n"                                                 \
    "         FROM invoice_job AS j JOIN invoice_line AS l ON l.invoice_job = j.id\n"              \
    "         WHERE j.invoice = v.id AND l.kind = 'labor' AND j.pay = 'customer') AS hours\n"                             \
    "      FROM invoice AS v\n"                                                                    \
    "      WHERE v.posted_on BETWEEN :from_on AND :to_on AND v.state = 'posted' AND v.kind = 'work'\n" \
    "      UNION ALL\n"                                                                            \
    "      SELECT NULL, v.customer, v.writer, m.issued_on, -m.labor, -m.parts,\n"                  \
    "        -m.sublet - m.fees - m.supplies, m.tax - m.total, -m.cost,\n"                         \
    "        -" REPORT_CREDIT_CORES("m.id") ",\n"                                                 \
    "        -(SELECT ifnull(sum(k.quantity), 0)\n"                                                \
    "          FROM credit_line AS k JOIN invoice_line AS l ON l.id = k.invoice_line\n"            \
    "          JOIN invoice_job AS j ON j.id = l.invoice_job\n"                                    \
    "          WHERE k.credit_memo = m.id AND l.kind = 'labor' AND j.pay = 'customer')\n"                                 \
    "      FROM credit_memo AS m JOIN invoice AS v ON v.id = m.invoice\n"                          \
    "      WHERE m.issued_on BETWEEN :from_on AND :to_on AND v.kind = 'work') AS i\n"              \
    "JOIN customer AS c ON c.id = i.customer\n"                                                    \
    "GROUP BY " key_ "\n"                                                                          \
    "ORDER BY "
/* Line by line, each for who did it or else its job. What is left of a document when its lines are
 * taken off (supplies; the lines, too, that are nobody's) stands under no name, so that the rows add
 * up to the same as any other's. */
#define OF_LINE "CASE WHEN l.technician <> '' THEN l.technician ELSE j.technician END"
#define SUMS(labor_, parts_, other_, sales_, cost_, hours_)                                        \
    labor_ " AS labor, " parts_ " AS parts, " other_ " AS other, " sales_ " AS sales, "            \
    cost_ " AS cost, " hours_ " AS hours\n"
static const char SQL_TECHNICIANS[] =
    "WITH shared AS (\n"
    "  SELECT v.repair_order, " OF_LINE " AS name, l.kind, j.pay, l.net, l.cost, l.quantity\n"
    "  FROM invoice AS v JOIN invoice_job AS j ON j.invoice = v.id\n"
    "  JOIN invoice_line AS l ON l.invoice_job = j.id\n"
    "  WHERE v.posted_on BETWEEN :from_on AND :to_on AND v.state = 'posted' AND v.kind = 'work'\n"
    "    AND l.kind <> 'core'\n"
    "  UNION ALL\n"
    "  SELECT NULL, " OF_LINE ", l.kind, j.pay, -k.net, -k.cost, -k.quantity\n"
    "  FROM credit_memo AS m JOIN invoice AS v ON v.id = m.invoice\n"
    "  JOIN credit_line AS k ON k.credit_memo = m.id JOIN invoice_line AS l ON l.id = k.invoice_line\n"
    "  JOIN invoice_job AS j ON j.id = l.invoice_job\n"
    "  WHERE m.issued_on BETWEEN :from_on AND :to_on AND v.kind = 'work' AND l.kind <> 'core'\n"
    "), line_sum AS (\n"
    "  SELECT repair_order, name,\n"
    "    " SUMS("CASE WHEN kind = 'labor' THEN net ELSE 0 END",
                "CASE WHEN kind = 'part' THEN net ELSE 0 END",
                "CASE WHEN kind = 'labor' OR kind = 'part' THEN 0 ELSE net END", "net", "cost",
                "CASE WHEN kind = 'labor' AND pay = 'customer' THEN quantity ELSE 0 END")
    "  FROM shared\n"
    "), document AS (\n"
    "  SELECT labor, parts, sublet + fees + supplies AS other, total - tax AS sales, cost,\n"
    "    " REPORT_INVOICE_CORES("invoice.id") " AS cores\n"
    "  FROM invoice\n"
    "  WHERE posted_on BETWEEN :from_on AND :to_on AND state = 'posted' AND kind = 'work'\n"
    "  UNION ALL\n"
    "  SELECT -m.labor, -m.parts, -m.sublet - m.fees - m.supplies, m.tax - m.total, -m.cost,\n"
    "    -" REPORT_CREDIT_CORES("m.id") "\n"
    "  FROM credit_memo AS m JOIN invoice AS v ON v.id = m.invoice\n"
    "  WHERE m.issued_on BETWEEN :from_on AND :to_on AND v.kind = 'work'\n"
    "), share AS (\n"
    "  SELECT * FROM line_sum\n"
    "  UNION ALL\n"
    "  SELECT NULL, '', -labor, -parts, -other, -sales, -cost, 0 FROM line_sum\n"
    "  UNION ALL\n"
    "  SELECT NULL, '', labor, parts, other - cores, sales - cores, cost - cores, 0 FROM document\n"
    ")\n"
    "SELECT iif(name = '', '-', name) AS \"key\", name, count(DISTINCT repair_order) AS orders,\n"
    "  " SUMS("sum(labor)", "sum(parts)", "sum(other)", "sum(sales)", "sum(cost)", "sum(hours)")
    "FROM share\n"
    "GROUP BY name\n"
    "HAVING count(repair_order) > 0 OR sum(sales) <> 0 OR sum(cost) <> 0\n"
    "ORDER BY sum(sales) DESC, 1";
static const char SQL_ORDERS[] =
    "SELECT count(DISTINCT repair_order) FROM invoice\n"
    "WHERE posted_on BETWEEN :from_on AND :to_on AND state = 'posted' AND kind = 'work'";
static const char *const SQL_BY[] = {
    [REPORT_DAY]      = SQL_PRODUCTION("i.posted_on", "''") "1",
    [REPORT_WEEK]     = SQL_PRODUCTION("date(i.posted_on, 'weekday 0', '-6 days')", "''") "1",
    [REPORT_MONTH]    = SQL_PRODUCTION("substr(i.posted_on, 1, 7)", "''") "1",
    [REPORT_WRITER]   = SQL_PRODUCTION("iif(i.writer = '', '-', i.writer)", "i.writer") "sum(i.sales) DESC, 1",
    [REPORT_TECHNICIAN] = SQL_TECHNICIANS,
    [REPORT_CUSTOMER] = SQL_PRODUCTION("i.customer", "max(c.name)") "sum(i.sales) DESC, 1",
};

static const struct field row_fields[] = {
    FIELD(struct production_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct production_row, key, .flags = FIELD_HIDDEN),
    FIELD(struct production_row, name, .label = "When or who"),
    FIELD(struct production_row, orders, .label = "Orders", .help = "N: repair orders invoiced; a credit memo takes none off, a charge without an order is none; by technician, those he worked on"),
    FIELD(struct production_row, labor, .help = "After discounts", .flags = FIELD_SIGNED),
    FIELD(struct production_row, parts, .help = "After discounts", .flags = FIELD_SIGNED),
    FIELD(struct production_row, other, .help = "Sublet work, fees and supplies; no core deposits", .flags = FIELD_SIGNED),
    FIELD(struct production_row, sales, .help = "S: invoices of repair orders less credit memos, after discounts, without tax; no core deposits, no late fees, no gift certificates", .flags = FIELD_SIGNED),
    FIELD(struct production_row, cost, .help = "C: of parts, sublet work and hours as written up, internal and warranty work with them, less parts put back on the shelf; no core deposits", .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct production_row, profit, .label = "Gross profit", .help = "S - C", .flags = FIELD_SIGNED, .right = RIGHT_COSTS_VIEW),
    FIELD(struct production_row, profit_percent, .label = "GP %", .help = "(S - C) / S", .right = RIGHT_COSTS_VIEW),
    FIELD(struct production_row, aro, .label = "ARO", .help = "Average repair order: S / N"),
    FIELD(struct production_row, hours, .label = "Hours", .help = "Hb: billed to customers less credit memos; not internal, not warranty", .flags = FIELD_SIGNED),
    FIELD(struct production_row, hours_per_order, .label = "Hours/RO", .help = "Hb / N"),
    FIELD(struct production_row, labor_rate, .label = "ELR", .help = "Effective labor rate: labor / Hb"),
};
const struct shape production_row_shape = SHAPE_OF(struct production_row, "production_row", row_fields);
static const struct field formula_fields[] = {
    FIELD(struct report_formula, figure),
    FIELD(struct report_formula, formula),
};
const struct shape report_formula_shape = SHAPE_OF(struct report_formula, "formula", formula_fields);
static const struct field report_fields[] = {
    FIELD(struct production_report, from_on, .label = "From"),
    FIELD(struct production_report, to_on, .label = "To"),
    FIELD(struct production_report, by, .choices = &report_by_choices),
    FIELD(struct production_report, rows, .rows = &production_row_shape),
    FIELD(struct production_report, formulas, .rows = &report_formula_shape),
};
static const struct shape production_report_shape = SHAPE_OF(struct production_report, "production_report", report_fields);
static const struct field query_fields[] = {
    FIELD(struct report_query, from_on, .label = "From", .flags = FIELD_ARGUMENT, .help = "Empty: from the first of this month"),
    FIELD(struct report_query, to_on, .label = "To", .flags = FIELD_ARGUMENT, .help = "Empty: to this day"),
    FIELD(struct report_query, by, .choices = &report_by_choices, .initial = "month", .help = "One row for each"),
};
/* clang-format on */

static const struct report_formula formulas[] = {
    {"S, sales", "repair orders' invoices - credit memos - discounts - tax - cores"},
    {"N", "repair orders invoiced"},
    {"GP %", "(S - C) / S"},
    {"ARO", "S / N"},
    {"Hours/RO", "Hb / N"},
    {"ELR", "labor / Hb"},
    {"Hb", "hours billed to customers"},
};

/* --- What the reports share --- */

status report_days(struct session *s, const struct report_query *in, struct day *ret_from_on,
                   struct day *ret_to_on)
{
    struct day to_on = in->to_on.iso[0] != '\0' ? in->to_on : session_today(s);
    struct day from_on = in->from_on;

    if (from_on.iso[0] == '\0') {
        from_on = to_on;
        memcpy(from_on.iso + 8, "01", 2);
    }
    if (day_compare(from_on, to_on) > 0)
        return fail_field(s, "from_on",
                          "The first day is after the last one. Correct one of them.");
    *ret_from_on = from_on;
    *ret_to_on = to_on;
    return OK;
}

static bool is_of_people(enum report_by by)
{
    return by == REPORT_WRITER || by == REPORT_TECHNICIAN || by == REPORT_CUSTOMER;
}

const char *report_group_name(struct session *s, enum report_by by, const char *key,
                              const char *name)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct day day = {.iso = ""};
    char text[DAY_TEXT_MAX];

    if (is_of_people(by))
        return *name != '\0' ? name : "Nobody named";
    if (by == REPORT_MONTH) {
        const int month = (key[5] - '0') * 10 + key[6] - '0';
        return arena_printf(s->arena, "%s %.4s", months[(month + 11) % 12], key);
    }
    snprintf(day.iso, sizeof day.iso, "%.10s", key);
    day_show(day, text);
    return by == REPORT_WEEK ? arena_printf(s->arena, "week of %s", text)
                             : arena_text(s->arena, text);
}

/* part x scale / whole, as an amount with two decimals. */
static const char *ratio(struct session *s, int64_t part, int64_t scale, int64_t whole)
{
    struct money result = MONEY_ZERO;
    char text[NUMBER_TEXT_MAX];

    if (whole == 0 || money_share((struct money){part}, scale, whole, &result) != OK)
        return "-";
    return arena_text(s->arena, money_text(result, text));
}

const char *report_percent(struct session *s, int64_t part, int64_t whole)
{
    return ratio(s, part, 10000, whole);
}

static const char *report_each(struct session *s, struct money amount, int64_t count)
{
    return ratio(s, amount.cents, 1, count);
}

const char *report_per_hour(struct session *s, struct money amount, struct qty hours)
{
    return ratio(s, amount.cents, 1000, hours.thousandths);
}

static const char *report_hours_each(struct session *s, struct qty hours, int64_t count)
{
    /* Thousandths of an hour to hundredths. */
    return ratio(s, hours.thousandths, 1, count * 10);
}

static struct day month_end(struct day first)
{
    struct day next = day_add(first, 31); /* a day of the next month */

    memcpy(next.iso + 8, "01", 2);
    return day_add(next, -1);
}

void report_row_days(const struct production_report *report, const char *key,
                     struct day *ret_from_on, struct day *ret_to_on)
{
    struct day first = {.iso = ""};
    struct day last;

    *ret_from_on = report->from_on;
    *ret_to_on = report->to_on;
    if (is_of_people(report->by))
        return;
    snprintf(first.iso, sizeof first.iso, report->by == REPORT_MONTH ? "%.7s-01" : "%.10s", key);
    last = report->by == REPORT_MONTH  ? month_end(first)
           : report->by == REPORT_WEEK ? day_add(first, 6)
                                       : first;
    if (day_compare(first, *ret_from_on) > 0)
        *ret_from_on = first;
    if (day_compare(last, *ret_to_on) < 0)
        *ret_to_on = last;
}

/* --- Production --- */

static status add(struct session *s, struct production_row *all, const struct production_row *row)
{
    static const struct {
        size_t offset;
    } amounts[] = {
        {offsetof(struct production_row, labor)}, {offsetof(struct production_row, parts)},
        {offsetof(struct production_row, other)}, {offsetof(struct production_row, sales)},
        {offsetof(struct production_row, cost)},
    };

    for (size_t i = 0; i < COUNT_OF(amounts); i++) {
        struct money *to = (struct money *)(void *)((char *)all + amounts[i].offset);
        const struct money *from =
            (const struct money *)(const void *)((const char *)row + amounts[i].offset);
        if (money_add(*to, *from, to) != OK)
            return fail(s, ERR_CONFLICT, "These sums are too large. Choose fewer days.");
    }
    all->orders += row->orders;
    all->hours.thousandths += row->hours.thousandths;
    return OK;
}

static status work_out(struct session *s, struct production_row *row)
{
    TRY(money_sub(row->sales, row->cost, &row->profit));
    row->profit_percent = report_percent(s, row->profit.cents, row->sales.cents);
    row->aro = report_each(s, row->sales, row->orders);
    row->hours_per_order = report_hours_each(s, row->hours, row->orders);
    row->labor_rate = report_per_hour(s, row->labor, row->hours);
    return OK;
}

/* Of technicians' rows, which share orders. */
static status count_orders(struct session *s, const struct production_report *report,
                           int64_t *ret_orders)
{
    return store_int(s->store, SQL_ORDERS,
                     BINDS(BIND_DAY("from_on", report->from_on), BIND_DAY("to_on", report->to_on)),
                     ret_orders);
}

/* The last row is the sum of all, and its ratios are those of the sums. */
static status finish(struct session *s, struct production_report *report)
{
    struct production_row *rows =
        NEW_ARRAY(s->arena, struct production_row, report->rows.count + 1);
    struct production_row *all = &rows[report->rows.count];

    if (report->rows.count > 0)
        memcpy(rows, report->rows.at, report->rows.count * sizeof *rows);
    *all = (struct production_row){.id = (int64_t)report->rows.count + 1, .key = "", .name = "All"};
    for (size_t i = 0; i < report->rows.count; i++) {
        TRY(work_out(s, &rows[i]));
        rows[i].id = (int64_t)i + 1;
        rows[i].name = report_group_name(s, report->by, rows[i].key, rows[i].name);
        TRY(add(s, all, &rows[i]));
    }
    if (report->by == REPORT_TECHNICIAN)
        TRY(count_orders(s, report, &all->orders));
    TRY(work_out(s, all));
    report->rows = (struct rows){rows, report->rows.count + 1};
    report->formulas =
        (struct rows){arena_copy(s->arena, formulas, sizeof formulas), COUNT_OF(formulas)};
    return OK;
}

static status production(struct session *s, const void *input, void *output)
{
    const struct report_query *in = input;
    struct production_report report = {.by = in->by};

    TRY(report_days(s, in, &report.from_on, &report.to_on));
    TRY(store_list(s->store, SQL_BY[in->by], NO_ROW,
                   BINDS(BIND_DAY("from_on", report.from_on), BIND_DAY("to_on", report.to_on)),
                   s->arena, &production_row_shape, &report.rows));
    TRY(finish(s, &report));
    *(struct production_report *)output = report;
    return OK;
}

const struct op report_production_op = {
    .name = "report.production",
    .says = "See sales, gross profit and the average repair order, by day, week, month, writer, "
            "technician or customer",
    .title = "What was produced",
    .right = RIGHT_REPORTS_VIEW,
    .in = SHAPE(struct report_query, query_fields),
    .out = &production_report_shape,
    .run = production,
};

/* clang-format off */
static const struct op *const ops[] = {
    &report_explain_op,
    &report_explain_sold_op,
    &report_explain_technicians_op,
    &report_production_op,
    &report_sold_op,
    &report_technicians_op,
    &report_pay_op,
};
/* clang-format on */
extern const struct module report_module;
const struct module report_module = {
    .name = "report",
    .title = "Figures",
    .says = "What was sold, produced and worked, with the formula of every figure.",
    MODULE_OPS(ops),
};
