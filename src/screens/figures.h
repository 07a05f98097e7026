/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_FIGURES_H
#define PITLANE_SCREENS_FIGURES_H

/* Figures and words around a sheet, the same on the order page and the invoice. */

#include "base/day.h"
#include "base/money.h"
#include "ui/surface.h"

/* Cells at the right end of a row that figure_sum draws into. */
#define TOTAL_CELLS 20

/* "112,340" */
const char *miles_text(int64_t miles, struct arena *arena);
/* "12 Mar", with the year when it is another one: "12 Mar 25". */
const char *day_text(struct day day, struct day today, struct arena *arena);
/* "15:00"; of another day "25 Nov 15:00". */
const char *moment_text(struct instant at, struct instant now, struct arena *arena);
/* "Maria Delgado" to "Maria D." */
const char *person_short(const char *name, struct arena *arena);
/* One word of a header line and the dot in front of all but the first; returns the column behind.
 * A word that is empty or does not fit is left out. */
int figure_word(struct area row, int at, enum ink ink, const char *word);
/* "Labor 435.00" and three blanks; a zero only when it `always` shows. */
int figure_inline(struct area row, int at, const char *label, struct money amount, bool always);
/* "Labor 435.00   Parts 217.35   Tax 18.77" in so many cells; where that is too little, those that
 * `fold` become one "Other". Zeros show only when they `always` do. */
struct figure {
    const char *label;
    struct money amount;
    bool always, folds;
};
void figure_row(struct area row, int cells, const struct figure *figures, size_t count);
/* "Balance  692.87" at the right end. */
void figure_sum(struct area row, const char *label, struct money amount, enum ink ink);
/* "GP 431.20 (64.1 %)": profit over sales without tax, half away from zero; "-" without sales. */
const char *profit_text(struct money profit, struct money total, struct money tax,
                        struct arena *arena);
/* "line 103.90 (57.8 %)" */
const char *profit_of_text(const char *name, struct money profit, struct money sales,
                           struct arena *arena);

#endif
