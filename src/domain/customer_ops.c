/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The fields and operations of customers: what forms, lists, commands and the manual are made of.
 */

#include "customer_inner.h"
#include "domain/explain.h"
#include "record.h"

#define CUSTOMER_SHOW "customer.show"

static const struct field phone_fields[] = {
    FIELD(struct phone, kind, .choices = &phone_kind_choices),
    FIELD(struct phone, number, .label = "Number", .example = "619-555-0142",
          .flags = FIELD_PHONE | FIELD_REQUIRED, .max = 40),
    FIELD(struct phone, note, .help = "Whose number it is, or when to call", .max = 100),
};
const struct shape phone_shape = SHAPE_OF(struct phone, "phone", phone_fields);

/* The parts of an address, for the rows and for the main one. */
#define ADDRESS_FIELDS(T)                                                                          \
    FIELD(T, street, .example = "12 Harbor Dr", .max = 120), FIELD(T, city, .max = 80),            \
        FIELD(T, state, .example = "CA", .max = 40),                                               \
        FIELD(T, zip, .label = "ZIP", .help = "Five digits, or nine with a dash",                  \
              .example = "92101", .max = 12)

static const struct field address_fields[] = {
    FIELD(struct address, kind, .choices = &address_kind_choices),
    ADDRESS_FIELDS(struct address),
};
const struct shape address_shape = SHAPE_OF(struct address, "address", address_fields);

/* What people enter, the same in the record and in the forms. */
/* clang-format off */
#define CUSTOMER_FIELDS(T)                                                                         \
    FIELD(T, first_name, .label = "First name", .example = "Maria", .max = 80),                    \
    FIELD(T, last_name, .label = "Last name", .example = "Delgado", .max = 80),                    \
    FIELD(T, company, .help = "The business that owns the vehicles; the person is its contact",    \
          .example = "Delano Fleet", .max = 120),                                                  \
    FIELD(T, phone, .label = "Phone", .help = "The main number", .example = "619-555-0142",        \
          .flags = FIELD_PHONE, .max = 40),                                                        \
    FIELD(T, email, .label = "E-mail", .example = "maria@example.com", .max = 254),                \
    ADDRESS_FIELDS(T),                                                                             \
    FIELD(T, phones, .help = "Every number, the main one first", .rows = &phone_shape),            \
    FIELD(T, addresses, .help = "Every address, the main one first", .rows = &address_shape),      \
    FIELD(T, preferred_contact, .label = "Contact by", .help = "How the customer likes to be told",\
          .choices = &preferred_contact_choices),                                                  \
    FIELD(T, text_consent, .label = "Text consent",                                                \
          .help = "The customer agreed to text messages; day and person are recorded"),            \
    FIELD(T, email_consent, .label = "E-mail consent",                                             \
          .help = "The customer agreed to e-mail; day and person are recorded"),                   \
    FIELD(T, tax_exempt, .label = "Tax exempt", .help = "No tax while the certificate is valid"),  \
    FIELD(T, exempt_certificate, .label = "Certificate", .flags = FIELD_NUMBERS_OK,                \
          .help = "Number of the exemption certificate", .max = 60),                               \
    FIELD(T, exempt_kind, .label = "Exemption", .help = "Resale, government, non-profit",          \
          .example = "resale", .max = 60),                                                         \
    FIELD(T, exempt_until_on, .label = "Exempt until",                                             \
          .help = "Last day of the certificate; empty: no end"),                                   \
    FIELD(T, terms_days, .label = "Terms, days", .help = "Days to pay; 0: due at once",            \
          .high = 365),                                                                            \
    FIELD(T, rate_class, .label = "Labor rate", .picks = "labor-rate.list",                        \
          .help = "What an hour costs this customer; empty: the shop's standard"),                 \
    FIELD(T, authorized_person, .label = "May authorize", .example = "Jose Delgado", .max = 120,   \
          .help = "Whom the customer has named to authorize work as well"),                        \
    FIELD(T, authorized_phone, .label = "Their phone", .flags = FIELD_PHONE, .max = 40,            \
          .help = "The number that person is reached at"),                                         \
    FIELD(T, referral, .label = "Came by", .help = "How the customer heard of the shop",           \
          .max = 120),                                                                             \
    FIELD(T, note, .help = "For the shop, never printed", .flags = FIELD_MANY_LINES,               \
          .right = RIGHT_NOTES_VIEW),                                                              \
    FIELD(T, external_number, .label = "Old number", .flags = FIELD_NUMBERS_OK,                    \
          .help = "The customer's number in the system you used before", .max = 60)
/* clang-format on */

static const struct field customer_fields[] = {
    FIELD(struct customer, id, .label = "Customer", .flags = FIELD_FIXED),
    FIELD(struct customer, name, .flags = FIELD_FIXED),
    CUSTOMER_FIELDS(struct customer),
    FIELD(struct customer, consent_at, .label = "Consent given", .flags = FIELD_FIXED),
    FIELD(struct customer, credit_limit, .label = "Credit limit",
          .flags = FIELD_FIXED | FIELD_OPTIONAL, .help = "What may be on account at most"),
    FIELD(struct customer, on_hold, .label = "On hold", .flags = FIELD_FIXED),
    FIELD(struct customer, hold_reason, .label = "Held because", .flags = FIELD_FIXED,
          .right = RIGHT_NOTES_VIEW),
    FIELD(struct customer, owes, .flags = FIELD_FIXED | FIELD_SIGNED),
    FIELD(struct customer, overdue, .flags = FIELD_FIXED | FIELD_SIGNED),
    FIELD(struct customer, overdue_since_on, .label = "Overdue since", .flags = FIELD_FIXED),
    FIELD(struct customer, credit, .label = "In credit", .flags = FIELD_FIXED | FIELD_SIGNED),
    FIELD(struct customer, late_fee_exempt, .label = "No late fees", .flags = FIELD_FIXED),
    FIELD(struct customer, last_visit_on, .label = "Last in", .flags = FIELD_FIXED),
    FIELD(struct customer, archived_at, .label = "Archived", .flags = FIELD_FIXED),
    FIELD(struct customer, merged_into, .label = "Merged into", .flags = FIELD_FIXED),
    FIELD(struct customer, created_at, .label = "Since", .flags = FIELD_FIXED),
    FIELD(struct customer, revision, .flags = FIELD_HIDDEN),
};
const struct shape customer_shape = SHAPE_OF(struct customer, "customer", customer_fields);

static const struct field add_fields[] = {
    CUSTOMER_FIELDS(struct customer_entry),
};
static const struct field edit_fields[] = {
    FIELD(struct customer_entry, customer, .label = "Customer", .picks = "customer.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    CUSTOMER_FIELDS(struct customer_entry),
    FIELD(struct customer_entry, revision, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct customer_key, customer, .label = "Customer", .picks = "customer.search",
          .example = "1001", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct shape customer_key_shape =
    SHAPE_OF(struct customer_key, "customer_key", key_fields);

static const struct field search_fields[] = {
    LIST_FIELDS(struct customer_search, query),
    FIELD(struct customer_search, archived, .label = "Archived too",
          .help = "Show archived customers too"),
};
static const struct field row_fields[] = {
    FIELD(struct customer_row, id, .label = "Customer"),
    FIELD(struct customer_row, name, .label = "Name"),
    FIELD(struct customer_row, phone, .flags = FIELD_PHONE),
    FIELD(struct customer_row, email, .label = "E-mail"),
    FIELD(struct customer_row, city),
    FIELD(struct customer_row, owes, .flags = FIELD_SIGNED),
    FIELD(struct customer_row, last_visit_on, .label = "Last in"),
    FIELD(struct customer_row, archived),
    FIELD(struct customer_row, overdue, .flags = FIELD_SIGNED),
    FIELD(struct customer_row, on_hold, .label = "On hold"),
};
static const struct field find_fields[] = {
    FIELD(struct customer_find, text, .label = "Find", .example = "619 555 01",
          .help = "Name, phone, plate, VIN or repair order; the first letters or digits will do",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_NUMBERS_OK),
    FIELD(struct customer_find, limit, .help = "Customers at most; 8 when not given", .high = 100),
};
static const struct field found_row_fields[] = {
    FIELD(struct found_row, kind, .choices = &found_kind_choices),
    FIELD(struct found_row, customer, .label = "Customer"),
    FIELD(struct found_row, vehicle, .label = "Vehicle"),
    FIELD(struct found_row, order, .label = "RO"),
    FIELD(struct found_row, name, .label = "Name", .max = 400),
    FIELD(struct found_row, phone, .flags = FIELD_PHONE),
    FIELD(struct found_row, plate),
    FIELD(struct found_row, plate_state, .label = "State"),
    FIELD(struct found_row, vin, .label = "VIN"),
    FIELD(struct found_row, odometer_mi, .label = "Odometer", .high = 9999999,
          .flags = FIELD_OPTIONAL),
    FIELD(struct found_row, order_state, .label = "RO state"),
    FIELD(struct found_row, declined, .help = "Jobs declined or deferred, still open"),
    FIELD(struct found_row, promised_at, .label = "Promised"),
    FIELD(struct found_row, owes, .flags = FIELD_SIGNED),
    FIELD(struct found_row, overdue, .flags = FIELD_SIGNED),
    FIELD(struct found_row, on_hold, .label = "On hold"),
    FIELD(struct found_row, last_visit_on, .label = "Last in"),
};
const struct shape found_row_shape = SHAPE_OF(struct found_row, "found_row", found_row_fields);
static const struct field found_fields[] = {
    FIELD(struct customer_found, rows, .label = "Found", .rows = &found_row_shape),
};
static const struct field merge_fields[] = {
    FIELD(struct customer_merge, keep, .label = "Keep", .picks = "customer.search",
          .help = "The record that stays and gets everything",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct customer_merge, gone, .label = "Merge and archive", .picks = "customer.search",
          .help = "The record of the same customer that goes",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field contact_entry_fields[] = {
    FIELD(struct contact_entry, customer, .label = "Customer", .picks = "customer.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct contact_entry, summary, .help = "What was said",
          .flags = FIELD_REQUIRED | FIELD_MANY_LINES | FIELD_ARGUMENT, .max = 2000),
    FIELD(struct contact_entry, channel, .choices = &channel_choices),
    FIELD(struct contact_entry, direction, .label = "Who spoke", .choices = &direction_choices),
    FIELD(struct contact_entry, order, .label = "RO", .help = "The repair order it was about",
          .picks = "order.search"),
};
static const struct field contact_list_fields[] = {
    LIST_FIELDS(struct contact_list, query),
    FIELD(struct contact_list, customer, .label = "Customer", .picks = "customer.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field contact_row_fields[] = {
    FIELD(struct contact_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct contact_row, customer, .flags = FIELD_HIDDEN),
    FIELD(struct contact_row, at, .label = "When"),
    FIELD(struct contact_row, channel, .choices = &channel_choices),
    FIELD(struct contact_row, direction, .label = "Who spoke", .choices = &direction_choices),
    FIELD(struct contact_row, summary, .flags = FIELD_MANY_LINES),
    FIELD(struct contact_row, user_name, .label = "Written by"),
    FIELD(struct contact_row, order, .label = "RO"),
};
static const struct shape contact_row_shape =
    SHAPE_OF(struct contact_row, "contact_row", contact_row_fields);

/* clang-format off */
static const struct list_sort customer_sorts[] = {
    {"name", "c.name_key", true},
    {"last_visit_on", "ifnull(c.last_visit_on, '')", true},
    {"owes", "c.owes", false},
};
static const struct list_source customer_source = {
    .select = "c.id AS id, c.name AS name, c.email AS email, c.owes AS owes,\n"
              "  c.last_visit_on AS last_visit_on, c.archived_at IS NOT NULL AS archived,\n"
              "  c.on_hold AS on_hold, " SQL_OVERDUE("c.id") " AS overdue,\n"
              "  (SELECT number FROM phone WHERE customer = c.id ORDER BY position LIMIT 1) AS phone,\n"
              "  (SELECT city FROM address WHERE customer = c.id ORDER BY position LIMIT 1) AS city",
    .from = "customer AS c",
    .where = "(:archived OR c.archived_at IS NULL) AND " CUSTOMER_OWN_SQL("c.id"),
    .id = "c.id",
    .sorts = customer_sorts, .sort_count = COUNT_OF(customer_sorts),
    .lookup = "customer",
};
static const struct list_sort contact_sorts[] = {
    {"at", "k.at", false},
};
static const struct list_source contact_source = {
    .select = "k.id AS id, k.customer AS customer, k.at AS at, k.channel AS channel,\n"
              "  k.direction AS direction, k.summary AS summary, ifnull(u.name, '') AS user_name,\n"
              "  k.repair_order AS \"order\"",
    .from = "contact AS k LEFT JOIN user AS u ON u.id = k.user",
    .where = "k.customer = :customer AND (k.channel <> 'note' OR ifnull(:own_customer, 0) = 0)\n"
             "AND " CUSTOMER_OWN_SQL("k.customer"),
    .id = "k.id",
    .sorts = contact_sorts, .sort_count = COUNT_OF(contact_sorts),
    .search_where = "k.summary LIKE :like ESCAPE '\\'",
};
/* clang-format on */

static status search(struct session *s, const void *in, void *out)
{
    return list_run(s, &customer_source, &customer_search_op, in, out);
}

static status contacts(struct session *s, const void *in, void *out)
{
    return list_run(s, &contact_source, &customer_contact_list_op, in, out);
}

static status show(struct session *s, const void *in, void *out)
{
    const struct customer_key *key = in;

    return customer_get(s, key->customer, out);
}

const struct op customer_search_op = {
    .name = "customer.search",
    .says = "List customers, by name, last visit or what they owe",
    .right = RIGHT_CUSTOMERS_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(customer_source),
    .in = SHAPE(struct customer_search, search_fields),
    .out = SHAPE(struct customer_row, row_fields),
    .run = search,
};
const struct op customer_find_op = {
    .name = "customer.find",
    .says = "Find a customer, vehicle or repair order by its first letters or digits",
    .title = "Find",
    .right = RIGHT_CUSTOMERS_VIEW,
    .flags = OP_UNLISTED, /* the counter is its screen */
    .in = SHAPE(struct customer_find, find_fields),
    .out = SHAPE(struct customer_found, found_fields),
    .run = customer_find_run,
    .owns = record_is_everybodys, /* the box shows only what they may see */
};
const struct op customer_show_op = {
    .name = CUSTOMER_SHOW,
    .says = "Show a customer with phones, addresses and balance",
    .title = "Show a customer",
    .right = RIGHT_CUSTOMERS_VIEW,
    .in = &customer_key_shape,
    .out = &customer_shape,
    .run = show,
    .owns = customer_key_owns,
    .about = "customer",
};
const struct op customer_add_op = {
    .name = "customer.add",
    .says = "Add a customer",
    .right = RIGHT_CUSTOMERS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct customer_entry, add_fields),
    .out = &customer_shape,
    .run = customer_add,
};
const struct op customer_edit_op = {
    .name = "customer.edit",
    .says = "Change a customer's names, phones, addresses, terms or notes",
    .title = "Change a customer",
    .right = RIGHT_CUSTOMERS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct customer_entry, edit_fields),
    .out = &customer_shape,
    .run = customer_edit,
    .fills = CUSTOMER_SHOW,
    .about = "customer",
};
const struct op customer_archive_op = {
    .name = "customer.archive",
    .says = "Put a customer away who does not come any more",
    .title = "Put a customer away",
    .right = RIGHT_CUSTOMERS_EDIT,
    .kind = OP_WRITES,
    .in = &customer_key_shape,
    .out = &customer_shape,
    .run = customer_archive,
    .about = "customer",
};
const struct op customer_restore_op = {
    .name = "customer.restore",
    .says = "Bring an archived customer back",
    .right = RIGHT_CUSTOMERS_EDIT,
    .kind = OP_WRITES,
    .in = &customer_key_shape,
    .out = &customer_shape,
    .run = customer_restore,
    .about = "customer",
};
const struct op customer_merge_op = {
    .name = "customer.merge",
    .says = "Merge two records of the same customer into one",
    .title = "Merge two customers",
    .right = RIGHT_CUSTOMERS_MERGE,
    .kind = OP_WRITES,
    .flags = OP_FINAL,
    .in = SHAPE(struct customer_merge, merge_fields),
    .out = &customer_shape,
    .run = customer_merge_run,
    .about = "keep",
};
const struct op customer_contact_add_op = {
    .name = "customer.log",
    .says = "Note a call, message or visit in a customer's log",
    .title = "Note in the log",
    .right = RIGHT_CUSTOMERS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct contact_entry, contact_entry_fields),
    .out = &contact_row_shape,
    .run = contact_add,
    .about = "customer",
};
const struct op customer_contact_list_op = {
    .name = "customer.contacts",
    .says = "List the calls, messages and visits in a customer's log",
    .title = "Calls, messages and visits",
    .right = RIGHT_CUSTOMERS_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(contact_source),
    .in = SHAPE(struct contact_list, contact_list_fields),
    .out = &contact_row_shape,
    .run = contacts,
};

static const struct op *const ops[] = {
    &customer_export_op,  &customer_find_op,        &customer_search_op,       &customer_show_op,
    &customer_explain_op, &customer_add_op,         &customer_edit_op,         &customer_archive_op,
    &customer_restore_op, &customer_merge_op,       &customer_limit_op,        &customer_hold_op,
    &customer_release_op, &customer_contact_add_op, &customer_contact_list_op,
};
extern const struct module customer_module;
const struct module customer_module = {
    .name = "customer",
    .title = "Customers",
    .says =
        "Who brings the car and who pays: names, phones, addresses, terms, and a log of what was "
        "said.",
    MODULE_OPS(ops),
};
