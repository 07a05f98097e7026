/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How the counter looks: the box, what was found, and the strip of today. */

#include <string.h>

#include "base/text.h"
#include "counter.h"
#include "domain/closed_day.h"
#include "domain/purchase.h"

/* Where things stand, from the width of the terminal. */
struct columns {
    int phone, owes_end, last;         /* of a customer */
    int plate, miles_end, work, right; /* of a vehicle */
    int state;                         /* of a repair order: its width */
};

#define PROMISED 12 /* "25 Nov 11:00" */

static struct columns columns_for(int cols)
{
    const int extra = cols > 80 ? cols - 80 : 0;

    if (cols < 76)
        return (struct columns){.phone = cols - 33,
                                .owes_end = cols - 2,
                                .last = cols,
                                .plate = cols - 33,
                                .miles_end = cols - 2,
                                .work = cols,
                                .right = cols - 1,
                                .state = 16};
    return (struct columns){
        .phone = 39 + extra / 2,
        .owes_end = 66 + extra * 3 / 4,
        .last = 69 + extra * 3 / 4,
        .plate = 30 + extra / 3,
        .miles_end = 53 + extra / 2,
        .work = 55 + extra / 2,
        .right = cols - 1,
        .state = cols < 100 ? 16 : 27,
    };
}

struct sheet {
    struct area area;
    const struct counter *counter;
    struct columns columns;
    const struct theme *theme;
    struct arena *scratch;
    struct instant now;
    size_t line, top; /* counts lines, also those scrolled away */
};

/* The row to draw the next line in, NULL-like when it is out of sight. */
static bool next_line(struct sheet *page, struct area *ret_row)
{
    const size_t line = page->line++;

    if (line < page->top || line - page->top >= (size_t)page->area.rows)
        return false;
    *ret_row = area_row(page->area, (int)(line - page->top));
    return true;
}

static void mark_selected(const struct sheet *page, struct area row)
{
    area_glyph(row, 0, 0, INK_SELECTED, GLYPH_CURSOR);
    area_ink(row, 0, 1, 1, row.cols - 1, INK_SELECTED);
    area_cursor(row, 0, 0);
    (void)page;
}

static const char *miles_text(int64_t miles, struct arena *arena)
{
    if (miles < 0)
        return "";
    if (miles < 1000)
        return arena_printf(arena, "%lld mi", (long long)miles);
    return arena_printf(arena, "%lld,%03lld mi", (long long)(miles / 1000),
                        (long long)(miles % 1000));
}

/* "● in progress" from the words of the order's state. */
static const char *state_text(const struct sheet *page, const char *word, enum ink *ret_ink)
{
    const int value = choice_value(&order_state_choices, word);

    *ret_ink = INK_INFO;
    if (value < 0)
        return word;
    const struct choice *choice = &order_state_choices.at[value];
    if (value == ORDER_COMPLETE || value == ORDER_PAID)
        *ret_ink = INK_OK;
    else if (value == ORDER_HOLD || value == ORDER_ESTIMATE)
        *ret_ink = INK_WARN;
    return theme_choice(page->theme, choice, page->scratch);
}

/* What holds it says more than that it is held: "◌ waiting for parts", or "◌ hold: parts" where
 * there is little room, as on the board. */
static const char *order_state_text(const struct sheet *page, const struct order_row *order,
                                    enum ink *ret_ink)
{
    if (order->state != ORDER_HOLD || order->hold == HOLD_NONE)
        return state_text(page, choice_word(&order_state_choices, order->state), ret_ink);
    *ret_ink = INK_WARN;
    const struct choice *hold = &hold_choices.at[order->hold];
    const char *whole = theme_choice(page->theme, hold, page->scratch);
    if (area_cells(page->area, whole) <= page->columns.state)
        return whole;
    return arena_printf(page->scratch, "%s hold: %s",
                        theme_mark(page->theme, hold->mark, hold->ascii), hold->word);
}

/* "15:00" today, "25 Nov 15:00" on other days; "late 15:00", and "late 20 Nov" after the day. */
static const char *promised_text(const struct sheet *page, struct instant at, enum ink *ret_ink)
{
    char day[DAY_TEXT_MAX], time[DAY_TEXT_MAX];
    const bool is_late = at.seconds < page->now.seconds;

    *ret_ink = is_late ? INK_BAD : INK_NORMAL;
    if (at.seconds == 0)
        return "";
    instant_show_time(at, time);
    if (day_compare(instant_day(at), instant_day(page->now)) == 0)
        return arena_printf(page->scratch, "%s%s", is_late ? "late " : "", time);
    day_show(instant_day(at), day);
    day[strlen(day) > 5 ? strlen(day) - 5 : 0] = '\0'; /* without the year */
    if (is_late)
        return arena_printf(page->scratch, "late %s", day);
    return arena_printf(page->scratch, "%s %s", day, time);
}

static void draw_customer(const struct sheet *page, struct area row, const struct found_row *found)
{
    char money[NUMBER_TEXT_MAX], day[DAY_TEXT_MAX];
    const struct columns *at = &page->columns;

    const int room = at->phone - 2 - (found->on_hold ? 10 : 0);
    const int next = area_fit(row, 0, 1, room, INK_STRONG, found->name);
    if (found->on_hold)
        area_text(row, 0, next + 2, INK_BAD, "on hold");
    area_text(row, 0, at->phone, INK_NORMAL, text_phone_show(page->scratch, found->phone));
    money_show(found->owes, money);
    if (found->overdue.cents > 0)
        area_right(row, 0, at->owes_end, INK_BAD, arena_printf(page->scratch, "! %s", money));
    else
        area_right(row, 0, at->owes_end, found->owes.cents > 0 ? INK_WARN : INK_NORMAL, money);
    if (found->last_visit_on.iso[0] != '\0')
        area_right(row, 0, at->last + 9, INK_NORMAL, day_show_short(found->last_visit_on, day));
}

static const char *plate_text(const struct found_row *found, struct arena *arena)
{
    return *found->plate_state != '\0'
               ? arena_printf(arena, "%s %s", found->plate, found->plate_state)
               : found->plate;
}

static void draw_vehicle(const struct sheet *page, struct area row, const struct found_row *found)
{
    const struct columns *at = &page->columns;
    enum ink ink = INK_NORMAL;

    area_fit(row, 0, 3, at->plate - 4, INK_NORMAL, found->name);
    area_fit(row, 0, at->plate, at->miles_end - 11 - at->plate, INK_NORMAL,
             plate_text(found, page->scratch));
    area_right(row, 0, at->miles_end, INK_MUTED, miles_text(found->odometer_mi, page->scratch));
    if (found->order.v != 0) {
        const char *state = state_text(page, found->order_state, &ink);
        const int next =
            area_printf(row, 0, at->work, INK_NORMAL, "RO %lld ", (long long)found->order.v);
        area_fit(row, 0, next, at->right - next, ink, state);
    } else if (found->declined > 0) {
        area_fit(row, 0, at->work, at->right - at->work, INK_WARN,
                 arena_printf(page->scratch, "%lld declined", (long long)found->declined));
    }
}

/* Number, who and what, state, promised: for orders found and for the open ones. */
static void draw_order(const struct sheet *page, struct area row, int64_t number, const char *name,
                       const char *state, enum ink ink, struct instant promised_at)
{
    enum ink promised_ink = INK_NORMAL;
    const char *promised = promised_text(page, promised_at, &promised_ink);
    const int end = page->columns.right;
    const int state_at = end - PROMISED - 1 - page->columns.state;

    area_right(row, 0, 7, INK_STRONG, arena_printf(page->scratch, "%lld", (long long)number));
    area_fit(row, 0, 8, state_at - 9, INK_NORMAL, name);
    area_fit(row, 0, state_at, page->columns.state, ink, state);
    area_right(row, 0, end, promised_ink, promised);
}

static void heading(struct sheet *page, const char *text, bool of_customers)
{
    struct area row;

    if (!next_line(page, &row))
        return;
    area_text(row, 0, 1, INK_HEADER, text);
    if (!of_customers)
        return;
    area_text(row, 0, page->columns.phone, INK_HEADER, "Phone");
    area_right(row, 0, page->columns.owes_end, INK_HEADER, "Owes");
    area_text(row, 0, page->columns.last, INK_HEADER, "Last in");
}

static void draw_found_row(struct sheet *page, size_t index)
{
    const struct counter *counter = page->counter;
    const struct found_row *found = (const struct found_row *)counter->found.at + index;
    enum ink ink = INK_NORMAL;
    struct area row;

    if (!next_line(page, &row))
        return;
    if (found->kind == FOUND_CUSTOMER)
        draw_customer(page, row, found);
    else if (found->kind == FOUND_VEHICLE)
        draw_vehicle(page, row, found);
    else
        draw_order(page, row, found->order.v, found->name,
                   state_text(page, found->order_state, &ink), ink, found->promised_at);
    if (counter->in_rows && counter->selected == index)
        mark_selected(page, row);
}

static void draw_found(struct sheet *page)
{
    const struct found_row *found = page->counter->found.at;
    const size_t count = page->counter->found.count;

    for (size_t i = 0; i < count; i++) {
        if (i == 0 && found[0].kind != FOUND_ORDER)
            heading(page, "Customers", true);
        if (found[i].kind == FOUND_ORDER && (i == 0 || found[i - 1].kind != FOUND_ORDER))
            heading(page, "Repair orders", false);
        draw_found_row(page, i);
    }
}

/* "Delgado, Maria · 2014 Honda Accord EX-L"; without the first name where the car would be lost. */
static const char *who_and_what(const struct sheet *page, const struct order_row *order)
{
    const char *who = order->customer_name;
    const size_t length = page->area.cols < 76 ? strcspn(who, ",") : strlen(who);

    return arena_printf(page->scratch, "%.*s · %s", (int)length, who, order->vehicle_name);
}

static void draw_open_orders(struct sheet *page)
{
    const struct counter *counter = page->counter;
    const struct order_row *orders = counter->orders.at;
    enum ink ink = INK_NORMAL;
    struct area row;

    heading(page, "Open repair orders", false);
    for (size_t i = 0; i < counter->orders.count; i++) {
        if (!next_line(page, &row))
            continue;
        draw_order(page, row, orders[i].id.v, who_and_what(page, &orders[i]),
                   order_state_text(page, &orders[i], &ink), ink, orders[i].promised_at);
        if (counter->in_rows && counter->selected == i)
            mark_selected(page, row);
    }
}

/* The line the selected row is on, headings counted. */
static size_t selected_line(const struct counter *counter)
{
    const struct found_row *found = counter->found.at;
    size_t line = counter->selected + 1;

    if (editor_is_empty(&counter->box))
        return line;
    for (size_t i = 1; i <= counter->selected; i++)
        if (found[i].kind == FOUND_ORDER && found[i - 1].kind != FOUND_ORDER)
            line++;
    return line;
}

static void scroll_to_selected(struct counter *counter, int rows)
{
    const size_t line = selected_line(counter);

    if (!counter->in_rows || rows < 1)
        counter->top = 0;
    else if (line < counter->top)
        counter->top = line;
    else if (line >= counter->top + (size_t)rows)
        counter->top = line - (size_t)rows + 1;
}

static void draw_nothing(const struct sheet *page, const struct desk *desk)
{
    const struct area area = area_below(page->area, 1);
    const char *text = "";

    if (!editor_is_empty(&page->counter->box))
        text = counter_nothing(page->counter, desk);
    else if (desk->session.id.v != 0)
        text = "No repair order is open. Type a name, phone, plate, VIN or number to begin.";
    area_wrap(area, 0, 3, area.cols - 5, INK_MUTED, text);
}

static void draw_rows(struct view *view, struct area area)
{
    struct counter *counter = view->state;
    struct desk *desk = desk_of(view);

    scroll_to_selected(counter, area.rows);
    struct sheet page = {
        .area = area,
        .counter = counter,
        .columns = columns_for(area.cols),
        .theme = desk->theme,
        .scratch = &area.on->scratch,
        .now = desk_now(desk),
        .top = counter->top,
    };
    if (counter_count(counter) == 0)
        draw_nothing(&page, desk);
    else if (editor_is_empty(&counter->box))
        draw_open_orders(&page);
    else
        draw_found(&page);
}

/* "Parts: 1 needed, 12 low, 2 due", "" for none. */
static const char *alerts_text(const struct part_alerts *alerts, struct arena *arena)
{
    const struct {
        int64_t count;
        const char *word;
    } kinds[] = {{alerts->needed, "needed"},
                 {alerts->low, "low"},
                 {alerts->due, "due"},
                 {alerts->asked, "asked for"}};
    const char *text = "";

    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (kinds[i].count > 0)
            text = arena_printf(arena, "%s%s %lld %s", text,
                                *text != '\0' ? "," : " Parts:", (long long)kinds[i].count,
                                kinds[i].word);
    return *text != '\0' ? arena_printf(arena, "%s ", text) : "";
}

/* "Tue 23 Nov is not closed", "" when all is well. */
static const char *open_text(const struct day_unclosed *open, struct arena *arena)
{
    char day[DAY_TEXT_MAX];

    if (open == NULL || open->open_on.iso[0] == '\0')
        return "";
    return arena_printf(arena, " %s is not closed ", day_show(open->open_on, day));
}

/* "In shop 9   To approve 3   Late 1": the numbers of order.today, as many as fit; in the rule
 * above them the parts that cannot wait. */
static void draw_today(const struct counter *counter, struct area area)
{
    const struct op *today = op_find("order.today");
    struct arena *scratch = &area.on->scratch;
    int at = 1, from = 3;

    area_hline(area, 0, 1, area.cols - 2, INK_MUTED);
    area_text(area, 0, area.cols > 14 ? area.cols - 13 : 0, INK_HEADER, " Today ");
    if (area.cols > 60)
        from = area_text(area, 0, from, INK_WARN, open_text(counter->open.out, scratch));
    if (counter->alerts.out != NULL && area.cols - from > 57)
        area_text(area, 0, from, INK_WARN, alerts_text(counter->alerts.out, scratch));
    for (size_t i = 0; today != NULL && counter->today.out != NULL && i < today->out->count; i++) {
        const struct field *field = &today->out->fields[i];
        int64_t value;
        if (field->type != FIELD_INT || (field->flags & FIELD_HIDDEN))
            continue;
        memcpy(&value, field_of(field, counter->today.out), sizeof value);
        const char *text =
            arena_printf(scratch, "%s %lld", field_label(field, scratch), (long long)value);
        if (at + area_cells(area, text) >= area.cols)
            break;
        const bool is_late = text_same(field->name, "late") && value > 0;
        at = area_text(area, 1, at, is_late ? INK_BAD : INK_NORMAL, text) + 3;
    }
}

void counter_draw(struct view *view, struct area body)
{
    struct counter *counter = view->state;
    const int strip = 2 + (counter->drafts != NULL ? 1 : 0);
    int at = area_text(body, 0, 1, INK_LABEL, "Find ");

    at = area_glyph(body, 0, at, INK_MUTED, GLYPH_PROMPT) + 1;
    editor_draw(&counter->box, body, 0, at, body.cols - at - 1,
                counter->in_rows ? INK_FIELD : INK_FIELD_FOCUS, !counter->in_rows);
    area_hline(body, 1, 0, body.cols, INK_MUTED);
    draw_rows(view, area_part(body, 2, 0, body.rows - 2 - strip, body.cols));
    const struct area bottom = area_part(body, body.rows - strip, 0, strip, body.cols);
    draw_today(counter, bottom);
    if (counter->drafts != NULL) {
        const int next = area_text(bottom, 2, 1, INK_WARN, counter->drafts);
        area_text(bottom, 2, next + 1, INK_MUTED, "Ctrl-O goes on.");
    }
}
