/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_INVOICE_INNER_H
#define PITLANE_DOMAIN_INVOICE_INNER_H

/* What the files of invoices and payments share. */

#include "domain/list.h"
#include "domain/order.h"

extern const struct shape invoice_payment_shape; /* of struct invoice_payment */

/* The keys by which the list of invoices finds one; order 0: it has none. */
status invoice_index(struct session *s, struct invoice_id id, struct order_id order,
                     const char *customer_name) MUST_USE;

/* The deposit of one core line, with the tax charged on it. */
status invoice_write_core(struct session *s, const struct order *order, struct invoice_id invoice,
                          const struct order_line *line) MUST_USE;

/* Everything that counts in `paid`, and the day it is in the books: columns invoice, amount, day. A
 * further way to settle an invoice is a further branch here: what was owed on a past day, and the
 * proof of `paid`, are computed from it. */
#define SQL_SETTLED                                                                                \
    "SELECT invoice, amount, applied_on AS day FROM payment_application\n"                         \
    "UNION ALL\n"                                                                                  \
    "SELECT w.invoice, w.amount, e.posted_on\n"                                                    \
    "FROM invoice_write_off w JOIN entry e ON e.id = w.entry\n"

/* Overdue is said before partially paid: it is what somebody has to act on. */
#define SQL_STATUS                                                                                 \
    "CASE WHEN i.state = 'void' THEN 'void'\n"                                                     \
    "     WHEN i.paid = i.total THEN 'paid'\n"                                                     \
    "     WHEN i.due_on < :today THEN 'overdue'\n"                                                 \
    "     WHEN i.paid > 0 THEN 'part_paid'\n"                                                      \
    "     ELSE 'unpaid' END AS status"

#endif
