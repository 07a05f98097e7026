/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Any bytes as JSON for a row with every type: a row that is the same after a round trip, or a
 * sentence. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

enum colour { COLOUR_RED, COLOUR_GREEN };

struct thing_id {
    int64_t v;
};

struct part {
    const char *name;
    struct money price;
};

struct thing {
    struct thing_id id;
    const char *name;
    const char *note;
    const char *phone;
    const char *code;
    int64_t year;
    bool done;
    struct money price;
    struct qty qty;
    struct rate rate;
    struct day due_on;
    struct instant made_at;
    enum colour colour;
    struct rows parts;
};

static const struct choice colour_words[] = {{"red", "Red"}, {"dark_green", "Dark green"}};
static const struct choices colours = CHOICES(colour_words);
static const struct field part_fields[] = {
    FIELD(struct part, name),
    FIELD(struct part, price),
};
static const struct shape part_shape = SHAPE_OF(struct part, "part", part_fields);
static const struct field thing_fields[] = {
    FIELD(struct thing, id),
    FIELD(struct thing, name),
    FIELD(struct thing, note, .flags = FIELD_MANY_LINES),
    FIELD(struct thing, phone, .flags = FIELD_PHONE),
    FIELD(struct thing, code, .flags = FIELD_CODE),
    FIELD(struct thing, year, .low = 1900, .high = 2100),
    FIELD(struct thing, done),
    FIELD(struct thing, price),
    FIELD(struct thing, qty),
    FIELD(struct thing, rate),
    FIELD(struct thing, due_on),
    FIELD(struct thing, made_at),
    FIELD(struct thing, colour, .choices = &colours),
    FIELD(struct thing, parts, .rows = &part_shape),
};
static const struct shape thing_shape = SHAPE_OF(struct thing, "thing", thing_fields);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF out = BUF_MIB(64);
    const struct field_context context = {.arena = &arena, .now = {1764000000}};
    struct thing thing;
    struct thing again;
    struct fault fault;

    shape_init(&thing_shape, &thing, &context);
    if (json_read((const char *)data, size, &thing_shape, &context, &thing, &fault) != OK) {
        if (fault.code != ERR_INVALID || fault.text[0] == '\0')
            abort();
        return 0;
    }
    if (shape_check(&thing_shape, &thing, &fault) != OK)
        return 0; /* limits are refused there, and what is refused need not survive */
    json_write(&out, &thing_shape, &thing, &RIGHT_SET_ALL, (int)(size % 3));
    shape_init(&thing_shape, &again, &context);
    if (json_read(out.at, out.length, &thing_shape, &context, &again, &fault) != OK)
        abort();
    for (size_t i = 0; i < thing_shape.count; i++)
        if (!field_equal(&thing_shape.fields[i], &thing, &again))
            abort();
    return 0;
}
