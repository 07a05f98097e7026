/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Every operation has a screen without a line of code for it: lists, records, forms, questions. */

#include "test.h"

#include <ctype.h>
#include <stdlib.h>
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

static void a_long_form_says_that_it_goes_on(void **state)
{
    struct desk_test *t = *state;

    keys(t, "0142<Enter><Enter>e");
    assert_shows(t, "Terms, days");
    assert_shows(t, "▼\n First name"); /* in the corner above the status line */
    keys(t, "<PgDn><PgDn><PgDn>");
    assert_shows(t, "▲");
    assert_shows_not(t, "First name   ");
    keys(t, "<PgUp><PgUp><PgUp><PgUp>");
    assert_shows_not(t, "▲");
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

/* How many the palette found, by "1 of 7" below it; 0 when it does not say. */
static int palette_found(struct desk_test *t)
{
    const char *picture = term_memory_picture(t->term, false);
    int count = 0;

    for (const char *at = strstr(picture, " of "); at != NULL; at = strstr(at + 1, " of "))
        if (isdigit((unsigned char)at[4]))
            count = atoi(at + 4);
    return count;
}

/* A few letters find a command by their order; beside a word that is there they are no help. */
static void scattered_letters_do_not_drown_the_words(void **state)
{
    struct desk_test *t = *state;

    sign_in_by_keys(t, ROLE_ADMIN);
    keys(t, "<F9>sold");
    assert_shows(t, "not sold any more");
    assert_in_range(palette_found(t), 3, 15);
    keys(t, "<Ctrl-U>addveh");
    assert_shows(t, "Add a vehicle");
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

/* What a person of the trade types, and where it leads first. */
static void words_of_the_trade_lead_to_the_right_place_first(void **state)
{
    static const struct {
        const char *typed, *op;
    } words[] = {
        {"aging", "receivable.aging"},
        {"ap aging", "bill.aging"},
        {"refund", "payment.refund"},
        {"count the cash", "drawer.count"},
        {"count cash", "drawer.count"},
        {"void", "payment.void"},
        {"void invoice", "invoice.unpost"},
        {"void order", "order.void"},
        {"bounced", "payment.bounced"},
        {"late fee", "late-fee.preview"},
        {"statement", "receivable.statement"},
        {"house account", "order.account"},
        {"deposit", "payment.deposit"},
        {"gift card", "gift.sell"},
        {"petty cash", "drawer.pay-out"},
        {"open drawer", "drawer.open"},
        {"over short", "drawer.count"},
        {"close day", "day.close"},
        {"z-out", "day.close"},
        {"credit memo", "credit.issue"},
        {"return part", "credit.issue"},
        {"warranty", "job.pay"},
        {"comeback", "job.comeback"},
        {"sublet", "sublet.search"},
        {"tow", "estimate.add-line"},
        {"discount", "estimate.discount"},
        {"coupon", "estimate.coupon"},
        {"price match", "estimate.edit-line"},
        {"markup", "matrix.list"},
        {"menu price", "canned-job.menu-price"},
        {"tax exempt", "customer.edit"},
        {"hold", "customer.hold"},
        {"write off", "invoice.write-off"},
        {"check", "payment.take"},
        {"reprint", "invoice.search"},
        {"sign", "estimate.authorize"},
        {"repair orders", "order.search"}, /* what a list is called */
        {"orders", "order.search"},
        {"board", "order.search"},
        {"customers", "customer.search"},
        {"vehicles", "vehicle.search"},
        {"invoices", "invoice.search"},
        {"payments", "payment.search"},
        {"purchase orders", "purchase.search"},
        {"part to vendor", "claim.return"}, /* in any order, words that are not all said */
        {"vendor part return", "claim.return"},
    };
    struct desk_test *t = *state;
    char first[48];

    keys(t, "<F9>");
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        keys(t, "<Ctrl-U>");
        keys(t, words[i].typed);
        snprintf(first, sizeof first, "›%.36s", op_find(words[i].op)->says);
        assert_shows(t, first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(every_operation_opens_from_the_palette),
        DESK_TEST(every_list_sorts_by_each_of_its_columns),
        DESK_TEST(no_operation_opens_without_its_right),
        COUNTER_TEST(a_list_is_searched_and_its_row_opened),
        cmocka_unit_test(wide_lists_show_more),
        COUNTER_TEST(a_long_form_says_that_it_goes_on),
        COUNTER_TEST(a_question_is_asked_before_a_customer_is_put_away),
        COUNTER_TEST(the_palette_finds_records_and_commands),
        COUNTER_TEST(scattered_letters_do_not_drown_the_words),
        DESK_TEST(operations_are_found_by_other_names_for_them),
        COUNTER_TEST(words_of_the_trade_lead_to_the_right_place_first),
    };

    return cmocka_run_group_tests_name("operations", tests, NULL, NULL);
}
