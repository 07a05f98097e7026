/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The customer's answer, job by job: who said what, how, and what it comes to. Enter records what
 * stands there (all waiting jobs authorized at first), then shows the code to read back; Enter
 * again goes on. */

#include "authorize.h"

#include <string.h>

#include "base/text.h"
#include "domain/customer.h"
#include "order_page.h"
#include "ui/dialog.h"

enum answer { ANSWER_YES, ANSWER_NO, ANSWER_LATER, ANSWER_OPEN };

struct answer_row {
    size_t index; /* of the job in the order */
    const struct order_job *job;
    enum answer answer;
    const char *reason;
    struct day until_on;
    int64_t until_mi;
    struct day today; /* what "t+90" counts from */
};

enum focus { FOCUS_JOBS, FOCUS_METHOD, FOCUS_PERSON, FOCUS_CONTACTED, FOCUS_COUNT };

struct authorize {
    struct order_page *page;
    const struct order *order; /* own copy: the answer is to what was shown */
    struct answer_row *rows;
    size_t count;
    size_t selected, top;
    enum focus focus;
    enum authorization_method method;
    struct editor person, contacted;
    const char *phone, *email;
    struct agreed_rules rules;
    bool has_rules, has_total;
    struct money total;
    bool recorded; /* the code is shown, Enter goes on */
    const char *code;
};

/* ------------------------------------------------------------------- figures -- */

static bool is_agreed(const struct order_job *job)
{
    return job->state == JOB_AUTHORIZED || job->state == JOB_IN_PROGRESS || job->state == JOB_DONE;
}

static bool is_waiting(const struct order_job *job)
{
    return job->state == JOB_DRAFT || job->state == JOB_PRESENTED || job->needs_authorization;
}

static void find_total(struct authorize *state)
{
    const struct order_job *jobs = state->order->jobs.at;
    AUTO_ARENA arena = ARENA_EMPTY;
    bool *counts = NEW_ARRAY(&arena, bool, state->order->jobs.count + 1);

    for (size_t i = 0; i < state->order->jobs.count; i++)
        counts[i] = is_agreed(&jobs[i]);
    for (size_t i = 0; i < state->count; i++)
        if (state->rows[i].answer != ANSWER_OPEN)
            counts[state->rows[i].index] = state->rows[i].answer == ANSWER_YES;
    state->has_total = state->has_rules && agreed_total(state->order, counts, &state->rules, &arena,
                                                        &state->total) == OK;
}

/* ------------------------------------------------------------------- drawing -- */

static const char *answer_word(const struct answer_row *row)
{
    static const char *const words[] = {
        [ANSWER_YES] = "yes, authorized",
        [ANSWER_NO] = "no, declined",
        [ANSWER_LATER] = "later, deferred",
        [ANSWER_OPEN] = "no answer yet",
    };
    if (row->answer == ANSWER_OPEN && !is_waiting(row->job))
        return choice_label(&job_state_choices, row->job->state);
    return words[row->answer];
}

static enum glyph answer_glyph(const struct answer_row *row)
{
    return row->answer == ANSWER_YES     ? GLYPH_CHECK
           : row->answer == ANSWER_NO    ? GLYPH_CROSS
           : row->answer == ANSWER_LATER ? GLYPH_RIGHT
                                         : GLYPH_RING;
}

static const char *row_words(const struct answer_row *row, struct arena *arena)
{
    char day[DAY_TEXT_MAX];
    const char *words = row->job->title;

    if (!text_is_empty(row->reason))
        words = arena_printf(arena, "%s: %s", words, row->reason);
    if (row->until_on.iso[0] != '\0')
        words = arena_printf(arena, "%s, until %s", words, day_show(row->until_on, day));
    if (row->until_mi > 0)
        words = arena_printf(arena, "%s, until %lld mi", words, (long long)row->until_mi);
    return words;
}

static void draw_job(struct area area, int row, const struct answer_row *item, bool selected)
{
    struct arena *scratch = &area.on->scratch;
    char amount[NUMBER_TEXT_MAX];
    const int end = area.cols - 18; /* behind the amount */

    area_printf(area, row, 2, INK_STRONG, "%lld", (long long)item->job->position);
    area_fit(area, row, 5, end - 16, INK_NORMAL, row_words(item, scratch));
    area_right(area, row, end, INK_NORMAL, money_show(item->job->amount, amount));
    const int at = area_glyph(area, row, end + 1, INK_NORMAL, answer_glyph(item));
    area_fit(area, row, at + 1, area.cols - at - 1, INK_NORMAL, answer_word(item));
    if (!selected)
        return;
    area_ink(area, row, 0, 1, area.cols, INK_SELECTED);
    area_glyph(area, row, 0, INK_SELECTED, GLYPH_CURSOR);
    area_cursor(area, row, 0);
}

static void draw_jobs(struct authorize *state, struct area area)
{
    const size_t height = area.rows > 0 ? (size_t)area.rows : 1;

    if (state->selected < state->top)
        state->top = state->selected;
    if (state->selected >= state->top + height)
        state->top = state->selected - height + 1;
    for (size_t i = 0; i < height && state->top + i < state->count; i++)
        draw_job(area, (int)i, &state->rows[state->top + i],
                 state->focus == FOCUS_JOBS && !state->recorded &&
                     state->top + i == state->selected);
}

static int draw_editor(struct area area, int row, int col, const char *label, struct editor *editor,
                       int cells, bool focused)
{
    const int at = area_text(area, row, col, INK_LABEL, label) + 1;
    const int room = cells < area.cols - at ? cells : area.cols - at;

    editor_draw(editor, area, row, at, room, focused ? INK_FIELD_FOCUS : INK_FIELD, focused);
    return at + room + 2;
}

static void draw_who(struct authorize *state, struct area area)
{
    const char *method = choice_label(&authorization_method_choices, state->method);
    const bool focused = state->focus == FOCUS_METHOD && !state->recorded;
    const int at = area_text(area, 0, 1, INK_LABEL, "How") + 1;
    const int half = area.cols / 2 - 8;

    area_fit(area, 0, at, 13, focused ? INK_FIELD_FOCUS : INK_FIELD,
             arena_printf(&area.on->scratch, "< %s >", method));
    if (focused)
        area_cursor(area, 0, at);
    const int next = draw_editor(area, 0, at + 15, "Who", &state->person, half,
                                 state->focus == FOCUS_PERSON && !state->recorded);
    (void)next;
    draw_editor(area, 1, 1, "Number or address", &state->contacted, half + 6,
                state->focus == FOCUS_CONTACTED && !state->recorded);
}

static void draw_sums(const struct authorize *state, struct area row)
{
    char text[NUMBER_TEXT_MAX];
    int at = area_text(row, 0, 1, INK_MUTED, "Authorized so far");

    at = area_text(row, 0, at + 1, INK_NORMAL, money_show(state->order->authorized, text));
    area_right(row, 0, row.cols - 1, INK_STRONG,
               state->has_total ? money_show(state->total, text) : "-");
    area_right(row, 0, row.cols - 14, INK_MUTED,
               at < row.cols - 34 ? "New total with tax" : "New total");
}

static void draw_read_back(const struct authorize *state, struct area row)
{
    char text[NUMBER_TEXT_MAX];
    int at = area_text(row, 0, 1, INK_MUTED, "Read back: total");

    at = area_text(row, 0, at + 1, INK_STRONG,
                   money_show(page_order(state->page)->authorized, text));
    at = area_text(row, 0, at + 2, INK_MUTED, "code");
    area_text(row, 0, at + 1, INK_STRONG, state->code);
    area_cursor(row, 0, 1);
}

static const char *hint_of(const struct authorize *state)
{
    if (state->recorded)
        return "Recorded. Enter goes on.";
    return state->focus == FOCUS_JOBS ? "Enter records this   a yes   d no   l later   o open"
                                      : "Enter next field   F2 records this   Tab jobs";
}

static void draw(struct view *view, struct area body)
{
    struct authorize *state = view->state;
    const int cols = body.cols < 86 ? body.cols : 86;
    const int wanted = (int)state->count + 8;
    const int rows = wanted < body.rows ? wanted : body.rows;
    const struct area box =
        area_box(area_part(body, (body.rows - rows) / 3, (body.cols - cols) / 2, rows, cols),
                 INK_MUTED, view->title);

    draw_who(state, area_part(box, 0, 0, 2, box.cols));
    draw_jobs(state, area_part(box, 3, 0, box.rows - 6, box.cols));
    area_hline(box, box.rows - 3, 0, box.cols, INK_MUTED);
    if (state->recorded)
        draw_read_back(state, area_row(box, box.rows - 2));
    else
        draw_sums(state, area_row(box, box.rows - 2));
    area_fit(box, box.rows - 1, 1, box.cols - 2, INK_MUTED, hint_of(state));
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
    return day_parse(text, row->today, &day, fault);
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
    find_total(state);
    if (answer == ANSWER_NO || answer == ANSWER_LATER)
        ask_reason(view, row);
}

/* The number or address goes with the way, unless somebody has written another one. */
static void set_method(struct authorize *state, enum authorization_method method)
{
    const char *present = editor_text(&state->contacted);

    state->method = method;
    if (present[0] != '\0' && !text_same(present, state->phone) &&
        !text_same(present, state->email))
        return;
    const bool by_phone = method == METHOD_PHONE || method == METHOD_TEXT;
    editor_set(&state->contacted, by_phone                 ? state->phone
                                  : method == METHOD_EMAIL ? state->email
                                                           : "");
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

static void show_refusal(struct view *view)
{
    struct authorize *state = view->state;
    const struct fault *fault = &state->page->desk->session.fault;

    if (strcmp(fault->field, "contacted") == 0)
        state->focus = FOCUS_CONTACTED;
    if (strcmp(fault->field, "person") == 0)
        state->focus = FOCUS_PERSON;
    app_fault(view->app, fault);
}

static void record(struct view *view)
{
    struct authorize *state = view->state;
    struct order_page *page = state->page;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct order_authorize *in = desk_input(page->desk, &arena, &order_authorize_op);
    struct order out;

    in->order = page->id;
    in->method = state->method;
    in->person = editor_text(&state->person);
    in->contacted = editor_text(&state->contacted);
    in->jobs = decisions(state, &arena);
    in->revision = state->order->revision;
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
    default:
        return false;
    }
}

static bool method_key(struct authorize *state, uint32_t key)
{
    const int count = (int)authorization_method_choices.count;

    if (key == K_LEFT || key == K_RIGHT || key == ' ') {
        const int next = (int)state->method + (key == K_LEFT ? count - 1 : 1);
        set_method(state, (enum authorization_method)(next % count));
        return true;
    }
    for (int i = 0; i < count && key < 0x7f; i++)
        if (choice_label(&authorization_method_choices, (unsigned)i)[0] == (char)key) {
            set_method(state, (enum authorization_method)i);
            return true;
        }
    return false;
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
            return method_key(state, event->key);
    }
    return editor != NULL && editor_key(editor, event) != EDITOR_IGNORED;
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

static const struct view_type authorize_type = {
    .name = "authorize",
    .help = "What the customer said, job by job: a yes, d no, l later, o no answer yet. Tab goes "
            "to how it was said, by whom and at which number. The code is read back to the "
            "customer; it is made from the estimate.",
    .draw = draw,
    .key = on_key,
    .typing = typing,
    .has = has,
    .close = on_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .modal = true,
};

/* ---------------------------------------------------------------------- open -- */

/* Those that wait come with a yes, the others as they are: an answer may change. */
static void list_jobs(struct authorize *state, struct arena *arena)
{
    const struct order_job *jobs = state->order->jobs.at;

    state->rows = NEW_ARRAY(arena, struct answer_row, state->order->jobs.count + 1);
    for (size_t i = 0; i < state->order->jobs.count; i++) {
        const bool waits = is_waiting(&jobs[i]);
        if (!waits && (jobs[i].state == JOB_IN_PROGRESS || jobs[i].state == JOB_DONE))
            continue;
        state->rows[state->count++] = (struct answer_row){
            .index = i,
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

static bool is_exempt(const struct customer *customer, struct day today)
{
    return customer->tax_exempt && (customer->exempt_until_on.iso[0] == '\0' ||
                                    day_compare(customer->exempt_until_on, today) >= 0);
}

/* Who answers, how he is reached, and what his tax is. */
static void fill_in(struct authorize *state, struct arena *arena)
{
    struct desk *desk = state->page->desk;
    const struct customer_key in = {state->order->customer};
    struct customer customer;

    state->phone = state->email = "";
    if (desk_try(desk, arena, &customer_show_op, &in, &customer) != OK)
        return;
    state->phone = text_phone_show(arena, customer.phone);
    state->email = customer.email;
    editor_set(&state->person, person_of(&customer, arena));
    set_method(state, preferred_method(&customer));
    state->has_rules =
        agreed_rules_read(desk, is_exempt(&customer, desk_today(desk)), arena, &state->rules) == OK;
}

void authorize_open(struct order_page *page)
{
    struct desk *desk = page->desk;
    struct view *view = view_new(desk->app, &authorize_type, sizeof(struct authorize));
    struct authorize *state = view->state;

    state->page = page;
    state->order = shape_clone(&order_shape, page_order(page), &view->arena);
    editor_init(&state->person, 200);
    editor_init(&state->contacted, 200);
    view->title = arena_printf(&view->arena, "The customer's answer · RO %lld",
                               (long long)state->order->id.v);
    list_jobs(state, &view->arena);
    fill_in(state, &view->arena);
    find_total(state);
    app_push(desk->app, view);
}
