/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The loop: waits for the terminal and for what is due, hands events out, draws when no more are
 * pending. */

#include "ui/loop.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app.h"

#define QUIET_POLL_AFTER_MS 60000
#define QUIET_POLL_FACTOR   5

static void fit_terminal(struct app *app)
{
    struct term *term = app->options.term;
    int rows = 0, cols = 0;

    term->type->size(term, &rows, &cols);
    surface_resize(&app->surface, rows, cols);
    app_redraw(app);
}

struct app *app_open(const struct app_options *options)
{
    struct app *app = mem_alloc(sizeof(*app));

    *app = (struct app){.options = *options, .running = true};
    surface_init(&app->surface, options->theme, 1, 1);
    fit_terminal(app);
    app->last_key_at = app_now(app);
    app->next_poll_at = app->last_key_at + options->poll_ms;
    app->scanner.is_code = options->scan_is;
    app->scanner.context = options->context;
    app->scanner.prefix =
        options->scan_prefix != NULL ? key_from_name(options->scan_prefix) : (uint32_t)K_NONE;
    return app;
}

void app_close(struct app *app)
{
    if (app == NULL)
        return;
    app->running = false;
    app_uncover(app);
    app_tasks_end(app);
    app_bury(app);
    mem_free(app->tasks);
    mem_free(app->cover.views);
    mem_free(app->doomed.views);
    surface_done(&app->surface);
    mem_free(app);
}

void *app_context(const struct app *app)
{
    return app->options.context;
}

struct app_options *app_settings(struct app *app)
{
    return &app->options;
}

int64_t app_quiet_ms(struct app *app)
{
    return app_now(app) - app->last_key_at;
}

PRINTF_LIKE(3, 0)
static void set_message(struct app *app, enum message_kind kind, const char *format, va_list args)
{
    vsnprintf(app->message, sizeof(app->message), format, args);
    app->message_kind = app->message[0] != '\0' ? kind : MESSAGE_NONE;
    app_redraw(app);
}

int app_columns(const struct app *app)
{
    return app->surface.cols;
}

void app_say(struct app *app, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    set_message(app, MESSAGE_NEWS, format, args);
    va_end(args);
}

void app_error(struct app *app, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    set_message(app, MESSAGE_ERROR, format, args);
    va_end(args);
}

void app_fault(struct app *app, const struct fault *fault)
{
    app_error(app, "%s", fault->text[0] != '\0' ? fault->text : "That did not work.");
}

const char *app_message(const struct app *app)
{
    return app->message_kind == MESSAGE_NONE ? "" : app->message;
}

void app_banner(struct app *app, const char *sentence)
{
    snprintf(app->banner, sizeof(app->banner), "%s", sentence != NULL ? sentence : "");
    app_redraw(app);
}

void app_redraw(struct app *app)
{
    if (!app->needs_frame)
        app->dirty_since = app_now(app);
    app->needs_frame = true;
}

void app_quit(struct app *app)
{
    app->running = false;
}

static int64_t this_minute(void)
{
    return (int64_t)time(NULL) / 60;
}

static void settle_views(struct app *app)
{
    const struct stack *stack = app_stack(app);

    for (size_t i = stack_first_shown(stack); i < stack->count; i++) {
        struct view *view = stack->views[i];
        if (view->type->settle != NULL)
            view->type->settle(view);
    }
}

/* While nobody asks for it, the terminal keeps the mouse for marking and pasting. */
static void follow_mouse(struct app *app)
{
    struct term *term = app->options.term;
    const struct view *top = app_top(app);
    const bool wants = top != NULL && top->type->mouse && !app_is_covered(app);

    if (wants == app->mouse)
        return;
    app->mouse = wants;
    term->type->mouse(term, wants);
}

static void draw_frame(struct app *app)
{
    struct term *term = app->options.term;

    settle_views(app);
    app_bury(app); /* a view may have closed itself while loading */
    app_draw(app);
    follow_mouse(app);
    term->type->show(term, &app->surface, app->repaint);
    app->needs_frame = app->repaint = false;
    app->minute = this_minute();
}

void app_repaint(struct app *app)
{
    app->repaint = true;
    app_redraw(app);
}

void app_frame(struct app *app)
{
    struct term *term = app->options.term;

    chrome_status(app);
    term->type->show(term, &app->surface, false);
    app_redraw(app);
}

static void stop_for_a_while(struct app *app)
{
    struct term *term = app->options.term;

    app_keep_everything(app);
    term->type->suspend(term);
    raise(SIGSTOP);
    app->mouse = false; /* the next frame asks for it again */
    term->type->restore(term);
    app->repaint = true;
    app_redraw(app);
}

static void hand_out(struct app *app, const struct event *event)
{
    app_handle(app, event);
    app_bury(app);
}

static void take_scanned(struct app *app)
{
    struct event event;

    while (app->running && scanner_next(&app->scanner, &event))
        hand_out(app, &event);
}

static void take_event(struct app *app, const struct event *event)
{
    const struct view *top = app_top(app);

    switch (event->kind) {
    case EVENT_NONE:
        break;
    case EVENT_RESIZE:
        fit_terminal(app);
        break;
    case EVENT_HANGUP:
        app_keep_everything(app);
        app->hung_up = true;
        app->running = false;
        break;
    case EVENT_SUSPEND:
        stop_for_a_while(app);
        break;
    case EVENT_KEY:
    case EVENT_PASTE:
    case EVENT_SCAN:
        scanner_feed(&app->scanner, event, top != NULL ? view_typing(top) : TYPING_NONE);
        take_scanned(app);
        break;
    case EVENT_MOUSE:
        if (top != NULL && top->type->mouse && top->type->key(app_top(app), event))
            app_redraw(app);
        break;
    }
}

static void sooner(int64_t *wait, int64_t at, int64_t now)
{
    const int64_t left = at > now ? at - now : 0;

    if (*wait < 0 || left < *wait)
        *wait = left;
}

static int64_t poll_interval(struct app *app, int64_t now)
{
    const bool is_quiet = now - app->last_key_at > QUIET_POLL_AFTER_MS;

    return app->options.poll_ms * (is_quiet ? QUIET_POLL_FACTOR : 1);
}

static void earliest_draft(struct app *app, int64_t *wait, int64_t now)
{
    const struct stack *stack = app_stack(app);

    for (size_t i = 0; i < stack->count; i++)
        if (stack->views[i]->keep_at != 0)
            sooner(wait, stack->views[i]->keep_at, now);
}

static int64_t ms_to_next_minute(void)
{
    struct timespec time;

    clock_gettime(CLOCK_REALTIME, &time);
    return (60 - time.tv_sec % 60) * 1000 - time.tv_nsec / 1000000 + 1;
}

/* How long nothing is due; -1: for ever. */
static int64_t time_to_wait(struct app *app)
{
    const struct app_options *options = &app->options;
    const int64_t now = app_now(app);
    int64_t wait = scanner_wait_ms(&app->scanner, now);

    earliest_draft(app, &wait, now);
    if (app->data_changed)
        sooner(&wait, app->last_key_at + FINGERS_MS, now);
    if (options->poll_ms > 0 && options->poll != NULL)
        sooner(&wait, app->next_poll_at, now);
    if (options->lock_after_ms > 0 && options->lock != NULL && app->cover.count == 0)
        sooner(&wait, app->last_key_at + options->lock_after_ms, now);
    if (options->idle_after_ms > 0 && options->idle != NULL && !app->idle_done)
        sooner(&wait, app->last_key_at + options->idle_after_ms, now);
    if (options->corner != NULL)
        sooner(&wait, now + ms_to_next_minute(), now);
    return wait;
}

static void keep_due_drafts(struct app *app, int64_t now)
{
    const struct stack *stack = app_stack(app);

    for (size_t i = 0; i < stack->count; i++)
        if (stack->views[i]->keep_at != 0 && stack->views[i]->keep_at <= now)
            view_keep(stack->views[i]);
}

static void do_poll(struct app *app, int64_t now)
{
    const struct app_options *options = &app->options;

    if (options->poll == NULL || options->poll_ms <= 0 || now < app->next_poll_at)
        return;
    app->next_poll_at = now + poll_interval(app, now);
    if (options->poll(options->context))
        app->data_changed = true;
}

static void do_due(struct app *app)
{
    const struct app_options *options = &app->options;
    const int64_t now = app_now(app);
    const int64_t quiet = now - app->last_key_at;

    scanner_settle(&app->scanner, now);
    take_scanned(app);
    keep_due_drafts(app, now);
    do_poll(app, now);
    if (app->data_changed && quiet >= FINGERS_MS) {
        app->data_changed = false;
        app_tell_changed(app);
    }
    if (options->idle != NULL && options->idle_after_ms > 0 && !app->idle_done &&
        quiet >= options->idle_after_ms) {
        app->idle_done = true;
        options->idle(options->context);
    }
    if (options->lock != NULL && options->lock_after_ms > 0 && app->cover.count == 0 &&
        quiet >= options->lock_after_ms)
        options->lock(app);
    if (options->corner != NULL && this_minute() != app->minute)
        app_redraw(app);
    app_bury(app);
}

/* Everything that was read is handled in order; a frame waits until nothing more is pending. */
static void step(struct app *app)
{
    struct term *term = app->options.term;
    const int64_t wait = app->needs_frame ? 0 : time_to_wait(app);
    struct event event;
    bool any = false;

    term->type->read(term, wait > 3600000 ? 3600000 : (int)wait);
    while (app->running && term_next(term, &event)) {
        take_event(app, &event);
        any = true;
    }
    if (app->running)
        do_due(app);
    if (app->running && app->needs_frame &&
        (!any || app_now(app) - app->dirty_since >= FRAME_LATEST_MS))
        draw_frame(app);
}

static void start(struct app *app)
{
    if (app->task_count == 0 && app->cover.count == 0 && app->options.home != NULL)
        app_push(app, app->options.home(app));
    if (app->minute == 0) /* nothing was ever drawn */
        app_redraw(app);
}

status app_run(struct app *app)
{
    start(app);
    while (app->running)
        step(app);
    app_keep_everything(app);
    return app->hung_up ? ERR_IO : OK;
}

void app_run_until_idle(struct app *app)
{
    start(app);
    while (app->running && (!term_memory_is_drained(app->options.term) ||
                            scanner_wait_ms(&app->scanner, app_now(app)) >= 0 || app->needs_frame))
        step(app);
}
