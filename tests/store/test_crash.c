/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
/* Terminals killed while they save, and disks that fill up: what was acknowledged stays, what was
 * not leaves no trace, and work goes on. */
#include "store_test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLS = 30, WRITERS = 2, ID_MAX = 1 << 20 };

/* Saves pets in pairs under one number and tells the number once the commit has come back. No two
 * writers have the same `first`. */
static void save_pairs(const char *path, int64_t first, int acknowledge)
{
    static const char insert[] = "INSERT INTO pet (name, kind, visits) VALUES ('Rex', 'dog', :n)";
    struct fault fault = {0};
    struct store *store = NULL;

    if (store_open(path, &pet_open, &fault, &store) != OK)
        _exit(1);
    for (int64_t i = 1;; i++) {
        const int64_t number = first + i;
        if (store_begin_write(store) != OK ||
            store_run(store, insert, NO_ROW, BINDS(BIND_INT("n", number))) != OK ||
            store_run(store, insert, NO_ROW, BINDS(BIND_INT("n", number))) != OK ||
            store_commit(store) != OK)
            _exit(2);
        if (write(acknowledge, &number, sizeof(number)) != sizeof(number))
            _exit(3);
        if (i % 20 == 0)
            (void)(store_checkpoint(store) == OK);
    }
}

static pid_t start_writer(const struct hotel *t, int64_t first, int *ret_acknowledged)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        save_pairs(t->path, first, ends[1]);
    }
    close(ends[1]);
    *ret_acknowledged = ends[0];
    return child;
}

/* Counts what was told, and of it what is not there twice. */
static void check_acknowledged(struct hotel *t, int acknowledged, int64_t *told, int64_t *lost)
{
    int64_t number;

    while (read(acknowledged, &number, sizeof(number)) == sizeof(number)) {
        int64_t found = 0;
        assert_ok(t->fault, store_int(t->store, "SELECT count(*) FROM pet WHERE visits = :n",
                                      BINDS(BIND_INT("n", number)), &found));
        *told += 1;
        *lost += found != 2;
    }
    close(acknowledged);
}

/* Some time after both have saved for the first time. */
static void kill_two_writers(struct hotel *t, int64_t round, unsigned *seed, int64_t *told,
                             int64_t *lost)
{
    pid_t writers[WRITERS];
    int acknowledged[WRITERS];

    for (int i = 0; i < WRITERS; i++)
        writers[i] = start_writer(t, (round * WRITERS + i) * ID_MAX, &acknowledged[i]);
    for (int i = 0; i < WRITERS; i++)
        assert_int_equal(poll(&(struct pollfd){acknowledged[i], POLLIN, 0}, 1, -1), 1);
    usleep(5000 + (useconds_t)(rand_r(seed) % 40000));
    for (int i = 0; i < WRITERS; i++) {
        int result = 0;
        kill(writers[i], SIGKILL);
        assert_int_equal(waitpid(writers[i], &result, 0), writers[i]);
        assert_true(WIFSIGNALED(result)); /* none had to give up by itself */
    }
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    for (int i = 0; i < WRITERS; i++)
        check_acknowledged(t, acknowledged[i], told, lost);
    assert_ok(t->fault, store_verify(t->store, false));
    close_hotel(t);
}

static void nothing_acknowledged_is_lost_when_terminals_are_killed(void **state)
{
    struct hotel *t = *state;
    unsigned seed = 20261124;
    int64_t told = 0;
    int64_t lost = 0;
    int64_t odd = 0;
    given_hotel_on_disk(t);
    assert_ok(t->fault,
              store_run(t->store, "CREATE INDEX pet_by_visits ON pet (visits)", NO_ROW, NULL));
    close_hotel(t);

    for (int i = 0; i < KILLS / WRITERS; i++)
        kill_two_writers(t, i, &seed, &told, &lost);

    print_message("           %d kills, %lld saves acknowledged, %lld lost\n", KILLS,
                  (long long)told, (long long)lost);
    assert_true(told >= KILLS);
    assert_int_equal(lost, 0);
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_ok(t->fault, store_int(t->store,
                                  "SELECT count(*) FROM (SELECT 1 FROM pet GROUP BY visits "
                                  "HAVING count(*) <> 2)",
                                  NULL, &odd));
    assert_int_equal(odd, 0);
}

/* Saves until it fails; gives how many were saved. */
static int64_t fill_up(struct hotel *t, status *ret_result)
{
    char name[4000];
    int64_t saved = 0;

    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    while ((*ret_result = store_begin_write(t->store)) == OK) {
        for (int i = 0; i < 4 && *ret_result == OK; i++)
            *ret_result = add_pet(t, name);
        if (*ret_result == OK)
            *ret_result = store_commit(t->store);
        if (*ret_result != OK)
            break;
        saved += 4;
    }
    return saved;
}

static void assert_full_but_usable(struct hotel *t, int64_t saved, status result)
{
    assert_status(result, ERR_IO);
    assert_says(t->fault, "The disk is full, so nothing was saved.");
    if (store_in_transaction(t->store)) { /* it was a row, not the commit */
        assert_status(add_pet(t, "Small"), ERR_IO);
        assert_status(store_commit(t->store), ERR_IO);
    }
    assert_true(saved > 0);
    assert_int_equal(pets(t), saved);
    assert_false(store_in_transaction(t->store));
}

static void a_full_file_takes_the_change_back_and_stays_usable(void **state)
{
    struct hotel *t = *state;
    int64_t pages = 0;
    status result = OK;
    given_hotel_on_disk(t);
    assert_ok(t->fault, store_int(t->store, "PRAGMA max_page_count = 60", NULL, &pages));

    const int64_t saved = fill_up(t, &result);

    assert_true(store_in_transaction(t->store));
    assert_full_but_usable(t, saved, result);
    assert_ok(t->fault, store_int(t->store, "PRAGMA max_page_count = 600", NULL, &pages));
    assert_ok(t->fault, add_pet(t, "Rex"));
    assert_int_equal(pets(t), saved + 1);
    assert_ok(t->fault, store_verify(t->store, false));
}

static void given_hotel_on_a_tiny_disk(struct hotel *t)
{
    given_folder(t);
    if (mount("tmpfs", t->folder, "tmpfs", 0, "size=2m") != 0) {
        print_message("           no tiny disk here: %s\n", strerror(errno));
        skip();
    }
    assert_ok(t->fault, store_open(t->path, &pet_new, &t->fault, &t->store));
}

static void a_full_disk_takes_the_change_back_and_stays_usable(void **state)
{
    struct hotel *t = *state;
    status result = OK;
    char ballast[96];
    given_hotel_on_a_tiny_disk(t);
    snprintf(ballast, sizeof(ballast), "%s/ballast", t->folder);
    FILE *file = fopen(ballast, "wb");
    assert_non_null(file);
    for (int i = 0; i < 256 << 10; i++)
        fputc('x', file);
    fclose(file);

    const int64_t saved = fill_up(t, &result);
    assert_full_but_usable(t, saved, result);

    assert_int_equal(unlink(ballast), 0);
    assert_ok(t->fault, add_pet(t, "Rex"));
    assert_ok(t->fault, store_verify(t->store, false));
    close_hotel(t);
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_int_equal(pets(t), saved + 1);
    close_hotel(t);
    assert_int_equal(umount(t->folder), 0);
}

enum { RESERVE = 256 << 10 };

static int64_t reserve_on_disk(const struct hotel *t)
{
    char path[160];
    struct stat at;

    snprintf(path, sizeof(path), "%s.reserve", t->path);
    if (stat(path, &at) != 0)
        return 0;
    assert_int_equal(at.st_mode & 0777, 0600);
    assert_int_equal(at.st_blocks * 512, at.st_size); /* its room is taken, not only promised */
    return at.st_size;
}

static void eat_the_disk(const struct hotel *t, char *ret_path, size_t size)
{
    static const char block[4096];

    snprintf(ret_path, size, "%s/other", t->folder);
    const int file = open(ret_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    while (write(file, block, sizeof(block)) > 0)
        continue;
    close(file);
}

static void a_full_disk_gives_its_reserve_and_what_is_at_hand_is_saved(void **state)
{
    struct hotel *t = *state;
    char other[96];
    given_hotel_on_a_tiny_disk(t);
    assert_true(store_keep_reserve(t->store, RESERVE));
    assert_int_equal(reserve_on_disk(t), RESERVE);
    assert_ok(t->fault, add_pet(t, "Rex"));
    eat_the_disk(t, other, sizeof(other));

    char name[4000];
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    status result = OK;
    int64_t saved = 1;
    while ((result = add_pet(t, name)) == OK) /* what the log has room for */
        saved++;
    assert_status(result, ERR_IO);
    assert_says(t->fault, "The reserve that was kept for this is free now: try again");
    assert_int_equal(store_reserve_given(t->store), 1);
    assert_int_equal(reserve_on_disk(t), 0);

    assert_ok(t->fault, add_pet(t, name));
    assert_int_equal(pets(t), saved + 1);
    assert_false(store_keep_reserve(t->store, RESERVE)); /* no room for it yet */
    assert_int_equal(unlink(other), 0);
    assert_true(store_keep_reserve(t->store, RESERVE));
    assert_int_equal(reserve_on_disk(t), RESERVE);
    close_hotel(t);
    assert_int_equal(umount(t->folder), 0);
}

static void the_reserve_opens_a_shop_on_a_full_disk(void **state)
{
    struct hotel *t = *state;
    char other[96];
    given_hotel_on_a_tiny_disk(t);
    assert_true(store_keep_reserve(t->store, RESERVE));
    close_hotel(t);
    eat_the_disk(t, other, sizeof(other));

    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    assert_int_equal(store_reserve_given(t->store), 1);
    assert_int_equal(store_reserve_size(t->store), 0);
    assert_ok(t->fault, add_pet(t, "Rex"));
    close_hotel(t);
    assert_int_equal(unlink(other), 0);
    assert_int_equal(umount(t->folder), 0);
}

static void a_reserve_is_as_large_as_is_wanted_now(void **state)
{
    struct hotel *t = *state;
    given_hotel_on_disk(t);

    assert_true(store_keep_reserve(t->store, RESERVE));
    assert_true(store_keep_reserve(t->store, RESERVE / 2));
    assert_int_equal(reserve_on_disk(t), RESERVE / 2);
    assert_true(store_keep_reserve(t->store, 0));
    assert_int_equal(store_reserve_size(t->store), 0);
    assert_int_equal(store_reserve_given(t->store), 0); /* nobody was in need */
}

/* Opening needs room too, for what all connections share. */
static void a_shop_on_a_disk_that_is_full_already_says_so(void **state)
{
    struct hotel *t = *state;
    char ballast[96];
    given_hotel_on_a_tiny_disk(t);
    close_hotel(t);
    snprintf(ballast, sizeof(ballast), "%s/ballast", t->folder);
    FILE *file = fopen(ballast, "wb");
    assert_non_null(file);
    while (fputc('x', file) != EOF && fflush(file) == 0)
        ;
    (void)fclose(file);

    assert_status(store_open(t->path, &pet_open, &t->fault, &t->store), ERR_IO);
    assert_says(t->fault, "The disk is full, so nothing was saved.");

    assert_int_equal(unlink(ballast), 0);
    assert_ok(t->fault, store_open(t->path, &pet_open, &t->fault, &t->store));
    close_hotel(t);
    assert_int_equal(umount(t->folder), 0);
}

static void a_disk_full_from_the_start_makes_no_shop(void **state)
{
    struct hotel *t = *state;
    given_folder(t);
    if (mount("tmpfs", t->folder, "tmpfs", 0, "size=16k") != 0)
        skip();

    const status result = store_open(t->path, &pet_new, &t->fault, &t->store);

    assert_status(result, ERR_IO);
    assert_says(t->fault, "The disk is full");
    assert_int_not_equal(access(t->path, F_OK), 0);
    assert_int_equal(umount(t->folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOTEL_TEST(nothing_acknowledged_is_lost_when_terminals_are_killed),
        HOTEL_TEST(a_full_file_takes_the_change_back_and_stays_usable),
        HOTEL_TEST(a_full_disk_takes_the_change_back_and_stays_usable),
        HOTEL_TEST(a_full_disk_gives_its_reserve_and_what_is_at_hand_is_saved),
        HOTEL_TEST(the_reserve_opens_a_shop_on_a_full_disk),
        HOTEL_TEST(a_reserve_is_as_large_as_is_wanted_now),
        HOTEL_TEST(a_shop_on_a_disk_that_is_full_already_says_so),
        HOTEL_TEST(a_disk_full_from_the_start_makes_no_shop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
