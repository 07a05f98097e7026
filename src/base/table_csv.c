/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Rows as CSV records that come back through the import. */

#include <string.h>

#include "base/csv.h"
#include "base/table.h"
#include "base/text.h"
#include "field_inner.h"

static bool is_exported(const struct field *field, const struct right_set *rights)
{
    return field->type != FIELD_ROWS && !(field->flags & FIELD_SECRET) &&
           right_set_has(rights, field->right);
}

void table_write_csv_header(struct buf *out, const struct shape *shape,
                            const struct right_set *rights)
{
    bool first = true;

    for (size_t i = 0; i < shape->count; i++) {
        if (!is_exported(&shape->fields[i], rights))
            continue;
        csv_write_cell(out, shape->fields[i].name, true, first);
        first = false;
    }
    csv_end_record(out);
}

static void write_text(struct buf *out, const struct field *field, const char *text, bool first)
{
    const enum text_lines lines = field->flags & FIELD_MANY_LINES ? TEXT_MANY_LINES : TEXT_ONE_LINE;
    AUTO_BUF clean = BUF_MIB(16);

    text_sanitize(&clean, text, strlen(text), lines);
    csv_write_cell(out, buf_str(&clean), true, first);
}

static void write_cell(struct buf *out, const struct field *field, const void *row, bool first)
{
    AUTO_BUF value = BUF_MIB(16);

    if (field->type == FIELD_TEXT && !(field->flags & FIELD_PHONE)) {
        write_text(out, field, field_get_text(field, row), first);
        return;
    }
    /* A phone kept as +1619... would have to be guarded; as people write it, it needs no guard. */
    field_format(field, row, field->flags & FIELD_PHONE ? FIELD_SHOWN : FIELD_PLAIN, &value);
    if (field->type == FIELD_TEXT)
        write_text(out, field, buf_str(&value), first);
    else
        csv_write_cell(out, buf_str(&value), false, first);
}

void table_write_csv_row(struct buf *out, const struct shape *shape, const void *row,
                         const struct right_set *rights)
{
    bool first = true;

    for (size_t i = 0; i < shape->count; i++) {
        if (!is_exported(&shape->fields[i], rights))
            continue;
        write_cell(out, &shape->fields[i], row, first);
        first = false;
    }
    csv_end_record(out);
}
