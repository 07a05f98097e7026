/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* From a screen through the door and back: where results live, and where a refusal is said. */

#include "base/text.h"
#include <stdio.h>

#include "inner.h"

static size_t out_size(const struct op *op)
{
    if (op->flags & OP_LIST)
        return sizeof(struct page);
    return op->out != NULL ? op->out->size : 1;
}

void *desk_input(struct desk *desk, struct arena *arena, const struct op *op)
{
    const struct field_context context = {.arena = arena, .now = desk_now(desk)};
    void *in = arena_alloc(arena, op->in != NULL ? op->in->size : 1);

    if (op->in != NULL)
        shape_init(op->in, in, &context);
    return in;
}

void desk_tell_clock(struct desk *desk)
{
    char sentence[FAULT_TEXT_MAX];
    const int64_t moved = desk->watch.moved;
    const int64_t minutes = (moved < 0 ? -moved : moved) / 60;

    if (moved == 0)
        return;
    desk->watch.moved = 0;
    snprintf(sentence, sizeof sentence,
             moved < 0
                 ? "This machine's clock is %lld minutes behind what the shop has seen. Set it "
                   "right, then go on."
                 : "This machine's clock was moved %lld minutes ahead. Check that it is right.",
             (long long)minutes);
    app_banner(desk->app, sentence);
}

void desk_tell_disk(struct desk *desk, bool full)
{
    if (full == desk->disk_full)
        return;
    desk->disk_full = full;
    app_banner(desk->app, full
                              ? "The disk is full and work goes on with the last of it: have space "
                                "freed now."
                              : NULL);
}

static void look_at_reserve(struct desk *desk)
{
    const struct store *store = desk->session.store;
    const int64_t given = store != NULL ? store_reserve_given(store) : 0;

    if (given != desk->reserve_given)
        desk_tell_disk(desk, true);
    desk->reserve_given = given;
}

status desk_try(struct desk *desk, struct arena *arena, const struct op *op, const void *in,
                void *ret_out)
{
    if (arena == NULL) {
        arena_reset(&desk->scratch);
        arena = &desk->scratch;
    }
    fault_clear(&desk->session.fault);
    status result = desk_renew(desk);
    desk->session.arena = arena;
    void *out = ret_out != NULL ? ret_out : arena_alloc(arena, out_size(op));
    if (result == OK)
        result = op_call(&desk->session, op, in, out);
    desk->session.arena = &desk->scratch;
    desk_tell_clock(desk);
    look_at_reserve(desk);
    if (result == ERR_SIGN_IN && desk->session.id.v != 0 && !desk->covering &&
        !app_is_covered(desk->app)) {
        const struct fault said = desk->session.fault;
        desk->covering = true; /* covering keeps drafts, which are refused for the same reason */
        sign_in_cover(desk, true);
        desk->covering = false;
        app_fault(desk->app, &said);
        desk->session.fault = said;
    }
    return result;
}

/* Something has to be settled first; then the person's deed is done again by itself. */
static void settle_first(struct desk *desk, const struct op *op)
{
    const struct fault said = desk->session.fault;

    if (desk->session.first_step == STEP_NONE) {
        confirm_open(desk, op->says);
        return;
    }
    first_steps_go(desk);
    app_fault(desk->app, &said);
}

status desk_call(struct desk *desk, struct arena *arena, const struct op *op, const void *in,
                 void *ret_out)
{
    const status result = desk_try(desk, arena, op, in, ret_out);

    if (result == ERR_CONFIRM && !app_is_covered(desk->app))
        settle_first(desk, op);
    else if (result != OK)
        app_fault(desk->app, &desk->session.fault);
    return result;
}

status desk_submit(struct desk *desk, struct arena *arena, const struct op *op, struct form *form,
                   const void *in, void *ret_out)
{
    const status result = desk_try(desk, arena, op, in, ret_out);
    const struct fault *fault = &desk->session.fault;

    if (result == OK)
        return OK;
    if (result == ERR_CONFIRM && !app_is_covered(desk->app)) {
        settle_first(desk, op);
        return result;
    }
    if ((result != ERR_INVALID && result != ERR_DENIED) || fault->field[0] == '\0' ||
        !form_set_error(form, fault->field, fault->text))
        app_fault(desk->app, fault);
    return result;
}

status desk_load(struct desk *desk, struct loading *loading, const struct op *op, const void *in)
{
    struct arena fresh = ARENA_EMPTY;
    void *out = arena_alloc(&fresh, out_size(op));
    const status result = desk_call(desk, &fresh, op, in, out);

    loading->stale = false;
    loading->fault = result == OK ? (struct fault){.code = OK} : desk->session.fault;
    if (result != OK) {
        arena_done(&fresh);
        return result;
    }
    arena_done(&loading->arena);
    loading->arena = fresh;
    loading->out = out;
    return OK;
}

void loading_done(struct loading *loading)
{
    arena_done(&loading->arena);
    loading->out = NULL;
}

status desk_draft_keep_text(struct desk *desk, struct desk_draft *draft, const char *body,
                            struct fault *fault)
{
    struct draft out;
    const struct draft in = {
        .id = draft->id,
        .form = draft->form,
        .subject = draft->subject,
        .title = draft->title,
        .body = body,
    };

    /* Nobody's, or a first step, whose secrets are kept nowhere. */
    if (desk->session.id.v == 0 || desk->session.first_step != STEP_NONE)
        return OK;
    const status result = desk_try(desk, NULL, &draft_save_op, &in, &out);
    if (result == OK)
        draft->id = out.id;
    else if (fault != NULL)
        *fault = desk->session.fault;
    return result;
}

void desk_draft_drop(struct desk *desk, struct desk_draft *draft)
{
    if (draft->id.v == 0)
        return;
    AUTO_ARENA arena = ARENA_EMPTY; /* the call empties the scratch before it looks at its input */
    void *in = desk_input(desk, &arena, &draft_remove_op);
    const struct field *key = op_key_field(&draft_remove_op);
    *(int64_t *)field_at(key, in) = draft->id.v;
    if (desk_call(desk, NULL, &draft_remove_op, in, NULL) == OK)
        draft->id = (struct draft_id){0};
}
