/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Two terminals after the same money, both refunding one payment a cent at a time. Each cent goes
 * back once; who comes too late reads why. */

#include "terminals.h"

#include "domain/payment.h"

enum { CENTS = 25, TRIES = 25 };

static void given_deposit(struct seat *seat)
{
    const struct payment_deposit deposit = {
        .customer = {1}, .method = PAY_ACH, .amount = {CENTS}, .check_number = "", .note = ""};
    struct payment_taken taken;

    seat_must(seat, op_call(&seat->session, &payment_deposit_op, &deposit, &taken), "deposit");
}

static status refund_a_cent(struct seat *seat, int which, int number)
{
    const struct payment_refund in = {
        .payment = {1}, .amount = {1}, .check_number = "", .reason = "Asked for"};
    struct payment payment;

    (void)which;
    (void)number;
    return op_call(&seat->session, &payment_refund_op, &in, &payment);
}

static void nothing_is_left(struct seat *seat)
{
    struct payment payment;

    seat_must(seat, payment_get(&seat->session, (struct payment_id){1}, &payment), "payment");
    assert_int_equal(payment.left.cents, 0);
    assert_int_equal(payment.status, PAYMENT_REFUNDED);
}

static void two_terminals_never_refund_the_same_cent(void **state)
{
    static const char *const names[] = {"desk 1", "desk 2"};
    static const struct race race = {
        .names = names,
        .tries = TRIES,
        .given = given_deposit,
        .try_it = refund_a_cent,
        .refused = ERR_INVALID,
        .refusal = "Only 0.00 is left",
    };

    (void)state;
    race_both(&race, CENTS, nothing_is_left);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_terminals_never_refund_the_same_cent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
