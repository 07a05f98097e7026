/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Sessions: how they begin, who is signed in, how they end. Showing who one is is sign_in.c's. */

#include "domain/access.h"
#include "domain/list.h"
#include "domain/tries.h"
#include "record.h"
#include "token.h"

/* The longest a session lasts, however busy: a working day; for customers, who come back at their
 * own pace, a season. */
#define STAFF_SECONDS    (12 * 3600)
#define CUSTOMER_SECONDS (90 * 24 * 3600)

static const char SQL_SESSION_ADD[] =
    "INSERT INTO session (user, terminal, place, factor, started_at, seen_at, ends_at) "
    "VALUES (:user, :terminal, :place, :factor, :now, :now, :ends_at)";
static const char SQL_SESSION_CLOSE[] =
    "UPDATE session SET ended_at = :now, ended_why = :why WHERE id = :id AND ended_at IS NULL";
static const char SQL_SESSION_CLOSE_OTHERS[] =
    "UPDATE session SET ended_at = :now, ended_why = :why "
    "WHERE user = :user AND ended_at IS NULL AND id <> :but";
static const char SQL_SESSION_USER[] = "SELECT user FROM session WHERE id = :id";
static const char SQL_WHO[] = "SELECT u.login, u.name, r.name AS role, u.must_change "
                              "FROM user AS u JOIN role AS r ON r.id = u.role WHERE u.id = :id";
static const char SQL_IS_CUSTOMER[] = "SELECT customer IS NOT NULL FROM user WHERE id = :id";

static const struct choice session_end_choice[] = {
    {"", "", "", ""},
    {"signed_out", "signed out", "", ""},
    {"ended", "ended by somebody", "", ""},
    {"disabled", "user switched off", "", ""},
    {"password", "password changed", "", ""},
    {"replaced", "somebody else signed in", "", ""},
    {"reused", "used in two places", "", ""},
};
static const struct choices session_end_choices = CHOICES(session_end_choice);

static const struct field signed_in_fields[] = {
    FIELD(struct signed_in, access, .label = "Access token", .flags = FIELD_SECRET),
    FIELD(struct signed_in, refresh, .label = "Refresh token", .flags = FIELD_SECRET),
    FIELD(struct signed_in, login, .label = "Sign-in name"),
    FIELD(struct signed_in, name, .label = "Name"),
    FIELD(struct signed_in, role, .label = "Role"),
    FIELD(struct signed_in, access_until, .flags = FIELD_HIDDEN),
    FIELD(struct signed_in, ends_at, .label = "Until"),
    FIELD(struct signed_in, must_change, .label = "Must change the password"),
};
const struct shape signed_in_shape = SHAPE_OF(struct signed_in, "signed_in", signed_in_fields);

status session_describe(struct session *s, struct user_id user, struct signed_in *ret)
{
    return store_get(s->store, SQL_WHO, NO_ROW, BINDS(BIND_ID("id", user)), s->arena,
                     &signed_in_shape, ret);
}

status session_start(struct session *s, struct user_id user, enum factor factor,
                     struct signed_in *ret)
{
    struct signed_in who;
    int64_t is_customer = 0;
    const int64_t now = session_now(s).seconds;

    TRY(session_describe(s, user, &who));
    TRY(store_int(s->store, SQL_IS_CUSTOMER, BINDS(BIND_ID("id", user)), &is_customer));
    who.ends_at.seconds = now + (is_customer ? CUSTOMER_SECONDS : STAFF_SECONDS);
    TRY(store_run(s->store, SQL_SESSION_ADD, NO_ROW,
                  BINDS(BIND_ID("user", user), BIND_TEXT("terminal", s->terminal),
                        BIND_TEXT("place", s->place != NULL ? s->place : ""),
                        BIND_TEXT("factor", choice_word(&factor_choices, factor)),
                        BIND_INT("now", now), BIND_INSTANT("ends_at", who.ends_at))));
    TRY(tokens_issue(s, (struct session_id){store_last_id(s->store)}, user, &who));
    s->factor = factor; /* for the audit row */
    *ret = who;
    return OK;
}

status session_close(struct session *s, struct session_id id, enum session_end why)
{
    return store_run(s->store, SQL_SESSION_CLOSE, NO_ROW,
                     BINDS(BIND_ID("id", id), BIND_INT("now", session_now(s).seconds),
                           BIND_TEXT("why", choice_word(&session_end_choices, why))));
}

status session_close_others(struct session *s, struct user_id user, struct session_id but,
                            enum session_end why)
{
    return store_run(s->store, SQL_SESSION_CLOSE_OTHERS, NO_ROW,
                     BINDS(BIND_ID("user", user), BIND_INT("but", but.v),
                           BIND_INT("now", session_now(s).seconds),
                           BIND_TEXT("why", choice_word(&session_end_choices, why))));
}

static status end_session(struct session *s, struct session_id id, enum session_end why)
{
    TRY(session_close(s, id, why));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_NOT_FOUND, "There is no open session %lld. See who is signed in.",
                    (long long)id.v);
    return OK;
}

static status sign_out_run(struct session *s, const void *input, void *output)
{
    (void)input;
    (void)output;
    return end_session(s, s->id, SESSION_SIGNED_OUT);
}

const struct op session_sign_out_op = {
    .name = "session.sign-out",
    .says = "Sign out",
    .right = RIGHT_SELF,
    .kind = OP_WRITES,
    .flags = OP_UNLISTED | OP_FIRST_STEP | OP_PIN,
    .run = sign_out_run,
};

static const struct field session_row_fields[] = {
    FIELD(struct session_row, id, .label = "Session", .flags = FIELD_ARGUMENT),
    FIELD(struct session_row, user, .flags = FIELD_HIDDEN),
    FIELD(struct session_row, user_name, .label = "Who"),
    FIELD(struct session_row, terminal, .label = "Terminal"),
    FIELD(struct session_row, place, .label = "Place"),
    FIELD(struct session_row, factor, .label = "By", .choices = &factor_choices),
    FIELD(struct session_row, started_at, .label = "Since"),
    FIELD(struct session_row, seen_at, .label = "Last seen"),
    FIELD(struct session_row, ends_at, .label = "Until"),
    FIELD(struct session_row, here, .label = "Here"),
};
static const struct field session_list_fields[] = {
    LIST_FIELDS(struct session_list, query),
    FIELD(struct session_list, mine, .label = "One's own only"),
};

static const struct list_sort session_sorts[] = {{"started_at", "s.started_at", false}};
static const struct list_source session_source = {
    .select = "s.id, s.user, u.name AS user_name, s.terminal, s.place, s.factor, s.started_at, "
              "s.seen_at, s.ends_at",
    .from = "session AS s JOIN user AS u ON u.id = s.user",
    .where = "s.ended_at IS NULL AND s.ends_at > :now AND ((:own = 0 AND :mine = 0) OR s.user = "
             ":own_user)",
    .id = "s.id",
    .sorts = session_sorts,
    .sort_count = COUNT_OF(session_sorts),
};

static status session_list_run(struct session *s, const void *input, void *output)
{
    struct page *page = output;

    TRY(list_run(s, &session_source, &session_list_op, input, page));
    struct session_row *rows = page->rows.at;
    for (size_t i = 0; i < page->rows.count; i++)
        rows[i].here = rows[i].id.v == s->id.v;
    return OK;
}

const struct op session_list_op = {
    .name = "session.list",
    .says = "See who is signed in",
    .right = RIGHT_SESSIONS_END,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(session_source),
    .in = SHAPE(struct session_list, session_list_fields),
    .out = SHAPE(struct session_row, session_row_fields),
    .run = session_list_run,
};

static const struct field session_end_fields[] = {
    FIELD(struct session_key, id, .label = "Session", .picks = "session.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static status session_end_run(struct session *s, const void *input, void *output)
{
    const struct session_key *in = input;
    (void)output;
    return end_session(s, in->id, SESSION_ENDED);
}

static status session_is_own(struct session *s, const void *input, bool *ret_own)
{
    const struct session_key *in = input;
    int64_t user = 0;

    TRY(record_find_number(s, SQL_SESSION_USER, BINDS(BIND_ID("id", in->id)), &user));
    *ret_own = user != 0 && user == s->user.v;
    return OK;
}

const struct op session_end_op = {
    .name = "session.end",
    .says = "Sign somebody out",
    .right = RIGHT_SESSIONS_END,
    .kind = OP_WRITES,
    .in = SHAPE(struct session_key, session_end_fields),
    .owns = session_is_own,
    .about = "id",
    .run = session_end_run,
};

static const struct op *const session_ops[] = {
    &session_sign_in_op, &session_refresh_op, &session_confirm_op, &session_sign_out_op,
    &session_list_op,    &session_end_op,     &place_list_op,      &place_unlock_op,
};
const struct module session_module = {
    .name = "session",
    .title = "Sessions",
    .says = "Signing in, signing out, and who is signed in now.",
    MODULE_OPS(session_ops),
};
