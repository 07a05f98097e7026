/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_NUMBER_H
#define PITLANE_DOMAIN_NUMBER_H

/* Document numbers, given once and without gaps: taken inside the transaction that writes the
 * document, so that a rollback gives the number back. */

#include "domain/session.h"

status number_take(struct session *s, const char *name, int64_t *ret_number) MUST_USE;

#define NUMBER_ORDER    "repair_order"
#define NUMBER_INVOICE  "invoice"
#define NUMBER_CREDIT   "credit_memo"
#define NUMBER_PAYMENT  "payment"
#define NUMBER_PURCHASE "purchase"

#endif
