/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Coupons: what they take off, worked out by hand, their limits, and that an invoice uses one up.
 * The order is worked example A: 2.5 h at 145.00, two pads at 89.95, 5.5 quarts at 7.49. */

#include "orders.h"

#include "domain/coupon.h"
#include "domain/invoice.h"

#define TEN_ON_PARTS                                                                               \
    "{\"code\":\"SPRING10\",\"title\":\"Spring special\",\"percent\":\"10\","                      \
    "\"applies_to\":\"parts\"}"
#define OFF_25 "{\"code\":\"OFF25\",\"title\":\"25 off\",\"amount\":\"25\""

static struct coupon given_coupon(struct shop_test *t, const char *json)
{
    struct coupon out;

    expect_ok(t, &coupon_add_op, input_json(t, &coupon_add_op, json), &out);
    return out;
}

static struct order take(struct shop_test *t, const struct order *order, const char *code)
{
    return change(t, &coupon_apply_op, "{\"order\":%lld,\"code\":\"%s\"}", (long long)order->id.v,
                  code);
}

static void refuse_coupon(struct shop_test *t, const struct order *order, const char *code,
                          const char *says)
{
    refuse(t, &coupon_apply_op, ERR_INVALID, says, "{\"order\":%lld,\"code\":\"%s\"}",
           (long long)order->id.v, code);
    assert_field(t, "code");
    assert_int_equal(order_of(t, order->id.v).discounts.count, order->discounts.count);
}

static const struct order_discount *discount_of(const struct order *order, size_t index)
{
    assert_true(index < order->discounts.count);
    return (const struct order_discount *)order->discounts.at + index;
}

static void finish(struct shop_test *t, const struct order *order)
{
    authorize(t, order->id.v);
    for (size_t i = 1; i <= order->jobs.count; i++)
        change(t, &job_done_op, "{\"job\":%lld}", job_id_of(order, i));
}

static struct invoice post(struct shop_test *t, const struct order *order)
{
    struct invoice invoice;

    finish(t, order);
    call(t, &invoice_post_op, &invoice, "{\"order\":%lld}", (long long)order->id.v);
    return invoice;
}

/* Another order of Maria's with an hour for 100.00. */
static struct order given_next_order(struct shop_test *t)
{
    const struct order order = change(t, &order_start_op, "{\"customer\":1,\"vehicle\":1}");

    return given_another_job(t, order.id.v, "Look");
}

static struct coupon coupon_of(struct shop_test *t, int64_t id)
{
    const struct coupon_key key = {{id}};
    struct coupon coupon;

    expect_ok(t, &coupon_show_op, &key, &coupon);
    return coupon;
}

/* 221.10 x 10 % = 22.11, spread 17.99 and 4.12; supplies 21.75; tax 18.77: 602.01. */
static void a_percentage_coupon_is_worked_example_a(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    given_coupon(t, TEN_ON_PARTS);
    order = take(t, &order, "spring 10");
    assert_int_equal(order.total.cents, 60201);
    assert_int_equal(line_of(&order, 1, 2)->discount.cents, 1799);
    assert_int_equal(line_of(&order, 1, 3)->discount.cents, 412);
    assert_int_equal(discount_of(&order, 0)->taken.cents, 2211);
    assert_string_equal(discount_of(&order, 0)->reason, "Coupon SPRING10, Spring special");
}

/* 25.00 over 362.50, 179.90 and 41.20: 15.528…, 7.706…, 1.764…; the two odd cents go to the larger
 * remainders: 15.53, 7.71, 1.76. Supplies 346.97 x 6 % = 20.8182. Tax on 211.63 + 20.82 = 232.45:
 * 14.53, 2.32, 2.91. 346.97 + 211.63 + 20.82 + 19.76 = 599.18. */
static void an_amount_is_spread_to_the_cent(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    given_coupon(t, OFF_25 "}");
    order = take(t, &order, "OFF25");
    assert_int_equal(line_of(&order, 1, 1)->discount.cents, 1553);
    assert_int_equal(line_of(&order, 1, 2)->discount.cents, 771);
    assert_int_equal(line_of(&order, 1, 3)->discount.cents, 176);
    assert_int_equal(order.supplies.cents, 2082);
    assert_int_equal(order.tax.cents, 1976);
    assert_int_equal(order.total.cents, 59918);
}

static void what_a_coupon_takes_follows_the_order(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    given_coupon(t, TEN_ON_PARTS);
    order = take(t, &order, "SPRING10");
    order = change(t, &line_remove_op, "{\"line\":%lld}", line_id_of(&order, 1, 3));
    assert_int_equal(discount_of(&order, 0)->taken.cents, 1799);
    order = change(t, &coupon_remove_op, "{\"order\":%lld,\"code\":\"SPRING10\"}",
                   (long long)order.id.v);
    assert_int_equal(order.discounts.count, 0);
    assert_int_equal(order.discount.cents, 0);
    refuse(t, &coupon_remove_op, ERR_INVALID, "is not on this order",
           "{\"order\":%lld,\"code\":\"SPRING10\"}", (long long)order.id.v);
}

static void refuse_entry(struct shop_test *t, const char *json, const char *field)
{
    expect_status(t, &coupon_add_op, input_json(t, &coupon_add_op, json), NULL, ERR_INVALID);
    assert_field(t, field);
}

static void a_coupon_that_makes_no_sense_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;

    refuse_entry(t, "{\"code\":\"A\",\"title\":\"A\"}", "percent");
    refuse_entry(t, "{\"code\":\"A\",\"title\":\"A\",\"percent\":\"5\",\"amount\":\"5\"}",
                 "amount");
    refuse_entry(t, "{\"code\":\"A\",\"title\":\"A\",\"percent\":\"101\"}", "percent");
    refuse_entry(t, "{\"code\":\"\",\"title\":\"A\",\"percent\":\"5\"}", "code");
    refuse_entry(t, OFF_25 ",\"minimum\":\"20\"}", "minimum");
    refuse_entry(t, OFF_25 ",\"from_on\":\"2026-12-01\",\"until_on\":\"2026-11-30\"}", "until_on");
    refuse_entry(t, OFF_25 ",\"use_limit\":2,\"customer_limit\":3}", "customer_limit");
    given_coupon(t, OFF_25 "}");
    refuse_entry(t, "{\"code\":\"off 25\",\"title\":\"A\",\"percent\":\"5\"}", "code");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM coupon"), 1);
}

/* Today is 24 November 2026. */
static void a_coupon_is_taken_on_its_days(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);

    given_coupon(t, "{\"code\":\"PAST\",\"title\":\"A\",\"percent\":\"5\",\"until_on\":"
                    "\"2026-11-23\"}");
    given_coupon(t, "{\"code\":\"NEXT\",\"title\":\"A\",\"percent\":\"5\",\"from_on\":"
                    "\"2026-11-25\"}");
    given_coupon(t, "{\"code\":\"NOW\",\"title\":\"A\",\"percent\":\"5\",\"from_on\":"
                    "\"2026-11-24\",\"until_on\":\"2026-11-24\"}");
    refuse_coupon(t, &order, "PAST", "was good until 23 Nov 2026");
    refuse_coupon(t, &order, "NEXT", "is good from 25 Nov 2026 on");
    refuse_coupon(t, &order, "NONE", "There is no coupon");
    const struct order with = take(t, &order, "NOW");
    refuse_coupon(t, &with, "NOW", "on this order already");
    const struct coupon_key key = {{3}};
    expect_ok(t, &coupon_archive_op, &key, NULL);
    const struct order next = given_next_order(t);
    refuse_coupon(t, &next, "NOW", "not taken any more");
}

/* Taken in time, it is honored when the car is ready later. */
static void a_coupon_taken_in_time_holds_at_the_invoice(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    given_coupon(t, TEN_ON_PARTS);
    order = take(t, &order, "SPRING10");
    run_sql(t, "UPDATE coupon SET until_on = '2026-11-23'");
    assert_int_equal(post(t, &order).total.cents, 60201);
}

static void the_minimum_sale_is_looked_at_again_at_the_invoice(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    given_coupon(t, OFF_25 ",\"minimum\":\"583.61\"}");
    refuse_coupon(t, &order, "OFF25",
                  "for sales of 583.61 and more; labor, parts and sublet work "
                  "come to 583.60");
    run_sql(t, "UPDATE coupon SET minimum = 58360");
    order = take(t, &order, "OFF25");
    order = change(t, &line_remove_op, "{\"line\":%lld}", line_id_of(&order, 1, 3));
    finish(t, &order);
    refuse(t, &invoice_post_op, ERR_CONFLICT, "Take it off first", "{\"order\":%lld}",
           (long long)order.id.v);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM invoice_coupon"), 0);
}

static void an_amount_above_what_there_is_is_refused(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_order(t);

    given_coupon(t, OFF_25 "}");
    refuse_coupon(t, &order, "OFF25", "takes off more than there is");
}

static void an_invoice_uses_it_up_and_a_void_one_gives_it_back(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    struct order next;

    given_coupon(t, OFF_25 ",\"use_limit\":1}");
    order = take(t, &order, "OFF25");
    next = given_next_order(t);
    next = take(t, &next, "OFF25");
    assert_int_equal(coupon_of(t, 1).uses, 0);
    const struct invoice invoice = post(t, &order);
    assert_int_equal(coupon_of(t, 1).uses, 1);
    assert_int_equal(ask_number(t, "SELECT amount FROM invoice_coupon"), 2500);

    /* Two orders had it, one can post. */
    finish(t, &next);
    refuse(t, &invoice_post_op, ERR_CONFLICT, "is used up", "{\"order\":%lld}",
           (long long)next.id.v);
    const struct order third = given_next_order(t);
    refuse_coupon(t, &third, "OFF25", "is used up: it was good for 1 order.");

    run_sql(t, arena_printf(&t->arena, "UPDATE invoice SET state = 'void' WHERE id = %lld",
                            (long long)invoice.id.v));
    assert_int_equal(coupon_of(t, 1).uses, 0);
    take(t, &third, "OFF25");
}

/* 10 % of 583.60 and of 100.00: 58.36 on the first invoice, 10.00 on the second. */
static void an_order_in_parts_uses_it_once(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    struct invoice invoice;

    given_coupon(t, "{\"code\":\"ALL10\",\"title\":\"A\",\"percent\":\"10\",\"use_limit\":1}");
    order = given_another_job(t, order.id.v, "Look");
    order = take(t, &order, "ALL10");
    finish(t, &order);
    for (int job = 1; job <= 2; job++) {
        call(t, &invoice_post_op, &invoice, "{\"order\":%lld,\"jobs\":\"%d\"}",
             (long long)order.id.v, job);
        assert_int_equal(coupon_of(t, 1).uses, 1);
    }
    assert_int_equal(ask_number(t, "SELECT min(amount) FROM invoice_coupon"), 1000);
    assert_int_equal(ask_number(t, "SELECT max(amount) FROM invoice_coupon"), 5836);
    run_sql(t, "UPDATE invoice SET state = 'void' WHERE id = (SELECT max(id) FROM invoice)");
    assert_int_equal(coupon_of(t, 1).uses, 1);
    run_sql(t, "UPDATE invoice SET state = 'void' WHERE state = 'posted'");
    assert_int_equal(coupon_of(t, 1).uses, 0);
}

static void one_customer_uses_it_as_often_as_it_says(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    given_coupon(t, OFF_25 ",\"customer_limit\":1}");
    order = take(t, &order, "OFF25");
    post(t, &order);
    const struct order next = given_next_order(t);
    refuse_coupon(t, &next, "OFF25", "has used coupon OFF25 once");
    given_customer(t, "{\"company\":\"Delano Fleet\"}");
    const struct order other = change(t, &order_start_op, "{\"customer\":2}");
    const struct order with = given_another_job(t, other.id.v, "Look");
    assert_int_equal(take(t, &with, "OFF25").labor.cents, 7500);
}

static void a_coupon_that_stands_alone_stands_alone(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    given_coupon(t, OFF_25 "}");
    given_coupon(t, "{\"code\":\"VIP\",\"title\":\"A\",\"percent\":\"5\",\"stackable\":true}");
    given_coupon(t, "{\"code\":\"MORE\",\"title\":\"A\",\"percent\":\"5\",\"stackable\":true}");
    order = take(t, &order, "OFF25");
    refuse_coupon(t, &order, "VIP", "Coupon OFF25 on this order does not stand beside");
    refuse(t, &discount_set_op, ERR_CONFLICT, "Take it off first",
           "{\"order\":%lld,\"percent\":\"5\"}", id);
    change(t, &coupon_remove_op, "{\"order\":%lld,\"code\":\"OFF25\"}", id);

    order = change(t, &discount_set_op, "{\"order\":%lld,\"percent\":\"5\"}", id);
    refuse_coupon(t, &order, "OFF25", "does not stand beside another coupon or a discount");
    order = take(t, &order, "VIP");
    order = take(t, &order, "MORE");
    assert_int_equal(order.discounts.count, 3);
}

static void a_coupon_is_not_changed_like_a_discount(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_brake_job(t);

    given_coupon(t, TEN_ON_PARTS);
    order = take(t, &order, "SPRING10");
    refuse(t, &discount_set_op, ERR_CONFLICT, "This is coupon SPRING10",
           "{\"order\":%lld,\"discount\":%lld,\"percent\":\"50\"}", (long long)order.id.v,
           (long long)discount_of(&order, 0)->id.v);
    order = change(t, &discount_remove_op, "{\"discount\":%lld}",
                   (long long)discount_of(&order, 0)->id.v);
    assert_int_equal(order.discounts.count, 0);
}

static void the_list_hides_what_has_ended_and_counts_uses(void **state)
{
    struct shop_test *t = *state;
    struct coupon_list list = {.query = {.search = ""}};
    const struct coupon_uses uses = {.query = {.search = ""}, .coupon = {2}};
    struct order order = given_brake_job(t);
    struct page page;

    given_coupon(t, "{\"code\":\"PAST\",\"title\":\"A\",\"percent\":\"5\",\"until_on\":"
                    "\"2026-11-23\"}");
    given_coupon(t, TEN_ON_PARTS);
    order = take(t, &order, "SPRING10");
    post(t, &order);
    expect_ok(t, &coupon_list_op, &list, &page);
    assert_int_equal(page.rows.count, 1);
    assert_int_equal(((const struct coupon *)page.rows.at)->uses, 1);
    list.ended = true;
    expect_ok(t, &coupon_list_op, &list, &page);
    assert_int_equal(page.rows.count, 2);
    expect_ok(t, &coupon_uses_op, &uses, &page);
    assert_int_equal(page.rows.count, 1);
    assert_int_equal(((const struct coupon_use *)page.rows.at)->amount.cents, 2211);
}

static void who_may_make_coupons_and_who_may_take_them(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_ACCOUNTANT);
    expect_status(t, &coupon_add_op, input_json(t, &coupon_add_op, TEN_ON_PARTS), NULL, ERR_DENIED);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &coupon_apply_op,
                  input_json(t, &coupon_apply_op, "{\"order\":1,\"code\":\"A\"}"), NULL,
                  ERR_DENIED);
}

static void a_coupon_changes_once_for_each_reading(void **state)
{
    struct shop_test *t = *state;
    struct coupon out;
    const char *twice = "{\"coupon\":1,\"code\":\"SPRING15\",\"title\":\"Spring\","
                        "\"percent\":\"15\",\"revision\":1}";
    struct order order = given_brake_job(t);

    given_coupon(t, TEN_ON_PARTS);
    order = take(t, &order, "SPRING10");
    expect_ok(t, &coupon_edit_op, input_json(t, &coupon_edit_op, twice), &out);
    assert_string_equal(out.code, "SPRING15");
    expect_status(t, &coupon_edit_op, input_json(t, &coupon_edit_op, twice), NULL, ERR_STALE);
    assert_int_equal(order_of(t, order.id.v).total.cents, 60201); /* keeps what it was worth */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_percentage_coupon_is_worked_example_a),
        SHOP_TEST(an_amount_is_spread_to_the_cent),
        SHOP_TEST(what_a_coupon_takes_follows_the_order),
        SHOP_TEST(a_coupon_that_makes_no_sense_is_refused_at_its_field),
        SHOP_TEST(a_coupon_is_taken_on_its_days),
        SHOP_TEST(a_coupon_taken_in_time_holds_at_the_invoice),
        SHOP_TEST(the_minimum_sale_is_looked_at_again_at_the_invoice),
        SHOP_TEST(an_amount_above_what_there_is_is_refused),
        SHOP_TEST(an_invoice_uses_it_up_and_a_void_one_gives_it_back),
        SHOP_TEST(an_order_in_parts_uses_it_once),
        SHOP_TEST(one_customer_uses_it_as_often_as_it_says),
        SHOP_TEST(a_coupon_that_stands_alone_stands_alone),
        SHOP_TEST(a_coupon_is_not_changed_like_a_discount),
        SHOP_TEST(the_list_hides_what_has_ended_and_counts_uses),
        SHOP_TEST(who_may_make_coupons_and_who_may_take_them),
        SHOP_TEST(a_coupon_changes_once_for_each_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
