/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Setting up the second factor: a square to scan with the key beside it, on only after a right
 * code; then the recovery codes, this once. */

#include "domain/factor.h"

#include <stdio.h>

#include "base/text.h"
#include "domain/secret.h"
#include "entries.h"
#include "inner.h"
#include "print/print.h"
#include "qr.h"
#include "ui/dialog.h"

#define TEXT_CELLS 34

/* --- The recovery codes --- */

struct codes_state {
    const struct recovery_code *codes;
    size_t count;
    void (*done)(struct desk *desk);
};

static void codes_draw(struct view *view, struct area body)
{
    const struct codes_state *state = view->state;
    const struct area area =
        area_part(body, 1, body.cols > 76 ? (body.cols - 64) / 2 : 2, body.rows - 1, 64);
    const size_t half = (state->count + 1) / 2;
    int row = 0;

    area_text(area, row, 0, INK_STRONG, "Your recovery codes");
    row = 2 + area_wrap(area_below(area, 2), 0, 0, area.cols, INK_NORMAL,
                        "Each opens your account once, on the day the telephone is lost. They are "
                        "not shown again. Write them down, or print them with p, and keep the "
                        "paper where nobody else finds it: not at this terminal.");
    row++;
    for (size_t i = 0; i < state->count; i++) {
        const int at = (int)(i / half) * 30, line = row + (int)(i % half);
        area_printf(area, line, at + 1, INK_MUTED, "%2zu", i + 1);
        area_text(area, line, at + 5, INK_STRONG, state->codes[i].code);
    }
    area_text(area, row + (int)half + 1, 0, INK_NORMAL, "F2 when you have them on paper.");
}

static void codes_kept(struct view *view, const struct action *action)
{
    const struct codes_state *state = view->state;
    void (*done)(struct desk *) = state->done;
    struct desk *desk = desk_of(view);

    (void)action;
    app_pop(view->app, view);
    if (done != NULL)
        done(desk);
}

static bool codes_key(struct view *view, const struct event *event)
{
    (void)view;
    (void)event;
    return false;
}

/* Esc and Enter, pressed by habit, do not make them go. */
static bool codes_leave(struct view *view)
{
    app_say(view->app, "The codes are not shown again. F2 when you have them on paper.");
    return false;
}

static void codes_close(struct view *view)
{
    struct codes_state *state = view->state;

    for (size_t i = 0; i < state->count; i++)
        secret_wipe_text(state->codes[i].code);
}

/* Kept nowhere: whoever misses it before F2 makes new ones. */
static void codes_print(struct view *view, const struct action *action)
{
    const struct codes_state *state = view->state;
    struct session *s = &desk_of(view)->session;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct arena *before = s->arena;

    (void)action;
    fault_clear(&s->fault);
    s->arena = &arena;
    const status result = print_recovery_codes(s, state->codes, state->count);
    s->arena = before;
    if (result == OK)
        app_say(view->app, "Sent to the shop's printer. Take the paper before anybody else does.");
    else
        app_fault(view->app, &s->fault);
}

static const struct action codes_actions[] = {
    {"p F8", "factor.codes-print", "print", NEEDS_NOTHING, codes_print,
     "Prints them on the shop's printer, this once; they are kept nowhere."},
    {"F2", "factor.codes-kept", "I have them on paper", NEEDS_NOTHING, codes_kept,
     "Goes on; the codes are not shown again."},
};
static const struct view_type codes_type = {
    .name = "recovery codes",
    .draw = codes_draw,
    .key = codes_key,
    .leaves = codes_leave,
    .close = codes_close,
    .actions = codes_actions,
    .action_count = COUNT_OF(codes_actions),
};

static void codes_open(struct desk *desk, const struct recovery_codes *codes,
                       void (*done)(struct desk *desk))
{
    struct view *view = view_new(desk->app, &codes_type, sizeof(struct codes_state));
    struct codes_state *state = view->state;
    const struct recovery_code *from = codes->codes.at;
    struct recovery_code *kept = NEW_ARRAY(&view->arena, struct recovery_code, codes->codes.count);

    for (size_t i = 0; i < codes->codes.count; i++)
        kept[i].code = arena_text(&view->arena, from[i].code);
    state->codes = kept;
    state->count = codes->codes.count;
    state->done = done;
    view->title = "Recovery codes";
    app_push(desk->app, view);
}

static void new_codes_answered(struct view *asker, char letter, void *context)
{
    struct desk *desk = desk_of(asker);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct recovery_codes codes;

    (void)context;
    if (letter == 'n' && desk_call(desk, &arena, &factor_new_codes_op, NULL, &codes) == OK)
        codes_open(desk, &codes, NULL);
}

void factor_codes_open(struct desk *desk)
{
    static const struct dialog_button buttons[] = {{'n', "n New codes"}, {'b', "b Back"}};

    dialog_open(desk->app, &(struct dialog){
                               .title = "New recovery codes",
                               .text = "You get ten new ones. Those on your paper stop working.",
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 'b',
                               .answered = new_codes_answered,
                           });
}

/* --- Square, key and first code --- */

struct factor_screen {
    const char *uri, *secret;
    struct entries entries;
    char sentence[FAULT_TEXT_MAX];
    void (*done)(struct desk *desk);
};

/* The key in two lines of groups of four. */
static int draw_key(struct area area, int row, const char *secret)
{
    return row + area_wrap(area_below(area, row), 0, 3, 20, INK_STRONG, secret);
}

static void factor_draw(struct view *view, struct area body)
{
    struct factor_screen *state = view->state;
    const int square = qr_draw_address(area_part(body, 0, 0, body.rows, body.cols - 1), state->uri);
    const int cells = square > 0 ? body.cols - square - 3 : 64;
    const struct area area = area_part(body, 0, 1, body.rows, cells > 64 ? 64 : cells);
    int row = 0;

    row += area_wrap(area, 0, 0, area.cols, INK_NORMAL,
                     square > 0 ? "1 Open an authenticator app on your telephone and scan the "
                                  "square, or type this key in there:"
                                : "1 Open an authenticator app on your telephone and type this "
                                  "key in there, as a time-based one:");
    row = draw_key(area, row + 1, state->secret) + 1;
    row += area_wrap(area_below(area, row), 0, 0, area.cols, INK_NORMAL,
                     "2 Type the six digits it shows now. Only then the second factor is on.");
    row = entries_draw(&state->entries, area, row + 1) + 1;
    area_wrap(area_below(area, row), 0, 0, area.cols, INK_ERROR, state->sentence);
}

static void prove(struct view *view, const struct action *action)
{
    struct factor_screen *state = view->state;
    struct desk *desk = desk_of(view);
    void (*done)(struct desk *) = state->done;
    const struct factor_code in = {.code = entries_text(&state->entries, 0)};
    AUTO_ARENA arena = ARENA_EMPTY;
    struct recovery_codes codes;

    (void)action;
    if (entries_is_empty(&state->entries, 0)) {
        app_say(desk->app, "Type the six digits that the app shows, then press Enter.");
        return;
    }
    if (desk_try(desk, &arena, &factor_turn_on_op, &in, &codes) != OK) {
        snprintf(state->sentence, sizeof state->sentence, "%s", desk->session.fault.text);
        entries_set(&state->entries, 0, "");
        return;
    }
    app_pop(view->app, view);
    codes_open(desk, &codes, done);
}

static bool factor_key(struct view *view, const struct event *event)
{
    struct factor_screen *state = view->state;

    return entries_key(&state->entries, event);
}

static enum typing factor_typing(const struct view *view)
{
    (void)view;
    return TYPING_SECRET;
}

static void factor_close(struct view *view)
{
    struct factor_screen *state = view->state;

    secret_wipe_text(state->uri);
    secret_wipe_text(state->secret);
    entries_done(&state->entries);
}

static const char *factor_status(struct view *view, struct arena *arena)
{
    (void)view;
    (void)arena;
    return "Esc goes back, and nothing is on.";
}

/* Also under the sign-in's cover, where the program's own keys do not work. */
static void go_back(struct view *view, const struct action *action)
{
    (void)action;
    app_pop(view->app, view);
}

static const struct action factor_actions[] = {
    {"Enter", "factor.turn-on", "turn it on", NEEDS_NOTHING, prove,
     "Checks the code; the second factor is on from then."},
    {"Esc F12", "factor.back", "back", NEEDS_NOTHING, go_back, "Goes back; nothing is on.",
     ACTION_HIDDEN},
};
static const struct view_type factor_type = {
    .name = "second factor",
    .draw = factor_draw,
    .status = factor_status,
    .key = factor_key,
    .typing = factor_typing,
    .close = factor_close,
    .actions = factor_actions,
    .action_count = COUNT_OF(factor_actions),
    .help = "A second factor is a code of six digits that an app on your telephone makes anew "
            "every half minute. Whoever learns your password still cannot sign in without it.",
};

void factor_screen_open(struct desk *desk, void (*done)(struct desk *desk))
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct factor_begun begun;

    if (desk_call(desk, &arena, &factor_begin_op, NULL, &begun) != OK)
        return;
    struct view *view = view_new(desk->app, &factor_type, sizeof(struct factor_screen));
    struct factor_screen *state = view->state;
    state->uri = arena_text(&view->arena, begun.uri);
    state->secret = arena_text(&view->arena, begun.secret);
    secret_wipe_text(begun.uri);
    secret_wipe_text(begun.secret);
    state->done = done;
    entries_add(&state->entries, "Code", 40, false);
    view->title = "Set up the second factor";
    app_push(desk->app, view);
}

void factor_form_open(struct desk *desk)
{
    factor_screen_open(desk, NULL);
}
