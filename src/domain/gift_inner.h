/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_GIFT_INNER_H
#define PITLANE_DOMAIN_GIFT_INNER_H

/* What the files of gift certificates share. */

#include "domain/session.h"

/* Is it of whoever asks? An input that begins with a struct gift_certificate_id. */
status gift_key_owns(struct session *s, const void *input, bool *ret_own) MUST_USE;

/* A certificate g and what charged for it, i. */
#define SQL_GIFT_STATUS                                                                            \
    "CASE WHEN i.state = 'void' OR g.taken_back = g.amount THEN 'void'\n"                          \
    "     WHEN g.balance = 0 THEN 'used_up'\n"                                                     \
    "     WHEN g.expires_on < :today THEN 'expired'\n"                                             \
    "     WHEN i.paid < i.total THEN 'not_paid'\n"                                                 \
    "     ELSE 'good' END AS status"

#define SQL_GIFT_NUMBER(number_)                                                                   \
    "substr(" number_ ", 1, 4) || '-' || substr(" number_ ", 5, 4) || '-' || substr(" number_ ", " \
    "9)"

#endif
