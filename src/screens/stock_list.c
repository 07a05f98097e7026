/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Movements of stock, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column move_columns[] = {
    {.name = "at", .width = 17},
    {.name = "kind", .width = 10},
    {.name = "sku", .width = 14},
    {.name = "quantity", .width = 9},
    {.name = "document", .width = 14, .grow = 1},
    {.name = "reason", .width = 12, .grow = 1, .below = 90},
    {.name = "bin", .width = 6},
    {.name = "value", .width = 10, .below = 100},
    {.name = "user_name", .width = 14, .below = 110},
};
/* clang-format on */
const struct list_screen stock_move_list_screen = {
    .op = "stock.moves",
    .title = "Movements of stock",
    .noun = "",
    .columns = move_columns,
    .column_count = COUNT_OF(move_columns),
    .empty = "Nothing has moved.",
};
