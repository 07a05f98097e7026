/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_SECRET_H
#define PITLANE_DOMAIN_SECRET_H

/* Hashes and random numbers. Only home of libsodium. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define SECRET_HASH_MAX   128
#define SECRET_TOKEN_MAX  44
#define SECRET_DIGEST_MAX 65

/* Argon2id (RFC 9106) at libsodium's interactive strength, about 70 ms. */
status secret_hash_password(const char *password, char ret_hash[SECRET_HASH_MAX],
                            struct fault *fault) MUST_USE;
/* A NULL or empty hash is compared against a made-up one: the same time for an unknown user. */
bool secret_password_matches(const char *hash, const char *password);
/* 256 random bits as text. */
void secret_token(char ret_token[SECRET_TOKEN_MAX]);
/* BLAKE2b-256 in hexadecimal. */
void secret_digest(const char *text, char ret_hex[SECRET_DIGEST_MAX]);
/* Overwrites a secret that is no longer needed. */
void secret_wipe(void *memory, size_t size);
/* For tests only: makes hashing cheap. The hashes say so themselves and stay verifiable. */
void secret_use_weak_hashes(bool weak);

#endif
