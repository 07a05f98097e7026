/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The drawer and the end of the day as the person sees them, and what can be done with a record
 * that is open. */

#include "desk_test.h"

#include "domain/order.h"
#include "domain/payment.h"

static void call(struct shop_test *shop, const struct op *op, const char *json)
{
    void *out = arena_alloc(&shop->arena, op->out->size);
    expect_ok(shop, op, input_json(shop, op, json), out);
}

static void given_customer_and_cash(struct desk_test *t)
{
    run_sql(t->shop, "INSERT INTO customer (name, name_key, last_name, created_at)\n"
                     "VALUES ('Delgado, Maria', 'delgado maria', 'Delgado', 0)");
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>cash drawer<Enter>o200<F2>");
    call(t->shop, &payment_deposit_op,
         "{\"customer\":1,\"method\":\"cash\",\"amount\":\"145.00\"}");
    keys(t, "<F5>");
}

static void the_drawer_says_what_should_lie_there_and_what_is_left_to_do(void **state)
{
    struct desk_test *t = *state;

    given_customer_and_cash(t);
    keys(t, "o<F2>");
    assert_shows(t, "Float");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM drawer_move"), 1);
    keys(t, "<Esc>");
    keys(t, "p18.40<Enter>Towels<F2>");
    assert_both_pictures(t, "day_page");
    keys(t, "z<F2>y");
    assert_shows(t, "Count it, then close the");
    keys(t, "<Esc>c1<Enter>4<Enter>1<Enter>0<Enter>1<Enter>");
    assert_both_pictures(t, "drawer_count");
    keys(t, "<Tab><Tab><Tab><Tab><Tab><Tab><Tab>330<F2>");
    assert_shows(t, "The pieces come to 325.00, not 330.00.");
    keys(t, "<Ctrl-U><F2>");
    assert_shows(t, "Counted: 1.60 short. It is posted as such.");
    assert_int_equal(ask_number(t->shop, "SELECT amount FROM drawer_move WHERE kind = 'count'"),
                     32500);
}

/* 345.00 should lie there: 245.00 is a slip, or it is explained. */
static void a_count_far_off_is_asked_about_before_it_is_booked(void **state)
{
    struct desk_test *t = *state;

    given_customer_and_cash(t);
    keys(t, "c<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>245<F2>");
    assert_shows(t, "100.00 short of 345.00");
    assert_shows(t, "count again, or say why");
    assert_both_pictures(t, "drawer_far_off");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM drawer_move WHERE kind = 'count'"),
                     0);
    keys(t, "Two 50 notes missing<F2>"); /* the cursor is where the reason goes */
    assert_shows(t, "Counted: 100.00 short. It is posted as such.");
    assert_shows(t, "Two 50 notes missing");
}

static void a_closed_day_shows_its_report_and_prints_it_by_a_key(void **state)
{
    struct desk_test *t = *state;

    given_customer_and_cash(t);
    keys(t, "c<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>345<F2>");
    assert_shows(t, "right to the cent");
    keys(t, "z<F2>y");
    assert_shows(t, "is closed: Z report 1. F8 prints it.");
    assert_shows(t, "= Left in the drawer:    345.00");
    keys(t, "<F8>");
    assert_shows(t, "Z report 1");
    assert_shows(t, "PDF");
    keys(t, "<Esc><Esc>");
    assert_shows(t, "What is done now is posted on");
}

static void an_open_payment_has_the_keys_of_its_row(void **state)
{
    struct desk_test *t = *state;

    given_customer_and_cash(t);
    keys(t, "<Esc><F9>find payments<Enter><Enter>");
    assert_shows(t, "Delgado, Maria");
    assert_both_pictures(t, "payment_record");
    keys(t, "r");
    assert_shows(t, "145.00");
    assert_shows(t, "Refund");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(the_drawer_says_what_should_lie_there_and_what_is_left_to_do),
        DESK_TEST(a_count_far_off_is_asked_about_before_it_is_booked),
        DESK_TEST(a_closed_day_shows_its_report_and_prints_it_by_a_key),
        DESK_TEST(an_open_payment_has_the_keys_of_its_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
