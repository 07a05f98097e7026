/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A vendor: whom to call, what is owed, and in tabs the orders, bills, payments and what has gone
 * back. */

#include "domain/vendor.h"

#include "base/text.h"
#include "buying.h"
#include "tabbed.h"

static const char *place_text(const struct vendor *vendor, struct arena *arena)
{
    const char *city = text_is_empty(vendor->city)
                           ? ""
                           : arena_printf(arena, " · %s %s", vendor->city, vendor->state);

    return arena_printf(arena, "Terms %lld days · delivers in %lld%s%s%s",
                        (long long)vendor->terms_days, (long long)vendor->lead_days,
                        *vendor->account_number != '\0' ? " · account " : "",
                        vendor->account_number, city);
}

static void draw_head(struct view *view, const void *record, struct area area)
{
    const struct vendor *vendor = record;
    struct arena *scratch = &area.on->scratch;
    char money[NUMBER_TEXT_MAX];

    area_fit(area, 0, 1, area.cols - 20, INK_STRONG, vendor->name);
    if (desk_holds(desk_of(view), RIGHT_BILLS_VIEW))
        area_right(area, 0, area.cols - 1, vendor->owes.cents > 0 ? INK_WARN : INK_NORMAL,
                   arena_printf(scratch, "owed %s", money_show(vendor->owes, money)));
    const int at = area_text(
        area, 1, 1, INK_NORMAL,
        text_is_empty(vendor->phone) ? "no phone" : text_phone_show(scratch, vendor->phone));
    area_fit(area, 1, at + 2, area.cols - at - 3, INK_NORMAL,
             arena_printf(scratch, "%s%s%s", vendor->contact,
                          *vendor->contact != '\0' && *vendor->email != '\0' ? " · " : "",
                          vendor->email));
    area_fit(area, 2, 1, area.cols - 12, INK_NORMAL, place_text(vendor, scratch));
    if (vendor->archived_at.seconds != 0)
        area_right(area, 2, area.cols - 1, INK_WARN, "Archived");
}

/* clang-format off */
static const struct tab tabs[] = {
    {"Orders", "purchase.search", .hides = "vendor_name", .empty = "Nothing was ordered yet. o begins an order."},
    {"Bills", "bill.search", .hides = "vendor_name", .empty = "No bill was entered yet. b enters one."},
    {"Payments", "bill.payments", .hides = "vendor_name", .empty = "Nothing was paid yet."},
    {"Returns", "claim.search", .hides = "vendor_name", .empty = "Nothing is to go back."},
    {"Record", "vendor.show"},
};
static const struct action actions[] = {
    {"Enter", "list.open", "open", TABBED_ROW, tabbed_open_row, "Opens the row."},
    {"e", "vendor.edit", "change", NEEDS_RECORD, NULL, "Changes the vendor."},
    {"o", "purchase.start", "order", NEEDS_RECORD, NULL, "Begins a purchase order."},
    {"b", "bill.enter", "bill", NEEDS_RECORD, NULL, "Enters a bill."},
    {"p", "bill.pay", "pay", NEEDS_RECORD, NULL, "Pays what is due."},
    {"A", "vendor.archive", "archive", NEEDS_RECORD, NULL, "Puts the vendor away.", ACTION_QUIET},
    {"R", "vendor.restore", "restore", NEEDS_RECORD, NULL, "Brings an archived vendor back.", ACTION_QUIET},
};
/* clang-format on */
static const struct tabbed_screen vendor_screen = {
    .noun = "vendor",
    .tabs = tabs,
    .tab_count = COUNT_OF(tabs),
    .head_rows = 3,
    .draw_head = draw_head,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .help = "Tab and the digits change between the tabs.",
};

void vendor_screen_open(struct desk *desk, int64_t vendor)
{
    tabbed_open(desk, &vendor_screen, vendor);
}

bool vendor_screen_subject(struct view *view, struct subject *ret_subject)
{
    return tabbed_subject(view, &vendor_screen, ret_subject);
}
