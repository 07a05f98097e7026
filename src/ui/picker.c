/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A list with its search box open, over the view that asks. Some askers take words that are in no
 * list as well. */

#include "ui/picker.h"

#include "app.h"
#include "base/text.h"

struct picker_state {
    struct rowlist list; /* first: rowlist_view_… functions expect it there */
    struct rowlist_type type;
    struct picker picker;
    struct view *asker;
    bool moved; /* the person chose a row by hand */
};

static void picker_draw(struct view *view, struct area body)
{
    struct picker_state *state = view->state;
    const struct area box =
        area_window(area_part(body, 0, 1, body.rows, body.cols - 2), 20, 98, view->title);

    if (state->picker.hint == NULL) {
        rowlist_draw(&state->list, box);
        return;
    }
    rowlist_draw(&state->list, area_above(box, 1));
    area_fit(box, box.rows - 1, 1, box.cols - 2, INK_MUTED, state->picker.hint);
}

static const char *words_of(struct view *view)
{
    struct picker_state *state = view->state;

    return text_clean(&view->arena, editor_text(&state->list.search), TEXT_ONE_LINE);
}

static void take_words(struct view *view)
{
    struct picker_state *state = view->state;
    struct view *asker = state->asker;
    const struct picker picker = state->picker;
    const char *words = words_of(view);

    if (picker.takes_words && words[0] == '\0') {
        app_error(view->app, "Type a few letters first, or choose a row with the arrows.");
        return;
    }
    app_pop(view->app, view); /* it lives until the end of the event, and its texts with it */
    picker.adds(asker, words, picker.context);
}

/* Who types a whole code means that row, wherever it stands. */
static void prefer_code(struct view *view)
{
    struct picker_state *state = view->state;

    if (state->picker.code != NULL && !state->moved)
        rowlist_select_text(&state->list, state->picker.code, words_of(view));
}

static void picker_settle(struct view *view)
{
    rowlist_view_settle(view);
    prefer_code(view);
}

/* With nothing typed and no row chosen, Enter is a slip where words are taken too. */
static void pick(struct view *view)
{
    struct picker_state *state = view->state;
    struct view *asker = state->asker;
    const struct picker picker = state->picker;

    prefer_code(view);
    const void *row = rowlist_row(&state->list); /* loads what keys typed ahead look for */
    if (picker.takes_words && (row == NULL || (!state->moved && words_of(view)[0] == '\0'))) {
        take_words(view);
        return;
    }
    if (row == NULL) {
        app_error(view->app, "Nothing matches. Change what you typed, or press Esc.");
        return;
    }
    app_pop(view->app, view);
    picker.picked(asker, row, picker.context);
}

/* What was said of the list is over with it. */
static void leave(struct view *view)
{
    app_say(view->app, "%s", "");
    app_pop(view->app, view);
}

static bool rows_key(struct picker_state *state, const struct event *event)
{
    const bool used = rowlist_key(&state->list, event);

    if (used && event->kind == EVENT_KEY)
        state->moved = state->moved || event->key == K_UP || event->key == K_DOWN ||
                       event->key == K_PAGE_DOWN || event->key == K_PAGE_UP;
    return used;
}

static bool picker_key(struct view *view, const struct event *event)
{
    struct picker_state *state = view->state;

    if (event->kind == EVENT_SCAN) { /* a code is what one looks for */
        editor_take_back(&state->list.search, event->text);
        rowlist_search(&state->list, event->text);
        return true;
    }
    if (event->kind != EVENT_KEY)
        return rows_key(state, event);
    if (event->key == K_ENTER)
        pick(view);
    else if (event->key == K_F6 && state->picker.adds != NULL)
        take_words(view);
    else if (event->key == K_ESCAPE || event->key == K_F12)
        leave(view);
    else
        return rows_key(state, event);
    return true;
}

static void picker_close(struct view *view)
{
    struct picker_state *state = view->state;

    rowlist_done(&state->list);
    if (state->picker.done != NULL)
        state->picker.done(state->picker.list_context);
}

static void hint_pick(struct view *view, const struct action *action)
{
    (void)action;
    pick(view);
}

static void hint_add(struct view *view, const struct action *action)
{
    (void)action;
    take_words(view);
}

static unsigned picker_has(struct view *view)
{
    const struct picker_state *state = view->state;

    return rowlist_view_has(view) | (state->picker.adds != NULL ? (unsigned)NEEDS_OWN : 0u);
}

/* clang-format off */
static const struct action picker_actions[] = {
    {"Enter", "picker.pick", "choose", NEEDS_ROW, hint_pick, "Takes the selected row."},
    {"F6", "picker.add", "new", NEEDS_OWN, hint_add, "Adds a new one with what was typed."},
};
static const struct action words_actions[] = {
    {"Enter", "picker.pick", "take", NEEDS_NOTHING, hint_pick, "Takes the row under the cursor; the words when nothing matches."},
    {"F6", "picker.words", "take the words", NEEDS_NOTHING, hint_add, "Takes what was typed as it is."},
};
/* clang-format on */

#define PICKER_VIEW                                                                                \
    .name = "choose", .draw = picker_draw, .key = picker_key, .settle = picker_settle,             \
    .changed = rowlist_view_changed, .has = picker_has, .typing = rowlist_view_typing,             \
    .status = rowlist_view_status, .close = picker_close, .modal = true
static const struct view_type picker_type = {PICKER_VIEW, .actions = picker_actions,
                                             .action_count = COUNT_OF(picker_actions)};
static const struct view_type words_type = {PICKER_VIEW, .actions = words_actions,
                                            .action_count = COUNT_OF(words_actions)};

void picker_open(struct app *app, const struct picker *picker)
{
    struct view *view = view_new(app, picker->takes_words ? &words_type : &picker_type,
                                 sizeof(struct picker_state));
    struct picker_state *state = view->state;

    state->picker = *picker;
    state->type = *picker->list;
    state->type.always_searches = true;
    state->asker = app_top(app);
    rowlist_init(&state->list, &state->type, picker->rights, picker->list_context);
    if (picker->search != NULL && picker->search[0] != '\0')
        rowlist_search(&state->list, picker->search);
    view->title = arena_text(&view->arena, picker->title);
    app_push(app, view);
}
