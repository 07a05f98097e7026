/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The kiosk's door: who is there, and six digits. A badge may be scanned at any time, also over
 * somebody's half-typed PIN. Whoever needs more than a PIN opens signs in with the password. */

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "domain/demo.h"
#include "domain/secret.h"
#include "domain/terminal.h"
#include "kiosk.h"

#define PEOPLE_A_PAGE 8
#define CODE_MAX      60

struct door_state {
    struct loading people;
    size_t first;           /* of the page */
    char who[CODE_MAX + 1]; /* sign-in name or badge; "" nobody yet */
    char name[100];
    char pin[PIN_DIGITS + 1];
    int digits;
    char scanned[CODE_MAX + 1]; /* a code that is coming in over the PIN */
    size_t scanned_length;
};

/* --- Who --- */

static void forget_pin(struct door_state *state)
{
    secret_wipe(state->pin, sizeof state->pin);
    state->digits = 0;
    state->scanned_length = 0;
}

static void choose(struct view *view, const char *who, const char *name)
{
    struct door_state *state = view->state;

    snprintf(state->who, sizeof state->who, "%s", who);
    snprintf(state->name, sizeof state->name, "%s", name);
    forget_pin(state);
    app_redraw(view->app);
}

static void choose_nobody(struct view *view)
{
    choose(view, "", "");
}

static const struct pin_people *people_of(const struct door_state *state)
{
    return state->people.out;
}

static bool choose_number(struct view *view, uint32_t key)
{
    struct door_state *state = view->state;
    const struct pin_people *people = people_of(state);
    const size_t at = state->first + (key - '1');

    if (people == NULL || key < '1' || key > '9')
        return false;
    if (key == '9') { /* more of them, from the front again behind the last */
        state->first += PEOPLE_A_PAGE;
        if (state->first >= people->people.count)
            state->first = 0;
        return true;
    }
    if (at >= people->people.count)
        return true;
    const struct pin_person *person = (const struct pin_person *)people->people.at + at;
    choose(view, person->login, person->name);
    return true;
}

/* --- The PIN --- */

static void try_pin(struct view *view)
{
    struct door_state *state = view->state;
    struct desk *desk = desk_of(view);
    struct session asker = desk->session;
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct pin_sign_in in = {.who = state->who, .pin = arena_text(&arena, state->pin)};
    struct signed_in out;

    asker.arena = &arena;
    asker.id = (struct session_id){0};
    store_report_to(asker.store, &asker.fault);
    const status result = op_call(&asker, &session_pin_op, &in, &out);
    store_report_to(asker.store, &desk->session.fault);
    secret_wipe_text(in.pin);
    forget_pin(state);
    if (result == OK)
        desk_let_in(desk, &out, false);
    else
        sign_in_refused(desk, &asker.fault);
}

static void take_digit(struct view *view, uint32_t key)
{
    struct door_state *state = view->state;

    state->pin[state->digits++] = (char)key;
    state->pin[state->digits] = '\0';
    if (state->digits == PIN_DIGITS)
        try_pin(view);
}

bool badge_is_code(const char *text)
{
    return strncasecmp(text, "BADGE", 5) == 0 && strlen(text) > 5 && strlen(text) <= CODE_MAX;
}

/* Nothing here has letters: what begins with one is a scanner, however slow, up to its Enter. */
static bool take_scanned(struct view *view, uint32_t key)
{
    struct door_state *state = view->state;

    if (state->scanned_length == 0 && !(key < 0x80 && isalpha((int)key)))
        return false;
    if (key == K_ENTER || key == K_TAB) {
        state->scanned[state->scanned_length] = '\0';
        state->scanned_length = 0;
        if (badge_is_code(state->scanned))
            choose(view, state->scanned, "Badge read");
        return true;
    }
    if (key >= 0x80 || state->scanned_length >= CODE_MAX)
        state->scanned_length = 0;
    else
        state->scanned[state->scanned_length++] = (char)key;
    return true;
}

static bool pin_key(struct view *view, uint32_t key)
{
    struct door_state *state = view->state;

    if (key >= '0' && key <= '9')
        take_digit(view, key);
    else if (key == K_BACKSPACE && state->digits > 0)
        state->pin[--state->digits] = '\0';
    else if (key == '*' || key == K_ESCAPE || key == K_BACKSPACE)
        choose_nobody(view);
    return key_is_text(key) || key == K_BACKSPACE || key == K_ESCAPE || key == K_ENTER;
}

static bool door_key(struct view *view, const struct event *event)
{
    struct door_state *state = view->state;

    if (event->kind == EVENT_SCAN && badge_is_code(event->text))
        choose(view, event->text, "Badge read");
    if (event->kind != EVENT_KEY)
        return true;
    if (take_scanned(view, event->key))
        return true;
    return *state->who != '\0' ? pin_key(view, event->key) : choose_number(view, event->key);
}

static enum typing door_typing(const struct view *view)
{
    const struct door_state *state = view->state;

    return *state->who != '\0' ? TYPING_SECRET : TYPING_NONE;
}

static void use_password(struct view *view, const struct action *action)
{
    struct door_state *state = view->state;
    struct desk *desk = desk_of(view);

    (void)action;
    if (*state->who != '\0')
        choose_nobody(view);
    else
        password_cover(desk, desk->session.id.v != 0);
}

/* --- Drawing --- */

static int draw_people(const struct door_state *state, struct area area)
{
    const struct pin_people *people = people_of(state);
    struct tile tiles[PEOPLE_A_PAGE] = {{.label = NULL}};
    const size_t all = people != NULL ? people->people.count : 0;
    size_t count = 0;

    for (size_t i = state->first; i < all && count < PEOPLE_A_PAGE; i++, count++)
        tiles[count].label = ((const struct pin_person *)people->people.at)[i].name;
    if (count == 0)
        return area_wrap(area, 0, 0, area.cols, INK_NORMAL,
                         "Nobody has a PIN yet. Sign in with your password, with *, and set one "
                         "with the command “Set your own PIN”.");
    const int row =
        kiosk_draw_tiles(area_part(area, 0, 0, count > 4 ? 12 : 10, area.cols), tiles, count);
    if (all > PEOPLE_A_PAGE)
        area_printf(area, row, 1, INK_NORMAL, "9  more people, %zu in all", all);
    return row + 1;
}

static void draw_pad(const struct door_state *state, struct area area)
{
    static const char *const pad[] = {"1  2  3", "4  5  6", "7  8  9", "*  0"};

    area_text(area, 0, 1, INK_STRONG, state->name);
    int col = area_text(area, 2, 1, INK_LABEL, "Your PIN") + 3;
    for (int i = 0; i < PIN_DIGITS; i++, col += 3)
        area_glyph(area, 2, col, INK_STRONG, i < state->digits ? GLYPH_DOT : GLYPH_RING);
    for (int i = 0; i < (int)COUNT_OF(pad); i++)
        area_text(area, 4 + i * 2, 12, INK_KEY, pad[i]);
    area_text(area, 10, 21, INK_MUTED, "* somebody else");
}

static void draw_demo(const struct desk *desk, struct area area)
{
    if (desk->shop.demo)
        area_printf(area, 0, 1, INK_MUTED, "In the demo shop everybody's PIN is %s.", demo_pin);
}

static void door_draw(struct view *view, struct area body)
{
    const struct door_state *state = view->state;
    const struct area area = area_part(body, 1, 1, body.rows - 1, body.cols - 2);

    if (*state->who != '\0') {
        draw_pad(state, area);
        draw_demo(desk_of(view), area_below(area, 13));
        return;
    }
    area_text(area, 0, 1, INK_STRONG, "Who is there? Scan your badge, or press your number.");
    const int row = 2 + draw_people(state, area_below(area, 2));
    area_text(area, row + 1, 1, INK_NORMAL, "*  Sign in with a password");
    draw_demo(desk_of(view), area_below(area, row + 3));
}

static void door_settle(struct view *view)
{
    struct door_state *state = view->state;

    if (state->people.stale)
        desk_load(desk_of(view), &state->people, &session_people_op, NULL);
}

static void door_resumed(struct view *view)
{
    struct door_state *state = view->state;
    struct desk *desk = desk_of(view);

    if (first_steps_given_up(desk))
        desk_sign_out(desk);
    state->people.stale = true; /* somebody may have set a PIN meanwhile */
}

static void door_close(struct view *view)
{
    struct door_state *state = view->state;

    secret_wipe(state->pin, sizeof state->pin);
    loading_done(&state->people);
}

static const struct action door_actions[] = {
    {"*", "session.sign-in", "sign in with a password", NEEDS_NOTHING, use_password,
     "For what a PIN does not open."},
};
static const struct view_type door_type = {
    .name = "kiosk door",
    .draw = door_draw,
    .key = door_key,
    .typing = door_typing,
    .settle = door_settle,
    .resumed = door_resumed,
    .close = door_close,
    .actions = door_actions,
    .action_count = COUNT_OF(door_actions),
    .help = "Scan your badge or press your number, then your PIN of six digits. Ten wrong ones in "
            "a row switch a PIN off; sign in with your password then and set a new one.",
};

void kiosk_cover(struct desk *desk, const char *badge)
{
    struct view *view = view_new(desk->app, &door_type, sizeof(struct door_state));
    struct door_state *state = view->state;

    state->people.stale = true;
    view->title = arena_printf(&view->arena, "%s · %s", desk->shop.name, desk->session.terminal);
    app_cover(desk->app, view);
    if (badge != NULL)
        choose(view, badge, "Badge read");
}

void kiosk_leave(struct desk *desk, const char *next_badge)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *badge = next_badge != NULL ? arena_text(&arena, next_badge) : NULL;

    app_tasks_end(desk->app); /* drafts are kept under their names */
    desk_sign_out(desk);
    kiosk_cover(desk, badge);
}

void kiosk_lock(struct view *view, const struct action *action)
{
    (void)action;
    kiosk_leave(desk_of(view), NULL);
}

void kiosk_back(struct view *view, const struct action *action)
{
    (void)action;
    app_pop(view->app, view);
}
