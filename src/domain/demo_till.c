/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The till of the demo shop: opened with its float every morning, counted every evening, what lies
 * above the float brought to the bank, and the day closed. */

#include "closed_day_inner.h"
#include "demo_inner.h"
#include "domain/drawer.h"

#define FLOAT_CENTS  20000
#define OFF_PERCENT  9  /* of days with a count that is not right */
#define PAID_PERCENT 12 /* of days with something paid out of the drawer */

/* Draws about one evening. */
enum { DRAW_IS_OFF = 1, DRAW_OFF, DRAW_IS_PAID_OUT, DRAW_PAID_OUT };

static const struct {
    int64_t cents;
    const char *reason;
} slips[] = {
    {-100, ""}, {-25, ""},
    {100, ""},  {-500, ""},
    {10, ""},   {-10, ""},
    {500, ""},  {-3000, "Change was given for a fifty that was a twenty; the camera shows it"},
};

static const struct {
    int64_t cents;
    const char *reason;
} small_expenses[] = {{1840, "Shop towels"}, {1275, "Coffee for the counter"}, {2200, "Stamps"}};

static uint64_t evening(const struct session *s)
{
    return DEMO_SUBJECT(DEMO_OF_EVENING, day_number(session_today(s)));
}

status demo_open_till(struct demo *d)
{
    struct drawer_open in;
    struct drawer drawer;

    demo_init(d, &drawer_open_op, &in);
    in.amount.cents = FLOAT_CENTS;
    in.place = DRAWER_BANK;
    return demo_call(d, DEMO_MANAGER, &drawer_open_op, &in, &drawer);
}

/* Now and then something small is bought from the drawer. */
static status buy_something(struct demo *d, const struct drawer *drawer)
{
    const uint64_t of = evening(d->s);
    const size_t which = demo_below(d, of, DRAW_PAID_OUT, COUNT_OF(small_expenses));
    struct drawer_pay_out in;
    struct drawer out;

    if (!demo_chance(d, of, DRAW_IS_PAID_OUT, PAID_PERCENT) || drawer->expected.cents < FLOAT_CENTS)
        return OK;
    demo_init(d, &drawer_pay_out_op, &in);
    in.amount.cents = small_expenses[which].cents;
    in.reason = small_expenses[which].reason;
    return demo_call(d, DEMO_MANAGER, &drawer_pay_out_op, &in, &out);
}

/* Largest pieces first; twos and halves hardly anybody has. */
static void pieces_of(int64_t cents, struct drawer_count *in)
{
    int64_t *const pieces[DRAWER_PIECES] = {
        &in->hundreds, &in->fifties, &in->twenties, &in->tens,  &in->fives,   NULL,
        &in->ones,     NULL,         &in->quarters, &in->dimes, &in->nickels, &in->pennies};

    for (size_t i = 0; i < DRAWER_PIECES; i++) {
        if (pieces[i] == NULL)
            continue;
        *pieces[i] = cents / drawer_piece_cents[i];
        cents %= drawer_piece_cents[i];
    }
}

static status count(struct demo *d, struct drawer *ret)
{
    const uint64_t of = evening(d->s);
    const size_t slip = demo_below(d, of, DRAW_OFF, COUNT_OF(slips));
    const bool is_off = demo_chance(d, of, DRAW_IS_OFF, OFF_PERCENT);
    struct drawer_count in;

    TRY(drawer_get(d->s, ret));
    TRY(buy_something(d, ret));
    TRY(drawer_get(d->s, ret));
    demo_init(d, &drawer_count_op, &in);
    pieces_of(ret->expected.cents + (is_off ? slips[slip].cents : 0), &in);
    in.reason = is_off ? slips[slip].reason : "";
    return demo_call(d, DEMO_MANAGER, &drawer_count_op, &in, ret);
}

static status bring_to_bank(struct demo *d, const struct drawer *drawer)
{
    struct drawer_drop in;
    struct drawer out;

    if (drawer->expected.cents <= FLOAT_CENTS)
        return OK;
    demo_init(d, &drawer_drop_op, &in);
    in.amount.cents = drawer->expected.cents - FLOAT_CENTS;
    in.place = DRAWER_BANK;
    in.reason = "Evening deposit";
    return demo_call(d, DEMO_MANAGER, &drawer_drop_op, &in, &out);
}

/* Three hundred proofs of a year that is made in seconds would take longer than the year. The whole
 * of it is proved at its end (demo.c): rows are only ever added. */
status demo_close_day(struct demo *d)
{
    struct op close = day_close_op;
    struct day_close in;
    struct day_report report;
    struct drawer drawer;

    TRY(count(d, &drawer));
    TRY(bring_to_bank(d, &drawer));
    TRY(demo_confirm(d));
    demo_init(d, &day_close_op, &in);
    in.leave_unposted = true;
    close.run = day_close_proved_later;
    return demo_call(d, DEMO_MANAGER, &close, &in, &report);
}
