/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Roles to look at: the list, and one with its rights and holders. Changing them is in
 * role_write.c, the rights by themselves are in right_list.c. */

#include "domain/list.h"
#include "role_inner.h"

/* clang-format off */
static const struct field role_row_fields[] = {
    FIELD(struct role_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct role_row, name, .label = "Role"),
    FIELD(struct role_row, says, .label = "What for"),
    FIELD(struct role_row, rights, .label = "Rights"),
    FIELD(struct role_row, users, .label = "Users"),
    FIELD(struct role_row, needs_second_factor, .label = "Second factor"),
    FIELD(struct role_row, seeded, .label = "Came with Pitlane"),
};
/* clang-format on */
struct role_list_in {
    struct list_query query;
};
static const struct field role_list_fields[] = {LIST_FIELDS(struct role_list_in, query)};

static const struct list_sort role_sorts[] = {{"id", "r.id", false}, {"name", "r.name", true}};
static const struct list_source role_source = {
    .select =
        "r.id, r.name, r.says, r.seeded, r.needs_second_factor, "
        "(SELECT count(*) FROM role_right AS g WHERE g.role = r.id) AS rights, "
        "(SELECT count(*) FROM user AS u WHERE u.role = r.id AND u.disabled_at IS NULL) AS users",
    .from = "role AS r",
    .id = "r.id",
    .sorts = role_sorts,
    .sort_count = COUNT_OF(role_sorts),
    .search_where = "lower(r.name) LIKE :like ESCAPE '\\' OR lower(r.says) LIKE :like ESCAPE '\\'",
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

/* clang-format off */
static const struct field role_right_fields[] = {
    FIELD(struct role_right, right, .label = "Right", .example = "estimates:create", .flags = FIELD_REQUIRED),
    FIELD(struct role_right, group, .label = "Under", .flags = FIELD_HIDDEN | FIELD_FIXED),
    FIELD(struct role_right, says, .label = "Allows", .flags = FIELD_FIXED),
    FIELD(struct role_right, scope, .label = "Scope", .choices = &scope_choices, .help = "All records, own records only, or no"),
    FIELD(struct role_right, own_possible, .label = "Can be own", .flags = FIELD_HIDDEN | FIELD_FIXED),
};
const struct shape role_right_shape = SHAPE_OF(struct role_right, "role_right", role_right_fields);

static const struct field role_holder_fields[] = {
    FIELD(struct role_holder, id, .flags = FIELD_HIDDEN),
    FIELD(struct role_holder, login, .label = "Sign-in name"),
    FIELD(struct role_holder, name, .label = "Name"),
    FIELD(struct role_holder, off, .label = "Switched off"),
};
static const struct shape role_holder_shape = SHAPE_OF(struct role_holder, "role_holder", role_holder_fields);

static const struct field role_page_fields[] = {
    FIELD(struct role_page, id, .label = "Role"),
    FIELD(struct role_page, name, .label = "Name"),
    FIELD(struct role_page, says, .label = "What for"),
    FIELD(struct role_page, needs_second_factor, .label = "Needs a second factor"),
    FIELD(struct role_page, seeded, .label = "Came with Pitlane"),
    CAP_FIELDS(struct role_page, 0, "no limit"),
    FIELD(struct role_page, revision, .label = "Revision", .flags = FIELD_HIDDEN),
    FIELD(struct role_page, holders, .label = "Who holds it", .rows = &role_holder_shape),
    FIELD(struct role_page, rights, .label = "Rights", .rows = &role_right_shape),
};
const struct shape role_page_shape = SHAPE_OF(struct role_page, "role", role_page_fields);

static const struct field role_key_fields[] = {
    FIELD(struct role_key, id, .label = "Role", .picks = "role.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
/* clang-format on */

static const char SQL_ROLE[] =
    "SELECT id, name, says, seeded, needs_second_factor, price_cap, line_cap, "
    "order_cap, revision FROM role WHERE id = :id";
static const char SQL_ROLE_RIGHTS[] = "SELECT right, scope FROM role_right WHERE role = :id";
static const char SQL_ROLE_HOLDERS[] =
    "SELECT id, login, name, disabled_at IS NOT NULL AS off FROM user WHERE role = :id "
    "ORDER BY name, id";
static const char SQL_EDITORS[] =
    "SELECT count(*) FROM user AS u JOIN role_right AS g ON g.role = u.role "
    "WHERE g.right = 'roles:edit' AND u.disabled_at IS NULL";

status role_editor_must_stay(struct session *s)
{
    int64_t editors = 0;

    TRY(store_int(s->store, SQL_EDITORS, NULL, &editors));
    if (editors == 0)
        return fail(s, ERR_CONFLICT,
                    "Nobody could change roles any more. Give somebody else that right first.");
    return OK;
}

/* Every right there is, with the scope this role holds it in. */
static void fill_rights(struct session *s, const struct rows *held, struct rows *ret)
{
    struct role_right *rights = NEW_ARRAY(s->arena, struct role_right, RIGHT_COUNT);
    const struct role_right *rows = held->at;

    for (unsigned i = 1; i < RIGHT_COUNT; i++)
        rights[i - 1] = (struct role_right){
            .right = right_table[i].word,
            .group = right_group((enum right)i, s->arena),
            .says = right_table[i].says,
            .own_possible = right_can_be_own((enum right)i),
        };
    for (size_t i = 0; i < held->count; i++) {
        const enum right right = right_find(rows[i].right);
        if (right != RIGHT_NONE)
            rights[right - 1].scope = rows[i].scope;
    }
    *ret = (struct rows){rights, RIGHT_COUNT - 1};
}

status role_get(struct session *s, struct role_id id, struct role_page *ret_page)
{
    struct rows held;
    struct role_page page;

    TRY(found(s,
              store_get(s->store, SQL_ROLE, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                        &role_page_shape, &page),
              "There is no such role. See the list of roles."));
    TRY(store_list(s->store, SQL_ROLE_RIGHTS, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                   &role_right_shape, &held));
    TRY(store_list(s->store, SQL_ROLE_HOLDERS, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                   &role_holder_shape, &page.holders));
    fill_rights(s, &held, &page.rights);
    *ret_page = page;
    return OK;
}

static status role_show(struct session *s, const void *input, void *output)
{
    const struct role_key *in = input;
    return role_get(s, in->id, output);
}

const struct op role_show_op = {
    .name = "role.show",
    .says = "See what a role may do and who holds it",
    .right = RIGHT_USERS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct role_key, role_key_fields),
    .out = &role_page_shape,
    .run = role_show,
};

static const struct op *const role_ops[] = {
    &role_list_op,   &role_show_op,    &role_add_op,   &role_edit_op,
    &role_set_op,    &role_preview_op, &role_grant_op, &role_set_caps_op,
    &role_remove_op, &right_list_op,   &right_show_op,
};
extern const struct module role_module;
const struct module role_module = {
    .name = "role",
    .title = "Roles and rights",
    .says = "What each role may do, with all records or with one's own, and who holds it.",
    MODULE_OPS(role_ops),
};
