/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CLAIM_INNER_H
#define PITLANE_DOMAIN_CLAIM_INNER_H

/* What the files of claims share. */

#include "domain/claim.h"
#include "domain/list.h"
#include "record.h"

status claim_get(struct session *s, struct claim_id id, struct claim *ret) MUST_USE;
/* An old part of this kind has come in: the oldest claims that still owe one to a vendor have it.
 */
status claim_core_came(struct session *s, struct part_id part, struct qty quantity) MUST_USE;

status claim_return(struct session *s, const void *in, void *out) MUST_USE;
status claim_core_here(struct session *s, const void *in, void *out) MUST_USE;
status claim_send(struct session *s, const void *in, void *out) MUST_USE;
status claim_credit(struct session *s, const void *in, void *out) MUST_USE;
status claim_write_off(struct session *s, const void *in, void *out) MUST_USE;

#endif
