/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The fields and operations of vehicles. */

#include "base/text.h"
#include "domain/order.h"
#include "domain/vin.h"
#include "vehicle_inner.h"

#define VEHICLE_SHOW "vehicle.show"
#define YEAR_FIRST   1885 /* Benz's patent motor car */
#define YEAR_LAST    2100
#define MILES_MAX    9999999

/* clang-format off */
/* What people enter; `at` says where in T the member is. */
#define HERE(member) member
#define INSIDE(member) vehicle.member
#define VEHICLE_FIELDS(T, at)                                                                      \
    FIELD_NAMED(T, at(vin), "vin", .label = "VIN", .example = "1HGCR2F83EA012345",                 \
                .help = "Year, make, model and engine are filled in from it", .max = 64,           \
                .flags = FIELD_CODE | FIELD_NUMBERS_OK),                                           \
    FIELD_NAMED(T, at(plate), "plate", .example = "7ABC123", .max = 20, .flags = FIELD_CODE),      \
    FIELD_NAMED(T, at(plate_state), "plate_state", .label = "State", .example = "CA", .max = 60,   \
                .picks = "vehicle.states", .help = "Of the plate: a code or a name"),              \
    FIELD_NAMED(T, at(unit_number), "unit_number", .label = "Unit", .example = "14", .max = 40,    \
                .help = "The fleet's own number for it", .flags = FIELD_NUMBERS_OK),               \
    FIELD_NAMED(T, at(year), "year", .low = YEAR_FIRST, .high = YEAR_LAST),                        \
    FIELD_NAMED(T, at(make), "make", .example = "Honda", .max = 60),                               \
    FIELD_NAMED(T, at(model), "model", .example = "Accord", .max = 80),                            \
    FIELD_NAMED(T, at(trim), "trim", .example = "EX-L", .max = 80),                                \
    FIELD_NAMED(T, at(body), "body", .example = "Sedan", .max = 60),                               \
    FIELD_NAMED(T, at(engine), "engine", .example = "2.4 L, 4 cylinders", .max = 120),             \
    FIELD_NAMED(T, at(transmission), "transmission", .example = "automatic", .max = 60),           \
    FIELD_NAMED(T, at(drive), "drive", .example = "AWD", .max = 40),                               \
    FIELD_NAMED(T, at(color), "color", .max = 40),                                                 \
    FIELD_NAMED(T, at(rate_class), "rate_class", .label = "Labor rate",                            \
                .picks = "labor-rate.list",                                                        \
                .help = "Of labor on it; empty: the customer's, else the shop's"),                 \
    FIELD_NAMED(T, at(note), "note", .help = "For the shop, never printed",                        \
                .flags = FIELD_MANY_LINES, .right = RIGHT_NOTES_VIEW),                             \
    FIELD_NAMED(T, at(external_number), "external_number", .label = "Old number",                  \
                .help = "Its number in the system you used before", .max = 60,                     \
                .flags = FIELD_NUMBERS_OK)
#define VEHICLE_RECORD(T, at)                                                                      \
    FIELD_NAMED(T, at(id), "id", .label = "Vehicle", .flags = FIELD_FIXED),                        \
    FIELD_NAMED(T, at(name), "name", .max = 300, .flags = FIELD_FIXED),                            \
    FIELD_NAMED(T, at(customer), "customer", .label = "Customer", .picks = "customer.search",      \
                .flags = FIELD_FIXED),                                                             \
    FIELD_NAMED(T, at(customer_name), "customer_name", .label = "Owner", .flags = FIELD_FIXED),    \
    VEHICLE_FIELDS(T, at),                                                                         \
    FIELD_NAMED(T, at(vin_note), "vin_note", .label = "VIN doubt", .max = 400,                     \
                .flags = FIELD_FIXED),                                                             \
    FIELD_NAMED(T, at(odometer_mi), "odometer_mi", .label = "Odometer",                            \
                .high = MILES_MAX, .flags = FIELD_FIXED | FIELD_OPTIONAL),                         \
    FIELD_NAMED(T, at(odometer_on), "odometer_on", .label = "Read on", .flags = FIELD_FIXED),      \
    FIELD_NAMED(T, at(archived_at), "archived_at", .label = "Archived", .flags = FIELD_FIXED),     \
    FIELD_NAMED(T, at(revision), "revision", .flags = FIELD_HIDDEN)
/* clang-format on */

static const struct field vehicle_fields[] = {VEHICLE_RECORD(struct vehicle, HERE)};
const struct shape vehicle_shape = SHAPE_OF(struct vehicle, "vehicle", vehicle_fields);

static const struct field add_fields[] = {
    FIELD(struct vehicle_entry, customer, .label = "Customer", .picks = "customer.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    VEHICLE_FIELDS(struct vehicle_entry, HERE),
    FIELD(struct vehicle_entry, odometer_mi, .label = "Odometer", .low = 1, .high = MILES_MAX,
          .help = "Miles it shows now; empty: not read"),
};
static const struct field edit_fields[] = {
    FIELD(struct vehicle_entry, vehicle, .label = "Vehicle", .picks = "vehicle.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    VEHICLE_FIELDS(struct vehicle_entry, HERE),
    FIELD(struct vehicle_entry, revision, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct vehicle_key, vehicle, .label = "Vehicle", .picks = "vehicle.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct shape key_shape = SHAPE_OF(struct vehicle_key, "vehicle_key", key_fields);

static const struct field search_fields[] = {
    LIST_FIELDS(struct vehicle_search, query),
    FIELD(struct vehicle_search, customer, .label = "Customer", .picks = "customer.search",
          .help = "Vehicles of this customer only"),
    FIELD(struct vehicle_search, archived, .label = "Archived too",
          .help = "Show archived vehicles too"),
};
static const struct field row_fields[] = {
    FIELD(struct vehicle_row, id, .label = "Vehicle"),
    FIELD(struct vehicle_row, name, .max = 300),
    FIELD(struct vehicle_row, plate),
    FIELD(struct vehicle_row, plate_state, .label = "State"),
    FIELD(struct vehicle_row, vin, .label = "VIN", .flags = FIELD_NUMBERS_OK),
    FIELD(struct vehicle_row, unit_number, .label = "Unit", .flags = FIELD_NUMBERS_OK),
    FIELD(struct vehicle_row, odometer_mi, .label = "Odometer", .high = MILES_MAX,
          .flags = FIELD_OPTIONAL),
    FIELD(struct vehicle_row, customer, .flags = FIELD_HIDDEN),
    FIELD(struct vehicle_row, customer_name, .label = "Owner"),
    FIELD(struct vehicle_row, archived),
};
static const struct field owner_change_fields[] = {
    FIELD(struct vehicle_change_owner, vehicle, .label = "Vehicle", .picks = "vehicle.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct vehicle_change_owner, customer, .label = "New owner", .picks = "customer.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct vehicle_change_owner, since_on, .label = "Since",
          .help = "Day of the change; empty: today"),
};
static const struct field reading_fields[] = {
    FIELD(struct vehicle_odometer, vehicle, .label = "Vehicle", .picks = "vehicle.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct vehicle_odometer, odometer_mi, .label = "Odometer", .high = MILES_MAX,
          .help = "Miles it shows now", .flags = FIELD_ARGUMENT),
    FIELD(struct vehicle_odometer, odometer_reason, .label = "Reason",
          .help = "Why it shows less than before", .example = "new instrument cluster"),
};
static const struct field history_row_fields[] = {
    FIELD(struct history_row, day),
    FIELD(struct history_row, order, .label = "RO"),
    FIELD(struct history_row, invoice),
    FIELD(struct history_row, odometer_mi, .label = "Odometer", .high = MILES_MAX,
          .flags = FIELD_OPTIONAL),
    FIELD(struct history_row, title, .label = "Job"),
    FIELD(struct history_row, concern, .flags = FIELD_MANY_LINES),
    FIELD(struct history_row, cause, .flags = FIELD_MANY_LINES),
    FIELD(struct history_row, correction, .flags = FIELD_MANY_LINES),
    FIELD(struct history_row, technician),
    FIELD(struct history_row, state),
    FIELD(struct history_row, amount),
};
static const struct shape history_row_shape =
    SHAPE_OF(struct history_row, "history_row", history_row_fields);
static const struct field owner_row_fields[] = {
    FIELD(struct owner_row, customer),
    FIELD(struct owner_row, customer_name, .label = "Owner"),
    FIELD(struct owner_row, since_on, .label = "Since"),
    FIELD(struct owner_row, until_on, .label = "Until"),
};
const struct shape owner_row_shape = SHAPE_OF(struct owner_row, "owner_row", owner_row_fields);
static const struct field odometer_row_fields[] = {
    FIELD(struct odometer_row, read_on, .label = "Read on"),
    FIELD(struct odometer_row, miles),
    FIELD(struct odometer_row, source),
    FIELD(struct odometer_row, reason),
    FIELD(struct odometer_row, order, .label = "RO"),
};
const struct shape odometer_row_shape =
    SHAPE_OF(struct odometer_row, "odometer_row", odometer_row_fields);
static const struct field history_fields[] = {
    VEHICLE_RECORD(struct vehicle_history, INSIDE),
    FIELD(struct vehicle_history, visits, .rows = &history_row_shape),
    FIELD(struct vehicle_history, owners, .rows = &owner_row_shape),
    FIELD(struct vehicle_history, odometer, .label = "Readings", .rows = &odometer_row_shape),
};
static const struct shape vehicle_history_shape =
    SHAPE_OF(struct vehicle_history, "vehicle_history", history_fields);
static const struct field declined_list_fields[] = {
    LIST_FIELDS(struct declined_list, query),
    FIELD(struct declined_list, vehicle, .label = "Vehicle", .picks = "vehicle.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field declined_row_fields[] = {
    FIELD(struct declined_row, job),
    FIELD(struct declined_row, order, .label = "RO"),
    FIELD(struct declined_row, title, .label = "Job"),
    FIELD(struct declined_row, state, .choices = &job_state_choices),
    FIELD(struct declined_row, reason),
    FIELD(struct declined_row, decided_on, .label = "Decided"),
    FIELD(struct declined_row, odometer_mi, .label = "Odometer", .high = MILES_MAX,
          .flags = FIELD_OPTIONAL),
    FIELD(struct declined_row, amount, .label = "Price then"),
    FIELD(struct declined_row, safety),
    FIELD(struct declined_row, deferred_until_on, .label = "Due on"),
    FIELD(struct declined_row, deferred_until_mi, .label = "Due at, mi"),
};
static const struct field decode_fields[] = {
    FIELD(struct vin_decode, vin, .label = "VIN", .example = "1HGCR2F83EA012345",
          .help = "Vehicle identification number, as typed or scanned",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_CODE | FIELD_NUMBERS_OK),
};

/* clang-format off */
#define ROW_SELECT                                                                                 \
    "v.id AS id, v.customer AS customer, v.name AS name, v.plate AS plate,\n"                      \
    "  v.plate_state AS plate_state, v.vin AS vin, v.unit_number AS unit_number,\n"                \
    "  v.odometer_mi AS odometer_mi, v.archived_at IS NOT NULL AS archived,\n"         \
    "  (SELECT name FROM customer WHERE id = v.customer) AS customer_name"
static const struct list_sort vehicle_sorts[] = {
    {"name", "v.name_key", true},
};
/* One customer's few are found by their owner and sorted then: the plus keeps the order of all
 * vehicles out of it. */
static const struct list_sort few_sorts[] = {
    {"name", "+v.name_key", true},
};
enum { OF_ALL, OF_CUSTOMER };
static const struct list_source vehicle_sources[] = {
    [OF_ALL] = {
        .select = ROW_SELECT,
        .from = "vehicle AS v",
        .where = ":archived OR v.archived_at IS NULL",
        .id = "v.id",
        .sorts = vehicle_sorts, .sort_count = COUNT_OF(vehicle_sorts),
        .lookup = "vehicle",
    },
    [OF_CUSTOMER] = {
        .select = ROW_SELECT,
        .from = "vehicle AS v",
        .where = "v.customer = CASE WHEN :own THEN :own_customer ELSE :customer END\n"
                 "AND (NOT :own OR :customer IS NULL OR :customer = :own_customer)\n"
                 "AND (:archived OR v.archived_at IS NULL)",
        .id = "v.id",
        .sorts = few_sorts, .sort_count = COUNT_OF(few_sorts),
        .search_where = "v.name_key LIKE :like ESCAPE '\\' OR v.plate LIKE :like ESCAPE '\\'\n"
                        "OR v.vin LIKE :like ESCAPE '\\' OR v.unit_number LIKE :like ESCAPE '\\'",
    },
};
static const struct list_sort declined_sorts[] = {
    {"decided_on", "ifnull(j.decided_on, '')", true},
};
static const struct list_source declined_source = {
    .select = "j.id AS job, o.id AS \"order\", j.title AS title, j.reason AS reason,\n"
              "  j.state AS state, j.decided_on AS decided_on,\n"
              "  o.odometer_in_mi AS odometer_mi, j.amount AS amount,\n"
              "  j.safety AS safety, j.deferred_until_on AS deferred_until_on,\n"
              "  j.deferred_until_mi AS deferred_until_mi",
    .from = "repair_order AS o JOIN job AS j ON j.repair_order = o.id",
    .where = "o.vehicle = :vehicle\n"
             "AND j.state IN ('declined', 'deferred') AND j.resolved = 'open'\n"
             "AND (:own = 0 OR o.customer = :own_customer)",
    .id = "j.id",
    .sorts = declined_sorts, .sort_count = COUNT_OF(declined_sorts),
    .search_where = "j.title LIKE :like ESCAPE '\\'",
};
/* clang-format on */

static status search(struct session *s, const void *in, void *out)
{
    const struct vehicle_search *search = in;
    const bool few = s->own_only || search->customer.v != 0;

    return list_run(s, &vehicle_sources[few ? OF_CUSTOMER : OF_ALL], &vehicle_search_op, in, out);
}

static status declined(struct session *s, const void *in, void *out)
{
    return list_run(s, &declined_source, &vehicle_decline_list_op, in, out);
}

static status show(struct session *s, const void *in, void *out)
{
    const struct vehicle_key *key = in;

    return vehicle_get(s, key->vehicle, out);
}

static status decode(struct session *s, const void *in, void *out)
{
    const struct vin_decode *number = in;

    vin_decode(number->vin, s->arena, out);
    return OK;
}

const struct op vehicle_search_op = {
    .name = "vehicle.search",
    .says = "List vehicles, all or of one customer",
    .right = RIGHT_VEHICLES_VIEW,
    .flags = OP_LIST,
    OP_LIST_AMONG(vehicle_sources),
    .in = SHAPE(struct vehicle_search, search_fields),
    .out = SHAPE(struct vehicle_row, row_fields),
    .run = search,
};
const struct op vehicle_show_op = {
    .name = VEHICLE_SHOW,
    .says = "Show a vehicle with VIN, plate and odometer",
    .title = "Show a vehicle",
    .right = RIGHT_VEHICLES_VIEW,
    .in = &key_shape,
    .out = &vehicle_shape,
    .run = show,
    .owns = vehicle_key_owns,
    .about = "vehicle",
};
const struct op vehicle_add_op = {
    .name = "vehicle.add",
    .says = "Add a vehicle to a customer; a VIN fills in what it is",
    .title = "Add a vehicle",
    .right = RIGHT_VEHICLES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct vehicle_entry, add_fields),
    .out = &vehicle_shape,
    .run = vehicle_add,
};
const struct op vehicle_edit_op = {
    .name = "vehicle.edit",
    .says = "Change a vehicle's VIN, plate, description or notes",
    .title = "Change a vehicle",
    .right = RIGHT_VEHICLES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct vehicle_entry, edit_fields),
    .out = &vehicle_shape,
    .run = vehicle_edit,
    .fills = VEHICLE_SHOW,
    .about = "vehicle",
};
const struct op vehicle_archive_op = {
    .name = "vehicle.archive",
    .says = "Put a vehicle away that does not come any more",
    .title = "Put a vehicle away",
    .right = RIGHT_VEHICLES_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &vehicle_shape,
    .run = vehicle_archive,
    .about = "vehicle",
};
const struct op vehicle_restore_op = {
    .name = "vehicle.restore",
    .says = "Bring an archived vehicle back",
    .right = RIGHT_VEHICLES_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &vehicle_shape,
    .run = vehicle_restore,
    .about = "vehicle",
};
const struct op vehicle_change_owner_op = {
    .name = "vehicle.change-owner",
    .says = "Give a vehicle to another customer and keep its history",
    .title = "Change the owner",
    .right = RIGHT_VEHICLES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct vehicle_change_owner, owner_change_fields),
    .out = &vehicle_shape,
    .run = vehicle_change_owner_run,
    .about = "vehicle",
};
const struct op vehicle_odometer_op = {
    .name = "vehicle.odometer",
    .says = "Record what a vehicle's odometer shows",
    .right = RIGHT_VEHICLES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct vehicle_odometer, reading_fields),
    .out = &vehicle_shape,
    .run = vehicle_odometer_run,
    .about = "vehicle",
};
const struct op vehicle_history_op = {
    .name = "vehicle.history",
    .says = "Show a vehicle's jobs, owners and odometer readings",
    .title = "Show a vehicle's history",
    .right = RIGHT_VEHICLES_VIEW,
    .in = &key_shape,
    .out = &vehicle_history_shape,
    .run = vehicle_history_run,
    .owns = vehicle_key_owns,
    .about = "vehicle",
};
const struct op vehicle_decline_list_op = {
    .name = "vehicle.declined",
    .says = "List a vehicle's jobs that were declined or deferred and are still open",
    .title = "Declined or deferred work",
    .right = RIGHT_VEHICLES_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(declined_source),
    .in = SHAPE(struct declined_list, declined_list_fields),
    .out = SHAPE(struct declined_row, declined_row_fields),
    .run = declined,
};
const struct op vin_decode_op = {
    .name = "vin.decode",
    .says = "Say what a VIN tells of a vehicle and whether it can be right",
    .title = "What a VIN says",
    .right = RIGHT_NONE,
    .flags = OP_PUBLIC | OP_NO_SHOP,
    .in = SHAPE(struct vin_decode, decode_fields),
    .out = &vin_facts_shape,
    .run = decode,
};

static const struct op *const ops[] = {
    &vehicle_search_op,       &vehicle_show_op,     &vehicle_add_op,     &vehicle_edit_op,
    &vehicle_change_owner_op, &vehicle_odometer_op, &vehicle_history_op, &vehicle_decline_list_op,
    &vehicle_archive_op,      &vehicle_restore_op,  &vehicle_states_op,  &vin_decode_op,
};
extern const struct module vehicle_module;
const struct module vehicle_module = {
    .name = "vehicle",
    .title = "Vehicles",
    .says = "The vehicles, whose they are and were, what their odometers showed and what was done.",
    MODULE_OPS(ops),
};
