/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_EXPLAIN_INNER_H
#define PITLANE_DOMAIN_EXPLAIN_INNER_H

/* Writing an explanation down, row by row. */

#include "domain/explain.h"

struct explain {
    struct session *s;
    struct explain_row *rows;
    size_t count, room;
};

/* A further row, one level deeper than the row it belongs to. It may be filled in further until the
 * next one is added. `formula` may be "". */
struct explain_row *explain_add(struct explain *e, int64_t depth, const char *figure,
                                const char *label, const char *formula);
/* … with an amount as its value; explain_part for one of the parts of a sum. */
struct explain_row *explain_money(struct explain *e, int64_t depth, const char *figure,
                                  const char *label, struct money amount, const char *formula);
struct explain_row *explain_part(struct explain *e, int64_t depth, const char *figure,
                                 const char *label, struct money amount, const char *formula);

/* Adds up every sum again and gives the rows, or those of one figure. */
status explain_done(struct explain *e, const char *title, const char *figure,
                    struct explanation *ret) MUST_USE;

/* Texts in the session's arena: "1,234.50", "6.25 %", "2.5", "17.4 %" of a share, "-" of nothing.
 */
const char *explain_cents(struct session *s, struct money amount);
const char *explain_rate(struct session *s, struct rate rate);
const char *explain_qty(struct session *s, struct qty quantity);
const char *explain_share(struct session *s, struct money part, struct money whole);
const char *explain_day(struct session *s, struct day day);
#define EXPLAIN_TEXT(e, ...) arena_printf((e)->s->arena, __VA_ARGS__)

/* May whoever asks see costs? */
bool explain_shows_costs(const struct explain *e);

#endif
