/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Document numbers. What a number is printed on, and when it is taken, is its document's business.
 */

#include "domain/number.h"

/* One statement, so that no second terminal can come between reading and writing. A series that
 * nobody has started begins at 1. */
static const char SQL_NUMBER_NEXT[] = "INSERT INTO number (name, next)\n"
                                      "VALUES (:name, 2)\n"
                                      "ON CONFLICT (name) DO UPDATE SET next = next + 1\n"
                                      "RETURNING next - 1";

status number_take(struct session *s, const char *name, int64_t *ret_number)
{
    return store_int(s->store, SQL_NUMBER_NEXT, BINDS(BIND_TEXT("name", name)), ret_number);
}
