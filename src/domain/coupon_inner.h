/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_COUPON_INNER_H
#define PITLANE_DOMAIN_COUPON_INNER_H

/* What the files of the noun coupon share. */

#include "domain/coupon.h"

status coupon_get(struct session *s, struct coupon_id id, struct coupon *ret) MUST_USE;
/* By its code; refused at the field `code`. */
status coupon_find(struct session *s, const char *code, struct coupon *ret) MUST_USE;

#endif
