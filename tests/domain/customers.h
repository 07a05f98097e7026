/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_DOMAIN_CUSTOMERS_H
#define PITLANE_TESTS_DOMAIN_CUSTOMERS_H

/* Customers, vehicles and orders that tests of several nouns are given. */

#include "shop.h"

#include "domain/customer.h"

static inline struct customer_id given_customer(struct shop_test *t, const char *json)
{
    struct customer out;

    expect_ok(t, &customer_add_op, input_json(t, &customer_add_op, json), &out);
    return out.id;
}

static inline struct customer customer_of(struct shop_test *t, struct customer_id id)
{
    const struct customer_key key = {id};
    struct customer out;

    expect_ok(t, &customer_show_op, &key, &out);
    return out;
}

/* The form as it opens: filled with what is stored. */
static inline struct customer_entry form_of(struct shop_test *t, struct customer_id id)
{
    const struct customer customer = customer_of(t, id);
    struct customer_entry entry = {.customer = id};

    shape_tidy(customer_edit_op.in, &entry);
    shape_transfer(&customer_shape, &customer, customer_edit_op.in, &entry);
    return entry;
}

#define MARIA                                                                                      \
    "{\"first_name\":\"Maria\",\"last_name\":\"Delgado\",\"phone\":\"619 555 0142\","              \
    "\"email\":\"maria@example.com\",\"street\":\"12 Harbor Dr\",\"city\":\"San Diego\","          \
    "\"state\":\"CA\",\"zip\":\"92101\"}"
#define FLEET                                                                                      \
    "{\"first_name\":\"Jo\",\"last_name\":\"Ames\",\"company\":\"Delano Fleet\","                  \
    "\"phone\":\"(619) 555-0188\",\"terms_days\":30}"

#endif
