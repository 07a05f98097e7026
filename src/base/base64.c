/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Base64, strictly: one text for every sequence of bytes, and the other way round. */

#include "base/base64.h"

#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_write(struct buf *out, const void *bytes, size_t count)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < count; i += 3) {
        const unsigned second = i + 1 < count ? at[i + 1] : 0,
                       third = i + 2 < count ? at[i + 2] : 0;
        const unsigned group = (unsigned)at[i] << 16 | second << 8 | third;
        const char text[4] = {
            letters[group >> 18],
            letters[group >> 12 & 63],
            i + 1 < count ? letters[group >> 6 & 63] : '=',
            i + 2 < count ? letters[group & 63] : '=',
        };
        buf_add(out, text, sizeof text);
    }
}

/* Values of four letters; the number of bytes they stand for, 0 when they stand for none. */
static size_t read_group(const char *text, unsigned *ret_group)
{
    const size_t used = text[2] == '=' ? 2 : text[3] == '=' ? 3 : 4;
    unsigned group = 0;

    for (size_t i = 0; i < 4; i++) {
        const char *letter = i < used ? strchr(letters, text[i]) : letters;
        if (letter == NULL || *letter == '\0' || (i >= used && text[i] != '='))
            return 0;
        group = group << 6 | (unsigned)(letter - letters);
    }
    *ret_group = group;
    /* What the padding leaves over must be nothing. */
    return (group & (0xFFFFFFu >> (used - 1) * 8)) == 0 ? used - 1 : 0;
}

bool base64_read(struct buf *out, const char *text)
{
    const size_t length = strlen(text);
    unsigned group = 0;

    if (length % 4 != 0)
        return false;
    for (size_t i = 0; i < length; i += 4) {
        const size_t count = read_group(text + i, &group);
        const unsigned char bytes[3] = {(unsigned char)(group >> 16), (unsigned char)(group >> 8),
                                        (unsigned char)group};
        if (count == 0 || (count < 3 && i + 4 < length))
            return false;
        buf_add(out, bytes, count);
    }
    return true;
}
