/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Signing in, and the lock: a cover over all tasks. While locked, the person who was here goes on
 * where everything stands; anybody else begins afresh and the other's drafts are kept. */

#include <string.h>

#include "base/text.h"
#include "domain/demo.h"
#include "domain/password.h"
#include "domain/secret.h"
#include "domain/user.h"
#include "entries.h"
#include "kiosk.h"

enum { ENTRY_LOGIN, ENTRY_PASSWORD, ENTRY_CODE };

struct sign_in_state {
    struct entries entries;
    bool locked;
};

/* The person has shown who he is: the session becomes his. */
void desk_let_in(struct desk *desk, const struct signed_in *who, bool goes_on)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *token = arena_text(&arena, who->access);
    const char *refresh = arena_text(&arena, who->refresh);
    const char *login = arena_text(&arena, who->login);

    if (!goes_on)
        app_tasks_end(desk->app); /* drafts are kept under the name of who typed them */
    desk_sign_out(desk);
    if (desk_resume(desk, token, refresh) != OK) {
        app_fault(desk->app, &desk->session.fault);
        return;
    }
    desk->login = arena_text(&desk->person, login);
    desk->locked = false;
    desk->arriving = !goes_on;
    desk->wait_until = INSTANT_NONE;
    app_settings(desk->app)->plain = desk->session.factor == FACTOR_PIN;
    if (desk_read_shop(desk) != OK)
        app_fault(desk->app, &desk->session.fault);
    first_steps_go(desk);
}

/* --- Waiting --- */

void sign_in_tick(struct desk *desk)
{
    const int64_t left = desk->wait_until.seconds - desk_now(desk).seconds;

    if (desk->wait_until.seconds == 0)
        return;
    if (left <= 0) {
        desk->wait_until = INSTANT_NONE;
        app_say(desk->app, "You can try again now.");
    } else if (left > 90)
        app_error(desk->app, "Too many wrong tries. Try again in %lld minutes or ask a manager.",
                  (long long)(left + 59) / 60);
    else
        app_error(desk->app, "Too many wrong tries. Try again in %lld second%s.", (long long)left,
                  left == 1 ? "" : "s");
}

void sign_in_refused(struct desk *desk, const struct fault *fault)
{
    const int64_t until = desk_now(desk).seconds + fault->wait_s;

    desk->wait_until =
        fault->wait_s > 0 && fault->wait_s < 86400 ? (struct instant){until} : INSTANT_NONE;
    app_fault(desk->app, fault);
}

/* --- Name, password, code --- */

/* The password was right and a code is asked for, or it was not the right one. */
static void ask_code(struct view *view, const struct fault *fault)
{
    struct sign_in_state *state = view->state;
    const bool is_first = state->entries.at[ENTRY_CODE].absent;

    entries_ask(&state->entries, ENTRY_CODE, true);
    entries_set(&state->entries, ENTRY_CODE, "");
    if (is_first)
        app_say(view->app, "%s", fault->text);
    else
        app_fault(view->app, fault);
}

static void refuse(struct view *view, const struct fault *fault, bool has_name)
{
    struct sign_in_state *state = view->state;

    if (fault->code == ERR_INVALID && text_same(fault->field, "code")) {
        ask_code(view, fault);
        return;
    }
    sign_in_refused(desk_of(view), fault);
    entries_ask(&state->entries, ENTRY_CODE, false);
    entries_set(&state->entries, ENTRY_PASSWORD, "");
    state->entries.focus = has_name ? ENTRY_PASSWORD : ENTRY_LOGIN;
}

static void sign_in(struct view *view, const char *login, const char *password, const char *code)
{
    struct sign_in_state *state = view->state;
    struct desk *desk = desk_of(view);
    struct session asker = desk->session;
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct sign_in in = {
        .login = text_clean(&arena, login, TEXT_ONE_LINE), .password = password, .code = code};
    struct signed_in out;

    asker.arena = &arena;
    asker.id = (struct session_id){0};
    store_report_to(asker.store, &asker.fault);
    const status result = op_call(&asker, &session_sign_in_op, &in, &out);
    store_report_to(asker.store, &desk->session.fault);
    if (result != OK) {
        refuse(view, &asker.fault, *in.login != '\0');
        return;
    }
    const bool goes_on = state->locked && text_same(out.login, desk->login);
    desk->given = arena_text(&arena, password); /* what was typed is wiped in a moment */
    for (int i = 0; i < state->entries.count; i++)
        entries_set(&state->entries, i, "");
    entries_ask(&state->entries, ENTRY_CODE, false);
    state->entries.focus = ENTRY_LOGIN;
    desk_let_in(desk, &out, goes_on);
    secret_wipe_text(desk->given);
    desk->given = NULL;
}

/* In the demo shop one key signs one of its people in, as long as nothing is typed. */
static bool sign_in_demo(struct view *view, uint32_t key)
{
    struct sign_in_state *state = view->state;
    const struct entries *entries = &state->entries;
    const bool is_free =
        entries_is_empty(entries, entries->focus) &&
        (entries->focus == ENTRY_LOGIN || (state->locked && entries->focus == ENTRY_PASSWORD));

    if (!desk_of(view)->shop.demo || !is_free || key < '1' || key >= '1' + COUNT_OF(demo_accounts))
        return false;
    sign_in(view, demo_accounts[key - '1'].login, demo_password, "");
    return true;
}

static void press_enter(struct view *view, const struct action *action)
{
    struct sign_in_state *state = view->state;

    (void)action;
    if (entries_advance(&state->entries))
        return;
    sign_in(view, entries_text(&state->entries, ENTRY_LOGIN),
            entries_text(&state->entries, ENTRY_PASSWORD),
            entries_text(&state->entries, ENTRY_CODE));
}

static void show_password(struct view *view, const struct action *action)
{
    struct sign_in_state *state = view->state;

    (void)action;
    entries_toggle_secrets(&state->entries);
}

static bool sign_in_key(struct view *view, const struct event *event)
{
    struct sign_in_state *state = view->state;

    if (event->kind == EVENT_KEY && sign_in_demo(view, event->key))
        return true;
    return entries_key(&state->entries, event);
}

static enum typing sign_in_typing(const struct view *view)
{
    const struct sign_in_state *state = view->state;

    return entries_typing(&state->entries);
}

static int draw_demo(struct area area, int row)
{
    area_text(area, row++, 2, INK_NORMAL, "The demo shop's people. One key signs one in:");
    row++;
    for (size_t i = 0; i < COUNT_OF(demo_accounts); i++) {
        area_printf(area, row, 4, INK_KEY, "%zu", i + 1);
        area_fit(area, row, 7, 12, INK_STRONG, demo_accounts[i].login);
        area_fit(area, row, 20, 22, INK_NORMAL, demo_accounts[i].name);
        area_text(area, row++, 43, INK_MUTED, demo_accounts[i].role);
    }
    area_printf(area, ++row, 2, INK_MUTED, "Their password is “%s”.", demo_password);
    return row + 1;
}

static void sign_in_draw(struct view *view, struct area body)
{
    struct sign_in_state *state = view->state;
    const struct desk *desk = desk_of(view);
    const bool is_demo = desk->shop.demo;
    const struct area area =
        area_part(body, is_demo ? 1 : 3, body.cols > 76 ? (body.cols - 64) / 2 : 2, body.rows, 64);
    int row = 0;

    area_printf(area, row++, 2, INK_STRONG, "%s", desk->shop.name);
    if (state->locked) {
        area_printf(area, row++, 2, INK_NORMAL, "Locked. %s goes on with the password.",
                    desk->session.user_name);
        area_text(area, row++, 2, INK_MUTED, "Somebody else signs in with another name.");
    } else {
        area_text(area, row++, 2, INK_MUTED, "Sign in to begin.");
    }
    row = entries_draw(&state->entries, area, row + 1) + 1;
    if (!state->entries.at[ENTRY_CODE].absent)
        area_wrap(area_below(area, row), 0, 2, area.cols - 4, INK_MUTED,
                  "The code is in your authenticator app. Without the telephone, type one of your "
                  "recovery codes: each works once.");
    else if (is_demo)
        draw_demo(area, row);
}

/* Back from a first step without having done it: nobody is in. */
static void sign_in_resumed(struct view *view)
{
    struct desk *desk = desk_of(view);

    if (!first_steps_given_up(desk))
        return;
    desk_sign_out(desk);
    app_say(view->app, "Sign in again when you are ready for it.");
}

static void sign_in_close(struct view *view)
{
    struct sign_in_state *state = view->state;

    entries_done(&state->entries);
}

/* At a kiosk the door is behind it. */
static void go_back(struct view *view, const struct action *action)
{
    (void)action;
    if (app_below(view->app, view) != NULL)
        app_pop(view->app, view);
}

static const struct action sign_in_actions[] = {
    {"Enter", "session.sign-in", "sign in", NEEDS_NOTHING, press_enter,
     "Goes on to the password, then signs in."},
    {"F4", "password.show", "show password", NEEDS_NOTHING, show_password,
     "Shows or hides what you type."},
    {"Esc F12", "session.back", "back", NEEDS_NOTHING, go_back, "Back to the door of the kiosk.",
     ACTION_HIDDEN},
};

static const struct view_type sign_in_type = {
    .name = "sign-in",
    .draw = sign_in_draw,
    .key = sign_in_key,
    .typing = sign_in_typing,
    .resumed = sign_in_resumed,
    .close = sign_in_close,
    .actions = sign_in_actions,
    .action_count = COUNT_OF(sign_in_actions),
    .help = "Type your sign-in name and password. Where your second factor is on, the code of your "
            "authenticator app is asked for then. Ctrl-Q leaves the program.",
    .least_rows = 16,
    .least_cols = 46,
};

void sign_in_cover(struct desk *desk, bool locked)
{
    desk->locked = locked;
    if (desk->kiosk)
        kiosk_cover(desk, NULL);
    else
        password_cover(desk, locked);
}

void password_cover(struct desk *desk, bool locked)
{
    struct view *view = view_new(desk->app, &sign_in_type, sizeof(struct sign_in_state));
    struct sign_in_state *state = view->state;

    entries_add(&state->entries, "Name", 40, false);
    entries_add(&state->entries, "Password", PASSWORD_BYTES_MAX, true);
    entries_add(&state->entries, "Code", 40, true);
    state->entries.at[ENTRY_CODE].absent = true;
    state->locked = locked;
    desk->locked = locked;
    if (locked) {
        entries_set(&state->entries, ENTRY_LOGIN, desk->login);
        state->entries.focus = ENTRY_PASSWORD;
    }
    view->title = locked ? "Pitlane · locked" : "Pitlane";
    app_cover(desk->app, view);
}
