/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_DIALOG_H
#define PITLANE_UI_DIALOG_H

/* Questions over the present view. They answer by callback, so nothing waits inside another loop
 * and parking a task keeps its open question. `asker` is the view that was on top. */

#include "base/field.h"
#include "ui/view.h"

struct dialog_button {
    char letter; /* the key, in the label too: "d Discard" */
    const char *label;
};

struct dialog {
    const char *title;
    const char *text; /* may have several lines */
    const struct dialog_button *buttons;
    size_t button_count;
    char safe;   /* what Enter, Esc and F12 answer */
    char danger; /* 0, or a letter that needs `word` typed first */
    const char *word;
    void (*answered)(struct view *asker, char letter, void *context);
    void *context;
};
/* Texts are copied. */
void dialog_open(struct app *app, const struct dialog *dialog);
/* One sentence and Enter. */
void dialog_tell(struct app *app, const char *title, const char *text);

/* One line of text. */
struct question {
    const char *title;
    const char *label;
    const char *help;
    const char *initial;
    bool offered; /* a character typed first replaces the initial text, as a number in a form */
    size_t max;   /* bytes; 0: 200 */
    bool secret;
    /* NULL, or says why the text will not do: the sentence shows and the box stays. */
    status (*check)(void *context, const char *text, struct fault *fault);
    void (*answered)(struct view *asker, const char *text, void *context); /* not called on Esc */
    void *context;
};
void question_open(struct app *app, const struct question *question);

/* Somebody else changed the record meanwhile: per field yours and theirs, Left and Right choose,
 * F2 takes the choice, Esc goes back with nothing changed. */
struct conflict {
    const struct shape *shape;
    const char *who; /* "Maria, 10:41", or NULL */
    const void *mine;
    const void *theirs;
    const struct right_set *rights; /* NULL: all */
    /* `merged` is a row of the shape: theirs with the fields chosen as yours. */
    void (*answered)(struct view *asker, const void *merged, void *context);
    void *context;
};
void conflict_open(struct app *app, const struct conflict *conflict);

#endif
