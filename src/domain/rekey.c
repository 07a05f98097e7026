/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The change of the data key, in three steps, each of them complete in itself:
 *
 * 1. A new key joins the old ones in the file; then the shop says that nothing is sealed with an
 *    older one from now on (triggers of the schema hold everybody to it).
 * 2. Column by column, some rows at a time, what older keys sealed is sealed with the new one.
 * 3. When nothing is left that older keys sealed, they go from the file. */

#include "domain/rekey.h"

#include <string.h>

#include "base/text.h"
#include "domain/audit.h"
#include "record.h"

#define ROWS_AT_ONCE 200 /* others wait no longer than this takes: a few milliseconds */

#define SEALED(table, column, row) {#table, #column, #row},
const struct sealed_column sealed_columns[] = {
#include "domain/sealed.def"
};
#undef SEALED
const size_t sealed_column_count = COUNT_OF(sealed_columns);

/* As constants, so that the check of all SQL texts sees them. */
#define SEALED(table, column, row)                                                                 \
    static const char SQL_OLD_##table##_##column[] =                                               \
        "SELECT " #row " AS row, " #column " AS sealed "                                           \
        "FROM " #table " "                                                                         \
        "WHERE " #row " > :after AND " #column " <> '' "                                           \
        "AND CAST(" #column " AS INTEGER) < :data_key "                                            \
        "ORDER BY " #row " LIMIT :limit";                                                          \
    static const char SQL_SET_##table##_##column[] =                                               \
        "UPDATE " #table " SET " #column " = :sealed "                                             \
        "WHERE " #row " = :row";                                                                   \
    static const char SQL_COUNT_##table##_##column[] =                                             \
        "SELECT count(*) FROM " #table " "                                                         \
        "WHERE " #column " <> '' "                                                                 \
        "AND CAST(" #column " AS INTEGER) < :data_key";
#include "domain/sealed.def"
#undef SEALED
#define SEALED(table, column, row)                                                                 \
    {SQL_OLD_##table##_##column, SQL_SET_##table##_##column, SQL_COUNT_##table##_##column},
static const struct {
    const char *old, *set, *count;
} texts[] = {
#include "domain/sealed.def"
};
#undef SEALED

static const char SQL_DATA_KEY[] = "SELECT data_key FROM shop";
static const char SQL_SET_DATA_KEY[] = "UPDATE shop SET data_key = :data_key";

struct sealed_row {
    int64_t row;
    const char *sealed;
};
static const struct field sealed_row_fields[] = {
    FIELD(struct sealed_row, row, .low = INT64_MIN, .high = INT64_MAX),
    FIELD(struct sealed_row, sealed, .max = 1u << 20),
};
static const struct shape sealed_row_shape =
    SHAPE_OF(struct sealed_row, "sealed", sealed_row_fields);

/* --- 1. A new key --- */

/* Within the writer's turn, and from the file as it is now: two calls at once never make two keys
 * of the same number. */
static status add_key(struct session *s, struct key_ring *keys, const char *passphrase,
                      struct rekey *ret)
{
    int64_t data_key = 0;

    TRY(key_ring_reload(keys, passphrase, &s->fault));
    TRY(store_int(s->store, SQL_DATA_KEY, NULL, &data_key));
    if (key_ring_newest(keys) < data_key)
        return fail(s, ERR_CORRUPT,
                    "The key file is older than the shop: its keys were changed since. Put the "
                    "newest key file back.");
    ret->went_on = key_ring_data_count(keys) > 1;
    if (!ret->went_on) {
        TRY(key_ring_renew(keys, &s->fault));
        TRY(key_ring_save(keys, passphrase, &s->fault));
    }
    ret->data_key = key_ring_newest(keys);
    return store_run(s->store, SQL_SET_DATA_KEY, NO_ROW,
                     BINDS(BIND_INT("data_key", ret->data_key)));
}

/* --- 2. Sealing anew --- */

static status seal_row(struct session *s, struct arena *arena, size_t at,
                       const struct sealed_row *row, struct rekey *report)
{
    const struct secret_place place = {sealed_columns[at].table, sealed_columns[at].column,
                                       row->row};
    const char *plain = "", *sealed = "";

    if (secret_unseal(s->keys, place, row->sealed, arena, &plain, NULL) != OK) {
        report->unreadable++;
        return OK;
    }
    TRY(secret_seal(s->keys, place, plain, arena, &sealed, &s->fault));
    secret_wipe((char *)(uintptr_t)plain, strlen(plain));
    report->sealed++;
    return store_run(s->store, texts[at].set, NO_ROW,
                     BINDS(BIND_TEXT("sealed", sealed), BIND_INT("row", row->row)));
}

static status seal_some(struct session *s, size_t at, int64_t *after, bool *ret_more,
                        struct rekey *report)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct rows rows;

    TRY(store_list(s->store, texts[at].old, NO_ROW,
                   BINDS(BIND_INT("after", *after), BIND_INT("data_key", report->data_key),
                         BIND_INT("limit", ROWS_AT_ONCE)),
                   &arena, &sealed_row_shape, &rows));
    const struct sealed_row *row = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        TRY(seal_row(s, &arena, at, &row[i], report));
        *after = row[i].row;
    }
    *ret_more = rows.count == ROWS_AT_ONCE;
    return OK;
}

static status seal_column(struct session *s, size_t at, struct rekey *report)
{
    int64_t after = INT64_MIN;
    bool more = true;

    while (more) {
        TRY(store_begin_write(s->store));
        TRY(record_end_write(s, seal_some(s, at, &after, &more, report)));
    }
    return OK;
}

/* --- 3. Throwing the old ones away --- */

static status count_older(struct session *s, int64_t than, int64_t *ret_count)
{
    *ret_count = 0;
    for (size_t at = 0; at < sealed_column_count; at++) {
        int64_t count = 0;
        TRY(store_int(s->store, texts[at].count, BINDS(BIND_INT("data_key", than)), &count));
        *ret_count += count;
    }
    return OK;
}

static status note(struct session *s, const struct rekey *report)
{
    AUTO_BUF detail = BUF(256);

    buf_printf(&detail, "{\"data_key\":%d,\"sealed\":%lld,\"went_on\":%s}", report->data_key,
               (long long)report->sealed, report->went_on ? "true" : "false");
    return audit_note(s, AUDIT_KEYS, OK, buf_str(&detail));
}

static status retire(struct session *s, struct key_ring *keys, const char *passphrase,
                     struct rekey *report)
{
    int64_t left = 0;

    TRY(key_ring_reload(keys, passphrase, &s->fault));
    TRY(count_older(s, report->data_key, &left));
    if (report->unreadable > 0)
        return fail(s, ERR_CORRUPT,
                    "%lld sealed values open with no key, so the old keys are kept. Put the right "
                    "key file back and run it again, or set those values anew.",
                    (long long)report->unreadable);
    if (left > 0 || key_ring_newest(keys) != report->data_key)
        return fail(s, ERR_BUSY,
                    "The keys were changed by somebody else at the same time. Run it again.");
    TRY(note(s, report));
    key_ring_retire(keys);
    return key_ring_save(keys, passphrase, &s->fault);
}

status rekey_run(struct session *s, struct key_ring *keys, const char *passphrase,
                 struct rekey *ret)
{
    *ret = (struct rekey){.data_key = 0};
    TRY(store_begin_write(s->store));
    TRY(record_end_write(s, add_key(s, keys, passphrase, ret)));
    for (size_t at = 0; at < sealed_column_count; at++)
        TRY(seal_column(s, at, ret));
    TRY(store_begin_write(s->store));
    return record_end_write(s, retire(s, keys, passphrase, ret));
}

status sealed_count(struct session *s, struct sealed_count *ret)
{
    struct sealed_count count;

    TRY(count_older(s, INT64_MAX, &count.all));
    TRY(count_older(s, key_ring_newest(s->keys), &count.old));
    *ret = count;
    return OK;
}
