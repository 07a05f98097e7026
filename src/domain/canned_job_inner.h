/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CANNED_JOB_INNER_H
#define PITLANE_DOMAIN_CANNED_JOB_INNER_H

/* What the files of the noun canned job share. */

#include "domain/canned_job.h"
#include "domain/list.h"
#include "record.h"

status canned_job_add(struct session *s, const void *in, void *out) MUST_USE;
status canned_job_edit(struct session *s, const void *in, void *out) MUST_USE;
status canned_job_show(struct session *s, const void *in, void *out) MUST_USE;
status canned_job_archive(struct session *s, const void *in, void *out) MUST_USE;
/* Checks and writes the whole entry over what is stored; by another revision it is stale. */
status canned_job_put(struct session *s, struct canned_job_entry *entry, void *out) MUST_USE;
/* Refuses a menu price, at that field, that leaves nothing for labor or has no hours to go to. */
status canned_job_check_menu(struct session *s, const struct canned_job_entry *entry) MUST_USE;
status canned_job_get_by_key(struct session *s, const struct canned_job_key *key,
                             struct canned_job *ret) MUST_USE;
/* So that quantity times price stays exact in SQL: 10,000 hours or units, 1,000,000.00 each. */
#define CANNED_QUANTITY_MAX 10000000
#define CANNED_PRICE_MAX    100000000
status canned_job_restore(struct session *s, const void *in, void *out) MUST_USE;

#endif
