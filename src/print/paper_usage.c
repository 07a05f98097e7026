/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Parts usage of a day, a month or a year: what invoices took, by part, category and technician.
 * Costs and margins are columns only for those who may see them. */

#include <stdio.h>
#include <string.h>

#include "domain/stock.h"
#include "papers.h"

#define COUNTED                                                                                    \
    "Posted invoices of these days less credit memos of these days: parts that came back, "        \
    "restocked "                                                                                   \
    "or scrapped, are taken off. Sales are after discounts and without tax; core charges are not " \
    "in "                                                                                          \
    "them, and warranty and internal work sells at 0."

static const struct sheet_column full_columns[] = {
    {"", 44, false, true},    {"Quantity", 12, true, true}, {"Sales", 14, true, true},
    {"Cost", 14, true, true}, {"Margin", 14, true, true},   {"Margin %", 12, true, false},
};
static const struct sheet_column plain_columns[] = {
    {"", 60, false, true},
    {"Quantity", 18, true, true},
    {"Sales", 22, true, true},
};

/* 2026, 202611 or 20261124. */
static status days_of(struct session *s, int64_t subject, struct day *ret_from, struct day *ret_to)
{
    const int64_t year = subject >= 10000000 ? subject / 10000
                         : subject >= 100000 ? subject / 100
                                             : subject;
    const int64_t month = subject >= 10000000 ? subject / 100 % 100
                          : subject >= 100000 ? subject % 100
                                              : 0;
    const int64_t day = subject >= 10000000 ? subject % 100 : 0;
    struct day from, next;

    if (year < 1900 || year > 9998 || month > 12)
        return fail_field(s, "number",
                          "%lld is no day, month or year. Write a month as 202611, a day as "
                          "20261124 or a year as 2026.",
                          (long long)subject);
    snprintf(from.iso, sizeof from.iso, "%04d-%02d-%02d", (int)year, month > 0 ? (int)month : 1,
             day > 0 ? (int)day : 1);
    snprintf(next.iso, sizeof next.iso, "%04d-%02d-01",
             month == 0 || month == 12 ? (int)year + 1 : (int)year,
             month == 0 ? 1 : (int)month % 12 + 1);
    if (!day_is_valid(from))
        return fail_field(s, "number", "There is no day %s. Correct it.", from.iso);
    *ret_from = from;
    *ret_to = day > 0 ? from : day_add(next, -1);
    return OK;
}

static void fill_row(struct printing *paper, struct sheet_row *row, const char *what,
                     struct qty quantity, struct money sales, struct money cost,
                     struct money margin, const char *percent)
{
    row->cells[0] = what;
    row->cells[1] = paper_qty(paper, quantity);
    row->cells[2] = paper_money(paper, sales);
    row->cells[3] = paper_money(paper, cost);
    row->cells[4] = paper_money(paper, margin);
    row->cells[5] = percent;
}

static struct block *open_table(struct printing *paper)
{
    const bool full = right_set_has(&paper->s->rights, RIGHT_COSTS_VIEW);

    return full ? sheet_table(&paper->sheet, full_columns, COUNT_OF(full_columns))
                : sheet_table(&paper->sheet, plain_columns, COUNT_OF(plain_columns));
}

static status add_table(struct printing *paper, const struct stock_usage *in, const char *title)
{
    struct stock_usage_report report;

    TRY(op_call(paper->s, &stock_usage_op, in, &report));
    const struct stock_usage_row *rows = report.rows.at;
    struct block *table = open_table(paper);
    block_row(&paper->sheet, table, ROW_HEAD)->cells[0] = title;
    for (size_t i = 0; i < report.rows.count; i++)
        fill_row(paper, block_row(&paper->sheet, table, ROW_LINE),
                 strcmp(rows[i].key, rows[i].name) == 0 || in->by != USAGE_BY_PART
                     ? rows[i].name
                     : paper_printf(paper, "%s  %s", rows[i].key, rows[i].name),
                 rows[i].quantity, rows[i].sales, rows[i].cost, rows[i].margin,
                 rows[i].margin_percent);
    if (report.rows.count == 0)
        block_row(&paper->sheet, table, ROW_NOTE)->cells[0] = "No invoice took a part.";
    struct sheet_row *total = block_row(&paper->sheet, table, ROW_SUM);
    fill_row(paper, total, "Total", report.quantity, report.sales, report.cost, report.margin,
             report.margin_percent);
    if (in->by != USAGE_BY_PART || report.rows.count != 1)
        total->cells[1] = ""; /* quarts and pieces do not add up */
    return OK;
}

status paper_usage(struct printing *paper, int64_t period)
{
    struct stock_usage in = {.technician = ""};

    TRY(days_of(paper->s, period, &in.from_on, &in.to_on));
    paper->sheet.title = "Parts usage";
    struct block *facts = sheet_facts(&paper->sheet, 2);
    block_pair(facts, "From", paper_day(paper, in.from_on), true);
    block_pair(facts, "To", paper_day(paper, in.to_on), true);
    in.by = USAGE_BY_CATEGORY;
    TRY(add_table(paper, &in, "By category"));
    in.by = USAGE_BY_TECHNICIAN;
    TRY(add_table(paper, &in, "By technician"));
    in.by = USAGE_BY_PART;
    TRY(add_table(paper, &in, "By part"));
    sheet_text(&paper->sheet, "How it is counted",
               right_set_has(&paper->s->rights, RIGHT_COSTS_VIEW) ? COUNTED
                   " Cost is what stock took, less what went back on the shelf. Margin = "
                   "sales - cost; margin % = (sales - cost) / sales."
                                                                  : COUNTED);
    return OK;
}
