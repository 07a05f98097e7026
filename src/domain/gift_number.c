/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Numbers of certificates: eleven random digits, so that nobody guesses one, and a twelfth that
 * finds every wrong digit and every two neighbours that changed places. Twelve digits are no card
 * number (those have thirteen at least). */

#include <string.h>

#include "base/text.h"
#include "domain/gift.h"

/* A quasigroup of order ten with 0 along the diagonal and no two that commute (H. M. Damm, 2004).
 */
static const unsigned char steps[10][10] = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3}, {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6}, {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7}, {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
};

char gift_check_digit(const char *digits, size_t count)
{
    unsigned at = 0;

    for (size_t i = 0; i < count; i++)
        at = steps[at][digits[i] - '0'];
    return (char)('0' + at);
}

const char *gift_number_show(struct arena *arena, const char *number)
{
    if (strlen(number) != GIFT_DIGITS)
        return number;
    return arena_printf(arena, "%.4s-%.4s-%.4s", number, number + 4, number + 8);
}

const char *gift_number_read(struct arena *arena, const char *typed)
{
    const char *digits = text_digits(arena, typed);

    if (strlen(digits) != GIFT_DIGITS || strspn(typed, "0123456789- ") != strlen(typed))
        return NULL;
    return gift_check_digit(digits, GIFT_DIGITS) == '0' ? digits : NULL;
}
