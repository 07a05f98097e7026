/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Hashes and random numbers, by libsodium. */

#include "domain/secret.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool weak_hashes; /* set once by a test program, before anything else runs */

static_assert(crypto_pwhash_STRBYTES <= SECRET_HASH_MAX, "a hash does not fit");

static void start(void)
{
    if (sodium_init() < 0) {
        fputs("Pitlane: the computer has no source of random numbers.\n", stderr);
        exit(6);
    }
}

void secret_use_weak_hashes(bool weak)
{
    weak_hashes = weak;
}

status secret_hash_password(const char *password, char ret_hash[SECRET_HASH_MAX],
                            struct fault *fault)
{
    start();
    const unsigned long long work =
        weak_hashes ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE;
    const size_t memory =
        weak_hashes ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE;

    if (crypto_pwhash_str(ret_hash, password, strlen(password), work, memory) != 0)
        return fault_set(fault, ERR_IO,
                         "There is not enough memory to check a password. Close other programs.");
    return OK;
}

bool secret_password_matches(const char *hash, const char *password)
{
    char made_up[SECRET_HASH_MAX];

    start();
    if (hash != NULL && hash[0] != '\0')
        return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
    (void)!secret_hash_password(password, made_up, NULL);
    return false;
}

void secret_token(char ret_token[SECRET_TOKEN_MAX])
{
    unsigned char bytes[32];

    start();
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(ret_token, SECRET_TOKEN_MAX, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

void secret_digest(const char *text, char ret_hex[SECRET_DIGEST_MAX])
{
    unsigned char hash[32];

    start();
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
    sodium_bin2hex(ret_hex, SECRET_DIGEST_MAX, hash, sizeof hash);
}

void secret_wipe(void *memory, size_t size)
{
    sodium_memzero(memory, size);
}
