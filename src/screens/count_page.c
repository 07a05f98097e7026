/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A count sheet where it is counted: a scan finds the line and counts one more, digits say how many
 * lie there. What is found is kept line by line; nothing moves before the sheet is posted. */

#include "domain/count.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/stock.h"
#include "inner.h"
#include "print_menu.h"
#include "ui/dialog.h"

struct count_page {
    struct rowlist list;
    struct loading load; /* of struct count */
    struct count_key key;
    struct count_enter refused; /* what is asked about again */
    struct arena asked;
};

static const struct count *sheet_of(const struct count_page *page)
{
    return page->load.out;
}

/* --- Rows --- */

static const struct row_filter filters[] = {{"All"}, {"To count"}, {"Different"}};

static bool is_shown(const struct count_line *line, int filter)
{
    const bool counted = line->counted.thousandths != NUMBER_NONE;

    return filter == 0 || (filter == 1 && !counted) ||
           (filter == 2 && counted && line->variance.thousandths != 0);
}

/* A sheet is in memory whole: one page. */
static status load_lines(void *context, const struct row_query *query, struct arena *arena,
                         struct row_page *ret_page, struct fault *fault)
{
    const struct count_page *page = context;
    const struct count *sheet = sheet_of(page);
    size_t count = 0;

    (void)fault;
    *ret_page = (struct row_page){.next = "", .previous = ""};
    if (sheet == NULL)
        return OK;
    const struct count_line *lines = sheet->lines.at;
    struct count_line *shown = NEW_ARRAY(arena, struct count_line, sheet->lines.count + 1);
    for (size_t i = 0; i < sheet->lines.count; i++)
        if (is_shown(&lines[i], query->filter))
            shown[count++] = lines[i];
    ret_page->rows = (struct rows){shown, count};
    ret_page->total = (int64_t)count;
    return OK;
}

static const char *line_cell(void *context, const void *row, const char *column,
                             struct arena *scratch, enum ink *ink)
{
    const struct count_line *line = row;
    const bool counted = line->counted.thousandths != NUMBER_NONE;

    (void)context;
    (void)scratch;
    if (!counted && (text_same(column, "counted") || text_same(column, "variance") ||
                     text_same(column, "variance_value")))
        return "";
    if (text_same(column, "variance") && line->variance.thousandths != 0)
        *ink = INK_WARN;
    if (text_same(column, "moved") && line->moved.thousandths == 0)
        return "";
    return NULL;
}

/* clang-format off */
static const struct column columns[] = {
    {.name = "bin", .width = 6},
    {.name = "sku", .width = 14},
    {.name = "name", .width = 18, .grow = 2},
    {.name = "expected", .width = 9},
    {.name = "moved", .width = 8, .label = "Moved", .below = 100},
    {.name = "counted", .width = 9, .label = "Found"},
    {.name = "variance", .width = 9, .label = "Differs"},
    {.name = "variance_value", .width = 10, .below = 90},
    {.name = "counted_by", .width = 14, .below = 110},
};
/* clang-format on */
static const struct rowlist_type lines_type = {
    .shape = &count_line_shape,
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .load = load_lines,
    .cell = line_cell,
    .filters = filters,
    .filter_count = COUNT_OF(filters),
    .empty = "No line here. f shows the others.",
};

/* --- Entering --- */

static void enter(struct view *view, const struct count_enter *in);

static void again_answered(struct view *asker, char letter, void *context)
{
    struct count_page *page = asker->state;
    struct count_enter in = page->refused;

    (void)context;
    in.again = true;
    if (letter == 'a')
        enter(asker, &in);
}

/* Somebody else has counted it: the sentence says who and what; the person decides. */
static void ask_again(struct view *view, const struct count_enter *in, const char *says)
{
    static const struct dialog_button buttons[] = {{'a', "a Count again"}, {'l', "l Leave it"}};
    struct count_page *page = view->state;

    arena_reset(&page->asked);
    page->refused = *in;
    page->refused.scanned = arena_text(&page->asked, in->scanned);
    page->refused.bin = arena_text(&page->asked, in->bin);
    dialog_open(view->app, &(struct dialog){
                               .title = "Counted already",
                               .text = arena_text(&page->asked, says),
                               .buttons = buttons,
                               .button_count = COUNT_OF(buttons),
                               .safe = 'l',
                               .answered = again_answered,
                           });
}

static void enter(struct view *view, const struct count_enter *in)
{
    struct count_page *page = view->state;
    struct desk *desk = desk_of(view);
    struct count sheet;

    const status result = desk_try(desk, NULL, &count_enter_op, in, &sheet);
    page->load.stale = true;
    rowlist_refresh(&page->list);
    if (result == OK)
        app_say(view->app, "%lld counted, %lld to count.", (long long)sheet.counted,
                (long long)sheet.remaining);
    else if (result == ERR_CONFLICT && sheet_of(page) != NULL &&
             sheet_of(page)->state == COUNT_OPEN && !in->again)
        ask_again(view, in, desk->session.fault.text);
    else
        app_fault(view->app, &desk->session.fault);
}

static void scanned(struct view *view, const char *text)
{
    const struct count_page *page = view->state;

    enter(view, &(struct count_enter){.count = page->key.count,
                                      .scanned = text,
                                      .bin = "",
                                      .counted = {NUMBER_NONE},
                                      .add = true});
}

struct answer {
    struct stock_count_line_id line;
};

static void quantity_given(struct view *asker, const char *text, void *context)
{
    const struct count_page *page = asker->state;
    const struct answer *answer = context;
    struct count_enter in = {
        .count = page->key.count, .line = answer->line, .scanned = "", .bin = ""};

    if (qty_parse(text, &in.counted, NULL) == OK)
        enter(asker, &in);
}

static status quantity_check(void *context, const char *text, struct fault *fault)
{
    struct qty quantity;

    (void)context;
    if (text_is_empty(text))
        return fault_field(fault, "counted", "Write how many you found, 0 for none.");
    TRY(qty_parse(text, &quantity, fault));
    if (quantity.thousandths < 0)
        return fault_field(fault, "counted", "Nothing less than 0 can lie there.");
    return OK;
}

/* `typed` is the digit that opened the box. */
static void ask_quantity(struct view *view, const char *typed)
{
    struct count_page *page = view->state;
    const struct count_line *line = rowlist_row(&page->list);
    struct answer *answer = NEW(&view->arena, struct answer);

    if (line == NULL)
        return;
    answer->line = line->id;
    question_open(view->app, &(struct question){
                                 .title = arena_printf(&view->arena, "%s in bin %s", line->sku,
                                                       *line->bin != '\0' ? line->bin : "(none)"),
                                 .label = "Found",
                                 .help = line->name,
                                 .initial = typed,
                                 .max = 16,
                                 .check = quantity_check,
                                 .answered = quantity_given,
                                 .context = answer,
                             });
}

static void press_enter(struct view *view, const struct action *action)
{
    (void)action;
    ask_quantity(view, "");
}

static void part_named(struct view *asker, const char *text, void *context)
{
    (void)context;
    scanned(asker, text);
}

static void ask_part(struct view *view, const struct action *action)
{
    (void)action;
    question_open(view->app, &(struct question){
                                 .title = "Count one more",
                                 .label = "Part",
                                 .help = "Bar code, part number or a vendor's number",
                                 .max = 80,
                                 .answered = part_named,
                             });
}

/* --- The view --- */

static void draw_head(const struct count *sheet, struct area area)
{
    struct arena *scratch = &area.on->scratch;
    char money[NUMBER_TEXT_MAX], time[DAY_TEXT_MAX];

    const int at = area_printf(area, 0, 1, INK_STRONG, "Sheet %lld · %s", (long long)sheet->id.v,
                               sheet->title);
    area_text(area, 0, at + 2, INK_NORMAL, choice_label(&count_state_choices, sheet->state));
    area_right(area, 0, area.cols - 1, INK_NORMAL,
               arena_printf(scratch, "frozen %s", instant_show(sheet->frozen_at, time)));
    area_printf(area, 1, 1, sheet->remaining > 0 ? INK_NORMAL : INK_OK,
                "%lld counted, %lld to count", (long long)sheet->counted,
                (long long)sheet->remaining);
    if (sheet->variance_value.cents != 0)
        area_right(
            area, 1, area.cols - 1, INK_WARN,
            arena_printf(scratch, "differs by %s", money_show(sheet->variance_value, money)));
}

static void count_draw(struct view *view, struct area body)
{
    struct count_page *page = view->state;
    const struct count *sheet = sheet_of(page);

    if (sheet == NULL) {
        area_wrap(body, 0, 1, body.cols - 2, INK_ERROR, page->load.fault.text);
        return;
    }
    draw_head(sheet, body);
    area_hline(body, 2, 0, body.cols, INK_MUTED);
    rowlist_draw(&page->list, area_below(body, 3));
}

static bool count_key_event(struct view *view, const struct event *event)
{
    struct count_page *page = view->state;
    const struct count *sheet = sheet_of(page);
    char typed[5];

    if (event->kind == EVENT_SCAN) {
        scanned(view, event->text);
        return true;
    }
    if (event_number(event, typed) == NULL || sheet == NULL || sheet->state != COUNT_OPEN)
        return rowlist_key(&page->list, event);
    ask_quantity(view, typed);
    return true;
}

static void count_settle_view(struct view *view)
{
    struct count_page *page = view->state;

    if (page->load.stale) {
        desk_load(desk_of(view), &page->load, &count_show_op, &page->key);
        rowlist_refresh(&page->list);
    }
    rowlist_settle(&page->list);
}

static void count_changed(struct view *view)
{
    struct count_page *page = view->state;

    page->load.stale = true;
    app_redraw(view->app);
}

enum { NEEDS_OPEN = NEEDS_OWN };

static unsigned count_has(struct view *view)
{
    struct count_page *page = view->state;
    const struct count *sheet = sheet_of(page);
    const bool is_open = sheet != NULL && sheet->state == COUNT_OPEN;

    return (sheet != NULL ? (unsigned)NEEDS_RECORD : 0u) | (is_open ? (unsigned)NEEDS_OPEN : 0u) |
           (rowlist_row(&page->list) != NULL ? (unsigned)NEEDS_ROW : 0u);
}

static void count_close(struct view *view)
{
    struct count_page *page = view->state;

    rowlist_done(&page->list);
    loading_done(&page->load);
    arena_done(&page->asked);
}

static void print_sheet(struct view *view, const struct action *action)
{
    const struct count_page *page = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    print_menu_open(desk_of(view),
                    &(struct print_menu){
                        .papers = {{DOCUMENT_COUNT, page->key.count.v}},
                        .title = arena_printf(&arena, "sheet %lld", (long long)page->key.count.v),
                    });
}

/* clang-format off */
static const struct action count_actions[] = {
    {"Enter", "count.enter", "how many", NEEDS_ROW | NEEDS_OPEN, press_enter, "Asks how many lie there; typing digits does, too.", 0, "This sheet is closed."},
    {"a", "count.enter", "part by number", NEEDS_OPEN, ask_part, "Counts one more of a part, as a scan does.", 0, "This sheet is closed."},
    {"P", "count.post", "post", NEEDS_RECORD | NEEDS_OPEN, NULL, "Posts what was found to stock and books.", 0, "This sheet is closed."},
    {"F8", "document.print", "print", NEEDS_RECORD, print_sheet, "The sheet on paper, to be filled in at the shelf."},
    {"X", "count.void", "give up", NEEDS_RECORD | NEEDS_OPEN, NULL, "Gives the sheet up; nothing is posted.", ACTION_QUIET, "This sheet is closed."},
};
/* clang-format on */
static const struct view_type count_type = {
    .name = "count",
    .draw = count_draw,
    .key = count_key_event,
    .settle = count_settle_view,
    .changed = count_changed,
    .resumed = count_changed,
    .has = count_has,
    .status = rowlist_view_status,
    .close = count_close,
    .actions = count_actions,
    .action_count = COUNT_OF(count_actions),
    .help =
        "Scan what lies there, piece by piece, or choose a line and type how many. f shows what "
        "is still to be counted, or what differs.",
};

void count_screen_open(struct desk *desk, int64_t count)
{
    struct view *view = view_new(desk->app, &count_type, sizeof(struct count_page));
    struct count_page *page = view->state;

    page->key.count.v = count;
    page->load.stale = true;
    rowlist_init(&page->list, &lines_type, &desk->session.rights, page);
    view->title = "Count";
    app_push(desk->app, view);
}

bool count_screen_subject(struct view *view, struct subject *ret_subject)
{
    if (view->type != &count_type)
        return false;
    const struct count_page *page = view->state;
    if (sheet_of(page) == NULL)
        return false;
    *ret_subject = (struct subject){
        .noun = "count", .id = page->key.count.v, .shape = &count_shape, .row = sheet_of(page)};
    return true;
}
