/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CLOCK_INNER_H
#define PITLANE_DOMAIN_CLOCK_INNER_H

/* What the files of the clock share with those of the job. */

#include "domain/clock.h"

/* Nobody works longer than this without a break: the punch was forgotten. */
#define PUNCH_LONGEST_S (16 * 3600)
/* Seconds by which two clocks may drift apart in a shift. */
#define PUNCH_DRIFT_S 90

/* The person's open punch: attendance (job false) or work on a job. id 0 when there is none. */
struct open_punch {
    struct punch_id id;
    struct job_id job;
    struct instant in_at;
    int64_t in_up_s;
    const char *boot;
};
status punch_open_get(struct session *s, struct user_id user, bool job,
                      struct open_punch *ret) MUST_USE;
/* Seconds since it began, by the machine's own count where that still runs, else by the wall. */
int64_t punch_running_s(const struct session *s, const struct open_punch *punch);
bool punch_is_forgotten(const struct session *s, const struct open_punch *punch);
/* Begins one; `job` 0 is attendance. The open one of its kind must have been ended. */
status punch_begin(struct session *s, struct user_id user, struct job_id job) MUST_USE;
/* Ends it now or, when it was forgotten, flags it as left open. Nothing for id 0. */
status punch_end(struct session *s, const struct open_punch *punch) MUST_USE;
/* The person goes from whatever job he was on to this one. */
status punch_change_job(struct session *s, struct user_id user, struct job_id job) MUST_USE;

/* For job.start and job.done: whoever works on cars is on the job he starts, and nobody is on one
 * that is done. */
status punch_job_started(struct session *s, struct job_id job) MUST_USE;
status punch_job_done(struct session *s, struct job_id job) MUST_USE;

/* Seconds of a closed punch AS p, as SQL. */
#define PUNCH_SECONDS                                                                              \
    "CASE WHEN p.out_at IS NULL THEN 0\n"                                                          \
    "  WHEN p.corrected = 0 AND p.out_up_s IS NOT NULL THEN p.out_up_s - p.in_up_s\n"              \
    "  ELSE p.out_at - p.in_at END"

status clock_status_get(struct session *s, struct clock_status *ret) MUST_USE;

#endif
