/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* What the store costs above bare SQLite, both sides in one run: the same statements in memory, and
 * saves on a disk, each waited for (25 rows written, 35 read, as much as posting an invoice). */
#include <stdio.h>
#include <time.h>

#include "store_test.h"

#include "../../src/store/inner.h"

enum { ROUNDS = 7, BATCH = 20000, SAVES = 1500, WRITES = 25, READS = 35 };

static double now_us(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e6 + (double)at.tv_nsec / 1e3;
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
        abort();
    return statement;
}

static void must(status result)
{
    if (result != OK)
        abort();
}

static double store_inserts(struct hotel *t)
{
    struct pet pet = a_pet("Rex of the long corridor");
    const double start = now_us();

    must(store_begin_write(t->store));
    for (int i = 0; i < BATCH; i++) {
        pet.visits = i;
        must(store_run(t->store, insert_pet, BIND_ROW(&pet_shape, &pet), NULL));
    }
    must(store_commit(t->store));
    return (now_us() - start) / BATCH;
}

static double raw_inserts(sqlite3 *db)
{
    sqlite3_stmt *insert = prepared(db, insert_pet);
    const double start = now_us();

    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (int i = 0; i < BATCH; i++) {
        sqlite3_bind_text(insert, 2, "Rex of the long corridor", -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, "dog", -1, SQLITE_STATIC);
        for (int p = 4; p <= 7; p++)
            sqlite3_bind_int64(insert, p, i * (p == 7));
        if (sqlite3_step(insert) != SQLITE_DONE)
            abort();
        sqlite3_reset(insert);
    }
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    const double end = now_us();
    sqlite3_finalize(insert);
    return (end - start) / BATCH;
}

static const char update[] = "UPDATE pet SET visits = visits + 1 WHERE id = :id";

static double store_updates(struct hotel *t)
{
    const double start = now_us();

    must(store_begin_write(t->store));
    for (int i = 0; i < BATCH; i++)
        must(store_run(t->store, update, NO_ROW, BINDS(BIND_INT("id", i % 1000 + 1))));
    must(store_commit(t->store));
    return (now_us() - start) / BATCH;
}

static double raw_updates(sqlite3 *db)
{
    sqlite3_stmt *statement = prepared(db, update);
    const double start = now_us();

    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (int i = 0; i < BATCH; i++) {
        sqlite3_bind_int64(statement, 1, i % 1000 + 1);
        if (sqlite3_step(statement) != SQLITE_DONE)
            abort();
        sqlite3_reset(statement);
    }
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    const double end = now_us();
    sqlite3_finalize(statement);
    return (end - start) / BATCH;
}

static const char by_id[] = "SELECT id, name, kind, bites, fee, weight, visits, born_on, seen_at, "
                            "mother, chip FROM pet WHERE id = :id";

static double store_gets(struct hotel *t)
{
    struct pet pet;
    const double start = now_us();

    for (int i = 0; i < BATCH; i++) {
        must(store_get(t->store, by_id, NO_ROW, BINDS(BIND_INT("id", i % 1000 + 1)), &t->arena,
                       &pet_shape, &pet));
        if (i % 100 == 0)
            arena_reset(&t->arena);
    }
    return (now_us() - start) / BATCH;
}

static double raw_gets(sqlite3 *db)
{
    sqlite3_stmt *statement = prepared(db, by_id);
    const double start = now_us();
    char name[200];
    volatile int64_t sum = 0;

    for (int i = 0; i < BATCH; i++) {
        sqlite3_bind_int64(statement, 1, i % 1000 + 1);
        if (sqlite3_step(statement) != SQLITE_ROW)
            abort();
        snprintf(name, sizeof(name), "%s", (const char *)sqlite3_column_text(statement, 1));
        for (int c = 3; c < 11; c++)
            sum += sqlite3_column_int64(statement, c);
        sqlite3_reset(statement);
    }
    const double end = now_us();
    (void)sum; /* volatile, so that the columns are read */
    sqlite3_finalize(statement);
    return (end - start) / BATCH;
}

static int by_size(const void *a, const void *b)
{
    const double left = *(const double *)a;
    const double right = *(const double *)b;

    return (left > right) - (left < right);
}

static void report_saves(const char *what, double *us)
{
    double sum = 0;

    for (int i = 0; i < SAVES; i++)
        sum += us[i];
    qsort(us, SAVES, sizeof(*us), by_size);
    printf("%-22s %6.0f saves/s, p50 %4.0f us, p99 %5.0f us\n", what, SAVES / sum * 1e6,
           us[SAVES / 2], us[SAVES * 99 / 100]);
}

static void store_saves(struct hotel *t, double *us)
{
    struct pet pet = a_pet("Rex of the long corridor");

    for (int i = 0; i < SAVES; i++) {
        AUTO_BUF json = BUF_MIB(1);
        const double start = now_us();
        must(store_begin_write(t->store));
        for (int r = 0; r < READS; r++)
            must(store_get(t->store, by_id, NO_ROW, BINDS(BIND_INT("id", r + 1)), &t->arena,
                           &pet_shape, &pet));
        pet.id.v = 0;
        for (int w = 0; w < WRITES; w++)
            must(store_run(t->store, insert_pet, BIND_ROW(&pet_shape, &pet), NULL));
        (void)store_changes(t->store, &json);
        must(store_commit(t->store));
        us[i] = now_us() - start;
        arena_reset(&t->arena);
    }
}

static void raw_save(sqlite3 *db, sqlite3_stmt *insert, sqlite3_stmt *get)
{
    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (int r = 0; r < READS; r++) {
        sqlite3_bind_int64(get, 1, r + 1);
        if (sqlite3_step(get) != SQLITE_ROW)
            abort();
        sqlite3_reset(get);
    }
    for (int w = 0; w < WRITES; w++) {
        sqlite3_bind_text(insert, 2, "Rex of the long corridor", -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, "dog", -1, SQLITE_STATIC);
        for (int p = 4; p <= 7; p++)
            sqlite3_bind_int64(insert, p, 0);
        if (sqlite3_step(insert) != SQLITE_DONE)
            abort();
        sqlite3_reset(insert);
    }
    if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        abort();
}

static void raw_saves(sqlite3 *db, double *us)
{
    sqlite3_stmt *insert = prepared(db, insert_pet);
    sqlite3_stmt *get = prepared(db, by_id);

    for (int i = 0; i < SAVES; i++) {
        const double start = now_us();
        raw_save(db, insert, get);
        us[i] = now_us() - start;
    }
    sqlite3_finalize(insert);
    sqlite3_finalize(get);
}

static void given_hundred(struct hotel *t)
{
    given_hotel_on_disk(t);
    for (int i = 0; i < 100; i++)
        must(add_pet(t, "Rex"));
}

static void saves_on_disk(void)
{
    static double us[2][SAVES];
    struct hotel guarded = {0};
    struct hotel bare = {0};

    given_hundred(&guarded);
    given_hundred(&bare);
    sqlite3_preupdate_hook(bare.store->db, NULL, NULL);
    sqlite3_wal_autocheckpoint(bare.store->db, 1000); /* as SQLite does by itself */
    store_saves(&guarded, us[0]);
    raw_saves(bare.store->db, us[1]);
    report_saves("saved by the store", us[0]);
    report_saves("saved by bare SQLite", us[1]);
    close_hotel(&guarded);
    close_hotel(&bare);
    remove_folder(&guarded);
    remove_folder(&bare);
    arena_done(&guarded.arena);
}

static void best(double *kept, double now)
{
    if (*kept == 0 || now < *kept)
        *kept = now;
}

static void report(const char *what, double store_us, double raw_us)
{
    printf("%-22s store %6.2f us, bare %6.2f us: %.2fx the time\n", what, store_us, raw_us,
           store_us / raw_us);
}

int main(void)
{
    double us[6] = {0};

    for (int i = 0; i < ROUNDS; i++) {
        struct hotel t = {0};
        struct store *bare = NULL;
        must(store_open(":memory:", &pet_new, &t.fault, &t.store));
        must(store_open(":memory:", &pet_new, &t.fault, &bare));
        sqlite3_preupdate_hook(bare->db, NULL, NULL);
        best(&us[0], store_inserts(&t));
        best(&us[1], raw_inserts(bare->db));
        best(&us[2], store_updates(&t));
        best(&us[3], raw_updates(bare->db));
        best(&us[4], store_gets(&t));
        best(&us[5], raw_gets(bare->db));
        arena_done(&t.arena);
        store_close(t.store);
        store_close(bare);
    }
    report("insert of 11 values", us[0], us[1]);
    report("update of one value", us[2], us[3]);
    report("read of 11 values", us[4], us[5]);
    saves_on_disk();
    return 0;
}
