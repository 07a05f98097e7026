/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The paper of a credit memo: the lines that were taken back, their tax as it was charged, and what
 * became of the amount. */

#include "domain/credit.h"

#include "base/text.h"
#include "papers.h"

static const struct sheet_column columns[] = {
    {"Taken back", 52, false, true},
    {"Part", 22, false, true},
    {"Quantity", 12, true, true},
    {"Amount", 14, true, true},
};

static void add_head(struct printing *paper, const struct credit *credit)
{
    struct block *boxes = sheet_boxes(&paper->sheet, 2);
    struct block *facts = sheet_facts(&paper->sheet, 4);

    block_pair(boxes, "Credit to", credit->bill_to, false);
    if (!text_is_empty(credit->vehicle_text))
        block_pair(boxes, "Vehicle", credit->vehicle_text, false);
    block_pair(facts, "Invoice", paper_printf(paper, "%lld", (long long)credit->invoice.v), false);
    if (credit->order.v != 0)
        block_pair(facts, "Repair order", paper_printf(paper, "%lld", (long long)credit->order.v),
                   false);
    block_pair(facts, "Date", paper_day(paper, credit->issued_on), false);
    block_pair(facts, "Issued by", credit->issued_by, false);
}

static bool tells_back(const struct credit_line *line)
{
    return line->kind == LINE_PART || line->kind == LINE_CORE;
}

static void add_lines(struct printing *paper, const struct credit *credit)
{
    const struct credit_line *lines = credit->lines.at;
    struct block *table = sheet_table(&paper->sheet, columns, COUNT_OF(columns));

    for (size_t i = 0; i < credit->lines.count; i++) {
        struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);
        row->cells[0] = text_is_empty(lines[i].sku)
                            ? lines[i].description
                            : paper_printf(paper, "%s  %s", lines[i].description, lines[i].sku);
        row->cells[1] =
            tells_back(&lines[i]) ? choice_label(&credit_back_choices, lines[i].back) : "";
        row->cells[2] = paper_amount_of(paper, lines[i].kind, lines[i].quantity);
        row->cells[3] = paper_money(paper, lines[i].net);
    }
}

static void add_totals(struct printing *paper, const struct credit *credit)
{
    const struct invoice_tax *taxes = credit->taxes.at;
    struct block *totals = sheet_totals(&paper->sheet, credit->taxes.count + 4);

    if (credit->supplies.cents != 0)
        block_pair(totals, "Shop supplies", paper_money(paper, credit->supplies), false);
    for (size_t i = 0; i < credit->taxes.count; i++)
        paper_tax(paper, totals, taxes[i].name, taxes[i].rate, taxes[i].base, taxes[i].amount);
    block_pair(totals, "Total credit", paper_money(paper, credit->total), true);
    if (credit->applied.cents != 0)
        block_pair(totals, paper_printf(paper, "On invoice %lld", (long long)credit->invoice.v),
                   paper_money(paper, credit->applied), false);
    if (credit->credit.cents != 0)
        block_pair(totals,
                   text_is_empty(credit->certificate)
                       ? "Credit on account"
                       : paper_printf(paper, "Store credit %s", credit->certificate),
                   paper_money(paper, credit->credit), false);
}

status paper_credit(struct printing *paper, int64_t id)
{
    struct credit credit;

    TRY(paper_read(paper, &credit_show_op, id, &credit));
    paper->sheet.title = paper_printf(paper, "Credit memo %lld", (long long)credit.id.v);
    TRY(paper_posted(paper, credit.letterhead, credit.issued_at));
    add_head(paper, &credit);
    add_lines(paper, &credit);
    add_totals(paper, &credit);
    sheet_text(&paper->sheet, "Reason", credit.reason);
    return OK;
}
