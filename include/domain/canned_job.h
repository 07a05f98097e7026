/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CANNED_JOB_H
#define PITLANE_DOMAIN_CANNED_JOB_H

/* Canned jobs: labor, parts, fees and text that are written up with one word. */

#include "domain/op.h"
#include "domain/price.h"

struct canned_line {
    enum line_kind kind;
    const char *description;
    struct part_id part;
    const char *sku;
    struct rate_class_id rate_class;
    struct qty quantity;
    struct money price; /* 0 on labor and catalog parts: today's */
    struct money cost;  /* right costs:view */
    bool taxable;
};
struct canned_job {
    struct canned_job_id id;
    const char *code, *title, *concern, *correction;
    struct money menu_price; /* all of it, before tax and without cores; NUMBER_NONE: none */
    struct rows lines;       /* of struct canned_line */
    struct instant archived_at;
    int64_t revision;
};
extern const struct shape canned_job_shape;

struct canned_job_row {
    struct canned_job_id id;
    const char *code, *title;
    struct qty hours;
    struct money price; /* the menu price, else what the lines come to today, without tax */
    bool archived;
};

/* What canned-job.add (canned_job and revision 0) and .edit take. */
struct canned_job_entry {
    struct canned_job_id canned_job;
    const char *code, *title, *concern, *correction;
    struct money menu_price; /* NUMBER_NONE: none */
    struct rows lines;       /* of struct canned_line */
    int64_t revision;
};
/* canned-job.show, .archive, .restore: by number or by code. */
struct canned_job_key {
    struct canned_job_id canned_job;
    const char *code;
};
struct canned_job_search {
    struct list_query query;
    bool archived; /* these too */
};
extern const struct shape canned_line_shape;

status canned_job_get(struct session *s, struct canned_job_id id, struct canned_job *ret) MUST_USE;

/* By what the counter types: "oil". NOT_FOUND has a sentence. */
status canned_job_find_by_code(struct session *s, const char *code,
                               struct canned_job *ret) MUST_USE;

/* One line of a canned job, counted from 1: what canned-job.add-line (line 0: behind the others)
 * and .edit-line take, and .show-line gives. */
struct canned_line_entry {
    struct canned_job_id canned_job;
    int64_t line;
    enum line_kind kind;
    const char *description;
    struct part_id part;
    struct rate_class_id rate_class;
    struct qty quantity;
    struct money price; /* NUMBER_NONE: today's */
    struct money cost;  /* right costs:view */
    bool taxable;
    int64_t revision; /* of the canned job */
};
/* canned-job.show-line, .remove-line, .move-line */
struct canned_line_key {
    struct canned_job_id canned_job;
    int64_t line;
    int64_t to; /* its new place */
    int64_t revision;
};
/* canned-job.menu-price */
struct canned_menu_price {
    struct canned_job_id canned_job;
    struct money menu_price; /* NUMBER_NONE: none any more */
    int64_t revision;
};

extern const struct op canned_line_show_op, canned_line_add_op, canned_line_edit_op,
    canned_line_remove_op, canned_line_move_op, canned_menu_price_op;

/* canned-job.search, .show, .add, .edit, .archive, .restore */
extern const struct op canned_job_search_op, canned_job_show_op, canned_job_add_op,
    canned_job_edit_op, canned_job_archive_op, canned_job_restore_op;

#endif
