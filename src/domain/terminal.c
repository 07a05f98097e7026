/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Enrolled terminals: who they are, and the file in which a machine keeps its secret. Signing in at
 * one with a PIN is pin.c. */

#include "domain/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/list.h"
#include "domain/secret.h"

const char terminal_demo_secret[] = "the demo kiosk has no secret";

/* clang-format off */
static const struct field terminal_fields[] = {
    FIELD(struct terminal, id, .label = "Terminal", .flags = FIELD_ARGUMENT),
    FIELD(struct terminal, name, .label = "Name"),
    FIELD(struct terminal, kind, .label = "Kind", .choices = &terminal_kind_choices),
    FIELD(struct terminal, enrolled_by_name, .label = "Enrolled by"),
    FIELD(struct terminal, enrolled_at, .label = "Enrolled"),
    FIELD(struct terminal, seen_at, .label = "Last used"),
    FIELD(struct terminal, ended_at, .label = "Ended"),
};
static const struct field enroll_fields[] = {
    FIELD(struct terminal_enroll, name, .label = "Name", .example = "kiosk 2", .max = 40,
          .help = "What this machine is called in the audit log", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct terminal_enroll, kind, .label = "Kind", .choices = &terminal_kind_choices, .initial = "kiosk",
          .help = "Only a kiosk takes PINs", .flags = FIELD_ARGUMENT),
};
static const struct field enrolled_fields[] = {
    FIELD(struct terminal_enrolled, id, .label = "Terminal"),
    FIELD(struct terminal_enrolled, name, .label = "Name"),
    FIELD(struct terminal_enrolled, kind, .label = "Kind", .choices = &terminal_kind_choices),
    FIELD(struct terminal_enrolled, secret, .flags = FIELD_SECRET | FIELD_HIDDEN),
};

static const char SQL_ADD[] =
    "INSERT INTO terminal (name, kind, token_hash, enrolled_at, enrolled_by)\n"
    "VALUES (:name, :kind, :token_hash, :now, :user)";
static const char SQL_SAME_NAME[] =
    "SELECT count(*)\n"
    "FROM terminal\n"
    "WHERE name = :name AND ended_at IS NULL";
static const char SQL_BY_SECRET[] =
    "SELECT t.id, t.name, t.kind, t.ended_at\n"
    "FROM terminal AS t\n"
    "WHERE t.token_hash = :token_hash";
static const char SQL_IS_KIOSK[] =
    "SELECT count(*)\n"
    "FROM terminal\n"
    "WHERE id = :id AND kind = 'kiosk' AND ended_at IS NULL";
static const char SQL_END[] =
    "UPDATE terminal\n"
    "SET ended_at = :now\n"
    "WHERE id = :id AND ended_at IS NULL";
/* Whoever stands at it with a PIN is out, too. */
static const char SQL_END_SESSIONS[] =
    "UPDATE session\n"
    "SET ended_at = :now, ended_why = 'ended'\n"
    "WHERE factor = 'pin' AND ended_at IS NULL\n"
    "AND terminal = (SELECT name FROM terminal WHERE id = :id)";
/* clang-format on */

static const struct shape terminal_shape = SHAPE_OF(struct terminal, "terminal", terminal_fields);

/* --------------------------------------------------------------------- its file -- */

/* A file for each shop, beside the sign-in of the command line. */
static status file_path(struct session *s, const char **ret_path)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    char digest[SECRET_DIGEST_MAX];

    /* XDG Base Directory Specification 0.8: a relative path is to be ignored. */
    if (text_is_empty(state) || state[0] != '/') {
        if (text_is_empty(home))
            return fail(s, ERR_IO,
                        "There is no home folder to keep the terminal's secret in. Set "
                        "XDG_STATE_HOME.");
        state = arena_printf(s->arena, "%s/.local/state", home);
    }
    secret_digest(store_path(s->store), digest);
    *ret_path = arena_printf(s->arena, "%s/pitlane/terminal-%.16s", state, digest);
    return OK;
}

status terminal_file_read(struct session *s, const char **ret_secret)
{
    AUTO_BUF text = BUF(256);
    const char *path = "";

    *ret_secret = NULL;
    if (file_path(s, &path) != OK || access(path, F_OK) != 0) {
        fault_clear(&s->fault);
        return OK;
    }
    TRY(buf_read_file(&text, path, &s->fault));
    *ret_secret = text_clean(s->arena, buf_str(&text), TEXT_ONE_LINE);
    secret_wipe(text.at, text.length);
    return OK;
}

static status terminal_file_write(struct session *s, const char *secret)
{
    AUTO_BUF text = BUF(256);
    const char *path = "";

    TRY(file_path(s, &path));
    TRY(folders_make(path, &s->fault));
    buf_printf(&text, "%s\n", secret);
    const status result = buf_write_file(&text, path, 0600, &s->fault);
    secret_wipe(text.at, text.length);
    return result;
}

/* ------------------------------------------------------------------- who it is -- */

status terminal_recognise(struct session *s, const char *secret)
{
    struct terminal terminal;
    char digest[SECRET_DIGEST_MAX];

    secret_digest(secret, digest);
    const status result =
        store_get(s->store, SQL_BY_SECRET, NO_ROW, BINDS(BIND_TEXT("token_hash", digest)), s->arena,
                  &terminal_shape, &terminal);
    if (result == ERR_NOT_FOUND || (result == OK && terminal.ended_at.seconds != 0))
        return fail(s, ERR_SIGN_IN,
                    "This terminal is not enrolled any more. Ask a manager to enroll it again.");
    TRY(result);
    s->enrolled = terminal.id;
    s->terminal_kind = terminal.kind;
    s->terminal = terminal.name;
    return OK;
}

status terminal_must_be_kiosk(struct session *s)
{
    int64_t count = 0;

    TRY(store_int(s->store, SQL_IS_KIOSK, BINDS(BIND_INT("id", s->enrolled.v)), &count));
    if (count == 0)
        return fail(s, ERR_DENIED,
                    "A PIN works at an enrolled kiosk only. Sign in with your password.");
    return OK;
}

/* ------------------------------------------------------------------ operations -- */

/* A shop that lives in memory only has no second start that would need the file. */
static bool is_in_memory(struct session *s)
{
    return text_same(store_path(s->store), ":memory:");
}

static status enroll(struct session *s, const void *input, void *output)
{
    const struct terminal_enroll *in = input;
    struct terminal_enrolled *out = output;
    char secret[SECRET_TOKEN_MAX], digest[SECRET_DIGEST_MAX];
    int64_t same = 0;

    TRY(store_int(s->store, SQL_SAME_NAME, BINDS(BIND_TEXT("name", in->name)), &same));
    if (same > 0)
        return fail_field(s, "name",
                          "There is a terminal “%s” already. Choose another name, or end that one "
                          "first.",
                          in->name);
    secret_token(secret);
    secret_digest(secret, digest);
    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_TEXT("name", in->name),
                        BIND_TEXT("kind", choice_word(&terminal_kind_choices, in->kind)),
                        BIND_TEXT("token_hash", digest), BIND_INSTANT("now", session_now(s)),
                        BIND_ID("user", s->user))));
    *out = (struct terminal_enrolled){
        .id = {store_last_id(s->store)},
        .name = in->name,
        .kind = in->kind,
        .secret = arena_text(s->arena, secret),
    };
    return is_in_memory(s) ? OK : terminal_file_write(s, secret);
}

struct terminal_key {
    struct terminal_id id;
};
static const struct field key_fields[] = {
    FIELD(struct terminal_key, id, .label = "Terminal", .picks = "terminal.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static status end(struct session *s, const void *input, void *output)
{
    const struct terminal_key *in = input;
    const struct bind *binds = BINDS(BIND_ID("id", in->id), BIND_INSTANT("now", session_now(s)));

    (void)output;
    TRY(store_run(s->store, SQL_END, NO_ROW, binds));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_NOT_FOUND, "There is no enrolled terminal %lld. See the list of them.",
                    (long long)in->id.v);
    return store_run(s->store, SQL_END_SESSIONS, NO_ROW, binds);
}

struct terminal_list {
    struct list_query query;
    bool ended;
};
static const struct field list_fields[] = {
    LIST_FIELDS(struct terminal_list, query),
    FIELD(struct terminal_list, ended, .label = "Ended too"),
};
static const struct list_sort sorts[] = {{"name", "t.name", true}};
static const struct list_source source = {
    .select = "t.id, t.name, t.kind, u.name AS enrolled_by_name, t.enrolled_at, t.seen_at, "
              "t.ended_at",
    .from = "terminal AS t JOIN user AS u ON u.id = t.enrolled_by",
    .where = ":ended = 1 OR t.ended_at IS NULL",
    .id = "t.id",
    .sorts = sorts,
    .sort_count = COUNT_OF(sorts),
    .search_where = "lower(t.name) LIKE :like ESCAPE '\\'",
};

static status list(struct session *s, const void *input, void *output)
{
    return list_run(s, &source, &terminal_list_op, input, output);
}

const struct op terminal_enroll_op = {
    .name = "terminal.enroll",
    .says = "Enroll this machine, as a kiosk that takes PINs for example",
    .title = "Enroll this machine",
    .right = RIGHT_USERS_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .in = SHAPE(struct terminal_enroll, enroll_fields),
    .out = SHAPE(struct terminal_enrolled, enrolled_fields),
    .run = enroll,
};
const struct op terminal_list_op = {
    .name = "terminal.list",
    .says = "See the enrolled terminals",
    .right = RIGHT_USERS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct terminal_list, list_fields),
    .out = &terminal_shape,
    .run = list,
};
const struct op terminal_end_op = {
    .name = "terminal.end",
    .says = "End a terminal's enrolment, because it is gone or lost",
    .title = "End a terminal's enrolment",
    .right = RIGHT_USERS_EDIT,
    .kind = OP_WRITES,
    .flags = OP_FINAL,
    .in = SHAPE(struct terminal_key, key_fields),
    .about = "id",
    .run = end,
};

static const struct op *const ops[] = {
    &terminal_enroll_op, &terminal_list_op, &terminal_end_op,   &session_pin_op,
    &session_people_op,  &user_set_pin_op,  &user_clear_pin_op, &user_badge_op,
};
extern const struct module terminal_module;
const struct module terminal_module = {
    .name = "terminal",
    .title = "Terminals, badges and PINs",
    .says = "Machines that have shown who they are, and signing in at a kiosk.",
    MODULE_OPS(ops),
};
