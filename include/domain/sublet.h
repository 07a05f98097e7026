/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_SUBLET_H
#define PITLANE_DOMAIN_SUBLET_H

/* Work given to others, and what is bought for one job without a purchase order: sublet and fee
 * lines, and parts from outside the catalog. The vendor, the number of his invoice, when it is due
 * back, and his bill. Posting the order books what was written up as owed and not yet billed
 * (sublet accrued); the bill clears it into payables, a difference is accepted with a reason. */

#include "domain/op.h"
#include "domain/price.h"

struct sublet {
    struct line_id id;
    struct order_id order;
    struct job_id job;
    const char *job_title, *vehicle_name;
    enum line_kind kind;
    const char *description;
    struct vendor_id vendor;
    const char *vendor_name;
    const char *vendor_invoice; /* his number; "" while it is not here */
    struct money cost;          /* a unit; right costs:view */
    struct money amount;        /* of the line; right costs:view */
    struct day due_on, back_on; /* expected, and here again */
    struct bill_id bill;
    bool late; /* due and not back */
};
struct sublet_search {
    struct list_query query;
    struct vendor_id vendor;
    bool billed;      /* these too */
    struct day today; /* set by the operation */
};
struct sublet_key {
    struct line_id sublet; /* the line */
};
struct sublet_set {
    struct line_id sublet; /* the line */
    struct vendor_id vendor;
    const char *vendor_invoice;
    struct money cost; /* optional: as it is; right costs:view */
    struct day due_on, back_on;
    int64_t revision; /* of the order */
};
struct sublet_bill {
    struct line_id sublet; /* the line */
    const char *number;    /* "": as it is noted on the line */
    struct day billed_on;
    struct money total; /* optional: what the lines of this number come to */
    const char *reason; /* why it differs */
};

/* sublet.search (list of sublet), sublet.show (key → sublet), sublet.set (→ order), sublet.bill
 * (all unbilled lines of the same number → bill) */
extern const struct op sublet_search_op, sublet_show_op, sublet_set_op, sublet_bill_op;

#endif
