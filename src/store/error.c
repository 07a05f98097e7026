/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* SQLite's errors as sentences for the person at the counter. What the domain ought to have checked
 * before (a second record with the same number, say) still gets a sentence here. */
#include "inner.h"

#include <string.h>

/* "customer.tax_number" of "UNIQUE constraint failed: customer.tax_number, customer.x" */
static bool error_column(const char *message, char table[FAULT_FIELD_MAX],
                         char column[FAULT_FIELD_MAX])
{
    const char *name = strstr(message, ": ");
    const char *dot = name == NULL ? NULL : strchr(name, '.');

    if (dot == NULL || dot - name - 2 >= FAULT_FIELD_MAX)
        return false;
    const size_t length = strcspn(dot + 1, ", ");
    if (length == 0 || length >= FAULT_FIELD_MAX)
        return false;
    memset(table, 0, FAULT_FIELD_MAX);
    memset(column, 0, FAULT_FIELD_MAX);
    memcpy(table, name + 2, (size_t)(dot - name - 2));
    memcpy(column, dot + 1, length);
    return true;
}

static void words_of(char *name)
{
    for (char *at = name; *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
}

static status unique_sentence(struct fault *fault, const char *message)
{
    char table[FAULT_FIELD_MAX];
    char column[FAULT_FIELD_MAX];

    if (!error_column(message, table, column))
        return fault_set(fault, ERR_CONFLICT,
                         "There is already a record like this. Look for it and use that one.");
    words_of(table);
    words_of(column);
    return fault_set(fault, ERR_CONFLICT,
                     "There is already a record with the same %s (%s). Use that one, or enter "
                     "something else.",
                     column, table);
}

static status not_null_sentence(struct fault *fault, const char *message)
{
    char table[FAULT_FIELD_MAX];
    char column[FAULT_FIELD_MAX];

    if (!error_column(message, table, column))
        return fault_set(fault, ERR_CONFLICT, "Something that must be filled in is empty.");
    return fault_field(fault, column, "This must be filled in.");
}

static status constraint_sentence(struct fault *fault, int code, const char *message)
{
    switch (code) {
    case SQLITE_CONSTRAINT_TRIGGER: /* the schema's own sentence: RAISE(ABORT, '…') */
        return fault_set(fault, ERR_CONFLICT, "%s", message);
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return unique_sentence(fault, message);
    case SQLITE_CONSTRAINT_NOTNULL:
        return not_null_sentence(fault, message);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return fault_set(fault, ERR_CONFLICT,
                         "This belongs to a record that is not there, or something still belongs "
                         "to it. Nothing was changed.");
    default:
        return fault_set(fault, ERR_CONFLICT,
                         "A value is outside what the shop's file allows (%.200s). Nothing was "
                         "changed.",
                         message);
    }
}

#define DISK_FULL "The disk is full, so nothing was saved. Free some space, then try again."

static status damaged_sentence(struct fault *fault, const char *path)
{
    return fault_set(fault, ERR_CORRUPT,
                     "The shop's file %.200s is damaged. Keep it as it is for repair, and go on "
                     "with the newest backup.",
                     path);
}

status store_sentence(struct fault *fault, sqlite3 *db, const char *path)
{
    const int code = sqlite3_extended_errcode(db);
    const char *message = sqlite3_errmsg(db);

    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_SCHEMA:
        return fault_set(
            fault, ERR_BUSY,
            "Another program is using the shop's file. Wait a moment, then try again.");
    case SQLITE_FULL:
        return fault_set(fault, ERR_IO, DISK_FULL);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return fault_set(fault, ERR_IO,
                         "The shop's file %.200s may only be read here. Nothing was saved.", path);
    case SQLITE_IOERR:
        /* What all connections share beside the file could not be made longer. */
        if (code == SQLITE_IOERR_SHMSIZE)
            return fault_set(fault, ERR_IO, DISK_FULL);
        return fault_set(fault, ERR_IO,
                         "The disk reported a fault, so nothing was saved. Have the disk looked at "
                         "before going on.");
    case SQLITE_NOMEM:
        return fault_set(fault, ERR_IO,
                         "The computer is out of memory, so nothing was saved. Close "
                         "other programs, then try again.");
    case SQLITE_CANTOPEN:
        return fault_set(fault, ERR_IO,
                         "The shop's file %.200s, or the log beside it, cannot be opened. See that "
                         "the file and its folder belong to the account you use.",
                         path);
    case SQLITE_NOTADB:
        return fault_set(fault, ERR_CORRUPT,
                         "%.200s is not a shop's file. Give the name of a file that Pitlane made.",
                         path);
    case SQLITE_CORRUPT:
        return damaged_sentence(fault, path);
    case SQLITE_TOOBIG:
        return fault_set(fault, ERR_INVALID, "This is too long to be kept. Shorten it.");
    case SQLITE_INTERRUPT:
        return fault_set(fault, ERR_CANCELLED, "Stopped. Nothing was changed.");
    case SQLITE_CONSTRAINT:
        return constraint_sentence(fault, code, message);
    default:
        return fault_set(fault, ERR_CORRUPT,
                         "The program and the shop's file do not fit together (%.300s). Report "
                         "this, and run the check of the shop's file.",
                         message);
    }
}

/* A statement that broke a rule is undone alone, and its transaction may go on. After these the
 * transaction is lost, whether SQLite has already rolled it back or not. */
static bool error_is_fatal(int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_INTERRUPT:
        return true;
    default:
        return false;
    }
}

bool error_is_full(sqlite3 *db)
{
    const int code = sqlite3_extended_errcode(db);

    return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE;
}

status store_failed(struct store *store)
{
    const int code = sqlite3_extended_errcode(store->db);
    status result = store_sentence(store->fault, store->db, store->path);

    if (error_is_full(store->db) && reserve_give(store))
        result = fault_set(store->fault, ERR_IO,
                           "The disk is full, so nothing was saved. The reserve that was kept for "
                           "this is free now: try again, then free some space.");

    if (store->transaction != TRANSACTION_NONE &&
        (error_is_fatal(code) || sqlite3_get_autocommit(store->db)))
        store->broken = result;
    return result;
}
