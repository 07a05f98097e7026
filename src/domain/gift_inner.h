/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_GIFT_INNER_H
#define PITLANE_DOMAIN_GIFT_INNER_H

/* What the files of gift certificates share. */

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
