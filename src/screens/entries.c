/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Labelled lines to type names, passwords and codes into. What they mean is left to the screens. */

#include "entries.h"

#include <string.h>

#include "domain/secret.h"

#define LABEL_CELLS 10
#define ENTRY_CELLS 36

int entries_add(struct entries *entries, const char *label, size_t max, bool secret)
{
    struct entry *entry = &entries->at[entries->count];

    *entry = (struct entry){.label = label, .secret = secret};
    editor_init(&entry->editor, max);
    entry->editor.secret = secret;
    return entries->count++;
}

static void wipe(struct editor *editor)
{
    secret_wipe(editor->text.at, editor->text.length);
    for (size_t i = 0; i < editor->undo_count; i++)
        secret_wipe(editor->undo[i].text, strlen(editor->undo[i].text));
}

void entries_done(struct entries *entries)
{
    for (int i = 0; i < entries->count; i++) {
        wipe(&entries->at[i].editor);
        editor_done(&entries->at[i].editor);
    }
}

const char *entries_text(const struct entries *entries, int at)
{
    return editor_text(&entries->at[at].editor);
}

void entries_set(struct entries *entries, int at, const char *text)
{
    wipe(&entries->at[at].editor);
    editor_set(&entries->at[at].editor, text);
}

bool entries_is_empty(const struct entries *entries, int at)
{
    return editor_is_empty(&entries->at[at].editor);
}

static void step(struct entries *entries, int by)
{
    do
        entries->focus = (entries->focus + by + entries->count) % entries->count;
    while (entries->at[entries->focus].absent);
}

void entries_ask(struct entries *entries, int at, bool wanted)
{
    entries->at[at].absent = !wanted;
    if (wanted) {
        entries->focus = at;
        return;
    }
    entries_set(entries, at, "");
    if (entries->focus == at)
        step(entries, 1);
}

void entries_toggle_secrets(struct entries *entries)
{
    entries->shown = !entries->shown;
    for (int i = 0; i < entries->count; i++)
        entries->at[i].editor.secret = entries->at[i].secret && !entries->shown;
}

bool entries_advance(struct entries *entries)
{
    for (int i = 1; i <= entries->count; i++) {
        const int at = (entries->focus + i) % entries->count;
        if (entries->at[at].absent || !entries_is_empty(entries, at))
            continue;
        entries->focus = at;
        return true;
    }
    return false;
}

bool entries_key(struct entries *entries, const struct event *event)
{
    if (event->kind != EVENT_KEY && event->kind != EVENT_PASTE)
        return true;
    switch (event->kind == EVENT_KEY ? event->key : 0) {
    case K_TAB:
    case K_DOWN:
        step(entries, 1);
        return true;
    case K_BACK_TAB:
    case K_UP:
        step(entries, -1);
        return true;
    default:
        return editor_key(&entries->at[entries->focus].editor, event) != EDITOR_IGNORED;
    }
}

enum typing entries_typing(const struct entries *entries)
{
    return entries->at[entries->focus].secret ? TYPING_SECRET : TYPING_TEXT;
}

int entries_draw(struct entries *entries, struct area area, int row)
{
    const int room = area.cols - 2 - LABEL_CELLS - 1;
    const int cells = room < ENTRY_CELLS ? room : ENTRY_CELLS;

    for (int i = 0; i < entries->count; i++) {
        struct entry *entry = &entries->at[i];
        const bool focused = entries->focus == i;
        const enum ink ink = focused ? INK_FIELD_FOCUS : INK_FIELD;
        if (entry->absent)
            continue;
        area_text(area, row, 2, INK_LABEL, entry->label);
        area_fill(area, row, 2 + LABEL_CELLS, 1, cells, ink);
        editor_draw(&entry->editor, area, row, 2 + LABEL_CELLS, cells, ink, focused);
        row++;
    }
    return row;
}
