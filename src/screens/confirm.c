/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The password again, in a small box over whatever asked for it. Once it was right, what the person
 * did is done again by itself: nothing typed is lost. */

#include <stdio.h>

#include "base/text.h"
#include "domain/password.h"
#include "domain/user.h"
#include "entries.h"
#include "inner.h"

enum { ENTRY_PASSWORD, ENTRY_CODE };

struct confirm_state {
    struct entries entries;
    struct deed deed;
    const char *what;
    char sentence[FAULT_TEXT_MAX]; /* what was wrong */
};

static void refuse(struct view *view, const struct fault *fault)
{
    struct confirm_state *state = view->state;
    const bool wants_code = text_same(fault->field, "code");
    const bool is_first = wants_code && state->entries.at[ENTRY_CODE].absent;

    snprintf(state->sentence, sizeof state->sentence, "%s", is_first ? "" : fault->text);
    if (wants_code) {
        entries_ask(&state->entries, ENTRY_CODE, true);
        entries_set(&state->entries, ENTRY_CODE, "");
        return;
    }
    entries_set(&state->entries, ENTRY_PASSWORD, "");
    state->entries.focus = ENTRY_PASSWORD;
}

static void press_enter(struct view *view, const struct action *action)
{
    struct confirm_state *state = view->state;
    struct desk *desk = desk_of(view);
    struct app *app = view->app;
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (entries_advance(&state->entries))
        return;
    const struct confirm in = {.password = entries_text(&state->entries, ENTRY_PASSWORD),
                               .code = entries_text(&state->entries, ENTRY_CODE)};
    if (desk_try(desk, &arena, &session_confirm_op, &in, NULL) != OK) {
        if (desk->session.fault.code != ERR_SIGN_IN) /* else the sign-in says it */
            refuse(view, &desk->session.fault);
        return;
    }
    struct deed deed = state->deed;
    app_pop(app, view);
    app_redo(app, &deed);
}

static bool confirm_key(struct view *view, const struct event *event)
{
    struct confirm_state *state = view->state;

    return entries_key(&state->entries, event);
}

static enum typing confirm_typing(const struct view *view)
{
    const struct confirm_state *state = view->state;

    return entries_typing(&state->entries);
}

static void confirm_draw(struct view *view, struct area body)
{
    struct confirm_state *state = view->state;
    const struct area box = area_window(body, 9, 60, view->title);
    const int row = area_wrap(box, 0, 2, box.cols - 4, INK_NORMAL, state->what) + 1;

    const int behind = entries_draw(&state->entries, box, row);
    area_wrap(box, behind, 2, box.cols - 4, INK_ERROR, state->sentence);
}

static void show_password(struct view *view, const struct action *action)
{
    struct confirm_state *state = view->state;

    (void)action;
    entries_toggle_secrets(&state->entries);
}

static void confirm_close(struct view *view)
{
    struct confirm_state *state = view->state;

    entries_done(&state->entries);
}

static const struct action confirm_actions[] = {
    {"Enter", "session.confirm", "go on", NEEDS_NOTHING, press_enter,
     "Checks the password; then what you did is done."},
    {"F4", "password.show", "show", NEEDS_NOTHING, show_password, "Shows or hides what you type."},
};

static const struct view_type confirm_type = {
    .name = "confirm",
    .draw = confirm_draw,
    .key = confirm_key,
    .typing = confirm_typing,
    .close = confirm_close,
    .actions = confirm_actions,
    .action_count = COUNT_OF(confirm_actions),
    .help = "Some things want the password again, even from who is signed in: whoever finds your "
            "terminal open cannot do them. Esc goes back and nothing is done.",
    .modal = true,
};

void confirm_open(struct desk *desk, const char *what)
{
    struct view *view = view_new(desk->app, &confirm_type, sizeof(struct confirm_state));
    struct confirm_state *state = view->state;

    entries_add(&state->entries, "Password", PASSWORD_BYTES_MAX, true);
    entries_add(&state->entries, "Code", 40, true);
    state->entries.at[ENTRY_CODE].absent = true;
    state->deed = app_deed(desk->app);
    state->what = arena_printf(&view->arena, "%s: this needs your password again.", what);
    view->title = "Your password again";
    app_push(desk->app, view);
}
