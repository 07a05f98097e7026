/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An order written up again: the same work for the same vehicle, or for another one of a fleet. Its
 * jobs come at today's prices, as new ones; who did them, who paid and what was said stay behind.
 */

#include "order_inner.h"

/* clang-format off */
static const char SQL_JOBS[] =
    "SELECT id\n"
    "FROM job\n"
    "WHERE repair_order = :order AND state NOT IN ('declined', 'deferred')\n"
    "ORDER BY position";
static const char SQL_MARK[] =
    "UPDATE repair_order\n"
    "SET counter_sale = (SELECT counter_sale FROM repair_order WHERE id = :from)\n"
    "WHERE id = :order AND vehicle IS NULL";

struct job_ref_row {
    struct job_id id;
};
static const struct field ref_row_fields[] = {
    FIELD(struct job_ref_row, id),
};
static const struct shape ref_row_shape = SHAPE_OF(struct job_ref_row, "job", ref_row_fields);

static const struct field copy_fields[] = {
    ORDER_FIELD(struct order_copy),
    FIELD(struct order_copy, vehicle, .picks = "vehicle.search", .help = "Empty: the same one", .flags = FIELD_ARGUMENT),
    FIELD(struct order_copy, odometer_mi, .label = "Odometer", .example = "112340", .low = 0, .high = 9999999,
          .help = "Miles as the vehicle came in", .flags = FIELD_OPTIONAL),
    FIELD(struct order_copy, promised_at, .label = "Promised", .example = "15:00"),
};
/* clang-format on */

static status start(struct session *s, const struct order_copy *in, const struct order *from,
                    struct order *ret)
{
    const struct field_context context = session_context(s);
    struct order_start new;

    shape_init(order_start_op.in, &new, &context);
    new.vehicle = in->vehicle.v != 0 ? in->vehicle : from->vehicle;
    if (new.vehicle.v == 0)
        new.customer = from->customer;
    new.odometer_mi = in->odometer_mi;
    new.promised_at = in->promised_at;
    return order_start_op.run(s, &new, ret);
}

static status order_copy(struct session *s, const void *input, void *output)
{
    const struct order_copy *in = input;
    struct order from, new;
    struct order_head head;
    struct rows jobs;

    TRY(order_get(s, in->order, &from));
    TRY(store_list(s->store, SQL_JOBS, NO_ROW, BINDS(BIND_ID("order", in->order)), s->arena,
                   &ref_row_shape, &jobs));
    if (jobs.count == 0)
        return fail(s, ERR_CONFLICT, "Order %lld has no job to copy: all were declined or put off.",
                    (long long)in->order.v);
    TRY(start(s, in, &from, &new));
    TRY(store_run(s->store, SQL_MARK, NO_ROW,
                  BINDS(BIND_ID("order", new.id), BIND_ID("from", in->order))));
    TRY(order_begin(s, new.id, 0, &head));
    const struct job_ref_row *job = jobs.at;
    for (size_t i = 0; i < jobs.count; i++)
        TRY(job_copy(s, &head, job[i].id));
    return order_finish(s, &head, output);
}

const struct op order_copy_op = {
    .name = "order.copy",
    .says = "Write an order up again, for the same vehicle or another one, at today's prices",
    .title = "Copy a repair order",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct order_copy, copy_fields),
    .out = &order_shape,
    .run = order_copy,
};
