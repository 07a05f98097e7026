/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Arithmetic on money. Every product is made in 128 bits and narrowed once, so a result is either
 * exact (or rounded once, half away from zero) or refused. Texts are in money_text.c. */

#include "base/money.h"

#include <stdlib.h>

#include "base/arena.h"

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 natural;

static natural magnitude(wide value)
{
    return value < 0 ? (natural)0 - (natural)value : (natural)value;
}

/* INT64_MIN is refused as well, so that every amount has a negative. */
static status narrow(wide value, struct money *ret)
{
    if (value > INT64_MAX || value < -(wide)INT64_MAX)
        return ERR_INVALID;
    ret->cents = (int64_t)value;
    return OK;
}

/* Half away from zero: half the divisor is added to the magnitude before the division. Doubling
 * both keeps an odd divisor exact; |top| is at most 2^126, so the doubled one fits. */
static status divide_rounded(wide top, wide bottom, struct money *ret)
{
    if (bottom == 0)
        return ERR_INVALID;
    const natural by = magnitude(bottom);
    const natural quotient = (2 * magnitude(top) + by) / (2 * by);
    if (quotient > (natural)INT64_MAX)
        return ERR_INVALID;
    const bool negative = (top < 0) != (bottom < 0);
    return narrow(negative ? -(wide)quotient : (wide)quotient, ret);
}

status money_add(struct money a, struct money b, struct money *ret)
{
    return narrow((wide)a.cents + b.cents, ret);
}

status money_sub(struct money a, struct money b, struct money *ret)
{
    return narrow((wide)a.cents - b.cents, ret);
}

status money_sum(const struct money *items, size_t count, struct money *ret)
{
    wide total = 0;
    for (size_t i = 0; i < count; i++)
        total += items[i].cents;
    return narrow(total, ret);
}

status money_times_qty(struct money unit, struct qty quantity, struct money *ret)
{
    return divide_rounded((wide)unit.cents * quantity.thousandths, 1000, ret);
}

status money_times_rate(struct money amount, struct rate rate, struct money *ret)
{
    return divide_rounded((wide)amount.cents * rate.ppm, 1000000, ret);
}

status money_share(struct money amount, int64_t part, int64_t whole, struct money *ret)
{
    return divide_rounded((wide)amount.cents * part, whole, ret);
}

int money_compare_products(int64_t a, int64_t b, int64_t c, int64_t d)
{
    const wide left = (wide)a * b, right = (wide)c * d;

    return left < right ? -1 : left > right;
}

/* What a share lost when its fraction was cut off, in units of 1 / (sum of the weights). */
struct loss {
    natural lost;
    size_t index;
};

static int larger_loss_first(const void *left, const void *right)
{
    const struct loss *a = left;
    const struct loss *b = right;
    if (a->lost != b->lost)
        return a->lost > b->lost ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static status weights_total(const struct money *weights, size_t count, natural *ret_total)
{
    natural total = 0;
    for (size_t i = 0; i < count; i++) {
        if (weights[i].cents < 0)
            return ERR_INVALID;
        total += magnitude(weights[i].cents);
    }
    *ret_total = total;
    return OK;
}

static void spread_nothing(size_t count, struct money *ret_shares)
{
    for (size_t i = 0; i < count; i++)
        ret_shares[i] = MONEY_ZERO;
}

/* Works on the magnitude, so that a negative amount is spread as the mirror of the positive one. */
status money_spread(struct money amount, const struct money *weights, size_t count,
                    struct money *ret_shares)
{
    natural total;
    TRY(weights_total(weights, count, &total));
    if (amount.cents == INT64_MIN || (total == 0 && amount.cents != 0))
        return ERR_INVALID;
    if (amount.cents == 0) {
        spread_nothing(count, ret_shares);
        return OK;
    }

    AUTO_ARENA scratch = ARENA_EMPTY;
    struct loss *losses = NEW_ARRAY(&scratch, struct loss, count);
    const int64_t sign = amount.cents < 0 ? -1 : 1;
    const natural whole = magnitude(amount.cents);
    int64_t left = (int64_t)whole;
    for (size_t i = 0; i < count; i++) {
        const natural product = whole * magnitude(weights[i].cents);
        const int64_t share = (int64_t)(product / total);
        losses[i] = (struct loss){.lost = product % total, .index = i};
        ret_shares[i].cents = sign * share;
        left -= share;
    }
    qsort(losses, count, sizeof *losses, larger_loss_first);
    for (size_t i = 0; left > 0; i++, left--)
        ret_shares[losses[i].index].cents += sign;
    return OK;
}
