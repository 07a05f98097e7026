/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where a delivery is unpacked: a scan counts one more of what came, digits say how many. Nothing
 * moves before F2; then all of it does. What is asked about a line is in receive_ask.c. */

#include "receive_page.h"
#include "base/text.h"
#include "domain/part.h"
#include "ui/dialog.h"

static const struct field came_fields[] = {
    FIELD(struct came, id, .flags = FIELD_HIDDEN),
    FIELD(struct came, sku, .label = "Part", .flags = FIELD_NUMBERS_OK),
    FIELD(struct came, description),
    FIELD(struct came, number, .label = "Their number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct came, open, .label = "To come"),
    FIELD(struct came, here, .label = "Here"),
    FIELD(struct came, cost, .label = "Ordered at", .right = RIGHT_COSTS_VIEW),
    FIELD(struct came, paid, .label = "Costs", .right = RIGHT_COSTS_VIEW),
    FIELD(struct came, order_text, .label = "For"),
};
static const struct shape came_shape = SHAPE_OF(struct came, "came", came_fields);

/* --- Rows --- */

static const char *came_cell(void *context, const void *row, const char *column,
                             struct arena *scratch, enum ink *ink)
{
    const struct came *came = row;
    char text[NUMBER_TEXT_MAX];

    (void)context;
    if (text_same(column, "here")) {
        *ink = came->here.thousandths == 0                       ? INK_MUTED
               : came->here.thousandths > came->open.thousandths ? INK_BAD
               : came->here.thousandths < came->open.thousandths ? INK_WARN
                                                                 : INK_OK;
        return came->here.thousandths == 0 ? "" : NULL;
    }
    if (!text_same(column, "paid"))
        return NULL;
    if (came->paid.cents == came->cost.cents)
        return "";
    *ink = came->paid.cents > came->cost.cents ? INK_WARN : INK_INFO;
    return arena_text(scratch, money_show(came->paid, text));
}

/* clang-format off */
static const struct column columns[] = {
    {.name = "sku", .width = 12},
    {.name = "description", .width = 14, .grow = 2},
    {.name = "number", .width = 12, .below = 110},
    {.name = "open", .width = 8},
    {.name = "here", .width = 7},
    {.name = "cost", .width = 10, .below = 100},
    {.name = "paid", .width = 9},
    {.name = "order_text", .width = 12, .grow = 1, .below = 70},
};
/* clang-format on */
static const struct rowlist_type rows_type = {
    .shape = &came_shape,
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .cell = came_cell,
    .empty = "Nothing is on this order.",
};

static const char *upc_of(struct desk *desk, struct part_id id, struct arena *arena)
{
    struct part part;

    if (id.v == 0 || desk_try(desk, arena, &part_show_op, &(struct part_key){id}, &part) != OK)
        return "";
    return part.upc;
}

static void fill_rows(struct view *view)
{
    struct receive_page *page = view->state;
    const struct purchase *order = page->load.out;
    const struct purchase_line *line = order->lines.at;
    struct arena arena = ARENA_EMPTY;
    struct came *rows = NEW_ARRAY(&arena, struct came, order->lines.count + 1);

    for (size_t i = 0; i < order->lines.count; i++)
        rows[i] = (struct came){
            .id = line[i].id,
            .sku = arena_text(&arena, line[i].sku),
            .description = arena_text(&arena, line[i].description),
            .number = arena_text(&arena, line[i].number),
            .upc = upc_of(desk_of(view), line[i].part, &arena),
            .order_text = arena_text(&arena, line[i].order_text),
            .open = line[i].open,
            .cost = line[i].cost,
            .paid = line[i].cost,
        };
    amounts_take(&page->amounts, (struct rows){rows, order->lines.count}, &arena);
    page->loaded = true;
}

/* --- What came --- */

static bool is_same_code(const char *a, const char *b)
{
    AUTO_ARENA arena = ARENA_EMPTY;

    return *a != '\0' && text_same(text_code(&arena, a), text_code(&arena, b));
}

/* A UPC may be read with a zero in front (EAN-13). */
static bool fits(const struct came *came, const char *code)
{
    return is_same_code(came->sku, code) || is_same_code(came->number, code) ||
           is_same_code(came->upc, code) || (*code == '0' && is_same_code(came->upc, code + 1));
}

void receive_scanned(struct view *view, const char *code)
{
    const struct receive_page *page = view->state;
    struct came *rows = page->amounts.rows.at, *hit = NULL;

    for (size_t i = 0; i < page->amounts.rows.count; i++) {
        struct came *came = &rows[i];
        if (!fits(came, code))
            continue;
        if (hit == NULL || (hit->here.thousandths >= hit->open.thousandths &&
                            came->here.thousandths < came->open.thousandths))
            hit = came;
    }
    if (hit == NULL) {
        app_error(view->app, "“%s” is not on this order. Put it aside.", code);
        return;
    }
    amounts_give(view, hit, hit->here.thousandths + 1000);
}

/* --- F2 --- */

static void receive(struct view *view, bool over);

static void over_answered(struct view *asker, char letter, void *context)
{
    (void)context;
    if (letter == 'm')
        receive(asker, true);
}

static void ask_over(struct view *view, const char *names)
{
    static const struct dialog_button buttons[] = {{'m', "m It is meant"}, {'c', "c Correct it"}};

    dialog_open(view->app,
                &(struct dialog){
                    .title = "More than was ordered",
                    .text = arena_printf(&view->arena, "More came than was ordered: %s.", names),
                    .buttons = buttons,
                    .button_count = COUNT_OF(buttons),
                    .safe = 'c',
                    .answered = over_answered,
                });
}

/* "8 of ACC-1 instead of 6", "" where no more came than is open; and how many lines have come. */
static const char *over_names(const struct receive_page *page, struct arena *arena,
                              size_t *ret_count)
{
    const struct came *rows = page->amounts.rows.at;
    const char *names = "";
    char here[NUMBER_TEXT_MAX], open[NUMBER_TEXT_MAX];

    *ret_count = 0;
    for (size_t i = 0; i < page->amounts.rows.count; i++) {
        const struct came *came = &rows[i];
        *ret_count += came->here.thousandths > 0;
        if (came->here.thousandths > came->open.thousandths)
            names = arena_printf(arena, "%s%s%s of %s instead of %s", names,
                                 *names != '\0' ? ", " : "", qty_text(came->here, here),
                                 *came->sku != '\0' ? came->sku : came->description,
                                 qty_text(came->open, open));
    }
    return names;
}

static void received(struct view *view, const struct purchase *order)
{
    struct app *app = view->app;
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *warning = arena_text(&arena, order->warning);
    const long long number = (long long)order->id.v;

    app_pop(app, view);
    if (*warning != '\0')
        dialog_tell(app, "Received; look at these prices", warning);
    else
        app_say(app, "Received on purchase order %lld.", number);
}

static void receive(struct view *view, bool over)
{
    struct receive_page *page = view->state;
    struct desk *desk = desk_of(view);
    AUTO_ARENA arena = ARENA_EMPTY;
    struct purchase_receive in = {
        .purchase = page->key.purchase, .slip = page->slip, .freight = page->freight, .over = over};
    const struct rows *rows = &page->amounts.rows;
    struct receive_line *lines = NEW_ARRAY(&arena, struct receive_line, rows->count + 1);
    struct purchase order;

    for (size_t i = 0; i < rows->count; i++) {
        const struct came *came = (const struct came *)rows->at + i;
        if (came->here.thousandths > 0)
            lines[in.lines.count++] = (struct receive_line){
                .line = came->id,
                .scanned = "",
                .quantity = came->here,
                .cost = {came->paid.cents != came->cost.cents ? came->paid.cents : NUMBER_NONE},
                .bin = ""};
    }
    in.lines.at = lines;
    if (desk_call(desk, &arena, &purchase_receive_op, &in, &order) == OK)
        received(view, &order);
}

static void save(struct view *view, const struct action *action)
{
    struct receive_page *page = view->state;
    size_t count = 0;
    const char *over = over_names(page, &view->arena, &count);

    (void)action;
    if (count == 0)
        app_error(view->app, "Nothing is here yet: scan what came, or press * for all of it.");
    else if (*over != '\0')
        ask_over(view, over);
    else
        receive(view, false);
}

/* --- The view --- */

static void receive_draw(struct view *view, struct area body)
{
    struct receive_page *page = view->state;
    const struct purchase *order = page->load.out;
    struct arena *scratch = &body.on->scratch;
    char money[NUMBER_TEXT_MAX];

    if (order == NULL) {
        area_wrap(body, 0, 1, body.cols - 2, INK_ERROR, page->load.fault.text);
        return;
    }
    const int at = area_printf(body, 0, 1, INK_STRONG, "Receive PO %lld", (long long)order->id.v);
    area_fit(body, 0, at + 2, body.cols - at - 3, INK_STRONG, order->vendor_name);
    const int next =
        area_text(body, 1, 1, INK_NORMAL,
                  *page->slip != '\0' ? arena_printf(scratch, "packing slip %s", page->slip)
                                      : "no packing slip");
    if (page->freight.cents != 0)
        area_printf(body, 1, next + 3, INK_NORMAL, "freight %s", money_show(page->freight, money));
    area_hline(body, 2, 0, body.cols, INK_MUTED);
    rowlist_draw(&page->amounts.list, area_below(body, 3));
}

static bool receive_key(struct view *view, const struct event *event)
{
    if (event->kind != EVENT_SCAN)
        return amounts_key(view, event);
    receive_scanned(view, event->text);
    return true;
}

static void receive_settle(struct view *view)
{
    struct receive_page *page = view->state;

    if (page->load.stale &&
        desk_load(desk_of(view), &page->load, &purchase_show_op, &page->key) == OK && !page->loaded)
        fill_rows(view);
    rowlist_view_settle(view);
}

static void receive_resumed(struct view *view)
{
    app_redraw(view->app);
}

static void receive_close(struct view *view)
{
    struct receive_page *page = view->state;

    amounts_done(&page->amounts);
    loading_done(&page->load);
}

/* clang-format off */
static const struct action actions[] = {
    {"F2", "purchase.receive", "receive", NEEDS_RECORD, save, "Receives what is here: it goes to the shelf and into the books."},
    {"Enter", "receive.count", "how many", NEEDS_ROW, amounts_ask, "Asks how many came; typing digits does, too."},
    {"a", "receive.part", "part by number", NEEDS_RECORD, receive_ask_part, "Counts one more of a part, as a scan does."},
    {"*", "receive.all", "all came", NEEDS_RECORD, receive_all_came, "Everything that is open has come."},
    {"c", "receive.cost", "cost", NEEDS_ROW, receive_ask_cost, "What one really costs, where that differs."},
    {"d", "receive.freight", "freight", NEEDS_RECORD, receive_ask_freight, "Freight, spread over what came."},
    {"n", "receive.slip", "slip", NEEDS_RECORD, receive_ask_slip, "The number of the packing slip."},
};
/* clang-format on */
static const struct view_type receive_type = {
    .name = "receive",
    .draw = receive_draw,
    .key = receive_key,
    .settle = receive_settle,
    .changed = receive_resumed,
    .resumed = receive_resumed,
    .has = amounts_has,
    .status = rowlist_view_status,
    .dirty = amounts_is_dirty,
    .leaves = amounts_leaves,
    .close = receive_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .help = "Scan what came, piece by piece, or choose a line and type how many. * takes all that "
            "is open. F2 receives it, all at once.",
};

void receive_screen_open(struct desk *desk, int64_t purchase)
{
    struct view *view = view_new(desk->app, &receive_type, sizeof(struct receive_page));
    struct receive_page *page = view->state;

    page->key.purchase.v = purchase;
    page->load.stale = true;
    page->slip = "";
    amounts_init(&page->amounts, &receive_amounts, &rows_type, &desk->session.rights);
    view->title = "Receive";
    app_push(desk->app, view);
}
