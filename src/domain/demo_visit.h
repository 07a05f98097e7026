/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_DEMO_VISIT_H
#define PITLANE_DOMAIN_DEMO_VISIT_H

/* One visit of a vehicle to the demo shop, and the steps that people take in it. */

#include "demo_inner.h"

/* How far a visit has come when the story ends. */
enum demo_ending {
    ENDING_DRAFT,
    ENDING_PRESENTED,
    ENDING_APPROVED,
    ENDING_IN_PROGRESS,
    ENDING_HOLD_PARTS,
    ENDING_HOLD_CUSTOMER,
    ENDING_HOLD_SUBLET,
    ENDING_QUALITY_CHECK,
    ENDING_COMPLETE,
    ENDING_POSTED,
    ENDING_PART_PAID,
    ENDING_PAID,
    ENDING_VOID,
    ENDING_COUNT
};
enum demo_step {
    STEP_WRITE_UP,
    STEP_ANSWER,
    STEP_START,
    STEP_FINISH,
    STEP_POST,
    STEP_PAY,
    STEP_COUNT
};

#define VISIT_JOBS_MAX 6

/* A customer and a vehicle of the story, once they are in the shop's file. */
struct demo_customer {
    struct customer_id id;
    bool has_email, takes_texts, on_terms;
};
struct demo_vehicle {
    struct vehicle_id id;
    int64_t owner; /* number in the story */
    int64_t base_mi, daily_mi;
    const char *make;
    struct job_id declined; /* of an earlier visit */
};

struct demo_visit {
    uint64_t subject; /* of its draws */
    struct demo_vehicle *vehicle;
    struct demo_customer *customer;
    enum demo_ending ending;
    struct day opened_on;
    int64_t at[STEP_COUNT]; /* seconds; 0: the story ends before */
    struct order_id order;
    struct invoice_id invoice;
    struct money total;
    struct {
        struct job_id job;
        enum demo_person technician;
        bool agreed;
    } jobs[VISIT_JOBS_MAX];
    size_t job_count;
};

/* The clock is set. Each fails as the operations do. */
status demo_visit_step(struct demo *d, struct demo_visit *visit, enum demo_step step) MUST_USE;

#endif
