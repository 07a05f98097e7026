/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_INVOICE_INNER_H
#define PITLANE_DOMAIN_INVOICE_INNER_H

/* What the files of invoices and payments share. */

#include "domain/list.h"
#include "order_inner.h"

extern const struct shape invoice_line_shape;    /* of struct invoice_line */
extern const struct shape invoice_tax_shape;     /* of struct invoice_tax */
extern const struct shape invoice_payment_shape; /* of struct invoice_payment */

/* The keys by which the list of invoices finds one; order 0: it has none. */
status invoice_index(struct session *s, struct invoice_id id, struct order_id order,
                     const char *customer_name) MUST_USE;

/* The jobs an invoice takes. */
struct invoice_part {
    bool *chosen;               /* of each job */
    bool is_whole;              /* all of the order at once */
    bool is_billed;             /* there are invoices of it already … */
    struct order_billed billed; /* … which come to this */
};
/* `jobs`: their numbers, "" for all that were not declined or deferred. INVALID names `jobs`. */
status invoice_choose(struct session *s, const struct order *order, const char *jobs,
                      struct invoice_part *ret) MUST_USE;
bool invoice_takes(const struct order_job *job); /* not declined or deferred */

/* The deposit of one core line, with the tax charged on it. */
status invoice_write_core(struct session *s, const struct order *order, struct invoice_id invoice,
                          struct invoice_line_id id, const struct order_line *line) MUST_USE;

/* Everything that counts in `paid`, and the day it is in the books: columns invoice, amount, day. A
 * further way to settle an invoice is a further branch here: what was owed on a past day, and the
 * proof of `paid`, are computed from it. */
#define SQL_SETTLED                                                                                \
    "SELECT invoice, amount, applied_on AS day FROM payment_application\n"                         \
    "UNION ALL\n"                                                                                  \
    "SELECT w.invoice, w.amount, e.posted_on\n"                                                    \
    "FROM invoice_write_off w JOIN entry e ON e.id = w.entry\n"                                    \
    "UNION ALL\n"                                                                                  \
    "SELECT invoice, applied, issued_on FROM credit_memo WHERE applied <> 0\n"

/* What the invoices of order :order make of it: paid, on account, or posted and due. */
#define SQL_ORDER_STATE                                                                            \
    "(SELECT CASE WHEN sum(i.total - i.paid) = 0 THEN 'paid'\n"                                    \
    "             WHEN max(i.paid < i.total AND i.due_on > i.posted_on) = 1 THEN 'receivable'\n"   \
    "             ELSE 'posted' END\n"                                                             \
    " FROM invoice AS i WHERE i.repair_order = :order AND i.state = 'posted')"

/* Nothing is due on a void one. */
#define SQL_BALANCE "CASE i.state WHEN 'void' THEN 0 ELSE i.total - i.paid END AS balance"

/* Overdue is said before partially paid: it is what somebody has to act on. */
#define SQL_STATUS                                                                                 \
    "CASE WHEN i.state = 'void' THEN 'void'\n"                                                     \
    "     WHEN i.paid = i.total THEN 'paid'\n"                                                     \
    "     WHEN i.due_on < :today THEN 'overdue'\n"                                                 \
    "     WHEN i.paid > 0 THEN 'part_paid'\n"                                                      \
    "     ELSE 'unpaid' END AS status"

/* For `owns`: the input begins with the invoice's number. */
status invoice_owns(struct session *s, const void *input, bool *ret_own) MUST_USE;

#endif
