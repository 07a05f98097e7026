/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Makes up numbers of vehicles that could exist: the demo shop's cars. Goes the decoder's way back:
 * takes a maker and a year, narrows every position to what some rows of the data allow together,
 * fills in the rest and lets vin_decode say whether it reads well. */

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/vin.h"
#include "vin_data.h"

enum {
    OLDEST_YEAR = 1998, /* what a repair shop sees */
    ATTEMPTS = 100,
    PLACES = 14, /* positions 4-8, a bar, positions 10-17: as in the keys */
    BAR = 5,
    POSITION_7 = 3,
    POSITION_10 = 6,
    POSITION_12 = 8
};

/* Codes of makers whose vehicles are common in the United States, the commonest several times. */
/* clang-format off */
static const char makers[][4] = {
    "1FA", "1FA", "1FA", "1FM", "1FM", "1FM", "1FM", "1FT", "1FT", "1FT", "1FT", "1FT", "2FM", "2FM", "3FA", "3FA",
    "1G1", "1G1", "1G1", "1GC", "1GC", "1GC", "1GC", "1GN", "1GN", "1GN", "2G1", "2GN", "2GN", "3GC", "3GC", "3GN",
    "1G4", "1G6", "1GK", "1GT", "1GT", "3GT", "1C4", "1C4", "1C4", "1C6", "1C6", "1C6", "1D7", "1J4", "2C3", "2C4",
    "1HG", "19X", "2HG", "2HK", "5FN", "JHM", "2T1", "2T3", "4T1", "5TD", "5TF", "JTD", "JTM", "JTH", "1N4", "1N6",
    "3N1", "5N1", "JN8", "5NP", "KMH", "KM8", "5XX", "5XY", "KNA", "KND", "4S3", "4S4", "JF1", "JF2", "JM1", "JM3",
    "3VW", "WVW", "5UX", "WBA", "4JG", "WDD", "WAU", "YV1",
};
/* clang-format on */

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
static const char year_codes[] = "ABCDEFGHJKLMNPRSTVWXY123456789";
#define DIGITS  UINT64_C(0x3ff)
#define ALL     ((UINT64_C(1) << (sizeof alphabet - 1)) - 1)
#define LETTERS (ALL & ~DIGITS)

/* splitmix64 */
static uint64_t draw(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static size_t draw_below(uint64_t *seed, size_t limit)
{
    return (size_t)(draw(seed) % limit);
}

static uint64_t place_mask(const struct vin_place *place)
{
    uint64_t mask = 0;

    for (size_t i = 0; i < sizeof alphabet - 1; i++) {
        if (vin_place_takes(place, alphabet[i]))
            mask |= UINT64_C(1) << i;
    }
    return mask;
}

/* Whether some number can fit the key and what is allowed. */
static bool fits(const uint64_t allowed[PLACES], const char *key)
{
    struct vin_place place;

    for (size_t i = 0; (key = vin_key_next(key, &place)) != NULL; i++) {
        if (i >= PLACES || (i == BAR && !vin_place_takes(&place, '|')))
            return false;
        if (i != BAR && (allowed[i] & place_mask(&place)) == 0)
            return false;
    }
    return true;
}

static void narrow(uint64_t allowed[PLACES], const char *key)
{
    struct vin_place place;

    for (size_t i = 0; (key = vin_key_next(key, &place)) != NULL; i++) {
        if (i != BAR)
            allowed[i] &= place_mask(&place);
    }
}

/* How many places that are narrowed already the key names too: the more, the more it belongs to the
 * rows taken so far (the engine of this model, not just some engine). */
static int kinship(const uint64_t allowed[PLACES], const char *key)
{
    struct vin_place place;
    int count = 0;

    for (size_t i = 0; i < PLACES && (key = vin_key_next(key, &place)) != NULL; i++)
        count += i != BAR && !place.any && allowed[i] != ALL;
    return count;
}

/* Takes one row that tells the element: of those that still fit, one of closest kin. */
static bool narrow_to(const struct vin_code *code, const struct vin_link *link,
                      enum vin_element element, uint64_t *seed, uint64_t allowed[PLACES])
{
    const size_t start = draw_below(seed, link->row_count);
    const char *best = NULL;

    for (size_t i = 0; i < link->row_count; i++) {
        const size_t row = link->first_row + (start + i) % link->row_count;
        const char *key = vin_data_row_key(code, row);
        if (vin_data_row_word(code, row, element) == NULL || !fits(allowed, key))
            continue;
        if (best == NULL || kinship(allowed, key) > kinship(allowed, best))
            best = key;
    }
    if (best != NULL)
        narrow(allowed, best);
    return best != NULL;
}

static void allow_by_law(uint64_t allowed[PLACES], int year, unsigned flags)
{
    const char code = year_codes[(year - VIN_FIRST_YEAR) % (int)(sizeof year_codes - 1)];

    for (size_t i = 0; i < PLACES; i++)
        allowed[i] = i >= POSITION_12 ? DIGITS : ALL;
    if ((flags & VIN_CODE_YEAR_BOUND) != 0)
        allowed[POSITION_7] = year >= VIN_FIRST_YEAR + 30 ? LETTERS : DIGITS;
    allowed[POSITION_10] = UINT64_C(1) << (strchr(alphabet, code) - alphabet);
}

static char draw_character(uint64_t mask, uint64_t *seed)
{
    size_t nth = draw_below(seed, (size_t)__builtin_popcountll(mask));
    size_t i = 0;

    for (; (mask >> i & 1) == 0 || nth > 0; i++)
        nth -= (size_t)(mask >> i & 1);
    return alphabet[i];
}

static void fill(const char *maker, const uint64_t allowed[PLACES], uint64_t *seed,
                 char ret_vin[VIN_LENGTH + 1])
{
    memcpy(ret_vin, maker, 3);
    for (size_t i = 0; i < PLACES; i++)
        ret_vin[i + 3] = i == BAR ? '0' : draw_character(allowed[i], seed);
    ret_vin[VIN_LENGTH] = 0;
    ret_vin[8] = vin_check_digit(ret_vin);
}

/* A link of a year that a shop sees; the year is drawn from its span. */
static const struct vin_link *draw_link(const struct vin_code *code, uint64_t *seed, int *ret_year)
{
    const struct vin_link *link = &code->links[draw_below(seed, code->link_count)];
    const int first = link->first_year > OLDEST_YEAR ? link->first_year : OLDEST_YEAR;
    const int last = link->last_year < vin_data_year() - 1 ? link->last_year : vin_data_year() - 1;

    if (last < first || link->row_count == 0)
        return NULL;
    *ret_year = first + (int)draw_below(seed, (size_t)(last - first + 1));
    return link;
}

static bool compose_once(uint64_t *seed, struct arena *arena, char ret_vin[VIN_LENGTH + 1],
                         int *ret_year)
{
    const char *maker = makers[draw_below(seed, COUNT_OF(makers))];
    char known[VIN_LENGTH + 1] = "AAA00000000000000";
    struct vin_code code;
    uint64_t allowed[PLACES];

    memcpy(known, maker, 3);
    if (!vin_data_open(known, arena, &code) || code.link_count == 0)
        return false;
    const struct vin_link *link = draw_link(&code, seed, ret_year);
    if (link == NULL)
        return false;
    allow_by_law(allowed, *ret_year, code.flags);
    for (unsigned element = 0; element < VIN_ELEMENT_COUNT; element++) {
        if (!narrow_to(&code, link, element, seed, allowed) && element == VIN_MODEL)
            return false;
    }
    fill(maker, allowed, seed, ret_vin);
    return true;
}

static bool reads_well(const struct vin_facts *facts, int year)
{
    return facts->valid && facts->year == year && *facts->note == 0 && *facts->make != 0 &&
           *facts->model != 0 && *facts->body != 0 && *facts->engine != 0;
}

void vin_compose(uint64_t seed, struct arena *arena, struct vin_facts *ret)
{
    char vin[VIN_LENGTH + 1];
    int year = 0;

    for (int i = 0; i < ATTEMPTS; i++) {
        const struct arena_mark mark = arena_mark(arena);
        if (compose_once(&seed, arena, vin, &year)) {
            vin_decode(vin, arena, ret);
            if (reads_well(ret, year))
                return;
        }
        arena_release(arena, mark);
    }
    vin_decode("1HGCM82633A004352", arena, ret); /* a 2003 Accord: has never been needed */
}

const char *vin_with_serial(struct arena *arena, const char *vin, unsigned serial)
{
    char changed[VIN_LENGTH + 1];

    if (!vin_is_shape(vin))
        return arena_text(arena, vin);
    snprintf(changed, sizeof changed, "%.11s%06u", vin, serial % 1000000);
    changed[8] = vin_check_digit(changed);
    return arena_text(arena, changed);
}
