/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* The switches of every connection. Each is read back: a connection that would not check foreign
 * keys, or would not wait for the disk, is not used at all. */
#include "inner.h"

#include <string.h>

/* clang-format off */
static const struct {
    int option;
    int value;
} safety[] = {
    {SQLITE_DBCONFIG_ENABLE_FKEY,           1},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER,        1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA,        0},
    {SQLITE_DBCONFIG_DEFENSIVE,             1},
    {SQLITE_DBCONFIG_WRITABLE_SCHEMA,       0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_DQS_DDL,               0}, /* "x" is a name, never a text */
    {SQLITE_DBCONFIG_DQS_DML,               0},
};

struct setting {
    const char *set;
    const char *ask;
    int64_t value;
};
static const struct setting settings[] = {
    {"PRAGMA recursive_triggers = ON", "PRAGMA recursive_triggers", 1},
    {"PRAGMA cell_size_check = ON",    "PRAGMA cell_size_check",    1},
    {"PRAGMA temp_store = MEMORY",     "PRAGMA temp_store",         2},
    {"PRAGMA cache_size = -8000",      "PRAGMA cache_size",         -8000},
};
/* A log that a commit waits for on the disk, and that is moved into the database in idle time. */
static const struct setting file_settings[] = {
    {"PRAGMA mmap_size = 0",          "PRAGMA mmap_size",          0},
    {"PRAGMA synchronous = FULL",     "PRAGMA synchronous",        2},
    {"PRAGMA wal_autocheckpoint = 0", "PRAGMA wal_autocheckpoint", 0},
    {"PRAGMA journal_size_limit = 1048576", "PRAGMA journal_size_limit", 1048576},
};
static const struct setting building[] = {
    {"PRAGMA synchronous = OFF", "PRAGMA synchronous", 0},
};
static const struct setting reading[] = {
    {"PRAGMA query_only = ON", "PRAGMA query_only", 1},
};
/* clang-format on */

int settings_ask(sqlite3 *db, const char *sql, int64_t *ret_value)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *ret_value = sqlite3_column_int64(statement, 0);
    const int end = sqlite3_finalize(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code == SQLITE_OK ? end : code;
}

static status unfit(const char *what, struct fault *fault)
{
    return fault_set(fault, ERR_IO,
                     "The SQLite library of this computer does not do what a shop's file needs "
                     "(%s). Install the one of the system's distribution.",
                     what);
}

status settings_safety(sqlite3 *db, const char *path, struct fault *fault)
{
    for (size_t i = 0; i < COUNT_OF(safety); i++) {
        int now = -1;
        if (sqlite3_db_config(db, safety[i].option, safety[i].value, &now) != SQLITE_OK)
            return store_sentence(fault, db, path);
        if (now != safety[i].value)
            return unfit("safety", fault);
    }
    return OK;
}

static status apply(struct store *store, const struct setting *setting, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int64_t now = -1;
        int64_t ignored = 0;
        if (settings_ask(store->db, setting[i].set, &ignored) != SQLITE_OK ||
            settings_ask(store->db, setting[i].ask, &now) != SQLITE_OK)
            return store_sentence(store->fault, store->db, store->path);
        if (now != setting[i].value)
            return unfit(setting[i].ask, store->fault);
    }
    return OK;
}

/* The answer is the mode the database is in afterwards. */
static status apply_log(struct store *store)
{
    sqlite3_stmt *statement = NULL;
    bool is_log = false;

    (void)sqlite3_prepare_v2(store->db, "PRAGMA journal_mode = WAL", -1, &statement, NULL);
    const bool answered = statement != NULL && sqlite3_step(statement) == SQLITE_ROW;
    if (answered)
        is_log = strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
    (void)sqlite3_finalize(statement);
    if (!answered)
        return store_sentence(store->fault, store->db, store->path);
    return is_log ? OK : unfit("write-ahead log", store->fault);
}

static status apply_waiting(struct store *store)
{
    TRY(apply(store, file_settings, COUNT_OF(file_settings)));
    gather(store->db, true);
    return OK;
}

static int note_log_pages(void *context, sqlite3 *db, const char *database, int pages)
{
    struct store *store = context;

    (void)db;
    (void)database;
    store->log_pages = pages;
    if (pages < store->log_limit)
        store->checkpoint_at = store->log_limit;
    return SQLITE_OK;
}

status settings_apply(struct store *store)
{
    const bool in_memory = store->guard.path == NULL && !store->read_only;

    (void)sqlite3_busy_timeout(store->db, (int)store->wait_ms);
    (void)sqlite3_extended_result_codes(store->db, 1);
    TRY(settings_safety(store->db, store->path, store->fault));
    TRY(apply(store, settings, COUNT_OF(settings)));
    if (in_memory)
        return OK;
    if (!store->read_only)
        TRY(apply_log(store));
    TRY(apply_waiting(store));
    (void)sqlite3_wal_hook(store->db, note_log_pages, store);
    return store->read_only ? apply(store, reading, COUNT_OF(reading)) : OK;
}

status store_building(struct store *store, bool is_building)
{
    if (store->guard.path == NULL || store->read_only)
        return OK;
    if (store->transaction != TRANSACTION_NONE)
        return fault_set(store->fault, ERR_BUSY, "Something is still being saved.");
    if (!is_building)
        return apply_waiting(store);
    gather(store->db, false);
    return apply(store, building, COUNT_OF(building));
}
