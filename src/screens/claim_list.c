/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What goes back to vendors, and cores that customers may bring, as tables. */

#include "domain/claim.h"

#include "base/text.h"
#include "inner.h"
#include "print_menu.h"

static const char *claim_cell(void *context, const void *row, const char *column,
                              struct arena *scratch, enum ink *ink)
{
    const struct claim_row *claim = row;

    (void)context;
    (void)scratch;
    if (text_same(column, "age_days") && claim->age_days > 30)
        *ink = claim->age_days > 90 ? INK_BAD : INK_WARN;
    return NULL;
}

static void print_row(struct view *view, const struct action *action)
{
    (void)action;
    print_menu_of_row(view, DOCUMENT_CLAIM, "return");
}

/* clang-format off */
static const struct column claim_columns[] = {
    {.name = "id", .width = 6},
    {.name = "kind", .width = 9, .below = 90},
    {.name = "state", .width = 15},
    {.name = "vendor_name", .width = 18, .grow = 1},
    {.name = "description", .width = 12, .grow = 2, .below = 70},
    {.name = "quantity", .width = 8, .below = 100},
    {.name = "open", .width = 10},
    {.name = "age_days", .width = 5, .below = 100},
    {.name = "rma", .width = 12, .below = 110},
};
static const struct list_filter claim_filters[] = {
    {"Open", NULL, NULL},
    {"Closed too", "closed", "yes"},
};
static const struct action claim_actions[] = {
    {"Enter", "claim.show", "open", NEEDS_ROW, NULL, "Opens the claim."},
    {"F6 n", "claim.return", "return a part", NEEDS_NOTHING, NULL, "Sends a part back to its vendor."},
    {"h", "claim.core-here", "core is here", NEEDS_ROW, NULL, "Notes that the old part has come in."},
    {"x", "claim.send", "sent", NEEDS_ROW, NULL, "Notes that it went back."},
    {"c", "claim.credit", "credit", NEEDS_ROW, NULL, "Enters the vendor's credit memo."},
    {"w", "claim.write-off", "give up", NEEDS_ROW, NULL, "Writes off what is open.", ACTION_QUIET},
    {"a", "claim.aging", "by age", NEEDS_NOTHING, NULL, "Shows what vendors owe, by age."},
    {"F8", "document.print", "print", NEEDS_ROW, print_row, "The slip that goes with the part."},
};
static const struct column core_columns[] = {
    {.name = "id", .width = 6},
    {.name = "customer_name", .width = 18, .grow = 2},
    {.name = "sku", .width = 12},
    {.name = "description", .width = 14, .grow = 1, .below = 90},
    {.name = "invoice", .width = 8, .below = 100},
    {.name = "charge", .width = 10},
    {.name = "state", .width = 10},
    {.name = "opened_on", .width = 12},
};
static const struct list_filter core_filters[] = {
    {"Charged", NULL, NULL},
    {"All", "closed", "yes"},
};
static const struct action core_actions[] = {
    {"Enter", "core.show", "open", NEEDS_ROW, NULL, "Shows the charge."},
    {"r", "core.refund", "refund", NEEDS_ROW, NULL, "Gives charge and tax back as credit."},
    {"w", "core.forfeit", "keep", NEEDS_ROW, NULL, "Keeps the charge: the part does not come any more."},
};
/* clang-format on */
const struct list_screen claim_list_screen = {
    .op = "claim.search",
    .title = "Returns and cores",
    .noun = "claim",
    .columns = claim_columns,
    .column_count = COUNT_OF(claim_columns),
    .filters = claim_filters,
    .filter_count = COUNT_OF(claim_filters),
    .actions = claim_actions,
    .action_count = COUNT_OF(claim_actions),
    .cell = claim_cell,
    .empty = "Nothing is to go back. F6 returns a part.",
};
const struct list_screen core_list_screen = {
    .op = "core.search",
    .title = "Customers' cores",
    .noun = "core",
    .columns = core_columns,
    .column_count = COUNT_OF(core_columns),
    .filters = core_filters,
    .filter_count = COUNT_OF(core_filters),
    .actions = core_actions,
    .action_count = COUNT_OF(core_actions),
    .empty = "No core charge is open.",
};
