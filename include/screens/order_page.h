/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_ORDER_PAGE_H
#define PITLANE_SCREENS_ORDER_PAGE_H

/* The screens a car goes through: the page of its repair order, the invoice made from it, and the
 * money taken for it. */

#include "screens/desk.h"

/* The repair order: jobs, lines, answers of the customer, work, invoice. */
void order_page_open(struct desk *desk, struct order_id order);
bool order_page_subject(struct view *view, struct subject *ret_subject);

/* An invoice as it was posted, with its payments. */
void credit_page_open(struct desk *desk, struct invoice_id invoice); /* a credit memo on it */
void credit_page_open_any(struct desk *desk);                        /* asks for the invoice */
void invoice_page_open(struct desk *desk, struct invoice_id invoice);
bool invoice_page_subject(struct view *view, struct subject *ret_subject);

/* Takes money for an invoice, over the present view. `paid` (may be NULL) is told after money was
 * taken. */
void payment_dialog_open(struct desk *desk, struct invoice_id invoice,
                         void (*paid)(struct view *asker));
/* For an invoice made a moment ago: leaving it unpaid is said, and after a sale over the counter
 * (`is_sale`) asked. */
void payment_dialog_open_posted(struct desk *desk, struct invoice_id invoice, bool is_sale);

#endif
