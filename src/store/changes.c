/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Listens to SQLite's preupdate hook, so that no change can be forgotten, and keeps the values in
 * an arena. Inside the hook nothing may be asked of the database: the names of columns are looked
 * up after the first statement that changed a table. */
#include "inner.h"

#include <string.h>

static struct change_table *add_table(struct changes *changes, const char *name)
{
    struct change_table **hash = &changes->tables[statement_hash(name) & (CHANGE_TABLE_HASHES - 1)];
    struct change_table *table = NEW(&changes->schema, struct change_table);

    *table = (struct change_table){.next = *hash, .name = arena_text(&changes->schema, name)};
    *hash = table;
    return table;
}

static struct change_table *find_table(struct changes *changes, const char *name)
{
    struct change_table *table = changes->tables[statement_hash(name) & (CHANGE_TABLE_HASHES - 1)];

    while (table != NULL && strcmp(table->name, name) != 0)
        table = table->next;
    return table;
}

static struct change_table *table_of(struct changes *changes, const char *name)
{
    struct change_table *table = find_table(changes, name);

    if (table == NULL) {
        table = add_table(changes, name);
        changes->unknown = true;
    }
    return table;
}

static void copy_value(struct arena *arena, sqlite3_value *from, struct value *to)
{
    switch (sqlite3_value_type(from)) {
    case SQLITE_INTEGER:
        *to = (struct value){.type = VALUE_INT, .number = sqlite3_value_int64(from)};
        break;
    case SQLITE_FLOAT:
        *to = (struct value){.type = VALUE_REAL, .real = sqlite3_value_double(from)};
        break;
    case SQLITE_TEXT:
        to->type = VALUE_TEXT;
        to->text = (const char *)sqlite3_value_text(from);
        to->bytes = sqlite3_value_bytes(from);
        to->text = arena_text_n(arena, to->text, (size_t)to->bytes);
        break;
    case SQLITE_BLOB:
        *to = (struct value){.type = VALUE_BLOB, .bytes = sqlite3_value_bytes(from)};
        break;
    default:
        to->type = VALUE_NULL;
        break;
    }
}

static bool same_value(sqlite3_value *a, sqlite3_value *b)
{
    const int type = sqlite3_value_type(a);

    if (type != sqlite3_value_type(b))
        return false;
    switch (type) {
    case SQLITE_INTEGER:
        return sqlite3_value_int64(a) == sqlite3_value_int64(b);
    case SQLITE_NULL:
        return true;
    case SQLITE_FLOAT: {
        const double left = sqlite3_value_double(a);
        const double right = sqlite3_value_double(b);
        return memcmp(&left, &right, sizeof(left)) == 0;
    }
    default: {
        const void *left = sqlite3_value_blob(a);
        const void *right = sqlite3_value_blob(b);
        const int bytes = sqlite3_value_bytes(a);
        return bytes == sqlite3_value_bytes(b) &&
               (bytes == 0 || memcmp(left, right, (size_t)bytes) == 0);
    }
    }
}

static struct value *copy_row(struct changes *changes, sqlite3 *db, size_t count,
                              int (*get)(sqlite3 *, int, sqlite3_value **))
{
    struct value *values = NEW_ARRAY(&changes->values, struct value, count);

    for (size_t i = 0; i < count; i++) {
        sqlite3_value *value = NULL;
        if (get(db, (int)i, &value) == SQLITE_OK && value != NULL)
            copy_value(&changes->values, value, &values[i]);
    }
    return values;
}

/* Fills both sides of an update. Keys of tables without row numbers are kept even when they stay,
 * to say which row it was; of a table not known yet, everything could be a key. */
static bool copy_update(struct changes *changes, sqlite3 *db, struct change *change)
{
    const struct change_table *table = change->table;
    bool changed = false;

    change->before = NEW_ARRAY(&changes->values, struct value, change->column_count);
    change->after = NEW_ARRAY(&changes->values, struct value, change->column_count);
    for (size_t i = 0; i < change->column_count; i++) {
        sqlite3_value *before = NULL;
        sqlite3_value *after = NULL;
        if (sqlite3_preupdate_old(db, (int)i, &before) != SQLITE_OK ||
            sqlite3_preupdate_new(db, (int)i, &after) != SQLITE_OK || before == NULL ||
            after == NULL)
            continue;
        const bool same = same_value(before, after);
        changed = changed || !same;
        if (!same || !table->known || (!table->has_rowid && table->columns[i].is_key))
            copy_value(&changes->values, before, &change->before[i]);
        if (!same)
            copy_value(&changes->values, after, &change->after[i]);
    }
    return changed;
}

static struct change *next_change(struct changes *changes)
{
    if (changes->count == changes->room) {
        changes->room = changes->room == 0 ? 64 : changes->room * 2;
        changes->at = mem_resize(changes->at, changes->room * sizeof(*changes->at));
    }
    return &changes->at[changes->count];
}

static void remember(void *context, sqlite3 *db, int operation, const char *database,
                     const char *name, sqlite3_int64 row_before, sqlite3_int64 row_after)
{
    struct changes *changes = context;

    /* What a trigger derives follows from the row that fired it. */
    if (sqlite3_preupdate_depth(db) > 0)
        return;
    struct change_table *table = strcmp(database, "main") == 0 ? table_of(changes, name) : NULL;

    if (table == NULL || table->quiet)
        return;
    if (changes->count >= CHANGES_KEPT) {
        changes->more++;
        return;
    }
    struct change *change = next_change(changes);
    *change = (struct change){.table = table,
                              .row = operation == SQLITE_INSERT ? row_after : row_before,
                              .column_count = (size_t)sqlite3_preupdate_count(db)};
    bool changed = true;
    if (operation == SQLITE_UPDATE)
        changed = copy_update(changes, db, change);
    else if (operation == SQLITE_DELETE)
        change->before = copy_row(changes, db, change->column_count, sqlite3_preupdate_old);
    else
        change->after = copy_row(changes, db, change->column_count, sqlite3_preupdate_new);
    changes->count += changed;
}

void changes_watch(struct changes *changes, struct sqlite3 *db, const char *const *quiet)
{
    for (; quiet != NULL && *quiet != NULL; quiet++) {
        struct change_table *table = add_table(changes, *quiet);
        table->quiet = true;
        table->known = true;
    }
    (void)sqlite3_preupdate_hook(db, remember, changes);
}

struct changes_mark changes_mark(const struct changes *changes)
{
    return (struct changes_mark){changes->count, changes->more, arena_mark(&changes->values)};
}

void changes_undo(struct changes *changes, struct changes_mark mark)
{
    if (changes->count == mark.count && changes->more == mark.more)
        return;
    changes->count = mark.count;
    changes->more = mark.more;
    arena_release(&changes->values, mark.values);
}

void changes_forget(struct changes *changes)
{
    changes->count = 0;
    changes->more = 0;
    arena_reset(&changes->values);
}

void changes_done(struct changes *changes)
{
    mem_free(changes->at);
    arena_done(&changes->values);
    arena_done(&changes->schema);
    *changes = (struct changes){0};
}

static bool ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text);
    const size_t end_length = strlen(end);

    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/* Columns that are computed on reading (hidden = 2) are not part of the row. */
static const char columns_sql[] = "SELECT name, pk FROM pragma_table_xinfo(?1) WHERE hidden <> 2";
static const char kind_sql[] = "SELECT type = 'shadow', wr FROM pragma_table_list(?1) "
                               "WHERE schema = 'main'";

static int learn_columns(struct changes *changes, sqlite3_stmt *columns, struct change_table *table)
{
    struct change_column *at = NULL;
    size_t count = 0;
    int code;

    while ((code = sqlite3_step(columns)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(columns, 0);
        at = mem_resize(at, (count + 1) * sizeof(*at));
        at[count++] = (struct change_column){
            .name = arena_text(&changes->schema, name),
            .is_key = sqlite3_column_int(columns, 1) != 0,
            .is_secret = ends_with(name, "_secret") || ends_with(name, "_hash"),
        };
    }
    table->columns = count == 0 ? NULL : arena_copy(&changes->schema, at, count * sizeof(*at));
    table->column_count = count;
    mem_free(at);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Tables inside a full-text index (shadow tables) are the index's own affair. */
static int learn_kind(sqlite3_stmt *kind, struct change_table *table)
{
    const int code = sqlite3_step(kind);

    if (code == SQLITE_ROW) {
        table->quiet = sqlite3_column_int(kind, 0) != 0;
        table->has_rowid = sqlite3_column_int(kind, 1) == 0;
    }
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static int learn_table(struct changes *changes, sqlite3 *db, struct change_table *table)
{
    sqlite3_stmt *columns = NULL;
    sqlite3_stmt *kind = NULL;
    int code = sqlite3_prepare_v2(db, columns_sql, -1, &columns, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(db, kind_sql, -1, &kind, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_text(columns, 1, table->name, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_bind_text(kind, 1, table->name, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = learn_columns(changes, columns, table);
    if (code == SQLITE_OK)
        code = learn_kind(kind, table);
    (void)sqlite3_finalize(columns);
    (void)sqlite3_finalize(kind);
    table->known = code == SQLITE_OK;
    return code;
}

int changes_learn(struct changes *changes, struct sqlite3 *db)
{
    for (size_t i = 0; i < CHANGE_TABLE_HASHES; i++) {
        for (struct change_table *table = changes->tables[i]; table != NULL; table = table->next) {
            const int code = table->known ? SQLITE_OK : learn_table(changes, db, table);
            if (code != SQLITE_OK)
                return code;
        }
    }
    changes->unknown = false;
    return SQLITE_OK;
}
