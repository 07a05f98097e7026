/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of gift certificates and store credit, as a table; and selling one, which goes straight
 * on to its payment. */

#include "base/text.h"
#include "domain/gift.h"
#include "inner.h"
#include "print_menu.h"
#include "screens/order_page.h"

/* Not good before it is paid: so the money is asked for at once. */
static void sold(struct view *asker, const void *out, void *context)
{
    struct desk *desk = desk_of(asker);
    const struct gift *gift = out;

    (void)context;
    desk_open_record(desk, "gift", gift->id.v);
    app_say(desk->app, "Certificate %s is good once this is paid.", gift->number);
    payment_dialog_open(desk, gift->invoice, NULL);
}

void gift_sell_open(struct desk *desk, int64_t customer)
{
    const struct subject subject = {.noun = "customer", .id = customer};

    op_form_open(desk, &(struct op_form){
                           .op = &gift_sell_op,
                           .subject = customer != 0 ? &subject : NULL,
                           .saved = sold,
                       });
}

static void sell(struct view *view, const struct action *action)
{
    (void)action;
    gift_sell_open(desk_of(view), 0);
}

static void print_row(struct view *view, const struct action *action)
{
    (void)action;
    print_menu_of_row(view, DOCUMENT_GIFT, "certificate");
}

static const char *gift_cell(void *context, const void *row, const char *column,
                             struct arena *scratch, enum ink *ink)
{
    const struct gift_row *gift = row;

    (void)context;
    (void)scratch;
    if (text_same(column, "status"))
        *ink = gift->status == GIFT_GOOD      ? INK_OK
               : gift->status == GIFT_USED_UP ? INK_MUTED
                                              : INK_WARN;
    return NULL;
}

/* clang-format off */
static const struct column gift_columns[] = {
    {.name = "number", .width = 15},
    {.name = "status", .width = 12},
    {.name = "kind", .width = 17, .below = 100},
    {.name = "customer_name", .width = 14, .grow = 2},
    {.name = "recipient", .width = 12, .grow = 1, .below = 90},
    {.name = "amount", .width = 11},
    {.name = "balance", .width = 10},
    {.name = "issued_on", .width = 11, .below = 125},
    {.name = "expires_on", .width = 11, .below = 130},
};
static const struct list_filter gift_filters[] = {
    {"With something left", "open", "yes"},
    {"All", NULL, NULL},
};
static const struct action gift_actions[] = {
    {"Enter", "gift.show", "open", NEEDS_ROW, NULL, "Shows the certificate and what became of it."},
    {"F6 n", "gift.sell", "sell one", NEEDS_NOTHING, sell, "Sells a gift certificate and takes the money for it."},
    {"c", "gift.give", "give credit", NEEDS_NOTHING, NULL, "Gives a customer store credit."},
    {"w", "gift.look-up", "by number", NEEDS_NOTHING, NULL, "What is left on a certificate, by its number."},
    {"=", "gift.explain", "explain", NEEDS_ROW, NULL, "Says what is left on it is made of: every use of it.", ACTION_QUIET},
    {"F8", "document.print", "print", NEEDS_ROW, print_row, "The certificate, to be handed over."},
};
/* clang-format on */
const struct list_screen gift_list_screen = {
    .op = "gift.search",
    .title = "Gift certificates",
    .columns = gift_columns,
    .column_count = COUNT_OF(gift_columns),
    .filters = gift_filters,
    .filter_count = COUNT_OF(gift_filters),
    .actions = gift_actions,
    .action_count = COUNT_OF(gift_actions),
    .cell = gift_cell,
    .newest_first = true,
    .sort = "id",
    .empty = "No certificate here. F6 sells one; f shows those that are used up.",
};
