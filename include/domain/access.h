/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_ACCESS_H
#define PITLANE_DOMAIN_ACCESS_H

/* What the door asks about the person in front of it. */

#include "domain/user.h"

/* Is the session still alive? Reloads the rights when the user or the role has changed since they
 * were read, so that a disabled user or a lost right counts from the next operation on. */
status access_refresh(struct session *s) MUST_USE;

/* Begins a session of a person who has just shown who he is, at s->terminal and s->place, within
 * the running transaction of the operation that found it out. `s` stays as it is: session_resume
 * with the access token makes it that person's. */
status session_start(struct session *s, struct user_id user, enum factor factor,
                     struct signed_in *ret) MUST_USE;

#endif
