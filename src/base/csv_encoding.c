/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Which encoding a file of a shop's old program is in, and its text in UTF-8. */

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "csv_inner.h"

/* clang-format off */
/* Windows code page 1252, 0x80 to 0x9F; the rest equals ISO 8859-1 and so Unicode. 0: not in use. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};
/* clang-format on */

/* Eight characters of plain ASCII at once. */
static bool is_ascii_8(const unsigned char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

/* Bytes of the well-formed character that starts here, 0 for a broken one (Unicode 15, table 3-7:
 * no overlong forms, no surrogates, nothing above U+10FFFF). */
static size_t utf8_size(const unsigned char *at, size_t left)
{
    const unsigned char lead = at[0];
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    size_t size;

    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    if (left < size || at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < size; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

/* Where the text stops being UTF-8; its length when it never does. */
static size_t utf8_length(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;

    while (at < length) {
        if (length - at >= 8 && is_ascii_8(bytes + at)) {
            at += 8;
            continue;
        }
        const size_t size = utf8_size(bytes + at, length - at);
        if (size == 0)
            break;
        at += size;
    }
    return at;
}

static uint32_t windows_char(unsigned char byte)
{
    if (byte < 0x80 || byte >= 0xA0)
        return byte;
    return windows_1252[byte - 0x80] != 0 ? windows_1252[byte - 0x80] : 0xFFFD;
}

static void from_windows(const char *bytes, size_t length, struct arena *arena,
                         struct csv_text *text)
{
    char *out = arena_alloc(arena, length * 3 + 1); /* no character of it takes more than three */
    size_t used = 0;

    for (size_t i = 0; i < length; i++) {
        char encoded[4];
        const size_t size = text_encode(windows_char((unsigned char)bytes[i]), encoded);
        memcpy(out + used, encoded, size);
        used += size;
    }
    *text = (struct csv_text){.at = out, .length = used, .encoding = "Windows-1252"};
}

static bool starts(const char *bytes, size_t length, const char *mark, size_t mark_length)
{
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

static size_t line_of(const char *bytes, size_t offset)
{
    size_t line = 1;

    for (size_t i = 0; i < offset; i++)
        if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n'))
            line++;
    return line;
}

/* Files that are no text of single bytes, each with what to do about it. */
static status refuse_binary(const char *bytes, size_t length, struct fault *fault)
{
    const char *nul;

    if (length == 0)
        return fault_set(fault, ERR_INVALID, "The file is empty: export it again.");
    if (starts(bytes, length, "PK\x03\x04", 4) || starts(bytes, length, "\xD0\xCF\x11\xE0", 4))
        return fault_set(fault, ERR_INVALID,
                         "This is a spreadsheet: open it and save it as CSV in UTF-8.");
    nul = memchr(bytes, '\0', length);
    if (starts(bytes, length, "\xFF\xFE", 2) || starts(bytes, length, "\xFE\xFF", 2) ||
        (nul != NULL && nul - bytes < 2))
        return fault_set(fault, ERR_INVALID, "The file is in UTF-16: save it as CSV in UTF-8.");
    if (nul != NULL)
        return fault_set(fault, ERR_INVALID,
                         "Line %zu holds a NUL byte, so this is no CSV file: export it again.",
                         line_of(bytes, (size_t)(nul - bytes)));
    return OK;
}

status csv_decode(const char *bytes, size_t length, struct arena *arena, struct csv_text *ret,
                  struct fault *fault)
{
    const size_t mark = starts(bytes, length, "\xEF\xBB\xBF", 3) ? 3 : 0;
    struct csv_text text = {
        .at = bytes + mark,
        .length = length - mark,
        .encoding = mark != 0 ? "UTF-8 with mark" : "UTF-8",
    };
    size_t good;

    TRY(refuse_binary(bytes, length, fault));
    good = utf8_length(text.at, text.length);
    if (good < text.length && mark != 0)
        return fault_set(fault, ERR_INVALID,
                         "The file says it is in UTF-8, but line %zu is not: export it again.",
                         line_of(text.at, good));
    if (good < text.length)
        from_windows(bytes, length, arena, &text);
    *ret = text;
    return OK;
}
