/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "customers.h"

#include "../../src/domain/customer_inner.h"
#include "domain/list.h"

static void refuse_add(struct shop_test *t, const char *json, const char *field, const char *says)
{
    expect_status(t, &customer_add_op, input_json(t, &customer_add_op, json), NULL, ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), 0);
}

static void a_person_stands_under_the_last_name_and_a_company_under_its_own(void **state)
{
    struct shop_test *t = *state;

    assert_string_equal(customer_of(t, given_customer(t, MARIA)).name, "Delgado, Maria");
    assert_string_equal(customer_of(t, given_customer(t, FLEET)).name, "Delano Fleet");
    assert_string_equal(customer_of(t, given_customer(t, "{\"first_name\":\"Ray\"}")).name, "Ray");
}

static void the_record_comes_back_as_it_was_given(void **state)
{
    struct shop_test *t = *state;
    const struct customer_id id = given_customer(
        t, "{\"last_name\":\"O'Brien-Ng 🚗\",\"first_name\":\"José\","
           "\"phones\":[{\"kind\":\"work\",\"number\":\"619.555.0101 x7\",\"note\":\"till five\"},"
           "{\"kind\":\"home\",\"number\":\"6195550102\"}],"
           "\"addresses\":[{\"kind\":\"home\",\"street\":\"1 Ocean Av\",\"zip\":\"92101-0001\"}],"
           "\"terms_days\":30,\"note\":\"Two lines\\nof note\",\"referral\":\"a friend\"}");
    const struct customer c = customer_of(t, id);
    const struct phone *phone = c.phones.at;

    assert_string_equal(c.name, "O'Brien-Ng 🚗, José");
    assert_int_equal(c.phones.count, 2);
    assert_int_equal(phone[0].kind, PHONE_WORK);
    assert_string_equal(phone[0].number, "+16195550101;7");
    assert_string_equal(phone[0].note, "till five");
    assert_string_equal(c.phone, "+16195550101;7");
    assert_int_equal(c.addresses.count, 1);
    assert_string_equal(c.zip, "92101-0001");
    assert_string_equal(c.note, "Two lines\nof note");
    assert_int_equal(c.terms_days, 30);
    assert_int_equal(c.created_at.seconds, SHOP_TEST_NOW);
    assert_int_equal(c.revision, 1);
}

static void a_form_without_rows_gives_the_main_phone_and_address(void **state)
{
    struct shop_test *t = *state;
    const struct customer c = customer_of(t, given_customer(t, MARIA));

    assert_int_equal(c.phones.count, 1);
    assert_string_equal(c.phone, "+16195550142");
    assert_int_equal(c.addresses.count, 1);
    assert_string_equal(c.street, "12 Harbor Dr");
}

static void what_cannot_be_true_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;

    refuse_add(t, "{}", "last_name", "Who is it?");
    refuse_add(t, "{\"last_name\":\"A\",\"email\":\"nobody\"}", "email", "no e-mail address");
    refuse_add(t, "{\"last_name\":\"A\",\"email\":\"a@b@c\"}", "email", "no e-mail address");
    refuse_add(t, "{\"last_name\":\"A\",\"zip\":\"9210\"}", "zip", "no ZIP code");
    refuse_add(t, "{\"last_name\":\"A\",\"addresses\":[{\"zip\":\"92101\"},{\"zip\":\"x\"}]}",
               "addresses.2.zip", "no ZIP code");
    refuse_add(t, "{\"last_name\":\"A\",\"tax_exempt\":true}", "exempt_certificate", "certificate");
    refuse_add(t, "{\"last_name\":\"A\",\"note\":\"card 4242 4242 4242 4242\"}", "note",
               "Card numbers are not kept");
    refuse_add(t, "{\"last_name\":\"A\",\"terms_days\":400}", "terms_days", "at most 365");
}

static void bad_values_are_refused_though_they_come_past_every_form(void **state)
{
    struct shop_test *t = *state;
    struct customer_entry in = {.last_name = "A\x1b[31m", .phone = ""};

    expect_status(t, &customer_add_op, &in, NULL, ERR_INVALID);
    assert_field(t, "last_name");
    in = (struct customer_entry){.last_name = "A", .phone = "12"};
    expect_status(t, &customer_add_op, &in, NULL, ERR_INVALID);
    assert_field(t, "phone");
    in = (struct customer_entry){.last_name = "A", .rate_class = {99}};
    expect_status(t, &customer_add_op, &in, NULL, ERR_INVALID);
    assert_field(t, "rate_class");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer"), 0);
}

static void an_edit_changes_only_what_was_changed(void **state)
{
    struct shop_test *t = *state;
    const struct customer_id id = given_customer(t, MARIA);
    struct customer_entry form = form_of(t, id);
    const int64_t phone_row = ask_number(t, "SELECT max(id) FROM phone");

    run_sql(t, "UPDATE customer SET owes = 1200, credit = 300");
    form.note = "Prefers mornings";
    expect_ok(t, &customer_edit_op, &form, NULL);
    const struct customer c = customer_of(t, id);
    assert_string_equal(c.note, "Prefers mornings");
    assert_string_equal(c.phone, "+16195550142");
    assert_int_equal(c.owes.cents, 1200);
    assert_int_equal(c.credit.cents, 300);
    assert_int_equal(c.revision, 2);
    assert_int_equal(ask_number(t, "SELECT max(id) FROM phone"), phone_row);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'customer.edit' AND "
                                   "changes LIKE '%\"table\":\"phone\"%'"),
                     0);
}

static void a_new_main_phone_replaces_the_first_and_a_known_one_moves_to_the_front(void **state)
{
    struct shop_test *t = *state;
    const struct customer_id id =
        given_customer(t, "{\"last_name\":\"A\",\"phones\":[{\"number\":\"6195550101\"},"
                          "{\"number\":\"6195550102\",\"note\":\"wife\"}]}");
    struct customer_entry form = form_of(t, id);

    form.phone = "+16195550103";
    expect_ok(t, &customer_edit_op, &form, NULL);
    assert_string_equal(customer_of(t, id).phone, "+16195550103");
    assert_int_equal(customer_of(t, id).phones.count, 2);

    form = form_of(t, id);
    form.phone = "+16195550102";
    expect_ok(t, &customer_edit_op, &form, NULL);
    const struct customer c = customer_of(t, id);
    assert_string_equal(c.phone, "+16195550102");
    assert_int_equal(c.phones.count, 2);
    assert_string_equal(((const struct phone *)c.phones.at)[0].note, "wife");

    form = form_of(t, id);
    form.phone = "";
    expect_ok(t, &customer_edit_op, &form, NULL);
    assert_string_equal(customer_of(t, id).phone, "+16195550103");
    assert_int_equal(customer_of(t, id).phones.count, 1);
}

static void a_new_main_address_replaces_the_first(void **state)
{
    struct shop_test *t = *state;
    const struct customer_id id = given_customer(t, MARIA);
    struct customer_entry form = form_of(t, id);

    form.street = "9 Bay St";
    expect_ok(t, &customer_edit_op, &form, NULL);
    assert_string_equal(customer_of(t, id).street, "9 Bay St");
    assert_string_equal(customer_of(t, id).city, "San Diego");
    assert_int_equal(customer_of(t, id).addresses.count, 1);
    form = form_of(t, id);
    form.street = form.city = form.state = form.zip = "";
    expect_ok(t, &customer_edit_op, &form, NULL);
    assert_int_equal(customer_of(t, id).addresses.count, 0);
}

static void the_second_of_two_edits_is_told_who_was_faster(void **state)
{
    struct shop_test *t = *state;
    const struct customer_id id = given_customer(t, MARIA);
    struct customer_entry mine = form_of(t, id);
    struct customer_entry theirs = mine;

    sign_in_as(t, ROLE_MANAGER);
    theirs.note = "theirs";
    expect_ok(t, &customer_edit_op, &theirs, NULL);
    sign_in_as(t, ROLE_ADMIN);
    mine.note = "mine";
    expect_status(t, &customer_edit_op, &mine, NULL, ERR_STALE);
    assert_says(t, "Ann Walsh changed this record meanwhile (24 Nov 2026 10:42)");
    assert_string_equal(customer_of(t, id).note, "theirs");
}

static void consent_says_when_and_by_whom(void **state)
{
    struct shop_test *t = *state;
    const struct customer_id id = given_customer(t, MARIA);
    struct customer_entry form;

    assert_int_equal(customer_of(t, id).consent_at.seconds, 0);
    sign_in_as(t, ROLE_MANAGER);
    form = form_of(t, id);
    form.text_consent = true;
    expect_ok(t, &customer_edit_op, &form, NULL);
    assert_int_equal(customer_of(t, id).consent_at.seconds, SHOP_TEST_NOW);
    assert_int_equal(ask_number(t, "SELECT consent_by FROM customer"), t->users[ROLE_MANAGER].v);

    sign_in_as(t, ROLE_ADMIN);
    t->session.clock.fixed += 60;
    form = form_of(t, id);
    form.note = "another matter";
    expect_ok(t, &customer_edit_op, &form, NULL);
    assert_int_equal(customer_of(t, id).consent_at.seconds, SHOP_TEST_NOW);
    assert_int_equal(ask_number(t, "SELECT consent_by FROM customer"), t->users[ROLE_MANAGER].v);
}

static void an_archived_customer_is_out_of_the_lists_until_restored(void **state)
{
    struct shop_test *t = *state;
    const struct customer_key key = {given_customer(t, MARIA)};
    struct customer_entry form = form_of(t, key.customer);
    struct customer_search search = {.query = {.search = "delg"}};
    struct page page;

    expect_ok(t, &customer_archive_op, &key, NULL);
    expect_ok(t, &customer_search_op, &search, &page);
    assert_int_equal(page.rows.count, 0);
    search.archived = true;
    expect_ok(t, &customer_search_op, &search, &page);
    assert_int_equal(page.rows.count, 1);
    form.revision = 0;
    expect_status(t, &customer_edit_op, &form, NULL, ERR_CONFLICT);
    assert_says(t, "Delgado, Maria is archived. Restore the customer first.");

    expect_ok(t, &customer_restore_op, &key, NULL);
    search.archived = false;
    expect_ok(t, &customer_search_op, &search, &page);
    assert_int_equal(page.rows.count, 1);
}

static void a_customer_with_open_work_or_a_debt_is_not_archived(void **state)
{
    struct shop_test *t = *state;
    const struct customer_key key = {given_customer(t, MARIA)};

    run_sql(t, "INSERT INTO repair_order (id, customer, opened_at) VALUES (10412, 1, 1)");
    expect_status(t, &customer_archive_op, &key, NULL, ERR_CONFLICT);
    assert_says(t, "RO 10412");
    run_sql(t, "UPDATE repair_order SET state = 'paid'");
    run_sql(t, "UPDATE customer SET owes = 123456");
    expect_status(t, &customer_archive_op, &key, NULL, ERR_CONFLICT);
    assert_says(t, "owes 1,234.56");
    assert_int_equal(customer_of(t, key.customer).archived_at.seconds, 0);
}

static void the_list_is_searched_and_sorted(void **state)
{
    struct shop_test *t = *state;
    struct customer_search search = {.query = {.sort = "owes", .descending = true}};
    struct page page;

    given_customer(t, MARIA);
    given_customer(t, FLEET);
    run_sql(t, "UPDATE customer SET owes = id * 100, last_visit_on = '2026-11-0' || id");
    expect_ok(t, &customer_search_op, &search, &page);
    const struct customer_row *rows = page.rows.at;
    assert_int_equal(page.rows.count, 2);
    assert_string_equal(rows[0].name, "Delano Fleet");
    assert_string_equal(rows[0].phone, "+16195550188");
    assert_string_equal(rows[1].city, "San Diego");
    search = (struct customer_search){.query = {.search = "ames"}};
    expect_ok(t, &customer_search_op, &search, &page);
    rows = page.rows.at;
    assert_int_equal(page.rows.count, 1);
    assert_string_equal(rows[0].name, "Delano Fleet");
}

static void the_log_keeps_what_was_said(void **state)
{
    struct shop_test *t = *state;
    const struct customer_id maria = given_customer(t, MARIA);
    struct contact_entry entry = {.customer = maria,
                                  .channel = CHANNEL_TEXT,
                                  .direction = DIRECTION_OUT,
                                  .summary = "Car is ready"};
    const struct contact_list list = {.customer = maria};
    struct page page;

    given_customer(t, FLEET);
    run_sql(t, "INSERT INTO repair_order (id, customer, opened_at) VALUES (10412, 2, 1)");
    expect_ok(t, &customer_contact_add_op, &entry, NULL);
    expect_ok(t, &customer_contact_list_op, &list, &page);
    const struct contact_row *row = page.rows.at;
    assert_int_equal(page.rows.count, 1);
    assert_string_equal(row->summary, "Car is ready");
    assert_string_equal(row->user_name, "Ada Admin");
    assert_int_equal(row->channel, CHANNEL_TEXT);

    entry.order = (struct order_id){10412};
    expect_status(t, &customer_contact_add_op, &entry, NULL, ERR_INVALID);
    assert_says(t, "RO 10412 is not one of Delgado, Maria");
    entry.order = (struct order_id){77};
    expect_status(t, &customer_contact_add_op, &entry, NULL, ERR_INVALID);
}

static void a_technician_sees_the_customers_of_his_own_jobs_only(void **state)
{
    struct shop_test *t = *state;
    struct customer_key key = {given_customer(t, MARIA)};
    struct customer_search search = {.query = {.limit = 10}};
    struct page page;

    given_customer(t, FLEET);
    run_sql(t, "INSERT INTO repair_order (id, customer, opened_at) VALUES (1, 1, 1)");
    run_sql(t, "INSERT INTO job (repair_order, position, title, technician) VALUES (1, 1, 'x', 3)");
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_ok(t, &customer_show_op, &key, NULL);
    expect_ok(t, &customer_search_op, &search, &page);
    assert_int_equal(page.rows.count, 1);
    key.customer.v = 2;
    expect_status(t, &customer_show_op, &key, NULL, ERR_DENIED);
    expect_status(t, &customer_archive_op, &key, NULL, ERR_DENIED);
}

static void balances_move_without_disturbing_an_open_form(void **state)
{
    struct shop_test *t = *state;
    const struct customer_id id = given_customer(t, MARIA);

    assert_int_equal(customer_move_balance(&t->session, id, USD(10, 0), USD(3, 0)), OK);
    assert_int_equal(customer_move_balance(&t->session, id, USD(-4, 0), USD(0, 0)), OK);
    assert_int_equal(customer_of(t, id).owes.cents, 600);
    assert_int_equal(customer_of(t, id).credit.cents, 300);
    assert_int_equal(customer_of(t, id).revision, 1);
    assert_int_equal(
        customer_move_balance(&t->session, (struct customer_id){9}, USD(1, 0), USD(0, 0)),
        ERR_NOT_FOUND);
}

static void no_list_scans_a_big_table(void **state)
{
    struct shop_test *t = *state;
    const char *sql;

    for (size_t i = 0; (sql = list_sql(customer_search_op.lists, i, &t->arena)) != NULL; i++)
        if (strstr(sql, "count(*)") == NULL || strstr(sql, "lookup") != NULL)
            assert_no_scan(t, sql, "c");
    for (size_t i = 0; (sql = list_sql(customer_contact_list_op.lists, i, &t->arena)) != NULL; i++)
        assert_no_scan(t, sql, "k");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_person_stands_under_the_last_name_and_a_company_under_its_own),
        SHOP_TEST(the_record_comes_back_as_it_was_given),
        SHOP_TEST(a_form_without_rows_gives_the_main_phone_and_address),
        SHOP_TEST(what_cannot_be_true_is_refused_at_its_field),
        SHOP_TEST(bad_values_are_refused_though_they_come_past_every_form),
        SHOP_TEST(an_edit_changes_only_what_was_changed),
        SHOP_TEST(a_new_main_phone_replaces_the_first_and_a_known_one_moves_to_the_front),
        SHOP_TEST(a_new_main_address_replaces_the_first),
        SHOP_TEST(the_second_of_two_edits_is_told_who_was_faster),
        SHOP_TEST(consent_says_when_and_by_whom),
        SHOP_TEST(an_archived_customer_is_out_of_the_lists_until_restored),
        SHOP_TEST(a_customer_with_open_work_or_a_debt_is_not_archived),
        SHOP_TEST(the_list_is_searched_and_sorted),
        SHOP_TEST(the_log_keeps_what_was_said),
        SHOP_TEST(a_technician_sees_the_customers_of_his_own_jobs_only),
        SHOP_TEST(balances_move_without_disturbing_an_open_form),
        SHOP_TEST(no_list_scans_a_big_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
