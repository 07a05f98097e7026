/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The job as the one who works on it sees it: which are mine, going on one and off it, what was
 * found and done. */

#include <string.h>

#include "base/text.h"
#include "clock_inner.h"
#include "domain/list.h"
#include "order_inner.h"

/* clang-format off */
static const struct field my_job_fields[] = {
    FIELD(struct my_job, id, .label = "Number"),
    FIELD(struct my_job, order, .label = "RO"),
    FIELD(struct my_job, position, .label = "Job"),
    FIELD(struct my_job, title, .label = "Title"),
    FIELD(struct my_job, state, .label = "State", .choices = &job_state_choices),
    FIELD(struct my_job, vehicle_name, .label = "Vehicle"),
    FIELD(struct my_job, plate, .label = "Plate"),
    FIELD(struct my_job, key_tag, .label = "Tag"),
    FIELD(struct my_job, promised_at, .label = "Promised"),
    FIELD(struct my_job, concern, .label = "Concern", .max = 4000),
    FIELD(struct my_job, cause, .label = "Cause", .max = 4000),
    FIELD(struct my_job, correction, .label = "Correction", .max = 4000),
    FIELD(struct my_job, hours, .label = "Hours"),
    FIELD(struct my_job, clocked_s, .label = "Seconds on it"),
    FIELD(struct my_job, running, .label = "On it now"),
};
static const struct field note_fields[] = {
    JOB_FIELD(struct job_note),
    FIELD(struct job_note, cause, .label = "Cause", .help = "What was found; empty leaves what is there", .flags = FIELD_MANY_LINES),
    FIELD(struct job_note, correction, .label = "Correction", .help = "What was done; empty leaves what is there", .flags = FIELD_MANY_LINES),
    FIELD(struct job_note, note, .label = "Note for the counter", .help = "Added to the order's notes, with the time and your name"),
};
struct job_key {
    struct job_id job;
};
static const struct field key_fields[] = {JOB_FIELD(struct job_key)};
struct mine_list {
    struct list_query query;
};
static const struct field mine_fields[] = {LIST_FIELDS(struct mine_list, query)};

/* From the person to the jobs: by the job itself, or by one of its lines. What waits for an answer
 * of the customer's cannot be worked on. Whoever may see all jobs (:own is 0) still asks for his. */
static const struct list_sort sorts[] = {
    {"promised_at", "ifnull(o.promised_at, 9223372036854775807)", false}};
static const struct list_source mine_source = {
    .select =
        "j.id, j.repair_order AS \"order\", j.position, j.title, j.state,\n"
        "  ifnull(v.name, '') AS vehicle_name, ifnull(v.plate, '') AS plate, o.key_tag,\n"
        "  o.promised_at, j.concern, j.cause, j.correction,\n"
        "  (SELECT ifnull(sum(quantity), 0) FROM line WHERE job = j.id AND kind = 'labor') AS hours,\n"
        "  (SELECT ifnull(sum(CASE WHEN p.out_at IS NULL AND p.left_open = 0 THEN :now - p.in_at\n"
              "    ELSE " PUNCH_SECONDS " END), 0) FROM punch AS p\n"
        "   WHERE p.job = j.id AND p.user = :own_user) AS clocked_s,\n"
        "  EXISTS (SELECT 1 FROM punch AS r WHERE r.user = :own_user AND r.job = j.id\n"
        "    AND r.out_at IS NULL AND r.left_open = 0) AS running",
    .from =
        "job AS j JOIN repair_order AS o ON o.id = j.repair_order\n"
        "LEFT JOIN vehicle AS v ON v.id = o.vehicle",
    .where =
        "j.id IN (SELECT id FROM job WHERE technician = :own_user\n"
        "    AND state IN ('authorized', 'in_progress')\n"
        "  UNION SELECT l.job FROM line AS l WHERE l.technician = :own_user)\n"
        "AND j.state IN ('authorized', 'in_progress') AND :own IN (0, 1) AND " ORDER_IS_OPEN,
    .id = "j.id",
    .sorts = sorts,
    .sort_count = COUNT_OF(sorts),
    .search_where = "lower(j.title) LIKE :like ESCAPE '\\'",
};

static const char SQL_START[] =
    "UPDATE job\n"
    "SET state = 'in_progress', started_at = ifnull(started_at, :now)\n"
    "WHERE id = :job";
static const char SQL_WRITE[] =
    "UPDATE job\n"
    "SET cause = CASE WHEN :cause = '' THEN cause ELSE :cause END,\n"
    "  correction = CASE WHEN :correction = '' THEN correction ELSE :correction END\n"
    "WHERE id = :job";
static const char SQL_NOTES[] =
    "SELECT internal_note\n"
    "FROM repair_order\n"
    "WHERE id = :order";
static const char SQL_NOTE[] =
    "UPDATE repair_order\n"
    "SET internal_note = :note\n"
    "WHERE id = :order";
/* clang-format on */

static const struct shape my_job_shape = SHAPE_OF(struct my_job, "my_job", my_job_fields);

static status mine(struct session *s, const void *input, void *output)
{
    return list_run(s, &mine_source, &job_mine_op, input, output);
}

static status clock_on(struct session *s, const void *input, void *output)
{
    const struct job_key *in = input;
    struct order_head head;
    struct job_head job;
    struct order settled;

    TRY(job_begin(s, in->job, 0, &job, &head));
    if (job.state == JOB_DONE)
        return fail(s, ERR_CONFLICT, "Job %lld is already done.", (long long)job.position);
    TRY(job_check_authorized(s, &job)); /* begun or not: it may have changed meanwhile */
    if (job.state != JOB_IN_PROGRESS) {
        TRY(store_run(s->store, SQL_START, NO_ROW,
                      BINDS(BIND_ID("job", in->job), BIND_INSTANT("now", session_now(s)))));
        TRY(order_finish(s, &head, &settled));
    }
    TRY(punch_change_job(s, s->user, in->job));
    return clock_status_get(s, output);
}

static status clock_off(struct session *s, const void *input, void *output)
{
    struct open_punch punch;

    (void)input;
    TRY(punch_open_get(s, s->user, true, &punch));
    if (punch.id.v == 0)
        return fail(s, ERR_CONFLICT, "You are on no job just now.");
    TRY(punch_end(s, &punch));
    return clock_status_get(s, output);
}

/* "24 Nov 10:42 Mo Haddad, job 2: …" behind what is there. */
static status add_note(struct session *s, const struct job_head *job, const char *note)
{
    const struct bind *order = BINDS(BIND_ID("order", job->order));
    const char *notes = "";
    char when[DAY_TEXT_MAX];

    if (text_is_empty(note))
        return OK;
    TRY(store_text(s->store, SQL_NOTES, order, s->arena, &notes));
    const char *all = arena_printf(s->arena, "%s%s%s, %s, job %lld: %s", notes,
                                   *notes != '\0' ? "\n" : "", instant_show(session_now(s), when),
                                   s->user_name, (long long)job->position, note);
    if (strlen(all) > 4000)
        return fail_field(s, "note",
                          "The notes of this order are full. Ask the counter to shorten them.");
    return store_run(s->store, SQL_NOTE, NO_ROW,
                     BINDS(BIND_ID("order", job->order), BIND_TEXT("note", all)));
}

static status note(struct session *s, const void *input, void *output)
{
    const struct job_note *in = input;
    struct order_head head;
    struct job_head job;

    TRY(job_begin(s, in->job, 0, &job, &head));
    TRY(store_run(s->store, SQL_WRITE, NO_ROW,
                  BINDS(BIND_ID("job", in->job), BIND_TEXT("cause", in->cause),
                        BIND_TEXT("correction", in->correction))));
    TRY(add_note(s, &job, in->note));
    return order_finish(s, &head, output);
}

const struct op job_mine_op = {
    .name = "job.mine",
    .says = "See your own jobs that can be worked on",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_READS,
    .flags = OP_LIST | OP_PIN,
    OP_LIST_OF(mine_source),
    .in = SHAPE(struct mine_list, mine_fields),
    .out = &my_job_shape,
    .run = mine,
};
const struct op job_clock_on_op = {
    .name = "job.clock-on",
    .says = "Go on one of your jobs: your time counts for it from now on",
    .title = "Go on a job",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_WRITES,
    .flags = OP_PIN,
    .in = SHAPE(struct job_key, key_fields),
    .out = &clock_status_shape,
    .about = "job",
    .run = clock_on,
    .owns = job_is_own,
};
const struct op job_clock_off_op = {
    .name = "job.clock-off",
    .says = "Go off the job you are on; it stays in work",
    .title = "Go off the job",
    .right = RIGHT_CLOCK_USE,
    .kind = OP_WRITES,
    .flags = OP_PIN,
    .out = &clock_status_shape,
    .run = clock_off,
};
const struct op job_note_op = {
    .name = "job.note",
    .says = "Write what was found and done on a job, or a note for the counter",
    .title = "Cause, correction, note",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_WRITES,
    .flags = OP_PIN,
    .in = SHAPE(struct job_note, note_fields),
    .out = &order_shape,
    .about = "job",
    .run = note,
    .owns = job_is_own,
};
