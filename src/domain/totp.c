/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One-time codes by liboath, of which this is the only home. */

#include "domain/totp.h"

#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/secret.h"

#define DIGITS 6

bool totp_code(const void *seed, size_t size, int64_t step, char ret_code[TOTP_CODE_MAX])
{
    return step >= 0 && oath_init() == OATH_OK &&
           oath_hotp_generate(seed, size, (uint64_t)step, DIGITS, false,
                              OATH_HOTP_DYNAMIC_TRUNCATION, ret_code) == OATH_OK;
}

/* "123 456" as six digits; false for anything else. */
static bool read_code(const char *code, char ret_digits[TOTP_CODE_MAX])
{
    size_t count = 0;

    for (; *code != '\0'; code++) {
        if (*code == ' ')
            continue;
        if (*code < '0' || *code > '9' || count == DIGITS)
            return false;
        ret_digits[count++] = *code;
    }
    ret_digits[count] = '\0';
    return count == DIGITS;
}

bool totp_matches(const void *seed, size_t size, int64_t now, int64_t last_step, const char *code,
                  int64_t *ret_step)
{
    const int64_t middle = now / TOTP_STEP_SECONDS;
    char typed[TOTP_CODE_MAX], right[TOTP_CODE_MAX];
    bool found = false;

    if (!read_code(code, typed))
        return false;
    /* Every step is worked out, so that the time does not tell which one it was. */
    for (int64_t step = middle - TOTP_WINDOW; step <= middle + TOTP_WINDOW; step++)
        if (totp_code(seed, size, step, right) && secret_same(typed, right) && step > last_step) {
            *ret_step = step;
            found = true;
        }
    secret_wipe(right, sizeof right);
    return found;
}

const char *totp_base32(struct arena *arena, const void *bytes, size_t size)
{
    char *text = NULL;
    size_t length = 0;

    if (oath_base32_encode(bytes, size, &text, &length) != OATH_OK)
        return NULL;
    while (length > 0 && text[length - 1] == '=')
        length--;
    const char *kept = arena_text_n(arena, text, length);
    secret_wipe(text, length);
    free(text);
    return kept;
}

bool totp_from_base32(const char *text, void *ret_bytes, size_t size)
{
    char *bytes = NULL;
    size_t length = 0;

    if (oath_base32_decode(text, strlen(text), &bytes, &length) != OATH_OK)
        return false;
    if (length == size)
        memcpy(ret_bytes, bytes, size);
    secret_wipe(bytes, length);
    free(bytes);
    return length == size;
}

/* RFC 3986 section 2.3: what need not be escaped anywhere. A blank is %20, never a plus. */
static void write_escaped(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const unsigned char c = (unsigned char)*text;
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                              (c >= 'a' && c <= 'z') || (c != '\0' && strchr("-._~", c) != NULL);
        if (is_plain)
            buf_char(out, (char)c);
        else
            buf_printf(out, "%%%02X", c);
    }
}

const char *totp_uri(struct arena *arena, const char *issuer, const char *account,
                     const char *base32)
{
    AUTO_BUF uri = BUF(8192);

    buf_text(&uri, "otpauth://totp/");
    write_escaped(&uri, issuer);
    buf_char(&uri, ':');
    write_escaped(&uri, account);
    buf_printf(&uri, "?secret=%s&issuer=", base32);
    write_escaped(&uri, issuer);
    buf_printf(&uri, "&algorithm=SHA1&digits=%d&period=%d", DIGITS, TOTP_STEP_SECONDS);
    const char *kept = arena_text(arena, buf_str(&uri));
    secret_wipe(uri.at, uri.length);
    return kept;
}
