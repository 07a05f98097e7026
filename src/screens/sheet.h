/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_SHEET_H
#define PITLANE_SCREENS_SHEET_H

/* Jobs with their lines as one list of figures: the middle of the order page and of the invoice.
 * The owner says what stands in each row; here it is drawn, scrolled and folded to job heads where
 * there is little room. Figures stand on their decimal point. */

#include "base/money.h"
#include "ui/keys.h"
#include "ui/surface.h"

enum sheet_kind {
    SHEET_JOB,  /* a job's head */
    SHEET_LINE, /* a line below it */
    SHEET_NOTE, /* words below it: a concern */
    SHEET_FLAG  /* stands by itself: "! Declined 12 Mar: rear shocks" */
};

struct sheet_row {
    enum sheet_kind kind;
    int noun; /* with `id`: what the row is about, in the owner's words; keeps the cursor on it */
    int64_t id;
    size_t job; /* index of the job it belongs to, in the owner's order */
    int64_t number;
    const char *word; /* "labor" */
    const char *text;
    const char *detail; /* muted, behind the text */
    const char *technician;
    struct qty quantity; /* the three figures: NUMBER_NONE for none */
    struct money price;
    struct money amount;
    const char *state; /* mark and word */
    enum ink ink;      /* of the state */
};

struct sheet {
    const struct sheet_row *rows;
    size_t count;
    size_t selected;
    size_t top;        /* first row drawn, counted in rows that are not folded away */
    int height;        /* rows drawn last */
    bool wants_folded; /* the person folded it */
    bool folded;
    const char *empty; /* "j adds the first job." */
};

/* New rows; the cursor stays on what it was on, else near it. */
void sheet_set(struct sheet *sheet, const struct sheet_row *rows, size_t count);
void sheet_select(struct sheet *sheet, int noun, int64_t id);
/* NULL when there are none. */
const struct sheet_row *sheet_row(const struct sheet *sheet);
/* Up, Down, pages, Home, End. */
bool sheet_key(struct sheet *sheet, const struct event *event);
/* The first row of the area is the column heads. */
void sheet_draw(struct sheet *sheet, struct area area);
/* "3 of 12", for the status line. */
const char *sheet_status(const struct sheet *sheet, struct arena *arena);

#endif
