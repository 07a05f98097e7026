/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_PRINT_PRESS_H
#define PITLANE_PRINT_PRESS_H

/* A thin press over libharu: pages measured from the top left in points, two embedded Unicode
 * fonts, texts made safe, the first error kept. After an error every call does nothing. */

#include <hpdf.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/status.h"

#define PRESS_PAGES_MAX 2000

/* From PRESS_HAN on they are for characters that the first two lack: Chinese and Japanese, Korean.
 * Each is used where it is installed, and looked for when a text first needs it. */
enum press_font { PRESS_REGULAR, PRESS_BOLD, PRESS_HAN, PRESS_KOREAN, PRESS_FONT_COUNT };

struct press {
    HPDF_Doc document;
    HPDF_Page page;
    HPDF_Font fonts[PRESS_FONT_COUNT];
    HPDF_Page pages[PRESS_PAGES_MAX];
    size_t page_count;
    float width, height;
    HPDF_STATUS error;
    bool full; /* more pages than PRESS_PAGES_MAX */
    bool looked_for[PRESS_FONT_COUNT];
};

/* ERR_IO when the fonts are missing, naming the package that brings them. */
status press_open(struct press *press, const char *title, const char *created,
                  struct fault *fault) MUST_USE;
void press_close(struct press *press);
void press_page(struct press *press, float width, float height);
/* Goes back to an earlier page, for feet that need the number of pages. */
void press_to_page(struct press *press, size_t index);
status press_finish(struct press *press, struct buf *ret_bytes, struct fault *fault) MUST_USE;

void press_gray(struct press *press, float gray); /* 0 black … 1 white, for text and fills */
/* Baseline at y. Text is one line; characters that no font has become a box. */
void press_text(struct press *press, enum press_font font, float size, float x, float y,
                const char *text);
void press_text_right(struct press *press, enum press_font font, float size, float x, float y,
                      const char *text);
float press_text_width(struct press *press, enum press_font font, float size, const char *text);
/* Bytes of the next line of `text` that fit into `width`, broken between words or, when one word is
 * longer, behind its last hyphen that fits, or anywhere; at least one character. */
size_t press_fit(struct press *press, enum press_font font, float size, float width,
                 const char *text);
void press_line(struct press *press, float x1, float y1, float x2, float y2, float thick);
void press_fill(struct press *press, float x, float y, float width, float height, float gray);
/* Large, pale and slanted across the page. */
void press_watermark(struct press *press, const char *text);
/* PNG or JPEG; NULL for anything else and for damaged ones. */
HPDF_Image press_load_picture(struct press *press, const void *bytes, size_t count);
/* PNG or JPEG, scaled to fit; false when it cannot be read. */
bool press_picture(struct press *press, const void *bytes, size_t count, float x, float y,
                   float width, float height);
/* UPC-A, EAN-13 or Code 128, with its quiet zones; returns false when the text cannot be coded. */
/* Its width in bars (modules), quiet zones included; absurdly wide when it cannot be coded. */
float press_barcode_width(const char *text);
bool press_barcode(struct press *press, const char *text, float x, float y, float width,
                   float height);
/* A QR code (ISO/IEC 18004) as a square; false when the text does not fit one. */
bool press_qr(struct press *press, const char *text, float x, float y, float side);

#endif
