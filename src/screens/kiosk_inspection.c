/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The look over the car at the kiosk: one item at a time, one digit an answer, then the next. */

#include "kiosk.h"

#include "base/text.h"
#include "domain/inspection.h"
#include "ui/dialog.h"

struct inspection_state {
    struct order_id order;
    struct arena arena;
    struct inspection inspection; /* in the arena */
    bool known;
    size_t at; /* of its items; behind the last one is the end */
    struct view *view;
};

static const struct inspection_item *item_at(const struct inspection_state *state, size_t at)
{
    return state->known && at < state->inspection.items.count
               ? (const struct inspection_item *)state->inspection.items.at + at
               : NULL;
}

/* Marks the present item and keeps what came back. */
static bool mark(struct view *view, enum inspection_result result, const char *note)
{
    struct inspection_state *state = view->state;
    const struct inspection_item *item = item_at(state, state->at);
    struct arena fresh = ARENA_EMPTY;
    struct inspection out;

    if (item == NULL)
        return false;
    const struct inspection_mark in = {state->order, item->position, result, note};
    if (desk_call(desk_of(view), &fresh, &inspection_mark_op, &in, &out) != OK) {
        arena_done(&fresh);
        return false;
    }
    arena_done(&state->arena);
    state->arena = fresh;
    state->inspection = out;
    return true;
}

static void note_typed(struct view *asker, const char *text, void *context)
{
    const struct inspection_state *state = asker->state;
    const struct inspection_item *item = item_at(state, state->at);

    (void)context;
    if (item != NULL && *text != '\0' && mark(asker, item->result, text))
        app_say(asker->app, "Written down.");
}

static void ask_note(struct view *view)
{
    const struct inspection_state *state = view->state;
    const struct inspection_item *item = item_at(state, state->at);

    if (item != NULL)
        question_open(view->app, &(struct question){
                                     .title = item->name,
                                     .label = "Note",
                                     .help = "What you saw, such as: pads at 3 mm",
                                     .initial = item->note,
                                     .answered = note_typed,
                                 });
}

static bool inspection_key(struct view *view, const struct event *event)
{
    static const enum inspection_result answers[] = {INSPECTION_OK, INSPECTION_SOON, INSPECTION_NOW,
                                                     INSPECTION_NOT_CHECKED};
    struct inspection_state *state = view->state;

    if (event->kind != EVENT_KEY || event->key < '1' || event->key > '6')
        return false;
    if (event->key <= '4') {
        if (mark(view, answers[event->key - '1'], ""))
            state->at++;
    } else if (event->key == '5')
        ask_note(view);
    else if (state->at > 0)
        state->at--;
    return true;
}

static void draw_item(const struct inspection_state *state, const struct inspection_item *item,
                      struct area area)
{
    static const char *const labels[] = {"OK", "Soon", "Now", "Not checked", "Note", "One back"};
    struct tile tiles[COUNT_OF(labels)] = {{.label = NULL}};

    area_printf(area, 0, 1, INK_MUTED, "%s · %lld of %zu", item->area, (long long)item->position,
                state->inspection.items.count);
    area_text(area, 1, 1, INK_STRONG, item->name);
    for (size_t i = 0; i < COUNT_OF(labels); i++)
        tiles[i].label = labels[i];
    const int row =
        3 + kiosk_draw_tiles(area_part(area, 3, 0, 8, area.cols), tiles, COUNT_OF(labels));
    const int at = area_printf(area, row + 1, 1, INK_NORMAL, "So far: %s",
                               choice_label(&inspection_choices, item->result));
    if (*item->note != '\0')
        area_printf(area, row + 1, at, INK_NORMAL, " · %s", item->note);
}

/* What to talk about, at the end. */
static void draw_end(const struct inspection_state *state, struct area area)
{
    const struct inspection *all = &state->inspection;
    const struct inspection_item *items = all->items.at;
    int row = 2;

    area_printf(area, 0, 1, INK_STRONG, "%lld ok, %lld soon, %lld now, %lld not checked",
                (long long)all->ok, (long long)all->soon, (long long)all->now,
                (long long)all->not_checked);
    for (size_t i = 0; i < all->items.count && row < area.rows - 1; i++) {
        if (items[i].result != INSPECTION_SOON && items[i].result != INSPECTION_NOW)
            continue;
        const int at =
            area_printf(area, row, 1, items[i].result == INSPECTION_NOW ? INK_BAD : INK_WARN,
                        "%-5s", choice_label(&inspection_choices, items[i].result));
        area_printf(area, row++, at + 1, INK_NORMAL, "%s: %s%s%s", items[i].area, items[i].name,
                    *items[i].note != '\0' ? " · " : "", items[i].note);
    }
    area_text(area, area.rows - 1, 1, INK_MUTED, "6 one back, 0 done. The counter sees it too.");
}

static void inspection_draw(struct view *view, struct area body)
{
    const struct inspection_state *state = view->state;
    const struct area area = area_part(body, 1, 1, body.rows - 1, body.cols - 2);
    const struct inspection_item *item = item_at(state, state->at);

    if (item != NULL)
        draw_item(state, item, area);
    else
        draw_end(state, area);
}

static void inspection_close(struct view *view)
{
    struct inspection_state *state = view->state;

    arena_done(&state->arena);
}

static const struct action inspection_actions[] = {
    {"0 Esc", "kiosk.back", "back", NEEDS_NOTHING, kiosk_back, "Back one page; all is kept."},
    {"*", "kiosk.lock", "lock", NEEDS_NOTHING, kiosk_lock, "Closes everything for the next one."},
};
static const struct view_type inspection_type = {
    .name = "inspection",
    .draw = inspection_draw,
    .key = inspection_key,
    .close = inspection_close,
    .actions = inspection_actions,
    .action_count = COUNT_OF(inspection_actions),
    .help = "1 to 4 say how the item looks and go on to the next, 5 writes a note, 6 goes back one "
            "item. Every answer is kept at once.",
};

void kiosk_inspection_open(struct desk *desk, struct order_id order)
{
    struct arena fresh = ARENA_EMPTY;
    const struct inspection_of in = {order};
    struct inspection out;

    if (desk_call(desk, &fresh, &inspection_begin_op, &in, &out) != OK) {
        arena_done(&fresh);
        return;
    }
    struct view *view = view_new(desk->app, &inspection_type, sizeof(struct inspection_state));
    struct inspection_state *state = view->state;
    state->order = order;
    state->arena = fresh;
    state->inspection = out;
    state->known = true;
    while (item_at(state, state->at) != NULL &&
           item_at(state, state->at)->result != INSPECTION_NOT_CHECKED)
        state->at++; /* where somebody stopped */
    view->title = arena_printf(&view->arena, "Inspection, RO %lld", (long long)order.v);
    app_push(desk->app, view);
}
