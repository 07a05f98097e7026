/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_DOCUMENT_H
#define PITLANE_DOMAIN_DOCUMENT_H

/* Which documents left the house: saved, printed, or waiting to be mailed. Making them is print's.
 */

#include "domain/op.h"

enum document_kind {
    DOCUMENT_ESTIMATE,
    DOCUMENT_WORK_ORDER,
    DOCUMENT_INVOICE,
    DOCUMENT_RECEIPT,
    DOCUMENT_HISTORY,
    DOCUMENT_LABELS,     /* made from a list of parts (print/label.h): subject says how many */
    DOCUMENT_USAGE,      /* subject: a month as 202611, a day as 20261124, a year as 2026 */
    DOCUMENT_COUNT,      /* of a count sheet */
    DOCUMENT_PURCHASE,   /* an order to a vendor */
    DOCUMENT_CHECK,      /* a payment to a vendor: the check, or its remittance alone */
    DOCUMENT_CLAIM,      /* what goes back to a vendor */
    DOCUMENT_PAYMENT,    /* the receipt of a payment or a refund */
    DOCUMENT_DAY,        /* the Z report of a closed day */
    DOCUMENT_GIFT,       /* a gift certificate or store credit */
    DOCUMENT_STATEMENT,  /* of a customer: what is open */
    DOCUMENT_STATEMENTS, /* of all who owe; subject: as of this day, 20261124 */
    DOCUMENT_CREDIT,     /* a credit memo */
    DOCUMENT_KIND_COUNT
};
enum document_sent { DOCUMENT_SAVED, DOCUMENT_PRINTED, DOCUMENT_QUEUED };
extern const struct choices document_kind_choices, document_sent_choices;

struct document {
    struct document_id id;
    enum document_kind kind;
    int64_t subject; /* order, invoice or vehicle */
    enum document_sent sent;
    const char *target; /* path, print queue or e-mail address */
    struct instant at;
    const char *user_name;
};

extern const struct op
    document_record_op;                  /* in: kind, subject, sent, target; out: struct document */
extern const struct op document_list_op; /* list; filters kind, subject, sent */

#endif
