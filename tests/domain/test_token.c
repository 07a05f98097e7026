/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The tokens of a session: renewed, repeated within the grace, reused, run out, raced for. */

#include "shop.h"

#include <pthread.h>
#include <unistd.h>

#include "domain/access.h"
#include "domain/draft.h"
#include "domain/jwt.h"
#include "domain/opening.h"

static struct signed_in signed_in_as(struct shop_test *t, const char *login)
{
    const struct sign_in in = {.login = login, .password = "correct horse battery"};
    struct signed_in out;

    t->session.id.v = 0;
    expect_ok(t, &session_sign_in_op, &in, &out);
    return out;
}

static struct signed_in refreshed(struct shop_test *t, const char *token)
{
    const struct session_refresh in = {token};
    struct signed_in out;

    t->session.id.v = 0;
    expect_ok(t, &session_refresh_op, &in, &out);
    return out;
}

static void refused(struct shop_test *t, const char *token, const char *says)
{
    const struct session_refresh in = {token};

    t->session.id.v = 0;
    expect_status(t, &session_refresh_op, &in, NULL, ERR_SIGN_IN);
    assert_says(t, says);
}

static void pass(struct shop_test *t, int64_t seconds)
{
    t->session.clock.fixed += seconds;
}

static void an_access_token_opens_the_session_it_names(void **state)
{
    struct shop_test *t = *state;
    const struct signed_in ann = signed_in_as(t, "ann");

    assert_int_equal(session_resume(&t->session, ann.access), OK);
    assert_string_equal(t->session.user_name, "Ann Walsh");
    assert_int_equal(t->session.access_until.seconds, SHOP_TEST_NOW + 600);
    assert_int_equal(ann.access_until.seconds, SHOP_TEST_NOW + 600);
    assert_int_equal(ann.ends_at.seconds, SHOP_TEST_NOW + 12 * 3600);
    /* Nothing of either token is in the database. */
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE input LIKE '%eyJ%'"), 0);
    const char *hash = ask_text(t, "SELECT token_hash FROM refresh_token ORDER BY id DESC LIMIT 1");
    assert_int_equal(strlen(hash), 64);
    assert_string_not_equal(hash, ann.refresh);
}

static void an_access_token_runs_out_while_the_program_runs(void **state)
{
    struct shop_test *t = *state;
    const struct signed_in ann = signed_in_as(t, "ann");
    const struct session_list all = {.query.limit = 5};
    struct page page;

    assert_int_equal(session_resume(&t->session, ann.access), OK);
    pass(t, 600 + 59);
    expect_ok(t, &session_list_op, &all, &page);
    pass(t, 1);
    expect_status(t, &session_list_op, &all, &page, ERR_SIGN_IN);
    assert_says(t, "has run out");
    assert_int_equal(session_resume(&t->session, ann.access), ERR_SIGN_IN);
    assert_says(t, "has run out");
    const struct signed_in again = refreshed(t, ann.refresh);
    assert_int_equal(session_resume(&t->session, again.access), OK);
    expect_ok(t, &session_list_op, &all, &page);
}

static void a_token_of_another_shop_opens_nothing(void **state)
{
    struct shop_test *t = *state;
    void *other_state = NULL;

    shop_test_open(&other_state);
    struct shop_test *other = other_state;
    const struct signed_in ann = signed_in_as(other, "ann");
    const struct signed_in namesake = signed_in_as(t, "ann"); /* with the same numbers */
    assert_int_equal(session_resume(&t->session, namesake.access), OK);
    assert_int_equal(session_resume(&t->session, ann.access), ERR_SIGN_IN);
    /* Nor with the very same key: the token names the shop. */
    const struct key_ring *own = t->session.keys;
    t->session.keys = other->keys;
    assert_int_equal(session_resume(&t->session, ann.access), ERR_SIGN_IN);
    t->session.keys = own;
    refused(t, ann.refresh, "not signed in");
    store_report_to(t->store, &t->session.fault);
    shop_test_close(&other_state);
}

static void a_session_of_somebody_else_is_not_opened(void **state)
{
    struct shop_test *t = *state;
    const struct signed_in ann = signed_in_as(t, "ann");

    run_sql(t, "UPDATE session SET user = 1 WHERE id = (SELECT max(id) FROM session)");
    assert_int_equal(session_resume(&t->session, ann.access), ERR_SIGN_IN);
}

static void a_refresh_token_works_once_and_names_its_successor(void **state)
{
    struct shop_test *t = *state;
    struct signed_in at = signed_in_as(t, "ann");

    for (int i = 0; i < 20; i++) {
        pass(t, 600);
        const struct signed_in next = refreshed(t, at.refresh);
        assert_string_not_equal(next.refresh, at.refresh);
        assert_string_not_equal(next.access, at.access);
        assert_string_equal(next.name, "Ann Walsh");
        assert_int_equal(next.ends_at.seconds, SHOP_TEST_NOW + 12 * 3600);
        at = next;
    }
    assert_int_equal(session_resume(&t->session, at.access), OK);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM refresh_token WHERE parent IS NOT NULL "
                                   "AND used_at IS NULL"),
                     1);
    /* Only the youngest may still be asked for again. */
    assert_int_equal(
        ask_number(t, "SELECT count(*) FROM refresh_token WHERE successor_secret <> ''"), 1);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'session.refresh'"), 0);
}

static void a_lost_reply_is_repeated_within_the_grace(void **state)
{
    struct shop_test *t = *state;
    const struct signed_in ann = signed_in_as(t, "ann");
    const struct signed_in first = refreshed(t, ann.refresh);

    pass(t, 20);
    const struct signed_in second = refreshed(t, ann.refresh);
    assert_string_equal(second.refresh, first.refresh);
    assert_int_equal(session_resume(&t->session, second.access), OK);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'session.reuse'"), 0);
}

/* Both holders are out: nobody can tell which of them is the thief. */
static void assert_ended_as_reused(struct shop_test *t, const char *access, const char *refresh)
{
    assert_int_equal(session_resume(&t->session, access), ERR_SIGN_IN);
    refused(t, refresh, "signed out");
    assert_string_equal(ask_text(t, "SELECT ended_why FROM session ORDER BY id DESC LIMIT 1"),
                        "reused");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM audit WHERE op = 'session.reuse'"), 1);
    assert_string_equal(ask_text(t, "SELECT user_name FROM audit WHERE op = 'session.reuse'"),
                        "Ann Walsh");
}

static void a_second_use_after_the_grace_ends_the_session(void **state)
{
    struct shop_test *t = *state;
    const struct signed_in ann = signed_in_as(t, "ann");
    const struct signed_in next = refreshed(t, ann.refresh);

    pass(t, 21);
    refused(t, ann.refresh, "used in two places");
    assert_ended_as_reused(t, next.access, next.refresh);
}

static void the_grace_is_over_once_the_successor_was_used(void **state)
{
    struct shop_test *t = *state;
    const struct signed_in ann = signed_in_as(t, "ann");
    const struct signed_in next = refreshed(t, ann.refresh);
    const struct signed_in last = refreshed(t, next.refresh);

    pass(t, 1);
    refused(t, ann.refresh, "used in two places");
    assert_ended_as_reused(t, last.access, last.refresh);
}

static void what_is_no_refresh_token_is_refused(void **state)
{
    struct shop_test *t = *state;
    const struct signed_in ann = signed_in_as(t, "ann");
    char longer[SECRET_TOKEN_MAX + 1], altered[SECRET_TOKEN_MAX];
    static const char *const texts[] = {"x", "made-up", "a b", "' OR 1 = 1 --",
                                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};

    for (size_t i = 0; i < COUNT_OF(texts); i++)
        refused(t, texts[i], "You are not signed in");
    snprintf(longer, sizeof longer, "%sA", ann.refresh);
    refused(t, longer, "You are not signed in");
    refused(t, ask_text(t, "SELECT substr(token_hash, 1, 43) FROM refresh_token LIMIT 1"),
            "You are not signed in");
    for (size_t i = 0; ann.refresh[i] != '\0'; i++) {
        memcpy(altered, ann.refresh, sizeof altered);
        altered[i] = altered[i] == 'A' ? 'E' : 'A';
        refused(t, altered, "You are not signed in");
    }
    refreshed(t, ann.refresh);
}

static void an_access_token_does_not_refresh_and_a_refresh_token_does_not_open(void **state)
{
    struct shop_test *t = *state;
    const struct signed_in ann = signed_in_as(t, "ann");
    const struct session_refresh in = {ann.access};

    expect_status(t, &session_refresh_op, &in, NULL, ERR_INVALID);
    assert_int_equal(session_resume(&t->session, ann.refresh), ERR_SIGN_IN);
    assert_says(t, "You are not signed in");
}

static void renewing_does_not_make_a_session_longer(void **state)
{
    struct shop_test *t = *state;
    struct signed_in at = signed_in_as(t, "ann");

    for (int64_t left = 12 * 3600; left > 600; left -= 600) {
        pass(t, 600);
        at = refreshed(t, at.refresh);
        assert_true(at.access_until.seconds <= SHOP_TEST_NOW + 12 * 3600);
    }
    pass(t, 599);
    assert_int_equal(session_resume(&t->session, at.access), OK);
    at = refreshed(t, at.refresh);
    assert_int_equal(at.access_until.seconds, SHOP_TEST_NOW + 12 * 3600);
    pass(t, 1);
    refused(t, at.refresh, "Your session is over");
    assert_int_equal(session_resume(&t->session, at.access), ERR_SIGN_IN);
}

/* A customer comes back at his own pace, but not after two weeks without a word. */
static void a_customer_who_stays_away_for_two_weeks_signs_in_again(void **state)
{
    struct shop_test *t = *state;

    run_sql(t, "INSERT INTO customer (id, name, name_key, created_at) VALUES (9, 'M', 'm', 0)");
    run_sql(t, "UPDATE user SET customer = 9 WHERE login = 'maria'");
    struct signed_in at = signed_in_as(t, "maria");
    assert_int_equal(at.ends_at.seconds, SHOP_TEST_NOW + 90 * 86400);
    for (int i = 0; i < 6; i++) {
        pass(t, 14 * 86400 - 1);
        at = refreshed(t, at.refresh);
    }
    pass(t, 5 * 86400);
    at = refreshed(t, at.refresh);
    assert_int_equal(ask_number(t, "SELECT max(expires_at) FROM refresh_token"),
                     SHOP_TEST_NOW + 90 * 86400);
    t->session.clock.fixed = SHOP_TEST_NOW;
    at = signed_in_as(t, "maria");
    pass(t, 14 * 86400);
    refused(t, at.refresh, "away too long");
}

static void ending_a_session_ends_its_tokens(void **state)
{
    struct shop_test *t = *state;
    const struct signed_in ann = signed_in_as(t, "ann");

    assert_int_equal(session_resume(&t->session, ann.access), OK);
    expect_ok(t, &session_sign_out_op, NULL, NULL);
    assert_int_equal(session_resume(&t->session, ann.access), ERR_SIGN_IN);
    refused(t, ann.refresh, "signed out");
    const struct signed_in again = signed_in_as(t, "ann");
    run_sql(t, "UPDATE user SET disabled_at = 1 WHERE login = 'ann'");
    assert_int_equal(session_resume(&t->session, again.access), ERR_SIGN_IN);
    refused(t, again.refresh, "switched off");
}

static void tokens_that_ran_out_long_ago_are_cleared_away(void **state)
{
    struct shop_test *t = *state;
    struct signed_in at = signed_in_as(t, "ann");

    at = refreshed(t, at.refresh);
    at = refreshed(t, at.refresh);
    assert_int_equal(ask_number(t, "SELECT count(*) FROM refresh_token"), ROLE_COUNT + 3);
    pass(t, 12 * 3600 + 24 * 3600 + 1);
    signed_in_as(t, "ann");
    assert_int_equal(ask_number(t, "SELECT count(*) FROM refresh_token"), 1);
}

/* Reading costs no write; writing notes it once a minute, and renewing does. */
static void a_session_is_marked_as_seen_at_most_once_a_minute(void **state)
{
    struct shop_test *t = *state;
    const struct signed_in ann = signed_in_as(t, "ann");
    const struct session_list all = {.query.limit = 5};
    const char seen[] = "SELECT max(seen_at) FROM session";
    struct page page;

    assert_int_equal(session_resume(&t->session, ann.access), OK);
    pass(t, 300);
    expect_ok(t, &session_list_op, &all, &page);
    assert_int_equal(ask_number(t, seen), SHOP_TEST_NOW);
    struct draft *draft = input_json(t, &draft_save_op, "{\"form\":\"x\",\"body\":\"y\"}");
    expect_ok(t, &draft_save_op, draft, NULL);
    assert_int_equal(ask_number(t, seen), SHOP_TEST_NOW + 300);
    pass(t, 59);
    expect_ok(t, &draft_save_op, draft, NULL);
    assert_int_equal(ask_number(t, seen), SHOP_TEST_NOW + 300);
    pass(t, 1);
    expect_ok(t, &draft_save_op, draft, NULL);
    assert_int_equal(ask_number(t, seen), SHOP_TEST_NOW + 360);
    pass(t, 30);
    refreshed(t, ann.refresh);
    assert_int_equal(ask_number(t, seen), SHOP_TEST_NOW + 390);
}

/* ---- the race ---------------------------------------------------------------------------------
 */

#define THREADS 32
#define ROUNDS  4

struct racer {
    pthread_t thread;
    pthread_barrier_t *start;
    const char *path, *token;
    int64_t now;
    status result;
    char refresh[SECRET_TOKEN_MAX];
};

static void *race(void *context)
{
    struct racer *racer = context;
    const struct shop_file_options options = {0};
    const struct session_refresh in = {racer->token};
    struct fault fault = {0};
    AUTO_SHOP_FILE shop = {0};
    AUTO_ARENA arena = ARENA_EMPTY;
    struct signed_in out;

    racer->result = shop_file_open(racer->path, &options, &fault, &shop);
    struct session s = {
        .store = shop.store,
        .keys = shop.keys,
        .arena = &arena,
        .clock = {.fixed = racer->now},
        .terminal = "race",
    };
    pthread_barrier_wait(racer->start);
    if (racer->result != OK)
        return NULL;
    store_report_to(shop.store, &s.fault);
    do
        racer->result = op_call(&s, &session_refresh_op, &in, &out);
    while (racer->result == ERR_BUSY);
    if (racer->result == OK)
        snprintf(racer->refresh, sizeof racer->refresh, "%s", out.refresh);
    store_report_to(shop.store, NULL);
    return NULL;
}

static void open_shop_file(struct shop_test *t, const char *path)
{
    const struct shop_file_options options = {.create = true};
    const struct shop_opening opening = {
        .name = "Bayside",
        .zone = "America/Los_Angeles",
        .admin_name = "Ann Walsh",
        .admin_login = "ann",
        .admin_password = "correct horse battery",
    };
    struct shop_file shop;
    struct fault fault = {0};

    assert_int_equal(shop_file_open(path, &options, &fault, &shop), OK);
    *t = (struct shop_test){.store = shop.store, .keys = shop.keys};
    t->session = (struct session){
        .store = shop.store,
        .keys = shop.keys,
        .arena = &t->arena,
        .clock = {.fixed = SHOP_TEST_NOW},
        .terminal = "test",
    };
    store_report_to(t->store, &t->session.fault);
    assert_int_equal(shop_open_new(&t->session, &opening), OK);
}

/* How many of the racers got a token, and how many different ones. */
static void count(const struct racer *racers, size_t *ret_served, size_t *ret_different)
{
    *ret_served = *ret_different = 0;
    for (size_t i = 0; i < THREADS; i++) {
        bool is_new = racers[i].result == OK;
        for (size_t k = 0; k < i; k++)
            is_new = is_new && strcmp(racers[k].refresh, racers[i].refresh) != 0;
        *ret_served += racers[i].result == OK;
        *ret_different += is_new;
    }
}

static void run_race(const char *path, const char *token, int64_t now, struct racer *racers)
{
    pthread_barrier_t start;

    pthread_barrier_init(&start, NULL, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        racers[i] = (struct racer){.start = &start, .path = path, .token = token, .now = now};
        assert_int_equal(pthread_create(&racers[i].thread, NULL, race, &racers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(racers[i].thread, NULL);
    pthread_barrier_destroy(&start);
}

static void many_at_once_get_exactly_one_successor(void **state)
{
    char folder[] = "/tmp/pitlane-race-XXXXXX";
    struct racer *racers = mem_alloc(THREADS * sizeof *racers);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct shop_test t;
    size_t served = 0, different = 0;
    (void)state;

    secret_use_weak_hashes(true);
    assert_non_null(mkdtemp(folder));
    const char *path = arena_printf(&arena, "%s/shop.db", folder);
    open_shop_file(&t, path);
    const char *token = signed_in_as(&t, "ann").refresh;
    for (int64_t round = 0; round < ROUNDS; round++) {
        run_race(path, token, SHOP_TEST_NOW + round, racers);
        count(racers, &served, &different);
        assert_int_equal(served, THREADS);
        assert_int_equal(different, 1);
        assert_int_equal(ask_number(&t, "SELECT count(*) FROM refresh_token"), round + 2);
        token = arena_text(&t.arena, racers[0].refresh);
    }
    print_message("%d rounds of %d threads with a connection each: one successor a round\n", ROUNDS,
                  THREADS);
    /* Long after, the same token from many places at once: nobody gets one, and it is noted once.
     */
    const char *used = signed_in_as(&t, "ann").refresh;
    refreshed(&t, used);
    run_race(path, used, SHOP_TEST_NOW + 60, racers);
    count(racers, &served, &different);
    assert_int_equal(served, 0);
    assert_int_equal(ask_number(&t, "SELECT count(*) FROM session WHERE ended_why = 'reused'"), 1);
    assert_int_equal(ask_number(&t, "SELECT count(*) FROM audit WHERE op = 'session.reuse'"), 1);
    store_close(t.store);
    key_ring_free(t.keys);
    arena_done(&t.arena);
    mem_free(racers);
    assert_int_equal(system(arena_printf(&arena, "rm -r %s", folder)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_TEST(an_access_token_opens_the_session_it_names),
        SHOP_TEST(an_access_token_runs_out_while_the_program_runs),
        SHOP_TEST(a_token_of_another_shop_opens_nothing),
        SHOP_TEST(a_session_of_somebody_else_is_not_opened),
        SHOP_TEST(a_refresh_token_works_once_and_names_its_successor),
        SHOP_TEST(a_lost_reply_is_repeated_within_the_grace),
        SHOP_TEST(a_second_use_after_the_grace_ends_the_session),
        SHOP_TEST(the_grace_is_over_once_the_successor_was_used),
        SHOP_TEST(what_is_no_refresh_token_is_refused),
        SHOP_TEST(an_access_token_does_not_refresh_and_a_refresh_token_does_not_open),
        SHOP_TEST(renewing_does_not_make_a_session_longer),
        SHOP_TEST(a_customer_who_stays_away_for_two_weeks_signs_in_again),
        SHOP_TEST(ending_a_session_ends_its_tokens),
        SHOP_TEST(tokens_that_ran_out_long_ago_are_cleared_away),
        SHOP_TEST(a_session_is_marked_as_seen_at_most_once_a_minute),
        cmocka_unit_test(many_at_once_get_exactly_one_successor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
