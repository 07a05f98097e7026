/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LABOR_MATRIX_SQL_H
#define PITLANE_DOMAIN_LABOR_MATRIX_SQL_H

/* What labor_find_price says for nobody in particular, as an expression, for lists that add up many
 * lines: by the matrix of the labor rate, else the shop's, else the rate itself. All three are
 * columns. The same steps in the same order as labor_tier_apply: its test compares. */

#define LABOR_PRICE_SQL(hours_, class_, rate_)                                                     \
    "ifnull((SELECT ifnull(lt.rate, (" rate_ " * lt.multiplier + 500) / 1000)\n"                   \
    "  FROM labor_tier AS lt\n"                                                                    \
    "  WHERE lt.labor_matrix = ifnull(\n"                                                          \
    "    (SELECT id FROM labor_matrix\n"                                                           \
    "     WHERE customer IS NULL AND ifnull(rate_class, 0) = " class_ "),\n"                       \
    "    (SELECT id FROM labor_matrix WHERE customer IS NULL AND ifnull(rate_class, 0) = 0))\n"    \
    "  AND lt.hours_from <= " hours_ "\n"                                                          \
    "  ORDER BY lt.hours_from DESC LIMIT 1), " rate_ ")"

#endif
