/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What the command line says before it does anything: help, suggestions, exit codes. */

#include "program.h"

#include "base/text.h"
#include "domain/op.h"

static const char *spaced(struct program *p, const char *name)
{
    char *words = arena_text(&p->arena, name);

    *strchr(words, '.') = ' ';
    return words;
}

static void every_level_explains_itself(void **state)
{
    struct program *p = *state;
    size_t count = 0;

    expect_ok(p, "--help");
    assert_out(p, "customer");
    expect_ok(p, "customer --help");
    assert_out(p, "find ");
    expect_ok(p, "login --help");
    assert_out(p, "--password-file FILE");
    expect_ok(p, "invoice search --help");
    assert_out(p, "Sort by this column: id, posted_on, due_on");
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++, count++) {
            const struct op *op = modules[m]->ops[i];
            const char *words = spaced(p, op->name);
            expect_ok(p, arena_printf(&p->arena, "%s --help", words));
            assert_out(p, arena_printf(&p->arena, "pitlane %s", words));
            assert_out(p, op->says);
            assert_string_equal(p->err, "");
        }
    print_message("%zu operations explain themselves\n", count);
}

/* A field of that name would take the option away from everybody. */
static void no_field_hides_an_option_that_is_always_there(void **state)
{
    static const char *const taken[] = {"help", "json", "input",      "plain",
                                        "only", "db",   "command_id", "version"};
    (void)state;

    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++)
            for (size_t t = 0; modules[m]->ops[i]->in != NULL && t < COUNT_OF(taken); t++)
                if (shape_field(modules[m]->ops[i]->in, taken[t]) != NULL)
                    fail_msg("%s: %s", modules[m]->ops[i]->name, taken[t]);
}

static void help_can_also_come_first(void **state)
{
    struct program *p = *state;

    expect_ok(p, "help customer add");
    assert_out(p, "--last-name TEXT");
    expect_ok(p, "help");
    assert_out(p, "Exit codes:");
}

static void a_noun_alone_lists_its_verbs(void **state)
{
    struct program *p = *state;

    expect_ok(p, "customer");
    assert_out(p, "archive");
}

static void the_version_is_printed(void **state)
{
    struct program *p = *state;

    expect_ok(p, "--version");
    assert_out(p, "pitlane 0.");
}

static void the_manual_and_the_completion_are_printed(void **state)
{
    struct program *p = *state;

    expect_ok(p, "manual");
    assert_out(p, ".Ss pitlane customer add");
    assert_out(p, "estimates:authorize");
    expect_ok(p, "completion bash");
    assert_out(p, "complete -o default -F _pitlane pitlane");
    assert_out(p, "import) words='customers vehicles parts prices '");
    assert_out(p, "print) words='estimate work_order ");
    assert_out(p, "'sessions') words='end '");
    assert_out(p, "'sessions.end') words+=''");
}

static void a_command_of_two_words_is_found_behind_the_first(void **state)
{
    struct program *p = *state;

    expect_ok(p, "sessions end --help");
    assert_out(p, "pitlane sessions end ID");
    expect_ok(p, "sessions --help");
    assert_out(p, "pitlane sessions [OPTION]");
    expect_ok(p, "--help");
    assert_out(p, "  sessions end  ");
    expect_ok(p, "manual");
    assert_out(p, ".Ss pitlane sessions end");
    expect_code(p, 2, "sesions end 1");
    assert_err(p, "Did you mean “session");
}

/* Command, exit code, what is said. */
static const struct {
    const char *command;
    int code;
    const char *says;
} refusals[] = {
    {"custmer find x", 2, "Did you mean “customer”?"},
    {"customer fnd x", 2, "Did you mean “customer find”?"},
    {"qqqqqqqq", 2, "pitlane --help lists the commands"},
    {"customer add --lastname x", 2, "Did you mean --last-name?"},
    {"customer add --qqqqqqqqqqqq x", 2, "--help lists them"},
    {"customer add --last-name", 2, "--last-name needs a value"},
    {"customer add --last-name --plain", 2, "--last-name needs a value"},
    {"customer add -x", 2, "two dashes"},
    {"customer add --no-text-consent=yes", 2, "takes no value"},
    {"user add --role-name x", 2, "no option --role-name"},
    {"user edit 1 --role-name x", 2, "cannot be set here"},
    {"customer add --help=yes", 2, "takes no value"},
    {"--theme lihgt", 2, "color, mono, light"},
    {"--theme", 2, "--theme needs a value"},
    {"--kiosk --terminal", 2, "--terminal needs a value"},
    {"login ada --password secret", 2, "never written on the command line"},
    {"user change-password --new-password=x", 2, "--new-password-file"},
    {"customer add --csv", 2, "no option --csv"},
    {"customer find x", 6, "There is no shop at"},
    {"customer find x --db /", 6, "is a folder"},
    {"customer find x --db /dev/null", 6, "is not a file that can hold a shop"},
    {"completion fish", 2, "bash only"},
};

static void what_is_not_understood_says_so(void **state)
{
    struct program *p = *state;

    for (size_t i = 0; i < COUNT_OF(refusals); i++) {
        expect_code(p, refusals[i].code, refusals[i].command);
        assert_err(p, refusals[i].says);
        assert_string_equal(p->out, "");
        assert_true(text_starts(p->err, "pitlane: "));
    }
}

static void with_json_a_refusal_is_an_object(void **state)
{
    struct program *p = *state;

    expect_code(p, 6, "customer find x --json");
    assert_true(text_starts(p->out, "{\"error\":{\"code\":\"io\",\"field\":\"\",\"message\":\""));
    assert_err(p, "pitlane: There is no shop at");
    expect_code(p, 2, "custmer find --json");
    assert_true(
        text_starts(p->out, "{\"error\":{\"code\":\"usage\",\"field\":\"\",\"message\":\""));
    expect_code(p, 2, "customer find x --nowhere 3 --json");
    assert_true(text_starts(p->out, "{\"error\":{\"code\":\"usage\""));
}

static void what_was_typed_is_told_without_its_control_characters(void **state)
{
    struct program *p = *state;

    expect_code(p, 2, "'\x1b[31mred\xc2\x9b'");
    assert_null(strchr(p->err, '\x1b'));
    assert_null(strstr(p->err, "\xc2\x9b"));
    expect_code(p, 2, "customer add '--\x1b]0;title\a=1' --json");
    assert_null(strchr(p->err, '\x1b'));
    assert_null(strchr(p->out, '\x1b'));
}

/* Worked example A of the trade's rules. */
#define EXAMPLE_A                                                                                  \
    "{\"jobs\":[{\"title\":\"Brakes and oil\",\"lines\":["                                         \
    "{\"kind\":\"labor\",\"hours\":\"2.5\",\"rate\":\"145.00\",\"taxable\":false},"                \
    "{\"kind\":\"part\",\"qty\":\"2\",\"price\":\"89.95\"},"                                       \
    "{\"kind\":\"part\",\"qty\":\"5.5\",\"price\":\"7.49\",\"cost\":\"4.10\"}]}],"                 \
    "\"discounts\":[{\"percent\":\"10\",\"on\":\"parts\"}],"                                       \
    "\"supplies\":{\"percent\":\"6\",\"on\":\"labor\",\"min\":\"0\",\"cap\":\"35.00\"},"           \
    "\"taxes\":[{\"name\":\"State\",\"rate\":\"6.25\",\"classes\":[\"part\",\"supplies\"]},"       \
    "{\"name\":\"County\",\"rate\":\"1\",\"classes\":[\"part\",\"supplies\"]},"                    \
    "{\"name\":\"City\",\"rate\":\"1.25\",\"classes\":[\"part\",\"supplies\"]}],\"exempt\":false}"

static void an_estimate_is_priced_without_a_shop(void **state)
{
    struct program *p = *state;

    assert_int_equal(run_with(p, EXAMPLE_A, "estimate price --json -"), 0);
    assert_out(p, "\"labor\":\"362.50\"");
    assert_out(p, "\"discount\":\"22.11\"");
    assert_out(p, "{\"name\":\"State\",\"base\":\"220.74\",\"amount\":\"13.80\"}");
    assert_out(p, "\"tax\":\"18.77\"");
    assert_out(p, "\"total\":\"602.01\"");
    const char *file = file_with(p, "order", EXAMPLE_A);
    expect_ok(p, arena_printf(&p->arena, "estimate price --json %s", file));
    assert_out(p, "\"total\":\"602.01\"");
    expect_ok(p, arena_printf(&p->arena, "estimate price --input %s", file));
    assert_out(p, "602.01");
    assert_not_out(p, "{");
}

/* What is given to `estimate price --json -`, and the field that is refused. */
static const struct {
    const char *input, *field;
} bad_estimates[] = {
    {"{\"jobs\":[{\"colour\":\"red\"}]}", "jobs.1.colour"},
    {"{\"jobs\":[{\"lines\":[{\"kind\":\"part\",\"qty\":\"-1\",\"price\":\"1\"}]}]}",
     "jobs.1.lines.1.qty"},
    {"{\"jobs\":[{\"lines\":[{\"kind\":\"part\",\"qty\":\"1\",\"price\":\"1.001\"}]}]}",
     "jobs.1.lines.1.price"},
    {"{\"jobs\":[{\"lines\":[{\"kind\":\"part\",\"qty\":1.5,\"price\":\"1\"}]}]}",
     "jobs.1.lines.1.qty"},
    {"{\"jobs\":[{\"lines\":[{\"kind\":\"hug\",\"qty\":\"1\"}]}]}", "jobs.1.lines.1.kind"},
    {"{\"jobs\":[{\"lines\":[{\"qty\":\"1\"}]}]}", "jobs.1.lines.1.kind"},
    {"{\"jobs\":[],\"exempt\":\"yes\"}", "exempt"},
    {"[]", ""},
    {"", ""},
};

static void a_bad_estimate_is_refused_by_the_name_of_its_field(void **state)
{
    struct program *p = *state;

    for (size_t i = 0; i < COUNT_OF(bad_estimates); i++) {
        if (run_with(p, bad_estimates[i].input, "estimate price --json -") != 2)
            fail_msg("%s: exit code %d\n%s", bad_estimates[i].input, p->code, p->out);
        assert_out(p, arena_printf(&p->arena, "\"field\":\"%s\"", bad_estimates[i].field));
    }
    expect_code(p, 6, "estimate price --json /nonexistent/order.json");
    expect_code(p, 6, "estimate price --json /nonexistent/order");
    expect_code(p, 2, "estimate price --json");
    assert_out(p, "--json FILE");
    expect_code(p, 2, "estimate price /dev/null");
    assert_err(p, "one word too many");
}

static void several_vins_are_decoded_one_object_a_line(void **state)
{
    struct program *p = *state;

    expect_ok(p, "vin decode 1HGCM82633A004352 1M8GDM9AXKP042788 WRONG --json");
    assert_true(text_starts(p->out, "{\"vin\":\"1HGCM82633A004352\",\"valid\":true,"));
    const char *second = strchr(p->out, '\n') + 1;
    assert_true(text_starts(second, "{\"vin\":\"1M8GDM9AXKP042788\",\"valid\":true,"));
    assert_true(text_starts(strchr(second, '\n') + 1, "{\"vin\":\"WRONG\",\"valid\":false,"));
    expect_ok(p, "vin decode 1HGCM82633A004352");
    assert_out(p, "Accord");
}

static void a_shop_is_not_set_up_by_a_short_password(void **state)
{
    struct program *p = *state;

    assert_int_equal(run_with(p,
                              "{\"admin_name\":\"Ada\",\"admin_login\":\"ada\","
                              "\"admin_password\":\"short\"}",
                              "init --json -"),
                     2);
    assert_err(p, "15 characters");
    assert_out(p, "\"field\":\"admin_password\"");
    /* Nothing is left behind that would be in the way of the next try. */
    expect_code(p, 6, "customer find x");
    assert_err(p, "There is no shop at");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROGRAM_TEST(every_level_explains_itself),
        PROGRAM_TEST(no_field_hides_an_option_that_is_always_there),
        PROGRAM_TEST(help_can_also_come_first),
        PROGRAM_TEST(a_noun_alone_lists_its_verbs),
        PROGRAM_TEST(the_version_is_printed),
        PROGRAM_TEST(the_manual_and_the_completion_are_printed),
        PROGRAM_TEST(a_command_of_two_words_is_found_behind_the_first),
        PROGRAM_TEST(what_is_not_understood_says_so),
        PROGRAM_TEST(with_json_a_refusal_is_an_object),
        PROGRAM_TEST(what_was_typed_is_told_without_its_control_characters),
        PROGRAM_TEST(an_estimate_is_priced_without_a_shop),
        PROGRAM_TEST(a_bad_estimate_is_refused_by_the_name_of_its_field),
        PROGRAM_TEST(several_vins_are_decoded_one_object_a_line),
        PROGRAM_TEST(a_shop_is_not_set_up_by_a_short_password),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
