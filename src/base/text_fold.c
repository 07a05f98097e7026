/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Keys made of texts: for searching (folded), for numbers (digits), for plates, VINs and part
 * numbers (codes). */

#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

/* One character decomposes into 18 at most (U+FDFA, Unicode 15). */
#define DECOMPOSED_MAX 24
/* A folded character may be longer than its source: U+FDFA is 3 bytes and becomes 33. */
#define FOLDED_GROWTH 12

/* Letters that Unicode does not take for a base letter with an accent, as a counter without those
 * keys would type them. They are looked up after case folding, so lower case is enough. */
struct plain_letter {
    uint32_t letter;
    const char *ascii;
};

/* clang-format off */
static const struct plain_letter plain_letters[] = {
    {0x00E6, "ae"}, /* æ */  {0x00F0, "d"},  /* ð */  {0x00F8, "o"},  /* ø */
    {0x00FE, "th"}, /* þ */  {0x0111, "d"},  /* đ */  {0x0127, "h"},  /* ħ */
    {0x0131, "i"},  /* ı */  {0x0138, "k"},  /* ĸ */  {0x0142, "l"},  /* ł */
    {0x014B, "ng"}, /* ŋ */  {0x0153, "oe"}, /* œ */  {0x0167, "t"},  /* ŧ */
    {0x0180, "b"},  /* ƀ */  {0x0192, "f"},  /* ƒ */  {0x019A, "l"},  /* ƚ */
    {0x01B6, "z"},  /* ƶ */  {0x01E5, "g"},  /* ǥ */  {0x0247, "e"},  /* ɇ */
    {0x0249, "j"},  /* ɉ */  {0x024D, "r"},  /* ɍ */  {0x024F, "y"},  /* ɏ */
    {0x0253, "b"},  /* ɓ */  {0x0254, "o"},  /* ɔ */  {0x0256, "d"},  /* ɖ */
    {0x0257, "d"},  /* ɗ */  {0x0259, "e"},  /* ə */  {0x025B, "e"},  /* ɛ */
    {0x0268, "i"},  /* ɨ */  {0x0272, "n"},  /* ɲ */  {0x0199, "k"},  /* ƙ */
    {0x01B4, "y"},  /* ƴ */  {0x023C, "c"},  /* ȼ */  {0x2C65, "a"},  /* ⱥ */
    {0x2C66, "t"},  /* ⱦ */
};
/* clang-format on */

static const char *plain_letter(uint32_t c)
{
    for (size_t i = 0; i < COUNT_OF(plain_letters); i++)
        if (plain_letters[i].letter == c)
            return plain_letters[i].ascii;
    return NULL;
}

static bool is_ascii_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_letter_or_digit(uint32_t c)
{
    if (c < 0x80)
        return is_ascii_letter(c) || is_ascii_digit(c);
    const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

static void add_char(struct buf *out, uint32_t c)
{
    char bytes[4];
    buf_add(out, bytes, text_encode(c, bytes));
}

/* A key being written: a gap is put down only when something follows it. */
struct folding {
    struct buf *out;
    bool gap;
};

static void add_folded(struct folding *in, uint32_t c)
{
    if (!is_letter_or_digit(c)) {
        in->gap = true;
        return;
    }
    if (in->gap && in->out->length > 0)
        buf_char(in->out, ' ');
    in->gap = false;
    const char *ascii = c < 0x80 ? NULL : plain_letter(c);
    if (ascii != NULL)
        buf_text(in->out, ascii);
    else
        add_char(in->out, c);
}

static void fold_character(struct folding *in, uint32_t c)
{
    utf8proc_int32_t parts[DECOMPOSED_MAX];
    int boundary = 0;
    const utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, DECOMPOSED_MAX,
                                UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                    UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
                                &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < DECOMPOSED_MAX; i++)
        add_folded(in, (uint32_t)parts[i]);
}

static uint32_t below_accents(uint32_t c)
{
    utf8proc_int32_t parts[DECOMPOSED_MAX];
    int boundary = 0;
    const utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, DECOMPOSED_MAX,
                                UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &boundary);

    return count == 1 ? (uint32_t)parts[0] : c;
}

char text_letter_ascii(uint32_t character)
{
    const uint32_t base = below_accents(character);
    const uint32_t lower = (uint32_t)utf8proc_tolower((utf8proc_int32_t)base);

    if (is_ascii_letter(base))
        return (char)base;
    const char *ascii = plain_letter(lower);
    if (ascii == NULL || ascii[1] != '\0')
        return '\0';
    return (char)(lower == base ? ascii[0] : ascii[0] - 'a' + 'A');
}

const char *text_fold(struct arena *arena, const char *text)
{
    if (text == NULL)
        return "";
    size_t length = strlen(text);
    AUTO_BUF out = BUF(FOLDED_GROWTH * length + 1);
    struct folding in = {.out = &out};
    while (length > 0) {
        uint32_t c;
        const size_t count = text_next(text, length, &c);
        if (c >= 0x80)
            fold_character(&in, c);
        else
            add_folded(&in, c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        text += count;
        length -= count;
    }
    return arena_text(arena, buf_str(&out));
}

const char *text_digits(struct arena *arena, const char *text)
{
    if (text == NULL)
        return "";
    char *digits = arena_alloc(arena, strlen(text) + 1);
    char *at = digits;
    for (; *text != '\0'; text++)
        if (is_ascii_digit((unsigned char)*text))
            *at++ = *text;
    return digits;
}

const char *text_code_printed(struct arena *arena, const char *text)
{
    char *code = arena_text(arena, text);
    size_t used = 0;

    for (const char *at = text; *at != '\0'; at++)
        if (*at != ' ')
            code[used++] = *at >= 'a' && *at <= 'z' ? (char)(*at & ~0x20) : *at;
    code[used] = '\0';
    return code;
}

const char *text_code(struct arena *arena, const char *text)
{
    if (text == NULL)
        return "";
    text = text_clean(arena, text, TEXT_ONE_LINE);
    size_t length = strlen(text);
    AUTO_BUF out = BUF(2 * length + 1);
    while (length > 0) {
        uint32_t c;
        const size_t count = text_next(text, length, &c);
        if (c < 0x80)
            c = c >= 'a' && c <= 'z' ? c & ~0x20u : c;
        else
            c = (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
        if (is_letter_or_digit(c))
            add_char(&out, c);
        text += count;
        length -= count;
    }
    return arena_text(arena, buf_str(&out));
}
