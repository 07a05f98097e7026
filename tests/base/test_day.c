/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The calendar, the two days a year whose length is not 24 hours, and days as people type them. */

#include "test.h"

#include "base/day.h"

/* A Tuesday. */
static const struct day today = {"2026-11-24"};

static int at_the_shop(void **state)
{
    (void)state;
    return zone_use("America/Chicago", NULL) == OK ? 0 : -1;
}

static struct day day(const char *iso)
{
    struct day made = DAY_NONE;
    snprintf(made.iso, sizeof made.iso, "%s", iso);
    return made;
}

static void only_days_of_the_calendar_are_valid(void **state)
{
    (void)state;
    static const char *const bad[] = {"",           "2026-02-29", "1900-02-29", "2026-13-01",
                                      "2026-00-10", "2026-11-31", "2026-11-00", "2026-1-01",
                                      "2026/11/24", "0000-01-01", "2026-11-2x", "abc"};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (day_is_valid(day(bad[i])))
            fail_msg("\"%s\" was taken", bad[i]);
    assert_true(day_is_valid(day("2024-02-29")));
    assert_true(day_is_valid(day("2000-02-29")));
    assert_true(day_is_valid(day("0001-01-01")));
    assert_true(day_is_valid(day("9999-12-31")));
    /* ten signs without an end */
    struct day endless;
    memset(&endless, '1', sizeof endless);
    assert_false(day_is_valid(endless));
}

static void days_are_numbered_without_a_gap(void **state)
{
    (void)state;
    assert_int_equal(day_number(day("1970-01-01")), 0);
    assert_int_equal(day_number(day("1969-12-31")), -1);
    assert_int_equal(day_number(day("2000-03-01")), 11017);
    assert_int_equal(day_number(day("2026-11-24")), 20781);
    struct day before = day_from_number(-719163);
    assert_string_equal(before.iso, "");
    before = day("0001-01-01");
    for (int64_t n = day_number(before) + 1; before.iso[0] != '\0'; n++) {
        const struct day next = day_from_number(n);
        if (next.iso[0] == '\0')
            break;
        if (day_number(next) != n || !day_is_valid(next) || day_compare(before, next) != -1)
            fail_msg("%s does not follow %s", next.iso, before.iso);
        before = next;
    }
    assert_string_equal(before.iso, "9999-12-31");
    assert_string_equal(day_from_number(INT64_MAX).iso, "");
    assert_string_equal(day_from_number(INT64_MIN).iso, "");
}

static void days_are_added_over_months_years_and_leap_days(void **state)
{
    (void)state;
    assert_string_equal(day_add(day("2026-12-31"), 1).iso, "2027-01-01");
    assert_string_equal(day_add(day("2024-02-28"), 1).iso, "2024-02-29");
    assert_string_equal(day_add(day("2026-02-28"), 1).iso, "2026-03-01");
    assert_string_equal(day_add(day("2024-02-29"), 365).iso, "2025-02-28");
    assert_string_equal(day_add_months(day("2026-11-24"), 60).iso, "2031-11-24");
    assert_string_equal(day_add_months(day("2026-10-31"), 1).iso, "2026-11-30");
    assert_string_equal(day_add_months(day("2026-12-31"), 2).iso, "2027-02-28");
    assert_string_equal(day_add_months(day("2024-02-29"), 12).iso, "2025-02-28");
    assert_string_equal(day_add_months(day("2026-01-15"), -1).iso, "2025-12-15");
    assert_string_equal(day_add(day("2026-03-01"), -1).iso, "2026-02-28");
    assert_string_equal(day_add(day("9999-12-31"), 1).iso, "");
    assert_string_equal(day_add(DAY_NONE, 1).iso, "");
    assert_int_equal(day_distance(day("2026-01-01"), day("2027-01-01")), 365);
    assert_int_equal(day_distance(day("2024-03-01"), day("2024-02-28")), -2);
    assert_int_equal(day_distance(DAY_NONE, today), 0);
    assert_int_equal(day_compare(day("2026-11-24"), today), 0);
    assert_int_equal(day_compare(day("2026-11-25"), today), 1);
    assert_int_equal(day_compare(DAY_NONE, today), -1);
}

static int64_t at(const char *iso, int minutes)
{
    return day_instant(day(iso), minutes).seconds;
}

static void local_time_follows_the_clocks_of_the_shop(void **state)
{
    (void)state;
    char text[DAY_TEXT_MAX];
    /* winter is six hours behind UTC, summer five */
    assert_string_equal(instant_text(day_instant(today, 600), text), "2026-11-24T16:00:00Z");
    assert_string_equal(instant_text(day_instant(day("2026-07-04"), 600), text),
                        "2026-07-04T15:00:00Z");
    assert_string_equal(instant_show(day_instant(today, 642), text), "24 Nov 2026 10:42");
    assert_string_equal(instant_show_time(day_instant(today, 642), text), "10:42");
    assert_string_equal(instant_day(day_instant(today, 0)).iso, "2026-11-24");
    assert_string_equal(instant_day(day_instant(today, 1439)).iso, "2026-11-24");
    assert_string_equal(instant_day(day_instant(today, 1440)).iso, "2026-11-25");
    assert_string_equal(instant_day(day_instant(today, -1)).iso, "2026-11-23");
}

static void the_short_day_in_march_has_23_hours(void **state)
{
    (void)state;
    char text[DAY_TEXT_MAX];
    assert_int_equal(at("2026-03-09", 0) - at("2026-03-08", 0), 23 * 3600);
    assert_int_equal(at("2026-03-08", 180) - at("2026-03-08", 119), 60);
    /* the hour from two to three is skipped: what is promised in it moves on by an hour */
    assert_string_equal(instant_show_time(day_instant(day("2026-03-08"), 150), text), "03:30");
    assert_string_equal(instant_show_time(day_instant(day("2026-03-08"), 119), text), "01:59");
    assert_string_equal(instant_show_time(day_instant(day("2026-03-08"), 900), text), "15:00");
}

static void the_long_day_in_november_has_25_hours(void **state)
{
    (void)state;
    char text[DAY_TEXT_MAX];
    assert_int_equal(at("2026-11-02", 0) - at("2026-11-01", 0), 25 * 3600);
    /* half past one comes twice: the first is meant */
    assert_string_equal(instant_text(day_instant(day("2026-11-01"), 90), text),
                        "2026-11-01T06:30:00Z");
    assert_int_equal(at("2026-11-01", 120) - at("2026-11-01", 90), 90 * 60);
    assert_string_equal(instant_show_time(day_instant(day("2026-11-01"), 900), text), "15:00");
    assert_string_equal(instant_day((struct instant){at("2026-11-01", 90) + 3600}).iso,
                        "2026-11-01");
}

static void every_minute_of_a_year_is_found_again(void **state)
{
    (void)state;
    char text[DAY_TEXT_MAX];
    for (int i = 0; i < 365; i++) {
        const struct day that = day_add(day("2026-01-01"), i);
        for (int minutes = 0; minutes < 1440; minutes += 17) {
            char wanted[8];
            const bool skipped = strcmp(that.iso, "2026-03-08") == 0 && minutes / 60 == 2;
            const struct instant then = day_instant(that, minutes);
            snprintf(wanted, sizeof wanted, "%02d:%02d", (minutes / 60 + skipped) % 24,
                     minutes % 60);
            assert_string_equal(instant_show_time(then, text), wanted);
            assert_string_equal(instant_day(then).iso, that.iso);
        }
    }
}

static void midnight_is_known_where_the_clocks_skip_it(void **state)
{
    char text[DAY_TEXT_MAX];
    assert_int_equal(zone_use("America/Havana", NULL), OK);
    assert_string_equal(instant_show(day_instant(day("2026-03-08"), 0), text), "8 Mar 2026 01:00");
    assert_int_equal(at_the_shop(state), 0);
}

static void instants_go_on_after_2038(void **state)
{
    (void)state;
    char text[DAY_TEXT_MAX];
    assert_string_equal(instant_text((struct instant){INT64_C(2147483648)}, text),
                        "2038-01-19T03:14:08Z");
    assert_string_equal(instant_show((struct instant){INT64_C(2147483648)}, text),
                        "18 Jan 2038 21:14");
    assert_string_equal(instant_show(day_instant(day("2050-07-01"), 600), text),
                        "1 Jul 2050 10:00");
    assert_string_equal(instant_text((struct instant){-1}, text), "1969-12-31T23:59:59Z");
}

static void nothing_is_shown_as_nothing(void **state)
{
    (void)state;
    char text[DAY_TEXT_MAX] = "x";
    assert_string_equal(day_show(DAY_NONE, text), "");
    assert_string_equal(day_show_short(DAY_NONE, text), "");
    assert_string_equal(instant_show(INSTANT_NONE, text), "");
    assert_string_equal(instant_show_time(INSTANT_NONE, text), "");
    assert_string_equal(instant_text(INSTANT_NONE, text), "");
    assert_string_equal(instant_text((struct instant){INT64_MAX}, text), "");
    assert_string_equal(instant_day(INSTANT_NONE).iso, "");
    assert_int_equal(day_instant(DAY_NONE, 60).seconds, 0);
}

static void days_are_shown_long_and_short(void **state)
{
    (void)state;
    char text[DAY_TEXT_MAX];
    assert_string_equal(day_show(today, text), "24 Nov 2026");
    assert_string_equal(day_show(day("2026-05-02"), text), "2 May 2026");
    assert_string_equal(day_show_short(today, text), "24 Nov 26");
    assert_string_equal(day_show_short(day("2007-05-02"), text), "2 May 07");
}

static void a_zone_that_does_not_exist_is_refused(void **state)
{
    static const char *const bad[] = {
        "",        "Nowhere/Land", "/etc/passwd", "../../../etc/passwd",
        "America", "zone.tab",     "EST5EDT,M3"};
    char text[DAY_TEXT_MAX];
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct fault fault = {0};
        assert_int_equal(zone_use(bad[i], &fault), ERR_INVALID);
        assert_true(strlen(fault.text) > 10);
    }
    /* the shop's own zone is still in use */
    assert_string_equal(instant_text(day_instant(today, 600), text), "2026-11-24T16:00:00Z");
    assert_int_equal(zone_use("UTC", NULL), OK);
    assert_string_equal(instant_text(day_instant(today, 600), text), "2026-11-24T10:00:00Z");
    assert_int_equal(at_the_shop(state), 0);
}

static void a_stopped_clock_stands_and_the_other_runs(void **state)
{
    (void)state;
    const struct clock stopped = {.fixed = 1764000000};
    const struct clock running = {0};
    assert_int_equal(clock_now(&stopped).seconds, 1764000000);
    assert_true(clock_now(&running).seconds > 1700000000);
    const int64_t before = clock_ticks_ms();
    assert_true(before > 0);
    assert_true(clock_ticks_ms() >= before);
}

struct pair {
    const char *from;
    const char *to;
};

static void days_are_read_as_people_type_them(void **state)
{
    (void)state;
    static const struct pair days[] = {
        {"t", "2026-11-24"},          {" T ", "2026-11-24"},         {"today", "2026-11-24"},
        {"tomorrow", "2026-11-25"},   {"yesterday", "2026-11-23"},   {"t+3", "2026-11-27"},
        {"t-1", "2026-11-23"},        {"+7", "2026-12-01"},          {"-1", "2026-11-23"},
        {"w+1", "2026-12-01"},        {"w-2", "2026-11-10"},         {"wed", "2026-11-25"},
        {"mon", "2026-11-30"},        {"Thurs.", "2026-11-26"},      {"sunday", "2026-11-29"},
        {"tue", "2026-12-01"}, /* today is Tuesday: the next one */
        {"5/12/26", "2026-05-12"},    {"05/12/2026", "2026-05-12"},  {"5-12-26", "2026-05-12"},
        {"2026-05-12", "2026-05-12"}, {"2026-5-2", "2026-05-02"},    {"12 May", "2026-05-12"},
        {"May 12", "2026-05-12"},     {"12 May 2024", "2024-05-12"}, {"May 12, 2024", "2024-05-12"},
        {"12 may 24", "2024-05-12"},  {"24-Nov-2026", "2026-11-24"}, {"Sept. 3", "2026-09-03"},
        {"2/29/24", "2024-02-29"},    {"24 Nov 2026", "2026-11-24"},
    };
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        struct day got = DAY_NONE;
        struct fault fault = {0};
        if (day_parse(days[i].from, today, &got, &fault) != OK)
            fail_msg("\"%s\" was refused: %s", days[i].from, fault.text);
        if (strcmp(got.iso, days[i].to) != 0)
            fail_msg("\"%s\" became %s", days[i].from, got.iso);
    }
}

static void a_day_without_a_year_is_this_years_unless_far_away(void **state)
{
    (void)state;
    struct day got;
    assert_int_equal(day_parse("5/12", today, &got, NULL), OK);
    assert_string_equal(got.iso, "2026-05-12");
    assert_int_equal(day_parse("12/20", today, &got, NULL), OK);
    assert_string_equal(got.iso, "2026-12-20");
    assert_int_equal(day_parse("1/5", today, &got, NULL), OK);
    assert_string_equal(got.iso, "2027-01-05");
    assert_int_equal(day_parse("12/20", day("2027-01-05"), &got, NULL), OK);
    assert_string_equal(got.iso, "2026-12-20");
    assert_int_equal(day_parse("6/15", day("2027-01-05"), &got, NULL), OK);
    assert_string_equal(got.iso, "2027-06-15");
}

static void a_short_year_is_at_most_twenty_years_ahead(void **state)
{
    (void)state;
    struct day got;
    assert_int_equal(day_parse("1/2/46", today, &got, NULL), OK);
    assert_string_equal(got.iso, "2046-01-02");
    assert_int_equal(day_parse("1/2/47", today, &got, NULL), OK);
    assert_string_equal(got.iso, "1947-01-02");
    assert_int_equal(day_parse("1/2/99", today, &got, NULL), OK);
    assert_string_equal(got.iso, "1999-01-02");
    assert_int_equal(day_parse("1/2/04", day("2085-06-01"), &got, NULL), OK);
    assert_string_equal(got.iso, "2104-01-02");
}

static void what_is_no_day_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "x",
        "5",
        "5/",
        "/5",
        "5/12/",
        "5/12/6",
        "5/12/026",
        "5/12-26",
        "5 12",
        "13/1",
        "0/5",
        "2/30",
        "2026-02-29",
        "0026-05-12",
        "2026-13-01",
        "may",
        "12 12 may",
        "ma 12",
        "t+",
        "t+12345",
        "+-1",
        "mo",
        "w",
        "--1",
        "5/12 15x",
        "12 May 1",
        "may 12 may",
        "w-9001",
        "w+9999",
        "1899-12-31",
        "2200-01-01",
        "2026-11-24T10:00:00Z",
        "12.5.2026",
        "                                                                      5/12/26 ......",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct day got = day("2001-01-01");
        struct fault fault = {0};
        if (day_parse(bad[i], today, &got, &fault) != ERR_INVALID)
            fail_msg("\"%s\" became %s", bad[i], got.iso);
        assert_string_equal(got.iso, "2001-01-01");
        assert_string_equal(fault.field, "");
        assert_true(strlen(fault.text) > 10);
    }
}

static void the_sentence_names_what_the_calendar_lacks(void **state)
{
    (void)state;
    struct day got;
    struct fault fault = {0};
    assert_int_equal(day_parse("2/29/26", today, &got, &fault), ERR_INVALID);
    assert_string_equal(fault.text, "February 2026 has no day 29.");
    assert_int_equal(day_parse("24/11", today, &got, &fault), ERR_INVALID);
    assert_non_null(strstr(fault.text, "no month 24"));
    assert_int_equal(day_parse("2026-13-45", today, &got, &fault), ERR_INVALID);
    assert_string_equal(fault.text, "There is no month 13: after the year comes the month, then "
                                    "the day, like 2026-05-12.");
    assert_int_equal(day_parse("2026-12-45", today, &got, &fault), ERR_INVALID);
    assert_string_equal(fault.text, "December 2026 has no day 45.");
}

static void times_are_read_as_people_type_them(void **state)
{
    (void)state;
    static const struct pair times[] = {
        {"15:00", "24 Nov 2026 15:00"},
        {"930", "24 Nov 2026 09:30"},
        {"1530", "24 Nov 2026 15:30"},
        {"9", "24 Nov 2026 09:00"},
        {"17", "24 Nov 2026 17:00"},
        {"9:30p", "24 Nov 2026 21:30"},
        {"9:30 PM", "24 Nov 2026 21:30"},
        {"9 p.m.", "24 Nov 2026 21:00"},
        {"12a", "24 Nov 2026 00:00"},
        {"12p", "24 Nov 2026 12:00"},
        {"0:05", "24 Nov 2026 00:05"},
        {"t+1 9", "25 Nov 2026 09:00"},
        {"mon 930", "30 Nov 2026 09:30"},
        {"5/12 15", "12 May 2026 15:00"},
        {"12 May 9:30 pm", "12 May 2026 21:30"},
        {"2026-11-24 15:00", "24 Nov 2026 15:00"},
        {"2026-11-24T23:00:00Z", "24 Nov 2026 17:00"},
        {"2026-11-24T23:00:00-06:00", "24 Nov 2026 23:00"},
        {"24 Nov 2026 10:42", "24 Nov 2026 10:42"},
        {"3/8/26 2:30", "8 Mar 2026 03:30"}, /* an hour that the clocks skip */
    };
    const struct instant now = day_instant(today, 600);
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        char text[DAY_TEXT_MAX];
        struct instant got = INSTANT_NONE;
        struct fault fault = {0};
        if (instant_parse(times[i].from, now, &got, &fault) != OK)
            fail_msg("\"%s\" was refused: %s", times[i].from, fault.text);
        if (strcmp(instant_show(got, text), times[i].to) != 0)
            fail_msg("\"%s\" became %s", times[i].from, text);
    }
}

static void what_is_no_time_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "x",
        "24:00",
        "9:60",
        "9:3",
        "9:300",
        "13p",
        "0p",
        "2460",
        "12345",
        "9:30x",
        "t+1",
        "5/12",
        "mon ",
        "pm",
        "9 9p",
        "t+1 25:00",
        "2/30/26 9",
        "2026-11-24T24:00:00Z",
        "2026-11-24T10:00:00",
        "2026-02-29T10:00:00Z",
        "2026-11-24T10:00:00+1:00",
        "2026-11-24T10:00:60Z",
    };
    const struct instant now = day_instant(today, 600);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct instant got = {77};
        struct fault fault = {0};
        if (instant_parse(bad[i], now, &got, &fault) != ERR_INVALID)
            fail_msg("\"%s\" was taken", bad[i]);
        assert_int_equal(got.seconds, 77);
        assert_true(strlen(fault.text) > 10);
    }
}

static void the_sentence_says_when_only_the_time_is_missing(void **state)
{
    (void)state;
    struct instant got;
    struct fault fault = {0};
    assert_int_equal(instant_parse("t+1", day_instant(today, 600), &got, &fault), ERR_INVALID);
    assert_non_null(strstr(fault.text, "Add a time"));
    assert_int_equal(instant_parse("2/30/26 9", day_instant(today, 600), &got, &fault),
                     ERR_INVALID);
    assert_string_equal(fault.text, "February 2026 has no day 30.");
}

static void what_is_shown_is_read_back_as_it_was(void **state)
{
    (void)state;
    const struct instant now = day_instant(today, 600);
    for (int i = -30000; i < 30000; i += 7) {
        char text[DAY_TEXT_MAX];
        const struct day that = day_add(today, i);
        const struct instant then = day_instant(that, (i + 30000) % 1440);
        struct day got;
        struct instant got_at;
        if (that.iso[0] != '2' && strncmp(that.iso, "19", 2) != 0)
            continue;
        assert_int_equal(day_parse(day_show(that, text), today, &got, NULL), OK);
        assert_string_equal(got.iso, that.iso);
        assert_int_equal(day_parse(that.iso, today, &got, NULL), OK);
        assert_string_equal(got.iso, that.iso);
        assert_int_equal(instant_parse(instant_text(then, text), now, &got_at, NULL), OK);
        assert_int_equal(got_at.seconds, then.seconds);
        assert_int_equal(instant_parse(instant_show(then, text), now, &got_at, NULL), OK);
        assert_int_equal(got_at.seconds, then.seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_days_of_the_calendar_are_valid),
        cmocka_unit_test(days_are_numbered_without_a_gap),
        cmocka_unit_test(days_are_added_over_months_years_and_leap_days),
        cmocka_unit_test(local_time_follows_the_clocks_of_the_shop),
        cmocka_unit_test(the_short_day_in_march_has_23_hours),
        cmocka_unit_test(the_long_day_in_november_has_25_hours),
        cmocka_unit_test(every_minute_of_a_year_is_found_again),
        cmocka_unit_test(midnight_is_known_where_the_clocks_skip_it),
        cmocka_unit_test(instants_go_on_after_2038),
        cmocka_unit_test(nothing_is_shown_as_nothing),
        cmocka_unit_test(days_are_shown_long_and_short),
        cmocka_unit_test(a_zone_that_does_not_exist_is_refused),
        cmocka_unit_test(a_stopped_clock_stands_and_the_other_runs),
        cmocka_unit_test(days_are_read_as_people_type_them),
        cmocka_unit_test(a_day_without_a_year_is_this_years_unless_far_away),
        cmocka_unit_test(a_short_year_is_at_most_twenty_years_ahead),
        cmocka_unit_test(what_is_no_day_is_refused_and_changes_nothing),
        cmocka_unit_test(the_sentence_names_what_the_calendar_lacks),
        cmocka_unit_test(times_are_read_as_people_type_them),
        cmocka_unit_test(what_is_no_time_is_refused_and_changes_nothing),
        cmocka_unit_test(the_sentence_says_when_only_the_time_is_missing),
        cmocka_unit_test(what_is_shown_is_read_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, at_the_shop, NULL);
}
