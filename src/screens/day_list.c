/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Closed days, as a table; their Z reports on paper. */

#include "inner.h"
#include "print_menu.h"

static void print_row(struct view *view, const struct action *action)
{
    (void)action;
    print_menu_of_row(view, DOCUMENT_DAY, "Z report");
}

/* clang-format off */
static const struct column day_columns[] = {
    {.name = "id", .width = 9},
    {.name = "day", .width = 12},
    {.name = "from_on", .width = 12, .below = 90},
    {.name = "closed_at", .width = 18},
    {.name = "closed_by", .width = 12, .grow = 1},
    {.name = "unposted", .width = 12},
    {.name = "note", .width = 12, .grow = 2, .below = 100},
};
static const struct action day_actions[] = {
    {"Enter", "day.show", "open", NEEDS_ROW, NULL, "Opens the Z report."},
    {"F6 n", "day.close", "close the day", NEEDS_NOTHING, NULL, "Proves the books and locks the date."},
    {"F8", "document.print", "print", NEEDS_ROW, print_row, "The Z report on paper."},
};
/* clang-format on */
const struct list_screen day_list_screen = {
    .op = "day.list",
    .title = "Closed days",
    .noun = "day",
    .columns = day_columns,
    .column_count = COUNT_OF(day_columns),
    .actions = day_actions,
    .action_count = COUNT_OF(day_actions),
    .empty = "No day is closed yet. F6 closes today.",
};
