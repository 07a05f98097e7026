/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_EDITOR_H
#define PITLANE_UI_EDITOR_H

/* One text being edited: UTF-8 in NFC, the cursor between grapheme clusters, undo, words. The core
 * of form fields, search boxes and questions. */

#include "ui/keys.h"
#include "ui/surface.h"

#define EDITOR_UNDO_MAX 32

struct editor {
    struct buf text; /* how long it may be: editor_limit */
    size_t at;       /* the cursor, in bytes */
    int left;        /* cells scrolled away */
    int top;         /* rows scrolled away (many lines) */
    int wrap;        /* many lines: cells of a row when drawn last */
    bool many_lines;
    bool secret; /* drawn as dots, not handed out by editor_copy */
    bool typing; /* the last edit was a typed character: undone together with its neighbours */
    struct editor_undo {
        char *text;
        size_t at;
    } undo[EDITOR_UNDO_MAX];
    size_t undo_count;
};

enum editor_result { EDITOR_IGNORED, EDITOR_MOVED, EDITOR_CHANGED, EDITOR_FULL };

void editor_init(struct editor *editor, size_t limit); /* bytes */
/* Another limit from now on; what stands there stays. */
void editor_limit(struct editor *editor, size_t limit);
void editor_done(struct editor *editor);
void editor_set(struct editor *editor, const char *text); /* cursor to the end, undo forgotten */
const char *editor_text(const struct editor *editor);
bool editor_is_empty(const struct editor *editor);
/* Characters, pastes, Backspace, Delete, arrows, Ctrl-arrows, Home, End, Ctrl-A, Ctrl-E, Ctrl-W
 * (word), Ctrl-U (all), Ctrl-K (to the end), Ctrl-Z (undo). With many lines also Enter, Up, Down
 * (ignored on the first and last row, so that a form can move on).
 * EDITOR_FULL: it does not fit; nothing was changed. */
enum editor_result editor_key(struct editor *editor, const struct event *event);
enum editor_result editor_insert(struct editor *editor, const char *text);
/* Removes the text in front of the cursor if that is what stands there: a scan that went in. */
bool editor_take_back(struct editor *editor, const char *text);
/* Draws into `cells` cells of a row (or the area's rows with many lines), scrolled so that the
 * cursor shows; sets the surface's cursor when focused. */
void editor_draw(struct editor *editor, struct area area, int row, int col, int cells, enum ink ink,
                 bool focused);

#endif
