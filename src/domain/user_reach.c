/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Whose account somebody may get hold of. */

#include "user_inner.h"

/* Rights of the role that whoever asks does not hold himself as widely. */
static const char SQL_BEYOND[] =
    "SELECT count(*) FROM role_right AS g WHERE g.role = :role AND NOT EXISTS "
    "(SELECT 1 FROM user AS me JOIN role_right AS m ON m.role = me.role "
    "WHERE me.id = :me AND m.right = g.right AND m.scope IN ('all', g.scope))";
static const char SQL_ROLE_OF[] = "SELECT role FROM user WHERE id = :user";

status role_must_be_within_reach(struct session *s, struct role_id role)
{
    int64_t beyond = 0;

    if (right_set_has(&s->rights_all, RIGHT_ROLES_EDIT))
        return OK;
    TRY(store_int(s->store, SQL_BEYOND, BINDS(BIND_ID("role", role), BIND_ID("me", s->user)),
                  &beyond));
    if (beyond > 0)
        return fail(s, ERR_DENIED,
                    "That role may do more than yours. Ask the administrator to do this.");
    return OK;
}

status user_must_be_within_reach(struct session *s, struct user_id user)
{
    struct role_id role;

    TRY(found(s, store_int(s->store, SQL_ROLE_OF, BINDS(BIND_ID("user", user)), &role.v),
              "There is no user %lld. See the list of users.", (long long)user.v));
    return role_must_be_within_reach(s, role);
}
