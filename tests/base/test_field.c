/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Values of fields: typed, checked, shown, copied. */

#include "test.h"

#include "thing.h"

struct desk {
    struct arena arena;
    struct field_context context;
    struct thing thing;
    struct fault fault;
};

static int open_desk(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    struct fault fault;

    desk->context = (struct field_context){.arena = &desk->arena, .now = {THING_NOW}};
    assert_int_equal(zone_use("America/Los_Angeles", &fault), OK);
    shape_init(&thing_shape, &desk->thing, &desk->context);
    *state = desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;

    arena_done(&desk->arena);
    free(desk);
    return 0;
}

static const struct field *field(const char *name)
{
    const struct field *found = shape_field(&thing_shape, name);

    assert_non_null(found);
    return found;
}

static status type_in(struct desk *desk, const char *name, const char *text)
{
    return field_parse(field(name), text, &desk->context, &desk->thing, &desk->fault);
}

static void takes(struct desk *desk, const char *name, const char *text)
{
    if (type_in(desk, name, text) != OK)
        fail_msg("%s refuses \"%s\": %s", name, text, desk->fault.text);
}

static void refuses(struct desk *desk, const char *name, const char *text, const char *sentence)
{
    assert_int_equal(type_in(desk, name, text), ERR_INVALID);
    assert_string_equal(desk->fault.field, name);
    if (sentence != NULL)
        assert_string_equal(desk->fault.text, sentence);
    assert_true(desk->fault.text[0] != '\0');
}

static void refuses_value(struct desk *desk, const char *name, const char *sentence)
{
    assert_int_equal(field_check(field(name), &desk->thing, &desk->fault), ERR_INVALID);
    assert_string_equal(desk->fault.field, name);
    assert_string_equal(desk->fault.text, sentence);
}

static void reads(struct desk *desk, const char *name, const char *plain, const char *shown)
{
    assert_string_equal(field_text(field(name), &desk->thing, FIELD_PLAIN, &desk->arena), plain);
    assert_string_equal(field_text(field(name), &desk->thing, FIELD_SHOWN, &desk->arena), shown);
}

static void every_type_is_taken_and_shown(void **state)
{
    struct desk *desk = *state;

    takes(desk, "id", " #1042 ");
    reads(desk, "id", "1042", "1042");
    takes(desk, "name", "  José\tNg ");
    reads(desk, "name", "José Ng", "José Ng");
    takes(desk, "note", "one\r\ntwo\n");
    reads(desk, "note", "one\ntwo", "one\ntwo");
    takes(desk, "phone", "619.555.0142");
    reads(desk, "phone", "+16195550142", "(619) 555-0142");
    takes(desk, "sku", "of-73 17");
    reads(desk, "sku", "OF-7317", "OF-7317");
    takes(desk, "year", "2014");
    reads(desk, "year", "2014", "2014");
    takes(desk, "odometer_mi", "112,340");
    reads(desk, "odometer_mi", "112340", "112,340");
    takes(desk, "balance", "-1234567");
    reads(desk, "balance", "-1234567", "-1,234,567");
    takes(desk, "done", "y");
    reads(desk, "done", "true", "yes");
    takes(desk, "price", "$1,234.5");
    reads(desk, "price", "1234.50", "1,234.50");
    takes(desk, "qty", "2.5");
    reads(desk, "qty", "2.5", "2.5");
    takes(desk, "rate", "6.25 %");
    reads(desk, "rate", "6.25", "6.25 %");
    takes(desk, "due_on", "t+1");
    reads(desk, "due_on", "2026-11-24", "24 Nov 2026");
    takes(desk, "made_at", "2026-11-24T18:42:00Z");
    reads(desk, "made_at", "2026-11-24T18:42:00Z", "24 Nov 2026 10:42");
    takes(desk, "colour", "RED");
    reads(desk, "colour", "red", "Red");
}

static void what_is_shown_can_be_typed_again(void **state)
{
    static const char *const names[] = {"id",  "phone", "odometer_mi", "balance", "done",   "price",
                                        "qty", "rate",  "due_on",      "made_at", "colour", "year"};
    static const char *const typed[] = {"7",      "6195550142 x12",   "99999",      "-10000",
                                        "no",     "99999.99",         "0.125",      "8.875",
                                        "12 May", "2026-05-12 09:30", "dark green", "1999"};
    struct desk *desk = *state;

    for (size_t i = 0; i < COUNT_OF(names); i++)
        for (enum field_style style = FIELD_PLAIN; style <= FIELD_SHOWN; style++) {
            struct thing before;
            takes(desk, names[i], typed[i]);
            before = desk->thing;
            takes(desk, names[i], field_text(field(names[i]), &before, style, &desk->arena));
            if (!field_equal(field(names[i]), &before, &desk->thing))
                fail_msg("%s is not what it was", names[i]);
        }
}

static void an_empty_text_is_the_empty_value(void **state)
{
    struct desk *desk = *state;

    for (size_t i = 0; i < thing_shape.count; i++) {
        const struct field *each = &thing_shape.fields[i];
        if (each->type == FIELD_ROWS)
            continue;
        memset(field_at(each, &desk->thing), 0x01, each->size);
        assert_int_equal(field_parse(each, "  ", &desk->context, &desk->thing, &desk->fault), OK);
        if (each->flags & FIELD_SECRET)
            continue; /* blanks are a password */
        if (each->type == FIELD_TEXT)
            assert_string_equal(*(const char *const *)field_of(each, &desk->thing), "");
        else if (each->flags & FIELD_OPTIONAL)
            assert_int_equal(*(const int64_t *)field_of(each, &desk->thing), NUMBER_NONE);
        else
            for (size_t b = 0; b < each->size; b++)
                assert_int_equal(((const char *)field_of(each, &desk->thing))[b], 0);
    }
    reads(desk, "due_on", "", "");
    reads(desk, "made_at", "", "");
    reads(desk, "id", "", "");
    reads(desk, "year", "", "");
    reads(desk, "price", "0.00", "0.00");
}

static void answers_may_be_written_in_many_ways(void **state)
{
    static const char *const yes[] = {"yes", "Y", "true", "1", "x", "X"};
    static const char *const no[] = {"no", "N", "FALSE", "0"};
    struct desk *desk = *state;

    for (size_t i = 0; i < COUNT_OF(yes); i++) {
        desk->thing.done = false;
        takes(desk, "done", yes[i]);
        assert_true(desk->thing.done);
    }
    for (size_t i = 0; i < COUNT_OF(no); i++) {
        desk->thing.done = true;
        takes(desk, "done", no[i]);
        assert_false(desk->thing.done);
    }
    refuses(desk, "done", "perhaps", "Answer yes or no.");
}

static void choices_are_known_by_word_and_by_label(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(choice_value(&colours, "dark_green"), COLOUR_DARK_GREEN);
    assert_int_equal(choice_value(&colours, "Dark-Green"), COLOUR_DARK_GREEN);
    assert_int_equal(choice_value(&colours, "BRITISH racing green"), COLOUR_DARK_GREEN);
    assert_int_equal(choice_value(&colours, "dark"), -1);
    assert_int_equal(choice_value(&colours, ""), -1);
    assert_string_equal(choice_word(&colours, 1), "dark_green");
    assert_string_equal(choice_label(&colours, 1), "British racing green");
    assert_string_equal(choice_word(&colours, 2), "?");
    assert_string_equal(choice_label(&colours, 2), "?");
    refuses(desk, "colour", "blue", "Colour is one of: red, dark_green.");
    desk->thing.colour = (enum colour)7;
    refuses_value(desk, "colour", "Colour is one of: red, dark_green.");
}

static void a_refused_text_leaves_the_value_alone(void **state)
{
    struct desk *desk = *state;

    takes(desk, "price", "12.50");
    refuses(desk, "price", "12.505", NULL);
    refuses(desk, "price", "-1", "Price cannot be negative.");
    refuses(desk, "price", "100000.01", "Price must be at most 100,000.00.");
    reads(desk, "price", "12.50", "12.50");
    takes(desk, "name", "Ann");
    refuses(desk, "name", "a name that is too long", NULL);
    reads(desk, "name", "Ann", "Ann");
    takes(desk, "due_on", "2026-05-12");
    refuses(desk, "due_on", "2026-02-30", NULL);
    reads(desk, "due_on", "2026-05-12", "12 May 2026");
}

static void numbers_keep_to_their_range(void **state)
{
    struct desk *desk = *state;

    refuses(desk, "year", "1899", "Year must be at least 1900.");
    refuses(desk, "year", "2101", "Year must be at most 2100.");
    takes(desk, "year", "1900");
    takes(desk, "year", "2100");
    refuses(desk, "qty", "0", "Qty must be at least 0.001.");
    refuses(desk, "rate", "100.0001", "Rate must be at most 100.");
    refuses(desk, "odometer_mi", "-1", "Odometer mi cannot be negative.");
    refuses(desk, "odometer_mi", "9007199254740992", NULL);
    refuses(desk, "id", "-4", NULL);
    takes(desk, "balance", "-9007199254740991");
    takes(desk, "balance", "9007199254740991");
    refuses(desk, "odometer_mi", "many", NULL);
}

static void an_optional_year_may_be_left_out(void **state)
{
    struct desk *desk = *state;
    const struct field needed = {.name = "year",
                                 .type = FIELD_INT,
                                 .offset = offsetof(struct thing, year),
                                 .size = sizeof(int64_t),
                                 .low = 1900,
                                 .flags = FIELD_REQUIRED};
    const struct shape shape = {.name = "t", .size = sizeof(struct thing), &needed, 1};

    assert_true(field_is_empty(field("year"), &desk->thing));
    assert_int_equal(field_check(field("year"), &desk->thing, &desk->fault), OK);
    assert_int_equal(shape_check(&shape, &desk->thing, &desk->fault), ERR_INVALID);
    assert_string_equal(desk->fault.text, "Year is missing: fill it in.");
    assert_false(field_is_empty(field("odometer_mi"), &desk->thing));
}

static void long_texts_are_refused_with_their_limit(void **state)
{
    struct desk *desk = *state;
    char text[4100];

    refuses(desk, "name", "123456789 123456789 1",
            "Name can be at most 20 characters long and this has 21: shorten it.");
    takes(desk, "name", "123456789 123456789 ");
    refuses(desk, "name", "ääääääääääx",
            "Name can be at most 20 characters long and this has 21: shorten it (letters with "
            "accents and signs count for more than one).");
    memset(text, 'a', sizeof text);
    text[4001] = '\0';
    refuses(desk, "note", text, NULL);
    text[4000] = '\0';
    takes(desk, "note", text);
    refuses(desk, "sku", text, NULL);
    text[200] = '\0';
    takes(desk, "sku", text);
    assert_int_equal(field_max(field("name")), 20);
    assert_int_equal(field_max(field("sku")), 200);
    assert_int_equal(field_max(field("note")), 4000);
}

static void control_characters_never_pass(void **state)
{
    static const char *const bad[] = {"a\x1b[31mb",    "a\x07", "a\x7f", "a\xc2\x9b",
                                      "a\xe2\x80\xae", "a\xff", "a\rb",  "a\tb"};
    static const char *const one_line =
        "Name holds characters that cannot be shown: write letters, digits and signs only, on one "
        "line.";
    struct desk *desk = *state;

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        desk->thing.name = bad[i];
        refuses_value(desk, "name", one_line);
        desk->thing.note = bad[i];
        refuses_value(desk, "note",
                      "Note holds characters that cannot be shown: write letters, digits and signs "
                      "only.");
        desk->thing.password = bad[i];
        assert_int_equal(field_check(field("password"), &desk->thing, NULL), ERR_INVALID);
        takes(desk, "name", bad[i]); /* what is typed is cleaned */
        assert_int_equal(field_check(field("name"), &desk->thing, &desk->fault), OK);
    }
    desk->thing.name = "two\nlines";
    refuses_value(desk, "name", one_line);
    desk->thing.note = "two\nlines";
    assert_int_equal(field_check(field("note"), &desk->thing, &desk->fault), OK);
}

static void card_numbers_are_refused_everywhere_but_where_numbers_are_fine(void **state)
{
    static const char *const sentence =
        "Card numbers are not kept: write only the last four digits.";
    struct desk *desk = *state;

    refuses(desk, "note", "paid with 4111 1111 1111 1111", sentence);
    refuses(desk, "sku", "4111-1111-1111-1111", sentence);
    takes(desk, "note", "paid with a card ending in 1111");
    takes(desk, "upc", "4111111111111111");
    takes(desk, "password", "4111111111111111");
}

static void a_phone_must_be_one(void **state)
{
    struct desk *desk = *state;

    refuses(desk, "phone", "call me",
            "Phone is no phone number: write ten digits, such as 619-555-0142.");
    desk->thing.phone = "619-555-0142";
    assert_int_equal(field_check(field("phone"), &desk->thing, NULL), ERR_INVALID);
    desk->thing.phone = "+16195550142;12";
    assert_int_equal(field_check(field("phone"), &desk->thing, NULL), OK);
}

static void a_password_keeps_its_blanks(void **state)
{
    struct desk *desk = *state;

    takes(desk, "password", " correct horse ");
    assert_string_equal(desk->thing.password, " correct horse ");
}

static void a_day_must_be_in_the_calendar(void **state)
{
    struct desk *desk = *state;

    snprintf(desk->thing.due_on.iso, sizeof desk->thing.due_on.iso, "2026-02-29");
    refuses_value(desk, "due_on", "Due on is no day of the calendar: write it like 2026-11-24.");
}

static struct thing_line *add_lines(struct desk *desk, size_t count)
{
    struct thing_line *lines = NEW_ARRAY(&desk->arena, struct thing_line, count);

    for (size_t i = 0; i < count; i++)
        shape_init(&line_shape, &lines[i], &desk->context);
    desk->thing.lines = (struct rows){lines, count};
    return lines;
}

static void a_row_is_checked_with_the_rows_inside(void **state)
{
    struct desk *desk = *state;
    struct thing_line *lines = add_lines(desk, 2);

    assert_int_equal(shape_check(&thing_shape, &desk->thing, &desk->fault), ERR_INVALID);
    assert_string_equal(desk->fault.field, "name");
    assert_string_equal(desk->fault.text, "Name is missing: fill it in.");

    desk->thing.name = "Oil";
    assert_int_equal(shape_check(&thing_shape, &desk->thing, &desk->fault), OK);

    lines[1].price.cents = INT64_MAX;
    assert_int_equal(shape_check(&thing_shape, &desk->thing, &desk->fault), ERR_INVALID);
    assert_string_equal(desk->fault.field, "lines.2.price");

    lines[1].price.cents = -500;
    lines[1].parts = (struct rows){NEW(&desk->arena, struct thing_line), 1};
    assert_int_equal(shape_check(&thing_shape, &desk->thing, &desk->fault), ERR_INVALID);
    assert_string_equal(desk->fault.field, "lines.2.parts.1.name");
}

static void a_new_row_has_its_defaults(void **state)
{
    struct desk *desk = *state;

    assert_string_equal(desk->thing.name, "");
    assert_int_equal(desk->thing.cost.cents, 125);
    assert_int_equal(desk->thing.qty.thousandths, 1000);
    assert_int_equal(desk->thing.colour, COLOUR_DARK_GREEN);
    assert_int_equal(desk->thing.lines.count, 0);
}

static void tidying_leaves_no_missing_text(void **state)
{
    struct desk *desk = *state;
    struct thing_line *lines = add_lines(desk, 1);

    desk->thing.note = NULL;
    lines[0].name = NULL;
    shape_tidy(&thing_shape, &desk->thing);
    assert_string_equal(desk->thing.note, "");
    assert_string_equal(lines[0].name, "");
}

static void what_one_may_not_see_is_blanked(void **state)
{
    struct desk *desk = *state;
    struct thing_line *lines = add_lines(desk, 1);
    struct thing_line part = {.name = "Filter", .price = USD(4, 10)};
    struct right_set rights = {{0}};

    lines[0].parts = (struct rows){&part, 1};
    desk->thing.price = USD(9, 99);
    shape_blank(&thing_shape, &desk->thing, &RIGHT_SET_ALL);
    assert_int_equal(desk->thing.cost.cents, 125);
    right_set_add(&rights, THING_RIGHT_COST);
    shape_blank(&thing_shape, &desk->thing, &rights);
    assert_int_equal(part.price.cents, 410);

    rights = (struct right_set){{0}};
    shape_blank(&thing_shape, &desk->thing, &rights);
    assert_int_equal(desk->thing.cost.cents, 0);
    assert_int_equal(part.price.cents, 0);
    assert_int_equal(desk->thing.price.cents, 999);
    assert_string_equal(part.name, "Filter");
}

static void a_number_nobody_gave_is_told_from_zero(void **state)
{
    struct desk *desk = *state;

    assert_true(field_is_empty(field("cap"), &desk->thing));
    reads(desk, "cap", "", "");
    assert_int_equal(field_check(field("cap"), &desk->thing, &desk->fault), OK);
    takes(desk, "cap", "0");
    assert_false(field_is_empty(field("cap"), &desk->thing));
    reads(desk, "cap", "0.00", "0.00");
    shape_blank(&thing_shape, &desk->thing, &RIGHT_SET_ALL);
    assert_int_equal(desk->thing.cap.cents, 0);
    refuses(desk, "cap", "-0.01", "Cap cannot be negative.");
}

static void a_single_row_is_one_at_most(void **state)
{
    struct desk *desk = *state;
    struct thing_line *lines = add_lines(desk, 2);

    desk->thing.name = "Oil";
    desk->thing.first = (struct rows){lines, 1};
    lines[0].name = "";
    desk->thing.lines.count = 0;
    assert_int_equal(shape_check(&thing_shape, &desk->thing, &desk->fault), ERR_INVALID);
    assert_string_equal(desk->fault.field, "first.name");
    desk->thing.first.count = 2;
    assert_int_equal(shape_check(&thing_shape, &desk->thing, &desk->fault), ERR_INVALID);
    assert_string_equal(desk->fault.text, "First is given more than once: keep one.");
}

static void a_copy_shares_nothing(void **state)
{
    struct desk *desk = *state;
    struct thing_line *lines = add_lines(desk, 2);
    struct thing_line part = {.name = "Filter"};
    char name[] = "Ann";
    const struct thing *copy;

    desk->thing.name = name;
    lines[1].parts = (struct rows){&part, 1};
    copy = shape_clone(&thing_shape, &desk->thing, &desk->arena);
    for (size_t i = 0; i < thing_shape.count; i++)
        assert_true(field_equal(&thing_shape.fields[i], copy, &desk->thing));

    name[0] = 'X';
    part.name = "Bulb";
    assert_string_equal(copy->name, "Ann");
    assert_false(field_equal(field("name"), copy, &desk->thing));
    assert_false(field_equal(field("lines"), copy, &desk->thing));
}

static void fields_of_the_same_name_and_kind_move_over(void **state)
{
    struct other {
        struct money price;
        const char *year; /* a text here: not the same kind */
        const char *name;
        int64_t only_here;
    };
    static const struct field fields[] = {
        FIELD(struct other, price),
        FIELD(struct other, year),
        FIELD(struct other, name),
        FIELD(struct other, only_here),
    };
    static const struct shape shape = SHAPE_OF(struct other, "other", fields);
    struct other other = {.year = "kept", .only_here = 5};
    struct desk *desk = *state;

    desk->thing.name = "Ann";
    desk->thing.price = USD(3, 0);
    desk->thing.year = 2020;
    shape_transfer(&thing_shape, &desk->thing, &shape, &other);
    assert_int_equal(other.price.cents, 300);
    assert_string_equal(other.name, "Ann");
    assert_string_equal(other.year, "kept");
    assert_int_equal(other.only_here, 5);
}

static void labels_come_from_names(void **state)
{
    struct desk *desk = *state;

    assert_string_equal(field_label(field("odometer_mi"), &desk->arena), "Odometer mi");
    assert_string_equal(field_label(field("sku"), &desk->arena), "SKU");
    assert_string_equal(field_label(field("phone"), &desk->arena), "Phone");
}

static void a_mistyped_name_has_a_nearest_one(void **state)
{
    (void)state;
    assert_string_equal(shape_nearest(&thing_shape, "colur")->name, "colour");
    assert_string_equal(shape_nearest(&thing_shape, "odometer")->name, "odometer_mi");
    assert_null(shape_nearest(&thing_shape, "zzz"));
    assert_null(
        shape_nearest(&thing_shape, "nudge")); /* more than half of "note" is another word */
    assert_null(shape_nearest(&thing_shape, "entirely_different_thing"));
    assert_null(shape_field(&thing_shape, "colur"));
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        EACH(every_type_is_taken_and_shown),
        EACH(what_is_shown_can_be_typed_again),
        EACH(an_empty_text_is_the_empty_value),
        EACH(answers_may_be_written_in_many_ways),
        EACH(choices_are_known_by_word_and_by_label),
        EACH(a_refused_text_leaves_the_value_alone),
        EACH(numbers_keep_to_their_range),
        EACH(an_optional_year_may_be_left_out),
        EACH(long_texts_are_refused_with_their_limit),
        EACH(control_characters_never_pass),
        EACH(card_numbers_are_refused_everywhere_but_where_numbers_are_fine),
        EACH(a_phone_must_be_one),
        EACH(a_password_keeps_its_blanks),
        EACH(a_day_must_be_in_the_calendar),
        EACH(a_row_is_checked_with_the_rows_inside),
        EACH(a_new_row_has_its_defaults),
        EACH(tidying_leaves_no_missing_text),
        EACH(what_one_may_not_see_is_blanked),
        EACH(a_number_nobody_gave_is_told_from_zero),
        EACH(a_single_row_is_one_at_most),
        EACH(a_copy_shares_nothing),
        EACH(fields_of_the_same_name_and_kind_move_over),
        EACH(labels_come_from_names),
        EACH(a_mistyped_name_has_a_nearest_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
