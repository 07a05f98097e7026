/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Opening and closing: from a name to a connection that is known to be a shop's, or a sentence that
 * says why not. */
#include "inner.h"

#include <string.h>

/* "file:/path?immutable=1" with what has a meaning in a URI escaped (sqlite.org/uri.html). */
static const char *immutable_uri(struct arena *arena, const char *path)
{
    struct buf uri = BUF(65536);

    buf_text(&uri, "file:");
    for (const char *at = path; *at != '\0'; at++) {
        if (strchr("%?# ", *at) != NULL)
            buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*at);
        else
            buf_char(&uri, *at);
    }
    buf_text(&uri, "?immutable=1");
    const char *text = arena_text(arena, buf_str(&uri));
    buf_done(&uri);
    return text;
}

/* Counting every allocation under a lock costs a tenth of a write, and nobody reads the counts. It
 * can be turned off before SQLite's first use alone: after that the wish is refused, and fine. */
int connection_open(const char *name, int flags, sqlite3 **ret_db)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return sqlite3_open_v2(name, ret_db, flags, gather_vfs());
}

static status connect_to(struct store *store, const struct place *place)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const char *name = place->path;

    if (place->immutable) {
        flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
        name = immutable_uri(&arena, place->path);
    } else {
        flags |= SQLITE_OPEN_READWRITE;
    }
    if (connection_open(name, flags, &store->db) != SQLITE_OK)
        return store_sentence(store->fault, store->db, store->path);
    return OK;
}

static status check_version(const struct store *store, int64_t found, int64_t known)
{
    if (found > known)
        return fault_set(store->fault, ERR_IO,
                         "The shop's file %.200s was written by a newer Pitlane. Install the newer "
                         "program on this computer too.",
                         store->path);
    if (found < known)
        return fault_set(store->fault, ERR_IO,
                         "The shop's file %.200s was written by an older Pitlane, which this one "
                         "does not read. Open it with the program it was made with.",
                         store->path);
    return OK;
}

static status identify(struct store *store, int64_t known)
{
    int64_t application = 0;
    int64_t version = 0;
    int64_t tables = 0;

    if (settings_ask(store->db, "PRAGMA application_id", &application) != SQLITE_OK ||
        settings_ask(store->db, "PRAGMA user_version", &version) != SQLITE_OK ||
        settings_ask(store->db, "SELECT count(*) FROM sqlite_schema", &tables) != SQLITE_OK)
        return store_sentence(store->fault, store->db, store->path);
    if (application != STORE_APPLICATION_ID)
        return fault_set(store->fault, ERR_CORRUPT,
                         "%.200s is another program's file, not a shop's. Give the name of a file "
                         "that Pitlane made.",
                         store->path);
    return check_version(store, version, known);
}

/* Who it is comes first: no foreign file is changed by the settings. */
static status open_file(struct store *store, const struct store_options *options,
                        const struct place *place)
{
    store->path = mem_text(place->path);
    if (!place->immutable)
        TRY(guard_open(&store->guard, place->path, options->read_only, store->fault));
    TRY(guard_take(&store->guard, store->wait_ms, store->fault));
    if (options->create)
        TRY(create_shop(place->path, options, store->fault));
    TRY(connect_to(store, place));
    (void)sqlite3_busy_timeout(store->db, (int)store->wait_ms);
    TRY(identify(store, options->version));
    TRY(settings_apply(store));
    guard_release(&store->guard);
    return OK;
}

static status open_in_memory(struct store *store, const struct store_options *options)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    store->path = mem_text(":memory:");
    if (connection_open(":memory:", flags, &store->db) != SQLITE_OK)
        return store_sentence(store->fault, store->db, store->path);
    TRY(settings_apply(store));
    return create_content(store->db, options, store->path, store->fault);
}

static status open_any(struct store *store, const char *path, const struct store_options *options)
{
    struct place place = {0};

    if (path != NULL && strcmp(path, ":memory:") == 0)
        return open_in_memory(store, options);
    store->read_only = options->read_only && !options->create;
    status result = place_find(path, options, store->fault, &place);
    if (result == OK)
        result = open_file(store, options, &place);
    place_done(&place);
    return result;
}

status store_open(const char *path, const struct store_options *options, struct fault *fault,
                  struct store **ret_store)
{
    struct store *store = mem_alloc(sizeof(*store));

    *store = (struct store){.fault = fault,
                            .guard = GUARD_NONE,
                            .wait_ms = STORE_WAIT_MS,
                            .log_limit = STORE_LOG_PAGES};
    const status result = open_any(store, path, options);
    if (result == ERR_IO && store->db != NULL && error_is_full(store->db) && reserve_give(store)) {
        store_report_to(store, NULL);
        store_close(store);
        TRY(store_open(path, options, fault, ret_store));
        (*ret_store)->reserve_given++;
        return OK;
    }
    if (result != OK) {
        store_report_to(store, NULL);
        store_close(store);
        return result;
    }
    if (!store->read_only)
        changes_watch(&store->changes, store->db, options->quiet);
    *ret_store = store;
    return OK;
}

/* The last connection to close moves the log into the database, which is writing: without the guard
 * the log is left for the next one to open. */
static void disconnect(struct store *store)
{
    if (guard_take(&store->guard, store->wait_ms, NULL) != OK)
        (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    (void)sqlite3_close_v2(store->db);
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    store_rollback(store);
    statements_done(&store->statements);
    if (store->db != NULL)
        disconnect(store);
    guard_close(&store->guard);
    changes_done(&store->changes);
    mem_free(store->scratch);
    mem_free(store->path);
    mem_free(store);
}

void store_report_to(struct store *store, struct fault *fault)
{
    store->fault = fault;
}

void store_wait_at_most(struct store *store, int64_t wait_ms)
{
    store->wait_ms = wait_ms;
    (void)sqlite3_busy_timeout(store->db, (int)wait_ms);
}

const char *store_path(const struct store *store)
{
    return store->path;
}
