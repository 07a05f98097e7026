/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_STORE_CHANGES_H
#define PITLANE_STORE_CHANGES_H

/* What the present transaction has changed, row by row, from SQLite's preupdate hook. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct sqlite3;

/* Rows a transaction remembers in detail; the rest of a mass import is only counted. */
#define CHANGES_KEPT 10000

enum value_type { VALUE_NONE, VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };

/* VALUE_NONE: not recorded, because it did not change. */
struct value {
    enum value_type type;
    int bytes;
    union {
        int64_t number;
        double real;
        const char *text;
    };
};

struct change_column {
    const char *name;
    bool is_key;    /* of a table without row numbers */
    bool is_secret; /* never by value */
};

struct change_table {
    struct change_table *next; /* of the same hash */
    const char *name;
    bool quiet;
    bool known; /* the members below are filled */
    bool has_rowid;
    size_t column_count;
    struct change_column *columns; /* in the order the hook counts them */
};

struct change {
    struct change_table *table;
    int64_t row; /* its number, before the change if it was there */
    size_t column_count;
    struct value *before; /* NULL for an insert */
    struct value *after;  /* NULL for a delete */
};

#define CHANGE_TABLE_HASHES 64
struct changes {
    struct change *at;
    size_t count;
    size_t room;
    int64_t more;        /* counted, not remembered */
    struct arena values; /* of the present transaction */
    struct arena schema; /* of the connection: tables and columns */
    bool unknown;        /* some table is not known yet */
    struct change_table *tables[CHANGE_TABLE_HASHES];
};

struct changes_mark {
    size_t count;
    int64_t more;
    struct arena_mark values;
};

/* Starts to listen. `quiet` may be NULL. */
void changes_watch(struct changes *changes, struct sqlite3 *db, const char *const *quiet);
struct changes_mark changes_mark(const struct changes *changes);
void changes_undo(struct changes *changes, struct changes_mark mark);
void changes_forget(struct changes *changes);
void changes_done(struct changes *changes);
/* Looks up the columns of new tables; not possible inside the hook. Returns SQLite's code. */
int changes_learn(struct changes *changes, struct sqlite3 *db);

#endif
