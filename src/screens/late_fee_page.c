/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Late fees as they are due today, to be looked at before F2 charges them. */

#include "domain/late_fee.h"

#include "base/text.h"
#include "domain/explain.h"
#include "domain/invoice.h"
#include "figures.h"
#include "inner.h"
#include "screens/order_page.h"
#include "ui/dialog.h"

struct late_fee_page {
    struct rowlist list;
    struct desk *desk;
    struct loading load;  /* of struct late_fee_list */
    struct loading rules; /* of struct late_fee_rules */
};

static const struct late_fee_list *shown(const struct late_fee_page *page)
{
    return page->load.out;
}

/* ---- rows ---- */

static struct rows rows_of(void *context)
{
    const struct late_fee_page *page = context;

    return shown(page) != NULL ? shown(page)->rows : (struct rows){0};
}

/* clang-format off */
static const struct column columns[] = {
    {.name = "customer_name", .width = 14, .grow = 2},
    {.name = "invoice", .width = 8},
    {.name = "due_on", .width = 11},
    {.name = "from_on", .width = 11, .below = 100},
    {.name = "to_on", .width = 11, .below = 100},
    {.name = "period", .width = 7, .below = 110},
    {.name = "open", .width = 11},
    {.name = "fee", .width = 10},
};
/* clang-format on */
static const struct rowlist_type rows_type = {
    .shape = &late_fee_row_shape,
    .id = "invoice",
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .whole = rows_of,
    .empty = "No late fee is due.",
};

/* ---- what keys do ---- */

static void reload(struct late_fee_page *page)
{
    page->load.stale = page->rules.stale = true;
    app_redraw(page->desk->app);
}

static void charge_answered(struct view *asker, char letter, void *context)
{
    struct late_fee_page *page = asker->state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct late_fee_list done;
    char total[NUMBER_TEXT_MAX];

    (void)context;
    if (letter != 'c')
        return;
    struct late_fee_charge *in = desk_input(page->desk, &arena, &late_fee_charge_op);
    in->total = shown(page)->total;
    const status result = desk_call(page->desk, &arena, &late_fee_charge_op, in, &done);
    reload(page);
    if (result == OK)
        app_say(asker->app, "Charged: %lld %s, %s in all.", (long long)done.customers,
                done.customers == 1 ? "invoice" : "invoices", money_show(done.total, total));
}

static void press_charge(struct view *view, const struct action *action)
{
    static const struct dialog_button buttons[] = {{'c', "c Charge them"}, {'b', "b Back"}};
    const struct late_fee_list *list = shown(view->state);
    AUTO_ARENA arena = ARENA_EMPTY;
    char total[NUMBER_TEXT_MAX];

    (void)action;
    dialog_open(view->app,
                &(struct dialog){
                    .title = "Charge late fees",
                    .text = arena_printf(&arena,
                                         "%s for %zu %s of %lld %s. Each customer gets one "
                                         "invoice over it.",
                                         money_show(list->total, total), list->rows.count,
                                         list->rows.count == 1 ? "invoice" : "invoices",
                                         (long long)list->customers,
                                         list->customers == 1 ? "customer" : "customers"),
                    .buttons = buttons,
                    .button_count = COUNT_OF(buttons),
                    .safe = 'b',
                    .answered = charge_answered,
                });
}

static void press_invoice(struct view *view, const struct action *action)
{
    struct late_fee_page *page = view->state;
    const struct late_fee_row *row = rowlist_row(&page->list);

    (void)action;
    if (row != NULL)
        invoice_page_open(page->desk, row->invoice);
}

static void press_exempt(struct view *view, const struct action *action)
{
    struct late_fee_page *page = view->state;
    const struct late_fee_row *row = rowlist_row(&page->list);

    (void)action;
    if (row == NULL)
        return;
    const struct subject subject = {.noun = "customer", .id = row->customer.v};
    op_form_open(page->desk, &(struct op_form){.op = &late_fee_exempt_op,
                                               .subject = &subject,
                                               .focus = "exempt",
                                               .small = true});
}

static void press_explain(struct view *view, const struct action *action)
{
    struct late_fee_page *page = view->state;
    const struct late_fee_row *row = rowlist_row(&page->list);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (row == NULL)
        return;
    struct late_fee_explain *in = desk_input(page->desk, &arena, &late_fee_explain_op);
    in->invoice = row->invoice;
    explain_open(page->desk, &late_fee_explain_op, in, NULL);
}

/* ---- the view ---- */

static const char *rules_text(const struct late_fee_rules *rules, struct arena *arena)
{
    char text[NUMBER_TEXT_MAX];

    switch (rules->charged) {
    case LATE_FEE_FIXED:
        return arena_printf(arena, "%s a month and invoice, after %lld days of grace",
                            money_show(rules->amount, text), (long long)rules->grace_days);
    case LATE_FEE_RATE:
        return arena_printf(arena, "%s %% a year, a twelfth a month, after %lld days of grace",
                            rate_text(rules->yearly, text), (long long)rules->grace_days);
    case LATE_FEE_NONE:
    default:
        return "The shop charges no late fees; s says how they are counted.";
    }
}

static void draw(struct view *view, struct area body)
{
    struct late_fee_page *page = view->state;
    const struct area first = area_row(body, 0);

    if (shown(page) == NULL || page->rules.out == NULL) {
        area_wrap(body, 1, 1, body.cols - 2, INK_ERROR,
                  shown(page) == NULL ? page->load.fault.text : page->rules.fault.text);
        return;
    }
    area_fit(first, 0, 1, first.cols - TOTAL_CELLS - 2, INK_NORMAL,
             rules_text(page->rules.out, &body.on->scratch));
    figure_sum(first, "Fees", shown(page)->total, INK_STRONG);
    area_hline(body, 1, 0, body.cols, INK_MUTED);
    rowlist_draw(&page->list, area_below(body, 2));
}

static void settle(struct view *view)
{
    static const struct late_fee_query all = {.customer = {0}};
    struct late_fee_page *page = view->state;

    if (page->load.stale) {
        desk_load(page->desk, &page->load, &late_fee_preview_op, &all);
        rowlist_refresh(&page->list);
    }
    if (page->rules.stale)
        desk_load(page->desk, &page->rules, &late_fee_rules_op, NULL);
    rowlist_view_settle(view);
}

static void changed(struct view *view)
{
    reload(view->state);
}

static unsigned has(struct view *view)
{
    struct late_fee_page *page = view->state;
    const bool is_due = shown(page) != NULL && shown(page)->rows.count > 0;

    return rowlist_view_has(view) | (is_due ? (unsigned)NEEDS_RECORD : 0u);
}

static void on_close(struct view *view)
{
    struct late_fee_page *page = view->state;

    rowlist_done(&page->list);
    loading_done(&page->load);
    loading_done(&page->rules);
}

/* clang-format off */
static const struct action actions[] = {
    {"F2", "late-fee.charge", "charge", NEEDS_RECORD, press_charge, "Charges all of them: one invoice for each customer.", 0, "No late fee is due."},
    {"Enter", "invoice.show", "invoice", NEEDS_ROW, press_invoice, "Opens the invoice that is late."},
    {"=", "late-fee.explain", "explain", NEEDS_ROW, press_explain, "Says where the fee comes from, and what was charged before.", ACTION_QUIET},
    {"x", "late-fee.exempt", "exempt", NEEDS_ROW, press_exempt, "Charges this customer no late fees any more."},
    {"s", "late-fee.set", "rules", NEEDS_NOTHING, NULL, "How late fees are counted."},
};
/* clang-format on */

static const struct view_type late_fee_type = {
    .name = "late-fees",
    .help = "What is charged today on invoices that are late, each month of an invoice once. F2 "
            "charges it; before that nothing is.",
    .draw = draw,
    .key = rowlist_view_key,
    .settle = settle,
    .changed = changed,
    .resumed = changed,
    .has = has,
    .status = rowlist_view_status,
    .close = on_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
};

void late_fee_page_open(struct desk *desk)
{
    struct view *view = view_new(desk->app, &late_fee_type, sizeof(struct late_fee_page));
    struct late_fee_page *page = view->state;

    *page = (struct late_fee_page){
        .desk = desk,
        .load.stale = true,
        .rules.stale = true,
    };
    rowlist_init(&page->list, &rows_type, &desk->session.rights, page);
    view->title = "Late fees";
    app_push(desk->app, view);
}
