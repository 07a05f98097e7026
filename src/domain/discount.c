/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Discounts of a job or of a whole order; those of a line are among its own fields (line.c). */

#include "domain/coupon.h"
#include "order_inner.h"

/* clang-format off */
static const char SQL_GET[] =
    "SELECT d.repair_order AS \"order\", d.id AS discount,\n"
    "  ifnull((SELECT code FROM coupon WHERE id = d.coupon), '') AS reason\n"
    "FROM discount AS d\n"
    "WHERE d.id = :discount";
static const char SQL_INSERT[] =
    "INSERT INTO discount (repair_order, job, percent, amount, applies_to, reason)\n"
    "VALUES (:order, :job, :percent, :amount, :applies_to, :reason)";
static const char SQL_EDIT[] =
    "UPDATE discount\n"
    "SET job = :job, percent = :percent, amount = :amount, applies_to = :applies_to,\n"
    "  reason = :reason\n"
    "WHERE id = :discount";
static const char SQL_REMOVE[] =
    "DELETE FROM discount\n"
    "WHERE id = :discount";

static const char SQL_IS_USED[] =
    "SELECT EXISTS (SELECT 1 FROM invoice_discount AS u JOIN invoice AS i ON i.id = u.invoice\n"
    "               WHERE u.discount = :discount AND i.state = 'posted')\n"
    "  OR EXISTS (SELECT 1 FROM discount AS d JOIN job AS j ON j.id = d.job\n"
    "             WHERE d.id = :discount AND j.invoice IS NOT NULL)";

static const struct field discount_head_fields[] = {
    FIELD(struct discount_set, order),
    FIELD(struct discount_set, discount),
    FIELD(struct discount_set, reason), /* the coupon's code */
};
static const struct shape discount_head_shape =
    SHAPE_OF(struct discount_set, "discount", discount_head_fields);
/* clang-format on */

static status discount_order(struct session *s, struct discount_id id, struct order_id *ret,
                             const char **ret_coupon)
{
    struct discount_set row;

    TRY(found(s,
              store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("discount", id)), s->arena,
                        &discount_head_shape, &row),
              "This discount is no longer there. Look at the order again."));
    *ret = row.order;
    *ret_coupon = row.reason;
    return OK;
}

/* Of an order that is invoiced in parts. */
status discount_must_be_unused(struct session *s, struct discount_id id)
{
    int64_t is_used = 0;

    TRY(store_int(s->store, SQL_IS_USED, BINDS(BIND_ID("discount", id)), &is_used));
    if (is_used != 0)
        return fail(s, ERR_CONFLICT,
                    "This discount is on an invoice already and cannot change. Give a further one "
                    "on what is left.");
    return OK;
}

static status check_discount(struct session *s, const struct discount_set *in)
{
    struct job_head job;
    struct order_id order;
    const char *coupon = "";

    if (in->percent.ppm == 0 && in->amount.cents == 0)
        return fail_field(s, "percent", "A discount needs a percentage or an amount.");
    if (in->percent.ppm != 0 && in->amount.cents != 0)
        return fail_field(s, "amount", "A discount is a percentage or an amount: give only one.");
    if (in->job.v != 0) {
        TRY(job_head_get(s, in->job, &job));
        if (job.order.v != in->order.v)
            return fail_field(s, "job", "This job is on another order.");
        if (job.invoice.v != 0)
            return fail_field(s, "job", "Job %lld is on invoice %lld and cannot change.",
                              (long long)job.position, (long long)job.invoice.v);
        if (job.state == JOB_DECLINED || job.state == JOB_DEFERRED)
            return fail_field(s, "job", "Job %lld was %s and stays as it was offered.",
                              (long long)job.position, choice_label(&job_state_choices, job.state));
    }
    if (in->discount.v == 0)
        return coupon_allows_discount(s, in->order);
    TRY(discount_order(s, in->discount, &order, &coupon));
    if (order.v != in->order.v)
        return fail_field(s, "discount", "This discount is on another order.");
    if (*coupon != '\0')
        return fail(s, ERR_CONFLICT,
                    "This is coupon %s: it stays as it was made. Take it off, and give a discount.",
                    coupon);
    return discount_must_be_unused(s, in->discount);
}

static status discount_set(struct session *s, const void *input, void *output)
{
    const struct discount_set *in = input;
    struct order_head head;

    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(check_discount(s, in));
    TRY(store_run(s->store, in->discount.v == 0 ? SQL_INSERT : SQL_EDIT, NO_ROW,
                  BINDS(BIND_ID("order", in->order), BIND_ID("discount", in->discount),
                        BIND_ID("job", in->job), BIND_INT("percent", in->percent.ppm),
                        BIND_MONEY("amount", in->amount),
                        BIND_TEXT("applies_to", choice_word(&discount_on_choices, in->applies_to)),
                        BIND_TEXT("reason", in->reason))));
    const struct price_change change = {
        .discount_field = in->amount.cents != 0 ? "amount" : "percent",
        .reason_field = "reason",
        .is_discount = true,
        .reason = in->reason,
    };
    const status result = order_finish_priced(s, &head, &change, output);
    if (result == ERR_CONFLICT && in->amount.cents != 0)
        return fail_field(s, "amount",
                          "The discount is more than what it can be taken from: lower it.");
    return result;
}

static status discount_remove(struct session *s, const void *input, void *output)
{
    const struct discount_ref *in = input;
    const char *coupon = "";
    struct order_id order;
    struct order_head head;

    TRY(discount_order(s, in->discount, &order, &coupon));
    TRY(order_begin(s, order, in->revision, &head));
    TRY(discount_must_be_unused(s, in->discount));
    TRY(store_run(s->store, SQL_REMOVE, NO_ROW, BINDS(BIND_ID("discount", in->discount))));
    return order_finish(s, &head, output);
}

/* clang-format off */
static const struct field set_fields[] = {
    ORDER_FIELD(struct discount_set),
    FIELD(struct discount_set, percent, .example = "10", .high = 1000000),
    FIELD(struct discount_set, amount, .example = "25.00", .help = "Instead of a percentage"),
    FIELD(struct discount_set, applies_to, .label = "On", .choices = &discount_on_choices, .initial = "all"),
    FIELD(struct discount_set, reason),
    FIELD(struct discount_set, job, .help = "Empty: the whole order"),
    FIELD(struct discount_set, discount, .help = "Change this one; empty: a new one", .flags = FIELD_HIDDEN),
    REVISION_FIELD(struct discount_set),
};
static const struct field remove_fields[] = {
    FIELD(struct discount_ref, discount, .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    REVISION_FIELD(struct discount_ref),
};
/* clang-format on */

const struct op discount_set_op = {
    .name = "estimate.discount",
    .says = "Give a discount on a job or a whole order",
    .right = RIGHT_ESTIMATES_DISCOUNT,
    .kind = OP_WRITES,
    .in = SHAPE(struct discount_set, set_fields),
    .out = &order_shape,
    .run = discount_set,
};
const struct op discount_remove_op = {
    .name = "estimate.remove-discount",
    .says = "Take a discount back",
    .right = RIGHT_ESTIMATES_DISCOUNT,
    .kind = OP_WRITES,
    .in = SHAPE(struct discount_ref, remove_fields),
    .out = &order_shape,
    .run = discount_remove,
};
