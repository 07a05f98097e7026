/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "book_rows.h"
#include "calls.h"

#include "domain/customer.h"
#include "domain/invoice.h"
#include "domain/list.h"
#include "domain/order.h"
#include "domain/part.h"
#include "domain/payment.h"

static void post(struct shop_test *t, struct order_id order, struct invoice *ret)
{
    const struct invoice_post in = {.order = order};

    expect_ok(t, &invoice_post_op, &in, ret);
}

/* ---- worked example A of the trade rules: 602.01 ---- */

static struct order_id given_worked_example(struct shop_test *t)
{
    given_taxes_of_the_worked_example(t);
    given_part(t, "BP-1210", (struct qty){10000}, USD(410, 0));
    given_part(t, "0W20", (struct qty){20000}, USD(82, 0));
    given_customer(t, "Delgado, Maria", 0);
    run_sql(t, "INSERT INTO address (customer, position, kind, street, city, state, zip)\n"
               "VALUES (1, 1, 'home', '12 Palm St', 'San Diego', 'CA', '92101')");
    run_sql(t, "INSERT INTO vehicle (customer, vin, plate, plate_state, color, name, name_key)\n"
               "VALUES (1, '1HGCR3F80EA000001', '7ABC123', 'CA', 'Silver', '2014 Honda Accord',\n"
               "'2014 honda accord')");
    const struct order_id order = given_order(t, 1);
    run_sql(t, "UPDATE repair_order SET vehicle = 1, odometer_in_mi = 112340,\n"
               "po_number = 'PO 9', customer_note = 'Old parts in the trunk'");
    given_job(t, order, "Front brakes", "done");
    run_sql(t, "UPDATE job SET concern = 'Squeals', cause = 'Worn', correction = 'Pads replaced',\n"
               "technician = 3");
    given_line(t, "labor", 2500, 14500, 0, 0);
    given_line(t, "part", 2000, 8995, 4100, 1);
    given_line(t, "part", 5500, 749, 410, 2);
    run_sql(t, "INSERT INTO discount (repair_order, percent, applies_to)\n"
               "VALUES (10001, 100000, 'parts')");
    assert_int_equal(given_authorized(t, order, 0).cents, 60201);
    run_sql(t, "INSERT INTO authorization (repair_order, at, method, person, contacted, staff,\n"
               "added, total, digest, code)\n"
               "VALUES (10001, 1795543920, 'phone', 'Maria Delgado', '+16195550142', 2,\n"
               "60201, 60201, 'd', '4KX-92')");
    return order;
}

static void the_worked_example_becomes_an_invoice_of_602_01(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    post(t, given_worked_example(t), &invoice);

    assert_int_equal(invoice.id.v, 20001);
    assert_int_equal(invoice.order.v, 10001);
    assert_int_equal(invoice.labor.cents, 36250);
    assert_int_equal(invoice.parts.cents, 19899);
    assert_int_equal(invoice.supplies.cents, 2175);
    assert_int_equal(invoice.discount.cents, 2211);
    assert_int_equal(invoice.tax.cents, 1877);
    assert_int_equal(invoice.total.cents, 60201);
    assert_int_equal(invoice.balance.cents, 60201);
    assert_int_equal(invoice.cost.cents, 8200 + 2255); /* 410 x 2/10, 82 x 5.5/20 */
    assert_int_equal(invoice.profit.cents, 60201 - 1877 - 10455);
    assert_int_equal(invoice.status, INVOICE_UNPAID);
    assert_int_equal(invoice.taxes.count, 3);
    const struct invoice_tax *tax = invoice.taxes.at;
    assert_string_equal(tax[0].name, "State");
    assert_int_equal(tax[0].base.cents, 22074);
    assert_int_equal(tax[0].amount.cents, 1380);
    assert_int_equal(tax[1].amount.cents, 221);
    assert_int_equal(tax[2].amount.cents, 276);
    assert_books_agree(t);
}

static void the_worked_example_reaches_stock_ledger_customer_and_order(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    post(t, given_worked_example(t), &invoice);

    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), 60201);
    assert_int_equal(balance_of(t, ACCOUNT_LABOR_SALES), -36250);
    assert_int_equal(balance_of(t, ACCOUNT_PART_SALES), -19899);
    assert_int_equal(balance_of(t, ACCOUNT_SUPPLIES_SALES), -2175);
    assert_int_equal(balance_of(t, ACCOUNT_TAX_PAYABLE), -1877);
    assert_int_equal(balance_of(t, ACCOUNT_PART_COST), 10455);
    assert_int_equal(balance_of(t, ACCOUNT_INVENTORY), 49200 - 10455);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 2"), 14500);
    assert_int_equal(ask_number(t, "SELECT stock_value FROM part WHERE id = 2"), 5945);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM stock_move WHERE invoice = 20001"), 2);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer"), 60201);
    assert_string_equal(ask_text(t, "SELECT state FROM repair_order"), "posted");
    assert_int_equal(ask_number(t, "SELECT invoice FROM repair_order"), 20001);
    assert_books_agree(t);
}

static void an_invoice_keeps_its_texts_whatever_changes_later(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    post(t, given_worked_example(t), &invoice);
    run_sql(t, "UPDATE customer SET last_name = 'Other', name = 'Other'");
    run_sql(t, "UPDATE address SET street = 'Elsewhere'");
    run_sql(t, "UPDATE vehicle SET plate = 'NEW', name = 'Other'");
    run_sql(t, "UPDATE shop SET invoice_terms = 'Pay now.', warranty_text = 'None.'");
    run_sql(t, "UPDATE part SET sku = sku || '-2', name = 'Other', price = 1");
    run_sql(t, "UPDATE user SET name = 'Other'");
    expect_ok(t, &invoice_show_op, &(struct invoice_query){{20001}}, &invoice);

    assert_string_equal(invoice.bill_to, "Delgado, Maria\n12 Palm St\nSan Diego, CA 92101");
    assert_string_equal(invoice.vehicle_text, "2014 Honda Accord\nVIN 1HGCR3F80EA000001\n"
                                              "Plate 7ABC123 CA\nColor Silver");
    assert_int_equal(invoice.odometer_in_mi, 112340);
    assert_string_equal(invoice.po_number, "PO 9");
    assert_string_equal(invoice.note, "Old parts in the trunk");
    assert_string_equal(invoice.terms, "Due on receipt\nThank you.\n12 months or 12,000 miles.\n"
                                       "Supplies: 6 % of labor, at most 35.00.");
    assert_string_equal(invoice.exempt_text, "");
    assert_string_equal(invoice.authorized_text,
                        "By phone: Maria Delgado, (619) 555-0142, 24 Nov 2026 10:12, taken by Ann "
                        "Walsh. Added 602.01, new total 602.01. Code 4KX-92.");
    assert_string_equal(invoice.writer, "Ada Admin");
    assert_int_equal(invoice.jobs.count, 1);
    const struct invoice_job *job = invoice.jobs.at;
    assert_string_equal(job->title, "Front brakes");
    assert_string_equal(job->correction, "Pads replaced");
    assert_string_equal(job->technician, "Mo Haddad");
    assert_int_equal(job->lines.count, 3);
    const struct invoice_line *line = job->lines.at;
    assert_int_equal(line[0].kind, LINE_LABOR);
    assert_int_equal(line[1].quantity.thousandths, 2000);
    assert_string_equal(line[1].sku, "BP-1210");
    assert_int_equal(line[1].gross.cents, 17990);
    assert_int_equal(line[1].discount.cents, 1799);
    assert_int_equal(line[1].net.cents, 16191);
    assert_int_equal(line[1].cost.cents, 8200);
    assert_int_equal(line[2].net.cents, 3708);
    assert_int_equal(line[2].cost.cents, 2255);
}

static void declined_and_deferred_work_stays_on_the_order(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_no_taxes(t);
    given_part(t, "SHOCK", (struct qty){2000}, USD(200, 0));
    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_order(t, 1);
    given_job(t, order, "Rear shocks", "declined");
    given_line(t, "part", 2000, 30600, 10000, 1);
    given_job(t, order, "Oil service", "done");
    given_line(t, "labor", 500, 14500, 0, 0);
    given_job(t, order, "Cabin filter", "deferred");
    given_line(t, "labor", 1000, 4820, 0, 0);
    (void)given_authorized(t, order, 0);
    post(t, order, &invoice);

    assert_int_equal(invoice.total.cents, 7250);
    assert_int_equal(invoice.jobs.count, 1);
    assert_int_equal(((const struct invoice_job *)invoice.jobs.at)->position, 2);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part"), 2000);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM job WHERE state = 'declined'"), 1);
    assert_books_agree(t);
}

/* ---- what things cost ---- */

static void only_parts_of_the_catalog_leave_the_stock(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_no_taxes(t);
    given_part(t, "ALT", (struct qty){1000}, USD(100, 0));
    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_order(t, 1);
    given_job(t, order, "Alternator", "done");
    given_line(t, "labor", 2000, 14500, 4000, 0); /* wages: for the margin alone */
    given_line(t, "part", 1000, 25000, 9900, 1);  /* from stock: 100.00, whatever was written */
    given_line(t, "part", 2000, 1000, 300, 0);    /* bought for the job: 6.00 */
    given_line(t, "core", 1000, 4500, 4500, 1);   /* the core's value: 45.00 */
    given_line(t, "sublet", 1000, 8000, 6000, 0); /* 60.00 */
    given_line(t, "tire_fee", 4000, 175, 150, 0); /* 6.00 */
    given_line(t, "hazmat", 1000, 350, 0, 0);
    given_line(t, "fee", 1000, 500, 0, 0);
    (void)given_authorized(t, order, 0);
    post(t, order, &invoice);

    assert_int_equal(invoice.labor.cents, 29000);
    assert_int_equal(invoice.parts.cents, 27000);
    assert_int_equal(invoice.sublet.cents, 8000);
    assert_int_equal(invoice.fees.cents, 4500 + 700 + 350 + 500);
    assert_int_equal(invoice.cost.cents, 8000 + 10000 + 600 + 4500 + 6000 + 600);
    assert_int_equal(balance_of(t, ACCOUNT_PART_COST), 10000 + 600);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_COST), 6000 + 600);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_ACCRUED), -(600 + 6000 + 600));
    assert_int_equal(balance_of(t, ACCOUNT_INVENTORY), 0);
    assert_int_equal(balance_of(t, ACCOUNT_FEE_SALES), -1550);
    assert_int_equal(balance_of(t, ACCOUNT_CORE_DEPOSIT), -4500);
    assert_int_equal(balance_of(t, ACCOUNT_SUBLET_SALES), -8000);
    assert_books_agree(t);
}

static void the_last_unit_takes_all_that_is_left(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_no_taxes(t);
    given_part(t, "CLIP", (struct qty){3000}, USD(1, 0));
    given_customer(t, "Delgado, Maria", 0);
    const struct order_id order = given_order(t, 1);
    given_job(t, order, "Trim", "done");
    for (int i = 0; i < 3; i++)
        given_line(t, "part", 1000, 100, 0, 1);
    (void)given_authorized(t, order, 0);
    post(t, order, &invoice);

    const struct invoice_line *line = ((const struct invoice_job *)invoice.jobs.at)->lines.at;
    assert_int_equal(line[0].cost.cents, 33); /* 1.00 / 3 */
    assert_int_equal(line[1].cost.cents, 34); /* 0.67 / 2 */
    assert_int_equal(line[2].cost.cents, 33);
    assert_int_equal(ask_number(t, "SELECT stock_value FROM part"), 0);
    assert_books_agree(t);
}

static void an_order_that_comes_to_nothing_is_paid_at_once(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_customer(t, "Delgado, Maria", 30);
    const struct order_id order = given_labor_order(t, 0);
    post(t, order, &invoice);

    assert_int_equal(invoice.total.cents, 0);
    assert_int_equal(invoice.status, INVOICE_PAID);
    assert_string_equal(ask_text(t, "SELECT state FROM repair_order"), "paid");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM entry"), 0);
    assert_books_agree(t);
}

/* ---- terms and exemption ---- */

static void terms_of_the_customer_give_the_day_it_is_due(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_customer(t, "Delano Fleet", 30);
    post(t, given_labor_order(t, 10000), &invoice);
    assert_string_equal(invoice.posted_on.iso, "2026-11-24");
    assert_string_equal(invoice.due_on.iso, "2026-12-24");
    assert_string_equal(invoice.terms, "Net 30 days");
    assert_string_equal(ask_text(t, "SELECT state FROM repair_order"), "receivable");

    t->session.clock.fixed += 30 * 86400;
    assert_int_equal(invoice_get(&t->session, invoice.id, &invoice), OK);
    assert_int_equal(invoice.status, INVOICE_UNPAID);
    t->session.clock.fixed += 86400;
    assert_int_equal(invoice_get(&t->session, invoice.id, &invoice), OK);
    assert_int_equal(invoice.status, INVOICE_OVERDUE);
}

static struct order_id given_taxable_order(struct shop_test *t)
{
    const struct order_id order = given_order(t, 1);

    given_job(t, order, "Wipers", "done");
    given_line(t, "part", 1000, 10000, 0, 0);
    (void)given_authorized(t, order, 10000);
    return order;
}

static void an_exempt_customer_pays_no_tax_while_the_certificate_holds(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_customer(t, "Delano Fleet", 0);
    run_sql(t, "UPDATE customer SET tax_exempt = 1, exempt_kind = 'resale',\n"
               "exempt_certificate = 'SR 97-123456', exempt_until_on = '2026-11-24'");
    const struct order_id first = given_taxable_order(t);
    const struct order_id second = given_taxable_order(t);
    post(t, first, &invoice);
    assert_int_equal(invoice.tax.cents, 0);
    assert_string_equal(invoice.exempt_text, "Tax exempt: resale, certificate SR 97-123456, valid "
                                             "until 24 Nov 2026");

    /* The second was priced while the certificate held, and is posted the day after. */
    run_sql(t, "UPDATE customer SET exempt_until_on = '2026-11-23'");
    post(t, second, &invoice);
    assert_int_equal(invoice.tax.cents, 775);
    assert_int_equal(invoice.total.cents, 10775);
    assert_string_equal(invoice.exempt_text, "");
    assert_books_agree(t);
}

/* ---- frozen ---- */

static void a_posted_invoice_never_changes(void **state)
{
    static const char *const tables[] = {"invoice_job", "invoice_line", "invoice_tax"};
    static const char *const changes[] = {
        "UPDATE invoice SET total = total + 1, labor = labor + 1",
        "UPDATE invoice SET bill_to = 'x'",
        "UPDATE invoice SET customer = 2",
        "UPDATE invoice SET due_on = '2030-01-01'",
        "UPDATE invoice SET entry = NULL",
        "UPDATE invoice SET cost = 0",
        "UPDATE invoice_job SET title = 'x'",
        "UPDATE invoice_line SET net = 0",
        "UPDATE invoice_tax SET amount = 0",
    };
    struct shop_test *t = *state;
    struct invoice invoice;

    post(t, given_worked_example(t), &invoice);
    given_customer(t, "Somebody Else", 0);
    for (size_t i = 0; i < COUNT_OF(changes); i++)
        assert_frozen(t, changes[i], "A posted invoice never changes.");
    assert_frozen(t, "DELETE FROM invoice", "An invoice is never deleted.");
    assert_frozen(t, "INSERT OR REPLACE INTO invoice SELECT * FROM invoice",
                  "A posted invoice is never replaced.");
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        assert_frozen(t, arena_printf(&t->arena, "DELETE FROM %s", tables[i]),
                      "A posted invoice never changes.");
        assert_frozen(t,
                      arena_printf(&t->arena, "INSERT OR REPLACE INTO %s SELECT * FROM %s",
                                   tables[i], tables[i]),
                      "A posted invoice never changes.");
    }
    assert_frozen(t, "UPDATE stock_move SET value = 0", "A stock movement never changes.");
    assert_frozen(t, "INSERT OR REPLACE INTO stock_move SELECT * FROM stock_move",
                  "A stock movement is never replaced.");
    assert_books_agree(t);
}

static void an_invoice_is_never_paid_above_its_total_nor_below_nothing(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;

    given_customer(t, "Delgado, Maria", 0);
    post(t, given_labor_order(t, 10000), &invoice);
    assert_int_equal(invoice_add_paid(&t->session, invoice.id, USD(100, 1)), ERR_CONFLICT);
    assert_says(t, "Invoice 20001 cannot take this amount.");
    assert_int_equal(invoice_add_paid(&t->session, invoice.id, USD(0, -1)), ERR_CONFLICT);
    assert_says(t, "Invoice 20001 cannot take this amount.");
    assert_int_equal(ask_number(t, "SELECT paid FROM invoice"), 0);
}

static void an_invoice_follows_its_customer_into_a_merged_record(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;
    struct customer kept;
    struct payment_taken taken;
    struct tender tender = {.method = PAY_CASH, .amount = USD(100, 0)};

    given_customer(t, "Delgado, Maria", 0);
    given_customer(t, "Delgado, M.", 0);
    post(t, given_labor_order(t, 10000), &invoice);
    call(t, &customer_merge_op, &kept, "{\"keep\":2,\"gone\":1}");
    assert_int_equal(kept.owes.cents, 10000);
    assert_books_agree(t);
    const struct payment_take take = {.invoice = invoice.id, .tenders = {&tender, 1}};
    expect_ok(t, &payment_take_op, &take, &taken);
    assert_int_equal(taken.balance.cents, 0);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer WHERE id = 2"), 0);
    assert_books_agree(t);
}

/* Whatever statement fails, nothing of the posting is left and its number is given again. */
static void a_posting_that_fails_anywhere_leaves_nothing(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;
    int64_t failed = 0;

    const struct invoice_post in = {.order = given_worked_example(t)};
    for (int64_t n = 1;; n++, failed++) {
        store_fail_after(t->store, n);
        const status result = op_call(&t->session, &invoice_post_op, &in, &invoice);
        store_fail_after(t->store, 0);
        if (result == OK)
            break;
        assert_int_equal(ask_number(t, "SELECT count(*) FROM invoice"), 0);
        assert_int_equal(ask_number(t, "SELECT count(*) FROM stock_move WHERE invoice > 0"), 0);
        assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 1"), 10000);
        assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), 0);
        assert_books_agree(t);
    }
    print_message("%lld statements in a posting\n", (long long)failed);
    assert_true(failed > 40);
    assert_int_equal(invoice.id.v, 20001);
    assert_books_agree(t);
}

/* ---- reading ---- */

static void invoices_are_found_by_number_order_name_and_state(void **state)
{
    struct shop_test *t = *state;
    struct invoice_search in = {.query = {.search = ""}};
    struct invoice invoice;
    struct payment_taken taken;
    struct tender tender = {.method = PAY_CASH, .amount = USD(100, 0)};
    struct page page;

    given_customer(t, "Delgado, Maria", 0);
    given_customer(t, "Okafor, Chidi", 30);
    post(t, given_labor_order(t, 10000), &invoice);
    const struct payment_take take = {.invoice = invoice.id, .tenders = {&tender, 1}};
    expect_ok(t, &payment_take_op, &take, &taken);
    const struct order_id order = given_order(t, 2);
    given_job(t, order, "Work", "done");
    given_line(t, "labor", 1000, 5000, 0, 0);
    (void)given_authorized(t, order, 0);
    post(t, order, &invoice);

    expect_ok(t, &invoice_search_op, &in, &page);
    assert_int_equal(page.rows.count, 2);
    const struct invoice_row *row = page.rows.at;
    assert_int_equal(row[0].id.v, 20002); /* newest first */
    assert_int_equal(row[0].status, INVOICE_UNPAID);
    assert_int_equal(row[1].status, INVOICE_PAID);
    static const char *const words[] = {"20002", "10002", "okafor", "chidi"};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        in.query.search = words[i];
        expect_ok(t, &invoice_search_op, &in, &page);
        assert_int_equal(page.rows.count, 1);
        assert_int_equal(((const struct invoice_row *)page.rows.at)->id.v, 20002);
    }
    in = (struct invoice_search){.open = true};
    expect_ok(t, &invoice_search_op, &in, &page);
    assert_int_equal(page.rows.count, 1);
    in = (struct invoice_search){.customer = {1}};
    expect_ok(t, &invoice_search_op, &in, &page);
    assert_int_equal(page.rows.count, 1);
    in = (struct invoice_search){.customer = {1}, .open = true};
    expect_ok(t, &invoice_search_op, &in, &page);
    assert_int_equal(page.rows.count, 0);
}

static void every_list_of_invoices_comes_from_an_index(void **state)
{
    struct shop_test *t = *state;
    const char *sql;

    for (size_t l = 1; l < invoice_search_op.list_count; l++) /* the first is the list of all */
        for (size_t i = 0; (sql = list_sql(&invoice_search_op.lists[l], i, &t->arena)) != NULL; i++)
            assert_no_scan(t, sql, "i");
    for (size_t i = 0; (sql = list_sql(&payment_search_op.lists[1], i, &t->arena)) != NULL; i++)
        assert_no_scan(t, sql, "p");
}

static void a_customer_sees_own_invoices_and_never_a_cost(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;
    struct page page;

    given_customer(t, "Delgado, Maria", 0);
    given_customer(t, "Okafor, Chidi", 0);
    const struct order_id order = given_order(t, 1);
    given_job(t, order, "Wipers", "done");
    given_line(t, "part", 1000, 3000, 1000, 0);
    (void)given_authorized(t, order, 0);
    post(t, order, &invoice);
    assert_int_equal(invoice.cost.cents, 1000);
    run_sql(t, "UPDATE user SET customer = 1 WHERE id = 5");
    sign_in_as(t, ROLE_CUSTOMER);
    expect_ok(t, &invoice_show_op, &(struct invoice_query){invoice.id}, &invoice);
    assert_int_equal(invoice.cost.cents, 0);
    assert_int_equal(invoice.profit.cents, 0);
    const struct invoice_line *line = ((const struct invoice_job *)invoice.jobs.at)->lines.at;
    assert_int_equal(line->cost.cents, 0);
    assert_true(line->net.cents > 0);
    expect_ok(t, &invoice_search_op, &(struct invoice_search){.open = true}, &page);
    assert_int_equal(page.rows.count, 1);
    expect_status(t, &invoice_post_op, &(struct invoice_post){.order = {10001}}, &invoice,
                  ERR_DENIED);

    sign_in_as(t, ROLE_ADMIN);
    run_sql(t, "UPDATE user SET customer = 2 WHERE id = 5");
    sign_in_as(t, ROLE_CUSTOMER);
    expect_status(t, &invoice_show_op, &(struct invoice_query){invoice.id}, &invoice, ERR_DENIED);
    expect_ok(t, &invoice_search_op, &(struct invoice_search){.open = true}, &page);
    assert_int_equal(page.rows.count, 0);
}

/* ---- without an order ---- */

static void a_charge_is_an_invoice_without_an_order(void **state)
{
    struct shop_test *t = *state;
    struct invoice invoice;
    struct payment_taken taken;

    given_customer(t, "Delgado, Maria", 30);
    call(t, &invoice_charge_op, &invoice,
         "{\"customer\":1,\"description\":\"Storage\",\"amount\":\"25.00\"}");

    assert_int_equal(invoice.kind, INVOICE_CHARGE);
    assert_int_equal(invoice.order.v, 0);
    assert_int_equal(invoice.total.cents, 2500);
    assert_int_equal(invoice.tax.cents, 0);
    assert_int_equal(invoice.balance.cents, 2500);
    assert_int_equal(day_number(invoice.due_on), day_number(invoice.posted_on) + 30);
    assert_int_equal(balance_of(t, ACCOUNT_RECEIVABLE), 2500);
    assert_int_equal(balance_of(t, ACCOUNT_FEE_SALES), -2500);
    assert_int_equal(ask_number(t, "SELECT owes FROM customer WHERE id = 1"), 2500);
    assert_books_agree(t);

    call(t, &payment_take_op, &taken,
         "{\"invoice\":20001,\"tenders\":[{\"method\":\"cash\",\"amount\":\"25.00\"}]}");
    assert_int_equal(ask_number(t, "SELECT paid FROM invoice"), 2500);
    assert_books_agree(t);
}

static void several_lines_of_a_charge_have_their_own_accounts(void **state)
{
    struct shop_test *t = *state;
    const struct invoice_charge_line lines[] = {
        {"Check 1042 came back", USD(12, 0), ACCOUNT_BANK_CHARGE},
        {"Handling", USD(13, 50), ACCOUNT_FEE_SALES},
    };
    const struct invoice_charge_line nothing[] = {{"Nothing", USD(0, 0), ACCOUNT_FEE_SALES}};
    struct invoice_id id;

    given_customer(t, "Delgado, Maria", 0);
    t->session.arena = &t->arena;
    assert_int_equal(store_begin_write(t->store), OK);
    assert_int_equal(invoice_charge(&t->session, (struct customer_id){1}, lines, 2, "Fees", &id),
                     OK);
    assert_int_equal(invoice_charge(&t->session, (struct customer_id){1}, nothing, 1, "Fees", &id),
                     ERR_INVALID);
    assert_int_equal(store_commit(t->store), OK);
    assert_int_equal(balance_of(t, ACCOUNT_BANK_CHARGE), -1200);
    assert_int_equal(balance_of(t, ACCOUNT_FEE_SALES), -1350);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM invoice_line WHERE account IS NOT NULL"),
                     2);
    assert_books_agree(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_worked_example_becomes_an_invoice_of_602_01),
        SHOP_TEST(the_worked_example_reaches_stock_ledger_customer_and_order),
        SHOP_TEST(an_invoice_keeps_its_texts_whatever_changes_later),
        SHOP_TEST(declined_and_deferred_work_stays_on_the_order),
        SHOP_TEST(only_parts_of_the_catalog_leave_the_stock),
        SHOP_TEST(the_last_unit_takes_all_that_is_left),
        SHOP_TEST(an_order_that_comes_to_nothing_is_paid_at_once),
        SHOP_TEST(terms_of_the_customer_give_the_day_it_is_due),
        SHOP_TEST(an_exempt_customer_pays_no_tax_while_the_certificate_holds),
        SHOP_TEST(a_posted_invoice_never_changes),
        SHOP_TEST(an_invoice_is_never_paid_above_its_total_nor_below_nothing),
        SHOP_TEST(an_invoice_follows_its_customer_into_a_merged_record),
        SHOP_TEST(a_posting_that_fails_anywhere_leaves_nothing),
        SHOP_TEST(invoices_are_found_by_number_order_name_and_state),
        SHOP_TEST(every_list_of_invoices_comes_from_an_index),
        SHOP_TEST(a_customer_sees_own_invoices_and_never_a_cost),
        SHOP_TEST(a_charge_is_an_invoice_without_an_order),
        SHOP_TEST(several_lines_of_a_charge_have_their_own_accounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
