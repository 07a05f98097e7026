/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A change of keys that is killed at any moment: everything still opens, and the next call ends it.
 */

#include "program.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/opening.h"
#include "domain/rekey.h"

enum { VALUES = 3000, ROUNDS = 25, ROUNDS_MAX = 500 };

static const char SQL_ADD[] =
    "INSERT INTO refresh_token (id, session, token_hash, made_at, expires_at, successor_secret) "
    "SELECT :id, min(id), 'hash' || :id, 0, 0, :sealed FROM session";
static const char SQL_ONE[] = "SELECT successor_secret FROM refresh_token WHERE id = :id";

static struct shop_file open_shop(struct program *p)
{
    const struct shop_file_options options = {.create = false};
    struct shop_file shop = {.store = NULL};
    struct fault fault = {0};

    if (shop_file_open(shop_path(p), &options, &fault, &shop) != OK)
        fail_msg("%s", fault.text);
    return shop;
}

static struct secret_place place_of(int64_t id)
{
    return (struct secret_place){"refresh_token", "successor_secret", id};
}

static void given_sealed_values(struct program *p)
{
    struct shop_file shop = open_shop(p);

    assert_int_equal(store_begin_write(shop.store), OK);
    for (int64_t id = 9001; id < 9001 + VALUES; id++) {
        AUTO_ARENA arena = ARENA_EMPTY;
        const char *plain = arena_printf(&arena, "token %lld", (long long)id);
        const char *sealed = "";
        assert_int_equal(secret_seal(shop.keys, place_of(id), plain, &arena, &sealed, NULL), OK);
        assert_int_equal(store_run(shop.store, SQL_ADD, NO_ROW,
                                   BINDS(BIND_INT("id", id), BIND_TEXT("sealed", sealed))),
                         OK);
    }
    assert_int_equal(store_commit(shop.store), OK);
    shop_file_close(&shop);
}

/* Every one of them, with the keys as the file has them now. Returns how many data keys there are.
 */
static int everything_opens(struct program *p)
{
    struct shop_file shop = open_shop(p);

    for (int64_t id = 9001; id < 9001 + VALUES; id++) {
        AUTO_ARENA arena = ARENA_EMPTY;
        struct fault fault = {0};
        const char *sealed = "", *plain = "";
        assert_int_equal(
            store_text(shop.store, SQL_ONE, BINDS(BIND_INT("id", id)), &arena, &sealed), OK);
        if (secret_unseal(shop.keys, place_of(id), sealed, &arena, &plain, &fault) != OK)
            fail_msg("%s", fault.text);
        assert_string_equal(plain, arena_printf(&arena, "token %lld", (long long)id));
    }
    const int keys = key_ring_data_count(shop.keys);
    shop_file_close(&shop);
    return keys;
}

/* Ends with the program's exit code, or -1 when it was killed in time. */
static int rekey_for(struct program *p, useconds_t microseconds)
{
    const char *program = getenv("PITLANE");
    const char *path = shop_path(p);
    int how = 0;
    const pid_t child = fork();

    if (child == 0) {
        if (freopen("/dev/null", "w", stdout) == NULL)
            _exit(126);
        execl(program, "pitlane", "--db", path, "rekey", (char *)NULL);
        _exit(127);
    }
    usleep(microseconds);
    kill(child, SIGKILL);
    waitpid(child, &how, 0);
    return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

static void a_change_of_keys_may_be_killed_at_any_moment(void **state)
{
    struct program *p = *state;
    int killed = 0, half_way = 0, rounds = 0;
    useconds_t microseconds = 4000;

    given_sealed_values(p);
    /* Later each time until one comes through: however fast the machine is, all of it is met. */
    for (; rounds < ROUNDS || (half_way == 0 && rounds < ROUNDS_MAX); rounds++) {
        const int code = rekey_for(p, microseconds);
        assert_true(code == -1 || code == 0);
        microseconds = code == -1 ? microseconds + 5000 : microseconds / 2;
        killed += code == -1;
        half_way += everything_opens(p) > 1;
    }
    print_message("%d rounds, %d killed, %d of them half-way; %d values, none lost\n", rounds,
                  killed, half_way, VALUES);
    assert_true(half_way > 0);
    /* No process has this number: what its writer left behind has the keys that go. */
    const char *left = file_with(p, "data/pitlane/shop.db.key.4194305.new", "keys");
    expect_ok(p, "rekey");
    assert_int_not_equal(access(left, F_OK), 0);
    assert_int_equal(everything_opens(p), 1);
    expect_ok(p, "key show --json");
    assert_int_equal(json_number(p, "sealed_old"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHOP_PROGRAM_TEST(a_change_of_keys_may_be_killed_at_any_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
