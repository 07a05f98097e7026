/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CLOCK_H
#define PITLANE_DOMAIN_CLOCK_H

/* Hours. Attendance and work on jobs are two clocks: one open punch of each a person. Starting a
 * job ends the one before; clocking out ends the job, too. A punch that was open for longer than
 * anybody works is flagged as left open and never closed by the program: a manager corrects it,
 * with a reason, and what stood there is kept. */

#include "domain/op.h"

/* What the person in front of the program has running. */
struct clock_status {
    bool clocked_in;
    struct instant in_at;
    int64_t today_s; /* attendance of today, the running one included */
    struct order_id order;
    struct job_id job; /* 0: on none */
    int64_t position;
    const char *job_title, *vehicle_name;
    struct instant job_at; /* on it since */
    int64_t job_s;         /* on it so far, all told */
    const char *notice;    /* what the person should know: a punch left open, a jump; "" none */
};
extern const struct shape clock_status_shape;

struct punch {
    struct punch_id id;
    struct user_id user;
    const char *user_name;
    struct order_id order;
    struct job_id job;
    const char *job_title;
    struct instant in_at, out_at;
    int64_t seconds;    /* by the machine's own count where it can be told; 0 while it runs */
    struct qty hours;   /* the same, for people */
    const char *remark; /* "left open", "clock was set", "corrected"; "" none */
    const char *terminal;
};
struct punch_list {
    struct list_query query;
    struct user_id user;
    struct day from_on, to_on;
    bool jobs; /* work on jobs instead of attendance */
};
struct punch_correct {
    struct punch_id punch;
    struct instant in_at, out_at;
    const char *reason;
};

/* One of my jobs that can be worked on. */
struct my_job {
    struct job_id id;
    struct order_id order;
    int64_t position;
    const char *title;
    unsigned state; /* enum job_state */
    const char *vehicle_name, *plate, *key_tag;
    struct instant promised_at;
    const char *concern, *cause, *correction;
    struct qty hours; /* of its labor lines */
    int64_t clocked_s;
    bool running; /* I am on it now */
};
struct job_note {
    struct job_id job;
    const char *cause, *correction, *note;
};

extern const struct op clock_in_op, clock_out_op, clock_status_op; /* → struct clock_status */
extern const struct op clock_list_op, clock_correct_op;
/* job.clock-on: starts the job when nobody has; job.clock-off; both → struct clock_status. */
extern const struct op job_clock_on_op, job_clock_off_op;
extern const struct op job_mine_op; /* list of struct my_job: authorized or in work, mine */
extern const struct op job_note_op; /* cause and correction; the note goes to the order's notes */

#endif
