/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_MATRIX_SQL_H
#define PITLANE_DOMAIN_MATRIX_SQL_H

/* What matrix_find_price says for nobody in particular, as an expression, for lists that add up
 * many parts: by the matrix of the category, else the shop's; NULL where none is. `cost_` and
 * `category_` are columns. The same steps in the same order as matrix_apply: its test compares. */

#define MATRIX_PRICE_SQL(cost_, category_)                                                         \
    "(SELECT CASE m.rounding\n"                                                                    \
    "    WHEN '95' THEN m.exact + (195 - m.exact % 100) % 100\n"                                   \
    "    WHEN '99' THEN m.exact + 99 - m.exact % 100 ELSE m.exact END\n"                           \
    "  FROM (SELECT mm.rounding, CASE WHEN mt.gp_ppm IS NULL\n"                                    \
    "      THEN (" cost_ " * mt.multiplier + 500) / 1000\n"                                        \
    "      ELSE (" cost_ " * 2000000 + 1000000 - mt.gp_ppm) / (2 * (1000000 - mt.gp_ppm))\n"       \
    "      END AS exact\n"                                                                         \
    "    FROM matrix AS mm JOIN matrix_tier AS mt ON mt.matrix = mm.id\n"                          \
    "    WHERE " cost_ " > 0 AND mm.id = ifnull(\n"                                                \
    "      (SELECT id FROM matrix WHERE customer IS NULL AND category = " category_ "),\n"         \
    "      (SELECT id FROM matrix WHERE customer IS NULL AND category = ''))\n"                    \
    "    AND mt.cost_from <= " cost_ "\n"                                                          \
    "    ORDER BY mt.cost_from DESC LIMIT 1) AS m)"

#endif
