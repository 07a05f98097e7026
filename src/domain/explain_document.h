/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_EXPLAIN_DOCUMENT_H
#define PITLANE_DOMAIN_EXPLAIN_DOCUMENT_H

/* What the figures of a repair order and of its invoice have in common: a total of classes, classes
 * of lines, taxes of what they tax, discounts, the profit. */

#include "domain/order.h"
#include "explain_inner.h"

enum explain_class { CLASS_LABOR, CLASS_PARTS, CLASS_SUBLET, CLASS_FEES, CLASS_COUNT };
enum explain_class explain_class_of(enum line_kind kind);

/* A line of either: from `kind` on as it says itself. */
struct explain_line {
    const void *of;     /* what it was read from */
    int64_t job;        /* the place of its job */
    enum job_pay pay;   /* of its job */
    bool counts;        /* its job is one of those that come to the total */
    const char *figure; /* its own name: "line-12" */
    struct line_id id;  /* 0: it has none */
    enum line_kind kind;
    const char *description;
    struct part_id part; /* of the catalog; 0: none */
    struct qty quantity;
    struct money price, gross, discount, net;
    bool taxable, waived;
};
struct explain_document {
    struct explain e;           /* first: what is said goes there */
    struct explain_line *lines; /* in the session's arena, like what is said */
    size_t count, room;
    /* Rows that tell more of a line, where it stands in its class. */
    void (*below)(struct explain_document *d, int64_t depth, const struct explain_line *line);
};

/* The lines of a job, whatever their shape calls like a field above. */
void explain_read(struct explain_document *d, const struct shape *shape, const struct rows *lines,
                  const struct explain_line *job);
/* "Job 2 · Front brakes" */
const char *explain_job_text(const struct explain *e, int64_t job, const char *what);
void explain_line_row(struct explain_document *d, int64_t depth, const struct explain_line *line);

/* The total with its classes and their lines; no class but labor and parts is said at 0. */
void explain_total(struct explain_document *d, struct money total, const char *rule,
                   const struct money classes[CLASS_COUNT]);
/* A jurisdiction, numbered from 0, and the lines of these kinds that are taxable. */
struct explain_row *explain_tax(struct explain_document *d, size_t at, const char *name,
                                struct rate rate, struct money base, struct money amount);
void explain_taxed_lines(struct explain_document *d, unsigned classes);
/* What each line gave up. */
void explain_discounted_lines(struct explain_document *d);
/* Of the whole; the rule may be set until the next row is added. */
struct explain_row *explain_document_profit(struct explain_document *d, struct money total,
                                            struct money tax, struct money cost,
                                            struct money profit);

#endif
