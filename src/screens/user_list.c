/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The list of who works here, as a table. */

#include "base/text.h"
#include "domain/user.h"
#include "inner.h"

/* clang-format off */
static const struct column user_columns[] = {
    {.name = "name", .width = 16, .grow = 2},
    {.name = "login", .width = 10, .grow = 1, .label = "Sign-in"},
    {.name = "role_name", .width = 12, .grow = 1, .label = "Role"},
    {.name = "state", .width = 20},
    {.name = "two_factor", .width = 5, .label = "Codes"},
    {.name = "has_pin", .width = 3, .label = "PIN"},
    {.name = "sessions", .width = 9, .below = 108, .label = "Signed in"},
    {.name = "works_on_cars", .width = 5, .below = 116, .label = "Jobs"},
};
static const struct list_filter user_filters[] = {
    {"Active", NULL, NULL},
    {"Switched off too", "disabled", "yes"},
};
static const struct action user_actions[] = {
    {"Enter", "user.show", "open", NEEDS_ROW, NULL, "Opens the user."},
    {"F6 n", "user.add", "new", NEEDS_NOTHING, NULL, "Adds a user."},
    {"e", "user.edit", "change", NEEDS_ROW, NULL, "Changes name, sign-in name and what the user works on."},
    {"r", "user.set-role", "role", NEEDS_ROW, NULL, "Gives the user another role."},
    {"p", "user.set-password", "password", NEEDS_ROW, NULL, "Gives a new first password, to be changed at the first sign-in."},
    {"l", "user.set-caps", "limits", NEEDS_ROW, NULL, "Limits how far this person lowers prices and gives discounts.", ACTION_QUIET},
    {"u", "user.unlock", "unlock", NEEDS_ROW, NULL, "Lets a locked user try again.", ACTION_QUIET},
    {"c", "factor.reset", "reset codes", NEEDS_ROW, NULL, "Switches the user's second factor off, for a lost telephone.", ACTION_QUIET},
    {"b", "user.badge", "badge", NEEDS_ROW, NULL, "Gives the user a badge, or another one.", ACTION_QUIET},
    {"P", "user.clear-pin", "no PIN", NEEDS_ROW, NULL, "Takes the user's PIN away.", ACTION_QUIET},
    {"o", "user.end-sessions", "sign out", NEEDS_ROW, NULL, "Signs the user out everywhere.", ACTION_QUIET},
    {"D", "user.disable", "switch off", NEEDS_ROW, NULL, "Switches the user off and ends the user's sign-ins.", ACTION_QUIET},
    {"E", "user.enable", "switch on", NEEDS_ROW, NULL, "Switches the user on again.", ACTION_QUIET},
};
/* clang-format on */

/* How the account stands; of a lock, until when. */
static const char *user_cell(void *context, const void *row, const char *column,
                             struct arena *scratch, enum ink *ink)
{
    static const enum ink inks[] = {INK_OK, INK_INFO, INK_BAD, INK_MUTED};
    const struct user *user = row;
    const struct op_source *source = context;
    char time[DAY_TEXT_MAX];

    if (!text_same(column, "state"))
        return NULL;
    *ink = inks[user->state];
    if (user->state != USER_LOCKED)
        return NULL;
    return arena_printf(
        scratch, "%s until %s",
        theme_choice(source->desk->theme, &user_state_choices.at[USER_LOCKED], scratch),
        instant_show_time(user->wait_until_at, time));
}

const struct list_screen user_list_screen = {
    .op = "user.list",
    .title = "Users",
    .cell = user_cell,
    .columns = user_columns,
    .column_count = COUNT_OF(user_columns),
    .filters = user_filters,
    .filter_count = COUNT_OF(user_filters),
    .actions = user_actions,
    .action_count = COUNT_OF(user_actions),
    .empty = "Nobody matches. F6 adds a user.",
};
