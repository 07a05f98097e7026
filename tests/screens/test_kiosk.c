/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The kiosk: gloves on, digits only, for what a PIN is for and nothing else. */

#include "desk_test.h"

#include "domain/order.h"
#include "domain/terminal.h"

#define PIN "804259"

static void run_json(struct shop_test *shop, const char *op_name, const char *json)
{
    const struct op *op = op_find(op_name);

    assert_non_null(op);
    expect_ok(shop, op, op->in != NULL ? input_json(shop, op, json) : NULL, NULL);
}

static void give_badge(struct shop_test *shop, int role, const char *badge)
{
    run_json(shop, "user.badge",
             arena_printf(&shop->arena, "{\"id\":%lld,\"badge\":\"%s\"}",
                          (long long)shop->users[role].v, badge));
}

/* Maria's Accord has two jobs authorized, both Mo's. */
static void given_jobs(struct shop_test *shop)
{
    run_json(shop, "estimate.start",
             "{\"customer\":1,\"vehicle\":1,\"odometer_mi\":112340,\"key_tag\":\"17\"}");
    run_json(shop, "estimate.add-job",
             "{\"order\":10001,\"title\":\"Front brakes\",\"concern\":\"Squeals when braking\"}");
    run_json(shop, "estimate.add-job", "{\"order\":10001,\"title\":\"Cabin air filter\"}");
    run_json(shop, "estimate.add-labor",
             "{\"job\":1,\"description\":\"Pads and rotors\",\"hours\":\"2.5\"}");
    run_json(shop, "estimate.add-labor",
             "{\"job\":2,\"description\":\"Filter\",\"hours\":\"0.3\"}");
    for (int job = 1; job <= 2; job++)
        run_json(shop, "estimate.edit-job",
                 arena_printf(&shop->arena, "{\"job\":%d,\"technician\":%lld,\"concern\":\"%s\"}",
                              job, (long long)shop->users[ROLE_TECHNICIAN].v,
                              job == 1 ? "Squeals when braking" : ""));
    run_json(shop, "estimate.authorize", "{\"order\":10001}");
}

static const char *given_people(struct shop_test *shop)
{
    const struct terminal_enroll in = {.name = "kiosk 2", .kind = TERMINAL_KIOSK};
    static struct terminal_enrolled kiosk;

    sign_in_as(shop, ROLE_TECHNICIAN);
    run_json(shop, "user.set-pin", "{\"pin\":\"" PIN "\"}");
    sign_in_as(shop, ROLE_ACCOUNTANT);
    run_json(shop, "user.set-pin", "{\"pin\":\"480362\"}");
    sign_in_as(shop, ROLE_MANAGER);
    give_badge(shop, ROLE_TECHNICIAN, "BADGE7KQ2M4XR");
    give_badge(shop, ROLE_ACCOUNTANT, "BADGE5TT3N8WA");
    expect_ok(shop, &terminal_enroll_op, &in, &kiosk);
    return kiosk.secret;
}

/* The program started anew on a kiosk. */
static void open_kiosk(struct desk_test *t, int rows, int cols)
{
    desk_test_open(t, rows, cols);
    desk_close(t->desk);
    sign_in_as(t->shop, ROLE_MANAGER);
    given_jobs(t->shop);
    const struct desk_options options = {
        .shop = {t->shop->store, t->shop->keys},
        .term = t->term,
        .theme = &t->theme,
        .clock = {.fixed = SHOP_TEST_NOW},
        .terminal = "pts/3",
        .secret = given_people(t->shop),
        .kiosk = true,
    };
    assert_int_equal(desk_open(&options, &t->desk, NULL), OK);
    keys(t, "<wait 1>");
}

static void enter_as_mo(struct desk_test *t)
{
    keys(t, "<wait 100><fast BADGE7KQ2M4XR><fast-Enter>" PIN);
    assert_shows(t, "Mo Haddad");
}

static void the_door_asks_who_is_there_and_for_six_digits(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    assert_both_pictures(&t, "kiosk_door");
    keys(&t, "2");
    assert_shows(&t, "Mo Haddad");
    keys(&t, "804");
    assert_both_pictures(&t, "kiosk_pin");
    keys(&t, "259");
    assert_shows(&t, "My jobs");
    assert_both_pictures(&t, "kiosk_home");
    desk_test_close(&t);
}

/* The scan goes into the form, and the counter sees what came of it. */
static void a_part_is_asked_for_by_scan_or_in_words(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    run_json(
        t.shop, "part.add",
        "{\"sku\":\"ROT-7\",\"name\":\"Brake rotor\",\"upc\":\"036000291452\",\"price\":\"60\"}");
    enter_as_mo(&t);
    keys(&t, "1<wait 100>14");
    assert_shows(&t, "RO 10001 job 1: which part?");
    keys(&t, "<wait 200><fast 036000291452><fast-Enter><wait 200><Tab>2<F2>");
    assert_shows(&t, "The counter is asked for 2 ROT-7 Brake rotor.");
    keys(&t, "4hub nut<F2>");
    assert_both_pictures(&t, "kiosk_asked");
    keys(&t, "***<wait 100>");

    desk_test_close(&t);
}

static void the_counter_answers_what_the_bays_ask_for(void **state)
{
    (void)state;
    struct desk_test t;

    desk_test_open(&t, 24, 80);
    fill_shop(t.shop);
    sign_in_as(t.shop, ROLE_MANAGER);
    given_jobs(t.shop);
    run_json(t.shop, "part.add", "{\"sku\":\"ROT-7\",\"name\":\"Brake rotor\",\"price\":\"60\"}");
    run_json(t.shop, "part-request.add",
             "{\"job\":1,\"what\":\"ROT-7\",\"quantity\":\"2\",\"note\":\"both sides\"}");
    run_json(t.shop, "part-request.add", "{\"job\":2,\"what\":\"hub nut\"}");
    sign_in_by_keys(&t, ROLE_MANAGER);
    assert_shows(&t, "2 asked for");
    keys(&t, "<F9>list repair orders<Enter><Enter>");
    assert_shows(&t, "2 parts are asked for from the bays.");
    keys(&t, "N");
    assert_both_pictures(&t, "parts_asked");
    keys(&t, "p");
    assert_shows(&t, "It is on RO 10001 at today's price.");
    keys(&t, "p");
    assert_shows(&t, "“hub nut”: which part?");
    keys(&t, "<F2>");
    assert_shows(&t, "“hub nut” is no part of the catalog. Choose the part");
    keys(&t, "<Esc>nNone in town<F2>");
    assert_shows(&t, "Nobody in the bays waits for an answer.");
    assert_string_equal(ask_text(t.shop, "SELECT answer FROM part_request WHERE id = 2"),
                        "None in town");
    desk_test_close(&t);
}

static void a_wrong_pin_is_said_and_the_next_try_is_right(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    keys(&t, "2000000");
    assert_shows(&t, "The badge or the PIN is wrong.");
    keys(&t, PIN);
    assert_shows(&t, "My jobs");
    desk_test_close(&t);
}

static void a_badge_may_be_scanned_over_somebodys_half_typed_pin(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    keys(&t, "1480");
    keys(&t, "<fast BADGE7KQ2M4XR><fast-Enter>");
    assert_shows(&t, "Badge read");
    keys(&t, PIN);
    assert_shows(&t, "Mo Haddad");
    desk_test_close(&t);
}

static void another_badge_changes_who_is_there(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    enter_as_mo(&t);
    keys(&t, "<wait 100><fast BADGE5TT3N8WA><fast-Enter>480362");
    assert_shows(&t, "Lee Park");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM session WHERE factor = 'pin' "
                                        "AND ended_at IS NULL"),
                     1);
    desk_test_close(&t);
}

static void a_job_is_started_stopped_and_done_with_digits(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    enter_as_mo(&t);
    keys(&t, "5");
    assert_shows(&t, "You are clocked in.");
    keys(&t, "1");
    assert_both_pictures(&t, "kiosk_jobs");
    keys(&t, "1");
    assert_both_pictures(&t, "kiosk_job");
    keys(&t, "1");
    assert_shows(&t, "You are on RO 10001 job 1.");
    t.desk->session.clock.fixed += 42 * 60;
    run_sql(t.shop, "UPDATE session SET ends_at = ends_at + 100000");
    keys(&t, "000");
    keys(&t, "<wait 1>");
    assert_shows(&t, "Who is there");
    desk_test_close(&t);
}

static void running_time_is_shown_and_stops(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    enter_as_mo(&t);
    keys(&t, "521");
    assert_shows(&t, "You are on RO 10001 job 1.");
    t.desk->session.clock.fixed += 7 * 60;
    keys(&t, "<F5>");
    assert_shows(&t, "running 0:07");
    assert_both_pictures(&t, "kiosk_running");
    keys(&t, "2");
    assert_shows(&t, "You are off RO 10001 job 1 after 0:07.");
    keys(&t, "112"); /* the first job, done … */
    assert_shows(&t, "is all of it done?");
    keys(&t, "2"); /* … is not answered by the same digit */
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM job WHERE state = 'done'"), 0);
    keys(&t, "5");
    assert_shows(&t, "RO 10001 job 1 is done.");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM job WHERE state = 'done'"), 1);
    keys(&t, "05");
    assert_shows(&t, "You are clocked out: 0:07 today.");
    desk_test_close(&t);
}

static void a_scanned_order_opens_my_job_on_it(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    enter_as_mo(&t);
    keys(&t, "<wait 100><fast RO10001><fast-Enter>");
    assert_shows(&t, "My jobs on RO 10001");
    keys(&t, "2");
    assert_shows(&t, "Cabin air filter");
    keys(&t, "<wait 100><fast RO99999><fast-Enter>");
    assert_shows(&t, "No job of this repair order is yours");
    desk_test_close(&t);
}

static void what_was_found_and_done_is_written_down(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    enter_as_mo(&t);
    keys(&t, "41");
    assert_both_pictures(&t, "kiosk_note");
    keys(&t, "Pads at 2 mm<Tab>Replaced pads<Tab>Needs wipers<F2>");
    assert_shows(&t, "Written down.");
    assert_string_equal(ask_text(t.shop, "SELECT cause FROM job WHERE id = 1"), "Pads at 2 mm");
    assert_string_equal(ask_text(t.shop, "SELECT internal_note FROM repair_order"),
                        "24 Nov 2026 10:42, Mo Haddad, job 1: Needs wipers");
    desk_test_close(&t);
}

/* The kiosk locks after a minute and a half, and the car is a walk away. */
static void a_note_begun_at_the_kiosk_is_there_again_after_the_lock(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    enter_as_mo(&t);
    keys(&t, "41Leaking hose<wait 1000><Ctrl-X><wait 1>");
    assert_shows_not(&t, "Leaking hose");
    enter_as_mo(&t);
    keys(&t, "41<wait 1>");
    assert_shows(&t, "Leaking hose");
    keys(&t, "<F2>");
    assert_string_equal(ask_text(t.shop, "SELECT cause FROM job WHERE id = 1"), "Leaking hose");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM draft"), 0);
    keys(&t, "<wait 1>");
    desk_test_close(&t);
}

static void the_car_is_looked_over_item_by_item(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    enter_as_mo(&t);
    keys(&t, "31");
    assert_both_pictures(&t, "kiosk_inspection");
    keys(&t, "112"); /* ok, ok, soon */
    keys(&t, "65Streaks<Enter>");
    assert_shows(&t, "So far: soon · Streaks");
    keys(&t, "23"); /* as it was; then: now */
    keys(&t, "0");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM inspection_item WHERE at > 0"), 4);
    keys(&t, "31"); /* goes on where he stopped */
    assert_shows(&t, "5 of 20");
    for (int i = 5; i <= 20; i++)
        keys(&t, "1");
    assert_both_pictures(&t, "kiosk_inspection_end");
    assert_string_equal(ask_text(t.shop, "SELECT note FROM inspection_item WHERE result = 'soon'"),
                        "Streaks");
    desk_test_close(&t);
}

/* Every key there is, on every page of the kiosk. */
static void nothing_but_the_kiosk_opens(void **state)
{
    (void)state;
    static const char *const pages[] = {"", "1", "11", "41", "31"};
    static const char *const others[] = {"<F9>",     "<Ctrl-P>", "<Ctrl-T>", "<F6>", "<F7>", "<F8>",
                                         "<Ctrl-O>", "<F3>",     "n",        "/",    "w",    ":"};
    struct desk_test t;
    int pressed = 0;

    open_kiosk(&t, 24, 80);
    enter_as_mo(&t);
    for (size_t page = 0; page < COUNT_OF(pages); page++) {
        keys(&t, pages[page]);
        for (size_t i = 0; i < COUNT_OF(others); i++, pressed++) {
            keys(&t, others[i]);
            assert_shows_not(&t, "Go to");
            assert_shows_not(&t, "Find ▸");
            assert_shows_not(&t, "Delgado");
            assert_shows_not(&t, "parked");
        }
        keys(&t, "<Esc><Esc><Esc><Ctrl-X>");
        enter_as_mo(&t);
    }
    print_message("%d keys opened nothing\n", pressed);
    desk_test_close(&t);
}

static void it_locks_by_itself_and_the_person_is_signed_out(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    assert_int_equal(app_settings(t.desk->app)->lock_after_ms, 90000);
    enter_as_mo(&t);
    keys(&t, "<wait 89000>");
    assert_shows_not(&t, "Who is there?");
    keys(&t, "<wait 1100>");
    assert_shows(&t, "Who is there?");
    assert_shows_not(&t, "Front brakes");
    assert_int_equal(ask_number(t.shop, "SELECT count(*) FROM session WHERE factor = 'pin' "
                                        "AND ended_at IS NULL"),
                     0);
    desk_test_close(&t);
}

static void whoever_needs_more_signs_in_with_the_password(void **state)
{
    (void)state;
    struct desk_test t;

    open_kiosk(&t, 24, 80);
    keys(&t, "*");
    assert_shows(&t, "Password");
    keys(&t, "<Esc>");
    assert_shows(&t, "Who is there?");
    keys(&t, "*");
    sign_in_by_keys(&t, ROLE_MANAGER);
    assert_shows(&t, "Find ▸");
    keys(&t, "0142<Ctrl-X>");
    assert_shows(&t, "Who is there?");
    assert_shows_not(&t, "Delgado");
    enter_as_mo(&t); /* somebody else: her work is put away */
    keys(&t, "*");
    assert_shows(&t, "Who is there?");
    desk_test_close(&t);
}

static void an_account_without_enrolment_is_no_kiosk(void **state)
{
    struct desk_test *t = *state;
    struct fault fault = {0};
    struct desk *desk;

    struct desk_options options = {
        .shop = {t->shop->store, t->shop->keys},
        .term = t->term,
        .theme = &t->theme,
        .clock = {.fixed = SHOP_TEST_NOW},
        .kiosk = true,
    };
    desk_close(t->desk);
    assert_int_equal(desk_open(&options, &desk, &fault), ERR_DENIED);
    assert_non_null(strstr(fault.text, "no enrolled kiosk"));
    options.secret = "of another shop";
    assert_int_equal(desk_open(&options, &desk, &fault), ERR_SIGN_IN);
    options.kiosk = false;
    assert_int_equal(desk_open(&options, &t->desk, &fault), OK);
    assert_false(t->desk->kiosk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_door_asks_who_is_there_and_for_six_digits),
        cmocka_unit_test(a_part_is_asked_for_by_scan_or_in_words),
        cmocka_unit_test(the_counter_answers_what_the_bays_ask_for),
        cmocka_unit_test(a_wrong_pin_is_said_and_the_next_try_is_right),
        cmocka_unit_test(a_badge_may_be_scanned_over_somebodys_half_typed_pin),
        cmocka_unit_test(another_badge_changes_who_is_there),
        cmocka_unit_test(a_job_is_started_stopped_and_done_with_digits),
        cmocka_unit_test(running_time_is_shown_and_stops),
        cmocka_unit_test(a_scanned_order_opens_my_job_on_it),
        cmocka_unit_test(what_was_found_and_done_is_written_down),
        cmocka_unit_test(a_note_begun_at_the_kiosk_is_there_again_after_the_lock),
        cmocka_unit_test(the_car_is_looked_over_item_by_item),
        cmocka_unit_test(nothing_but_the_kiosk_opens),
        cmocka_unit_test(it_locks_by_itself_and_the_person_is_signed_out),
        cmocka_unit_test(whoever_needs_more_signs_in_with_the_password),
        DESK_TEST(an_account_without_enrolment_is_no_kiosk),
    };

    return cmocka_run_group_tests_name("kiosk", tests, NULL, NULL);
}
