/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_TOKEN_H
#define PITLANE_DOMAIN_TOKEN_H

/* The two tokens of a session: a short-lived one that is shown (jwt.h), and one that renews it. */

#include "domain/user.h"

/* Long enough that renewals cost nothing, short enough that a stolen one soon is worth nothing. */
#define ACCESS_LIFE_S (10 * 60)
/* Whoever does nothing for so long signs in again, though his session would go on. */
#define REFRESH_IDLE_S (14 * 24 * 3600)
/* For so long the same successor is given again to whom the reply was lost. */
#define REFRESH_GRACE_S 20

/* Fills in access token, first refresh token and their ends for a session that was just begun, and
 * removes refresh tokens that ran out long ago. `ret->ends_at` is the session's own end. */
status tokens_issue(struct session *s, struct session_id session, struct user_id user,
                    struct signed_in *ret) MUST_USE;
/* Who the access token was given to. ERR_SIGN_IN with a sentence for one that is not good. */
struct token_holder {
    struct session_id session;
    struct user_id user;
    struct instant until;
};
status access_token_read(struct session *s, const char *access, struct token_holder *ret) MUST_USE;

/* --- Between the files of sessions --- */

/* Login, name, role, must_change of the user. */
status session_describe(struct session *s, struct user_id user, struct signed_in *ret) MUST_USE;
/* ERR_SIGN_IN with a sentence for a session that is over, or whose user is switched off. */
status session_check_open(struct session *s, struct instant disabled_at, struct instant ended_at,
                          struct instant ends_at) MUST_USE;

#endif
