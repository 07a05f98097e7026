/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The lists of roles and of rights, as tables. */

#include "domain/role.h"
#include "inner.h"

static void copy_role(struct view *view, const struct action *action)
{
    struct subject subject;
    struct role_add in = {.name = "", .says = ""};

    (void)action;
    if (!desk_subject(view, &subject))
        return;
    in.like.v = subject.id;
    op_form_open(desk_of(view), &(struct op_form){.op = &role_add_op, .in = &in, .focus = "name"});
}

static void list_rights(struct view *view, const struct action *action)
{
    (void)action;
    desk_open_op(desk_of(view), &right_list_op, NULL);
}

/* clang-format off */
static const struct column role_columns[] = {
    {.name = "name", .width = 16},
    {.name = "says", .width = 24, .grow = 2},
    {.name = "rights", .width = 6},
    {.name = "users", .width = 6, .label = "People"},
    {.name = "needs_second_factor", .width = 5, .label = "Codes"},
};
static const struct action role_actions[] = {
    {"Enter", "role.show", "rights", NEEDS_ROW, NULL, "Opens what the role may do, to be read or changed."},
    {"F6 n", "role.add", "new", NEEDS_NOTHING, NULL, "Adds a role, from scratch or like another one."},
    {"c", "role.add", "copy", NEEDS_ROW, copy_role, "Adds a role that begins with the rights of this one."},
    {"e", "role.edit", "change", NEEDS_ROW, NULL, "Changes the name, the purpose, and whether its people need one-time codes."},
    {"l", "role.set-caps", "limits", NEEDS_ROW, NULL, "Limits how far its people lower prices and give discounts by themselves.", ACTION_QUIET},
    {"D", "role.remove", "remove", NEEDS_ROW, NULL, "Removes a role that nobody has.", ACTION_QUIET},
    {"w", "right.list", "who may what", NEEDS_NOTHING, list_rights, "Lists the rights, with the roles that hold each."},
};
/* clang-format on */
const struct list_screen role_list_screen = {
    .op = "role.list",
    .title = "Roles",
    .columns = role_columns,
    .column_count = COUNT_OF(role_columns),
    .actions = role_actions,
    .action_count = COUNT_OF(role_actions),
    .empty = "No role matches. F6 adds one.",
};

static void open_right(struct view *view, const struct action *action)
{
    struct subject subject;

    (void)action;
    if (desk_subject(view, &subject))
        record_screen_open(desk_of(view), &right_show_op,
                           &(struct right_key){row_name(subject.shape, subject.row)});
}

static const char *right_heading(void *context, const void *row, struct arena *scratch)
{
    (void)context;
    return right_group(right_find(row_name(right_list_op.out, row)), scratch);
}

/* clang-format off */
static const struct column right_columns[] = {
    {.name = "right", .width = 20},
    {.name = "all", .width = 20, .grow = 2},
    {.name = "own", .width = 14, .grow = 1},
    {.name = "people", .width = 6},
    {.name = "says", .width = 30, .grow = 1, .below = 110},
};
static const struct action right_actions[] = {
    {"Enter", "right.show", "open", NEEDS_ROW, open_right, "Shows the roles that hold the right."},
};
/* clang-format on */
const struct list_screen right_list_screen = {
    .op = "right.list",
    .title = "Who may what",
    .columns = right_columns,
    .column_count = COUNT_OF(right_columns),
    .group = right_heading,
    .actions = right_actions,
    .action_count = COUNT_OF(right_actions),
    .empty = "No right matches.",
};
