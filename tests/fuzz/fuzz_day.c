/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* libFuzzer: whatever is read as a day or an instant is a real one, and is read back from each of
 * the texts that show it. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define INSIST(truth)                                                                              \
    do {                                                                                           \
        if (!(truth))                                                                              \
            abort();                                                                               \
    } while (0)

static const struct day today = {"2026-11-24"};

static void read_day_back(const char *text)
{
    char shown[DAY_TEXT_MAX];
    struct fault fault;
    struct day day, again;
    if (day_parse(text, today, &day, &fault) != OK) {
        INSIST(fault.code == ERR_INVALID && fault.text[0] != '\0');
        return;
    }
    INSIST(day_is_valid(day));
    INSIST(day_compare(day_from_number(day_number(day)), day) == 0);
    INSIST(day_parse(day_show(day, shown), today, &again, NULL) == OK);
    INSIST(day_compare(day, again) == 0);
}

static void read_instant_back(const char *text)
{
    char shown[DAY_TEXT_MAX];
    struct fault fault;
    struct instant at, again;
    const struct instant now = day_instant(today, 600);
    if (instant_parse(text, now, &at, &fault) != OK) {
        INSIST(fault.code == ERR_INVALID && fault.text[0] != '\0');
        return;
    }
    if (instant_text(at, shown)[0] == '\0')
        return; /* 1970 to the second, or an offset that leads out of the calendar */
    INSIST(instant_parse(shown, now, &again, NULL) == OK);
    INSIST(at.seconds == again.seconds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[128];
    const size_t length = size < sizeof text ? size : sizeof text - 1;
    memcpy(text, data, length);
    text[length] = '\0';
    if (zone_use("America/Chicago", NULL) != OK)
        return 0;
    read_day_back(text);
    read_instant_back(text);
    return 0;
}
