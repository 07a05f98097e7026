/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_JSON_H
#define PITLANE_BASE_JSON_H

/* Shapes as JSON (RFC 8259). Money, quantities, hours and rates are decimal strings ("602.01"),
 * days and instants ISO strings, enums words, ids and counts numbers, empty days, instants and ids
 * null. Only home of jansson.h. */

#include "base/field.h"

/* Writes a text as a JSON string: quotes, backslashes, all control characters, DEL, C1 and bidi
 * controls escaped; broken UTF-8 as U+FFFD. */
void json_write_text(struct buf *out, const char *text);

/* Writes one row as an object. Fields whose right is not held, and secrets, are left out.
 * `indent` 0 is one line; otherwise blanks per level. */
void json_write(struct buf *out, const struct shape *shape, const void *row,
                const struct right_set *rights, int indent);

/* Reads one object into a row that shape_init has set up. Refuses by name: unknown keys
 * ("lines.2.colour"), wrong types, JSON numbers with a decimal point or exponent where exact
 * decimals are wanted, more than 16 levels, duplicate keys, text after the object. */
status json_read(const char *text, size_t length, const struct shape *shape,
                 const struct field_context *context, void *row, struct fault *fault) MUST_USE;

#endif
