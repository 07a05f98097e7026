/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_BILL_TO_H
#define PITLANE_DOMAIN_BILL_TO_H

/* Whom papers are made out to: the name of customer AS c as it is said, and with the address, one a
 * line. */

#define SQL_ADDRESSED                                                                              \
    "CASE WHEN c.company <> '' THEN c.company\n"                                                   \
    "    ELSE trim(c.first_name || ' ' || c.last_name) END"
#define SQL_BILL_TO                                                                                \
    SQL_ADDRESSED                                                                                  \
    " ||\n"                                                                                        \
    "  ifnull((SELECT CASE WHEN a.street <> '' THEN '\n' || a.street ELSE '' END ||\n"             \
    "      CASE WHEN a.city || a.state || a.zip <> ''\n"                                           \
    "        THEN '\n' || trim(a.city || CASE WHEN a.city <> '' AND a.state <> '' THEN ', '\n"     \
    "                                      ELSE '' END || a.state || ' ' || a.zip)\n"              \
    "        ELSE '' END\n"                                                                        \
    "    FROM address AS a WHERE a.id = ifnull(\n"                                                 \
    "      (SELECT id FROM address WHERE customer = c.id AND kind = 'billing'\n"                   \
    "       ORDER BY position LIMIT 1),\n"                                                         \
    "      (SELECT id FROM address WHERE customer = c.id ORDER BY position LIMIT 1))), '') AS "    \
    "bill_to"

#endif
