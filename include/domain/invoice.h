/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_INVOICE_H
#define PITLANE_DOMAIN_INVOICE_H

/* Invoices: posted work of a repair order, frozen; or a charge without one. */

#include "domain/ledger.h"
#include "domain/op.h"
#include "domain/price.h"
#include "domain/profile.h"

enum invoice_state { INVOICE_POSTED, INVOICE_VOID };
enum invoice_kind {
    INVOICE_WORK,  /* of a repair order */
    INVOICE_CHARGE /* without one: late fees, the fee of a check that came back */
};
/* Shown status: unpaid, partially paid, paid, overdue, void. */
enum invoice_status {
    INVOICE_UNPAID,
    INVOICE_PART_PAID,
    INVOICE_PAID,
    INVOICE_OVERDUE,
    INVOICE_VOIDED
};
extern const struct choices invoice_state_choices, invoice_kind_choices, invoice_status_choices;

struct invoice_line {
    enum line_kind kind;
    const char *description, *sku, *condition, *technician;
    struct qty quantity;
    struct money price;
    bool taxable;
    struct money gross, discount, net;
    struct money cost; /* of the line; right costs:view */
    const char *dot;   /* tires: identification numbers */
};
struct invoice_job {
    int64_t position;
    const char *title, *concern, *cause, *correction, *technician;
    enum job_pay pay; /* not the customer: its lines come to 0 */
    struct money amount;
    struct rows lines; /* of struct invoice_line */
};
struct invoice_tax {
    const char *name;
    struct rate rate;
    struct money base, amount;
};
struct invoice_payment {
    struct payment_id payment;
    struct day taken_on;
    const char *method;  /* word */
    const char *details; /* "VISA 4242 auth 019381", "check 1042" */
    struct money tendered, change, applied;
};
/* A discount of the whole order that was taken with a code; it is in the lines' discounts. */
struct invoice_coupon {
    const char *code, *title;
    struct money amount;
};
/* Drawn when the work was authorized. */
struct invoice_signature {
    const char *says;    /* "Maria Delgado, 24 Nov 2026 10:12, code 4KX-92" */
    const char *strokes; /* "x,y x,y;x,y" in thousandths of the field */
};
/* What the state's rules (profile.h) had it print when it was posted. */
struct invoice_law {
    enum profile profile;
    const char *mechanics;   /* who worked on it, with certification numbers, lines */
    const char *disclosures; /* sentences about its charges, lines */
    const char *completed;   /* what the shop signs; "" nothing */
    const char *versions;    /* "invoice terms version 2, warranty version 1" */
};
struct invoice {
    struct invoice_id id;
    enum invoice_kind kind;
    struct order_id order; /* of work */
    struct customer_id customer;
    struct vehicle_id vehicle;
    enum invoice_state state;
    enum invoice_status status;
    struct day posted_on, due_on;
    struct instant posted_at;
    const char *writer, *bill_to, *customer_name, *customer_phone, *customer_email, *vehicle_text;
    int64_t odometer_in_mi; /* NUMBER_NONE: not read */
    const char *po_number, *note, *terms, *exempt_text, *authorized_text;
    struct invoice_law law;
    const char *void_text;           /* of a void one: when, by whom and why */
    struct letterhead_id letterhead; /* it was printed with */
    bool is_signed;                  /* there are signatures */
    struct rows jobs, taxes, payments, coupons, signatures;
    struct money labor, parts, sublet, fees, supplies, discount, tax, total, paid, balance;
    struct money cost, profit; /* right costs:view */
};
extern const struct shape invoice_shape;

struct invoice_row {
    struct invoice_id id;
    enum invoice_kind kind;
    struct order_id order;
    const char *customer_name, *vehicle_name;
    struct day posted_on, due_on;
    enum invoice_status status;
    struct money total, paid, balance;
};

/* Inputs of the operations. */
struct invoice_query {
    struct invoice_id invoice;
};
struct invoice_post {
    struct order_id order;
    const char *jobs;     /* their numbers, "1 3": these alone; "": all that is left */
    int64_t revision;     /* of the order, as it was looked at; 0: does not care */
    struct day posted_on; /* an earlier day that is not closed; none: today */
    bool earlier;         /* that is meant */
};
struct invoice_charging {
    struct customer_id customer;
    struct money amount;
    const char *description;
};
struct invoice_unpost {
    struct invoice_id invoice;
    const char *reason;
};
struct invoice_write_off {
    struct invoice_id invoice;
    struct money amount;
    const char *reason;
};
struct invoice_write_off_undo {
    struct invoice_id invoice;
    struct money amount; /* 0: all that was written off */
    const char *reason;
};
struct invoice_search {
    struct list_query query; /* newest first */
    struct customer_id customer;
    bool open;    /* only what is not paid */
    bool overdue; /* only what is past due */
    struct day from_on, to_on;
    const char *writer;     /* by name; "": whoever; "-": nobody */
    const char *technician; /* of any of its work, likewise */
};

/* One line of a charge. What it is posted to must be an account of income or of an expense that
 * comes back. */
struct invoice_charge_line {
    const char *description;
    struct money amount; /* above 0 */
    enum account_role account;
};
/* Posts an invoice without a repair order: no tax, no cost, the customer's own terms. memo is its
 * heading. Refuses an archived customer and amounts that are not above 0. */
status invoice_charge(struct session *s, struct customer_id customer,
                      const struct invoice_charge_line *lines, size_t count, const char *memo,
                      struct invoice_id *ret_invoice) MUST_USE;

status invoice_get(struct session *s, struct invoice_id id, struct invoice *ret) MUST_USE;
/* Moves what is paid by a signed amount; the order's state follows (posted, paid, receivable).
 * ERR_CONFLICT when that would leave the invoice paid below nothing or above its total. */
status invoice_add_paid(struct session *s, struct invoice_id id, struct money amount) MUST_USE;

extern const struct op
    invoice_post_op; /* invoice.post: order, revision: struct invoice comes back */
/* invoice.unpost: within its open day; void, reversed, parts and money back where they were */
extern const struct op invoice_unpost_op;
/* invoice.charge: what is charged without a repair order */
extern const struct op invoice_charge_op;
extern const struct op invoice_show_op;
/* invoice.write-off: what will not be paid becomes a bad debt; counted in `paid`. */
extern const struct op invoice_write_off_op;
/* invoice.write-off-undo: it is owed again, with a further row; the bad debt is less by that. */
extern const struct op invoice_write_off_undo_op;
extern const struct op
    invoice_search_op; /* list of invoice_row; filters: customer, open, from_on, to_on */

#endif
