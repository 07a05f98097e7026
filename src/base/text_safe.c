/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The one sanitiser: what a terminal, a printer or a reader could be tricked with does not come
 * through. And the cleaning of what people and files enter (Unicode NFC). */

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

enum verdict { KEEP, DROP, BREAK, TAB, REPLACE };

struct span {
    uint32_t from;
    uint32_t to;
};

/* Characters that are not seen, or that change how others are seen: a number or a name with one
 * inside looks like another and is not equal to it. Variation selectors and the zero-width joiner
 * are among them because terminals disagree about the width of what they make.
 * Source: Unicode 15, Default_Ignorable_Code_Point and Bidi_Control; UTR 36, section 3. */
/* clang-format off */
static const struct span unseen[] = {
    {0x00AD, 0x00AD},   /* soft hyphen */
    {0x034F, 0x034F},   /* combining grapheme joiner */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x180B, 0x180F},   /* Mongolian variation selectors and vowel separator */
    {0x200B, 0x200F},   /* zero-width space, non-joiner, joiner, left and right marks */
    {0x202A, 0x202E},   /* bidi embeddings and overrides */
    {0x2060, 0x206F},   /* word joiner, invisible operators, bidi isolates, old format characters */
    {0xFE00, 0xFE0F},   /* variation selectors */
    {0xFEFF, 0xFEFF},   /* byte order mark, zero-width no-break space */
    {0xFFF0, 0xFFFB},   /* interlinear annotation */
    {0x1BCA0, 0x1BCA3}, /* shorthand format */
    {0x1D173, 0x1D17A}, /* musical format */
    {0xE0000, 0xE0FFF}, /* tags, more variation selectors */
};
/* clang-format on */

bool text_char_is_unseen(uint32_t c)
{
    if (c < unseen[0].from)
        return false;
    for (size_t i = 0; i < COUNT_OF(unseen); i++)
        if (c >= unseen[i].from && c <= unseen[i].to)
            return true;
    return false;
}

static bool is_noncharacter(uint32_t c)
{
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

static enum verdict judge(uint32_t c)
{
    if (c == '\t')
        return TAB;
    if ((c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029)
        return BREAK;
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || text_char_is_unseen(c))
        return DROP;
    return is_noncharacter(c) ? REPLACE : KEEP;
}

/* Bytes at the start that are plain ASCII: nearly all of nearly every text. */
static size_t plain_run(const char *text, size_t length)
{
    size_t run = 0;
    while (run < length && text[run] >= 0x20 && text[run] < 0x7F)
        run++;
    return run;
}

static bool is_broken(uint32_t c, size_t count)
{
    return c == 0xFFFD && count == 1;
}

/* Where the text stands while it is being sanitised: CR LF is one break, and in one line a run of
 * breaks and tabs is one blank. */
struct cleaning {
    struct buf *out;
    enum text_lines lines;
    uint32_t last_gap; /* the break or tab just before, 0 when there was none */
};

static void add_gap(struct cleaning *in, uint32_t c)
{
    const bool many = in->lines == TEXT_MANY_LINES;
    const bool same_break = c == '\n' && in->last_gap == '\r';
    if (many ? !same_break : in->last_gap == 0)
        buf_char(in->out, many && c != '\t' ? '\n' : ' ');
    in->last_gap = c;
}

static void add_judged(struct cleaning *in, const char *text, size_t count, uint32_t c)
{
    switch (is_broken(c, count) ? REPLACE : judge(c)) {
    case DROP:
        return;
    case BREAK:
    case TAB:
        add_gap(in, c);
        return;
    case REPLACE:
        buf_text(in->out, "\xEF\xBF\xBD");
        break;
    case KEEP:
        buf_add(in->out, text, count);
        break;
    }
    in->last_gap = 0;
}

void text_sanitize(struct buf *out, const char *text, size_t length, enum text_lines lines)
{
    struct cleaning in = {.out = out, .lines = lines};
    while (length > 0) {
        size_t count = plain_run(text, length);
        if (count > 0) {
            buf_add(out, text, count);
            in.last_gap = 0;
        } else {
            uint32_t c;
            count = text_next(text, length, &c);
            add_judged(&in, text, count, c);
        }
        text += count;
        length -= count;
    }
}

bool text_is_safe(const char *text, size_t length, enum text_lines lines)
{
    for (size_t at = plain_run(text, length); at < length;) {
        uint32_t c;
        const size_t count = text_next(text + at, length - at, &c);
        const bool kept_break = c == '\n' && lines == TEXT_MANY_LINES;
        if (is_broken(c, count) || (judge(c) != KEEP && !kept_break))
            return false;
        at += count;
        at += plain_run(text + at, length - at);
    }
    return true;
}

/* A broken byte becomes three: no text grows more than that. */
static const char *sanitized(struct arena *arena, const char *text, size_t length,
                             enum text_lines lines)
{
    if (text_is_safe(text, length, lines))
        return arena_text_n(arena, text, length);
    AUTO_BUF out = BUF(3 * length + 1);
    text_sanitize(&out, text, length, lines);
    return arena_text(arena, buf_str(&out));
}

const char *text_safe(struct arena *arena, const char *text)
{
    return text == NULL ? "" : sanitized(arena, text, strlen(text), TEXT_ONE_LINE);
}

/* Below U+0300 every character is its own NFC form (Unicode, NFC_Quick_Check), so most texts need
 * no table at all: U+0300 is CC 80 in UTF-8. */
static bool is_surely_nfc(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0xCC)
            return false;
    return true;
}

static const char *composed(struct arena *arena, const char *text)
{
    utf8proc_uint8_t *nfc = NULL;
    const utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)text, 0, &nfc,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (length < 0)
        return text; /* broken UTF-8, or no memory */
    const char *kept = arena_text_n(arena, (const char *)nfc, (size_t)length);
    free(nfc);
    return kept;
}

const char *text_composed(struct arena *arena, const char *text)
{
    return is_surely_nfc(text) ? text : composed(arena, text);
}

static size_t blank_at_end(const char *text, size_t length)
{
    if (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\n'))
        return 1;
    return length > 1 && memcmp(text + length - 2, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static size_t blank_at_start(const char *text)
{
    if (*text == ' ' || *text == '\n')
        return 1;
    return strncmp(text, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

const char *text_clean(struct arena *arena, const char *text, enum text_lines lines)
{
    if (text_is_empty(text))
        return "";
    const char *safe = sanitized(arena, text, strlen(text), lines);
    safe = text_composed(arena, safe);
    size_t count;
    while ((count = blank_at_start(safe)) > 0)
        safe += count;
    size_t length = strlen(safe);
    while ((count = blank_at_end(safe, length)) > 0)
        length -= count;
    return safe[length] == '\0' ? safe : arena_text_n(arena, safe, length);
}
