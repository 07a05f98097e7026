/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_UI_FORM_H
#define PITLANE_UI_FORM_H

/* A form for any shape: one row a field, validated when a field is left, all at once on F2. What
 * was typed is kept as text until then, so a draft holds exactly what the person wrote.
 *
 *     form_init(&form, &(struct form_options){.shape = op->in, .rights = &s->rights,
 *                                             .now = session_now(s)});
 *     form_load(&form, row);                        // or nothing: the fields' initial values
 *     switch (form_key(&form, event)) {
 *     case FORM_SUBMIT: save(form_row(&form)); …    // F2 and every field is valid
 *     case FORM_PICK:   open_picker(form_field(&form), form.pick_text); …   // F4
 *     case FORM_CHANGED: view_touch(view); …        // draft due within a second
 *     case FORM_LEFT:   view_keep(view); …          // a field was left: keep the draft now
 *     case FORM_USED: case FORM_IGNORED: …
 *     }
 *     form_set_error(&form, s->fault.field, s->fault.text);   // what the domain refused */

#include "base/field.h"
#include "ui/editor.h"
#include "ui/keys.h"
#include "ui/surface.h"
#include "ui/view.h"

enum form_result {
    FORM_IGNORED, /* the key is not the form's: actions may have it */
    FORM_USED,
    FORM_CHANGED, /* a text changed */
    FORM_LEFT,    /* moved to another field (its message, if any, stands beside it) */
    FORM_SUBMIT,  /* all is valid: form_row */
    FORM_REFUSED, /* F2, but a field is not: the cursor is on it */
    FORM_PICK,    /* F4, or typing in a field that must be picked: pick_text is what was typed */
    FORM_ROWS     /* Enter or F4 on nested rows: form_rows_open edits them */
};

struct form_field {
    const struct field *field;
    struct editor editor;
    const char *loaded; /* its text when the form was loaded: dirty when it differs */
    const char *shown;  /* of a picked id: "Delgado, Maria"; NULL: the text itself */
    char *message;      /* what is wrong with it, or NULL */
    bool left;          /* has been left once: messages may show */
    bool skipped;       /* not asked (form_skip): its loaded value stands */
    bool fresh;         /* just entered: a character typed now replaces a number or day */
    struct rows rows;   /* FIELD_ROWS */
    bool rows_changed;
};

struct form;

struct form_options {
    const struct shape *shape;
    const struct right_set *rights; /* fields of other rights are not shown; NULL: all are */
    struct instant now;             /* for "t+3" */
    /* Opens the picker for the focused field and, when a row is picked, calls form_set_picked. Used
     * for nested rows, which have no screen of their own; a screen may use it too. */
    void (*pick)(struct view *view, struct form *form);
    int label_cells; /* 0: as wide as the longest label, at most 24 */
};

struct form {
    struct form_options options;
    struct arena arena;
    void *row; /* what was typed, as far as it has been read */
    struct form_field *fields;
    size_t count;
    size_t focus;
    size_t top; /* rows scrolled away */
    char pick_text[8];
    int64_t revision; /* counts changes */
};

void form_init(struct form *form, const struct form_options *options);
void form_done(struct form *form);
void form_load(struct form *form, const void *row);
enum form_result form_key(struct form *form, const struct event *event);
void form_draw(struct form *form, struct area area);
enum typing form_typing(const struct form *form);

const struct field *form_field(const struct form *form); /* the focused one; NULL: none at all */
struct form_field *form_find(struct form *form, const char *name);
/* Puts the cursor there; the field it stood on counts as not looked at yet. */
void form_focus(struct form *form, const char *name);
bool form_is_dirty(const struct form *form);
/* Reads every text into the row. ERR_INVALID puts the cursor on the first wrong field. */
status form_check(struct form *form, struct fault *fault) MUST_USE;
/* The row as last checked; of the form's shape, valid as long as the form. */
const void *form_row(struct form *form);
/* As a person would type it; counts as a change. */
void form_set_text(struct form *form, const char *name, const char *text);
/* A picked record: its number and what to show for it. With the number that is there already only
 * the words change (after form_load). */
void form_set_picked(struct form *form, const char *name, int64_t id, const char *shown);
const char *form_text(struct form *form, const char *name);
void form_skip(struct form *form, const char *name); /* do not ask for this one */
void form_ask(struct form *form, const char *name);  /* ask for it after all, emptied */
/* A refusal that names a field ("lines.2.price" shows at "lines"). False when the form has no such
 * field: say it on the status line then. Also moves the cursor there. */
bool form_set_error(struct form *form, const char *name, const char *sentence);
/* Help, example or message of the focused field, for the status line. */
const char *form_status(const struct form *form, struct arena *arena);

/* Drafts: every text as typed, as JSON; secrets are left out. Reading ignores fields the form does
 * not have. */
void form_draft_write(const struct form *form, struct buf *out);
status form_draft_read(struct form *form, const char *json, struct fault *fault) MUST_USE;

/* Opens a list of the nested rows of the focused field, each edited in a form of its own shape;
 * closing it puts them into the form. `changed` (may be NULL) tells the owner: view_touch. */
void form_rows_open(struct app *app, struct form *form, void (*changed)(struct view *owner));

#endif
