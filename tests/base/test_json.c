/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Rows as JSON: what is written, what is refused and in which words, and that nothing is lost. */

#include "test.h"

#include "base/json.h"
#include "base/text.h"
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

    desk->context = (struct field_context){.arena = &desk->arena, .now = {THING_NOW}};
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

static status read_in(struct desk *desk, const char *text)
{
    shape_init(&thing_shape, &desk->thing, &desk->context);
    return json_read(text, strlen(text), &thing_shape, &desk->context, &desk->thing, &desk->fault);
}

static void takes(struct desk *desk, const char *text)
{
    if (read_in(desk, text) != OK)
        fail_msg("refused %s: %s", text, desk->fault.text);
}

static void refuses(struct desk *desk, const char *text, const char *field, const char *sentence)
{
    assert_int_equal(read_in(desk, text), ERR_INVALID);
    assert_string_equal(desk->fault.field, field);
    assert_string_equal(desk->fault.text, sentence);
}

static const char *written(struct desk *desk, const struct right_set *rights, int indent)
{
    AUTO_BUF out = BUF_MIB(1);

    json_write(&out, &thing_shape, &desk->thing, rights, indent);
    return arena_text(&desk->arena, buf_str(&out));
}

static const char *text_written(struct desk *desk, const char *text)
{
    AUTO_BUF out = BUF_MIB(1);

    json_write_text(&out, text);
    return arena_text(&desk->arena, buf_str(&out));
}

static const char full[] =
    "{\"id\":7,\"name\":\"José\",\"note\":\"a\\nb\",\"phone\":\"+16195550142\",\"sku\":\"OF-7\","
    "\"upc\":\"036000291452\",\"year\":2014,\"odometer_mi\":112340,\"balance\":-5,\"done\":true,"
    "\"price\":\"602.01\",\"cost\":\"4.10\",\"qty\":\"2.5\",\"rate\":\"6.25\","
    "\"due_on\":\"2026-11-24\",\"made_at\":\"2026-11-24T18:42:00Z\",\"colour\":\"red\","
    "\"lines\":[{\"name\":\"Oil\",\"price\":\"-3.50\",\"parts\":[{\"name\":\"Filter\","
    "\"price\":\"9.99\"}]},{\"name\":\"Tires\",\"price\":\"0.00\",\"parts\":[]}],"
    "\"cap\":\"35.00\",\"classes\":[\"part\",\"supplies\"],"
    "\"first\":{\"name\":\"Wash\",\"price\":\"1.00\",\"parts\":[]}}";

static void a_row_survives_the_round_trip(void **state)
{
    struct desk *desk = *state;
    struct thing before;

    takes(desk, full);
    assert_string_equal(written(desk, &RIGHT_SET_ALL, 0), full);
    before = desk->thing;
    takes(desk, written(desk, &RIGHT_SET_ALL, 2));
    for (size_t i = 0; i < thing_shape.count; i++)
        assert_true(field_equal(&thing_shape.fields[i], &before, &desk->thing));
    assert_int_equal(shape_check(&thing_shape, &desk->thing, &desk->fault), OK);
}

static void what_is_not_there_is_null(void **state)
{
    static const char empty[] =
        "{\"id\":null,\"name\":\"\",\"note\":\"\",\"phone\":\"\",\"sku\":\"\",\"upc\":\"\","
        "\"year\":null,\"odometer_mi\":0,\"balance\":0,\"done\":false,\"price\":\"0.00\","
        "\"cost\":\"0.00\",\"qty\":\"0\",\"rate\":\"0\",\"due_on\":null,\"made_at\":null,"
        "\"colour\":\"red\",\"lines\":[],\"cap\":null,\"classes\":[],\"first\":null}";
    struct desk *desk = *state;

    takes(desk, "{\"cost\":null,\"qty\":null,\"colour\":null,\"name\":null,\"lines\":null}");
    assert_string_equal(written(desk, &RIGHT_SET_ALL, 0), empty);
    takes(desk, empty);
    assert_string_equal(written(desk, &RIGHT_SET_ALL, 0), empty);
}

static void what_is_not_said_keeps_its_default(void **state)
{
    struct desk *desk = *state;

    takes(desk, " { \"lines\" : [ { } ] } ");
    assert_int_equal(desk->thing.cost.cents, 125);
    assert_int_equal(desk->thing.colour, COLOUR_DARK_GREEN);
    assert_string_equal(((const struct thing_line *)desk->thing.lines.at)[0].name, "Labor");
}

static void secrets_and_what_one_may_not_see_are_left_out(void **state)
{
    const struct right_set none = {{0}};
    struct desk *desk = *state;
    const char *text;

    takes(desk, full);
    desk->thing.password = "correct horse";
    text = written(desk, &none, 0);
    assert_null(strstr(text, "horse"));
    assert_null(strstr(text, "password"));
    assert_null(strstr(text, "cost"));
    assert_null(strstr(text, "9.99"));
    assert_non_null(strstr(text, "{\"name\":\"Filter\"}"));
    assert_null(strstr(written(desk, &RIGHT_SET_ALL, 0), "horse"));
}

static void indented_text_has_a_line_for_each_value(void **state)
{
    const struct thing_line line = {.name = "Oil", .price = USD(1, 0)};
    AUTO_BUF out = BUF_MIB(1);

    (void)state;
    json_write(&out, &line_shape, &line, &RIGHT_SET_ALL, 2);
    assert_string_equal(buf_str(&out),
                        "{\n  \"name\": \"Oil\",\n  \"price\": \"1.00\",\n  \"parts\": []\n}");
}

static void a_decimal_is_text_or_whole(void **state)
{
    static const char *const reals[] = {"12.5", "1e3", "1E-2", "0.0"};
    struct desk *desk = *state;

    takes(desk, "{\"price\":12,\"qty\":3,\"rate\":8}");
    assert_int_equal(desk->thing.price.cents, 1200);
    assert_int_equal(desk->thing.qty.thousandths, 3000);
    assert_int_equal(desk->thing.rate.ppm, 80000);
    for (size_t i = 0; i < COUNT_OF(reals); i++)
        refuses(desk, arena_printf(&desk->arena, "{\"lines\":[{},{\"price\":%s}]}", reals[i]),
                "lines.2.price",
                "\"price\" is a number with a decimal point or exponent: write it as text, such as "
                "\"12.50\".");
    refuses(desk, "{\"qty\":true}", "qty",
            "\"qty\" must be a decimal number in quotes, such as \"12.50\".");
    assert_int_equal(read_in(desk, "{\"price\":\"1.001\"}"), ERR_INVALID);
    assert_string_equal(desk->fault.field, "price");
    assert_int_equal(read_in(desk, "{\"qty\":\"1.0001\"}"), ERR_INVALID);
    assert_int_equal(read_in(desk, "{\"rate\":\"6.25001\"}"), ERR_INVALID);
    assert_int_equal(read_in(desk, "{\"lines\":[{\"price\":9223372036854775807}]}"), ERR_INVALID);
    assert_string_equal(desk->fault.field, "lines.1.price");
    assert_int_equal(read_in(desk, "{\"price\":99999999999999999999}"), ERR_INVALID);
    assert_string_equal(desk->fault.text, "A number in line 1 is too large.");
}

static void limits_are_left_to_the_check(void **state)
{
    struct desk *desk = *state;

    takes(desk, "{\"name\":\"x\",\"price\":\"-1.00\"}");
    assert_int_equal(shape_check(&thing_shape, &desk->thing, &desk->fault), ERR_INVALID);
    assert_string_equal(desk->fault.field, "price");
}

static void wrong_types_are_refused_by_name(void **state)
{
    struct desk *desk = *state;

    refuses(desk, "{\"name\":5}", "name", "\"name\" must be text in quotes.");
    refuses(desk, "{\"id\":\"5\"}", "id", "\"id\" must be a whole number without quotes.");
    refuses(desk, "{\"year\":5.0}", "year", "\"year\" must be a whole number without quotes.");
    refuses(desk, "{\"done\":1}", "done", "\"done\" must be true or false.");
    refuses(desk, "{\"due_on\":\"tomorrow\"}", "due_on",
            "\"due_on\" must be a day such as \"2026-11-24\", or null.");
    refuses(desk, "{\"due_on\":\"2026-02-30\"}", "due_on",
            "\"due_on\" must be a day such as \"2026-11-24\", or null.");
    refuses(desk, "{\"made_at\":\"15:00\"}", "made_at",
            "\"made_at\" must be a moment such as \"2026-11-24T18:42:00Z\", or null.");
    refuses(desk, "{\"colour\":\"blue\"}", "colour", "\"colour\" is one of: red, dark_green.");
    refuses(desk, "{\"colour\":1}", "colour", "\"colour\" is one of: red, dark_green.");
    refuses(desk, "{\"lines\":{}}", "lines", "\"lines\" must be a list in [ ].");
    refuses(desk, "{\"lines\":[{},5]}", "lines.2", "This must be an object in { }.");
    refuses(desk, "{\"classes\":\"part\"}", "classes",
            "\"classes\" must be a list of words in [ ].");
    refuses(desk, "{\"classes\":[\"a b\"]}", "classes",
            "\"classes\" must be a list of single words, each in quotes.");
    refuses(desk, "{\"first\":[]}", "first", "\"first\" must be an object in { }.");
    refuses(desk, "{\"first\":{\"price\":1.5}}", "first.price",
            "\"price\" is a number with a decimal point or exponent: write it as text, such as "
            "\"12.50\".");
}

static void a_byte_order_mark_before_the_object_is_no_mistake(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(read_in(desk, "\xEF\xBB\xBF{\"name\":\"a\"}"), OK);
    assert_int_equal(read_in(desk, "{\"name\":\"a\"}\xEF\xBB\xBF"), ERR_INVALID);
}

static void unknown_keys_are_refused_with_the_nearest_known(void **state)
{
    struct desk *desk = *state;

    refuses(desk, "{\"lines\":[{},{\"parts\":[{\"prise\":1}]}]}", "lines.2.parts.1.prise",
            "There is no \"prise\" here: did you mean \"price\"?");
    refuses(desk, "{\"zebra crossing\":1}", "zebra crossing",
            "There is no \"zebra crossing\" here: remove it.");
    assert_int_equal(read_in(desk, "{\"\\u001b[31m\":1}"), ERR_INVALID);
    assert_null(strchr(desk->fault.text, 0x1b));
    assert_null(strchr(desk->fault.field, 0x1b));
}

static void a_key_given_twice_is_refused_by_name(void **state)
{
    struct desk *desk = *state;

    refuses(desk, "{\"name\":\"a\",\n\"name\":\"b\"}", "name",
            "\"name\" is given twice, the second time in line 2: keep one.");
    refuses(desk, "{\"lines\":[{\"price\":1, \"price\" :2}]}", "price",
            "\"price\" is given twice, the second time in line 1: keep one.");
}

static void text_that_is_no_json_is_refused_with_its_place(void **state)
{
    struct desk *desk = *state;

    refuses(desk, "", "", "The JSON ends too early: close every bracket and quote.");
    refuses(desk, "{\"name\":\"a\"", "", "The JSON ends too early: close every bracket and quote.");
    refuses(desk, "{} x", "", "Line 1 goes on after the end of the JSON object: give one object.");
    refuses(desk, "[]", "", "Give one JSON object, in { }, not a list.");
    refuses(desk, "{\n\"name\": oops}", "",
            "Line 2, column 12 cannot be read as JSON: check the commas, quotes and brackets.");
    refuses(desk, "{\"name\":\"\\u0000\"}", "", "Line 1 holds a NUL character: remove it.");
    refuses(desk, "{\"name\":\"\xff\"}", "", "Line 1 is not in UTF-8: save it in that encoding.");
}

static void deep_nesting_is_refused(void **state)
{
    static const char *const sentence =
        "The JSON is nested more than 16 levels deep: use fewer brackets.";
    struct desk *desk = *state;
    char text[100000];

    refuses(desk, "{\"name\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}", "", sentence);
    refuses(desk, "{\"name\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}", "name",
            "\"name\" must be text in quotes.");
    memset(text, '[', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    refuses(desk, text, "", sentence);
    takes(desk, "{\"name\":\"[[[[[[[[[[[[[[[[[[[[[\\\"[[[[\"}");
}

static void what_a_file_holds_is_cleaned_like_what_is_typed(void **state)
{
    struct desk *desk = *state;

    takes(desk, "{\"name\":\" Ann \",\"phone\":\"(619) 555-0142\",\"sku\":\"of 7\"}");
    assert_string_equal(desk->thing.name, "Ann");
    assert_string_equal(desk->thing.phone, "+16195550142");
    assert_string_equal(desk->thing.sku, "OF7");
    takes(desk, "{\"name\":\"a\\u001b[31mb\"}");
    assert_int_equal(shape_check(&thing_shape, &desk->thing, &desk->fault), ERR_INVALID);
    assert_string_equal(desk->fault.field, "name");
}

static void nothing_that_acts_on_a_terminal_is_written(void **state)
{
    struct desk *desk = *state;

    assert_string_equal(text_written(desk, "a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    assert_string_equal(text_written(desk, "\b\f\n\r\t\x01\x1b\x7f"),
                        "\"\\b\\f\\n\\r\\t\\u0001\\u001b\\u007f\"");
    assert_string_equal(text_written(desk, "\xc2\x9b\xe2\x80\xae\xe2\x81\xa6\xe2\x80\xa8"),
                        "\"\\u009b\\u202e\\u2066\\u2028\"");
    assert_string_equal(text_written(desk, "caf\xc3\xa9 \xf0\x9f\x9a\x97"),
                        "\"caf\xc3\xa9 \xf0\x9f\x9a\x97\"");
    assert_string_equal(text_written(desk, "a\xff\xc3"), "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
    assert_string_equal(text_written(desk, NULL), "\"\"");
}

/* A generator of our own, so that a failure can be repeated. */
static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static uint32_t random_char(uint64_t *seed)
{
    switch (next_random(seed) % 6) {
    case 0:
        return 1 + next_random(seed) % 0x1F; /* control */
    case 1:
        return (uint32_t) "\"\\/'{}[]:, "[next_random(seed) % 11];
    case 2:
        return 0x1F300 + next_random(seed) % 0x500; /* emoji */
    case 3:
        return 0x80 + next_random(seed) % 0x3000;
    default:
        return 0x20 + next_random(seed) % 0x60;
    }
}

static const char *random_text(struct desk *desk, uint64_t *seed)
{
    AUTO_BUF text = BUF_MIB(1);
    const size_t length = next_random(seed) % 40;

    for (size_t i = 0; i < length; i++) {
        char bytes[4];
        const uint32_t c = random_char(seed);
        buf_add(&text, bytes, text_encode(c, bytes));
    }
    return arena_text(&desk->arena, buf_str(&text));
}

static void any_text_survives_the_round_trip(void **state)
{
    struct desk *desk = *state;
    uint64_t seed = 20261124;
    size_t dangerous = 0;

    for (int i = 0; i < 10000; i++) {
        const struct arena_mark mark = arena_mark(&desk->arena);
        const char *text = random_text(desk, &seed);
        const bool safe = text_is_safe(text, strlen(text), TEXT_MANY_LINES);
        desk->thing.note = text;
        takes(desk, written(desk, &RIGHT_SET_ALL, 0));
        /* What is fit to be kept comes back as it is kept; the rest as it was, to be refused. */
        assert_string_equal(desk->thing.note,
                            safe ? text_clean(&desk->arena, text, TEXT_MANY_LINES) : text);
        dangerous += safe ? 0 : 1;
        shape_init(&thing_shape, &desk->thing, &desk->context);
        arena_release(&desk->arena, mark);
    }
    assert_in_range(dangerous, 1000, 9900);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        EACH(a_row_survives_the_round_trip),
        EACH(what_is_not_there_is_null),
        EACH(what_is_not_said_keeps_its_default),
        EACH(secrets_and_what_one_may_not_see_are_left_out),
        EACH(indented_text_has_a_line_for_each_value),
        EACH(a_decimal_is_text_or_whole),
        EACH(limits_are_left_to_the_check),
        EACH(wrong_types_are_refused_by_name),
        EACH(a_byte_order_mark_before_the_object_is_no_mistake),
        EACH(unknown_keys_are_refused_with_the_nearest_known),
        EACH(a_key_given_twice_is_refused_by_name),
        EACH(text_that_is_no_json_is_refused_with_its_place),
        EACH(deep_nesting_is_refused),
        EACH(what_a_file_holds_is_cleaned_like_what_is_typed),
        EACH(nothing_that_acts_on_a_terminal_is_written),
        EACH(any_text_survives_the_round_trip),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
