/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_BASE_THING_H
#define PITLANE_TESTS_BASE_THING_H

/* A row with a field of every type, and a row of rows, for the tests of base. */

#include "base/field.h"

enum colour { COLOUR_RED, COLOUR_DARK_GREEN, COLOUR_COUNT };

struct thing_id {
    int64_t v;
};

struct thing_line {
    const char *name;
    struct money price;
    struct rows parts;
};

struct thing {
    struct thing_id id;
    const char *name;
    const char *note;
    const char *phone;
    const char *sku;
    const char *upc;
    const char *password;
    int64_t year;
    int64_t odometer_mi;
    int64_t balance;
    bool done;
    struct money price;
    struct money cost;
    struct qty qty;
    struct rate rate;
    struct day due_on;
    struct instant made_at;
    enum colour colour;
    struct rows lines;
    struct money cap;
    const char *classes;
    struct rows first;
};

#define THING_RIGHT_COST 130u

/* Monday, 2026-11-23 18:42:00 UTC. */
#define THING_NOW INT64_C(1795459320)

static const struct choice colour_words[COLOUR_COUNT] = {
    [COLOUR_RED] = {.word = "red", .label = "Red"},
    [COLOUR_DARK_GREEN] = {.word = "dark_green", .label = "British racing green"},
};
static const struct choices colours = CHOICES(colour_words);

static const struct field part_fields[] = {
    FIELD(struct thing_line, name, .flags = FIELD_REQUIRED),
    FIELD(struct thing_line, price, .right = THING_RIGHT_COST),
};
static const struct shape part_shape = SHAPE_OF(struct thing_line, "part", part_fields);

static const struct field line_fields[] = {
    FIELD(struct thing_line, name, .flags = FIELD_REQUIRED, .initial = "Labor"),
    FIELD(struct thing_line, price, .flags = FIELD_SIGNED),
    FIELD(struct thing_line, parts, .rows = &part_shape),
};
static const struct shape line_shape = SHAPE_OF(struct thing_line, "line", line_fields);

static const struct field thing_fields[] = {
    FIELD(struct thing, id),
    FIELD(struct thing, name, .flags = FIELD_REQUIRED, .max = 20),
    FIELD(struct thing, note, .flags = FIELD_MANY_LINES),
    FIELD(struct thing, phone, .label = "Phone", .flags = FIELD_PHONE),
    FIELD(struct thing, sku, .flags = FIELD_CODE),
    FIELD(struct thing, upc, .flags = FIELD_NUMBERS_OK),
    FIELD(struct thing, password, .flags = FIELD_SECRET),
    FIELD(struct thing, year, .low = 1900, .high = 2100),
    FIELD(struct thing, odometer_mi),
    FIELD(struct thing, balance, .flags = FIELD_SIGNED),
    FIELD(struct thing, done),
    FIELD(struct thing, price, .high = 10000000),
    FIELD(struct thing, cost, .right = THING_RIGHT_COST, .initial = "1.25"),
    FIELD(struct thing, qty, .low = 1, .initial = "1"),
    FIELD(struct thing, rate, .high = 1000000),
    FIELD(struct thing, due_on),
    FIELD(struct thing, made_at),
    FIELD(struct thing, colour, .choices = &colours, .initial = "dark_green"),
    FIELD(struct thing, lines, .rows = &line_shape),
    FIELD(struct thing, cap, .flags = FIELD_OPTIONAL),
    FIELD(struct thing, classes, .flags = FIELD_WORDS),
    FIELD(struct thing, first, .rows = &line_shape, .flags = FIELD_ONE),
};
static const struct shape thing_shape = SHAPE_OF(struct thing, "thing", thing_fields);

#endif
