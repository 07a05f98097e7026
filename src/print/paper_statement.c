/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Statements: what a customer owes, invoice by invoice, by unit for a fleet, with the days it is
 * past due; for one customer, or for everybody who owes in one run. */

#include <stdio.h>

#include "base/text.h"
#include "domain/receivable.h"
#include "papers.h"

static const struct sheet_column item_columns[] = {
    {"Invoice", 15, false, true},  {"Date", 18, false, true}, {"Due", 18, false, true},
    {"Days late", 13, true, true}, {"Total", 18, true, true}, {"Open", 18, true, true},
};
static const struct sheet_column aging_columns[] = {
    {"Not due yet", 17, true, true},  {"1-30 days", 17, true, true},
    {"31-60 days", 16, true, true},   {"61-90 days", 16, true, true},
    {"Over 90 days", 17, true, true}, {"All open", 17, true, true},
};

static void add_head(struct printing *paper, const struct statement *statement)
{
    struct block *boxes = sheet_boxes(&paper->sheet, 1);
    struct block *facts = sheet_facts(&paper->sheet, 4);

    block_pair(boxes, "For", statement->bill_to, false);
    block_pair(facts, "As of", paper_day(paper, statement->as_of), false);
    block_pair(facts, "Customer", paper_printf(paper, "%lld", (long long)statement->customer.v),
               false);
    block_pair(facts, "Past due", paper_money(paper, statement->overdue), false);
    block_pair(facts, "Balance", paper_money(paper, statement->balance), true);
}

/* Under its unit's heading a vehicle need not be named again. */
static const char *what_text(struct printing *paper, const struct statement_item *item,
                             bool by_unit)
{
    const char *po =
        text_is_empty(item->po_number) ? "" : paper_printf(paper, "PO %s", item->po_number);

    if (by_unit || text_is_empty(item->vehicle_name))
        return po;
    return text_is_empty(po) ? item->vehicle_name
                             : paper_printf(paper, "%s, %s", item->vehicle_name, po);
}

static void add_item(struct printing *paper, struct block *table, const struct statement_item *item,
                     bool by_unit)
{
    struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);

    row->cells[0] = paper_printf(paper, "%lld", (long long)item->invoice.v);
    row->cells[1] = paper_day(paper, item->posted_on);
    row->cells[2] = paper_day(paper, item->due_on);
    row->cells[3] =
        item->days_late == 0 ? "" : paper_printf(paper, "%lld", (long long)item->days_late);
    row->cells[4] = paper_money(paper, item->total);
    row->cells[5] = paper_money(paper, item->balance);
    const char *what = what_text(paper, item, by_unit);
    if (!text_is_empty(what))
        block_row(&paper->sheet, table, ROW_NOTE)->cells[0] = what;
}

static void add_unit(struct printing *paper, struct block *table, const struct statement_unit *unit,
                     const struct statement_item *items)
{
    block_row(&paper->sheet, table, ROW_HEAD)->cells[0] = unit->name;
    for (int64_t i = 0; i < unit->items; i++)
        add_item(paper, table, &items[i], true);
    struct sheet_row *sum = block_row(&paper->sheet, table, ROW_SUM);
    sum->cells[0] =
        text_is_empty(unit->unit) ? "Subtotal" : paper_printf(paper, "Unit %s", unit->unit);
    sum->cells[5] = paper_money(paper, unit->balance);
}

static void add_items(struct printing *paper, const struct statement *statement)
{
    const struct statement_item *items = statement->items.at;
    const struct statement_unit *units = statement->units.at;
    struct block *table = sheet_table(&paper->sheet, item_columns, COUNT_OF(item_columns));

    if (statement->items.count == 0)
        block_row(&paper->sheet, table, ROW_NOTE)->cells[0] = "No invoice is open.";
    for (size_t i = 0; i < statement->units.count; i++) {
        add_unit(paper, table, &units[i], items);
        items += units[i].items;
    }
    if (statement->units.count > 0)
        return;
    for (size_t i = 0; i < statement->items.count; i++)
        add_item(paper, table, &items[i], false);
}

static void add_sums(struct printing *paper, const struct statement *statement)
{
    const struct statement_credit *credits = statement->credits.at;
    struct block *totals = sheet_totals(&paper->sheet, 2 + statement->credits.count);

    block_pair(totals, "Open invoices", paper_money(paper, statement->aged.owes), false);
    for (size_t i = 0; i < statement->credits.count; i++)
        block_pair(
            totals,
            credits[i].payment.v == 0
                ? "Other credit"
                : paper_printf(paper, "Payment %lld, %s%s%s", (long long)credits[i].payment.v,
                               paper_day(paper, credits[i].taken_on),
                               text_is_empty(credits[i].details) ? "" : ", ", credits[i].details),
            paper_money(paper, money_negate(credits[i].amount)), false);
    block_pair(totals, statement->balance.cents < 0 ? "In your favor" : "Balance",
               paper_money(paper, statement->balance.cents < 0 ? money_negate(statement->balance)
                                                               : statement->balance),
               true);
}

static void add_aging(struct printing *paper, const struct aging *aged)
{
    struct block *table = sheet_table(&paper->sheet, aging_columns, COUNT_OF(aging_columns));
    struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);

    row->cells[0] = paper_money(paper, aged->current);
    row->cells[1] = paper_money(paper, aged->to_30);
    row->cells[2] = paper_money(paper, aged->to_60);
    row->cells[3] = paper_money(paper, aged->to_90);
    row->cells[4] = paper_money(paper, aged->over_90);
    row->cells[5] = paper_money(paper, aged->owes);
}

static status build(struct printing *paper, const struct statement_query *in)
{
    struct statement statement;

    TRY(op_call(paper->s, &receivable_statement_op, in, &statement));
    paper->sheet.title = "Statement";
    paper->sheet.footer =
        paper_printf(paper, "%s · customer %lld", paper->shop.name, (long long)in->customer.v);
    add_head(paper, &statement);
    add_items(paper, &statement);
    add_sums(paper, &statement);
    add_aging(paper, &statement.aged);
    if (statement.overdue.cents > 0)
        sheet_text(&paper->sheet, "Please pay what is past due",
                   paper_printf(paper,
                                "%s of this is past due. If it is on its way, thank you; if "
                                "something is wrong with an invoice, please call us.",
                                paper_money(paper, statement.overdue)));
    return OK;
}

status paper_statement(struct printing *paper, int64_t customer)
{
    return build(paper, &(struct statement_query){.customer = {customer}});
}

static status day_of(struct session *s, int64_t number, struct day *ret_day)
{
    struct day day = DAY_NONE;

    if (number >= 10000101 && number <= 99991231)
        snprintf(day.iso, sizeof day.iso, "%04d-%02d-%02d", (int)(number / 10000),
                 (int)(number / 100 % 100), (int)(number % 100));
    if (!day_is_valid(day))
        return fail_field(s, "number", "%lld is no day. Write it as 20261124.", (long long)number);
    *ret_day = day;
    return OK;
}

/* The first one's sheet is the document; the others follow it. */
status paper_statements(struct printing *paper, int64_t number)
{
    const struct printing blank = *paper;
    struct receivable_query all = {0};
    struct receivable_report report;
    struct sheet *last = NULL;

    TRY(day_of(paper->s, number, &all.as_of));
    TRY(op_call(paper->s, &receivable_aging_op, &all, &report));
    const struct receivable_row *rows = report.rows.at;
    for (size_t i = 0; i < report.rows.count; i++) {
        struct printing one = blank;
        if (rows[i].aged.owes.cents == 0)
            continue;
        TRY(build(&one, &(struct statement_query){.customer = rows[i].id, .as_of = all.as_of}));
        if (last == NULL) {
            paper->sheet = one.sheet;
            last = &paper->sheet;
        } else {
            struct sheet *next = arena_copy(paper->s->arena, &one.sheet, sizeof one.sheet);
            last->next = next;
            last = next;
        }
    }
    if (last == NULL)
        return fail(paper->s, ERR_CONFLICT, "Nobody owed anything on that day.");
    return OK;
}
