/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Help and palette: one box, one list of things to run, found by typing. */

#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "base/text.h"
#include "finder.h"

static void add_found(struct palette *palette, struct found found)
{
    if (palette->count == palette->room) {
        palette->room = palette->room == 0 ? 32 : palette->room * 2;
        palette->found = mem_resize(palette->found, palette->room * sizeof(struct found));
    }
    found.order = palette->count;
    palette->found[palette->count++] = found;
}

void palette_add(struct palette *palette, const struct palette_item *item)
{
    struct arena *arena = &palette->arena;

    add_found(palette,
              (struct found){.keys = "",
                             .label = arena_text(arena, item->label),
                             .detail = arena_text(arena, item->detail != NULL ? item->detail : ""),
                             .rank = item->rank,
                             .run = item->run,
                             .id = item->id});
}

/* Letters of the query in order, anywhere: "nwc" finds "new customer". */
static bool is_scattered(const char *text, const char *query)
{
    for (; *query != '\0'; query++) {
        if (*query == ' ')
            continue;
        text = strchr(text, *query);
        if (text == NULL)
            return false;
        text++;
    }
    return true;
}

/* How well a folded text answers the query; false when it does not. */
static bool rank_text(const char *text, const char *query, enum palette_rank *ret_rank)
{
    const char *at = strstr(text, query);

    if (strcmp(text, query) == 0)
        *ret_rank = PALETTE_EXACT;
    else if (at == text || (at != NULL && at[-1] == ' '))
        *ret_rank = PALETTE_PREFIX;
    else if (at != NULL)
        *ret_rank = PALETTE_RECENT;
    else if (strlen(query) > 1 && is_scattered(text, query))
        *ret_rank = PALETTE_FUZZY;
    else
        return false;
    return true;
}

/* Every word of the query begins a word of the text. */
static bool has_words(const char *text, const char *query)
{
    for (const char *word = query; *word != '\0';) {
        const size_t length = strcspn(word, " ");
        const char *at = text;
        while (strncmp(at, word, length) != 0) {
            at += strcspn(at, " ");
            if (*at == '\0')
                return false;
            at++;
        }
        word += length;
        word += strspn(word, " ");
    }
    return true;
}

/* The best of what people call it: "till, cash register". */
static bool rank_names(struct arena *arena, const char *names, const char *query,
                       enum palette_rank *ret_rank)
{
    bool found = false;

    for (const char *name = names; name != NULL && *name != '\0';) {
        const size_t length = strcspn(name, ",");
        enum palette_rank rank = PALETTE_FUZZY;
        if (rank_text(text_fold(arena, arena_text_n(arena, name, length)), query, &rank) &&
            rank < PALETTE_FUZZY && (!found || rank < *ret_rank)) {
            *ret_rank = rank;
            found = true;
        }
        name += length;
        name += strspn(name, ", ");
    }
    return found;
}

/* How well an action answers what was typed; false when it does not. Sentences hold nearly every
 * scatter of letters, so there words are wanted. */
static bool rank_action(struct arena *arena, const struct action *action, const char *query,
                        enum palette_rank *ret_rank)
{
    enum { SENTENCES_FROM = 3 };
    const char *texts[] = {action->label, action->name, action->keys, action->help};
    const char *all = "";
    bool found = false;

    *ret_rank = PALETTE_FUZZY;
    if (query[0] == '\0')
        return true;
    found = rank_names(arena, action->also, query, ret_rank);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        enum palette_rank rank = PALETTE_FUZZY;
        const char *text = text_fold(arena, texts[i] != NULL ? texts[i] : "");
        all = arena_printf(arena, "%s %s", all, text);
        if (!rank_text(text, query, &rank) || (i >= SENTENCES_FROM && rank == PALETTE_FUZZY))
            continue;
        /* Where it belongs is less than what it is called. */
        if (i >= SENTENCES_FROM && rank == PALETTE_EXACT)
            rank = PALETTE_PREFIX;
        if (!found || rank < *ret_rank)
            *ret_rank = rank;
        found = true;
    }
    if (found && *ret_rank < PALETTE_FUZZY)
        return true;
    all = arena_printf(arena, "%s %s", all,
                       text_fold(arena, action->also != NULL ? action->also : ""));
    if (!has_words(all, query))
        return found;
    *ret_rank = PALETTE_RECENT;
    return true;
}

static void add_actions(struct finder *finder, const struct action *actions, size_t count,
                        const char *query)
{
    struct app *app = finder->asker->app;
    struct arena *arena = &finder->palette.arena;

    for (size_t i = 0; i < count; i++) {
        const struct action *action = &actions[i];
        char key[KEY_LABEL_MAX];
        enum palette_rank rank = PALETTE_FUZZY;

        if ((action->flags & ACTION_HIDDEN) != 0 || !action_is_allowed(app, action) ||
            !rank_action(arena, action, query, &rank))
            continue;
        add_found(&finder->palette,
                  (struct found){.keys = arena_text(arena, action_key(action, TYPING_NONE, key)),
                                 .label = action->label != NULL ? action->label : "",
                                 .detail = action->help != NULL ? action->help : "",
                                 .rank = rank,
                                 .action = action});
    }
}

static void switch_task(struct app *app, int64_t id)
{
    app_task_switch(app, (int)id);
}

static void add_tasks(struct finder *finder, const char *query)
{
    struct app *app = finder->asker->app;
    struct arena *arena = &finder->palette.arena;

    if (app_is_covered(app))
        return;
    for (int i = app_task_count(app) - 2; i >= 0; i--) {
        const char *label = arena_printf(arena, "back to %s", app_task_title(app, i, arena));
        enum palette_rank rank = PALETTE_RECENT;
        if (query[0] == '\0' || rank_text(text_fold(arena, label), query, &rank))
            add_found(&finder->palette, (struct found){.keys = "",
                                                       .label = label,
                                                       .detail = "parked task",
                                                       .rank = rank,
                                                       .run = switch_task,
                                                       .id = i});
    }
}

static int by_rank(const void *a, const void *b)
{
    const struct found *left = a, *right = b;

    if (left->rank != right->rank)
        return left->rank < right->rank ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

/* Scattered letters are a guess: beside a command that has the words they only drown it. */
static void drop_guesses(struct palette *palette)
{
    size_t kept = 0;
    bool has_words = false;

    for (size_t i = 0; i < palette->count; i++)
        has_words = has_words || palette->found[i].rank < PALETTE_FUZZY;
    for (size_t i = 0; has_words && i < palette->count; i++)
        if (palette->found[i].rank < PALETTE_FUZZY)
            palette->found[kept++] = palette->found[i];
    if (has_words)
        palette->count = kept;
}

static void search(struct finder *finder)
{
    struct app *app = finder->asker->app;
    const struct view_type *type = finder->asker->type;
    struct palette *palette = &finder->palette;
    size_t count = 0;

    arena_reset(&palette->arena);
    palette->count = 0;
    const char *typed = editor_text(&finder->editor);
    const char *query = text_fold(&palette->arena, typed);
    if (!finder->is_help)
        add_tasks(finder, query);
    add_actions(finder, type->actions, type->action_count, query);
    /* What works everywhere has keys; the program's commands may be a hundred without. */
    const struct action *builtin = builtin_actions(&count);
    add_actions(finder, builtin, count, query);
    if (!app_is_covered(app))
        add_actions(finder, app->options.actions, app->options.action_count, query);
    if (query[0] != '\0')
        drop_guesses(palette); /* before records are found: what they hold decides nothing here */
    if (!finder->is_help && typed[0] != '\0' && app->options.find != NULL && !app_is_covered(app))
        app->options.find(app, typed, palette);
    if (palette->count > 1 && query[0] != '\0')
        qsort(palette->found, palette->count, sizeof(struct found), by_rank);
    finder->selected = finder->top = 0;
}

static void finder_settle(struct view *view)
{
    struct finder *finder = view->state;

    if (finder->stale)
        search(finder);
    finder->stale = false;
}

static void run_selected(struct view *view)
{
    const struct finder *finder = view->state;
    struct view *asker = finder->asker;
    struct app *app = view->app;

    if (finder->selected >= finder->palette.count)
        return;
    const struct found found = finder->palette.found[finder->selected];
    app_pop(app, view);
    if (found.action != NULL)
        action_perform(asker, found.action);
    else
        found.run(app, found.id);
}

static void move_selected(struct finder *finder, int64_t by)
{
    const int64_t last = (int64_t)finder->palette.count - 1;
    int64_t to = (int64_t)finder->selected + by;

    if (to > last)
        to = last;
    finder->selected = to > 0 ? (size_t)to : 0;
}

static bool finder_move(struct finder *finder, uint32_t key)
{
    const int64_t page = finder->shown > 1 ? (int64_t)finder->shown - 1 : 1;

    switch (key) {
    case K_UP:
        move_selected(finder, -1);
        return true;
    case K_DOWN:
        move_selected(finder, 1);
        return true;
    case K_PAGE_UP:
        move_selected(finder, -page);
        return true;
    case K_PAGE_DOWN:
        move_selected(finder, page);
        return true;
    default:
        return false;
    }
}

static bool finder_key(struct view *view, const struct event *event)
{
    struct finder *finder = view->state;

    if (event->kind == EVENT_KEY && finder_move(finder, event->key))
        return true;
    if (event->kind == EVENT_KEY && event->key == K_ENTER) {
        finder_settle(view); /* typed ahead: what was typed counts, not what is shown */
        run_selected(view);
        return true;
    }
    if (event->kind == EVENT_KEY && (event->key == K_ESCAPE || event->key == K_F12)) {
        app_pop(view->app, view);
        return true;
    }
    const enum editor_result result = editor_key(&finder->editor, event);
    finder->stale = finder->stale || result == EDITOR_CHANGED;
    return result != EDITOR_IGNORED;
}

static enum typing finder_typing(const struct view *view)
{
    (void)view;
    return TYPING_SEARCH;
}

static void finder_close(struct view *view)
{
    struct finder *finder = view->state;

    editor_done(&finder->editor);
    arena_done(&finder->palette.arena);
    mem_free(finder->palette.found);
}

/* Where it belongs, unless what it does is said in its own row already; then the place in the list.
 */
static const char *finder_status(struct view *view, struct arena *arena)
{
    const struct finder *finder = view->state;
    const struct palette *palette = &finder->palette;

    if (finder->selected >= palette->count)
        return "";
    const struct found *found = &palette->found[finder->selected];
    const char *place = found->keys[0] == '\0' ? found->detail : "";
    return arena_printf(arena, "%s%s%zu of %zu", place, *place != '\0' ? " · " : "",
                        finder->selected + 1, palette->count);
}

static void finder_run(struct view *view, const struct action *action)
{
    (void)action;
    run_selected(view);
}

static void open_finder(struct app *app, struct view *asker, bool is_help);

/* From the palette to the keys of the screen below, and from them to the palette. */
static void finder_turn(struct view *view, const struct action *action)
{
    const struct finder *finder = view->state;
    struct view *asker = finder->asker;
    const bool is_help = finder->is_help;

    (void)action;
    app_pop(view->app, view);
    open_finder(asker->app, asker, !is_help);
}

static void finder_leave(struct view *view, const struct action *action)
{
    (void)action;
    app_pop(view->app, view);
}

enum { NEEDS_HELP = NEEDS_OWN, NEEDS_PALETTE = NEEDS_OWN << 1 };

static unsigned finder_has(struct view *view)
{
    const struct finder *finder = view->state;

    return (finder->palette.count > 0 ? (unsigned)NEEDS_ROW : 0) |
           (finder->is_help ? (unsigned)NEEDS_HELP : (unsigned)NEEDS_PALETTE);
}

/* clang-format off */
static const struct action finder_actions[] = {
    {"Enter", "find.run", "run", NEEDS_ROW, finder_run, "Runs or opens what is selected."},
    {"F9 Ctrl-P", "find.anything", "go to", NEEDS_HELP, finder_turn, "Finds any command or record by typing."},
    {"? F1", "find.close", "close", NEEDS_HELP, finder_leave, "Goes back to the screen.", ACTION_QUIET},
    {"? F1", "find.help", "help", NEEDS_PALETTE, finder_turn, "Lists the keys of the screen below.", ACTION_QUIET},
};
/* clang-format on */

static const struct view_type finder_type = {
    .name = "find",
    .draw = finder_draw,
    .key = finder_key,
    .settle = finder_settle,
    .typing = finder_typing,
    .status = finder_status,
    .has = finder_has,
    .actions = finder_actions,
    .action_count = COUNT_OF(finder_actions),
    .close = finder_close,
    .modal = true,
};

static void open_finder(struct app *app, struct view *asker, bool is_help)
{
    struct view *view = view_new(app, &finder_type, sizeof(struct finder));
    struct finder *finder = view->state;

    finder->asker = asker;
    finder->is_help = is_help;
    finder->stale = true;
    editor_init(&finder->editor, 200);
    if (is_help)
        view->title = arena_printf(&view->arena, "Keys: %s", view_title(asker, &view->arena));
    else
        view->title = "Go to";
    app_push(app, view);
}

static void open_over_top(struct app *app, bool is_help)
{
    struct view *asker = app_top(app);

    if (asker != NULL && asker->type != &finder_type)
        open_finder(app, asker, is_help);
}

void help_open(struct app *app)
{
    open_over_top(app, true);
}

void palette_open(struct app *app)
{
    open_over_top(app, false);
}
