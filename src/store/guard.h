/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_STORE_GUARD_H
#define PITLANE_STORE_GUARD_H

/* The writer guard: one process at a time writes to, checkpoints, opens or closes a database.
 * SQLite before 3.51.3 can lose committed pages when two connections write or checkpoint at the
 * same instant (sqlite.org/wal.html#walresetbug). */

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct store;

struct guard {
    int file; /* -1: no guard is needed (in memory) or possible (nobody can write here) */
    char *path;
    bool held;
    bool is_long; /* others who wait in vain are told so */
    bool queues;  /* the file is open for writing, so the turnstile works */
};
#define GUARD_NONE ((struct guard){.file = -1})

/* Opens or makes "DATABASE.lock". ERR_IO with a sentence. */
status guard_open(struct guard *guard, const char *database, bool read_only,
                  struct fault *fault) MUST_USE;
/* Waits at most wait_ms (0: not at all), then ERR_BUSY. Taking a held guard is fine. */
status guard_take(struct guard *guard, int64_t wait_ms, struct fault *fault) MUST_USE;
/* Once it is held. Ends with it, and like it with the process. */
void guard_takes_long(struct guard *guard);
void guard_release(struct guard *guard);
void guard_close(struct guard *guard);
/* Could another process take it now? */
bool guard_is_open_to_others(const struct guard *guard);

/* How long this store waits for others; for tests that would not wait 5 s. */
void store_wait_at_most(struct store *store, int64_t wait_ms);

#endif
