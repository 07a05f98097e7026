/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "calls.h"

#include "domain/canned_job.h"
#include "domain/part.h"

static void given_oil_part(struct shop_test *t)
{
    call(t, &part_add_op, NULL,
         "{\"sku\":\"OIL-Q\",\"name\":\"0W-20 oil, quart\","
         "\"price\":\"7.49\",\"cost\":\"4.10\"}");
}

static struct canned_job given_oil_service(struct shop_test *t)
{
    struct canned_job out;

    given_oil_part(t);
    call(t, &canned_job_add_op, &out,
         "{\"code\":\"oil\",\"title\":\"Oil service, synthetic\",\"lines\":["
         "{\"kind\":\"labor\",\"description\":\"Oil and filter\","
         "\"quantity\":\"0.5\"},"
         "{\"kind\":\"part\",\"sku\":\"oil-q\",\"quantity\":\"5.5\"},"
         "{\"kind\":\"fee\",\"description\":\"Disposal\",\"price\":\"3.00\"}]}");
    return out;
}

static void refuse_add(struct shop_test *t, const char *json, const char *field)
{
    expect_status(t, &canned_job_add_op, input_json(t, &canned_job_add_op, json), NULL,
                  ERR_INVALID);
    assert_field(t, field);
}

static struct canned_job_row only_row(struct shop_test *t, const char *search)
{
    const struct canned_job_search in = {.query = {.search = search}};
    struct page page;

    expect_ok(t, &canned_job_search_op, &in, &page);
    assert_int_equal(page.rows.count, 1);
    return *(const struct canned_job_row *)page.rows.at;
}

static void a_canned_job_comes_back_with_its_lines(void **state)
{
    struct shop_test *t = *state;
    const struct canned_job job = given_oil_service(t);
    const struct canned_line *line = job.lines.at;

    assert_string_equal(job.code, "OIL");
    assert_int_equal(job.lines.count, 3);
    assert_int_equal(line[0].kind, LINE_LABOR);
    assert_int_equal(line[0].quantity.thousandths, 500);
    assert_string_equal(line[1].sku, "OIL-Q");
    assert_string_equal(line[1].description, "0W-20 oil, quart");
    assert_int_equal(line[1].part.v, 1);
    assert_true(line[2].taxable);
}

static void the_list_shows_hours_and_todays_price(void **state)
{
    struct shop_test *t = *state;

    given_oil_service(t);
    const struct canned_job_row row = only_row(t, "oil");
    assert_int_equal(row.hours.thousandths, 500);
    /* 0.5 h x 145.00 + 5.5 x 7.49 (41.195, so 41.20) + 3.00 */
    assert_int_equal(row.price.cents, 7250 + 4120 + 300);
    run_sql(t, "UPDATE rate_class SET rate = 16000");
    run_sql(t, "UPDATE part SET price = 800");
    assert_int_equal(only_row(t, "synth").price.cents, 8000 + 4400 + 300);
}

static void what_is_typed_begins_a_word_of_the_title_or_the_code(void **state)
{
    struct shop_test *t = *state;
    const struct canned_job_search oil = {.query = {.search = "oil"}};
    const struct canned_job_search leak = {.query = {.search = "LEAK"}};
    struct canned_job_row out;
    struct page page;

    call(t, &canned_job_add_op, NULL, "{\"code\": \"COIL1\", \"title\": \"Ignition coil\"}");
    call(t, &canned_job_add_op, NULL, "{\"code\": \"LEAK\", \"title\": \"Find an oil leak\"}");
    expect_ok(t, &canned_job_search_op, &oil, &page);
    assert_int_equal(page.rows.count, 1);
    memcpy(&out, page.rows.at, sizeof out);
    assert_string_equal(out.code, "LEAK");
    expect_ok(t, &canned_job_search_op, &leak, &page);
    assert_int_equal(page.rows.count, 1);
}

static void a_job_is_shown_by_its_code_too(void **state)
{
    struct shop_test *t = *state;
    struct canned_job_key key = {.code = "oil"};
    struct canned_job out;

    given_oil_service(t);
    expect_ok(t, &canned_job_show_op, &key, &out);
    assert_string_equal(out.title, "Oil service, synthetic");
    key.code = "nothing";
    expect_status(t, &canned_job_show_op, &key, NULL, ERR_NOT_FOUND);
    key.code = "";
    expect_status(t, &canned_job_show_op, &key, NULL, ERR_INVALID);
}

static void what_cannot_be_inserted_later_is_refused_now(void **state)
{
    struct shop_test *t = *state;

    given_oil_service(t);
    refuse_add(t, "{\"code\":\"OIL\",\"title\":\"x\"}", "code");
    refuse_add(t, "{\"code\":\"B\",\"title\":\"\"}", "title");
    refuse_add(t, "{\"code\":\"B\",\"title\":\"x\",\"lines\":[{\"kind\":\"labor\"}]}",
               "lines.1.description");
    refuse_add(t, "{\"code\":\"B\",\"title\":\"x\",\"lines\":[{\"kind\":\"part\",\"sku\":\"NO\"}]}",
               "lines.1.sku");
    refuse_add(t,
               "{\"code\":\"B\",\"title\":\"x\",\"lines\":[{\"kind\":\"fee\",\"part\":1,"
               "\"description\":\"d\"}]}",
               "lines.1.part");
    refuse_add(t,
               "{\"code\":\"B\",\"title\":\"x\",\"lines\":[{\"kind\":\"labor\","
               "\"rate_class\":9,\"description\":\"d\"}]}",
               "lines.1.rate_class");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM canned_job"), 1);
}

static void an_edit_writes_the_lines_only_when_they_differ(void **state)
{
    struct shop_test *t = *state;
    const struct canned_job job = given_oil_service(t);
    struct canned_job_entry form = {.canned_job = job.id};
    const int64_t last_line = ask_number(t, "SELECT max(id) FROM canned_line");

    shape_transfer(&canned_job_shape, &job, canned_job_edit_op.in, &form);
    form.title = "Oil change";
    expect_ok(t, &canned_job_edit_op, &form, NULL);
    assert_int_equal(ask_number(t, "SELECT max(id) FROM canned_line"), last_line);
    assert_string_equal(only_row(t, "oil change").title, "Oil change");
    expect_status(t, &canned_job_edit_op, &form, NULL, ERR_STALE);
    form.revision = 2;
    form.lines.count = 1;
    expect_ok(t, &canned_job_edit_op, &form, NULL);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM canned_line"), 1);
}

static void an_archived_job_is_not_offered(void **state)
{
    struct shop_test *t = *state;
    const struct canned_job_key key = {.canned_job = given_oil_service(t).id};
    const struct canned_job_search all = {.query = {.limit = 5}};
    struct page page;

    expect_ok(t, &canned_job_archive_op, &key, NULL);
    expect_ok(t, &canned_job_search_op, &all, &page);
    assert_int_equal(page.rows.count, 0);
    expect_ok(t, &canned_job_restore_op, &key, NULL);
    assert_string_equal(only_row(t, "oil").code, "OIL");
}

static void technicians_see_no_cost_and_change_nothing(void **state)
{
    struct shop_test *t = *state;
    const struct canned_job_key key = {.canned_job = given_oil_service(t).id};
    struct canned_job out;

    run_sql(t, "UPDATE canned_line SET cost = 99");
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_ok(t, &canned_job_show_op, &key, &out);
    assert_int_equal(((const struct canned_line *)out.lines.at)->cost.cents, 0);
    expect_status(t, &canned_job_archive_op, &key, NULL, ERR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_canned_job_comes_back_with_its_lines),
        SHOP_TEST(the_list_shows_hours_and_todays_price),
        SHOP_TEST(what_is_typed_begins_a_word_of_the_title_or_the_code),
        SHOP_TEST(a_job_is_shown_by_its_code_too),
        SHOP_TEST(what_cannot_be_inserted_later_is_refused_now),
        SHOP_TEST(an_edit_writes_the_lines_only_when_they_differ),
        SHOP_TEST(an_archived_job_is_not_offered),
        SHOP_TEST(technicians_see_no_cost_and_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
