/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "shop.h"

#include <unistd.h>

#include "domain/opening.h"
#include "domain/secret.h"
#include "environment.h"
#include "known_random.h"

static const struct {
    const char *login, *name;
    bool works_on_cars;
} people[ROLE_COUNT] = {
    [ROLE_ADMIN] = {"root", "Ada Admin", false},
    [ROLE_MANAGER] = {"ann", "Ann Walsh", false},
    [ROLE_TECHNICIAN] = {"mo", "Mo Haddad", true},
    [ROLE_ACCOUNTANT] = {"lee", "Lee Park", false},
    [ROLE_CUSTOMER] = {"maria", "Maria Delgado", false},
};

#define PASSWORD "correct horse battery"

static const char SQL_PERSON[] =
    "INSERT INTO user (login, name, role, works_on_cars, password_hash) "
    "VALUES (:login, :name, :role, :works, :hash)";

static void add_person(struct shop_test *t, int role, const char *hash)
{
    assert_int_equal(
        store_run(t->store, SQL_PERSON, NO_ROW,
                  BINDS(BIND_TEXT("login", people[role].login),
                        BIND_TEXT("name", people[role].name), BIND_INT("role", role + 1),
                        BIND_INT("works", people[role].works_on_cars), BIND_TEXT("hash", hash))),
        OK);
}

static void sign_in(struct shop_test *t, int role)
{
    const struct sign_in in = {people[role].login, PASSWORD};
    struct signed_in out;

    expect_ok(t, &session_sign_in_op, &in, &out);
    t->tokens[role] = out.access;
}

static void new_session(struct shop_test *t)
{
    t->session = (struct session){
        .store = t->store,
        .keys = t->keys,
        .arena = &t->arena,
        .clock = {.fixed = t->session.clock.fixed != 0 ? t->session.clock.fixed : SHOP_TEST_NOW},
        .terminal = "test",
    };
    store_report_to(t->store, &t->session.fault);
}

static void open_shop(struct shop_test *t, const char *path)
{
    const struct shop_file_options options = {.create = true};
    const struct shop_opening opening = {
        .name = "Bayside Auto Care",
        .street = "100 Harbor Dr",
        .city = "San Diego",
        .state = "CA",
        .zip = "92101",
        .phone = "+16195550100",
        .zone = "America/Los_Angeles",
        .labor_rate = USD(145, 0),
        .tax_rate = {77500},
        .admin_name = people[ROLE_ADMIN].name,
        .admin_login = people[ROLE_ADMIN].login,
        .admin_password = PASSWORD,
    };
    struct shop_file shop;
    struct fault fault = {0};

    if (shop_file_open(path, &options, &fault, &shop) != OK)
        fail_msg("%s", fault.text);
    t->store = shop.store;
    t->keys = shop.keys;
    new_session(t);
    if (shop_open_new(&t->session, &opening) != OK)
        fail_msg("%s (%s)", t->session.fault.text, t->session.fault.field);
}

struct shop_test *shop_test_make(const char *path)
{
    struct shop_test *t = mem_alloc(sizeof *t);
    char hash[SECRET_HASH_MAX];

    secret_use_weak_hashes(true);
    known_random_begin();
    environment_clear();
    setenv("TZ", "America/Los_Angeles", 1);
    assert_int_equal(zone_use("America/Los_Angeles", NULL), OK);
    open_shop(t, path);
    assert_int_equal(secret_hash_password(PASSWORD, hash, NULL), OK);
    for (int role = ROLE_MANAGER; role < ROLE_COUNT; role++)
        add_person(t, role, hash);
    for (int role = 0; role < ROLE_COUNT; role++) {
        sign_in(t, role);
        t->users[role] = (struct user_id){role + 1};
    }
    sign_in_as(t, ROLE_ADMIN);
    return t;
}

void shop_test_remove(struct shop_test *t, const char *folder)
{
    shop_file_remove(&(struct shop_file){.store = t->store, .keys = t->keys});
    t->store = NULL;
    t->keys = NULL;
    shop_test_close((void **)&t);
    assert_int_equal(rmdir(folder), 0);
}

int shop_test_open(void **state)
{
    *state = shop_test_make(":memory:");
    return 0;
}

int shop_test_close(void **state)
{
    struct shop_test *t = *state;

    store_close(t->store);
    key_ring_free(t->keys);
    arena_done(&t->arena);
    mem_free(t);
    return 0;
}

void sign_in_as(struct shop_test *t, int role)
{
    new_session(t);
    /* The clocks of tests jump; that access tokens run out is for the tests of sessions. */
    const struct clock clock = t->session.clock;
    t->session.clock.fixed = SHOP_TEST_NOW;
    if (session_resume(&t->session, t->tokens[role]) != OK)
        fail_msg("%s", t->session.fault.text);
    t->session.access_until = INSTANT_NONE;
    t->session.clock = clock;
}

void expect_status(struct shop_test *t, const struct op *op, const void *in, void *out,
                   status expected)
{
    union {
        struct page page;
        unsigned char bytes[8192];
    } scratch;

    const status result = op_call(&t->session, op, in, out != NULL ? out : (void *)&scratch);
    if (result != expected)
        fail_msg("%s: %s, expected %s: %s [%s]", op->name, status_word(result),
                 status_word(expected), t->session.fault.text, t->session.fault.field);
}

void assert_says(struct shop_test *t, const char *part)
{
    if (strstr(t->session.fault.text, part) == NULL)
        fail_msg("It says “%s”, not “%s”.", t->session.fault.text, part);
}

void assert_field(struct shop_test *t, const char *field)
{
    assert_string_equal(t->session.fault.field, field);
}

void *input_json(struct shop_test *t, const struct op *op, const char *json)
{
    const struct field_context context = session_context(&t->session);
    void *in = arena_alloc(&t->arena, op->in->size);

    shape_init(op->in, in, &context);
    if (json_read(json, strlen(json), op->in, &context, in, &t->session.fault) != OK)
        fail_msg("%s [%s]", t->session.fault.text, t->session.fault.field);
    return in;
}

int64_t ask_number(struct shop_test *t, const char *sql)
{
    int64_t number = 0;

    if (store_int(t->store, store_intern(t->store, sql), NULL, &number) != OK)
        fail_msg("%s: %s", sql, t->session.fault.text);
    return number;
}

const char *ask_text(struct shop_test *t, const char *sql)
{
    const char *text = NULL;

    if (store_text(t->store, store_intern(t->store, sql), NULL, &t->arena, &text) != OK)
        fail_msg("%s: %s", sql, t->session.fault.text);
    return text;
}

void run_sql(struct shop_test *t, const char *sql)
{
    if (store_run(t->store, store_intern(t->store, sql), NO_ROW, NULL) != OK)
        fail_msg("%s: %s", sql, t->session.fault.text);
}

void assert_no_scan(struct shop_test *t, const char *sql, const char *table)
{
    AUTO_BUF plan = BUF(65536);
    char scan[100];

    if (store_try(t->store, sql, &plan) != OK)
        fail_msg("%s\n%s", sql, t->session.fault.text);
    snprintf(scan, sizeof scan, "SCAN %s\n", table);
    if (strstr(buf_str(&plan), scan) != NULL)
        fail_msg("%s\n%s", sql, buf_str(&plan));
}
