/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is refused where money is taken, moved and given back, as the screens say it. The invoice
 * comes to 669.19. */

#include "refusals.h"

#include "domain/gift.h"
#include "domain/invoice.h"
#include "domain/payment.h"

#define LEAST "Amount must be at least 0.01."
#define CARD  "Card numbers are not kept: write only the last four digits."

static void open_invoice(struct desk_test *t)
{
    open_counter(t, 24, 80);
    invoice_page_open(t->desk, (struct invoice_id){given_invoice(t)});
    keys(t, "");
}

static void open_customer(struct desk_test *t)
{
    open_counter(t, 24, 80);
    desk_open_op(t->desk, op_find("customer.show"), &(struct subject){.noun = "customer", .id = 1});
    keys(t, "");
}

/* A deposit of 50.00 in cash, in the list of payments. */
static void open_deposit(struct desk_test *t)
{
    open_counter(t, 24, 80);
    DONE(t, "payment.deposit", "{\"customer\": 1, \"method\": \"cash\", \"amount\": \"50\"}");
    desk_open_op(t->desk, &payment_search_op, NULL);
    keys(t, "");
}

/* ---- nothing, and less than nothing ---- */

static void nobody_pays_nothing(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    refused(&t, "<F7>c0<F2>", NULL, "Nothing was handed over. Add a tender.");
    refused(&t, "<Ctrl-U>-5<F2>", NULL,
            "Nothing below 0 can be taken. Money back is “payment refund” in F9.");
    desk_test_close(&t);

    open_customer(&t);
    refused(&t, "D<Tab>0<F2>", "Amount *", LEAST);
    refused(&t, "<Ctrl-U>-5<F2>", "Amount *", LEAST);
    desk_test_close(&t);
}

static void nobody_pays_several_invoices_with_nothing(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    desk_open_op(t.desk, op_find("payment.bulk"), &(struct subject){.noun = "customer", .id = 1});
    keys(&t, "");
    refused(&t, "<F2>", NULL, "Nothing is chosen: Space chooses an invoice, o the oldest first.");
    refused(&t, "-5<Enter>", NULL, "Write an amount like 300 or 267.87.");
    refused(&t, "<Ctrl-U>669.20<Enter>", NULL, "Only 669.19 is due on it.");
    desk_test_close(&t);
}

static void a_certificate_is_of_more_than_nothing(void **state)
{
    (void)state;
    struct desk_test t;

    open_customer(&t);
    refused(&t, "g0<F2>", "Amount *", LEAST);
    refused(&t, "<Ctrl-U>-20<F2>", "Amount *", LEAST);
    keys(&t, "<Esc>t");
    refused(&t, "S0<Tab>Sorry<F2>", "Amount *", LEAST);
    refused(&t, "<Ctrl-U>-20<F2>", "Amount *", LEAST);
    desk_test_close(&t);
}

static void a_limit_is_not_below_nothing(void **state)
{
    (void)state;
    struct desk_test t;

    open_customer(&t);
    refused(&t, "L-5<F2>", "Credit limit", "Credit limit cannot be negative.");
    desk_test_close(&t);
}

static void the_drawer_gives_what_lies_in_it(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    keys(&t, "<F9>cash drawer<Enter>");
    refused(&t, "o-5<F2>", "Float *", "Float cannot be negative.");
    keys(&t, "<Ctrl-U>100<F2>");
    refused(&t, "d0<F2>", "Amount *", LEAST);
    refused(&t, "<Ctrl-U>-1<F2>", "Amount *", LEAST);
    refused(&t, "<Ctrl-U>100.01<F2>", "Amount *",
            "100.00 should lie in the drawer. Take that much at most; if there is more, count it "
            "first.");
    keys(&t, "<Esc>t");
    refused(&t, "p0<Enter>Towels<F2>", "Amount *", LEAST);
    refused(&t, "<Ctrl-U>-1<F2>", "Amount *", LEAST);
    refused(&t, "<Ctrl-U>100.01<F2>", "Amount *",
            "100.00 should lie in the drawer. Take that much at most; if there is more, count it "
            "first.");
    desk_test_close(&t);
}

/* ---- more than there is ---- */

static void no_more_is_paid_back_than_is_left(void **state)
{
    (void)state;
    struct desk_test t;

    open_deposit(&t);
    refused(&t, "r<Tab><Tab><Tab>Sorry<Up><Up><Up><Ctrl-U>50.01<F2>y", "Amount *",
            "Only 50.00 is left of payment 1. Refund that much at most.");
    refused(&t, "<Ctrl-U>0<F2>", "Amount *", LEAST);
    refused(&t, "<Ctrl-U>-3<F2>", "Amount *", LEAST);
    desk_test_close(&t);
}

static void what_is_on_an_invoice_is_not_paid_back(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    DONE(&t, "payment.take",
         "{\"invoice\": 20001, \"tenders\": [{\"method\": \"ach\", \"amount\": \"700\"}]}");
    desk_open_op(t.desk, &payment_search_op, NULL);
    refused(&t, "r<Tab><Tab><Tab>Sorry<Up><Up><Up><Ctrl-U>100<F2>y", "Amount *",
            "Only 30.81 is left of payment 1; 669.19 of it is on invoices. Take it off its invoice "
            "first, or refund less.");
    desk_test_close(&t);
}

static void no_more_is_applied_than_is_left_or_due(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    DONE(&t, "payment.deposit", "{\"customer\": 1, \"method\": \"cash\", \"amount\": \"50\"}");
    desk_open_op(t.desk, &payment_search_op, NULL);
    keys(&t, "a20001<Enter>");
    refused(&t, "<Ctrl-U>50.01<F2>", "Amount",
            "Only 50.00 is left of the payment. Apply that much at most.");
    desk_test_close(&t);
}

static void no_more_is_written_off_than_is_due(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    refused(&t, "wGone<Up><Ctrl-U>669.20<F2>y", "Amount *",
            "Only 669.19 is due. Write off that much at most.");
    refused(&t, "<Ctrl-U>-1<F2>", "Amount *", LEAST);
    desk_test_close(&t);
}

static void a_certificate_gives_what_is_on_it(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    DONE(&t, "gift.give", "{\"customer\": 1, \"amount\": \"20\", \"reason\": \"Sorry\"}");
    const char *number = ask_text(t.shop, "SELECT number FROM gift_certificate");
    refused(
        &t, arena_printf(&t.shop->arena, "<F7>g30<Enter>%s<F2>t", number), NULL,
        arena_printf(&t.shop->arena,
                     "Only 20.00 is left on certificate %.4s-%.4s-%.4s. Take that much at most.",
                     number, number + 4, number + 8));
    desk_test_close(&t);
}

/* ---- what another terminal did meanwhile ---- */

static void nobody_pays_an_invoice_that_was_taken_back(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    keys(&t, "<F7>c");
    DONE(&t, "invoice.unpost", "{\"invoice\": 20001, \"reason\": \"Wrong car\"}");
    refused(&t, "<F2>", NULL, "Invoice 20001 is void: nothing is due on it.");
    keys(&t, "<Esc>t<Esc>");
    invoice_page_open(t.desk, (struct invoice_id){20001});
    keys(&t, "");
    refused(&t, "<F7>", NULL, "Invoice 20001 is void: nothing is due on it.");
    keys(&t, "<Down>");
    refused(&t, "w", NULL, "Invoice 20001 is void: nothing is due on it.");
    desk_open_op(t.desk, &invoice_search_op, NULL);
    keys(&t, "ff");
    refused(&t, "<F7>", NULL, "Invoice 20001 is void: nothing is due on it.");
    desk_test_close(&t);
}

static void the_last_cent_is_taken_once(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    keys(&t, "<F7>d669.19<Enter>VISA<Enter>4242");
    DONE(&t, "payment.take",
         "{\"invoice\": 20001, \"tenders\": [{\"method\": \"cash\", \"amount\": \"669.19\"}]}");
    refused(&t, "<F2>", NULL,
            "Invoice 20001 is already paid in full. Take other money as a deposit.");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM payment"), 1);
    desk_test_close(&t);
}

/* What is left after the other's part is less than this certificate was to pay. */
static void a_certificate_is_not_taken_beyond_what_another_terminal_left(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    DONE(&t, "gift.give", "{\"customer\": 1, \"amount\": \"100\", \"reason\": \"Sorry\"}");
    keys(&t, arena_printf(&t.shop->arena, "<F7>g100<Enter>%s",
                          ask_text(t.shop, "SELECT number FROM gift_certificate")));
    DONE(&t, "payment.take",
         "{\"invoice\": 20001, \"tenders\": [{\"method\": \"cash\", \"amount\": \"600\"}]}");
    refused(&t, "<F2>t", NULL, "Only 69.19 is left to pay. Take that much of the certificate.");
    desk_test_close(&t);
}

/* ---- numbers of cards ---- */

static void the_number_of_a_card_is_kept_nowhere(void **state)
{
    (void)state;
    struct desk_test t;

    open_invoice(&t);
    refused(&t, "<F7>o<Enter>4242 4242 4242 4242<F2>", NULL, CARD);
    desk_test_close(&t);

    open_customer(&t);
    refused(&t, "c4242-4242-4242-4242<F2>", NULL, CARD);
    keys(&t, "<Esc>t");
    refused(&t, "D<Tab>50<Tab><Tab><Tab><Tab><Tab>5555555555554444<F2>", NULL, CARD);
    desk_test_close(&t);

    open_counter(&t, 24, 80);
    open_order(&t, given_order(&t));
    refused(&t, "jcard 378282246310005<Enter>", NULL, CARD);
    desk_test_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_pays_nothing),
        cmocka_unit_test(nobody_pays_several_invoices_with_nothing),
        cmocka_unit_test(a_certificate_is_of_more_than_nothing),
        cmocka_unit_test(a_limit_is_not_below_nothing),
        cmocka_unit_test(the_drawer_gives_what_lies_in_it),
        cmocka_unit_test(no_more_is_paid_back_than_is_left),
        cmocka_unit_test(what_is_on_an_invoice_is_not_paid_back),
        cmocka_unit_test(no_more_is_applied_than_is_left_or_due),
        cmocka_unit_test(no_more_is_written_off_than_is_due),
        cmocka_unit_test(a_certificate_gives_what_is_on_it),
        cmocka_unit_test(nobody_pays_an_invoice_that_was_taken_back),
        cmocka_unit_test(the_last_cent_is_taken_once),
        cmocka_unit_test(a_certificate_is_not_taken_beyond_what_another_terminal_left),
        cmocka_unit_test(the_number_of_a_card_is_kept_nowhere),
    };

    return cmocka_run_group_tests_name("refusals_payment", tests, NULL, NULL);
}
