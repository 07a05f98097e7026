/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a person typed or a file holds becomes a value of a row. Limits are field_check.c's. */

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/field.h"
#include "base/text.h"
#include "field_inner.h"

/* Room for one value of any type but rows, so that a refused text leaves the row as it was. */
union value {
    const char *text;
    int64_t number;
    bool yes;
    unsigned choice;
    struct money money;
    struct qty qty;
    struct rate rate;
    struct day day;
    struct instant instant;
};

/* Names the field of a sentence that a parser wrote without one. */
static status field_fault(const struct field *field, status code, struct fault *fault)
{
    if (fault != NULL && code == ERR_INVALID && fault->field[0] == '\0')
        snprintf(fault->field, sizeof fault->field, "%s", field->name);
    return code;
}

void field_prefix_row(const struct field *field, size_t index, struct fault *fault)
{
    char prefix[FAULT_FIELD_MAX];

    if (field->flags & FIELD_ONE)
        snprintf(prefix, sizeof prefix, "%s", field->name);
    else
        snprintf(prefix, sizeof prefix, "%s.%zu", field->name, index + 1);
    fault_prefix(fault, prefix);
}

void field_list_words(const struct choices *choices, char *ret_text, size_t room)
{
    size_t used = 0;

    ret_text[0] = '\0';
    for (size_t i = 0; i < choices->count && used < room; i++) {
        const char *word = choices->at[i].word;
        used += (size_t)snprintf(ret_text + used, room - used, "%s%s", i > 0 ? ", " : "", word);
    }
}

const char *field_clean_text(const struct field *field, const char *text, struct arena *arena)
{
    const char *clean;

    if (field->flags & FIELD_SECRET)
        return arena_text(arena, text); /* blanks at the ends belong to a password */
    clean =
        text_clean(arena, text, field->flags & FIELD_MANY_LINES ? TEXT_MANY_LINES : TEXT_ONE_LINE);
    if (field->flags & FIELD_CODE)
        return text_code_printed(arena, clean);
    if (field->flags & FIELD_PHONE && *clean != '\0') {
        const char *phone = text_phone(arena, clean);
        return phone != NULL ? phone : clean;
    }
    return clean;
}

static status parse_bool(const char *text, bool *ret, struct fault *fault)
{
    static const char *const yes[] = {"yes", "y", "true", "t", "on", "1", "x"};
    static const char *const no[] = {"no", "n", "false", "f", "off", "0"};

    for (size_t i = 0; i < COUNT_OF(yes); i++)
        if (strcasecmp(text, yes[i]) == 0) {
            *ret = true;
            return OK;
        }
    for (size_t i = 0; i < COUNT_OF(no); i++)
        if (strcasecmp(text, no[i]) == 0) {
            *ret = false;
            return OK;
        }
    return fault_set(fault, ERR_INVALID, "Answer yes or no.");
}

static status parse_choice(const struct field *field, const char *text, unsigned *ret,
                           struct fault *fault)
{
    const int value = choice_value(field->choices, text);
    char words[300];
    char label[FIELD_LABEL_MAX];

    if (value < 0) {
        field_list_words(field->choices, words, sizeof words);
        return fault_set(fault, ERR_INVALID, "%s is one of: %s.", field_label_in(field, label),
                         words);
    }
    *ret = (unsigned)value;
    return OK;
}

/* People write numbers of records with the sign that lists show: "#1042". */
static status parse_id(const char *text, int64_t *ret, struct fault *fault)
{
    return number_parse(*text == '#' ? text + 1 : text, ret, fault);
}

/* "6.25 %" is what the program itself shows. */
static status parse_rate(const char *text, struct rate *ret, struct arena *arena,
                         struct fault *fault)
{
    char *number = arena_text(arena, text);
    size_t length = strlen(number);

    if (length > 0 && number[length - 1] == '%')
        number[--length] = '\0';
    return rate_parse(number, ret, fault);
}

static status parse_value(const struct field *field, const char *text,
                          const struct field_context *context, union value *value,
                          struct fault *fault)
{
    switch (field->type) {
    case FIELD_TEXT:
        value->text = field_clean_text(field, text, context->arena);
        return OK;
    case FIELD_INT:
        return number_parse(text, &value->number, fault);
    case FIELD_BOOL:
        return parse_bool(text, &value->yes, fault);
    case FIELD_MONEY:
        return money_parse(text, &value->money, fault);
    case FIELD_QTY:
        return qty_parse(text, &value->qty, fault);
    case FIELD_RATE:
        return parse_rate(text, &value->rate, context->arena, fault);
    case FIELD_DAY:
        return day_parse(text, instant_day(context->now), &value->day, fault);
    case FIELD_INSTANT:
        return instant_parse(text, context->now, &value->instant, fault);
    case FIELD_ENUM:
        return parse_choice(field, text, &value->choice, fault);
    case FIELD_ID:
        return parse_id(text, &value->number, fault);
    case FIELD_ROWS:
    case FIELD_TYPE_COUNT:
        break;
    }
    return fault_set(fault, ERR_INVALID, "This holds several rows and cannot be written as text.");
}

status field_parse(const struct field *field, const char *text, const struct field_context *context,
                   void *row, struct fault *fault)
{
    struct field alone = *field;
    union value value;
    const char *typed = text;

    fault_clear(fault);
    memset(&value, 0, sizeof value);
    alone.offset = 0;
    if (field->type != FIELD_TEXT)
        typed = text_clean(context->arena, text, TEXT_ONE_LINE);
    if (field->type != FIELD_TEXT && *typed == '\0') {
        field_clear(field, row);
        return OK;
    }
    TRY(field_fault(field, parse_value(field, typed, context, &value, fault), fault));
    TRY(field_check(&alone, &value, fault));
    memcpy(field_at(field, row), &value, field->size);
    return OK;
}
