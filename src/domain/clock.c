/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Clocking in and out, and what one has running. Lists and corrections are clock_list.c's, work on
 * jobs is begun in job_clock.c. */

#include "domain/clock.h"

#include "clock_inner.h"

/* A punch left open is spoken of for so long. */
#define NOTICE_S (21 * 86400)

/* clang-format off */
static const struct field status_fields[] = {
    FIELD(struct clock_status, clocked_in, .label = "Clocked in"),
    FIELD(struct clock_status, in_at, .label = "Since"),
    FIELD(struct clock_status, today_s, .label = "Seconds today"),
    FIELD(struct clock_status, order, .label = "RO"),
    FIELD(struct clock_status, job, .flags = FIELD_HIDDEN),
    FIELD(struct clock_status, position, .label = "Job"),
    FIELD(struct clock_status, job_title, .label = "On job"),
    FIELD(struct clock_status, vehicle_name, .label = "Vehicle"),
    FIELD(struct clock_status, job_at, .label = "On it since"),
    FIELD(struct clock_status, job_s, .label = "Seconds on it"),
    FIELD(struct clock_status, notice, .label = "Notice", .max = 400),
};
const struct shape clock_status_shape = SHAPE_OF(struct clock_status, "clock_status", status_fields);

static const char SQL_TODAY[] =
    "SELECT ifnull(sum(" PUNCH_SECONDS "), 0)\n"
    "FROM punch AS p\n"
    "WHERE p.user = :user AND p.job IS NULL AND p.in_at >= :midnight";
static const char SQL_ON_JOB[] =
    "SELECT ifnull(sum(" PUNCH_SECONDS "), 0)\n"
    "FROM punch AS p\n"
    "WHERE p.user = :user AND p.job = :job";
static const char SQL_JOB[] =
    "SELECT j.id AS job, j.repair_order AS \"order\", j.position, j.title AS job_title,\n"
    "  ifnull(v.name, '') AS vehicle_name\n"
    "FROM job AS j JOIN repair_order AS o ON o.id = j.repair_order\n"
    "LEFT JOIN vehicle AS v ON v.id = o.vehicle\n"
    "WHERE j.id = :job";
static const char SQL_LEFT_OPEN[] =
    "SELECT ifnull(max(in_at), 0)\n"
    "FROM punch\n"
    "WHERE user = :user AND in_at > :since AND job IS NULL AND left_open = 1";
/* clang-format on */

static status get_notice(struct session *s, const struct open_punch *shift, const char **ret_notice)
{
    char day[DAY_TEXT_MAX];
    int64_t in_at = 0;

    *ret_notice = "";
    TRY(store_int(
        s->store, SQL_LEFT_OPEN,
        BINDS(BIND_ID("user", s->user), BIND_INT("since", session_now(s).seconds - NOTICE_S)),
        &in_at));
    if (punch_is_forgotten(s, shift))
        in_at = shift->in_at.seconds;
    if (in_at != 0)
        *ret_notice =
            arena_printf(s->arena, "You did not clock out on %s. Tell a manager when you left.",
                         day_show(instant_day((struct instant){in_at}), day));
    return OK;
}

static status add_job(struct session *s, struct clock_status *status_)
{
    struct open_punch punch;
    int64_t before = 0;

    TRY(punch_open_get(s, s->user, true, &punch));
    if (punch.id.v == 0 || punch_is_forgotten(s, &punch))
        return OK;
    TRY(store_get(s->store, SQL_JOB, NO_ROW, BINDS(BIND_ID("job", punch.job)), s->arena,
                  &clock_status_shape, status_));
    TRY(store_int(s->store, SQL_ON_JOB, BINDS(BIND_ID("user", s->user), BIND_ID("job", punch.job)),
                  &before));
    status_->job_at = punch.in_at;
    status_->job_s = before + punch_running_s(s, &punch);
    return OK;
}

status clock_status_get(struct session *s, struct clock_status *ret)
{
    const struct instant midnight = day_instant(session_today(s), 0);
    struct clock_status now = {.job_title = "", .vehicle_name = "", .notice = ""};
    struct open_punch shift;
    int64_t today = 0;

    TRY(punch_open_get(s, s->user, false, &shift));
    TRY(add_job(s, &now));
    TRY(store_int(s->store, SQL_TODAY,
                  BINDS(BIND_ID("user", s->user), BIND_INT("midnight", midnight.seconds)), &today));
    now.clocked_in = shift.id.v != 0 && !punch_is_forgotten(s, &shift);
    now.in_at = now.clocked_in ? shift.in_at : INSTANT_NONE;
    now.today_s = today + (now.clocked_in ? punch_running_s(s, &shift) : 0);
    TRY(get_notice(s, &shift, &now.notice));
    *ret = now;
    return OK;
}

static status clock_in(struct session *s, const void *input, void *output)
{
    struct open_punch shift;
    char time[DAY_TEXT_MAX];

    (void)input;
    TRY(punch_open_get(s, s->user, false, &shift));
    if (shift.id.v != 0 && !punch_is_forgotten(s, &shift))
        return fail(s, ERR_CONFLICT, "You are clocked in since %s.",
                    instant_show_time(shift.in_at, time));
    TRY(punch_end(s, &shift)); /* flags the one that was forgotten */
    TRY(punch_begin(s, s->user, (struct job_id){0}));
    return clock_status_get(s, output);
}

static status clock_out(struct session *s, const void *input, void *output)
{
    struct open_punch shift;
    char day[DAY_TEXT_MAX];

    (void)input;
    TRY(punch_open_get(s, s->user, false, &shift));
    if (shift.id.v == 0)
        return fail(s, ERR_CONFLICT, "You are not clocked in. Clock in first.");
    if (punch_is_forgotten(s, &shift))
        return fail(s, ERR_CONFLICT,
                    "You did not clock out on %s. Tell a manager when you left, and clock in for "
                    "today.",
                    day_show(instant_day(shift.in_at), day));
    TRY(punch_change_job(s, s->user, (struct job_id){0}));
    TRY(punch_end(s, &shift));
    return clock_status_get(s, output);
}

static status clock_show(struct session *s, const void *input, void *output)
{
    (void)input;
    return clock_status_get(s, output);
}

const struct op clock_in_op = {
    .name = "clock.in",
    .says = "Clock in: your shift begins",
    .right = RIGHT_CLOCK_USE,
    .kind = OP_WRITES,
    .flags = OP_PIN,
    .out = &clock_status_shape,
    .run = clock_in,
};
const struct op clock_out_op = {
    .name = "clock.out",
    .says = "Clock out: your shift ends, and the job you are on stands",
    .title = "Clock out",
    .right = RIGHT_CLOCK_USE,
    .kind = OP_WRITES,
    .flags = OP_PIN,
    .out = &clock_status_shape,
    .run = clock_out,
};
const struct op clock_status_op = {
    .name = "clock.status",
    .says = "See whether you are clocked in, and on which job",
    .title = "Your own clock",
    .right = RIGHT_CLOCK_USE,
    .kind = OP_READS,
    .flags = OP_PIN,
    .out = &clock_status_shape,
    .run = clock_show,
};

static const struct op *const ops[] = {&clock_in_op, &clock_out_op, &clock_status_op,
                                       &clock_list_op, &clock_correct_op};
extern const struct module clock_module;
const struct module clock_module = {
    .name = "clock",
    .title = "Time clock",
    .says = "Hours of people and of the work on jobs.",
    MODULE_OPS(ops),
};
