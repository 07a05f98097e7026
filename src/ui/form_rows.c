/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Nested rows of a form: a list of them, each edited in a form of its own. Changes go into the
 * owner's form at once, so that its draft holds them. */

#include <string.h>

#include "app.h"
#include "form_inner.h"
#include "ui/rowlist.h"

#define COLUMNS_MAX 8

struct rows_state {
    struct rowlist list; /* first: rowlist_view_… functions expect it there */
    struct rowlist_type type;
    struct column columns[COLUMNS_MAX];
    struct form *form;
    const struct field *field;
    struct view *owner;
    void (*changed)(struct view *owner);
};

struct row_state {
    struct form form;
    struct rows_state *rows;
    struct view *rows_view;
    size_t index; /* of the row; the count for a new one */
};

static struct form_field *target_of(const struct rows_state *state)
{
    return form_find(state->form, state->field->name);
}

static status load_rows(void *context, const struct row_query *query, struct arena *arena,
                        struct row_page *ret_page, struct fault *fault)
{
    const struct rows_state *state = context;

    (void)query;
    (void)arena;
    (void)fault;
    *ret_page =
        (struct row_page){.rows = target_of(state)->rows, .next = "", .previous = "", .total = -1};
    ret_page->total = (int64_t)ret_page->rows.count;
    return OK;
}

static void rows_changed(struct rows_state *state)
{
    target_of(state)->rows_changed = true;
    target_of(state)->message = NULL;
    state->form->revision++;
    rowlist_refresh(&state->list);
    if (state->changed != NULL)
        state->changed(state->owner);
}

/* Puts a row at an index, or behind the last one. The array is a new one: the old may be the
 * record's own. */
static void put_row(struct rows_state *state, size_t index, const void *row)
{
    const struct shape *shape = state->field->rows;
    struct rows *rows = &target_of(state)->rows;
    const size_t count = index < rows->count ? rows->count : rows->count + 1;
    char *all = arena_array(&state->form->arena, count, shape->size);

    if (rows->count > 0)
        memcpy(all, rows->at, rows->count * shape->size);
    memcpy(all + index * shape->size, shape_clone(shape, row, &state->form->arena), shape->size);
    *rows = (struct rows){all, count};
    rows_changed(state);
}

static void remove_row(struct rows_state *state, size_t index)
{
    const size_t size = state->field->rows->size;
    struct rows *rows = &target_of(state)->rows;
    char *all = arena_array(&state->form->arena, rows->count, size);

    memcpy(all, rows->at, index * size);
    memcpy(all + index * size, (const char *)rows->at + (index + 1) * size,
           (rows->count - index - 1) * size);
    *rows = (struct rows){all, rows->count - 1};
    rows_changed(state);
}

static void row_draw(struct view *view, struct area body)
{
    struct row_state *state = view->state;

    form_draw(&state->form, area_below(body, 1));
}

static bool row_key(struct view *view, const struct event *event)
{
    struct row_state *state = view->state;

    switch (form_key(&state->form, event)) {
    case FORM_SUBMIT:
        put_row(state->rows, state->index, form_row(&state->form));
        app_pop(view->app, view);
        return true;
    case FORM_REFUSED:
        app_error(view->app, "%s", form_status(&state->form, &view->arena));
        return true;
    case FORM_ROWS:
        form_rows_open(view->app, &state->form, NULL);
        return true;
    case FORM_PICK:
        if (state->form.options.pick != NULL)
            state->form.options.pick(view, &state->form);
        return true;
    case FORM_IGNORED:
        return false;
    case FORM_USED:
    case FORM_CHANGED:
    case FORM_LEFT:
        break;
    }
    return true;
}

static enum typing row_typing(const struct view *view)
{
    const struct row_state *state = view->state;

    return form_typing(&state->form);
}

static const char *row_status(struct view *view, struct arena *arena)
{
    const struct row_state *state = view->state;

    return form_status(&state->form, arena);
}

static bool row_dirty(struct view *view)
{
    const struct row_state *state = view->state;

    return form_is_dirty(&state->form);
}

/* Leaving with Esc keeps a row that is right; one that is not stays open until it is, or Ctrl-U has
 * emptied it again. */
static bool row_leaves(struct view *view)
{
    struct row_state *state = view->state;
    struct fault fault = {0};

    if (!form_is_dirty(&state->form))
        return true;
    if (form_check(&state->form, &fault) != OK) {
        app_error(view->app, "%s Then F2 keeps the row.", fault.text);
        return false;
    }
    put_row(state->rows, state->index, form_row(&state->form));
    return true;
}

static void row_close(struct view *view)
{
    struct row_state *state = view->state;

    form_done(&state->form);
}

static void row_discard(struct view *view, const struct action *action)
{
    (void)action;
    app_pop(view->app, view);
    app_say(view->app, "The row is as it was before.");
}

static void row_save(struct view *view, const struct action *action)
{
    (void)action;
    row_key(view, &KEY_EVENT(K_F2));
}

static const struct action row_actions[] = {
    {"F2", "row.keep", "keep", NEEDS_NOTHING, row_save, "Checks the row and keeps it."},
    {"Ctrl-D", "row.discard", "discard changes", NEEDS_NOTHING, row_discard,
     "Leaves the row as it was before.", ACTION_QUIET},
};

static const struct view_type row_type = {
    .name = "row",
    .draw = row_draw,
    .key = row_key,
    .typing = row_typing,
    .status = row_status,
    .dirty = row_dirty,
    .leaves = row_leaves,
    .close = row_close,
    .actions = row_actions,
    .action_count = COUNT_OF(row_actions),
};

static void open_row(struct view *view, size_t index)
{
    struct rows_state *rows = view->state;
    const struct rows *all = &target_of(rows)->rows;
    struct view *editor = view_new(view->app, &row_type, sizeof(struct row_state));
    struct row_state *state = editor->state;

    state->rows = rows;
    state->rows_view = view;
    state->index = index;
    form_init(&state->form, &(struct form_options){.shape = rows->field->rows,
                                                   .rights = rows->form->options.rights,
                                                   .now = rows->form->options.now,
                                                   .pick = rows->form->options.pick});
    if (index < all->count)
        form_load(&state->form, (const char *)all->at + index * rows->field->rows->size);
    editor->title = view->title;
    app_push(view->app, editor);
}

static void rows_add(struct view *view, const struct action *action)
{
    const struct rows_state *state = view->state;

    (void)action;
    open_row(view, target_of(state)->rows.count);
}

static void rows_edit(struct view *view, const struct action *action)
{
    const struct rows_state *state = view->state;

    (void)action;
    open_row(view, state->list.selected);
}

static void rows_remove(struct view *view, const struct action *action)
{
    struct rows_state *state = view->state;

    (void)action;
    remove_row(state, state->list.selected);
    app_say(view->app, "The row is taken out. Leaving the form without saving brings it back.");
}

static void rows_done(struct view *view, const struct action *action)
{
    (void)action;
    app_pop(view->app, view);
}

static const struct action rows_actions[] = {
    {"Enter", "rows.edit", "change", NEEDS_ROW, rows_edit, "Changes the selected row."},
    {"F6 n", "rows.add", "add", NEEDS_NOTHING, rows_add, "Adds a row."},
    {"Ctrl-D", "rows.remove", "take out", NEEDS_ROW, rows_remove, "Takes the selected row out."},
    {"F2", "rows.done", "done", NEEDS_NOTHING, rows_done, "Goes back to the form."},
};

static const struct view_type rows_type = {
    .name = "rows",
    ROWLIST_VIEW,
    .actions = rows_actions,
    .action_count = COUNT_OF(rows_actions),
};

static void make_columns(struct rows_state *state)
{
    const struct shape *shape = state->field->rows;
    size_t count = 0;

    for (size_t i = 0; i < shape->count && count < COLUMNS_MAX; i++) {
        const struct field *field = &shape->fields[i];
        if ((field->flags & (FIELD_HIDDEN | FIELD_SECRET)) != 0)
            continue;
        state->columns[count++] =
            (struct column){.name = field->name, .grow = field->type == FIELD_TEXT ? 1 : 0};
    }
    state->type = (struct rowlist_type){.shape = shape,
                                        .columns = state->columns,
                                        .column_count = count,
                                        .load = load_rows,
                                        .empty = "None yet. F6 adds one."};
}

void form_rows_open(struct app *app, struct form *form, void (*changed)(struct view *owner))
{
    const struct field *field = form_field(form);

    if (field == NULL || field->type != FIELD_ROWS)
        return;
    struct view *view = view_new(app, &rows_type, sizeof(struct rows_state));
    struct rows_state *state = view->state;
    state->form = form;
    state->field = field;
    state->owner = app_top(app);
    state->changed = changed;
    make_columns(state);
    rowlist_init(&state->list, &state->type, form->options.rights, state);
    view->title = arena_text(&view->arena, field_label(field, &view->arena));
    app_push(app, view);
}
