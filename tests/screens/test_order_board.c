/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The board of what is in the shop, and the papers that leave it. */

#include <sys/stat.h>
#include <unistd.h>

#include "orders.h"

static void given_full_shop(struct desk_test *t)
{
    given_catalog(t);
    const int64_t first = given_order(t);
    given_jobs(t, first);
    DONE(t, "estimate.authorize", "{\"order\": %lld, \"method\": \"phone\"}", (long long)first);
    DONE(t, "job.start", "{\"job\": 1}");
    const int64_t late = DONE(t, "estimate.start",
                              "{\"vehicle\": 2, \"odometer_mi\": 189000, \"key_tag\": \"4\","
                              " \"promised_at\": \"2026-11-24T17:30:00Z\"}");
    DONE(t, "estimate.add-canned", "{\"order\": %lld, \"code\": \"OIL\"}", (long long)late);
    const int64_t held = DONE(t, "estimate.start",
                              "{\"vehicle\": 3, \"odometer_mi\": 61100,"
                              " \"promised_at\": \"2026-11-25T23:00:00Z\"}");
    DONE(t, "estimate.add-canned", "{\"order\": %lld, \"code\": \"BRKF\"}", (long long)held);
    DONE(t, "order.edit",
         "{\"order\": %lld, \"hold\": \"parts\","
         " \"promised_at\": \"2026-11-25T23:00:00Z\"}",
         (long long)held);
}

static void the_board_says_what_is_late_and_what_waits(void **state)
{
    (void)state;
    static const int sizes[][2] = {{24, 80}, {40, 120}, {20, 60}};

    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct desk_test t;
        open_counter(&t, sizes[i][0], sizes[i][1]);
        given_full_shop(&t);
        desk_open_op(t.desk, &order_search_op, NULL);
        keys(&t, "");
        assert_shows(&t, "LATE");
        assert_shows(&t, "hold: parts");
        assert_picture(&t, "order_board");
        keys(&t, "ff");
        assert_shows_not(&t, "LATE");
        keys(&t, "F<Enter>");
        assert_shows(&t, "RO 10002");
        desk_test_close(&t);
    }
}

static void a_paper_is_looked_at_saved_and_queued(void **state)
{
    struct desk_test *t = *state;
    char path[] = "/tmp/pitlane-estimate-XXXXXX";
    struct stat info;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    keys(t, "<F8>");
    assert_both_pictures(t, "print_menu");
    keys(t, "<Enter>");
    assert_shows(t, "Estimate 10001");
    assert_both_pictures(t, "estimate_preview");
    keys(t, "/synthetic<Enter>");
    assert_shows(t, "Oil service, synthetic");
    const int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    keys(t, arena_printf(&t->shop->arena, "<Esc>s<Ctrl-U>%s<Enter>", path));
    assert_shows(t, "Saved as /tmp/pitlane-estimate-");
    assert_int_equal(stat(path, &info), 0);
    assert_true(info.st_size > 1000);
    keys(t, "<F8>m<Enter>");
    assert_shows(t, "Queued for maria@example.com.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM document"), 2);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_board_says_what_is_late_and_what_waits),
        COUNTER_TEST(a_paper_is_looked_at_saved_and_queued),
    };

    return cmocka_run_group_tests_name("order_board", tests, NULL, NULL);
}
