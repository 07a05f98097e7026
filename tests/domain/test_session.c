/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Sessions: where they are, who sees them, who ends them. */

#include "shop.h"

#include "domain/place.h"

static void a_place_names_terminal_account_and_far_address(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    (void)state;

    struct place place = place_of("/dev/pts/3", 1000, "10.0.0.7 51422 10.0.0.1 22", &arena);
    assert_string_equal(place.terminal, "pts/3");
    assert_string_equal(place.says, "pts/3, account 1000, from 10.0.0.7");
    assert_string_equal(place.counted, "account 1000, from 10.0.0.7");
    assert_int_equal(place.kind, TERMINAL_SSH);
    place = place_of("/dev/tty1", 0, NULL, &arena);
    assert_string_equal(place.says, "tty1, account 0");
    assert_string_equal(place.counted, "account 0, tty1");
    /* Whoever opens another window is still the same one. */
    assert_string_equal(place_of("/dev/pts/4", 7, NULL, &arena).counted, "account 7");
    assert_string_equal(place_of("/dev/pts/9", 7, NULL, &arena).counted, "account 7");
    assert_int_equal(place.kind, TERMINAL_COUNTER);
    place = place_of(NULL, 33, "fe80::1%eth0 1 2 3", &arena);
    assert_string_equal(place.terminal, "");
    assert_string_equal(place.says, "no terminal, account 33");
    place = place_of(NULL, 33, "2001:db8::7 51422 2001:db8::1 22", &arena);
    assert_string_equal(place.says, "no terminal, account 33, from 2001:db8::7");
}

static void a_made_up_address_is_left_out(void **state)
{
    static const char *const made_up[] = {"",
                                          " ",
                                          "\x1b[31m10.0.0.7 1",
                                          "10.0.0.7\n1",
                                          "\xc2\x9b"
                                          "31m 1",
                                          "a-b 1"};
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF longer = BUF(1024);
    (void)state;

    for (size_t i = 0; i < COUNT_OF(made_up); i++) {
        const struct place place = place_of("/dev/pts/0", 1, made_up[i], &arena);
        assert_string_equal(place.says, "pts/0, account 1");
        assert_int_equal(place.kind, TERMINAL_SSH);
    }
    buf_repeat(&longer, '1', 500);
    assert_string_equal(place_of("/dev/pts/0", 1, buf_str(&longer), &arena).says,
                        "pts/0, account 1");
}

static size_t listed(struct shop_test *t, bool mine)
{
    const struct session_list in = {.query.limit = 100, .mine = mine};
    struct page page;

    expect_ok(t, &session_list_op, &in, &page);
    return page.rows.count;
}

static void whoever_may_end_any_session_sees_all_and_others_their_own(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_MANAGER);
    assert_int_equal(listed(t, false), ROLE_COUNT);
    assert_int_equal(listed(t, true), 1);
    sign_in_as(t, ROLE_TECHNICIAN);
    assert_int_equal(listed(t, false), 1);
}

static void one_ends_ones_own_session_and_a_manager_ends_any(void **state)
{
    struct shop_test *t = *state;
    struct session_key key = {{0}};

    sign_in_as(t, ROLE_ACCOUNTANT);
    const struct session_id lee = t->session.id;
    sign_in_as(t, ROLE_TECHNICIAN);
    const struct session_id mo = t->session.id;
    key.id = lee;
    expect_status(t, &session_end_op, &key, NULL, ERR_DENIED);
    key.id.v = 4711;
    expect_status(t, &session_end_op, &key, NULL, ERR_DENIED);
    key.id = mo;
    expect_ok(t, &session_end_op, &key, NULL);
    expect_status(t, &session_list_op, &(struct session_list){0}, NULL, ERR_SIGN_IN);
    sign_in_as(t, ROLE_MANAGER);
    key.id = lee;
    expect_ok(t, &session_end_op, &key, NULL);
    assert_int_equal(listed(t, false), ROLE_COUNT - 2);
    expect_status(t, &session_end_op, &key, NULL, ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_names_terminal_account_and_far_address),
        cmocka_unit_test(a_made_up_address_is_left_out),
        SHOP_TEST(whoever_may_end_any_session_sees_all_and_others_their_own),
        SHOP_TEST(one_ends_ones_own_session_and_a_manager_ends_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
