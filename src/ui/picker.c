/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A list with its search box open, over the view that asks. */

#include "ui/picker.h"

#include <string.h>

#include "app.h"

struct picker_state {
    struct rowlist list; /* first: rowlist_view_… functions expect it there */
    struct rowlist_type type;
    struct picker picker;
    struct view *asker;
};

static void picker_draw(struct view *view, struct area body)
{
    struct picker_state *state = view->state;
    const int cols = body.cols < 100 ? body.cols - 2 : 98;
    const int rows = body.rows < 20 ? body.rows : 20;
    const struct area box =
        area_box(area_part(body, (body.rows - rows) / 3, (body.cols - cols) / 2, rows, cols),
                 INK_MUTED, view->title);

    rowlist_draw(&state->list, box);
}

static void pick(struct view *view)
{
    struct picker_state *state = view->state;
    const void *row = rowlist_row(&state->list);
    struct view *asker = state->asker;
    const struct picker picker = state->picker;

    if (row == NULL) {
        app_error(view->app, "Nothing matches. Change what you typed, or press Esc.");
        return;
    }
    app_pop(view->app, view); /* it lives until the end of the event, and its rows with it */
    picker.picked(asker, row, picker.context);
}

static void add_new(struct view *view)
{
    struct picker_state *state = view->state;
    struct view *asker = state->asker;
    const struct picker picker = state->picker;
    const char *typed = arena_text(&view->arena, editor_text(&state->list.search));

    app_pop(view->app, view);
    picker.adds(asker, typed, picker.context);
}

static bool picker_key(struct view *view, const struct event *event)
{
    struct picker_state *state = view->state;

    if (event->kind == EVENT_KEY && event->key == K_ENTER) {
        pick(view);
        return true;
    }
    if (event->kind == EVENT_KEY && event->key == K_F6 && state->picker.adds != NULL) {
        add_new(view);
        return true;
    }
    if (event->kind == EVENT_KEY && (event->key == K_ESCAPE || event->key == K_F12)) {
        app_pop(view->app, view);
        return true;
    }
    if (event->kind == EVENT_SCAN) { /* a code is what one looks for */
        editor_take_back(&state->list.search, event->text);
        rowlist_search(&state->list, event->text);
        return true;
    }
    return rowlist_key(&state->list, event);
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
    add_new(view);
}

static unsigned picker_has(struct view *view)
{
    const struct picker_state *state = view->state;

    return rowlist_view_has(view) | (state->picker.adds != NULL ? (unsigned)NEEDS_OWN : 0u);
}

static const struct action picker_actions[] = {
    {"Enter", "picker.pick", "choose", NEEDS_ROW, hint_pick, "Takes the selected row."},
    {"F6", "picker.add", "new", NEEDS_OWN, hint_add, "Adds a new one with what was typed."},
};

static const struct view_type picker_type = {
    .name = "choose",
    .draw = picker_draw,
    .key = picker_key,
    .settle = rowlist_view_settle,
    .changed = rowlist_view_changed,
    .has = picker_has,
    .typing = rowlist_view_typing,
    .status = rowlist_view_status,
    .close = picker_close,
    .actions = picker_actions,
    .action_count = COUNT_OF(picker_actions),
    .modal = true,
};

void picker_open(struct app *app, const struct picker *picker)
{
    struct view *view = view_new(app, &picker_type, sizeof(struct picker_state));
    struct picker_state *state = view->state;

    state->picker = *picker;
    state->type = *picker->list;
    state->type.always_searches = true;
    state->asker = app_top(app);
    rowlist_init(&state->list, &state->type, picker->list_context);
    if (picker->search != NULL && picker->search[0] != '\0')
        rowlist_search(&state->list, picker->search);
    view->title = arena_text(&view->arena, picker->title);
    app_push(app, view);
}
