/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Days and times as people at a counter type them, and as files hold them. Everything is read
 * from a tidied copy: lower case, single blanks, no commas, no dots of abbreviations. */

#include <string.h>

#include "base/day.h"
#include "day_inner.h"

#define WRITTEN_MAX 48
/* Two-digit years: at most so many years ahead of today, else the century before. */
#define YEARS_AHEAD 20
/* A day without a year is this year's, unless that is more than this far away. */
#define DAYS_NEAR 274
/* Outside of these a year is a slip of the finger. */
#define YEAR_LEAST 1900
#define YEAR_MOST  2199

#define WORD_LEAST 3 /* "mon", "nov": fewer letters are not clear */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_gap(char c)
{
    return c == ' ' || c == ',' || c == '\t' || c == '\r' || c == '\n';
}

/* False when the text is too long to be a day and a time. */
static bool tidy(const char *text, char ret_tidy[WRITTEN_MAX])
{
    size_t length = 0;
    for (bool gap = false; *text != '\0'; text++) {
        const char c = lower(*text);
        if (is_gap(c)) {
            gap = length > 0;
            continue;
        }
        if (c == '.' && length > 0 && is_letter(ret_tidy[length - 1]))
            continue;
        if (length + 2 >= WRITTEN_MAX)
            return false;
        if (gap)
            ret_tidy[length++] = ' ';
        gap = false;
        ret_tidy[length++] = c;
    }
    ret_tidy[length] = '\0';
    return true;
}

/* Up to `most` digits; returns how many there are, 0 when none or too many. */
static int read_digits(const char *at, int most, int *ret_value)
{
    int value = 0, count = 0;
    for (; is_digit(at[count]); count++) {
        if (count == most)
            return 0;
        value = value * 10 + (at[count] - '0');
    }
    *ret_value = value;
    return count;
}

static bool abbreviates(const char *word, size_t length, const char *name)
{
    if (length < WORD_LEAST || length > strlen(name))
        return false;
    for (size_t i = 0; i < length; i++)
        if (word[i] != lower(name[i]))
            return false;
    return true;
}

/* "t", "t+3", "+3", "-1", "w+1" and the three words for them. */
static bool read_relative(const char *at, int *ret_days)
{
    static const struct {
        const char *word;
        int days;
    } words[] = {{"t", 0}, {"today", 0}, {"tomorrow", 1}, {"yesterday", -1}};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (strcmp(at, words[i].word) == 0) {
            *ret_days = words[i].days;
            return true;
        }
    }
    const int unit = *at == 'w' ? 7 : 1;
    int count = 0;
    at += *at == 't' || *at == 'w';
    if (*at != '+' && *at != '-')
        return false;
    const int digits = read_digits(at + 1, 4, &count);
    if (digits == 0 || at[1 + digits] != '\0')
        return false;
    *ret_days = (*at == '-' ? -count : count) * unit;
    return true;
}

/* The next day of that name after today; today itself is "t". */
static bool read_weekday(const char *at, struct day today, int *ret_days)
{
    static const char *const names[] = {"thursday", "friday",  "saturday", "sunday",
                                        "monday",   "tuesday", "wednesday"};
    for (int i = 0; i < 7; i++) {
        if (!abbreviates(at, strlen(at), names[i]))
            continue;
        const int now = (int)(((day_number(today) % 7) + 7) % 7); /* 1970-01-01 was a Thursday */
        *ret_days = (i - now + 6) % 7 + 1;
        return true;
    }
    return false;
}

/* A piece of a written date: a number, or a month by its name. */
struct piece {
    int value;
    int digits; /* 0 for a month's name */
    char after; /* what stands between it and the next */
};

#define PIECES_MAX 3

static int read_month(const char *at, int *ret_month)
{
    int length = 0;
    while (is_letter(at[length]))
        length++;
    for (int month = 1; month <= 12; month++) {
        if (abbreviates(at, (size_t)length, month_name(month))) {
            *ret_month = month;
            return length;
        }
    }
    return 0;
}

/* Returns the number of pieces, 0 when the text is made of anything else. */
static int read_pieces(const char *at, struct piece pieces[PIECES_MAX])
{
    for (int count = 0; count < PIECES_MAX; count++) {
        struct piece *piece = &pieces[count];
        piece->digits = read_digits(at, 4, &piece->value);
        const int length = piece->digits > 0 ? piece->digits : read_month(at, &piece->value);
        if (length == 0)
            return 0;
        piece->after = at[length];
        if (piece->after == '\0')
            return count + 1;
        if (strchr(" /-", piece->after) == NULL)
            return 0;
        at += length + 1;
    }
    return 0;
}

/* What was written, before it is known to be a day: the year may be missing or short. */
struct written {
    int year;
    int year_digits;
    int month;
    int day;
    bool year_first;
};

static bool is_number(const struct piece *piece)
{
    return piece->digits == 1 || piece->digits == 2;
}

/* 5/12, 5/12/26, 5/12/2026, 5-12-26, 2026-05-12: one sign throughout, and it is no blank. */
static bool order_numbers(const struct piece *p, int count, struct written *ret)
{
    const bool one_sign = p[0].after != ' ' && (count < 3 || p[0].after == p[1].after);
    if (count < 2 || !one_sign)
        return false;
    if (count == 3 && p[0].digits == 4 && is_number(&p[1]) && is_number(&p[2])) {
        *ret = (struct written){p[0].value, 4, p[1].value, p[2].value, true};
        return true;
    }
    if (!is_number(&p[0]) || !is_number(&p[1]))
        return false;
    *ret = (struct written){.month = p[0].value, .day = p[1].value};
    if (count == 3) {
        ret->year = p[2].value;
        ret->year_digits = p[2].digits;
    }
    return true;
}

/* 12 May, May 12, 24-Nov-2026, Nov 24 26. */
static bool order_named(const struct piece *p, int count, struct written *ret)
{
    const bool month_first = p[0].digits == 0;
    const struct piece *month = month_first ? &p[0] : &p[1];
    const struct piece *day = month_first ? &p[1] : &p[0];
    if (count < 2 || month->digits != 0 || !is_number(day))
        return false;
    *ret = (struct written){.month = month->value, .day = day->value};
    if (count == 3) {
        ret->year = p[2].value;
        ret->year_digits = p[2].digits;
    }
    return count < 3 || p[2].digits > 0;
}

static bool read_written(const char *at, struct written *ret)
{
    struct piece pieces[PIECES_MAX];
    const int count = read_pieces(at, pieces);
    if (count < 2)
        return false;
    const bool named = pieces[0].digits == 0 || pieces[1].digits == 0;
    if (!(named ? order_named : order_numbers)(pieces, count, ret))
        return false;
    return ret->year_digits == 0 || ret->year_digits == 2 || ret->year_digits == 4;
}

/* This year's day, or the next or last year's when that one is nearer by far: in December "1/5"
 * is in January, and in January "12/20" was in December. */
static int near_year(const struct written *in, struct day today, int this_year)
{
    const struct date date = {this_year, in->month, in->day};
    if (!date_is_real(date))
        return this_year;
    const int ahead = day_distance(today, date_day(date));
    if (ahead > DAYS_NEAR)
        return this_year - 1;
    return ahead < -DAYS_NEAR ? this_year + 1 : this_year;
}

static int full_year(const struct written *in, struct day today)
{
    struct date now = {1970, 1, 1};
    (void)date_of(today, &now);
    if (in->year_digits == 4)
        return in->year;
    if (in->year_digits == 0)
        return near_year(in, today, now.year);
    const int year = now.year - now.year % 100 + in->year;
    if (year > now.year + YEARS_AHEAD)
        return year - 100;
    return year <= now.year + YEARS_AHEAD - 100 ? year + 100 : year;
}

static status complete_date(const struct written *in, struct day today, struct day *ret,
                            struct fault *fault)
{
    const struct date date = {full_year(in, today), in->month, in->day};
    if (date.month < 1 || date.month > 12)
        return fault_set(fault, ERR_INVALID,
                         in->year_first
                             ? "There is no month %d: after the year comes the month, then the "
                               "day, like 2026-05-12."
                             : "There is no month %d: write the month first, like 5/12 for 12 May.",
                         date.month);
    if (date.year < YEAR_LEAST || date.year > YEAR_MOST)
        return fault_set(fault, ERR_INVALID, "Write a year from %d to %d.", YEAR_LEAST, YEAR_MOST);
    if (!date_is_real(date))
        return fault_set(fault, ERR_INVALID, "%s %d has no day %d.", month_name(date.month),
                         date.year, date.day);
    *ret = date_day(date);
    return OK;
}

static bool is_near_enough(struct day day)
{
    struct date date;
    return date_of(day, &date) && date.year >= YEAR_LEAST && date.year <= YEAR_MOST;
}

/* Takes tidied text. */
static status read_day(const char *at, struct day today, struct day *ret, struct fault *fault)
{
    struct written written;
    int days;
    if (read_relative(at, &days) || read_weekday(at, today, &days)) {
        const struct day day = day_add(today, days);
        if (!is_near_enough(day))
            return fault_set(fault, ERR_INVALID, "That day is too far away: write a smaller step.");
        *ret = day;
        return OK;
    }
    if (read_written(at, &written))
        return complete_date(&written, today, ret, fault);
    return fault_set(fault, ERR_INVALID, "Write a day like 5/12, 12 May, t+3 or mon.");
}

status day_parse(const char *text, struct day today, struct day *ret, struct fault *fault)
{
    char tidied[WRITTEN_MAX];
    if (!tidy(text, tidied))
        tidied[0] = '\0';
    return read_day(tidied, today, ret, fault);
}

/* "p", "pm", "a" or "am", perhaps after a blank, to the end of the text. */
static bool read_half(const char *at, char *ret_half)
{
    at += *at == ' ';
    *ret_half = *at;
    return (*at == 'a' || *at == 'p') && (at[1] == '\0' || strcmp(at + 1, "m") == 0);
}

/* 9, 930, 1530, 9:30 and each of them with a half of the day. */
static bool read_time(const char *at, int *ret_minutes)
{
    int hour, minute = 0;
    const int digits = read_digits(at, 4, &hour);
    at += digits;
    if (digits == 0)
        return false;
    if (*at == ':') {
        if (digits > 2 || read_digits(at + 1, 2, &minute) != 2)
            return false;
        at += 3;
    } else if (digits > 2) {
        minute = hour % 100;
        hour /= 100;
    }
    char half = '\0';
    if (*at != '\0' && (!read_half(at, &half) || hour < 1 || hour > 12))
        return false;
    if (half != '\0')
        hour = hour % 12 + (half == 'p' ? 12 : 0);
    if (hour > 23 || minute > 59)
        return false;
    *ret_minutes = hour * 60 + minute;
    return true;
}

/* "z", "+01:00" or "-06:00" at the end; minutes east of UTC. */
static bool read_offset(const char *at, int *ret_minutes)
{
    int hours, minutes;
    *ret_minutes = 0;
    if (strcmp(at, "z") == 0)
        return true;
    if ((*at != '+' && *at != '-') || strlen(at) != 6 || at[3] != ':' ||
        read_digits(at + 1, 2, &hours) != 2 || read_digits(at + 4, 2, &minutes) != 2)
        return false;
    *ret_minutes = (*at == '-' ? -1 : 1) * (hours * 60 + minutes);
    return hours < 24 && minutes < 60;
}

/* RFC 3339 without fractions: 2026-11-24T23:00:00Z. */
static bool read_machine(const char *at, struct instant *ret)
{
    struct day day = DAY_NONE;
    int hour, minute, second, offset;
    if (strlen(at) < 20 || at[10] != 't' || at[13] != ':' || at[16] != ':')
        return false;
    memcpy(day.iso, at, 10);
    if (!day_is_valid(day) || read_digits(at + 11, 2, &hour) != 2 ||
        read_digits(at + 14, 2, &minute) != 2 || read_digits(at + 17, 2, &second) != 2 ||
        !read_offset(at + 19, &offset))
        return false;
    ret->seconds = day_number(day) * SECONDS_A_DAY + hour * 3600 + (minute - offset) * 60 + second;
    return hour < 24 && minute < 60 && second < 60;
}

/* Where the last word begins that can be a time: "pm" alone goes with the word before it. */
static char *last_time(char *text)
{
    char half;
    char *blank = strrchr(text, ' ');
    if (blank == NULL || !read_half(blank + 1, &half))
        return blank;
    *blank = '\0';
    char *before = strrchr(text, ' ');
    *blank = ' ';
    return before;
}

static status read_day_and_time(char *text, struct day today, struct instant *ret,
                                struct fault *fault)
{
    struct day day;
    int minutes;
    char *blank = last_time(text);
    if (read_day(text, today, &day, NULL) == OK)
        return fault_set(fault, ERR_INVALID, "Add a time to the day, like 15:00 or 9:30p.");
    if (blank == NULL || !read_time(blank + 1, &minutes))
        return fault_set(fault, ERR_INVALID,
                         "Write a time like 15:00 or 9:30p, after a day when it is not today.");
    *blank = '\0';
    TRY(read_day(text, today, &day, fault));
    *ret = day_instant(day, minutes);
    return OK;
}

status instant_parse(const char *text, struct instant now, struct instant *ret, struct fault *fault)
{
    char tidied[WRITTEN_MAX];
    const struct day today = instant_day(now);
    struct instant exact;
    int minutes;
    if (!tidy(text, tidied))
        tidied[0] = '\0';
    if (read_machine(tidied, &exact)) {
        *ret = exact;
        return OK;
    }
    if (read_time(tidied, &minutes)) {
        *ret = day_instant(today, minutes);
        return OK;
    }
    return read_day_and_time(tidied, today, ret, fault);
}
