/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_TOTP_H
#define PITLANE_DOMAIN_TOTP_H

/* One-time codes: HMAC-SHA-1 over the number of the half minute (RFC 4226, RFC 6238), six digits.
 * Other digests and lengths exist, but authenticator apps silently ignore them. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define TOTP_SEED_BYTES   20
#define TOTP_STEP_SECONDS 30
#define TOTP_CODE_MAX     7
/* One step early or late: a telephone's clock may be off by half a minute. */
#define TOTP_WINDOW 1

/* The code of a step; false when the library refuses. */
bool totp_code(const void *seed, size_t size, int64_t step, char ret_code[TOTP_CODE_MAX]);
/* Is it a code of now, later than the last one taken? Then its step. Blanks do not matter. */
bool totp_matches(const void *seed, size_t size, int64_t now, int64_t last_step, const char *code,
                  int64_t *ret_step);

/* Base32 (RFC 4648 section 6) without padding, and back; false for what is none or is longer. */
const char *totp_base32(struct arena *arena, const void *bytes, size_t size);
bool totp_from_base32(const char *text, void *ret_bytes, size_t size);
/* otpauth://totp/ISSUER:ACCOUNT?secret=… as apps read it, every part percent-encoded. */
const char *totp_uri(struct arena *arena, const char *issuer, const char *account,
                     const char *base32);

#endif
