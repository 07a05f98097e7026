/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What was produced: a month by day, week, writer or customer, or a year by month, the average
 * repair order first among the figures. Enter shows the invoices behind a row. */

#include "domain/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/explain.h"
#include "domain/invoice.h"
#include "inner.h"

struct report_page {
    struct rowlist list;
    struct loading load; /* of struct production_report */
    struct report_query in;
};

static const struct production_report *report_of(const struct report_page *page)
{
    return page->load.out;
}

/* ------------------------------------------------------------------------ days -- */

static struct day first_of(struct day day, bool of_year)
{
    memcpy(of_year ? day.iso + 5 : day.iso + 8, of_year ? "01-01" : "01", of_year ? 5 : 2);
    return day;
}

/* The month, or for months the year, that `day` is in, whole. */
static void set_days(struct report_page *page, struct day day)
{
    const bool of_year = page->in.by == REPORT_MONTH;
    const struct day first = first_of(day, of_year);

    page->in.from_on = first;
    page->in.to_on = day_add(first_of(day_add(first, of_year ? 366 : 31), of_year), -1);
    page->load.stale = true;
    rowlist_refresh(&page->list);
}

/* ------------------------------------------------------------------------ rows -- */

static struct rows rows_of(void *context)
{
    const struct production_report *report = report_of(context);

    return report != NULL ? report->rows : (struct rows){0};
}

static const char *row_cell(void *context, const void *row, const char *column,
                            struct arena *scratch, enum ink *ink)
{
    const struct production_row *figures = row;

    (void)context;
    (void)column;
    (void)scratch;
    if (*figures->key == '\0' && text_same(figures->name, "All"))
        *ink = INK_STRONG;
    return NULL;
}

/* clang-format off */
static const struct column columns[] = {
    {.name = "name", .width = 18, .grow = 1},
    {.name = "orders", .width = 7},
    {.name = "sales", .width = 11},
    {.name = "aro", .number = true, .width = 9},
    {.name = "profit_percent", .number = true, .width = 7},
    {.name = "hours_per_order", .number = true, .width = 9},
    {.name = "labor_rate", .number = true, .width = 8},
    {.name = "labor", .width = 11, .below = 100},
    {.name = "parts", .width = 11, .below = 100},
    {.name = "profit", .width = 13, .below = 115},
};
/* clang-format on */

static const struct rowlist_type rows_type = {
    .shape = &production_row_shape,
    .id = "id",
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .whole = rows_of,
    .cell = row_cell,
    .empty = "Nothing was posted in these days.",
};

/* --------------------------------------------------------------------- drawing -- */

/* As many formulas as a row of the terminal holds, parted by blanks. */
static void draw_formulas(const struct production_report *report, struct area area)
{
    const struct report_formula *formulas = report->formulas.at;
    int row = 0, at = 1;

    for (size_t i = 0; i < report->formulas.count; i++) {
        const char *text =
            arena_printf(&area.on->scratch, "%s = %s", formulas[i].figure, formulas[i].formula);
        const int cells = (int)text_cells(text, strlen(text));
        if (at > 1 && at + cells >= area.cols) {
            row++;
            at = 1;
        }
        const int room = area.cols - 1 - at;
        at = area_fit(area, row, at, cells < room ? cells : room, INK_MUTED, text) + 3;
    }
}

static void report_draw(struct view *view, struct area body)
{
    struct report_page *page = view->state;
    const struct production_report *report = report_of(page);
    char from[DAY_TEXT_MAX], to[DAY_TEXT_MAX];

    if (report == NULL) {
        area_wrap(body, 0, 1, body.cols - 2, INK_ERROR, page->load.fault.text);
        return;
    }
    area_printf(body, 0, 1, INK_STRONG, "%s to %s, by %s", day_show(report->from_on, from),
                day_show(report->to_on, to), choice_label(&report_by_choices, report->by));
    area_right(body, 0, body.cols - 1, INK_MUTED, "← → change the days");
    rowlist_draw(&page->list, area_part(body, 1, 0, body.rows - 5, body.cols));
    area_hline(body, body.rows - 4, 0, body.cols, INK_MUTED);
    draw_formulas(report, area_below(body, body.rows - 3));
}

/* ------------------------------------------------------------------------ keys -- */

static void change_group(struct view *view, const struct action *action)
{
    struct report_page *page = view->state;
    const struct day day = page->in.to_on;
    const struct day today = desk_today(desk_of(view));

    (void)action;
    page->in.by = (page->in.by + 1) % (unsigned)report_by_choices.count;
    set_days(page, day_compare(day, today) > 0 ? today : day);
}

static bool report_key(struct view *view, const struct event *event)
{
    struct report_page *page = view->state;

    if (event->kind == EVENT_KEY && event->key == K_LEFT) {
        set_days(page, day_add(page->in.from_on, -1));
        return true;
    }
    if (event->kind == EVENT_KEY && event->key == K_RIGHT) {
        set_days(page, day_add(page->in.to_on, 1));
        return true;
    }
    return rowlist_key(&page->list, event);
}

/* The invoices that the row is made of. */
static void open_documents(struct view *view, const struct action *action)
{
    struct report_page *page = view->state;
    const struct production_row *row = rowlist_row(&page->list);
    const struct production_report *report = report_of(page);
    struct invoice_search in = {.query = {.search = ""}};

    (void)action;
    if (row == NULL || report == NULL)
        return;
    report_row_days(report, row->key, &in.from_on, &in.to_on);
    in.writer = report->by == REPORT_WRITER ? row->key : "";
    in.technician = report->by == REPORT_TECHNICIAN ? row->key : "";
    in.customer.v = report->by == REPORT_CUSTOMER ? strtoll(row->key, NULL, 10) : 0;
    list_screen_open_with(desk_of(view), &invoice_search_op, &in,
                          arena_printf(&view->arena, "Invoices · %s", row->name));
}

static void explain_row_figures(struct view *view, const struct action *action)
{
    struct report_page *page = view->state;
    const struct production_row *row = rowlist_row(&page->list);
    struct report_explain in = {
        .from_on = page->in.from_on, .to_on = page->in.to_on, .by = page->in.by, .figure = ""};

    (void)action;
    if (row != NULL)
        in.figure = *row->key != '\0' ? row->key : "all";
    explain_open(desk_of(view), &report_explain_op, &in, NULL);
}

static void report_settle(struct view *view)
{
    struct report_page *page = view->state;

    if (page->load.stale) {
        (void)desk_load(desk_of(view), &page->load, &report_production_op, &page->in);
        rowlist_refresh(&page->list);
    }
    rowlist_settle(&page->list);
}

static void report_changed(struct view *view)
{
    struct report_page *page = view->state;

    page->load.stale = true;
    app_redraw(view->app);
}

static unsigned report_has(struct view *view)
{
    struct report_page *page = view->state;

    return rowlist_row(&page->list) != NULL ? NEEDS_ROW : 0;
}

static void report_close(struct view *view)
{
    struct report_page *page = view->state;

    rowlist_done(&page->list);
    loading_done(&page->load);
}

static const struct action report_actions[] = {
    {"Enter", "invoice.search", "its invoices", NEEDS_ROW, open_documents,
     "Shows the invoices behind the row."},
    {"=", "report.explain", "explain", NEEDS_ROW, explain_row_figures,
     "Says what every figure of the row is made of, with its invoices."},
    {"g", "report.production", "group", NEEDS_NOTHING, change_group,
     "One row for each day, week, month, writer, technician or customer."},
};
static const struct view_type report_type = {
    .name = "report",
    .draw = report_draw,
    .key = report_key,
    .settle = report_settle,
    .changed = report_changed,
    .has = report_has,
    .close = report_close,
    .actions = report_actions,
    .action_count = COUNT_OF(report_actions),
    .help = "Left and Right go a month back and on, by month a year. The formulas stand below.",
};

void report_open(struct desk *desk)
{
    struct view *view = view_new(desk->app, &report_type, sizeof(struct report_page));
    struct report_page *page = view->state;

    page->in.by = REPORT_WEEK;
    rowlist_init(&page->list, &rows_type, &desk->session.rights, page);
    set_days(page, desk_today(desk));
    view->title = "What was produced";
    app_push(desk->app, view);
}
