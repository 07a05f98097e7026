/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_PAYMENT_BULK_H
#define PITLANE_SCREENS_PAYMENT_BULK_H

/* What the files of paying several invoices at once share: the open invoices of one customer, what
 * each gets, and what is left of the check meanwhile. */

#include "amounts.h"
#include "domain/customer.h"
#include "domain/invoice.h"
#include "domain/payment.h"

struct owed {
    struct invoice_id id;
    const char *vehicle_name;
    enum invoice_status status;
    struct day due_on;
    struct money total, balance;
    struct money pays; /* of this payment */
};
struct payment_bulk_page {
    struct amounts amounts; /* of struct owed */
    struct desk *desk;
    struct loading load; /* of struct page: the open invoices, what was due first in front */
    struct loading customer;
    struct customer_key key;
    struct money given; /* what is handed over; 0: as much as is chosen */
};

struct money payment_bulk_chosen(const struct payment_bulk_page *page);
/* Of what is handed over; below 0: more is chosen than that. 0 where nothing was said. */
struct money payment_bulk_left(const struct payment_bulk_page *page);

/* payment_bulk_ask.c: what is handed over, and taking it. */
void payment_bulk_ask_amount(struct view *view, const struct action *action);
void payment_bulk_oldest(struct view *view, const struct action *action);
void payment_bulk_take(struct view *view, const struct action *action);

#endif
