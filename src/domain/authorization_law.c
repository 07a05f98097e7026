/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What is asked and told before the customer answers: replaced parts, the notice of a teardown, the
 * number beside a disposal charge. What an answer is and how it is kept is authorization.c's. */

#include <ctype.h>
#include <stdlib.h>

#include "base/text.h"
#include "domain/profile.h"
#include "domain/setting.h"
#include "order_inner.h"

/* clang-format off */
static const struct choice answered_by_choice[] = {
    [ANSWERED_BY_CUSTOMER]   = {"customer", "customer", "", ""},
    [ANSWERED_BY_DESIGNATED] = {"designated", "named person", "", ""},
};
const struct choices answered_by_choices = CHOICES(answered_by_choice);
static const struct choice parts_back_choice[] = {
    [PARTS_NOT_ASKED]  = {"not_asked", "not asked", "", ""},
    [PARTS_NOT_WANTED] = {"no", "not wanted", "", ""},
    [PARTS_WANTED]     = {"yes", "wanted back", "", ""},
};
const struct choices parts_back_choices = CHOICES(parts_back_choice);

static const char SQL_ASKED[] =
    "SELECT count(*)\n"
    "FROM authorization\n"
    "WHERE repair_order = :order AND parts_back <> 'not_asked'";
static const char SQL_ESTIMATES[] =
    "SELECT count(*)\n"
    "FROM document\n"
    "WHERE kind = 'estimate' AND subject = :order";
static const char SQL_TEARDOWNS[] =
    "SELECT t.job, t.reassembly, t.parts, t.days, t.restorable\n"
    "FROM job AS j JOIN teardown AS t ON t.job = j.id\n"
    "WHERE j.repair_order = :order\n"
    "ORDER BY j.position";
static const char SQL_TEARDOWN_PUT[] =
    "INSERT INTO teardown (job, reassembly, parts, days, restorable)\n"
    "VALUES (:job, :reassembly, :parts, :days, :restorable)\n"
    "ON CONFLICT (job) DO UPDATE\n"
    "SET reassembly = excluded.reassembly, parts = excluded.parts, days = excluded.days,\n"
    "  restorable = excluded.restorable";
static const char SQL_TEARDOWN_CUT[] =
    "DELETE FROM teardown\n"
    "WHERE job = :job";

static const struct field teardown_fields[] = {
    FIELD(struct order_teardown, job),
    FIELD(struct order_teardown, reassembly, .label = "Putting together"),
    FIELD(struct order_teardown, parts, .label = "Parts destroyed"),
    FIELD(struct order_teardown, days, .label = "Within days"),
    FIELD(struct order_teardown, restorable, .label = "Goes back as it was"),
};
/* clang-format on */
const struct shape order_teardown_shape =
    SHAPE_OF(struct order_teardown, "teardown", teardown_fields);

/* ------------------------------------------------------------------------ reading -- */

enum parts_back order_parts_back(const struct order *order)
{
    const struct order_authorization *answers = order->authorizations.at;

    for (size_t i = order->authorizations.count; i > 0; i--)
        if (answers[i - 1].parts_back != PARTS_NOT_ASKED)
            return answers[i - 1].parts_back;
    return PARTS_NOT_ASKED;
}

status order_teardowns(struct session *s, struct order_id id, struct rows *ret)
{
    return store_list(s->store, SQL_TEARDOWNS, NO_ROW, BINDS(BIND_ID("order", id)), s->arena,
                      &order_teardown_shape, ret);
}

static const char *teardown_text(struct session *s, const struct order_teardown *teardown)
{
    char texts[2][NUMBER_TEXT_MAX];
    const char *parts = teardown->parts.cents == 0
                            ? ""
                            : arena_printf(s->arena, ", %s for parts that taking apart destroys",
                                           money_show(teardown->parts, texts[1]));

    return arena_printf(
        s->arena,
        "This job takes something apart to find out what it needs. If the repair is declined then, "
        "putting it together again costs %s%s, and is done within %lld day%s.%s",
        money_show(teardown->reassembly, texts[0]), parts, (long long)teardown->days,
        teardown->days == 1 ? "" : "s",
        teardown->restorable ? "" : " It may not be possible to put it back as it was.");
}

const char *order_teardown_text(struct session *s, const struct order *order, struct job_id job)
{
    const struct order_teardown *teardowns = order->teardowns.at;

    for (size_t i = 0; i < order->teardowns.count; i++)
        if (teardowns[i].job.v == job.v)
            return teardown_text(s, &teardowns[i]);
    return "";
}

/* ---------------------------------------------------------------------- signature -- */

/* "412,80": both below 1000. */
static const char *skip_place(const char *at)
{
    char *end = NULL;

    if (!isdigit((unsigned char)*at) || strtoul(at, &end, 10) > 999 || *end != ',')
        return NULL;
    at = end + 1;
    if (!isdigit((unsigned char)*at) || strtoul(at, &end, 10) > 999)
        return NULL;
    return end;
}

static bool is_strokes(const char *text)
{
    for (const char *at = text; (at = skip_place(at)) != NULL; at++) {
        if (*at == '\0')
            return true;
        if (*at != ' ' && *at != ';')
            return false;
    }
    return false;
}

status signature_check(struct session *s, const struct order_authorize *in)
{
    if (text_is_empty(in->signature))
        return OK;
    if (in->method != METHOD_SIGNED)
        return fail_field(s, "method",
                          "A signature was drawn, so the answer is signed. Choose that, or take "
                          "the signature off.");
    return is_strokes(in->signature)
               ? OK
               : fail_field(s, "signature",
                            "This is no drawn signature. Let the customer sign "
                            "again.");
}

/* ------------------------------------------------------------------------- checks -- */

static bool has_line(const struct order_job *job, enum line_kind kind)
{
    const struct order_line *lines = job->lines.at;

    for (size_t i = 0; i < job->lines.count; i++)
        if (lines[i].kind == kind)
            return true;
    return false;
}

static bool agrees_to(const struct rows *jobs, const bool *agreed, enum line_kind kind)
{
    const struct order_job *job = jobs->at;

    for (size_t i = 0; i < jobs->count; i++)
        if (agreed[i] && has_line(&job[i], kind))
            return true;
    return false;
}

/* Once an order is enough. */
static status check_parts_back(struct session *s, const struct law *law,
                               const struct order_authorize *in)
{
    int64_t asked = 0;

    if (in->parts_back != PARTS_NOT_ASKED)
        return OK;
    TRY(store_int(s->store, SQL_ASKED, BINDS(BIND_ID("order", in->order)), &asked));
    if (asked > 0)
        return OK;
    return fail_field(s, "parts_back",
                      "Ask the customer whether the replaced parts are wanted back. %s",
                      law_text(s, law));
}

status authorization_check_law(struct session *s, const struct order_authorize *in,
                               const struct rows *jobs, const bool *agreed)
{
    struct shop shop;

    TRY(shop_get(s, &shop));
    const struct law *parts = law_find(shop.profile, LAW_REPLACED_PARTS);
    const struct law *epa = law_find(shop.profile, LAW_EPA_ID);
    if (epa != NULL && text_is_empty(shop.epa_id) && agrees_to(jobs, agreed, LINE_HAZMAT))
        return fail(s, ERR_CONFLICT,
                    "%s Write it in the settings, under EPA ID, or take the charge off.",
                    law_text(s, epa));
    return parts != NULL && agrees_to(jobs, agreed, LINE_PART) ? check_parts_back(s, parts, in)
                                                               : OK;
}

static bool waits_for_answer(const struct order *order)
{
    const struct order_job *job = order->jobs.at;

    for (size_t i = 0; i < order->jobs.count; i++)
        if (job[i].state == JOB_DRAFT || job[i].state == JOB_PRESENTED)
            return true;
    return false;
}

status order_warn_estimate(struct session *s, struct order *order)
{
    struct shop shop;
    struct money from;
    int64_t given = 0;

    if (!text_is_empty(order->warning) || order->total.cents == 0 || !waits_for_answer(order))
        return OK;
    TRY(shop_get(s, &shop));
    const struct law *law = law_find(shop.profile, LAW_ESTIMATE);
    if (law == NULL)
        return OK;
    TRY(money_parse(law->value, &from, &s->fault));
    if (order->total.cents < from.cents)
        return OK;
    TRY(store_int(s->store, SQL_ESTIMATES, BINDS(BIND_ID("order", order->id)), &given));
    if (given == 0)
        order->warning =
            arena_printf(s->arena, "No estimate printed or sent yet. %s", law_text(s, law));
    return OK;
}

status order_check_authorized(struct session *s, struct order_id id)
{
    struct order_head head;
    struct rows jobs, discounts;
    struct price price;
    struct money most, split;
    const char *why = "";
    char texts[2][NUMBER_TEXT_MAX];

    TRY(order_begin(s, id, 0, &head));
    TRY(order_jobs(s, id, &jobs));
    TRY(order_discounts(s, id, &discounts));
    TRY(order_price(s, &head, &jobs, &discounts, PRICE_OF_AGREED, &price));
    TRY(law_limit(s, head.authorized, &most, &why));
    TRY(order_split_cents(&price, &split));
    if (price.total.cents - split.cents <= most.cents)
        return OK;
    return fail(s, ERR_CONFLICT,
                "The agreed work comes to %s now, and the customer has authorized %s. Record the "
                "customer's answer to the new total first.%s%s",
                money_show(price.total, texts[0]), money_show(head.authorized, texts[1]),
                text_is_empty(why) ? "" : " ", why);
}

/* ----------------------------------------------------------------------- teardown -- */

/* The notice comes before the answer. */
static status begin(struct session *s, struct job_id id, int64_t revision,
                    struct order_head *ret_head)
{
    struct job_head job;

    TRY(job_begin(s, id, revision, &job, ret_head));
    if (job.state != JOB_AUTHORIZED && job.state != JOB_IN_PROGRESS && job.state != JOB_DONE)
        return OK;
    return fail(s, ERR_CONFLICT,
                "Job %lld is authorized already, and the notice of a teardown comes before that. "
                "Write a job of its own for what is taken apart.",
                (long long)job.position);
}

static status teardown_put(struct session *s, const void *input, void *output)
{
    const struct job_teardown *in = input;
    struct order_head head;

    TRY(begin(s, in->job, in->revision, &head));
    TRY(store_run(s->store, SQL_TEARDOWN_PUT, NO_ROW,
                  BINDS(BIND_ID("job", in->job), BIND_MONEY("reassembly", in->reassembly),
                        BIND_MONEY("parts", in->parts), BIND_INT("days", in->days),
                        BIND_INT("restorable", in->restorable))));
    return order_finish(s, &head, output);
}

static status teardown_cut(struct session *s, const void *input, void *output)
{
    const struct job_ref *in = input;
    struct order_head head;

    TRY(begin(s, in->job, in->revision, &head));
    TRY(store_run(s->store, SQL_TEARDOWN_CUT, NO_ROW, BINDS(BIND_ID("job", in->job))));
    return order_finish(s, &head, output);
}

/* clang-format off */
static const struct field put_fields[] = {
    JOB_FIELD(struct job_teardown),
    FIELD(struct job_teardown, reassembly, .label = "Putting together", .example = "120.00",
          .help = "What it costs if the customer declines the repair then"),
    FIELD(struct job_teardown, parts, .label = "Parts destroyed", .example = "15.00",
          .help = "Gaskets, seals and the like that taking apart destroys"),
    FIELD(struct job_teardown, days, .label = "Within days", .initial = "3", .low = 1, .high = 365,
          .help = "It is together again this many days after the customer declines", .flags = FIELD_REQUIRED),
    FIELD(struct job_teardown, restorable, .label = "Goes back as it was", .initial = "yes",
          .help = "No: taking apart may make that impossible, and the customer is told so"),
    REVISION_FIELD(struct job_teardown),
};
static const struct field cut_fields[] = {
    JOB_FIELD(struct job_ref),
    REVISION_FIELD(struct job_ref),
};
/* clang-format on */

const struct op job_teardown_op = {
    .name = "estimate.teardown",
    .says = "Tell the customer what putting together again costs, for a job that takes apart",
    .title = "Teardown notice",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_teardown, put_fields),
    .out = &order_shape,
    .run = teardown_put,
    .owns = job_is_own,
};

const struct op job_no_teardown_op = {
    .name = "estimate.no-teardown",
    .says = "Take the teardown notice off a job",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct job_ref, cut_fields),
    .out = &order_shape,
    .run = teardown_cut,
    .owns = job_is_own,
};
