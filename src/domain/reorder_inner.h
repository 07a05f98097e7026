/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_REORDER_INNER_H
#define PITLANE_DOMAIN_REORDER_INNER_H

/* What writing purchase orders needs of the alerts. */

#include "purchase_inner.h"

/* Rows of struct reorder_row that are needed or below their least, by vendor; 0 for any. */
status reorder_to_order(struct session *s, struct vendor_id vendor, struct part_id part,
                        struct rows *ret) MUST_USE;

#endif
