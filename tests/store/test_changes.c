/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* What a transaction has changed, as the audit will keep it. */
#include "store_test.h"

#include "../../src/store/changes.h"

static void run(struct hotel *t, const char *sql)
{
    assert_ok(t->fault, store_run(t->store, sql, NO_ROW, NULL));
}

static void assert_changes(struct hotel *t, int64_t count, const char *json)
{
    AUTO_BUF out = BUF_MIB(1);

    assert_int_equal(store_changes(t->store, &out), count);
    assert_string_equal(buf_str(&out), json);
}

static void given_open_transaction(struct hotel *t)
{
    given_hotel_in_memory(t);
    assert_ok(t->fault, store_begin_write(t->store));
    run(t, "INSERT INTO pet (id, name, kind) VALUES (1, 'Rex', 'dog')");
    run(t, "INSERT INTO door VALUES (1, 4, 'salted', 'Suite')");
    assert_ok(t->fault, store_commit(t->store));
    assert_ok(t->fault, store_begin_write(t->store));
}

static void an_insert_shows_the_row_after(void **state)
{
    struct hotel *t = *state;
    given_open_transaction(t);

    run(t,
        "INSERT INTO pet (id, name, kind, born_on) VALUES (12, 'Zoë \"Z\"', 'cat', '2024-02-29')");

    assert_changes(t, 1,
                   "[{\"table\":\"pet\",\"row\":12,\"after\":{\"id\":12,\"name\":\"Zoë "
                   "\\\"Z\\\"\",\"kind\":\"cat\",\"bites\":0,\"fee\":0,\"weight\":0,\"visits\":0,"
                   "\"born_on\":\"2024-02-29\",\"seen_at\":null,\"mother\":null,\"chip\":null}}]");
}

static void an_update_shows_only_what_changed(void **state)
{
    struct hotel *t = *state;
    given_open_transaction(t);

    run(t, "UPDATE pet SET name = 'Max', kind = 'dog', fee = 500, born_on = '2020-01-01'");
    run(t, "UPDATE pet SET name = 'Max'");

    assert_changes(
        t, 1,
        "[{\"table\":\"pet\",\"row\":1,\"before\":{\"name\":\"Rex\",\"fee\":0,\"born_on\":"
        "null},\"after\":{\"name\":\"Max\",\"fee\":500,\"born_on\":\"2020-01-01\"}}]");
}

static void a_delete_shows_the_row_before(void **state)
{
    struct hotel *t = *state;
    given_open_transaction(t);

    run(t, "DELETE FROM pet");

    assert_changes(
        t, 1,
        "[{\"table\":\"pet\",\"row\":1,\"before\":{\"id\":1,\"name\":\"Rex\",\"kind\":\"dog\","
        "\"bites\":0,\"fee\":0,\"weight\":0,\"visits\":0,\"born_on\":null,\"seen_at\":null,"
        "\"mother\":null,\"chip\":null}}]");
}

static void changes_come_oldest_first(void **state)
{
    struct hotel *t = *state;
    given_open_transaction(t);

    run(t, "UPDATE pet SET visits = 1");
    run(t, "UPDATE pet SET visits = 2");

    assert_changes(
        t, 2,
        "[{\"table\":\"pet\",\"row\":1,\"before\":{\"visits\":0},\"after\":{\"visits\":1}},"
        "{\"table\":\"pet\",\"row\":1,\"before\":{\"visits\":1},\"after\":{\"visits\":2}}]");
}

static void a_table_without_row_numbers_is_told_by_its_key_and_secrets_stay_secret(void **state)
{
    struct hotel *t = *state;
    given_open_transaction(t);

    run(t, "INSERT INTO door VALUES (2, 7, 'pepper', 'Attic')");
    run(t, "UPDATE door SET label = 'Loft', pin_hash = 'other' WHERE floor = 2");
    run(t, "UPDATE door SET number = 8 WHERE floor = 2");
    run(t, "DELETE FROM door WHERE floor = 1");

    assert_changes(
        t, 4,
        "[{\"table\":\"door\",\"row\":null,\"key\":{\"floor\":2,\"number\":7},\"after\":{\"floor\":"
        "2,"
        "\"number\":7,\"pin_hash\":\"changed\",\"label\":\"Attic\"}},"
        "{\"table\":\"door\",\"row\":null,\"key\":{\"floor\":2,\"number\":7},\"before\":{\"pin_"
        "hash\":"
        "\"changed\",\"label\":\"Attic\"},\"after\":{\"pin_hash\":\"changed\",\"label\":\"Loft\"}},"
        "{\"table\":\"door\",\"row\":null,\"key\":{\"floor\":2,\"number\":7},\"before\":{"
        "\"number\":7},"
        "\"after\":{\"number\":8}},"
        "{\"table\":\"door\",\"row\":null,\"key\":{\"floor\":1,\"number\":4},\"before\":{\"floor\":"
        "1,"
        "\"number\":4,\"pin_hash\":\"changed\",\"label\":\"Suite\"}}]");
}

static void the_first_update_of_an_unknown_table_knows_its_key_too(void **state)
{
    struct hotel *t = *state;
    static const char schema[] =
        "CREATE TABLE door (label TEXT, room TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;\n"
        "INSERT INTO door VALUES ('old', 'a4');";
    const struct store_options options = {.create = true, .schema = schema};
    assert_ok(t->fault, store_open(":memory:", &options, &t->fault, &t->store));
    assert_ok(t->fault, store_begin_write(t->store));

    run(t, "UPDATE door SET label = 'new'");

    assert_changes(
        t, 1,
        "[{\"table\":\"door\",\"row\":null,\"key\":{\"room\":\"a4\"},\"before\":{\"label\":"
        "\"old\"},\"after\":{\"label\":\"new\"}}]");
}

static void quiet_tables_leave_no_trace(void **state)
{
    struct hotel *t = *state;
    given_open_transaction(t);

    run(t, "INSERT INTO noise (text) VALUES ('tick')");

    assert_changes(t, 0, "[]");
}

static void the_insides_of_a_full_text_index_leave_no_trace(void **state)
{
    struct hotel *t = *state;
    const struct store_options options = {
        .create = true,
        .schema = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT) STRICT;\n"
                  "CREATE VIRTUAL TABLE note_search USING fts5 (text, content = 'note', "
                  "content_rowid = 'id');\n"};
    int64_t found = 0;
    assert_ok(t->fault, store_open(":memory:", &options, &t->fault, &t->store));
    assert_ok(t->fault, store_begin_write(t->store));

    run(t, "INSERT INTO note (text) VALUES ('squeaks when braking')");
    run(t, "INSERT INTO note_search (rowid, text) SELECT id, text FROM note");

    assert_changes(t, 1,
                   "[{\"table\":\"note\",\"row\":1,\"after\":{\"id\":1,\"text\":\"squeaks when "
                   "braking\"}}]");
    assert_ok(t->fault, store_commit(t->store));
    assert_ok(t->fault,
              store_int(t->store,
                        "SELECT count(*) FROM note_search WHERE note_search MATCH 'brak*'", NULL,
                        &found));
    assert_int_equal(found, 1);
}

static void a_statement_that_failed_leaves_no_trace(void **state)
{
    struct hotel *t = *state;
    given_open_transaction(t);
    run(t, "INSERT INTO pet (id, name, kind) VALUES (2, 'Tom', 'cat')");
    run(t, "INSERT INTO pet (id, name, kind, bites) VALUES (3, 'Jaw', 'dog', 1)");

    assert_status(store_run(t->store, "DELETE FROM pet", NO_ROW, NULL), ERR_CONFLICT);
    run(t, "UPDATE pet SET visits = 9 WHERE id = 2");

    AUTO_BUF out = BUF_MIB(1);
    assert_int_equal(store_changes(t->store, &out), 3);
    assert_null(strstr(buf_str(&out), "\"row\":1"));
    assert_non_null(strstr(buf_str(&out), "\"before\":{\"visits\":0},\"after\":{\"visits\":9}"));
}

static void nothing_is_left_after_commit_and_rollback(void **state)
{
    struct hotel *t = *state;
    given_open_transaction(t);
    assert_changes(t, 0, "[]");
    run(t, "UPDATE pet SET visits = 9");

    store_rollback(t->store);
    assert_changes(t, 0, "[]");

    assert_ok(t->fault, store_begin_write(t->store));
    run(t, "UPDATE pet SET visits = 9");
    assert_ok(t->fault, store_commit(t->store));
    assert_changes(t, 0, "[]");
}

static void replaced_rows_and_emptied_tables_are_seen(void **state)
{
    struct hotel *t = *state;
    given_open_transaction(t);

    run(t, "INSERT OR REPLACE INTO pet (id, name, kind) VALUES (1, 'Sly', 'cat')");
    run(t, "DELETE FROM pet");

    AUTO_BUF out = BUF_MIB(1);
    assert_int_equal(store_changes(t->store, &out), 3);
}

static void a_mass_import_is_counted_beyond_what_is_kept(void **state)
{
    struct hotel *t = *state;
    AUTO_BUF out = BUF_MIB(16);
    given_open_transaction(t);

    run(t, "INSERT INTO pet (name, kind)\n"
           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10007)\n"
           "SELECT 'Pet ' || i, 'cat' FROM n");

    assert_int_equal(store_changes(t->store, &out), CHANGES_KEPT + 7);
    assert_false(out.full);
    assert_non_null(strstr(buf_str(&out), ",{\"more_rows\":7}]"));
    store_rollback(t->store);
    assert_changes(t, 0, "[]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOTEL_TEST(an_insert_shows_the_row_after),
        HOTEL_TEST(an_update_shows_only_what_changed),
        HOTEL_TEST(a_delete_shows_the_row_before),
        HOTEL_TEST(changes_come_oldest_first),
        HOTEL_TEST(a_table_without_row_numbers_is_told_by_its_key_and_secrets_stay_secret),
        HOTEL_TEST(the_first_update_of_an_unknown_table_knows_its_key_too),
        HOTEL_TEST(quiet_tables_leave_no_trace),
        HOTEL_TEST(the_insides_of_a_full_text_index_leave_no_trace),
        HOTEL_TEST(a_statement_that_failed_leaves_no_trace),
        HOTEL_TEST(nothing_is_left_after_commit_and_rollback),
        HOTEL_TEST(replaced_rows_and_emptied_tables_are_seen),
        HOTEL_TEST(a_mass_import_is_counted_beyond_what_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
