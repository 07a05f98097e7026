/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The audit log on the screen: limited, read, and left for the document it was about. */

#include "test.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "desk_test.h"
#include "domain/audit.h"
#include "domain/customer.h"
#include "domain/setting.h"

static void given_a_log(struct desk_test *t)
{
    struct shop_test *shop = t->shop;
    struct shop settings;

    sign_in_as(shop, ROLE_MANAGER);
    shop->session.clock.fixed += 60;
    expect_ok(shop, &customer_edit_op,
              input_json(shop, &customer_edit_op,
                         "{\"customer\":1,\"first_name\":\"Maria\",\"last_name\":\"Delgado-Ruiz\","
                         "\"phone\":\"+16195550142\",\"email\":\"maria@example.com\"}"),
              NULL);
    sign_in_as(shop, ROLE_TECHNICIAN);
    expect_status(shop, &customer_archive_op,
                  input_json(shop, &customer_archive_op, "{\"customer\":1}"), NULL, ERR_DENIED);
    sign_in_as(shop, ROLE_ADMIN);
    expect_ok(shop, &setting_show_op, NULL, &settings);
    settings.phone = "+16195550177";
    settings.supplies_cap = USD(35, 0);
    expect_ok(shop, &setting_edit_op, &settings, &settings);
}

static void open_log(struct desk_test *t)
{
    given_a_log(t);
    sign_in_by_keys(t, ROLE_ADMIN);
    desk_open_op(t->desk, &audit_list_op, NULL);
    keys(t, "<wait 1>");
}

static void the_log_begins_with_the_last_action(void **state)
{
    struct desk_test *t = *state;

    open_log(t);
    assert_shows(t, "Change the shop's");
    assert_shows(t, "refused");
    assert_shows(t, "customer 1");
    assert_both_pictures(t, "audit_list");
}

static void filters_are_asked_in_a_form_and_stand_in_the_title(void **state)
{
    struct desk_test *t = *state;

    open_log(t);
    keys(t, "f");
    assert_shows(t, "Refused only");
    assert_both_pictures(t, "audit_filter");
    keys(t, "mo<Enter><Tab><Tab><Tab><Tab>y<F2><wait 1>");
    assert_shows(t, "Audit log · Mo Haddad · Refused only");
    assert_shows(t, "Put a customer away");
    assert_shows_not(t, "Change the shop");
    assert_both_pictures(t, "audit_filtered");
    keys(t, "F<wait 1>");
    assert_shows(t, "Change the shop's");
    assert_shows_not(t, "Refused only");
}

static void the_document_filter_says_what_it_wants(void **state)
{
    struct desk_test *t = *state;

    open_log(t);
    keys(t, "f<Tab><Tab><Tab><Tab>customer 1<F2><wait 1>");
    assert_shows(t, "Audit log · customer 1");
    assert_shows_not(t, "Change the shop");
    keys(t, "f<Tab><Tab><Tab><Tab><End> and all<F2><wait 1>");
    assert_shows(t, "such as “invoice 20001”");
    assert_shows(t, "Show only"); /* still the form: it can be put right at the field */
    keys(t, "<Ctrl-U>customer 1<F2><wait 1>");
    assert_shows_not(t, "Show only");
    assert_shows(t, "Audit log · customer 1");
}

static void what_the_log_refuses_the_form_refuses_at_its_field(void **state)
{
    struct desk_test *t = *state;

    open_log(t);
    keys(t, "f<Tab><Tab><Tab>bake.cake<F2><wait 1>");
    assert_shows(t, "There is no action “bake.cake”");
    assert_shows(t, "Show only");
    keys(t, "<Ctrl-U><Up><Up>t<Tab>t-7<F2><wait 1>");
    assert_shows(t, "The last day is before the first");
    keys(t, "<Esc>");
    assert_shows(t, "Change the shop's"); /* the list is as it was */
}

static void an_action_shows_before_and_after_and_leads_to_its_document(void **state)
{
    struct desk_test *t = *state;

    open_log(t);
    keys(t, "f<Tab><Tab><Tab><Tab>customer 1<F2><wait 1><Down><Enter><wait 1>");
    assert_shows(t, "Delgado-Ruiz");
    assert_both_pictures(t, "audit_show");
    keys(t, "<Enter><wait 1>");
    assert_shows(t, "2014 Honda Accord");
    keys(t, "<Esc><Esc><wait 1>");
    assert_shows(t, "Audit log · customer 1");
    keys(t, "o<wait 1>");
    assert_shows(t, "2014 Honda Accord");
}

static void the_log_is_saved_as_a_paper(void **state)
{
    struct desk_test *t = *state;
    struct fault fault = {0};
    AUTO_BUF file = BUF_MIB(4);

    open_log(t);
    const char *path = arena_printf(&t->shop->arena, "/tmp/pitlane-audit-%d.pdf", (int)getpid());
    keys(t, arena_printf(&t->shop->arena, "x<Ctrl-U>%s<Enter>", path));
    assert_shows(t, "The paper is /tmp/pitlane-audit-");
    assert_int_equal(buf_read_file(&file, path, &fault), OK);
    assert_int_equal(strncmp(buf_str(&file), "%PDF-", 5), 0);
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM audit WHERE op = 'data.export' AND "
                                         "input LIKE '%\"format\":\"pdf\"%'"),
                     1);
    unlink(path);
}

static void rows_saved_as_json_carry_their_seals(void **state)
{
    struct desk_test *t = *state;
    struct fault fault = {0};
    AUTO_BUF file = BUF_MIB(4);

    open_log(t);
    const char *path = arena_printf(&t->shop->arena, "/tmp/pitlane-audit-%d.json", (int)getpid());
    keys(t, arena_printf(&t->shop->arena, "x<Ctrl-U>%s<Enter>", path));
    assert_shows(t, "rows are in /tmp/pitlane-audit-");
    assert_int_equal(buf_read_file(&file, path, &fault), OK);
    assert_non_null(strstr(buf_str(&file), "\"op\":\"customer.edit\""));
    assert_non_null(strstr(buf_str(&file), "\"previous\":\""));
    const char *mac = ask_text(t->shop, "SELECT mac FROM audit WHERE op = 'customer.edit'");
    assert_non_null(strstr(buf_str(&file), mac));
    unlink(path);
}

static void a_moved_clock_is_told_on_the_screen(void **state)
{
    struct desk_test *t = *state;

    open_log(t);
    t->desk->session.clock.fixed_up = 5000;
    keys(t, "F<wait 1>");
    assert_shows_not(t, "clock");
    t->desk->session.clock.fixed += 7200;
    keys(t, "F<wait 1>");
    assert_shows(t, "clock was moved 120 minutes ahead");
    assert_both_pictures(t, "clock_moved");
    keys(t, "F<wait 1>");
    assert_shows(t, "The machine's clock");
    assert_int_equal(ask_number(t->shop, "SELECT count(*) FROM audit WHERE op = 'clock.jump'"), 1);
}

static void what_is_hostile_in_the_log_does_not_reach_the_terminal(void **state)
{
    struct desk_test *t = *state;

    open_log(t);
    t->shop->session.user_name = "Eve\x1b]0;x\x07 \xe2\x80\xae txt";
    t->shop->session.place = "\x1b[2J\xc2\x9b";
    t->shop->session.clock.fixed += 60;
    assert_int_equal(audit_note(&t->shop->session, AUDIT_EXPORT, OK,
                                "{\"to\":\"\\u001b[31mred\\u202e\",\"rows\":3}"),
                     OK);
    keys(t, "F<wait 1>");
    assert_shows(t, "Export a list");
    assert_shows(t, "Eve");
    keys(t, "<Enter><wait 1>");
    assert_shows(t, "red");
    const char *picture = term_memory_picture(t->term, false);
    assert_null(strchr(picture, '\x1b'));
    assert_null(strchr(picture, '\x07'));
    assert_null(strstr(picture, "\xe2\x80\xae"));
    assert_null(strstr(picture, "\xc2\x9b"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(the_log_begins_with_the_last_action),
        DESK_TEST(filters_are_asked_in_a_form_and_stand_in_the_title),
        DESK_TEST(the_document_filter_says_what_it_wants),
        DESK_TEST(what_the_log_refuses_the_form_refuses_at_its_field),
        DESK_TEST(an_action_shows_before_and_after_and_leads_to_its_document),
        DESK_TEST(the_log_is_saved_as_a_paper),
        DESK_TEST(rows_saved_as_json_carry_their_seals),
        DESK_TEST(a_moved_clock_is_told_on_the_screen),
        DESK_TEST(what_is_hostile_in_the_log_does_not_reach_the_terminal),
    };

    return cmocka_run_group_tests_name("audit log", tests, NULL, NULL);
}
