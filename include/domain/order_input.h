/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_ORDER_INPUT_H
#define PITLANE_DOMAIN_ORDER_INPUT_H

/* What the operations on repair orders take. Members marked optional hold NUMBER_NONE while they
 * are not given: set a row up with shape_init(op->in, …) before filling it in. `revision` is what
 * the caller had read; 0 does not care. */

#include "domain/order.h"

struct order_start {
    struct customer_id customer; /* 0: the vehicle's owner */
    struct vehicle_id vehicle;   /* 0: work without a vehicle */
    int64_t odometer_mi;         /* optional */
    const char *odometer_reason;
    const char *concern; /* makes the first job */
    struct instant promised_at;
    const char *key_tag;
};
struct order_edit {
    struct order_id order;
    struct instant promised_at;
    const char *key_tag, *po_number, *customer_note, *internal_note;
    struct user_id writer;
    enum hold hold;
    int64_t odometer_mi; /* optional: as it is */
    const char *odometer_reason;
    int64_t revision;
};
/* order.show, estimate.present, order.check */
struct order_ref {
    struct order_id order;
    int64_t revision;
};
struct order_account_set {
    struct order_id order;
    enum order_account account;
    const char *reason;
    int64_t revision;
};
struct order_void {
    struct order_id order;
    const char *reason;
    int64_t revision;
};

struct counter_sale_part {
    const char *sku;
    struct qty quantity;
    struct money price;       /* optional: the catalog's */
    const char *price_reason; /* why it is this low, where that must be said */
};
struct counter_sale {
    struct customer_id customer; /* 0: the walk-in customer */
    const char *sku;             /* one piece of this part; or … */
    const char *price_reason;    /* of the one piece, where it must be said */
    struct rows parts;           /* of struct counter_sale_part */
};

struct job_add {
    struct order_id order;
    const char *title, *concern;
    struct user_id technician;
    struct rate_class_id rate_class; /* of its labor, where no line says */
    int64_t revision;
};
struct job_add_canned {
    struct order_id order;
    struct canned_job_id canned_job; /* or its code */
    const char *code;
    struct user_id technician;
    int64_t revision;
};
struct job_add_declined {
    struct order_id order;
    struct job_id job; /* of an earlier order of the vehicle */
    int64_t revision;
};
/* title, technician, rate_class: right estimates:create; without it they stay as they are. */
struct job_edit {
    struct job_id job;
    const char *title, *concern, *cause, *correction;
    struct user_id technician;
    struct rate_class_id rate_class; /* of labor added from now on */
    bool safety;
    int64_t revision;
};
/* Jobs that were invoiced for a vehicle, newest first. */
struct job_earlier {
    struct list_query query;
    struct vehicle_id vehicle;
};
struct job_earlier_row {
    struct job_id job;
    struct day posted_on;
    struct order_id order;
    const char *title, *technician;
    int64_t odometer_mi; /* NUMBER_NONE: not read */
    struct money amount;
};
struct job_comeback {
    struct job_id job;
    struct job_id of; /* 0: it is none */
    enum job_pay pay;
    int64_t revision;
};
struct order_copy {
    struct order_id order;
    struct vehicle_id vehicle; /* 0: the same */
    int64_t odometer_mi;       /* optional */
    struct instant promised_at;
};
struct job_pay_set {
    struct job_id job;
    enum job_pay pay;
    const char *reason; /* needed where the customer does not pay */
    int64_t revision;
};
/* estimate.remove-job, job.start, job.done, job.reopen, job.not-needed, estimate.show-job */
struct job_ref {
    struct job_id job;
    int64_t revision;
};
struct job_move {
    struct job_id job;
    int64_t position; /* from 1 */
    int64_t revision;
};

struct line_add_labor {
    struct job_id job;
    struct qty hours;
    const char *description; /* "": the job's title */
    struct money rate;       /* optional: by labor rate and matrix */
    struct money cost;       /* optional; an hour; right costs:view */
    struct rate_class_id rate_class;
    struct user_id technician;
    bool clocked; /* hours are those clocked, not flat-rate */
    bool taxable;
    const char *price_reason; /* why it is this low, where that must be said */
    int64_t revision;
};
struct line_add_part {
    struct job_id job;
    const char *sku; /* or part; neither: a part from outside the catalog */
    struct qty quantity;
    struct part_id part;
    const char *description; /* "": the catalog's name */
    struct money price;      /* optional: the catalog's */
    struct money cost;       /* optional: the catalog's; right costs:view */
    struct user_id technician;
    const char *price_reason; /* why it is this low, where that must be said */
    int64_t revision;
};
/* core, sublet, fee, hazmat, tire_fee */
struct line_add_other {
    struct job_id job;
    enum line_kind kind;
    const char *description;
    struct money price;
    struct qty quantity;
    struct money cost; /* optional: 0; right costs:view */
    bool taxable;
    const char *price_reason; /* why it is this low, where that must be said */
    int64_t revision;
    struct vendor_id vendor; /* who does it, and is owed its cost; not of a core */
};
/* The whole line as estimate.show-line gives it; optional numbers stay as they are. Another part or
 * rate class brings its own price unless the price is changed too. */
struct line_edit {
    struct line_id line;
    const char *description;
    struct part_id part;          /* 0: as it is */
    struct qty quantity;          /* optional */
    struct money price;           /* optional */
    struct money cost;            /* optional; right costs:view */
    struct rate discount_ppm;     /* optional; right estimates:discount */
    struct money discount_amount; /* optional; right estimates:discount */
    struct rate_class_id rate_class;
    struct user_id technician;
    bool clocked;
    bool taxable;
    const char *dot;          /* tires: identification numbers */
    const char *price_reason; /* why it is this low, where that must be said */
    int64_t revision;
};
struct line_ref {
    struct line_id line;
    int64_t revision;
};

struct discount_set {
    struct order_id order;
    struct job_id job;           /* 0: the whole order */
    struct discount_id discount; /* 0: a new one */
    struct rate percent;         /* or amount */
    struct money amount;
    enum discount_on applies_to;
    const char *reason;
    int64_t revision;
};
struct discount_ref {
    struct discount_id discount;
    int64_t revision;
};

struct job_decision {
    struct job_id job;
    enum decision decision;
    const char *reason;
    struct day deferred_until_on;
    int64_t deferred_until_mi; /* 0: none */
};
/* estimate.teardown: replaces what the job has. */
struct job_teardown {
    struct job_id job;
    struct money reassembly, parts;
    int64_t days;
    bool restorable;
    int64_t revision;
};
/* What an answer would come to, before anybody records it. */
struct order_preview {
    struct order_id order;
    struct rows jobs; /* of struct job_decision; none: all that wait are authorized */
    int64_t revision;
};
struct order_previewed {
    struct money authorized; /* so far */
    struct money added;      /* by the answer; negative when less is agreed to */
    struct money total;      /* of all that is agreed to then, with tax */
};
struct order_authorize {
    struct order_id order;
    enum authorization_method method;
    const char *person;     /* "": the customer */
    const char *contacted;  /* number or address; "": the customer's, by the method */
    enum decision decision; /* without jobs: for all that wait for an answer */
    const char *reason;
    const char *note;
    enum answered_by answered_by;
    enum parts_back parts_back;
    const char *signature; /* drawn, with the way "signed": strokes as in order_authorization */
    struct rows jobs;      /* of struct job_decision */
    int64_t revision;
};

#endif
