/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PURCHASE_H
#define PITLANE_DOMAIN_PURCHASE_H

/* Purchase orders: draft → sent → partly received → received → billed → closed. id is the number.
 * Files: purchase.c (the page), purchase_ops.c (lists and operations), purchase_write.c (drafts),
 * purchase_send.c (sent, cut short, void), purchase_from.c (from repair orders and alerts),
 * purchase_pack.c (whole packs), purchase_wait.c (repair orders that wait for it), receipt.c,
 * reorder.c.
 *
 * Receiving moves stock at its real cost with its share of the freight (money_spread by amount, so
 * that the shares are exact), and posts: inventory (and part cost, where sold parts are costed
 * again) and vendor credit (core deposits) against received-not-billed. A part from outside the
 * catalog that a repair order waits for goes to sublet_accrued at the cost of the order's line, as
 * the invoice takes it from there; what nobody waits for, and the odd cents, are part cost. */

#include "domain/op.h"

enum purchase_state {
    PURCHASE_DRAFT,
    PURCHASE_SENT,
    PURCHASE_PART_RECEIVED,
    PURCHASE_RECEIVED,
    PURCHASE_BILLED,
    PURCHASE_CLOSED,
    PURCHASE_VOID
};
extern const struct choices purchase_state_choices;

struct purchase_line {
    struct purchase_line_id id;
    int64_t position;
    struct part_id part; /* 0: from outside the catalog */
    const char *sku, *description, *number;
    struct qty quantity, received, open;
    struct money cost, core; /* a unit; right costs:view */
    struct money amount;     /* round(quantity x cost); right costs:view */
    struct day due_on;       /* its own, or the order's */
    struct line_id line;     /* of the repair order it is bought for */
    struct order_id order;
    const char *order_text; /* "RO 10412, Delgado, Maria" */
};
struct receipt_line {
    struct receipt_line_id id;
    struct purchase_line_id line;
    const char *sku, *description;
    struct qty quantity;
    struct money cost, amount, freight, core; /* right costs:view */
    struct money ordered;                     /* what a unit should have cost; right costs:view */
};
struct receipt {
    struct receipt_id id;
    struct day received_on;
    const char *slip, *user_name;
    struct money freight, total, billed; /* right costs:view */
    struct rows lines;                   /* of struct receipt_line */
};
struct purchase {
    struct purchase_id id;
    struct vendor_id vendor;
    const char *vendor_name, *vendor_email, *account_number;
    enum purchase_state state;
    struct instant made_at, sent_at;
    const char *made_by;
    struct day due_on;
    const char *reference, *note;
    struct rows lines;    /* of struct purchase_line */
    struct rows receipts; /* of struct receipt, oldest first */
    struct money total;   /* of what is ordered; right costs:view */
    struct money cores;   /* deposits on it; right costs:view */
    const char *void_reason;
    const char *warning; /* after receiving: parts whose margin fell below the floor; "" none */
    int64_t revision;
};
struct purchase_row {
    struct purchase_id id;
    const char *vendor_name;
    enum purchase_state state;
    struct instant made_at;
    struct day due_on;
    int64_t lines, open; /* lines, and those still to come */
    struct money total;
    bool late;
};
struct purchase_search {
    struct list_query query; /* number, vendor, part numbers, RO */
    struct vendor_id vendor;
    bool open;        /* drafts, and what is still to come */
    struct day today; /* set by the operation */
};
struct purchase_key {
    struct purchase_id purchase;
};
struct purchase_start {
    struct vendor_id vendor;
    const char *note;
};
/* purchase.edit */
struct purchase_edit {
    struct purchase_id purchase;
    struct day due_on;
    const char *reference, *note;
    int64_t revision;
    bool past; /* the day may have passed: it is written down later than it was said */
};
/* purchase.add-line: from hand. */
struct purchase_add_line {
    struct purchase_id purchase;
    const char *sku; /* or bar code, or the vendor's number */
    struct qty quantity;
    struct money cost;       /* optional: the vendor's, or the last */
    struct money core;       /* optional: the part's */
    const char *description; /* without a part: one from outside the catalog */
    const char *number;      /* the vendor's */
    struct day due_on;
    struct part_id part;
    struct line_id line;
    int64_t revision;
    bool past;
};
/* purchase.edit-line: a draft's all, a sent order's cost, number and due day. */
struct purchase_edit_line {
    struct purchase_line_id line;
    struct qty quantity;
    struct money cost; /* optional */
    const char *number;
    struct day due_on;
    int64_t revision;
    bool past;
};
struct purchase_line_key {
    struct purchase_line_id line;
    int64_t revision;
};
struct purchase_send {
    struct purchase_id purchase;
    struct day due_on; /* none: the vendor's lead time from today */
    const char *reference;
    int64_t revision;
    bool past;
};
/* purchase.close-short: nobody waits for the rest, of all or of one line. */
struct purchase_close {
    struct purchase_id purchase;
    struct purchase_line_id line;
    int64_t revision;
};
struct purchase_void {
    struct purchase_id purchase;
    const char *reason;
    int64_t revision;
};
/* purchase.from-order: what a repair order lacks, tied line to line. */
struct purchase_from_order {
    struct order_id order;
    struct vendor_id vendor; /* 0: of each part the one asked first */
};
/* purchase.from-alerts: what reorder suggests, of one vendor or of all, of one part or of all. */
struct purchase_from_alerts {
    struct vendor_id vendor;
    struct part_id part;
};
/* The drafts that were begun or added to. */
struct purchase_drafts {
    struct rows purchases; /* of struct purchase_row */
    const char *warning;   /* what is needed and could not be ordered; "" nothing */
    const char *note;      /* what is ordered beyond it, since packs stay whole; "" nothing */
};
/* purchase.receive: rows, or none for everything that is open. More than was ordered is refused
 * unless `over` says that it is meant. */
struct receive_line {
    struct purchase_line_id line;
    const char *scanned; /* or what was scanned: bar code, part number, vendor's number */
    struct qty quantity; /* optional: one that was scanned, all that is open of a line */
    struct money cost;   /* optional: as ordered. To be given by holders of costs:view only */
    const char *bin;     /* "": the part's */
};
struct purchase_receive {
    struct purchase_id purchase;
    const char *slip;
    struct money freight;
    struct rows lines; /* of struct receive_line */
    bool over;
    int64_t revision;
};

/* What is to be done about stock: reorder.c. One list for screen, home and --json. */
enum reorder_why {
    REORDER_NEEDED,      /* authorized work waits for it and it is not ordered */
    REORDER_BELOW_LOW,   /* available + on order <= low: suggest high - (available + on order),
                            rounded up to the vendor's packs */
    REORDER_DUE,         /* a special order is due or late */
    REORDER_NO_MOVEMENT, /* for so many days */
    REORDER_OVERSTOCK    /* more than high is on hand and nothing is committed */
};
extern const struct choices reorder_why_choices;
struct reorder_query {
    struct list_query query;
    struct vendor_id vendor;
    const char *why;               /* word of reorder_why; "" all */
    int64_t days;                  /* without movement */
    struct day today, still_since; /* set by the operation */
};
struct reorder_row {
    int64_t id;          /* of the row: no number of anything else */
    struct part_id part; /* 0: a special order from outside the catalog */
    enum reorder_why why;
    const char *sku, *name, *vendor_name, *number;
    struct vendor_id vendor;
    struct qty on_hand, available, on_order, low, high, suggested;
    struct money cost;           /* right costs:view */
    const char *about;           /* "RO 10412", "PO 88, due 24 Nov", "no movement since 3 May" */
    struct purchase_id purchase; /* of a special order that is due */
    struct qty committed, drafted, pack;
    struct day day; /* due, or moved last */
    bool whole;
};
/* part.alerts: how many rows of each kind that cannot wait. */
struct part_alerts {
    int64_t needed, low, due;
    int64_t asked; /* from the bays, not answered yet */
};

extern const struct op purchase_search_op, purchase_show_op, purchase_start_op, purchase_edit_op,
    purchase_add_line_op, purchase_edit_line_op, purchase_remove_line_op, purchase_send_op,
    purchase_close_op, purchase_void_op, purchase_from_order_op, purchase_from_alerts_op,
    purchase_receive_op;
extern const struct op part_reorder_op, part_alerts_op;

extern const struct shape purchase_shape, purchase_line_shape, receipt_shape, receipt_line_shape,
    purchase_row_shape;

status purchase_get(struct session *s, struct purchase_id id, struct purchase *ret) MUST_USE;
/* Its state follows from its lines, its bills and what is paid of them: after every change. */
status purchase_follow(struct session *s, struct purchase_id id) MUST_USE;

/* The parts a repair order waits for: ordered for agreed jobs that are not done, and not here. The
 * order's state follows from it (order.h); a hold set by hand is not touched. */
struct order_wait {
    int64_t lines;     /* 0: it waits for nothing */
    struct day due_on; /* of the last of them; none: nobody has said */
};
status order_wait_get(struct session *s, struct order_id id, struct order_wait *ret) MUST_USE;

#endif
