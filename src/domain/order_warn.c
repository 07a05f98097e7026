/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What whoever opens a repair order must be told before the work or the invoice goes on. */

#include <string.h>

#include "domain/coupon.h"
#include "domain/customer.h"
#include "domain/part_request.h"
#include "order_inner.h"

/* clang-format off */
static const char SQL_VEHICLES[] =
    "SELECT count(*)\n"
    "FROM vehicle\n"
    "WHERE customer = :customer AND archived_at IS NULL";
/* clang-format on */

/* The statement gives the day on which the exemption ended. */
static const char *exemption_warning(struct session *s, const struct order *order)
{
    struct day ended = DAY_NONE;
    char day[DAY_TEXT_MAX];

    if (order->warning[0] == '\0')
        return "";
    memcpy(ended.iso, order->warning, sizeof ended.iso);
    return arena_printf(s->arena,
                        "The customer's tax exemption ended on %s, so tax is charged. Ask for the "
                        "new certificate.",
                        day_show(ended, day));
}

/* While the order is open: what is owed already, then what is to be charged. */
static status write_warning(struct session *s, struct order *order)
{
    const char *exemption = exemption_warning(s, order);
    const char *owing = "";

    if (order->state < ORDER_POSTED)
        TRY(customer_warning(s, order->customer, &owing));
    order->warning = *owing == '\0'       ? exemption
                     : *exemption == '\0' ? owing
                                          : arena_printf(s->arena, "%s %s", owing, exemption);
    return OK;
}

static void add_warning(struct session *s, struct order *order, const char *text)
{
    order->warning =
        arena_printf(s->arena, "%s%s%s", order->warning, *order->warning != '\0' ? " " : "", text);
}

/* Nobody writes up a car without naming it on purpose. */
static status warn_of_no_vehicle(struct session *s, struct order *order)
{
    int64_t vehicles = 0;

    if (order->vehicle.v != 0 || order->counter_sale || order->state >= ORDER_POSTED)
        return OK;
    TRY(store_int(s->store, SQL_VEHICLES, BINDS(BIND_ID("customer", order->customer)), &vehicles));
    add_warning(
        s, order,
        vehicles == 0
            ? "No vehicle: this is for a part brought in. Parts alone are a counter sale."
            : arena_printf(s->arena,
                           "No vehicle, though the customer has %lld: void it unless a part "
                           "was brought in.",
                           (long long)vehicles));
    return OK;
}

/* Before anybody is told at the invoice. */
static status warn_of_coupons(struct session *s, struct order *order)
{
    const char *problem = "";

    if (order->state >= ORDER_POSTED)
        return OK;
    TRY(coupon_problem(s, order, &problem));
    if (*problem != '\0')
        add_warning(s, order, problem);
    return OK;
}

/* From the bays, until somebody has answered. */
static status tell_requests(struct session *s, struct order *order)
{
    int64_t count = 0;

    if (order->state >= ORDER_POSTED)
        return OK;
    TRY(part_request_count(s, order->id, &count));
    if (count > 0)
        order->warning = arena_printf(s->arena, "%lld part%s asked for from the bays.%s%s",
                                      (long long)count, count == 1 ? " is" : "s are",
                                      *order->warning != '\0' ? " " : "", order->warning);
    return OK;
}

status order_warn(struct session *s, struct order *order)
{
    TRY(write_warning(s, order));
    TRY(order_warn_estimate(s, order));
    TRY(warn_of_no_vehicle(s, order));
    TRY(warn_of_coupons(s, order));
    return tell_requests(s, order);
}
