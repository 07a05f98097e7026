/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_COUNT_H
#define PITLANE_DOMAIN_COUNT_H

/* Counting the shelf. A sheet freezes what should be there; what is found differs by a variance,
 * and that (not the number found) is posted, so that what was sold meanwhile stays sold. A part in
 * a bin is on one open sheet at a time; who counts what somebody else has counted is told so. */

#include "domain/op.h"

enum count_state { COUNT_OPEN, COUNT_POSTED, COUNT_VOID };
extern const struct choices count_state_choices;

struct count_line {
    struct stock_count_line_id id;
    int64_t position;
    struct part_id part;
    const char *sku, *name, *bin;
    struct qty expected; /* frozen */
    struct qty counted;  /* NUMBER_NONE: not yet */
    struct qty variance;
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
    struct rows lines;           /* of struct count_line, by bin */
    int64_t counted, remaining;  /* lines */
    struct money variance_value; /* right costs:view */
    int64_t revision;
};
/* count.start: one of bin, category, class; or due: what the plan says for today, at most `most`.
 */
struct count_start {
    const char *title, *bin, *category, *abc;
    bool due;
    int64_t most; /* 0: 200 */
};
/* count.enter: by line, or as scanned. */
struct count_enter {
    struct stock_count_id count;
    struct stock_count_line_id line;
    const char *scanned, *bin; /* bar code, part number or vendor's number, in this bin */
    struct qty counted;
    bool add;   /* to what was counted: one scan after another */
    bool again; /* count what somebody else has counted anew */
};
struct count_post {
    struct stock_count_id count;
    const char *reason;
    bool leave; /* lines not counted are left as they are */
    int64_t revision;
};

/* Operations to come: count.search, count.start, count.show, count.enter, count.post, count.void,
 * count.plan (days by class), count.set-plan, count.classify (ABC by what a year of sales cost:
 * A the first 80 %, B to 95 %, C the rest). Paper: count sheet. */

#endif
