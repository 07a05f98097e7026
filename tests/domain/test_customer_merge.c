/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "customers.h"

static void given_two_records_of_maria(struct shop_test *t)
{
    given_customer(t, MARIA);
    given_customer(t, "{\"first_name\":\"M\",\"last_name\":\"Delgado-Ruiz\","
                      "\"phones\":[{\"number\":\"6195550142\"},{\"number\":\"6195550177\"}],"
                      "\"addresses\":[{\"street\":\"9 Bay St\",\"zip\":\"92102\"}],"
                      "\"note\":\"Calls after six\",\"external_number\":\"A77\"}");
    run_sql(t, "UPDATE customer SET owes = 4000, credit = 100, last_visit_on = '2026-01-02'"
               " WHERE id = 1");
    run_sql(t, "UPDATE customer SET owes = 2500, credit = 50, last_visit_on = '2026-05-02'"
               " WHERE id = 2");
    run_sql(t, "INSERT INTO vehicle (id, customer, name, name_key) VALUES (1, 2, 'x', 'x')");
    run_sql(t,
            "INSERT INTO vehicle_owner (vehicle, customer, since_on) VALUES (1, 2, '2020-01-01')");
    run_sql(t,
            "INSERT INTO repair_order (id, customer, vehicle, opened_at) VALUES (10412, 2, 1, 1)");
    run_sql(t, "INSERT INTO invoice (id, repair_order, customer, posted_on, posted_at, due_on,"
               " bill_to, labor, parts, sublet, fees, supplies, discount, tax, total, cost)"
               " VALUES (20881, 10412, 2, '2026-05-02', 1, '2026-05-02', 'M Delgado-Ruiz',"
               " 2500, 0, 0, 0, 0, 0, 0, 2500, 0)");
    run_sql(t, "INSERT INTO payment (customer, method, taken_on, taken_at, tendered, amount)"
               " VALUES (2, 'cash', '2026-05-02', 1, 50, 50)");
    run_sql(t, "INSERT INTO contact (customer, at, channel, direction, summary)"
               " VALUES (2, 1, 'phone', 'in', 'called')");
    run_sql(t, "UPDATE user SET customer = 2 WHERE login = 'maria'");
}

static void merge(struct shop_test *t, int64_t keep, int64_t gone, status expected)
{
    const struct customer_merge in = {{keep}, {gone}};

    expect_status(t, &customer_merge_op, &in, NULL, expected);
}

static int64_t rows_of_customer(struct shop_test *t, const char *table, int customer)
{
    return ask_number(
        t, arena_printf(&t->arena, "SELECT count(*) FROM %s WHERE customer = %d", table, customer));
}

static void everything_moves_to_the_record_that_is_kept(void **state)
{
    struct shop_test *t = *state;

    given_two_records_of_maria(t);
    merge(t, 1, 2, OK);
    const struct customer keep = customer_of(t, (struct customer_id){1});
    const struct customer gone = customer_of(t, (struct customer_id){2});

    assert_int_equal(keep.owes.cents, 6500);
    assert_int_equal(keep.credit.cents, 150);
    assert_int_equal(gone.owes.cents, 0);
    assert_int_equal(gone.credit.cents, 0);
    assert_int_equal(gone.merged_into.v, 1);
    assert_int_equal(gone.archived_at.seconds, SHOP_TEST_NOW);
    assert_int_equal(keep.phones.count, 2);
    assert_string_equal(((const struct phone *)keep.phones.at)[1].number, "+16195550177");
    assert_int_equal(keep.addresses.count, 2);
    assert_string_equal(keep.note, "Calls after six");
    assert_string_equal(keep.external_number, "A77");
    assert_string_equal(keep.last_visit_on.iso, "2026-05-02");
    static const char *const tables[] = {"vehicle", "vehicle_owner", "repair_order", "invoice",
                                         "payment", "contact",       "user"};
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        assert_int_equal(rows_of_customer(t, tables[i], 2), 0);
        assert_int_equal(rows_of_customer(t, tables[i], 1), 1);
    }
}

/* Tables and columns that name a customer, but for those of the record itself, the chain of merges,
 * the ledger, which keeps the number it was posted under, and the counter's walk-in, who is made
 * anew. */
static const char SQL_NAMED[] =
    "SELECT group_concat('SELECT count(*) FROM ' || m.name || ' WHERE ' || f.\"from\" || ' = 2',\n"
    "                    char(10))\n"
    "FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS f\n"
    "WHERE m.type = 'table' AND f.\"table\" = 'customer'\n"
    "  AND m.name NOT IN ('customer', 'phone', 'address', 'entry_line', 'shop')";

/* Of every kind one row: a table that is new is to be given one here, and to move. */
static void nothing_names_the_record_that_went(void **state)
{
    struct shop_test *t = *state;

    given_two_records_of_maria(t);
    run_sql(t, "INSERT INTO contract (customer, category, off_ppm) VALUES (2, 'Brakes', 50000)");
    run_sql(t, "INSERT INTO matrix (customer) VALUES (2)");
    run_sql(t, "INSERT INTO labor_matrix (customer) VALUES (2)");
    run_sql(t, "INSERT INTO gift_certificate (number, kind, customer, amount, balance, issued_on,\n"
               "  issued_at, invoice)\n"
               "VALUES ('123456789012', 'gift', 2, 100, 100, '2026-05-02', 1, 20881)");
    run_sql(t,
            "INSERT INTO customer_core (invoice, customer, description, quantity, charge, state,\n"
            "  opened_on)\n"
            "VALUES (20881, 2, 'Alternator', 1000, 4000, 'charged', '2026-05-02')");
    char *counts = arena_text(&t->arena, ask_text(t, SQL_NAMED));
    for (int after = 0; after < 2; after++) {
        char *next = NULL, *all = arena_text(&t->arena, counts);
        for (char *one = strtok_r(all, "\n", &next); one != NULL; one = strtok_r(NULL, "\n", &next))
            if ((ask_number(t, one) == 0) != (after == 1))
                fail_msg("%s: %s", one, after == 1 ? "it has not moved" : "give it a row");
        if (after == 0)
            merge(t, 1, 2, OK);
    }
}

static void no_cent_is_made_or_lost(void **state)
{
    struct shop_test *t = *state;
    static const char sums[] =
        "SELECT (SELECT sum(owes) FROM customer) || '/' || (SELECT sum(credit) FROM customer)"
        " || '/' || (SELECT sum(total - paid) FROM invoice)"
        " || '/' || (SELECT sum(amount) FROM payment)";

    given_two_records_of_maria(t);
    const char *before = ask_text(t, sums);
    merge(t, 1, 2, OK);
    assert_string_equal(ask_text(t, sums), before);
}

static void the_old_name_phone_and_number_find_the_record_that_is_kept(void **state)
{
    struct shop_test *t = *state;
    static const char *const typed[] = {"delgado ruiz", "0177", "a77", "maria del"};

    given_two_records_of_maria(t);
    merge(t, 1, 2, OK);
    for (size_t i = 0; i < COUNT_OF(typed); i++) {
        const struct customer_find in = {.text = typed[i]};
        struct customer_found out;
        expect_ok(t, &customer_find_op, &in, &out);
        assert_true(out.rows.count > 0);
        assert_int_equal(((const struct found_row *)out.rows.at)->customer.v, 1);
    }
    assert_int_equal(
        ask_number(t, "SELECT count(*) FROM lookup WHERE noun = 'customer' AND id = 2"), 0);
}

static void a_record_is_not_merged_into_itself_or_into_one_that_is_put_away(void **state)
{
    struct shop_test *t = *state;

    given_two_records_of_maria(t);
    merge(t, 1, 1, ERR_INVALID);
    assert_field(t, "gone");
    merge(t, 1, 9, ERR_NOT_FOUND);
    merge(t, 1, 2, OK);
    merge(t, 1, 2, ERR_CONFLICT);
    assert_says(t, "was merged into 1, Delgado, Maria");
    merge(t, 2, 1, ERR_CONFLICT);
    given_customer(t, FLEET);
    run_sql(t, "UPDATE customer SET archived_at = 5 WHERE id = 3");
    merge(t, 3, 1, ERR_CONFLICT);
    assert_says(t, "archived");
    const struct customer_key gone = {{2}};
    expect_status(t, &customer_restore_op, &gone, NULL, ERR_CONFLICT);
}

static void a_chain_of_merges_ends_at_the_last_record(void **state)
{
    struct shop_test *t = *state;

    given_two_records_of_maria(t);
    given_customer(t, "{\"last_name\":\"Delgado\",\"first_name\":\"Maria T\"}");
    merge(t, 1, 2, OK);
    merge(t, 3, 1, OK);
    assert_int_equal(customer_of(t, (struct customer_id){2}).merged_into.v, 3);
    assert_int_equal(customer_of(t, (struct customer_id){3}).owes.cents, 6500);
}

static void only_holders_of_the_right_merge(void **state)
{
    struct shop_test *t = *state;

    given_two_records_of_maria(t);
    sign_in_as(t, ROLE_ACCOUNTANT);
    merge(t, 1, 2, ERR_DENIED);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer WHERE id = 2"), 2500);
}

/* Whichever statement fails, nothing of a merge is left behind. */
static void a_merge_is_all_or_nothing(void **state)
{
    struct shop_test *t = *state;
    const struct customer_merge in = {{1}, {2}};
    static const char picture[] =
        "SELECT group_concat(id || ':' || owes || ':' || revision || ':' ||"
        " ifnull(merged_into, 0)) FROM customer";

    given_two_records_of_maria(t);
    const char *before = ask_text(t, picture);
    status result = ERR_IO;
    for (int64_t n = 1; result != OK && n < 500; n++) {
        struct customer out;
        store_fail_after(t->store, n);
        result = op_call(&t->session, &customer_merge_op, &in, &out);
        store_fail_after(t->store, 0);
        if (result != OK)
            assert_string_equal(ask_text(t, picture), before);
    }
    assert_int_equal(result, OK);
    assert_int_equal(customer_of(t, (struct customer_id){1}).owes.cents, 6500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(everything_moves_to_the_record_that_is_kept),
        SHOP_TEST(nothing_names_the_record_that_went),
        SHOP_TEST(no_cent_is_made_or_lost),
        SHOP_TEST(the_old_name_phone_and_number_find_the_record_that_is_kept),
        SHOP_TEST(a_record_is_not_merged_into_itself_or_into_one_that_is_put_away),
        SHOP_TEST(a_chain_of_merges_ends_at_the_last_record),
        SHOP_TEST(only_holders_of_the_right_merge),
        SHOP_TEST(a_merge_is_all_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
