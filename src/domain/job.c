/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A job's own life: its three Cs, its place on the order, started, done, reopened. What the
 * customer answers is authorization.c's. */

#include "base/text.h"
#include "clock_inner.h"
#include "domain/labor_rate.h"
#include "order_inner.h"

/* clang-format off */
static const char SQL_EDIT[] =
    "UPDATE job\n"
    "SET title = :title, concern = :concern, cause = :cause, correction = :correction,\n"
    "  technician = :technician, rate_class = :rate_class, safety = :safety\n"
    "WHERE id = :job";
static const char SQL_PAY[] =
    "UPDATE job\n"
    "SET pay = :pay, pay_reason = :reason\n"
    "WHERE id = :job";
static const char SQL_DECISIONS[] =
    "SELECT count(*)\n"
    "FROM authorization_job\n"
    "WHERE job = :job";
static const char SQL_PULLED[] =
    "SELECT count(*)\n"
    "FROM line\n"
    "WHERE job = :job AND pulled <> 0";
static const char SQL_LINES_REMOVE[] =
    "DELETE FROM line\n"
    "WHERE job = :job";
static const char SQL_DISCOUNTS_REMOVE[] =
    "DELETE FROM discount\n"
    "WHERE job = :job";
static const char SQL_REMOVE[] =
    "DELETE FROM job\n"
    "WHERE id = :job";
static const char SQL_CLOSE_GAP[] =
    "UPDATE job\n"
    "SET position = position - 1\n"
    "WHERE repair_order = :order AND position > :position";
static const char SQL_COUNT[] =
    "SELECT count(*)\n"
    "FROM job\n"
    "WHERE repair_order = :order";
/* The others move up or down by one to make room. */
static const char SQL_MAKE_ROOM[] =
    "UPDATE job\n"
    "SET position = position + CASE WHEN :to < :from THEN 1 ELSE -1 END\n"
    "WHERE repair_order = :order AND id <> :job\n"
    "AND position BETWEEN min(:from, :to) AND max(:from, :to)";
static const char SQL_MOVE[] =
    "UPDATE job\n"
    "SET position = :to\n"
    "WHERE id = :job";
static const char SQL_START[] =
    "UPDATE job\n"
    "SET state = 'in_progress', started_at = ifnull(started_at, :now), done_at = NULL\n"
    "WHERE id = :job";
static const char SQL_DONE[] =
    "UPDATE job\n"
    "SET state = 'done', started_at = ifnull(started_at, :now), done_at = :now\n"
    "WHERE id = :job";
static const char SQL_RESOLVE[] =
    "UPDATE job\n"
    "SET resolved = :resolved\n"
    "WHERE id = :job";
static const char SQL_TECHNICIAN[] =
    "SELECT ifnull(technician, 0)\n"
    "FROM job\n"
    "WHERE id = :job";
/* clang-format on */

static const char *label(const struct job_head *job)
{
    return choice_label(&job_state_choices, job->state);
}

/* ------------------------------------------------------------------------ edit -- */

/* Somebody who left since stays named on the work he did. */
static status check_technician(struct session *s, struct job_id job, struct user_id technician)
{
    int64_t present = 0;

    TRY(store_int(s->store, SQL_TECHNICIAN, BINDS(BIND_ID("job", job)), &present));
    return present == technician.v ? OK : technician_check(s, technician);
}

static status job_edit(struct session *s, const void *input, void *output)
{
    const struct job_edit *in = input;
    struct order_head head;
    struct job_head job;

    TRY(job_begin(s, in->job, in->revision, &job, &head));
    TRY(check_technician(s, in->job, in->technician));
    TRY(labor_rate_check(s, in->rate_class));
    TRY(store_run(s->store, SQL_EDIT, NO_ROW,
                  BINDS(BIND_ID("job", in->job),
                        BIND_TEXT("title", text_is_empty(in->title) ? job.title : in->title),
                        BIND_TEXT("concern", in->concern), BIND_TEXT("cause", in->cause),
                        BIND_TEXT("correction", in->correction),
                        BIND_ID("technician", in->technician),
                        BIND_ID("rate_class", in->rate_class), BIND_INT("safety", in->safety))));
    return order_finish(s, &head, output);
}

/* ------------------------------------------------------------------------- pay -- */

/* Nothing is asked of the customer when somebody else pays (job_free.c); taken back, what the lines
 * come to then is compared with what was agreed to, or asked for if nothing was. */
static status job_pay(struct session *s, const void *input, void *output)
{
    const struct job_pay_set *in = input;
    const bool is_customer = in->pay == PAY_CUSTOMER;
    struct order_head head;
    struct job_head job;

    TRY(job_begin(s, in->job, in->revision, &job, &head));
    if (job.state == JOB_DECLINED || job.state == JOB_DEFERRED)
        return fail(s, ERR_CONFLICT, "Job %lld was %s and stays as it was offered.",
                    (long long)job.position, label(&job));
    if (!is_customer && text_is_empty(in->reason))
        return fail_field(s, "reason", "Say why the customer does not pay for this job.");
    if (is_customer)
        TRY(job_ask_who_pays(s, in->job));
    TRY(store_run(s->store, SQL_PAY, NO_ROW,
                  BINDS(BIND_ID("job", in->job),
                        BIND_TEXT("pay", choice_word(&job_pay_choices, in->pay)),
                        BIND_TEXT("reason", is_customer ? "" : in->reason))));
    return order_finish(s, &head, output);
}

/* ---------------------------------------------------------------- remove, move -- */

static status check_removable(struct session *s, const struct job_head *job)
{
    int64_t decisions = 0, pulled = 0;

    TRY(store_int(s->store, SQL_DECISIONS, BINDS(BIND_ID("job", job->id)), &decisions));
    if (decisions > 0)
        return fail(s, ERR_CONFLICT,
                    "The customer's answer to job %lld is on record, so it stays. Record that it "
                    "is declined instead.",
                    (long long)job->position);
    if (job->state == JOB_IN_PROGRESS || job->state == JOB_DONE)
        return fail(s, ERR_CONFLICT, "Work on job %lld has begun, so it stays.",
                    (long long)job->position);
    TRY(store_int(s->store, SQL_PULLED, BINDS(BIND_ID("job", job->id)), &pulled));
    if (pulled > 0)
        return fail(s, ERR_CONFLICT,
                    "Parts are pulled for job %lld. Put them back before it is taken off.",
                    (long long)job->position);
    return OK;
}

static status reopen_source(struct session *s, const struct job_head *job)
{
    if (job->source.v == 0)
        return OK;
    return store_run(s->store, SQL_RESOLVE, NO_ROW,
                     BINDS(BIND_ID("job", job->source), BIND_TEXT("resolved", "open")));
}

static status job_remove(struct session *s, const void *input, void *output)
{
    const struct job_ref *in = input;
    const struct bind *id = BINDS(BIND_ID("job", in->job));
    struct order_head head;
    struct job_head job;

    TRY(job_begin(s, in->job, in->revision, &job, &head));
    TRY(check_removable(s, &job));
    TRY(store_run(s->store, SQL_LINES_REMOVE, NO_ROW, id));
    TRY(store_run(s->store, SQL_DISCOUNTS_REMOVE, NO_ROW, id));
    TRY(store_run(s->store, SQL_REMOVE, NO_ROW, id));
    TRY(store_run(s->store, SQL_CLOSE_GAP, NO_ROW,
                  BINDS(BIND_ID("order", job.order), BIND_INT("position", job.position))));
    TRY(reopen_source(s, &job));
    return order_finish(s, &head, output);
}

static status job_move(struct session *s, const void *input, void *output)
{
    const struct job_move *in = input;
    struct order_head head;
    struct job_head job;
    int64_t count = 0;

    TRY(job_begin(s, in->job, in->revision, &job, &head));
    TRY(store_int(s->store, SQL_COUNT, BINDS(BIND_ID("order", job.order)), &count));
    if (in->position > count)
        return fail_field(s, "position", "The order has %lld jobs: choose a place among them.",
                          (long long)count);
    TRY(store_run(s->store, SQL_MAKE_ROOM, NO_ROW,
                  BINDS(BIND_ID("order", job.order), BIND_ID("job", in->job),
                        BIND_INT("from", job.position), BIND_INT("to", in->position))));
    TRY(store_run(s->store, SQL_MOVE, NO_ROW,
                  BINDS(BIND_ID("job", in->job), BIND_INT("to", in->position))));
    return order_finish(s, &head, output);
}

/* ------------------------------------------------------------------------ work -- */

status job_check_authorized(struct session *s, const struct job_head *job)
{
    const long long number = (long long)job->position;
    const char *why = "";

    if (job->state == JOB_DRAFT || job->state == JOB_PRESENTED) {
        TRY(job_why_asked(s, job->id, &why));
        return fail(s, ERR_CONFLICT,
                    "Job %lld is not authorized. Record the customer's answer first.%s", number,
                    why);
    }
    if (job->state == JOB_DECLINED || job->state == JOB_DEFERRED)
        return fail(s, ERR_CONFLICT,
                    "Job %lld was %s. Record the customer's new answer before working on it.",
                    number, label(job));
    if (job->needs_authorization) {
        TRY(job_why_asked_again(s, &why));
        return fail(s, ERR_CONFLICT,
                    "Job %lld has changed since it was authorized. Record the customer's answer "
                    "first.%s",
                    number, why);
    }
    return order_check_authorized(s, job->order);
}

static status job_start(struct session *s, const void *input, void *output)
{
    const struct job_ref *in = input;
    struct order_head head;
    struct job_head job;

    TRY(job_begin(s, in->job, in->revision, &job, &head));
    TRY(job_check_authorized(s, &job));
    if (job.state != JOB_AUTHORIZED)
        return fail(s, ERR_CONFLICT, "Job %lld is already %s.", (long long)job.position,
                    label(&job));
    TRY(store_run(s->store, SQL_START, NO_ROW,
                  BINDS(BIND_ID("job", in->job), BIND_INSTANT("now", session_now(s)))));
    TRY(punch_job_started(s, in->job));
    return order_finish(s, &head, output);
}

/* A job that nobody started is started and done in one: the work is what counts. One that changed
 * while it was in work may be finished; posting it needs the customer's answer. */
static status job_done(struct session *s, const void *input, void *output)
{
    const struct job_ref *in = input;
    struct order_head head;
    struct job_head job;

    TRY(job_begin(s, in->job, in->revision, &job, &head));
    if (job.state != JOB_IN_PROGRESS)
        TRY(job_check_authorized(s, &job));
    if (job.state == JOB_DONE)
        return fail(s, ERR_CONFLICT, "Job %lld is already done.", (long long)job.position);
    TRY(store_run(s->store, SQL_DONE, NO_ROW,
                  BINDS(BIND_ID("job", in->job), BIND_INSTANT("now", session_now(s)))));
    TRY(punch_job_done(s, in->job));
    return order_finish(s, &head, output);
}

static status job_reopen(struct session *s, const void *input, void *output)
{
    const struct job_ref *in = input;
    struct order_head head;
    struct job_head job;

    TRY(job_begin(s, in->job, in->revision, &job, &head));
    if (job.state != JOB_DONE)
        return fail(s, ERR_CONFLICT, "Job %lld is not done, so there is nothing to reopen.",
                    (long long)job.position);
    TRY(store_run(s->store, SQL_START, NO_ROW,
                  BINDS(BIND_ID("job", in->job), BIND_INSTANT("now", session_now(s)))));
    return order_finish(s, &head, output);
}

/* The order the job is on may be long invoiced: only the list of declined work changes. */
static status job_drop_declined(struct session *s, const void *input, void *output)
{
    const struct job_ref *in = input;
    struct job_head job;

    TRY(job_head_get(s, in->job, &job));
    if (job.state != JOB_DECLINED && job.state != JOB_DEFERRED)
        return fail(s, ERR_CONFLICT, "\"%s\" was neither declined nor deferred.", job.title);
    if (!text_same(job.resolved, "open"))
        return fail(s, ERR_CONFLICT, "\"%s\" has been dealt with. Look at the list again.",
                    job.title);
    TRY(store_run(s->store, SQL_RESOLVE, NO_ROW,
                  BINDS(BIND_ID("job", in->job), BIND_TEXT("resolved", "not_needed"))));
    return order_get(s, job.order, output);
}

/* clang-format off */

static const struct field edit_fields[] = {
    JOB_FIELD(struct job_edit),
    FIELD(struct job_edit, title, .example = "Front brakes", .right = RIGHT_ESTIMATES_CREATE),
    FIELD(struct job_edit, concern, .help = "What the customer says", .flags = FIELD_MANY_LINES),
    FIELD(struct job_edit, cause, .help = "What was found", .flags = FIELD_MANY_LINES),
    FIELD(struct job_edit, correction, .help = "What was done", .flags = FIELD_MANY_LINES),
    FIELD(struct job_edit, technician, .picks = "user.technicians", .right = RIGHT_ESTIMATES_CREATE),
    FIELD(struct job_edit, rate_class, .label = "Labor rate", .picks = "labor-rate.list",
          .help = "Of labor added from now on; empty: the vehicle's or customer's", .right = RIGHT_ESTIMATES_CREATE),
    FIELD(struct job_edit, safety, .help = "The vehicle is not safe without it"),
    REVISION_FIELD(struct job_edit),
};
static const struct field pay_fields[] = {
    JOB_FIELD(struct job_pay_set),
    FIELD(struct job_pay_set, pay, .label = "Paid by", .choices = &job_pay_choices,
          .help = "The customer, the shop itself, or its warranty", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct job_pay_set, reason, .example = "Squeal came back, pads of RO 10421",
          .help = "Needed where the customer does not pay"),
    REVISION_FIELD(struct job_pay_set),
};
static const struct field ref_fields[] = {
    JOB_FIELD(struct job_ref),
    REVISION_FIELD(struct job_ref),
};
static const struct field move_fields[] = {
    JOB_FIELD(struct job_move),
    FIELD(struct job_move, position, .label = "To place", .low = 1, .high = 1000,
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    REVISION_FIELD(struct job_move),
};
/* clang-format on */

const struct op job_edit_op = {
    .name = "estimate.edit-job",
    .says = "Change a job: title, concern, cause, correction, technician",
    .title = "Change a job",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_edit, edit_fields),
    .out = &order_shape,
    .run = job_edit,
    .owns = job_is_own,
    .fills = "estimate.show-job",
};
const struct op job_pay_op = {
    .name = "job.pay",
    .says = "Say who pays for a job: the customer, the shop itself, or its warranty",
    .title = "Who pays for a job",
    .right = RIGHT_ESTIMATES_DISCOUNT,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_pay_set, pay_fields),
    .out = &order_shape,
    .run = job_pay,
};
const struct op job_remove_op = {
    .name = "estimate.remove-job",
    .says = "Take a job off an order before the customer has answered",
    .title = "Take a job off",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_ref, ref_fields),
    .out = &order_shape,
    .run = job_remove,
};
const struct op job_move_op = {
    .name = "estimate.move-job",
    .says = "Move a job to another place on its order",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_move, move_fields),
    .out = &order_shape,
    .run = job_move,
};
const struct op job_start_op = {
    .name = "job.start",
    .says = "Start work on an authorized job",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_WRITES,
    .flags = OP_PIN,
    .in = SHAPE(struct job_ref, ref_fields),
    .out = &order_shape,
    .run = job_start,
    .owns = job_is_own,
};
const struct op job_done_op = {
    .name = "job.done",
    .says = "Record that a job is done",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_WRITES,
    .flags = OP_PIN,
    .in = SHAPE(struct job_ref, ref_fields),
    .out = &order_shape,
    .run = job_done,
    .owns = job_is_own,
};
const struct op job_reopen_op = {
    .name = "job.reopen",
    .says = "Take a done job back into work",
    .right = RIGHT_ORDERS_WORK,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_ref, ref_fields),
    .out = &order_shape,
    .run = job_reopen,
    .owns = job_is_own,
};
const struct op job_drop_declined_op = {
    .name = "job.not-needed",
    .says = "Take declined or deferred work off the vehicle's list",
    .title = "Take work off the list",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_ref, ref_fields),
    .out = &order_shape,
    .run = job_drop_declined,
};
