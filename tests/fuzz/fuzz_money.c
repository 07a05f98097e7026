/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* libFuzzer: whatever text money, quantity, rate and count accept is written and read back the
 * same, and the first eight bytes are spread over the rest as weights. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define INSIST(truth)                                                                              \
    do {                                                                                           \
        if (!(truth))                                                                              \
            abort();                                                                               \
    } while (0)

static void read_back(const char *text)
{
    char written[NUMBER_TEXT_MAX];
    struct fault fault;
    struct money money, money_again;
    struct qty qty, qty_again;
    struct rate rate, rate_again;
    int64_t number;

    if (money_parse(text, &money, &fault) == OK) {
        INSIST(money_parse(money_show(money, written), &money_again, NULL) == OK);
        INSIST(money.cents == money_again.cents);
    }
    if (qty_parse(text, &qty, &fault) == OK) {
        INSIST(qty_parse(qty_text(qty, written), &qty_again, NULL) == OK);
        INSIST(qty.thousandths == qty_again.thousandths);
    }
    if (rate_parse(text, &rate, &fault) == OK) {
        INSIST(rate_parse(rate_text(rate, written), &rate_again, NULL) == OK);
        INSIST(rate.ppm == rate_again.ppm);
    }
    if (number_parse(text, &number, &fault) != OK)
        INSIST(fault.code == ERR_INVALID && fault.text[0] != '\0');
}

static void spread(const uint8_t *data, size_t size)
{
    struct money numbers[17], shares[16], sum;
    size_t count = size / sizeof *numbers;
    count = count > COUNT_OF(numbers) ? COUNT_OF(numbers) : count;
    if (count < 2)
        return;
    memcpy(numbers, data, count * sizeof *numbers);
    if (money_spread(numbers[0], numbers + 1, count - 1, shares) != OK)
        return;
    INSIST(money_sum(shares, count - 1, &sum) == OK);
    INSIST(sum.cents == numbers[0].cents);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[256];
    const size_t length = size < sizeof text ? size : sizeof text - 1;
    memcpy(text, data, length);
    text[length] = '\0';
    read_back(text);
    spread(data, size);
    return 0;
}
