/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Who is signed in, as a table. */

#include "base/text.h"
#include "domain/user.h"
#include "inner.h"

/* "10:42", or "23 Nov 10:42" when that was another day. */
static const char *when(const struct desk *desk, struct instant at, struct arena *scratch)
{
    char day[DAY_TEXT_MAX], time[DAY_TEXT_MAX];
    const struct day on = instant_day(at);

    instant_show_time(at, time);
    if (day_compare(on, desk_today(desk)) == 0)
        return arena_text(scratch, time);
    return arena_printf(scratch, "%s %s", day_show_short(on, day), time);
}

static const char *session_cell(void *context, const void *row, const char *column,
                                struct arena *scratch, enum ink *ink)
{
    const struct op_source *source = context;
    const struct session_row *session = row;
    const bool is_here = session->id.v == source->desk->session.id.v;

    if (text_same(column, "started_at"))
        return when(source->desk, session->started_at, scratch);
    if (text_same(column, "seen_at"))
        return when(source->desk, session->seen_at, scratch);
    if (!text_same(column, "terminal") || !is_here)
        return NULL;
    *ink = INK_INFO;
    return arena_printf(scratch, "%s (here)", session->terminal);
}

/* clang-format off */
static const struct column session_columns[] = {
    {.name = "user_name", .width = 13, .grow = 2, .label = "Who"},
    {.name = "terminal", .width = 16, .grow = 1, .label = "Where"},
    {.name = "factor", .width = 13, .label = "Signed in by"},
    {.name = "started_at", .width = 12, .label = "Since"},
    {.name = "seen_at", .width = 12, .label = "Last seen"},
    {.name = "place", .width = 30, .grow = 2, .below = 110},
};
static const struct list_filter session_filters[] = {
    {"Everybody", NULL, NULL},
    {"Mine", "mine", "yes"},
};
static const struct action session_actions[] = {
    {"x", "session.end", "sign out", NEEDS_ROW, NULL, "Signs this person out there, at once; what was typed is kept as a draft."},
};
/* clang-format on */
const struct list_screen session_list_screen = {
    .op = "session.list",
    .title = "Who is signed in",
    .columns = session_columns,
    .column_count = COUNT_OF(session_columns),
    .filters = session_filters,
    .filter_count = COUNT_OF(session_filters),
    .cell = session_cell,
    .actions = session_actions,
    .action_count = COUNT_OF(session_actions),
    .newest_first = true,
    .empty = "Nobody is signed in.",
};
