/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_BENCH_BARE_H
#define PITLANE_TESTS_BENCH_BARE_H

/* The limit that writing is measured against: SQLite alone, on a file of its own beside the shop's,
 * with statements prepared once. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../src/store/inner.h"

enum { BARE_STATEMENTS = 8 };

struct bare {
    sqlite3 *db;
    sqlite3_stmt *statements[BARE_STATEMENTS];
};

static inline void bare_must(const struct bare *bare, int result, int expected)
{
    if (result == expected)
        return;
    fprintf(stderr, "bare: %s\n", sqlite3_errmsg(bare->db));
    exit(1);
}

static inline void bare_run(struct bare *bare, const char *sql)
{
    bare_must(bare, sqlite3_exec(bare->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static inline void bare_open(struct bare *bare, const char *folder, const char *name,
                             const char *schema)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    bare_must(bare, sqlite3_open(path, &bare->db), SQLITE_OK);
    bare_run(bare, schema);
}

static inline void bare_prepare(struct bare *bare, const char *const texts[BARE_STATEMENTS])
{
    for (int i = 0; i < BARE_STATEMENTS; i++)
        bare_must(bare,
                  sqlite3_prepare_v3(bare->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT,
                                     &bare->statements[i], NULL),
                  SQLITE_OK);
}

/* With the first of these numbers, or both, as far as the statement takes any. */
static inline void bare_write(struct bare *bare, int which, int64_t first, int64_t second)
{
    sqlite3_stmt *statement = bare->statements[which];
    const int takes = sqlite3_bind_parameter_count(statement);

    if (takes > 0)
        sqlite3_bind_int64(statement, 1, first);
    if (takes > 1)
        sqlite3_bind_int64(statement, 2, second);
    bare_must(bare, sqlite3_step(statement), SQLITE_DONE);
    sqlite3_reset(statement);
}

static inline void bare_checkpoint(struct bare *bare)
{
    sqlite3_wal_checkpoint_v2(bare->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

#endif
