/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One check for many invoices: the open ones of a customer, those that it pays chosen by Space or
 * the oldest first, what is left of it above them. Nothing is taken before F2. */

#include "payment_bulk.h"

#include "base/text.h"
#include "figures.h"
#include "screens/order_page.h"
#include "ui/dialog.h"

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

static status load_rows(void *context, const struct row_query *query, struct arena *arena,
                        struct row_page *ret_page, struct fault *fault)
{
    const struct payment_bulk_page *page = context;

    (void)query;
    (void)fault;
    *ret_page = (struct row_page){.next = "", .previous = "", .total = (int64_t)page->count};
    if (page->count == 0)
        return OK;
    struct owed *rows = arena_copy(arena, page->rows, page->count * sizeof(struct owed));
    for (size_t i = 0; i < page->count; i++)
        rows[i].vehicle_name = arena_text(arena, rows[i].vehicle_name);
    ret_page->rows = (struct rows){rows, page->count};
    return OK;
}

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

static struct money kept_share(const struct owed *rows, size_t count, const struct invoice_row *now)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id.v == now->id.v)
            return money_min(rows[i].pays, now->balance);
    return MONEY_ZERO;
}

/* What was chosen before stays chosen, as far as it is still due. */
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
            .pays = kept_share(page->rows, page->count, &row[i]),
        };
    page->rows = rows;
    page->count = found->rows.count;
    arena_done(&page->arranged);
    page->arranged = fresh;
    rowlist_refresh(&page->list);
}

struct owed *payment_bulk_row(struct payment_bulk_page *page)
{
    const int64_t id = rowlist_id(&page->list);

    for (size_t i = 0; i < page->count; i++)
        if (page->rows[i].id.v == id)
            return &page->rows[i];
    return NULL;
}

struct money payment_bulk_chosen(const struct payment_bulk_page *page)
{
    struct money sum = MONEY_ZERO;

    for (size_t i = 0; i < page->count; i++)
        sum.cents += page->rows[i].pays.cents;
    return sum;
}

struct money payment_bulk_left(const struct payment_bulk_page *page)
{
    return page->given.cents == 0
               ? MONEY_ZERO
               : (struct money){page->given.cents - payment_bulk_chosen(page).cents};
}

void payment_bulk_set(struct payment_bulk_page *page, struct owed *owed, struct money pays)
{
    owed->pays = pays;
    rowlist_refresh(&page->list);
    app_redraw(page->desk->app);
}

/* ---- choosing ---- */

/* The cursor goes on to the next one, so that Space chooses several in a row. */
static void choose(struct view *view, const struct action *action)
{
    static const struct event down = {.kind = EVENT_KEY, .key = K_DOWN};
    struct payment_bulk_page *page = view->state;
    struct owed *owed = payment_bulk_row(page);
    const struct money left = payment_bulk_left(page);

    (void)action;
    if (owed == NULL)
        return;
    const bool is_chosen = owed->pays.cents > 0;
    if (!is_chosen && page->given.cents > 0 && left.cents <= 0) {
        app_error(view->app, "Nothing is left of the payment for this invoice.");
        return;
    }
    rowlist_key(&page->list, &down);
    payment_bulk_set(page, owed,
                     is_chosen               ? MONEY_ZERO
                     : page->given.cents > 0 ? money_min(left, owed->balance)
                                             : owed->balance);
}

static void choose_all(struct view *view, const struct action *action)
{
    struct payment_bulk_page *page = view->state;

    (void)action;
    page->given = MONEY_ZERO;
    for (size_t i = 0; i < page->count; i++)
        payment_bulk_set(page, &page->rows[i], page->rows[i].balance);
}

static void choose_none(struct view *view, const struct action *action)
{
    struct payment_bulk_page *page = view->state;

    (void)action;
    for (size_t i = 0; i < page->count; i++)
        payment_bulk_set(page, &page->rows[i], MONEY_ZERO);
}

static void pay_alone(struct view *view, const struct action *action)
{
    struct payment_bulk_page *page = view->state;
    const struct owed *owed = payment_bulk_row(page);

    (void)action;
    if (owed != NULL)
        payment_dialog_open(page->desk, owed->id, NULL);
}

static void show_invoice(struct view *view, const struct action *action)
{
    struct payment_bulk_page *page = view->state;
    const struct owed *owed = payment_bulk_row(page);

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
    rowlist_draw(&page->list, area_below(body, 3));
}

static bool key(struct view *view, const struct event *event)
{
    struct payment_bulk_page *page = view->state;

    if (event->kind == EVENT_KEY && event->key >= '0' && event->key <= '9') {
        const char digit[2] = {(char)event->key, '\0'};
        payment_bulk_ask_share_from(view, digit);
        return true;
    }
    return rowlist_key(&page->list, event);
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
    rowlist_settle(&page->list);
}

static void changed(struct view *view)
{
    struct payment_bulk_page *page = view->state;

    page->load.stale = page->customer.stale = true;
    app_redraw(view->app);
}

static unsigned has(struct view *view)
{
    struct payment_bulk_page *page = view->state;

    return (page->count > 0 ? (unsigned)NEEDS_RECORD : 0u) |
           (rowlist_row(&page->list) != NULL ? (unsigned)NEEDS_ROW : 0u);
}

static bool is_dirty(struct view *view)
{
    const struct payment_bulk_page *page = view->state;

    return page->given.cents > 0 || payment_bulk_chosen(page).cents > 0;
}

static void leave_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    if (letter == 'l')
        app_pop(asker->app, asker);
}

static bool leaves(struct view *view)
{
    static const struct dialog_button buttons[] = {{'s', "s Stay"}, {'l', "l Leave"}};

    if (!is_dirty(view))
        return true;
    dialog_open(view->app, &(struct dialog){
                               .title = "Nothing was taken yet",
                               .text = "What was chosen here is forgotten. F2 takes the payment.",
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 's',
                               .answered = leave_answered,
                           });
    return false;
}

static const char *place(struct view *view, struct arena *arena)
{
    const struct payment_bulk_page *page = view->state;

    return rowlist_status(&page->list, arena);
}

static void on_close(struct view *view)
{
    struct payment_bulk_page *page = view->state;

    rowlist_done(&page->list);
    loading_done(&page->load);
    loading_done(&page->customer);
    arena_done(&page->arranged);
}

/* clang-format off */
static const struct action actions[] = {
    {"F2", "payment.bulk", "take payment", NEEDS_RECORD, payment_bulk_take, "Asks how it is paid, then takes it on all that is chosen, in one step."},
    {"Space", "payment.choose", "choose", NEEDS_ROW, choose, "Pays this invoice, or leaves it out again."},
    {"Enter", "payment.share", "how much", NEEDS_ROW, payment_bulk_ask_share, "Pays a part of this invoice; typing digits does, too."},
    {"o", "payment.oldest", "oldest first", NEEDS_RECORD, payment_bulk_oldest, "Pays what was due first, as far as the amount goes."},
    {"a", "payment.amount", "amount", NEEDS_RECORD, payment_bulk_ask_amount, "What is handed over, to see what is left while choosing."},
    {"*", "payment.choose-all", "all", NEEDS_RECORD, choose_all, "Pays all of them."},
    {"n", "payment.choose-none", "none", NEEDS_RECORD, choose_none, "Leaves all of them out.", ACTION_QUIET},
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
    .key = key,
    .settle = settle,
    .changed = changed,
    .resumed = changed,
    .has = has,
    .status = place,
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
        .type =
            {
                .shape = &owed_shape,
                .columns = columns,
                .column_count = COUNT_OF(columns),
                .load = load_rows,
                .cell = owed_cell,
                .rights = &desk->session.rights,
                .empty = "Nothing is owed. A deposit is taken with “payment deposit” in F9.",
            },
    };
    rowlist_init(&page->list, &page->type, page);
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
