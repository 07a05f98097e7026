/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_VEHICLE_INNER_H
#define PITLANE_DOMAIN_VEHICLE_INNER_H

/* What the files of the noun vehicle share. */

#include "domain/list.h"
#include "domain/vehicle.h"
#include "record.h"

extern const struct shape owner_row_shape, odometer_row_shape;
extern const struct op vehicle_history_op, vehicle_states_op;

/* The code of the state that a plate's is said to be of, by its code, its name or how that begins;
 * "" for nothing. Of one that is none: ERR_NOT_FOUND without a sentence, or refused at its field.
 */
status vehicle_find_plate_state(struct session *s, const char *typed,
                                const char **ret_code) MUST_USE;
status vehicle_check_plate_state(struct session *s, const char *typed,
                                 const char **ret_code) MUST_USE;

status vehicle_key_owns(struct session *s, const void *in, bool *ret_own) MUST_USE;

/* Writes the keys by which the counter finds this vehicle: plate, VIN and its tail, unit and old
 * numbers, and its name from each word on. */
status vehicle_index(struct session *s, const struct vehicle *vehicle) MUST_USE;
/* A new plate or VIN leads to the vehicle's orders as well. */
status vehicle_index_orders(struct session *s, const struct vehicle *now,
                            const struct vehicle *before) MUST_USE;
/* These keys, of the vehicle's numbers and name. */
void vehicle_keys(struct session *s, const struct vehicle *vehicle, struct lookup_keys *ret);
/* Writes a reading that was checked; the vehicle shows the latest. */
status vehicle_put_reading(struct session *s, struct vehicle_id id,
                           const struct odometer_row *row) MUST_USE;
/* Writes the rows of a checked entry whose VIN is a good one: vehicle and owner, without reading
 * and keys. ret has what the keys are made of. */
status vehicle_insert(struct session *s, const struct vehicle_entry *entry, struct day since_on,
                      struct vehicle *ret) MUST_USE;

/* From another system's file, without a reading: `twin`, if there is one, has the same VIN, and the
 * new one gets a mark instead of being refused. */
status vehicle_take_in(struct session *s, const struct vehicle_entry *entry, struct day since_on,
                       struct vehicle_id twin, struct vehicle *ret) MUST_USE;

status vehicle_add(struct session *s, const void *in, void *out) MUST_USE;
status vehicle_edit(struct session *s, const void *in, void *out) MUST_USE;
status vehicle_archive(struct session *s, const void *in, void *out) MUST_USE;
status vehicle_restore(struct session *s, const void *in, void *out) MUST_USE;
status vehicle_change_owner_run(struct session *s, const void *in, void *out) MUST_USE;
status vehicle_odometer_run(struct session *s, const void *in, void *out) MUST_USE;
status vehicle_history_run(struct session *s, const void *in, void *out) MUST_USE;

#endif
