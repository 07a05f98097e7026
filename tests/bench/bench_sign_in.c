/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What signing in costs beside the one password hash it cannot do without: counts of failed tries,
 * the session and its tokens, the audit row, one transaction on disk with synchronous=FULL; and the
 * same for a name that nobody has. In turns, so that all meet the same machine.
 *
 * usage: bench_sign_in FOLDER [TURNS] */

#include "domain/op.h"
#include "domain/opening.h"
#include "domain/secret.h"
#include "domain/user.h"
#include "figures.h"

#define PASSWORD "correct horse battery"
#define WRONG    "correct horse pasture"

struct bench {
    struct arena arena;
    struct shop_file shop;
    struct session session;
};

static void must(const struct bench *b, status result, const char *what)
{
    if (result == OK)
        return;
    fprintf(stderr, "%s: %s\n", what, b->session.fault.text);
    exit(1);
}

static void open_shop(struct bench *b, const char *folder)
{
    const struct shop_file_options options = {.create = true};
    const struct shop_opening opening = {.name = "Bench",
                                         .zone = "America/Los_Angeles",
                                         .labor_rate = {14500},
                                         .admin_name = "Ada",
                                         .admin_login = "ada",
                                         .admin_password = PASSWORD};
    char path[4096];

    snprintf(path, sizeof path, "%s/sign-in.db", folder);
    must(b, zone_use("America/Los_Angeles", NULL), "zone");
    must(b, shop_file_open(path, &options, &b->session.fault, &b->shop), path);
    b->session = (struct session){
        .store = b->shop.store, .keys = b->shop.keys, .arena = &b->arena, .terminal = "bench"};
    store_report_to(b->shop.store, &b->session.fault);
    must(b, shop_open_new(&b->session, &opening), "opening");
}

static double bare_hash(const char *hash)
{
    const double began = now_ms();

    if (!secret_password_matches(hash, PASSWORD))
        exit(1);
    return now_ms() - began;
}

static double sign_in(struct bench *b, const char *login, const char *password, status expected)
{
    const struct sign_in in = {.login = login, .password = password};
    struct signed_in out;

    arena_reset(&b->arena);
    const double began = now_ms();
    const status result = op_call(&b->session, &session_sign_in_op, &in, &out);
    const double took = now_ms() - began;
    if (result != expected)
        must(b, result == OK ? ERR_CORRUPT : result, login);
    return took;
}

int main(int argc, char **argv)
{
    const size_t turns = argc > 2 ? (size_t)atoi(argv[2]) : 40;
    struct bench b = {.arena = ARENA_EMPTY};
    char hash[SECRET_HASH_MAX], nobody[40];

    if (argc < 2 || turns == 0)
        return 2;
    double *bare = mem_alloc(turns * sizeof *bare);
    double *known = mem_alloc(turns * sizeof *known);
    double *unknown = mem_alloc(turns * sizeof *unknown);
    open_shop(&b, argv[1]);
    must(&b, secret_hash_password(PASSWORD, hash, NULL), "hash");
    for (size_t i = 0; i < turns; i++) {
        /* Another name and place each time: nobody waits for an earlier try. */
        snprintf(nobody, sizeof nobody, "nobody %zu", i);
        b.session.counted_at = "bench";
        bare[i] = bare_hash(hash);
        known[i] = sign_in(&b, "ada", PASSWORD, OK);
        b.session.counted_at = nobody;
        unknown[i] = sign_in(&b, nobody, WRONG, ERR_SIGN_IN);
    }
    put_times("hash", bare, turns);
    put_times("sign_in", known, turns);
    put_times("unknown", unknown, turns);
    /* What others do on the machine makes both longer by chance: the quick ones tell what it costs.
     */
    printf("{\"name\": \"quick\", \"n\": %zu, \"hash\": %.4f, \"sign_in\": %.4f}\n", turns,
           percentile(bare, turns, 10), percentile(known, turns, 10));
    shop_file_close(&b.shop);
    return 0;
}
