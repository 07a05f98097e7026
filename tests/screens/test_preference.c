/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One's own settings: chosen, put to use at once and at every sign-in, and gone with their person.
 */

#include "test.h"

#include "desk_test.h"
#include "domain/preference.h"

static void open_own(struct desk_test *t, int role)
{
    sign_in_by_keys(t, role);
    desk_open_op(t->desk, &preference_edit_op, NULL);
    keys(t, "<wait 1>");
}

static void they_are_shown_with_who_one_is(void **state)
{
    struct desk_test *t = *state;

    open_own(t, ROLE_MANAGER);
    assert_shows(t, "Ann Walsh · signs in as ann · manager");
    assert_both_pictures(t, "own_settings");
    keys(t, "<Tab><Tab><Tab><Tab>");
    keys(t, "<F4><wait 1>");
    assert_picture(t, "own_start_screens");
}

/* Colors off, ASCII, wide lists; begins with the repair orders. */
static void choose(struct desk_test *t)
{
    keys(t, "<Left><Tab><Tab><Left><Tab> <Tab>repair orders<wait 1><Enter><wait 1><F2><wait 1>");
}

static void what_is_chosen_counts_at_once(void **state)
{
    struct desk_test *t = *state;

    open_own(t, ROLE_MANAGER);
    choose(t);
    assert_false(t->desk->looks.colour);
    assert_true(t->desk->looks.ascii);
    assert_true(t->desk->looks.wide);
    assert_string_equal(ask_text(t->shop, "SELECT theme FROM user WHERE id = 2"), "mono,ascii");
    assert_string_equal(ask_text(t->shop, "SELECT start_screen FROM user WHERE id = 2"),
                        "order.search");
    desk_open_op(t->desk, op_find("user.list"), NULL);
    keys(t, "<wait 1>");
    assert_picture(t, "own_looks");
}

static void they_come_with_the_sign_in_and_go_with_it(void **state)
{
    struct desk_test *t = *state;

    open_own(t, ROLE_MANAGER);
    choose(t);
    keys(t, "<F9>sign out<Enter><wait 1>");
    assert_true(t->desk->looks.colour);
    assert_false(t->desk->looks.wide);
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<wait 1>");
    assert_true(t->desk->looks.ascii);
    assert_shows(t, "Repair orders");
    keys(t, "<F9>sign out<Enter><wait 1>");
    sign_in_by_keys(t, ROLE_ACCOUNTANT);
    keys(t, "<wait 1>");
    assert_false(t->desk->looks.ascii);
    assert_shows_not(t, "Repair orders ");
}

/* Unlocking goes on where one was: the start screen is for those who arrive. */
static void unlocking_opens_no_start_screen(void **state)
{
    struct desk_test *t = *state;

    open_own(t, ROLE_MANAGER);
    choose(t);
    keys(t, "<Ctrl-X><wait 1>" DESK_PASSWORD "<Enter><wait 1>");
    assert_null(app_below(t->desk->app, app_top(t->desk->app)));
    assert_true(t->desk->looks.ascii);
}

static void leaving_asks_and_changes_nothing(void **state)
{
    struct desk_test *t = *state;

    open_own(t, ROLE_MANAGER);
    keys(t, "<Left><Esc><wait 1>");
    assert_shows(t, "not saved");
    keys(t, "<Enter><Esc>t<wait 1>");
    assert_true(t->desk->looks.colour);
    assert_string_equal(ask_text(t->shop, "SELECT theme FROM user WHERE id = 2"), "");
}

static void the_second_factor_password_and_sign_ins_are_a_key_away(void **state)
{
    struct desk_test *t = *state;

    open_own(t, ROLE_TECHNICIAN);
    keys(t, "<F6><wait 1>");
    assert_shows(t, "authenticator");
    keys(t, "<Esc><wait 1><F7><wait 1>");
    assert_shows(t, "Password now");
    keys(t, "<Esc><wait 1><F8><wait 1>");
    assert_shows(t, "(here)");
    assert_shows_not(t, "Ann Walsh");
}

/* The domain writes the words, the looks read them: they must mean the same. */
static void every_word_that_can_be_kept_is_one_of_the_looks(void **state)
{
    static const char *const kept[] = {"color", "mono", "dark", "light", "unicode", "ascii"};
    const struct theme plain = {.colour = true};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(kept); i++)
        assert_true(theme_knows(kept[i]));
    assert_false(theme_with(&plain, "mono").colour);
    assert_true(theme_with(&plain, "light").light);
    assert_true(theme_with(&plain, "ascii").ascii);
    /* What the terminal cannot, nobody's wish can. */
    const struct theme poor = {.mono_only = true, .ascii = true, .ascii_only = true};
    assert_false(theme_with(&poor, "color,unicode").colour);
    assert_true(theme_with(&poor, "color,unicode").ascii);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_that_can_be_kept_is_one_of_the_looks),
        DESK_TEST(they_are_shown_with_who_one_is),
        DESK_TEST(what_is_chosen_counts_at_once),
        DESK_TEST(they_come_with_the_sign_in_and_go_with_it),
        DESK_TEST(unlocking_opens_no_start_screen),
        DESK_TEST(leaving_asks_and_changes_nothing),
        DESK_TEST(the_second_factor_password_and_sign_ins_are_a_key_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
