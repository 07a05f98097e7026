/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_ACCESS_H
#define PITLANE_DOMAIN_ACCESS_H

/* What the door asks about the person in front of it. */

#include "domain/session.h"

/* Is the session still alive? Reloads the rights when the user or the role has changed since they
 * were read, so that a disabled user or a lost right counts from the next operation on. */
status access_refresh(struct session *s) MUST_USE;

#endif
