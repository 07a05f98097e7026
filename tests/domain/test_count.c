/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Counting the shelf. */

#include "calls.h"

#include "domain/count.h"
#include "domain/ledger.h"
#include "domain/stock.h"

static struct count counted(struct shop_test *t, const struct op *op, const char *json)
{
    struct count count;

    expect_ok(t, op, input_json(t, op, json), &count);
    return count;
}

static void refused(struct shop_test *t, const struct op *op, const char *json, status expected,
                    const char *says)
{
    expect_status(t, op, input_json(t, op, json), NULL, expected);
    assert_says(t, says);
}

/* Ten filters at 3.05 and four sets of pads at 41.50 in bin A4, a belt in B1. */
static void given_shelf(struct shop_test *t)
{
    call(t, &part_add_op, NULL,
         "{\"sku\":\"OF-7317\",\"name\":\"Oil filter\",\"bin\":\"A4\",\"cost\":\"3.05\","
         "\"on_hand\":\"10\",\"upc\":\"036000291452\",\"whole\":true}");
    call(t, &part_add_op, NULL,
         "{\"sku\":\"BP-1210\",\"name\":\"Pads\",\"bin\":\"A4\",\"cost\":\"41.50\",\"on_hand\":"
         "\"4\","
         "\"category\":\"Brakes\",\"vendor\":\"Acme\",\"vendor_number\":\"AC-100\"}");
    call(
        t, &part_add_op, NULL,
        "{\"sku\":\"SB-1\",\"name\":\"Belt\",\"bin\":\"B1\",\"cost\":\"18.00\",\"on_hand\":\"1\"}");
}

static void a_count_posts_what_differs_and_the_books_agree(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    struct count sheet = counted(t, &count_start_op, "{\"bin\":\"A4\"}");
    assert_int_equal(sheet.lines.count, 2);
    assert_int_equal(sheet.remaining, 2);
    counted(t, &count_enter_op, "{\"count\":1,\"scanned\":\"036000291452\",\"counted\":\"8\"}");
    sheet = counted(t, &count_enter_op, "{\"count\":1,\"scanned\":\"ac-100\",\"counted\":\"5\"}");
    assert_int_equal(sheet.remaining, 0);
    assert_int_equal(sheet.variance_value.cents, -2 * 305 + 4150);

    refused(t, &count_post_op, "{\"count\":1}", ERR_INVALID, "differs");
    sheet = counted(t, &count_post_op, "{\"count\":1,\"reason\":\"miscounted\"}");
    assert_int_equal(sheet.state, COUNT_POSTED);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE sku = 'OF-7317'"), 8000);
    assert_int_equal(ask_number(t, "SELECT stock_value FROM part WHERE sku = 'OF-7317'"), 2440);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE sku = 'BP-1210'"), 5000);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM entry WHERE source = 'count'"), 1);
    assert_string_equal(ask_text(t, "SELECT counted_on FROM part WHERE sku = 'BP-1210'"),
                        "2026-11-24");
    assert_int_equal(ledger_prove(&t->session), OK);
    refused(t, &count_post_op, "{\"count\":1,\"reason\":\"x\"}", ERR_CONFLICT, "was posted");
}

static void what_was_sold_between_freezing_and_counting_is_no_variance(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    counted(t, &count_start_op, "{\"bin\":\"A4\"}");
    call(t, &part_adjust_op, NULL, "{\"part\":1,\"on_hand\":\"7\",\"reason\":\"sold three\"}");
    struct count sheet =
        counted(t, &count_enter_op, "{\"count\":1,\"scanned\":\"OF-7317\",\"counted\":\"7\"}");
    const struct count_line *lines = sheet.lines.at;
    const struct count_line *filter = lines[0].part.v == 1 ? &lines[0] : &lines[1];
    assert_int_equal(filter->expected.thousandths, 10000);
    assert_int_equal(filter->moved.thousandths, -3000);
    assert_int_equal(filter->variance.thousandths, 0);

    /* … and what is sold after the counting stays sold. */
    call(t, &part_adjust_op, NULL, "{\"part\":1,\"on_hand\":\"6\",\"reason\":\"sold one\"}");
    counted(t, &count_post_op, "{\"count\":1,\"leave\":true}");
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 1"), 6000);
    assert_int_equal(ledger_prove(&t->session), OK);
}

static void scans_add_up_one_by_one(void **state)
{
    struct shop_test *t = *state;
    static const char scan[] = "{\"count\":1,\"scanned\":\"OF-7317\",\"add\":true}";

    given_shelf(t);
    counted(t, &count_start_op, "{\"bin\":\"A4\"}");
    counted(t, &count_enter_op, scan);
    counted(t, &count_enter_op, scan);
    counted(t, &count_enter_op,
            "{\"count\":1,\"scanned\":\"OF-7317\",\"add\":true,\"counted\":\"5\"}");
    assert_int_equal(ask_number(t, "SELECT counted FROM stock_count_line WHERE part = 1"), 7000);
}

static void two_people_counting_one_bin_are_told(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    counted(t, &count_start_op, "{\"bin\":\"A4\"}");
    sign_in_as(t, ROLE_MANAGER);
    refused(t, &count_start_op, "{\"bin\":\"A4\"}", ERR_INVALID, "Ada Admin is counting bin A4");
    assert_field(t, "bin");
    counted(t, &count_start_op, "{\"bin\":\"B1\"}");

    /* On one sheet, the second one is told what the first one found. */
    counted(t, &count_enter_op, "{\"count\":1,\"scanned\":\"OF-7317\",\"counted\":\"9\"}");
    sign_in_as(t, ROLE_TECHNICIAN);
    refused(t, &count_enter_op, "{\"count\":1,\"scanned\":\"OF-7317\",\"counted\":\"8\"}",
            ERR_CONFLICT, "Ann Walsh counted OF-7317 in bin A4");
    counted(t, &count_enter_op,
            "{\"count\":1,\"scanned\":\"OF-7317\",\"counted\":\"8\",\"again\":true}");
    assert_int_equal(ask_number(t, "SELECT counted FROM stock_count_line WHERE part = 1"), 8000);
}

static void a_part_found_where_nobody_expected_it_gets_a_line(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    counted(t, &count_start_op, "{\"bin\":\"A4\"}");
    struct count sheet =
        counted(t, &count_enter_op, "{\"count\":1,\"scanned\":\"SB-1\",\"counted\":\"2\"}");
    assert_int_equal(sheet.lines.count, 3);
    counted(t, &count_post_op, "{\"count\":1,\"leave\":true,\"reason\":\"found\"}");
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part_bin WHERE part = 3 AND bin = 'A4'"),
                     2000);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 3"), 3000);
    assert_int_equal(ledger_prove(&t->session), OK);
}

static void bad_input_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    refused(t, &count_start_op, "{}", ERR_INVALID, "one thing at a time");
    refused(t, &count_start_op, "{\"bin\":\"A4\",\"due\":true}", ERR_INVALID,
            "one thing at a time");
    refused(t, &count_start_op, "{\"bin\":\"Z9\"}", ERR_NOT_FOUND, "nothing to count");
    refused(t, &count_start_op, "{\"due\":true}", ERR_NOT_FOUND, "Nothing is due");
    counted(t, &count_start_op, "{\"bin\":\"A4\"}");
    refused(t, &count_enter_op, "{\"count\":1,\"scanned\":\"NOPE\",\"counted\":\"1\"}", ERR_INVALID,
            "No part has the number");
    refused(t, &count_enter_op, "{\"count\":1,\"scanned\":\"OF-7317\"}", ERR_INVALID, "How many");
    refused(t, &count_enter_op, "{\"count\":1,\"scanned\":\"OF-7317\",\"counted\":\"1.5\"}",
            ERR_INVALID, "");
    assert_field(t, "counted");
    refused(t, &count_enter_op, "{\"count\":1,\"counted\":\"1\"}", ERR_INVALID, "scan the part");
    refused(t, &count_post_op, "{\"count\":1}", ERR_CONFLICT, "Nothing on this sheet is counted");
    counted(t, &count_enter_op, "{\"count\":1,\"scanned\":\"OF-7317\",\"counted\":\"10\"}");
    refused(t, &count_post_op, "{\"count\":1}", ERR_INVALID, "1 line is not counted yet");
    assert_field(t, "leave");
}

static void a_sheet_given_up_changes_nothing_and_frees_its_bin(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    counted(t, &count_start_op, "{\"bin\":\"A4\"}");
    counted(t, &count_enter_op, "{\"count\":1,\"scanned\":\"OF-7317\",\"counted\":\"1\"}");
    counted(t, &count_void_op, "{\"count\":1}");
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part WHERE id = 1"), 10000);
    counted(t, &count_start_op, "{\"bin\":\"A4\"}");
    refused(t, &count_enter_op, "{\"count\":1,\"scanned\":\"OF-7317\",\"counted\":\"1\"}",
            ERR_CONFLICT, "given up");
}

static void the_plan_says_whose_turn_it_is(void **state)
{
    struct shop_test *t = *state;

    given_shelf(t);
    run_sql(t, "UPDATE part SET abc = 'A', counted_on = '2026-10-20' WHERE id = 1");
    run_sql(t, "UPDATE part SET abc = 'A', counted_on = '2026-11-01' WHERE id = 2");
    run_sql(t, "UPDATE part SET abc = 'C' WHERE id = 3");
    struct count sheet = counted(t, &count_start_op, "{\"due\":true}");
    assert_int_equal(sheet.lines.count, 2);
    counted(t, &count_void_op, "{\"count\":1}");
    call(t, &count_set_plan_op, NULL, "{\"abc\":\"A\",\"days\":20}");
    call(t, &count_set_plan_op, NULL, "{\"abc\":\"C\",\"days\":0}");
    sheet = counted(t, &count_start_op, "{\"due\":true}");
    assert_int_equal(sheet.lines.count, 2);
    assert_int_equal(ask_number(t,
                                "SELECT count(*) FROM stock_count_line WHERE stock_count = 2 AND "
                                "part IN (1, 2)"),
                     2);
}

static void classes_follow_what_a_year_of_use_cost(void **state)
{
    struct shop_test *t = *state;
    struct count_classes classes;

    given_shelf(t);
    run_sql(
        t, "INSERT INTO stock_move (part, at, moved_on, kind, bin, quantity, value, reason) VALUES "
           "(2, 1, '2026-10-01', 'issue', 'A4', -2000, -8300, ''), "
           "(1, 1, '2026-10-01', 'issue', 'A4', -5000, -1525, ''), "
           "(3, 1, '2024-10-01', 'issue', 'B1', -1000, -1800, '')");
    expect_ok(t, &count_classify_op, NULL, &classes);
    assert_string_equal(ask_text(t, "SELECT abc FROM part WHERE id = 2"), "A");
    assert_string_equal(ask_text(t, "SELECT abc FROM part WHERE id = 1"), "B");
    assert_string_equal(ask_text(t, "SELECT abc FROM part WHERE id = 3"), "none");
    assert_int_equal(classes.a + classes.b, 2);
    assert_int_equal(classes.none, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_count_posts_what_differs_and_the_books_agree),
        SHOP_TEST(what_was_sold_between_freezing_and_counting_is_no_variance),
        SHOP_TEST(scans_add_up_one_by_one),
        SHOP_TEST(two_people_counting_one_bin_are_told),
        SHOP_TEST(a_part_found_where_nobody_expected_it_gets_a_line),
        SHOP_TEST(bad_input_is_refused_at_its_field),
        SHOP_TEST(a_sheet_given_up_changes_nothing_and_frees_its_bin),
        SHOP_TEST(the_plan_says_whose_turn_it_is),
        SHOP_TEST(classes_follow_what_a_year_of_use_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
