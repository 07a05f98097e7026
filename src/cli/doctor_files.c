/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The shop's files from outside, by their names: who owns them, who may read them, what disk they
 * are on. None is opened but other copies of shops. */

#include "doctor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/text.h"
#include "store/store.h"

#define BACKUP_DAYS     2   /* older, a day of work is lost with the disk */
#define SPACE_LEAST_MIB 500 /* a busy shop fills this in about a year */

static const char *folder_of(struct doctor *d, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    return arena_text_n(d->arena, path, slash == path ? 1 : (size_t)(slash - path));
}

static const char *account_name(struct doctor *d, uid_t account)
{
    const struct passwd *entry = getpwuid(account);

    return entry != NULL ? arena_text(d->arena, entry->pw_name)
                         : arena_printf(d->arena, "account %ld", (long)account);
}

/* Root alone gives files away. */
static const char *as_root(struct doctor *d, const char *command)
{
    return geteuid() == 0 ? command : arena_printf(d->arena, "As root: %s", command);
}

/* ---- owner and mode ----------------------------------------------------------------------------
 */

/* Access control lists open what the mode closes. */
static bool has_list(const char *path)
{
    return getxattr(path, "system.posix_acl_access", NULL, 0) > 0 ||
           getxattr(path, "system.posix_acl_default", NULL, 0) > 0;
}

struct owned {
    const char *check, *what, *path;
    bool must_be; /* there */
};

static void check_owned(struct doctor *d, const struct owned *file)
{
    const char *quoted = doctor_quote(d, file->path);
    struct stat at;

    if (lstat(file->path, &at) != 0 && errno == ENOENT && !file->must_be)
        return;
    if (stat(file->path, &at) != 0) {
        if (errno == EACCES && doctor_is_guest(d))
            return; /* it was told whose they are */
        doctor_say(d, file->check, FINDING_WRONG,
                   errno == ENOENT ? "Put it back from the copy you keep, or name its place."
                                   : "Sign in to the machine as the account that owns the shop.",
                   "%s %s cannot be looked at: %s", file->what, file->path, strerror(errno));
        return;
    }
    const bool is_folder = S_ISDIR(at.st_mode);
    if (at.st_uid != d->owner)
        doctor_say(
            d, file->check, FINDING_WRONG,
            as_root(d, arena_printf(d->arena, "chown %s: %s", account_name(d, d->owner), quoted)),
            doctor_is_guest(d) ? "%s %s belongs to %s, not to the account of the shop (%s)"
                               : "%s %s belongs to %s, not to the account you use (%s)",
            file->what, file->path, account_name(d, at.st_uid), account_name(d, d->owner));
    else if ((at.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        doctor_say(d, file->check, FINDING_WRONG,
                   arena_printf(d->arena, "chmod %s %s", is_folder ? "700" : "600", quoted),
                   "%s %s is open to other accounts of this machine (mode %04o)", file->what,
                   file->path, (unsigned)(at.st_mode & 07777));
    else if (has_list(file->path))
        doctor_say(d, file->check, FINDING_WRONG, arena_printf(d->arena, "setfacl -b %s", quoted),
                   "%s %s has an access control list that may open it to others", file->what,
                   file->path);
    else
        doctor_say(d, file->check, FINDING_OK, "", "%s %s is its owner's alone", file->what,
                   file->path);
}

/* Folder and file are both another account's: that is whose shop it is, and nothing is to be given
 * to whoever happens to ask. */
static void find_owner(struct doctor *d, const char *folder, const char *database)
{
    const char *command =
        arena_printf(d->arena, "pitlane doctor --db %s", doctor_quote(d, database));
    struct stat file = {.st_uid = (uid_t)-1}, around;

    if (stat(folder, &around) != 0 || around.st_uid == geteuid())
        return;
    const bool is_shut = stat(database, &file) != 0 && errno == EACCES;
    if (!is_shut && file.st_uid != around.st_uid)
        return;
    d->owner = around.st_uid;
    const char *name = account_name(d, d->owner);
    doctor_say(d, "owner", FINDING_WRONG,
               geteuid() == 0
                   ? arena_printf(d->arena, "runuser -u %s -- %s", name, command)
                   : arena_printf(d->arena, "Sign in to the machine as %s: %s", name, command),
               "The shop belongs to %s, and you ask as %s: it is not opened, so that no files of "
               "yours come to lie in it",
               name, account_name(d, geteuid()));
}

/* Whoever may write to a folder above may put another folder in the shop's place. */
static void check_above(struct doctor *d, const char *folder)
{
    const char *path = folder;
    struct stat at;

    while (!text_same(path, "/") && !text_same(path, ".")) {
        path = folder_of(d, path);
        if (stat(path, &at) != 0)
            break;
        const bool by_others =
            (at.st_mode & (S_IWGRP | S_IWOTH)) != 0 && (at.st_mode & S_ISVTX) == 0;
        if (by_others || (at.st_uid != 0 && at.st_uid != d->owner)) {
            doctor_say(d, "folders_above", FINDING_WRONG,
                       as_root(d, arena_printf(d->arena, "chown root: %s && chmod go-w %s",
                                               doctor_quote(d, path), doctor_quote(d, path))),
                       "Other accounts can change the folder %s, and with it which shop is opened",
                       path);
            return;
        }
    }
    doctor_say(d, "folders_above", FINDING_OK, "",
               "No other account can put another folder in the place of %s", folder);
}

/* ---- the disk ----------------------------------------------------------------------------------
 */

static void check_disk(struct doctor *d, const char *folder)
{
    struct statfs kind;
    struct statvfs at;

    if (statfs(folder, &kind) != 0 || statvfs(folder, &at) != 0) {
        doctor_say(d, "disk", FINDING_WRONG, "Make the folder, or name the right file with --db.",
                   "The disk of %s cannot be looked at: %s", folder, strerror(errno));
        return;
    }
    if (store_is_network((unsigned long)kind.f_type))
        doctor_say(d, "disk", FINDING_WRONG,
                   "Move the shop's folder to a disk of this computer, and back it up over the "
                   "network instead.",
                   "%s is on another computer's disk, where a shop's file is not safe", folder);
    else
        doctor_say(d, "disk", FINDING_OK, "", "%s is on a disk of this computer", folder);

    const unsigned long long free_mib = (unsigned long long)at.f_bavail * at.f_frsize >> 20;
    if ((at.f_flag & ST_RDONLY) != 0)
        doctor_say(d, "space", FINDING_WRONG, "Mount it for writing (mount -o remount,rw).",
                   "The disk of %s can only be read", folder);
    else if (free_mib < SPACE_LEAST_MIB)
        doctor_say(d, "space", FINDING_WRONG,
                   arena_printf(d->arena, "Free at least %d MiB there: du -xh %s | sort -h | tail",
                                SPACE_LEAST_MIB, doctor_quote(d, folder)),
                   "Only %llu MiB are free on the disk of %s", free_mib, folder);
    else
        doctor_say(d, "space", FINDING_OK, "", "%llu MiB are free on the disk of %s", free_mib,
                   folder);
}

/* ---- copies and backups ------------------------------------------------------------------------
 */

/* A shop's file by its first bytes: SQLite's mark, and Pitlane's application id at byte 68
 * (sqlite.org/fileformat.html, 1.3). Never of the shop itself, whose descriptors are SQLite's. */
static bool is_a_shop(const char *path)
{
    unsigned char head[72];
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    const ssize_t got = file >= 0 ? read(file, head, sizeof head) : -1;

    if (file >= 0)
        close(file);
    return got == sizeof head && memcmp(head, "SQLite format 3", 16) == 0 &&
           ((unsigned)head[68] << 24 | (unsigned)head[69] << 16 | (unsigned)head[70] << 8 |
            head[71]) == STORE_APPLICATION_ID;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_ino == other.st_ino &&
           one.st_dev == other.st_dev;
}

/* Other copies of a shop in this folder, and when the newest was made; with `each`, their modes are
 * looked at. */
static size_t find_copies(struct doctor *d, const char *folder, bool each, int64_t *ret_newest)
{
    DIR *all = opendir(folder);
    size_t count = 0;

    *ret_newest = 0;

    for (const struct dirent *entry; all != NULL && (entry = readdir(all)) != NULL;) {
        const char *path = arena_printf(d->arena, "%s/%s", folder, entry->d_name);
        struct stat at;
        if (lstat(path, &at) != 0 || !S_ISREG(at.st_mode) || is_same_file(path, d->cli->database) ||
            !is_a_shop(path))
            continue;
        count++;
        if (at.st_mtim.tv_sec > *ret_newest)
            *ret_newest = at.st_mtim.tv_sec;
        if (each && (at.st_mode & (S_IRWXG | S_IRWXO)) != 0)
            check_owned(d, &(struct owned){"backup", "The copy", path, true});
    }
    if (all != NULL)
        closedir(all);
    return count;
}

static void check_keys_apart(struct doctor *d, const char *key, const char *folder, size_t copies)
{
    if (copies > 0)
        doctor_say(d, "keys_apart", FINDING_ADVICE,
                   "Keep copies in another folder, best on another disk, and the keys out of it.",
                   "%zu %s of a shop %s in %s together with the keys: who finds one has both",
                   copies, copies == 1 ? "copy" : "copies", copies == 1 ? "lies" : "lie", folder);
    else
        doctor_say(d, "keys_apart", FINDING_OK, "", "No copies of a shop lie with the key file %s",
                   key);
}

static size_t find_keys(struct doctor *d, const char *folder)
{
    static const char head[] = "pitlane keys ";
    DIR *all = opendir(folder);
    size_t count = 0;

    for (const struct dirent *entry; all != NULL && (entry = readdir(all)) != NULL;) {
        char start[sizeof head] = "";
        const char *path = arena_printf(d->arena, "%s/%s", folder, entry->d_name);
        const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (file < 0)
            continue;
        count += read(file, start, sizeof head - 1) == sizeof head - 1 &&
                 memcmp(start, head, sizeof head - 1) == 0;
        close(file);
    }
    if (all != NULL)
        closedir(all);
    return count;
}

static const char *backup_command(struct doctor *d)
{
    const struct day today = instant_day(session_now(&d->cli->session));
    const char *path = arena_printf(d->arena, "%s/shop-%s.db", d->backups, today.iso);

    return arena_printf(d->arena, "pitlane backup %s; every night: man pitlane-deploy",
                        doctor_quote(d, path));
}

static void check_newest(struct doctor *d, size_t copies, int64_t newest)
{
    char when[DAY_TEXT_MAX];
    const int64_t days = (session_now(&d->cli->session).seconds - newest) / 86400;

    if (copies == 0)
        doctor_say(d, "backups_there", FINDING_WRONG, backup_command(d),
                   "There is no backup of a shop in %s", d->backups);
    else if (days >= BACKUP_DAYS)
        doctor_say(d, "backups_there", FINDING_WRONG, backup_command(d),
                   "The newest backup in %s is %lld days old", d->backups, (long long)days);
    else
        doctor_say(d, "backups_there", FINDING_OK, "", "%zu %s in %s, the newest of %s", copies,
                   copies == 1 ? "backup is" : "backups are", d->backups,
                   instant_show((struct instant){newest}, when));
}

static void check_backups(struct doctor *d)
{
    struct stat at;
    int64_t newest = 0;

    if (d->backups == NULL) {
        doctor_say(d, "backups", FINDING_SKIPPED, "pitlane doctor --backups FOLDER",
                   "The folder of the backups was not named");
        return;
    }
    check_owned(d, &(struct owned){"backups", "The folder of the backups", d->backups, true});
    if (stat(d->backups, &at) != 0)
        return;
    const size_t copies = find_copies(d, d->backups, true, &newest);
    check_newest(d, copies, newest);
    if (find_keys(d, d->backups) > 0)
        doctor_say(d, "backups_without_keys", FINDING_WRONG,
                   "Move the key file elsewhere, best onto paper (pitlane key sheet).",
                   "A key file lies in %s together with the backups", d->backups);
    else
        doctor_say(d, "backups_without_keys", FINDING_OK, "", "No key file lies in %s", d->backups);
}

/* ---- all ----------------------------------------------------------------------------------------
 */

void doctor_files(struct doctor *d)
{
    static const char *const beside[] = {"-wal", "-shm", ".lock", ".reserve"};
    char real[PATH_MAX];
    const char *database =
        realpath(d->cli->database, real) != NULL ? arena_text(d->arena, real) : d->cli->database;
    const char *folder = folder_of(d, database);
    const char *key = shop_key_path(database, d->arena);
    int64_t newest = 0;

    find_owner(d, folder, database);
    check_owned(d, &(struct owned){"folder", "The folder", folder, true});
    check_owned(d, &(struct owned){"database", "The shop's file", database, true});
    for (size_t i = 0; i < COUNT_OF(beside); i++)
        check_owned(d, &(struct owned){"beside", "The file beside it",
                                       arena_printf(d->arena, "%s%s", database, beside[i]), false});
    check_owned(d, &(struct owned){"key_file", "The key file", key, true});
    check_above(d, folder);
    check_disk(d, folder);
    check_keys_apart(d, key, folder_of(d, key), find_copies(d, folder_of(d, key), false, &newest));
    check_backups(d);
}
