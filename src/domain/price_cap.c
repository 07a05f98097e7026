/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How far the people of a role, or one person, may go below the price list by themselves. Holding
 * them to it is margin.c's. */

#include "role_inner.h"
#include "user_inner.h"

/* clang-format off */
static const char SQL_ROLE[] =
    "UPDATE role\n"
    "SET price_cap = :price_cap, line_cap = :line_cap,\n"
    "  order_cap = :order_cap, revision = revision + 1\n"
    "WHERE id = :id";
static const char SQL_USER[] =
    "UPDATE user\n"
    "SET price_cap = :price_cap, line_cap = :line_cap,\n"
    "  order_cap = :order_cap, revision = revision + 1\n"
    "WHERE id = :id";

static const struct field role_caps_fields[] = {
    FIELD(struct role_caps, id, .label = "Role", .picks = "role.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    CAP_FIELDS(struct role_caps, 0, "no limit"),
};
static const struct shape role_caps_shape = SHAPE_OF(struct role_caps, "role_caps", role_caps_fields);
static const struct field user_caps_fields[] = {
    FIELD(struct user_caps, id, .label = "User", .picks = "user.list",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    CAP_FIELDS(struct user_caps, 0, "as the role has it"),
};
static const struct shape user_caps_shape = SHAPE_OF(struct user_caps, "user_caps", user_caps_fields);
/* clang-format on */

static status role_set_caps(struct session *s, const void *input, void *output)
{
    const struct role_caps *in = input;
    struct role_page role;

    TRY(role_get(s, in->id, &role));
    TRY(store_run(s->store, SQL_ROLE, BIND_ROW(&role_caps_shape, in), NULL));
    return role_get(s, in->id, output);
}

static status user_set_caps(struct session *s, const void *input, void *output)
{
    const struct user_caps *in = input;
    struct user user;

    TRY(user_get(s, in->id, &user));
    TRY(store_run(s->store, SQL_USER, BIND_ROW(&user_caps_shape, in), NULL));
    return user_get(s, in->id, output);
}

const struct op role_set_caps_op = {
    .name = "role.set-caps",
    .says = "Limit how far a role may lower prices and give discounts by itself",
    .title = "Limits of a role on prices",
    .right = RIGHT_ROLES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .in = &role_caps_shape,
    .out = &role_page_shape,
    .fills = "role.show",
    .about = "id",
    .run = role_set_caps,
};
const struct op user_set_caps_op = {
    .name = "user.set-caps",
    .says = "Limit how far one person may lower prices and give discounts",
    .title = "Limits of a person on prices",
    .right = RIGHT_ROLES_EDIT,
    .kind = OP_WRITES,
    .flags = OP_REAUTH,
    .in = &user_caps_shape,
    .out = &user_shape,
    .fills = "user.show",
    .about = "id",
    .run = user_set_caps,
};
