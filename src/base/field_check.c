/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a value may be. Every row that enters the shop passes here, whoever sends it: a form, the
 * command line, a file. Rules between fields are the domain's. */

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/field.h"
#include "base/text.h"
#include "field_inner.h"

/* Whole numbers that every reader of JSON keeps exact (2^53 - 1). */
#define INT_MAX_EXACT INT64_C(9007199254740991)
/* A rate of 100,000 percent. */
#define RATE_MAX_PPM INT64_C(1000000000)
/* The last second of the year 9999. */
#define INSTANT_MAX INT64_C(253402300799)

static int64_t type_max(enum field_type type)
{
    switch (type) {
    case FIELD_MONEY:
        return MONEY_MAX_CENTS;
    case FIELD_QTY:
        return QTY_MAX_THOUSANDTHS;
    case FIELD_RATE:
        return RATE_MAX_PPM;
    case FIELD_INSTANT:
        return INSTANT_MAX;
    case FIELD_INT:
    case FIELD_ID:
    case FIELD_TEXT:
    case FIELD_BOOL:
    case FIELD_DAY:
    case FIELD_ENUM:
    case FIELD_ROWS:
    case FIELD_TYPE_COUNT:
        break;
    }
    return INT_MAX_EXACT;
}

/* The lowest and highest number the field takes, in the type's own unit. */
static void field_range(const struct field *field, int64_t *ret_low, int64_t *ret_high)
{
    const int64_t most = type_max(field->type);
    const bool is_open = field->high == 0 && field->low >= 0;

    *ret_high = is_open ? most : field->high;
    *ret_low = field->low == 0 && field->flags & FIELD_SIGNED ? -most : field->low;
}

/* A limit of the field as a person reads it. */
static const char *limit_text(const struct field *field, int64_t limit,
                              char ret_text[NUMBER_TEXT_MAX])
{
    switch (field->type) {
    case FIELD_MONEY:
        return money_show((struct money){limit}, ret_text);
    case FIELD_QTY:
        return qty_text((struct qty){limit}, ret_text);
    case FIELD_RATE:
        return rate_text((struct rate){limit}, ret_text);
    case FIELD_INT:
    case FIELD_ID:
    case FIELD_TEXT:
    case FIELD_BOOL:
    case FIELD_DAY:
    case FIELD_INSTANT:
    case FIELD_ENUM:
    case FIELD_ROWS:
    case FIELD_TYPE_COUNT:
        break;
    }
    snprintf(ret_text, NUMBER_TEXT_MAX, "%lld", (long long)limit);
    return ret_text;
}

static status check_number(const struct field *field, const void *row, struct fault *fault)
{
    const int64_t value = field_get_number(field, row);
    char label[FIELD_LABEL_MAX];
    char limit[NUMBER_TEXT_MAX];
    int64_t low;
    int64_t high;

    field_range(field, &low, &high);
    if (field_number_is_none(field, value))
        return OK;
    if (value < 0 && low == 0)
        return fault_field(fault, field->name, "%s cannot be negative.",
                           field_label_in(field, label));
    if (value < low)
        return fault_field(fault, field->name, "%s must be at least %s.",
                           field_label_in(field, label), limit_text(field, low, limit));
    if (value > high)
        return fault_field(fault, field->name, "%s must be at most %s.",
                           field_label_in(field, label), limit_text(field, high, limit));
    return OK;
}

static status check_reference(const struct field *field, const void *row, struct fault *fault)
{
    const int64_t value = field_get_number(field, row);
    char label[FIELD_LABEL_MAX];

    if (value < 0 || value > type_max(field->type))
        return fault_field(fault, field->name, "%s is not a %s: choose one from the list.",
                           field_label_in(field, label),
                           field->type == FIELD_ID ? "number of a record" : "moment in time");
    return OK;
}

static status check_length(const struct field *field, const char *text, size_t length,
                           struct fault *fault)
{
    const size_t max = field_max(field);
    char label[FIELD_LABEL_MAX];
    bool is_wide = false;

    if (length <= max)
        return OK;
    for (size_t i = 0; i < length && !is_wide; i++)
        is_wide = (unsigned char)text[i] >= 0x80;
    return fault_field(fault, field->name,
                       "%s can be at most %zu characters long and this has %zu: shorten it%s.",
                       field_label_in(field, label), max, length,
                       is_wide ? " (letters with accents and signs count for more than one)" : "");
}

/* As text_phone keeps it: "+16195550142" or "+16195550142;12". */
static bool is_phone(const char *text)
{
    const size_t digits = *text == '+' ? strspn(text + 1, "0123456789") : 0;
    const char *rest = text + 1 + digits;

    if (digits < 7 || digits > 15)
        return false;
    if (*rest == ';' && rest[1] != '\0')
        rest += 1 + strspn(rest + 1, "0123456789");
    return *rest == '\0';
}

static status check_text(const struct field *field, const void *row, struct fault *fault)
{
    const char *text = field_get_text(field, row);
    const size_t length = strlen(text);
    const bool many = (field->flags & FIELD_MANY_LINES) != 0;
    char label[FIELD_LABEL_MAX];

    TRY(check_length(field, text, length, fault));
    if (!text_is_safe(text, length, many ? TEXT_MANY_LINES : TEXT_ONE_LINE))
        return fault_field(fault, field->name,
                           "%s holds characters that cannot be shown: write letters, digits and "
                           "signs only%s.",
                           field_label_in(field, label), many ? "" : ", on one line");
    if (!(field->flags & (FIELD_NUMBERS_OK | FIELD_SECRET | FIELD_PHONE)) &&
        text_has_card_number(text))
        return fault_field(fault, field->name,
                           "Card numbers are not kept: write only the last four digits.");
    if (field->flags & FIELD_PHONE && length > 0 && !is_phone(text))
        return fault_field(fault, field->name,
                           "%s is no phone number: write ten digits, such as 619-555-0142.",
                           field_label_in(field, label));
    return OK;
}

static status check_day(const struct field *field, const void *row, struct fault *fault)
{
    const struct day *day = field_of(field, row);
    char label[FIELD_LABEL_MAX];

    if (day->iso[0] == '\0' || day_is_valid(*day))
        return OK;
    return fault_field(fault, field->name,
                       "%s is no day of the calendar: write it like 2026-11-24.",
                       field_label_in(field, label));
}

static status check_choice(const struct field *field, const void *row, struct fault *fault)
{
    char label[FIELD_LABEL_MAX];
    char words[300];

    if (field_get_choice(field, row) < field->choices->count)
        return OK;
    field_list_words(field->choices, words, sizeof words);
    return fault_field(fault, field->name, "%s is one of: %s.", field_label_in(field, label),
                       words);
}

static status check_rows(const struct field *field, const void *row, struct fault *fault)
{
    const struct rows *rows = field_of(field, row);
    char label[FIELD_LABEL_MAX];

    if (field->flags & FIELD_ONE && rows->count > 1)
        return fault_field(fault, field->name, "%s is given more than once: keep one.",
                           field_label_in(field, label));
    for (size_t i = 0; i < rows->count; i++) {
        const status checked = shape_check(field->rows, rows_of(field, rows, i), fault);
        if (checked != OK) {
            field_prefix_row(field, i, fault);
            return checked;
        }
    }
    return OK;
}

status field_check(const struct field *field, const void *row, struct fault *fault)
{
    switch (field->type) {
    case FIELD_TEXT:
        return check_text(field, row, fault);
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_QTY:
    case FIELD_RATE:
        return check_number(field, row, fault);
    case FIELD_INSTANT:
    case FIELD_ID:
        return check_reference(field, row, fault);
    case FIELD_DAY:
        return check_day(field, row, fault);
    case FIELD_ENUM:
        return check_choice(field, row, fault);
    case FIELD_ROWS:
        return check_rows(field, row, fault);
    case FIELD_BOOL:
    case FIELD_TYPE_COUNT:
        break;
    }
    return OK;
}

status shape_check(const struct shape *shape, const void *row, struct fault *fault)
{
    char label[FIELD_LABEL_MAX];

    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        assert(field->type != FIELD_ID || field->size == sizeof(int64_t));
        if (field->flags & FIELD_REQUIRED && field_is_empty(field, row))
            return fault_field(fault, field->name,
                               field->type == FIELD_ROWS ? "%s: add at least one."
                                                         : "%s is missing: fill it in.",
                               field_label_in(field, label));
        TRY(field_check(field, row, fault));
    }
    return OK;
}
