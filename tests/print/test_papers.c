/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Every paper of a real order, from the write-up to the receipt, as the person sees it. */

#include "../domain/paid.h"

#include <unistd.h>

#include "domain/closed_day.h"
#include "domain/count.h"
#include "domain/coupon.h"
#include "domain/credit.h"
#include "domain/customer.h"
#include "domain/drawer.h"
#include "domain/gift.h"
#include "domain/inspection.h"
#include "domain/invoice.h"
#include "domain/order.h"
#include "domain/part.h"
#include "domain/payment.h"
#include "domain/setting.h"
#include "domain/vehicle.h"
#include "papers.h"

static void call(struct shop_test *t, const struct op *op, const char *json)
{
    void *out = arena_alloc(&t->arena, op->out != NULL ? op->out->size : 1);
    expect_ok(t, op, input_json(t, op, json), out);
}

/* An oil service authorized by phone and a declined job, on order 10001. */
static void given_an_order(struct shop_test *t)
{
    call(t, &customer_add_op,
         "{\"first_name\":\"José\",\"last_name\":\"Müller\","
         "\"phones\":[{\"kind\":\"mobile\",\"number\":\"6195550142\"}]}");
    call(t, &vehicle_add_op,
         "{\"customer\":1,\"vin\":\"1HGCM82633A004352\",\"plate\":\"7ABC123\",\"plate_state\":"
         "\"CA\"}");
    call(t, &part_add_op,
         "{\"sku\":\"OF-7317\",\"name\":\"Oil filter\",\"cost\":\"3.05\",\"price\":\"9.99\","
         "\"on_hand\":\"12\"}");
    call(t, &order_start_op,
         "{\"customer\":1,\"vehicle\":1,\"odometer_mi\":112340,\"concern\":\"Oil change due\"}");
    call(t, &line_add_labor_op, "{\"job\":1,\"hours\":\"0.5\",\"description\":\"Oil and filter\"}");
    call(t, &line_add_part_op, "{\"job\":1,\"sku\":\"OF-7317\",\"quantity\":\"1\"}");
    call(t, &job_add_op, "{\"order\":10001,\"title\":\"Rear shocks\"}");
    call(t, &line_add_labor_op, "{\"job\":2,\"hours\":\"2\"}");
    call(t, &order_present_op, "{\"order\":10001}");
    call(t, &order_authorize_op,
         "{\"order\":10001,\"method\":\"phone\",\"person\":\"José M.\",\"contacted\":\"619 555 "
         "0142\","
         "\"jobs\":[{\"job\":1,\"decision\":\"authorized\"},"
         "{\"job\":2,\"decision\":\"declined\",\"reason\":\"next time\"}]}");
}

static void given_a_paid_invoice(struct shop_test *t)
{
    given_an_order(t);
    call(t, &job_start_op, "{\"job\":1}");
    call(t, &job_edit_op,
         "{\"job\":1,\"title\":\"Oil service\",\"concern\":\"Oil change due\","
         "\"correction\":\"Changed oil and filter\"}");
    call(t, &job_done_op, "{\"job\":1}");
    call(t, &invoice_post_op, "{\"order\":10001}");
    call(t, &payment_take_op,
         "{\"invoice\":20001,\"tenders\":[{\"method\":\"cash\",\"amount\":\"100\"}]}");
}

static void the_estimate_shows_prices_totals_and_how_it_was_authorized(void **state)
{
    struct shop_test *t = *state;

    given_an_order(t);
    const char *text = paper_text(t, DOCUMENT_ESTIMATE, 10001);
    assert_has(text, "Estimate 10001");
    assert_has(text, "José Müller");
    assert_has(text, "2003 Honda Accord");
    assert_has(text, "0.5 h");
    assert_has(text, "72.50");
    assert_has(text, "9.99");
    assert_has(text, "Rear shocks (not included)");
    assert_has(text, "next time");
    assert_has(text, "José M. authorized");
    assert_has(text, "Customer's signature");
    assert_lacks(text, "3.05");
}

/* A canned job brings the sentence for the invoice with it. */
static void what_was_done_is_told_once_it_is_done(void **state)
{
    struct shop_test *t = *state;

    given_an_order(t);
    call(t, &job_edit_op,
         "{\"job\":1,\"title\":\"Oil service\",\"correction\":\"Changed oil and filter\"}");
    call(t, &job_edit_op,
         "{\"job\":2,\"title\":\"Rear shocks\",\"correction\":\"Replaced the shocks\"}");
    assert_lacks(paper_text(t, DOCUMENT_ESTIMATE, 10001), "Changed oil and filter");
    call(t, &job_start_op, "{\"job\":1}");
    call(t, &job_done_op, "{\"job\":1}");
    assert_has(paper_text(t, DOCUMENT_ESTIMATE, 10001), "Changed oil and filter");
    call(t, &invoice_post_op, "{\"order\":10001}");
    const char *text = paper_text(t, DOCUMENT_HISTORY, 1);
    assert_has(text, "Changed oil and filter");
    assert_has(text, "Rear shocks (declined)");
    assert_lacks(text, "Replaced the shocks");
}

static void the_technicians_copy_has_no_price(void **state)
{
    struct shop_test *t = *state;

    given_an_order(t);
    call(t, &inspection_begin_op, "{\"order\":10001}");
    assert_has(paper_text(t, DOCUMENT_WORK_ORDER, 10001), "[  ] soon");
    const char *text = paper_text(t, DOCUMENT_WORK_ORDER, 10001);
    assert_has(text, "Work order 10001");
    assert_has(text, "Oil filter");
    assert_has(text, "Cause: ____");
    assert_lacks(text, "9.99");
    assert_lacks(text, "72.50");
    assert_lacks(text, "Rear shocks");
    assert_lacks(text, "555-0142");
}

static void usage_of_a_month_shows_costs_to_those_who_may_see_them(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF pdf = BUF_MIB(4);

    given_a_paid_invoice(t);
    assert_int_equal(print_render(&t->session, DOCUMENT_USAGE, 202611, PRINT_PDF, &pdf), OK);
    const char *text = read_back(&t->arena, &pdf, "pdftotext -layout", "-");
    assert_has(text, "Parts usage");
    assert_has(text, "30 Nov 2026");
    assert_has(text, "OF-7317");
    assert_has(text, "3.05");
    assert_has(text, "69.47"); /* (9.99 - 3.05) / 9.99 */
    assert_has(text, "(sales - cost) / sales");
    text = paper_text(t, DOCUMENT_USAGE, 20261123);
    assert_has(text, "No invoice took a part.");
    sign_in_as(t, ROLE_TECHNICIAN);
    text = paper_text(t, DOCUMENT_USAGE, 2026);
    assert_has(text, "9.99");
    assert_lacks(text, "3.05");
    assert_lacks(text, "Margin");
    AUTO_BUF none = BUF_MIB(1);
    assert_int_equal(print_render(&t->session, DOCUMENT_USAGE, 202613, PRINT_TEXT, &none),
                     ERR_INVALID);
    assert_says(t, "202613 is no day, month or year");
}

static void invoice_and_receipt_show_what_was_paid(void **state)
{
    struct shop_test *t = *state;

    given_a_paid_invoice(t);
    const char *text = paper_text(t, DOCUMENT_INVOICE, 20001);
    assert_has(text, "Invoice 20001");
    assert_has(text, "Changed oil and filter");
    assert_has(text, "Sales tax 7.75 % of 9.99");
    assert_has(text, "83.26");
    assert_has(text, "Balance due");
    text = paper_text(t, DOCUMENT_RECEIPT, 20001);
    assert_has(text, "100.00");
    assert_has(text, "16.74");
    text = paper_text(t, DOCUMENT_HISTORY, 1);
    assert_has(text, "Service history");
    assert_has(text, "112,340 mi");
    assert_has(text, "Correction: Changed oil and filter");
}

static void a_payment_has_a_receipt_that_tells_what_was_paid_back(void **state)
{
    struct shop_test *t = *state;

    given_a_paid_invoice(t);
    const char *text = paper_text(t, DOCUMENT_PAYMENT, 1);
    assert_has(text, "Payment receipt");
    assert_has(text, "Invoice 20001");
    assert_has(text, "100.00");
    assert_has(text, "16.74");
    assert_has(text, "83.26");
    assert_lacks(text, "Refund");
    call(t, &payment_unapply_op, "{\"payment\":1,\"invoice\":20001,\"amount\":\"20\"}");
    call(t, &payment_refund_op,
         "{\"payment\":1,\"amount\":\"15\",\"to\":\"check\",\"check_number\":\"2001\","
         "\"reason\":\"The shop's own reason\"}");
    text = paper_text(t, DOCUMENT_PAYMENT, 1);
    assert_has(text, "Refund receipt");
    assert_has(text, "63.26");
    assert_has(text, "Credit on account");
    assert_has(text, "check 2001");
    assert_has(text, "15.00");
    assert_lacks(text, "own reason");
}

static void a_credit_memo_tells_what_went_back_and_where_the_money_is(void **state)
{
    struct shop_test *t = *state;

    given_a_paid_invoice(t);
    const long long part =
        (long long)ask_number(t, "SELECT id FROM invoice_line WHERE kind = 'part'");
    call(t, &credit_issue_op,
         arena_printf(&t->arena,
                      "{\"invoice\":20001,\"reason\":\"Wrong filter\",\"lines\":[{\"line\":%lld,"
                      "\"back\":\"restock\"}]}",
                      part));
    const char *text = paper_text(t, DOCUMENT_CREDIT, 1);
    assert_has(text, "Credit memo 1");
    assert_has(text, "José Müller");
    assert_has(text, "20001");
    assert_has(text, "OF-7317");
    assert_has(text, "back to stock");
    assert_has(text, "Total credit");
    assert_has(text, "Credit on account");
    assert_has(text, "Wrong filter");
}

static void a_certificate_is_printed_once_it_is_paid(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF bytes = BUF_MIB(1);

    call(t, &customer_add_op, "{\"first_name\":\"José\",\"last_name\":\"Müller\"}");
    call(t, &gift_sell_op, "{\"customer\":1,\"amount\":\"75\",\"recipient\":\"Ana\"}");
    assert_int_equal(print_render(&t->session, DOCUMENT_GIFT, 1, PRINT_TEXT, &bytes), ERR_CONFLICT);
    assert_says(t, "Take the payment of invoice 20001, then print it.");
    call(t, &payment_take_op,
         "{\"invoice\":20001,\"tenders\":[{\"method\":\"cash\",\"amount\":\"75\"}]}");
    const char *number = ask_text(t, "SELECT substr(number, 1, 4) || '-' || substr(number, 5, 4)\n"
                                     "  || '-' || substr(number, 9) FROM gift_certificate");
    const char *text = paper_text(t, DOCUMENT_GIFT, 1);
    assert_has(text, "Gift certificate");
    assert_has(text, number);
    assert_has(text, "$75.00");
    assert_has(text, "for Ana");
    assert_has(text, "from José Müller");
    assert_has(text, "It does not expire.");
    assert_lacks(text, "Left");
    call(t, &payment_deposit_op,
         arena_printf(&t->arena,
                      "{\"customer\":1,\"method\":\"gift\",\"amount\":\"20\","
                      "\"certificate\":\"%s\"}",
                      number));
    assert_has(paper_text(t, DOCUMENT_GIFT, 1), "$55.00");
    assert_has(paper_text(t, DOCUMENT_PAYMENT, 2), number);
    call(t, &gift_give_op, "{\"customer\":1,\"amount\":\"5\",\"reason\":\"Waited long\"}");
    text = paper_text(t, DOCUMENT_GIFT, 2);
    assert_has(text, "Store credit");
    assert_lacks(text, "Waited long");
}

static void a_charge_without_an_order_has_neither_labor_nor_parts(void **state)
{
    struct shop_test *t = *state;

    call(t, &customer_add_op, "{\"first_name\":\"José\",\"last_name\":\"Müller\"}");
    call(t, &invoice_charge_op,
         "{\"customer\":1,\"amount\":\"35\",\"description\":\"Storage, a week\"}");
    const char *text = paper_text(t, DOCUMENT_INVOICE, 20001);
    assert_has(text, "Charge on account");
    assert_has(text, "Storage, a week");
    assert_has(text, "35.00");
    assert_lacks(text, "Labor");
    assert_lacks(text, "Parts");
}

static void a_coupon_is_named_with_its_code_on_estimate_and_invoice(void **state)
{
    struct shop_test *t = *state;

    given_an_order(t);
    call(t, &coupon_add_op, "{\"code\":\"FALL10\",\"title\":\"Autumn\",\"amount\":\"10\"}");
    call(t, &coupon_apply_op, "{\"order\":10001,\"code\":\"FALL10\"}");
    assert_has(paper_text(t, DOCUMENT_ESTIMATE, 10001), "of that, coupon FALL10 ");
    call(t, &job_start_op, "{\"job\":1}");
    call(t, &job_done_op, "{\"job\":1}");
    call(t, &invoice_post_op, "{\"order\":10001}");
    run_sql(t, "UPDATE coupon SET code = 'OTHER', title = 'Another'");
    const char *text = paper_text(t, DOCUMENT_INVOICE, 20001);
    assert_has(text, "Discounts (included above)");
    assert_has(text, "of that, coupon FALL10, Autumn");
    assert_has(text, "10.00");
}

/* A red dot: a PNG of one pixel. */
static const unsigned char dot_png[] = {
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48,
    0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00,
    0x00, 0x90, 0x77, 0x53, 0xDE, 0x00, 0x00, 0x00, 0x0C, 0x49, 0x44, 0x41, 0x54, 0x08,
    0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0x00, 0x00, 0x03, 0x01, 0x01, 0x00, 0x18, 0xDD, 0x8D,
    0xB0, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
};

/* Changes settings as a person does: today's, with these values instead. */
static status change_shop(struct shop_test *t, void (*change)(struct shop *shop, const void *to),
                          const void *to)
{
    struct shop shop, after;

    expect_ok(t, &setting_show_op, NULL, &shop);
    change(&shop, to);
    return op_call(&t->session, &setting_edit_op, &shop, &after);
}

static void set_logo(struct shop *shop, const void *path)
{
    shop->logo = path;
}

static void set_everything(struct shop *shop, const void *unused)
{
    (void)unused;
    shop->name = "Harbor Motors";
    shop->street = "1 Quay";
    shop->city = "Portland";
    shop->state = "OR";
    shop->zip = "97201";
    shop->phone = "+15035550100";
    shop->email = "new@harbor.example";
    shop->profile = PROFILE_PLAIN;
    shop->registration = "OR-1";
    shop->epa_id = "OR9";
    shop->logo = "";
    shop->paper = PAPER_A4;
    shop->zone = "America/New_York";
    shop->supplies_text = "Rags.";
    shop->invoice_terms = "Cash only.";
    shop->warranty_text = "None.";
}

/* No other run of this test has the same. */
static const char *own_path(struct shop_test *t, const char *name)
{
    return arena_printf(&t->arena, "/tmp/pitlane-papers-%d-%s", (int)getpid(), name);
}

static void given_a_logo(struct shop_test *t, const char *path)
{
    AUTO_BUF file = BUF(1000);

    buf_add(&file, dot_png, sizeof dot_png);
    assert_int_equal(buf_write_file(&file, path, 0600, NULL), OK);
    assert_int_equal(change_shop(t, set_logo, path), OK);
    unlink(path);
}

/* The customer, his vehicle, the people, the parts and the rules: none of it is as it was. */
static void when_everything_changes(struct shop_test *t)
{
    assert_int_equal(change_shop(t, set_everything, NULL), OK);
    run_sql(t,
            "UPDATE customer SET first_name = 'Ana', last_name = 'Novak', company = 'Novak Ltd',\n"
            "  name = 'Novak Ltd', email = 'a@n.example', tax_exempt = 1, terms_days = 45");
    run_sql(t, "UPDATE coupon SET code = 'OTHER', title = 'Another'");
    run_sql(t, "UPDATE phone SET number = '+15035550111'");
    run_sql(t, "UPDATE vehicle SET plate = 'NEW1', plate_state = 'OR', color = 'pink',\n"
               "  model = 'Wagon', name = '1999 Wagon'");
    run_sql(t, "UPDATE user SET name = 'Somebody Else', certificate = 'X9'");
    run_sql(t, "UPDATE part SET sku = 'GONE', name = 'Renamed', price = 1");
    run_sql(t, "UPDATE tax SET name = 'VAT', rate = 200000");
    run_sql(t, "UPDATE rate_class SET name = 'Premium', rate = 99900");
    days_later(t, 400);
    call(t, &customer_add_op, "{\"first_name\":\"Iva\",\"last_name\":\"Keep\"}");
    call(t, &customer_merge_op, "{\"keep\":2,\"gone\":1}");
}

static const struct {
    enum document_kind kind;
    int64_t subject;
} posted[] = {
    {DOCUMENT_INVOICE, 20001}, {DOCUMENT_RECEIPT, 20001}, {DOCUMENT_CREDIT, 1},
    {DOCUMENT_PAYMENT, 1},     {DOCUMENT_DAY, 1},
};

/* What few invoices have: a coupon, a signature that was drawn, work that was added later. */
static void given_more_on_it(struct shop_test *t)
{
    call(t, &coupon_add_op, "{\"code\":\"FALL10\",\"title\":\"Autumn\",\"amount\":\"10\"}");
    call(t, &coupon_apply_op, "{\"order\":10001,\"code\":\"FALL10\"}");
    call(t, &line_add_labor_op, "{\"job\":1,\"hours\":\"0.3\",\"description\":\"Reset light\"}");
    call(t, &order_authorize_op,
         "{\"order\":10001,\"method\":\"signed\",\"parts_back\":\"no\","
         "\"signature\":\"100,500 150,200 200,700\"}");
}

static void a_reprint_is_the_first_print_to_the_byte(void **state)
{
    struct shop_test *t = *state;
    struct buf first[COUNT_OF(posted)];

    given_a_logo(t, own_path(t, "logo.png"));
    given_an_order(t);
    given_more_on_it(t);
    run_sql(t, "UPDATE shop SET profile = 'mi', registration = 'F123456', epa_id = 'MI000'");
    run_sql(t, "UPDATE user SET certificate = 'M123456'");
    run_sql(t, "UPDATE job SET technician = 1");
    call(t, &job_start_op, "{\"job\":1}");
    call(t, &job_done_op, "{\"job\":1}");
    call(t, &invoice_post_op, "{\"order\":10001}");
    call(t, &payment_take_op,
         "{\"invoice\":20001,\"tenders\":[{\"method\":\"cash\",\"amount\":\"50\"}]}");
    call(t, &credit_issue_op,
         "{\"invoice\":20001,\"reason\":\"Wrong filter\",\"all\":true,\"back\":\"kept\"}");
    call(t, &drawer_open_op, "{\"amount\":\"200\"}");
    call(t, &drawer_count_op, "{\"total\":\"250\"}");
    call(t, &day_close_op, "{}");
    assert_has(paper_text(t, DOCUMENT_INVOICE, 20001), "Signed by José Müller");
    for (size_t i = 0; i < COUNT_OF(posted); i++) {
        first[i] = BUF_MIB(4);
        if (print_render(&t->session, posted[i].kind, posted[i].subject, PRINT_PDF, &first[i]) !=
            OK)
            fail_msg("%s", t->session.fault.text);
    }
    when_everything_changes(t);
    for (size_t i = 0; i < COUNT_OF(posted); i++) {
        AUTO_BUF again = BUF_MIB(4);
        assert_int_equal(
            print_render(&t->session, posted[i].kind, posted[i].subject, PRINT_PDF, &again), OK);
        if (first[i].length != again.length || memcmp(first[i].at, again.at, again.length) != 0)
            fail_msg("%s is another paper now:\n%s",
                     choice_label(&document_kind_choices, posted[i].kind),
                     paper_text(t, posted[i].kind, posted[i].subject));
        buf_done(&first[i]);
    }
    assert_has(paper_text(t, DOCUMENT_ESTIMATE, 10001), "Harbor Motors");
}

static void a_logo_must_be_a_picture_and_outlives_its_file(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF text = BUF(100), pdf = BUF_MIB(4);

    assert_int_equal(change_shop(t, set_logo, own_path(t, "no-such.png")), ERR_INVALID);
    assert_field(t, "logo");
    buf_text(&text, "no picture at all");
    assert_int_equal(buf_write_file(&text, own_path(t, "logo.txt"), 0600, NULL), OK);
    assert_int_equal(change_shop(t, set_logo, own_path(t, "logo.txt")), ERR_INVALID);
    assert_says(t, "This file is no PNG or JPEG picture. Choose another one.");
    unlink(own_path(t, "logo.txt"));

    given_a_logo(t, own_path(t, "logo.png"));
    assert_int_equal(change_shop(t, set_logo, own_path(t, "logo.png")), OK);
    given_an_order(t);
    assert_int_equal(print_render(&t->session, DOCUMENT_ESTIMATE, 10001, PRINT_PDF, &pdf), OK);
    assert_has(read_back(&t->arena, &pdf, "pdfimages -list", "2>/dev/null"), "image       1     1");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM letterhead_picture"), 1);
    assert_int_equal(change_shop(t, set_logo, ""), OK);
    buf_clear(&pdf);
    assert_int_equal(print_render(&t->session, DOCUMENT_ESTIMATE, 10001, PRINT_PDF, &pdf), OK);
    assert_lacks(read_back(&t->arena, &pdf, "pdfimages -list", "2>/dev/null"), "image ");
}

static void a_saved_document_is_noted_and_a_wrong_one_refused(void **state)
{
    struct shop_test *t = *state;
    char path[] = "/tmp/pitlane-paper-XXXXXX";

    given_an_order(t);
    assert_true(mkstemp(path) >= 0);
    assert_int_equal(print_save(&t->session, DOCUMENT_ESTIMATE, 10001, PRINT_PDF, path), OK);
    unlink(path);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM document WHERE kind = 'estimate' AND "
                                   "subject = 10001 AND sent = 'saved'"),
                     1);
    assert_int_equal(print_queue(&t->session, DOCUMENT_ESTIMATE, 10001, "a@b.example"), OK);
    assert_int_equal(print_queue(&t->session, DOCUMENT_ESTIMATE, 10001, "nobody"), ERR_INVALID);
    assert_int_equal(print_save(&t->session, DOCUMENT_ESTIMATE, 999, PRINT_PDF, path),
                     ERR_NOT_FOUND);
    assert_int_equal(
        print_save(&t->session, DOCUMENT_ESTIMATE, 10001, PRINT_PDF, "/nonexistent/a.pdf"), ERR_IO);
    assert_int_equal(print_send(&t->session, DOCUMENT_ESTIMATE, 10001, "-evil", 1), ERR_INVALID);
}

static void nobody_prints_what_he_may_not_see(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF bytes = BUF_MIB(1);

    given_a_paid_invoice(t);
    sign_in_as(t, ROLE_TECHNICIAN);
    assert_int_equal(print_render(&t->session, DOCUMENT_INVOICE, 20001, PRINT_TEXT, &bytes),
                     ERR_DENIED);
    assert_int_equal(print_render(&t->session, DOCUMENT_WORK_ORDER, 10001, PRINT_TEXT, &bytes),
                     ERR_DENIED); /* not his job */
    sign_in_as(t, ROLE_ACCOUNTANT);
    assert_int_equal(print_render(&t->session, DOCUMENT_INVOICE, 20001, PRINT_TEXT, &bytes), OK);
}

/* A program of this name earlier on the path notes what it was given: its words, then all bytes. */
struct printer {
    char folder[32];
    const char *lp, *log, *path;
};

static struct printer given_printer(struct shop_test *t)
{
    struct printer printer = {.folder = "/tmp/pitlane-lp-XXXXXX"};
    AUTO_BUF script = BUF(1000);

    assert_non_null(mkdtemp(printer.folder));
    printer.lp = arena_printf(&t->arena, "%s/lp", printer.folder);
    printer.log = arena_printf(&t->arena, "%s/log", printer.folder);
    buf_printf(&script, "#!/bin/sh\nprintf '%%s|' \"$@\" > %s; cat >> %s\n", printer.log,
               printer.log);
    assert_int_equal(buf_write_file(&script, printer.lp, 0700, NULL), OK);
    printer.path = arena_text(&t->arena, getenv("PATH"));
    setenv("PATH", arena_printf(&t->arena, "%s:%s", printer.folder, printer.path), 1);
    return printer;
}

static void printer_done(const struct printer *printer, struct buf *ret_seen)
{
    setenv("PATH", printer->path, 1);
    assert_int_equal(buf_read_file(ret_seen, printer->log, NULL), OK);
    unlink(printer->lp);
    unlink(printer->log);
    rmdir(printer->folder);
}

static void the_printer_gets_the_document_and_no_shell_sees_its_name(void **state)
{
    static const char begins[] = "-d|front desk; rm -rf x|-n|2|-t|estimate-10001|%PDF-";
    struct shop_test *t = *state;
    AUTO_BUF seen = BUF_MIB(4);

    given_an_order(t);
    const struct printer printer = given_printer(t);
    const status result =
        print_send(&t->session, DOCUMENT_ESTIMATE, 10001, "front desk; rm -rf x", 2);
    printer_done(&printer, &seen);
    assert_int_equal(result, OK);
    assert_int_equal(strncmp(buf_str(&seen), begins, strlen(begins)), 0);
}

static void recovery_codes_go_to_the_printer_and_are_kept_nowhere(void **state)
{
    static const char begins[] = "-n|1|-t|recovery-codes|%PDF-";
    const struct recovery_code codes[] = {{"7kqm-2xr4-pd8w"}, {"aa3n-9ftc-k0vz"}};
    struct shop_test *t = *state;
    AUTO_BUF seen = BUF_MIB(4);

    const struct printer printer = given_printer(t);
    const status result = print_recovery_codes(&t->session, codes, COUNT_OF(codes));
    printer_done(&printer, &seen);
    assert_int_equal(result, OK);
    assert_int_equal(strncmp(buf_str(&seen), begins, strlen(begins)), 0);
    assert_int_equal(
        ask_number(t,
                   "SELECT count(*) FROM audit WHERE op = 'factor.print-codes' AND result = 'ok'"),
        1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE input LIKE '%7kqm%'"), 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM document"), 0);

    AUTO_BUF pdf = BUF_MIB(4);
    const char *bytes = strstr(buf_str(&seen), "%PDF-");
    buf_add(&pdf, bytes, seen.length - (size_t)(bytes - buf_str(&seen)));
    const char *text = read_back(&t->arena, &pdf, "pdftotext -layout", "- 2>/dev/null");
    assert_non_null(strstr(text, "7kqm-2xr4-pd8w"));
    assert_non_null(strstr(text, "aa3n-9ftc-k0vz"));
    assert_non_null(strstr(text, t->session.user_name));
}

static void the_audit_log_for_an_auditor_says_what_it_shows_and_that_it_holds(void **state)
{
    struct shop_test *t = *state;
    struct audit_list filter = {.refused = false};
    AUTO_BUF text = BUF_MIB(1);

    given_an_order(t);
    shape_tidy(audit_list_op.in, &filter);
    filter.document = "order 10001";
    assert_int_equal(print_audit(&t->session, &filter, PRINT_TEXT, &text), OK);
    const char *paper = buf_str(&text);
    assert_non_null(strstr(paper, "Bayside Auto Care"));
    assert_non_null(strstr(paper, "every action, order 10001"));
    assert_non_null(strstr(paper, "the beginning to now"));
    assert_non_null(strstr(paper, "State: draft → presented"));
    assert_non_null(strstr(paper, "each is as it was"));
    assert_non_null(strstr(paper, "Pitlane audit checkpoint 1"));
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit_checkpoint"), 1);

    AUTO_BUF pdf = BUF_MIB(4);
    assert_int_equal(print_audit(&t->session, &filter, PRINT_PDF, &pdf), OK);
    assert_int_equal(strncmp(buf_str(&pdf), "%PDF-", 5), 0);
    run_sql(t, "DROP TRIGGER audit_is_final");
    run_sql(t, "UPDATE audit SET user_name = 'Eve' WHERE id = 3");
    buf_clear(&text);
    assert_int_equal(print_audit(&t->session, &filter, PRINT_TEXT, &text), OK);
    assert_non_null(strstr(buf_str(&text), "THE LOG DOES NOT HOLD: Row 3"));
}

static void an_audit_log_is_not_printed_for_who_may_not_read_it(void **state)
{
    struct shop_test *t = *state;
    struct audit_list filter = {.refused = false};
    AUTO_BUF text = BUF_MIB(1);

    shape_tidy(audit_list_op.in, &filter);
    sign_in_as(t, ROLE_TECHNICIAN);
    assert_int_equal(print_audit(&t->session, &filter, PRINT_TEXT, &text), ERR_DENIED);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit_checkpoint"), 0);
}

static void an_open_count_sheet_is_blind_and_a_posted_one_tells(void **state)
{
    struct shop_test *t = *state;

    call(t, &part_add_op,
         "{\"sku\":\"OF-7317\",\"name\":\"Oil "
         "filter\",\"cost\":\"3.05\",\"bin\":\"A4\",\"on_hand\":\"12\"}");
    call(t, &count_start_op, "{\"bin\":\"A4\"}");
    const char *text = paper_text(t, DOCUMENT_COUNT, 1);
    assert_has(text, "Count sheet 1");
    assert_has(text, "OF-7317");
    assert_lacks(text, "12");
    call(t, &count_enter_op, "{\"count\":1,\"scanned\":\"OF-7317\",\"counted\":\"11\"}");
    call(t, &count_post_op, "{\"count\":1,\"reason\":\"one is missing\"}");
    text = paper_text(t, DOCUMENT_COUNT, 1);
    assert_has(text, "11");
    assert_has(text, "-1");
    assert_has(text, "one is missing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_audit_log_for_an_auditor_says_what_it_shows_and_that_it_holds),
        SHOP_TEST(an_audit_log_is_not_printed_for_who_may_not_read_it),
        SHOP_TEST(an_open_count_sheet_is_blind_and_a_posted_one_tells),
        SHOP_TEST(the_estimate_shows_prices_totals_and_how_it_was_authorized),
        SHOP_TEST(what_was_done_is_told_once_it_is_done),
        SHOP_TEST(the_technicians_copy_has_no_price),
        SHOP_TEST(usage_of_a_month_shows_costs_to_those_who_may_see_them),
        SHOP_TEST(invoice_and_receipt_show_what_was_paid),
        SHOP_TEST(a_credit_memo_tells_what_went_back_and_where_the_money_is),
        SHOP_TEST(a_certificate_is_printed_once_it_is_paid),
        SHOP_TEST(a_payment_has_a_receipt_that_tells_what_was_paid_back),
        SHOP_TEST(a_charge_without_an_order_has_neither_labor_nor_parts),
        SHOP_TEST(a_coupon_is_named_with_its_code_on_estimate_and_invoice),
        SHOP_TEST(a_reprint_is_the_first_print_to_the_byte),
        SHOP_TEST(a_logo_must_be_a_picture_and_outlives_its_file),
        SHOP_TEST(a_saved_document_is_noted_and_a_wrong_one_refused),
        SHOP_TEST(nobody_prints_what_he_may_not_see),
        SHOP_TEST(the_printer_gets_the_document_and_no_shell_sees_its_name),
        SHOP_TEST(recovery_codes_go_to_the_printer_and_are_kept_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
