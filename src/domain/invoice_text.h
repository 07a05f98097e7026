/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_INVOICE_TEXT_H
#define PITLANE_DOMAIN_INVOICE_TEXT_H

/* The texts an invoice freezes when it is posted. */

#include "domain/order.h"

/* What order, customer and shop have to say about billing. */
struct billing {
    struct invoice_id invoice; /* the one there is already */
    enum order_state state;
    int64_t terms_days;
    bool tax_exempt;
    const char *exempt_certificate, *exempt_kind;
    struct day exempt_until_on;
    const char *invoice_terms, *warranty_text, *supplies_text;
};

/* Name, VIN, plate and color, one a line. */
const char *vehicle_text(struct session *s, const struct order *order);
/* When it is to be paid, then what the shop prints on every invoice. */
const char *terms_text(struct session *s, const struct order *order, const struct billing *billing);
/* Why no tax was charged; "" when it was. An exemption that has run out is none. */
const char *exempt_text(struct session *s, const struct billing *billing);
/* How the work was authorized, one line an answer: method, person, number called, when, by whom,
 * what it added and the new total (California: 16 CCR 3353, 3356). */
const char *authorized_text(struct session *s, const struct order *order);
/* Under a drawn signature: "Maria Delgado, 24 Nov 2026 10:12, code 4KX-92". */
const char *signature_text(struct session *s, const struct order_authorization *authorization);

#endif
