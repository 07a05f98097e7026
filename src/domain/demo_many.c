/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Customers by the hundred thousand, for the bench and for trying out a big shop. They are written
 * in one transaction by the functions of their nouns that write rows and make keys; what is left
 * out is asking about every one what cannot be. The indexes are laid aside meanwhile and the keys
 * are written sorted: building a tree in order is many times faster than by chance. */

#include "demo_inner.h"

#include "customer_inner.h"
#include "domain/list.h"
#include "vehicle_inner.h"

#define KEYS_AT_ONCE 2000000 /* about 200 MB while they wait */
#define STEP_ROWS    2000

/* clang-format off */
static const char SQL_INDEXES[] =
    "SELECT name, sql\n"
    "FROM sqlite_schema\n"
    "WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN\n"
    "  ('customer', 'phone', 'address', 'vehicle', 'vehicle_owner', 'odometer', 'lookup')\n"
    "ORDER BY name";
static const char SQL_KEYS_MAKE[] =
    "CREATE TEMP TABLE waiting_key (noun TEXT NOT NULL, key TEXT NOT NULL, id INTEGER NOT NULL)";
static const char SQL_KEYS_DROP[] = "DROP TABLE temp.waiting_key";
static const char SQL_KEY_ADD[] =
    "INSERT INTO temp.waiting_key (noun, key, id) VALUES (:noun, :key, :id)";
static const char SQL_KEYS_WRITE[] =
    "INSERT INTO lookup (noun, key, id)\n"
    "SELECT noun, key, id\n"
    "FROM temp.waiting_key\n"
    "ORDER BY noun, key, id";
static const char SQL_KEYS_CLEAR[] = "DELETE FROM temp.waiting_key";
/* clang-format on */

struct index_row {
    const char *name, *sql;
};
static const struct field index_fields[] = {
    FIELD(struct index_row, name),
    FIELD(struct index_row, sql),
};
static const struct shape index_shape = SHAPE_OF(struct index_row, "index", index_fields);

struct many {
    struct demo *d;
    struct rows indexes; /* of struct index_row */
    int64_t waiting;     /* keys */
    int64_t first_customer, customers, first_vehicle;
};

static status run(struct demo *d, const char *sql)
{
    return store_run(d->s->store, sql, NO_ROW, NULL);
}

static status drop_indexes(struct many *many)
{
    struct session *s = many->d->s;

    TRY(store_list(s->store, SQL_INDEXES, NO_ROW, NULL, s->arena, &index_shape, &many->indexes));
    const struct index_row *index = many->indexes.at;
    for (size_t i = 0; i < many->indexes.count; i++) {
        const char *sql = arena_printf(s->arena, "DROP INDEX %s", index[i].name);
        TRY(run(many->d, store_intern(s->store, sql)));
    }
    return OK;
}

static status build_indexes(const struct many *many)
{
    const struct index_row *index = many->indexes.at;

    for (size_t i = 0; i < many->indexes.count; i++) {
        TRY(run(many->d, store_intern(many->d->s->store, index[i].sql)));
        TRY(demo_step(many->d, 0));
    }
    return OK;
}

static status write_keys(struct many *many)
{
    TRY(run(many->d, SQL_KEYS_WRITE));
    TRY(run(many->d, SQL_KEYS_CLEAR));
    many->waiting = 0;
    return OK;
}

static status keep_keys(struct many *many, const char *noun, int64_t id,
                        const struct lookup_keys *keys)
{
    for (size_t i = 0; i < keys->count; i++)
        TRY(store_run(
            many->d->s->store, SQL_KEY_ADD, NO_ROW,
            BINDS(BIND_TEXT("noun", noun), BIND_TEXT("key", keys->at[i]), BIND_INT("id", id))));
    many->waiting += (int64_t)keys->count;
    return many->waiting < KEYS_AT_ONCE ? OK : write_keys(many);
}

static status add_customer(struct many *many, int64_t n, struct customer_id *ret_id)
{
    struct session *s = many->d->s;
    struct customer_entry entry;
    struct lookup_keys keys;

    demo_make_customer(many->d, n, &entry);
    struct phone phone = {.number = entry.phone, .note = ""};
    struct address address = {
        .street = entry.street, .city = entry.city, .state = entry.state, .zip = entry.zip};
    struct customer name = {.first_name = entry.first_name,
                            .last_name = entry.last_name,
                            .company = entry.company,
                            .external_number = ""};
    const struct rows phones = {&phone, 1};
    const struct rows addresses = {&address, 1};
    const struct rows names = {&name, 1};

    TRY(customer_insert(s, &entry, ret_id));
    TRY(customer_insert_phones(s, *ret_id, &phones));
    TRY(customer_insert_addresses(s, *ret_id, &addresses));
    customer_keys(s, &names, &phones, &keys);
    return keep_keys(many, "customer", ret_id->v, &keys);
}

static status add_vehicle(struct many *many, int64_t n, struct customer_id owner)
{
    struct session *s = many->d->s;
    const struct day today = session_today(s);
    struct vehicle_entry entry;
    struct vehicle vehicle;
    struct lookup_keys keys;

    demo_make_vehicle(many->d, n, &entry);
    entry.customer = owner;
    const struct odometer_row reading = {
        .read_on = today, .miles = entry.odometer_mi, .source = "hand", .reason = ""};
    TRY(vehicle_insert(s, &entry, today, &vehicle));
    TRY(vehicle_put_reading(s, vehicle.id, &reading));
    vehicle_keys(s, &vehicle, &keys);
    return keep_keys(many, "vehicle", vehicle.id.v, &keys);
}

/* Customer number i of the many, with one vehicle or, every second one, with two. */
static status add_household(struct many *many, int64_t i)
{
    struct customer_id id = {0};
    const int64_t vehicle = many->first_vehicle + i + (i + 1) / 2;
    const bool has_two = i % 2 == 0 && i + 1 < many->customers;

    TRY(add_customer(many, many->first_customer + i, &id));
    TRY(add_vehicle(many, vehicle, id));
    return has_two ? add_vehicle(many, vehicle + 1, id) : OK;
}

static status add_all(struct many *many)
{
    struct session *s = many->d->s;
    const int64_t opened = s->clock.fixed;

    for (int64_t i = 0; i < many->customers; i++) {
        const struct arena_mark mark = arena_mark(s->arena);
        s->clock.fixed = opened + i % 1000 * 20;
        TRY(add_household(many, i));
        arena_release(s->arena, mark);
        if (i % STEP_ROWS == STEP_ROWS - 1)
            TRY(demo_step(many->d, STEP_ROWS));
    }
    return write_keys(many);
}

static status fill_many(struct demo *d)
{
    struct many many = {.d = d, .first_customer = DEMO_STORY_MAX};

    many.customers = demo_customers(d) - DEMO_STORY_MAX;
    many.first_vehicle = DEMO_STORY_MAX + DEMO_STORY_MAX / 2;
    TRY(run(d, SQL_KEYS_MAKE));
    TRY(drop_indexes(&many));
    TRY(add_all(&many));
    TRY(run(d, SQL_KEYS_DROP));
    return build_indexes(&many);
}

status demo_fill_many(struct demo *d)
{
    if (demo_customers(d) <= DEMO_STORY_MAX)
        return OK;
    demo_seat(d, DEMO_MANAGER);
    return demo_in_transaction(d, fill_many);
}
