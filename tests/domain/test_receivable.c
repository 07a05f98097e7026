/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who owes how much and since when: counted by hand first, and every evening of a random history
 * told again from later days. */

#include "../../src/domain/receivable_inner.h"
#include "book_rows.h"
#include "days.h"
#include "domain/closed_day.h"
#include "domain/invoice.h"
#include "domain/list.h"
#include "domain/payment.h"

static const struct customer_id FLEET = {1}, MARIA = {2};

static struct day day_at(int64_t days)
{
    return day_add((struct day){"2026-11-24"}, (int)days);
}

static struct invoice_id post(struct shop_test *t, struct customer_id customer, int64_t days,
                              struct money total)
{
    struct invoice invoice;

    on_day(t, days);
    const struct order_id order = given_done_order(t, customer, total);
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    return invoice.id;
}

static struct payment_id pay(struct shop_test *t, struct invoice_id invoice, struct money amount)
{
    struct tender tender = {.method = PAY_CHECK, .amount = amount, .check_number = "1042"};
    const struct payment_take in = {.invoice = invoice, .tenders = {&tender, 1}};
    struct payment_taken out;

    expect_ok(t, &payment_take_op, &in, &out);
    return ((const struct invoice_payment *)out.payments.at)->payment;
}

static struct payment_id deposit(struct shop_test *t, struct customer_id customer,
                                 struct money amount)
{
    const struct payment_deposit in = {
        .customer = customer, .method = PAY_CHECK, .amount = amount, .check_number = "7"};
    struct payment_taken out;

    expect_ok(t, &payment_deposit_op, &in, &out);
    return ((const struct invoice_payment *)out.payments.at)->payment;
}

static struct receivable_report aging(struct shop_test *t, struct receivable_query in)
{
    struct receivable_report report;

    expect_ok(t, &receivable_aging_op, &in, &report);
    return report;
}

static const struct receivable_row *row_at(const struct receivable_report *report, size_t index)
{
    assert_true(index < report->rows.count);
    return (const struct receivable_row *)report->rows.at + index;
}

static void assert_aged(const struct aging *aged, int64_t current, int64_t to_30, int64_t to_60,
                        int64_t to_90, int64_t over_90)
{
    assert_int_equal(aged->current.cents, current * 100);
    assert_int_equal(aged->to_30.cents, to_30 * 100);
    assert_int_equal(aged->to_60.cents, to_60 * 100);
    assert_int_equal(aged->to_90.cents, to_90 * 100);
    assert_int_equal(aged->over_90.cents, over_90 * 100);
    assert_int_equal(aged->owes.cents, (current + to_30 + to_60 + to_90 + over_90) * 100);
}

/* Worked example. Delano Fleet has 30 days; an invoice of day -120 is due on day -90, so that today
 * it is 90 days past due. By hand, today and as of day -11, before the check of 150.00:
 *
 *   posted   total   due   past due today            past due on day -11
 *    -130   100.00  -100   100 d   over 90  100      89 d    61-90   100
 *    -120   200.00   -90    90 d   61-90     50      79 d    61-90   200
 *     -91   300.00   -61    61 d   61-90    300      50 d    31-60   300
 *     -90   400.00   -60    60 d   31-60    400      49 d    31-60   400
 *     -61   500.00   -31    31 d   31-60    500      20 d    1-30    500
 *     -60   600.00   -30    30 d   1-30     600      19 d    1-30    600
 *     -31   700.00    -1     1 d   1-30     700              current 700
 *     -30   800.00     0           current  800              current 800
 *      -1   900.00    29           current  900              not posted yet
 *
 * Maria owes 50.00, due today, and has 20.00 in credit. */
static void given_the_worked_example(struct shop_test *t)
{
    static const struct {
        int64_t day, dollars;
    } posted[] = {{-130, 100}, {-120, 200}, {-91, 300}, {-90, 400},
                  {-61, 500},  {-60, 600},  {-31, 700}, {-30, 800}};
    struct invoice_id second = {0};

    given_customer(t, "Delano Fleet", 30);
    given_customer(t, "Delgado, Maria", 0);
    for (size_t i = 0; i < COUNT_OF(posted); i++) {
        const struct invoice_id id =
            post(t, FLEET, posted[i].day, (struct money){posted[i].dollars * 100});
        second = i == 1 ? id : second;
    }
    on_day(t, -10);
    (void)pay(t, second, USD(150, 0));
    (void)post(t, FLEET, -1, USD(900, 0));
    (void)post(t, MARIA, 0, USD(50, 0));
    (void)deposit(t, MARIA, USD(20, 0));
}

static void every_invoice_ages_from_the_day_it_was_due(void **state)
{
    struct shop_test *t = *state;

    given_the_worked_example(t);
    const struct receivable_report now = aging(t, (struct receivable_query){0});
    assert_int_equal(now.customers, 2);
    assert_string_equal(row_at(&now, 0)->name, "Delano Fleet");
    assert_aged(&row_at(&now, 0)->aged, 1700, 1300, 900, 350, 100);
    assert_int_equal(row_at(&now, 0)->overdue.cents, 265000);
    assert_string_equal(row_at(&now, 0)->oldest_on.iso, "2026-08-16");
    assert_aged(&row_at(&now, 1)->aged, 50, 0, 0, 0, 0);
    assert_int_equal(row_at(&now, 1)->credit.cents, 2000);
    assert_aged(&now.aged, 1750, 1300, 900, 350, 100);
    assert_int_equal(now.credit.cents, 2000);
    assert_int_equal(now.ledger.cents, balance_of(t, ACCOUNT_RECEIVABLE));
}

static void the_list_has_the_same_rows_as_the_report(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_the_worked_example(t);
    given_customer(t, "Zimmer, Ada", 0);
    const struct receivable_report report = aging(t, (struct receivable_query){0});
    expect_ok(t, &receivable_list_op, input_json(t, &receivable_list_op, "{}"), &page);
    assert_int_equal(page.rows.count, 2);
    for (size_t i = 0; i < 2; i++) {
        AUTO_BUF one = BUF_MIB(1);
        AUTO_BUF other = BUF_MIB(1);
        json_write(&one, &receivable_row_shape, row_at(&report, i), &RIGHT_SET_ALL, 0);
        json_write(&other, &receivable_row_shape, (const struct receivable_row *)page.rows.at + i,
                   &RIGHT_SET_ALL, 0);
        assert_string_equal(buf_str(&one), buf_str(&other));
    }
    expect_ok(t, &receivable_list_op,
              input_json(t, &receivable_list_op, "{\"overdue\":true,\"sort\":\"owes\"}"), &page);
    assert_int_equal(page.rows.count, 1);
    assert_no_scan(t, list_sql(&receivable_list_op.lists[0], 0, &t->arena), "c");
}

static void a_past_day_is_told_as_it_was(void **state)
{
    struct shop_test *t = *state;

    given_the_worked_example(t);
    const struct receivable_report then = aging(t, (struct receivable_query){.as_of = day_at(-11)});
    assert_int_equal(then.customers, 1);
    assert_aged(&row_at(&then, 0)->aged, 1500, 1100, 700, 300, 0);
    assert_int_equal(then.ledger.cents, 360000);
    const struct receivable_report paid =
        aging(t, (struct receivable_query){.as_of = day_at(-10), .customer = FLEET});
    assert_int_equal(paid.aged.owes.cents, 345000);
    assert_int_equal(paid.ledger.cents, NUMBER_NONE);
    assert_int_equal(aging(t, (struct receivable_query){.as_of = day_at(-131)}).rows.count, 0);
}

static void the_list_is_of_one_of_the_overdue_and_in_the_order_asked_for(void **state)
{
    struct shop_test *t = *state;

    given_the_worked_example(t);
    given_customer(t, "Zimmer, Ada", 0);
    (void)post(t, (struct customer_id){3}, -5, USD(9000, 0));
    on_day(t, 0);
    struct receivable_query in = {.by = RECEIVABLE_BY_OWED};
    struct receivable_report report = aging(t, in);
    assert_string_equal(row_at(&report, 0)->name, "Zimmer, Ada");
    assert_string_equal(row_at(&report, 2)->name, "Delgado, Maria");
    in = (struct receivable_query){.overdue = true};
    report = aging(t, in);
    assert_int_equal(report.rows.count, 2);
    assert_string_equal(row_at(&report, 0)->name, "Delano Fleet");
    in.by = RECEIVABLE_BY_OVERDUE;
    report = aging(t, in);
    assert_string_equal(row_at(&report, 0)->name, "Zimmer, Ada");
    report = aging(t, (struct receivable_query){.customer = MARIA});
    assert_int_equal(report.rows.count, 1);
    assert_int_equal(report.credit.cents, 2000);
}

static void a_day_to_come_and_a_person_without_the_right_are_refused(void **state)
{
    struct shop_test *t = *state;
    struct receivable_query in = {.as_of = day_at(1)};

    expect_status(t, &receivable_aging_op, &in, NULL, ERR_INVALID);
    assert_field(t, "as_of");
    assert_says(t, "25 Nov 2026 is still to come");
    in.as_of = DAY_NONE;
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &receivable_aging_op, &in, NULL, ERR_DENIED);
    sign_in_as(t, ROLE_CUSTOMER);
    expect_status(t, &receivable_aging_op, &in, NULL, ERR_DENIED);
}

static void rows_that_are_not_the_ledgers_are_never_shown_as_a_sum(void **state)
{
    struct shop_test *t = *state;
    struct receivable_report report;

    given_the_worked_example(t);
    run_sql(t, "UPDATE invoice SET paid = paid + 1 WHERE id = 20001");
    expect_status(t, &receivable_aging_op, &(struct receivable_query){0}, &report, ERR_CORRUPT);
    assert_says(t, "4,399.99 by their invoices and 4,400.00 by the ledger");
    assert_books_disagree(t, "Invoice 20001: paid 0.01, its payments are 0.00");
    run_sql(t, "UPDATE invoice SET paid = paid - 1 WHERE id = 20001");
    assert_books_agree(t);
}

static void the_books_know_what_was_owed_on_every_day(void **state)
{
    struct shop_test *t = *state;

    given_the_worked_example(t);
    run_sql(t, "DROP TRIGGER payment_application_is_final");
    run_sql(t, "UPDATE payment_application SET applied_on = '2026-11-15'");
    assert_books_disagree(t, "on 2026-11-14: moved by -150.00, the invoices posted and settled "
                             "say 0.00");
}

static void the_index_of_open_invoices_answers_whatever_the_number_of_customers(void **state)
{
    struct shop_test *t = *state;

    AUTO_BUF plan = BUF(65536);

    assert_int_equal(store_try(t->store, receivable_texts[0], &plan), OK);
    assert_non_null(strstr(buf_str(&plan), "SCAN invoice USING COVERING INDEX "
                                           "invoice_open_of_customer"));
    for (size_t i = 0; receivable_texts[i] != NULL; i++) {
        assert_no_scan(t, receivable_texts[i], "c");
        assert_no_scan(t, receivable_texts[i], "customer");
        assert_no_scan(t, receivable_texts[i], "invoice");
        assert_no_scan(t, receivable_texts[i], "i");
        assert_no_scan(t, receivable_texts[i], "payment_application");
        assert_no_scan(t, receivable_texts[i], "e");
        assert_no_scan(t, receivable_texts[i], "l");
    }
}

/* ---- statements ---- */

static struct statement statement_of(struct shop_test *t, struct statement_query in)
{
    struct statement statement;

    expect_ok(t, &receivable_statement_op, &in, &statement);
    return statement;
}

static const struct statement_item *item_at(const struct statement *statement, size_t index)
{
    assert_true(index < statement->items.count);
    return (const struct statement_item *)statement->items.at + index;
}

static void given_unit(struct shop_test *t, int id, const char *unit)
{
    run_sql(t, arena_printf(&t->arena,
                            "INSERT INTO vehicle (id, customer, unit_number, name, name_key)\n"
                            "VALUES (%d, 1, '%s', 'Ford Transit', 'ford transit')",
                            id, unit));
}

static void post_for(struct shop_test *t, int vehicle, int64_t days, struct money total)
{
    struct invoice invoice;

    on_day(t, days);
    const struct order_id order = given_done_order(t, FLEET, total);
    run_sql(t, arena_printf(&t->arena,
                            "UPDATE repair_order SET vehicle = nullif(%d, 0), po_number = 'P-%d'\n"
                            "WHERE id = %lld",
                            vehicle, vehicle, (long long)order.v));
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
}

/* Units 2 and 10 and a charge without a vehicle, 30 days: by hand
 *
 *   unit 2    day -40  100.00, due -10, 10 days late; day -5  30.00: 130.00
 *   unit 10   day -70  200.00, due -40, 40 days late, 80.00 paid:    120.00
 *   none      day 0      7.00                                          7.00
 *   all                                                              257.00
 *   in credit 57.00 of a deposit of 60.00, 3.00 paid back; balance   200.00 */
static void given_a_fleet(struct shop_test *t)
{
    struct payment payment;

    given_customer(t, "Delano Fleet", 30);
    run_sql(t, "UPDATE customer SET company = 'Delano Fleet' WHERE id = 1");
    given_unit(t, 1, "10");
    given_unit(t, 2, "2");
    post_for(t, 1, -70, USD(200, 0));
    (void)pay(t, (struct invoice_id){20001}, USD(80, 0));
    post_for(t, 2, -40, USD(100, 0));
    post_for(t, 2, -5, USD(30, 0));
    post_for(t, 0, 0, USD(7, 0));
    const struct payment_refund back = {.payment = deposit(t, FLEET, USD(60, 0)),
                                        .amount = USD(3, 0),
                                        .to = REFUND_CASH,
                                        .check_number = "",
                                        .reason = "Asked"};
    expect_ok(t, &payment_refund_op, &back, &payment);
}

static void a_fleets_statement_is_by_unit_and_adds_up(void **state)
{
    struct shop_test *t = *state;

    given_a_fleet(t);
    const struct statement now = statement_of(t, (struct statement_query){.customer = FLEET});
    assert_string_equal(now.bill_to, "Delano Fleet");
    assert_int_equal(now.aged.owes.cents, 25700);
    assert_int_equal(now.overdue.cents, 22000);
    assert_int_equal(now.credit.cents, 5700);
    assert_int_equal(now.balance.cents, 20000);
    assert_int_equal(now.items.count, 4);
    assert_int_equal(item_at(&now, 0)->invoice.v, 20002);
    assert_int_equal(item_at(&now, 0)->days_late, 10);
    assert_int_equal(item_at(&now, 1)->days_late, 0);
    assert_int_equal(item_at(&now, 2)->settled.cents, 8000);
    assert_int_equal(item_at(&now, 2)->balance.cents, 12000);
    assert_int_equal(item_at(&now, 2)->days_late, 40);
    assert_int_equal(now.units.count, 3);
    const struct statement_unit *units = now.units.at;
    assert_string_equal(units[0].name, "Unit 2 · Ford Transit");
    assert_int_equal(units[0].balance.cents, 13000);
    assert_string_equal(units[1].name, "Unit 10 · Ford Transit");
    assert_int_equal(units[1].balance.cents, 12000);
    assert_string_equal(units[2].name, "Without a vehicle");
    assert_int_equal(units[2].balance.cents, 700);
    assert_int_equal(now.credits.count, 1);
    assert_int_equal(((const struct statement_credit *)now.credits.at)->amount.cents, 5700);
}

/* In the evening of day -50: 200.00 less 80.00, due -40, and nothing else yet. */
static void a_statement_of_a_past_day_is_as_it_was(void **state)
{
    struct shop_test *t = *state;

    given_a_fleet(t);
    (void)pay(t, (struct invoice_id){20001}, USD(120, 0));
    const struct statement then =
        statement_of(t, (struct statement_query){.customer = FLEET, .as_of = day_at(-50)});
    assert_int_equal(then.items.count, 1);
    assert_int_equal(item_at(&then, 0)->balance.cents, 12000);
    assert_int_equal(item_at(&then, 0)->days_late, 0);
    assert_int_equal(then.units.count, 0);
    assert_int_equal(then.credits.count, 0);
    assert_int_equal(statement_of(t, (struct statement_query){.customer = FLEET}).aged.owes.cents,
                     13700);
}

static void customers_see_their_own_statement_and_no_other(void **state)
{
    struct shop_test *t = *state;

    given_a_fleet(t);
    given_customer(t, "Delgado, Maria", 0);
    run_sql(t, "UPDATE user SET customer = 2 WHERE role = (SELECT id FROM role WHERE name = "
               "'customer')");
    sign_in_as(t, ROLE_CUSTOMER);
    const struct statement_query other = {.customer = FLEET}, own = {.customer = MARIA};
    expect_status(t, &receivable_statement_op, &other, NULL, ERR_DENIED);
    expect_ok(t, &receivable_statement_op, &own, NULL);
    sign_in_as(t, ROLE_ADMIN);
    expect_status(t, &receivable_statement_op, &(struct statement_query){.customer = {99}}, NULL,
                  ERR_NOT_FOUND);
    assert_says(t, "There is no customer 99");
}

/* ---- days sales outstanding ---- */

/* The worked example from day -89 to today, 90 days. By hand: invoiced 500 + 600 + 700 + 800 + 900
 * = 3,500.00 on terms, and Maria's 50.00; owed 4,350.00 on terms, 4,400.00 in all.
 * 4,350 / 3,500 x 90 = 111.857; 4,400 / 3,550 x 90 = 111.549. */
static void days_of_sales_that_are_owed(void **state)
{
    struct shop_test *t = *state;
    struct dso_report report;

    given_the_worked_example(t);
    expect_ok(t, &receivable_dso_op, &(struct dso_query){0}, &report);
    assert_string_equal(report.from_on.iso, day_at(-89).iso);
    const struct dso_row *rows = report.rows.at;
    assert_int_equal(rows[0].receivable.cents, 440000);
    assert_int_equal(rows[0].invoiced.cents, 355000);
    assert_int_equal(rows[0].days, 90);
    assert_string_equal(rows[0].dso, "111.55");
    assert_int_equal(rows[1].receivable.cents, 435000);
    assert_string_equal(rows[1].dso, "111.86");
    assert_int_equal(report.formulas.count, 5);
}

/* Day -11, 10 days: 3,600.00 is owed and nothing was invoiced. */
static void where_nothing_was_invoiced_there_are_no_days_of_sales(void **state)
{
    struct shop_test *t = *state;
    struct dso_report report;

    given_the_worked_example(t);
    const struct dso_query in = {.from_on = day_at(-20), .to_on = day_at(-11)};
    expect_ok(t, &receivable_dso_op, &in, &report);
    assert_int_equal(((const struct dso_row *)report.rows.at)->receivable.cents, 360000);
    assert_string_equal(((const struct dso_row *)report.rows.at)->dso, "-");
    const struct dso_query turned = {.from_on = day_at(0), .to_on = day_at(-11)};
    expect_status(t, &receivable_dso_op, &turned, NULL, ERR_INVALID);
    assert_field(t, "from_on");
    const struct dso_query later = {.to_on = day_at(2)};
    expect_status(t, &receivable_dso_op, &later, NULL, ERR_INVALID);
    assert_field(t, "to_on");
}

/* ---- every evening of a random history ---- */

enum { DAYS = 60, STEPS_A_DAY = 12 };

static void step(struct shop_test *t, uint64_t *seed)
{
    const int64_t invoices = ask_number(t, "SELECT count(*) FROM invoice");
    const int64_t payments = ask_number(t, "SELECT count(*) FROM payment");
    const struct invoice_id on = {20001 + dice(seed, invoices + 1)};
    const struct payment_id of = {1 + dice(seed, payments + 1)};
    const struct money amount = {1 + dice(seed, 9000)};
    struct tender tender = {.method = PAY_CHECK, .amount = amount, .check_number = "1"};
    const struct customer_id customer = {1 + dice(seed, 4)};
    struct invoice invoice;
    struct payment payment;
    struct payment_taken taken;
    status result = OK;

    switch (dice(seed, 9)) {
    case 0:
    case 1:
        (void)deposit(t, customer, amount);
        break;
    case 2:
    case 3:
        result = op_call(&t->session, &invoice_post_op,
                         &(struct invoice_post){.order = given_done_order(t, customer, amount)},
                         &invoice);
        assert_int_equal(result, OK);
        break;
    case 4:
        result = op_call(&t->session, &payment_take_op,
                         &(struct payment_take){.invoice = on, .tenders = {&tender, 1}}, &taken);
        break;
    case 5:
        result =
            op_call(&t->session, &payment_apply_op, &(struct payment_apply){of, on, {0}}, &payment);
        break;
    case 6:
        result = op_call(&t->session, &payment_unapply_op, &(struct payment_apply){of, on, {0}},
                         &payment);
        break;
    case 7:
        result = op_call(&t->session, &payment_bounced_op,
                         &(struct payment_bounced){of, {100}, "No funds"}, &payment);
        break;
    default:
        result =
            op_call(&t->session, &invoice_write_off_op,
                    &(struct invoice_write_off){on, {amount.cents / 10 + 1}, "Small"}, &invoice);
    }
    (void)result; /* what cannot be done is refused, and nothing is left behind */
}

static void close_the_day(struct shop_test *t)
{
    expect_ok(t, &day_close_op, input_json(t, &day_close_op, "{}"), NULL);
}

static const char *told(struct shop_test *t, const struct receivable_report *report)
{
    AUTO_BUF text = BUF_MIB(1);

    json_write(&text, receivable_aging_op.out, report, &RIGHT_SET_ALL, 0);
    return arena_text(&t->arena, buf_str(&text));
}

static void every_evening_is_told_the_same_from_later_days(void **state)
{
    struct shop_test *t = *state;
    const char *evenings[DAYS];
    uint64_t seed = UINT64_C(0x5eed0f2026);

    for (int i = 0; i < 4; i++)
        given_customer(t, arena_printf(&t->arena, "Customer %d", i), i * 10);
    for (int64_t day = 0; day < DAYS; day++) {
        on_day(t, day);
        for (int i = 0; i < STEPS_A_DAY; i++)
            step(t, &seed);
        const struct receivable_report now = aging(t, (struct receivable_query){0});
        evenings[day] = told(t, &now);
        if (dice(&seed, 3) != 0)
            continue;
        close_the_day(t);
        step(t, &seed); /* late: it belongs to the next day */
    }
    assert_books_agree(t);
    for (int64_t day = 0; day < DAYS; day++) {
        const struct receivable_report then =
            aging(t, (struct receivable_query){.as_of = day_at(day)});
        assert_string_equal(told(t, &then), evenings[day]);
        for (int64_t c = 1; c <= 4; c++) {
            const struct statement one =
                statement_of(t, (struct statement_query){.customer = {c}, .as_of = day_at(day)});
            const struct statement_credit *credits = one.credits.at;
            for (size_t i = 0; i < one.credits.count; i++)
                assert_int_not_equal(credits[i].payment.v, 0); /* nothing unexplained */
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(every_invoice_ages_from_the_day_it_was_due),
        SHOP_TEST(the_list_has_the_same_rows_as_the_report),
        SHOP_TEST(a_past_day_is_told_as_it_was),
        SHOP_TEST(the_list_is_of_one_of_the_overdue_and_in_the_order_asked_for),
        SHOP_TEST(a_day_to_come_and_a_person_without_the_right_are_refused),
        SHOP_TEST(rows_that_are_not_the_ledgers_are_never_shown_as_a_sum),
        SHOP_TEST(the_books_know_what_was_owed_on_every_day),
        SHOP_TEST(the_index_of_open_invoices_answers_whatever_the_number_of_customers),
        SHOP_TEST(a_fleets_statement_is_by_unit_and_adds_up),
        SHOP_TEST(a_statement_of_a_past_day_is_as_it_was),
        SHOP_TEST(customers_see_their_own_statement_and_no_other),
        SHOP_TEST(days_of_sales_that_are_owed),
        SHOP_TEST(where_nothing_was_invoiced_there_are_no_days_of_sales),
        SHOP_TEST(every_evening_is_told_the_same_from_later_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
