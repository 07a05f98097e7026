/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Two records of the same customer become one: everything moves to the one that is kept; the other
 * stays, archived, and says where it went. Ledger lines keep the number they were posted under. */

#include "customer_inner.h"

#include <string.h>

#include "base/text.h"

/* clang-format off */
/* First, so that the invoices may follow: a posted invoice changes its customer only to the record
 * its own was merged into. */
static const char SQL_SEND_AWAY[] =
    "UPDATE customer\n"
    "SET merged_into = :keep, archived_at = ifnull(archived_at, :now), owes = 0, credit = 0,\n"
    "  revision = revision + 1\n"
    "WHERE id = :gone";
static const char SQL_TAKE_OVER[] =
    "UPDATE customer\n"
    "SET owes = owes + :owes, credit = credit + :credit,\n"
    "  email = CASE WHEN email = '' THEN :email ELSE email END,\n"
    "  external_number = CASE WHEN external_number = '' THEN :external_number\n"
    "    ELSE external_number END,\n"
    "  note = :note,\n"
    "  on_hold = max(on_hold, :on_hold),\n"
    "  hold_reason = CASE WHEN on_hold = 1 THEN hold_reason ELSE :hold_reason END,\n"
    "  last_visit_on = CASE WHEN ifnull(last_visit_on, '') < ifnull(:last_visit_on, '')\n"
    "    THEN :last_visit_on ELSE last_visit_on END,\n"
    "  revision = revision + 1\n"
    "WHERE id = :keep";
static const char *const SQL_MOVES[] = {
    "UPDATE vehicle SET customer = :keep, revision = revision + 1 WHERE customer = :gone",
    "UPDATE vehicle_owner SET customer = :keep WHERE customer = :gone",
    "UPDATE repair_order SET customer = :keep, revision = revision + 1 WHERE customer = :gone",
    "UPDATE invoice SET customer = :keep WHERE customer = :gone",
    "UPDATE payment SET customer = :keep WHERE customer = :gone",
    "UPDATE gift_certificate SET customer = :keep WHERE customer = :gone",
    "UPDATE customer_core SET customer = :keep WHERE customer = :gone",
    "UPDATE contact SET customer = :keep WHERE customer = :gone",
    "UPDATE user SET customer = :keep, revision = revision + 1 WHERE customer = :gone",
    /* Where both have a matrix of parts or labor, that of the kept record stands. */
    "UPDATE OR IGNORE matrix SET customer = :keep, revision = revision + 1 WHERE customer = :gone",
    "DELETE FROM matrix_tier WHERE matrix = (SELECT id FROM matrix WHERE customer = :gone)",
    "DELETE FROM matrix WHERE customer = :gone",
    "UPDATE OR IGNORE labor_matrix SET customer = :keep, revision = revision + 1\n"
    "WHERE customer = :gone",
    "DELETE FROM labor_tier\n"
    "WHERE labor_matrix = (SELECT id FROM labor_matrix WHERE customer = :gone)",
    "DELETE FROM labor_matrix WHERE customer = :gone",
    "UPDATE contract SET customer = :keep, revision = revision + 1 WHERE customer = :gone",
    "UPDATE customer SET merged_into = :keep WHERE merged_into = :gone",
};
/* clang-format on */

static bool has_phone(const struct rows *phones, const char *number)
{
    const struct phone *at = phones->at;

    for (size_t i = 0; i < phones->count; i++)
        if (text_same(at[i].number, number))
            return true;
    return false;
}

static bool has_address(const struct rows *addresses, const struct address *address)
{
    const struct address *at = addresses->at;

    for (size_t i = 0; i < addresses->count; i++)
        if (text_same(at[i].street, address->street) && text_same(at[i].zip, address->zip))
            return true;
    return false;
}

static status join_phones(struct session *s, const struct customer *keep,
                          const struct customer *gone)
{
    const struct phone *from = gone->phones.at;
    struct phone *all = NEW_ARRAY(s->arena, struct phone, keep->phones.count + gone->phones.count);
    struct rows joined = {all, keep->phones.count};

    for (size_t i = 0; i < keep->phones.count; i++)
        all[i] = ((const struct phone *)keep->phones.at)[i];
    for (size_t i = 0; i < gone->phones.count; i++)
        if (!has_phone(&joined, from[i].number))
            all[joined.count++] = from[i];
    return joined.count == keep->phones.count ? OK : customer_put_phones(s, keep->id, &joined);
}

static status join_addresses(struct session *s, const struct customer *keep,
                             const struct customer *gone)
{
    const struct address *from = gone->addresses.at;
    struct address *all =
        NEW_ARRAY(s->arena, struct address, keep->addresses.count + gone->addresses.count);
    struct rows joined = {all, keep->addresses.count};

    for (size_t i = 0; i < keep->addresses.count; i++)
        all[i] = ((const struct address *)keep->addresses.at)[i];
    for (size_t i = 0; i < gone->addresses.count; i++)
        if (!has_address(&joined, &from[i]))
            all[joined.count++] = from[i];
    return joined.count == keep->addresses.count ? OK
                                                 : customer_put_addresses(s, keep->id, &joined);
}

/* Both notes, as far as there is room: the record that went keeps its own in full. */
static const char *joined_note(struct session *s, const struct customer *keep,
                               const struct customer *gone)
{
    const size_t max = field_max(shape_field(&customer_shape, "note"));

    if (text_is_empty(gone->note) || text_same(keep->note, gone->note))
        return keep->note;
    if (text_is_empty(keep->note))
        return gone->note;
    const char *both = arena_printf(s->arena, "%s\n%s", keep->note, gone->note);
    return strlen(both) <= max ? both : keep->note;
}

static status check_pair(struct session *s, const struct customer_merge *in, struct customer *keep,
                         struct customer *gone)
{
    if (in->keep.v == in->gone.v)
        return fail_field(s, "gone",
                          "A customer can't be merged into itself. Choose the other record.");
    TRY(customer_get(s, in->keep, keep));
    TRY(customer_get(s, in->gone, gone));
    TRY(customer_must_be_active(s, in->keep));
    return gone->merged_into.v != 0 ? customer_must_be_active(s, in->gone) : OK;
}

static status take_over(struct session *s, const struct customer *keep, const struct customer *gone)
{
    TRY(store_run(s->store, SQL_TAKE_OVER, NO_ROW,
                  BINDS(BIND_ID("keep", keep->id), BIND_MONEY("owes", gone->owes),
                        BIND_MONEY("credit", gone->credit), BIND_TEXT("email", gone->email),
                        BIND_TEXT("external_number", gone->external_number),
                        BIND_TEXT("note", joined_note(s, keep, gone)),
                        BIND_INT("on_hold", gone->on_hold),
                        BIND_TEXT("hold_reason", gone->hold_reason),
                        BIND_DAY("last_visit_on", gone->last_visit_on))));
    TRY(join_phones(s, keep, gone));
    return join_addresses(s, keep, gone);
}

status customer_merge_run(struct session *s, const void *in, void *out)
{
    const struct customer_merge *merge = in;
    const struct lookup_keys none = {.count = 0};
    const struct bind *pair = BINDS(BIND_ID("keep", merge->keep), BIND_ID("gone", merge->gone),
                                    BIND_INSTANT("now", session_now(s)));
    struct customer keep;
    struct customer gone;

    TRY(check_pair(s, merge, &keep, &gone));
    TRY(store_run(s->store, SQL_SEND_AWAY, NO_ROW, pair));
    for (size_t i = 0; i < COUNT_OF(SQL_MOVES); i++)
        TRY(store_run(s->store, SQL_MOVES[i], NO_ROW, pair));
    TRY(take_over(s, &keep, &gone));
    TRY(lookup_put(s, "customer", gone.id.v, &none));
    TRY(customer_index(s, keep.id));
    TRY(customer_index_papers(s, keep.id, keep.name));
    return customer_get(s, keep.id, out);
}
