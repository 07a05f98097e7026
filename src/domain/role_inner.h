/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_ROLE_INNER_H
#define PITLANE_DOMAIN_ROLE_INNER_H

/* What the files of roles share. */

#include "domain/role.h"

extern const struct shape role_right_shape;

status role_get(struct session *s, struct role_id id, struct role_page *ret_page) MUST_USE;

#endif
