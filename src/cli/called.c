/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A record named as people name it: "pitlane user unlock ann", "--role manager". Only a row that
 * is called exactly so counts, and only when it is the only one. */

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "inner.h"

#define LOOKED_THROUGH 200

/* What a record is called by. A bin, a city or a vendor is no name of what lies or lives there,
 * even where it is the only one. */
static bool is_naming(const struct field *field)
{
    static const char *const names[] = {"name",   "title", "login", "sku",   "code",
                                        "number", "plate", "vin",   "email", "customer_name"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (text_same(field->name, names[i]))
            return true;
    return false;
}

static bool is_called(const struct shape *shape, const void *row, const char *folded,
                      struct arena *arena)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->type == FIELD_TEXT && is_naming(field) &&
            (field->flags & (FIELD_HIDDEN | FIELD_SECRET)) == 0 &&
            text_same(text_fold(arena, field_text(field, row, FIELD_PLAIN, arena)), folded))
            return true;
    }
    return false;
}

static size_t count_called(struct cli *cli, const struct op *op, const struct page *page,
                           const char *text, const void **ret_row)
{
    const char *folded = text_fold(&cli->arena, text);
    size_t count = 0;

    for (size_t i = 0; i < page->rows.count; i++) {
        const void *row = (const char *)page->rows.at + i * op->out->size;
        if (!is_called(op->out, row, folded, &cli->arena))
            continue;
        *ret_row = row;
        count++;
    }
    return count;
}

/* Who is switched off is looked for, too: to be switched on again. */
static status look(struct cli *cli, const struct op *op, const char *text, struct page *ret_page)
{
    const struct field_context context = session_context(&cli->session);
    const struct field *disabled = shape_field(op->in, "disabled");
    void *in = arena_alloc(&cli->arena, op->in->size);
    struct list_query *query = in;

    shape_init(op->in, in, &context);
    query->search = text;
    query->limit = LOOKED_THROUGH;
    if (disabled != NULL && disabled->type == FIELD_BOOL)
        *(bool *)field_at(disabled, in) = true;
    return shop_call(cli, op, in, ret_page);
}

static const struct op *list_of(const struct field *field)
{
    const struct op *op =
        field->type == FIELD_ID && field->picks != NULL ? op_find(field->picks) : NULL;
    const struct field *id = op != NULL ? shape_field(op->out, "id") : NULL;

    return id != NULL && id->type == FIELD_ID && (op->flags & OP_LIST) != 0 &&
                   shape_field(op->in, "search") != NULL
               ? op
               : NULL;
}

/* A part number may begin with a digit (10W30-CON); the number of a record has no letter. */
static bool is_name(const char *text, struct arena *arena)
{
    bool has_letter = false;

    for (const char *at = text; *at != '\0'; at++)
        has_letter = has_letter || isalpha((unsigned char)*at) != 0 || (*at & 0x80) != 0;
    return has_letter && text_same(text_clean(arena, text, TEXT_ONE_LINE), text);
}

status called(struct cli *cli, const struct field *field, const char *text, void *row,
              bool *ret_is_name)
{
    const struct op *op = list_of(field);
    const void *found = NULL;
    struct page page;

    *ret_is_name = op != NULL && is_name(text, &cli->arena);
    if (!*ret_is_name)
        return OK;
    TRY(look(cli, op, text, &page));
    const size_t count = count_called(cli, op, &page, text, &found);
    if (count != 1)
        return fail_field(&cli->session, field->name,
                          count == 0
                              ? "“%s” is not in the list. Write the whole name as it stands "
                                "there, or the number: pitlane %s %s."
                              : "More than one is called “%s”. Write the number that pitlane "
                                "%s %s shows.",
                          text_safe(&cli->arena, text), noun_of(op, &cli->arena), op_verb(op));
    memcpy(field_at(field, row), (const char *)found + shape_field(op->out, "id")->offset,
           sizeof(int64_t));
    return OK;
}
