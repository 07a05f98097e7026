/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Exact decimals as people and files write them: to text and back, without ever passing through a
 * float. Which characters a form lets in while typing is the form's business. */

#include "base/money.h"

#include <string.h>

/* How one kind of number is written and what to say when it is not. */
struct notation {
    unsigned decimals;
    int64_t max; /* in the type's unit */
    char before; /* a sign allowed in front: '$' */
    char after;  /* a sign allowed behind: '%' */
    const char *unreadable;
    const char *too_fine;
    const char *too_large;
};

static const struct notation money_notation = {
    .decimals = 2,
    .max = MONEY_MAX_CENTS,
    .before = '$',
    .unreadable = "Write an amount like 12.50.",
    .too_fine = "An amount has at most two decimals: write it like 12.50.",
    .too_large = "The largest amount is 9,999,999,999.99.",
};

static const struct notation qty_notation = {
    .decimals = 3,
    .max = QTY_MAX_THOUSANDTHS,
    .unreadable = "Write a number like 2.5.",
    .too_fine = "Write at most three decimals, like 2.125.",
    .too_large = "The largest number here is 999,999,999.999.",
};

static const struct notation rate_notation = {
    .decimals = 4,
    .max = INT64_C(999999999999),
    .after = '%',
    .unreadable = "Write a percentage like 6.25.",
    .too_fine = "A percentage has at most four decimals: write it like 8.875.",
    .too_large = "The largest percentage is 99,999,999.9999.",
};

static const struct notation number_notation = {
    .decimals = 0,
    .max = INT64_MAX,
    .unreadable = "Write a whole number like 1200.",
    .too_fine = "Write a whole number, without decimals.",
    .too_large = "This number is too large.",
};

/* Fills `ret_text` from its end; the caller's text is always long enough: 19 digits, 6 commas, a
 * point, a sign and the NUL. */
static const char *decimal_text(int64_t value, unsigned decimals, unsigned shown, bool grouped,
                                char ret_text[NUMBER_TEXT_MAX])
{
    char digits[NUMBER_TEXT_MAX];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    unsigned place = 0;

    for (; decimals > shown && rest % 10 == 0; decimals--)
        rest /= 10;
    digits[--at] = '\0';
    for (; place < decimals; place++, rest /= 10)
        digits[--at] = (char)('0' + rest % 10);
    if (decimals > 0)
        digits[--at] = '.';
    for (place = 0; place == 0 || rest > 0; place++, rest /= 10) {
        if (grouped && place > 0 && place % 3 == 0)
            digits[--at] = ',';
        digits[--at] = (char)('0' + rest % 10);
    }
    if (value < 0)
        digits[--at] = '-';
    memcpy(ret_text, digits + at, sizeof digits - at);
    return ret_text;
}

const char *money_text(struct money amount, char ret_text[NUMBER_TEXT_MAX])
{
    return decimal_text(amount.cents, 2, 2, false, ret_text);
}

const char *money_show(struct money amount, char ret_text[NUMBER_TEXT_MAX])
{
    return decimal_text(amount.cents, 2, 2, true, ret_text);
}

const char *qty_text(struct qty quantity, char ret_text[NUMBER_TEXT_MAX])
{
    return decimal_text(quantity.thousandths, 3, 0, false, ret_text);
}

const char *rate_text(struct rate rate, char ret_text[NUMBER_TEXT_MAX])
{
    return decimal_text(rate.ppm, 4, 0, false, ret_text);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *skip_blanks(const char *at)
{
    while (is_blank(*at))
        at++;
    return at;
}

/* A number being read. The magnitude stops growing once it is past the limit, so it cannot wrap. */
struct reading {
    const struct notation *notation;
    const char *at;
    uint64_t value;
    unsigned whole_digits;
    unsigned decimals;
    bool too_large;
};

static void take_digit(struct reading *in, unsigned digit)
{
    const uint64_t max = (uint64_t)in->notation->max;
    if (in->too_large || in->value > (max - digit) / 10)
        in->too_large = true;
    else
        in->value = in->value * 10 + digit;
}

/* Digits before the point. Commas, when there are any, stand before every group of three: "1,50"
 * is a European's 1.50 and must not become 150. False when they do not. */
static bool read_whole(struct reading *in)
{
    unsigned since_comma = 0;
    bool grouped = false;
    for (;; in->at++) {
        if (is_digit(*in->at)) {
            take_digit(in, (unsigned)(*in->at - '0'));
            in->whole_digits++;
            since_comma++;
        } else if (*in->at == ',') {
            if (grouped ? since_comma != 3 : since_comma == 0 || since_comma > 3)
                return false;
            grouped = true;
            since_comma = 0;
        } else {
            return !grouped || since_comma == 3;
        }
    }
}

/* Digits after the point, filled up with zeros to the type's unit. */
static void read_decimals(struct reading *in)
{
    if (*in->at == '.') {
        for (in->at++; is_digit(*in->at); in->at++, in->decimals++)
            if (in->decimals < in->notation->decimals)
                take_digit(in, (unsigned)(*in->at - '0'));
    }
    for (unsigned i = in->decimals; i < in->notation->decimals; i++)
        take_digit(in, 0);
}

/* The minus stands before the dollar sign or after it. */
static bool read_signs(struct reading *in)
{
    bool negative = false;
    bool seen = false;
    for (;; in->at++) {
        if (*in->at == '-' && !negative)
            negative = true;
        else if (in->notation->before != '\0' && *in->at == in->notation->before && !seen)
            seen = true;
        else
            return negative;
    }
}

static status decimal_parse(const char *text, const struct notation *notation, int64_t *ret,
                            struct fault *fault)
{
    struct reading in = {.notation = notation, .at = skip_blanks(text)};
    const bool negative = read_signs(&in);
    if (!read_whole(&in))
        return fault_set(fault, ERR_INVALID, "%s", notation->unreadable);
    read_decimals(&in);
    if (notation->after != '\0') {
        in.at = skip_blanks(in.at);
        in.at += *in.at == notation->after;
    }
    if (*skip_blanks(in.at) != '\0' || in.whole_digits + in.decimals == 0)
        return fault_set(fault, ERR_INVALID, "%s", notation->unreadable);
    if (in.decimals > notation->decimals)
        return fault_set(fault, ERR_INVALID, "%s", notation->too_fine);
    if (in.too_large)
        return fault_set(fault, ERR_INVALID, "%s", notation->too_large);
    *ret = negative ? -(int64_t)in.value : (int64_t)in.value;
    return OK;
}

status money_parse(const char *text, struct money *ret, struct fault *fault)
{
    return decimal_parse(text, &money_notation, &ret->cents, fault);
}

status qty_parse(const char *text, struct qty *ret, struct fault *fault)
{
    return decimal_parse(text, &qty_notation, &ret->thousandths, fault);
}

status rate_parse(const char *text, struct rate *ret, struct fault *fault)
{
    return decimal_parse(text, &rate_notation, &ret->ppm, fault);
}

status number_parse(const char *text, int64_t *ret, struct fault *fault)
{
    return decimal_parse(text, &number_notation, ret, fault);
}
