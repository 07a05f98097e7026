/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_DRAWER_H
#define PITLANE_DOMAIN_DRAWER_H

/* The cash drawer: float, drops, pay-outs, counts. The shop has one: its counters give change from
 * the same drawer and the books have one account for it, so what should lie there is that account's
 * balance, and a count is right or wrong for all of them at once. Rows are only ever added. */

#include "domain/op.h"

enum drawer_kind { DRAWER_OPEN, DRAWER_DROP, DRAWER_PAY_OUT, DRAWER_COUNT };
extern const struct choices drawer_kind_choices;

/* Where money of the drawer comes from and goes to: what lies in the safe waits for the bank. */
enum drawer_place { DRAWER_SAFE, DRAWER_BANK };
extern const struct choices drawer_place_choices;

struct drawer_row {
    struct drawer_move_id id;
    struct day moved_on;
    struct instant moved_at;
    enum drawer_kind kind;
    struct money amount;   /* the float, what was taken out, what was counted */
    struct money expected; /* what should have lain there before */
    struct money change; /* of what should lie there: of a count, what was over (+) or short (-) */
    const char *reason, *user_name, *terminal;
};

/* The drawer since it was opened last. expected = opening + taken - refunds - vendors - pay_outs
 * - drops + over_short + other, and always the balance of its account. */
struct drawer {
    struct drawer_move_id opened; /* 0: never */
    struct day opened_on;
    struct instant opened_at;
    const char *opened_by;
    struct money opening; /* the float */
    struct money taken;   /* cash of customers, change given back taken off */
    struct money refunds; /* given back to customers */
    struct money vendors; /* bills paid from it */
    struct money pay_outs, drops;
    struct money over_short; /* of counts since it was opened: short is negative */
    struct money other;      /* entries by hand */
    struct money expected;
    struct instant counted_at; /* none: not since it was opened */
    struct money counted;
    bool settled;     /* no cash has moved since it was counted, but for drops */
    struct rows rows; /* of struct drawer_row, since it was opened, oldest first */
};

struct drawer_open {
    struct money amount;
    enum drawer_place place;
};
struct drawer_drop {
    struct money amount;
    enum drawer_place place;
    const char *reason;
};
struct drawer_pay_out {
    struct money amount;
    const char *reason;
    struct account_id account; /* 0: other expenses */
};

/* Notes and coins, largest first; the fields of struct drawer_count have their order. */
#define DRAWER_PIECES 12
extern const int64_t drawer_piece_cents[DRAWER_PIECES];
struct drawer_count {
    int64_t hundreds, fifties, twenties, tens, fives, twos, ones;
    int64_t halves, quarters, dimes, nickels, pennies;
    struct money total; /* NUMBER_NONE: what the pieces come to */
    const char *reason; /* needed where it is off by more than the shop's drawer_limit */
};
struct drawer_list {
    struct list_query query; /* newest first */
    struct day from_on, to_on;
};

extern const struct op drawer_show_op, drawer_list_op, drawer_open_op, drawer_drop_op,
    drawer_pay_out_op, drawer_count_op;

/* The drawer as it stands. */
status drawer_get(struct session *s, struct drawer *ret_drawer) MUST_USE;
/* What the pieces of a count come to; ERR_INVALID when it is more than can be counted. */
status drawer_sum(const struct drawer_count *count, struct money *ret_sum) MUST_USE;

#endif
