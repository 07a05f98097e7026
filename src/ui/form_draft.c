/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Drafts of forms: what was typed, field by field, as JSON. */

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "form_inner.h"

#define DRAFT_TEXT_MAX (1u << 16)

struct draft_field {
    const char *name;
    const char *text;
    const char *shown;
};

#define DRAFT_TEXT .max = DRAFT_TEXT_MAX, .flags = FIELD_MANY_LINES | FIELD_NUMBERS_OK
static const struct field draft_field_fields[] = {
    FIELD(struct draft_field, name),
    FIELD(struct draft_field, text, DRAFT_TEXT),
    FIELD(struct draft_field, shown, DRAFT_TEXT),
};
static const struct shape draft_field_shape =
    SHAPE_OF(struct draft_field, "draft_field", draft_field_fields);

struct draft {
    struct rows fields;
};
static const struct field draft_fields[] = {
    FIELD(struct draft, fields, .rows = &draft_field_shape),
};
static const struct shape draft_shape = SHAPE_OF(struct draft, "draft", draft_fields);

/* A shape of the one field of nested rows, at the start of a struct rows. */
static struct field rows_alone(const struct field *field)
{
    struct field alone = *field;

    alone.offset = 0;
    alone.right = 0;
    return alone;
}

static const char *rows_json(const struct form_field *at, struct arena *arena)
{
    const struct field alone = rows_alone(at->field);
    const struct shape shape = {"rows", sizeof(struct rows), &alone, 1};
    AUTO_BUF out = BUF(DRAFT_TEXT_MAX);

    json_write(&out, &shape, &at->rows, &RIGHT_SET_ALL, 0);
    return arena_text(arena, buf_str(&out));
}

/* A secret is never written; nor is a card number, not even half way through typing a note. */
static bool is_kept(const struct form_field *at)
{
    const bool numbers_ok = (at->field->flags & FIELD_NUMBERS_OK) != 0;

    return !at->editor.secret && form_is_open(at) &&
           (numbers_ok || !text_has_card_number(editor_text(&at->editor)));
}

static bool is_changed(const struct form_field *at)
{
    return at->rows_changed || strcmp(editor_text(&at->editor), at->loaded) != 0;
}

void form_draft_write(const struct form *form, struct buf *out)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct draft_field *fields = NEW_ARRAY(&arena, struct draft_field, form->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *at = &form->fields[i];
        if (!is_kept(at) || !is_changed(at))
            continue;
        fields[count++] = (struct draft_field){
            .name = at->field->name,
            .text =
                at->field->type == FIELD_ROWS ? rows_json(at, &arena) : editor_text(&at->editor),
            .shown = at->shown != NULL ? at->shown : "",
        };
    }
    const struct draft draft = {.fields = {fields, count}};
    json_write(out, &draft_shape, &draft, &RIGHT_SET_ALL, 0);
}

static void read_rows(struct form *form, struct form_field *at, const char *text)
{
    const struct field alone = rows_alone(at->field);
    const struct shape shape = {"rows", sizeof(struct rows), &alone, 1};
    const struct field_context context = {&form->arena, form->options.now};
    struct rows rows = {0};

    /* Rows that cannot be read any more are left as they are in the record. */
    if (json_read(text, strlen(text), &shape, &context, &rows, NULL) != OK)
        return;
    at->rows = rows;
    at->rows_changed = true;
}

static void read_field(struct form *form, const struct draft_field *kept)
{
    struct form_field *at = form_find(form, kept->name);

    if (at == NULL || !form_is_open(at) || at->editor.secret)
        return;
    if (at->field->type == FIELD_ROWS) {
        read_rows(form, at, kept->text);
        return;
    }
    editor_set(&at->editor, kept->text);
    if (kept->shown[0] != '\0')
        at->shown = arena_text(&form->arena, kept->shown);
}

status form_draft_read(struct form *form, const char *json, struct fault *fault)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct field_context context = {&arena, form->options.now};
    struct draft draft = {.fields = {NULL, 0}};

    TRY(json_read(json, strlen(json), &draft_shape, &context, &draft, fault));
    const struct draft_field *fields = draft.fields.at;
    for (size_t i = 0; i < draft.fields.count; i++)
        read_field(form, &fields[i]);
    form->revision++;
    return OK;
}
