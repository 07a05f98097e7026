/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The lists of coupons and of where they were used, as tables. */

#include "domain/coupon.h"

#include "base/text.h"
#include "inner.h"

/* What does not limit stays empty; what it is worth stands in the one column it is in. */
static const char *coupon_cell(void *context, const void *row, const char *column,
                               struct arena *scratch, enum ink *ink)
{
    const struct coupon *coupon = row;

    (void)context;
    if (text_same(column, "percent") && coupon->percent.ppm == 0)
        return "";
    if (text_same(column, "amount") && coupon->amount.cents == 0)
        return "";
    if (text_same(column, "minimum") && coupon->minimum.cents == 0)
        return "";
    if (!text_same(column, "uses") || coupon->use_limit == 0)
        return NULL;
    if (coupon->uses >= coupon->use_limit)
        *ink = INK_WARN;
    return arena_printf(scratch, "%lld of %lld", (long long)coupon->uses,
                        (long long)coupon->use_limit);
}

/* clang-format off */
static const struct column coupon_columns[] = {
    {.name = "code", .width = 12},
    {.name = "title", .width = 14, .grow = 2},
    {.name = "percent", .width = 8},
    {.name = "amount", .width = 9},
    {.name = "minimum", .width = 12, .below = 100},
    {.name = "until_on", .width = 11},
    {.name = "uses", .width = 9, .number = true},
    {.name = "stackable", .width = 7, .below = 110},
};
static const struct list_filter coupon_filters[] = {
    {"Good and to come", NULL, NULL},
    {"Ended too", "ended", "yes"},
};
static const struct action coupon_actions[] = {
    {"Enter", "coupon.show", "open", NEEDS_ROW, NULL, "Opens the coupon."},
    {"F6 n", "coupon.add", "new", NEEDS_NOTHING, NULL, "Makes a coupon."},
    {"e", "coupon.edit", "change", NEEDS_ROW, NULL, "Changes the coupon."},
    {"u", "coupon.uses", "where used", NEEDS_ROW, NULL, "Shows the invoices it was used on."},
    {"A", "coupon.archive", "archive", NEEDS_ROW, NULL, "Puts the coupon away.", ACTION_QUIET},
};
static const struct column use_columns[] = {
    {.name = "invoice", .width = 9},
    {.name = "posted_on", .width = 12},
    {.name = "customer_name", .width = 20, .grow = 2},
    {.name = "order", .width = 9},
    {.name = "amount", .width = 11},
    {.name = "given_back", .width = 11, .below = 100},
};
static const struct action use_actions[] = {
    {"Enter", "invoice.show", "open", NEEDS_ROW, NULL, "Opens the invoice."},
};
/* clang-format on */
const struct list_screen coupon_list_screen = {
    .op = "coupon.list",
    .title = "Coupons",
    .columns = coupon_columns,
    .column_count = COUNT_OF(coupon_columns),
    .filters = coupon_filters,
    .filter_count = COUNT_OF(coupon_filters),
    .actions = coupon_actions,
    .action_count = COUNT_OF(coupon_actions),
    .cell = coupon_cell,
    .empty = "No coupon is good at present. F6 makes one.",
};
const struct list_screen coupon_use_list_screen = {
    .op = "coupon.uses",
    .title = "Where coupons were used",
    .noun = "invoice",
    .columns = use_columns,
    .column_count = COUNT_OF(use_columns),
    .actions = use_actions,
    .action_count = COUNT_OF(use_actions),
    .newest_first = true,
    .empty = "It was not used yet.",
};
