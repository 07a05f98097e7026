/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Several terminals at once: one writes at a time, the others wait their turn or are told. */
#include "store_test.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/store/inner.h"
#include "patience.h"

static struct store *another(struct hotel *t, struct fault *fault)
{
    struct store *store = NULL;

    assert_ok(*fault, store_open(t->path, &pet_open, fault, &store));
    return store;
}

static off_t log_size(const struct hotel *t)
{
    char path[128];
    struct stat at;

    snprintf(path, sizeof(path), "%s-wal", t->path);
    return stat(path, &at) == 0 ? at.st_size : -1;
}

static void waiting_too_long_is_busy(void **state)
{
    struct hotel *t = *state;
    struct fault fault = {0};
    given_hotel_on_disk(t);
    struct store *other = another(t, &fault);
    store_wait_at_most(other, 60);
    assert_ok(t->fault, store_begin_write(t->store));

    const double start = patience_now_ms(), fair = patience_fair_ms(0);
    assert_status(store_begin_write(other), ERR_BUSY);

    assert_true(patience_now_ms() - start >= 55);
    assert_true(patience_fair_ms(0) - fair <= 2000);
    assert_says(fault, "Another terminal is saving");
    assert_false(store_in_transaction(other));
    assert_ok(t->fault, add_pet(t, "Rex"));
    assert_ok(t->fault, store_commit(t->store));
    assert_ok(fault, store_begin_write(other));
    store_close(other);
}

static void readers_neither_wait_nor_see_half_a_change(void **state)
{
    struct hotel *t = *state;
    struct fault fault = {0};
    int64_t count = -1;
    given_hotel_on_disk(t);
    struct store *other = another(t, &fault);
    store_wait_at_most(other, 0);
    assert_ok(t->fault, store_begin_write(t->store));
    assert_ok(t->fault, add_pet(t, "Rex"));

    assert_ok(fault, store_int(other, count_pets, NULL, &count));
    assert_int_equal(count, 0);
    assert_ok(fault, store_begin_read(other));
    assert_ok(fault, store_int(other, count_pets, NULL, &count));
    assert_ok(t->fault, store_commit(t->store));
    assert_ok(fault, store_int(other, count_pets, NULL, &count));
    assert_int_equal(count, 0); /* one picture until the end */
    assert_ok(fault, store_commit(other));
    assert_ok(fault, store_int(other, count_pets, NULL, &count));
    assert_int_equal(count, 1);
    store_close(other);
}

static void the_version_moves_when_another_terminal_has_saved(void **state)
{
    struct hotel *t = *state;
    struct fault fault = {0};
    int64_t before = 0;
    int64_t own = 0;
    int64_t after = 0;
    given_hotel_on_disk(t);
    struct store *other = another(t, &fault);

    assert_ok(t->fault, store_data_version(t->store, &before));
    assert_ok(t->fault, add_pet(t, "Rex"));
    assert_ok(t->fault, store_data_version(t->store, &own));
    assert_int_equal(own, before);
    assert_ok(fault, store_run(other, "UPDATE pet SET visits = 1", NO_ROW, NULL));
    assert_ok(t->fault, store_data_version(t->store, &after));
    assert_int_not_equal(after, before);
    store_close(other);
}

static void who_waits_for_a_long_transaction_is_told_so(void **state)
{
    struct hotel *t = *state;
    struct fault fault = {0};
    given_hotel_on_disk(t);
    struct store *other = another(t, &fault);
    store_wait_at_most(other, 20);

    assert_ok(t->fault, store_begin_write(t->store));
    store_takes_long(t->store);
    assert_status(store_begin_write(other), ERR_BUSY);
    assert_says(fault, "a great deal at once");
    assert_ok(t->fault, store_commit(t->store));
    assert_ok(t->fault, store_begin_write(t->store));
    assert_status(store_begin_write(other), ERR_BUSY);
    assert_says(fault, "has not finished yet");
    store_rollback(t->store);
    store_close(other);
}

static void a_removed_lock_file_does_not_let_two_in(void **state)
{
    struct hotel *t = *state;
    struct fault fault = {0};
    char lock[128];
    given_hotel_on_disk(t);
    snprintf(lock, sizeof(lock), "%s.lock", t->path);
    assert_int_equal(unlink(lock), 0);
    struct store *other = another(t, &fault); /* makes a new lock file */
    store_wait_at_most(other, 50);

    assert_ok(t->fault, store_begin_write(t->store));
    assert_status(store_begin_write(other), ERR_BUSY);
    assert_says(fault, "Another terminal is saving");
    assert_ok(t->fault, store_commit(t->store));
    assert_ok(fault, store_begin_write(other));
    store_close(other);
}

static void the_log_moves_into_the_file_when_nobody_writes(void **state)
{
    struct hotel *t = *state;
    struct fault fault = {0};
    given_hotel_on_disk(t);
    struct store *other = another(t, &fault);
    assert_ok(t->fault, add_pet(t, "Rex"));
    assert_true(log_size(t) > 0);

    assert_ok(t->fault, store_begin_write(t->store));
    assert_status(store_checkpoint(other), ERR_BUSY);
    assert_status(store_checkpoint(t->store), ERR_BUSY);
    assert_ok(t->fault, store_commit(t->store));
    assert_true(log_size(t) > 0);
    assert_ok(fault, store_checkpoint(other));

    assert_int_equal(log_size(t), 0);
    assert_int_equal(pets(t), 1);
    store_close(other);
}

static void a_reader_delays_the_log_without_a_wait(void **state)
{
    struct hotel *t = *state;
    struct fault fault = {0};
    int64_t count = 0;
    given_hotel_on_disk(t);
    struct store *other = another(t, &fault);
    assert_ok(t->fault, add_pet(t, "Rex"));
    assert_ok(fault, store_begin_read(other));
    assert_ok(fault, store_int(other, count_pets, NULL, &count));
    assert_ok(t->fault, add_pet(t, "Tom"));

    const double start = patience_fair_ms(0);
    assert_status(store_checkpoint(t->store), ERR_BUSY);
    assert_true(patience_fair_ms(0) - start < 1000);

    assert_ok(fault, store_commit(other));
    assert_ok(t->fault, store_checkpoint(t->store));
    store_close(other);
}

static void a_long_log_is_moved_by_the_commit_that_made_it_long(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);
    t->store->log_limit = 50;

    for (int i = 0; i < 400; i++)
        assert_ok(t->fault, add_pet(t, "Rex"));

    assert_true(log_size(t) > 0);
    assert_true(log_size(t) < 80 * 4200);
    assert_int_equal(pets(t), 400);
}

static void closing_while_another_writes_loses_nothing(void **state)
{
    struct hotel *t = *state;
    struct fault fault = {0};
    given_hotel_on_disk(t);
    struct store *other = another(t, &fault);
    store_wait_at_most(other, 20);
    assert_ok(fault,
              store_run(other, "INSERT INTO pet (name, kind) VALUES ('Tom', 'cat')", NO_ROW, NULL));
    assert_ok(t->fault, store_begin_write(t->store));
    assert_ok(t->fault, add_pet(t, "Rex"));

    store_close(other);

    assert_ok(t->fault, store_commit(t->store));
    assert_int_equal(pets(t), 2);
}

static void without_the_guard_closing_leaves_the_log_for_the_next(void **state)
{
    struct hotel *t = *state;
    struct guard opening = GUARD_NONE; /* another terminal, about to open */
    given_hotel_on_disk(t);
    assert_ok(t->fault, add_pet(t, "Rex"));
    assert_ok(t->fault, guard_open(&opening, t->path, false, &t->fault));
    assert_ok(t->fault, guard_take(&opening, 0, &t->fault));
    store_wait_at_most(t->store, 0);

    close_hotel(t);

    assert_true(log_size(t) > 0);
    guard_close(&opening);
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_int_equal(pets(t), 1);
}

static void closing_in_mid_transaction_takes_it_back(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);
    assert_ok(t->fault, store_begin_write(t->store));
    assert_ok(t->fault, add_pet(t, "Rex"));

    close_hotel(t);

    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_int_equal(pets(t), 0);
}

/* One terminal in a process of its own, which opens the file itself: a connection never crosses a
 * fork. */
static pid_t terminal(struct hotel *t, int (*work)(struct store *store, struct fault *fault))
{
    const pid_t child = fork();

    if (child != 0)
        return child;
    struct fault fault = {0};
    struct store *store = NULL;
    if (store_open(t->path, &pet_open, &fault, &store) != OK)
        _exit(99);
    const int result = work(store, &fault);
    store_close(store);
    _exit(result);
}

static int exit_of(pid_t child)
{
    int result = 0;

    assert_int_equal(waitpid(child, &result, 0), child);
    return WIFEXITED(result) ? WEXITSTATUS(result) : 256;
}

enum { TERMINALS = 4, TURNS = 60 };
/* Patience is not what these tests are about. */
enum { LONG_MS = 60000 };

static int add_visits(struct store *store, struct fault *fault)
{
    (void)fault;
    store_wait_at_most(store, LONG_MS);
    for (int i = 0; i < TURNS; i++) {
        int64_t visits = 0;
        if (store_begin_write(store) != OK ||
            store_int(store, "SELECT visits FROM pet", NULL, &visits) != OK ||
            store_run(store, "UPDATE pet SET visits = :visits", NO_ROW,
                      BINDS(BIND_INT("visits", visits + 1))) != OK ||
            store_commit(store) != OK)
            return 1;
        if (i % 20 == 19)
            (void)(store_checkpoint(store) == OK);
    }
    return 0;
}

static void no_terminals_change_is_lost_or_refused(void **state)
{
    struct hotel *t = *state;
    pid_t children[TERMINALS];
    int64_t visits = 0;
    given_hotel_on_disk(t);
    assert_ok(t->fault, add_pet(t, "Rex"));
    close_hotel(t);

    for (int i = 0; i < TERMINALS; i++)
        children[i] = terminal(t, add_visits);
    for (int i = 0; i < TERMINALS; i++)
        assert_int_equal(exit_of(children[i]), 0);

    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_ok(t->fault, store_int(t->store, "SELECT visits FROM pet", NULL, &visits));
    assert_int_equal(visits, TERMINALS * TURNS);
    assert_ok(t->fault, store_verify(t->store, false));
}

static int save_without_a_pause(struct store *store, struct fault *fault)
{
    (void)fault;
    for (;;)
        if (store_run(store, "UPDATE pet SET visits = visits + 1", NO_ROW, NULL) != OK)
            return 1;
}

static void a_terminal_that_saves_without_a_pause_does_not_keep_others_out(void **state)
{
    struct hotel *t = *state;
    double longest = 0;
    given_hotel_on_disk(t);
    assert_ok(t->fault, add_pet(t, "Rex"));
    close_hotel(t);
    const pid_t busy = terminal(t, save_without_a_pause);
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));

    for (int i = 0; i < 60; i++) {
        const double start = patience_fair_ms(busy);
        assert_ok(t->fault, store_run(t->store, "UPDATE pet SET fee = fee + 1", NO_ROW, NULL));
        const double took = patience_fair_ms(busy) - start;
        longest = took > longest ? took : longest;
    }

    assert_int_equal(kill(busy, SIGKILL), 0);
    (void)exit_of(busy);
    print_message("           longest of 60 waits behind a busy terminal: %.0f ms\n", longest);
    assert_true(longest < 1000);
}

static void wait_to_be_told(const char *path, const char *what)
{
    char told[128];

    snprintf(told, sizeof(told), "%s.%s", path, what);
    while (access(told, F_OK) != 0)
        usleep(1000);
}

static void tell(const struct hotel *t, const char *what)
{
    char told[128];

    snprintf(told, sizeof(told), "%s.%s", t->path, what);
    FILE *file = fopen(told, "wb");
    assert_non_null(file);
    fclose(file);
}

static int save_when_told(struct store *store, struct fault *fault)
{
    (void)fault;
    store_wait_at_most(store, LONG_MS);
    wait_to_be_told(store_path(store), "begin");
    if (store_begin_write(store) != OK)
        return 1;
    wait_to_be_told(store_path(store), "enough");
    return store_commit(store) != OK;
}

/* Who waits for the guard has a turn, which is a lock on a byte of its file. */
static bool somebody_waits(const struct hotel *t)
{
    struct flock turn = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char lock[128];

    snprintf(lock, sizeof(lock), "%s.lock", t->path);
    const int file = open(lock, O_RDWR | O_CLOEXEC);
    assert_true(file >= 0);
    assert_int_equal(fcntl(file, F_OFD_GETLK, &turn), 0);
    close(file);
    return turn.l_type != F_UNLCK;
}

static void whoever_waits_goes_before_whoever_has_just_saved(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);
    close_hotel(t);
    const pid_t waiting = terminal(t, save_when_told);
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_ok(t->fault, store_begin_write(t->store));
    tell(t, "begin");
    while (!somebody_waits(t))
        usleep(1000);

    store_rollback(t->store);
    store_wait_at_most(t->store, 0);
    const status result = store_begin_write(t->store);

    store_rollback(t->store);
    tell(t, "enough");
    assert_int_equal(exit_of(waiting), 0);
    assert_status(result, ERR_BUSY);
}

/* Begins only when the other terminal has opened the file and said so: opening needs the guard. */
static int hold_for_ever(struct store *store, struct fault *fault)
{
    int64_t visits = 0;

    (void)fault;
    while (store_int(store, "SELECT visits FROM pet", NULL, &visits) == OK && visits == 0)
        usleep(1000);
    if (store_begin_write(store) != OK ||
        store_run(store, "UPDATE pet SET visits = 77", NO_ROW, NULL) != OK)
        return 1;
    pause();
    return 2;
}

static void a_terminal_killed_in_mid_change_blocks_nobody(void **state)
{
    struct hotel *t = *state;
    int64_t visits = -1;
    given_hotel_on_disk(t);
    assert_ok(t->fault, add_pet(t, "Rex"));
    close_hotel(t);
    const pid_t holder = terminal(t, hold_for_ever);
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_ok(t->fault, store_run(t->store, "UPDATE pet SET visits = 1", NO_ROW, NULL));
    store_wait_at_most(t->store, 0);
    while (store_begin_write(t->store) == OK) { /* until it holds the guard */
        store_rollback(t->store);
        usleep(1000);
    }

    assert_int_equal(kill(holder, SIGKILL), 0);
    (void)exit_of(holder);

    assert_ok(t->fault, store_run(t->store, "UPDATE pet SET fee = 5", NO_ROW, NULL));
    assert_ok(t->fault, store_int(t->store, "SELECT visits FROM pet", NULL, &visits));
    assert_int_equal(visits, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOTEL_TEST(waiting_too_long_is_busy),
        HOTEL_TEST(readers_neither_wait_nor_see_half_a_change),
        HOTEL_TEST(the_version_moves_when_another_terminal_has_saved),
        HOTEL_TEST(who_waits_for_a_long_transaction_is_told_so),
        HOTEL_TEST(a_removed_lock_file_does_not_let_two_in),
        HOTEL_TEST(the_log_moves_into_the_file_when_nobody_writes),
        HOTEL_TEST(a_reader_delays_the_log_without_a_wait),
        HOTEL_TEST(a_long_log_is_moved_by_the_commit_that_made_it_long),
        HOTEL_TEST(closing_while_another_writes_loses_nothing),
        HOTEL_TEST(without_the_guard_closing_leaves_the_log_for_the_next),
        HOTEL_TEST(closing_in_mid_transaction_takes_it_back),
        HOTEL_TEST(no_terminals_change_is_lost_or_refused),
        HOTEL_TEST(a_terminal_that_saves_without_a_pause_does_not_keep_others_out),
        HOTEL_TEST(whoever_waits_goes_before_whoever_has_just_saved),
        HOTEL_TEST(a_terminal_killed_in_mid_change_blocks_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
