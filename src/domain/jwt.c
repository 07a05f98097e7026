/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Access tokens as text: written, and read with suspicion. Who gets one and what for is token.c's.
 */

#include "domain/jwt.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

struct jwt_header {
    const char *alg, *kid, *typ;
};
static const struct field header_fields[] = {
    FIELD(struct jwt_header, alg),
    FIELD(struct jwt_header, kid),
    FIELD(struct jwt_header, typ),
};
static const struct shape header_shape = SHAPE_OF(struct jwt_header, "jwt_header", header_fields);

static const struct field claim_fields[] = {
    FIELD(struct jwt_claims, iss),       FIELD(struct jwt_claims, aud),
    FIELD(struct jwt_claims, client_id), FIELD(struct jwt_claims, sub),
    FIELD(struct jwt_claims, sid),       FIELD(struct jwt_claims, jti),
    FIELD(struct jwt_claims, iat),       FIELD(struct jwt_claims, nbf),
    FIELD(struct jwt_claims, exp),
};
static const struct shape claim_shape = SHAPE_OF(struct jwt_claims, "jwt_claims", claim_fields);

#define ALGORITHM "EdDSA"
#define TYPE      "at+jwt"

/* --- Compact JWS --- */

void jws_write(const struct key_ring *keys, enum secret_key key, const char *header,
               const void *payload, size_t size, struct buf *out)
{
    unsigned char signature[SECRET_SIGNATURE_BYTES];
    const size_t from = out->length;

    secret_to_base64(out, header, strlen(header));
    buf_char(out, '.');
    secret_to_base64(out, payload, size);
    secret_sign(keys, key, out->at + from, out->length - from, signature);
    buf_char(out, '.');
    secret_to_base64(out, signature, sizeof signature);
}

/* Where the second part and the third begin; false unless there are exactly three. */
static bool find_parts(const char *text, size_t length, const char *ret_parts[4])
{
    const char *end = text + length;
    const char *first = memchr(text, '.', length);
    const char *second = first != NULL ? memchr(first + 1, '.', (size_t)(end - first - 1)) : NULL;

    if (second == NULL || memchr(second + 1, '.', (size_t)(end - second - 1)) != NULL)
        return false;
    ret_parts[0] = text;
    ret_parts[1] = first + 1;
    ret_parts[2] = second + 1;
    ret_parts[3] = end + 1;
    return true;
}

static bool decode(const char *const parts[4], int part, struct buf *ret)
{
    return secret_from_base64(parts[part], (size_t)(parts[part + 1] - 1 - parts[part]), ret);
}

bool jws_open(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES], const char *text,
              size_t length, struct buf *ret_header, struct buf *ret_payload)
{
    AUTO_BUF signature = BUF(SECRET_SIGNATURE_BYTES + 1);
    const char *parts[4];

    if (length > JWT_MAX || !find_parts(text, length, parts) || !decode(parts, 2, &signature) ||
        signature.length != SECRET_SIGNATURE_BYTES ||
        !secret_signature_is_good(public_key, text, (size_t)(parts[2] - 1 - text),
                                  (const unsigned char *)signature.at))
        return false;
    return decode(parts, 0, ret_header) && decode(parts, 1, ret_payload);
}

void jwt_key_id(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES], struct buf *out)
{
    unsigned char digest[SECRET_SHA256_BYTES];
    AUTO_BUF key = BUF(200);

    buf_text(&key, "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"");
    secret_to_base64(&key, public_key, SECRET_PUBLIC_KEY_BYTES);
    buf_text(&key, "\"}");
    secret_sha256(key.at, key.length, digest);
    secret_to_base64(out, digest, sizeof digest);
}

/* --- Access tokens --- */

void jwt_write(const struct key_ring *keys, const struct jwt_claims *claims, struct buf *out)
{
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
    AUTO_BUF header = BUF(300);
    AUTO_BUF payload = BUF(JWT_MAX);
    AUTO_BUF kid = BUF(100);

    secret_public_key(keys, SECRET_KEY_TOKEN, public_key);
    jwt_key_id(public_key, &kid);
    const struct jwt_header head = {.alg = ALGORITHM, .kid = buf_str(&kid), .typ = TYPE};
    json_write(&header, &header_shape, &head, &RIGHT_SET_ALL, 0);
    json_write(&payload, &claim_shape, claims, &RIGHT_SET_ALL, 0);
    jws_write(keys, SECRET_KEY_TOKEN, buf_str(&header), payload.at, payload.length, out);
}

/* Exactly the members of the shape, each once, each of its kind. */
static bool read_json(const struct buf *text, const struct shape *shape, struct arena *arena,
                      void *row)
{
    const struct field_context context = {.arena = arena};
    struct fault fault = {0};

    shape_init(shape, row, &context);
    return json_read(text->at, text->length, shape, &context, row, &fault) == OK;
}

static bool is_ours(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES],
                    const struct jwt_header *header)
{
    AUTO_BUF kid = BUF(100);

    jwt_key_id(public_key, &kid);
    return text_same(header->alg, ALGORITHM) && text_same(header->typ, TYPE) &&
           text_same(header->kid, buf_str(&kid));
}

static bool is_complete(const struct jwt_claims *claims)
{
    return claims->sub[0] != '\0' && claims->sid[0] != '\0' && claims->jti[0] != '\0' &&
           claims->client_id[0] != '\0' && claims->iat > 0 && claims->nbf > 0 &&
           claims->exp > claims->iat && claims->exp - claims->iat <= JWT_LIFETIME_S;
}

static enum jwt_verdict judge(const struct jwt_claims *claims, const struct jwt_reader *reader)
{
    const int64_t now = reader->now.seconds;

    if (!is_complete(claims))
        return JWT_UNCLEAR;
    if (!text_same(claims->iss, reader->iss) || !text_same(claims->aud, reader->aud))
        return JWT_ABROAD;
    if (claims->nbf > now + JWT_LEEWAY_S || claims->iat > now + JWT_LEEWAY_S)
        return JWT_EARLY;
    return claims->exp <= now - JWT_LEEWAY_S ? JWT_EXPIRED : JWT_GOOD;
}

enum jwt_verdict jwt_read(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES], const char *text,
                          size_t length, const struct jwt_reader *reader, struct arena *arena,
                          struct jwt_claims *ret_claims)
{
    AUTO_BUF head = BUF(JWT_MAX);
    AUTO_BUF payload = BUF(JWT_MAX);
    struct jwt_header header;
    struct jwt_claims claims;

    if (!jws_open(public_key, text, length, &head, &payload))
        return JWT_FORGED;
    if (!read_json(&head, &header_shape, arena, &header) || !is_ours(public_key, &header))
        return JWT_OTHER;
    if (!read_json(&payload, &claim_shape, arena, &claims))
        return JWT_UNCLEAR;
    const enum jwt_verdict verdict = judge(&claims, reader);
    if (verdict == JWT_GOOD)
        *ret_claims = claims;
    return verdict;
}
