/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Credit memos by line: every cent worked out by hand, and nothing left once all is credited. */

#include "books.h"
#include "orders.h"

#include "domain/claim.h"
#include "domain/credit.h"
#include "domain/payment.h"
#include "domain/report.h"
#include "domain/stock.h"

/* Labor 362.50, two pads 179.90, 5.5 quarts 41.20, supplies 21.75; 15.18, 2.43 and 3.04 of tax on
 * 242.85: 626.00. The pads cost 41.00 each, the oil 22.55. `core`: 20.00 more, taxed. */
static struct invoice given_invoice(struct shop_test *t, bool core)
{
    struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);
    struct invoice invoice;

    call(t, &part_adjust_op, NULL,
         "{\"part\":1,\"on_hand\":\"10\",\"unit_cost\":\"41.00\",\"reason\":\"x\"}");
    call(t, &part_adjust_op, NULL,
         "{\"part\":2,\"on_hand\":\"20\",\"unit_cost\":\"4.10\",\"reason\":\"x\"}");
    if (core) {
        run_sql(t, "UPDATE tax SET classes = 'part core supplies'");
        change(t, &line_add_other_op,
               "{\"job\":%lld,\"kind\":\"core\",\"description\":\"Caliper\",\"price\":\"20.00\"}",
               job);
    }
    order = authorize(t, order.id.v);
    change(t, &job_start_op, "{\"job\":%lld}", job);
    change(t, &job_done_op, "{\"job\":%lld}", job);
    call(t, &invoice_post_op, &invoice, "{\"order\":10001}");
    return invoice;
}

static struct credit PRINTF_LIKE(2, 3) credited(struct shop_test *t, const char *json, ...)
{
    struct credit credit;
    va_list args;

    va_start(args, json);
    const char *text = arena_vprintf(&t->arena, json, args);
    va_end(args);
    expect_ok(t, &credit_issue_op, input_json(t, &credit_issue_op, text), &credit);
    return credit;
}

static long long line_number(struct shop_test *t, const char *words)
{
    return (long long)ask_number(
        t, arena_printf(&t->arena,
                        "SELECT id FROM invoice_line WHERE description = '%s' OR kind = '%s'",
                        words, words));
}

static void what_is_credited_comes_to_the_invoice_to_the_cent(void **state)
{
    struct shop_test *t = *state;
    struct payment_taken taken;

    assert_int_equal(given_invoice(t, false).total.cents, 62600);
    call(t, &payment_take_op, &taken,
         "{\"invoice\":20001,\"tenders\":[{\"method\":\"cash\","
         "\"amount\":\"600.00\"}]}");
    const struct credit first =
        credited(t,
                 "{\"invoice\":20001,\"reason\":\"One pad returned\",\"lines\":[{\"line\":%lld,"
                 "\"quantity\":\"1\",\"back\":\"restock\"}]}",
                 line_number(t, "Brake pads"));

    assert_int_equal(first.id.v, 1);
    assert_int_equal(first.parts.cents, 8995);
    assert_int_equal(first.tax.cents, 562 + 90 + 112);
    assert_int_equal(first.total.cents, 9759);
    assert_int_equal(first.applied.cents, 2600);
    assert_int_equal(first.credit.cents, 7159);
    assert_int_equal(first.cost.cents, 4100);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 1"), 9000);
    assert_int_equal(ask_number(t, "SELECT credit FROM customer WHERE id = 1"), 7159);
    assert_int_equal(ask_number(t, "SELECT paid FROM invoice"), 62600);
    assert_int_equal(order_of(t, 10001).state, ORDER_PAID);
    assert_books_agree(t);

    const struct credit rest = credited(
        t, "{\"invoice\":20001,\"reason\":\"All of it\",\"all\":true,\"back\":\"restock\"}");
    assert_int_equal(rest.labor.cents, 36250);
    assert_int_equal(rest.parts.cents, 8995 + 4120);
    assert_int_equal(rest.supplies.cents, 2175);
    assert_int_equal(rest.tax.cents, (1518 - 562) + (243 - 90) + (304 - 112));
    assert_int_equal(rest.total.cents, 62600 - 9759);
    assert_int_equal(ask_number(t, "SELECT credit FROM customer WHERE id = 1"), 60000);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 1"), 10000);
    assert_int_equal(ask_number(t, "SELECT stock_value FROM part WHERE id = 2"), 8200);
    assert_int_equal(balance_of(t, ACCOUNT_LABOR_SALES), 0);
    assert_int_equal(balance_of(t, ACCOUNT_PART_SALES), 0);
    assert_int_equal(balance_of(t, ACCOUNT_SUPPLIES_SALES), 0);
    assert_int_equal(balance_of(t, ACCOUNT_TAX_PAYABLE), 0);
    assert_int_equal(balance_of(t, ACCOUNT_PART_COST), 0);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), 0);
    assert_books_agree(t);
    refuse(t, &credit_issue_op, ERR_INVALID, "Nothing is left",
           "{\"invoice\":20001,\"reason\":\"Again\",\"all\":true}");
}

static void an_unpaid_invoice_is_settled_by_its_credit_first(void **state)
{
    struct shop_test *t = *state;

    given_invoice(t, false);
    const struct credit memo = credited(
        t,
        "{\"invoice\":20001,\"reason\":\"Goodwill\",\"lines\":[{\"line\":%lld,\"quantity\":\"1\"}],"
        "\"supplies\":\"1.75\"}",
        line_number(t, "labor"));
    assert_int_equal(memo.labor.cents, 14500);
    assert_int_equal(memo.supplies.cents, 175);
    assert_int_equal(memo.tax.cents, 11 + 2 + 2); /* 1.75: .109, .0175, .0219 */
    assert_int_equal(memo.applied.cents, memo.total.cents);
    assert_int_equal(memo.payment.v, 0);
    assert_int_equal(ask_number(t, "SELECT total - paid FROM invoice"), 62600 - memo.total.cents);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer WHERE id = 1"),
                     62600 - memo.total.cents);
    assert_books_agree(t);
}

static void a_part_that_is_scrapped_stays_in_the_cost(void **state)
{
    struct shop_test *t = *state;

    given_invoice(t, false);
    const int64_t cost = balance_of(t, ACCOUNT_PART_COST);
    credited(t,
             "{\"invoice\":20001,\"reason\":\"Cracked\",\"lines\":[{\"line\":%lld,"
             "\"back\":\"scrap\"}]}",
             line_number(t, "Brake pads"));
    assert_int_equal(balance_of(t, ACCOUNT_PART_COST), cost);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 1"), 8000);
    assert_books_agree(t);
}

static void a_core_is_given_back_with_its_line(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t, true);

    assert_int_equal(balance_of(t, ACCOUNT_CORE_DEPOSIT), -2000);
    const struct credit memo =
        credited(t, "{\"invoice\":20001,\"reason\":\"Not used\",\"lines\":[{\"line\":%lld}]}",
                 line_number(t, "Caliper"));
    assert_int_equal(memo.fees.cents, 2000);
    assert_int_equal(memo.tax.cents, 125 + 20 + 25);
    assert_int_equal(balance_of(t, ACCOUNT_CORE_DEPOSIT), 0);
    assert_string_equal(ask_text(t, "SELECT state FROM customer_core"), "refunded");
    refuse(t, &core_refund_op, ERR_CONFLICT, "already", "{\"core\":1}");
    const struct credit rest = credited(t, "{\"invoice\":20001,\"reason\":\"All\",\"all\":true}");
    assert_int_equal(memo.total.cents + rest.total.cents, invoice.total.cents);
    assert_books_agree(t);
}

static void a_core_that_went_back_alone_is_not_credited_again(void **state)
{
    struct shop_test *t = *state;
    const struct invoice invoice = given_invoice(t, true);
    struct customer_core core;

    call(t, &core_refund_op, &core, "{\"core\":1}");
    refuse(t, &credit_issue_op, ERR_INVALID, "Nothing is left of “Caliper”",
           "{\"invoice\":20001,\"reason\":\"x\",\"lines\":[{\"line\":%lld}]}",
           line_number(t, "Caliper"));
    const struct credit rest = credited(t, "{\"invoice\":20001,\"reason\":\"All\",\"all\":true}");
    assert_int_equal(rest.total.cents + core.charge.cents + core.tax.cents, invoice.total.cents);
    assert_int_equal(balance_of(t, ACCOUNT_TAX_PAYABLE), 0);
    assert_books_agree(t);
}

static void a_core_that_was_kept_is_income_no_more(void **state)
{
    struct shop_test *t = *state;

    given_invoice(t, true);
    call(t, &core_forfeit_op, NULL, "{\"core\":1}");
    assert_int_equal(balance_of(t, ACCOUNT_FEE_SALES), -2000);
    credited(t, "{\"invoice\":20001,\"reason\":\"x\",\"lines\":[{\"line\":%lld}]}",
             line_number(t, "Caliper"));
    assert_int_equal(balance_of(t, ACCOUNT_FEE_SALES), 0);
    assert_books_agree(t);
}

static void a_charge_goes_back_to_its_account(void **state)
{
    struct shop_test *t = *state;

    given_maria_and_her_accord(t);
    call(t, &invoice_charge_op, NULL,
         "{\"customer\":1,\"description\":\"Storage\",\"amount\":\"25.00\"}");
    credited(t, "{\"invoice\":20001,\"reason\":\"Goodwill\",\"all\":true}");
    assert_int_equal(balance_of(t, ACCOUNT_FEE_SALES), 0);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer WHERE id = 1"), 0);
    assert_books_agree(t);
}

static void flagged_hours_and_sales_go_back_on_the_day_of_the_memo(void **state)
{
    struct shop_test *t = *state;
    struct technician_report people;
    struct production_report sales;

    given_invoice(t, false);
    credited(t, "{\"invoice\":20001,\"reason\":\"x\",\"all\":true,\"back\":\"restock\"}");
    call(t, &report_technicians_op, &people, "{}");
    const struct technician_figures *all =
        (const struct technician_figures *)people.rows.at + (people.rows.count - 1);
    assert_int_equal(all->billed.thousandths, 0);
    assert_int_equal(all->labor.cents, 0);
    call(t, &report_production_op, &sales, "{}");
    const struct production_row *sum =
        (const struct production_row *)sales.rows.at + (sales.rows.count - 1);
    assert_int_equal(sum->orders, 1);
    assert_int_equal(sum->sales.cents, 0);
    assert_int_equal(sum->cost.cents, 0);
    assert_int_equal(sum->hours.thousandths, 0);
}

static void what_makes_no_sense_is_refused_in_its_field(void **state)
{
    struct shop_test *t = *state;

    given_invoice(t, true);
    const long long pads = line_number(t, "Brake pads");
    const long long labor = line_number(t, "labor");
    const long long core = line_number(t, "Caliper");
    static const char head[] = "{\"invoice\":20001,\"reason\":\"x\"";

    refuse(t, &credit_issue_op, ERR_INVALID, "Choose what", "%s}", head);
    assert_field(t, "lines");
    refuse(t, &credit_issue_op, ERR_INVALID, "Only 2 of “Brake pads” is left",
           "%s,\"lines\":[{\"line\":%lld,\"quantity\":\"3\"}]}", head, pads);
    assert_field(t, "lines.1.quantity");
    refuse(t, &credit_issue_op, ERR_INVALID, "Quantity must be at least 0.001",
           "%s,\"lines\":[{\"line\":%lld,\"quantity\":\"0\"}]}", head, pads);
    assert_field(t, "lines.1.quantity");
    refuse(t, &credit_issue_op, ERR_INVALID, "is there twice",
           "%s,\"lines\":[{\"line\":%lld,\"quantity\":\"1\"},{\"line\":%lld}]}", head, pads, pads);
    assert_field(t, "lines.2.line");
    refuse(t, &credit_issue_op, ERR_INVALID, "not on invoice 20001",
           "%s,\"lines\":[{\"line\":99999}]}", head);
    refuse(t, &credit_issue_op, ERR_INVALID, "nothing comes back",
           "%s,\"lines\":[{\"line\":%lld,\"back\":\"restock\"}]}", head, labor);
    assert_field(t, "lines.1.back");
    refuse(t, &credit_issue_op, ERR_INVALID, "credited whole",
           "%s,\"lines\":[{\"line\":%lld,\"quantity\":\"0.5\"}]}", head, core);
    refuse(t, &credit_issue_op, ERR_INVALID, "Only 21.75", "%s,\"supplies\":\"30.00\"}", head);
    assert_field(t, "supplies");
    refuse(t, &credit_issue_op, ERR_INVALID, "not both",
           "%s,\"all\":true,\"lines\":[{\"line\":%lld}]}", head, pads);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(
        t, &credit_issue_op,
        input_json(t, &credit_issue_op, "{\"invoice\":20001,\"reason\":\"x\",\"all\":true}"), NULL,
        ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    credited(t, "%s,\"lines\":[{\"line\":%lld}]}", head, labor);
    refuse(t, &invoice_unpost_op, ERR_CONFLICT, "credit memo on invoice 20001",
           "{\"invoice\":20001,\"reason\":\"x\"}");
    assert_frozen(t, "UPDATE credit_memo SET total = 0", "never changes");
    assert_frozen(t, "DELETE FROM credit_line", "never deleted");
    assert_frozen(t, "UPDATE credit_tax SET amount = 0", "never changes");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM credit_memo"), 1);
    assert_books_agree(t);
}

static void a_void_invoice_is_not_credited(void **state)
{
    struct shop_test *t = *state;

    given_invoice(t, false);
    call(t, &invoice_unpost_op, NULL, "{\"invoice\":20001,\"reason\":\"x\"}");
    refuse(t, &credit_issue_op, ERR_INVALID, "is void",
           "{\"invoice\":20001,\"reason\":\"x\",\"all\":true}");
}

static void memos_are_listed_by_customer_and_invoice(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_invoice(t, false);
    credited(t, "{\"invoice\":20001,\"reason\":\"x\",\"all\":true}");
    static const char *const asks[] = {"{}", "{\"customer\":1}", "{\"invoice\":20001}"};
    for (size_t i = 0; i < 3; i++) {
        expect_ok(t, &credit_search_op, input_json(t, &credit_search_op, asks[i]), &page);
        assert_int_equal(page.rows.count, 1);
    }
    call(t, &credit_search_op, &page, "{\"customer\":2}");
    assert_int_equal(page.rows.count, 0);
    sign_in_as(t, ROLE_CUSTOMER);
    call(t, &credit_search_op, &page, "{}");
    assert_int_equal(page.rows.count, 0);
}

/* Whatever statement fails, nothing of the memo is left and its number is given again. */
static void a_memo_that_fails_anywhere_leaves_nothing(void **state)
{
    struct shop_test *t = *state;
    struct credit credit;
    int64_t failed = 0;

    given_invoice(t, true);
    const void *in =
        input_json(t, &credit_issue_op,
                   "{\"invoice\":20001,\"reason\":\"x\",\"all\":true,\"back\":\"restock\"}");
    for (int64_t n = 1;; n++, failed++) {
        store_fail_after(t->store, n);
        const status result = op_call(&t->session, &credit_issue_op, in, &credit);
        store_fail_after(t->store, 0);
        if (result == OK)
            break;
        assert_int_equal(ask_number(t, "SELECT count(*) FROM credit_memo"), 0);
        assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 1"), 8000);
        assert_books_agree(t);
    }
    assert_true(failed > 25);
    assert_int_equal(credit.id.v, 1);
    assert_books_agree(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(what_is_credited_comes_to_the_invoice_to_the_cent),
        SHOP_TEST(an_unpaid_invoice_is_settled_by_its_credit_first),
        SHOP_TEST(a_part_that_is_scrapped_stays_in_the_cost),
        SHOP_TEST(a_core_is_given_back_with_its_line),
        SHOP_TEST(a_core_that_went_back_alone_is_not_credited_again),
        SHOP_TEST(a_core_that_was_kept_is_income_no_more),
        SHOP_TEST(a_charge_goes_back_to_its_account),
        SHOP_TEST(flagged_hours_and_sales_go_back_on_the_day_of_the_memo),
        SHOP_TEST(what_makes_no_sense_is_refused_in_its_field),
        SHOP_TEST(a_void_invoice_is_not_credited),
        SHOP_TEST(memos_are_listed_by_customer_and_invoice),
        SHOP_TEST(a_memo_that_fails_anywhere_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
