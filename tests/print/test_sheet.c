/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Sheets as pages, rolls and text, read back by poppler's and zbar's programs. */

#include "test.h"

#include <unistd.h>

#include "base/text.h"
#include "read_back.h"
#include "sheet.h"

static const struct sheet_column columns[] = {
    {"Description", 60, false, true},
    {"Qty", 15, true, false},
    {"Amount", 25, true, true},
};

static struct sheet sheet_of(struct arena *arena, size_t lines)
{
    struct sheet sheet = {
        .arena = arena,
        .title = "Invoice 20881",
        .shop_name = "Bayside Auto Care",
        .shop_text = "100 Harbor Dr\nSan Diego, CA 92101\n(619) 555-0100",
        .barcode = "INV-20881",
        .footer = "Bayside Auto Care",
        .created = "D:20261124104200Z",
    };
    struct block *boxes = sheet_boxes(&sheet, 2);

    block_pair(boxes, "Bill to", "Müller, José\n12 Żółta Street", false);
    block_pair(boxes, "Vehicle", "2014 Honda Accord", false);
    struct block *table = sheet_table(&sheet, columns, COUNT_OF(columns));
    for (size_t i = 0; i < lines; i++) {
        struct sheet_row *row = block_row(&sheet, table, i % 10 == 0 ? ROW_HEAD : ROW_LINE);
        row->cells[0] = arena_printf(arena, "Line %zu of the work", i + 1);
        row->cells[1] = "1";
        row->cells[2] = "1,234.50";
    }
    struct block *totals = sheet_totals(&sheet, 2);
    block_pair(totals, "Total", "602.01", true);
    sheet_sign(&sheet, "Customer's signature");
    return sheet;
}

static const char *pdf_text(struct arena *arena, const struct sheet *sheet)
{
    AUTO_BUF bytes = BUF_MIB(16);
    struct fault fault;

    if (sheet_to_pdf(sheet, &bytes, &fault) != OK)
        fail_msg("%s", fault.text);
    return read_back(arena, &bytes, "pdftotext -layout", "- 2>/dev/null");
}

static void a_page_says_what_the_sheet_says_in_any_latin_script(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct sheet sheet = sheet_of(&arena, 5);
    const char *text = pdf_text(&arena, &sheet);

    assert_has(text, "Invoice 20881");
    assert_has(text, "Bayside Auto Care");
    assert_has(text, "Müller, José");
    assert_has(text, "12 Żółta Street");
    assert_has(text, "602.01");
    assert_has(text, "Page 1 of 1");
    assert_null(strstr(text, "DEMO"));
}

/* poppler tells on standard error what it finds wrong in a file. */
static void readers_of_pdf_find_nothing_to_complain_of(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF bytes = BUF_MIB(16);
    const struct sheet sheet = sheet_of(&arena, 5);
    struct fault fault;

    assert_int_equal(sheet_to_pdf(&sheet, &bytes, &fault), OK);
    assert_string_equal(read_back(&arena, &bytes, "pdftotext", "- 2>&1 >/dev/null"), "");
    assert_string_equal(read_back(&arena, &bytes, "pdftoppm -r 20", "2>&1 >/dev/null"), "");
    assert_has(read_back(&arena, &bytes, "pdffonts", "2>/dev/null"), "yes yes yes");
}

/* With the packages fonts-droid-fallback and fonts-nanum they are shown; without, they are boxes
 * that can be copied. */
static void names_of_asia_are_printed_where_there_is_a_font_for_them(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF bytes = BUF_MIB(16), plain = BUF_MIB(16);
    struct sheet sheet = sheet_of(&arena, 5);
    struct fault fault;

    assert_int_equal(sheet_to_pdf(&sheet, &plain, &fault), OK);
    assert_null(strstr(read_back(&arena, &plain, "pdffonts", "2>/dev/null"), "Droid"));
    sheet.shop_name = "東京自動車 김철수 Müller 🚗";
    assert_int_equal(sheet_to_pdf(&sheet, &bytes, &fault), OK);
    assert_has(read_back(&arena, &bytes, "pdftotext -layout", "- 2>/dev/null"),
               "東京自動車 김철수 Müller □");
    if (access("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", R_OK) == 0)
        assert_has(read_back(&arena, &bytes, "pdffonts", "2>/dev/null"), "DroidSansFallback");
}

/* How many bytes of the first page, in black and white, are not white. */
static long ink_of(struct arena *arena, const char *shop_name)
{
    AUTO_BUF bytes = BUF_MIB(16);
    struct sheet sheet = sheet_of(arena, 1);
    struct fault fault;

    sheet.shop_name = shop_name;
    assert_int_equal(sheet_to_pdf(&sheet, &bytes, &fault), OK);
    return strtol(read_back(arena, &bytes, "pdftoppm -f 1 -l 1 -mono -r 100",
                            "2>/dev/null | tail -c +14 | tr -d '\\000' | wc -c"),
                  NULL, 10);
}

/* Their glyphs are put together from parts whose numbers are above 32767. */
static void no_character_of_a_name_comes_out_empty(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;

    if (access("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", R_OK) != 0)
        skip();
    const long nothing = ink_of(&arena, " "), whole = ink_of(&arena, "字"),
               parted = ink_of(&arena, "漢");
    assert_true(whole > nothing + 20);
    assert_true(parted > nothing + 20);
    if (access("/usr/share/fonts/truetype/nanum/NanumGothic.ttf", R_OK) == 0)
        assert_true(ink_of(&arena, "김") > nothing + 20);
}

/* Two by two pixels with a see-through column. */
static const unsigned char small_png[] = {
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x02, 0x08, 0x06, 0x00, 0x00, 0x00, 0x72, 0xB6, 0x0D,
    0x24, 0x00, 0x00, 0x00, 0x14, 0x49, 0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0x38, 0x21, 0x22, 0xF2,
    0x5F, 0x44, 0xE4, 0x44, 0x03, 0x03, 0x8C, 0x01, 0x00, 0x3C, 0x1F, 0x06, 0xBF, 0x05, 0x6E, 0x83,
    0xBE, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
};

static const char *pictures_of(struct arena *arena, const void *logo, size_t length)
{
    AUTO_BUF bytes = BUF_MIB(16);
    struct fault fault;
    struct sheet sheet = sheet_of(arena, 5);

    sheet.logo = logo;
    sheet.logo_size = length;
    assert_int_equal(sheet_to_pdf(&sheet, &bytes, &fault), OK);
    return read_back(arena, &bytes, "pdfimages -list", "2>/dev/null");
}

static void a_logo_is_printed_and_a_damaged_one_left_out(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    unsigned char damaged[sizeof small_png];

    assert_has(pictures_of(&arena, small_png, sizeof small_png), "image       2     2  rgb");
    for (size_t cut = 0; cut < sizeof small_png - 12; cut += 9)
        assert_null(strstr(pictures_of(&arena, small_png, cut), "image"));
    memcpy(damaged, small_png, sizeof damaged);
    damaged[45] ^= 0xFF; /* inside the pixels */
    assert_null(strstr(pictures_of(&arena, damaged, sizeof damaged), "image"));
    assert_null(strstr(pictures_of(&arena, "\xFF\xD8\xFF\xE0junk", 8), "image"));
}

static void assert_clean_pages(struct arena *arena, const struct sheet *sheet, float width)
{
    AUTO_BUF bytes = BUF_MIB(16);
    struct fault fault;

    assert_int_equal(sheet_to_pdf(sheet, &bytes, &fault), OK);
    assert_words_apart(arena, &bytes, width);
}

static struct sheet wordy_sheet(struct arena *arena)
{
    static const char name[] = "Bayside Auto Care & Tire Center of Greater San Diego County";
    struct sheet sheet = sheet_of(arena, 3);
    sheet.shop_name = name;
    struct block *facts = sheet_facts(&sheet, 3);
    block_pair(facts, "Repair order", "10398", false);
    block_pair(facts, "Customer", "Delgado-Fernández de la Vega y Montenegro, María-José", false);
    block_pair(facts, "Status", "partially paid", false);
    struct block *table = sheet_table(&sheet, columns, COUNT_OF(columns));
    for (size_t i = 0; i < 90; i++) {
        struct sheet_row *row = block_row(&sheet, table, i % 10 == 0 ? ROW_HEAD : ROW_LINE);
        row->cells[0] = "Front and rear brakes: pads, rotors, fluid, hardware, inspection and a "
                        "road test on the freeway with the customer beside the technician";
        row->cells[2] = "1,234.50";
    }
    struct block *totals = sheet_totals(&sheet, 2);
    block_pair(totals, "San Diego County Transportation District 1.25 % of 11,773.47", "147.17",
               false);
    block_pair(totals, "Total", "9,999,999,999.99", true);
    return sheet;
}

static void long_names_and_texts_take_more_lines_and_run_into_nothing(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct sheet sheet = wordy_sheet(&arena);

    assert_clean_pages(&arena, &sheet, 612);
    sheet.a4 = true;
    assert_clean_pages(&arena, &sheet, 595);
    sheet.receipt = true;
    assert_clean_pages(&arena, &sheet, 227);
}

static void a_row_of_several_lines_is_not_torn_apart(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct sheet sheet = wordy_sheet(&arena);
    const char *page = strchr(pdf_text(&arena, &sheet), '\f');

    for (; page != NULL && page[1] != '\0'; page = strchr(page + 1, '\f')) {
        const char *first = strchr(page, '\n'); /* behind the head of the page */
        while (*first == '\n' || *first == ' ')
            first++;
        assert_true(text_starts(first, "Description") || text_starts(first, "San Diego") ||
                    text_starts(first, "Customer"));
    }
}

static void a_long_table_goes_on_under_its_header_and_pages_are_counted(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct sheet sheet = sheet_of(&arena, 150);
    const char *text = pdf_text(&arena, &sheet);
    int heads = 0;

    assert_has(text, "Line 150 of the work");
    assert_has(text, "Page 1 of 4");
    assert_has(text, "Page 4 of 4");
    for (const char *at = text; (at = strstr(at, "Description")) != NULL; at++)
        heads++;
    assert_int_equal(heads, 4);
}

static void every_page_of_the_demo_shop_says_so(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct sheet sheet = sheet_of(&arena, 150);

    sheet.demo = true;
    const char *text = pdf_text(&arena, &sheet);
    assert_has(text, "DEMO · Page 1 of 4");
    assert_has(text, "DEMO · Page 4 of 4");
    sheet.receipt = true;
    assert_has(pdf_text(&arena, &sheet), "DEMO");
    AUTO_BUF plain = BUF_MIB(1);
    sheet_to_text(&sheet, SHEET_CELLS, &plain);
    assert_has(buf_str(&plain), "*** DEMO ***");
}

static void fonts_are_embedded_and_the_file_is_sound(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct sheet sheet = sheet_of(&arena, 20);
    AUTO_BUF bytes = BUF_MIB(16), again = BUF_MIB(16);

    assert_int_equal(sheet_to_pdf(&sheet, &bytes, NULL), OK);
    const char *fonts = read_back(&arena, &bytes, "pdffonts", "2>/dev/null");
    assert_has(fonts, "DejaVuSans");
    assert_null(strstr(fonts, "no  no "));
    assert_has(read_back(&arena, &bytes, "qpdf --check", "2>&1"), "No syntax or stream encoding");
    /* The same sheet is the same file: a reprint equals the first print. */
    assert_int_equal(sheet_to_pdf(&sheet, &again, NULL), OK);
    assert_int_equal(bytes.length, again.length);
    assert_memory_equal(bytes.at, again.at, bytes.length);
}

static void the_barcode_reads_back(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct sheet sheet = sheet_of(&arena, 5);
    AUTO_BUF bytes = BUF_MIB(16);

    assert_int_equal(sheet_to_pdf(&sheet, &bytes, NULL), OK);
    assert_has(
        read_back(&arena, &bytes, "pdftoppm -r 200 -png", "2>/dev/null | zbarimg -q - 2>/dev/null"),
        "CODE-128:INV-20881");
}

static void outside_text_brings_no_control_and_no_missing_glyph(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct sheet sheet = sheet_of(&arena, 1);

    sheet_text(&sheet, "Note", "esc \033[31m bell \a 漢字 😀 \xe2\x80\xae end");
    const char *text = pdf_text(&arena, &sheet);
    assert_has(text, "bell 漢字 □ end"); /* drawn as boxes, but found when searched for */
    AUTO_BUF plain = BUF_MIB(1);
    sheet_to_text(&sheet, SHEET_CELLS, &plain);
    assert_true(text_is_safe(buf_str(&plain), plain.length, TEXT_MANY_LINES));
}

static void a_word_longer_than_the_page_is_broken(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct sheet sheet = sheet_of(&arena, 1);
    char *word = arena_alloc(&arena, 5001);

    memset(word, 'x', 5000);
    sheet_text(&sheet, "", word);
    const char *text = pdf_text(&arena, &sheet);
    size_t count = 0;
    for (const char *at = text; *at != '\0'; at++)
        count += *at == 'x';
    assert_int_equal(count, 5000);
}

static void text_lines_keep_to_their_width(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct sheet sheet = sheet_of(&arena, 30);

    for (int receipt = 0; receipt < 2; receipt++) {
        AUTO_BUF plain = BUF_MIB(1);
        sheet.receipt = receipt != 0;
        sheet_text(&sheet, "Terms",
                   "Replaced parts are returned on request, when asked for before "
                   "the work begins, and not later than that.");
        sheet_to_text(&sheet, SHEET_CELLS, &plain);
        for (const char *line = buf_str(&plain); *line != '\0';) {
            const size_t length = strcspn(line, "\n");
            assert_true(text_cells(line, length) <= (receipt != 0 ? 48 : 80));
            line += length + 1;
        }
        assert_has(buf_str(&plain), "1,234.50");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_says_what_the_sheet_says_in_any_latin_script),
        cmocka_unit_test(names_of_asia_are_printed_where_there_is_a_font_for_them),
        cmocka_unit_test(no_character_of_a_name_comes_out_empty),
        cmocka_unit_test(readers_of_pdf_find_nothing_to_complain_of),
        cmocka_unit_test(a_logo_is_printed_and_a_damaged_one_left_out),
        cmocka_unit_test(long_names_and_texts_take_more_lines_and_run_into_nothing),
        cmocka_unit_test(a_row_of_several_lines_is_not_torn_apart),
        cmocka_unit_test(a_long_table_goes_on_under_its_header_and_pages_are_counted),
        cmocka_unit_test(every_page_of_the_demo_shop_says_so),
        cmocka_unit_test(fonts_are_embedded_and_the_file_is_sound),
        cmocka_unit_test(the_barcode_reads_back),
        cmocka_unit_test(outside_text_brings_no_control_and_no_missing_glyph),
        cmocka_unit_test(a_word_longer_than_the_page_is_broken),
        cmocka_unit_test(text_lines_keep_to_their_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
