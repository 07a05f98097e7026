/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Parts usage of a month: what invoices took, by part, category, technician or invoice. Arrows
 * change the month; the same month goes on paper. */

#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "base/text.h"
#include "domain/chosen_file.h"
#include "domain/stock.h"
#include "inner.h"
#include "print/print.h"
#include "ui/dialog.h"

struct usage_state {
    struct loading load;
    struct stock_usage in;
    int top, lines, height;
};

static const struct stock_usage_report *report_of(const struct usage_state *state)
{
    return state->load.out;
}

/* The month that `day` is in, whole. */
static void set_month(struct usage_state *state, struct day day)
{
    struct day first = day;
    struct day next;

    memcpy(first.iso + 8, "01", 2);
    next = day_add(first, 31);
    memcpy(next.iso + 8, "01", 2);
    state->in.from_on = first;
    state->in.to_on = day_add(next, -1);
    state->top = 0;
    state->load.stale = true;
}

static int64_t month_number(const struct usage_state *state)
{
    return strtoll(state->in.from_on.iso, NULL, 10) * 100 +
           strtoll(state->in.from_on.iso + 5, NULL, 10);
}

/* ----------------------------------------------------------------------- drawing -- */

static void usage_settle(struct view *view)
{
    struct usage_state *state = view->state;

    if (state->load.stale)
        (void)desk_load(desk_of(view), &state->load, &stock_usage_op, &state->in);
}

static void draw_sums(const struct desk *desk, const struct stock_usage_report *report,
                      struct area area)
{
    char text[4][NUMBER_TEXT_MAX];
    int at = area_printf(area, 0, 1, INK_STRONG, "%s – %s", day_show(report->from_on, text[0]),
                         day_show(report->to_on, text[1]));

    area_printf(area, 0, at + 2, INK_MUTED, "by %s",
                choice_label(&stock_usage_by_choices, report->by));
    at = area_printf(area, 1, 1, INK_NORMAL, "Sales %s", money_show(report->sales, text[0]));
    if (desk_holds(desk, RIGHT_COSTS_VIEW))
        area_printf(area, 1, at + 3, INK_NORMAL, "Cost %s   Margin %s (%s %%)",
                    money_show(report->cost, text[1]), money_show(report->margin, text[2]),
                    report->margin_percent);
    area_hline(area, 2, 0, area.cols, INK_MUTED);
}

static void draw_rows(struct usage_state *state, const struct desk *desk, struct area area)
{
    const struct stock_usage_report *report = report_of(state);
    const struct field *rows = shape_field(stock_usage_op.out, "rows");
    AUTO_BUF out = BUF(4u << 20);

    table_write_rows(&out, rows->rows, &report->rows, &desk->session.rights,
                     (size_t)(area.cols > 12 ? area.cols - 2 : 10));
    state->height = area.rows;
    state->lines = 0;
    for (const char *line = buf_str(&out); *line != '\0'; state->lines++) {
        const size_t length = strcspn(line, "\n");
        const int row = state->lines - state->top;
        if (row >= 0 && row < area.rows)
            area_text(area_row(area, row), 0, 1, state->lines < 2 ? INK_HEADER : INK_NORMAL,
                      arena_text_n(&area.on->scratch, line, length));
        line += length + (line[length] == '\n');
    }
}

static void usage_draw(struct view *view, struct area body)
{
    struct usage_state *state = view->state;

    if (report_of(state) == NULL) {
        area_wrap(body, 1, 1, body.cols - 2, INK_ERROR, state->load.fault.text);
        return;
    }
    draw_sums(desk_of(view), report_of(state), body);
    if (report_of(state)->rows.count == 0)
        area_text(body, 4, 1, INK_MUTED, "No invoice took a part in this month.");
    else
        draw_rows(state, desk_of(view), area_below(body, 3));
    area_cursor(body, 0, 0);
}

/* -------------------------------------------------------------------------- keys -- */

static void scroll(struct usage_state *state, int by)
{
    const int last = state->lines > state->height ? state->lines - state->height : 0;

    state->top += by;
    state->top = state->top > last ? last : state->top;
    state->top = state->top < 0 ? 0 : state->top;
}

static bool usage_key(struct view *view, const struct event *event)
{
    struct usage_state *state = view->state;

    if (event->kind != EVENT_KEY)
        return false;
    switch (event->key) {
    case K_LEFT:
        set_month(state, day_add(state->in.from_on, -1));
        return true;
    case K_RIGHT:
        set_month(state, day_add(state->in.to_on, 1));
        return true;
    case K_UP:
    case 'k':
        scroll(state, -1);
        return true;
    case K_DOWN:
    case 'j':
        scroll(state, 1);
        return true;
    case K_PAGE_UP:
        scroll(state, -state->height);
        return true;
    case K_PAGE_DOWN:
    case ' ':
        scroll(state, state->height);
        return true;
    default:
        return false;
    }
}

static void change_group(struct view *view, const struct action *action)
{
    struct usage_state *state = view->state;

    (void)action;
    state->in.by = (state->in.by + 1) % (unsigned)stock_usage_by_choices.count;
    state->top = 0;
    state->load.stale = true;
}

static void save_answered(struct view *asker, const char *text, void *context)
{
    const struct usage_state *state = asker->state;
    struct session *s = &desk_of(asker)->session;

    (void)context;
    arena_reset(s->arena);
    if (chosen_file_check(s, text) != OK ||
        print_save(s, DOCUMENT_USAGE, month_number(state), PRINT_PDF, text) != OK)
        app_fault(asker->app, &s->fault);
    else
        app_say(asker->app, "Saved as %s.", text);
}

static void save_paper(struct view *view, const struct action *action)
{
    const struct usage_state *state = view->state;
    struct session *s = &desk_of(view)->session;

    (void)action;
    arena_reset(s->arena);
    question_open(view->app, &(struct question){
                                 .title = "Parts usage as PDF",
                                 .label = "File",
                                 .help = "A file of this name is replaced.",
                                 .initial = print_default_path(s, DOCUMENT_USAGE,
                                                               month_number(state), PRINT_PDF),
                                 .max = 1000,
                                 .answered = save_answered,
                             });
}

static void open_lines(struct view *view, const struct action *action)
{
    (void)action;
    list_screen_open(desk_of(view), &stock_used_op, NULL);
}

static const char *usage_status(struct view *view, struct arena *arena)
{
    const struct usage_state *state = view->state;
    const int last = state->top + state->height;

    if (state->lines <= state->height)
        return NULL;
    return arena_printf(arena, "lines %d–%d of %d", state->top + 1,
                        last < state->lines ? last : state->lines, state->lines);
}

static void usage_changed(struct view *view)
{
    struct usage_state *state = view->state;

    state->load.stale = true;
    app_redraw(view->app);
}

static void usage_close(struct view *view)
{
    struct usage_state *state = view->state;

    loading_done(&state->load);
}

/* clang-format off */
static const struct column used_columns[] = {
    {.name = "posted_on", .width = 11},
    {.name = "invoice", .width = 8},
    {.name = "sku", .width = 14},
    {.name = "name", .width = 18, .grow = 1},
    {.name = "quantity", .width = 8},
    {.name = "returned", .width = 9, .below = 120},
    {.name = "sales", .width = 10},
    {.name = "technician", .width = 14, .below = 100},
    {.name = "cost", .width = 10, .below = 100},
    {.name = "margin", .width = 10, .below = 110},
};
const struct list_screen stock_used_list_screen = {
    .op = "stock.used",
    .title = "Parts used",
    .noun = "",
    .columns = used_columns,
    .column_count = COUNT_OF(used_columns),
    .empty = "No invoice has taken a part.",
    .asks = true,
};

static const struct action actions[] = {
    {"b", "stock.usage", "by", NEEDS_NOTHING, change_group, "Part, invoice, technician, category: the next one."},
    {"F8 p", "document.print", "PDF", NEEDS_NOTHING, save_paper, "Saves the month as a PDF: by category, technician and part."},
    {"l", "stock.used", "lines", NEEDS_NOTHING, open_lines, "Every line, to be searched and exported as CSV."},
};
/* clang-format on */

static const struct view_type usage_type = {
    .name = "usage",
    .draw = usage_draw,
    .key = usage_key,
    .settle = usage_settle,
    .changed = usage_changed,
    .resumed = usage_changed,
    .status = usage_status,
    .close = usage_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .help = "Left and Right change the month. Parts that came back by credit memo are taken off on "
            "the day of the memo.",
};

void usage_open(struct desk *desk)
{
    struct view *view = view_new(desk->app, &usage_type, sizeof(struct usage_state));
    struct usage_state *state = view->state;

    view->title = "Parts usage";
    state->in = (struct stock_usage){.by = USAGE_BY_PART, .technician = ""};
    set_month(state, desk_today(desk));
    app_push(desk->app, view);
}
