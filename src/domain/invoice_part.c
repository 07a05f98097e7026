/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Which jobs of an order an invoice takes: all that were not declined, or those that were chosen.
 * Each must be done and authorized as it is. */

#include <string.h>

#include "base/text.h"
#include "invoice_inner.h"
#include "line_part.h"

bool invoice_takes(const struct order_job *job)
{
    return job->state != JOB_DECLINED && job->state != JOB_DEFERRED;
}

static status job_must_be_done(struct session *s, const struct order_job *job)
{
    const long long number = (long long)job->position;
    const char *why = "";

    switch (job->state) {
    case JOB_DRAFT:
    case JOB_PRESENTED:
        TRY(job_why_asked(s, job->id, &why));
        return fail(s, ERR_CONFLICT,
                    "Job %lld (%s) is not authorized. Record the customer's answer first.%s",
                    number, job->title, why);
    case JOB_AUTHORIZED:
    case JOB_IN_PROGRESS:
        return fail(s, ERR_CONFLICT, "Job %lld (%s) is not done. Mark it done or defer it first.",
                    number, job->title);
    case JOB_DONE:
    case JOB_DECLINED:
    case JOB_DEFERRED:
    default:
        break;
    }
    if (!job->needs_authorization || !invoice_takes(job))
        return OK;
    TRY(job_why_asked_again(s, &why));
    return fail(s, ERR_CONFLICT,
                "Job %lld (%s) has changed since it was authorized. Record the customer's answer "
                "to the change first.%s",
                number, job->title, why);
}

static status lines_must_be_complete(struct session *s, const struct order_job *job)
{
    const struct order_line *lines = job->lines.at;

    for (size_t i = 0; i < job->lines.count; i++)
        TRY(line_check_dot(s, job, &lines[i]));
    for (size_t i = 0; i < job->lines.count; i++)
        TRY(line_check_sublet(s, job, &lines[i]));
    return OK;
}

/* Without a choice all that is left; what is not done stands in the way. */
static status choose_all(struct session *s, const struct order *order, struct invoice_part *part)
{
    const struct order_job *job = order->jobs.at;
    size_t count = 0;

    for (size_t i = 0; i < order->jobs.count; i++) {
        if (job[i].invoice.v != 0)
            continue;
        TRY(job_must_be_done(s, &job[i]));
        part->chosen[i] = invoice_takes(&job[i]);
        count += part->chosen[i];
    }
    if (count == 0)
        return fail(s, ERR_CONFLICT, "Repair order %lld has no finished job to invoice.",
                    (long long)order->id.v);
    return OK;
}

static status choose_one(struct session *s, const struct order *order, int64_t number,
                         struct invoice_part *part)
{
    const struct order_job *job = order->jobs.at;
    size_t at = 0;

    while (at < order->jobs.count && job[at].position != number)
        at++;
    if (at == order->jobs.count)
        return fail_field(s, "jobs", "Repair order %lld has no job %lld.", (long long)order->id.v,
                          (long long)number);
    if (job[at].invoice.v != 0)
        return fail_field(s, "jobs", "Job %lld (%s) is on invoice %lld already.", (long long)number,
                          job[at].title, (long long)job[at].invoice.v);
    if (!invoice_takes(&job[at]))
        return fail_field(s, "jobs", "Job %lld (%s) was %s: there is nothing to invoice.",
                          (long long)number, job[at].title,
                          choice_label(&job_state_choices, job[at].state));
    if (job_must_be_done(s, &job[at]) != OK)
        return fail_field(s, "jobs", "%s", arena_text(s->arena, s->fault.text));
    part->chosen[at] = true;
    return OK;
}

/* Numbers with blanks or commas between them. */
static status choose_named(struct session *s, const struct order *order, const char *jobs,
                           struct invoice_part *part)
{
    static const char between[] = " ,;\t\n";

    for (const char *at = jobs + strspn(jobs, between); *at != '\0'; at += strspn(at, between)) {
        const size_t length = strcspn(at, between);
        int64_t number = 0;
        if (number_parse(arena_text_n(s->arena, at, length), &number, &s->fault) != OK)
            return fail_field(s, "jobs", "“%.*s” is no number of a job. Give numbers as 1 3.",
                              (int)(length < 40 ? length : 40), at);
        TRY(choose_one(s, order, number, part));
        at += length;
    }
    return OK;
}

static status check_chosen(struct session *s, const struct order *order, struct invoice_part *part)
{
    const struct order_job *job = order->jobs.at;

    part->is_whole = true;
    for (size_t i = 0; i < order->jobs.count; i++) {
        part->is_billed |= job[i].invoice.v != 0;
        part->is_whole &= part->chosen[i] || !invoice_takes(&job[i]);
        if (part->chosen[i])
            TRY(lines_must_be_complete(s, &job[i]));
    }
    return OK;
}

status invoice_choose(struct session *s, const struct order *order, const char *jobs,
                      struct invoice_part *ret)
{
    struct invoice_part part = {.chosen = NEW_ARRAY(s->arena, bool, order->jobs.count)};

    TRY(text_is_empty(jobs) ? choose_all(s, order, &part) : choose_named(s, order, jobs, &part));
    TRY(check_chosen(s, order, &part));
    if (part.is_billed)
        TRY(order_billed_get(s, order->id, &part.billed));
    *ret = part;
    return OK;
}
