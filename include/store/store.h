/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_STORE_STORE_H
#define PITLANE_STORE_STORE_H

/* The shop's one file. SQL texts come from the domain; this layer opens, guards, prepares, binds,
 * reads, remembers what changed, and turns SQLite's errors into sentences. It knows no noun.
 *
 * One writer at a time is enforced above SQLite with flock on "NAME.lock", held by write
 * transactions, checkpoints, opening and closing (sqlite.org/wal.html#walresetbug). */

#include <stdbool.h>
#include <stdint.h>

#include "base/field.h"

struct store;

#define STORE_APPLICATION_ID 0x5049544c /* "PITL" */

struct store_options {
    bool create;              /* make a new shop; refuses an existing file */
    bool read_only;           /* for reports on a read-only directory */
    const char *schema;       /* text of schema.sql, for create */
    int64_t version;          /* user_version this program knows */
    const char *const *quiet; /* NULL-ended: tables whose changes are not remembered */
};

/* Opens a database file (":memory:" for tests). Every failure has a sentence: no such file,
 * directory not writable, network file system, newer than this program (ERR_IO); empty, not a
 * shop's, another program's or damaged (ERR_CORRUPT); a file already there for create
 * (ERR_CONFLICT). `fault` also receives the sentences of all later calls, until store_report_to. */
status store_open(const char *path, const struct store_options *options, struct fault *fault,
                  struct store **ret_store) MUST_USE;
void store_close(struct store *store); /* NULL is fine; rolls back what is open */
void store_report_to(struct store *store, struct fault *fault);
const char *store_path(const struct store *store); /* absolute, links resolved */

/* Write transactions are BEGIN IMMEDIATE under the writer guard; waiting more than 5 s is ERR_BUSY.
 * A failed commit has rolled back. A read transaction gives one consistent picture and refuses to
 * write (ERR_CONFLICT). A writing statement outside of both gets a transaction of its own. A broken
 * rule undoes its statement alone; after a full disk or a fault of it every statement is refused
 * until store_rollback. There is no nesting. */
status store_begin_write(struct store *store) MUST_USE;
status store_begin_read(struct store *store) MUST_USE;
status store_commit(struct store *store) MUST_USE;
void store_rollback(struct store *store);
/* The present write transaction may last longer than others wait: their sentence says so. */
void store_takes_long(struct store *store);
bool store_in_transaction(const struct store *store);

/* Named values for a statement; the array ends with a NULL name. */
enum bind_kind { BIND_KIND_INT, BIND_KIND_TEXT, BIND_KIND_NULL };
struct bind {
    const char *name; /* without the colon */
    enum bind_kind kind;
    int64_t number;
    const char *text;
};
#define BIND_INT(name_, value)                                                                     \
    {                                                                                              \
        .name = (name_), .kind = BIND_KIND_INT, .number = (value)                                  \
    }
#define BIND_TEXT(name_, value)                                                                    \
    {                                                                                              \
        .name = (name_), .kind = BIND_KIND_TEXT, .text = (value)                                   \
    }
#define BIND_MONEY(name_, value)   BIND_INT(name_, (value).cents)
#define BIND_ID(name_, value)      store_bind_id((name_), (value).v)
#define BIND_DAY(name_, value)     store_bind_text((name_), (value).iso)
#define BIND_INSTANT(name_, value) store_bind_id((name_), (value).seconds)
#define BIND_NULL(name_)                                                                           \
    {                                                                                              \
        .name = (name_), .kind = BIND_KIND_NULL                                                    \
    }
#define BINDS(...) ((const struct bind[]){__VA_ARGS__, {.name = NULL}})
/* 0 binds NULL; "" binds NULL (days). */
struct bind store_bind_id(const char *name, int64_t value);
struct bind store_bind_text(const char *name, const char *value);

/* A row whose fields are bound by name, beside explicit binds (which win). NULL shape for none.
 * Empty ids, days and instants and NUMBER_NONE bind NULL; enums bind their word; bool 0/1; empty
 * texts ''. */
struct bind_row {
    const struct shape *shape;
    const void *row;
};
#define BIND_ROW(shape_, row_) ((struct bind_row){(shape_), (row_)})
#define NO_ROW                 ((struct bind_row){NULL, NULL})

/* SQL texts must outlive the store (string constants): statements are cached by address. Every
 * parameter of a text must be given a value; values without a parameter are ignored. */
status store_run(struct store *store, const char *sql, struct bind_row row,
                 const struct bind *binds) MUST_USE;
/* First row into a shape, columns matched to fields by name; every column must have a field.
 * Fields without a column are left as shape_tidy leaves them (0, ""). ERR_NOT_FOUND without a
 * sentence when there is none. Texts are copied into the arena. */
status store_get(struct store *store, const char *sql, struct bind_row row,
                 const struct bind *binds, struct arena *arena, const struct shape *shape,
                 void *ret_row) MUST_USE;
status store_list(struct store *store, const char *sql, struct bind_row row,
                  const struct bind *binds, struct arena *arena, const struct shape *shape,
                  struct rows *ret_rows) MUST_USE;
/* The same row by row, for more rows than fit into memory: `each` gets one at a time, whose texts
 * are given back behind it. It may read elsewhere in the store; what it answers but OK ends the
 * walk and is the result. */
status store_each(struct store *store, const char *sql, struct bind_row row,
                  const struct bind *binds, struct arena *arena, const struct shape *shape,
                  status (*each)(void *context, const void *row), void *context) MUST_USE;
/* One number or text: first column of the first row. NULL reads as 0 and "". */
status store_int(struct store *store, const char *sql, const struct bind *binds,
                 int64_t *ret_value) MUST_USE;
status store_text(struct store *store, const char *sql, const struct bind *binds,
                  struct arena *arena, const char **ret_value) MUST_USE;
/* The same for SQL built at run time (lists with a sort order): the text is copied and cached by
 * content. Only composed of constants of the program, never of anybody's input. */
const char *store_intern(struct store *store, const char *sql);

int64_t store_last_id(const struct store *store);
int64_t store_changed_rows(const struct store *store); /* by the last store_run */

/* What the present transaction has changed, as a JSON array, oldest first:
 * [{"table":"customer","row":12,"before":{…},"after":{…}}]: for an update only the changed columns,
 * for an insert no before, for a delete no after. Columns ending in _secret or _hash appear as
 * "changed". A row of a table without row numbers is {"table":"…","row":null,"key":{…},…}. Behind
 * the 10,000th row of a mass import there is only {"more_rows":N}. Tables inside a full-text index
 * are left out. Returns how many rows changed. */
int64_t store_changes(const struct store *store, struct buf *out);

/* A reserve on the disk, NAME.reserve beside the file, of so many bytes; 0: none. Kept where the
 * disk has room for four of it, and given back by itself when the disk is full: a change that
 * failed for it can be made then. Cheap when it is there. False: there is no room to keep it. */
bool store_keep_reserve(struct store *store, int64_t bytes);
/* How large it is now; 0: there is none. */
int64_t store_reserve_size(const struct store *store);
/* How often this connection has given it back. */
int64_t store_reserve_given(const struct store *store);

/* A number that moves when another connection has committed. Cheap enough for an idle poll. */
status store_data_version(struct store *store, int64_t *ret_version) MUST_USE;
/* Moves the log into the database; called when a terminal is idle. ERR_BUSY is no problem. */
status store_checkpoint(struct store *store) MUST_USE;
/* While a file is being made that is of no use until it is complete, commits need not wait for the
 * disk: true. With false they wait again, and what the next commit and store_checkpoint leave is on
 * the disk, all of it. Outside of transactions. Never for a shop that somebody works in. */
status store_building(struct store *store, bool building) MUST_USE;
/* quick = pages and indexes only. ERR_CORRUPT with what was found. */
status store_verify(struct store *store, bool quick) MUST_USE;
/* A complete copy while others work, mode 0600, refuses an existing file. The copy is checked:
 * damage is told and not kept. */
status store_backup(struct store *store, const char *path) MUST_USE;
/* A copy to try something on: nobody else sees it, nothing of it is kept, its changes are not
 * remembered. Others go on working while it is made and used. Now and then `go_on` is asked (may be
 * NULL); false ends in ERR_CANCELLED without a sentence. Outside of transactions. */
status store_trial(struct store *store, bool (*go_on)(void *context), void *context,
                   struct store **ret_trial) MUST_USE;

/* Does the writer guard hold? Takes it, lets another process try to, and gives it back. ERR_IO when
 * that one got it, too. */
status store_guard_check(struct store *store) MUST_USE;
/* Is this f_type of statfs(2) a file system of another computer, on which a write-ahead log does
 * not work (sqlite.org/wal.html)? */
bool store_is_network(unsigned long filesystem);

/* For tests: the n-th statement executed from now fails as a full disk does (0 = never). */
void store_fail_after(struct store *store, int64_t statements);
/* For tests: prepares the text without running it; ERR_CORRUPT with SQLite's reason. With `plan`,
 * writes EXPLAIN QUERY PLAN's lines. */
status store_try(struct store *store, const char *sql, struct buf *plan) MUST_USE;

static inline void store_close_at(struct store **store)
{
    store_close(*store);
}
#define AUTO_STORE __attribute__((cleanup(store_close_at))) struct store *

#endif
