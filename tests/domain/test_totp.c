/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One-time codes against the vectors of RFC 4226 and RFC 6238, and the address that apps read. */

#include "test.h"

#include "domain/totp.h"

static const char seed[] = "12345678901234567890";

static void assert_code(int64_t step, const char *expected)
{
    char code[TOTP_CODE_MAX];

    assert_true(totp_code(seed, TOTP_SEED_BYTES, step, code));
    assert_string_equal(code, expected);
}

static void the_ten_codes_of_rfc_4226_come_out(void **state)
{
    static const char *const codes[] = {"755224", "287082", "359152", "969429", "338314",
                                        "254676", "287922", "162583", "399871", "520489"};
    (void)state;

    for (size_t i = 0; i < COUNT_OF(codes); i++)
        assert_code((int64_t)i, codes[i]);
}

/* The RFC's codes have eight digits; six are their last six. */
static void the_times_of_rfc_6238_come_out(void **state)
{
    static const struct {
        int64_t at;
        const char *code;
    } vectors[] = {
        {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
        {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
    };
    int64_t step = 0;
    (void)state;

    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        assert_code(vectors[i].at / TOTP_STEP_SECONDS, vectors[i].code);
        assert_true(totp_matches(seed, TOTP_SEED_BYTES, vectors[i].at, 0, vectors[i].code, &step));
        assert_int_equal(step, vectors[i].at / TOTP_STEP_SECONDS);
    }
}

static void a_clock_half_a_minute_off_will_do_and_more_will_not(void **state)
{
    char code[TOTP_CODE_MAX];
    const int64_t now = 1795545720;
    int accepted = 0;
    (void)state;

    for (int off = -5; off <= 5; off++) {
        int64_t step = 0;
        assert_true(totp_code(seed, TOTP_SEED_BYTES, now / TOTP_STEP_SECONDS + off, code));
        const bool matches = totp_matches(seed, TOTP_SEED_BYTES, now, 0, code, &step);
        assert_int_equal(matches, off >= -1 && off <= 1);
        accepted += matches;
    }
    assert_int_equal(accepted, 3);
}

static void a_code_taken_before_and_those_before_it_are_refused(void **state)
{
    const int64_t now = 1795545720, middle = now / TOTP_STEP_SECONDS;
    char code[TOTP_CODE_MAX];
    int64_t step = 0;
    (void)state;

    for (int off = -1; off <= 1; off++) {
        assert_true(totp_code(seed, TOTP_SEED_BYTES, middle + off, code));
        assert_int_equal(totp_matches(seed, TOTP_SEED_BYTES, now, middle, code, &step), off > 0);
    }
}

static void blanks_do_not_matter_and_anything_else_does(void **state)
{
    static const char *const refused[] = {"",        "28708",   "2870820",  "28708a", "287-082",
                                          "+287082", "0x11111", "287082\n", "٢٨٧٠٨٢"};
    int64_t step = 0;
    (void)state;

    assert_true(totp_matches(seed, TOTP_SEED_BYTES, 59, 0, "287 082", &step));
    assert_true(totp_matches(seed, TOTP_SEED_BYTES, 59, 0, " 287082 ", &step));
    for (size_t i = 0; i < COUNT_OF(refused); i++)
        assert_false(totp_matches(seed, TOTP_SEED_BYTES, 59, 0, refused[i], &step));
}

static void base32_has_no_padding_and_comes_back(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    unsigned char back[TOTP_SEED_BYTES];
    (void)state;

    const char *text = totp_base32(&arena, seed, TOTP_SEED_BYTES);
    assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_string_equal(totp_base32(&arena, "foobar", 6), "MZXW6YTBOI"); /* RFC 4648 section 10 */
    assert_true(totp_from_base32(text, back, sizeof back));
    assert_memory_equal(back, seed, sizeof back);
    assert_false(totp_from_base32("MZXW6YTBOI", back, sizeof back));
    assert_false(totp_from_base32("not base32!", back, sizeof back));
}

static void the_address_is_percent_encoded(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    (void)state;

    assert_string_equal(totp_uri(&arena, "Bayside Auto & Tire: Café", "ann@x+1", "GEZDGNBV"),
                        "otpauth://totp/Bayside%20Auto%20%26%20Tire%3A%20Caf%C3%A9:ann%40x%2B1"
                        "?secret=GEZDGNBV&issuer=Bayside%20Auto%20%26%20Tire%3A%20Caf%C3%A9"
                        "&algorithm=SHA1&digits=6&period=30");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ten_codes_of_rfc_4226_come_out),
        cmocka_unit_test(the_times_of_rfc_6238_come_out),
        cmocka_unit_test(a_clock_half_a_minute_off_will_do_and_more_will_not),
        cmocka_unit_test(a_code_taken_before_and_those_before_it_are_refused),
        cmocka_unit_test(blanks_do_not_matter_and_anything_else_does),
        cmocka_unit_test(base32_has_no_padding_and_comes_back),
        cmocka_unit_test(the_address_is_percent_encoded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
