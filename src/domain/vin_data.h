/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SRC_DOMAIN_VIN_DATA_H
#define PITLANE_SRC_DOMAIN_VIN_DATA_H

/* clang-format off */
/* Reads data/vin/vpic.bin, which is compiled into the program. Written by data/vin/generate.py;
 * all numbers are little-endian.
 *
 *   file    "pitvin1\0", date of the data (12 bytes), year u16, count of blocks u16, of codes u32
 *           blocks x { offset u32, packed size u32, size u32 }   block 0: pick lists, as text
 *           codes  x { manufacturer code (6 bytes, NUL-filled), block u16 }   sorted
 *           the blocks, each a zstd frame
 *   block   counts of codes, schemas, rows, keys, bundles, words; bytes of codes, keys, bundles
 *           (u32 each)
 *           how many rows each schema has u16; key of each row u16; bundle of each row u16
 *           codes   { code, flags u8, makes u8, links u16, makes x word u16,
 *                     links x { first year u8, last year u8, schema u16 } }   oldest link first
 *           bundles { count u8, count x { element u8, word u16 } }
 *           keys, then words, each ended by NUL
 *
 * A schema says what the characters of some manufacturers' numbers mean in some years: each row
 * gives a bundle of values to the numbers that fit a key. A key is held against positions 4-8, a
 * bar and positions 10-17 of the number: "*" is any character, "#" a digit, "[A-C5]" one of a set;
 * a short key is a prefix. Of the rows that fit, the one with most fixed places tells. */
/* clang-format on */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* As numbered by generate.py. */
enum vin_element {
    VIN_MODEL, /* make, tab, model */
    VIN_BODY,
    VIN_CYLINDERS,
    VIN_LITRES,
    VIN_LITRES_OF_CC, /* when the data gives cubic centimetres only */
    VIN_FUEL,
    VIN_FUEL_2,
    VIN_ENGINE,
    VIN_SERIES,
    VIN_TRIM,
    VIN_ELEMENT_COUNT
};

enum vin_code_flag {
    VIN_CODE_MOTORCYCLE = 1u << 0,
    VIN_CODE_YEAR_BOUND = 1u << 1, /* position 7 tells the cycle of years: 565.15(b) */
};

/* One schema in one span of years. */
struct vin_link {
    int first_year, last_year;
    size_t first_row, row_count;
};

/* A manufacturer's code with its block unpacked. */
struct vin_code {
    unsigned flags;
    size_t make_count;
    const char *make; /* the first */
    size_t link_count;
    struct vin_link *links;

    size_t key_count;
    const char **keys;
    const unsigned char *row_keys, *row_bundles, *bundles;
    uint32_t *bundle_at;
    const char **words;
};

/* The words that fit best, one an element; NULL where nothing fits. */
struct vin_match {
    const char *words[VIN_ELEMENT_COUNT];
    int count;
};

/* The year in which the data was taken: it knows models up to the next one. */
int vin_data_year(void);

/* Finds the manufacturer of a number of 17 characters; false when the data does not know it. */
bool vin_data_open(const char *vin, struct arena *arena, struct vin_code *ret);
void vin_data_match(const struct vin_code *code, const char *vin, int year, struct vin_match *ret);

const char *vin_data_row_key(const struct vin_code *code, size_t row);
/* The word a row gives for an element, NULL when none. */
const char *vin_data_row_word(const struct vin_code *code, size_t row, enum vin_element element);

/* Reads one place of a key: which characters it takes. NULL at its end. */
struct vin_place {
    bool any, digit;
    const char *set; /* literal: one character */
    size_t set_length;
};
const char *vin_key_next(const char *key, struct vin_place *ret);
bool vin_place_takes(const struct vin_place *place, char c);

/* Lines of make, tab, model; sorted. */
const char *vin_data_picks(struct arena *arena);

#endif
