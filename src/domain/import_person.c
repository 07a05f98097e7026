/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One person of a file and the customer he is, or becomes. What is stored already always wins: the
 * counter has seen the customer since the file was written. Only what was missing is filled in. */

#include "import_inner.h"

#include <string.h>

#include "base/text.h"
#include "customer_inner.h"
#include "record.h"

/* clang-format off */
static const char SQL_BY_NUMBER[] =
    "SELECT ifnull(merged_into, id)\n"
    "FROM customer\n"
    "WHERE external_number = :number AND external_number <> ''\n"
    "ORDER BY id\n"
    "LIMIT 1";
static const char SQL_BY_NAME_AND_PHONE[] =
    "SELECT ifnull(c.merged_into, c.id)\n"
    "FROM phone AS p JOIN customer AS c ON c.id = p.customer\n"
    "WHERE p.number = :phone AND c.name_key = :name_key\n"
    "ORDER BY c.id\n"
    "LIMIT 1";
/* 0 when there are several. */
static const char SQL_BY_PHONE[] =
    "SELECT CASE WHEN min(c.id) = max(c.id) THEN min(c.id) ELSE 0 END\n"
    "FROM phone AS p JOIN customer AS c ON c.id = p.customer\n"
    "WHERE p.number = :phone AND c.merged_into IS NULL";
static const char SQL_BY_NAME[] =
    "SELECT CASE WHEN min(id) = max(id) THEN min(id) ELSE 0 END\n"
    "FROM customer\n"
    "WHERE name_key = :name_key AND merged_into IS NULL";
static const char SQL_SET_VISIT[] =
    "UPDATE customer\n"
    "SET last_visit_on = :on\n"
    "WHERE id = :customer AND ifnull(last_visit_on, '') < :on";
/* The number of a second record of the same person: it leads to the first from now on. */
static const char SQL_SET_MERGED[] =
    "UPDATE customer\n"
    "SET merged_into = :kept, archived_at = :now\n"
    "WHERE id = :gone";
/* clang-format on */

void import_init_customer(struct import_work *w, struct customer_entry *entry)
{
    const struct field_context context = session_context(w->s);

    shape_init(customer_add_op.in, entry, &context);
}

static const char *main_phone(const struct customer_entry *entry)
{
    return entry->phones.count > 0 ? ((const struct phone *)entry->phones.at)->number : "";
}

static status by_number(struct import_work *w, const char *number, int64_t *ret)
{
    *ret = 0;
    if (*number == '\0')
        return OK;
    return record_find_number(w->s, SQL_BY_NUMBER, BINDS(BIND_TEXT("number", number)), ret);
}

status import_same_customer(struct import_work *w, const struct customer_entry *entry,
                            struct customer_id *ret_id)
{
    const struct phone *phones = entry->phones.at;
    const char *name = text_fold(w->s->arena, customer_sorted_name(w->s, entry));
    int64_t id = 0;

    TRY(by_number(w, entry->external_number, &id));
    for (size_t i = 0; id == 0 && *name != '\0' && i < entry->phones.count; i++)
        TRY(record_find_number(
            w->s, SQL_BY_NAME_AND_PHONE,
            BINDS(BIND_TEXT("phone", phones[i].number), BIND_TEXT("name_key", name)), &id));
    ret_id->v = id;
    return OK;
}

status import_find_customer(struct import_work *w, const struct customer_entry *entry,
                            struct customer_id *ret_id)
{
    const char *phone = main_phone(entry);
    const char *name = text_fold(w->s->arena, customer_sorted_name(w->s, entry));

    TRY(import_same_customer(w, entry, ret_id));
    if (ret_id->v != 0 || *entry->external_number != '\0')
        return OK;
    if (*name == '\0' && *phone != '\0')
        return record_find_number(w->s, SQL_BY_PHONE, BINDS(BIND_TEXT("phone", phone)), &ret_id->v);
    if (*name != '\0' && *phone == '\0')
        return record_find_number(w->s, SQL_BY_NAME, BINDS(BIND_TEXT("name_key", name)),
                                  &ret_id->v);
    return OK;
}

/* ---- filling in ---- */

/* A company's contact may be new; a person's name is not made out of two. */
static bool fill_names(struct customer_entry *to, const struct customer_entry *from)
{
    const bool nobody = text_is_empty(to->first_name) && text_is_empty(to->last_name);
    bool changed = false;

    if (nobody) {
        changed = import_fill(&to->first_name, from->first_name) || changed;
        changed = import_fill(&to->last_name, from->last_name) || changed;
    }
    return import_fill(&to->company, from->company) || changed;
}

static bool fill_texts(struct customer_entry *to, const struct customer_entry *from)
{
    bool changed = fill_names(to, from);

    changed = import_fill(&to->email, from->email) || changed;
    changed = import_fill(&to->referral, from->referral) || changed;
    changed = import_fill(&to->note, from->note) || changed;
    return import_fill(&to->external_number, from->external_number) || changed;
}

static bool has_number(const struct rows *phones, const char *number)
{
    const struct phone *at = phones->at;
    const size_t length = strcspn(number, ";");

    for (size_t i = 0; i < phones->count; i++)
        if (strcspn(at[i].number, ";") == length && strncmp(at[i].number, number, length) == 0)
            return true;
    return false;
}

static bool fill_phones(struct import_work *w, struct customer_entry *to,
                        const struct customer_entry *from)
{
    const struct phone *given = from->phones.at;
    const size_t before = to->phones.count;
    struct phone *at = NEW_ARRAY(w->s->arena, struct phone, before + from->phones.count);

    if (before > 0)
        memcpy(at, to->phones.at, before * sizeof *at);
    to->phones.at = at;
    for (size_t i = 0; i < from->phones.count; i++)
        if (!has_number(&to->phones, given[i].number))
            at[to->phones.count++] = given[i];
    return to->phones.count > before;
}

static bool fill_rest(struct customer_entry *to, const struct customer_entry *from)
{
    bool changed = false;

    if (to->addresses.count == 0 && from->addresses.count > 0) {
        to->addresses = from->addresses;
        changed = true;
    }
    if (!to->tax_exempt && from->tax_exempt && text_is_empty(to->exempt_certificate)) {
        to->tax_exempt = true;
        to->exempt_certificate = from->exempt_certificate;
        changed = true;
    }
    if (to->tax_exempt && to->exempt_until_on.iso[0] == '\0' &&
        from->exempt_until_on.iso[0] != '\0' &&
        text_same(to->exempt_certificate, from->exempt_certificate)) {
        to->exempt_kind = from->exempt_kind;
        to->exempt_until_on = from->exempt_until_on;
        changed = true;
    }
    if (to->rate_class.v == 0 && from->rate_class.v != 0) {
        to->rate_class = from->rate_class;
        changed = true;
    }
    if (text_is_empty(to->authorized_person) && !text_is_empty(from->authorized_person)) {
        to->authorized_person = from->authorized_person;
        to->authorized_phone = from->authorized_phone;
        changed = true;
    }
    if (to->terms_days == 0 && from->terms_days != 0) {
        to->terms_days = from->terms_days;
        changed = true;
    }
    return changed;
}

static status complete(struct import_work *w, const struct customer_entry *from,
                       struct customer_id id, bool *ret_changed)
{
    struct session *s = w->s;
    struct customer stored;
    struct customer_entry entry;

    TRY(customer_get(s, id, &stored));
    import_init_customer(w, &entry);
    shape_transfer(&customer_shape, &stored, customer_edit_op.in, &entry);
    entry.customer = id;
    *ret_changed = fill_texts(&entry, from);
    *ret_changed = fill_phones(w, &entry, from) || *ret_changed;
    *ret_changed = fill_rest(&entry, from) || *ret_changed;
    if (!*ret_changed)
        return OK;
    /* The rows say it all: the form's own phone and address stay as they were. */
    TRY(shape_check(customer_edit_op.in, &entry, &s->fault));
    return customer_edit(s, &entry, &stored);
}

/* The other system had the person twice. Both numbers lead to the one customer, as if two records
 * had been merged here. */
static status keep_number(struct import_work *w, const struct customer_entry *entry,
                          struct customer_id kept)
{
    struct customer_entry second;
    struct customer_id gone = {0};

    import_init_customer(w, &second);
    second.first_name = entry->first_name;
    second.last_name = entry->last_name;
    second.company = entry->company;
    second.external_number = entry->external_number;
    TRY(customer_insert(w->s, &second, &gone));
    TRY(store_run(w->s->store, SQL_SET_MERGED, NO_ROW,
                  BINDS(BIND_ID("kept", kept), BIND_ID("gone", gone),
                        BIND_INSTANT("now", session_now(w->s)))));
    import_note(w, "The same person under a second number: one customer, both numbers kept",
                entry->external_number, "");
    return customer_index(w->s, kept);
}

static status keep_other_number(struct import_work *w, const struct customer_entry *entry,
                                struct customer_id id, bool *ret_changed)
{
    int64_t known = 0;
    struct customer stored;

    if (*entry->external_number == '\0')
        return OK;
    TRY(by_number(w, entry->external_number, &known));
    if (known != 0)
        return OK;
    TRY(customer_get(w->s, id, &stored));
    if (*stored.external_number == '\0')
        return OK; /* it becomes the first */
    *ret_changed = true;
    return keep_number(w, entry, id);
}

status import_put_customer(struct import_work *w, const struct customer_entry *entry,
                           struct customer_id existing, struct customer_id *ret_id,
                           bool *ret_changed)
{
    struct customer customer;

    *ret_id = existing;
    if (existing.v != 0) {
        bool other = false;
        TRY(keep_other_number(w, entry, existing, &other));
        TRY(complete(w, entry, existing, ret_changed));
        *ret_changed = *ret_changed || other;
        return OK;
    }
    TRY(shape_check(customer_add_op.in, entry, &w->s->fault));
    TRY(customer_add(w->s, entry, &customer));
    *ret_id = customer.id;
    *ret_changed = true;
    return OK;
}

status import_visit(struct import_work *w, struct customer_id id, struct day on, bool *ret_changed)
{
    if (on.iso[0] == '\0')
        return OK;
    TRY(store_run(w->s->store, SQL_SET_VISIT, NO_ROW,
                  BINDS(BIND_ID("customer", id), BIND_TEXT("on", on.iso))));
    *ret_changed = *ret_changed || store_changed_rows(w->s->store) > 0;
    return OK;
}
