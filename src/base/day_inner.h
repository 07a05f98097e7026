/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_DAY_INNER_H
#define PITLANE_BASE_DAY_INNER_H

/* What day.c and day_parse.c share: a calendar day in numbers. */

#include <stdbool.h>

#include "base/day.h"

struct date {
    int year; /* 1 to 9999 */
    int month;
    int day;
};

#define SECONDS_A_DAY 86400

/* "January" for 1. */
const char *month_name(int month);
bool date_is_real(struct date date);
/* False when the text is no day of the calendar. */
bool date_of(struct day day, struct date *ret);
/* The date must be real. */
struct day date_day(struct date date);

#endif
