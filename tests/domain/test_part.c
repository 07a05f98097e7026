/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "calls.h"

#include <stdlib.h>
#include <unistd.h>

#include "../../src/domain/part_inner.h"
#include "domain/ledger.h"
#include "domain/stock.h"

#define PADS                                                                                       \
    "{\"sku\":\"bp-1210\",\"name\":\"Brake pads, ceramic\",\"upc\":\"036000291452\","              \
    "\"cost\":\"4.10\",\"price\":\"7.49\",\"vendor\":\"Parts House\",\"vendor_number\":\"V "       \
    "77-1\",\"bin\":\"C4\",\"category\":\"Friction\"}"

static struct part given_part(struct shop_test *t, const char *json)
{
    struct part out;

    expect_ok(t, &part_add_op, input_json(t, &part_add_op, json), &out);
    return out;
}

static struct part part_of(struct shop_test *t, struct part_id id)
{
    const struct part_key key = {id};
    struct part out;

    expect_ok(t, &part_show_op, &key, &out);
    return out;
}

static void refuse_add(struct shop_test *t, const char *json, const char *field, const char *says)
{
    expect_status(t, &part_add_op, input_json(t, &part_add_op, json), NULL, ERR_INVALID);
    assert_field(t, field);
    assert_says(t, says);
}

/* What must hold after every movement: rows, part and ledger say the same. */
static void assert_stock_agrees(struct shop_test *t)
{
    struct money inventory;

    assert_int_equal(ask_number(t,
                                "SELECT count(*) FROM part WHERE on_hand <> (SELECT"
                                " ifnull(sum(quantity), 0) FROM stock_move WHERE part = part.id)"
                                " OR stock_value <> (SELECT ifnull(sum(value), 0) FROM stock_move"
                                " WHERE part = part.id)"),
                     0);
    assert_int_equal(ledger_balance(&t->session, ACCOUNT_INVENTORY, &inventory), OK);
    assert_int_equal(inventory.cents, ask_number(t, "SELECT sum(stock_value) FROM part"));
}

static void a_part_comes_back_as_it_was_given(void **state)
{
    struct shop_test *t = *state;
    const struct part part = part_of(t, given_part(t, PADS).id);

    assert_string_equal(part.sku, "BP-1210");
    assert_string_equal(part.name, "Brake pads, ceramic");
    assert_int_equal(part.price.cents, 749);
    assert_int_equal(part.cost.cents, 410);
    assert_true(part.taxable);
    assert_int_equal(part.condition, PART_NEW);
    assert_int_equal(part.on_hand.thousandths, 0);
}

static void a_number_that_is_taken_names_the_other_part(void **state)
{
    struct shop_test *t = *state;

    given_part(t, PADS);
    refuse_add(t, "{\"sku\":\"BP-12 10\",\"name\":\"x\"}", "sku",
               "Part number BP-1210 is taken by “Brake pads, ceramic”");
    refuse_add(t, "{\"sku\":\"N2\",\"name\":\"x\",\"upc\":\"036000291452\"}", "upc", "BP-1210");
}

static void a_bar_code_with_a_wrong_check_digit_is_refused(void **state)
{
    struct shop_test *t = *state;

    refuse_add(t, "{\"sku\":\"A\",\"name\":\"x\",\"upc\":\"036000291453\"}", "upc", "bar code");
    refuse_add(t, "{\"sku\":\"A\",\"name\":\"x\",\"upc\":\"12345\"}", "upc", "bar code");
    refuse_add(t, "{\"sku\":\"A\",\"name\":\"x\",\"upc\":\"03600029145X\"}", "upc", "bar code");
    given_part(t, "{\"sku\":\"A\",\"name\":\"x\",\"upc\":\"4006381333931\"}");
}

static void bad_input_is_refused_at_its_field(void **state)
{
    struct shop_test *t = *state;
    const struct part_entry no_name = {.sku = "A"};
    const struct part_entry negative = {.sku = "A", .name = "x", .price = {-1}};

    expect_status(t, &part_add_op, &no_name, NULL, ERR_INVALID);
    assert_field(t, "name");
    expect_status(t, &part_add_op, &negative, NULL, ERR_INVALID);
    assert_field(t, "price");
    refuse_add(t, "{\"sku\":\"A\",\"name\":\"x\",\"low\":\"5\",\"high\":\"2\"}", "high",
               "less than");
    refuse_add(t, "{\"sku\":\"A\",\"name\":\"x\",\"whole\":true,\"on_hand\":\"2.5\"}", "on_hand",
               "sold whole");
    refuse_add(t, "{\"sku\":\"A\",\"name\":\"x\",\"whole\":true,\"low\":\"0.5\"}", "low",
               "sold whole");
    refuse_add(t, "{\"sku\":\"A\",\"name\":\"x\",\"whole\":true,\"high\":\"7.5\"}", "high",
               "sold whole");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM part"), 0);
}

static void half_a_piece_on_the_shelf_keeps_a_part_from_being_sold_whole(void **state)
{
    struct shop_test *t = *state;
    const struct part part =
        given_part(t, "{\"sku\":\"OIL\",\"name\":\"Oil\",\"cost\":\"2.00\",\"on_hand\":\"2.5\"}");
    const char *whole = "{\"part\":1,\"sku\":\"OIL\",\"name\":\"Oil\",\"whole\":true}";

    expect_status(t, &part_edit_op, input_json(t, &part_edit_op, whole), NULL, ERR_INVALID);
    assert_field(t, "whole");
    assert_says(t, "2.5 of part OIL are on hand");
    assert_false(part_of(t, part.id).whole);
    call(t, &part_adjust_op, NULL, "{\"part\":1,\"on_hand\":\"2\",\"reason\":\"counted\"}");
    expect_ok(t, &part_edit_op, input_json(t, &part_edit_op, whole), NULL);
    assert_true(part_of(t, part.id).whole);
}

static void parts_are_found_by_number_bar_code_and_words(void **state)
{
    struct shop_test *t = *state;
    static const char *const typed[] = {"bp-12", "bp12", "BP 1210", "ceramic", "brake p", "036000",
                                        "friction", "v77",
                                        /* Words in any order, of any of its keys. */
                                        "pads brake", "ceramic bp-12", "friction bp1210 pads brake",
                                        /* As a scanner or a spreadsheet may have it. */
                                        "0036000291452", "00036000291452", "36000291452"};
    struct page page;

    given_part(t, PADS);
    given_part(t, "{\"sku\":\"OIL\",\"name\":\"0W-20 oil, quart\"}");
    for (size_t i = 0; i < COUNT_OF(typed); i++) {
        const struct part_search search = {.query = {.search = typed[i]}};
        expect_ok(t, &part_search_op, &search, &page);
        if (page.rows.count != 1)
            fail_msg("“%s” finds %zu", typed[i], page.rows.count);
        assert_string_equal(((const struct part_row *)page.rows.at)->sku, "BP-1210");
    }
}

static void what_stands_on_no_tire_is_refused(void **state)
{
    struct shop_test *t = *state;
    static const char *const good[] = {"225/45R17",    "225/45 ZR17", "LT265/70R17", "p205/55r16",
                                       "185R14C",      "31x10.50R15", "7.50-16",     "11R22.5",
                                       "ST205/75D15C", "245/70R19.5"};
    static const char *const bad[] = {"225/45",     "225/45R117", "25/45R17",
                                      "225/145R17", "225/99R17",  "525/45R17",
                                      "225/45R07",  "abc",        "17"};

    for (size_t i = 0; i < COUNT_OF(good); i++)
        given_part(t, arena_printf(&t->arena,
                                   "{\"sku\":\"T%zu\",\"name\":\"Tire\",\"tire_size\":\"%s\","
                                   "\"tire_load\":\"121/118\",\"tire_speed\":\"S\"}",
                                   i, good[i]));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        refuse_add(t,
                   arena_printf(&t->arena, "{\"sku\":\"B\",\"name\":\"Tire\",\"tire_size\":\"%s\"}",
                                bad[i]),
                   "tire_size", "is no tire size. Write it as it stands on the tire");
    refuse_add(t, "{\"sku\":\"B\",\"name\":\"x\",\"tire_size\":\"225/45R17\",\"tire_load\":\"9\"}",
               "tire_load", "is no load index");
    refuse_add(t,
               "{\"sku\":\"B\",\"name\":\"x\",\"tire_size\":\"225/45R17\",\"tire_load\":\"250\"}",
               "tire_load", "is no load index");
    refuse_add(t, "{\"sku\":\"B\",\"name\":\"x\",\"tire_size\":\"225/45R17\",\"tire_speed\":\"X\"}",
               "tire_speed", "is no speed symbol");
    refuse_add(t, "{\"sku\":\"B\",\"name\":\"x\",\"tire_load\":\"94\"}", "tire_size",
               "Give the size of the tire");
}

static size_t found_by(struct shop_test *t, const char *typed, const char *sku)
{
    const struct part_search search = {.query = {.search = typed}};
    struct page page;

    expect_ok(t, &part_search_op, &search, &page);
    if (page.rows.count > 0)
        assert_string_equal(((const struct part_row *)page.rows.at)->sku, sku);
    return page.rows.count;
}

static void the_vendors_name_finds_his_parts(void **state)
{
    struct shop_test *t = *state;

    given_part(t, PADS);
    given_part(t, "{\"sku\":\"DISC\",\"name\":\"Brake disc\",\"vendor\":\"Mesa Auto\"}");
    given_part(t, "{\"sku\":\"DRUM\",\"name\":\"Brake drum\",\"vendor\":\"Mesa Auto\"}");
    given_part(t, "{\"sku\":\"FLUID\",\"name\":\"Fluid\",\"vendor\":\"Brake World\"}");

    assert_int_equal(found_by(t, "mesa", "DISC"), 2);
    assert_int_equal(found_by(t, "Mesa Au", "DISC"), 2);
    assert_int_equal(found_by(t, "brake mesa", "DISC"), 2);
    assert_int_equal(found_by(t, "mesa drum", "DRUM"), 1);
    assert_int_equal(found_by(t, "house", "BP-1210"), 1);
    /* A word that parts have, too, is the vendor's where it finds nothing as theirs. */
    assert_int_equal(found_by(t, "fluid brake", "FLUID"), 1);
    assert_int_equal(found_by(t, "brake", "DISC"), 3);
    assert_int_equal(found_by(t, "mesa pads", ""), 0);
}

static void the_parts_of_a_vendor_come_once_each_and_page(void **state)
{
    struct shop_test *t = *state;
    struct part_search search = {.query = {.search = "mesa", .limit = 2}};
    struct page page;
    size_t seen = 0;

    for (int i = 0; i < 5; i++) {
        const struct part part =
            given_part(t, arena_printf(&t->arena,
                                       "{\"sku\":\"C%d\",\"name\":\"Filter %d\","
                                       "\"vendor\":\"Mesa North\"}",
                                       i, i));
        const struct part_vendor_set other = {.part = part.id,
                                              .vendor = "Mesa South",
                                              .number = "",
                                              .cost = {NUMBER_NONE},
                                              .pack = {1000}};
        expect_ok(t, &part_set_vendor_op, &other, NULL);
    }
    for (;;) {
        expect_ok(t, &part_search_op, &search, &page);
        assert_int_equal(page.total, 5);
        seen += page.rows.count;
        if (*page.next == '\0')
            break;
        search.query.after = arena_text(&t->arena, page.next);
    }
    assert_int_equal(seen, 5);
}

static void a_price_book_comes_in_the_order_of_its_numbers(void **state)
{
    struct shop_test *t = *state;
    const struct part_search search = {.query = {.search = "mesa", .sort = "name"}};
    struct page page;

    given_part(
        t, "{\"sku\":\"A\",\"name\":\"Drum\",\"vendor\":\"Mesa Auto\",\"vendor_number\":\"M-2\"}");
    given_part(
        t, "{\"sku\":\"B\",\"name\":\"Disc\",\"vendor\":\"Mesa Auto\",\"vendor_number\":\"M-3\"}");
    given_part(
        t, "{\"sku\":\"C\",\"name\":\"Pads\",\"vendor\":\"Mesa Auto\",\"vendor_number\":\"M-1\"}");
    run_sql(t, "INSERT INTO vendor (name, name_key) VALUES ('Mesa Idle', 'mesa idle')");
    expect_ok(t, &part_search_op, &search, &page);
    const struct part_row *rows = page.rows.at;
    assert_int_equal(page.total, 3);
    assert_string_equal(rows[0].sku, "C");
    assert_string_equal(rows[1].sku, "A");
    assert_string_equal(rows[2].sku, "B");
}

/* More of them than are sorted: the catalog is walked instead, and comes by name all the same. */
static void a_word_of_several_vendors_finds_thousands_by_name(void **state)
{
    struct shop_test *t = *state;
    struct part_search search = {.query = {.search = "mesa", .limit = 2}};
    struct page page;

    run_sql(t, "INSERT INTO vendor (id, name, name_key) VALUES (1, 'Mesa North', 'mesa north'),"
               " (2, 'Mesa South', 'mesa south'), (3, 'Other', 'other')");
    run_sql(t, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) "
               "INSERT INTO part (id, sku, name, name_key) "
               "SELECT i, 'P' || i, 'N' || (9000 - i), 'n' || (9000 - i) FROM n");
    run_sql(t, "INSERT INTO part_vendor (part, vendor, position) "
               "SELECT id, CASE WHEN id > 2490 THEN 3 ELSE 1 + id % 2 END, 1 FROM part");
    expect_ok(t, &part_search_op, &search, &page);
    assert_true(page.total_is_capped);
    assert_string_equal(((const struct part_row *)page.rows.at)->sku, "P2490");
    search.query.after = arena_text(&t->arena, page.next);
    expect_ok(t, &part_search_op, &search, &page);
    assert_string_equal(((const struct part_row *)page.rows.at)->sku, "P2488");
}

static void a_photo_and_a_data_sheet_are_there_when_they_are_named(void **state)
{
    struct shop_test *t = *state;
    char path[] = "/tmp/pitlane-part-XXXXXX";
    const int file = mkstemp(path);
    static const char *const wrong[][3] = {
        {"document", "sheet.pdf", "Write the whole path"},
        {"document", "/tmp/pitlane-no-such-file.pdf", "There is no file"},
        {"picture", "/tmp", "no ordinary file"},
        {"picture", "/tmp/.hidden.png", ""},
    };

    assert_true(file >= 0);
    close(file);
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        const char *json = arena_printf(
            &t->arena, "{\"sku\":\"A\",\"name\":\"Disc\",\"%s\":\"%s\"}", wrong[i][0], wrong[i][1]);
        expect_status(t, &part_add_op, input_json(t, &part_add_op, json), NULL, ERR_INVALID);
        assert_field(t, wrong[i][0]);
        assert_says(t, wrong[i][2]);
    }
    const struct part part = given_part(
        t, arena_printf(&t->arena, "{\"sku\":\"A\",\"name\":\"Disc\",\"picture\":\"%s\"}", path));
    assert_string_equal(part.picture, path);
    unlink(path);
    const char *json = arena_printf(
        &t->arena, "{\"part\":%lld,\"sku\":\"A\",\"name\":\"Rotor\",\"picture\":\"%s\"}",
        (long long)part.id.v, path);
    expect_ok(t, &part_edit_op, input_json(t, &part_edit_op, json), NULL);
}

static void categories_are_those_that_parts_are_in(void **state)
{
    struct shop_test *t = *state;
    struct list_query query = {.limit = 10};
    struct page page;

    given_part(t, "{\"sku\":\"A\",\"name\":\"Drum\",\"category\":\"Brakes\"}");
    given_part(t, "{\"sku\":\"B\",\"name\":\"Disc\",\"category\":\"Brakes\"}");
    given_part(t, "{\"sku\":\"C\",\"name\":\"Oil\",\"category\":\"Fluids\"}");
    given_part(t, "{\"sku\":\"D\",\"name\":\"Rag\"}");
    expect_ok(t, op_find("part.categories"), &query, &page);
    assert_int_equal(page.total, 2);
    query.search = "flu";
    expect_ok(t, op_find("part.categories"), &query, &page);
    assert_int_equal(page.rows.count, 1);
}

static void words_in_any_order_page_like_words_in_a_row(void **state)
{
    struct shop_test *t = *state;
    struct part_search search = {.query = {.search = "filter cabin", .limit = 3}};
    struct page page;
    size_t seen = 0;

    for (int i = 0; i < 8; i++)
        given_part(
            t, arena_printf(&t->arena, "{\"sku\":\"C%d\",\"name\":\"Cabin air filter %d\"}", i, i));
    given_part(t, "{\"sku\":\"OF\",\"name\":\"Oil filter\"}");
    for (;;) {
        expect_ok(t, &part_search_op, &search, &page);
        assert_int_equal(page.total, 8);
        seen += page.rows.count;
        if (*page.next == '\0')
            break;
        search.query.after = arena_text(&t->arena, page.next);
    }
    assert_int_equal(seen, 8);
    search.query = (struct list_query){.search = "filter cabin diesel"};
    expect_ok(t, &part_search_op, &search, &page);
    assert_int_equal(page.rows.count, 0);
}

static void stock_on_the_shelf_is_booked_when_a_part_is_added(void **state)
{
    struct shop_test *t = *state;
    const struct part part =
        given_part(t, "{\"sku\":\"A\",\"name\":\"x\",\"cost\":\"3.33\",\"on_hand\":\"3\"}");

    assert_int_equal(part.on_hand.thousandths, 3000);
    assert_int_equal(part.stock_value.cents, 999);
    assert_stock_agrees(t);
}

static void issues_take_their_share_and_the_last_one_all_that_is_left(void **state)
{
    struct shop_test *t = *state;
    const struct part_id id =
        given_part(t, "{\"sku\":\"A\",\"name\":\"x\",\"cost\":\"3.33\",\"on_hand\":\"3\"}").id;
    const struct money odd = {1};
    struct money taken;

    /* 10.00 on three: 3.33, 3.34 of the 6.67 left (3.335), then the rest. */
    assert_int_equal(stock_put(&t->session, id, STOCK_ADJUST, (struct qty){0}, odd, "odd cent"),
                     OK);
    assert_int_equal(
        stock_issue(&t->session, id, (struct qty){1000}, (struct invoice_id){0}, &taken), OK);
    assert_int_equal(taken.cents, 333);
    assert_int_equal(
        stock_issue(&t->session, id, (struct qty){1000}, (struct invoice_id){0}, &taken), OK);
    assert_int_equal(taken.cents, 334);
    assert_int_equal(
        stock_issue(&t->session, id, (struct qty){1000}, (struct invoice_id){0}, &taken), OK);
    assert_int_equal(taken.cents, 333);
    assert_int_equal(part_of(t, id).stock_value.cents, 0);
    assert_int_equal(part_of(t, id).on_hand.thousandths, 0);
}

static void what_is_not_on_the_shelf_costs_the_last_cost_if_the_shop_allows_it(void **state)
{
    struct shop_test *t = *state;
    const struct part_id id =
        given_part(t, "{\"sku\":\"A\",\"name\":\"x\",\"cost\":\"2.00\",\"on_hand\":\"1\"}").id;
    struct money taken;

    run_sql(t, "UPDATE shop SET negative_stock = 0");
    assert_int_equal(
        stock_issue(&t->session, id, (struct qty){3000}, (struct invoice_id){0}, &taken),
        ERR_CONFLICT);
    assert_says(t, "3 of part A are wanted and 1 are on hand");
    run_sql(t, "UPDATE shop SET negative_stock = 1");
    run_sql(t, "UPDATE part SET cost = 250");
    assert_int_equal(
        stock_issue(&t->session, id, (struct qty){3000}, (struct invoice_id){0}, &taken), OK);
    assert_int_equal(taken.cents, 200 + 500);
    assert_int_equal(part_of(t, id).on_hand.thousandths, -2000);
    assert_int_equal(part_of(t, id).stock_value.cents, -500);
}

static void an_adjustment_sets_the_shelf_and_books_the_difference(void **state)
{
    struct shop_test *t = *state;
    const struct part_id id =
        given_part(t, "{\"sku\":\"A\",\"name\":\"x\",\"cost\":\"3.33\",\"on_hand\":\"3\"}").id;
    struct part_adjust adjust = {.part = id, .on_hand = {2000}, .reason = "one broke"};

    expect_ok(t, &part_adjust_op, &adjust, NULL);
    assert_int_equal(part_of(t, id).on_hand.thousandths, 2000);
    assert_int_equal(part_of(t, id).stock_value.cents, 666);
    assert_stock_agrees(t);
    adjust =
        (struct part_adjust){.part = id, .on_hand = {2000}, .unit_cost = {500}, .reason = "cost"};
    expect_ok(t, &part_adjust_op, &adjust, NULL);
    assert_int_equal(part_of(t, id).stock_value.cents, 1000);
    assert_stock_agrees(t);
    adjust.reason = "";
    expect_status(t, &part_adjust_op, &adjust, NULL, ERR_INVALID);
    assert_field(t, "reason");
    assert_int_equal(ledger_prove(&t->session), OK);
}

static void an_edit_keeps_the_stock_and_tells_who_was_faster(void **state)
{
    struct shop_test *t = *state;
    const struct part part =
        given_part(t, "{\"sku\":\"A\",\"name\":\"x\",\"cost\":\"3.33\",\"on_hand\":\"3\"}");
    struct part_entry form = {.part = part.id};

    shape_transfer(&part_shape, &part, part_edit_op.in, &form);
    form.cost = USD(4, 0);
    expect_ok(t, &part_edit_op, &form, NULL);
    assert_int_equal(part_of(t, part.id).stock_value.cents, 999);
    assert_int_equal(part_of(t, part.id).cost.cents, 400);
    expect_status(t, &part_edit_op, &form, NULL, ERR_STALE);
    assert_says(t, "Ada Admin changed this record");
}

static void a_part_on_the_shelf_is_not_archived(void **state)
{
    struct shop_test *t = *state;
    const struct part_key key = {
        given_part(t, "{\"sku\":\"A\",\"name\":\"x\",\"cost\":\"1\",\"on_hand\":\"1\"}").id};
    const struct part_adjust none = {.part = key.part, .reason = "sold out"};
    const struct part_search search = {.query = {.search = "x"}};
    struct page page;

    expect_status(t, &part_archive_op, &key, NULL, ERR_CONFLICT);
    expect_ok(t, &part_adjust_op, &none, NULL);
    assert_stock_agrees(t);
    expect_ok(t, &part_archive_op, &key, NULL);
    expect_ok(t, &part_search_op, &search, &page);
    assert_int_equal(page.rows.count, 0);
    expect_ok(t, &part_restore_op, &key, NULL);
    expect_ok(t, &part_search_op, &search, &page);
    assert_int_equal(page.rows.count, 1);
}

static void costs_are_hidden_from_those_without_the_right(void **state)
{
    struct shop_test *t = *state;
    const struct part_id id =
        given_part(t, "{\"sku\":\"A\",\"name\":\"x\",\"cost\":\"3.33\",\"price\":\"9\","
                      "\"on_hand\":\"3\"}")
            .id;
    const struct part_search search = {.query = {.limit = 5}};
    struct page page;

    sign_in_as(t, ROLE_TECHNICIAN);
    const struct part part = part_of(t, id);
    assert_int_equal(part.cost.cents, 0);
    assert_int_equal(part.stock_value.cents, 0);
    assert_int_equal(part.price.cents, 900);
    expect_ok(t, &part_search_op, &search, &page);
    assert_int_equal(((const struct part_row *)page.rows.at)->cost.cents, 0);
}

static void who_sees_no_cost_changes_a_part_without_touching_it(void **state)
{
    struct shop_test *t = *state;
    const struct part_id id = given_part(t, "{\"sku\":\"A\",\"name\":\"x\",\"cost\":\"3.33\"}").id;
    struct part_entry form = {.part = id};

    run_sql(t, "INSERT INTO role_right (role, right, scope) VALUES (3, 'parts:edit', 'all')");
    run_sql(t, "UPDATE role SET revision = revision + 1 WHERE id = 3");
    sign_in_as(t, ROLE_TECHNICIAN);
    const struct part seen = part_of(t, id);
    shape_transfer(&part_shape, &seen, part_edit_op.in, &form);
    form.bin = "C4";
    expect_ok(t, &part_edit_op, &form, NULL);
    form.cost = USD(1, 0);
    expect_status(t, &part_edit_op, &form, NULL, ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    assert_string_equal(part_of(t, id).bin, "C4");
    assert_int_equal(part_of(t, id).cost.cents, 333);
}

static void parts_are_searched_by_index(void **state)
{
    struct shop_test *t = *state;
    const char *sql;

    for (size_t l = 0; l < part_search_op.list_count; l++)
        for (size_t i = 0; (sql = list_sql(&part_search_op.lists[l], i, &t->arena)) != NULL; i++) {
            if (strstr(sql, "lookup") != NULL || l == 2)
                assert_no_scan(t, sql, "p");
            assert_no_scan(t, sql, "x");
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_part_comes_back_as_it_was_given),
        SHOP_TEST(a_number_that_is_taken_names_the_other_part),
        SHOP_TEST(a_bar_code_with_a_wrong_check_digit_is_refused),
        SHOP_TEST(bad_input_is_refused_at_its_field),
        SHOP_TEST(half_a_piece_on_the_shelf_keeps_a_part_from_being_sold_whole),
        SHOP_TEST(parts_are_found_by_number_bar_code_and_words),
        SHOP_TEST(what_stands_on_no_tire_is_refused),
        SHOP_TEST(the_vendors_name_finds_his_parts),
        SHOP_TEST(the_parts_of_a_vendor_come_once_each_and_page),
        SHOP_TEST(a_photo_and_a_data_sheet_are_there_when_they_are_named),
        SHOP_TEST(categories_are_those_that_parts_are_in),
        SHOP_TEST(a_price_book_comes_in_the_order_of_its_numbers),
        SHOP_TEST(a_word_of_several_vendors_finds_thousands_by_name),
        SHOP_TEST(words_in_any_order_page_like_words_in_a_row),
        SHOP_TEST(stock_on_the_shelf_is_booked_when_a_part_is_added),
        SHOP_TEST(issues_take_their_share_and_the_last_one_all_that_is_left),
        SHOP_TEST(what_is_not_on_the_shelf_costs_the_last_cost_if_the_shop_allows_it),
        SHOP_TEST(an_adjustment_sets_the_shelf_and_books_the_difference),
        SHOP_TEST(an_edit_keeps_the_stock_and_tells_who_was_faster),
        SHOP_TEST(a_part_on_the_shelf_is_not_archived),
        SHOP_TEST(costs_are_hidden_from_those_without_the_right),
        SHOP_TEST(who_sees_no_cost_changes_a_part_without_touching_it),
        SHOP_TEST(parts_are_searched_by_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
