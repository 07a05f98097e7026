/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One value of a row: where it is, whether it is there, what it reads like. What people type is in
 * field_parse.c, what is allowed in field_check.c, whole rows in shape.c. */

#include "base/field.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "field_inner.h"

/* From here on whole numbers are grouped by thousands for people; years stay as they are. */
#define GROUPED_FROM 10000

void *field_at(const struct field *field, void *row)
{
    return (char *)row + field->offset;
}

const void *field_of(const struct field *field, const void *row)
{
    return (const char *)row + field->offset;
}

const char *field_get_text(const struct field *field, const void *row)
{
    const char *const *text = field_of(field, row);

    return *text != NULL ? *text : "";
}

int64_t field_get_number(const struct field *field, const void *row)
{
    int64_t value;

    assert(field->size == sizeof value);
    memcpy(&value, field_of(field, row), sizeof value);
    return value;
}

unsigned field_get_choice(const struct field *field, const void *row)
{
    unsigned value;

    assert(field->size == sizeof value);
    memcpy(&value, field_of(field, row), sizeof value);
    return value;
}

static struct day get_day(const struct field *field, const void *row)
{
    return *(const struct day *)field_of(field, row);
}

void field_clear(const struct field *field, void *row)
{
    const int64_t none = NUMBER_NONE;

    memset(field_at(field, row), 0, field->size);
    if (field->type == FIELD_TEXT)
        *(const char **)field_at(field, row) = "";
    else if (field->flags & FIELD_OPTIONAL)
        memcpy(field_at(field, row), &none, sizeof none);
}

size_t field_max(const struct field *field)
{
    if (field->max != 0)
        return field->max;
    return field->flags & FIELD_MANY_LINES ? 4000 : 200;
}

/* Words of names that people write in capitals. */
static bool is_abbreviation(const char *word, size_t length)
{
    static const char *const known[] = {"id",  "po",  "ro",  "sku", "upc",
                                        "vin", "zip", "url", "pdf", "dot"};

    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (strlen(known[i]) == length && memcmp(known[i], word, length) == 0)
            return true;
    return false;
}

const char *field_label_in(const struct field *field, char ret_label[FIELD_LABEL_MAX])
{
    size_t used = 0;

    if (field->label != NULL)
        return field->label;
    for (const char *word = field->name; *word != '\0';) {
        const size_t length = strcspn(word, "_.");
        const bool capitals = is_abbreviation(word, length);
        for (size_t i = 0; i < length && used + 2 < FIELD_LABEL_MAX; i++) {
            const bool upper = capitals || used == 0;
            ret_label[used++] = (char)(upper ? toupper((unsigned char)word[i]) : word[i]);
        }
        word += length;
        if (*word != '\0') {
            ret_label[used++] = ' ';
            word++;
        }
    }
    ret_label[used] = '\0';
    return ret_label;
}

const char *field_label(const struct field *field, struct arena *arena)
{
    char made[FIELD_LABEL_MAX];

    if (field->label != NULL)
        return field->label;
    return arena_text(arena, field_label_in(field, made));
}

bool field_number_is_none(const struct field *field, int64_t value)
{
    if (field->flags & FIELD_OPTIONAL)
        return value == NUMBER_NONE;
    return field->type == FIELD_INT && value == 0 && (field->low > 0 || field->high < 0);
}

bool field_is_empty(const struct field *field, const void *row)
{
    switch (field->type) {
    case FIELD_TEXT:
        return text_is_empty(field_get_text(field, row));
    case FIELD_DAY:
        return get_day(field, row).iso[0] == '\0';
    case FIELD_INSTANT:
    case FIELD_ID:
        return field_get_number(field, row) == 0;
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_QTY:
    case FIELD_RATE:
        return field_number_is_none(field, field_get_number(field, row));
    case FIELD_ROWS:
        return ((const struct rows *)field_of(field, row))->count == 0;
    case FIELD_BOOL:
    case FIELD_ENUM:
    case FIELD_TYPE_COUNT:
        break;
    }
    return false;
}

static bool rows_equal(const struct field *field, const struct rows *a, const struct rows *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const void *one = rows_of(field, a, i);
        const void *other = rows_of(field, b, i);
        for (size_t f = 0; f < field->rows->count; f++)
            if (!field_equal(&field->rows->fields[f], one, other))
                return false;
    }
    return true;
}

bool field_equal(const struct field *field, const void *a, const void *b)
{
    if (field->type == FIELD_TEXT)
        return strcmp(field_get_text(field, a), field_get_text(field, b)) == 0;
    if (field->type == FIELD_DAY)
        return strcmp(get_day(field, a).iso, get_day(field, b).iso) == 0;
    if (field->type == FIELD_ROWS)
        return rows_equal(field, field_of(field, a), field_of(field, b));
    return memcmp(field_of(field, a), field_of(field, b), field->size) == 0;
}

/* Whole numbers for people: "112,340". */
static void format_grouped(int64_t value, struct buf *out)
{
    char digits[NUMBER_TEXT_MAX];
    const int length = snprintf(digits, sizeof digits, "%" PRId64, value);
    const int sign = value < 0 ? 1 : 0;

    for (int i = 0; i < length; i++) {
        if (i > sign && (length - i) % 3 == 0)
            buf_char(out, ',');
        buf_char(out, digits[i]);
    }
}

static void format_int(int64_t value, enum field_style style, struct buf *out)
{
    if (style == FIELD_SHOWN && (value >= GROUPED_FROM || value <= -GROUPED_FROM))
        format_grouped(value, out);
    else
        buf_printf(out, "%" PRId64, value);
}

static void format_text(const struct field *field, const char *text, enum field_style style,
                        struct buf *out)
{
    AUTO_ARENA scratch = ARENA_EMPTY;
    const char *shown = NULL;

    if (style == FIELD_SHOWN && field->flags & FIELD_PHONE && *text != '\0')
        shown = text_phone_show(&scratch, text);
    buf_text(out, shown != NULL ? shown : text);
}

static void format_day(struct day day, enum field_style style, struct buf *out)
{
    char text[DAY_TEXT_MAX];

    if (day.iso[0] != '\0')
        buf_text(out, style == FIELD_SHOWN ? day_show(day, text) : day.iso);
}

static void format_instant(struct instant at, enum field_style style, struct buf *out)
{
    char text[DAY_TEXT_MAX];

    if (at.seconds != 0)
        buf_text(out, style == FIELD_SHOWN ? instant_show(at, text) : instant_text(at, text));
}

void field_format(const struct field *field, const void *row, enum field_style style,
                  struct buf *out)
{
    const void *value = field_of(field, row);
    const bool shown = style == FIELD_SHOWN;
    char text[NUMBER_TEXT_MAX];

    if (field->type != FIELD_TEXT && field_is_empty(field, row))
        return;
    switch (field->type) {
    case FIELD_TEXT:
        format_text(field, field_get_text(field, row), style, out);
        break;
    case FIELD_INT:
        format_int(field_get_number(field, row), style, out);
        break;
    case FIELD_BOOL:
        if (shown)
            buf_text(out, *(const bool *)value ? "yes" : "no");
        else
            buf_text(out, *(const bool *)value ? "true" : "false");
        break;
    case FIELD_MONEY:
        buf_text(out, shown ? money_show(*(const struct money *)value, text)
                            : money_text(*(const struct money *)value, text));
        break;
    case FIELD_QTY:
        buf_text(out, qty_text(*(const struct qty *)value, text));
        break;
    case FIELD_RATE:
        buf_text(out, rate_text(*(const struct rate *)value, text));
        buf_text(out, shown ? " %" : "");
        break;
    case FIELD_DAY:
        format_day(get_day(field, row), style, out);
        break;
    case FIELD_INSTANT:
        format_instant(*(const struct instant *)value, style, out);
        break;
    case FIELD_ENUM:
        buf_text(out, shown ? choice_label(field->choices, field_get_choice(field, row))
                            : choice_word(field->choices, field_get_choice(field, row)));
        break;
    case FIELD_ID:
        if (field_get_number(field, row) != 0)
            buf_printf(out, "%" PRId64, field_get_number(field, row));
        break;
    case FIELD_ROWS:
    case FIELD_TYPE_COUNT:
        break;
    }
}

const char *field_text(const struct field *field, const void *row, enum field_style style,
                       struct arena *arena)
{
    AUTO_BUF out = BUF_MIB(16);

    if (field->type == FIELD_TEXT && !(field->flags & FIELD_PHONE))
        return arena_text(arena, field_get_text(field, row));
    field_format(field, row, style, &out);
    return arena_text(arena, buf_str(&out));
}

const char *choice_word(const struct choices *choices, unsigned value)
{
    return value < choices->count ? choices->at[value].word : "?";
}

const char *choice_label(const struct choices *choices, unsigned value)
{
    if (value >= choices->count)
        return "?";
    return choices->at[value].label != NULL ? choices->at[value].label : choices->at[value].word;
}

/* "in_progress", "In progress" and "in-progress" are the same word to a person. */
static char plain_char(char c)
{
    if (c == '_' || c == '-')
        return ' ';
    return (char)tolower((unsigned char)c);
}

static bool same_word(const char *a, const char *b)
{
    while (*a != '\0' && plain_char(*a) == plain_char(*b)) {
        a++;
        b++;
    }
    return *a == '\0' && *b == '\0';
}

int choice_value(const struct choices *choices, const char *word)
{
    for (size_t i = 0; i < choices->count; i++) {
        const struct choice *choice = &choices->at[i];
        if (same_word(choice->word, word))
            return (int)i;
        if (choice->label != NULL && same_word(choice->label, word))
            return (int)i;
    }
    return -1;
}
