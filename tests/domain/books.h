/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_BOOKS_H
#define PITLANE_TESTS_DOMAIN_BOOKS_H

/* What tests about money share: the books must agree, posted rows must not move, and numbers that
 * are random but the same in every run. */

#include "domain/ledger.h"
#include "shop.h"

static inline void assert_books_agree(struct shop_test *t)
{
    const struct arena_mark mark = arena_mark(&t->arena);

    if (ledger_prove(&t->session) != OK)
        fail_msg("%s", t->session.fault.text);
    arena_release(&t->arena, mark);
}

static inline void assert_books_disagree(struct shop_test *t, const char *part)
{
    assert_int_equal(ledger_prove(&t->session), ERR_CORRUPT);
    assert_says(t, part);
}

/* The statement is refused with this sentence, whoever sends it. */
static inline void assert_frozen(struct shop_test *t, const char *sql, const char *sentence)
{
    const status result = store_run(t->store, store_intern(t->store, sql), NO_ROW, NULL);

    if (result != ERR_CONFLICT)
        fail_msg("%s: %s %s", sql, status_word(result), t->session.fault.text);
    assert_says(t, sentence);
}

/* What stands on a role's account: debit positive, in cents. */
static inline int64_t balance_of(struct shop_test *t, enum account_role role)
{
    struct money balance = {-1};

    assert_int_equal(ledger_balance(&t->session, role, &balance), OK);
    return balance.cents;
}

/* xorshift64: the same history in every run. */
static inline int64_t dice(uint64_t *seed, int64_t sides)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (int64_t)(*seed % (uint64_t)sides);
}

#endif
