/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Coupons on the order page: taken by their code, and taken off again. */

#include "domain/coupon.h"

#include <string.h>

#include "order_page.h"

static struct coupon_apply *coupon_input(struct order_page *page, const struct op *op,
                                         struct arena *arena)
{
    struct coupon_apply *in = desk_input(page->desk, arena, op);

    in->order = page->id;
    in->revision = page_order(page)->revision;
    return in;
}

void page_take_coupon(struct view *view, const struct action *action)
{
    struct order_page *page = page_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    page_form(page, &coupon_apply_op, "Take a coupon", coupon_input(page, &coupon_apply_op, &arena),
              "code", SKIP("order"), page_saved);
}

void page_remove_coupon(struct order_page *page, const struct order_discount *discount)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct coupon_apply *in = coupon_input(page, &coupon_remove_op, &arena);

    in->code = discount->coupon_code;
    page_call(page, &coupon_remove_op, in);
}

bool coupon_lacks(const struct order *order, const struct order_discount *discount)
{
    return discount->coupon.v != 0 && strstr(order->warning, discount->coupon_code) != NULL;
}

void page_say_coupon(struct order_page *page, const struct order_discount *discount)
{
    const struct order *order = page_order(page);

    app_say(page->desk->app, "%s",
            coupon_lacks(order, discount)
                ? order->warning
                : "A coupon stays as it was made. x takes it off the order.");
}
