/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Days, model years and miles as other systems write them. What cannot be read is left out with a
 * note: a vehicle is worth more without its last service day than not at all. */

#include "import_inner.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define MILES_MAX INT64_C(9999999)

/* ---- days ---- */

static int64_t this_year(const struct import_work *w)
{
    return strtoll(w->today.iso, NULL, 10);
}

/* Two digits: the latest such year that is not beyond next year's models. */
static int64_t whole_year(const struct import_work *w, int64_t year)
{
    const int64_t latest = this_year(w) + 1;

    if (year >= 100)
        return year;
    year += latest / 100 * 100;
    return year > latest ? year - 100 : year;
}

static int month_of(const char *text)
{
    static const char months[][4] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

    for (int i = 0; i < 12; i++)
        if (text_starts(text, months[i]))
            return i + 1;
    return 0;
}

/* Up to three numbers of a folded text, a month's name for one of them. Returns how many, 0 when
 * there is something else among the first three. */
static int read_parts(const char *at, int64_t ret_parts[3], int *ret_named)
{
    int count = 0;

    *ret_named = -1;
    while (*at != '\0' && count < 3) {
        const size_t length = strcspn(at, " ");
        if (isdigit((unsigned char)*at) != 0 && length <= 8)
            ret_parts[count++] = strtoll(at, NULL, 10);
        else if (*ret_named < 0 && month_of(at) != 0)
            ret_parts[ *ret_named = count++] = month_of(at);
        else
            return 0;
        at += length + (at[length] == ' ');
    }
    return count;
}

/* Which of the three is the month: the named one; the middle one where the year comes first, and
 * where dots part them; else the first, unless only the second can be. */
static int month_among(const int64_t parts[3], int named, bool year_first, bool dots)
{
    if (named >= 0)
        return named;
    if (year_first || dots)
        return 1;
    return parts[0] > 12 ? 1 : 0;
}

static bool make_day(int64_t year, int64_t month, int64_t of_month, struct day *ret)
{
    char iso[24];
    struct day day;

    if (year < 1000 || year > 9999 || month < 1 || month > 12 || of_month < 1 || of_month > 31)
        return false;
    snprintf(iso, sizeof iso, "%04u-%02u-%02u", (unsigned)year, (unsigned)month,
             (unsigned)of_month);
    memcpy(day.iso, iso, sizeof day.iso - 1);
    day.iso[sizeof day.iso - 1] = '\0';
    if (!day_is_valid(day))
        return false;
    *ret = day;
    return true;
}

/* "2024-03-21", "20240321", "3/21/24", "21.03.2024", "21-Mar-2024", "Mar 21, 2024"; a time may
 * follow. False when it is none of these. */
static bool read_day(const struct import_work *w, const char *text, struct day *ret)
{
    int64_t parts[3] = {0};
    int named;
    const int count = read_parts(text_fold(w->s->arena, text), parts, &named);
    const bool year_first = parts[0] >= 1000;

    if (count == 1)
        return make_day(parts[0] / 10000, parts[0] / 100 % 100, parts[0] % 100, ret);
    if (count < 3)
        return false;
    const int year = year_first ? 0 : 2;
    const int month = month_among(parts, named, year_first, strchr(text, '.') != NULL);
    const int of_month = 3 - year - month;
    return of_month >= 0 && of_month < 3 && of_month != month && of_month != year &&
           make_day(whole_year(w, parts[year]), parts[month], parts[of_month], ret);
}

struct day import_any_day(struct import_work *w, const char *text)
{
    struct day day;

    if (import_is_placeholder(text))
        return DAY_NONE;
    if (!read_day(w, text, &day)) {
        import_note(w, "Days that can't be read left out", text, "");
        return DAY_NONE;
    }
    if (!text_same(day.iso, text))
        import_note(w, "Days brought into one form", text, day.iso);
    return day;
}

struct day import_past_day(struct import_work *w, const char *text)
{
    struct day day;

    if (!import_is_placeholder(text) && read_day(w, text, &day) && day_compare(day, w->today) > 0) {
        import_note(w, "Days that lie ahead left out", text, "");
        return DAY_NONE;
    }
    return import_any_day(w, text);
}

/* ---- years ---- */

int64_t import_year(struct import_work *w, const char *text)
{
    char *end;
    char shown[24];

    if (import_is_placeholder(text))
        return 0;
    text += *text == '\'';
    const int64_t given = strtoll(text, &end, 10);
    if (text_same(end, ".0") || text_same(end, ".00"))
        end += strlen(end);
    const size_t digits = strspn(text, "0123456789");
    const int64_t year = whole_year(w, given);
    if (*end != '\0' || (digits != 2 && digits != 4) || year < 1885 || year > this_year(w) + 2) {
        import_note(w, "Years that can't be left out", text, "");
        return 0;
    }
    if (digits == 2) {
        snprintf(shown, sizeof shown, "%lld", (long long)year);
        import_note(w, "Years of two digits completed", text, shown);
    }
    return year;
}

/* ---- miles ---- */

/* Digits with thousands separators and decimals: "112,340", "188905.0", "1e5", "45k". In
 * thousandths of a mile; -1 when it is no number. */
static int64_t read_thousandths(const char *text, const char **ret_rest)
{
    int64_t number = 0;
    int64_t scale = 1000;
    bool point = false;

    if (isdigit((unsigned char)*text) == 0)
        return -1;
    for (; isdigit((unsigned char)*text) != 0 || *text == ',' || *text == '.' || *text == ' ';
         text++) {
        if (*text == '.') {
            if (point)
                return -1;
            point = true;
        } else if (isdigit((unsigned char)*text) != 0 && number < INT64_C(100000000000)) {
            if (!point || scale > 1)
                number = number * 10 + (*text - '0');
            if (point && scale > 1)
                scale /= 10;
        }
    }
    *ret_rest = text;
    return number * scale;
}

/* What stands behind the number. False: something unknown. */
static bool apply_suffix(const char *rest, int64_t *thousandths)
{
    char *end;

    if ((*rest == 'e' || *rest == 'E') && isdigit((unsigned char)rest[rest[1] == '+' ? 2 : 1])) {
        for (long power = strtol(rest + 1, &end, 10); power > 0; power--)
            *thousandths = *thousandths < INT64_C(100000000000) ? *thousandths * 10 : *thousandths;
        rest = end;
    }
    if (*rest == 'k' || *rest == 'K')
        if (tolower((unsigned char)rest[1]) != 'm') {
            *thousandths *= 1000;
            rest++;
        }
    rest += strspn(rest, " ");
    if (strncasecmp(rest, "km", 2) == 0) {
        *thousandths = (*thousandths * 1000000 + 804672) / 1609344; /* 1 mile = 1.609344 km */
        return rest[2] == '\0';
    }
    return *rest == '\0' || strcasecmp(rest, "mi") == 0 || strcasecmp(rest, "miles") == 0 ||
           strcasecmp(rest, "mi.") == 0;
}

int64_t import_miles(struct import_work *w, const char *text)
{
    const char *rest = "";
    char shown[32];

    if (*text == '\0')
        return -1;
    int64_t thousandths = import_is_placeholder(text) ? -1 : read_thousandths(text, &rest);
    if (thousandths < 0 || !apply_suffix(rest, &thousandths) || thousandths / 1000 > MILES_MAX) {
        import_note(w, "Miles that are no number left out", text, "");
        return -1;
    }
    snprintf(shown, sizeof shown, "%lld", (long long)(thousandths / 1000));
    if (!text_same(shown, text))
        import_note(w, "Miles brought into one form", text, shown);
    return thousandths / 1000;
}
