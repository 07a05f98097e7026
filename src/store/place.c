/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Where a shop's file is: its real name, whether it and its folder can be used, and how a finished
 * file gets its name. Looks by name only; the database's descriptors are SQLite's. */
#include "inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* From linux/magic.h and the file systems' own sources. */
/* clang-format off */
static const unsigned long network_filesystems[] = {
    0x6969,     /* NFS */
    0xFF534D42, /* CIFS */
    0xFE534D42, /* SMB 2 */
    0x517B,     /* SMB */
    0x01021997, /* 9p */
    0x5346414F, /* AFS */
    0x6B414653, /* AFS in the kernel */
    0x73757245, /* Coda */
    0x564C,     /* NCP */
    0x00C36400, /* Ceph */
};
/* clang-format on */

bool store_is_network(unsigned long filesystem)
{
    for (size_t i = 0; i < COUNT_OF(network_filesystems); i++)
        if (network_filesystems[i] == (filesystem & 0xffffffff))
            return true;
    return false;
}

static bool may(const char *path, int mode)
{
    return faccessat(AT_FDCWD, path, mode, AT_EACCESS) == 0;
}

/* The folder part: "." for a bare name, "/" for one in the root. */
static char *directory_part(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return arena_text(arena, ".");
    return arena_text_n(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

static char *keep(char *text) /* from malloc to mem_free */
{
    char *kept = text == NULL ? NULL : mem_text(text);

    free(text);
    return kept;
}

static status new_place(const char *path, struct fault *fault, struct arena *arena,
                        struct place *place)
{
    struct stat at;
    const char *slash = strrchr(path, '/');
    const char *directory = directory_part(arena, path);

    if (lstat(path, &at) == 0)
        return fault_set(fault, ERR_CONFLICT,
                         "There is already a file named %.200s. Choose another name for the new "
                         "shop, or open the one that is there.",
                         path);
    place->directory = keep(realpath(directory, NULL));
    if (place->directory == NULL)
        return fault_set(fault, ERR_IO,
                         "There is no folder %.200s. Make it first, or choose another place.",
                         directory);
    const bool is_root = strcmp(place->directory, "/") == 0;
    place->path = mem_text(arena_printf(arena, "%s/%s", is_root ? "" : place->directory,
                                        slash == NULL ? path : slash + 1));
    return OK;
}

static status existing_place(const char *path, struct fault *fault, struct arena *arena,
                             struct place *place)
{
    struct stat at;

    if (stat(path, &at) != 0 && errno == EACCES)
        return fault_set(fault, ERR_IO,
                         "You may not look into the folder of %.200s. Sign in as the account that "
                         "owns the shop.",
                         path);
    if (stat(path, &at) != 0)
        return fault_set(fault, ERR_IO,
                         "There is no file %.200s. Check the name, or make a new shop there.",
                         path);
    if (S_ISDIR(at.st_mode))
        return fault_set(fault, ERR_IO,
                         "%.200s is a folder. Give the name of the shop's file in it.", path);
    if (!S_ISREG(at.st_mode))
        return fault_set(fault, ERR_IO, "%.200s is not a file that can hold a shop.", path);
    if (at.st_size == 0)
        return fault_set(
            fault, ERR_CORRUPT,
            "%.200s is empty, so it is not a shop's file. If it should hold a shop, go "
            "back to the newest backup.",
            path);
    place->path = keep(realpath(path, NULL));
    if (place->path == NULL)
        return fault_set(fault, ERR_IO, "%.200s cannot be found: %s.", path, strerror(errno));
    place->directory = mem_text(directory_part(arena, place->path));
    return OK;
}

static status check_filesystem(const struct place *place, struct fault *fault)
{
    struct statfs at;

    if (statfs(place->directory, &at) != 0)
        return fault_set(fault, ERR_IO, "The folder %.200s cannot be used: %s.", place->directory,
                         strerror(errno));
    if (store_is_network((unsigned long)at.f_type))
        return fault_set(fault, ERR_IO,
                         "The folder %.200s is on another computer's disk, where a shop's file is "
                         "not safe. Keep it on a disk of this computer.",
                         place->directory);
    return OK;
}

static status check_writing(const struct place *place, bool create, struct fault *fault)
{
    if (!may(place->directory, W_OK | X_OK))
        return fault_set(fault, ERR_IO,
                         "The folder %.200s cannot be written to, and a shop in use needs to write "
                         "there. Sign in as the account that owns the shop, or open it for reading "
                         "only.",
                         place->directory);
    if (!create && !may(place->path, R_OK | W_OK))
        return fault_set(fault, ERR_IO,
                         "The shop's file %.200s cannot be written to. Sign in as the account that "
                         "owns the shop, or open it for reading only.",
                         place->path);
    return OK;
}

static int64_t size_beside(const struct place *place, const char *suffix, struct arena *arena)
{
    struct stat at;

    return stat(arena_printf(arena, "%s%s", place->path, suffix), &at) == 0 ? at.st_size : -1;
}

/* Where nothing can be written, SQLite cannot keep the index of a write-ahead log. Without a log
 * the file alone is complete; a log with its index left beside it can be read as they are. */
static status check_reading(struct place *place, struct arena *arena, struct fault *fault)
{
    if (!may(place->path, R_OK))
        return fault_set(
            fault, ERR_IO,
            "You may not read the shop's file %.200s. Sign in as the account that owns "
            "the shop.",
            place->path);
    if (may(place->directory, W_OK | X_OK) && may(place->path, W_OK))
        return OK;
    if (size_beside(place, "-wal", arena) <= 0)
        place->immutable = true;
    else if (size_beside(place, "-shm", arena) <= 0)
        return fault_set(fault, ERR_IO,
                         "The last changes to %.200s are not in the file itself yet. Open the shop "
                         "once where its folder can be written to, then read it here.",
                         place->path);
    return OK;
}

status place_find(const char *path, const struct store_options *options, struct fault *fault,
                  struct place *ret_place)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    if (path == NULL || *path == '\0')
        return fault_set(fault, ERR_IO, "Say which file holds the shop.");
    if (options->create)
        TRY(new_place(path, fault, &arena, ret_place));
    else
        TRY(existing_place(path, fault, &arena, ret_place));
    TRY(check_filesystem(ret_place, fault));
    if (options->read_only && !options->create)
        return check_reading(ret_place, &arena, fault);
    return check_writing(ret_place, options->create, fault);
}

void place_done(struct place *place)
{
    mem_free(place->path);
    mem_free(place->directory);
    *place = (struct place){0};
}

status place_new_file(const char *path, struct fault *fault)
{
    const int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (file < 0 && errno == EEXIST)
        return fault_set(fault, ERR_CONFLICT,
                         "There is already a file named %.200s. Choose another name.", path);
    if (file < 0)
        return fault_set(fault, ERR_IO, "The file %.200s cannot be made: %s.", path,
                         strerror(errno));
    close(file);
    return OK;
}

static int rename_to_free_name(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    return may(to, F_OK) ? (errno = EEXIST, -1) : rename(from, to);
}

static void sync_directory(const char *path)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const int directory = open(directory_part(&arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (directory >= 0) {
        (void)fsync(directory);
        close(directory);
    }
}

status place_publish(const char *from, const char *to, struct fault *fault)
{
    if (rename_to_free_name(from, to) != 0 && errno == EEXIST)
        return fault_set(fault, ERR_CONFLICT,
                         "There is already a file named %.200s. Choose another name.", to);
    if (may(from, F_OK))
        return fault_set(fault, ERR_IO, "The file %.200s cannot be made.", to);
    sync_directory(to);
    return OK;
}
