/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How much room characters take on a terminal, and where a text may be cut. Widths are those of
 * the C library's wcwidth and of terminals that follow it: ambiguous ones are 1, and a cluster is
 * as wide as its characters, because most terminals draw them one by one. */

#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

/* Vowels and finals of Hangul written in parts: they are drawn into the cell of their consonant. */
static bool is_hangul_part(uint32_t c)
{
    return (c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FF);
}

/* Unassigned characters are drawn as one mark, and spacing vowel signs as a cell of their own,
 * though Unicode calls them combining. */
static int table_cells(uint32_t character)
{
    const utf8proc_int32_t c = (utf8proc_int32_t)character;
    const utf8proc_category_t category = utf8proc_category(c);
    if (category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_MC)
        return 1;
    return is_hangul_part(character) ? 0 : utf8proc_charwidth(c);
}

int text_char_cells(uint32_t character)
{
    if (character < 0x7F)
        return character >= 0x20;
    if (character < 0xA0)
        return 0;
    if (character < 0x300)
        return character != 0xAD;
    return table_cells(character);
}

bool text_char_is_assigned(uint32_t character)
{
    return utf8proc_category((utf8proc_int32_t)character) != UTF8PROC_CATEGORY_CN;
}

size_t text_cells(const char *text, size_t length)
{
    size_t cells = 0;
    while (length > 0) {
        uint32_t c;
        const size_t count = text_next(text, length, &c);
        cells += (size_t)text_char_cells(c);
        text += count;
        length -= count;
    }
    return cells;
}

static bool is_plain(const char *text, size_t length)
{
    return length > 0 && *text >= 0x20 && *text < 0x7F;
}

/* Bytes of the cluster that starts here (Unicode Annex 29, extended grapheme clusters) and the
 * cells it takes. */
static size_t cluster(const char *text, size_t length, size_t *ret_cells)
{
    *ret_cells = 1;
    if (is_plain(text, length) && (length == 1 || is_plain(text + 1, length - 1)))
        return 1;
    uint32_t before, c;
    utf8proc_int32_t state = 0;
    size_t taken = text_next(text, length, &before);
    *ret_cells = (size_t)text_char_cells(before);
    while (taken < length) {
        const size_t count = text_next(text + taken, length - taken, &c);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)c, &state))
            break;
        *ret_cells += (size_t)text_char_cells(c);
        taken += count;
        before = c;
    }
    return taken;
}

size_t text_fit(const char *text, size_t length, size_t cells)
{
    size_t taken = 0;
    while (taken < length) {
        size_t width;
        const size_t count = cluster(text + taken, length - taken, &width);
        if (width > cells)
            break;
        cells -= width;
        taken += count;
    }
    return taken;
}

size_t text_cluster(const char *text, size_t length)
{
    size_t cells;
    return length == 0 ? 0 : cluster(text, length, &cells);
}

/* Clusters can only be told apart from the front, so the text is walked from its beginning unless
 * its last two bytes are plain. */
size_t text_cluster_back(const char *text, size_t length)
{
    if (length == 0)
        return 0;
    if (is_plain(text + length - 1, 1) && (length == 1 || is_plain(text + length - 2, 1)))
        return 1;
    size_t count = 0;
    for (size_t at = 0; at < length; at += count)
        count = text_cluster(text + at, length - at);
    return count;
}
