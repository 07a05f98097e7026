/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PART_INNER_H
#define PITLANE_DOMAIN_PART_INNER_H

/* What the files of the noun part share. */

#include "domain/list.h"
#include "domain/part.h"
#include "record.h"

/* The length of a bar code number, and its check digit fits. Digits only. */
bool part_upc_is_right(const char *digits);

/* Sets what is on the shelf and posts what the stock's value changes by. unit_cost 0: what they are
 * worth now, or the last cost. */
status part_set_on_hand(struct session *s, struct part_id id, struct qty on_hand,
                        struct money unit_cost, const char *reason) MUST_USE;

status part_add(struct session *s, const void *in, void *out) MUST_USE;
status part_edit(struct session *s, const void *in, void *out) MUST_USE;
status part_archive(struct session *s, const void *in, void *out) MUST_USE;
status part_restore(struct session *s, const void *in, void *out) MUST_USE;
status part_adjust_run(struct session *s, const void *in, void *out) MUST_USE;

#endif
