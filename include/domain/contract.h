/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CONTRACT_H
#define PITLANE_DOMAIN_CONTRACT_H

/* What was agreed with a customer: a part, or all parts of a category, at a fixed price or so much
 * off the list price, from one day to another. It goes before every matrix. Of one part or category
 * a customer has one agreement a day; one of the part goes before one of its category. */

#include "domain/matrix.h"

struct contract {
    struct contract_id id;
    struct customer_id customer;
    const char *customer_name;
    struct part_id part; /* or category */
    const char *sku, *category;
    struct money price;           /* NUMBER_NONE: percent off */
    struct rate off_ppm;          /* NUMBER_NONE: fixed */
    struct day from_on, until_on; /* both included; none: no limit */
    int64_t revision;
};

/* What contract.add (contract and revision 0) and contract.edit take. */
struct contract_entry {
    struct contract_id contract;
    struct customer_id customer;
    struct part_id part;
    const char *category;
    struct money price;
    struct rate off_ppm;
    struct day from_on, until_on;
    int64_t revision;
};
struct contract_key {
    struct contract_id contract;
};
struct contract_list {
    struct list_query query;
    struct customer_id customer; /* 0: of all */
    bool ended;                  /* these too */
};

/* Today's agreement: one look-up by index. A percentage off a list price that is not known is
 * none. */
status contract_find_price(struct session *s, const struct matrix_question *question,
                           struct matrix_price *ret, bool *ret_found) MUST_USE;

extern const struct op contract_list_op, contract_show_op, contract_add_op, contract_edit_op,
    contract_remove_op;

#endif
