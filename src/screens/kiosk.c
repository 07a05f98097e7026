/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The kiosk's first page: what I have running, and a tile for each thing a PIN is for. */

#include "kiosk.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

struct kiosk_state {
    struct loading status, jobs;
    const struct rows *mine;
    struct instant loaded_at;
};

static const struct clock_status *status_of(const struct kiosk_state *state)
{
    return state->status.out;
}

/* The one I am on, NULL for none. */
static const struct my_job *running(const struct kiosk_state *state)
{
    const struct my_job *jobs = state->mine != NULL ? state->mine->at : NULL;

    for (size_t i = 0; state->mine != NULL && i < state->mine->count; i++)
        if (jobs[i].running)
            return &jobs[i];
    return NULL;
}

/* The one a digit is about without asking: the one I am on, else the only one there is. */
static const struct my_job *meant(const struct kiosk_state *state)
{
    const struct my_job *job = running(state);

    if (job == NULL && state->mine != NULL && state->mine->count == 1)
        return state->mine->at;
    return job;
}

static void kiosk_settle(struct view *view)
{
    struct kiosk_state *state = view->state;
    struct desk *desk = desk_of(view);

    if (!state->status.stale)
        return;
    desk_load(desk, &state->status, &clock_status_op, NULL);
    state->mine = kiosk_jobs_load(desk, &state->jobs);
    state->loaded_at = desk_now(desk);
}

static void kiosk_changed(struct view *view)
{
    struct kiosk_state *state = view->state;

    state->status.stale = true;
}

/* --- What the digits do --- */

static void open_jobs(struct view *view, const struct action *action)
{
    (void)action;
    kiosk_jobs_open(desk_of(view), (struct order_id){0}, KIOSK_OPEN);
}

/* Off the job I am on, else onto the only one there is, else onto one of them. */
static void start_stop(struct view *view, const struct action *action)
{
    struct desk *desk = desk_of(view);
    const struct my_job *job = meant(view->state);

    (void)action;
    if (job != NULL)
        kiosk_start_stop(desk, job);
    else
        kiosk_jobs_open(desk, (struct order_id){0}, KIOSK_START);
}

/* Of the car I am on, else of the only one there is, else of one of them. */
static void inspect(struct view *view, const struct action *action)
{
    struct desk *desk = desk_of(view);
    const struct my_job *job = meant(view->state);

    (void)action;
    if (job != NULL)
        kiosk_inspection_open(desk, job->order);
    else
        kiosk_jobs_open(desk, (struct order_id){0}, KIOSK_INSPECT);
}

static void write_note(struct view *view, const struct action *action)
{
    const struct my_job *job = running(view->state);

    (void)action;
    if (job != NULL)
        kiosk_note(desk_of(view), job);
    else
        kiosk_jobs_open(desk_of(view), (struct order_id){0}, KIOSK_NOTE);
}

static void ask_part(struct view *view, const struct action *action)
{
    const struct my_job *job = meant(view->state);

    (void)action;
    if (job != NULL)
        kiosk_ask_part(desk_of(view), job);
    else
        kiosk_jobs_open(desk_of(view), (struct order_id){0}, KIOSK_PART);
}

static void clock_in_out(struct view *view, const struct action *action)
{
    const struct kiosk_state *state = view->state;
    struct desk *desk = desk_of(view);
    const struct clock_status *now = status_of(state);
    const bool is_in = now != NULL && now->clocked_in;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct clock_status out;
    char today[HOURS_MAX];

    (void)action;
    if (desk_call(desk, &arena, is_in ? &clock_out_op : &clock_in_op, NULL, &out) == OK)
        app_say(view->app,
                is_in ? "You are clocked out: %s today. See you." : "You are clocked in.",
                kiosk_hours(out.today_s, today));
    kiosk_changed(view);
}

/* --- Drawing --- */

static struct tile jobs_tile(const struct kiosk_state *state, struct arena *arena)
{
    const size_t count = state->mine != NULL ? state->mine->count : 0;
    const struct my_job *first = count > 0 ? state->mine->at : NULL;

    return (struct tile){
        .label = "My jobs",
        .count = arena_printf(arena, "%zu", count),
        .lines = {first != NULL
                      ? arena_printf(arena, "RO %lld %s", (long long)first->order.v, first->title)
                      : "nothing to do just now",
                  first != NULL ? first->vehicle_name : NULL},
    };
}

static struct tile start_tile(const struct kiosk_state *state, int64_t since_s, struct arena *arena)
{
    const struct clock_status *now = status_of(state);
    const bool is_on = now != NULL && now->job.v != 0;
    char hours[HOURS_MAX];

    return (struct tile){
        .label = "Start / stop",
        .lines = {is_on
                      ? arena_printf(arena, "running %s", kiosk_hours(now->job_s + since_s, hours))
                      : "not on a job",
                  is_on ? arena_printf(arena, "RO %lld job %lld", (long long)now->order.v,
                                       (long long)now->position)
                        : NULL},
        .ink = is_on ? INK_OK : INK_NORMAL,
    };
}

static struct tile clock_tile(const struct kiosk_state *state, int64_t since_s, struct arena *arena)
{
    const struct clock_status *now = status_of(state);
    const bool is_in = now != NULL && now->clocked_in;
    char time[DAY_TEXT_MAX], hours[HOURS_MAX];

    if (now == NULL)
        return (struct tile){.label = "Clock in / out"};
    return (struct tile){
        .label = is_in ? "Clock out" : "Clock in",
        .lines = {is_in ? arena_printf(arena, "in since %s", instant_show_time(now->in_at, time))
                        : "not clocked in",
                  arena_printf(arena, "%s today",
                               kiosk_hours(now->today_s + (is_in ? since_s : 0), hours))},
        .ink = is_in ? INK_OK : INK_WARN,
    };
}

static void kiosk_draw(struct view *view, struct area body)
{
    const struct kiosk_state *state = view->state;
    struct desk *desk = desk_of(view);
    struct arena *arena = &body.on->scratch;
    const struct area area = area_part(body, 1, 1, body.rows - 1, body.cols - 2);
    const int64_t since_s = desk_now(desk).seconds - state->loaded_at.seconds;
    const struct clock_status *now = status_of(state);
    const struct tile tiles[] = {
        jobs_tile(state, arena),
        start_tile(state, since_s, arena),
        {.label = "Inspection", .lines = {"a look over the car", NULL}},
        {.label = "Note, 3 Cs", .lines = {"found and done", NULL}},
        clock_tile(state, since_s, arena),
        {.label = "Ask for a part", .lines = {"by scan or in words", NULL}},
    };

    area_printf(area, 0, 1, INK_STRONG, "%s", desk->session.user_name);
    const int row = 2 + kiosk_draw_tiles(area_part(area, 2, 0, area.rows - 7, area.cols), tiles,
                                         COUNT_OF(tiles));
    if (now != NULL && now->job.v != 0)
        area_printf(area, row + 1, 1, INK_NORMAL, "On RO %lld job %lld: %s · %s",
                    (long long)now->order.v, (long long)now->position, now->job_title,
                    now->vehicle_name);
    if (now != NULL && *now->notice != '\0')
        area_wrap(area_below(area, row + 2), 0, 1, area.cols - 2, INK_WARN, now->notice);
    area_text(area, area.rows - 1, 1, INK_MUTED, "Scan a repair order or a badge at any time.");
}

static void kiosk_close(struct view *view)
{
    struct kiosk_state *state = view->state;

    loading_done(&state->status);
    loading_done(&state->jobs);
}

/* clang-format off */
static const struct action kiosk_actions[] = {
    {"1", "kiosk.jobs", "my jobs", NEEDS_NOTHING, open_jobs, "What is authorized or in work for you."},
    {"2", "kiosk.start-stop", "start / stop", NEEDS_NOTHING, start_stop, "Goes on a job, or off the one you are on."},
    {"3", "kiosk.inspection", "inspection", NEEDS_NOTHING, inspect, "A look over the car, item by item.", ACTION_QUIET},
    {"4", "kiosk.note", "note", NEEDS_NOTHING, write_note, "What was found and done, or a note for the counter."},
    {"5", "kiosk.clock", "clock", NEEDS_NOTHING, clock_in_out, "Your shift begins or ends."},
    {"6", "kiosk.ask-part", "ask for a part", NEEDS_NOTHING, ask_part, "The counter sees what your job lacks.", ACTION_QUIET},
    {"* 0 Esc", "kiosk.lock", "lock", NEEDS_NOTHING, kiosk_lock, "Closes everything for the next one."},
};
/* clang-format on */

static const struct view_type kiosk_type = {
    .name = "kiosk",
    .draw = kiosk_draw,
    .settle = kiosk_settle,
    .changed = kiosk_changed,
    .resumed = kiosk_changed,
    .close = kiosk_close,
    .actions = kiosk_actions,
    .action_count = COUNT_OF(kiosk_actions),
    .help = "Press the number of a tile. A repair order that is scanned opens your job on it, a "
            "badge lets its holder in.",
};

struct view *kiosk_view(struct app *app)
{
    struct view *view = view_new(app, &kiosk_type, sizeof(struct kiosk_state));
    struct kiosk_state *state = view->state;
    const struct desk *desk = desk_of_app(app);

    state->status.stale = true;
    view->title = arena_printf(&view->arena, "%s · %s", desk->shop.name, desk->session.terminal);
    return view;
}

void kiosk_scan(struct desk *desk, const char *text)
{
    const bool is_order = strncasecmp(text, "RO", 2) == 0;

    if (badge_is_code(text)) {
        kiosk_leave(desk, text);
        return;
    }
    text += is_order ? 2 + (text[2] == '-' || text[2] == ' ') : 0;
    const long long order = is_order ? strtoll(text, NULL, 10) : 0;
    if (order > 0)
        kiosk_jobs_open(desk, (struct order_id){order}, KIOSK_OPEN);
    else
        app_error(desk->app, "Scan a repair order or a badge here.");
}
