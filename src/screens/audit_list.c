/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The audit log, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column audit_columns[] = {
    {.name = "at", .width = 17},
    {.name = "user_name", .width = 16, .grow = 1, .label = "Who"},
    {.name = "op", .width = 22, .grow = 1, .label = "What"},
    {.name = "result", .width = 10},
    {.name = "subject", .width = 9},
    {.name = "terminal", .width = 14, .below = 100},
};
static const struct action audit_actions[] = {
    {"Enter", "audit.show", "open", NEEDS_ROW, NULL, "Shows what the action changed."},
};
/* clang-format on */
const struct list_screen audit_list_screen = {
    .op = "audit.list",
    .title = "Audit log",
    .columns = audit_columns,
    .column_count = COUNT_OF(audit_columns),
    .actions = audit_actions,
    .action_count = COUNT_OF(audit_actions),
    .newest_first = true,
    .sort = "id",
    .empty = "Nothing was noted yet.",
};
