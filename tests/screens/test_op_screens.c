/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Every operation has a screen without a line of code for it: lists, records, forms, questions. */

#include "test.h"

#include <string.h>

#include "base/text.h"
#include "desk_test.h"

static void back_to_the_counter(struct desk_test *t)
{
    while (app_below(t->desk->app, app_top(t->desk->app)) != NULL)
        app_pop(t->desk->app, app_top(t->desk->app));
    keys(t, "<wait 1>");
}

static void every_operation_opens_from_the_palette(void **state)
{
    struct desk_test *t = *state;
    int opened = 0;

    sign_in_by_keys(t, ROLE_ADMIN);
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if (op->flags & OP_UNLISTED)
                continue;
            desk_open_op(t->desk, op, NULL);
            keys(t, "<wait 1>");
            if (app_below(t->desk->app, app_top(t->desk->app)) == NULL)
                fail_msg("%s opens nothing: %s", op->name, app_message(t->desk->app));
            if ((op->flags & OP_LIST) && *app_message(t->desk->app) != '\0')
                fail_msg("%s: %s", op->name, app_message(t->desk->app));
            const char *title = op->title != NULL ? op->title : op->says;
            if (op->kind == OP_WRITES && strlen(title) > 44 &&
                text_same(app_top(t->desk->app)->type->name, "form"))
                fail_msg("%s: no room for a name beside “%s”", op->name, title);
            opened++;
            back_to_the_counter(t);
        }
    print_message("%d operations opened\n", opened);
    assert_true(opened > 40);
}

static void every_list_sorts_by_each_of_its_columns(void **state)
{
    struct desk_test *t = *state;

    sign_in_by_keys(t, ROLE_ADMIN);
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if (!(op->flags & OP_LIST) || (op->flags & OP_UNLISTED))
                continue;
            desk_open_op(t->desk, op, NULL);
            for (size_t c = 0; c < op->out->count; c++) {
                keys(t, "s<wait 1>");
                if (*app_message(t->desk->app) != '\0')
                    fail_msg("%s: %s", op->name, app_message(t->desk->app));
            }
            back_to_the_counter(t);
        }
}

static void no_operation_opens_without_its_right(void **state)
{
    struct desk_test *t = *state;
    int refused = 0;

    sign_in_by_keys(t, ROLE_TECHNICIAN);
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if ((op->flags & OP_UNLISTED) || desk_allows(t->desk, op))
                continue;
            desk_open_op(t->desk, op, NULL);
            assert_null(app_below(t->desk->app, app_top(t->desk->app)));
            assert_string_equal(app_message(t->desk->app), "Your role does not allow this.");
            refused++;
        }
    assert_true(refused > 20);
}

static void a_list_is_searched_and_its_row_opened(void **state)
{
    struct desk_test *t = *state;

    desk_open_op(t->desk, op_find("customer.search"), NULL);
    keys(t, "<wait 1>");
    assert_shows(t, "1–3 of 3");
    assert_picture(t, "customers");
    keys(t, "/delg");
    assert_shows_not(t, "Delano");
    keys(t, "<Enter><Enter>");
    assert_shows(t, "12 Elm St");
    keys(t, "<Esc>");
    assert_shows(t, "Customers");
}

static void wide_lists_show_more(void **state)
{
    (void)state;
    struct desk_test t;

    open_counter(&t, 40, 120);
    desk_open_op(t.desk, op_find("customer.search"), NULL);
    keys(&t, "<wait 1>");
    assert_shows(&t, "E-mail");
    assert_picture(&t, "customers");
    desk_test_close(&t);
}

static void a_question_is_asked_before_a_customer_is_put_away(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter><Enter>A");
    assert_shows(t, "Do it now?");
    keys(t, "<Enter>");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM customer WHERE archived_at > 0"), 0);
    keys(t, "Ay");
    assert_shows(t, "Archived");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM customer WHERE archived_at > 0"), 1);
}

static void the_palette_finds_records_and_commands(void **state)
{
    struct desk_test *t = *state;

    keys(t, "<F9>delgado");
    assert_shows(t, "Delgado, Maria");
    keys(t, "<Enter>");
    assert_shows(t, "12 Elm St");
    keys(t, "<F9>audit<Esc><Esc>");
}

/* By the words of the trade and of other programs, too. */
static void operations_are_found_by_other_names_for_them(void **state)
{
    static const char *const names[] = {
#define WORDS(name_, words_) name_,
#include "../../src/screens/words.def"
#undef WORDS
    };
    struct desk_test *t = *state;

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (op_find(names[i]) == NULL && strcmp(names[i], "session.leave") != 0)
            fail_msg("%s is no operation", names[i]);
    sign_in_by_keys(t, ROLE_MANAGER);
    keys(t, "<F9>2fa");
    assert_shows(t, "second factor");
    keys(t, "<Ctrl-U>accounts receivable");
    assert_shows(t, "owes");
    keys(t, "<Ctrl-U>log out<Enter>");
    assert_shows(t, "Sign in");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(every_operation_opens_from_the_palette),
        DESK_TEST(every_list_sorts_by_each_of_its_columns),
        DESK_TEST(no_operation_opens_without_its_right),
        COUNTER_TEST(a_list_is_searched_and_its_row_opened),
        cmocka_unit_test(wide_lists_show_more),
        COUNTER_TEST(a_question_is_asked_before_a_customer_is_put_away),
        COUNTER_TEST(the_palette_finds_records_and_commands),
        DESK_TEST(operations_are_found_by_other_names_for_them),
    };

    return cmocka_run_group_tests_name("operations", tests, NULL, NULL);
}
