/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A line of a file of customers.
 *
 * What is decided here, and why:
 * - The same number twice, or the same name and phone: one customer; the later line fills in what
 * is missing, so that a second run of a file changes nothing.
 * - The same person under two numbers: both lead to the one customer, so that vehicles of either
 * find their owner.
 * - A card number in the note is cut to its last four digits, and the customer comes in: the number
 * may not be kept, but the person is true. In any other column it refuses the line.
 * - Tax exempt without a certificate: the customer comes in and is taxed until the number is
 *   entered, because an exemption that can't be proved is the shop's to pay. The note says so.
 * - A phone number that is none, or has no area code, is kept in the note. */

#include "import_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "customer_inner.h"

#define PHONES_MAX 5

static const char SQL_RATE_CLASS[] = "SELECT id\n"
                                     "FROM rate_class\n"
                                     "WHERE lower(name) = lower(:name) AND archived_at IS NULL";
static const char SQL_LIMIT[] = "UPDATE customer\n"
                                "SET credit_limit = :limit, revision = revision + 1\n"
                                "WHERE id = :customer AND credit_limit IS NULL AND terms_days > 0";
static const char SQL_HOLD[] = "UPDATE customer\n"
                               "SET on_hold = 1, hold_reason = :reason, revision = revision + 1\n"
                               "WHERE id = :customer AND on_hold = 0";

static void add_to_note(struct import_work *w, struct customer_entry *entry, const char *line)
{
    entry->note =
        *entry->note == '\0' ? line : arena_printf(w->s->arena, "%s\n%s", entry->note, line);
}

static enum phone_kind kind_of(const char *text)
{
    const int kind = choice_value(&phone_kind_choices, text);

    if (kind >= 0)
        return (enum phone_kind)kind;
    switch (text[0] | 0x20) {
    case 'h':
        return PHONE_HOME;
    case 'w':
    case 'o':
    case 'b': /* work, office, business */
        return PHONE_WORK;
    case 'f':
        return PHONE_FAX;
    default:
        return PHONE_MOBILE;
    }
}

static void take_phone(struct import_work *w, struct customer_entry *entry, unsigned target,
                       enum phone_kind kind)
{
    const char *text = import_cell(w, target);
    struct phone *at = entry->phones.at;

    if (import_is_placeholder(text) || entry->phones.count == PHONES_MAX)
        return;
    const char *number = import_phone(w, text);
    if (number == NULL) {
        import_note(w, "Phone numbers that are none kept in the note", text, "");
        add_to_note(w, entry, arena_printf(w->s->arena, "Phone as imported: %s", text));
        return;
    }
    for (size_t i = 0; i < entry->phones.count; i++)
        if (text_same(at[i].number, number))
            return;
    at[entry->phones.count++] = (struct phone){.kind = kind, .number = number, .note = ""};
}

static void take_phones(struct import_work *w, struct customer_entry *entry)
{
    entry->phones.at = NEW_ARRAY(w->s->arena, struct phone, PHONES_MAX);
    take_phone(w, entry, CUSTOMER_PHONE, kind_of(import_cell(w, CUSTOMER_PHONE_KIND)));
    take_phone(w, entry, CUSTOMER_MOBILE, PHONE_MOBILE);
    take_phone(w, entry, CUSTOMER_HOME, PHONE_HOME);
    take_phone(w, entry, CUSTOMER_WORK, PHONE_WORK);
    take_phone(w, entry, CUSTOMER_FAX, PHONE_FAX);
}

static void take_address(struct import_work *w, struct customer_entry *entry)
{
    struct address *address = NEW(w->s->arena, struct address);
    const char *second = import_cell(w, CUSTOMER_STREET_2);

    address->street = import_cell(w, CUSTOMER_STREET);
    if (*second != '\0')
        address->street = *address->street == '\0'
                              ? second
                              : arena_printf(w->s->arena, "%s, %s", address->street, second);
    address->city = import_cell(w, CUSTOMER_CITY);
    address->state = import_state(w, import_cell(w, CUSTOMER_STATE));
    address->zip = import_zip(w, import_cell(w, CUSTOMER_ZIP), address->state);
    if (*address->street != '\0' || *address->city != '\0' || *address->state != '\0' ||
        *address->zip != '\0')
        entry->addresses = (struct rows){address, 1};
}

static void take_names(struct import_work *w, struct customer_entry *entry)
{
    const char *name = import_cell(w, CUSTOMER_NAME);

    entry->first_name = import_cell(w, CUSTOMER_FIRST);
    entry->last_name = import_cell(w, CUSTOMER_LAST);
    entry->company = import_cell(w, CUSTOMER_COMPANY);
    if (*name != '\0' && *entry->first_name == '\0' && *entry->last_name == '\0' &&
        !text_same(name, entry->company)) {
        const char *company = entry->company;
        import_split_name(w, name, entry);
        if (*company != '\0')
            entry->company = company;
    }
}

static void take_exemption(struct import_work *w, struct customer_entry *entry)
{
    const char *given = import_cell(w, CUSTOMER_EXEMPT);
    const char *certificate = import_cell(w, CUSTOMER_CERTIFICATE);

    entry->exempt_certificate = import_is_placeholder(certificate) ? "" : certificate;
    entry->exempt_kind = import_cell(w, CUSTOMER_EXEMPT_KIND);
    entry->exempt_until_on = import_any_day(w, import_cell(w, CUSTOMER_EXEMPT_UNTIL));
    if (!import_yes(given))
        return;
    entry->tax_exempt = *entry->exempt_certificate != '\0';
    if (entry->tax_exempt)
        return;
    import_note(w, "Tax exempt without a certificate: taxed until its number is entered", given,
                "");
    add_to_note(w, entry, "Tax exempt in the old system; enter the certificate's number.");
}

/* "Net 30", "30 days", "COD". */
static int64_t take_terms(struct import_work *w)
{
    const char *text = import_cell(w, CUSTOMER_TERMS);
    const char *digits = text + strcspn(text, "0123456789");
    const int64_t days = strtoll(digits, NULL, 10);

    if (days >= 0 && days <= 365)
        return days;
    import_note(w, "Terms that can't be left out", text, "");
    return 0;
}

/* By its name; one that the shop does not have is kept in the note. */
static status take_rate_class(struct import_work *w, struct customer_entry *entry)
{
    const char *name = import_cell(w, CUSTOMER_RATE_CLASS);

    if (import_is_placeholder(name))
        return OK;
    const status result = store_int(w->s->store, SQL_RATE_CLASS, BINDS(BIND_TEXT("name", name)),
                                    &entry->rate_class.v);
    if (result != ERR_NOT_FOUND)
        return result;
    import_note(w, "Labor rates the shop does not have kept in the note", name, "");
    add_to_note(w, entry, arena_printf(w->s->arena, "Labor rate as imported: %s", name));
    return OK;
}

static void take_authorized(struct import_work *w, struct customer_entry *entry)
{
    const char *typed = import_cell(w, CUSTOMER_AUTHORIZED_PHONE);
    const char *phone = import_is_placeholder(typed) ? "" : import_phone(w, typed);

    entry->authorized_person = import_cell(w, CUSTOMER_AUTHORIZED);
    if (phone != NULL && !text_is_empty(entry->authorized_person))
        entry->authorized_phone = phone;
}

/* What only who holds credit:set may give: a limit where none is stored and the customer has terms;
 * a hold on a new customer alone, because one that is stored may have been released since. */
static status put_account(struct import_work *w, struct customer_id id, bool is_new,
                          bool *ret_changed)
{
    const char *hold = import_cell(w, CUSTOMER_HOLD);
    const bool is_none = import_is_placeholder(hold) || text_same(hold, "no") ||
                         text_same(hold, "No") || text_same(hold, "0") || text_same(hold, "false");
    struct money limit = MONEY_ZERO;

    TRY(import_money(w, CUSTOMER_LIMIT, &limit));
    const bool has_limit = !import_is_placeholder(import_cell(w, CUSTOMER_LIMIT));
    if (!has_limit && is_none)
        return OK;
    if (!right_set_has(&w->s->rights_all, RIGHT_CREDIT_SET)) {
        import_note(w, "Limits and holds left out: your role does not set them", "", "");
        return OK;
    }
    if (has_limit) {
        TRY(store_run(w->s->store, SQL_LIMIT, NO_ROW,
                      BINDS(BIND_ID("customer", id), BIND_MONEY("limit", limit))));
        *ret_changed = *ret_changed || store_changed_rows(w->s->store) > 0;
    }
    if (is_none || !is_new)
        return OK;
    const char *reason = import_yes(hold) ? "On hold in the old system" : hold;
    return store_run(w->s->store, SQL_HOLD, NO_ROW,
                     BINDS(BIND_ID("customer", id), BIND_TEXT("reason", reason)));
}

static status take_line(struct import_work *w, struct customer_entry *entry)
{
    import_init_customer(w, entry);
    entry->external_number = import_cell(w, CUSTOMER_NUMBER);
    take_names(w, entry);
    entry->note = import_lines(w, CUSTOMER_NOTE);
    take_phones(w, entry);
    entry->email = import_email(w, import_cell(w, CUSTOMER_EMAIL));
    take_address(w, entry);
    entry->referral = import_cell(w, CUSTOMER_REFERRAL);
    take_exemption(w, entry);
    entry->terms_days = take_terms(w);
    take_authorized(w, entry);
    return take_rate_class(w, entry);
}

static const char *summary_of(struct import_work *w, const struct customer_entry *entry)
{
    const struct phone *phones = entry->phones.at;
    const char *name = customer_sorted_name(w->s, entry);

    if (entry->phones.count == 0)
        return arena_text(w->kept, name);
    return arena_printf(w->kept, "%s · %s", name, text_phone_show(w->s->arena, phones[0].number));
}

status import_customer_line(struct import_work *w)
{
    struct customer_entry entry;
    struct customer_id existing = {0};
    struct customer_id id = {0};
    bool changed = false;

    TRY(take_line(w, &entry));
    w->line->summary = summary_of(w, &entry);
    TRY(import_same_customer(w, &entry, &existing));
    TRY(import_put_customer(w, &entry, existing, &id, &changed));
    TRY(put_account(w, id, existing.v == 0, &changed));
    TRY(import_visit(w, id, import_past_day(w, import_cell(w, CUSTOMER_LAST_VISIT)), &changed));
    w->line->record = id.v;
    w->line->fate = existing.v == 0 ? IMPORT_NEW : changed ? IMPORT_CHANGED : IMPORT_SAME;
    return OK;
}
