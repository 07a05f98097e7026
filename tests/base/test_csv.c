/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Tables as other programs write them, and tables that a spreadsheet may open. */

#include "test.h"

#include <time.h>

#include "base/csv.h"

struct desk {
    struct arena arena;
    struct csv table;
    struct fault fault;
};

static int open_desk(void **state)
{
    *state = calloc(1, sizeof(struct desk));
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;

    arena_done(&desk->arena);
    free(desk);
    return 0;
}

static void reads_n(struct desk *desk, const char *bytes, size_t length)
{
    if (csv_read(bytes, length, &desk->arena, &desk->table, &desk->fault) != OK)
        fail_msg("refused: %s", desk->fault.text);
}

static void reads(struct desk *desk, const char *bytes)
{
    reads_n(desk, bytes, strlen(bytes));
}

static void refuses_n(struct desk *desk, const char *bytes, size_t length, const char *sentence)
{
    assert_int_equal(csv_read(bytes, length, &desk->arena, &desk->table, &desk->fault),
                     ERR_INVALID);
    assert_string_equal(desk->fault.text, sentence);
}

/* The table with | between cells and its line number in front: "1:a|b 2:c|d". */
static void is_table(struct desk *desk, const char *expected)
{
    AUTO_BUF text = BUF_MIB(1);

    for (size_t r = 0; r < desk->table.count; r++) {
        const struct csv_record *record = &desk->table.records[r];
        buf_printf(&text, "%s%zu:", r > 0 ? " " : "", record->line);
        for (size_t c = 0; c < record->count; c++)
            buf_printf(&text, "%s%s", c > 0 ? "|" : "", record->cells[c]);
    }
    assert_string_equal(buf_str(&text), expected);
}

static void cells_are_read_as_they_are_in_the_file(void **state)
{
    struct desk *desk = *state;

    reads(desk, "a,b,c\n1, two ,\n\"3\",\"f,o\"\"u\"\"r\",\"\"\n");
    is_table(desk, "1:a|b|c 2:1| two | 3:3|f,o\"u\"r|");
    assert_int_equal(desk->table.separator, ',');
    assert_string_equal(desk->table.encoding, "UTF-8");
}

static void all_three_line_ends_are_known(void **state)
{
    struct desk *desk = *state;

    reads(desk, "a,b\r\n1,2\r\n");
    is_table(desk, "1:a|b 2:1|2");
    reads(desk, "a,b\n1,2");
    is_table(desk, "1:a|b 2:1|2");
    reads(desk, "a,b\r1,2\r3,4");
    is_table(desk, "1:a|b 2:1|2 3:3|4");
}

static void a_line_break_in_quotes_stays_and_counts(void **state)
{
    struct desk *desk = *state;

    reads(desk, "a,b\r\n\"x\r\ny\nz\",2\r\n3,\"\n\"\n5,6");
    is_table(desk, "1:a|b 2:x\r\ny\nz|2 5:3|\n 7:5|6");
}

static void blank_lines_are_left_out_but_counted(void **state)
{
    struct desk *desk = *state;

    reads(desk, "\n\na,b\n\n  \n1,2\n\n");
    is_table(desk, "3:a|b 6:1|2");
    reads(desk, "a\n\"\"\nb\n");
    is_table(desk, "1:a 2: 3:b");
}

static void ragged_records_keep_their_count(void **state)
{
    struct desk *desk = *state;

    reads(desk, "a,b,c\n1\n1,2,3,4\n,,\n");
    assert_int_equal(desk->table.count, 4);
    assert_int_equal(desk->table.records[0].count, 3);
    assert_int_equal(desk->table.records[1].count, 1);
    assert_int_equal(desk->table.records[2].count, 4);
    assert_int_equal(desk->table.records[3].count, 3);
}

static void common_sins_with_quotes_lose_nothing(void **state)
{
    struct desk *desk = *state;

    reads(desk, "part,note\n3/4\" hose,it's 5\" long\n\"Bud\"'s,\"a\"b\"c\n");
    is_table(desk, "1:part|note 2:3/4\" hose|it's 5\" long 3:Bud's|ab\"c");
}

static void the_separator_is_found(void **state)
{
    struct desk *desk = *state;

    reads(desk, "Nr;Name;Preis\n1;\"Ng, Ann\";1,50\n2;Bo, Jr.;2,50\n");
    assert_int_equal(desk->table.separator, ';');
    is_table(desk, "1:Nr|Name|Preis 2:1|Ng, Ann|1,50 3:2|Bo, Jr.|2,50");
    reads(desk, "a\tb\n1,5\t2\n");
    assert_int_equal(desk->table.separator, '\t');
    reads(desk, "Last, First;Phone\nNg, Ann;1\nBo;2\nDe la Cruz, Eva, Mrs.;3\n");
    assert_int_equal(desk->table.separator, ';');
    reads(desk, "All our customers\n\nname,phone\nAnn,1\nBo,2\n");
    assert_int_equal(desk->table.separator, ',');
    reads(desk, "name\nAnn\n");
    assert_int_equal(desk->table.separator, ',');
    reads(desk, "sep=;\r\na,b;c\r\n");
    assert_int_equal(desk->table.separator, ';');
    is_table(desk, "2:a,b|c");
}

static void the_encoding_is_found(void **state)
{
    struct desk *desk = *state;

    reads(desk, "\xEF\xBB\xBFname\nJos\xC3\xA9\n");
    assert_string_equal(desk->table.encoding, "UTF-8 with mark");
    is_table(desk, "1:name 2:Jos\xC3\xA9");
    reads(desk, "name,price\nJos\xE9,\x80 5 \x93\xBD\x94\x81\n");
    assert_string_equal(desk->table.encoding, "Windows-1252");
    is_table(desk, "1:name|price 2:Jos\xC3\xA9|\xE2\x82\xAC 5 "
                   "\xE2\x80\x9C\xC2\xBD\xE2\x80\x9D\xEF\xBF\xBD");
}

static void what_only_looks_like_utf8_is_not_taken_for_it(void **state)
{
    static const char *const broken[] = {
        "\xC0\xAF",
        "\xE0\x80\xAF",
        "\xED\xA0\x80",
        "\xF0\x80\x80\xAF",
        "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80",
        "\xC3",
        "\xE2\x82",
        "\x80",
        "\xC3(",
    };
    static const char *const sound[] = {"\xC2\x80",     "\xE0\xA0\x80",     "\xED\x9F\xBF",
                                        "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"};
    struct desk *desk = *state;

    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        reads(desk, arena_printf(&desk->arena, "name,note is here\n%s", broken[i]));
        assert_string_equal(desk->table.encoding, "Windows-1252");
    }
    for (size_t i = 0; i < COUNT_OF(sound); i++) {
        reads(desk, arena_printf(&desk->arena, "name,note is here\n%s", sound[i]));
        assert_string_equal(desk->table.encoding, "UTF-8");
    }
}

static void what_is_no_table_is_refused(void **state)
{
    struct desk *desk = *state;

    refuses_n(desk, "", 0, "The file is empty: export it again.");
    refuses_n(desk, "\n \r\n", 4,
              "The file holds no records: it needs a line with the names of the columns and one "
              "line for each record.");
    refuses_n(desk, "a,b\n1,\"2\n3,4\n", 12,
              "The quote that begins in line 2 is never closed: add the closing quote, or remove "
              "the first one.");
    refuses_n(desk, "a,b\n1\0,2\n", 9,
              "Line 2 holds a NUL byte, so this is no CSV file: export it again.");
    refuses_n(desk,
              "\xFF\xFE"
              "a\0,\0b\0",
              8, "The file is in UTF-16: save it as CSV in UTF-8.");
    refuses_n(desk, "\0a\0,\0b", 6, "The file is in UTF-16: save it as CSV in UTF-8.");
    refuses_n(desk, "PK\x03\x04\0\0", 6,
              "This is a spreadsheet: open it and save it as CSV in UTF-8.");
    refuses_n(desk,
              "\xEF\xBB\xBF"
              "a,b\n\xE9,2\n",
              11, "The file says it is in UTF-8, but line 2 is not: export it again.");
}

static const char *written(struct desk *desk, const char *text, bool is_text, bool first)
{
    AUTO_BUF out = BUF_MIB(1);

    csv_write_cell(&out, text, is_text, first);
    return arena_text(&desk->arena, buf_str(&out));
}

static void cells_are_quoted_where_needed(void **state)
{
    struct desk *desk = *state;

    assert_string_equal(written(desk, "Ann", true, true), "Ann");
    assert_string_equal(written(desk, "Ann", true, false), ",Ann");
    assert_string_equal(written(desk, "Ng, \"Ann\"", true, false), ",\"Ng, \"\"Ann\"\"\"");
    assert_string_equal(written(desk, "a\nb", true, true), "\"a\nb\"");
    assert_string_equal(written(desk, " a", true, true), "\" a\"");
    assert_string_equal(written(desk, "", true, false), ",");
}

static void a_spreadsheet_runs_nothing(void **state)
{
    struct desk *desk = *state;

    assert_string_equal(written(desk, "=1+1", true, true), "'=1+1");
    assert_string_equal(written(desk, "+1", true, true), "'+1");
    assert_string_equal(written(desk, "-1", true, true), "'-1");
    assert_string_equal(written(desk, "@SUM", true, true), "'@SUM");
    assert_string_equal(written(desk, "\tx", true, true), "\"'\tx\"");
    assert_string_equal(written(desk, "'=1", true, true), "''=1");
    assert_string_equal(written(desk, "'tis", true, true), "'tis");
    assert_string_equal(written(desk, "-3.50", false, true), "-3.50");
}

static void any_table_survives_the_round_trip(void **state)
{
    static const char letters[] = "ab'=+-@,;\t\"\r\n 1";
    struct desk *desk = *state;
    const char *cells[200][3];
    AUTO_BUF out = BUF_MIB(1);

    srand(20261124);
    buf_text(&out, "sep=,\n");
    for (size_t r = 0; r < COUNT_OF(cells); r++) {
        for (size_t c = 0; c < 3; c++) {
            char cell[12] = "";
            const size_t length = (size_t)rand() % sizeof cell;
            for (size_t i = 0; i < length; i++)
                cell[i] = letters[(size_t)rand() % (sizeof letters - 1)];
            cells[r][c] = arena_text_n(&desk->arena, cell, length);
            csv_write_cell(&out, cells[r][c], true, c == 0);
        }
        csv_end_record(&out);
    }
    reads_n(desk, out.at, out.length);
    assert_int_equal(desk->table.count, COUNT_OF(cells));
    for (size_t r = 0; r < COUNT_OF(cells); r++) {
        assert_int_equal(desk->table.records[r].count, 3);
        for (size_t c = 0; c < 3; c++)
            assert_string_equal(csv_unguard(desk->table.records[r].cells[c]), cells[r][c]);
    }
}

static void a_record_of_one_empty_cell_is_not_lost(void **state)
{
    struct desk *desk = *state;
    AUTO_BUF out = BUF_MIB(1);

    csv_write_cell(&out, "", true, true);
    csv_end_record(&out);
    reads(desk, buf_str(&out));
    assert_int_equal(desk->table.count, 1);
}

static void a_big_file_is_read_whole(void **state)
{
    struct desk *desk = *state;
    AUTO_BUF file = BUF_MIB(64);
    clock_t start;

    for (int i = 0; i < 100000; i++)
        buf_printf(&file,
                   "%d,Ann,\"Ng, \"\"Jr.\"\"\",(619) 555-0142,mobile,ann@example.com,,\"3051 Main "
                   "St\nApt 4\",Ca\xC3\xB1on City,CO,81212,Google,No,\r\n",
                   i);
    start = clock();
    reads_n(desk, file.at, file.length);
    print_message("100,000 records, %zu bytes: %ld ms\n", file.length,
                  (long)((clock() - start) * 1000 / CLOCKS_PER_SEC));
    assert_int_equal(desk->table.count, 100000);
    assert_int_equal(desk->table.records[99999].line, 199999);
    assert_int_equal(desk->table.records[99999].count, 14);
    assert_string_equal(desk->table.records[99999].cells[0], "99999");
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        EACH(cells_are_read_as_they_are_in_the_file),
        EACH(all_three_line_ends_are_known),
        EACH(a_line_break_in_quotes_stays_and_counts),
        EACH(blank_lines_are_left_out_but_counted),
        EACH(ragged_records_keep_their_count),
        EACH(common_sins_with_quotes_lose_nothing),
        EACH(the_separator_is_found),
        EACH(the_encoding_is_found),
        EACH(what_only_looks_like_utf8_is_not_taken_for_it),
        EACH(what_is_no_table_is_refused),
        EACH(cells_are_quoted_where_needed),
        EACH(a_spreadsheet_runs_nothing),
        EACH(any_table_survives_the_round_trip),
        EACH(a_record_of_one_empty_cell_is_not_lost),
        EACH(a_big_file_is_read_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
