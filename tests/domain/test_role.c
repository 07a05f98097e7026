/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Roles of one's own, all rights of a role at once, and the last person who may change them. */

#include "calls.h"

#include "domain/setting.h"

static struct role_page role_of(struct shop_test *t, int64_t id)
{
    struct role_page page;

    expect_ok(t, &role_show_op, &(struct role_key){{id}}, &page);
    return page;
}

static enum scope scope_of(const struct role_page *role, enum right right)
{
    return ((const struct role_right *)role->rights.at)[right - 1].scope;
}

static void put_scope(struct role_page *role, enum right right, enum scope scope)
{
    ((struct role_right *)role->rights.at)[right - 1].scope = scope;
}

static struct role_set as_set(const struct role_page *role)
{
    return (struct role_set){role->id, role->revision, role->rights};
}

static struct role_page given_role(struct shop_test *t, const char *json)
{
    struct role_page page;

    expect_ok(t, &role_add_op, input_json(t, &role_add_op, json), &page);
    return page;
}

static void a_role_of_ones_own_begins_like_another(void **state)
{
    struct shop_test *t = *state;

    const struct role_page writer =
        given_role(t, "{\"name\":\"service writer\",\"says\":\"Writes up\",\"like\":2}");
    const struct role_page manager = role_of(t, 2);
    assert_false(writer.seeded);
    assert_int_equal(writer.holders.count, 0);
    for (unsigned right = 1; right < RIGHT_COUNT; right++)
        assert_int_equal(scope_of(&writer, right), scope_of(&manager, right));

    expect_status(t, &role_add_op, input_json(t, &role_add_op, "{\"name\":\"Manager\"}"), NULL,
                  ERR_INVALID);
    assert_field(t, "name");
    expect_status(t, &role_add_op, input_json(t, &role_add_op, "{\"name\":\"x\",\"like\":99}"),
                  NULL, ERR_INVALID);
    assert_field(t, "like");
}

static void a_role_from_scratch_lets_people_sign_out_and_nothing_else(void **state)
{
    struct shop_test *t = *state;

    const struct role_page role = given_role(t, "{\"name\":\"trainee\"}");
    for (unsigned right = 1; right < RIGHT_COUNT; right++)
        assert_int_equal(scope_of(&role, right), right == RIGHT_SELF ? SCOPE_ALL : SCOPE_NO);
}

static void all_rights_are_set_at_once_in_one_audit_row(void **state)
{
    struct shop_test *t = *state;
    struct role_page role = role_of(t, 4), after;
    struct role_preview preview;

    put_scope(&role, RIGHT_CUSTOMERS_EDIT, SCOPE_ALL);
    put_scope(&role, RIGHT_INVOICES_VIEW, SCOPE_OWN);
    put_scope(&role, RIGHT_LEDGER_VIEW, SCOPE_NO);
    const struct role_set in = as_set(&role);
    expect_ok(t, &role_preview_op, &in, &preview);
    assert_int_equal(preview.changes.count, 3);
    assert_int_equal(preview.people, 1);
    const struct role_change *changes = preview.changes.at;
    assert_string_equal(changes[1].right, "invoices:view");
    assert_int_equal(changes[1].before, SCOPE_ALL);
    assert_int_equal(changes[1].after, SCOPE_OWN);
    assert_int_equal(role_of(t, 4).revision, role.revision);

    expect_ok(t, &role_set_op, &in, &after);
    assert_int_equal(after.revision, role.revision + 1);
    assert_int_equal(scope_of(&after, RIGHT_CUSTOMERS_EDIT), SCOPE_ALL);
    assert_int_equal(scope_of(&after, RIGHT_INVOICES_VIEW), SCOPE_OWN);
    assert_int_equal(scope_of(&after, RIGHT_LEDGER_VIEW), SCOPE_NO);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'role.set'"), 1);
    const char *row = ask_text(t, "SELECT changes FROM audit WHERE op = 'role.set'");
    assert_non_null(strstr(row, "ledger:view"));
    assert_non_null(strstr(row, "customers:edit"));
    assert_null(strstr(row, "payments:take"));

    sign_in_as(t, ROLE_ACCOUNTANT);
    assert_true(right_set_has(&t->session.rights_all, RIGHT_CUSTOMERS_EDIT));
    assert_false(right_set_has(&t->session.rights, RIGHT_LEDGER_VIEW));
    assert_false(right_set_has(&t->session.rights_all, RIGHT_INVOICES_VIEW));
}

static void a_change_of_rights_that_were_read_too_long_ago_is_stale(void **state)
{
    struct shop_test *t = *state;
    struct role_page mine = role_of(t, 4), theirs = role_of(t, 4);

    put_scope(&theirs, RIGHT_CUSTOMERS_EDIT, SCOPE_ALL);
    const struct role_set first = as_set(&theirs), second = as_set(&mine);
    expect_ok(t, &role_set_op, &first, NULL);
    expect_status(t, &role_set_op, &second, NULL, ERR_STALE);
    expect_status(t, &role_preview_op, &second, NULL, ERR_STALE);
    const struct role_page after = role_of(t, 4);
    assert_int_equal(scope_of(&after, RIGHT_CUSTOMERS_EDIT), SCOPE_ALL);

    const struct role_set unread = {mine.id, 0, mine.rights};
    expect_status(t, &role_set_op, &unread, NULL, ERR_INVALID);
    assert_field(t, "revision");
}

static void setting_what_is_there_already_changes_nothing(void **state)
{
    struct shop_test *t = *state;
    struct role_page role = role_of(t, 3), after;
    const struct role_set in = as_set(&role);

    expect_ok(t, &role_set_op, &in, &after);
    assert_int_equal(after.revision, role.revision);
}

static void own_is_refused_where_nothing_can_tell_whose_it_is(void **state)
{
    struct shop_test *t = *state;
    struct role_page role = role_of(t, 4);

    put_scope(&role, RIGHT_SETTINGS_VIEW, SCOPE_OWN);
    const struct role_set in = as_set(&role);
    expect_status(t, &role_set_op, &in, NULL, ERR_INVALID);
    assert_says(t, "whose a record is");
    const struct role_grant grant = {{4}, "parts:view", SCOPE_OWN};
    expect_status(t, &role_grant_op, &grant, NULL, ERR_INVALID);
    assert_field(t, "scope");
    const struct role_grant self = {{4}, "self:use", SCOPE_NO};
    expect_status(t, &role_grant_op, &self, NULL, ERR_INVALID);

    /* What is seeded keeps to it. */
    for (unsigned right = 1; right < RIGHT_COUNT; right++) {
        const struct right_row *row = &right_table[right];
        const bool is_own = row->manager == SCOPE_OWN || row->technician == SCOPE_OWN ||
                            row->accountant == SCOPE_OWN || row->customer == SCOPE_OWN;
        if (is_own && !right_can_be_own(right))
            fail_msg("%s is seeded for one's own, which nothing can tell", row->word);
    }
}

static void rights_nobody_knows_or_named_twice_are_refused(void **state)
{
    struct shop_test *t = *state;
    const char *json = "{\"id\":4,\"revision\":1,\"rights\":[{\"right\":\"cars:paint\","
                       "\"scope\":\"all\"}]}";

    expect_status(t, &role_set_op, input_json(t, &role_set_op, json), NULL, ERR_INVALID);
    assert_says(t, "cars:paint");
    json = "{\"id\":4,\"revision\":1,\"rights\":[{\"right\":\"self:use\",\"scope\":\"all\"},"
           "{\"right\":\"self:use\",\"scope\":\"all\"}]}";
    expect_status(t, &role_set_op, input_json(t, &role_set_op, json), NULL, ERR_INVALID);
    assert_says(t, "twice");
}

static void a_role_is_removed_when_nobody_has_it_and_it_is_the_shops_own(void **state)
{
    struct shop_test *t = *state;
    const struct role_page role = given_role(t, "{\"name\":\"trainee\"}");
    const struct role_key key = {role.id};

    run_sql(t, "UPDATE user SET role = 6, disabled_at = 1 WHERE id = 3");
    expect_status(t, &role_remove_op, &key, NULL, ERR_CONFLICT);
    assert_says(t, "Mo Haddad has this role");
    run_sql(t, "UPDATE user SET role = 6 WHERE id = 4");
    expect_status(t, &role_remove_op, &key, NULL, ERR_CONFLICT);
    assert_says(t, "2 people");
    run_sql(t, "UPDATE user SET role = 3 WHERE role = 6");
    expect_ok(t, &role_remove_op, &key, NULL);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM role_right WHERE role = 6"), 0);
    expect_status(t, &role_remove_op, &(struct role_key){{5}}, NULL, ERR_CONFLICT);
    assert_says(t, "came with Pitlane");
}

static void a_role_is_renamed_but_not_one_that_came_with_pitlane(void **state)
{
    struct shop_test *t = *state;
    const struct role_page role = given_role(t, "{\"name\":\"trainee\"}");
    struct role_page after;

    struct role_edit in = {role.id, "apprentice", "First year", true, role.revision};
    expect_ok(t, &role_edit_op, &in, &after);
    assert_string_equal(after.name, "apprentice");
    assert_true(after.needs_second_factor);
    expect_status(t, &role_edit_op, &in, NULL, ERR_STALE);
    in = (struct role_edit){{3}, "wrench", "", false, 0};
    expect_status(t, &role_edit_op, &in, NULL, ERR_INVALID);
    in = (struct role_edit){{3}, "technician", "Their jobs", false, 0};
    expect_ok(t, &role_edit_op, &in, &after);
}

/* By whatever way: the right, the role, or switching off. */
static void somebody_can_always_change_roles(void **state)
{
    struct shop_test *t = *state;
    struct role_page admin = role_of(t, 1);

    put_scope(&admin, RIGHT_ROLES_EDIT, SCOPE_NO);
    const struct role_set in = as_set(&admin);
    expect_status(t, &role_set_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "Nobody could change roles");
    const struct role_page after = role_of(t, 1);
    assert_int_equal(scope_of(&after, RIGHT_ROLES_EDIT), SCOPE_ALL);

    /* Somebody else who is switched off does not count, an active one does. */
    const struct role_grant manager = {{2}, "roles:edit", SCOPE_ALL};
    expect_ok(t, &role_grant_op, &manager, NULL);
    run_sql(t, "UPDATE user SET disabled_at = 1 WHERE id = 2");
    expect_status(t, &role_set_op, &in, NULL, ERR_CONFLICT);
    run_sql(t, "UPDATE user SET disabled_at = NULL WHERE id = 2");
    expect_ok(t, &role_set_op, &in, NULL);
    expect_status(t, &role_show_op, &(struct role_key){{1}}, NULL, OK);
    expect_status(t, &role_grant_op, &manager, NULL, ERR_DENIED);
}

static void who_holds_a_right_is_listed(void **state)
{
    struct shop_test *t = *state;
    struct right_page right;
    struct page page;

    expect_ok(t, &right_show_op, &(struct right_key){"payments:take"}, &right);
    assert_int_equal(right.roles.count, 3);
    assert_int_equal(right.people, 3);
    assert_string_equal(right.group, "Payments");
    assert_false(right.own_possible);
    expect_status(t, &right_show_op, &(struct right_key){"x:y"}, NULL, ERR_NOT_FOUND);

    call(t, &right_list_op, &page, "{\"limit\":500}");
    assert_int_equal(page.rows.count, RIGHT_COUNT - 1);
    call(t, &right_list_op, &page, "{\"search\":\"roles\"}");
    assert_int_equal(page.rows.count, 1);

    const struct role_page manager = role_of(t, 2);
    assert_int_equal(manager.holders.count, 1);
    assert_string_equal(((const struct role_holder *)manager.holders.at)->name, "Ann Walsh");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_role_of_ones_own_begins_like_another),
        SHOP_TEST(a_role_from_scratch_lets_people_sign_out_and_nothing_else),
        SHOP_TEST(all_rights_are_set_at_once_in_one_audit_row),
        SHOP_TEST(a_change_of_rights_that_were_read_too_long_ago_is_stale),
        SHOP_TEST(setting_what_is_there_already_changes_nothing),
        SHOP_TEST(own_is_refused_where_nothing_can_tell_whose_it_is),
        SHOP_TEST(rights_nobody_knows_or_named_twice_are_refused),
        SHOP_TEST(a_role_is_removed_when_nobody_has_it_and_it_is_the_shops_own),
        SHOP_TEST(a_role_is_renamed_but_not_one_that_came_with_pitlane),
        SHOP_TEST(somebody_can_always_change_roles),
        SHOP_TEST(who_holds_a_right_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
