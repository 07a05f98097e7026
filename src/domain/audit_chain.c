/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a row of the audit log is, and its place in the chain of keyed digests. */

#include <string.h>

#include "domain/audit.h"

/* Names the encoding: another one would have another name. */
#define ENCODING "pitlane audit row 1"

/* clang-format off */
static const struct field audit_row_fields[] = {
    FIELD(struct audit_row, id, .label = "Number"),
    FIELD(struct audit_row, at, .label = "When"),
    FIELD(struct audit_row, user, .label = "User"),
    FIELD(struct audit_row, user_name, .label = "Who", .flags = FIELD_NUMBERS_OK),
    FIELD(struct audit_row, session, .label = "Session"),
    FIELD(struct audit_row, terminal, .label = "Terminal", .max = 4000, .flags = FIELD_NUMBERS_OK),
    FIELD(struct audit_row, place, .label = "Place", .max = 4000, .flags = FIELD_NUMBERS_OK),
    FIELD(struct audit_row, factor, .label = "Shown by"),
    FIELD(struct audit_row, op, .label = "Action"),
    FIELD(struct audit_row, result, .label = "Result"),
    FIELD(struct audit_row, noun, .label = "About"),
    FIELD(struct audit_row, subject, .label = "Which"),
    FIELD(struct audit_row, mac, .label = "Seal"),
    FIELD(struct audit_row, input, .label = "Asked", .max = 1u << 25, .flags = FIELD_MANY_LINES | FIELD_NUMBERS_OK, .right = RIGHT_COSTS_VIEW),
    FIELD(struct audit_row, changes, .label = "Changed", .max = 1u << 25, .flags = FIELD_MANY_LINES | FIELD_NUMBERS_OK, .right = RIGHT_COSTS_VIEW),
};
/* clang-format on */
const struct shape audit_row_shape = SHAPE_OF(struct audit_row, "audit", audit_row_fields);

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
