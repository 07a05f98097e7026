/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Rows as JSON text. Written by hand and not by a library, because the order of the keys, the
 * escapes and the exact decimals are promised. */

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "field_inner.h"

struct writer {
    struct buf *out;
    const struct right_set *rights;
    size_t indent;
    size_t level;
};

/* Characters that could act on a terminal or a browser, or turn the reading direction around. */
static bool must_escape(uint32_t c)
{
    return c < 0x20 || c == '"' || c == '\\' || (c >= 0x7F && c <= 0x9F) || c == 0x2028 ||
           c == 0x2029 || text_char_is_unseen(c);
}

static void write_escape(struct buf *out, uint32_t c)
{
    static const char letters[] = "b\bn\nr\rt\tf\f\"\"\\\\";

    for (size_t i = 0; i + 1 < sizeof letters; i += 2)
        if (c == (uint32_t)letters[i + 1]) {
            buf_char(out, '\\');
            buf_char(out, letters[i]);
            return;
        }
    if (c > 0xFFFF) /* RFC 8259, section 7 */
        buf_printf(out, "\\u%04x\\u%04x", 0xD800 + (unsigned)((c - 0x10000) >> 10),
                   0xDC00 + (unsigned)((c - 0x10000) & 0x3FF));
    else
        buf_printf(out, "\\u%04x", (unsigned)c);
}

void json_write_text(struct buf *out, const char *text)
{
    const char *at = text != NULL ? text : "";
    size_t left = strlen(at);

    buf_char(out, '"');
    while (left > 0) {
        uint32_t c;
        const size_t size = text_next(at, left, &c);
        if (must_escape(c))
            write_escape(out, c);
        else if (c == 0xFFFD) /* broken bytes too */
            buf_text(out, "\xEF\xBF\xBD");
        else
            buf_add(out, at, size);
        at += size;
        left -= size;
    }
    buf_char(out, '"');
}

static void new_line(const struct writer *writer)
{
    if (writer->indent == 0)
        return;
    buf_char(writer->out, '\n');
    buf_repeat(writer->out, ' ', writer->indent * writer->level);
}

static void write_row(struct writer *writer, const struct shape *shape, const void *row);

static void write_rows(struct writer *writer, const struct field *field, const struct rows *rows)
{
    buf_char(writer->out, '[');
    writer->level++;
    for (size_t i = 0; i < rows->count; i++) {
        if (i > 0)
            buf_char(writer->out, ',');
        new_line(writer);
        write_row(writer, field->rows, rows_of(field, rows, i));
    }
    writer->level--;
    if (rows->count > 0)
        new_line(writer);
    buf_char(writer->out, ']');
}

/* The one row itself, or null. */
static void write_one(struct writer *writer, const struct field *field, const struct rows *rows)
{
    if (rows->count == 0)
        buf_text(writer->out, "null");
    else
        write_row(writer, field->rows, rows_of(field, rows, 0));
}

static void write_words(struct writer *writer, const char *words)
{
    AUTO_ARENA scratch = ARENA_EMPTY;
    const char *at = words + strspn(words, " ");

    buf_char(writer->out, '[');
    while (*at != '\0') {
        const size_t length = strcspn(at, " ");
        json_write_text(writer->out, arena_text_n(&scratch, at, length));
        at += length + strspn(at + length, " ");
        buf_text(writer->out, *at != '\0' ? "," : "");
    }
    buf_char(writer->out, ']');
}

/* Values without a quote or a letter that would need an escape. */
static void write_quoted(struct writer *writer, const struct field *field, const void *row)
{
    buf_char(writer->out, '"');
    field_format(field, row, FIELD_PLAIN, writer->out);
    buf_char(writer->out, '"');
}

static void write_value(struct writer *writer, const struct field *field, const void *row)
{
    switch (field->type) {
    case FIELD_TEXT:
        if (field->flags & FIELD_WORDS)
            write_words(writer, field_get_text(field, row));
        else
            json_write_text(writer->out, field_get_text(field, row));
        break;
    case FIELD_INT:
    case FIELD_ID:
        if (field_is_empty(field, row))
            buf_text(writer->out, "null");
        else
            field_format(field, row, FIELD_PLAIN, writer->out);
        break;
    case FIELD_BOOL:
        buf_text(writer->out, *(const bool *)field_of(field, row) ? "true" : "false");
        break;
    case FIELD_DAY:
    case FIELD_INSTANT:
    case FIELD_MONEY:
    case FIELD_QTY:
    case FIELD_RATE:
        if (field_is_empty(field, row))
            buf_text(writer->out, "null");
        else
            write_quoted(writer, field, row);
        break;
    case FIELD_ENUM:
        json_write_text(writer->out, choice_word(field->choices, field_get_choice(field, row)));
        break;
    case FIELD_ROWS:
        if (field->flags & FIELD_ONE)
            write_one(writer, field, field_of(field, row));
        else
            write_rows(writer, field, field_of(field, row));
        break;
    case FIELD_TYPE_COUNT:
        break;
    }
}

static void write_row(struct writer *writer, const struct shape *shape, const void *row)
{
    size_t written = 0;

    buf_char(writer->out, '{');
    writer->level++;
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->flags & FIELD_SECRET || !right_set_has(writer->rights, field->right))
            continue;
        if (written++ > 0)
            buf_char(writer->out, ',');
        new_line(writer);
        buf_printf(writer->out, writer->indent > 0 ? "\"%s\": " : "\"%s\":", field->name);
        write_value(writer, field, row);
    }
    writer->level--;
    if (written > 0)
        new_line(writer);
    buf_char(writer->out, '}');
}

void json_write(struct buf *out, const struct shape *shape, const void *row,
                const struct right_set *rights, int indent)
{
    struct writer writer = {
        .out = out,
        .rights = rights,
        .indent = indent > 0 ? (size_t)indent : 0,
    };

    write_row(&writer, shape, row);
}
