/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "book_rows.h"
#include "domain/invoice.h"
#include "domain/number.h"
#include "domain/payment.h"

static const struct customer_id MARIA = {1};

/* Maria owes 692.87 on invoice 20001, due at once, for labor alone. */
static struct invoice_id given_invoice(struct shop_test *t, struct money total)
{
    const struct order_id order = given_done_order(t, MARIA, total);
    struct invoice invoice;

    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    assert_int_equal(invoice.total.cents, total.cents);
    return invoice.id;
}

static struct payment_take taking(struct invoice_id invoice, const struct tender *tenders,
                                  size_t count)
{
    union {
        const struct tender *read;
        void *at;
    } rows = {.read = tenders};

    return (struct payment_take){.invoice = invoice, .tenders = {rows.at, count}};
}

static void take(struct shop_test *t, struct invoice_id invoice, struct tender tender,
                 struct payment_taken *ret)
{
    const struct payment_take in = taking(invoice, &tender, 1);

    expect_ok(t, &payment_take_op, &in, ret);
}

static void deposit(struct shop_test *t, enum payment_method method, struct money amount,
                    struct payment_taken *ret)
{
    const struct payment_deposit in = {
        .customer = MARIA, .method = method, .amount = amount, .check_number = "77"};

    expect_ok(t, &payment_deposit_op, &in, ret);
}

static void refuse(struct shop_test *t, struct invoice_id invoice, struct tender tender,
                   status expected, const char *field, const char *says)
{
    const struct payment_take in = taking(invoice, &tender, 1);
    struct payment_taken out;

    expect_status(t, &payment_take_op, &in, &out, expected);
    assert_field(t, field);
    assert_says(t, says);
}

static const char *order_state(struct shop_test *t, struct invoice_id invoice)
{
    return ask_text(t,
                    arena_printf(&t->arena, "SELECT state FROM repair_order WHERE invoice = %lld",
                                 (long long)invoice.v));
}

/* The payment dialog of the counter: credit 25.00, VISA 400.00, cash 300.00 on 692.87. */
static void several_tenders_pay_an_invoice_and_cash_gives_change(void **state)
{
    struct shop_test *t = *state;
    const struct tender tenders[] = {
        {.method = PAY_CARD,
         .amount = USD(400, 0),
         .card_brand = "VISA",
         .card_last4 = "4242",
         .card_auth = "019381"},
        {.method = PAY_CASH, .amount = USD(300, 0)},
    };
    struct payment_taken out;

    given_customer(t, "Delgado, Maria", 0);
    deposit(t, PAY_CHECK, USD(25, 0), &out);
    const struct invoice_id invoice = given_invoice(t, USD(692, 87));
    struct payment_take in = taking(invoice, tenders, COUNT_OF(tenders));
    in.use_credit = USD(25, 0);
    expect_ok(t, &payment_take_op, &in, &out);

    assert_int_equal(out.total.cents, 69287);
    assert_int_equal(out.paid.cents, 69287);
    assert_int_equal(out.balance.cents, 0);
    assert_int_equal(out.change.cents, 3213);
    assert_int_equal(out.credit.cents, 0);
    assert_int_equal(out.payments.count, 3);
    const struct invoice_payment *payment = out.payments.at;
    assert_string_equal(payment[0].details, "credit on account");
    assert_int_equal(payment[0].applied.cents, 2500);
    assert_string_equal(payment[1].details, "VISA 4242 auth 019381");
    assert_int_equal(payment[1].applied.cents, 40000);
    assert_int_equal(payment[2].applied.cents, 26787);
    assert_int_equal(payment[2].change.cents, 3213);
    assert_int_equal(balance_of(t, ACCOUNT_UNDEPOSITED), 2500);
    assert_int_equal(balance_of(t, ACCOUNT_CARD_CLEARING), 40000);
    assert_int_equal(balance_of(t, ACCOUNT_CASH), 26787);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), 0);
    assert_int_equal(balance_of(t, ACCOUNT_CUSTOMER_CREDIT), 0);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer"), 0);
    assert_string_equal(order_state(t, invoice), "paid");
    assert_books_agree(t);
}

static void a_part_payment_leaves_the_rest_due(void **state)
{
    struct shop_test *t = *state;
    struct payment_taken out;
    struct invoice invoice;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    take(t, id, (struct tender){.method = PAY_CASH, .amount = USD(30, 0)}, &out);

    assert_int_equal(out.paid.cents, 3000);
    assert_int_equal(out.balance.cents, 7000);
    assert_int_equal(out.change.cents, 0);
    assert_string_equal(order_state(t, id), "posted");
    expect_ok(t, &invoice_show_op, &(struct invoice_query){id}, &invoice);
    assert_int_equal(invoice.status, INVOICE_PART_PAID);
    assert_int_equal(invoice.payments.count, 1);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer"), 7000);
    assert_books_agree(t);
}

static void other_tender_above_the_due_becomes_credit(void **state)
{
    struct shop_test *t = *state;
    struct payment_taken out;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    take(t, id, (struct tender){.method = PAY_CHECK, .amount = USD(150, 0), .check_number = "1042"},
         &out);

    assert_int_equal(out.balance.cents, 0);
    assert_int_equal(out.change.cents, 0);
    assert_int_equal(out.credit.cents, 5000);
    assert_int_equal(balance_of(t, ACCOUNT_CUSTOMER_CREDIT), -5000);
    assert_int_equal(ask_number(t, "SELECT credit FROM customer"), 5000);
    assert_books_agree(t);
}

static void change_is_given_from_cash_whatever_was_entered_first(void **state)
{
    struct shop_test *t = *state;
    const struct tender tenders[] = {
        {.method = PAY_CASH, .amount = USD(80, 0)},
        {.method = PAY_ACH, .amount = USD(50, 0)},
    };
    struct payment_taken out;

    given_customer(t, "Delgado, Maria", 0);
    const struct payment_take in =
        taking(given_invoice(t, USD(100, 0)), tenders, COUNT_OF(tenders));
    expect_ok(t, &payment_take_op, &in, &out);

    assert_int_equal(out.change.cents, 3000);
    assert_int_equal(out.credit.cents, 0);
    assert_int_equal(balance_of(t, ACCOUNT_CASH), 5000);
    assert_int_equal(balance_of(t, ACCOUNT_BANK), 5000);
    assert_books_agree(t);
}

static void credit_is_taken_from_the_oldest_payment_first(void **state)
{
    struct shop_test *t = *state;
    struct payment_taken out;

    given_customer(t, "Delgado, Maria", 0);
    deposit(t, PAY_CASH, USD(10, 0), &out);
    deposit(t, PAY_CASH, USD(10, 0), &out);
    assert_int_equal(out.credit.cents, 2000);
    struct payment_take in = taking(given_invoice(t, USD(100, 0)), NULL, 0);
    in.use_credit = USD(15, 0);
    expect_ok(t, &payment_take_op, &in, &out);

    assert_int_equal(out.credit.cents, 500);
    assert_int_equal(ask_number(t, "SELECT sum(amount) FROM payment_application WHERE payment = 1"),
                     1000);
    assert_int_equal(ask_number(t, "SELECT sum(amount) FROM payment_application WHERE payment = 2"),
                     500);
    assert_books_agree(t);
}

static void payments_are_numbered_without_gaps(void **state)
{
    struct shop_test *t = *state;
    const struct tender tenders[] = {
        {.method = PAY_CASH, .amount = USD(10, 0)},
        {.method = PAY_CHECK, .amount = USD(10, 0)},
    };
    struct payment_taken out;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    const struct payment_take refused = taking(id, tenders, COUNT_OF(tenders));
    expect_status(t, &payment_take_op, &refused, &out, ERR_INVALID);
    take(t, id, (struct tender){.method = PAY_CASH, .amount = USD(10, 0)}, &out);
    assert_int_equal(((const struct invoice_payment *)out.payments.at)->payment.v, 1);
    take(t, id, (struct tender){.method = PAY_CASH, .amount = USD(10, 0)}, &out);
    assert_int_equal(((const struct invoice_payment *)out.payments.at)->payment.v, 2);
}

static void what_cannot_be_tendered_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    refuse(t, id, (struct tender){.method = PAY_CASH}, ERR_INVALID, "tenders.1.amount",
           "must be at least 0.01");
    refuse(t, id, (struct tender){.method = PAY_CASH, .amount = USD(-5, 0)}, ERR_INVALID,
           "tenders.1.amount", "must be at least 0.01");
    refuse(t, id, (struct tender){.method = PAY_CHECK, .amount = USD(5, 0)}, ERR_INVALID,
           "tenders.1.check_number", "Enter the number of the check.");
    refuse(t, id, (struct tender){.method = PAY_CARD, .amount = USD(5, 0)}, ERR_INVALID,
           "tenders.1.card_last4", "Enter the last four digits of the card.");
    refuse(t, id, (struct tender){.method = PAY_CARD, .amount = USD(5, 0), .card_last4 = "42a2"},
           ERR_INVALID, "tenders.1.card_last4", "four digits");
    refuse(t, id, (struct tender){.method = PAY_CARD, .amount = USD(5, 0), .card_last4 = "424"},
           ERR_INVALID, "tenders.1.card_last4", "four digits");
    refuse(
        t, id,
        (struct tender){.method = PAY_CARD, .amount = USD(5, 0), .card_last4 = "4242424242424242"},
        ERR_INVALID, "tenders.1.card_last4", "");
    refuse(t, id,
           (struct tender){.method = PAY_CASH, .amount = USD(5, 0), .note = "4242 4242 4242 4242"},
           ERR_INVALID, "tenders.1.note", "Card numbers are not kept");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM payment"), 0);
    assert_books_agree(t);
}

static void credit_beyond_what_there_is_or_is_due_is_refused(void **state)
{
    struct shop_test *t = *state;
    struct payment_taken out;

    given_customer(t, "Delgado, Maria", 0);
    deposit(t, PAY_CASH, USD(25, 0), &out);
    const struct invoice_id id = given_invoice(t, USD(20, 0));
    struct payment_take in = taking(id, NULL, 0);
    expect_status(t, &payment_take_op, &in, &out, ERR_INVALID);
    assert_field(t, "tenders");
    in.use_credit = USD(25, 1);
    expect_status(t, &payment_take_op, &in, &out, ERR_INVALID);
    assert_field(t, "use_credit");
    assert_says(t, "Delgado, Maria has 25.00 in credit.");
    in.use_credit = USD(20, 1);
    expect_status(t, &payment_take_op, &in, &out, ERR_INVALID);
    assert_says(t, "Only 20.00 is due.");
    in.use_credit = USD(-1, 0);
    expect_status(t, &payment_take_op, &in, &out, ERR_INVALID);
    assert_field(t, "use_credit");
}

static void cash_that_is_not_needed_is_handed_back_by_the_form(void **state)
{
    struct shop_test *t = *state;
    const struct tender tenders[] = {
        {.method = PAY_CASH, .amount = USD(50, 0)},
        {.method = PAY_ACH, .amount = USD(100, 0)},
    };
    struct payment_taken out;

    given_customer(t, "Delgado, Maria", 0);
    const struct payment_take in =
        taking(given_invoice(t, USD(100, 0)), tenders, COUNT_OF(tenders));
    expect_status(t, &payment_take_op, &in, &out, ERR_INVALID);
    assert_field(t, "tenders.1.amount");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM payment"), 0);
    assert_int_equal(balance_of(t, ACCOUNT_BANK), 0);
    assert_books_agree(t);
}

static void the_second_terminal_hears_that_the_last_cent_is_taken(void **state)
{
    struct shop_test *t = *state;
    struct payment_taken out;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(10, 0));
    take(t, id, (struct tender){.method = PAY_CASH, .amount = USD(10, 0)}, &out);
    sign_in_as(t, ROLE_ACCOUNTANT);
    refuse(t, id, (struct tender){.method = PAY_CASH, .amount = USD(10, 0)}, ERR_CONFLICT, "",
           "Invoice 20001 is already paid in full.");
    assert_int_equal(balance_of(t, ACCOUNT_CASH), 1000);
}

static void nothing_is_due_on_a_void_invoice_or_on_none(void **state)
{
    struct shop_test *t = *state;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(10, 0));
    run_sql(t, "UPDATE invoice SET state = 'void'");
    refuse(t, id, (struct tender){.method = PAY_CASH, .amount = USD(10, 0)}, ERR_CONFLICT, "",
           "Invoice 20001 is void: nothing is due on it.");
    refuse(t, (struct invoice_id){77}, (struct tender){.method = PAY_CASH, .amount = USD(10, 0)},
           ERR_NOT_FOUND, "", "There is no invoice 77.");
}

static void a_deposit_waits_as_credit_of_an_active_customer(void **state)
{
    struct shop_test *t = *state;
    const struct payment_deposit in = {.customer = MARIA,
                                       .method = PAY_CARD,
                                       .amount = USD(200, 0),
                                       .card_brand = "MC",
                                       .card_last4 = "5100"};
    struct payment_taken out;

    given_customer(t, "Delgado, Maria", 0);
    expect_ok(t, &payment_deposit_op, &in, &out);
    assert_int_equal(out.invoice.v, 0);
    assert_int_equal(out.credit.cents, 20000);
    assert_string_equal(((const struct invoice_payment *)out.payments.at)->details, "MC 5100");
    assert_int_equal(balance_of(t, ACCOUNT_CARD_CLEARING), 20000);
    assert_int_equal(balance_of(t, ACCOUNT_CUSTOMER_CREDIT), -20000);
    assert_books_agree(t);

    run_sql(t, "UPDATE customer SET archived_at = 1");
    expect_status(t, &payment_deposit_op, &in, &out, ERR_CONFLICT);
    assert_says(t, "archived");
}

static void a_payment_on_terms_follows_the_order_from_receivable_to_paid(void **state)
{
    struct shop_test *t = *state;
    struct payment_taken out;

    given_customer(t, "Delano Fleet", 30);
    const struct invoice_id id = given_invoice(t, USD(10, 0));
    assert_string_equal(order_state(t, id), "receivable");
    take(t, id, (struct tender){.method = PAY_ACH, .amount = USD(4, 0)}, &out);
    assert_string_equal(order_state(t, id), "receivable");
    take(t, id, (struct tender){.method = PAY_ACH, .amount = USD(6, 0)}, &out);
    assert_string_equal(order_state(t, id), "paid");
}

static void a_payment_never_changes(void **state)
{
    struct shop_test *t = *state;
    struct payment_taken out;

    given_customer(t, "Delgado, Maria", 0);
    take(t, given_invoice(t, USD(10, 0)), (struct tender){.method = PAY_CASH, .amount = USD(10, 0)},
         &out);
    assert_frozen(t, "UPDATE payment SET amount = 1, tendered = 1", "A payment never changes.");
    assert_frozen(t, "UPDATE payment SET customer = 2", "A payment never changes.");
    assert_frozen(t, "UPDATE payment SET note = 'x'", "A payment never changes.");
    assert_frozen(t, "DELETE FROM payment", "A payment is never deleted.");
    assert_frozen(t,
                  "INSERT OR REPLACE INTO payment (id, customer, method, taken_on, taken_at,\n"
                  "tendered, amount) VALUES (1, 1, 'cash', '2026-11-24', 0, 1, 1)",
                  "A payment is never replaced.");
    assert_frozen(t, "UPDATE payment_application SET amount = 1", "A payment never changes.");
    assert_frozen(t, "DELETE FROM payment_application", "A payment is never deleted.");
    assert_frozen(t,
                  "INSERT OR REPLACE INTO payment_application (id, payment, invoice, amount,\n"
                  "applied_on) VALUES (1, 1, 20001, 1, '2026-11-24')",
                  "A payment is never replaced.");
    assert_books_agree(t);
}

/* Whatever statement fails, nothing of the taking is left. */
static void a_taking_that_fails_anywhere_leaves_nothing(void **state)
{
    struct shop_test *t = *state;
    const struct tender tenders[] = {
        {.method = PAY_CHECK, .amount = USD(40, 0), .check_number = "9"},
        {.method = PAY_CASH, .amount = USD(100, 0)},
    };
    struct payment_taken out;
    int64_t failed = 0;

    given_customer(t, "Delgado, Maria", 0);
    deposit(t, PAY_CASH, USD(5, 0), &out);
    struct payment_take in = taking(given_invoice(t, USD(100, 0)), tenders, COUNT_OF(tenders));
    in.use_credit = USD(5, 0);
    for (int64_t n = 1;; n++, failed++) {
        store_fail_after(t->store, n);
        const status result = op_call(&t->session, &payment_take_op, &in, &out);
        store_fail_after(t->store, 0);
        if (result == OK)
            break;
        assert_int_equal(ask_number(t, "SELECT count(*) FROM payment"), 1);
        assert_int_equal(ask_number(t, "SELECT paid FROM invoice"), 0);
        assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), 10000);
        assert_books_agree(t);
    }
    assert_true(failed > 25);
    assert_int_equal(out.change.cents, 4500);
    assert_books_agree(t);
}

static void a_command_sent_twice_takes_the_money_once(void **state)
{
    struct shop_test *t = *state;
    struct tender tender = {.method = PAY_CASH, .amount = USD(60, 0)};
    struct payment_taken first;
    struct payment_taken second;

    given_customer(t, "Delgado, Maria", 0);
    const struct payment_take in = taking(given_invoice(t, USD(100, 0)), &tender, 1);
    t->session.command_id = "till-1-000017";
    expect_ok(t, &payment_take_op, &in, &first);
    expect_ok(t, &payment_take_op, &in, &second);
    t->session.command_id = NULL;
    assert_int_equal(second.paid.cents, 6000);
    assert_int_equal(second.payments.count, 1);
    assert_int_equal(balance_of(t, ACCOUNT_CASH), 6000);
}

static void payments_are_listed_newest_first_and_found_by_number(void **state)
{
    struct shop_test *t = *state;
    struct payment_search in = {.query = {.search = ""}};
    struct payment_taken out;
    struct page page;

    given_customer(t, "Delgado, Maria", 0);
    const struct invoice_id id = given_invoice(t, USD(100, 0));
    take(t, id, (struct tender){.method = PAY_CHECK, .amount = USD(30, 0), .check_number = "1042"},
         &out);
    take(t, id, (struct tender){.method = PAY_CASH, .amount = USD(100, 0)}, &out);
    expect_ok(t, &payment_search_op, &in, &page);
    assert_int_equal(page.rows.count, 2);
    const struct payment_row *row = page.rows.at;
    assert_int_equal(row[0].method, PAY_CASH);
    assert_int_equal(row[0].change.cents, 3000);
    assert_int_equal(row[0].applied.cents, 7000);
    assert_string_equal(row[1].details, "check 1042");
    in.query.search = "1042";
    expect_ok(t, &payment_search_op, &in, &page);
    assert_int_equal(page.rows.count, 1);
    in = (struct payment_search){.customer = MARIA, .from_on = {"2026-11-25"}};
    expect_ok(t, &payment_search_op, &in, &page);
    assert_int_equal(page.rows.count, 0);
    in = (struct payment_search){.customer = MARIA, .query = {.sort = "taken_on"}};
    expect_ok(t, &payment_search_op, &in, &page);
    assert_int_equal(page.rows.count, 2);
}

/* ---- two thousand random steps against a plain second model ---- */

enum { CUSTOMERS = 4, INVOICES = 900, STEPS = 2400 };

/* The shop as somebody would keep it on paper. */
struct paper {
    int64_t owes[CUSTOMERS], credit[CUSTOMERS];
    int64_t accounts[ACCOUNT_ROLE_COUNT];
    struct {
        int64_t customer, total, paid;
    } invoices[INVOICES];
    int64_t invoice_count;
};

static const enum account_role money_accounts[] = {
    [PAY_CASH] = ACCOUNT_CASH,          [PAY_CHECK] = ACCOUNT_UNDEPOSITED,
    [PAY_CARD] = ACCOUNT_CARD_CLEARING, [PAY_ACH] = ACCOUNT_BANK,
    [PAY_OTHER] = ACCOUNT_UNDEPOSITED,
};

static void post_one(struct shop_test *t, struct paper *paper, uint64_t *seed)
{
    const int64_t customer = dice(seed, CUSTOMERS);
    const struct money total = {1 + dice(seed, 20000)};
    const struct order_id order = given_done_order(t, (struct customer_id){customer + 1}, total);
    struct invoice invoice;

    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = order}, &invoice);
    assert_int_equal(invoice.id.v, 20001 + paper->invoice_count);
    paper->invoices[paper->invoice_count].customer = customer;
    paper->invoices[paper->invoice_count++].total = total.cents;
    paper->owes[customer] += total.cents;
    paper->accounts[ACCOUNT_RECEIVABLE] += total.cents;
    paper->accounts[ACCOUNT_LABOR_SALES] -= total.cents;
}

static struct tender any_tender(uint64_t *seed, int64_t most)
{
    return (struct tender){
        .method = (enum payment_method)dice(seed, 5),
        .amount = {1 + dice(seed, most)},
        .check_number = "12",
        .card_last4 = "4242",
    };
}

static void deposit_one(struct shop_test *t, struct paper *paper, uint64_t *seed)
{
    const int64_t customer = dice(seed, CUSTOMERS);
    const struct tender tender = any_tender(seed, 5000);
    const struct payment_deposit in = {.customer = {customer + 1},
                                       .method = tender.method,
                                       .amount = tender.amount,
                                       .check_number = "12",
                                       .card_last4 = "4242"};
    struct payment_taken out;

    expect_ok(t, &payment_deposit_op, &in, &out);
    paper->credit[customer] += tender.amount.cents;
    paper->accounts[money_accounts[tender.method]] += tender.amount.cents;
    paper->accounts[ACCOUNT_CUSTOMER_CREDIT] -= tender.amount.cents;
    assert_int_equal(out.credit.cents, paper->credit[customer]);
}

/* What a till would do by hand: credit, then what is no cash, then cash; true when it refuses. */
static bool reckon(struct paper *paper, int64_t at, int64_t credit, const struct tender *tenders,
                   size_t count, int64_t *ret_change)
{
    struct paper next = *paper;
    const int64_t customer = next.invoices[at].customer;
    int64_t left = next.invoices[at].total - next.invoices[at].paid;
    int64_t change = 0;

    if (left == 0 || credit > next.credit[customer] || credit > left || (credit == 0 && count == 0))
        return true;
    left -= credit;
    next.credit[customer] -= credit;
    next.accounts[ACCOUNT_CUSTOMER_CREDIT] += credit;
    for (int cash = 0; cash < 2; cash++)
        for (size_t i = 0; i < count; i++) {
            if ((tenders[i].method == PAY_CASH) != (cash == 1))
                continue;
            int64_t kept = tenders[i].amount.cents;
            int64_t rest = kept > left ? kept - left : 0;
            if (cash == 1 && left == 0)
                return true;
            left -= kept - rest;
            if (cash == 1) {
                change += rest;
                kept -= rest;
                rest = 0;
            }
            next.accounts[money_accounts[tenders[i].method]] += kept;
            next.accounts[ACCOUNT_CUSTOMER_CREDIT] -= rest;
            next.credit[customer] += rest;
        }
    const int64_t paid = next.invoices[at].total - next.invoices[at].paid - left;
    next.invoices[at].paid += paid;
    next.owes[customer] -= paid;
    next.accounts[ACCOUNT_RECEIVABLE] -= paid;
    *paper = next;
    *ret_change = change;
    return false;
}

static void pay_one(struct shop_test *t, struct paper *paper, uint64_t *seed)
{
    const int64_t at = paper->invoice_count > 8 ? paper->invoice_count - 1 - dice(seed, 8)
                                                : dice(seed, paper->invoice_count);
    const int64_t open = paper->invoices[at].total - paper->invoices[at].paid;
    const size_t count = (size_t)dice(seed, 4);
    struct tender tenders[3];
    struct payment_taken out;
    int64_t change = 0;

    for (size_t i = 0; i < count; i++)
        tenders[i] = any_tender(seed, dice(seed, 4) == 0 ? open + 1 : 9000);
    struct payment_take in = taking((struct invoice_id){20001 + at}, tenders, count);
    if (dice(seed, 2) == 0)
        in.use_credit.cents = dice(seed, 6000);
    const bool refused = reckon(paper, at, in.use_credit.cents, tenders, count, &change);
    const status result = op_call(&t->session, &payment_take_op, &in, &out);
    assert_int_equal(result != OK, refused);
    if (refused)
        return;
    assert_int_equal(out.change.cents, change);
    assert_int_equal(out.paid.cents, paper->invoices[at].paid);
    assert_int_equal(out.balance.cents, paper->invoices[at].total - paper->invoices[at].paid);
    assert_int_equal(out.credit.cents, paper->credit[paper->invoices[at].customer]);
}

static void assert_paper_agrees(struct shop_test *t, const struct paper *paper)
{
    for (int64_t i = 0; i < CUSTOMERS; i++) {
        const char *where =
            arena_printf(&t->arena, "FROM customer WHERE id = %lld", (long long)i + 1);
        assert_int_equal(ask_number(t, arena_printf(&t->arena, "SELECT owes %s", where)),
                         paper->owes[i]);
        assert_int_equal(ask_number(t, arena_printf(&t->arena, "SELECT credit %s", where)),
                         paper->credit[i]);
    }
    for (unsigned role = 0; role < ACCOUNT_ROLE_COUNT; role++)
        assert_int_equal(balance_of(t, (enum account_role)role), paper->accounts[role]);
}

static void two_thousand_random_steps_agree_with_paper(void **state)
{
    static struct paper paper;
    struct shop_test *t = *state;
    uint64_t seed = 692870;

    memset(&paper, 0, sizeof paper);
    for (int64_t i = 0; i < CUSTOMERS; i++)
        given_customer(t, "Somebody", i % 2 == 0 ? 0 : 30);
    post_one(t, &paper, &seed);
    for (int step = 0; step < STEPS; step++) {
        const struct arena_mark mark = arena_mark(&t->arena);
        const int64_t what = dice(&seed, 10);
        if (what < 3 && paper.invoice_count < INVOICES)
            post_one(t, &paper, &seed);
        else if (what < 4)
            deposit_one(t, &paper, &seed);
        else
            pay_one(t, &paper, &seed);
        assert_paper_agrees(t, &paper);
        if (step % 20 == 0)
            assert_books_agree(t);
        arena_release(&t->arena, mark);
    }
    assert_books_agree(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(several_tenders_pay_an_invoice_and_cash_gives_change),
        SHOP_TEST(a_part_payment_leaves_the_rest_due),
        SHOP_TEST(other_tender_above_the_due_becomes_credit),
        SHOP_TEST(change_is_given_from_cash_whatever_was_entered_first),
        SHOP_TEST(credit_is_taken_from_the_oldest_payment_first),
        SHOP_TEST(payments_are_numbered_without_gaps),
        SHOP_TEST(what_cannot_be_tendered_is_refused_at_its_field),
        SHOP_TEST(credit_beyond_what_there_is_or_is_due_is_refused),
        SHOP_TEST(cash_that_is_not_needed_is_handed_back_by_the_form),
        SHOP_TEST(the_second_terminal_hears_that_the_last_cent_is_taken),
        SHOP_TEST(nothing_is_due_on_a_void_invoice_or_on_none),
        SHOP_TEST(a_deposit_waits_as_credit_of_an_active_customer),
        SHOP_TEST(a_payment_on_terms_follows_the_order_from_receivable_to_paid),
        SHOP_TEST(a_payment_never_changes),
        SHOP_TEST(a_taking_that_fails_anywhere_leaves_nothing),
        SHOP_TEST(a_command_sent_twice_takes_the_money_once),
        SHOP_TEST(payments_are_listed_newest_first_and_found_by_number),
        SHOP_TEST(two_thousand_random_steps_agree_with_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
