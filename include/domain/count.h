/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_COUNT_H
#define PITLANE_DOMAIN_COUNT_H

/* Counting the shelf. A sheet freezes what should be there; what is found differs by a variance,
 * and that (not the number found) is posted. What was sold or came in between the freezing and the
 * counting is no variance, and what is sold after the counting stays sold. A part in a bin is on
 * one open sheet at a time; who counts what somebody else has counted is told so. Files: count.c (a
 * sheet), count_start.c, count_enter.c, count_post.c, count_plan.c. */

#include "domain/part.h"

enum count_state { COUNT_OPEN, COUNT_POSTED, COUNT_VOID };
extern const struct choices count_state_choices;

struct count_line {
    struct stock_count_line_id id;
    int64_t position;
    struct part_id part;
    const char *sku, *name, *bin;
    struct qty expected;         /* frozen */
    struct qty moved;            /* between the freezing and the counting */
    struct qty counted;          /* NUMBER_NONE: not yet */
    struct qty variance;         /* counted less expected and moved; NUMBER_NONE: not yet */
    struct money variance_value; /* at the average; right costs:view */
    const char *counted_by;
    struct instant counted_at;
};
struct count {
    struct stock_count_id id;
    const char *title;
    enum count_state state;
    struct instant frozen_at;
    const char *made_by, *posted_by, *reason;
    struct day posted_on;
    int64_t counted, remaining;  /* lines */
    struct money variance_value; /* right costs:view */
    int64_t revision;
    struct rows lines; /* of struct count_line, by bin */
};
extern const struct shape count_shape, count_line_shape;

struct count_row {
    struct stock_count_id id;
    const char *title;
    enum count_state state;
    struct instant frozen_at;
    const char *made_by;
    int64_t lines, counted;
};
struct count_search {
    struct list_query query; /* newest first */
    bool open;               /* those alone */
};
struct count_key {
    struct stock_count_id count;
};
/* count.start: one of bin, category, class; or due: what the plan says for today. */
struct count_start {
    const char *title, *bin, *category;
    enum part_class abc;
    bool due;
    int64_t most; /* parts at most, for due; 0: 200 */
};
/* count.enter: by line, or as scanned. */
struct count_enter {
    struct stock_count_id count;
    struct stock_count_line_id line;
    const char *scanned, *bin; /* bar code, part number or a vendor's number, in this bin */
    struct qty counted;        /* with `add` and none given: 1 */
    bool add;                  /* to what was counted: one scan after another */
    bool again;                /* count anew what somebody else has counted */
};
struct count_post {
    struct stock_count_id count;
    const char *reason; /* required where anything differs */
    bool leave;         /* lines not counted are left as they are */
    int64_t revision;
};
/* How often each class is counted. */
struct count_plan_row {
    enum part_class abc;
    int64_t days;       /* 0: never */
    int64_t parts, due; /* of this class, and of those whose turn it is */
};
struct count_plan {
    struct rows classes; /* of struct count_plan_row */
};
struct count_set_plan {
    enum part_class abc;
    int64_t days;
};
/* What classifying found: parts by class. */
struct count_classes {
    int64_t a, b, c, none;
};

/* With its lines. */
status count_get(struct session *s, struct stock_count_id id, struct count *ret) MUST_USE;

/* count.search, count.show, count.start, count.enter, count.post, count.void, count.plan,
 * count.set-plan, count.classify (ABC by what a year of use cost: A the first 80 %, B to 95 %, C
 * the rest of what moved; what did not move has no class). */
extern const struct op count_search_op, count_show_op, count_start_op, count_enter_op,
    count_post_op, count_void_op, count_plan_op, count_set_plan_op, count_classify_op;

#endif
