/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_TWIN_H
#define PITLANE_TESTS_DOMAIN_TWIN_H

/* A second shop beside the real one: integers and arrays, written from the trade's rules, sharing
 * nothing with the program, so that an error would have to be made twice. Each thing that can be
 * done to a shop is a function that does it or answers false and leaves everything as it was.
 *
 * Money in cents, quantities in thousandths, rates in parts per million, days counted from the day
 * the shop opened. Ids are the real shop's; 0 until the test has learned them. Files: twin_price.c,
 * twin_order.c, twin_work.c, twin_invoice.c, twin_credit.c, twin_late.c, twin_money.c,
 * twin_account.c. */

#include <stdbool.h>
#include <stdint.h>

enum {
    TWIN_PARTS = 5,
    TWIN_CUSTOMERS = 7, /* at most: who is merged into another keeps the number */
    TWIN_OPEN = 5,      /* orders at a time */
    TWIN_JOBS = 3,
    TWIN_LINES = 6,
    TWIN_CUTS = 4,
    TWIN_TAXES = 3,
    TWIN_INVOICES = 600,
    TWIN_PAYMENTS = 3000,
    TWIN_CORES = 2000,
    TWIN_DAYS = 400,
    TWIN_GIFTS = 300,
    TWIN_COUPONS = 4,
    TWIN_SHARES = TWIN_INVOICES, /* of a payment, one for each invoice */
    TWIN_MONTHS = 6000,
    TWIN_TIERS = 3,
    TWIN_CANNED = 4,
    TWIN_TEMPLATES = 3,
    TWIN_CLOSED = 24, /* orders that are remembered once they are invoiced */
};

/* In the order in which the real shop has them, so that numbers mean the same. */
enum twin_kind {
    TWIN_LABOR,
    TWIN_PART,
    TWIN_CORE,
    TWIN_SUBLET,
    TWIN_FEE,
    TWIN_HAZMAT,
    TWIN_TIRE_FEE,
    TWIN_SUPPLIES
};
enum twin_on { TWIN_ON_LABOR, TWIN_ON_PARTS, TWIN_ON_ALL };
enum twin_job_state {
    TWIN_DRAFT,
    TWIN_PRESENTED,
    TWIN_AUTHORIZED,
    TWIN_DECLINED,
    TWIN_DEFERRED,
    TWIN_WORKING,
    TWIN_DONE
};
enum twin_pay { TWIN_CUSTOMER_PAYS, TWIN_INTERNAL, TWIN_WARRANTY };
enum twin_order_state {
    TWIN_ESTIMATE,
    TWIN_APPROVED,
    TWIN_IN_PROGRESS,
    TWIN_HOLD,
    TWIN_QUALITY_CHECK,
    TWIN_COMPLETE,
    TWIN_POSTED,
    TWIN_PAID,
    TWIN_ON_ACCOUNT,
    TWIN_VOID
};
enum twin_tender {
    TWIN_BY_CASH,
    TWIN_BY_CHECK,
    TWIN_BY_CARD,
    TWIN_BY_ACH,
    TWIN_BY_OTHER,
    TWIN_BY_GIFT
};
enum twin_core_state {
    TWIN_CORE_CHARGED,
    TWIN_CORE_WAIVED,
    TWIN_CORE_REFUNDED,
    TWIN_CORE_KEPT,
    TWIN_CORE_VOID
};
enum twin_account {
    TWIN_CASH,
    TWIN_UNDEPOSITED,
    TWIN_CARDS,
    TWIN_BANK,
    TWIN_RECEIVABLE,
    TWIN_INVENTORY,
    TWIN_CREDIT,
    TWIN_TAX,
    TWIN_EQUITY,
    TWIN_LABOR_SALES,
    TWIN_PART_SALES,
    TWIN_SUBLET_SALES,
    TWIN_FEE_SALES,
    TWIN_SUPPLIES_SALES,
    TWIN_PART_COST,
    TWIN_SUBLET_COST,
    TWIN_SUBLET_ACCRUED,
    TWIN_WORK_IN_PROCESS,
    TWIN_CORE_DEPOSIT,
    TWIN_CASH_SHORT,
    TWIN_PETTY_EXPENSE,
    TWIN_BAD_DEBT,
    TWIN_BANK_CHARGE,
    TWIN_GIFT_CERTIFICATE,
    TWIN_GOODWILL,
    TWIN_LATE_FEE,
    TWIN_PAYABLE,
    TWIN_PURCHASE_DIFFERENCE,
    TWIN_INTERNAL_COST,
    TWIN_WARRANTY_COST,
    TWIN_ACCOUNTS
};

/* Where the price of labor comes from. */
enum twin_rule { TWIN_BY_HAND, TWIN_BY_RATE, TWIN_BY_MATRIX, TWIN_BY_MENU };
enum twin_terms { TWIN_ON_TERMS, TWIN_AT_ONCE, TWIN_BEYOND };

struct twin_line {
    int64_t id;
    enum twin_kind kind;
    int part;        /* of the catalog, -1 for none */
    int64_t core_of; /* a core line: the number of the part line it goes with, 0 for none */
    int64_t number;  /* counted by the twin: what core_of means */
    int64_t quantity, price, cost;
    bool taxable, waived;
    enum twin_rule rule;
    bool menu, is_fixed; /* part of the job's menu price; what it comes to is given */
    int64_t fixed;
    bool has_vendor, is_billed; /* sublet work: by whom, and is his bill here? */
    int64_t percent, amount;    /* its own discount */
    int64_t gross, reduced, net;
    int64_t pulled, pulled_value;
};
/* What the customer agrees to. */
struct twin_agreed {
    int64_t before;
    int lines;
    struct {
        enum twin_kind kind;
        int part;
        int64_t quantity, price, fixed;
        bool taxable;
    } line[TWIN_LINES];
};
struct twin_job {
    int64_t id, invoice; /* invoice: the one it is on, 0 for none */
    enum twin_job_state state;
    enum twin_pay pay;
    bool changed;  /* since it was agreed to */
    bool answered; /* an answer is on record */
    bool has_yes;  /* and one of them was yes */
    int canned;    /* its place + 1 among the canned jobs, 0 for none */
    int64_t menu;  /* what all of it comes to, 0: as its lines do */
    int lines;
    struct twin_line line[TWIN_LINES];
    int64_t before, net; /* without and with the order's own discounts */
    struct twin_agreed agreed;
    int64_t done_on;
};
struct twin_cut {
    int64_t id, job; /* id of the job; 0: the order's own */
    int64_t percent, amount;
    enum twin_on on;
    int64_t used, used_on; /* what invoices have had of it, and of what */
    int64_t taken;         /* of the order's own: what it takes off as things stand */
    int coupon;            /* it was taken with: its place + 1, 0 for none */
};
struct twin_totals {
    int64_t labor, parts, sublet, fees, supplies, discount, tax, total;
    int64_t base[TWIN_TAXES], amount[TWIN_TAXES];
};
struct twin_order {
    int64_t id, customer; /* customer: from 1 */
    enum twin_terms terms;
    bool is_sale; /* over the counter */
    enum twin_order_state state;
    int jobs, cuts;
    struct twin_job job[TWIN_JOBS];
    struct twin_cut cut[TWIN_CUTS];
    struct twin_totals totals; /* base and amount: of what is not invoiced yet */
    struct twin_totals billed; /* of its invoices so far */
    int64_t authorized;
    bool is_closed; /* nothing of it is left to be invoiced */
};
/* What posting an invoice did, so that it can be taken back. */
struct twin_posting {
    int64_t ledger[TWIN_ACCOUNTS];
    int64_t taken[TWIN_PARTS], value[TWIN_PARTS]; /* off the shelf */
    int first_core, cores;
    struct twin_totals sum;
    int64_t cut[TWIN_CUTS], used[TWIN_CUTS], used_on[TWIN_CUTS]; /* cut, job: their numbers */
    int64_t job[TWIN_JOBS], pulled[TWIN_JOBS][TWIN_LINES], pulled_value[TWIN_JOBS][TWIN_LINES];
};
/* A line of an invoice, and what credit memos have had of it. */
struct twin_sold {
    enum twin_kind kind;
    int part, core; /* core: its place among the twin's, -1 for none */
    enum twin_pay pay;
    enum twin_account account; /* of a charge */
    bool taxable;
    int64_t quantity, net, cost;
    int64_t gone, gone_net;
};
enum twin_back { TWIN_STAYS, TWIN_RESTOCK, TWIN_SCRAP };
struct twin_invoice {
    int64_t id, order /* 0: a charge */, customer, total, paid, written_off;
    int64_t posted_on, due_on;
    int64_t off_gift; /* of what is written off: off the certificate it sold */
    int solds;
    struct twin_sold sold[TWIN_JOBS * TWIN_LINES];
    int64_t supplies, gone_supplies;
    int taxes;
    int64_t rate[TWIN_TAXES], base[TWIN_TAXES], tax[TWIN_TAXES], gone_tax[TWIN_TAXES];
    unsigned classes[TWIN_TAXES];
    bool is_credited; /* some of it */
    bool is_void;
    unsigned coupons; /* it was used up with: 1 << place */
    struct twin_posting posting;
};
/* A month that somebody was late, charged for. */
struct twin_month {
    int64_t invoice, charge, period;
};
struct twin_payment {
    int64_t id, customer, amount, returned;
    enum twin_tender method;
    int64_t taken_on;
    bool gone; /* void, or it came back from the bank */
    int gift;  /* the certificate it was paid with, -1 for none */
    bool is_core;
    int shares;
    struct {
        int64_t invoice, amount;
    } share[TWIN_SHARES];
};
struct twin_core {
    int64_t id, customer, charge, tax;
    enum twin_core_state state;
};
/* What the shop owes to whoever brings its number. */
struct twin_gift {
    int64_t balance;
    int64_t invoice; /* that charged for it: good once it is paid; 0: it was given */
};
struct twin_shelf {
    int64_t on_hand, value; /* as moved */
    int64_t cost, price, core;
};
struct twin_customer {
    int64_t owes, credit, terms;
    int64_t exempt_until; /* day; -1: taxed, INT64_MAX: always exempt */
    int64_t limit;        /* -1: none */
    bool on_hold, is_gone /* merged into another */;
};
/* From these hours on: the rate times this, or a rate of its own. */
struct twin_tier {
    int64_t from, multiplier, rate;
};
struct twin_matrix {
    int tiers; /* 0: there is none */
    struct twin_tier tier[TWIN_TIERS];
};
struct twin_canned {
    int64_t menu; /* 0: none */
    int lines;
    struct twin_line line[TWIN_LINES];
};
struct twin_template {
    int jobs; /* 0: there is none */
    struct twin_job job[TWIN_JOBS];
};
struct twin_coupon {
    int64_t percent, amount;
    enum twin_on on;
    int64_t from, until;           /* days */
    int64_t minimum;               /* of labor, parts and sublet work before discounts */
    int64_t limit, customer_limit; /* orders, 0 for any number */
    bool stacks;
};
struct twin_rules {
    int64_t supplies_ppm, supplies_flat, supplies_min, supplies_cap;
    enum twin_on supplies_on; /* TWIN_ON_ALL: labor and parts */
    bool supplies_taxable;
    int taxes;
    int64_t rate[TWIN_TAXES];
    unsigned classes[TWIN_TAXES]; /* 1 << kind */
    int64_t tolerance_ppm, tolerance_cap;
    bool may_be_negative;
    int64_t late_amount, late_yearly; /* of the two at most one; none: no late fees */
    int64_t late_grace;
    bool late_on_fees;
    int64_t returned_fee; /* of a check that came back, to the customer */
};

/* What is owed, by days past due: none, to 30, 60, 90, more. */
struct twin_aging {
    int64_t due[5];
    int64_t credit;
};

struct twin {
    struct twin_rules rules;
    struct twin_shelf shelf[TWIN_PARTS];
    struct twin_customer customer[TWIN_CUSTOMERS + 1]; /* from 1 */
    struct twin_order order[TWIN_OPEN];                /* id 0: free */
    struct twin_order closed[TWIN_CLOSED];             /* the last ones, one after the other */
    int64_t closings;
    struct twin_invoice invoice[TWIN_INVOICES];
    struct twin_payment payment[TWIN_PAYMENTS];
    struct twin_core core[TWIN_CORES];
    struct twin_month month[TWIN_MONTHS];
    struct twin_gift gift[TWIN_GIFTS];
    struct twin_coupon coupon[TWIN_COUPONS];
    struct twin_matrix matrix[TWIN_CUSTOMERS + 1]; /* of labor; 0: the shop's */
    struct twin_canned canned[TWIN_CANNED];
    struct twin_template template[TWIN_TEMPLATES];
    int64_t standard_rate;
    int customers, invoices, payments, cores, gifts, months;
    int64_t numbers; /* of lines */
    int64_t ledger[TWIN_ACCOUNTS];
    struct twin_aging evening[TWIN_DAYS][TWIN_CUSTOMERS + 1]; /* of days that are over */
    int64_t today, closed_through;                            /* closed_through: -1 for none */
    int64_t first_entry_on;                                   /* -1: nothing is posted yet */
    bool drawer_opened, drawer_counted /* since */, cash_moved /* since the last count */;
    int64_t cash_taken; /* by customers since it was counted, or today: on top of the float */
};

/* ---- arithmetic (twin_price.c) ---- */

/* round(a x b / c), half away from zero. */
int64_t twin_share(int64_t a, int64_t b, int64_t c);
/* By largest remainder; ties to the earlier. */
void twin_spread(int64_t amount, const int64_t *weights, int count, int64_t *ret_shares);

/* ---- prices (twin_price.c) ---- */

bool twin_is_exempt(const struct twin *twin, int64_t customer);
bool twin_counts(const struct twin_job *job); /* neither declined nor deferred */
bool twin_is_agreed(const struct twin_job *job);
/* Prices the jobs that count, or with `agreed` those that are agreed to; then amounts of discounts
 * shrink to what is there. False: a discount is more than it can be taken from. */
bool twin_is_open(const struct twin_job *job); /* counts, and is on no invoice */
/* Class totals, supplies and taxes of the chosen jobs, their lines as they stand. */
void twin_document(const struct twin *twin, struct twin_order *order, unsigned jobs,
                   struct twin_totals *ret);
bool twin_reaches(enum twin_on on, enum twin_kind kind);
bool twin_price(const struct twin *twin, struct twin_order *order, bool agreed,
                struct twin_totals *ret);

/* ---- orders (twin_order.c) ---- */

/* After every change: prices, what has changed since it was agreed to, the state. */
bool twin_settle(const struct twin *twin, struct twin_order *order);
bool twin_add_line(struct twin *twin, struct twin_order *order, int job,
                   const struct twin_line *line);
bool twin_edit_line(struct twin *twin, struct twin_order *order, int job, int line,
                    const struct twin_line *as);
bool twin_remove_line(struct twin *twin, struct twin_order *order, int job, int line);
bool twin_remove_job(struct twin *twin, struct twin_order *order, int job);
bool twin_set_cut(struct twin *twin, struct twin_order *order, int at, const struct twin_cut *cut);
bool twin_set_pay(struct twin *twin, struct twin_order *order, int job, enum twin_pay pay);
bool twin_take_coupon(struct twin *twin, struct twin_order *order, int coupon);
bool twin_remove_coupon(struct twin *twin, struct twin_order *order, int coupon);
/* Is every coupon of the order still good for it? */
bool twin_coupons_hold(const struct twin *twin, const struct twin_order *order);
bool twin_remove_cut(struct twin *twin, struct twin_order *order, int at);
bool twin_waive(struct twin *twin, struct twin_order *order, int job, int line, bool waived);
/* The answer to one job, or with job -1 to all that wait for one. */
bool twin_answer(struct twin *twin, struct twin_order *order, int job, enum twin_job_state answer);
bool twin_start_job(struct twin *twin, struct twin_order *order, int job);
bool twin_finish_job(struct twin *twin, struct twin_order *order, int job);
bool twin_reopen_job(struct twin *twin, struct twin_order *order, int job);
/* Does the total stay within what is authorized and the tolerance? */
bool twin_is_authorized(const struct twin *twin, const struct twin_order *order,
                        const struct twin_totals *rest, int64_t total);
bool twin_check(struct twin *twin, struct twin_order *order);
bool twin_void(struct twin_order *order);
/* quantity -1: all that is left */
bool twin_pull(struct twin *twin, struct twin_order *order, int job, int line, int64_t quantity);
bool twin_put_back(struct twin *twin, struct twin_order *order, int job, int line,
                   int64_t quantity);
void twin_deliver(struct twin *twin, int part, int64_t quantity, int64_t value);
int64_t twin_committed(const struct twin *twin, int part);
/* Back, when another entry has its value already. */
void twin_put_on_shelf(struct twin *twin, int part, int64_t quantity, int64_t value);
/* Back, with an entry of its own for its value. */
void twin_return(struct twin *twin, int part, int64_t quantity, int64_t value);
/* Takes what leaves the shelf for good and answers what it was worth. */
int64_t twin_take(struct twin *twin, int part, int64_t quantity);

/* ---- work that is written up with one word (twin_work.c) ---- */

/* What an hour is sold for, by whom it is for and the hours of the line. */
int64_t twin_rate(const struct twin *twin, int64_t customer, int64_t hours,
                  enum twin_rule *ret_rule);
void twin_add_to_job(struct twin *twin, struct twin_job *job, const struct twin_line *line);
/* The labor of a menu-priced job takes what the rest of it leaves. False: nothing is left. */
bool twin_share_menu(struct twin_job *job);
void twin_end_menu(struct twin_job *job);
int64_t twin_menu_least(const struct twin *twin, int canned);
bool twin_set_menu(struct twin *twin, int canned, int64_t menu); /* 0: none */
bool twin_add_canned(struct twin *twin, struct twin_order *order, int canned);
/* Is there room for these jobs, written up again with a core for every part that has one? */
bool twin_has_room(const struct twin *twin, const struct twin_job *jobs, int count);
/* The same work again, at today's prices; `order` is a new one. */
bool twin_copy(struct twin *twin, const struct twin_order *from, struct twin_order *order);
bool twin_keep_template(struct twin *twin, const struct twin_order *order, int at);
bool twin_use_template(struct twin *twin, struct twin_order *order, int at);
/* Who does sublet work, and what he charges for a unit. */
bool twin_set_vendor(struct twin *twin, struct twin_order *order, int job, int line, int64_t cost);
/* His bill; total 0: as it was written up. */
bool twin_bill(struct twin *twin, struct twin_order *order, int job, int line, int64_t total);

/* ---- who may owe (twin_account.c) ---- */

/* May so much more of this order go on account? `agreed`: before it is invoiced. */
bool twin_may_owe(const struct twin *twin, const struct twin_order *order, int64_t total,
                  bool agreed);
bool twin_set_limit(struct twin *twin, int64_t customer, int64_t limit);
bool twin_hold(struct twin *twin, int64_t customer, bool on_hold);
bool twin_set_terms(const struct twin *twin, struct twin_order *order, enum twin_terms terms,
                    bool has_reason);
/* Two records of one customer. */
bool twin_merge(struct twin *twin, int64_t keep, int64_t gone);

/* ---- invoices (twin_invoice.c) ---- */

/* Makes the invoice of these jobs (1 << place), or with 0 of all that is left. */
bool twin_post(struct twin *twin, struct twin_order *order, unsigned jobs);
/* What its invoices make of an order that is closed. */
enum twin_order_state twin_closed_state(const struct twin *twin, int64_t order);
/* The same over the counter, where who pays has agreed and has the goods. */
bool twin_sell(struct twin *twin, struct twin_order *order);
/* Without an order. */
void twin_charge(struct twin *twin, int64_t customer, int64_t amount);
/* Every late invoice's month once; an invoice for each customer. */
bool twin_charge_late_fees(struct twin *twin);
/* As of a day that is today, or the open one. */
struct twin_aging twin_aging_of(const struct twin *twin, int64_t customer, int64_t on);
/* What is credited of a line: quantity 0 is all that is left. */
struct twin_crediting {
    int line;
    int64_t quantity;
    enum twin_back back;
};
int64_t twin_left_of(const struct twin *twin, const struct twin_sold *sold);
/* Lines, or with count -1 all that is left; each to the customer's balance first, then credit. */
bool twin_credit(struct twin *twin, int invoice, const struct twin_crediting *lines, int count,
                 enum twin_back back, int64_t supplies, int64_t *ret_total);
int64_t twin_due(const struct twin_invoice *invoice);
/* Takes it back on its day. The order it is of, open or closed, is in its place then; NULL when
 * there is none, or it is not known any more. */
struct twin_order *twin_order_of(struct twin *twin, int64_t order);
bool twin_unpost(struct twin *twin, int invoice, struct twin_order *order);
/* The certificate that an invoice sold; NULL: none. */
struct twin_gift *twin_gift_of(struct twin *twin, int64_t invoice);
bool twin_write_off(struct twin *twin, int invoice, int64_t amount);
bool twin_write_off_undo(struct twin *twin, int invoice, int64_t amount);
void twin_add_paid(struct twin *twin, int64_t invoice, int64_t amount);
struct twin_invoice *twin_invoice_of(struct twin *twin, int64_t id);

/* ---- money (twin_money.c) ---- */

void twin_post_to(struct twin *twin, enum twin_account account, int64_t amount);
int64_t twin_open_day(const struct twin *twin);
int64_t twin_left(const struct twin_payment *payment);
int64_t twin_applied(const struct twin_payment *payment);

struct twin_tendered {
    enum twin_tender method;
    int64_t amount;
    int gift;
};
void twin_sell_gift(struct twin *twin, int64_t customer, int64_t amount);
void twin_give_gift(struct twin *twin, int64_t amount);
/* Ids of payments are the next numbers. */
bool twin_deposit(struct twin *twin, int64_t customer, struct twin_tendered tender);
bool twin_take_payment(struct twin *twin, int invoice, int64_t use_credit,
                       const struct twin_tendered *tenders, int count);
/* One check for several invoices, each to the amount given (0: all that is due); without any, what
 * was due first. */
struct twin_item {
    int invoice; /* its place among the twin's */
    int64_t amount;
};
bool twin_pay_several(struct twin *twin, int64_t customer, struct twin_tendered tender,
                      const struct twin_item *items, int count);
/* Credit of no money that came in. */
void twin_give_credit(struct twin *twin, int64_t customer, int64_t amount);
/* What was paid on it is credit again. */
void twin_free_payments(struct twin *twin, int64_t invoice);
bool twin_apply(struct twin *twin, int payment, int invoice, int64_t amount);
bool twin_unapply(struct twin *twin, int payment, int invoice, int64_t amount);
bool twin_void_payment(struct twin *twin, int payment);
/* fee: the bank's; charged: to the customer, -1 as the rules say */
bool twin_bounce(struct twin *twin, int payment, int64_t fee, int64_t charged);
void twin_charge_to(struct twin *twin, int64_t customer, enum twin_account account, int64_t amount);
/* to: a twin_tender, -1 as it came */
bool twin_refund(struct twin *twin, int payment, int64_t amount, int to);
bool twin_refund_core(struct twin *twin, int core);
bool twin_keep_core(struct twin *twin, int core);

bool twin_open_drawer(struct twin *twin, int64_t amount, bool bank);
bool twin_drop(struct twin *twin, int64_t amount, bool bank);
bool twin_pay_out(struct twin *twin, int64_t amount);
bool twin_count_drawer(struct twin *twin, int64_t found);
bool twin_close_day(struct twin *twin, bool leave_unposted);
/* The next day has come. */
void twin_sleep(struct twin *twin);

#endif
