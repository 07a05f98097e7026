/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* One of my jobs: what the customer says, what is to be done, and starting, stopping, finishing. No
 * prices: they are nobody's business in the bays. */

#include "kiosk.h"

#include "base/text.h"
#include "domain/order.h"
#include "domain/order_input.h"
#include "domain/part_request.h"
#include "ui/dialog.h"

#define ASKED_MAX 20

struct job_screen {
    struct job_id id;
    struct loading jobs, page; /* mine; and this one with its lines */
    struct loading asked;      /* the parts asked for it */
    struct my_job mine;
    bool is_mine;
    bool stale;
    struct instant loaded_at;
};

/* --- Doing --- */

void kiosk_start_stop(struct desk *desk, const struct my_job *job)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const struct {
        struct job_id job;
    } in = {job->id};
    const char *name = kiosk_job_name(job, &arena);
    struct clock_status before, out;
    char hours[HOURS_MAX];

    if (job->running && desk_call(desk, &arena, &clock_status_op, NULL, &before) == OK &&
        desk_call(desk, &arena, &job_clock_off_op, NULL, &out) == OK)
        app_say(desk->app, "You are off %s after %s.", name, kiosk_hours(before.job_s, hours));
    else if (!job->running && desk_call(desk, &arena, &job_clock_on_op, &in, &out) == OK)
        app_say(desk->app, "You are on %s.%s", name,
                out.clocked_in ? "" : " You are not clocked in: 5 on the first page does.");
    struct view *top = app_top(desk->app);
    if (top->type->changed != NULL)
        top->type->changed(top);
}

static void note_saved(struct view *asker, const void *out, void *context)
{
    (void)out;
    (void)context;
    app_say(asker->app, "Written down.");
    if (asker->type->changed != NULL)
        asker->type->changed(asker);
}

void kiosk_note(struct desk *desk, const struct my_job *job)
{
    static const char *const skip[] = {"job", NULL};
    AUTO_ARENA arena = ARENA_EMPTY;
    struct job_note *in = desk_input(desk, &arena, &job_note_op);

    in->job = job->id;
    in->cause = job->cause;
    in->correction = job->correction;
    op_form_open(desk, &(struct op_form){
                           .op = &job_note_op,
                           .title = arena_printf(&arena, "%s: cause, correction, note",
                                                 kiosk_job_name(job, &arena)),
                           .in = in,
                           .draft = draft_find(desk, job_note_op.name, job->id.v, &arena),
                           .skip = skip,
                           .focus = "cause",
                           .small = true,
                           .saved = note_saved,
                       });
}

static void part_asked(struct view *asker, const void *out, void *context)
{
    const struct part_request *request = out;
    char count[NUMBER_TEXT_MAX];

    (void)context;
    app_say(asker->app, "The counter is asked for %s %s%s%s.", qty_text(request->quantity, count),
            request->sku, *request->sku != '\0' ? " " : "", request->what);
    if (asker->type->changed != NULL)
        asker->type->changed(asker);
}

void kiosk_ask_part(struct desk *desk, const struct my_job *job)
{
    static const char *const skip[] = {"job", NULL};
    AUTO_ARENA arena = ARENA_EMPTY;
    struct part_request_add *in = desk_input(desk, &arena, &part_request_add_op);

    in->job = job->id;
    op_form_open(desk,
                 &(struct op_form){
                     .op = &part_request_add_op,
                     .title = arena_printf(&arena, "%s: which part?", kiosk_job_name(job, &arena)),
                     .in = in,
                     .draft = draft_find(desk, part_request_add_op.name, job->id.v, &arena),
                     .skip = skip,
                     .focus = "what",
                     .small = true,
                     .saved = part_asked,
                 });
}

/* --- The view --- */

static void job_changed(struct view *view)
{
    struct job_screen *state = view->state;

    state->stale = true;
}

static void job_settle(struct view *view)
{
    struct job_screen *state = view->state;
    struct desk *desk = desk_of(view);
    const struct job_ref in = {.job = state->id};
    const struct part_request_search asked = {
        .query.limit = ASKED_MAX, .job = state->id, .answered = true};

    if (!state->stale)
        return;
    const struct rows *mine = kiosk_jobs_load(desk, &state->jobs);
    const struct my_job *jobs = mine != NULL ? mine->at : NULL;
    state->is_mine = false;
    for (size_t i = 0; mine != NULL && i < mine->count; i++)
        if (jobs[i].id.v == state->id.v) {
            state->mine = jobs[i];
            state->is_mine = true;
        }
    desk_load(desk, &state->page, &job_show_op, &in);
    desk_load(desk, &state->asked, &part_request_search_op, &asked);
    state->loaded_at = desk_now(desk);
    state->stale = false;
}

static unsigned job_has(struct view *view)
{
    const struct job_screen *state = view->state;

    return state->is_mine ? NEEDS_RECORD : 0;
}

static void start_stop(struct view *view, const struct action *action)
{
    const struct job_screen *state = view->state;

    (void)action;
    kiosk_start_stop(desk_of(view), &state->mine);
}

static void done_answered(struct view *asker, char letter, void *context)
{
    const struct job_screen *state = asker->state;
    struct desk *desk = desk_of(asker);
    const struct job_ref in = {.job = state->id};
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)context;
    if (letter != '5' || desk_call(desk, NULL, &job_done_op, &in, NULL) != OK)
        return;
    const char *name = kiosk_job_name(&state->mine, &arena);
    app_pop(asker->app, asker);
    app_say(desk->app, "%s is done.", name);
}

/* Another digit than the one that asked: a key pressed twice finishes nothing. */
static void finish(struct view *view, const struct action *action)
{
    static const struct dialog_button buttons[] = {{'5', "5 Yes, done"}, {'0', "0 Not yet"}};
    const struct job_screen *state = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;

    (void)action;
    dialog_open(view->app,
                &(struct dialog){
                    .title = "Job done",
                    .text = arena_printf(&arena, "%s, %s: is all of it done?",
                                         kiosk_job_name(&state->mine, &arena), state->mine.title),
                    .buttons = buttons,
                    .button_count = COUNT_OF(buttons),
                    .safe = '0',
                    .answered = done_answered,
                });
}

static void ask_part(struct view *view, const struct action *action)
{
    const struct job_screen *state = view->state;

    (void)action;
    kiosk_ask_part(desk_of(view), &state->mine);
}

static void write_note(struct view *view, const struct action *action)
{
    const struct job_screen *state = view->state;

    (void)action;
    kiosk_note(desk_of(view), &state->mine);
}

static int draw_text(struct area area, int row, const char *label, const char *text)
{
    if (text_is_empty(text))
        return row;
    area_text(area, row, 1, INK_LABEL, label);
    return row + area_wrap(area_below(area, row), 0, 13, area.cols - 14, INK_NORMAL, text);
}

static int draw_lines(struct area area, int row, const struct order_job *job)
{
    const struct order_line *lines = job->lines.at;

    for (size_t i = 0; i < job->lines.count && row < area.rows; i++, row++) {
        char number[NUMBER_TEXT_MAX];
        area_text(area, row, 1, INK_LABEL, lines[i].kind == LINE_LABOR ? "labor" : "part");
        area_right(area, row, 12, INK_NORMAL, qty_text(lines[i].quantity, number));
        const int at = area_text(area, row, 13, INK_NORMAL, lines[i].description);
        if (*lines[i].sku != '\0')
            area_printf(area, row, at + 2, INK_MUTED, "%s", lines[i].sku);
    }
    return row;
}

/* What is on the job by now stands among its lines. */
static void draw_asked(struct area area, int row, const struct page *asked)
{
    const struct part_request *requests = asked->rows.at;

    for (size_t i = 0; i < asked->rows.count && row < area.rows; i++) {
        const struct part_request *request = &requests[i];
        const bool is_refused = request->state == PART_REQUEST_REFUSED;
        char number[NUMBER_TEXT_MAX];
        if (request->state == PART_REQUEST_PUT)
            continue;
        area_text(area, row, 1, is_refused ? INK_WARN : INK_LABEL, is_refused ? "no" : "asked");
        area_right(area, row, 12, INK_NORMAL, qty_text(request->quantity, number));
        const int at = area_text(area, row, 13, INK_NORMAL, request->what);
        area_text(area, row++, at + 2, INK_MUTED, is_refused ? request->answer : request->note);
    }
}

static void job_draw(struct view *view, struct area body)
{
    struct job_screen *state = view->state;
    const struct my_job *mine = &state->mine;
    const struct area area = area_part(body, 1, 1, body.rows - 1, body.cols - 2);
    const int64_t since =
        mine->running ? desk_now(desk_of(view)).seconds - state->loaded_at.seconds : 0;
    struct arena *arena = &body.on->scratch;
    char hours[HOURS_MAX];

    if (!state->is_mine) {
        area_text(area, 0, 1, INK_NORMAL, "This job is done, or not yours any more. 0 goes back.");
        return;
    }
    const struct tile tiles[] = {
        {.label = mine->running ? "Stop" : "Start",
         .lines = {mine->running
                       ? arena_printf(arena, "running %s",
                                      kiosk_hours(mine->clocked_s + since, hours))
                       : arena_printf(arena, "so far %s", kiosk_hours(mine->clocked_s, hours)),
                   NULL},
         .ink = mine->running ? INK_OK : INK_NORMAL},
        {.label = "Done", .lines = {"all of it is finished", NULL}},
        {.label = "Note, cause, correction", .lines = {"what was found and done", NULL}},
        {.label = "Ask for a part", .lines = {"by scan or in words", NULL}},
    };
    area_printf(area, 0, 1, INK_STRONG, "%s · %s", mine->title, mine->vehicle_name);
    int row = 2 + kiosk_draw_tiles(area_part(area, 2, 0, 8, area.cols), tiles, COUNT_OF(tiles)) + 1;
    row = draw_text(area, row, "Concern", mine->concern);
    row = draw_text(area, row, "Cause", mine->cause);
    row = draw_text(area, row, "Correction", mine->correction);
    if (state->page.out != NULL)
        row = draw_lines(area, row, state->page.out);
    if (state->asked.out != NULL)
        draw_asked(area, row, state->asked.out);
}

static const char *job_title(struct view *view, struct arena *arena)
{
    const struct job_screen *state = view->state;

    if (!state->is_mine)
        return "Job";
    return arena_printf(arena, "%s%s%s", kiosk_job_name(&state->mine, arena),
                        *state->mine.key_tag != '\0' ? " · tag " : "", state->mine.key_tag);
}

static void job_close(struct view *view)
{
    struct job_screen *state = view->state;

    loading_done(&state->jobs);
    loading_done(&state->page);
    loading_done(&state->asked);
}

/* clang-format off */
static const struct action job_actions[] = {
    {"1", "job.clock-on", "start / stop", NEEDS_RECORD, start_stop, "Goes on the job, or off it."},
    {"2", "job.done", "done", NEEDS_RECORD, finish, "The job is done; asks once more."},
    {"3", "job.note", "note", NEEDS_RECORD, write_note, "What was found and done, or a note for the counter."},
    {"4", "part-request.add", "ask for a part", NEEDS_RECORD, ask_part, "The counter sees what this job lacks."},
    {"0 Esc", "kiosk.back", "back", NEEDS_NOTHING, kiosk_back, "Back one page."},
    {"*", "kiosk.lock", "lock", NEEDS_NOTHING, kiosk_lock, "Closes everything for the next one."},
};
/* clang-format on */

static const struct view_type job_type = {
    .name = "kiosk job",
    .draw = job_draw,
    .title = job_title,
    .has = job_has,
    .settle = job_settle,
    .changed = job_changed,
    .resumed = job_changed,
    .close = job_close,
    .actions = job_actions,
    .action_count = COUNT_OF(job_actions),
    .help = "Press the number of a tile.",
};

void kiosk_job_open(struct desk *desk, struct job_id job)
{
    struct view *view = view_new(desk->app, &job_type, sizeof(struct job_screen));
    struct job_screen *state = view->state;

    state->id = job;
    state->stale = true;
    app_push(desk->app, view);
}
