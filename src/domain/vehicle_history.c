/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A vehicle's past: the work done and declined, its owners, its readings. */

#include "vehicle_inner.h"

#include "base/text.h"

#define HISTORY_MAX                                                                                \
    1000 /* jobs of one vehicle; a fleet's van has some three hundred in its life                  \
          */

/* clang-format off */
/* Work on a posted order is shown as it was invoiced; what was declined on it, as it was decided. */
static const char SQL_VISITS[] =
    "SELECT o.id AS \"order\", i.id AS invoice, i.posted_on AS posted_on,\n"
    "  o.opened_at AS opened_at, o.odometer_in_mi AS odometer_mi, j.title AS title,\n"
    "  j.concern AS concern, j.cause AS cause, j.correction AS correction,\n"
    "  ifnull(u.name, '') AS technician, j.state AS state, j.amount AS amount\n"
    "FROM repair_order AS o\n"
    "CROSS JOIN job AS j ON j.repair_order = o.id\n"
    "LEFT JOIN invoice AS i ON i.id = ifnull(j.invoice, o.invoice)\n"
    "LEFT JOIN user AS u ON u.id = j.technician\n"
    "WHERE o.vehicle = :vehicle AND o.state <> 'void' AND j.state NOT IN ('draft', 'presented')\n"
    "ORDER BY o.id DESC, j.position\n"
    "LIMIT :most";
static const char SQL_OWNERS[] =
    "SELECT w.customer AS customer, c.name AS customer_name, w.since_on AS since_on,\n"
    "  w.until_on AS until_on\n"
    "FROM vehicle_owner AS w JOIN customer AS c ON c.id = w.customer\n"
    "WHERE w.vehicle = :vehicle\n"
    "ORDER BY w.since_on DESC, w.id DESC\n"
    "LIMIT :most";
static const char SQL_READINGS[] =
    "SELECT read_on, miles, source, reason, repair_order AS \"order\"\n"
    "FROM odometer\n"
    "WHERE vehicle = :vehicle\n"
    "ORDER BY read_on DESC, id DESC\n"
    "LIMIT :most";
/* clang-format on */

/* A visit as it is stored: its day follows from the invoice or from when the order was opened. */
struct visit {
    struct history_row row;
    struct day posted_on;
    struct instant opened_at;
};
static const struct field visit_fields[] = {
    FIELD_NAMED(struct visit, row.order, "order"),
    FIELD_NAMED(struct visit, row.invoice, "invoice"),
    FIELD(struct visit, posted_on),
    FIELD(struct visit, opened_at),
    FIELD_NAMED(struct visit, row.odometer_mi, "odometer_mi", .high = 9999999,
                .flags = FIELD_OPTIONAL),
    FIELD_NAMED(struct visit, row.title, "title"),
    FIELD_NAMED(struct visit, row.concern, "concern"),
    FIELD_NAMED(struct visit, row.cause, "cause"),
    FIELD_NAMED(struct visit, row.correction, "correction"),
    FIELD_NAMED(struct visit, row.technician, "technician"),
    FIELD_NAMED(struct visit, row.state, "state"),
    FIELD_NAMED(struct visit, row.amount, "amount"),
};
static const struct shape visit_shape = SHAPE_OF(struct visit, "visit", visit_fields);

static status list_visits(struct session *s, const struct bind *binds, struct rows *ret)
{
    struct rows stored;

    TRY(store_list(s->store, SQL_VISITS, NO_ROW, binds, s->arena, &visit_shape, &stored));
    const struct visit *visits = stored.at;
    struct history_row *rows = NEW_ARRAY(s->arena, struct history_row, stored.count);
    for (size_t i = 0; i < stored.count; i++) {
        rows[i] = visits[i].row;
        rows[i].day = visits[i].posted_on.iso[0] != '\0' ? visits[i].posted_on
                                                         : instant_day(visits[i].opened_at);
    }
    *ret = (struct rows){rows, stored.count};
    return OK;
}

status vehicle_history_run(struct session *s, const void *in, void *out)
{
    const struct vehicle_key *key = in;
    struct vehicle_history *history = out;
    const struct bind *binds =
        BINDS(BIND_ID("vehicle", key->vehicle), BIND_INT("most", HISTORY_MAX));

    TRY(vehicle_get(s, key->vehicle, &history->vehicle));
    TRY(list_visits(s, binds, &history->visits));
    TRY(store_list(s->store, SQL_OWNERS, NO_ROW, binds, s->arena, &owner_row_shape,
                   &history->owners));
    return store_list(s->store, SQL_READINGS, NO_ROW, binds, s->arena, &odometer_row_shape,
                      &history->odometer);
}
