/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_VIN_H
#define PITLANE_DOMAIN_VIN_H

/* Vehicle identification numbers: is this one right, and what does it say of the vehicle? The rules
 * are those of 49 CFR 565.15 (check digit, model year); the meaning of the other characters comes
 * from NHTSA's vPIC data, which is part of the program (data/vin). Nothing here needs a shop, a
 * database or a connection, and no number is ever refused: what is doubtful is marked and said. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/field.h"

#define VIN_LENGTH     17
#define VIN_KEPT_MAX   64   /* bytes kept of a text that is no VIN */
#define VIN_FIRST_YEAR 1980 /* of 17 characters */
#define VIN_LAST_YEAR  2039 /* of the law's table of years */

enum vin_state {
    VIN_NONE,     /* empty */
    VIN_VALID,    /* 17 characters and the check digit fits */
    VIN_DOUBTFUL, /* 17 characters that could be a VIN, but the check digit does not fit */
    VIN_OTHER,    /* something else: older, foreign or mistyped; kept as text with a mark */
    VIN_STATE_COUNT
};
extern const struct choices vin_states;

/* What a number says. Unknown texts are "", an unknown year is 0. */
struct vin_facts {
    const char *vin; /* cleaned: vin_clean */
    bool valid;      /* state is VIN_VALID */
    unsigned state;  /* enum vin_state */
    int64_t year;
    const char *make, *model;
    const char *trim; /* series and trim: "1500 LTZ" */
    const char *body; /* "Sedan", "SUV", "Pickup" */
    const char *cylinders;
    const char *litres;      /* "6.0" */
    const char *fuel;        /* "Gasoline", "Diesel", "Hybrid" */
    const char *engine;      /* in one line: "6.0 L, 8 cylinders, L96" */
    const char *engine_code; /* the maker's name of it: "L96" */
    const char *note;        /* the sentence to show when something is doubtful, missing or wrong */
};
extern const struct shape vin_facts_shape;

/* Reads a number as typed or scanned. Takes any text of any length; about half a millisecond. */
void vin_decode(const char *text, struct arena *arena, struct vin_facts *ret);

/* Upper case, safe text; blanks, dashes and control characters removed; the I before the 17
 * characters of a Code 39 import label removed; cut to VIN_KEPT_MAX bytes. NULL is "". */
const char *vin_clean(struct arena *arena, const char *text);

/* 17 letters and digits without I, O and Q, in either case, and nothing else: what a scanner sends.
 * Says nothing about the check digit. */
bool vin_is_shape(const char *text);

/* The character position 9 must have (49 CFR 565.15(c)); NUL when the text has no VIN's shape. */
char vin_check_digit(const char *vin);

enum vin_state vin_state_of(const char *cleaned);

/* Makes of cars, trucks and multipurpose vehicles as they write themselves, sorted. */
struct vin_names {
    const char **at;
    size_t count;
};
void vin_makes(struct arena *arena, struct vin_names *ret);

/* A made-up number that decodes with year, make, model, body and no note, and what it says: for the
 * demo shop and for tests. The same seed gives the same number. */
void vin_compose(uint64_t seed, struct arena *arena, struct vin_facts *ret);
/* The same vehicle with another serial number (its last six digits) and a fitting check digit. */
const char *vin_with_serial(struct arena *arena, const char *vin, unsigned serial);

#endif
