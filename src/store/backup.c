/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* A copy of the whole shop through SQLite, which alone knows what of the log belongs to it. The
 * copy gets its name when it is complete and on the disk. */
#include "inside.h"

#include <unistd.h>

static int copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");

    if (backup == NULL)
        return sqlite3_errcode(to);
    /* All in one step: a read transaction the whole time, so writers go on and the picture holds.
     */
    const int code = sqlite3_backup_step(backup, -1);
    const int end = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? SQLITE_OK : end;
}

static status copy_into(struct store *store, const char *draft)
{
    sqlite3 *to = NULL;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    status result = OK;

    if (sqlite3_open_v2(draft, &to, flags, NULL) != SQLITE_OK ||
        copy_pages(store->db, to) != SQLITE_OK)
        result = store_sentence(store->fault, to, draft);
    if (sqlite3_close(to) != SQLITE_OK && result == OK)
        result = fault_set(store->fault, ERR_IO, "The backup %.200s cannot be finished.", draft);
    return result;
}

static status backup_as(struct store *store, const char *path, struct arena *arena)
{
    const char *draft = arena_printf(arena, "%s.part", path);

    (void)unlink(draft); /* of a backup that was interrupted */
    TRY(place_new_file(draft, store->fault));
    status result = copy_into(store, draft);
    if (result == OK)
        result = place_publish(draft, path, store->fault);
    if (result != OK)
        (void)unlink(draft);
    (void)unlink(arena_printf(arena, "%s-wal", draft));
    (void)unlink(arena_printf(arena, "%s-shm", draft));
    (void)unlink(arena_printf(arena, "%s-journal", draft));
    return result;
}

status store_backup(struct store *store, const char *path)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    if (store->transaction == TRANSACTION_WRITE)
        return fault_set(store->fault, ERR_CONFLICT,
                         "Something is still being saved. Make the backup after that.");
    if (access(path, F_OK) == 0)
        return fault_set(
            store->fault, ERR_CONFLICT,
            "There is already a file named %.200s. Choose another name for the backup.", path);
    return backup_as(store, path, &arena);
}
