/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CREDIT_INNER_H
#define PITLANE_DOMAIN_CREDIT_INNER_H

/* What the files of credit memos share. */

#include "domain/claim.h"
#include "domain/credit.h"
#include "domain/explain.h"

/* Is it of whoever asks? An input that begins with a struct credit_id. */
status credit_key_owns(struct session *s, const void *input, bool *ret_own) MUST_USE;

/* A line of the invoice, with what earlier memos had of it. */
struct creditable {
    struct invoice_line_id id;
    enum line_kind kind;
    const char *description, *sku;
    struct part_id part;
    struct account_id account; /* of a charge */
    enum job_pay pay;
    bool taxable;
    struct qty quantity;          /* sold */
    struct money net, cost;       /* of all of it */
    struct qty gone;              /* credited before */
    struct money gone_net;        /* likewise */
    struct customer_core_id core; /* of a core line */
    enum customer_core_state core_state;
};
/* Rows of struct creditable, in the order of the invoice. */
status credit_lines_of(struct session *s, struct invoice_id id, struct rows *ret) MUST_USE;

/* A core whose charge went back already, by itself or by a memo. */
bool credit_core_is_gone(const struct creditable *line);

/* One line of a memo on its way. */
struct crediting_line {
    const struct creditable *of;
    struct qty quantity;
    enum credit_back back;
    struct money net, cost;
};
struct crediting {
    struct invoice invoice;
    struct rows all; /* of struct creditable */
    struct crediting_line *lines;
    size_t count;
    struct money supplies, gone_supplies;
    struct gift_certificate_id gift;         /* that the invoice sold; 0: none */
    struct money gift_left;                  /* not used of it */
    struct gift_certificate_id store_credit; /* that the rest was given as; 0: none */
    struct credit_id id;
    struct day issued_on;
    struct entry_id entry;
    struct invoice_tax *taxes; /* of this memo, one for each of the invoice's */
    size_t tax_count;
    struct money labor, parts, sublet, fees, tax, total;
    struct money cost;          /* by which the cost of the invoice goes down … */
    struct money shelf, recost; /* … and what of it went back on the shelf */
    struct money applied;
    struct payment_id payment;
};
/* Gives every jurisdiction its share: what the rate makes of all that is credited by now, less what
 * went back before. */
status credit_work_out_taxes(struct session *s, struct crediting *crediting) MUST_USE;
/* Parts back on the shelf, cores settled, then the entry. */
status credit_post(struct session *s, struct crediting *crediting, const char *reason) MUST_USE;

#endif
