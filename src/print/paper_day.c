/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The Z report of a closed day. Read back it is the same, whatever was done since; its checkpoint
 * on paper is what proves that the books of that day were not changed afterwards. */

#include <inttypes.h>

#include "domain/closed_day.h"
#include "papers.h"

/* clang-format off */
static const struct sheet_column sale_columns[] = {
    {"Sales by class", 70, false, true}, {"Amount", 30, true, true},
};
static const struct sheet_column drawer_columns[] = {
    {"Cash drawer", 70, false, true}, {"Amount", 30, true, true},
};
static const struct sheet_column tax_columns[] = {
    {"Sales tax", 40, false, true}, {"Rate", 16, true, false}, {"Taxed", 22, true, false}, {"Tax", 22, true, true},
};
static const struct sheet_column method_columns[] = {
    {"Payments received", 50, false, true}, {"Number", 20, true, true}, {"Amount", 30, true, true},
};
/* clang-format on */

static void add_row(struct printing *paper, struct block *table, enum row_style style,
                    const char *what, struct money amount)
{
    struct sheet_row *row = block_row(&paper->sheet, table, style);

    row->cells[0] = what;
    row->cells[1] = paper_money(paper, amount);
}

static void add_sales(struct printing *paper, const struct day_report *r)
{
    struct block *table = sheet_table(&paper->sheet, sale_columns, COUNT_OF(sale_columns));
    const struct day_sum_row *sale = r->sales.at;

    for (size_t i = 0; i < r->sales.count; i++)
        add_row(paper, table, ROW_LINE, sale[i].name, sale[i].amount);
    add_row(paper, table, ROW_SUM, "Sales, without tax", r->sales_total);
}

static void add_taxes(struct printing *paper, const struct day_report *r)
{
    struct block *table = sheet_table(&paper->sheet, tax_columns, COUNT_OF(tax_columns));
    const struct day_tax_row *tax = r->taxes.at;
    struct money charged = MONEY_ZERO;
    char rate[NUMBER_TEXT_MAX];

    for (size_t i = 0; i < r->taxes.count; i++) {
        struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);
        row->cells[0] = tax[i].name;
        row->cells[1] = paper_printf(paper, "%s %%", rate_text(tax[i].rate, rate));
        row->cells[2] = paper_money(paper, tax[i].base);
        row->cells[3] = paper_money(paper, tax[i].amount);
        charged.cents += tax[i].amount.cents;
    }
    if (charged.cents != r->tax_total.cents) {
        struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);
        row->cells[0] = "Given back and other entries";
        row->cells[3] = paper_money(paper, (struct money){r->tax_total.cents - charged.cents});
    }
    struct sheet_row *sum = block_row(&paper->sheet, table, ROW_SUM);
    sum->cells[0] = "Tax";
    sum->cells[3] = paper_money(paper, r->tax_total);
}

static void add_methods(struct printing *paper, const struct day_report *r)
{
    struct block *table = sheet_table(&paper->sheet, method_columns, COUNT_OF(method_columns));
    const struct day_method_row *method = r->methods.at;

    for (size_t i = 0; i < r->methods.count; i++) {
        struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);
        row->cells[0] = method[i].method;
        row->cells[1] = paper_printf(paper, "%" PRId64, method[i].count);
        row->cells[2] = paper_money(paper, method[i].amount);
    }
    struct sheet_row *sum = block_row(&paper->sheet, table, ROW_SUM);
    sum->cells[0] = "Received, less what was given back";
    sum->cells[2] = paper_money(paper, r->received);
}

static void add_drawer(struct printing *paper, const struct day_report *r)
{
    struct block *table = sheet_table(&paper->sheet, drawer_columns, COUNT_OF(drawer_columns));

    add_row(paper, table, ROW_LINE, "In it before", r->before);
    if (r->brought.cents != 0)
        add_row(paper, table, ROW_LINE,
                paper_printf(paper, "%s to come to the float of %s",
                             r->brought.cents > 0 ? "Brought from safe or bank"
                                                  : "Taken to safe or bank",
                             paper_money(paper, r->opening)),
                r->brought);
    add_row(paper, table, ROW_LINE, "Cash taken", r->taken);
    if (r->refunds.cents != 0)
        add_row(paper, table, ROW_LINE, "Cash refunds", money_negate(r->refunds));
    if (r->vendors.cents != 0)
        add_row(paper, table, ROW_LINE, "Vendors' bills", money_negate(r->vendors));
    add_row(paper, table, ROW_LINE, "Pay-outs", money_negate(r->pay_outs));
    add_row(paper, table, ROW_LINE, "Drops", money_negate(r->drops));
    add_row(paper, table, ROW_LINE, r->over_short.cents < 0 ? "Short" : "Over", r->over_short);
    if (r->other.cents != 0)
        add_row(paper, table, ROW_LINE, "Other entries", r->other);
    add_row(paper, table, ROW_SUM, "Left in the drawer", r->cash);
    block_row(&paper->sheet, table, ROW_HEAD)->cells[0] = "At the end of the day";
    add_row(paper, table, ROW_LINE, "Customers owe", r->receivable);
    add_row(paper, table, ROW_LINE, "Customers' deposits and credit", r->credit);
}

/* "3: 20001 to 20003" */
static const char *numbers(struct printing *paper, int64_t count, int64_t first, int64_t last)
{
    if (count == 0)
        return "none";
    return paper_printf(paper, "%" PRId64 ": %" PRId64 " to %" PRId64, count, first, last);
}

static void add_facts(struct printing *paper, const struct day_report *r)
{
    struct block *facts = sheet_facts(&paper->sheet, 4);
    const bool is_one = day_compare(r->from_on, r->day) == 0;

    block_pair(facts, is_one ? "Day" : "Days",
               is_one ? paper_day(paper, r->day)
                      : paper_printf(paper, "%s to %s", paper_day(paper, r->from_on),
                                     paper_day(paper, r->day)),
               true);
    block_pair(facts, "Closed", paper_instant(paper, r->closed_at), false);
    block_pair(facts, "By", r->closed_by, false);
    block_pair(facts, "Left, not invoiced",
               r->unposted == 0 ? "none" : paper_printf(paper, "%" PRId64 " orders", r->unposted),
               false);
    facts = sheet_facts(&paper->sheet, 3);
    block_pair(facts, "Invoices", numbers(paper, r->invoices, r->first_invoice, r->last_invoice),
               false);
    block_pair(facts, "Payments", numbers(paper, r->payments, r->first_payment, r->last_payment),
               false);
    block_pair(facts, "Ledger entries", numbers(paper, r->entries, r->first_entry, r->last_entry),
               false);
}

status paper_closed_day(struct printing *paper, int64_t id)
{
    struct day_report r;

    TRY(paper_read(paper, &day_show_op, id, &r));
    paper->sheet.title = paper_printf(paper, "Z report %" PRId64, id);
    paper->sheet.barcode = paper_printf(paper, "Z-%" PRId64, id);
    TRY(paper_posted(paper, r.letterhead, r.closed_at));
    add_facts(paper, &r);
    add_sales(paper, &r);
    add_taxes(paper, &r);
    add_methods(paper, &r);
    add_drawer(paper, &r);
    sheet_text(&paper->sheet, "Note", r.note);
    sheet_text(&paper->sheet, "Checkpoint of audit log and books",
               paper_printf(paper,
                            "Number %" PRId64 "\nAudit head %s\nBooks %s\nSignature %s\n"
                            "Every sum that the shop keeps was computed again and agreed to the "
                            "cent. The days are locked: what comes later is posted on a later day.",
                            r.checkpoint.v, r.head, r.books, r.signature));
    sheet_sign(&paper->sheet, "Counted and closed by");
    return OK;
}
