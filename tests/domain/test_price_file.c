/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Vendors' price files. */

#include "imports.h"

#include "domain/vendor.h"
#include "patience.h"

/* Two parts that Acme sells, one of which is bought there first. */
static void given_catalog(struct shop_test *t)
{
    imported(t, IMPORT_PARTS,
             "SKU,Name,Vendor,Vendor Number,Cost,List,UPC\n"
             "BP-1,Pads,Acme,AC-100,41.50,89.95,036000291452\n"
             "OF-1,Oil filter,Bolt & Co,77,3.05,9.99,\n");
    run_sql(t, "INSERT INTO part_vendor (part, vendor, position, number, cost) "
               "SELECT p.id, v.id, 2, 'AC-200', 310 FROM part AS p, vendor AS v "
               "WHERE p.sku = 'OF-1' AND v.name = 'Acme'");
}

static struct import_plan prices(struct shop_test *t, const char *text, status expected)
{
    struct import_plan plan = opened(t, IMPORT_PRICES, text);

    plan.vendor = "acme";
    run_import(t, &plan, (struct import_options){.skip_bad = true}, expected);
    return plan;
}

static void costs_and_list_prices_follow_the_file(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    const struct import_plan plan = prices(t,
                                           "Part Number,Description,Your Cost,List\n"
                                           "ac-100,Pads,43.00,92.50\n"
                                           "AC-200,Filter,3.20,\n"
                                           "AC-300,Rotor,80.00,160.00\n",
                                           OK);
    assert_counts(&plan, 0, 2, 0, 0);
    assert_int_equal(plan.counts[IMPORT_UNKNOWN], 1);
    assert_string_equal(import_sum(&t->arena, &plan),
                        "0 new, 2 changed, 0 the same, 1 unknown, 0 refused");
    assert_int_equal(ask_number(t, "SELECT cost FROM part WHERE sku = 'BP-1'"), 4300);
    assert_int_equal(ask_number(t, "SELECT price FROM part WHERE sku = 'BP-1'"), 9250);
    assert_int_equal(noted(&plan, "does not have"), 1);
    assert_non_null(strstr(line_at(&plan, 0)->notes, "41.50 → 43.00"));
}

static void the_cost_of_a_second_vendor_is_not_the_parts_own(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    prices(t, "Number,Cost,List\nAC-200,3.20,\n", OK);
    assert_int_equal(ask_number(t, "SELECT cost FROM part WHERE sku = 'OF-1'"), 305);
    assert_int_equal(ask_number(t, "SELECT cost FROM part_vendor WHERE number = 'AC-200'"), 320);
}

static void a_part_is_found_by_bar_code_and_gets_the_vendors_number(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    prices(t, "Number,UPC,Cost\nAC-101,0036000291452,42.00\n", OK);
    assert_string_equal(ask_text(t,
                                 "SELECT v.number FROM part_vendor AS v JOIN part AS p ON p.id = "
                                 "v.part WHERE p.sku = 'BP-1'"),
                        "AC-101");
}

static void the_same_file_again_changes_nothing(void **state)
{
    struct shop_test *t = *state;
    static const char file[] = "Number,Cost,List\nAC-100,43.00,92.50\nAC-200,3.20,10.50\n";

    given_catalog(t);
    prices(t, file, OK);
    const int64_t revision = ask_number(t, "SELECT sum(revision) FROM part");
    const struct import_plan again = prices(t, file, OK);
    assert_counts(&again, 0, 0, 2, 0);
    assert_int_equal(ask_number(t, "SELECT sum(revision) FROM part"), revision);
}

static void what_a_shifted_column_looks_like_is_refused(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    const struct import_plan plan = prices(t,
                                           "Number,Cost,List\n"
                                           "AC-100,4300.00,9250.00\n"
                                           "AC-200,20.00,10.00\n"
                                           "AC-100,Pads,92.50\n"
                                           "AC-100,-1,92.50\n"
                                           ",43.00,92.50\n",
                                           OK);
    assert_counts(&plan, 0, 0, 0, 5);
    assert_bad(&plan, 0, "Cost", "41.50 would become 4,300.00");
    assert_bad(&plan, 1, "List", "is below the cost");
    assert_bad(&plan, 2, "Cost", "can't be read");
    assert_bad(&plan, 3, "Cost", "less than nothing");
    assert_bad(&plan, 4, "Number", "no number");
    assert_int_equal(ask_number(t, "SELECT cost FROM part WHERE sku = 'BP-1'"), 4150);
}

static void a_point_one_place_off_is_refused_on_either_side(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    const struct import_plan plan = prices(t,
                                           "Number,Cost,List\n"
                                           "AC-100,415.00,899.50\n"
                                           "AC-100,4.15,8.99\n"
                                           "AC-100,41.60,8.99\n",
                                           OK);
    assert_counts(&plan, 0, 0, 0, 3);
    assert_bad(&plan, 0, "Cost", "41.50 would become 415.00");
    assert_bad(&plan, 1, "Cost", "41.50 would become 4.15");
    assert_bad(&plan, 2, "List", "89.95 would become 8.99");
}

static void a_cell_that_stands_for_nothing_changes_nothing(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    run_sql(t, "UPDATE part SET cost = 60 WHERE sku = 'BP-1'");
    run_sql(t, "UPDATE part_vendor SET cost = 60 WHERE number = 'AC-100'");
    const struct import_plan plan = prices(t, "Number,Cost,List\nAC-100,n/a,-\n", OK);
    assert_counts(&plan, 0, 0, 1, 0);
    assert_int_equal(ask_number(t, "SELECT cost FROM part WHERE sku = 'BP-1'"), 60);
}

static void a_part_found_by_the_shops_number_keeps_the_vendors(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    const struct import_plan plan =
        prices(t, "Part Number,Cost,List,Pack\nBP-1,42.00,90.95,4\nOF-1,3.10,,\n", OK);
    assert_counts(&plan, 0, 1, 1, 0);
    assert_string_equal(line_at(&plan, 0)->notes,
                        "cost 41.50 → 42.00; list 89.95 → 90.95; pack 1 → 4");
    assert_int_equal(ask_number(t, "SELECT cost FROM part_vendor WHERE number = 'AC-100'"), 4200);
}

static void a_number_twice_with_another_price_is_asked_about(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    const struct import_plan plan = prices(t,
                                           "Number,Cost,List\n"
                                           "AC-100,43.00,92.50\n"
                                           "AC-200,3.20,\n"
                                           "AC-100,44.00,92.50\n"
                                           "AC-200,3.20,\n",
                                           OK);
    assert_counts(&plan, 0, 2, 1, 1);
    assert_bad(&plan, 2, "Number", "Line 2 has given part BP-1 another price. Which of them");
    assert_int_equal(ask_number(t, "SELECT cost FROM part WHERE sku = 'BP-1'"), 4300);
}

static void a_pack_alone_is_a_change_too(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    const struct import_plan plan = prices(t, "Number,Cost,Pack\nAC-100,41.50,4\n", OK);
    assert_counts(&plan, 0, 1, 0, 0);
    assert_int_equal(ask_number(t, "SELECT pack FROM part_vendor WHERE number = 'AC-100'"), 4000);
}

static void a_file_of_shifted_columns_is_refused_as_a_whole(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF parts = BUF(65536);
    AUTO_BUF file = BUF(65536);

    buf_text(&parts, "SKU,Name,Vendor,Vendor Number,Cost,List\n");
    buf_text(&file, "Number,Cost,List\n");
    for (int i = 0; i < 40; i++) {
        buf_printf(&parts, "P-%d,Part,Acme,N-%d,20.00,40.00\n", i, i);
        buf_printf(&file, "N-%d,%s\n", i, i % 2 == 0 ? "21.00,42.00" : "42.00,21.00");
    }
    imported(t, IMPORT_PARTS, buf_str(&parts));
    prices(t, buf_str(&file), ERR_CONFLICT);
    assert_says(t, "20 of 40 prices can't be true");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM part WHERE cost <> 2000"), 0);
}

static void costs_alone_leave_the_shops_prices(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    struct import_plan plan = opened(t, IMPORT_PRICES, "Number,Cost,List\nAC-100,43.00,92.50\n");
    plan.vendor = "Acme";
    plan.keep_prices = true;
    run_import(t, &plan, (struct import_options){0}, OK);
    assert_int_equal(ask_number(t, "SELECT cost FROM part WHERE sku = 'BP-1'"), 4300);
    assert_int_equal(ask_number(t, "SELECT price FROM part WHERE sku = 'BP-1'"), 8995);
}

static void parts_are_added_where_that_is_wanted(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    struct import_plan plan =
        opened(t, IMPORT_PRICES, "Number,Name,Cost,List,Core\nAC-300,Rotor,80.00,160.00,15\n");
    plan.vendor = "Acme";
    plan.add = true;
    run_import(t, &plan, (struct import_options){0}, OK);
    assert_counts(&plan, 1, 0, 0, 0);
    assert_int_equal(ask_number(t,
                                "SELECT p.price FROM part AS p JOIN part_vendor AS v ON v.part = "
                                "p.id WHERE p.sku = 'AC-300' AND v.cost = 8000"),
                     16000);
}

static void whose_prices_they_are_has_to_be_said(void **state)
{
    struct shop_test *t = *state;

    given_catalog(t);
    struct import_plan plan = opened(t, IMPORT_PRICES, "Number,Cost\nAC-100,43.00\n");
    run_import(t, &plan, (struct import_options){.skip_bad = true}, OK);
    assert_bad(&plan, 0, "", "Whose prices are these?");
    plan.vendor = "Acne";
    run_import(t, &plan, (struct import_options){.skip_bad = true}, OK);
    assert_bad(&plan, 0, "", "no vendor “Acne”");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM vendor WHERE name = 'Acne'"), 0);
}

/* ---- 200,000 lines ---- */

#define MANY 200000

static void given_many_parts(struct shop_test *t)
{
    run_sql(t, "INSERT INTO vendor (name, name_key) VALUES ('Acme', 'acme')");
    run_sql(t, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
               "INSERT INTO part (id, sku, name, name_key, cost, price) "
               "SELECT i, 'P-' || i, 'Part ' || i, 'part ' || i, 1000 + i % 5000, 3000 + i % 5000 "
               "FROM n");
    run_sql(t, "INSERT INTO part_vendor (part, vendor, position, number, cost) "
               "SELECT id, 1, 1, 'N-' || id, cost FROM part");
}

static void two_hundred_thousand_prices_take_less_than_half_a_minute(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF file = BUF_MIB(32);

    given_many_parts(t);
    buf_text(&file, "Number,Cost,List\n");
    for (int i = 1; i <= MANY; i++)
        buf_printf(&file, "N-%d,%d.%02d,%d.00\n", i, (1000 + i % 5000) / 100, 99, 70);
    const double begin = patience_fair_ms(0);
    const struct import_plan plan = prices(t, buf_str(&file), OK);
    const double seconds = (patience_fair_ms(0) - begin) / 1e3;
    print_message("%d lines in %.1f s, %lld changed\n", MANY, seconds,
                  (long long)plan.counts[IMPORT_CHANGED]);
    assert_int_equal(plan.counts[IMPORT_CHANGED] + plan.counts[IMPORT_SAME], MANY);
    assert_true(seconds < 30.0);
}

int main(int argc, char **argv)
{
    (void)argv;
    const struct CMUnitTest many[] = {
        SHOP_TEST(two_hundred_thousand_prices_take_less_than_half_a_minute),
    };
    const struct CMUnitTest tests[] = {
        SHOP_TEST(costs_and_list_prices_follow_the_file),
        SHOP_TEST(the_cost_of_a_second_vendor_is_not_the_parts_own),
        SHOP_TEST(a_part_is_found_by_bar_code_and_gets_the_vendors_number),
        SHOP_TEST(the_same_file_again_changes_nothing),
        SHOP_TEST(what_a_shifted_column_looks_like_is_refused),
        SHOP_TEST(a_point_one_place_off_is_refused_on_either_side),
        SHOP_TEST(a_cell_that_stands_for_nothing_changes_nothing),
        SHOP_TEST(a_part_found_by_the_shops_number_keeps_the_vendors),
        SHOP_TEST(a_number_twice_with_another_price_is_asked_about),
        SHOP_TEST(a_pack_alone_is_a_change_too),
        SHOP_TEST(a_file_of_shifted_columns_is_refused_as_a_whole),
        SHOP_TEST(costs_alone_leave_the_shops_prices),
        SHOP_TEST(parts_are_added_where_that_is_wanted),
        SHOP_TEST(whose_prices_they_are_has_to_be_said),
    };

    return argc > 1 ? cmocka_run_group_tests(many, NULL, NULL)
                    : cmocka_run_group_tests(tests, NULL, NULL);
}
