/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Transactions and the moving of the log into the database: whatever writes does it under the
 * guard. */
#include "inner.h"

static const char begin_write[] = "BEGIN IMMEDIATE"; /* a later upgrade would not wait its turn */
static const char begin_read[] = "BEGIN";
static const char commit[] = "COMMIT";

static status run_fixed(struct store *store, const char *sql)
{
    struct statement *statement = NULL;

    TRY(statement_find(store, sql, &statement));
    TRY(transaction_count(store));
    const int code = sqlite3_step(statement->handle);
    const status result = code == SQLITE_DONE ? OK : store_failed(store);
    (void)sqlite3_reset(statement->handle);
    return result;
}

void store_fail_after(struct store *store, int64_t statements)
{
    store->fail_in = statements;
}

/* A full disk makes SQLite roll back by itself; so does the made-up one. */
status transaction_count(struct store *store)
{
    if (store->fail_in == 0 || --store->fail_in > 0)
        return OK;
    if (!sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    const status result =
        fault_set(store->fault, ERR_IO,
                  "The disk is full, so nothing was saved. Free some space, then try again.");
    if (store->transaction != TRANSACTION_NONE)
        store->broken = result;
    return result;
}

void store_takes_long(struct store *store)
{
    guard_takes_long(&store->guard);
}

bool store_in_transaction(const struct store *store)
{
    return store->transaction != TRANSACTION_NONE;
}

static status begin(struct store *store, const char *sql, enum transaction kind)
{
    if (store->transaction != TRANSACTION_NONE)
        return fault_set(store->fault, ERR_CONFLICT,
                         "Something else is still being saved. Finish that first.");
    TRY(run_fixed(store, sql));
    store->transaction = kind;
    store->broken = OK;
    return OK;
}

status store_begin_read(struct store *store)
{
    return begin(store, begin_read, TRANSACTION_READ);
}

/* What would be saved now goes into a file that nobody finds, and its log beside another one. */
static status check_not_moved(struct store *store)
{
    int moved = 0;

    if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
        moved == 0)
        return OK;
    return fault_set(store->fault, ERR_IO,
                     "The shop's file %.200s was moved away or replaced while it was open here, so "
                     "nothing was saved. Leave Pitlane at every terminal, then start it again.",
                     store->path);
}

status store_begin_write(struct store *store)
{
    if (store->read_only)
        return fault_set(store->fault, ERR_IO,
                         "The shop was opened for reading only. Nothing was saved.");
    if (store->transaction == TRANSACTION_NONE)
        TRY(guard_take(&store->guard, store->wait_ms, store->fault));
    status result = check_not_moved(store);
    if (result == OK)
        result = begin(store, begin_write, TRANSACTION_WRITE);
    if (store->transaction == TRANSACTION_NONE)
        guard_release(&store->guard);
    return result;
}

/* When nobody was idle for long. A passive checkpoint waits for no reader; while readers keep the
 * log from starting anew it is not tried again at every commit. */
static void shrink_log(struct store *store)
{
    if (store->log_pages < store->checkpoint_at || store->log_pages < store->log_limit)
        return;
    store->checkpoint_at = store->log_pages + store->log_limit / 4;
    (void)sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

static void transaction_over(struct store *store)
{
    store->transaction = TRANSACTION_NONE;
    store->own_transaction = false;
    store->broken = OK;
    changes_forget(&store->changes);
    guard_release(&store->guard);
}

void store_rollback(struct store *store)
{
    if (store->transaction == TRANSACTION_NONE)
        return;
    if (!sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    transaction_over(store);
}

status store_commit(struct store *store)
{
    status result = store->broken;

    if (store->transaction == TRANSACTION_NONE)
        return fault_set(store->fault, ERR_CONFLICT, "There is nothing to be saved.");
    if (result == OK)
        result = run_fixed(store, commit);
    if (result != OK) {
        store_rollback(store);
        return result;
    }
    if (store->transaction == TRANSACTION_WRITE)
        shrink_log(store);
    transaction_over(store);
    return OK;
}

status transaction_end_own(struct store *store, status result)
{
    if (!store->own_transaction)
        return result;
    if (result == OK || result == ERR_NOT_FOUND) {
        const status committed = store_commit(store);
        return committed == OK ? result : committed;
    }
    store_rollback(store);
    return result;
}

status store_data_version(struct store *store, int64_t *ret_version)
{
    return store_int(store, "PRAGMA data_version", NULL, ret_version);
}

status store_checkpoint(struct store *store)
{
    if (store->guard.file < 0 || store->read_only)
        return OK;
    if (store->transaction != TRANSACTION_NONE)
        return fault_set(store->fault, ERR_BUSY, "Something is still being saved.");
    TRY(guard_take(&store->guard, 0, store->fault));
    (void)sqlite3_busy_timeout(store->db, 0);
    const int code =
        sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    const status result = code == SQLITE_OK ? OK : store_failed(store);
    (void)sqlite3_busy_timeout(store->db, (int)store->wait_ms);
    guard_release(&store->guard);
    return result;
}
