/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The hours of everybody, and correcting them. */

#include "clock_inner.h"
#include "domain/list.h"

/* clang-format off */
static const struct field punch_fields[] = {
    FIELD(struct punch, id, .label = "Punch", .flags = FIELD_ARGUMENT),
    FIELD(struct punch, user, .flags = FIELD_HIDDEN),
    FIELD(struct punch, user_name, .label = "Who"),
    FIELD(struct punch, order, .label = "RO"),
    FIELD(struct punch, job, .flags = FIELD_HIDDEN),
    FIELD(struct punch, job_title, .label = "Job"),
    FIELD(struct punch, in_at, .label = "In"),
    FIELD(struct punch, out_at, .label = "Out"),
    FIELD(struct punch, seconds, .flags = FIELD_HIDDEN),
    FIELD(struct punch, hours, .label = "Hours"),
    FIELD(struct punch, remark, .label = "Remark"),
    FIELD(struct punch, terminal, .label = "Terminal"),
};
static const struct shape punch_shape = SHAPE_OF(struct punch, "punch", punch_fields);
static const struct field list_fields[] = {
    LIST_FIELDS(struct punch_list, query),
    FIELD(struct punch_list, user, .label = "Who", .picks = "user.everybody"),
    FIELD(struct punch_list, from_on, .label = "From"),
    FIELD(struct punch_list, to_on, .label = "To"),
    FIELD(struct punch_list, jobs, .label = "Work on jobs", .help = "Instead of attendance"),
};
/* Day limits as instants: SQL stays free of date functions. */
struct punch_range {
    struct list_query query;
    struct user_id user;
    int64_t from_at, to_at;
    bool jobs;
};
static const struct field range_fields[] = {
    LIST_FIELDS(struct punch_range, query),
    FIELD(struct punch_range, user),
    FIELD(struct punch_range, from_at),
    FIELD(struct punch_range, to_at),
    FIELD(struct punch_range, jobs),
};
static const struct field correct_fields[] = {
    FIELD(struct punch_correct, punch, .label = "Punch", .picks = "clock.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct punch_correct, in_at, .label = "In", .example = "2026-11-24 7:58", .flags = FIELD_REQUIRED),
    FIELD(struct punch_correct, out_at, .label = "Out", .example = "2026-11-24 17:02", .flags = FIELD_REQUIRED),
    FIELD(struct punch_correct, reason, .label = "Reason", .example = "Forgot to clock out",
          .help = "Kept with what stood there before", .flags = FIELD_REQUIRED),
};

#define PUNCH_COLUMNS                                                                              \
    "p.id, p.user, u.name AS user_name, j.repair_order AS \"order\", p.job,\n"                     \
    "  ifnull(j.title, '') AS job_title, p.in_at, p.out_at, " PUNCH_SECONDS " AS seconds,\n"       \
    "  (" PUNCH_SECONDS ") * 10 / 36 AS hours,\n"       \
    "  CASE WHEN p.left_open = 1 THEN 'left open' WHEN p.corrected > 0 THEN 'corrected'\n"         \
    "    WHEN p.jumped = 1 THEN 'clock was set' ELSE '' END AS remark,\n"                          \
    "  p.terminal"
#define PUNCH_FROM                                                                                 \
    "punch AS p JOIN user AS u ON u.id = p.user LEFT JOIN job AS j ON j.id = p.job"

static const struct list_sort sorts[] = {{"in_at", "p.in_at", false}};
static const struct list_source source = {
    .select = PUNCH_COLUMNS,
    .from = PUNCH_FROM,
    .where = "(p.job IS NULL) <> :jobs AND (:user IS NULL OR p.user = :user)\n"
             "AND (:own = 0 OR p.user = :own_user) AND p.in_at >= :from_at AND p.in_at < :to_at",
    .id = "p.id",
    .sorts = sorts,
    .sort_count = COUNT_OF(sorts),
    .search_where = "lower(u.name) LIKE :like ESCAPE '\\'",
};

static const char SQL_PUNCH[] =
    "SELECT " PUNCH_COLUMNS "\n"
    "FROM " PUNCH_FROM "\n"
    "WHERE p.id = :punch";
static const char SQL_CORRECTION[] =
    "INSERT INTO punch_correction (punch, at, user, in_before, out_before, in_after, out_after,\n"
    "  reason)\n"
    "VALUES (:punch, :now, :who, :in_before, :out_before, :in_at, :out_at, :reason)";
static const char SQL_CORRECT[] =
    "UPDATE punch\n"
    "SET in_at = :in_at, out_at = :out_at, left_open = 0, corrected = corrected + 1\n"
    "WHERE id = :punch";
/* clang-format on */

static const struct op range_op = {
    .name = "clock.list",
    .in = SHAPE(struct punch_range, range_fields),
    .out = &punch_shape,
};

static status list(struct session *s, const void *input, void *output)
{
    const struct punch_list *in = input;
    struct punch_range range = {
        .query = in->query, .user = in->user, .to_at = INT64_MAX, .jobs = in->jobs};

    if (in->from_on.iso[0] != '\0')
        range.from_at = day_instant(in->from_on, 0).seconds;
    if (in->to_on.iso[0] != '\0')
        range.to_at = day_instant(day_add(in->to_on, 1), 0).seconds;
    return list_run(s, &source, &range_op, &range, output);
}

static status get(struct session *s, struct punch_id id, struct punch *ret)
{
    return found(s,
                 store_get(s->store, SQL_PUNCH, NO_ROW, BINDS(BIND_ID("punch", id)), s->arena,
                           &punch_shape, ret),
                 "There is no punch %lld. See the list of hours.", (long long)id.v);
}

static status check_correction(struct session *s, const struct punch_correct *in)
{
    if (in->out_at.seconds <= in->in_at.seconds)
        return fail_field(s, "out_at", "Out must be later than in.");
    if (in->out_at.seconds - in->in_at.seconds > PUNCH_LONGEST_S)
        return fail_field(s, "out_at", "That is more than %d hours at a stretch. Check the days.",
                          PUNCH_LONGEST_S / 3600);
    if (in->out_at.seconds > session_now(s).seconds)
        return fail_field(s, "out_at", "Out is still to come. Correct it when the shift is over.");
    return OK;
}

static status correct(struct session *s, const void *input, void *output)
{
    const struct punch_correct *in = input;
    struct punch old;

    TRY(check_correction(s, in));
    TRY(get(s, in->punch, &old));
    TRY(store_run(s->store, SQL_CORRECTION, NO_ROW,
                  BINDS(BIND_ID("punch", in->punch), BIND_INSTANT("now", session_now(s)),
                        BIND_ID("who", s->user), BIND_INSTANT("in_before", old.in_at),
                        BIND_INSTANT("out_before", old.out_at), BIND_INSTANT("in_at", in->in_at),
                        BIND_INSTANT("out_at", in->out_at), BIND_TEXT("reason", in->reason))));
    TRY(store_run(s->store, SQL_CORRECT, NO_ROW,
                  BINDS(BIND_ID("punch", in->punch), BIND_INSTANT("in_at", in->in_at),
                        BIND_INSTANT("out_at", in->out_at))));
    return get(s, in->punch, output);
}

const struct op clock_list_op = {
    .name = "clock.list",
    .says = "See hours worked",
    .right = RIGHT_CLOCK_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct punch_list, list_fields),
    .out = &punch_shape,
    .run = list,
};
const struct op clock_correct_op = {
    .name = "clock.correct",
    .says = "Correct somebody's hours, with a reason",
    .title = "Correct hours",
    .right = RIGHT_CLOCK_CORRECT,
    .kind = OP_WRITES,
    .in = SHAPE(struct punch_correct, correct_fields),
    .out = &punch_shape,
    .about = "punch",
    .run = correct,
};
