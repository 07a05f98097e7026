/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PURCHASE_H
#define PITLANE_DOMAIN_PURCHASE_H

/* Purchase orders: draft → sent → partly received → received → billed → closed. id is the number.
 *
 * Receiving moves stock at its real cost with its share of the freight (money_spread by amount, so
 * that the shares are exact), and posts: inventory (and part cost, where sold parts are costed
 * again) and vendor credit (core deposits) against received-not-billed. A line from outside the
 * catalog goes to sublet_accrued instead of inventory: its cost is posted with the invoice. */

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
    struct day due_on;
    struct line_id line; /* of the repair order it is bought for */
    struct order_id order;
    const char *order_text; /* "RO 10412, Delgado, Maria" */
};
struct receipt_line {
    struct receipt_line_id id;
    struct purchase_line_id line;
    const char *sku, *description;
    struct qty quantity;
    struct money cost, amount, freight, core; /* right costs:view */
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
    const char *warning;  /* after receiving: parts whose margin fell below the floor; "" none */
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
    bool open; /* sent or partly received only */
};
struct purchase_key {
    struct purchase_id purchase;
    int64_t revision;
};
struct purchase_start {
    struct vendor_id vendor;
    const char *note;
};
/* purchase.add-line: from hand. purchase.edit-line: quantity, cost, due day. */
struct purchase_add_line {
    struct purchase_id purchase;
    struct part_id part;
    const char *sku, *description, *number; /* description: a part from outside the catalog */
    struct qty quantity;
    struct money cost; /* optional: the vendor's, or the last */
    struct line_id line;
    int64_t revision;
};
/* purchase.receive: rows, or none for everything that is open. More than was ordered is refused
 * unless `over` says that it is meant. */
struct receive_line {
    struct purchase_line_id line;
    const char *scanned; /* or what was scanned: bar code, part number, vendor's number */
    struct qty quantity;
    struct money cost; /* optional: as ordered */
    const char *bin;   /* "": the part's */
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
    REORDER_NEEDED,      /* authorized work waits for it */
    REORDER_BELOW_LOW,   /* available + on order <= low: suggest high - (available + on order),
                            rounded up to the vendor's packs */
    REORDER_DUE,         /* a special order is due or late */
    REORDER_NO_MOVEMENT, /* for so many days */
    REORDER_OVERSTOCK    /* more than high is on hand and nothing is committed */
};
struct reorder_query {
    struct list_query query;
    struct vendor_id vendor;
    int64_t days; /* without movement; 0: 180 */
};
struct reorder_row {
    struct part_id part;
    enum reorder_why why;
    const char *sku, *name, *vendor_name, *number;
    struct vendor_id vendor;
    struct qty on_hand, available, on_order, low, high, suggested;
    struct money cost; /* right costs:view */
    const char *about; /* "RO 10412", "PO 88, due 24 Nov", "no movement since 3 May" */
};

/* Operations to come: purchase.search, purchase.show, purchase.start, purchase.add-line,
 * purchase.edit-line, purchase.remove-line, purchase.from-alerts (a draft for each vendor),
 * purchase.from-order (order: lines that are not on hand, tied line to line), purchase.send,
 * purchase.receive, purchase.close-short (nobody waits for the rest), purchase.void (drafts and
 * sent ones of which nothing came), purchase.mail-text; part.reorder (reorder_query: list of
 * reorder_row). An order that waits for tied lines has its hold `parts` set when they are sent and
 * taken off when the last has come. */

#endif
