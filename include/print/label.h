/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_PRINT_LABEL_H
#define PITLANE_PRINT_LABEL_H

/* Labels for shelves and parts: number, name, bin, price, and a bar code that the counter's box
 * finds: the maker's own (UPC-A, EAN-13) where there is one, else Code 128 of the part number. */

#include "domain/op.h"

enum label_format {
    LABEL_PDF,    /* a sheet: letter 3 x 10 (2 5/8 x 1 in), A4 3 x 8 (70 x 36 mm) */
    LABEL_ZPL,    /* label printers of 203 dpi, 2.25 x 1.25 in (ZPL II) */
    LABEL_ESCPOS, /* the receipt printer */
    LABEL_FORMAT_COUNT
};
extern const struct choices label_format_choices;

#define LABEL_COPIES_MAX 1000
#define LABEL_MAX        5000

struct label_part {
    const char *sku; /* part number or bar code, as typed or scanned */
    int64_t copies;
};
struct label_wish {
    enum label_format format;
    const struct label_part *parts;
    size_t count;
    int64_t skip;    /* labels of the first sheet that are gone already */
    bool with_price; /* else no price is printed */
};
/* Reads the parts as the person may see them. ERR_NOT_FOUND names the part that is not there,
 * ERR_INVALID is more than LABEL_MAX labels or a `skip` beyond the sheet. */
status label_render(struct session *s, const struct label_wish *wish,
                    struct buf *ret_bytes) MUST_USE;
/* Renders into a file and notes that in the record of documents. */
status label_save(struct session *s, const struct label_wish *wish, const char *path) MUST_USE;
/* "DIR/labels.pdf" */
const char *label_default_path(struct session *s, enum label_format format);

#endif
