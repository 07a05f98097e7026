/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Phone numbers: read as people and other programs write them, kept as E.164 with the extension
 * behind a semicolon, shown as the shop's customers know them. */

#include <string.h>

#include "base/text.h"

/* ITU-T E.164: at most 15 digits. The shortest international numbers in use have seven. */
#define E164_MIN      7
#define E164_MAX      15
#define NATIONAL      10
#define EXTENSION_MAX 7
/* More than a number, its extension and generous punctuation is something else. */
#define WRITTEN_MAX 64

struct phone {
    char digits[E164_MAX + 4]; /* room for "011" before the country code */
    size_t length;
    bool international; /* began with '+' */
    const char *extension;
    size_t extension_length;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool starts_folded(const char *text, const char *prefix)
{
    for (; *prefix != '\0'; text++, prefix++)
        if (lower(*text) != *prefix)
            return false;
    return true;
}

/* Bytes of one sign between digits; no-break blanks and typographic dashes come with pasted text.
 */
static size_t separator_length(const char *at)
{
    static const char *const signs[] = {
        " ",
        "-",
        ".",
        "(",
        ")",
        "/",
        "\xC2\xA0",
        "\xE2\x80\x90",
        "\xE2\x80\x91",
        "\xE2\x80\x92",
        "\xE2\x80\x93",
    };
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        if (text_starts(at, signs[i]))
            return strlen(signs[i]);
    return 0;
}

static const char *skip_blanks(const char *at)
{
    while (*at == ' ')
        at++;
    return at;
}

/* The number itself, up to the end or to what may be an extension; NULL when it is too long. */
static const char *read_number(const char *at, struct phone *phone)
{
    at += at[0] == '(' && at[1] == '+';
    phone->international = *at == '+';
    at += phone->international;
    for (;;) {
        const size_t separator = separator_length(at);
        if (separator > 0) {
            at += separator;
        } else if (!is_digit(*at)) {
            return at;
        } else if (phone->length == sizeof phone->digits) {
            return NULL;
        } else {
            phone->digits[phone->length++] = *at++;
        }
    }
}

/* "x12", "ext 12", "ext. 12", "extension 12", "#12" and our own ";12". */
static bool read_extension(const char *at, struct phone *phone)
{
    static const char *const words[] = {"extension", "ext.", "ext", "x.", "x", "#", ";"};
    if (*at == '\0')
        return true;
    at += *at == ',' ? 1 : 0;
    at = skip_blanks(at);
    size_t word = 0;
    while (word < COUNT_OF(words) && !starts_folded(at, words[word]))
        word++;
    if (word == COUNT_OF(words))
        return false;
    at = skip_blanks(at + strlen(words[word]));
    at = skip_blanks(at + (*at == ':' || *at == '#'));
    phone->extension = at;
    phone->extension_length = strspn(at, "0123456789");
    return phone->extension_length > 0 && phone->extension_length <= EXTENSION_MAX &&
           *skip_blanks(at + phone->extension_length) == '\0';
}

/* North American Numbering Plan: area code and exchange begin with 2 to 9. Area codes that are not
 * in use (such as N11) are kept: a number is worth more with a slip in it than not at all. */
static bool is_national(const char *digits)
{
    return digits[0] >= '2' && digits[3] >= '2';
}

static void drop_digits(struct phone *phone, size_t count)
{
    phone->length -= count;
    memmove(phone->digits, phone->digits + count, phone->length);
}

/* Brings the digits into their international form, country code first. */
static bool complete(struct phone *phone)
{
    if (!phone->international && phone->length > 11 && memcmp(phone->digits, "011", 3) == 0) {
        phone->international = true; /* 011 is what is dialled for '+' */
        drop_digits(phone, 3);
    }
    const bool with_one = phone->length == NATIONAL + 1 && phone->digits[0] == '1';
    if (with_one)
        return is_national(phone->digits + 1);
    if (phone->international)
        return phone->length >= E164_MIN && phone->length <= E164_MAX && phone->digits[0] >= '2';
    if (phone->length != NATIONAL || !is_national(phone->digits))
        return false;
    memmove(phone->digits + 1, phone->digits, NATIONAL);
    phone->digits[0] = '1';
    phone->length++;
    return true;
}

const char *text_phone(struct arena *arena, const char *text)
{
    struct phone phone = {.length = 0};
    if (text == NULL || strlen(text) > WRITTEN_MAX)
        return NULL;
    const char *rest = read_number(skip_blanks(text), &phone);
    if (rest == NULL || !read_extension(rest, &phone) || !complete(&phone))
        return NULL;
    return arena_printf(arena, "+%.*s%s%.*s", (int)phone.length, phone.digits,
                        phone.extension_length > 0 ? ";" : "", (int)phone.extension_length,
                        phone.extension_length > 0 ? phone.extension : "");
}

/* What is not in our form is shown as it is: it was kept from another program. */
const char *text_phone_show(struct arena *arena, const char *e164)
{
    if (e164 == NULL)
        return "";
    if (e164[0] != '+')
        return arena_text(arena, e164);
    const size_t digits = strspn(e164 + 1, "0123456789");
    const char *after = e164 + 1 + digits;
    const char *mark = *after == ';' ? " x" : "";
    const char *extension = *after == ';' ? after + 1 : after;
    if (digits == NATIONAL + 1 && e164[1] == '1')
        return arena_printf(arena, "(%.3s) %.3s-%.4s%s%s", e164 + 2, e164 + 5, e164 + 8, mark,
                            extension);
    return arena_printf(arena, "%.*s%s%s", (int)(digits + 1), e164, mark, extension);
}
