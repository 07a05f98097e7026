/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_BILL_INNER_H
#define PITLANE_DOMAIN_BILL_INNER_H

/* What the files of the noun bill share. */

#include "domain/bill.h"
#include "domain/list.h"
#include "domain/purchase.h"
#include "domain/vendor.h"
#include "record.h"

extern const struct shape bill_row_shape, bill_receipt_shape;

/* The purchase orders of a bill's deliveries: their state follows. */
status bill_purchases_follow(struct session *s, struct bill_id bill) MUST_USE;
/* Moves what is paid of a bill by a signed amount, what the vendor is owed, and the states. */
status bill_move_paid(struct session *s, struct bill_id bill, struct vendor_id vendor,
                      struct money amount) MUST_USE;

status bill_enter(struct session *s, const void *in, void *out) MUST_USE;
status bill_void(struct session *s, const void *in, void *out) MUST_USE;
status bill_pay(struct session *s, const void *in, void *out) MUST_USE;
status bill_show_payment(struct session *s, const void *in, void *out) MUST_USE;
status bill_void_payment(struct session *s, const void *in, void *out) MUST_USE;

#endif
