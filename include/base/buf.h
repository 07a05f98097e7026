/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_BUF_H
#define PITLANE_BASE_BUF_H

/* A growing byte string that declares its limit. Writing past the limit sets `full` and is ignored;
 * the one who reads the result checks it. `at` is always NUL-terminated (never NULL after a write).
 */

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct buf {
    char *at;
    size_t length;
    size_t room;
    size_t limit;
    bool full;
};

#define BUF(max)   ((struct buf){.limit = (max)})
#define BUF_MIB(n) BUF((size_t)(n) << 20)

void buf_add(struct buf *buf, const void *bytes, size_t count);
void buf_text(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char byte);
void buf_repeat(struct buf *buf, char byte, size_t count);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *buf, const char *format, va_list args) PRINTF_LIKE(2, 0);
void buf_clear(struct buf *buf);
void buf_done(struct buf *buf);
/* The text so far, "" when nothing was written. Valid until the next write. */
const char *buf_str(const struct buf *buf);

#define AUTO_BUF __attribute__((cleanup(buf_done))) struct buf

/* Reads a whole file ("-" is standard input) up to the buffer's limit. ERR_IO with a sentence that
 * names the file; ERR_INVALID when it is larger than the limit. */
status buf_read_file(struct buf *buf, const char *path, struct fault *fault) MUST_USE;
/* Writes to a temporary file beside `path`, syncs, renames: all or nothing. mode as in open(2). */
status buf_write_file(const struct buf *buf, const char *path, unsigned mode,
                      struct fault *fault) MUST_USE;
/* Removes what writers of the same file left beside it when they were killed; for files whose text
 * nobody may find there later. */
void buf_write_clean(const char *path);
/* Makes the folders above a path that are missing, for their owner alone (mode 0700). */
status folders_make(const char *path, struct fault *fault) MUST_USE;

#endif
