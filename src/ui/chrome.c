/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The frame around the views: top line, status line, key hints, and the line for a window that is
 * too small. */

#include <string.h>

#include "app.h"
#include "ui/bars.h"

#define LEAST_ROWS 20
#define LEAST_COLS 60
#define HINTS_MAX  5
/* A sentence too long for the status line gets so many rows at most. */
#define SENTENCE_ROWS 3

bool view_fits(const struct app *app, const struct view *view)
{
    const int rows = view->type->least_rows > 0 ? view->type->least_rows : LEAST_ROWS;
    const int cols = view->type->least_cols > 0 ? view->type->least_cols : LEAST_COLS;

    return app->surface.rows >= rows && app->surface.cols >= cols;
}

const char *view_title(struct view *view, struct arena *arena)
{
    const char *title = view->type->title != NULL ? view->type->title(view, arena) : view->title;

    return title != NULL ? title : "";
}

static bool view_is_dirty(struct view *view)
{
    return view->type->dirty != NULL && view->type->dirty(view);
}

/* As much of the corner as leaves the title whole; its least as long as half the row stays. */
static const char *fitting_corner(struct app *app, struct area row, int title, int taken)
{
    const struct app_options *options = &app->options;

    for (int shorter = 0; options->corner != NULL && shorter < 3; shorter++) {
        const char *corner = options->corner(options->context, shorter, &app->surface.scratch);
        const int room = row.cols - 1 - taken - (corner != NULL ? area_cells(row, corner) + 2 : 0);
        if (corner != NULL && (title < room || (shorter == 2 && room > row.cols / 2)))
            return corner;
    }
    return NULL;
}

/* Title to the left; banner and corner to the right. The corner gives way; the banner never, nor
 * the word that something is not saved. */
static void draw_title(struct app *app, struct area row, struct view *view)
{
    struct arena *scratch = &app->surface.scratch;
    const struct app_options *options = &app->options;
    const char *title = view_title(view, scratch);
    const char *mark = view_is_dirty(view) ? " · changed" : "";
    const char *banner =
        options->banner != NULL ? arena_printf(scratch, " %s ", options->banner) : "";
    const int marked = area_cells(row, title) + area_cells(row, mark);
    int end = row.cols - 1;

    const char *corner =
        fitting_corner(app, row, marked, *banner != '\0' ? area_cells(row, banner) + 2 : 0);
    if (corner != NULL) {
        area_right(row, 0, end, INK_NORMAL, corner);
        end -= area_cells(row, corner) + 2;
    }
    if (*banner != '\0') {
        area_right(row, 0, end, INK_BANNER, banner);
        end -= area_cells(row, banner) + 1;
    }
    const int room = end - 1 - area_cells(row, mark), cells = area_cells(row, title);
    area_fit(row, 0, 1, room, INK_TITLE, title);
    area_text(row, 0, 1 + (cells < room ? cells : room), INK_TITLE, mark);
}

static const char *parked_text(struct app *app)
{
    const int parked = app_task_count(app) - 1;

    if (parked < 1 || app_is_covered(app))
        return "";
    return arena_printf(&app->surface.scratch, "%d parked", parked);
}

static void draw_message(struct app *app, struct area row, struct view *view)
{
    struct arena *scratch = &app->surface.scratch;
    const char *place = view->type->status != NULL ? view->type->status(view, scratch) : NULL;
    const char *parked = parked_text(app);
    int end = row.cols - 1;

    if (parked[0] != '\0') {
        area_right(row, 0, end, INK_MUTED, parked);
        end -= area_cells(row, parked) + 2;
    }
    if (app->message_kind == MESSAGE_NONE) {
        if (place != NULL)
            area_fit(row, 0, 1, end - 1, INK_NORMAL, place);
        return;
    }
    const enum ink ink = app->message_kind == MESSAGE_ERROR ? INK_ERROR : INK_NORMAL;
    const int room = end - area_cells(row, app->message) - 3;
    if (place != NULL && area_cells(row, place) <= room) {
        area_right(row, 0, end, INK_MUTED, place);
        end -= area_cells(row, place) + 2;
    }
    area_fit(row, 0, 1, end - 1, ink, app->message);
}

/* What the status line has to say: the message, else what the view says of its place. */
static const char *sentence_of(struct app *app)
{
    struct view *view = app_top(app);

    if (app->message_kind != MESSAGE_NONE)
        return app->message;
    const char *place = view != NULL && view->type->status != NULL
                            ? view->type->status(view, &app->surface.scratch)
                            : NULL;
    return place != NULL ? place : "";
}

/* Rows of a sentence at the foot: one, or more when it would be cut. */
static int sentence_rows(struct app *app, const char *sentence)
{
    const struct area whole = area_whole(&app->surface);
    const struct area nowhere = {&app->surface, 0, 0, 0, 0};

    if (area_cells(whole, sentence) <= whole.cols - 2)
        return 1;
    const int rows = area_wrap(nowhere, 0, 0, whole.cols - 2, INK_NORMAL, sentence);
    return rows < SENTENCE_ROWS ? rows : SENTENCE_ROWS;
}

static int status_rows(struct app *app)
{
    return sentence_rows(app, app->progress == NULL ? sentence_of(app) : "");
}

static void draw_sentence(struct app *app, struct area rows)
{
    const enum ink ink = app->message_kind == MESSAGE_ERROR ? INK_ERROR : INK_NORMAL;

    area_wrap(rows, 0, 1, rows.cols - 2, ink, sentence_of(app));
}

static struct area status_area(struct app *app, int rows)
{
    const struct area whole = area_whole(&app->surface);

    return area_part(whole, whole.rows - 1 - rows, 0, rows, whole.cols);
}

void chrome_status(struct app *app)
{
    struct view *view = app_top(app);
    const int rows = status_rows(app);
    const struct area area = status_area(app, rows);

    area_fill(area, 0, 0, area.rows, area.cols, INK_NORMAL);
    if (app->progress != NULL)
        progress_draw(area, 0, app->progress->what, app->progress->done, app->progress->total,
                      app_now(app) - app->progress->started_at);
    else if (rows > 1)
        draw_sentence(app, area);
    else if (view != NULL)
        draw_message(app, area, view);
}

struct hints {
    struct area row;
    int at, end, count;
    enum typing typing;
};

static void add_hint(struct hints *hints, const struct action *action)
{
    char key[KEY_LABEL_MAX];
    const char *shown = action_key(action, hints->typing, key);

    if (shown[0] == '\0' || hints->count >= HINTS_MAX)
        return;
    const int cells = area_cells(hints->row, shown) + 1 + area_cells(hints->row, action->label);
    if (hints->at + cells > hints->end)
        return;
    int at = area_text(hints->row, 0, hints->at, INK_KEY, shown);
    at = area_text(hints->row, 0, at + 1, INK_HINT, action->label);
    hints->at = at + 3;
    hints->count++;
}

static void add_own_hints(struct app *app, struct view *view, struct hints *hints)
{
    for (size_t i = 0; i < view->type->action_count; i++) {
        const struct action *action = &view->type->actions[i];
        if ((action->flags & (ACTION_QUIET | ACTION_HIDDEN)) == 0 &&
            action_is_ready(view, action) && action_is_allowed(app, action))
            add_hint(hints, action);
    }
}

/* The view's own keys, then the way back and the palette if there is room; help is always last, or
 * what its key does here instead. */
static void draw_hints(struct app *app, struct area row, struct view *view)
{
    size_t count = 0;
    const struct action *builtin = builtin_actions(&count);
    const struct action *help = action_for(view, K_F1);
    const struct action *palette = &builtin[1], *back = &builtin[2];
    struct hints hints = {.row = row, .at = 1, .typing = view_typing(view)};
    const bool is_first = app_stack(app)->count == 1 && app->task_count <= 1;

    hints.end = row.cols - 9; /* room for help */
    add_own_hints(app, view, &hints);
    if (!is_first && !app_is_covered(app))
        add_hint(&hints, back);
    if (!view->type->modal && action_is_allowed(app, palette))
        add_hint(&hints, palette);
    hints.end = row.cols;
    hints.count = 0;
    add_hint(&hints, help);
}

static void draw_banner(struct app *app, struct area rows)
{
    area_fill(rows, 0, 0, rows.rows, rows.cols, INK_FIELD_BAD);
    area_wrap(rows, 0, 1, rows.cols - 2, INK_FIELD_BAD, app->banner);
}

static void draw_views(struct app *app, struct area body)
{
    const struct stack *stack = app_stack(app);

    for (size_t i = stack_first_shown(stack); i < stack->count; i++) {
        app->surface.cursor_row = app->surface.cursor_col = -1;
        stack->views[i]->type->draw(stack->views[i], body);
    }
}

static void draw_refusal(struct app *app, struct area whole)
{
    const int middle = whole.rows / 2;

    area_wrap(area_below(whole, middle > 1 ? middle - 1 : 0), 0, 0, whole.cols, INK_STRONG,
              arena_printf(&app->surface.scratch,
                           "This window is %d x %d. Please enlarge it to %d x %d. Nothing is lost; "
                           "Ctrl-X locks.",
                           whole.cols, whole.rows, LEAST_COLS, LEAST_ROWS));
    area_cursor(whole, 0, 0);
}

void app_draw(struct app *app)
{
    struct view *view = app_top(app);

    surface_clear(&app->surface);
    const struct area whole = area_whole(&app->surface);
    if (view == NULL)
        return;
    if (!view_fits(app, view)) {
        draw_refusal(app, whole);
        return;
    }
    const struct stack *stack = app_stack(app);
    const int banner = app->banner[0] != '\0' ? sentence_rows(app, app->banner) : 0;
    const int below = 1 + status_rows(app) + banner;
    draw_views(app, area_part(whole, 1, 0, whole.rows - 1 - below, whole.cols));
    draw_title(app, area_row(whole, 0), stack->views[stack_first_shown(stack)]);
    if (banner > 0)
        draw_banner(app, area_part(whole, whole.rows - below, 0, banner, whole.cols));
    chrome_status(app);
    draw_hints(app, area_row(whole, whole.rows - 1), view);
}
