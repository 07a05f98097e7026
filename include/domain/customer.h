/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_CUSTOMER_H
#define PITLANE_DOMAIN_CUSTOMER_H

/* Customers: who brings the car and who pays. */

#include "domain/op.h"

enum phone_kind { PHONE_MOBILE, PHONE_HOME, PHONE_WORK, PHONE_FAX, PHONE_OTHER };
enum address_kind { ADDRESS_BILLING, ADDRESS_HOME, ADDRESS_WORK, ADDRESS_OTHER };
enum preferred_contact { PREFERS_PHONE, PREFERS_TEXT, PREFERS_EMAIL, PREFERS_NONE };
enum channel {
    CHANNEL_PHONE,
    CHANNEL_TEXT,
    CHANNEL_EMAIL,
    CHANNEL_IN_PERSON,
    CHANNEL_MAIL,
    CHANNEL_NOTE
};
enum direction { DIRECTION_IN, DIRECTION_OUT };
extern const struct choices phone_kind_choices, address_kind_choices, preferred_contact_choices,
    channel_choices, direction_choices;

struct phone {
    enum phone_kind kind;
    const char *number; /* E.164, FIELD_PHONE */
    const char *note;
};
struct address {
    enum address_kind kind;
    const char *street, *city, *state, *zip;
};

/* The whole record. The input of customer.add and customer.edit has the fields of it that people
 * enter. `phone` and `street` to `zip` are the first of the rows, for forms and the command line:
 * in an input, one that differs from what is stored replaces the first row. */
struct customer {
    struct customer_id id;
    const char *first_name, *last_name, *company;
    const char *name;  /* as sorted: "Delgado, Maria" or the company */
    const char *phone; /* the main one: the first of phones */
    const char *street, *city, *state, *zip;
    struct rows phones;    /* of struct phone, first is the main one */
    struct rows addresses; /* of struct address */
    const char *email;
    enum preferred_contact preferred_contact;
    bool text_consent, email_consent;
    struct instant consent_at;
    bool tax_exempt;
    const char *exempt_certificate, *exempt_kind;
    struct day exempt_until_on;
    int64_t terms_days;
    struct money credit_limit; /* of what is on account; NUMBER_NONE: no limit */
    bool on_hold;
    const char *hold_reason; /* right notes:view */
    bool late_fee_exempt;
    struct rate_class_id rate_class;
    const char *authorized_person, *authorized_phone; /* may authorize work, too */
    const char *referral, *note, *external_number;
    struct money owes, credit;
    struct money overdue;        /* of what is owed, past due today */
    struct day overdue_since_on; /* the first due day of that */
    struct day last_visit_on;
    struct instant archived_at;
    struct customer_id merged_into;
    struct instant created_at;
    int64_t revision;
};
extern const struct shape customer_shape, phone_shape, address_shape;

/* What customer.add (customer and revision 0) and customer.edit take. */
struct customer_entry {
    struct customer_id customer;
    const char *first_name, *last_name, *company;
    const char *phone;
    const char *street, *city, *state, *zip;
    struct rows phones, addresses;
    const char *email;
    enum preferred_contact preferred_contact;
    bool text_consent, email_consent;
    bool tax_exempt;
    const char *exempt_certificate, *exempt_kind;
    struct day exempt_until_on;
    int64_t terms_days;
    struct rate_class_id rate_class;
    const char *authorized_person, *authorized_phone;
    const char *referral, *note, *external_number;
    int64_t revision;
};
/* customer.show, .archive, .restore */
struct customer_key {
    struct customer_id customer;
};
struct customer_search {
    struct list_query query;
    bool archived; /* these too */
};
struct customer_merge {
    struct customer_id keep, gone;
};
struct customer_find {
    const char *text;
    int64_t limit; /* customers at most; 0: 8 */
};
struct customer_found {
    struct rows rows; /* of struct found_row */
};
/* in, of customer.limit and customer.hold */
struct customer_limit {
    struct customer_id customer;
    struct money credit_limit; /* NUMBER_NONE: no limit any more */
};
struct customer_hold {
    struct customer_id customer;
    const char *reason;
};
struct contact_entry {
    struct customer_id customer;
    enum channel channel;
    enum direction direction;
    const char *summary;
    struct order_id order;
};
struct contact_list {
    struct list_query query;
    struct customer_id customer;
};
/* One line of the communication log. */
struct contact_row {
    struct contact_id id;
    struct customer_id customer;
    struct instant at;
    enum channel channel;
    enum direction direction;
    const char *user_name, *summary;
    struct order_id order;
};

/* One line of a list. */
struct customer_row {
    struct customer_id id;
    const char *name;
    const char *phone; /* the main one */
    const char *email;
    const char *city;
    struct money owes;
    struct day last_visit_on;
    bool archived;
    struct money overdue; /* of what is owed, past due today */
    bool on_hold;
};

/* One line of the counter's answer: a customer, then its vehicles, then open orders that match.
 * See customer_find_op. */
enum found_kind { FOUND_CUSTOMER, FOUND_VEHICLE, FOUND_ORDER };
struct found_row {
    enum found_kind kind;
    struct customer_id customer;
    struct vehicle_id vehicle;
    struct order_id order; /* of a vehicle: its open order */
    const char
        *name; /* customer, "2014 Honda Accord EX-L", or "Delano Fleet · 2016 Ford Transit" */
    const char *phone;
    const char *plate, *plate_state, *vin;
    int64_t odometer_mi;
    const char *order_state; /* word of enum order_state, "" without one */
    int64_t declined;        /* open declined or deferred jobs */
    struct instant promised_at;
    struct money owes, overdue;
    bool on_hold;
    struct day last_visit_on;
};
extern const struct choices found_kind_choices;

status customer_get(struct session *s, struct customer_id id, struct customer *ret) MUST_USE;
/* Adds to or takes from what the customer owes and has in credit (signed). */
status customer_move_balance(struct session *s, struct customer_id id, struct money owes,
                             struct money credit) MUST_USE;
/* ERR_CONFLICT with a sentence when archived or merged. */
status customer_must_be_active(struct session *s, struct customer_id id) MUST_USE;
/* What the counter should know before it writes up more: a hold, a limit that is used up, what is
 * past due. One sentence or two, "" for nothing. The reason of a hold is told to holders of
 * notes:view. */
status customer_warning(struct session *s, struct customer_id id, const char **ret_text) MUST_USE;
/* May so much more go on account? ERR_CONFLICT with a sentence for a customer on hold, and for one
 * with terms who would owe more than the limit. Counts what is owed, less what is in credit; with
 * `order`, also what is authorized on the customer's other open orders. */
status customer_may_owe(struct session *s, struct customer_id id, struct money more,
                        struct order_id order) MUST_USE;
/* A vehicle of the customer is written up: today is the last visit. Leaves the revision alone. */
status customer_came_in(struct session *s, struct customer_id id) MUST_USE;

/* Is the customer one of those a holder of scope own may see: the one who signed in, or one whose
 * vehicle a technician has a job on? */
status customer_is_own(struct session *s, struct customer_id id, bool *ret_own) MUST_USE;

extern const struct op customer_search_op; /* list of customer_row */
extern const struct op
    customer_export_op; /* list; in: customer_search; what import.customers takes */
extern const struct op customer_find_op; /* in: {text, limit}; out: {rows of found_row}: the
                                            counter's box:   names, phones (any part from the start,
                                            last 4, last 7), plates, VIN tails, RO numbers */
extern const struct op customer_show_op, customer_add_op, customer_edit_op, customer_archive_op,
    customer_restore_op,
    customer_merge_op; /* merge: keep, gone: everything of gone moves to keep */
/* customer.limit: what may be on account at most; customer.hold: nothing more on
 * account until customer.release (customer_key) */
extern const struct op customer_limit_op, customer_hold_op, customer_release_op;
extern const struct op customer_contact_add_op,
    customer_contact_list_op; /* customer.log, customer.contacts */

#endif
