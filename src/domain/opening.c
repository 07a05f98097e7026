/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Opening a new shop: its settings, roles, accounts, numbers, standard labor rate and first
 * administrator. It runs before anybody can sign in, so it is the one way in beside op_call, and it
 * refuses a file that already holds a shop. */

#include <string.h>

#include "base/text.h"
#include "domain/ledger.h"
#include "domain/number.h"
#include "domain/opening.h"
#include "domain/password.h"
#include "domain/secret.h"
#include "domain/setting.h"
#include "domain/user.h"
#include "opening_inner.h"
#include "record.h"

#define SCHEMA_VERSION 1

extern const unsigned char embed_schema[];

/* Their rows are bookkeeping of the house itself, or follow from rows that are remembered, or hang
 * under one and can never change: who wants to know reads them where they lie. */
static const char *const quiet_tables[] = {
    "audit",        "command",       "lookup",
    "session",      "draft",         "account_day",
    "invoice_law",  "entry_line",    "invoice_job",
    "invoice_line", "invoice_tax",   "number",
    "order_tax",    "refresh_token", "audit_checkpoint",
    "part_bin",     "stock_move",    "tries",
    NULL,
};

struct store_options shop_store_options(bool create)
{
    return (struct store_options){
        .create = create,
        .schema = (const char *)embed_schema,
        .version = SCHEMA_VERSION,
        .quiet = quiet_tables,
    };
}

#define FIRST_ORDER_NUMBER   10001
#define FIRST_INVOICE_NUMBER 20001

/* clang-format off */
static const struct field shop_opening_fields[] = {
    FIELD(struct shop_opening, name, .label = "Shop name", .help = "As printed on documents", .initial = "My shop"),
    FIELD(struct shop_opening, street, .label = "Street"),
    FIELD(struct shop_opening, city, .label = "City"),
    FIELD(struct shop_opening, state, .label = "State", .example = "CA", .max = 40),
    FIELD(struct shop_opening, zip, .label = "ZIP code", .example = "92101", .max = 10),
    FIELD(struct shop_opening, phone, .label = "Phone", .example = "(619) 555-0100", .flags = FIELD_PHONE),
    FIELD(struct shop_opening, zone, .label = "Time zone", .initial = "America/Los_Angeles",
          .example = "America/Los_Angeles", .help = "A region and a city"),
    FIELD(struct shop_opening, tax_rate, .label = "Sales tax %", .example = "7.75", .high = 1000000,
          .help = "On parts and supplies; more jurisdictions can be added in the settings"),
    FIELD(struct shop_opening, labor_rate, .label = "Labor rate", .example = "145.00", .help = "Dollars an hour"),
    FIELD(struct shop_opening, profile, .label = "State rules", .choices = &profile_choices,
          .help = "Whose rules for repair shops estimates and invoices follow"),
    FIELD(struct shop_opening, admin_name, .label = "Your name", .example = "Ann Walsh", .flags = FIELD_REQUIRED),
    FIELD(struct shop_opening, admin_login, .label = "Sign-in name", .example = "ann", .max = 40, .flags = FIELD_REQUIRED),
    FIELD(struct shop_opening, admin_password, .label = "Password", .max = PASSWORD_BYTES_MAX,
          .help = PASSWORD_HELP, .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
    FIELD(struct shop_opening, demo, .flags = FIELD_HIDDEN),
};
/* clang-format on */
const struct shape shop_opening_shape =
    SHAPE_OF(struct shop_opening, "shop_opening", shop_opening_fields);

static const char SQL_SHOP_THERE[] = "SELECT count(*) FROM shop";
static const char SQL_SHOP_ADD[] =
    "INSERT INTO shop (id, name, street, city, state, zip, phone, zone, profile, demo, uid, "
    "keys_digest, opened_at) VALUES (1, :name, :street, :city, :state, :zip, :phone, :zone, "
    ":profile, :demo, :uid, "
    ":keys_digest, :now)";
static const char SQL_TAX_ADD[] = "INSERT INTO tax (position, name, rate, classes) "
                                  "VALUES (1, 'Sales tax', :tax_rate, 'part supplies')";
static const char SQL_RATE_ADD[] =
    "INSERT INTO rate_class (name, rate, standard) VALUES ('Standard', :labor_rate, 1)";
static const char SQL_NUMBER_ADD[] = "INSERT INTO number (name, next) VALUES (:name, :next)";
static const char SQL_ROLE_ADD[] =
    "INSERT INTO role (id, name, says, seeded) VALUES (:id, :name, :says, 1)";
static const char SQL_ROLE_RIGHT_ADD[] =
    "INSERT INTO role_right (role, right, scope) VALUES (:role, :right, :scope)";
static const char SQL_ADMIN_ADD[] = "INSERT INTO user (login, name, role, password_hash) "
                                    "VALUES (:admin_login, :admin_name, 1, :hash)";

enum seeded_role {
    SEED_ADMIN,
    SEED_MANAGER,
    SEED_TECHNICIAN,
    SEED_ACCOUNTANT,
    SEED_CUSTOMER,
    SEED_COUNT
};
static const struct {
    const char *name, *says;
} seeds[SEED_COUNT] = {
    [SEED_ADMIN] = {"admin", "Everything, settings and roles too"},
    [SEED_MANAGER] = {"manager", "The counter and the shop, without settings and roles"},
    [SEED_TECHNICIAN] = {"technician", "One's own jobs"},
    [SEED_ACCOUNTANT] = {"accountant", "Invoices, payments and the ledger"},
    [SEED_CUSTOMER] = {"customer", "One's own vehicles and documents"},
};

static enum scope seeded_scope(enum seeded_role role, const struct right_row *right)
{
    switch (role) {
    case SEED_ADMIN:
        return SCOPE_ALL;
    case SEED_MANAGER:
        return right->manager;
    case SEED_TECHNICIAN:
        return right->technician;
    case SEED_ACCOUNTANT:
        return right->accountant;
    case SEED_CUSTOMER:
        return right->customer;
    case SEED_COUNT:
        break;
    }
    return SCOPE_NO;
}

static status seed_role(struct session *s, enum seeded_role role)
{
    TRY(store_run(s->store, SQL_ROLE_ADD, NO_ROW,
                  BINDS(BIND_INT("id", (int64_t)role + 1), BIND_TEXT("name", seeds[role].name),
                        BIND_TEXT("says", seeds[role].says))));
    for (unsigned i = 1; i < RIGHT_COUNT; i++) {
        const enum scope scope = seeded_scope(role, &right_table[i]);
        if (scope == SCOPE_NO)
            continue;
        TRY(store_run(s->store, SQL_ROLE_RIGHT_ADD, NO_ROW,
                      BINDS(BIND_INT("role", (int64_t)role + 1),
                            BIND_TEXT("right", right_table[i].word),
                            BIND_TEXT("scope", choice_word(&scope_choices, scope)))));
    }
    return OK;
}

static status seed_number(struct session *s, const char *name, int64_t next)
{
    return store_run(s->store, SQL_NUMBER_ADD, NO_ROW,
                     BINDS(BIND_TEXT("name", name), BIND_INT("next", next)));
}

static status write_shop(struct session *s, const struct shop_opening *opening, const char *hash)
{
    const struct bind_row row = BIND_ROW(&shop_opening_shape, opening);
    char uid[SECRET_TOKEN_MAX], digest[SECRET_DIGEST_MAX];
    int64_t there = 0;

    TRY(store_int(s->store, SQL_SHOP_THERE, NULL, &there));
    if (there != 0)
        return fail(s, ERR_CONFLICT, "This file already holds a shop. Sign in to it.");
    secret_token(uid);
    shop_keys_digest(s->keys, uid, digest);
    TRY(store_run(s->store, SQL_SHOP_ADD, row,
                  BINDS(BIND_INT("now", session_now(s).seconds), BIND_TEXT("uid", uid),
                        BIND_TEXT("keys_digest", digest))));
    if (opening->tax_rate.ppm > 0)
        TRY(store_run(s->store, SQL_TAX_ADD, row, NULL));
    TRY(store_run(s->store, SQL_RATE_ADD, row, NULL));
    for (unsigned role = 0; role < SEED_COUNT; role++)
        TRY(seed_role(s, (enum seeded_role)role));
    TRY(seed_number(s, NUMBER_ORDER, FIRST_ORDER_NUMBER));
    TRY(seed_number(s, NUMBER_INVOICE, FIRST_INVOICE_NUMBER));
    TRY(ledger_open(s));
    return store_run(s->store, SQL_ADMIN_ADD, row, BINDS(BIND_TEXT("hash", hash)));
}

/* The demo shop's password stands on its sign-in screen: it keeps nobody out. */
static status hash_admin_password(struct session *s, const struct shop_opening *opening,
                                  const char **ret_hash)
{
    const struct password_of of = {
        .login = opening->admin_login, .name = opening->admin_name, .shop = opening->name};
    char *hash = arena_alloc(s->arena, SECRET_HASH_MAX);

    if (!opening->demo)
        return password_hash(s, "admin_password", opening->admin_password, &of, ret_hash);
    *ret_hash = hash;
    return secret_hash_password(opening->admin_password, hash, &s->fault);
}

status shop_open_new(struct session *s, const struct shop_opening *opening)
{
    const char *hash = NULL;

    fault_clear(&s->fault);
    TRY(shape_check(&shop_opening_shape, opening, &s->fault));
    if (zone_use(opening->zone, NULL) != OK)
        return fail_field(s, "zone",
                          "There is no time zone “%s”. Write one like America/Los_Angeles.",
                          opening->zone);
    TRY(hash_admin_password(s, opening, &hash));
    TRY(store_begin_write(s->store));
    return record_end_write(s, write_shop(s, opening, hash));
}
