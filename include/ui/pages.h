/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_PAGES_H
#define PITLANE_UI_PAGES_H

/* Help, command palette, and a page of text. */

#include "ui/view.h"

/* A text to read: scrolls, "/" searches, n and N step through what was found. The text is copied.
 */
void textpage_open(struct app *app, const char *title, const char *text);

/* Every action of the view on top and of the program, searchable; Enter runs the selected one. */
void help_open(struct app *app);

/* Type to find: actions by label, name and help, and the program's records (app_options.find). */
void palette_open(struct app *app);

struct palette;
enum palette_rank { PALETTE_EXACT, PALETTE_PREFIX, PALETTE_RECENT, PALETTE_FUZZY };
struct palette_item {
    const char *label;  /* "RO 10412 · Delgado, Maria" */
    const char *detail; /* "repair order" */
    enum palette_rank rank;
    void (*run)(struct app *app, int64_t id);
    int64_t id;
};
/* For app_options.find. Texts are copied. */
void palette_add(struct palette *palette, const struct palette_item *item);

#endif
