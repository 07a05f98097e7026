/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Coupons on an order: taken with their code, looked at again when the invoice is made, and kept
 * with it. A coupon on an order is a discount of the whole order that bears its number. */

#include "base/text.h"
#include "coupon_inner.h"
#include "domain/order_input.h"
#include "order_inner.h"

/* clang-format off */
/* Of other orders, by invoices that stand; :customer NULL is everybody. */
static const char SQL_USES[] =
    "SELECT count(DISTINCT u.repair_order)\n"
    "FROM invoice_coupon AS u JOIN invoice AS i ON i.id = u.invoice\n"
    "WHERE u.coupon = :coupon AND u.repair_order <> :order AND i.state = 'posted'\n"
    "AND (:customer IS NULL OR i.customer = :customer)";
static const char SQL_SALE[] =
    "SELECT ifnull(sum(l.gross), 0)\n"
    "FROM job AS j JOIN line AS l ON l.job = j.id\n"
    "WHERE j.repair_order = :order AND j.state NOT IN ('declined', 'deferred')\n"
    "AND l.kind IN ('labor', 'part', 'sublet')";
static const char SQL_OTHERS[] =
    "SELECT count(*)\n"
    "FROM discount\n"
    "WHERE repair_order = :order AND coupon IS NOT :coupon";
/* A coupon that stands alone. */
static const char SQL_ALONE[] =
    "SELECT c.code\n"
    "FROM discount AS d JOIN coupon AS c ON c.id = d.coupon\n"
    "WHERE d.repair_order = :order AND c.stackable = 0 AND d.coupon IS NOT :coupon";
static const char SQL_IS_ON[] =
    "SELECT ifnull(max(id), 0)\n"
    "FROM discount\n"
    "WHERE repair_order = :order AND coupon = :coupon";
static const char SQL_PUT[] =
    "INSERT INTO discount (repair_order, percent, amount, applies_to, reason, coupon)\n"
    "VALUES (:order, :percent, :amount, :applies_to, :reason, :coupon)";
static const char SQL_TAKE_OFF[] =
    "DELETE FROM discount\n"
    "WHERE repair_order = :order AND coupon = :coupon";
static const char SQL_USE[] =
    "INSERT INTO invoice_coupon (invoice, coupon, repair_order, code, title, amount)\n"
    "SELECT :invoice, c.id, d.repair_order, c.code, c.title, ifnull(u.used, :amount)\n"
    "FROM discount AS d JOIN coupon AS c ON c.id = d.coupon\n"
    "LEFT JOIN invoice_discount AS u ON u.invoice = :invoice AND u.discount = d.id\n"
    "WHERE d.id = :discount AND ifnull(u.used, :amount) > 0";
/* clang-format on */

/* -------------------------------------------------------------------- may it be -- */

static status count_uses(struct session *s, struct coupon_id coupon, struct order_id order,
                         struct customer_id customer, int64_t *ret)
{
    return store_int(
        s->store, SQL_USES,
        BINDS(BIND_ID("coupon", coupon), BIND_ID("order", order), BIND_ID("customer", customer)),
        ret);
}

/* "" while there are some left. */
static status uses_left(struct session *s, const struct coupon *coupon, struct order_id order,
                        struct customer_id customer, const char **ret)
{
    int64_t all = 0, his = 0;

    *ret = "";
    if (coupon->use_limit != 0)
        TRY(count_uses(s, coupon->id, order, (struct customer_id){0}, &all));
    if (coupon->customer_limit != 0)
        TRY(count_uses(s, coupon->id, order, customer, &his));
    if (coupon->use_limit != 0 && all >= coupon->use_limit)
        *ret = arena_printf(s->arena, "Coupon %s is used up: it was good for %lld order%s.",
                            coupon->code, (long long)coupon->use_limit,
                            coupon->use_limit == 1 ? "" : "s");
    else if (coupon->customer_limit != 0 && his >= coupon->customer_limit)
        *ret = arena_printf(
            s->arena, "The customer has used coupon %s %s, as often as it may be.", coupon->code,
            his == 1 ? "once" : arena_printf(s->arena, "%lld times", (long long)his));
    return OK;
}

static status sale_reached(struct session *s, const struct coupon *coupon, struct order_id order,
                           const char **ret)
{
    struct money sale = MONEY_ZERO;
    char least[NUMBER_TEXT_MAX], is[NUMBER_TEXT_MAX];

    *ret = "";
    if (coupon->minimum.cents == 0)
        return OK;
    TRY(store_int(s->store, SQL_SALE, BINDS(BIND_ID("order", order)), &sale.cents));
    if (sale.cents < coupon->minimum.cents)
        *ret = arena_printf(s->arena,
                            "Coupon %s is for sales of %s and more; labor, parts and sublet work "
                            "come to %s.",
                            coupon->code, money_show(coupon->minimum, least), money_show(sale, is));
    return OK;
}

/* Beside what else is on the order; `coupon` itself may be on it already. */
static status stacks(struct session *s, const struct coupon *coupon, struct order_id order,
                     const char **ret)
{
    const struct bind *key = BINDS(BIND_ID("order", order), BIND_ID("coupon", coupon->id));
    const char *alone = "";
    int64_t others = 0;

    *ret = "";
    if (!coupon->stackable) {
        TRY(store_int(s->store, SQL_OTHERS, key, &others));
        if (others > 0)
            *ret = arena_printf(s->arena,
                                "Coupon %s does not stand beside another coupon or a discount.",
                                coupon->code);
        return OK;
    }
    const status result = store_text(s->store, SQL_ALONE, key, s->arena, &alone);
    if (result == OK && *alone != '\0')
        *ret = arena_printf(s->arena,
                            "Coupon %s on this order does not stand beside another coupon.", alone);
    return result == ERR_NOT_FOUND ? OK : result;
}

/* What holds on the day it is taken and on the day of the invoice alike. */
static status holds(struct session *s, const struct coupon *coupon, struct order_id order,
                    struct customer_id customer, const char **ret)
{
    TRY(uses_left(s, coupon, order, customer, ret));
    if (**ret == '\0')
        TRY(sale_reached(s, coupon, order, ret));
    if (**ret == '\0')
        TRY(stacks(s, coupon, order, ret));
    return OK;
}

/* Its days count when it is taken: who came in time is not made to pay for the shop's queue. */
static status check_days(struct session *s, const struct coupon *coupon)
{
    const struct day today = session_today(s);
    char day[DAY_TEXT_MAX];

    if (coupon->archived_at.seconds != 0)
        return fail_field(s, "code", "Coupon %s is not taken any more.", coupon->code);
    if (coupon->from_on.iso[0] != '\0' && day_compare(today, coupon->from_on) < 0)
        return fail_field(s, "code", "Coupon %s is good from %s on.", coupon->code,
                          day_show(coupon->from_on, day));
    if (coupon->until_on.iso[0] != '\0' && day_compare(today, coupon->until_on) > 0)
        return fail_field(s, "code", "Coupon %s was good until %s.", coupon->code,
                          day_show(coupon->until_on, day));
    return OK;
}

static status check_new(struct session *s, const struct coupon *coupon,
                        const struct order_head *head)
{
    const char *problem = "";
    int64_t is_on = 0;

    TRY(check_days(s, coupon));
    TRY(store_int(s->store, SQL_IS_ON,
                  BINDS(BIND_ID("order", head->id), BIND_ID("coupon", coupon->id)), &is_on));
    if (is_on > 0)
        return fail_field(s, "code", "Coupon %s is on this order already.", coupon->code);
    TRY(holds(s, coupon, head->id, head->customer, &problem));
    return *problem == '\0' ? OK : fail_field(s, "code", "%s", problem);
}

/* -------------------------------------------------------------- on and off -- */

static status apply(struct session *s, const void *input, void *output)
{
    const struct coupon_apply *in = input;
    struct order_head head;
    struct coupon coupon;

    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(coupon_find(s, in->code, &coupon));
    TRY(check_new(s, &coupon, &head));
    TRY(store_run(
        s->store, SQL_PUT, NO_ROW,
        BINDS(
            BIND_ID("order", head.id), BIND_INT("percent", coupon.percent.ppm),
            BIND_MONEY("amount", coupon.amount),
            BIND_TEXT("applies_to", choice_word(&discount_on_choices, coupon.applies_to)),
            BIND_TEXT("reason", arena_printf(s->arena, "Coupon %s, %s", coupon.code, coupon.title)),
            BIND_ID("coupon", coupon.id))));
    const status result = order_finish(s, &head, output);
    if (result == ERR_CONFLICT && coupon.amount.cents != 0)
        return fail_field(s, "code",
                          "Coupon %s takes off more than there is to take it from. Add the work "
                          "first.",
                          coupon.code);
    return result;
}

static status remove_coupon(struct session *s, const void *input, void *output)
{
    const struct coupon_apply *in = input;
    struct order_head head;
    struct coupon coupon;
    struct discount_id on = {0};

    TRY(order_begin(s, in->order, in->revision, &head));
    TRY(coupon_find(s, in->code, &coupon));
    const struct bind *key = BINDS(BIND_ID("order", head.id), BIND_ID("coupon", coupon.id));
    TRY(store_int(s->store, SQL_IS_ON, key, &on.v));
    if (on.v == 0)
        return fail_field(s, "code", "Coupon %s is not on this order.", coupon.code);
    TRY(discount_must_be_unused(s, on));
    TRY(store_run(s->store, SQL_TAKE_OFF, NO_ROW, key));
    return order_finish(s, &head, output);
}

status coupon_allows_discount(struct session *s, struct order_id order)
{
    const char *alone = "";
    const status result = store_text(
        s->store, SQL_ALONE, BINDS(BIND_ID("order", order), BIND_NULL("coupon")), s->arena, &alone);

    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    if (*alone != '\0')
        return fail(s, ERR_CONFLICT,
                    "Coupon %s on this order does not stand beside a discount. Take it off first.",
                    alone);
    return OK;
}

/* -------------------------------------------------------------- at the invoice -- */

status coupon_problem(struct session *s, const struct order *order, const char **ret)
{
    const struct order_discount *discounts = order->discounts.at;
    struct coupon coupon;

    *ret = "";
    for (size_t i = 0; i < order->discounts.count && **ret == '\0'; i++) {
        if (discounts[i].coupon.v == 0)
            continue;
        TRY(coupon_get(s, discounts[i].coupon, &coupon));
        TRY(holds(s, &coupon, order->id, order->customer, ret));
    }
    return OK;
}

status coupon_must_hold(struct session *s, const struct order *order)
{
    const char *problem = "";

    TRY(coupon_problem(s, order, &problem));
    return *problem == '\0' ? OK : fail(s, ERR_CONFLICT, "%s Take it off first.", problem);
}

status coupon_use(struct session *s, const struct order *order, struct invoice_id invoice,
                  bool is_whole)
{
    const struct order_discount *discounts = order->discounts.at;

    for (size_t i = 0; i < order->discounts.count; i++)
        if (discounts[i].coupon.v != 0)
            TRY(store_run(s->store, SQL_USE, NO_ROW,
                          BINDS(BIND_ID("invoice", invoice), BIND_ID("discount", discounts[i].id),
                                BIND_MONEY("amount", is_whole ? discounts[i].taken : MONEY_ZERO))));
    return OK;
}

/* clang-format off */
static const struct field apply_fields[] = {
    ORDER_FIELD(struct coupon_apply),
    FIELD(struct coupon_apply, code, .example = "SPRING10", .help = "As on the coupon", .max = 20, .picks = "coupon.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_CODE),
    REVISION_FIELD(struct coupon_apply),
};
/* clang-format on */

const struct op coupon_apply_op = {
    .name = "estimate.coupon",
    .says = "Take a customer's coupon on an order",
    .title = "Take a coupon",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct coupon_apply, apply_fields),
    .out = &order_shape,
    .run = apply,
};
const struct op coupon_remove_op = {
    .name = "estimate.remove-coupon",
    .says = "Take a coupon off an order again",
    .title = "Take a coupon off",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct coupon_apply, apply_fields),
    .out = &order_shape,
    .run = remove_coupon,
};
