/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Adding, changing, archiving customers, and their communication log. What a form says is checked
 * here between its fields; single values were checked at the door. */

#include "customer_inner.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "domain/labor_rate.h"
#include "record.h"

/* clang-format off */
static const char SQL_ADD[] =
    "INSERT INTO customer (first_name, last_name, company, name, name_key, email,\n"
    "  preferred_contact, text_consent, email_consent, consent_at, consent_by, tax_exempt,\n"
    "  exempt_certificate, exempt_kind, exempt_until_on, terms_days, rate_class,\n"
    "  authorized_person, authorized_phone, referral, note,\n"
    "  external_number, created_at)\n"
    "VALUES (:first_name, :last_name, :company, :name, :name_key, :email,\n"
    "  :preferred_contact, :text_consent, :email_consent, :consent_at, :consent_by, :tax_exempt,\n"
    "  :exempt_certificate, :exempt_kind, :exempt_until_on, :terms_days, :rate_class,\n"
    "  :authorized_person, :authorized_phone, :referral,\n"
    "  :note, :external_number, :created_at)";
static const char SQL_EDIT[] =
    "UPDATE customer\n"
    "SET first_name = :first_name, last_name = :last_name, company = :company, name = :name,\n"
    "  name_key = :name_key, email = :email, preferred_contact = :preferred_contact,\n"
    "  text_consent = :text_consent, email_consent = :email_consent,\n"
    "  consent_at = CASE WHEN :consent_moved THEN :consent_at ELSE consent_at END,\n"
    "  consent_by = CASE WHEN :consent_moved THEN :consent_by ELSE consent_by END,\n"
    "  tax_exempt = :tax_exempt, exempt_certificate = :exempt_certificate,\n"
    "  exempt_kind = :exempt_kind, exempt_until_on = :exempt_until_on, terms_days = :terms_days,\n"
    "  rate_class = :rate_class, authorized_person = :authorized_person,\n"
    "  authorized_phone = :authorized_phone, referral = :referral, note = :note,\n"
    "  external_number = :external_number, revision = revision + 1\n"
    "WHERE id = :customer AND (:revision = 0 OR revision = :revision)";
static const char SQL_OPEN_ORDER[] =
    "SELECT max(id)\n"
    "FROM repair_order\n"
    "WHERE customer = :customer\n"
    "AND state IN ('estimate', 'approved', 'in_progress', 'hold', 'quality_check', 'complete')";
static const char SQL_SET_ARCHIVED[] =
    "UPDATE customer\n"
    "SET archived_at = :archived_at, revision = revision + 1\n"
    "WHERE id = :customer";
static const char SQL_CONTACT_ADD[] =
    "INSERT INTO contact (customer, repair_order, at, user, channel, direction, summary)\n"
    "VALUES (:customer, :order, :at, :user, :channel, :direction, :summary)";
static const char SQL_CONTACT_GET[] =
    "SELECT k.id AS id, k.customer AS customer, k.at AS at, k.channel AS channel,\n"
    "  k.direction AS direction, k.summary AS summary, ifnull(u.name, '') AS user_name,\n"
    "  k.repair_order AS \"order\"\n"
    "FROM contact AS k LEFT JOIN user AS u ON u.id = k.user\n"
    "WHERE k.id = :id";
static const char SQL_ORDER_CUSTOMER[] =
    "SELECT customer FROM repair_order WHERE id = :order";
/* clang-format on */

/* "Delgado, Maria"; a company stands under its own name. */
const char *customer_sorted_name(struct session *s, const struct customer_entry *in)
{
    if (!text_is_empty(in->company))
        return in->company;
    if (text_is_empty(in->last_name))
        return in->first_name;
    if (text_is_empty(in->first_name))
        return in->last_name;
    return arena_printf(s->arena, "%s, %s", in->last_name, in->first_name);
}

/* The shape of an address, not its existence: a@b, one @, no blanks, no dot at an end. */
bool customer_is_email(const char *text)
{
    const char *at = strchr(text, '@');

    return at != NULL && at != text && at[1] != '\0' && strchr(at + 1, '@') == NULL &&
           strpbrk(text, " \t,;<>()\"") == NULL && at[1] != '.' && text[strlen(text) - 1] != '.';
}

static bool matches(const char *text, const char *pattern)
{
    size_t i = 0;

    for (; pattern[i] != '\0' && text[i] != '\0'; i++) {
        const unsigned char c = (unsigned char)text[i];
        const bool fits = pattern[i] == '9'   ? isdigit(c) != 0
                          : pattern[i] == 'A' ? isalpha(c) != 0
                                              : pattern[i] == text[i];
        if (!fits)
            return false;
    }
    return pattern[i] == '\0' && text[i] == '\0';
}

/* ZIP and ZIP+4, and the codes of customers from across the Canadian border. */
bool customer_is_zip(const char *text)
{
    return *text == '\0' || matches(text, "99999") || matches(text, "99999-9999") ||
           matches(text, "A9A 9A9") || matches(text, "A9A9A9");
}

static status check_addresses(struct session *s, const struct rows *addresses)
{
    const struct address *at = addresses->at;

    for (size_t i = 0; i < addresses->count; i++)
        if (!customer_is_zip(at[i].zip))
            return fail_field(
                s, arena_printf(s->arena, "addresses.%zu.zip", i + 1),
                "“%s” is no ZIP code. Write five digits, such as 92101, or nine with a "
                "dash.",
                at[i].zip);
    return OK;
}

static status check_entry(struct session *s, const struct customer_entry *in)
{
    if (text_is_empty(in->company) && text_is_empty(in->last_name) && text_is_empty(in->first_name))
        return fail_field(s, "last_name",
                          "Who is it? Give a last name, a first name or a company.");
    if (*in->email != '\0' && !customer_is_email(in->email))
        return fail_field(s, "email", "“%s” is no e-mail address. It looks like maria@example.com.",
                          in->email);
    if (in->tax_exempt && text_is_empty(in->exempt_certificate))
        return fail_field(s, "exempt_certificate",
                          "A tax exempt customer needs a certificate. Write its number, or charge "
                          "tax.");
    if (!customer_is_zip(in->zip))
        return fail_field(s, "zip",
                          "“%s” is no ZIP code. Write five digits, such as 92101, or nine with a "
                          "dash.",
                          in->zip);
    TRY(labor_rate_check(s, in->rate_class));
    return check_addresses(s, &in->addresses);
}

/* What follows from a form and is stored beside it. */
static status write_row(struct session *s, const char *sql, const struct shape *shape,
                        const struct customer_entry *in, bool consent_moved)
{
    const char *name = customer_sorted_name(s, in);

    return store_run(s->store, sql, BIND_ROW(shape, in),
                     BINDS(BIND_TEXT("name", name),
                           BIND_TEXT("name_key", text_fold(s->arena, name)),
                           BIND_INT("consent_moved", consent_moved),
                           store_bind_id("consent_at", consent_moved ? session_now(s).seconds : 0),
                           store_bind_id("consent_by", consent_moved ? s->user.v : 0),
                           BIND_INSTANT("created_at", session_now(s))));
}

status customer_insert(struct session *s, const struct customer_entry *entry,
                       struct customer_id *ret_id)
{
    TRY(write_row(s, SQL_ADD, customer_add_op.in, entry,
                  entry->text_consent || entry->email_consent));
    *ret_id = (struct customer_id){store_last_id(s->store)};
    return OK;
}

status customer_add(struct session *s, const void *in, void *out)
{
    const struct customer_entry *entry = in;
    const struct customer none = {.phone = "", .street = "", .city = "", .state = "", .zip = ""};
    struct customer_id id = {0};
    struct rows phones;
    struct rows addresses;

    TRY(check_entry(s, entry));
    TRY(customer_take_rows(s, entry, &none, &phones, &addresses));
    TRY(customer_insert(s, entry, &id));
    TRY(customer_put_rows(s, id, &none, &phones, &addresses));
    return customer_get(s, id, out);
}

status customer_edit(struct session *s, const void *in, void *out)
{
    const struct customer_entry *entry = in;
    struct customer stored;
    struct rows phones;
    struct rows addresses;

    TRY(customer_must_be_active(s, entry->customer));
    TRY(customer_get(s, entry->customer, &stored));
    if (entry->revision != 0 && entry->revision != stored.revision)
        return record_is_stale(s, "customer", entry->customer.v);
    TRY(check_entry(s, entry));
    TRY(customer_take_rows(s, entry, &stored, &phones, &addresses));
    TRY(write_row(s, SQL_EDIT, customer_edit_op.in, entry,
                  entry->text_consent != stored.text_consent ||
                      entry->email_consent != stored.email_consent));
    TRY(record_was_changed(s, "customer", entry->customer.v));
    TRY(customer_put_rows(s, entry->customer, &stored, &phones, &addresses));
    if (!text_same(customer_sorted_name(s, entry), stored.name))
        TRY(customer_index_papers(s, entry->customer, customer_sorted_name(s, entry)));
    return customer_get(s, entry->customer, out);
}

static status set_archived(struct session *s, struct customer_id id, struct instant at)
{
    return store_run(s->store, SQL_SET_ARCHIVED, NO_ROW,
                     BINDS(BIND_ID("customer", id), BIND_INSTANT("archived_at", at)));
}

status customer_archive(struct session *s, const void *in, void *out)
{
    const struct customer_key *key = in;
    struct customer customer;
    int64_t order = 0;
    char owes[NUMBER_TEXT_MAX];

    TRY(customer_must_be_active(s, key->customer));
    TRY(customer_get(s, key->customer, &customer));
    TRY(store_int(s->store, SQL_OPEN_ORDER, BINDS(BIND_ID("customer", key->customer)), &order));
    if (order != 0)
        return fail(s, ERR_CONFLICT,
                    "%s has an open repair order (RO %lld). Finish or void it before archiving.",
                    customer.name, (long long)order);
    if (customer.owes.cents != 0)
        return fail(s, ERR_CONFLICT, "%s owes %s. Take the payment before archiving.",
                    customer.name, money_show(customer.owes, owes));
    TRY(set_archived(s, key->customer, session_now(s)));
    return customer_get(s, key->customer, out);
}

status customer_restore(struct session *s, const void *in, void *out)
{
    const struct customer_key *key = in;
    struct customer customer;

    TRY(customer_get(s, key->customer, &customer));
    if (customer.merged_into.v != 0)
        return customer_must_be_active(s, key->customer);
    if (customer.archived_at.seconds != 0)
        TRY(set_archived(s, key->customer, INSTANT_NONE));
    return customer_get(s, key->customer, out);
}

status contact_add(struct session *s, const void *in, void *out)
{
    const struct contact_entry *entry = in;
    struct customer customer;
    int64_t owner = 0;

    TRY(customer_get(s, entry->customer, &customer));
    if (entry->order.v != 0) {
        TRY(record_find_number(s, SQL_ORDER_CUSTOMER, BINDS(BIND_ID("order", entry->order)),
                               &owner));
        if (owner != entry->customer.v)
            return fail_field(s, "order",
                              "RO %lld is not one of %s. Choose another or leave it out.",
                              (long long)entry->order.v, customer.name);
    }
    TRY(store_run(s->store, SQL_CONTACT_ADD, BIND_ROW(customer_contact_add_op.in, in),
                  BINDS(BIND_INSTANT("at", session_now(s)), BIND_ID("user", s->user))));
    return store_get(s->store, SQL_CONTACT_GET, NO_ROW,
                     BINDS(BIND_INT("id", store_last_id(s->store))), s->arena,
                     customer_contact_add_op.out, out);
}
