/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* PINs and badges: setting them, and signing in at a kiosk. A PIN is hashed before the transaction,
 * as a password is; what decides is read inside. */

#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/secret.h"
#include "domain/terminal.h"
#include "domain/tries.h"

#define PIN_TRIES 10

struct pin_account {
    struct user_id id;
    const char *name, *pin_hash;
    int64_t pin_failures;
    struct instant disabled_at;
};
static const struct field account_fields[] = {
    FIELD(struct pin_account, id),          FIELD(struct pin_account, name),
    FIELD(struct pin_account, pin_hash),    FIELD(struct pin_account, pin_failures),
    FIELD(struct pin_account, disabled_at),
};
static const struct shape account_shape = SHAPE_OF(struct pin_account, "user", account_fields);

/* clang-format off */
static const struct field person_fields[] = {
    FIELD(struct pin_person, id, .flags = FIELD_HIDDEN),
    FIELD(struct pin_person, login, .label = "Sign-in name"),
    FIELD(struct pin_person, name, .label = "Name"),
};
static const struct shape person_shape = SHAPE_OF(struct pin_person, "user", person_fields);
static const struct field people_fields[] = {
    FIELD(struct pin_people, people, .rows = &person_shape),
};
static const struct field pin_sign_in_fields[] = {
    FIELD(struct pin_sign_in, who, .label = "Badge or name", .max = 60, .flags = FIELD_REQUIRED),
    FIELD(struct pin_sign_in, pin, .label = "PIN", .max = PIN_DIGITS,
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
};
static const struct field pin_set_fields[] = {
    FIELD(struct pin_set, pin, .label = "New PIN", .max = PIN_DIGITS, .help = "Six digits that nobody guesses: no date, no 123456",
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
};
#define USER_FIELD(T)                                                                              \
    FIELD(T, id, .label = "User", .picks = "user.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT)
static const struct field badge_fields[] = {
    USER_FIELD(struct user_badge),
    FIELD(struct user_badge, badge, .label = "Badge", .example = "BADGE7KQ2M4XR", .max = 60,
          .help = "What its bar code reads; left empty, a new one is made", .flags = FIELD_CODE | FIELD_ARGUMENT),
};

static const char SQL_ACCOUNT[] =
    "SELECT id, name, pin_hash, pin_failures, disabled_at\n"
    "FROM user\n"
    "WHERE badge = :badge AND badge <> '' AND customer IS NULL\n"
    "UNION ALL\n"
    "SELECT id, name, pin_hash, pin_failures, disabled_at\n"
    "FROM user\n"
    "WHERE login = :login AND customer IS NULL\n"
    "LIMIT 1";
static const char SQL_FAILED[] =
    "UPDATE user\n"
    "SET pin_failures = pin_failures + 1,\n"
    "  pin_hash = CASE WHEN pin_failures + 1 >= :most THEN '' ELSE pin_hash END\n"
    "WHERE id = :id";
static const char SQL_FINE[] =
    "UPDATE user\n"
    "SET pin_failures = 0\n"
    "WHERE id = :id AND pin_failures > 0";
static const char SQL_SEEN[] =
    "UPDATE terminal\n"
    "SET seen_at = :now\n"
    "WHERE id = :id";
static const char SQL_PEOPLE[] =
    "SELECT id, login, name\n"
    "FROM user\n"
    "WHERE pin_hash <> '' AND disabled_at IS NULL AND customer IS NULL\n"
    "ORDER BY name, id";
static const char SQL_SET[] =
    "UPDATE user\n"
    "SET pin_hash = :hash, pin_failures = 0\n"
    "WHERE id = :id";
static const char SQL_IS_CUSTOMER[] =
    "SELECT count(*)\n"
    "FROM user\n"
    "WHERE id = :id AND customer IS NOT NULL";
static const char SQL_BADGE_TAKEN[] =
    "SELECT name\n"
    "FROM user\n"
    "WHERE badge = :badge AND id <> :id";
static const char SQL_BADGE[] =
    "UPDATE user\n"
    "SET badge = :badge\n"
    "WHERE id = :id";
/* clang-format on */

/* ---------------------------------------------------------------------- hashing -- */

/* A million PINs are tried in minutes by whoever has the database; without the pepper, which is not
 * in it, there is nothing to try. */
static void pin_digest(struct session *s, struct user_id user, const char *pin,
                       char ret_digest[SECRET_DIGEST_MAX])
{
    struct secret_mac mac;

    secret_mac_begin(&mac, s->keys, SECRET_KEY_PEPPER);
    secret_mac_add(&mac, "pin ", 4);
    secret_mac_add(&mac, &user.v, sizeof user.v);
    secret_mac_add(&mac, pin, strlen(pin));
    secret_mac_end(&mac, ret_digest);
}

status pin_hash(struct session *s, struct user_id user, const char *pin,
                char ret_hash[SECRET_HASH_MAX])
{
    char digest[SECRET_DIGEST_MAX];

    pin_digest(s, user, pin, digest);
    const status result = secret_hash_password(digest, ret_hash, &s->fault);
    secret_wipe(digest, sizeof digest);
    return result;
}

static bool pin_matches(struct session *s, const struct pin_account *account, const char *pin)
{
    char digest[SECRET_DIGEST_MAX];

    pin_digest(s, account->id, pin, digest);
    const bool matches = secret_password_matches(account->pin_hash, digest);
    secret_wipe(digest, sizeof digest);
    return matches && *account->pin_hash != '\0';
}

/* ------------------------------------------------------------------- what is one -- */

static bool is_six_digits(const char *pin)
{
    return strlen(pin) == PIN_DIGITS && strspn(pin, "0123456789") == PIN_DIGITS;
}

/* 111111, 123456, 654321, 246802; 121212, 123123; 112233. */
static bool is_pattern(const char *pin)
{
    int step[PIN_DIGITS];
    bool same_steps = true, repeats_two = true, repeats_three = true, pairs = true;

    for (int i = 1; i < PIN_DIGITS; i++) {
        step[i] = (pin[i] - pin[i - 1] + 10) % 10;
        same_steps = same_steps && step[i] == step[1];
        pairs = pairs && (i % 2 == 0 || step[i] == 0);
        repeats_two = repeats_two && (i < 2 || pin[i] == pin[i - 2]);
        repeats_three = repeats_three && (i < 3 || pin[i] == pin[i - 3]);
    }
    return same_steps || repeats_two || repeats_three || pairs;
}

static int two_digits(const char *at)
{
    return (at[0] - '0') * 10 + at[1] - '0';
}

static bool is_month_and_day(int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Month, day and year in one of the orders people write them in, or a month and a whole year: what
 * somebody who knows a person tries first. */
static bool is_date(const char *pin)
{
    const int a = two_digits(pin), b = two_digits(pin + 2), c = two_digits(pin + 4);

    if (is_month_and_day(a, b) || is_month_and_day(b, a) || is_month_and_day(b, c))
        return true;
    return (b == 19 || b == 20) && a >= 1 && a <= 12;
}

static status check_pin(struct session *s, const char *pin)
{
    if (!is_six_digits(pin))
        return fail_field(s, "pin", "A PIN has six digits. Type six of them.");
    if (is_pattern(pin))
        return fail_field(s, "pin",
                          "That PIN is one of the first that people try. Choose six "
                          "digits without a pattern.");
    if (is_date(pin))
        return fail_field(s, "pin",
                          "That PIN looks like a date, which others may know. Choose "
                          "another one.");
    return OK;
}

/* -------------------------------------------------------------------- signing in -- */

struct checked_pin {
    bool matches;
};

static status read_account(struct session *s, const char *who, struct pin_account *ret)
{
    const status result =
        store_get(s->store, SQL_ACCOUNT, NO_ROW,
                  BINDS(BIND_TEXT("badge", text_code(s->arena, who)), BIND_TEXT("login", who)),
                  s->arena, &account_shape, ret);

    if (result != ERR_NOT_FOUND)
        return result;
    *ret = (struct pin_account){.id = tries_nobody(s, who), .pin_hash = ""};
    return OK;
}

/* The same work for somebody unknown and for somebody without a PIN. */
static status sign_in_prepare(struct session *s, const void *input, const void **ret_prepared)
{
    const struct pin_sign_in *in = input;
    struct pin_account account = {.pin_hash = ""};
    struct checked_pin *checked = NEW(s->arena, struct checked_pin);

    TRY(terminal_must_be_kiosk(s));
    TRY(read_account(s, in->who, &account));
    checked->matches = pin_matches(s, &account, in->pin);
    *ret_prepared = checked;
    return OK;
}

static status wrong_pin(struct session *s, const struct pin_account *account)
{
    TRY(tries_failed_by_pin(s, account->id));
    if (*account->pin_hash != '\0')
        TRY(store_run(s->store, SQL_FAILED, NO_ROW,
                      BINDS(BIND_ID("id", account->id), BIND_INT("most", PIN_TRIES))));
    if (*account->pin_hash != '\0' && account->pin_failures + 1 >= PIN_TRIES)
        return fail(s, ERR_SIGN_IN,
                    "Too many wrong PINs: this one is switched off. Sign in with your password and "
                    "set a new one.");
    return fail(s, ERR_SIGN_IN,
                "The badge or the PIN is wrong. Without a PIN, sign in with your password.");
}

static status sign_in_run(struct session *s, const void *input, void *output)
{
    const struct pin_sign_in *in = input;
    const struct checked_pin *checked = s->prepared;
    struct pin_account account = {.pin_hash = ""};

    TRY(terminal_must_be_kiosk(s));
    TRY(read_account(s, in->who, &account));
    s->tried = account.id;
    TRY(tries_check(s, account.id));
    if (!checked->matches || account.disabled_at.seconds != 0)
        return wrong_pin(s, &account);
    TRY(tries_clear_pin(s, account.id));
    TRY(store_run(s->store, SQL_FINE, NO_ROW, BINDS(BIND_ID("id", account.id))));
    TRY(store_run(s->store, SQL_SEEN, NO_ROW,
                  BINDS(BIND_ID("id", s->enrolled), BIND_INSTANT("now", session_now(s)))));
    s->user = account.id; /* the audit row names who it was */
    s->user_name = account.name;
    return session_start(s, account.id, FACTOR_PIN, output);
}

static status people(struct session *s, const void *input, void *output)
{
    struct pin_people *out = output;

    (void)input;
    TRY(terminal_must_be_kiosk(s));
    return store_list(s->store, SQL_PEOPLE, NO_ROW, NULL, s->arena, &person_shape, &out->people);
}

/* ------------------------------------------------------------ PINs and badges -- */

static status set_prepare(struct session *s, const void *input, const void **ret_prepared)
{
    const struct pin_set *in = input;
    char *hash = arena_alloc(s->arena, SECRET_HASH_MAX);

    TRY(check_pin(s, in->pin));
    TRY(pin_hash(s, s->user, in->pin, hash));
    *ret_prepared = hash;
    return OK;
}

static status write_pin(struct session *s, struct user_id user, const char *hash)
{
    TRY(store_run(s->store, SQL_SET, NO_ROW, BINDS(BIND_ID("id", user), BIND_TEXT("hash", hash))));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_NOT_FOUND, "There is no user %lld. See the list of users.",
                    (long long)user.v);
    return OK;
}

/* The kiosk stands in the bays, and names who has a PIN. */
static status must_work_here(struct session *s, const char *field, struct user_id user)
{
    int64_t is_customer = 0;

    TRY(store_int(s->store, SQL_IS_CUSTOMER, BINDS(BIND_ID("id", user)), &is_customer));
    if (is_customer == 0)
        return OK;
    return fail_field(s, field, "PINs and badges are for those who work here, not for customers.");
}

static status set_pin(struct session *s, const void *input, void *output)
{
    (void)input;
    (void)output;
    TRY(must_work_here(s, "pin", s->user));
    return write_pin(s, s->user, s->prepared);
}

struct pin_key {
    struct user_id id;
};
static const struct field key_fields[] = {USER_FIELD(struct pin_key)};

static status clear_pin(struct session *s, const void *input, void *output)
{
    const struct pin_key *in = input;

    (void)output;
    return write_pin(s, in->id, "");
}

/* Eight letters and digits that no eye takes for another: 40 bits, so that nobody prints a badge by
 * guessing. */
static const char *new_badge(struct session *s)
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    unsigned char bytes[8];
    char code[sizeof bytes + 1] = "";

    secret_random(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        code[i] = letters[bytes[i] % 32];
    return arena_printf(s->arena, "BADGE%s", code);
}

static status badge(struct session *s, const void *input, void *output)
{
    const struct user_badge *in = input;
    struct user_badge *out = output;
    const char *code = text_code(s->arena, in->badge), *name = "";

    TRY(must_work_here(s, "id", in->id));
    if (*code == '\0')
        code = new_badge(s);

    const status result =
        store_text(s->store, SQL_BADGE_TAKEN,
                   BINDS(BIND_TEXT("badge", code), BIND_ID("id", in->id)), s->arena, &name);
    if (result == OK)
        return fail_field(s, "badge", "%s has this badge. Leave it empty for a new one.", name);
    if (result != ERR_NOT_FOUND)
        return result;
    TRY(store_run(s->store, SQL_BADGE, NO_ROW,
                  BINDS(BIND_ID("id", in->id), BIND_TEXT("badge", code))));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_NOT_FOUND, "There is no user %lld. See the list of users.",
                    (long long)in->id.v);
    *out = (struct user_badge){in->id, code};
    return OK;
}

/* ------------------------------------------------------------------ operations -- */

const struct op session_pin_op = {
    .name = "session.pin",
    .says = "Sign in at a kiosk with badge and PIN",
    .kind = OP_WRITES,
    .flags = OP_PUBLIC | OP_KEEPS_REFUSAL | OP_UNLISTED | OP_SHOWN_ONCE,
    .in = SHAPE(struct pin_sign_in, pin_sign_in_fields),
    .out = &signed_in_shape,
    .prepare = sign_in_prepare,
    .run = sign_in_run,
};
const struct op session_people_op = {
    .name = "session.people",
    .says = "See who can sign in at this kiosk with a PIN",
    .kind = OP_READS,
    .flags = OP_PUBLIC | OP_UNLISTED,
    .out = SHAPE(struct pin_people, people_fields),
    .run = people,
};
const struct op user_set_pin_op = {
    .name = "user.set-pin",
    .says = "Set your own PIN for the kiosk",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .in = SHAPE(struct pin_set, pin_set_fields),
    .prepare = set_prepare,
    .run = set_pin,
};
const struct op user_clear_pin_op = {
    .name = "user.clear-pin",
    .says = "Switch somebody's PIN off",
    .right = RIGHT_USERS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct pin_key, key_fields),
    .about = "id",
    .run = clear_pin,
};
const struct op user_badge_op = {
    .name = "user.badge",
    .says = "Give somebody a badge, or another one for a lost one",
    .title = "Give a badge",
    .right = RIGHT_USERS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct user_badge, badge_fields),
    .out = SHAPE(struct user_badge, badge_fields),
    .about = "id",
    .run = badge,
};
