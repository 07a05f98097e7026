/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Whole rows of a shape: fields by name, defaults, copies, and blanking what a person may not
 * see. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/field.h"
#include "field_inner.h"

const struct right_set RIGHT_SET_ALL = {
    .bits = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
};

const struct field *shape_field(const struct shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->count; i++)
        if (strcmp(shape->fields[i].name, name) == 0)
            return &shape->fields[i];
    return NULL;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to insert, drop or replace to get from one word to the other (Levenshtein). */
static size_t edit_distance(const char *from, const char *to)
{
    size_t row[FIELD_LABEL_MAX + 1];
    const size_t width = strlen(to);

    if (width > FIELD_LABEL_MAX)
        return SIZE_MAX;
    for (size_t i = 0; i <= width; i++)
        row[i] = i;
    for (size_t y = 0; from[y] != '\0'; y++) {
        size_t corner = row[0]++;
        for (size_t x = 0; x < width; x++) {
            const size_t replaced = corner + (from[y] == to[x] ? 0 : 1);
            corner = row[x + 1];
            row[x + 1] = least(replaced, least(row[x], corner) + 1);
        }
    }
    return row[width];
}

const struct field *shape_nearest(const struct shape *shape, const char *name)
{
    const struct field *nearest = NULL;
    size_t best = strlen(name) / 3 + 2; /* farther than this it is another word */

    for (size_t i = 0; i < shape->count && strlen(name) <= FIELD_LABEL_MAX; i++) {
        const size_t distance = edit_distance(name, shape->fields[i].name);
        if (distance < best && 2 * distance <= strlen(shape->fields[i].name)) {
            nearest = &shape->fields[i];
            best = distance;
        }
    }
    return nearest;
}

/* A default that its own field refuses is a mistake in the program, not in the shop. */
static void set_initial(const struct shape *shape, const struct field *field, void *row,
                        const struct field_context *context)
{
    struct fault fault;

    if (field_parse(field, field->initial, context, row, &fault) == OK)
        return;
    fprintf(stderr, "pitlane: the default of %s.%s is wrong: %s\n", shape->name, field->name,
            fault.text);
    abort();
}

void shape_init(const struct shape *shape, void *row, const struct field_context *context)
{
    memset(row, 0, shape->size);
    for (size_t i = 0; i < shape->count; i++) {
        field_clear(&shape->fields[i], row);
        if (shape->fields[i].initial != NULL)
            set_initial(shape, &shape->fields[i], row, context);
    }
}

void shape_tidy(const struct shape *shape, void *row)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->type == FIELD_TEXT) {
            const char **text = field_at(field, row);
            if (*text == NULL)
                *text = "";
        } else if (field->type == FIELD_ROWS) {
            struct rows *rows = field_at(field, row);
            for (size_t r = 0; r < rows->count; r++)
                shape_tidy(field->rows, rows_at(field, rows, r));
        }
    }
}

void shape_blank(const struct shape *shape, void *row, const struct right_set *rights)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (!right_set_has(rights, field->right)) {
            field_clear(field, row);
        } else if (field->type == FIELD_ROWS) {
            struct rows *rows = field_at(field, row);
            for (size_t r = 0; r < rows->count; r++)
                shape_blank(field->rows, rows_at(field, rows, r), rights);
        }
    }
}

/* The same kind of value in the same room; words of different enums are not the same. */
static bool is_alike(const struct field *a, const struct field *b)
{
    return a->type == b->type && a->size == b->size && a->rows == b->rows &&
           (a->type != FIELD_ENUM || a->choices == b->choices);
}

void shape_transfer(const struct shape *from, const void *source, const struct shape *to,
                    void *target)
{
    for (size_t i = 0; i < to->count; i++) {
        const struct field *into = &to->fields[i];
        const struct field *field = shape_field(from, into->name);
        if (field != NULL && is_alike(field, into))
            memcpy(field_at(into, target), field_of(field, source), into->size);
    }
}

/* Puts copies in the place of what is shared with the row it was copied from. */
static void clone_into(const struct shape *shape, void *copy, struct arena *arena)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->type == FIELD_TEXT) {
            const char **text = field_at(field, copy);
            *text = *text == NULL || **text == '\0' ? "" : arena_text(arena, *text);
        } else if (field->type == FIELD_ROWS) {
            struct rows *rows = field_at(field, copy);
            *rows = rows_clone(field->rows, *rows, arena);
        }
    }
}

struct rows rows_clone(const struct shape *shape, struct rows rows, struct arena *arena)
{
    if (rows.count == 0)
        return rows;
    rows.at = arena_copy(arena, rows.at, rows.count * shape->size);
    for (size_t i = 0; i < rows.count; i++)
        clone_into(shape, (char *)rows.at + i * shape->size, arena);
    return rows;
}

void *shape_clone(const struct shape *shape, const void *row, struct arena *arena)
{
    void *copy = arena_copy(arena, row, shape->size);

    clone_into(shape, copy, arena);
    return copy;
}
