/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_STORE_TEST_H
#define PITLANE_TESTS_STORE_TEST_H

/* A made-up pet hotel to try the store with: nothing here knows of a shop. */

#include "test.h"

#include "store/store.h"

struct pet_id {
    int64_t v;
};
enum pet_kind { PET_DOG, PET_CAT, PET_TURTLE };
static const struct choice pet_kind_list[] = {
    {.word = "dog", .label = "Dog"}, {.word = "cat", .label = "Cat"}, {.word = "turtle"}};
static const struct choices pet_kinds = CHOICES(pet_kind_list);

struct pet {
    struct pet_id id;
    const char *name;
    unsigned kind;
    bool bites;
    struct money fee;
    struct qty weight;
    int64_t visits;
    struct day born_on;
    struct instant seen_at;
    struct pet_id mother;
    int64_t chip;
    struct rows toys;
};
static const struct field pet_fields[] = {
    FIELD(struct pet, id),
    FIELD(struct pet, name),
    FIELD(struct pet, kind, .choices = &pet_kinds),
    FIELD(struct pet, bites),
    FIELD(struct pet, fee),
    FIELD(struct pet, weight),
    FIELD(struct pet, visits),
    FIELD(struct pet, born_on),
    FIELD(struct pet, seen_at),
    FIELD(struct pet, mother),
    FIELD(struct pet, chip, .flags = FIELD_OPTIONAL),
    FIELD(struct pet, toys),
};
static const struct shape pet_shape = SHAPE_OF(struct pet, "pet", pet_fields);

static const char pet_schema[] =
    "CREATE TABLE pet (\n"
    "    id       INTEGER PRIMARY KEY,\n"
    "    name     TEXT NOT NULL,\n"
    "    kind     TEXT NOT NULL,\n"
    "    bites    INTEGER NOT NULL DEFAULT 0 CHECK (bites IN (0, 1)),\n"
    "    fee      INTEGER NOT NULL DEFAULT 0 CONSTRAINT fee_is_not_negative CHECK (fee >= 0),\n"
    "    weight   INTEGER NOT NULL DEFAULT 0,\n"
    "    visits   INTEGER NOT NULL DEFAULT 0,\n"
    "    born_on  TEXT,\n"
    "    seen_at  INTEGER,\n"
    "    mother   INTEGER REFERENCES pet,\n"
    "    chip     INTEGER UNIQUE\n"
    ") STRICT;\n"
    "CREATE INDEX pet_by_name ON pet (name);\n"
    "CREATE TABLE door (floor INTEGER, number INTEGER, pin_hash TEXT, label TEXT NOT NULL,\n"
    "    PRIMARY KEY (floor, number)) STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE noise (id INTEGER PRIMARY KEY, text TEXT) STRICT;\n"
    "CREATE TRIGGER pet_stays BEFORE DELETE ON pet WHEN old.bites\n"
    "BEGIN SELECT RAISE(ABORT, 'This one does not let itself be removed.'); END;\n";

static const char insert_pet[] =
    "INSERT INTO pet (id, name, kind, bites, fee, weight, visits, born_on, seen_at, mother, chip)\n"
    "VALUES (:id, :name, :kind, :bites, :fee, :weight, :visits, :born_on, :seen_at, :mother, "
    ":chip)";
static const char select_pets[] =
    "SELECT id, name, kind, bites, fee, weight, visits, born_on, seen_at, mother, chip\n"
    "FROM pet\n"
    "ORDER BY id";
static const char count_pets[] = "SELECT count(*) FROM pet";

static const char *const pet_quiet[] = {"noise", NULL};
static const struct store_options pet_new = {
    .create = true, .schema = pet_schema, .version = 3, .quiet = pet_quiet};
static const struct store_options pet_open = {.version = 3, .quiet = pet_quiet};
static const struct store_options pet_look = {.version = 3, .read_only = true};

#define assert_status(got, wanted) assert_string_equal(status_word(got), status_word(wanted))
#define assert_says(fault, words)                                                                  \
    do {                                                                                           \
        if (strstr((fault).text, (words)) == NULL)                                                 \
            fail_msg("says \"%s\", not \"%s\"", (fault).text, (words));                            \
    } while (0)

/* For calls that must work: shows the sentence when they do not. */
#define assert_ok(store_fault, call)                                                               \
    do {                                                                                           \
        const status got_ = (call);                                                                \
        if (got_ != OK)                                                                            \
            fail_msg("%s: %s: %s", #call, status_word(got_), (store_fault).text);                  \
    } while (0)

struct hotel {
    struct store *store;
    struct fault fault;
    struct arena arena;
    char folder[64];
    char path[96];
};

static inline struct pet a_pet(const char *name)
{
    return (struct pet){.name = name, .chip = NUMBER_NONE};
}

static inline int64_t pets(struct hotel *t)
{
    int64_t count = -1;

    assert_ok(t->fault, store_int(t->store, count_pets, NULL, &count));
    return count;
}

static inline status add_pet(struct hotel *t, const char *name)
{
    const struct pet pet = a_pet(name);

    return store_run(t->store, insert_pet, BIND_ROW(&pet_shape, &pet), NULL);
}

static inline void given_hotel_in_memory(struct hotel *t)
{
    assert_ok(t->fault, store_open(":memory:", &pet_new, &t->fault, &t->store));
}

static inline void given_folder(struct hotel *t)
{
    snprintf(t->folder, sizeof(t->folder), "/tmp/pitlane-store-XXXXXX");
    assert_non_null(mkdtemp(t->folder));
    snprintf(t->path, sizeof(t->path), "%s/hotel.db", t->folder);
}

static inline void given_hotel_on_disk(struct hotel *t)
{
    given_folder(t);
    assert_ok(t->fault, store_open(t->path, &pet_new, &t->fault, &t->store));
}

static inline void close_hotel(struct hotel *t)
{
    store_close(t->store);
    t->store = NULL;
}

static inline int hotel_setup(void **state)
{
    *state = calloc(1, sizeof(struct hotel));
    return *state == NULL;
}

static inline void remove_folder(struct hotel *t)
{
    char command[128];

    if (t->folder[0] == '\0')
        return;
    snprintf(command, sizeof(command), "rm -rf '%s'", t->folder);
    if (system(command) != 0)
        print_error("%s is left behind\n", t->folder);
}

static inline int hotel_teardown(void **state)
{
    struct hotel *t = *state;

    close_hotel(t);
    arena_done(&t->arena);
    remove_folder(t);
    free(t);
    return 0;
}

#define HOTEL_TEST(name) cmocka_unit_test_setup_teardown(name, hotel_setup, hotel_teardown)

#endif
