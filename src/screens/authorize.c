/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The customer's answer, job by job: who said what, how, and what it comes to. Enter records what
 * stands there (all waiting jobs authorized at first), then shows the code to read back; Enter
 * again goes on. */

#include "authorize.h"

#include <string.h>

#include "base/text.h"
#include "domain/customer.h"
#include "input_draft.h"
#include "signature.h"
#include "ui/dialog.h"

/* ------------------------------------------------------------------- figures -- */

bool answer_is_awaited(const struct order_job *job)
{
    return job->state == JOB_DRAFT || job->state == JOB_PRESENTED || job->needs_authorization;
}

static struct rows decisions(const struct authorize *state, struct arena *arena)
{
    struct job_decision *list = NEW_ARRAY(arena, struct job_decision, state->count);
    size_t count = 0;

    for (size_t i = 0; i < state->count; i++) {
        const struct answer_row *row = &state->rows[i];
        if (row->answer == ANSWER_OPEN)
            continue;
        list[count++] = (struct job_decision){
            .job = row->job->id,
            .decision = row->answer == ANSWER_YES  ? DECISION_AUTHORIZED
                        : row->answer == ANSWER_NO ? DECISION_DECLINED
                                                   : DECISION_DEFERRED,
            .reason = row->reason,
            .deferred_until_on = row->until_on,
            .deferred_until_mi = row->until_mi,
        };
    }
    return (struct rows){list, count};
}

/* Before the first answer it is what was agreed to already. */
void authorize_find_total(struct authorize *state)
{
    struct desk *desk = state->page->desk;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct order_preview *in = desk_input(desk, &arena, &order_preview_op);
    struct order_previewed out = {.total = state->order->authorized};

    in->order = state->order->id;
    in->jobs = decisions(state, &arena);
    in->revision = state->order->revision;
    state->has_total =
        in->jobs.count == 0 || desk_try(desk, &arena, &order_preview_op, in, &out) == OK;
    state->total = out.total;
}

/* ------------------------------------------------------------------- answers -- */

static void until_answered(struct view *asker, const char *text, void *context)
{
    struct answer_row *row = context;

    (void)asker;
    row->until_on = DAY_NONE;
    row->until_mi = 0;
    if (text_is_empty(text))
        return;
    if (number_parse(text, &row->until_mi, NULL) != OK || row->until_mi < 100) {
        row->until_mi = 0;
        if (day_parse(text, row->today, &row->until_on, NULL) != OK)
            row->until_on = DAY_NONE;
    }
}

/* A day, or miles: whole numbers from 100 up are miles. */
static status until_check(void *context, const char *text, struct fault *fault)
{
    const struct answer_row *row = context;
    struct day day;
    int64_t miles = 0;

    if (text_is_empty(text) || (number_parse(text, &miles, NULL) == OK && miles >= 100))
        return OK;
    TRY(day_parse(text, row->today, &day, fault));
    if (day_compare(day, row->today) < 0)
        return fault_field(fault, "day", "That day is past. Give a later one, or miles.");
    return OK;
}

static void ask_until(struct view *view, struct answer_row *row)
{
    question_open(view->app, &(struct question){
                                 .title = "Deferred until",
                                 .label = "Day or miles",
                                 .help = "15 Jan, t+90 or 120000; empty when nobody knows",
                                 .initial = "",
                                 .max = 30,
                                 .check = until_check,
                                 .answered = until_answered,
                                 .context = row,
                             });
}

static void reason_answered(struct view *asker, const char *text, void *context)
{
    struct answer_row *row = context;

    row->reason = arena_text(&asker->arena, text);
    view_touch(asker);
    if (row->answer == ANSWER_LATER)
        ask_until(asker, row);
}

static void ask_reason(struct view *view, struct answer_row *row)
{
    question_open(view->app, &(struct question){
                                 .title = row->answer == ANSWER_NO ? "Declined" : "Deferred",
                                 .label = "Reason",
                                 .help = "What the customer said; may stay empty",
                                 .initial = row->reason,
                                 .answered = reason_answered,
                                 .context = row,
                             });
}

static void changed(struct view *view)
{
    struct authorize *state = view->state;

    state->changed = true;
    view_touch(view);
}

static void set_answer(struct view *view, enum answer answer)
{
    struct authorize *state = view->state;
    struct answer_row *row = &state->rows[state->selected];

    row->answer = answer;
    if (answer == ANSWER_YES || answer == ANSWER_OPEN) {
        row->reason = "";
        row->until_on = DAY_NONE;
        row->until_mi = 0;
    }
    authorize_find_total(state);
    changed(view);
    if (answer == ANSWER_NO || answer == ANSWER_LATER)
        ask_reason(view, row);
}

/* The number or address goes with the way, unless somebody has written another one. */
void authorize_set_method(struct authorize *state, enum authorization_method method)
{
    const char *present = editor_text(&state->contacted);

    state->method = method;
    if (present[0] != '\0' && !text_same(present, state->phone) &&
        !text_same(present, state->email) && !text_same(present, state->designated_phone))
        return;
    const bool by_phone = method == METHOD_PHONE || method == METHOD_TEXT;
    const char *phone =
        state->answered_by == ANSWERED_BY_DESIGNATED ? state->designated_phone : state->phone;
    editor_set(&state->contacted, by_phone ? phone : method == METHOD_EMAIL ? state->email : "");
}

/* The name goes with who answers. */
static void set_answered_by(struct authorize *state, enum answered_by by)
{
    state->answered_by = by;
    editor_set(&state->person, by == ANSWERED_BY_DESIGNATED ? state->designated : state->customer);
    authorize_set_method(state, state->method);
}

static void show_refusal(struct view *view)
{
    struct authorize *state = view->state;
    const struct fault *fault = &state->page->desk->session.fault;

    if (strcmp(fault->field, "contacted") == 0)
        state->focus = FOCUS_CONTACTED;
    if (strcmp(fault->field, "person") == 0)
        state->focus = FOCUS_PERSON;
    if (strcmp(fault->field, "answered_by") == 0)
        state->focus = FOCUS_BY;
    if (strcmp(fault->field, "parts_back") == 0)
        state->focus = FOCUS_PARTS;
    app_fault(view->app, fault);
}

static struct order_authorize *input_of(const struct authorize *state, struct arena *arena)
{
    struct order_authorize *in = desk_input(state->page->desk, arena, &order_authorize_op);

    in->order = state->page->id;
    in->method = state->method;
    in->person = editor_text(&state->person);
    in->contacted = editor_text(&state->contacted);
    in->answered_by = state->answered_by;
    in->parts_back = state->parts_back;
    in->signature = state->method == METHOD_SIGNED ? state->signature : "";
    in->jobs = decisions(state, arena);
    in->revision = state->order->revision;
    return in;
}

/* Nothing is left to keep. */
static void forget(struct view *view)
{
    struct authorize *state = view->state;

    state->changed = false;
    view->keep_at = 0;
    desk_draft_drop(state->page->desk, &state->draft);
}

static void record(struct view *view)
{
    struct authorize *state = view->state;
    struct order_page *page = state->page;
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct order_authorize *in = input_of(state, &arena);
    struct order out;

    if (in->jobs.count == 0) {
        app_error(view->app, "No job has an answer yet. a says yes, d no, l later.");
        return;
    }
    const status result = desk_try(page->desk, &arena, &order_authorize_op, in, &out);
    if (result == ERR_STALE) {
        app_pop(view->app, view);
        page_meet_change(page);
        return;
    }
    if (result != OK) {
        show_refusal(view);
        return;
    }
    forget(view);
    page_take(page, &out);
    const struct order_authorization *answers = page_order(page)->authorizations.at;
    const size_t count = page_order(page)->authorizations.count;
    state->code = count > 0 ? arena_text(&view->arena, answers[count - 1].code) : "";
    state->recorded = true;
}

/* ---------------------------------------------------------------------- keys -- */

static struct editor *focused_editor(struct authorize *state)
{
    return state->focus == FOCUS_PERSON      ? &state->person
           : state->focus == FOCUS_CONTACTED ? &state->contacted
                                             : NULL;
}

/* Whoever draws has signed. */
static void signed_by(struct view *asker, const char *strokes)
{
    struct authorize *state = asker->state;

    state->signature = arena_text(&asker->arena, strokes);
    authorize_set_method(state, METHOD_SIGNED);
    changed(asker);
}

static bool jobs_key(struct view *view, uint32_t key)
{
    struct authorize *state = view->state;

    switch (key) {
    case K_UP:
    case K_DOWN:
        if (key == K_UP && state->selected > 0)
            state->selected--;
        if (key == K_DOWN && state->selected + 1 < state->count)
            state->selected++;
        return true;
    case 'a':
    case 'y':
        set_answer(view, ANSWER_YES);
        return true;
    case 'd':
    case 'n':
        set_answer(view, ANSWER_NO);
        return true;
    case 'l':
        set_answer(view, ANSWER_LATER);
        return true;
    case 'o':
        set_answer(view, ANSWER_OPEN);
        return true;
    case 'g':
        signature_open(view->app, signed_by);
        return true;
    default:
        return false;
    }
}

static bool method_key(struct view *view, uint32_t key)
{
    struct authorize *state = view->state;
    const int count = (int)authorization_method_choices.count;

    if (key == K_LEFT || key == K_RIGHT || key == ' ') {
        const int next = (int)state->method + (key == K_LEFT ? count - 1 : 1);
        authorize_set_method(state, (enum authorization_method)(next % count));
        changed(view);
        return true;
    }
    for (int i = 0; i < count && key < 0x7f; i++)
        if (choice_label(&authorization_method_choices, (unsigned)i)[0] == (char)key) {
            authorize_set_method(state, (enum authorization_method)i);
            changed(view);
            return true;
        }
    return false;
}

/* The next word of a few, by arrows or the space bar. */
static bool step_key(uint32_t key, size_t count, unsigned *value)
{
    const unsigned all = (unsigned)count;

    if (key != K_LEFT && key != K_RIGHT && key != ' ')
        return false;
    *value = (*value + (key == K_LEFT ? all - 1 : 1)) % all;
    return true;
}

static bool words_key(struct view *view, uint32_t key)
{
    struct authorize *state = view->state;
    unsigned value =
        state->focus == FOCUS_BY ? (unsigned)state->answered_by : (unsigned)state->parts_back;
    const size_t count =
        state->focus == FOCUS_BY ? answered_by_choices.count : parts_back_choices.count;

    if (!step_key(key, count, &value))
        return false;
    if (state->focus == FOCUS_BY)
        set_answered_by(state, (enum answered_by)value);
    else
        state->parts_back = (enum parts_back)value;
    changed(view);
    return true;
}

static bool move_focus(struct authorize *state, uint32_t key)
{
    const bool fields = state->focus != FOCUS_JOBS;

    if (key == K_TAB || (fields && (key == K_ENTER || key == K_DOWN)))
        state->focus = (enum focus)((state->focus + 1) % FOCUS_COUNT);
    else if (key == K_BACK_TAB || (fields && key == K_UP))
        state->focus = (enum focus)((state->focus + FOCUS_COUNT - 1) % FOCUS_COUNT);
    else
        return false;
    return true;
}

static bool on_key(struct view *view, const struct event *event)
{
    struct authorize *state = view->state;
    struct editor *editor = focused_editor(state);

    if (state->recorded) {
        if (event->kind == EVENT_KEY)
            app_pop(view->app, view);
        return true;
    }
    if (event->kind == EVENT_KEY) {
        if (event->key == K_F2 || (event->key == K_ENTER && state->focus == FOCUS_JOBS)) {
            record(view);
            return true;
        }
        if (move_focus(state, event->key))
            return true;
        if (state->focus == FOCUS_JOBS)
            return jobs_key(view, event->key);
        if (state->focus == FOCUS_METHOD)
            return method_key(view, event->key);
        if (state->focus == FOCUS_BY || state->focus == FOCUS_PARTS)
            return words_key(view, event->key);
    }
    const enum editor_result result = editor != NULL ? editor_key(editor, event) : EDITOR_IGNORED;
    if (result == EDITOR_CHANGED)
        changed(view);
    return result != EDITOR_IGNORED;
}

static enum typing typing(const struct view *view)
{
    const struct authorize *state = view->state;

    return !state->recorded && (state->focus == FOCUS_PERSON || state->focus == FOCUS_CONTACTED)
               ? TYPING_TEXT
               : TYPING_NONE;
}

static void on_close(struct view *view)
{
    struct authorize *state = view->state;

    editor_done(&state->person);
    editor_done(&state->contacted);
}

static bool is_dirty(struct view *view)
{
    const struct authorize *state = view->state;

    return state->changed;
}

static status keep(struct view *view, struct fault *fault)
{
    struct authorize *state = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;

    if (!state->changed)
        return OK;
    return input_draft_keep(state->page->desk, &state->draft, order_authorize_op.in,
                            input_of(state, &arena), fault);
}

static bool leaves(struct view *view)
{
    if (is_dirty(view)) {
        view_touch(view);
        if (view_keep(view))
            app_say(view->app, "Kept as a draft: Ctrl-O on the counter goes on with it.");
    }
    return true;
}

static void press_record(struct view *view, const struct action *action)
{
    const struct authorize *state = view->state;

    (void)action;
    if (state->recorded)
        app_pop(view->app, view);
    else
        record(view);
}

static unsigned has(struct view *view)
{
    const struct authorize *state = view->state;

    return state->recorded ? NEEDS_RECORD : NEEDS_CHANGES;
}

/* clang-format off */
static const struct action actions[] = {
    {"F2", "authorize.record", "record", NEEDS_CHANGES, press_record, "Records the customer's answer as it stands here.", ACTION_WHILE_TYPING},
    {"F2", "authorize.done", "go on", NEEDS_RECORD, press_record, "Goes on with the order."},
};
/* clang-format on */

const struct view_type authorize_type = {
    .name = "authorize",
    .help = "What the customer said, job by job: a yes, d no, l later, o no answer yet; "
            "g lets the customer sign with the mouse. Tab goes "
            "to how it was said, by whom and at which number, and whether the replaced parts are "
            "wanted back. The code is read back to the "
            "customer; it is made from the estimate.",
    .draw = authorize_draw,
    .key = on_key,
    .typing = typing,
    .dirty = is_dirty,
    .keep = keep,
    .leaves = leaves,
    .has = has,
    .close = on_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .modal = true,
};
