/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_TEMPLATE_H
#define PITLANE_DOMAIN_TEMPLATE_H

/* Order templates: named sets of jobs, written up together. Saved from an order: a job that came
 * from a canned one stays that canned job, as it is when the template is used; any other keeps its
 * lines, which come at the prices of that day. */

#include "domain/op.h"

struct template_job {
    int64_t position; /* from 1 */
    const char *title, *concern;
    const char *code; /* of its canned job; "": it has lines of its own */
    int64_t lines;    /* of its own */
};
struct order_template {
    struct template_id id;
    const char *name;
    struct rows jobs; /* of struct template_job */
};
struct template_row {
    struct template_id id;
    const char *name;
    int64_t jobs;
    const char *titles; /* "Oil service, Tire rotation" */
};
struct template_search {
    struct list_query query;
};
struct template_key {
    struct template_id template;
};
struct template_save {
    struct order_id order;
    const char *name;
    bool replace; /* the template of this name */
};
struct template_add {
    struct order_id order;
    struct template_id template;
    int64_t revision; /* of the order */
};

/* template.search (list of template_row), template.show and template.remove (key → template),
 * template.save (→ template), template.add (→ order) */
extern const struct op template_search_op, template_show_op, template_save_op, template_remove_op,
    template_add_op;

#endif
