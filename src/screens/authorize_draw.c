/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The picture of the customer's answer: who and how above, a row a job, what it comes to below. */

#include "authorize.h"
#include "base/text.h"

static const char *answer_word(const struct answer_row *row)
{
    static const char *const words[] = {
        [ANSWER_YES] = "yes, authorized",
        [ANSWER_NO] = "no, declined",
        [ANSWER_LATER] = "later, deferred",
        [ANSWER_OPEN] = "no answer yet",
    };
    if (row->answer == ANSWER_OPEN && !answer_is_awaited(row->job))
        return choice_label(&job_state_choices, row->job->state);
    return words[row->answer];
}

static enum glyph answer_glyph(const struct answer_row *row)
{
    return row->answer == ANSWER_YES     ? GLYPH_CHECK
           : row->answer == ANSWER_NO    ? GLYPH_CROSS
           : row->answer == ANSWER_LATER ? GLYPH_RIGHT
                                         : GLYPH_RING;
}

static const char *row_words(const struct answer_row *row, struct arena *arena)
{
    char day[DAY_TEXT_MAX];
    const char *words = row->job->title;

    if (!text_is_empty(row->reason))
        words = arena_printf(arena, "%s: %s", words, row->reason);
    if (row->until_on.iso[0] != '\0')
        words = arena_printf(arena, "%s, until %s", words, day_show(row->until_on, day));
    if (row->until_mi > 0)
        words = arena_printf(arena, "%s, until %lld mi", words, (long long)row->until_mi);
    return words;
}

static void draw_job(struct area area, int row, const struct answer_row *item, bool selected)
{
    struct arena *scratch = &area.on->scratch;
    char amount[NUMBER_TEXT_MAX];
    const int end = area.cols - 18; /* behind the amount */

    area_printf(area, row, 2, INK_STRONG, "%lld", (long long)item->job->position);
    area_fit(area, row, 5, end - 16, INK_NORMAL, row_words(item, scratch));
    area_right(area, row, end, INK_NORMAL, money_show(item->job->amount, amount));
    const int at = area_glyph(area, row, end + 1, INK_NORMAL, answer_glyph(item));
    area_fit(area, row, at + 1, area.cols - at - 1, INK_NORMAL, answer_word(item));
    if (!selected)
        return;
    area_ink(area, row, 0, 1, area.cols, INK_SELECTED);
    area_glyph(area, row, 0, INK_SELECTED, GLYPH_CURSOR);
    area_cursor(area, row, 0);
}

static void draw_jobs(struct authorize *state, struct area area)
{
    const size_t height = area.rows > 0 ? (size_t)area.rows : 1;

    if (state->selected < state->top)
        state->top = state->selected;
    if (state->selected >= state->top + height)
        state->top = state->selected - height + 1;
    for (size_t i = 0; i < height && state->top + i < state->count; i++)
        draw_job(area, (int)i, &state->rows[state->top + i],
                 state->focus == FOCUS_JOBS && !state->recorded &&
                     state->top + i == state->selected);
}

static int draw_editor(struct area area, int row, int col, const char *label, struct editor *editor,
                       int cells, bool focused)
{
    const int at = area_text(area, row, col, INK_LABEL, label) + 1;
    const int room = cells < area.cols - at ? cells : area.cols - at;

    editor_draw(editor, area, row, at, room, focused ? INK_FIELD_FOCUS : INK_FIELD, focused);
    return at + room + 2;
}

static void draw_who(struct authorize *state, struct area area)
{
    const char *method = choice_label(&authorization_method_choices, state->method);
    const bool focused = state->focus == FOCUS_METHOD && !state->recorded;
    const int at = area_text(area, 0, 1, INK_LABEL, "How") + 1;
    const int half = area.cols / 2 - 8;

    area_fit(area, 0, at, 13, focused ? INK_FIELD_FOCUS : INK_FIELD,
             arena_printf(&area.on->scratch, "< %s >", method));
    if (focused)
        area_cursor(area, 0, at);
    const int next = draw_editor(area, 0, at + 15, "Who", &state->person, half,
                                 state->focus == FOCUS_PERSON && !state->recorded);
    (void)next;
    draw_editor(area, 1, 1, "Number or address", &state->contacted, half + 6,
                state->focus == FOCUS_CONTACTED && !state->recorded);
}

static int draw_words(struct area area, int row, int col, const char *label,
                      const struct choices *choices, unsigned value, bool focused)
{
    const int at = area_text(area, row, col, INK_LABEL, label) + 1;
    const char *text = arena_printf(&area.on->scratch, "< %s >", choice_label(choices, value));

    area_fit(area, row, at, 17, focused ? INK_FIELD_FOCUS : INK_FIELD, text);
    if (focused)
        area_cursor(area, row, at);
    return at + 19;
}

/* Who answered, and what becomes of the parts that come off. */
static void draw_asked(const struct authorize *state, struct area area)
{
    const int next = draw_words(area, 2, 1, "By", &answered_by_choices, state->answered_by,
                                state->focus == FOCUS_BY && !state->recorded);

    draw_words(area, 2, next, "Replaced parts", &parts_back_choices, state->parts_back,
               state->focus == FOCUS_PARTS && !state->recorded);
    if (!text_is_empty(state->signature) && state->method == METHOD_SIGNED)
        area_right(area, 1, area.cols - 1, INK_OK, "signature drawn");
}

/* A revision is told with what it adds and what all comes to then (LAW_REVISION). */
static int draw_added(struct area row, int at, const char *more, const char *less,
                      struct money added)
{
    const bool is_less = added.cents < 0;
    char text[NUMBER_TEXT_MAX];

    at = area_text(row, 0, at, INK_MUTED, is_less ? less : more);
    return area_text(row, 0, at + 1, INK_STRONG,
                     money_show(is_less ? money_negate(added) : added, text));
}

static void draw_sums(const struct authorize *state, struct area row)
{
    char text[NUMBER_TEXT_MAX];
    const struct money before = state->order->authorized;
    const struct money added = {state->total.cents - before.cents};
    int at = area_text(row, 0, 1, INK_MUTED, "Authorized so far");

    at = area_text(row, 0, at + 1, INK_NORMAL, money_show(before, text));
    if (state->has_total && before.cents != 0)
        at = draw_added(row, at + 2, "Added", "Less", added);
    area_right(row, 0, row.cols - 1, INK_STRONG,
               state->has_total ? money_show(state->total, text) : "-");
    area_right(row, 0, row.cols - 14, INK_MUTED,
               at < row.cols - 34 ? "New total with tax" : "New total");
}

static void draw_read_back(const struct authorize *state, struct area row)
{
    char text[NUMBER_TEXT_MAX];
    const struct money now = page_order(state->page)->authorized;
    const struct money before = state->order->authorized;
    int at = area_text(row, 0, 1, INK_MUTED, "Read back:");

    if (before.cents != 0)
        at = draw_added(row, at + 1, "added", "less", (struct money){now.cents - before.cents}) + 1;
    at = area_text(row, 0, at + 1, INK_MUTED, "total");
    at = area_text(row, 0, at + 1, INK_STRONG, money_show(now, text));
    at = area_text(row, 0, at + 2, INK_MUTED, "code");
    area_text(row, 0, at + 1, INK_STRONG, state->code);
    area_cursor(row, 0, 1);
}

static const char *hint_of(const struct authorize *state)
{
    if (state->recorded)
        return "Recorded. Enter goes on.";
    return state->focus == FOCUS_JOBS ? "Enter records   a yes   d no   l later   o open   g sign"
                                      : "Enter next field   F2 records this   Tab jobs";
}

void authorize_draw(struct view *view, struct area body)
{
    struct authorize *state = view->state;
    const struct area box = area_window(body, (int)state->count + 9, 86, view->title);

    draw_who(state, area_part(box, 0, 0, 2, box.cols));
    draw_asked(state, area_part(box, 0, 0, 3, box.cols));
    draw_jobs(state, area_part(box, 4, 0, box.rows - 7, box.cols));
    area_hline(box, box.rows - 3, 0, box.cols, INK_MUTED);
    if (state->recorded)
        draw_read_back(state, area_row(box, box.rows - 2));
    else
        draw_sums(state, area_row(box, box.rows - 2));
    area_fit(box, box.rows - 1, 1, box.cols - 2, INK_MUTED, hint_of(state));
}
