/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* estimate.price: an order written in a file, priced without shop or sign-in, and everything in
 * such a file that is refused by name. */

#include "../test.h"

#include "base/json.h"
#include "domain/price.h"

struct desk {
    struct arena arena;
    struct session session;
    char *answer;
};

static int set_up(void **state)
{
    struct desk *desk = mem_alloc(sizeof *desk);

    memset(desk, 0, sizeof *desk);
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;

    arena_done(&desk->arena);
    mem_free(desk);
    return 0;
}

static status price_file(struct desk *desk, const char *json)
{
    const struct op *op = &estimate_price_op;
    struct session *s = &desk->session;

    *s = (struct session){.arena = &desk->arena, .terminal = "test"};
    const struct field_context context = session_context(s);
    void *in = arena_alloc(&desk->arena, op->in->size);
    void *out = arena_alloc(&desk->arena, op->out->size);
    shape_init(op->in, in, &context);
    TRY(json_read(json, strlen(json), op->in, &context, in, &s->fault));
    TRY(op_call(s, op, in, out));
    AUTO_BUF text = BUF_MIB(1);
    json_write(&text, op->out, out, &RIGHT_SET_ALL, 0);
    desk->answer = arena_text(&desk->arena, buf_str(&text));
    return OK;
}

static const char *priced(struct desk *desk, const char *json)
{
    if (price_file(desk, json) != OK)
        fail_msg("%s [%s]", desk->session.fault.text, desk->session.fault.field);
    return desk->answer;
}

static void refused(struct desk *desk, const char *field, const char *json)
{
    assert_int_equal(price_file(desk, json), ERR_INVALID);
    assert_string_equal(desk->session.fault.field, field);
    assert_true(strlen(desk->session.fault.text) > 10);
}

/* One line of a job, and of an order. */
#define LINE(line)  "{\"jobs\":[{\"lines\":[" line "]}]}"
#define LABOR       "\"kind\":\"labor\",\"hours\":\"1\",\"rate\":\"100\""
#define PART        "\"kind\":\"part\",\"qty\":\"1\",\"price\":\"10\""
#define ORDER(more) "{\"jobs\":[{\"lines\":[{" PART "}]}]," more "}"

static void worked_example_a_is_priced_from_a_file(void **state)
{
    assert_string_equal(
        priced(*state,
               "{\"jobs\":[{\"title\":\"Brakes\",\"lines\":["
               "{\"kind\":\"labor\",\"hours\":\"2.5\",\"rate\":\"145.00\",\"taxable\":false},"
               "{\"kind\":\"part\",\"qty\":\"2\",\"price\":\"89.95\",\"taxable\":true},"
               "{\"kind\":\"part\",\"qty\":\"5.5\",\"price\":\"7.49\",\"cost\":\"4.10\"}],"
               "\"discounts\":[]}],"
               "\"discounts\":[{\"percent\":\"10\",\"on\":\"parts\"}],"
               "\"supplies\":{\"percent\":\"6\",\"on\":\"labor\",\"min\":\"0\",\"cap\":\"35.00\","
               "\"taxable\":true},"
               "\"taxes\":[{\"name\":\"State\",\"rate\":\"6.25\",\"classes\":[\"part\","
               "\"supplies\"]},{\"name\":\"County\",\"rate\":\"1\",\"classes\":[\"part\","
               "\"supplies\"]},{\"name\":\"City\",\"rate\":\"1.25\",\"classes\":[\"part\","
               "\"supplies\"]}],\"exempt\":false}"),
        "{\"labor\":\"362.50\",\"parts\":\"198.99\",\"sublet\":\"0.00\",\"fees\":\"0.00\","
        "\"supplies\":\"21.75\",\"discount\":\"22.11\",\"taxes\":["
        "{\"name\":\"State\",\"base\":\"220.74\",\"amount\":\"13.80\"},"
        "{\"name\":\"County\",\"base\":\"220.74\",\"amount\":\"2.21\"},"
        "{\"name\":\"City\",\"base\":\"220.74\",\"amount\":\"2.76\"}],"
        "\"tax\":\"18.77\",\"total\":\"602.01\"}");
}

static void lines_of_every_kind_go_to_their_class(void **state)
{
    assert_string_equal(
        priced(*state,
               "{\"jobs\":[{\"lines\":[{" LABOR "},{" PART "},"
               "{\"kind\":\"core\",\"qty\":\"2\",\"price\":\"5\"},"
               "{\"kind\":\"sublet\",\"price\":\"40\",\"cost\":\"30\"},"
               "{\"kind\":\"fee\",\"price\":\"1\"},{\"kind\":\"hazmat\",\"price\":\"2\"},"
               "{\"kind\":\"tire_fee\",\"price\":\"3\"}]}],"
               "\"taxes\":[{\"name\":\"All\",\"rate\":\"10\",\"classes\":[\"labor\",\"part\","
               "\"core\",\"sublet\",\"fee\",\"hazmat\",\"tire_fee\",\"supplies\"]}]}"),
        "{\"labor\":\"100.00\",\"parts\":\"10.00\",\"sublet\":\"40.00\",\"fees\":\"16.00\","
        "\"supplies\":\"0.00\",\"discount\":\"0.00\",\"taxes\":["
        "{\"name\":\"All\",\"base\":\"166.00\",\"amount\":\"16.60\"}],\"tax\":\"16.60\","
        "\"total\":\"182.60\"}");
    assert_non_null(strstr(priced(*state, "{}"), "\"total\":\"0.00\""));
}

static void discounts_of_a_line_are_one_object(void **state)
{
    assert_non_null(strstr(priced(*state, LINE("{" LABOR ",\"discount\":{\"percent\":\"12.5\"}}")),
                           "\"labor\":\"87.50\""));
    assert_non_null(strstr(priced(*state, LINE("{" PART ",\"discount\":{\"amount\":\"4\"}}")),
                           "\"discount\":\"4.00\""));
    refused(*state, "jobs.1.lines.1.discount",
            LINE("{" PART ",\"discount\":[{\"amount\":\"4\"}]}"));
    refused(*state, "jobs.1.lines.1.discount.on",
            LINE("{" PART ",\"discount\":{\"amount\":\"4\",\"on\":\"parts\"}}"));
    refused(*state, "jobs.1.lines.1.discount.amount",
            LINE("{" PART ",\"discount\":{\"amount\":\"10.01\"}}"));
    refused(*state, "jobs.1.lines.1.discount.percent", LINE("{" PART ",\"discount\":{}}"));
    refused(*state, "jobs.1.lines.1.discount.amount",
            LINE("{" PART ",\"discount\":{\"amount\":\"1\",\"percent\":\"1\"}}"));
}

static void what_a_line_does_not_have_is_refused_by_name(void **state)
{
    refused(*state, "jobs.1.lines.1.hours", LINE("{" PART ",\"hours\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.hours", LINE("{" PART ",\"hours\":\"0\"}"));
    refused(*state, "jobs.1.lines.1.rate", LINE("{" PART ",\"rate\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.qty", LINE("{" LABOR ",\"qty\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.price", LINE("{" LABOR ",\"price\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.cost", LINE("{" LABOR ",\"cost\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.qty", LINE("{\"kind\":\"fee\",\"price\":\"1\",\"qty\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.hours", LINE("{\"kind\":\"labor\",\"rate\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.rate", LINE("{\"kind\":\"labor\",\"hours\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.qty", LINE("{\"kind\":\"core\",\"price\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.price", LINE("{\"kind\":\"sublet\"}"));
    refused(*state, "jobs.1.lines.1.kind", LINE("{\"hours\":\"1\",\"rate\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.kind", LINE("{\"kind\":\"tire\",\"price\":\"1\"}"));
}

static void unknown_keys_are_refused_by_name(void **state)
{
    refused(*state, "job", "{\"job\":[]}");
    refused(*state, "jobs.1.name", "{\"jobs\":[{\"name\":\"x\"}]}");
    refused(*state, "jobs.1.lines.1.quantity", LINE("{" PART ",\"quantity\":\"1\"}"));
    refused(*state, "supplies.max", ORDER("\"supplies\":{\"percent\":\"6\",\"max\":\"3\"}"));
    refused(*state, "taxes.1.class", ORDER("\"taxes\":[{\"class\":\"part\"}]"));
}

static void negative_and_too_exact_figures_are_refused_by_name(void **state)
{
    refused(*state, "jobs.1.lines.1.qty",
            LINE("{\"kind\":\"part\",\"qty\":\"-1\",\"price\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.price",
            LINE("{\"kind\":\"part\",\"qty\":\"1\",\"price\":\"-0.01\"}"));
    refused(*state, "jobs.1.lines.1.hours",
            LINE("{\"kind\":\"labor\",\"hours\":\"-2\",\"rate\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.price",
            LINE("{\"kind\":\"part\",\"qty\":\"1\",\"price\":\"1.005\"}"));
    refused(*state, "jobs.1.lines.1.qty",
            LINE("{\"kind\":\"part\",\"qty\":\"1.0005\",\"price\":\"1\"}"));
    refused(*state, "jobs.1.lines.1.hours",
            LINE("{\"kind\":\"labor\",\"hours\":\"1.0005\",\"rate\":\"1\"}"));
    refused(*state, "taxes.1.rate",
            ORDER("\"taxes\":[{\"name\":\"x\",\"rate\":\"6.12345\",\"classes\":[\"part\"]}]"));
    refused(*state, "supplies.cap", ORDER("\"supplies\":{\"percent\":\"6\",\"cap\":\"-1\"}"));
    refused(*state, "discounts.1.percent",
            ORDER("\"discounts\":[{\"percent\":\"-1\",\"on\":\"all\"}]"));
    refused(*state, "jobs.1.lines.1.price",
            LINE("{\"kind\":\"part\",\"qty\":\"1\",\"price\":1.5}"));
}

static void overflows_are_refused_by_name(void **state)
{
    refused(*state, "jobs.1.lines.1.price",
            LINE("{\"kind\":\"part\",\"qty\":\"999999999\",\"price\":\"9999999999.99\"}"));
    refused(*state, "jobs.1.lines.1.rate",
            LINE("{\"kind\":\"labor\",\"hours\":\"999999999\",\"rate\":\"9999999999.99\"}"));
    refused(*state, "jobs.1.lines.1.price",
            LINE("{\"kind\":\"part\",\"qty\":\"1\",\"price\":\"99999999999999999999\"}"));
}

static void discounts_and_taxes_that_cannot_be_are_refused_by_name(void **state)
{
    refused(*state, "discounts.1.amount",
            ORDER("\"discounts\":[{\"amount\":\"10.01\",\"on\":\"parts\"}]"));
    refused(*state, "discounts.1.on", ORDER("\"discounts\":[{\"amount\":\"1\"}]"));
    refused(*state, "discounts.1.percent", ORDER("\"discounts\":[{\"on\":\"all\"}]"));
    refused(*state, "discounts.1.percent",
            ORDER("\"discounts\":[{\"percent\":\"100.01\",\"on\":\"all\"}]"));
    refused(*state, "jobs.1.discounts.1.amount",
            "{\"jobs\":[{\"lines\":[{" PART "}],"
            "\"discounts\":[{\"amount\":\"10.01\",\"on\":\"all\"}]}]}");
    refused(*state, "taxes.1.classes",
            ORDER("\"taxes\":[{\"name\":\"x\",\"rate\":\"1\",\"classes\":[\"tires\"]}]"));
    refused(*state, "taxes.1.classes",
            ORDER("\"taxes\":[{\"name\":\"x\",\"rate\":\"1\",\"classes\":\"part\"}]"));
    refused(*state, "taxes.1.rate", ORDER("\"taxes\":[{\"name\":\"x\",\"classes\":[\"part\"]}]"));
    refused(*state, "supplies.flat", ORDER("\"supplies\":{\"percent\":\"6\",\"flat\":\"3\"}"));
}

static void an_exempt_customer_pays_no_tax(void **state)
{
    assert_non_null(strstr(priced(*state, ORDER("\"exempt\":true,\"taxes\":[{\"name\":\"x\","
                                                "\"rate\":\"5\",\"classes\":[\"part\"]}]")),
                           "\"tax\":\"0.00\",\"total\":\"10.00\""));
}

#define DESK_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(worked_example_a_is_priced_from_a_file),
        DESK_TEST(lines_of_every_kind_go_to_their_class),
        DESK_TEST(discounts_of_a_line_are_one_object),
        DESK_TEST(what_a_line_does_not_have_is_refused_by_name),
        DESK_TEST(unknown_keys_are_refused_by_name),
        DESK_TEST(negative_and_too_exact_figures_are_refused_by_name),
        DESK_TEST(overflows_are_refused_by_name),
        DESK_TEST(discounts_and_taxes_that_cannot_be_are_refused_by_name),
        DESK_TEST(an_exempt_customer_pays_no_tax),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
