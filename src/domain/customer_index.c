/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The keys under which the counter finds a customer: names both ways round, the company, phones,
 * the old system's number, and those of records that were merged into it. */

#include "customer_inner.h"

#include <string.h>

#include "base/text.h"

/* clang-format off */
static const char SQL_NAMES[] =
    "SELECT first_name, last_name, company, external_number\n"
    "FROM customer\n"
    "WHERE id = :id\n"
    "UNION ALL\n"
    "SELECT first_name, last_name, company, external_number\n"
    "FROM customer\n"
    "WHERE merged_into = :id";
static const char SQL_PHONES[] =
    "SELECT kind, number, note\n"
    "FROM phone\n"
    "WHERE customer = :id\n"
    "ORDER BY position";
static const char *const SQL_PAPERS[] = {
    "INSERT OR IGNORE INTO lookup (noun, key, id)\n"
    "SELECT 'order', :key, id FROM repair_order WHERE customer = :id",
    "INSERT OR IGNORE INTO lookup (noun, key, id)\n"
    "SELECT 'invoice', :key, id FROM invoice WHERE customer = :id",
    "INSERT OR IGNORE INTO lookup (noun, key, id)\n"
    "SELECT 'payment', :key, id FROM payment WHERE customer = :id",
    NULL,
};
/* clang-format on */

/* A key that begins another one says nothing new; so of two words the first is not cut off. */
static bool has_words(const char *text)
{
    return strchr(text, ' ') != NULL || strchr(text, '-') != NULL;
}

static void add_names(struct session *s, struct lookup_keys *keys, const struct customer *c)
{
    lookup_add(s, keys, c->company, true);
    lookup_add(s, keys, arena_printf(s->arena, "%s %s", c->last_name, c->first_name),
               has_words(c->last_name));
    lookup_add(s, keys, arena_printf(s->arena, "%s %s", c->first_name, c->last_name),
               has_words(c->first_name));
    lookup_add(s, keys, c->external_number, false);
}

/* "+16195550142;12" as people dial it: without the country's one and the extension. */
static void add_phone(struct session *s, struct lookup_keys *keys, const char *e164)
{
    const char *number = text_starts(e164, "+1") ? e164 + 2 : e164;

    lookup_add_digits(s, keys, arena_text_n(s->arena, number, strcspn(number, ";")));
}

void customer_keys(struct session *s, const struct rows *names, const struct rows *phones,
                   struct lookup_keys *ret)
{
    const struct customer *name = names->at;
    const struct phone *phone = phones->at;

    ret->count = 0;
    for (size_t i = 0; i < phones->count; i++)
        add_phone(s, ret, phone[i].number);
    for (size_t i = 0; i < names->count; i++)
        add_names(s, ret, &name[i]);
}

status customer_index(struct session *s, struct customer_id id)
{
    const struct bind *by_id = BINDS(BIND_ID("id", id));
    struct lookup_keys keys;
    struct rows names;
    struct rows phones;

    TRY(store_list(s->store, SQL_NAMES, NO_ROW, by_id, s->arena, &customer_shape, &names));
    TRY(store_list(s->store, SQL_PHONES, NO_ROW, by_id, s->arena, &phone_shape, &phones));
    customer_keys(s, &names, &phones, &keys);
    return lookup_put(s, "customer", id.v, &keys);
}

status customer_index_papers(struct session *s, struct customer_id id, const char *name)
{
    struct lookup_keys keys = {.count = 0};

    lookup_add(s, &keys, name, true);
    return lookup_add_also(s, SQL_PAPERS, id.v, &keys);
}
