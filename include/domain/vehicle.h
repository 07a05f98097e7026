/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_VEHICLE_H
#define PITLANE_DOMAIN_VEHICLE_H

/* Vehicles, their owners and their odometers. */

#include "domain/op.h"

struct vehicle {
    struct vehicle_id id;
    struct customer_id customer;
    const char *customer_name;
    const char *vin, *vin_note;
    const char *plate, *plate_state, *unit_number;
    int64_t year; /* 0: unknown */
    const char *make, *model, *trim, *body, *engine, *transmission, *drive, *color, *note;
    struct rate_class_id rate_class; /* of labor on it; 0: the customer's */
    const char *name;                /* "2014 Honda Accord EX-L" */
    int64_t odometer_mi;             /* NUMBER_NONE: never read */
    struct day odometer_on;
    const char *external_number;
    struct instant archived_at;
    int64_t revision;
};
extern const struct shape vehicle_shape;

/* What vehicle.add (vehicle and revision 0) and vehicle.edit (customer and odometer are not looked
 * at) take. What is empty is filled from the VIN. */
struct vehicle_entry {
    struct vehicle_id vehicle;
    struct customer_id customer;
    const char *vin, *plate, *plate_state, *unit_number;
    int64_t year;
    const char *make, *model, *trim, *body, *engine, *transmission, *drive, *color, *note;
    struct rate_class_id rate_class; /* of labor on it; 0: the customer's */
    int64_t odometer_mi;             /* 0: not read */
    const char *external_number;
    int64_t revision;
};
/* vehicle.show, .archive, .restore, .history */
struct vehicle_key {
    struct vehicle_id vehicle;
};
struct vehicle_search {
    struct list_query query;
    struct customer_id customer; /* 0: all */
    bool archived;               /* these too */
};
struct vehicle_change_owner {
    struct vehicle_id vehicle;
    struct customer_id customer;
    struct day since_on; /* none: today */
};
struct vehicle_odometer {
    struct vehicle_id vehicle;
    int64_t odometer_mi;
    const char *odometer_reason;
};
struct declined_list {
    struct list_query query;
    struct vehicle_id vehicle;
};
struct vin_decode {
    const char *vin;
};

struct vehicle_row {
    struct vehicle_id id;
    struct customer_id customer;
    const char *name, *plate, *plate_state, *vin, *unit_number, *customer_name;
    int64_t odometer_mi;
    bool archived;
};

/* One visit, line by line, for the service history on screen and paper. */
struct history_row {
    struct order_id order;
    struct invoice_id invoice;
    struct day day;
    int64_t odometer_mi;
    const char *title, *concern, *cause, *correction, *technician;
    const char *state; /* job state word: done, declined, deferred … */
    struct money amount;
};
struct owner_row {
    struct customer_id customer;
    const char *customer_name;
    struct day since_on, until_on;
};
struct odometer_row {
    struct day read_on;
    int64_t miles;
    const char *source, *reason;
    struct order_id order;
};

/* The vehicle's life: what vehicle.history answers. The vehicle's fields stand beside the rows. */
struct vehicle_history {
    struct vehicle vehicle;
    struct rows visits;   /* of struct history_row, latest first */
    struct rows owners;   /* of struct owner_row, latest first */
    struct rows odometer; /* of struct odometer_row, latest first */
};

status vehicle_get(struct session *s, struct vehicle_id id, struct vehicle *ret) MUST_USE;
/* Records a reading. One below the latest needs a reason: ERR_INVALID at "odometer_mi" (the calling
 * operation has fields odometer_mi and odometer_reason). source: order, import, hand. */
status vehicle_read_odometer(struct session *s, struct vehicle_id id, int64_t miles,
                             const char *reason, const char *source,
                             struct order_id order) MUST_USE;
/* ERR_CONFLICT with a sentence when archived. */
status vehicle_must_be_active(struct session *s, struct vehicle_id id) MUST_USE;

extern const struct op vehicle_search_op; /* list of vehicle_row, filter customer */
extern const struct op vehicle_show_op, vehicle_add_op, vehicle_edit_op, vehicle_archive_op,
    vehicle_restore_op;
extern const struct op vehicle_change_owner_op; /* vehicle, customer, since_on */
extern const struct op
    vehicle_odometer_op; /* vehicle.odometer: vehicle, odometer_mi, odometer_reason */
extern const struct op
    vehicle_history_op; /* out: vehicle and rows: history_row, owner_row, odometer_row */
extern const struct op
    vehicle_decline_list_op; /* vehicle.declined: list of open declined and deferred jobs */
extern const struct op vin_decode_op; /* vin.decode: no shop needed */

#endif
