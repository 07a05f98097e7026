/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A purchase order: what is ordered from whom, what has come of it and for which repair order, and
 * the steps from draft to closed. */

#include "domain/purchase.h"

#include "base/text.h"
#include "buying.h"
#include "domain/bill.h"
#include "print_menu.h"
#include "ui/dialog.h"

struct purchase_page {
    struct rowlist list;
    struct loading load; /* of struct purchase */
    struct purchase_key key;
};

static const struct purchase *order_of(const struct purchase_page *page)
{
    return page->load.out;
}

/* --- Rows --- */

static struct rows lines_of(void *context)
{
    const struct purchase *order = order_of(context);

    return order != NULL ? order->lines : (struct rows){0};
}

static const char *line_cell(void *context, const void *row, const char *column,
                             struct arena *scratch, enum ink *ink)
{
    const struct purchase_page *page = context;
    const struct purchase_line *line = row;
    const struct purchase *order = order_of(page);

    (void)scratch;
    if (order == NULL)
        return NULL;
    if (text_same(column, "received") && line->received.thousandths == 0)
        return "";
    if (text_same(column, "open") && line->open.thousandths == 0)
        return "";
    if (text_same(column, "open"))
        *ink = INK_WARN;
    if (text_same(column, "due_on") && line->open.thousandths == 0 &&
        order->state != PURCHASE_DRAFT)
        return "";
    return NULL;
}

/* clang-format off */
static const struct column columns[] = {
    {.name = "sku", .width = 12, .label = "Part"},
    {.name = "description", .width = 14, .grow = 2},
    {.name = "number", .width = 11, .below = 120},
    {.name = "quantity", .width = 8},
    {.name = "received", .width = 8},
    {.name = "open", .width = 8},
    {.name = "cost", .width = 9, .below = 100},
    {.name = "amount", .width = 10, .below = 110},
    {.name = "due_on", .width = 12, .below = 140},
    {.name = "order_text", .width = 12, .grow = 1, .below = 75},
};
/* clang-format on */
static const struct rowlist_type lines_type = {
    .shape = &purchase_line_shape,
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .whole = lines_of,
    .cell = line_cell,
    .empty = "Nothing is on it yet. a adds a part.",
};

/* --- Head --- */

static const char *dates_text(const struct purchase *order, struct day today, struct arena *arena)
{
    char made[DAY_TEXT_MAX], sent[DAY_TEXT_MAX], due[DAY_TEXT_MAX];
    const bool waits = order->state == PURCHASE_SENT || order->state == PURCHASE_PART_RECEIVED;
    const bool is_late =
        waits && order->due_on.iso[0] != '\0' && day_compare(order->due_on, today) < 0;

    return arena_printf(
        arena, "made %s%s%s%s%s%s%s%s", instant_show(order->made_at, made),
        *order->made_by != '\0' ? " by " : "", order->made_by,
        order->sent_at.seconds != 0 ? " · sent " : "",
        order->sent_at.seconds != 0 ? instant_show(order->sent_at, sent) : "",
        order->due_on.iso[0] != '\0' ? (is_late ? " · LATE since " : " · due ") : "",
        order->due_on.iso[0] != '\0' ? day_show(order->due_on, due) : "",
        *order->reference != '\0' ? arena_printf(arena, " · no. %s", order->reference) : "");
}

/* "2 deliveries, 392.00 received, 100.00 billed" */
static const char *received_text(const struct purchase *order, bool with_money, struct arena *arena)
{
    const struct receipt *receipt = order->receipts.at;
    struct money total = MONEY_ZERO, billed = MONEY_ZERO;
    char came[NUMBER_TEXT_MAX], paid[NUMBER_TEXT_MAX];

    if (*order->void_reason != '\0')
        return order->void_reason;
    if (order->receipts.count == 0)
        return order->note;
    for (size_t i = 0; i < order->receipts.count; i++) {
        total.cents += receipt[i].total.cents;
        billed.cents += receipt[i].billed.cents;
    }
    const char *count = arena_printf(arena, "%zu deliver%s", order->receipts.count,
                                     order->receipts.count == 1 ? "y" : "ies");
    return with_money ? arena_printf(arena, "%s of %s, %s billed", count, money_show(total, came),
                                     money_show(billed, paid))
                      : count;
}

/* What the parts come to, as lists have it; deposits are paid beside. */
static const char *total_text(const struct purchase *order, struct arena *arena)
{
    char parts[NUMBER_TEXT_MAX], cores[NUMBER_TEXT_MAX];

    if (order->cores.cents == 0)
        return arena_text(arena, money_show(order->total, parts));
    return arena_printf(arena, "%s + %s cores", money_show(order->total, parts),
                        money_show(order->cores, cores));
}

static void draw_head(struct view *view, const struct purchase *order, struct area area)
{
    struct desk *desk = desk_of(view);
    struct arena *scratch = &area.on->scratch;
    const bool with_money = desk_holds(desk, RIGHT_COSTS_VIEW);

    const int at = area_printf(area, 0, 1, INK_STRONG, "PO %lld", (long long)order->id.v);
    const int next =
        area_text(area, 0, at + 2, order->state == PURCHASE_DRAFT ? INK_WARN : INK_INFO,
                  theme_choice(desk->theme, &purchase_state_choices.at[order->state], scratch));
    const char *total = with_money ? total_text(order, scratch) : "";
    area_fit(area, 0, next + 2, area.cols - next - 5 - area_cells(area, total), INK_STRONG,
             order->vendor_name);
    area_right(area, 0, area.cols - 1, INK_STRONG, total);
    area_fit(area, 1, 1, area.cols - 2, INK_NORMAL, dates_text(order, desk_today(desk), scratch));
    area_fit(area, 2, 1, area.cols - 2, INK_NORMAL, received_text(order, with_money, scratch));
}

static void purchase_draw(struct view *view, struct area body)
{
    struct purchase_page *page = view->state;
    const struct purchase *order = order_of(page);

    if (order == NULL) {
        area_wrap(body, 0, 1, body.cols - 2, INK_ERROR, page->load.fault.text);
        return;
    }
    draw_head(view, order, body);
    area_hline(body, 3, 0, body.cols, INK_MUTED);
    rowlist_draw(&page->list, area_below(body, 4));
}

/* --- The view --- */

static void purchase_settle_view(struct view *view)
{
    struct purchase_page *page = view->state;

    if (page->load.stale) {
        desk_load(desk_of(view), &page->load, &purchase_show_op, &page->key);
        rowlist_refresh(&page->list);
    }
    rowlist_settle(&page->list);
}

static void purchase_changed(struct view *view)
{
    struct purchase_page *page = view->state;

    page->load.stale = true;
    app_redraw(view->app);
}

enum {
    IS_DRAFT = NEEDS_OWN,
    IS_SENT = NEEDS_OWN << 1,
    IS_COMING = NEEDS_OWN << 2,
    IS_UNBILLED = NEEDS_OWN << 3,
    MAY_VOID = NEEDS_OWN << 4
};

static unsigned purchase_has(struct view *view)
{
    struct purchase_page *page = view->state;
    const struct purchase *order = order_of(page);
    unsigned has = 0;

    if (order == NULL)
        return 0;
    has |= NEEDS_RECORD;
    if (rowlist_row(&page->list) != NULL)
        has |= NEEDS_ROW;
    if (order->state == PURCHASE_DRAFT)
        has |= (unsigned)IS_DRAFT;
    if (order->state == PURCHASE_SENT || order->state == PURCHASE_PART_RECEIVED)
        has |= (unsigned)IS_COMING;
    if (order->state != PURCHASE_DRAFT && order->state != PURCHASE_VOID)
        has |= (unsigned)IS_SENT;
    if (order->state == PURCHASE_RECEIVED || order->state == PURCHASE_PART_RECEIVED)
        has |= (unsigned)IS_UNBILLED;
    if (order->state == PURCHASE_DRAFT || order->state == PURCHASE_SENT)
        has |= (unsigned)MAY_VOID;
    return has;
}

static void purchase_close_view(struct view *view)
{
    struct purchase_page *page = view->state;

    rowlist_done(&page->list);
    loading_done(&page->load);
}

/* --- Steps --- */

/* The line under the cursor, by a form or a question of its operation. */
static void with_line(struct view *view, const struct op *op)
{
    struct purchase_page *page = view->state;
    const struct purchase_line *line = rowlist_row(&page->list);
    const struct subject subject = {
        .noun = "line", .id = line != NULL ? line->id.v : 0, .shape = NULL, .row = NULL};

    if (line != NULL)
        desk_open_op(desk_of(view), op, &subject);
}

static void edit_line(struct view *view, const struct action *action)
{
    (void)action;
    with_line(view, &purchase_edit_line_op);
}

static void remove_line(struct view *view, const struct action *action)
{
    (void)action;
    with_line(view, &purchase_remove_line_op);
}

static void receive(struct view *view, const struct action *action)
{
    const struct purchase_page *page = view->state;

    (void)action;
    receive_screen_open(desk_of(view), page->key.purchase.v);
}

static void enter_bill(struct view *view, const struct action *action)
{
    const struct purchase_page *page = view->state;
    const struct purchase *order = order_of(page);
    struct desk *desk = desk_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (order == NULL)
        return;
    struct bill_enter *in = desk_input(desk, &arena, &bill_enter_op);
    in->vendor = order->vendor;
    in->purchase = order->id;
    const struct receipt *receipt = order->receipts.at;
    for (size_t i = 0; i < order->receipts.count; i++)
        in->total.cents += receipt[i].total.cents - receipt[i].billed.cents;
    op_form_open(desk, &(struct op_form){.op = &bill_enter_op, .in = in, .focus = "number"});
}

static void print_order(struct view *view, const struct action *action)
{
    const struct purchase_page *page = view->state;
    const struct purchase *order = order_of(page);
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    if (order == NULL)
        return;
    print_menu_open(
        desk_of(view),
        &(struct print_menu){
            .papers = {{DOCUMENT_PURCHASE, order->id.v}},
            .email = *order->vendor_email != '\0' ? order->vendor_email : NULL,
            .title = arena_printf(&arena, "purchase order %lld", (long long)order->id.v),
        });
}

/* clang-format off */
static const struct action actions[] = {
    {"a F6", "purchase.add-line", "add part", NEEDS_RECORD | IS_DRAFT, NULL, "Orders another part.", 0, "It has been sent: write another order."},
    {"Enter", "purchase.edit-line", "change line", NEEDS_ROW, edit_line, "Changes quantity, cost or the day it is due."},
    {"x Delete", "purchase.remove-line", "take off", NEEDS_ROW | IS_DRAFT, remove_line, "Takes the line off the draft.", 0, "It has been sent: cancel the rest instead."},
    {"t", "purchase.send", "sent", NEEDS_RECORD | IS_DRAFT, NULL, "Notes that it went to the vendor; its parts are on order.", 0, "It has been sent already."},
    {"r", "purchase.receive", "receive", NEEDS_RECORD | IS_SENT, receive, "Receives what came of it.", 0, "Note that it was sent first."},
    {"b", "bill.enter", "bill", NEEDS_RECORD | IS_UNBILLED, enter_bill, "Enters the vendor's bill for what came.", 0, "Nothing of it waits for a bill."},
    {"F8 p", "document.print", "print", NEEDS_RECORD, print_order, "The order on paper, as a file or for a mail."},
    {"e", "purchase.edit", "change", NEEDS_RECORD, NULL, "Changes due day, confirmation number or note.", ACTION_QUIET},
    {"c", "purchase.close-short", "cancel rest", NEEDS_RECORD | IS_COMING, NULL, "Nobody waits for the rest any more.", ACTION_QUIET, "Nothing of it is still to come."},
    {"X", "purchase.void", "void", NEEDS_RECORD | MAY_VOID, NULL, "Voids an order of which nothing has come.", ACTION_QUIET, "Some of it has come: cancel the rest instead."},
};
/* clang-format on */
static const struct view_type purchase_type = {
    .name = "purchase",
    .draw = purchase_draw,
    .key = rowlist_view_key,
    .settle = purchase_settle_view,
    .changed = purchase_changed,
    .resumed = purchase_changed,
    .has = purchase_has,
    .status = rowlist_view_status,
    .close = purchase_close_view,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .help = "A draft takes parts; sent, it waits for them. What is received waits for its bill.",
};

void purchase_screen_open(struct desk *desk, int64_t purchase)
{
    struct view *view = view_new(desk->app, &purchase_type, sizeof(struct purchase_page));
    struct purchase_page *page = view->state;

    page->key.purchase.v = purchase;
    page->load.stale = true;
    rowlist_init(&page->list, &lines_type, &desk->session.rights, page);
    view->title = "Purchase order";
    app_push(desk->app, view);
}

bool purchase_screen_subject(struct view *view, struct subject *ret_subject)
{
    if (view->type != &purchase_type)
        return false;
    const struct purchase_page *page = view->state;
    if (order_of(page) == NULL)
        return false;
    *ret_subject = (struct subject){.noun = "purchase",
                                    .id = page->key.purchase.v,
                                    .shape = &purchase_shape,
                                    .row = order_of(page)};
    return true;
}
