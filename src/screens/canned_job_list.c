/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of canned jobs, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column canned_job_columns[] = {
    {.name = "code", .width = 10},
    {.name = "title", .width = 24, .grow = 2},
    {.name = "hours", .width = 7},
    {.name = "price", .width = 11},
};
static const struct list_filter canned_job_filters[] = {
    {"Active", NULL, NULL},
    {"Archived too", "archived", "yes"},
};
static const struct action canned_job_actions[] = {
    {"Enter", "canned-job.show", "open", NEEDS_ROW, NULL, "Opens the canned job."},
    {"F6 n", "canned-job.add", "new", NEEDS_NOTHING, NULL, "Adds a canned job."},
    {"e", "canned-job.edit", "change", NEEDS_ROW, NULL, "Changes the canned job."},
    {"A", "canned-job.archive", "archive", NEEDS_ROW, NULL, "Puts the canned job away.", ACTION_QUIET},
};
/* clang-format on */
const struct list_screen canned_job_list_screen = {
    .op = "canned-job.search",
    .title = "Canned jobs",
    .columns = canned_job_columns,
    .column_count = COUNT_OF(canned_job_columns),
    .filters = canned_job_filters,
    .filter_count = COUNT_OF(canned_job_filters),
    .actions = canned_job_actions,
    .action_count = COUNT_OF(canned_job_actions),
    .empty = "No canned jobs match. F6 adds one.",
};
