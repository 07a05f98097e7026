/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The command line at work in a shop: records, lists, JSON, CSV, sign-in, rights. */

#include "program.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

static long given_customer(struct program *p, const char *last_name)
{
    expect_ok(p, arena_printf(&p->arena, "customer add --last-name '%s' --json", last_name));
    return json_number(p, "id");
}

static const char *with_number(struct program *p, const char *format, long number)
{
    const char *percent = strchr(format, '%');

    return arena_printf(&p->arena, "%.*s%ld%s", (int)(percent - format), format, number,
                        percent + 3);
}

static void a_customer_is_added_shown_and_found(void **state)
{
    struct program *p = *state;

    expect_ok(p, "customer add --first-name Maria --last-name=Delgado --phone '619 555 0142' "
                 "--text-consent --phones 'kind=mobile number=6195550142 note=\"after five\"' "
                 "--phones 'kind=work number=619-555-0199'");
    assert_out(p, "Delgado, Maria");
    assert_out(p, "(619) 555-0142");
    assert_out(p, "after five");
    assert_out(p, "(619) 555-0199");
    expect_ok(p, "customer find maria del");
    assert_out(p, "Delgado, Maria");
    expect_ok(p, "customer search delg --json");
    assert_int_equal(json_number(p, "total"), 1);
}

static void an_edit_changes_what_it_names_and_nothing_else(void **state)
{
    struct program *p = *state;

    expect_ok(p, "customer add --first-name Maria --last-name Delgado --phone 6195550142 "
                 "--note 'Likes a call' --terms-days 30 --json");
    const long id = json_number(p, "id");
    expect_ok(p, with_number(p, "customer edit %ld --email maria@example.com --json", id));
    assert_out(p, "\"email\":\"maria@example.com\"");
    assert_out(p, "\"note\":\"Likes a call\"");
    assert_out(p, "\"terms_days\":30");
    assert_out(p, "+16195550142");
    expect_ok(p, with_number(p, "customer edit %ld --no-text-consent --note '' --json", id));
    assert_out(p, "\"note\":\"\"");
    assert_out(p, "\"email\":\"maria@example.com\"");
}

static void an_edit_of_what_was_changed_meanwhile_is_refused(void **state)
{
    struct program *p = *state;
    const long id = given_customer(p, "Delgado");

    expect_ok(p, with_number(p, "customer edit %ld --city Fresno", id));
    expect_code(p, 4, with_number(p, "customer edit %ld --city Reno --revision 1 --json", id));
    assert_out(p, "\"code\":\"stale\"");
}

static void what_is_shown_as_json_can_be_edited_and_given_back(void **state)
{
    struct program *p = *state;

    expect_ok(p, "user show 1 --json");
    const char *shown = p->out;
    assert_int_equal(run_with(p, shown, "user edit --json -"), 0);
    assert_int_equal(json_number(p, "revision"), 2);
    assert_int_equal(run_with(p, "{\"id\":1,\"nam\":\"x\"}", "user edit --input -"), 2);
    assert_err(p, "did you mean \"name\"?");
}

static void a_refusal_names_the_option(void **state)
{
    struct program *p = *state;

    expect_code(p, 2, "customer add --last-name Delgado --phone 12");
    assert_err(p, "pitlane: --phone: ");
    expect_code(p, 2, "customer add --last-name Delgado --phone 12 --json");
    assert_out(p, "\"field\":\"phone\"");
    expect_code(p, 2, "customer add --last-name x --phones 'kind=mobil number=6195550142'");
    assert_err(p, "phones.1.kind: ");
    expect_code(p, 2, "customer add --last-name x --phones 'nmber=6195550142'");
    assert_err(p, "Did you mean “number”?");
    expect_code(p, 2, "customer add --last-name x --phones 'number=\"619'");
    assert_err(p, "never closed");
    expect_code(p, 2, "customer add --last-name x --phones number");
    assert_err(p, "name=value");
    expect_code(p, 2, "customer add Delgado");
    assert_err(p, "one word too many");
    expect_code(p, 2, "customer show x");
    expect_code(p, 2, "customer add --last-name 'a\x1b[31mb' --json");
    assert_out(p, "\"field\":\"last_name\",\"message\":\"Last name holds characters that cannot");
    expect_code(p, 2, "customer add --last-name 'Delgado\xff'");
    assert_err(p, "--last-name: ");
    expect_code(p, 2, "customer add --last-name x --phones 'number=6195550142 note=\a'");
    assert_err(p, "phones.1.note: ");
    expect_code(p, 2, "customer add --last-name 'card 4111 1111 1111 1111'");
    expect_code(p, 1, "customer show 999");
    expect_code(p, 1, "user show 77 --json");
    assert_out(p, "\"code\":\"not_found\"");
}

static void a_record_is_found_by_its_whole_name_too(void **state)
{
    struct program *p = *state;

    expect_ok(p, "user show ada --json");
    assert_int_equal(json_number(p, "id"), 1);
    expect_ok(p, "role show Technician --json");
    assert_int_equal(json_number(p, "id"), 3);
    expect_code(p, 2, "user show ad");
    assert_err(p, "“ad” is not in the list. Write the whole name as it stands there, or the "
                  "number: pitlane user list.");
    expect_ok(p, "customer add --last-name Delgado --phone 6195550142");
    expect_ok(p, "customer add --last-name Delgado --phone 6195550143");
    expect_code(p, 2, "customer show delgado");
    assert_err(p, "More than one is called “delgado”. Write the number that pitlane customer "
                  "search shows.");
    expect_ok(p, "part add --sku 10W30-CON --name 'Oil, qt' --bin A2");
    expect_ok(p, "part show 10w30-con --json");
    assert_int_equal(json_number(p, "id"), 1);
    expect_code(p, 2, "part show A2");
    assert_err(p, "“A2” is not in the list.");
    expect_code(p, 2, "part show 10W40");
    assert_err(p, "“10W40” is not in the list.");
    expect_code(p, 2, "user show 'a\x1b[31m'");
    assert_err(p, "Write a whole number");
}

static void a_list_pages_by_cursor_and_reads_to_its_end(void **state)
{
    struct program *p = *state;

    for (int i = 1; i <= 5; i++)
        given_customer(p, arena_printf(&p->arena, "Customer %d", i));
    expect_ok(p, "customer search --limit 2");
    assert_out(p, "1–2 of 5");
    assert_out(p, "The next page: --after '");
    assert_out(p, "Everything: --all.");
    const char *cursor = strstr(p->out, "--after '");
    const char *next = arena_text_n(&p->arena, cursor, strcspn(cursor + 9, "'") + 10);
    expect_ok(p, arena_printf(&p->arena, "customer search --limit 2 %s --json", next));
    assert_not_out(p, "Customer 2");
    assert_out(p, "Customer 3");
    expect_ok(p, "customer search --all");
    assert_out(p, "5 in all");
    expect_ok(p, "customer search --all --json");
    assert_int_equal(json_number(p, "total"), 5);
    expect_ok(p, "customer search --lines --limit 3");
    assert_true(text_starts(p->out, "{\"id\":"));
    assert_not_out(p, "rows");
    expect_ok(p, "customer search nobody");
    assert_out(p, "Nothing matches.");
}

static void a_program_is_told_that_a_page_is_not_all(void **state)
{
    struct program *p = *state;
    static const char *const parts[] = {"right list --csv", "right list --lines",
                                        "right list --only id"};
    static const char *const wholes[] = {"right list --all --csv", "right list --all --lines",
                                         "right list --lines --limit 50", "right list --json",
                                         "role list --csv"};

    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        expect_ok(p, parts[i]);
        assert_err(p, "These are 50 of ");
    }
    for (size_t i = 0; i < COUNT_OF(wholes); i++) {
        expect_ok(p, wholes[i]);
        assert_string_equal(p->err, "");
    }
}

static void csv_is_safe_for_a_spreadsheet(void **state)
{
    struct program *p = *state;

    given_customer(p, "=1+1");
    given_customer(p, "Brien; Pat");
    expect_ok(p, "customer search --all --csv");
    assert_true(text_starts(p->out, "id,name,phone,email,city,owes,last_visit_on,archived"));
    assert_out(p, "'=1+1");
    assert_out(p, "Brien; Pat");
}

/* However it came into the file: nothing of it reaches a terminal. */
static void stored_control_characters_are_never_printed(void **state)
{
    struct program *p = *state;
    static const char *const commands[] = {
        "customer search",          "customer search --all",   "customer search --json",
        "customer search --csv",    "customer search --lines", "customer show %ld",
        "customer show %ld --json", "customer find customer",  "customer search --all --csv",
    };
    const long id = given_customer(p, "Customer");

    run_sql(p, "UPDATE customer SET name = 'a' || char(27) || '[31m' || char(155) || char(8238) "
               "|| char(7) || 'b', email = char(27) || ']0;x' || char(7)");
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        expect_ok(p,
                  strchr(commands[i], '%') != NULL ? with_number(p, commands[i], id) : commands[i]);
        assert_null(strchr(p->out, '\x1b'));
        assert_null(strchr(p->out, '\a'));
        assert_null(strstr(p->out, "\xc2\x9b"));
        assert_null(strstr(p->out, "\xe2\x80\xae"));
    }
}

static void some_fields_alone_are_printed(void **state)
{
    struct program *p = *state;

    expect_ok(p, "customer add --last-name Delgado --phone 6195550142 --only id");
    assert_string_equal(p->out, "1\n");
    expect_ok(p, "customer show 1 --only name,phone");
    assert_string_equal(p->out, "Name:   Delgado\nPhone:  (619) 555-0142\n");
    expect_ok(p, "customer show 1 --only phones.1.number");
    assert_string_equal(p->out, "+16195550142\n");
    expect_ok(p, "customer show 1 --only revision,name --json");
    assert_string_equal(p->out, "{\"revision\":1,\"name\":\"Delgado\"}\n");
    expect_ok(p, "customer search --only name,id --csv");
    assert_string_equal(p->out, "name,id\r\nDelgado,1\r\n");
    expect_ok(p, "customer search --only id");
    assert_string_equal(p->out, "1\n");
    expect_ok(p, "customer search --only id --all");
    assert_string_equal(p->out, "1\n");
    expect_ok(p, "customer find nobody");
    assert_string_equal(p->out, "Nothing found.\n");
    expect_code(p, 2, "customer show 1 --only nam");
    assert_err(p, "Did you mean “name”?");
    expect_code(p, 2, "customer add --last-name Twice --only idd");
    expect_ok(p, "customer search twice");
    assert_out(p, "Nothing matches.");
    expect_ok(p, "customer show 1 --only phones");
    assert_out(p, "Kind");
    expect_code(p, 2, "customer show 1 --only phones.x.number");
    expect_code(p, 1, "customer show 1 --only phones.2.number");
}

static void a_command_with_a_name_is_done_once(void **state)
{
    struct program *p = *state;

    expect_ok(p, "customer add --last-name Once --command-id abc-1 --json");
    const char *first = p->out;
    expect_ok(p, "customer add --last-name Once --command-id abc-1 --json");
    assert_string_equal(p->out, first);
    expect_ok(p, "customer search once --json");
    assert_int_equal(json_number(p, "total"), 1);
    expect_code(p, 4, "customer add --last-name Other --command-id abc-1");
}

static void a_password_comes_from_standard_input_but_is_not_asked_without_a_terminal(void **state)
{
    struct program *p = *state;

    expect_ok(p, "logout");
    expect_code(p, 2, "login ada");
    assert_err(p, "--password-file FILE");
    assert_int_equal(run_with(p, PASSWORD "\n", "login ada --password-file -"), 0);
    assert_out(p, "Signed in as Ada Admin (admin)");
    assert_not_out(p, PASSWORD);
    assert_int_equal(run_with(p, "wrong password 123\n", "login ada --password-file -"), 3);
    assert_int_equal(run_with(p, "", "login ada --password-file -"), 2);
    expect_code(p, 6, "login ada --password-file /nonexistent/file");
}

static void given_user(struct program *p, const char *login, int role)
{
    expect_ok(p,
              arena_printf(&p->arena, "user add --login %s --name %s --role %d --password-file %s",
                           login, login, role, path_of(p, "password")));
    expect_ok(
        p, arena_printf(&p->arena, "login %s --password-file %s", login, path_of(p, "password")));
    assert_out(p, "Choose your own password first: pitlane user change-password");
}

static void whoever_lacks_the_right_is_refused(void **state)
{
    struct program *p = *state;

    given_user(p, "mo", 3); /* technician */
    expect_code(p, 3, "user list --json");
    assert_out(p, "\"code\":\"confirm\"");
    assert_err(p, "Choose your own password first");
    run_sql(p, "UPDATE user SET must_change = 0");
    expect_code(p, 3, "user list");
    expect_code(p, 3, "customer add --last-name x --json");
    assert_out(p, "\"code\":\"denied\"");
    expect_ok(p, "customer search");
    expect_code(p, 3, "customer search --csv");
    assert_err(p, "Export lists");
}

static void a_technician_changes_what_is_his_of_his_own_job(void **state)
{
    struct program *p = *state;

    given_customer(p, "Delgado");
    expect_ok(p, "estimate start 1 --json");
    const long order = json_number(p, "id");
    expect_ok(p, arena_printf(&p->arena, "estimate add-job %ld 'Front brakes'", order));
    given_user(p, "mo", 3); /* technician */
    run_sql(p, "UPDATE user SET works_on_cars = 1 WHERE login = 'mo'");
    run_sql(p, "UPDATE user SET must_change = 0");
    expect_code(p, 3, "estimate edit-job 1 --cause Worn");
    run_sql(p, "UPDATE job SET technician = (SELECT id FROM user WHERE login = 'mo')");

    expect_ok(p, "estimate edit-job 1 --cause Worn --json");
    assert_out(p, "\"title\":\"Front brakes\"");
    assert_out(p, "\"cause\":\"Worn\"");
    assert_out(p, "\"technician_name\":\"mo\"");
    assert_not_out(p, "\"cost\"");
    expect_code(p, 3, "estimate edit-job 1 --title Mine");
}

static void a_password_is_changed_from_two_lines_of_input(void **state)
{
    struct program *p = *state;

    assert_int_equal(run_with(p, PASSWORD "\nfour quite new words\n",
                              "user change-password --old-password-file - --new-password-file -"),
                     0);
    assert_int_equal(run_with(p, "four quite new words\n", "login ada --password-file -"), 0);
    expect_code(p, 2, "user change-password");
}

static void the_shop_is_copied_and_verified(void **state)
{
    struct program *p = *state;
    const char *copy = path_of(p, "copy.db");

    given_customer(p, "Delgado");
    expect_ok(p, arena_printf(&p->arena, "backup %s", copy));
    expect_code(p, 4, arena_printf(&p->arena, "backup %s", copy));
    expect_ok(p, arena_printf(&p->arena, "verify --db %s", copy));
    assert_out(p, "the books agree");
    expect_code(p, 4, arena_printf(&p->arena, "init --json %s", path_of(p, "init.json")));
}

static void a_damaged_or_foreign_file_is_refused(void **state)
{
    struct program *p = *state;
    const char *foreign = file_with(p, "foreign.db", "This is a letter, not a shop.\n");
    const char *empty = file_with(p, "empty.db", "");

    expect_code(p, 5, arena_printf(&p->arena, "user list --db %s", foreign));
    expect_code(p, 5, arena_printf(&p->arena, "user list --db %s --json", empty));
    assert_out(p, "\"code\":\"corrupt\"");
    expect_code(p, 6, arena_printf(&p->arena, "user list --db %s", path_of(p, "none.db")));
}

static void a_full_disk_is_told(void **state)
{
    struct program *p = *state;

    if (access("/dev/full", W_OK) != 0)
        skip();
    const char *command =
        arena_printf(&p->arena, "XDG_DATA_HOME=%s XDG_STATE_HOME=%s '%s' user list >/dev/full 2>%s",
                     path_of(p, "data"), path_of(p, "state"), getenv("PITLANE"), path_of(p, "err"));
    const int how = system(command);
    assert_int_equal(WEXITSTATUS(how), 6);
}

static void a_copy_is_put_back_where_there_is_no_shop(void **state)
{
    struct program *p = *state;
    const char *copy = path_of(p, "copy.db");
    const char *away = path_of(p, "away.db");

    given_customer(p, "Delgado");
    expect_ok(p, arena_printf(&p->arena, "backup %s", copy));
    expect_code(p, 4, arena_printf(&p->arena, "restore %s", copy));
    assert_err(p, "Move it away first");
    assert_int_equal(rename(shop_path(p), away), 0);
    const char *log = file_with(p, "data/pitlane/shop.db-wal", "of the one that was there");
    expect_code(p, 4, arena_printf(&p->arena, "restore %s", copy));
    assert_err(p, "shop.db-wal is still there");
    assert_int_equal(unlink(log), 0);
    expect_code(p, 5, arena_printf(&p->arena, "restore %s", file_with(p, "junk", "no shop")));
    expect_code(p, 6, arena_printf(&p->arena, "restore %s", path_of(p, "nowhere.db")));
    expect_ok(p, arena_printf(&p->arena, "restore %s", copy));
    assert_out(p, "The shop is back");
    expect_ok(p, "verify");
    expect_ok(p, "customer search");
    assert_out(p, "Delgado");
    expect_ok(p, "audit list --json");
    assert_out(p, "data.restore");
}

static void a_copy_is_put_back_from_where_nothing_can_be_written(void **state)
{
    struct program *p = *state;
    const char *disc = path_of(p, "disc");
    const char *copy = path_of(p, "disc/copy.db");

    assert_int_equal(mkdir(disc, 0700), 0);
    if (geteuid() != 0 || mount("none", disc, "tmpfs", 0, "size=20m") != 0)
        skip();
    expect_ok(p, arena_printf(&p->arena, "backup %s", copy));
    assert_int_equal(mount("none", disc, "tmpfs", MS_REMOUNT | MS_RDONLY, "size=20m"), 0);
    assert_int_equal(rename(shop_path(p), path_of(p, "away.db")), 0);

    run(p, arena_printf(&p->arena, "restore %s", copy));
    assert_int_equal(umount(disc), 0);
    assert_string_equal(p->err, "");
    assert_out(p, "The shop is back");
    expect_ok(p, "verify");
}

static void everything_leaves_the_shop_only_with_the_password_shown_again(void **state)
{
    struct program *p = *state;

    given_customer(p, "Delgado");
    expect_ok(p, "customer search --csv --all");
    run_sql(p, "UPDATE session SET started_at = started_at - 600, confirmed_at = NULL");
    expect_code(p, 3, "customer search --csv --all");
    assert_err(p, "needs your password again");
    assert_not_out(p, "Delgado");
    expect_ok(p, "customer search --csv --all --search del");
    assert_out(p, "Delgado");
    expect_ok(p, "customer search");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PROGRAM_TEST(a_record_is_found_by_its_whole_name_too),
        SHOP_PROGRAM_TEST(a_customer_is_added_shown_and_found),
        SHOP_PROGRAM_TEST(an_edit_changes_what_it_names_and_nothing_else),
        SHOP_PROGRAM_TEST(an_edit_of_what_was_changed_meanwhile_is_refused),
        SHOP_PROGRAM_TEST(what_is_shown_as_json_can_be_edited_and_given_back),
        SHOP_PROGRAM_TEST(a_refusal_names_the_option),
        SHOP_PROGRAM_TEST(a_list_pages_by_cursor_and_reads_to_its_end),
        SHOP_PROGRAM_TEST(a_program_is_told_that_a_page_is_not_all),
        SHOP_PROGRAM_TEST(csv_is_safe_for_a_spreadsheet),
        SHOP_PROGRAM_TEST(stored_control_characters_are_never_printed),
        SHOP_PROGRAM_TEST(some_fields_alone_are_printed),
        SHOP_PROGRAM_TEST(a_command_with_a_name_is_done_once),
        SHOP_PROGRAM_TEST(a_password_comes_from_standard_input_but_is_not_asked_without_a_terminal),
        SHOP_PROGRAM_TEST(whoever_lacks_the_right_is_refused),
        SHOP_PROGRAM_TEST(a_technician_changes_what_is_his_of_his_own_job),
        SHOP_PROGRAM_TEST(a_password_is_changed_from_two_lines_of_input),
        SHOP_PROGRAM_TEST(the_shop_is_copied_and_verified),
        SHOP_PROGRAM_TEST(a_copy_is_put_back_where_there_is_no_shop),
        SHOP_PROGRAM_TEST(a_copy_is_put_back_from_where_nothing_can_be_written),
        SHOP_PROGRAM_TEST(everything_leaves_the_shop_only_with_the_password_shown_again),
        SHOP_PROGRAM_TEST(a_damaged_or_foreign_file_is_refused),
        SHOP_PROGRAM_TEST(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
