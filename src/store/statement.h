/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_STORE_STATEMENT_H
#define PITLANE_STORE_STATEMENT_H

/* Prepared statements, kept for the life of the connection, found by the address of their text. */

#include <stdbool.h>
#include <stddef.h>

#include "store/store.h"

struct sqlite3_stmt;

struct statement {
    const char *sql;
    struct sqlite3_stmt *handle;
    bool writes;
    size_t parameter_count;
    char **parameters;                 /* names without the colon */
    size_t *hints;                     /* which of the binds it was the last time */
    const struct shape *bound;         /* the shape that bound_fields is for */
    const struct field **bound_fields; /* for each parameter, NULL: none */
    size_t column_count;
    const struct shape *read;         /* the shape that read_fields and blank are for */
    const struct field **read_fields; /* for each column */
    void *blank;                      /* a tidy empty row */
};

struct statements {
    struct statement **at; /* open addressing by address of the text */
    size_t room;
    size_t count;
    char **texts; /* interned, open addressing by content */
    size_t text_room;
    size_t text_count;
};

void statements_done(struct statements *statements);

/* Finds or prepares; ERR_CORRUPT with SQLite's reason when the text is wrong. */
status statement_find(struct store *store, const char *sql,
                      struct statement **ret_statement) MUST_USE;
/* bind.c: gives every parameter its value. */
status statement_bind(struct store *store, struct statement *statement, struct bind_row row,
                      const struct bind *binds) MUST_USE;

/* Everything before the first step: find, make sure it may run now, bind. What succeeds is ended
 * by statement_end, which hands `result` back or what went wrong on top of it. */
status statement_begin(struct store *store, const char *sql, struct bind_row row,
                       const struct bind *binds, struct statement **ret_statement) MUST_USE;
/* ERR_NOT_FOUND without a sentence when there is no further row. */
status statement_next(struct store *store, struct statement *statement) MUST_USE;
status statement_end(struct store *store, struct statement *statement, status result) MUST_USE;

size_t statement_hash(const char *text);

#endif
