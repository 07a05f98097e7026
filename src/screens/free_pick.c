/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A search box over a list that also accepts what is in no list. */

#include "free_pick.h"

#include "base/text.h"
#include "inner.h"

struct free_pick_state {
    struct rowlist list; /* first: rowlist_view_… functions expect it there */
    struct free_pick pick;
    struct op_source source;
    struct view *asker;
    bool moved; /* the person chose a row by hand */
};

static void draw(struct view *view, struct area body)
{
    struct free_pick_state *state = view->state;
    const int cols = body.cols < 92 ? body.cols - 2 : 90;
    const int rows = body.rows < 18 ? body.rows : 18;
    const struct area box =
        area_box(area_part(body, (body.rows - rows) / 3, (body.cols - cols) / 2, rows, cols),
                 INK_MUTED, view->title);

    rowlist_draw(&state->list, area_above(box, 1));
    area_fit(box, box.rows - 1, 1, box.cols - 2, INK_MUTED, state->pick.hint);
}

static const char *words_of(struct view *view)
{
    struct free_pick_state *state = view->state;

    return text_clean(&view->arena, editor_text(&state->list.search), TEXT_ONE_LINE);
}

static void take_words(struct view *view)
{
    struct free_pick_state *state = view->state;
    struct view *asker = state->asker;
    const struct free_pick pick = state->pick;
    const char *words = words_of(view);

    if (words[0] == '\0') {
        app_error(view->app, "Type a few letters first, or choose a row with the arrows.");
        return;
    }
    app_pop(view->app, view); /* it lives until the end of the event, and its texts with it */
    pick.typed(asker, words, pick.context);
}

/* Who types a whole code means that row, wherever it stands. */
static void prefer_code(struct view *view)
{
    struct free_pick_state *state = view->state;

    if (!state->moved)
        rowlist_select_text(&state->list, "code", words_of(view));
}

static void settle(struct view *view)
{
    rowlist_view_settle(view);
    prefer_code(view);
}

/* rowlist_row loads what keys typed ahead look for, before any frame. */
static void take(struct view *view)
{
    struct free_pick_state *state = view->state;
    struct view *asker = state->asker;
    const struct free_pick pick = state->pick;

    prefer_code(view);
    const void *row = rowlist_row(&state->list);
    if (row == NULL || (!state->moved && words_of(view)[0] == '\0')) {
        take_words(view);
        return;
    }
    app_pop(view->app, view);
    pick.picked(asker, row, pick.context);
}

static bool key(struct view *view, const struct event *event)
{
    struct free_pick_state *state = view->state;

    if (event->kind == EVENT_SCAN) { /* a code is what one looks for */
        editor_take_back(&state->list.search, event->text);
        rowlist_search(&state->list, event->text);
        return true;
    }
    if (event->kind == EVENT_KEY && event->key == K_ENTER) {
        take(view);
        return true;
    }
    if (event->kind == EVENT_KEY && event->key == K_F6) {
        take_words(view);
        return true;
    }
    if (event->kind == EVENT_KEY && (event->key == K_ESCAPE || event->key == K_F12))
        return false;
    const bool used = rowlist_key(&state->list, event);
    if (used && event->kind == EVENT_KEY)
        state->moved = state->moved || event->key == K_UP || event->key == K_DOWN ||
                       event->key == K_PAGE_DOWN || event->key == K_PAGE_UP;
    return used;
}

static void press_take(struct view *view, const struct action *action)
{
    (void)action;
    take(view);
}

static void press_words(struct view *view, const struct action *action)
{
    (void)action;
    take_words(view);
}

/* clang-format off */
static const struct action actions[] = {
    {"Enter", "choose.row", "take", NEEDS_NOTHING, press_take, "Takes the row under the cursor; the words when nothing matches."},
    {"F6", "choose.words", "take the words", NEEDS_NOTHING, press_words, "Takes what was typed as it is."},
};
/* clang-format on */

static const struct view_type type = {
    .name = "choose",
    .draw = draw,
    .key = key,
    .settle = settle,
    .changed = rowlist_view_changed,
    .typing = rowlist_view_typing,
    .status = rowlist_view_status,
    .close = rowlist_view_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .modal = true,
};

void free_pick_open(struct desk *desk, const struct free_pick *pick)
{
    struct view *view = view_new(desk->app, &type, sizeof(struct free_pick_state));
    struct free_pick_state *state = view->state;
    struct rowlist_type *list = op_list_type(desk, pick->op, &view->arena);

    state->pick = *pick;
    state->asker = app_top(desk->app);
    state->source = (struct op_source){
        .desk = desk,
        .op = pick->op,
        .in = desk_input(desk, &view->arena, pick->op),
    };
    list->always_searches = true;
    list->empty = "Nothing matches.";
    rowlist_init(&state->list, list, &state->source);
    view->title = arena_text(&view->arena, pick->title);
    app_push(desk->app, view);
}
