/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Writing an order up, and what concerns it as a whole. Jobs are in job.c, what the customer
 * answers in authorization.c. */

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/customer.h"
#include "domain/list.h"
#include "domain/number.h"
#include "domain/vehicle.h"
#include "order_inner.h"

#define TITLE_MAX 80

/* clang-format off */
static const char SQL_INSERT[] =
    "INSERT INTO repair_order (id, customer, vehicle, writer, opened_at, promised_at,\n"
    "  odometer_in_mi, key_tag)\n"
    "VALUES (:id, :customer, :vehicle, :writer, :opened_at, :promised_at, :odometer_mi, :key_tag)";
static const char SQL_EDIT[] =
    "UPDATE repair_order\n"
    "SET promised_at = :promised_at, key_tag = :key_tag, po_number = :po_number,\n"
    "  customer_note = :customer_note, internal_note = :internal_note, writer = :writer,\n"
    "  hold = :hold, odometer_in_mi = ifnull(:odometer_mi, odometer_in_mi)\n"
    "WHERE id = :order";
static const char SQL_WRITER[] =
    "SELECT count(*)\n"
    "FROM user\n"
    "WHERE id = :writer AND disabled_at IS NULL AND customer IS NULL";
static const char SQL_VOID[] =
    "UPDATE repair_order\n"
    "SET state = 'void', void_reason = :reason, hold = 'none', revision = revision + 1\n"
    "WHERE id = :order";
static const char SQL_BEGUN[] =
    "SELECT count(*)\n"
    "FROM job\n"
    "WHERE repair_order = :order AND state IN ('in_progress', 'done')";
static const char SQL_PULLED[] =
    "SELECT ifnull(sum(l.pulled), 0)\n"
    "FROM job AS j JOIN line AS l ON l.job = j.id\n"
    "WHERE j.repair_order = :order AND l.pulled > 0";
static const char SQL_SUBLET_BILLED[] =
    "SELECT count(*)\n"
    "FROM job AS j JOIN line AS l ON l.job = j.id\n"
    "WHERE j.repair_order = :order AND l.bill IS NOT NULL";
static const char SQL_UNCOMMIT[] =
    "UPDATE line\n"
    "SET committed = 0\n"
    "WHERE committed > 0 AND job IN (SELECT id FROM job WHERE repair_order = :order)";
/* What the void order had taken from the list of declined work goes back there … */
static const char SQL_SOURCES_REOPEN[] =
    "UPDATE job\n"
    "SET resolved = 'open'\n"
    "WHERE resolved = 'added' AND id IN\n"
    "  (SELECT source FROM job WHERE repair_order = :order AND source IS NOT NULL)";
/* … so that it is not there twice when it was declined again. What was first declined here stays on
 * the list: a customer who says no to everything leaves nothing to invoice, only to remember. */
static const char SQL_DECLINED_DROP[] =
    "UPDATE job\n"
    "SET resolved = 'not_needed'\n"
    "WHERE repair_order = :order AND source IS NOT NULL\n"
    "AND state IN ('declined', 'deferred') AND resolved = 'open'";
static const char SQL_PRESENT[] =
    "UPDATE job\n"
    "SET state = 'presented'\n"
    "WHERE repair_order = :order AND state = 'draft'";
static const char SQL_COMPLETE[] =
    "UPDATE repair_order\n"
    "SET state = 'complete', hold = 'none'\n"
    "WHERE id = :order";
/* clang-format on */

/* ------------------------------------------------------------------- write up -- */

static status check_vehicle(struct session *s, struct order_start *in)
{
    struct vehicle vehicle;

    if (in->vehicle.v == 0 && in->customer.v == 0)
        return fail_field(s, "customer", "Choose whose work this is.");
    if (in->vehicle.v == 0 && in->odometer_mi != NUMBER_NONE)
        return fail_field(s, "odometer_mi", "There is no vehicle to read: choose one first.");
    if (in->vehicle.v == 0)
        return OK;
    TRY(vehicle_get(s, in->vehicle, &vehicle));
    if (vehicle.archived_at.seconds != 0)
        return fail(s, ERR_CONFLICT, "%s is archived. Restore it before writing it up.",
                    vehicle.name);
    if (in->customer.v == 0)
        in->customer = vehicle.customer;
    if (in->customer.v != vehicle.customer.v)
        return fail_field(s, "vehicle",
                          "%s belongs to %s. Choose one of the customer's vehicles, or change its "
                          "owner first.",
                          vehicle.name, vehicle.customer_name);
    return OK;
}

/* What people type to find an order again. */
static status index_order(struct session *s, const struct order *order)
{
    struct lookup_keys keys = {.count = 0};

    lookup_add_digits(s, &keys, arena_printf(s->arena, "%lld", (long long)order->id.v));
    lookup_add(s, &keys, order->customer_name, true);
    lookup_add_code(s, &keys, order->plate);
    lookup_add_code(s, &keys, order->vin);
    lookup_add(s, &keys, order->key_tag, false);
    return lookup_put(s, "order", order->id.v, &keys);
}

/* The first line, or as many of its words as a title has room for. */
static const char *title_from(const char *concern, struct arena *arena)
{
    const size_t line = strcspn(concern, "\n");
    size_t fits = text_fit(concern, line, TITLE_MAX);

    if (fits == line)
        return arena_text_n(arena, concern, line);
    fits = text_fit(concern, line, TITLE_MAX - 1);
    for (size_t blank = fits; blank > fits / 2; blank--)
        if (concern[blank] == ' ') {
            fits = blank;
            break;
        }
    return arena_printf(arena, "%.*s…", (int)fits, concern);
}

/* The customer's first words serve as the job's title until somebody finds a better one. */
static status add_concern(struct session *s, struct order_id order, const char *concern)
{
    struct job_id job;

    if (text_is_empty(concern))
        return OK;
    const struct job_new new = {
        .order = order,
        .title = title_from(concern, s->arena),
        .concern = concern,
        .correction = "",
    };
    return job_insert(s, &new, &job);
}

static status insert_order(struct session *s, const struct order_start *in, struct order_id *ret)
{
    struct order_id id;
    const struct bind none = BIND_NULL("odometer_mi");
    const struct bind miles = BIND_INT("odometer_mi", in->odometer_mi);

    TRY(number_take(s, NUMBER_ORDER, &id.v));
    TRY(store_run(
        s->store, SQL_INSERT, NO_ROW,
        BINDS(BIND_ID("id", id), BIND_ID("customer", in->customer), BIND_ID("vehicle", in->vehicle),
              BIND_ID("writer", s->user), BIND_INSTANT("opened_at", session_now(s)),
              BIND_INSTANT("promised_at", in->promised_at),
              in->odometer_mi == NUMBER_NONE ? none : miles, BIND_TEXT("key_tag", in->key_tag))));
    *ret = id;
    return OK;
}

static status order_start(struct session *s, const void *input, void *output)
{
    struct order_start in = *(const struct order_start *)input;
    struct order_id id;

    TRY(check_vehicle(s, &in));
    TRY(customer_must_be_active(s, in.customer));
    TRY(insert_order(s, &in, &id));
    TRY(customer_came_in(s, in.customer));
    if (in.odometer_mi != NUMBER_NONE)
        TRY(vehicle_read_odometer(s, in.vehicle, in.odometer_mi, in.odometer_reason, "order", id));
    TRY(add_concern(s, id, in.concern));
    TRY(order_settle(s, id, 0));
    TRY(order_get(s, id, output));
    return index_order(s, output);
}

/* ----------------------------------------------------------------------- edit -- */

static status check_writer(struct session *s, struct user_id writer)
{
    int64_t count = 0;

    if (writer.v == 0)
        return OK;
    TRY(store_int(s->store, SQL_WRITER, BINDS(BIND_ID("writer", writer)), &count));
    if (count == 0)
        return fail_field(s, "writer", "Choose somebody who works here.");
    return OK;
}

static status order_edit(struct session *s, const void *input, void *output)
{
    const struct order_edit *in = input;
    const struct bind none = BIND_NULL("odometer_mi");
    const struct bind miles = BIND_INT("odometer_mi", in->odometer_mi);
    const bool is_read = in->odometer_mi != NUMBER_NONE;
    struct order_head head;

    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(check_writer(s, in->writer));
    if (is_read && head.vehicle.v == 0)
        return fail_field(s, "odometer_mi", "There is no vehicle on this order to read.");
    if (is_read)
        TRY(vehicle_read_odometer(s, head.vehicle, in->odometer_mi, in->odometer_reason, "order",
                                  in->order));
    TRY(store_run(
        s->store, SQL_EDIT, NO_ROW,
        BINDS(BIND_ID("order", in->order), BIND_INSTANT("promised_at", in->promised_at),
              BIND_TEXT("key_tag", in->key_tag), BIND_TEXT("po_number", in->po_number),
              BIND_TEXT("customer_note", in->customer_note),
              BIND_TEXT("internal_note", in->internal_note), BIND_ID("writer", in->writer),
              BIND_TEXT("hold", choice_word(&hold_choices, in->hold)), is_read ? miles : none)));
    TRY(order_finish(s, &head, output));
    return index_order(s, output);
}

/* --------------------------------------------------------- void, present, check -- */

/* The one change that an archived customer does not stand in the way of. */
static status order_void(struct session *s, const void *input, void *output)
{
    const struct order_void *in = input;
    const struct bind *order = BINDS(BIND_ID("order", in->order));
    struct order_head head;
    int64_t begun = 0;
    int64_t pulled = 0;
    int64_t billed = 0;

    TRY(order_begin_void(s, in->order, in->revision, &head));
    TRY(store_int(s->store, SQL_BEGUN, order, &begun));
    if (begun > 0)
        return fail(s, ERR_CONFLICT,
                    "Work on order %lld has begun, so it cannot be void. Finish and invoice what "
                    "was done.",
                    (long long)in->order.v);
    TRY(store_int(s->store, SQL_PULLED, order, &pulled));
    if (pulled > 0)
        return fail(s, ERR_CONFLICT, "Parts are pulled for order %lld. Put them back first.",
                    (long long)in->order.v);
    TRY(store_int(s->store, SQL_SUBLET_BILLED, order, &billed));
    if (billed > 0)
        return fail(
            s, ERR_CONFLICT,
            "A vendor's bill for work of order %lld is entered. Take the bill back first, or "
            "invoice the work.",
            (long long)in->order.v);
    TRY(store_run(s->store, SQL_UNCOMMIT, NO_ROW, order));
    TRY(store_run(s->store, SQL_SOURCES_REOPEN, NO_ROW, order));
    TRY(store_run(s->store, SQL_DECLINED_DROP, NO_ROW, order));
    TRY(store_run(s->store, SQL_VOID, NO_ROW,
                  BINDS(BIND_ID("order", in->order), BIND_TEXT("reason", in->reason))));
    return order_get(s, in->order, output);
}

static status order_present(struct session *s, const void *input, void *output)
{
    const struct order_ref *in = input;
    struct order_head head;

    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(store_run(s->store, SQL_PRESENT, NO_ROW, BINDS(BIND_ID("order", in->order))));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_CONFLICT, "There is nothing new to present. Add a job first.");
    return order_finish(s, &head, output);
}

static status order_check(struct session *s, const void *input, void *output)
{
    const struct order_ref *in = input;
    struct order_head head;

    TRY(order_begin(s, in->order, in->revision, &head));
    if (head.hold != HOLD_NONE)
        return fail(s, ERR_CONFLICT, "Order %lld is %s. Take it off hold first.",
                    (long long)in->order.v, choice_label(&hold_choices, head.hold));
    if (head.state != ORDER_QUALITY_CHECK)
        return fail(s, ERR_CONFLICT,
                    "Order %lld is not ready for its quality check: finish every job first.",
                    (long long)in->order.v);
    TRY(store_run(s->store, SQL_COMPLETE, NO_ROW, BINDS(BIND_ID("order", in->order))));
    return order_finish(s, &head, output);
}

/* clang-format off */
#define MILES .low = 0, .high = 9999999

static const struct field start_fields[] = {
    FIELD(struct order_start, customer, .picks = "customer.search", .flags = FIELD_ARGUMENT,
          .help = "Empty: the vehicle's owner"),
    FIELD(struct order_start, vehicle, .picks = "vehicle.search", .flags = FIELD_ARGUMENT,
          .help = "Empty: a part brought in; parts alone are a counter sale"),
    FIELD(struct order_start, odometer_mi, .label = "Odometer", .example = "112340",
          .help = "Miles as the vehicle came in", MILES, .flags = FIELD_OPTIONAL),
    FIELD(struct order_start, odometer_reason, .help = "Needed when the odometer shows less than before"),
    FIELD(struct order_start, concern, .help = "What the customer says; makes the first job",
          .flags = FIELD_MANY_LINES),
    FIELD(struct order_start, promised_at, .label = "Promised", .example = "15:00"),
    FIELD(struct order_start, key_tag, .max = 20),
};
static const struct field edit_fields[] = {
    ORDER_FIELD(struct order_edit),
    FIELD(struct order_edit, promised_at, .label = "Promised", .example = "15:00"),
    FIELD(struct order_edit, key_tag, .max = 20),
    FIELD(struct order_edit, hold, .choices = &hold_choices, .help = "What the work is waiting for"),
    FIELD(struct order_edit, odometer_mi, .label = "Odometer", .example = "112340",
          .help = "Miles as the vehicle came in; empty: as it is", MILES, .flags = FIELD_OPTIONAL),
    FIELD(struct order_edit, odometer_reason, .help = "Needed when the odometer shows less than before"),
    FIELD(struct order_edit, po_number, .label = "PO number", .max = 40, .help = "The customer's"),
    FIELD(struct order_edit, writer, .picks = "user.list"),
    FIELD(struct order_edit, customer_note, .help = "Printed", .flags = FIELD_MANY_LINES),
    FIELD(struct order_edit, internal_note, .help = "Never printed for the customer", .flags = FIELD_MANY_LINES,
          .right = RIGHT_NOTES_VIEW),
    REVISION_FIELD(struct order_edit),
};
static const struct field ref_fields[] = {
    ORDER_FIELD(struct order_ref),
    REVISION_FIELD(struct order_ref),
};
static const struct field void_fields[] = {
    ORDER_FIELD(struct order_void),
    FIELD(struct order_void, reason, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    REVISION_FIELD(struct order_void),
};
/* clang-format on */

const struct op order_start_op = {
    .name = "estimate.start",
    .says = "Write up a vehicle",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct order_start, start_fields),
    .out = &order_shape,
    .run = order_start,
};
const struct op order_edit_op = {
    .name = "order.edit",
    .says = "Change what a repair order says as a whole: promise, tag, notes, hold",
    .title = "Change a repair order",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct order_edit, edit_fields),
    .out = &order_shape,
    .run = order_edit,
    .fills = "order.show",
};
const struct op order_void_op = {
    .name = "order.void",
    .says = "Void a repair order on which no work has begun",
    .title = "Void a repair order",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .flags = OP_FINAL,
    .in = SHAPE(struct order_void, void_fields),
    .out = &order_shape,
    .run = order_void,
};
const struct op order_present_op = {
    .name = "estimate.present",
    .says = "Present the estimate: its drafts wait for the customer's answer",
    .title = "Present the estimate",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct order_ref, ref_fields),
    .out = &order_shape,
    .run = order_present,
};
const struct op order_check_op = {
    .name = "order.check",
    .says = "Record that the quality check was passed",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_WRITES,
    .in = SHAPE(struct order_ref, ref_fields),
    .out = &order_shape,
    .run = order_check,
    .owns = order_is_own,
};
