/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Letterheads as they are read, and the picture on them. A row for every wording is written by the
 * schema itself whenever the shop's row changes, so that nothing is posted with an older one. */

#include "domain/letterhead.h"

#include <string.h>

#include "base/text.h"
#include "domain/chosen_file.h"
#include "domain/list.h"
#include "record.h"

/* clang-format off */
static const char SQL_GET[] =
    "SELECT h.id AS id, h.name AS name, h.street AS street, h.city AS city, h.state AS state,\n"
    "  h.zip AS zip, h.phone AS phone, h.email AS email, h.profile AS profile,\n"
    "  h.registration AS registration, h.epa_id AS epa_id, h.paper AS paper, h.zone AS zone,\n"
    "  ifnull(CAST(p.bytes AS TEXT), '') AS picture\n"
    "FROM letterhead AS h LEFT JOIN letterhead_picture AS p ON p.id = h.picture\n"
    "WHERE h.id = ifnull(:letterhead, (SELECT letterhead FROM shop))";
static const char SQL_PICTURE_NOW[] = "SELECT ifnull(picture, 0) FROM shop";
static const char SQL_PICTURE_SAME[] =
    "SELECT id FROM letterhead_picture WHERE bytes = CAST(:bytes AS BLOB)";
static const char SQL_PICTURE_ADD[] =
    "INSERT INTO letterhead_picture (bytes) VALUES (CAST(:bytes AS BLOB))";

static const struct field letterhead_fields[] = {
    FIELD(struct letterhead, id, .label = "Letterhead"),
    FIELD(struct letterhead, name),
    FIELD(struct letterhead, street),
    FIELD(struct letterhead, city),
    FIELD(struct letterhead, state),
    FIELD(struct letterhead, zip, .label = "ZIP code"),
    FIELD(struct letterhead, phone, .flags = FIELD_PHONE),
    FIELD(struct letterhead, email, .label = "E-mail"),
    FIELD(struct letterhead, profile, .label = "State rules", .choices = &profile_choices),
    FIELD(struct letterhead, registration),
    FIELD(struct letterhead, epa_id, .label = "EPA ID"),
    FIELD(struct letterhead, paper, .choices = &paper_choices),
    FIELD(struct letterhead, zone, .label = "Time zone"),
    FIELD(struct letterhead, picture, .help = "PNG or JPEG, in base64url", .max = LETTERHEAD_PICTURE_MAX * 2,
          .flags = FIELD_HIDDEN | FIELD_NUMBERS_OK),
};
static const struct field key_fields[] = {
    FIELD(struct letterhead_key, letterhead, .help = "As an invoice names it; without one, today's",
          .flags = FIELD_ARGUMENT),
};
/* clang-format on */
static const struct shape letterhead_shape =
    SHAPE_OF(struct letterhead, "letterhead", letterhead_fields);

/* ---- the picture ---- */

/* The first bytes alone: a damaged picture is left out of the papers. */
static bool is_picture(const struct buf *file)
{
    static const char png[] = {'\x89', 'P', 'N', 'G'}, jpeg[] = {'\xFF', '\xD8', '\xFF'};

    return file->length > sizeof png &&
           (memcmp(file->at, png, sizeof png) == 0 || memcmp(file->at, jpeg, sizeof jpeg) == 0);
}

static status read_picture(struct session *s, const char *path, struct buf *ret_file)
{
    struct fault why = {0};

    if (chosen_file_check(s, path) != OK)
        return fail_field(s, "logo", "%s", arena_text(s->arena, s->fault.text));
    const status result = buf_read_file(ret_file, path, &why);
    if (result == ERR_INVALID)
        return fail_field(s, "logo",
                          "This picture is larger than %zu KB. Save a smaller copy of it.",
                          LETTERHEAD_PICTURE_MAX >> 10);
    if (result != OK)
        return fail_field(s, "logo", "%s Write where the picture is, or leave this empty.",
                          why.text);
    if (!is_picture(ret_file))
        return fail_field(s, "logo", "This file is no PNG or JPEG picture. Choose another one.");
    return OK;
}

static status keep_picture(struct session *s, const struct buf *file, struct picture_id *ret)
{
    AUTO_BUF bytes = BUF(LETTERHEAD_PICTURE_MAX * 2);

    secret_to_base64(&bytes, file->at, file->length);
    const struct bind *picture = BINDS(BIND_TEXT("bytes", buf_str(&bytes)));
    const status result = store_int(s->store, SQL_PICTURE_SAME, picture, &ret->v);
    if (result != ERR_NOT_FOUND)
        return result;
    TRY(store_run(s->store, SQL_PICTURE_ADD, NO_ROW, picture));
    ret->v = store_last_id(s->store);
    return OK;
}

status letterhead_take_picture(struct session *s, const char *path, const char *before,
                               struct picture_id *ret)
{
    AUTO_BUF file = BUF(LETTERHEAD_PICTURE_MAX);

    if (text_is_empty(path)) {
        *ret = (struct picture_id){0};
        return OK;
    }
    const status result = read_picture(s, path, &file);
    if (result == OK)
        return keep_picture(s, &file, ret);
    if (!text_same(path, before))
        return result;
    fault_clear(&s->fault);
    return store_int(s->store, SQL_PICTURE_NOW, NULL, &ret->v);
}

/* ---- one ---- */

static status show(struct session *s, const void *input, void *output)
{
    const struct letterhead_key *in = input;

    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("letterhead", in->letterhead)),
                           s->arena, &letterhead_shape, output),
                 "There is no letterhead %lld. Leave the number out for today's.",
                 (long long)in->letterhead.v);
}

const struct op letterhead_show_op = {
    .name = "letterhead.show",
    .says = "See what stands at the top of the shop's papers, today or on an old one",
    .title = "Letterhead",
    .right = RIGHT_DOCUMENTS_PRINT,
    .kind = OP_READS,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct letterhead_key, key_fields),
    .out = &letterhead_shape,
    .run = show,
    .owns = record_is_everybodys, /* on every paper handed out */
};

static const struct op *const ops[] = {&letterhead_show_op};
extern const struct module letterhead_module;
const struct module letterhead_module = {
    .name = "letterhead",
    .title = "Letterheads",
    .says = "The shop's name, address, numbers and picture on its papers, kept as they were.",
    MODULE_OPS(ops),
};
