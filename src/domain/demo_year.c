/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The year behind the demo shop: who comes when and how far each visit gets. It is planned whole,
 * sorted by time, and then lived through, so that numbers, ledger and stock run as they would have.
 * The last hour told is yesterday's closing: whatever the time of day, nothing lies ahead. */

#include "demo_visit.h"

#include <stdlib.h>

#include "base/text.h"

#define CLOSING        (17 * 60 + 30)
#define TILL_OPENS     (7 * 60 + 10)
#define TILL_CLOSES    (17 * 60 + 45) /* on every day but the last, whose evening is still told */
#define VISITS_MAX     4              /* of a vehicle */
#define RESTOCK_DAYS   10
#define LIVE_VISITS    26 /* still in the shop, or just invoiced, on the last day */
#define LIVE_DAYS      4
#define FLEET_VISITS   4 /* of one fleet, not paid yet */
#define OWNER_CHANGES  3
#define FIRST_TO_SELL  40
#define AWAY_CUSTOMERS 2

enum event_kind { EVENT_ARRIVES, EVENT_VISIT, EVENT_RESTOCK, EVENT_OPENS, EVENT_CLOSES };
struct event {
    int64_t at;
    int64_t number; /* order among events of the same second */
    enum event_kind kind;
    int64_t customer;
    struct demo_visit *visit;
    enum demo_step step;
};

struct story {
    struct demo *d;
    int64_t customer_count, vehicle_count;
    struct demo_customer *customers;
    struct demo_vehicle *vehicles;
    int64_t *arrives_at; /* by customer */
    struct demo_visit *visits;
    size_t visit_count;
    struct event *events;
    size_t event_count;
    struct day last_on; /* the last day worked */
    int64_t ends_at;
};

static const char SQL_LINK_USER[] =
    "UPDATE user SET customer = :customer, revision = revision + 1 WHERE login = :login";

/* ---- the plan ---- */

static struct day workday(struct day day)
{
    return demo_is_workday(day) ? day : day_add(day, 1);
}

static int64_t moment(struct day day, int minutes)
{
    return day_instant(workday(day), minutes).seconds;
}

/* When each step of a visit happens; what the story does not reach stays 0. */
static void plan_times(struct story *story, struct demo_visit *visit, int opened_minutes)
{
    struct demo *d = story->d;
    const uint64_t of = visit->subject;
    const bool early = opened_minutes < 11 * 60;
    const struct day work_on = early ? visit->opened_on : workday(day_add(visit->opened_on, 1));
    const int started = early ? 12 * 60 + 20 : 8 * 60 + 20;
    const int worked = 60 + (int)demo_below(d, of, 3, 200);
    const int paid = visit->customer->on_terms ? 20 + (int)demo_below(d, of, 4, 16) : 0;

    visit->at[STEP_WRITE_UP] = moment(visit->opened_on, opened_minutes);
    visit->at[STEP_ANSWER] =
        visit->at[STEP_WRITE_UP] + 60 * (15 + (int64_t)demo_below(d, of, 5, 50));
    visit->at[STEP_START] = moment(work_on, started);
    visit->at[STEP_FINISH] = moment(work_on, started + worked);
    visit->at[STEP_POST] = moment(work_on, started + worked + 20);
    visit->at[STEP_PAY] = moment(day_add(work_on, paid), paid == 0 ? started + worked + 45 : 600);
    for (size_t i = 0; i < STEP_COUNT; i++)
        if (visit->at[i] > story->ends_at)
            visit->at[i] = 0;
}

/* Which steps an ending still has. */
static bool has_step(enum demo_ending ending, enum demo_step step)
{
    switch (step) {
    case STEP_WRITE_UP:
        return true;
    case STEP_ANSWER:
        return ending >= ENDING_APPROVED;
    case STEP_START:
        return ending >= ENDING_IN_PROGRESS && ending != ENDING_VOID;
    case STEP_FINISH:
        return ending >= ENDING_QUALITY_CHECK && ending != ENDING_VOID;
    case STEP_POST:
        return ending >= ENDING_POSTED && ending != ENDING_VOID;
    case STEP_PAY:
        return ending == ENDING_PAID || ending == ENDING_PART_PAID;
    case STEP_COUNT:
    default:
        return false;
    }
}

static enum demo_ending ending_of(struct demo *d, const struct demo_visit *visit)
{
    const size_t draw = demo_below(d, visit->subject, 6, 1000);

    if (draw < 30)
        return ENDING_VOID;
    if (draw < 38 && !visit->customer->on_terms)
        return ENDING_PART_PAID;
    return draw < 46 && !visit->customer->on_terms ? ENDING_POSTED : ENDING_PAID;
}

static struct demo_visit *new_visit(struct story *story, int64_t vehicle, int64_t number)
{
    struct demo_visit *visit = &story->visits[story->visit_count++];

    visit->subject = DEMO_SUBJECT(DEMO_OF_VISIT, vehicle * VISITS_MAX * 2 + number);
    visit->vehicle = &story->vehicles[vehicle];
    visit->customer = &story->customers[visit->vehicle->owner];
    return visit;
}

/* Each third of the year has one visit of a vehicle at most, so that two never overlap. */
static void plan_past_visit(struct story *story, int64_t vehicle, int64_t number)
{
    struct demo *d = story->d;
    struct demo_visit *visit = new_visit(story, vehicle, number);
    const int third = (day_distance(d->first_on, story->last_on) - LIVE_DAYS - 4) / 3;
    const int day = (int)demo_below(d, visit->subject, 1, (size_t)(third - 6));
    const int minutes = 7 * 60 + 40 + (int)demo_below(d, visit->subject, 2, 420);

    visit->ending = ending_of(d, visit);
    visit->opened_on = workday(day_add(d->first_on, 2 + day + third * (int)number));
    plan_times(story, visit, minutes);
}

static struct day workday_before(struct day day, int days)
{
    while (days > 0 || !demo_is_workday(day)) {
        day = day_add(day, -1);
        days -= demo_is_workday(day);
    }
    return day;
}

/* What stands in the shop when the story ends: every state twice, from different days. What is done
 * already came in the day before. */
static void plan_live_visit(struct story *story, int64_t number)
{
    struct demo_visit *visit = new_visit(story, number, VISITS_MAX);
    const bool worked_on = number % ENDING_COUNT >= ENDING_IN_PROGRESS;
    const int days_ago = (worked_on ? 1 : 0) + (int)(number / ENDING_COUNT);
    const int minutes = (worked_on ? 8 * 60 : 14 * 60) + (int)(number % ENDING_COUNT) * 10;

    visit->ending = (enum demo_ending)(number % ENDING_COUNT);
    visit->opened_on = workday_before(story->last_on, days_ago);
    plan_times(story, visit, minutes);
}

/* A fleet whose units were in during the last weeks and which pays on its terms: what a statement
 * is for. */
static void plan_fleet(struct story *story)
{
    static const int days_ago[FLEET_VISITS] = {45, 31, 19, 12};
    int64_t fleet = 0;

    while (fleet < story->customer_count &&
           (!story->customers[fleet].on_terms || fleet % 2 != 0 ||
            fleet / 2 >= story->vehicle_count - story->customer_count))
        fleet++;
    for (int i = 0; i < FLEET_VISITS && fleet < story->customer_count; i++) {
        const int64_t unit = i % 2 == 0 ? fleet : story->customer_count + fleet / 2;
        struct demo_visit *visit = new_visit(story, unit, VISITS_MAX + 1 + i / 2);
        visit->ending = ENDING_POSTED;
        visit->opened_on = workday_before(story->last_on, days_ago[i]);
        plan_times(story, visit, 8 * 60 + 10 * i);
    }
}

static int64_t visits_of(struct demo *d, int64_t vehicle)
{
    const size_t draw = demo_below(d, DEMO_SUBJECT(DEMO_OF_VEHICLE, vehicle), 20, 100);

    return draw < 22 ? 0 : draw < 70 ? 1 : draw < 92 ? 2 : 3;
}

static void plan_visits(struct story *story)
{
    const int64_t live = story->vehicle_count < LIVE_VISITS ? story->vehicle_count : LIVE_VISITS;

    for (int64_t v = 0; v < story->vehicle_count; v++)
        for (int64_t i = visits_of(story->d, v); i > 0; i--)
            plan_past_visit(story, v, (v + i) % 3);
    for (int64_t v = 0; v < live; v++)
        plan_live_visit(story, v);
    plan_fleet(story);
}

/* A customer is entered ten minutes before the first visit; some only asked and never came. */
static void plan_arrivals(struct story *story)
{
    struct demo *d = story->d;
    const int days = day_distance(d->first_on, story->last_on) - LIVE_DAYS;

    for (int64_t i = 0; i < story->customer_count; i++)
        story->arrives_at[i] =
            moment(day_add(d->first_on,
                           (int)demo_below(d, DEMO_SUBJECT(DEMO_OF_CUSTOMER, i), 20, (size_t)days)),
                   9 * 60 + (int)(i % 400));
    story->arrives_at[0] = moment(d->first_on, 7 * 60 + 30);
    for (size_t i = 0; i < story->visit_count; i++) {
        int64_t *at = &story->arrives_at[story->visits[i].vehicle->owner];
        const int64_t opened = story->visits[i].at[STEP_WRITE_UP] - 600;
        *at = opened < *at ? opened : *at;
    }
}

static void add_event(struct story *story, struct event event)
{
    event.number = (int64_t)story->event_count;
    story->events[story->event_count++] = event;
}

static int by_time(const void *a, const void *b)
{
    const struct event *x = a;
    const struct event *y = b;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void plan_tills(struct story *story)
{
    for (struct day day = story->d->first_on; day_compare(day, story->last_on) <= 0;
         day = day_add(day, 1)) {
        if (!demo_is_workday(day))
            continue;
        add_event(story, (struct event){.at = moment(day, TILL_OPENS), .kind = EVENT_OPENS});
        if (day_compare(day, story->last_on) < 0)
            add_event(story, (struct event){.at = moment(day, TILL_CLOSES), .kind = EVENT_CLOSES});
    }
}

static void plan_events(struct story *story)
{
    struct demo *d = story->d;
    const int days = day_distance(d->first_on, story->last_on);

    for (int64_t i = 0; i < story->customer_count; i++)
        add_event(story, (struct event){.at = story->arrives_at[i], .customer = i});
    for (int day = RESTOCK_DAYS; day < days; day += RESTOCK_DAYS)
        add_event(story, (struct event){.at = moment(day_add(d->first_on, day), 7 * 60 + 20),
                                        .kind = EVENT_RESTOCK});
    for (size_t i = 0; i < story->visit_count; i++)
        for (unsigned step = 0; step < STEP_COUNT; step++) {
            struct demo_visit *visit = &story->visits[i];
            if (visit->at[step] == 0 || !has_step(visit->ending, (enum demo_step)step))
                continue;
            add_event(story, (struct event){.at = visit->at[step],
                                            .kind = EVENT_VISIT,
                                            .visit = visit,
                                            .step = (enum demo_step)step});
        }
    plan_tills(story);
    qsort(story->events, story->event_count, sizeof *story->events, by_time);
}

static void give_vehicles(struct story *story)
{
    for (int64_t v = 0; v < story->vehicle_count; v++) {
        const int64_t second = v - story->customer_count;
        story->vehicles[v].owner = second < 0 ? v : (second * 2) % story->customer_count;
    }
}

static void plan(struct story *story)
{
    struct demo *d = story->d;
    struct arena *arena = d->s->arena;
    const size_t customers = (size_t)story->customer_count;
    const size_t vehicles = (size_t)story->vehicle_count;
    const size_t visits = vehicles * VISITS_MAX + LIVE_VISITS + FLEET_VISITS;

    story->last_on = workday_before(day_add(d->today, -1), 0);
    story->ends_at = day_instant(story->last_on, CLOSING).seconds;
    story->customers = NEW_ARRAY(arena, struct demo_customer, customers);
    story->vehicles = NEW_ARRAY(arena, struct demo_vehicle, vehicles);
    story->arrives_at = NEW_ARRAY(arena, int64_t, customers);
    story->visits = NEW_ARRAY(arena, struct demo_visit, visits);
    story->events = NEW_ARRAY(arena, struct event, customers + visits * STEP_COUNT + 1200);
    give_vehicles(story);
    for (size_t i = 0; i < customers; i++)
        story->customers[i].on_terms = demo_is_fleet(d, (int64_t)i);
    plan_visits(story);
    plan_arrivals(story);
    plan_events(story);
}

/* ---- living it ---- */

static status add_vehicle(struct story *story, int64_t v)
{
    struct demo *d = story->d;
    struct demo_vehicle *vehicle = &story->vehicles[v];
    struct vehicle_entry entry;
    struct vehicle out;

    demo_make_vehicle(d, v, &entry);
    entry.customer = story->customers[vehicle->owner].id;
    vehicle->base_mi = entry.odometer_mi;
    vehicle->daily_mi = 12 + (int64_t)demo_below(d, DEMO_SUBJECT(DEMO_OF_VEHICLE, v), 21, 34);
    entry.odometer_mi += vehicle->daily_mi * day_distance(d->first_on, session_today(d->s));
    if (story->customers[vehicle->owner].on_terms)
        entry.unit_number = arena_printf(d->s->arena, "T-%02lld", (long long)(v % 90 + 1));
    TRY(demo_call(d, DEMO_MANAGER, &vehicle_add_op, &entry, &out));
    vehicle->id = out.id;
    vehicle->make = demo_model_of(d, v)->make;
    return OK;
}

static status arrive(struct story *story, int64_t n)
{
    struct demo *d = story->d;
    struct demo_customer *customer = &story->customers[n];
    struct customer_entry entry;
    struct customer out;

    demo_make_customer(d, n, &entry);
    TRY(demo_call(d, DEMO_MANAGER, &customer_add_op, &entry, &out));
    customer->id = out.id;
    customer->has_email = *entry.email != '\0';
    customer->takes_texts = entry.text_consent;
    TRY(add_vehicle(story, n));
    if (n % 2 == 0 && n / 2 < story->vehicle_count - story->customer_count)
        TRY(add_vehicle(story, story->customer_count + n / 2));
    if (n == 0)
        return store_run(d->s->store, SQL_LINK_USER, NO_ROW,
                         BINDS(BIND_ID("customer", out.id),
                               BIND_TEXT("login", demo_accounts[DEMO_CUSTOMER].login)));
    return OK;
}

static status live(struct story *story, const struct event *event)
{
    struct demo *d = story->d;

    d->s->clock.fixed = event->at;
    switch (event->kind) {
    case EVENT_ARRIVES:
        return arrive(story, event->customer);
    case EVENT_VISIT:
        return demo_visit_step(d, event->visit, event->step);
    case EVENT_RESTOCK:
        demo_seat(d, DEMO_MANAGER);
        TRY(demo_pay_vendors(d));
        return demo_restock(d);
    case EVENT_OPENS:
        return demo_open_till(d);
    case EVENT_CLOSES:
        return demo_close_day(d);
    default:
        return OK;
    }
}

/* Some vehicles have changed hands, some customers have moved away, and parts are on their way. */
static status settle(struct story *story)
{
    struct demo *d = story->d;
    struct vehicle vehicle;
    int64_t away = 0;

    d->s->clock.fixed = story->ends_at;
    for (int64_t i = 0; i < OWNER_CHANGES; i++) {
        const int64_t v = FIRST_TO_SELL + i * 50;
        struct vehicle_change_owner in;
        if (v + 1 >= story->customer_count)
            break;
        demo_init(d, &vehicle_change_owner_op, &in);
        in.vehicle = story->vehicles[v].id;
        in.customer = story->customers[v + 1].id;
        TRY(demo_call(d, DEMO_MANAGER, &vehicle_change_owner_op, &in, &vehicle));
    }
    for (int64_t n = FIRST_TO_SELL + 2; n < story->customer_count && away < AWAY_CUSTOMERS; n++) {
        const struct customer_key key = {story->customers[n].id};
        struct customer customer;
        if (visits_of(d, n) > 0 || n % 2 == 0)
            continue;
        TRY(demo_call(d, DEMO_MANAGER, &customer_archive_op, &key, &customer));
        away++;
    }
    return demo_restock(d);
}

status demo_fill_year(struct demo *d)
{
    const int64_t customers = demo_customers(d);
    struct story story = {.d = d};

    story.customer_count = customers < DEMO_STORY_MAX ? customers : DEMO_STORY_MAX;
    story.vehicle_count = story.customer_count + story.customer_count / 2;
    plan(&story);
    d->total += (int64_t)story.event_count;
    for (size_t i = 0; i < story.event_count; i++) {
        const struct arena_mark mark = arena_mark(d->s->arena);
        TRY(live(&story, &story.events[i]));
        arena_release(d->s->arena, mark);
        TRY(demo_step(d, 1));
    }
    return settle(&story);
}
