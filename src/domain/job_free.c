/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Jobs that the shop itself or its warranty pays for: the customer has no amount to agree to, so
 * nobody waits for an answer, unless the state wants every work authorized. What the customer is to
 * pay for after all is asked for like any other change. */

#include "domain/profile.h"
#include "domain/setting.h"
#include "order_inner.h"

/* clang-format off */
static const char SQL_LET_GO[] =
    "UPDATE job\n"
    "SET state = 'authorized'\n"
    "WHERE id = :job";
/* An answer that the customer gave before stands: what it was given to is compared with. */
static const char SQL_ASK[] =
    "UPDATE job\n"
    "SET needs_authorization = 1\n"
    "WHERE id = :job AND pay <> 'customer' AND state IN ('authorized', 'in_progress', 'done')\n"
    "AND NOT EXISTS (SELECT 1 FROM authorization_job AS d\n"
    "                WHERE d.job = job.id AND d.decision = 'authorized')";
static const char SQL_IS_FREE[] =
    "SELECT pay <> 'customer'\n"
    "FROM job\n"
    "WHERE id = :job";
/* clang-format on */

static bool waits_free(const struct order_job *job)
{
    return job->pay != PAY_CUSTOMER && job->invoice.v == 0 &&
           (job->state == JOB_DRAFT || job->state == JOB_PRESENTED);
}

static status law_of(struct session *s, const struct law **ret)
{
    struct shop shop;

    TRY(shop_get(s, &shop));
    *ret = law_find(shop.profile, LAW_ANY_WORK);
    return OK;
}

/* " (source)" of the first of these rules that the shop's state has, "" when it has neither. */
static status source_of(struct session *s, enum law_rule first, enum law_rule second,
                        const char **ret_why)
{
    struct shop shop;

    TRY(shop_get(s, &shop));
    const struct law *law = law_find(shop.profile, first);
    if (law == NULL)
        law = law_find(shop.profile, second);
    *ret_why = law != NULL ? arena_printf(s->arena, " (%s)", law_source(s, law)) : "";
    return OK;
}

status jobs_let_go(struct session *s, struct rows *jobs)
{
    struct order_job *job = jobs->at;
    const struct law *law = NULL;

    for (size_t i = 0; i < jobs->count; i++) {
        if (!waits_free(&job[i]))
            continue;
        TRY(law_of(s, &law));
        if (law != NULL)
            return OK;
        TRY(store_run(s->store, SQL_LET_GO, NO_ROW, BINDS(BIND_ID("job", job[i].id))));
        job[i].state = JOB_AUTHORIZED;
    }
    return OK;
}

status job_ask_who_pays(struct session *s, struct job_id job)
{
    return store_run(s->store, SQL_ASK, NO_ROW, BINDS(BIND_ID("job", job)));
}

status job_why_asked(struct session *s, struct job_id job, const char **ret_why)
{
    const struct law *law = NULL;
    int64_t is_free = 0;

    *ret_why = "";
    TRY(store_int(s->store, SQL_IS_FREE, BINDS(BIND_ID("job", job)), &is_free));
    if (is_free == 0)
        return source_of(s, LAW_ESTIMATE, LAW_TOLERANCE, ret_why);
    TRY(law_of(s, &law));
    if (law != NULL)
        *ret_why = arena_printf(s->arena, " %s", law_text(s, law));
    return OK;
}

status job_why_asked_again(struct session *s, const char **ret_why)
{
    return source_of(s, LAW_REVISION, LAW_TOLERANCE, ret_why);
}
