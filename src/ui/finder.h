/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_FINDER_H
#define PITLANE_UI_FINDER_H

/* The box of help and palette, shared by its search and its drawing. */

#include "ui/editor.h"
#include "ui/pages.h"

struct found {
    const char *keys; /* "" for what has none */
    const char *label;
    const char *detail; /* of a key: what it does; else where the thing belongs */
    enum palette_rank rank;
    size_t order;
    const struct action *action; /* or … */
    void (*run)(struct app *app, int64_t id);
    int64_t id;
};

struct palette {
    struct arena arena; /* what was found for the present text */
    struct found *found;
    size_t count, room;
};

struct finder {
    struct palette palette;
    struct editor editor;
    struct view *asker; /* whose actions are offered */
    bool is_help;
    bool stale;
    size_t selected, top;
    size_t shown; /* found ones drawn last */
};

/* finder_draw.c */
void finder_draw(struct view *view, struct area body);

#endif
