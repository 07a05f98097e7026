/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_IMPORT_H
#define PITLANE_DOMAIN_IMPORT_H

/* Customers, vehicles and parts out of another system's tables, and vendors' price files. First a
 * plan: which column is which field, and what would happen to every line; then, if wanted, the
 * deed. */

#include "base/csv.h"
#include "domain/op.h"

enum import_noun {
    IMPORT_CUSTOMERS,
    IMPORT_VEHICLES,
    IMPORT_PARTS,
    IMPORT_PRICES,
    IMPORT_NOUN_COUNT
};
extern const struct choices import_noun_choices;

/* What a line becomes. */
enum import_fate {
    IMPORT_NEW,     /* a new record */
    IMPORT_CHANGED, /* an existing record gets what it lacked */
    IMPORT_SAME,    /* everything is there already */
    IMPORT_UNKNOWN, /* of a price file: a part that the catalog does not have, left out */
    IMPORT_BAD,     /* cannot be true: `reason` at `column` */
    IMPORT_FATE_COUNT
};
extern const struct choices import_fate_choices;
/* What it is called of this noun: customers are completed, prices changed. NULL: no line of it ever
 * becomes that. */
const char *import_fate_label(enum import_noun noun, enum import_fate fate);

/* A field a column can be matched with: "phone", "vin". */
struct import_target {
    const char *name, *label;
    const char *const *synonyms; /* folded headers, NULL-ended */
};
size_t import_targets(enum import_noun noun, const struct import_target **ret_targets);

struct import_line {
    size_t line; /* of the file */
    enum import_fate fate;
    int64_t record;      /* of an existing one */
    const char *column;  /* the header of the bad cell, "" for the whole line */
    const char *reason;  /* sentence, for IMPORT_BAD */
    const char *notes;   /* what was normalised: "phone 721-555-0175 → +17215550175; …" */
    const char *summary; /* "Williams, Björn · (721) 555-0175" */
};
/* One kind of correction and how often it was made: "ZIP code padded" 41. */
struct import_note {
    const char *says;
    int64_t count;
};
struct import_plan {
    enum import_noun noun;
    struct csv csv;
    size_t first; /* record below the header: a title may stand above it */
    size_t column_count;
    const char **headers;
    const struct import_target **matches; /* per column; NULL: ignored */
    bool remembered;                      /* the match is the one kept from last time */
    struct rows lines;                    /* of struct import_line */
    struct rows notes;                    /* of struct import_note */
    int64_t counts[IMPORT_FATE_COUNT];
    /* Of a price file: */
    const char *vendor; /* whose prices these are, by name; a column may say so line by line */
    bool keep_prices;   /* costs only: the shop's own prices stay */
    bool add;           /* parts that the catalog does not have are added, else left out */
};

/* Reads a file's bytes and proposes the match (a kept one first, else by header with synonyms). */
status import_open(struct session *s, enum import_noun noun, const char *bytes, size_t length,
                   struct import_plan *ret_plan) MUST_USE;
/* Changes one column's match; target name "" ignores it. */
status import_match(struct session *s, struct import_plan *plan, size_t column,
                    const char *target) MUST_USE;
/* `progress` may be NULL; false stops: ERR_CANCELLED and nothing is changed. */
struct import_options {
    bool dry_run;
    bool skip_bad;    /* leave bad lines out instead of refusing the file */
    const char *file; /* its name, for the audit log; may be NULL */
    bool (*progress)(void *context, int64_t done, int64_t total);
    void *context;
};
/* Fills lines, notes and counts. Without dry_run also does it, all or nothing: with a bad line and
 * without skip_bad it is ERR_CONFLICT ("3 lines can't be imported…") and nothing is changed. Right
 * data:import; keeps the match; one audit row. A dry run is done on a copy of the shop and keeps
 * nobody from saving; the copy takes as much room as the shop among the temporary files. */
status import_run(struct session *s, struct import_plan *plan,
                  const struct import_options *options) MUST_USE;
/* "3 new, 12 changed, 40 the same, 5 unknown, 1 refused". */
const char *import_sum(struct arena *arena, const struct import_plan *plan);
/* The bad lines as CSV: line, column, reason, then the line's own cells. */
void import_rejects(const struct import_plan *plan, struct buf *out);

#endif
