/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_BUYING_H
#define PITLANE_SCREENS_BUYING_H

/* The screens of buying: a vendor, a purchase order, and where its delivery is unpacked. */

#include "domain/purchase.h"
#include "inner.h"

void vendor_screen_open(struct desk *desk, int64_t vendor);
bool vendor_screen_subject(struct view *view, struct subject *ret_subject);

void purchase_screen_open(struct desk *desk, int64_t purchase);
bool purchase_screen_subject(struct view *view, struct subject *ret_subject);

/* Asks which vendor, writes the drafts for what a repair order lacks and shows them. */
void purchase_from_order_open(struct desk *desk, const struct purchase_from_order *in);

/* Scan or type what came, then F2. */
void receive_screen_open(struct desk *desk, int64_t purchase);

#endif
