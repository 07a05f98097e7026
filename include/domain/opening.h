/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_OPENING_H
#define PITLANE_DOMAIN_OPENING_H

/* Opening a new shop, and how any shop's file is opened. */

#include "domain/session.h"

/* What store_open needs to know of a shop's file: schema, version, tables without history. */
struct store_options shop_store_options(bool create);

/* A new shop: settings row, roles, chart of accounts, numbers, standard labor rate and first admin.
 */
struct shop_opening {
    const char *name, *street, *city, *state, *zip, *phone, *zone;
    struct rate tax_rate;
    struct money labor_rate;
    const char *admin_name, *admin_login, *admin_password;
    bool demo;
};
extern const struct shape shop_opening_shape;
status shop_open_new(struct session *s, const struct shop_opening *opening) MUST_USE;

#endif
