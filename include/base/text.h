/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_TEXT_H
#define PITLANE_BASE_TEXT_H

/* UTF-8 text from outside: made safe, compared, measured in terminal cells. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

enum text_lines { TEXT_ONE_LINE, TEXT_MANY_LINES };

/* The one sanitiser. Whatever is shown, printed or written for people passes here: invalid UTF-8
 * becomes U+FFFD; C0, DEL, C1 and ESC go; bidi controls (U+202A-202E, U+2066-2069), zero-width
 * and tag characters go; line breaks and tabs become one blank in TEXT_ONE_LINE and are kept as LF
 * (tabs as blanks) in TEXT_MANY_LINES. */
void text_sanitize(struct buf *out, const char *text, size_t length, enum text_lines lines);
const char *text_safe(struct arena *arena, const char *text);
/* True when text_sanitize would change nothing. */
bool text_is_safe(const char *text, size_t length, enum text_lines lines);

/* Cleans what a person or a file entered: sanitised, NFC, outer blanks trimmed. */
const char *text_clean(struct arena *arena, const char *text, enum text_lines lines);

/* Unicode NFC alone: letters written in several ways become the same; nothing else is touched, and
 * broken UTF-8 comes back as it is. For passwords, which are compared and never shown. */
const char *text_composed(struct arena *arena, const char *text);

/* Search key: case folded, accents stripped, every run of other characters than letters and digits
 * becomes one blank. "José O'Brien-Ng" -> "jose o brien ng". */
const char *text_fold(struct arena *arena, const char *text);
/* The letter without its accents, for terminals that know no others: 'e' for é, 'L' for Ł; 0 where
 * one ASCII letter does not say it. */
char text_letter_ascii(uint32_t character);
/* Only the ASCII digits of a text. */
const char *text_digits(struct arena *arena, const char *text);
/* Upper-case letters and digits only: plates, VINs, SKUs typed with blanks and dashes. */
const char *text_code(struct arena *arena, const char *text);
/* Upper case and no blanks; dashes stay, because part numbers and plates are printed with them. */
const char *text_code_printed(struct arena *arena, const char *text);

bool text_is_empty(const char *text); /* NULL, "" or blanks */
bool text_same(const char *a, const char *b);
bool text_starts(const char *text, const char *prefix);

/* Decodes one character; returns the bytes it takes (1 and U+FFFD for a broken one; 0 at the end).
 */
size_t text_next(const char *text, size_t length, uint32_t *ret_char);
size_t text_encode(uint32_t character, char ret_bytes[4]);

/* Cells a character takes on a terminal: 0 combining, 1, or 2 wide. Ambiguous ones take 1. */
int text_char_cells(uint32_t character);
/* Not seen, or changes how others are seen: zero-width, bidi controls, tags, variation selectors.
 */
bool text_char_is_unseen(uint32_t character);
/* Known to Unicode (of the library's version); terminals draw others each in their own way. */
bool text_char_is_assigned(uint32_t character);
size_t text_cells(const char *text, size_t length);
/* Bytes of the longest prefix that fits in `cells` cells and ends between grapheme clusters. */
size_t text_fit(const char *text, size_t length, size_t cells);
/* Bytes of the grapheme cluster that starts here / ends here. */
size_t text_cluster(const char *text, size_t length);
size_t text_cluster_back(const char *text, size_t length);

/* True when the text holds a payment card number: 13-19 digits, blanks or dashes between allowed,
 * that pass the Luhn check and begin like a card's; a VIN or a part number of letters and digits is
 * not one (PCI DSS 3.x: never store a full PAN). */
bool text_has_card_number(const char *text);
/* The text with every such number cut to "ending 1111", which may be kept. */
const char *text_hide_card_numbers(struct arena *arena, const char *text);

/* US phone numbers, kept as E.164 ("+16195550142;12" with an extension) and shown as
 * "(619) 555-0142 x12". text_phone returns NULL when it is no phone number. */
const char *text_phone(struct arena *arena, const char *text);
const char *text_phone_show(struct arena *arena, const char *e164);

#endif
