/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "domain/number.h"
#include "shop.h"

static int64_t take(struct shop_test *t, const char *name)
{
    int64_t number = -1;

    assert_int_equal(number_take(&t->session, name, &number), OK);
    return number;
}

static void numbers_follow_one_another(void **state)
{
    struct shop_test *t = *state;
    const int64_t first = ask_number(t, "SELECT next FROM number WHERE name = 'invoice'");

    assert_int_equal(store_begin_write(t->store), OK);
    assert_int_equal(take(t, NUMBER_INVOICE), first);
    assert_int_equal(take(t, NUMBER_INVOICE), first + 1);
    assert_int_equal(store_commit(t->store), OK);

    assert_int_equal(ask_number(t, "SELECT next FROM number WHERE name = 'invoice'"), first + 2);
}

static void a_document_that_fails_gives_its_number_back(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(store_begin_write(t->store), OK);
    const int64_t given = take(t, NUMBER_ORDER);
    store_rollback(t->store);

    assert_int_equal(store_begin_write(t->store), OK);
    assert_int_equal(take(t, NUMBER_ORDER), given);
    assert_int_equal(store_commit(t->store), OK);
}

static void every_series_counts_for_itself(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(store_begin_write(t->store), OK);
    const int64_t order = take(t, NUMBER_ORDER);
    (void)take(t, NUMBER_INVOICE);
    assert_int_equal(take(t, NUMBER_ORDER), order + 1);
    assert_int_equal(store_commit(t->store), OK);
}

static void a_series_nobody_started_begins_at_one(void **state)
{
    struct shop_test *t = *state;

    assert_int_equal(store_begin_write(t->store), OK);
    assert_int_equal(take(t, "purchase_order"), 1);
    assert_int_equal(take(t, "purchase_order"), 2);
    assert_int_equal(store_commit(t->store), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(numbers_follow_one_another),
        SHOP_TEST(a_document_that_fails_gives_its_number_back),
        SHOP_TEST(every_series_counts_for_itself),
        SHOP_TEST(a_series_nobody_started_begins_at_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
