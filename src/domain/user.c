/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* People who sign in. Their passwords are in user_password.c, which role they have is in
 * user_role.c, signing in is in sign_in.c. */

#include "domain/user.h"

#include "base/text.h"
#include "domain/access.h"
#include "domain/list.h"
#include "domain/tries.h"
#include "user_inner.h"

static const struct choice user_state_choice[] = {
    {"active", "active", "●", "*"},
    {"must_change", "first password", "◌", "~"},
    {"locked", "locked", "✗", "x"},
    {"off", "switched off", "○", "o"},
};
const struct choices user_state_choices = CHOICES(user_state_choice);

/* clang-format off */
static const struct field user_fields[] = {
    FIELD(struct user, id, .label = "User", .picks = "user.list", .flags = FIELD_ARGUMENT | FIELD_FIXED),
    FIELD(struct user, login, .label = "Sign-in name", .example = "ann", .max = 40, .flags = FIELD_REQUIRED),
    FIELD(struct user, name, .label = "Name", .example = "Ann Walsh", .flags = FIELD_REQUIRED),
    FIELD(struct user, role, .label = "Role", .picks = "role.list", .help = "Given on its own: Give a user another role", .flags = FIELD_FIXED),
    FIELD(struct user, role_name, .label = "Role name", .flags = FIELD_FIXED),
    FIELD(struct user, state, .label = "State", .choices = &user_state_choices, .flags = FIELD_FIXED),
    FIELD(struct user, customer, .label = "Customer", .picks = "customer.search",
          .help = "Only for a customer's own sign-in"),
    FIELD(struct user, works_on_cars, .label = "Works on cars", .help = "Can be given jobs and labor lines"),
    FIELD(struct user, certificate, .label = "Certificate", .help = "Mechanic's certification number, printed where the state asks"),
    FIELD(struct user, must_change, .label = "Must change the password", .flags = FIELD_FIXED),
    FIELD(struct user, wait_until_at, .label = "Waits until", .flags = FIELD_FIXED),
    FIELD(struct user, disabled_at, .label = "Switched off", .flags = FIELD_FIXED),
    FIELD(struct user, two_factor, .label = "Second factor", .flags = FIELD_FIXED),
    FIELD(struct user, has_pin, .label = "PIN", .help = "For the kiosk", .flags = FIELD_FIXED),
    FIELD(struct user, sessions, .label = "Signed in", .help = "How often, just now", .flags = FIELD_FIXED),
    CAP_FIELDS(struct user, FIELD_FIXED, "as the role has it"),
    FIELD(struct user, revision, .flags = FIELD_HIDDEN),
};
/* clang-format on */
const struct shape user_shape = SHAPE_OF(struct user, "user", user_fields);

/* No wait counts for a person everywhere; the longest one is what a manager should see. */
#define USER_WAIT "(SELECT max(t.wait_until_at) FROM tries AS t WHERE t.who = u.id)"
#define USER_COLUMNS                                                                               \
    "u.id, u.login, u.name, u.role, r.name AS role_name, u.customer, u.works_on_cars, "            \
    "u.certificate, u.price_cap, u.line_cap, u.order_cap, u.must_change, "                         \
    "u.disabled_at, u.revision, " USER_WAIT " AS wait_until_at, "                                  \
    "u.pin_hash <> '' AS has_pin, "                                                                \
    "EXISTS (SELECT 1 FROM second_factor AS f WHERE f.user = u.id AND f.on_at IS NOT NULL) "       \
    "AS two_factor, "                                                                              \
    "(SELECT count(*) FROM session AS n WHERE n.user = u.id AND n.ended_at IS NULL "               \
    "AND n.ends_at > :now) AS sessions, "                                                          \
    "CASE WHEN u.disabled_at IS NOT NULL THEN 'off' "                                              \
    "WHEN ifnull(" USER_WAIT ", 0) > :now THEN 'locked' "                                          \
    "WHEN u.must_change THEN 'must_change' ELSE 'active' END AS state"
#define USER_FROM "user AS u JOIN role AS r ON r.id = u.role"

static const char SQL_USER[] = "SELECT " USER_COLUMNS " FROM " USER_FROM " WHERE u.id = :id";
static const char SQL_USER_ADD[] =
    "INSERT INTO user (login, name, role, customer, works_on_cars, certificate, password_hash, "
    "must_change) "
    "VALUES (:login, :name, :role, :customer, :works_on_cars, :certificate, :hash, 1)";
static const char SQL_USER_EDIT[] =
    "UPDATE user SET login = :login, name = :name, customer = :customer, "
    "works_on_cars = :works_on_cars, certificate = :certificate, revision = revision + 1 "
    "WHERE id = :id";
static const char SQL_USER_STATE[] =
    "UPDATE user SET disabled_at = :disabled_at, revision = revision + 1 WHERE id = :id";
static const char SQL_USER_LOGIN_TAKEN[] =
    "SELECT name FROM user WHERE login = :login AND id <> :id";

status user_get(struct session *s, struct user_id id, struct user *ret_user)
{
    return found(s,
                 store_get(s->store, SQL_USER, NO_ROW,
                           BINDS(BIND_ID("id", id), BIND_INT("now", session_now(s).seconds)),
                           s->arena, &user_shape, ret_user),
                 "There is no user %lld. See the list of users.", (long long)id.v);
}

struct user_key {
    struct user_id id;
};
static const struct field user_key_fields[] = {
    FIELD(struct user_key, id, .label = "User", .picks = "user.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static const struct field user_off_fields[] = {
    FIELD(struct user_key, id, .label = "User", .picks = "user.everybody",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

struct user_list_in {
    struct list_query query;
    bool disabled;
};
static const struct field user_list_fields[] = {
    LIST_FIELDS(struct user_list_in, query),
    FIELD(struct user_list_in, disabled, .label = "Switched off too"),
};
static const struct field everybody_fields[] = {LIST_FIELDS(struct user_list_in, query)};
static const struct list_sort user_sorts[] = {
    {"name", "u.name", true}, {"login", "u.login", true}, {"role_name", "r.name", true}};
static const struct list_source user_source = {
    .select = USER_COLUMNS,
    .from = USER_FROM,
    .where = ":disabled = 1 OR u.disabled_at IS NULL",
    .id = "u.id",
    .sorts = user_sorts,
    .sort_count = COUNT_OF(user_sorts),
    .search_where = "lower(u.name) LIKE :like ESCAPE '\\' OR u.login LIKE :like ESCAPE '\\'",
};

static status user_list_run(struct session *s, const void *input, void *output)
{
    return list_run(s, &user_source, &user_list_op, input, output);
}

const struct op user_list_op = {
    .name = "user.list",
    .says = "See who works here",
    .right = RIGHT_USERS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(user_source),
    .in = SHAPE(struct user_list_in, user_list_fields),
    .out = &user_shape,
    .run = user_list_run,
};

/* For filters of what was done: also by who has left. */
static const struct list_source everybody_source = {
    .select = USER_COLUMNS,
    .from = USER_FROM,
    .id = "u.id",
    .sorts = user_sorts,
    .sort_count = COUNT_OF(user_sorts),
    .search_where = "lower(u.name) LIKE :like ESCAPE '\\' OR u.login LIKE :like ESCAPE '\\'",
};

static status everybody_run(struct session *s, const void *input, void *output)
{
    return list_run(s, &everybody_source, &user_everybody_op, input, output);
}

const struct op user_everybody_op = {
    .name = "user.everybody",
    .says = "See who works here or did",
    .right = RIGHT_USERS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST | OP_UNLISTED,
    OP_LIST_OF(everybody_source),
    .in = SHAPE(struct user_list_in, everybody_fields),
    .out = &user_shape,
    .run = everybody_run,
};

struct technician_row {
    struct user_id id;
    const char *name, *certificate;
};
static const struct field technician_fields[] = {
    FIELD(struct technician_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct technician_row, name, .label = "Technician"),
    FIELD(struct technician_row, certificate, .label = "Certificate"),
};
static const struct list_sort technician_sorts[] = {{"name", "u.name", true}};
static const struct list_source technician_source = {
    .select = "u.id, u.name, u.certificate",
    .from = "user AS u",
    /* Names of the staff are for the staff, even where the right counts for one's own only. */
    .where = "u.works_on_cars = 1 AND u.disabled_at IS NULL\n"
             "AND (:own = 0 OR ifnull(:own_customer, 0) = 0)",
    .id = "u.id",
    .sorts = technician_sorts,
    .sort_count = COUNT_OF(technician_sorts),
    .search_where = "lower(u.name) LIKE :like ESCAPE '\\'",
};

static status technicians_run(struct session *s, const void *input, void *output)
{
    return list_run(s, &technician_source, &user_technicians_op, input, output);
}

const struct op user_technicians_op = {
    .name = "user.technicians",
    .says = "See who can be given jobs",
    .right = RIGHT_ESTIMATES_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(technician_source),
    .in = SHAPE(struct user_list_in, user_list_fields),
    .out = SHAPE(struct technician_row, technician_fields),
    .run = technicians_run,
};

static status user_show(struct session *s, const void *input, void *output)
{
    const struct user_key *in = input;
    return user_get(s, in->id, output);
}

const struct op user_show_op = {
    .name = "user.show",
    .says = "See one user",
    .right = RIGHT_USERS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct user_key, user_key_fields),
    .out = &user_shape,
    .run = user_show,
};

static status login_must_be_free(struct session *s, const char *login, struct user_id id)
{
    const char *name;
    const status result =
        store_text(s->store, SQL_USER_LOGIN_TAKEN,
                   BINDS(BIND_TEXT("login", login), BIND_INT("id", id.v)), s->arena, &name);

    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    return fail_field(s, "login", "%s already signs in as “%s”. Choose another name.", name, login);
}

struct user_add_in {
    const char *login, *name, *password;
    struct role_id role;
    struct customer_id customer;
    bool works_on_cars;
    const char *certificate;
};
static const struct field user_add_fields[] = {
    FIELD(struct user_add_in, login, .label = "Sign-in name", .example = "ann", .max = 40,
          .flags = FIELD_REQUIRED),
    FIELD(struct user_add_in, name, .label = "Name", .example = "Ann Walsh",
          .flags = FIELD_REQUIRED),
    FIELD(struct user_add_in, role, .label = "Role", .picks = "role.list", .flags = FIELD_REQUIRED),
    FIELD(struct user_add_in, password, .label = "First password", .max = PASSWORD_BYTES_MAX,
          .help = "15 characters or more; to be changed at the first sign-in",
          .flags = FIELD_REQUIRED | FIELD_SECRET | FIELD_NUMBERS_OK),
    FIELD(struct user_add_in, customer, .label = "Customer", .picks = "customer.search"),
    FIELD(struct user_add_in, works_on_cars, .label = "Works on cars"),
    FIELD(struct user_add_in, certificate, .label = "Certificate"),
};
static const struct shape user_add_shape =
    SHAPE_OF(struct user_add_in, "user_add_in", user_add_fields);

static status user_add_prepare(struct session *s, const void *input, const void **ret_prepared)
{
    const struct user_add_in *in = input;
    const char *hash = NULL;

    TRY(user_hash_first_password(s, in->login, in->name, in->password, &hash));
    *ret_prepared = hash;
    return OK;
}

static status user_add(struct session *s, const void *input, void *output)
{
    const struct user_add_in *in = input;

    TRY(login_must_be_free(s, in->login, (struct user_id){0}));
    TRY(user_role_must_exist(s, "role", in->role));
    TRY(role_must_be_within_reach(s, in->role));
    TRY(store_run(s->store, SQL_USER_ADD, BIND_ROW(&user_add_shape, in),
                  BINDS(BIND_TEXT("hash", s->prepared))));
    return user_get(s, (struct user_id){store_last_id(s->store)}, output);
}

const struct op user_add_op = {
    .name = "user.add",
    .says = "Add a user",
    .right = RIGHT_USERS_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .in = &user_add_shape,
    .out = &user_shape,
    .prepare = user_add_prepare,
    .run = user_add,
};

static status user_edit(struct session *s, const void *input, void *output)
{
    const struct user *in = input;
    struct user old;

    TRY(user_get(s, in->id, &old));
    TRY(login_must_be_free(s, in->login, in->id));
    if (in->revision != 0 && in->revision != old.revision)
        return fail(s, ERR_STALE, "Somebody else changed this user meanwhile. Look at it again.");
    if (in->role.v != 0 && in->role.v != old.role.v)
        return fail_field(s, "role",
                          "A role is given on its own, with the password shown again. Leave it as "
                          "it is here.");
    TRY(user_must_be_within_reach(s, in->id));
    if (!text_same(in->login, old.login))
        TRY(op_must_be_confirmed(s));
    TRY(store_run(s->store, SQL_USER_EDIT, BIND_ROW(&user_shape, in), NULL));
    return user_get(s, in->id, output);
}

const struct op user_edit_op = {
    .name = "user.edit",
    .says = "Change a user",
    .right = RIGHT_USERS_EDIT,
    .kind = OP_WRITES,
    .in = &user_shape,
    .out = &user_shape,
    .fills = "user.show",
    .about = "id",
    .run = user_edit,
};

static status set_state(struct session *s, struct user_id id, int64_t disabled_at, void *output)
{
    TRY(store_run(s->store, SQL_USER_STATE, NO_ROW,
                  BINDS(BIND_ID("id", id), store_bind_id("disabled_at", disabled_at))));
    return user_get(s, id, output);
}

static status user_disable(struct session *s, const void *input, void *output)
{
    const struct user_key *in = input;
    struct user user;

    TRY(user_get(s, in->id, &user));
    TRY(user_must_be_within_reach(s, in->id));
    TRY(session_close_others(s, in->id, (struct session_id){0}, SESSION_DISABLED));
    TRY(set_state(s, in->id, session_now(s).seconds, output));
    return role_editor_must_stay(s);
}

static status user_end_sessions(struct session *s, const void *input, void *output)
{
    const struct user_key *in = input;
    struct user user;

    TRY(user_get(s, in->id, &user));
    TRY(session_close_others(s, in->id, (struct session_id){0}, SESSION_ENDED));
    return user_get(s, in->id, output);
}

static status user_enable(struct session *s, const void *input, void *output)
{
    const struct user_key *in = input;
    struct user user;

    TRY(user_get(s, in->id, &user));
    TRY(user_must_be_within_reach(s, in->id));
    return set_state(s, in->id, 0, output);
}

static status user_unlock(struct session *s, const void *input, void *output)
{
    const struct user_key *in = input;

    struct user user;

    TRY(user_get(s, in->id, &user));
    TRY(tries_unlock(s, in->id));
    return user_get(s, in->id, output);
}

#define USER_KEY_OP(constant, name_, says_, flags_, fields_, run_)                                 \
    const struct op constant = {                                                                   \
        .name = name_,                                                                             \
        .says = says_,                                                                             \
        .right = RIGHT_USERS_EDIT,                                                                 \
        .kind = OP_WRITES,                                                                         \
        .flags = flags_,                                                                           \
        .in = SHAPE(struct user_key, fields_),                                                     \
        .out = &user_shape,                                                                        \
        .about = "id",                                                                             \
        .run = run_,                                                                               \
    }
USER_KEY_OP(user_disable_op, "user.disable", "Switch a user off", OP_REAUTH, user_key_fields,
            user_disable);
USER_KEY_OP(user_enable_op, "user.enable", "Switch a user on again", OP_REAUTH, user_off_fields,
            user_enable);
USER_KEY_OP(user_end_sessions_op, "user.end-sessions", "Sign a user out everywhere", 0,
            user_key_fields, user_end_sessions);
USER_KEY_OP(user_unlock_op, "user.unlock", "Let a locked user try again", 0, user_key_fields,
            user_unlock);

static const struct op *const user_ops[] = {
    &user_list_op,         &user_technicians_op,     &user_show_op,     &user_add_op,
    &user_edit_op,         &user_disable_op,         &user_enable_op,   &user_unlock_op,
    &user_set_password_op, &user_change_password_op, &user_set_role_op, &user_set_caps_op,
    &user_end_sessions_op, &user_everybody_op,
};
const struct module user_module = {
    .name = "user",
    .title = "Users",
    .says = "Who works here and with which role.",
    MODULE_OPS(user_ops),
};
