/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "customers.h"

#include "../../src/domain/vehicle_inner.h"
#include "domain/vin.h"

#define CAR                                                                                        \
    "{\"customer\":1,\"plate\":\"7abc 123\",\"plate_state\":\"ca\",\"year\":2014,"                 \
    "\"make\":\"Honda\",\"model\":\"Accord\",\"trim\":\"EX-L\",\"odometer_mi\":112340}"

static struct vehicle given_vehicle(struct shop_test *t, const char *json)
{
    struct vehicle out;

    expect_ok(t, &vehicle_add_op, input_json(t, &vehicle_add_op, json), &out);
    return out;
}

static struct vehicle vehicle_of(struct shop_test *t, struct vehicle_id id)
{
    const struct vehicle_key key = {id};
    struct vehicle out;

    expect_ok(t, &vehicle_show_op, &key, &out);
    return out;
}

static struct vehicle_entry form_of_vehicle(struct shop_test *t, struct vehicle_id id)
{
    const struct vehicle vehicle = vehicle_of(t, id);
    struct vehicle_entry entry = {.vehicle = id};

    shape_tidy(vehicle_edit_op.in, &entry);
    shape_transfer(&vehicle_shape, &vehicle, vehicle_edit_op.in, &entry);
    return entry;
}

static void refuse_add(struct shop_test *t, const char *json, const char *field, const char *says)
{
    expect_status(t, &vehicle_add_op, input_json(t, &vehicle_add_op, json), NULL, ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
}

/* A VIN of the demo's kind, and what it says. */
static struct vin_facts some_vin(struct shop_test *t)
{
    struct vin_facts facts;

    vin_compose(7, &t->arena, &facts);
    return facts;
}

static void a_vehicle_comes_back_as_it_was_given(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, MARIA);
    const struct vehicle v = vehicle_of(t, given_vehicle(t, CAR).id);
    assert_string_equal(v.name, "2014 Honda Accord EX-L");
    assert_string_equal(v.customer_name, "Delgado, Maria");
    assert_string_equal(v.plate, "7ABC123");
    assert_string_equal(v.plate_state, "CA");
    assert_int_equal(v.odometer_mi, 112340);
    assert_string_equal(v.odometer_on.iso, "2026-11-24");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM vehicle_owner WHERE vehicle = 1 AND"
                                   " customer = 1 AND since_on = '2026-11-24'"),
                     1);
}

static const char *plate_state_of(struct shop_test *t, const char *typed)
{
    return vehicle_of(t, given_vehicle(t, arena_printf(&t->arena,
                                                       "{\"customer\":1,\"make\":\"Ford\","
                                                       "\"plate_state\":\"%s\"}",
                                                       typed))
                             .id)
        .plate_state;
}

static void a_plates_state_is_known_by_code_name_and_beginning(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, MARIA);
    assert_string_equal(plate_state_of(t, ""), "");
    assert_string_equal(plate_state_of(t, " n.y. "), "NY");
    assert_string_equal(plate_state_of(t, "California"), "CA");
    assert_string_equal(plate_state_of(t, "calif"), "CA");
    assert_string_equal(plate_state_of(t, "Quebec"), "QC");
    assert_string_equal(plate_state_of(t, "baja california"), "BCN");
    assert_string_equal(plate_state_of(t, "bcs"), "BCS");
    assert_string_equal(plate_state_of(t, "other"), "OTHER");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM plate_state"), 104);
}

static void a_plates_state_that_is_none_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;
    static const char *const none[] = {"XZ", "new", "c", "7ABC123"};

    given_customer(t, MARIA);
    for (size_t i = 0; i < COUNT_OF(none); i++)
        refuse_add(t,
                   arena_printf(&t->arena,
                                "{\"customer\":1,\"make\":\"Ford\",\"plate_state\":\"%s\"}",
                                none[i]),
                   "plate_state", "is no state or province");
    /* What an older file has left there does not stand in the way of another change. */
    const struct vehicle v = given_vehicle(t, CAR);
    run_sql(t, "UPDATE vehicle SET plate_state = 'BAJA'");
    expect_ok(t, &vehicle_edit_op,
              input_json(t, &vehicle_edit_op,
                         arena_printf(&t->arena,
                                      "{\"vehicle\":%lld,\"make\":\"Honda\",\"plate_state\":"
                                      "\"BAJA\"}",
                                      (long long)v.id.v)),
              NULL);
}

static void a_vin_fills_in_what_the_form_leaves_empty(void **state)
{
    struct shop_test *t = *state;
    const struct vin_facts facts = some_vin(t);

    given_customer(t, MARIA);
    const struct vehicle v =
        given_vehicle(t, arena_printf(&t->arena, "{\"customer\":1,\"vin\":\"%s\"}", facts.vin));
    assert_string_equal(v.vin, facts.vin);
    assert_int_equal(v.year, facts.year);
    assert_string_equal(v.make, facts.make);
    assert_string_equal(v.model, facts.model);
    assert_string_equal(v.body, facts.body);
    assert_string_equal(v.engine, facts.engine);
    assert_string_equal(v.vin_note, "");
    assert_true(v.odometer_mi == NUMBER_NONE);
}

static void what_the_form_says_stays(void **state)
{
    struct shop_test *t = *state;
    const struct vin_facts facts = some_vin(t);

    given_customer(t, MARIA);
    const struct vehicle v = given_vehicle(
        t, arena_printf(&t->arena,
                        "{\"customer\":1,\"vin\":\"%s\",\"year\":1999,\"make\":\"Kit\","
                        "\"model\":\"Car\"}",
                        facts.vin));
    assert_string_equal(v.name, "1999 Kit Car");
    assert_string_equal(v.body, facts.body);
}

static void a_wrong_check_digit_warns_and_never_refuses(void **state)
{
    struct shop_test *t = *state;
    const struct vin_facts facts = some_vin(t);
    char *wrong = arena_text(&t->arena, facts.vin);

    given_customer(t, MARIA);
    wrong[8] = wrong[8] == '1' ? '2' : '1';
    const struct vehicle v =
        given_vehicle(t, arena_printf(&t->arena, "{\"customer\":1,\"vin\":\"%s\"}", wrong));
    assert_string_equal(v.vin, wrong);
    assert_string_not_equal(v.vin_note, "");
    const struct vehicle old =
        given_vehicle(t, "{\"customer\":1,\"vin\":\"124379N587\",\"make\":\"Chevrolet\"}");
    assert_string_equal(old.vin, "124379N587");
    assert_string_not_equal(old.vin_note, "");
}

static void a_vin_is_on_one_active_vehicle_only(void **state)
{
    struct shop_test *t = *state;
    const char *vin = some_vin(t).vin;
    const char *json = arena_printf(&t->arena, "{\"customer\":1,\"vin\":\"%s\"}", vin);

    given_customer(t, MARIA);
    const struct vehicle_key first = {given_vehicle(t, json).id};
    refuse_add(t, json, "vin", "of Delgado, Maria");
    expect_ok(t, &vehicle_archive_op, &first, NULL);
    given_vehicle(t, json);
    expect_status(t, &vehicle_restore_op, &first, NULL, ERR_INVALID);
    assert_field(t, "vin");
}

static void what_cannot_be_true_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;
    const struct vehicle_key key = {{1}};

    given_customer(t, MARIA);
    refuse_add(t, "{\"customer\":1}", "make", "Which vehicle is it?");
    const struct vehicle_entry future = {.customer = {1}, .make = "x", .year = 3000};
    expect_status(t, &vehicle_add_op, &future, NULL, ERR_INVALID);
    assert_field(t, "year");
    expect_status(t, &vehicle_add_op,
                  input_json(t, &vehicle_add_op, "{\"customer\":9,\"make\":\"x\"}"), NULL,
                  ERR_NOT_FOUND);
    run_sql(t, "UPDATE customer SET archived_at = 1");
    expect_status(t, &vehicle_add_op, input_json(t, &vehicle_add_op, CAR), NULL, ERR_CONFLICT);
    assert_says(t, "Delgado, Maria is archived");
    expect_status(t, &vehicle_show_op, &key, NULL, ERR_NOT_FOUND);
}

static void an_odometer_that_runs_backwards_needs_a_reason(void **state)
{
    struct shop_test *t = *state;
    struct vehicle_odometer reading = {.odometer_mi = 112000};

    given_customer(t, MARIA);
    reading.vehicle = given_vehicle(t, CAR).id;
    expect_status(t, &vehicle_odometer_op, &reading, NULL, ERR_INVALID);
    assert_field(t, "odometer_mi");
    assert_says(t, "112000 mi is less than the 112340 mi read on 24 Nov 2026");
    assert_says(t, "give the reason");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM odometer"), 1);
    reading.odometer_reason = "new cluster";
    expect_ok(t, &vehicle_odometer_op, &reading, NULL);
    assert_int_equal(vehicle_of(t, reading.vehicle).odometer_mi, 112000);
    assert_string_equal(ask_text(t, "SELECT reason FROM odometer WHERE id = 2"), "new cluster");
    reading = (struct vehicle_odometer){.vehicle = reading.vehicle, .odometer_mi = 112100};
    expect_ok(t, &vehicle_odometer_op, &reading, NULL);
}

static void an_edit_renames_and_tells_who_was_faster(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, MARIA);
    const struct vehicle_id id = given_vehicle(t, CAR).id;
    struct vehicle_entry form = form_of_vehicle(t, id);
    form.trim = "Sport";
    expect_ok(t, &vehicle_edit_op, &form, NULL);
    assert_string_equal(vehicle_of(t, id).name, "2014 Honda Accord Sport");
    assert_int_equal(vehicle_of(t, id).odometer_mi, 112340);
    expect_status(t, &vehicle_edit_op, &form, NULL, ERR_STALE);
    assert_says(t, "Ada Admin changed this record");
}

static void a_change_of_owner_keeps_the_history(void **state)
{
    struct shop_test *t = *state;
    struct vehicle_change_owner change = {.since_on = {"2026-11-23"}};
    struct vehicle_history history;

    given_customer(t, MARIA);
    change.customer = given_customer(t, FLEET);
    change.vehicle = given_vehicle(t, CAR).id;
    run_sql(t, "UPDATE vehicle_owner SET since_on = '2020-01-01'");
    expect_ok(t, &vehicle_change_owner_op, &change, NULL);
    assert_string_equal(vehicle_of(t, change.vehicle).customer_name, "Delano Fleet");
    const struct vehicle_key key = {change.vehicle};
    expect_ok(t, &vehicle_history_op, &key, &history);
    const struct owner_row *owner = history.owners.at;
    assert_int_equal(history.owners.count, 2);
    assert_string_equal(owner[0].customer_name, "Delano Fleet");
    assert_string_equal(owner[0].until_on.iso, "");
    assert_string_equal(owner[1].customer_name, "Delgado, Maria");
    assert_string_equal(owner[1].until_on.iso, "2026-11-23");

    expect_status(t, &vehicle_change_owner_op, &change, NULL, ERR_INVALID);
    assert_field(t, "customer");
    change = (struct vehicle_change_owner){change.vehicle, {1}, {"2019-01-01"}};
    expect_status(t, &vehicle_change_owner_op, &change, NULL, ERR_INVALID);
    assert_field(t, "since_on");
    change.since_on = (struct day){"2026-11-25"};
    expect_status(t, &vehicle_change_owner_op, &change, NULL, ERR_INVALID);
    assert_says(t, "a day to come");
}

static void given_visits(struct shop_test *t)
{
    given_customer(t, MARIA);
    given_vehicle(t, CAR);
    run_sql(t, "INSERT INTO repair_order (id, customer, vehicle, state, opened_at, odometer_in_mi)"
               " VALUES (10001, 1, 1, 'paid', 1700000000, 100000),"
               " (10002, 1, 1, 'in_progress', 1795545720, NULL), (10003, 1, 1, 'void', 1, NULL)");
    run_sql(t, "INSERT INTO job (repair_order, position, title, state, amount, technician,"
               " decided_on, reason, resolved) VALUES"
               " (10001, 1, 'Oil', 'done', 5000, 3, NULL, '', 'open'),"
               " (10001, 2, 'Shocks', 'declined', 61200, NULL, '2023-11-14', 'too dear', 'open'),"
               " (10001, 3, 'Belt', 'deferred', 9000, NULL, '2023-11-14', '', 'added'),"
               " (10002, 1, 'Brakes', 'draft', 100, NULL, NULL, '', 'open'),"
               " (10003, 1, 'Gone', 'done', 1, NULL, NULL, '', 'open')");
}

static void the_history_shows_what_was_done_and_declined(void **state)
{
    struct shop_test *t = *state;
    const struct vehicle_key key = {{1}};
    struct vehicle_history history;

    given_visits(t);
    expect_ok(t, &vehicle_history_op, &key, &history);
    const struct history_row *row = history.visits.at;
    assert_string_equal(history.vehicle.name, "2014 Honda Accord EX-L");
    assert_int_equal(history.visits.count, 3);
    assert_string_equal(row[0].title, "Oil");
    assert_string_equal(row[0].technician, "Mo Haddad");
    assert_string_equal(row[0].day.iso, "2023-11-14");
    assert_int_equal(row[0].odometer_mi, 100000);
    assert_string_equal(row[1].state, "declined");
    assert_int_equal(history.odometer.count, 1);
}

static void open_declined_jobs_are_listed(void **state)
{
    struct shop_test *t = *state;
    const struct declined_list list = {.vehicle = {1}};
    struct page page;

    given_visits(t);
    expect_ok(t, &vehicle_decline_list_op, &list, &page);
    assert_int_equal(page.rows.count, 1);
}

static void vehicles_are_found_by_name_plate_vin_and_unit(void **state)
{
    struct shop_test *t = *state;
    const char *vin = some_vin(t).vin;
    const char *const typed[] = {"7abc", "7ABC-123", "honda acc", "accord",
                                 vin,    vin + 9,    "unit 14",   "14"};
    struct page page;

    given_customer(t, MARIA);
    given_vehicle(t, arena_printf(&t->arena,
                                  "{\"customer\":1,\"plate\":\"7ABC-123\",\"make\":\"Honda\","
                                  "\"model\":\"Accord\",\"unit_number\":\"14\",\"vin\":\"%s\"}",
                                  vin));
    given_vehicle(t, "{\"customer\":1,\"make\":\"Ford\",\"model\":\"Transit\"}");
    for (size_t i = 0; i < COUNT_OF(typed); i++) {
        const struct vehicle_search search = {.query = {.search = typed[i]}};
        expect_ok(t, &vehicle_search_op, &search, &page);
        if (page.rows.count != 1)
            fail_msg("“%s” finds %zu", typed[i], page.rows.count);
        assert_int_equal(((const struct vehicle_row *)page.rows.at)->id.v, 1);
    }
}

static void one_customers_vehicles_are_listed_alone(void **state)
{
    struct shop_test *t = *state;
    struct vehicle_search search = {.customer = {2}};
    struct page page;

    given_customer(t, MARIA);
    given_customer(t, FLEET);
    given_vehicle(t, CAR);
    given_vehicle(t, "{\"customer\":2,\"make\":\"Ford\",\"model\":\"Transit\"}");
    expect_ok(t, &vehicle_search_op, &search, &page);
    assert_int_equal(page.rows.count, 1);
    assert_string_equal(((const struct vehicle_row *)page.rows.at)->name, "Ford Transit");
    search.query.search = "honda";
    expect_ok(t, &vehicle_search_op, &search, &page);
    assert_int_equal(page.rows.count, 0);

    run_sql(t, "UPDATE user SET customer = 1, revision = revision + 1 WHERE login = 'maria'");
    sign_in_as(t, ROLE_CUSTOMER);
    search = (struct vehicle_search){.query = {.limit = 9}};
    expect_ok(t, &vehicle_search_op, &search, &page);
    assert_int_equal(page.rows.count, 1);
    assert_int_equal(((const struct vehicle_row *)page.rows.at)->id.v, 1);
    search.customer.v = 2;
    expect_ok(t, &vehicle_search_op, &search, &page);
    assert_int_equal(page.rows.count, 0);
    const struct vehicle_key theirs = {{2}};
    expect_status(t, &vehicle_show_op, &theirs, NULL, ERR_DENIED);
    expect_status(t, &vehicle_history_op, &theirs, NULL, ERR_DENIED);
}

static void a_vehicle_in_the_shop_is_not_archived(void **state)
{
    struct shop_test *t = *state;
    const struct vehicle_key key = {{1}};
    const struct vehicle_search search = {.query = {.search = "accord"}};
    struct page page;

    given_visits(t);
    expect_status(t, &vehicle_archive_op, &key, NULL, ERR_CONFLICT);
    assert_says(t, "RO 10002");
    run_sql(t, "UPDATE repair_order SET state = 'paid'");
    expect_ok(t, &vehicle_archive_op, &key, NULL);
    expect_ok(t, &vehicle_search_op, &search, &page);
    assert_int_equal(page.rows.count, 0);
    const struct vehicle_odometer reading = {.vehicle = {1}, .odometer_mi = 120000};
    expect_ok(t, &vehicle_odometer_op, &reading, NULL);
    const struct vehicle_entry form = form_of_vehicle(t, key.vehicle);
    expect_status(t, &vehicle_edit_op, &form, NULL, ERR_CONFLICT);
    expect_ok(t, &vehicle_restore_op, &key, NULL);
    expect_ok(t, &vehicle_search_op, &search, &page);
    assert_int_equal(page.rows.count, 1);
}

static void a_number_is_decoded_without_a_shop_and_without_signing_in(void **state)
{
    struct shop_test *t = *state;
    const struct vin_facts facts = some_vin(t);
    const struct vin_decode in = {facts.vin};
    struct session nobody = {.arena = &t->arena, .terminal = "test"};
    struct vin_facts out;

    assert_int_equal(op_call(&nobody, &vin_decode_op, &in, &out), OK);
    assert_true(out.valid);
    assert_string_equal(out.make, facts.make);
    assert_int_equal(out.year, facts.year);
}

static void no_list_scans_a_big_table(void **state)
{
    struct shop_test *t = *state;
    const struct list_source *all = vehicle_search_op.lists; /* and of one customer */
    const char *sql;

    for (size_t i = 0; (sql = list_sql(&all[0], i, &t->arena)) != NULL; i++)
        if (strstr(sql, "count(*)") == NULL || strstr(sql, "lookup") != NULL)
            assert_no_scan(t, sql, "v");
    for (size_t i = 0; (sql = list_sql(&all[1], i, &t->arena)) != NULL; i++)
        assert_no_scan(t, sql, "v");
    for (size_t i = 0; (sql = list_sql(vehicle_decline_list_op.lists, i, &t->arena)) != NULL; i++) {
        assert_no_scan(t, sql, "o");
        assert_no_scan(t, sql, "j");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_vehicle_comes_back_as_it_was_given),
        SHOP_TEST(a_plates_state_is_known_by_code_name_and_beginning),
        SHOP_TEST(a_plates_state_that_is_none_is_refused_at_its_field),
        SHOP_TEST(a_vin_fills_in_what_the_form_leaves_empty),
        SHOP_TEST(what_the_form_says_stays),
        SHOP_TEST(a_wrong_check_digit_warns_and_never_refuses),
        SHOP_TEST(a_vin_is_on_one_active_vehicle_only),
        SHOP_TEST(what_cannot_be_true_is_refused_at_its_field),
        SHOP_TEST(an_odometer_that_runs_backwards_needs_a_reason),
        SHOP_TEST(an_edit_renames_and_tells_who_was_faster),
        SHOP_TEST(a_change_of_owner_keeps_the_history),
        SHOP_TEST(the_history_shows_what_was_done_and_declined),
        SHOP_TEST(open_declined_jobs_are_listed),
        SHOP_TEST(vehicles_are_found_by_name_plate_vin_and_unit),
        SHOP_TEST(one_customers_vehicles_are_listed_alone),
        SHOP_TEST(a_vehicle_in_the_shop_is_not_archived),
        SHOP_TEST(a_number_is_decoded_without_a_shop_and_without_signing_in),
        SHOP_TEST(no_list_scans_a_big_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
