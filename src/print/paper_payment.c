/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The receipt of one payment on a roll: what came, where it went, and what was paid back of it. */

#include "base/text.h"
#include "domain/payment.h"
#include "papers.h"

static const struct sheet_column columns[] = {
    {"Applied to", 70, false, true},
    {"Amount", 30, true, true},
};

static void add_row(struct printing *paper, struct block *table, const char *what,
                    struct money amount)
{
    struct sheet_row *row = block_row(&paper->sheet, table, ROW_LINE);

    row->cells[0] = what;
    row->cells[1] = paper_money(paper, amount);
}

static const char *went_back(struct printing *paper, const struct payment_return *back)
{
    const char *day = paper_day(paper, back->returned_on);

    if (back->kind != RETURN_REFUND)
        return paper_printf(paper, "%s %s",
                            back->kind == RETURN_VOID ? "Void" : "Came back from the bank", day);
    if (!text_is_empty(back->check_number))
        return paper_printf(paper, "Refunded %s, check %s", day, back->check_number);
    if (!text_is_empty(back->certificate))
        return paper_printf(paper, "Store credit %s, %s", back->certificate, day);
    return paper_printf(paper, "Refunded %s, %s", day,
                        choice_label(&payment_method_choices, back->method));
}

static void add_sums(struct printing *paper, const struct payment *payment)
{
    const struct payment_return *back = payment->returns.at;
    struct block *totals = sheet_totals(&paper->sheet, 3 + payment->returns.count);

    if (payment->change.cents != 0) {
        block_pair(totals, "Tendered", paper_money(paper, payment->tendered), false);
        block_pair(totals, "Change", paper_money(paper, payment->change), false);
    }
    block_pair(totals, "Payment", paper_money(paper, payment->amount), true);
    for (size_t i = 0; i < payment->returns.count; i++)
        block_pair(totals, went_back(paper, &back[i]),
                   paper_money(paper, money_negate(back[i].amount)), true);
}

status paper_payment(struct printing *paper, int64_t id)
{
    struct payment payment;

    TRY(paper_read(paper, &payment_show_op, id, &payment));
    paper->sheet.receipt = true;
    paper->sheet.title = payment.returns.count == 0          ? "Payment receipt"
                         : payment.status == PAYMENT_VOID    ? "Void payment"
                         : payment.status == PAYMENT_BOUNCED ? "Returned payment"
                                                             : "Refund receipt";
    TRY(paper_posted(paper, payment.letterhead, payment.taken_at));
    paper->sheet.footer = payment.returns.count == 0 ? "Thank you." : "";
    struct block *facts = sheet_facts(&paper->sheet, 4);
    block_pair(facts, "Payment", paper_printf(paper, "%lld", (long long)payment.id.v), false);
    block_pair(facts, "Taken", paper_instant(paper, payment.taken_at), false);
    block_pair(facts, "Customer", payment.payer, false);
    block_pair(facts, "Paid by",
               text_is_empty(payment.details)
                   ? choice_label(&payment_method_choices, payment.method)
                   : payment.details,
               false);
    const struct payment_share *share = payment.shares.at;
    if (payment.shares.count > 0 || payment.left.cents > 0) {
        struct block *table = sheet_table(&paper->sheet, columns, COUNT_OF(columns));
        for (size_t i = 0; i < payment.shares.count; i++)
            add_row(paper, table,
                    paper_printf(paper, "Invoice %lld", (long long)share[i].invoice.v),
                    share[i].amount);
        if (payment.left.cents > 0)
            add_row(paper, table, "Credit on account", payment.left);
    }
    add_sums(paper, &payment);
    if (payment.status == PAYMENT_REFUNDED || payment.status == PAYMENT_PART_REFUNDED)
        sheet_sign(&paper->sheet, "Refund received");
    return OK;
}
