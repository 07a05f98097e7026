/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A vehicle's service history as lines of text: a line a visit, below it its jobs. */

#include "history.h"

#include <string.h>

#include "base/table.h"
#include "base/text.h"
#include "domain/vehicle.h"

static const struct rows *rows_of(const struct shape *shape, const void *result, const char *name,
                                  const struct shape **ret_shape)
{
    const struct field *field = shape_field(shape, name);

    if (field == NULL || field->rows == NULL)
        return NULL;
    *ret_shape = field->rows;
    return field_of(field, result);
}

static void write_visit(struct buf *out, const struct shape *shape, const struct history_row *row)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct field *miles = shape_field(shape, "odometer_mi");
    char day[DAY_TEXT_MAX];

    if (out->length > 0)
        buf_char(out, '\n');
    buf_printf(out, "%s   RO %lld", day_show(row->day, day), (long long)row->order.v);
    if (row->odometer_mi > 0)
        buf_printf(out, "   %s mi", field_text(miles, row, FIELD_SHOWN, &arena));
    if (row->invoice.v != 0)
        buf_printf(out, "   invoice %lld", (long long)row->invoice.v);
    buf_char(out, '\n');
}

/* A line of the job with its amount at the right end. */
static void write_job(struct buf *out, const struct history_row *row, size_t width)
{
    char money[NUMBER_TEXT_MAX];
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *right = arena_printf(&arena, "%s  %-12s", money_show(row->amount, money),
                                     row->state != NULL ? row->state : "");
    const size_t room = width > strlen(right) + 6 ? width - strlen(right) - 4 : 2;
    const size_t bytes = text_fit(row->title, strlen(row->title), room);
    const size_t cells = text_cells(row->title, bytes);

    buf_printf(out, "  %.*s", (int)bytes, row->title);
    buf_repeat(out, ' ', room > cells ? room - cells + 2 : 2);
    buf_text(out, right);
    buf_char(out, '\n');
}

/* Bytes that go on one line; it ends between words where there are any. */
static size_t line_bytes(const char *text, size_t room)
{
    const size_t bytes = text_fit(text, strlen(text), room);
    size_t blank = bytes;

    if (text[bytes] == '\0' || bytes == 0)
        return bytes == 0 ? strlen(text) : bytes;
    while (blank > 0 && text[blank] != ' ')
        blank--;
    return blank > 0 ? blank : bytes;
}

static void write_words(struct buf *out, const char *label, const char *text, size_t width)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *rest = text_safe(&arena, text != NULL ? text : "");
    const size_t room = width > 20 ? width - 18 : 2;

    while (*rest != '\0') {
        const size_t bytes = line_bytes(rest, room);
        buf_printf(out, "    %-11s %.*s\n", label, (int)bytes, rest);
        rest += bytes;
        rest += strspn(rest, " ");
        label = "";
    }
}

void history_write_visits(struct buf *out, const struct shape *shape, const void *result,
                          const struct right_set *rights, size_t width)
{
    const struct shape *row_shape = NULL;
    const struct rows *visits = rows_of(shape, result, "visits", &row_shape);

    (void)rights;
    if (visits == NULL)
        return;
    const struct history_row *rows = visits->at;
    for (size_t i = 0; i < visits->count; i++) {
        if (i == 0 || rows[i].order.v != rows[i - 1].order.v)
            write_visit(out, row_shape, &rows[i]);
        write_job(out, &rows[i], width);
        write_words(out, "Concern", rows[i].concern, width);
        write_words(out, "Cause", rows[i].cause, width);
        write_words(out, "Correction", rows[i].correction, width);
        write_words(out, "Technician", rows[i].technician, width);
    }
}

static void write_table(struct buf *out, const char *title, const struct shape *shape,
                        const struct rows *rows, size_t width)
{
    if (rows == NULL || rows->count == 0)
        return;
    if (out->length > 0)
        buf_char(out, '\n');
    buf_printf(out, "%s:\n", title);
    table_write_rows(out, shape, rows, &RIGHT_SET_ALL, width);
}

void history_write_owners(struct buf *out, const struct shape *shape, const void *result,
                          const struct right_set *rights, size_t width)
{
    const struct shape *owner = NULL, *reading = NULL;
    const struct rows *owners = rows_of(shape, result, "owners", &owner);
    const struct rows *readings = rows_of(shape, result, "odometer", &reading);

    (void)rights;
    write_table(out, "Owners", owner, owners, width);
    write_table(out, "Odometer readings", reading, readings, width);
}
