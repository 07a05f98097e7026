/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Receiving: what came of a purchase order goes to the shelf at what it really cost, with its share
 * of the freight, and into the books as received and not yet billed. All of a delivery or nothing.
 */

#include "domain/ledger.h"
#include "domain/setting.h"
#include "receipt_inner.h"

/* clang-format off */
static const char SQL_RECEIPT_ADD[] =
    "INSERT INTO receipt (purchase, received_on, received_at, user, slip, freight, total)\n"
    "VALUES (:purchase, :received_on, :received_at, :user, :slip, :freight, :total)";
static const char SQL_RECEIPT_ENTRY[] = "UPDATE receipt SET entry = :entry WHERE id = :receipt";
static const char SQL_RECEIPT_LINE_ADD[] =
    "INSERT INTO receipt_line (receipt, purchase_line, part, quantity, cost, amount, freight, core)\n"
    "VALUES (:receipt, :line, :part, :quantity, :cost, :amount, :freight, :core)";
static const char SQL_LINE_RECEIVED[] =
    "UPDATE purchase_line\n"
    "SET received = received + :quantity, open = max(open - :quantity, 0)\n"
    "WHERE id = :line";
static const char SQL_PART_COST[] =
    "UPDATE part\n"
    "SET cost = :cost, revision = revision + 1\n"
    "WHERE id = :part AND cost <> :cost";
static const char SQL_CLAIM_ADD[] =
    "INSERT INTO claim (vendor, kind, state, part, description, quantity, expected, opened_on,\n"
    "  receipt_line)\n"
    "VALUES (:vendor, 'core', 'owed', :part, :description, :quantity, :expected, :opened_on,\n"
    "  :receipt_line)";
/* The repair order's line that it was bought for, as long as it can still change. */
static const char SQL_TIED_OPEN[] =
    "UPDATE line\n"
    "SET cost = :cost\n"
    "WHERE id = :line AND EXISTS\n"
    "  (SELECT 1 FROM job AS j JOIN repair_order AS o ON o.id = j.repair_order\n"
    "   WHERE j.id = line.job AND o.invoice IS NULL AND j.invoice IS NULL AND o.state <> 'void')";
static const char SQL_TIED_COST[] =
    "SELECT l.cost\n"
    "FROM line AS l\n"
    "JOIN job AS j ON j.id = l.job\n"
    "JOIN repair_order AS o ON o.id = j.repair_order\n"
    "WHERE l.id = :line AND o.state <> 'void'";
static const char SQL_TIED_PRICE[] = "SELECT price FROM line WHERE id = :line";
/* clang-format on */

static status check_state(struct session *s, const struct purchase_head *head)
{
    const long long number = (long long)head->id.v;

    switch (head->state) {
    case PURCHASE_SENT:
    case PURCHASE_PART_RECEIVED:
    case PURCHASE_RECEIVED:
        return OK;
    case PURCHASE_DRAFT:
        return fail(s, ERR_CONFLICT,
                    "Purchase order %lld was not sent yet. Note that it was sent, then receive it.",
                    number);
    case PURCHASE_VOID:
        return fail(s, ERR_CONFLICT, "Purchase order %lld is void: nothing is expected of it.",
                    number);
    case PURCHASE_BILLED:
    case PURCHASE_CLOSED:
    default:
        return fail(s, ERR_CONFLICT,
                    "Purchase order %lld is received and billed. Write a new one for what came.",
                    number);
    }
}

/* --------------------------------------------------------------------- freight -- */

/* In proportion to what the lines cost; where they cost nothing, to how many there are. */
static status spread_freight(struct session *s, struct delivery *d)
{
    struct money *weights = NEW_ARRAY(s->arena, struct money, d->count);
    struct money *shares = NEW_ARRAY(s->arena, struct money, d->count);
    struct money sum = MONEY_ZERO;

    for (size_t i = 0; i < d->count; i++)
        weights[i] = d->coming[i].amount;
    TRY(money_sum(weights, d->count, &sum));
    for (size_t i = 0; i < d->count && sum.cents == 0; i++)
        weights[i].cents = d->coming[i].quantity.thousandths;
    if (money_spread(d->in->freight, weights, d->count, shares) != OK)
        return fail_field(s, "freight", "The freight is more than can be spread over the lines.");
    for (size_t i = 0; i < d->count; i++)
        d->coming[i].freight = shares[i];
    return OK;
}

static status add_up(struct session *s, struct delivery *d)
{
    d->total = d->in->freight;
    for (size_t i = 0; i < d->count; i++)
        if (money_add(d->total, d->coming[i].amount, &d->total) != OK ||
            money_add(d->total, d->coming[i].core, &d->total) != OK ||
            money_add(d->cores, d->coming[i].core, &d->cores) != OK)
            return fail_field(s, "lines", "The delivery comes to more than can be counted.");
    return OK;
}

/* ------------------------------------------------------------------- the shelf -- */

/* What one has cost with its freight. */
static status unit_cost(const struct coming *coming, struct money *ret)
{
    struct money landed;

    TRY(money_add(coming->amount, coming->freight, &landed));
    return money_share(landed, 1000, coming->quantity.thousandths, ret);
}

static void warn(struct session *s, struct delivery *d, const struct coming *coming,
                 struct money unit, struct money price, struct rate floor)
{
    struct money floor_margin = MONEY_ZERO;
    struct rate margin;
    struct money share;
    char was[NUMBER_TEXT_MAX], now[NUMBER_TEXT_MAX], at[NUMBER_TEXT_MAX], left[NUMBER_TEXT_MAX];
    char least[NUMBER_TEXT_MAX];

    if (money_times_rate(price, floor, &floor_margin) != OK || price.cents <= 0 ||
        price.cents - unit.cents >= floor_margin.cents ||
        money_share((struct money){price.cents - unit.cents}, 1000, price.cents, &share) != OK)
        return;
    margin.ppm = share.cents * 1000;
    d->warning = arena_printf(
        s->arena,
        "%s%s%s now costs %s (was %s): at its price of %s that leaves %s %%, less than %s %%.",
        d->warning, *d->warning != '\0' ? "\n" : "", coming->part.sku, money_show(unit, now),
        money_show(coming->part.cost, was), money_show(price, at), rate_text(margin, left),
        rate_text(floor, least));
}

/* The price it is sold at: on the repair order that waits for it, or the list's. */
static status selling_price(struct session *s, const struct coming *coming, struct money *ret)
{
    struct money price = MONEY_ZERO;

    *ret = coming->part.price;
    if (coming->line->line.v == 0)
        return OK;
    const status result = store_int(s->store, SQL_TIED_PRICE,
                                    BINDS(BIND_ID("line", coming->line->line)), &price.cents);
    if (result == OK && price.cents > 0)
        *ret = price;
    return result == ERR_NOT_FOUND ? OK : result;
}

static status note_cost(struct session *s, struct delivery *d, const struct coming *coming,
                        struct rate floor)
{
    struct money unit, price;

    TRY(unit_cost(coming, &unit));
    TRY(selling_price(s, coming, &price));
    if (unit.cents > coming->part.cost.cents)
        warn(s, d, coming, unit, price, floor);
    TRY(store_run(s->store, SQL_PART_COST, NO_ROW,
                  BINDS(BIND_ID("part", coming->part.id), BIND_MONEY("cost", unit))));
    TRY(part_vendor_put(s, coming->part.id, d->head.vendor, coming->line->number, coming->cost));
    TRY(part_index(s, coming->part.id));
    if (coming->line->line.v == 0)
        return OK;
    return store_run(s->store, SQL_TIED_OPEN, NO_ROW,
                     BINDS(BIND_ID("line", coming->line->line), BIND_MONEY("cost", unit)));
}

static status shelve(struct session *s, struct delivery *d, const struct coming *coming,
                     struct rate floor)
{
    struct stock_effect effect;
    struct stock_change change = {.part = coming->part.id,
                                  .kind = STOCK_RECEIVE,
                                  .bin = coming->bin,
                                  .quantity = coming->quantity,
                                  .receipt = d->id};

    TRY(money_add(coming->amount, coming->freight, &change.value));
    TRY(stock_move(s, &change, &effect));
    TRY(stock_effect_add(s, &d->stock, &effect));
    return note_cost(s, d, coming, floor);
}

/* A part from outside the catalog goes straight to the job it was bought for. The invoice takes the
 * cost that stands on the order's line; the rest of what it really cost is cost of parts. */
static status hand_over(struct session *s, struct delivery *d, const struct coming *coming)
{
    const struct bind line = BIND_ID("line", coming->line->line);
    struct money landed, unit, tied = MONEY_ZERO, taken = MONEY_ZERO;

    TRY(money_add(coming->amount, coming->freight, &landed));
    TRY(unit_cost(coming, &unit));
    TRY(store_run(s->store, SQL_TIED_OPEN, NO_ROW, BINDS(line, BIND_MONEY("cost", unit))));
    const status result = store_int(s->store, SQL_TIED_COST, BINDS(line), &tied.cents);
    if (result == OK)
        TRY(money_times_qty(tied, coming->quantity, &taken));
    else if (result != ERR_NOT_FOUND)
        return result;
    TRY(money_add(d->accrued, taken, &d->accrued));
    TRY(money_sub(landed, taken, &landed));
    return money_add(d->used, landed, &d->used);
}

/* ----------------------------------------------------------------------- write -- */

static status open_core(struct session *s, const struct delivery *d, const struct coming *coming,
                        int64_t receipt_line)
{
    if (coming->core.cents == 0)
        return OK;
    return store_run(s->store, SQL_CLAIM_ADD, NO_ROW,
                     BINDS(BIND_ID("vendor", d->head.vendor), BIND_ID("part", coming->part.id),
                           BIND_TEXT("description", coming->line->description),
                           BIND_INT("quantity", coming->quantity.thousandths),
                           BIND_MONEY("expected", coming->core),
                           BIND_DAY("opened_on", session_today(s)),
                           BIND_INT("receipt_line", receipt_line)));
}

static status write_line(struct session *s, struct delivery *d, const struct coming *coming,
                         struct rate floor)
{
    const struct bind line = BIND_ID("line", coming->line->id);
    const struct bind quantity = BIND_INT("quantity", coming->quantity.thousandths);

    TRY(store_run(s->store, SQL_RECEIPT_LINE_ADD, NO_ROW,
                  BINDS(BIND_ID("receipt", d->id), line, BIND_ID("part", coming->part.id), quantity,
                        BIND_MONEY("cost", coming->cost), BIND_MONEY("amount", coming->amount),
                        BIND_MONEY("freight", coming->freight), BIND_MONEY("core", coming->core))));
    TRY(open_core(s, d, coming, store_last_id(s->store)));
    TRY(store_run(s->store, SQL_LINE_RECEIVED, NO_ROW, BINDS(line, quantity)));
    return coming->part.id.v != 0 ? shelve(s, d, coming, floor) : hand_over(s, d, coming);
}

static status post(struct session *s, const struct delivery *d)
{
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_INVENTORY, .amount = {d->stock.moved.cents - d->stock.recost.cents}},
        {.account = ACCOUNT_PART_COST, .amount = {d->stock.recost.cents + d->used.cents}},
        {.account = ACCOUNT_SUBLET_ACCRUED, .amount = d->accrued},
        {.account = ACCOUNT_VENDOR_CREDIT, .amount = d->cores},
        {.account = ACCOUNT_RECEIVED_NOT_BILLED, .amount = money_negate(d->total)},
    };
    struct entry_id entry;

    TRY(ledger_post(s, session_today(s), "receipt", d->id.v,
                    arena_printf(s->arena, "Delivery %lld of purchase order %lld, %s",
                                 (long long)d->id.v, (long long)d->head.id.v, d->head.vendor_name),
                    lines, COUNT_OF(lines), &entry));
    return store_run(s->store, SQL_RECEIPT_ENTRY, NO_ROW,
                     BINDS(BIND_ID("receipt", d->id), BIND_ID("entry", entry)));
}

static status write(struct session *s, struct delivery *d)
{
    struct shop shop;

    TRY(shop_get(s, &shop));
    TRY(store_run(s->store, SQL_RECEIPT_ADD, NO_ROW,
                  BINDS(BIND_ID("purchase", d->head.id), BIND_DAY("received_on", session_today(s)),
                        BIND_INSTANT("received_at", session_now(s)), BIND_ID("user", s->user),
                        BIND_TEXT("slip", d->in->slip), BIND_MONEY("freight", d->in->freight),
                        BIND_MONEY("total", d->total))));
    d->id.v = store_last_id(s->store);
    for (size_t i = 0; i < d->count; i++)
        TRY(write_line(s, d, &d->coming[i], shop.margin_floor_ppm));
    return post(s, d);
}

status purchase_receive(struct session *s, const void *input, void *output)
{
    struct delivery d = {.in = input, .warning = ""};
    struct purchase *page = output;

    TRY(purchase_begin(s, d.in->purchase, d.in->revision, &d.head));
    TRY(check_state(s, &d.head));
    TRY(purchase_lines(s, d.in->purchase, &d.lines));
    TRY(receipt_take_lines(s, &d));
    TRY(spread_freight(s, &d));
    TRY(add_up(s, &d));
    TRY(write(s, &d));
    TRY(purchase_finish(s, &d.head, page));
    page->warning = d.warning;
    return OK;
}
