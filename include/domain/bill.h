/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_BILL_H
#define PITLANE_DOMAIN_BILL_H

/* What the shop owes its vendors: bills, credit memos, payments.
 *
 * A bill clears deliveries from received-not-billed into payable; a difference is refused unless it
 * is accepted with a reason, and then goes to purchase_difference. A bill without a delivery names
 * the account of its cost. vendor.owes = open bills less open credits, and their sum is the
 * ledger's payable. */

#include "domain/op.h"

struct bill {
    struct bill_id id;
    struct vendor_id vendor;
    const char *vendor_name, *number, *note, *reason;
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
    bool overdue;
};
struct bill_search {
    struct list_query query;
    struct vendor_id vendor;
    bool open;
};
/* bill.enter: the deliveries it is for (or a purchase order: all of its that are not billed). */
struct bill_enter {
    struct vendor_id vendor;
    const char *number;
    struct day billed_on, due_on; /* due none: by the vendor's terms */
    struct money total;
    struct purchase_id purchase;
    struct rows receipts;      /* of struct bill_receipt: receipt, amount (0: all of it) */
    struct account_id account; /* without deliveries: an expense */
    bool accept;               /* the difference to what was received … */
    const char *reason;        /* … because */
    const char *note;
};
/* bill.pay: chosen bills and credits; none: all due by `through_on`. */
struct bill_choice {
    struct bill_id bill;
    struct money amount; /* 0: all of it */
};
struct bill_pay {
    struct vendor_id vendor;
    struct rows bills; /* of struct bill_choice */
    struct day through_on;
    unsigned method;      /* vendor_payment_method */
    int64_t check_number; /* 0: the next one */
    const char *memo;
};
enum vendor_payment_method {
    VENDOR_PAYMENT_CHECK,
    VENDOR_PAYMENT_ACH,
    VENDOR_PAYMENT_CARD,
    VENDOR_PAYMENT_CASH
};
extern const struct choices vendor_payment_method_choices;
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

/* Operations to come: bill.search, bill.show, bill.enter, bill.pay (→ vendor_payment),
 * bill.payments (list), bill.show-payment, bill.void-payment (reason; reverses its entry),
 * bill.aging. */

#endif
