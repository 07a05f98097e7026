/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The counter's one box. What was typed is a range of the lookup index; from it come a few
 * customers and vehicles, and only their rows are read, so that the answer takes as long in a shop
 * of a million customers as in a new one. */

#include "customer_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define FIND_DEFAULT  8
#define FIND_VEHICLES 6    /* shown of one customer; the rest are on the customer's page */
#define FIND_SCAN     1000 /* keys of one word looked through for the other word */

/* clang-format off */
#define BEHIND(key) key " || char(1114111)" /* no character sorts behind U+10FFFF */

/* Archived customers keep their keys, so that the list can find them when asked. */
static const char SQL_CUSTOMERS[] =
    "SELECT c.id AS customer\n"
    "FROM lookup AS l CROSS JOIN customer AS c ON c.id = l.id\n"
    "WHERE l.noun = 'customer' AND l.key >= :key AND l.key < " BEHIND(":key") "\n"
    "AND c.archived_at IS NULL\n"
    "ORDER BY l.key, l.id\n"
    "LIMIT :most";
/* For "delg mar" or "maria gonz" with a name between: one word's keys, kept where the same customer
 * has a key of the other word. */
static const char SQL_BOTH_WORDS[] =
    "SELECT c.id AS customer\n"
    "FROM (SELECT key, id FROM lookup\n"
    "  WHERE noun = 'customer' AND key >= :key AND key < " BEHIND(":key") "\n"
    "  ORDER BY key, id LIMIT :scan) AS l\n"
    "CROSS JOIN customer AS c ON c.id = l.id\n"
    "WHERE c.archived_at IS NULL\n"
    "AND EXISTS (SELECT 1 FROM lookup AS o WHERE o.noun = 'customer' AND o.id = l.id\n"
    "  AND o.key >= :other AND o.key < " BEHIND(":other") ")\n"
    "ORDER BY l.key, l.id\n"
    "LIMIT :most";
static const char SQL_VEHICLES[] =
    "SELECT v.customer AS customer, v.id AS vehicle\n"
    "FROM lookup AS l CROSS JOIN vehicle AS v ON v.id = l.id\n"
    "CROSS JOIN customer AS c ON c.id = v.customer\n"
    "WHERE l.noun = 'vehicle' AND l.key >= :key AND l.key < " BEHIND(":key") "\n"
    "AND v.archived_at IS NULL AND c.archived_at IS NULL\n"
    "ORDER BY l.key, l.id\n"
    "LIMIT :most";
static const char SQL_CUSTOMER_ROW[] =
    "SELECT 'customer' AS kind, c.id AS customer, c.name AS name, c.owes AS owes,\n"
    "  " SQL_OVERDUE("c.id") " AS overdue, c.on_hold AS on_hold,\n"
    "  c.last_visit_on AS last_visit_on, NULL AS odometer_mi,\n"
    "  (SELECT number FROM phone WHERE customer = c.id ORDER BY position LIMIT 1) AS phone\n"
    "FROM customer AS c\n"
    "WHERE c.id = :customer";
#define VEHICLE_ROW                                                                                \
    "SELECT 'vehicle' AS kind, v.customer AS customer, v.id AS vehicle,\n"                         \
    "  CASE WHEN v.unit_number = '' THEN v.name\n"                                                 \
    "    ELSE 'unit ' || v.unit_number || ' · ' || v.name END AS name,\n"                          \
    "  v.plate AS plate, v.plate_state AS plate_state, v.vin AS vin,\n"                            \
    "  v.odometer_mi AS odometer_mi, o.id AS \"order\",\n"                             \
    "  ifnull(o.state, '') AS order_state, o.promised_at AS promised_at,\n"                        \
    "  (SELECT count(*) FROM repair_order AS p JOIN job AS j ON j.repair_order = p.id\n"           \
    "   WHERE p.vehicle = v.id AND j.state IN ('declined', 'deferred')\n"                          \
    "   AND j.resolved = 'open') AS declined\n"                                                    \
    "FROM vehicle AS v LEFT JOIN repair_order AS o ON o.id = (\n"                                  \
    "  SELECT max(id) FROM repair_order WHERE vehicle = v.id AND state IN\n"                       \
    "    ('estimate', 'approved', 'in_progress', 'hold', 'quality_check', 'complete'))\n"
static const char SQL_VEHICLES_OF[] =
    VEHICLE_ROW
    "WHERE v.customer = :customer AND v.archived_at IS NULL\n"
    "ORDER BY v.id DESC\n"
    "LIMIT :most";
static const char SQL_VEHICLE_ROW[] =
    VEHICLE_ROW
    "WHERE v.id = :vehicle";
/* An order, with what stands between the customer's name and the vehicle's. */
#define ORDER_ROW(tail)                                                                            \
    "SELECT 'order' AS kind, o.customer AS customer, o.vehicle AS vehicle, o.id AS \"order\",\n"    \
    "  c.name" tail " || CASE WHEN v.id IS NULL THEN ''\n"                                         \
    "    WHEN v.unit_number = '' THEN ' · ' || v.name\n"                                           \
    "    ELSE ' · unit ' || v.unit_number || ' · ' || v.name END AS name,\n"                       \
    "  ifnull(v.plate, '') AS plate, ifnull(v.plate_state, '') AS plate_state,\n"                  \
    "  ifnull(v.vin, '') AS vin, o.odometer_in_mi AS odometer_mi,\n"                               \
    "  o.state AS order_state, o.promised_at AS promised_at, c.owes AS owes,\n"                    \
    "  " SQL_OVERDUE("c.id") " AS overdue, c.on_hold AS on_hold,\n"                                \
    "  (SELECT number FROM phone WHERE customer = c.id ORDER BY position LIMIT 1) AS phone\n"
#define ORDER_OF                                                                                   \
    "repair_order AS o JOIN customer AS c ON c.id = o.customer\n"                                  \
    "LEFT JOIN vehicle AS v ON v.id = o.vehicle\n"
static const char SQL_ORDER_ROW[] =
    ORDER_ROW("")
    "FROM " ORDER_OF
    "WHERE o.id = :number";
static const char SQL_INVOICE_ROW[] =
    ORDER_ROW(" || ' · invoice ' || i.id")
    "FROM invoice AS i JOIN " ORDER_OF
    "WHERE i.id = :number AND o.id = i.repair_order";
/* clang-format on */

const char *const customer_find_texts[] = {
    SQL_CUSTOMERS,    SQL_BOTH_WORDS,  SQL_VEHICLES,
    SQL_CUSTOMER_ROW, SQL_VEHICLES_OF, SQL_VEHICLE_ROW,
    SQL_ORDER_ROW,    SQL_INVOICE_ROW, NULL,
};

/* A customer the answer holds, and the vehicle that led there (0: the name or phone did). */
struct hit {
    struct customer_id customer;
    struct vehicle_id vehicle;
};
static const struct field hit_fields[] = {
    FIELD(struct hit, customer),
    FIELD(struct hit, vehicle),
};
static const struct shape hit_shape = SHAPE_OF(struct hit, "hit", hit_fields);

struct finding {
    struct session *s;
    size_t limit; /* customers */
    struct hit *hits;
    size_t hit_count, hit_room;
    size_t customer_count;
    struct found_row *rows;
    size_t row_count;
};

static bool has_customer(const struct finding *f, struct customer_id id)
{
    for (size_t i = 0; i < f->hit_count; i++)
        if (f->hits[i].customer.v == id.v)
            return true;
    return false;
}

static bool has_hit(const struct finding *f, const struct hit *hit)
{
    for (size_t i = 0; i < f->hit_count; i++)
        if (f->hits[i].customer.v == hit->customer.v &&
            (f->hits[i].vehicle.v == 0 || f->hits[i].vehicle.v == hit->vehicle.v))
            return true;
    return false;
}

static status add_hit(struct finding *f, const struct hit *hit)
{
    const bool is_new = !has_customer(f, hit->customer);
    bool own = true;

    if (f->hit_count == f->hit_room || has_hit(f, hit) || (is_new && f->customer_count == f->limit))
        return OK;
    if (f->s->own_only)
        TRY(customer_is_own(f->s, hit->customer, &own));
    if (!own)
        return OK;
    f->customer_count += is_new ? 1 : 0;
    f->hits[f->hit_count++] = *hit;
    return OK;
}

/* Every customer has a few keys that a word may match, so a few more keys are read than customers
 * are wanted. */
static status add_hits(struct finding *f, const char *sql, const char *key, const char *other)
{
    struct rows rows;

    TRY(store_list(f->s->store, sql, NO_ROW,
                   BINDS(BIND_TEXT("key", key), BIND_TEXT("other", other),
                         BIND_INT("most", (int64_t)f->limit * 4), BIND_INT("scan", FIND_SCAN)),
                   f->s->arena, &hit_shape, &rows));
    const struct hit *hits = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        TRY(add_hit(f, &hits[i]));
    return OK;
}

/* Neither "maria delg" nor "delg maria" begins a name: the last two words, each on its own. */
static status add_both_words(struct finding *f, const char *key)
{
    const char *blank = strrchr(key, ' ');

    if (blank == NULL)
        return OK;
    const char *first = arena_text_n(f->s->arena, key, (size_t)(blank - key));
    if (strchr(first, ' ') != NULL && strlen(first) > 40)
        return OK;
    TRY(add_hits(f, SQL_BOTH_WORDS, blank + 1, first));
    return f->hit_count > 0 ? OK : add_hits(f, SQL_BOTH_WORDS, first, blank + 1);
}

static const char *joined(struct session *s, const char *key)
{
    char *code = arena_text(s->arena, key);
    size_t used = 0;

    for (const char *at = key; *at != '\0'; at++)
        if (*at != ' ')
            code[used++] = *at;
    code[used] = '\0';
    return code;
}

static bool is_digits(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* Ten digits are kept of a number dialled with the country's one. */
static const char *phone_key(const char *digits)
{
    return strlen(digits) == 11 && *digits == '1' ? digits + 1 : digits;
}

static status collect(struct finding *f, const char *key)
{
    const char *code = joined(f->s, key);
    const bool number = is_digits(code);

    TRY(add_hits(f, SQL_CUSTOMERS, number ? phone_key(code) : key, ""));
    TRY(add_hits(f, SQL_VEHICLES, code, ""));
    if (!number && strchr(key, ' ') != NULL)
        TRY(add_hits(f, SQL_VEHICLES, key, ""));
    return f->hit_count > 0 || number ? OK : add_both_words(f, key);
}

static status add_row(struct finding *f, const char *sql, const struct bind *binds)
{
    const status result = store_get(f->s->store, sql, NO_ROW, binds, f->s->arena, &found_row_shape,
                                    &f->rows[f->row_count]);

    if (result == OK)
        f->row_count++;
    return result == ERR_NOT_FOUND ? OK : result;
}

static status add_all_vehicles(struct finding *f, struct customer_id customer)
{
    struct rows rows;

    TRY(store_list(f->s->store, SQL_VEHICLES_OF, NO_ROW,
                   BINDS(BIND_ID("customer", customer), BIND_INT("most", FIND_VEHICLES)),
                   f->s->arena, &found_row_shape, &rows));
    if (rows.count > 0)
        memcpy(&f->rows[f->row_count], rows.at, rows.count * sizeof *f->rows);
    f->row_count += rows.count;
    return OK;
}

/* A customer found by name shows the vehicles; one found by a vehicle shows that one. */
static status add_customer(struct finding *f, size_t first)
{
    const struct customer_id customer = f->hits[first].customer;

    TRY(add_row(f, SQL_CUSTOMER_ROW,
                BINDS(BIND_ID("customer", customer), BIND_DAY("today", session_today(f->s)))));
    if (f->hits[first].vehicle.v == 0)
        return add_all_vehicles(f, customer);
    for (size_t i = first; i < f->hit_count; i++)
        if (f->hits[i].customer.v == customer.v)
            TRY(add_row(f, SQL_VEHICLE_ROW, BINDS(BIND_ID("vehicle", f->hits[i].vehicle))));
    return OK;
}

static status add_numbered(struct finding *f, const char *sql, int64_t number)
{
    const size_t row = f->row_count;
    bool own = true;

    TRY(add_row(f, sql, BINDS(BIND_INT("number", number), BIND_DAY("today", session_today(f->s)))));
    if (f->row_count > row && f->s->own_only)
        TRY(customer_is_own(f->s, f->rows[row].customer, &own));
    if (!own)
        f->row_count = row;
    return OK;
}

/* The number of a repair order, or of its invoice, as it stands on the paper in somebody's hand. */
static status add_order(struct finding *f, const char *digits)
{
    if (!is_digits(digits) || *digits == '0' || strlen(digits) > 12)
        return OK;
    const int64_t number = strtoll(digits, NULL, 10);
    TRY(add_numbered(f, SQL_ORDER_ROW, number));
    return add_numbered(f, SQL_INVOICE_ROW, number);
}

static bool is_first_of_customer(const struct finding *f, size_t hit)
{
    for (size_t i = 0; i < hit; i++)
        if (f->hits[i].customer.v == f->hits[hit].customer.v)
            return false;
    return true;
}

status customer_find_run(struct session *s, const void *in, void *out)
{
    const struct customer_find *find = in;
    struct customer_found *answer = out;
    struct finding f = {.s = s, .limit = find->limit > 0 ? (size_t)find->limit : FIND_DEFAULT};
    const char *key = text_fold(s->arena, find->text);

    f.hit_room = f.limit * 4;
    f.hits = NEW_ARRAY(s->arena, struct hit, f.hit_room);
    f.rows = NEW_ARRAY(s->arena, struct found_row, f.limit * (1 + FIND_VEHICLES) + f.hit_room + 2);
    if (*key != '\0')
        TRY(collect(&f, key));
    for (size_t i = 0; i < f.hit_count; i++)
        if (is_first_of_customer(&f, i))
            TRY(add_customer(&f, i));
    if (*key != '\0')
        TRY(add_order(&f, joined(s, key)));
    answer->rows = (struct rows){f.rows, f.row_count};
    return OK;
}
