/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_DAY_H
#define PITLANE_BASE_DAY_H

/* Days of the shop's calendar and instants of the world's clock. */

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

/* A calendar day as ISO text, "2026-11-24"; "" is no day. Columns end in _on. */
struct day {
    char iso[11];
};
/* Seconds since 1970-01-01 UTC; 0 is no instant. Columns end in _at. */
struct instant {
    int64_t seconds;
};

#define DAY_NONE     ((struct day){{0}})
#define INSTANT_NONE ((struct instant){0})

/* Where the time comes from. Tests stop it by setting `fixed`, and `fixed_up` where it matters. */
struct clock {
    int64_t fixed;    /* seconds; 0 = the system's clock */
    int64_t fixed_up; /* seconds since the machine was switched on; 0 = not told */
};
struct instant clock_now(const struct clock *clock);
/* Seconds since the machine was switched on, sleep included: nobody can set this clock. 0 where a
 * stopped clock does not tell. */
int64_t clock_up(const struct clock *clock);
/* What this start of the machine is called, so that clock_up is compared within one: "" when that
 * is not known, "stopped" for a stopped clock that tells. */
#define CLOCK_BOOT_NAME_MAX 40
const char *clock_boot_name(const struct clock *clock, char ret_name[CLOCK_BOOT_NAME_MAX]);
/* Monotonic milliseconds, for waits and measurements only. */
int64_t clock_ticks_ms(void);

/* Sets the process's zone from an IANA name ("America/Los_Angeles"). ERR_INVALID when unknown. */
status zone_use(const char *name, struct fault *fault) MUST_USE;
struct day instant_day(struct instant at);               /* in the shop's zone */
struct instant day_instant(struct day day, int minutes); /* local midnight + minutes */

bool day_is_valid(struct day day);
int day_compare(struct day a, struct day b);
struct day day_add(struct day day, int days);
/* The same day of a later month; where that has no such day, its last. */
struct day day_add_months(struct day day, int months);
int day_distance(struct day from, struct day to); /* in days */
int64_t day_number(struct day day);               /* days since 1970-01-01 */
struct day day_from_number(int64_t days);

#define DAY_TEXT_MAX 32
/* "24 Nov 2026" / "24 Nov 26"; times "10:42"; both "24 Nov 2026 10:42"; machine "…T18:42:00Z". */
const char *day_show(struct day day, char ret_text[DAY_TEXT_MAX]);
const char *day_show_short(struct day day, char ret_text[DAY_TEXT_MAX]);
const char *instant_show(struct instant at, char ret_text[DAY_TEXT_MAX]);
const char *instant_show_time(struct instant at, char ret_text[DAY_TEXT_MAX]);
const char *instant_text(struct instant at, char ret_text[DAY_TEXT_MAX]);

/* People write: t, t+3, -1, mon (the next after today), w+1 (in a week), 5/12, 5/12/26, 2026-05-12,
 * "12 May". A year of two digits is the nearest within 80 years back and 20 ahead. Without a year
 * it is this year's day, or that of the year beside it when this year's is over nine months away:
 * in December, 1/5 is next January. */
status day_parse(const char *text, struct day today, struct day *ret, struct fault *fault) MUST_USE;
/* A time today or a day and a time: "15:00", "930", "9:30p", "t+1 9", "2026-11-24 15:00",
 * "2026-11-24T23:00:00Z". */
status instant_parse(const char *text, struct instant now, struct instant *ret,
                     struct fault *fault) MUST_USE;

#endif
