/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* The log's writes, gathered: SQLite hands a commit's pages over one by one, each behind a head of
 * 24 bytes, and then waits for the disk. Two calls a page are a fifth of a posted invoice's time.
 * Here they are kept until the wait, and go to the system as one write in front of it.
 *
 * Nothing is promised sooner: a commit with synchronous=FULL is published to others only after
 * the wait has come back, and the wait writes first (sqlite.org/wal.html). Without that wait
 * nothing is gathered. What a transaction has written and then given up is written before its lock
 * is let go, since the next writer's pages belong at the same place.
 *
 * A file stays the system's own, but for the methods named here. */
#include "inner.h"

#include <string.h>

#include "base/arena.h"

enum {
    LOG_ROOM = 124 << 10, /* SQLite's files take less than 128 KiB at once */
    WRITER = 0            /* the first lock of the shared index is the writer's */
};

/* In the place of a file's methods; the first member is what SQLite sees. */
struct gathered {
    sqlite3_io_methods methods;
    const sqlite3_io_methods *own;
    struct gathered *database; /* of a log */
    sqlite3_file *log;         /* of a database, while it is open */
    bool gathers;              /* of a database */
    unsigned char *bytes;      /* of a log: not yet written … */
    int length;
    sqlite3_int64 at; /* … and where they belong */
};

static struct gathered *of(sqlite3_file *file)
{
    return (struct gathered *)(uintptr_t)file->pMethods;
}

static int flush(sqlite3_file *log)
{
    struct gathered *g = of(log);

    if (g->length == 0)
        return SQLITE_OK;
    const int code = g->own->xWrite(log, g->bytes, g->length, g->at);
    if (code == SQLITE_OK)
        g->length = 0;
    return code;
}

/* ---- a log ---- */

static int log_write(sqlite3_file *log, const void *bytes, int length, sqlite3_int64 at)
{
    struct gathered *g = of(log);
    const bool fits = g->database->gathers && length <= LOG_ROOM;

    if (g->length > 0 && (!fits || at != g->at + g->length || length > LOG_ROOM - g->length)) {
        const int code = flush(log);
        if (code != SQLITE_OK)
            return code;
    }
    if (!fits)
        return g->own->xWrite(log, bytes, length, at);
    if (g->length == 0)
        g->at = at;
    memcpy(g->bytes + g->length, bytes, (size_t)length);
    g->length += length;
    return SQLITE_OK;
}

static int log_read(sqlite3_file *log, void *bytes, int length, sqlite3_int64 at)
{
    struct gathered *g = of(log);

    if (at < g->at + g->length && g->at < at + length) {
        const int code = flush(log);
        if (code != SQLITE_OK)
            return code;
    }
    return g->own->xRead(log, bytes, length, at);
}

static int log_sync(sqlite3_file *log, int flags)
{
    const int code = flush(log);

    return code == SQLITE_OK ? of(log)->own->xSync(log, flags) : code;
}

static int log_truncate(sqlite3_file *log, sqlite3_int64 size)
{
    const int code = flush(log);

    return code == SQLITE_OK ? of(log)->own->xTruncate(log, size) : code;
}

static int log_size(sqlite3_file *log, sqlite3_int64 *ret_size)
{
    const int code = flush(log);

    return code == SQLITE_OK ? of(log)->own->xFileSize(log, ret_size) : code;
}

static int log_close(sqlite3_file *log)
{
    struct gathered *g = of(log);
    const int flushed = flush(log);
    const int closed = g->own->xClose(log);

    g->database->log = NULL;
    mem_free(g->bytes);
    mem_free(g);
    return flushed == SQLITE_OK ? closed : flushed;
}

static void gather_log(sqlite3_file *log, sqlite3_file *database)
{
    struct gathered *g = mem_alloc(sizeof(*g));

    *g = (struct gathered){.methods = *log->pMethods,
                           .own = log->pMethods,
                           .database = of(database),
                           .bytes = mem_alloc(LOG_ROOM)};
    g->methods.xWrite = log_write;
    g->methods.xRead = log_read;
    g->methods.xSync = log_sync;
    g->methods.xTruncate = log_truncate;
    g->methods.xFileSize = log_size;
    g->methods.xClose = log_close;
    log->pMethods = &g->methods;
    g->database->log = log;
}

/* ---- its database ---- */

/* Given up, or else the wait would have written it: that it cannot be written harms nobody. */
static void leave_nothing(sqlite3_file *log)
{
    if (flush(log) != SQLITE_OK)
        of(log)->length = 0;
}

static int database_lock(sqlite3_file *database, int first, int count, int flags)
{
    const struct gathered *g = of(database);
    const int release = SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE;

    if (g->log != NULL && (flags & release) == release && first == WRITER)
        leave_nothing(g->log);
    return g->own->xShmLock(database, first, count, flags);
}

static int database_close(sqlite3_file *database)
{
    struct gathered *g = of(database);
    const int code = g->own->xClose(database);

    mem_free(g);
    return code;
}

static void watch_database(sqlite3_file *database)
{
    struct gathered *g = mem_alloc(sizeof(*g));

    *g = (struct gathered){.methods = *database->pMethods, .own = database->pMethods};
    g->methods.xShmLock = database_lock;
    g->methods.xClose = database_close;
    database->pMethods = &g->methods;
}

static bool is_watched(const sqlite3_file *database)
{
    return database->pMethods != NULL && database->pMethods->xClose == database_close;
}

/* ---- both ---- */

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                     int *ret_flags)
{
    sqlite3_vfs *own = sqlite3_vfs_find(NULL);
    const int code = own->xOpen(own, name, file, flags, ret_flags);

    (void)vfs;
    if (code != SQLITE_OK)
        return code;
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0 && file->pMethods->iVersion >= 2) {
        watch_database(file);
    } else if ((flags & SQLITE_OPEN_WAL) != 0) {
        sqlite3_file *database = sqlite3_database_file_object(name);
        if (is_watched(database))
            gather_log(file, database);
    }
    return SQLITE_OK;
}

/* SQLite keeps it for as long as the process lives. */
const char *gather_vfs(void)
{
    static const char name[] = "gather";
    sqlite3_vfs *own = sqlite3_vfs_find(NULL);

    if (sqlite3_vfs_find(name) != NULL || own == NULL)
        return name;
    sqlite3_vfs *vfs = mem_alloc(sizeof(*vfs));
    *vfs = *own;
    vfs->pNext = NULL;
    vfs->zName = name;
    vfs->xOpen = open_file;
    (void)sqlite3_vfs_register(vfs, 0);
    return name;
}

void gather(sqlite3 *db, bool gathers)
{
    sqlite3_file *database = NULL;

    (void)sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &database);
    if (database != NULL && is_watched(database))
        of(database)->gathers = gathers;
}
