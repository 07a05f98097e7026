/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Row changes as JSON, for the audit. Secrets never appear by value. */
#include "inner.h"

#include <inttypes.h>

#include "base/json.h"

static void write_value(struct buf *out, const struct value *value, bool is_secret)
{
    if (value->type == VALUE_NULL)
        buf_text(out, "null");
    else if (is_secret)
        buf_text(out, "\"changed\"");
    else if (value->type == VALUE_INT)
        buf_printf(out, "%" PRId64, value->number);
    else if (value->type == VALUE_REAL)
        buf_printf(out, "%.17g", value->real);
    else if (value->type == VALUE_BLOB)
        buf_printf(out, "\"%d bytes\"", value->bytes);
    else
        json_write_text(out, value->text);
}

static void write_member(struct buf *out, const struct change_table *table, size_t column,
                         const struct value *value, bool *first)
{
    if (!*first)
        buf_char(out, ',');
    *first = false;
    json_write_text(out, table->columns[column].name);
    buf_char(out, ':');
    write_value(out, value, table->columns[column].is_secret);
}

static void write_values(struct buf *out, const struct change *change, const struct value *values,
                         const struct value *only_if)
{
    const struct change_table *table = change->table;
    bool first = true;

    buf_char(out, '{');
    for (size_t i = 0; i < change->column_count && i < table->column_count; i++) {
        if (values[i].type == VALUE_NONE || (only_if != NULL && only_if[i].type == VALUE_NONE))
            continue;
        write_member(out, table, i, &values[i], &first);
    }
    buf_char(out, '}');
}

/* Which row it was in a table without row numbers: its key, as it was before the change. */
static void write_key(struct buf *out, const struct change *change)
{
    const struct change_table *table = change->table;
    const struct value *values = change->before != NULL ? change->before : change->after;
    bool first = true;

    buf_text(out, "null,\"key\":{");
    for (size_t i = 0; i < change->column_count && i < table->column_count; i++) {
        if (!table->columns[i].is_key)
            continue;
        write_member(out, table, i, &values[i], &first);
    }
    buf_char(out, '}');
}

static void write_change(struct buf *out, const struct change *change)
{
    buf_text(out, "{\"table\":");
    json_write_text(out, change->table->name);
    buf_text(out, ",\"row\":");
    if (change->table->has_rowid)
        buf_printf(out, "%" PRId64, change->row);
    else
        write_key(out, change);
    if (change->before != NULL) {
        buf_text(out, ",\"before\":");
        write_values(out, change, change->before, change->after);
    }
    if (change->after != NULL) {
        buf_text(out, ",\"after\":");
        write_values(out, change, change->after, NULL);
    }
    buf_char(out, '}');
}

int64_t store_changes(const struct store *store, struct buf *out)
{
    const struct changes *changes = &store->changes;
    int64_t count = 0;

    buf_char(out, '[');
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->at[i].table->quiet)
            continue;
        if (count++ > 0)
            buf_char(out, ',');
        write_change(out, &changes->at[i]);
    }
    if (changes->more > 0)
        buf_printf(out, ",{\"more_rows\":%" PRId64 "}", changes->more);
    buf_char(out, ']');
    return count + changes->more;
}
