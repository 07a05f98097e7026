/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The lookup index: the folded prefixes that people type at the counter. */

#include <string.h>

#include "base/text.h"
#include "domain/list.h"

#define KEY_MAX 60 /* bytes: nobody types more before he sees the answer */

static const char SQL_LOOKUP_KEYS[] = "SELECT key FROM lookup WHERE noun = :noun AND id = :id";
static const char SQL_LOOKUP_REMOVE[] =
    "DELETE FROM lookup WHERE noun = :noun AND key = :key AND id = :id";
static const char SQL_LOOKUP_ADD[] = "INSERT INTO lookup (noun, key, id) VALUES (:noun, :key, :id)";

struct key_row {
    const char *key;
};
static const struct field key_fields[] = {FIELD(struct key_row, key)};
static const struct shape key_shape = SHAPE_OF(struct key_row, "lookup", key_fields);

static void add_key(struct session *s, struct lookup_keys *keys, const char *key)
{
    const size_t length = text_fit(key, strlen(key), KEY_MAX);

    if (length == 0 || keys->count == COUNT_OF(keys->at))
        return;
    key = arena_text_n(s->arena, key, length);
    for (size_t i = 0; i < keys->count; i++)
        if (text_same(keys->at[i], key))
            return;
    keys->at[keys->count++] = key;
}

void lookup_add(struct session *s, struct lookup_keys *keys, const char *text, bool each_word)
{
    const char *key = text_fold(s->arena, text);

    while (key != NULL && *key != '\0') {
        add_key(s, keys, key);
        key = each_word ? strchr(key, ' ') : NULL;
        key = key != NULL ? key + 1 : NULL;
    }
}

void lookup_add_digits(struct session *s, struct lookup_keys *keys, const char *text)
{
    const char *digits = text_digits(s->arena, text);
    const size_t length = strlen(digits);

    add_key(s, keys, digits);
    if (length > 7)
        add_key(s, keys, digits + length - 7);
    if (length > 4)
        add_key(s, keys, digits + length - 4);
}

void lookup_add_code(struct session *s, struct lookup_keys *keys, const char *text)
{
    const char *code = text_fold(s->arena, text_code(s->arena, text));
    const size_t length = strlen(code);

    add_key(s, keys, code);
    if (length > 8)
        add_key(s, keys, code + length - 8);
}

static bool keys_have(const struct lookup_keys *keys, const char *key)
{
    for (size_t i = 0; i < keys->count; i++)
        if (text_same(keys->at[i], key))
            return true;
    return false;
}

/* Only the difference is written: most edits change no key. */
status lookup_put(struct session *s, const char *noun, int64_t id, const struct lookup_keys *keys)
{
    struct rows stored;
    struct lookup_keys old = {.count = 0};

    TRY(store_list(s->store, SQL_LOOKUP_KEYS, NO_ROW,
                   BINDS(BIND_TEXT("noun", noun), BIND_INT("id", id)), s->arena, &key_shape,
                   &stored));
    const struct key_row *rows = stored.at;
    for (size_t i = 0; i < stored.count; i++) {
        if (old.count < COUNT_OF(old.at))
            old.at[old.count++] = rows[i].key;
        if (!keys_have(keys, rows[i].key))
            TRY(store_run(
                s->store, SQL_LOOKUP_REMOVE, NO_ROW,
                BINDS(BIND_TEXT("noun", noun), BIND_TEXT("key", rows[i].key), BIND_INT("id", id))));
    }
    for (size_t i = 0; i < keys->count; i++)
        if (!keys_have(&old, keys->at[i]))
            TRY(store_run(
                s->store, SQL_LOOKUP_ADD, NO_ROW,
                BINDS(BIND_TEXT("noun", noun), BIND_TEXT("key", keys->at[i]), BIND_INT("id", id))));
    return OK;
}

status lookup_add_also(struct session *s, const char *const *texts, int64_t id,
                       const struct lookup_keys *keys)
{
    for (; *texts != NULL; texts++)
        for (size_t i = 0; i < keys->count; i++)
            TRY(store_run(s->store, *texts, NO_ROW,
                          BINDS(BIND_TEXT("key", keys->at[i]), BIND_INT("id", id))));
    return OK;
}
