/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_TERMS_H
#define PITLANE_DOMAIN_TERMS_H

/* The shop's legal texts by version: terms of estimates, what customers consent to, terms of
 * invoices, the warranty. The settings hold today's; every wording that was ever agreed to or
 * printed stays here, and authorizations and invoices keep which one it was. */

#include "domain/op.h"

enum terms_kind { TERMS_ESTIMATE, TERMS_CONSENT, TERMS_INVOICE, TERMS_WARRANTY, TERMS_KIND_COUNT };
extern const struct choices terms_kind_choices;

struct terms_version {
    struct terms_id id;
    enum terms_kind kind;
    int64_t number; /* from 1 within its kind */
    const char *text;
    struct instant made_at;
    const char *user_name;
};

/* The version of today's text: made when there is none yet. 0 for an empty text. Only while
 * writing. */
status terms_current(struct session *s, enum terms_kind kind, struct terms_id *ret) MUST_USE;
/* Makes versions of whatever texts the settings have that have none. */
status terms_keep(struct session *s) MUST_USE;
/* The terms and warranty an invoice was posted with; "" none: "Invoice terms 2, warranty 1". */
status terms_keep_invoice(struct session *s, struct invoice_id invoice) MUST_USE;
status terms_of_invoice(struct session *s, struct invoice_id invoice, const char **ret) MUST_USE;

extern const struct op terms_list_op; /* terms.list, newest first; filter `kind` */
extern const struct op terms_show_op; /* terms.show: one wording in full */

#endif
