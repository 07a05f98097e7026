/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Vendors' bills, deliveries that wait for theirs, and payments, as tables. */

#include "domain/bill.h"

#include "base/text.h"
#include "inner.h"
#include "print_menu.h"

static const char *bill_cell(void *context, const void *row, const char *column,
                             struct arena *scratch, enum ink *ink)
{
    const struct bill_row *bill = row;
    char day[DAY_TEXT_MAX];

    (void)context;
    if (!text_same(column, "due_on") || !bill->overdue)
        return NULL;
    *ink = INK_BAD;
    return arena_printf(scratch, "%s LATE", day_show_short(bill->due_on, day));
}

/* All of the vendor's bills that are due, or this one, by the form. */
static void pay_row(struct view *view, const struct action *action)
{
    struct desk *desk = desk_of(view);
    struct subject subject;
    struct bill bill;
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (!desk_subject(view, &subject))
        return;
    if (desk_call(desk, &arena, &bill_show_op, &(struct bill_key){{subject.id}}, &bill) != OK)
        return;
    struct bill_choice choice = {.bill = bill.id};
    struct bill_pay *in = desk_input(desk, &arena, &bill_pay_op);
    in->vendor = bill.vendor;
    in->bills = (struct rows){&choice, 1};
    op_form_open(desk, &(struct op_form){.op = &bill_pay_op, .in = in});
}

/* A delivery's bill: vendor, order and sum are known. */
static void enter_for_row(struct view *view, const struct action *action)
{
    struct desk *desk = desk_of(view);
    struct subject subject;
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (!desk_subject(view, &subject) || subject.row == NULL)
        return;
    const struct bill_expected_row *row = subject.row;
    struct bill_receipt receipt = {.receipt = row->id, .slip = ""};
    struct bill_enter *in = desk_input(desk, &arena, &bill_enter_op);
    in->vendor = row->vendor;
    in->total = row->open;
    in->receipts = (struct rows){&receipt, 1};
    op_form_open(desk, &(struct op_form){.op = &bill_enter_op, .in = in, .focus = "number"});
}

static void print_row(struct view *view, const struct action *action)
{
    (void)action;
    print_menu_of_row(view, DOCUMENT_CHECK, "payment");
}

static void open_payment(struct view *view, const struct action *action)
{
    struct desk *desk = desk_of(view);
    struct subject subject;

    (void)action;
    if (desk_subject(view, &subject))
        record_screen_open(desk, &bill_show_payment_op, &(struct vendor_payment_key){{subject.id}});
}

/* clang-format off */
static const struct column bill_columns[] = {
    {.name = "number", .width = 14},
    {.name = "vendor_name", .width = 16, .grow = 2},
    {.name = "billed_on", .width = 11, .below = 100},
    {.name = "due_on", .width = 15},
    {.name = "total", .width = 11},
    {.name = "open", .width = 11},
};
static const struct list_filter bill_filters[] = {
    {"Open", "open", "yes"},
    {"All", NULL, NULL},
};
static const struct action bill_actions[] = {
    {"Enter", "bill.show", "open", NEEDS_ROW, NULL, "Opens the bill."},
    {"p", "bill.pay", "pay", NEEDS_ROW, pay_row, "Pays the bill, with others of its vendor if you like."},
    {"F6 n", "bill.enter", "new", NEEDS_NOTHING, NULL, "Enters a bill or credit memo."},
    {"d", "bill.expected", "to come", NEEDS_NOTHING, NULL, "Shows deliveries that no bill has come for."},
    {"a", "bill.aging", "by age", NEEDS_NOTHING, NULL, "Shows what is owed by how long it is overdue."},
    {"c", "bill.payments", "payments", NEEDS_NOTHING, NULL, "Shows payments and checks."},
    {"V", "bill.void", "void", NEEDS_ROW, NULL, "Takes a bill back that nothing is paid of; its deliveries wait for one again."},
};
static const struct column expected_columns[] = {
    {.name = "id", .width = 9},
    {.name = "purchase", .width = 6},
    {.name = "vendor_name", .width = 18, .grow = 2},
    {.name = "received_on", .width = 12},
    {.name = "slip", .width = 10},
    {.name = "open", .width = 12},
};
static const struct action expected_actions[] = {
    {"Enter b", "bill.enter", "enter bill", NEEDS_ROW, enter_for_row, "Enters the bill of this delivery."},
};
static const struct column payment_columns[] = {
    {.name = "id", .width = 8},
    {.name = "paid_on", .width = 11},
    {.name = "vendor_name", .width = 18, .grow = 2},
    {.name = "method", .width = 14},
    {.name = "check_number", .width = 7, .below = 100},
    {.name = "amount", .width = 12},
    {.name = "voided", .width = 5},
};
static const struct action payment_actions[] = {
    {"Enter", "bill.show-payment", "open", NEEDS_ROW, open_payment, "Shows the payment and what it settled."},
    {"F8", "document.print", "print", NEEDS_ROW, print_row, "The check, or the remittance."},
};
/* clang-format on */
const struct list_screen bill_list_screen = {
    .op = "bill.search",
    .title = "Vendors' bills",
    .noun = "bill",
    .columns = bill_columns,
    .column_count = COUNT_OF(bill_columns),
    .filters = bill_filters,
    .filter_count = COUNT_OF(bill_filters),
    .actions = bill_actions,
    .action_count = COUNT_OF(bill_actions),
    .cell = bill_cell,
    .empty = "Nothing is owed. F6 enters a bill; f shows the paid ones.",
};
const struct list_screen bill_expected_list_screen = {
    .op = "bill.expected",
    .title = "Received, not billed",
    .noun = "receipt",
    .columns = expected_columns,
    .column_count = COUNT_OF(expected_columns),
    .actions = expected_actions,
    .action_count = COUNT_OF(expected_actions),
    .empty = "Every delivery has its bill.",
};
const struct list_screen vendor_payment_list_screen = {
    .op = "bill.payments",
    .title = "Payments to vendors",
    .noun = "payment",
    .columns = payment_columns,
    .column_count = COUNT_OF(payment_columns),
    .actions = payment_actions,
    .action_count = COUNT_OF(payment_actions),
    .empty = "Nothing was paid yet.",
};
