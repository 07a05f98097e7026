/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who is in front of the door: the session's state and its person's rights, as they are now. */

#include "domain/access.h"

#include <stdlib.h>

#include "domain/jwt.h"
#include "token.h"

/* A session is marked as seen no oftener: it is to be known who is there, not every key. */
#define SEEN_SECONDS 60

struct access_row {
    struct session_id session;
    struct user_id user;
    const char *user_name, *role_name;
    struct role_id role;
    struct customer_id customer;
    struct instant seen_at, ends_at, ended_at, disabled_at;
    int64_t version;
    enum factor factor;
    struct instant confirmed_at;
    bool must_change, lacks_factor, demo;
};
static const struct field access_fields[] = {
    FIELD(struct access_row, session),
    FIELD(struct access_row, user),
    FIELD(struct access_row, user_name),
    FIELD(struct access_row, role_name),
    FIELD(struct access_row, role),
    FIELD(struct access_row, customer),
    FIELD(struct access_row, seen_at),
    FIELD(struct access_row, ends_at),
    FIELD(struct access_row, ended_at),
    FIELD(struct access_row, disabled_at),
    FIELD(struct access_row, version),
    FIELD(struct access_row, factor, .choices = &factor_choices),
    FIELD(struct access_row, confirmed_at),
    FIELD(struct access_row, must_change),
    FIELD(struct access_row, lacks_factor),
    FIELD(struct access_row, demo),
};
static const struct shape access_shape = SHAPE_OF(struct access_row, "access", access_fields);

/* Revisions only grow, and another role is a new revision of the user: the two tell any change. A
 * sum would not, where the new role is younger than the old one. */
#define ACCESS_COLUMNS                                                                             \
    "SELECT s.id AS session, u.id AS user, u.name AS user_name, r.name AS role_name, r.id AS "     \
    "role, "                                                                                       \
    "u.customer, s.seen_at, s.ends_at, s.ended_at, u.disabled_at, (u.revision << 32) + "           \
    "r.revision AS version, "                                                                      \
    "u.must_change, s.factor, ifnull(s.confirmed_at, s.started_at) AS confirmed_at, "              \
    "r.needs_second_factor AND NOT EXISTS (SELECT 1 FROM second_factor AS f "                      \
    "WHERE f.user = u.id AND f.on_at IS NOT NULL) AS lacks_factor, "                               \
    "(SELECT demo FROM shop) AS demo "                                                             \
    "FROM session AS s JOIN user AS u ON u.id = s.user JOIN role AS r ON r.id = u.role "

static const char SQL_ACCESS[] = ACCESS_COLUMNS "WHERE s.id = :id";
static const char SQL_SEEN[] = "UPDATE session SET seen_at = :now WHERE id = :id";
static const char SQL_RIGHTS[] = "SELECT right AS word, scope FROM role_right WHERE role = :role";

struct held_row {
    const char *word;
    enum scope scope;
};
static const struct field held_fields[] = {
    FIELD(struct held_row, word),
    FIELD(struct held_row, scope, .choices = &scope_choices),
};
static const struct shape held_shape = SHAPE_OF(struct held_row, "role_right", held_fields);

static status load_rights(struct session *s, struct role_id role)
{
    struct rows rows;
    const struct arena_mark mark = arena_mark(s->arena);

    TRY(store_list(s->store, SQL_RIGHTS, NO_ROW, BINDS(BIND_ID("role", role)), s->arena,
                   &held_shape, &rows));
    s->rights = (struct right_set){0};
    s->rights_all = (struct right_set){0};
    const struct held_row *held = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        const enum right right = right_find(held[i].word);
        if (right == RIGHT_NONE)
            continue;
        right_set_add(&s->rights, right);
        if (held[i].scope == SCOPE_ALL)
            right_set_add(&s->rights_all, right);
    }
    arena_release(s->arena, mark);
    return OK;
}

status session_check_open(struct session *s, struct instant disabled_at, struct instant ended_at,
                          struct instant ends_at)
{
    if (disabled_at.seconds != 0)
        return fail(s, ERR_SIGN_IN, "This account is switched off. Ask a manager.");
    if (ended_at.seconds != 0)
        return fail(s, ERR_SIGN_IN, "You have been signed out. Sign in again.");
    if (ends_at.seconds <= session_now(s).seconds)
        return fail(s, ERR_SIGN_IN, "Your session is over. Sign in again.");
    return OK;
}

/* What may change between two operations of one session. */
static void take_over(struct session *s, const struct access_row *row)
{
    s->customer = row->customer;
    s->seen_at = row->seen_at;
    s->factor = row->factor;
    s->confirmed_at = row->confirmed_at;
    s->first_step = row->must_change    ? STEP_PASSWORD
                    : row->lacks_factor ? STEP_SECOND_FACTOR
                                        : STEP_NONE;
}

static status read_access(struct session *s, struct session_id id, struct access_row *ret)
{
    const status result = store_get(s->store, SQL_ACCESS, NO_ROW, BINDS(BIND_ID("id", id)),
                                    s->arena, &access_shape, ret);

    if (result == ERR_NOT_FOUND)
        return fail(s, ERR_SIGN_IN, "You have been signed out. Sign in again.");
    TRY(result);
    return session_check_open(s, ret->disabled_at, ret->ended_at, ret->ends_at);
}

status access_refresh(struct session *s)
{
    struct access_row row;
    const struct arena_mark mark = arena_mark(s->arena);
    const int64_t until = s->access_until.seconds;

    if (until != 0 && until + JWT_LEEWAY_S <= session_now(s).seconds)
        return fail(s, ERR_SIGN_IN, "Your sign-in has run out. Sign in again.");
    TRY(read_access(s, s->id, &row));
    take_over(s, &row);
    if (row.version != s->rights_version) {
        TRY(load_rights(s, row.role));
        s->rights_version = row.version;
    }
    arena_release(s->arena, mark);
    return OK;
}

status access_seen(struct session *s)
{
    const int64_t now = session_now(s).seconds;

    if (s->id.v == 0 || llabs(now - s->seen_at.seconds) < SEEN_SECONDS)
        return OK;
    return store_run(s->store, SQL_SEEN, NO_ROW, BINDS(BIND_ID("id", s->id), BIND_INT("now", now)));
}

status session_resume(struct session *s, const char *access)
{
    struct token_holder holder;
    struct access_row row;

    TRY(access_token_read(s, access, &holder));
    TRY(read_access(s, holder.session, &row));
    if (row.user.v != holder.user.v)
        return fail(s, ERR_SIGN_IN, "You are not signed in. Sign in first.");
    s->id = row.session;
    s->user = row.user;
    s->user_name = row.user_name;
    s->role = row.role_name;
    s->demo = row.demo;
    s->access_until = holder.until;
    s->rights_version = row.version;
    take_over(s, &row);
    return load_rights(s, row.role);
}
