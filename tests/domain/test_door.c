/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "shop.h"

#include "domain/audit.h"
#include "domain/draft.h"
#include "domain/list.h"
#include "domain/setting.h"

static void every_operation_is_described_whole(void **state)
{
    (void)state;
    size_t count = 0;

    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++, count++) {
            const struct op *op = modules[m]->ops[i];
            assert_non_null(op->name);
            assert_non_null(strchr(op->name, '.'));
            assert_non_null(op->says);
            assert_non_null(op->run);
            assert_ptr_equal(op_find(op->name), op);
            assert_true(op->right != RIGHT_NONE || (op->flags & OP_PUBLIC) != 0);
            if (op->fills != NULL && op_find(op->fills) == NULL)
                fail_msg("%s is filled by %s, which there isn't", op->name, op->fills);
            if (op->about != NULL && shape_field(op->in, op->about) == NULL)
                fail_msg("%s is about %s, which is no field of it", op->name, op->about);
        }
    print_message("%zu operations in %zu modules\n", count, module_count);
}

static void check_shape(const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->type == FIELD_ID && field->size != sizeof(int64_t))
            fail_msg("%s.%s is of no type a field can have", shape->name, field->name);
        if (field->type == FIELD_ENUM && field->choices == NULL)
            fail_msg("%s.%s has no choices", shape->name, field->name);
        assert_true(field->offset + field->size <= shape->size);
        if (field->type == FIELD_ROWS) {
            assert_non_null(field->rows);
            check_shape(field->rows);
        }
    }
}

static void every_field_has_a_type_its_choices_and_its_rows(void **state)
{
    (void)state;

    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if (op->in != NULL)
                check_shape(op->in);
            if (op->out != NULL)
                check_shape(op->out);
        }
}

/* An input that passes validation, so that only the right can refuse. */
static void *plausible_input(struct shop_test *t, const struct op *op)
{
    const struct field_context context = session_context(&t->session);
    void *in = arena_alloc(&t->arena, op->in->size);

    shape_init(op->in, in, &context);
    return in;
}

static void every_operation_is_refused_to_a_person_without_its_right(void **state)
{
    struct shop_test *t = *state;
    int refused = 0;

    run_sql(t, "DELETE FROM role_right WHERE role = 3");
    run_sql(t, "UPDATE role SET revision = revision + 1 WHERE id = 3");
    sign_in_as(t, ROLE_TECHNICIAN);
    const int64_t trail = ask_number(t, "SELECT count(*) FROM audit WHERE result = 'ok'");
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if (op->right == RIGHT_NONE)
                continue;
            expect_status(t, op, op->in != NULL ? plausible_input(t, op) : NULL, NULL, ERR_DENIED);
            refused++;
        }
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE result = 'ok'"), trail);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE result = 'denied'"),
                     AUDIT_DENIALS_MAX); /* of one minute */
    print_message("%d operations refused\n", refused);
    assert_true(refused > 20);
}

static void nobody_gets_in_without_signing_in(void **state)
{
    struct shop_test *t = *state;

    t->session.id.v = 0;
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if ((op->flags & OP_PUBLIC) == 0)
                expect_status(t, op, op->in != NULL ? plausible_input(t, op) : NULL, NULL,
                              ERR_SIGN_IN);
        }
}

static void a_change_is_audited_with_before_and_after(void **state)
{
    struct shop_test *t = *state;
    struct shop shop;

    expect_ok(t, &setting_show_op, NULL, &shop);
    shop.phone = "+16195550199";
    shop.supplies_cap = USD(35, 0);
    expect_ok(t, &setting_edit_op, &shop, &shop);
    assert_string_equal(shop.phone, "+16195550199");
    assert_int_equal(shop.revision, 2);

    const char *changes = ask_text(t, "SELECT changes FROM audit WHERE op = 'setting.edit'");
    assert_non_null(strstr(changes, "\"before\":{\"phone\":\"+16195550100\""));
    assert_non_null(strstr(changes, "\"after\":{\"phone\":\"+16195550199\""));
    assert_null(strstr(changes, "Harbor"));
    assert_string_equal(ask_text(t, "SELECT user_name FROM audit WHERE op = 'setting.edit'"),
                        "Ada Admin");
}

static void an_edit_of_something_changed_meanwhile_is_stale(void **state)
{
    struct shop_test *t = *state;
    struct shop first, second;

    expect_ok(t, &setting_show_op, NULL, &first);
    second = first;
    first.city = "Chula Vista";
    expect_ok(t, &setting_edit_op, &first, NULL);
    second.city = "El Cajon";
    expect_status(t, &setting_edit_op, &second, NULL, ERR_STALE);
    assert_string_equal(ask_text(t, "SELECT city FROM shop"), "Chula Vista");
}

static void a_bad_value_is_refused_at_its_field_and_leaves_nothing(void **state)
{
    struct shop_test *t = *state;
    struct shop shop;

    expect_ok(t, &setting_show_op, NULL, &shop);
    shop.name = "";
    expect_status(t, &setting_edit_op, &shop, NULL, ERR_INVALID);
    assert_field(t, "name");
    shop.name = "Bay\033[2Jside";
    expect_status(t, &setting_edit_op, &shop, NULL, ERR_INVALID);
    shop.name = "Bayside";
    shop.zone = "Atlantis";
    expect_status(t, &setting_edit_op, &shop, NULL, ERR_INVALID);
    assert_field(t, "zone");
    shop.zone = "America/Chicago";
    shop.invoice_terms = "card 4111 1111 1111 1111";
    expect_status(t, &setting_edit_op, &shop, NULL, ERR_INVALID);
    assert_field(t, "invoice_terms");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'setting.edit'"), 0);
}

static void a_command_sent_twice_happens_once(void **state)
{
    struct shop_test *t = *state;
    const struct draft in = {.form = "customer.add", .title = "New customer", .body = "{}"};
    struct draft first, again;

    t->session.command_id = "01HV-1";
    expect_ok(t, &draft_save_op, &in, &first);
    expect_ok(t, &draft_save_op, &in, &again);
    assert_int_equal(first.id.v, again.id.v);
    assert_string_equal(again.title, "New customer");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM draft"), 1);

    const struct draft other = {.form = "customer.add", .title = "Other", .body = "{}"};
    expect_status(t, &draft_save_op, &other, NULL, ERR_CONFLICT);
    t->session.command_id = NULL;
    expect_ok(t, &draft_save_op, &in, &again);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM draft"), 2);
}

static void the_nth_statement_failing_leaves_nothing(void **state)
{
    struct shop_test *t = *state;
    struct shop shop;
    int64_t n = 0;

    expect_ok(t, &setting_show_op, NULL, &shop);
    shop.city = "Chula Vista";
    for (n = 1; n < 100; n++) {
        store_fail_after(t->store, n);
        const status result = op_call(&t->session, &setting_edit_op, &shop, &shop);
        store_fail_after(t->store, 0);
        if (result == OK)
            break;
        assert_int_equal(result, ERR_IO);
        assert_true(t->session.fault.text[0] != '\0');
        assert_false(store_in_transaction(t->store));
        assert_string_equal(ask_text(t, "SELECT city FROM shop"), "San Diego");
        assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'setting.edit'"), 0);
        expect_ok(t, &setting_show_op, NULL, &shop);
        shop.city = "Chula Vista";
    }
    print_message("failed at each of %d statements\n", (int)n - 1);
    assert_true(n > 3 && n < 100);
    assert_string_equal(ask_text(t, "SELECT city FROM shop"), "Chula Vista");
}

static void a_right_taken_away_counts_from_the_next_operation(void **state)
{
    struct shop_test *t = *state;
    struct shop shop;

    sign_in_as(t, ROLE_ACCOUNTANT);
    expect_ok(t, &setting_show_op, NULL, &shop);
    run_sql(t, "DELETE FROM role_right WHERE role = 4 AND right = 'settings:view'");
    run_sql(t, "UPDATE role SET revision = revision + 1 WHERE id = 4");
    expect_status(t, &setting_show_op, NULL, &shop, ERR_DENIED);
    run_sql(t, "UPDATE user SET disabled_at = 1 WHERE id = 4");
    expect_status(t, &setting_show_op, NULL, &shop, ERR_SIGN_IN);
    assert_says(t, "switched off");
}

static void a_list_pages_forwards_and_backwards_by_key(void **state)
{
    struct shop_test *t = *state;
    char form[] = "form.00";
    struct draft in = {.title = "t", .body = "{}"};
    struct page page;

    for (int i = 0; i < 25; i++) {
        form[5] = (char)('0' + i / 10);
        form[6] = (char)('0' + i % 10);
        in.form = form;
        t->session.clock.fixed = SHOP_TEST_NOW + i / 2; /* equal keys in pairs */
        expect_ok(t, &draft_save_op, &in, NULL);
    }
    char *query = arena_text(&t->arena, "{\"limit\": 10}");
    expect_ok(t, &draft_list_op, input_json(t, &draft_list_op, query), &page);
    assert_int_equal(page.rows.count, 10);
    assert_int_equal(page.total, 25);
    assert_string_equal(page.previous, "");
    query = arena_printf(&t->arena, "{\"limit\": 10, \"after\": \"%s\"}", page.next);
    expect_ok(t, &draft_list_op, input_json(t, &draft_list_op, query), &page);
    assert_string_equal(((struct draft *)page.rows.at)[0].form, "form.10");
    query = arena_printf(&t->arena, "{\"limit\": 10, \"after\": \"%s\"}", page.next);
    expect_ok(t, &draft_list_op, input_json(t, &draft_list_op, query), &page);
    assert_int_equal(page.rows.count, 5);
    assert_string_equal(page.next, "");
    query = arena_printf(&t->arena, "{\"limit\": 10, \"before\": \"%s\"}", page.previous);
    expect_ok(t, &draft_list_op, input_json(t, &draft_list_op, query), &page);
    assert_string_equal(((struct draft *)page.rows.at)[0].form, "form.10");
    assert_string_equal(((struct draft *)page.rows.at)[9].form, "form.19");
    expect_status(t, &draft_list_op, input_json(t, &draft_list_op, "{\"sort\": \"body\"}"), &page,
                  ERR_INVALID);
    expect_status(t, &draft_list_op, input_json(t, &draft_list_op, "{\"after\": \"x\"}"), &page,
                  ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_is_described_whole),
        cmocka_unit_test(every_field_has_a_type_its_choices_and_its_rows),
        SHOP_TEST(every_operation_is_refused_to_a_person_without_its_right),
        SHOP_TEST(nobody_gets_in_without_signing_in),
        SHOP_TEST(a_change_is_audited_with_before_and_after),
        SHOP_TEST(an_edit_of_something_changed_meanwhile_is_stale),
        SHOP_TEST(a_bad_value_is_refused_at_its_field_and_leaves_nothing),
        SHOP_TEST(a_command_sent_twice_happens_once),
        SHOP_TEST(the_nth_statement_failing_leaves_nothing),
        SHOP_TEST(a_right_taken_away_counts_from_the_next_operation),
        SHOP_TEST(a_list_pages_forwards_and_backwards_by_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
