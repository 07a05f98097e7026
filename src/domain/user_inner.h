/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_USER_INNER_H
#define PITLANE_DOMAIN_USER_INNER_H

/* What the files of users share. */

#include "domain/user.h"

/* NIST SP 800-63B-4: a password that stands alone has 15 characters or more. */
#define PASSWORD_MIN 15
#define PASSWORD_MAX 128

/* Refuses what will not do for a password, at the named field; else its hash, for `prepare`. */
status user_hash_password(struct session *s, const char *field, const char *password,
                          const void **ret_prepared) MUST_USE;

#endif
