/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Customers: their words, their record and its reading. Writing is in customer_write.c, the
 * counter's box in customer_find.c, the operations in customer_ops.c. */

#include "customer_inner.h"

#include "base/text.h"

static const struct choice phone_kind_choice[] = {
    {"mobile", "mobile", "", ""}, {"home", "home", "", ""},   {"work", "work", "", ""},
    {"fax", "fax", "", ""},       {"other", "other", "", ""},
};
static const struct choice address_kind_choice[] = {
    {"billing", "billing", "", ""},
    {"home", "home", "", ""},
    {"work", "work", "", ""},
    {"other", "other", "", ""},
};
static const struct choice preferred_contact_choice[] = {
    {"phone", "phone", "", ""},
    {"text", "text message", "", ""},
    {"email", "e-mail", "", ""},
    {"none", "do not contact", "", ""},
};
static const struct choice channel_choice[] = {
    {"phone", "phone", "", ""},  {"text", "text message", "", ""},
    {"email", "e-mail", "", ""}, {"in_person", "in person", "", ""},
    {"mail", "mail", "", ""},    {"note", "note", "", ""},
};
static const struct choice direction_choice[] = {
    {"in", "from the customer", "", ""},
    {"out", "to the customer", "", ""},
};
static const struct choice found_kind_choice[] = {
    {"customer", "customer", "", ""},
    {"vehicle", "vehicle", "", ""},
    {"order", "repair order", "", ""},
};
const struct choices phone_kind_choices = CHOICES(phone_kind_choice);
const struct choices address_kind_choices = CHOICES(address_kind_choice);
const struct choices preferred_contact_choices = CHOICES(preferred_contact_choice);
const struct choices channel_choices = CHOICES(channel_choice);
const struct choices direction_choices = CHOICES(direction_choice);
const struct choices found_kind_choices = CHOICES(found_kind_choice);

/* clang-format off */
static const char SQL_GET[] =
    "SELECT id, first_name, last_name, company, name, email, preferred_contact, text_consent,\n"
    "  email_consent, consent_at, tax_exempt, exempt_certificate, exempt_kind, exempt_until_on,\n"
    "  terms_days, late_fee_exempt, credit_limit, on_hold, hold_reason, rate_class, authorized_person,\n"
    "  authorized_phone, referral, note, external_number,\n"
    "  owes, credit, " SQL_OVERDUE("customer.id") " AS overdue,\n"
    "  " SQL_OVERDUE_SINCE("customer.id") " AS overdue_since_on,\n"
    "  last_visit_on, archived_at, merged_into, created_at, revision\n"
    "FROM customer\n"
    "WHERE id = :id";
static const char SQL_PHONES[] =
    "SELECT kind, number, note\n"
    "FROM phone\n"
    "WHERE customer = :id\n"
    "ORDER BY position";
static const char SQL_ADDRESSES[] =
    "SELECT kind, street, city, state, zip\n"
    "FROM address\n"
    "WHERE customer = :id\n"
    "ORDER BY position";
static const char SQL_MOVE_BALANCE[] =
    "UPDATE customer\n"
    "SET owes = owes + :owes, credit = credit + :credit\n"
    "WHERE id = :id";
static const char SQL_STANDING[] =
    "SELECT c.name, c.archived_at, k.id AS kept, ifnull(k.name, '') AS kept_name\n"
    "FROM customer AS c LEFT JOIN customer AS k ON k.id = c.merged_into\n"
    "WHERE c.id = :id";
static const char SQL_CAME_IN[] =
    "UPDATE customer\n"
    "SET last_visit_on = :today\n"
    "WHERE id = :id AND ifnull(last_visit_on, '') < :today";
static const char SQL_IS_OWN[] =
    "SELECT " CUSTOMER_OWN_SQL(":id");
/* clang-format on */

status customer_get(struct session *s, struct customer_id id, struct customer *ret)
{
    const struct bind *by_id = BINDS(BIND_ID("id", id), BIND_DAY("today", session_today(s)));
    struct customer customer;

    TRY(found(s, store_get(s->store, SQL_GET, NO_ROW, by_id, s->arena, &customer_shape, &customer),
              "There is no customer %lld. Find the customer by name or phone.", (long long)id.v));
    TRY(store_list(s->store, SQL_PHONES, NO_ROW, by_id, s->arena, &phone_shape, &customer.phones));
    TRY(store_list(s->store, SQL_ADDRESSES, NO_ROW, by_id, s->arena, &address_shape,
                   &customer.addresses));
    if (customer.phones.count > 0)
        customer.phone = ((const struct phone *)customer.phones.at)->number;
    if (customer.addresses.count > 0) {
        const struct address *first = customer.addresses.at;
        customer.street = first->street;
        customer.city = first->city;
        customer.state = first->state;
        customer.zip = first->zip;
    }
    *ret = customer;
    return OK;
}

status customer_move_balance(struct session *s, struct customer_id id, struct money owes,
                             struct money credit)
{
    TRY(store_run(
        s->store, SQL_MOVE_BALANCE, NO_ROW,
        BINDS(BIND_ID("id", id), BIND_MONEY("owes", owes), BIND_MONEY("credit", credit))));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_NOT_FOUND,
                    "There is no customer %lld. Find the customer by name or phone.",
                    (long long)id.v);
    return OK;
}

struct standing {
    const char *name;
    struct instant archived_at;
    struct customer_id kept;
    const char *kept_name;
};
static const struct field standing_fields[] = {
    FIELD(struct standing, name),
    FIELD(struct standing, archived_at),
    FIELD(struct standing, kept),
    FIELD(struct standing, kept_name),
};
static const struct shape standing_shape = SHAPE_OF(struct standing, "standing", standing_fields);

status customer_must_be_active(struct session *s, struct customer_id id)
{
    struct standing standing;

    TRY(found(s,
              store_get(s->store, SQL_STANDING, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                        &standing_shape, &standing),
              "There is no customer %lld. Find the customer by name or phone.", (long long)id.v));
    if (standing.kept.v != 0)
        return fail(s, ERR_CONFLICT, "Customer %lld was merged into %lld, %s. Use that record.",
                    (long long)id.v, (long long)standing.kept.v, standing.kept_name);
    if (standing.archived_at.seconds != 0)
        return fail(s, ERR_CONFLICT, "%s is archived. Restore the customer first.", standing.name);
    return OK;
}

status customer_came_in(struct session *s, struct customer_id id)
{
    return store_run(s->store, SQL_CAME_IN, NO_ROW,
                     BINDS(BIND_ID("id", id), BIND_DAY("today", session_today(s))));
}

status customer_is_own(struct session *s, struct customer_id id, bool *ret_own)
{
    int64_t own = 0;

    TRY(store_int(s->store, SQL_IS_OWN,
                  BINDS(BIND_ID("id", id), BIND_INT("own", 1),
                        BIND_INT("own_customer", s->customer.v), BIND_INT("own_user", s->user.v)),
                  &own));
    *ret_own = own != 0;
    return OK;
}

status customer_key_owns(struct session *s, const void *in, bool *ret_own)
{
    const struct customer_key *key = in;

    return customer_is_own(s, key->customer, ret_own);
}
