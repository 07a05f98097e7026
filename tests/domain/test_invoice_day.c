/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* An invoice that was forgotten, made for its own day while that is open: asked about, and all that
 * follows from it lands on that day. The shop's clock stands at 24 November 2026. */

#include "paid.h"

#include "domain/closed_day.h"
#include "domain/receivable.h"

static const struct day TODAY = {"2026-11-24"}, YESTERDAY = {"2026-11-23"};

/* Written up on 20 November: labor of 100.00 and one part off the shelf for 250.00. */
static struct order_id given_forgotten(struct shop_test *t)
{
    given_no_taxes(t);
    run_sql(t, "UPDATE shop SET supplies_ppm = 0, supplies_flat = 0");
    given_part(t, "ALT", (struct qty){2000}, USD(200, 0));
    given_customer(t, "Delgado, Maria", 10);
    const struct order_id order = given_order(t, 1);
    given_job(t, order, "Alternator", "done");
    given_line(t, "labor", 1000, 10000, 0, 0);
    given_line(t, "part", 1000, 25000, 0, 1);
    (void)given_authorized(t, order, 0);
    run_sql(t, arena_printf(&t->arena, "UPDATE repair_order SET opened_at = %lld",
                            (long long)(SHOP_TEST_NOW - 4 * 24 * 3600)));
    return order;
}

static void refused(struct shop_test *t, const struct invoice_post *in, const char *field,
                    const char *says)
{
    expect_status(t, &invoice_post_op, in, NULL, ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
}

static void an_invoice_of_yesterday_is_asked_about_and_lands_there(void **state)
{
    struct shop_test *t = *state;
    struct invoice_post in = {.order = given_forgotten(t), .posted_on = YESTERDAY};
    struct invoice invoice;

    refused(t, &in, "earlier", "23 Nov 2026 is before today. Say yes when");
    in.earlier = true;
    expect_ok(t, &invoice_post_op, &in, &invoice);
    assert_string_equal(invoice.posted_on.iso, YESTERDAY.iso);
    assert_string_equal(invoice.due_on.iso, "2026-12-03");
    assert_string_equal(ask_text(t, "SELECT posted_on FROM entry WHERE source = 'invoice'"),
                        YESTERDAY.iso);
    assert_string_equal(ask_text(t, "SELECT moved_on FROM stock_move ORDER BY id DESC LIMIT 1"),
                        YESTERDAY.iso);
    assert_books_agree(t);
    const struct receivable_query evening = {.as_of = YESTERDAY};
    struct receivable_report report;
    expect_ok(t, &receivable_aging_op, &evening, &report);
    assert_int_equal(report.aged.owes.cents, 35000);

    (void)given_invoice(t, USD(50, 0)); /* the next one is of today again */
    assert_string_equal(ask_text(t, "SELECT posted_on FROM invoice ORDER BY id DESC LIMIT 1"),
                        TODAY.iso);
    assert_books_agree(t);
}

static void a_day_that_is_closed_or_to_come_or_before_the_order_is_refused(void **state)
{
    struct shop_test *t = *state;
    struct invoice_post in = {.order = given_forgotten(t), .earlier = true};

    const struct day_close closing = {.day = YESTERDAY, .leave_unposted = true, .note = ""};

    in.posted_on = (struct day){"2026-11-25"};
    refused(t, &in, "posted_on", "25 Nov 2026 is still to come.");
    in.posted_on = (struct day){"2026-11-19"};
    refused(t, &in, "posted_on", "The order was written up on 20 Nov 2026.");
    t->session.clock.fixed -= 24 * 3600; /* the books begin yesterday */
    (void)given_invoice(t, USD(10, 0));
    t->session.clock.fixed += 24 * 3600;
    confirm(t);
    expect_ok(t, &day_close_op, &closing, NULL);
    in.posted_on = YESTERDAY;
    refused(t, &in, "posted_on", "The days up to 23 Nov 2026 are closed.");
    in.posted_on = TODAY;
    in.earlier = false;
    expect_ok(t, &invoice_post_op, &in, NULL);
    assert_string_equal(ask_text(t, "SELECT max(posted_on) FROM invoice"), TODAY.iso);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(an_invoice_of_yesterday_is_asked_about_and_lands_there),
        SHOP_TEST(a_day_that_is_closed_or_to_come_or_before_the_order_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
