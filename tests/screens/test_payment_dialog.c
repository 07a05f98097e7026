/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Taking money by keys, and the invoice it is for. */

#include "domain/invoice.h"
#include "orders.h"

static void open_payment(struct desk_test *t, int64_t invoice)
{
    invoice_page_open(t->desk, (struct invoice_id){invoice});
    keys(t, "<F7>");
}

static void several_tenders_are_taken_in_one_call(void **state)
{
    struct desk_test *t = *state;

    const int64_t invoice = given_invoice(t);
    DONE(t, "payment.deposit", "{\"customer\": 1, \"method\": \"cash\", \"amount\": \"25.00\"}");
    open_payment(t, invoice);
    assert_both_pictures(t, "payment_credit");

    keys(t, "d400<Enter>VISA<Enter>4242<Enter>019381");
    keys(t, "+c300");
    assert_both_pictures(t, "payment_tenders");
    keys(t, "<F2>");
    assert_shows(t, "Hand back 55.81.");
    assert_both_pictures(t, "payment_change");

    assert_int_equal(ask_number(t->shop, "SELECT total - paid FROM invoice"), 0);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM audit WHERE op = 'payment.take'"),
                     1);
    assert_string_equal(ask_text(t->shop, "SELECT card_last4 FROM payment WHERE method = 'card'"),
                        "4242");
    assert_int_equal(ask_number(t->shop, "SELECT max(change) FROM payment"), 5581);
    assert_int_equal(ask_number(t->shop, "SELECT credit FROM customer WHERE id = 1"), 0);
    keys(t, "<Enter>");
    assert_both_pictures(t, "invoice_paid");
}

/* A certificate says its number in groups of four. */
static void the_number_of_a_certificate_is_typed_as_it_is_printed(void **state)
{
    struct desk_test *t = *state;

    const int64_t invoice = given_invoice(t);
    DONE(t, "gift.give", "{\"customer\": 1, \"amount\": \"700\", \"reason\": \"Sorry\"}");
    const char *number = ask_text(t->shop, "SELECT number FROM gift_certificate");
    open_payment(t, invoice);
    keys(t, arena_printf(&t->shop->arena, "g<Enter>%.4s-%.4s-%.4s<F2>", number, number + 4,
                         number + 8));
    assert_shows(t, "is paid.");
    assert_int_equal(ask_number(t->shop, "SELECT total - paid FROM invoice"), 0);
}

static void nothing_is_taken_before_it_is_said_how(void **state)
{
    struct desk_test *t = *state;

    open_payment(t, given_invoice(t));
    keys(t, "<F2>");
    assert_shows(t, "Say how it is paid: c cash, k check, d card, b bank, g gift, o other.");
    keys(t, "d<F2>");
    assert_shows(t, "Enter the last four digits of the card.");
    keys(t, "42421111<F2>");
    assert_shows(t, "can be at most 4 characters long");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment"), 0);
    keys(t, "<Ctrl-U>4242<F2>");
    assert_shows(t, "is paid.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment"), 1);
    assert_string_equal(ask_text(t->shop, "SELECT card_last4 FROM payment"), "4242");
}

static void the_whole_number_of_a_card_is_never_kept(void **state)
{
    struct desk_test *t = *state;

    open_payment(t, given_invoice(t));
    keys(t, "o<Enter>4242424242424242<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment"), 0);
    assert_shows(t, "Take payment");
}

static void more_than_the_due_is_taken_only_when_meant(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    open_payment(&t, given_invoice(&t));
    keys(&t, "k700<Enter>881<F2>");
    assert_shows(&t, "30.81 of it is not due: it becomes the customer's credit.");
    keys(&t, "<Enter>");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM payment"), 0);
    keys(&t, "<F2>t");
    assert_shows(&t, "is paid.");
    assert_int_equal(ask_number(t.shop, "SELECT credit FROM customer WHERE id = 1"), 3081);
    desk_test_close(&t);
}

static void a_part_of_the_due_is_taken_only_when_meant(void **state)
{
    struct desk_test *t = *state;

    open_payment(t, given_invoice(t));
    keys(t, "c100<F2>");
    assert_shows(t, "569.19 stays unpaid on the invoice.");
    keys(t, "<Enter>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment"), 0);
    keys(t, "<F2>t");
    assert_shows(t, "569.19 is still due on invoice 20001.");
    assert_int_equal(ask_number(t->shop, "SELECT paid FROM invoice"), 10000);
}

static void what_another_terminal_takes_is_seen_at_once(void **state)
{
    struct desk_test *t = *state;

    open_payment(t, given_invoice(t));
    keys(t, "d");
    DONE(t, "payment.take",
         "{\"invoice\": 20001, \"tenders\": [{\"method\": \"cash\", \"amount\": \"600\"}]}");
    keys(t, "<F5>");
    assert_shows(t, "Due 69.19");
    assert_shows(t, "This invoice was changed meanwhile: 69.19 is due now.");

    DONE(t, "payment.take",
         "{\"invoice\": 20001, \"tenders\": [{\"method\": \"cash\", \"amount\": \"69.19\"}]}");
    keys(t, "<F5><F2>");
    assert_shows(t, "Due 0.00");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment"), 2);
    keys(t, "<Esc>");
    assert_shows_not(t, "Nothing was taken yet");
    assert_shows_not(t, "Take payment");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 0);
}

/* Wherever it is begun: what is left stands there, and the question says how much and of what. */
static void a_refund_is_asked_with_its_amount_and_payment(void **state)
{
    struct desk_test *t = *state;

    given_invoice(t);
    DONE(t, "payment.deposit", "{\"customer\": 1, \"method\": \"cash\", \"amount\": \"25.00\"}");
    desk_open_op(t->desk, op_find("payment.refund"), &(struct subject){.noun = "payment", .id = 1});
    keys(t, "");
    assert_shows(t, "25.00");
    keys(t, "<Down><Down><Down>Changed his mind<F2>");
    assert_shows(t, "Payment: 1 · Delgado, Maria");
    assert_shows(t, "Amount: 25.00");
    assert_int_equal(ask_number(t->shop, "SELECT credit FROM customer WHERE id = 1"), 2500);
    keys(t, "y");
    assert_int_equal(ask_number(t->shop, "SELECT credit FROM customer WHERE id = 1"), 0);
}

/* "As it came" says nothing of a payment that came neither in cash nor by check, card or transfer.
 */
static void a_refund_offers_a_way_that_is_taken(void **state)
{
    struct desk_test *t = *state;

    given_invoice(t);
    DONE(t, "payment.deposit",
         "{\"customer\": 1, \"method\": \"other\", \"amount\": \"25.00\", \"note\": "
         "\"Voucher 7\"}");
    desk_open_op(t->desk, op_find("payment.refund"), &(struct subject){.noun = "payment", .id = 1});
    keys(t, "");
    assert_shows_not(t, "as it came");
    keys(t, "<Down><Down><Down>Changed his mind<F2>y");
    assert_int_equal(ask_number(t->shop, "SELECT credit FROM customer WHERE id = 1"), 0);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment_return WHERE method = "
                                         "'other'"),
                     1);
}

static void the_receipt_is_offered_where_no_key_prints_it(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 24, 80);
    given_invoice(&t);
    keys(&t, "0142<Enter><F7>c700<F2>");
    assert_shows(&t, "Hand back 30.81.");
    keys(&t, "<Enter>");
    assert_shows(&t, "Print · invoice 20001");
    keys(&t, "<Enter>");
    assert_shows(&t, "Receipt");
    keys(&t, "<Esc><Esc>");
    assert_shows(&t, "Find");
    desk_test_close(&t);
}

static void a_wrong_amount_is_shown_where_it_is(void **state)
{
    struct desk_test *t = *state;

    open_payment(t, given_invoice(t));
    keys(t, "c12x4<F2>");
    assert_shows(t, "Write an amount like 12.50.");
    keys(t, "<Ctrl-U>669.19<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT paid FROM invoice"), 66919);
}

/* What stands in the amount as typed is refused where it stands; nothing is read as another. */
static void what_is_no_amount_is_refused_at_its_field(void **state)
{
    static const struct {
        const char *typed, *sentence;
    } bad[] = {
        {"-5", "Nothing below 0 can be taken."},
        {"c-5", "Nothing below 0 can be taken."},
        {"c-.01", "Nothing below 0 can be taken."},
        {"c$-5", "Nothing below 0 can be taken."},
        {"ctwelve", "Write an amount like 12.50."},
        {"c1.2.3", "Write an amount like 12.50."},
        {"c1,50", "Write an amount like 12.50."},
        {"c-", "Write an amount like 12.50."},
        {".", "Write an amount like 12.50."},
        {"c1.999", "An amount has at most two decimals"},
        {"c1234567890123", "The largest amount is 9,999,999,999.99."},
        {"c\xef\xbc\x95", "Write an amount like 12.50."},
        {"\xef\xbc\x95", "Write an amount like 12.50."},
    };
    struct desk_test *t = *state;

    const int64_t invoice = given_invoice(t);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        open_payment(t, invoice);
        keys(t, bad[i].typed);
        keys(t, "<Enter>");
        assert_shows(t, bad[i].sentence);
        keys(t, "<F2>");
        assert_shows(t, bad[i].sentence);
        assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment"), 0);
        keys(t, "<Esc>t<Esc>");
    }
    open_payment(t, invoice);
    keys(t, "c 1,000.00 <F2>"); /* grouped, with blanks around: 1000, and the change of it */
    assert_shows(t, "Hand back 330.81.");
}

static void a_dropped_tender_takes_nothing(void **state)
{
    struct desk_test *t = *state;

    open_payment(t, given_invoice(t));
    keys(t, "k600<Enter>1042<Ctrl-N>c<Ctrl-D>");
    assert_shows(t, "Left 69.19");
    keys(t, "<Esc>");
    assert_shows(t, "Nothing was taken yet");
    keys(t, "<Enter><Esc>t");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 0);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment"), 0);
    assert_shows(t, "Balance      669.19");
}

static void the_list_of_invoices_leads_to_the_page_and_to_the_money(void **state)
{
    struct desk_test *t = *state;

    given_invoice(t);
    desk_open_op(t->desk, &invoice_search_op, NULL);
    keys(t, "");
    assert_both_pictures(t, "invoices");
    keys(t, "<Enter>");
    assert_shows(t, "Invoice 20001 ○ unpaid");
    keys(t, "<Esc><F7>");
    assert_shows(t, "Take payment");
    keys(t, "c<F2>");
    assert_shows(t, "No invoices here.");
}

static void tenders_being_typed_outlive_the_terminal(void **state)
{
    struct desk_test *t = *state;

    open_payment(t, given_invoice(t));
    keys(t, "k600<Enter>1042<Ctrl-N>c<wait 1000>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 1);
    keys(t, "<Esc>k<Esc><Ctrl-O>");
    assert_shows(t, "check 1042");
    assert_shows(t, "600.00");
    assert_shows(t, "Left 0.00");
    keys(t, "<F2>");
    assert_int_equal(ask_number(t->shop, "SELECT total - paid FROM invoice"), 0);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 0);
}

/* Half an amount is no amount yet: it is there again, and still refused. */
static void an_amount_that_is_none_yet_is_kept_as_it_was_typed(void **state)
{
    struct desk_test *t = *state;

    open_payment(t, given_invoice(t));
    keys(t, "k<Ctrl-U>6o0.0<wait 1000>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft"), 1);
    keys(t, "<Esc>k<Esc><Ctrl-O>");
    assert_shows(t, "6o0.0");
    keys(t, "<F2>");
    assert_shows(t, "Write an amount like 12.50.");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM payment"), 0);
    keys(t, "<Ctrl-U>4111111111111111<wait 1000>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM draft WHERE body LIKE '%4111%'"), 0);
}

static void an_invoice_is_shown_as_it_was_posted(void **state)
{
    (void)state;
    static const int sizes[][2] = {{24, 80}, {40, 120}, {20, 60}};

    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct desk_test t;
        open_counter(&t, sizes[i][0], sizes[i][1]);
        const int64_t invoice = given_invoice(&t);
        invoice_page_open(t.desk, (struct invoice_id){invoice});
        keys(&t, "");
        assert_picture(&t, "invoice");
        keys(&t, "<F7>d500<Enter>VISA<Enter>4242");
        assert_picture(&t, "payment");
        keys(&t, "<Esc>tt");
        assert_shows(&t, "12 Elm St");
        keys(&t, "<Esc>=");
        assert_shows(&t, "where the figures come");
        assert_shows(&t, "Job 1 · Oil");
        keys(&t, "<Esc><Enter>");
        assert_shows(&t, "RO 10001");
        desk_test_close(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(several_tenders_are_taken_in_one_call),
        COUNTER_TEST(the_number_of_a_certificate_is_typed_as_it_is_printed),
        COUNTER_TEST(nothing_is_taken_before_it_is_said_how),
        COUNTER_TEST(the_whole_number_of_a_card_is_never_kept),
        COUNTER_TEST(more_than_the_due_is_taken_only_when_meant),
        COUNTER_TEST(a_part_of_the_due_is_taken_only_when_meant),
        COUNTER_TEST(what_another_terminal_takes_is_seen_at_once),
        cmocka_unit_test(the_receipt_is_offered_where_no_key_prints_it),
        COUNTER_TEST(a_refund_is_asked_with_its_amount_and_payment),
        COUNTER_TEST(a_refund_offers_a_way_that_is_taken),
        COUNTER_TEST(a_wrong_amount_is_shown_where_it_is),
        COUNTER_TEST(what_is_no_amount_is_refused_at_its_field),
        COUNTER_TEST(a_dropped_tender_takes_nothing),
        COUNTER_TEST(the_list_of_invoices_leads_to_the_page_and_to_the_money),
        COUNTER_TEST(tenders_being_typed_outlive_the_terminal),
        COUNTER_TEST(an_amount_that_is_none_yet_is_kept_as_it_was_typed),
        cmocka_unit_test(an_invoice_is_shown_as_it_was_posted),
    };

    return cmocka_run_group_tests_name("payment_dialog", tests, NULL, NULL);
}
