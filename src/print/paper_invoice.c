/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Papers of an invoice: the invoice itself and the receipt on a roll. Both show what was frozen at
 * posting, so a reprint says what the first print said. */

#include <string.h>

#include "base/text.h"
#include "domain/invoice.h"
#include "papers.h"

static const struct sheet_column receipt_columns[] = {
    {"Work", 70, false, true},
    {"Amount", 30, true, true},
};

/* What has been paid, not what day it is: "overdue" would make a reprint another paper. */
static const char *paid_text(const struct invoice *invoice)
{
    enum invoice_status shown = invoice->status;

    if (shown == INVOICE_OVERDUE)
        shown = invoice->paid.cents == 0 ? INVOICE_UNPAID : INVOICE_PART_PAID;
    return choice_label(&invoice_status_choices, shown);
}

static void add_head(struct printing *paper, const struct invoice *invoice)
{
    struct block *boxes = sheet_boxes(&paper->sheet, 2);
    struct block *facts = sheet_facts(&paper->sheet, 5);

    block_pair(boxes, "Bill to",
               paper_printf(paper, "%s\n%s", invoice->bill_to,
                            text_is_empty(invoice->customer_phone)
                                ? ""
                                : text_phone_show(paper->s->arena, invoice->customer_phone)),
               false);
    if (!text_is_empty(invoice->vehicle_text))
        block_pair(boxes, "Vehicle",
                   paper_printf(paper, "%s\n%s", invoice->vehicle_text,
                                paper_miles(paper, invoice->odometer_in_mi)),
                   false);
    block_pair(facts, invoice->order.v == 0 ? "For" : "Repair order",
               invoice->order.v == 0 ? "Charge on account"
                                     : paper_printf(paper, "%lld", (long long)invoice->order.v),
               false);
    block_pair(facts, "Date", paper_day(paper, invoice->posted_on), false);
    block_pair(facts, "Due", paper_day(paper, invoice->due_on), false);
    block_pair(facts, "Written by", invoice->writer, false);
    block_pair(facts, text_is_empty(invoice->po_number) ? "Status" : "Your PO",
               text_is_empty(invoice->po_number) ? paid_text(invoice) : invoice->po_number, false);
}

static void add_job(struct printing *paper, struct block *table, enum profile profile,
                    const struct invoice_job *job)
{
    const struct invoice_line *lines = job->lines.at;

    paper_priced_head(paper, table, paper_job_title(paper, job->position, job->title, job->pay),
                      job->amount);
    paper_note(paper, table, "Concern", job->concern);
    paper_note(paper, table, "Cause", job->cause);
    paper_note(paper, table, "Correction", job->correction);
    paper_note(paper, table, "Technician", job->technician);
    for (size_t i = 0; i < job->lines.count; i++) {
        paper_priced_line(paper, table, profile, PAPER_LINE(lines[i], job->pay));
        paper_note(paper, table, "DOT", lines[i].dot);
    }
}

static void add_payments(struct printing *paper, struct block *totals,
                         const struct invoice *invoice)
{
    const struct invoice_payment *payments = invoice->payments.at;

    for (size_t i = 0; i < invoice->payments.count; i++) {
        const struct invoice_payment *payment = &payments[i];
        const char *how = text_is_empty(payment->details) ? payment->method : payment->details;
        const char *word = text_same(payment->method, "credit") ? "Credited" : "Paid";
        block_pair(totals,
                   paper_printf(paper, "%s %s, %s", word, paper_day(paper, payment->taken_on), how),
                   paper_money(paper, money_negate(payment->applied)), false);
    }
    block_pair(totals, "Balance due", paper_money(paper, invoice->balance), true);
}

static void add_totals(struct printing *paper, const struct invoice *invoice)
{
    const struct paper_sums sums = {
        .profile = invoice->law.profile,
        .no_work = invoice->kind == INVOICE_CHARGE,
        .labor = invoice->labor,
        .parts = invoice->parts,
        .sublet = invoice->sublet,
        .fees = invoice->fees,
        .supplies = invoice->supplies,
        .discount = invoice->discount,
    };
    const struct invoice_tax *taxes = invoice->taxes.at;
    const struct invoice_coupon *coupons = invoice->coupons.at;
    struct block *totals = paper_totals(
        paper, &sums, invoice->coupons.count + invoice->taxes.count + invoice->payments.count + 2);

    for (size_t i = 0; i < invoice->coupons.count; i++)
        paper_coupon(paper, totals, coupons[i].code, coupons[i].title, coupons[i].amount);
    for (size_t i = 0; i < invoice->taxes.count; i++)
        paper_tax(paper, totals, taxes[i].name, taxes[i].rate, taxes[i].base, taxes[i].amount);
    block_pair(totals, "Total", paper_money(paper, invoice->total), true);
    add_payments(paper, totals, invoice);
}

static void add_signatures(struct printing *paper, const struct invoice *invoice)
{
    const struct invoice_signature *signatures = invoice->signatures.at;

    for (size_t i = 0; i < invoice->signatures.count; i++)
        sheet_drawn(&paper->sheet, paper_printf(paper, "Signed by %s", signatures[i].says),
                    signatures[i].strokes);
}

status paper_invoice(struct printing *paper, int64_t invoice_id)
{
    struct invoice invoice;

    TRY(paper_read(paper, &invoice_show_op, invoice_id, &invoice));
    paper->sheet.title =
        paper_printf(paper, "%sInvoice %lld", invoice.state == INVOICE_VOID ? "VOID " : "",
                     (long long)invoice.id.v);
    paper->sheet.barcode = paper_printf(paper, "INV-%lld", (long long)invoice.id.v);
    TRY(paper_posted(paper, invoice.letterhead, invoice.posted_at));
    sheet_text(&paper->sheet, "Void", invoice.void_text);
    add_head(paper, &invoice);
    struct block *table = paper_priced_table(paper);
    const struct invoice_job *jobs = invoice.jobs.at;
    for (size_t i = 0; i < invoice.jobs.count; i++)
        add_job(paper, table, invoice.law.profile, &jobs[i]);
    add_totals(paper, &invoice);
    sheet_text(&paper->sheet, "Mechanics", invoice.law.mechanics);
    sheet_text(&paper->sheet, "", invoice.law.disclosures);
    sheet_text(&paper->sheet, "", invoice.exempt_text);
    sheet_text(&paper->sheet, "", invoice.note);
    sheet_text(&paper->sheet, "How the work was authorized", invoice.authorized_text);
    add_signatures(paper, &invoice);
    /* With warranty and supplies, as they were on the day: today's texts are for today's papers. */
    sheet_text(&paper->sheet, "Terms and warranty", invoice.terms);
    if (!text_is_empty(invoice.law.versions))
        sheet_text(&paper->sheet, "", paper_printf(paper, "Wording: %s.", invoice.law.versions));
    if (!text_is_empty(invoice.law.completed)) {
        sheet_text(&paper->sheet, "Certification of the shop", invoice.law.completed);
        sheet_sign(&paper->sheet, "For the shop");
    }
    return OK;
}

static void add_tenders(struct printing *paper, const struct invoice *invoice)
{
    const struct invoice_payment *payments = invoice->payments.at;
    struct block *totals = sheet_totals(&paper->sheet, 3 + invoice->payments.count * 3);

    if (invoice->tax.cents != 0)
        block_pair(totals, "Tax", paper_money(paper, invoice->tax), false);
    block_pair(totals, "Total", paper_money(paper, invoice->total), true);
    for (size_t i = 0; i < invoice->payments.count; i++) {
        const char *how =
            text_is_empty(payments[i].details) ? payments[i].method : payments[i].details;
        if (payments[i].change.cents == 0) {
            block_pair(totals, how, paper_money(paper, payments[i].applied), false);
            continue;
        }
        block_pair(totals, paper_printf(paper, "%s tendered", how),
                   paper_money(paper, payments[i].tendered), false);
        block_pair(totals, "Change", paper_money(paper, payments[i].change), false);
    }
    block_pair(totals, "Balance due", paper_money(paper, invoice->balance), true);
}

static const char *first_line(struct printing *paper, const char *text)
{
    return arena_text_n(paper->s->arena, text, strcspn(text, "\n"));
}

status paper_receipt(struct printing *paper, int64_t invoice_id)
{
    struct invoice invoice;

    TRY(paper_read(paper, &invoice_show_op, invoice_id, &invoice));
    TRY(paper_posted(paper, invoice.letterhead, invoice.posted_at));
    paper->sheet.receipt = true;
    paper->sheet.title = "Receipt";
    paper->sheet.barcode = paper_printf(paper, "INV-%lld", (long long)invoice.id.v);
    paper->sheet.footer = "Thank you. Keep this receipt with the vehicle's papers.";
    struct block *facts = sheet_facts(&paper->sheet, 4);
    block_pair(facts, "Invoice", paper_printf(paper, "%lld", (long long)invoice.id.v), false);
    block_pair(facts, "Date", paper_day(paper, invoice.posted_on), false);
    block_pair(facts, "Customer", first_line(paper, invoice.bill_to), false);
    if (!text_is_empty(invoice.vehicle_text))
        block_pair(facts, "Vehicle", first_line(paper, invoice.vehicle_text), false);
    struct block *table = sheet_table(&paper->sheet, receipt_columns, COUNT_OF(receipt_columns));
    const struct invoice_job *jobs = invoice.jobs.at;
    for (size_t i = 0; i < invoice.jobs.count; i++) {
        struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);
        row->cells[0] = jobs[i].title;
        row->cells[1] = paper_money(paper, jobs[i].amount);
    }
    if (invoice.supplies.cents != 0) {
        struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);
        row->cells[0] = "Shop supplies";
        row->cells[1] = paper_money(paper, invoice.supplies);
    }
    add_tenders(paper, &invoice);
    return OK;
}
