/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What stands around the jobs of an order: whose car it is and when it is promised above, what it
 * comes to below, the words of the job under the cursor beside it where the terminal is wide. */

#include "order_page.h"

#include <string.h>

#include "base/text.h"
#include "figures.h"
#include "totals.h"

#define SIDE_CELLS     40
#define PROFIT_CELLS   24 /* what the order's own profit takes of its row, and the blanks behind */
#define SIDE_FROM_COLS 118
#define WARNING_ROWS   3 /* at most, and only where the jobs keep room */
#define WARNS_FROM     18

const char *page_title(struct view *view, struct arena *arena)
{
    const struct order_page *page = page_of(view);
    const struct order *order = page_order(page);

    if (order == NULL)
        return arena_printf(arena, "RO %lld", (long long)page->id.v);
    return arena_printf(arena, "RO %lld %s · %s", (long long)order->id.v,
                        order_state_text(page->desk, order->state, order->hold, arena),
                        order->customer_name);
}

/* "4 h 18 m", "2 d 3 h" */
static const char *span_text(int64_t seconds, struct arena *arena)
{
    const long long minutes = seconds / 60, hours = minutes / 60, days = hours / 24;

    if (days > 0)
        return arena_printf(arena, "%lld d %lld h", days, hours % 24);
    if (hours > 0)
        return arena_printf(arena, "%lld h %02lld m", hours, minutes % 60);
    return arena_printf(arena, "%lld m", minutes);
}

/* "15:00 (in 4 h 18 m)"; tells `ret_late`. "" without a promise. */
static const char *promise_text(struct instant promised, struct instant now, bool open,
                                bool *ret_late, struct arena *arena)
{
    *ret_late = open && promised.seconds != 0 && promised.seconds < now.seconds;
    if (promised.seconds == 0)
        return "";
    const char *when = moment_text(promised, now, arena);
    if (!open)
        return when;
    if (*ret_late)
        return arena_printf(arena, "%s (LATE by %s)", when,
                            span_text(now.seconds - promised.seconds, arena));
    return arena_printf(arena, "%s (in %s)", when,
                        span_text(promised.seconds - now.seconds, arena));
}

static bool is_open(const struct order *order)
{
    return order->state < ORDER_POSTED;
}

static const char *found_text(const struct inspection *looked, struct arena *arena)
{
    if (looked->now > 0 && looked->soon > 0)
        return arena_printf(arena, "%lld now, %lld soon", (long long)looked->now,
                            (long long)looked->soon);
    if (looked->now + looked->soon == 0)
        return looked->not_checked > 0 ? "begun" : "all ok";
    return looked->now > 0 ? arena_printf(arena, "%lld now", (long long)looked->now)
                           : arena_printf(arena, "%lld soon", (long long)looked->soon);
}

/* What the look over the car found, with the key that opens it: as many words as there is room. */
static int draw_looked(struct area row, int at, const struct inspection *looked)
{
    struct arena *scratch = &row.on->scratch;

    if (looked == NULL || looked->items.count == 0)
        return at;
    const enum ink ink = looked->now > 0 ? INK_BAD : looked->soon > 0 ? INK_WARN : INK_NORMAL;
    const char *found = found_text(looked, scratch);
    const char *left = looked->not_checked == 0
                           ? ""
                           : arena_printf(scratch, ", %lld to do", (long long)looked->not_checked);
    const char *whole = arena_printf(scratch, "L inspection: %s%s", found, left);
    const bool fits = at + 3 + area_cells(row, whole) < row.cols;
    return figure_word(row, at, ink, fits ? whole : arena_printf(scratch, "L: %s", found));
}

static void draw_vehicle(struct area row, const struct order *order,
                         const struct inspection *looked)
{
    struct arena *scratch = &row.on->scratch;
    int at = 1;

    if (order->customer_phone[0] != '\0')
        at = figure_word(row, at, INK_NORMAL, text_phone_show(scratch, order->customer_phone));
    at = figure_word(row, at, INK_STRONG,
                     order->vehicle.v != 0 ? order->vehicle_name
                     : order->counter_sale ? "counter sale"
                                           : "no vehicle");
    if (order->plate[0] != '\0')
        at = figure_word(row, at, INK_NORMAL,
                         arena_printf(scratch, "%s %s", order->plate, order->plate_state));
    at = draw_looked(row, at, looked);
    at = figure_word(row, at, INK_NORMAL, order->color);
    if (order->po_number[0] != '\0')
        figure_word(row, at, INK_NORMAL, arena_printf(scratch, "PO %s", order->po_number));
}

static const char *parts_text(const struct order_page *page, const struct order *order,
                              struct arena *arena)
{
    const struct day today = desk_today(page->desk);

    if (order->parts_due_on.iso[0] == '\0')
        return "parts on order";
    return arena_printf(arena, "parts %s %s",
                        day_compare(order->parts_due_on, today) < 0 ? "LATE since" : "due",
                        day_text(order->parts_due_on, today, arena));
}

static void draw_promise(struct area row, const struct order_page *page, const struct order *order)
{
    struct arena *scratch = &row.on->scratch;
    bool late = false;
    const char *promise =
        promise_text(order->promised_at, desk_now(page->desk),
                     is_open(order) && order->state != ORDER_COMPLETE, &late, scratch);
    int at = 1;

    if (order->odometer_in_mi >= 0)
        at = figure_word(
            row, at, INK_NORMAL,
            arena_printf(scratch, "%s mi in", miles_text(order->odometer_in_mi, scratch)));
    if (!order->counter_sale || promise[0] != '\0')
        at = figure_word(row, at, late ? INK_BAD : INK_NORMAL,
                         promise[0] != '\0' ? arena_printf(scratch, "promised %s", promise)
                                            : "no time promised");
    if (order->waits_for > 0)
        at = figure_word(row, at, INK_WARN, parts_text(page, order, scratch));
    if (order->account != ACCOUNT_TERMS)
        at = figure_word(row, at, INK_WARN,
                         order->account == ACCOUNT_AT_ONCE ? "paid at once" : "on account anyway");
    if (order->key_tag[0] != '\0')
        at = figure_word(row, at, INK_NORMAL, arena_printf(scratch, "tag %s", order->key_tag));
    if (order->writer_name[0] != '\0')
        figure_word(row, at, INK_NORMAL,
                    arena_printf(scratch, "writer %s", person_short(order->writer_name, scratch)));
}

/* ------------------------------------------------------------------- totals -- */

static const struct order_authorization *last_answer(const struct order *order)
{
    const struct order_authorization *answers = order->authorizations.at;

    return order->authorizations.count > 0 ? &answers[order->authorizations.count - 1] : NULL;
}

/* By whom, how, when and the code; the name gives way, the code never. */
static const char *authorized_text(const struct order *order, struct instant now, size_t cells,
                                   struct arena *arena)
{
    const struct order_authorization *last = last_answer(order);
    char amount[NUMBER_TEXT_MAX];

    if (last == NULL)
        return order->counter_sale ? "Nothing sold yet" : "Nothing authorized yet";
    money_show(order->authorized, amount);
    const char *how = arena_printf(arena, "%s %s, code %s",
                                   choice_label(&authorization_method_choices, last->method),
                                   moment_text(last->at, now, arena), last->code);
    const char *const people[] = {last->person, person_short(last->person, arena)};
    for (size_t i = 0; i < COUNT_OF(people); i++) {
        const char *text = arena_printf(arena, "Authorized %s by %s, %s", amount, people[i], how);
        if (text_cells(text, strlen(text)) <= cells)
            return text;
    }
    return arena_printf(arena, "Authorized %s, %s", amount, how);
}

static struct money balance_of(const struct order *order)
{
    return (struct money){order->total.cents - order->paid.cents};
}

/* Of the line and the job under the cursor; the job gives way. */
static const char *profits_text(const struct order_page *page, int cells, struct arena *arena)
{
    const struct order_job *job = page_job(page);
    const struct order_line *line = page_line(page);

    if (job == NULL)
        return NULL;
    const char *of_job = profit_of_text("job", job->profit, job->amount, arena);
    if (line == NULL)
        return of_job;
    const char *of_line = profit_of_text("line", line->profit, line->net, arena);
    const char *both = arena_printf(arena, "%s   %s", of_line, of_job);
    return text_cells(both, strlen(both)) <= (size_t)cells ? both : of_line;
}

static const char *warning_text(const struct order *order, struct arena *arena)
{
    return text_is_empty(order->warning) ? "" : arena_printf(arena, "! %s", order->warning);
}

/* `note`: what found no room above. */
static void draw_totals(struct area foot, const struct order_page *page, const struct order *order,
                        const char *note)
{
    struct arena *scratch = &foot.on->scratch;
    const size_t cells = (size_t)totals_words_cells(foot);

    totals_draw(foot,
                &(struct totals){
                    .labor = order->labor,
                    .parts = order->parts,
                    .sublet = order->sublet,
                    .fees = order->fees,
                    .supplies = order->supplies,
                    .tax = order->tax,
                    .discount = order->discount,
                    .total = order->total,
                    .paid = order->paid,
                    .balance = balance_of(order),
                    .profit = order->profit,
                    .shows_profit = desk_holds(page->desk, RIGHT_COSTS_VIEW),
                    .profits = profits_text(page, (int)cells - PROFIT_CELLS, scratch),
                    .authorized = authorized_text(order, desk_now(page->desk), cells, scratch),
                    .note = note,
                    .note_ink = INK_WARN,
                });
}

/* Where there is no room for three lines, one. */
static void draw_short_totals(struct area row, const struct order *order)
{
    int at = 1;

    at = figure_inline(row, at, "Authorized", order->authorized, true);
    at = figure_inline(row, at, "Paid", order->paid, false);
    figure_inline(row, at, "Tax", order->tax, false);
    area_fill(row, 0, row.cols - TOTAL_CELLS - 1, 1, TOTAL_CELLS + 1, INK_NORMAL);
    figure_sum(row, order->paid.cents != 0 ? "Balance" : "Total", balance_of(order), INK_STRONG);
}

/* --------------------------------------------------------------------- side -- */

static int side_words(struct area area, int row, const char *label, const char *text)
{
    if (text_is_empty(text))
        return row;
    area_text(area, row, 0, INK_HEADER, label);
    return row + 1 + area_wrap(area, row + 1, 0, area.cols, INK_NORMAL, text) + 1;
}

static int side_answers(struct area area, int row, const struct order *order, struct instant now)
{
    const struct order_authorization *answers = order->authorizations.at;
    struct arena *scratch = &area.on->scratch;
    char amount[NUMBER_TEXT_MAX];

    if (order->authorizations.count == 0)
        return row;
    area_text(area, row++, 0, INK_HEADER, "Answers of the customer");
    for (size_t i = order->authorizations.count; i > 0 && row < area.rows; i--) {
        const struct order_authorization *answer = &answers[i - 1];
        area_right(area, row, area.cols, INK_STRONG, money_show(answer->total, amount));
        area_fit(
            area, row++, 0, area.cols - 12, INK_NORMAL,
            arena_printf(scratch, "%s %s", moment_text(answer->at, now, scratch), answer->person));
        row += area_wrap(area, row, 1, area.cols - 1, INK_MUTED,
                         arena_printf(scratch, "code %s, %s%s%s", answer->code,
                                      choice_label(&authorization_method_choices, answer->method),
                                      answer->contacted[0] != '\0' ? " " : "",
                                      text_phone_show(scratch, answer->contacted)));
    }
    return row + 1;
}

static void draw_side(struct area area, const struct order_page *page, const struct order *order)
{
    const struct order_job *job = page_job(page);
    struct arena *scratch = &area.on->scratch;
    int row = 0;

    if (job != NULL) {
        row += area_wrap(
                   area, row, 0, area.cols, INK_STRONG,
                   arena_printf(scratch, "Job %lld · %s", (long long)job->position, job->title)) +
               1;
        const int begin = row;
        row = side_words(area, row, "Concern", job->concern);
        row = side_words(area, row, "Cause", job->cause);
        row = side_words(area, row, "Correction", job->correction);
        row = side_words(area, row, "Reason", job->reason);
        if (row == begin) {
            area_wrap(area, row, 0, area.cols, INK_MUTED,
                      "No concern, cause or correction yet. c writes them.");
            row += 3;
        }
    }
    row = side_answers(area, row, order, desk_now(page->desk));
    row = side_words(area, row, "Note for the customer", order->customer_note);
    side_words(area, row, "Internal note", order->internal_note);
}

static void draw_nothing(struct area body, const struct order_page *page)
{
    if (page->load.fault.code != OK)
        area_wrap(body, 1, 1, body.cols - 2, INK_ERROR, page->load.fault.text);
}

static void draw_main(struct area body, struct order_page *page, const struct order *order,
                      const char *note)
{
    struct area foot;
    const struct area middle = totals_frame(body, &foot);

    if (foot.rows == TOTALS_ROWS)
        draw_totals(foot, page, order, note);
    else
        draw_short_totals(foot, order);
    sheet_draw(&page->sheet, middle);
}

/* What is to be known before anything is done stands whole below the promise; answers the rows it
 * takes. */
static int draw_warning(struct area main, const char *warning)
{
    if (*warning == '\0' || main.rows < WARNS_FROM)
        return 0;
    const int rows = area_wrap(area_part(main, 2, 0, WARNING_ROWS, main.cols), 0, 1, main.cols - 2,
                               INK_WARN, warning);
    return rows < WARNING_ROWS ? rows : WARNING_ROWS;
}

void page_draw(struct view *view, struct area body)
{
    struct order_page *page = page_of(view);
    const struct order *order = page_order(page);
    const int side = body.cols >= SIDE_FROM_COLS ? SIDE_CELLS : 0;
    const struct area main = area_part(body, 0, 0, body.rows, body.cols - side);

    if (order == NULL) {
        draw_nothing(body, page);
        return;
    }
    if (side > 0)
        draw_side(area_part(body, 3, main.cols + 2, body.rows - 3, side - 3), page, order);
    for (int row = 2; side > 0 && row < body.rows; row++)
        area_glyph(body, row, main.cols, INK_MUTED, GLYPH_VLINE);
    draw_vehicle(area_row(body, 0), order, page->looked.out);
    draw_promise(area_row(body, 1), page, order);
    const char *warning = warning_text(order, &body.on->scratch);
    const int rows = draw_warning(main, warning);
    draw_main(area_part(main, rows, 0, main.rows - rows, main.cols), page, order,
              rows == 0 ? warning : "");
}
