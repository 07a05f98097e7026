/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Customers with all that an import takes in, under the names it knows: who pays on which terms, up
 * to what, at which labor rate, and who is exempt until when. */

#include "customer_inner.h"
#include "domain/list.h"

struct customer_exported {
    const char *external_number; /* or the shop's own, so that vehicles find their owner again */
    const char *first_name, *last_name, *company, *phone, *email;
    const char *street, *city, *state, *zip, *referral;
    bool tax_exempt;
    const char *exempt_certificate, *exempt_kind;
    struct day exempt_until_on;
    int64_t terms_days;
    struct money credit_limit;
    const char *hold_reason, *rate_class, *authorized_person, *authorized_phone;
    struct day last_visit_on;
    const char *note;
};

/* clang-format off */
static const struct field list_fields[] = {
    LIST_FIELDS(struct customer_search, query),
    FIELD(struct customer_search, archived, .help = "Archived customers, too"),
};
static const struct field row_fields[] = {
    FIELD(struct customer_exported, external_number, .flags = FIELD_NUMBERS_OK),
    FIELD(struct customer_exported, first_name),
    FIELD(struct customer_exported, last_name),
    FIELD(struct customer_exported, company),
    FIELD(struct customer_exported, phone),
    FIELD(struct customer_exported, email),
    FIELD(struct customer_exported, street),
    FIELD(struct customer_exported, city),
    FIELD(struct customer_exported, state),
    FIELD(struct customer_exported, zip),
    FIELD(struct customer_exported, referral),
    FIELD(struct customer_exported, tax_exempt),
    FIELD(struct customer_exported, exempt_certificate, .flags = FIELD_NUMBERS_OK),
    FIELD(struct customer_exported, exempt_kind),
    FIELD(struct customer_exported, exempt_until_on),
    FIELD(struct customer_exported, terms_days),
    FIELD(struct customer_exported, credit_limit, .flags = FIELD_OPTIONAL),
    FIELD(struct customer_exported, hold_reason, .label = "On hold: why", .right = RIGHT_NOTES_VIEW),
    FIELD(struct customer_exported, rate_class, .label = "Labor rate"),
    FIELD(struct customer_exported, authorized_person),
    FIELD(struct customer_exported, authorized_phone),
    FIELD(struct customer_exported, last_visit_on),
    FIELD(struct customer_exported, note, .right = RIGHT_NOTES_VIEW),
};

#define ADDRESS(column_)                                                                           \
    "(SELECT " column_ " FROM address WHERE customer = c.id ORDER BY position LIMIT 1) AS " column_
static const struct list_sort sorts[] = {{"external_number", "c.external_number", true}};
static const struct list_source source = {
    .select = "CASE WHEN c.external_number <> '' THEN c.external_number\n"
              "  ELSE CAST(c.id AS TEXT) END AS external_number,\n"
              "  c.first_name AS first_name, c.last_name AS last_name, c.company AS company,\n"
              "  (SELECT number FROM phone WHERE customer = c.id ORDER BY position LIMIT 1) AS phone,\n"
              "  c.email AS email, " ADDRESS("street") ", " ADDRESS("city") ",\n"
              "  " ADDRESS("state") ", " ADDRESS("zip") ", c.referral AS referral,\n"
              "  c.tax_exempt AS tax_exempt, c.exempt_certificate AS exempt_certificate,\n"
              "  c.exempt_kind AS exempt_kind, c.exempt_until_on AS exempt_until_on,\n"
              "  c.terms_days AS terms_days, c.credit_limit AS credit_limit,\n"
              "  c.hold_reason AS hold_reason, ifnull(r.name, '') AS rate_class,\n"
              "  c.authorized_person AS authorized_person, c.authorized_phone AS authorized_phone,\n"
              "  c.last_visit_on AS last_visit_on, c.note AS note",
    .from = "customer AS c LEFT JOIN rate_class AS r ON r.id = c.rate_class",
    .where = "c.merged_into IS NULL AND (:archived OR c.archived_at IS NULL)\n"
             "AND (:own = 0 OR c.id = :own_customer)",
    .id = "c.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    .lookup = "customer",
};
/* clang-format on */

static status export(struct session *s, const void *in, void *out)
{
    return list_run(s, &source, &customer_export_op, in, out);
}

const struct op customer_export_op = {
    .name = "customer.export",
    .says = "List customers with all that an import takes in: terms, limits, exemptions",
    .title = "Customers for an import",
    .right = RIGHT_DATA_EXPORT,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct customer_search, list_fields),
    .out = SHAPE(struct customer_exported, row_fields),
    .run = export,
};
