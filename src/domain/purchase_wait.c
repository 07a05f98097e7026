/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Repair orders and the parts they wait for. Nothing of it is stored beside the order's state: what
 * is ordered and not here is in the lines of the purchase orders. */

#include "domain/order.h"
#include "purchase_inner.h"

/* clang-format off */
static const char SQL_WAIT[] =
    "SELECT count(*) AS lines, max(ifnull(w.due_on, u.due_on)) AS due_on\n"
    "FROM purchase_line AS w\n"
    "JOIN purchase AS u ON u.id = w.purchase\n"
    "JOIN line AS l ON l.id = w.line\n"
    "JOIN job AS j ON j.id = l.job\n"
    "WHERE w.repair_order = :order AND w.open > 0 AND w.received < l.quantity\n"
    "AND j.state IN ('authorized', 'in_progress')";
/* An order of a customer who was put away does not change; nor does one that is invoiced. */
static const char SQL_MAY_SETTLE[] =
    "SELECT count(*)\n"
    "FROM repair_order AS o\n"
    "JOIN customer AS c ON c.id = o.customer\n"
    "WHERE o.id = :order AND c.archived_at IS NULL\n"
    "AND o.state IN ('estimate', 'approved', 'in_progress', 'hold', 'quality_check', 'complete')";
static const char SQL_ORDERS[] =
    "SELECT DISTINCT repair_order AS \"order\"\n"
    "FROM purchase_line\n"
    "WHERE purchase = :purchase AND repair_order IS NOT NULL";

static const struct field wait_fields[] = {
    FIELD(struct order_wait, lines),
    FIELD(struct order_wait, due_on),
};
static const struct shape wait_shape = SHAPE_OF(struct order_wait, "wait", wait_fields);

struct order_key {
    struct order_id order;
};
static const struct field key_fields[] = {FIELD(struct order_key, order)};
static const struct shape key_shape = SHAPE_OF(struct order_key, "order", key_fields);
/* clang-format on */

status order_wait_get(struct session *s, struct order_id id, struct order_wait *ret)
{
    return store_get(s->store, SQL_WAIT, NO_ROW, BINDS(BIND_ID("order", id)), s->arena, &wait_shape,
                     ret);
}

static status order_follow_parts(struct session *s, struct order_id id)
{
    int64_t may_settle = 0;

    TRY(store_int(s->store, SQL_MAY_SETTLE, BINDS(BIND_ID("order", id)), &may_settle));
    return may_settle == 0 ? OK : order_settle(s, id, 0);
}

status purchase_orders_follow(struct session *s, struct purchase_id id)
{
    struct rows rows;

    TRY(store_list(s->store, SQL_ORDERS, NO_ROW, BINDS(BIND_ID("purchase", id)), s->arena,
                   &key_shape, &rows));
    const struct order_key *key = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        TRY(order_follow_parts(s, key[i].order));
    return OK;
}
