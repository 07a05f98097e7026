/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_DEMO_INNER_H
#define PITLANE_DOMAIN_DEMO_INNER_H

/* What the files of the demo shop share. Nothing here is random: every draw comes from the seed. */

#include "domain/customer.h"
#include "domain/demo.h"
#include "domain/op.h"
#include "domain/order.h"
#include "domain/part.h"
#include "domain/vehicle.h"
#include "domain/vin.h"

/* Who acts in the demo's story. The five accounts first, then colleagues. */
enum demo_person {
    DEMO_ADMIN,
    DEMO_MANAGER,
    DEMO_TECHNICIAN,
    DEMO_ACCOUNTANT,
    DEMO_CUSTOMER,
    DEMO_WRITER,
    DEMO_SECOND,
    DEMO_THIRD,
    DEMO_PERSON_COUNT
};

/* As signed in: what of the session changes when somebody else takes the keyboard. */
struct demo_chair {
    struct session_id id;
    struct user_id user;
    const char *user_name;
    struct right_set rights, rights_all;
    int64_t rights_version;
};

struct demo {
    struct session *s;
    const struct demo_options *options;
    struct demo_chair chairs[DEMO_PERSON_COUNT];
    enum demo_person seated;
    struct day today;         /* the last day of the story */
    struct day first_on;      /* the day the shop opened */
    int64_t done, total;      /* for the progress */
    struct vin_facts *models; /* DEMO_MODELS of them: the vehicles there are */
};
#define DEMO_MODELS 400

/* ---- draws ---- */

/* 0 to limit - 1. */
size_t demo_below(const struct demo *d, uint64_t subject, uint64_t n, size_t limit);
/* True in so many of a hundred cases. */
bool demo_chance(const struct demo *d, uint64_t subject, uint64_t n, unsigned percent);

/* Subjects: a kind in the high bits, a number below. */
#define DEMO_SUBJECT(kind, number) (((uint64_t)(kind) << 48) | (uint64_t)(number))
enum { DEMO_OF_CUSTOMER = 1, DEMO_OF_VEHICLE, DEMO_OF_VISIT, DEMO_OF_MODEL, DEMO_OF_EVENING };

/* ---- the story's machinery (demo.c) ---- */

/* Somebody takes the keyboard; an operation goes through the door. */
void demo_seat(struct demo *d, enum demo_person person);
status demo_call(struct demo *d, enum demo_person person, const struct op *op, const void *in,
                 void *out) MUST_USE;
status demo_call_json(struct demo *d, enum demo_person person, const struct op *op,
                      const char *json, void *out) MUST_USE;
/* A row with its initial values, as a form opens. */
void demo_init(struct demo *d, const struct op *op, void *in);
/* Runs it inside one transaction of its own. */
status demo_in_transaction(struct demo *d, status (*work)(struct demo *d)) MUST_USE;
/* Counts one more step; ERR_CANCELLED when the person wants to stop. */
status demo_step(struct demo *d, int64_t steps) MUST_USE;
bool demo_is_workday(struct day day); /* Monday to Saturday */
/* Whoever acts has just shown the password. */
status demo_confirm(struct demo *d) MUST_USE;

/* ---- the catalog (demo_catalog.c) ---- */

status demo_fill_parts(struct demo *d) MUST_USE;
status demo_fill_canned_jobs(struct demo *d) MUST_USE;

/* ---- the shelf (demo_stock.c) ---- */

/* Fills in what the list of parts leaves out: sold whole, tire size. */
void demo_describe_part(struct demo *d, struct part_entry *part);
/* Orders what is short; but for the last days of the story it comes at once. */
status demo_restock(struct demo *d) MUST_USE;
/* Pulls what is there for an order's authorized jobs. */
status demo_pull(struct demo *d, struct order_id id) MUST_USE;
/* What finished jobs sold: the numbers of tires are written down, cores are left with the shop. */
status demo_tidy_parts(struct demo *d, enum demo_person writer, const struct order *order) MUST_USE;

/* ---- vendors (demo_vendor.c) ---- */

/* Whom to call, and by when they want to be paid. */
status demo_describe_vendors(struct demo *d) MUST_USE;
/* Bills for what came, checks for what is due, old cores on their way back. */
status demo_pay_vendors(struct demo *d) MUST_USE;
/* The customer leaves the old part at once, as nearly everybody does. */
status demo_waive_core(struct demo *d, enum demo_person writer,
                       const struct order_line *line) MUST_USE;

/* ---- people and vehicles (demo_people.c) ---- */

/* Customer and vehicle number n of the shop, from 0; texts are in the session's arena. */
void demo_make_customer(struct demo *d, int64_t n, struct customer_entry *ret);
bool demo_is_fleet(struct demo *d, int64_t n);
void demo_make_vehicle(struct demo *d, int64_t n, struct vehicle_entry *ret);
const struct vin_facts *demo_model_of(const struct demo *d, int64_t n);
int64_t demo_customers(const struct demo *d);

/* ---- the till (demo_till.c) ---- */

status demo_open_till(struct demo *d) MUST_USE; /* with its float */
/* Counts, brings what lies above the float to the bank, closes the day. */
status demo_close_day(struct demo *d) MUST_USE;

/* ---- what is done once or a few times (demo_trade.c) ---- */

status demo_set_rules(struct demo *d) MUST_USE; /* before the year */
status demo_trade(struct demo *d) MUST_USE;     /* on its last evening */

/* ---- the year (demo_year.c), the many (demo_many.c) ---- */

status demo_fill_year(struct demo *d) MUST_USE;
/* Customers and their vehicles beyond those of the story. */
status demo_fill_many(struct demo *d) MUST_USE;

#define DEMO_STORY_MAX 2000 /* customers who have a story */

#endif
