/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Finds and unpacks the one block of the VIN tables that a number needs, and picks the rows that
 * fit it. What the words mean, and which year is tried, is decided in vin.c. */

#include "vin_data.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

extern const unsigned char embed_vpic[];
extern const size_t embed_vpic_size;

enum {
    HEAD_SIZE = 28,
    YEAR_AT = 20,
    BLOCK_COUNT_AT = 22,
    CODE_COUNT_AT = 24,
    BLOCK_ENTRY = 12,
    CODE_LENGTH = 6,
    CODE_ENTRY = CODE_LENGTH + 2,
    BLOCK_HEAD = 9 * 4,
    YEAR_ZERO = 1980,
    YEAR_OPEN = 255,
    DESCRIPTOR_LENGTH = 14
};

/* The sections of an unpacked block. */
struct block {
    size_t code_count, schema_count, row_count, key_count, bundle_count, word_count;
    const unsigned char *schema_rows, *row_keys, *row_bundles, *codes, *bundles, *keys, *words;
};

static unsigned read16(const unsigned char *at)
{
    return (unsigned)at[0] | (unsigned)at[1] << 8;
}

static uint32_t read32(const unsigned char *at)
{
    return (uint32_t)read16(at) | (uint32_t)read16(at + 2) << 16;
}

int vin_data_year(void)
{
    return (int)read16(embed_vpic + YEAR_AT);
}

/* NULL when it cannot be unpacked: then the manufacturer counts as unknown. */
static const unsigned char *block_unpack(unsigned number, struct arena *arena)
{
    const unsigned char *entry = embed_vpic + HEAD_SIZE + (size_t)number * BLOCK_ENTRY;
    const size_t size = read32(entry + 8);
    unsigned char *raw = arena_alloc(arena, size + 1);

    if (ZSTD_decompress(raw, size, embed_vpic + read32(entry), read32(entry + 4)) != size)
        return NULL;
    return raw;
}

const char *vin_data_picks(struct arena *arena)
{
    const unsigned char *text = block_unpack(0, arena);

    return text != NULL ? (const char *)text : "";
}

static struct block block_sections(const unsigned char *raw)
{
    struct block block = {
        .code_count = read32(raw),
        .schema_count = read32(raw + 4),
        .row_count = read32(raw + 8),
        .key_count = read32(raw + 12),
        .bundle_count = read32(raw + 16),
        .word_count = read32(raw + 20),
        .schema_rows = raw + BLOCK_HEAD,
    };
    block.row_keys = block.schema_rows + 2 * block.schema_count;
    block.row_bundles = block.row_keys + 2 * block.row_count;
    block.codes = block.row_bundles + 2 * block.row_count;
    block.bundles = block.codes + read32(raw + 24);
    block.keys = block.bundles + read32(raw + 32);
    block.words = block.keys + read32(raw + 28);
    return block;
}

/* The code of a maker of fewer than 1,000 vehicles a year has 9 in position 3 and goes on in
 * positions 12-14 (565.15(a)). */
static void code_of(const char *vin, char ret_code[CODE_LENGTH])
{
    memset(ret_code, 0, CODE_LENGTH);
    memcpy(ret_code, vin, 3);
    if (vin[2] == '9')
        memcpy(ret_code + 3, vin + 11, 3);
}

static int code_compare(const void *code, const void *entry)
{
    return memcmp(code, entry, CODE_LENGTH);
}

static const unsigned char *code_find(const char code[CODE_LENGTH])
{
    const size_t block_count = read16(embed_vpic + BLOCK_COUNT_AT);
    const unsigned char *entries = embed_vpic + HEAD_SIZE + block_count * BLOCK_ENTRY;

    return bsearch(code, entries, read32(embed_vpic + CODE_COUNT_AT), CODE_ENTRY, code_compare);
}

static const char **texts_index(const unsigned char *texts, size_t count, struct arena *arena)
{
    const char **index = NEW_ARRAY(arena, const char *, count);
    const char *at = (const char *)texts;

    for (size_t i = 0; i < count; i++) {
        index[i] = at;
        at += strlen(at) + 1;
    }
    return index;
}

static uint32_t *bundles_index(const struct block *block, struct arena *arena)
{
    uint32_t *index = NEW_ARRAY(arena, uint32_t, block->bundle_count);
    uint32_t at = 0;

    for (size_t i = 0; i < block->bundle_count; i++) {
        index[i] = at;
        at += 1 + 3 * (uint32_t)block->bundles[at];
    }
    return index;
}

static uint32_t *schemas_index(const struct block *block, struct arena *arena)
{
    uint32_t *index = NEW_ARRAY(arena, uint32_t, block->schema_count + 1);

    for (size_t i = 0; i < block->schema_count; i++)
        index[i + 1] = index[i] + read16(block->schema_rows + 2 * i);
    return index;
}

static size_t code_record_size(const unsigned char *record)
{
    return CODE_LENGTH + 4 + 2 * (size_t)record[7] + 4 * (size_t)read16(record + 8);
}

static void code_links(const unsigned char *record, const uint32_t *schema_at, struct arena *arena,
                       struct vin_code *ret)
{
    const unsigned char *at = record + CODE_LENGTH + 4 + 2 * ret->make_count;

    ret->link_count = read16(record + 8);
    ret->links = NEW_ARRAY(arena, struct vin_link, ret->link_count);
    for (size_t i = 0; i < ret->link_count; i++, at += 4) {
        const unsigned schema = read16(at + 2);
        ret->links[i] = (struct vin_link){
            .first_year = YEAR_ZERO + at[0],
            .last_year = at[1] == YEAR_OPEN ? INT32_MAX : YEAR_ZERO + at[1],
            .first_row = schema_at[schema],
            .row_count = schema_at[schema + 1] - schema_at[schema],
        };
    }
}

bool vin_data_open(const char *vin, struct arena *arena, struct vin_code *ret)
{
    char code[CODE_LENGTH];
    code_of(vin, code);
    const unsigned char *entry = code_find(code);
    if (entry == NULL)
        return false;
    const unsigned char *raw = block_unpack(read16(entry + CODE_LENGTH), arena);
    if (raw == NULL)
        return false;

    const struct block block = block_sections(raw);
    const unsigned char *record = block.codes;
    while (memcmp(record, code, CODE_LENGTH) != 0)
        record += code_record_size(record);

    *ret = (struct vin_code){
        .flags = record[6],
        .make_count = record[7],
        .key_count = block.key_count,
        .keys = texts_index(block.keys, block.key_count, arena),
        .row_keys = block.row_keys,
        .row_bundles = block.row_bundles,
        .bundles = block.bundles,
        .bundle_at = bundles_index(&block, arena),
        .words = texts_index(block.words, block.word_count, arena),
    };
    ret->make = ret->make_count > 0 ? ret->words[read16(record + CODE_LENGTH + 4)] : "";
    code_links(record, schemas_index(&block, arena), arena, ret);
    return true;
}

const char *vin_key_next(const char *key, struct vin_place *ret)
{
    if (*key == 0)
        return NULL;
    if (*key != '[') {
        *ret = (struct vin_place){*key == '*', *key == '#', key, 1};
        return key + 1;
    }
    const char *end = strchr(key, ']');
    if (end == NULL)
        return NULL;
    *ret = (struct vin_place){.set = key + 1, .set_length = (size_t)(end - key - 1)};
    return end + 1;
}

bool vin_place_takes(const struct vin_place *place, char c)
{
    if (place->any)
        return true;
    if (place->digit)
        return c >= '0' && c <= '9';
    for (size_t i = 0; i < place->set_length; i++) {
        const bool is_range = i + 2 < place->set_length && place->set[i + 1] == '-';
        if (is_range ? c >= place->set[i] && c <= place->set[i + 2] : c == place->set[i])
            return true;
        i += is_range ? 2 : 0;
    }
    return false;
}

/* How closely a key describes the number: 0 when it does not fit, otherwise more for every fixed
 * place, and among equals more for single characters than for sets. */
static uint32_t key_score(const char *key, const char *descriptor)
{
    uint32_t fixed = 0, single = 0;
    struct vin_place place;

    while ((key = vin_key_next(key, &place)) != NULL) {
        if (*descriptor == 0 || !vin_place_takes(&place, *descriptor))
            return 0;
        if (!place.any && *descriptor != '|') {
            fixed++;
            single += place.set_length == 1 && !place.digit;
        }
        descriptor++;
    }
    return 1 + (fixed << 8 | single);
}

/* Of equally close rows the later wins: the links are in order of age, oldest first. */
static void bundle_take(const struct vin_code *code, size_t row, uint32_t score,
                        uint32_t best[VIN_ELEMENT_COUNT], struct vin_match *match)
{
    const unsigned char *at = code->bundles + code->bundle_at[read16(code->row_bundles + 2 * row)];

    for (unsigned left = *at++; left > 0; left--, at += 3) {
        if (at[0] < VIN_ELEMENT_COUNT && score >= best[at[0]]) {
            best[at[0]] = score;
            match->words[at[0]] = code->words[read16(at + 1)];
        }
    }
}

void vin_data_match(const struct vin_code *code, const char *vin, int year, struct vin_match *ret)
{
    char descriptor[DESCRIPTOR_LENGTH + 1] = "";
    uint32_t best[VIN_ELEMENT_COUNT] = {0};

    memcpy(descriptor, vin + 3, 5);
    descriptor[5] = '|';
    memcpy(descriptor + 6, vin + 9, 8);
    *ret = (struct vin_match){0};
    for (size_t i = 0; i < code->link_count; i++) {
        const struct vin_link *link = &code->links[i];
        if (year < link->first_year || year > link->last_year)
            continue;
        for (size_t row = link->first_row; row < link->first_row + link->row_count; row++) {
            const uint32_t score = key_score(vin_data_row_key(code, row), descriptor);
            if (score > 0)
                bundle_take(code, row, score, best, ret);
        }
    }
    for (size_t i = 0; i < VIN_ELEMENT_COUNT; i++)
        ret->count += ret->words[i] != NULL;
}

const char *vin_data_row_key(const struct vin_code *code, size_t row)
{
    return code->keys[read16(code->row_keys + 2 * row)];
}

const char *vin_data_row_word(const struct vin_code *code, size_t row, enum vin_element element)
{
    const unsigned char *at = code->bundles + code->bundle_at[read16(code->row_bundles + 2 * row)];

    for (unsigned left = *at++; left > 0; left--, at += 3) {
        if (at[0] == element)
            return code->words[read16(at + 1)];
    }
    return NULL;
}
