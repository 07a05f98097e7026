/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_VIEW_H
#define PITLANE_UI_VIEW_H

/* A screen is a record of functions and a table of actions. One action row is dispatch, footer
 * hint, help page and palette entry at once, so that they cannot drift apart.
 *
 * How to write a screen:
 *
 *     struct parts { struct rowlist list; };                    // the screen's own state
 *
 *     static void parts_draw(struct view *view, struct area body)
 *     {
 *         struct parts *parts = view->state;
 *         rowlist_draw(&parts->list, body);
 *     }
 *     static bool parts_key(struct view *view, const struct event *event)
 *     {
 *         struct parts *parts = view->state;
 *         return rowlist_key(&parts->list, event);
 *     }
 *     static unsigned parts_has(struct view *view)
 *     {
 *         struct parts *parts = view->state;
 *         return rowlist_row(&parts->list) != NULL ? NEEDS_ROW : 0;
 *     }
 *     static const struct action parts_actions[] = {
 *         {"Enter", "part.show", "open", NEEDS_ROW, parts_open_row, "Shows the part."},
 *         {"F6 n", "part.add", "new", NEEDS_NOTHING, NULL, "Adds a part to the catalog."},
 *     };
 *     static const struct view_type parts_type = {
 *         .name = "parts", .draw = parts_draw, .key = parts_key, .has = parts_has,
 *         .settle = parts_settle, .actions = parts_actions,
 *         .action_count = COUNT_OF(parts_actions)};
 *
 *     void parts_open_screen(struct app *app)
 *     {
 *         struct view *view = view_new(app, &parts_type, sizeof(struct parts));
 *         struct parts *parts = view->state;
 *         view->title = "Parts";
 *         rowlist_init(&parts->list, &parts_list, NULL, view);
 *         app_push(app, view);
 *     }
 *
 * Handlers never draw and drawing never queries: `settle` is the place to load rows. It is called
 * before a frame, once no more keys are pending, so ten keys typed ahead cost one query. */

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "ui/keys.h"
#include "ui/surface.h"

struct app;
struct view;

/* What an action needs to make sense now; view_type.has says what there is. */
enum need {
    NEEDS_NOTHING = 0,
    NEEDS_ROW = 1u << 0,     /* a row is selected */
    NEEDS_MARKS = 1u << 1,   /* rows are marked */
    NEEDS_CHANGES = 1u << 2, /* something was changed and not saved */
    NEEDS_RECORD = 1u << 3,  /* the screen shows a saved record */
    NEEDS_OWN = 1u << 8      /* this bit and up: the screen's own meaning */
};
enum action_flag {
    ACTION_QUIET = 1u << 0,        /* not in the footer; help and palette have it */
    ACTION_ANYWHERE = 1u << 1,     /* works also where the terminal is too small to draw */
    ACTION_WHILE_TYPING = 1u << 2, /* its control or function key wins over the text field */
    ACTION_HIDDEN = 1u << 3        /* nowhere listed: aliases */
};

struct action {
    const char *keys;  /* names parted by blanks, the first is shown: "F6 n" */
    const char *name;  /* operation or command, its address in palette and manual: "customer.add" */
    const char *label; /* footer, lower case: "new" */
    unsigned needs;
    void (*run)(struct view *view, const struct action *action); /* NULL: app_options.act */
    const char *help;                                            /* one sentence */
    unsigned flags;
    const char *refusal; /* said when `needs` are not met; NULL: a general sentence */
    const char *also; /* what else people call it when they look for it, parted by commas: who types
                         one of these finds it first; or NULL */
};

/* Does a character typed now go into a text? */
enum typing {
    TYPING_NONE,   /* characters are commands */
    TYPING_SEARCH, /* into a search box: "?" still is help */
    TYPING_TEXT,
    TYPING_SECRET /* the same, and nothing looks at it: no scanner, no echo */
};

struct view_type {
    const char *name; /* "parts": also the help page's heading when there is no title */
    const struct action *actions;
    size_t action_count;
    const char *help; /* a paragraph for the help page, or NULL */

    void (*draw)(struct view *view, struct area body);
    /* A key, paste or scan nobody took yet. True: used. While characters are text (`typing`), keys
     * come here before the action tables, otherwise after the screen's own table. */
    bool (*key)(struct view *view, const struct event *event);

    /* From here all may be NULL. */
    const char *(*title)(struct view *view, struct arena *arena); /* NULL: view->title */
    /* Right end of the status line: "21–40 of 142". */
    const char *(*status)(struct view *view, struct arena *arena);
    unsigned (*has)(struct view *view);
    enum typing (*typing)(const struct view *view);
    void (*settle)(struct view *view);  /* load what the next frame needs */
    void (*changed)(struct view *view); /* F5, or another terminal has committed: load again,
                                           keep selection and what is being typed */
    void (*resumed)(struct view *view); /* the view above it has closed */
    bool (*dirty)(struct view *view);   /* unsaved changes: shown in the title, asked at quit */
    /* Writes the draft. Called at most a second after view_touch, on view_keep, when the screen is
     * left or parked, and on hang-up. A failure stays on screen as a banner. */
    status (*keep)(struct view *view, struct fault *fault);
    /* Esc, F12, F3: may it close now? A form may open a dialog and say no. */
    bool (*leaves)(struct view *view);
    void (*close)(struct view *view); /* frees what is not in view->arena */

    bool modal;                 /* draws over the view below, in the whole area between bars */
    bool mouse;                 /* wants the mouse while it is on top: EVENT_MOUSE comes to `key` */
    int least_rows, least_cols; /* 0: 20 and 60; below, a polite line is shown instead */
};

struct view {
    const struct view_type *type;
    struct app *app;
    void *state;
    struct arena arena; /* dies with the view */
    const char *title;
    int64_t keep_at; /* when the draft is due; 0: nothing to keep */
    bool unkept;     /* it could not be kept: the banner that says so is this view's */
};

struct view *view_new(struct app *app, const struct view_type *type, size_t state_size);
/* Something was typed: the draft is kept within a second. */
void view_touch(struct view *view);
/* Now: on leaving a field. False when it failed (the banner is up). */
bool view_keep(struct view *view);

/* The stack of the present task. Pushing takes ownership; popping closes and frees, at the end of
 * the present event, so a view may pop itself. */
void app_push(struct app *app, struct view *view);
void app_pop(struct app *app, struct view *view); /* and everything above it */
struct view *app_top(const struct app *app);
/* The view under this one, NULL at the bottom. */
struct view *app_below(const struct app *app, const struct view *view);

/* What the person did last, a key or an answer, to be done once more after something had to be
 * settled first: a password asked again, then the action goes on where it was. */
struct deed {
    struct view *view; /* what it was done to */
    struct event event;
    void (*answered)(struct view *asker, char letter, void *context);
    void (*replied)(struct view *asker, const char *text, void *context);
    char letter;
    char text[200];
    void *context;
};
struct deed app_deed(const struct app *app);
/* Does it again if its view is on top; else the view on top loads again. Wipes its text. */
void app_redo(struct app *app, struct deed *deed);

/* Covers all tasks: sign-in, lock. Keys reach nothing else until app_uncover. */
void app_cover(struct app *app, struct view *view);
void app_uncover(struct app *app);
bool app_is_covered(const struct app *app);

/* Tasks: Ctrl-T parks what is on screen and starts at the home view; leaving that one's last view
 * brings the parked one back exactly as it was. */
void app_task_park(struct app *app);
void app_task_leave(struct app *app); /* F3: keeps drafts, closes the task's views */
int app_task_count(const struct app *app);
const char *app_task_title(struct app *app, int index, struct arena *arena);
void app_task_switch(struct app *app, int index);
/* Closes every view of every task (another user signs in); drafts are kept. */
void app_tasks_end(struct app *app);

/* How wide the terminal is, for texts that are laid out before they are shown. */
int app_columns(const struct app *app);

/* The status line. News fades with the next key; errors stay until something is said or done. */
void app_say(struct app *app, const char *format, ...) PRINTF_LIKE(2, 3);
void app_error(struct app *app, const char *format, ...) PRINTF_LIKE(2, 3);
void app_fault(struct app *app, const struct fault *fault);
const char *app_message(const struct app *app);
/* A banner that stays until replaced by NULL: "Drafts cannot be saved: the disk is full." */
void app_banner(struct app *app, const char *sentence);
void app_redraw(struct app *app);
/* Ends app_run after the present event; asks nothing. The Ctrl-Q action asks when work is dirty. */
void app_quit(struct app *app);

/* For palette and help: runs an action as if its key had been pressed, if its needs are met. */
void action_perform(struct view *view, const struct action *action);
bool action_is_ready(struct view *view, const struct action *action);
/* The action for a key in the view's table, then the program's; NULL for none. */
const struct action *action_for(struct view *view, uint32_t key);

#endif
