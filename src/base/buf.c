/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Growing byte strings with a limit, and whole files in and out of them. */

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

static bool make_room(struct buf *buf, size_t more)
{
    if (buf->full || more > buf->limit - buf->length) {
        buf->full = true;
        return false;
    }
    const size_t need = buf->length + more + 1;
    if (need <= buf->room)
        return true;
    size_t room = buf->room < 64 ? 64 : buf->room * 2;
    if (room < need)
        room = need;
    buf->at = mem_resize(buf->at, room);
    buf->room = room;
    return true;
}

void buf_add(struct buf *buf, const void *bytes, size_t count)
{
    if (!make_room(buf, count))
        return;
    if (count > 0)
        memcpy(buf->at + buf->length, bytes, count);
    buf->length += count;
    buf->at[buf->length] = '\0';
}

void buf_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char byte)
{
    buf_add(buf, &byte, 1);
}

void buf_repeat(struct buf *buf, char byte, size_t count)
{
    if (!make_room(buf, count))
        return;
    memset(buf->at + buf->length, byte, count);
    buf->length += count;
    buf->at[buf->length] = '\0';
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0 || !make_room(buf, (size_t)length))
        return;
    vsnprintf(buf->at + buf->length, (size_t)length + 1, format, args);
    buf->length += (size_t)length;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}

void buf_clear(struct buf *buf)
{
    buf->length = 0;
    buf->full = false;
    if (buf->at != NULL)
        buf->at[0] = '\0';
}

void buf_done(struct buf *buf)
{
    mem_free(buf->at);
    *buf = (struct buf){.limit = buf->limit};
}

const char *buf_str(const struct buf *buf)
{
    return buf->at != NULL ? buf->at : "";
}

static status read_all(struct buf *buf, int file, const char *path, struct fault *fault)
{
    char chunk[1 << 16];

    for (;;) {
        const ssize_t got = read(file, chunk, sizeof chunk);
        if (got == 0)
            return OK;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fault_set(fault, ERR_IO, "%s could not be read: %s.", path, strerror(errno));
        buf_add(buf, chunk, (size_t)got);
        if (buf->full)
            return fault_set(fault, ERR_INVALID, "%s is larger than %zu MB. Split it.", path,
                             buf->limit >> 20);
    }
}

status buf_read_file(struct buf *buf, const char *path, struct fault *fault)
{
    if (strcmp(path, "-") == 0)
        return read_all(buf, STDIN_FILENO, "Standard input", fault);
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fault_set(fault, ERR_IO, "%s could not be opened: %s.", path, strerror(errno));
    const status result = read_all(buf, file, path, fault);
    close(file);
    return result;
}

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t put = write(file, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        length -= (size_t)put;
    }
    return true;
}

/* The new name, too, is on the disk. A file system that cannot do this has nothing to answer for:
 * the file is complete under one of its names. */
static void sync_folder(const char *path)
{
    AUTO_BUF folder = BUF(8192);
    const char *slash = strrchr(path, '/');

    buf_add(&folder, path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
    const int file =
        open(slash == NULL ? "." : buf_str(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return;
    (void)fsync(file);
    close(file);
}

status buf_write_file(const struct buf *buf, const char *path, unsigned mode, struct fault *fault)
{
    AUTO_BUF temporary = BUF(8192);
    buf_printf(&temporary, "%s.%ld.new", path, (long)getpid());

    const int file = open(buf_str(&temporary), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file < 0)
        return fault_set(fault, ERR_IO, "%s could not be written: %s.", path, strerror(errno));
    bool done = write_all(file, buf_str(buf), buf->length) && fsync(file) == 0;
    int reason = errno;
    if (close(file) != 0 && done) {
        reason = errno;
        done = false;
    }
    if (done && rename(buf_str(&temporary), path) != 0) {
        reason = errno;
        done = false;
    }
    if (done) {
        sync_folder(path);
        return OK;
    }
    unlink(buf_str(&temporary));
    return fault_set(fault, ERR_IO, "%s could not be written: %s.", path, strerror(reason));
}

/* The process of "NAME.123.new", where that is what the entry is called; else 0. */
static pid_t writer_of(const char *entry, const char *name)
{
    const size_t length = strlen(name);
    char *end;

    if (strncmp(entry, name, length) != 0 || entry[length] != '.')
        return 0;
    const long writer = strtol(entry + length + 1, &end, 10);
    return strcmp(end, ".new") == 0 && writer > 0 ? (pid_t)writer : 0;
}

void buf_write_clean(const char *path)
{
    AUTO_BUF folder = BUF(8192);
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;

    buf_add(&folder, path, (size_t)(name - path));
    DIR *entries = opendir(slash == NULL ? "." : buf_str(&folder));
    if (entries == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        const pid_t writer = writer_of(entry->d_name, name);
        if (writer > 0 && kill(writer, 0) != 0 && errno == ESRCH)
            (void)!unlinkat(dirfd(entries), entry->d_name, 0);
    }
    closedir(entries);
}

status folders_make(const char *path, struct fault *fault)
{
    AUTO_BUF folder = BUF(8192);

    for (const char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        buf_clear(&folder);
        buf_add(&folder, path, (size_t)(slash - path));
        if (mkdir(buf_str(&folder), 0700) != 0 && errno != EEXIST)
            return fault_set(fault, ERR_IO, "The folder %.300s cannot be made: %s.",
                             buf_str(&folder), strerror(errno));
    }
    return OK;
}
