/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Signing in. The password is hashed before the transaction; what decides is read inside. What
 * comes of it is session.c's. */

#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/secret.h"
#include "domain/user.h"

#define FREE_TRIES    5
#define TRIES_TO_LOCK 10
#define LOCK_SECONDS  (15 * 60)
/* One keyboard may fail for several people before it is slowed down itself. */
#define TERMINAL_FREE_TRIES 15

struct account {
    struct user_id id;
    const char *login, *name, *role_name, *password_hash;
    int64_t failures;
    struct instant wait_until_at, disabled_at;
    bool must_change;
};
static const struct field account_fields[] = {
    FIELD(struct account, id),
    FIELD(struct account, login),
    FIELD(struct account, name),
    FIELD(struct account, role_name),
    FIELD(struct account, password_hash),
    FIELD(struct account, failures),
    FIELD(struct account, wait_until_at),
    FIELD(struct account, disabled_at),
    FIELD(struct account, must_change),
};
static const struct shape account_shape = SHAPE_OF(struct account, "account", account_fields);

static const char SQL_ACCOUNT[] =
    "SELECT u.id, u.login, u.name, r.name AS role_name, u.password_hash, u.failures, "
    "u.wait_until_at, u.disabled_at, u.must_change "
    "FROM user AS u JOIN role AS r ON r.id = u.role "
    "WHERE u.login = :login";
static const char SQL_ACCOUNT_FAILED[] =
    "UPDATE user SET failures = :failures, wait_until_at = :wait_until_at WHERE id = :id";
static const char SQL_TERMINAL[] =
    "SELECT failures, wait_until_at FROM terminal_failure WHERE terminal = :terminal";
static const char SQL_TERMINAL_FAILED[] =
    "INSERT INTO terminal_failure (terminal, failures, wait_until_at) "
    "VALUES (:terminal, :failures, :wait_until_at) "
    "ON CONFLICT (terminal) DO UPDATE SET failures = excluded.failures, "
    "wait_until_at = excluded.wait_until_at";
static const char SQL_TERMINAL_CLEAR[] = "DELETE FROM terminal_failure WHERE terminal = :terminal";

struct tries {
    int64_t failures;
    struct instant wait_until_at;
};
static const struct field tries_fields[] = {
    FIELD(struct tries, failures),
    FIELD(struct tries, wait_until_at),
};
static const struct shape tries_shape = SHAPE_OF(struct tries, "tries", tries_fields);

/* What the slow part found out. */
struct checked_password {
    bool matches;
};

static status read_account(struct session *s, const char *login, struct account *ret)
{
    return store_get(s->store, SQL_ACCOUNT, NO_ROW, BINDS(BIND_TEXT("login", login)), s->arena,
                     &account_shape, ret);
}

static status sign_in_prepare(struct session *s, const void *input, const void **ret_prepared)
{
    const struct sign_in *in = input;
    struct account account = {.password_hash = ""};
    struct checked_password *checked = NEW(s->arena, struct checked_password);

    const status result = read_account(s, in->login, &account);
    if (result != ERR_NOT_FOUND)
        TRY(result);
    checked->matches = secret_password_matches(account.password_hash, in->password);
    *ret_prepared = checked;
    return OK;
}

/* Seconds to wait after so many failures: none, then 1, 2, 4 … 16, then a quarter of an hour. */
static int64_t wait_after(int64_t failures, int64_t free_tries)
{
    if (failures < free_tries)
        return 0;
    if (failures >= free_tries + TRIES_TO_LOCK - FREE_TRIES)
        return LOCK_SECONDS;
    return INT64_C(1) << (failures - free_tries);
}

static status read_terminal(struct session *s, struct tries *ret)
{
    const status result =
        store_get(s->store, SQL_TERMINAL, NO_ROW, BINDS(BIND_TEXT("terminal", s->terminal)),
                  s->arena, &tries_shape, ret);
    return result == ERR_NOT_FOUND ? OK : result;
}

static status must_wait(struct session *s, struct instant until)
{
    const int64_t seconds = until.seconds - session_now(s).seconds;

    if (seconds <= 0)
        return OK;
    if (seconds > 90)
        return fail(s, ERR_SIGN_IN,
                    "Too many wrong passwords. Try again in %lld minutes or ask a manager.",
                    (long long)(seconds + 59) / 60);
    return fail(s, ERR_SIGN_IN, "Too many wrong passwords. Try again in %lld second%s.",
                (long long)seconds, seconds == 1 ? "" : "s");
}

static status note_failure(struct session *s, const struct account *account,
                           const struct tries *terminal)
{
    const int64_t now = session_now(s).seconds;
    const int64_t here = terminal->failures + 1;
    const int64_t wait_here = wait_after(here, TERMINAL_FREE_TRIES);

    if (account->id.v != 0) {
        const int64_t failures = account->failures + 1;
        const int64_t wait = wait_after(failures, FREE_TRIES);
        TRY(store_run(s->store, SQL_ACCOUNT_FAILED, NO_ROW,
                      BINDS(BIND_ID("id", account->id), BIND_INT("failures", failures),
                            store_bind_id("wait_until_at", wait > 0 ? now + wait : 0))));
    }
    TRY(store_run(s->store, SQL_TERMINAL_FAILED, NO_ROW,
                  BINDS(BIND_TEXT("terminal", s->terminal), BIND_INT("failures", here),
                        store_bind_id("wait_until_at", wait_here > 0 ? now + wait_here : 0))));
    return fail(s, ERR_SIGN_IN, "The name or the password is wrong. Try again.");
}

static status sign_in_run(struct session *s, const void *input, void *output)
{
    const struct sign_in *in = input;
    const struct checked_password *checked = s->prepared;
    struct account account = {.id = {0}};
    struct tries terminal = {0};

    const status result = read_account(s, in->login, &account);
    if (result != ERR_NOT_FOUND)
        TRY(result);
    TRY(read_terminal(s, &terminal));
    TRY(must_wait(s, terminal.wait_until_at));
    TRY(must_wait(s, account.wait_until_at));
    if (!checked->matches || account.disabled_at.seconds != 0)
        return note_failure(s, &account, &terminal);
    TRY(store_run(
        s->store, SQL_ACCOUNT_FAILED, NO_ROW,
        BINDS(BIND_ID("id", account.id), BIND_INT("failures", 0), BIND_NULL("wait_until_at"))));
    TRY(store_run(s->store, SQL_TERMINAL_CLEAR, NO_ROW, BINDS(BIND_TEXT("terminal", s->terminal))));
    s->user = account.id; /* the audit row names who it was */
    s->user_name = account.name;
    return session_start(s, account.id, FACTOR_PASSWORD, output);
}

static const struct field sign_in_fields[] = {
    FIELD(struct sign_in, login, .label = "Name", .help = "Your sign-in name",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct sign_in, password, .label = "Password", .max = 128,
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
};

const struct op session_sign_in_op = {
    .name = "session.sign-in",
    .says = "Sign in",
    .kind = OP_WRITES,
    .flags = OP_PUBLIC | OP_KEEPS_REFUSAL | OP_UNLISTED,
    .in = SHAPE(struct sign_in, sign_in_fields),
    .out = &signed_in_shape,
    .prepare = sign_in_prepare,
    .run = sign_in_run,
};
