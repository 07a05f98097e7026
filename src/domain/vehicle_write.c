/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Adding, changing and archiving vehicles, their owners and readings. */

#include "vehicle_inner.h"

#include <stdio.h>

#include "base/text.h"
#include "domain/customer.h"
#include "domain/labor_rate.h"
#include "domain/vin.h"

/* clang-format off */
static const char SQL_ADD[] =
    "INSERT INTO vehicle (customer, vin, vin_note, plate, plate_state, unit_number, year, make,\n"
    "  model, trim, body, engine, transmission, drive, color, rate_class, note, name,\n"
    "  name_key, external_number)\n"
    "VALUES (:customer, :vin, :vin_note, :plate, :plate_state, :unit_number, nullif(:year, 0),\n"
    "  :make, :model, :trim, :body, :engine, :transmission, :drive, :color, :rate_class,\n"
    "  :note, :name, :name_key, :external_number)";
static const char SQL_EDIT[] =
    "UPDATE vehicle\n"
    "SET vin = :vin, vin_note = :vin_note, plate = :plate, plate_state = :plate_state,\n"
    "  unit_number = :unit_number, year = nullif(:year, 0), make = :make, model = :model,\n"
    "  trim = :trim, body = :body, engine = :engine, transmission = :transmission,\n"
    "  drive = :drive, color = :color, rate_class = :rate_class, note = :note,\n"
    "  name = :name, name_key = :name_key, external_number = :external_number, revision = revision + 1\n"
    "WHERE id = :vehicle AND (:revision = 0 OR revision = :revision)";
static const char SQL_SAME_VIN[] =
    "SELECT id\n"
    "FROM vehicle\n"
    "WHERE vin = :vin AND vin <> '' AND id <> :vehicle AND archived_at IS NULL\n"
    "LIMIT 1";
static const char SQL_SET_ARCHIVED[] =
    "UPDATE vehicle\n"
    "SET archived_at = :archived_at, revision = revision + 1\n"
    "WHERE id = :vehicle";
static const char SQL_OPEN_ORDER[] =
    "SELECT max(id)\n"
    "FROM repair_order\n"
    "WHERE vehicle = :vehicle\n"
    "AND state IN ('estimate', 'approved', 'in_progress', 'hold', 'quality_check', 'complete')";
static const char SQL_OWNER_ADD[] =
    "INSERT INTO vehicle_owner (vehicle, customer, since_on)\n"
    "VALUES (:vehicle, :customer, :since_on)";
static const char SQL_OWNER_SINCE[] =
    "SELECT ifnull(max(since_on), '') FROM vehicle_owner WHERE vehicle = :vehicle";
static const char SQL_OWNER_CLOSE[] =
    "UPDATE vehicle_owner\n"
    "SET until_on = :since_on\n"
    "WHERE vehicle = :vehicle AND until_on IS NULL";
static const char SQL_SET_OWNER[] =
    "UPDATE vehicle\n"
    "SET customer = :customer, revision = revision + 1\n"
    "WHERE id = :vehicle";
/* clang-format on */

/* One as written down and what follows from it. */
struct vehicle_draft {
    struct vehicle_entry entry;
    const char *vin_note;
    const char *name;
};

static const char *add_word(struct session *s, const char *text, const char *word)
{
    if (text_is_empty(word))
        return text;
    return *text == '\0' ? word : arena_printf(s->arena, "%s %s", text, word);
}

/* "2014 Honda Accord EX-L"; a vehicle of which nothing of that is known goes by its numbers. */
static const char *name_of(struct session *s, const struct vehicle_entry *v)
{
    const char *name = "";

    if (v->year != 0)
        name = arena_printf(s->arena, "%lld", (long long)v->year);
    name = add_word(s, name, v->make);
    name = add_word(s, name, v->model);
    name = add_word(s, name, v->trim);
    if (*name != '\0')
        return name;
    if (*v->plate != '\0')
        return arena_printf(s->arena, "Vehicle %s", v->plate);
    if (*v->vin != '\0')
        return arena_printf(s->arena, "Vehicle %s", v->vin);
    return *v->unit_number != '\0' ? arena_printf(s->arena, "Unit %s", v->unit_number) : "";
}

static void fill(const char **text, const char *from)
{
    if (text_is_empty(*text))
        *text = from;
}

/* What the form leaves empty comes from the number; what it says stays. */
static void fill_from_vin(struct vehicle_entry *entry, const struct vin_facts *facts)
{
    if (entry->year == 0)
        entry->year = facts->year;
    if (text_is_empty(entry->make) && text_is_empty(entry->model)) {
        fill(&entry->model, facts->model);
        fill(&entry->trim, facts->trim);
    }
    fill(&entry->make, facts->make);
    fill(&entry->body, facts->body);
    fill(&entry->engine, facts->engine);
}

static status check_vin_is_free(struct session *s, const struct vehicle_entry *entry)
{
    int64_t other_id = 0;
    struct vehicle other;

    if (!vin_is_shape(entry->vin))
        return OK;
    const status result = store_int(
        s->store, SQL_SAME_VIN,
        BINDS(BIND_TEXT("vin", entry->vin), BIND_INT("vehicle", entry->vehicle.v)), &other_id);
    if (result == ERR_NOT_FOUND || (result == OK && other_id == 0))
        return OK;
    TRY(result);
    TRY(vehicle_get(s, (struct vehicle_id){other_id}, &other));
    return fail_field(s, "vin",
                      "This VIN is on vehicle %lld already, the %s of %s. Open that one, or change "
                      "its owner.",
                      (long long)other_id, other.name, other.customer_name);
}

/* `stored`: the vehicle so far, NULL for a new one. A VIN that stays keeps its mark. */
static status draft_of(struct session *s, const struct vehicle_entry *in,
                       const struct vehicle *stored, struct vehicle_draft *ret)
{
    struct vehicle_draft draft = {.entry = *in, .vin_note = ""};
    const bool vin_is_new = stored == NULL || !text_same(vin_clean(s->arena, in->vin), stored->vin);
    struct vin_facts facts;

    draft.entry.vin = vin_clean(s->arena, in->vin);
    draft.entry.plate = record_code(s, in->plate);
    if (stored == NULL || !text_same(in->plate_state, stored->plate_state))
        TRY(vehicle_check_plate_state(s, in->plate_state, &draft.entry.plate_state));
    TRY(labor_rate_check(s, in->rate_class));
    vin_decode(draft.entry.vin, s->arena, &facts);
    if (facts.state == VIN_DOUBTFUL || facts.state == VIN_OTHER)
        draft.vin_note = facts.note;
    if (!vin_is_new)
        draft.vin_note = stored->vin_note;
    if (vin_is_new)
        fill_from_vin(&draft.entry, &facts);
    draft.name = name_of(s, &draft.entry);
    if (*draft.name == '\0')
        return fail_field(s, "make",
                          "Which vehicle is it? Give the VIN, the plate, or make and model.");
    *ret = draft;
    return OK;
}

static status write_row(struct session *s, const char *sql, const struct shape *shape,
                        const struct vehicle_draft *draft)
{
    return store_run(s->store, sql, BIND_ROW(shape, &draft->entry),
                     BINDS(BIND_TEXT("vin_note", draft->vin_note), BIND_TEXT("name", draft->name),
                           BIND_TEXT("name_key", text_fold(s->arena, draft->name))));
}

/* The row as it is now, with its keys brought up to it. */
static status settle(struct session *s, struct vehicle_id id, void *out)
{
    struct vehicle *vehicle = out;

    TRY(vehicle_get(s, id, vehicle));
    return vehicle_index(s, vehicle);
}

static status add_owner(struct session *s, struct vehicle_id id, struct customer_id customer,
                        struct day since_on)
{
    return store_run(s->store, SQL_OWNER_ADD, NO_ROW,
                     BINDS(BIND_ID("vehicle", id), BIND_ID("customer", customer),
                           BIND_TEXT("since_on", since_on.iso)));
}

status vehicle_insert(struct session *s, const struct vehicle_entry *entry, struct day since_on,
                      struct vehicle *ret)
{
    const struct vehicle_draft draft = {.entry = *entry, .vin_note = "", .name = name_of(s, entry)};

    TRY(write_row(s, SQL_ADD, vehicle_add_op.in, &draft));
    *ret = (struct vehicle){.id = {store_last_id(s->store)},
                            .customer = entry->customer,
                            .vin = entry->vin,
                            .plate = entry->plate,
                            .unit_number = entry->unit_number,
                            .external_number = entry->external_number,
                            .name = draft.name};
    return add_owner(s, ret->id, entry->customer, since_on);
}

status vehicle_add(struct session *s, const void *in, void *out)
{
    const struct vehicle_entry *entry = in;
    struct vehicle_draft draft;

    TRY(customer_must_be_active(s, entry->customer));
    TRY(draft_of(s, entry, NULL, &draft));
    TRY(check_vin_is_free(s, &draft.entry));
    TRY(write_row(s, SQL_ADD, vehicle_add_op.in, &draft));
    const struct vehicle_id id = {store_last_id(s->store)};
    TRY(add_owner(s, id, entry->customer, session_today(s)));
    if (entry->odometer_mi > 0)
        TRY(vehicle_read_odometer(s, id, entry->odometer_mi, "", "hand", (struct order_id){0}));
    return settle(s, id, out);
}

status vehicle_take_in(struct session *s, const struct vehicle_entry *entry, struct day since_on,
                       struct vehicle_id twin, struct vehicle *ret)
{
    struct vehicle_draft draft;

    TRY(customer_must_be_active(s, entry->customer));
    TRY(draft_of(s, entry, NULL, &draft));
    if (twin.v != 0)
        draft.vin_note = arena_printf(s->arena,
                                      "This VIN is on vehicle %lld too. Find out which of "
                                      "the two it belongs to.",
                                      (long long)twin.v);
    TRY(write_row(s, SQL_ADD, vehicle_add_op.in, &draft));
    const struct vehicle_id id = {store_last_id(s->store)};
    TRY(add_owner(s, id, entry->customer, since_on));
    return settle(s, id, ret);
}

status vehicle_edit(struct session *s, const void *in, void *out)
{
    const struct vehicle_entry *entry = in;
    struct vehicle stored;
    struct vehicle_draft draft;

    TRY(vehicle_must_be_active(s, entry->vehicle));
    TRY(vehicle_get(s, entry->vehicle, &stored));
    if (entry->revision != 0 && entry->revision != stored.revision)
        return record_is_stale(s, "vehicle", entry->vehicle.v);
    TRY(draft_of(s, entry, &stored, &draft));
    if (!text_same(draft.entry.vin, stored.vin))
        TRY(check_vin_is_free(s, &draft.entry));
    TRY(write_row(s, SQL_EDIT, vehicle_edit_op.in, &draft));
    TRY(record_was_changed(s, "vehicle", entry->vehicle.v));
    TRY(settle(s, entry->vehicle, out));
    return vehicle_index_orders(s, out, &stored);
}

static status set_archived(struct session *s, struct vehicle_id id, struct instant at)
{
    return store_run(s->store, SQL_SET_ARCHIVED, NO_ROW,
                     BINDS(BIND_ID("vehicle", id), BIND_INSTANT("archived_at", at)));
}

status vehicle_archive(struct session *s, const void *in, void *out)
{
    const struct vehicle_key *key = in;
    int64_t order = 0;

    TRY(vehicle_must_be_active(s, key->vehicle));
    TRY(store_int(s->store, SQL_OPEN_ORDER, BINDS(BIND_ID("vehicle", key->vehicle)), &order));
    if (order != 0)
        return fail(s, ERR_CONFLICT,
                    "The vehicle has an open repair order (RO %lld). Finish or void it before "
                    "archiving.",
                    (long long)order);
    TRY(set_archived(s, key->vehicle, session_now(s)));
    return vehicle_get(s, key->vehicle, out);
}

status vehicle_restore(struct session *s, const void *in, void *out)
{
    const struct vehicle_key *key = in;
    struct vehicle vehicle;
    struct vehicle_entry entry = {.vehicle = key->vehicle};

    TRY(vehicle_get(s, key->vehicle, &vehicle));
    entry.vin = vehicle.vin;
    TRY(check_vin_is_free(s, &entry));
    if (vehicle.archived_at.seconds != 0)
        TRY(set_archived(s, key->vehicle, INSTANT_NONE));
    return vehicle_get(s, key->vehicle, out);
}

static status check_since(struct session *s, struct vehicle_id id, struct day since_on)
{
    const char *last = "";
    char when[DAY_TEXT_MAX];
    struct day last_on = DAY_NONE;

    if (day_compare(since_on, session_today(s)) > 0)
        return fail_field(s, "since_on",
                          "The new owner can't have it from a day to come. Give the "
                          "day of the change, or leave it empty for today.");
    TRY(store_text(s->store, SQL_OWNER_SINCE, BINDS(BIND_ID("vehicle", id)), s->arena, &last));
    snprintf(last_on.iso, sizeof last_on.iso, "%s", last);
    if (*last != '\0' && day_compare(since_on, last_on) < 0)
        return fail_field(s, "since_on", "The present owner has it since %s. Give a later day.",
                          day_show(last_on, when));
    return OK;
}

status vehicle_change_owner_run(struct session *s, const void *in, void *out)
{
    const struct vehicle_change_owner *change = in;
    const struct day since = change->since_on.iso[0] != '\0' ? change->since_on : session_today(s);
    const struct bind *binds =
        BINDS(BIND_ID("vehicle", change->vehicle), BIND_ID("customer", change->customer),
              BIND_TEXT("since_on", since.iso));
    struct vehicle vehicle;

    TRY(vehicle_must_be_active(s, change->vehicle));
    TRY(customer_must_be_active(s, change->customer));
    TRY(vehicle_get(s, change->vehicle, &vehicle));
    if (vehicle.customer.v == change->customer.v)
        return fail_field(s, "customer", "The %s is %s's already.", vehicle.name,
                          vehicle.customer_name);
    TRY(check_since(s, change->vehicle, since));
    TRY(store_run(s->store, SQL_OWNER_CLOSE, NO_ROW, binds));
    TRY(add_owner(s, change->vehicle, change->customer, since));
    TRY(store_run(s->store, SQL_SET_OWNER, NO_ROW, binds));
    return vehicle_get(s, change->vehicle, out);
}

status vehicle_odometer_run(struct session *s, const void *in, void *out)
{
    const struct vehicle_odometer *reading = in;

    TRY(vehicle_read_odometer(s, reading->vehicle, reading->odometer_mi, reading->odometer_reason,
                              "hand", (struct order_id){0}));
    return vehicle_get(s, reading->vehicle, out);
}
