/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a row of the audit log is, and its place in the chain of keyed digests. */

#include <string.h>

#include "audit_inner.h"

/* Names the encoding: another one would have another name. */
#define ENCODING "pitlane audit row 1"

/* clang-format off */
#define TEXT_FLAGS (FIELD_MANY_LINES | FIELD_NUMBERS_OK)
#define ROW_FIELDS(T, in)                                                                          \
    FIELD_NAMED(T, in id, "id", .label = "Number"),                                                \
    FIELD_NAMED(T, in at, "at", .label = "When"),                                                  \
    FIELD_NAMED(T, in user, "user", .label = "User"),                                              \
    FIELD_NAMED(T, in user_name, "user_name", .label = "Who", .max = 4000, .flags = TEXT_FLAGS),   \
    FIELD_NAMED(T, in session, "session", .label = "Session"),                                     \
    FIELD_NAMED(T, in terminal, "terminal", .label = "Terminal", .max = 4000, .flags = TEXT_FLAGS),\
    FIELD_NAMED(T, in place, "place", .label = "Place", .max = 4000, .flags = TEXT_FLAGS),         \
    FIELD_NAMED(T, in factor, "factor", .label = "Shown by"),                                      \
    FIELD_NAMED(T, in op, "op", .label = "Action"),                                                \
    FIELD_NAMED(T, in result, "result", .label = "Result"),                                        \
    FIELD_NAMED(T, in noun, "noun", .label = "About"),                                             \
    FIELD_NAMED(T, in subject, "subject", .label = "Which"),                                       \
    FIELD_NAMED(T, in mac, "mac", .label = "Seal"),                                                \
    FIELD_NAMED(T, in input, "input", .label = "Asked", .max = 1u << 25, .flags = TEXT_FLAGS,      \
                .right = RIGHT_COSTS_VIEW),                                                        \
    FIELD_NAMED(T, in changes, "changes", .label = "Changed", .max = 1u << 25,                     \
                .flags = TEXT_FLAGS, .right = RIGHT_COSTS_VIEW)
static const struct field audit_row_fields[] = {ROW_FIELDS(struct audit_row, )};
static const struct field verify_fields[] = {
    ROW_FIELDS(struct audit_verify_row, row.),
    FIELD(struct audit_verify_row, bytes),
};
/* clang-format on */
const struct shape audit_row_shape = SHAPE_OF(struct audit_row, "audit", audit_row_fields);
const struct shape audit_verify_row_shape =
    SHAPE_OF(struct audit_verify_row, "audit", verify_fields);

static const struct field exported_fields[] = {
    ROW_FIELDS(struct audit_exported, row.),
    FIELD(struct audit_exported, previous, .label = "Seal before"),
};
const struct shape audit_exported_shape =
    SHAPE_OF(struct audit_exported, "audit_exported", exported_fields);

static const struct field entry_line_fields[] = {
    FIELD(struct audit_entry_line, entry),
    FIELD(struct audit_entry_line, account),
    FIELD(struct audit_entry_line, cents),
};
const struct shape audit_entry_line_shape =
    SHAPE_OF(struct audit_entry_line, "entry_line", entry_line_fields);

int64_t audit_row_bytes(const struct audit_row *row)
{
    return (int64_t)(strlen(row->user_name) + strlen(row->terminal) + strlen(row->place) +
                     strlen(row->factor) + strlen(row->op) + strlen(row->result) +
                     strlen(row->noun) + strlen(row->mac) + strlen(row->input) +
                     strlen(row->changes));
}

/* Numbers are eight bytes, texts have their length in front: two different rows never read alike.
 */
struct encoder {
    struct secret_mac mac;
    unsigned char bytes[512];
    size_t used;
};

static void flush(struct encoder *e)
{
    secret_mac_add(&e->mac, e->bytes, e->used);
    e->used = 0;
}

static void put_number(struct encoder *e, int64_t number)
{
    const uint64_t bits = (uint64_t)number;

    if (e->used + 8 > sizeof e->bytes)
        flush(e);
    for (int byte = 0; byte < 8; byte++)
        e->bytes[e->used++] = (unsigned char)(bits >> (8 * byte));
}

static void put_text(struct encoder *e, const char *text)
{
    const size_t length = strlen(text);

    put_number(e, (int64_t)length);
    if (length > sizeof e->bytes - e->used)
        flush(e);
    if (length > sizeof e->bytes) {
        secret_mac_add(&e->mac, text, length);
        return;
    }
    memcpy(e->bytes + e->used, text, length);
    e->used += length;
}

void audit_mac(const struct key_ring *keys, const char *previous, const struct audit_row *row,
               char ret_mac[SECRET_DIGEST_MAX])
{
    struct encoder e = {.used = 0};

    secret_mac_begin(&e.mac, keys, SECRET_KEY_AUDIT);
    put_text(&e, ENCODING);
    put_text(&e, previous);
    put_number(&e, row->id.v);
    put_number(&e, row->at.seconds);
    put_number(&e, row->user.v);
    put_text(&e, row->user_name);
    put_number(&e, row->session.v);
    put_text(&e, row->terminal);
    put_text(&e, row->place);
    put_text(&e, row->factor);
    put_text(&e, row->op);
    put_text(&e, row->result);
    put_text(&e, row->noun);
    put_number(&e, row->subject);
    put_text(&e, row->input);
    put_text(&e, row->changes);
    flush(&e);
    secret_mac_end(&e.mac, ret_mac);
}
