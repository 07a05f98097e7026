/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LABOR_RATE_H
#define PITLANE_DOMAIN_LABOR_RATE_H

/* Labor rate classes: what an hour costs. */

#include "domain/op.h"

struct rate_class {
    struct rate_class_id id;
    const char *name;
    struct money rate;
    bool standard; /* the shop's rate when nothing else says so */
    struct instant archived_at;
    int64_t revision;
};

/* What labor-rate.add (rate_class and revision 0) and .edit take. */
struct rate_class_entry {
    struct rate_class_id rate_class;
    const char *name;
    struct money rate;
    bool standard;
    int64_t revision;
};
struct rate_class_key {
    struct rate_class_id rate_class;
};
struct rate_class_list {
    struct list_query query;
    bool archived; /* these too */
};

/* Refuses one that is not there, at the field `rate_class`; 0 is none. Which one a line is charged
 * by is labor_matrix.h's. */
status labor_rate_check(struct session *s, struct rate_class_id id) MUST_USE;

/* labor-rate.list, .show, .add, .edit, .archive */
extern const struct op labor_rate_list_op, labor_rate_show_op, labor_rate_add_op,
    labor_rate_edit_op, labor_rate_archive_op;

#endif
