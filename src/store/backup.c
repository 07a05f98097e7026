/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* A copy of the whole shop through SQLite, which alone knows what of the log belongs to it: a
 * backup, which gets its name when it is complete and on the disk, or one to try something on. */
#include "inner.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGES_A_STEP 2000

static bool always(void *context)
{
    (void)context;
    return true;
}

/* SQLITE_INTERRUPT when `go_on` says so. */
static int copy_pages(sqlite3 *from, sqlite3 *to, bool (*go_on)(void *context), void *context)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int code = SQLITE_OK;

    if (backup == NULL)
        return sqlite3_errcode(to);
    while (code == SQLITE_OK)
        code = go_on(context) ? sqlite3_backup_step(backup, PAGES_A_STEP) : SQLITE_INTERRUPT;
    const int end = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? end : code;
}

/* In one read transaction: writers go on meanwhile, and the picture holds. */
static status copy_picture(struct store *store, sqlite3 *to, const char *path,
                           bool (*go_on)(void *context), void *context)
{
    int64_t ignored = 0;
    status result = OK;

    TRY(store_begin_read(store));
    /* BEGIN alone takes no picture yet. */
    if (settings_ask(store->db, "SELECT count(*) FROM sqlite_schema", &ignored) != SQLITE_OK)
        result = store_sentence(store->fault, store->db, store->path);
    const int code = result == OK ? copy_pages(store->db, to, go_on, context) : SQLITE_OK;
    if (code != SQLITE_OK)
        result = code == SQLITE_INTERRUPT ? ERR_CANCELLED : store_sentence(store->fault, to, path);
    store_rollback(store);
    return result;
}

/* Pages are copied as they are, damage and all: a copy that cannot be gone back to is none, and
 * told on the day it is made. */
static status check_copy(struct store *store, sqlite3 *to, const char *draft)
{
    sqlite3_stmt *check = NULL;
    status result = OK;

    if (sqlite3_prepare_v2(to, "PRAGMA quick_check(1)", -1, &check, NULL) != SQLITE_OK ||
        sqlite3_step(check) != SQLITE_ROW)
        result = store_sentence(store->fault, to, draft);
    else if (strcmp((const char *)sqlite3_column_text(check, 0), "ok") != 0)
        result = fault_set(store->fault, ERR_CORRUPT,
                           "The copy would be damaged, so no backup was made. Have the shop's file "
                           "%.200s and the disks checked, and keep the backups there are.",
                           store->path);
    sqlite3_finalize(check);
    return result;
}

static status copy_into(struct store *store, const char *draft)
{
    sqlite3 *to = NULL;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    status result = OK;

    if (connection_open(draft, flags, &to) != SQLITE_OK)
        result = store_sentence(store->fault, to, draft);
    else
        result = copy_picture(store, to, draft, always, NULL);
    if (result == OK)
        result = check_copy(store, to, draft);
    if (sqlite3_close(to) != SQLITE_OK && result == OK)
        result = fault_set(store->fault, ERR_IO, "The backup %.200s cannot be finished.", draft);
    return result;
}

static status busy_draft(const char *path, struct fault *fault)
{
    return fault_set(fault, ERR_CONFLICT,
                     "Another backup to %.200s is being made. Wait for it, or choose another name.",
                     path);
}

/* Ours, empty, private and under no other name. */
static bool is_new_file(const struct stat *at)
{
    return at->st_size == 0 && at->st_nlink == 1 && at->st_uid == geteuid() &&
           (at->st_mode & 0777) == 0600;
}

/* The draft, made or found, and locked: two backups at one name must not write into one draft. An
 * ERR_NOT_FOUND says that what was found is left of a crash. */
static status lock_draft(const char *draft, const char *path, struct fault *fault, int *ret_lock)
{
    const int flags = O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    const int lock = open(draft, flags, 0600);
    struct stat held, named;
    status result = OK;

    if (lock < 0)
        return fault_set(fault, ERR_IO, "The file %.200s cannot be made: %s.", draft,
                         strerror(errno));
    if (flock(lock, LOCK_EX | LOCK_NB) != 0 || fstat(lock, &held) != 0 ||
        lstat(draft, &named) != 0 || held.st_ino != named.st_ino || held.st_dev != named.st_dev)
        result = busy_draft(path, fault);
    else if (!is_new_file(&held))
        result = ERR_NOT_FOUND;
    if (result == OK)
        *ret_lock = lock;
    else
        close(lock);
    return result;
}

static status begin_draft(const char *draft, const char *path, struct fault *fault, int *ret_lock)
{
    const status found = lock_draft(draft, path, fault, ret_lock);

    if (found != ERR_NOT_FOUND)
        return found;
    (void)unlink(draft);
    return lock_draft(draft, path, fault, ret_lock) == OK ? OK : busy_draft(path, fault);
}

static void remove_beside(const char *draft, struct arena *arena)
{
    (void)unlink(arena_printf(arena, "%s-wal", draft));
    (void)unlink(arena_printf(arena, "%s-shm", draft));
    (void)unlink(arena_printf(arena, "%s-journal", draft));
}

static status backup_as(struct store *store, const char *path, struct arena *arena)
{
    const char *draft = arena_printf(arena, "%s.part", path);
    int lock = -1;

    TRY(begin_draft(draft, path, store->fault, &lock));
    remove_beside(draft, arena); /* of a crash */
    status result = copy_into(store, draft);
    if (result == OK)
        result = place_publish(draft, path, store->fault);
    if (result != OK)
        (void)unlink(draft);
    remove_beside(draft, arena);
    close(lock); /* last: SQLite's own locks on the file would end with it */
    return result;
}

status store_backup(struct store *store, const char *path)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    if (store->transaction != TRANSACTION_NONE)
        return fault_set(store->fault, ERR_CONFLICT,
                         "Something is still being saved. Make the backup after that.");
    if (access(path, F_OK) == 0)
        return fault_set(
            store->fault, ERR_CONFLICT,
            "There is already a file named %.200s. Choose another name for the backup.", path);
    return backup_as(store, path, &arena);
}

/* A file without a name, which SQLite removes: see sqlite.org/inmemorydb.html. */
static status open_trial(struct store *trial)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    if (connection_open("", flags, &trial->db) != SQLITE_OK)
        return store_sentence(trial->fault, trial->db, trial->path);
    return settings_apply(trial);
}

status store_trial(struct store *store, bool (*go_on)(void *context), void *context,
                   struct store **ret_trial)
{
    if (store->transaction != TRANSACTION_NONE)
        return fault_set(store->fault, ERR_CONFLICT,
                         "Something is still being saved. Try again after that.");
    struct store *trial = mem_alloc(sizeof(*trial));
    *trial = (struct store){.fault = store->fault,
                            .path = mem_text(store->path),
                            .guard = GUARD_NONE,
                            .wait_ms = STORE_WAIT_MS,
                            .log_limit = STORE_LOG_PAGES};
    status result = open_trial(trial);
    if (result == OK)
        result =
            copy_picture(store, trial->db, trial->path, go_on != NULL ? go_on : always, context);
    if (result == OK)
        *ret_trial = trial;
    else
        store_close(trial);
    return result;
}
