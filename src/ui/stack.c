/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Views, the tasks they are stacked in, and their drafts. Which key does what is left to action.c.
 */

#include <stdio.h>
#include <string.h>

#include "app.h"

struct view *view_new(struct app *app, const struct view_type *type, size_t state_size)
{
    struct view *view = mem_alloc(sizeof(*view));

    *view = (struct view){.type = type, .app = app, .title = type->name};
    view->state = arena_alloc(&view->arena, state_size > 0 ? state_size : 1);
    return view;
}

/* Only its own banner is taken away with what it was about. */
static void tell_kept(struct view *view)
{
    if (view->unkept)
        app_banner(view->app, NULL);
    view->unkept = false;
}

static void view_free(struct view *view)
{
    tell_kept(view);
    if (view->type->close != NULL)
        view->type->close(view);
    arena_done(&view->arena);
    mem_free(view);
}

void view_touch(struct view *view)
{
    if (view->keep_at == 0)
        view->keep_at = app_now(view->app) + KEEP_AFTER_MS;
    app_redraw(view->app);
}

bool view_keep(struct view *view)
{
    struct fault fault = {0};

    if (view->keep_at == 0 || view->type->keep == NULL)
        return true;
    if (view->type->keep(view, &fault) == OK) {
        view->keep_at = 0;
        tell_kept(view);
        return true;
    }
    view->keep_at = app_now(view->app) + KEEP_AGAIN_MS;
    if (fault.code == ERR_SIGN_IN) /* it waits here for its person, and the cover says so */
        return false;
    char sentence[FAULT_TEXT_MAX];
    snprintf(sentence, sizeof(sentence), "What you type is not being kept: %.440s",
             fault.text[0] != '\0' ? fault.text : "the draft cannot be written.");
    app_banner(view->app, sentence);
    view->unkept = true;
    return false;
}

static void stack_push(struct stack *stack, struct view *view)
{
    if (stack->count == stack->room) {
        stack->room = stack->room == 0 ? 8 : stack->room * 2;
        stack->views = mem_resize(stack->views, stack->room * sizeof(struct view *));
    }
    stack->views[stack->count++] = view;
}

static struct view *stack_top(const struct stack *stack)
{
    return stack->count > 0 ? stack->views[stack->count - 1] : NULL;
}

static void stack_done(struct stack *stack)
{
    mem_free(stack->views);
    *stack = (struct stack){0};
}

/* The lowest view that can be seen: modal ones let the one below show. */
size_t stack_first_shown(const struct stack *stack)
{
    size_t first = stack->count > 0 ? stack->count - 1 : 0;

    while (first > 0 && stack->views[first]->type->modal)
        first--;
    return first;
}

static bool stack_keep_all(struct stack *stack)
{
    bool good = true;

    for (size_t i = 0; i < stack->count; i++)
        good = view_keep(stack->views[i]) && good;
    return good;
}

void app_keep_everything(struct app *app)
{
    for (size_t i = 0; i < app->task_count; i++)
        stack_keep_all(&app->tasks[i]);
    stack_keep_all(&app->cover);
}

static void tell_changed(struct stack *stack)
{
    for (size_t i = 0; i < stack->count; i++)
        if (stack->views[i]->type->changed != NULL)
            stack->views[i]->type->changed(stack->views[i]);
}

void app_tell_changed(struct app *app)
{
    for (size_t i = 0; i < app->task_count; i++)
        tell_changed(&app->tasks[i]);
    app_redraw(app);
}

bool app_is_dirty(struct app *app)
{
    for (size_t i = 0; i < app->task_count; i++)
        for (size_t j = 0; j < app->tasks[i].count; j++) {
            struct view *view = app->tasks[i].views[j];
            if (view->type->dirty != NULL && view->type->dirty(view))
                return true;
        }
    return false;
}

/* Takes the top view off; it is freed after the event, as it may be the one that is running. */
static void doom_top(struct app *app, struct stack *stack)
{
    struct view *view = stack_top(stack);

    view_keep(view);
    stack->count--;
    stack_push(&app->doomed, view);
    app_redraw(app);
}

void app_bury(struct app *app)
{
    while (app->doomed.count > 0)
        view_free(app->doomed.views[--app->doomed.count]);
}

struct stack *app_stack(struct app *app)
{
    if (app->cover.count > 0)
        return &app->cover;
    return app->task_count > 0 ? &app->tasks[app->task_count - 1] : &app->cover;
}

struct view *app_top(const struct app *app)
{
    if (app->cover.count > 0)
        return stack_top(&app->cover);
    return app->task_count > 0 ? stack_top(&app->tasks[app->task_count - 1]) : NULL;
}

static struct stack *stack_of(struct app *app, const struct view *view, size_t *ret_index)
{
    for (size_t t = 0; t <= app->task_count; t++) {
        struct stack *stack = t < app->task_count ? &app->tasks[t] : &app->cover;
        for (size_t i = 0; i < stack->count; i++)
            if (stack->views[i] == view) {
                *ret_index = i;
                return stack;
            }
    }
    return NULL;
}

struct view *app_below(const struct app *app, const struct view *view)
{
    size_t index = 0;
    struct stack *stack = stack_of((struct app *)(uintptr_t)app, view, &index);

    return stack != NULL && index > 0 ? stack->views[index - 1] : NULL;
}

static struct stack *add_task(struct app *app)
{
    if (app->task_count == app->task_room) {
        app->task_room = app->task_room == 0 ? 4 : app->task_room * 2;
        app->tasks = mem_resize(app->tasks, app->task_room * sizeof(struct stack));
    }
    app->tasks[app->task_count] = (struct stack){0};
    return &app->tasks[app->task_count++];
}

void app_push(struct app *app, struct view *view)
{
    if (app->cover.count == 0 && app->task_count == 0)
        add_task(app);
    stack_push(app_stack(app), view);
    if (app->message_kind == MESSAGE_ERROR)
        app->message_kind = MESSAGE_NONE;
    app_redraw(app);
}

/* A task without views ends; the parked one below comes back, or a new one starts at home. */
static void end_empty_task(struct app *app)
{
    if (app->task_count == 0 || app->tasks[app->task_count - 1].count > 0)
        return;
    stack_done(&app->tasks[--app->task_count]);
    if (app->task_count > 0)
        tell_changed(&app->tasks[app->task_count - 1]);
    else if (app->running && app->options.home != NULL)
        app_push(app, app->options.home(app));
}

void app_pop(struct app *app, struct view *view)
{
    size_t index = 0;
    struct stack *stack = stack_of(app, view, &index);

    if (stack == NULL)
        return;
    const bool is_cover = stack == &app->cover;
    while (stack->count > index)
        doom_top(app, stack);
    struct view *top = stack_top(stack);
    if (top != NULL && top->type->resumed != NULL)
        top->type->resumed(top);
    if (!is_cover)
        end_empty_task(app);
}

void app_cover(struct app *app, struct view *view)
{
    app_keep_everything(app);
    stack_push(&app->cover, view);
    app->message_kind = MESSAGE_NONE;
    app_redraw(app);
}

void app_uncover(struct app *app)
{
    while (app->cover.count > 0)
        doom_top(app, &app->cover);
    if (app->task_count == 0 && app->running && app->options.home != NULL)
        app_push(app, app->options.home(app));
    if (app->task_count > 0)
        tell_changed(&app->tasks[app->task_count - 1]);
    app->message_kind = MESSAGE_NONE;
    app->last_key_at = app_now(app); /* or the idle lock would close it again at once */
}

bool app_is_covered(const struct app *app)
{
    return app->cover.count > 0;
}

/* A task that stands untouched at its home view is not worth parking. */
static bool task_is_fresh(const struct stack *stack)
{
    return stack->count == 1;
}

void app_task_park(struct app *app)
{
    if (app->options.home == NULL || app->task_count == 0)
        return;
    struct stack *present = &app->tasks[app->task_count - 1];
    if (task_is_fresh(present) && app->task_count > 1) {
        app_task_leave(app);
        return;
    }
    stack_keep_all(present);
    add_task(app);
    app_push(app, app->options.home(app));
    app_say(app, "Parked. Ctrl-T or F3 brings it back.");
}

void app_task_leave(struct app *app)
{
    if (app->task_count == 0)
        return;
    struct stack *present = &app->tasks[app->task_count - 1];
    while (present->count > 0)
        doom_top(app, present);
    end_empty_task(app);
}

int app_task_count(const struct app *app)
{
    return (int)app->task_count;
}

const char *app_task_title(struct app *app, int index, struct arena *arena)
{
    if (index < 0 || (size_t)index >= app->task_count)
        return "";
    const struct stack *stack = &app->tasks[index];
    return stack->count > 0 ? view_title(stack->views[stack_first_shown(stack)], arena) : "";
}

void app_task_switch(struct app *app, int index)
{
    if (index < 0 || (size_t)index + 1 >= app->task_count)
        return;
    const size_t last = app->task_count - 1;
    const struct stack chosen = app->tasks[index];
    stack_keep_all(&app->tasks[last]);
    memmove(&app->tasks[index], &app->tasks[index + 1],
            (last - (size_t)index) * sizeof(struct stack));
    app->tasks[last] = chosen;
    tell_changed(&app->tasks[last]);
    app_redraw(app);
}

void app_tasks_end(struct app *app)
{
    while (app->task_count > 0) {
        struct stack *stack = &app->tasks[app->task_count - 1];
        while (stack->count > 0)
            doom_top(app, stack);
        stack_done(stack);
        app->task_count--;
    }
}
