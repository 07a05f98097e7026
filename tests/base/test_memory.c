/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "test.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

static void an_arena_gives_zeroed_aligned_memory_and_takes_it_back_to_a_mark(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    char *first = arena_text(&arena, "kept");
    const struct arena_mark mark = arena_mark(&arena);

    for (size_t i = 1; i < 3000; i++) {
        unsigned char *memory = arena_alloc(&arena, i);
        assert_int_equal((uintptr_t)memory % 16, 0);
        for (size_t at = 0; at < i; at++)
            assert_int_equal(memory[at], 0);
        memset(memory, 0xff, i);
    }
    arena_release(&arena, mark);
    assert_string_equal(first, "kept");
    assert_string_equal(arena_printf(&arena, "%d %s", 5, "jobs"), "5 jobs");
    arena_reset(&arena);
    assert_string_equal(arena_text_n(&arena, "abcdef", 3), "abc");
}

static void a_buffer_stops_at_its_limit_and_says_so(void **state)
{
    (void)state;
    AUTO_BUF buf = BUF(10);

    buf_text(&buf, "12345");
    buf_printf(&buf, "%d", 67890);
    assert_false(buf.full);
    assert_string_equal(buf_str(&buf), "1234567890");
    buf_char(&buf, 'x');
    assert_true(buf.full);
    assert_string_equal(buf_str(&buf), "1234567890");
    buf_clear(&buf);
    buf_repeat(&buf, '-', 3);
    assert_string_equal(buf_str(&buf), "---");
}

static void a_file_is_written_whole_or_not_at_all(void **state)
{
    (void)state;
    char directory[] = "/tmp/pitlane-buf-XXXXXX";
    char path[64];
    struct fault fault = {0};
    AUTO_BUF out = BUF(100), in = BUF(100), small = BUF(3);

    assert_non_null(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/a", directory);
    buf_text(&out, "hello");
    assert_int_equal(buf_write_file(&out, path, 0600, &fault), OK);
    assert_int_equal(buf_read_file(&in, path, &fault), OK);
    assert_string_equal(buf_str(&in), "hello");
    assert_int_equal(buf_read_file(&small, path, &fault), ERR_INVALID);
    unlink(path);
    snprintf(path, sizeof path, "%s/deep/down/a", directory);
    assert_int_equal(folders_make(path, &fault), OK);
    assert_int_equal(folders_make(path, &fault), OK);
    assert_int_equal(buf_write_file(&out, path, 0600, &fault), OK);
    char below[80];
    snprintf(below, sizeof below, "%s/b/c", path);
    assert_int_equal(folders_make(below, &fault), ERR_IO);
    assert_non_null(strstr(fault.text, "cannot be made: Not a directory"));
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
    rmdir(directory);
    assert_int_equal(buf_write_file(&out, path, 0600, &fault), ERR_IO);
    assert_non_null(strstr(fault.text, "could not be written: No such file"));
    assert_int_equal(buf_read_file(&in, path, &fault), ERR_IO);
}

static void a_fault_names_the_field_of_a_nested_row(void **state)
{
    (void)state;
    struct fault fault = {0};

    assert_int_equal(fault_field(&fault, "price", "The price is %s.", "too high"), ERR_INVALID);
    fault_prefix(&fault, "lines.2");
    assert_string_equal(fault.field, "lines.2.price");
    assert_string_equal(fault.text, "The price is too high.");
    assert_int_equal(fault_set(&fault, ERR_CONFLICT, "%s Really.", fault.text), ERR_CONFLICT);
    assert_string_equal(fault.text, "The price is too high. Really.");
    assert_string_equal(fault.field, "");
    assert_int_equal(fault_set(NULL, ERR_BUSY, "unheard"), ERR_BUSY);
    assert_int_equal(status_exit_code(ERR_STALE), 4);
    assert_string_equal(status_word(ERR_NOT_FOUND), "not_found");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_gives_zeroed_aligned_memory_and_takes_it_back_to_a_mark),
        cmocka_unit_test(a_buffer_stops_at_its_limit_and_says_so),
        cmocka_unit_test(a_file_is_written_whole_or_not_at_all),
        cmocka_unit_test(a_fault_names_the_field_of_a_nested_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
