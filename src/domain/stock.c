/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Movements of stock: what a quantity is worth, which bins it leaves, what is costed again. A
 * trigger of the schema adds the rows up on part and part_bin; the ledger's side is the caller's,
 * who knows the document. */

#include "domain/stock.h"

#include "stock_inner.h"

/* clang-format off */
static const struct choice stock_kinds[] = {
    [STOCK_RECEIVE]  = {.word = "receive",  .label = "received"},
    [STOCK_ISSUE]    = {.word = "issue",    .label = "issued"},
    [STOCK_RETURN]   = {.word = "return",   .label = "returned"},
    [STOCK_ADJUST]   = {.word = "adjust",   .label = "adjusted"},
    [STOCK_COUNT]    = {.word = "count",    .label = "counted"},
    [STOCK_TRANSFER] = {.word = "transfer", .label = "moved"},
    [STOCK_CORE]     = {.word = "core",     .label = "core"},
    [STOCK_RECOST]   = {.word = "recost",   .label = "costed again"},
};
const struct choices stock_kind_choices = CHOICES(stock_kinds);

static const char SQL_PART[] =
    "SELECT p.id AS id, p.sku AS sku, p.bin AS bin, p.cost AS cost, p.on_hand AS on_hand,\n"
    "  p.stock_value AS stock_value,\n"
    "  (SELECT b.on_hand FROM part_bin AS b WHERE b.part = p.id AND b.bin = p.bin) AS main_on_hand\n"
    "FROM part AS p\n"
    "WHERE p.id = :part";
static const char SQL_NEGATIVE[] = "SELECT negative_stock FROM shop";
static const char SQL_BINS[] =
    "SELECT bin, on_hand\n"
    "FROM part_bin\n"
    "WHERE part = :part AND on_hand > 0\n"
    "ORDER BY bin <> :main, bin";
static const char SQL_ADD[] =
    "INSERT INTO stock_move (part, at, moved_on, kind, bin, quantity, value, line, invoice, receipt,\n"
    "  claim, count, reason, user)\n"
    "VALUES (:part, :at, :moved_on, :kind, :bin, :quantity, :value, :line, :invoice, :receipt,\n"
    "  :claim, :count, :reason, :user)";
/* clang-format on */

static const struct field stock_part_fields[] = {
    FIELD(struct stock_part, id),           FIELD(struct stock_part, sku),
    FIELD(struct stock_part, bin),          FIELD(struct stock_part, cost),
    FIELD(struct stock_part, on_hand),      FIELD(struct stock_part, stock_value),
    FIELD(struct stock_part, main_on_hand),
};
static const struct shape stock_part_shape =
    SHAPE_OF(struct stock_part, "stock_part", stock_part_fields);

struct bin_row {
    const char *bin;
    struct qty on_hand;
};
static const struct field bin_row_fields[] = {
    FIELD(struct bin_row, bin),
    FIELD(struct bin_row, on_hand),
};
static const struct shape bin_row_shape = SHAPE_OF(struct bin_row, "bin", bin_row_fields);

status stock_too_much(struct session *s)
{
    return fail(s, ERR_INVALID,
                "This is more than a part's value can hold. Correct quantity or cost.");
}

status stock_part_get(struct session *s, struct part_id id, struct stock_part *ret)
{
    return found(s,
                 store_get(s->store, SQL_PART, NO_ROW, BINDS(BIND_ID("part", id)), s->arena,
                           &stock_part_shape, ret),
                 "There is no part %lld in the catalog. Find it by number or name.",
                 (long long)id.v);
}

/* ------------------------------------------------------------------------ rows -- */

static status add_row(struct session *s, const struct stock_change *change, enum stock_kind kind,
                      const char *bin, struct qty quantity, struct money value)
{
    struct day day; /* the entry's: on every past day the shelves are worth what the books say */

    TRY(ledger_open_day(s, &day));
    return store_run(s->store, SQL_ADD, NO_ROW,
                     BINDS(BIND_ID("part", change->part), BIND_INSTANT("at", session_now(s)),
                           BIND_DAY("moved_on", day),
                           BIND_TEXT("kind", choice_word(&stock_kind_choices, kind)),
                           BIND_TEXT("bin", bin), BIND_INT("quantity", quantity.thousandths),
                           BIND_MONEY("value", value), BIND_ID("line", change->line),
                           BIND_ID("invoice", change->invoice), BIND_ID("receipt", change->receipt),
                           BIND_ID("claim", change->claim), BIND_ID("count", change->count),
                           BIND_TEXT("reason", change->reason != NULL ? change->reason : ""),
                           BIND_ID("user", s->user)));
}

/* What leaves several bins: each its quantity, and its share of the value to the cent. */
static status add_rows_by_bin(struct session *s, const struct stock_part *part,
                              const struct stock_change *change, struct money value)
{
    struct rows rows;
    int64_t left = -change->quantity.thousandths;

    TRY(store_list(s->store, SQL_BINS, NO_ROW,
                   BINDS(BIND_ID("part", part->id), BIND_TEXT("main", part->bin)), s->arena,
                   &bin_row_shape, &rows));
    const struct bin_row *bin = rows.at;
    for (size_t i = 0; i < rows.count && left > 0; i++) {
        const int64_t taken = bin[i].on_hand.thousandths < left ? bin[i].on_hand.thousandths : left;
        struct money share = MONEY_ZERO;
        TRY(money_share(value, taken, left, &share));
        TRY(add_row(s, change, change->kind, bin[i].bin, (struct qty){-taken}, share));
        left -= taken;
        value.cents -= share.cents;
    }
    if (left == 0)
        return OK;
    return add_row(s, change, change->kind, part->bin, (struct qty){-left}, value);
}

/* ---------------------------------------------------------------------- leaving -- */

/* What leaves the shelf takes its share of what the shelf is worth; what was never on it, the last
 * cost. */
static status value_of_issue(struct session *s, const struct stock_part *part, struct qty quantity,
                             struct money *ret_value)
{
    const int64_t there = part->on_hand.thousandths > 0 ? part->on_hand.thousandths : 0;
    const int64_t from_shelf = quantity.thousandths < there ? quantity.thousandths : there;
    const struct qty beyond = {quantity.thousandths - from_shelf};
    struct money share = MONEY_ZERO;
    struct money extra = MONEY_ZERO;

    if (from_shelf > 0 && money_share(part->stock_value, from_shelf, there, &share) != OK)
        return stock_too_much(s);
    if (money_times_qty(part->cost, beyond, &extra) != OK ||
        money_add(share, extra, ret_value) != OK)
        return stock_too_much(s);
    return OK;
}

static status check_on_hand(struct session *s, const struct stock_part *part, enum stock_kind kind,
                            struct qty quantity)
{
    int64_t may_be_negative = 0;
    char there[NUMBER_TEXT_MAX];
    char wanted[NUMBER_TEXT_MAX];

    if (quantity.thousandths <= part->on_hand.thousandths)
        return OK;
    if (kind == STOCK_ISSUE)
        TRY(store_int(s->store, SQL_NEGATIVE, NULL, &may_be_negative));
    if (may_be_negative != 0)
        return OK;
    return fail(s, ERR_CONFLICT,
                "%s of part %s are wanted and %s are on hand. Receive or adjust the stock first.",
                qty_text(quantity, wanted), part->sku, qty_text(part->on_hand, there));
}

static status leave(struct session *s, const struct stock_part *part,
                    const struct stock_change *change, struct stock_effect *ret_effect)
{
    const struct qty quantity = {-change->quantity.thousandths};
    const char *bin = change->bin != NULL ? change->bin : part->bin;
    struct money value = MONEY_ZERO;

    TRY(check_on_hand(s, part, change->kind, quantity));
    TRY(value_of_issue(s, part, quantity, &value));
    *ret_effect = (struct stock_effect){.moved = money_negate(value)};
    if (change->bin != NULL || quantity.thousandths <= part->main_on_hand.thousandths)
        return add_row(s, change, change->kind, bin, change->quantity, ret_effect->moved);
    return add_rows_by_bin(s, part, change, ret_effect->moved);
}

/* ----------------------------------------------------------------------- coming -- */

/* Found on the shelf: worth as much as the others, or the last cost. */
static status value_of_found(struct session *s, const struct stock_part *part, struct qty quantity,
                             struct money *ret_value)
{
    const bool has_average = part->on_hand.thousandths > 0 && part->stock_value.cents > 0;
    const status result = has_average ? money_share(part->stock_value, quantity.thousandths,
                                                    part->on_hand.thousandths, ret_value)
                                      : money_times_qty(part->cost, quantity, ret_value);

    return result == OK ? OK : stock_too_much(s);
}

/* What was sold before it came has cost what comes now, not what was thought: the difference. */
static status recost(struct session *s, const struct stock_part *part, struct qty quantity,
                     struct money value, struct money *ret_recost)
{
    const int64_t below = -part->on_hand.thousandths;
    const int64_t filled = quantity.thousandths < below ? quantity.thousandths : below;
    struct money real = MONEY_ZERO;
    struct money thought = MONEY_ZERO;

    *ret_recost = MONEY_ZERO;
    if (below <= 0)
        return OK;
    if (money_share(value, filled, quantity.thousandths, &real) != OK ||
        money_share(money_negate(part->stock_value), filled, below, &thought) != OK ||
        money_sub(real, thought, ret_recost) != OK)
        return stock_too_much(s);
    return OK;
}

static status come(struct session *s, const struct stock_part *part,
                   const struct stock_change *change, struct stock_effect *ret_effect)
{
    struct stock_effect effect = {.moved = change->value};
    struct money sum;
    const char *bin = change->bin != NULL ? change->bin : part->bin;

    if (change->kind == STOCK_COUNT && change->value.cents == 0)
        TRY(value_of_found(s, part, change->quantity, &effect.moved));
    if (money_add(part->stock_value, effect.moved, &sum) != OK)
        return stock_too_much(s);
    TRY(recost(s, part, change->quantity, effect.moved, &effect.recost));
    TRY(add_row(s, change, change->kind, bin, change->quantity, effect.moved));
    if (effect.recost.cents != 0) {
        const struct stock_change again = {
            .part = part->id, .receipt = change->receipt, .reason = "Sold before it came"};
        TRY(add_row(s, &again, STOCK_RECOST, bin, (struct qty){0}, money_negate(effect.recost)));
    }
    *ret_effect = effect;
    return OK;
}

/* ------------------------------------------------------------------------- door -- */

/* Quantity and value both as they are given. What leaves and lies in no named bin is taken where it
 * lies, as an issue takes it. */
static status set(struct session *s, const struct stock_part *part,
                  const struct stock_change *change, struct stock_effect *ret_effect)
{
    struct money sum;

    if (money_add(part->stock_value, change->value, &sum) != OK)
        return stock_too_much(s);
    *ret_effect = (struct stock_effect){.moved = change->value};
    if (change->bin == NULL && change->quantity.thousandths < 0 &&
        -change->quantity.thousandths > part->main_on_hand.thousandths)
        return add_rows_by_bin(s, part, change, change->value);
    return add_row(s, change, change->kind, change->bin != NULL ? change->bin : part->bin,
                   change->quantity, change->value);
}

status stock_move(struct session *s, const struct stock_change *change,
                  struct stock_effect *ret_effect)
{
    struct stock_part part;
    const struct money limit = {MONEY_MAX_CENTS};

    if (change->quantity.thousandths == 0 && change->value.cents == 0) {
        *ret_effect = (struct stock_effect){0};
        return OK;
    }
    if (change->quantity.thousandths > QTY_MAX_THOUSANDTHS ||
        change->quantity.thousandths < -QTY_MAX_THOUSANDTHS || change->value.cents > limit.cents ||
        change->value.cents < -limit.cents)
        return stock_too_much(s);
    TRY(stock_part_get(s, change->part, &part));
    if (change->kind == STOCK_ADJUST || change->kind == STOCK_TRANSFER ||
        change->quantity.thousandths == 0)
        return set(s, &part, change, ret_effect);
    return change->quantity.thousandths < 0 ? leave(s, &part, change, ret_effect)
                                            : come(s, &part, change, ret_effect);
}

status stock_issue(struct session *s, struct part_id part, struct qty quantity,
                   struct invoice_id invoice, struct money *ret_value)
{
    const struct stock_change change = {
        .part = part,
        .kind = STOCK_ISSUE,
        .quantity = {-quantity.thousandths},
        .invoice = invoice,
    };
    struct stock_effect effect;

    TRY(stock_move(s, &change, &effect));
    *ret_value = money_negate(effect.moved);
    return OK;
}

status stock_put(struct session *s, struct part_id part, enum stock_kind kind, struct qty quantity,
                 struct money value, const char *reason)
{
    const struct stock_change change = {
        .part = part, .kind = kind, .quantity = quantity, .value = value, .reason = reason};
    struct stock_effect effect;

    return stock_move(s, &change, &effect);
}

/* ----------------------------------------------------------------------- ledger -- */

status stock_effect_add(struct session *s, struct stock_effect *sum,
                        const struct stock_effect *effect)
{
    if (money_add(sum->moved, effect->moved, &sum->moved) != OK ||
        money_add(sum->recost, effect->recost, &sum->recost) != OK)
        return stock_too_much(s);
    return OK;
}

status stock_post(struct session *s, const struct stock_effect *sum, enum account_role account,
                  const char *source, int64_t source_id, const char *memo,
                  struct entry_id *ret_entry)
{
    struct money inventory = MONEY_ZERO;

    if (money_sub(sum->moved, sum->recost, &inventory) != OK)
        return stock_too_much(s);
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_INVENTORY, .amount = inventory},
        {.account = ACCOUNT_PART_COST, .amount = sum->recost},
        {.account = account, .amount = money_negate(sum->moved)},
    };
    return ledger_post(s, session_today(s), source, source_id, memo, lines, COUNT_OF(lines),
                       ret_entry);
}

status stock_move_and_post(struct session *s, const struct stock_change *change,
                           enum account_role account, struct money *ret_moved)
{
    struct stock_effect effect;
    struct stock_part part;
    struct entry_id entry;

    TRY(stock_part_get(s, change->part, &part));
    TRY(stock_move(s, change, &effect));
    TRY(stock_post(s, &effect, account, "stock", store_last_id(s->store),
                   arena_printf(s->arena, "Stock of %s: %s", part.sku,
                                change->reason != NULL
                                    ? change->reason
                                    : choice_label(&stock_kind_choices, change->kind)),
                   &entry));
    *ret_moved = effect.moved;
    return OK;
}
