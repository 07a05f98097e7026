/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The order page by keys, as a person would work on it. */

#include "orders.h"
#include "screens/order_page.h"

static void open_order(struct desk_test *t, int64_t order)
{
    order_page_open(t->desk, (struct order_id){order});
    keys(t, "");
}

static void an_empty_order_says_which_key_fills_it(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    given_catalog(&t);
    open_order(&t, given_order(&t));
    assert_picture(&t, "order_empty");
    desk_test_close(&t);
}

static void the_customer_s_answer_takes_two_enters(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    given_catalog(&t);
    const int64_t order = given_order(&t);
    given_jobs(&t, order);
    open_order(&t, order);
    assert_picture(&t, "order_estimate");

    keys(&t, "A");
    assert_picture(&t, "authorize");
    keys(&t, "<Enter>");
    assert_picture(&t, "authorize_recorded");
    keys(&t, "<Enter>");
    assert_picture(&t, "order_authorized");

    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM authorization"), 1);
    assert_string_equal(ask_text(t.shop, "SELECT method FROM authorization"), "phone");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM job WHERE state = 'authorized'"), 2);
    desk_test_close(&t);
}

/* From the counter to an authorized order: the count is the shop's own goal. */
static void an_oil_change_is_written_up_in_at_most_25_keystrokes(void **state)
{
    (void)state;
    struct desk_test t;
    /* clang-format off */
    static const char *const strokes[] = {
        "0", "1", "4", "2", "<Enter>", "w", "1", "1", "2", "4", "0", "0", "<F2>",
        "j", "o", "i", "l", "<Enter>", "A", "<Enter>", "<Enter>",
    };
    /* clang-format on */

    open_counter(&t, 24, 80);
    given_catalog(&t);
    for (size_t i = 0; i < COUNT_OF(strokes); i++)
        keys(&t, strokes[i]);

    assert_true(COUNT_OF(strokes) <= 25);
    assert_string_equal(ask_text(t.shop, "SELECT state FROM repair_order"), "approved");
    assert_int_equal(ask_number(t.shop, "SELECT authorized FROM repair_order"), 11285);
    assert_shows(&t, "approved");
    desk_test_close(&t);
}

/* The same typed ahead without waiting for any picture, to the paid invoice. */
static void the_main_job_typed_ahead_ends_in_a_paid_invoice(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    given_catalog(&t);
    keys(&t, "0142<Enter>w112400<F2>joil<Enter>A<Enter><Enter>sfqIc150<F2>");
    assert_shows(&t, "Hand back 37.15.");
    keys(&t, "<Enter>");
    assert_picture(&t, "order_paid");

    assert_string_equal(ask_text(t.shop, "SELECT state FROM repair_order"), "paid");
    assert_int_equal(ask_number(t.shop, "SELECT paid FROM invoice"), 11285);
    assert_int_equal(ask_number(t.shop, "SELECT change FROM payment"), 3715);
    desk_test_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_order_says_which_key_fills_it),
        cmocka_unit_test(the_customer_s_answer_takes_two_enters),
        cmocka_unit_test(an_oil_change_is_written_up_in_at_most_25_keystrokes),
        cmocka_unit_test(the_main_job_typed_ahead_ends_in_a_paid_invoice),
    };

    return cmocka_run_group_tests_name("order_page", tests, NULL, NULL);
}
