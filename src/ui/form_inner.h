/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_FORM_INNER_H
#define PITLANE_UI_FORM_INNER_H

/* What the files of the form share. */

#include "ui/form.h"

struct form_field *form_focused(struct form *form); /* NULL without fields */
bool form_is_open(const struct form_field *at);     /* may be changed */
/* Reads the text into the row; the message says what is wrong. */
status form_read(struct form *form, struct form_field *at);
/* The value as a person would type it and see it, NULL-safe, in the form's arena. */
const char *form_value_text(struct form *form, const struct field *field, const void *row);
void form_message(struct form *form, struct form_field *at, const char *sentence);
/* The focused field is left for another one: read, and written out in full when it is right. */
void form_move(struct form *form, size_t to);

#endif
