/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Rows from JSON text. What the text is made of is checked here, and that every key and type is
 * what the shape says; limits of values are field_check.c's. Writing is json_write.c's. */

#include "base/json.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "field_inner.h"

#define LEVELS_MAX 16

/* The library reads 2,048 levels; anything beyond what shapes need is somebody's attack. */
static status check_levels(const char *text, size_t length, struct fault *fault)
{
    size_t levels = 0;
    bool quoted = false;

    for (size_t i = 0; i < length; i++) {
        if (quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && (text[i] == '{' || text[i] == '['))
            levels++;
        else if (!quoted && (text[i] == '}' || text[i] == ']') && levels > 0)
            levels--;
        if (levels > LEVELS_MAX)
            return fault_set(fault, ERR_INVALID,
                             "The JSON is nested more than %d levels deep: use fewer brackets.",
                             LEVELS_MAX);
    }
    return OK;
}

/* The library stops right behind the second key of that name. */
static status fail_duplicate(const char *text, const json_error_t *error, struct fault *fault)
{
    const size_t end = error->position > 0 ? (size_t)error->position - 1 : 0;
    size_t start = end;
    char name[FAULT_FIELD_MAX] = "";

    while (start > 0 && text[start - 1] != '"')
        start--;
    if (text[end] == '"' && start > 0 && end - start < sizeof name)
        snprintf(name, sizeof name, "%.*s", (int)(end - start), text + start);
    if (!text_is_safe(name, strlen(name), TEXT_ONE_LINE))
        name[0] = '\0';
    return fault_field(fault, name, "\"%s\" is given twice, the second time in line %d: keep one.",
                       name, error->line);
}

static status fail_syntax(const char *text, const json_error_t *error, struct fault *fault)
{
    const int line = error->line;
    const enum json_error_code code = json_error_code(error);

    if (code == json_error_duplicate_key)
        return fail_duplicate(text, error, fault);
    if (code == json_error_premature_end_of_input)
        return fault_set(fault, ERR_INVALID,
                         "The JSON ends too early: close every bracket and quote.");
    if (code == json_error_end_of_input_expected)
        return fault_set(fault, ERR_INVALID,
                         "Line %d goes on after the end of the JSON object: give one object.",
                         line);
    if (code == json_error_numeric_overflow)
        return fault_set(fault, ERR_INVALID, "A number in line %d is too large.", line);
    if (code == json_error_null_character || code == json_error_null_byte_in_key)
        return fault_set(fault, ERR_INVALID, "Line %d holds a NUL character: remove it.", line);
    if (code == json_error_invalid_utf8)
        return fault_set(fault, ERR_INVALID, "Line %d is not in UTF-8: save it in that encoding.",
                         line);
    return fault_set(
        fault, ERR_INVALID,
        "Line %d, column %d cannot be read as JSON: check the commas, quotes and brackets.", line,
        error->column);
}

static status wrong_type(const struct field *field, struct fault *fault, const char *wanted)
{
    return fault_field(fault, field->name, "\"%s\" must be %s.", field->name, wanted);
}

/* Text that holds something dangerous stays as it is, for shape_check to refuse by name. */
static status read_text(const struct field *field, const json_t *value,
                        const struct field_context *context, void *row, struct fault *fault)
{
    const char *text = json_string_value(value);
    const enum text_lines lines = field->flags & FIELD_MANY_LINES ? TEXT_MANY_LINES : TEXT_ONE_LINE;
    const char **member = field_at(field, row);

    if (text == NULL)
        return wrong_type(field, fault, "text in quotes");
    if (text_is_safe(text, json_string_length(value), lines))
        *member = field_clean_text(field, text, context->arena);
    else
        *member = arena_text(context->arena, text);
    return OK;
}

static status read_words(const struct field *field, const json_t *value,
                         const struct field_context *context, void *row, struct fault *fault)
{
    AUTO_BUF words = BUF_MIB(1);

    if (!json_is_array(value))
        return wrong_type(field, fault, "a list of words in [ ]");
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *word = json_string_value(json_array_get(value, i));
        if (word == NULL || strpbrk(word, " ,\t\n") != NULL || *word == '\0')
            return wrong_type(field, fault, "a list of single words, each in quotes");
        buf_text(&words, i > 0 ? " " : "");
        buf_text(&words, word);
    }
    *(const char **)field_at(field, row) = arena_text(context->arena, buf_str(&words));
    return OK;
}

static status read_whole(const struct field *field, const json_t *value, void *row,
                         struct fault *fault)
{
    const int64_t number = json_integer_value(value);

    if (!json_is_integer(value))
        return wrong_type(field, fault, "a whole number without quotes");
    memcpy(field_at(field, row), &number, sizeof number);
    return OK;
}

static status read_bool(const struct field *field, const json_t *value, void *row,
                        struct fault *fault)
{
    if (!json_is_boolean(value))
        return wrong_type(field, fault, "true or false");
    *(bool *)field_at(field, row) = json_is_true(value);
    return OK;
}

/* A number with a point has already been through a float when it arrives: only text is exact. */
static status read_decimal(const struct field *field, const json_t *value,
                           const struct field_context *context, void *row, struct fault *fault)
{
    struct field limits = *field;
    char whole[NUMBER_TEXT_MAX];
    const char *text = json_string_value(value);

    if (json_is_real(value))
        return fault_field(fault, field->name,
                           "\"%s\" is a number with a decimal point or exponent: write it as text, "
                           "such as \"12.50\".",
                           field->name);
    if (json_is_integer(value)) {
        snprintf(whole, sizeof whole, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        text = whole;
    }
    if (text == NULL || text_is_empty(text))
        return wrong_type(field, fault, "a decimal number in quotes, such as \"12.50\"");
    limits.flags |= FIELD_SIGNED; /* whether it fits its field is for shape_check */
    limits.low = 0;
    limits.high = 0;
    return field_parse(&limits, text, context, row, fault);
}

static status read_day(const struct field *field, const json_t *value, void *row,
                       struct fault *fault)
{
    const char *text = json_string_value(value);
    struct day day = DAY_NONE;

    if (text != NULL && strlen(text) < sizeof day.iso)
        snprintf(day.iso, sizeof day.iso, "%s", text);
    if (text == NULL || (*text != '\0' && !day_is_valid(day)))
        return wrong_type(field, fault, "a day such as \"2026-11-24\", or null");
    *(struct day *)field_at(field, row) = day;
    return OK;
}

/* "2026-11-24T18:42:00Z": only the exact form, nothing that counts from today. */
static status read_instant(const struct field *field, const json_t *value,
                           const struct field_context *context, void *row, struct fault *fault)
{
    const char *text = json_string_value(value);
    struct instant *member = field_at(field, row);
    struct instant at = INSTANT_NONE;

    if (text == NULL || (*text != '\0' && (strlen(text) != 20 || text[10] != 'T' ||
                                           instant_parse(text, context->now, &at, NULL) != OK)))
        return wrong_type(field, fault, "a moment such as \"2026-11-24T18:42:00Z\", or null");
    *member = at;
    return OK;
}

static status read_choice(const struct field *field, const json_t *value, void *row,
                          struct fault *fault)
{
    const char *word = json_string_value(value);
    const int found = word != NULL ? choice_value(field->choices, word) : -1;
    const unsigned choice = (unsigned)found;
    char words[300];

    if (found < 0) {
        field_list_words(field->choices, words, sizeof words);
        return fault_field(fault, field->name, "\"%s\" is one of: %s.", field->name, words);
    }
    memcpy(field_at(field, row), &choice, sizeof choice);
    return OK;
}

static status read_row(const json_t *object, const struct shape *shape,
                       const struct field_context *context, void *row, struct fault *fault);

/* A required choice or amount has no empty value that shape_check could find missing later. The
 * outermost object may leave it out: it can be the change of a row that has it. */
static status check_given(const json_t *object, const struct shape *shape, struct fault *fault)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        char label[FIELD_LABEL_MAX];
        if (field->flags & FIELD_REQUIRED && field->initial == NULL &&
            json_object_get(object, field->name) == NULL)
            return fault_field(fault, field->name, "%s is missing: fill it in.",
                               field_label_in(field, label));
    }
    return OK;
}

/* A list of rows, or with FIELD_ONE the one row itself. */
static status read_rows(const struct field *field, const json_t *value,
                        const struct field_context *context, void *row, struct fault *fault)
{
    const bool one = (field->flags & FIELD_ONE) != 0;
    struct rows rows = {.count = one ? 1 : json_array_size(value)};

    if (one && !json_is_object(value))
        return wrong_type(field, fault, "an object in { }");
    if (!one && !json_is_array(value))
        return wrong_type(field, fault, "a list in [ ]");
    rows.at = arena_array(context->arena, rows.count, field->rows->size);
    for (size_t i = 0; i < rows.count; i++) {
        const json_t *object = one ? value : json_array_get(value, i);
        void *item = rows_at(field, &rows, i);
        shape_init(field->rows, item, context);
        status read = read_row(object, field->rows, context, item, fault);
        if (read == OK)
            read = check_given(object, field->rows, fault);
        if (read != OK) {
            field_prefix_row(field, i, fault);
            return read;
        }
    }
    *(struct rows *)field_at(field, row) = rows;
    return OK;
}

static status read_value(const struct field *field, const json_t *value,
                         const struct field_context *context, void *row, struct fault *fault)
{
    if (json_is_null(value)) {
        field_clear(field, row);
        return OK;
    }
    switch (field->type) {
    case FIELD_TEXT:
        if (field->flags & FIELD_WORDS)
            return read_words(field, value, context, row, fault);
        return read_text(field, value, context, row, fault);
    case FIELD_INT:
    case FIELD_ID:
        return read_whole(field, value, row, fault);
    case FIELD_BOOL:
        return read_bool(field, value, row, fault);
    case FIELD_MONEY:
    case FIELD_QTY:
    case FIELD_RATE:
        return read_decimal(field, value, context, row, fault);
    case FIELD_DAY:
        return read_day(field, value, row, fault);
    case FIELD_INSTANT:
        return read_instant(field, value, context, row, fault);
    case FIELD_ENUM:
        return read_choice(field, value, row, fault);
    case FIELD_ROWS:
        return read_rows(field, value, context, row, fault);
    case FIELD_TYPE_COUNT:
        break;
    }
    return fault_field(fault, field->name, "\"%s\" cannot be read from JSON.", field->name);
}

static status fail_unknown(const struct shape *shape, const char *key,
                           const struct field_context *context, struct fault *fault)
{
    const char *name = text_safe(context->arena, key);
    const struct field *near = shape_nearest(shape, key);

    if (near == NULL)
        return fault_field(fault, name, "There is no \"%s\" here: remove it.", name);
    return fault_field(fault, name, "There is no \"%s\" here: did you mean \"%s\"?", name,
                       near->name);
}

static status read_row(const json_t *object, const struct shape *shape,
                       const struct field_context *context, void *row, struct fault *fault)
{
    /* The library's iterators take the object unconst, though they only read. */
    json_t *at = (json_t *)(uintptr_t)object;
    const char *key;
    json_t *value;

    if (!json_is_object(object))
        return fault_field(fault, "", "This must be an object in { }.");
    json_object_foreach(at, key, value)
    {
        const struct field *field = shape_field(shape, key);
        if (field == NULL)
            return fail_unknown(shape, key, context, fault);
        TRY(read_value(field, value, context, row, fault));
    }
    return OK;
}

status json_read(const char *text, size_t length, const struct shape *shape,
                 const struct field_context *context, void *row, struct fault *fault)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* some editors begin every file with it */
    json_error_t error;

    fault_clear(fault);
    if (length >= 3 && memcmp(text, mark, 3) == 0) {
        text += 3;
        length -= 3;
    }
    TRY(check_levels(text, length, fault));
    json_auto_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        return fail_syntax(text, &error, fault);
    if (!json_is_object(root))
        return fault_set(fault, ERR_INVALID, "Give one JSON object, in { }, not a list.");
    return read_row(root, shape, context, row, fault);
}
