/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One row of rows on the command line: method=cash amount=300.00 note='paid in full', or a JSON
 * object where a row holds rows itself. */

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "inner.h"

struct pairs {
    struct cli *cli;
    const struct shape *shape;
    void *row;
    bool *was_given;
    const char *at;
};

/* A value ends at a blank outside quotes. Inside "…" a backslash takes the next character as it
 * is. Returns false where a quote is never closed. */
static bool take_text(struct pairs *p, struct buf *out)
{
    char quote = '\0';

    for (; *p->at != '\0'; p->at++) {
        const char c = *p->at;
        if (quote == '\0' && (c == ' ' || c == '\t' || c == '\n'))
            break;
        if (quote == '\0' && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = '\0';
        else if (c == '\\' && quote == '"' && p->at[1] != '\0')
            buf_char(out, *++p->at);
        else
            buf_char(out, c);
    }
    return quote == '\0';
}

static status fail_name(struct pairs *p, const char *name)
{
    struct session *s = &p->cli->session;
    struct arena *arena = &p->cli->arena;
    const struct field *near = shape_nearest(p->shape, name);

    if (near != NULL)
        return fail_field(s, text_safe(arena, name), "There is no “%s” here. Did you mean “%s”?",
                          text_safe(arena, name), near->name);
    return fail_field(s, text_safe(arena, name), "There is no “%s” here. Remove it.",
                      text_safe(arena, name));
}

static status take_pair(struct pairs *p)
{
    AUTO_BUF value = BUF_MIB(1);
    struct session *s = &p->cli->session;
    struct arena *arena = &p->cli->arena;
    const struct field_context context = session_context(s);
    const size_t length = strcspn(p->at, "= \t\n");
    char *name = arena_text_n(arena, p->at, length);

    if (p->at[length] != '=' || length == 0)
        return fail(s, ERR_INVALID, "Write name=value pairs with blanks between, not “%s”.",
                    text_safe(arena, p->at));
    for (char *c = name; *c != '\0'; c++)
        *c = *c == '-' ? '_' : *c;
    p->at += length + 1;
    if (!take_text(p, &value))
        return fail_field(s, name, "A quote is opened and never closed: close it.");
    const struct field *field = shape_field(p->shape, name);
    if (field == NULL || !field_is_given(field))
        return fail_name(p, name);
    if (field->type == FIELD_ROWS)
        return fail_field(s, name, "Rows inside of a row are written as JSON: {\"%s\": [ … ]}.",
                          name);
    p->was_given[field - p->shape->fields] = true;
    TRY(input_check_text(p->cli, field, buf_str(&value)));
    return field_parse(field, buf_str(&value), &context, p->row, &s->fault);
}

static status check_given(const struct pairs *p)
{
    for (size_t i = 0; i < p->shape->count; i++) {
        const struct field *field = &p->shape->fields[i];
        if ((field->flags & FIELD_REQUIRED) != 0 && field->initial == NULL && !p->was_given[i])
            return fail_field(&p->cli->session, field->name, "%s is missing: fill it in.",
                              field_label(field, &p->cli->arena));
    }
    return OK;
}

/* Rows of one text need no names: the text is the row. */
bool row_is_a_text(const struct shape *shape)
{
    return shape->count == 1 && shape->fields[0].type == FIELD_TEXT;
}

status row_read(struct cli *cli, const struct field *field, const char *text, void *row)
{
    const struct field_context context = session_context(&cli->session);
    struct pairs pairs = {.cli = cli,
                          .shape = field->rows,
                          .row = row,
                          .was_given = NEW_ARRAY(&cli->arena, bool, field->rows->count),
                          .at = text + strspn(text, " \t\n")};

    shape_init(field->rows, row, &context);
    if (row_is_a_text(field->rows) && *pairs.at != '{')
        return field_parse(&field->rows->fields[0], text, &context, row, &cli->session.fault);
    if (*pairs.at == '{')
        return json_read(text, strlen(text), field->rows, &context, row, &cli->session.fault);
    while (*pairs.at != '\0') {
        TRY(take_pair(&pairs));
        pairs.at += strspn(pairs.at, " \t\n");
    }
    return check_given(&pairs);
}
