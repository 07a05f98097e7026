/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where a figure comes from: one screen for every operation that explains. Figures with what they
 * are made of, the rule of the one under the cursor below; Enter opens the record behind it. */

#include "domain/explain.h"

#include <string.h>

#include "base/text.h"
#include "inner.h"

#define FOOT_ROWS 3

struct explain_page {
    struct rowlist list;
    struct loading load; /* of struct explanation */
    const struct op *op;
    void *in;
    const char *figure; /* where the cursor is to go; NULL: it has been there */
};

static const struct explanation *shown(const struct explain_page *page)
{
    return page->load.out;
}

/* ------------------------------------------------------------------------ rows -- */

/* All of it is in memory: one page. Texts are copied, for the next reading ends these. */
static status load_rows(void *context, const struct row_query *query, struct arena *arena,
                        struct row_page *ret_page, struct fault *fault)
{
    const struct explain_page *page = context;

    (void)query;
    *ret_page = (struct row_page){.next = "", .previous = ""};
    if (shown(page) == NULL) {
        *fault = page->load.fault;
        return fault->code;
    }
    const struct explanation *copy = shape_clone(&explanation_shape, shown(page), arena);
    ret_page->rows = copy->rows;
    ret_page->total = (int64_t)copy->rows.count;
    return OK;
}

static const char *row_cell(void *context, const void *row, const char *column,
                            struct arena *scratch, enum ink *ink)
{
    const struct explain_row *figure = row;

    (void)context;
    (void)scratch;
    if (*figure->rule == '!')
        *ink = INK_WARN;
    else if (figure->depth == 0)
        *ink = INK_STRONG;
    else if (text_same(column, "formula"))
        *ink = INK_MUTED;
    return NULL;
}

/* clang-format off */
static const struct column columns[] = {
    {.name = "label", .width = 30, .grow = 3},
    {.name = "value", .number = true, .width = 12},
    {.name = "formula", .width = 28, .grow = 4},
};
/* clang-format on */

static struct rowlist_type *rows_type(struct arena *arena)
{
    struct rowlist_type *type = NEW(arena, struct rowlist_type);

    *type = (struct rowlist_type){
        .shape = &explain_row_shape,
        .id = "id",
        .columns = columns,
        .column_count = COUNT_OF(columns),
        .load = load_rows,
        .cell = row_cell,
        .empty = "There is no figure to explain.",
    };
    return type;
}

/* --------------------------------------------------------------------- drawing -- */

static const char *record_text(const struct explain_row *row, struct arena *arena)
{
    return arena_printf(arena, "Enter opens %s %lld.", row->noun, (long long)row->record.v);
}

/* Formula and rule in full, then where it is written and what Enter opens. */
static void draw_foot(struct area area, const struct explain_row *row)
{
    struct arena *scratch = &area.on->scratch;
    const char *source =
        text_is_empty(row->source) ? "" : arena_printf(scratch, "From: %s", row->source);
    const bool opens = row->record.v != 0 && !text_is_empty(row->noun);
    const bool both = !text_is_empty(row->formula) && !text_is_empty(row->rule);
    const char *text = arena_printf(scratch, "%s%s%s", row->formula, both ? ". " : "", row->rule);

    area_wrap(area_part(area, 0, 0, FOOT_ROWS - 1, area.cols), 0, 1, area.cols - 2,
              *row->rule == '!' ? INK_WARN : INK_NORMAL, text);
    area_fit(area, FOOT_ROWS - 1, 1, area.cols - 2, INK_MUTED,
             arena_printf(scratch, "%s%s%s", source, *source != '\0' && opens ? "   " : "",
                          opens ? record_text(row, scratch) : ""));
}

static void explain_draw(struct view *view, struct area body)
{
    struct explain_page *page = view->state;
    const bool has_foot = body.rows > 2 * FOOT_ROWS;
    const int rows = has_foot ? body.rows - FOOT_ROWS - 1 : body.rows;

    if (shown(page) == NULL) {
        area_wrap(body, 0, 1, body.cols - 2, INK_ERROR, page->load.fault.text);
        return;
    }
    rowlist_draw(&page->list, area_part(body, 0, 0, rows, body.cols));
    const struct explain_row *row = rowlist_row(&page->list);
    if (!has_foot || row == NULL)
        return;
    area_hline(body, rows, 0, body.cols, INK_MUTED);
    draw_foot(area_below(body, rows + 1), row);
}

/* ------------------------------------------------------------------------ view -- */

static void explain_settle(struct view *view)
{
    struct explain_page *page = view->state;

    if (page->load.stale) {
        if (desk_load(desk_of(view), &page->load, page->op, page->in) == OK)
            view->title = arena_printf(&page->load.arena, "%s · where the figures come from",
                                       shown(page)->title);
        rowlist_refresh(&page->list);
    }
    rowlist_settle(&page->list);
    if (page->figure != NULL && shown(page) != NULL) {
        rowlist_select_text(&page->list, "figure", page->figure);
        page->figure = NULL;
        rowlist_settle(&page->list);
    }
}

static bool explain_key(struct view *view, const struct event *event)
{
    struct explain_page *page = view->state;

    return rowlist_key(&page->list, event);
}

static void explain_changed(struct view *view)
{
    struct explain_page *page = view->state;

    page->load.stale = true;
    app_redraw(view->app);
}

#define HAS_SOURCE ((unsigned)NEEDS_OWN)

static unsigned explain_has(struct view *view)
{
    struct explain_page *page = view->state;
    const struct explain_row *row = rowlist_row(&page->list);

    if (row == NULL)
        return 0;
    return NEEDS_ROW | (row->record.v != 0 && !text_is_empty(row->noun) ? HAS_SOURCE : 0u);
}

static const char *explain_status(struct view *view, struct arena *arena)
{
    const struct explain_page *page = view->state;

    return rowlist_status(&page->list, arena);
}

static void explain_close(struct view *view)
{
    struct explain_page *page = view->state;

    rowlist_done(&page->list);
    loading_done(&page->load);
}

static void open_source(struct view *view, const struct action *action)
{
    struct explain_page *page = view->state;
    const struct explain_row *row = rowlist_row(&page->list);

    (void)action;
    desk_open_record(desk_of(view), row->noun, row->record.v);
}

static const struct action explain_actions[] = {
    {"Enter", "explain.open", "open", HAS_SOURCE, open_source,
     "Opens the record that the figure comes from.", 0, "No single record is behind this figure."},
};
static const struct view_type explain_type = {
    .name = "explain",
    .help = "Every figure with what it is made of, indented below it, and the rule that makes it.",
    .draw = explain_draw,
    .key = explain_key,
    .settle = explain_settle,
    .changed = explain_changed,
    .resumed = explain_changed,
    .has = explain_has,
    .status = explain_status,
    .close = explain_close,
    .actions = explain_actions,
    .action_count = COUNT_OF(explain_actions),
};

void explain_open(struct desk *desk, const struct op *op, const void *in, const char *figure)
{
    struct view *view = view_new(desk->app, &explain_type, sizeof(struct explain_page));
    struct explain_page *page = view->state;

    page->op = op;
    page->in = shape_clone(op->in, in, &view->arena);
    page->figure = figure != NULL ? arena_text(&view->arena, figure) : NULL;
    page->load.stale = true;
    rowlist_init(&page->list, rows_type(&view->arena), &desk->session.rights, page);
    view->title = op->title != NULL ? op->title : op->says;
    app_push(desk->app, view);
}
