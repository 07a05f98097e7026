/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PRICE_FILE_H
#define PITLANE_DOMAIN_PRICE_FILE_H

/* A vendor's price file (CSV): columns matched as in import.h and remembered by header, a preview
 * of what changes, then all or nothing. Lines are matched by the vendor's number, then by bar code
 * and part number; cost goes to the vendor's row (and the part's cost where that vendor is asked
 * first), list to the price unless that is kept. Lines whose columns seem shifted (text where a
 * price should be, prices a hundred times away) are refused and listed. */

#include "domain/import.h"
#include "domain/op.h"

struct price_file {
    struct vendor_id vendor;
    const char *path;
    struct rows columns; /* as import.h has them; none: as remembered or guessed */
    bool keep_prices;    /* costs only */
    bool add;            /* parts the catalog does not have are added, else skipped */
    bool preview;        /* change nothing */
};
struct price_file_change {
    struct part_id part;
    const char *sku, *name, *what; /* "cost", "list", "new", "discontinued" */
    struct money before, after;
};
struct price_file_result {
    int64_t lines, changed, same, added, skipped, refused;
    struct rows changes;  /* of struct price_file_change: the largest ones first, at most 200 */
    struct rows problems; /* as import.h has them */
};

/* Operations to come: price-file.columns, price-file.run. */

#endif
