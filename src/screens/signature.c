/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The field to sign in. What the mouse passes over with its button down becomes a stroke; places
 * are kept in thousandths of the field, so that paper and screens of any size show the same. */

#include "signature.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "ui/dialog.h"

#define FIELD_ROWS  10
#define FIELD_COLS  60
#define STROKES_MAX 8000

struct signature {
    struct view *asker;
    void (*drawn)(struct view *asker, const char *strokes);
    struct area field; /* where it was drawn last, to know what the mouse points at */
    bool marks[FIELD_ROWS][FIELD_COLS];
    char text[STROKES_MAX + 1];
    size_t length;
    bool down; /* the button: the next place goes on with the stroke */
    int row, col;
};

static struct signature *state_of(const struct view *view)
{
    return view->state;
}

/* ---------------------------------------------------------------------- strokes -- */

/* A line between two places, as the reports of a fast hand leave cells out. */
static void mark_line(struct signature *state, int row, int col)
{
    const int rows = row - state->row, cols = col - state->col;
    const int down = rows < 0 ? -rows : rows, across = cols < 0 ? -cols : cols;
    const int steps = down > across ? down : across;

    for (int i = 1; i < steps; i++)
        state->marks[state->row + rows * i / steps][state->col + cols * i / steps] = true;
}

static void add_place(struct signature *state, int row, int col)
{
    char place[16];
    const int x = (col * 1000 + 500) / FIELD_COLS, y = (row * 1000 + 500) / FIELD_ROWS;
    const int size = snprintf(place, sizeof place, "%s%d,%d",
                              state->down          ? " "
                              : state->length == 0 ? ""
                                                   : ";",
                              x, y);

    if (state->length + (size_t)size > STROKES_MAX)
        return; /* longer than any name: the rest is not kept */
    memcpy(state->text + state->length, place, (size_t)size + 1);
    state->length += (size_t)size;
    if (state->down)
        mark_line(state, row, col);
    state->marks[row][col] = true;
    state->down = true;
    state->row = row;
    state->col = col;
}

static void clear(struct signature *state)
{
    memset(state->marks, 0, sizeof state->marks);
    state->length = 0;
    state->text[0] = '\0';
    state->down = false;
}

static void point(struct signature *state, const struct event *event)
{
    const int row = event->row - state->field.row, col = event->col - state->field.col;

    if (!event->down || row < 0 || col < 0 || row >= FIELD_ROWS || col >= FIELD_COLS) {
        state->down = false;
        return;
    }
    if (!state->down || row != state->row || col != state->col)
        add_place(state, row, col);
}

/* ------------------------------------------------------------------------- view -- */

static void draw(struct view *view, struct area body)
{
    struct signature *state = state_of(view);
    const struct area box = area_window(body, FIELD_ROWS + 3, FIELD_COLS + 2, view->title);
    const int rows = box.rows - 2 < FIELD_ROWS ? box.rows - 2 : FIELD_ROWS;

    state->field = area_part(box, 0, 0, rows, box.cols);
    for (int row = 0; row < rows; row++)
        for (int col = 0; col < FIELD_COLS && col < box.cols; col++)
            if (state->marks[row][col])
                area_text(box, row, col, INK_STRONG, "*");
    area_hline(box, box.rows - 2, 0, box.cols, INK_MUTED);
    area_fit(box, box.rows - 1, 1, box.cols - 2, INK_MUTED,
             "Sign with the mouse. Enter takes it, Backspace clears it.");
}

static void take(struct view *view)
{
    struct signature *state = state_of(view);
    char text[STROKES_MAX + 1];
    struct view *asker = state->asker;
    void (*drawn)(struct view *, const char *) = state->drawn;

    if (state->length == 0) {
        app_error(view->app, "Nothing is drawn yet. Sign with the mouse, or Esc: the name that is "
                             "typed signs, too.");
        return;
    }
    memcpy(text, state->text, state->length + 1);
    app_pop(view->app, view);
    drawn(asker, text);
}

static bool on_key(struct view *view, const struct event *event)
{
    struct signature *state = state_of(view);

    if (event->kind == EVENT_MOUSE) {
        point(state, event);
        return true;
    }
    if (event->kind != EVENT_KEY)
        return false;
    switch (event->key) {
    case K_ENTER:
    case K_F2:
        take(view);
        return true;
    case K_BACKSPACE:
    case K_DELETE:
        clear(state);
        return true;
    default:
        return false;
    }
}

static const struct view_type signature_type = {
    .name = "signature",
    .help = "The customer signs here with the mouse. Where the terminal has none, the name that is "
            "typed stands for the signature.",
    .draw = draw,
    .key = on_key,
    .modal = true,
    .mouse = true,
};

void signature_open(struct app *app, void (*drawn)(struct view *asker, const char *strokes))
{
    struct view *asker = app_top(app);
    struct view *view = view_new(app, &signature_type, sizeof(struct signature));
    struct signature *state = view->state;

    state->asker = asker;
    state->drawn = drawn;
    view->title = "The customer's signature";
    app_push(app, view);
}
