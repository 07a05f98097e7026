/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Tabs and the progress bar. */

#include "ui/bars.h"

#include <stdio.h>

#include "app.h"

#define APPEARS_AFTER_MS 500
#define SHOWS_EVERY_MS   100
#define BAR_CELLS        20

/* The tabs from `first` on, whole ones only: how many have room. */
static size_t tabs_with_room(struct area area, const char *const *labels, size_t count,
                             size_t first)
{
    size_t last = first;

    for (int at = 0; last < count; last++) {
        at += area_cells(area, labels[last]) + (last < 9 ? 5 : 6);
        if (at > area.cols - (last + 1 < count ? 1 : 0))
            break;
    }
    return last - first;
}

void tabs_draw(struct area area, int row, const char *const *labels, size_t count, size_t current)
{
    size_t first = 0;
    int at = 1;

    while (first < current && first + tabs_with_room(area, labels, count, first) <= current)
        first++;
    const size_t shown = tabs_with_room(area, labels, count, first);
    for (size_t i = first; i < first + shown; i++) {
        const bool is_current = i == current;
        const enum ink ink = is_current ? INK_SELECTED : INK_NORMAL;

        if (i > first)
            at = area_glyph(area, row, at, INK_MUTED, GLYPH_VLINE);
        at =
            area_printf(area, row, at, ink, is_current ? "[%zu %s]" : " %zu %s ", i + 1, labels[i]);
    }
    if (first > 0)
        area_glyph(area, row, 0, INK_MUTED, GLYPH_LEFT);
    if (first + shown < count)
        area_glyph(area, row, area.cols - 1, INK_MUTED, GLYPH_RIGHT);
}

bool tabs_key(const struct event *event, size_t count, size_t *current)
{
    if (event->kind != EVENT_KEY || count == 0)
        return false;
    if (event->key == K_TAB)
        *current = (*current + 1) % count;
    else if (event->key == K_BACK_TAB)
        *current = (*current + count - 1) % count;
    else if (event->key >= '1' && event->key < '1' + count && event->key <= '9')
        *current = event->key - '1';
    else
        return false;
    return true;
}

struct progress_bar progress_start(struct app *app, const char *what, int64_t total)
{
    const int64_t now = app != NULL ? app_now(app) : 0;

    return (struct progress_bar){
        .app = app, .what = what, .total = total, .started_at = now, .shown_at = now};
}

/* Keys typed meanwhile stay in line; only Ctrl-G is looked for, and taken out. */
static bool asked_to_stop(struct app *app)
{
    struct term *term = app->options.term;
    struct key_decoder *decoder = &term->decoder;

    term->type->read(term, 0);
    for (size_t i = decoder->head; i < decoder->head + decoder->count; i++) {
        struct event *event = &decoder->queue[i];
        if (event->kind == EVENT_HANGUP)
            return true;
        if (event->kind == EVENT_KEY && event->key == K_CTRL('G')) {
            event->kind = EVENT_NONE;
            return true;
        }
    }
    return false;
}

status progress_step(struct progress_bar *bar, int64_t done)
{
    bar->done = done;
    if (bar->app == NULL || bar->cancelled)
        return bar->cancelled ? ERR_CANCELLED : OK;
    const int64_t now = app_now(bar->app);
    if (now - bar->shown_at < SHOWS_EVERY_MS)
        return OK;
    bar->shown_at = now;
    bar->cancelled = asked_to_stop(bar->app);
    if (now - bar->started_at >= APPEARS_AFTER_MS) {
        bar->app->progress = bar;
        app_frame(bar->app);
        bar->app->progress = NULL;
    }
    return bar->cancelled ? ERR_CANCELLED : OK;
}

void progress_end(struct progress_bar *bar)
{
    if (bar->app != NULL) {
        bar->app->last_key_at = app_now(bar->app); /* work is no idleness: no lock right after it */
        app_redraw(bar->app);
    }
}

void progress_draw(struct area area, int row, const char *what, int64_t done, int64_t total,
                   int64_t elapsed_ms)
{
    const int64_t seconds = elapsed_ms / 1000;
    int at = area_text(area, row, 1, INK_NORMAL, what) + 1;

    if (total > 0) {
        const int64_t part = done < total ? done : total;
        const int full = (int)(part * BAR_CELLS / total);

        for (int i = 0; i < BAR_CELLS; i++)
            at = area_glyph(area, row, at, i < full ? INK_INFO : INK_MUTED,
                            i < full ? GLYPH_BAR_FULL : GLYPH_BAR_EMPTY);
        at = area_printf(area, row, at + 1, INK_NORMAL, "%lld of %lld (%lld %%)", (long long)done,
                         (long long)total, (long long)(part * 100 / total));
    } else {
        at = area_printf(area, row, at, INK_NORMAL, "%lld", (long long)done);
    }
    area_printf(area, row, at + 1, INK_MUTED, "%lld:%02lld  Ctrl-G stops",
                (long long)(seconds / 60), (long long)(seconds % 60));
}
