/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What signing in costs beside the one password hash it cannot do without: counts of failed tries,
 * the session and its tokens, the audit row, one transaction on disk with synchronous=FULL; and the
 * same for a name that nobody has. In turns, so that all meet the same machine.
 *
 * usage: bench_sign_in FOLDER [TURNS] */

#include "figures.h"
#include "seat.h"

#define WRONG "correct horse pasture"

static double bare_hash(const char *hash)
{
    const double began = now_ms();

    if (!secret_password_matches(hash, SEAT_PASSWORD))
        exit(1);
    return now_ms() - began;
}

static double sign_in(struct seat *seat, const char *login, const char *password, status expected)
{
    const struct sign_in in = {.login = login, .password = password};
    struct signed_in out;

    arena_reset(&seat->arena);
    const double began = now_ms();
    const status result = op_call(&seat->session, &session_sign_in_op, &in, &out);
    const double took = now_ms() - began;
    if (result != expected)
        seat_must(seat, result == OK ? ERR_CORRUPT : result, login);
    return took;
}

int main(int argc, char **argv)
{
    const size_t turns = argc > 2 ? (size_t)atoi(argv[2]) : 40;
    struct seat seat;
    char hash[SECRET_HASH_MAX], nobody[40], path[4096];

    if (argc < 2 || turns == 0)
        return 2;
    double *bare = mem_alloc(turns * sizeof *bare);
    double *known = mem_alloc(turns * sizeof *known);
    double *unknown = mem_alloc(turns * sizeof *unknown);
    snprintf(path, sizeof path, "%s/sign-in.db", argv[1]);
    seat_open(&seat, path, "bench", true);
    seat.session.arena = &seat.arena;
    seat_must(&seat, secret_hash_password(SEAT_PASSWORD, hash, NULL), "hash");
    for (size_t i = 0; i < turns; i++) {
        /* Another name and place each time: nobody waits for an earlier try. */
        snprintf(nobody, sizeof nobody, "nobody %zu", i);
        seat.session.counted_at = "bench";
        bare[i] = bare_hash(hash);
        known[i] = sign_in(&seat, "ada", SEAT_PASSWORD, OK);
        seat.session.counted_at = nobody;
        unknown[i] = sign_in(&seat, nobody, WRONG, ERR_SIGN_IN);
    }
    put_times("hash", bare, turns);
    put_times("sign_in", known, turns);
    put_times("unknown", unknown, turns);
    /* What others do on the machine makes both longer by chance: the quick ones tell what it costs.
     */
    printf("{\"name\": \"quick\", \"n\": %zu, \"hash\": %.4f, \"sign_in\": %.4f}\n", turns,
           percentile(bare, turns, 10), percentile(known, turns, 10));
    seat_close(&seat);
    return 0;
}
