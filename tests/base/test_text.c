/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Text made safe, measured and cut. Keys, card and phone numbers are in test_text_keys.c. */

#include "test.h"

#include "base/text.h"

static int setup(void **state)
{
    static struct arena arena;
    *state = &arena;
    return 0;
}

static int teardown(void **state)
{
    arena_done(*state);
    return 0;
}

static void assert_sanitized(const char *from, enum text_lines lines, const char *to)
{
    AUTO_BUF out = BUF(1000);
    text_sanitize(&out, from, strlen(from), lines);
    assert_string_equal(buf_str(&out), to);
    assert_int_equal(text_is_safe(from, strlen(from), lines), strcmp(from, to) == 0);
    assert_true(text_is_safe(to, strlen(to), lines));
}

static void a_terminal_gets_no_control_characters(void **state)
{
    (void)state;
    assert_sanitized("\x1b[31mred\x1b]0;title\x07", TEXT_ONE_LINE, "[31mred]0;title");
    assert_sanitized("a\x01\x08\x7f\x0e z", TEXT_ONE_LINE, "a z");
    assert_sanitized("csi \xC2\x9B 31m", TEXT_ONE_LINE, "csi  31m");
    assert_sanitized("plain text, 100% ~{}", TEXT_ONE_LINE, "plain text, 100% ~{}");
    assert_sanitized("", TEXT_ONE_LINE, "");
}

static void a_reader_is_not_tricked_by_what_is_unseen(void **state)
{
    (void)state;
    assert_sanitized("pay\u202E00.1$\u202C now\u2066\u2069", TEXT_ONE_LINE, "pay00.1$ now");
    assert_sanitized("ad\u200Bmin\u200D\u200C\uFEFF\u2060\u00AD", TEXT_ONE_LINE, "admin");
    assert_sanitized("x\U000E0041\U000E007Fy", TEXT_ONE_LINE, "xy");
    assert_sanitized("\u2764\uFE0F", TEXT_ONE_LINE, "\u2764");
    assert_sanitized("\uFFFE\uFDD0", TEXT_ONE_LINE, "\uFFFD\uFFFD");
    assert_sanitized("Zo\u00EB \u6771\u4EAC \u0391", TEXT_ONE_LINE, "Zo\u00EB \u6771\u4EAC \u0391");
}

static void broken_utf8_becomes_replacement_characters(void **state)
{
    (void)state;
    assert_sanitized("a\xFFz", TEXT_ONE_LINE, "a\uFFFDz");
    assert_sanitized("\xC3", TEXT_ONE_LINE, "\uFFFD");
    assert_sanitized("\xC3(", TEXT_ONE_LINE, "\uFFFD(");
    assert_sanitized("\xC0\x9B", TEXT_ONE_LINE, "\uFFFD\uFFFD");           /* overlong ESC */
    assert_sanitized("\xED\xA0\x80", TEXT_ONE_LINE, "\uFFFD\uFFFD\uFFFD"); /* surrogate */
    assert_sanitized("\xF4\x90\x80\x80", TEXT_ONE_LINE, "\uFFFD\uFFFD\uFFFD\uFFFD");
    assert_sanitized("\xE0\x80\x9B", TEXT_ONE_LINE, "\uFFFD\uFFFD\uFFFD");
    assert_sanitized("\uFFFD", TEXT_ONE_LINE, "\uFFFD");
}

static void line_breaks_become_a_blank_in_one_line_and_lf_in_many(void **state)
{
    (void)state;
    assert_sanitized("a\r\n\r\nb\tc\n", TEXT_ONE_LINE, "a b c ");
    assert_sanitized("a\r\nb\rc\n\nd", TEXT_MANY_LINES, "a\nb\nc\n\nd");
    assert_sanitized("a\r\n\r\nb", TEXT_MANY_LINES, "a\n\nb");
    assert_sanitized("a\t\tb", TEXT_MANY_LINES, "a  b");
    assert_sanitized("a\u2028b\xC2\x85"
                     "c\fd",
                     TEXT_MANY_LINES, "a\nb\nc\nd");
    assert_sanitized("a\nb", TEXT_MANY_LINES, "a\nb");
}

static void nul_bytes_do_not_end_a_text_early(void **state)
{
    (void)state;
    AUTO_BUF out = BUF(100);
    text_sanitize(&out, "a\0b", 3, TEXT_ONE_LINE);
    assert_string_equal(buf_str(&out), "ab");
    assert_false(text_is_safe("a\0b", 3, TEXT_ONE_LINE));
}

static void a_safe_text_is_a_copy_and_none_is_empty(void **state)
{
    struct arena *arena = *state;
    const char from[] = "brake\x1b pads";
    assert_string_equal(text_safe(arena, from), "brake pads");
    assert_string_equal(text_safe(arena, NULL), "");
    assert_ptr_not_equal(text_safe(arena, from), from);
}

static void a_sanitised_text_stays_as_it_is_whatever_the_bytes(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        char bytes[24];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            const uint32_t pick = seed >> 16;
            bytes[i] = (char)(pick % 3 == 0 ? 0xC0 | pick >> 8 : pick >> 8);
        }
        const enum text_lines lines = round % 2 == 0 ? TEXT_ONE_LINE : TEXT_MANY_LINES;
        AUTO_BUF out = BUF(100);
        text_sanitize(&out, bytes, sizeof bytes, lines);
        assert_false(out.full);
        assert_true(text_is_safe(buf_str(&out), out.length, lines));
        AUTO_BUF again = BUF(100);
        text_sanitize(&again, buf_str(&out), out.length, lines);
        assert_string_equal(buf_str(&again), buf_str(&out));
    }
}

static void what_people_enter_is_trimmed_and_composed(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(text_clean(arena, "  Jos\u00E9 \t", TEXT_ONE_LINE), "Jos\u00E9");
    assert_string_equal(text_clean(arena, "Jose\u0301", TEXT_ONE_LINE), "Jos\u00E9");
    assert_string_equal(text_clean(arena, "\u212B", TEXT_ONE_LINE), "\u00C5");
    assert_string_equal(text_clean(arena, "\n\n two\n lines \n", TEXT_MANY_LINES), "two\n lines");
    assert_string_equal(text_clean(arena, "\u00A0a\u00A0", TEXT_ONE_LINE), "a");
    assert_string_equal(text_clean(arena, " \t\r\n", TEXT_ONE_LINE), "");
    assert_string_equal(text_clean(arena, "\u200B", TEXT_ONE_LINE), "");
    assert_string_equal(text_clean(arena, NULL, TEXT_ONE_LINE), "");
    assert_string_equal(text_clean(arena, "\xFF\u0301", TEXT_ONE_LINE), "\uFFFD\u0301");
}

static void empty_same_and_starts_bear_with_null(void **state)
{
    (void)state;
    assert_true(text_is_empty(NULL));
    assert_true(text_is_empty(" \t\r\n\u00A0\u3000"));
    assert_false(text_is_empty(" x"));
    assert_false(text_is_empty("\xFF"));
    assert_true(text_same(NULL, ""));
    assert_true(text_same("a", "a"));
    assert_false(text_same("a", "A"));
    assert_true(text_starts("brakes", "brake"));
    assert_true(text_starts("brakes", ""));
    assert_false(text_starts("bra", "brake"));
    assert_false(text_starts(NULL, "b"));
}

static void every_character_is_encoded_and_decoded_alike(void **state)
{
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        char bytes[4];
        uint32_t back = 0;
        const size_t count = text_encode(c, bytes);
        assert_int_equal(text_next(bytes, count, &back), count);
        assert_int_equal(back, c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
    }
}

static void a_broken_or_missing_character_is_stepped_over(void **state)
{
    (void)state;
    uint32_t c = 0;
    assert_int_equal(text_next("", 0, &c), 0);
    assert_int_equal(text_next("\xE2\x82", 2, &c), 1);
    assert_int_equal(c, 0xFFFD);
    assert_int_equal(text_next("\xE2\x82\xAC", 2, &c), 1); /* cut by its length */
    assert_int_equal(text_next("\xE2\x82\xAC", 3, &c), 3);
    assert_int_equal(c, 0x20AC);
}

static size_t cells(const char *text)
{
    return text_cells(text, strlen(text));
}

static void width_is_counted_in_terminal_cells(void **state)
{
    (void)state;
    assert_int_equal(cells("Brake pads"), 10);
    assert_int_equal(cells("Zo\u00EB"), 3);
    assert_int_equal(cells("Zoe\u0308"), 3);
    assert_int_equal(cells("\u6771\u4EAC"), 4);
    assert_int_equal(cells("\uD55C\uAD6D"), 4);
    assert_int_equal(cells("\uFF11"), 2);
    assert_int_equal(cells("\u2500\u2502\u250C"), 3); /* box drawing is ambiguous: 1 */
    assert_int_equal(cells("\u00B1\u00A7\u03B1\u2026\u25CF"), 5);
    assert_int_equal(cells("\U0001F697"), 2);
    assert_int_equal(cells("\u0915\u0940"), 2);       /* a spacing vowel sign */
    assert_int_equal(cells("\u1112\u1161\u11AB"), 2); /* Hangul in parts */
    assert_int_equal(cells("\x1b\u200B"), 0);
    assert_int_equal(cells("\U000A0000"), 1); /* unassigned: one mark */
}

static size_t fit(const char *text, size_t width)
{
    return text_fit(text, strlen(text), width);
}

static void a_text_is_cut_between_clusters_and_never_too_wide(void **state)
{
    (void)state;
    assert_int_equal(fit("brake", 3), 3);
    assert_int_equal(fit("brake", 9), 5);
    assert_int_equal(fit("brake", 0), 0);
    assert_int_equal(fit("\u6771\u4EAC", 3), 3); /* half of the second does not fit */
    assert_int_equal(fit("Zoe\u0308!", 3), 5);   /* the dots stay with their letter */
    assert_int_equal(fit("Zoe\u0308!", 2), 2);
    assert_int_equal(fit("a\U0001F468\u200D\U0001F469", 4), 1);
    assert_int_equal(fit("a\U0001F468\u200D\U0001F469", 5), 12);
}

static void the_cursor_steps_by_clusters_both_ways(void **state)
{
    (void)state;
    const char *family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";
    const char *flags = "\U0001F1FA\U0001F1F8\U0001F1E8\U0001F1E6";
    const char *text = "ab e\u0308";
    assert_int_equal(text_cluster("", 0), 0);
    assert_int_equal(text_cluster_back("", 0), 0);
    assert_int_equal(text_cluster("ab", 2), 1);
    assert_int_equal(text_cluster_back("ab", 2), 1);
    assert_int_equal(text_cluster_back(text, strlen(text)), 3);
    assert_int_equal(text_cluster(text + 3, 3), 3);
    assert_int_equal(text_cluster(family, strlen(family)), 18);
    assert_int_equal(text_cluster_back(family, strlen(family)), 18);
    assert_int_equal(text_cluster(flags, strlen(flags)), 8);
    assert_int_equal(text_cluster_back(flags, strlen(flags)), 8);
    assert_int_equal(text_cluster("\r\n", 2), 2);
    assert_int_equal(text_cluster("\xFFz", 2), 1);
    assert_int_equal(text_cluster_back("z\xFF", 2), 1);
}

#define TEXT_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEXT_TEST(a_terminal_gets_no_control_characters),
        TEXT_TEST(a_reader_is_not_tricked_by_what_is_unseen),
        TEXT_TEST(broken_utf8_becomes_replacement_characters),
        TEXT_TEST(line_breaks_become_a_blank_in_one_line_and_lf_in_many),
        TEXT_TEST(nul_bytes_do_not_end_a_text_early),
        TEXT_TEST(a_safe_text_is_a_copy_and_none_is_empty),
        TEXT_TEST(a_sanitised_text_stays_as_it_is_whatever_the_bytes),
        TEXT_TEST(what_people_enter_is_trimmed_and_composed),
        TEXT_TEST(empty_same_and_starts_bear_with_null),
        TEXT_TEST(every_character_is_encoded_and_decoded_alike),
        TEXT_TEST(a_broken_or_missing_character_is_stepped_over),
        TEXT_TEST(width_is_counted_in_terminal_cells),
        TEXT_TEST(a_text_is_cut_between_clusters_and_never_too_wide),
        TEXT_TEST(the_cursor_steps_by_clusters_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
