/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A punch from its beginning to its end: one at a time of each kind, by two clocks. */

#include "base/text.h"
#include "clock_inner.h"

/* clang-format off */
static const struct field open_fields[] = {
    FIELD(struct open_punch, id),
    FIELD(struct open_punch, job),
    FIELD(struct open_punch, in_at),
    FIELD(struct open_punch, in_up_s),
    FIELD(struct open_punch, boot),
};
static const struct shape open_shape = SHAPE_OF(struct open_punch, "punch", open_fields);

#define OPEN_COLUMNS                                                                               \
    "SELECT id, job, in_at, in_up_s, boot\n"                                                     \
    "FROM punch\n"
static const char SQL_OPEN[] =
    OPEN_COLUMNS
    "WHERE user = :user AND (job IS NULL) = :attendance AND out_at IS NULL AND left_open = 0";
static const char SQL_OPEN_ON_JOB[] =
    OPEN_COLUMNS
    "WHERE job = :job AND out_at IS NULL AND left_open = 0";
static const char SQL_BEGIN[] =
    "INSERT INTO punch (user, job, in_at, in_up_s, boot, terminal)\n"
    "VALUES (:user, :job, :now, :up_s, :boot, :terminal)";
static const char SQL_END[] =
    "UPDATE punch\n"
    "SET out_at = :now, out_up_s = :up_s, jumped = :jumped\n"
    "WHERE id = :id";
static const char SQL_LEFT_OPEN[] =
    "UPDATE punch\n"
    "SET left_open = 1\n"
    "WHERE id = :id";
static const char SQL_WORKS[] =
    "SELECT works_on_cars\n"
    "FROM user\n"
    "WHERE id = :user";
/* clang-format on */

status punch_open_get(struct session *s, struct user_id user, bool job, struct open_punch *ret)
{
    const status result =
        store_get(s->store, SQL_OPEN, NO_ROW,
                  BINDS(BIND_ID("user", user), BIND_INT("attendance", job ? 0 : 1)), s->arena,
                  &open_shape, ret);

    if (result != ERR_NOT_FOUND)
        return result;
    *ret = (struct open_punch){.boot = ""};
    return OK;
}

/* Does the machine's own count still run as it did when the punch began? */
static bool is_same_boot(const struct session *s, const struct open_punch *punch)
{
    char boot[CLOCK_BOOT_NAME_MAX];

    return *punch->boot != '\0' && text_same(clock_boot_name(&s->clock, boot), punch->boot);
}

int64_t punch_running_s(const struct session *s, const struct open_punch *punch)
{
    if (punch->id.v == 0)
        return 0;
    return is_same_boot(s, punch) ? clock_up(&s->clock) - punch->in_up_s
                                  : session_now(s).seconds - punch->in_at.seconds;
}

bool punch_is_forgotten(const struct session *s, const struct open_punch *punch)
{
    return punch->id.v != 0 && punch_running_s(s, punch) > PUNCH_LONGEST_S;
}

/* Has somebody set the wall clock meanwhile? */
static bool has_jumped(const struct session *s, const struct open_punch *punch)
{
    const int64_t by_wall = session_now(s).seconds - punch->in_at.seconds;
    const int64_t drift = by_wall - punch_running_s(s, punch);

    return by_wall < 0 || drift > PUNCH_DRIFT_S || drift < -PUNCH_DRIFT_S;
}

status punch_begin(struct session *s, struct user_id user, struct job_id job)
{
    char boot[CLOCK_BOOT_NAME_MAX];

    return store_run(s->store, SQL_BEGIN, NO_ROW,
                     BINDS(BIND_ID("user", user), BIND_ID("job", job),
                           BIND_INSTANT("now", session_now(s)),
                           BIND_INT("up_s", clock_up(&s->clock)),
                           BIND_TEXT("boot", clock_boot_name(&s->clock, boot)),
                           BIND_TEXT("terminal", s->terminal)));
}

status punch_end(struct session *s, const struct open_punch *punch)
{
    if (punch->id.v == 0)
        return OK;
    if (punch_is_forgotten(s, punch))
        return store_run(s->store, SQL_LEFT_OPEN, NO_ROW, BINDS(BIND_ID("id", punch->id)));
    const int64_t up_s = is_same_boot(s, punch) ? clock_up(&s->clock) : 0;
    return store_run(s->store, SQL_END, NO_ROW,
                     BINDS(BIND_ID("id", punch->id), BIND_INSTANT("now", session_now(s)),
                           store_bind_id("up_s", up_s), BIND_INT("jumped", has_jumped(s, punch))));
}

status punch_change_job(struct session *s, struct user_id user, struct job_id job)
{
    struct open_punch open;

    TRY(punch_open_get(s, user, true, &open));
    if (open.id.v != 0 && open.job.v == job.v && !punch_is_forgotten(s, &open))
        return OK;
    TRY(punch_end(s, &open));
    return job.v != 0 ? punch_begin(s, user, job) : OK;
}

status punch_job_started(struct session *s, struct job_id job)
{
    int64_t works = 0;

    TRY(store_int(s->store, SQL_WORKS, BINDS(BIND_ID("user", s->user)), &works));
    return works != 0 ? punch_change_job(s, s->user, job) : OK;
}

status punch_job_done(struct session *s, struct job_id job)
{
    struct rows open;

    TRY(store_list(s->store, SQL_OPEN_ON_JOB, NO_ROW, BINDS(BIND_ID("job", job)), s->arena,
                   &open_shape, &open));
    const struct open_punch *punch = open.at;
    for (size_t i = 0; i < open.count; i++)
        TRY(punch_end(s, &punch[i]));
    return OK;
}
