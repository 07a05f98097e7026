/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The audit log: what is written into it, and how it is read. */

#include "audits.h"
#include "calls.h"

#include "domain/customer.h"
#include "domain/list.h"
#include "domain/part.h"

/* --- What is written --- */

static void the_numbers_of_the_log_have_no_gap(void **state)
{
    struct shop_test *t = *state;

    for (int i = 0; i < 5; i++)
        edit_phone(t, i);
    assert_int_equal(ask_number(t, "SELECT count(*) - max(id) FROM audit"), 0);
    assert_true(ask_number(t, "SELECT max(id) FROM audit") >= 10);
    assert_int_equal(rows_of(t, "length(mac) <> 64"), 0);
}

static void a_refused_reading_is_noted_too(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{}"), NULL, ERR_DENIED);
    assert_int_equal(rows_of(t,
                             "op = 'audit.list' AND result = 'denied' AND user_name = 'Mo Haddad'"
                             " AND factor = 'password' AND terminal = 'test'"),
                     1);
    assert_says(t, "Ask a manager");
}

static void a_refusal_names_what_it_was_about(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &customer_archive_op, input_json(t, &customer_archive_op, "{\"customer\":7}"),
                  NULL, ERR_DENIED);
    assert_int_equal(rows_of(t, "result = 'denied' AND noun = 'customer' AND subject = 7"), 1);
}

static void a_loop_of_refusals_does_not_fill_the_disk(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_TECHNICIAN);
    for (int i = 0; i < 100; i++)
        expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{}"), NULL, ERR_DENIED);
    assert_int_equal(rows_of(t, "result = 'denied'"), 1);
    for (int i = 0; i < 200; i++) {
        t->session.clock.fixed = SHOP_TEST_NOW + 10;
        expect_status(t, &customer_archive_op,
                      input_json(t, &customer_archive_op,
                                 arena_printf(&t->arena, "{\"customer\":%d}", i + 1)),
                      NULL, ERR_DENIED);
    }
    assert_int_equal(rows_of(t, "result = 'denied'"), AUDIT_DENIALS_MAX);
    t->session.clock.fixed = SHOP_TEST_NOW + 100;
    expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{}"), NULL, ERR_DENIED);
    assert_int_equal(rows_of(t, "result = 'denied'"), AUDIT_DENIALS_MAX + 1);
}

static void a_record_that_was_made_is_what_its_row_is_about(void **state)
{
    struct shop_test *t = *state;
    struct customer customer;

    call(t, &customer_add_op, &customer, "{\"last_name\":\"Delgado\"}");
    assert_int_equal(rows_of(t, arena_printf(&t->arena,
                                             "op = 'customer.add' AND noun = 'customer' AND "
                                             "subject = %lld",
                                             (long long)customer.id.v)),
                     1);
}

static void a_clock_moved_by_an_hour_is_noted_once(void **state)
{
    struct shop_test *t = *state;

    struct clock_watch watch = {0};
    t->session.watch = &watch;
    t->session.clock.fixed_up = 1000;
    edit_phone(t, 1);
    assert_int_equal(rows_of(t, "op = 'clock.jump'"), 0);
    t->session.clock.fixed += 3600 + 50;
    t->session.clock.fixed_up += 50;
    edit_phone(t, 2);
    edit_phone(t, 3);
    assert_int_equal(rows_of(t, "op = 'clock.jump' AND input = '{\"seconds\":3600}'"), 1);
    assert_int_equal(watch.moved, 3600);
}

static void a_clock_behind_the_last_action_is_noted_by_the_next_program(void **state)
{
    struct shop_test *t = *state;

    struct clock_watch watch = {0};

    edit_phone(t, 1);
    t->session.watch = &watch;
    t->session.clock.fixed -= 7200;
    t->session.clock.fixed_up = 1000;
    edit_phone(t, 2);
    edit_phone(t, 3);
    assert_int_equal(rows_of(t, "op = 'clock.behind' AND input = '{\"seconds\":7200}'"), 1);
    assert_int_equal(watch.moved, -7200);
    assert_int_equal(ask_number(t, "SELECT count(*) - max(id) FROM audit"), 0);
}

static void sign_ins_are_noted_good_or_bad_but_never_what_was_typed_for_a_password(void **state)
{
    struct shop_test *t = *state;
    struct signed_in out;
    const struct sign_in tries[] = {
        {.login = "ann", .password = "geheimnis eins"},
        {.login = "my secret phrase", .password = "geheimnis zwei", .code = "123456"},
        {.login = "ann", .password = "correct horse battery"},
    };
    const int64_t before = rows_of(t, "op = 'session.sign-in'");

    for (size_t i = 0; i < COUNT_OF(tries); i++) {
        struct sign_in in = tries[i];
        shape_tidy(session_sign_in_op.in, &in);
        t->session.id.v = t->session.user.v = 0;
        t->session.user_name = NULL;
        t->session.clock.fixed += 2;
        assert_int_equal(op_call(&t->session, &session_sign_in_op, &in, &out) == OK, i == 2);
    }
    assert_int_equal(rows_of(t, "op = 'session.sign-in'"), before + 3);
    assert_int_equal(rows_of(t, "op = 'session.sign-in' AND result = 'sign_in' AND noun = 'user' "
                                "AND subject = 2 AND user IS NULL"),
                     1);
    assert_int_equal(rows_of(t, "op = 'session.sign-in' AND result = 'sign_in' AND noun = '' "
                                "AND input = '{\"name\":\"nobody''s\"}'"),
                     1);
    assert_int_equal(rows_of(t, "input LIKE '%geheimnis%' OR changes LIKE '%geheimnis%' "
                                "OR input LIKE '%secret%' OR input LIKE '%123456%'"),
                     0);
}

static void a_note_keeps_what_was_said_before(void **state)
{
    struct shop_test *t = *state;

    (void)fault_set(&t->session.fault, ERR_CONFLICT, "It is so.");
    assert_int_equal(audit_note(&t->session, AUDIT_EXPORT, OK, "{\"rows\":3}"), OK);
    assert_says(t, "It is so.");
    assert_int_equal(rows_of(t, "op = 'data.export' AND input = '{\"rows\":3}'"), 1);
}

/* --- Reading --- */

static void every_filter_of_the_log_walks_an_index_in_order(void **state)
{
    struct shop_test *t = *state;
    static const char *const indexes[] = {"audit_by_at",         "audit_by_user",
                                          "audit_by_op",         "audit_by_user_op",
                                          "audit_refused",       "audit_refused_by_user",
                                          "audit_refused_by_op", "audit_refused_by_user_op",
                                          "audit_by_subject",    "audit_by_kind",
                                          "audit_refused"};
    const struct op *const ops[] = {&audit_list_op, &audit_export_op};
    int texts = 0;

    for (size_t o = 0; o < COUNT_OF(ops); o++) {
        assert_int_equal(ops[o]->list_count, COUNT_OF(indexes));
        for (size_t l = 0; l < ops[o]->list_count; l++) {
            const char *sql;
            for (size_t i = 0; (sql = list_sql(&ops[o]->lists[l], i, &t->arena)) != NULL; i++) {
                AUTO_BUF plan = BUF(65536);
                assert_int_equal(store_try(t->store, sql, &plan), OK);
                const bool is_row = strstr(sql, ":list_id") != NULL;
                const char *wanted = is_row ? "INTEGER PRIMARY KEY"
                                            : arena_printf(&t->arena, "INDEX %s (", indexes[l]);
                if (strstr(buf_str(&plan), wanted) == NULL ||
                    strstr(buf_str(&plan), "TEMP B-TREE") != NULL)
                    fail_msg("%s\n%s\n%s", sql, wanted, buf_str(&plan));
                texts++;
            }
        }
    }
    print_message("%d texts\n", texts);
}

static void expect_rows(struct shop_test *t, const char *filters, const char *where)
{
    struct page page;
    const int64_t expected = rows_of(t, where);

    expect_ok(t, &audit_list_op, input_json(t, &audit_list_op, filters), &page);
    if ((int64_t)page.rows.count != expected || expected == 0)
        fail_msg("%s: %zu rows, %lld expected", filters, page.rows.count, (long long)expected);
    expect_ok(t, &audit_export_op, input_json(t, &audit_export_op, filters), &page);
    assert_int_equal(page.rows.count, expected);
}

static void the_log_is_filtered_by_person_time_action_document_and_result(void **state)
{
    struct shop_test *t = *state;

    call(t, &customer_add_op, NULL, "{\"last_name\":\"Delgado\"}");
    t->session.clock.fixed += 86400;
    assert_int_equal(audit_note(&t->session, AUDIT_EXPORT, OK, NULL), OK);
    t->session.clock.fixed -= 86400;
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &customer_archive_op, input_json(t, &customer_archive_op, "{\"customer\":1}"),
                  NULL, ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    edit_phone(t, 1);
    expect_rows(t, "{}", "1");
    expect_rows(t, "{\"user\":3}", "user = 3");
    expect_rows(t, "{\"action\":\"setting.edit\"}", "op = 'setting.edit'");
    expect_rows(t, "{\"user\":1,\"action\":\"setting.edit\"}", "op = 'setting.edit'");
    expect_rows(t, "{\"refused\":true}", "result = 'denied'");
    expect_rows(t, "{\"refused\":true,\"user\":3}", "result = 'denied'");
    expect_rows(t, "{\"refused\":true,\"action\":\"customer.archive\"}", "result = 'denied'");
    expect_rows(t, "{\"refused\":true,\"user\":3,\"action\":\"customer.archive\"}",
                "result = 'denied'");
    expect_rows(t, "{\"document\":\"Customer 1\"}", "noun = 'customer' AND subject = 1");
    expect_rows(t, "{\"document\":\"customer 1\",\"refused\":true,\"user\":3}",
                "result = 'denied'");
    expect_rows(t, "{\"from_on\":\"2026-11-25\"}", "at >= 1795590000");
    expect_rows(t, "{\"to_on\":\"2026-11-24\"}", "at < 1795590000");
    expect_rows(t, "{\"to_on\":\"2026-11-24\",\"action\":\"customer.add\"}", "op = 'customer.add'");
    expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{\"action\":\"post\"}"), NULL,
                  ERR_INVALID);
    assert_field(t, "action");
    expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{\"document\":\"20001\"}"),
                  NULL, ERR_INVALID);
    assert_field(t, "document");
    expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{\"document\":\"elephant 1\"}"),
                  NULL, ERR_INVALID);
}

static void a_kind_of_action_is_every_action_of_it(void **state)
{
    struct shop_test *t = *state;

    call(t, &customer_add_op, NULL, "{\"last_name\":\"Delgado\"}");
    edit_phone(t, 1);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &customer_archive_op, input_json(t, &customer_archive_op, "{\"customer\":1}"),
                  NULL, ERR_DENIED);
    sign_in_as(t, ROLE_ADMIN);
    assert_int_equal(audit_note(&t->session, AUDIT_EXPORT, OK, NULL), OK);
    expect_rows(t, "{\"action\":\"customer\"}", "op LIKE 'customer.%'");
    expect_rows(t, "{\"action\":\"Customer\",\"user\":1}", "op LIKE 'customer.%' AND user = 1");
    expect_rows(t, "{\"action\":\"customer\",\"refused\":true}", "op = 'customer.archive'");
    expect_rows(t, "{\"action\":\"customer\",\"document\":\"customer 1\",\"user\":1}",
                "op LIKE 'customer.%' AND user = 1");
    /* What is no operation has its kind, too. */
    expect_rows(t, "{\"action\":\"data\"}", "op = 'data.export'");
    expect_status(t, &audit_list_op, input_json(t, &audit_list_op, "{\"action\":\"archive\"}"),
                  NULL, ERR_INVALID);
    assert_says(t, "Is it one of these: customer.archive?");
    struct page page;
    call(t, &audit_list_op, &page, "{\"action\":\"Labor rate\"}");
    assert_int_equal(page.rows.count, 0);
    call(t, &audit_list_op, &page, "{\"document\":\"Labor rate 3\"}");
    assert_int_equal(page.rows.count, 0);
    call(t, &audit_list_op, &page, "{\"document\":\"RO 10001\"}");
    assert_int_equal(page.rows.count, 0);
}

/* All pages of so many rows, one after the other, from the one end or the other. */
static int64_t walk(struct shop_test *t, struct audit_list in, bool back, int64_t *ret_ids)
{
    struct page page;
    int64_t count = 0;

    do {
        expect_ok(t, &audit_list_op, &in, &page);
        const struct audit_list_row *rows = page.rows.at;
        for (size_t i = 0; i < page.rows.count; i++)
            ret_ids[count++] = rows[back ? page.rows.count - 1 - i : i].id.v;
        *(back ? &in.query.before : &in.query.after) = back ? page.previous : page.next;
    } while (*(back ? page.previous : page.next) != '\0');
    return count;
}

static void pages_join_without_gap_or_overlap_in_both_directions(void **state)
{
    struct shop_test *t = *state;
    int64_t whole[100], pages[100];
    struct audit_list in = {.query.limit = 100};

    shape_tidy(audit_list_op.in, &in);
    for (int i = 0; i < 20; i++) {
        t->session.clock.fixed += i % 3; /* some within one second */
        edit_phone(t, i);
    }
    for (int descending = 0; descending < 2; descending++) {
        in.query.sort = "at";
        in.query.descending = descending == 1;
        in.query.limit = 100;
        in.query.after = in.query.before = "";
        const int64_t count = walk(t, in, false, whole);
        assert_true(count > 20);
        for (in.query.limit = 1; in.query.limit < 9; in.query.limit++) {
            assert_int_equal(walk(t, in, false, pages), count);
            assert_memory_equal(pages, whole, (size_t)count * sizeof whole[0]);
        }
        in.query.limit = 4;
        in.query.before = arena_printf(
            &t->arena, "%lld|%lld", (long long)whole[count - 1],
            (long long)ask_number(t, arena_printf(&t->arena, "SELECT at FROM audit WHERE id = %lld",
                                                  (long long)whole[count - 1])));
        assert_int_equal(walk(t, in, true, pages), count - 1);
        for (int64_t i = 0; i < count - 1; i++)
            assert_int_equal(pages[i], whole[count - 2 - i]);
    }
}

static void the_actions_to_choose_from_are_those_of_the_log(void **state)
{
    struct shop_test *t = *state;
    struct page page;

    edit_phone(t, 1);
    call(t, &audit_actions_op, &page, "{}");
    assert_int_equal(page.rows.count, ask_number(t, "SELECT count(DISTINCT op) FROM audit"));
    AUTO_BUF json = BUF(65536);
    json_write(&json, audit_actions_op.out, page.rows.at, &RIGHT_SET_ALL, 0);
    assert_non_null(strstr(buf_str(&json), "\"action\":\"session.sign-in\""));
    assert_non_null(strstr(buf_str(&json), "\"says\":\"Sign in\""));
}

static const struct audit_change *find_change(const struct audit_detail *detail, const char *name)
{
    for (size_t i = 0; i < detail->changed.count; i++) {
        const struct audit_change *change = (const struct audit_change *)detail->changed.at + i;
        if (text_same(change->name, name))
            return change;
    }
    fail_msg("%s is not among the changes", name);
    return NULL;
}

static void show_last(struct shop_test *t, struct audit_detail *ret)
{
    const struct audit_key key = {{ask_number(t, "SELECT max(id) FROM audit")}};

    expect_ok(t, &audit_show_op, &key, ret);
}

static void a_change_is_told_by_labels_and_as_people_write_it(void **state)
{
    struct shop_test *t = *state;
    struct audit_detail detail;
    struct shop shop;

    expect_ok(t, &setting_show_op, NULL, &shop);
    shop.phone = "+16195550199";
    shop.supplies_cap = USD(35, 0);
    expect_ok(t, &setting_edit_op, &shop, &shop);
    show_last(t, &detail);
    assert_string_equal(detail.says, "Change the shop's settings");
    assert_string_equal(find_change(&detail, "Phone")->before, "(619) 555-0100");
    assert_string_equal(find_change(&detail, "Phone")->after, "(619) 555-0199");
    assert_string_equal(find_change(&detail, "Phone")->record, "shop 1");
    print_message("%s\n", find_change(&detail, "Supplies at most")->after);
    assert_string_equal(find_change(&detail, "Supplies at most")->after, "35.00");
}

static void what_was_made_has_no_before(void **state)
{
    struct shop_test *t = *state;
    struct audit_detail detail;

    call(t, &customer_add_op, NULL,
         "{\"last_name\":\"Delgado\",\"preferred_contact\":"
         "\"text\"}");
    show_last(t, &detail);
    assert_string_equal(find_change(&detail, "Last name")->before, "");
    assert_string_equal(find_change(&detail, "Last name")->after, "Delgado");
    assert_true(detail.asked.count > 0);
}

static void costs_in_the_log_stay_hidden_from_who_may_not_see_them(void **state)
{
    struct shop_test *t = *state;
    struct audit_detail detail;

    call(t, &part_add_op, NULL,
         "{\"sku\":\"P1\",\"name\":\"Pad\",\"cost\":\"12.34\",\"price\":\"20.00\"}");
    show_last(t, &detail);
    const int64_t row = detail.id.v;
    assert_string_equal(find_change(&detail, "Cost")->after, "12.34");
    assert_non_null(strstr(detail.changes, "1234"));
    run_sql(t, "DELETE FROM role_right WHERE role = 4 AND right = 'costs:view'");
    run_sql(t, "UPDATE role SET revision = revision + 1 WHERE id = 4");
    sign_in_as(t, ROLE_ACCOUNTANT);
    const struct audit_key key = {{row}};
    expect_ok(t, &audit_show_op, &key, &detail);
    assert_string_equal(find_change(&detail, "Cost")->after, "(hidden)");
    assert_string_equal(detail.changes, "");
    assert_string_equal(detail.input, "");
}

static void a_row_with_broken_json_can_still_be_looked_at(void **state)
{
    struct shop_test *t = *state;
    struct audit_detail detail;
    static const char *const broken[] = {"", "{", "[1,2]", "[{\"table\":5}]", "{\"a\":1}", "null"};

    edit_phone(t, 1);
    run_sql(t, "DROP TRIGGER audit_is_final");
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        run_sql(t, arena_printf(&t->arena,
                                "UPDATE audit SET input = '%s', changes = '%s' WHERE id = "
                                "(SELECT max(id) FROM audit)",
                                broken[i], broken[i]));
        show_last(t, &detail);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(the_numbers_of_the_log_have_no_gap),
        SHOP_TEST(a_refused_reading_is_noted_too),
        SHOP_TEST(a_refusal_names_what_it_was_about),
        SHOP_TEST(a_loop_of_refusals_does_not_fill_the_disk),
        SHOP_TEST(a_record_that_was_made_is_what_its_row_is_about),
        SHOP_TEST(a_clock_moved_by_an_hour_is_noted_once),
        SHOP_TEST(a_clock_behind_the_last_action_is_noted_by_the_next_program),
        SHOP_TEST(sign_ins_are_noted_good_or_bad_but_never_what_was_typed_for_a_password),
        SHOP_TEST(a_note_keeps_what_was_said_before),
        SHOP_TEST(every_filter_of_the_log_walks_an_index_in_order),
        SHOP_TEST(the_log_is_filtered_by_person_time_action_document_and_result),
        SHOP_TEST(a_kind_of_action_is_every_action_of_it),
        SHOP_TEST(pages_join_without_gap_or_overlap_in_both_directions),
        SHOP_TEST(the_actions_to_choose_from_are_those_of_the_log),
        SHOP_TEST(a_change_is_told_by_labels_and_as_people_write_it),
        SHOP_TEST(what_was_made_has_no_before),
        SHOP_TEST(costs_in_the_log_stay_hidden_from_who_may_not_see_them),
        SHOP_TEST(a_row_with_broken_json_can_still_be_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
