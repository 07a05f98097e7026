/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What the bays ask for, as a table: put on the job, or refused with a reason. */

#include "domain/part_request.h"

#include "base/text.h"
#include "domain/order.h"
#include "inner.h"

static const char *request_cell(void *context, const void *row, const char *column,
                                struct arena *scratch, enum ink *ink)
{
    const struct part_request *request = row;

    (void)context;
    (void)scratch;
    if (text_same(column, "available") && request->part.v == 0)
        return "";
    if (text_same(column, "available") &&
        request->available.thousandths < request->quantity.thousandths)
        *ink = INK_WARN;
    if (text_same(column, "note") && request->state == PART_REQUEST_REFUSED)
        return request->answer;
    return NULL;
}

static void open_order(struct view *view, const struct action *action)
{
    struct subject subject;

    (void)action;
    if (desk_subject(view, &subject) && subject.row != NULL)
        desk_open_record(desk_of(view), "order",
                         ((const struct part_request *)subject.row)->order.v);
}

static const struct part_request *under_cursor(struct view *view)
{
    struct subject subject;

    return desk_subject(view, &subject) ? subject.row : NULL;
}

static void is_put(struct view *asker, const void *out, void *context)
{
    const struct order *order = out;

    (void)context;
    app_say(asker->app, "It is on RO %lld at today's price. The customer is asked as always.",
            (long long)order->id.v);
    if (asker->type->changed != NULL)
        asker->type->changed(asker);
}

/* What was said in words asks for the part that is meant. */
static void put(struct view *view, const struct action *action)
{
    static const char *const skip[] = {"request", NULL};
    const struct part_request *request = under_cursor(view);
    struct desk *desk = desk_of(view);
    struct order order;
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (request == NULL)
        return;
    struct part_request_put *in = desk_input(desk, &arena, &part_request_put_op);
    in->request = request->id;
    if (request->part.v != 0) {
        if (desk_call(desk, &arena, &part_request_put_op, in, &order) == OK)
            is_put(view, &order, NULL);
        return;
    }
    in->quantity = request->quantity;
    op_form_open(desk, &(struct op_form){
                           .op = &part_request_put_op,
                           .title = arena_printf(&arena, "“%s”: which part?", request->what),
                           .in = in,
                           .skip = skip,
                           .focus = "sku",
                           .small = true,
                           .saved = is_put,
                       });
}

static void refuse(struct view *view, const struct action *action)
{
    static const char *const skip[] = {"request", NULL};
    const struct part_request *request = under_cursor(view);
    struct desk *desk = desk_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (request == NULL)
        return;
    struct part_request_refuse *in = desk_input(desk, &arena, &part_request_refuse_op);
    in->request = request->id;
    op_form_open(desk, &(struct op_form){
                           .op = &part_request_refuse_op,
                           .title = arena_printf(&arena, "%s: why not?", request->what),
                           .in = in,
                           .skip = skip,
                           .focus = "reason",
                           .small = true,
                       });
}

/* clang-format off */
static const struct column request_columns[] = {
    {.name = "order", .width = 6},
    {.name = "asked_by", .width = 10},
    {.name = "quantity", .width = 6, .label = "Qty"},
    {.name = "what", .width = 14, .grow = 3},
    {.name = "available", .width = 9},
    {.name = "note", .width = 10, .grow = 2},
    {.name = "vehicle_name", .width = 12, .grow = 1, .below = 110},
    {.name = "job_title", .width = 12, .grow = 1, .below = 110},
    {.name = "asked_at", .width = 17, .below = 100},
    {.name = "state", .width = 12, .below = 100},
};
static const struct list_filter request_filters[] = {
    {"To answer", NULL, NULL},
    {"Answered too", "answered", "yes"},
};
static const struct action request_actions[] = {
    {"p", "part-request.put", "put on the job", NEEDS_ROW, put, "Adds the part to the job at today's price; what was said in words asks for the part."},
    {"n", "part-request.refuse", "say no", NEEDS_ROW, refuse, "The one who asked reads why."},
    {"Enter", "order.show", "order", NEEDS_ROW, open_order, "Opens the repair order it is for."},
};
/* clang-format on */
const struct list_screen part_request_list_screen = {
    .op = "part-request.search",
    .title = "Parts asked for",
    .noun = "part_request",
    .columns = request_columns,
    .column_count = COUNT_OF(request_columns),
    .filters = request_filters,
    .filter_count = COUNT_OF(request_filters),
    .actions = request_actions,
    .action_count = COUNT_OF(request_actions),
    .cell = request_cell,
    .empty = "Nobody in the bays waits for an answer.",
};
