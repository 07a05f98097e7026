/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Orders live through random histories: written up, priced, discounted, authorized, declined,
 * worked on, invoiced, paid in every way, undone, written off, day after day. After each step the
 * real shop and a second one on plain numbers agree on totals, tax, balances, drawer, stock and
 * every account of the ledger, and on what is refused. A history is one order from its write-up on.
 *
 * PITLANE_HISTORIES sets how many there are, PITLANE_HISTORY_SEED replays one shop. */

#include "histories.h"

#include <stdlib.h>

#include "domain/coupon.h"
#include "domain/late_fee.h"
#include "domain/part.h"
#include "domain/stock.h"

#if defined(__SANITIZE_ADDRESS__)
enum { HISTORIES = 500 };
#else
enum { HISTORIES = 12500 }; /* in each of eight processes */
#endif
enum { PER_SHOP = 125, DOCUMENTS_EVERY = 150 };

/* ---- a shop ---- */

static const char *const account_roles[TWIN_ACCOUNTS] = {
    [TWIN_CASH] = "cash",
    [TWIN_UNDEPOSITED] = "undeposited",
    [TWIN_CARDS] = "card_clearing",
    [TWIN_BANK] = "bank",
    [TWIN_RECEIVABLE] = "receivable",
    [TWIN_INVENTORY] = "inventory",
    [TWIN_CREDIT] = "customer_credit",
    [TWIN_TAX] = "tax_payable",
    [TWIN_EQUITY] = "equity",
    [TWIN_LABOR_SALES] = "labor_sales",
    [TWIN_PART_SALES] = "part_sales",
    [TWIN_SUBLET_SALES] = "sublet_sales",
    [TWIN_FEE_SALES] = "fee_sales",
    [TWIN_SUPPLIES_SALES] = "supplies_sales",
    [TWIN_PART_COST] = "part_cost",
    [TWIN_SUBLET_COST] = "sublet_cost",
    [TWIN_SUBLET_ACCRUED] = "sublet_accrued",
    [TWIN_WORK_IN_PROCESS] = "work_in_process",
    [TWIN_CORE_DEPOSIT] = "core_deposit",
    [TWIN_CASH_SHORT] = "cash_short",
    [TWIN_PETTY_EXPENSE] = "petty_expense",
    [TWIN_BAD_DEBT] = "bad_debt",
    [TWIN_BANK_CHARGE] = "bank_charge",
    [TWIN_GIFT_CERTIFICATE] = "gift_certificate",
    [TWIN_GOODWILL] = "goodwill",
    [TWIN_LATE_FEE] = "late_fee",
    [TWIN_INTERNAL_COST] = "internal_cost",
    [TWIN_PAYABLE] = "payable",
    [TWIN_PURCHASE_DIFFERENCE] = "purchase_difference",
    [TWIN_WARRANTY_COST] = "warranty_cost",
};

static void given_customers(struct run *run)
{
    add_customer(run, 0, -1);
    add_customer(run, 30, -1);
    add_customer(run, 0, 3);
    add_customer(run, 10, INT64_MAX);
}

static void given_catalog(struct run *run)
{
    for (int p = 0; p < TWIN_PARTS; p++) {
        const int64_t cost = 137 * (p + 1) * (p + 1);
        run->twin.shelf[p] =
            (struct twin_shelf){.cost = cost, .price = 2 * cost + 3, .core = p == 2 ? 1500 : 0};
        const struct part_entry in = {.sku = part_numbers[p],
                                      .name = "Part",
                                      .bin = "A1",
                                      .cost = {cost},
                                      .price = {2 * cost + 3},
                                      .core = {run->twin.shelf[p].core},
                                      .taxable = true};
        expect_ok(run->t, &part_add_op, &in, NULL);
    }
}

/* Two that stack and two that do not, each within some of the limits. */
static void given_coupons(struct run *run)
{
    for (int c = 0; c < TWIN_COUPONS; c++) {
        struct twin_coupon *coupon = &run->twin.coupon[c];
        const struct day today = session_today(&run->t->session);
        *coupon = (struct twin_coupon){.percent = c % 2 == 0 ? 1 + roll(run, 300000) : 0,
                                       .amount = c % 2 == 0 ? 0 : 1 + roll(run, 4000),
                                       .on = (enum twin_on)roll(run, 3),
                                       .from = roll(run, 3),
                                       .until = 3 + roll(run, 20),
                                       .minimum = one_in(run, 2) ? 0 : roll(run, 30000),
                                       .limit = one_in(run, 2) ? 0 : 1 + roll(run, 20),
                                       .customer_limit = one_in(run, 2) ? 0 : 1 + roll(run, 4),
                                       .stacks = c < 2};
        coupon->minimum += coupon->minimum > 0 ? coupon->amount : 0;
        coupon->limit += coupon->limit > 0 ? coupon->customer_limit : 0;
        const struct coupon_entry in = {.code = coupon_codes[c],
                                        .title = "Spring",
                                        .percent = {coupon->percent},
                                        .amount = {coupon->amount},
                                        .applies_to = (enum discount_on)coupon->on,
                                        .from_on = day_add(today, (int)coupon->from),
                                        .until_on = day_add(today, (int)coupon->until),
                                        .minimum = {coupon->minimum},
                                        .use_limit = coupon->limit,
                                        .customer_limit = coupon->customer_limit,
                                        .stackable = coupon->stacks};
        expect_ok(run->t, &coupon_add_op, &in, NULL);
    }
}

/* The rules change while orders are open, too. */
static void any_rules(struct run *run)
{
    struct twin_rules *rules = &run->twin.rules;
    const bool is_flat = one_in(run, 5);

    rules->supplies_ppm = is_flat || one_in(run, 8) ? 0 : roll(run, 100000);
    rules->supplies_flat = is_flat ? 1 + roll(run, 2000) : 0;
    rules->supplies_on = (enum twin_on)roll(run, 3);
    rules->supplies_min = one_in(run, 2) ? 0 : roll(run, 500);
    rules->supplies_cap = one_in(run, 2) ? 0 : 1 + roll(run, 4000);
    rules->supplies_taxable = one_in(run, 2);
    rules->tolerance_ppm = one_in(run, 2) ? 0 : roll(run, 150000);
    rules->tolerance_cap = one_in(run, 2) ? 0 : 1 + roll(run, 5000);
    rules->may_be_negative = !one_in(run, 4);
    run_sql(run->t,
            arena_printf(&run->t->arena,
                         "UPDATE shop SET supplies_ppm = %lld, supplies_flat = %lld,\n"
                         "supplies_on = '%s', supplies_min = %lld, supplies_cap = %lld,\n"
                         "supplies_taxable = %d, tolerance_ppm = %lld, tolerance_cap = %lld,\n"
                         "negative_stock = %d",
                         (long long)rules->supplies_ppm, (long long)rules->supplies_flat,
                         (const char *const[]){"labor", "parts", "all"}[rules->supplies_on],
                         (long long)rules->supplies_min, (long long)rules->supplies_cap,
                         rules->supplies_taxable, (long long)rules->tolerance_ppm,
                         (long long)rules->tolerance_cap, rules->may_be_negative));
}

static void any_late_fees(struct run *run)
{
    struct twin_rules *rules = &run->twin.rules;
    const int64_t kind = roll(run, 3);

    rules->late_amount = kind == 1 ? 1 + roll(run, 2500) : 0;
    rules->late_yearly = kind == 2 ? 1 + roll(run, 240000) : 0;
    rules->late_grace = roll(run, 12);
    rules->late_on_fees = one_in(run, 3);
    rules->returned_fee = one_in(run, 2) ? 0 : 1 + roll(run, 3500);
    const struct late_fee_rules in = {.charged = (enum late_fee_on)kind,
                                      .amount = {rules->late_amount},
                                      .yearly = {rules->late_yearly},
                                      .grace_days = rules->late_grace,
                                      .on_fees = rules->late_on_fees,
                                      .returned_fee = {rules->returned_fee}};
    expect_ok(run->t, &late_fee_set_op, &in, NULL);
}

static void any_taxes(struct run *run)
{
    static const char *const words[] = {"labor", "part",   "core",     "sublet",
                                        "fee",   "hazmat", "tire_fee", "supplies"};
    struct twin_rules *rules = &run->twin.rules;

    run_sql(run->t, "DELETE FROM tax");
    rules->taxes = (int)roll(run, TWIN_TAXES + 1);
    for (int i = 0; i < rules->taxes; i++) {
        AUTO_BUF classes = BUF(256);
        rules->rate[i] = roll(run, 100000);
        rules->classes[i] = (unsigned)(1 + roll(run, 255));
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if ((rules->classes[i] >> k & 1) != 0)
                buf_printf(&classes, "%s%s", classes.length > 0 ? " " : "", words[k]);
        run_sql(run->t, arena_printf(&run->t->arena,
                                     "INSERT INTO tax (position, name, rate, classes)\n"
                                     "VALUES (%d, 'T%d', %lld, '%s')",
                                     i + 1, i + 1, (long long)rules->rate[i], buf_str(&classes)));
    }
}

static void given_shop(struct run *run)
{
    run->twin.closed_through = run->twin.first_entry_on = -1;
    for (int a = 0; a < TWIN_ACCOUNTS; a++)
        run->account[a] = ask_number(
            run->t, arena_printf(&run->t->arena, "SELECT id FROM account WHERE role = '%s'",
                                 account_roles[a]));
    given_customers(run);
    given_catalog(run);
    given_coupons(run);
    given_work(run);
    any_rules(run);
    any_taxes(run);
    any_late_fees(run);
}

/* ---- steps ---- */

static void deliver(struct run *run)
{
    const int part = (int)roll(run, TWIN_PARTS);
    const struct stock_change change = {.part = {part + 1},
                                        .kind = STOCK_RECEIVE,
                                        .bin = "A1",
                                        .quantity = {250 * (1 + roll(run, 100))},
                                        .value = {roll(run, 60000)}};
    struct money moved;

    assert_int_equal(store_begin_write(run->t->store), OK);
    assert_int_equal(stock_move_and_post(&run->t->session, &change, ACCOUNT_EQUITY, &moved), OK);
    assert_int_equal(store_commit(run->t->store), OK);
    twin_deliver(&run->twin, part, change.quantity.thousandths, change.value.cents);
}

static void change_rules(struct run *run)
{
    static void (*const changes[])(struct run *) = {any_rules, any_taxes, any_late_fees,
                                                    change_menu_price};

    changes[roll(run, (int64_t)COUNT_OF(changes))](run);
}

static void any_step(struct run *run)
{
    const int64_t what = roll(run, 1000);

    if (what < 700)
        order_step(run);
    else if (what < 955)
        money_step(run);
    else if (what < 970)
        drawer_step(run);
    else if (what < 982)
        deliver(run);
    else if (what < 991)
        account_step(run);
    else if (what < 995)
        day_step(run);
    else
        change_rules(run);
}

/* One shop from its opening on; adds to what was counted before. */
static void live(uint64_t seed, int64_t histories, struct run *ret_sum)
{
    struct run *run = calloc(1, sizeof *run);

    assert_non_null(run);
    run->t = shop_test_make(":memory:");
    run->seed = run->began = seed;
    given_shop(run);
    while (run->histories < histories) {
        const struct arena_mark mark = arena_mark(&run->t->arena);
        any_step(run);
        run->steps++;
        check_sums(run);
        check_aging(run);
        if (run->steps % DOCUMENTS_EVERY == 0)
            check_documents(run);
        arena_release(&run->t->arena, mark);
    }
    check_documents(run);
    assert_books_agree(run->t);
    ret_sum->histories += run->histories;
    ret_sum->steps += run->steps;
    ret_sum->refused += run->refused;
    void *state = run->t;
    shop_test_close(&state);
    free(run);
}

static int64_t number_of(const char *name, int64_t otherwise)
{
    const char *text = getenv(name);

    return text != NULL && *text != '\0' ? strtoll(text, NULL, 10) : otherwise;
}

/* Which of the processes that share the work this is: their shops begin with other dice. */
static int64_t shard;

static void random_histories_agree_with_a_second_shop(void **state)
{
    static struct run sum;
    const int64_t wanted = number_of("PITLANE_HISTORIES", HISTORIES);
    const uint64_t one = (uint64_t)number_of("PITLANE_HISTORY_SEED", 0);

    (void)state;
    for (int64_t shop = 0; sum.histories < wanted && (one == 0 || shop == 0); shop++) {
        const int64_t left = wanted - sum.histories;
        const uint64_t seed = one != 0 ? one : (uint64_t)(1000003 * (shard + 1) + 7919 * shop);
        live(seed, left < PER_SHOP ? left : PER_SHOP, &sum);
    }
    print_message("%lld histories, %lld steps, %lld of them refused, all as by hand\n",
                  (long long)sum.histories, (long long)sum.steps, (long long)sum.refused);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_histories_agree_with_a_second_shop),
    };

    shard = argc > 1 ? strtoll(argv[1], NULL, 10) : 0;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
