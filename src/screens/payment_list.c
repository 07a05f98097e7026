/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of payments, as a table. */

#include "domain/payment.h"

#include "inner.h"
#include "print_menu.h"

/* All that is left, unless the person asks for less; by the way it came, where that says how. */
void refund_open(struct desk *desk, struct payment_id id)
{
    struct payment payment;
    AUTO_ARENA arena = ARENA_EMPTY;

    if (desk_call(desk, &arena, &payment_show_op, &(struct payment_query){id}, &payment) != OK)
        return;
    struct payment_refund *in = desk_input(desk, &arena, &payment_refund_op);
    in->payment = payment.id;
    in->amount = payment.left;
    in->to = payment.method == PAY_OTHER ? REFUND_OTHER : REFUND_ORIGINAL;
    op_form_open(desk, &(struct op_form){.op = &payment_refund_op, .in = in, .focus = "amount"});
}

static void refund_row(struct view *view, const struct action *action)
{
    struct subject subject;

    (void)action;
    if (desk_subject(view, &subject))
        refund_open(desk_of(view), (struct payment_id){subject.id});
}

/* With the fee that the shop charges for it, to be seen before it is charged. */
static void bounced_row(struct view *view, const struct action *action)
{
    struct subject subject;

    (void)action;
    if (desk_subject(view, &subject))
        op_form_open(
            desk_of(view),
            &(struct op_form){.op = &payment_bounced_op, .subject = &subject, .focus = "fee"});
}

static void print_row(struct view *view, const struct action *action)
{
    (void)action;
    print_menu_of_row(view, DOCUMENT_PAYMENT, "payment");
}

/* clang-format off */
static const struct column payment_columns[] = {
    {.name = "id", .width = 8},
    {.name = "taken_on", .width = 11},
    {.name = "customer_name", .width = 18, .grow = 2},
    {.name = "method", .width = 8},
    {.name = "details", .width = 20, .grow = 1, .below = 90},
    {.name = "tendered", .width = 11, .below = 130},
    {.name = "change", .width = 9, .below = 140},
    {.name = "amount", .width = 11},
    {.name = "status", .width = 15, .below = 100},
    {.name = "applied", .width = 11, .below = 100},
};
static const struct action payment_actions[] = {
    {"Enter", "payment.show", "open", NEEDS_ROW, NULL, "Shows the payment, its invoices, and what went back of it."},
    {"F6 n", "payment.deposit", "deposit", NEEDS_NOTHING, NULL, "Takes a deposit before there is an invoice."},
    {"m", "payment.bulk", "several invoices", NEEDS_NOTHING, NULL, "Takes one payment for several invoices of a customer.", ACTION_QUIET},
    {"v", "payment.void", "void", NEEDS_ROW, NULL, "Undoes a payment that was taken today."},
    {"r", "payment.refund", "refund", NEEDS_ROW, refund_row, "Pays back what is left of it as credit."},
    {"a", "payment.apply", "apply", NEEDS_ROW, NULL, "Applies what is left of it to an invoice."},
    {"u", "payment.unapply", "unapply", NEEDS_ROW, NULL, "Takes it off an invoice: it becomes credit."},
    {"b", "payment.bounced", "came back", NEEDS_ROW, bounced_row, "Notes that the bank sent the check back."},
    {"F8", "document.print", "print", NEEDS_ROW, print_row, "The receipt of the payment, with what was paid back."},
};
/* clang-format on */
const struct list_screen payment_list_screen = {
    .op = "payment.search",
    .title = "Payments",
    .columns = payment_columns,
    .column_count = COUNT_OF(payment_columns),
    .actions = payment_actions,
    .action_count = COUNT_OF(payment_actions),
    .newest_first = true,
    .sort = "taken_on",
    .empty = "No payments here.",
};
