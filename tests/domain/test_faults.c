/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The counter's main job once more, and at every step of it the n-th statement fails as on a full
 * disk, for every n: each time the whole database is what it was before, and the step then works.
 */

#include "books.h"

#include "domain/canned_job.h"
#include "domain/customer.h"
#include "domain/invoice.h"
#include "domain/order.h"
#include "domain/part.h"
#include "domain/payment.h"
#include "domain/setting.h"
#include "domain/stock.h"
#include "domain/vehicle.h"

enum { STATEMENTS_MAX = 2000 };

/* Everything in every table, as one text. */
static const char *everything(struct shop_test *t, struct arena *arena)
{
    struct table {
        const char *name, *columns;
    };
    static const struct field fields[] = {FIELD(struct table, name), FIELD(struct table, columns)};
    static const struct shape shape = SHAPE_OF(struct table, "table", fields);
    static const char SQL_TABLES[] =
        "SELECT m.name AS name,"
        " (SELECT group_concat('quote(\"' || i.name || '\")', '||'',''||')"
        "  FROM pragma_table_info(m.name) i) AS columns "
        "FROM sqlite_schema m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' "
        "ORDER BY m.name";
    AUTO_BUF all = BUF_MIB(64);
    struct rows tables;
    const char *text = NULL;

    assert_int_equal(store_list(t->store, SQL_TABLES, NO_ROW, NULL, arena, &shape, &tables), OK);
    for (size_t i = 0; i < tables.count; i++) {
        const struct table *table = (const struct table *)tables.at + i;
        const char *sql = arena_printf(arena, "SELECT group_concat(%s, char(10)) FROM \"%s\"",
                                       table->columns, table->name);
        if (store_text(t->store, store_intern(t->store, sql), NULL, arena, &text) != OK)
            fail_msg("%s: %s", sql, t->session.fault.text);
        buf_printf(&all, "%s\n%s\n", table->name, text);
    }
    assert_false(all.full);
    return arena_text_n(arena, buf_str(&all), all.length);
}

/* Where two texts part, for the message. */
static const char *first_difference(const char *before, const char *after)
{
    size_t at = 0, line = 0;

    for (; before[at] != '\0' && before[at] == after[at]; at++)
        if (before[at] == '\n')
            line = at + 1;
    return after + line;
}

static void assert_nothing_left(struct shop_test *t, const struct op *op, int64_t n,
                                const char *before)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    if (t->session.fault.text[0] == '\0')
        fail_msg("%s says nothing when statement %lld fails.", op->name, (long long)n);
    assert_false(store_in_transaction(t->store));
    const char *after = everything(t, &arena);
    if (strcmp(before, after) != 0)
        fail_msg("%s leaves this behind when statement %lld fails: %.200s", op->name, (long long)n,
                 first_difference(before, after));
}

/* Fails it at every statement, then lets it pass; what it answers stays in `ret_out`. */
static int sweep(struct shop_test *t, const struct op *op, const char *json, void *ret_out)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const void *in = input_json(t, op, json);
    const char *before = everything(t, &arena);

    for (int64_t n = 1; n < STATEMENTS_MAX; n++) {
        const struct arena_mark mark = arena_mark(&t->arena);
        store_fail_after(t->store, n);
        const status result = op_call(&t->session, op, in, ret_out);
        store_fail_after(t->store, 0);
        if (result == OK) {
            print_message("%-24s %3d statements\n", op->name, (int)n - 1);
            assert_true(n > 3);
            return (int)n - 1;
        }
        if (result != ERR_IO)
            fail_msg("%s says “%s” when statement %lld fails.", op->name, t->session.fault.text,
                     (long long)n);
        assert_nothing_left(t, op, n, before);
        arena_release(&t->arena, mark);
    }
    fail_msg("%s never works.", op->name);
    return 0;
}

static long long first_job(struct shop_test *t)
{
    return (long long)ask_number(t, "SELECT max(id) FROM job");
}

static int take_the_call(struct shop_test *t)
{
    struct customer customer;
    struct vehicle vehicle;
    union {
        struct part part;
        struct canned_job job;
    } catalog;
    int count = 0;

    count += sweep(t, &customer_add_op,
                   "{\"first_name\":\"Maria\",\"last_name\":\"Delgado\",\"phone\":\"6195550142\","
                   "\"street\":\"12 Harbor Dr\",\"city\":\"San Diego\",\"state\":\"CA\"}",
                   &customer);
    count += sweep(t, &customer_edit_op,
                   "{\"customer\":1,\"first_name\":\"Maria\",\"last_name\":\"Delgado\","
                   "\"phone\":\"6195550199\",\"email\":\"maria@example.com\",\"revision\":1}",
                   &customer);
    count += sweep(t, &vehicle_add_op,
                   "{\"customer\":1,\"vin\":\"1HGCM82633A004352\",\"plate\":\"7ABC123\","
                   "\"plate_state\":\"CA\",\"odometer_mi\":112000}",
                   &vehicle);
    count += sweep(t, &part_add_op,
                   "{\"sku\":\"OIL-Q\",\"name\":\"Oil\",\"price\":\"7.49\",\"cost\":\"4.10\"}",
                   &catalog);
    count += sweep(t, &part_adjust_op,
                   "{\"part\":1,\"on_hand\":\"20\",\"unit_cost\":\"4.10\",\"reason\":\"Count\"}",
                   &catalog);
    run_sql(t, "INSERT INTO vendor (name, name_key) VALUES ('Bay Towing', 'bay towing')");
    return count + sweep(t, &canned_job_add_op,
                         "{\"code\":\"OIL\",\"title\":\"Oil service\",\"lines\":["
                         "{\"kind\":\"labor\",\"description\":\"Oil\",\"quantity\":\"0.5\"},"
                         "{\"kind\":\"part\",\"sku\":\"OIL-Q\",\"quantity\":\"5\"}]}",
                         &catalog);
}

static int write_up(struct shop_test *t, struct order *order)
{
    int count = sweep(t, &order_start_op,
                      "{\"customer\":1,\"vehicle\":1,\"odometer_mi\":112340,\"concern\":\"Noise\","
                      "\"key_tag\":\"17\"}",
                      order);
    const long long job = first_job(t);
#define JOB(json) arena_printf(&t->arena, (json), job)

    count += sweep(t, &job_add_canned_op, "{\"order\":10001,\"code\":\"OIL\"}", order);
    count += sweep(t, &job_edit_op, JOB("{\"job\":%lld,\"title\":\"Brakes\",\"cause\":\"Worn\"}"),
                   order);
    count += sweep(t, &line_add_labor_op, JOB("{\"job\":%lld,\"hours\":\"2.5\"}"), order);
    count += sweep(t, &line_add_part_op, JOB("{\"job\":%lld,\"sku\":\"OIL-Q\",\"quantity\":\"2\"}"),
                   order);
    count += sweep(t, &line_add_other_op,
                   JOB("{\"job\":%lld,\"kind\":\"sublet\",\"description\":\"Towing\","
                       "\"price\":\"80.00\",\"cost\":\"60.00\",\"vendor\":1}"),
                   order);
    count += sweep(t, &discount_set_op,
                   "{\"order\":10001,\"percent\":\"10\",\"applies_to\":\"parts\"}", order);
    count += sweep(t, &order_edit_op, "{\"order\":10001,\"key_tag\":\"18\"}", order);
    count += sweep(t, &order_present_op, "{\"order\":10001}", order);
    return count + sweep(t, &order_authorize_op,
                         "{\"order\":10001,\"method\":\"phone\",\"person\":\"Maria Delgado\"}",
                         order);
#undef JOB
}

static int work_and_pay(struct shop_test *t, struct order *order)
{
    struct invoice invoice;
    struct payment_taken taken;
    int count = 0;

    for (long long job = first_job(t) - 1; job <= first_job(t); job++) {
        const char *json = arena_printf(&t->arena, "{\"job\":%lld}", job);
        count += sweep(t, &job_start_op, json, order);
        count += sweep(t, &job_done_op, json, order);
    }
    count += sweep(t, &order_check_op, "{\"order\":10001}", order);
    count += sweep(t, &invoice_post_op, "{\"order\":10001}", &invoice);
    count += sweep(t, &payment_take_op,
                   "{\"invoice\":20001,\"tenders\":[{\"method\":\"cash\",\"amount\":\"100.00\"},"
                   "{\"method\":\"card\",\"amount\":\"50.00\",\"card_last4\":\"4242\"}]}",
                   &taken);
    count += sweep(t, &payment_deposit_op,
                   "{\"customer\":1,\"method\":\"check\",\"amount\":\"25.00\","
                   "\"check_number\":\"1042\"}",
                   &taken);
    count += sweep(t, &payment_take_op,
                   "{\"invoice\":20001,\"use_credit\":\"25.00\",\"tenders\":["
                   "{\"method\":\"cash\",\"amount\":\"1000.00\"}]}",
                   &taken);
    assert_int_equal(taken.balance.cents, 0);
    return count;
}

static void any_statement_of_the_main_job_may_fail_and_nothing_is_left(void **state)
{
    struct shop_test *t = *state;
    struct order order;
    struct shop shop;

    expect_ok(t, &setting_show_op, NULL, &shop);
    int count = take_the_call(t);
    count += write_up(t, &order);
    count += work_and_pay(t, &order);
    print_message("failed at each of %d statements\n", count);
    assert_true(count > 500);
    assert_books_agree(t);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM invoice"), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'invoice.post'"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(any_statement_of_the_main_job_may_fail_and_nothing_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
