/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The tokens of a session. An access token is signed and names the session, which is asked at every
 * operation all the same. A refresh token is a random number, kept hashed, and works once: its
 * successor comes with the next access token (RFC 9700 section 4.14.2). */

#include "token.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/audit.h"
#include "domain/jwt.h"

#define REFRESH_BYTES 32
/* What ran out so long ago is of no use, not even to notice that it was stolen. */
#define REFRESH_KEPT_S (24 * 3600)
#define READER         "pitlane"

static const char SQL_SHOP_UID[] = "SELECT uid FROM shop";
static const char SQL_TOKEN_ADD[] =
    "INSERT INTO refresh_token (session, token_hash, parent, made_at, expires_at) "
    "VALUES (:session, :token_hash, :parent, :now, :expires_at)";
static const char SQL_TOKEN_CLEAN[] = "DELETE FROM refresh_token WHERE expires_at < :before";
static const char SQL_TOKEN[] =
    "SELECT t.id, t.parent, t.session, t.used_at, t.expires_at, t.successor_secret, s.user, "
    "u.name AS user_name, s.ends_at, s.ended_at, u.disabled_at "
    "FROM refresh_token AS t "
    "JOIN session AS s ON s.id = t.session "
    "JOIN user AS u ON u.id = s.user "
    "WHERE t.token_hash = :token_hash";
/* Whoever changes the row has used the token; everybody else changes none. */
static const char SQL_TOKEN_USE[] =
    "UPDATE refresh_token SET used_at = :now, successor_secret = :sealed "
    "WHERE id = :id AND used_at IS NULL";
static const char SQL_TOKEN_FORGET[] =
    "UPDATE refresh_token SET successor_secret = '' WHERE id = :id";
static const char SQL_SESSION_SEEN[] = "UPDATE session SET seen_at = :now WHERE id = :id";

struct token_row {
    struct refresh_token_id id, parent;
    struct session_id session;
    struct user_id user;
    const char *user_name, *successor_secret;
    struct instant used_at, expires_at, ends_at, ended_at, disabled_at;
};
static const struct field token_fields[] = {
    FIELD(struct token_row, id),          FIELD(struct token_row, parent),
    FIELD(struct token_row, session),     FIELD(struct token_row, user),
    FIELD(struct token_row, user_name),   FIELD(struct token_row, successor_secret),
    FIELD(struct token_row, used_at),     FIELD(struct token_row, expires_at),
    FIELD(struct token_row, ends_at),     FIELD(struct token_row, ended_at),
    FIELD(struct token_row, disabled_at),
};
static const struct shape token_shape = SHAPE_OF(struct token_row, "refresh_token", token_fields);

/* --- Access tokens --- */

static status write_access(struct session *s, struct session_id session, struct user_id user,
                           struct signed_in *ret)
{
    const int64_t now = session_now(s).seconds;
    const int64_t until =
        ret->ends_at.seconds < now + ACCESS_LIFE_S ? ret->ends_at.seconds : now + ACCESS_LIFE_S;
    char id[SECRET_TOKEN_MAX];
    AUTO_BUF text = BUF(JWT_MAX);
    const char *shop;

    TRY(store_text(s->store, SQL_SHOP_UID, NULL, s->arena, &shop));
    secret_token(id);
    const struct jwt_claims claims = {
        .iss = shop,
        .aud = READER,
        .client_id = READER,
        .sub = arena_printf(s->arena, "%lld", (long long)user.v),
        .sid = arena_printf(s->arena, "%lld", (long long)session.v),
        .jti = id,
        .iat = now,
        .nbf = now,
        .exp = until,
    };
    jwt_write(s->keys, &claims, &text);
    ret->access = arena_text(s->arena, buf_str(&text));
    ret->access_until = (struct instant){until};
    return OK;
}

static status fail_verdict(struct session *s, enum jwt_verdict verdict)
{
    if (verdict == JWT_EXPIRED)
        return fail(s, ERR_SIGN_IN, "Your sign-in has run out. Sign in again.");
    if (verdict == JWT_EARLY)
        return fail(s, ERR_SIGN_IN,
                    "This sign-in begins in the future: the computer's clock was set back. Set it "
                    "right, then sign in again.");
    return fail(s, ERR_SIGN_IN, "You are not signed in. Sign in first.");
}

status access_token_read(struct session *s, const char *access, struct token_holder *ret)
{
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
    struct jwt_reader reader = {.aud = READER, .now = session_now(s)};
    struct jwt_claims claims;

    if (s->keys == NULL)
        return fail(s, ERR_IO, "The shop's key file was not read, so nobody can be signed in.");
    TRY(store_text(s->store, SQL_SHOP_UID, NULL, s->arena, &reader.iss));
    secret_public_key(s->keys, SECRET_KEY_TOKEN, public_key);
    const enum jwt_verdict verdict =
        jwt_read(public_key, access, strlen(access), &reader, s->arena, &claims);
    if (verdict != JWT_GOOD)
        return fail_verdict(s, verdict);
    *ret = (struct token_holder){
        .session.v = strtoll(claims.sid, NULL, 10),
        .user.v = strtoll(claims.sub, NULL, 10),
        .until = {claims.exp},
    };
    return OK;
}

/* --- Refresh tokens --- */

static status add_refresh(struct session *s, const struct token_row *before, const char *token,
                          const struct signed_in *who)
{
    char hash[SECRET_DIGEST_MAX];
    const int64_t now = session_now(s).seconds;
    const int64_t idle = now + REFRESH_IDLE_S;

    secret_digest(token, hash);
    return store_run(
        s->store, SQL_TOKEN_ADD, NO_ROW,
        BINDS(BIND_ID("session", before->session), BIND_TEXT("token_hash", hash),
              BIND_ID("parent", before->id), BIND_INT("now", now),
              BIND_INT("expires_at", who->ends_at.seconds < idle ? who->ends_at.seconds : idle)));
}

status tokens_issue(struct session *s, struct session_id session, struct user_id user,
                    struct signed_in *ret)
{
    const struct token_row none = {.session = session};
    char token[SECRET_TOKEN_MAX];

    TRY(store_run(s->store, SQL_TOKEN_CLEAN, NO_ROW,
                  BINDS(BIND_INT("before", session_now(s).seconds - REFRESH_KEPT_S))));
    TRY(write_access(s, session, user, ret));
    secret_token(token);
    TRY(add_refresh(s, &none, token, ret));
    ret->refresh = arena_text(s->arena, token);
    return OK;
}

static struct secret_place sealed_at(const struct token_row *row)
{
    return (struct secret_place){"refresh_token", "successor_secret", row->id.v};
}

static status find_token(struct session *s, const char *token, struct token_row *ret)
{
    char hash[SECRET_DIGEST_MAX];
    AUTO_BUF bytes = BUF(64);

    if (!secret_from_base64(token, strlen(token), &bytes) || bytes.length != REFRESH_BYTES)
        return fail(s, ERR_SIGN_IN, "You are not signed in. Sign in first.");
    secret_digest(token, hash);
    const status result =
        store_get(s->store, SQL_TOKEN, NO_ROW, BINDS(BIND_TEXT("token_hash", hash)), s->arena,
                  &token_shape, ret);
    if (result == ERR_NOT_FOUND)
        return fail(s, ERR_SIGN_IN, "You are not signed in. Sign in first.");
    return result;
}

static status check_token(struct session *s, const struct token_row *row)
{
    TRY(session_check_open(s, row->disabled_at, row->ended_at, row->ends_at));
    if (row->expires_at.seconds <= session_now(s).seconds)
        return fail(s, ERR_SIGN_IN, "You were away too long. Sign in again.");
    return OK;
}

/* Its owner has used it already, so somebody else holds it too, or he does: nobody can tell which,
 * and both have to sign in again. */
static status refuse_reused(struct session *s, const struct token_row *row)
{
    s->user = row->user; /* the audit row names whose it was */
    s->user_name = row->user_name;
    s->id = row->session;
    TRY(session_close(s, row->session, SESSION_REUSED));
    TRY(audit_note(s, AUDIT_REUSE, ERR_SIGN_IN, NULL));
    s->id = (struct session_id){0};
    return fail(s, ERR_SIGN_IN,
                "This sign-in was used in two places, so it was ended. Sign in again.");
}

/* The reply may have been lost on its way; but once the successor was used, and the sealed copy of
 * it is gone, it was not. */
static bool is_graceful(const struct session *s, const struct token_row *row)
{
    const int64_t ago = session_now(s).seconds - row->used_at.seconds;

    return ago >= 0 && ago <= REFRESH_GRACE_S && row->successor_secret[0] != '\0';
}

static status swap(struct session *s, const struct token_row *row, const struct signed_in *who,
                   const char **ret_token)
{
    char token[SECRET_TOKEN_MAX];
    const char *sealed = "";
    const int64_t now = session_now(s).seconds;

    secret_token(token);
    TRY(secret_seal(s->keys, sealed_at(row), token, s->arena, &sealed, &s->fault));
    TRY(store_run(
        s->store, SQL_TOKEN_USE, NO_ROW,
        BINDS(BIND_ID("id", row->id), BIND_INT("now", now), BIND_TEXT("sealed", sealed))));
    *ret_token = NULL;
    if (store_changed_rows(s->store) != 1)
        return OK;
    TRY(add_refresh(s, row, token, who));
    TRY(store_run(s->store, SQL_TOKEN_FORGET, NO_ROW, BINDS(BIND_INT("id", row->parent.v))));
    *ret_token = arena_text(s->arena, token);
    return store_run(s->store, SQL_SESSION_SEEN, NO_ROW,
                     BINDS(BIND_ID("id", row->session), BIND_INT("now", now)));
}

static status refresh_run(struct session *s, const void *input, void *output)
{
    const struct session_refresh *in = input;
    struct signed_in *out = output;
    struct token_row row;

    TRY(find_token(s, in->refresh, &row));
    TRY(check_token(s, &row));
    TRY(session_describe(s, row.user, out));
    out->ends_at = row.ends_at;
    TRY(swap(s, &row, out, &out->refresh));
    if (out->refresh == NULL && !is_graceful(s, &row))
        return refuse_reused(s, &row);
    if (out->refresh == NULL)
        TRY(secret_unseal(s->keys, sealed_at(&row), row.successor_secret, s->arena, &out->refresh,
                          &s->fault));
    return write_access(s, row.session, row.user, out);
}

static const struct field refresh_fields[] = {
    FIELD(struct session_refresh, refresh, .label = "Refresh token", .max = SECRET_TOKEN_MAX,
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
};

const struct op session_refresh_op = {
    .name = "session.refresh",
    .says = "Renew a sign-in by its refresh token",
    .kind = OP_WRITES,
    .flags = OP_PUBLIC | OP_KEEPS_REFUSAL | OP_QUIET | OP_UNLISTED,
    .in = SHAPE(struct session_refresh, refresh_fields),
    .out = &signed_in_shape,
    .run = refresh_run,
};
