/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_BARS_H
#define PITLANE_UI_BARS_H

/* Small things drawn in one row: tabs, and the bar of long work. */

#include "ui/loop.h"

/* " 1 Work │ 2 History │ 3 Notes": the current one stands out by brackets too; where not all have
 * room, those around it show. */
void tabs_draw(struct area area, int row, const char *const *labels, size_t count, size_t current);
/* Tab, Shift-Tab, and digits from 1. True when used; may change *current. */
bool tabs_key(const struct event *event, size_t count, size_t *current);

/* Work that may take long, in the middle of a call. The bar appears after half a second on the
 * status line; keys typed meanwhile are kept for later; Ctrl-G asks to stop.
 *
 *     struct progress_bar bar = progress_start(app, "Importing customers", count);
 *     for (…)
 *         if (progress_step(&bar, i) == ERR_CANCELLED) …
 *     progress_end(&bar); */
struct progress_bar {
    struct app *app; /* NULL: shows nothing */
    const char *what;
    int64_t total; /* 0: unknown, counts only */
    int64_t started_at, shown_at;
    int64_t done;
    bool cancelled;
};
struct progress_bar progress_start(struct app *app, const char *what, int64_t total);
/* OK, or ERR_CANCELLED once Ctrl-G was pressed or the terminal is gone. Cheap: looks at the clock
 * every time, at the terminal ten times a second. */
status progress_step(struct progress_bar *bar, int64_t done);
void progress_end(struct progress_bar *bar);
void progress_draw(struct area area, int row, const char *what, int64_t done, int64_t total,
                   int64_t elapsed_ms);

#endif
