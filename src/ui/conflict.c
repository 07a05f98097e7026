/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Two people changed one record: both values of every field that differs, side by side. */

#include <string.h>

#include "app.h"
#include "base/text.h"
#include "ui/dialog.h"

struct difference {
    const struct field *field;
    const char *mine, *theirs; /* as shown */
    bool keeps_mine;
};

struct conflict_state {
    struct conflict conflict;
    struct view *asker;
    void *mine, *theirs; /* copies */
    struct difference *differences;
    size_t count, selected;
};

static bool is_offered(const struct conflict *conflict, const struct field *field)
{
    const unsigned kept_away = FIELD_HIDDEN | FIELD_SECRET | FIELD_FIXED;

    return (field->flags & kept_away) == 0 &&
           (conflict->rights == NULL || right_set_has(conflict->rights, field->right));
}

static const char *shown(const struct field *field, const void *row, struct arena *arena)
{
    struct rows rows;

    if (field->type != FIELD_ROWS)
        return field_text(field, row, FIELD_SHOWN, arena);
    memcpy(&rows, (const char *)row + field->offset, sizeof(rows));
    return arena_printf(arena, "%zu rows", rows.count);
}

static void compare(struct conflict_state *state, struct arena *arena)
{
    const struct shape *shape = state->conflict.shape;

    state->differences = NEW_ARRAY(arena, struct difference, shape->count + 1);
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        if (!is_offered(&state->conflict, field))
            continue;
        const char *mine = shown(field, state->mine, arena);
        const char *theirs = shown(field, state->theirs, arena);
        if (strcmp(mine, theirs) != 0)
            state->differences[state->count++] = (struct difference){field, mine, theirs, true};
    }
}

static void draw_difference(const struct difference *at, struct area row, bool is_selected)
{
    const int label = row.cols / 4;
    const int half = (row.cols - label - 6) / 2;
    const enum ink mine = at->keeps_mine ? INK_STRONG : INK_MUTED;
    const enum ink theirs = at->keeps_mine ? INK_MUTED : INK_STRONG;
    struct arena *scratch = &row.on->scratch;

    if (is_selected)
        area_glyph(row, 0, 0, INK_STRONG, GLYPH_CURSOR);
    area_fit(row, 0, 1, label, INK_LABEL, field_label(at->field, scratch));
    area_text(row, 0, label + 2, mine, at->keeps_mine ? "[" : " ");
    int end = area_fit(row, 0, label + 3, half - 2, mine, at->mine);
    area_text(row, 0, end, mine, at->keeps_mine ? "]" : " ");
    area_text(row, 0, end + 2, theirs, at->keeps_mine ? " " : "[");
    end = area_fit(row, 0, end + 3, half - 2, theirs, at->theirs);
    area_text(row, 0, end, theirs, at->keeps_mine ? " " : "]");
}

static void conflict_draw(struct view *view, struct area body)
{
    const struct conflict_state *state = view->state;
    const int height = (int)state->count + 7 < body.rows ? (int)state->count + 7 : body.rows;
    const struct area box =
        area_box(area_part(body, 0, 1, height, body.cols - 2), INK_MUTED, "Changed meanwhile");
    const char *who = state->conflict.who != NULL ? state->conflict.who : "somebody else";
    const struct area list = area_part(box, 3, 1, box.rows - 4, box.cols - 2);
    const int label = list.cols / 4, half = (list.cols - label - 6) / 2;
    const size_t rows = list.rows > 0 ? (size_t)list.rows : 1;
    const size_t top = state->selected >= rows ? state->selected - rows + 1 : 0;

    area_printf(box, 0, 1, INK_NORMAL, "This was changed by %s. Choose what stays:", who);
    area_text(box, 2, 1 + label + 3, INK_HEADER, "Yours");
    area_text(box, 2, 1 + label + half + 4, INK_HEADER, "Theirs");
    for (size_t i = top; i < state->count && i < top + rows; i++) {
        draw_difference(&state->differences[i], area_row(list, (int)(i - top)),
                        i == state->selected);
        if (i == state->selected)
            area_cursor(list, (int)(i - top), 0);
    }
    if (state->count == 0)
        area_text(list, 0, 1, INK_MUTED, "Nothing you can see differs. F2 goes on.");
    area_text(box, box.rows - 1, 1, INK_MUTED,
              "Left yours, Right theirs, F2 takes this, Esc back to the form");
}

/* Theirs, with every field chosen as yours read over it. */
static void take(struct view *view)
{
    struct conflict_state *state = view->state;
    const struct conflict conflict = state->conflict;
    struct view *asker = state->asker;
    void *merged = shape_clone(conflict.shape, state->theirs, &view->arena);

    for (size_t i = 0; i < state->count; i++) {
        const struct field *field = state->differences[i].field;
        if (state->differences[i].keeps_mine)
            memcpy((char *)merged + field->offset, (const char *)state->mine + field->offset,
                   field->size);
    }
    app_pop(view->app, view); /* frees at the end of the event */
    conflict.answered(asker, merged, conflict.context);
}

static bool choose(struct conflict_state *state, bool mine)
{
    if (state->selected < state->count)
        state->differences[state->selected].keeps_mine = mine;
    return true;
}

static bool conflict_key(struct view *view, const struct event *event)
{
    struct conflict_state *state = view->state;

    if (event->kind != EVENT_KEY)
        return true;
    switch (event->key) {
    case K_LEFT:
    case 'y':
        return choose(state, true);
    case K_RIGHT:
    case 't':
        return choose(state, false);
    case K_UP:
    case 'k':
        state->selected -= state->selected > 0;
        return true;
    case K_DOWN:
    case 'j':
    case K_TAB:
        state->selected += state->selected + 1 < state->count;
        return true;
    case K_F2:
        take(view);
        return true;
    case K_ESCAPE:
    case K_F12:
        app_pop(view->app, view);
        return true;
    default:
        return key_is_text(event->key) || event->key == K_ENTER;
    }
}

static const struct view_type conflict_type = {
    .name = "conflict",
    .draw = conflict_draw,
    .key = conflict_key,
    .modal = true,
};

void conflict_open(struct app *app, const struct conflict *conflict)
{
    struct view *view = view_new(app, &conflict_type, sizeof(struct conflict_state));
    struct conflict_state *state = view->state;

    state->conflict = *conflict;
    state->conflict.who = conflict->who != NULL ? arena_text(&view->arena, conflict->who) : NULL;
    state->mine = shape_clone(conflict->shape, conflict->mine, &view->arena);
    state->theirs = shape_clone(conflict->shape, conflict->theirs, &view->arena);
    shape_tidy(conflict->shape, state->mine);
    shape_tidy(conflict->shape, state->theirs);
    compare(state, &view->arena);
    state->asker = app_top(app);
    view->title = "Changed meanwhile";
    app_push(app, view);
}
