/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* A commit's pages reach the log as one write; and whoever else opens the file, with this program
 * or another, finds what was committed and nothing else. */
#include "store_test.h"

#include <unistd.h>

#include "../../src/store/inner.h"

enum { MANY = 600, ONE_PIECE = 200 };

static void add_long_names(struct hotel *t, int count)
{
    char name[400];

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    for (int i = 0; i < count; i++)
        assert_ok(t->fault, add_pet(t, name));
}

static void save_long_names(struct hotel *t, int count)
{
    assert_ok(t->fault, store_begin_write(t->store));
    add_long_names(t, count);
    assert_ok(t->fault, store_commit(t->store));
}

/* Calls to the system that wrote, of this process. */
static long long writes(void)
{
    FILE *file = fopen("/proc/self/io", "r");
    char line[100];
    long long count = -1;

    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "syscw: %lld", &count) == 1)
            break;
    fclose(file);
    assert_true(count >= 0);
    return count;
}

/* As a program sees it that knows nothing of this one. */
static int64_t ask_elsewhere(const struct hotel *t, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;

    assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    const int code = sqlite3_step(statement);
    const int64_t answer = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    if (code != SQLITE_ROW)
        assert_int_equal(code, SQLITE_DONE);
    sqlite3_finalize(statement);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return answer;
}

static const char sound[] = "SELECT count(*) FROM pragma_integrity_check "
                            "WHERE integrity_check <> 'ok'";
static const char add_elsewhere[] = "INSERT INTO pet (name, kind) VALUES ('Wanderer', 'cat')";

static void a_commit_of_many_pages_is_written_at_once(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);
    assert_ok(t->fault, store_begin_write(t->store));
    add_long_names(t, ONE_PIECE); /* 25 pages and more */

    const long long before = writes();
    assert_ok(t->fault, store_commit(t->store));

    assert_in_range(writes() - before, 1, 6);
    assert_int_equal(ask_elsewhere(t, count_pets), ONE_PIECE);
}

static void what_is_committed_is_there_for_other_programs(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);

    for (int i = 1; i <= 5; i++) {
        save_long_names(t, MANY);
        assert_int_equal(ask_elsewhere(t, count_pets), i * MANY);
        assert_int_equal(ask_elsewhere(t, sound), 0);
    }
}

static void a_transaction_larger_than_its_memory_finds_its_own_rows(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);
    assert_ok(t->fault, store_run(t->store, "PRAGMA cache_size = 10", NO_ROW, NULL));
    assert_ok(t->fault, store_begin_write(t->store));

    add_long_names(t, MANY);
    assert_int_equal(pets(t), MANY);
    assert_int_equal(ask_elsewhere(t, count_pets), 0);

    assert_ok(t->fault, store_run(t->store, "UPDATE pet SET visits = 7", NO_ROW, NULL));
    assert_ok(t->fault, store_commit(t->store));
    assert_int_equal(ask_elsewhere(t, "SELECT sum(visits) FROM pet"), 7 * MANY);
    assert_int_equal(ask_elsewhere(t, sound), 0);
}

static void what_was_given_up_never_lies_over_what_others_saved(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);
    add_long_names(t, 10);
    assert_ok(t->fault, store_run(t->store, "PRAGMA cache_size = 10", NO_ROW, NULL));

    for (int i = 1; i <= 20; i++) {
        assert_ok(t->fault, store_begin_write(t->store));
        add_long_names(t, 30 * i); /* more than fits: some of it is in the log, or nearly */
        store_rollback(t->store);

        (void)ask_elsewhere(t, add_elsewhere);
        add_long_names(t, 1);

        assert_int_equal(pets(t), 10 + 2 * i);
        assert_int_equal(ask_elsewhere(t, count_pets), 10 + 2 * i);
        assert_int_equal(ask_elsewhere(t, sound), 0);
    }
}

static void a_shop_that_is_being_made_can_be_looked_at(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);
    assert_ok(t->fault, store_building(t->store, true));

    save_long_names(t, MANY);
    assert_int_equal(ask_elsewhere(t, count_pets), MANY);
    assert_ok(t->fault, store_building(t->store, false));
    save_long_names(t, MANY);

    assert_int_equal(ask_elsewhere(t, count_pets), 2 * MANY);
    assert_int_equal(ask_elsewhere(t, sound), 0);
}

/* Without a wait for the disk there is nobody to write what was gathered. */
static void without_the_wait_for_the_disk_nothing_is_gathered(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);
    assert_ok(t->fault, store_building(t->store, true));
    assert_ok(t->fault, store_begin_write(t->store));
    add_long_names(t, ONE_PIECE);

    const long long before = writes();
    assert_ok(t->fault, store_commit(t->store));

    assert_true(writes() - before > 2 * ONE_PIECE * 400 / 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOTEL_TEST(a_commit_of_many_pages_is_written_at_once),
        HOTEL_TEST(what_is_committed_is_there_for_other_programs),
        HOTEL_TEST(a_transaction_larger_than_its_memory_finds_its_own_rows),
        HOTEL_TEST(what_was_given_up_never_lies_over_what_others_saved),
        HOTEL_TEST(a_shop_that_is_being_made_can_be_looked_at),
        HOTEL_TEST(without_the_wait_for_the_disk_nothing_is_gathered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
