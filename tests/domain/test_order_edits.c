/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A thousand random changes of orders: after each, its lines, jobs, taxes and totals agree. */

#include "orders.h"

/* ------------------------------------------------------------------- random edits -- */

static void assert_order_adds_up(const struct order *order)
{
    int64_t net = 0, discount = 0, tax = 0;

    for (size_t j = 1; j <= order->jobs.count; j++) {
        const struct order_job *job = job_of(order, j);
        int64_t amount = 0;
        assert_int_equal(job->position, j);
        if (job->state == JOB_DECLINED || job->state == JOB_DEFERRED)
            continue;
        for (size_t i = 1; i <= job->lines.count; i++) {
            const struct order_line *line = line_of(order, j, i);
            assert_int_equal(line->gross.cents - line->discount.cents, line->net.cents);
            assert_true(line->net.cents >= 0);
            amount += line->net.cents;
            discount += line->discount.cents;
        }
        assert_int_equal(job->amount.cents, amount);
        net += amount;
    }
    const struct order_tax *taxes = order->taxes.at;
    for (size_t i = 0; i < order->taxes.count; i++)
        tax += taxes[i].amount.cents;
    assert_int_equal(order->tax.cents, tax);
    assert_int_equal(order->discount.cents, discount);
    assert_int_equal(
        order->labor.cents + order->parts.cents + order->sublet.cents + order->fees.cents, net);
    assert_int_equal(net + order->supplies.cents + order->tax.cents, order->total.cents);
}

static uint64_t seed = 88172645463325252;

static int64_t roll(int64_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)below);
}

/* A line of the order by chance; 0 when it has none. */
static long long some_line(const struct order *order)
{
    const struct order_job *job =
        order->jobs.count > 0 ? job_of(order, 1 + (size_t)roll((int64_t)order->jobs.count)) : NULL;

    if (job == NULL || job->lines.count == 0)
        return 0;
    return (long long)((const struct order_line *)job->lines.at)[roll((int64_t)job->lines.count)]
        .id.v;
}

struct edit {
    const struct op *op;
    const char *json;
};

static struct edit some_edit(struct shop_test *t, const struct order *order)
{
    static const char *const kinds[] = {"core", "sublet", "fee", "hazmat", "tire_fee"};
    static const char *const bases[] = {"labor", "parts", "all"};
    static const char *const answers[] = {"authorized", "authorized", "declined", "deferred"};
    struct arena *a = &t->arena;
    const long long id = (long long)order->id.v;
    const long long job =
        order->jobs.count > 0 ? job_id_of(order, 1 + (size_t)roll((int64_t)order->jobs.count)) : 0;
    const long long line = some_line(order);
    const long long discount =
        order->discounts.count > 0
            ? (long long)((const struct order_discount *)order->discounts.at)[0].id.v
            : 0;
    const long long n = roll(20000), m = roll(30000);

    switch (order->jobs.count == 0 ? 0 : roll(17)) {
    case 0:
    case 1:
        return (struct edit){&job_add_op,
                             arena_printf(a, "{\"order\":%lld,\"title\":\"Job\"}", id)};
    case 2:
    case 3:
        return (struct edit){
            &line_add_labor_op,
            arena_printf(a, "{\"job\":%lld,\"hours\":\"%lld.%03lld\"}", job, n / 4000, n % 1000)};
    case 4:
    case 5:
        return (struct edit){&line_add_part_op,
                             arena_printf(a, "{\"job\":%lld,\"sku\":\"%s\",\"quantity\":\"%lld\"}",
                                          job, n % 2 ? "OIL-Q" : "BP-1210", 1 + n % 7)};
    case 6:
        return (struct edit){&line_add_other_op,
                             arena_printf(a,
                                          "{\"job\":%lld,\"kind\":\"%s\",\"description\":\"x\","
                                          "\"price\":\"%lld.%02lld\",\"taxable\":%s}",
                                          job, kinds[n % 5], n / 100, n % 100,
                                          m % 2 ? "true" : "false")};
    case 7:
    case 8:
        return (struct edit){
            &line_edit_op,
            arena_printf(a, "{\"line\":%lld,\"price\":\"%lld.%02lld\"}", line, m / 100, m % 100)};
    case 9:
        return (struct edit){
            &line_edit_op,
            arena_printf(a, "{\"line\":%lld,\"discount_ppm\":\"%lld\"}", line, n % 101)};
    case 10:
        return (struct edit){&line_remove_op, arena_printf(a, "{\"line\":%lld}", line)};
    case 11:
        return (struct edit){&discount_set_op,
                             arena_printf(a,
                                          "{\"order\":%lld,\"percent\":\"%lld.5\","
                                          "\"applies_to\":\"%s\"}",
                                          id, n % 30, bases[m % 3])};
    case 12:
        return (struct edit){&discount_set_op,
                             arena_printf(a,
                                          "{\"order\":%lld,\"job\":%lld,\"amount\":\"%lld\","
                                          "\"applies_to\":\"%s\"}",
                                          id, job, 1 + n % 90, bases[m % 3])};
    case 13:
        return (struct edit){&discount_remove_op, arena_printf(a, "{\"discount\":%lld}", discount)};
    case 14:
        return (struct edit){
            &order_authorize_op,
            arena_printf(a, "{\"order\":%lld,\"jobs\":[{\"job\":%lld,\"decision\":\"%s\"}]}", id,
                         job, answers[n % 4])};
    case 15:
        return (struct edit){roll(2) ? &job_start_op : &job_done_op,
                             arena_printf(a, "{\"job\":%lld}", job)};
    default:
        return (struct edit){roll(2) ? &job_remove_op : &job_move_op,
                             arena_printf(a, "{\"job\":%lld}", job)};
    }
}

static void lines_and_totals_agree_after_a_thousand_random_edits(void **state)
{
    struct shop_test *t = *state;
    int done = 0, refused = 0, orders = 1;
    struct order order = given_order(t);
    given_parts(t);
    given_taxes_and_supplies(t);

    while (done < 1000) {
        const struct arena_mark mark = arena_mark(&t->arena);
        const struct edit edit = some_edit(t, &order);
        const int64_t id = order.id.v;
        struct order changed;
        const status result =
            op_call(&t->session, edit.op, input_json(t, edit.op, edit.json), &changed);
        if (result == OK) {
            done++;
        } else {
            assert_true(result == ERR_CONFLICT || result == ERR_INVALID || result == ERR_NOT_FOUND);
            assert_true(t->session.fault.text[0] != '\0');
            refused++;
        }
        arena_release(&t->arena, mark);
        order = order_of(t, id);
        assert_order_adds_up(&order);
        if (order.jobs.count > 12) {
            order = change(t, &order_start_op, "{\"customer\":1,\"vehicle\":1}");
            orders++;
        }
    }
    assert_true(orders > 3);
    assert_in_range(refused, 20, 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(lines_and_totals_agree_after_a_thousand_random_edits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
