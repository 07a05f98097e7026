/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The calendar (pure arithmetic, no zone) and the clock (the shop's zone, from the C library's zone
 * data). Reading what people write is in day_parse.c. */

#include "base/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "day_inner.h"

#define YEAR_MAX 9999

const char *month_name(int month)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return names[month - 1];
}

static bool year_is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && year_is_leap(year));
}

/* Days from 0001-01-01 to the first of the year, in the Gregorian calendar's rule. */
static int64_t days_before_year(int64_t year)
{
    const int64_t past = year - 1;
    return 365 * past + past / 4 - past / 100 + past / 400;
}

#define EPOCH_DAYS INT64_C(719162) /* days_before_year(1970) */

static int64_t date_number(struct date date)
{
    int64_t days = days_before_year(date.year) - EPOCH_DAYS + date.day - 1;
    for (int month = 1; month < date.month; month++)
        days += month_days(date.year, month);
    return days;
}

static bool number_date(int64_t number, struct date *ret)
{
    if (number < -EPOCH_DAYS || number >= days_before_year(YEAR_MAX + 1) - EPOCH_DAYS)
        return false;
    const int64_t days = number + EPOCH_DAYS;
    int year = (int)(days * 400 / 146097) + 1; /* right, or one too many or too few */
    while (days_before_year(year) > days)
        year--;
    while (days_before_year(year + 1) <= days)
        year++;
    int rest = (int)(days - days_before_year(year));
    int month = 1;
    for (; rest >= month_days(year, month); month++)
        rest -= month_days(year, month);
    *ret = (struct date){.year = year, .month = month, .day = rest + 1};
    return true;
}

static int digits_value(const char *digits, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

bool date_is_real(struct date date)
{
    return date.year >= 1 && date.year <= YEAR_MAX && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= month_days(date.year, date.month);
}

bool date_of(struct day day, struct date *ret)
{
    static const char shape[] = "0000-00-00";
    for (size_t i = 0; i < sizeof shape; i++) {
        const char c = day.iso[i];
        if (shape[i] == '0' ? c < '0' || c > '9' : c != shape[i])
            return false;
    }
    *ret = (struct date){.year = digits_value(day.iso, 4),
                         .month = digits_value(day.iso + 5, 2),
                         .day = digits_value(day.iso + 8, 2)};
    return date_is_real(*ret);
}

static void put_digits(char *at, int value, int count)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
}

struct day date_day(struct date date)
{
    struct day day = {"0000-00-00"};
    put_digits(day.iso, date.year, 4);
    put_digits(day.iso + 5, date.month, 2);
    put_digits(day.iso + 8, date.day, 2);
    return day;
}

bool day_is_valid(struct day day)
{
    struct date date;
    return date_of(day, &date);
}

int day_compare(struct day a, struct day b)
{
    const int order = strncmp(a.iso, b.iso, sizeof a.iso);
    return (order > 0) - (order < 0);
}

int64_t day_number(struct day day)
{
    struct date date;
    return date_of(day, &date) ? date_number(date) : 0;
}

struct day day_from_number(int64_t days)
{
    struct date date;
    return number_date(days, &date) ? date_day(date) : DAY_NONE;
}

struct day day_add(struct day day, int days)
{
    return day_is_valid(day) ? day_from_number(day_number(day) + days) : DAY_NONE;
}

struct day day_add_months(struct day day, int months)
{
    struct date date;

    if (!date_of(day, &date))
        return DAY_NONE;
    const int month = date.year * 12 + date.month - 1 + months;
    date.year = month / 12;
    date.month = month % 12 + 1;
    while (date.day > 28 && !date_is_real(date))
        date.day--;
    return date_is_real(date) ? date_day(date) : DAY_NONE;
}

int day_distance(struct day from, struct day to)
{
    if (!day_is_valid(from) || !day_is_valid(to))
        return 0;
    return (int)(day_number(to) - day_number(from));
}

struct instant clock_now(const struct clock *clock)
{
    if (clock != NULL && clock->fixed != 0)
        return (struct instant){clock->fixed};
    return (struct instant){time(NULL)};
}

int64_t clock_up(const struct clock *clock)
{
    struct timespec up;

    if (clock != NULL && clock->fixed != 0)
        return clock->fixed_up;
    clock_gettime(CLOCK_BOOTTIME, &up);
    return (int64_t)up.tv_sec;
}

int64_t clock_ticks_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

const char *clock_boot_name(const struct clock *clock, char ret_name[CLOCK_BOOT_NAME_MAX])
{
    const bool is_fixed = clock != NULL && clock->fixed != 0;
    FILE *file = is_fixed ? NULL : fopen("/proc/sys/kernel/random/boot_id", "re");

    snprintf(ret_name, CLOCK_BOOT_NAME_MAX, "%s",
             is_fixed && clock->fixed_up != 0 ? "stopped" : "");
    if (file == NULL)
        return ret_name;
    if (fgets(ret_name, CLOCK_BOOT_NAME_MAX, file) != NULL)
        ret_name[strcspn(ret_name, "\n")] = '\0';
    else
        ret_name[0] = '\0';
    fclose(file);
    return ret_name;
}

/* A name is used as a path below the zone data, so it must not lead out of there. */
static bool is_zone_name(const char *name)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "/_+-";
    return name[0] != '\0' && name[0] != '/' && strlen(name) < 64 &&
           name[strspn(name, allowed)] == '\0';
}

static bool zone_exists(const char *name)
{
    char path[128], mark[4] = {0};
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return false;
    const size_t count = fread(mark, 1, sizeof mark, file);
    fclose(file);
    return count == sizeof mark && memcmp(mark, "TZif", sizeof mark) == 0; /* RFC 8536, 3.1 */
}

status zone_use(const char *name, struct fault *fault)
{
    const bool universal = strcmp(name, "UTC") == 0; /* works without zone data */
    if (!universal && (!is_zone_name(name) || !zone_exists(name)))
        return fault_set(fault, ERR_INVALID,
                         "There is no time zone of this name: write one like America/Chicago.");
    if (setenv("TZ", name, 1) != 0)
        return fault_set(fault, ERR_IO, "The time zone could not be set: memory is short.");
    tzset();
    return OK;
}

/* Local time at an instant as if it were UTC: seconds that the calendar can divide. */
static int64_t local_seconds(int64_t seconds)
{
    const time_t at = seconds;
    struct tm local;
    return localtime_r(&at, &local) == NULL ? seconds : seconds + local.tm_gmtoff;
}

static int64_t offset_at(int64_t seconds)
{
    return local_seconds(seconds) - seconds;
}

static int64_t floor_day(int64_t seconds)
{
    return seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0);
}

struct day instant_day(struct instant at)
{
    return at.seconds == 0 ? DAY_NONE : day_from_number(floor_day(local_seconds(at.seconds)));
}

/* mktime leaves open what it does with a time that comes twice or never. Here the first of two is
 * taken, and a time that the clocks skip moves on by what they skip. */
struct instant day_instant(struct day day, int minutes)
{
    if (!day_is_valid(day))
        return INSTANT_NONE;
    const int64_t wall = day_number(day) * SECONDS_A_DAY + (int64_t)minutes * 60;
    const int64_t with_earlier = wall - offset_at(wall - SECONDS_A_DAY);
    const int64_t with_later = wall - offset_at(wall + SECONDS_A_DAY);
    if (local_seconds(with_earlier) != wall && local_seconds(with_later) == wall)
        return (struct instant){with_later};
    return (struct instant){with_earlier};
}

static const char *date_show(struct day day, int year_modulus, char ret_text[DAY_TEXT_MAX])
{
    struct date date;
    ret_text[0] = '\0';
    if (date_of(day, &date))
        snprintf(ret_text, DAY_TEXT_MAX, "%d %.3s %0*d", date.day, month_name(date.month),
                 year_modulus == 100 ? 2 : 4, date.year % year_modulus);
    return ret_text;
}

const char *day_show(struct day day, char ret_text[DAY_TEXT_MAX])
{
    return date_show(day, YEAR_MAX + 1, ret_text);
}

const char *day_show_short(struct day day, char ret_text[DAY_TEXT_MAX])
{
    return date_show(day, 100, ret_text);
}

const char *instant_show_time(struct instant at, char ret_text[DAY_TEXT_MAX])
{
    ret_text[0] = '\0';
    if (at.seconds == 0)
        return ret_text;
    const int64_t local = local_seconds(at.seconds);
    const int minute = (int)((local - floor_day(local) * SECONDS_A_DAY) / 60);
    snprintf(ret_text, DAY_TEXT_MAX, "%02d:%02d", minute / 60, minute % 60);
    return ret_text;
}

const char *instant_show(struct instant at, char ret_text[DAY_TEXT_MAX])
{
    char time_text[DAY_TEXT_MAX];
    day_show(instant_day(at), ret_text);
    const size_t length = strlen(ret_text);
    if (length > 0)
        snprintf(ret_text + length, DAY_TEXT_MAX - length, " %s", instant_show_time(at, time_text));
    return ret_text;
}

const char *instant_text(struct instant at, char ret_text[DAY_TEXT_MAX])
{
    const int64_t days = floor_day(at.seconds);
    const struct day day = day_from_number(days);
    const int second = (int)(at.seconds - days * SECONDS_A_DAY);
    ret_text[0] = '\0';
    if (at.seconds != 0 && day.iso[0] != '\0')
        snprintf(ret_text, DAY_TEXT_MAX, "%sT%02d:%02d:%02dZ", day.iso, second / 3600,
                 second / 60 % 60, second % 60);
    return ret_text;
}
