/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A part: what there is of it and what is promised, and in tabs its bins and vendors, its movements
 * and the whole record. */

#include "domain/part.h"

#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "base/text.h"
#include "print/label.h"
#include "tabbed.h"
#include "ui/dialog.h"

static const char *quantity(struct qty value, struct arena *arena)
{
    char text[NUMBER_TEXT_MAX];

    return arena_text(arena, qty_text(value, text));
}

static const char *condition_text(const struct part *part)
{
    if (part->archived_at.seconds != 0)
        return "Archived";
    return part->discontinued ? "Discontinued: sold until it is gone" : "";
}

static void draw_stock(const struct part *part, struct area area, struct arena *arena)
{
    const bool is_short = part->needed.thousandths > 0 || part->on_hand.thousandths < 0;
    int at = area_printf(area, 1, 1, is_short ? INK_WARN : INK_NORMAL, "On hand %s",
                         quantity(part->on_hand, arena));

    at = area_printf(area, 1, at + 3, INK_NORMAL, "Available %s", quantity(part->available, arena));
    if (part->committed.thousandths != 0)
        at = area_printf(area, 1, at + 3, INK_NORMAL, "Committed %s",
                         quantity(part->committed, arena));
    if (part->on_order.thousandths != 0)
        at = area_printf(area, 1, at + 3, INK_NORMAL, "On order %s",
                         quantity(part->on_order, arena));
    if (part->needed.thousandths != 0)
        area_printf(area, 1, at + 3, INK_WARN, "To be ordered %s", quantity(part->needed, arena));
}

static const char *facts_text(const struct part *part, struct arena *arena)
{
    const char *tire = *part->tire_size != '\0' ? arena_printf(arena, " · %s %s%s", part->tire_size,
                                                               part->tire_load, part->tire_speed)
                                                : "";
    const char *bin = *part->bin != '\0' ? arena_printf(arena, "Bin %s", part->bin) : "No bin";
    const char *vendor = *part->vendor != '\0'
                             ? arena_printf(arena, " · %s %s", part->vendor, part->vendor_number)
                             : "";

    return arena_printf(arena, "%s%s%s%s%s", bin, vendor, *part->upc != '\0' ? " · " : "",
                        part->upc, tire);
}

static void draw_head(struct view *view, const void *record, struct area area)
{
    const struct part *part = record;
    struct arena *scratch = &area.on->scratch;
    char money[NUMBER_TEXT_MAX];

    (void)view;
    const int at = area_text(area, 0, 1, INK_STRONG, part->sku);
    area_fit(area, 0, at + 2, area.cols - at - 16, INK_NORMAL, part->name);
    area_right(area, 0, area.cols - 1, INK_STRONG, money_show(part->price, money));
    draw_stock(part, area, scratch);
    area_fit(area, 2, 1, area.cols - 2, INK_NORMAL, facts_text(part, scratch));
    if (*part->successor != '\0')
        area_right(area, 2, area.cols - 1, INK_WARN,
                   arena_printf(scratch, "Replaced by %s", part->successor));
    else
        area_right(area, 2, area.cols - 1, INK_WARN, condition_text(part));
}

/* Bins and vendors, a table each. */
static void write_places(struct buf *out, const struct shape *shape, const void *result,
                         const struct right_set *rights, size_t width)
{
    const struct part *part = result;

    (void)shape;
    buf_text(out, part->bins.count > 0 ? "Where it lies\n" : "It lies nowhere yet.\n");
    if (part->bins.count > 0)
        table_write_rows(out, &part_bin_shape, &part->bins, rights, width);
    buf_text(out, part->vendors.count > 0 ? "\nWho sells it\n"
                                          : "\nNobody is known to sell it. v adds a vendor.\n");
    if (part->vendors.count > 0)
        table_write_rows(out, &part_vendor_shape, &part->vendors, rights, width);
}

static void print_labels(struct view *view, const struct action *action);

/* clang-format off */
static const struct tab part_tabs[] = {
    {"Bins", "part.show", .write = write_places},
    {"Movements", "stock.moves", .hides = "sku", .empty = "It has never moved."},
    {"Record", .op = "part.show"},
};
static const struct action part_actions[] = {
    {"e", "part.edit", "change", NEEDS_RECORD, NULL, "Changes the part."},
    {"c", "part.adjust", "set stock", NEEDS_RECORD, NULL, "Sets what is on the shelf and books the difference."},
    {"m", "stock.transfer", "move", NEEDS_RECORD, NULL, "Moves pieces from one bin to another."},
    {"v", "part.set-vendor", "vendor", NEEDS_RECORD, NULL, "Adds a vendor, or changes number, cost and pack."},
    {"=", "part.explain", "explain", NEEDS_RECORD, NULL, "Says where stock, worth and price come from.", ACTION_QUIET},
    {"l", "part.labels", "labels", NEEDS_RECORD, print_labels, "Makes labels with its bar code."},
    {"V", "part.remove-vendor", "take vendor off", NEEDS_RECORD, NULL, "Takes a vendor off the part.", ACTION_QUIET},
    {"s", "part.supersede", "replace", NEEDS_RECORD, NULL, "Says which part is sold instead of it.", ACTION_QUIET},
    {"D", "part.discontinue", "discontinue", NEEDS_RECORD, NULL, "Buys no more of it; what is there is still sold.", ACTION_QUIET},
    {"C", "part.continue", "buy again", NEEDS_RECORD, NULL, "Buys it again.", ACTION_QUIET},
    {"A", "part.archive", "archive", NEEDS_RECORD, NULL, "Puts the part away.", ACTION_QUIET},
    {"R", "part.restore", "restore", NEEDS_RECORD, NULL, "Brings an archived part back.", ACTION_QUIET},
};
/* clang-format on */
static const struct tabbed_screen part_screen = {
    .noun = "part",
    .tabs = part_tabs,
    .tab_count = COUNT_OF(part_tabs),
    .head_rows = 3,
    .draw_head = draw_head,
    .actions = part_actions,
    .action_count = COUNT_OF(part_actions),
    .help = "Tab and the digits change between the tabs.",
};

/* --- Labels --- */

static void labels_counted(struct view *asker, const char *text, void *context)
{
    const struct part *part = tabbed_record(asker, &part_screen);
    struct desk *desk = desk_of(asker);
    struct session *s = &desk->session;

    (void)context;
    if (part == NULL)
        return;
    const struct label_part wanted = {part->sku, strtoll(text, NULL, 10)};
    const struct label_wish wish = {
        .format = LABEL_PDF, .parts = &wanted, .count = 1, .with_price = true};
    arena_reset(s->arena);
    const char *path = label_default_path(s, LABEL_PDF);
    if (label_save(s, &wish, path) != OK)
        app_fault(asker->app, &s->fault);
    else
        app_say(asker->app, "The labels are in %s.", path);
}

static status labels_check(void *context, const char *text, struct fault *fault)
{
    char *end = NULL;
    const long long copies = strtoll(text, &end, 10);

    (void)context;
    if (*text == '\0' || *end != '\0' || copies < 1 || copies > LABEL_COPIES_MAX)
        return fault_field(fault, "copies", "Write how many: 1 to %d.", LABEL_COPIES_MAX);
    return OK;
}

static void print_labels(struct view *view, const struct action *action)
{
    const struct part *part = tabbed_record(view, &part_screen);

    (void)action;
    if (part == NULL)
        return;
    const int64_t pieces = part->on_hand.thousandths / 1000;
    question_open(
        view->app,
        &(struct question){
            .title = "Labels",
            .label = "How many",
            .help = "A sheet as PDF. For label printers: pitlane part labels --as zpl",
            .initial = arena_printf(&view->arena, "%lld", (long long)(pieces > 0 ? pieces : 1)),
            .offered = true,
            .max = 6,
            .check = labels_check,
            .answered = labels_counted,
        });
}

void part_screen_open(struct desk *desk, int64_t part)
{
    tabbed_open(desk, &part_screen, part);
}

bool part_screen_subject(struct view *view, struct subject *ret_subject)
{
    return tabbed_subject(view, &part_screen, ret_subject);
}
