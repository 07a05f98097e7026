/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_FIELD_INNER_H
#define PITLANE_BASE_FIELD_INNER_H

/* What the files of fields, shapes and JSON share, and nobody else needs. */

#include "base/field.h"

#define FIELD_LABEL_MAX 64

/* The label, or one made from the name in the given room. */
const char *field_label_in(const struct field *field, char ret_label[FIELD_LABEL_MAX]);

const char *field_get_text(const struct field *field, const void *row); /* never NULL */
/* The number inside any of the 8-byte types, in the type's own unit. */
int64_t field_get_number(const struct field *field, const void *row);
unsigned field_get_choice(const struct field *field, const void *row);
/* An optional number that nobody gave, and a whole number that is 0 although its range leaves out 0
 * (a year, an odometer), are not there. */
bool field_number_is_none(const struct field *field, int64_t value);
/* Makes it the empty value. */
void field_clear(const struct field *field, void *row);

static inline const void *rows_of(const struct field *field, const struct rows *rows, size_t index)
{
    return (const char *)rows->at + index * field->rows->size;
}
static inline void *rows_at(const struct field *field, struct rows *rows, size_t index)
{
    return (char *)rows->at + index * field->rows->size;
}

/* Cleans a text and applies the field's flags. A phone that is none stays as it is. */
const char *field_clean_text(const struct field *field, const char *text, struct arena *arena);

/* Writes the words of the choices, "labor, part, sublet", as far as there is room. */
void field_list_words(const struct choices *choices, char *ret_text, size_t room);

/* Puts the field before the name of one inside its row: "lines.2", or "supplies" with FIELD_ONE. */
void field_prefix_row(const struct field *field, size_t index, struct fault *fault);

#endif
