/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Signing in, and showing the password again. It is hashed before the transaction; what decides is
 * read inside. What comes of it is session.c's; how often one may try is tries.c's. */

#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/factor.h"
#include "domain/password.h"
#include "domain/secret.h"
#include "domain/tries.h"

struct account {
    struct user_id id;
    const char *login, *name, *role_name, *password_hash;
    struct instant disabled_at;
    bool must_change, needs_code;
};
static const struct field account_fields[] = {
    FIELD(struct account, id),
    FIELD(struct account, login),
    FIELD(struct account, name),
    FIELD(struct account, role_name),
    FIELD(struct account, password_hash),
    FIELD(struct account, disabled_at),
    FIELD(struct account, must_change),
    FIELD(struct account, needs_code),
};
static const struct shape account_shape = SHAPE_OF(struct account, "account", account_fields);

#define ACCOUNT                                                                                    \
    "SELECT u.id, u.login, u.name, r.name AS role_name, u.password_hash, u.disabled_at, "          \
    "u.must_change, EXISTS (SELECT 1 FROM second_factor AS f "                                     \
    "WHERE f.user = u.id AND f.on_at IS NOT NULL) AS needs_code "                                  \
    "FROM user AS u JOIN role AS r ON r.id = u.role "
static const char SQL_ACCOUNT[] = ACCOUNT "WHERE u.login = :login";
static const char SQL_ACCOUNT_BY_ID[] = ACCOUNT "WHERE u.id = :id";
static const char SQL_REHASH[] = "UPDATE user SET password_hash = :hash WHERE id = :id";
static const char SQL_CONFIRMED[] = "UPDATE session SET confirmed_at = :now WHERE id = :id";
/* What the slow part found out. */
struct checked_password {
    bool matches;
    const char *rehashed; /* when the stored hash was made with less work than is due today */
};

static status read_account(struct session *s, const char *login, struct account *ret)
{
    const status result = store_get(s->store, SQL_ACCOUNT, NO_ROW, BINDS(BIND_TEXT("login", login)),
                                    s->arena, &account_shape, ret);

    if (result != ERR_NOT_FOUND)
        return result;
    *ret = (struct account){.id = tries_nobody(s, login), .password_hash = ""};
    return OK;
}

static bool is_nobody(const struct account *account)
{
    return account->id.v < 0;
}

/* The slow part, before the transaction: the same work whether there is such a user or not. */
static status check_password(struct session *s, const struct account *account, const char *password,
                             const void **ret_prepared)
{
    const char *typed = password_canonical(s->arena, password);
    struct checked_password *checked = NEW(s->arena, struct checked_password);

    checked->matches = secret_password_matches(account->password_hash, typed);
    if (checked->matches && secret_hash_is_weak(account->password_hash)) {
        char *hash = arena_alloc(s->arena, SECRET_HASH_MAX);
        TRY(secret_hash_password(typed, hash, &s->fault));
        checked->rehashed = hash;
    }
    *ret_prepared = checked;
    return OK;
}

static status rehash(struct session *s, const struct account *account,
                     const struct checked_password *checked)
{
    if (checked->rehashed == NULL)
        return OK;
    return store_run(s->store, SQL_REHASH, NO_ROW,
                     BINDS(BIND_ID("id", account->id), BIND_TEXT("hash", checked->rehashed)));
}

static status sign_in_prepare(struct session *s, const void *input, const void **ret_prepared)
{
    const struct sign_in *in = input;
    struct account account;

    TRY(read_account(s, in->login, &account));
    return check_password(s, &account, in->password, ret_prepared);
}

/* Counts a failed try; what is said of it comes from the caller. */
static status count_failure(struct session *s, const struct account *account, status code,
                            const char *field, const char *sentence)
{
    TRY(tries_failed(s, account->id));
    return code == ERR_INVALID ? fail_field(s, field, "%s", sentence)
                               : fail(s, code, "%s", sentence);
}

#define WRONG_CODE                                                                                 \
    "This code does not fit, or was used already. Wait for the next one and type it in, or use a " \
    "recovery code."

/* The second factor, where one is on. Without a code nothing is counted: the form has to ask. */
static status check_code(struct session *s, const struct account *account, const char *code,
                         enum factor *ret_factor)
{
    *ret_factor = FACTOR_PASSWORD;
    if (!account->needs_code)
        return OK;
    if (code[0] == '\0')
        return fail_field(s, "code", "Type the code that your authenticator app shows now.");
    const status result = factor_take(s, account->id, code, ret_factor);
    if (result != ERR_INVALID)
        return result;
    return count_failure(s, account, ERR_INVALID, "code", WRONG_CODE);
}

static status sign_in_run(struct session *s, const void *input, void *output)
{
    const struct sign_in *in = input;
    const struct checked_password *checked = s->prepared;
    struct account account;
    enum factor factor;

    TRY(read_account(s, in->login, &account));
    s->tried = is_nobody(&account) ? (struct user_id){0} : account.id;
    TRY(tries_check(s, account.id));
    if (!checked->matches || is_nobody(&account) || account.disabled_at.seconds != 0)
        return count_failure(s, &account, ERR_SIGN_IN, "",
                             "The name or the password is wrong. Try again.");
    TRY(check_code(s, &account, in->code, &factor));
    TRY(tries_clear(s, account.id));
    TRY(rehash(s, &account, checked));
    s->user = account.id; /* the audit row names who it was */
    s->user_name = account.name;
    return session_start(s, account.id, factor, output);
}

static const struct field sign_in_fields[] = {
    FIELD(struct sign_in, login, .label = "Name", .help = "Your sign-in name",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct sign_in, password, .label = "Password", .max = PASSWORD_BYTES_MAX,
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
    FIELD(struct sign_in, code, .label = "Code", .max = 40, .example = "123 456",
          .help = "From the authenticator app, or a recovery code; only with a second factor",
          .flags = FIELD_SECRET | FIELD_NUMBERS_OK),
};
const struct op session_sign_in_op = {
    .name = "session.sign-in",
    .says = "Sign in",
    .kind = OP_WRITES,
    .flags = OP_PUBLIC | OP_KEEPS_REFUSAL | OP_UNLISTED | OP_SHOWN_ONCE,
    .in = SHAPE(struct sign_in, sign_in_fields),
    .out = &signed_in_shape,
    .prepare = sign_in_prepare,
    .run = sign_in_run,
};

/* --- The password again --- */

static const struct field confirm_fields[] = {
    FIELD(struct confirm, password, .label = "Password", .max = PASSWORD_BYTES_MAX,
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
    FIELD(struct confirm, code, .label = "Code", .max = 40, .example = "123 456",
          .help = "From the authenticator app, or a recovery code; only with a second factor",
          .flags = FIELD_SECRET | FIELD_NUMBERS_OK),
};

static status read_own_account(struct session *s, struct account *ret)
{
    return store_get(s->store, SQL_ACCOUNT_BY_ID, NO_ROW, BINDS(BIND_ID("id", s->user)), s->arena,
                     &account_shape, ret);
}

static status confirm_prepare(struct session *s, const void *input, const void **ret_prepared)
{
    const struct confirm *in = input;
    struct account account;

    TRY(read_own_account(s, &account));
    return check_password(s, &account, in->password, ret_prepared);
}

static status confirm_run(struct session *s, const void *input, void *output)
{
    const struct confirm *in = input;
    const struct checked_password *checked = s->prepared;
    struct account account;
    enum factor factor;
    (void)output;

    TRY(read_own_account(s, &account));
    TRY(tries_check_at(s, s->user, "password"));
    if (!checked->matches)
        return count_failure(s, &account, ERR_INVALID, "password",
                             "This is not your password. Try again.");
    TRY(check_code(s, &account, in->code, &factor));
    TRY(tries_clear(s, account.id));
    TRY(rehash(s, &account, checked));
    s->confirmed_at = session_now(s);
    return store_run(s->store, SQL_CONFIRMED, NO_ROW,
                     BINDS(BIND_ID("id", s->id), BIND_INSTANT("now", s->confirmed_at)));
}

const struct op session_confirm_op = {
    .name = "session.confirm",
    .says = "Show your password again",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .flags = OP_KEEPS_REFUSAL | OP_UNLISTED | OP_FIRST_STEP | OP_SHOWN_ONCE,
    .in = SHAPE(struct confirm, confirm_fields),
    .prepare = confirm_prepare,
    .run = confirm_run,
};
