/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* My jobs, a digit for each. */

#include "kiosk.h"

#include "base/text.h"

#define JOBS_MAX    200
#define JOB_ROWS    3
#define JOBS_A_PAGE 8

struct jobs_state {
    struct loading jobs;
    const struct rows *mine;
    struct order_id order;
    enum kiosk_aim aim;
    size_t first;
};

const struct rows *kiosk_jobs_load(struct desk *desk, struct loading *loading)
{
    const struct list_query in = {.limit = JOBS_MAX};

    desk_load(desk, loading, &job_mine_op, &in);
    const struct page *page = loading->out;
    return page != NULL ? &page->rows : NULL;
}

/* The n-th of the order's, or of all; NULL behind the last. */
static const struct my_job *job_at(const struct jobs_state *state, size_t n)
{
    const struct my_job *jobs = state->mine != NULL ? state->mine->at : NULL;

    for (size_t i = 0; state->mine != NULL && i < state->mine->count; i++)
        if ((state->order.v == 0 || jobs[i].order.v == state->order.v) && n-- == 0)
            return &jobs[i];
    return NULL;
}

static size_t page_size(const struct area *area)
{
    const int fit = (area->rows - 1) / JOB_ROWS;

    return fit < JOBS_A_PAGE ? (size_t)(fit > 0 ? fit : 1) : JOBS_A_PAGE;
}

static void jobs_settle(struct view *view)
{
    struct jobs_state *state = view->state;

    if (state->jobs.stale)
        state->mine = kiosk_jobs_load(desk_of(view), &state->jobs);
}

static void jobs_changed(struct view *view)
{
    struct jobs_state *state = view->state;

    state->jobs.stale = true;
}

static void take(struct view *view, const struct my_job *job)
{
    const struct jobs_state *state = view->state;
    struct desk *desk = desk_of(view);

    switch (state->aim) {
    case KIOSK_OPEN:
        kiosk_job_open(desk, job->id);
        break;
    case KIOSK_START:
        kiosk_start_stop(desk, job);
        app_pop(view->app, view);
        break;
    case KIOSK_INSPECT: {
        const struct order_id order = job->order;
        app_pop(view->app, view);
        kiosk_inspection_open(desk, order);
        break;
    }
    case KIOSK_NOTE:
        kiosk_note(desk, job);
        break;
    case KIOSK_PART:
        kiosk_ask_part(desk, job);
        break;
    }
}

static bool jobs_key(struct view *view, const struct event *event)
{
    struct jobs_state *state = view->state;

    if (event->kind != EVENT_KEY || event->key < '1' || event->key > '9')
        return false;
    jobs_settle(view);
    if (event->key == '9') {
        state->first += JOBS_A_PAGE;
        if (job_at(state, state->first) == NULL)
            state->first = 0;
        return true;
    }
    const struct my_job *job = job_at(state, state->first + (event->key - '1'));
    if (job != NULL)
        take(view, job);
    return true;
}

static void draw_job(struct area area, int row, size_t number, const struct my_job *job)
{
    struct arena *arena = &area.on->scratch;
    char hours[HOURS_MAX], time[DAY_TEXT_MAX];
    const bool is_running = job->running;

    area_printf(area, row, 1, INK_KEY, "%zu", number);
    int at = area_text(area, row, 4, INK_STRONG, kiosk_job_name(job, arena));
    area_fit(area, row, at + 2, area.cols - at - 20, INK_STRONG, job->title);
    area_right(
        area, row, area.cols - 1, is_running ? INK_OK : INK_NORMAL,
        is_running ? arena_printf(arena, "%s running %s", theme_mark(area.on->theme, "●", "*"),
                                  kiosk_hours(job->clocked_s, hours))
        : job->clocked_s > 0 ? arena_printf(arena, "so far %s", kiosk_hours(job->clocked_s, hours))
                             : "not begun");
    at = area_text(area, row + 1, 4, INK_NORMAL, job->vehicle_name);
    at = area_printf(area, row + 1, at, INK_MUTED, "%s%s", *job->plate != '\0' ? " · " : "",
                     job->plate);
    if (*job->key_tag != '\0')
        at = area_printf(area, row + 1, at, INK_MUTED, " · tag %s", job->key_tag);
    if (job->promised_at.seconds != 0)
        area_printf(area, row + 1, at, INK_MUTED, " · promised %s",
                    instant_show(job->promised_at, time));
}

static void jobs_draw(struct view *view, struct area body)
{
    struct jobs_state *state = view->state;
    const struct area area = area_part(body, 1, 1, body.rows - 1, body.cols - 2);
    const size_t most = page_size(&area);
    size_t n = 0;

    for (; n < most; n++) {
        const struct my_job *job = job_at(state, state->first + n);
        if (job == NULL)
            break;
        draw_job(area, (int)n * JOB_ROWS, n + 1, job);
    }
    if (n == 0)
        area_wrap(
            area, 0, 1, area.cols - 2, INK_NORMAL,
            state->order.v != 0
                ? "No job of this repair order is yours and ready to work on. Ask the counter."
                : "You have nothing to do just now. Ask the counter for a job.");
    else if (job_at(state, state->first + n) != NULL || state->first > 0)
        area_text(area, (int)n * JOB_ROWS, 1, INK_NORMAL, "9  more");
}

static void jobs_close(struct view *view)
{
    struct jobs_state *state = view->state;

    loading_done(&state->jobs);
}

static const struct action jobs_actions[] = {
    {"0 Esc", "kiosk.back", "back", NEEDS_NOTHING, kiosk_back, "Back to the first page."},
    {"*", "kiosk.lock", "lock", NEEDS_NOTHING, kiosk_lock, "Closes everything for the next one."},
};
static const struct view_type jobs_type = {
    .name = "my jobs",
    .draw = jobs_draw,
    .key = jobs_key,
    .settle = jobs_settle,
    .changed = jobs_changed,
    .resumed = jobs_changed,
    .close = jobs_close,
    .actions = jobs_actions,
    .action_count = COUNT_OF(jobs_actions),
    .help = "Press the number of a job.",
};

void kiosk_jobs_open(struct desk *desk, struct order_id order, enum kiosk_aim aim)
{
    static const char *const titles[] = {
        [KIOSK_OPEN] = "My jobs",
        [KIOSK_START] = "Start which job?",
        [KIOSK_INSPECT] = "Inspect the car of which job?",
        [KIOSK_NOTE] = "A note on which job?",
    };
    struct view *view = view_new(desk->app, &jobs_type, sizeof(struct jobs_state));
    struct jobs_state *state = view->state;

    state->jobs.stale = true;
    state->order = order;
    state->aim = aim;
    view->title = order.v != 0
                      ? arena_printf(&view->arena, "My jobs on RO %lld", (long long)order.v)
                      : titles[aim];
    app_push(desk->app, view);
    if (order.v == 0)
        return;
    jobs_settle(view); /* the only one opens at once */
    if (job_at(state, 0) != NULL && job_at(state, 1) == NULL) {
        const struct job_id job = job_at(state, 0)->id;
        app_pop(desk->app, view);
        kiosk_job_open(desk, job);
    }
}
