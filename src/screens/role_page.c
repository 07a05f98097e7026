/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The rights of one role, to be read and changed: grouped by what they are about, found by typing,
 * each turned with Space. What is changed is kept apart from what the shop has, so that somebody
 * else's change goes under it, and is shown as a whole before it is saved (role_changes.c). */

#include "role_page.h"

#include <string.h>

#include "base/text.h"
#include "ui/dialog.h"

#define SIDE_COLS  36 /* of the panel beside the list */
#define WIDE_COLS  116
#define BELOW_ROWS 4

struct page_row {
    int64_t id; /* the right */
    const char *right, *says;
    enum scope scope;
    const char *was; /* "no", where it is changed */
};
static const struct field page_row_fields[] = {
    FIELD(struct page_row, id),
    FIELD(struct page_row, right, .label = "Right"),
    FIELD(struct page_row, says, .label = "Allows"),
    FIELD(struct page_row, scope, .label = "Records", .choices = &scope_choices),
    FIELD(struct page_row, was, .label = "Was"),
};
static const struct shape page_row_shape = SHAPE_OF(struct page_row, "page_row", page_row_fields);
static const struct column columns[] = {
    {.name = "right", .width = 20},
    {.name = "says", .width = 24, .grow = 1},
    {.name = "scope", .width = 7},
    {.name = "was", .width = 5},
};

/* How many rights are not as the shop has them. */
static size_t count_changes(const struct role_state *state)
{
    size_t count = 0;

    for (unsigned right = 1; role_of(state) != NULL && right < RIGHT_COUNT; right++)
        count += state->wanted[right] != rights_of(state)[right - 1].scope;
    return count;
}

/* ---------------------------------------------------------------------- rows -- */

static bool matches(const struct role_right *right, const char *key, struct arena *arena)
{
    const char *text = arena_printf(arena, "%s %s %s", right->right, right->says, right->group);

    return *key == '\0' || strstr(text_fold(arena, text), key) != NULL;
}

static status load_rows(void *context, const struct row_query *query, struct arena *arena,
                        struct row_page *ret_page, struct fault *fault)
{
    const struct role_state *state = context;
    struct page_row *rows = NEW_ARRAY(arena, struct page_row, RIGHT_COUNT);
    const char *key = text_fold(arena, query->search);
    size_t count = 0;

    (void)fault;
    for (unsigned i = 1; role_of(state) != NULL && i < RIGHT_COUNT; i++) {
        const struct role_right *right = &rights_of(state)[i - 1];
        const bool changed = state->wanted[i] != right->scope;
        if (!matches(right, key, arena))
            continue;
        rows[count++] = (struct page_row){
            .id = i,
            .right = right->right,
            .says = right->says,
            .scope = state->wanted[i],
            .was = changed ? choice_label(&scope_choices, right->scope) : "",
        };
    }
    *ret_page = (struct row_page){.rows = {rows, count}, .total = (int64_t)count};
    return OK;
}

static const char *cell(void *context, const void *row, const char *column, struct arena *scratch,
                        enum ink *ink)
{
    const struct page_row *at = row;

    (void)context;
    (void)scratch;
    if (*at->was != '\0')
        *ink = INK_WARN;
    else if (text_same(column, "says") || (text_same(column, "scope") && at->scope == SCOPE_NO))
        *ink = INK_MUTED;
    return NULL;
}

static const char *group(void *context, const void *row, struct arena *scratch)
{
    (void)context;
    return right_group((enum right)((const struct page_row *)row)->id, scratch);
}

static const struct rowlist_type rows_type = {
    .shape = &page_row_shape,
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .load = load_rows,
    .cell = cell,
    .group = group,
    .always_searches = true,
    .empty = "No right matches. Change what you typed.",
};

/* ------------------------------------------------------------------- loading -- */

/* What the shop has now lies under what was changed here. */
static void put_under(struct role_state *state, const enum scope *before)
{
    for (unsigned right = 1; right < RIGHT_COUNT; right++)
        if (before == NULL || state->wanted[right] == before[right])
            state->wanted[right] = rights_of(state)[right - 1].scope;
}

static void reload(struct view *view)
{
    struct role_state *state = view->state;
    enum scope before[RIGHT_COUNT] = {SCOPE_NO};
    const bool had = role_of(state) != NULL;
    const int64_t revision = had ? role_of(state)->revision : 0;

    for (unsigned right = 1; had && right < RIGHT_COUNT; right++)
        before[right] = rights_of(state)[right - 1].scope;
    if (desk_load(desk_of(view), &state->load, &role_show_op, &state->key) != OK)
        return;
    put_under(state, had ? before : NULL);
    if (had && role_of(state)->revision != revision && count_changes(state) > 0)
        app_error(view->app, "Somebody else changed this role just now. Your changes lie on top "
                             "of it: look at them before you save.");
    view->title = arena_printf(&view->arena, "Rights of “%s”", role_of(state)->name);
    rowlist_refresh(&state->list);
}

/* Who holds the right under the cursor, asked again when that is another one. */
static void load_holders(struct view *view)
{
    struct role_state *state = view->state;
    const struct page_row *row = rowlist_row(&state->list);

    if (row == NULL || row->id == state->held)
        return;
    state->held = row->id;
    desk_load(desk_of(view), &state->holders, &right_show_op, &(struct right_key){row->right});
}

static void page_settle(struct view *view)
{
    struct role_state *state = view->state;

    if (state->load.stale)
        reload(view);
    rowlist_settle(&state->list);
    load_holders(view);
}

static void page_changed(struct view *view)
{
    struct role_state *state = view->state;

    state->load.stale = true;
    state->held = 0;
    app_redraw(view->app);
}

void role_page_saved(struct role_state *state)
{
    /* What the shop has is what was wanted: nothing is left to lie on top. */
    struct role_right *rights = ((struct role_page *)state->load.out)->rights.at;

    for (unsigned right = 1; right < RIGHT_COUNT; right++)
        rights[right - 1].scope = state->wanted[right];
    state->load.stale = true;
    state->held = 0;
}

/* ---------------------------------------------------------------------- keys -- */

static void turn(struct view *view, int by)
{
    struct role_state *state = view->state;
    const struct page_row *row = rowlist_row(&state->list);

    if (row == NULL || role_of(state) == NULL)
        return;
    const struct role_right *right = &rights_of(state)[row->id - 1];
    if (!desk_allows(desk_of(view), &role_set_op)) {
        app_error(view->app, "Your role does not allow changing rights. Ask the administrator.");
        return;
    }
    if (row->id == RIGHT_SELF) {
        app_error(view->app, "Every role keeps this one: without it nobody can sign out.");
        return;
    }
    int to = (int)state->wanted[row->id];
    do
        to = (to + by + SCOPE_COUNT) % SCOPE_COUNT;
    while (to == SCOPE_OWN && !right->own_possible);
    state->wanted[row->id] = (enum scope)to;
    rowlist_refresh(&state->list);
}

static bool page_key(struct view *view, const struct event *event)
{
    struct role_state *state = view->state;
    const uint32_t key = event->kind == EVENT_KEY ? event->key : 0;

    if (key == ' ' || key == K_RIGHT || key == K_LEFT) {
        turn(view, key == K_LEFT ? -1 : 1);
        return true;
    }
    if (key == K_ESCAPE && !editor_is_empty(&state->list.search)) {
        rowlist_search(&state->list, "");
        return true;
    }
    return rowlist_key(&state->list, event);
}

static void review(struct view *view, const struct action *action)
{
    (void)action;
    role_changes_open(view);
}

static void copy_role(struct view *view, const struct action *action)
{
    const struct role_state *state = view->state;
    const struct role_add in = {.name = "", .says = "", .like = state->key.id};

    (void)action;
    op_form_open(desk_of(view), &(struct op_form){.op = &role_add_op, .in = &in, .focus = "name"});
}

static void put_back(struct view *view, const struct action *action)
{
    struct role_state *state = view->state;

    (void)action;
    put_under(state, NULL);
    rowlist_refresh(&state->list);
    app_say(view->app, "As the shop has it.");
}

static unsigned page_has(struct view *view)
{
    const struct role_state *state = view->state;

    return count_changes(state) > 0 ? NEEDS_CHANGES : 0;
}

static bool page_dirty(struct view *view)
{
    return count_changes(view->state) > 0;
}

static void leave_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    if (letter != 't')
        return;
    put_under(asker->state, NULL);
    app_pop(asker->app, asker);
}

static bool page_leaves(struct view *view)
{
    static const struct dialog_button buttons[] = {{'t', "t Throw away"}, {'g', "g Go on"}};
    const size_t changes = count_changes(view->state);
    AUTO_ARENA arena = ARENA_EMPTY;

    if (changes == 0)
        return true;
    dialog_open(view->app,
                &(struct dialog){
                    .title = "Leave the rights as they were",
                    .text = arena_printf(&arena, "%zu change%s here %s not saved. F2 shows %s.",
                                         changes, changes == 1 ? "" : "s",
                                         changes == 1 ? "is" : "are", changes == 1 ? "it" : "them"),
                    .buttons = buttons,
                    .button_count = COUNT_OF(buttons),
                    .safe = 'g',
                    .answered = leave_answered,
                });
    return false;
}

/* ---------------------------------------------------------------------- view -- */

static void page_draw(struct view *view, struct area body)
{
    struct role_state *state = view->state;

    if (role_of(state) == NULL)
        return;
    const struct page_row *row = rowlist_row(&state->list);
    const struct role_right *right = row != NULL ? &rights_of(state)[row->id - 1] : NULL;
    if (body.cols >= WIDE_COLS) {
        rowlist_draw(&state->list, area_part(body, 0, 0, body.rows, body.cols - SIDE_COLS));
        role_draw_beside(state, area_part(body, 0, body.cols - SIDE_COLS, body.rows, SIDE_COLS),
                         right);
        return;
    }
    rowlist_draw(&state->list, area_above(body, BELOW_ROWS));
    role_draw_below(state, area_below(body, body.rows - BELOW_ROWS), right);
}

static const char *page_status(struct view *view, struct arena *arena)
{
    const struct role_state *state = view->state;
    const size_t changes = count_changes(state);
    const char *rows = rowlist_status(&state->list, arena);

    if (changes == 0)
        return rows;
    return arena_printf(arena, "%zu changed   %s", changes, rows);
}

static enum typing page_typing(const struct view *view)
{
    const struct role_state *state = view->state;

    return rowlist_typing(&state->list);
}

static void page_close(struct view *view)
{
    struct role_state *state = view->state;

    rowlist_done(&state->list);
    loading_done(&state->load);
    loading_done(&state->holders);
}

/* Its keys are page_key's: here they are for the footer and the help. */
static void press_space(struct view *view, const struct action *action)
{
    (void)action;
    turn(view, 1);
}

/* clang-format off */
static const struct action page_actions[] = {
    {"Right Space", "role.turn", "no/own/all", NEEDS_NOTHING, press_space, "Turns the right under the cursor through no, one's own records, and all, as Space does; Left turns back."},
    {"F2", "role.set", "review and save", NEEDS_CHANGES, review, "Shows what would change, and for how many people, before it is saved.", 0, "Nothing is changed yet. Space changes the right under the cursor."},
    {"F6", "role.add", "copy", NEEDS_NOTHING, copy_role, "Adds a role that begins with the saved rights of this one."},
    {"Ctrl-U", "role.put-back", "as it was", NEEDS_CHANGES, put_back, "Takes every change back that is not saved.", ACTION_WHILE_TYPING | ACTION_QUIET},
};
/* clang-format on */

static const struct view_type page_type = {
    .name = "role",
    .draw = page_draw,
    .key = page_key,
    .settle = page_settle,
    .changed = page_changed,
    .resumed = page_changed,
    .has = page_has,
    .dirty = page_dirty,
    .leaves = page_leaves,
    .typing = page_typing,
    .status = page_status,
    .close = page_close,
    .actions = page_actions,
    .action_count = COUNT_OF(page_actions),
    .help = "Type to find rights by word, sentence or heading. A right counts for all records, for "
            "those that are the person's own (his jobs, his customers, his vehicles), or not at "
            "all. Nothing is saved before F2, twice.",
};

void role_screen_open(struct desk *desk, int64_t role)
{
    struct view *view = view_new(desk->app, &page_type, sizeof(struct role_state));
    struct role_state *state = view->state;

    state->key.id.v = role;
    state->load.stale = true;
    view->title = "Rights";
    rowlist_init(&state->list, &rows_type, NULL, state);
    app_push(desk->app, view);
}

bool role_screen_subject(struct view *view, struct subject *ret_subject)
{
    if (view->type != &page_type)
        return false;
    const struct role_state *state = view->state;
    *ret_subject = (struct subject){
        .noun = "role",
        .id = state->key.id.v,
        .shape = role_of(state) != NULL ? &role_page_shape : NULL,
        .row = role_of(state),
    };
    return true;
}
