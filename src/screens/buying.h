/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_BUYING_H
#define PITLANE_SCREENS_BUYING_H

/* The screens of buying: a vendor, a purchase order, and where its delivery is unpacked. */

#include "inner.h"

void vendor_screen_open(struct desk *desk, int64_t vendor);
bool vendor_screen_subject(struct view *view, struct subject *ret_subject);

void purchase_screen_open(struct desk *desk, int64_t purchase);
bool purchase_screen_subject(struct view *view, struct subject *ret_subject);

/* Scan or type what came, then F2. */
void receive_screen_open(struct desk *desk, int64_t purchase);

#endif
