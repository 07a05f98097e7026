/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The keys under which the counter finds a part: its numbers and its vendors', bar code, name from
 * each word on, category likewise, bins, tire size. */

#include "base/text.h"
#include "part_inner.h"

static const char SQL_NUMBERS[] =
    "SELECT number FROM part_vendor WHERE part = :part AND number <> ''";
static const char SQL_BINS[] =
    "SELECT bin AS number FROM part_bin WHERE part = :part AND bin <> '' AND on_hand <> 0";

/* "225/45R17" is typed as 2254517, too. */
static void add_tire_size(struct session *s, struct lookup_keys *keys, const char *size)
{
    if (*size == '\0')
        return;
    lookup_add_code(s, keys, size);
    lookup_add(s, keys, text_digits(s->arena, size), false);
}

static status add_codes(struct session *s, struct lookup_keys *keys, const char *sql,
                        struct part_id id)
{
    struct rows rows;

    TRY(store_list(s->store, sql, NO_ROW, BINDS(BIND_ID("part", id)), s->arena, &part_vendor_shape,
                   &rows));
    const struct part_vendor *row = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        lookup_add_code(s, keys, row[i].number);
    return OK;
}

status part_index(struct session *s, struct part_id id)
{
    struct lookup_keys keys = {.count = 0};
    struct part part;

    TRY(part_get(s, id, &part));
    lookup_add_code(s, &keys, part.sku);
    lookup_add(s, &keys, part.sku, false);
    lookup_add(s, &keys, part.upc, false);
    lookup_add(s, &keys, part.name, true);
    lookup_add(s, &keys, part.category, true);
    lookup_add_code(s, &keys, part.bin);
    add_tire_size(s, &keys, part.tire_size);
    TRY(add_codes(s, &keys, SQL_NUMBERS, id));
    TRY(add_codes(s, &keys, SQL_BINS, id));
    return lookup_put(s, "part", id.v, &keys);
}
