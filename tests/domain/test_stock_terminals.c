/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Two terminals at one shelf, both after the same pieces. Each piece goes to one of them; who comes
 * too late reads why. */

#include "terminals.h"

#include "domain/order.h"
#include "domain/order_input.h"
#include "domain/part.h"
#include "domain/stock.h"

enum { PIECES = 25, ORDERS = 25 }; /* a terminal has as many orders as there are pieces for both */

static void given_order(struct seat *seat)
{
    const struct order_start start = {
        .customer = {1}, .odometer_mi = NUMBER_NONE, .concern = "Rattles"};
    struct order order;

    seat_must(seat, op_call(&seat->session, &order_start_op, &start, &order), "order");
    const struct line_add_part add = {.job = ((const struct order_job *)order.jobs.at)->id,
                                      .part = {1},
                                      .quantity = {1000},
                                      .price = {NUMBER_NONE},
                                      .cost = {NUMBER_NONE}};
    const struct order_authorize yes = {.order = order.id, .method = METHOD_IN_PERSON};
    seat_must(seat, op_call(&seat->session, &line_add_part_op, &add, &order), "line");
    seat_must(seat, op_call(&seat->session, &order_authorize_op, &yes, &order), "authorization");
}

static void given_shelf(struct seat *seat)
{
    const struct part_entry part = {.sku = "CLIP",
                                    .name = "Clip",
                                    .cost = {333},
                                    .price = {999},
                                    .whole = true,
                                    .on_hand = {PIECES * 1000}};
    struct part added;

    seat_run(seat, "UPDATE shop SET negative_stock = 0");
    seat_must(seat, op_call(&seat->session, &part_add_op, &part, &added), "part");
    for (int i = 0; i < 2 * ORDERS; i++)
        given_order(seat);
}

/* One half of the orders is a terminal's. */
static status pull(struct seat *seat, int which, int number)
{
    const struct stock_pull in = {.line = {1 + which + 2 * number}, .quantity = {NUMBER_NONE}};
    struct order order;

    return op_call(&seat->session, &stock_pull_op, &in, &order);
}

static void the_shelf_is_empty(struct seat *seat)
{
    struct part part;

    seat_must(seat, part_get(&seat->session, (struct part_id){1}, &part), "part");
    assert_int_equal(part.on_hand.thousandths, 0);
    assert_int_equal(part.stock_value.cents, 0);
}

static void two_terminals_never_get_the_same_piece(void **state)
{
    static const char *const names[] = {"bay 1", "bay 2"};
    static const struct race race = {
        .names = names,
        .tries = ORDERS,
        .given = given_shelf,
        .try_it = pull,
        .refused = ERR_CONFLICT,
        .refusal = "1 of part CLIP are wanted and 0 are on hand",
    };

    (void)state;
    race_both(&race, PIECES, the_shelf_is_empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_terminals_never_get_the_same_piece),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
