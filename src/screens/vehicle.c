/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A vehicle: what it is and whose, and in tabs its history, what was declined, its orders and the
 * whole record. */

#include "domain/vehicle.h"

#include "base/text.h"
#include "history.h"
#include "tabbed.h"

static const char *plate_text(const struct vehicle *vehicle, struct arena *arena)
{
    return *vehicle->plate_state != '\0'
               ? arena_printf(arena, "%s %s", vehicle->plate, vehicle->plate_state)
               : vehicle->plate;
}

static const char *miles_text(const struct vehicle *vehicle, struct arena *arena)
{
    const struct field *field = shape_field(&vehicle_shape, "odometer_mi");
    char day[DAY_TEXT_MAX];

    if (vehicle->odometer_mi < 0)
        return "odometer not read yet";
    const char *miles = field_text(field, vehicle, FIELD_SHOWN, arena);
    if (vehicle->odometer_on.iso[0] == '\0')
        return arena_printf(arena, "%s mi", miles);
    return arena_printf(arena, "%s mi on %s", miles, day_show_short(vehicle->odometer_on, day));
}

static void draw_head(struct view *view, const void *record, struct area area)
{
    const struct vehicle *vehicle = record;
    struct arena *scratch = &area.on->scratch;

    (void)view;
    int at = area_text(area, 0, 1, INK_STRONG, vehicle->name);
    at = area_text(area, 0, at + 3, INK_NORMAL, plate_text(vehicle, scratch));
    if (*vehicle->unit_number != '\0')
        area_printf(area, 0, at + 3, INK_NORMAL, "unit %s", vehicle->unit_number);
    area_fit(area, 1, 1, area.cols - 2, INK_NORMAL,
             arena_printf(scratch, "%s%s%s", vehicle->vin, *vehicle->vin != '\0' ? " · " : "",
                          miles_text(vehicle, scratch)));
    area_fit(area, 2, 1, area.cols - 2, INK_NORMAL,
             arena_printf(scratch, "Owner %s%s", vehicle->customer_name,
                          vehicle->archived_at.seconds != 0 ? " · Archived" : ""));
    if (*vehicle->vin_note != '\0')
        area_right(area, 2, area.cols - 1, INK_WARN, vehicle->vin_note);
}

static void write_up(struct view *view, const struct action *action);
static void open_owner(struct view *view, const struct action *action);

/* clang-format off */
static const struct tab vehicle_tabs[] = {
    {"History", "vehicle.history", .write = history_write_visits, .empty = "Nothing was done to it here yet. w writes it up."},
    {"Declined", "vehicle.declined", .empty = "No declined work is open."},
    {"Repair orders", "order.search", .hides = "vehicle_name", .sort = "id", .empty = "No repair order yet. w writes one up."},
    {"Owners, miles", "vehicle.history", .write = history_write_owners},
    {"Record", .op = "vehicle.show"},
};
static const struct action vehicle_actions[] = {
    {"Enter", "record.open", "open", NEEDS_ROW, tabbed_open_row, "Opens the selected row."},
    {"w", "estimate.start", "write up", NEEDS_RECORD, write_up, "Starts a repair order."},
    {"c", "customer.show", "owner", NEEDS_RECORD, open_owner, "Opens the owner."},
    {"o", "vehicle.odometer", "odometer", NEEDS_RECORD, NULL, "Notes an odometer reading."},
    {"e", "vehicle.edit", "change", NEEDS_RECORD, NULL, "Changes the vehicle."},
    {"O", "vehicle.change-owner", "new owner", NEEDS_RECORD, NULL, "Gives the vehicle to another customer; its history stays.", ACTION_QUIET},
    {"A", "vehicle.archive", "archive", NEEDS_RECORD, NULL, "Puts the vehicle away.", ACTION_QUIET},
    {"R", "vehicle.restore", "restore", NEEDS_RECORD, NULL, "Brings an archived vehicle back.", ACTION_QUIET},
};
/* clang-format on */
static const struct tabbed_screen vehicle_screen = {
    .noun = "vehicle",
    .tabs = vehicle_tabs,
    .tab_count = COUNT_OF(vehicle_tabs),
    .head_rows = 3,
    .draw_head = draw_head,
    .actions = vehicle_actions,
    .action_count = COUNT_OF(vehicle_actions),
    .help = "Tab and the digits change between the tabs.",
};

static void write_up(struct view *view, const struct action *action)
{
    const struct vehicle *vehicle = tabbed_record(view, &vehicle_screen);

    (void)action;
    if (vehicle != NULL)
        write_up_open(desk_of(view), vehicle->customer.v, vehicle->id.v, vehicle->name);
}

static void open_owner(struct view *view, const struct action *action)
{
    const struct vehicle *vehicle = tabbed_record(view, &vehicle_screen);

    (void)action;
    if (vehicle != NULL)
        desk_open_record(desk_of(view), "customer", vehicle->customer.v);
}

void vehicle_screen_open(struct desk *desk, int64_t vehicle)
{
    tabbed_open(desk, &vehicle_screen, vehicle);
}

bool vehicle_screen_subject(struct view *view, struct subject *ret_subject)
{
    return tabbed_subject(view, &vehicle_screen, ret_subject);
}
