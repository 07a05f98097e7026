/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How often somebody may guess. The rule and its reasons are in the header. */

#include "domain/tries.h"

#include <string.h>

#include "domain/list.h"
#include "domain/secret.h"

#define DAY_SECONDS 86400
/* Opens by a manager alone; long enough that nobody waits for it. */
#define BLOCK_SECONDS (365 * DAY_SECONDS)
/* The count of all places a person does not know. */
#define ELSEWHERE ""

struct count {
    int64_t failures;
    struct instant latest_at, known_at;
};
static const struct field count_fields[] = {
    FIELD(struct count, failures),
    FIELD(struct count, latest_at),
    FIELD(struct count, known_at),
};
static const struct shape count_shape = SHAPE_OF(struct count, "tries", count_fields);

static const char SQL_HERE[] = "SELECT failures, latest_at, known_at FROM tries "
                               "WHERE place = :place AND who = :who";
static const char SQL_PLACE[] =
    "SELECT ifnull(sum(failures), 0) AS failures, max(latest_at) AS latest_at FROM tries "
    "WHERE place = :place AND failures > 0 AND latest_at > :since";
static const char SQL_FAILED[] =
    "INSERT INTO tries (place, who, failures, by_pin, latest_at, wait_until_at) "
    "VALUES (:place, :who, :failures, :by_pin, :now, :wait_until_at) "
    "ON CONFLICT (place, who) DO UPDATE SET failures = excluded.failures, "
    "by_pin = min(by_pin + excluded.by_pin, excluded.failures), "
    "latest_at = excluded.latest_at, wait_until_at = excluded.wait_until_at";
static const char SQL_KNOWN[] =
    "INSERT INTO tries (place, who, known_at) VALUES (:place, :who, :now) "
    "ON CONFLICT (place, who) DO UPDATE SET failures = 0, by_pin = 0, wait_until_at = NULL, "
    "known_at = excluded.known_at";
static const char SQL_CLEAR[] = "UPDATE tries SET failures = 0, by_pin = 0, wait_until_at = NULL "
                                "WHERE place = :place AND who = :who AND failures > 0";
static const char SQL_CLEAR_PIN[] =
    "UPDATE tries SET failures = failures - by_pin, by_pin = 0, wait_until_at = NULL "
    "WHERE place IN (:place, '') AND who = :who AND by_pin > 0";
static const char SQL_UNLOCK[] = "UPDATE tries SET failures = 0, by_pin = 0, wait_until_at = NULL "
                                 "WHERE who = :who AND failures > 0";
static const char SQL_UNLOCK_PLACE[] = "UPDATE tries SET failures = 0, by_pin = 0, wait_until_at = "
                                       "NULL WHERE place = :place AND failures > 0";
static const char SQL_FORGET[] = "DELETE FROM tries WHERE who < 0 AND latest_at < :since";

/* --- Counting --- */

static const char *counted_place(const struct session *s)
{
    if (s->enrolled.v != 0)
        return arena_printf(s->arena, "terminal %lld", (long long)s->enrolled.v);
    return s->counted_at != NULL ? s->counted_at : s->terminal;
}

struct user_id tries_nobody(const struct session *s, const char *login)
{
    char digest[SECRET_DIGEST_MAX];
    struct secret_mac mac;
    int64_t number = 0;

    secret_mac_begin(&mac, s->keys, SECRET_KEY_PEPPER);
    secret_mac_add(&mac, "nobody ", 7);
    secret_mac_add(&mac, login, strlen(login));
    secret_mac_end(&mac, digest);
    for (int i = 0; i < 15; i++)
        number = number * 16 + (digest[i] <= '9' ? digest[i] - '0' : digest[i] - 'a' + 10);
    return (struct user_id){-1 - number};
}

/* Seconds to wait after so many failures in a row. */
static int64_t wait_after(int64_t failures)
{
    if (failures < TRIES_FREE)
        return 0;
    if (failures >= TRIES_TO_BLOCK)
        return BLOCK_SECONDS;
    if (failures >= TRIES_TO_LOCK)
        return TRIES_LOCK_SECONDS;
    return INT64_C(1) << (failures - TRIES_FREE);
}

/* What is left of it. A clock that was set back makes nobody wait longer than the rule says. */
static int64_t wait_left(const struct session *s, struct instant latest, int64_t wait)
{
    const int64_t passed = session_now(s).seconds - latest.seconds;

    return passed < 0 ? wait : passed < wait ? wait - passed : 0;
}

static status read_count(struct session *s, const char *place, struct user_id user,
                         struct count *ret)
{
    const status result = store_get(s->store, SQL_HERE, NO_ROW,
                                    BINDS(BIND_TEXT("place", place), BIND_ID("who", user)),
                                    s->arena, &count_shape, ret);

    if (result != ERR_NOT_FOUND)
        return result;
    *ret = (struct count){0};
    return OK;
}

static int64_t known_since(const struct session *s)
{
    return session_now(s).seconds - (int64_t)TRIES_KNOWN_DAYS * DAY_SECONDS;
}

/* The count that a person's try here belongs to. */
struct own_count {
    const char *place;
    bool is_known;
    struct count count;
};

static status read_own(struct session *s, struct user_id user, struct own_count *ret)
{
    struct own_count own = {.place = counted_place(s)};

    TRY(read_count(s, own.place, user, &own.count));
    own.is_known = own.count.known_at.seconds > known_since(s);
    if (!own.is_known) {
        own.place = ELSEWHERE;
        TRY(read_count(s, ELSEWHERE, user, &own.count));
    }
    *ret = own;
    return OK;
}

static status place_wait(struct session *s, bool is_known, int64_t *ret_seconds)
{
    struct count total;

    TRY(store_get(s->store, SQL_PLACE, NO_ROW,
                  BINDS(BIND_TEXT("place", counted_place(s)),
                        BIND_INT("since", session_now(s).seconds - TRIES_PLACE_SECONDS)),
                  s->arena, &count_shape, &total));
    const int64_t most = is_known ? TRIES_PASSING : TRIES_LOCK_SECONDS;
    const int64_t wait = wait_after(total.failures);
    *ret_seconds = wait_left(s, total.latest_at, wait < most ? wait : most);
    return OK;
}

static status must_wait(struct session *s, int64_t seconds)
{
    if (seconds == 0)
        return OK;
    if (seconds > DAY_SECONDS)
        return fail(s, ERR_SIGN_IN,
                    "Too many wrong tries. Ask a manager to unlock the account: it does not "
                    "open by waiting.");
    const status result =
        seconds > 90 ? fail(s, ERR_SIGN_IN,
                            "Too many wrong tries. Try again in %lld minutes or ask a manager.",
                            (long long)(seconds + 59) / 60)
                     : fail(s, ERR_SIGN_IN, "Too many wrong tries. Try again in %lld second%s.",
                            (long long)seconds, seconds == 1 ? "" : "s");
    s->fault.wait_s = (long)seconds;
    return result;
}

status tries_check(struct session *s, struct user_id user)
{
    struct own_count own;
    int64_t here = 0;

    TRY(read_own(s, user, &own));
    TRY(place_wait(s, own.is_known, &here));
    const int64_t wait = wait_left(s, own.count.latest_at, wait_after(own.count.failures));
    return must_wait(s, wait > here ? wait : here);
}

status tries_check_at(struct session *s, struct user_id user, const char *field)
{
    const status result = tries_check(s, user);
    char sentence[FAULT_TEXT_MAX];

    if (result != ERR_SIGN_IN)
        return result;
    memcpy(sentence, s->fault.text, sizeof sentence);
    return fail_field(s, field, "%s", sentence);
}

static status add_failure(struct session *s, const char *place, struct user_id user,
                          int64_t failures, bool by_pin)
{
    const int64_t now = session_now(s).seconds;
    const int64_t wait = wait_after(failures);

    return store_run(s->store, SQL_FAILED, NO_ROW,
                     BINDS(BIND_TEXT("place", place), BIND_ID("who", user),
                           BIND_INT("failures", failures), BIND_INT("by_pin", by_pin),
                           BIND_INT("now", now),
                           store_bind_id("wait_until_at", wait > 0 ? now + wait : 0)));
}

/* What was said of the place alone does not hold any more once it has forgotten. */
static int64_t failures_here(const struct session *s, const struct own_count *own,
                             const struct count *here)
{
    const bool is_old =
        !own->is_known && here->latest_at.seconds < session_now(s).seconds - TRIES_PLACE_SECONDS;

    return is_old ? 0 : here->failures;
}

static status failed(struct session *s, struct user_id user, bool by_pin)
{
    struct own_count own;
    struct count here;

    TRY(read_own(s, user, &own));
    TRY(read_count(s, counted_place(s), user, &here));
    TRY(add_failure(s, counted_place(s), user, failures_here(s, &own, &here) + 1, by_pin));
    if (!own.is_known)
        TRY(add_failure(s, ELSEWHERE, user, own.count.failures + 1, by_pin));
    return store_run(s->store, SQL_FORGET, NO_ROW, BINDS(BIND_INT("since", known_since(s))));
}

status tries_failed(struct session *s, struct user_id user)
{
    return failed(s, user, false);
}

status tries_failed_by_pin(struct session *s, struct user_id user)
{
    return failed(s, user, true);
}

status tries_clear_pin(struct session *s, struct user_id user)
{
    return store_run(s->store, SQL_CLEAR_PIN, NO_ROW,
                     BINDS(BIND_TEXT("place", counted_place(s)), BIND_ID("who", user)));
}

status tries_clear(struct session *s, struct user_id user)
{
    struct own_count own;

    TRY(read_own(s, user, &own));
    if (!own.is_known)
        TRY(store_run(s->store, SQL_CLEAR, NO_ROW,
                      BINDS(BIND_TEXT("place", ELSEWHERE), BIND_ID("who", user))));
    return store_run(s->store, SQL_KNOWN, NO_ROW,
                     BINDS(BIND_TEXT("place", counted_place(s)), BIND_ID("who", user),
                           BIND_INT("now", session_now(s).seconds)));
}

status tries_unlock(struct session *s, struct user_id user)
{
    return store_run(s->store, SQL_UNLOCK, NO_ROW, BINDS(BIND_ID("who", user)));
}

/* --- Places, for the manager --- */

struct place_row {
    const char *place;
    const char *user_name;
    int64_t failures;
    struct instant latest_at;
};
static const struct field place_row_fields[] = {
    FIELD(struct place_row, place, .label = "Place", .flags = FIELD_ARGUMENT),
    FIELD(struct place_row, user_name, .label = "Tried as", .help = "Empty for a name nobody has"),
    FIELD(struct place_row, failures, .label = "Wrong tries"),
    FIELD(struct place_row, latest_at, .label = "Latest"),
};
struct place_list_in {
    struct list_query query;
};
static const struct field place_list_fields[] = {LIST_FIELDS(struct place_list_in, query)};

static const struct list_sort place_sorts[] = {{"latest_at", "t.latest_at", false}};
static const struct list_source place_source = {
    .select = "t.place, ifnull(u.name, '') AS user_name, t.failures, t.latest_at",
    .from = "tries AS t LEFT JOIN user AS u ON u.id = t.who",
    .where = "t.failures > 0 AND t.place <> '' AND t.latest_at > :now - 86400",
    .id = "t.id",
    .sorts = place_sorts,
    .sort_count = COUNT_OF(place_sorts),
};

static status place_list_run(struct session *s, const void *input, void *output)
{
    return list_run(s, &place_source, &place_list_op, input, output);
}

const struct op place_list_op = {
    .name = "place.list",
    .says = "See where sign-ins went wrong",
    .right = RIGHT_USERS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(place_source),
    .in = SHAPE(struct place_list_in, place_list_fields),
    .out = SHAPE(struct place_row, place_row_fields),
    .run = place_list_run,
};

struct place_key {
    const char *place;
};
static const struct field place_key_fields[] = {
    FIELD(struct place_key, place, .label = "Place", .picks = "place.list",
          .help = "As the list of places names it", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static status place_unlock_run(struct session *s, const void *input, void *output)
{
    const struct place_key *in = input;
    (void)output;

    TRY(store_run(s->store, SQL_UNLOCK_PLACE, NO_ROW, BINDS(BIND_TEXT("place", in->place))));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_NOT_FOUND,
                    "Nothing went wrong at “%s” lately. See the list of places for their names.",
                    in->place);
    return OK;
}

const struct op place_unlock_op = {
    .name = "place.unlock",
    .says = "Let a locked place try again",
    .right = RIGHT_USERS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct place_key, place_key_fields),
    .run = place_unlock_run,
};
