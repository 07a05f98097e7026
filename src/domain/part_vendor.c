/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who sells a part, under which number, for how much, and who is asked first. */

#include "part_inner.h"

/* clang-format off */
static const char SQL_PUT[] =
    "INSERT INTO part_vendor (part, vendor, position, number, cost)\n"
    "VALUES (:part, :vendor,\n"
    "  1 + (SELECT ifnull(max(position), 0) FROM part_vendor WHERE part = :part),\n"
    "  :number, ifnull(:cost, 0))\n"
    "ON CONFLICT (part, vendor) DO UPDATE\n"
    "SET number = CASE WHEN :number <> '' THEN :number ELSE number END,\n"
    "  cost = ifnull(:cost, cost)\n"
    "WHERE (:number <> '' AND number <> :number) OR cost <> ifnull(:cost, cost)";
static const char SQL_POSITION[] =
    "SELECT position FROM part_vendor WHERE part = :part AND vendor = :vendor";
/* Positions are unique: out of the way first, and by negative numbers, since one statement's rows
 * are checked one by one. */
static const char SQL_ASIDE[] =
    "UPDATE part_vendor\n"
    "SET position = CASE WHEN vendor = :vendor THEN -1 ELSE -1 - position END\n"
    "WHERE part = :part AND position <= :position";
static const char SQL_BACK[] =
    "UPDATE part_vendor\n"
    "SET position = -position\n"
    "WHERE part = :part AND position < 0";
/* clang-format on */

status part_vendor_put(struct session *s, struct part_id id, struct vendor_id vendor,
                       const char *number, struct money cost)
{
    const struct bind none = BIND_NULL("cost");
    const struct bind each = BIND_MONEY("cost", cost);

    return store_run(s->store, SQL_PUT, NO_ROW,
                     BINDS(BIND_ID("part", id), BIND_ID("vendor", vendor),
                           BIND_TEXT("number", number), cost.cents == NUMBER_NONE ? none : each));
}

status part_vendor_first(struct session *s, struct part_id id, struct vendor_id vendor)
{
    const struct bind part = BIND_ID("part", id);
    int64_t position = 0;

    TRY(store_int(s->store, SQL_POSITION, BINDS(part, BIND_ID("vendor", vendor)), &position));
    if (position == 1)
        return OK;
    TRY(store_run(s->store, SQL_ASIDE, NO_ROW,
                  BINDS(part, BIND_ID("vendor", vendor), BIND_INT("position", position))));
    return store_run(s->store, SQL_BACK, NO_ROW, BINDS(part));
}
