/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Vehicles: their record and their odometer. Writing is in vehicle_write.c, their past in
 * vehicle_history.c, the operations in vehicle_ops.c. */

#include "vehicle_inner.h"

#include <string.h>

#include "base/text.h"

/* clang-format off */
static const char SQL_GET[] =
    "SELECT v.id AS id, v.customer AS customer, c.name AS customer_name, v.vin AS vin,\n"
    "  v.vin_note AS vin_note, v.plate AS plate, v.plate_state AS plate_state,\n"
    "  v.unit_number AS unit_number, v.year AS year, v.make AS make, v.model AS model,\n"
    "  v.trim AS trim, v.body AS body, v.engine AS engine, v.transmission AS transmission,\n"
    "  v.drive AS drive, v.color AS color,\n"
    "  v.rate_class AS rate_class, v.note AS note, v.name AS name,\n"
    "  v.odometer_mi, v.odometer_on AS odometer_on,\n"
    "  v.external_number AS external_number, v.archived_at AS archived_at,\n"
    "  v.revision AS revision\n"
    "FROM vehicle AS v JOIN customer AS c ON c.id = v.customer\n"
    "WHERE v.id = :id";
static const char SQL_READING_ADD[] =
    "INSERT INTO odometer (vehicle, read_on, miles, source, repair_order, reason, user)\n"
    "VALUES (:vehicle, :read_on, :miles, :source, :order, :reason, :user)";
static const char SQL_SET_ODOMETER[] =
    "UPDATE vehicle\n"
    "SET odometer_mi = :miles, odometer_on = :read_on\n"
    "WHERE id = :vehicle AND ifnull(odometer_on, '') <= :read_on";
static const char *const SQL_ORDERS[] = {
    "INSERT OR IGNORE INTO lookup (noun, key, id)\n"
    "SELECT 'order', :key, id FROM repair_order WHERE vehicle = :id",
    NULL,
};
/* clang-format on */

#define ODOMETER_MAX INT64_C(9999999)

status vehicle_get(struct session *s, struct vehicle_id id, struct vehicle *ret)
{
    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                           &vehicle_shape, ret),
                 "There is no vehicle %lld. Find it by plate, VIN or owner.", (long long)id.v);
}

status vehicle_must_be_active(struct session *s, struct vehicle_id id)
{
    struct vehicle vehicle;

    TRY(vehicle_get(s, id, &vehicle));
    if (vehicle.archived_at.seconds != 0)
        return fail(s, ERR_CONFLICT, "The %s of %s is archived. Restore it first.", vehicle.name,
                    vehicle.customer_name);
    return OK;
}

status vehicle_key_owns(struct session *s, const void *in, bool *ret_own)
{
    const struct vehicle_key *key = in;
    struct vehicle vehicle;

    TRY(vehicle_get(s, key->vehicle, &vehicle));
    *ret_own = s->customer.v != 0 && vehicle.customer.v == s->customer.v;
    return OK;
}

static status check_reading(struct session *s, const struct vehicle *vehicle, int64_t miles,
                            const char *reason)
{
    char when[DAY_TEXT_MAX];

    if (miles < 0 || miles > ODOMETER_MAX)
        return fail_field(s, "odometer_mi",
                          "An odometer shows between 0 and 9,999,999 miles. Read it again.");
    if (miles < vehicle->odometer_mi && text_is_empty(reason))
        return fail_field(s, "odometer_mi",
                          "%lld mi is less than the %lld mi read on %s. Correct it, or give the "
                          "reason it runs backwards, such as a new instrument cluster.",
                          (long long)miles, (long long)vehicle->odometer_mi,
                          day_show(vehicle->odometer_on, when));
    return OK;
}

status vehicle_put_reading(struct session *s, struct vehicle_id id, const struct odometer_row *row)
{
    const struct bind *binds = BINDS(BIND_ID("vehicle", id), BIND_TEXT("read_on", row->read_on.iso),
                                     BIND_INT("miles", row->miles),
                                     BIND_TEXT("source", row->source), BIND_ID("order", row->order),
                                     BIND_TEXT("reason", row->reason), BIND_ID("user", s->user));

    TRY(store_run(s->store, SQL_READING_ADD, NO_ROW, binds));
    return store_run(s->store, SQL_SET_ODOMETER, NO_ROW, binds);
}

status vehicle_read_odometer(struct session *s, struct vehicle_id id, int64_t miles,
                             const char *reason, const char *source, struct order_id order)
{
    struct vehicle vehicle;

    TRY(vehicle_get(s, id, &vehicle));
    TRY(check_reading(s, &vehicle, miles, reason));
    const struct odometer_row row = {.read_on = session_today(s),
                                     .miles = miles,
                                     .source = source,
                                     .reason = reason != NULL ? reason : "",
                                     .order = order};
    return vehicle_put_reading(s, id, &row);
}

void vehicle_keys(struct session *s, const struct vehicle *vehicle, struct lookup_keys *ret)
{
    struct lookup_keys keys = {.count = 0};

    lookup_add_code(s, &keys, vehicle->vin);
    lookup_add_code(s, &keys, vehicle->plate);
    lookup_add(s, &keys, vehicle->plate, false);
    lookup_add(s, &keys, vehicle->unit_number, false);
    if (!text_is_empty(vehicle->unit_number))
        lookup_add(s, &keys, arena_printf(s->arena, "unit %s", vehicle->unit_number), false);
    lookup_add(s, &keys, vehicle->external_number, false);
    lookup_add(s, &keys, vehicle->name, true);
    *ret = keys;
}

status vehicle_index_orders(struct session *s, const struct vehicle *now,
                            const struct vehicle *before)
{
    struct lookup_keys keys = {.count = 0};

    if (!text_same(now->plate, before->plate))
        lookup_add_code(s, &keys, now->plate);
    if (!text_same(now->vin, before->vin))
        lookup_add_code(s, &keys, now->vin);
    return lookup_add_also(s, SQL_ORDERS, now->id.v, &keys);
}

status vehicle_index(struct session *s, const struct vehicle *vehicle)
{
    struct lookup_keys keys;

    vehicle_keys(s, vehicle, &keys);
    return lookup_put(s, "vehicle", vehicle->id.v, &keys);
}
