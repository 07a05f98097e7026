/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "purchases.h"

#include "domain/bill.h"

/* What of purchase order 1 came: pads and starters with cores, 482.00 in all. */
#define RECEIVED 48200

static struct purchase given_received(struct shop_test *t)
{
    struct purchase page;

    given_sent(t);
    call(t, &purchase_receive_op, &page, "{\"purchase\":1,\"slip\":\"PS-100\"}");
    return page;
}

static struct bill given_bill(struct shop_test *t)
{
    struct bill bill;

    given_received(t);
    call(t, &bill_enter_op, &bill, "{\"purchase\":1,\"number\":\"4711\",\"total\":\"482.00\"}");
    return bill;
}

static int64_t owes(struct shop_test *t)
{
    return ask_number(t, "SELECT owes FROM vendor WHERE id = 1");
}

static void a_bill_that_fits_its_delivery_becomes_a_debt(void **state)
{
    struct shop_test *t = *state;
    const struct bill bill = given_bill(t);

    assert_string_equal(bill.vendor_name, "Harbor Auto Parts");
    assert_string_equal(bill.due_on.iso, "2026-12-04"); /* ten days of terms */
    assert_int_equal(bill.open.cents, RECEIVED);
    assert_int_equal(bill.receipts.count, 1);
    assert_int_equal(owes(t), RECEIVED);
    assert_int_equal(balance_of(t, ACCOUNT_PAYABLE), -RECEIVED);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVED_NOT_BILLED), 0);
    assert_int_equal(purchase_of(t, 1).state, PURCHASE_BILLED);
    assert_books_agree(t);
    refuse(t, &bill_enter_op, ERR_INVALID, "Nothing of purchase order 1 waits for a bill",
           "{\"purchase\":1,\"number\":\"4712\",\"total\":\"1.00\"}");
    assert_field(t, "purchase");
}

static void a_bill_that_does_not_fit_says_how_and_is_accepted_by_right_only(void **state)
{
    struct shop_test *t = *state;
    struct bill bill;

    given_received(t);
    refuse(t, &bill_enter_op, ERR_INVALID,
           "The bill says 490.00, what was received comes to 482.00: 8.00 more.",
           "{\"purchase\":1,\"number\":\"4711\",\"total\":\"490.00\"}");
    assert_field(t, "total");
    refuse(t, &bill_enter_op, ERR_INVALID, "Say why the difference of 8.00 is right.",
           "{\"purchase\":1,\"number\":\"4711\",\"total\":\"490.00\",\"accept\":true}");
    assert_field(t, "reason");
    sign_in_as(t, ROLE_ACCOUNTANT);
    refuse(t, &bill_enter_op, ERR_DENIED, "Ask a manager",
           "{\"purchase\":1,\"number\":\"4711\",\"total\":\"490.00\",\"accept\":true,"
           "\"reason\":\"Hazmat fee\"}");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM bill"), 0);
    sign_in_as(t, ROLE_MANAGER);
    call(t, &bill_enter_op, &bill,
         "{\"purchase\":1,\"number\":\"4711\",\"total\":\"490.00\",\"accept\":true,"
         "\"reason\":\"Hazmat fee\"}");
    assert_int_equal(bill.difference.cents, 800);
    assert_int_equal(balance_of(t, ACCOUNT_PURCHASE_DIFFERENCE), 800);
    assert_int_equal(balance_of(t, ACCOUNT_PAYABLE), -49000);
    assert_books_agree(t);
}

static void a_number_of_a_vendor_is_used_once(void **state)
{
    struct shop_test *t = *state;

    given_bill(t);
    refuse(t, &bill_enter_op, ERR_INVALID,
           "4711 of Harbor Auto Parts is entered already: 482.00, dated 24 Nov 2026.",
           "{\"vendor\":1,\"number\":\"4711\",\"total\":\"20.00\",\"account\":6310}");
    assert_field(t, "number");
    call(t, &bill_enter_op, NULL,
         "{\"vendor\":2,\"number\":\"4711\",\"total\":\"20.00\",\"account\":6310}");
    assert_books_agree(t);
}

static void one_delivery_is_billed_in_parts_and_never_twice(void **state)
{
    struct shop_test *t = *state;

    given_received(t);
    refuse(t, &bill_enter_op, ERR_INVALID, "482.00 are not billed yet; 500.00 is more",
           "{\"vendor\":1,\"number\":\"1\",\"total\":\"500.00\","
           "\"receipts\":[{\"receipt\":1,\"amount\":\"500.00\"}]}");
    assert_field(t, "receipts.1.amount");
    refuse(t, &bill_enter_op, ERR_INVALID, "is none of Coast Supply",
           "{\"vendor\":2,\"number\":\"1\",\"total\":\"482.00\",\"receipts\":[{\"receipt\":1}]}");
    refuse(t, &bill_enter_op, ERR_INVALID, "named twice",
           "{\"vendor\":1,\"number\":\"1\",\"total\":\"482.00\","
           "\"receipts\":[{\"receipt\":1},{\"receipt\":1}]}");
    call(t, &bill_enter_op, NULL,
         "{\"vendor\":1,\"number\":\"1\",\"total\":\"400.00\","
         "\"receipts\":[{\"receipt\":1,\"amount\":\"400.00\"}]}");
    assert_int_equal(purchase_of(t, 1).state, PURCHASE_RECEIVED);
    call(t, &bill_enter_op, NULL, "{\"purchase\":1,\"number\":\"2\",\"total\":\"82.00\"}");
    assert_int_equal(purchase_of(t, 1).state, PURCHASE_BILLED);
    assert_books_agree(t);
}

static void an_expense_names_its_account(void **state)
{
    struct shop_test *t = *state;
    struct bill bill;

    given_vendors(t);
    refuse(t, &bill_enter_op, ERR_INVALID, "Say what the bill is for",
           "{\"vendor\":2,\"number\":\"R1\",\"total\":\"1200.00\"}");
    assert_field(t, "account");
    refuse(t, &bill_enter_op, ERR_INVALID, "Account 1300 cannot be billed to",
           "{\"vendor\":2,\"number\":\"R1\",\"total\":\"1200.00\",\"account\":1300}");
    refuse(t, &bill_enter_op, ERR_INVALID, "Enter what the bill comes to",
           "{\"vendor\":2,\"number\":\"R1\",\"total\":\"0\",\"account\":6100}");
    refuse(t, &bill_enter_op, ERR_INVALID, "dated in the future",
           "{\"vendor\":2,\"number\":\"R1\",\"total\":\"1.00\",\"account\":6100,"
           "\"billed_on\":\"2026-12-24\"}");
    refuse(t, &bill_enter_op, ERR_INVALID, "due before it was written",
           "{\"vendor\":2,\"number\":\"R1\",\"total\":\"1.00\",\"account\":6100,"
           "\"billed_on\":\"2026-11-20\",\"due_on\":\"2026-11-19\"}");
    call(t, &bill_enter_op, &bill,
         "{\"vendor\":2,\"number\":\"R1\",\"total\":\"1200.00\",\"account\":6100}");
    assert_int_equal(ask_number(t, "SELECT amount FROM entry_line WHERE account = 6100"), 120000);
    assert_books_agree(t);
}

static void a_check_pays_a_bill_and_closes_its_order(void **state)
{
    struct shop_test *t = *state;
    struct vendor_payment payment;

    given_bill(t);
    call(t, &bill_pay_op, &payment, "{\"vendor\":1,\"bills\":[{\"bill\":1}]}");
    assert_int_equal(payment.method, VENDOR_PAYMENT_CHECK);
    assert_int_equal(payment.check_number, 1001);
    assert_int_equal(payment.amount.cents, RECEIVED);
    assert_string_equal(payment.amount_words, "Four hundred eighty-two and 00/100");
    assert_string_equal(payment.address, "7 Quay St\nSan Diego, CA 92101");
    assert_int_equal(owes(t), 0);
    assert_int_equal(balance_of(t, ACCOUNT_BANK), -RECEIVED);
    assert_int_equal(purchase_of(t, 1).state, PURCHASE_CLOSED);
    assert_books_agree(t);
}

static void part_of_a_bill_is_paid_and_more_than_is_open_refused(void **state)
{
    struct shop_test *t = *state;
    struct vendor_payment payment;

    given_bill(t);
    refuse(t, &bill_pay_op, ERR_INVALID, "Of bill 4711 only 482.00 is open; 500.00 is more.",
           "{\"vendor\":1,\"bills\":[{\"bill\":1,\"amount\":\"500.00\"}]}");
    assert_field(t, "bills.1.amount");
    refuse(t, &bill_pay_op, ERR_INVALID, "give an amount above 0",
           "{\"vendor\":1,\"bills\":[{\"bill\":1,\"amount\":\"-5.00\"}]}");
    refuse(t, &bill_pay_op, ERR_INVALID, "named twice",
           "{\"vendor\":1,\"bills\":[{\"bill\":1},{\"bill\":1}]}");
    refuse(t, &bill_pay_op, ERR_INVALID, "Pay each vendor by itself",
           "{\"vendor\":2,\"bills\":[{\"bill\":1}]}");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM vendor_payment"), 0);
    call(t, &bill_pay_op, &payment,
         "{\"vendor\":1,\"bills\":[{\"bill\":1,\"amount\":\"82.00\"}],\"method\":\"ach\"}");
    assert_int_equal(payment.check_number, 0);
    assert_int_equal(owes(t), 40000);
    assert_int_equal(purchase_of(t, 1).state, PURCHASE_BILLED);
    call(t, &bill_pay_op, &payment, "{\"vendor\":1,\"bills\":[{\"bill\":1}],\"method\":\"card\"}");
    assert_int_equal(payment.amount.cents, 40000);
    assert_int_equal(balance_of(t, ACCOUNT_CARD_PAYABLE), -40000);
    refuse(t, &bill_pay_op, ERR_INVALID, "Bill 4711 is paid already",
           "{\"vendor\":1,\"bills\":[{\"bill\":1}]}");
    assert_books_agree(t);
}

static void a_check_number_is_written_once(void **state)
{
    struct shop_test *t = *state;
    struct vendor_payment payment;

    given_bill(t);
    call(t, &bill_pay_op, NULL,
         "{\"vendor\":1,\"bills\":[{\"bill\":1,\"amount\":\"10.00\"}],\"check_number\":2040}");
    refuse(t, &bill_pay_op, ERR_INVALID, "Check 2040 was written already",
           "{\"vendor\":1,\"bills\":[{\"bill\":1,\"amount\":\"10.00\"}],\"check_number\":2040}");
    assert_field(t, "check_number");
    refuse(t, &bill_pay_op, ERR_INVALID, "Only a check has a number",
           "{\"vendor\":1,\"bills\":[{\"bill\":1}],\"method\":\"cash\",\"check_number\":9}");
    call(t, &bill_pay_op, &payment, "{\"vendor\":1,\"bills\":[{\"bill\":1}]}");
    assert_int_equal(payment.check_number, 2041);
}

static void what_is_due_is_paid_less_credits(void **state)
{
    struct shop_test *t = *state;
    struct vendor_payment payment;

    given_bill(t);
    refuse(t, &bill_pay_op, ERR_CONFLICT, "Nothing is due to Harbor Auto Parts by 24 Nov 2026",
           "{\"vendor\":1}");
    call(t, &bill_enter_op, NULL,
         "{\"vendor\":1,\"number\":\"CM-1\",\"total\":\"-32.00\",\"account\":5060}");
    assert_int_equal(owes(t), RECEIVED - 3200);
    refuse(t, &bill_pay_op, ERR_INVALID, "The credits are more than the bills",
           "{\"vendor\":1,\"bills\":[{\"bill\":2}]}");
    call(t, &bill_pay_op, &payment, "{\"vendor\":1,\"through_on\":\"2026-12-31\"}");
    assert_int_equal(payment.amount.cents, RECEIVED - 3200);
    assert_int_equal(payment.bills.count, 2);
    assert_int_equal(owes(t), 0);
    assert_books_agree(t);
}

static void credits_alone_settle_a_bill_without_a_check(void **state)
{
    struct shop_test *t = *state;
    struct vendor_payment payment;

    given_vendors(t);
    call(t, &bill_enter_op, NULL,
         "{\"vendor\":2,\"number\":\"A\",\"total\":\"30.00\",\"account\":6310}");
    call(t, &bill_enter_op, NULL,
         "{\"vendor\":2,\"number\":\"B\",\"total\":\"-50.00\",\"account\":6310}");
    call(t, &bill_pay_op, &payment,
         "{\"vendor\":2,\"bills\":[{\"bill\":1},{\"bill\":2,\"amount\":\"-30.00\"}]}");
    assert_int_equal(payment.amount.cents, 0);
    assert_int_equal(payment.check_number, 0);
    assert_int_equal(ask_number(t, "SELECT owes FROM vendor WHERE id = 2"), -2000);
    assert_books_agree(t);
}

static void a_payment_taken_back_opens_its_bills_again(void **state)
{
    struct shop_test *t = *state;
    struct vendor_payment payment;

    given_bill(t);
    call(t, &bill_pay_op, NULL, "{\"vendor\":1,\"bills\":[{\"bill\":1}]}");
    call(t, &bill_void_payment_op, &payment, "{\"payment\":1,\"reason\":\"Lost in the mail\"}");
    assert_string_equal(payment.void_reason, "Lost in the mail");
    assert_int_equal(owes(t), RECEIVED);
    assert_int_equal(balance_of(t, ACCOUNT_BANK), 0);
    assert_int_equal(purchase_of(t, 1).state, PURCHASE_BILLED);
    assert_books_agree(t);
    refuse(t, &bill_void_payment_op, ERR_CONFLICT, "void already: Lost in the mail",
           "{\"payment\":1,\"reason\":\"Again\"}");
    call(t, &bill_pay_op, &payment, "{\"vendor\":1,\"bills\":[{\"bill\":1}]}");
    assert_int_equal(payment.check_number, 1002);
    assert_books_agree(t);
}

static void a_bill_taken_back_frees_its_number_and_its_deliveries(void **state)
{
    struct shop_test *t = *state;
    struct bill bill;

    given_bill(t);
    call(t, &bill_pay_op, NULL, "{\"vendor\":1,\"bills\":[{\"bill\":1,\"amount\":\"100.00\"}]}");
    refuse(t, &bill_void_op, ERR_CONFLICT,
           "100.00 of bill 4711 is paid. Take the payment back first, then the bill.",
           "{\"bill\":1,\"reason\":\"Wrong\"}");
    call(t, &bill_void_payment_op, NULL, "{\"payment\":1,\"reason\":\"Wrong bill\"}");
    refuse(t, &bill_void_op, ERR_INVALID, "", "{\"bill\":1}");
    assert_field(t, "reason");
    call(t, &bill_void_op, &bill, "{\"bill\":1,\"reason\":\"Wrong total\"}");
    assert_string_equal(bill.void_reason, "Wrong total");
    assert_int_equal(bill.open.cents, 0);
    assert_int_equal(owes(t), 0);
    assert_int_equal(balance_of(t, ACCOUNT_PAYABLE), 0);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVED_NOT_BILLED), -RECEIVED);
    assert_int_equal(purchase_of(t, 1).state, PURCHASE_RECEIVED);
    assert_books_agree(t);
    refuse(t, &bill_void_op, ERR_CONFLICT, "void already: Wrong total",
           "{\"bill\":1,\"reason\":\"Again\"}");
    call(t, &bill_enter_op, &bill, "{\"purchase\":1,\"number\":\"4711\",\"total\":\"482.00\"}");
    assert_int_equal(bill.id.v, 2);
    assert_int_equal(purchase_of(t, 1).state, PURCHASE_BILLED);
    assert_books_agree(t);
    sign_in_as(t, ROLE_TECHNICIAN);
    refuse(t, &bill_void_op, ERR_DENIED, "", "{\"bill\":2,\"reason\":\"x\"}");
}

static void debts_are_sorted_by_how_long_they_are_overdue(void **state)
{
    struct shop_test *t = *state;
    static const char *const due[] = {"2026-11-24", "2026-11-23", "2026-10-25", "2026-10-24",
                                      "2026-09-24", "2026-08-26", "2026-08-25"};
    struct bill_aging aging;

    given_vendors(t);
    for (size_t i = 0; i < COUNT_OF(due); i++)
        call(t, &bill_enter_op, NULL,
             "{\"vendor\":1,\"number\":\"%zu\",\"total\":\"1%zu.00\",\"account\":6310,"
             "\"billed_on\":\"2026-08-01\",\"due_on\":\"%s\"}",
             i, i, due[i]);
    call(t, &bill_enter_op, NULL,
         "{\"vendor\":2,\"number\":\"C\",\"total\":\"-5.00\",\"account\":6310}");
    expect_ok(t, &bill_aging_op, NULL, &aging);
    assert_int_equal(aging.vendors.count, 2);
    assert_int_equal(aging.current.cents, 1000);
    assert_int_equal(aging.days_1_30.cents, 1100 + 1200);
    assert_int_equal(aging.days_31_60.cents, 1300);
    assert_int_equal(aging.days_61_90.cents, 1400 + 1500);
    assert_int_equal(aging.days_over_90.cents, 1600);
    assert_int_equal(aging.credits.cents, -500);
    assert_int_equal(aging.total.cents, 9100 - 500);
    assert_int_equal(-balance_of(t, ACCOUNT_PAYABLE), aging.total.cents);
}

static void bills_are_found_and_deliveries_without_one_listed(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    given_received(t);
    call(t, &bill_expected_op, &page, "{}");
    assert_int_equal(page.rows.count, 1);
    assert_int_equal(((const struct bill_expected_row *)page.rows.at)->open.cents, RECEIVED);
    call(t, &bill_enter_op, NULL, "{\"purchase\":1,\"number\":\"INV-88\",\"total\":\"482.00\"}");
    call(t, &bill_expected_op, &page, "{}");
    assert_int_equal(page.rows.count, 0);
    call(t, &bill_search_op, &page, "{\"search\":\"inv-88\"}");
    assert_int_equal(page.rows.count, 1);
    call(t, &bill_search_op, &page, "{\"search\":\"harbor\",\"open\":true}");
    assert_int_equal(page.rows.count, 1);
    assert_false(((const struct bill_row *)page.rows.at)->overdue);
}

static void a_technician_sees_no_bills_and_an_accountant_pays_them(void **state)
{
    struct shop_test *t = *state;

    given_bill(t);
    sign_in_as(t, ROLE_TECHNICIAN);
    refuse(t, &bill_show_op, ERR_DENIED, "", "{\"bill\":1}");
    sign_in_as(t, ROLE_ACCOUNTANT);
    call(t, &bill_pay_op, NULL, "{\"vendor\":1,\"bills\":[{\"bill\":1}]}");
}

static void the_proof_finds_a_vendor_who_is_owed_something_else(void **state)
{
    struct shop_test *t = *state;

    given_bill(t);
    run_sql(t, "UPDATE vendor SET owes = owes + 1 WHERE id = 1");
    assert_books_disagree(t, "Vendor 1: is owed 482.01, the open bills say 482.00");
    run_sql(t, "UPDATE vendor SET owes = owes - 1 WHERE id = 1");
    run_sql(t, "UPDATE receipt SET billed = billed - 1");
    assert_books_disagree(t, "Delivery 1: is billed 481.99, its bills say 482.00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_bill_that_fits_its_delivery_becomes_a_debt),
        SHOP_TEST(a_bill_that_does_not_fit_says_how_and_is_accepted_by_right_only),
        SHOP_TEST(a_number_of_a_vendor_is_used_once),
        SHOP_TEST(one_delivery_is_billed_in_parts_and_never_twice),
        SHOP_TEST(an_expense_names_its_account),
        SHOP_TEST(a_check_pays_a_bill_and_closes_its_order),
        SHOP_TEST(part_of_a_bill_is_paid_and_more_than_is_open_refused),
        SHOP_TEST(a_check_number_is_written_once),
        SHOP_TEST(what_is_due_is_paid_less_credits),
        SHOP_TEST(credits_alone_settle_a_bill_without_a_check),
        SHOP_TEST(a_payment_taken_back_opens_its_bills_again),
        SHOP_TEST(a_bill_taken_back_frees_its_number_and_its_deliveries),
        SHOP_TEST(debts_are_sorted_by_how_long_they_are_overdue),
        SHOP_TEST(bills_are_found_and_deliveries_without_one_listed),
        SHOP_TEST(a_technician_sees_no_bills_and_an_accountant_pays_them),
        SHOP_TEST(the_proof_finds_a_vendor_who_is_owed_something_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
