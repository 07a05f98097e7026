/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The proof of the books: every sum that is kept anywhere is computed again from the rows it stands
 * for, by the questions of ledger_prove_document.c and ledger_prove_sum.c. They are about whole
 * sets, so that the same code serves a test after every step and a shop of ten years. */

#include <stdio.h>

#include "domain/ledger.h"
#include "ledger_prove.h"

/* The first difference a proof has found. */
struct difference {
    int64_t id;
    const char *day; /* "" where it is not one day's */
    struct money kept, counted;
};
static const struct field difference_fields[] = {
    FIELD(struct difference, id),
    FIELD(struct difference, day),
    FIELD(struct difference, kept, .flags = FIELD_SIGNED),
    FIELD(struct difference, counted, .flags = FIELD_SIGNED),
};
static const struct shape difference_shape =
    SHAPE_OF(struct difference, "difference", difference_fields);

static const char *show(enum unit unit, struct money value, char ret_text[NUMBER_TEXT_MAX])
{
    switch (unit) {
    case UNIT_THOUSANDTHS:
        return qty_text((struct qty){value.cents}, ret_text);
    case UNIT_NUMBER:
        snprintf(ret_text, NUMBER_TEXT_MAX, "%lld", (long long)value.cents);
        return ret_text;
    case UNIT_CENTS:
    default:
        return money_show(value, ret_text);
    }
}

static status prove(struct session *s, const struct proof *proof)
{
    struct difference found;
    char kept[NUMBER_TEXT_MAX];
    char counted[NUMBER_TEXT_MAX];

    const status result =
        store_get(s->store, proof->sql, NO_ROW, NULL, s->arena, &difference_shape, &found);
    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    return fail(s, ERR_CORRUPT,
                "The books do not agree. %s %lld%s%s: %s %s, %s %s. Keep a copy of the shop's file "
                "and have it looked at before you post anything more.",
                proof->noun, (long long)found.id, found.day[0] != '\0' ? " on " : "", found.day,
                proof->kept, show(proof->unit, found.kept, kept), proof->counted,
                show(proof->unit, found.counted, counted));
}

static status prove_all(struct session *s, const struct proofs *proofs)
{
    for (size_t i = 0; i < proofs->count; i++)
        TRY(prove(s, &proofs->at[i]));
    return OK;
}

/* A document that does not agree is named before the sums that are wrong because of it. */
status ledger_prove(struct session *s)
{
    TRY(prove_all(s, &ledger_document_proofs));
    return prove_all(s, &ledger_sum_proofs);
}
