/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_TABLE_H
#define PITLANE_BASE_TABLE_H

/* Rows of any shape as plain text for people and as CSV for spreadsheets. What a person may not
 * see is left out, secrets always are; every text passes text_sanitize. */

#include "base/field.h"

/* One row, a line for each value: "Label:  value", values below each other. Empty values and hidden
 * fields are left out; further lines of a text are indented under the first. Rows inside follow
 * under their label, as a table, or one after the other when they hold rows themselves. */
void table_write_row(struct buf *out, const struct shape *shape, const void *row,
                     const struct right_set *rights, size_t width);

/* Rows below each other under a header, numbers aligned on their decimal point. Columns that are
 * empty in every row are left out, as are hidden fields and rows inside. `width` is in terminal
 * cells, 0 for any: long texts are shortened with an ellipsis until a line fits; numbers and days
 * never are, unless nothing else is left to shorten. No rows: nothing. */
void table_write_rows(struct buf *out, const struct shape *shape, const struct rows *rows,
                      const struct right_set *rights, size_t width);

/* CSV: a record with the names of the fields, then one for each row, so that long lists can be
 * written page by page. Rows inside are left out. Texts are guarded against being run as a formula
 * (csv_write_cell); phones are written as people write them; all else is FIELD_PLAIN. */
void table_write_csv_header(struct buf *out, const struct shape *shape,
                            const struct right_set *rights);
void table_write_csv_row(struct buf *out, const struct shape *shape, const void *row,
                         const struct right_set *rights);

#endif
