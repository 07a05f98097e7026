/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_DESK_H
#define PITLANE_SCREENS_DESK_H

/* What every screen stands on: the person at this terminal, the shop, and the way from a screen to
 * an operation and back: its result into a screen's arena, its refusal to the field or the status
 * line.
 *
 *     static void page_settle(struct view *view)              // view_type.settle
 *     {
 *         struct page_state *state = view->state;
 *         if (state->load.stale)
 *             desk_load(desk_of(view), &state->load, &order_show_op, &state->key);
 *     }
 *     … state->load.out is a struct order until the next load; loading_done in view_type.close.
 */

#include "domain/draft.h"
#include "domain/op.h"
#include "domain/opening.h"
#include "domain/setting.h"
#include "ui/form.h"
#include "ui/loop.h"
#include "ui/rowlist.h"

struct desk {
    struct session session; /* its arena is set for each call */
    struct clock_watch watch;
    struct app *app;
    struct theme looks;        /* of this moment: the terminal's with one's own on top … */
    const struct theme *theme; /* … which is this one */
    const struct theme *plain; /* the terminal's own */
    const char *theme_words;   /* said at the start: they outrank one's own */
    struct shop shop; /* settings as last read; texts live as long as the desk's next reading */
    struct arena shop_arena;
    struct arena scratch; /* results nobody keeps; emptied by the next call without an arena */
    struct arena fixed;   /* what lives as long as the desk: the table of general actions */
    struct arena person;  /* names of who is signed in */
    char refresh[SECRET_TOKEN_MAX]; /* renews the session; wiped when it ends */
    const char *login;              /* of the person, "" while nobody is signed in */
    int64_t data_version;
    struct action *actions; /* every operation, for the palette */
    size_t action_count;
    bool kiosk;                 /* this terminal is an enrolled kiosk */
    bool disk_full;             /* the reserve on the disk is used up: a banner says so */
    int64_t reserve_given;      /* as of the last look */
    bool covering;              /* the sign-in is on its way over a session that has ended */
    enum first_step step;       /* what the screen on top asks for before anything else */
    struct instant wait_until;  /* nobody is let in before; counted down on the status line */
    const char *given;          /* the password typed to sign in, while that goes on; else NULL */
    struct instant given_until; /* so long it stands in the first step's form */
    bool arriving;              /* somebody has signed in afresh: his start screen is due */
    bool locked;                /* covered by the lock: the one who was here goes on where he was */
};

struct desk_options {
    struct shop_file shop;     /* borrowed */
    struct term *term;         /* borrowed */
    const struct theme *theme; /* borrowed */
    const char *theme_words;   /* what it was asked to be, or NULL: nobody's own looks outrank it */
    struct clock clock;
    const char *terminal;   /* NULL: it has no name */
    const char *place;      /* NULL: not known; all live as long as the desk */
    const char *counted_at; /* as in struct session */
    enum terminal_kind terminal_kind;
    const char *secret; /* of an enrolled terminal; NULL: as this account of the machine keeps it */
    bool kiosk;         /* refuse to be anything but an enrolled kiosk */
};
/* Reads the settings, opens the program's loop and covers it with the sign-in screen. */
status desk_open(const struct desk_options *options, struct desk **ret_desk,
                 struct fault *fault) MUST_USE;
void desk_close(struct desk *desk);
static inline struct desk *desk_of(const struct view *view)
{
    return app_context(view->app);
}
static inline struct desk *desk_of_app(const struct app *app)
{
    return app_context(app);
}
struct instant desk_now(const struct desk *desk);
struct day desk_today(const struct desk *desk);
/* May the person use this operation? */
bool desk_allows(const struct desk *desk, const struct op *op);
bool desk_holds(const struct desk *desk, enum right right);

/* --- Calling operations --- */

/* An input as shape_init leaves it, in the arena. */
void *desk_input(struct desk *desk, struct arena *arena, const struct op *op);
/* op_call with results in `arena` (NULL: the desk's scratch). `ret_out` may be NULL: the result is
 * thrown away. On failure the sentence goes to the status line; a session that has ended covers the
 * screen with the sign-in. desk->session.fault says more. */
status desk_call(struct desk *desk, struct arena *arena, const struct op *op, const void *in,
                 void *ret_out);
/* The same without saying anything: for probes, and callers with a better place for the sentence.
 */
status desk_try(struct desk *desk, struct arena *arena, const struct op *op, const void *in,
                void *ret_out);
/* The same for a form: a refusal that names a field shows there. */
status desk_submit(struct desk *desk, struct arena *arena, const struct op *op, struct form *form,
                   const void *in, void *ret_out);

/* A result a screen shows until the next one: the old stays when loading fails. */
struct loading {
    struct arena arena;
    void *out; /* NULL before the first */
    bool stale;
    struct fault fault; /* code OK when the last load went well */
};
status desk_load(struct desk *desk, struct loading *loading, const struct op *op, const void *in);
void loading_done(struct loading *loading);

/* --- What a screen is about --- */

/* A record, as the start of the next step: "write up" on a vehicle's row fills vehicle and
 * customer.
 */
struct subject {
    const char *noun; /* "customer": the name of the field that takes it */
    int64_t id;
    const struct shape *shape; /* NULL, or the row whose ids are taken over, too */
    const void *row;
};
/* Fills ids of an input by name: the subject's own, and those of its row. Returns true when every
 * required field of the input is given then. */
bool subject_fill(const struct subject *subject, const struct op *op, void *in);
/* Does the input take anything of it? */
bool subject_is_taken(const struct subject *subject, const struct op *op);
/* What the view shows or has selected; false for nothing. */
bool desk_subject(struct view *view, struct subject *ret_subject);

/* --- Opening screens --- */

/* What fits the operation: a list, a record, a form, or a question for what needs no more answers.
 */
void desk_open_op(struct desk *desk, const struct op *op, const struct subject *subject);
/* The screen of a record: its own or the general one. */
void desk_open_record(struct desk *desk, const char *noun, int64_t id);
/* Says that it is saved and opens it; false where one's own records alone are shown to whoever sits
 * here, and this is none: then it stays closed, and the status line says that, too. */
bool desk_open_saved(struct desk *desk, const char *noun, int64_t id);

/* A form for any writing operation. It is a durable draft, saves with F2, shows what somebody else
 * changed meanwhile. */
struct op_form {
    const struct op *op;
    const char *title;             /* NULL: the operation's sentence */
    const struct subject *subject; /* NULL or what it is about */
    const void *in;                /* NULL, or a row of op->in to begin with (copied) */
    const char *const *skip;       /* NULL, or names of fields not asked, ended by NULL */
    const char *focus;             /* NULL, or the field to begin at */
    const char *final;             /* NULL, or what an operation for good will have done, in words:
                                      "108.00 goes back on invoice 20001." */
    bool small;                    /* a box over the present view */
    /* NULL, or draws what the form comes to so far, into the same area as its fields, to the right
     * of them. `row` is what was typed, as far as it can be read. */
    void (*beside)(struct area area, const struct form *form, const void *row);
    /* After F2 worked and the form has closed. `asker` was under it; `out` is of op->out (NULL when
     * nothing comes back) and valid during the call. NULL: says "Saved." and opens what was added.
     * A reading operation is not called: `out` is what was typed, of op->in; NULL opens its list or
     * record. */
    void (*saved)(struct view *asker, const void *out, void *context);
    /* NULL, or asked before saving: false when something has to be typed first, said at its field.
     */
    bool (*holds)(struct desk *desk, struct form *form);
    void *context;
    const struct draft *draft; /* continue this one; NULL: begin a new one */
};
void op_form_open(struct desk *desk, const struct op_form *form);

/* Choose a row of a list operation by typing, or where `typed` is there, take the words as they
 * are: a canned job or a new one, a part of the catalog or one from outside. */
struct op_pick {
    const struct op *op;
    const char *title;
    const char *search;            /* what is in the box at first, or NULL */
    const struct subject *subject; /* NULL, or what limits the list: ids of its input by name */
    /* `row` is of op->out and valid during the call. */
    void (*picked)(struct view *asker, const struct shape *shape, const void *row, void *context);
    /* Enter where nothing matches, F6 always; `text` is never empty. NULL: only rows are taken. */
    void (*typed)(struct view *asker, const char *text, void *context);
    const char *hint; /* what Enter does, a line below the rows; NULL: none */
    void *context;
};
void op_pick_open(struct desk *desk, const struct op_pick *pick);

/* --- Drafts --- */

/* The draft of one form: kept in view_type.keep, dropped when the form is saved or thrown away. */
struct desk_draft {
    struct draft_id id;
    const char *form; /* the operation's name, by which it is opened again */
    int64_t subject;
    const char *title;
};
void desk_draft_drop(struct desk *desk, struct desk_draft *draft);

#endif
