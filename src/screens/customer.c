/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A customer: who it is and what is owed, and in tabs the vehicles, orders, invoices, the log of
 * what was said, and the whole record. */

#include "domain/customer.h"

#include "base/text.h"
#include "print_menu.h"
#include "tabbed.h"

static const char *join(struct arena *arena, const char *a, const char *mark, const char *b)
{
    if (*a == '\0' || *b == '\0')
        return *a != '\0' ? a : b;
    return arena_printf(arena, "%s%s%s", a, mark, b);
}

static const char *address_text(const struct customer *customer, struct arena *arena)
{
    const char *place = join(arena, customer->city, ", ", customer->state);

    return join(arena, customer->street, ", ", join(arena, place, " ", customer->zip));
}

/* What is owed. Returns where the text in front of it has to end. */
static int draw_owed(const struct customer *customer, struct area area)
{
    char money[NUMBER_TEXT_MAX];
    const char *text =
        arena_printf(&area.on->scratch, "Owes %s", money_show(customer->owes, money));

    area_right(area, 0, area.cols - 1, customer->owes.cents > 0 ? INK_WARN : INK_STRONG, text);
    return area.cols - 3 - area_cells(area, text);
}

/* Below it what of that is past due, and what is in credit. */
static int draw_overdue(const struct customer *customer, struct area area)
{
    char money[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX];
    struct arena *scratch = &area.on->scratch;
    const char *text = "";
    const bool is_late = customer->overdue.cents > 0;

    if (is_late)
        text = arena_printf(scratch, "%s overdue since %s", money_show(customer->overdue, money),
                            day_show_short(customer->overdue_since_on, day));
    if (customer->credit.cents != 0)
        text = join(scratch, text, " · ",
                    arena_printf(scratch, "In credit %s", money_show(customer->credit, money)));
    area_right(area, 1, area.cols - 1, is_late ? INK_BAD : INK_OK, text);
    return *text != '\0' ? area.cols - 3 - area_cells(area, text) : area.cols - 1;
}

static const char *marks_text(const struct customer *customer, struct arena *arena)
{
    char day[DAY_TEXT_MAX], money[NUMBER_TEXT_MAX];
    const char *text = "";

    if (customer->archived_at.seconds != 0)
        text = "Archived";
    if (customer->tax_exempt)
        text = join(arena, text, " · ", "Tax exempt");
    if (customer->terms_days > 0)
        text = join(arena, text, " · ",
                    arena_printf(arena, "Net %lld days", (long long)customer->terms_days));
    if (customer->terms_days > 0 && customer->credit_limit.cents != NUMBER_NONE)
        text = join(arena, text, " · ",
                    arena_printf(arena, "Limit %s", money_show(customer->credit_limit, money)));
    if (customer->last_visit_on.iso[0] != '\0')
        text = join(arena, text, " · ",
                    arena_printf(arena, "Last in %s", day_show(customer->last_visit_on, day)));
    return text;
}

static void draw_head(struct view *view, const void *record, struct area area)
{
    const struct customer *customer = record;
    struct arena *scratch = &area.on->scratch;
    const int owed = draw_owed(customer, area), overdue = draw_overdue(customer, area);
    int at = 1;

    (void)view;
    area_fit(area, 0, 1, owed - 1, INK_STRONG,
             join(scratch, customer->name, "   ", text_phone_show(scratch, customer->phone)));
    area_fit(area, 1, 1, overdue - 1, INK_NORMAL,
             join(scratch, address_text(customer, scratch), " · ", customer->email));
    if (customer->on_hold)
        at = area_text(area, 2, at, INK_BAD,
                       *customer->hold_reason != '\0'
                           ? arena_printf(scratch, "On hold: %s", customer->hold_reason)
                           : "On hold") +
             3;
    area_fit(area, 2, at, area.cols - 1 - at, INK_MUTED, marks_text(customer, scratch));
}

static void write_up(struct view *view, const struct action *action);
static void pay(struct view *view, const struct action *action);
static void print_statement(struct view *view, const struct action *action);

/* clang-format off */
static const struct tab customer_tabs[] = {
    {"Vehicles", "vehicle.search", .hides = "customer_name", .empty = "No vehicle yet. F6 adds one."},
    {"Repair orders", "order.search", .hides = "customer_name", .sort = "id", .empty = "No repair order yet. w writes one up."},
    {"Invoices", "invoice.search", .hides = "customer_name", .empty = "No invoice yet."},
    {"Log", "customer.contacts", .empty = "Nothing was noted yet. c notes a call, message or visit."},
    {"Record", .op = "customer.show"},
};
static const struct action customer_actions[] = {
    {"Enter", "record.open", "open", NEEDS_ROW, tabbed_open_row, "Opens the selected row."},
    {"=", "customer.explain", "explain", NEEDS_RECORD, NULL, "Says where the balance comes from, invoice by invoice.", ACTION_QUIET},
    {"w", "estimate.start", "write up", NEEDS_RECORD, write_up, "Starts a repair order for the selected vehicle."},
    {"F7 p", "payment.take", "pay", NEEDS_RECORD, pay, "Takes a payment."},
    {"F6 v", "vehicle.add", "vehicle", NEEDS_RECORD, NULL, "Adds a vehicle of this customer."},
    {"F8", "document.print", "statement", NEEDS_RECORD, print_statement, "The customer's statement: what is open, invoice by invoice.", ACTION_QUIET},
    {"e", "customer.edit", "change", NEEDS_RECORD, NULL, "Changes the customer."},
    {"c", "customer.log", "note call", NEEDS_RECORD, NULL, "Notes a call, message or visit.", ACTION_QUIET},
    {"D", "payment.deposit", "deposit", NEEDS_RECORD, NULL, "Takes a deposit before there is an invoice.", ACTION_QUIET},
    {"g", "gift.sell", "gift certificate", NEEDS_RECORD, NULL, "Sells a gift certificate to this customer.", ACTION_QUIET},
    {"S", "gift.give", "store credit", NEEDS_RECORD, NULL, "Gives this customer store credit.", ACTION_QUIET},
    {"L", "customer.limit", "limit", NEEDS_RECORD, NULL, "How much the customer may have on account.", ACTION_QUIET},
    {"H", "customer.hold", "hold", NEEDS_RECORD, NULL, "Nothing more goes on account until the customer is released.", ACTION_QUIET},
    {"U", "customer.release", "release", NEEDS_RECORD, NULL, "Releases the customer from hold.", ACTION_QUIET},
    {"x", "late-fee.exempt", "late fees", NEEDS_RECORD, NULL, "Says whether late fees are charged to this customer.", ACTION_QUIET},
    {"m", "customer.merge", "merge", NEEDS_RECORD, NULL, "Merges another record of the same customer into this one.", ACTION_QUIET},
    {"A", "customer.archive", "archive", NEEDS_RECORD, NULL, "Puts the customer away.", ACTION_QUIET},
    {"R", "customer.restore", "restore", NEEDS_RECORD, NULL, "Brings an archived customer back.", ACTION_QUIET},
};
/* clang-format on */
static const struct tabbed_screen customer_screen = {
    .noun = "customer",
    .tabs = customer_tabs,
    .tab_count = COUNT_OF(customer_tabs),
    .head_rows = 3,
    .draw_head = draw_head,
    .actions = customer_actions,
    .action_count = COUNT_OF(customer_actions),
    .help = "Tab and the digits change between the tabs.",
};

static void write_up(struct view *view, const struct action *action)
{
    const struct customer *customer = tabbed_record(view, &customer_screen);

    (void)action;
    if (customer != NULL)
        write_up_open(desk_of(view), customer->id.v, tabbed_row_id(view, "vehicle"),
                      customer->name);
}

static void pay(struct view *view, const struct action *action)
{
    (void)action;
    pay_open(desk_of(view), tabbed_id(view));
}

static void print_statement(struct view *view, const struct action *action)
{
    const struct customer *customer = tabbed_record(view, &customer_screen);

    (void)action;
    if (customer != NULL)
        print_menu_open(desk_of(view), &(struct print_menu){
                                           .papers = {{DOCUMENT_STATEMENT, customer->id.v}},
                                           .email = customer->email,
                                           .title = customer->name,
                                       });
}

void customer_screen_open(struct desk *desk, int64_t customer)
{
    tabbed_open(desk, &customer_screen, customer);
}

bool customer_screen_subject(struct view *view, struct subject *ret_subject)
{
    return tabbed_subject(view, &customer_screen, ret_subject);
}
