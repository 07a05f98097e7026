/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Papers of what is hard to print: names as long as they get, in many scripts, descriptions of a
 * whole paragraph, more lines than a page has, amounts of seven figures. Nothing is cut, nothing
 * runs into anything else or off the paper. */

#include "../domain/paid.h"

#include "domain/claim.h"
#include "domain/count.h"
#include "domain/coupon.h"
#include "domain/credit.h"
#include "domain/customer.h"
#include "domain/gift.h"
#include "domain/inspection.h"
#include "domain/invoice.h"
#include "domain/order.h"
#include "domain/part.h"
#include "domain/payment.h"
#include "domain/purchase.h"
#include "domain/vehicle.h"
#include "domain/vendor.h"
#include "print/label.h"
#include "print/print.h"
#include "read_back.h"

#include "base/text.h"

#define LONG_NAME "Bartholomew-Maximilian Featherstonehaugh-Cholmondeley, York"
#define SCRIPTS   "Ångström Żółć Ñandú Ελληνικά Кириллица 東京自動車 🚗 naïve"
#define LONG_TEXT                                                                                  \
    "Remove and replace the front and rear brake pads, rotors, hardware and sensors; clean and "   \
    "lubricate the slides, flush the fluid until it runs clear, bleed all four corners in the "    \
    "order the maker gives"

static void call(struct shop_test *t, const struct op *op, const char *json)
{
    void *out = arena_alloc(&t->arena, op->out != NULL ? op->out->size : 1);
    expect_ok(t, op, input_json(t, op, json), out);
}

static void given_a_long_shop(struct shop_test *t)
{
    run_sql(t,
            "UPDATE shop SET name = '" LONG_NAME " Auto Repair', profile = 'mi',\n"
            "  street = '" LONG_NAME " Boulevard 10045, Suite 2200', registration = 'F1234567',\n"
            "  epa_id = 'MIR000012345', email = 'the.front.desk@" LONG_NAME ".example',\n"
            "  supplies_text = '" LONG_TEXT "', warranty_text = '" LONG_TEXT "'");
    run_sql(t, "UPDATE user SET name = 'Wilhelmina Featherstonehaugh-Cholmondeley',\n"
               "  certificate = 'M123456'");
}

static void given_hard_records(struct shop_test *t)
{
    call(t, &customer_add_op,
         "{\"first_name\":\"Żółć Ελληνικά 東京 🚗\",\"last_name\":\"" LONG_NAME "\","
         "\"phones\":[{\"kind\":\"mobile\",\"number\":\"6195550142\"}],"
         "\"addresses\":[{\"kind\":\"billing\",\"street\":\"" LONG_NAME " Street 4\","
         "\"city\":\"Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch\","
         "\"state\":\"CA\",\"zip\":\"92101\"}]}");
    call(t, &vehicle_add_op,
         "{\"customer\":1,\"vin\":\"1HGCM82633A004352\",\"plate\":\"7ABC123\","
         "\"plate_state\":\"CA\",\"color\":\"Żółty 東京 🚗\"}");
    call(t, &vendor_add_op,
         "{\"name\":\"" LONG_NAME " Supply\",\"account_number\":\"88-1402\",\"terms_days\":10}");
    call(t, &part_add_op,
         "{\"sku\":\"PAD-FRONT-REAR-CERAMIC-2014-2021-LEFT-RIGHT-SET-OF-8\","
         "\"name\":\"" SCRIPTS " " LONG_NAME "\",\"cost\":\"123456.00\",\"price\":\"234567.89\","
         "\"bin\":\"SHELF-NORTH-14-LEVEL-3-BOX-22\",\"vendor\":\"" LONG_NAME " Supply\","
         "\"core\":\"45.00\",\"on_hand\":\"12\"}");
}

/* Twelve jobs of four lines, one with all its texts, one declined. */
static void given_a_hard_order(struct shop_test *t)
{
    given_a_long_shop(t);
    given_hard_records(t);
    call(t, &order_start_op,
         "{\"customer\":1,\"vehicle\":1,\"odometer_mi\":1112340,\"concern\":\"" LONG_TEXT "\"}");
    for (int job = 1; job <= 12; job++) {
        if (job > 1)
            call(t, &job_add_op, "{\"order\":10001,\"title\":\"" LONG_NAME " " SCRIPTS "\"}");
        call(t, &line_add_labor_op,
             arena_printf(&t->arena,
                          "{\"job\":%d,\"hours\":\"112.25\",\"description\":\"" LONG_TEXT "\"}",
                          job));
        call(t, &line_add_part_op,
             arena_printf(&t->arena,
                          "{\"job\":%d,\"quantity\":\"0.25\","
                          "\"sku\":\"PAD-FRONT-REAR-CERAMIC-2014-2021-LEFT-RIGHT-SET-OF-8\"}",
                          job));
    }
    call(t, &job_edit_op,
         "{\"job\":2,\"title\":\"" LONG_NAME "\",\"concern\":\"" LONG_TEXT " " LONG_TEXT "\","
         "\"cause\":\"" SCRIPTS " " LONG_TEXT "\",\"correction\":\"" LONG_TEXT "\"}");
    call(t, &coupon_add_op,
         "{\"code\":\"SPRINGSPECIAL2026\",\"title\":\"" LONG_NAME "\",\"amount\":\"25\"}");
    call(t, &coupon_apply_op, "{\"order\":10001,\"code\":\"SPRINGSPECIAL2026\"}");
    run_sql(t, "UPDATE job SET technician = 1");
    run_sql(t, "UPDATE repair_order SET po_number = 'PO-2026-NORTH-REGION-000012345',\n"
               "  customer_note = '" LONG_TEXT "'");
    call(t, &order_present_op, "{\"order\":10001}");
    call(t, &order_authorize_op,
         "{\"order\":10001,\"method\":\"signed\",\"parts_back\":\"yes\",\"signature\":\"100,500 "
         "150,200 200,700 260,300 320,600 380,350 450,560;520,250 530,700;500,420 620,380\"}");
}

static void assert_text_fits(struct shop_test *t, enum document_kind kind, int64_t subject,
                             const char *name, size_t cells)
{
    AUTO_BUF plain = BUF_MIB(8);

    assert_int_equal(print_preview(&t->session, kind, subject, cells, &plain), OK);
    for (const char *line = buf_str(&plain); *line != '\0';) {
        const size_t length = strcspn(line, "\n");
        if (text_cells(line, length) > cells)
            fail_msg("%s: more than %zu columns: %.*s", name, cells, (int)length, line);
        line += length + (line[length] == '\n');
    }
}

static const char *paper(struct shop_test *t, enum document_kind kind, int64_t subject,
                         const char *name, float width)
{
    AUTO_BUF pdf = BUF_MIB(8);

    if (print_render(&t->session, kind, subject, PRINT_PDF, &pdf) != OK)
        fail_msg("%s: %s", name, t->session.fault.text);
    keep_paper(&t->arena, &pdf, arena_printf(&t->arena, "hard-%s", name));
    assert_words_apart(&t->arena, &pdf, width);
    assert_text_fits(t, kind, subject, name, width < 300 ? 48 : 80);
    assert_text_fits(t, kind, subject, name, width < 300 ? 48 : 58);
    return read_back(&t->arena, &pdf, "pdftotext -layout", "- 2>/dev/null");
}

#define LETTER 612
#define ROLL   227

static void papers_of_an_order_hold_whatever_is_written_on_it(void **state)
{
    struct shop_test *t = *state;

    given_a_hard_order(t);
    const char *text = paper(t, DOCUMENT_ESTIMATE, 10001, "estimate", LETTER);
    assert_has(text, "Ελληνικά");
    assert_has(text, "Page 2 of");
    assert_has(text, "the maker gives");
    paper(t, DOCUMENT_WORK_ORDER, 10001, "work-order", LETTER);
    for (int job = 1; job <= 12; job++) {
        call(t, &job_start_op, arena_printf(&t->arena, "{\"job\":%d}", job));
        call(t, &job_done_op, arena_printf(&t->arena, "{\"job\":%d}", job));
    }
    call(t, &invoice_post_op, "{\"order\":10001}");
    call(t, &payment_take_op,
         "{\"invoice\":20001,\"tenders\":[{\"method\":\"check\",\"amount\":\"100000\","
         "\"check_number\":\"000000012345678\"},{\"method\":\"card\",\"amount\":\"20\","
         "\"card_brand\":\"American Express\",\"card_last4\":\"1234\",\"card_auth\":\"A1B2C3\"}]}");
    text = paper(t, DOCUMENT_INVOICE, 20001, "invoice", LETTER);
    assert_has(text, "SPRINGSPECIAL2026");
    assert_has(text, "Signed by");
    paper(t, DOCUMENT_RECEIPT, 20001, "receipt", ROLL);
    paper(t, DOCUMENT_PAYMENT, 1, "payment", ROLL);
    paper(t, DOCUMENT_STATEMENT, 1, "statement", LETTER);
    paper(t, DOCUMENT_HISTORY, 1, "history", LETTER);
    paper(t, DOCUMENT_USAGE, 2026, "usage", LETTER);
    call(t, &credit_issue_op,
         "{\"invoice\":20001,\"all\":true,\"back\":\"restock\",\"reason\":\"" LONG_TEXT "\"}");
    paper(t, DOCUMENT_CREDIT, 1, "credit", LETTER);
}

static void papers_of_the_shelf_hold_long_names(void **state)
{
    struct shop_test *t = *state;

    given_a_long_shop(t);
    given_hard_records(t);
    call(t, &purchase_start_op, "{\"vendor\":1,\"note\":\"" LONG_TEXT "\"}");
    call(t, &purchase_add_line_op,
         "{\"purchase\":1,\"quantity\":\"1000\","
         "\"sku\":\"PAD-FRONT-REAR-CERAMIC-2014-2021-LEFT-RIGHT-SET-OF-8\"}");
    paper(t, DOCUMENT_PURCHASE, 1, "purchase", LETTER);
    call(t, &count_start_op, "{\"bin\":\"SHELF-NORTH-14-LEVEL-3-BOX-22\"}");
    paper(t, DOCUMENT_COUNT, 1, "count", LETTER);
    call(t, &claim_return_op,
         "{\"vendor\":1,\"part\":1,\"quantity\":\"1\",\"reason\":\"" LONG_TEXT "\"}");
    paper(t, DOCUMENT_CLAIM, 1, "claim", LETTER);
}

static void a_number_too_long_for_bars_is_written_out_on_its_label(void **state)
{
    static const struct label_part part = {"PAD-FRONT-REAR-CERAMIC-2014-2021-LEFT-RIGHT-SET-OF-8",
                                           2};
    struct shop_test *t = *state;
    AUTO_BUF pdf = BUF_MIB(8);
    const struct label_wish wish = {.parts = &part, .count = 1, .with_price = true};

    given_hard_records(t);
    if (label_render(&t->session, &wish, &pdf) != OK)
        fail_msg("%s", t->session.fault.text);
    keep_paper(&t->arena, &pdf, "hard-labels");
    assert_words_apart(&t->arena, &pdf, LETTER);
    const char *text = read_back(&t->arena, &pdf, "pdftotext -raw", "- 2>/dev/null");
    assert_has(text, "SET-OF-8");
    assert_has(text, "BOX-22");
    assert_has(text, "$234,567.89");
}

static void a_certificate_holds_long_names(void **state)
{
    struct shop_test *t = *state;

    given_a_long_shop(t);
    given_hard_records(t);
    call(t, &gift_sell_op,
         "{\"customer\":1,\"amount\":\"123456.78\",\"recipient\":\"" LONG_NAME "\"}");
    call(t, &payment_take_op,
         "{\"invoice\":20001,\"tenders\":[{\"method\":\"cash\",\"amount\":\"123456.78\"}]}");
    assert_has(paper(t, DOCUMENT_GIFT, 1, "gift", LETTER), "$123,456.78");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(papers_of_an_order_hold_whatever_is_written_on_it),
        SHOP_TEST(papers_of_the_shelf_hold_long_names),
        SHOP_TEST(a_number_too_long_for_bars_is_written_out_on_its_label),
        SHOP_TEST(a_certificate_holds_long_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
