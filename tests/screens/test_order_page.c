/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The order page by keys, as a person would work on it. */

#include "orders.h"

static void an_empty_order_says_which_key_fills_it(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    open_order(t, given_order(t));
    assert_both_pictures(t, "order_empty");
}

static void the_customer_s_answer_takes_two_enters(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    assert_picture(t, "order_estimate");

    keys(t, "A");
    assert_picture(t, "authorize");
    keys(t, "<Enter>");
    assert_both_pictures(t, "authorize_recorded");
    keys(t, "<Enter>");
    assert_both_pictures(t, "order_authorized");

    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM authorization"), 1);
    assert_string_equal(ask_text(t->shop, "SELECT method FROM authorization"), "phone");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job WHERE state = 'authorized'"), 2);
}

/* What is agreed already keeps its answer: the keys go to what waits. */
static void the_next_answer_begins_at_what_waits_for_it(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    keys(t, "A<Enter><Enter>jCabin filter<Enter>l1<F2>Ad<Enter><Enter><Enter>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job WHERE state = 'authorized'"), 2);
    assert_string_equal(ask_text(t->shop, "SELECT title FROM job WHERE state = 'declined'"),
                        "Cabin filter");
}

static void a_lower_total_is_said_as_less(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    keys(t, "A<Enter><Enter>Ad<Enter>");
    assert_shows(t, "Less 1");
    assert_shows_not(t, "Less -");
    keys(t, "<Enter>");
    assert_shows(t, "less 1");
    assert_shows_not(t, "less -");
}

static void what_the_look_over_the_car_found_stands_on_the_order(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    open_order(t, order);
    assert_shows_not(t, "inspection");
    keys(t, "Ly");
    assert_shows(t, "L: begun");
    DONE(t, "inspection.mark", "{\"order\": %lld, \"position\": 1, \"result\": \"now\"}",
         (long long)order);
    DONE(t, "inspection.mark", "{\"order\": %lld, \"position\": 2, \"result\": \"soon\"}",
         (long long)order);
    keys(t, "<F5>");
    assert_both_pictures(t, "order_inspected");
    assert_shows(t, "L: 1 now, 1 soon");
    keys(t, "L");
    assert_shows(t, "Turn signals");
    keys(t, "<Esc>");
    run_sql(t->shop, "UPDATE inspection_item SET result = 'ok'");
    keys(t, "<F5>");
    assert_shows(t, "L inspection: all ok");
}

static void the_customer_signs_with_the_mouse(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    keys(t, "Ag<Enter>"); /* nothing is drawn yet */
    assert_shows(t, "Nothing is drawn yet");
    keys(t, "<mouse 9,14><mouse 13,20><mouse 8,26><mouse 13,32><mouse up>"
            "<mouse 0,0><mouse up><mouse 12,40><mouse 10,60><mouse up>");
    assert_picture(t, "authorize_signature");
    keys(t, "<Enter>");
    assert_shows(t, "signature drawn");
    keys(t, "<Enter><Enter>");
    assert_string_equal(ask_text(t->shop, "SELECT method FROM authorization"), "signed");
    assert_int_equal(ask_number(t->shop,
                                "SELECT length(signature) - length(replace(signature, ';', ''))"
                                " FROM authorization"),
                     1); /* two strokes: what is outside the field is none */
}

/* From the counter to an authorized order: the count is the shop's own goal. */
static void an_oil_change_is_written_up_in_at_most_25_keystrokes(void **state)
{
    struct desk_test *t = *state;
    /* clang-format off */
    static const char *const strokes[] = {
        "0", "1", "4", "2", "<Enter>", "w", "1", "1", "2", "4", "0", "0", "<F2>",
        "j", "o", "i", "l", "<Enter>", "A", "<Enter>", "<Enter>",
    };
    /* clang-format on */

    given_catalog(t);
    for (size_t i = 0; i < COUNT_OF(strokes); i++)
        keys(t, strokes[i]);

    assert_true(COUNT_OF(strokes) <= 25);
    assert_string_equal(ask_text(t->shop, "SELECT state FROM repair_order"), "approved");
    assert_int_equal(ask_number(t->shop, "SELECT authorized FROM repair_order"), 11285);
    assert_shows(t, "approved");
}

/* The same typed ahead without waiting for any picture, to the paid invoice. */
static void the_main_job_typed_ahead_ends_in_a_paid_invoice(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    keys(t, "0142<Enter>w112400<F2>joil<Enter>A<Enter><Enter>sfqIc150<F2>");
    assert_shows(t, "Hand back 37.15.");
    keys(t, "<Enter>");
    assert_both_pictures(t, "order_paid");

    assert_string_equal(ask_text(t->shop, "SELECT state FROM repair_order"), "paid");
    assert_int_equal(ask_number(t->shop, "SELECT paid FROM invoice"), 11285);
    assert_int_equal(ask_number(t->shop, "SELECT change FROM payment"), 3715);
}

/* Wide and narrow, and without colours or box characters: the same words. */
static void the_page_fits_every_size(void **state)
{
    (void)state;
    static const int sizes[][2] = {{40, 120}, {20, 60}};

    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct desk_test t;
        open_counter(&t, sizes[i][0], sizes[i][1]);
        given_catalog(&t);
        const int64_t order = given_order(&t);
        given_jobs(&t, order);
        open_order(&t, order);
        assert_picture(&t, "order_estimate");
        keys(&t, "<Down><Down><Down>");
        keys(&t, "A");
        assert_picture(&t, "authorize");
        keys(&t, "<Enter><Enter>sf");
        keys(&t, "<Down>");
        assert_picture(&t, "order_in_progress");
        desk_test_close(&t);
    }
}

static void the_page_is_told_apart_without_colours_and_boxes(void **state)
{
    (void)state;
    struct desk_test t;

    desk_test_open_as(&t, 24, 80, (struct theme){.ascii = true, .ascii_only = true});
    sign_in_by_keys(&t, ROLE_MANAGER);
    given_catalog(&t);
    const int64_t order = given_order(&t);
    given_jobs(&t, order);
    open_order(&t, order);
    keys(&t, "A<Down>d<Enter>");
    assert_picture(&t, "authorize_ascii");
    keys(&t, "<Enter><Enter>s");
    assert_picture(&t, "order_ascii");
    desk_test_close(&t);
}

/* What the first visit declined is the first thing the next one shows. */
static void declined_work_of_an_earlier_visit_is_added_with_one_key(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t first = given_order(t);
    given_jobs(t, first);
    DONE(t, "estimate.authorize",
         "{\"order\": %lld, \"method\": \"phone\", \"jobs\": ["
         "{\"job\": 1, \"decision\": \"authorized\"},"
         "{\"job\": 2, \"decision\": \"declined\", \"reason\": \"too dear today\"}]}",
         (long long)first);
    const int64_t second = given_order(t);
    open_order(t, second);
    assert_shows(t, "! Declined 24 Nov: Front brakes, 542.40");
    assert_both_pictures(t, "order_declined");

    keys(t, "d");
    assert_shows(t, "1 Front brakes");
    assert_shows_not(t, "! Declined");
    assert_int_equal(ask_number(t->shop, "SELECT total FROM repair_order WHERE id = 10002"), 55634);
}

static void a_job_the_customer_declines_does_not_count(void **state)
{
    struct desk_test *t = *state;

    given_catalog(t);
    const int64_t order = given_order(t);
    given_jobs(t, order);
    open_order(t, order);
    keys(t, "A<Down>dtoo dear today<Enter>");
    assert_shows(t, "New total with tax       112.85");
    assert_both_pictures(t, "authorize_mixed");
    keys(t, "<Enter>");
    assert_shows(t, "Read back: total 112.85");
    assert_int_equal(ask_number(t->shop, "SELECT authorized FROM repair_order"), 11285);
    assert_string_equal(ask_text(t->shop, "SELECT reason FROM job WHERE id = 2"), "too dear today");
    keys(t, "<Enter>");
    assert_both_pictures(t, "order_one_declined");

    DONE(t, "estimate.edit-line", "{\"line\": 2, \"quantity\": \"7\"}");
    keys(t, "<F5>A");
    assert_shows(t, "Authorized so far 112.85  Added 16.14");
    assert_shows(t, "128.99");
    keys(t, "<Enter>");
    assert_shows(t, "Read back: added 16.14  total 128.99");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(an_empty_order_says_which_key_fills_it),
        COUNTER_TEST(the_customer_s_answer_takes_two_enters),
        COUNTER_TEST(the_next_answer_begins_at_what_waits_for_it),
        COUNTER_TEST(a_lower_total_is_said_as_less),
        COUNTER_TEST(what_the_look_over_the_car_found_stands_on_the_order),
        COUNTER_TEST(the_customer_signs_with_the_mouse),
        COUNTER_TEST(an_oil_change_is_written_up_in_at_most_25_keystrokes),
        COUNTER_TEST(the_main_job_typed_ahead_ends_in_a_paid_invoice),
        cmocka_unit_test(the_page_fits_every_size),
        cmocka_unit_test(the_page_is_told_apart_without_colours_and_boxes),
        COUNTER_TEST(declined_work_of_an_earlier_visit_is_added_with_one_key),
        COUNTER_TEST(a_job_the_customer_declines_does_not_count),
    };

    return cmocka_run_group_tests_name("order_page", tests, NULL, NULL);
}
