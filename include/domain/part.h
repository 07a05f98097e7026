/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PART_H
#define PITLANE_DOMAIN_PART_H

/* The parts catalog: numbers, names, vendors, bins, what replaces what. What moves stock is
 * stock.h's. Files: part.c (one part), part_index.c (what finds it), part_ops.c, part_vendor.c,
 * part_succeed.c (replaced, or bought no more). */

#include "domain/op.h"

enum part_condition { PART_NEW, PART_USED, PART_REBUILT, PART_RECONDITIONED };
/* How often it is counted: by what a year of its sales cost (count.h). */
enum part_class { PART_CLASS_NONE, PART_CLASS_A, PART_CLASS_B, PART_CLASS_C };
extern const struct choices part_condition_choices, part_class_choices;

/* Who sells it; position 1 is asked first. */
struct part_vendor {
    struct part_vendor_id id;
    struct vendor_id vendor;
    int64_t position;
    const char *name;
    const char *number; /* the vendor's */
    struct money cost;  /* a unit; right costs:view */
    struct qty pack;    /* sold in so many */
};
struct part_bin {
    const char *bin; /* "": nobody has said where */
    bool main;       /* where it is taken from first */
    struct qty on_hand;
};
struct part {
    struct part_id id;
    const char *sku, *upc, *name, *category, *bin;
    const char *vendor, *vendor_number; /* of the one asked first */
    enum part_condition condition;
    struct money cost; /* last, a unit; right costs:view */
    struct money price;
    struct money core;
    bool taxable;
    bool whole; /* sold by the piece only */
    struct qty on_hand, low, high;
    struct qty committed;     /* authorized and not yet taken off the shelf */
    struct qty available;     /* on hand less committed */
    struct qty on_order;      /* sent and not yet received */
    struct qty needed;        /* committed beyond what is on hand and on order */
    struct money stock_value; /* right costs:view */
    struct day moved_on, counted_on;
    enum part_class abc;
    struct part_id superseded_by;                   /* sold instead of it; 0: none */
    const char *successor;                          /* its part number */
    bool discontinued;                              /* no more are bought */
    const char *tire_size, *tire_load, *tire_speed; /* size "": not a tire */
    const char *picture, *document;                 /* paths of files */
    struct instant archived_at;
    int64_t revision;
    struct rows vendors; /* of struct part_vendor; part.show and what changes a part fill them in */
    struct rows bins;    /* of struct part_bin */
};
extern const struct shape part_shape, part_vendor_shape, part_bin_shape;

struct part_row {
    struct part_id id;
    const char *sku, *name, *vendor, *bin;
    struct money cost, price;
    struct qty on_hand, available, on_order;
    bool discontinued, archived;
};

/* What part.add (part and revision 0) and part.edit (on_hand is not looked at) take. */
struct part_entry {
    struct part_id part;
    const char *sku, *upc, *name, *category;
    const char *vendor; /* by name; a new one is added. Asked first */
    const char *vendor_number;
    const char *bin; /* the main one */
    enum part_condition condition;
    struct money cost; /* right costs:view */
    struct money price, core;
    bool taxable, whole;
    struct qty low, high;
    enum part_class abc;
    const char *tire_size, *tire_load, *tire_speed;
    const char *picture, *document;
    struct qty on_hand; /* what is on the shelf already, at `cost` each */
    int64_t revision;
};
struct part_key {
    struct part_id part;
};
struct part_search {
    struct list_query query;
    bool archived;           /* these too */
    const char *sold_by;     /* for the search itself: a pattern of the vendor's name */
    struct vendor_id seller; /* … and the one who has it */
};
/* Another vendor of the part, or its other number, cost, pack, place. */
struct part_vendor_set {
    struct part_id part;
    const char *vendor; /* by name; a new one is added */
    const char *number;
    struct money cost; /* optional; right costs:view */
    struct qty pack;
    bool first; /* asked first from now on */
};
struct part_vendor_ref {
    struct part_id part;
    struct vendor_id vendor;
};
/* part.supersede: from now on the other one is sold; 0 takes it back. */
struct part_supersede {
    struct part_id part;
    struct part_id by;
};

status part_get(struct session *s, struct part_id id, struct part *ret) MUST_USE;
/* With its vendors and bins. */
status part_get_page(struct session *s, struct part_id id, struct part *ret) MUST_USE;
status part_find_by_sku(struct session *s, const char *sku,
                        struct part *ret) MUST_USE; /* NOT_FOUND silent */
/* By UPC as scanned: an EAN-13 with a leading zero and its UPC-A are the same (GS1 General
 * Specifications, 4). NOT_FOUND silent. */
status part_find_by_upc(struct session *s, const char *upc, struct part *ret) MUST_USE;
/* The last one of the chain of parts that replace it: itself when nothing does. */
status part_successor(struct session *s, struct part_id id, struct part *ret) MUST_USE;
/* Refuses pieces of a part that is sold whole; the field of the refusal is `field`. */
status part_check_quantity(struct session *s, const struct part *part, struct qty quantity,
                           const char *field) MUST_USE;
/* Writes the keys by which the counter finds the part: after every change of it, its vendors or
 * its bins. */
status part_index(struct session *s, struct part_id id) MUST_USE;
/* Sets the vendor's number and cost of a part (adding the vendor at the end), as a receipt or a
 * price file does; empty number and cost NUMBER_NONE stay as they are. */
status part_vendor_put(struct session *s, struct part_id id, struct vendor_id vendor,
                       const char *number, struct money cost) MUST_USE;

extern const struct op part_search_op, part_show_op, part_add_op, part_edit_op, part_archive_op,
    part_restore_op;
extern const struct op part_set_vendor_op, part_remove_vendor_op, part_supersede_op,
    part_discontinue_op, part_continue_op; /* struct part comes back */

#endif
