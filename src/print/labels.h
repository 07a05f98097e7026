/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_PRINT_LABELS_H
#define PITLANE_PRINT_LABELS_H

/* What the makers of labels are given. */

#include "base/buf.h"
#include "print/label.h"

struct label {
    const char *sku, *name, *bin, *price; /* price "": none is wanted */
    const char *code; /* in bars: digits of a UPC or EAN, else the part number */
    int64_t copies;
};
struct label_job {
    struct arena *arena;
    const struct label *labels;
    size_t count;
    const char *shop;
    int64_t skip;
    bool a4, demo;
    const char *created;
};

/* "012345678905": a bar code that shops read as it is. */
bool label_code_is_retail(const char *code);
size_t label_sheet_size(bool a4);
status labels_to_pdf(const struct label_job *job, struct buf *out, struct fault *fault) MUST_USE;
void labels_to_zpl(const struct label_job *job, struct buf *out);
void labels_to_escpos(const struct label_job *job, struct buf *out);

#endif
