/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Signing in, and the lock: a cover over all tasks. While locked, the person who was here goes on
 * where everything stands; anybody else begins afresh and the other's drafts are kept. */

#include <string.h>

#include "base/text.h"
#include "domain/demo.h"
#include "domain/secret.h"
#include "domain/user.h"
#include "inner.h"

enum { ENTRY_LOGIN, ENTRY_PASSWORD, ENTRY_COUNT };

struct sign_in_state {
    struct editor entries[ENTRY_COUNT];
    int focus;
    bool locked;
    bool must_change; /* signed in, but with a password that was given to him */
};

status desk_resume(struct desk *desk, const char *token)
{
    struct arena person = ARENA_EMPTY;
    struct session fresh = desk->session;

    fresh.arena = &person;
    fresh.id = (struct session_id){0};
    const status result = session_resume(&fresh, token);
    if (result != OK) {
        desk->session.fault = fresh.fault;
        arena_done(&person);
        return result;
    }
    arena_done(&desk->person);
    desk->person = person;
    fresh.arena = &desk->scratch;
    desk->session = fresh;
    return OK;
}

/* Ends the session; its person's tasks and drafts are not touched. */
void desk_sign_out(struct desk *desk)
{
    if (desk->session.id.v == 0)
        return;
    desk->session.arena = &desk->scratch;
    /* A session that has ended already is as good. */
    if (op_call(&desk->session, &session_sign_out_op, NULL, NULL) != OK)
        fault_clear(&desk->session.fault);
    desk->session.id = (struct session_id){0};
    desk->session.user = (struct user_id){0};
    desk->session.rights = desk->session.rights_all = (struct right_set){0};
    desk->session.user_name = desk->session.role = desk->login = "";
    arena_done(&desk->person);
}

static void password_changed(struct view *asker, const void *out, void *context)
{
    (void)out;
    (void)context;
    app_uncover(asker->app);
    app_say(asker->app, "Your new password counts from now on.");
}

static void ask_new_password(struct view *view)
{
    struct sign_in_state *state = view->state;

    state->must_change = true;
    op_form_open(desk_of(view), &(struct op_form){
                                    .op = &user_change_password_op,
                                    .title = "Choose your own password to go on",
                                    .saved = password_changed,
                                });
}

static void say_drafts(struct desk *desk)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *text = drafts_text(desk, &arena);

    if (text != NULL)
        app_say(desk->app, "%s Ctrl-O goes on with the latest.", text);
}

/* The person has shown who he is: the session becomes his. */
static void let_in(struct view *view, const struct signed_in *who)
{
    struct sign_in_state *state = view->state;
    struct desk *desk = desk_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *token = arena_text(&arena, who->access);
    const char *login = arena_text(&arena, who->login);
    const bool must_change = who->must_change;
    const bool is_same = state->locked && text_same(login, desk->login);

    if (!is_same)
        app_tasks_end(view->app); /* drafts are kept under the name of who typed them */
    desk_sign_out(desk);
    if (desk_resume(desk, token) != OK) {
        app_fault(view->app, &desk->session.fault);
        return;
    }
    desk->login = arena_text(&desk->person, login);
    desk->locked = false;
    for (int i = 0; i < ENTRY_COUNT; i++)
        editor_set(&state->entries[i], "");
    if (desk_read_shop(desk) != OK)
        app_fault(view->app, &desk->session.fault);
    if (must_change) {
        ask_new_password(view);
        return;
    }
    app_uncover(view->app);
    say_drafts(desk);
}

static void sign_in(struct view *view, const char *login, const char *password)
{
    struct sign_in_state *state = view->state;
    struct desk *desk = desk_of(view);
    struct session asker = desk->session;
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct sign_in in = {.login = text_clean(&arena, login, TEXT_ONE_LINE),
                               .password = password};
    struct signed_in out;

    asker.arena = &arena;
    asker.id = (struct session_id){0};
    store_report_to(asker.store, &asker.fault);
    const status result = op_call(&asker, &session_sign_in_op, &in, &out);
    store_report_to(asker.store, &desk->session.fault);
    if (result == OK) {
        let_in(view, &out);
        return;
    }
    app_fault(view->app, &asker.fault);
    editor_set(&state->entries[ENTRY_PASSWORD], "");
    state->focus = *in.login != '\0' ? ENTRY_PASSWORD : ENTRY_LOGIN;
}

/* In the demo shop one key signs one of its people in, as long as nothing is typed. */
static bool sign_in_demo(struct view *view, uint32_t key)
{
    struct sign_in_state *state = view->state;
    const struct desk *desk = desk_of(view);
    const bool is_free =
        editor_is_empty(&state->entries[state->focus]) &&
        (state->focus == ENTRY_LOGIN || (state->locked && state->focus == ENTRY_PASSWORD));

    if (!desk->shop.demo || !is_free || key < '1' || key >= '1' + COUNT_OF(demo_accounts))
        return false;
    sign_in(view, demo_accounts[key - '1'].login, demo_password);
    return true;
}

static void enter(struct view *view)
{
    struct sign_in_state *state = view->state;

    if (state->focus == ENTRY_LOGIN && editor_is_empty(&state->entries[ENTRY_PASSWORD])) {
        state->focus = ENTRY_PASSWORD;
        return;
    }
    sign_in(view, editor_text(&state->entries[ENTRY_LOGIN]),
            editor_text(&state->entries[ENTRY_PASSWORD]));
}

static bool sign_in_key(struct view *view, const struct event *event)
{
    struct sign_in_state *state = view->state;

    if (event->kind != EVENT_KEY && event->kind != EVENT_PASTE)
        return true; /* a scan is no password */
    if (event->kind == EVENT_KEY && sign_in_demo(view, event->key))
        return true;
    switch (event->kind == EVENT_KEY ? event->key : 0) {
    case K_ENTER:
        enter(view);
        return true;
    case K_TAB:
    case K_BACK_TAB:
    case K_UP:
    case K_DOWN:
        state->focus = (state->focus + 1) % ENTRY_COUNT;
        return true;
    default:
        return editor_key(&state->entries[state->focus], event) != EDITOR_IGNORED;
    }
}

static enum typing sign_in_typing(const struct view *view)
{
    const struct sign_in_state *state = view->state;

    return state->focus == ENTRY_PASSWORD ? TYPING_SECRET : TYPING_TEXT;
}

static void draw_entry(struct sign_in_state *state, struct area area, int row, int index)
{
    static const char *const labels[] = {"Name", "Password"};
    const bool focused = state->focus == index;
    const enum ink ink = focused ? INK_FIELD_FOCUS : INK_FIELD;

    area_text(area, row, 2, INK_LABEL, labels[index]);
    area_fill(area, row, 12, 1, 30, ink);
    editor_draw(&state->entries[index], area, row, 12, 30, ink, focused);
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
    row++;
    draw_entry(state, area, row++, ENTRY_LOGIN);
    draw_entry(state, area, row++, ENTRY_PASSWORD);
    row++;
    if (is_demo)
        draw_demo(area, row);
}

static void press_enter(struct view *view, const struct action *action)
{
    (void)action;
    enter(view);
}

static void sign_in_resumed(struct view *view)
{
    struct sign_in_state *state = view->state;

    /* Back from the new password without one: nobody is in. */
    if (state->must_change && app_is_covered(view->app)) {
        state->must_change = false;
        desk_sign_out(desk_of(view));
        app_say(view->app, "Sign in again when you have a new password ready.");
    }
}

static void sign_in_close(struct view *view)
{
    struct sign_in_state *state = view->state;

    for (int i = 0; i < ENTRY_COUNT; i++) {
        secret_wipe(state->entries[i].text.at, state->entries[i].text.length);
        editor_done(&state->entries[i]);
    }
}

static const struct action sign_in_actions[] = {
    {"Enter", "session.sign-in", "sign in", NEEDS_NOTHING, press_enter,
     "Goes on to the password, then signs in."},
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
    .help = "Type your sign-in name and password. Ctrl-Q leaves the program.",
    .least_rows = 16,
    .least_cols = 46,
};

void sign_in_cover(struct desk *desk, bool locked)
{
    struct view *view = view_new(desk->app, &sign_in_type, sizeof(struct sign_in_state));
    struct sign_in_state *state = view->state;

    editor_init(&state->entries[ENTRY_LOGIN], 40);
    editor_init(&state->entries[ENTRY_PASSWORD], 128);
    state->entries[ENTRY_PASSWORD].secret = true;
    state->locked = locked;
    desk->locked = locked;
    if (locked) {
        editor_set(&state->entries[ENTRY_LOGIN], desk->login);
        state->focus = ENTRY_PASSWORD;
    }
    view->title = locked ? "Pitlane · locked" : "Pitlane";
    app_cover(desk->app, view);
}
