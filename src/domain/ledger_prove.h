/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LEDGER_PROVE_H
#define PITLANE_DOMAIN_LEDGER_PROVE_H

/* The proofs of the books, as tables. Each is one set-based question that answers with the first
 * difference (columns id, kept, counted, and day where it is one day's), or with no row. */

#include <stddef.h>

/* What the two sides of a proof count. */
enum unit { UNIT_CENTS, UNIT_THOUSANDTHS, UNIT_NUMBER };

struct proof {
    const char *noun;    /* of the row that differs */
    const char *kept;    /* what is kept … */
    const char *counted; /* … and what it should be equal to */
    const char *sql;
    enum unit unit;
};
struct proofs {
    const struct proof *at;
    size_t count;
};

/* Of single documents, and of sums over many of them. */
extern const struct proofs ledger_document_proofs, ledger_sum_proofs;

/* The first group of `from_` by `id_` in which the two differ. */
#define SQL_FIRST_GROUP(id_, kept_, counted_, from_)                                               \
    "SELECT " id_ " AS id, " kept_ " AS kept, " counted_ " AS counted\n" from_ "GROUP BY " id_     \
    "\nHAVING " kept_ " <> " counted_ "\nLIMIT 1"
/* The first row of `from_` in which the two differ. */
#define SQL_FIRST(id_, kept_, counted_, from_)                                                     \
    "SELECT " id_ " AS id, " kept_ " AS kept, " counted_ " AS counted\n" from_ "WHERE " kept_      \
    " <> " counted_ "\nLIMIT 1"

#endif
