/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The second factor: set up, turned on by a first right code, taken at sign-in, turned off. The
 * codes themselves are totp.c's; what a wrong one costs is tries.c's. */

#include "domain/factor.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/secret.h"
#include "domain/setting.h"
#include "domain/totp.h"
#include "user_inner.h"

/* Letters and digits that are not taken for one another. 32 of them, so twelve are 60 bits. */
static const char RECOVERY_SIGNS[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
#define RECOVERY_LENGTH 12
#define RECOVERY_GROUP  4

struct factor_row {
    const char *seed_secret;
    int64_t last_step;
    struct instant on_at;
};
static const struct field factor_row_fields[] = {
    FIELD(struct factor_row, seed_secret),
    FIELD(struct factor_row, last_step),
    FIELD(struct factor_row, on_at),
};
static const struct shape factor_row_shape =
    SHAPE_OF(struct factor_row, "second_factor", factor_row_fields);

static const char SQL_FACTOR[] =
    "SELECT seed_secret, last_step, on_at FROM second_factor WHERE user = :user";
static const char SQL_IS_ON[] =
    "SELECT count(*) FROM second_factor WHERE user = :user AND on_at IS NOT NULL";
static const char SQL_BEGIN[] =
    "INSERT INTO second_factor (user, seed_secret, made_at) VALUES (:user, :seed_secret, :now) "
    "ON CONFLICT (user) DO UPDATE SET seed_secret = excluded.seed_secret, "
    "made_at = excluded.made_at, last_step = 0, on_at = NULL";
static const char SQL_TURN_ON[] = "UPDATE second_factor SET on_at = :now WHERE user = :user";
/* A code counts once, whoever else is just trying it: the step only grows. */
static const char SQL_TAKE_STEP[] =
    "UPDATE second_factor SET last_step = :step WHERE user = :user AND last_step < :step";
static const char SQL_REMOVE[] = "DELETE FROM second_factor WHERE user = :user";
static const char SQL_CODE_ADD[] =
    "INSERT INTO recovery_code (user, code_hash) VALUES (:user, :code_hash)";
static const char SQL_CODE_USE[] = "UPDATE recovery_code SET used_at = :now "
                                   "WHERE user = :user AND code_hash = :code_hash AND used_at IS "
                                   "NULL";
static const char SQL_CODES_LEFT[] =
    "SELECT count(*) FROM recovery_code WHERE user = :user AND used_at IS NULL";
static const char SQL_CODES_REMOVE[] = "DELETE FROM recovery_code WHERE user = :user";
static const char SQL_LOGIN[] = "SELECT login FROM user WHERE id = :user";
static const char SQL_NAME[] = "SELECT name FROM user WHERE id = :user";
static const char SQL_SHORT[] = "SELECT short_password FROM user WHERE id = :user";
static const char SQL_NEEDED[] = "SELECT r.needs_second_factor FROM user AS u "
                                 "JOIN role AS r ON r.id = u.role WHERE u.id = :user";
/* A password that was long enough beside the second factor has to be replaced. */
static const char SQL_MUST_CHANGE[] =
    "UPDATE user SET must_change = 1, revision = revision + 1 WHERE id = :user AND short_password";

#define OF_USER(user_) BINDS(BIND_ID("user", user_))

static struct secret_place seed_place(struct user_id user)
{
    return (struct secret_place){"second_factor", "seed_secret", user.v};
}

static status read_factor(struct session *s, struct user_id user, struct factor_row *ret)
{
    return store_get(s->store, SQL_FACTOR, NO_ROW, OF_USER(user), s->arena, &factor_row_shape, ret);
}

status factor_is_on(struct session *s, struct user_id user, bool *ret_on)
{
    int64_t count = 0;

    TRY(store_int(s->store, SQL_IS_ON, OF_USER(user), &count));
    *ret_on = count > 0;
    return OK;
}

/* --- Taking a code --- */

static status take_code(struct session *s, struct user_id user, const char *code)
{
    unsigned char seed[TOTP_SEED_BYTES];
    struct factor_row row;
    const char *base32 = "";
    int64_t step = 0;

    TRY(found(s, read_factor(s, user, &row), "The second factor was not begun. Begin it first."));
    TRY(secret_unseal(s->keys, seed_place(user), row.seed_secret, s->arena, &base32, &s->fault));
    const bool is_good =
        totp_from_base32(base32, seed, sizeof seed) &&
        totp_matches(seed, sizeof seed, session_now(s).seconds, row.last_step, code, &step);
    secret_wipe(seed, sizeof seed);
    secret_wipe_text(base32);
    if (!is_good)
        return ERR_INVALID;
    TRY(store_run(s->store, SQL_TAKE_STEP, NO_ROW,
                  BINDS(BIND_ID("user", user), BIND_INT("step", step))));
    return store_changed_rows(s->store) == 1 ? OK : ERR_INVALID;
}

/* As it is kept: bound to its user, under a key that is not in the database. */
static void digest_recovery(const struct session *s, struct user_id user, const char *signs,
                            char ret_hex[SECRET_DIGEST_MAX])
{
    const char *whose = arena_printf(s->arena, "recovery %lld ", (long long)user.v);
    struct secret_mac mac;

    secret_mac_begin(&mac, s->keys, SECRET_KEY_PEPPER);
    secret_mac_add(&mac, whose, strlen(whose));
    secret_mac_add(&mac, signs, strlen(signs));
    secret_mac_end(&mac, ret_hex);
}

static status take_recovery(struct session *s, struct user_id user, const char *code)
{
    const char *signs = text_code(s->arena, code);
    char digest[SECRET_DIGEST_MAX];

    if (strlen(signs) != RECOVERY_LENGTH)
        return ERR_INVALID;
    digest_recovery(s, user, signs, digest);
    TRY(store_run(s->store, SQL_CODE_USE, NO_ROW,
                  BINDS(BIND_ID("user", user), BIND_TEXT("code_hash", digest),
                        BIND_INT("now", session_now(s).seconds))));
    return store_changed_rows(s->store) == 1 ? OK : ERR_INVALID;
}

status factor_take(struct session *s, struct user_id user, const char *code,
                   enum factor *ret_factor)
{
    status result = take_code(s, user, code);

    *ret_factor = FACTOR_CODE;
    if (result != ERR_INVALID)
        return result;
    *ret_factor = FACTOR_RECOVERY;
    return take_recovery(s, user, code);
}

/* --- Recovery codes --- */

static const char *make_recovery(struct arena *arena)
{
    unsigned char random[RECOVERY_LENGTH];
    AUTO_BUF text = BUF(64);

    secret_random(random, sizeof random);
    for (size_t i = 0; i < RECOVERY_LENGTH; i++) {
        if (i > 0 && i % RECOVERY_GROUP == 0)
            buf_char(&text, '-');
        buf_char(&text, RECOVERY_SIGNS[random[i] % 32]);
    }
    secret_wipe(random, sizeof random);
    return arena_text(arena, buf_str(&text));
}

/* Ten new ones; those of before are gone. */
static status replace_codes(struct session *s, struct user_id user, struct recovery_codes *ret)
{
    struct recovery_code *codes = NEW_ARRAY(s->arena, struct recovery_code, FACTOR_RECOVERY_CODES);
    char digest[SECRET_DIGEST_MAX];

    TRY(store_run(s->store, SQL_CODES_REMOVE, NO_ROW, OF_USER(user)));
    for (size_t i = 0; i < FACTOR_RECOVERY_CODES; i++) {
        codes[i].code = make_recovery(s->arena);
        digest_recovery(s, user, text_code(s->arena, codes[i].code), digest);
        TRY(store_run(s->store, SQL_CODE_ADD, NO_ROW,
                      BINDS(BIND_ID("user", user), BIND_TEXT("code_hash", digest))));
    }
    ret->codes = (struct rows){.at = codes, .count = FACTOR_RECOVERY_CODES};
    return OK;
}

static const struct field recovery_code_fields[] = {
    FIELD(struct recovery_code, code, .label = "Recovery code"),
};
static const struct shape recovery_code_shape =
    SHAPE_OF(struct recovery_code, "recovery_code", recovery_code_fields);
static const struct field recovery_codes_fields[] = {
    FIELD(struct recovery_codes, codes, .label = "Recovery codes", .rows = &recovery_code_shape),
};
static const struct shape recovery_codes_shape =
    SHAPE_OF(struct recovery_codes, "recovery_codes", recovery_codes_fields);

static status must_be_on(struct session *s)
{
    bool on = false;

    TRY(factor_is_on(s, s->user, &on));
    if (!on)
        return fail(s, ERR_CONFLICT, "Your second factor is not on. Begin it first.");
    return OK;
}

static status new_codes_run(struct session *s, const void *input, void *output)
{
    (void)input;
    TRY(must_be_on(s));
    return replace_codes(s, s->user, output);
}

const struct op factor_new_codes_op = {
    .name = "factor.new-codes",
    .says = "Get new recovery codes; those of before stop working",
    .title = "New recovery codes",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_SHOWN_ONCE,
    .out = &recovery_codes_shape,
    .run = new_codes_run,
};

/* --- Setting it up --- */

/* "JBSW Y3DP …", as people type it. */
static const char *in_groups(struct arena *arena, const char *base32)
{
    AUTO_BUF text = BUF(256);

    for (size_t i = 0; base32[i] != '\0'; i++) {
        if (i > 0 && i % 4 == 0)
            buf_char(&text, ' ');
        buf_char(&text, base32[i]);
    }
    return arena_text(arena, buf_str(&text));
}

static const struct field factor_begun_fields[] = {
    FIELD(struct factor_begun, uri, .label = "Address for the QR code", .max = 4000),
    FIELD(struct factor_begun, secret, .label = "Secret", .help = "For typing it into the app"),
};

static status begin_run(struct session *s, const void *input, void *output)
{
    struct factor_begun *out = output;
    unsigned char seed[TOTP_SEED_BYTES];
    const char *login = "", *sealed = "";
    struct shop shop;
    bool on = false;
    (void)input;

    TRY(factor_is_on(s, s->user, &on));
    if (on)
        return fail(s, ERR_CONFLICT,
                    "Your second factor is on already. To move it to another telephone, turn it "
                    "off first.");
    TRY(shop_get(s, &shop));
    TRY(store_text(s->store, SQL_LOGIN, OF_USER(s->user), s->arena, &login));
    secret_random(seed, sizeof seed);
    const char *base32 = totp_base32(s->arena, seed, sizeof seed);
    secret_wipe(seed, sizeof seed);
    if (base32 == NULL)
        return fail(s, ERR_IO, "There is not enough memory for a code. Close other programs.");
    TRY(secret_seal(s->keys, seed_place(s->user), base32, s->arena, &sealed, &s->fault));
    TRY(store_run(s->store, SQL_BEGIN, NO_ROW,
                  BINDS(BIND_ID("user", s->user), BIND_TEXT("seed_secret", sealed),
                        BIND_INT("now", session_now(s).seconds))));
    out->secret = in_groups(s->arena, base32);
    out->uri = totp_uri(s->arena, shop.name, login, base32);
    return OK;
}

const struct op factor_begin_op = {
    .name = "factor.begin",
    .says = "Set up a second factor",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FIRST_STEP | OP_SHOWN_ONCE,
    .out = SHAPE(struct factor_begun, factor_begun_fields),
    .run = begin_run,
};

static const struct field factor_code_fields[] = {
    FIELD(struct factor_code, code, .label = "Code", .example = "123 456", .max = 40,
          .help = "The six digits that the app shows now",
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
};

static status turn_on_run(struct session *s, const void *input, void *output)
{
    const struct factor_code *in = input;
    bool on = false;

    TRY(factor_is_on(s, s->user, &on));
    if (on)
        return fail(s, ERR_CONFLICT, "Your second factor is on already.");
    const status result = take_code(s, s->user, in->code);
    if (result == ERR_INVALID)
        return fail_field(s, "code",
                          "This code does not fit. Type the one the app shows now; if none fits, "
                          "set the telephone's clock by the network.");
    TRY(result);
    TRY(store_run(s->store, SQL_TURN_ON, NO_ROW,
                  BINDS(BIND_ID("user", s->user), BIND_INT("now", session_now(s).seconds))));
    return replace_codes(s, s->user, output);
}

const struct op factor_turn_on_op = {
    .name = "factor.turn-on",
    .says = "Turn the second factor on by a first code of the app",
    .title = "Turn the second factor on",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .flags = OP_FIRST_STEP | OP_SHOWN_ONCE,
    .in = SHAPE(struct factor_code, factor_code_fields),
    .out = &recovery_codes_shape,
    .run = turn_on_run,
};

/* --- Turning it off --- */

status factor_remove(struct session *s, struct user_id user)
{
    TRY(store_run(s->store, SQL_CODES_REMOVE, NO_ROW, OF_USER(user)));
    return store_run(s->store, SQL_REMOVE, NO_ROW, OF_USER(user));
}

static status turn_off_run(struct session *s, const void *input, void *output)
{
    int64_t is_short = 0;
    (void)input;
    (void)output;

    TRY(must_be_on(s));
    TRY(store_int(s->store, SQL_SHORT, OF_USER(s->user), &is_short));
    if (is_short != 0)
        return fail(s, ERR_CONFLICT,
                    "Your password is long enough only beside a second factor. Choose one of 15 "
                    "characters or more first.");
    return factor_remove(s, s->user);
}

const struct op factor_turn_off_op = {
    .name = "factor.turn-off",
    .says = "Turn your second factor off",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .run = turn_off_run,
};

struct factor_of {
    struct user_id user;
};
static const struct field factor_of_fields[] = {
    FIELD(struct factor_of, user, .label = "User", .picks = "user.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static status reset_run(struct session *s, const void *input, void *output)
{
    const struct factor_of *in = input;
    const char *name = "";
    bool on = false;
    (void)output;

    TRY(user_must_be_within_reach(s, in->user));
    TRY(store_text(s->store, SQL_NAME, OF_USER(in->user), s->arena, &name));
    TRY(factor_is_on(s, in->user, &on));
    if (!on)
        return fail(s, ERR_CONFLICT, "%s has no second factor on.", name);
    TRY(factor_remove(s, in->user));
    return store_run(s->store, SQL_MUST_CHANGE, NO_ROW, OF_USER(in->user));
}

const struct op factor_reset_op = {
    .name = "factor.reset",
    .says = "Turn off somebody's second factor",
    .right = RIGHT_USERS_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH | OP_FINAL,
    .in = SHAPE(struct factor_of, factor_of_fields),
    .about = "user",
    .run = reset_run,
};

/* --- How it stands --- */

static const struct field factor_state_fields[] = {
    FIELD(struct factor_state, on, .label = "Second factor"),
    FIELD(struct factor_state, on_at, .label = "On since"),
    FIELD(struct factor_state, codes_left, .label = "Recovery codes left"),
    FIELD(struct factor_state, needed, .label = "Needed by the role"),
};

static status show_run(struct session *s, const void *input, void *output)
{
    struct factor_state *out = output;
    struct factor_row row = {.on_at = {0}};
    int64_t needed = 0;
    (void)input;

    const status result = read_factor(s, s->user, &row);
    if (result != ERR_NOT_FOUND)
        TRY(result);
    out->on_at = row.on_at;
    out->on = row.on_at.seconds != 0;
    TRY(store_int(s->store, SQL_CODES_LEFT, OF_USER(s->user), &out->codes_left));
    TRY(store_int(s->store, SQL_NEEDED, OF_USER(s->user), &needed));
    out->needed = needed != 0;
    return OK;
}

const struct op factor_show_op = {
    .name = "factor.show",
    .says = "See whether your second factor is on",
    .right = RIGHT_SELF,
    .kind = OP_READS,
    .flags = OP_FIRST_STEP,
    .out = SHAPE(struct factor_state, factor_state_fields),
    .run = show_run,
};

static const struct op *const factor_ops[] = {
    &factor_show_op,      &factor_begin_op,    &factor_turn_on_op,
    &factor_new_codes_op, &factor_turn_off_op, &factor_reset_op,
};
extern const struct module factor_module;
const struct module factor_module = {
    .name = "factor",
    .title = "Second factor",
    .says = "One-time codes of an authenticator app beside the password, and recovery codes.",
    MODULE_OPS(factor_ops),
};
