/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_SETTING_H
#define PITLANE_DOMAIN_SETTING_H

/* The shop's own settings and its taxing jurisdictions. */

#include "domain/op.h"
#include "domain/price.h"
#include "domain/profile.h"

enum paper { PAPER_LETTER, PAPER_A4 };
extern const struct choices paper_choices;

/* Members are the columns of the table shop. */
struct shop {
    const char *name, *street, *city, *state, *zip, *phone, *email, *website, *zone;
    enum profile profile;
    const char *registration, *epa_id, *logo;
    enum paper paper;
    const char *printer, *receipt_printer;
    struct rate supplies_ppm;
    enum supplies_on supplies_on;
    struct money supplies_flat, supplies_min, supplies_cap;
    bool supplies_taxable;
    const char *supplies_text;
    struct rate tolerance_ppm;
    struct money tolerance_cap;
    bool negative_stock;
    struct rate margin_floor_ppm; /* of a part's price: receiving warns below, selling asks */
    struct money drawer_limit;    /* a count over or short by more says why */
    bool gift_expires;            /* gift certificates that are sold may have an end */
    int64_t idle_lock_s, kiosk_lock_s, ssh_lock_s; /* by kind of terminal */
    int64_t reserve_mib; /* kept on the disk beside the shop's file (store_keep_reserve) */
    const char *estimate_terms, *consent_text, *invoice_terms, *warranty_text;
    bool demo;
    struct instant opened_at;
    int64_t revision;
};

struct tax {
    int64_t id;
    int64_t position;
    const char *name;
    struct rate rate;
    const char *classes; /* "part supplies" */
};
extern const struct shape tax_shape;

status shop_get(struct session *s, struct shop *ret_shop) MUST_USE;
/* A number that grows with every change of the settings: to be asked often. */
status shop_revision(struct session *s, int64_t *ret_revision) MUST_USE;
/* How long a terminal of this kind stays open without a key, in seconds. */
int64_t shop_lock_s(const struct shop *shop, enum terminal_kind kind);
status tax_list(struct session *s, struct rows *ret_taxes) MUST_USE; /* of struct tax, in order */

extern const struct op setting_show_op; /* out: struct shop */
extern const struct op setting_edit_op; /* in: struct shop, out: struct shop */
extern const struct op tax_list_op;     /* list of struct tax: tax.list */
extern const struct op
    tax_set_op; /* in: {taxes: rows of name, rate, classes} replaces all: tax.set */

#endif
