/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* How an order is going to be paid: on the customer's terms, at once, or on account although the
 * customer is on hold or at the limit. Authorizing and invoicing ask here. */

#include "base/text.h"
#include "domain/customer.h"
#include "order_inner.h"

/* clang-format off */
static const struct choice accounts[] = {
    [ACCOUNT_TERMS]   = {.word = "terms",   .label = "on terms"},
    [ACCOUNT_AT_ONCE] = {.word = "at_once", .label = "at once"},
    [ACCOUNT_BEYOND]  = {.word = "beyond",  .label = "on account anyway"},
};
/* clang-format on */
const struct choices order_account_choices = CHOICES(accounts);

static const char SQL_SET[] =
    "UPDATE repair_order\n"
    "SET account = :account, account_reason = :reason, account_by = :user\n"
    "WHERE id = :order";
/* What is invoiced of it already, and owed or paid; below 0: the hold and the limit do not matter.
 */
static const char SQL_INVOICED[] = "SELECT CASE WHEN o.account <> 'terms' THEN -1\n"
                                   "  ELSE (SELECT ifnull(sum(total), 0) FROM invoice\n"
                                   "        WHERE repair_order = o.id AND state = 'posted') END\n"
                                   "FROM repair_order AS o\n"
                                   "WHERE o.id = :order";

status order_may_be_owed(struct session *s, struct order_id order, struct customer_id customer,
                         struct money more, bool with_others)
{
    int64_t invoiced = 0;

    if (more.cents <= 0)
        return OK;
    TRY(store_int(s->store, SQL_INVOICED, BINDS(BIND_ID("order", order)), &invoiced));
    if (invoiced < 0)
        return OK;
    if (!with_others)
        return customer_may_owe(s, customer, more, (struct order_id){0});
    return customer_may_owe(s, customer, (struct money){more.cents - invoiced}, order);
}

static const struct field fields[] = {
    ORDER_FIELD(struct order_account_set),
    FIELD(struct order_account_set, account, .label = "To be paid",
          .choices = &order_account_choices,
          .help = "On the customer's terms, at once, or on account beyond a hold or limit",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    FIELD(struct order_account_set, reason, .example = "Owner agreed, pays on Friday",
          .help = "Needed to go beyond a hold or limit; stays on the order"),
    REVISION_FIELD(struct order_account_set),
};

static status account(struct session *s, const void *input, void *output)
{
    const struct order_account_set *in = input;
    struct order_head head;

    TRY(order_begin(s, in->order, in->revision, &head));
    if (in->account == ACCOUNT_BEYOND && !right_set_has(&s->rights, RIGHT_CREDIT_EXCEED))
        return fail(s, ERR_DENIED,
                    "Your role may not put work on account beyond a hold or a limit. Have it paid "
                    "at once, or ask a manager.");
    if (in->account == ACCOUNT_BEYOND && text_is_empty(in->reason))
        return fail_field(s, "reason", "Say why it goes on account all the same.");
    TRY(store_run(s->store, SQL_SET, NO_ROW,
                  BINDS(BIND_ID("order", in->order), BIND_ID("user", s->user),
                        BIND_TEXT("account", choice_word(&order_account_choices, in->account)),
                        BIND_TEXT("reason", in->account == ACCOUNT_TERMS ? "" : in->reason))));
    return order_finish(s, &head, output);
}

const struct op order_account_op = {
    .name = "order.account",
    .says = "Say how an order is paid: on terms, at once, or on account all the same",
    .title = "How the order is paid",
    .right = RIGHT_ESTIMATES_CREATE,
    .kind = OP_WRITES,
    .in = SHAPE(struct order_account_set, fields),
    .out = &order_shape,
    .run = account,
};
