/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The board: what is in the shop, what holds each car, and what is promised for when. */

#include "order_page.h"

#include "base/text.h"
#include "figures.h"
#include "inner.h"

/* clang-format off */
static const struct column order_columns[] = {
    {.name = "id", .width = 6, .label = "RO"},
    {.name = "state", .width = 15},
    {.name = "customer_name", .width = 14, .grow = 1},
    {.name = "vehicle_name", .width = 14, .grow = 2, .below = 70},
    {.name = "promised_at", .width = 12},
    {.name = "waits", .width = 14, .below = 100},
    {.name = "total", .width = 10, .below = 110},
    {.name = "key_tag", .width = 5, .below = 110, .label = "Tag"},
    {.name = "plate", .width = 9, .below = 130},
    {.name = "writer_name", .width = 14, .below = 140},
};
static const struct list_filter order_filters[] = {
    {"Open", "open", "yes"},
    {"Estimates", "state", "estimate"},
    {"Approved", "state", "approved"},
    {"In progress", "state", "in_progress"},
    {"On hold", "state", "hold"},
    {"Quality check", "state", "quality_check"},
    {"Complete", "state", "complete"},
    {"Late", "late", "yes"},
    {"Invoiced", "state", "posted"},
    {"All", NULL, NULL},
};
static const struct action order_actions[] = {
    {"Enter", "order.show", "open", NEEDS_ROW, NULL, "Opens the repair order."},
    {"F6 n", "estimate.start", "new", NEEDS_NOTHING, NULL, "Starts a repair order."},
};
/* clang-format on */

/* "15:00", "25 Nov 15:00"; with the word when that has passed and the car is not ready. */
static const char *promise_cell(const struct desk *desk, const struct order_row *row,
                                struct arena *scratch, enum ink *ink)
{
    const struct instant now = desk_now(desk), promised = row->promised_at;

    if (promised.seconds == 0)
        return "";
    if (row->state >= ORDER_COMPLETE || promised.seconds >= now.seconds)
        return moment_text(promised, now, scratch);
    const bool today = day_compare(instant_day(promised), instant_day(now)) == 0;
    *ink = INK_BAD;
    return arena_printf(scratch, "%s LATE",
                        today ? moment_text(promised, now, scratch)
                              : day_text(instant_day(promised), instant_day(now), scratch));
}

/* "◌ hold: parts", and with the day where they are ordered: "◌ parts 26 Nov". */
static const char *hold_cell(const struct desk *desk, const struct order_row *row,
                             struct arena *scratch, enum ink *ink)
{
    const struct choice *hold = &hold_choices.at[row->hold];
    const char *mark = theme_mark(desk->theme, hold->mark, hold->ascii);

    if (row->hold != HOLD_PARTS || row->parts_due_on.iso[0] == '\0')
        return arena_printf(scratch, "%s hold: %s", mark, hold->word);
    if (day_compare(row->parts_due_on, desk_today(desk)) < 0) {
        *ink = INK_BAD;
        return arena_printf(scratch, "%s parts LATE", mark);
    }
    return arena_printf(scratch, "%s parts %s", mark,
                        day_text(row->parts_due_on, desk_today(desk), scratch));
}

static const char *order_cell(void *context, const void *row, const char *column,
                              struct arena *scratch, enum ink *ink)
{
    const struct op_source *source = context;
    const struct order_row *order = row;

    if (text_same(column, "promised_at"))
        return promise_cell(source->desk, order, scratch, ink);
    if (!text_same(column, "state"))
        return NULL;
    *ink = order_state_ink(order->state);
    if (order->state == ORDER_HOLD && order->hold != HOLD_NONE)
        return hold_cell(source->desk, order, scratch, ink);
    return order_state_text(source->desk, order->state, order->hold, scratch);
}

const struct list_screen order_list_screen = {
    .op = "order.search",
    .title = "Repair orders",
    .columns = order_columns,
    .column_count = COUNT_OF(order_columns),
    .filters = order_filters,
    .filter_count = COUNT_OF(order_filters),
    .actions = order_actions,
    .action_count = COUNT_OF(order_actions),
    .cell = order_cell,
    .empty = "No repair orders here. F6 starts one; f shows others.",
};
