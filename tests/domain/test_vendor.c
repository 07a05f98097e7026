/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "calls.h"

#include "domain/part.h"
#include "domain/vendor.h"

#define HARBOR                                                                                     \
    "{\"name\":\"Harbor Auto Parts\",\"account_number\":\"88-1402\",\"contact\":\"Ruth\","         \
    "\"phone\":\"619-555-0142\",\"email\":\"orders@harbor.example\",\"terms_days\":10}"

static struct vendor given_harbor(struct shop_test *t)
{
    struct vendor vendor;

    expect_ok(t, &vendor_add_op, input_json(t, &vendor_add_op, HARBOR), &vendor);
    return vendor;
}

static struct page find(struct shop_test *t, const char *json)
{
    struct page page;

    expect_ok(t, &vendor_search_op, input_json(t, &vendor_search_op, json), &page);
    return page;
}

static void a_vendor_is_added_with_terms_and_found_by_any_of_it(void **state)
{
    struct shop_test *t = *state;
    const struct vendor vendor = given_harbor(t);

    assert_int_equal(vendor.terms_days, 10);
    assert_int_equal(vendor.lead_days, 1);
    assert_string_equal(vendor.phone, "+16195550142");
    assert_int_equal(find(t, "{\"search\":\"harbor auto\"}").rows.count, 1);
    assert_int_equal(find(t, "{\"search\":\"88-14\"}").rows.count, 1);
    assert_int_equal(find(t, "{\"search\":\"5550142\"}").rows.count, 1);
    assert_int_equal(find(t, "{\"search\":\"ruth\"}").rows.count, 1);
    assert_int_equal(find(t, "{\"search\":\"napa\"}").rows.count, 0);
}

static void the_same_name_in_another_case_is_the_same_vendor(void **state)
{
    struct shop_test *t = *state;

    given_harbor(t);
    expect_status(t, &vendor_add_op,
                  input_json(t, &vendor_add_op, "{\"name\":\"HARBOR auto-parts\"}"), NULL,
                  ERR_INVALID);
    assert_field(t, "name");
    assert_says(t, "There is a vendor “Harbor Auto Parts” already");
    expect_status(t, &vendor_add_op, input_json(t, &vendor_add_op, "{\"name\":\"...\"}"), NULL,
                  ERR_INVALID);
    assert_field(t, "name");
    expect_status(t, &vendor_add_op,
                  input_json(t, &vendor_add_op, "{\"name\":\"Coast\",\"terms_days\":400}"), NULL,
                  ERR_INVALID);
    assert_field(t, "terms_days");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM vendor"), 1);
}

static void a_change_of_a_vendor_who_was_changed_meanwhile_is_stale(void **state)
{
    struct shop_test *t = *state;

    given_harbor(t);
    call(t, &vendor_edit_op, NULL,
         "{\"vendor\":1,\"name\":\"Harbor Parts\",\"terms_days\":15,"
         "\"lead_days\":2,\"revision\":1}");
    refuse(t, &vendor_edit_op, ERR_STALE, "Ada Admin changed this record",
           "{\"vendor\":1,\"name\":\"Harbor Supply\",\"revision\":1}");
    assert_string_equal(ask_text(t, "SELECT name FROM vendor"), "Harbor Parts");
    assert_int_equal(ask_number(t, "SELECT lead_days FROM vendor"), 2);
}

static void a_vendor_with_open_business_is_not_put_away(void **state)
{
    struct shop_test *t = *state;
    const char *key = "{\"vendor\":1}";
    struct vendor vendor;

    given_harbor(t);
    run_sql(t, "INSERT INTO purchase (id, vendor, made_at) VALUES (7, 1, 0)");
    expect_status(t, &vendor_archive_op, input_json(t, &vendor_archive_op, key), NULL,
                  ERR_CONFLICT);
    assert_says(t, "purchase order 7 is not finished");
    run_sql(t, "UPDATE purchase SET state = 'void'");
    run_sql(t, "INSERT INTO bill (vendor, number, billed_on, due_on, total, entered_at)"
               " VALUES (1, '4711', '2026-11-01', '2026-12-01', 500, 0)");
    expect_status(t, &vendor_archive_op, input_json(t, &vendor_archive_op, key), NULL,
                  ERR_CONFLICT);
    assert_says(t, "bill 4711 is not paid");
    run_sql(t, "UPDATE bill SET paid = 500");
    run_sql(t, "INSERT INTO claim (vendor, kind, state, description, quantity, expected, opened_on)"
               " VALUES (1, 'core', 'owed', 'Starter', 1000, 4000, '2026-11-01')");
    expect_status(t, &vendor_archive_op, input_json(t, &vendor_archive_op, key), NULL,
                  ERR_CONFLICT);
    assert_says(t, "a claim for “Starter” is not credited");
    run_sql(t, "DELETE FROM claim");
    expect_ok(t, &vendor_archive_op, input_json(t, &vendor_archive_op, key), &vendor);
    assert_int_not_equal(vendor.archived_at.seconds, 0);
    assert_int_equal(find(t, "{}").rows.count, 0);
    assert_int_equal(find(t, "{\"archived\":true}").rows.count, 1);
    expect_status(t, &vendor_edit_op,
                  input_json(t, &vendor_edit_op, "{\"vendor\":1,\"name\":\"Coast\"}"), NULL,
                  ERR_CONFLICT);
    expect_ok(t, &vendor_restore_op, input_json(t, &vendor_restore_op, key), &vendor);
    assert_int_equal(vendor.archived_at.seconds, 0);
}

static void a_technician_sees_vendors_but_neither_changes_them_nor_what_is_owed(void **state)
{
    struct shop_test *t = *state;
    struct vendor vendor;

    given_harbor(t);
    run_sql(t, "UPDATE vendor SET owes = 12345");
    call(t, &vendor_show_op, &vendor, "{\"vendor\":1}");
    assert_int_equal(vendor.owes.cents, 12345);
    sign_in_as(t, ROLE_TECHNICIAN);
    call(t, &vendor_show_op, &vendor, "{\"vendor\":1}");
    assert_int_equal(vendor.owes.cents, 0);
    expect_status(t, &vendor_add_op, input_json(t, &vendor_add_op, "{\"name\":\"Coast\"}"), NULL,
                  ERR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_vendor_is_added_with_terms_and_found_by_any_of_it),
        SHOP_TEST(the_same_name_in_another_case_is_the_same_vendor),
        SHOP_TEST(a_change_of_a_vendor_who_was_changed_meanwhile_is_stale),
        SHOP_TEST(a_vendor_with_open_business_is_not_put_away),
        SHOP_TEST(a_technician_sees_vendors_but_neither_changes_them_nor_what_is_owed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
