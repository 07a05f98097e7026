/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_REPORT_INNER_H
#define PITLANE_DOMAIN_REPORT_INNER_H

/* What the reports share: days, groups and exact ratios. */

#include "domain/report.h"

/* Days as asked for, or this month so far; ERR_INVALID when they are the wrong way round. */
status report_days(struct session *s, const struct report_query *in, struct day *ret_from_on,
                   struct day *ret_to_on) MUST_USE;
/* What a group is called: "week of 23 Nov 2026", "November 2026"; other keys speak for themselves.
 */
const char *report_group_name(struct session *s, enum report_by by, const char *key,
                              const char *name);

/* The core deposits of an invoice or a credit memo, in SQL: owed to who paid them, so no sale. They
 * cost what they bring. */
#define REPORT_INVOICE_CORES(invoice_)                                                             \
    "(SELECT ifnull(sum(l.net), 0) FROM invoice_job AS j "                                         \
    "JOIN invoice_line AS l ON l.invoice_job = j.id "                                              \
    "WHERE j.invoice = " invoice_ " AND l.kind = 'core')"
#define REPORT_CREDIT_CORES(credit_memo_)                                                          \
    "(SELECT ifnull(sum(k.net), 0) FROM credit_line AS k "                                         \
    "JOIN invoice_line AS l ON l.id = k.invoice_line "                                             \
    "WHERE k.credit_memo = " credit_memo_ " AND l.kind = 'core')"

/* Ratios, rounded half away from zero; "-" for nothing to divide by. */
const char *report_percent(struct session *s, int64_t part, int64_t whole); /* "64.10" */
const char *report_per_hour(struct session *s, struct money amount, struct qty hours);

#endif
