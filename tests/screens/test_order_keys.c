/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Random keys on the order page in random sizes: whatever is pressed, the program stays up, every
 * order adds up, and the ledger is balanced. */

#include "orders.h"

#define ROUNDS 40
#define STEPS  150

/* All the work of a small order, and its invoice. */
#define SF "sf<Down>"
#define FINISH                                                                                     \
    "A<Enter><Enter><Home>" SF SF SF SF SF SF SF SF SF SF SF SF "qIc2000<F2><Enter><Enter>"

/* What people do, and single keys in between; nothing leaves the program. */
static const char *const some_steps[] = {
    "joil<Enter>",
    "jbrkf<Enter>",
    "jrattle<Enter>",
    "l1.5<F2>",
    "abp1210<Enter>2<Enter>",
    "aclip<Enter>3<Enter><Enter>.75<F2>",
    "+<Enter>fee<Enter>12<F2>",
    "A<Enter><Enter>",
    "Ad<Enter><Enter><Enter>",
    "s",
    "f",
    "sf",
    "q",
    "I",
    "Ic900<F2><Enter>",
    "Id<F2>",
    "<F7>c20<F2>t",
    "Dj10<F2>",
    "Do<Enter>5<F2>",
    "xr",
    "hp",
    "hg",
    "m1<Enter>",
    "u",
    "p",
    "d",
    "<F7>d<Enter>30<F2>",
    "<Down>",
    "<Down><Down>",
    "<End>",
    "<Enter>",
    "<F2>",
    "<Esc>",
    "c",
    "t<Enter>",
    "=",
    "z",
    "e",
    "1",
    "5",
    "<Tab>",
    "<Ctrl-N>",
    "<Left>",
    "<F6>",
    "<F5>",
    "<PgDn>",
    "n",
    FINISH,
    FINISH,
    FINISH,
    "<size 60x20>",
    "<size 80x24>",
    "<size 120x40>",
    "<size 17x3>",
    "<size 80x24>",
};

struct random {
    uint64_t state;
};

static unsigned next(struct random *random, unsigned below)
{
    random->state = random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(random->state >> 33) % below;
}

static void assert_adds_up(struct desk_test *t)
{
    assert_int_equal(ask_number(t->shop,
                                "SELECT count(*) FROM repair_order "
                                "WHERE labor + parts + sublet + fees + supplies + tax <> total"),
                     0);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM job AS j WHERE j.state NOT IN "
                                         "('declined', 'deferred') AND j.amount <> (SELECT "
                                         "ifnull(sum(net), 0) FROM line WHERE job = j.id)"),
                     0);
    assert_int_equal(ask_number(t->shop, "SELECT ifnull(sum(amount), 0) FROM entry_line"), 0);
}

/* Back on the page of an order that is still open. */
static int64_t return_to_page(struct desk_test *t, int64_t order)
{
    struct subject subject;
    const char *state = ask_text(
        t->shop, arena_printf(&t->shop->arena, "SELECT state FROM repair_order WHERE id = %lld",
                              (long long)order));

    if (strcmp(state, "void") == 0 || strcmp(state, "paid") == 0)
        order = given_order(t);
    else if (order_page_subject(app_top(t->desk->app), &subject))
        return order;
    app_tasks_end(t->desk->app);
    open_order(t, order);
    return order;
}

struct done {
    int64_t invoices, payments;
};

static void one_round(uint64_t seed, struct done *ret_done)
{
    struct desk_test t;
    struct random random = {seed};

    open_counter(&t, 24, 80);
    given_catalog(&t);
    int64_t order = given_order(&t);
    open_order(&t, order);
    for (int i = 0; i < STEPS; i++) {
        if (next(&random, 3) != 0)
            order = return_to_page(&t, order);
        keys(&t, some_steps[next(&random, COUNT_OF(some_steps))]);
    }
    ret_done->invoices += ask_number(t.shop, "SELECT count(*) FROM invoice");
    ret_done->payments += ask_number(t.shop, "SELECT count(*) FROM payment");
    assert_adds_up(&t);
    desk_test_close(&t);
}

static void whatever_is_pressed_the_order_adds_up(void **state)
{
    (void)state;
    struct done done = {0};

    for (uint64_t seed = 1; seed <= ROUNDS; seed++)
        one_round(seed, &done);
    /* It did get somewhere. */
    assert_true(done.invoices >= 10);
    assert_true(done.payments >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_pressed_the_order_adds_up),
    };

    return cmocka_run_group_tests_name("order_keys", tests, NULL, NULL);
}
