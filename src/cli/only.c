/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Which fields of a result are printed. People see the numbers that other commands ask for, though
 * screens hide them. --only prints some fields instead of all; one alone is its bare value, for
 * scripts: --only id; "jobs.1.id" is a field of the first of the rows in "jobs". */

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "inner.h"

const struct shape *visible_shape(struct arena *arena, const struct shape *shape)
{
    struct field *fields = arena_copy(arena, shape->fields, shape->count * sizeof *fields);
    struct shape *copy = arena_copy(arena, shape, sizeof *shape);

    for (size_t i = 0; i < shape->count; i++) {
        if (fields[i].type == FIELD_ROWS)
            fields[i].rows = visible_shape(arena, fields[i].rows);
        if (fields[i].type != FIELD_ID || !text_same(fields[i].name, "id") ||
            (fields[i].flags & FIELD_HIDDEN) == 0)
            continue;
        fields[i].flags &= ~(unsigned)FIELD_HIDDEN;
        fields[i].label = "ID";
    }
    copy->fields = fields;
    return copy;
}

static status fail_name(struct cli *cli, const struct shape *shape, const char *name)
{
    struct arena *arena = &cli->arena;
    const struct field *near = shape_nearest(shape, name);

    if (near != NULL)
        return fail(&cli->session, ERR_USAGE, "The result has no “%s”. Did you mean “%s”?",
                    text_safe(arena, name), near->name);
    return fail(&cli->session, ERR_USAGE, "The result has no “%s”. --json shows all it has.",
                text_safe(arena, name));
}

static const struct field *find(const struct cli *cli, const struct shape *shape, const char *name)
{
    const struct field *field = shape_field(shape, name);

    if (field == NULL || (field->flags & FIELD_SECRET) != 0 ||
        !right_set_has(&cli->session.rights, field->right))
        return NULL;
    return field;
}

/* The next word of a text parted by `stop`; NULL at the end. */
static const char *next_word(struct arena *arena, const char **at, char stop)
{
    const char *end = strchrnul(*at, stop);
    const char *word = arena_text_n(arena, *at, (size_t)(end - *at));

    if (**at == '\0')
        return NULL;
    *at = *end == stop ? end + 1 : end;
    return word;
}

status only_shape(struct cli *cli, const struct shape *shape, const struct shape **ret)
{
    struct arena *arena = &cli->arena;
    const char *at = cli->only;
    struct field *fields = NEW_ARRAY(arena, struct field, strlen(at) + 1);
    struct shape *some = NEW(arena, struct shape);
    size_t count = 0;

    for (const char *name; (name = next_word(arena, &at, ',')) != NULL;) {
        const struct field *field = find(cli, shape, name);
        if (field == NULL)
            return fail_name(cli, shape, name);
        fields[count] = *field;
        fields[count++].flags &= ~(unsigned)FIELD_HIDDEN;
    }
    *some = *shape;
    some->fields = fields; /* as the caller has named them */
    some->count = count;
    *ret = some;
    return OK;
}

bool only_is_value(const struct cli *cli)
{
    return cli->only != NULL && strchr(cli->only, ',') == NULL;
}

/* Rows have no bare value: they are printed as the table they are. */
bool only_is_rows(const struct cli *cli, const struct shape *shape)
{
    const struct field *field = cli->only != NULL ? shape_field(shape, cli->only) : NULL;

    return field != NULL && field->type == FIELD_ROWS;
}

/* One step into rows: "1" of "jobs.1.id". */
static status step(struct cli *cli, const struct field *field, const char *index, const void **row)
{
    char *end = NULL;
    const unsigned long n = strtoul(index, &end, 10);

    if (field->type != FIELD_ROWS || *end != '\0' || n == 0)
        return fail(&cli->session, ERR_USAGE, "Write the place of a row as a number from 1: %s.1.",
                    field->name);
    if (*row == NULL)
        return OK;
    const struct rows *rows = field_of(field, *row);
    if (n > rows->count)
        return fail(&cli->session, ERR_NOT_FOUND, "There are only %zu rows in %s.", rows->count,
                    field->name);
    *row = (const char *)rows->at + (n - 1) * field->rows->size;
    return OK;
}

/* The words of "jobs.1.id" in turn: fields lead to rows, places to one of them. With a row, walks
 * it; without one, only looks whether the names exist. */
static status walk(struct cli *cli, const struct shape *shape, const void **row,
                   const struct field **ret)
{
    struct arena *arena = &cli->arena;
    const char *at = cli->only;
    const struct field *field = NULL;

    for (const char *word; (word = next_word(arena, &at, '.')) != NULL;) {
        if (field != NULL) {
            TRY(step(cli, field, word, row));
            shape = field->rows;
            word = next_word(arena, &at, '.');
        }
        field = word != NULL ? find(cli, shape, word) : NULL;
        if (field == NULL)
            return fail_name(cli, shape, word != NULL ? word : cli->only);
    }
    if (field == NULL || (field->type == FIELD_ROWS && strchr(cli->only, '.') != NULL))
        return fail(&cli->session, ERR_USAGE,
                    "Name a value behind --only, such as id; of rows one of them: jobs.1.id.");
    *ret = field;
    return OK;
}

status only_check(struct cli *cli, const struct shape *shape)
{
    const struct field *field;
    const void *row = NULL;

    if (cli->only == NULL)
        return OK;
    if (shape == NULL)
        return fail(&cli->session, ERR_USAGE, "This command has no result to print some of.");
    if (only_is_value(cli))
        return walk(cli, shape, &row, &field);
    return only_shape(cli, shape, &shape);
}

status only_value(struct cli *cli, const struct shape *shape, const void *row, struct buf *out)
{
    const struct field *field = NULL;

    TRY(walk(cli, shape, &row, &field));
    buf_text(out, text_safe(&cli->arena, field_text(field, row, FIELD_PLAIN, &cli->arena)));
    buf_char(out, '\n');
    return OK;
}
