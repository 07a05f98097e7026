/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_E2E_PTY_INNER_H
#define PITLANE_TESTS_E2E_PTY_INNER_H

#include <vterm.h>

#include "base/buf.h"
#include "pty.h"

/* Bytes that came in one read. */
struct pty_chunk {
    size_t end; /* in raw */
    double at_ms;
};

struct pty {
    pid_t pid;
    int fd; /* our end; -1 when closed */
    int rows, cols;
    bool ended;
    double ended_fair_ms;
    int code;
    long keys;
    double started_ms;
    double last_ms; /* when the last byte came */

    struct buf raw; /* bytes since the last pty_forget */
    size_t fed;     /* of them in the emulator */
    struct pty_chunk *chunks;
    size_t chunk_count, chunk_room;

    VTerm *vt;
    VTermScreen *screen;
    bool alternate;
    struct buf text; /* pty_screen's answer */
};

/* Reads what there is, waiting up to limit_ms for the first byte. True when anything came. */
bool pty_pump(struct pty *pty, int limit_ms);
void pty_screen_open(struct pty *pty);
void pty_screen_close(struct pty *pty);
void pty_screen_resize(struct pty *pty, int rows, int cols);
/* Shows the emulator the bytes up to here. */
void pty_feed(struct pty *pty, size_t end);
static inline void pty_feed_all(struct pty *pty)
{
    pty_feed(pty, pty->raw.length);
}
/* Does the emulator show the text, as far as it has been fed? */
bool pty_shows(struct pty *pty, const char *text);

#endif
