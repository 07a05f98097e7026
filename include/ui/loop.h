/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_LOOP_H
#define PITLANE_UI_LOOP_H

/* The running program: one loop that waits for the terminal and for the few timers that are due.
 * Nothing wakes up but keys, the minute's tick of the clock in the top line, the poll for other
 * terminals' commits, the draft and the idle lock. */

#include "ui/term.h"
#include "ui/view.h"

struct palette;

struct app_options {
    struct term *term;         /* borrowed */
    const struct theme *theme; /* borrowed */
    void *context;             /* handed to the callbacks */

    const char *banner; /* "DEMO", or NULL */
    /* Right end of the top line: "Ann W. · Tue 24 Nov 10:42". Asked on every frame; the loop draws
     * a frame at every full minute. `shorter` is 0 for all of it; where that has no room 1 is asked
     * for, then 2: what must not go, "Ann W.". */
    const char *(*corner)(void *context, int shorter, struct arena *arena);
    struct view *(*home)(struct app *app); /* first view of a task */
    /* Actions known everywhere, beside the built-in ones (help, back, palette, …). */
    const struct action *actions;
    size_t action_count;
    /* Runs an action whose row has no function of its own: opens the operation's form or list. */
    void (*act)(struct view *view, const struct action *action);
    /* Hides actions that would be refused anyway (rights). NULL: all are shown. */
    bool (*allows)(void *context, const struct action *action);
    /* Adds records to the palette for what was typed (palette_add): "RO 10412", a plate … */
    void (*find)(struct app *app, const char *text, struct palette *palette);

    /* Barcode scanner: is this text, typed in one burst, a code this shop knows (by its shape)? And
     * what to do with it when the view on top does not want it. NULL: no scanner. */
    bool (*scan_is)(void *context, const char *text);
    void (*scan)(struct app *app, const char *text);
    const char
        *scan_prefix; /* name of the key the scanner sends first ("Ctrl-]"); NULL: by speed */

    /* A terminal for little: the view's own keys, back, help and lock, and nothing beside them: no
     * palette, no tasks, no general actions. */
    bool plain;

    int64_t lock_after_ms;         /* without a key; 0: never */
    void (*lock)(struct app *app); /* covers the screen (app_cover); also Ctrl-X */
    int64_t
        poll_ms; /* how often to ask; 0: never. Five times as slow after a minute without keys */
    bool (*poll)(void *context); /* true: data changed, views are told (changed) */
    int64_t idle_after_ms;
    void (*idle)(void *context); /* once, when nobody has typed for so long: checkpoints */
};

struct app *app_open(const struct app_options *options);
/* Until app_quit or hang-up. OK, or ERR_IO when the terminal went away (drafts are kept). */
status app_run(struct app *app) MUST_USE;
/* For tests: handles what the terminal has, until it is drained, and draws. */
void app_run_until_idle(struct app *app);
void app_close(struct app *app);
void *app_context(const struct app *app);
/* Changes what the options said at the start: the user, the banner, the lock's delay. */
struct app_options *app_settings(struct app *app);
/* How long nobody has pressed a key. */
int64_t app_quiet_ms(struct app *app);
/* Every cell again with the next frame: the theme's looks have changed. */
void app_repaint(struct app *app);
/* Shows the status line anew at once, in the middle of work; the views are not drawn. */
void app_frame(struct app *app);

#endif
