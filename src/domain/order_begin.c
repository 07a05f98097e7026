/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What comes before every change of an order: is it there, is it as it was read, may it still
 * change, and is it theirs who ask. */

#include "domain/customer.h"
#include "order_inner.h"
#include "record.h"

/* clang-format off */
static const char SQL_HEAD[] =
    "SELECT o.id, o.customer, o.vehicle, o.state, o.hold, o.authorized, o.total,\n"
    "  c.tax_exempt = 1 AND ifnull(c.exempt_until_on, '9999') >= :today AS exempt, o.revision\n"
    "FROM repair_order AS o JOIN customer AS c ON c.id = o.customer\n"
    "WHERE o.id = :order";
static const char SQL_JOB_HEAD[] =
    "SELECT j.id, j.repair_order AS \"order\", j.position, j.title, j.state,\n"
    "  j.needs_authorization, j.invoice, j.resolved, j.source, j.rate_class, j.menu_price\n"
    "FROM job AS j\n"
    "WHERE j.id = :job";
/* The operations whose subject in the audit log is the order. */
static const char SQL_LAST_CHANGE[] =
    "SELECT user_name, at\n"
    "FROM audit\n"
    "WHERE noun = 'order' AND subject = :order AND result = 'ok'\n"
    "AND op IN ('order.edit', 'order.account', 'order.void', 'order.check', 'estimate.add-job',\n"
    "  'estimate.add-canned', 'estimate.add-declined', 'estimate.edit-job', 'estimate.remove-job',\n"
    "  'estimate.move-job', 'estimate.add-labor', 'estimate.add-part', 'estimate.add-line',\n"
    "  'estimate.edit-line', 'estimate.remove-line', 'estimate.discount',\n"
    "  'estimate.remove-discount', 'estimate.coupon',\n"
    "  'estimate.remove-coupon', 'estimate.present', 'estimate.authorize', 'job.start',\n"
    "  'job.done', 'job.reopen', 'job.pay', 'order.sell', 'sublet.set', 'job.comeback', 'template.add')\n"
    "ORDER BY at DESC, id DESC\n"
    "LIMIT 1";
static const char SQL_TECHNICIAN[] =
    "SELECT count(*)\n"
    "FROM user\n"
    "WHERE id = :id AND works_on_cars = 1 AND disabled_at IS NULL";
static const char SQL_ORDER_IS_OWN[] =
    "SELECT count(*)\n"
    "FROM repair_order AS o\n"
    "WHERE o.id = :order AND " ORDER_IS_OWN;
static const char SQL_JOB_IS_OWN[] =
    "SELECT count(*)\n"
    "FROM job AS j JOIN repair_order AS o ON o.id = j.repair_order\n"
    "WHERE j.id = :job AND (o.customer = :own_customer OR j.technician = :own_user\n"
    "  OR EXISTS (SELECT 1 FROM line AS l WHERE l.job = j.id AND l.technician = :own_user))";

static const struct field head_fields[] = {
    FIELD(struct order_head, id),
    FIELD(struct order_head, customer),
    FIELD(struct order_head, vehicle),
    FIELD(struct order_head, state, .choices = &order_state_choices),
    FIELD(struct order_head, hold, .choices = &hold_choices),
    FIELD(struct order_head, authorized),
    FIELD(struct order_head, total),
    FIELD(struct order_head, exempt),
    FIELD(struct order_head, revision),
};
static const struct shape head_shape = SHAPE_OF(struct order_head, "order", head_fields);

static const struct field job_head_fields[] = {
    FIELD(struct job_head, id),
    FIELD(struct job_head, order),
    FIELD(struct job_head, position),
    FIELD(struct job_head, title),
    FIELD(struct job_head, state, .choices = &job_state_choices),
    FIELD(struct job_head, needs_authorization),
    FIELD(struct job_head, invoice),
    FIELD(struct job_head, resolved),
    FIELD(struct job_head, source),
    FIELD(struct job_head, rate_class),
    FIELD(struct job_head, menu_price, .flags = FIELD_OPTIONAL),
};
static const struct shape job_head_shape = SHAPE_OF(struct job_head, "job", job_head_fields);
/* clang-format on */

static status order_head_get(struct session *s, struct order_id id, struct order_head *ret)
{
    return found(s,
                 store_get(s->store, SQL_HEAD, NO_ROW,
                           BINDS(BIND_ID("order", id), BIND_DAY("today", session_today(s))),
                           s->arena, &head_shape, ret),
                 "There is no repair order %lld. Look for it by customer or vehicle.",
                 (long long)id.v);
}

status job_head_get(struct session *s, struct job_id id, struct job_head *ret)
{
    return found(s,
                 store_get(s->store, SQL_JOB_HEAD, NO_ROW, BINDS(BIND_ID("job", id)), s->arena,
                           &job_head_shape, ret),
                 "This job is no longer there. Look at the order again.");
}

static status is_stale(struct session *s, struct order_id id)
{
    return record_is_stale_by(s, arena_printf(s->arena, "order %lld", (long long)id.v),
                              SQL_LAST_CHANGE, BINDS(BIND_ID("order", id)));
}

static status check_open(struct session *s, const struct order_head *head)
{
    if (head->state == ORDER_VOID)
        return fail(s, ERR_CONFLICT, "Order %lld is void and cannot change. Write up a new one.",
                    (long long)head->id.v);
    if (head->state == ORDER_POSTED || head->state == ORDER_PAID || head->state == ORDER_RECEIVABLE)
        return fail(s, ERR_CONFLICT,
                    "Order %lld is already invoiced and cannot change. Write up a new order for "
                    "further work.",
                    (long long)head->id.v);
    return OK;
}

status order_begin_void(struct session *s, struct order_id id, int64_t revision,
                        struct order_head *ret)
{
    struct order_head head;

    TRY(order_head_get(s, id, &head));
    TRY(check_open(s, &head));
    if (revision != 0 && revision != head.revision)
        return is_stale(s, id);
    *ret = head;
    return OK;
}

status order_begin(struct session *s, struct order_id id, int64_t revision, struct order_head *ret)
{
    struct order_head head;

    TRY(order_begin_void(s, id, revision, &head));
    TRY(customer_must_be_active(s, head.customer));
    *ret = head;
    return OK;
}

status job_begin(struct session *s, struct job_id id, int64_t revision, struct job_head *ret,
                 struct order_head *ret_order)
{
    struct job_head job;

    TRY(job_head_get(s, id, &job));
    TRY(order_begin(s, job.order, revision, ret_order));
    if (job.invoice.v != 0)
        return fail(s, ERR_CONFLICT,
                    "Job %lld (%s) is on invoice %lld and cannot change. Add a new job for further "
                    "work.",
                    (long long)job.position, job.title, (long long)job.invoice.v);
    *ret = job;
    return OK;
}

status technician_check(struct session *s, struct user_id id)
{
    int64_t count = 0;

    if (id.v == 0)
        return OK;
    TRY(store_int(s->store, SQL_TECHNICIAN, BINDS(BIND_ID("id", id)), &count));
    if (count == 0)
        return fail_field(s, "technician", "Choose somebody who works on cars here.");
    return OK;
}

static status count_own(struct session *s, const char *sql, const char *name, int64_t id,
                        bool *ret_own)
{
    int64_t count = 0;

    TRY(store_int(s->store, sql,
                  BINDS(BIND_INT(name, id), BIND_INT("own", 1), BIND_INT("own_user", s->user.v),
                        BIND_INT("own_customer", s->customer.v)),
                  &count));
    *ret_own = count > 0;
    return OK;
}

status order_is_own(struct session *s, const void *in, bool *ret_own)
{
    return count_own(s, SQL_ORDER_IS_OWN, "order", *(const int64_t *)in, ret_own);
}

status job_is_own(struct session *s, const void *in, bool *ret_own)
{
    return count_own(s, SQL_JOB_IS_OWN, "job", *(const int64_t *)in, ret_own);
}
