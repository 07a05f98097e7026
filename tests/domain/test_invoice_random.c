/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Stock comes in, orders of any shape are posted, money is taken, in any order: after every step
 * the shop agrees with a second, plain set of books. */

#include "book_rows.h"

#include "domain/invoice.h"
#include "domain/payment.h"

enum { PARTS = 4, STEPS = 2000 };

/* The stock as a moving average on paper, and what the books should say. */
struct paper {
    int64_t on_hand[PARTS], value[PARTS], cost[PARTS];
    int64_t receivable, inventory, part_cost, sublet_cost, accrued;
    int64_t invoices;
};

static int64_t rounded(int64_t amount, int64_t part, int64_t whole)
{
    const int64_t twice = 2 * amount * part;
    return (twice + (twice < 0 ? -whole : whole)) / (2 * whole);
}

static int64_t issue_on_paper(struct paper *paper, int64_t part, int64_t quantity)
{
    const int64_t there = paper->on_hand[part] > 0 ? paper->on_hand[part] : 0;
    const int64_t taken = quantity < there ? quantity : there;
    const int64_t value = (taken > 0 ? rounded(paper->value[part], taken, there) : 0) +
                          rounded(paper->cost[part], quantity - taken, 1000);

    paper->on_hand[part] -= quantity;
    paper->value[part] -= value;
    return value;
}

static void receive_some(struct shop_test *t, struct paper *paper, uint64_t *seed)
{
    const int64_t part = dice(seed, PARTS);
    const struct qty quantity = {1000 * (1 + dice(seed, 20))};
    const struct money value = {1 + dice(seed, 50000)};
    const struct ledger_line lines[] = {
        {ACCOUNT_INVENTORY, value, {0}},
        {ACCOUNT_EQUITY, money_negate(value), {0}},
    };
    struct entry_id entry;

    if (paper->on_hand[part] < 0)
        return; /* a receipt into a hole is the stock's own story */
    assert_int_equal(store_begin_write(t->store), OK);
    assert_int_equal(
        stock_put(&t->session, (struct part_id){part + 1}, STOCK_RECEIVE, quantity, value, ""), OK);
    assert_int_equal(ledger_post(&t->session, session_today(&t->session), "stock", 0, "Received",
                                 lines, COUNT_OF(lines), &entry),
                     OK);
    assert_int_equal(store_commit(t->store), OK);
    paper->on_hand[part] += quantity.thousandths;
    paper->value[part] += value.cents;
    paper->inventory += value.cents;
}

/* One line: adds to the newest job, and to the paper what it will cost. */
static void any_line(struct shop_test *t, struct paper *paper, uint64_t *seed, bool counts)
{
    static const char *const kinds[] = {"labor", "part",   "part", "part",
                                        "core",  "sublet", "fee",  "hazmat"};
    const int64_t kind = dice(seed, (int64_t)COUNT_OF(kinds));
    const int64_t part = dice(seed, 3) > 0 ? dice(seed, PARTS) : -1;
    const int64_t quantity = kind >= 4 ? 1000 : 250 * (1 + dice(seed, 24));
    const int64_t cost = dice(seed, 3000);
    const bool from_stock = kind >= 1 && kind <= 3 && part >= 0;

    given_line(t, kinds[kind], quantity, dice(seed, 20000), cost, from_stock ? part + 1 : 0);
    if (!counts || kind == 0 || kind == 4) /* a core is a deposit on both sides */
        return;
    if (from_stock) {
        const int64_t value = issue_on_paper(paper, part, quantity);
        paper->part_cost += value;
        paper->inventory -= value;
        return;
    }
    const int64_t value = rounded(cost, quantity, 1000);
    *(kind <= 4 ? &paper->part_cost : &paper->sublet_cost) += value;
    paper->accrued += value;
}

static void post_any_order(struct shop_test *t, struct paper *paper, uint64_t *seed)
{
    const struct order_id order = given_order(t, 1 + dice(seed, 3));
    struct invoice invoice;

    for (int64_t jobs = 1 + dice(seed, 3); jobs > 0; jobs--) {
        const bool counts = jobs == 1 || dice(seed, 4) > 0;
        given_job(t, order, "Work", counts ? "done" : "declined");
        for (int64_t lines = dice(seed, 5); lines >= 0; lines--)
            any_line(t, paper, seed, counts);
    }
    if (dice(seed, 2) == 0)
        run_sql(t, arena_printf(&t->arena,
                                "INSERT INTO discount (repair_order, percent, applies_to)\n"
                                "VALUES (%lld, %lld, 'all')",
                                (long long)order.v, (long long)dice(seed, 300000)));
    const struct money total = given_authorized(t, order, 0);
    const struct invoice_post in = {.order = order};
    expect_ok(t, &invoice_post_op, &in, &invoice);
    assert_int_equal(invoice.total.cents, total.cents);
    assert_int_equal(invoice.id.v, 20001 + paper->invoices++);
    paper->receivable += total.cents;
}

static void pay_any_invoice(struct shop_test *t, struct paper *paper, uint64_t *seed)
{
    const struct invoice_id id = {20001 + dice(seed, paper->invoices + 1)};
    struct tender tender = {.method = PAY_ACH, .amount = {1 + dice(seed, 60000)}};
    const struct payment_take in = {.invoice = id, .tenders = {&tender, 1}};
    struct payment_taken out;
    const int64_t due = balance_of(t, ACCOUNT_RECEIVABLE);

    if (op_call(&t->session, &payment_take_op, &in, &out) != OK)
        return;
    const struct invoice_payment *payment = out.payments.at;
    assert_int_equal(due - balance_of(t, ACCOUNT_RECEIVABLE), payment->applied.cents);
    paper->receivable -= payment->applied.cents;
}

static void assert_paper_agrees(struct shop_test *t, const struct paper *paper)
{
    for (int64_t i = 0; i < PARTS; i++) {
        const char *from = arena_printf(&t->arena, "FROM part WHERE id = %lld", (long long)i + 1);
        assert_int_equal(ask_number(t, arena_printf(&t->arena, "SELECT on_hand %s", from)),
                         paper->on_hand[i]);
        assert_int_equal(ask_number(t, arena_printf(&t->arena, "SELECT stock_value %s", from)),
                         paper->value[i]);
    }
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), paper->receivable);
    assert_int_equal(balance_of(t, ACCOUNT_INVENTORY), paper->inventory);
    assert_int_equal(balance_of(t, ACCOUNT_PART_COST), paper->part_cost);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_COST), paper->sublet_cost);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), -paper->accrued);
}

static void two_thousand_random_steps_agree_with_paper(void **state)
{
    static struct paper paper;
    struct shop_test *t = *state;
    uint64_t seed = 60201;

    memset(&paper, 0, sizeof paper);
    given_taxes_of_the_worked_example(t);
    for (int64_t i = 0; i < PARTS; i++) {
        given_part(t, arena_printf(&t->arena, "P%lld", (long long)i), (struct qty){10000},
                   (struct money){1000 * (i + 1)});
        run_sql(t, "UPDATE part SET cost = 333");
        paper.on_hand[i] = 10000;
        paper.value[i] = 1000 * (i + 1);
        paper.cost[i] = 333;
        paper.inventory += paper.value[i];
    }
    for (int64_t i = 0; i < 3; i++)
        given_customer(t, "Somebody", 30 * i);
    for (int step = 0; step < STEPS; step++) {
        const struct arena_mark mark = arena_mark(&t->arena);
        const int64_t what = dice(&seed, 10);
        if (what < 3)
            receive_some(t, &paper, &seed);
        else if (what < 6)
            post_any_order(t, &paper, &seed);
        else
            pay_any_invoice(t, &paper, &seed);
        assert_paper_agrees(t, &paper);
        if (step % 50 == 0)
            assert_books_agree(t);
        arena_release(&t->arena, mark);
    }
    assert_books_agree(t);
    print_message("%lld invoices\n", (long long)paper.invoices);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(two_thousand_random_steps_agree_with_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
