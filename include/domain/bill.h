/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_BILL_H
#define PITLANE_DOMAIN_BILL_H

/* What the shop owes its vendors: bills, credit memos, payments. Files: bill.c (one bill),
 * bill_ops.c (lists and operations), bill_enter.c, bill_pay.c, vendor_payment.c.
 *
 * A bill clears deliveries from received-not-billed into payable; a difference is refused unless it
 * is accepted with a reason, and then goes to purchase_difference. A bill without a delivery names
 * the account of its cost. vendor.owes = open bills less open credits, and their sum is the
 * ledger's payable. */

#include "domain/ledger.h"
#include "domain/op.h"

struct bill {
    struct bill_id id;
    struct vendor_id vendor;
    const char *vendor_name, *number, *note, *reason;
    const char *void_reason; /* "": it counts */
    struct day billed_on, due_on;
    struct money total; /* below zero: a credit memo */
    struct money paid, open, difference;
    struct rows receipts; /* of struct bill_receipt */
};
struct bill_receipt {
    struct receipt_id receipt;
    struct purchase_id purchase;
    struct day received_on;
    const char *slip;
    struct money amount;
};
struct bill_row {
    struct bill_id id;
    const char *vendor_name, *number;
    struct day billed_on, due_on;
    struct money total, open;
    bool overdue, voided;
};
struct bill_search {
    struct list_query query;
    struct vendor_id vendor;
    bool open;
    struct day today; /* set by the operation */
};
struct bill_key {
    struct bill_id bill;
};
struct bill_void {
    struct bill_id bill;
    const char *reason;
};
/* bill.expected: deliveries that no bill has come for. */
struct bill_expected {
    struct list_query query;
    struct vendor_id vendor;
};
struct bill_expected_row {
    struct receipt_id id;
    struct purchase_id purchase;
    struct vendor_id vendor;
    const char *vendor_name, *slip;
    struct day received_on;
    struct money total, open; /* what it came to, and what of it is not billed */
};
/* bill.enter: the deliveries it is for (or a purchase order: all of its that are not billed). */
struct bill_enter {
    struct vendor_id vendor;
    const char *number;
    struct day billed_on, due_on; /* due none: by the vendor's terms */
    struct money total;
    struct purchase_id purchase;
    struct rows receipts;      /* of struct bill_receipt: receipt, amount (0: all of it) */
    struct account_id account; /* without deliveries: what it is for */
    bool accept;               /* the difference to what was received … */
    const char *reason;        /* … because */
    const char *note;
};
enum vendor_payment_method {
    VENDOR_PAYMENT_CHECK,
    VENDOR_PAYMENT_ACH,
    VENDOR_PAYMENT_CARD,
    VENDOR_PAYMENT_CASH
};
extern const struct choices vendor_payment_method_choices;
/* bill.pay: chosen bills and credits; none: all due by `through_on`. */
struct bill_choice {
    struct bill_id bill;
    struct money amount; /* 0: all of it */
};
struct bill_pay {
    struct vendor_id vendor;
    struct rows bills; /* of struct bill_choice */
    struct day through_on;
    enum vendor_payment_method method;
    int64_t check_number; /* 0: the next one */
    const char *memo;
};
struct vendor_payment {
    struct vendor_payment_id id;
    struct vendor_id vendor;
    const char *vendor_name, *address;
    enum vendor_payment_method method;
    int64_t check_number; /* 0: none */
    struct day paid_on;
    struct money amount;
    const char *amount_words; /* "Six hundred two and 01/100", for the check */
    const char *memo, *void_reason;
    struct rows bills; /* of struct bill_row: what it settled, open as of then */
};
/* bill.aging: by vendor from the due date; ratio of nothing, sums last. */
struct bill_aging_row {
    struct vendor_id vendor;
    const char *vendor_name;
    struct money current, days_1_30, days_31_60, days_61_90, days_over_90, credits, total;
};

struct bill_aging {
    struct day as_of;
    struct rows vendors; /* of struct bill_aging_row, by name */
    struct money current, days_1_30, days_31_60, days_61_90, days_over_90, credits, total;
};
struct vendor_payment_search {
    struct list_query query; /* newest first */
    struct vendor_id vendor;
};
struct vendor_payment_row {
    struct vendor_payment_id id;
    struct day paid_on;
    const char *vendor_name;
    enum vendor_payment_method method;
    int64_t check_number;
    struct money amount;
    const char *memo;
    bool voided;
};
struct vendor_payment_key {
    struct vendor_payment_id payment;
};
struct vendor_payment_void {
    struct vendor_payment_id payment;
    const char *reason;
};

status bill_get(struct session *s, struct bill_id id, struct bill *ret) MUST_USE;
status vendor_payment_get(struct session *s, struct vendor_payment_id id,
                          struct vendor_payment *ret) MUST_USE;
/* Writes a bill or credit memo whose entry is posted, moves what the vendor is owed, and makes it
 * found. Refuses a number that the vendor has used at the field "number". */
struct bill_new {
    struct vendor_id vendor;
    const char *number, *reason, *note;
    struct day billed_on, due_on;
    struct money total, difference;
};
status bill_check_number(struct session *s, struct vendor_id vendor, const char *number) MUST_USE;
status bill_write(struct session *s, const struct bill_new *bill, struct bill_id *ret) MUST_USE;
status bill_set_entry(struct session *s, struct bill_id bill, struct entry_id entry) MUST_USE;

/* bill.search, bill.show, bill.expected, bill.enter, bill.void (reverses the entry; deliveries and
 * number are free again; refused once anything is paid of it), bill.pay, bill.aging, bill.payments,
 * bill.show-payment, bill.void-payment (gives the bills back and reverses the entry) */
extern const struct op bill_search_op, bill_show_op, bill_expected_op, bill_enter_op, bill_void_op,
    bill_pay_op, bill_aging_op, bill_payments_op, bill_show_payment_op, bill_void_payment_op;
extern const struct shape bill_shape, vendor_payment_shape;

#endif
