/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/status.h"
#include "ui/keys.h"

static void type(struct key_decoder *decoder, const char *bytes, int64_t at_ms)
{
    for (; *bytes != '\0'; bytes++)
        decoder_byte(decoder, (unsigned char)*bytes, at_ms);
}

/* All events as words: keys by name, pastes in quotes. */
static void expect(struct key_decoder *decoder, const char *wanted)
{
    AUTO_BUF got = BUF(4096);
    struct event event;
    char label[KEY_LABEL_MAX];

    while (decoder_next(decoder, &event)) {
        if (got.length > 0)
            buf_char(&got, ' ');
        if (event.kind == EVENT_KEY)
            buf_text(&got, key_label(event.key, label));
        else if (event.kind == EVENT_PASTE)
            buf_printf(&got, "\"%s\"", event.text);
        else
            buf_printf(&got, "(%d)", (int)event.kind);
    }
    assert_string_equal(buf_str(&got), wanted);
}

static void expect_typed(const char *bytes, const char *wanted)
{
    struct key_decoder decoder = {0};

    type(&decoder, bytes, 100);
    decoder_settle(&decoder, 100);
    expect(&decoder, wanted);
    decoder_done(&decoder);
}

static void the_left_button_is_told_and_all_else_of_the_mouse_is_nobodys(void **state)
{
    struct key_decoder decoder = {0};
    struct event event;

    (void)state;
    type(&decoder, "\033[<0;12;5M\033[<32;13;5M\033[<0;13;5m", 100);
    for (int i = 0; i < 3; i++) {
        assert_true(decoder_next(&decoder, &event));
        assert_int_equal(event.kind, EVENT_MOUSE);
        assert_int_equal(event.row, 4);
        assert_int_equal(event.col, i == 0 ? 11 : 12);
        assert_int_equal(event.down, i < 2);
    }
    type(&decoder, "\033[<2;12;5M\033[<64;12;5M\033[<0;0;0M\033[<0;1Mx", 200);
    expect(&decoder, "x");
    decoder_done(&decoder);
}

static void names_and_keys_are_one_to_one(void **state)
{
    char label[KEY_LABEL_MAX];

    (void)state;
    for (uint32_t key = K_ENTER; key <= K_F12; key++)
        assert_int_equal(key_from_name(key_label(key, label)), key);
    for (char letter = '@'; letter <= '_'; letter++)
        assert_int_equal(key_from_name(key_label(K_CTRL(letter), label)), K_CTRL(letter));
    assert_int_equal(key_from_name("Ctrl-p"), K_CTRL('P'));
    assert_int_equal(key_from_name("j"), 'j');
    assert_int_equal(key_from_name("é"), 0xe9);
    assert_int_equal(key_from_name("F13"), K_NONE);
    assert_int_equal(key_from_name("Entry"), K_NONE);
    assert_true(keys_have("F6 n", 'n') && keys_have("F6 n", K_F6) && !keys_have("F6 n", 'F'));
    assert_false(keys_have(NULL, 'n'));
}

static void characters_are_put_together_from_bytes(void **state)
{
    struct key_decoder decoder = {0};

    (void)state;
    expect_typed("aé日😀", "a é 日 😀");
    expect_typed("\r\n\t\x7f\x08\x10", "Enter Enter Tab Backspace Backspace Ctrl-P");
    expect_typed("caf\xe9 x", "c a f é Space x"); /* Latin-1 */
    expect_typed("\xc3(\xff"
                 "b",
                 "Ã ( ÿ b");
    type(&decoder, "\xe6\x97", 100); /* split over two packets */
    decoder_settle(&decoder, 110);
    type(&decoder, "\xa5", 150);
    expect(&decoder, "日");
    decoder_done(&decoder);
}

static void sequences_are_keys_and_unknown_ones_are_swallowed_whole(void **state)
{
    (void)state;
    expect_typed("\033[A\033OB\033[5~\033[1;5C\033OP\033[15~\033[[B",
                 "Up Down PgUp Ctrl-Right F1 F5 F2");
    expect_typed("\033[1;2Rx\033[?1;2cy\033[<2;3;4Mz", "x y z");
    expect_typed("\033", "Esc");
    expect_typed("\033[", "Esc [");
    expect_typed("\033q", "Esc q");
    expect_typed("\033\033[A", "Esc Up");
}

static void esc_digit_in_one_burst_is_a_function_key(void **state)
{
    struct key_decoder decoder = {0};

    (void)state;
    expect_typed("\0331\0332\0330\0339", "F1 F2 F10 F9");
    type(&decoder, "\033", 100);
    decoder_settle(&decoder, 126);
    type(&decoder, "1", 400);
    decoder_settle(&decoder, 426);
    expect(&decoder, "Esc 1");
    decoder_done(&decoder);
}

static void a_paste_is_one_safe_text_and_never_commands(void **state)
{
    (void)state;
    expect_typed("\033[200~dd\rq\t\x03x\033[201~z", "\"dd\nq x\" z");
    expect_typed("\033[200~a\033[31mb\033[201~", "\"ab\"");
    expect_typed("\033[200~\033[201~x", "x");
    expect_typed("\033[201~x", "x");
}

static void a_paste_whose_end_never_comes_ends_by_time(void **state)
{
    struct key_decoder decoder = {0};

    (void)state;
    type(&decoder, "\033[200~abc", 100);
    decoder_settle(&decoder, 200);
    expect(&decoder, "");
    decoder_settle(&decoder, 100 + PASTE_TIMEOUT_MS);
    type(&decoder, "d", 1000);
    expect(&decoder, "\"abc\" d");
    decoder_done(&decoder);
}

static void no_key_is_lost_and_resizes_are_merged(void **state)
{
    struct key_decoder decoder = {0};
    struct event event;
    uint32_t next = 0;
    const uint32_t count = 20000;

    (void)state;
    for (uint32_t i = 0; i < count; i++) {
        decoder_unit(&decoder, 'a' + i % 26, i);
        if (i % 7 == 0)
            decoder_event(&decoder, EVENT_RESIZE, i);
        if (i % 3 == 0 && decoder_next(&decoder, &event) && event.kind == EVENT_KEY)
            assert_int_equal(event.key, 'a' + next++ % 26);
    }
    while (decoder_next(&decoder, &event))
        if (event.kind == EVENT_KEY)
            assert_int_equal(event.key, 'a' + next++ % 26);
    assert_int_equal(next, count);
    for (int i = 0; i < 5; i++)
        decoder_event(&decoder, EVENT_RESIZE, i);
    expect(&decoder, "(4)");
    decoder_done(&decoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_left_button_is_told_and_all_else_of_the_mouse_is_nobodys),
        cmocka_unit_test(names_and_keys_are_one_to_one),
        cmocka_unit_test(characters_are_put_together_from_bytes),
        cmocka_unit_test(sequences_are_keys_and_unknown_ones_are_swallowed_whole),
        cmocka_unit_test(esc_digit_in_one_burst_is_a_function_key),
        cmocka_unit_test(a_paste_is_one_safe_text_and_never_commands),
        cmocka_unit_test(a_paste_whose_end_never_comes_ends_by_time),
        cmocka_unit_test(no_key_is_lost_and_resizes_are_merged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
