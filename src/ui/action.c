/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From a key to the function that does it: the action tables, in order of precedence, and what is
 * said when an action makes no sense just now. */

#include <string.h>

#include "app.h"
#include "ui/dialog.h"
#include "ui/pages.h"

enum typing view_typing(const struct view *view)
{
    return view->type->typing != NULL ? view->type->typing(view) : TYPING_NONE;
}

static void do_help(struct view *view, const struct action *action)
{
    (void)action;
    help_open(view->app);
}

static void do_palette(struct view *view, const struct action *action)
{
    (void)action;
    palette_open(view->app);
}

static void do_back(struct view *view, const struct action *action)
{
    struct app *app = view->app;
    const struct stack *stack = app_stack(app);

    (void)action;
    if (stack->count == 1 && app->task_count == 1) {
        app_say(app, "This is the first screen. Ctrl-Q leaves the program.");
        return;
    }
    if (view->type->leaves == NULL || view->type->leaves(view))
        app_pop(app, view);
}

static void do_leave(struct view *view, const struct action *action)
{
    (void)action;
    if (view->type->leaves == NULL || view->type->leaves(view))
        app_task_leave(view->app);
}

static void do_refresh(struct view *view, const struct action *action)
{
    (void)action;
    if (view->type->changed != NULL)
        view->type->changed(view);
}

static void do_repaint(struct view *view, const struct action *action)
{
    (void)action;
    view->app->repaint = true;
    app_redraw(view->app);
}

static void do_park(struct view *view, const struct action *action)
{
    (void)action;
    app_task_park(view->app);
}

static void do_lock(struct view *view, const struct action *action)
{
    (void)action;
    if (view->app->options.lock != NULL && view->app->cover.count == 0)
        view->app->options.lock(view->app);
}

static void quit_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    if (letter == 'q')
        app_quit(asker->app);
}

static void do_quit(struct view *view, const struct action *action)
{
    static const struct dialog_button buttons[] = {{'q', "q Leave"}, {'s', "s Stay"}};

    (void)action;
    app_keep_everything(view->app);
    if (!app_is_dirty(view->app)) {
        app_quit(view->app);
        return;
    }
    dialog_open(view->app,
                &(struct dialog){.title = "Leave Pitlane",
                                 .text = "Some work is not saved yet. It is kept as a draft and "
                                         "offered again when you sign in.",
                                 .buttons = buttons,
                                 .button_count = COUNT_OF(buttons),
                                 .safe = 's',
                                 .answered = quit_answered});
}

/* clang-format off */
static const struct action builtin[] = {
    {"? F1", "help.show", "help", NEEDS_NOTHING, do_help, "Lists the keys that work here; Enter runs one.", ACTION_QUIET | ACTION_COVERED},
    {"F9 Ctrl-P", "go.to", "go to", NEEDS_NOTHING, do_palette, "Finds any command or record by typing.", ACTION_QUIET},
    {"Esc F12", "go.back", "back", NEEDS_NOTHING, do_back, "Goes back one step. What was typed is kept as a draft.", ACTION_QUIET | ACTION_PLAIN},
    {"F3", "task.leave", "leave task", NEEDS_NOTHING, do_leave, "Closes this task and returns to the one parked before.", ACTION_QUIET},
    {"Ctrl-T", "task.park", "park", NEEDS_NOTHING, do_park, "Parks this task as it is and starts another one.", ACTION_QUIET | ACTION_ANYWHERE},
    {"F5", "screen.refresh", "refresh", NEEDS_NOTHING, do_refresh, "Reads the data again.", ACTION_QUIET},
    {"Ctrl-L", "screen.repaint", "repaint", NEEDS_NOTHING, do_repaint, "Draws the whole screen again.", ACTION_QUIET | ACTION_COVERED | ACTION_ANYWHERE},
    {"Ctrl-X", "session.lock", "lock", NEEDS_NOTHING, do_lock, "Locks the terminal; drafts are kept.", ACTION_QUIET | ACTION_ANYWHERE | ACTION_PLAIN},
    {"Ctrl-Q", "program.quit", "quit", NEEDS_NOTHING, do_quit, "Leaves the program.", ACTION_QUIET | ACTION_COVERED | ACTION_ANYWHERE},
};
/* clang-format on */

const struct action *builtin_actions(size_t *ret_count)
{
    *ret_count = COUNT_OF(builtin);
    return builtin;
}

static bool is_builtin(const struct action *action)
{
    return action >= builtin && action < builtin + COUNT_OF(builtin);
}

static bool is_general(const struct app *app, const struct action *action)
{
    const struct app_options *options = &app->options;

    return action >= options->actions && action < options->actions + options->action_count;
}

bool action_is_allowed(struct app *app, const struct action *action)
{
    if (is_builtin(action) && app->cover.count > 0)
        return (action->flags & ACTION_COVERED) != 0;
    if (is_builtin(action))
        return !app->options.plain || (action->flags & (ACTION_COVERED | ACTION_PLAIN)) != 0;
    if (app->options.plain && is_general(app, action))
        return false;
    return app->options.allows == NULL || app->options.allows(app->options.context, action);
}

bool action_is_ready(struct view *view, const struct action *action)
{
    const unsigned has = view->type->has != NULL ? view->type->has(view) : 0;

    return (action->needs & ~has) == 0;
}

/* Typed ahead of the screen, a key counts for what it was meant for: what the next frame would load
 * is loaded first. */
static bool is_ready_when_settled(struct view *view, const struct action *action)
{
    if (action_is_ready(view, action))
        return true;
    if (view->type->settle == NULL)
        return false;
    view->type->settle(view);
    return action_is_ready(view, action);
}

/* Of several rows with one key the first that makes sense now. */
static const struct action *find_action(struct view *view, const struct action *actions,
                                        size_t count, uint32_t key)
{
    const struct action *found = NULL;

    for (size_t i = 0; i < count; i++) {
        if (!keys_have(actions[i].keys, key))
            continue;
        if (is_ready_when_settled(view, &actions[i]))
            return &actions[i];
        if (found == NULL)
            found = &actions[i];
    }
    return found;
}

static const struct action *find_general(struct view *view, uint32_t key)
{
    const struct app_options *options = &view->app->options;
    const struct action *action = NULL;

    if (view->app->cover.count == 0)
        action = find_action(view, options->actions, options->action_count, key);
    if (action == NULL)
        action = find_action(view, builtin, COUNT_OF(builtin), key);
    /* Under a cover nothing of what it hides may answer, and where there is little, nothing else.
     */
    if (action != NULL && (view->app->cover.count > 0 || options->plain) &&
        !action_is_allowed(view->app, action))
        return NULL;
    return action;
}

const struct action *action_for(struct view *view, uint32_t key)
{
    const struct action *action =
        find_action(view, view->type->actions, view->type->action_count, key);

    return action != NULL ? action : find_general(view, key);
}

static const char *refusal_of(const struct action *action)
{
    if (action->refusal != NULL)
        return action->refusal;
    if (action->needs & NEEDS_ROW)
        return "Choose a row first.";
    if (action->needs & NEEDS_MARKS)
        return "Mark one or more rows with Space first.";
    if (action->needs & NEEDS_CHANGES)
        return "Nothing has been changed.";
    if (action->needs & NEEDS_RECORD)
        return "Save this first with F2.";
    return "That is not possible here just now.";
}

void action_perform(struct view *view, const struct action *action)
{
    struct app *app = view->app;

    app->message_kind = MESSAGE_NONE;
    if (!action_is_allowed(app, action))
        app_error(app, "Your role does not allow this. Somebody with the right can do it for you.");
    else if (!action_is_ready(view, action))
        app_error(app, "%s", refusal_of(action));
    else if (action->run != NULL)
        action->run(view, action);
    else if (app->options.act != NULL)
        app->options.act(view, action);
    app_redraw(app);
}

const char *action_key(const struct action *action, enum typing typing,
                       char ret_label[KEY_LABEL_MAX])
{
    const char *keys = action->keys != NULL ? action->keys : "";

    ret_label[0] = '\0';
    while (*keys != '\0') {
        const size_t length = strcspn(keys, " ");
        if (length > 0 && length < KEY_LABEL_MAX) {
            memcpy(ret_label, keys, length);
            ret_label[length] = '\0';
            const uint32_t key = key_from_name(ret_label);
            if (typing == TYPING_NONE || !key_is_text(key) ||
                (typing == TYPING_SEARCH && key == '?'))
                return ret_label;
        }
        keys += length + (keys[length] != '\0');
    }
    ret_label[0] = '\0';
    return ret_label;
}

static bool perform_if(struct view *view, const struct action *action, unsigned flags)
{
    if (action == NULL || (flags != 0 && (action->flags & flags) == 0))
        return false;
    action_perform(view, action);
    return true;
}

static bool view_takes(struct view *view, const struct event *event)
{
    return view->type->key != NULL && view->type->key(view, event);
}

/* Characters go into a text: the view first, then keys that are no characters. */
static void handle_typing(struct view *view, const struct event *event, enum typing typing)
{
    const struct action *own =
        find_action(view, view->type->actions, view->type->action_count, event->key);
    const bool is_help = typing == TYPING_SEARCH && event->key == '?';

    if (!key_is_text(event->key) && perform_if(view, own, ACTION_WHILE_TYPING))
        return;
    if (!is_help && view_takes(view, event))
        return;
    if (!key_is_text(event->key) || is_help)
        perform_if(view, own != NULL ? own : find_general(view, event->key), 0);
}

static void handle_key(struct view *view, const struct event *event)
{
    const enum typing typing = view_typing(view);

    if (typing != TYPING_NONE) {
        handle_typing(view, event, typing);
        return;
    }
    if (perform_if(view,
                   find_action(view, view->type->actions, view->type->action_count, event->key), 0))
        return;
    if (!view_takes(view, event))
        perform_if(view, find_general(view, event->key), 0);
}

/* Where the terminal is too small to draw, only what needs no picture works. */
static void handle_blind(struct view *view, const struct event *event)
{
    if (event->kind == EVENT_KEY)
        perform_if(view, action_for(view, event->key), ACTION_ANYWHERE);
}

struct deed app_deed(const struct app *app)
{
    return app->deed;
}

void app_redo(struct app *app, struct deed *deed)
{
    struct view *top = app_top(app);

    if (top == NULL)
        return;
    app->deed = *deed;
    if (top != deed->view && top->type->changed != NULL)
        top->type->changed(top);
    else if (top == deed->view && deed->answered != NULL)
        deed->answered(top, deed->letter, deed->context);
    else if (top == deed->view && deed->replied != NULL)
        deed->replied(top, deed->text, deed->context);
    else if (top == deed->view && deed->event.kind == EVENT_KEY)
        app_handle(app, &deed->event);
    memset(deed, 0, sizeof *deed);
    app_redraw(app);
}

void app_handle(struct app *app, const struct event *event)
{
    struct view *view = app_top(app);

    app->last_key_at = event->at_ms > app->last_key_at ? event->at_ms : app->last_key_at;
    app->idle_done = false;
    app->deed = (struct deed){.view = view, .event = *event};
    if (app->message_kind == MESSAGE_NEWS)
        app->message_kind = MESSAGE_NONE;
    app_redraw(app);
    if (view == NULL)
        return;
    if (!view_fits(app, view))
        handle_blind(view, event);
    else if (event->kind == EVENT_KEY)
        handle_key(view, event);
    else if (!view_takes(view, event) && event->kind == EVENT_SCAN && app->cover.count == 0 &&
             app->options.scan != NULL)
        app->options.scan(app, event->text);
}
