/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The steps of a visit: what the counter and the technicians do, operation by operation. When they
 * do it is planned in demo_year.c. */

#include "demo_visit.h"

#include "base/text.h"
#include "domain/invoice.h"
#include "domain/order_input.h"
#include "domain/payment.h"
#include "domain/sublet.h"

/* Draws of a visit, by number. */
enum {
    DRAW_OIL = 100,
    DRAW_SECOND,
    DRAW_THIRD,
    DRAW_CODE,
    DRAW_BY_HAND = 120,
    DRAW_DISCOUNT,
    DRAW_METHOD,
    DRAW_WRITER,
    DRAW_CAUSE,
    DRAW_PAYS,
    DRAW_SPLIT,
    DRAW_AGAIN,
    DRAW_TAG,
    DRAW_DECISION = 140,
    DRAW_REASON = 160,
    DRAW_TECHNICIAN = 180
};

/* What shops sell beside oil, the common several times. */
/* clang-format off */
static const char *const menu[] = {
    "ROT", "ROT", "ROT", "BAL4", "TIRE4", "TIRE4", "TIRE2", "FLAT", "ALIGN", "ALIGN", "TPMS1", "BRKF", "BRKF",
    "BRKR", "BRKR", "PADF", "SHOES", "CALF", "BRKFL", "BRKFL", "BAT", "BAT", "BATAGM", "ALT", "START", "BELT",
    "BELTT", "TBELT", "COOL", "COOL", "WPUMP", "RAD", "AC", "AC", "ACCMP", "FILT", "FILT", "FILT", "WIPE", "WIPE",
    "PLUG4", "COIL1", "TRANS", "TRANS", "STRUT", "HUB", "DIAG", "DIAG", "SMOG", "SMOG", "TRUCK4", "OILDSL",
};
static const char *const declined_reasons[] = {
    "Not now", "Wants to think about it", "Has a second opinion in mind", "Selling the car soon", "Will do it at home",
};
static const char *const causes[] = {
    "Worn with miles.", "Leaked at the seal.", "Corroded contacts.", "Measured below the limit.", "Age and heat.",
};
/* clang-format on */

static const char SQL_VENDOR[] = "SELECT min(id) FROM vendor";

static enum demo_person writer_of(struct demo *d, const struct demo_visit *visit)
{
    return demo_chance(d, visit->subject, DRAW_WRITER, 60) ? DEMO_MANAGER : DEMO_WRITER;
}

static bool one_of(const char *text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_same(text, list[i]))
            return true;
    return false;
}

static const char *oil_of(struct demo *d, const struct demo_visit *visit)
{
    static const char *const european[] = {"BMW",  "Mercedes-Benz", "Volkswagen",
                                           "Audi", "Volvo",         "MINI"};
    static const char *const thin[] = {"Toyota", "Lexus", "Subaru", "Mazda"};
    const char *make = visit->vehicle->make;

    if (one_of(make, european, COUNT_OF(european)))
        return "OILEUR";
    if (one_of(make, thin, COUNT_OF(thin)))
        return "OIL020";
    return demo_chance(d, visit->subject, DRAW_OIL + 50, 50) ? "OIL" : "OILB";
}

static enum demo_person technician_of(struct demo *d, const struct demo_visit *visit, size_t job)
{
    static const enum demo_person three[] = {DEMO_TECHNICIAN, DEMO_SECOND, DEMO_THIRD};

    return three[demo_below(d, visit->subject, DRAW_TECHNICIAN + job, COUNT_OF(three))];
}

static status say(struct demo *d, const struct demo_visit *visit, enum channel channel,
                  enum direction direction, const char *summary)
{
    struct contact_entry entry;
    struct contact_row out;

    demo_init(d, &customer_contact_add_op, &entry);
    entry.customer = visit->customer->id;
    entry.channel = channel;
    entry.direction = direction;
    entry.summary = summary;
    entry.order = visit->order;
    return demo_call(d, writer_of(d, visit), &customer_contact_add_op, &entry, &out);
}

/* ---- writing up ---- */

/* Whose job it is; a manager may work on anybody's. */
static enum demo_person holder_of(const struct demo *d, struct user_id technician)
{
    for (unsigned i = 0; i < DEMO_PERSON_COUNT; i++)
        if (technician.v != 0 && d->chairs[i].user.v == technician.v)
            return (enum demo_person)i;
    return DEMO_MANAGER;
}

/* The job that came last is the one that was just added. */
static void remember_job(const struct demo *d, struct demo_visit *visit, const struct order *order)
{
    const struct order_job *jobs = order->jobs.at;

    if (visit->job_count == VISIT_JOBS_MAX || order->jobs.count == 0)
        return;
    jobs += order->jobs.count - 1;
    visit->jobs[visit->job_count].job = jobs->id;
    visit->jobs[visit->job_count++].technician = holder_of(d, jobs->technician);
}

/* Sublet work of the job that came last has somebody who does it; his number comes with the piece.
 */
static status send_out(struct demo *d, const struct demo_visit *visit, const struct order *order)
{
    const struct order_job *job = (const struct order_job *)order->jobs.at + order->jobs.count - 1;
    const struct order_line *line = job->lines.at;
    struct sublet_set in;
    struct order out;

    for (size_t i = 0; i < job->lines.count; i++) {
        if (line[i].kind != LINE_SUBLET || line[i].vendor.v != 0)
            continue;
        demo_init(d, &sublet_set_op, &in);
        in.sublet = line[i].id;
        in.due_on = day_add(visit->opened_on, 1);
        in.vendor_invoice =
            arena_printf(d->s->arena, "B-%lld", (long long)(2000 + visit->order.v % 997));
        TRY(store_int(d->s->store, SQL_VENDOR, NULL, &in.vendor.v));
        TRY(demo_call(d, writer_of(d, visit), &sublet_set_op, &in, &out));
    }
    return OK;
}

static status add_canned(struct demo *d, struct demo_visit *visit, const char *code)
{
    const enum demo_person technician = technician_of(d, visit, visit->job_count);
    struct job_add_canned in;
    struct order order;

    demo_init(d, &job_add_canned_op, &in);
    in.order = visit->order;
    in.code = code;
    in.technician = d->chairs[technician].user;
    TRY(demo_call(d, writer_of(d, visit), &job_add_canned_op, &in, &order));
    remember_job(d, visit, &order);
    return send_out(d, visit, &order);
}

static status add_work(struct demo *d, struct demo_visit *visit)
{
    const size_t first = demo_below(d, visit->subject, DRAW_CODE, COUNT_OF(menu));
    const bool oil = demo_chance(d, visit->subject, DRAW_OIL, 55);

    TRY(add_canned(d, visit, oil ? oil_of(d, visit) : menu[first]));
    if (demo_chance(d, visit->subject, DRAW_SECOND, 55))
        TRY(add_canned(d, visit, menu[(first + 7) % COUNT_OF(menu)]));
    if (demo_chance(d, visit->subject, DRAW_THIRD, 25))
        TRY(add_canned(d, visit, menu[(first + 23) % COUNT_OF(menu)]));
    return OK;
}

/* A concern that no canned job answers: written up by hand, with sublet work. */
static status add_by_hand(struct demo *d, struct demo_visit *visit)
{
    const enum demo_person technician = technician_of(d, visit, visit->job_count);
    const enum demo_person writer = writer_of(d, visit);
    struct job_add job;
    struct line_add_labor labor;
    struct line_add_other sublet;
    struct order order;

    if (!demo_chance(d, visit->subject, DRAW_BY_HAND, 8))
        return OK;
    demo_init(d, &job_add_op, &job);
    job.order = visit->order;
    job.title = "Clunk from the front over bumps";
    job.concern = "Clunks over speed bumps, more when cold.";
    job.technician = d->chairs[technician].user;
    TRY(demo_call(d, writer, &job_add_op, &job, &order));
    remember_job(d, visit, &order);
    demo_init(d, &line_add_labor_op, &labor);
    labor.job = visit->jobs[visit->job_count - 1].job;
    labor.hours = (struct qty){1500};
    labor.description = "Find and repair the noise";
    TRY(demo_call(d, writer, &line_add_labor_op, &labor, &order));
    demo_init(d, &line_add_other_op, &sublet);
    sublet.job = labor.job;
    sublet.kind = LINE_SUBLET;
    sublet.description = "Machine shop: press bushings";
    sublet.price = USD(95, 0);
    sublet.cost = USD(60, 0);
    sublet.quantity = (struct qty){1000};
    TRY(demo_call(d, writer, &line_add_other_op, &sublet, &order));
    return send_out(d, visit, &order);
}

/* What was declined last time is offered again. */
static status add_declined(struct demo *d, struct demo_visit *visit)
{
    struct job_add_declined in;
    struct order order;

    if (visit->vehicle->declined.v == 0 || !demo_chance(d, visit->subject, DRAW_AGAIN, 45))
        return OK;
    demo_init(d, &job_add_declined_op, &in);
    in.order = visit->order;
    in.job = visit->vehicle->declined;
    TRY(demo_call(d, writer_of(d, visit), &job_add_declined_op, &in, &order));
    visit->vehicle->declined.v = 0;
    remember_job(d, visit, &order);
    return send_out(d, visit, &order);
}

static status give_discount(struct demo *d, const struct demo_visit *visit)
{
    struct discount_set in;
    struct order order;

    if (!demo_chance(d, visit->subject, DRAW_DISCOUNT, 9))
        return OK;
    demo_init(d, &discount_set_op, &in);
    in.order = visit->order;
    in.percent = (struct rate){100000};
    in.applies_to =
        demo_chance(d, visit->subject, DRAW_DISCOUNT + 60, 50) ? DISCOUNT_LABOR : DISCOUNT_PARTS;
    in.reason = "Returning customer";
    return demo_call(d, writer_of(d, visit), &discount_set_op, &in, &order);
}

static status edit_order(struct demo *d, const struct demo_visit *visit, enum hold hold,
                         const char *po_number)
{
    const struct order_ref ref = {.order = visit->order};
    struct order order;
    struct order_edit in;

    TRY(demo_call(d, writer_of(d, visit), &order_show_op, &ref, &order));
    demo_init(d, &order_edit_op, &in);
    shape_transfer(&order_shape, &order, order_edit_op.in, &in);
    in.order = visit->order;
    in.hold = hold;
    if (po_number != NULL)
        in.po_number = po_number;
    return demo_call(d, writer_of(d, visit), &order_edit_op, &in, &order);
}

static struct instant promise_of(struct demo *d, const struct demo_visit *visit)
{
    static const int times[] = {11 * 60, 12 * 60, 15 * 60, 16 * 60, 17 * 60};
    const int time = times[demo_below(d, visit->subject, DRAW_TAG + 1, COUNT_OF(times))];
    const bool is_open = visit->ending < ENDING_POSTED;
    struct day day = is_open ? d->today : visit->opened_on;

    if (!is_open || demo_chance(d, visit->subject, DRAW_TAG + 2, 35))
        day = day_add(day, 1);
    if (!demo_is_workday(day))
        day = day_add(day, 1);
    return day_instant(day, time);
}

static status write_up(struct demo *d, struct demo_visit *visit)
{
    const struct demo_vehicle *vehicle = visit->vehicle;
    struct order_start in;
    struct order order;

    demo_init(d, &order_start_op, &in);
    in.vehicle = vehicle->id;
    in.odometer_mi =
        vehicle->base_mi + vehicle->daily_mi * day_distance(d->first_on, visit->opened_on);
    in.promised_at = promise_of(d, visit);
    in.key_tag = arena_printf(d->s->arena, "%zu", 1 + demo_below(d, visit->subject, DRAW_TAG, 60));
    TRY(demo_call(d, writer_of(d, visit), &order_start_op, &in, &order));
    visit->order = order.id;
    TRY(add_declined(d, visit));
    TRY(add_work(d, visit));
    TRY(add_by_hand(d, visit));
    TRY(give_discount(d, visit));
    if (visit->customer->on_terms)
        TRY(edit_order(d, visit, HOLD_NONE,
                       arena_printf(d->s->arena, "PO-%lld", (long long)(4000 + order.id.v % 900))));
    if (visit->ending == ENDING_DRAFT)
        return OK;
    const struct order_ref ref = {.order = visit->order};
    return demo_call(d, writer_of(d, visit), &order_present_op, &ref, &order);
}

/* ---- the answer ---- */

static enum decision decide(struct demo *d, const struct demo_visit *visit, size_t job)
{
    const size_t draw = demo_below(d, visit->subject, DRAW_DECISION + job, 100);

    if (visit->ending == ENDING_VOID)
        return DECISION_DECLINED;
    if (job == 0 || draw >= 34)
        return DECISION_AUTHORIZED;
    return draw < 22 ? DECISION_DECLINED : DECISION_DEFERRED;
}

static struct rows decisions_of(struct demo *d, struct demo_visit *visit)
{
    struct job_decision *rows = NEW_ARRAY(d->s->arena, struct job_decision, visit->job_count);

    for (size_t i = 0; i < visit->job_count; i++) {
        const size_t why =
            demo_below(d, visit->subject, DRAW_REASON + i, COUNT_OF(declined_reasons));
        rows[i] = (struct job_decision){
            .job = visit->jobs[i].job, .decision = decide(d, visit, i), .reason = ""};
        visit->jobs[i].agreed = rows[i].decision == DECISION_AUTHORIZED;
        if (visit->jobs[i].agreed)
            continue;
        rows[i].reason = declined_reasons[why];
        if (visit->ending != ENDING_VOID)
            visit->vehicle->declined = visit->jobs[i].job;
        if (rows[i].decision == DECISION_DEFERRED)
            rows[i].deferred_until_on = day_add(visit->opened_on, 90);
    }
    return (struct rows){rows, visit->job_count};
}

static enum authorization_method method_of(struct demo *d, const struct demo_visit *visit)
{
    const size_t draw = demo_below(d, visit->subject, DRAW_METHOD, 100);

    if (draw < 20 && visit->customer->takes_texts)
        return METHOD_TEXT;
    if (draw < 30 && visit->customer->has_email)
        return METHOD_EMAIL;
    return draw < 65 ? METHOD_PHONE : draw < 85 ? METHOD_IN_PERSON : METHOD_SIGNED;
}

static status log_answer(struct demo *d, const struct demo_visit *visit,
                         enum authorization_method method)
{
    if (method == METHOD_PHONE)
        return say(d, visit, CHANNEL_PHONE, DIRECTION_OUT,
                   "Called with the estimate and read the total back.");
    if (method == METHOD_TEXT)
        return say(d, visit, CHANNEL_TEXT, DIRECTION_IN, "Yes, go ahead please.");
    if (method == METHOD_EMAIL)
        return say(d, visit, CHANNEL_EMAIL, DIRECTION_IN, "Approved, thank you.");
    return OK;
}

static status void_order(struct demo *d, const struct demo_visit *visit)
{
    const struct order_void in = {.order = visit->order, .reason = "Customer took the vehicle"};
    struct order order;

    return demo_call(d, writer_of(d, visit), &order_void_op, &in, &order);
}

static status take_deposit(struct demo *d, const struct demo_visit *visit)
{
    struct payment_deposit in;
    struct payment_taken out;

    demo_init(d, &payment_deposit_op, &in);
    in.customer = visit->customer->id;
    in.method = PAY_CARD;
    in.amount = USD(100, 0);
    in.card_brand = "VISA";
    in.card_last4 = "4242";
    in.card_auth = "DEMO01";
    in.note = "Deposit for a special order";
    return demo_call(d, writer_of(d, visit), &payment_deposit_op, &in, &out);
}

static status answer(struct demo *d, struct demo_visit *visit)
{
    struct order_authorize in;
    struct order order;

    demo_init(d, &order_authorize_op, &in);
    in.order = visit->order;
    in.method = method_of(d, visit);
    in.jobs = decisions_of(d, visit);
    TRY(demo_call(d, writer_of(d, visit), &order_authorize_op, &in, &order));
    TRY(log_answer(d, visit, in.method));
    if (visit->ending == ENDING_HOLD_PARTS)
        TRY(take_deposit(d, visit));
    return visit->ending == ENDING_VOID ? void_order(d, visit) : OK;
}

/* ---- the work ---- */

static status work(struct demo *d, const struct demo_visit *visit, const struct op *op,
                   size_t at_most)
{
    for (size_t i = 0; i < visit->job_count && at_most > 0; i++) {
        const struct job_ref ref = {.job = visit->jobs[i].job};
        struct order order;
        if (!visit->jobs[i].agreed)
            continue;
        TRY(demo_call(d, visit->jobs[i].technician, op, &ref, &order));
        at_most--;
    }
    return OK;
}

static status start(struct demo *d, const struct demo_visit *visit)
{
    const bool one_only = visit->ending == ENDING_IN_PROGRESS;

    TRY(work(d, visit, &job_start_op, one_only ? 1 : VISIT_JOBS_MAX));
    if (visit->ending < ENDING_POSTED)
        TRY(demo_pull(d, visit->order)); /* still in the bay when the story ends */
    switch ((int)visit->ending) {
    case ENDING_HOLD_PARTS:
        return edit_order(d, visit, HOLD_PARTS, NULL);
    case ENDING_HOLD_CUSTOMER:
        return edit_order(d, visit, HOLD_CUSTOMER, NULL);
    case ENDING_HOLD_SUBLET:
        return edit_order(d, visit, HOLD_SUBLET, NULL);
    default:
        return OK;
    }
}

/* The technician writes what it was. */
static status write_cause(struct demo *d, const struct demo_visit *visit)
{
    const size_t which = demo_below(d, visit->subject, DRAW_CAUSE, COUNT_OF(causes) * 2);
    const struct job_ref ref = {.job = visit->jobs[0].job};
    const enum demo_person technician = visit->jobs[0].technician;
    struct order_job job;
    struct job_edit in;
    struct order order;

    if (which >= COUNT_OF(causes) || !visit->jobs[0].agreed)
        return OK;
    TRY(demo_call(d, technician, &job_show_op, &ref, &job));
    demo_init(d, &job_edit_op, &in);
    in.job = ref.job;
    in.concern = job.concern;
    in.correction = *job.correction != '\0' ? job.correction : "Repaired and tested.";
    in.safety = job.safety;
    in.cause = causes[which];
    return demo_call(d, technician, &job_edit_op, &in, &order);
}

static status finish(struct demo *d, const struct demo_visit *visit)
{
    const struct order_ref ref = {.order = visit->order};
    struct order order;

    TRY(write_cause(d, visit));
    TRY(work(d, visit, &job_done_op, VISIT_JOBS_MAX));
    if (visit->ending == ENDING_QUALITY_CHECK)
        return OK;
    TRY(demo_call(d, writer_of(d, visit), &order_check_op, &ref, &order));
    return demo_tidy_parts(d, writer_of(d, visit), &order);
}

/* ---- the money ---- */

static status post(struct demo *d, struct demo_visit *visit)
{
    const struct invoice_post in = {.order = visit->order};
    struct invoice invoice;

    TRY(demo_call(d, writer_of(d, visit), &invoice_post_op, &in, &invoice));
    visit->invoice = invoice.id;
    visit->total = invoice.total;
    if (visit->customer->takes_texts)
        return say(d, visit, CHANNEL_TEXT, DIRECTION_OUT, "Your vehicle is ready.");
    return say(d, visit, CHANNEL_PHONE, DIRECTION_OUT, "Left a message: the vehicle is ready.");
}

static void pay_by_card(struct demo *d, const struct demo_visit *visit, struct tender *tender)
{
    static const char *const brands[] = {"VISA", "MC", "AMEX", "DISC"};
    const size_t draw = demo_below(d, visit->subject, DRAW_PAYS + 60, 10000);

    tender->method = PAY_CARD;
    tender->card_brand = brands[draw % COUNT_OF(brands)];
    tender->card_last4 = arena_printf(d->s->arena, "%04zu", draw);
    tender->card_auth = arena_printf(d->s->arena, "%06zu", draw * 97 % 1000000);
}

static struct tender tender_of(struct demo *d, const struct demo_visit *visit, struct money amount)
{
    const size_t draw = demo_below(d, visit->subject, DRAW_PAYS, 100);
    struct tender tender = {.amount = amount,
                            .check_number = "",
                            .card_brand = "",
                            .card_last4 = "",
                            .card_auth = "",
                            .note = ""};

    if (visit->customer->on_terms || draw < 12) {
        tender.method = PAY_CHECK;
        tender.check_number = arena_printf(d->s->arena, "%zu", 1000 + draw * 31);
    } else if (draw < 32) {
        tender.method = PAY_CASH; /* in twenties */
        tender.amount.cents = (amount.cents + 1999) / 2000 * 2000;
    } else if (draw < 36) {
        tender.method = PAY_ACH;
    } else if (draw < 39) {
        tender.method = PAY_OTHER;
        tender.note = "Financing program";
    } else {
        pay_by_card(d, visit, &tender);
    }
    return tender;
}

static status pay(struct demo *d, const struct demo_visit *visit)
{
    struct tender *tenders = NEW_ARRAY(d->s->arena, struct tender, 2);
    struct payment_take in;
    struct payment_taken out;
    struct money rest = visit->total;

    demo_init(d, &payment_take_op, &in);
    in.invoice = visit->invoice;
    in.tenders.at = tenders;
    if (visit->ending == ENDING_PART_PAID)
        rest.cents /= 2;
    if (demo_chance(d, visit->subject, DRAW_SPLIT, 6) && rest.cents > 10000) {
        tenders[in.tenders.count] = tender_of(d, visit, USD(40, 0));
        tenders[in.tenders.count++].method = PAY_CASH;
        tenders[0].check_number = tenders[0].card_brand = tenders[0].card_last4 = "";
        tenders[0].card_auth = "";
        rest.cents -= tenders[0].amount.cents;
    }
    tenders[in.tenders.count++] = tender_of(d, visit, rest);
    return demo_call(d, visit->customer->on_terms ? DEMO_ACCOUNTANT : writer_of(d, visit),
                     &payment_take_op, &in, &out);
}

status demo_visit_step(struct demo *d, struct demo_visit *visit, enum demo_step step)
{
    switch (step) {
    case STEP_WRITE_UP:
        return write_up(d, visit);
    case STEP_ANSWER:
        return answer(d, visit);
    case STEP_START:
        return start(d, visit);
    case STEP_FINISH:
        return finish(d, visit);
    case STEP_POST:
        return post(d, visit);
    case STEP_PAY:
        return pay(d, visit);
    case STEP_COUNT:
    default:
        return OK;
    }
}
