/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_PAYMENT_BULK_H
#define PITLANE_SCREENS_PAYMENT_BULK_H

/* What the files of paying several invoices at once share: the open invoices of one customer, what
 * each gets, and what is left of the check meanwhile. */

#include "domain/customer.h"
#include "domain/invoice.h"
#include "domain/payment.h"
#include "inner.h"

struct owed {
    struct invoice_id id;
    const char *vehicle_name;
    enum invoice_status status;
    struct day due_on;
    struct money total, balance;
    struct money pays; /* of this payment */
};
struct payment_bulk_page {
    struct rowlist list;
    struct rowlist_type type;
    struct desk *desk;
    struct loading load; /* of struct page: the open invoices, what was due first in front */
    struct loading customer;
    struct customer_key key;
    struct owed *rows; /* in `arranged` */
    size_t count;
    struct arena arranged;
    struct money given; /* what is handed over; 0: as much as is chosen */
};

struct money payment_bulk_chosen(const struct payment_bulk_page *page);
/* Of what is handed over; below 0: more is chosen than that. 0 where nothing was said. */
struct money payment_bulk_left(const struct payment_bulk_page *page);
/* The row under the cursor, NULL for none. */
struct owed *payment_bulk_row(struct payment_bulk_page *page);
void payment_bulk_set(struct payment_bulk_page *page, struct owed *owed, struct money pays);

/* payment_bulk_ask.c: what is typed, and taking it. */
void payment_bulk_ask_amount(struct view *view, const struct action *action);
void payment_bulk_ask_share(struct view *view, const struct action *action);
void payment_bulk_ask_share_from(struct view *view, const char *typed);
void payment_bulk_oldest(struct view *view, const struct action *action);
void payment_bulk_take(struct view *view, const struct action *action);

#endif
