/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Papers for vendors: the order, the check with what it pays, the slip that goes back with a part.
 */

#include "base/text.h"
#include "domain/bill.h"
#include "domain/claim.h"
#include "domain/purchase.h"
#include "domain/vendor.h"
#include "papers.h"

static const struct sheet_column order_columns[] = {
    {"Your number", 18, false, false}, {"Description", 34, false, true},
    {"Our number", 16, false, false},  {"Qty", 8, true, true},
    {"Each", 11, true, false},         {"Amount", 13, true, true},
};
static const struct sheet_column plain_columns[] = {
    {"Your number", 24, false, true},
    {"Description", 46, false, true},
    {"Our number", 20, false, false},
    {"Quantity", 10, true, true},
};
static const struct sheet_column bill_columns[] = {
    {"Bill", 28, false, true},
    {"Dated", 20, false, true},
    {"Bill total", 26, true, false},
    {"Paid", 26, true, true},
};
static const struct sheet_column claim_columns[] = {
    {"Part number", 24, false, true},
    {"Description", 40, false, true},
    {"Quantity", 12, true, true},
    {"Expected credit", 24, true, false},
};

/* ---- purchase order ---- */

/* Whom it goes to, with the address the vendor's page has. */
static void shop_box(struct printing *paper, struct block *boxes, const char *label)
{
    block_pair(boxes, label,
               paper_printf(paper, "%s\n%s\n%s, %s %s", paper->shop.name, paper->shop.street,
                            paper->shop.city, paper->shop.state, paper->shop.zip),
               false);
}

static status vendor_box(struct printing *paper, struct block *boxes, struct vendor_id id)
{
    struct vendor vendor;

    TRY(paper_read(paper, &vendor_show_op, id.v, &vendor));
    const char *phone =
        text_is_empty(vendor.phone) ? "" : text_phone_show(paper->s->arena, vendor.phone);
    block_pair(boxes, "To",
               paper_printf(paper, "%s\n%s%s%s%s%s %s\n%s", vendor.name, vendor.street,
                            text_is_empty(vendor.street) ? "" : "\n", vendor.city,
                            text_is_empty(vendor.city) ? "" : ", ", vendor.state, vendor.zip,
                            phone),
               false);
    return OK;
}

static void order_line(struct printing *paper, struct block *table, bool full,
                       const struct purchase_line *line)
{
    struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);

    row->cells[0] = line->number;
    row->cells[1] = line->description;
    row->cells[2] = line->sku;
    row->cells[3] = paper_qty(paper, line->quantity);
    if (full) {
        row->cells[4] = paper_money(paper, line->cost);
        row->cells[5] = paper_money(paper, line->amount);
    }
}

static void order_facts(struct printing *paper, const struct purchase *order)
{
    struct block *facts = sheet_facts(&paper->sheet, 5);
    const struct instant at = order->sent_at.seconds != 0 ? order->sent_at : order->made_at;

    block_pair(facts, "Order", paper_printf(paper, "%lld", (long long)order->id.v), true);
    block_pair(facts, order->sent_at.seconds != 0 ? "Date" : "Draft of",
               paper_day(paper, instant_day(at)), false);
    block_pair(facts, "Wanted by", paper_day(paper, order->due_on), false);
    block_pair(facts, "Our account", order->account_number, false);
    block_pair(facts, "Ordered by", order->made_by, false);
}

static void order_totals(struct printing *paper, const struct purchase *order)
{
    struct block *totals = sheet_totals(&paper->sheet, 3);

    block_pair(totals, order->cores.cents == 0 ? "Total" : "Parts",
               paper_money(paper, order->total), order->cores.cents == 0);
    if (order->cores.cents == 0)
        return;
    block_pair(totals, "Core deposits", paper_money(paper, order->cores), false);
    block_pair(totals, "Total",
               paper_money(paper, (struct money){order->total.cents + order->cores.cents}), true);
}

status paper_purchase(struct printing *paper, int64_t id)
{
    struct purchase order;
    const bool full = right_set_has(&paper->s->rights, RIGHT_COSTS_VIEW);

    TRY(paper_read(paper, &purchase_show_op, id, &order));
    paper->sheet.title = paper_printf(paper, "Purchase order %lld", (long long)order.id.v);
    paper->sheet.barcode = paper_printf(paper, "PO-%lld", (long long)order.id.v);
    struct block *boxes = sheet_boxes(&paper->sheet, 2);
    TRY(vendor_box(paper, boxes, order.vendor));
    shop_box(paper, boxes, "Deliver to");
    order_facts(paper, &order);
    struct block *table = full ? sheet_table(&paper->sheet, order_columns, COUNT_OF(order_columns))
                               : sheet_table(&paper->sheet, plain_columns, COUNT_OF(plain_columns));
    const struct purchase_line *line = order.lines.at;
    for (size_t i = 0; i < order.lines.count; i++)
        order_line(paper, table, full, &line[i]);
    if (full)
        order_totals(paper, &order);
    sheet_text(&paper->sheet, "Note", order.note);
    sheet_text(&paper->sheet, "",
               paper_printf(paper,
                            "Please write order number %lld on the packing slip and the bill, and "
                            "tell us what you cannot deliver by the day it is wanted.",
                            (long long)order.id.v));
    return OK;
}

/* ---- check and remittance ---- */

static void check_itself(struct printing *paper, const struct vendor_payment *payment)
{
    struct block *facts = sheet_facts(&paper->sheet, 3);

    block_pair(facts, "Check", paper_printf(paper, "%lld", (long long)payment->check_number), true);
    block_pair(facts, "Date", paper_day(paper, payment->paid_on), false);
    block_pair(facts, "Amount", paper_printf(paper, "**%s", paper_money(paper, payment->amount)),
               true);
    struct block *boxes = sheet_boxes(&paper->sheet, 2);
    block_pair(boxes, "Pay to the order of",
               paper_printf(paper, "%s\n%s", payment->vendor_name, payment->address), false);
    block_pair(boxes, "The sum of",
               paper_printf(paper, "%s dollars%s%s", payment->amount_words,
                            text_is_empty(payment->memo) ? "" : "\n\nFor ", payment->memo),
               false);
    sheet_sign_undated(&paper->sheet, "Authorized signature");
}

static void remittance_facts(struct printing *paper, const struct vendor_payment *payment)
{
    struct block *boxes = sheet_boxes(&paper->sheet, 2);

    block_pair(boxes, "To", paper_printf(paper, "%s\n%s", payment->vendor_name, payment->address),
               false);
    block_pair(boxes, "Paid",
               paper_printf(paper, "%s\n%s by %s\n%s", paper_day(paper, payment->paid_on),
                            paper_money(paper, payment->amount),
                            choice_label(&vendor_payment_method_choices, payment->method),
                            payment->memo),
               false);
}

status paper_check(struct printing *paper, int64_t id)
{
    struct vendor_payment payment;
    const struct bill_row *row;

    TRY(paper_read(paper, &bill_show_payment_op, id, &payment));
    if (!text_is_empty(payment.void_reason))
        return fail(paper->s, ERR_CONFLICT, "This payment is void: %s. Nothing is printed.",
                    payment.void_reason);
    const bool is_check = payment.method == VENDOR_PAYMENT_CHECK;
    paper->sheet.title = is_check
                             ? paper_printf(paper, "Check %lld", (long long)payment.check_number)
                             : paper_printf(paper, "Remittance %lld", (long long)payment.id.v);
    if (is_check)
        check_itself(paper, &payment);
    else
        remittance_facts(paper, &payment);
    struct block *table = sheet_table(&paper->sheet, bill_columns, COUNT_OF(bill_columns));
    block_row(&paper->sheet, table, ROW_HEAD)->cells[0] = "What it pays";
    row = payment.bills.at;
    for (size_t i = 0; i < payment.bills.count; i++) {
        struct sheet_row *line = block_row(&paper->sheet, table, ROW_LINE);
        line->cells[0] = row[i].number;
        line->cells[1] = paper_day(paper, row[i].billed_on);
        line->cells[2] = paper_money(paper, row[i].total);
        line->cells[3] = paper_money(paper, row[i].open);
    }
    struct sheet_row *sum = block_row(&paper->sheet, table, ROW_SUM);
    sum->cells[0] = "Total";
    sum->cells[3] = paper_money(paper, payment.amount);
    return OK;
}

/* ---- what goes back ---- */

/* Where a credit fell short, or some of it was given up. */
static void claim_totals(struct printing *paper, const struct claim *claim)
{
    if (claim->credited.cents == 0 && claim->written_off.cents == 0)
        return;
    struct block *totals = sheet_totals(&paper->sheet, 3);
    block_pair(totals, "Credited", paper_money(paper, claim->credited), false);
    if (claim->written_off.cents != 0)
        block_pair(totals, "Given up", paper_money(paper, claim->written_off), false);
    block_pair(totals, "Still open", paper_money(paper, claim->open), true);
}

status paper_claim(struct printing *paper, int64_t id)
{
    struct claim claim;
    const bool full = right_set_has(&paper->s->rights, RIGHT_COSTS_VIEW);

    TRY(paper_read(paper, &claim_show_op, id, &claim));
    paper->sheet.title = paper_printf(paper, "Return %lld", (long long)claim.id.v);
    paper->sheet.barcode = paper_printf(paper, "CL-%lld", (long long)claim.id.v);
    struct block *boxes = sheet_boxes(&paper->sheet, 2);
    TRY(vendor_box(paper, boxes, claim.vendor));
    shop_box(paper, boxes, "From");
    struct block *facts = sheet_facts(&paper->sheet, 4);
    block_pair(facts, "What", choice_label(&claim_kind_choices, claim.kind), true);
    block_pair(facts, "Return number", claim.rma, true);
    block_pair(facts, "Opened", paper_day(paper, claim.opened_on), false);
    block_pair(facts, "Sent", paper_day(paper, claim.sent_on), false);
    struct block *table =
        sheet_table(&paper->sheet, claim_columns, COUNT_OF(claim_columns) - (full ? 0 : 1));
    struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);
    row->cells[0] = claim.sku;
    row->cells[1] = claim.description;
    row->cells[2] = paper_qty(paper, claim.quantity);
    if (full) {
        row->cells[3] = paper_money(paper, claim.expected);
        claim_totals(paper, &claim);
    }
    sheet_text(&paper->sheet, "Why", claim.reason);
    sheet_text(&paper->sheet, "Failed on", claim.job_text);
    return OK;
}
