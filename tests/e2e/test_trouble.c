/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What happens to a shop's terminals: windows are dragged, machines are switched off, lines drop,
 * two people change one record, keys come faster than the screen. Nothing is lost. */

#include "person.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

/* Maria with her Accord, as record 1 of each. */
static void given_maria(struct person *who)
{
    expect_ok(who->shop, "customer add --first-name Maria --last-name Delgado --phone 6195550142 "
                         "--city Fresno");
    expect_ok(who->shop, "vehicle add --customer 1 --year 2014 --make Honda --model Accord "
                         "--plate 7ABC123 --plate-state CA --odometer-mi 112000");
}

static void begin_new_customer(struct person *who)
{
    press(who, "F6");
    see(who, "New customer");
    type(who, "Wanda");
    press(who, "Tab");
    type(who, "Zimmermann");
    press(who, "Tab");
    type(who, "Half a compa");
    see(who, "Half a compa");
}

/* The draft is offered at the next sign-in; at most the field that was being typed is missing. */
static void expect_draft(struct person *who)
{
    sit_down(who, "ada");
    see(who, "1 unfinished: New customer");
    press(who, "Ctrl-O");
    see(who, "First name");
    see(who, "Wanda");
    see(who, "Zimmermann");
}

static void killed_in_mid_edit_the_draft_is_offered(void **state)
{
    struct person *who = *state;

    sit_down(who, "ada");
    begin_new_customer(who);
    pty_signal(who->pty, SIGKILL);
    expect_end(who, 128 + SIGKILL, 2000);
    expect_draft(who);
    press(who, "F2");
    see(who, "Zimmermann, Wanda");
    assert_int_equal(ask(who, "SELECT count(*) FROM customer WHERE last_name = 'Zimmermann'"), 1);
    assert_int_equal(ask(who, "SELECT count(*) FROM draft"), 0);
}

static void expect_gone_in_a_second(struct person *who)
{
    const double from_ms = pty_fair_ms(who->pty);

    if (!pty_wait_exit(who->pty, 3000, NULL))
        fail_msg("It still runs 3 s after the line was dropped, %.0f ms of CPU used.",
                 pty_cpu_ms(who->pty));
    const double took_ms = pty_fair_ms(who->pty) - from_ms;
    print_message("gone after %.0f ms\n", took_ms);
    assert_true(took_ms <= 1000 || getenv("PITLANE_UNDER") != NULL);
}

static void a_dropped_line_ends_it_within_a_second_and_keeps_the_draft(void **state)
{
    struct person *who = *state;

    sit_down(who, "ada");
    begin_new_customer(who);
    pty_hang_up(who->pty);
    expect_gone_in_a_second(who);
    expect_draft(who);
    see(who, "Half a compa");
}

static void asked_to_end_it_keeps_the_draft_and_gives_the_terminal_back(void **state)
{
    struct person *who = *state;

    sit_down(who, "ada");
    begin_new_customer(who);
    pty_signal(who->pty, SIGTERM);
    expect_gone_in_a_second(who);
    assert_false(pty_on_alternate(who->pty));
    expect_draft(who);
    see(who, "Half a compa");
}

static void what_another_terminal_changed_meanwhile_is_shown_beside_ones_own(void **state)
{
    struct person *who = *state;

    given_maria(who);
    sit_down(who, "ada");
    enter(who, "0142");
    press(who, "Enter e");
    see(who, "First name");
    press(who, "Tab Tab Tab Tab Tab Tab Ctrl-U");
    type(who, "Oceanside");
    see(who, "Oceanside");
    expect_ok(who->shop, "customer edit 1 --city Reno --street '12 Harbor Dr'");
    press(who, "F2");
    see(who, "Reno");
    see(who, "Oceanside");
    see(who, "Changed meanwhile");
    expect_ok(who->shop, "customer show 1 --json");
    assert_out(who->shop, "\"city\":\"Reno\"");
    press(who, "F2"); /* one's own stays, and what only the other has changed */
    see(who, "Saved.");
    expect_ok(who->shop, "customer show 1 --json");
    assert_out(who->shop, "\"city\":\"Oceanside\"");
    assert_out(who->shop, "\"street\":\"12 Harbor Dr\"");
}

/* A copy of the shop on a disk of so many MB; false where that cannot be had. */
static bool given_small_disk(struct person *who, int mb)
{
    const char *size = arena_printf(&who->shop->arena, "size=%dm,mode=0700", mb);
    const char *disk = path_of(who->shop, "disk");
    AUTO_BUF shop = BUF_MIB(64);

    if (mkdir(disk, 0700) != 0 || mount("shop", disk, "tmpfs", 0, size) != 0)
        return false;
    assert_int_equal(buf_read_file(&shop, shop_path(who->shop), NULL), OK);
    assert_int_equal(buf_write_file(&shop, path_of(who->shop, "disk/shop.db"), 0600, NULL), OK);
    buf_clear(&shop);
    assert_int_equal(
        buf_read_file(&shop, arena_printf(&who->shop->arena, "%s.key", shop_path(who->shop)), NULL),
        OK);
    assert_int_equal(buf_write_file(&shop, path_of(who->shop, "disk/shop.db.key"), 0600, NULL), OK);
    return true;
}

static void fill_the_disk(struct person *who)
{
    static const char block[4096];
    const int file = open(path_of(who->shop, "disk/other"), O_WRONLY | O_CREAT, 0600);

    while (write(file, block, sizeof block) > 0)
        continue;
    close(file);
}

static void a_full_disk_is_told_and_nothing_typed_is_lost(void **state)
{
    struct person *who = *state;

    if (!given_small_disk(who, 3))
        skip();
    start(who, &(struct start){.words = {"--db", path_of(who->shop, "disk/shop.db")}});
    see(who, "Sign in to begin.");
    enter(who, "ada");
    enter(who, PASSWORD);
    see(who, "Find ");
    fill_the_disk(who);
    begin_new_customer(who);
    see(who, "What you type is not being kept: The disk is full");
    see(who, "Half a compa");
    unlink(path_of(who->shop, "disk/other"));
    press(who, "F2");
    see(who, "Now the vehicle");
}

static void a_full_disk_with_a_reserve_saves_all_the_same(void **state)
{
    struct person *who = *state;

    expect_ok(who->shop, "setting edit --reserve-mib 1");
    if (!given_small_disk(who, 12))
        skip();
    start(who, &(struct start){.words = {"--db", path_of(who->shop, "disk/shop.db")}});
    see(who, "Sign in to begin.");
    fill_the_disk(who);
    enter(who, "ada");
    enter(who, PASSWORD);
    see(who, "Find ");
    begin_new_customer(who);
    press(who, "F2");
    see(who, "Now the vehicle");
    assert_int_not_equal(access(path_of(who->shop, "disk/shop.db.reserve"), F_OK), 0);
    see(who, "The disk is full");
}

/* Through every size and back, what was typed stands where it stood. */
static void the_window_is_dragged_in_mid_edit(void **state)
{
    struct person *who = *state;
    static const int sizes[][2] = {{1, 1},   {2, 7},     {10, 40}, {20, 60}, {24, 80},
                                   {5, 300}, {100, 300}, {100, 5}, {40, 120}};
    int row = 0, col = 0, row_now = 0, col_now = 0;

    sit_down(who, "ada");
    begin_new_customer(who);
    const char *before = screen(who);
    pty_cursor(who->pty, &row, &col);
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        pty_resize(who->pty, sizes[i][0], sizes[i][1]);
        settle(who);
        assert_true(pty_is_alive(who->pty));
        if (sizes[i][0] >= 20 && sizes[i][1] >= 60)
            see(who, "Half a compa");
    }
    for (int i = 1; i <= 60; i++) /* as a hand does: many at once */
        pty_resize(who->pty, i, i * 5);
    pty_resize(who->pty, 24, 80);
    see(who, "Half a compa");
    assert_screen(who, before);
    pty_cursor(who->pty, &row_now, &col_now);
    assert_int_equal(row_now, row);
    assert_int_equal(col_now, col);
    type(who, "ny");
    see(who, "Half a company");
}

static void started_in_the_smallest_window_it_waits_for_a_larger_one(void **state)
{
    struct person *who = *state;

    start(who, &(struct start){.rows = 1, .cols = 1});
    settle(who);
    assert_true(pty_is_alive(who->pty));
    pty_resize(who->pty, 24, 80);
    see(who, "Sign in to begin.");
}

/* One burst from the counter's box to a saved change: every key counts for the screen that it was
 * meant for. */
static void keys_typed_ahead_of_the_screen_are_all_handled(void **state)
{
    struct person *who = *state;
    static const char keys[] = "0142\r\re\t\t\t\t\t\t\025Oceanside\033OQ";

    given_maria(who);
    sit_down(who, "ada");
    pty_send(who->pty, keys, sizeof keys - 1);
    see(who, "Saved.");
    expect_ok(who->shop, "customer show 1 --json");
    assert_out(who->shop, "\"name\":\"Delgado, Maria\"");
    assert_out(who->shop, "\"city\":\"Oceanside\"");
}

static void a_parked_screen_comes_back_as_it_was(void **state)
{
    struct person *who = *state;
    int row = 0, col = 0, row_now = 0, col_now = 0;

    given_maria(who);
    sit_down(who, "ada");
    begin_new_customer(who);
    press(who, "Left Left");
    settle(who);
    pty_cursor(who->pty, &row, &col);
    const char *before = screen(who);
    press(who, "Ctrl-T");
    see(who, "1 parked");
    enter(who, "delg");
    press(who, "Enter");
    see(who, "(619) 555-0142");
    press(who, "F3");
    see(who, "Zimmermann");
    settle(who);
    assert_screen(who, before);
    pty_cursor(who->pty, &row_now, &col_now);
    assert_int_equal(row_now, row);
    assert_int_equal(col_now, col);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PERSON_TEST(killed_in_mid_edit_the_draft_is_offered),
        SHOP_PERSON_TEST(a_dropped_line_ends_it_within_a_second_and_keeps_the_draft),
        SHOP_PERSON_TEST(asked_to_end_it_keeps_the_draft_and_gives_the_terminal_back),
        SHOP_PERSON_TEST(what_another_terminal_changed_meanwhile_is_shown_beside_ones_own),
        SHOP_PERSON_TEST(a_full_disk_is_told_and_nothing_typed_is_lost),
        SHOP_PERSON_TEST(a_full_disk_with_a_reserve_saves_all_the_same),
        SHOP_PERSON_TEST(the_window_is_dragged_in_mid_edit),
        SHOP_PERSON_TEST(started_in_the_smallest_window_it_waits_for_a_larger_one),
        SHOP_PERSON_TEST(keys_typed_ahead_of_the_screen_are_all_handled),
        SHOP_PERSON_TEST(a_parked_screen_comes_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
