/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_ENTRIES_H
#define PITLANE_SCREENS_ENTRIES_H

/* A few labelled lines to type into, one below the other: name, password, code. Whoever signs in,
 * confirms or proves a code types into these. Secrets are drawn as dots until F4 shows them. */

#include "ui/editor.h"
#include "ui/view.h"

#define ENTRIES_MAX 3

struct entry {
    const char *label;
    struct editor editor;
    bool secret;
    bool absent; /* not asked for just now */
};
struct entries {
    struct entry at[ENTRIES_MAX];
    int count, focus;
    bool shown;
};

/* Adds one of so many bytes; returns its number. */
int entries_add(struct entries *entries, const char *label, size_t max, bool secret);
void entries_done(struct entries *entries); /* wipes what was typed */
const char *entries_text(const struct entries *entries, int at);
void entries_set(struct entries *entries, int at, const char *text);
bool entries_is_empty(const struct entries *entries, int at);
/* Shows the line and goes there, or hides it and empties it. */
void entries_ask(struct entries *entries, int at, bool wanted);
void entries_toggle_secrets(struct entries *entries);
/* Enter where a line is still empty goes there, the next one first. False: all is typed. */
bool entries_advance(struct entries *entries);
/* Tab, arrows and typing. Scans are swallowed: they are no password. */
bool entries_key(struct entries *entries, const struct event *event);
enum typing entries_typing(const struct entries *entries);
/* Returns the row behind the last one. */
int entries_draw(struct entries *entries, struct area area, int row);

#endif
