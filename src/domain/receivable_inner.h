/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_RECEIVABLE_INNER_H
#define PITLANE_DOMAIN_RECEIVABLE_INNER_H

/* What the files of receivables share. */

#include "domain/receivable.h"

/* The fields of an embedded struct aging `aged`. */
#define AGING_FIELDS(T)                                                                            \
    FIELD_NAMED(T, aged.current, "current", .help = "Not past due", .flags = FIELD_SIGNED),        \
        FIELD_NAMED(T, aged.to_30, "to_30", .label = "1-30", .help = "Days past due",              \
                    .flags = FIELD_SIGNED),                                                        \
        FIELD_NAMED(T, aged.to_60, "to_60", .label = "31-60", .help = "Days past due",             \
                    .flags = FIELD_SIGNED),                                                        \
        FIELD_NAMED(T, aged.to_90, "to_90", .label = "61-90", .help = "Days past due",             \
                    .flags = FIELD_SIGNED),                                                        \
        FIELD_NAMED(T, aged.over_90, "over_90", .label = "Over 90", .help = "Days past due",       \
                    .flags = FIELD_SIGNED),                                                        \
        FIELD_NAMED(T, aged.owes, "owes", .help = "All that is open", .flags = FIELD_SIGNED)

/* The texts that read the aging, NULL-ended, for the test that explains them. */
extern const char *const receivable_texts[];

/* The report, for who is asked for otherwise. */
status receivable_age(struct session *s, const struct receivable_query *in,
                      struct receivable_report *ret) MUST_USE;
/* The day asked for in this field, or today; ERR_INVALID for one that is still to come. */
status receivable_day(struct session *s, struct day asked, const char *field,
                      struct day *ret_on) MUST_USE;

#endif
