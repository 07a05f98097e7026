/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_PRINT_PAPERS_H
#define PITLANE_PRINT_PAPERS_H

/* The papers: each reads its record through the door and fills a sheet. */

#include "domain/letterhead.h"
#include "domain/order.h"
#include "domain/profile.h"
#include "domain/setting.h"
#include "sheet.h"

/* What every paper starts from. */
struct printing {
    struct session *s;
    struct shop shop;       /* as it is today */
    struct letterhead head; /* what the sheet has at its top */
    struct sheet sheet;
};

/* The shop's head on an empty sheet; needs the right to print. */
status paper_open(struct session *s, struct printing *ret_paper) MUST_USE;
/* The head that something posted was printed with, and the instant it was made at for the file's
 * own dates: a reprint is the first print, so no line of it tells when it was made. */
status paper_posted(struct printing *paper, struct letterhead_id head, struct instant at) MUST_USE;
status paper_estimate(struct printing *paper, int64_t order) MUST_USE;
status paper_work_order(struct printing *paper, int64_t order) MUST_USE;
status paper_invoice(struct printing *paper, int64_t invoice) MUST_USE;
status paper_receipt(struct printing *paper, int64_t invoice) MUST_USE;
status paper_count(struct printing *paper, int64_t count) MUST_USE;
status paper_purchase(struct printing *paper, int64_t purchase) MUST_USE;
status paper_check(struct printing *paper, int64_t payment) MUST_USE;
status paper_claim(struct printing *paper, int64_t claim) MUST_USE;
status paper_payment(struct printing *paper, int64_t payment) MUST_USE;
status paper_credit(struct printing *paper, int64_t credit) MUST_USE;
status paper_closed_day(struct printing *paper, int64_t closed_day) MUST_USE;
status paper_statement(struct printing *paper, int64_t customer) MUST_USE;
/* Of everybody who owes, a sheet each, as of a day such as 20261124. */
status paper_statements(struct printing *paper, int64_t day) MUST_USE;
status paper_gift(struct printing *paper, int64_t certificate) MUST_USE;
status paper_history(struct printing *paper, int64_t vehicle) MUST_USE;
status paper_usage(struct printing *paper, int64_t period) MUST_USE;

/* Calls a show operation for the record with this number. */
status paper_read(struct printing *paper, const struct op *op, int64_t id, void *out) MUST_USE;

/* Texts in the sheet's arena. */
const char *paper_money(struct printing *paper, struct money amount);
const char *paper_qty(struct printing *paper, struct qty quantity);
const char *paper_printf(struct printing *paper, const char *format, ...) PRINTF_LIKE(2, 3);
const char *paper_day(struct printing *paper, struct day day); /* "" for none */
/* By the clock of the sheet's head; "" for none. */
const char *paper_instant(struct printing *paper, struct instant at);
const char *paper_created(struct printing *paper, struct instant at); /* for sheet.created */
/* The beginning of a paper that is none of business: no letterhead, no right to print asked for. */
struct sheet paper_of_secrets(struct session *s, const struct shop *shop, const char *title);
const char *paper_miles(struct printing *paper, int64_t miles); /* "" when never read */
/* Name and color, VIN, plate, miles: a line each, without those that are not known. */
const char *paper_vehicle(struct printing *paper, const char *name, const char *color,
                          const char *vin, const char *plate, const char *plate_state,
                          int64_t miles);
/* Adds "label: text" as a note when there is a text. */
void paper_note(struct printing *paper, struct block *table, const char *label, const char *text);
/* The table of priced work, the same on estimate and invoice: "1. Brake pads" and its amount, then
 * lines with part number, quantity, price and amount; a discount has a row of its own. */
struct paper_line {
    const char *description, *sku;
    const char *condition; /* told unless it is new, or the profile has it told each time */
    enum line_kind kind;
    struct qty quantity;
    struct money price, gross, discount;
};
/* Of an order's line or an invoice's; of a job that somebody else `pays` no price is told. */
#define PAPER_LINE(line, pays)                                                                     \
    (&(const struct paper_line){                                                                   \
        .description = (line).description,                                                         \
        .sku = (line).sku,                                                                         \
        .condition = (line).condition,                                                             \
        .kind = (line).kind,                                                                       \
        .quantity = (line).quantity,                                                               \
        .price = (pays) == PAY_CUSTOMER ? (line).price : MONEY_ZERO,                               \
        .gross = (line).gross,                                                                     \
        .discount = (line).discount,                                                               \
    })
/* "2.5 h" of labor, "2" of all else. */
const char *paper_amount_of(struct printing *paper, enum line_kind kind, struct qty quantity);
struct block *paper_priced_table(struct printing *paper);
void paper_priced_head(struct printing *paper, struct block *table, const char *title,
                       struct money amount);
/* The head of a job that the customer does not pay for says so. */
const char *paper_job_title(struct printing *paper, int64_t position, const char *title,
                            enum job_pay pay);
void paper_priced_line(struct printing *paper, struct block *table, enum profile profile,
                       const struct paper_line *line);
/* Class totals, after discounts. */
struct paper_sums {
    enum profile profile; /* says how they are named */
    bool no_work;         /* there is neither labor nor parts in it, and nothing to break down */
    struct money labor, parts, sublet, fees, supplies, discount;
};
/* A block of totals that begins with the classes; those of 0 are left out, but labor and parts.
 * `room` is how many lines the caller adds. */
struct block *paper_totals(struct printing *paper, const struct paper_sums *sums, size_t room);
/* Below the discounts, which it is a part of. */
void paper_coupon(struct printing *paper, struct block *totals, const char *code, const char *title,
                  struct money amount);
/* Nothing for what was not taxed there. */
void paper_tax(struct printing *paper, struct block *totals, const char *name, struct rate rate,
               struct money base, struct money amount);
/* A text the profile has printed, under its state and source; nothing when it has none. */
void paper_law(struct printing *paper, enum profile profile, enum law_rule rule);
/* "Maria D., phone +1…, 24 Nov 2026 10:12, code 4KX-92: 652.35", a line each. */
const char *paper_authorizations(struct printing *paper, const struct order *order);

/* print.c: to a CUPS queue, "" for the system's; by memory alone, nothing of it lies on the disk.
 */
status print_bytes(struct session *s, const struct buf *bytes, const char *queue, int64_t copies,
                   const char *title) MUST_USE;

#endif
