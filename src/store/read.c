/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Rows out of statements, into shapes; and single numbers and texts. */
#include "inner.h"

#include <string.h>

enum { SCRATCH_KEPT = 1 << 20 };

/* Memory of the connection for rows under way; whoever uses it runs no other statement. */
static void *read_scratch(struct store *store, size_t size)
{
    if (size > store->scratch_room) {
        const size_t room = size < 4096 ? 4096 : size;
        store->scratch = mem_resize(store->scratch, room);
        store->scratch_room = room;
    }
    return store->scratch;
}

static void scratch_shrink(struct store *store)
{
    if (store->scratch_room <= SCRATCH_KEPT)
        return;
    mem_free(store->scratch);
    store->scratch = NULL;
    store->scratch_room = 0;
}

static status no_place(struct store *store, const struct statement *statement, const char *column,
                       const struct shape *shape)
{
    return fault_set(store->fault, ERR_CORRUPT,
                     "The program has no place for \"%s\" in a %s (%.120s). Report this.", column,
                     shape->name, statement->sql);
}

static status plan_columns(struct store *store, struct statement *statement,
                           const struct shape *shape)
{
    if (statement->read == shape)
        return OK;
    statement->read = NULL;
    statement->read_fields = mem_resize(
        statement->read_fields, (statement->column_count + 1) * sizeof(*statement->read_fields));
    for (size_t i = 0; i < statement->column_count; i++) {
        const char *column = sqlite3_column_name(statement->handle, (int)i);
        const struct field *field = shape_field(shape, column);
        if (field == NULL || field->type == FIELD_ROWS)
            return no_place(store, statement, column, shape);
        statement->read_fields[i] = field;
    }
    statement->blank = mem_resize(statement->blank, shape->size);
    memset(statement->blank, 0, shape->size);
    shape_tidy(shape, statement->blank);
    statement->read = shape;
    return OK;
}

static status not_this(struct store *store, const char *name, const char *text)
{
    return fault_set(store->fault, ERR_CORRUPT,
                     "The shop's file holds a value that makes no sense: \"%.80s\" for %s. Run the "
                     "check of the shop's file.",
                     text == NULL ? "" : text, name);
}

static status read_number(struct store *store, sqlite3_stmt *handle, int at,
                          const struct field *field, int64_t *ret_number)
{
    const int type = sqlite3_column_type(handle, at);

    if (type != SQLITE_INTEGER && type != SQLITE_NULL)
        return not_this(store, field->name, (const char *)sqlite3_column_text(handle, at));
    if (type == SQLITE_NULL && (field->flags & FIELD_OPTIONAL) != 0)
        *ret_number = NUMBER_NONE;
    else
        *ret_number = sqlite3_column_int64(handle, at);
    return OK;
}

static const char *read_text(sqlite3_stmt *handle, int at, struct arena *arena)
{
    const char *text = (const char *)sqlite3_column_text(handle, at);
    const int length = sqlite3_column_bytes(handle, at);

    return length <= 0 ? "" : arena_text_n(arena, text, (size_t)length);
}

static status read_day(struct store *store, sqlite3_stmt *handle, int at, const struct field *field,
                       struct day *ret_day)
{
    const char *text = (const char *)sqlite3_column_text(handle, at);
    const int length = sqlite3_column_bytes(handle, at);

    if (length == 0)
        return OK;
    if (length != sizeof(ret_day->iso) - 1)
        return not_this(store, field->name, text);
    memcpy(ret_day->iso, text, sizeof(ret_day->iso));
    return OK;
}

static status read_choice(struct store *store, sqlite3_stmt *handle, int at,
                          const struct field *field, unsigned *ret_value)
{
    const char *word = (const char *)sqlite3_column_text(handle, at);

    if (word == NULL)
        return OK;
    for (unsigned i = 0; i < field->choices->count; i++) {
        if (strcmp(field->choices->at[i].word, word) == 0) {
            *ret_value = i;
            return OK;
        }
    }
    return not_this(store, field->name, word);
}

static status read_field(struct store *store, sqlite3_stmt *handle, int at,
                         const struct field *field, struct arena *arena, void *row)
{
    void *to = (char *)row + field->offset;
    int64_t number = 0;

    switch (field->type) {
    case FIELD_TEXT:
        *(const char **)to = read_text(handle, at, arena);
        return OK;
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_QTY:
    case FIELD_RATE:
    case FIELD_INSTANT:
    case FIELD_ID:
        return read_number(store, handle, at, field, to);
    case FIELD_BOOL:
        TRY(read_number(store, handle, at, field, &number));
        *(bool *)to = number != 0;
        return OK;
    case FIELD_DAY:
        return read_day(store, handle, at, field, to);
    case FIELD_ENUM:
        return read_choice(store, handle, at, field, to);
    case FIELD_ROWS:
    case FIELD_TYPE_COUNT:
    default:
        return not_this(store, field->name, NULL);
    }
}

static status read_row(struct store *store, const struct statement *statement, struct arena *arena,
                       void *row)
{
    memcpy(row, statement->blank, statement->read->size);
    for (size_t i = 0; i < statement->column_count; i++)
        TRY(read_field(store, statement->handle, (int)i, statement->read_fields[i], arena, row));
    return OK;
}

status store_run(struct store *store, const char *sql, struct bind_row row,
                 const struct bind *binds)
{
    struct statement *statement = NULL;
    status result;

    TRY(statement_begin(store, sql, row, binds, &statement));
    do
        result = statement_next(store, statement);
    while (result == OK);
    result = result == ERR_NOT_FOUND ? OK : result;
    store->changed_rows = result == OK && statement->writes ? sqlite3_changes64(store->db) : 0;
    return statement_end(store, statement, result);
}

/* A writing statement has done all its work before its first row comes back
 * (sqlite.org/lang_returning.html), so nothing here needs to read to the end. */
status store_get(struct store *store, const char *sql, struct bind_row row,
                 const struct bind *binds, struct arena *arena, const struct shape *shape,
                 void *ret_row)
{
    struct statement *statement = NULL;
    void *found = read_scratch(store, shape->size);

    TRY(statement_begin(store, sql, row, binds, &statement));
    status result = plan_columns(store, statement, shape);
    if (result == OK)
        result = statement_next(store, statement);
    if (result == OK)
        result = read_row(store, statement, arena, found);
    TRY(statement_end(store, statement, result));
    memcpy(ret_row, found, shape->size);
    return OK;
}

static status read_rows(struct store *store, struct statement *statement, struct arena *arena,
                        size_t *ret_count)
{
    const size_t size = statement->read->size;
    size_t count = 0;
    status result;

    while ((result = statement_next(store, statement)) == OK) {
        if ((count + 1) * size > store->scratch_room)
            (void)read_scratch(store, (count + 1) * size * 2);
        TRY(read_row(store, statement, arena, (char *)store->scratch + count * size));
        count++;
    }
    *ret_count = count;
    return result == ERR_NOT_FOUND ? OK : result;
}

status store_list(struct store *store, const char *sql, struct bind_row row,
                  const struct bind *binds, struct arena *arena, const struct shape *shape,
                  struct rows *ret_rows)
{
    struct statement *statement = NULL;
    size_t count = 0;

    TRY(statement_begin(store, sql, row, binds, &statement));
    status result = plan_columns(store, statement, shape);
    if (result == OK)
        result = read_rows(store, statement, arena, &count);
    result = statement_end(store, statement, result);
    if (result == OK) {
        ret_rows->at = count == 0 ? NULL : arena_copy(arena, store->scratch, count * shape->size);
        ret_rows->count = count;
    }
    scratch_shrink(store);
    return result;
}

static status each_row(struct store *store, struct statement *statement, struct arena *arena,
                       status (*each)(void *context, const void *row), void *context)
{
    void *row = arena_alloc(arena, statement->read->size);
    const struct arena_mark mark = arena_mark(arena);
    status result;

    while ((result = statement_next(store, statement)) == OK) {
        TRY(read_row(store, statement, arena, row));
        TRY(each(context, row));
        arena_release(arena, mark);
    }
    return result == ERR_NOT_FOUND ? OK : result;
}

status store_each(struct store *store, const char *sql, struct bind_row row,
                  const struct bind *binds, struct arena *arena, const struct shape *shape,
                  status (*each)(void *context, const void *row), void *context)
{
    struct statement *statement = NULL;
    const struct arena_mark mark = arena_mark(arena);

    TRY(statement_begin(store, sql, row, binds, &statement));
    status result = plan_columns(store, statement, shape);
    if (result == OK)
        result = each_row(store, statement, arena, each, context);
    arena_release(arena, mark);
    return statement_end(store, statement, result);
}

status store_int(struct store *store, const char *sql, const struct bind *binds, int64_t *ret_value)
{
    struct statement *statement = NULL;
    const struct field first = {.name = "a number"};
    int64_t value = 0;

    TRY(statement_begin(store, sql, NO_ROW, binds, &statement));
    status result = statement_next(store, statement);
    if (result == OK)
        result = read_number(store, statement->handle, 0, &first, &value);
    TRY(statement_end(store, statement, result));
    *ret_value = value;
    return OK;
}

status store_text(struct store *store, const char *sql, const struct bind *binds,
                  struct arena *arena, const char **ret_value)
{
    struct statement *statement = NULL;
    const char *value = "";

    TRY(statement_begin(store, sql, NO_ROW, binds, &statement));
    status result = statement_next(store, statement);
    if (result == OK)
        value = read_text(statement->handle, 0, arena);
    TRY(statement_end(store, statement, result));
    *ret_value = value;
    return OK;
}

int64_t store_last_id(const struct store *store)
{
    return sqlite3_last_insert_rowid(store->db);
}

int64_t store_changed_rows(const struct store *store)
{
    return store->changed_rows;
}
