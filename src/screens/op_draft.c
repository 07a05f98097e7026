/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A form's own draft holds what was typed over what it began with. What it began with comes from
 * the screen that opened it (whose vehicle, which name was searched for) and is kept here. */

#include "op_draft.h"

#include <string.h>

#include "base/json.h"

#define BODY_MAX (256u << 10)

static const struct field given_fields[] = {
    FIELD(struct given, name),
    FIELD(struct given, text, .max = 4000, .flags = FIELD_MANY_LINES | FIELD_NUMBERS_OK),
};
static const struct shape given_shape = SHAPE_OF(struct given, "given", given_fields);

struct kept {
    struct rows given;
    const char *form;
};
static const struct field kept_fields[] = {
    FIELD(struct kept, given, .rows = &given_shape),
    FIELD(struct kept, form, .max = BODY_MAX, .flags = FIELD_MANY_LINES | FIELD_NUMBERS_OK),
};
static const struct shape kept_shape = SHAPE_OF(struct kept, "kept", kept_fields);

struct rows op_given(struct desk *desk, const struct op *op, const void *in, struct arena *arena)
{
    const void *blank = desk_input(desk, arena, op);
    struct given *given = NEW_ARRAY(arena, struct given, op->in->count);
    size_t count = 0;

    for (size_t i = 0; i < op->in->count; i++) {
        const struct field *field = &op->in->fields[i];
        if (field->type == FIELD_ROWS || (field->flags & (FIELD_SECRET | FIELD_HIDDEN)) ||
            field_equal(field, blank, in))
            continue;
        given[count++] =
            (struct given){.name = field->name, .text = field_text(field, in, FIELD_PLAIN, arena)};
    }
    return (struct rows){given, count};
}

status op_draft_keep(struct desk *desk, struct desk_draft *draft, const struct rows *given,
                     const struct form *form, struct fault *fault)
{
    AUTO_BUF typed = BUF(BODY_MAX);
    AUTO_BUF body = BUF(BODY_MAX);

    form_draft_write(form, &typed);
    const struct kept kept = {.given = *given, .form = buf_str(&typed)};
    json_write(&body, &kept_shape, &kept, &RIGHT_SET_ALL, 0);
    if (typed.full || body.full)
        return fault_set(fault, ERR_INVALID, "This form holds too much for a draft. Save it.");
    return desk_draft_keep_text(desk, draft, buf_str(&body), fault);
}

const char *op_draft_read(struct desk *desk, const struct op *op, const char *body, void *in,
                          struct arena *arena)
{
    const struct field_context context = {.arena = arena, .now = desk_now(desk)};
    struct kept kept;

    shape_init(&kept_shape, &kept, &context);
    if (json_read(body, strlen(body), &kept_shape, &context, &kept, NULL) != OK)
        return body;
    const struct given *given = kept.given.at;
    for (size_t i = 0; i < kept.given.count; i++) {
        const struct field *field = shape_field(op->in, given[i].name);
        /* What cannot be read any more, after a change of the form, is asked again. */
        if (field == NULL || field_parse(field, given[i].text, &context, in, NULL) != OK)
            continue;
    }
    return kept.form;
}
