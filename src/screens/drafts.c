/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Unfinished forms: what the counter and the sign-in say about them, and how one is gone on with.
 */

#include <string.h>

#include "base/text.h"
#include "inner.h"
#include "input_draft.h"

static bool list_drafts(struct desk *desk, struct arena *arena, struct page *ret_page)
{
    void *in = desk_input(desk, arena, &draft_list_op);
    struct list_query *query = in;

    if (!desk_allows(desk, &draft_list_op))
        return false;
    query->descending = true;
    query->limit = 50;
    return desk_try(desk, arena, &draft_list_op, in, ret_page) == OK && ret_page->rows.count > 0;
}

/* "today 10:40", "yesterday 16:40", "19 Nov 16:40" */
static const char *when_text(struct desk *desk, struct instant at, struct arena *arena)
{
    char day[DAY_TEXT_MAX], time[DAY_TEXT_MAX];
    const int days = day_distance(instant_day(at), desk_today(desk));

    instant_show_time(at, time);
    if (days == 0)
        return arena_printf(arena, "today %s", time);
    if (days == 1)
        return arena_printf(arena, "yesterday %s", time);
    return arena_printf(arena, "%s %s", day_show_short(instant_day(at), day), time);
}

const char *drafts_text(struct desk *desk, struct arena *arena)
{
    struct page page;

    if (!list_drafts(desk, arena, &page))
        return NULL;
    const struct draft *latest = page.rows.at;
    return arena_printf(arena, "%zu unfinished: %s, %s.", page.rows.count, latest->title,
                        when_text(desk, latest->updated_at, arena));
}

const struct draft *draft_find(struct desk *desk, const char *form, int64_t subject,
                               struct arena *arena)
{
    const struct draft in = {.form = form, .subject = subject};
    struct draft *draft = NEW(arena, struct draft);

    if (!desk_allows(desk, &draft_find_op))
        return NULL;
    if (desk_try(desk, arena, &draft_find_op, &in, draft) == OK)
        return draft;
    fault_clear(&desk->session.fault); /* nothing is unfinished */
    return NULL;
}

static void draft_continue(struct desk *desk, const struct draft *draft)
{
    const struct op *op = op_find(draft->form);
    char noun[NOUN_MAX];

    if (input_draft_continue(desk, draft))
        return;
    if (op == NULL || op->kind != OP_WRITES) {
        app_error(desk->app, "This form is no longer known. Throw the draft away.");
        return;
    }
    const struct field *key = op_key_field(op);
    const char *takes =
        key != NULL && !text_same(key->name, "id") ? key->name : noun_of_op(op, noun);
    const struct subject subject = {.noun = takes, .id = draft->subject};
    op_form_open(desk, &(struct op_form){
                           .op = op,
                           .title = draft->title,
                           .subject = draft->subject != 0 ? &subject : NULL,
                           .draft = draft,
                       });
}

void draft_open_by_id(struct desk *desk, int64_t id)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    void *in = desk_input(desk, &arena, &draft_show_op);
    struct draft draft;

    memcpy(field_at(op_key_field(&draft_show_op), in), &id, sizeof id);
    if (desk_call(desk, &arena, &draft_show_op, in, &draft) == OK)
        draft_continue(desk, &draft);
}

void draft_continue_latest(struct desk *desk)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    struct page page;

    if (!list_drafts(desk, &arena, &page)) {
        app_say(desk->app, "There is nothing unfinished.");
        return;
    }
    if (page.rows.count > 1)
        list_screen_open(desk, &draft_list_op, NULL);
    else
        draft_continue(desk, page.rows.at);
}
