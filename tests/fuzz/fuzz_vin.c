/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* libFuzzer: any text is answered, with every text set, a year of the law's table or none, and
 * cleaning what was cleaned changes nothing. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/vin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define INSIST(truth)                                                                              \
    do {                                                                                           \
        if (!(truth))                                                                              \
            abort();                                                                               \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *text = arena_text_n(&arena, (const char *)data, size);
    struct vin_facts facts;

    vin_decode(text, &arena, &facts);
    INSIST(strlen(facts.vin) <= VIN_KEPT_MAX);
    INSIST(facts.year == 0 || (facts.year >= VIN_FIRST_YEAR && facts.year <= VIN_LAST_YEAR));
    INSIST(facts.valid == (facts.state == VIN_VALID));
    INSIST(facts.state == VIN_NONE || facts.valid || *facts.note != '\0');
    INSIST(*facts.model == '\0' || *facts.make != '\0');
    INSIST(strcmp(vin_clean(&arena, facts.vin), facts.vin) == 0);
    return 0;
}
