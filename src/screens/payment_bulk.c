/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One check for many invoices: the open ones of a customer, those that it pays chosen by Space or
 * the oldest first, what is left of it above them. Nothing is taken before F2. */

#include "payment_bulk.h"

#include "base/text.h"
#include "figures.h"
#include "screens/order_page.h"

static const struct field owed_fields[] = {
    FIELD(struct owed, id, .label = "Invoice"),
    FIELD(struct owed, status, .choices = &invoice_status_choices),
    FIELD(struct owed, vehicle_name, .label = "Vehicle"),
    FIELD(struct owed, due_on, .label = "Due on"),
    FIELD(struct owed, total),
    FIELD(struct owed, balance, .label = "Due"),
    FIELD(struct owed, pays, .label = "Pays"),
};
static const struct shape owed_shape = SHAPE_OF(struct owed, "owed", owed_fields);

/* ---- rows ---- */

static const char *owed_cell(void *context, const void *row, const char *column,
                             struct arena *scratch, enum ink *ink)
{
    const struct owed *owed = row;

    (void)context;
    (void)scratch;
    if (owed->status == INVOICE_OVERDUE &&
        (text_same(column, "status") || text_same(column, "due_on")))
        *ink = INK_BAD;
    if (!text_same(column, "pays"))
        return NULL;
    *ink = owed->pays.cents < owed->balance.cents ? INK_WARN : INK_OK;
    return owed->pays.cents == 0 ? "" : NULL;
}

/* clang-format off */
static const struct column columns[] = {
    {.name = "id", .width = 8},
    {.name = "due_on", .width = 11},
    {.name = "status", .width = 14, .below = 100},
    {.name = "vehicle_name", .width = 14, .grow = 2},
    {.name = "total", .width = 10, .below = 100},
    {.name = "balance", .width = 10},
    {.name = "pays", .width = 10},
};
/* clang-format on */
static const struct rowlist_type rows_type = {
    .shape = &owed_shape,
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .cell = owed_cell,
    .empty = "Nothing is owed. A deposit is taken with “payment deposit” in F9.",
};

/* What was chosen before stays chosen, as far as it is still due. */
static struct money kept_share(const struct amounts *amounts, const struct invoice_row *now)
{
    const struct owed *before = amounts_find(amounts, now->id.v);

    return before != NULL ? money_min(before->pays, now->balance) : MONEY_ZERO;
}

static void arrange(struct payment_bulk_page *page)
{
    const struct page *found = page->load.out;
    const struct invoice_row *row = found->rows.at;
    struct arena fresh = ARENA_EMPTY;
    struct owed *rows = NEW_ARRAY(&fresh, struct owed, found->rows.count + 1);

    for (size_t i = 0; i < found->rows.count; i++)
        rows[i] = (struct owed){
            .id = row[i].id,
            .vehicle_name = arena_text(&fresh, row[i].vehicle_name),
            .status = row[i].status,
            .due_on = row[i].due_on,
            .total = row[i].total,
            .balance = row[i].balance,
            .pays = kept_share(&page->amounts, &row[i]),
        };
    amounts_take(&page->amounts, (struct rows){rows, found->rows.count}, &fresh);
}

struct money payment_bulk_chosen(const struct payment_bulk_page *page)
{
    return (struct money){amounts_sum(&page->amounts)};
}

struct money payment_bulk_left(const struct payment_bulk_page *page)
{
    return page->given.cents == 0
               ? MONEY_ZERO
               : (struct money){page->given.cents - payment_bulk_chosen(page).cents};
}

/* ---- choosing ---- */

static int64_t share(struct view *view, const void *row)
{
    const struct payment_bulk_page *page = view->state;
    const struct owed *owed = row;
    const struct money left = payment_bulk_left(page);

    if (page->given.cents == 0)
        return owed->balance.cents;
    if (left.cents > 0)
        return money_min(left, owed->balance).cents;
    app_error(view->app, "Nothing is left of the payment for this invoice.");
    return 0;
}

static const char *share_title(const void *row, struct arena *arena)
{
    const struct owed *owed = row;

    return arena_printf(arena, "Invoice %lld", (long long)owed->id.v);
}

static status share_check(const void *row, int64_t amount, struct fault *fault)
{
    const struct owed *owed = row;
    char due[NUMBER_TEXT_MAX];

    if (amount < 0)
        return fault_field(fault, "amount", "Write an amount like 300 or 267.87.");
    if (amount > owed->balance.cents)
        return fault_field(fault, "amount", "Only %s is due on it. Pay that much at most.",
                           money_show(owed->balance, due));
    return OK;
}

static const struct amounts_type shares = {
    .most = "balance",
    .given = "pays",
    .label = "Pays",
    .help = "Of this payment; empty leaves the invoice out",
    .title = share_title,
    .check = share_check,
    .share = share,
    .leave_title = "Nothing was taken yet",
    .leave_text = "What was chosen here is forgotten. F2 takes the payment.",
};

static void choose_all(struct view *view, const struct action *action)
{
    struct payment_bulk_page *page = view->state;

    page->given = MONEY_ZERO;
    amounts_choose_all(view, action);
}

static void pay_alone(struct view *view, const struct action *action)
{
    struct payment_bulk_page *page = view->state;
    const struct owed *owed = amounts_current(&page->amounts);

    (void)action;
    if (owed != NULL)
        payment_dialog_open(page->desk, owed->id, NULL);
}

static void show_invoice(struct view *view, const struct action *action)
{
    struct payment_bulk_page *page = view->state;
    const struct owed *owed = amounts_current(&page->amounts);

    (void)action;
    if (owed != NULL)
        invoice_page_open(page->desk, owed->id);
}

/* ---- the view ---- */

static void draw(struct view *view, struct area body)
{
    struct payment_bulk_page *page = view->state;
    const struct customer *customer = page->customer.out;
    const struct area first = area_row(body, 0), second = area_row(body, 1);
    const struct money left = payment_bulk_left(page);

    if (page->load.out == NULL || customer == NULL) {
        area_wrap(body, 1, 1, body.cols - 2, INK_ERROR,
                  page->load.out == NULL ? page->load.fault.text : page->customer.fault.text);
        return;
    }
    area_fit(first, 0, 1, first.cols - TOTAL_CELLS - 2, INK_STRONG, customer->name);
    figure_sum(first, "Owes", customer->owes, INK_STRONG);
    int at = figure_inline(second, 1, "Payment", page->given, page->given.cents > 0);
    at = figure_inline(second, at, "Chosen", payment_bulk_chosen(page), true);
    figure_inline(second, at, "Credit on account", customer->credit, false);
    if (page->given.cents > 0)
        figure_sum(second, "Left", left,
                   left.cents < 0   ? INK_BAD
                   : left.cents > 0 ? INK_WARN
                                    : INK_OK);
    area_hline(body, 2, 0, body.cols, INK_MUTED);
    rowlist_draw(&page->amounts.list, area_below(body, 3));
}

static void settle(struct view *view)
{
    struct payment_bulk_page *page = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;

    if (page->load.stale) {
        struct invoice_search *in = desk_input(page->desk, &arena, &invoice_search_op);
        in->customer = page->key.customer;
        in->open = true;
        in->query.sort = "due_on";
        in->query.limit = 10000;
        if (desk_load(page->desk, &page->load, &invoice_search_op, in) == OK)
            arrange(page);
    }
    if (page->customer.stale)
        desk_load(page->desk, &page->customer, &customer_show_op, &page->key);
    rowlist_view_settle(view);
}

static void changed(struct view *view)
{
    struct payment_bulk_page *page = view->state;

    page->load.stale = page->customer.stale = true;
    app_redraw(view->app);
}

static bool is_dirty(struct view *view)
{
    const struct payment_bulk_page *page = view->state;

    return page->given.cents > 0 || amounts_is_dirty(view);
}

static bool leaves(struct view *view)
{
    return amounts_leaves_if(view, is_dirty(view));
}

static void on_close(struct view *view)
{
    struct payment_bulk_page *page = view->state;

    amounts_done(&page->amounts);
    loading_done(&page->load);
    loading_done(&page->customer);
}

/* clang-format off */
static const struct action actions[] = {
    {"F2", "payment.bulk", "take payment", NEEDS_RECORD, payment_bulk_take, "Asks how it is paid, then takes it on all that is chosen, in one step."},
    {"Space", "payment.choose", "choose", NEEDS_ROW, amounts_choose, "Pays this invoice, or leaves it out again."},
    {"Enter", "payment.share", "how much", NEEDS_ROW, amounts_ask, "Pays a part of this invoice; typing digits does, too."},
    {"o", "payment.oldest", "oldest first", NEEDS_RECORD, payment_bulk_oldest, "Pays what was due first, as far as the amount goes."},
    {"a", "payment.amount", "amount", NEEDS_RECORD, payment_bulk_ask_amount, "What is handed over, to see what is left while choosing."},
    {"*", "payment.choose-all", "all", NEEDS_RECORD, choose_all, "Pays all of them."},
    {"n", "payment.choose-none", "none", NEEDS_RECORD, amounts_choose_none, "Leaves all of them out.", ACTION_QUIET},
    {"F7 p", "payment.take", "this one alone", NEEDS_ROW, pay_alone, "Takes money for this invoice alone, by one tender or several."},
    {"i", "invoice.show", "invoice", NEEDS_ROW, show_invoice, "Opens the invoice.", ACTION_QUIET},
};
/* clang-format on */

static const struct view_type bulk_type = {
    .name = "payment-bulk",
    .help = "Space chooses an invoice, digits say how much of it is paid. With the amount given "
            "first, o shares it out, the oldest first. F2 asks how it is paid and takes it: one "
            "payment for all of them. What is left over becomes credit, of cash it is change.",
    .draw = draw,
    .key = amounts_key,
    .settle = settle,
    .changed = changed,
    .resumed = changed,
    .has = amounts_has,
    .status = rowlist_view_status,
    .dirty = is_dirty,
    .leaves = leaves,
    .close = on_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
};

void payment_bulk_open(struct desk *desk, struct customer_id customer)
{
    struct view *view = view_new(desk->app, &bulk_type, sizeof(struct payment_bulk_page));
    struct payment_bulk_page *page = view->state;

    *page = (struct payment_bulk_page){
        .desk = desk,
        .key = {customer},
        .load.stale = true,
        .customer.stale = true,
    };
    amounts_init(&page->amounts, &shares, &rows_type, &desk->session.rights);
    view->title = "Take payment";
    app_push(desk->app, view);
}

static void customer_picked(struct view *asker, const struct shape *shape, const void *row,
                            void *context)
{
    (void)context;
    payment_bulk_open(desk_of(asker), (struct customer_id){row_id(shape, row)});
}

void payment_bulk_open_any(struct desk *desk)
{
    op_pick_open(desk, &(struct op_pick){
                           .op = &customer_search_op,
                           .title = "Who pays?",
                           .picked = customer_picked,
                       });
}
