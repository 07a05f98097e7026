/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Finds payment card numbers in free text, so that they are refused before they are stored (PCI
 * DSS 4.0, requirement 3). VINs, part numbers, phone numbers and dates must pass: an alarm that
 * rings for them teaches people to ignore it. */

#include <string.h>

#include "base/text.h"

#define CARD_MIN 13
#define CARD_MAX 19

/* Digits written without a gap between them. */
struct group {
    const char *at;
    size_t length;
};

/* Groups with a single blank or dash between them: "4111 1111 1111 1111". A card has no more groups
 * than digits, so older ones are forgotten. */
struct run {
    struct group groups[CARD_MAX];
    size_t count;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of one blank or dash, also those that word processors put in their place. */
static size_t gap_length(const char *at)
{
    static const char *const gaps[] = {
        " ",
        "-",
        "\xC2\xA0",
        "\xE2\x80\x89",
        "\xE2\x80\xAF",
        "\xE2\x80\x90",
        "\xE2\x80\x91",
        "\xE2\x80\x92",
        "\xE2\x80\x93",
        "\xE2\x88\x92",
    };
    for (size_t i = 0; i < COUNT_OF(gaps); i++)
        if (text_starts(at, gaps[i]))
            return strlen(gaps[i]);
    return 0;
}

static size_t groups_digits(const struct group *groups, size_t count, char digits[CARD_MAX])
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        if (length + groups[i].length > CARD_MAX)
            return 0;
        memcpy(digits + length, groups[i].at, groups[i].length);
        length += groups[i].length;
    }
    return length;
}

/* ISO/IEC 7812-1, annex B. */
static bool passes_luhn(const char *digits, size_t length)
{
    int sum = 0;
    for (size_t i = 0; i < length; i++) {
        const int digit = digits[length - 1 - i] - '0';
        const int value = i % 2 == 0 ? digit : 2 * digit;
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

/* Cards begin with 3 to 6, and since 2017 also with 2221 to 2720. */
static bool begins_like_a_card(const char *digits)
{
    if (digits[0] >= '3' && digits[0] <= '6')
        return true;
    return digits[0] == '2' && memcmp(digits, "2221", 4) >= 0 && memcmp(digits, "2720", 4) <= 0;
}

/* Cards are written in groups of four or more (4-4-4-4, 4-6-5, 8-8), in equal groups with a rest
 * at the end, or 4-3-3-3. Phone numbers (3-3-4) and dates (4-2-2) beside them are not. */
static bool grouped_like_a_card(const struct group *groups, size_t count)
{
    bool long_ones = true;
    bool equal = groups[count - 1].length <= groups[0].length;
    bool old_visa = count == 4 && groups[0].length == 4;
    for (size_t i = 0; i + 1 < count; i++) {
        long_ones = long_ones && groups[i].length >= 4;
        equal = equal && groups[i].length == groups[0].length;
    }
    for (size_t i = 1; i < count; i++)
        old_visa = old_visa && groups[i].length == 3;
    return long_ones || equal || old_visa;
}

static bool is_card(const struct group *groups, size_t count)
{
    char digits[CARD_MAX];
    const size_t length = groups_digits(groups, count, digits);
    return length >= CARD_MIN && begins_like_a_card(digits) && passes_luhn(digits, length) &&
           grouped_like_a_card(groups, count);
}

static size_t digits_length(const char *at)
{
    return strspn(at, "0123456789");
}

/* Other signs, and several: "4111.1111.1111.1111", "4111 - 1111 …". Between long groups only, so
 * that prices, dates and phone numbers in a row are not taken for one number. */
static size_t wide_gap_length(const char *at)
{
    size_t length = 0;
    for (size_t i = 0; i < 3; i++) {
        const size_t gap = gap_length(at + length);
        const bool sign = at[length] != '\0' && strchr("./_,", at[length]) != NULL;
        length += gap > 0 ? gap : sign;
    }
    return length;
}

static void run_add(struct run *run, const char *at, size_t length)
{
    if (run->count == CARD_MAX) {
        run->count--;
        memmove(run->groups, run->groups + 1, run->count * sizeof *run->groups);
    }
    run->groups[run->count++] = (struct group){at, length};
}

/* Where the card number begins that ends with the last group; NULL when none does. */
static const char *run_card(const struct run *run)
{
    for (size_t count = run->count; count >= 1; count--)
        if (is_card(run->groups + run->count - count, count))
            return run->groups[run->count - count].at;
    return NULL;
}

/* What a card reader that is plugged in as a keyboard types: track 1 "%B4111…^DOE/JANE^…", track 2
 * ";4111…=2512…" (ISO/IEC 7813). */
static bool is_track(const char *at)
{
    const bool first = at[0] == '%' && (at[1] == 'B' || at[1] == 'b');
    if (!first && at[0] != ';')
        return false;
    const char *number = at + (first ? 2 : 1);
    const size_t length = digits_length(number);
    return length >= 12 && length <= CARD_MAX && number[length] == (first ? '^' : '=');
}

/* Takes the digits at `at`. A group that touches a letter is a piece of a VIN or of a part number,
 * and ends what was before it. */
static size_t take_group(struct run *run, const char *at, bool after_letter)
{
    const size_t length = digits_length(at);
    if (after_letter || is_letter(at[length]))
        run->count = 0;
    else
        run_add(run, at, length);
    return length;
}

/* Bytes between the last group and the next that may belong to the same number. */
static size_t gap_behind(const struct run *run, const char *at)
{
    const size_t gap = gap_length(at);
    const size_t wide = wide_gap_length(at);
    if (is_digit(at[gap]))
        return gap;
    const bool is_long = run->count > 0 && run->groups[run->count - 1].length >= 4;
    return is_long && digits_length(at + wide) >= 4 ? wide : 0;
}

struct found_card {
    const char *at;
    size_t length;
};

/* The first card number of a text, or a magnetic track up to the next blank. */
static bool find_card(const char *text, struct found_card *ret)
{
    struct run run = {.count = 0};
    bool after_letter = false;

    for (const char *at = text; *at != '\0';) {
        if (is_digit(*at)) {
            at += take_group(&run, at, after_letter);
            const char *card = run_card(&run);
            if (card != NULL) {
                *ret = (struct found_card){card, (size_t)(at - card)};
                return true;
            }
            at += gap_behind(&run, at);
            after_letter = false;
        } else {
            if (is_track(at)) {
                *ret = (struct found_card){at, strcspn(at, " \n\t")};
                return true;
            }
            run.count = 0;
            after_letter = is_letter(*at++);
        }
    }
    return false;
}

bool text_has_card_number(const char *text)
{
    struct found_card card;

    return text != NULL && find_card(text, &card);
}

const char *text_hide_card_numbers(struct arena *arena, const char *text)
{
    AUTO_BUF out = BUF(strlen(text) * 2 + 64);
    struct found_card card;

    while (find_card(text, &card)) {
        const char *digits = text_digits(arena, arena_text_n(arena, card.at, card.length));
        const size_t count = strlen(digits);
        buf_add(&out, text, (size_t)(card.at - text));
        /* Of a track, whose last digits are no part of the number, nothing is kept. */
        if (is_digit(*card.at))
            buf_printf(&out, "ending %s", digits + count - 4);
        else
            buf_text(&out, "(card)");
        text = card.at + card.length;
    }
    buf_text(&out, text);
    return arena_text(arena, buf_str(&out));
}
