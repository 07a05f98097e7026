/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_TERMINALS_H
#define PITLANE_TESTS_DOMAIN_TERMINALS_H

/* Two terminals after the same thing: programs of their own on one file, at the same time. */

#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

#include "domain/ledger.h"
#include "seat.h"

struct race {
    const char *const *names; /* of the two terminals */
    int tries;                /* of each */
    void (*given)(struct seat *seat);
    status (*try_it)(struct seat *seat, int which, int number); /* both from 0 */
    status refused;      /* what who comes too late must hear … */
    const char *refusal; /* … in these words */
};

/* The exit code is how often it got what it wanted. */
static inline void race_run(const struct race *race, const char *path, int which)
{
    struct seat seat;
    int got = 0;

    seat_open(&seat, path, race->names[which], false);
    seat_sign_in(&seat);
    for (int i = 0; i < race->tries; i++) {
        const status result = race->try_it(&seat, which, i);
        if (result != OK &&
            (result != race->refused || strstr(seat.session.fault.text, race->refusal) == NULL))
            seat_must(&seat, result, race->names[which]);
        got += result == OK;
        arena_reset(&seat.arena);
    }
    seat_close(&seat);
    _exit(got);
}

static inline int race_end(const struct race *race, pid_t child)
{
    int ended = 0;

    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    assert_in_range(WEXITSTATUS(ended), 0, race->tries);
    return WEXITSTATUS(ended);
}

/* Runs both against each other in a new shop; `all` is what they may get together. `then` looks at
 * what is left; the books must prove. */
static inline void race_both(const struct race *race, int all, void (*then)(struct seat *seat))
{
    char folder[] = "/tmp/pitlane-race-XXXXXX", path[200];
    struct seat seat;
    pid_t child[2];

    secret_use_weak_hashes(true);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/shop.db", folder);
    seat_open(&seat, path, "office", true);
    seat_sign_in(&seat);
    seat_run(&seat, "INSERT INTO customer (name, name_key, last_name, created_at)\n"
                    "VALUES ('Delgado', 'delgado', 'Delgado', 0)");
    race->given(&seat);
    seat_close(&seat); /* nothing that is open may be taken into another process */
    for (int i = 0; i < 2; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0)
            race_run(race, path, i);
    }
    const int first = race_end(race, child[0]), second = race_end(race, child[1]);
    assert_int_equal(first + second, all);
    print_message("%s got %d of %d, %s %d\n", race->names[0], first, all, race->names[1], second);

    seat_open(&seat, path, "office", false);
    seat_sign_in(&seat);
    then(&seat);
    seat_must(&seat, ledger_prove(&seat.session), "proof");
    seat_close(&seat);
    snprintf(path, sizeof path, "rm -rf '%s'", folder);
    assert_int_equal(system(path), 0);
}

#endif
