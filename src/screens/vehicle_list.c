/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of vehicles, as a table. */

#include "inner.h"

/* clang-format off */
static const struct column vehicle_columns[] = {
    {.name = "name", .width = 22, .grow = 2},
    {.name = "plate", .width = 9},
    {.name = "plate_state", .width = 5},
    {.name = "odometer_mi", .width = 9, .label = "Miles"},
    {.name = "customer_name", .width = 18, .grow = 1},
    {.name = "vin", .width = 17, .below = 100},
    {.name = "unit_number", .width = 8, .below = 120},
};
static const struct list_filter vehicle_filters[] = {
    {"Active", NULL, NULL},
    {"Archived too", "archived", "yes"},
};
static const struct action vehicle_actions[] = {
    {"Enter", "vehicle.show", "open", NEEDS_ROW, NULL, "Opens the vehicle."},
    {"F6 n", "vehicle.add", "new", NEEDS_NOTHING, NULL, "Adds a vehicle."},
    {"w", "estimate.start", "write up", NEEDS_ROW, NULL, "Starts a repair order for the vehicle."},
    {"e", "vehicle.edit", "change", NEEDS_ROW, NULL, "Changes the vehicle."},
    {"o", "vehicle.odometer", "odometer", NEEDS_ROW, NULL, "Notes an odometer reading.", ACTION_QUIET},
    {"h", "vehicle.history", "history", NEEDS_ROW, NULL, "Shows what was done to it.", ACTION_QUIET},
};
/* clang-format on */
const struct list_screen vehicle_list_screen = {
    .op = "vehicle.search",
    .title = "Vehicles",
    .columns = vehicle_columns,
    .column_count = COUNT_OF(vehicle_columns),
    .filters = vehicle_filters,
    .filter_count = COUNT_OF(vehicle_filters),
    .actions = vehicle_actions,
    .action_count = COUNT_OF(vehicle_actions),
    .empty = "No vehicles match. F6 adds one.",
};
