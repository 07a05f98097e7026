/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The second factor: set up, asked for, used once, lost, turned off. */

#include "calls.h"

#include <pthread.h>
#include <unistd.h>

#include "domain/access.h"
#include "domain/factor.h"
#include "domain/opening.h"
#include "domain/secret.h"
#include "domain/totp.h"

#define PASSWORD "correct horse battery"

/* What the person has in his pocket. */
struct pocket {
    unsigned char seed[TOTP_SEED_BYTES];
    char codes[FACTOR_RECOVERY_CODES][20];
};

static void code_of(const struct pocket *pocket, int64_t at, char ret[TOTP_CODE_MAX])
{
    assert_true(totp_code(pocket->seed, TOTP_SEED_BYTES, at / TOTP_STEP_SECONDS, ret));
}

static void keep_codes(struct pocket *pocket, const struct recovery_codes *codes)
{
    const struct recovery_code *code = codes->codes.at;

    assert_int_equal(codes->codes.count, FACTOR_RECOVERY_CODES);
    for (size_t i = 0; i < codes->codes.count; i++)
        snprintf(pocket->codes[i], sizeof pocket->codes[i], "%s", code[i].code);
}

static void begin(struct shop_test *t, struct pocket *pocket)
{
    struct factor_begun begun;

    expect_ok(t, &factor_begin_op, NULL, &begun);
    const char *secret = strstr(begun.uri, "secret=");
    assert_non_null(secret);
    assert_true(totp_from_base32(arena_text_n(&t->arena, secret + 7, 32), pocket->seed,
                                 sizeof pocket->seed));
    assert_true(totp_from_base32(begun.secret, pocket->seed, sizeof pocket->seed));
}

static void turn_on(struct shop_test *t, struct pocket *pocket)
{
    struct recovery_codes codes;
    char code[TOTP_CODE_MAX];

    begin(t, pocket);
    code_of(pocket, t->session.clock.fixed, code);
    expect_ok(t, &factor_turn_on_op, &(struct factor_code){code}, &codes);
    keep_codes(pocket, &codes);
    t->session.clock.fixed += 60; /* that code is used up */
}

static status sign_in_with(struct shop_test *t, const char *login, const char *password,
                           const char *code, struct signed_in *out)
{
    const struct sign_in in = {.login = login, .password = password, .code = code};

    return op_call(&t->session, &session_sign_in_op, &in, out);
}

static status try_code(struct shop_test *t, const char *code)
{
    struct signed_in out;

    return sign_in_with(t, "ann", PASSWORD, code, &out);
}

static status try_now(struct shop_test *t, const struct pocket *pocket)
{
    char code[TOTP_CODE_MAX];

    code_of(pocket, t->session.clock.fixed, code);
    return try_code(t, code);
}

static void it_is_on_only_after_one_right_code(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;
    struct factor_state how;

    sign_in_as(t, ROLE_MANAGER);
    begin(t, &pocket);
    assert_int_equal(try_code(t, ""), OK); /* not on yet: nobody is locked out by beginning */
    sign_in_as(t, ROLE_MANAGER);
    expect_status(t, &factor_turn_on_op, &(struct factor_code){"000000"}, NULL, ERR_INVALID);
    assert_field(t, "code");
    expect_ok(t, &factor_show_op, NULL, &how);
    assert_false(how.on);

    turn_on(t, &pocket);
    expect_ok(t, &factor_show_op, NULL, &how);
    assert_true(how.on);
    assert_int_equal(how.codes_left, 10);
    assert_false(how.needed);
    expect_status(t, &factor_begin_op, NULL, NULL, ERR_CONFLICT);
}

static void the_password_alone_asks_for_the_code(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;

    sign_in_as(t, ROLE_MANAGER);
    turn_on(t, &pocket);
    assert_int_equal(try_code(t, ""), ERR_INVALID);
    assert_field(t, "code");
    assert_int_equal(ask_number(t, "SELECT sum(failures) FROM tries"), 0);
    assert_int_equal(try_now(t, &pocket), OK);
    assert_string_equal(ask_text(t, "SELECT factor FROM session ORDER BY id DESC LIMIT 1"), "code");
}

static void a_wrong_password_is_not_told_from_one_without_a_second_factor(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;
    struct signed_in out;

    sign_in_as(t, ROLE_MANAGER);
    turn_on(t, &pocket);
    assert_int_equal(sign_in_with(t, "ann", "wrong", "", &out), ERR_SIGN_IN);
    assert_says(t, "The name or the password is wrong.");
}

static void every_code_counts_once(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;
    int accepted = 0;

    sign_in_as(t, ROLE_MANAGER);
    turn_on(t, &pocket);
    for (int i = 0; i < 5; i++)
        accepted += try_now(t, &pocket) == OK;
    assert_int_equal(accepted, 1);
    /* Nor one that was shown before it, though its half minute is not over. */
    char earlier[TOTP_CODE_MAX];
    code_of(&pocket, t->session.clock.fixed - TOTP_STEP_SECONDS, earlier);
    assert_int_equal(try_code(t, earlier), ERR_INVALID);
    /* Nor the one that turned it on. */
    assert_int_equal(ask_number(t, "SELECT count(*) FROM second_factor WHERE last_step > 0"), 1);
}

static void the_first_code_does_not_sign_in_again(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;

    sign_in_as(t, ROLE_MANAGER);
    turn_on(t, &pocket);
    t->session.clock.fixed -= 60;
    assert_int_equal(try_now(t, &pocket), ERR_INVALID);
}

static void a_clock_that_is_set_back_makes_no_code_good_again(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;

    sign_in_as(t, ROLE_MANAGER);
    turn_on(t, &pocket);
    assert_int_equal(try_now(t, &pocket), OK);
    t->session.clock.fixed -= 3600;
    assert_int_equal(try_now(t, &pocket), ERR_INVALID);
    t->session.clock.fixed += 3600 + 60;
    assert_int_equal(try_now(t, &pocket), OK);
}

static void a_recovery_code_works_once_however_it_is_typed(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;
    struct factor_state how;
    char typed[40];

    sign_in_as(t, ROLE_MANAGER);
    turn_on(t, &pocket);
    assert_int_equal(strlen(pocket.codes[0]), 14); /* 12 of 32 signs: 60 bits */
    snprintf(typed, sizeof typed, " %.4s %.4s%.4s", pocket.codes[0], pocket.codes[0] + 5,
             pocket.codes[0] + 10);
    for (char *at = typed; *at != '\0'; at++)
        *at = (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
    assert_int_equal(try_code(t, typed), OK);
    assert_string_equal(ask_text(t, "SELECT factor FROM session ORDER BY id DESC LIMIT 1"),
                        "recovery");
    assert_string_equal(ask_text(t, "SELECT factor FROM audit WHERE op = 'session.sign-in' "
                                    "AND result = 'ok' ORDER BY id DESC LIMIT 1"),
                        "recovery");
    assert_int_equal(try_code(t, pocket.codes[0]), ERR_INVALID);
    assert_int_equal(try_code(t, pocket.codes[1]), OK);
    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &factor_show_op, NULL, &how);
    assert_int_equal(how.codes_left, 8);
}

static void new_recovery_codes_replace_all_of_before(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;
    struct recovery_codes codes;

    sign_in_as(t, ROLE_MANAGER);
    turn_on(t, &pocket);
    const struct pocket before = pocket;
    expect_ok(t, &factor_new_codes_op, NULL, &codes);
    keep_codes(&pocket, &codes);
    assert_int_equal(try_code(t, before.codes[3]), ERR_INVALID);
    assert_int_equal(try_code(t, pocket.codes[3]), OK);
}

static void codes_of_one_person_are_no_good_for_another(void **state)
{
    struct shop_test *t = *state;
    struct pocket ann, lee;
    struct signed_in out;

    sign_in_as(t, ROLE_MANAGER);
    turn_on(t, &ann);
    sign_in_as(t, ROLE_ACCOUNTANT);
    turn_on(t, &lee);
    assert_int_equal(sign_in_with(t, "lee", PASSWORD, ann.codes[0], &out), ERR_INVALID);
    assert_int_equal(sign_in_with(t, "lee", PASSWORD, lee.codes[0], &out), OK);
}

static void neither_seed_nor_codes_lie_open(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;

    sign_in_as(t, ROLE_MANAGER);
    turn_on(t, &pocket);
    const char *base32 = totp_base32(&t->arena, pocket.seed, sizeof pocket.seed);
    assert_null(strstr(ask_text(t, "SELECT seed_secret FROM second_factor"), base32));
    assert_int_equal(ask_number(t, arena_printf(&t->arena,
                                                "SELECT count(*) FROM audit WHERE input || changes "
                                                "LIKE '%%%s%%' OR input || changes LIKE '%%%.4s%%'",
                                                base32, pocket.codes[0])),
                     0);
    /* Moved to another person's row, the seed does not open. */
    run_sql(t, "UPDATE second_factor SET user = 4");
    t->session.id.v = 0;
    struct signed_in out;
    assert_int_equal(sign_in_with(t, "lee", PASSWORD, "123456", &out), ERR_CORRUPT);
}

static void its_answers_are_kept_for_no_command(void **state)
{
    struct shop_test *t = *state;

    sign_in_as(t, ROLE_MANAGER);
    t->session.command_id = "once";
    expect_status(t, &factor_begin_op, NULL, NULL, ERR_USAGE);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM command"), 0);
}

static void a_role_may_need_it(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;

    run_sql(t, "UPDATE role SET needs_second_factor = 1, revision = revision + 1 WHERE id = 2");
    sign_in_as(t, ROLE_MANAGER);
    refuse(t, &user_list_op, ERR_CONFIRM, "second factor", "{}");
    turn_on(t, &pocket);
    t->session.clock.fixed -= 60;
    struct page page;
    call(t, &user_list_op, &page, "{}");
    expect_ok(t, &factor_turn_off_op, NULL, NULL);
    expect_status(t, &user_list_op, input_json(t, &user_list_op, "{}"), NULL, ERR_CONFIRM);
}

static void change_password(struct shop_test *t, const char *old, const char *new, status expected)
{
    expect_status(
        t, &user_change_password_op,
        input_json(
            t, &user_change_password_op,
            arena_printf(&t->arena, "{\"old_password\":\"%s\",\"new_password\":\"%s\"}", old, new)),
        NULL, expected);
}

static void eight_characters_do_beside_it_and_not_without(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;

    sign_in_as(t, ROLE_MANAGER);
    change_password(t, PASSWORD, "kestrel9", ERR_INVALID);
    assert_field(t, "new_password");
    turn_on(t, &pocket);
    change_password(t, PASSWORD, "kestrel9", OK);
    expect_status(t, &factor_turn_off_op, NULL, NULL, ERR_CONFLICT);
    assert_says(t, "15 characters");
    change_password(t, "kestrel9", "kestrel over the harbor", OK);
    expect_ok(t, &factor_turn_off_op, NULL, NULL);
    struct signed_in out;
    assert_int_equal(sign_in_with(t, "ann", "kestrel over the harbor", "", &out), OK);
}

static void who_lost_the_telephone_is_helped_by_a_manager_and_changes_a_short_password(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;
    struct signed_in out;

    sign_in_as(t, ROLE_TECHNICIAN);
    turn_on(t, &pocket);
    change_password(t, PASSWORD, "kestrel9", OK);
    sign_in_as(t, ROLE_MANAGER);
    const struct user_id mo = t->users[ROLE_TECHNICIAN];
    expect_ok(t, &factor_reset_op, &mo, NULL);
    expect_status(t, &factor_reset_op, &mo, NULL, ERR_CONFLICT);
    assert_int_equal(sign_in_with(t, "mo", "kestrel9", "", &out), OK);
    assert_true(out.must_change);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM recovery_code"), 0);
}

static void a_manager_takes_no_factor_from_who_may_do_more(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;

    turn_on(t, &pocket); /* the administrator's */
    sign_in_as(t, ROLE_MANAGER);
    expect_status(t, &factor_reset_op, &t->users[ROLE_ADMIN], NULL, ERR_DENIED);
    assert_says(t, "may do more than yours");
}

static void setting_it_up_wants_a_password_that_was_just_shown(void **state)
{
    struct shop_test *t = *state;
    const struct confirm right = {.password = PASSWORD};

    sign_in_as(t, ROLE_MANAGER);
    t->session.clock.fixed += 301;
    expect_status(t, &factor_begin_op, NULL, NULL, ERR_CONFIRM);
    expect_ok(t, &session_confirm_op, &right, NULL);
    struct factor_begun begun;
    expect_ok(t, &factor_begin_op, NULL, &begun);
}

static void the_password_again_wants_the_code_too(void **state)
{
    struct shop_test *t = *state;
    struct pocket pocket;
    struct confirm in = {.password = PASSWORD};
    char code[TOTP_CODE_MAX];

    sign_in_as(t, ROLE_MANAGER);
    turn_on(t, &pocket);
    t->session.clock.fixed += 301;
    expect_status(t, &factor_turn_off_op, NULL, NULL, ERR_CONFIRM);
    expect_status(t, &session_confirm_op, &in, NULL, ERR_INVALID);
    assert_field(t, "code");
    in.code = "000000";
    expect_status(t, &session_confirm_op, &in, NULL, ERR_INVALID);
    assert_int_equal(ask_number(t, "SELECT sum(failures) FROM tries"), 1);
    code_of(&pocket, t->session.clock.fixed, code);
    in.code = code;
    expect_ok(t, &session_confirm_op, &in, NULL);
    assert_int_equal(ask_number(t, "SELECT sum(failures) FROM tries"), 0);
    expect_ok(t, &factor_turn_off_op, NULL, NULL);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'session.confirm'"), 3);
}

/* --- The same code at two terminals at once --- */

#define RACERS 4
struct racer {
    const char *path;
    const char *code;
    int64_t now;
    pthread_barrier_t *start;
    status result;
};

static void *race(void *context)
{
    struct racer *racer = context;
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_SHOP_FILE shop = {.store = NULL};
    struct fault fault = {0};
    const struct shop_file_options options = {.create = false};
    struct signed_in out;

    racer->result = shop_file_open(racer->path, &options, &fault, &shop);
    pthread_barrier_wait(racer->start);
    if (racer->result != OK)
        return NULL;
    struct session s = {.store = shop.store,
                        .keys = shop.keys,
                        .arena = &arena,
                        .clock = {.fixed = racer->now},
                        .terminal = "race"};
    store_report_to(s.store, &s.fault);
    const struct sign_in in = {.login = "root", .password = PASSWORD, .code = racer->code};
    racer->result = op_call(&s, &session_sign_in_op, &in, &out);
    return NULL;
}

static void of_two_who_use_one_code_at_once_one_is_let_in(void **state)
{
    char folder[] = "/tmp/pitlane-factor-XXXXXX";
    char path[64], code[TOTP_CODE_MAX];
    struct racer racers[RACERS];
    pthread_t threads[RACERS];
    pthread_barrier_t start;
    struct pocket pocket;
    int let_in = 0;
    (void)state;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/shop.db", folder);
    struct shop_test *t = shop_test_make(path);
    turn_on(t, &pocket);
    const int64_t now = t->session.clock.fixed;
    code_of(&pocket, now, code);
    pthread_barrier_init(&start, NULL, RACERS);
    for (int i = 0; i < RACERS; i++) {
        racers[i] = (struct racer){.path = path, .code = code, .now = now, .start = &start};
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (int i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(racers[i].result == OK || racers[i].result == ERR_INVALID);
        let_in += racers[i].result == OK;
    }
    pthread_barrier_destroy(&start);
    assert_int_equal(let_in, 1);
    shop_test_remove(t, folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(it_is_on_only_after_one_right_code),
        SHOP_TEST(the_password_alone_asks_for_the_code),
        SHOP_TEST(a_wrong_password_is_not_told_from_one_without_a_second_factor),
        SHOP_TEST(every_code_counts_once),
        SHOP_TEST(the_first_code_does_not_sign_in_again),
        SHOP_TEST(a_clock_that_is_set_back_makes_no_code_good_again),
        SHOP_TEST(a_recovery_code_works_once_however_it_is_typed),
        SHOP_TEST(new_recovery_codes_replace_all_of_before),
        SHOP_TEST(codes_of_one_person_are_no_good_for_another),
        SHOP_TEST(neither_seed_nor_codes_lie_open),
        SHOP_TEST(its_answers_are_kept_for_no_command),
        SHOP_TEST(a_role_may_need_it),
        SHOP_TEST(eight_characters_do_beside_it_and_not_without),
        SHOP_TEST(who_lost_the_telephone_is_helped_by_a_manager_and_changes_a_short_password),
        SHOP_TEST(a_manager_takes_no_factor_from_who_may_do_more),
        SHOP_TEST(setting_it_up_wants_a_password_that_was_just_shown),
        SHOP_TEST(the_password_again_wants_the_code_too),
        cmocka_unit_test(of_two_who_use_one_code_at_once_one_is_let_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
