/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Sales over the counter: an order without a vehicle, whose only job is what is sold. Who pays at
 * the counter has agreed and has the goods: answer, work and invoice are one step. */

#include <stdio.h>

#include "base/text.h"
#include "customer_inner.h"
#include "domain/invoice.h"
#include "order_inner.h"

/* clang-format off */
static const char SQL_WALK_IN[] =
    "SELECT c.id\n"
    "FROM shop AS s JOIN customer AS c ON c.id = s.walk_in\n"
    "WHERE c.archived_at IS NULL AND c.merged_into IS NULL";
static const char SQL_SET_WALK_IN[] =
    "UPDATE shop\n"
    "SET walk_in = :customer";
static const char SQL_MARK[] =
    "UPDATE repair_order\n"
    "SET counter_sale = 1\n"
    "WHERE id = :order";
static const char SQL_JOB[] =
    "SELECT id\n"
    "FROM job\n"
    "WHERE repair_order = :order AND position = 1";
static const char SQL_IS_SALE[] =
    "SELECT counter_sale\n"
    "FROM repair_order\n"
    "WHERE id = :order";
static const char SQL_LINES[] =
    "SELECT count(*)\n"
    "FROM job AS j JOIN line AS l ON l.job = j.id\n"
    "WHERE j.repair_order = :order";
static const char SQL_WAITING[] =
    "SELECT count(*)\n"
    "FROM job\n"
    "WHERE repair_order = :order\n"
    "AND (state IN ('draft', 'presented') OR needs_authorization = 1)";
static const char SQL_HAND_OVER[] =
    "UPDATE job\n"
    "SET state = 'done', started_at = ifnull(started_at, :now), done_at = :now\n"
    "WHERE repair_order = :order AND state IN ('authorized', 'in_progress')";
/* clang-format on */

/* ---- whom is sold to ---- */

/* Everybody who gives no name is one customer, made when the first of them comes. */
static status walk_in(struct session *s, struct customer_id *ret)
{
    const struct field_context context = session_context(s);
    struct customer_entry entry;

    const status result = store_int(s->store, SQL_WALK_IN, NULL, &ret->v);
    if (result != ERR_NOT_FOUND)
        return result;
    shape_init(customer_add_op.in, &entry, &context);
    entry.company = "Walk-in customer";
    TRY(customer_insert(s, &entry, ret));
    TRY(customer_index(s, *ret));
    return store_run(s->store, SQL_SET_WALK_IN, NO_ROW, BINDS(BIND_ID("customer", *ret)));
}

/* ---- the sale ---- */

static status open_order(struct session *s, const struct counter_sale *in, struct order *ret)
{
    const struct field_context context = session_context(s);
    struct order_start start;
    struct job_add job;

    shape_init(order_start_op.in, &start, &context);
    start.customer = in->customer;
    if (start.customer.v == 0)
        TRY(walk_in(s, &start.customer));
    TRY(order_start_op.run(s, &start, ret));
    TRY(store_run(s->store, SQL_MARK, NO_ROW, BINDS(BIND_ID("order", ret->id))));
    shape_init(job_add_op.in, &job, &context);
    job.order = ret->id;
    job.title = "Counter sale";
    return job_add_op.run(s, &job, ret);
}

/* A refusal of a part names its row. */
static status add_part(struct session *s, struct job_id job, const struct counter_sale_part *part,
                       size_t index, struct order *ret)
{
    const struct field_context context = session_context(s);
    char prefix[FAULT_FIELD_MAX];
    struct line_add_part in;

    shape_init(line_add_part_op.in, &in, &context);
    in.job = job;
    in.sku = part->sku;
    in.quantity = part->quantity;
    in.price = part->price;
    in.price_reason = part->price_reason;
    const status result = line_add_part_op.run(s, &in, ret);
    if (result == ERR_INVALID) {
        snprintf(prefix, sizeof prefix, "parts.%zu", index + 1);
        fault_prefix(&s->fault, prefix);
    }
    return result;
}

static status counter_sale(struct session *s, const void *input, void *output)
{
    const struct counter_sale *in = input;
    const struct counter_sale_part *parts = in->parts.at;
    struct order order;
    struct job_id job;

    TRY(open_order(s, in, &order));
    TRY(store_int(s->store, SQL_JOB, BINDS(BIND_ID("order", order.id)), &job.v));
    if (!text_is_empty(in->sku)) {
        const struct line_add_part first = {.job = job,
                                            .sku = in->sku,
                                            .quantity = {1000},
                                            .description = "",
                                            .price = {NUMBER_NONE},
                                            .price_reason = in->price_reason,
                                            .cost = {NUMBER_NONE}};
        TRY(line_add_part_op.run(s, &first, &order));
    }
    for (size_t i = 0; i < in->parts.count; i++)
        TRY(add_part(s, job, &parts[i], i, &order));
    return order_get(s, order.id, output);
}

/* ---- sold ---- */

static status must_be_sale(struct session *s, struct order_id order)
{
    const struct bind *id = BINDS(BIND_ID("order", order));
    int64_t is_sale = 0, lines = 0;

    TRY(found(s, store_int(s->store, SQL_IS_SALE, id, &is_sale),
              "There is no repair order %lld. Look for it by customer or vehicle.",
              (long long)order.v));
    if (is_sale == 0)
        return fail(s, ERR_CONFLICT,
                    "Repair order %lld is no counter sale. Record the customer's answer, finish "
                    "its jobs, then make the invoice.",
                    (long long)order.v);
    TRY(store_int(s->store, SQL_LINES, id, &lines));
    if (lines == 0)
        return fail(s, ERR_CONFLICT, "There is nothing to sell yet. Add a part first.");
    return OK;
}

static status agree(struct session *s, const struct order_ref *in)
{
    const struct field_context context = session_context(s);
    struct order_authorize answer;
    struct order order;
    int64_t waiting = 0;

    TRY(store_int(s->store, SQL_WAITING, BINDS(BIND_ID("order", in->order)), &waiting));
    if (waiting == 0)
        return OK;
    shape_init(order_authorize_op.in, &answer, &context);
    answer.order = in->order;
    answer.method = METHOD_IN_PERSON;
    answer.note = "Sold over the counter";
    return order_authorize_op.run(s, &answer, &order);
}

static status sell(struct session *s, const void *input, void *output)
{
    const struct field_context context = session_context(s);
    const struct order_ref *in = input;
    struct order_head head;
    struct invoice_post post;

    TRY(must_be_sale(s, in->order));
    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(agree(s, in));
    TRY(store_run(s->store, SQL_HAND_OVER, NO_ROW,
                  BINDS(BIND_ID("order", in->order), BIND_INSTANT("now", session_now(s)))));
    TRY(order_settle(s, in->order, 0));
    shape_init(invoice_post_op.in, &post, &context);
    post.order = in->order;
    return invoice_post_op.run(s, &post, output);
}

/* clang-format off */
static const struct field part_fields[] = {
    FIELD(struct counter_sale_part, sku, .label = "Part number", .flags = FIELD_REQUIRED | FIELD_NUMBERS_OK),
    FIELD(struct counter_sale_part, quantity, .initial = "1", .low = 1, .high = QTY_MAX_THOUSANDTHS,
          .flags = FIELD_SIGNED),
    FIELD(struct counter_sale_part, price, .help = "Empty: the catalog's", .flags = FIELD_OPTIONAL),
    FIELD(struct counter_sale_part, price_reason, .label = "Reason for price", .example = "Box was open",
          .help = "Where it is lower than you may sell it without saying why"),
};
static const struct shape part_shape = SHAPE_OF(struct counter_sale_part, "part", part_fields);
static const struct field sale_fields[] = {
    FIELD(struct counter_sale, sku, .label = "Part", .picks = "part.search", .example = "BP-1210",
          .help = "The first one, a piece of it; more are added on the page", .flags = FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct counter_sale, customer, .picks = "customer.search", .help = "Empty: a walk-in customer"),
    FIELD(struct counter_sale, price_reason, .label = "Reason for price", .example = "Last bottle",
          .help = "Where the first one is sold lower than you may sell it without saying why"),
    FIELD(struct counter_sale, parts, .help = "All that is sold", .rows = &part_shape),
};
static const struct field sell_fields[] = {
    ORDER_FIELD(struct order_ref),
    REVISION_FIELD(struct order_ref),
};
/* clang-format on */

const struct op counter_sale_op = {
    .name = "order.counter-sale",
    .says = "Sell parts over the counter, without a vehicle",
    .title = "Counter sale",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct counter_sale, sale_fields),
    .out = &order_shape,
    .run = counter_sale,
};
const struct op order_sell_op = {
    .name = "order.sell",
    .says = "Make the invoice of a counter sale: what the customer takes is agreed to and done",
    .title = "Sell over the counter",
    .right = RIGHT_INVOICES_POST,
    .kind = OP_WRITES,
    .in = SHAPE(struct order_ref, sell_fields),
    .out = &invoice_shape,
    .run = sell,
    .about = "order",
};
