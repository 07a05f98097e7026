/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_HISTORIES_H
#define PITLANE_TESTS_DOMAIN_HISTORIES_H

/* Random histories of orders and their money, done to the real shop and to its twin (twin.h).
 * Files: histories_order.c, histories_work.c, histories_money.c and histories_account.c take one
 * step, histories_check.c compares. */

#include "books.h"
#include "twin.h"

struct run {
    struct shop_test *t;
    struct twin twin;
    uint64_t seed, began; /* began: what this shop's dice began with */
    int64_t last_entry;   /* of the ledger, compared so far */
    int64_t ledger[TWIN_ACCOUNTS];
    int64_t account[TWIN_ACCOUNTS]; /* number of each in the chart */
    char gift_number[TWIN_GIFTS][24];
    int64_t template_id[TWIN_TEMPLATES];
    int64_t aged, aged_credit; /* receivables and credit as they were compared last */
    int64_t histories, steps, refused;
};

/* A number from 0 to sides - 1. */
static inline int64_t roll(struct run *run, int64_t sides)
{
    return dice(&run->seed, sides);
}
static inline bool one_in(struct run *run, int64_t sides)
{
    return roll(run, sides) == 0;
}

/* The operation is refused exactly when the twin says so. Ends the test with the history's seed
 * when it is not. Answers `allowed`. */
bool both(struct run *run, const struct op *op, const void *in, void *out, bool allowed);
/* Ends the test, telling where in which history. */
void disagree(struct run *run, const char *format, ...) PRINTF_LIKE(2, 3) __attribute__((noreturn));
void same(struct run *run, const char *what, int64_t real, int64_t twin);

/* An order's page against the twin's; learns the numbers of new jobs, lines and discounts. */
struct order;
void check_order(struct run *run, struct twin_order *order, const struct order *page);
/* Customers, shelves and every account of the ledger. */
void check_sums(struct run *run);
/* Receivables by days past due, now and in the evening of some day; asked only when one of the two
 * accounts has moved since. */
void check_aging(struct run *run);
/* Every document there is. */
void check_documents(struct run *run);

extern const char *const part_numbers[TWIN_PARTS], *const coupon_codes[TWIN_COUPONS];
void order_step(struct run *run);
/* The operation that gives the order's page back, and the page against the twin's. */
void change_order(struct run *run, const struct op *op, const void *in, struct twin_order *order,
                  bool allowed);

/* A labor matrix or two, canned jobs, a vendor. */
void given_work(struct run *run);
void change_menu_price(struct run *run);
void add_canned(struct run *run, struct twin_order *order);
/* `order` is a free place. */
void copy_order(struct run *run, struct twin_order *order);
void keep_template(struct run *run, struct twin_order *order);
void use_template(struct run *run, struct twin_order *order);
void set_vendor(struct run *run, struct twin_order *order);
void bill_sublet(struct run *run, struct twin_order *order);

/* exempt_until: days from now; -1: taxed, INT64_MAX: always exempt */
void add_customer(struct run *run, int64_t terms, int64_t exempt_until);
/* One whose record is still there. */
int64_t any_customer(struct run *run);
void set_terms(struct run *run, struct twin_order *order);
void account_step(struct run *run);
void money_step(struct run *run);
void drawer_step(struct run *run);
/* Goes on to the next day, or closes this one. */
void day_step(struct run *run);

#endif
