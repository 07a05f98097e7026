/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The lists of customers and of what was said to them, as tables. */

#include "base/text.h"
#include "domain/customer.h"
#include "inner.h"

/* clang-format off */
static const struct column customer_columns[] = {
    {.name = "name", .width = 20, .grow = 2},
    {.name = "phone", .width = 17},
    {.name = "city", .width = 14, .grow = 1, .below = 100},
    {.name = "email", .width = 22, .grow = 1, .below = 120},
    {.name = "owes", .width = 11},
    {.name = "overdue", .width = 11, .below = 134},
    {.name = "last_visit_on", .width = 11},
    {.name = "id", .width = 8, .below = 90},
};
static const struct list_filter customer_filters[] = {
    {"Active", NULL, NULL},
    {"Archived too", "archived", "yes"},
};
static const struct action customer_actions[] = {
    {"Enter", "customer.show", "open", NEEDS_ROW, NULL, "Opens the customer."},
    {"F6 n", "customer.add", "new", NEEDS_NOTHING, NULL, "Adds a customer."},
    {"w", "estimate.start", "write up", NEEDS_ROW, NULL, "Starts a repair order for the customer."},
    {"e", "customer.edit", "change", NEEDS_ROW, NULL, "Changes the customer."},
    {"c", "customer.log", "note call", NEEDS_ROW, NULL, "Notes what was said.", ACTION_QUIET},
    {"m", "customer.merge", "merge", NEEDS_ROW, NULL, "Merges two records of the same customer.", ACTION_QUIET},
    {"A", "customer.archive", "archive", NEEDS_ROW, NULL, "Puts the customer away.", ACTION_QUIET},
};
/* clang-format on */

static const char *customer_cell(void *context, const void *row, const char *column,
                                 struct arena *scratch, enum ink *ink)
{
    const struct customer_row *customer = row;
    char money[NUMBER_TEXT_MAX];

    (void)context;
    if (text_same(column, "name") && customer->on_hold)
        return arena_printf(scratch, "%s (on hold)", customer->name);
    if (text_same(column, "overdue") && customer->overdue.cents == 0)
        return "";
    if (customer->overdue.cents == 0 ||
        (!text_same(column, "owes") && !text_same(column, "overdue")))
        return NULL;
    *ink = INK_BAD;
    return text_same(column, "owes")
               ? arena_printf(scratch, "! %s", money_show(customer->owes, money))
               : NULL;
}

const struct list_screen customer_list_screen = {
    .op = "customer.search",
    .title = "Customers",
    .columns = customer_columns,
    .column_count = COUNT_OF(customer_columns),
    .filters = customer_filters,
    .filter_count = COUNT_OF(customer_filters),
    .actions = customer_actions,
    .action_count = COUNT_OF(customer_actions),
    .cell = customer_cell,
    .empty = "No customers match. F6 adds one.",
};

/* clang-format off */
static const struct column contact_columns[] = {
    {.name = "at", .width = 17},
    {.name = "channel", .width = 10},
    {.name = "direction", .width = 10, .below = 90},
    {.name = "summary", .width = 24, .grow = 2},
    {.name = "user_name", .width = 16, .below = 100},
    {.name = "order", .width = 8, .below = 80},
};
static const struct action contact_actions[] = {
    {"F6 n", "customer.log", "new", NEEDS_NOTHING, NULL, "Notes a call, message or visit."},
};
/* clang-format on */
const struct list_screen contact_list_screen = {
    .op = "customer.contacts",
    .title = "Communication log",
    .noun = "contact",
    .columns = contact_columns,
    .column_count = COUNT_OF(contact_columns),
    .actions = contact_actions,
    .action_count = COUNT_OF(contact_actions),
    .newest_first = true,
    .empty = "Nothing was noted yet. F6 notes a call, message or visit.",
};
