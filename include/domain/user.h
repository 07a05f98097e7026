/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_USER_H
#define PITLANE_DOMAIN_USER_H

/* Users, sign-in and sessions. */

#include "domain/op.h"
#include "domain/role.h"

enum user_state { USER_ACTIVE, USER_MUST_CHANGE, USER_LOCKED, USER_OFF };
extern const struct choices user_state_choices;

struct user {
    struct user_id id;
    const char *login, *name;
    struct role_id role;
    const char *role_name;
    enum user_state state;
    struct customer_id customer;
    bool works_on_cars;
    const char *certificate;
    bool must_change;
    struct instant wait_until_at, disabled_at;
    bool two_factor, has_pin;
    int64_t sessions;                           /* open just now */
    struct rate price_cap, line_cap, order_cap; /* NUMBER_NONE: as the role has it */
    int64_t revision;
};
extern const struct shape user_shape;

/* session.sign-in: login, password, code → tokens, user. Same time and sentence for an unknown
 * user. With a second factor on, `code` is a one-time code or a recovery code; when it is empty and
 * the password was right, the answer is ERR_INVALID at the field "code": ask for it, and send all
 * three. */
struct sign_in {
    const char *login, *password;
    const char *code;
};
struct signed_in {
    const char *access;  /* for session_resume */
    const char *refresh; /* shown once, kept hashed */
    const char *login, *name, *role;
    struct instant access_until, ends_at; /* of the access token; of the session at the latest */
    bool must_change;
};
extern const struct shape signed_in_shape;

/* session.confirm: shows the password again, and a code (as above) where a second factor is on.
 * Opens operations with OP_REAUTH for five minutes. ERR_INVALID at "password" or "code" when it is
 * wrong; that counts as a failed try. */
struct confirm {
    const char *password;
    const char *code;
};

/* session.refresh: refresh → both tokens anew. The old one counts no more; within a few seconds it
 * brings the same successor again, later it ends the session. Anybody may ask. */
struct session_refresh {
    const char *refresh;
};

/* Makes `s` that of the access token's holder: loads user, role, rights. ERR_SIGN_IN with a
 * sentence when the token is none of ours or has run out, or the session is over. Called by every
 * program before op_call, which refuses with ERR_SIGN_IN what comes after s->access_until. */
status session_resume(struct session *s, const char *access) MUST_USE;

struct session_row {
    struct session_id id;
    struct user_id user;
    const char *user_name, *terminal, *place;
    enum factor factor;
    struct instant started_at, seen_at, ends_at; /* seen: to within ten minutes */
    bool here;                                   /* the one that asks */
};
struct session_list {
    struct list_query query;
    bool mine; /* one's own only, for those who see all */
};
struct session_key {
    struct session_id id;
};
extern const struct op session_sign_in_op, session_confirm_op, session_refresh_op,
    session_sign_out_op, session_list_op, session_end_op;
extern const struct op user_everybody_op; /* who has left, too: to pick from */
extern const struct op user_list_op, user_show_op, user_add_op, user_edit_op, user_disable_op,
    user_enable_op, user_unlock_op, user_set_password_op, user_change_password_op, user_set_role_op,
    user_end_sessions_op;
struct user_caps {
    struct user_id id;
    struct rate price_cap, line_cap, order_cap;
};
extern const struct op user_set_caps_op;    /* user.set-caps: see role.set-caps */
extern const struct op user_technicians_op; /* user.technicians: list to pick from: works_on_cars */

#endif
