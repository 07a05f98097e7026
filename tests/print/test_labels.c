/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Labels: on sheets, for label printers, for the receipt printer. */

#include "../domain/shop.h"

#include "domain/part.h"
#include "print/label.h"
#include "read_back.h"

static void add_part(struct shop_test *t, const char *json)
{
    struct part part;

    expect_ok(t, &part_add_op, input_json(t, &part_add_op, json), &part);
}

static void given_parts(struct shop_test *t)
{
    add_part(t, "{\"sku\":\"OF-7317\",\"name\":\"Oil filter, spin-on\",\"bin\":\"A4\","
                "\"price\":\"9.99\"}");
    add_part(t, "{\"sku\":\"BP-1210\",\"name\":\"Brake pads front, ceramic, long enough for two "
                "lines\",\"upc\":\"036000291452\",\"price\":\"89.95\"}");
    add_part(t, "{\"sku\":\"EAN-1\",\"name\":\"Zündkerze ^XZ~JR é\",\"upc\":\"4006381333931\","
                "\"price\":\"4.50\"}");
}

static status render(struct shop_test *t, struct label_wish wish, struct buf *out)
{
    static const struct label_part parts[] = {{"OF-7317", 2}, {"036000291452", 1}, {"EAN-1", 1}};

    wish.parts = parts;
    wish.count = COUNT_OF(parts);
    return label_render(&t->session, &wish, out);
}

static void a_sheet_reads_back_with_text_and_bars(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF bytes = BUF_MIB(8);

    given_parts(t);
    assert_int_equal(render(t, (struct label_wish){.with_price = true}, &bytes), OK);
    const char *text = read_back(&t->arena, &bytes, "pdftotext -layout", "- 2>/dev/null");
    assert_has(text, "Oil filter, spin-on");
    assert_has(text, "bin A4");
    assert_has(text, "$89.95");
    assert_has(text, "BP-1210");
    const char *codes = read_back(&t->arena, &bytes, "pdftoppm -r 200 -png",
                                  "2>/dev/null | zbarimg -q - 2>/dev/null");
    assert_has(codes, "CODE-128:OF-7317\n");
    assert_has(codes, "EAN-13:0036000291452\n"); /* a UPC-A, as readers call it */
    assert_has(codes, "EAN-13:4006381333931\n");
}

static void without_the_price_there_is_none(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF bytes = BUF_MIB(8);

    given_parts(t);
    assert_int_equal(render(t, (struct label_wish){0}, &bytes), OK);
    assert_null(strstr(read_back(&t->arena, &bytes, "pdftotext", "- 2>/dev/null"), "89.95"));
}

static int64_t pages(struct shop_test *t, int64_t copies, int64_t skip)
{
    const struct label_part part = {"OF-7317", copies};
    const struct label_wish wish = {.parts = &part, .count = 1, .skip = skip};
    AUTO_BUF bytes = BUF_MIB(8);

    assert_int_equal(label_render(&t->session, &wish, &bytes), OK);
    const char *info = read_back(&t->arena, &bytes, "pdfinfo", "2>/dev/null");
    return atol(strstr(info, "Pages:") + 6);
}

static void a_sheet_that_was_begun_is_used_up(void **state)
{
    struct shop_test *t = *state;

    given_parts(t);
    assert_int_equal(pages(t, 30, 0), 1);
    assert_int_equal(pages(t, 31, 0), 2);
    assert_int_equal(pages(t, 27, 3), 1);
    assert_int_equal(pages(t, 28, 3), 2);
}

static void what_a_part_is_called_is_no_command_of_the_label_printer(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF bytes = BUF_MIB(8);
    size_t ends = 0;

    given_parts(t);
    assert_int_equal(render(t, (struct label_wish){.format = LABEL_ZPL}, &bytes), OK);
    for (const char *at = buf_str(&bytes); (at = strstr(at, "^XZ")) != NULL; at++)
        ends++;
    assert_int_equal(ends, 3);
    assert_null(strstr(buf_str(&bytes), "~JR"));
    assert_has(buf_str(&bytes), "^FDZündkerze _5EXZ_7EJR é^FS");
    assert_has(buf_str(&bytes), "^FH^FDOF-7317^FS");
    assert_has(buf_str(&bytes), "^BUN,80,N,N,N^FD03600029145^FS");
    assert_has(buf_str(&bytes), "^BEN,80,N,N^FD400638133393^FS");
    assert_has(buf_str(&bytes), "^PQ2");
}

static void the_receipt_printer_gets_plain_letters(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF bytes = BUF_MIB(8);

    given_parts(t);
    assert_int_equal(render(t, (struct label_wish){.format = LABEL_ESCPOS}, &bytes), OK);
    bool found_name = false, found_bars = false;
    for (size_t i = 0; i + 20 < bytes.length; i++) {
        found_name |= memcmp(bytes.at + i, "Zundkerze ^XZ~JR e", 18) == 0;
        found_bars |= memcmp(bytes.at + i, "\x1dkI\x09{BOF-7317", 13) == 0;
        assert_true((unsigned char)bytes.at[i] < 0x80);
    }
    assert_true(found_name);
    assert_true(found_bars);
}

static void what_cannot_be_is_refused_in_a_sentence(void **state)
{
    struct shop_test *t = *state;
    const struct label_part unknown = {"NOPE", 1}, none = {"OF-7317", 0}, many = {"OF-7317", 1000};
    const struct label_part six[] = {many, many, many, many, many, many};
    AUTO_BUF bytes = BUF_MIB(8);

    given_parts(t);
    assert_int_equal(
        label_render(&t->session, &(struct label_wish){.parts = &unknown, .count = 1}, &bytes),
        ERR_NOT_FOUND);
    assert_says(t, "no part “NOPE”");
    assert_int_equal(
        label_render(&t->session, &(struct label_wish){.parts = &none, .count = 1}, &bytes),
        ERR_INVALID);
    assert_field(t, "copies");
    assert_int_equal(
        label_render(&t->session, &(struct label_wish){.parts = six, .count = 6}, &bytes),
        ERR_INVALID);
    assert_says(t, "more than 5000 labels");
    assert_int_equal(label_render(&t->session,
                                  &(struct label_wish){.parts = &many, .count = 1, .skip = 30},
                                  &bytes),
                     ERR_INVALID);
    assert_field(t, "skip");
    assert_int_equal(label_render(&t->session, &(struct label_wish){0}, &bytes), ERR_INVALID);
}

static void a_customer_prints_no_labels(void **state)
{
    struct shop_test *t = *state;
    AUTO_BUF bytes = BUF_MIB(8);

    given_parts(t);
    sign_in_as(t, ROLE_CUSTOMER);
    assert_int_equal(render(t, (struct label_wish){0}, &bytes), ERR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_sheet_reads_back_with_text_and_bars),
        SHOP_TEST(without_the_price_there_is_none),
        SHOP_TEST(a_sheet_that_was_begun_is_used_up),
        SHOP_TEST(what_a_part_is_called_is_no_command_of_the_label_printer),
        SHOP_TEST(the_receipt_printer_gets_plain_letters),
        SHOP_TEST(what_cannot_be_is_refused_in_a_sentence),
        SHOP_TEST(a_customer_prints_no_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
