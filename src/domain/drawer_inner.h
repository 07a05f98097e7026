/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_DRAWER_INNER_H
#define PITLANE_DOMAIN_DRAWER_INNER_H

/* What the files of the drawer share. */

#include "domain/drawer.h"

/* The operations that write (drawer_move.c). */
status drawer_open(struct session *s, const void *in, void *out) MUST_USE;
status drawer_drop(struct session *s, const void *in, void *out) MUST_USE;
status drawer_pay_out(struct session *s, const void *in, void *out) MUST_USE;
status drawer_count(struct session *s, const void *in, void *out) MUST_USE;

#endif
