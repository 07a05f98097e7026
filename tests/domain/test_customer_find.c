/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "customers.h"

#include "../../src/domain/customer_inner.h"

static struct rows find(struct shop_test *t, const char *text)
{
    const struct customer_find in = {.text = text};
    struct customer_found out;

    expect_ok(t, &customer_find_op, &in, &out);
    return out.rows;
}

/* "Delgado, Maria|2014 Honda Accord": what the box shows, in order. */
static const char *seen(struct shop_test *t, const char *text)
{
    const struct rows rows = find(t, text);
    const struct found_row *row = rows.at;
    AUTO_BUF names = BUF(4096);

    for (size_t i = 0; i < rows.count; i++)
        buf_printf(&names, "%s%s", i > 0 ? "|" : "", row[i].name);
    return arena_text(&t->arena, buf_str(&names));
}

#define assert_finds(t, text, expected) assert_string_equal(seen((t), (text)), (expected))

static void given_counter(struct shop_test *t)
{
    given_customer(t, MARIA);
    given_customer(t, FLEET);
    given_customer(t, "{\"first_name\":\"Maria Elena\",\"last_name\":\"de la Cruz\","
                      "\"phone\":\"619-555-0118\",\"external_number\":\"C-0077\"}");
    run_sql(t,
            "INSERT INTO vehicle (id, customer, vin, plate, plate_state, unit_number, year, name,"
            " name_key, odometer_mi) VALUES"
            " (1, 1, '1HGCR2F83EA012345', '7ABC123', 'CA', '', 2014, '2014 Honda Accord EX-L',"
            "  '2014 honda accord ex l', 112340),"
            " (2, 2, '', '', '', '14', 2016, '2016 Ford Transit', '2016 ford transit', NULL),"
            " (3, 2, '', '', '', '15', 2017, '2017 Ford Transit', '2017 ford transit', NULL)");
    run_sql(t, "INSERT INTO lookup (noun, key, id) VALUES ('vehicle', '1hgcr2f83ea012345', 1),"
               " ('vehicle', 'ea012345', 1), ('vehicle', '7abc123', 1), ('vehicle', '14', 2),"
               " ('vehicle', 'unit 14', 2), ('vehicle', 'ford transit', 2),"
               " ('vehicle', 'ford transit', 3)");
    run_sql(t, "INSERT INTO repair_order (id, customer, vehicle, state, opened_at, promised_at)"
               " VALUES (10398, 2, 2, 'hold', 1, 1795561200), (10300, 1, 1, 'paid', 1, NULL)");
    run_sql(t, "INSERT INTO job (repair_order, position, title, state) VALUES"
               " (10300, 1, 'Shocks', 'declined'), (10300, 2, 'Belt', 'deferred'),"
               " (10300, 3, 'Oil', 'done')");
}

#define MARIAS_ROWS "Delgado, Maria|2014 Honda Accord EX-L"
#define FLEETS_ROWS "Delano Fleet|unit 15 · 2017 Ford Transit|unit 14 · 2016 Ford Transit"

static void names_are_found_both_ways_round(void **state)
{
    struct shop_test *t = *state;

    given_counter(t);
    assert_finds(t, "delga", MARIAS_ROWS);
    assert_finds(t, "Delgado, M", MARIAS_ROWS);
    assert_finds(t, "maria delg", MARIAS_ROWS);
    assert_finds(t, "MARIA", "Delgado, Maria|2014 Honda Accord EX-L|de la Cruz, Maria Elena");
    assert_finds(t, "cruz", "de la Cruz, Maria Elena");
    assert_finds(t, "nobody", "");
    assert_finds(t, "--", "");
}

static void words_with_another_between_them_are_found(void **state)
{
    struct shop_test *t = *state;

    given_counter(t);
    assert_finds(t, "maria cruz", "de la Cruz, Maria Elena");
    assert_finds(t, "delg mar", MARIAS_ROWS);
    assert_finds(t, "delg zz", "");
}

static void a_company_is_found_by_each_of_its_words_and_by_its_person(void **state)
{
    struct shop_test *t = *state;

    given_counter(t);
    assert_finds(t, "delano", FLEETS_ROWS);
    assert_finds(t, "fleet", FLEETS_ROWS);
    assert_finds(t, "ames", FLEETS_ROWS);
    assert_finds(t, "jo am", FLEETS_ROWS);
}

static void digits_find_phones_from_the_start_and_by_their_last_four_and_seven(void **state)
{
    struct shop_test *t = *state;

    given_counter(t);
    assert_finds(t, "(619) 555-0142", MARIAS_ROWS);
    assert_finds(t, "1 619 555 0142", MARIAS_ROWS);
    assert_finds(t, "0142", MARIAS_ROWS);
    assert_finds(t, "555-0142", MARIAS_ROWS);
    assert_finds(t, "619 555 014", MARIAS_ROWS);
    assert_int_equal(find(t, "619 555").count, 6);
    assert_finds(t, "c-0077", "de la Cruz, Maria Elena");
}

static void a_vehicle_is_found_by_plate_vin_tail_scan_and_unit(void **state)
{
    struct shop_test *t = *state;

    given_counter(t);
    assert_finds(t, "7abc 12", MARIAS_ROWS);
    assert_finds(t, "EA012345", MARIAS_ROWS);
    assert_finds(t, "1HGCR2F83EA012345", MARIAS_ROWS);
    assert_finds(t, "unit 14", "Delano Fleet|unit 14 · 2016 Ford Transit");
    assert_finds(t, "ford tr",
                 "Delano Fleet|unit 14 · 2016 Ford Transit|unit 15 · 2017 Ford Transit");

    const struct rows rows = find(t, "1hgcr2f83ea012345");
    const struct found_row *row = rows.at;
    assert_int_equal(rows.count, 2);
    assert_int_equal(row[1].kind, FOUND_VEHICLE);
    assert_int_equal(row[1].vehicle.v, 1);
    assert_string_equal(row[1].vin, "1HGCR2F83EA012345");
    assert_int_equal(row[1].odometer_mi, 112340);
    assert_int_equal(row[1].declined, 2);
    assert_int_equal(row[1].order.v, 0);
}

static void a_repair_order_is_found_by_its_number(void **state)
{
    struct shop_test *t = *state;

    given_counter(t);
    const struct rows rows = find(t, "10398");
    const struct found_row *row = rows.at;
    assert_int_equal(rows.count, 1);
    assert_int_equal(row->kind, FOUND_ORDER);
    assert_int_equal(row->order.v, 10398);
    assert_string_equal(row->name, "Delano Fleet · unit 14 · 2016 Ford Transit");
    assert_string_equal(row->order_state, "hold");
    assert_string_equal(row->phone, "+16195550188");
    assert_int_equal(row->promised_at.seconds, 1795561200);
}

static void an_invoice_leads_to_its_repair_order(void **state)
{
    struct shop_test *t = *state;

    given_counter(t);
    run_sql(
        t, "INSERT INTO invoice (id, repair_order, customer, posted_on, posted_at, due_on, bill_to,"
           " labor, parts, sublet, fees, supplies, discount, tax, total, cost) VALUES"
           " (20001, 10398, 2, '2026-11-24', 1, '2026-11-24', 'Delano Fleet',"
           "  100, 0, 0, 0, 0, 0, 0, 100, 0)");
    const struct rows rows = find(t, "20001");
    const struct found_row *row = rows.at;
    assert_int_equal(rows.count, 1);
    assert_int_equal(row->order.v, 10398);
    assert_string_equal(row->name, "Delano Fleet · invoice 20001 · unit 14 · 2016 Ford Transit");
}

static void a_vehicle_shows_its_open_order(void **state)
{
    struct shop_test *t = *state;

    given_counter(t);
    const struct rows rows = find(t, "unit 14");
    const struct found_row *row = rows.at;
    assert_int_equal(row[1].order.v, 10398);
    assert_string_equal(row[1].order_state, "hold");
    assert_true(row[0].odometer_mi == NUMBER_NONE); /* a customer has none */
    assert_true(row[1].odometer_mi == NUMBER_NONE);
}

static void archived_customers_and_vehicles_are_left_out(void **state)
{
    struct shop_test *t = *state;

    given_counter(t);
    run_sql(t, "UPDATE vehicle SET archived_at = 1 WHERE id = 1");
    assert_finds(t, "7abc", "");
    assert_finds(t, "delga", "Delgado, Maria");
    run_sql(t, "UPDATE customer SET archived_at = 1 WHERE id = 2");
    assert_finds(t, "delano", "");
    assert_finds(t, "unit 14", "");
}

static void a_technician_finds_what_he_works_on_only(void **state)
{
    struct shop_test *t = *state;

    given_counter(t);
    run_sql(t, "INSERT INTO job (repair_order, position, title, technician)"
               " VALUES (10398, 1, 'Brakes', 3)");
    sign_in_as(t, ROLE_TECHNICIAN);
    assert_finds(t, "del", FLEETS_ROWS);
    assert_finds(t, "10300", "");
    assert_finds(t, "7abc", "");
    assert_int_equal(find(t, "10398").count, 1);
}

static void an_answer_has_no_more_customers_than_asked_for(void **state)
{
    struct shop_test *t = *state;
    const struct customer_find in = {.text = "smith", .limit = 3};
    struct customer_found out;

    for (int i = 0; i < 9; i++)
        given_customer(
            t, arena_printf(&t->arena, "{\"last_name\":\"Smith\",\"first_name\":\"A%d\"}", i));
    expect_ok(t, &customer_find_op, &in, &out);
    assert_int_equal(out.rows.count, 3);
}

/* Everything the box asks goes by an index; only the short answer of another query is walked. */
static void the_box_scans_no_table(void **state)
{
    struct shop_test *t = *state;

    for (size_t i = 0; customer_find_texts[i] != NULL; i++) {
        AUTO_BUF plan = BUF(65536);
        assert_int_equal(store_try(t->store, customer_find_texts[i], &plan), OK);
        const char *scan = strstr(buf_str(&plan), "SCAN ");
        if (scan != NULL && !text_starts(scan, "SCAN l\n"))
            fail_msg("%s\n%s", customer_find_texts[i], buf_str(&plan));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(names_are_found_both_ways_round),
        SHOP_TEST(words_with_another_between_them_are_found),
        SHOP_TEST(a_company_is_found_by_each_of_its_words_and_by_its_person),
        SHOP_TEST(digits_find_phones_from_the_start_and_by_their_last_four_and_seven),
        SHOP_TEST(a_vehicle_is_found_by_plate_vin_tail_scan_and_unit),
        SHOP_TEST(a_repair_order_is_found_by_its_number),
        SHOP_TEST(an_invoice_leads_to_its_repair_order),
        SHOP_TEST(a_vehicle_shows_its_open_order),
        SHOP_TEST(archived_customers_and_vehicles_are_left_out),
        SHOP_TEST(a_technician_finds_what_he_works_on_only),
        SHOP_TEST(an_answer_has_no_more_customers_than_asked_for),
        SHOP_TEST(the_box_scans_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
