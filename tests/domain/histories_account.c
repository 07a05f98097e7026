/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One random step with who may owe: limits, holds, how an order is paid, and two records of one
 * customer that become one. */

#include "histories.h"

#include "domain/customer.h"
#include "domain/order.h"
#include "domain/order_input.h"

void add_customer(struct run *run, int64_t terms, int64_t exempt_until)
{
    const struct session *s = &run->t->session;
    const int c = ++run->twin.customers;
    const bool ends = exempt_until > 0 && exempt_until < INT64_MAX;
    const struct day until = day_add(session_today(s), ends ? (int)exempt_until : 0);

    run->twin.customer[c] =
        (struct twin_customer){.terms = terms,
                               .exempt_until = ends ? exempt_until + run->twin.today : exempt_until,
                               .limit = -1};
    run_sql(run->t, arena_printf(&run->t->arena,
                                 "INSERT INTO customer (name, name_key, last_name, terms_days,\n"
                                 "  tax_exempt, exempt_certificate, exempt_until_on, created_at)\n"
                                 "VALUES ('C%d', 'c%d', 'C%d', %lld, %d, 'E1', %s%s%s, 0)",
                                 c, c, c, (long long)terms, exempt_until >= 0, ends ? "'" : "",
                                 ends ? until.iso : "NULL", ends ? "'" : ""));
}

int64_t any_customer(struct run *run)
{
    int64_t customer = 1 + roll(run, run->twin.customers);

    while (run->twin.customer[customer].is_gone)
        customer = 1 + roll(run, run->twin.customers);
    return customer;
}

static void set_limit(struct run *run)
{
    const int64_t customer = 1 + roll(run, run->twin.customers);
    const int64_t owes = run->twin.customer[customer].owes;
    const int64_t limit = one_in(run, 2) ? -1 : roll(run, 400000) + (one_in(run, 4) ? 0 : owes);
    const struct customer_limit in = {.customer = {customer},
                                      .credit_limit = {limit < 0 ? NUMBER_NONE : limit}};

    both(run, &customer_limit_op, &in, NULL, twin_set_limit(&run->twin, customer, limit));
}

/* Nobody is on hold for long. */
static void hold_or_release(struct run *run)
{
    int64_t customer = 1 + roll(run, run->twin.customers);
    bool on_hold = true;

    for (int c = 1; c <= run->twin.customers; c++)
        if (run->twin.customer[c].on_hold) {
            customer = c;
            on_hold = one_in(run, 8);
        }
    const struct customer_hold hold = {.customer = {customer}, .reason = "Checks came back"};
    const struct customer_key release = {{customer}};
    if (on_hold && !run->twin.customer[customer].on_hold && !one_in(run, 4))
        return;
    const bool allowed = twin_hold(&run->twin, customer, on_hold);
    if (on_hold)
        both(run, &customer_hold_op, &hold, NULL, allowed);
    else
        both(run, &customer_release_op, &release, NULL, allowed);
}

static void merge(struct run *run)
{
    struct twin *twin = &run->twin;
    const int64_t keep = 1 + roll(run, twin->customers), gone = 1 + roll(run, twin->customers);
    const struct customer_merge in = {{keep}, {gone}};

    if (twin->customers == TWIN_CUSTOMERS)
        return;
    if (both(run, &customer_merge_op, &in, NULL, twin_merge(twin, keep, gone)))
        add_customer(run, one_in(run, 2) ? 0 : roll(run, 40),
                     one_in(run, 3) ? 1 + roll(run, 20) : -1);
}

void set_terms(struct run *run, struct twin_order *order)
{
    const enum twin_terms terms = (enum twin_terms)roll(run, 3);
    const bool has_reason = !one_in(run, 6);
    const struct order_account_set in = {.order = {order->id},
                                         .account = (enum order_account)terms,
                                         .reason = has_reason ? "Pays on Friday" : ""};

    change_order(run, &order_account_op, &in, order,
                 twin_set_terms(&run->twin, order, terms, has_reason));
}

void account_step(struct run *run)
{
    const int64_t what = roll(run, 20);

    if (what < 8)
        set_limit(run);
    else if (what < 18)
        hold_or_release(run);
    else
        merge(run);
}
