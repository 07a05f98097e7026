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
status canned_job_restore(struct session *s, const void *in, void *out) MUST_USE;

#endif
