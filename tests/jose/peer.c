/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Our side of the comparison with another implementation of JSON Web Tokens (check.mjs).
 *
 *     peer issue            signs somebody in to a shop in memory; one JSON object on standard
 * output peer judge X ISS AUD NOW reads tokens from standard input, one a line, as the shop ISS
 * whose public key is X would: one verdict a line */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/jwt.h"
#include "domain/opening.h"
#include "domain/user.h"

static int give_up(const char *says)
{
    fprintf(stderr, "peer: %s\n", says);
    return 1;
}

static int issue_from(struct session *s)
{
    const struct shop_opening opening = {
        .name = "Bayside",
        .zone = "America/Los_Angeles",
        .admin_name = "Ada Admin",
        .admin_login = "ada",
        .admin_password = "correct horse battery",
    };
    const struct sign_in in = {.login = "ada", .password = opening.admin_password};
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
    AUTO_BUF x = BUF(100);
    struct signed_in out;
    const char *uid;

    if (shop_open_new(s, &opening) != OK || op_call(s, &session_sign_in_op, &in, &out) != OK ||
        store_text(s->store, store_intern(s->store, "SELECT uid FROM shop"), NULL, s->arena,
                   &uid) != OK)
        return give_up(s->fault.text);
    secret_public_key(s->keys, SECRET_KEY_TOKEN, public_key);
    secret_to_base64(&x, public_key, sizeof public_key);
    printf("{\"x\":\"%s\",\"iss\":\"%s\",\"access\":\"%s\",\"until\":%lld}\n", buf_str(&x), uid,
           out.access, (long long)out.access_until.seconds);
    return 0;
}

static int issue(void)
{
    const struct shop_file_options options = {.create = true};
    AUTO_SHOP_FILE shop = {.store = NULL};
    AUTO_ARENA arena = ARENA_EMPTY;
    struct fault fault = {0};

    secret_use_weak_hashes(true);
    if (shop_file_open(":memory:", &options, &fault, &shop) != OK)
        return give_up(fault.text);
    struct session s = {
        .store = shop.store, .keys = shop.keys, .arena = &arena, .terminal = "peer"};
    store_report_to(shop.store, &s.fault);
    const int result = issue_from(&s);
    store_report_to(shop.store, NULL);
    return result;
}

static const char *word_of(enum jwt_verdict verdict)
{
    static const char *const words[] = {
        [JWT_GOOD] = "good",       [JWT_FORGED] = "forged", [JWT_OTHER] = "other",
        [JWT_UNCLEAR] = "unclear", [JWT_ABROAD] = "abroad", [JWT_EARLY] = "early",
        [JWT_EXPIRED] = "expired",
    };
    return words[verdict];
}

static int judge(char **argv)
{
    const struct jwt_reader reader = {
        .iss = argv[1], .aud = argv[2], .now = {strtoll(argv[3], NULL, 10)}};
    AUTO_BUF key = BUF(SECRET_PUBLIC_KEY_BYTES + 1);
    char line[1 << 16];

    if (!secret_from_base64(argv[0], strlen(argv[0]), &key) ||
        key.length != SECRET_PUBLIC_KEY_BYTES)
        return give_up("the key is none");
    while (fgets(line, sizeof line, stdin) != NULL) {
        AUTO_ARENA arena = ARENA_EMPTY;
        struct jwt_claims claims;
        puts(word_of(jwt_read((const unsigned char *)key.at, line, strcspn(line, "\n"), &reader,
                              &arena, &claims)));
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "issue") == 0)
        return issue();
    if (argc == 6 && strcmp(argv[1], "judge") == 0)
        return judge(argv + 2);
    return give_up("issue, or judge X ISS AUD NOW");
}
