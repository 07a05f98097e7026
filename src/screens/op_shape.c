/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What can be read off an operation's table: its noun, the field that names the record, what a row
 * is called, and how a record becomes the input of the next step. */

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "inner.h"

const char *noun_of_op(const struct op *op, char ret_noun[NOUN_MAX])
{
    size_t i = 0;

    for (; op->name[i] != '\0' && op->name[i] != '.' && i + 1 < NOUN_MAX; i++)
        ret_noun[i] = op->name[i] == '-' ? '_' : op->name[i];
    ret_noun[i] = '\0';
    return ret_noun;
}

const struct op *noun_show_op(const char *noun)
{
    char name[NOUN_MAX + 8];

    snprintf(name, sizeof name, "%s.show", noun);
    for (char *c = name; *c != '\0'; c++)
        if (*c == '_')
            *c = '-';
    return op_find(name);
}

const struct field *op_key_field(const struct op *op)
{
    if (op->in == NULL)
        return NULL;
    if (op->about != NULL)
        return shape_field(op->in, op->about);
    static const unsigned wanted[] = {FIELD_REQUIRED, FIELD_ARGUMENT};
    for (size_t w = 0; w < COUNT_OF(wanted); w++)
        for (size_t i = 0; i < op->in->count; i++)
            if (op->in->fields[i].type == FIELD_ID && (op->in->fields[i].flags & wanted[w]))
                return &op->in->fields[i];
    return NULL;
}

static int64_t id_of(const struct field *field, const void *row)
{
    int64_t id;

    memcpy(&id, field_of(field, row), sizeof id);
    return id;
}

int64_t row_id(const struct shape *shape, const void *row)
{
    const struct field *field = shape_field(shape, "id");

    for (size_t i = 0; field == NULL && i < shape->count; i++)
        if (shape->fields[i].type == FIELD_ID)
            field = &shape->fields[i];
    if (field == NULL || (field->type != FIELD_ID && field->type != FIELD_INT))
        return 0;
    return id_of(field, row);
}

static const char *text_of(const struct field *field, const void *row)
{
    const char *text;

    memcpy(&text, field_of(field, row), sizeof text);
    return text != NULL ? text : "";
}

const char *row_name(const struct shape *shape, const void *row)
{
    static const char *const names[] = {"name", "title", "customer_name", "login", "sku"};

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct field *field = shape_field(shape, names[i]);
        if (field != NULL && field->type == FIELD_TEXT && *text_of(field, row) != '\0')
            return text_of(field, row);
    }
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields[i].type == FIELD_TEXT && (shape->fields[i].flags & FIELD_HIDDEN) == 0 &&
            *text_of(&shape->fields[i], row) != '\0')
            return text_of(&shape->fields[i], row);
    return "";
}

/* A purchase order is known by its number, the vendor alone would be any of his: "116 · Mesa". */
const char *row_words(const struct shape *shape, const void *row, struct arena *arena)
{
    static const char *const own[] = {"name", "title", "login", "sku"};
    const char *name = row_name(shape, row);
    const int64_t id = row_id(shape, row);

    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (shape_field(shape, own[i]) != NULL)
            return name;
    if (id == 0 || *name == '\0')
        return name;
    return arena_printf(arena, "%lld · %s", (long long)id, name);
}

const char *record_name(struct desk *desk, const char *noun, int64_t id, struct arena *arena)
{
    const struct op *op = noun_show_op(noun);
    const struct field *key = op != NULL ? op_key_field(op) : NULL;

    if (key == NULL || op->out == NULL || !desk_allows(desk, op))
        return NULL;
    void *in = desk_input(desk, arena, op);
    void *out = arena_alloc(arena, op->out->size);
    memcpy(field_at(key, in), &id, sizeof id);
    if (desk_try(desk, arena, op, in, out) != OK)
        return NULL;
    return row_words(op->out, out, arena);
}

/* A purchase order's number is no vendor's, though a new order asks for a vendor first. */
static bool takes_noun(const struct field *key, const struct subject *subject)
{
    const struct op *picks = key != NULL && key->picks != NULL ? op_find(key->picks) : NULL;
    char noun[NOUN_MAX];

    return picks == NULL || text_same(noun_of_op(picks, noun), subject->noun);
}

/* The input's field that takes the subject itself. */
static const struct field *subject_field(const struct subject *subject, const struct op *op)
{
    char noun[NOUN_MAX];
    const struct field *field = shape_field(op->in, subject->noun);

    if (field != NULL && field->type == FIELD_ID)
        return field;
    if (text_same(noun_of_op(op, noun), subject->noun) && takes_noun(op_key_field(op), subject))
        return op_key_field(op);
    for (size_t i = 0; i < op->in->count; i++) {
        const struct op *picks =
            op->in->fields[i].picks != NULL ? op_find(op->in->fields[i].picks) : NULL;
        if (op->in->fields[i].type == FIELD_ID && picks != NULL &&
            text_same(noun_of_op(picks, noun), subject->noun))
            return &op->in->fields[i];
    }
    return NULL;
}

/* The row's field that this one takes over; NULL: none. */
static const struct field *taken_over(const struct subject *subject, const struct field *field)
{
    const struct field *from = shape_field(subject->shape, field->name);

    if (field->type != FIELD_ID || from == NULL || from->type != FIELD_ID ||
        text_same(field->name, "id") || id_of(from, subject->row) == 0)
        return NULL;
    return from;
}

static void fill_from_row(const struct subject *subject, const struct op *op, void *in)
{
    for (size_t i = 0; i < op->in->count; i++) {
        const struct field *field = &op->in->fields[i];
        const struct field *from = taken_over(subject, field);
        if (from != NULL)
            memcpy(field_at(field, in), field_of(from, subject->row), sizeof(int64_t));
    }
}

bool subject_is_taken(const struct subject *subject, const struct op *op)
{
    if (subject == NULL || op->in == NULL)
        return false;
    if (subject->id != 0 && subject_field(subject, op) != NULL)
        return true;
    for (size_t i = 0; subject->shape != NULL && subject->row != NULL && i < op->in->count; i++)
        if (taken_over(subject, &op->in->fields[i]) != NULL)
            return true;
    return false;
}

bool subject_fill(const struct subject *subject, const struct op *op, void *in)
{
    if (op->in == NULL)
        return true;
    if (subject != NULL) {
        if (subject->shape != NULL && subject->row != NULL)
            fill_from_row(subject, op, in);
        const struct field *field = subject_field(subject, op);
        if (field != NULL && subject->id != 0)
            memcpy(field_at(field, in), &subject->id, sizeof subject->id);
    }
    for (size_t i = 0; i < op->in->count; i++)
        if ((op->in->fields[i].flags & FIELD_REQUIRED) && field_is_empty(&op->in->fields[i], in))
            return false;
    return true;
}

bool op_asks(const struct op *op, const void *in, const struct right_set *rights)
{
    for (size_t i = 0; op->in != NULL && i < op->in->count; i++) {
        const struct field *field = &op->in->fields[i];
        if (field->flags & (FIELD_HIDDEN | FIELD_FIXED))
            continue;
        if (field->right != 0 && !right_set_has(rights, field->right))
            continue;
        if (field->type != FIELD_ID || id_of(field, in) == 0)
            return true;
    }
    return false;
}

const char *subject_text(const struct subject *subject, struct arena *arena)
{
    if (subject == NULL || subject->id == 0)
        return "";
    const char *name = subject->shape != NULL && subject->row != NULL
                           ? row_name(subject->shape, subject->row)
                           : "";
    if (*name == '\0')
        return arena_printf(arena, "%lld", (long long)subject->id);
    return arena_printf(arena, "%lld · %s", (long long)subject->id, name);
}
