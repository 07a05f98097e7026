/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Search keys, codes, phone numbers, and card numbers that must not be stored. The card numbers are
 * the payment industry's published test numbers. */

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

struct pair {
    const char *from;
    const char *to;
};

static void names_are_found_without_accents_case_and_signs(void **state)
{
    static const struct pair names[] = {
        {"Jos\u00E9 O'Brien-Ng", "jose o brien ng"},
        {"\u00D8stergaard", "ostergaard"},
        {"\u0141ukasz", "lukasz"},
        {"\u00D6zdemir", "ozdemir"},
        {"Nguy\u1EC5n", "nguyen"},
        {"Nguye\u0302\u0303n", "nguyen"},
        {"\u0110\u1EB7ng", "dang"},
        {"Gro\u00DFmann \u1E9E", "grossmann ss"},
        {"\u00C6r\u00F8sk\u0153bing", "aeroskoebing"},
        {"\u00DE\u00F3r\u00F0ur", "thordur"},
        {"\u0130stanbul I\u015F\u0131k", "istanbul isik"},
        {"\u01FErsted", "orsted"},
        {"D\u2019Angelo & Sons, LLC.", "d angelo sons llc"},
        {"  --  ", ""},
        {"", ""},
        {"(619) 555-0142", "619 555 0142"},
        {"\uFF21\uFF22\uFF11", "ab1"},
        {"ad\u200Bmin so\u00ADft", "admin soft"},
        {"\u0391\u03B8\u03AE\u03BD\u03B1", "\u03B1\u03B8\u03B7\u03BD\u03B1"},
        {"a\xFF!z", "a z"},
    };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        assert_string_equal(text_fold(*state, names[i].from), names[i].to);
    assert_string_equal(text_fold(*state, NULL), "");
}

static void folding_a_key_again_changes_nothing(void **state)
{
    for (uint32_t c = 1; c < 0x30000; c++) {
        struct arena_mark mark = arena_mark(*state);
        char text[8] = "a";
        text[1 + text_encode(c, text + 1)] = '\0';
        const char *key = text_fold(*state, text);
        if (strcmp(text_fold(*state, key), key) != 0)
            fail_msg("U+%04X gives the key \"%s\"", (unsigned)c, key);
        arena_release(*state, mark);
    }
}

static void the_longest_folding_is_kept_whole(void **state)
{
    const char *ligature = text_fold(*state, "\uFDFA");
    assert_int_equal(strlen(ligature), 33);
}

static void codes_are_upper_case_letters_and_digits(void **state)
{
    assert_string_equal(text_code(*state, " 1hgcm-82633 a004352 "), "1HGCM82633A004352");
    assert_string_equal(text_code(*state, "of-7317/b"), "OF7317B");
    assert_string_equal(text_code(*state, "\u00F1a-n\u0303b"), "\u00D1A\u00D1B");
    assert_string_equal(text_code(*state, "-- "), "");
    assert_string_equal(text_code(*state, NULL), "");
    assert_string_equal(text_digits(*state, "(619) 555-0142 x\uFF11"), "6195550142");
    assert_string_equal(text_digits(*state, NULL), "");
}

static void a_card_number_can_be_cut_to_its_last_four_digits(void **state)
{
    struct arena *arena = *state;

    assert_string_equal(
        text_hide_card_numbers(arena, "card 4111 1111 1111 1111 exp 12/28, or 5500-0055-5555-5559"),
        "card ending 1111 exp 12/28, or ending 5559");
    assert_string_equal(text_hide_card_numbers(arena, "call (619) 555-0142"),
                        "call (619) 555-0142");
    assert_string_equal(text_hide_card_numbers(arena, "read ;4111111111111111=25121010000? ok"),
                        "read (card) ok");
    assert_false(text_has_card_number(
        text_hide_card_numbers(arena, "4111111111111111 4111111111111111 4111111111111111")));
}

static void card_numbers_are_found_however_they_are_written(void **state)
{
    (void)state;
    static const char *const cards[] = {
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111\u00A01111\u20111111 1111",
        "visa 4111111111111111 exp 12/27",
        "cc:4111111111111111,cvv 123",
        "4222222222222",     /* 13 digits */
        "4222 222 222 222",  /* 4-3-3-3 */
        "378282246310005",   /* American Express */
        "3782 822463 10005", /* 4-6-5 */
        "30569309025904",    /* Diners, 14 digits */
        "3056 930902 5904",
        "5555555555554444",
        "2223003122003222", /* the 2-series */
        "6011111111111117",
        "3530111333300000",
        "6304000000000000000", /* 19 digits */
        "41111111 11111111",
        "41 11 11 11 11 11 11 11",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "4111 1111 1111 1111 12 27",
        "RO 1042 4111 1111 1111 1111",
        "phone 619-555-0142 4111-1111-1111-1111",
        "4111 1111  1111 1111",
        "4111/1111/1111/1111",
        "4111.1111.1111.1111",
        "4111 - 1111 - 1111 - 1111",
        "%B4111111111111111^DOE/JANE^2712",
        ";4111111111111112=2712", /* track data, even when misread */
        "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 4111111111111111",
    };
    for (size_t i = 0; i < COUNT_OF(cards); i++)
        if (!text_has_card_number(cards[i]))
            fail_msg("\"%s\" was not found", cards[i]);
}

static void what_only_looks_like_a_card_number_is_let_through(void **state)
{
    (void)state;
    static const char *const others[] = {
        "",
        "4111111111111112",     /* wrong check digit */
        "41111111111111111115", /* 20 digits */
        "411111111117",         /* 12 digits */
        "1111111111111117",     /* no card begins with 1 */
        "2220000000000000",     /* nor with 2220 or 2721 */
        "2721000000000004",
        "9111111111111110",
        "1HGCM82633A004352",
        "AB4111111111111111",
        "4111111111111111X",
        "(619) 555-0142",
        "619-555-0142 619-555-0143",
        "619-555-0142 2026-11-24",
        "5-12-2026 619-555-0142",
        "555-0142 555-0143 555-0144",
        "tread 5/32 5/32 4/32 4/32, 45,120 mi, $1,204.50",
        "4111.11 1111.11 1111.11", /* prices */
        "41.11 11.11 11.11 11.11 11.11",
        "UPC 036000291452",
        ";12=",
    };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (text_has_card_number(others[i]))
            fail_msg("\"%s\" was taken for a card", others[i]);
    assert_false(text_has_card_number(NULL));
}

static void two_phone_numbers_and_dates_never_ring_the_alarm(void **state)
{
    (void)state;
    char text[80];
    for (unsigned i = 0; i < 10000; i++) {
        snprintf(text, sizeof text, "%03u-555-%04u 2026-%02u-%02u 916-555-%04u", 300 + i % 400, i,
                 1 + i % 12, 1 + i % 28, (i * 7) % 10000);
        if (text_has_card_number(text))
            fail_msg("\"%s\" was taken for a card", text);
    }
}

static void phone_numbers_are_kept_in_one_form(void **state)
{
    static const struct pair phones[] = {
        {"(619) 555-0142", "+16195550142"},
        {"6195550142", "+16195550142"},
        {"(211) 555-0126", "+12115550126"}, /* no area code in use, but a number */
        {"619-555-0142", "+16195550142"},
        {"619.555.0142", "+16195550142"},
        {" 1 619 555 0142 ", "+16195550142"},
        {"+1 619 555 0142", "+16195550142"},
        {"(+1) 619/555-0142", "+16195550142"},
        {"619\u2011555\u00A00142", "+16195550142"},
        {"1-539-555-0184 ext 12", "+15395550184;12"},
        {"619-555-0142x12", "+16195550142;12"},
        {"619-555-0142 X 12", "+16195550142;12"},
        {"619-555-0142, ext. 12", "+16195550142;12"},
        {"619-555-0142 Extension: 12", "+16195550142;12"},
        {"619-555-0142 #12", "+16195550142;12"},
        {"+16195550142;12", "+16195550142;12"},
        {"+49 30 1234567", "+49301234567"},
        {"+52 (55) 5555-1234 x7", "+525555551234;7"},
        {"011 44 20 7946 0018", "+442079460018"},
    };
    for (size_t i = 0; i < COUNT_OF(phones); i++) {
        const char *kept = text_phone(*state, phones[i].from);
        if (kept == NULL)
            fail_msg("\"%s\" was refused", phones[i].from);
        assert_string_equal(kept, phones[i].to);
    }
}

static void what_is_no_phone_number_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "  ",
        "unknown",
        "555-0142",
        "619-555-014",
        "619-555-01422",
        "1469555012412",
        "119-555-0142",
        "619-155-0142",
        "019-555-0142",
        "+1 619 555 014",
        "+1 119 555 0142",
        "+012345678",
        "+123",
        "++16195550142",
        "619-555-0142 x",
        "619-555-0142 x12345678",
        "619-555-0142 home",
        "619-555-0142 619-555-0143",
        "1-800-FLOWERS",
        "x12",
        "+",
        "+1234567890123456",
        "619-555-0142 ext 12 ext 13",
        "619+5550142",
        "6195550142                                                                 ext 12",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (text_phone(*state, bad[i]) != NULL)
            fail_msg("\"%s\" was taken", bad[i]);
    assert_null(text_phone(*state, NULL));
}

static void phone_numbers_are_shown_as_customers_know_them(void **state)
{
    assert_string_equal(text_phone_show(*state, "+16195550142"), "(619) 555-0142");
    assert_string_equal(text_phone_show(*state, "+16195550142;12"), "(619) 555-0142 x12");
    assert_string_equal(text_phone_show(*state, "+442079460018"), "+442079460018");
    assert_string_equal(text_phone_show(*state, "+442079460018;7"), "+442079460018 x7");
    assert_string_equal(text_phone_show(*state, "555-0142"), "555-0142");
    assert_string_equal(text_phone_show(*state, ""), "");
    assert_string_equal(text_phone_show(*state, NULL), "");
}

static void a_shown_phone_number_is_read_back_as_it_was(void **state)
{
    static const char *const kept[] = {"+16195550142", "+16195550142;12", "+442079460018;7"};
    for (size_t i = 0; i < COUNT_OF(kept); i++)
        assert_string_equal(text_phone(*state, text_phone_show(*state, kept[i])), kept[i]);
}

#define TEXT_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static void a_letter_is_known_without_its_accents(void **state)
{
    static const struct {
        uint32_t letter;
        char ascii;
    } letters[] = {{0xE9, 'e'}, {0xC9, 'E'},   {0xF1, 'n'},   {0x141, 'L'}, {0x142, 'l'},
                   {0xD8, 'O'}, {0x1EC7, 'e'}, {'q', 'q'},    {0xE6, 0},    {0xDF, 0},
                   {0x6F22, 0}, {0x1F527, 0},  {0xBD, 0},     {'7', 0},     {0x301, 0},
                   {0xFF21, 0}, {0x430, 0},    {0x110000, 0}, {0, 0}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(letters); i++)
        assert_int_equal(text_letter_ascii(letters[i].letter), letters[i].ascii);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEXT_TEST(names_are_found_without_accents_case_and_signs),
        TEXT_TEST(folding_a_key_again_changes_nothing),
        TEXT_TEST(a_letter_is_known_without_its_accents),
        TEXT_TEST(the_longest_folding_is_kept_whole),
        TEXT_TEST(codes_are_upper_case_letters_and_digits),
        TEXT_TEST(a_card_number_can_be_cut_to_its_last_four_digits),
        TEXT_TEST(card_numbers_are_found_however_they_are_written),
        TEXT_TEST(what_only_looks_like_a_card_number_is_let_through),
        TEXT_TEST(two_phone_numbers_and_dates_never_ring_the_alarm),
        TEXT_TEST(phone_numbers_are_kept_in_one_form),
        TEXT_TEST(what_is_no_phone_number_is_refused),
        TEXT_TEST(phone_numbers_are_shown_as_customers_know_them),
        TEXT_TEST(a_shown_phone_number_is_read_back_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
