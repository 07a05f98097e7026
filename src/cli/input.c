/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Words, options, a JSON object and secrets become the input row of an operation. Limits and
 * rights are checked by the door. */

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "inner.h"

#define INPUT_LIMIT BUF_MIB(64)

struct builder {
    struct cli *cli;
    struct request *request;
    size_t call;
    const struct shape *in;
    struct buf *json; /* NULL: none given */
    void *row;
    bool *was_given; /* by index of the shape's fields */
};

/* Breaks and tabs are for text of many lines, and become blanks in others. */
static bool is_control(uint32_t c)
{
    const bool is_gap = (c >= '\t' && c <= '\r') || c == 0x85;

    return !is_gap && (c < 0x20 || (c >= 0x7F && c <= 0x9F));
}

status input_check_text(struct cli *cli, const struct field *field, const char *text)
{
    size_t left = strlen(text);

    while (field->type == FIELD_TEXT && left > 0) {
        uint32_t c;
        const size_t count = text_next(text, left, &c);
        if (is_control(c) || (c == 0xFFFD && count == 1))
            return fail_field(&cli->session, field->name,
                              "%s holds characters that cannot be shown: write letters, digits "
                              "and signs only.",
                              field_label(field, &cli->arena));
        text += count;
        left -= count;
    }
    return OK;
}

static status parse(struct builder *b, const struct field *field, const char *text)
{
    const struct field_context context = session_context(&b->cli->session);
    bool is_name;

    b->was_given[field - b->in->fields] = true;
    TRY(input_check_text(b->cli, field, text));
    TRY(called(b->cli, field, text, b->row, &is_name));
    if (is_name)
        return OK;
    return field_parse(field, text, &context, b->row, &b->cli->session.fault);
}

static status apply_json(struct builder *b)
{
    const struct field_context context = session_context(&b->cli->session);

    if (b->json == NULL)
        return OK;
    return json_read(buf_str(b->json), b->json->length, b->in, &context, b->row,
                     &b->cli->session.fault);
}

static const char *join(struct arena *arena, const char *const *words, size_t count)
{
    AUTO_BUF text = BUF_MIB(1);

    for (size_t i = 0; i < count; i++)
        buf_printf(&text, "%s%s", i > 0 ? " " : "", words[i]);
    return arena_text(arena, buf_str(&text));
}

/* Words that no argument is left for: what to look for in a list, or more of a last free text. */
static status apply_rest(struct builder *b, const struct field *last, const char *const *words,
                         size_t count)
{
    struct cli *cli = b->cli;
    const struct op *op = b->request->op;
    const struct field *search =
        op != NULL && (op->flags & OP_LIST) != 0 ? shape_field(b->in, "search") : NULL;

    if (search != NULL)
        return parse(b, search, join(&cli->arena, words, count));
    if (last != NULL && last->type == FIELD_TEXT && (last->flags & FIELD_CODE) == 0)
        return parse(
            b, last,
            arena_printf(&cli->arena, "%s %s", words[-1], join(&cli->arena, words, count)));
    return fail(&cli->session, ERR_USAGE,
                "“%s” is one word too many here. Put a text of several words in quotes.",
                text_safe(&cli->arena, words[0]));
}

static status apply_words(struct builder *b)
{
    const struct request *request = b->request;
    const struct field *arguments[ARGUMENTS_MAX];
    const size_t wanted = argument_fields(b->in, arguments, ARGUMENTS_MAX);
    size_t used = 0;

    if (request_calls(request) > 1)
        return parse(b, arguments[0], request->words[b->call]);
    for (; used < wanted && used < request->word_count; used++)
        TRY(parse(b, arguments[used], request->words[used]));
    if (used == request->word_count)
        return OK;
    return apply_rest(b, wanted > 0 ? arguments[wanted - 1] : NULL, &request->words[used],
                      request->word_count - used);
}

/* All occurrences of the option together are the new rows. */
static status apply_rows(struct builder *b, const struct field *field)
{
    const struct request *request = b->request;
    struct arena *arena = &b->cli->arena;
    struct rows rows = {.at = arena_array(arena, request->given_count, field->rows->size)};

    for (size_t i = 0; i < request->given_count; i++) {
        if (request->given[i].field != field)
            continue;
        void *row = (char *)rows.at + rows.count * field->rows->size;
        const status result = row_read(b->cli, field, request->given[i].text, row);
        if (result != OK) {
            fault_prefix(&b->cli->session.fault,
                         arena_printf(arena, "%s.%zu", field->name, rows.count + 1));
            return result;
        }
        rows.count++;
    }
    if ((field->flags & FIELD_ONE) != 0 && rows.count > 1)
        return fail(&b->cli->session, ERR_USAGE, "--%s can be given once only.",
                    option_name(field, arena));
    b->was_given[field - b->in->fields] = true;
    *(struct rows *)field_at(field, b->row) = rows;
    return OK;
}

static status apply_options(struct builder *b)
{
    const struct request *request = b->request;

    for (size_t i = 0; i < request->given_count; i++) {
        const struct given *given = &request->given[i];
        if (given->how == GIVEN_FILE)
            continue;
        if (given->field->type == FIELD_ROWS)
            TRY(apply_rows(b, given->field));
        else
            TRY(parse(b, given->field, given->how == GIVEN_NO ? "no" : given->text));
    }
    return OK;
}

static void apply_secrets(struct builder *b)
{
    for (size_t i = 0; i < b->in->count; i++)
        if (b->request->secrets[i] != NULL) {
            *(const char **)field_at(&b->in->fields[i], b->row) = b->request->secrets[i];
            b->was_given[i] = true;
        }
}

static status apply(struct builder *b)
{
    TRY(apply_json(b));
    TRY(apply_words(b));
    TRY(apply_options(b));
    apply_secrets(b);
    return OK;
}

/* From files before anything else; what is still missing is asked for at the end. */
static status read_secret_files(struct builder *b)
{
    const struct request *request = b->request;

    for (size_t i = 0; i < request->given_count; i++) {
        const struct given *given = &request->given[i];
        const size_t index = (size_t)(given->field - b->in->fields);
        if (given->how == GIVEN_FILE && request->secrets[index] == NULL)
            TRY(secret_from_file(b->cli, given->text, &request->secrets[index]));
    }
    return OK;
}

static status ask_secrets(struct builder *b)
{
    for (size_t i = 0; i < b->in->count; i++) {
        const struct field *field = &b->in->fields[i];
        if ((field->flags & FIELD_SECRET) == 0 || (field->flags & FIELD_REQUIRED) == 0 ||
            !field_is_empty(field, b->row))
            continue;
        TRY(secret_ask(b->cli, field, &b->request->secrets[i]));
        *(const char **)field_at(field, b->row) = b->request->secrets[i];
    }
    return OK;
}

/* What is stored now, in the input's own fields; its key was read from the words before. */
static status load_stored(struct builder *b)
{
    struct cli *cli = b->cli;
    const struct op *fills = op_find(b->request->op->fills);
    const struct field_context context = session_context(&cli->session);

    if (fills == NULL)
        return fail(&cli->session, ERR_CORRUPT, "This program has no operation “%s”.",
                    b->request->op->fills);
    void *key = arena_alloc(&cli->arena, fills->in != NULL ? fills->in->size : 1);
    void *stored = arena_alloc(&cli->arena, fills->out->size);
    if (fills->in != NULL) {
        shape_init(fills->in, key, &context);
        shape_transfer(b->in, b->row, fills->in, key);
    }
    TRY(op_call(&cli->session, fills, key, stored));
    shape_init(b->in, b->row, &context);
    shape_transfer(fills->out, stored, b->in, b->row);
    /* What its holder may not set would be refused, even unchanged: the door keeps it as it is. */
    shape_blank(b->in, b->row, &cli->session.rights);
    return OK;
}

/* A choice or an amount has no empty value that the door could find missing. */
static status check_given(struct builder *b)
{
    for (size_t i = 0; i < b->in->count; i++) {
        const struct field *field = &b->in->fields[i];
        const bool can_be_empty = field->type == FIELD_TEXT || field->type == FIELD_DAY ||
                                  field->type == FIELD_INSTANT || field->type == FIELD_ID ||
                                  field->type == FIELD_ROWS;
        if ((field->flags & FIELD_REQUIRED) != 0 && !can_be_empty && field->initial == NULL &&
            !b->was_given[i])
            return fail_field(&b->cli->session, field->name, "%s is missing: fill it in.",
                              field_label(field, &b->cli->arena));
    }
    return OK;
}

static status build(struct builder *b)
{
    const struct field_context context = session_context(&b->cli->session);
    const struct op *op = b->request->op;

    TRY(read_secret_files(b));
    shape_init(b->in, b->row, &context);
    TRY(apply(b));
    if (op != NULL && op->fills != NULL) {
        TRY(load_stored(b));
        TRY(apply(b));
    } else if (b->json == NULL) {
        TRY(check_given(b));
    }
    return ask_secrets(b);
}

/* What begins with rows and asks only is written in a file; nothing at all is a forgotten one. */
static bool takes_a_file(const struct request *request)
{
    return request->op != NULL && request->op->kind == OP_READS && request->given_count == 0 &&
           request->word_count == 0 && request->in->fields[0].type == FIELD_ROWS;
}

status input_build(struct cli *cli, struct request *request, size_t call, void **ret_row)
{
    AUTO_BUF json = INPUT_LIMIT;
    struct builder builder = {.cli = cli, .request = request, .call = call, .in = request->in};

    if (request->in == NULL) {
        if (request->word_count > 0)
            return fail(&cli->session, ERR_USAGE, "“%s” is one word too many here.",
                        text_safe(&cli->arena, request->words[0]));
        if (cli->input != NULL)
            return fail(&cli->session, ERR_USAGE, "This command takes no input.");
        *ret_row = NULL;
        return OK;
    }
    if (cli->input == NULL && takes_a_file(request))
        return fail(&cli->session, ERR_USAGE,
                    "The input is missing. Give it as a JSON file: pitlane %s %s --json FILE.",
                    noun_of(request->op, &cli->arena), op_verb(request->op));
    if (cli->input != NULL) {
        TRY(buf_read_file(&json, cli->input, &cli->session.fault));
        builder.json = &json;
    }
    builder.row = arena_alloc(&cli->arena, request->in->size);
    builder.was_given = NEW_ARRAY(&cli->arena, bool, request->in->count);
    TRY(build(&builder));
    *ret_row = builder.row;
    return OK;
}
