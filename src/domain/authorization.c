/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What the customer agreed to, job by job, written down once and for good: who said so, how, when,
 * to whom, the revised total, and a digest of the estimate with a code made from it to read back.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/secret.h"
#include "domain/terms.h"
#include "order_inner.h"

/* clang-format off */
static const char SQL_CUSTOMER[] =
    "SELECT CASE WHEN trim(c.first_name || c.last_name) <> ''\n"
    "    THEN trim(c.first_name || ' ' || c.last_name) ELSE c.company END AS customer_name,\n"
    "  (SELECT number FROM phone WHERE customer = c.id ORDER BY position LIMIT 1) AS customer_phone,\n"
    "  c.email AS customer_email\n"
    "FROM customer AS c\n"
    "WHERE c.id = :customer";
static const char SQL_DESIGNATED[] =
    "SELECT authorized_person AS person, authorized_phone AS contacted\n"
    "FROM customer\n"
    "WHERE id = :customer";
static const char SQL_DECIDE[] =
    "UPDATE job\n"
    "SET state = :state, authorized = :authorized, reason = :reason, decided_on = :decided_on,\n"
    "  deferred_until_on = :deferred_until_on, deferred_until_mi = :deferred_until_mi,\n"
    "  needs_authorization = 0,\n"
    "  resolved = CASE WHEN resolved = 'added' THEN 'added' ELSE 'open' END\n"
    "WHERE id = :job";
static const char SQL_INSERT[] =
    "INSERT INTO authorization (repair_order, at, method, person, contacted, staff, added, total,\n"
    "  digest, code, note, answered_by, parts_back, terms, consent, signature)\n"
    "VALUES (:order, :at, :method, :person, :contacted, :staff, :added, :total, :digest, :code,\n"
    "  :note, :answered_by, :parts_back, nullif(:terms, 0), nullif(:consent, 0),\n"
    "  :signature)";
static const char SQL_INSERT_JOB[] =
    "INSERT INTO authorization_job (authorization, job, decision, amount, before, digest)\n"
    "VALUES (:authorization, :job, :decision, :amount, :before, :digest)";
static const char SQL_AUTHORIZED[] =
    "UPDATE repair_order\n"
    "SET authorized = :authorized\n"
    "WHERE id = :order";
/* clang-format on */

/* An answer under way. */
struct answer {
    const struct order_authorize *in;
    struct order_head head;
    struct rows jobs, discounts, teardowns;
    const struct job_decision **decided; /* for each job; NULL: not in this answer */
    const char *person, *contacted;
    struct price price; /* of the agreed jobs, once decided */
};

static struct order_job *job_at(const struct answer *answer, size_t index)
{
    return (struct order_job *)answer->jobs.at + index;
}

/* ------------------------------------------------------------------- who decides -- */

static bool is_waiting(const struct order_job *job)
{
    return job->state == JOB_DRAFT || job->state == JOB_PRESENTED || job->needs_authorization;
}

/* Without jobs by name, the answer is for all that wait for one. */
static status decide_waiting(struct session *s, struct answer *answer)
{
    struct job_decision *all = NEW(s->arena, struct job_decision);
    size_t count = 0;

    *all = (struct job_decision){.decision = answer->in->decision, .reason = answer->in->reason};
    for (size_t i = 0; i < answer->jobs.count; i++)
        if (is_waiting(job_at(answer, i))) {
            answer->decided[i] = all;
            count++;
        }
    if (count == 0)
        return fail(s, ERR_CONFLICT,
                    "No job waits for the customer's answer. Add one, or choose whose answer has "
                    "changed.");
    return OK;
}

static status decide_named(struct session *s, struct answer *answer)
{
    const struct job_decision *rows = answer->in->jobs.at;

    for (size_t r = 0; r < answer->in->jobs.count; r++) {
        char field[FAULT_FIELD_MAX];
        size_t i = 0;
        snprintf(field, sizeof field, "jobs.%zu.job", r + 1);
        while (i < answer->jobs.count && job_at(answer, i)->id.v != rows[r].job.v)
            i++;
        if (i == answer->jobs.count)
            return fail_field(s, field, "This job is not on order %lld.",
                              (long long)answer->head.id.v);
        if (answer->decided[i] != NULL)
            return fail_field(s, field, "Job %lld is answered twice: keep one answer.",
                              (long long)job_at(answer, i)->position);
        answer->decided[i] = &rows[r];
    }
    return OK;
}

/* ------------------------------------------------------------------------ checks -- */

/* A part line that has neither a catalog part nor a price is a choice still to be made. */
static status check_parts_chosen(struct session *s, const struct order_job *job)
{
    const struct order_line *lines = job->lines.at;

    for (size_t i = 0; i < job->lines.count; i++)
        if (lines[i].kind == LINE_PART && lines[i].part.v == 0 && lines[i].price.cents == 0)
            return fail(s, ERR_CONFLICT,
                        "Job %lld has a part that is still to be chosen: %s. Choose it first.",
                        (long long)job->position, lines[i].description);
    return OK;
}

/* Nobody declines what lies beside the car already, or what a vendor has done and billed. */
static status check_nothing_begun(struct session *s, const struct order_job *job,
                                  enum decision decision)
{
    const struct order_line *lines = job->lines.at;

    for (size_t i = 0; i < job->lines.count; i++) {
        if (lines[i].pulled.thousandths != 0)
            return fail(s, ERR_CONFLICT,
                        "Parts are pulled for job %lld (%s). Put them back before it is %s.",
                        (long long)job->position, lines[i].sku,
                        choice_label(&decision_choices, decision));
        if (lines[i].bill.v != 0)
            return fail(s, ERR_CONFLICT,
                        "%s has billed work of job %lld (%s). Take bill %lld back before it is %s.",
                        lines[i].vendor_name, (long long)job->position, lines[i].description,
                        (long long)lines[i].bill.v, choice_label(&decision_choices, decision));
    }
    return OK;
}

static status check_decision(struct session *s, const struct order_job *job,
                             const struct job_decision *decision, const struct rows *discounts)
{
    if (decision == NULL && job->needs_authorization)
        return fail(s, ERR_CONFLICT,
                    "Job %lld has changed since it was authorized. Include it in the customer's "
                    "answer.",
                    (long long)job->position);
    if (decision == NULL)
        return OK;
    if (job->invoice.v != 0)
        return fail(s, ERR_CONFLICT, "Job %lld is on invoice %lld: nothing is left to ask.",
                    (long long)job->position, (long long)job->invoice.v);
    if (decision->decision == DECISION_AUTHORIZED && job->carried)
        return fail(s, ERR_CONFLICT,
                    "Job %lld (%s) was taken up on a later order. Record the customer's answer "
                    "there.",
                    (long long)job->position, job->title);
    if (decision->decision == DECISION_AUTHORIZED) {
        TRY(check_parts_chosen(s, job));
        return margin_check_yes(s, job, discounts);
    }
    if (job->state == JOB_IN_PROGRESS || job->state == JOB_DONE)
        return fail(s, ERR_CONFLICT,
                    "Work on job %lld has begun, so it cannot be %s. Change it back to what was "
                    "authorized.",
                    (long long)job->position, choice_label(&decision_choices, decision->decision));
    return check_nothing_begun(s, job, decision->decision);
}

/* It comes up again on that day: a day that is past is a slip of the hand. */
static status check_until(struct session *s, const struct order_job *job,
                          const struct job_decision *decision)
{
    char day[DAY_TEXT_MAX];

    if (decision == NULL || decision->deferred_until_on.iso[0] == '\0' ||
        day_compare(decision->deferred_until_on, session_today(s)) >= 0)
        return OK;
    return fail_field(s, "jobs",
                      "Job %lld cannot be deferred until %s, which is past. Give a later day, or "
                      "none.",
                      (long long)job->position, day_show(decision->deferred_until_on, day));
}

static status check_decisions(struct session *s, const struct answer *answer)
{
    for (size_t i = 0; i < answer->jobs.count; i++)
        TRY(check_until(s, job_at(answer, i), answer->decided[i]));
    for (size_t i = 0; i < answer->jobs.count; i++)
        TRY(check_decision(s, job_at(answer, i), answer->decided[i], &answer->discounts));
    return OK;
}

/* A yes to nothing is none. Work that is free is a line at 0.00. */
static status check_something_written(struct session *s, const struct answer *answer)
{
    bool is_yes = false;

    for (size_t i = 0; i < answer->jobs.count; i++) {
        if (job_at(answer, i)->lines.count > 0)
            return OK;
        is_yes = is_yes || (answer->decided[i] != NULL &&
                            answer->decided[i]->decision == DECISION_AUTHORIZED);
    }
    if (!is_yes)
        return OK;
    return fail(s, ERR_CONFLICT,
                "Nothing is written on order %lld yet that the customer could agree to. Add labor, "
                "parts or a canned job first; work that is free is a line at 0.00.",
                (long long)answer->head.id.v);
}

static status check_law(struct session *s, const struct answer *answer)
{
    bool *agreed = NEW_ARRAY(s->arena, bool, answer->jobs.count);

    for (size_t i = 0; i < answer->jobs.count; i++)
        agreed[i] =
            answer->decided[i] != NULL && answer->decided[i]->decision == DECISION_AUTHORIZED;
    return authorization_check_law(s, answer->in, &answer->jobs, agreed);
}

/* As typed when it is no phone number: what was reached is on record either way. */
static const char *contacted_of(struct session *s, const struct order_authorize *in)
{
    const bool by_phone = in->method == METHOD_PHONE || in->method == METHOD_TEXT;
    const char *number = by_phone ? text_phone(s->arena, in->contacted) : NULL;

    return number != NULL ? number : in->contacted;
}

/* Somebody else than the customer answers only when the customer has named that person. */
static status fill_in_designated(struct session *s, struct answer *answer)
{
    const struct order_authorize *in = answer->in;
    struct order_authorization named;

    TRY(store_get(s->store, SQL_DESIGNATED, NO_ROW,
                  BINDS(BIND_ID("customer", answer->head.customer)), s->arena,
                  &order_authorization_shape, &named));
    if (text_is_empty(named.person))
        return fail_field(s, "answered_by",
                          "The customer has named nobody else who may authorize work. Write the "
                          "name on the customer's record first, under May authorize.");
    if (!text_is_empty(in->person) && !text_same(in->person, named.person))
        return fail_field(s, "person",
                          "The customer has named %s, not %s, to authorize work. Ask that person, "
                          "or the customer.",
                          named.person, in->person);
    answer->person = named.person;
    if (text_is_empty(in->contacted) && (in->method == METHOD_PHONE || in->method == METHOD_TEXT))
        answer->contacted = named.contacted;
    return OK;
}

/* Oral answers record the number or address that was reached (16 CCR 3353): the customer's own when
 * no other is given. */
static status fill_in_person(struct session *s, struct answer *answer)
{
    const struct order_authorize *in = answer->in;
    const bool by_phone = in->method == METHOD_PHONE || in->method == METHOD_TEXT;
    const bool by_mail = in->method == METHOD_EMAIL;
    struct order customer;

    TRY(store_get(s->store, SQL_CUSTOMER, NO_ROW, BINDS(BIND_ID("customer", answer->head.customer)),
                  s->arena, &order_shape, &customer));
    answer->person = text_is_empty(in->person) ? customer.customer_name : in->person;
    answer->contacted = contacted_of(s, in);
    if (in->answered_by == ANSWERED_BY_DESIGNATED)
        TRY(fill_in_designated(s, answer));
    else if (text_is_empty(in->contacted) && by_phone)
        answer->contacted = customer.customer_phone;
    else if (text_is_empty(in->contacted) && by_mail)
        answer->contacted = customer.customer_email;
    if ((by_phone || by_mail) && text_is_empty(answer->contacted))
        return fail_field(s, "contacted", "Write the number or address that was reached.");
    return OK;
}

/* ------------------------------------------------------------------ digest, code -- */

static void describe_job(struct buf *text, const struct order_job *job, const char *decision)
{
    const struct order_line *lines = job->lines.at;

    buf_printf(text, "%lld %s %s\n", (long long)job->position, decision, job->title);
    for (size_t i = 0; i < job->lines.count; i++)
        buf_printf(text, "%s|%s|%s|%lld|%lld|%lld\n",
                   choice_word(&line_kind_choices, lines[i].kind), lines[i].description,
                   lines[i].sku, (long long)lines[i].quantity.thousandths,
                   (long long)lines[i].price.cents, (long long)lines[i].net.cents);
}

static void digest_estimate(const struct answer *answer, char ret_digest[SECRET_DIGEST_MAX])
{
    AUTO_BUF text = BUF_MIB(16);

    buf_printf(&text, "%lld %lld\n", (long long)answer->head.id.v,
               (long long)answer->price.total.cents);
    for (size_t i = 0; i < answer->jobs.count; i++) {
        const struct job_decision *decision = answer->decided[i];
        const char *word =
            decision != NULL ? choice_word(&decision_choices, decision->decision) : "-";
        describe_job(&text, job_at(answer, i), word);
    }
    const struct order_teardown *teardowns = answer->teardowns.at;
    for (size_t i = 0; i < answer->teardowns.count; i++)
        buf_printf(&text, "teardown %lld %lld %lld %lld %d\n", (long long)teardowns[i].job.v,
                   (long long)teardowns[i].reassembly.cents, (long long)teardowns[i].parts.cents,
                   (long long)teardowns[i].days, teardowns[i].restorable);
    secret_digest(buf_str(&text), ret_digest);
}

/* "4KX-92": the digest's first 25 bits, in letters and digits nobody mistakes on the phone. */
static const char *read_back_code(struct session *s, const char *digest)
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    char head[9] = "";
    char code[7] = "___-__";

    memcpy(head, digest, 8);
    const unsigned long bits = strtoul(head, NULL, 16) >> 7;
    for (size_t i = 0; i < 5; i++)
        code[i < 3 ? i : i + 1] = letters[bits >> (20 - 5 * i) & 31];
    return arena_text(s->arena, code);
}

/* ------------------------------------------------------------------------ record -- */

/* Work that has begun stays what it is: only the price is agreed to anew. */
static enum job_state decided_state(const struct order_job *job, enum decision decision)
{
    if (decision == DECISION_DECLINED)
        return JOB_DECLINED;
    if (decision == DECISION_DEFERRED)
        return JOB_DEFERRED;
    return job->state == JOB_IN_PROGRESS || job->state == JOB_DONE ? job->state : JOB_AUTHORIZED;
}

static status price_agreed(struct session *s, struct answer *answer)
{
    for (size_t i = 0; i < answer->jobs.count; i++)
        if (answer->decided[i] != NULL)
            job_at(answer, i)->state =
                decided_state(job_at(answer, i), answer->decided[i]->decision);
    return order_price(s, &answer->head, &answer->jobs, &answer->discounts, PRICE_OF_AGREED,
                       &answer->price);
}

static status write_job(struct session *s, const struct order_job *job,
                        const struct job_decision *decision, struct money agreed)
{
    const bool is_yes = decision->decision == DECISION_AUTHORIZED;

    return store_run(s->store, SQL_DECIDE, NO_ROW,
                     BINDS(BIND_ID("job", job->id),
                           BIND_TEXT("state", choice_word(&job_state_choices, job->state)),
                           BIND_MONEY("authorized", agreed),
                           BIND_TEXT("reason", is_yes ? "" : decision->reason),
                           is_yes ? (struct bind)BIND_NULL("decided_on")
                                  : BIND_DAY("decided_on", session_today(s)),
                           BIND_DAY("deferred_until_on", decision->deferred_until_on),
                           store_bind_id("deferred_until_mi", decision->deferred_until_mi)));
}

static status write_decision(struct session *s, int64_t authorization, const struct order_job *job,
                             const struct job_decision *decision, const struct price_job *price)
{
    const struct money amount = price != NULL ? price->net : job->amount;

    TRY(write_job(s, job, decision, price != NULL ? price->net : MONEY_ZERO));
    return store_run(
        s->store, SQL_INSERT_JOB, NO_ROW,
        BINDS(BIND_INT("authorization", authorization), BIND_ID("job", job->id),
              BIND_TEXT("decision", choice_word(&decision_choices, decision->decision)),
              BIND_MONEY("amount", amount),
              BIND_MONEY("before", price != NULL ? price->before : job->amount),
              BIND_TEXT("digest", job_digest(s, job))));
}

static status write_decisions(struct session *s, const struct answer *answer, int64_t authorization)
{
    size_t agreed = 0; /* the priced jobs are the agreed ones, in the same order */

    for (size_t i = 0; i < answer->jobs.count; i++) {
        const struct order_job *job = job_at(answer, i);
        const struct price_job *price = job_is_agreed(job) ? &answer->price.jobs[agreed++] : NULL;
        if (answer->decided[i] != NULL)
            TRY(write_decision(s, authorization, job, answer->decided[i], price));
    }
    return OK;
}

static struct money added_by(const struct answer *answer)
{
    return (struct money){answer->price.total.cents - answer->head.authorized.cents};
}

static status write_answer(struct session *s, const struct answer *answer)
{
    const struct order_authorize *in = answer->in;
    const struct money total = answer->price.total;
    struct terms_id terms, consent;
    char digest[SECRET_DIGEST_MAX];

    TRY(terms_current(s, TERMS_ESTIMATE, &terms));
    TRY(terms_current(s, TERMS_CONSENT, &consent));
    digest_estimate(answer, digest);
    TRY(store_run(
        s->store, SQL_INSERT, NO_ROW,
        BINDS(BIND_ID("order", in->order), BIND_INSTANT("at", session_now(s)),
              BIND_TEXT("method", choice_word(&authorization_method_choices, in->method)),
              BIND_TEXT("person", answer->person), BIND_TEXT("contacted", answer->contacted),
              BIND_ID("staff", s->user), BIND_MONEY("added", added_by(answer)),
              BIND_MONEY("total", total), BIND_TEXT("digest", digest),
              BIND_TEXT("code", read_back_code(s, digest)), BIND_TEXT("note", in->note),
              BIND_TEXT("answered_by", choice_word(&answered_by_choices, in->answered_by)),
              BIND_TEXT("parts_back", choice_word(&parts_back_choices, in->parts_back)),
              BIND_INT("terms", terms.v), BIND_INT("consent", consent.v),
              BIND_TEXT("signature", in->signature))));
    TRY(write_decisions(s, answer, store_last_id(s->store)));
    return store_run(s->store, SQL_AUTHORIZED, NO_ROW,
                     BINDS(BIND_ID("order", in->order), BIND_MONEY("authorized", total)));
}

static status begin_answer(struct session *s, const struct order_authorize *in,
                           struct answer *answer)
{
    *answer = (struct answer){.in = in};
    TRY(order_begin(s, in->order, in->revision, &answer->head));
    TRY(order_jobs(s, in->order, &answer->jobs));
    TRY(order_discounts(s, in->order, &answer->discounts));
    TRY(order_teardowns(s, in->order, &answer->teardowns));
    answer->decided = NEW_ARRAY(s->arena, const struct job_decision *, answer->jobs.count);
    return in->jobs.count > 0 ? decide_named(s, answer) : decide_waiting(s, answer);
}

/* Nothing is checked but what the sum needs: some answers are still to come. */
static status order_preview(struct session *s, const void *input, void *output)
{
    const struct order_preview *in = input;
    const struct order_authorize as_answer = {
        .order = in->order, .reason = "", .jobs = in->jobs, .revision = in->revision};
    struct order_previewed *ret = output;
    struct answer answer;

    TRY(begin_answer(s, &as_answer, &answer));
    TRY(price_agreed(s, &answer));
    ret->authorized = answer.head.authorized;
    ret->added = added_by(&answer);
    ret->total = answer.price.total;
    return OK;
}

static status order_authorize(struct session *s, const void *input, void *output)
{
    struct answer answer;

    TRY(begin_answer(s, input, &answer));
    TRY(check_something_written(s, &answer));
    TRY(check_decisions(s, &answer));
    TRY(signature_check(s, input));
    TRY(check_law(s, &answer));
    TRY(fill_in_person(s, &answer));
    TRY(price_agreed(s, &answer));
    if (added_by(&answer).cents > 0) /* who is on hold may still decline */
        TRY(order_may_be_owed(s, answer.head.id, answer.head.customer, answer.price.total, true));
    TRY(write_answer(s, &answer));
    return order_finish(s, &answer.head, output);
}

/* clang-format off */
static const struct field decision_fields[] = {
    FIELD(struct job_decision, job, .flags = FIELD_REQUIRED),
    FIELD(struct job_decision, decision, .choices = &decision_choices, .flags = FIELD_REQUIRED),
    FIELD(struct job_decision, reason),
    FIELD(struct job_decision, deferred_until_on, .label = "Deferred until"),
    FIELD(struct job_decision, deferred_until_mi, .label = "or miles", .high = 9999999),
};
static const struct shape decision_shape = SHAPE_OF(struct job_decision, "decision", decision_fields);
static const struct field authorize_fields[] = {
    ORDER_FIELD(struct order_authorize),
    FIELD(struct order_authorize, method, .choices = &authorization_method_choices, .initial = "in person",
          .help = "How the customer answered"),
    FIELD(struct order_authorize, person, .help = "Who answered; empty: the customer"),
    FIELD(struct order_authorize, contacted, .help = "Number or address reached; empty: the customer's",
          .flags = FIELD_NUMBERS_OK),
    FIELD(struct order_authorize, decision, .choices = &decision_choices, .initial = "authorized",
          .help = "For all jobs that wait for an answer"),
    FIELD(struct order_authorize, reason, .help = "Why they are declined or deferred"),
    FIELD(struct order_authorize, note),
    FIELD(struct order_authorize, answered_by, .choices = &answered_by_choices,
          .help = "The customer, or the person whom the customer has named"),
    FIELD(struct order_authorize, parts_back, .label = "Replaced parts", .choices = &parts_back_choices,
          .help = "Are they wanted back? Some states have it asked before the work"),
    FIELD(struct order_authorize, signature, .max = 8000, .flags = FIELD_HIDDEN | FIELD_NUMBERS_OK,
          .help = "Drawn with the mouse: strokes of places x,y in thousandths"),
    FIELD(struct order_authorize, jobs, .help = "Answers job by job, instead of one for all",
          .rows = &decision_shape),
    REVISION_FIELD(struct order_authorize),
};
static const struct field preview_fields[] = {
    ORDER_FIELD(struct order_preview),
    FIELD(struct order_preview, jobs, .help = "Answers job by job; none: all that wait are authorized",
          .rows = &decision_shape),
    REVISION_FIELD(struct order_preview),
};
static const struct field previewed_fields[] = {
    FIELD(struct order_previewed, authorized, .label = "Authorized so far"),
    FIELD(struct order_previewed, added, .flags = FIELD_SIGNED),
    FIELD(struct order_previewed, total, .label = "New total"),
};
/* clang-format on */

const struct op order_preview_op = {
    .name = "estimate.preview",
    .says = "See what an order would come to with the customer's answer",
    .right = RIGHT_ESTIMATES_AUTHORIZE,
    .kind = OP_READS,
    .flags = OP_UNLISTED,
    .in = SHAPE(struct order_preview, preview_fields),
    .out = SHAPE(struct order_previewed, previewed_fields),
    .run = order_preview,
    .owns = order_is_own,
};

const struct op order_authorize_op = {
    .name = "estimate.authorize",
    .says = "Record what the customer authorized, declined or deferred",
    .title = "Record the customer's answer",
    .right = RIGHT_ESTIMATES_AUTHORIZE,
    .kind = OP_WRITES,
    .in = SHAPE(struct order_authorize, authorize_fields),
    .out = &order_shape,
    .run = order_authorize,
    .owns = order_is_own,
};
