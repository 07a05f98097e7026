/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The rights of a role: turned, reviewed, saved; thrown away; and changed by two at once. */

#include "test.h"

#include "desk_test.h"
#include "domain/role.h"

#define TECHNICIAN 3

/* The rights of the technicians, opened from the list of roles. */
static void open_rights(struct desk_test *t, int as)
{
    sign_in_by_keys(t, as);
    desk_open_op(t->desk, op_find("role.list"), NULL);
    keys(t, "<wait 1><Down><Down><Enter><wait 1>");
}

static int64_t scope_is(struct desk_test *t, const char *right, const char *scope)
{
    return ask_number(t->shop, arena_printf(&t->shop->arena,
                                            "SELECT count(*) FROM role_right WHERE role = %d AND "
                                            "right = '%s' AND scope = '%s'",
                                            TECHNICIAN, right, scope));
}

static int64_t role_sets(struct desk_test *t)
{
    return ask_number(t->shop, "SELECT count(*) FROM audit WHERE op = 'role.set'");
}

/* Costs for all, customers for all, parts no more. */
static void change_three(struct desk_test *t)
{
    keys(t, "costs<wait 1><Left><Esc>customers:view<wait 1> <Esc>parts:view<wait 1> <Esc><wait 1>");
}

static void rights_are_turned_reviewed_and_saved(void **state)
{
    struct desk_test *t = *state;

    open_rights(t, ROLE_ADMIN);
    assert_both_pictures(t, "role_rights");
    change_three(t);
    assert_shows(t, "3 changed");
    assert_both_pictures(t, "role_changed");
    assert_int_equal(role_sets(t), 0);
    keys(t, "<F2><wait 1>");
    assert_shows(t, "More than now");
    assert_both_pictures(t, "role_review");
    assert_int_equal(role_sets(t), 0);
    keys(t, "<F2><wait 1>");
    assert_shows(t, "Saved. It counts for 1 person");
    assert_int_equal(role_sets(t), 1);
    assert_int_equal(scope_is(t, "costs:view", "all"), 1);
    assert_int_equal(scope_is(t, "customers:view", "all"), 1);
    assert_int_equal(scope_is(t, "parts:view", "all"), 0);
    assert_shows_not(t, "changed");
}

static void typing_finds_rights_by_word_sentence_or_heading(void **state)
{
    struct desk_test *t = *state;

    open_rights(t, ROLE_ADMIN);
    keys(t, "odometer<wait 1>");
    assert_shows(t, "vehicles:edit");
    assert_shows_not(t, "customers:edit");
    keys(t, "<Esc>canned<wait 1>");
    assert_shows(t, "Canned jobs and labor rates");
    keys(t, "<Esc>zebra<wait 1>");
    assert_shows(t, "No right matches");
    assert_both_pictures(t, "role_nothing_found");
}

static void own_is_passed_over_where_nothing_can_tell_whose_it_is(void **state)
{
    struct desk_test *t = *state;

    open_rights(t, ROLE_ADMIN);
    keys(t, "costs<wait 1>");
    assert_shows(t, "gross profit · no or all");
    keys(t, " ");
    assert_shows(t, "● all");
    keys(t, " ");
    assert_shows(t, "○ no");
    keys(t, "<Esc>invoices:view<wait 1> ");
    assert_shows(t, "◐ own");
    keys(t, "<Esc>self:use<wait 1> ");
    assert_shows(t, "Every role keeps this one");
}

static void leaving_asks_and_keeps_nothing(void **state)
{
    struct desk_test *t = *state;

    open_rights(t, ROLE_ADMIN);
    change_three(t);
    keys(t, "<Esc><wait 1>");
    assert_shows(t, "3 changes here are not saved");
    keys(t, "<Enter><wait 1>");
    assert_shows(t, "3 changed");
    keys(t, "<Esc><wait 1>t<wait 1>");
    assert_shows(t, "Roles");
    keys(t, "<Enter><wait 1>");
    assert_shows_not(t, "changed");
    assert_int_equal(role_sets(t), 0);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 0);
}

/* At another terminal meanwhile. */
static void somebody_grants(struct desk_test *t, const char *json)
{
    sign_in_as(t->shop, ROLE_ADMIN);
    expect_ok(t->shop, &role_grant_op, input_json(t->shop, &role_grant_op, json), NULL);
}

static void what_somebody_else_changed_meanwhile_lies_under_ones_own(void **state)
{
    struct desk_test *t = *state;

    open_rights(t, ROLE_ADMIN);
    change_three(t);
    keys(t, "<F2><wait 1>");
    somebody_grants(t, "{\"role\":3,\"right\":\"data:export\",\"scope\":\"all\"}");
    keys(t, "<F2><wait 1>");
    assert_shows(t, "Somebody else changed this role");
    assert_int_equal(role_sets(t), 0);
    assert_shows(t, "“technician” · changed");
    assert_picture(t, "role_stale");
    keys(t, "<F2><wait 1><F2><wait 1>");
    assert_int_equal(role_sets(t), 1);
    assert_int_equal(scope_is(t, "data:export", "all"), 1);
    assert_int_equal(scope_is(t, "costs:view", "all"), 1);
}

static void the_password_is_asked_for_again_and_the_change_goes_on(void **state)
{
    struct desk_test *t = *state;

    open_rights(t, ROLE_ADMIN);
    change_three(t);
    t->desk->session.clock.fixed += 301;
    keys(t, "<F2><wait 1><F2><wait 1>");
    assert_int_equal(role_sets(t), 0);
    assert_picture(t, "role_confirm");
    keys(t, "wrong<Enter><wait 1>");
    assert_int_equal(role_sets(t), 0);
    keys(t, "<Ctrl-U>" DESK_PASSWORD "<Enter><wait 1>");
    assert_int_equal(role_sets(t), 1);
    assert_shows(t, "Rights of “technician”");
    assert_shows_not(t, "changed");
}

static void the_last_who_may_change_roles_is_told_so(void **state)
{
    struct desk_test *t = *state;

    sign_in_by_keys(t, ROLE_ADMIN);
    desk_open_op(t->desk, op_find("role.list"), NULL);
    keys(t, "<wait 1><Enter><wait 1>roles:edit<wait 1> <F2><wait 1><F2><wait 1>");
    assert_shows(t, "Nobody could change roles any more");
    assert_int_equal(role_sets(t), 0);
}

static void who_may_not_change_roles_reads_them(void **state)
{
    struct desk_test *t = *state;

    open_rights(t, ROLE_MANAGER);
    keys(t, " ");
    assert_shows(t, "does not allow changing rights");
    assert_shows_not(t, "1 changed");
    keys(t, "<F2><wait 1>");
    assert_int_equal(role_sets(t), 0);
}

static void a_command_of_the_palette_is_about_this_role(void **state)
{
    struct desk_test *t = *state;

    open_rights(t, ROLE_ADMIN);
    keys(t, "<F9>role's name<Enter><wait 1>");
    assert_shows(t, "Change a role");
    assert_shows(t, "One's own jobs");
    assert_picture(t, "role_form");
    keys(t, "<Tab>Turn wrenches<F2><wait 1>");
    assert_string_equal(ask_text(t->shop, "SELECT says FROM role WHERE id = 3"),
                        "One's own jobsTurn wrenches");
}

static void in_ascii_without_colours_scopes_are_still_told_apart(void **state)
{
    struct desk_test t;

    (void)state;
    desk_test_open_as(&t, 24, 80, (struct theme){.ascii = true, .ascii_only = true});
    sign_in_by_keys(&t, ROLE_ADMIN);
    desk_open_record(t.desk, "role", TECHNICIAN);
    keys(&t, "<wait 1>");
    change_three(&t);
    assert_picture(&t, "role_ascii");
    desk_test_close(&t);
}

static void in_any_size(void **state)
{
    static const char *const sizes[] = {"1x1",    "5x2",    "20x10",  "59x19", "60x20",
                                        "115x24", "116x24", "300x90", "80x24"};
    struct desk_test *t = *state;

    open_rights(t, ROLE_ADMIN);
    change_three(t);
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        char script[60];
        snprintf(script, sizeof script, "<size %s><PgDn> <F2><wait 1><Esc><wait 1>", sizes[i]);
        keys(t, script);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(rights_are_turned_reviewed_and_saved),
        DESK_TEST(typing_finds_rights_by_word_sentence_or_heading),
        DESK_TEST(own_is_passed_over_where_nothing_can_tell_whose_it_is),
        DESK_TEST(leaving_asks_and_keeps_nothing),
        DESK_TEST(what_somebody_else_changed_meanwhile_lies_under_ones_own),
        DESK_TEST(the_password_is_asked_for_again_and_the_change_goes_on),
        DESK_TEST(the_last_who_may_change_roles_is_told_so),
        DESK_TEST(who_may_not_change_roles_reads_them),
        DESK_TEST(a_command_of_the_palette_is_about_this_role),
        cmocka_unit_test(in_ascii_without_colours_scopes_are_still_told_apart),
        DESK_TEST(in_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
