/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Which role a user has: given on its own, with the password shown again. */

#include "user_inner.h"

static const char SQL_ROLE_NAME[] = "SELECT name FROM role WHERE id = :id";
static const char SQL_USER_ROLE[] =
    "UPDATE user SET role = :role, revision = revision + 1 WHERE id = :id";

status user_role_must_exist(struct session *s, const char *field, struct role_id role)
{
    const char *name;
    const status result =
        store_text(s->store, SQL_ROLE_NAME, BINDS(BIND_ID("id", role)), s->arena, &name);

    if (result == ERR_NOT_FOUND)
        return fail_field(s, field, "There is no such role. Choose one from the list.");
    return result;
}

struct user_set_role {
    struct user_id id;
    struct role_id
        new_role; /* not `role`: a row of the list of users would fill it with the old one */
};
/* clang-format off */
static const struct field set_role_fields[] = {
    FIELD(struct user_set_role, id, .label = "User", .picks = "user.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct user_set_role, new_role, .label = "New role", .picks = "role.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT,
          .help = "Counts from the next thing this person does"),
};
/* clang-format on */

static status user_set_role(struct session *s, const void *input, void *output)
{
    const struct user_set_role *in = input;
    struct user user;

    TRY(user_get(s, in->id, &user));
    TRY(user_role_must_exist(s, "new_role", in->new_role));
    TRY(role_must_be_within_reach(s, in->new_role));
    TRY(store_run(s->store, SQL_USER_ROLE, NO_ROW,
                  BINDS(BIND_ID("id", in->id), BIND_ID("role", in->new_role))));
    TRY(role_editor_must_stay(s));
    return user_get(s, in->id, output);
}

const struct op user_set_role_op = {
    .name = "user.set-role",
    .says = "Give a user another role",
    .right = RIGHT_ROLES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .in = SHAPE(struct user_set_role, set_role_fields),
    .out = &user_shape,
    .about = "id",
    .run = user_set_role,
};
