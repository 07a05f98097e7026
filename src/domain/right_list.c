/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Rights to look at: every one there is, and which roles hold it for how many people. */

#include "domain/list.h"
#include "domain/role.h"

struct right_list_row {
    int64_t id;
    const char *right, *group, *says;
    const char *all, *own; /* names of the roles */
    bool own_possible;
    int64_t people;
};
/* clang-format off */
static const struct field right_row_fields[] = {
    FIELD(struct right_list_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct right_list_row, right, .label = "Right"),
    FIELD(struct right_list_row, group, .label = "Under", .flags = FIELD_HIDDEN),
    FIELD(struct right_list_row, says, .label = "Allows"),
    FIELD(struct right_list_row, all, .label = "For all records"),
    FIELD(struct right_list_row, own, .label = "For one's own"),
    FIELD(struct right_list_row, own_possible, .label = "Can be own", .flags = FIELD_HIDDEN),
    FIELD(struct right_list_row, people, .label = "People"),
};
/* clang-format on */
struct right_list_in {
    struct list_query query;
};
static const struct field right_list_fields[] = {LIST_FIELDS(struct right_list_in, query)};

/* The rights are a table of the program, not of the shop. */
#define RIGHT(constant, word, says, manager, technician, accountant, customer) "('" word "'), "
static const char RIGHTS_FROM[] =
    "(SELECT row_number() OVER () AS id, column1 AS word FROM (VALUES "
#include "domain/rights.def"
    "('')) WHERE column1 <> '') AS w";
#undef RIGHT

#define ROLES_WITH(scope)                                                                          \
    "ifnull((SELECT group_concat(r.name, ', ') FROM role_right AS g JOIN role AS r "               \
    "ON r.id = g.role WHERE g.right = w.word AND g.scope = '" scope "'), '') AS "
static const struct list_sort right_sorts[] = {{"id", "w.id", false}, {"right", "w.word", true}};
static const struct list_source right_source = {
    .select = "w.id, w.word AS right, " ROLES_WITH("all") "\"all\", " ROLES_WITH(
        "own") "own, "
               "(SELECT count(*) FROM user AS u JOIN role_right AS g ON g.role = u.role "
               "WHERE g.right = w.word AND u.disabled_at IS NULL) AS people",
    .from = RIGHTS_FROM,
    .id = "w.id",
    .sorts = right_sorts,
    .sort_count = COUNT_OF(right_sorts),
    .search_where = "w.word LIKE :like ESCAPE '\\'",
};

static status right_list_run(struct session *s, const void *input, void *output)
{
    struct page *page = output;

    TRY(list_run(s, &right_source, &right_list_op, input, page));
    struct right_list_row *rows = page->rows.at;
    for (size_t i = 0; i < page->rows.count; i++) {
        const enum right right = right_find(rows[i].right);
        rows[i].group = right_group(right, s->arena);
        rows[i].says = right_table[right].says;
        rows[i].own_possible = right_can_be_own(right);
    }
    return OK;
}

const struct op right_list_op = {
    .name = "right.list",
    .says = "See every right and which roles hold it",
    .right = RIGHT_USERS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(right_source),
    .in = SHAPE(struct right_list_in, right_list_fields),
    .out = SHAPE(struct right_list_row, right_row_fields),
    .run = right_list_run,
};

/* clang-format off */
static const struct field right_holder_fields[] = {
    FIELD(struct right_holder, role, .flags = FIELD_HIDDEN),
    FIELD(struct right_holder, name, .label = "Role"),
    FIELD(struct right_holder, scope, .label = "Scope", .choices = &scope_choices),
    FIELD(struct right_holder, users, .label = "Users"),
};
static const struct shape right_holder_shape = SHAPE_OF(struct right_holder, "right_holder", right_holder_fields);
static const struct field right_page_fields[] = {
    FIELD(struct right_page, right, .label = "Right"),
    FIELD(struct right_page, group, .label = "Under"),
    FIELD(struct right_page, says, .label = "Allows"),
    FIELD(struct right_page, own_possible, .label = "Can be for one's own records only"),
    FIELD(struct right_page, people, .label = "People"),
    FIELD(struct right_page, roles, .label = "Roles", .rows = &right_holder_shape),
};
static const struct field right_key_fields[] = {
    FIELD(struct right_key, right, .label = "Right", .example = "estimates:create", .picks = "right.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
/* clang-format on */

static const char SQL_RIGHT_HOLDERS[] =
    "SELECT r.id AS role, r.name, g.scope, "
    "(SELECT count(*) FROM user AS u WHERE u.role = r.id AND u.disabled_at IS NULL) AS users "
    "FROM role_right AS g JOIN role AS r ON r.id = g.role WHERE g.right = :word ORDER BY r.id";

static status right_show(struct session *s, const void *input, void *output)
{
    const struct right_key *in = input;
    const enum right right = right_find(in->right);
    struct right_page page = {.right = in->right};

    if (right == RIGHT_NONE)
        return fail(s, ERR_NOT_FOUND, "There is no right “%s”. See the list of rights.", in->right);
    TRY(store_list(s->store, SQL_RIGHT_HOLDERS, NO_ROW, BINDS(BIND_TEXT("word", in->right)),
                   s->arena, &right_holder_shape, &page.roles));
    page.group = right_group(right, s->arena);
    page.says = right_table[right].says;
    page.own_possible = right_can_be_own(right);
    const struct right_holder *holders = page.roles.at;
    for (size_t i = 0; i < page.roles.count; i++)
        page.people += holders[i].users;
    *(struct right_page *)output = page;
    return OK;
}

const struct op right_show_op = {
    .name = "right.show",
    .says = "See who holds a right",
    .right = RIGHT_USERS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct right_key, right_key_fields),
    .out = SHAPE(struct right_page, right_page_fields),
    .run = right_show,
};
