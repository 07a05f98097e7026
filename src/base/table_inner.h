/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_TABLE_INNER_H
#define PITLANE_BASE_TABLE_INNER_H

/* What the table of rows and the list of one row's values share. */

#include "base/table.h"

/* Not hidden, not secret, and the right is held. */
bool table_shows(const struct field *field, const struct right_set *rights);

/* table_write_rows behind a margin of `indent` blanks; texts that are too wide go on in further
 * lines instead of being cut. */
void table_write_grid(struct buf *out, const struct shape *shape, const struct rows *rows,
                      const struct right_set *rights, size_t indent, size_t width);

#endif
