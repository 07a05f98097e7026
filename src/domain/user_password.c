/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Passwords: what will do for one, a first one that somebody else gives, and one's own. */

#include <string.h>

#include "base/text.h"
#include "domain/secret.h"
#include "user_inner.h"

static const char SQL_USER_PASSWORD[] =
    "UPDATE user SET password_hash = :hash, must_change = :must_change, failures = 0, "
    "wait_until_at = NULL, revision = revision + 1 WHERE id = :id";
static const char SQL_USER_HASH[] = "SELECT password_hash FROM user WHERE id = :id";

static status check_password(struct session *s, const char *field, const char *password)
{
    const size_t length = text_cells(password, strlen(password));

    if (length < PASSWORD_MIN)
        return fail_field(
            s, field, "The password is too short. Use %d characters or more: four words do well.",
            PASSWORD_MIN);
    if (strlen(password) > PASSWORD_MAX)
        return fail_field(s, field, "The password is longer than %d bytes. Shorten it.",
                          PASSWORD_MAX);
    return OK;
}

status user_hash_password(struct session *s, const char *field, const char *password,
                          const void **ret_prepared)
{
    char *hash = arena_alloc(s->arena, SECRET_HASH_MAX);

    TRY(check_password(s, field, password));
    TRY(secret_hash_password(password, hash, &s->fault));
    *ret_prepared = hash;
    return OK;
}

struct password_in {
    struct user_id id;
    const char *old_password, *new_password;
};
static const struct field set_password_fields[] = {
    FIELD(struct password_in, id, .label = "User", .picks = "user.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct password_in, new_password, .label = "New password", .max = PASSWORD_MAX,
          .help = "15 characters or more",
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
};
static const struct field change_password_fields[] = {
    FIELD(struct password_in, old_password, .label = "Password now", .max = PASSWORD_MAX,
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
    FIELD(struct password_in, new_password, .label = "New password", .max = PASSWORD_MAX,
          .help = "15 characters or more",
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
};

static status set_password_prepare(struct session *s, const void *input, const void **ret_prepared)
{
    const struct password_in *in = input;
    return user_hash_password(s, "new_password", in->new_password, ret_prepared);
}

static status change_password_prepare(struct session *s, const void *input,
                                      const void **ret_prepared)
{
    const struct password_in *in = input;
    const char *hash;

    TRY(store_text(s->store, SQL_USER_HASH, BINDS(BIND_ID("id", s->user)), s->arena, &hash));
    if (!secret_password_matches(hash, in->old_password))
        return fail_field(s, "old_password", "This is not your password. Try again.");
    if (text_same(in->old_password, in->new_password))
        return fail_field(s, "new_password", "This is the password you have. Choose another one.");
    return user_hash_password(s, "new_password", in->new_password, ret_prepared);
}

static status write_password(struct session *s, struct user_id id, bool must_change)
{
    TRY(store_run(s->store, SQL_USER_PASSWORD, NO_ROW,
                  BINDS(BIND_ID("id", id), BIND_TEXT("hash", s->prepared),
                        BIND_INT("must_change", must_change))));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_NOT_FOUND, "There is no user %lld. See the list of users.",
                    (long long)id.v);
    return OK;
}

static status set_password(struct session *s, const void *input, void *output)
{
    const struct password_in *in = input;
    (void)output;
    return write_password(s, in->id, true);
}

static status change_password(struct session *s, const void *input, void *output)
{
    (void)input;
    (void)output;
    return write_password(s, s->user, false);
}

const struct op user_set_password_op = {
    .name = "user.set-password",
    .says = "Give a user a new first password",
    .right = RIGHT_USERS_EDIT,
    .kind = OP_WRITES,
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
    .flags = OP_FIRST_STEP,
    .in = SHAPE(struct password_in, change_password_fields),
    .prepare = change_password_prepare,
    .run = change_password,
};
