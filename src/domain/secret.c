/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Hashes, random numbers and base64, by libsodium. */

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "secret_inner.h"

static bool weak_hashes; /* set once by a test program, before anything else runs */

static_assert(crypto_pwhash_STRBYTES <= SECRET_HASH_MAX, "a hash does not fit");

void secret_start(void)
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

static unsigned long long password_work(void)
{
    return weak_hashes ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE;
}

static size_t password_memory(void)
{
    return weak_hashes ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE;
}

status secret_hash_password(const char *password, char ret_hash[SECRET_HASH_MAX],
                            struct fault *fault)
{
    secret_start();
    if (crypto_pwhash_str(ret_hash, password, strlen(password), password_work(),
                          password_memory()) != 0)
        return fault_set(fault, ERR_IO,
                         "There is not enough memory to check a password. Close other programs.");
    return OK;
}

bool secret_password_matches(const char *hash, const char *password)
{
    char made_up[SECRET_HASH_MAX];

    secret_start();
    if (hash != NULL && hash[0] != '\0')
        return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
    (void)!secret_hash_password(password, made_up, NULL);
    return false;
}

bool secret_hash_is_weak(const char *hash)
{
    secret_start();
    return crypto_pwhash_str_needs_rehash(hash, password_work(), password_memory()) != 0;
}

void secret_random(void *ret_bytes, size_t size)
{
    secret_start();
    randombytes_buf(ret_bytes, size);
}

void secret_token(char ret_token[SECRET_TOKEN_MAX])
{
    unsigned char bytes[32];

    secret_start();
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(ret_token, SECRET_TOKEN_MAX, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

void secret_digest(const char *text, char ret_hex[SECRET_DIGEST_MAX])
{
    unsigned char hash[32];

    secret_start();
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
    sodium_bin2hex(ret_hex, SECRET_DIGEST_MAX, hash, sizeof hash);
}

void secret_sha256(const void *bytes, size_t size, unsigned char ret_digest[SECRET_SHA256_BYTES])
{
    secret_start();
    crypto_hash_sha256(ret_digest, bytes, size);
}

void secret_wipe(void *memory, size_t size)
{
    sodium_memzero(memory, size);
}

/* Whoever holds the text as constant is done with it. */
void secret_wipe_text(const char *text)
{
    sodium_memzero((char *)(uintptr_t)text, strlen(text));
}

bool secret_same(const char *a, const char *b)
{
    const size_t length = strlen(a);

    return strlen(b) == length && sodium_memcmp(a, b, length) == 0;
}

void secret_to_base64(struct buf *out, const void *bytes, size_t size)
{
    char text[4096];
    /* Pieces of a multiple of three bytes join without padding between them. */
    const size_t piece = 3000;

    for (size_t at = 0; at < size; at += piece) {
        const size_t length = size - at < piece ? size - at : piece;
        sodium_bin2base64(text, sizeof text, (const unsigned char *)bytes + at, length,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        buf_text(out, text);
    }
    sodium_memzero(text, sizeof text);
}

/* libsodium 1.0.18 reads every byte above 127 as “_”, which would give one signature many texts. */
static bool is_base64url(const char *text, size_t length)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    for (size_t i = 0; i < length; i++)
        if (memchr(alphabet, text[i], sizeof alphabet - 1) == NULL)
            return false;
    return true;
}

bool secret_from_base64(const char *text, size_t length, struct buf *ret_bytes)
{
    if (!is_base64url(text, length))
        return false;
    const size_t room = length / 4 * 3 + 3;
    size_t size = 0;
    const char *end = NULL;
    unsigned char *bytes = mem_alloc(room);

    const bool good = sodium_base642bin(bytes, room, text, length, NULL, &size, &end,
                                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                      end == text + length;
    if (good)
        buf_add(ret_bytes, bytes, size);
    sodium_memzero(bytes, room);
    mem_free(bytes);
    return good && !ret_bytes->full;
}
