/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "test.h"

#include <string.h>

#include "base/base64.h"

/* RFC 4648, section 10. */
static void bytes_become_the_text_of_the_standard(void **state)
{
    static const char *const pairs[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        AUTO_BUF text = BUF(100), bytes = BUF(100);
        base64_write(&text, pairs[i][0], strlen(pairs[i][0]));
        assert_string_equal(buf_str(&text), pairs[i][1]);
        assert_true(base64_read(&bytes, pairs[i][1]));
        assert_string_equal(buf_str(&bytes), pairs[i][0]);
    }
}

static void every_byte_comes_back(void **state)
{
    unsigned char all[256];
    (void)state;

    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (unsigned char)(255 - i);
    for (size_t length = 0; length <= sizeof all; length++) {
        AUTO_BUF text = BUF(1000), bytes = BUF(1000);
        base64_write(&text, all, length);
        assert_true(base64_read(&bytes, buf_str(&text)));
        assert_int_equal(bytes.length, length);
        assert_memory_equal(buf_str(&bytes), all, length);
    }
}

static void what_is_no_base64_is_refused(void **state)
{
    static const char *const wrong[] = {
        "Z",    "Zg",   "Zg=",  "Zh==",   "Zm9=",     "=m9v", "Zm=v",
        "Z===", "====", "Zm 9", "Zm9v\n", "Zg==Zg==", "Zm-_",
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        AUTO_BUF bytes = BUF(100);
        if (base64_read(&bytes, wrong[i]))
            fail_msg("“%s” was taken", wrong[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_the_text_of_the_standard),
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(what_is_no_base64_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
