/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The model of a form: a text a field, what is wrong with it, and the way into and out of a row.
 * Keys are in form_key.c, drawing in form_draw.c, drafts in form_draft.c. */

#include "ui/form.h"

#include <string.h>

#include "base/text.h"
#include "form_inner.h"

static struct field_context context_of(struct form *form)
{
    return (struct field_context){.arena = &form->arena, .now = form->options.now};
}

static bool is_visible(const struct form_options *options, const struct field *field)
{
    return (field->flags & FIELD_HIDDEN) == 0 &&
           (options->rights == NULL || right_set_has(options->rights, field->right));
}

static size_t limit_of(const struct field *field)
{
    if (field->type != FIELD_TEXT)
        return 64;
    if (field->max > 0)
        return field->max;
    return (field->flags & FIELD_MANY_LINES) != 0 ? 4000 : 200;
}

static void add_field(struct form *form, const struct field *field)
{
    struct form_field *at = &form->fields[form->count++];

    /* Room for more than fits, so that the sentence can say how much is too much. */
    *at = (struct form_field){.field = field, .loaded = ""};
    editor_init(&at->editor, limit_of(field) + 100);
    at->editor.many_lines = (field->flags & FIELD_MANY_LINES) != 0;
    at->editor.secret = (field->flags & FIELD_SECRET) != 0;
}

void form_init(struct form *form, const struct form_options *options)
{
    *form = (struct form){.options = *options, .arena = ARENA_EMPTY};
    const struct shape *shape = options->shape;
    const struct field_context context = context_of(form);

    form->row = arena_alloc(&form->arena, shape->size);
    shape_init(shape, form->row, &context);
    form->fields = NEW_ARRAY(&form->arena, struct form_field, shape->count + 1);
    for (size_t i = 0; i < shape->count; i++)
        if (is_visible(options, &shape->fields[i]))
            add_field(form, &shape->fields[i]);
    for (size_t i = 0; i < form->count; i++) {
        struct form_field *at = &form->fields[i];
        const bool has_initial = at->field->initial != NULL && at->field->type != FIELD_ROWS;
        if (has_initial || at->field->type == FIELD_ENUM || at->field->type == FIELD_BOOL)
            editor_set(&at->editor, form_value_text(form, at->field, form->row));
        at->loaded = arena_text(&form->arena, editor_text(&at->editor));
    }
    while (form->focus + 1 < form->count && !form_is_open(&form->fields[form->focus]))
        form->focus++;
}

void form_done(struct form *form)
{
    for (size_t i = 0; i < form->count; i++)
        editor_done(&form->fields[i].editor);
    arena_done(&form->arena);
    *form = (struct form){0};
}

static bool same_value(const struct field *field, const void *a, const void *b)
{
    const char *left = (const char *)a + field->offset, *right = (const char *)b + field->offset;
    const char *left_text = NULL, *right_text = NULL;

    if (field->type != FIELD_TEXT)
        return memcmp(left, right, field->size) == 0;
    memcpy(&left_text, left, sizeof(left_text));
    memcpy(&right_text, right, sizeof(right_text));
    return text_same(left_text, right_text);
}

/* What people see, if typing it gives the same value again; else what machines write. */
const char *form_value_text(struct form *form, const struct field *field, const void *row)
{
    const struct field_context context = context_of(form);
    const char *shown = field_text(field, row, FIELD_SHOWN, &form->arena);
    void *again = arena_alloc(&form->arena, form->options.shape->size);

    if (field_parse(field, shown, &context, again, NULL) == OK && same_value(field, row, again))
        return shown;
    return field_text(field, row, FIELD_PLAIN, &form->arena);
}

/* What is not asked is not handed on: nobody sets a field he does not see. */
static void empty_hidden(struct form *form, void *row)
{
    const struct shape *shape = form->options.shape;
    void *blank = arena_alloc(&form->arena, shape->size);

    shape_tidy(shape, blank);
    for (size_t i = 0; form->options.rights != NULL && i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (!right_set_has(form->options.rights, field->right))
            memcpy((char *)row + field->offset, (const char *)blank + field->offset, field->size);
    }
}

void form_load(struct form *form, const void *row)
{
    const struct shape *shape = form->options.shape;
    void *copy = shape_clone(shape, row, &form->arena);

    shape_tidy(shape, copy);
    empty_hidden(form, copy);
    memcpy(form->row, copy, shape->size);
    for (size_t i = 0; i < form->count; i++) {
        struct form_field *at = &form->fields[i];
        at->message = NULL;
        at->shown = NULL;
        at->rows_changed = at->left = false;
        if (at->field->type == FIELD_ROWS)
            memcpy(&at->rows, (const char *)form->row + at->field->offset, sizeof(at->rows));
        else
            editor_set(&at->editor, form_value_text(form, at->field, form->row));
        at->loaded = arena_text(&form->arena, editor_text(&at->editor));
        at->fresh = i == form->focus;
    }
}

struct form_field *form_focused(struct form *form)
{
    return form->focus < form->count ? &form->fields[form->focus] : NULL;
}

bool form_is_open(const struct form_field *at)
{
    return (at->field->flags & FIELD_FIXED) == 0 && !at->skipped;
}

const struct field *form_field(const struct form *form)
{
    return form->focus < form->count ? form->fields[form->focus].field : NULL;
}

struct form_field *form_find(struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->fields[i].field->name, name) == 0)
            return &form->fields[i];
    return NULL;
}

void form_message(struct form *form, struct form_field *at, const char *sentence)
{
    at->message = sentence != NULL ? arena_text(&form->arena, sentence) : NULL;
}

/* The limits of one field, "required" too, by a shape of this field alone. */
static status check_one(const struct form *form, const struct field *field, struct fault *fault)
{
    const struct shape one = {form->options.shape->name, form->options.shape->size, field, 1};

    return shape_check(&one, form->row, fault);
}

status form_read(struct form *form, struct form_field *at)
{
    const struct field_context context = context_of(form);
    struct fault fault = {0};

    at->message = NULL;
    if (at->field->type == FIELD_ROWS) {
        memcpy((char *)form->row + at->field->offset, &at->rows, sizeof(at->rows));
        return OK;
    }
    const char *text = arena_text(&form->arena, editor_text(&at->editor));
    const status result = field_parse(at->field, text, &context, form->row, &fault);
    if (result != OK)
        form_message(form, at, fault.text);
    return result;
}

static void rewrite(struct form *form, struct form_field *at)
{
    const bool keeps = at->field->type == FIELD_ROWS || at->editor.secret ||
                       at->editor.many_lines || editor_is_empty(&at->editor);

    if (keeps)
        return;
    const char *text = form_value_text(form, at->field, form->row);
    if (strcmp(text, editor_text(&at->editor)) != 0)
        editor_set(&at->editor, text);
}

void form_move(struct form *form, size_t to)
{
    struct form_field *at = form_focused(form);

    if (at == NULL || to >= form->count)
        return;
    at->left = true;
    at->fresh = false;
    if (form_is_open(at) && form_read(form, at) == OK)
        rewrite(form, at);
    form->focus = to;
    struct form_field *next = form_focused(form);
    next->fresh = true;
    next->editor.at = next->editor.text.length;
}

void form_focus(struct form *form, const char *name)
{
    struct form_field *at = form_find(form, name);

    if (at == NULL)
        return;
    if (form_focused(form) != NULL)
        form_focused(form)->fresh = false;
    form->focus = (size_t)(at - form->fields);
    at->fresh = true;
    at->editor.at = at->editor.text.length;
}

bool form_is_dirty(const struct form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct form_field *at = &form->fields[i];
        if (at->rows_changed || strcmp(editor_text(&at->editor), at->loaded) != 0)
            return true;
    }
    return false;
}

/* Everything is read, so that every message shows; the first wrong field gets the cursor. */
status form_check(struct form *form, struct fault *fault)
{
    struct form_field *wrong = NULL;

    for (size_t i = 0; i < form->count; i++) {
        struct form_field *at = &form->fields[i];
        struct fault found = {0};
        if (!form_is_open(at))
            continue;
        at->left = true;
        status result = form_read(form, at);
        if (result == OK) {
            rewrite(form, at);
            result = check_one(form, at->field, &found);
            if (result != OK)
                form_message(form, at, found.text);
        }
        if (result != OK && wrong == NULL)
            wrong = at;
    }
    if (wrong == NULL)
        return OK;
    form->focus = (size_t)(wrong - form->fields);
    return fault_field(fault, wrong->field->name, "%s", wrong->message);
}

const void *form_row(struct form *form)
{
    return form->row;
}

void form_set_text(struct form *form, const char *name, const char *text)
{
    struct form_field *at = form_find(form, name);

    if (at == NULL)
        return;
    editor_set(&at->editor, text);
    at->shown = NULL;
    at->fresh = false;
    form_read(form, at);
    form->revision++;
}

void form_set_picked(struct form *form, const char *name, int64_t id, const char *shown)
{
    struct form_field *at = form_find(form, name);
    AUTO_ARENA arena = ARENA_EMPTY;

    if (at == NULL)
        return;
    const char *text = id != 0 ? arena_printf(&arena, "%lld", (long long)id) : "";
    if (strcmp(editor_text(&at->editor), text) != 0)
        form_set_text(form, name, text);
    at->shown = shown != NULL ? arena_text(&form->arena, shown) : NULL;
}

const char *form_text(struct form *form, const char *name)
{
    const struct form_field *at = form_find(form, name);

    return at != NULL ? editor_text(&at->editor) : "";
}

void form_skip(struct form *form, const char *name)
{
    struct form_field *at = form_find(form, name);

    if (at == NULL)
        return;
    at->skipped = true;
    for (size_t i = 0; i < form->count && !form_is_open(&form->fields[form->focus]); i++)
        form->focus = (form->focus + 1) % form->count;
}

void form_ask(struct form *form, const char *name)
{
    struct form_field *at = form_find(form, name);

    if (at == NULL || !at->skipped)
        return;
    at->skipped = false;
    form_set_text(form, name, "");
}

bool form_set_error(struct form *form, const char *name, const char *sentence)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *first = arena_text_n(&arena, name, strcspn(name, "."));
    struct form_field *at = form_find(form, first);

    if (at == NULL || !form_is_open(at))
        return false;
    form_message(form, at, sentence);
    at->left = true;
    form->focus = (size_t)(at - form->fields);
    return true;
}

enum typing form_typing(const struct form *form)
{
    const struct form_field *at = form->focus < form->count ? &form->fields[form->focus] : NULL;

    return at != NULL && at->editor.secret ? TYPING_SECRET : TYPING_TEXT;
}
