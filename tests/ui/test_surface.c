/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ui/surface.h"

static const struct theme unicode = {.colour = true};
static const struct theme ascii = {.ascii = true};
static const struct theme ascii_only = {.ascii = true, .ascii_only = true};

static void expect_line(const struct theme *theme, const char *text, const char *wanted)
{
    struct surface surface;
    AUTO_BUF out = BUF(4096);

    surface_init(&surface, theme, 1, 20);
    area_text(area_whole(&surface), 0, 0, INK_NORMAL, text);
    surface_dump(&surface, &out, false);
    out.at[out.length - 1] = '\0';
    assert_string_equal(buf_str(&out), wanted);
    surface_done(&surface);
}

static void no_control_byte_reaches_a_cell(void **state)
{
    (void)state;
    expect_line(&unicode, "a\033[2Jb", "a[2Jb");
    expect_line(&unicode,
                "a\x01\x7f\xc2\x9b"
                "31mb",
                "a31mb");
    expect_line(&unicode,
                "a\xe2\x80\xae"
                "b",
                "ab"); /* right-to-left override */
    expect_line(&unicode, "a\nb\tc", "a b c");
    for (int byte = 1; byte < 256; byte++) {
        struct surface surface;
        char text[4] = {'x', (char)byte, 'y', '\0'};
        surface_init(&surface, &unicode, 1, 20);
        area_text(area_whole(&surface), 0, 0, INK_NORMAL, text);
        for (int col = 0; col < 20; col++)
            for (const char *c = surface_cell(&surface, 0, col)->text; *c != '\0'; c++)
                assert_true((unsigned char)*c >= ' ' && *c != 0x7f);
        surface_done(&surface);
    }
}

static void wide_and_combining_characters_keep_their_columns(void **state)
{
    struct surface surface;

    (void)state;
    surface_init(&surface, &unicode, 1, 10);
    const struct area whole = area_whole(&surface);
    assert_int_equal(area_text(whole, 0, 0, INK_NORMAL, "日本e\xcc\x81x"), 6);
    assert_string_equal(surface_cell(&surface, 0, 0)->text, "日");
    assert_int_equal(surface_cell(&surface, 0, 1)->cells, 0);
    assert_string_equal(surface_cell(&surface, 0, 4)->text, "e\xcc\x81");
    assert_string_equal(surface_cell(&surface, 0, 5)->text, "x");
    area_text(whole, 0, 1, INK_NORMAL, "z"); /* half of a wide one goes, the other is a blank */
    assert_string_equal(surface_cell(&surface, 0, 0)->text, " ");
    area_text(whole, 0, 9, INK_NORMAL, "日"); /* no room for both halves */
    assert_string_equal(surface_cell(&surface, 0, 9)->text, " ");
    surface_done(&surface);
}

static void emoji_sequences_and_unknown_characters_become_one_cell_marks(void **state)
{
    (void)state;
    expect_line(&unicode,
                "a\xe2\x9d\xa4\xef\xb8\x8f"
                "b",
                "a▯b"); /* heart, VS16 */
    expect_line(&unicode,
                "a\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9"
                "b",
                "a▯b"); /* joined */
    expect_line(&unicode,
                "a\xf0\x9f\x87\xba\xf0\x9f\x87\xb8"
                "b",
                "a▯b"); /* a flag */
    expect_line(&unicode,
                "a\xee\x80\x80"
                "b",
                "a▯b"); /* private use */
    expect_line(&unicode,
                "a\xcd\xb8"
                "b",
                "a▯b"); /* unassigned */
}

static void ascii_terminals_get_twins(void **state)
{
    (void)state;
    expect_line(&ascii, "21–40 · José ●", "21-40 - José *");
    expect_line(&ascii_only, "21–40 · José ●", "21-40 - Jose *");
    expect_line(&ascii_only, "Łukasz Ö, e\u0301 Ærø 漢", "Lukasz O, e ?ro ?");
}

static void long_text_is_cut_with_a_mark_and_numbers_at_their_start(void **state)
{
    struct surface surface;
    AUTO_BUF out = BUF(4096);

    (void)state;
    surface_init(&surface, &unicode, 4, 12);
    const struct area whole = area_whole(&surface);
    area_fit(whole, 0, 0, 6, INK_NORMAL, "Transmission");
    area_fit(whole, 1, 0, 4, INK_NORMAL, "日本語");
    area_right(whole, 2, 12, INK_NORMAL, "1,234.50");
    area_fit(area_part(whole, 3, 2, 1, 5), 0, 0, 9, INK_NORMAL, "clipped text");
    surface_dump(&surface, &out, false);
    assert_string_equal(buf_str(&out), "Trans…\n日 …\n    1,234.50\n  clipp\n");
    surface_done(&surface);
}

static void drawing_outside_is_clipped(void **state)
{
    struct surface surface;

    (void)state;
    surface_init(&surface, &unicode, 2, 2);
    struct area whole = area_whole(&surface);
    area_text(whole, -1, -1, INK_NORMAL, "abc");
    area_text(whole, 5, 0, INK_NORMAL, "abc");
    area_fill(whole, -3, -3, 100, 100, INK_BAD);
    area_box(area_part(whole, 0, 0, 1, 1), INK_MUTED, "Title");
    area_box(area_part(whole, 0, 0, 0, 0), INK_MUTED, "Title");
    area_right(whole, 0, 1, INK_NORMAL, "abcdef");
    assert_string_equal(surface_cell(&surface, 0, 0)->text, "f");
    assert_string_equal(surface_cell(&surface, 9, 9)->text, " ");
    surface_done(&surface);
}

static void theme_words_overrule_the_environment(void **state)
{
    (void)state;
    struct theme theme = theme_choose(&(struct theme_wish){.term = "xterm-256color"});
    assert_true(theme.colour && !theme.ascii && !theme.light);
    theme = theme_choose(&(struct theme_wish){.term = "xterm", .no_color = "0"});
    assert_false(theme.colour);
    theme = theme_choose(&(struct theme_wish){.term = "xterm", .no_color = ""});
    assert_true(theme.colour);
    theme = theme_choose(&(struct theme_wish){.no_color = "1", .words = "color, light"});
    assert_true(theme.colour && theme.light);
    theme = theme_choose(&(struct theme_wish){.words = "color mono ascii"});
    assert_true(!theme.colour && theme.ascii);
    theme = theme_choose(&(struct theme_wish){.term = "dumb", .words = "unicode"});
    assert_true(!theme.colour && !theme.ascii);
    theme = theme_choose(&(struct theme_wish){.term = "dumb"});
    assert_true(!theme.colour && theme.ascii);
}

static void words_that_no_theme_has_are_not_known(void **state)
{
    (void)state;
    assert_true(theme_knows(NULL) && theme_knows("") && theme_knows("mono, ascii"));
    assert_false(theme_knows("lihgt"));
    assert_false(theme_knows("light blue"));
}

static void inks_that_mean_something_differ_without_colour(void **state)
{
    static const struct theme mono = {.colour = false};
    static const enum ink states[] = {INK_SELECTED, INK_FIELD_BAD,   INK_BAD,
                                      INK_ERROR,    INK_BANNER,      INK_MATCH,
                                      INK_FIELD,    INK_FIELD_FOCUS, INK_MARKED};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(states); i++)
        assert_int_not_equal(theme_style(&mono, states[i]).attributes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_control_byte_reaches_a_cell),
        cmocka_unit_test(wide_and_combining_characters_keep_their_columns),
        cmocka_unit_test(emoji_sequences_and_unknown_characters_become_one_cell_marks),
        cmocka_unit_test(ascii_terminals_get_twins),
        cmocka_unit_test(long_text_is_cut_with_a_mark_and_numbers_at_their_start),
        cmocka_unit_test(drawing_outside_is_clipped),
        cmocka_unit_test(theme_words_overrule_the_environment),
        cmocka_unit_test(words_that_no_theme_has_are_not_known),
        cmocka_unit_test(inks_that_mean_something_differ_without_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
