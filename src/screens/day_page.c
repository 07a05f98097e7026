/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The day's money at the counter: what should lie in the drawer and why, what was done to it, and
 * what is left to do before the day can be closed. */

#include <inttypes.h>
#include <string.h>

#include "domain/closed_day.h"
#include "domain/drawer.h"
#include "figures.h"
#include "inner.h"

#define LABEL_CELLS 24
#define SUM_CELLS   14
#define NAMES_MOST  3 /* orders that are named one by one */

struct day_state {
    struct loading drawer, check;
    bool closes; /* may this person close the day? */
};

static const struct drawer *drawer_of(const struct day_state *state)
{
    return state->drawer.out;
}

static void day_settle(struct view *view)
{
    struct day_state *state = view->state;
    struct desk *desk = desk_of(view);

    state->closes = desk_allows(desk, &day_check_op);
    if (state->drawer.stale && desk_load(desk, &state->drawer, &drawer_show_op, NULL) == OK &&
        state->closes)
        (void)desk_load(desk, &state->check, &day_check_op, NULL);
}

/* ----------------------------------------------------------------------- drawing -- */

static int draw_amount(struct area area, int row, enum ink ink, const char *label,
                       struct money amount)
{
    char text[NUMBER_TEXT_MAX];

    area_text(area, row, 3, ink, label);
    area_right(area, row, 3 + LABEL_CELLS + SUM_CELLS, ink, money_show(amount, text));
    return row + 1;
}

/* Lines of nothing are left out: what stands there is what happened. */
static int draw_drawer(const struct drawer *d, struct day today, struct area area, int row)
{
    struct arena *scratch = &area.on->scratch;
    char text[2][NUMBER_TEXT_MAX];
    const struct {
        const char *label;
        struct money amount;
    } lines[] = {
        {"+ Cash taken", d->taken},
        {"- Cash refunds", d->refunds},
        {"- Vendors' bills", d->vendors},
        {"- Pay-outs", d->pay_outs},
        {"- Drops", d->drops},
        {"+ Over, - short", d->over_short},
        {"+ Other entries", d->other},
    };

    area_text(area, row, 1, INK_TITLE, "Cash drawer");
    if (d->opened.v == 0) {
        area_printf(area, row + 1, 3, INK_NORMAL,
                    "Not opened yet. %s should be there by the books.",
                    money_show(d->expected, text[0]));
        return row + 2;
    }
    area_printf(area, row, 14, INK_MUTED, "opened %s by %s",
                d->opened_on.iso[0] != '\0' && day_compare(d->opened_on, today) == 0
                    ? moment_text(d->opened_at, d->opened_at, scratch)
                    : day_text(d->opened_on, today, scratch),
                d->opened_by);
    row = draw_amount(area, row + 1, INK_NORMAL, "Float", d->opening);
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        if (lines[i].amount.cents != 0)
            row = draw_amount(area, row, INK_NORMAL, lines[i].label, lines[i].amount);
    row = draw_amount(area, row, INK_STRONG, "= Should be there", d->expected);
    if (d->counted_at.seconds != 0)
        row = draw_amount(area, row, d->settled ? INK_OK : INK_MUTED,
                          d->settled ? "Counted" : "Counted, before the last cash", d->counted);
    return row;
}

static int draw_step(struct area area, int row, bool is_done, const char *sentence)
{
    const int at =
        area_glyph(area, row, 3, is_done ? INK_OK : INK_WARN, is_done ? GLYPH_CHECK : GLYPH_BULLET);

    return row + area_wrap(area, row, at + 1, area.cols - at - 2, is_done ? INK_NORMAL : INK_WARN,
                           sentence);
}

/* "10131 Larkin, Betty 602.01; 10141 Fuentes, Betty 88.00" */
static const char *orders_text(const struct rows *orders, struct arena *scratch)
{
    const struct day_order *order = orders->at;
    const char *text = "";
    char total[NUMBER_TEXT_MAX];

    for (size_t i = 0; i < orders->count && i < NAMES_MOST; i++)
        text =
            arena_printf(scratch, "%s%s%" PRId64 " %s %s", text, i > 0 ? "; " : "", order[i].id.v,
                         order[i].customer_name, money_show(order[i].total, total));
    if (orders->count > NAMES_MOST)
        text = arena_printf(scratch, "%s and %zu more", text, orders->count - NAMES_MOST);
    return text;
}

static int draw_check(const struct day_check *check, bool is_open, struct area area, int row)
{
    struct arena *scratch = &area.on->scratch;
    char from[DAY_TEXT_MAX], day[DAY_TEXT_MAX];
    const int apart = day_distance(check->from_on, check->day);

    area_text(area, row, 1, INK_TITLE, "Before the day is closed");
    if (apart < 0)
        return draw_step(
            area, row + 1, true,
            arena_printf(scratch, "Closed through %s. What is done now is posted on %s.",
                         day_show(check->closed_through, day), day_show(check->from_on, from)));
    row++;
    if (apart > 0)
        row = draw_step(area, row, false,
                        arena_printf(scratch,
                                     "Nothing is closed since %s: those days are closed "
                                     "with this one.",
                                     day_show(check->from_on, from)));
    row = draw_step(area, row, check->unposted.count == 0,
                    check->unposted.count == 0
                        ? "Every complete order is invoiced."
                        : arena_printf(scratch, "Complete and not invoiced: %s.",
                                       orders_text(&check->unposted, scratch)));
    if (check->unpaid.count > 0)
        row = draw_step(area, row, false,
                        arena_printf(scratch, "Sold over the counter and not paid: %s.",
                                     orders_text(&check->unpaid, scratch)));
    return draw_step(area, row, check->counted,
                     check->counted ? "The drawer is counted."
                     : is_open
                         ? "Cash has moved since the drawer was last counted: c counts it."
                         : "Cash has moved and the drawer was never opened: o opens it with its "
                           "float, then c counts it.");
}

/* The last that fit: what was done just now is what somebody asks about. */
static void draw_moves(const struct drawer *d, struct area area)
{
    const struct drawer_row *rows = d->rows.at;
    const size_t room = area.rows > 1 ? (size_t)area.rows - 1 : 0;
    const size_t first = d->rows.count > room ? d->rows.count - room : 0;
    char text[NUMBER_TEXT_MAX];

    if (d->rows.count == 0 || room == 0)
        return;
    area_text(area, 0, 1, INK_TITLE, "What was done");
    for (size_t i = first; i < d->rows.count; i++) {
        const int row = (int)(i - first) + 1;
        area_text(
            area, row, 3, INK_MUTED,
            moment_text(rows[i].moved_at, rows[d->rows.count - 1].moved_at, &area.on->scratch));
        area_text(area, row, 17, INK_NORMAL, choice_label(&drawer_kind_choices, rows[i].kind));
        area_right(area, row, 3 + LABEL_CELLS + SUM_CELLS, INK_NORMAL,
                   money_show(rows[i].amount, text));
        area_printf(area, row, 3 + LABEL_CELLS + SUM_CELLS + 2, INK_MUTED, "%s  %s",
                    rows[i].user_name, rows[i].reason);
    }
}

static void day_draw(struct view *view, struct area body)
{
    const struct day_state *state = view->state;
    int row = 1;

    area_hline(body, 0, 0, body.cols, INK_MUTED);
    if (drawer_of(state) == NULL) {
        area_wrap(body, 1, 1, body.cols - 2, INK_ERROR, state->drawer.fault.text);
        return;
    }
    row = draw_drawer(drawer_of(state), desk_today(desk_of(view)), body, row);
    if (state->closes && state->check.out != NULL)
        row = draw_check(state->check.out, drawer_of(state)->opened.v != 0, body, row + 1);
    draw_moves(drawer_of(state), area_below(body, row + 1));
    area_cursor(body, 0, 0);
}

/* -------------------------------------------------------------------------- keys -- */

/* "3 × 20.00 = 60.00" beside each, and what they come to: nobody adds up on paper. What should be
 * there is not shown: a count that knows its result is none. */
static void count_beside(struct area area, const struct form *form, const void *row)
{
    const struct drawer_count *count = row;
    const struct op *op = &drawer_count_op;
    struct money sum;
    char text[NUMBER_TEXT_MAX];

    for (size_t i = 0; i < DRAWER_PIECES && i < form->count; i++) {
        const int at = (int)i - (int)form->top;
        int64_t pieces = 0;
        memcpy(&pieces, field_of(&op->in->fields[i], row), sizeof pieces);
        if (at < 0 || at >= area.rows || pieces <= 0 ||
            pieces > MONEY_MAX_CENTS / drawer_piece_cents[i])
            continue;
        area_right(area, at, area.cols - 2, INK_MUTED,
                   money_show((struct money){pieces * drawer_piece_cents[i]}, text));
    }
    if (area.rows > DRAWER_PIECES + 2 && drawer_sum(count, &sum) == OK &&
        (sum.cents > 0 || count->total.cents == NUMBER_NONE)) {
        area_text(area, DRAWER_PIECES + 2, area.cols - 36, INK_STRONG, "The pieces come to");
        area_right(area, DRAWER_PIECES + 2, area.cols - 2, INK_STRONG, money_show(sum, text));
    }
}

static void counted(struct view *asker, const void *out, void *context)
{
    const struct drawer *drawer = out;
    const struct drawer_row *rows = drawer->rows.at;
    const int64_t change = drawer->rows.count > 0 ? rows[drawer->rows.count - 1].change.cents : 0;
    char text[NUMBER_TEXT_MAX];

    (void)context;
    if (change == 0)
        app_say(asker->app, "Counted: it is right to the cent.");
    else
        app_say(asker->app, "Counted: %s %s. It is posted as such.",
                money_show((struct money){change < 0 ? -change : change}, text),
                change < 0 ? "short" : "over");
}

void drawer_count_open(struct desk *desk)
{
    op_form_open(
        desk, &(struct op_form){.op = &drawer_count_op, .beside = count_beside, .saved = counted});
}

static void press_count(struct view *view, const struct action *action)
{
    (void)action;
    drawer_count_open(desk_of(view));
}

static void closed(struct view *asker, const void *out, void *context)
{
    const struct day_report *report = out;
    const struct closed_day_id id = report->id;
    char day[DAY_TEXT_MAX];

    (void)context;
    day_show(report->day, day);
    desk_open_record(desk_of(asker), "day", id.v);
    app_say(asker->app, "%s is closed: Z report %" PRId64 ". F8 prints it.", day, id.v);
}

void day_close_open(struct desk *desk)
{
    op_form_open(desk, &(struct op_form){.op = &day_close_op, .saved = closed});
}

static void day_changed(struct view *view)
{
    struct day_state *state = view->state;

    state->drawer.stale = true;
    app_redraw(view->app);
}

static void day_close_view(struct view *view)
{
    struct day_state *state = view->state;

    loading_done(&state->drawer);
    loading_done(&state->check);
}

/* clang-format off */
static const struct action actions[] = {
    {"o", "drawer.open", "open", NEEDS_NOTHING, NULL, "Opens the drawer with its float."},
    {"d", "drawer.drop", "drop", NEEDS_NOTHING, NULL, "Takes cash out into the safe or to the bank."},
    {"p", "drawer.pay-out", "pay-out", NEEDS_NOTHING, NULL, "Pays a small expense from the drawer."},
    {"c", "drawer.count", "count", NEEDS_NOTHING, press_count, "Counts the drawer by notes and coins."},
    {"z", "day.close", "close the day", NEEDS_NOTHING, NULL, "Proves the books, locks the date, makes the Z report."},
    {"=", "drawer.explain", "explain", NEEDS_NOTHING, NULL, "Says what the sum in the drawer is made of, document by document.", ACTION_QUIET},
    {"l", "drawer.list", "all moves", NEEDS_NOTHING, NULL, "Lists what was done to the drawer on all days."},
    {"r", "day.list", "Z reports", NEEDS_NOTHING, NULL, "Lists closed days, to open or print their reports."},
};
/* clang-format on */

static const struct view_type day_type = {
    .name = "day",
    .draw = day_draw,
    .settle = day_settle,
    .changed = day_changed,
    .resumed = day_changed,
    .close = day_close_view,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .help =
        "What should lie in the drawer is the float and all that moved since. The day is closed "
        "once its orders are invoiced and the drawer is counted.",
};

void day_page_open(struct desk *desk)
{
    struct view *view = view_new(desk->app, &day_type, sizeof(struct day_state));
    struct day_state *state = view->state;

    view->title = "Drawer and day";
    state->drawer.stale = state->check.stale = true;
    app_push(desk->app, view);
}
