/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A first password that somebody else gives, and one's own. What will do for one is password.c's.
 */

#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/secret.h"
#include "domain/tries.h"
#include "user_inner.h"

static const char SQL_USER_PASSWORD[] =
    "UPDATE user SET password_hash = :hash, short_password = :short_password, "
    "must_change = :must_change, revision = revision + 1 WHERE id = :id";
static const char SQL_USER_HASH[] = "SELECT password_hash FROM user WHERE id = :id";
static const char SQL_PASSWORD_OF[] =
    "SELECT u.login, u.name, ifnull((SELECT name FROM shop), '') AS shop, "
    "EXISTS (SELECT 1 FROM second_factor AS f WHERE f.user = u.id AND f.on_at IS NOT NULL) "
    "AS has_factor FROM user AS u WHERE u.id = :id";
static const char SQL_SHOP_NAME[] = "SELECT ifnull(max(name), '') FROM shop";
/* Whoever has learned the old password may be signed in somewhere by it. */

static const struct field password_of_fields[] = {
    FIELD(struct password_of, login),
    FIELD(struct password_of, name),
    FIELD(struct password_of, shop),
    FIELD(struct password_of, has_factor),
};
static const struct shape password_of_shape =
    SHAPE_OF(struct password_of, "password_of", password_of_fields);

static status no_such_user(struct session *s, status result, struct user_id id)
{
    return found(s, result, "There is no user %lld. See the list of users.", (long long)id.v);
}

static status read_password_of(struct session *s, struct user_id id, struct password_of *ret)
{
    return no_such_user(s,
                        store_get(s->store, SQL_PASSWORD_OF, NO_ROW, BINDS(BIND_ID("id", id)),
                                  s->arena, &password_of_shape, ret),
                        id);
}

status user_hash_first_password(struct session *s, const char *login, const char *name,
                                const char *password, const char **ret_hash)
{
    struct password_of of = {.login = login, .name = name};

    TRY(store_text(s->store, SQL_SHOP_NAME, NULL, s->arena, &of.shop));
    return password_hash(s, "password", password, &of, ret_hash);
}

struct password_in {
    struct user_id id;
    const char *old_password, *new_password;
};
#define NEW_PASSWORD                                                                               \
    FIELD(struct password_in, new_password, .label = "New password", .max = PASSWORD_BYTES_MAX,    \
          .help = PASSWORD_HELP, .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK)
static const struct field set_password_fields[] = {
    FIELD(struct password_in, id, .label = "User", .picks = "user.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    NEW_PASSWORD,
};
static const struct field change_password_fields[] = {
    FIELD(struct password_in, old_password, .label = "Password now", .max = PASSWORD_BYTES_MAX,
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
    NEW_PASSWORD,
};

status user_hash_new_password(struct session *s, const char *field, struct user_id id,
                              const char *password, bool beside_factor, struct new_password *ret)
{
    struct new_password new = {.old_matches = false};
    struct password_of of;

    TRY(read_password_of(s, id, &of));
    of.has_factor = of.has_factor && beside_factor;
    TRY(password_hash(s, field, password, &of, &new.hash));
    new.is_short = password_length(password_canonical(s->arena, password)) < PASSWORD_MIN;
    *ret = new;
    return OK;
}

static status set_password_prepare(struct session *s, const void *input, const void **ret_prepared)
{
    const struct password_in *in = input;
    struct new_password *new = NEW(s->arena, struct new_password);

    TRY(user_hash_new_password(s, "new_password", in->id, in->new_password, true, new));
    *ret_prepared = new;
    return OK;
}

static status change_password_prepare(struct session *s, const void *input,
                                      const void **ret_prepared)
{
    const struct password_in *in = input;
    struct new_password *new = NEW(s->arena, struct new_password);
    const char *hash;

    if (text_same(in->old_password, in->new_password))
        return fail_field(s, "new_password", "This is the password you have. Choose another one.");
    TRY(user_hash_new_password(s, "new_password", s->user, in->new_password, true, new));
    TRY(store_text(s->store, SQL_USER_HASH, BINDS(BIND_ID("id", s->user)), s->arena, &hash));
    new->old_matches =
        secret_password_matches(hash, password_canonical(s->arena, in->old_password));
    *ret_prepared = new;
    return OK;
}

static status write_password(struct session *s, struct user_id id, bool must_change)
{
    const struct new_password *new = s->prepared;
    struct password_of of;

    TRY(read_password_of(s, id, &of));
    if (new->is_short && !of.has_factor) /* turned off while the password was being hashed */
        return fail_field(s, "new_password",
                          "The password is too short. Use %d characters or more.", PASSWORD_MIN);
    TRY(store_run(s->store, SQL_USER_PASSWORD, NO_ROW,
                  BINDS(BIND_ID("id", id), BIND_TEXT("hash", new->hash),
                        BIND_INT("short_password", new->is_short),
                        BIND_INT("must_change", must_change))));
    TRY(tries_unlock(s, id));
    /* Whoever knew the old one is out; whoever changed it goes on. */
    return session_close_others(s, id, s->id, SESSION_PASSWORD);
}

static status set_password(struct session *s, const void *input, void *output)
{
    const struct password_in *in = input;
    (void)output;
    TRY(user_must_be_within_reach(s, in->id));
    return write_password(s, in->id, true);
}

static status change_password(struct session *s, const void *input, void *output)
{
    const struct new_password *new = s->prepared;
    (void)input;
    (void)output;

    TRY(tries_check_at(s, s->user, "old_password"));
    if (!new->old_matches) {
        TRY(tries_failed(s, s->user));
        return fail_field(s, "old_password", "This is not your password. Try again.");
    }
    return write_password(s, s->user, false);
}

const struct op user_set_password_op = {
    .name = "user.set-password",
    .says = "Give a user a new first password",
    .right = RIGHT_USERS_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .in = SHAPE(struct password_in, set_password_fields),
    .about = "id",
    .prepare = set_password_prepare,
    .run = set_password,
};
const struct op user_change_password_op = {
    .name = "user.change-password",
    .says = "Change your own password",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .flags = OP_FIRST_STEP | OP_KEEPS_REFUSAL,
    .in = SHAPE(struct password_in, change_password_fields),
    .prepare = change_password_prepare,
    .run = change_password,
};
