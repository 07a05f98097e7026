/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PART_H
#define PITLANE_DOMAIN_PART_H

/* The parts catalog and the movements of stock. */

#include "domain/op.h"

enum part_condition { PART_NEW, PART_USED, PART_REBUILT, PART_RECONDITIONED };
extern const struct choices part_condition_choices;

struct part {
    struct part_id id;
    const char *sku, *upc, *name, *category, *vendor, *vendor_number, *bin;
    enum part_condition condition;
    struct money cost; /* right costs:view */
    struct money price;
    struct money core;
    bool taxable;
    struct qty on_hand, low, high;
    struct money stock_value; /* right costs:view */
    struct instant archived_at;
    int64_t revision;
};
extern const struct shape part_shape;

struct part_row {
    struct part_id id;
    const char *sku, *name, *vendor, *bin;
    struct money cost, price;
    struct qty on_hand;
    bool archived;
};

/* What part.add (part and revision 0) and part.edit (on_hand is not looked at) take. */
struct part_entry {
    struct part_id part;
    const char *sku, *upc, *name, *category, *vendor, *vendor_number, *bin;
    enum part_condition condition;
    struct money cost; /* right costs:view */
    struct money price, core;
    bool taxable;
    struct qty low, high;
    struct qty on_hand; /* what is on the shelf already, at `cost` each */
    int64_t revision;
};
struct part_key {
    struct part_id part;
};
struct part_search {
    struct list_query query;
    bool archived; /* these too */
};
struct part_adjust {
    struct part_id part;
    struct qty on_hand;     /* as counted */
    struct money unit_cost; /* 0: what they are worth now, or the last cost */
    const char *reason;
};

status part_get(struct session *s, struct part_id id, struct part *ret) MUST_USE;
status part_find_by_sku(struct session *s, const char *sku,
                        struct part *ret) MUST_USE; /* NOT_FOUND silent */

/* Moves stock out for a posted line: value = round(stock value x quantity / on hand), the last unit
 * takes all that is left; beyond what is on hand the last cost is used, if the shop allows it
 * (else ERR_CONFLICT). Returns the value taken, which is the line's cost. */
status part_issue(struct session *s, struct part_id id, struct qty quantity,
                  struct invoice_id invoice, struct money *ret_value) MUST_USE;
/* Moves stock in or corrects it; value is what it is worth (signed like the quantity). The ledger's
 * side is the caller's. kind: receive, return, adjust, count. */
status part_move(struct session *s, struct part_id id, const char *kind, struct qty quantity,
                 struct money value, const char *reason) MUST_USE;

extern const struct op part_search_op, part_show_op, part_add_op, part_edit_op, part_archive_op,
    part_restore_op;
extern const struct op part_adjust_op; /* part.adjust: part, on_hand, unit cost, reason: sets what
                                          is on the shelf and posts the difference to the ledger */

#endif
