/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Roles and what they may do. */

#include "domain/list.h"
#include "domain/user.h"

struct role_row {
    struct role_id id;
    const char *name, *says;
    int64_t rights, users;
};
static const struct field role_row_fields[] = {
    FIELD(struct role_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct role_row, name, .label = "Role"),
    FIELD(struct role_row, says, .label = "What for"),
    FIELD(struct role_row, rights, .label = "Rights"),
    FIELD(struct role_row, users, .label = "Users"),
};
struct role_list_in {
    struct list_query query;
};
static const struct field role_list_fields[] = {LIST_FIELDS(struct role_list_in, query)};

static const struct list_sort role_sorts[] = {{"id", "r.id", false}, {"name", "r.name", true}};
static const struct list_source role_source = {
    .select =
        "r.id, r.name, r.says, "
        "(SELECT count(*) FROM role_right AS g WHERE g.role = r.id) AS rights, "
        "(SELECT count(*) FROM user AS u WHERE u.role = r.id AND u.disabled_at IS NULL) AS users",
    .from = "role AS r",
    .id = "r.id",
    .sorts = role_sorts,
    .sort_count = COUNT_OF(role_sorts),
    .search_where = "lower(r.name) LIKE :like ESCAPE '\\'",
};

static status role_list_run(struct session *s, const void *input, void *output)
{
    return list_run(s, &role_source, &role_list_op, input, output);
}

const struct op role_list_op = {
    .name = "role.list",
    .says = "See the roles",
    .right = RIGHT_USERS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(role_source),
    .in = SHAPE(struct role_list_in, role_list_fields),
    .out = SHAPE(struct role_row, role_row_fields),
    .run = role_list_run,
};

struct role_right_row {
    const char *right, *says;
    enum scope scope;
};
static const struct field role_right_fields[] = {
    FIELD(struct role_right_row, right, .label = "Right"),
    FIELD(struct role_right_row, says, .label = "Allows"),
    FIELD(struct role_right_row, scope, .label = "Scope", .choices = &scope_choices),
};
static const struct shape role_right_shape =
    SHAPE_OF(struct role_right_row, "role_right", role_right_fields);

struct role_page {
    struct role_id id;
    const char *name, *says;
    struct rows rights;
};
static const struct field role_page_fields[] = {
    FIELD(struct role_page, id, .label = "Role"),
    FIELD(struct role_page, name, .label = "Name"),
    FIELD(struct role_page, says, .label = "What for"),
    FIELD(struct role_page, rights, .label = "Rights", .rows = &role_right_shape),
};
static const struct shape role_page_shape = SHAPE_OF(struct role_page, "role", role_page_fields);

struct role_key {
    struct role_id id;
};
static const struct field role_key_fields[] = {
    FIELD(struct role_key, id, .label = "Role", .picks = "role.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static const char SQL_ROLE[] = "SELECT id, name, says FROM role WHERE id = :id";
static const char SQL_ROLE_RIGHTS[] = "SELECT right, scope FROM role_right WHERE role = :id";
static const char SQL_GRANT[] =
    "INSERT INTO role_right (role, right, scope) VALUES (:role, :word, :scope) "
    "ON CONFLICT (role, right) DO UPDATE SET scope = excluded.scope";
static const char SQL_REVOKE[] = "DELETE FROM role_right WHERE role = :role AND right = :word";
static const char SQL_ROLE_TOUCH[] = "UPDATE role SET revision = revision + 1 WHERE id = :role";
static const char SQL_EDITORS[] =
    "SELECT count(*) FROM user AS u JOIN role_right AS g ON g.role = u.role "
    "WHERE g.right = 'roles:edit' AND u.disabled_at IS NULL";

/* Every right there is, with the scope this role holds it in. */
static void fill_rights(struct session *s, const struct rows *held, struct rows *ret)
{
    struct role_right_row *rights = NEW_ARRAY(s->arena, struct role_right_row, RIGHT_COUNT);
    const struct role_right_row *rows = held->at;

    for (unsigned i = 1; i < RIGHT_COUNT; i++)
        rights[i - 1] = (struct role_right_row){right_table[i].word, right_table[i].says, SCOPE_NO};
    for (size_t i = 0; i < held->count; i++) {
        const enum right right = right_find(rows[i].right);
        if (right != RIGHT_NONE)
            rights[right - 1].scope = rows[i].scope;
    }
    *ret = (struct rows){rights, RIGHT_COUNT - 1};
}

static status role_get(struct session *s, struct role_id id, struct role_page *ret)
{
    struct rows held;
    struct role_page page;

    TRY(found(s,
              store_get(s->store, SQL_ROLE, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                        &role_page_shape, &page),
              "There is no such role. See the list of roles."));
    TRY(store_list(s->store, SQL_ROLE_RIGHTS, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                   &role_right_shape, &held));
    fill_rights(s, &held, &page.rights);
    *ret = page;
    return OK;
}

static status role_show(struct session *s, const void *input, void *output)
{
    const struct role_key *in = input;
    return role_get(s, in->id, output);
}

const struct op role_show_op = {
    .name = "role.show",
    .says = "See what a role may do",
    .right = RIGHT_USERS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct role_key, role_key_fields),
    .out = &role_page_shape,
    .run = role_show,
};

struct role_grant_in {
    struct role_id role;
    const char *right;
    enum scope scope;
};
static const struct field role_grant_fields[] = {
    FIELD(struct role_grant_in, role, .label = "Role", .picks = "role.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct role_grant_in, right, .label = "Right", .example = "estimates:create",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct role_grant_in, scope, .label = "Scope", .choices = &scope_choices,
          .help = "all, own records only, or no", .flags = FIELD_ARGUMENT),
};

static status role_grant(struct session *s, const void *input, void *output)
{
    const struct role_grant_in *in = input;
    const enum right right = right_find(in->right);
    int64_t editors = 0;

    if (right == RIGHT_NONE)
        return fail_field(
            s, "right", "There is no right “%s”. See what a role may do for the list.", in->right);
    TRY(store_run(s->store, in->scope == SCOPE_NO ? SQL_REVOKE : SQL_GRANT, NO_ROW,
                  BINDS(BIND_ID("role", in->role), BIND_TEXT("word", right_table[right].word),
                        BIND_TEXT("scope", choice_word(&scope_choices, in->scope)))));
    TRY(store_int(s->store, SQL_EDITORS, NULL, &editors));
    if (editors == 0)
        return fail(s, ERR_CONFLICT,
                    "Nobody could change roles any more. Give somebody else that right first.");
    TRY(store_run(s->store, SQL_ROLE_TOUCH, NO_ROW, BINDS(BIND_ID("role", in->role))));
    return role_get(s, in->role, output);
}

const struct op role_grant_op = {
    .name = "role.grant",
    .says = "Change what a role may do",
    .right = RIGHT_ROLES_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct role_grant_in, role_grant_fields),
    .out = &role_page_shape,
    .about = "role",
    .run = role_grant,
};
