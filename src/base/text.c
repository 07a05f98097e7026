/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* UTF-8 to characters and back, and the questions that need no table of Unicode. Safety is in
 * text_safe.c, searching in text_fold.c, width in text_cells.c. */

#include "base/text.h"

#include <string.h>

#define REPLACEMENT 0xFFFDu

/* A lead byte: how many bytes follow, which of its bits count, the least character it may make
 * (a smaller one is an overlong form and so an attempt to hide it; RFC 3629, section 3). */
struct lead {
    unsigned char mask;
    unsigned char mark;
    unsigned char more;
    uint32_t least;
};

static const struct lead leads[] = {
    {0xE0, 0xC0, 1, 0x80},
    {0xF0, 0xE0, 2, 0x800},
    {0xF8, 0xF0, 3, 0x10000},
};

static const struct lead *lead_of(unsigned char byte)
{
    for (size_t i = 0; i < COUNT_OF(leads); i++)
        if ((byte & leads[i].mask) == leads[i].mark)
            return &leads[i];
    return NULL;
}

static bool is_character(uint32_t c)
{
    return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

size_t text_next(const char *text, size_t length, uint32_t *ret_char)
{
    *ret_char = REPLACEMENT;
    if (length == 0)
        return 0;
    const unsigned char first = (unsigned char)text[0];
    if (first < 0x80) {
        *ret_char = first;
        return 1;
    }
    const struct lead *lead = lead_of(first);
    if (lead == NULL || length <= lead->more)
        return 1;
    uint32_t c = first & (unsigned char)~lead->mask;
    for (size_t i = 1; i <= lead->more; i++) {
        const unsigned char next = (unsigned char)text[i];
        if ((next & 0xC0) != 0x80)
            return 1;
        c = c << 6 | (next & 0x3F);
    }
    if (c < lead->least || !is_character(c))
        return 1;
    *ret_char = c;
    return 1u + lead->more;
}

size_t text_encode(uint32_t character, char ret_bytes[4])
{
    uint32_t c = is_character(character) ? character : REPLACEMENT;
    if (c < 0x80) {
        ret_bytes[0] = (char)c;
        return 1;
    }
    const size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    for (size_t i = more; i > 0; i--, c >>= 6)
        ret_bytes[i] = (char)(0x80 | (c & 0x3F));
    ret_bytes[0] = (char)(leads[more - 1].mark | c);
    return more + 1;
}

/* Blanks of any width count: a name of ideographic blanks is no name. */
bool text_is_empty(const char *text)
{
    if (text == NULL)
        return true;
    size_t length = strlen(text);
    while (length > 0) {
        uint32_t c;
        const size_t count = text_next(text, length, &c);
        const bool blank = c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 ||
                           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
                           c == 0x202F || c == 0x205F || c == 0x3000;
        if (!blank)
            return false;
        text += count;
        length -= count;
    }
    return true;
}

bool text_same(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

bool text_starts(const char *text, const char *prefix)
{
    return strncmp(text == NULL ? "" : text, prefix, strlen(prefix)) == 0;
}
