/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Whether the file is sound, and whether the program's own SQL is. */
#include "inner.h"

#include <string.h>

/* SQLite's findings start with lines such as "*** in database main ***". */
static const char *plain_finding(struct arena *arena, const char *finding)
{
    const char *start = strncmp(finding, "*** ", 4) == 0 ? strchr(finding, '\n') : NULL;
    char *text = arena_text(arena, start == NULL ? finding : start + 1);

    text[strcspn(text, "\n")] = '\0';
    return text;
}

static status check_pages(struct store *store, bool quick, struct arena *arena)
{
    const char *finding = "";

    TRY(store_text(store, quick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)", NULL,
                   arena, &finding));
    if (strcmp(finding, "ok") == 0)
        return OK;
    return fault_set(store->fault, ERR_CORRUPT,
                     "The shop's file %.200s is damaged (%.120s). Keep it as it is for repair, and "
                     "go on with the newest backup.",
                     store->path, plain_finding(arena, finding));
}

static status check_links(struct store *store, struct arena *arena)
{
    const char *found = "";
    static const char first[] = "SELECT \"table\" || ' ' || coalesce(rowid, '') || ', ' || parent\n"
                                "FROM pragma_foreign_key_check\n"
                                "LIMIT 1";
    const status result = store_text(store, first, NULL, arena, &found);

    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    return fault_set(
        store->fault, ERR_CORRUPT,
        "A record of the shop's file %.200s belongs to one that is not there (%.120s). "
        "Keep the file as it is for repair, and go on with the newest backup.",
        store->path, found);
}

status store_verify(struct store *store, bool quick)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    TRY(check_pages(store, quick, &arena));
    return quick ? OK : check_links(store, &arena);
}

static status explain(struct store *store, const char *sql, struct buf *plan)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    sqlite3_stmt *statement = NULL;
    const char *text = arena_printf(&arena, "EXPLAIN QUERY PLAN %s", sql);
    int code = sqlite3_prepare_v2(store->db, text, -1, &statement, NULL);

    while (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        buf_text(plan, (const char *)sqlite3_column_text(statement, 3));
        buf_char(plan, '\n');
    }
    code = sqlite3_finalize(statement);
    return code == SQLITE_OK ? OK : store_failed(store);
}

status store_try(struct store *store, const char *sql, struct buf *plan)
{
    struct statement *statement = NULL;

    TRY(statement_find(store, sql, &statement));
    return plan == NULL ? OK : explain(store, sql, plan);
}

status store_guard_check(struct store *store)
{
    if (store->guard.path == NULL || store->read_only)
        return OK;
    TRY(store_begin_write(store));
    const bool is_open = guard_is_open_to_others(&store->guard);
    store_rollback(store);
    if (!is_open)
        return OK;
    return fault_set(store->fault, ERR_IO,
                     "Two programs could save to the shop's file at once: the lock on %.200s does "
                     "not hold here.",
                     store->guard.path);
}
