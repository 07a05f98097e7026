/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Any bytes as a token: as they come, behind a good signature as header or as claims, and as a
 * refresh token. What is let in must be what we write, and be written back the same. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/jwt.h"

#define NOW INT64_C(1795545720)

enum way { WAY_TOKEN, WAY_HEADER, WAY_CLAIMS, WAY_REFRESH, WAY_COUNT };

static const unsigned char seed[32] = "pitlane fuzz pitlane fuzz pitla";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of those who were let in. */
static void check_claims(const struct key_ring *keys, const struct jwt_reader *reader,
                         const unsigned char *public_key, const struct jwt_claims *claims)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF text = BUF(JWT_MAX * 4);
    struct jwt_claims again;

    if (!text_same(claims->iss, reader->iss) || !text_same(claims->aud, reader->aud) ||
        claims->sub[0] == '\0' || claims->sid[0] == '\0' || claims->exp <= NOW - JWT_LEEWAY_S ||
        claims->nbf > NOW + JWT_LEEWAY_S || claims->exp - claims->iat > JWT_LIFETIME_S)
        abort();
    jwt_write(keys, claims, &text);
    if (text.length > JWT_MAX) /* written longer than it was read: other escapes */
        return;
    if (jwt_read(public_key, text.at, text.length, reader, &arena, &again) != JWT_GOOD ||
        !text_same(again.sub, claims->sub) || !text_same(again.sid, claims->sid) ||
        again.exp != claims->exp)
        abort();
}

static void read_token(const struct key_ring *keys, const char *text, size_t length)
{
    const struct jwt_reader reader = {.iss = "s", .aud = "pitlane", .now = {NOW}};
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
    AUTO_ARENA arena = ARENA_EMPTY;
    struct jwt_claims claims;

    secret_public_key(keys, SECRET_KEY_TOKEN, public_key);
    if (jwt_read(public_key, text, length, &reader, &arena, &claims) == JWT_GOOD)
        check_claims(keys, &reader, public_key, &claims);
}

static void read_signed(const struct key_ring *keys, const char *header, const char *claims)
{
    AUTO_BUF text = BUF_MIB(4);

    jws_write(keys, SECRET_KEY_TOKEN, header, claims, strlen(claims), &text);
    read_token(keys, text.at, text.length);
}

/* What decodes is written back to the very same text. */
static void read_refresh(const char *text, size_t length)
{
    AUTO_BUF bytes = BUF_MIB(1);
    AUTO_BUF again = BUF_MIB(2);

    if (!secret_from_base64(text, length, &bytes))
        return;
    secret_to_base64(&again, bytes.at, bytes.length);
    if (again.length != length || memcmp(buf_str(&again), text, length) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_KEY_RING keys = key_ring_make_from_seed(seed);
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF kid = BUF(100);

    if (size == 0)
        return 0;
    const char *text = arena_text_n(&arena, (const char *)data + 1, size - 1);
    secret_public_key(keys, SECRET_KEY_TOKEN, public_key);
    jwt_key_id(public_key, &kid);
    switch ((enum way)(data[0] % WAY_COUNT)) {
    case WAY_TOKEN:
        read_token(keys, (const char *)data + 1, size - 1);
        break;
    case WAY_HEADER:
        read_signed(keys, text,
                    "{\"iss\":\"s\",\"aud\":\"pitlane\",\"client_id\":\"pitlane\",\"sub\":\"1\","
                    "\"sid\":\"1\",\"jti\":\"x\",\"iat\":1795545720,\"nbf\":1795545720,"
                    "\"exp\":1795546320}");
        break;
    case WAY_CLAIMS:
        read_signed(keys,
                    arena_printf(&arena, "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"at+jwt\"}",
                                 buf_str(&kid)),
                    text);
        break;
    case WAY_REFRESH:
    case WAY_COUNT:
        read_refresh((const char *)data + 1, size - 1);
        break;
    }
    return 0;
}
