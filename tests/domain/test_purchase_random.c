/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Months of buying at random: orders, deliveries short and over, freight, bills that fit and
 * differ, payments whole and in part, returns and cores. After every step the books agree. */

#include "purchases.h"

#include <stdlib.h>

#include "domain/bill.h"
#include "domain/claim.h"
#include "domain/stock.h"

#define STEPS 400

struct life {
    struct shop_test *t;
    uint64_t seed;
    int done, refused;
    int64_t bills;
};

/* Some steps make no sense at their moment: they are refused, and leave the books as they were. */
static bool PRINTF_LIKE(4, 5)
    attempt(struct life *l, const struct op *op, void *out, const char *json, ...)
{
    va_list args;

    va_start(args, json);
    const char *text = arena_vprintf(&l->t->arena, json, args);
    va_end(args);
    const status result = op_call(&l->t->session, op, input_json(l->t, op, text), out);
    l->done += result == OK;
    l->refused += result != OK;
    if (result != OK && result != ERR_INVALID && result != ERR_CONFLICT)
        fail_msg("%s %s: %s", op->name, text, l->t->session.fault.text);
    return result == OK;
}

static int64_t pick(struct life *l, const char *sql)
{
    const int64_t count =
        ask_number(l->t, arena_printf(&l->t->arena, "SELECT count(*) FROM %s", sql));

    return count == 0 ? 0
                      : ask_number(l->t, arena_printf(&l->t->arena,
                                                      "SELECT id FROM %s ORDER BY id LIMIT 1 "
                                                      "OFFSET %lld",
                                                      sql, (long long)dice(&l->seed, count)));
}

static void order_some(struct life *l)
{
    struct purchase page;
    static const char *const skus[] = {"BP-1210", "OIL-Q", "ST-9"};

    if (!attempt(l, &purchase_start_op, &page, "{\"vendor\":%d}", 1 + (int)dice(&l->seed, 2)))
        return;
    const long long id = (long long)page.id.v;
    for (int64_t i = 1 + dice(&l->seed, 3); i > 0; i--)
        attempt(l, &purchase_add_line_op, &page,
                "{\"purchase\":%lld,\"sku\":\"%s\",\"quantity\":\"%d\",\"cost\":\"%d.%02d\"}", id,
                skus[dice(&l->seed, 3)], 1 + (int)dice(&l->seed, 9), (int)dice(&l->seed, 200),
                (int)dice(&l->seed, 100));
    attempt(l, &purchase_send_op, &page, "{\"purchase\":%lld}", id);
}

static void receive_some(struct life *l)
{
    struct purchase page;
    const long long line = (long long)pick(l, "purchase_line WHERE open > 0");
    const long long order =
        line == 0 ? 0
                  : (long long)ask_number(l->t, arena_printf(&l->t->arena,
                                                             "SELECT purchase FROM purchase_line "
                                                             "WHERE id = %lld",
                                                             line));

    if (line == 0)
        return;
    if (dice(&l->seed, 2) == 0)
        attempt(l, &purchase_receive_op, &page, "{\"purchase\":%lld,\"freight\":\"%d.%02d\"}",
                order, (int)dice(&l->seed, 40), (int)dice(&l->seed, 100));
    else
        attempt(l, &purchase_receive_op, &page,
                "{\"purchase\":%lld,\"over\":%s,\"lines\":[{\"line\":%lld,\"quantity\":\"%d\","
                "\"cost\":\"%d.99\"}]}",
                order, dice(&l->seed, 3) == 0 ? "true" : "false", line, 1 + (int)dice(&l->seed, 6),
                (int)dice(&l->seed, 150));
}

static void sell_some(struct life *l)
{
    struct part part;
    const int id = 1 + (int)dice(&l->seed, 3);

    attempt(l, &part_adjust_op, &part, "{\"part\":%d,\"on_hand\":\"%d\",\"reason\":\"used\"}", id,
            (int)dice(&l->seed, 5));
}

static void bill_some(struct life *l)
{
    struct bill bill;
    const long long receipt = (long long)pick(l, "receipt WHERE billed <> total");
    if (receipt == 0)
        return;
    const int64_t open = ask_number(
        l->t,
        arena_printf(&l->t->arena, "SELECT total - billed FROM receipt WHERE id = %lld", receipt));
    const int64_t vendor =
        ask_number(l->t, arena_printf(&l->t->arena,
                                      "SELECT u.vendor FROM receipt AS r JOIN purchase AS u"
                                      " ON u.id = r.purchase WHERE r.id = %lld",
                                      receipt));
    const int64_t total = open + (dice(&l->seed, 3) == 0 ? dice(&l->seed, 500) - 250 : 0);
    attempt(l, &bill_enter_op, &bill,
            "{\"vendor\":%lld,\"number\":\"N%lld\",\"total\":\"%lld.%02lld\",\"accept\":%s,"
            "\"reason\":\"agreed\",\"receipts\":[{\"receipt\":%lld}]}",
            (long long)vendor, (long long)l->bills++, (long long)(total / 100),
            (long long)(llabs(total) % 100), dice(&l->seed, 2) == 0 ? "true" : "false", receipt);
}

static void pay_some(struct life *l)
{
    struct vendor_payment payment;
    const long long bill = (long long)pick(l, "bill WHERE paid <> total");

    if (dice(&l->seed, 3) == 0) {
        attempt(l, &bill_pay_op, &payment, "{\"vendor\":%d,\"through_on\":\"2030-01-01\"}",
                1 + (int)dice(&l->seed, 2));
        return;
    }
    if (bill == 0)
        return;
    attempt(l, &bill_pay_op, &payment,
            "{\"vendor\":%lld,\"method\":\"ach\",\"bills\":[{\"bill\":%lld,\"amount\":\"%d.50\"}]}",
            (long long)ask_number(
                l->t, arena_printf(&l->t->arena, "SELECT vendor FROM bill WHERE id = %lld", bill)),
            bill, (int)dice(&l->seed, 300));
}

static void void_some(struct life *l)
{
    struct vendor_payment payment;
    const long long id = (long long)pick(l, "vendor_payment WHERE void_reason = ''");

    if (id != 0)
        attempt(l, &bill_void_payment_op, &payment, "{\"payment\":%lld,\"reason\":\"lost\"}", id);
}

static void return_some(struct life *l)
{
    struct claim claim;
    const long long id = (long long)pick(l, "claim WHERE state <> 'closed'");

    if (dice(&l->seed, 2) == 0) {
        attempt(l, &claim_return_op, &claim,
                "{\"part\":%d,\"quantity\":\"1\",\"vendor\":1,\"reason\":\"wrong\"}",
                1 + (int)dice(&l->seed, 3));
        return;
    }
    if (id == 0)
        return;
    if (dice(&l->seed, 4) == 0)
        attempt(l, &claim_write_off_op, &claim, "{\"claim\":%lld,\"reason\":\"too old\"}", id);
    else
        attempt(l, &claim_credit_op, &claim,
                "{\"claim\":%lld,\"number\":\"C%lld\",\"amount\":\"%d.25\"}", id,
                (long long)l->bills++, (int)dice(&l->seed, 60));
}

static void the_books_agree_after_every_step_of_buying(void **state)
{
    struct shop_test *t = *state;
    struct life life = {.t = t, .seed = 20261124};
    static void (*const steps[])(struct life *) = {order_some, receive_some, receive_some,
                                                   bill_some,  bill_some,    pay_some,
                                                   sell_some,  return_some,  void_some};

    given_catalog(t);
    for (int i = 0; i < STEPS; i++) {
        const struct arena_mark mark = arena_mark(&t->arena);
        const int64_t pick_step = dice(&life.seed, COUNT_OF(steps));
        steps[pick_step](&life);
        if (ledger_prove(&t->session) != OK)
            fail_msg("after step %d (%d): %s", i, (int)pick_step, t->session.fault.text);
        arena_release(&t->arena, mark);
    }
    print_message("%d done, %d refused\n", life.done, life.refused);
    assert_true(life.done > STEPS / 2);
    assert_true(life.refused > 10);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM bill WHERE abs(paid) > abs(total)"), 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM receipt WHERE billed > total"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_books_agree_after_every_step_of_buying),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
