/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Payments that are undone or paid back: what was posted stays, further rows say the rest, and the
 * books agree to the cent after each of them. */

#include "paid.h"

/* ---- void ---- */

/* A check of 150.00 on 100.00: 50.00 became credit, 30.00 of that paid another invoice. */
static void a_void_payment_opens_its_invoices_again_and_takes_its_credit(void **state)
{
    struct shop_test *t = *state;
    struct payment payment;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id first = given_invoice(t, USD(100, 0));
    const struct invoice_id second = given_invoice(t, USD(30, 0));
    const struct payment_id check = given_payment(t, first, PAY_CHECK, USD(150, 0));
    const struct payment_take credit = {.invoice = second, .use_credit = USD(30, 0)};
    expect_ok(t, &payment_take_op, &credit, NULL);
    assert_owed(t, 0, 2000);
    assert_string_equal(order_state(t, first), "paid");

    const struct payment_void in = {check, "Wrong customer"};
    expect_ok(t, &payment_void_op, &in, &payment);

    assert_int_equal(payment.status, PAYMENT_VOID);
    assert_int_equal(payment.left.cents, 0);
    assert_int_equal(payment.shares.count, 0);
    assert_int_equal(payment.returns.count, 1);
    const struct payment_return *back = payment.returns.at;
    assert_int_equal(back->amount.cents, 15000);
    assert_string_equal(back->reason, "Wrong customer");
    assert_int_equal(paid_on(t, first), 0);
    assert_int_equal(paid_on(t, second), 0);
    assert_string_equal(order_state(t, first), "posted");
    assert_int_equal(balance_of(t, ACCOUNT_UNDEPOSITED), 0);
    assert_owed(t, 13000, 0);
}

static void an_invoice_shows_no_payment_that_is_void(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;
    struct page page;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    const struct payment_void in = {given_payment(t, id, PAY_CASH, USD(40, 0)), "Entered twice"};
    expect_ok(t, &payment_void_op, &in, NULL);

    expect_ok(t, &invoice_show_op, &(struct invoice_query){id}, &invoice);
    assert_int_equal(invoice.status, INVOICE_UNPAID);
    assert_int_equal(invoice.payments.count, 0);
    expect_ok(t, &payment_search_op, &(struct payment_search){0}, &page);
    const struct payment_row *row = page.rows.at;
    assert_int_equal(row->status, PAYMENT_VOID);
    assert_int_equal(row->applied.cents, 0);
    (void)given_payment(t, id, PAY_CASH, USD(100, 0));
    assert_owed(t, 0, 0);
}

static void a_payment_is_void_once_today_and_by_right(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    struct payment_void in = {given_payment(t, id, PAY_CARD, USD(40, 0)), ""};
    expect_status(t, &payment_void_op, &in, NULL, ERR_INVALID);
    assert_field(t, "reason");
    in.reason = "Entered twice";
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &payment_void_op, &in, NULL, ERR_DENIED);
    sign_in_as(t, ROLE_MANAGER);
    t->session.clock.fixed += 400;
    expect_status(t, &payment_void_op, &in, NULL, ERR_CONFIRM);
    confirm(t);
    expect_ok(t, &payment_void_op, &in, NULL);
    expect_status(t, &payment_void_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "void already: Entered twice");

    in.payment = given_payment(t, id, PAY_CARD, USD(40, 0));
    days_later(t, 1);
    expect_status(t, &payment_void_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "was taken on 24 Nov 2026");
    in.payment.v = 99;
    expect_status(t, &payment_void_op, &in, NULL, ERR_NOT_FOUND);
    assert_owed(t, 6000, 0);
}

static void what_went_back_never_changes(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    const struct payment_void in = {given_payment(t, id, PAY_CASH, USD(40, 0)), "Entered twice"};
    expect_ok(t, &payment_void_op, &in, NULL);

    assert_frozen(t, "UPDATE payment_return SET amount = 1", "A payment never changes.");
    assert_frozen(t, "DELETE FROM payment_return", "A payment is never deleted.");
    assert_frozen(t,
                  "INSERT INTO payment_return (payment, kind, method, amount, reason,\n"
                  "returned_on, returned_at, entry) VALUES (1, 'refund', 'cash', 1, 'x', '', 0, 1)",
                  "No more goes back of a payment than is left of it.");
    assert_frozen(t,
                  "INSERT INTO payment_application (payment, invoice, amount, applied_on)\n"
                  "VALUES (1, 20001, -1, '2026-11-24')",
                  "No more comes off an invoice than it had of a payment.");
    run_sql(t, "INSERT INTO payment_application (payment, invoice, amount, applied_on)\n"
               "VALUES (1, 20001, 1, '2026-11-24')");
    assert_books_disagree(t, "Payment 1: is 40.00, invoices have had of it and went back 40.01");
}

/* Whatever statement fails, the payment stands as it did. */
static void a_void_that_fails_anywhere_leaves_the_payment(void **state)
{
    struct shop_test *t = *state;
    struct payment out;
    int64_t failed = 0;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    const struct payment_void in = {given_payment(t, id, PAY_CHECK, USD(120, 0)), "Entered twice"};
    for (int64_t n = 1;; n++, failed++) {
        store_fail_after(t->store, n);
        const status result = op_call(&t->session, &payment_void_op, &in, &out);
        store_fail_after(t->store, 0);
        if (result == OK)
            break;
        assert_owed(t, 0, 2000);
    }
    assert_true(failed > 10);
    assert_owed(t, 10000, 0);
}

/* ---- refund ---- */

static struct payment_id given_deposit(struct shop_test *t, enum payment_method method,
                                       struct money amount)
{
    const struct payment_deposit in = {.customer = MARIA,
                                       .method = method,
                                       .amount = amount,
                                       .check_number = "77",
                                       .card_last4 = "4242"};
    struct payment_taken out;

    expect_ok(t, &payment_deposit_op, &in, &out);
    return ((const struct invoice_payment *)out.payments.at)->payment;
}

static void a_deposit_is_paid_back_the_way_it_came_or_another(void **state)
{
    struct shop_test *t = *state;
    struct payment payment;

    given_customer(t, "Delgado, Maria", 0);
    struct payment_refund in = {
        .payment = given_deposit(t, PAY_CARD, USD(100, 0)),
        .amount = USD(30, 0),
        .check_number = "",
        .reason = "Does not want the work",
    };
    days_later(t, 1);
    expect_ok(t, &payment_refund_op, &in, &payment);
    assert_int_equal(payment.status, PAYMENT_PART_REFUNDED);
    assert_int_equal(payment.left.cents, 7000);
    assert_int_equal(balance_of(t, ACCOUNT_CARD_CLEARING), 7000);
    assert_owed(t, 0, 7000);

    in.to = REFUND_CASH;
    in.amount = USD(20, 0);
    expect_ok(t, &payment_refund_op, &in, &payment);
    assert_int_equal(balance_of(t, ACCOUNT_CASH), -2000);
    in.to = REFUND_CHECK;
    in.amount = USD(50, 0);
    in.check_number = "2001";
    expect_ok(t, &payment_refund_op, &in, &payment);
    assert_int_equal(payment.status, PAYMENT_REFUNDED);
    assert_int_equal(payment.returns.count, 3);
    assert_int_equal(balance_of(t, ACCOUNT_BANK), -5000);
    assert_owed(t, 0, 0);
}

static void refuse_refund(struct shop_test *t, const struct payment_refund *in, const char *field,
                          const char *says)
{
    expect_status(t, &payment_refund_op, in, NULL, ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
}

static void what_cannot_be_paid_back_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id invoice = given_invoice(t, USD(60, 0));
    struct payment_refund in = {.payment = given_payment(t, invoice, PAY_CARD, USD(100, 0)),
                                .check_number = "",
                                .reason = "Asked"};

    refuse_refund(t, &in, "amount", "");
    in.amount = (struct money){-1};
    refuse_refund(t, &in, "amount", "");
    in.amount = (struct money){4001};
    refuse_refund(t, &in, "amount", "Only 40.00 is left of payment 1; 60.00 of it is on invoices");
    in.amount = USD(40, 0);
    in.to = REFUND_CHECK;
    refuse_refund(t, &in, "check_number", "Enter the number");
    in.to = REFUND_CASH;
    in.check_number = "9";
    refuse_refund(t, &in, "check_number", "Only a check has a number");
    in.check_number = "";
    in.reason = "";
    refuse_refund(t, &in, "reason", "");
    in.reason = "Asked";
    sign_in_as(t, ROLE_CUSTOMER);
    expect_status(t, &payment_refund_op, &in, NULL, ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    expect_ok(t, &payment_refund_op, &in, NULL);
    in.amount = (struct money){1};
    refuse_refund(t, &in, "amount", "Only 0.00 is left");
    in.payment = given_deposit(t, PAY_OTHER, USD(5, 0));
    in.to = REFUND_ORIGINAL;
    refuse_refund(t, &in, "to", "Say how it is paid back");
    assert_owed(t, 0, 500);
}

static void nothing_of_a_void_payment_is_paid_back_and_no_refunded_one_is_void(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    struct payment_void undo = {given_deposit(t, PAY_CASH, USD(5, 0)), "Entered twice"};
    struct payment_refund back = {
        .payment = undo.payment, .amount = USD(1, 0), .check_number = "", .reason = "Asked"};
    expect_ok(t, &payment_void_op, &undo, NULL);
    expect_status(t, &payment_refund_op, &back, NULL, ERR_CONFLICT);
    assert_says(t, "void already");

    undo.payment = back.payment = given_deposit(t, PAY_CASH, USD(5, 0));
    expect_ok(t, &payment_refund_op, &back, NULL);
    expect_status(t, &payment_void_op, &undo, NULL, ERR_CONFLICT);
    assert_says(t, "1.00 of payment 2 was paid back already");
    assert_owed(t, 0, 400);
}

/* ---- apply and unapply ---- */

static void a_payment_moves_from_one_invoice_to_another(void **state)
{
    struct shop_test *t = *state;
    struct payment payment;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id wrong = given_invoice(t, USD(100, 0));
    const struct invoice_id right = given_invoice(t, USD(70, 0));
    struct payment_apply in = {given_payment(t, wrong, PAY_CARD, USD(100, 0)), wrong, USD(80, 0)};
    expect_ok(t, &payment_unapply_op, &in, &payment);
    assert_int_equal(payment.left.cents, 8000);
    assert_int_equal(paid_on(t, wrong), 2000);
    assert_string_equal(order_state(t, wrong), "posted");
    assert_owed(t, 15000, 8000);

    in.invoice = right;
    in.amount = MONEY_ZERO;
    expect_ok(t, &payment_apply_op, &in, &payment);
    assert_int_equal(payment.left.cents, 1000);
    assert_int_equal(payment.shares.count, 2);
    assert_int_equal(paid_on(t, right), 7000);
    assert_string_equal(order_state(t, right), "paid");
    assert_owed(t, 8000, 1000);
}

static void refuse_share(struct shop_test *t, const struct op *op, const struct payment_apply *in,
                         const char *field, const char *says)
{
    expect_status(t, op, in, NULL, ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
}

static void what_cannot_be_applied_or_taken_off_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    given_customer(t, "Osei, Kofi", 0);
    const struct invoice_id mine = given_invoice(t, USD(10, 0));
    const struct order_id order = given_done_order(t, (struct customer_id){2}, USD(10, 0));
    struct invoice his;
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &his);
    struct payment_apply in = {given_deposit(t, PAY_CASH, USD(15, 0)), mine, USD(10, 1)};

    refuse_share(t, &payment_apply_op, &in, "amount", "Only 10.00 is due");
    in.amount = (struct money){-100};
    refuse_share(t, &payment_apply_op, &in, "amount", "");
    in.amount = MONEY_ZERO;
    refuse_share(t, &payment_unapply_op, &in, "invoice", "has nothing of payment 1");
    in.invoice = his.id;
    refuse_share(t, &payment_apply_op, &in, "invoice", "is of Osei, Kofi");
    in.invoice = mine;
    expect_ok(t, &payment_apply_op, &in, NULL);
    refuse_share(t, &payment_apply_op, &in, "invoice", "already paid in full");
    in.amount = USD(10, 1);
    refuse_share(t, &payment_unapply_op, &in, "amount", "has 10.00 of this payment");
    in.invoice = given_invoice(t, USD(50, 0));
    in.amount = USD(5, 1);
    refuse_share(t, &payment_apply_op, &in, "amount", "Only 5.00 is left");
    assert_books_agree(t);
}

/* ---- bounced ---- */

static void a_check_that_comes_back_opens_its_invoice_and_costs_the_banks_fee(void **state)
{
    struct shop_test *t = *state;
    struct payment payment;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    struct payment_bounced in = {given_payment(t, id, PAY_CHECK, USD(120, 0)), USD(12, 0),
                                 "Insufficient funds"};
    days_later(t, 1);
    expect_ok(t, &payment_bounced_op, &in, &payment);

    assert_int_equal(payment.status, PAYMENT_BOUNCED);
    assert_int_equal(paid_on(t, id), 0);
    assert_string_equal(order_state(t, id), "posted");
    assert_int_equal(balance_of(t, ACCOUNT_UNDEPOSITED), 0);
    assert_int_equal(balance_of(t, ACCOUNT_BANK), -1200);
    assert_int_equal(balance_of(t, ACCOUNT_BANK_CHARGE), 1200);
    assert_owed(t, 10000, 0);
    assert_string_equal(ask_text(t, "SELECT summary FROM contact WHERE customer = 1"),
                        "Payment 1 of 120.00 (check 1042) came back from the bank: "
                        "Insufficient funds");
    expect_status(t, &payment_bounced_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "bounced already: Insufficient funds");
    in.payment = given_payment(t, id, PAY_CASH, USD(10, 0));
    expect_status(t, &payment_bounced_op, &in, NULL, ERR_CONFLICT);
    assert_says(t, "only checks and bank transfers come back");
    assert_owed(t, 9000, 0);
}

/* ---- random histories against a plain second model ---- */

enum { STEPS = 2000, PAYMENTS = 700, INVOICES = 60 };

struct paper {
    int64_t total[INVOICES], paid[INVOICES], given_up[INVOICES], invoices;
    struct {
        int64_t amount, back, method, on[INVOICES];
    } * payments;
    int64_t count;
    int64_t money[5], bank_charge, bad_debt;
    int64_t done[7]; /* of each step that was not refused */
};

static int64_t applied(const struct paper *paper, int64_t at)
{
    int64_t sum = 0;

    for (int64_t i = 0; i < paper->invoices; i++)
        sum += paper->payments[at].on[i];
    return sum;
}

static int64_t left(const struct paper *paper, int64_t at)
{
    return paper->payments[at].amount - paper->payments[at].back - applied(paper, at);
}

static void take_one(struct shop_test *t, struct paper *paper, uint64_t *seed, int64_t on)
{
    const int64_t method = 1 + dice(seed, 4); /* no change to give */
    const int64_t amount = 1 + dice(seed, 9000), due = paper->total[on] - paper->paid[on];
    const int64_t share = amount < due ? amount : due;

    if (due == 0)
        return;
    (void)given_payment(t, (struct invoice_id){20001 + on}, (enum payment_method)method,
                        (struct money){amount});
    paper->payments[paper->count].amount = amount;
    paper->payments[paper->count].method = method;
    paper->payments[paper->count++].on[on] = share;
    paper->paid[on] += share;
    paper->money[method] += amount;
}

static void undo_on_paper(struct paper *paper, int64_t at)
{
    for (int64_t i = 0; i < paper->invoices; i++) {
        paper->paid[i] -= paper->payments[at].on[i];
        paper->payments[at].on[i] = 0;
    }
    paper->payments[at].back = paper->payments[at].amount;
    paper->money[paper->payments[at].method] -= paper->payments[at].amount;
}

/* Any deed on any payment: the model says beforehand whether it is refused. */
static void change_one(struct shop_test *t, struct paper *paper, uint64_t *seed, int64_t what)
{
    const int64_t at = dice(seed, paper->count), on = dice(seed, paper->invoices);
    const int64_t method = paper->payments[at].method, rest = left(paper, at);
    const int64_t due = paper->total[on] - paper->paid[on];
    const int64_t amount = 1 + dice(seed, 3000);
    const struct payment_id id = {at + 1};
    const bool whole = paper->payments[at].back == 0;
    bool allowed = false;
    struct payment out;
    status result = OK;

    if (what == 0) {
        result = op_call(&t->session, &payment_void_op, &(struct payment_void){id, "Twice"}, &out);
        allowed = whole;
        if (allowed)
            undo_on_paper(paper, at);
    } else if (what == 1) {
        result = op_call(&t->session, &payment_bounced_op,
                         &(struct payment_bounced){id, {amount}, "No funds"}, &out);
        allowed = whole && (method == PAY_CHECK || method == PAY_ACH);
        if (allowed)
            undo_on_paper(paper, at);
        paper->bank_charge += allowed ? amount : 0;
    } else if (what == 2) {
        const struct payment_refund in = {.payment = id,
                                          .amount = {amount},
                                          .to = REFUND_CARD,
                                          .check_number = "",
                                          .reason = "x"};
        result = op_call(&t->session, &payment_refund_op, &in, &out);
        allowed = amount <= rest;
        paper->payments[at].back += allowed ? amount : 0;
        paper->money[PAY_CARD] -= allowed ? amount : 0;
    } else {
        const struct payment_apply in = {id, {20001 + on}, {amount}};
        const struct op *op = what == 3 ? &payment_apply_op : &payment_unapply_op;
        const int64_t sign = what == 3 ? 1 : -1;
        result = op_call(&t->session, op, &in, &out);
        allowed =
            what == 3 ? amount <= rest && amount <= due : amount <= paper->payments[at].on[on];
        paper->payments[at].on[on] += allowed ? sign * amount : 0;
        paper->paid[on] += allowed ? sign * amount : 0;
    }
    if ((result == OK) != allowed)
        fail_msg("step %lld: %s %s", (long long)what, status_word(result), t->session.fault.text);
    paper->done[what] += allowed;
}

static void write_one_off(struct shop_test *t, struct paper *paper, uint64_t *seed, int64_t on)
{
    const struct invoice_write_off in = {{20001 + on}, {1 + dice(seed, 500)}, "Small"};
    const bool allowed = in.amount.cents <= paper->total[on] - paper->paid[on];
    struct invoice out;

    assert_int_equal(op_call(&t->session, &invoice_write_off_op, &in, &out) == OK, allowed);
    paper->paid[on] += allowed ? in.amount.cents : 0;
    paper->given_up[on] += allowed ? in.amount.cents : 0;
    paper->bad_debt += allowed ? in.amount.cents : 0;
    paper->done[5] += allowed;
}

static void take_one_back(struct shop_test *t, struct paper *paper, uint64_t *seed, int64_t on)
{
    const struct invoice_write_off_undo in = {
        {20001 + on}, {1 + dice(seed, 400)}, "Paid after all"};
    const bool allowed = in.amount.cents <= paper->given_up[on];
    struct invoice out;

    assert_int_equal(op_call(&t->session, &invoice_write_off_undo_op, &in, &out) == OK, allowed);
    paper->paid[on] -= allowed ? in.amount.cents : 0;
    paper->given_up[on] -= allowed ? in.amount.cents : 0;
    paper->bad_debt -= allowed ? in.amount.cents : 0;
    paper->done[6] += allowed;
}

static void assert_paper_agrees(struct shop_test *t, const struct paper *paper)
{
    int64_t owes = 0, credit = 0;

    for (int64_t i = 0; i < paper->invoices; i++)
        owes += paper->total[i] - paper->paid[i];
    for (int64_t i = 0; i < paper->count; i++)
        credit += left(paper, i);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer"), owes);
    assert_int_equal(ask_number(t, "SELECT credit FROM customer"), credit);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), owes);
    assert_int_equal(balance_of(t, ACCOUNT_CUSTOMER_CREDIT), -credit);
    assert_int_equal(balance_of(t, ACCOUNT_CARD_CLEARING), paper->money[PAY_CARD]);
    assert_int_equal(balance_of(t, ACCOUNT_UNDEPOSITED),
                     paper->money[PAY_CHECK] + paper->money[PAY_OTHER]);
    assert_int_equal(balance_of(t, ACCOUNT_BANK), paper->money[PAY_ACH] - paper->bank_charge);
    assert_int_equal(balance_of(t, ACCOUNT_BANK_CHARGE), paper->bank_charge);
    assert_int_equal(balance_of(t, ACCOUNT_BAD_DEBT), paper->bad_debt);
}

static void any_step(struct shop_test *t, struct paper *paper, uint64_t *seed)
{
    const int64_t what = dice(seed, 15);

    if (paper->invoices == 0 || (what < 2 && paper->invoices < INVOICES)) {
        const int64_t total = 1 + dice(seed, 20000);
        (void)given_invoice(t, (struct money){total});
        paper->total[paper->invoices++] = total;
    } else if (what < 5 || paper->count == 0) {
        take_one(t, paper, seed, dice(seed, paper->invoices));
    } else if (what == 5) {
        write_one_off(t, paper, seed, dice(seed, paper->invoices));
    } else if (what == 14) {
        take_one_back(t, paper, seed, dice(seed, paper->invoices));
    } else {
        change_one(t, paper, seed, what < 8 ? what - 6 : 2 + what % 3);
    }
}

static void random_histories_of_payments_agree_with_paper(void **state)
{
    struct shop_test *t = *state;
    struct arena arena = ARENA_EMPTY;
    struct paper *paper = NEW(&arena, struct paper);
    uint64_t seed = 2210;

    given_no_taxes(t);
    given_customer(t, "Delgado, Maria", 0);
    paper->payments = arena_alloc(&arena, PAYMENTS * sizeof *paper->payments);
    memset(paper->payments, 0, PAYMENTS * sizeof *paper->payments);
    for (int step = 0; step < STEPS && paper->count < PAYMENTS; step++) {
        const struct arena_mark mark = arena_mark(&t->arena);
        any_step(t, paper, &seed);
        assert_paper_agrees(t, paper);
        if (step % 25 == 0)
            assert_books_agree(t);
        arena_release(&t->arena, mark);
    }
    assert_books_agree(t);
    print_message("%lld invoices, %lld payments; %lld void, %lld bounced, %lld refunds, %lld "
                  "applied, %lld taken off, %lld written off, %lld of that taken back\n",
                  (long long)paper->invoices, (long long)paper->count, (long long)paper->done[0],
                  (long long)paper->done[1], (long long)paper->done[2], (long long)paper->done[3],
                  (long long)paper->done[4], (long long)paper->done[5], (long long)paper->done[6]);
    for (int i = 0; i < 7; i++)
        assert_true(paper->done[i] > 0);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_void_payment_opens_its_invoices_again_and_takes_its_credit),
        SHOP_TEST(an_invoice_shows_no_payment_that_is_void),
        SHOP_TEST(a_payment_is_void_once_today_and_by_right),
        SHOP_TEST(what_went_back_never_changes),
        SHOP_TEST(a_void_that_fails_anywhere_leaves_the_payment),
        SHOP_TEST(a_deposit_is_paid_back_the_way_it_came_or_another),
        SHOP_TEST(what_cannot_be_paid_back_is_refused_at_its_field),
        SHOP_TEST(nothing_of_a_void_payment_is_paid_back_and_no_refunded_one_is_void),
        SHOP_TEST(a_payment_moves_from_one_invoice_to_another),
        SHOP_TEST(what_cannot_be_applied_or_taken_off_is_refused_at_its_field),
        SHOP_TEST(a_check_that_comes_back_opens_its_invoice_and_costs_the_banks_fee),
        SHOP_TEST(random_histories_of_payments_agree_with_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
