/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What reaches the terminal and when: nothing while nothing happens, no control character out of
 * anybody's data, and any keys at all leave a program that still works. */

#include "person.h"

#include <time.h>

#include "base/text.h"

/* ESC, BEL, a C1 control, a bidi override and a title sequence, however they came into the file. */
static void given_hostile_data(struct person *who)
{
    expect_ok(who->shop,
              "customer add --first-name Maria --last-name Delgado --phone 6195550142 --note x");
    expect_ok(who->shop, "vehicle add --customer 1 --make Honda --model Accord --plate 7ABC123");
    expect_ok(who->shop, "part add --sku OIL-Q --name Oil --price 7.49");
    run_sql(who->shop, "UPDATE customer SET name = 'Delgado' || char(27) || '[31mRED' || char(155)"
                       " || '5m' || char(8238) || char(7) || 'b', note = char(27) || ']0;EVIL' ||"
                       " char(7) || char(10) || char(27) || 'c'");
    run_sql(who->shop, "UPDATE vehicle SET make = 'Hon' || char(27) || ']52;c;RVZJTA==' || char(7)"
                       " || char(27) || '[2J', color = char(144) || 'q' || char(156)");
    run_sql(who->shop, "UPDATE part SET name = char(27) || '[8mhidden' || char(13) || 'over'");
    run_sql(who->shop,
            "UPDATE shop SET name = 'Bay' || char(27) || ']0;EVIL' || char(7) || 'side'");
}

static void assert_clean(struct person *who)
{
    static const char *const never[] = {"\033]",    "\033[31mRED", "\033[8m",     "\033c",
                                        "\302\233", "\302\220",    "\342\200\256"};
    size_t length = 0;

    settle(who);
    const char *raw = pty_raw(who->pty, &length);
    for (size_t i = 0; i < COUNT_OF(never); i++)
        if (memmem(raw, length, never[i], strlen(never[i])) != NULL)
            fail_msg("The terminal got sequence %zu out of the data.", i);
    if (memchr(raw, '\a', length) != NULL)
        fail_msg("The terminal got a bell out of the data.");
}

static void control_characters_in_data_never_reach_the_terminal(void **state)
{
    struct person *who = *state;
    static const char *const places[] = {"customer.search", "vehicle.search", "part.search",
                                         "audit.list", "setting.show"};

    given_hostile_data(who);
    start(who, &(struct start){.rows = 40, .cols = 120});
    see(who, "Sign in to begin.");
    enter(who, "ada");
    enter(who, PASSWORD);
    see(who, "Find ");
    type(who, "0142");
    see(who, "Delgado");
    press(who, "Enter Enter");
    settle(who);
    press(who, "e");
    settle(who);
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        press(who, "F9");
        settle(who);
        enter(who, places[i]);
        settle(who);
        press(who, "Enter");
        settle(who);
    }
    assert_clean(who);
}

/* What half a dozen seconds cost; false when a minute ended in them: the clock in the corner moves
 * on by itself. */
static bool measure_idleness(struct person *who, double *ret_used, size_t *ret_bytes)
{
    const int seconds = 6;
    const time_t minute = time(NULL) / 60;

    settle(who);
    pty_forget(who->pty);
    const double cpu = pty_cpu_ms(who->pty);
    for (const double until = pty_now_ms() + seconds * 1000; pty_now_ms() < until;)
        pty_settle(who->pty, 100, 1000);
    *ret_used = (pty_cpu_ms(who->pty) - cpu) / seconds;
    pty_raw(who->pty, ret_bytes);
    return time(NULL) / 60 == minute;
}

static void an_idle_terminal_costs_nothing(void **state)
{
    struct person *who = *state;
    double used = 0;
    size_t bytes = 0;

    if (getenv("PITLANE_UNDER") != NULL)
        skip();
    sit_down(who, "ada");
    while (!measure_idleness(who, &used, &bytes))
        continue;
    print_message("%.3f ms of CPU a second, %zu bytes\n", used, bytes);
    assert_int_equal(bytes, 0);
    assert_true(used <= 0.5);
}

/* --- Any keys at all --- */

static uint64_t roll(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static const char *any_key(uint64_t *seed)
{
    static const char *const keys[] = {
        "Enter",  "Enter",    "Enter",  "Tab",    "Shift-Tab", "Esc",    "Space",  "Backspace",
        "Delete", "Up",       "Down",   "Down",   "Right",     "Left",   "Home",   "End",
        "PageUp", "PageDown", "F1",     "F2",     "F4",        "F5",     "F6",     "F7",
        "F8",     "F9",       "F10",    "F11",    "F12",       "Ctrl-A", "Ctrl-E", "Ctrl-K",
        "Ctrl-U", "Ctrl-L",   "Ctrl-N", "Ctrl-O", "Ctrl-P",    "Ctrl-T", "Ctrl-Z", "Ctrl-V",
        "a",      "b",        "c",      "d",      "e",         "f",      "g",      "h",
        "i",      "j",        "k",      "l",      "m",         "n",      "o",      "p",
        "q",      "r",        "s",      "t",      "u",         "v",      "w",      "x",
        "y",      "z",        "A",      "D",      "H",         "I",      "V",      "=",
        "+",      "-",        "/",      "?",      ".",         "0",      "1",      "2",
        "3",      "4",        "5",      "9",      "é",         "漢"};

    return keys[roll(seed) % COUNT_OF(keys)];
}

static void given_a_small_shop(struct person *who)
{
    expect_ok(who->shop, "customer add --first-name Maria --last-name Delgado --phone 6195550142");
    expect_ok(who->shop, "vehicle add --customer 1 --make Honda --model Accord --plate 7ABC123");
    expect_ok(who->shop, "part add --sku OIL-Q --name Oil --price 7.49 --cost 4.10");
    expect_ok(who->shop, "canned-job add --code OIL --title 'Oil service' "
                         "--lines 'kind=part sku=OIL-Q quantity=5'");
    expect_ok(who->shop, "estimate start --customer 1 --vehicle 1 --concern Noise");
}

/* Signed out or quit by what was pressed: sits down again. */
static void go_on(struct person *who)
{
    if (pty_is_alive(who->pty) && !pty_has(who->pty, "Sign in to begin."))
        return;
    if (!pty_is_alive(who->pty))
        expect_end(who, 0, 1000);
    /* Keys at a locked screen are wrong passwords, too. */
    run_sql(who->shop, "UPDATE tries SET failures = 0, wait_until_at = NULL");
    sit_down(who, "ada");
}

static void any_keys_over_all_screens_leave_a_program_that_works(void **state)
{
    struct person *who = *state;
    uint64_t seed = 60201;
    const char *more = getenv("PITLANE_KEYS");
    const int rounds = more != NULL ? atoi(more) : 60;
    static const char *const sizes[] = {"24x80", "40x120", "10x30", "3x5"};

    given_a_small_shop(who);
    sit_down(who, "ada");
    for (int round = 0; round < rounds; round++) {
        int rows = 24, cols = 80;
        for (int i = 0; i < 50 && pty_is_alive(who->pty); i++)
            if (!pty_keys(who->pty, any_key(&seed)))
                break;
        settle(who);
        if (roll(&seed) % 4 == 0)
            sscanf(sizes[roll(&seed) % COUNT_OF(sizes)], "%dx%d", &rows, &cols);
        if (pty_is_alive(who->pty))
            pty_resize(who->pty, rows, cols);
        settle(who);
        go_on(who);
    }
    pty_resize(who->pty, 24, 80);
    press(who, "Ctrl-Q");
    settle(who);
    if (pty_is_alive(who->pty))
        press(who, "q");
    expect_end(who, 0, 5000);
    expect_ok(who->shop, "verify");
    assert_out(who->shop, "the books agree");
    print_message("%ld keys\n", (long)rounds * 50);
}

/* Every character of a long text typed in one go stands in the field: none is lost. */
static void no_key_is_lost_in_a_burst(void **state)
{
    struct person *who = *state;
    char text[81];

    for (int i = 0; i < 80; i++)
        text[i] = (char)('a' + i % 26);
    text[80] = '\0';
    sit_down(who, "ada");
    press(who, "F6");
    see(who, "New customer");
    type(who, text);
    pty_send(who->pty, "\tZimmer\033OQ", 10);
    see(who, "Now the vehicle");
    assert_int_equal(ask(who, "SELECT ifnull(max(length(first_name)), 0) FROM customer"), 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PERSON_TEST(control_characters_in_data_never_reach_the_terminal),
        SHOP_PERSON_TEST(an_idle_terminal_costs_nothing),
        SHOP_PERSON_TEST(no_key_is_lost_in_a_burst),
        SHOP_PERSON_TEST(any_keys_over_all_screens_leave_a_program_that_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
