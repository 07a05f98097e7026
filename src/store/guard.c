/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* The writer guard: flock(2) on a file of its own beside the database, never on the database, whose
 * descriptors belong to SQLite alone (closing another one would drop SQLite's locks). */
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/day.h"

enum { PAUSE_FIRST_US = 50, PAUSE_LAST_US = 1000 };
/* Of the lock file; none of them need be there. */
enum guard_byte { BYTE_TURN, BYTE_LONG };

static int guard_open_file(const char *path, bool *ret_queues)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    *ret_queues = file >= 0;
    return file >= 0 ? file : open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

status guard_open(struct guard *guard, const char *database, bool read_only, struct fault *fault)
{
    struct arena arena = ARENA_EMPTY;

    guard->path = mem_text(arena_printf(&arena, "%s.lock", database));
    arena_done(&arena);
    guard->file = guard_open_file(guard->path, &guard->queues);
    if (guard->file < 0 && !read_only)
        return fault_set(
            fault, ERR_IO,
            "The file %.200s, which keeps two terminals from saving at once, cannot be "
            "opened: %s. Sign in as the account that owns the shop.",
            guard->path, strerror(errno));
    return OK;
}

/* Linux keeps these locks apart from that of the whole file. */
static bool lock_byte(int file, enum guard_byte byte, short type)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

    return fcntl(file, F_OFD_SETLK, &lock) == 0;
}

/* The turnstile: only its holder waits for the guard itself, so whoever has just released the guard
 * queues up behind the one who waits. */
static bool try_turn(int file)
{
    return lock_byte(file, BYTE_TURN, F_WRLCK);
}

static void leave_turn(int file)
{
    (void)lock_byte(file, BYTE_TURN, F_UNLCK);
}

static bool try_guard(int file)
{
    return flock(file, LOCK_EX | LOCK_NB) == 0;
}

static bool try_until(int file, int64_t deadline_ms, bool (*attempt)(int file))
{
    long pause_us = PAUSE_FIRST_US;

    while (!attempt(file)) {
        if (clock_ticks_ms() >= deadline_ms)
            return false;
        const struct timespec pause = {.tv_nsec = pause_us * 1000};
        nanosleep(&pause, NULL);
        pause_us = pause_us * 2 < PAUSE_LAST_US ? pause_us * 2 : PAUSE_LAST_US;
    }
    return true;
}

/* Somebody may have tidied the lock file away: then our lock is on a file nobody else sees. */
static bool guard_is_current(const struct guard *guard)
{
    struct stat ours;
    struct stat theirs;

    return fstat(guard->file, &ours) == 0 && stat(guard->path, &theirs) == 0 &&
           ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

static bool guard_take_once(struct guard *guard, int64_t deadline_ms)
{
    if (!guard->queues)
        return try_until(guard->file, deadline_ms, try_guard);
    if (!try_until(guard->file, deadline_ms, try_turn))
        return false;
    const bool taken = try_until(guard->file, deadline_ms, try_guard);
    leave_turn(guard->file);
    return taken;
}

static status guard_reopen(struct guard *guard, struct fault *fault)
{
    const int file = guard_open_file(guard->path, &guard->queues);

    if (file < 0)
        return fault_set(fault, ERR_IO,
                         "The file %.200s was removed and cannot be made again: %s. Nothing was "
                         "saved.",
                         guard->path, strerror(errno));
    close(guard->file);
    guard->file = file;
    return OK;
}

static bool others_take_long(int file)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = BYTE_LONG, .l_len = 1};

    return fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

static status busy(const struct guard *guard, struct fault *fault)
{
    if (others_take_long(guard->file))
        return fault_set(fault, ERR_BUSY,
                         "Another terminal is saving a great deal at once, such as an import, "
                         "which can take a minute. Try again then.");
    return fault_set(fault, ERR_BUSY,
                     "Another terminal is saving and has not finished yet. Wait a moment, then "
                     "try again.");
}

status guard_take(struct guard *guard, int64_t wait_ms, struct fault *fault)
{
    const int64_t deadline_ms = clock_ticks_ms() + wait_ms;

    if (guard->file < 0 || guard->held)
        return OK;
    for (;;) {
        if (!guard_take_once(guard, deadline_ms))
            return busy(guard, fault);
        if (!guard->queues || guard_is_current(guard))
            break;
        TRY(guard_reopen(guard, fault));
    }
    guard->held = true;
    return OK;
}

void guard_takes_long(struct guard *guard)
{
    if (guard->held)
        guard->is_long = lock_byte(guard->file, BYTE_LONG, F_WRLCK);
}

void guard_release(struct guard *guard)
{
    if (guard->is_long)
        (void)lock_byte(guard->file, BYTE_LONG, F_UNLCK);
    if (guard->held)
        (void)flock(guard->file, LOCK_UN);
    guard->is_long = guard->held = false;
}

void guard_close(struct guard *guard)
{
    guard_release(guard);
    if (guard->file >= 0)
        close(guard->file);
    mem_free(guard->path);
    *guard = GUARD_NONE;
}

bool guard_is_open_to_others(const struct guard *guard)
{
    int how = 0;
    const pid_t other = fork();

    if (other == 0) { /* nothing here but system calls: SQLite does not survive a fork */
        const int file = open(guard->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
        _exit(file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0 ? 1 : 0);
    }
    while (other > 0 && waitpid(other, &how, 0) < 0 && errno == EINTR)
        continue;
    return other < 0 || !WIFEXITED(how) || WEXITSTATUS(how) != 0;
}
