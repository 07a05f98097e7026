/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Enrolled terminals, PINs and badges: where a PIN works, for what, and how often one may guess. */

#include "shop.h"

#include "domain/access.h"
#include "domain/clock.h"
#include "domain/secret.h"
#include "domain/terminal.h"

#define PIN "804259"

/* The manager enrolls a kiosk; Mo has a badge and a PIN. Nobody is signed in at the kiosk then. */
static void given_a_kiosk(struct shop_test *t)
{
    const struct terminal_enroll in = {.name = "kiosk 2", .kind = TERMINAL_KIOSK};
    struct terminal_enrolled kiosk;
    const struct pin_set pin = {PIN};
    const struct user_badge badge = {t->users[ROLE_TECHNICIAN], "badge-7kq2m4xr"};

    sign_in_as(t, ROLE_TECHNICIAN);
    expect_ok(t, &user_set_pin_op, &pin, NULL);
    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &user_badge_op, &badge, NULL);
    expect_ok(t, &terminal_enroll_op, &in, &kiosk);
    t->session.id = (struct session_id){0};
    t->session.user = (struct user_id){0};
    t->session.rights = t->session.rights_all = (struct right_set){0};
    if (terminal_recognise(&t->session, kiosk.secret) != OK)
        fail_msg("%s", t->session.fault.text);
}

static status try_pin(struct shop_test *t, const char *who, const char *pin, struct signed_in *out)
{
    const struct pin_sign_in in = {who, pin};
    struct signed_in scratch;

    return op_call(&t->session, &session_pin_op, &in, out != NULL ? out : &scratch);
}

static void enter_as(struct shop_test *t, const char *who)
{
    struct signed_in out;

    if (try_pin(t, who, PIN, &out) != OK || session_resume(&t->session, out.access) != OK)
        fail_msg("%s", t->session.fault.text);
}

static void badge_and_pin_open_the_kiosk(void **state)
{
    struct shop_test *t = *state;
    struct clock_status now;

    given_a_kiosk(t);
    assert_string_equal(t->session.terminal, "kiosk 2");
    enter_as(t, "BADGE-7KQ2M4XR");
    assert_string_equal(t->session.user_name, "Mo Haddad");
    assert_int_equal(t->session.factor, FACTOR_PIN);
    expect_ok(t, &clock_in_op, NULL, &now);
    assert_string_equal(ask_text(t, "SELECT terminal FROM punch"), "kiosk 2");
    assert_string_equal(ask_text(t, "SELECT factor FROM session ORDER BY id DESC LIMIT 1"), "pin");
    enter_as(t, "mo"); /* the sign-in name will do as well */
    assert_int_equal(ask_number(t, "SELECT count(*) FROM terminal WHERE seen_at IS NOT NULL"), 1);
}

/* Every operation there is, but those that are marked as small enough. */
static void a_pin_opens_little(void **state)
{
    struct shop_test *t = *state;
    int refused = 0, open = 0;

    given_a_kiosk(t);
    run_sql(t, "UPDATE user SET role = 1 WHERE login = 'mo'"); /* whatever else he may do */
    enter_as(t, "mo");
    for (size_t m = 0; m < module_count; m++)
        for (size_t i = 0; i < modules[m]->count; i++) {
            const struct op *op = modules[m]->ops[i];
            if ((op->flags & (OP_PUBLIC | OP_NO_SHOP)) != 0)
                continue;
            open += (op->flags & OP_PIN) != 0;
            if ((op->flags & OP_PIN) != 0)
                continue;
            expect_status(t, op, op->in != NULL ? input_json(t, op, "{}") : NULL, NULL, ERR_DENIED);
            assert_says(t, "A PIN is not enough for this. Sign in with your password.");
            refused++;
        }
    print_message("a PIN opens %d operations and is refused by %d\n", open, refused);
    assert_true(refused > 100);
    assert_in_range(open, 10, 24);
}

static void a_pin_works_at_an_enrolled_kiosk_only(void **state)
{
    struct shop_test *t = *state;
    const struct terminal_enroll counter = {.name = "counter 3", .kind = TERMINAL_COUNTER};
    struct terminal_enrolled enrolled;

    given_a_kiosk(t);
    const struct session kiosk = t->session;
    t->session.enrolled = (struct terminal_id){0};
    assert_int_equal(try_pin(t, "mo", PIN, NULL), ERR_DENIED);
    assert_says(t, "A PIN works at an enrolled kiosk only.");
    expect_status(t, &session_people_op, NULL, NULL, ERR_DENIED);

    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &terminal_enroll_op, &counter, &enrolled);
    assert_int_equal(terminal_recognise(&t->session, enrolled.secret), OK);
    assert_int_equal(t->session.terminal_kind, TERMINAL_COUNTER);
    assert_int_equal(try_pin(t, "mo", PIN, NULL), ERR_DENIED);
    t->session = kiosk;
    assert_int_equal(try_pin(t, "mo", PIN, NULL), OK);
}

static void a_kiosk_that_was_ended_is_closed_at_once(void **state)
{
    struct shop_test *t = *state;
    const struct {
        struct terminal_id id;
    } in = {{1}};

    given_a_kiosk(t);
    const struct session empty = t->session;
    enter_as(t, "mo");
    const struct session mo = t->session;
    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &terminal_end_op, &in, NULL);
    t->session = mo;
    expect_status(t, &clock_status_op, NULL, NULL, ERR_SIGN_IN);
    t->session = empty;
    assert_int_equal(try_pin(t, "mo", PIN, NULL), ERR_DENIED);
    assert_int_equal(terminal_recognise(&t->session, "any"), ERR_SIGN_IN);
    assert_says(t, "not enrolled any more");
}

static void ten_wrong_pins_in_a_row_switch_it_off(void **state)
{
    struct shop_test *t = *state;
    int compared = 0;

    given_a_kiosk(t);
    for (int guess = 0; guess < 10000; guess++) {
        char pin[PIN_DIGITS + 1];
        snprintf(pin, sizeof pin, "%06d", guess);
        assert_int_equal(try_pin(t, "mo", pin, NULL), ERR_SIGN_IN);
        compared = (int)ask_number(t, "SELECT pin_failures FROM user WHERE login = 'mo'");
        t->session.clock.fixed += 1;
    }
    print_message("10,000 guesses of a PIN: %d were compared\n", compared);
    assert_int_equal(compared, 10);
    assert_string_equal(ask_text(t, "SELECT pin_hash FROM user WHERE login = 'mo'"), "");
    t->session.clock.fixed += 30 * 86400; /* no wait is left, nor is the PIN */
    run_sql(t, "DELETE FROM tries");
    assert_int_equal(try_pin(t, "mo", PIN, NULL), ERR_SIGN_IN);
}

static void a_right_pin_forgets_the_wrong_ones(void **state)
{
    struct shop_test *t = *state;

    given_a_kiosk(t);
    for (int round = 0; round < 5; round++) {
        for (int guess = 0; guess < 4; guess++)
            assert_int_equal(try_pin(t, "mo", "000001", NULL), ERR_SIGN_IN);
        assert_int_equal(try_pin(t, "mo", PIN, NULL), OK);
    }
    assert_int_equal(ask_number(t, "SELECT pin_failures FROM user WHERE login = 'mo'"), 0);
}

static void who_has_no_pin_cannot_be_told_from_nobody(void **state)
{
    struct shop_test *t = *state;
    char sentence[FAULT_TEXT_MAX];

    given_a_kiosk(t);
    assert_int_equal(try_pin(t, "ann", "000000", NULL), ERR_SIGN_IN);
    memcpy(sentence, t->session.fault.text, sizeof sentence);
    assert_int_equal(try_pin(t, "nobody", "000000", NULL), ERR_SIGN_IN);
    assert_string_equal(t->session.fault.text, sentence);
    assert_int_equal(try_pin(t, "mo", "000000", NULL), ERR_SIGN_IN);
    assert_string_equal(t->session.fault.text, sentence);
    assert_int_equal(try_pin(t, "", "000000", NULL), ERR_INVALID);
}

static void a_pin_that_is_easily_guessed_is_refused(void **state)
{
    struct shop_test *t = *state;
    static const char *const bad[] = {"111111", "123456", "654321", "246802", "121212", "123123",
                                      "112233", "112580", "250119", "850711", "071985", "122003",
                                      "12345",  "12a456", "      ", "901234"};
    int64_t taken = 0;

    sign_in_as(t, ROLE_TECHNICIAN);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const struct pin_set in = {bad[i]};
        expect_status(t, &user_set_pin_op, &in, NULL, ERR_INVALID);
        assert_field(t, "pin");
    }
    secret_use_weak_hashes(true);
    for (int number = 7; number < 1000000; number += 7919) {
        char pin[PIN_DIGITS + 1];
        snprintf(pin, sizeof pin, "%06d", number);
        const struct pin_set in = {pin};
        taken += op_call(&t->session, &user_set_pin_op, &in, NULL) == OK;
    }
    print_message("of 127 PINs all over the range %d are taken\n", (int)taken);
    assert_in_range(taken, 95, 126);
}

static void the_pepper_is_in_the_hash(void **state)
{
    struct shop_test *t = *state;
    struct key_ring *other = key_ring_make(), *own = t->keys;
    char hash[SECRET_HASH_MAX];

    given_a_kiosk(t);
    const char *kept = ask_text(t, "SELECT pin_hash FROM user WHERE login = 'mo'");
    assert_false(secret_password_matches(kept, PIN));
    assert_int_equal(pin_hash(&t->session, t->users[ROLE_TECHNICIAN], PIN, hash), OK);
    t->session.keys = other;
    assert_int_equal(try_pin(t, "mo", PIN, NULL), ERR_SIGN_IN);
    t->session.keys = own;
    assert_int_equal(try_pin(t, "mo", PIN, NULL), OK);
    key_ring_free(other);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE input LIKE '%" PIN "%' "
                                   "OR changes LIKE '%" PIN "%' OR changes LIKE '%$argon2%'"),
                     0);
}

static void a_manager_clears_a_pin_and_gives_another_badge(void **state)
{
    struct shop_test *t = *state;
    const struct {
        struct user_id id;
    } mo = {t->users[ROLE_TECHNICIAN]};
    const struct user_badge fresh = {t->users[ROLE_TECHNICIAN], ""};
    struct user_badge given;

    given_a_kiosk(t);
    const struct session kiosk = t->session;
    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &user_badge_op, &fresh, &given);
    assert_int_equal(strlen(given.badge), strlen("BADGE7KQ2M4XR"));
    const struct user_badge same = {t->users[ROLE_MANAGER], given.badge};
    expect_status(t, &user_badge_op, &same, NULL, ERR_INVALID);
    assert_says(t, "Mo Haddad has this badge.");
    t->session = kiosk;
    assert_int_equal(try_pin(t, "BADGE-7KQ2M4XR", PIN, NULL), ERR_SIGN_IN); /* the lost one */
    assert_int_equal(try_pin(t, given.badge, PIN, NULL), OK);
    sign_in_as(t, ROLE_MANAGER);
    expect_ok(t, &user_clear_pin_op, &mo, NULL);
    t->session = kiosk;
    assert_int_equal(try_pin(t, given.badge, PIN, NULL), ERR_SIGN_IN);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &user_clear_pin_op, &mo, NULL, ERR_DENIED);
}

static void the_kiosk_names_who_has_a_pin(void **state)
{
    struct shop_test *t = *state;
    struct pin_people people;

    given_a_kiosk(t);
    expect_ok(t, &session_people_op, NULL, &people);
    assert_int_equal(people.people.count, 1);
    const struct pin_person *mo = people.people.at;
    assert_string_equal(mo->name, "Mo Haddad");
    run_sql(t, "UPDATE user SET disabled_at = 1 WHERE login = 'mo'");
    expect_ok(t, &session_people_op, NULL, &people);
    assert_int_equal(people.people.count, 0);
    assert_int_equal(try_pin(t, "mo", PIN, NULL), ERR_SIGN_IN);
}

static void customers_have_neither_pin_nor_badge(void **state)
{
    struct shop_test *t = *state;
    const struct user_badge badge = {t->users[ROLE_CUSTOMER], ""};
    struct pin_people people;

    given_a_kiosk(t);
    const struct session kiosk = t->session;
    run_sql(t, "INSERT INTO customer (id, name, name_key, created_at) "
               "VALUES (77, 'Delgado', 'delgado', 1)");
    run_sql(t, "UPDATE user SET customer = 77 WHERE login = 'maria'");
    sign_in_as(t, ROLE_ADMIN);
    expect_status(t, &user_badge_op, &badge, NULL, ERR_INVALID);
    assert_field(t, "id");
    sign_in_as(t, ROLE_CUSTOMER);
    expect_status(t, &user_set_pin_op, input_json(t, &user_set_pin_op, "{\"pin\":\"482913\"}"),
                  NULL, ERR_INVALID);
    assert_says(t, "for those who work here");
    /* Nor does one of before open anything, or stand at the door. */
    run_sql(t, "UPDATE user SET customer = 77 WHERE login = 'mo'");
    t->session = kiosk;
    assert_int_equal(try_pin(t, "mo", PIN, NULL), ERR_SIGN_IN);
    assert_int_equal(try_pin(t, "BADGE-7KQ2M4XR", PIN, NULL), ERR_SIGN_IN);
    expect_ok(t, &session_people_op, NULL, &people);
    assert_int_equal(people.people.count, 0);
}

static void names_of_terminals_are_their_own_while_they_live(void **state)
{
    struct shop_test *t = *state;
    const struct terminal_enroll in = {.name = "kiosk 2", .kind = TERMINAL_KIOSK};
    const struct {
        struct terminal_id id;
    } first = {{1}};

    given_a_kiosk(t);
    sign_in_as(t, ROLE_MANAGER);
    expect_status(t, &terminal_enroll_op, &in, NULL, ERR_INVALID);
    expect_ok(t, &terminal_end_op, &first, NULL);
    expect_status(t, &terminal_end_op, &first, NULL, ERR_NOT_FOUND);
    expect_ok(t, &terminal_enroll_op, &in, NULL);
    sign_in_as(t, ROLE_TECHNICIAN);
    expect_status(t, &terminal_enroll_op, &in, NULL, ERR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(badge_and_pin_open_the_kiosk),
        SHOP_TEST(a_pin_opens_little),
        SHOP_TEST(a_pin_works_at_an_enrolled_kiosk_only),
        SHOP_TEST(a_kiosk_that_was_ended_is_closed_at_once),
        SHOP_TEST(ten_wrong_pins_in_a_row_switch_it_off),
        SHOP_TEST(a_right_pin_forgets_the_wrong_ones),
        SHOP_TEST(who_has_no_pin_cannot_be_told_from_nobody),
        SHOP_TEST(a_pin_that_is_easily_guessed_is_refused),
        SHOP_TEST(the_pepper_is_in_the_hash),
        SHOP_TEST(a_manager_clears_a_pin_and_gives_another_badge),
        SHOP_TEST(the_kiosk_names_who_has_a_pin),
        SHOP_TEST(customers_have_neither_pin_nor_badge),
        SHOP_TEST(names_of_terminals_are_their_own_while_they_live),
    };

    return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}
