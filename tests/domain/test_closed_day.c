/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "book_rows.h"
#include "days.h"

#include "domain/audit.h"
#include "domain/closed_day.h"
#include "domain/drawer.h"
#include "domain/invoice.h"
#include "domain/payment.h"

/* Who checks the report with a pencil comes to the last line. */
static void assert_drawer_adds_up(const struct day_report *r)
{
    assert_int_equal(r->before.cents + r->brought.cents + r->taken.cents - r->refunds.cents -
                         r->vendors.cents - r->pay_outs.cents - r->drops.cents +
                         r->over_short.cents + r->other.cents,
                     r->cash.cents);
}

static struct day_report closes(struct shop_test *t, const char *json)
{
    struct day_report report;

    expect_ok(t, &day_close_op, input_json(t, &day_close_op, json), &report);
    assert_drawer_adds_up(&report);
    return report;
}

static void refuses(struct shop_test *t, status expected, const char *says, const char *json)
{
    expect_status(t, &day_close_op, input_json(t, &day_close_op, json), NULL, expected);
    assert_says(t, says);
}

static void count(struct shop_test *t, const char *total)
{
    const char *json = arena_printf(&t->arena, "{\"total\":\"%s\"}", total);

    expect_ok(t, &drawer_count_op, input_json(t, &drawer_count_op, json), NULL);
}

static void open_drawer(struct shop_test *t)
{
    expect_ok(t, &drawer_open_op, input_json(t, &drawer_open_op, "{\"amount\":\"200.00\"}"), NULL);
}

static struct invoice_id given_invoice(struct shop_test *t, int64_t cents)
{
    const struct order_id order =
        given_done_order(t, (struct customer_id){1}, (struct money){cents});
    struct invoice invoice;

    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    return invoice.id;
}

static void pay(struct shop_test *t, struct invoice_id invoice, enum payment_method method,
                int64_t cents)
{
    struct tender tender = {.method = method, .amount = {cents}, .card_last4 = "4242"};
    const struct payment_take in = {.invoice = invoice, .tenders = {&tender, 1}};

    expect_ok(t, &payment_take_op, &in, NULL);
}

/* By hand: invoices 692.87 and 145.00 of labor; cash 300.00 (of the first, 200.00 float in the
 * drawer), card 392.87; 145.00 stays owed. Drawer 500.00, counted 499.00: 1.00 short. */
static struct day_report given_closed_day(struct shop_test *t)
{
    given_no_taxes(t);
    given_customer(t, "Delgado, Maria", 0);
    open_drawer(t);
    const struct invoice_id first = given_invoice(t, 69287);
    given_invoice(t, 14500);
    pay(t, first, PAY_CASH, 30000);
    pay(t, first, PAY_CARD, 39287);
    count(t, "499.00");
    return closes(t, "{\"note\":\"Quiet\"}");
}

static void a_day_is_closed_and_its_report_says_what_was_done(void **state)
{
    struct shop_test *t = *state;
    const struct day_report r = given_closed_day(t);
    const struct day_sum_row *sales = r.sales.at;
    const struct day_method_row *methods = r.methods.at;

    assert_int_equal(r.id.v, 1);
    assert_string_equal(r.day.iso, "2026-11-24");
    assert_string_equal(r.from_on.iso, "2026-11-24");
    assert_int_equal(r.sales.count, 1);
    assert_string_equal(sales[0].name, "Labor sales");
    assert_int_equal(r.sales_total.cents, 83787);
    assert_int_equal(r.methods.count, 2);
    assert_int_equal(methods[0].amount.cents + methods[1].amount.cents, 69287);
    assert_int_equal(r.received.cents, 69287);
    assert_int_equal(r.opening.cents, 20000);
    assert_int_equal(r.over_short.cents, -100);
    assert_int_equal(r.cash.cents, 49900);
    assert_int_equal(r.receivable.cents, 14500);
    assert_int_equal(r.invoices, 2);
    assert_int_equal(r.last_invoice - r.first_invoice, 1);
    assert_int_equal(r.payments, 2);
    assert_true(r.last_entry >= r.first_entry + 4);
    assert_int_equal(r.checkpoint.v, 1);
    assert_string_equal(r.head, ask_text(t, "SELECT head FROM audit_checkpoint WHERE id = 1"));
    assert_books_agree(t);
}

/* By hand: 145.00 in cash before there was a drawer, and 355.00 on the day after it; opened with a
 * float of 100.00, so that 45.00 went to the safe; 18.40 for towels, 250.00 dropped: 186.60 should
 * be there. Counted 186.50: 0.10 short. */
static void the_first_report_tells_what_became_of_older_cash(void **state)
{
    struct shop_test *t = *state;

    given_no_taxes(t);
    given_customer(t, "Delgado, Maria", 0);
    pay(t, given_invoice(t, 14500), PAY_CASH, 14500);
    days_later(t, 1);
    expect_ok(t, &drawer_open_op, input_json(t, &drawer_open_op, "{\"amount\":\"100.00\"}"), NULL);
    pay(t, given_invoice(t, 35500), PAY_CASH, 35500);
    expect_ok(t, &drawer_pay_out_op,
              input_json(t, &drawer_pay_out_op, "{\"amount\":\"18.40\",\"reason\":\"Towels\"}"),
              NULL);
    expect_ok(t, &drawer_drop_op, input_json(t, &drawer_drop_op, "{\"amount\":\"250\"}"), NULL);
    count(t, "186.50");
    const struct day_report r = closes(t, "{}");
    assert_string_equal(r.from_on.iso, "2026-11-24");
    assert_int_equal(r.before.cents, 0);
    assert_int_equal(r.brought.cents, -4500);
    assert_int_equal(r.taken.cents, 50000);
    assert_int_equal(r.pay_outs.cents, 1840);
    assert_int_equal(r.drops.cents, 25000);
    assert_int_equal(r.over_short.cents, -10);
    assert_int_equal(r.cash.cents, 18650);
}

/* Shown a day later, with more behind it, it is what it was. */
static void what_comes_late_lands_on_the_next_day_and_says_so(void **state)
{
    struct shop_test *t = *state;
    struct day_report again;

    given_closed_day(t);
    const struct invoice_id late = given_invoice(t, 5000);
    pay(t, late, PAY_CASH, 5000);
    assert_string_equal(ask_text(t, "SELECT posted_on FROM invoice ORDER BY id DESC"),
                        "2026-11-25");
    assert_string_equal(ask_text(t, "SELECT taken_on FROM payment ORDER BY id DESC"), "2026-11-25");
    assert_string_equal(ask_text(t, "SELECT applied_on FROM payment_application ORDER BY id DESC"),
                        "2026-11-25");
    assert_string_equal(ask_text(t, "SELECT posted_on FROM entry ORDER BY id DESC"), "2026-11-25");
    assert_non_null(strstr(ask_text(t, "SELECT memo FROM entry ORDER BY id DESC"),
                           " (of 24 Nov 2026, after closing)"));
    expect_ok(t, &invoice_write_off_op,
              input_json(t, &invoice_write_off_op,
                         "{\"invoice\":20002,\"amount\":\"45\",\"reason\":\"Gone\"}"),
              NULL);
    assert_string_equal(ask_text(t, "SELECT written_on FROM invoice_write_off"), "2026-11-25");
    expect_ok(t, &day_show_op, &(struct day_key){.closed_day = {1}}, &again);
    assert_int_equal(again.sales_total.cents, 83787);
    assert_int_equal(again.receivable.cents, 14500);
    assert_int_equal(again.cash.cents, 49900);
    assert_int_equal(again.payments, 2);
    refuses(t, ERR_CONFLICT, "24 Nov 2026 was closed by", "{}");
    assert_says(t, "posted on the next day");
    refuses(t, ERR_INVALID, "The days up to 24 Nov 2026 are closed", "{\"day\":\"2026-11-20\"}");
    assert_field(t, "day");
    refuses(t, ERR_INVALID, "has not come yet", "{\"day\":\"2026-11-25\"}");
    assert_field(t, "day");
    days_later(t, 1);
    refuses(t, ERR_CONFLICT, "Count it, then close the day", "{}");
    count(t, "549.00");
    const struct day_report next = closes(t, "{}");
    assert_int_equal(next.id.v, 2);
    assert_string_equal(next.from_on.iso, "2026-11-25");
    assert_int_equal(next.sales_total.cents, 5000);
    assert_books_agree(t);
}

static void one_cent_of_difference_refuses_and_names_the_document(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    given_invoice(t, 69287);
    run_sql(t, "UPDATE invoice SET paid = paid + 1");
    refuses(t, ERR_CORRUPT, "Invoice 20001: paid 0.01, its payments are 0.00", "{}");
    run_sql(t, "UPDATE invoice SET paid = paid - 1");
    run_sql(t, "UPDATE customer SET owes = owes - 1");
    refuses(t, ERR_CORRUPT, "Customer 1: owes 692.86, the ledger's receivables say 692.87", "{}");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM closed_day"), 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit_checkpoint"), 0);
    run_sql(t, "UPDATE customer SET owes = owes + 1");
    closes(t, "{}");
}

static void a_complete_order_is_invoiced_first_or_left_on_purpose(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order =
        given_done_order(t, (struct customer_id){1}, (struct money){5000});
    run_sql(t, "UPDATE repair_order SET state = 'complete'");
    run_sql(t, "UPDATE job SET done_at = 1795545000");
    refuses(t, ERR_INVALID, "of Delgado, Maria is complete and not invoiced. Make the invoice, or",
            "{}");
    assert_field(t, "leave_unposted");
    run_sql(t, "UPDATE repair_order SET state = 'hold', hold = 'parts'");
    days_later(t, 1);
    assert_int_equal(closes(t, "{\"day\":\"2026-11-24\"}").unposted, 0);
    run_sql(t, "UPDATE repair_order SET state = 'complete', hold = 'none'");
    run_sql(t, "UPDATE job SET done_at = 1795631000");
    const struct day_report left = closes(t, "{\"leave_unposted\":true}");
    assert_int_equal(left.unposted, 1);
    days_later(t, 1);
    assert_int_equal(closes(t, "{}").unposted, 0);
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, NULL);
    assert_books_agree(t);
}

/* An oil service of 50.00 and brakes of 200.00; the oil service is invoiced alone. */
static void what_is_invoiced_of_an_order_is_not_asked_for_again(void **state)
{
    struct shop_test *t = *state;
    struct day_check check;

    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order =
        given_done_order(t, (struct customer_id){1}, (struct money){25000});
    run_sql(t, "UPDATE repair_order SET state = 'complete', total = 25000");
    run_sql(t, "UPDATE job SET done_at = 1795545000");
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO invoice (id, repair_order, customer, posted_on, posted_at,"
                            " due_on, bill_to, labor, parts, sublet, fees, supplies, discount, tax,"
                            " total, cost) VALUES (20001, %lld, 1, '2026-11-24', 1, '2026-11-24',"
                            " '', 5000, 0, 0, 0, 0, 0, 0, 5000, 0)",
                            (long long)order.v));
    expect_ok(t, &day_check_op, NULL, &check);
    assert_int_equal(((const struct day_order *)check.unposted.at)->total.cents, 20000);
}

static void a_day_before_the_books_began_is_a_slip_of_the_hand(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    given_invoice(t, 10000);
    refuses(t, ERR_INVALID, "the books begin on 24 Nov 2026", "{\"day\":\"1999-01-01\"}");
    assert_field(t, "day");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM closed_day"), 0);
}

static void a_closed_day_is_locked_for_everybody(void **state)
{
    struct shop_test *t = *state;
    const struct ledger_line lines[] = {{.account = ACCOUNT_BANK, .amount = {100}},
                                        {.account = ACCOUNT_EQUITY, .amount = {-100}}};
    const struct day before = {"2026-11-20"};
    struct entry_id entry;

    given_closed_day(t);
    assert_int_equal(ledger_post(&t->session, before, "hand", 0, "x", lines, 2, &entry),
                     ERR_CONFLICT);
    assert_says(t, "20 Nov 2026 is closed: nothing more is posted on it.");
    assert_frozen(t,
                  "INSERT INTO entry (posted_on, at, memo, source) "
                  "VALUES ('2026-11-24', 1, 'x', 'hand')",
                  "This day is closed");
    assert_frozen(t, "DELETE FROM closed_day", "never opened again");
    assert_frozen(t, "UPDATE closed_day SET day = '2026-11-23'", "never changes");
    run_sql(t, "DROP TRIGGER entry_is_not_late");
    run_sql(t, "INSERT INTO entry (posted_on, at, memo, source) "
               "VALUES ('2026-11-24', 1, 'x', 'hand')");
    run_sql(t, "INSERT INTO entry_line VALUES ((SELECT max(id) FROM entry), 1, 1040, 100, NULL), "
               "((SELECT max(id) FROM entry), 2, 3010, -100, NULL)");
    run_sql(t, "INSERT INTO account_day SELECT l.account, '2026-11-24', max(l.amount, 0), "
               "max(-l.amount, 0) FROM entry_line l WHERE l.entry = (SELECT max(id) FROM entry) "
               "ON CONFLICT DO UPDATE SET debit = debit + excluded.debit, "
               "credit = credit + excluded.credit");
    run_sql(t, "UPDATE entry SET posted = 1 WHERE posted = 0");
    assert_books_disagree(t, "Z report 1: ended with entry");
}

static void the_counter_is_told_of_a_day_that_was_not_closed(void **state)
{
    struct shop_test *t = *state;
    struct day_unclosed open;

    given_closed_day(t);
    days_later(t, 1);
    expect_ok(t, &day_unclosed_op, NULL, &open);
    assert_string_equal(open.open_on.iso, "");
    given_invoice(t, 100);
    days_later(t, 1);
    expect_ok(t, &day_unclosed_op, NULL, &open);
    assert_string_equal(open.open_on.iso, "2026-11-25");
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &day_close_op, input_json(t, &day_close_op, "{}"), NULL, ERR_DENIED);
}

static void closing_wants_the_password_again(void **state)
{
    struct shop_test *t = *state;

    t->session.clock.fixed += 6 * 60;
    refuses(t, ERR_CONFIRM, "", "{}");
}

/* The computer of the counter runs 40 days ahead; set right, it finds no day locked. */
static void a_clock_that_runs_ahead_locks_no_day(void **state)
{
    struct shop_test *t = *state;

    given_closed_day(t);
    days_later(t, 40);
    refuses(t, ERR_INVALID, "Nothing was done in the books since 24 Nov 2026", "{}");
    assert_field(t, "after_pause");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM closed_day"), 1);
    assert_string_equal(closes(t, "{\"day\":\"2026-12-04\"}").day.iso, "2026-12-04");
}

static void a_shop_that_was_closed_for_long_says_so_and_closes(void **state)
{
    struct shop_test *t = *state;

    given_no_taxes(t);
    given_customer(t, "Delgado, Maria", 0);
    given_invoice(t, 14500);
    days_later(t, 11);
    refuses(t, ERR_INVALID, "set it first", "{}");
    assert_string_equal(closes(t, "{\"after_pause\":true}").day.iso, "2026-12-05");
}

static void asking_about_a_closed_day_tells_that_it_is_closed(void **state)
{
    struct shop_test *t = *state;
    struct day_check check;

    expect_ok(t, &day_check_op, NULL, &check);
    assert_false(check.closed);
    given_closed_day(t);
    expect_ok(t, &day_check_op, NULL, &check);
    assert_true(check.closed);
    assert_string_equal(check.closed_through.iso, "2026-11-24");
    assert_string_equal(check.from_on.iso, "2026-11-25");
}

struct terminal_run {
    struct shop_test *shop;
    status result;
    bool told;
};

static void *close_there(void *context)
{
    struct terminal_run *run = context;
    struct day_report report;

    run->result = op_call(&run->shop->session, &day_close_op,
                          input_json(run->shop, &day_close_op, "{}"), &report);
    run->told = run->result == OK ||
                strstr(run->shop->session.fault.text, "24 Nov 2026 was closed by") != NULL;
    return NULL;
}

/* Both have seen the day open; one closes it, the other is told who did. */
static void two_terminals_closing_at_once_close_it_once(void **state)
{
    (void)state;
    char path[] = "/tmp/pitlane-close-XXXXXX";
    pthread_t threads[2];
    struct terminal_run runs[2] = {0};

    close(mkstemp(path));
    unlink(path);
    runs[0].shop = shop_test_make(path);
    runs[1].shop = runs[0].shop;
    struct shop_test other = *runs[0].shop;
    const struct store_options options = {.version = 1};
    other.arena = ARENA_EMPTY;
    other.session.arena = &other.arena;
    assert_int_equal(store_open(path, &options, &other.session.fault, &other.store), OK);
    other.session.store = other.store;
    runs[1].shop = &other;
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, close_there, &runs[i]), 0);
    for (size_t i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert_true(runs[0].told && runs[1].told);
    assert_int_equal((runs[0].result == OK) + (runs[1].result == OK), 1);
    assert_int_equal((runs[0].result == ERR_CONFLICT) + (runs[1].result == ERR_CONFLICT), 1);
    assert_int_equal(ask_number(runs[0].shop, "SELECT count(*) FROM closed_day"), 1);
    store_close(other.store);
    arena_done(&other.arena);
    void *first = runs[0].shop;
    shop_test_close(&first);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_day_is_closed_and_its_report_says_what_was_done),
        SHOP_TEST(the_first_report_tells_what_became_of_older_cash),
        SHOP_TEST(what_comes_late_lands_on_the_next_day_and_says_so),
        SHOP_TEST(one_cent_of_difference_refuses_and_names_the_document),
        SHOP_TEST(a_complete_order_is_invoiced_first_or_left_on_purpose),
        SHOP_TEST(what_is_invoiced_of_an_order_is_not_asked_for_again),
        SHOP_TEST(a_day_before_the_books_began_is_a_slip_of_the_hand),
        SHOP_TEST(a_closed_day_is_locked_for_everybody),
        SHOP_TEST(the_counter_is_told_of_a_day_that_was_not_closed),
        SHOP_TEST(closing_wants_the_password_again),
        SHOP_TEST(a_clock_that_runs_ahead_locks_no_day),
        SHOP_TEST(a_shop_that_was_closed_for_long_says_so_and_closes),
        SHOP_TEST(asking_about_a_closed_day_tells_that_it_is_closed),
        cmocka_unit_test(two_terminals_closing_at_once_close_it_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
