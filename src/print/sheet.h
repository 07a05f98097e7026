/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_PRINT_SHEET_H
#define PITLANE_PRINT_SHEET_H

/* A document before it has a format: blocks in order. Each paper (invoice, work order …) is built
 * once as a sheet; pages, receipts and plain text are three ways to draw any sheet. All memory is
 * the arena's. Texts may be anybody's: the renderers sanitise. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"

enum block_kind {
    BLOCK_BOXES, /* short texts side by side: bill to, vehicle */
    BLOCK_FACTS, /* label over value, in one row: date, RO, writer */
    BLOCK_TABLE,
    BLOCK_TOTALS, /* label and amount at the right edge */
    BLOCK_TEXT,   /* a heading (may be empty) and a paragraph */
    BLOCK_SIGN,  /* a line to sign on, with who signs under it, and beside it the heading, if any */
    BLOCK_DRAWN, /* a signature that was drawn, with who signed under it */
    BLOCK_CARD,  /* a frame with something large in it, and lines under that, all centered */
    BLOCK_CODE   /* a QR code of the text; on paper only, the text must stand there too */
};

enum row_style {
    ROW_LINE,
    ROW_HEAD, /* a job's title: bold, tinted */
    ROW_NOTE, /* runs over all columns, small */
    ROW_SUM   /* a subtotal: line above */
};

#define SHEET_COLUMNS 6

struct sheet_column {
    const char *label;
    int share;       /* of the width */
    bool right;      /* numbers */
    bool on_receipt; /* is there room for it on 80 mm? */
};
struct sheet_row {
    enum row_style style;
    const char *cells[SHEET_COLUMNS]; /* ROW_NOTE uses the first only */
};
/* Boxes, facts and totals: a label and a text. */
struct sheet_pair {
    const char *label;
    const char *text;
    bool strong;
};

struct block {
    struct block *next;
    enum block_kind kind;
    const char *heading;
    const char *text;
    struct sheet_pair *pairs;
    size_t pair_count;
    const struct sheet_column *columns;
    size_t column_count;
    struct sheet_row *rows;
    size_t row_count, row_room;
};

struct sheet {
    struct arena *arena;
    const char *title;     /* "Invoice 20881" */
    const char *shop_name; /* the head of the first page */
    const char *shop_text; /* address, phone, registration: lines */
    const void *logo;      /* a PNG or JPEG … */
    size_t logo_size;      /* … of so many bytes; 0 none */
    const char *barcode;   /* "INV-20881", "" for none */
    const char *footer;    /* left in the foot of every page */
    const char *created;   /* "D:20261124184200Z" */
    bool a4;
    bool receipt; /* 80 mm wide */
    bool demo;
    struct block *first, *last;
    const struct sheet *next; /* another one behind it in the same document, or NULL */
};

struct block *sheet_boxes(struct sheet *sheet, size_t count);
struct block *sheet_facts(struct sheet *sheet, size_t count);
struct block *sheet_totals(struct sheet *sheet, size_t room);
struct block *sheet_table(struct sheet *sheet, const struct sheet_column *columns, size_t count);
void sheet_text(struct sheet *sheet, const char *heading,
                const char *text);                       /* nothing when empty */
void sheet_sign(struct sheet *sheet, const char *label); /* with a place for date and time */
void sheet_sign_undated(struct sheet *sheet, const char *label);
void sheet_card(struct sheet *sheet, const char *large, const char *lines);
/* Strokes "x,y x,y;x,y" in thousandths of the field. */
void sheet_drawn(struct sheet *sheet, const char *label, const char *strokes);
void sheet_code(struct sheet *sheet, const char *text);

void block_pair(struct block *block, const char *label, const char *text, bool strong);
/* A row whose cells the caller fills; valid until the next one. */
struct sheet_row *block_row(struct sheet *sheet, struct block *block, enum row_style style);

/* A title alone runs over all columns. */
bool row_is_title(const struct block *block, const struct sheet_row *row);

/* Renderers. */
status sheet_to_pdf(const struct sheet *sheet, struct buf *ret_bytes, struct fault *fault) MUST_USE;
#define SHEET_CELLS 80 /* of a page for any printer */
/* `cells` wide, SHEET_CELLS at most; a roll has 48 at most. */
void sheet_to_text(const struct sheet *sheet, size_t cells, struct buf *ret_text);

#endif
