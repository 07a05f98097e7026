/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#include "store_test.h"

static struct pet full_pet(void)
{
    return (struct pet){.id = {7},
                        .name = "Zoë's \"Rex\"",
                        .kind = PET_TURTLE,
                        .bites = true,
                        .fee = USD(12, 50),
                        .weight = {3250},
                        .visits = -4,
                        .born_on = {"2024-02-29"},
                        .seen_at = {1700000000},
                        .chip = 0};
}

static void a_row_comes_back_as_it_went_in(void **state)
{
    struct hotel *t = *state;
    const struct pet in = full_pet();
    struct pet out;
    given_hotel_in_memory(t);

    assert_ok(t->fault, store_run(t->store, insert_pet, BIND_ROW(&pet_shape, &in), NULL));
    assert_ok(t->fault,
              store_get(t->store, select_pets, NO_ROW, NULL, &t->arena, &pet_shape, &out));

    assert_int_equal(store_last_id(t->store), 7);
    assert_int_equal(store_changed_rows(t->store), 1);
    assert_int_equal(out.id.v, 7);
    assert_string_equal(out.name, in.name);
    assert_int_equal(out.kind, PET_TURTLE);
    assert_true(out.bites);
    assert_int_equal(out.fee.cents, 1250);
    assert_int_equal(out.weight.thousandths, 3250);
    assert_int_equal(out.visits, -4);
    assert_string_equal(out.born_on.iso, "2024-02-29");
    assert_int_equal(out.seen_at.seconds, 1700000000);
    assert_int_equal(out.mother.v, 0);
    assert_int_equal(out.chip, 0);
    assert_int_equal(out.toys.count, 0);
}

static void what_is_empty_is_null_in_the_database(void **state)
{
    struct hotel *t = *state;
    static const char nulls[] =
        "SELECT (born_on IS NULL) + (seen_at IS NULL) + (mother IS NULL) +\n"
        "    (chip IS NULL) + (name = '') + (kind = 'dog')\n"
        "FROM pet";
    int64_t count = 0;
    struct pet out;
    given_hotel_in_memory(t);

    assert_ok(t->fault, add_pet(t, NULL));

    assert_ok(t->fault, store_int(t->store, nulls, NULL, &count));
    assert_int_equal(count, 6);
    assert_ok(t->fault,
              store_get(t->store, select_pets, NO_ROW, NULL, &t->arena, &pet_shape, &out));
    assert_string_equal(out.name, "");
    assert_string_equal(out.born_on.iso, "");
    assert_int_equal(out.chip, NUMBER_NONE);
}

static void a_list_holds_every_row_in_order(void **state)
{
    struct hotel *t = *state;
    struct rows rows = {0};
    char name[32];
    given_hotel_in_memory(t);
    assert_ok(t->fault, store_begin_write(t->store));
    for (int i = 1; i <= 3000; i++) {
        snprintf(name, sizeof(name), "Pet %d", i);
        assert_ok(t->fault, add_pet(t, name));
    }
    assert_ok(t->fault, store_commit(t->store));

    assert_ok(t->fault,
              store_list(t->store, select_pets, NO_ROW, NULL, &t->arena, &pet_shape, &rows));

    assert_int_equal(rows.count, 3000);
    const struct pet *at = rows.at;
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof(name), "Pet %d", i + 1);
        assert_int_equal(at[i].id.v, i + 1);
        assert_string_equal(at[i].name, name);
    }
}

static void a_list_without_rows_is_empty(void **state)
{
    struct hotel *t = *state;
    struct rows rows = {.count = 99};
    given_hotel_in_memory(t);

    assert_ok(t->fault,
              store_list(t->store, select_pets, NO_ROW, NULL, &t->arena, &pet_shape, &rows));

    assert_int_equal(rows.count, 0);
}

static void no_row_is_not_found_without_a_sentence(void **state)
{
    struct hotel *t = *state;
    struct pet out = a_pet("untouched");
    int64_t number = 42;
    const char *text = "untouched";
    given_hotel_in_memory(t);
    t->fault.text[0] = '\0';

    assert_status(store_get(t->store, select_pets, NO_ROW, NULL, &t->arena, &pet_shape, &out),
                  ERR_NOT_FOUND);
    assert_status(store_int(t->store, "SELECT id FROM pet", NULL, &number), ERR_NOT_FOUND);
    assert_status(store_text(t->store, "SELECT name FROM pet", NULL, &t->arena, &text),
                  ERR_NOT_FOUND);

    assert_string_equal(t->fault.text, "");
    assert_string_equal(out.name, "untouched");
    assert_int_equal(number, 42);
    assert_string_equal(text, "untouched");
}

static void explicit_values_win_over_the_row(void **state)
{
    struct hotel *t = *state;
    const struct pet pet = a_pet("row");
    const char *name = NULL;
    given_hotel_in_memory(t);

    assert_ok(t->fault, store_run(t->store, insert_pet, BIND_ROW(&pet_shape, &pet),
                                  BINDS(BIND_TEXT("name", "explicit"), BIND_INT("unused", 1))));

    assert_ok(t->fault, store_text(t->store, "SELECT name FROM pet", NULL, &t->arena, &name));
    assert_string_equal(name, "explicit");
}

static void values_are_found_by_name_in_any_order(void **state)
{
    struct hotel *t = *state;
    static const char sql[] = "SELECT :a * 100 + :b * 10 + coalesce(:c, 9)";
    int64_t value = 0;
    given_hotel_in_memory(t);

    assert_ok(t->fault,
              store_int(t->store, sql, BINDS(BIND_INT("a", 1), BIND_INT("b", 2), BIND_INT("c", 3)),
                        &value));
    assert_int_equal(value, 123);
    assert_ok(t->fault,
              store_int(t->store, sql, BINDS(BIND_NULL("c"), BIND_INT("b", 5), BIND_INT("a", 4)),
                        &value));
    assert_int_equal(value, 459);
    assert_ok(t->fault,
              store_int(t->store, sql,
                        BINDS(store_bind_id("c", 0), BIND_INT("a", 0), BIND_INT("b", 0)), &value));
    assert_int_equal(value, 9);
}

static void a_parameter_without_a_value_is_refused(void **state)
{
    struct hotel *t = *state;
    int64_t value = 0;
    given_hotel_in_memory(t);

    assert_status(store_int(t->store, "SELECT :missing", BINDS(BIND_INT("other", 1)), &value),
                  ERR_CORRUPT);
    assert_says(t->fault, "no value for \"missing\"");
    assert_status(store_int(t->store, "SELECT ?", NULL, &value), ERR_CORRUPT);
}

static void a_column_without_a_field_is_refused(void **state)
{
    struct hotel *t = *state;
    struct pet out;
    given_hotel_in_memory(t);

    assert_status(store_get(t->store, "SELECT id, name AS nick FROM pet", NO_ROW, NULL, &t->arena,
                            &pet_shape, &out),
                  ERR_CORRUPT);
    assert_says(t->fault, "no place for \"nick\" in a pet");
}

static void wrong_sql_says_what_is_wrong(void **state)
{
    struct hotel *t = *state;
    int64_t value = 0;
    given_hotel_in_memory(t);

    assert_status(store_int(t->store, "SELECT wings FROM pet", NULL, &value), ERR_CORRUPT);
    assert_says(t->fault, "no such column: wings");
    assert_status(store_run(t->store, "DELETE FROM pet; DELETE FROM door", NO_ROW, NULL),
                  ERR_CORRUPT);
    assert_says(t->fault, "not one statement");
    assert_status(store_run(t->store, "", NO_ROW, NULL), ERR_CORRUPT);
    assert_status(store_int(t->store, "SELECT \"text\"", NULL, &value), ERR_CORRUPT);
}

static void an_unknown_word_in_the_database_is_corrupt(void **state)
{
    struct hotel *t = *state;
    struct pet out = a_pet("untouched");
    given_hotel_in_memory(t);
    assert_ok(t->fault, add_pet(t, "Rex"));
    assert_ok(t->fault, store_run(t->store, "UPDATE pet SET kind = 'dragon'", NO_ROW, NULL));

    assert_status(store_get(t->store, select_pets, NO_ROW, NULL, &t->arena, &pet_shape, &out),
                  ERR_CORRUPT);
    assert_says(t->fault, "makes no sense: \"dragon\" for kind");
    assert_string_equal(out.name, "untouched");
}

static void other_types_than_the_fields_are_corrupt(void **state)
{
    struct hotel *t = *state;
    struct pet out;
    static const char *const wrong[] = {"SELECT 1.5 AS fee", "SELECT 'x' AS visits",
                                        "SELECT '2024' AS born_on", "SELECT 'yes' AS bites",
                                        "SELECT 0.5 AS id"};
    given_hotel_in_memory(t);

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_status(store_get(t->store, wrong[i], NO_ROW, NULL, &t->arena, &pet_shape, &out),
                      ERR_CORRUPT);
}

static void a_value_outside_its_choices_is_not_written(void **state)
{
    struct hotel *t = *state;
    struct pet pet = a_pet("Rex");
    given_hotel_in_memory(t);
    pet.kind = 17;

    assert_status(store_run(t->store, insert_pet, BIND_ROW(&pet_shape, &pet), NULL), ERR_INVALID);
    assert_string_equal(t->fault.field, "kind");
    assert_int_equal(pets(t), 0);
}

/* SQLite prepares a statement anew when a LIKE pattern changes, and its own parameter names with
 * it. */
static void a_pattern_may_change_between_two_uses(void **state)
{
    struct hotel *t = *state;
    static const char like[] = "SELECT count(*) FROM pet WHERE :any OR name LIKE :pattern";
    static const char *const patterns[] = {"R%", "%e%", "nobody", "x"};
    int64_t count = 0;
    given_hotel_in_memory(t);

    assert_ok(t->fault, add_pet(t, "Rex"));
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        assert_ok(t->fault,
                  store_int(t->store, like,
                            BINDS(BIND_INT("any", 0), BIND_TEXT("pattern", patterns[i])), &count));
        assert_int_equal(count, i < 2 ? 1 : 0);
        assert_ok(t->fault, store_run(t->store, "CREATE TABLE x (y)", NO_ROW, NULL));
        assert_ok(t->fault, store_run(t->store, "DROP TABLE x", NO_ROW, NULL));
    }
}

static void a_text_at_the_same_address_is_prepared_anew(void **state)
{
    struct hotel *t = *state;
    char sql[32] = "SELECT 1";
    int64_t value = 0;
    given_hotel_in_memory(t);
    assert_ok(t->fault, store_int(t->store, sql, NULL, &value));

    snprintf(sql, sizeof(sql), "SELECT 2");
    assert_ok(t->fault, store_int(t->store, sql, NULL, &value));

    assert_int_equal(value, 2);
}

static void composed_texts_are_kept_by_content(void **state)
{
    struct hotel *t = *state;
    char sql[64];
    int64_t value = 0;
    const char *kept[300];
    given_hotel_in_memory(t);

    for (int i = 0; i < 300; i++) {
        snprintf(sql, sizeof(sql), "SELECT %d", i);
        kept[i] = store_intern(t->store, sql);
    }
    for (int i = 0; i < 300; i++) {
        snprintf(sql, sizeof(sql), "SELECT %d", i);
        assert_ptr_equal(store_intern(t->store, sql), kept[i]);
        assert_ok(t->fault, store_int(t->store, kept[i], NULL, &value));
        assert_int_equal(value, i);
    }
}

static void broken_rules_get_a_sentence_and_leave_the_transaction_alive(void **state)
{
    struct hotel *t = *state;
    struct pet pet = a_pet("Rex");
    given_hotel_in_memory(t);
    pet.chip = 5;
    assert_ok(t->fault, store_begin_write(t->store));
    assert_ok(t->fault, store_run(t->store, insert_pet, BIND_ROW(&pet_shape, &pet), NULL));

    assert_status(store_run(t->store, insert_pet, BIND_ROW(&pet_shape, &pet), NULL), ERR_CONFLICT);
    assert_says(t->fault, "already a record with the same chip (pet)");
    assert_status(store_run(t->store, "UPDATE pet SET fee = -1", NO_ROW, NULL), ERR_CONFLICT);
    assert_says(t->fault, "fee_is_not_negative");
    assert_status(store_run(t->store, "UPDATE pet SET mother = 99", NO_ROW, NULL), ERR_CONFLICT);
    assert_says(t->fault, "belongs to a record that is not there");
    assert_status(store_run(t->store, "UPDATE pet SET name = NULL", NO_ROW, NULL), ERR_INVALID);
    assert_string_equal(t->fault.field, "name");
    assert_status(store_run(t->store, "UPDATE pet SET visits = 'x'", NO_ROW, NULL), ERR_CONFLICT);
    assert_ok(t->fault, store_run(t->store, "UPDATE pet SET bites = 1", NO_ROW, NULL));
    assert_status(store_run(t->store, "DELETE FROM pet", NO_ROW, NULL), ERR_CONFLICT);
    assert_string_equal(t->fault.text, "This one does not let itself be removed.");

    assert_ok(t->fault, store_commit(t->store));
    assert_int_equal(pets(t), 1);
}

static void a_row_cannot_be_replaced_past_its_delete_trigger(void **state)
{
    struct hotel *t = *state;
    struct pet pet = full_pet();
    given_hotel_in_memory(t);
    assert_ok(t->fault, store_run(t->store, insert_pet, BIND_ROW(&pet_shape, &pet), NULL));

    assert_status(
        store_run(t->store,
                  "INSERT OR REPLACE INTO pet (id, name, kind) VALUES (7, 'Other', 'cat')", NO_ROW,
                  NULL),
        ERR_CONFLICT);
    assert_string_equal(t->fault.text, "This one does not let itself be removed.");
}

static void nothing_is_written_while_only_looking(void **state)
{
    struct hotel *t = *state;
    given_hotel_in_memory(t);
    assert_ok(t->fault, store_begin_read(t->store));

    assert_status(add_pet(t, "Rex"), ERR_CONFLICT);

    assert_status(store_begin_write(t->store), ERR_CONFLICT);
    assert_true(store_in_transaction(t->store));
    assert_ok(t->fault, store_commit(t->store));
    assert_false(store_in_transaction(t->store));
    assert_int_equal(pets(t), 0);
    assert_status(store_commit(t->store), ERR_CONFLICT);
}

static void a_rollback_takes_everything_back(void **state)
{
    struct hotel *t = *state;
    given_hotel_in_memory(t);
    assert_ok(t->fault, store_begin_write(t->store));
    assert_ok(t->fault, add_pet(t, "Rex"));

    store_rollback(t->store);

    assert_int_equal(pets(t), 0);
    store_rollback(t->store);
}

static void an_insert_can_return_what_it_made(void **state)
{
    struct hotel *t = *state;
    int64_t id = 0;
    given_hotel_in_memory(t);

    assert_ok(t->fault,
              store_int(t->store, "INSERT INTO pet (name, kind) VALUES (:name, 'cat') RETURNING id",
                        BINDS(BIND_TEXT("name", "Tom")), &id));

    assert_int_equal(id, 1);
    assert_status(store_int(t->store,
                            "INSERT INTO pet (name, kind, mother) VALUES ('Eva', 'cat', 99)\n"
                            "RETURNING id",
                            NULL, &id),
                  ERR_CONFLICT);
    assert_int_equal(id, 1);
    assert_int_equal(pets(t), 1);
    assert_false(store_in_transaction(t->store));
}

static void the_nth_statement_fails_like_a_full_disk_and_leaves_nothing(void **state)
{
    struct hotel *t = *state;
    int failures = 0;
    given_hotel_in_memory(t);

    for (int n = 1; n < 20; n++) {
        store_fail_after(t->store, n);
        status result = store_begin_write(t->store);
        for (int i = 0; i < 4 && result == OK; i++)
            result = add_pet(t, "Rex");
        if (result == OK)
            result = store_commit(t->store);
        store_rollback(t->store);
        store_fail_after(t->store, 0);
        if (result == OK)
            break;
        failures++;
        assert_status(result, ERR_IO);
        assert_says(t->fault, "The disk is full");
        assert_int_equal(pets(t), 0);
    }

    assert_int_equal(failures, 6); /* begin, four rows, commit */
    assert_int_equal(pets(t), 4);
}

static void after_a_lost_transaction_nothing_runs_until_it_is_ended(void **state)
{
    struct hotel *t = *state;
    given_hotel_in_memory(t);
    assert_ok(t->fault, store_begin_write(t->store));
    store_fail_after(t->store, 1);
    assert_status(add_pet(t, "Rex"), ERR_IO);

    assert_status(add_pet(t, "Tom"), ERR_IO);
    assert_status(store_commit(t->store), ERR_IO);

    assert_false(store_in_transaction(t->store));
    assert_int_equal(pets(t), 0);
    assert_ok(t->fault, add_pet(t, "Tom"));
}

static void a_text_can_be_tried_without_running(void **state)
{
    struct hotel *t = *state;
    AUTO_BUF plan = BUF(4096);
    given_hotel_in_memory(t);

    assert_ok(t->fault, store_try(t->store, "DELETE FROM door WHERE floor = :floor", NULL));
    assert_ok(t->fault, store_try(t->store, "SELECT id FROM pet WHERE name = :name", &plan));
    assert_non_null(strstr(buf_str(&plan), "USING COVERING INDEX pet_by_name"));
    assert_status(store_try(t->store, "SELECT id FORM pet", NULL), ERR_CORRUPT);
    assert_says(t->fault, "syntax error");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOTEL_TEST(a_row_comes_back_as_it_went_in),
        HOTEL_TEST(what_is_empty_is_null_in_the_database),
        HOTEL_TEST(a_list_holds_every_row_in_order),
        HOTEL_TEST(a_list_without_rows_is_empty),
        HOTEL_TEST(no_row_is_not_found_without_a_sentence),
        HOTEL_TEST(explicit_values_win_over_the_row),
        HOTEL_TEST(values_are_found_by_name_in_any_order),
        HOTEL_TEST(a_parameter_without_a_value_is_refused),
        HOTEL_TEST(a_column_without_a_field_is_refused),
        HOTEL_TEST(wrong_sql_says_what_is_wrong),
        HOTEL_TEST(an_unknown_word_in_the_database_is_corrupt),
        HOTEL_TEST(other_types_than_the_fields_are_corrupt),
        HOTEL_TEST(a_value_outside_its_choices_is_not_written),
        HOTEL_TEST(a_pattern_may_change_between_two_uses),
        HOTEL_TEST(a_text_at_the_same_address_is_prepared_anew),
        HOTEL_TEST(composed_texts_are_kept_by_content),
        HOTEL_TEST(broken_rules_get_a_sentence_and_leave_the_transaction_alive),
        HOTEL_TEST(a_row_cannot_be_replaced_past_its_delete_trigger),
        HOTEL_TEST(nothing_is_written_while_only_looking),
        HOTEL_TEST(a_rollback_takes_everything_back),
        HOTEL_TEST(an_insert_can_return_what_it_made),
        HOTEL_TEST(the_nth_statement_fails_like_a_full_disk_and_leaves_nothing),
        HOTEL_TEST(after_a_lost_transaction_nothing_runs_until_it_is_ended),
        HOTEL_TEST(a_text_can_be_tried_without_running),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
