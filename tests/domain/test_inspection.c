/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The look over a car: begun once, marked item by item, one's own orders only. */

#include "orders.h"

#include "domain/inspection.h"

static struct inspection PRINTF_LIKE(3, 4)
    inspect(struct shop_test *t, const struct op *op, const char *json, ...)
{
    struct inspection out;
    va_list args;

    va_start(args, json);
    const char *text = arena_vprintf(&t->arena, json, args);
    va_end(args);
    expect_ok(t, op, input_json(t, op, text), &out);
    return out;
}

static const struct inspection_item *item_of(const struct inspection *all, size_t position)
{
    assert_true(position >= 1 && position <= all->items.count);
    return (const struct inspection_item *)all->items.at + (position - 1);
}

static void it_is_begun_once_and_goes_on_as_it_stands(void **state)
{
    struct shop_test *t = *state;
    const long long order = (long long)given_brake_job(t).id.v;

    assert_int_equal(inspect(t, &inspection_show_op, "{\"order\":%lld}", order).items.count, 0);
    struct inspection all = inspect(t, &inspection_begin_op, "{\"order\":%lld}", order);
    assert_int_equal(all.items.count, 20);
    assert_int_equal(all.not_checked, 20);
    assert_string_equal(item_of(&all, 14)->name, "Front pads and rotors");
    all = inspect(t, &inspection_mark_op,
                  "{\"order\":%lld,\"position\":14,\"result\":\"now\",\"note\":\"2 mm\"}", order);
    assert_int_equal(all.now, 1);
    assert_string_equal(item_of(&all, 14)->user_name, "Ada Admin");
    all = inspect(t, &inspection_mark_op, "{\"order\":%lld,\"position\":14,\"result\":\"soon\"}",
                  order);
    assert_string_equal(item_of(&all, 14)->note, "2 mm"); /* an empty note leaves it */
    all = inspect(t, &inspection_begin_op, "{\"order\":%lld}", order);
    assert_int_equal(all.soon, 1);
    assert_int_equal(all.items.count, 20);
}

static void what_is_not_there_cannot_be_marked(void **state)
{
    struct shop_test *t = *state;
    const long long order = (long long)given_brake_job(t).id.v;

    refuse(t, &inspection_mark_op, ERR_INVALID, "has no item 3. Begin it first.",
           "{\"order\":%lld,\"position\":3,\"result\":\"ok\"}", order);
    inspect(t, &inspection_begin_op, "{\"order\":%lld}", order);
    refuse(t, &inspection_mark_op, ERR_INVALID, "has no item 21.",
           "{\"order\":%lld,\"position\":21,\"result\":\"ok\"}", order);
    refuse(t, &inspection_begin_op, ERR_NOT_FOUND,
           "There is no repair order 99. Look for it by customer or vehicle.", "{\"order\":99}");
}

static void a_technician_looks_over_his_own_cars_only(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_brake_job(t);
    const long long id = (long long)order.id.v;

    sign_in_as(t, ROLE_TECHNICIAN);
    refuse(t, &inspection_begin_op, ERR_DENIED, "not one of yours", "{\"order\":%lld}", id);
    sign_in_as(t, ROLE_MANAGER);
    change(t, &job_edit_op, "{\"job\":%lld,\"technician\":%lld}", job_id_of(&order, 1),
           (long long)t->users[ROLE_TECHNICIAN].v);
    sign_in_as(t, ROLE_TECHNICIAN);
    assert_int_equal(inspect(t, &inspection_begin_op, "{\"order\":%lld}", id).items.count, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(it_is_begun_once_and_goes_on_as_it_stands),
        SHOP_TEST(what_is_not_there_cannot_be_marked),
        SHOP_TEST(a_technician_looks_over_his_own_cars_only),
    };

    return cmocka_run_group_tests_name("inspection", tests, NULL, NULL);
}
