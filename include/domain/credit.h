/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CREDIT_H
#define PITLANE_DOMAIN_CREDIT_H

/* Credit memos: what is taken back of a posted invoice, line by line, with its tax at the rate it
 * was charged at. The invoice stays as it is; crediting all of it gives back exactly its total. Of
 * a gift certificate sold only what is not used goes back, and the certificate is worth that less.
 */

#include "domain/invoice.h"

/* What becomes of the part: it stays with the customer, is put back on the shelf, or came back and
 * is thrown away. Of a core: restock, the old part came. */
enum credit_back { CREDIT_KEPT, CREDIT_RESTOCK, CREDIT_SCRAP };
extern const struct choices credit_back_choices;
/* What becomes of the amount once its invoice is settled: the customer's credit, which can be
 * applied or paid out; or store credit at once. */
enum credit_rest { REST_CREDIT, REST_STORE_CREDIT };

struct credit_line {
    struct invoice_line_id line; /* of the invoice */
    enum line_kind kind;
    const char *description, *sku;
    struct qty quantity;
    enum credit_back back;
    struct money net;
    struct money cost; /* what it cost and costs no more; right costs:view */
};
struct credit {
    struct credit_id id;
    struct invoice_id invoice;
    struct order_id order;
    struct customer_id customer;
    const char *customer_name, *bill_to, *vehicle_text;
    struct day issued_on;
    struct instant issued_at;
    const char *issued_by, *reason;
    struct rows lines; /* of struct credit_line */
    struct rows taxes; /* of struct invoice_tax */
    struct money labor, parts, sublet, fees, supplies, tax, total;
    struct money applied;      /* on its invoice; the rest is credit … */
    struct payment_id payment; /* … in this payment */
    struct money credit;
    const char *certificate;         /* number of the store credit it was given as; "" as credit */
    struct money cost;               /* what it cost and costs no more; right costs:view */
    struct letterhead_id letterhead; /* it was printed with */
};
extern const struct shape credit_shape;

struct credit_row {
    struct credit_id id;
    struct invoice_id invoice;
    const char *customer_name, *reason;
    struct day issued_on;
    struct money total, applied, credit;
};

/* What can be credited of an invoice yet. */
struct credit_left_line {
    struct invoice_line_id id;
    enum line_kind kind;
    const char *description, *sku;
    struct qty sold, quantity; /* quantity: left */
    struct money net;          /* of what is left */
    bool is_stock;             /* can go back on the shelf */
};
struct credit_left {
    struct invoice_id invoice;
    struct rows lines; /* of struct credit_left_line: those of which something is left */
    struct money supplies;
};

/* Inputs of the operations. */
struct credit_line_input {
    struct invoice_line_id line;
    struct qty quantity; /* NUMBER_NONE: all that is left */
    enum credit_back back;
};
struct credit_issue {
    struct invoice_id invoice;
    bool all;              /* all that is left, instead of lines */
    enum credit_back back; /* with all: of every part */
    struct rows lines;     /* of struct credit_line_input */
    struct money supplies;
    enum credit_rest rest;
    const char *reason;
};
struct credit_key {
    struct credit_id credit;
};
struct credit_search {
    struct list_query query; /* newest first */
    struct customer_id customer;
    struct invoice_id invoice;
    struct day from_on, to_on;
};

status credit_get(struct session *s, struct credit_id id, struct credit *ret) MUST_USE;

/* credit.issue, credit.show, credit.search (list of credit_row), credit.left (invoice_query →
 * credit_left) */
extern const struct op credit_issue_op, credit_show_op, credit_search_op, credit_left_op;

#endif
