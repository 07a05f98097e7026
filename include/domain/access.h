/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_ACCESS_H
#define PITLANE_DOMAIN_ACCESS_H

/* What the door asks about the person in front of it. */

#include "domain/user.h"

/* Is the session still alive? Reloads the rights when the user or the role has changed since they
 * were read, so that a disabled user or a lost right counts from the next operation on. */
status access_refresh(struct session *s) MUST_USE;

/* Notes that the session is in use, at most once a minute, within the running transaction of an
 * operation that writes anyway: reading costs no write. Renewing its tokens notes it, too. */
status access_seen(struct session *s) MUST_USE;

/* Begins a session of a person who has just shown who he is, at s->terminal and s->place, within
 * the running transaction of the operation that found it out. `s` stays as it is: session_resume
 * with the access token makes it that person's. */
status session_start(struct session *s, struct user_id user, enum factor factor,
                     struct signed_in *ret) MUST_USE;

/* How a session came to its end; SESSION_OPEN while it has not. */
enum session_end {
    SESSION_OPEN,
    SESSION_SIGNED_OUT,
    SESSION_ENDED, /* by its own user elsewhere, or by a manager */
    SESSION_DISABLED,
    SESSION_PASSWORD, /* the password was changed */
    SESSION_REPLACED, /* somebody else took over the terminal */
    SESSION_REUSED    /* its refresh token was used twice */
};
/* Ends one session, or all of a user but one ({0}: all), within the running transaction. What has
 * ended already stays as it is. */
status session_close(struct session *s, struct session_id id, enum session_end why) MUST_USE;
status session_close_others(struct session *s, struct user_id user, struct session_id but,
                            enum session_end why) MUST_USE;

#endif
