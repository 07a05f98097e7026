/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Steps that begin on several screens: writing up, paying, a new customer with the vehicle. */

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "domain/customer.h"
#include "domain/invoice.h"
#include "domain/order.h"
#include "domain/order_input.h"
#include "domain/vehicle.h"
#include "inner.h"
#include "screens/order_page.h"

/* --- Writing up --- */

static void started(struct view *asker, const void *out, void *context)
{
    const struct order *order = out;

    (void)context;
    desk_open_record(desk_of(asker), "order", order->id.v);
}

static void set_id(const struct op *op, void *in, const char *name, int64_t id)
{
    const struct field *field = shape_field(op->in, name);

    if (field != NULL && id != 0)
        memcpy(field_at(field, in), &id, sizeof id);
}

/* Whom and what it is for: "Delgado, Maria · 2014 Honda Accord". */
static const char *write_up_title(struct desk *desk, int64_t vehicle, const char *name,
                                  struct arena *arena)
{
    const char *what = vehicle != 0 ? record_name(desk, "vehicle", vehicle, arena) : NULL;

    if (what == NULL || text_same(what, name))
        return arena_printf(arena, "Write up · %s", name);
    return arena_printf(arena, "Write up · %s · %s", name, what);
}

static void write_up_form(struct desk *desk, int64_t customer, int64_t vehicle, const char *name)
{
    static const char *const both[] = {"customer", "vehicle", NULL};
    const struct op *op = op_find("estimate.start");
    AUTO_ARENA arena = ARENA_EMPTY;

    if (op == NULL)
        return;
    void *in = desk_input(desk, &arena, op);
    set_id(op, in, "customer", customer);
    set_id(op, in, "vehicle", vehicle);
    op_form_open(desk, &(struct op_form){
                           .op = op,
                           .title = write_up_title(desk, vehicle, name, &arena),
                           .in = in,
                           .skip = customer != 0 && vehicle != 0 ? both : NULL,
                           .focus = vehicle != 0 ? "odometer_mi" : "vehicle",
                           .small = true,
                           .saved = started,
                       });
}

struct write_up {
    int64_t customer;
    const char *name;
};

static void vehicle_picked(struct view *asker, const struct shape *shape, const void *row,
                           void *context)
{
    const struct write_up *write_up = context;

    write_up_form(desk_of(asker), write_up->customer, row_id(shape, row), write_up->name);
}

static void which_vehicle(struct desk *desk, int64_t customer, const char *name)
{
    struct view *asker = app_top(desk->app);
    struct write_up *write_up = NEW(&asker->arena, struct write_up);

    *write_up = (struct write_up){customer, arena_text(&asker->arena, name)};
    op_pick_open(desk, &(struct op_pick){
                           .op = &vehicle_search_op,
                           .title = "Write up which vehicle?",
                           .subject = &(struct subject){.noun = "customer", .id = customer},
                           .picked = vehicle_picked,
                           .context = write_up,
                       });
}

/* The customer's only vehicle needs no question. */
void write_up_open(struct desk *desk, int64_t customer, int64_t vehicle, const char *name)
{
    const struct vehicle_search in = {.query.limit = 2, .customer = {customer}};
    AUTO_ARENA arena = ARENA_EMPTY;
    struct page page = {.rows.count = 0};

    if (customer != 0 && vehicle == 0 &&
        desk_try(desk, &arena, &vehicle_search_op, &in, &page) == OK && page.rows.count == 1)
        vehicle = row_id(vehicle_search_op.out, page.rows.at);
    if (page.rows.count > 1)
        which_vehicle(desk, customer, name);
    else
        write_up_form(desk, customer, vehicle, name);
}

/* --- Over the counter --- */

static void sale_saved(struct view *asker, const void *out, void *context)
{
    started(asker, out, context);
    app_say(asker->app, "Scan the parts, or a finds one. F7 sells.");
}

void counter_sale_open(struct desk *desk, int64_t customer)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct counter_sale *in = desk_input(desk, &arena, &counter_sale_op);
    struct order order;

    in->customer.v = customer;
    if (desk_call(desk, &arena, &counter_sale_op, in, &order) == OK)
        sale_saved(app_top(desk->app), &order, NULL);
}

void counter_sale_form(struct desk *desk)
{
    op_form_open(desk,
                 &(struct op_form){.op = &counter_sale_op, .small = true, .saved = sale_saved});
}

/* --- Paying --- */

static void take_payment(struct desk *desk, int64_t invoice)
{
    payment_dialog_open(desk, (struct invoice_id){invoice}, NULL);
}

void pay_open(struct desk *desk, int64_t customer)
{
    const struct op *op = op_find("invoice.search");
    AUTO_ARENA arena = ARENA_EMPTY;
    struct page page;

    if (op == NULL)
        return;
    struct invoice_search *in = desk_input(desk, &arena, op);
    in->customer = (struct customer_id){customer};
    in->open = true;
    if (desk_call(desk, &arena, op, in, &page) != OK)
        return;
    const struct invoice_row *rows = page.rows.at;
    if (page.rows.count == 0)
        app_say(desk->app, "Nothing is owed. A deposit is taken with “payment deposit” in F9.");
    else if (page.rows.count == 1)
        take_payment(desk, rows[0].id.v);
    else
        payment_bulk_open(desk, (struct customer_id){customer});
}

static void payer_picked(struct view *asker, const struct shape *shape, const void *row,
                         void *context)
{
    (void)context;
    pay_open(desk_of(asker), row_id(shape, row));
}

void pay_open_any(struct desk *desk)
{
    op_pick_open(desk, &(struct op_pick){
                           .op = &customer_search_op,
                           .title = "Who pays?",
                           .picked = payer_picked,
                       });
}

/* --- A new customer --- */

static void vehicle_added(struct view *asker, const void *out, void *context)
{
    (void)context;
    if (desk_open_saved(desk_of(asker), "vehicle", row_id(op_find("vehicle.add")->out, out)))
        app_say(asker->app, "Saved. w writes up.");
}

static void customer_added(struct view *asker, const void *out, void *context)
{
    struct desk *desk = desk_of(asker);
    const struct customer *customer = out;
    const struct op *op = op_find("vehicle.add");

    (void)context;
    desk_open_saved(desk, "customer", customer->id.v);
    if (op == NULL || !desk_allows(desk, op))
        return;
    AUTO_ARENA arena = ARENA_EMPTY;
    op_form_open(desk, &(struct op_form){
                           .op = op,
                           .title = arena_printf(&arena, "Vehicle of %s", customer->name),
                           .subject = &(struct subject){.noun = "customer", .id = customer->id.v},
                           .focus = "vin",
                           .saved = vehicle_added,
                       });
    app_say(desk->app, "%s is saved. Now the vehicle; Esc leaves it out.", customer->name);
}

/* "Maria Delgado" or "Delgado, Maria" → first and last name; digits → phone. */
static void guess_names(struct customer_entry *entry, const char *typed, struct arena *arena)
{
    const char *text = text_clean(arena, typed, TEXT_ONE_LINE);
    const char *comma = strchr(text, ','), *blank = strrchr(text, ' ');
    const char *phone = text_phone(arena, text);

    if (phone != NULL) {
        entry->phone = phone;
    } else if (strpbrk(text, "0123456789") != NULL) {
        return;
    } else if (comma != NULL) {
        entry->last_name = arena_text_n(arena, text, (size_t)(comma - text));
        entry->first_name = text_clean(arena, comma + 1, TEXT_ONE_LINE);
    } else if (blank != NULL) {
        entry->first_name = arena_text_n(arena, text, (size_t)(blank - text));
        entry->last_name = blank + 1;
    } else {
        entry->last_name = text;
    }
}

void new_customer_open(struct desk *desk, const char *typed)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct customer_entry *in = desk_input(desk, &arena, &customer_add_op);

    guess_names(in, typed, &arena);
    op_form_open(desk, &(struct op_form){
                           .op = &customer_add_op,
                           .title = "New customer",
                           .in = in,
                           .saved = customer_added,
                       });
}
