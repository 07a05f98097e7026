/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a change of a role's rights would do, as a list to be read before it is saved. */

#include "base/text.h"
#include "role_page.h"

struct change_row {
    int64_t id;
    const char *right, *says;
    enum scope before, after;
};
static const struct field change_fields[] = {
    FIELD(struct change_row, id),
    FIELD(struct change_row, right, .label = "Right"),
    FIELD(struct change_row, says, .label = "Allows"),
    FIELD(struct change_row, before, .label = "Now", .choices = &scope_choices),
    FIELD(struct change_row, after, .label = "Then", .choices = &scope_choices),
};
static const struct shape change_shape = SHAPE_OF(struct change_row, "change", change_fields);
static const struct column change_columns[] = {
    {.name = "right", .width = 20},
    {.name = "says", .width = 24, .grow = 1},
    {.name = "before", .width = 6},
    {.name = "after", .width = 6},
};

struct changes_state {
    struct rowlist list; /* first: ROWLIST_VIEW */
    struct view *page;
    struct arena arena;
    struct role_set in;
    struct role_preview preview; /* in `arena`, like the input */
};

/* More first, then less. */
static status load_changes(void *context, const struct row_query *query, struct arena *arena,
                           struct row_page *ret_page, struct fault *fault)
{
    const struct changes_state *state = context;
    const struct role_change *changes = state->preview.changes.at;
    const size_t count = state->preview.changes.count;
    struct change_row *rows = NEW_ARRAY(arena, struct change_row, count);
    size_t at = 0;

    (void)query;
    (void)fault;
    for (int more = 1; more >= 0; more--)
        for (size_t i = 0; i < count; i++)
            if ((changes[i].after > changes[i].before) == (more == 1)) {
                rows[at] = (struct change_row){(int64_t)at + 1, changes[i].right, changes[i].says,
                                               changes[i].before, changes[i].after};
                at++;
            }
    *ret_page = (struct row_page){.rows = {rows, count}, .total = (int64_t)count};
    return OK;
}

static const char *change_cell(void *context, const void *row, const char *column,
                               struct arena *scratch, enum ink *ink)
{
    const struct change_row *at = row;

    (void)context;
    (void)scratch;
    if (text_same(column, "after"))
        *ink = at->after > at->before ? INK_OK : INK_BAD;
    else if (text_same(column, "before") || text_same(column, "says"))
        *ink = INK_MUTED;
    return NULL;
}

static const char *change_group(void *context, const void *row, struct arena *scratch)
{
    const struct change_row *at = row;

    (void)context;
    (void)scratch;
    return at->after > at->before ? "More than now" : "Less than now";
}

static const struct rowlist_type changes_type = {
    .shape = &change_shape,
    .columns = change_columns,
    .column_count = COUNT_OF(change_columns),
    .load = load_changes,
    .cell = change_cell,
    .group = change_group,
};

static const char *people_text(const struct changes_state *state, struct arena *arena)
{
    const int64_t people = state->preview.people;

    if (people == 0)
        return "Nobody has this role now.";
    return arena_printf(arena, "It counts for %lld %s from the next thing %s.", (long long)people,
                        people == 1 ? "person" : "people",
                        people == 1 ? "that person does" : "they do");
}

static void changes_draw(struct view *view, struct area body)
{
    struct changes_state *state = view->state;

    area_fit(body, 0, 1, body.cols - 2, INK_STRONG, people_text(state, &body.on->scratch));
    area_hline(body, 1, 0, body.cols, INK_MUTED);
    rowlist_draw(&state->list, area_below(body, 2));
}

/* The rights as the page has them, with the revision they were read at. */
static struct role_set wanted_set(const struct role_state *page, struct arena *arena)
{
    const struct role_page *role = page->load.out;
    struct role_right *rights = NEW_ARRAY(arena, struct role_right, RIGHT_COUNT);
    size_t count = 0;

    for (unsigned right = 1; right < RIGHT_COUNT; right++)
        if (page->wanted[right] != SCOPE_NO)
            rights[count++] = (struct role_right){
                .right = right_table[right].word,
                .group = "",
                .says = "",
                .scope = page->wanted[right],
            };
    return (struct role_set){role->id, role->revision, {rights, count}};
}

/* Somebody else was faster: back to the page, which puts his change under these. */
static void go_back_stale(struct view *view)
{
    struct changes_state *state = view->state;
    struct role_state *page = state->page->state;

    page->load.stale = true;
    app_pop(view->app, view);
}

static void save(struct view *view, const struct action *action)
{
    struct changes_state *state = view->state;
    struct desk *desk = desk_of(view);
    const status result = desk_call(desk, NULL, &role_set_op, &state->in, NULL);

    (void)action;
    if (result == ERR_STALE)
        go_back_stale(view);
    if (result != OK)
        return;
    role_page_saved(state->page->state);
    app_say(view->app, "Saved. %s", people_text(state, &view->arena));
    app_pop(view->app, view);
}

static const char *changes_status(struct view *view, struct arena *arena)
{
    const struct changes_state *state = view->state;
    const size_t count = state->preview.changes.count;

    return arena_printf(arena, "%zu change%s", count, count == 1 ? "" : "s");
}

static void changes_close(struct view *view)
{
    struct changes_state *state = view->state;

    rowlist_done(&state->list);
    arena_done(&state->arena);
}

static const struct action changes_actions[] = {
    {"F2", "role.set", "save", NEEDS_NOTHING, save, "Saves these changes, all at once."},
};

static const struct view_type changes_view = {
    .name = "role-changes",
    .draw = changes_draw,
    .key = rowlist_view_key,
    .settle = rowlist_view_settle,
    .has = rowlist_view_has,
    .typing = rowlist_view_typing,
    .status = changes_status,
    .close = changes_close,
    .actions = changes_actions,
    .action_count = COUNT_OF(changes_actions),
    .help = "F2 saves, Esc goes back to the rights with everything as it stands there.",
};

void role_changes_open(struct view *page)
{
    struct desk *desk = desk_of(page);
    struct arena arena = ARENA_EMPTY;
    struct role_preview preview;
    const struct role_set in = wanted_set(page->state, &arena);

    if (desk_call(desk, &arena, &role_preview_op, &in, &preview) != OK) {
        struct role_state *state = page->state;
        state->load.stale = true;
        arena_done(&arena);
        return;
    }
    struct view *view = view_new(desk->app, &changes_view, sizeof(struct changes_state));
    struct changes_state *state = view->state;
    state->page = page;
    state->in = in;
    state->preview = preview;
    state->arena = arena;
    view->title = arena_printf(&view->arena, "What changes for “%s”", preview.name);
    rowlist_init(&state->list, &changes_type, NULL, state);
    app_push(desk->app, view);
}
