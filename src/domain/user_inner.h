/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_USER_INNER_H
#define PITLANE_DOMAIN_USER_INNER_H

/* What the files of users share. */

#include "domain/password.h"
#include "domain/user.h"

/* Refuses what will not do for a new user's first password, at the field "password"; else its hash,
 * for `prepare`. */
status user_hash_first_password(struct session *s, const char *login, const char *name,
                                const char *password, const char **ret_hash) MUST_USE;

/* A user's new password, worked out: the slow part. */
struct new_password {
    const char *hash;
    bool is_short;    /* good only beside a second factor */
    bool old_matches; /* the password that was to be shown with it */
};
/* `beside_factor`: eight characters do where a second factor is on. */
status user_hash_new_password(struct session *s, const char *field, struct user_id id,
                              const char *password, bool beside_factor,
                              struct new_password *ret) MUST_USE;

/* Nobody makes himself more than he is by way of another: whoever gives a role, or gets hold of
 * somebody's account by its password or second factor, needs every right that comes with it, in the
 * same scope, or the right to change roles. ERR_DENIED with a sentence. */
status role_must_be_within_reach(struct session *s, struct role_id role) MUST_USE;
status user_must_be_within_reach(struct session *s, struct user_id user) MUST_USE;

status user_get(struct session *s, struct user_id id, struct user *ret_user) MUST_USE;

/* ERR_INVALID at the field. */
status user_role_must_exist(struct session *s, const char *field, struct role_id role) MUST_USE;

#endif
