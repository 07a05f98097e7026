/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Rows of the log that left the shop in a file: taken apart again, and each proved alone by the
 * digest of the row before it, which it carries. */

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "audit_inner.h"
#include "base/json.h"
#include "base/text.h"

static const char SQL_MAC[] = "SELECT mac FROM audit WHERE id = :id";

/* Of no account for what a list is limited to: the order of the rows and the page. */
static bool is_paging(const struct field *field)
{
    static const char *const names[] = {"sort", "descending", "after", "before", "limit"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (text_same(field->name, names[i]))
            return true;
    return false;
}

static bool is_everything(struct session *s, const struct op *op, const void *in)
{
    const struct field_context context = session_context(s);
    void *begun = arena_alloc(s->arena, op->in->size);

    shape_init(op->in, begun, &context);
    for (size_t i = 0; i < op->in->count; i++)
        if (!is_paging(&op->in->fields[i]) && !field_equal(&op->in->fields[i], begun, in))
            return false;
    return true;
}

status audit_check_export(struct session *s, const struct op *op, const void *in)
{
    return is_everything(s, op, in) ? op_must_be_confirmed(s) : OK;
}

status audit_note_export(struct session *s, const struct op *op, const void *in, const char *format,
                         const char *to, int64_t rows)
{
    AUTO_BUF detail = BUF_MIB(1);

    TRY(audit_check_export(s, op, in));
    buf_printf(&detail, "{\"what\":\"%s\",\"format\":\"%s\",\"rows\":", op->name, format);
    if (rows == NUMBER_NONE)
        buf_text(&detail, "null");
    else
        buf_printf(&detail, "%" PRId64, rows);
    buf_text(&detail, ",\"to\":");
    json_write_text(&detail, to);
    buf_text(&detail, ",\"filter\":");
    json_write(&detail, op->in, in, &RIGHT_SET_ALL, 0);
    buf_char(&detail, '}');
    return audit_note(s, AUDIT_EXPORT, OK, buf_str(&detail));
}

void audit_reader_begin(struct audit_reader *reader,
                        status (*each)(void *context, const char *text, size_t length),
                        void *context)
{
    *reader = (struct audit_reader){
        .object = BUF(AUDIT_READER_MAX),
        .each = each,
        .context = context,
    };
}

static status no_rows(struct fault *fault, const char *why)
{
    return fault_set(fault, ERR_INVALID,
                     "This is no file of audit rows: %s. Make it with: pitlane audit export --all "
                     "--lines",
                     why);
}

/* {"rows":[ around all rows: what counts is inside. */
static bool opens_rows(const struct buf *object)
{
    static const char head[] = "{\"rows\":[";
    size_t matched = 0;

    for (size_t i = 0; i < object->length; i++) {
        if (isspace((unsigned char)object->at[i]))
            continue;
        if (matched == sizeof head - 1 || object->at[i] != head[matched])
            return false;
        matched++;
    }
    return matched == sizeof head - 1;
}

/* Between two rows. */
static status take_between(struct audit_reader *r, char byte, struct fault *fault)
{
    if (byte == '{') {
        buf_char(&r->object, byte);
        r->depth = 1;
        return OK;
    }
    if (byte == ']' && r->wrapped) {
        r->over = true;
        return OK;
    }
    if (isspace((unsigned char)byte) || (byte == ',' && r->wrapped))
        return OK;
    return no_rows(fault, "there is something else between the rows");
}

static void note_byte(struct audit_reader *r, char byte)
{
    if (r->quoted) {
        r->quoted = r->escaped || byte != '"';
        r->escaped = !r->escaped && byte == '\\';
    } else if (byte == '"') {
        r->quoted = true;
        r->escaped = false;
    } else if (byte == '{' || byte == '[') {
        r->depth++;
    } else if (byte == '}' || byte == ']') {
        r->depth--;
    }
}

static status take_inside(struct audit_reader *r, char byte, struct fault *fault)
{
    buf_char(&r->object, byte);
    if (r->object.full)
        return no_rows(fault, "a row has no end");
    note_byte(r, byte);
    if (byte == '[' && !r->quoted && !r->wrapped && r->depth == 2 && opens_rows(&r->object)) {
        r->wrapped = true;
        r->depth = 0;
        buf_clear(&r->object);
    }
    if (r->depth > 0 || r->object.length == 0)
        return OK;
    const status result = r->each(r->context, buf_str(&r->object), r->object.length);
    buf_clear(&r->object);
    return result;
}

status audit_reader_take(struct audit_reader *r, const char *bytes, size_t length,
                         struct fault *fault)
{
    for (size_t i = 0; i < length && !r->over; i++)
        TRY(r->depth == 0 ? take_between(r, bytes[i], fault) : take_inside(r, bytes[i], fault));
    return OK;
}

status audit_reader_end(struct audit_reader *r, struct fault *fault)
{
    const bool is_whole = r->depth == 0 && (!r->wrapped || r->over);

    buf_done(&r->object);
    return is_whole ? OK : no_rows(fault, "it ends in the middle");
}

status audit_exported_read(const char *text, size_t length, struct arena *arena,
                           struct audit_exported *ret, struct fault *fault)
{
    const struct field_context context = {.arena = arena, .now = {1}};

    shape_init(&audit_exported_shape, ret, &context);
    return json_read(text, length, &audit_exported_shape, &context, ret, fault);
}

status audit_exported_check(struct session *s, const struct audit_exported *exported)
{
    const struct audit_row *row = &exported->row;
    char mac[SECRET_DIGEST_MAX];
    const char *kept = "";

    if (s->keys == NULL)
        return fail(s, ERR_IO, "The rows cannot be proved without the shop's key file.");
    if (text_is_empty(row->mac))
        return no_rows(&s->fault, "its rows have no seals");
    audit_mac(s->keys, exported->previous, row, mac);
    if (!secret_same(mac, row->mac))
        return fail(s, ERR_CORRUPT,
                    "Row %" PRId64 " of the file is not as it was written: its seal does not fit "
                    "it, or it was listed by somebody who may not see costs.",
                    row->id.v);
    const status result =
        store_text(s->store, SQL_MAC, BINDS(BIND_INT("id", row->id.v)), s->arena, &kept);
    if (result != ERR_NOT_FOUND)
        TRY(result);
    if (result == ERR_NOT_FOUND || !secret_same(kept, row->mac))
        return fail(s, ERR_CORRUPT,
                    "Row %" PRId64 " of the file is genuine, but the shop's log %s.", row->id.v,
                    result == ERR_NOT_FOUND ? "has no such row: it was cut off"
                                            : "says something else there: it was rewritten");
    return OK;
}
