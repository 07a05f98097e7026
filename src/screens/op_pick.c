/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Choosing a row of any list operation by typing. */

#include "inner.h"
#include "ui/picker.h"

struct picking {
    struct arena arena;
    struct op_source source;
    struct op_pick pick;
};

static void picked(struct view *asker, const void *row, void *context)
{
    const struct picking *picking = context;

    picking->pick.picked(asker, picking->source.op->out, row, picking->pick.context);
}

static void typed(struct view *asker, const char *text, void *context)
{
    const struct picking *picking = context;

    picking->pick.typed(asker, text, picking->pick.context);
}

static void picking_done(void *list_context)
{
    struct picking *picking =
        (struct picking *)((char *)list_context - offsetof(struct picking, source));
    struct arena arena = picking->arena; /* the picking lives in it */

    arena_done(&arena);
}

static const char *title_of(const struct op_pick *pick)
{
    const struct list_screen *screen = list_screen_of(pick->op);

    if (pick->title != NULL)
        return pick->title;
    return screen != NULL && screen->title != NULL ? screen->title : pick->op->says;
}

void op_pick_open(struct desk *desk, const struct op_pick *pick)
{
    struct arena arena = ARENA_EMPTY;
    struct picking *picking = NEW(&arena, struct picking);
    const bool words = pick->typed != NULL;
    struct rowlist_type *type = op_list_type(pick->op, &arena);

    picking->source = (struct op_source){
        .desk = desk,
        .op = pick->op,
        .in = desk_input(desk, &arena, pick->op),
    };
    subject_fill(pick->subject, pick->op, picking->source.in);
    picking->pick = *pick;
    type->always_searches = true;
    type->empty =
        words ? "Nothing matches." : "Nothing matches. Change what you typed, or press Esc.";
    picking->arena = arena;
    picker_open(desk->app, &(struct picker){
                               .title = title_of(pick),
                               .list = type,
                               .list_context = &picking->source,
                               .rights = &desk->session.rights,
                               .search = pick->search,
                               .picked = picked,
                               .adds = words ? typed : NULL,
                               .takes_words = words,
                               .code = words ? "code" : NULL,
                               .hint = pick->hint,
                               .done = picking_done,
                               .context = picking,
                           });
}
