/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_INVOICE_LAW_H
#define PITLANE_DOMAIN_INVOICE_LAW_H

/* What the state asks of an invoice: checked on the rows that were frozen, and frozen itself. */

#include "domain/invoice.h"

/* The last step of posting: refuses, with the source, what the profile does not let leave the shop
 * (a number that must be printed, a mechanic without one, a charge without a name), then keeps the
 * profile, what it prints, and which wording of the terms it was. */
status invoice_write_law(struct session *s, struct invoice_id id) MUST_USE;
/* What was kept; the plain profile for an invoice without. */
status invoice_read_law(struct session *s, struct invoice_id id, struct invoice_law *ret) MUST_USE;

#endif
