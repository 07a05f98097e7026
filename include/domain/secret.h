/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_SECRET_H
#define PITLANE_DOMAIN_SECRET_H

/* Hashes, random numbers, and what is done with the shop's keys: sealing a field, chaining the
 * audit log, signing. src/domain/secret*.c are the only homes of libsodium. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

#define SECRET_HASH_MAX   128
#define SECRET_TOKEN_MAX  44 /* 256 bits in base64url */
#define SECRET_DIGEST_MAX 65 /* 256 bits in hexadecimal */

/* --- Without keys (secret.c) --- */

/* Argon2id (RFC 9106) at libsodium's interactive strength, about 70 ms. */
status secret_hash_password(const char *password, char ret_hash[SECRET_HASH_MAX],
                            struct fault *fault) MUST_USE;
/* A NULL or empty hash is compared against a made-up one: the same time for an unknown user. */
bool secret_password_matches(const char *hash, const char *password);
/* Was the hash made with less work than secret_hash_password does today? */
bool secret_hash_is_weak(const char *hash);
/* 256 random bits as text. */
void secret_token(char ret_token[SECRET_TOKEN_MAX]);
void secret_random(void *ret_bytes, size_t size);
/* BLAKE2b-256 in hexadecimal. */
void secret_digest(const char *text, char ret_hex[SECRET_DIGEST_MAX]);
/* SHA-256 (FIPS 180-4), where a standard asks for it. */
#define SECRET_SHA256_BYTES 32
void secret_sha256(const void *bytes, size_t size, unsigned char ret_digest[SECRET_SHA256_BYTES]);
/* Compares in a time that does not tell where two texts of the same length differ. */
bool secret_same(const char *a, const char *b);
/* Overwrites a secret that is no longer needed. */
void secret_wipe(void *memory, size_t size);
void secret_wipe_text(const char *text);
/* For tests only: makes hashing cheap. The hashes say so themselves and stay verifiable. */
void secret_use_weak_hashes(bool weak);

/* Base64url without padding (RFC 4648 section 5, as RFC 7515 wants it). secret_from_base64 refuses
 * padding, blanks, other alphabets and left-over bits, and returns false then. */
void secret_to_base64(struct buf *out, const void *bytes, size_t size);
bool secret_from_base64(const char *text, size_t length, struct buf *ret_bytes);

/* --- The key ring (secret_ring.c) ---
 *
 * The shop's keys, kept outside its database. Data keys are numbered from 1; the newest seals,
 * every one of them unseals. The others have one job each and stay for the life of the shop. */
enum secret_key {
    SECRET_KEY_AUDIT,      /* chains the audit log */
    SECRET_KEY_PEPPER,     /* goes into the hashes of PINs and recovery codes */
    SECRET_KEY_TOKEN,      /* Ed25519 seed: signs access tokens */
    SECRET_KEY_CHECKPOINT, /* Ed25519 seed: signs checkpoints of the audit log */
    SECRET_KEY_COUNT
};
#define SECRET_DATA_KEYS_MAX 200

struct key_ring;
struct key_ring *key_ring_make(void);
void key_ring_free(struct key_ring *ring); /* wipes it; NULL is fine */
static inline void key_ring_free_at(struct key_ring **ring)
{
    key_ring_free(*ring);
}
#define AUTO_KEY_RING __attribute__((cleanup(key_ring_free_at))) struct key_ring *

/* The newest data key's number. key_ring_renew adds one; ERR_CONFLICT when there are too many.
 * key_ring_retire removes all but the newest, once nothing is sealed with them. */
int key_ring_newest(const struct key_ring *ring);
status key_ring_renew(struct key_ring *ring, struct fault *fault) MUST_USE;
void key_ring_retire(struct key_ring *ring);
int key_ring_data_count(const struct key_ring *ring);
/* "1F3A-…", tells one shop's keys from another's and nothing else. Data keys are no part of it. */
#define KEY_FINGERPRINT_MAX 20
void key_ring_fingerprint(const struct key_ring *ring, char ret[KEY_FINGERPRINT_MAX]);

/* As the text of the key file. With a passphrase (not NULL) it is sealed under it by Argon2id. */
status key_ring_write(const struct key_ring *ring, const char *passphrase, struct buf *out,
                      struct fault *fault) MUST_USE;
/* ERR_CORRUPT for a text that is none; ERR_SIGN_IN when a passphrase is needed (NULL) or wrong. */
status key_ring_read(const char *text, size_t length, const char *passphrase, struct fault *fault,
                     struct key_ring **ret_ring) MUST_USE;

/* The ring was read from this file. When the file is replaced, as by a change of keys, the ring
 * follows it before it next seals or opens anything; a file under a passphrase, as long as that is
 * the one it was opened with. With another one, what needs the new keys says that the program has
 * to be started again. */
void key_ring_follow(struct key_ring *ring, const char *path);
const char *key_ring_path(const struct key_ring *ring); /* NULL when it follows none */
/* The file it follows: read again, or written, in one step and for its owner alone. */
status key_ring_reload(struct key_ring *ring, const char *passphrase, struct fault *fault) MUST_USE;
status key_ring_save(struct key_ring *ring, const char *passphrase, struct fault *fault) MUST_USE;

/* The ring for paper (secret_sheet.c): sealed under a passphrase, in lines of letters and digits
 * that are hard to confuse, each with a check of its own. */
status key_ring_write_sheet(const struct key_ring *ring, const char *passphrase, struct buf *out,
                            struct fault *fault) MUST_USE;
/* As typed or scanned: small letters, O for 0, I and L for 1, other blanks and empty lines are
 * fine. ERR_INVALID names the line that is not as printed, or those that are missing; ERR_SIGN_IN
 * when it is not the passphrase. */
status key_ring_read_sheet(const char *text, const char *passphrase, struct fault *fault,
                           struct key_ring **ret_ring) MUST_USE;

/* --- With keys (secret_seal.c) --- */

/* Where a sealed value stands: it opens nowhere else. */
struct secret_place {
    const char *table, *column;
    int64_t row;
};
/* Seals a text by XChaCha20-Poly1305 under the newest data key: "2.BASE64", for a column ending in
 * _secret. The place is authenticated with it. */
status secret_seal(const struct key_ring *ring, struct secret_place place, const char *plain,
                   struct arena *arena, const char **ret_sealed, struct fault *fault) MUST_USE;
/* ERR_CORRUPT with a sentence when it was altered, moved to another place, or its key is gone. Wipe
 * the result (secret_wipe) when it is no longer needed. */
status secret_unseal(const struct key_ring *ring, struct secret_place place, const char *sealed,
                     struct arena *arena, const char **ret_plain, struct fault *fault) MUST_USE;
/* Number of the data key a value was sealed with; 0 for what is no sealed value. */
int secret_sealed_with(const char *sealed);

/* Keyed BLAKE2b-256 in hexadecimal, over any number of pieces. */
struct secret_mac {
    _Alignas(64) unsigned char state[384];
};
void secret_mac_begin(struct secret_mac *mac, const struct key_ring *ring, enum secret_key key);
void secret_mac_add(struct secret_mac *mac, const void *bytes, size_t size);
void secret_mac_end(struct secret_mac *mac, char ret_hex[SECRET_DIGEST_MAX]);

/* Ed25519 (RFC 8032). Signatures are 64 bytes, public keys 32. */
#define SECRET_SIGNATURE_BYTES  64
#define SECRET_PUBLIC_KEY_BYTES 32
void secret_sign(const struct key_ring *ring, enum secret_key key, const void *bytes, size_t size,
                 unsigned char ret_signature[SECRET_SIGNATURE_BYTES]);
void secret_public_key(const struct key_ring *ring, enum secret_key key,
                       unsigned char ret_public[SECRET_PUBLIC_KEY_BYTES]);
bool secret_signature_is_good(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES],
                              const void *bytes, size_t size,
                              const unsigned char signature[SECRET_SIGNATURE_BYTES]);
/* A ring whose seeds are given, for the vectors of RFCs in tests. */
struct key_ring *key_ring_make_from_seed(const unsigned char seed[32]);

#endif
