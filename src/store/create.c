/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* A new shop's file: built under another name, complete, then given its name in one step, so that a
 * crash half-way leaves no file that looks like a shop. */
#include "inner.h"

#include <unistd.h>

static int run_text(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

status create_content(sqlite3 *db, const struct store_options *options, const char *path,
                      struct fault *fault)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *marks =
        arena_printf(&arena, "PRAGMA application_id = %d; PRAGMA user_version = %lld; COMMIT",
                     STORE_APPLICATION_ID, (long long)options->version);

    if (run_text(db, "BEGIN EXCLUSIVE") != SQLITE_OK ||
        (options->schema != NULL && run_text(db, options->schema) != SQLITE_OK) ||
        run_text(db, marks) != SQLITE_OK)
        return store_sentence(fault, db, path);
    return OK;
}

static status build(const char *draft, const struct store_options *options, struct fault *fault)
{
    sqlite3 *db = NULL;
    status result = OK;

    if (connection_open(draft, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, &db) != SQLITE_OK)
        result = store_sentence(fault, db, draft);
    if (result == OK)
        result = settings_safety(db, draft, fault);
    if (result == OK)
        result = create_content(db, options, draft, fault);
    if (sqlite3_close(db) != SQLITE_OK && result == OK)
        result = fault_set(fault, ERR_IO, "The new shop's file cannot be finished.");
    return result;
}

static void remove_draft(struct arena *arena, const char *draft)
{
    (void)unlink(arena_printf(arena, "%s-journal", draft));
    (void)unlink(draft);
}

status create_shop(const char *path, const struct store_options *options, struct fault *fault)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *draft = arena_printf(&arena, "%s.new", path);
    status result;

    remove_draft(&arena, draft); /* of a crash; the guard says nobody else is at it */
    TRY(place_new_file(draft, fault));
    result = build(draft, options, fault);
    if (result == OK)
        result = place_publish(draft, path, fault);
    if (result != OK)
        remove_draft(&arena, draft);
    return result;
}
