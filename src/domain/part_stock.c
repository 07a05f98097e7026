/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Movements of stock. A part's quantity and value are the sums of its movement rows; an issue takes
 * its share of the value, the last unit all that is left, so that the shelf is worth what the
 * ledger says, to the cent (trade rules, section 4). */

#include "part_inner.h"

#include "domain/ledger.h"

/* clang-format off */
static const char SQL_MOVE_ADD[] =
    "INSERT INTO stock_move (part, at, kind, quantity, value, invoice, reason, user)\n"
    "VALUES (:part, :at, :kind, :quantity, :value, :invoice, :reason, :user)";
static const char SQL_APPLY[] =
    "UPDATE part\n"
    "SET on_hand = on_hand + :quantity, stock_value = stock_value + :value\n"
    "WHERE id = :part";
static const char SQL_MAY_GO_BELOW_ZERO[] = "SELECT negative_stock FROM shop";
/* clang-format on */

struct move {
    struct part_id part;
    const char *kind;
    struct qty quantity;
    struct money value;
    struct invoice_id invoice;
    const char *reason;
};

static status add_move(struct session *s, const struct move *move)
{
    const struct bind *binds =
        BINDS(BIND_ID("part", move->part), BIND_INSTANT("at", session_now(s)),
              BIND_TEXT("kind", move->kind), BIND_INT("quantity", move->quantity.thousandths),
              BIND_MONEY("value", move->value), BIND_ID("invoice", move->invoice),
              BIND_TEXT("reason", move->reason), BIND_ID("user", s->user));

    TRY(store_run(s->store, SQL_APPLY, NO_ROW, binds));
    return store_run(s->store, SQL_MOVE_ADD, NO_ROW, binds);
}

status part_move(struct session *s, struct part_id id, const char *kind, struct qty quantity,
                 struct money value, const char *reason)
{
    struct part part;

    TRY(part_get(s, id, &part));
    return add_move(s, &(struct move){.part = id,
                                      .kind = kind,
                                      .quantity = quantity,
                                      .value = value,
                                      .reason = reason != NULL ? reason : ""});
}

static status too_much(struct session *s)
{
    return fail(s, ERR_INVALID,
                "This is more than a part's value can hold. Correct quantity or cost.");
}

/* What leaves the shelf takes its share of what the shelf is worth; what was never on it, the last
 * cost. */
static status value_of_issue(struct session *s, const struct part *part, struct qty quantity,
                             struct money *ret_value)
{
    const int64_t there = part->on_hand.thousandths > 0 ? part->on_hand.thousandths : 0;
    const int64_t from_shelf = quantity.thousandths < there ? quantity.thousandths : there;
    const struct qty beyond = {quantity.thousandths - from_shelf};
    struct money share = MONEY_ZERO;
    struct money extra = MONEY_ZERO;

    if (from_shelf > 0 && money_share(part->stock_value, from_shelf, there, &share) != OK)
        return too_much(s);
    if (money_times_qty(part->cost, beyond, &extra) != OK ||
        money_add(share, extra, ret_value) != OK)
        return too_much(s);
    return OK;
}

static status check_on_hand(struct session *s, const struct part *part, struct qty quantity)
{
    int64_t below_zero = 0;
    char there[NUMBER_TEXT_MAX];
    char wanted[NUMBER_TEXT_MAX];

    if (quantity.thousandths <= part->on_hand.thousandths)
        return OK;
    TRY(store_int(s->store, SQL_MAY_GO_BELOW_ZERO, NULL, &below_zero));
    if (below_zero != 0)
        return OK;
    return fail(s, ERR_CONFLICT,
                "%s of part %s are wanted and %s are on hand. Receive or adjust the stock first.",
                qty_text(quantity, wanted), part->sku, qty_text(part->on_hand, there));
}

status part_issue(struct session *s, struct part_id id, struct qty quantity,
                  struct invoice_id invoice, struct money *ret_value)
{
    struct part part;
    struct money value = MONEY_ZERO;

    if (quantity.thousandths == 0) {
        *ret_value = value;
        return OK;
    }
    TRY(part_get(s, id, &part));
    TRY(check_on_hand(s, &part, quantity));
    TRY(value_of_issue(s, &part, quantity, &value));
    TRY(add_move(s, &(struct move){.part = id,
                                   .kind = "issue",
                                   .quantity = {-quantity.thousandths},
                                   .value = money_negate(value),
                                   .invoice = invoice,
                                   .reason = ""}));
    *ret_value = value;
    return OK;
}

/* What the counted stock is worth: at the cost given, else at what each is worth now, else at the
 * last cost. */
static status value_on_hand(struct session *s, const struct part *part, struct qty on_hand,
                            struct money unit_cost, struct money *ret_value)
{
    const bool has_average =
        unit_cost.cents == 0 && part->on_hand.thousandths > 0 && part->stock_value.cents > 0;
    const struct money each = unit_cost.cents != 0 ? unit_cost : part->cost;
    const status result = has_average ? money_share(part->stock_value, on_hand.thousandths,
                                                    part->on_hand.thousandths, ret_value)
                                      : money_times_qty(each, on_hand, ret_value);

    return result == OK ? OK : too_much(s);
}

static status post_difference(struct session *s, const struct part *part, struct money difference,
                              const char *reason)
{
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_INVENTORY, .amount = difference},
        {.account = ACCOUNT_STOCK_ADJUSTMENT, .amount = money_negate(difference)},
    };
    struct entry_id entry;

    if (difference.cents == 0)
        return OK;
    return ledger_post(s, session_today(s), "stock", store_last_id(s->store),
                       arena_printf(s->arena, "Stock of %s: %s", part->sku, reason), lines,
                       COUNT_OF(lines), &entry);
}

status part_set_on_hand(struct session *s, struct part_id id, struct qty on_hand,
                        struct money unit_cost, const char *reason)
{
    struct part part;
    struct money value = MONEY_ZERO;
    struct money difference = MONEY_ZERO;

    TRY(part_get(s, id, &part));
    TRY(value_on_hand(s, &part, on_hand, unit_cost, &value));
    if (money_sub(value, part.stock_value, &difference) != OK)
        return too_much(s);
    const struct qty moved = {on_hand.thousandths - part.on_hand.thousandths};
    if (moved.thousandths == 0 && difference.cents == 0)
        return OK;
    TRY(add_move(s, &(struct move){.part = id,
                                   .kind = "adjust",
                                   .quantity = moved,
                                   .value = difference,
                                   .reason = reason}));
    return post_difference(s, &part, difference, reason);
}

status part_adjust_run(struct session *s, const void *in, void *out)
{
    const struct part_adjust *adjust = in;

    TRY(part_set_on_hand(s, adjust->part, adjust->on_hand, adjust->unit_cost, adjust->reason));
    return part_get(s, adjust->part, out);
}
