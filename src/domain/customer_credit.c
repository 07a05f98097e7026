/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What a customer may owe: the limit of what is on account, and the hold that stops it. Where work
 * is authorized and invoiced, it is asked here. */

#include "base/text.h"
#include "customer_inner.h"

/* clang-format off */
static const char SQL_STANDING[] =
    "SELECT c.name AS name, c.on_hold AS on_hold, c.hold_reason AS hold_reason,\n"
    "  c.terms_days AS terms_days, c.credit_limit AS credit_limit, c.owes AS owes,\n"
    "  c.credit AS credit, " SQL_OVERDUE("c.id") " AS overdue,\n"
    "  " SQL_OVERDUE_SINCE("c.id") " AS overdue_since_on\n"
    "FROM customer AS c\n"
    "WHERE c.id = :customer";
/* Agreed on other open orders that are to be on account, and not invoiced yet. */
static const char SQL_AGREED[] =
    "SELECT ifnull(sum(max(o.authorized - (SELECT ifnull(sum(i.total), 0) FROM invoice AS i\n"
    "    WHERE i.repair_order = o.id AND i.state = 'posted'), 0)), 0)\n"
    "FROM repair_order AS o\n"
    "WHERE o.customer = :customer AND o.id <> :order AND o.account <> 'at_once'\n"
    "AND o.state IN ('approved', 'in_progress', 'hold', 'quality_check', 'complete')";
static const char SQL_SET_LIMIT[] =
    "UPDATE customer\n"
    "SET credit_limit = :credit_limit, revision = revision + 1\n"
    "WHERE id = :customer";
static const char SQL_SET_HOLD[] =
    "UPDATE customer\n"
    "SET on_hold = :reason <> '', hold_reason = :reason, revision = revision + 1\n"
    "WHERE id = :customer";
/* clang-format on */

struct credit_standing {
    const char *name, *hold_reason;
    bool on_hold;
    int64_t terms_days;
    struct money credit_limit, owes, credit, overdue;
    struct day overdue_since_on;
};
static const struct field standing_fields[] = {
    FIELD(struct credit_standing, name),
    FIELD(struct credit_standing, hold_reason),
    FIELD(struct credit_standing, on_hold),
    FIELD(struct credit_standing, terms_days),
    FIELD(struct credit_standing, credit_limit, .flags = FIELD_OPTIONAL),
    FIELD(struct credit_standing, owes),
    FIELD(struct credit_standing, credit),
    FIELD(struct credit_standing, overdue),
    FIELD(struct credit_standing, overdue_since_on),
};
static const struct shape standing_shape =
    SHAPE_OF(struct credit_standing, "credit_standing", standing_fields);

static status get_standing(struct session *s, struct customer_id id, struct credit_standing *ret)
{
    return found(s,
                 store_get(s->store, SQL_STANDING, NO_ROW,
                           BINDS(BIND_ID("customer", id), BIND_DAY("today", session_today(s))),
                           s->arena, &standing_shape, ret),
                 "There is no customer %lld. Find the customer by name or phone.", (long long)id.v);
}

/* ": two checks came back", for those who may read the shop's notes. */
static const char *why_held(struct session *s, const struct credit_standing *standing)
{
    if (!right_set_has(&s->rights, RIGHT_NOTES_VIEW))
        return "";
    return arena_printf(s->arena, ": %s", standing->hold_reason);
}

static bool has_limit(const struct credit_standing *standing)
{
    return standing->terms_days > 0 && standing->credit_limit.cents != NUMBER_NONE;
}

/* ---- what is said and what is refused ---- */

status customer_warning(struct session *s, struct customer_id id, const char **ret_text)
{
    struct credit_standing standing;
    char texts[2][NUMBER_TEXT_MAX];
    char day[DAY_TEXT_MAX];
    const char *text = "";

    TRY(get_standing(s, id, &standing));
    if (standing.on_hold)
        text = arena_printf(s->arena, "On hold%s.", why_held(s, &standing));
    else if (has_limit(&standing) &&
             standing.owes.cents - standing.credit.cents >= standing.credit_limit.cents)
        text = arena_printf(s->arena, "The limit of %s is used up: %s is owed.",
                            money_show(standing.credit_limit, texts[0]),
                            money_show(standing.owes, texts[1]));
    if (standing.overdue.cents > 0)
        text = arena_printf(s->arena, "%s%s%s is overdue since %s.", text, *text != '\0' ? " " : "",
                            money_show(standing.overdue, texts[0]),
                            day_show(standing.overdue_since_on, day));
    *ret_text = text;
    return OK;
}

/* What would be on account with so much more. */
static status would_owe(struct session *s, struct customer_id id,
                        const struct credit_standing *standing, struct money more,
                        struct order_id order, struct money *ret_sum)
{
    struct money sum = MONEY_ZERO;

    if (order.v != 0)
        TRY(store_int(s->store, SQL_AGREED, BINDS(BIND_ID("customer", id), BIND_ID("order", order)),
                      &sum.cents));
    TRY(money_add(sum, more, &sum));
    TRY(money_add(sum, standing->owes, &sum));
    return money_sub(sum, standing->credit, ret_sum);
}

status customer_may_owe(struct session *s, struct customer_id id, struct money more,
                        struct order_id order)
{
    struct credit_standing standing;
    struct money sum;
    char texts[2][NUMBER_TEXT_MAX];

    if (more.cents <= 0)
        return OK;
    TRY(get_standing(s, id, &standing));
    if (standing.on_hold)
        return fail(s, ERR_CONFLICT,
                    "%s is on hold%s. Say on the order that it is paid at once, or let somebody "
                    "with the right put it on account.",
                    standing.name, why_held(s, &standing));
    if (!has_limit(&standing))
        return OK;
    TRY(would_owe(s, id, &standing, more, order, &sum));
    if (sum.cents <= standing.credit_limit.cents)
        return OK;
    return fail(s, ERR_CONFLICT,
                "With this %s would owe %s, and the limit is %s. Take a deposit, say on the order "
                "that it is paid at once, or let somebody with the right put it on account.",
                standing.name, money_show(sum, texts[0]),
                money_show(standing.credit_limit, texts[1]));
}

/* ---- the operations ---- */

#define CUSTOMER_FIELD(T)                                                                          \
    FIELD(T, customer, .label = "Customer", .picks = "customer.search", .example = "1001",         \
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED)
static const struct field limit_fields[] = {
    CUSTOMER_FIELD(struct customer_limit),
    FIELD(struct customer_limit, credit_limit, .label = "Credit limit", .example = "5000.00",
          .help = "What may be on account at most; empty: no limit", .high = MONEY_MAX_CENTS,
          .flags = FIELD_OPTIONAL | FIELD_ARGUMENT),
};
static const struct field hold_fields[] = {
    CUSTOMER_FIELD(struct customer_hold),
    FIELD(struct customer_hold, reason,
          .help = "Why nothing more goes on account; told at the counter",
          .example = "Two checks came back", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct field release_fields[] = {
    CUSTOMER_FIELD(struct customer_key),
};

static status set_limit(struct session *s, const void *input, void *output)
{
    const struct customer_limit *in = input;
    struct customer customer;

    TRY(customer_must_be_active(s, in->customer));
    TRY(customer_get(s, in->customer, &customer));
    if (customer.terms_days == 0 && in->credit_limit.cents != NUMBER_NONE)
        return fail_field(
            s, "credit_limit",
            "%s has no terms: every invoice is due at once. Give the customer days to "
            "pay first.",
            customer.name);
    TRY(store_run(s->store, SQL_SET_LIMIT, BIND_ROW(customer_limit_op.in, in), NULL));
    return customer_get(s, in->customer, output);
}

static status set_hold(struct session *s, struct customer_id id, const char *reason, void *output)
{
    TRY(store_run(s->store, SQL_SET_HOLD, NO_ROW,
                  BINDS(BIND_ID("customer", id), BIND_TEXT("reason", reason))));
    return customer_get(s, id, output);
}

static status hold(struct session *s, const void *input, void *output)
{
    const struct customer_hold *in = input;

    TRY(customer_must_be_active(s, in->customer));
    return set_hold(s, in->customer, in->reason, output);
}

static status release(struct session *s, const void *input, void *output)
{
    const struct customer_key *in = input;
    struct customer customer;

    TRY(customer_get(s, in->customer, &customer));
    if (!customer.on_hold)
        return fail(s, ERR_CONFLICT, "%s is not on hold.", customer.name);
    return set_hold(s, in->customer, "", output);
}

const struct op customer_limit_op = {
    .name = "customer.limit",
    .says = "Set how much a customer may have on account",
    .title = "Credit limit",
    .right = RIGHT_CREDIT_SET,
    .kind = OP_WRITES,
    .in = SHAPE(struct customer_limit, limit_fields),
    .out = &customer_shape,
    .run = set_limit,
    .fills = "customer.show",
    .about = "customer",
};
const struct op customer_hold_op = {
    .name = "customer.hold",
    .says = "Put a customer on hold: nothing more goes on account",
    .title = "Put on hold",
    .right = RIGHT_CREDIT_SET,
    .kind = OP_WRITES,
    .in = SHAPE(struct customer_hold, hold_fields),
    .out = &customer_shape,
    .run = hold,
    .about = "customer",
};
const struct op customer_release_op = {
    .name = "customer.release",
    .says = "Release a customer from hold",
    .right = RIGHT_CREDIT_SET,
    .kind = OP_WRITES,
    .in = SHAPE(struct customer_key, release_fields),
    .out = &customer_shape,
    .run = release,
    .about = "customer",
};
