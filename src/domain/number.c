/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Document numbers. What a number is printed on, and when it is taken, is its document's business.
 */

#include <assert.h>

#include "domain/number.h"

/* A series that nobody has started begins at 1. With RETURNING SQLite would build a table for the
 * one number. */
static const char SQL_TAKE[] = "INSERT INTO number (name, next)\n"
                               "VALUES (:name, 2)\n"
                               "ON CONFLICT (name) DO UPDATE SET next = next + 1";
static const char SQL_TAKEN[] = "SELECT next - 1 FROM number WHERE name = :name";

/* In the transaction of the document: no second terminal comes between the two. */
status number_take(struct session *s, const char *name, int64_t *ret_number)
{
    const struct bind *binds = BINDS(BIND_TEXT("name", name));

    assert(store_in_transaction(s->store));
    TRY(store_run(s->store, SQL_TAKE, NO_ROW, binds));
    return store_int(s->store, SQL_TAKEN, binds, ret_number);
}
