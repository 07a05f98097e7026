/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Rows of the audit log in a file: whole in any pieces, genuine, or named as what they are not. */

#include "calls.h"

#include "domain/audit.h"
#include "domain/setting.h"

struct taken {
    struct shop_test *t;
    int64_t rows;
    bool check;
};

static status take(void *context, const char *text, size_t length)
{
    struct taken *taken = context;
    struct session *s = &taken->t->session;
    struct audit_exported row;

    TRY(audit_exported_read(text, length, s->arena, &row, &s->fault));
    taken->rows++;
    return taken->check ? audit_exported_check(s, &row) : OK;
}

/* Reads a file that comes in pieces of so many bytes; -1 for a refusal, else the rows. */
static int64_t read_file(struct shop_test *t, const char *file, size_t piece, bool check)
{
    struct taken taken = {t, 0, check};
    struct audit_reader reader;
    status result = OK;

    audit_reader_begin(&reader, take, &taken);
    for (size_t at = 0; result == OK && at < strlen(file); at += piece) {
        const size_t left = strlen(file) - at;
        result =
            audit_reader_take(&reader, file + at, left < piece ? left : piece, &t->session.fault);
    }
    const struct fault said = t->session.fault;
    const status ended = audit_reader_end(&reader, &t->session.fault);
    if (result != OK)
        t->session.fault = said;
    return result == OK && ended == OK ? taken.rows : -1;
}

/* The whole log, as the command line writes it: as lines, or as one object. */
static const char *given_file(struct shop_test *t, bool lines)
{
    AUTO_BUF file = BUF_MIB(4);
    struct page page;
    struct shop shop;

    expect_ok(t, &setting_show_op, NULL, &shop);
    for (int i = 0; i < 5; i++) {
        shop.name = arena_printf(&t->arena, "Brackets [{\"%d\\]}", i);
        expect_ok(t, &setting_edit_op, &shop, &shop);
    }
    call(t, &audit_export_op, &page, "{}");
    buf_text(&file, lines ? "" : "{ \"rows\": [");
    for (size_t i = 0; i < page.rows.count; i++) {
        buf_text(&file, i == 0 ? "" : lines ? "\n" : ",\n");
        json_write(&file, &audit_exported_shape, (struct audit_exported *)page.rows.at + i,
                   &RIGHT_SET_ALL, 0);
    }
    buf_text(&file, lines ? "\n" : "],\"total\":10,\"next\":\"\"}\n");
    return arena_text(&t->arena, buf_str(&file));
}

static void a_file_is_whole_in_pieces_of_any_size(void **state)
{
    struct shop_test *t = *state;
    const size_t pieces[] = {1, 2, 7, 64, 1000, 1000000};

    for (int lines = 0; lines < 2; lines++) {
        const char *file = given_file(t, lines == 1);
        const int64_t rows = ask_number(t, "SELECT count(*) FROM audit");
        for (size_t i = 0; i < COUNT_OF(pieces); i++)
            assert_int_equal(read_file(t, file, pieces[i], true), rows);
    }
}

static const char *replaced(struct shop_test *t, const char *file, const char *old,
                            const char *new_text)
{
    const char *at = strstr(file, old);

    assert_non_null(at);
    return arena_printf(&t->arena, "%.*s%s%s", (int)(at - file), file, new_text, at + strlen(old));
}

static void a_row_forged_in_the_file_is_named(void **state)
{
    struct shop_test *t = *state;
    const char *file = given_file(t, true);
    static const char *const forgeries[][2] = {
        {"\"user_name\":\"Ada Admin\"", "\"user_name\":\"Mo Haddad\""},
        {"\"result\":\"ok\"", "\"result\":\"denied\""},
        {"T18:42:00Z", "T18:43:00Z"},
        {"Brackets", "Crackets"},
        {"\"terminal\":\"test\"", "\"terminal\":\"elsewhere\""},
    };

    for (size_t i = 0; i < COUNT_OF(forgeries); i++) {
        const char *forged = replaced(t, file, forgeries[i][0], forgeries[i][1]);
        assert_int_equal(read_file(t, forged, 4096, true), -1);
        assert_int_equal(t->session.fault.code, ERR_CORRUPT);
        assert_says(t, "of the file is not as it was written");
    }
}

static void a_genuine_row_that_the_log_no_longer_has_is_named(void **state)
{
    struct shop_test *t = *state;
    const char *file = given_file(t, true);

    run_sql(t, "DROP TRIGGER audit_stays");
    run_sql(t, "DELETE FROM audit WHERE id > 8");
    assert_int_equal(read_file(t, file, 4096, true), -1);
    assert_says(t, "has no such row");
}

static void what_is_no_file_of_rows_is_refused_with_a_sentence(void **state)
{
    struct shop_test *t = *state;
    static const char *const files[] = {
        "hello", "[1,2]", "{\"rows\":[{\"id\":1}", "{\"rows\":[{}],", "{\"id\":1.5}", "{\"no\":1}",
        "{",     "}",     "{\"id\":1}}",           "{\"rows\":[1]}",  "{\"a\":\"\"",  "{\"id\"",
    };

    for (size_t i = 0; i < COUNT_OF(files); i++) {
        fault_clear(&t->session.fault);
        const int64_t rows = read_file(t, files[i], 1, true);
        if (i == 3)
            continue; /* the rows are over: what is behind does not matter */
        if (rows >= 0 || t->session.fault.text[0] == '\0')
            fail_msg("%s", files[i]);
    }
    /* A list of the log is no forgery of it. */
    assert_true(read_file(t, "{\"id\":1,\"op\":\"order.add\",\"result\":\"ok\"}", 1, true) < 0);
    assert_says(t, "its rows have no seals");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(a_file_is_whole_in_pieces_of_any_size),
        SHOP_TEST(a_row_forged_in_the_file_is_named),
        SHOP_TEST(a_genuine_row_that_the_log_no_longer_has_is_named),
        SHOP_TEST(what_is_no_file_of_rows_is_refused_with_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
