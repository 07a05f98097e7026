/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Estimate and invoice as each state wants them, read back from the PDF. With PITLANE_PAPERS set to
 * a folder, what was read is left there to be looked at. */

#include "../domain/orders.h"

#include <stdio.h>
#include <stdlib.h>

#include "domain/invoice.h"
#include "domain/profile.h"
#include "papers.h"

static void given_state(struct shop_test *t, const char *profile)
{
    run_sql(t, arena_printf(&t->arena,
                            "UPDATE shop SET profile = '%s', registration = 'R-123456',"
                            " epa_id = 'XX0000123456', supplies_ppm = 0, supplies_flat = 500",
                            profile));
    if (strcmp(profile, "ca") == 0)
        run_sql(t, "UPDATE shop SET supplies_flat = 0");
}

/* Brakes with a rebuilt caliper and old fluid to dispose of, all by Mo. */
static void given_brakes(struct shop_test *t, const char *profile)
{
    struct order order = given_brake_job(t);
    const long long job = job_id_of(&order, 1);

    given_state(t, profile);
    run_sql(t, "UPDATE part SET condition = 'rebuilt' WHERE sku = 'BP-1210'");
    run_sql(t, "UPDATE user SET certificate = 'M123456' WHERE id = 3");
    run_sql(t, "UPDATE job SET technician = 3");
    change(t, &line_add_other_op,
           "{\"job\":%lld,\"kind\":\"hazmat\",\"description\":\"Brake fluid "
           "disposal\",\"price\":\"3.00\",\"taxable\":false}",
           job);
    run_sql(t, "INSERT INTO vendor (name, name_key) VALUES ('Machine shop', 'machine shop')");
    change(t, &line_add_other_op,
           "{\"job\":%lld,\"vendor\":1,\"kind\":\"sublet\",\"description\":\"Turn "
           "rotors\",\"price\":\"40.00\",\"cost\":\"24.00\","
           "\"taxable\":false}",
           job);
}

static const char *estimate_of(struct shop_test *t, const char *state)
{
    given_brakes(t, state);
    return paper_pdf_text(t, DOCUMENT_ESTIMATE, 10001,
                          arena_printf(&t->arena, "estimate-%s", state));
}

static const char *invoice_of(struct shop_test *t, const char *state)
{
    const struct order order =
        change(t, &order_authorize_op,
               "{\"order\":10001,\"method\":\"phone\",\"person\":\"Maria "
               "D.\",\"contacted\":\"619 555 0142\",\"parts_back\":\"yes\"}");

    change(t, &job_start_op, "{\"job\":%lld}", job_id_of(&order, 1));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    expect_ok(t, &invoice_post_op, input_json(t, &invoice_post_op, "{\"order\":10001}"), NULL);
    return paper_pdf_text(t, DOCUMENT_INVOICE, 20001, arena_printf(&t->arena, "invoice-%s", state));
}

static void california(void **state)
{
    struct shop_test *t = *state;
    const char *text = estimate_of(t, "ca");

    assert_has(text, "Automotive repair dealer registration R-123456");
    assert_has(text, "EPA ID XX0000123456");
    assert_has(text, "Brake pads (rebuilt)");
    assert_has(text, "0W-20 oil, quart (new)");
    assert_has(text, "Brake fluid disposal");
    assert_has(text, "Service and repair work");
    assert_lacks(text, "Shop supplies");
    text = invoice_of(t, "ca");
    assert_has(text, "Automotive repair dealer registration R-123456");
    assert_has(text, "0W-20 oil, quart (new)");
    assert_has(text, "402.50"); /* labor 362.50 and sublet 40.00 */
    assert_has(text, "Parts, before tax");
    assert_has(text, "By phone: Maria D., (619) 555-0142");
    assert_has(text, "new total");
}

static void florida(void **state)
{
    struct shop_test *t = *state;
    const char *text = estimate_of(t, "fl");

    assert_has(text, "Florida, Fla. Stat. 559.905");
    assert_has(text, "I request a written estimate");
    assert_has(text, "costs and profits");
    assert_lacks(text, "check with your state");
    text = invoice_of(t, "fl");
    assert_has(text, "costs and profits");
    assert_has(text, "112,340 mi");
    assert_has(text, "Motor vehicle repair registration R-123456");
    assert_lacks(text, "(new)");
}

static void michigan(void **state)
{
    struct shop_test *t = *state;
    const char *text = estimate_of(t, "mi");

    assert_has(text, "Repair facility registration R-123456");
    assert_has(text, "MCL 257.1333");
    assert_has(text, "145.00"); /* the hour, beside the hours */
    text = invoice_of(t, "mi");
    assert_has(text, "Mo Haddad, certification M123456");
    assert_has(text, "completed properly");
    assert_has(text, "For the shop");
    assert_has(text, "(new)");
}

static void new_york(void **state)
{
    struct shop_test *t = *state;
    const char *text = estimate_of(t, "ny");

    assert_has(text, "Repair shop facility number R-123456");
    assert_has(text, "right to receive replaced parts");
    text = invoice_of(t, "ny");
    assert_has(text, "Repair shop facility number R-123456");
    assert_has(text, "Brake pads (rebuilt)");
}

static void texas(void **state)
{
    struct shop_test *t = *state;
    const char *text = estimate_of(t, "tx");

    assert_has(text, "SUBJECT TO REPOSSESSION");
    assert_has(text, "Tex. Prop. Code 70.001(c)");
    assert_has(text, "Customer's signature to this notice");
    assert_has(text, "Customer's signature");
    text = invoice_of(t, "tx");
    assert_has(text, "Brake pads (rebuilt)");
    assert_lacks(text, "REPOSSESSION");
}

/* What was drawn is on the paper, with who it was and the code. */
static void a_signature(void **state)
{
    struct shop_test *t = *state;

    given_brakes(t, "plain");
    const char *before = paper_pdf_text(t, DOCUMENT_ESTIMATE, 10001, "unsigned");
    assert_lacks(before, "Signed by");
    change(t, &order_authorize_op,
           "{\"order\":10001,\"method\":\"signed\",\"signature\":\"100,500 150,200 200,700 "
           "260,300 320,600 380,350 450,560;520,250 530,700;500,420 620,380 700,560 800,300\"}");
    assert_has(paper_pdf_text(t, DOCUMENT_ESTIMATE, 10001, "signed"), "Signed by Maria Delgado");
    assert_has(paper_pdf_text(t, DOCUMENT_WORK_ORDER, 10001, "signed-work"),
               "Signed by Maria Delgado");
    run_sql(t, "UPDATE shop SET zone = 'America/New_York'");
    run_sql(t, "UPDATE job SET state = 'done', done_at = 1");
    expect_ok(t, &invoice_post_op, input_json(t, &invoice_post_op, "{\"order\":10001}"), NULL);
    assert_has(paper_pdf_text(t, DOCUMENT_INVOICE, 20001, "signed-invoice"),
               "Signed by Maria Delgado, 24 Nov 2026");
}

static void no_state(void **state)
{
    struct shop_test *t = *state;
    const char *text = estimate_of(t, "plain");

    assert_has(text, "Registration R-123456");
    assert_has(text, "Labor");
    assert_has(text, "Sublet");
    assert_lacks(text, "(new)");
    text = invoice_of(t, "plain");
    assert_has(text, "Brake pads (rebuilt)");
    assert_lacks(text, "Mechanics");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(california), SHOP_TEST(florida),  SHOP_TEST(michigan),    SHOP_TEST(new_york),
        SHOP_TEST(texas),      SHOP_TEST(no_state), SHOP_TEST(a_signature),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
