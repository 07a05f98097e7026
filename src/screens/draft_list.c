/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of unfinished forms, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column draft_columns[] = {
    {.name = "title", .width = 30, .grow = 2},
    {.name = "updated_at", .width = 17},
    {.name = "form", .width = 20, .below = 90},
};
static const struct action draft_actions[] = {
    {"Enter", "draft.show", "go on", NEEDS_ROW, NULL, "Goes on with the form."},
    {"D", "draft.remove", "throw away", NEEDS_ROW, NULL, "Throws the form away."},
};
/* clang-format on */
const struct list_screen draft_list_screen = {
    .op = "draft.list",
    .title = "Unfinished forms",
    .columns = draft_columns,
    .column_count = COUNT_OF(draft_columns),
    .actions = draft_actions,
    .action_count = COUNT_OF(draft_actions),
    .newest_first = true,
    .empty = "Nothing is unfinished.",
};
