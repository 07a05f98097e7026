/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* The cache of prepared statements, and what every use of one begins and ends with. */
#include "inner.h"

#include <string.h>

size_t statement_hash(const char *text) /* FNV-1a */
{
    size_t hash = UINT64_C(14695981039346656037);

    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

static size_t address_hash(const char *sql)
{
    return (size_t)((uintptr_t)sql * UINT64_C(0x9E3779B97F4A7C15) >> 20);
}

/* The statement of this address, or the free slot where it belongs. */
static struct statement **statement_slot(struct statement **at, size_t room, const char *sql)
{
    size_t i = address_hash(sql) & (room - 1);

    while (at[i] != NULL && at[i]->sql != sql)
        i = (i + 1) & (room - 1);
    return &at[i];
}

static void statements_grow(struct statements *statements)
{
    const size_t room = statements->room == 0 ? 128 : statements->room * 2;
    struct statement **at = mem_alloc(room * sizeof(*at));

    for (size_t i = 0; i < statements->room; i++)
        if (statements->at[i] != NULL)
            *statement_slot(at, room, statements->at[i]->sql) = statements->at[i];
    mem_free(statements->at);
    statements->at = at;
    statements->room = room;
}

static void statement_free(struct statement *statement)
{
    (void)sqlite3_finalize(statement->handle);
    for (size_t i = 0; i < statement->parameter_count; i++)
        mem_free(statement->parameters[i]);
    mem_free(statement->parameters);
    mem_free(statement->hints);
    mem_free(statement->bound_fields);
    mem_free(statement->read_fields);
    mem_free(statement->blank);
    mem_free(statement);
}

void statements_done(struct statements *statements)
{
    for (size_t i = 0; i < statements->room; i++)
        if (statements->at[i] != NULL)
            statement_free(statements->at[i]);
    for (size_t i = 0; i < statements->text_room; i++)
        mem_free(statements->texts[i]);
    mem_free(statements->at);
    mem_free(statements->texts);
    *statements = (struct statements){0};
}

/* The names are copied: SQLite gives back its own when it prepares a statement anew, which it does
 * when a LIKE pattern changes. */
static void name_parameters(struct statement *statement)
{
    const size_t count = (size_t)sqlite3_bind_parameter_count(statement->handle);

    statement->parameter_count = count;
    statement->parameters = mem_alloc(count * sizeof(*statement->parameters));
    statement->hints = mem_alloc(count * sizeof(*statement->hints));
    statement->bound_fields = mem_alloc(count * sizeof(*statement->bound_fields));
    for (size_t i = 0; i < count; i++) {
        const char *name = sqlite3_bind_parameter_name(statement->handle, (int)i + 1);
        statement->parameters[i] = mem_text(name == NULL ? "?" : name + 1);
    }
}

static status wrong_text(struct store *store, const char *sql, const char *reason)
{
    return fault_set(store->fault, ERR_CORRUPT,
                     "The program asks the shop's file in a way it does not understand: %.200s "
                     "(%.120s). Report this.",
                     reason, sql);
}

static status prepare(struct store *store, const char *sql, sqlite3_stmt **ret_handle)
{
    const char *tail = NULL;
    sqlite3_stmt *handle = NULL;
    const int code =
        sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, &tail);

    if (code != SQLITE_OK && (code & 0xff) != SQLITE_ERROR)
        return store_failed(store);
    if (code != SQLITE_OK)
        return wrong_text(store, sql, sqlite3_errmsg(store->db));
    if (handle == NULL || tail[strspn(tail, "; \n\t")] != '\0') {
        (void)sqlite3_finalize(handle);
        return wrong_text(store, sql, "not one statement");
    }
    *ret_handle = handle;
    return OK;
}

static status statement_add(struct store *store, const char *sql, struct statement **slot)
{
    sqlite3_stmt *handle = NULL;

    TRY(prepare(store, sql, &handle));
    struct statement *statement = mem_alloc(sizeof(*statement));
    statement->sql = sql;
    statement->handle = handle;
    statement->writes = sqlite3_stmt_readonly(handle) == 0;
    statement->column_count = (size_t)sqlite3_column_count(handle);
    name_parameters(statement);
    if (*slot != NULL)
        statement_free(*slot);
    else
        store->statements.count++;
    *slot = statement;
    return OK;
}

/* The texts are compared too: memory that was given back and now holds another text costs a new
 * preparation, never a wrong answer. */
status statement_find(struct store *store, const char *sql, struct statement **ret_statement)
{
    struct statements *statements = &store->statements;

    if (statements->count * 2 >= statements->room)
        statements_grow(statements);
    struct statement **slot = statement_slot(statements->at, statements->room, sql);
    if (*slot == NULL || strcmp(sqlite3_sql((*slot)->handle), sql) != 0)
        TRY(statement_add(store, sql, slot));
    *ret_statement = *slot;
    return OK;
}

static char **text_slot(char **texts, size_t room, const char *text)
{
    size_t i = statement_hash(text) & (room - 1);

    while (texts[i] != NULL && strcmp(texts[i], text) != 0)
        i = (i + 1) & (room - 1);
    return &texts[i];
}

static void texts_grow(struct statements *statements)
{
    const size_t room = statements->text_room == 0 ? 64 : statements->text_room * 2;
    char **texts = mem_alloc(room * sizeof(*texts));

    for (size_t i = 0; i < statements->text_room; i++)
        if (statements->texts[i] != NULL)
            *text_slot(texts, room, statements->texts[i]) = statements->texts[i];
    mem_free(statements->texts);
    statements->texts = texts;
    statements->text_room = room;
}

const char *store_intern(struct store *store, const char *sql)
{
    struct statements *statements = &store->statements;

    if (statements->text_count * 2 >= statements->text_room)
        texts_grow(statements);
    char **slot = text_slot(statements->texts, statements->text_room, sql);
    if (*slot == NULL) {
        *slot = mem_text(sql);
        statements->text_count++;
    }
    return *slot;
}

/* A statement that writes on its own gets a transaction of its own, and with it the guard. */
static status allow(struct store *store, const struct statement *statement)
{
    if (store->broken != OK)
        return fault_set(store->fault, store->broken,
                         "Saving had to be given up, and nothing was saved. Try again.");
    if (!statement->writes || store->transaction == TRANSACTION_WRITE)
        return OK;
    if (store->transaction == TRANSACTION_READ)
        return fault_set(store->fault, ERR_CONFLICT, "Nothing can be saved while only looking.");
    TRY(store_begin_write(store));
    store->own_transaction = true;
    return OK;
}

status statement_begin(struct store *store, const char *sql, struct bind_row row,
                       const struct bind *binds, struct statement **ret_statement)
{
    struct statement *statement = NULL;

    TRY(statement_find(store, sql, &statement));
    TRY(statement_bind(store, statement, row, binds));
    TRY(allow(store, statement));
    const status counted = transaction_count(store);
    if (counted != OK)
        return transaction_end_own(store, counted);
    *ret_statement = statement;
    return OK;
}

status statement_next(struct store *store, struct statement *statement)
{
    const struct changes_mark mark = changes_mark(&store->changes);

    switch (sqlite3_step(statement->handle)) {
    case SQLITE_ROW:
        return OK;
    case SQLITE_DONE:
        return ERR_NOT_FOUND;
    default:
        changes_undo(&store->changes, mark);
        return store_failed(store);
    }
}

status statement_end(struct store *store, struct statement *statement, status result)
{
    (void)sqlite3_reset(statement->handle);
    if (store->changes.unknown && changes_learn(&store->changes, store->db) != SQLITE_OK &&
        result == OK)
        result = store_failed(store);
    return transaction_end_own(store, result);
}
