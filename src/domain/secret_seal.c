/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is done with the keys: sealed fields, keyed digests, signatures. */

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "secret_inner.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG   crypto_aead_xchacha20poly1305_ietf_ABYTES
/* Longest text that is sealed: tokens and passwords of gateways, not documents. */
#define PLAIN_MAX (64u << 10)

static_assert(sizeof(struct secret_mac) >= sizeof(crypto_generichash_state),
              "the state of a digest does not fit");
static_assert(crypto_sign_SEEDBYTES == SECRET_KEY_BYTES, "a seed is a key");

/* --- Sealed fields --- */

/* Bound to it: a value copied into another row, column or table does not open there. */
static void write_place(struct buf *out, struct secret_place place, int key)
{
    buf_printf(out, "%s|%s|%lld|%d", place.table, place.column, (long long)place.row, key);
}

status secret_seal(const struct key_ring *ring, struct secret_place place, const char *plain,
                   struct arena *arena, const char **ret_sealed, struct fault *fault)
{
    const size_t length = strlen(plain);
    key_ring_refresh(ring);
    const int number = key_ring_newest(ring);
    AUTO_BUF bound = BUF(1024);
    AUTO_BUF text = BUF(2 * PLAIN_MAX);

    if (length > PLAIN_MAX)
        return fault_set(fault, ERR_INVALID, "This is too long to be kept sealed. Shorten it.");
    write_place(&bound, place, number);
    unsigned char *box = mem_alloc(NONCE + length + TAG);
    randombytes_buf(box, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        box + NONCE, NULL, (const unsigned char *)plain, length, (const unsigned char *)bound.at,
        bound.length, NULL, box, key_ring_data_key(ring, number));
    buf_printf(&text, "%d.", number);
    secret_to_base64(&text, box, NONCE + length + TAG);
    mem_free(box);
    *ret_sealed = arena_text(arena, buf_str(&text));
    return OK;
}

int secret_sealed_with(const char *sealed)
{
    char *end = NULL;
    const long number = strtol(sealed, &end, 10);

    return end != sealed && *end == '.' && number > 0 && number < 1000000 ? (int)number : 0;
}

static status cannot_unseal(struct fault *fault, struct secret_place place, int number, int newest)
{
    if (number > newest)
        return fault_set(fault, ERR_CORRUPT,
                         "The shop's keys were changed, and the keys here are older. Leave the "
                         "program and start it again; if that does not help, put the newest key "
                         "file back.");
    return fault_set(
        fault, ERR_CORRUPT,
        "A sealed value (%s, %s) does not open: it was altered, or the shop's key file "
        "is an older one. Put the right key file back, or set the value anew.",
        place.table, place.column);
}

status secret_unseal(const struct key_ring *ring, struct secret_place place, const char *sealed,
                     struct arena *arena, const char **ret_plain, struct fault *fault)
{
    const int number = secret_sealed_with(sealed);
    key_ring_refresh(ring);
    const unsigned char *key = key_ring_data_key(ring, number);
    const char *text = strchr(sealed, '.');
    AUTO_BUF bound = BUF(1024);
    AUTO_BUF box = BUF(2 * PLAIN_MAX);

    if (number == 0 || key == NULL || !secret_from_base64(text + 1, strlen(text + 1), &box) ||
        box.length < NONCE + TAG)
        return cannot_unseal(fault, place, number, key_ring_newest(ring));
    write_place(&bound, place, number);
    const size_t length = box.length - NONCE - TAG;
    unsigned char *plain = arena_alloc(arena, length + 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            plain, NULL, NULL, (const unsigned char *)box.at + NONCE, box.length - NONCE,
            (const unsigned char *)bound.at, bound.length, (const unsigned char *)box.at, key) != 0)
        return cannot_unseal(fault, place, number, key_ring_newest(ring));
    plain[length] = '\0';
    *ret_plain = (const char *)plain;
    return OK;
}

/* --- Keyed digests --- */

void secret_mac_begin(struct secret_mac *mac, const struct key_ring *ring, enum secret_key key)
{
    crypto_generichash_init((crypto_generichash_state *)(void *)mac->state, ring->keys[key],
                            SECRET_KEY_BYTES, crypto_generichash_BYTES);
}

void secret_mac_add(struct secret_mac *mac, const void *bytes, size_t size)
{
    crypto_generichash_update((crypto_generichash_state *)(void *)mac->state, bytes, size);
}

void secret_mac_end(struct secret_mac *mac, char ret_hex[SECRET_DIGEST_MAX])
{
    unsigned char digest[crypto_generichash_BYTES];

    crypto_generichash_final((crypto_generichash_state *)(void *)mac->state, digest, sizeof digest);
    sodium_bin2hex(ret_hex, SECRET_DIGEST_MAX, digest, sizeof digest);
    sodium_memzero(mac, sizeof *mac);
}

/* --- Signatures --- */

void secret_sign(const struct key_ring *ring, enum secret_key key, const void *bytes, size_t size,
                 unsigned char ret_signature[SECRET_SIGNATURE_BYTES])
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];

    crypto_sign_seed_keypair(public_key, secret, ring->keys[key]);
    crypto_sign_detached(ret_signature, NULL, bytes, size, secret);
    sodium_memzero(secret, sizeof secret);
}

void secret_public_key(const struct key_ring *ring, enum secret_key key,
                       unsigned char ret_public[SECRET_PUBLIC_KEY_BYTES])
{
    unsigned char secret[crypto_sign_SECRETKEYBYTES];

    crypto_sign_seed_keypair(ret_public, secret, ring->keys[key]);
    sodium_memzero(secret, sizeof secret);
}

bool secret_signature_is_good(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES],
                              const void *bytes, size_t size,
                              const unsigned char signature[SECRET_SIGNATURE_BYTES])
{
    secret_start();
    return crypto_sign_verify_detached(signature, bytes, size, public_key) == 0;
}
