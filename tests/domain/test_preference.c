/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One's own settings: one's own alone. */

#include "shop.h"

#include "domain/preference.h"

static struct preference own(struct shop_test *t)
{
    struct preference own;

    expect_ok(t, &preference_show_op, NULL, &own);
    return own;
}

static void everybody_has_his_own(void **state)
{
    struct shop_test *t = *state;

    for (int role = 0; role < ROLE_COUNT; role++) {
        sign_in_as(t, role);
        struct preference mine = own(t);
        assert_string_equal(mine.name, t->session.user_name);
        assert_string_equal(mine.theme, "");
        mine.density = role % 2 == 0 ? DENSITY_WIDE : DENSITY_NORMAL;
        expect_ok(t, &preference_edit_op, &mine, NULL);
    }
    assert_int_equal(ask_number(t, "SELECT count(*) FROM user WHERE density = 'wide'"), 3);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM user WHERE density = 'wide' "
                                   "AND id NOT IN (1, 3, 5)"),
                     0);
}

static void the_looks_are_kept_as_the_words_of_the_theme(void **state)
{
    static const char *const colors[] = {"", "color", "mono"};
    static const char *const grounds[] = {"", "dark", "light"};
    static const char *const characters[] = {"", "unicode", "ascii"};
    struct shop_test *t = *state;

    for (unsigned i = 0; i < 27; i++) {
        struct preference mine = own(t);
        mine.colors = i % 3;
        mine.background = i / 3 % 3;
        mine.characters = i / 9;
        expect_ok(t, &preference_edit_op, &mine, NULL);
        const struct preference kept = own(t);
        assert_int_equal(kept.colors, i % 3);
        assert_int_equal(kept.background, i / 3 % 3);
        assert_int_equal(kept.characters, i / 9);
        assert_non_null(strstr(kept.theme, colors[i % 3]));
        assert_non_null(strstr(kept.theme, grounds[i / 3 % 3]));
        assert_non_null(strstr(kept.theme, characters[i / 9]));
    }
}

static void one_begins_with_a_list_that_the_role_opens(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    struct preference mine = own(t);
    mine.start_screen = "order.search";
    expect_ok(t, &preference_edit_op, &mine, &mine);
    static const char *const wrong[] = {"nonsense", "order.show", "customer.contacts",
                                        "ledger.accounts"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        mine.start_screen = wrong[i];
        expect_status(t, &preference_edit_op, &mine, NULL, ERR_INVALID);
        assert_field(t, "start_screen");
    }
    assert_says(t, "does not open");
    mine.start_screen = "";
    expect_ok(t, &preference_edit_op, &mine, NULL);
}

static void nobody_writes_over_what_was_changed_elsewhere(void **state)
{
    struct shop_test *t = *state;
    struct preference mine = own(t), old = mine;

    expect_ok(t, &preference_edit_op, &mine, NULL);
    expect_status(t, &preference_edit_op, &old, NULL, ERR_STALE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(everybody_has_his_own),
        SHOP_TEST(the_looks_are_kept_as_the_words_of_the_theme),
        SHOP_TEST(one_begins_with_a_list_that_the_role_opens),
        SHOP_TEST(nobody_writes_over_what_was_changed_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
