/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The files of a whole shop, as another system exports them: all that can be true comes in, what
 * was changed is said, and a second run changes nothing. */

#include "imports.h"

#include "domain/ledger.h"

extern const unsigned char embed_export_customers[], embed_export_vehicles[], embed_export_parts[];
extern const size_t embed_export_customers_size, embed_export_vehicles_size,
    embed_export_parts_size;

static struct import_plan export_a(struct shop_test *t, enum import_noun noun)
{
    const unsigned char *files[] = {embed_export_customers, embed_export_vehicles,
                                    embed_export_parts};
    const size_t sizes[] = {embed_export_customers_size, embed_export_vehicles_size,
                            embed_export_parts_size};
    struct import_plan plan = opened_bytes(t, noun, (const char *)files[noun], sizes[noun]);

    run_import(t, &plan, (struct import_options){.skip_bad = true}, OK);
    return plan;
}

static void export_a_comes_in_but_for_what_cannot_be(void **state)
{
    struct shop_test *t = *state;
    const struct import_plan customers = export_a(t, IMPORT_CUSTOMERS);
    const struct import_plan vehicles = export_a(t, IMPORT_VEHICLES);
    const struct import_plan parts = export_a(t, IMPORT_PARTS);

    assert_string_equal(customers.csv.encoding, "UTF-8 with mark");
    assert_counts(&customers, 403, 5, 12, 0);
    assert_counts(&vehicles, 579, 4, 0, 17); /* no such owner */
    assert_counts(&parts, 248, 1, 1, 0);
    assert_int_equal(noted(&customers, "ZIP codes padded"), 81);
    assert_int_equal(noted(&customers, "second number"), 5);
    assert_int_equal(noted(&customers, "last four digits"), 27);
    assert_int_equal(noted(&vehicles, "two digits"), 60);
    assert_int_equal(noted(&vehicles, "Miles that are no number"), 82);
    assert_int_equal(noted(&parts, "Bar codes padded"), 69);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer WHERE merged_into IS NULL"), 403);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM customer WHERE note LIKE '%4111%'"), 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM phone WHERE number NOT LIKE '+1%'"), 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM address WHERE length(zip) <> 5"), 0);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM part WHERE upc = '036000291452'"), 1);
    assert_true(ask_number(t, "SELECT count(*) FROM part WHERE on_hand < 0") > 0);
    assert_true(ask_number(t, "SELECT count(*) FROM vehicle WHERE vin_note <> ''") > 400);
    assert_int_equal(ledger_prove(&t->session), OK);
}

static void a_second_run_of_export_a_changes_nothing(void **state)
{
    struct shop_test *t = *state;

    for (unsigned noun = 0; noun < IMPORT_PARTS + 1; noun++)
        (void)export_a(t, (enum import_noun)noun);
    const int64_t entries = ask_number(t, "SELECT count(*) FROM entry");
    const int64_t readings = ask_number(t, "SELECT count(*) FROM odometer");
    for (unsigned noun = 0; noun < IMPORT_PARTS + 1; noun++) {
        const struct import_plan again = export_a(t, (enum import_noun)noun);
        assert_int_equal(again.counts[IMPORT_NEW], 0);
        assert_int_equal(again.counts[IMPORT_CHANGED], 0);
        assert_true(again.remembered);
        assert_string_equal(ask_text(t, "SELECT changes FROM audit ORDER BY id DESC LIMIT 1"),
                            "[]");
    }
    assert_int_equal(ask_number(t, "SELECT count(*) FROM entry"), entries);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM odometer"), readings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(export_a_comes_in_but_for_what_cannot_be),
        SHOP_TEST(a_second_run_of_export_a_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
