/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PART_REQUEST_H
#define PITLANE_DOMAIN_PART_REQUEST_H

/* Parts asked for from the bays: who works on a job says what it lacks, the counter puts it on the
 * job, where it is priced, agreed and ordered as always, or says why not. Nothing is added to an
 * order by asking. */

#include "domain/op.h"

enum part_request_state { PART_REQUEST_OPEN, PART_REQUEST_PUT, PART_REQUEST_REFUSED };
extern const struct choices part_request_state_choices;

struct part_request {
    struct part_request_id id;
    struct order_id order;
    struct job_id job;
    const char *job_title, *vehicle_name;
    struct part_id part; /* 0: said in words */
    const char *sku;
    const char *what; /* the part's name, or the words */
    struct qty quantity, available;
    const char *note;
    const char *asked_by;
    struct instant asked_at;
    enum part_request_state state;
    const char *answer, *answered_by;
};
struct part_request_search {
    struct list_query query;
    struct order_id order;
    struct job_id job;
    bool answered; /* these too */
};
struct part_request_add {
    struct job_id job;
    const char *what; /* bar code, part number, vendor's number, or words */
    struct qty quantity;
    const char *note;
};
struct part_request_put {
    struct part_request_id request;
    const char *sku;     /* "": the one that was asked for */
    struct qty quantity; /* optional: as asked */
};
struct part_request_refuse {
    struct part_request_id request;
    const char *reason;
};

extern const struct op part_request_search_op, part_request_add_op, part_request_put_op,
    part_request_refuse_op;

/* How many of an order wait for an answer, for its page. */
status part_request_count(struct session *s, struct order_id order, int64_t *ret_count) MUST_USE;

#endif
