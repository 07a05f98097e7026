/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How low somebody may sell: caps of the role or the person on prices and discounts, and for
 * everybody the cost and the shop's margin floor. A right opens what lies beyond, and then a reason
 * is wanted, which stays with the line or the discount. What the shop's own rules make (a matrix, a
 * contract) was decided by whoever wrote them, and is not asked for again. Lines that nobody priced
 * by hand (canned, copied, taken up again) are looked at when the customer says yes to them. */

#include "base/text.h"
#include "domain/setting.h"
#include "order_inner.h"

#define PPM_ALL INT64_C(1000000)

/* clang-format off */
static const char SQL_CAPS[] =
    "SELECT ifnull(u.price_cap, r.price_cap) AS price,\n"
    "  ifnull(u.line_cap, r.line_cap) AS line,\n"
    "  ifnull(u.order_cap, r.order_cap) AS whole\n"
    "FROM user AS u JOIN role AS r ON r.id = u.role\n"
    "WHERE u.id = :user";
/* clang-format on */

/* NUMBER_NONE: no cap. */
struct caps {
    struct rate price, line, whole;
};
static const struct field caps_fields[] = {
    FIELD(struct caps, price, .flags = FIELD_OPTIONAL),
    FIELD(struct caps, line, .flags = FIELD_OPTIONAL),
    FIELD(struct caps, whole, .flags = FIELD_OPTIONAL),
};
static const struct shape caps_shape = SHAPE_OF(struct caps, "caps", caps_fields);

static status caps_get(struct session *s, struct caps *ret)
{
    const struct caps none = {{NUMBER_NONE}, {NUMBER_NONE}, {NUMBER_NONE}};
    const status result = store_get(s->store, SQL_CAPS, NO_ROW, BINDS(BIND_ID("user", s->user)),
                                    s->arena, &caps_shape, ret);

    if (result == ERR_NOT_FOUND) { /* the program itself */
        *ret = none;
        return OK;
    }
    return result;
}

/* ---------------------------------------------------------------------- answers -- */

static bool may(const struct session *s, enum right right)
{
    return right_set_has(&s->rights_all, right);
}

/* Whoever holds the right says why; anybody else is told whom to ask. `what` is a whole sentence.
 */
static status answer(struct session *s, const struct price_change *change, enum right right,
                     const char *field, const char *what)
{
    if (!may(s, right))
        return fault_denied(&s->fault, field, "%s Ask somebody who may: %s.", what,
                            right_table[right].says);
    if (change->reason_field != NULL && text_is_empty(change->reason))
        return fail_field(s, change->reason_field, "%s Say why.", what);
    return OK;
}

/* ------------------------------------------------------------------------- caps -- */

/* More than the cap of the whole? */
static bool is_beyond(int64_t part, int64_t whole, struct rate cap)
{
    return cap.ppm != NUMBER_NONE && money_compare_products(part, PPM_ALL, whole, cap.ppm) > 0;
}

static status check_price_cap(struct session *s, const struct price_change *change,
                              const struct caps *caps)
{
    const int64_t off = change->list_price.cents - change->price.cents;
    char price[NUMBER_TEXT_MAX], list[NUMBER_TEXT_MAX], cap[NUMBER_TEXT_MAX];

    if (change->line.v == 0 || change->list_price.cents == NUMBER_NONE ||
        !is_beyond(off, change->list_price.cents, caps->price))
        return OK;
    const struct order_line *before = change->before;
    if (before != NULL && before->list_price.cents == change->list_price.cents &&
        before->price.cents <= change->price.cents)
        return OK;
    return answer(s, change, RIGHT_PRICES_OVERRIDE, change->price_field,
                  arena_printf(s->arena,
                               "The price list says %s; %s is more than %s %% below, which is your "
                               "limit.",
                               money_show(change->list_price, list),
                               money_show(change->price, price), rate_text(caps->price, cap)));
}

/* What a line's own discount takes off. */
static int64_t own_discount(const struct price_line *line)
{
    struct money amount = line->discount.amount;

    if (line->discount.percent.ppm != 0 &&
        money_times_rate(line->gross, line->discount.percent, &amount) != OK)
        amount = line->gross;
    return amount.cents;
}

static status check_line_cap(struct session *s, const struct price_change *change,
                             const struct price_line *line, const struct caps *caps)
{
    const struct order_line *before = change->before;
    const int64_t own = own_discount(line);
    const bool by_percent = line->discount.percent.ppm != 0;
    char cap[NUMBER_TEXT_MAX];

    if (by_percent ? caps->line.ppm == NUMBER_NONE || line->discount.percent.ppm <= caps->line.ppm
                   : !is_beyond(own, line->gross.cents, caps->line))
        return OK;
    if (before != NULL && before->discount_ppm.ppm == line->discount.percent.ppm &&
        before->discount_amount.cents == line->discount.amount.cents &&
        before->gross.cents <= line->gross.cents)
        return OK;
    return answer(s, change, RIGHT_PRICES_OVERRIDE, change->discount_field,
                  arena_printf(s->arena,
                               "The discount on this line is more than %s %%, which is your limit.",
                               rate_text(caps->line, cap)));
}

/* What discounts may be taken from, and what they take, before and after. */
struct reduced {
    int64_t gross, off;
};

static bool is_discountable(enum line_kind kind)
{
    return kind == LINE_LABOR || kind == LINE_PART || kind == LINE_SUBLET;
}

static status check_order_cap(struct session *s, const struct price_change *change,
                              struct reduced before, struct reduced after, const struct caps *caps)
{
    char cap[NUMBER_TEXT_MAX], off[NUMBER_TEXT_MAX], gross[NUMBER_TEXT_MAX];

    if (!is_beyond(after.off, after.gross, caps->whole) ||
        money_compare_products(after.off, before.gross, before.off, after.gross) <= 0)
        return OK;
    return answer(s, change, RIGHT_PRICES_OVERRIDE, change->discount_field,
                  arena_printf(s->arena,
                               "With this the order's discounts are %s of %s, more than %s %%, "
                               "which is your limit.",
                               money_show((struct money){after.off}, off),
                               money_show((struct money){after.gross}, gross),
                               rate_text(caps->whole, cap)));
}

/* ---------------------------------------------------------------------- margins -- */

/* What a line earns. */
struct earns {
    enum line_kind kind;
    struct money price, gross, net, cost; /* cost of all its units */
    bool waived, is_placeholder;
    enum price_rule rule;
};

/* Made by a rule of the shop, and nothing taken off. */
static bool is_by_contract(const struct earns *e)
{
    return e->rule == PRICE_RULE_CONTRACT && e->net.cents == e->gross.cents;
}

static bool is_by_matrix(const struct earns *e)
{
    return e->net.cents == e->gross.cents &&
           (e->rule == PRICE_RULE_CUSTOMER || e->rule == PRICE_RULE_CATEGORY ||
            e->rule == PRICE_RULE_SHOP);
}

/* A core is a deposit, a placeholder no price yet. */
static enum shortfall shortfall_of(const struct earns *e, struct rate floor)
{
    if (e->kind == LINE_CORE || e->waived || e->is_placeholder || is_by_contract(e))
        return SHORT_OF_NOTHING;
    if (e->cost.cents == 0)
        return e->kind == LINE_PART && e->gross.cents > 0 ? COST_UNKNOWN : SHORT_OF_NOTHING;
    if (e->net.cents < e->cost.cents)
        return SHORT_OF_COST;
    if (e->kind != LINE_PART || is_by_matrix(e))
        return SHORT_OF_NOTHING;
    return money_compare_products(e->net.cents, PPM_ALL - floor.ppm, e->cost.cents, PPM_ALL) < 0
               ? SHORT_OF_FLOOR
               : SHORT_OF_NOTHING;
}

static struct earns earns_before(const struct order_line *line)
{
    return (struct earns){
        .kind = line->kind,
        .price = line->price,
        .gross = line->gross,
        .net = line->net,
        .cost = line->total_cost,
        .waived = line->waived,
        .is_placeholder = line->kind == LINE_PART && line->part.v == 0 && line->price.cents == 0,
        .rule = line->price_rule,
    };
}

enum shortfall order_line_shortfall(const struct order_line *line, struct rate floor)
{
    const struct earns earns = earns_before(line);

    return shortfall_of(&earns, floor);
}

static struct earns earns_after(const struct order_line *line, const struct price_line *price)
{
    struct earns earns = earns_before(line);

    earns.gross = price->gross;
    earns.net = price->net;
    earns.cost = price->net_cost;
    return earns;
}

/* In worse case than before, or short as it was not? A line earns less when less of its price is
 * left over what it costs. */
static bool is_worse(const struct earns *before, const struct earns *after, enum shortfall now,
                     struct rate floor)
{
    const enum shortfall was = shortfall_of(before, floor);

    if (was == SHORT_OF_NOTHING || (was == COST_UNKNOWN) != (now == COST_UNKNOWN))
        return true;
    return now != COST_UNKNOWN && money_compare_products(after->net.cents, before->cost.cents,
                                                         before->net.cents, after->cost.cents) < 0;
}

static const char *what_is_short(struct session *s, const char *name, const struct earns *e,
                                 enum shortfall now, struct rate floor)
{
    char cost[NUMBER_TEXT_MAX], net[NUMBER_TEXT_MAX], least[NUMBER_TEXT_MAX];

    if (now == COST_UNKNOWN)
        return arena_printf(s->arena, "What “%s” costs is not known, nor what it would earn.",
                            name);
    if (!may(s, RIGHT_COSTS_VIEW))
        return arena_printf(s->arena, "“%s” may not be sold for as little as %s.", name,
                            money_show(e->net, net));
    if (now == SHORT_OF_COST)
        return arena_printf(s->arena, "“%s” costs %s and would be sold for %s, below cost.", name,
                            money_show(e->cost, cost), money_show(e->net, net));
    return arena_printf(s->arena,
                        "“%s” costs %s and would be sold for %s: that leaves less than %s %%, the "
                        "shop's margin floor.",
                        name, money_show(e->cost, cost), money_show(e->net, net),
                        rate_text(floor, least));
}

/* A reason that is given for a line that has none: only who may can answer for it. */
static bool is_answering(const struct price_change *change, enum shortfall now)
{
    return now != COST_UNKNOWN && change->line.v != 0 && change->before != NULL &&
           !text_is_empty(change->reason) && text_is_empty(change->before->price_reason);
}

static bool is_discounted(const struct earns *before, const struct earns *after)
{
    return after->gross.cents - after->net.cents > before->gross.cents - before->net.cents;
}

static status check_earns(struct session *s, const struct price_change *change, const char *name,
                          const struct earns *before, const struct earns *after, struct rate floor)
{
    const enum shortfall now = shortfall_of(after, floor);
    const char *field = change->line.v == 0 || is_discounted(before, after) ? change->discount_field
                                                                            : change->price_field;

    if (now == SHORT_OF_NOTHING ||
        (!is_worse(before, after, now, floor) && !is_answering(change, now)))
        return OK;
    const char *what = what_is_short(s, name, after, now, floor);
    if (now != COST_UNKNOWN)
        return answer(s, change, RIGHT_PRICES_BELOW_FLOOR, field, what);
    if (may(s, RIGHT_PRICES_BELOW_FLOOR))
        return OK;
    return fault_denied(&s->fault, may(s, RIGHT_COSTS_VIEW) ? "cost" : field,
                        "%s %sask somebody who may: %s.", what,
                        may(s, RIGHT_COSTS_VIEW) ? "Give its cost, or " : "So ",
                        right_table[RIGHT_PRICES_BELOW_FLOOR].says);
}

/* -------------------------------------------------------------------- the order -- */

struct checking {
    const struct price_change *change;
    struct rate floor;
    struct caps caps;
    struct reduced before, after;
};

static void count_reduced(struct reduced *sum, enum line_kind kind, struct money gross,
                          struct money off)
{
    if (!is_discountable(kind))
        return;
    sum->gross += gross.cents;
    sum->off += off.cents;
}

/* The line as it was: a changed one is in the rows as it is now. A change of one line is not asked
 * for the cents that a discount of the order moves among the others. */
static status check_line(struct session *s, struct checking *c, const struct order_line *line,
                         const struct price_line *price, bool is_invoiced)
{
    const bool is_changed = c->change->line.v != 0 && line->id.v == c->change->line.v;
    const struct order_line *old = is_changed ? c->change->before : line;
    const struct earns after = earns_after(line, price);
    struct earns before = {.kind = LINE_CORE};

    if (old != NULL)
        before = earns_before(old);
    count_reduced(&c->before, before.kind, before.gross,
                  (struct money){before.gross.cents - before.net.cents});
    count_reduced(&c->after, price->kind, price->gross, price->reduced);
    if (is_changed) {
        TRY(check_price_cap(s, c->change, &c->caps));
        TRY(check_line_cap(s, c->change, price, &c->caps));
    }
    if (is_invoiced || (!is_changed && !c->change->is_discount))
        return OK;
    return check_earns(s, c->change, line->description, &before, &after, c->floor);
}

/* What the shop or its warranty pays for earns nothing and is not sold. */
static status check_job(struct session *s, struct checking *c, const struct order_job *job,
                        const struct price_job *price)
{
    const struct order_line *lines = job->lines.at;

    for (size_t i = 0; i < job->lines.count && job->pay == PAY_CUSTOMER; i++)
        TRY(check_line(s, c, &lines[i], &price->lines[i], job->invoice.v != 0));
    return OK;
}

status margin_check(struct session *s, const struct price_change *change, const struct rows *jobs,
                    const struct price *price)
{
    const struct order_job *job = jobs->at;
    const struct order_line *gone = change->line.v == 0 ? change->before : NULL;
    struct checking c = {.change = change};
    struct shop shop;
    size_t at = 0;

    TRY(shop_get(s, &shop));
    TRY(caps_get(s, &c.caps));
    c.floor = shop.margin_floor_ppm;
    for (size_t i = 0; i < jobs->count; i++)
        if (job_counts(&job[i]))
            TRY(check_job(s, &c, &job[i], &price->jobs[at++]));
    if (gone != NULL)
        count_reduced(&c.before, gone->kind, gone->gross, gone->discount);
    return check_order_cap(s, change, c.before, c.after, &c.caps);
}

/* --------------------------------------------------------------- the customer's yes -- */

/* Is there a discount that somebody has answered for, or that a coupon makes? */
static bool is_answered_for(const struct rows *discounts, struct job_id job)
{
    const struct order_discount *row = discounts->at;

    for (size_t i = 0; i < discounts->count; i++)
        if ((row[i].job.v == 0 || row[i].job.v == job.v) &&
            (row[i].coupon.v != 0 || !text_is_empty(row[i].reason)))
            return true;
    return false;
}

/* Without the discounts of its job and order. */
static struct earns earns_alone(const struct order_line *line)
{
    const struct price_line own = {
        .gross = line->gross,
        .discount = {.percent = line->discount_ppm, .amount = line->discount_amount},
    };
    struct earns earns = earns_before(line);

    earns.net.cents = line->gross.cents - own_discount(&own);
    return earns;
}

static status check_yes(struct session *s, const struct order_job *job,
                        const struct order_line *line, const struct rows *discounts,
                        struct rate floor)
{
    const struct earns alone = earns_alone(line), earns = earns_before(line);
    const enum shortfall short_alone = shortfall_of(&alone, floor);
    const enum shortfall now = shortfall_of(&earns, floor);
    const bool is_alone = short_alone != SHORT_OF_NOTHING && short_alone != COST_UNKNOWN;

    if (now == SHORT_OF_NOTHING || now == COST_UNKNOWN || !text_is_empty(line->price_reason))
        return OK;
    if (!is_alone && is_answered_for(discounts, job->id))
        return OK;
    const char *what = what_is_short(s, line->description, &earns, now, floor);
    if (!may(s, RIGHT_PRICES_BELOW_FLOOR))
        return fail(s, ERR_DENIED, "Job %lld: %s Change its price, or ask somebody who may: %s.",
                    (long long)job->position, what, right_table[RIGHT_PRICES_BELOW_FLOOR].says);
    return fail(s, ERR_CONFLICT,
                "Job %lld: %s Change its price, or write the reason for it on the line.",
                (long long)job->position, what);
}

status margin_check_yes(struct session *s, const struct order_job *job,
                        const struct rows *discounts)
{
    const struct order_line *lines = job->lines.at;
    struct shop shop;

    if (job->pay != PAY_CUSTOMER)
        return OK;
    TRY(shop_get(s, &shop));
    for (size_t i = 0; i < job->lines.count; i++)
        TRY(check_yes(s, job, &lines[i], discounts, shop.margin_floor_ppm));
    return OK;
}
