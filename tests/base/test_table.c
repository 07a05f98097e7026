/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Rows as text for people and as CSV for spreadsheets. */

#include "test.h"

#include "base/csv.h"
#include "base/table.h"
#include "base/text.h"
#include "thing.h"

#define RIGHT_COST 130u

struct item_id {
    int64_t v;
};

struct item {
    struct item_id id;
    const char *name;
    const char *company;
    struct money price;
    struct qty qty;
    struct rate rate;
    bool taxable;
    int64_t revision;
    struct money cost;
    const char *pin;
};

static const struct field item_fields[] = {
    FIELD(struct item, id, .label = "No"),
    FIELD(struct item, name),
    FIELD(struct item, company),
    FIELD(struct item, price, .flags = FIELD_SIGNED),
    FIELD(struct item, qty),
    FIELD(struct item, rate),
    FIELD(struct item, taxable),
    FIELD(struct item, revision, .flags = FIELD_HIDDEN),
    FIELD(struct item, cost, .right = RIGHT_COST),
    FIELD(struct item, pin, .flags = FIELD_SECRET),
};
static const struct shape item_shape = SHAPE_OF(struct item, "item", item_fields);

struct job {
    const char *title;
    struct rows items;
};
static const struct field job_fields[] = {
    FIELD(struct job, title),
    FIELD(struct job, items, .rows = &item_shape),
};
static const struct shape job_shape = SHAPE_OF(struct job, "job", job_fields);

struct order {
    const char *customer;
    const char *complaint;
    struct day promised_on;
    struct rows jobs;
    struct rows first;
    struct rows items;
};
static const struct field order_fields[] = {
    FIELD(struct order, customer),
    FIELD(struct order, items, .rows = &item_shape),
    FIELD(struct order, complaint, .flags = FIELD_MANY_LINES),
    FIELD(struct order, promised_on),
    FIELD(struct order, jobs, .rows = &job_shape),
    FIELD(struct order, first, .rows = &item_shape, .flags = FIELD_ONE),
};
static const struct shape order_shape = SHAPE_OF(struct order, "order", order_fields);

static const struct right_set nothing = {{0}};

static struct item items[] = {
    {.id = {7},
     .name = "Oil filter",
     .company = "",
     .price = {749},
     .qty = {5500},
     .rate = {62500},
     .taxable = true,
     .cost = {410},
     .pin = "1234"},
    {.id = {1042},
     .name = "Bj\xC3\xB6rn's \xE8\xBB\x8A",
     .company = "",
     .price = {-123450},
     .qty = {12000},
     .rate = {100000},
     .cost = {5},
     .pin = "1234"},
};
static const struct rows two_items = {items, COUNT_OF(items)};

static void rows_stand_below_each_other(void **state)
{
    AUTO_BUF out = BUF_MIB(1);

    (void)state;
    table_write_rows(&out, &item_shape, &two_items, &nothing, 0);
    assert_string_equal(buf_str(&out),
                        "  No  Name            Price   Qty     Rate  Taxable\n"
                        "----  ----------  ---------  ----  -------  -------\n"
                        "   7  Oil filter       7.49   5.5   6.25 %  yes\n"
                        "1042  Bj\xC3\xB6rn's \xE8\xBB\x8A  -1,234.50  12    10 %     no\n");
}

static void cost_needs_its_right_and_a_secret_is_never_shown(void **state)
{
    struct right_set rights = {{0}};
    AUTO_BUF out = BUF_MIB(1);

    (void)state;
    right_set_add(&rights, RIGHT_COST);
    table_write_rows(&out, &item_shape, &two_items, &rights, 0);
    assert_non_null(strstr(buf_str(&out), "Cost"));
    assert_non_null(strstr(buf_str(&out), "4.10"));
    assert_null(strstr(buf_str(&out), "1234\n"));
    assert_null(strstr(buf_str(&out), "Pin"));
    assert_null(strstr(buf_str(&out), "Revision"));
    buf_clear(&out);
    table_write_row(&out, &item_shape, &items[0], &nothing, 0);
    assert_null(strstr(buf_str(&out), "4.10"));
    assert_null(strstr(buf_str(&out), "1234"));
    buf_clear(&out);
    table_write_csv_header(&out, &item_shape, &nothing);
    table_write_csv_row(&out, &item_shape, &items[0], &nothing);
    assert_null(strstr(buf_str(&out), "cost"));
    assert_null(strstr(buf_str(&out), "4.10"));
    assert_null(strstr(buf_str(&out), "1234"));
}

static size_t widest_line(const char *text)
{
    size_t widest = 0;

    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        const size_t cells = text_cells(text, length);
        widest = cells > widest ? cells : widest;
        text += length + 1;
    }
    return widest;
}

static void long_texts_are_shortened_and_numbers_are_not(void **state)
{
    struct item item = {.name = "A very long name of a part that nobody can read",
                        .company = "Another quite long text here",
                        .price = {123456789}};
    const struct rows rows = {&item, 1};
    AUTO_BUF out = BUF_MIB(1);

    (void)state;
    table_write_rows(&out, &item_shape, &rows, &nothing, 60);
    assert_int_equal(widest_line(buf_str(&out)), 60);
    assert_non_null(strstr(buf_str(&out), "1,234,567.89"));
    assert_non_null(strstr(buf_str(&out), "A very long\xE2\x80\xA6  Another"));
}

/* Work as part of a record. */
struct box {
    const char *says;
    struct rows rows;
};
struct work {
    const char *name;
    const char *formula;
    int64_t counted, billed, charged;
};
static const struct field work_fields[] = {
    FIELD(struct work, name, .label = "Who"),
    FIELD(struct work, formula, .label = "Formula"),
    FIELD(struct work, counted, .label = "Hours counted"),
    FIELD(struct work, billed, .label = "Hours billed"),
    FIELD(struct work, charged, .label = "Hours charged"),
};
static const struct shape work_shape = SHAPE_OF(struct work, "work", work_fields);
static const struct field box_fields[] = {
    FIELD(struct box, says, .label = "Says"),
    FIELD(struct box, rows, .label = "Rows", .rows = &work_shape),
};
static const struct shape box_shape = SHAPE_OF(struct box, "box", box_fields);

static void what_a_record_holds_is_never_cut(void **state)
{
    struct work work = {.name = "Tess Nakamura",
                        .formula = "jobs at the price of the customer's last answer",
                        .counted = 12345678,
                        .billed = 12345679,
                        .charged = 12345680};
    const struct box box = {.says = "figures", .rows = {&work, 1}};
    AUTO_BUF out = BUF_MIB(1);

    (void)state;
    for (size_t width = 30; width <= 120; width++) {
        buf_clear(&out);
        table_write_row(&out, &box_shape, &box, &nothing, width);
        assert_in_range(widest_line(buf_str(&out)), 1, width);
        assert_null(strstr(buf_str(&out), "\xE2\x80\xA6"));
        assert_non_null(strstr(buf_str(&out), "12,345,680"));
        assert_non_null(strstr(buf_str(&out), "answer"));
        assert_non_null(strstr(buf_str(&out), "charged"));
    }
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    AUTO_BUF out = BUF_MIB(1);

    (void)state;
    for (size_t width = 1; width <= 80; width++) {
        buf_clear(&out);
        table_write_rows(&out, &item_shape, &two_items, &RIGHT_SET_ALL, width);
        assert_in_range(widest_line(buf_str(&out)), 1, width);
    }
}

static void no_rows_are_nothing(void **state)
{
    const struct rows none = {NULL, 0};
    AUTO_BUF out = BUF_MIB(1);

    (void)state;
    table_write_rows(&out, &item_shape, &none, &nothing, 80);
    assert_string_equal(buf_str(&out), "");
}

static void a_row_is_a_line_for_each_value(void **state)
{
    const struct job job = {.title = "Oil", .items = {items, 1}};
    const struct order order = {.customer = "Ann",
                                .complaint = "Leaks\n\nand smells",
                                .promised_on = {"2026-11-24"},
                                .jobs = {&(struct job){job.title, job.items}, 1},
                                .first = {items, 1},
                                .items = {items, 1}};
    AUTO_BUF out = BUF_MIB(1);

    (void)state;
    table_write_row(&out, &order_shape, &order, &nothing, 80);
    assert_string_equal(buf_str(&out), "Customer:     Ann\n"
                                       "Complaint:    Leaks\n"
                                       "\n"
                                       "              and smells\n"
                                       "Promised on:  24 Nov 2026\n"
                                       "\n"
                                       "Items:\n"
                                       "  No  Name        Price  Qty    Rate  Taxable\n"
                                       "  --  ----------  -----  ---  ------  -------\n"
                                       "   7  Oil filter   7.49  5.5  6.25 %  yes\n"
                                       "\n"
                                       "Jobs 1:\n"
                                       "  Title:  Oil\n"
                                       "\n"
                                       "  Items:\n"
                                       "    No  Name        Price  Qty    Rate  Taxable\n"
                                       "    --  ----------  -----  ---  ------  -------\n"
                                       "     7  Oil filter   7.49  5.5  6.25 %  yes\n"
                                       "\n"
                                       "First:\n"
                                       "  No:       7\n"
                                       "  Name:     Oil filter\n"
                                       "  Price:    7.49\n"
                                       "  Qty:      5.5\n"
                                       "  Rate:     6.25 %\n"
                                       "  Taxable:  yes\n");
}

static void nothing_that_acts_on_a_terminal_is_shown(void **state)
{
    static const char bad[] = "a\x1b]0;x\x07\xC2\x9B\xE2\x80\xAE\x7f";
    struct item item = {.name = bad, .company = "two\nlines"};
    const struct order order = {.customer = bad, .complaint = bad};
    const struct rows rows = {&item, 1};
    AUTO_BUF out = BUF_MIB(1);

    (void)state;
    table_write_rows(&out, &item_shape, &rows, &nothing, 80);
    table_write_row(&out, &order_shape, &order, &nothing, 80);
    table_write_csv_row(&out, &order_shape, &order, &nothing);
    assert_true(text_is_safe(buf_str(&out), strcspn(buf_str(&out), "\r"), TEXT_MANY_LINES));
    assert_non_null(strstr(buf_str(&out), "two lines"));
}

static void a_spreadsheet_gets_numbers_as_numbers_and_texts_as_texts(void **state)
{
    struct item item = items[1];
    AUTO_BUF out = BUF_MIB(1);

    (void)state;
    item.name = "=1+1";
    item.company = "Ng, \"Ann\"";
    table_write_csv_header(&out, &item_shape, &RIGHT_SET_ALL);
    table_write_csv_row(&out, &item_shape, &item, &RIGHT_SET_ALL);
    assert_string_equal(buf_str(&out),
                        "id,name,company,price,qty,rate,taxable,revision,cost\r\n"
                        "1042,'=1+1,\"Ng, \"\"Ann\"\"\",-1234.50,12,10,false,0,0.05\r\n");
}

static void what_is_exported_can_be_read_again(void **state)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF out = BUF_MIB(1);
    const struct field_context context = {.arena = &arena, .now = {THING_NOW}};
    struct thing thing;
    struct thing again;
    struct csv table;
    struct fault fault;

    (void)state;
    shape_init(&thing_shape, &thing, &context);
    thing.name = "-Jos\xC3\xA9";
    thing.note = "=a\n'+b";
    thing.phone = "+16195550142;12";
    thing.year = 2014;
    thing.due_on = (struct day){"2026-11-24"};
    thing.made_at.seconds = THING_NOW;
    thing.balance = -4;
    table_write_csv_header(&out, &thing_shape, &RIGHT_SET_ALL);
    table_write_csv_row(&out, &thing_shape, &thing, &RIGHT_SET_ALL);
    assert_int_equal(csv_read(out.at, out.length, &arena, &table, &fault), OK);
    assert_int_equal(table.count, 2);

    shape_init(&thing_shape, &again, &context);
    for (size_t i = 0; i < table.records[0].count; i++) {
        const struct field *field = shape_field(&thing_shape, table.records[0].cells[i]);
        const char *cell = csv_unguard(table.records[1].cells[i]);
        assert_int_equal(field_parse(field, cell, &context, &again, &fault), OK);
        assert_true(field_equal(field, &thing, &again));
    }
    assert_null(strstr(buf_str(&out), "password"));
    assert_null(strstr(buf_str(&out), "lines"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_stand_below_each_other),
        cmocka_unit_test(cost_needs_its_right_and_a_secret_is_never_shown),
        cmocka_unit_test(long_texts_are_shortened_and_numbers_are_not),
        cmocka_unit_test(what_a_record_holds_is_never_cut),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(no_rows_are_nothing),
        cmocka_unit_test(a_row_is_a_line_for_each_value),
        cmocka_unit_test(nothing_that_acts_on_a_terminal_is_shown),
        cmocka_unit_test(a_spreadsheet_gets_numbers_as_numbers_and_texts_as_texts),
        cmocka_unit_test(what_is_exported_can_be_read_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
