/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_JWT_H
#define PITLANE_DOMAIN_JWT_H

/* Access tokens: JSON Web Tokens (RFC 7519) of the type at+jwt (RFC 9068) as compact JWS (RFC
 * 7515), signed by Ed25519 (RFC 8037). As RFC 8725 asks, the algorithm belongs to the key: nothing
 * inside a token chooses how it is read, and nothing of it is read before its signature is good. */

#include "base/buf.h"
#include "base/day.h"
#include "domain/secret.h"

#define JWT_MAX        1024      /* bytes of a token */
#define JWT_LEEWAY_S   60        /* clocks may differ by so much */
#define JWT_LIFETIME_S (15 * 60) /* the longest between iat and exp */

/* --- Compact JWS, whatever is inside --- */

/* header.payload.signature, each in base64url. */
void jws_write(const struct key_ring *keys, enum secret_key key, const char *header,
               const void *payload, size_t size, struct buf *out);
/* False for everything that is not exactly three parts of strict base64url with a good signature by
 * that key. Header and payload are bytes of whoever signed. */
bool jws_open(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES], const char *text,
              size_t length, struct buf *ret_header, struct buf *ret_payload);
/* The key's name: its thumbprint (RFC 7638, RFC 8037 appendix A.3). */
void jwt_key_id(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES], struct buf *out);

/* --- Access tokens --- */

/* Members are named as RFC 7519 and RFC 9068 name the claims. Times are seconds since 1970. */
struct jwt_claims {
    const char *iss, *aud, *client_id;
    const char *sub; /* the user's number */
    const char *sid; /* the session's */
    const char *jti;
    int64_t iat, nbf, exp;
};

enum jwt_verdict {
    JWT_GOOD,
    JWT_FORGED,  /* no JWS, too long, or not signed by this key */
    JWT_OTHER,   /* signed, but with another header than ours: alg, kid, typ, anything more */
    JWT_UNCLEAR, /* signed, but its claims are incomplete, double, unknown or of the wrong kind */
    JWT_ABROAD,  /* of another shop or for another reader: iss, aud */
    JWT_EARLY,   /* not valid yet, or issued in the future */
    JWT_EXPIRED,
};

void jwt_write(const struct key_ring *keys, const struct jwt_claims *claims, struct buf *out);

/* Who is asked to read it, and when. */
struct jwt_reader {
    const char *iss, *aud;
    struct instant now;
};
/* Texts of the claims are in the arena. Untouched unless JWT_GOOD. */
enum jwt_verdict jwt_read(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES], const char *text,
                          size_t length, const struct jwt_reader *reader, struct arena *arena,
                          struct jwt_claims *ret_claims);

#endif
