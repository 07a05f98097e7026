/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Stock and the repair order: what is committed, pulled, put back and sold; cores, successors,
 * tires and parts sold whole; bins, past days, usage. */

#include "books.h"
#include "orders.h"

#include "domain/invoice.h"
#include "domain/list.h"
#include "domain/stock.h"

static struct part part_of(struct shop_test *t, int64_t id)
{
    struct part part;

    assert_int_equal(part_get_page(&t->session, (struct part_id){id}, &part), OK);
    return part;
}

static void give_stock(struct shop_test *t, int64_t part, int64_t on_hand, const char *in_bin)
{
    const struct part_adjust in = {
        .part = {part}, .on_hand = {on_hand}, .in_bin = in_bin, .reason = "counted"};

    expect_ok(t, &part_adjust_op, &in, NULL);
}

/* Part 1, the pads (10 on hand, worth 380.00), on a job of order 10001; twice 1 on the line. */
static struct order given_pads_written_up(struct shop_test *t)
{
    struct order order = given_order(t);

    given_parts(t);
    run_sql(t, "UPDATE part SET whole = 1 WHERE id = 1");
    give_stock(t, 1, 10000, "");
    order = change(t, &job_add_op, "{\"order\":10001,\"title\":\"Front brakes\"}");
    return change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"BP-1210\",\"quantity\":\"2\"}",
                  job_id_of(&order, 1));
}

/* ---------------------------------------------------------------------- committed -- */

static void authorized_parts_are_spoken_for(void **state)
{
    struct shop_test *t = *state;

    given_pads_written_up(t);
    assert_int_equal(part_of(t, 1).committed.thousandths, 0);
    authorize(t, 10001);
    assert_int_equal(part_of(t, 1).committed.thousandths, 2000);
    assert_int_equal(part_of(t, 1).available.thousandths, 8000);
    assert_int_equal(part_of(t, 1).on_hand.thousandths, 10000);

    give_stock(t, 1, 1000, "");
    assert_int_equal(part_of(t, 1).available.thousandths, -1000);
    assert_int_equal(part_of(t, 1).needed.thousandths, 1000);
}

static void who_declines_or_voids_gives_them_back(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_pads_written_up(t);

    authorize(t, 10001);
    change(t, &order_authorize_op,
           "{\"order\":10001,\"jobs\":[{\"job\":%lld,\"decision\":\"declined\"}]}",
           job_id_of(&order, 1));
    assert_int_equal(part_of(t, 1).committed.thousandths, 0);
    change(t, &order_authorize_op,
           "{\"order\":10001,\"jobs\":[{\"job\":%lld,\"decision\":\"authorized\"}]}",
           job_id_of(&order, 1));
    assert_int_equal(part_of(t, 1).committed.thousandths, 2000);
    change(t, &order_void_op, "{\"order\":10001,\"reason\":\"changed his mind\"}");
    assert_int_equal(part_of(t, 1).committed.thousandths, 0);
}

/* 8 for 96.99: 12.12375, 84.87 / 7 = 12.1243, 72.75 / 6 = 12.125 and so on, each rounded half up;
 * the last takes all that is left. */
static void what_is_set_down_by_hand_leaves_at_the_average_like_an_issue(void **state)
{
    struct shop_test *t = *state;
    static const int64_t left[] = {8487, 7275, 6062, 4850, 3637, 2425, 1212, 0};

    given_parts(t);
    run_sql(t, "UPDATE part SET whole = 1 WHERE id = 1");
    change(t, &part_adjust_op,
           "{\"part\":1,\"on_hand\":\"8\",\"unit_cost\":\"12.12\",\"reason\":\"counted\"}");
    run_sql(t, "INSERT INTO stock_move (part, at, moved_on, kind, quantity, value) "
               "VALUES (1, 0, '2026-11-24', 'recost', 0, 3)"); /* 96.96 and freight */
    for (int64_t i = 0; i < 8; i++) {
        give_stock(t, 1, (7 - i) * 1000, "");
        assert_int_equal(part_of(t, 1).stock_value.cents, left[i]);
    }
}

static void what_is_set_down_by_hand_leaves_the_bins_it_lies_in(void **state)
{
    struct shop_test *t = *state;

    given_parts(t);
    run_sql(t, "UPDATE part SET bin = 'A1' WHERE id = 1");
    give_stock(t, 1, 8000, "");
    change(t, &stock_transfer_op, "{\"part\":1,\"quantity\":\"5\",\"from\":\"A1\",\"to\":\"B2\"}");
    give_stock(t, 1, 4000, "");
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part_bin WHERE bin = 'A1'"), 0);
    assert_int_equal(ask_number(t, "SELECT on_hand FROM part_bin WHERE bin = 'B2'"), 4000);
    give_stock(t, 1, 0, "");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM part_bin WHERE on_hand <> 0"), 0);
    assert_int_equal(part_of(t, 1).stock_value.cents, 0);
    assert_books_agree(t);
}

/* ------------------------------------------------------------------------- pulled -- */

static void parts_are_pulled_for_authorized_work_alone(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_pads_written_up(t);
    const long long line = line_id_of(&order, 1, 1);

    refuse(t, &stock_pull_op, ERR_CONFLICT, "Job 1 is not authorized", "{\"line\":%lld}", line);
    authorize(t, 10001);
    change(t, &stock_pull_op, "{\"line\":%lld}", line);
    assert_int_equal(part_of(t, 1).on_hand.thousandths, 8000);
    assert_int_equal(part_of(t, 1).committed.thousandths, 0);
    assert_int_equal(balance_of(t, ACCOUNT_WORK_IN_PROCESS), 7600);
    assert_int_equal(balance_of(t, ACCOUNT_INVENTORY), 38000 - 7600);
    refuse(t, &stock_pull_op, ERR_CONFLICT, "All of part BP-1210 is pulled", "{\"line\":%lld}",
           line);
    assert_books_agree(t);
}

static void what_is_put_back_is_worth_what_it_was(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_pads_written_up(t);
    const long long line = line_id_of(&order, 1, 1);

    authorize(t, 10001);
    change(t, &stock_pull_op, "{\"line\":%lld}", line);
    change(t, &stock_put_back_op, "{\"line\":%lld,\"quantity\":\"1\"}", line);
    assert_int_equal(balance_of(t, ACCOUNT_WORK_IN_PROCESS), 3800);
    assert_int_equal(part_of(t, 1).committed.thousandths, 1000);
    change(t, &stock_put_back_op, "{\"line\":%lld}", line);
    assert_int_equal(balance_of(t, ACCOUNT_WORK_IN_PROCESS), 0);
    assert_int_equal(part_of(t, 1).stock_value.cents, 38000);
    refuse(t, &stock_put_back_op, ERR_CONFLICT, "Nothing of part BP-1210 is pulled",
           "{\"line\":%lld}", line);
    refuse(t, &stock_pull_op, ERR_INVALID, "2 of part BP-1210 are left to pull",
           "{\"line\":%lld,\"quantity\":\"3\"}", line);
    assert_field(t, "quantity");
    refuse(t, &stock_pull_op, ERR_INVALID, "sold whole", "{\"line\":%lld,\"quantity\":\"0.5\"}",
           line);
    assert_books_agree(t);
}

static void nobody_forgets_pulled_parts(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_pads_written_up(t);
    const long long line = line_id_of(&order, 1, 1);

    authorize(t, 10001);
    change(t, &stock_pull_op, "{\"line\":%lld}", line);
    refuse(t, &line_remove_op, ERR_CONFLICT, "2 of part BP-1210 are pulled for this line",
           "{\"line\":%lld}", line);
    refuse(t, &line_edit_op, ERR_CONFLICT, "Put them back first",
           "{\"line\":%lld,\"quantity\":\"1\"}", line);
    refuse(t, &order_void_op, ERR_CONFLICT, "Parts are pulled for order 10001",
           "{\"order\":10001,\"reason\":\"x\"}");
    refuse(t, &order_authorize_op, ERR_CONFLICT, "Parts are pulled for job 1",
           "{\"order\":10001,\"jobs\":[{\"job\":%lld,\"decision\":\"declined\"}]}",
           job_id_of(&order, 1));
}

static void the_invoice_takes_what_was_pulled_and_the_rest_from_the_shelf(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_pads_written_up(t);
    struct invoice invoice;

    authorize(t, 10001);
    change(t, &stock_pull_op, "{\"line\":%lld,\"quantity\":\"1\"}", line_id_of(&order, 1, 1));
    give_stock(t, 1, 9000, "");
    run_sql(t, "UPDATE part SET cost = 9900 WHERE id = 1");
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = {10001}}, &invoice);
    assert_int_equal(invoice.cost.cents, 3800 + 3800);
    assert_int_equal(balance_of(t, ACCOUNT_WORK_IN_PROCESS), 0);
    assert_int_equal(balance_of(t, ACCOUNT_PART_COST), 7600);
    assert_int_equal(part_of(t, 1).on_hand.thousandths, 8000);
    assert_int_equal(part_of(t, 1).committed.thousandths, 0);
    assert_int_equal(ask_number(t, "SELECT sum(committed + pulled + pulled_value) FROM line"), 0);
    assert_books_agree(t);
}

static void pulling_an_order_takes_what_is_there(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_pads_written_up(t);

    change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"OIL-Q\",\"quantity\":\"5.5\"}",
           job_id_of(&order, 1));
    refuse(t, &stock_pull_order_op, ERR_CONFLICT, "only authorized jobs", "{\"order\":10001}");
    authorize(t, 10001);
    order = change(t, &stock_pull_order_op, "{\"order\":10001}");
    assert_int_equal(line_of(&order, 1, 1)->pulled.thousandths, 2000);
    assert_int_equal(line_of(&order, 1, 2)->pulled.thousandths, 0);
    refuse(t, &stock_pull_order_op, ERR_CONFLICT, "Nothing that order 10001 needs",
           "{\"order\":10001}");
    give_stock(t, 2, 2500, "");
    order = change(t, &stock_pull_order_op, "{\"order\":10001}");
    assert_int_equal(line_of(&order, 1, 2)->pulled.thousandths, 2500);
    assert_int_equal(line_of(&order, 1, 2)->committed.thousandths, 3000);
    assert_books_agree(t);
}

static void a_technician_pulls_for_his_own_work(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_pads_written_up(t);
    const long long line = line_id_of(&order, 1, 1);

    authorize(t, 10001);
    sign_in_as(t, ROLE_TECHNICIAN);
    refuse(t, &stock_pull_op, ERR_DENIED, "", "{\"line\":%lld}", line);
    run_sql(t, arena_printf(&t->arena, "UPDATE job SET technician = %lld",
                            (long long)t->users[ROLE_TECHNICIAN].v));
    change(t, &stock_pull_op, "{\"line\":%lld}", line);
    sign_in_as(t, ROLE_ACCOUNTANT);
    refuse(t, &stock_put_back_op, ERR_DENIED, "", "{\"line\":%lld}", line);
}

/* ------------------------------------------------------------------------ catalog -- */

static void a_core_comes_and_goes_with_its_part(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_pads_written_up(t);

    run_sql(t, "UPDATE part SET core = 4500 WHERE id = 2");
    order = change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"OIL-Q\",\"quantity\":\"2\"}",
                   job_id_of(&order, 1));
    const long long line = line_id_of(&order, 1, 2);
    assert_int_equal(line_of(&order, 1, 3)->kind, LINE_CORE);
    assert_string_equal(line_of(&order, 1, 3)->description, "Core: 0W-20 oil, quart");
    assert_int_equal(line_of(&order, 1, 3)->gross.cents, 9000);
    order = change(t, &line_edit_op, "{\"line\":%lld,\"quantity\":\"3\"}", line);
    assert_int_equal(line_of(&order, 1, 3)->gross.cents, 13500);
    order = change(t, &line_edit_op, "{\"line\":%lld,\"part\":1}", line);
    assert_int_equal(job_of(&order, 1)->lines.count, 2);
    order = change(t, &line_edit_op, "{\"line\":%lld,\"part\":2}", line);
    assert_int_equal(job_of(&order, 1)->lines.count, 3);
    order = change(t, &line_remove_op, "{\"line\":%lld}", line);
    assert_int_equal(job_of(&order, 1)->lines.count, 1);
}

static void a_core_on_the_invoice_is_a_deposit_with_its_tax(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_pads_written_up(t);
    struct invoice invoice;

    run_sql(t, "UPDATE part SET core = 4500, price = 10000 WHERE id = 2");
    run_sql(t, "UPDATE tax SET rate = 77500, classes = 'part core'");
    change(t, &line_remove_op, "{\"line\":%lld}", line_id_of(&order, 1, 1));
    change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"OIL-Q\",\"quantity\":\"1\"}",
           job_id_of(&order, 1));
    authorize(t, 10001);
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = {10001}}, &invoice);
    assert_int_equal(invoice.fees.cents, 4500);
    assert_int_equal(invoice.tax.cents, 1124); /* 7.75 % of 145.00 */
    assert_int_equal(invoice.profit.cents, 10000 - 410);
    assert_int_equal(balance_of(t, ACCOUNT_CORE_DEPOSIT), -4500);
    assert_int_equal(balance_of(t, ACCOUNT_FEE_SALES), 0);
    assert_string_equal(ask_text(t, "SELECT state || charge || ' ' || tax FROM customer_core"),
                        "charged4500 349"); /* 11.24 x 45 / 145 */
    assert_books_agree(t);
}

static void a_waived_core_is_not_charged_and_needs_no_new_answer(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_pads_written_up(t);

    run_sql(t, "UPDATE part SET core = 4500 WHERE id = 2");
    change(t, &line_add_part_op, "{\"job\":%lld,\"sku\":\"OIL-Q\",\"quantity\":\"1\"}",
           job_id_of(&order, 1));
    authorize(t, 10001);
    run_sql(t, "UPDATE line SET waived = 1 WHERE kind = 'core'");
    order = change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    assert_int_equal(line_of(&order, 1, 3)->gross.cents, 0);
    assert_false(job_of(&order, 1)->needs_authorization);
    struct invoice invoice;
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = {10001}}, &invoice);
    assert_int_equal(invoice.fees.cents, 0);
    assert_string_equal(ask_text(t, "SELECT state FROM customer_core"), "waived");
}

static void a_part_that_is_replaced_names_its_successor(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_pads_written_up(t);
    struct part out;

    call(t, &part_add_op, NULL, "{\"sku\":\"BP-1300\",\"name\":\"Brake pads, new\"}");
    call(t, &part_supersede_op, NULL, "{\"part\":1,\"by\":2}");
    call(t, &part_supersede_op, &out, "{\"part\":2,\"by\":3}");
    assert_string_equal(out.successor, "BP-1300");
    refuse(t, &line_add_part_op, ERR_INVALID,
           "Part BP-1210 is replaced by BP-1300, “Brake pads, new”", "{\"job\":%lld,\"part\":1}",
           job_id_of(&order, 1));
    assert_field(t, "part");
    refuse(t, &part_supersede_op, ERR_INVALID, "would replace itself", "{\"part\":3,\"by\":1}");
    call(t, &part_supersede_op, NULL, "{\"part\":1,\"by\":0}");
    change(t, &line_add_part_op, "{\"job\":%lld,\"part\":1,\"quantity\":\"1\"}",
           job_id_of(&order, 1));
}

static void a_part_sold_whole_has_no_fractions(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_pads_written_up(t);

    refuse(t, &line_add_part_op, ERR_INVALID, "Part BP-1210 is sold whole",
           "{\"job\":%lld,\"sku\":\"BP-1210\",\"quantity\":\"1.5\"}", job_id_of(&order, 1));
    assert_field(t, "quantity");
    refuse(t, &line_edit_op, ERR_INVALID, "sold whole", "{\"line\":%lld,\"quantity\":\"2.25\"}",
           line_id_of(&order, 1, 1));
    assert_field(t, "quantity");
    refuse(t, &part_adjust_op, ERR_INVALID, "sold whole",
           "{\"part\":1,\"on_hand\":\"2.5\",\"reason\":\"x\"}");
    assert_field(t, "on_hand");
}

static void a_tire_is_sold_with_its_number(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_pads_written_up(t);
    struct invoice invoice;

    run_sql(t, "UPDATE part SET tire_size = '205/55R16' WHERE id = 1");
    authorize(t, 10001);
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    refuse(t, &invoice_post_op, ERR_CONFLICT, "write down their DOT numbers", "{\"order\":10001}");
    refuse(t, &line_edit_op, ERR_INVALID, "no tire identification number",
           "{\"line\":%lld,\"dot\":\"1A2BC3DE49925\"}", line_id_of(&order, 1, 1));
    assert_field(t, "dot");
    order =
        change(t, &line_edit_op, "{\"line\":%lld,\"dot\":\"dot 1a2bc3de41225, DOT1A2BC3DE42225\"}",
               line_id_of(&order, 1, 1));
    assert_string_equal(line_of(&order, 1, 1)->dot, "1A2BC3DE41225 1A2BC3DE42225");
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = {10001}}, &invoice);
    assert_string_equal(ask_text(t, "SELECT dot FROM invoice_line"), "1A2BC3DE41225 1A2BC3DE42225");
}

static void a_bar_code_is_the_same_with_and_without_its_zero(void **state)
{
    struct shop_test *t = *state;
    struct part part;

    call(t, &part_add_op, &part, "{\"sku\":\"A\",\"name\":\"x\",\"upc\":\"0036000291452\"}");
    assert_string_equal(part.upc, "036000291452");
    assert_int_equal(part_find_by_upc(&t->session, "036000291452", &part), OK);
    assert_int_equal(part_find_by_upc(&t->session, "0036000291452", &part), OK);
    assert_int_equal(part_find_by_upc(&t->session, "36000291452", &part), OK);
    assert_int_equal(part_find_by_upc(&t->session, "036000291453", &part), ERR_NOT_FOUND);
}

static void vendors_of_a_part_are_asked_in_their_order(void **state)
{
    struct shop_test *t = *state;
    struct part part;

    given_parts(t);
    call(t, &part_set_vendor_op, NULL,
         "{\"part\":1,\"vendor\":\"Harbor Parts\",\"number\":\"H-1\","
         "\"cost\":\"30.00\",\"pack\":\"10\"}");
    call(t, &part_set_vendor_op, NULL, "{\"part\":1,\"vendor\":\"Bay Supply\",\"number\":\"B-9\"}");
    call(t, &part_set_vendor_op, &part,
         "{\"part\":1,\"vendor\":\"harbor parts\",\"cost\":\"29.00\","
         "\"pack\":\"12\"}");
    const struct part_vendor *vendor = part.vendors.at;
    assert_int_equal(part.vendors.count, 2);
    assert_string_equal(vendor[0].number, "H-1");
    assert_int_equal(vendor[0].cost.cents, 2900);
    assert_int_equal(vendor[0].pack.thousandths, 12000);
    call(t, &part_set_vendor_op, &part, "{\"part\":1,\"vendor\":\"Bay Supply\",\"first\":true}");
    assert_string_equal(part.vendor, "Bay Supply");
    call(t, &part_remove_vendor_op, &part, "{\"part\":1,\"vendor\":2}");
    assert_string_equal(part.vendor, "Harbor Parts");
    assert_int_equal(((const struct part_vendor *)part.vendors.at)->position, 1);
}

/* --------------------------------------------------------------------------- bins -- */

static void parts_move_between_bins_and_leave_the_main_one_first(void **state)
{
    struct shop_test *t = *state;
    struct order order = given_pads_written_up(t);

    run_sql(t, "UPDATE part SET bin = 'C4' WHERE id = 1");
    change(t, &job_add_op, "{\"order\":10001,\"title\":\"x\"}");
    give_stock(t, 1, 3000, "C4"); /* and the 10 that lay nowhere */
    refuse(t, &stock_transfer_op, ERR_INVALID, "3 of part BP-1210 are in bin C4",
           "{\"part\":1,\"quantity\":\"4\",\"from\":\"c4\",\"to\":\"D1\"}");
    call(t, &stock_transfer_op, NULL,
         "{\"part\":1,\"quantity\":\"2\",\"from\":\"C4\",\"to\":\"D 1\"}");
    refuse(t, &stock_transfer_op, ERR_INVALID, "lies there already",
           "{\"part\":1,\"quantity\":\"1\",\"from\":\"D1\",\"to\":\"d1\"}");
    authorize(t, 10001);
    order = order_of(t, 10001);
    change(t, &stock_pull_op, "{\"line\":%lld}", line_id_of(&order, 1, 1));
    assert_string_equal(ask_text(t, "SELECT group_concat(bin || (on_hand / 1000), ' ')\n"
                                    "FROM (SELECT * FROM part_bin ORDER BY bin)"),
                        "9 C40 D12");
    assert_int_equal(part_of(t, 1).on_hand.thousandths, 11000);
    assert_books_agree(t);
}

/* ------------------------------------------------------------------------ reports -- */

static void any_past_day_can_be_looked_at(void **state)
{
    struct shop_test *t = *state;
    const struct stock_value then = {.day = {"2026-11-21"}};
    const struct stock_as_of list = {.query = {.limit = 10}, .day = {"2026-11-21"}};
    struct stock_value value;
    struct page page;

    t->session.clock.fixed -= 3 * 86400;
    given_pads_written_up(t);
    t->session.clock.fixed += 3 * 86400;
    give_stock(t, 1, 4000, "");
    expect_ok(t, &stock_value_op, &then, &value);
    assert_int_equal(value.value.cents, 38000);
    assert_int_equal(value.ledger.cents, 38000);
    expect_ok(t, &stock_value_op, &(struct stock_value){.day = DAY_NONE}, &value);
    assert_int_equal(value.value.cents, 15200);
    assert_int_equal(value.ledger.cents, 15200);
    expect_ok(t, &stock_as_of_op, &list, &page);
    assert_int_equal(page.rows.count, 1);
    const struct stock_as_of_row *row = page.rows.at;
    assert_int_equal(row->on_hand.thousandths, 10000);
    assert_int_equal(row->value.cents, 38000);
}

static void movements_name_their_document_and_person(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_pads_written_up(t);
    const struct stock_move_list list = {.query = {.limit = 10}, .part = {1}};
    struct page page;

    authorize(t, 10001);
    change(t, &stock_pull_op, "{\"line\":%lld}", line_id_of(&order, 1, 1));
    expect_ok(t, &stock_moves_op, &list, &page);
    const struct stock_move_row *row = page.rows.at;
    assert_int_equal(page.rows.count, 2);
    assert_string_equal(row[0].document, "RO 10001");
    assert_int_equal(row[0].quantity.thousandths, -2000);
    assert_int_equal(row[0].value.cents, -7600);
    assert_string_equal(row[0].user_name, "Ada Admin");
    assert_string_equal(row[1].reason, "counted");
}

/* A part number is searched as it is written, with its hyphen. */
static void movements_are_found_by_the_number_of_their_part(void **state)
{
    struct shop_test *t = *state;
    static const struct {
        const char *typed;
        size_t rows;
    } cases[] = {{"BP-1210", 2}, {"bp-12", 2}, {"brake pads", 2}, {"BP-9", 0}, {"%-1", 0}};
    const struct order order = given_pads_written_up(t);
    struct page page;

    authorize(t, 10001);
    change(t, &stock_pull_op, "{\"line\":%lld}", line_id_of(&order, 1, 1));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct stock_move_list list = {.query = {.limit = 10, .search = cases[i].typed}};
        expect_ok(t, &stock_moves_op, &list, &page);
        if (page.rows.count != cases[i].rows)
            fail_msg("“%s” finds %zu", cases[i].typed, page.rows.count);
    }
}

/* Neither is every movement read for a part's few, nor are all of them sorted for the newest. */
static void long_lists_of_movements_are_read_as_they_lie(void **state)
{
    struct shop_test *t = *state;
    const struct op *const ops[] = {&stock_moves_op, &stock_used_op};

    for (size_t i = 0; i < COUNT_OF(ops); i++) {
        AUTO_BUF plan = BUF(65536);
        const char *sql = list_sql(&ops[i]->lists[0], 0, &t->arena);
        assert_int_equal(store_try(t->store, sql, &plan), OK);
        if (strstr(buf_str(&plan), "TEMP B-TREE") != NULL)
            fail_msg("%s\n%s", sql, buf_str(&plan));
    }
    const struct list_source *of_part = &stock_moves_op.lists[stock_moves_op.list_count - 1];
    assert_no_scan(t, list_sql(of_part, 0, &t->arena), "m");
    const struct list_source *of_invoice = &stock_used_op.lists[stock_used_op.list_count - 1];
    assert_no_scan(t, list_sql(of_invoice, 0, &t->arena), "l");
}

static void usage_adds_up_what_invoices_took(void **state)
{
    struct shop_test *t = *state;
    const struct order order = given_pads_written_up(t);
    struct stock_usage in = {.by = USAGE_BY_PART, .technician = ""};
    struct stock_usage_report report;
    struct invoice invoice;

    authorize(t, 10001);
    run_sql(t, arena_printf(&t->arena, "UPDATE job SET technician = %lld",
                            (long long)t->users[ROLE_TECHNICIAN].v));
    change(t, &job_done_op, "{\"job\":%lld}", job_id_of(&order, 1));
    expect_ok(t, &invoice_post_op, &(struct invoice_post){.order = {10001}}, &invoice);
    expect_ok(t, &stock_usage_op, &in, &report);
    const struct stock_usage_row *row = report.rows.at;
    assert_int_equal(report.rows.count, 1);
    assert_string_equal(row->key, "BP-1210");
    assert_int_equal(row->sales.cents, 17990);
    assert_int_equal(row->cost.cents, 7600);
    assert_string_equal(row->margin_percent, "57.75"); /* 103.90 / 179.90 */
    assert_int_equal(report.margin.cents, 10390);
    in.by = USAGE_BY_TECHNICIAN;
    expect_ok(t, &stock_usage_op, &in, &report);
    assert_string_equal(((const struct stock_usage_row *)report.rows.at)->key, "Mo Haddad");
    in.by = USAGE_BY_INVOICE;
    in.invoice = invoice.id;
    expect_ok(t, &stock_usage_op, &in, &report);
    assert_string_equal(((const struct stock_usage_row *)report.rows.at)->key, "20001");
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_ok(t, &stock_usage_op, &in, &report);
    assert_int_equal(report.cost.cents, 0);
    assert_string_equal(report.margin_percent, "");
    refuse(t, &stock_usage_op, ERR_INVALID, "after the last one",
           "{\"from_on\":\"2026-11-24\",\"to_on\":\"2026-11-01\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(authorized_parts_are_spoken_for),
        SHOP_TEST(who_declines_or_voids_gives_them_back),
        SHOP_TEST(what_is_set_down_by_hand_leaves_at_the_average_like_an_issue),
        SHOP_TEST(what_is_set_down_by_hand_leaves_the_bins_it_lies_in),
        SHOP_TEST(parts_are_pulled_for_authorized_work_alone),
        SHOP_TEST(what_is_put_back_is_worth_what_it_was),
        SHOP_TEST(nobody_forgets_pulled_parts),
        SHOP_TEST(the_invoice_takes_what_was_pulled_and_the_rest_from_the_shelf),
        SHOP_TEST(pulling_an_order_takes_what_is_there),
        SHOP_TEST(a_technician_pulls_for_his_own_work),
        SHOP_TEST(a_core_comes_and_goes_with_its_part),
        SHOP_TEST(a_core_on_the_invoice_is_a_deposit_with_its_tax),
        SHOP_TEST(a_waived_core_is_not_charged_and_needs_no_new_answer),
        SHOP_TEST(a_part_that_is_replaced_names_its_successor),
        SHOP_TEST(a_part_sold_whole_has_no_fractions),
        SHOP_TEST(a_tire_is_sold_with_its_number),
        SHOP_TEST(a_bar_code_is_the_same_with_and_without_its_zero),
        SHOP_TEST(vendors_of_a_part_are_asked_in_their_order),
        SHOP_TEST(parts_move_between_bins_and_leave_the_main_one_first),
        SHOP_TEST(any_past_day_can_be_looked_at),
        SHOP_TEST(movements_name_their_document_and_person),
        SHOP_TEST(movements_are_found_by_the_number_of_their_part),
        SHOP_TEST(long_lists_of_movements_are_read_as_they_lie),
        SHOP_TEST(usage_adds_up_what_invoices_took),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
