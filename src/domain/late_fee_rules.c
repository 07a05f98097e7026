/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How late fees are counted, and whom none are charged to. */

#include "domain/customer.h"
#include "domain/late_fee.h"
#include "domain/profile.h"
#include "domain/setting.h"

/* clang-format off */
static const struct choice ways[] = {
    [LATE_FEE_NONE]  = {.word = "none",  .label = "none"},
    [LATE_FEE_FIXED] = {.word = "fixed", .label = "fixed amount"},
    [LATE_FEE_RATE]  = {.word = "rate",  .label = "yearly rate"},
};
/* clang-format on */
const struct choices late_fee_on_choices = CHOICES(ways);

/* Most a year that no state's usury law would bear. */
#define YEARLY_MAX_PPM 600000

static const struct field rule_fields[] = {
    FIELD(struct late_fee_rules, charged, .label = "Late fee", .choices = &late_fee_on_choices,
          .help = "For every month that an invoice is late; customers must have agreed to it"),
    FIELD(struct late_fee_rules, amount, .label = "Fixed amount", .example = "15.00",
          .help = "For an invoice and month", .high = MONEY_MAX_CENTS),
    FIELD(struct late_fee_rules, yearly, .label = "Yearly rate %", .example = "18",
          .help = "A twelfth of it on what is open; the shop's state may have a highest one: "
                  "profile.list",
          .high = YEARLY_MAX_PPM),
    FIELD(struct late_fee_rules, grace_days, .label = "Days of grace", .example = "10",
          .help = "After the day it was due", .high = 365),
    FIELD(struct late_fee_rules, on_fees, .label = "Also on fees",
          .help = "Whether late fees that are not paid are charged for, too"),
    FIELD(struct late_fee_rules, returned_fee, .label = "Returned check", .example = "25.00",
          .help =
              "Charged to the customer when a check comes back; the state's highest one is kept to",
          .high = MONEY_MAX_CENTS),
};
static const struct shape rules_shape =
    SHAPE_OF(struct late_fee_rules, "late_fee_rules", rule_fields);

static const char SQL_RULES[] =
    "SELECT ifnull(r.charged, 'none') AS charged, ifnull(r.amount, 0) AS amount,\n"
    "       ifnull(r.yearly, 0) AS yearly, ifnull(r.grace_days, 0) AS grace_days,\n"
    "       ifnull(r.on_fees, 0) AS on_fees, ifnull(r.returned_fee, 0) AS returned_fee\n"
    "FROM shop LEFT JOIN late_fee_rule r ON r.id = shop.id";

static const char SQL_SET[] =
    "INSERT INTO late_fee_rule (id, charged, amount, yearly, grace_days, on_fees, returned_fee)\n"
    "VALUES (1, :charged, :amount, :yearly, :grace_days, :on_fees, :returned_fee)\n"
    "ON CONFLICT (id) DO UPDATE\n"
    "SET charged = excluded.charged, amount = excluded.amount, yearly = excluded.yearly,\n"
    "    grace_days = excluded.grace_days, on_fees = excluded.on_fees,\n"
    "    returned_fee = excluded.returned_fee";

static const char SQL_EXEMPT[] = "UPDATE customer\n"
                                 "SET late_fee_exempt = :exempt, revision = revision + 1\n"
                                 "WHERE id = :customer";

status late_fee_rules_get(struct session *s, struct late_fee_rules *ret_rules)
{
    return store_get(s->store, SQL_RULES, NO_ROW, NULL, s->arena, &rules_shape, ret_rules);
}

static status show(struct session *s, const void *input, void *output)
{
    (void)input;
    return late_fee_rules_get(s, output);
}

const struct op late_fee_rules_op = {
    .name = "late-fee.rules",
    .says = "See how late fees are counted",
    .title = "Rules of late fees",
    .right = RIGHT_SETTINGS_VIEW,
    .kind = OP_READS,
    .out = &rules_shape,
    .run = show,
};

static status set(struct session *s, const void *input, void *output)
{
    const struct late_fee_rules *in = input;
    struct shop shop;

    if (in->charged == LATE_FEE_FIXED && in->amount.cents == 0)
        return fail_field(s, "amount", "Enter what a month costs, or choose no late fee.");
    if (in->charged == LATE_FEE_RATE && in->yearly.ppm == 0)
        return fail_field(s, "yearly", "Enter the yearly rate, or choose no late fee.");
    TRY(shop_get(s, &shop));
    TRY(law_check_late_fees(s, shop.profile, in));
    TRY(store_run(s->store, SQL_SET, BIND_ROW(&rules_shape, in), NULL));
    return late_fee_rules_get(s, output);
}

const struct op late_fee_set_op = {
    .name = "late-fee.set",
    .says = "Say how late fees are counted",
    .title = "Rules of late fees",
    .right = RIGHT_SETTINGS_EDIT,
    .kind = OP_WRITES,
    .in = &rules_shape,
    .out = &rules_shape,
    .fills = "late-fee.rules",
    .run = set,
};

static const struct field exempt_fields[] = {
    FIELD(struct late_fee_exempt, customer, .picks = "customer.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct late_fee_exempt, exempt, .label = "No late fees", .initial = "yes"),
};

static status exempt(struct session *s, const void *input, void *output)
{
    const struct late_fee_exempt *in = input;

    TRY(customer_must_be_active(s, in->customer));
    TRY(store_run(s->store, SQL_EXEMPT, NO_ROW,
                  BINDS(BIND_ID("customer", in->customer), BIND_INT("exempt", in->exempt))));
    return customer_get(s, in->customer, output);
}

const struct op late_fee_exempt_op = {
    .name = "late-fee.exempt",
    .says = "Say that a customer is charged no late fees, or is again",
    .title = "Late fees of a customer",
    .right = RIGHT_LATE_FEES_CHARGE,
    .kind = OP_WRITES,
    .in = SHAPE(struct late_fee_exempt, exempt_fields),
    .out = &customer_shape,
    .run = exempt,
    .about = "customer",
};
