/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of documents that left the house, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column document_columns[] = {
    {.name = "at", .width = 17},
    {.name = "kind", .width = 12},
    {.name = "subject", .width = 9},
    {.name = "sent", .width = 9},
    {.name = "target", .width = 24, .grow = 2},
    {.name = "user_name", .width = 16, .below = 100},
};
/* clang-format on */
const struct list_screen document_list_screen = {
    .op = "document.list",
    .title = "Documents",
    .columns = document_columns,
    .column_count = COUNT_OF(document_columns),
    .newest_first = true,
    .sort = "id",
    .empty = "Nothing was printed, saved or queued yet.",
};
