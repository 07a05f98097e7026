/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_ORDER_INNER_H
#define PITLANE_DOMAIN_ORDER_INNER_H

/* What the files of the repair order share, and nobody else needs. */

#include "domain/canned_job.h"
#include "domain/order.h"
#include "domain/order_input.h"

/* What every change looks at first. */
struct order_head {
    struct order_id id;
    struct customer_id customer;
    struct vehicle_id vehicle;
    enum order_state state;
    enum hold hold;
    struct money authorized, total;
    bool exempt; /* the customer, today */
    int64_t revision;
};
struct job_head {
    struct job_id id;
    struct order_id order;
    int64_t position;
    const char *title;
    enum job_state state;
    bool needs_authorization;
    struct invoice_id invoice; /* the one it is on */
    const char *resolved;
    struct job_id source;
    struct rate_class_id rate_class; /* of its labor, where no line says */
    struct money menu_price;         /* NUMBER_NONE: none */
};

/* Reads the order and refuses the change when somebody else was faster, when the order is invoiced
 * or void, and when its customer is archived. */
status order_begin(struct session *s, struct order_id id, int64_t revision,
                   struct order_head *ret) MUST_USE;
/* The same, but for the customer: an order may be void whoever it is for. */
status order_begin_void(struct session *s, struct order_id id, int64_t revision,
                        struct order_head *ret) MUST_USE;
/* order_begin for a job, by its own number. */
status job_begin(struct session *s, struct job_id id, int64_t revision, struct job_head *ret,
                 struct order_head *ret_order) MUST_USE;
/* Settles the order and gives its page. */
status order_finish(struct session *s, const struct order_head *head, struct order *ret) MUST_USE;

/* A change of prices by hand, and how it is answered for (margin.c). */
struct price_change {
    struct line_id line;             /* the one that is new or changed; 0: none */
    const struct order_line *before; /* the changed or removed one; NULL: none was there */
    struct money price, list_price;  /* of the line now; list_price NUMBER_NONE: none */
    const char *price_field;         /* where a refusal of the price belongs */
    const char *discount_field;      /* … of a discount */
    const char *reason_field;        /* … of a reason that is missing; NULL: none is wanted */
    bool is_discount;                /* it is about all lines */
    const char *reason;              /* as it was given; "" none */
};
/* The same after a change of prices. Refuses what goes beyond the caps of whoever makes it, below
 * cost or below the shop's margin floor, without the right or without a reason. What was there
 * before and is no worse now passes. */
status order_finish_priced(struct session *s, const struct order_head *head,
                           const struct price_change *change, struct order *ret) MUST_USE;
/* What order_finish_priced looks at, in memory: `jobs` as they were read, `price` as they are. */
status margin_check(struct session *s, const struct price_change *change, const struct rows *jobs,
                    const struct price *price) MUST_USE;
/* Before the customer says yes to the job: no line of it is sold below cost or floor that nobody
 * who may has given a reason for, however it came on the order. */
status margin_check_yes(struct session *s, const struct order_job *job,
                        const struct rows *discounts) MUST_USE;
/* Neither declined nor deferred. */
bool job_counts(const struct order_job *job);
/* The job without checks. */
status job_head_get(struct session *s, struct job_id id, struct job_head *ret) MUST_USE;

/* May it be worked on? The sentence says what the customer must answer first. */
status job_check_authorized(struct session *s, const struct job_head *job) MUST_USE;

/* Jobs the customer does not pay for wait for no answer where the state asks for none: those in
 * `jobs` are authorized, in memory and in their rows. */
status jobs_let_go(struct session *s, struct rows *jobs) MUST_USE;
/* Before the customer is to pay for the job after all: an answer is needed, if none was given. */
status job_ask_who_pays(struct session *s, struct job_id job) MUST_USE;
/* Behind the refusal of a job without an answer: " (source)" of the state's rule, or
 * " No work begins … (source)" for one that the customer does not pay for; "" where there is none.
 */
status job_why_asked(struct session *s, struct job_id job, const char **ret_why) MUST_USE;
/* The same of one that has changed since it was answered. */
status job_why_asked_again(struct session *s, const char **ret_why) MUST_USE;

/* One line; NOT_FOUND has its sentence. */
status line_get(struct session *s, struct line_id id, struct order_line *ret) MUST_USE;

/* Rows of struct order_job with their lines, and of struct order_discount. */
status order_jobs(struct session *s, struct order_id id, struct rows *ret_jobs) MUST_USE;
status order_discounts(struct session *s, struct order_id id, struct rows *ret) MUST_USE;

/* Which jobs a pricing counts. */
enum price_of {
    PRICE_OF_ALL,    /* all that are not declined or deferred */
    PRICE_OF_AGREED, /* authorized, in progress, done */
};
/* Prices the jobs in memory. lines of the result are in the order of the jobs that count. With
 * PRICE_OF_AGREED amounts of discounts shrink to what is there. */
status order_price(struct session *s, const struct order_head *head, const struct rows *jobs,
                   const struct rows *discounts, enum price_of of, struct price *ret) MUST_USE;

/* Rows of struct order_teardown. */
status order_teardowns(struct session *s, struct order_id id, struct rows *ret) MUST_USE;

/* What the state asks before an answer is recorded: `jobs` are the order's, `agreed` tells which of
 * them are authorized by this answer. */
status authorization_check_law(struct session *s, const struct order_authorize *in,
                               const struct rows *jobs, const bool *agreed) MUST_USE;

/* Refuses to change a discount of which an invoice has had something. */
status discount_must_be_unused(struct session *s, struct discount_id id) MUST_USE;

/* The shop's supplies and taxes, as they are now. */
status order_price_rules(struct session *s, struct price *price) MUST_USE;

/* What of an order is on posted invoices. */
struct order_billed {
    struct money labor, parts, sublet, fees, supplies, discount, tax, total, cost;
    struct rows taxes; /* of struct order_tax */
};
status order_billed_get(struct session *s, struct order_id id, struct order_billed *ret) MUST_USE;
/* What taxes that are rounded on each invoice come to above taxes that are rounded once. The
 * customer agreed to the work, not to a number of invoices: it is not held against what was
 * authorized. */
status order_split_cents(const struct price *price, struct money *ret) MUST_USE;
status order_split_cents_of(struct session *s, const struct order *order,
                            const struct order_billed *billed, struct money *ret) MUST_USE;
struct price_before order_billed_before(const struct order_billed *billed);
/* Adds that to the price of what is left, and its taxes to those of the same name and rate. */
status order_billed_add(struct session *s, const struct order_billed *billed,
                        struct price *price) MUST_USE;
/* Makes of a settled order the document over its chosen jobs (one flag for each): the others are
 * gone, lines stand as they are, supplies and taxes are those of this document. */
status order_make_document(struct session *s, struct order *order, bool exempt,
                           const struct order_billed *billed, const bool *chosen) MUST_USE;
/* Keeps what the chosen jobs of an invoice had of each discount of the whole order. */
status order_use_discounts(struct session *s, const struct order *order, bool exempt,
                           const bool *chosen, struct invoice_id invoice) MUST_USE;
/* Where every job that is not declined or deferred is on an invoice, the order is closed: posted,
 * paid or on account as its invoices are. */
status order_close_billed(struct session *s, struct order_id id) MUST_USE;

/* A drawn signature goes with the way "signed", and is strokes within its field. */
status signature_check(struct session *s, const struct order_authorize *in) MUST_USE;

/* Writes the page's warning: what is owed, what tax is charged, what is missing or waits. `warning`
 * is, when it comes, the day on which the customer's exemption ended, or "". */
status order_warn(struct session *s, struct order *order) MUST_USE;
/* Where the state wants a written estimate and none was given, the page's warning says so. */
status order_warn_estimate(struct session *s, struct order *order) MUST_USE;

/* Do the agreed jobs still come to no more than the customer has authorized, with the tolerance?
 * Taxes, supplies and an exemption may have changed since. */
status order_check_authorized(struct session *s, struct order_id id) MUST_USE;

bool job_is_agreed(const struct order_job *job); /* authorized, in progress, done */
/* BLAKE2b of what the customer agrees to: kinds, parts, quantities and prices of the lines. */
const char *job_digest(struct session *s, const struct order_job *job);

/* A new job at the end of the order. */
struct job_new {
    struct order_id order;
    const char *title, *concern, *correction;
    struct user_id technician;
    struct canned_job_id canned_job;
    struct rate_class_id rate_class;
    struct money menu_price; /* 0: none */
    struct job_id source;
    bool safety;
};
status job_insert(struct session *s, const struct job_new *job, struct job_id *ret) MUST_USE;

/* A job of any order as a new one of this one, at today's prices. */
status job_copy(struct session *s, const struct order_head *head, struct job_id from) MUST_USE;

/* A new line at the end of its job; price and cost must be known. */
struct line_new {
    struct job_id job;
    enum line_kind kind;
    const char *description;
    struct part_id part;
    struct user_id technician;
    struct rate_class_id rate_class;
    bool clocked;
    struct qty quantity;
    struct money price, cost;
    bool taxable;
    struct rate discount_ppm;
    struct money discount_amount;
    const char *dot; /* of an edited line; new ones have none yet */
    enum price_rule price_rule;
    const char *price_why; /* NULL is none */
    bool menu;
    struct money list_price;  /* NUMBER_NONE: nothing says what it would be sold for */
    const char *price_reason; /* NULL is none */
    struct vendor_id vendor;  /* of a new line: who does it */
};
status line_insert(struct session *s, const struct line_new *line) MUST_USE;

/* What an hour of this line's quantity is sold for: the rate given by hand (NUMBER_NONE: none),
 * else by labor rate and labor matrix. Fills in price, rule and why, and what it would be without a
 * rate given by hand. */
status line_take_rate(struct session *s, const struct order_head *head,
                      struct rate_class_id job_class, struct money by_hand,
                      struct line_new *line) MUST_USE;

/* What inserting this line of a canned job would write up today; an empty head asks for nobody. */
status canned_line_price(struct session *s, const struct order_head *head, struct job_id job,
                         const struct canned_line *from, struct line_new *ret) MUST_USE;

/* job_menu.c. A menu-priced job comes to its price: what its other menu lines leave of it is spread
 * over its labor, exactly. Refused where labor would be charged below 0, and without hours. */
status job_menu_spread(struct session *s, struct job_id job) MUST_USE;
/* The menu price ends; every line keeps the rate it has. */
status job_menu_end(struct session *s, struct job_id job) MUST_USE;

/* Refuses somebody who does not work on cars; 0 is nobody yet. */
status technician_check(struct session *s, struct user_id id) MUST_USE;

const char *order_today_sql(void);

/* For `owns`: input begins with the order's, job's or line's id. */
status order_is_own(struct session *s, const void *in, bool *ret_own) MUST_USE;
status job_is_own(struct session *s, const void *in, bool *ret_own) MUST_USE;
status line_is_own(struct session *s, const void *in, bool *ret_own) MUST_USE;

/* Fields that most operations on orders begin or end with. */
#define ORDER_FIELD(T)                                                                             \
    FIELD(T, order, .label = "RO", .picks = "order.search",                                        \
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT)
#define JOB_FIELD(T) FIELD(T, job, .flags = FIELD_REQUIRED | FIELD_ARGUMENT)
#define TECHNICIAN_FIELD(T)                                                                        \
    FIELD(T, technician, .picks = "user.technicians", .help = "Who does the work")
#define REVISION_FIELD(T)                                                                          \
    FIELD(T, revision, .help = "As it was read; 0 does not care", .flags = FIELD_HIDDEN)

/* Condition on repair_order AS o, for lists: with :own, :own_user and :own_customer. */
#define ORDER_IS_OWN                                                                               \
    "(:own = 0 OR o.customer = :own_customer\n"                                                    \
    " OR EXISTS (SELECT 1 FROM job AS oj WHERE oj.repair_order = o.id AND\n"                       \
    "            (oj.technician = :own_user OR EXISTS\n"                                           \
    "             (SELECT 1 FROM line AS ol WHERE ol.job = oj.id\n"                                \
    "              AND ol.technician = :own_user))))"
/* Compared word by word: an IN list of more than two would build a table for every order. */
#define ORDER_IS_OPEN                                                                              \
    "(o.state = 'estimate' OR o.state = 'approved' OR o.state = 'in_progress'\n"                   \
    " OR o.state = 'hold' OR o.state = 'quality_check' OR o.state = 'complete')"

#endif
