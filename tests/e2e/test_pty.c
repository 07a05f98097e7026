/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The instrument itself, on programs that everybody has. */

#include "test.h"

#include <signal.h>

#include "pty.h"

static struct pty *shell(const char *script)
{
    const char *const argv[] = {"sh", "-c", script, NULL};

    struct pty *pty = pty_start(&(struct pty_options){.rows = 5, .cols = 40, .argv = argv});
    assert_non_null(pty);
    return pty;
}

static void it_sees_what_is_written_where_it_is_written(void **state)
{
    (void)state;
    struct pty *pty = shell("printf '\\033[3;5Hhé\\033[7m漢x\\033[0m'; sleep 5");
    int row = 0, col = 0;

    assert_true(pty_wait_text(pty, "hé漢x", 15000));
    assert_int_equal(pty_find(pty, "漢", &col), 2);
    assert_int_equal(col, 6);
    assert_true(pty_is_reverse(pty, 2, 6));
    assert_false(pty_is_reverse(pty, 2, 5));
    pty_cursor(pty, &row, &col);
    assert_int_equal(row, 2);
    assert_int_equal(col, 9);
    assert_string_equal(pty_row(pty, 2), "    hé漢x");
    assert_false(pty_wait_text(pty, "never", 50));
    pty_close(pty);
}

static void keys_arrive_and_are_counted(void **state)
{
    (void)state;
    struct pty *pty = shell("stty raw -echo; printf ready; head -c 9 | od -An -tx1; sleep 5");

    assert_true(pty_wait_text(pty, "ready", 15000));
    assert_true(pty_keys(pty, "F2 Ctrl-T a Enter"));
    assert_true(pty_type(pty, "é"));
    assert_int_equal(pty_key_count(pty), 5);
    assert_true(pty_keys(pty, "Tab"));
    assert_true(pty_wait_text(pty, "1b 4f 51 14 61 0d c3 a9 09", 15000));
    pty_close(pty);
}

static void it_tells_how_a_program_ends(void **state)
{
    (void)state;
    int code = 0;
    struct pty *pty = shell("exit 7");

    assert_true(pty_wait_exit(pty, 15000, &code));
    assert_int_equal(code, 7);
    pty_close(pty);
    pty = shell("sleep 30");
    assert_false(pty_wait_exit(pty, 50, NULL));
    pty_hang_up(pty);
    assert_true(pty_wait_exit(pty, 15000, &code));
    assert_int_equal(code, 128 + SIGHUP);
    pty_close(pty);
}

static void it_measures_the_answer_and_not_the_silence(void **state)
{
    (void)state;
    struct pty *pty = shell("stty raw -echo; printf ready; head -c 1 >/dev/null; sleep 0.1; "
                            "printf abc; sleep 5");

    assert_true(pty_wait_text(pty, "ready", 15000));
    const double before_ms = pty_now_ms();
    const struct pty_took took = pty_time_keys(pty, "x", "abc", 300);
    const double all_ms = pty_now_ms() - before_ms;
    assert_int_equal(took.bytes, 3);
    assert_true(took.text_ms >= 95);
    assert_true(took.settled_ms >= 95 && took.settled_ms <= all_ms - 300);
    pty_close(pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_sees_what_is_written_where_it_is_written),
        cmocka_unit_test(keys_arrive_and_are_counted),
        cmocka_unit_test(it_tells_how_a_program_ends),
        cmocka_unit_test(it_measures_the_answer_and_not_the_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
