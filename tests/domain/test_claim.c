/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "purchases.h"

#include "domain/bill.h"
#include "domain/claim.h"
#include "domain/invoice.h"
#include "domain/payment.h"

/* Pads and starters on the shelf; claim 1: two starters' cores, 90.00. */
static void given_stock(struct shop_test *t)
{
    given_sent(t);
    call(t, &purchase_receive_op, NULL, "{\"purchase\":1}");
}

static struct claim claim_of(struct shop_test *t, int64_t id)
{
    struct claim claim;

    call(t, &claim_show_op, &claim, "{\"claim\":%lld}", (long long)id);
    return claim;
}

static void a_return_leaves_the_shelf_and_is_owed_until_it_is_credited(void **state)
{
    struct shop_test *t = *state;
    struct claim claim;

    given_stock(t);
    call(t, &claim_return_op, &claim, "{\"part\":1,\"quantity\":\"2\",\"reason\":\"Wrong pads\"}");
    assert_int_equal(claim.kind, CLAIM_RETURN);
    assert_int_equal(claim.state, CLAIM_HERE);
    assert_int_equal(claim.expected.cents, 7600);
    assert_string_equal(claim.vendor_name, "Harbor Auto Parts");
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 1"), 2000);
    assert_int_equal(balance_of(t, ACCOUNT_VENDOR_CREDIT), 9000 + 7600);
    assert_books_agree(t);
    call(t, &claim_send_op, &claim, "{\"claim\":2,\"rma\":\"RMA-5\"}");
    assert_int_equal(claim.state, CLAIM_SENT);
    assert_string_equal(claim.rma, "RMA-5");
    refuse(t, &claim_send_op, ERR_CONFLICT, "was sent back on 24 Nov 2026", "{\"claim\":2}");
    call(t, &claim_credit_op, &claim, "{\"claim\":2,\"number\":\"CM-9\",\"amount\":\"76.00\"}");
    assert_int_equal(claim.state, CLAIM_CLOSED);
    assert_int_equal(ask_number(t, "SELECT total FROM bill WHERE number = 'CM-9'"), -7600);
    assert_int_equal(ask_number(t, "SELECT owes FROM vendor WHERE id = 1"), -7600);
    assert_books_agree(t);
    refuse(t, &claim_credit_op, ERR_CONFLICT, "This claim is closed",
           "{\"claim\":2,\"number\":\"CM-10\",\"amount\":\"1.00\"}");
}

static void a_short_credit_leaves_the_rest_open(void **state)
{
    struct shop_test *t = *state;
    struct claim claim;

    given_stock(t);
    refuse(t, &claim_credit_op, ERR_INVALID, "90.00 is open on this claim; 95.00 is more",
           "{\"claim\":1,\"number\":\"CM-1\",\"amount\":\"95.00\"}");
    assert_field(t, "amount");
    refuse(t, &claim_credit_op, ERR_INVALID, "Enter what Harbor Auto Parts credited",
           "{\"claim\":1,\"number\":\"CM-1\",\"amount\":\"0\"}");
    call(t, &claim_credit_op, &claim, "{\"claim\":1,\"number\":\"CM-1\",\"amount\":\"60.00\"}");
    assert_int_equal(claim.open.cents, 3000);
    assert_int_equal(claim.state, CLAIM_OWED);
    refuse(t, &claim_credit_op, ERR_INVALID, "is entered already",
           "{\"claim\":1,\"number\":\"cm-1\",\"amount\":\"30.00\"}");
    assert_field(t, "number");
    assert_int_equal(balance_of(t, ACCOUNT_VENDOR_CREDIT), 3000);
    call(t, &claim_write_off_op, &claim, "{\"claim\":1,\"reason\":\"Core was cracked\"}");
    assert_int_equal(claim.state, CLAIM_CLOSED);
    assert_int_equal(claim.written_off.cents, 3000);
    assert_int_equal(balance_of(t, ACCOUNT_STOCK_ADJUSTMENT), 3000);
    assert_books_agree(t);
}

static void a_core_is_sent_once_the_old_part_is_here(void **state)
{
    struct shop_test *t = *state;
    struct claim claim;

    given_stock(t);
    refuse(t, &claim_send_op, ERR_CONFLICT, "is not here yet", "{\"claim\":1}");
    call(t, &claim_core_here_op, &claim, "{\"claim\":1}");
    assert_int_equal(claim.state, CLAIM_HERE);
    refuse(t, &claim_core_here_op, ERR_CONFLICT, "here already", "{\"claim\":1}");
    call(t, &claim_send_op, NULL, "{\"claim\":1}");
}

static void more_than_is_there_or_pieces_of_a_whole_do_not_go_back(void **state)
{
    struct shop_test *t = *state;

    given_stock(t);
    refuse(t, &claim_return_op, ERR_INVALID, "4 of BP-1210 are on hand; 5 cannot go back.",
           "{\"part\":1,\"quantity\":\"5\",\"reason\":\"x\"}");
    assert_field(t, "quantity");
    refuse(t, &claim_return_op, ERR_INVALID, "sold whole",
           "{\"part\":1,\"quantity\":\"0.5\",\"reason\":\"x\"}");
    refuse(t, &claim_return_op, ERR_INVALID, "",
           "{\"part\":1,\"quantity\":\"-1\",\"reason\":\"x\"}");
    assert_field(t, "quantity");
    run_sql(t, "DELETE FROM part_vendor WHERE part = 1");
    refuse(t, &claim_return_op, ERR_INVALID, "Nobody is named who sells BP-1210",
           "{\"part\":1,\"quantity\":\"1\",\"reason\":\"x\"}");
    assert_field(t, "vendor");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM claim"), 1);
}

static void what_the_vendor_gives_less_than_the_shelf_says_is_a_correction(void **state)
{
    struct shop_test *t = *state;

    given_stock(t);
    call(t, &claim_return_op, NULL,
         "{\"part\":1,\"quantity\":\"1\",\"expected\":\"30.00\",\"reason\":\"Restocking fee\"}");
    assert_int_equal(balance_of(t, ACCOUNT_STOCK_ADJUSTMENT), 800);
    assert_int_equal(balance_of(t, ACCOUNT_VENDOR_CREDIT), 12000);
    assert_books_agree(t);
}

/* A starter with its core on the Accord, authorized and done. */
static struct order given_starter_job(struct shop_test *t)
{
    given_stock(t);
    struct order order = given_order(t);

    run_sql(t, "DELETE FROM tax");
    run_sql(t, "INSERT INTO tax (position, name, rate, classes) VALUES (1, 'State', 100000,"
               " 'part core')");
    order = change(t, &job_add_op, "{\"order\":%lld,\"title\":\"Starter\"}", (long long)order.id.v);
    order = change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"ST-9\",\"quantity\":\"1\"}",
                   job_id_of(&order, 1));
    return authorize(t, order.id.v);
}

static struct invoice given_invoice(struct shop_test *t, const struct order *order)
{
    struct invoice invoice;

    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(order, 1));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(order, 1));
    call(t, &invoice_post_op, &invoice, "{\"order\":%lld}", (long long)order->id.v);
    return invoice;
}

static void a_part_that_failed_on_a_job_is_claimed_and_points_at_it(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_starter_job(t);
    struct claim claim;

    refuse(t, &claim_return_op, ERR_INVALID, "BP-1210 was not used on this job",
           "{\"part\":1,\"quantity\":\"1\",\"job\":%lld,\"reason\":\"Failed\"}",
           job_id_of(&order, 1));
    assert_field(t, "job");
    given_invoice(t, &order);
    const int64_t cost = balance_of(t, ACCOUNT_PART_COST);
    call(t, &claim_return_op, &claim,
         "{\"part\":3,\"quantity\":\"1\",\"job\":%lld,\"reason\":\"Failed after a week\"}",
         job_id_of(&order, 1));
    assert_int_equal(claim.kind, CLAIM_WARRANTY);
    assert_int_equal(claim.expected.cents, 12000);
    assert_string_equal(claim.job_text,
                        arena_printf(&t->arena, "RO %lld, job 1: Starter", (long long)order.id.v));
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 3"), 1000);
    assert_int_equal(balance_of(t, ACCOUNT_PART_COST), cost - 12000);
    assert_books_agree(t);
}

static void a_core_brought_back_is_refunded_with_its_tax_as_credit(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_starter_job(t);
    struct customer_core core;
    struct payment_taken taken;

    const struct invoice invoice = given_invoice(t, &order);
    assert_int_equal(balance_of(t, ACCOUNT_CORE_DEPOSIT), -4500);
    call(t, &core_refund_op, &core, "{\"core\":1}");
    assert_int_equal(core.state, CORE_REFUNDED);
    assert_int_equal(core.charge.cents, 4500);
    assert_int_equal(core.tax.cents, 450);
    assert_int_equal(balance_of(t, ACCOUNT_CORE_DEPOSIT), 0);
    assert_int_equal(ask_number(t, "SELECT credit FROM customer"), 4950);
    assert_books_agree(t);
    refuse(t, &core_refund_op, ERR_CONFLICT, "This core is refunded already", "{\"core\":1}");
    call(t, &payment_take_op, &taken, "{\"invoice\":%lld,\"use_credit\":\"49.50\",\"tenders\":[]}",
         (long long)invoice.id.v);
    assert_int_equal(taken.paid.cents, 4950);
    assert_books_agree(t);
}

static void a_core_that_does_not_come_back_is_income(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_starter_job(t);
    struct page page;

    given_invoice(t, &order);
    call(t, &core_search_op, &page, "{}");
    assert_int_equal(page.rows.count, 1);
    const int64_t fees = balance_of(t, ACCOUNT_FEE_SALES);
    call(t, &core_forfeit_op, NULL, "{\"core\":1}");
    assert_int_equal(balance_of(t, ACCOUNT_FEE_SALES), fees - 4500);
    assert_int_equal(balance_of(t, ACCOUNT_CORE_DEPOSIT), 0);
    call(t, &core_search_op, &page, "{}");
    assert_int_equal(page.rows.count, 0);
    call(t, &core_search_op, &page, "{\"closed\":true}");
    assert_int_equal(page.rows.count, 1);
    assert_books_agree(t);
}

static void a_core_left_at_once_is_waived_and_the_vendors_claim_has_its_part(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_starter_job(t);
    const int64_t total = order.total.cents;

    refuse(t, &core_waive_op, ERR_INVALID, "is no core charge", "{\"line\":%lld}",
           line_id_of(&order, 1, 1));
    order = change(t, &core_waive_op, "{\"line\":%lld}", line_id_of(&order, 1, 2));
    assert_int_equal(order.total.cents, total - 4950);
    assert_false(job_of(&order, 1)->needs_authorization);
    assert_int_equal(claim_of(t, 1).state, CLAIM_OWED); /* the other starter's */
    assert_int_equal(claim_of(t, 1).expected.cents, 4500);
    assert_int_equal(claim_of(t, 2).state, CLAIM_HERE);
    assert_int_equal(claim_of(t, 2).expected.cents, 4500);
    order = change(t, &core_waive_op, "{\"line\":%lld,\"charge\":true}", line_id_of(&order, 1, 2));
    assert_int_equal(order.total.cents, total);
    order = change(t, &core_waive_op, "{\"line\":%lld}", line_id_of(&order, 1, 2));
    given_invoice(t, &order);
    assert_int_equal(balance_of(t, ACCOUNT_CORE_DEPOSIT), 0);
    assert_string_equal(ask_text(t, "SELECT state FROM customer_core"), "waived");
    assert_books_agree(t);
}

static void what_vendors_owe_is_sorted_by_age(void **state)
{
    struct shop_test *t = *state;
    struct claim_aging aging;
    struct page page;

    given_stock(t);
    call(t, &claim_return_op, NULL, "{\"part\":1,\"quantity\":\"1\",\"reason\":\"x\"}");
    run_sql(t, "UPDATE claim SET opened_on = '2026-09-01' WHERE id = 1");
    expect_ok(t, &claim_aging_op, NULL, &aging);
    assert_int_equal(aging.vendors.count, 1);
    const struct claim_aging_row *row = aging.vendors.at;
    assert_int_equal(row->claims, 2);
    assert_int_equal(row->days_61_90.cents, 9000);
    assert_int_equal(row->days_0_30.cents, 3800);
    assert_int_equal(aging.total.cents, balance_of(t, ACCOUNT_VENDOR_CREDIT));
    call(t, &claim_search_op, &page, "{}");
    assert_int_equal(((const struct claim_row *)page.rows.at)->age_days, 84);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_return_leaves_the_shelf_and_is_owed_until_it_is_credited),
        SHOP_TEST(a_short_credit_leaves_the_rest_open),
        SHOP_TEST(a_core_is_sent_once_the_old_part_is_here),
        SHOP_TEST(more_than_is_there_or_pieces_of_a_whole_do_not_go_back),
        SHOP_TEST(what_the_vendor_gives_less_than_the_shelf_says_is_a_correction),
        SHOP_TEST(a_part_that_failed_on_a_job_is_claimed_and_points_at_it),
        SHOP_TEST(a_core_brought_back_is_refunded_with_its_tax_as_credit),
        SHOP_TEST(a_core_that_does_not_come_back_is_income),
        SHOP_TEST(a_core_left_at_once_is_waived_and_the_vendors_claim_has_its_part),
        SHOP_TEST(what_vendors_owe_is_sorted_by_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
