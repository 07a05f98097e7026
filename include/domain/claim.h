/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CLAIM_H
#define PITLANE_DOMAIN_CLAIM_H

/* Files: claim.c (the queue), claim_ops.c, core.c (customers' cores).
 *
 * What goes back and has to be credited: new parts, old cores, parts that failed under warranty;
 * and the cores that customers may bring back.
 *
 * A part that failed on a job is off the shelf already: what its vendor gives back for it is less
 * cost of parts. A vendor claim is worth `expected` on the vendor_credit account from the day it is
 * opened until it is credited or written off (to stock_adjustment, with a reason); a short credit
 * leaves the rest open. Core deposits open claims by themselves when a delivery has a core charge
 * (state owed). A returned part leaves the shelf (STOCK_RETURN) at what it is worth; what the
 * vendor pays more or less goes to stock_adjustment.
 *
 * A customer's core charge is a deposit held (core_deposit), never a sale: invoice posting writes
 * the customer_core row of every core line. Refunding gives charge and tax back as credit (a
 * payment row of method other, so that it can be applied); forfeiting makes it fee income. */

#include "domain/op.h"

enum claim_kind { CLAIM_RETURN, CLAIM_CORE, CLAIM_WARRANTY };
enum claim_state { CLAIM_OWED, CLAIM_HERE, CLAIM_SENT, CLAIM_CLOSED };
extern const struct choices claim_kind_choices, claim_state_choices;

struct claim {
    struct claim_id id;
    struct vendor_id vendor;
    const char *vendor_name;
    enum claim_kind kind;
    enum claim_state state;
    struct part_id part;
    const char *sku, *description;
    struct qty quantity;
    struct money expected, credited, written_off, open; /* right costs:view */
    struct day opened_on, sent_on, closed_on;
    int64_t age_days;
    const char *rma, *reason;
    struct job_id job;
    const char *job_text; /* "RO 10412, job 2: Starter" */
    int64_t revision;
};
struct claim_search {
    struct list_query query;
    struct vendor_id vendor;
    bool closed; /* these too */
};
struct claim_key {
    struct claim_id claim;
    int64_t revision;
};
struct claim_row {
    struct claim_id id;
    const char *vendor_name;
    enum claim_kind kind;
    enum claim_state state;
    const char *sku, *description;
    struct qty quantity;
    struct money expected, open; /* right costs:view */
    struct day opened_on;
    int64_t age_days;
    const char *rma;
};
struct claim_open_return {
    struct part_id part;
    struct vendor_id vendor; /* 0: the one asked first */
    struct qty quantity;
    struct money expected; /* optional: what they are worth on the shelf */
    struct job_id job;     /* given: a warranty return of a part that failed on it */
    const char *reason;
};
struct claim_send {
    struct claim_id claim;
    const char *rma; /* the vendor's return number */
    int64_t revision;
};
struct claim_write_off {
    struct claim_id claim;
    const char *reason;
    int64_t revision;
};
struct claim_credit {
    struct claim_id claim;
    const char *number; /* of the vendor's credit memo */
    struct money amount;
    int64_t revision;
};
/* Dollars outstanding by vendor and age. */
struct claim_aging_row {
    struct vendor_id vendor;
    const char *vendor_name;
    int64_t claims;
    struct money days_0_30, days_31_60, days_61_90, days_over_90, total; /* right costs:view */
};

struct claim_aging {
    struct rows vendors; /* of struct claim_aging_row */
    struct money total;  /* right costs:view */
};

enum customer_core_state { CORE_CHARGED, CORE_WAIVED, CORE_REFUNDED, CORE_FORFEITED, CORE_VOID };
extern const struct choices customer_core_state_choices;
struct customer_core {
    struct customer_core_id id;
    struct invoice_id invoice;
    struct customer_id customer;
    const char *customer_name, *sku, *description;
    struct part_id part;
    struct qty quantity;
    struct money charge, tax;
    enum customer_core_state state;
    struct day opened_on, closed_on;
    int64_t revision;
};

struct customer_core_search {
    struct list_query query;
    struct customer_id customer;
    bool closed; /* waived, refunded and forfeited ones too */
};
struct customer_core_key {
    struct customer_core_id core;
    int64_t revision;
};
/* core.waive: the customer has left the old part: the line of the open order is not charged. */
struct core_waive {
    struct line_id line;
    bool charge;      /* after all */
    int64_t revision; /* of the order */
};

/* claim.search, claim.show, claim.return, claim.core-here (the old part is on the shelf),
 * claim.send, claim.credit, claim.write-off, claim.aging; core.search, core.show, core.waive,
 * core.refund, core.forfeit */
extern const struct op claim_search_op, claim_show_op, claim_return_op, claim_core_here_op,
    claim_send_op, claim_credit_op, claim_write_off_op, claim_aging_op;
extern const struct op core_search_op, core_show_op, core_waive_op, core_refund_op, core_forfeit_op;
extern const struct shape claim_shape;

#endif
