/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One row for people, a line for each value, and below it the rows inside. */

#include <string.h>

#include "base/table.h"
#include "base/text.h"
#include "field_inner.h"
#include "table_inner.h"

#define STEP 2

struct printer {
    struct buf *out;
    const struct right_set *rights;
    size_t width;
};

static bool is_printed(const struct printer *printer, const struct field *field, const void *row)
{
    if (!table_shows(field, printer->rights))
        return false;
    return !field_is_empty(field, row);
}

static size_t widest_label(const struct printer *printer, const struct shape *shape,
                           const void *row)
{
    char label[FIELD_LABEL_MAX];
    size_t widest = 0;

    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->type == FIELD_ROWS || !is_printed(printer, field, row))
            continue;
        const char *text = field_label_in(field, label);
        const size_t cells = text_cells(text, strlen(text));
        widest = cells > widest ? cells : widest;
    }
    return widest;
}

/* Every line of the text behind the first goes below the first. */
static void write_lines(struct printer *printer, const char *text, size_t margin)
{
    for (; *text != '\0'; text++) {
        buf_char(printer->out, *text);
        if (*text == '\n')
            buf_repeat(printer->out, ' ', text[1] != '\n' && text[1] != '\0' ? margin : 0);
    }
    buf_char(printer->out, '\n');
}

static void write_value(struct printer *printer, const struct field *field, const void *row,
                        size_t indent, size_t widest)
{
    AUTO_BUF raw = BUF_MIB(16);
    AUTO_BUF value = BUF_MIB(16);
    char made[FIELD_LABEL_MAX];
    const char *label = field_label_in(field, made);
    const size_t pad = widest - text_cells(label, strlen(label)) + STEP;

    field_format(field, row, FIELD_SHOWN, &raw);
    text_sanitize(&value, buf_str(&raw), raw.length,
                  field->flags & FIELD_MANY_LINES ? TEXT_MANY_LINES : TEXT_ONE_LINE);
    buf_repeat(printer->out, ' ', indent);
    buf_printf(printer->out, "%s:", label);
    buf_repeat(printer->out, ' ', pad);
    write_lines(printer, buf_str(&value), indent + widest + 1 + STEP);
}

static void write_row(struct printer *printer, const struct shape *shape, const void *row,
                      size_t indent);

static bool holds_rows(const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields[i].type == FIELD_ROWS)
            return true;
    return false;
}

static void write_rows(struct printer *printer, const struct field *field, const void *row,
                       size_t indent)
{
    const struct rows *rows = field_of(field, row);
    const bool one = (field->flags & FIELD_ONE) != 0;
    char label[FIELD_LABEL_MAX];

    if (!one && !holds_rows(field->rows)) {
        buf_char(printer->out, '\n');
        buf_repeat(printer->out, ' ', indent);
        buf_printf(printer->out, "%s:\n", field_label_in(field, label));
        table_write_grid(printer->out, field->rows, rows, printer->rights, indent + STEP,
                         printer->width);
        return;
    }
    for (size_t i = 0; i < rows->count; i++) {
        buf_char(printer->out, '\n');
        buf_repeat(printer->out, ' ', indent);
        buf_text(printer->out, field_label_in(field, label));
        if (!one)
            buf_printf(printer->out, " %zu", i + 1);
        buf_text(printer->out, ":\n");
        write_row(printer, field->rows, rows_of(field, rows, i), indent + STEP);
    }
}

static void write_row(struct printer *printer, const struct shape *shape, const void *row,
                      size_t indent)
{
    const size_t widest = widest_label(printer, shape, row);

    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->type != FIELD_ROWS && is_printed(printer, field, row))
            write_value(printer, field, row, indent, widest);
    }
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->type == FIELD_ROWS && is_printed(printer, field, row))
            write_rows(printer, field, row, indent);
    }
}

void table_write_row(struct buf *out, const struct shape *shape, const void *row,
                     const struct right_set *rights, size_t width)
{
    struct printer printer = {.out = out, .rights = rights, .width = width};

    write_row(&printer, shape, row, 0);
}
