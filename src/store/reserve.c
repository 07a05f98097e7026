/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* The reserve: a file beside the database that takes up room until the disk is full. On a full disk
 * SQLite can neither save nor tidy up, so nobody could make room from within; with the reserve
 * gone, what is at hand is saved and the shop closed as always. */
#include "inner.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define ENDING      ".reserve"
#define ROOM_FACTOR 4 /* a disk that is nearly full keeps its last room for the shop itself */

static char *path_beside(const char *database)
{
    const size_t length = strlen(database);
    char *path = mem_alloc(length + sizeof(ENDING));

    memcpy(path, database, length);
    memcpy(path + length, ENDING, sizeof(ENDING));
    return path;
}

static bool has_room(const char *path, int64_t bytes)
{
    struct statvfs at;

    return statvfs(path, &at) == 0 && (int64_t)(at.f_bavail * at.f_frsize) >= bytes * ROOM_FACTOR;
}

/* All of it or nothing: a part of it would be no use when it is needed. */
static bool make(const char *path, int64_t bytes)
{
    const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    const bool made = file >= 0 && ftruncate(file, 0) == 0 && posix_fallocate(file, 0, bytes) == 0;

    if (file >= 0)
        close(file);
    if (!made)
        unlink(path);
    return made;
}

static bool is_kept(const char *database, const char *path, int64_t bytes)
{
    struct stat at;
    const bool there = stat(path, &at) == 0;

    if (there && at.st_size == bytes)
        return true;
    if (bytes == 0)
        return !there || unlink(path) == 0;
    return has_room(database, bytes) && make(path, bytes);
}

bool store_keep_reserve(struct store *store, int64_t bytes)
{
    if (store->read_only || store->guard.file < 0)
        return true;
    char *path = path_beside(store->path);
    const bool kept = is_kept(store->path, path, bytes);
    mem_free(path);
    return kept;
}

bool reserve_give(struct store *store)
{
    if (store->read_only || store->guard.file < 0)
        return false;
    char *path = path_beside(store->path);
    const bool given = unlink(path) == 0;
    mem_free(path);
    store->reserve_given += given;
    return given;
}

int64_t store_reserve_size(const struct store *store)
{
    char *path = path_beside(store->path);
    struct stat at;
    const bool there = stat(path, &at) == 0;

    mem_free(path);
    return there ? at.st_size : 0;
}

int64_t store_reserve_given(const struct store *store)
{
    return store->reserve_given;
}
