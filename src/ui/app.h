/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_APP_H
#define PITLANE_UI_APP_H

/* The inside of the running program, shared by the files of this folder only. */

#include "base/buf.h"
#include "ui/loop.h"
#include "ui/scan.h"

/* How long a change may wait before its draft is written; well inside the promised second. */
#define KEEP_AFTER_MS 700
/* A draft that could not be written is tried again after this. */
#define KEEP_AGAIN_MS 5000
/* Lists are not reloaded under somebody's fingers. */
#define FINGERS_MS 300
/* Frames wait for keys that are pending, but never longer. */
#define FRAME_LATEST_MS 100

struct stack {
    struct view **views;
    size_t count, room;
};

enum message_kind { MESSAGE_NONE, MESSAGE_NEWS, MESSAGE_ERROR };

struct app {
    struct app_options options;
    struct surface surface;
    struct stack *tasks; /* the last one is present, before it the parked ones, latest last */
    size_t task_count, task_room;
    struct stack cover;
    struct stack doomed; /* closed during this event, freed after it */
    struct scanner scanner;

    char message[FAULT_TEXT_MAX];
    enum message_kind message_kind;
    char banner[FAULT_TEXT_MAX];
    const struct progress_bar *progress;
    struct deed deed;

    bool running, hung_up;
    bool needs_frame, repaint;
    bool mouse;        /* asked of the terminal */
    bool data_changed; /* views are to be told, once the fingers rest */
    bool idle_done;
    int64_t dirty_since; /* the oldest change not yet on screen */
    int64_t last_key_at, next_poll_at;
    int64_t minute; /* of the last frame */
};

static inline int64_t app_now(struct app *app)
{
    return app->options.term->type->now(app->options.term);
}

/* Also while a sign-in or lock covers everything. */
#define ACTION_COVERED (1u << 7)
/* Also on a terminal for little. */
#define ACTION_PLAIN (1u << 8)

/* stack.c */
struct stack *app_stack(struct app *app);
void app_keep_everything(struct app *app);
void app_tell_changed(struct app *app);
void app_bury(struct app *app); /* frees what was closed */
bool app_is_dirty(struct app *app);
size_t stack_first_shown(const struct stack *stack); /* the lowest one that shows */

/* action.c */
const struct action *builtin_actions(size_t *ret_count);
/* Rights, and what a cover lets through. */
bool action_is_allowed(struct app *app, const struct action *action);
void app_handle(struct app *app, const struct event *event);
enum typing view_typing(const struct view *view);
/* "F6": the key to show, one that works while typing; "" when there is none. */
const char *action_key(const struct action *action, enum typing typing,
                       char ret_label[KEY_LABEL_MAX]);

/* chrome.c */
void app_draw(struct app *app);
void chrome_status(struct app *app);
const char *view_title(struct view *view, struct arena *arena);
bool view_fits(const struct app *app, const struct view *view);

#endif
