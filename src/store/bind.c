/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Values into statements: explicit binds first, then the fields of a row, by name. */
#include "inner.h"

#include <string.h>

struct bind store_bind_id(const char *name, int64_t value)
{
    if (value == 0)
        return (struct bind)BIND_NULL(name);
    return (struct bind)BIND_INT(name, value);
}

struct bind store_bind_text(const char *name, const char *value)
{
    if (value == NULL || *value == '\0')
        return (struct bind)BIND_NULL(name);
    return (struct bind)BIND_TEXT(name, value);
}

/* Texts are not copied: each lives until its statement is reset, and every parameter is bound anew
 * before the next use. */
static int bind_text(sqlite3_stmt *handle, int at, const char *text)
{
    return sqlite3_bind_text(handle, at, text == NULL ? "" : text, -1, SQLITE_STATIC);
}

static int bind_filled(sqlite3_stmt *handle, int at, int64_t number)
{
    return number == 0 ? sqlite3_bind_null(handle, at) : sqlite3_bind_int64(handle, at, number);
}

static int bind_number(sqlite3_stmt *handle, int at, const struct field *field, int64_t number)
{
    if ((field->flags & FIELD_OPTIONAL) != 0 && number == NUMBER_NONE)
        return sqlite3_bind_null(handle, at);
    return sqlite3_bind_int64(handle, at, number);
}

static int bind_value(sqlite3_stmt *handle, int at, const struct bind *bind)
{
    switch (bind->kind) {
    case BIND_KIND_INT:
        return sqlite3_bind_int64(handle, at, bind->number);
    case BIND_KIND_TEXT:
        return bind_text(handle, at, bind->text);
    case BIND_KIND_NULL:
    default:
        return sqlite3_bind_null(handle, at);
    }
}

static int bind_choice(sqlite3_stmt *handle, int at, const struct field *field, const void *from)
{
    const unsigned value = *(const unsigned *)from;

    if (value >= field->choices->count)
        return SQLITE_MISMATCH;
    return bind_text(handle, at, choice_word(field->choices, value));
}

static int bind_day(sqlite3_stmt *handle, int at, const struct day *day)
{
    if (day->iso[0] == '\0')
        return sqlite3_bind_null(handle, at);
    return bind_text(handle, at, day->iso);
}

static int bind_field(sqlite3_stmt *handle, int at, const struct field *field, const void *row)
{
    const void *from = (const char *)row + field->offset;

    switch (field->type) {
    case FIELD_TEXT:
        return bind_text(handle, at, *(const char *const *)from);
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_QTY:
    case FIELD_RATE:
        return bind_number(handle, at, field, *(const int64_t *)from);
    case FIELD_BOOL:
        return sqlite3_bind_int64(handle, at, *(const bool *)from);
    case FIELD_DAY:
        return bind_day(handle, at, from);
    case FIELD_INSTANT:
    case FIELD_ID:
        return bind_filled(handle, at, *(const int64_t *)from);
    case FIELD_ENUM:
        return bind_choice(handle, at, field, from);
    case FIELD_ROWS:
    case FIELD_TYPE_COUNT:
    default:
        return SQLITE_MISUSE;
    }
}

static void plan_fields(struct statement *statement, const struct shape *shape)
{
    if (statement->bound == shape)
        return;
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct field *field =
            shape == NULL ? NULL : shape_field(shape, statement->parameters[i]);
        statement->bound_fields[i] = field != NULL && field->type == FIELD_ROWS ? NULL : field;
    }
    statement->bound = shape;
}

/* The bind of a parameter: most often the one it was the last time. */
static const struct bind *find_bind(struct statement *statement, size_t parameter,
                                    const struct bind *binds, size_t count)
{
    const char *name = statement->parameters[parameter];
    const size_t hint = statement->hints[parameter];

    if (hint < count && strcmp(binds[hint].name, name) == 0)
        return &binds[hint];
    for (size_t i = 0; i < count; i++) {
        if (strcmp(binds[i].name, name) != 0)
            continue;
        statement->hints[parameter] = i;
        return &binds[i];
    }
    return NULL;
}

static size_t count_binds(const struct bind *binds)
{
    size_t count = 0;

    while (binds != NULL && binds[count].name != NULL)
        count++;
    return count;
}

static status no_value(struct store *store, const struct statement *statement, size_t parameter)
{
    return fault_set(store->fault, ERR_CORRUPT,
                     "The program gives no value for \"%s\" (%.120s). Report this.",
                     statement->parameters[parameter], statement->sql);
}

static status bad_value(struct store *store, const struct statement *statement, size_t parameter,
                        int code)
{
    if (code == SQLITE_MISMATCH)
        return fault_field(store->fault, statement->parameters[parameter],
                           "This is none of the values to choose from.");
    return store_failed(store);
}

status statement_bind(struct store *store, struct statement *statement, struct bind_row row,
                      const struct bind *binds)
{
    const size_t count = count_binds(binds);

    plan_fields(statement, row.row == NULL ? NULL : row.shape);
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const struct bind *bind = find_bind(statement, i, binds, count);
        int code;
        if (bind != NULL)
            code = bind_value(statement->handle, (int)i + 1, bind);
        else if (statement->bound_fields[i] != NULL)
            code = bind_field(statement->handle, (int)i + 1, statement->bound_fields[i], row.row);
        else
            return no_value(store, statement, i);
        if (code != SQLITE_OK)
            return bad_value(store, statement, i, code);
    }
    return OK;
}
