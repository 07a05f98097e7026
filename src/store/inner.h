/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_STORE_INNER_H
#define PITLANE_STORE_INNER_H

/* What the files of the store share. Nobody outside src/store includes this. */

#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

#include "changes.h"
#include "guard.h"
#include "statement.h"
#include "store/store.h"

#define STORE_WAIT_MS 5000
/* 64 MiB: often enough to be small, seldom enough not to be felt by one save in a hundred. */
#define STORE_LOG_PAGES 16000

enum transaction { TRANSACTION_NONE, TRANSACTION_READ, TRANSACTION_WRITE };

struct store {
    sqlite3 *db;
    char *path; /* absolute, or ":memory:" */
    struct fault *fault;
    struct guard guard;
    int64_t wait_ms;
    enum transaction transaction;
    bool own_transaction; /* begun for a single writing statement */
    status broken;        /* why SQLite gave the present transaction up; OK while it lives */
    bool read_only;
    struct statements statements;
    struct changes changes;
    int64_t changed_rows;
    int64_t fail_in;   /* statements until the made-up full disk; 0 = never */
    int log_pages;     /* of the write-ahead log, after this connection's last commit */
    int log_limit;     /* log_pages from which a commit moves the log into the database */
    int checkpoint_at; /* the same, later while readers keep the log from starting anew */
    int64_t reserve_given;
    void *scratch; /* one row or many, while they are read */
    size_t scratch_room;
};

/* error.c: SQLite's last error as a status and a sentence. */
status store_sentence(struct fault *fault, sqlite3 *db, const char *path);
/* The same for a statement of a store: notes when it cost the transaction, and gives the reserve
 * back when the disk is full. */
status store_failed(struct store *store);
bool error_is_full(sqlite3 *db); /* was the last error that the disk is full? */

/* reserve.c: gives the room back that was kept; false when there was none. */
bool reserve_give(struct store *store);

/* place.c: where the file is and whether a database may live there. */
struct place {
    char *path; /* absolute, links resolved */
    char *directory;
    bool immutable; /* nobody can write here, not even a log: read the file alone */
};
status place_find(const char *path, const struct store_options *options, struct fault *fault,
                  struct place *ret_place) MUST_USE;
void place_done(struct place *place);
/* Gives a finished file its name; ERR_CONFLICT when the name is taken meanwhile. */
status place_publish(const char *from, const char *to, struct fault *fault) MUST_USE;
/* An empty file of mode 0600 that did not exist before. */
status place_new_file(const char *path, struct fault *fault) MUST_USE;

/* create.c */
status create_shop(const char *path, const struct store_options *options,
                   struct fault *fault) MUST_USE;
/* sqlite3_open_v2 with this program's ways of using SQLite; every connection begins here. */
int connection_open(const char *name, int flags, sqlite3 **ret_db);
status create_content(sqlite3 *db, const struct store_options *options, const char *path,
                      struct fault *fault) MUST_USE;

/* gather.c: a commit's writes to the log as one, on connections of this VFS. Only where a commit
 * waits for the disk. */
const char *gather_vfs(void);
void gather(sqlite3 *db, bool gathers);

/* settings.c: every connection's switches, set and read back. */
status settings_safety(sqlite3 *db, const char *path, struct fault *fault) MUST_USE;
status settings_apply(struct store *store) MUST_USE;
/* First column of the first row; returns SQLite's code. */
int settings_ask(sqlite3 *db, const char *sql, int64_t *ret_value);

/* transaction.c */
status transaction_end_own(struct store *store, status result);
/* Counts a statement towards store_fail_after. */
status transaction_count(struct store *store) MUST_USE;

#endif
