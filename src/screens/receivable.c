/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Receivables: who owes how much, by the days it is past due, now or at the end of a past month.
 * Enter shows the invoices behind a row. */

#include "domain/receivable.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/explain.h"
#include "domain/invoice.h"
#include "inner.h"
#include "print_menu.h"

struct receivable_page {
    struct rowlist list;
    struct loading load; /* of struct receivable_report */
    struct receivable_query in;
};

static const struct receivable_report *report_of(const struct receivable_page *page)
{
    return page->load.out;
}

/* ------------------------------------------------------------------------ rows -- */

static struct rows rows_of(void *context)
{
    const struct receivable_report *report = report_of(context);

    return report != NULL ? report->rows : (struct rows){0};
}

static const char *row_cell(void *context, const void *row, const char *column,
                            struct arena *scratch, enum ink *ink)
{
    static const char *const amounts[] = {"current", "to_30",   "to_60",
                                          "to_90",   "over_90", "credit"};
    const struct field *field = shape_field(&receivable_row_shape, column);

    (void)context;
    (void)scratch;
    for (size_t i = 0; field != NULL && i < COUNT_OF(amounts); i++) {
        if (!text_same(amounts[i], column))
            continue;
        const struct money *amount = field_of(field, row);
        if (amount->cents == 0)
            return "";
        if (i > 0 && !text_same(column, "credit"))
            *ink = i > 2 ? INK_BAD : INK_WARN;
    }
    return NULL;
}

/* clang-format off */
static const struct column columns[] = {
    {.name = "name", .width = 12, .grow = 1},
    {.name = "owes", .width = 9},
    {.name = "current", .width = 9, .below = 92},
    {.name = "to_30", .width = 9},
    {.name = "to_60", .width = 9},
    {.name = "to_90", .width = 9},
    {.name = "over_90", .width = 9},
    {.name = "credit", .width = 10, .below = 104},
    {.name = "oldest_on", .width = 11, .below = 117},
    {.name = "phone", .width = 17, .below = 140},
};
/* clang-format on */

static const struct rowlist_type rows_type = {
    .shape = &receivable_row_shape,
    .id = "id",
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .whole = rows_of,
    .cell = row_cell,
    .empty = "Nobody owes anything, and nobody has credit.",
};

/* --------------------------------------------------------------------- drawing -- */

static void draw_head(const struct receivable_page *page, struct area area)
{
    const struct receivable_report *report = report_of(page);
    char text[DAY_TEXT_MAX];

    area_printf(area, 0, 1, INK_STRONG, "%s %s%s, by %s",
                page->in.as_of.iso[0] != '\0' ? "In the evening of" : "Now,",
                day_show(report->as_of, text), page->in.overdue ? ", past due only" : "",
                choice_label(&receivable_by_choices, page->in.by));
    area_right(area, 0, area.cols - 1, INK_MUTED, "← → other days");
}

/* How it was counted, and where there is room that it ties. */
static const char *how_counted(const struct receivable_report *report, struct area area)
{
    static const char counted[] = "Days count from the due day; credit is not taken off.";
    const char *ties = arena_printf(&area.on->scratch, "Equal to the ledger. %s", counted);
    const bool tied = report->ledger.cents != NUMBER_NONE;

    return tied && area_cells(area, ties) <= area.cols - 2 ? ties : counted;
}

/* "Owed 4,400.00   past due 2,650.00   in credit 20.00": what the columns add up to. */
static void draw_sums(const struct receivable_report *report, struct area area)
{
    const struct {
        const char *label;
        struct money amount;
        bool always;
    } sums[] = {
        {"Owed", report->aged.owes, true},    {"current", report->aged.current, true},
        {"1-30", report->aged.to_30, false},  {"31-60", report->aged.to_60, false},
        {"61-90", report->aged.to_90, false}, {"over 90", report->aged.over_90, false},
        {"past due", report->overdue, true},  {"in credit", report->credit, false},
    };
    char money[NUMBER_TEXT_MAX];
    int row = 0, at = 1;

    for (size_t i = 0; i < COUNT_OF(sums); i++) {
        if (!sums[i].always && sums[i].amount.cents == 0)
            continue;
        const char *text = arena_printf(&area.on->scratch, "%s %s", sums[i].label,
                                        money_show(sums[i].amount, money));
        if (at > 1 && at + area_cells(area, text) >= area.cols) {
            row++;
            at = 1;
        }
        at = area_text(area, row, at, i == 0 ? INK_STRONG : INK_NORMAL, text) + 3;
    }
    area_text(area, area.rows - 1, 1, INK_MUTED, how_counted(report, area));
}

static void page_draw(struct view *view, struct area body)
{
    struct receivable_page *page = view->state;

    if (report_of(page) == NULL) {
        area_wrap(body, 0, 1, body.cols - 2, INK_ERROR, page->load.fault.text);
        return;
    }
    draw_head(page, body);
    rowlist_draw(&page->list, area_part(body, 1, 0, body.rows - 5, body.cols));
    area_hline(body, body.rows - 4, 0, body.cols, INK_MUTED);
    draw_sums(report_of(page), area_below(body, body.rows - 3));
}

/* ------------------------------------------------------------------------ keys -- */

static void again(struct receivable_page *page)
{
    page->load.stale = true;
    rowlist_refresh(&page->list);
}

static struct day month_end_before(struct day day)
{
    memcpy(day.iso + 8, "01", 2);
    return day_add(day, -1);
}

/* Back through the ends of months, and forward to now. */
static void go_back(struct receivable_page *page, struct day today)
{
    page->in.as_of = month_end_before(page->in.as_of.iso[0] != '\0' ? page->in.as_of : today);
    again(page);
}

static void go_on(struct receivable_page *page, struct day today)
{
    struct day next = page->in.as_of;

    if (next.iso[0] == '\0')
        return;
    next = month_end_before(day_add(next, 32));
    page->in.as_of = day_compare(next, today) < 0 ? next : DAY_NONE;
    again(page);
}

static bool page_key(struct view *view, const struct event *event)
{
    struct receivable_page *page = view->state;

    if (event->kind == EVENT_KEY && (event->key == K_LEFT || event->key == K_RIGHT)) {
        (event->key == K_LEFT ? go_back : go_on)(page, desk_today(desk_of(view)));
        return true;
    }
    return rowlist_key(&page->list, event);
}

/* 20261124 */
static int64_t day_as_number(struct day day)
{
    return strtoll(day.iso, NULL, 10) * 10000 + strtoll(day.iso + 5, NULL, 10) * 100 +
           strtoll(day.iso + 8, NULL, 10);
}

static void change_order(struct view *view, const struct action *action)
{
    struct receivable_page *page = view->state;

    (void)action;
    page->in.by = (page->in.by + 1) % (unsigned)receivable_by_choices.count;
    again(page);
}

static void change_overdue(struct view *view, const struct action *action)
{
    struct receivable_page *page = view->state;

    (void)action;
    page->in.overdue = !page->in.overdue;
    again(page);
}

/* The invoices that the row is made of: of now the open ones, else all that were there. */
static void open_documents(struct view *view, const struct action *action)
{
    struct receivable_page *page = view->state;
    const struct receivable_row *row = rowlist_row(&page->list);
    struct invoice_search in = {.query = {.search = ""}, .writer = ""};

    (void)action;
    if (row == NULL)
        return;
    in.customer = row->id;
    in.to_on = page->in.as_of;
    in.open = page->in.as_of.iso[0] == '\0';
    list_screen_open_with(desk_of(view), &invoice_search_op, &in,
                          arena_printf(&view->arena, "Invoices · %s", row->name));
}

/* What the customer owed on the day that is shown, and what was in credit. */
static void explain_row(struct view *view, const struct action *action)
{
    struct receivable_page *page = view->state;
    struct desk *desk = desk_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    struct receivable_explain *in = desk_input(desk, &arena, &receivable_explain_op);
    in->customer.v = rowlist_id(&page->list);
    in->as_of = page->in.as_of;
    explain_open(desk, &receivable_explain_op, in, NULL);
}

static void open_customer(struct view *view, const struct action *action)
{
    struct receivable_page *page = view->state;

    (void)action;
    customer_screen_open(desk_of(view), rowlist_id(&page->list));
}

static void pay(struct view *view, const struct action *action)
{
    struct receivable_page *page = view->state;

    (void)action;
    pay_open(desk_of(view), rowlist_id(&page->list));
}

static void pay_row(struct view *view, const struct action *action)
{
    struct subject subject;

    (void)action;
    if (desk_subject(view, &subject))
        pay_open(desk_of(view), subject.id);
}

static void open_list(struct view *view, const struct action *action)
{
    (void)action;
    list_screen_open(desk_of(view), &receivable_list_op, NULL);
}

/* How many days of sales are owed, up to the day that is shown. */
static void open_dso(struct view *view, const struct action *action)
{
    struct receivable_page *page = view->state;
    const struct dso_query in = {.to_on = page->in.as_of};

    (void)action;
    record_screen_open(desk_of(view), &receivable_dso_op, &in);
}

/* The row's statement, and those of everybody as of the day that is shown. */
static void print_statements(struct view *view, const struct action *action)
{
    struct receivable_page *page = view->state;
    const struct receivable_row *row = rowlist_row(&page->list);
    const struct receivable_report *report = report_of(page);

    (void)action;
    if (report == NULL)
        return;
    print_menu_open(desk_of(view),
                    &(struct print_menu){
                        .papers = {{DOCUMENT_STATEMENT, row != NULL ? row->id.v : 0},
                                   {DOCUMENT_STATEMENTS, day_as_number(report->as_of)}},
                        .title = row != NULL ? row->name : "Receivables",
                    });
}

/* ------------------------------------------------------------------------ view -- */

static void page_settle(struct view *view)
{
    struct receivable_page *page = view->state;

    if (page->load.stale) {
        (void)desk_load(desk_of(view), &page->load, &receivable_aging_op, &page->in);
        rowlist_refresh(&page->list);
    }
    rowlist_settle(&page->list);
}

static void page_changed(struct view *view)
{
    again(view->state);
    app_redraw(view->app);
}

static unsigned page_has(struct view *view)
{
    struct receivable_page *page = view->state;

    return rowlist_row(&page->list) != NULL ? NEEDS_ROW : 0;
}

static void page_close(struct view *view)
{
    struct receivable_page *page = view->state;

    rowlist_done(&page->list);
    loading_done(&page->load);
}

/* clang-format off */
static const struct action page_actions[] = {
    {"Enter", "invoice.search", "its invoices", NEEDS_ROW, open_documents, "Shows the invoices behind the row."},
    {"F7 p", "payment.take", "pay", NEEDS_ROW, pay, "Takes a payment of this customer."},
    {"F8", "document.print", "statements", NEEDS_NOTHING, print_statements, "The customer's statement, or those of everybody who owes in one run."},
    {"c", "customer.show", "customer", NEEDS_ROW, open_customer, "Opens the customer."},
    {"g", "receivable.aging", "order", NEEDS_NOTHING, change_order, "By name, by what is owed or by what is past due."},
    {"o", "receivable.aging", "past due", NEEDS_NOTHING, change_overdue, "Only who owes something past due, or everybody."},
    {"l", "receivable.list", "list", NEEDS_NOTHING, open_list, "The same as a list, to be searched, sorted and exported.", ACTION_QUIET},
    {"=", "receivable.explain", "explain", NEEDS_ROW, explain_row, "Says what the row is made of on that day: column, invoice, payment.", ACTION_QUIET},
    {"d", "receivable.dso", "DSO", NEEDS_NOTHING, open_dso, "How many days of sales are owed, with the formula."},
};
/* clang-format on */
static const struct view_type page_type = {
    .name = "receivable",
    .draw = page_draw,
    .key = page_key,
    .settle = page_settle,
    .changed = page_changed,
    .resumed = page_changed,
    .has = page_has,
    .close = page_close,
    .actions = page_actions,
    .action_count = COUNT_OF(page_actions),
    .help = "Left goes back to the ends of past months, Right on to now.",
};

/* ------------------------------------------------------------------------ list -- */

/* clang-format off */
static const struct list_filter list_filters[] = {
    {"All", NULL, NULL},
    {"Overdue", "overdue", "yes"},
};
static const struct action list_actions[] = {
    {"Enter", "customer.show", "open", NEEDS_ROW, NULL, "Opens the customer."},
    {"F7 p", "payment.take", "pay", NEEDS_ROW, pay_row, "Takes a payment of this customer."},
};
/* clang-format on */
const struct list_screen receivable_list_screen = {
    .op = "receivable.list",
    .title = "Who owes",
    .noun = "customer",
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .filters = list_filters,
    .filter_count = COUNT_OF(list_filters),
    .actions = list_actions,
    .action_count = COUNT_OF(list_actions),
    .cell = row_cell,
    .empty = "Nobody owes anything, and nobody has credit.",
};

void receivable_open(struct desk *desk)
{
    struct view *view = view_new(desk->app, &page_type, sizeof(struct receivable_page));
    struct receivable_page *page = view->state;

    page->in.by = RECEIVABLE_BY_OVERDUE;
    page->load.stale = true;
    rowlist_init(&page->list, &rows_type, &desk->session.rights, page);
    view->title = "Receivables";
    app_push(desk->app, view);
}
