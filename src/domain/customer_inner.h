/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CUSTOMER_INNER_H
#define PITLANE_DOMAIN_CUSTOMER_INNER_H

/* What the files of the noun customer share. */

#include "domain/customer.h"
#include "domain/list.h"
#include "record.h"

extern const struct shape found_row_shape;
/* What the counter's box asks, NULL-ended, for the test that explains it. */
extern const char *const customer_find_texts[];

/* What customers:view with scope own means in SQL, for a query in which `c` is the customer's id
 * column: the one who signed in, or one whose vehicle a technician works on. */
#define CUSTOMER_OWN_SQL(c)                                                                        \
    "(:own = 0 OR " c " = :own_customer OR EXISTS (\n"                                             \
    "  SELECT 1 FROM repair_order AS own_order\n"                                                  \
    "  JOIN job AS own_job ON own_job.repair_order = own_order.id\n"                               \
    "  WHERE own_order.customer = " c " AND own_job.technician = :own_user))"

/* What is past due of a customer's open invoices, and since when: read from their index alone. */
#define SQL_OVERDUE_OF(what, c)                                                                    \
    "(SELECT " what " FROM invoice AS late\n"                                                      \
    "   WHERE late.customer = " c " AND late.paid < late.total AND late.state = 'posted'\n"        \
    "   AND late.due_on < :today)"
#define SQL_OVERDUE(c)       SQL_OVERDUE_OF("ifnull(sum(late.total - late.paid), 0)", c)
#define SQL_OVERDUE_SINCE(c) SQL_OVERDUE_OF("min(late.due_on)", c)

status customer_key_owns(struct session *s, const void *in, bool *ret_own) MUST_USE;

/* Writes the keys by which the counter finds this customer: from its row, its phones and the
 * records merged into it. */
status customer_index(struct session *s, struct customer_id id) MUST_USE;
/* The customer's orders, invoices and payments are found by this name too. The name they were
 * written under still leads to them: it stands on the papers. */
status customer_index_papers(struct session *s, struct customer_id id, const char *name) MUST_USE;
/* These keys, of rows of struct customer (as far as names go) and of struct phone. */
void customer_keys(struct session *s, const struct rows *names, const struct rows *phones,
                   struct lookup_keys *ret);
/* "Delgado, Maria"; a company stands under its own name; "" for nobody. */
const char *customer_sorted_name(struct session *s, const struct customer_entry *in);
/* What customer.add takes for an address of mail, and for a ZIP code (or ""). */
bool customer_is_email(const char *text);
bool customer_is_zip(const char *text);
/* Writes the row of a checked entry, without phones, addresses and keys. */
status customer_insert(struct session *s, const struct customer_entry *entry,
                       struct customer_id *ret_id) MUST_USE;

/* The rows as they will be: those given, with the main phone and address of the form. */
status customer_take_rows(struct session *s, const struct customer_entry *in,
                          const struct customer *stored, struct rows *ret_phones,
                          struct rows *ret_addresses) MUST_USE;
/* Writes what differs from what is stored, and the keys. */
status customer_put_rows(struct session *s, struct customer_id id, const struct customer *stored,
                         const struct rows *phones, const struct rows *addresses) MUST_USE;
/* Replaces the phones or addresses. */
status customer_put_phones(struct session *s, struct customer_id id,
                           const struct rows *phones) MUST_USE;
status customer_put_addresses(struct session *s, struct customer_id id,
                              const struct rows *addresses) MUST_USE;

/* The same for one who has none yet. */
status customer_insert_phones(struct session *s, struct customer_id id,
                              const struct rows *phones) MUST_USE;
status customer_insert_addresses(struct session *s, struct customer_id id,
                                 const struct rows *addresses) MUST_USE;

status customer_add(struct session *s, const void *in, void *out) MUST_USE;
status customer_edit(struct session *s, const void *in, void *out) MUST_USE;
status customer_archive(struct session *s, const void *in, void *out) MUST_USE;
status customer_restore(struct session *s, const void *in, void *out) MUST_USE;
status customer_merge_run(struct session *s, const void *in, void *out) MUST_USE;
status customer_find_run(struct session *s, const void *in, void *out) MUST_USE;
status contact_add(struct session *s, const void *in, void *out) MUST_USE;

#endif
