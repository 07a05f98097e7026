/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The demo shop, from an empty file to a shop with a year behind it. Everything is done by the same
 * operations that people use, with the clock moved through the year, so that whatever holds for a
 * real shop holds for this one. */

#include "demo_inner.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "domain/access.h"
#include "domain/labor_rate.h"
#include "domain/ledger.h"
#include "domain/opening.h"
#include "domain/secret.h"
#include "domain/setting.h"
#include "domain/terminal.h"
#include "domain/user.h"
#include "record.h"

#define YEAR_DAYS       365
#define PARTS           200 /* of data/parts.tsv */
#define CUSTOMERS_MAX   INT64_C(1000000)
#define FIRST_SESSION_S (INT64_C(2) * YEAR_DAYS * 86400)

const char demo_password[] = "bayside auto care";
const char demo_pin[] = "804259";
const struct demo_account demo_accounts[5] = {
    {"ada", "Ada Admin", "admin"},          {"ann", "Ann Walsh", "manager"},
    {"mo", "Mo Haddad", "technician"},      {"lee", "Lee Park", "accountant"},
    {"maria", "Maria Delgado", "customer"},
};

static const struct {
    const char *login, *name, *role, *certificate;
    bool works_on_cars;
    const char *badge; /* those who come to the kiosk */
} people[DEMO_PERSON_COUNT] = {
    [DEMO_ADMIN] = {"ada", "Ada Admin", "admin", "", false},
    [DEMO_MANAGER] = {"ann", "Ann Walsh", "manager", "", false, "BADGEANN00004"},
    [DEMO_TECHNICIAN] = {"mo", "Mo Haddad", "technician", "DEMO-A1-204", true, "BADGEMO000001"},
    [DEMO_ACCOUNTANT] = {"lee", "Lee Park", "accountant", "", false},
    [DEMO_CUSTOMER] = {"maria", "Maria Delgado", "customer", "", false},
    [DEMO_WRITER] = {"rosa", "Rosa Quintana", "manager", "", false},
    [DEMO_SECOND] = {"tess", "Tess Nakamura", "technician", "DEMO-A5-118", true, "BADGETESS0002"},
    [DEMO_THIRD] = {"gil", "Gil Fontaine", "technician", "DEMO-L1-077", true, "BADGEGIL00003"},
};

/* clang-format off */
static const char SQL_USER_ADD[] =
    "INSERT INTO user (login, name, role, works_on_cars, certificate, password_hash, badge)\n"
    "SELECT :login, :name, id, :works_on_cars, :certificate, :hash, :badge\n"
    "FROM role\n"
    "WHERE name = :role";
static const char SQL_USER_ID[] = "SELECT id FROM user WHERE login = :login";
static const char SQL_PIN[] = "UPDATE user SET pin_hash = :hash WHERE id = :id";
static const char SQL_KIOSK_ADD[] =
    "INSERT INTO terminal (name, kind, token_hash, enrolled_at, enrolled_by)\n"
    "VALUES ('kiosk 1', 'kiosk', :token_hash, :now, :user)";
/* There are no tokens of these: they are only what the story's people act under. */
static const char SQL_SESSION_ADD[] =
    "INSERT INTO session (user, terminal, factor, started_at, seen_at, ends_at)\n"
    "VALUES (:user, 'demo', 'password', :now, :now, :ends_at)";
static const char SQL_CONFIRMED[] =
    "UPDATE session SET confirmed_at = :now WHERE terminal = 'demo'";
static const char SQL_SESSIONS_END[] =
    "UPDATE session SET ended_at = :now, ends_at = :now WHERE terminal = 'demo'";
/* clang-format on */

/* ---- draws ---- */

static uint64_t mix(uint64_t z)
{
    z += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* The n-th draw about a subject; independent of every other (splitmix64 of a mixed key). */
static uint64_t draw(const struct demo *d, uint64_t subject, uint64_t n)
{
    const uint64_t seed = d->options->seed != 0 ? d->options->seed : 1;

    return mix(mix(mix(seed) ^ subject) ^ n);
}

size_t demo_below(const struct demo *d, uint64_t subject, uint64_t n, size_t limit)
{
    return (size_t)(draw(d, subject, n) % limit);
}

bool demo_chance(const struct demo *d, uint64_t subject, uint64_t n, unsigned percent)
{
    return demo_below(d, subject, n, 100) < percent;
}

/* ---- the story's machinery ---- */

bool demo_is_workday(struct day day)
{
    return (day_number(day) + 4) % 7 != 0; /* 1970-01-01 was a Thursday: Sunday is 3 days on */
}

static void demo_set_clock(struct demo *d, struct day day, int minutes)
{
    d->s->clock.fixed = day_instant(day, minutes).seconds;
}

static void stand_up(struct demo *d)
{
    const struct session *s = d->s;

    d->chairs[d->seated] = (struct demo_chair){s->id,     s->user,       s->user_name,
                                               s->rights, s->rights_all, s->rights_version};
}

void demo_seat(struct demo *d, enum demo_person person)
{
    struct session *s = d->s;
    const struct demo_chair *chair = &d->chairs[person];

    if (person == d->seated)
        return;
    stand_up(d);
    d->seated = person;
    s->id = chair->id;
    s->user = chair->user;
    s->user_name = chair->user_name;
    s->role = people[person].role;
    s->rights = chair->rights;
    s->rights_all = chair->rights_all;
    s->rights_version = chair->rights_version;
}

status demo_call(struct demo *d, enum demo_person person, const struct op *op, const void *in,
                 void *out)
{
    demo_seat(d, person);
    return op_call(d->s, op, in, out);
}

status demo_confirm(struct demo *d)
{
    d->s->confirmed_at = session_now(d->s);
    return store_run(d->s->store, SQL_CONFIRMED, NO_ROW,
                     BINDS(BIND_INSTANT("now", session_now(d->s))));
}

void demo_init(struct demo *d, const struct op *op, void *in)
{
    const struct field_context context = session_context(d->s);

    shape_init(op->in, in, &context);
}

status demo_call_json(struct demo *d, enum demo_person person, const struct op *op,
                      const char *json, void *out)
{
    const struct field_context context = session_context(d->s);
    void *in = arena_alloc(d->s->arena, op->in->size);

    shape_init(op->in, in, &context);
    TRY(json_read(json, strlen(json), op->in, &context, in, &d->s->fault));
    return demo_call(d, person, op, in, out);
}

status demo_step(struct demo *d, int64_t steps)
{
    const struct demo_options *options = d->options;

    d->done += steps;
    if (options->progress == NULL || options->progress(options->context, d->done, d->total))
        return OK;
    return fail(d->s, ERR_CANCELLED, "The demo shop was not finished. Start again to make it.");
}

status demo_in_transaction(struct demo *d, status (*work)(struct demo *d))
{
    TRY(store_begin_write(d->s->store));
    return record_end_write(d->s, work(d));
}

/* ---- the shop ---- */

/* State, county and city, as set_up names them one by one. */
void demo_prices(struct shop_opening *opening)
{
    opening->tax_rate = (struct rate){85000};
    opening->labor_rate = USD(145, 0);
}

void demo_supplies(struct shop *shop)
{
    shop->supplies_ppm = (struct rate){60000};
    shop->supplies_on = SUPPLIES_LABOR;
    shop->supplies_cap = USD(35, 0);
    shop->supplies_taxable = true;
    shop->supplies_text =
        "Shop supplies: cleaners, lubricants and small materials used for the job.";
}

static status open_shop(struct demo *d)
{
    struct shop_opening opening = {
        .name = "Bayside Auto Care",
        .street = "100 Harbor Dr",
        .city = "San Diego",
        .state = "CA",
        .zip = "92101",
        .phone = "+16195550100",
        .zone = "America/Los_Angeles",
        .admin_name = people[DEMO_ADMIN].name,
        .admin_login = people[DEMO_ADMIN].login,
        .admin_password = demo_password,
        .demo = true,
    };

    demo_prices(&opening);
    return shop_open_new(d->s, &opening);
}

static status add_person(struct demo *d, unsigned i, const char *hash)
{
    struct session *s = d->s;
    struct demo_chair *chair = &d->chairs[i];
    const int64_t now = session_now(s).seconds;

    if (i != DEMO_ADMIN)
        TRY(store_run(s->store, SQL_USER_ADD, NO_ROW,
                      BINDS(BIND_TEXT("login", people[i].login), BIND_TEXT("name", people[i].name),
                            BIND_TEXT("role", people[i].role), BIND_TEXT("hash", hash),
                            BIND_TEXT("certificate", people[i].certificate),
                            BIND_TEXT("badge", people[i].badge != NULL ? people[i].badge : ""),
                            BIND_INT("works_on_cars", people[i].works_on_cars))));
    TRY(store_int(s->store, SQL_USER_ID, BINDS(BIND_TEXT("login", people[i].login)),
                  &chair->user.v));
    TRY(store_run(s->store, SQL_SESSION_ADD, NO_ROW,
                  BINDS(BIND_ID("user", chair->user), BIND_INT("now", now),
                        BIND_INT("ends_at", now + FIRST_SESSION_S))));
    chair->id = (struct session_id){store_last_id(s->store)};
    chair->user_name = people[i].name;
    return OK;
}

/* A hash of his own for each: the person's number is in it. */
static status add_pin(struct demo *d, unsigned i)
{
    struct session *s = d->s;
    char hash[SECRET_HASH_MAX];

    if (people[i].badge == NULL)
        return OK;
    TRY(pin_hash(s, d->chairs[i].user, demo_pin, hash));
    return store_run(s->store, SQL_PIN, NO_ROW,
                     BINDS(BIND_ID("id", d->chairs[i].user), BIND_TEXT("hash", hash)));
}

static status add_kiosk(struct demo *d)
{
    char digest[SECRET_DIGEST_MAX];

    secret_digest(terminal_demo_secret, digest);
    for (unsigned i = 0; i < DEMO_PERSON_COUNT; i++)
        TRY(add_pin(d, i));
    return store_run(d->s->store, SQL_KIOSK_ADD, NO_ROW,
                     BINDS(BIND_TEXT("token_hash", digest),
                           BIND_INT("now", session_now(d->s).seconds),
                           BIND_ID("user", d->chairs[DEMO_ADMIN].user)));
}

/* One hash for all: they share the password that the sign-in screen names. */
static status add_people(struct demo *d)
{
    char hash[SECRET_HASH_MAX];

    TRY(secret_hash_password(demo_password, hash, &d->s->fault));
    for (unsigned i = 0; i < DEMO_PERSON_COUNT; i++)
        TRY(add_person(d, i, hash));
    TRY(add_kiosk(d));
    d->seated = DEMO_CUSTOMER; /* so that the first one who acts sits down */
    return OK;
}

static status set_up(struct demo *d)
{
    struct shop shop;

    TRY(shop_get(d->s, &shop));
    shop.email = "service@example.com";
    shop.website = "https://bayside.example.com";
    shop.registration = "ARD DEMO-000000";
    shop.epa_id = "CAL DEMO 00000";
    demo_supplies(&shop);
    shop.tolerance_ppm = (struct rate){0};
    shop.estimate_terms = "This estimate is good for 30 days. No work is begun, and none is added, "
                          "without your authorization.";
    shop.invoice_terms = "Due when the vehicle is picked up, unless terms were agreed.";
    shop.warranty_text = "24 months or 24,000 miles on parts and labor, whichever comes first.";
    TRY(demo_call(d, DEMO_ADMIN, &setting_edit_op, &shop, &shop));
    return demo_call_json(
        d, DEMO_ADMIN, &tax_set_op,
        "{\"taxes\":[{\"name\":\"State\",\"rate\":\"6.25\",\"classes\":\"part supplies\"},"
        "{\"name\":\"County\",\"rate\":\"1\",\"classes\":\"part supplies\"},"
        "{\"name\":\"City\",\"rate\":\"1.25\",\"classes\":\"part supplies\"}]}",
        NULL);
}

static status add_rates(struct demo *d)
{
    static const struct {
        const char *name;
        struct money rate;
    } rates[] = {
        {"Diagnostic", {16500}}, {"Fleet", {12800}}, {"European", {17500}}, {"Diesel", {16900}}};

    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        struct rate_class_entry entry;
        struct rate_class out;
        demo_init(d, &labor_rate_add_op, &entry);
        entry.name = rates[i].name;
        entry.rate = rates[i].rate;
        TRY(demo_call(d, DEMO_MANAGER, &labor_rate_add_op, &entry, &out));
    }
    return OK;
}

static void compose_models(struct demo *d)
{
    d->models = NEW_ARRAY(d->s->arena, struct vin_facts, DEMO_MODELS);
    for (size_t i = 0; i < DEMO_MODELS; i++)
        vin_compose(draw(d, DEMO_SUBJECT(DEMO_OF_MODEL, i), 0), d->s->arena, &d->models[i]);
}

static status end_sessions(struct demo *d)
{
    return store_run(d->s->store, SQL_SESSIONS_END, NO_ROW,
                     BINDS(BIND_INT("now", session_now(d->s).seconds)));
}

static status fill(struct demo *d)
{
    demo_set_clock(d, d->first_on, 7 * 60);
    TRY(open_shop(d));
    demo_set_clock(d, d->first_on, 7 * 60);
    compose_models(d);
    TRY(add_people(d));
    TRY(set_up(d));
    TRY(add_rates(d));
    demo_seat(d, DEMO_MANAGER);
    TRY(demo_fill_parts(d));
    TRY(demo_describe_vendors(d));
    TRY(demo_fill_canned_jobs(d));
    TRY(demo_set_rules(d));
    TRY(demo_fill_year(d));
    TRY(demo_trade(d));
    TRY(demo_fill_many(d));
    return ledger_prove(d->s);
}

/* Nobody can use half a shop: only the whole one needs to be on the disk. */
static status fill_fast(struct demo *d)
{
    struct store *store = d->s->store;

    TRY(store_building(store, true));
    const status result = fill(d);
    const struct fault said = d->s->fault;
    TRY(store_building(store, false));
    d->s->fault = said;
    TRY(result);
    TRY(end_sessions(d));
    const status moved = store_checkpoint(store);
    return moved == ERR_BUSY ? OK : moved;
}

static struct demo new_demo(struct session *s, const struct demo_options *options)
{
    struct demo d = {.s = s, .options = options, .today = session_today(s), .total = PARTS};
    const int64_t many = demo_customers(&d) - DEMO_STORY_MAX;

    d.total += many > 0 ? many : 0;

    d.first_on = day_add(d.today, -YEAR_DAYS);
    while (!demo_is_workday(d.first_on))
        d.first_on = day_add(d.first_on, -1);
    return d;
}

status demo_fill(struct session *s, const struct demo_options *options)
{
    const struct session before = *s;

    if (options->customers < 0 || options->customers > CUSTOMERS_MAX)
        return fail_field(s, "customers", "A demo shop has up to 1,000,000 customers.");
    TRY(zone_use("America/Los_Angeles", &s->fault));
    struct demo d = new_demo(s, options);
    s->terminal = "demo";
    const status result = fill_fast(&d);
    const struct fault said = s->fault;
    *s = before;
    s->fault = said;
    return result;
}
