/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How the dialog of a customer's answer begins: all waiting jobs with a yes, the customer as he
 * wants to be reached; or a draft as it was left. */

#include "authorize.h"

#include "base/text.h"
#include "domain/customer.h"
#include "input_draft.h"

/* Those that wait come with a yes and have the cursor, the others stay as they are: an answer may
 * change. */
static void list_jobs(struct authorize *state, struct arena *arena)
{
    const struct order_job *jobs = state->order->jobs.at;
    bool has_waiting = false;

    state->rows = NEW_ARRAY(arena, struct answer_row, state->order->jobs.count + 1);
    for (size_t i = 0; i < state->order->jobs.count; i++) {
        const bool waits = answer_is_awaited(&jobs[i]);
        if (!waits && (jobs[i].state == JOB_IN_PROGRESS || jobs[i].state == JOB_DONE))
            continue;
        if (waits && !has_waiting)
            state->selected = state->count;
        has_waiting = has_waiting || waits;
        state->rows[state->count++] = (struct answer_row){
            .job = &jobs[i],
            .answer = waits ? ANSWER_YES : ANSWER_OPEN,
            .reason = "",
            .today = desk_today(state->page->desk),
        };
    }
}

static enum authorization_method preferred_method(const struct customer *customer)
{
    switch (customer->preferred_contact) {
    case PREFERS_TEXT:
        return METHOD_TEXT;
    case PREFERS_EMAIL:
        return METHOD_EMAIL;
    case PREFERS_PHONE:
        return METHOD_PHONE;
    case PREFERS_NONE:
        break;
    }
    return METHOD_IN_PERSON;
}

static const char *person_of(const struct customer *customer, struct arena *arena)
{
    const char *name =
        text_clean(arena, arena_printf(arena, "%s %s", customer->first_name, customer->last_name),
                   TEXT_ONE_LINE);

    return name[0] != '\0' ? name : customer->company;
}

/* Who answers, and how he is reached. */
static void fill_in(struct authorize *state, struct arena *arena)
{
    struct desk *desk = state->page->desk;
    const struct customer_key in = {state->order->customer};
    struct customer customer;

    state->customer = state->phone = state->email = "";
    state->designated = state->designated_phone = "";
    state->parts_back = order_parts_back(state->order);
    if (desk_try(desk, arena, &customer_show_op, &in, &customer) != OK)
        return;
    state->phone = text_phone_show(arena, customer.phone);
    state->email = customer.email;
    state->customer = person_of(&customer, arena);
    state->designated = customer.authorized_person;
    state->designated_phone = text_phone_show(arena, customer.authorized_phone);
    editor_set(&state->person, state->customer);
    authorize_set_method(state, preferred_method(&customer));
}

static struct view *open_dialog(struct order_page *page)
{
    struct desk *desk = page->desk;
    struct view *view = view_new(desk->app, &authorize_type, sizeof(struct authorize));
    struct authorize *state = view->state;

    state->page = page;
    state->signature = "";
    state->order = shape_clone(&order_shape, page_order(page), &view->arena);
    editor_init(&state->person, 200);
    editor_init(&state->contacted, 200);
    view->title = arena_printf(&view->arena, "The customer's answer · RO %lld",
                               (long long)state->order->id.v);
    state->draft = (struct desk_draft){
        .form = order_authorize_op.name, .subject = page->id.v, .title = view->title};
    list_jobs(state, &view->arena);
    fill_in(state, &view->arena);
    authorize_find_total(state);
    app_push(desk->app, view);
    return view;
}

void authorize_open(struct order_page *page)
{
    open_dialog(page);
}

static void fill_answer(struct answer_row *row, const struct job_decision *decision,
                        struct arena *arena)
{
    row->answer = decision->decision == DECISION_AUTHORIZED ? ANSWER_YES
                  : decision->decision == DECISION_DECLINED ? ANSWER_NO
                                                            : ANSWER_LATER;
    row->reason = arena_text(arena, decision->reason);
    row->until_on = decision->deferred_until_on;
    row->until_mi = decision->deferred_until_mi;
}

/* Jobs the draft does not speak of had no answer yet. */
static void fill_answers(struct view *view, const struct order_authorize *in)
{
    struct authorize *state = view->state;
    const struct job_decision *decisions = in->jobs.at;

    for (size_t i = 0; i < state->count; i++) {
        struct answer_row *row = &state->rows[i];
        row->answer = ANSWER_OPEN;
        for (size_t d = 0; d < in->jobs.count; d++)
            if (decisions[d].job.v == row->job->id.v)
                fill_answer(row, &decisions[d], &view->arena);
    }
    state->method = in->method;
    state->answered_by = in->answered_by;
    state->parts_back = in->parts_back;
    state->signature = arena_text(&view->arena, in->signature);
    editor_set(&state->person, in->person);
    editor_set(&state->contacted, in->contacted);
    authorize_find_total(state);
}

void authorize_continue(struct desk *desk, const struct draft *draft)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct order_authorize *in = input_draft_read(desk, draft, order_authorize_op.in, &arena);
    struct order_page *page =
        in != NULL ? order_page_opened(desk, (struct order_id){draft->subject}) : NULL;

    if (page == NULL)
        return;
    struct view *view = open_dialog(page);
    struct authorize *state = view->state;
    state->draft.id = draft->id;
    state->changed = true;
    fill_answers(view, in);
}
