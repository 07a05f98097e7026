/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The counter: one box that finds customers, vehicles and repair orders while one types, and what
 * is done next with them. Enter moves from the box to what was found; there letters are actions. */

#include "counter.h"
#include "domain/closed_day.h"
#include "domain/purchase.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "ui/dialog.h"

#define FIND_CUSTOMERS 8
#define OPEN_ORDERS    100

enum {
    HAS_PERSON = NEEDS_OWN,      /* the row has a customer */
    IN_BOX = NEEDS_OWN << 1,     /* the cursor is in the box */
    HAS_DRAFTS = NEEDS_OWN << 2, /* forms are unfinished */
};

size_t counter_count(const struct counter *counter)
{
    return editor_is_empty(&counter->box) ? counter->orders.count : counter->found.count;
}

static const struct found_row *chosen_row(const struct counter *counter)
{
    const struct found_row *rows = counter->found.at;

    if (!counter->in_rows || editor_is_empty(&counter->box) ||
        counter->selected >= counter->found.count)
        return NULL;
    return &rows[counter->selected];
}

static const struct order_row *counter_order(const struct counter *counter)
{
    const struct order_row *rows = counter->orders.at;

    if (!counter->in_rows || !editor_is_empty(&counter->box) ||
        counter->selected >= counter->orders.count)
        return NULL;
    return &rows[counter->selected];
}

/* --- Loading --- */

static void find(struct desk *desk, struct counter *counter, struct arena *arena)
{
    const struct customer_find in = {.text = editor_text(&counter->box), .limit = FIND_CUSTOMERS};
    struct customer_found out = {.rows = {0}};

    counter->found = (struct rows){0};
    if (!text_is_empty(in.text) && desk_allows(desk, &customer_find_op) &&
        desk_call(desk, arena, &customer_find_op, &in, &out) == OK)
        counter->found = out.rows;
}

static void list_open_orders(struct desk *desk, struct counter *counter, struct arena *arena)
{
    const struct op *op = op_find("order.search");
    const struct field *open = op != NULL ? shape_field(op->in, "open") : NULL;
    struct page page;

    counter->orders = (struct rows){0};
    if (open == NULL || !desk_allows(desk, op))
        return;
    struct list_query *in = desk_input(desk, arena, op);
    in->limit = OPEN_ORDERS;
    *(bool *)field_at(open, in) = true;
    if (desk_call(desk, arena, op, in, &page) == OK)
        counter->orders = page.rows;
}

static void load_rows(struct view *view)
{
    struct counter *counter = view->state;
    struct desk *desk = desk_of(view);

    arena_done(&counter->arena);
    counter->found = counter->orders = (struct rows){0};
    if (editor_is_empty(&counter->box))
        list_open_orders(desk, counter, &counter->arena);
    else
        find(desk, counter, &counter->arena);
    counter->drafts = drafts_text(desk, &counter->arena);
    counter->stale = false;
    if (counter->selected >= counter_count(counter))
        counter->selected = 0;
    if (counter_count(counter) == 0)
        counter->in_rows = false;
}

static void counter_settle(struct view *view)
{
    struct counter *counter = view->state;
    struct desk *desk = desk_of(view);
    const struct op *today = op_find("order.today");

    if (desk->session.id.v == 0)
        return;
    if (counter->old && today != NULL && desk_allows(desk, today))
        desk_load(desk, &counter->today, today, desk_input(desk, &desk->scratch, today));
    if (counter->old && desk_allows(desk, &part_alerts_op))
        desk_load(desk, &counter->alerts, &part_alerts_op, NULL);
    if (counter->old && desk_allows(desk, &day_unclosed_op))
        desk_load(desk, &counter->open, &day_unclosed_op, NULL);
    if (counter->stale || counter->old)
        load_rows(view);
    counter->old = false;
}

static void counter_changed(struct view *view)
{
    struct counter *counter = view->state;

    counter->old = true;
    app_redraw(view->app);
}

/* --- Keys --- */

static void to_box(struct counter *counter)
{
    counter->in_rows = false;
    counter->selected = counter->top = 0;
}

static void select_row(struct counter *counter, size_t row)
{
    if (row < counter_count(counter)) {
        counter->in_rows = true;
        counter->selected = row;
    }
}

static bool move(struct counter *counter, uint32_t key)
{
    const size_t count = counter_count(counter);

    if (count == 0)
        return false;
    switch (key) {
    case K_DOWN:
        select_row(counter, counter->in_rows ? counter->selected + 1 : 0);
        return true;
    case K_UP:
        if (counter->in_rows && counter->selected > 0)
            counter->selected--;
        else
            to_box(counter);
        return true;
    case K_PAGE_DOWN:
        select_row(counter, counter->selected + 10 < count ? counter->selected + 10 : count - 1);
        return true;
    case K_PAGE_UP:
        select_row(counter, counter->selected > 10 ? counter->selected - 10 : 0);
        return true;
    default:
        return false;
    }
}

static bool type(struct view *view, const struct event *event)
{
    struct counter *counter = view->state;

    switch (editor_key(&counter->box, event)) {
    case EDITOR_IGNORED:
        return false;
    case EDITOR_CHANGED:
        counter->stale = true;
        to_box(counter);
        return true;
    case EDITOR_FULL:
    case EDITOR_MOVED:
        return true;
    }
    return false;
}

/* Text typed while the cursor is on a row, which is no action's key, begins a new search. */
static bool type_over(struct view *view, const struct event *event)
{
    struct counter *counter = view->state;

    if (event->kind == EVENT_KEY && event->key == K_BACKSPACE) {
        to_box(counter);
        return type(view, event);
    }
    if (event->kind == EVENT_KEY && !key_is_text(event->key))
        return false;
    editor_set(&counter->box, "");
    return type(view, event);
}

static bool counter_key(struct view *view, const struct event *event)
{
    struct counter *counter = view->state;

    if (event->kind == EVENT_SCAN) {
        if (editor_take_back(&counter->box, event->text))
            counter->stale = true;
        return false;
    }
    if (counter->stale && event->kind == EVENT_KEY && !key_is_text(event->key) &&
        event->key != K_BACKSPACE)
        counter_settle(view); /* typed ahead of the screen: act on what was really found */
    if (event->kind == EVENT_KEY && event->key == K_ESCAPE &&
        (counter->in_rows || !editor_is_empty(&counter->box))) {
        if (!counter->in_rows)
            editor_set(&counter->box, "");
        counter->stale = true;
        to_box(counter);
        return true;
    }
    if (event->kind == EVENT_KEY && move(counter, event->key))
        return true;
    return counter->in_rows ? type_over(view, event) : type(view, event);
}

static enum typing counter_typing(const struct view *view)
{
    const struct counter *counter = view->state;

    return counter->in_rows ? TYPING_NONE : TYPING_SEARCH;
}

static unsigned counter_has(struct view *view)
{
    struct counter *counter = view->state;
    unsigned has = 0;

    if (chosen_row(counter) != NULL || counter_order(counter) != NULL)
        has |= NEEDS_ROW;
    else
        has |= IN_BOX;
    if (chosen_row(counter) != NULL)
        has |= HAS_PERSON;
    if (counter->drafts != NULL)
        has |= HAS_DRAFTS;
    return has;
}

/* --- Actions --- */

static void open_found(struct desk *desk, const struct found_row *row)
{
    switch (row->kind) {
    case FOUND_CUSTOMER:
        desk_open_record(desk, "customer", row->customer.v);
        break;
    case FOUND_VEHICLE:
        if (row->order.v != 0)
            desk_open_record(desk, "order", row->order.v);
        else
            desk_open_record(desk, "vehicle", row->vehicle.v);
        break;
    case FOUND_ORDER:
        desk_open_record(desk, "order", row->order.v);
        break;
    }
}

static void open_row(struct view *view, const struct action *action)
{
    const struct counter *counter = view->state;
    const struct found_row *row = chosen_row(counter);
    const struct order_row *order = counter_order(counter);

    (void)action;
    if (row != NULL)
        open_found(desk_of(view), row);
    else if (order != NULL)
        desk_open_record(desk_of(view), "order", order->id.v);
}

const char *counter_nothing(const struct counter *counter, const struct desk *desk)
{
    if (text_is_vin(editor_text(&counter->box)) && op_is_allowed(&desk->session, &vehicle_add_op))
        return "No vehicle has this number. Enter adds it.";
    if (op_is_allowed(&desk->session, &customer_add_op))
        return "Nobody matches. F6 adds a new customer.";
    return "Nobody matches. Type a name, phone, plate, VIN or number.";
}

/* Enter in the box: to the first of what was found; an order found alone opens at once. */
static void enter_rows(struct view *view, const struct action *action)
{
    struct counter *counter = view->state;
    const struct found_row *rows;

    (void)action;
    if (counter->stale)
        counter_settle(view);
    rows = counter->found.at;
    if (counter_count(counter) == 0) {
        /* A number typed by hand is as good as a scanned one. */
        if (scan_is_code(NULL, editor_text(&counter->box)))
            scan_open(view->app, editor_text(&counter->box));
        else if (!editor_is_empty(&counter->box))
            app_say(view->app, "There is nothing to open.");
        return;
    }
    select_row(counter, 0);
    if (!editor_is_empty(&counter->box) && counter->found.count == 1 && rows[0].kind == FOUND_ORDER)
        open_found(desk_of(view), &rows[0]);
}

/* The only vehicle found with this customer; NULL when there is none or a choice. */
static const struct found_row *only_vehicle(const struct counter *counter,
                                            const struct found_row *customer)
{
    const struct found_row *rows = counter->found.at, *only = NULL;

    for (size_t i = 0; i < counter->found.count; i++)
        if (rows[i].kind == FOUND_VEHICLE && rows[i].customer.v == customer->customer.v) {
            if (only != NULL)
                return NULL;
            only = &rows[i];
        }
    return only;
}

static void write_up(struct view *view, const struct action *action)
{
    const struct counter *counter = view->state;
    const struct found_row *row = chosen_row(counter);

    (void)action;
    if (row == NULL)
        return;
    if (row->kind == FOUND_CUSTOMER && only_vehicle(counter, row) != NULL)
        row = only_vehicle(counter, row);
    write_up_open(desk_of(view), row->customer.v, row->vehicle.v, row->name);
}

/* Whom is sold to, when one was found; else somebody who gives no name. */
static void sell(struct view *view, const struct action *action)
{
    const struct found_row *row = chosen_row(view->state);

    (void)action;
    counter_sale_open(desk_of(view), row != NULL ? row->customer.v : 0);
}

static void pay(struct view *view, const struct action *action)
{
    const struct found_row *row = chosen_row(view->state);

    (void)action;
    if (row != NULL)
        pay_open(desk_of(view), row->customer.v);
}

static void new_customer(struct view *view, const struct action *action)
{
    const struct counter *counter = view->state;

    (void)action;
    new_customer_open(desk_of(view), editor_text(&counter->box));
}

static void continue_draft(struct view *view, const struct action *action)
{
    (void)action;
    draft_continue_latest(desk_of(view));
}

static const char *counter_title(struct view *view, struct arena *arena)
{
    return arena_printf(arena, "Pitlane · %s", desk_of(view)->shop.name);
}

static const char *counted(size_t count, const char *one, const char *many, struct arena *arena)
{
    return arena_printf(arena, "%zu %s", count, count == 1 ? one : many);
}

/* Vehicles stand below their customers and are not counted. */
static const char *counter_status(struct view *view, struct arena *arena)
{
    const struct counter *counter = view->state;
    const struct found_row *rows = counter->found.at;
    size_t customers = 0, orders = 0;

    if (editor_is_empty(&counter->box) || counter->found.count == 0)
        return NULL; /* that nobody matches stands where the rows would */
    for (size_t i = 0; i < counter->found.count; i++) {
        customers += rows[i].kind == FOUND_CUSTOMER;
        orders += rows[i].kind == FOUND_ORDER;
    }
    if (customers == FIND_CUSTOMERS)
        return arena_printf(arena, "%zu customers shown; type more to find others", customers);
    const char *people = counted(customers, "customer", "customers", arena);
    const char *found_orders = counted(orders, "repair order", "repair orders", arena);
    if (orders == 0)
        return people;
    return customers == 0 ? found_orders : arena_printf(arena, "%s, %s", people, found_orders);
}

static void counter_close(struct view *view)
{
    struct counter *counter = view->state;

    editor_done(&counter->box);
    arena_done(&counter->arena);
    loading_done(&counter->today);
    loading_done(&counter->alerts);
    loading_done(&counter->open);
}

/* clang-format off */
static const struct action counter_actions[] = {
    {"Enter", "counter.open", "open", NEEDS_ROW, open_row, "Opens the customer, vehicle or repair order."},
    {"Enter", "counter.choose", "choose", IN_BOX, enter_rows, "Goes to what was found; there letters are actions."},
    {"w", "estimate.start", "write up", HAS_PERSON, write_up, "Starts a repair order for the vehicle.", 0, "Find the customer first, then press Enter."},
    {"F7 p", "payment.take", "pay", HAS_PERSON, pay, "Takes a payment from the customer.", 0, "Find the customer first, then press Enter."},
    {"F4", "order.counter-sale", "counter sale", NEEDS_NOTHING, sell, "Sells parts over the counter to the customer found, or to one who gives no name.", ACTION_QUIET | ACTION_WHILE_TYPING},
    {"F6 n", "customer.add", "new", NEEDS_NOTHING, new_customer, "Adds a customer, then the vehicle."},
    {"Ctrl-O", "draft.list", "go on", HAS_DRAFTS, continue_draft, "Goes on with an unfinished form.", ACTION_QUIET | ACTION_WHILE_TYPING, "Nothing is unfinished."},
};
/* clang-format on */

static const struct view_type counter_type = {
    .name = "counter",
    .draw = counter_draw,
    .key = counter_key,
    .title = counter_title,
    .status = counter_status,
    .has = counter_has,
    .typing = counter_typing,
    .settle = counter_settle,
    .changed = counter_changed,
    .resumed = counter_changed,
    .close = counter_close,
    .actions = counter_actions,
    .action_count = COUNT_OF(counter_actions),
    .help = "Type a name, phone, plate, VIN, repair order or invoice: the first letters or the "
            "last digits "
            "will do. Enter goes to what was found, Esc back to the box. Ctrl-T parks what is on "
            "screen when the phone rings.",
};

struct view *counter_view(struct app *app)
{
    struct view *view = view_new(app, &counter_type, sizeof(struct counter));
    struct counter *counter = view->state;

    editor_init(&counter->box, 80);
    counter->stale = counter->old = true;
    return view;
}

bool counter_subject(struct view *view, struct subject *ret_subject)
{
    if (view->type != &counter_type)
        return false;
    const struct found_row *row = chosen_row(view->state);
    const struct order_row *order = counter_order(view->state);
    if (order != NULL) {
        *ret_subject = (struct subject){.noun = "order", .id = order->id.v};
        return true;
    }
    if (row == NULL)
        return false;
    *ret_subject = (struct subject){
        .noun = row->kind == FOUND_CUSTOMER ? "customer"
                                            : (row->kind == FOUND_VEHICLE ? "vehicle" : "order"),
        .id = row->kind == FOUND_CUSTOMER
                  ? row->customer.v
                  : (row->kind == FOUND_VEHICLE ? row->vehicle.v : row->order.v),
        .shape = shape_field(customer_find_op.out, "rows")->rows,
        .row = row,
    };
    return true;
}
