/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Receiving: what came of a purchase order goes to the shelf at what it really cost, with its share
 * of the freight, and into the books as received and not yet billed. All of a delivery or nothing.
 */

#include "base/text.h"
#include "domain/ledger.h"
#include "domain/setting.h"
#include "domain/stock.h"
#include "purchase_inner.h"

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

/* One line of the delivery on its way. */
struct coming {
    const struct purchase_line *line;
    struct part part; /* id 0: from outside the catalog */
    struct qty quantity;
    struct money cost, amount, freight, core;
    const char *bin;
};
struct delivery {
    const struct purchase_receive *in;
    struct purchase_head head;
    struct rows lines; /* of struct purchase_line, the order's */
    struct coming *coming;
    size_t count;
    struct money total, cores;
    struct receipt_id id;
    struct stock_effect stock;
    struct money accrued; /* from outside the catalog, as the invoice will take it */
    struct money used;    /* the same, what nobody's invoice will take */
    const char *warning;
};

static status in_row(struct session *s, size_t row, status result)
{
    if (result == ERR_INVALID)
        fault_prefix(&s->fault, arena_printf(s->arena, "lines.%zu", row));
    return result;
}

/* ------------------------------------------------------------------- what came -- */

static const struct purchase_line *line_by_id(const struct delivery *d, struct purchase_line_id id)
{
    const struct purchase_line *line = d->lines.at;

    for (size_t i = 0; i < d->lines.count; i++)
        if (line[i].id.v == id.v)
            return &line[i];
    return NULL;
}

static struct qty already(const struct delivery *d, const struct purchase_line *line)
{
    struct qty sum = {0};

    for (size_t i = 0; i < d->count; i++)
        if (d->coming[i].line == line)
            sum.thousandths += d->coming[i].quantity.thousandths;
    return sum;
}

/* The line that the scanned code stands for: one of which something is still to come, if there is.
 */
static status line_by_code(struct session *s, const struct delivery *d, const char *code,
                           const struct purchase_line **ret)
{
    const struct purchase_line *line = d->lines.at;
    const char *typed = record_code(s, code);
    const struct purchase_line *hit = NULL;
    struct part part = {.id = {0}};

    const status result = part_find_by_upc(s, code, &part);
    if (result != OK && result != ERR_NOT_FOUND)
        return result;
    for (size_t i = 0; i < d->lines.count; i++) {
        const bool fits = text_same(record_code(s, line[i].sku), typed) ||
                          text_same(record_code(s, line[i].number), typed) ||
                          (part.id.v != 0 && line[i].part.v == part.id.v);
        if (!fits)
            continue;
        if (line[i].open.thousandths > already(d, &line[i]).thousandths) {
            *ret = &line[i];
            return OK;
        }
        hit = hit != NULL ? hit : &line[i];
    }
    if (hit == NULL)
        return fail_field(s, "scanned",
                          "“%s” is not on purchase order %lld. Put it aside, or receive it on the "
                          "order it belongs to.",
                          code, (long long)d->head.id.v);
    *ret = hit;
    return OK;
}

/* A number may stand on several lines: some for a repair order, the rest for the shelf. What was
 * ordered and is still to come of all of them. */
static status open_by_code(struct session *s, const struct delivery *d, const char *code,
                           struct qty *ret_open, struct qty *ret_ordered)
{
    const struct purchase_line *line = d->lines.at, *first = NULL;

    *ret_open = *ret_ordered = (struct qty){0};
    TRY(line_by_code(s, d, code, &first));
    for (size_t i = 0; i < d->lines.count; i++) {
        const bool same = &line[i] == first ||
                          (first->part.v != 0 ? line[i].part.v == first->part.v
                                              : line[i].part.v == 0 && *first->number != '\0' &&
                                                    text_same(line[i].number, first->number));
        const int64_t open = line[i].open.thousandths - already(d, &line[i]).thousandths;
        if (same && open > 0)
            ret_open->thousandths += open;
        if (same)
            ret_ordered->thousandths += line[i].quantity.thousandths;
    }
    return OK;
}

static status find_line(struct session *s, const struct delivery *d, const struct receive_line *row,
                        const struct purchase_line **ret)
{
    if (row->line.v == 0 && text_is_empty(row->scanned))
        return fail_field(s, "scanned", "Say which part came: scan it or type its number.");
    if (row->line.v == 0)
        return line_by_code(s, d, row->scanned, ret);
    *ret = line_by_id(d, row->line);
    if (*ret == NULL)
        return fail_field(s, "line", "This line is not on purchase order %lld.",
                          (long long)d->head.id.v);
    return OK;
}

static struct qty quantity_of(const struct delivery *d, const struct receive_line *row,
                              const struct purchase_line *line)
{
    if (row->quantity.thousandths != NUMBER_NONE)
        return row->quantity;
    if (row->line.v == 0)
        return (struct qty){1000};
    return (struct qty){line->open.thousandths - already(d, line).thousandths};
}

static status check_quantity(struct session *s, const struct delivery *d,
                             const struct coming *coming)
{
    const struct purchase_line *line = coming->line;
    const char *name = *line->sku != '\0' ? line->sku : line->description;
    const struct qty open = {line->open.thousandths - already(d, line).thousandths};
    char ordered[NUMBER_TEXT_MAX], left[NUMBER_TEXT_MAX], came[NUMBER_TEXT_MAX];

    if (coming->quantity.thousandths <= 0)
        return fail_field(s, "quantity", "Say how many of %s came: more than nothing.", name);
    if (coming->part.id.v != 0)
        TRY(part_check_quantity(s, &coming->part, coming->quantity, "quantity"));
    if (coming->quantity.thousandths <= open.thousandths || d->in->over)
        return OK;
    return fail_field(s, "quantity",
                      "%s of %s came, but of %s ordered only %s are still to come. Correct the "
                      "quantity, or say that more came than was ordered.",
                      qty_text(coming->quantity, came), name, qty_text(line->quantity, ordered),
                      qty_text(open, left));
}

static status value_line(struct session *s, struct coming *coming)
{
    if (money_times_qty(coming->cost, coming->quantity, &coming->amount) != OK ||
        money_times_qty(coming->line->core, coming->quantity, &coming->core) != OK ||
        coming->amount.cents > MONEY_MAX_CENTS || coming->core.cents > MONEY_MAX_CENTS)
        return fail_field(s, "quantity", "This comes to more than can be counted.");
    return OK;
}

static status check_cost(struct session *s, const struct receive_line *row)
{
    if (row->cost.cents == NUMBER_NONE || right_set_has(&s->rights, RIGHT_COSTS_VIEW))
        return OK;
    return fail(s, ERR_DENIED, "Your role does not allow setting costs. Leave the cost empty.");
}

static status add_row(struct session *s, struct delivery *d, const struct receive_line *row)
{
    struct coming *coming = &d->coming[d->count];
    const struct purchase_line *line = NULL;

    TRY(check_cost(s, row));
    TRY(find_line(s, d, row, &line));
    *coming = (struct coming){
        .line = line,
        .quantity = quantity_of(d, row, line),
        .cost = row->cost.cents == NUMBER_NONE ? line->cost : row->cost,
        .bin = text_is_empty(row->bin) ? NULL : row->bin,
    };
    if (line->part.v != 0)
        TRY(part_get(s, line->part, &coming->part));
    TRY(check_quantity(s, d, coming));
    TRY(value_line(s, coming));
    d->count++;
    return OK;
}

static status more_than_open(struct session *s, const struct receive_line *row, struct qty ordered,
                             struct qty open)
{
    char all[NUMBER_TEXT_MAX], left[NUMBER_TEXT_MAX], came[NUMBER_TEXT_MAX];

    return fail_field(s, "quantity",
                      "%s of %s came, but of %s ordered only %s are still to come. Correct the "
                      "quantity, or say that more came than was ordered.",
                      qty_text(row->quantity, came), row->scanned, qty_text(ordered, all),
                      qty_text(open, left));
}

/* Fills the lines of the number one after the other; what is over goes onto the last. */
static status add_scanned(struct session *s, struct delivery *d, const struct receive_line *row)
{
    struct receive_line part = *row;
    struct qty open, ordered;
    int64_t left = row->quantity.thousandths;

    TRY(open_by_code(s, d, row->scanned, &open, &ordered));
    if (left > open.thousandths && !d->in->over)
        return more_than_open(s, row, ordered, open);
    while (left > 0) {
        const struct purchase_line *line = NULL;
        TRY(line_by_code(s, d, row->scanned, &line));
        const int64_t here = line->open.thousandths - already(d, line).thousandths;
        const bool is_last = here <= 0 || here >= open.thousandths;
        part.quantity.thousandths = is_last || here > left ? left : here;
        TRY(add_row(s, d, &part));
        left -= part.quantity.thousandths;
        open.thousandths -= part.quantity.thousandths;
    }
    return OK;
}

static status add_given(struct session *s, struct delivery *d)
{
    const struct receive_line *row = d->in->lines.at;

    for (size_t i = 0; i < d->in->lines.count; i++) {
        const bool is_many = row[i].line.v == 0 && !text_is_empty(row[i].scanned) &&
                             row[i].quantity.thousandths != NUMBER_NONE &&
                             row[i].quantity.thousandths > 0;
        TRY(in_row(s, i + 1, is_many ? add_scanned(s, d, &row[i]) : add_row(s, d, &row[i])));
    }
    return OK;
}

static status add_open(struct session *s, struct delivery *d)
{
    const struct purchase_line *line = d->lines.at;

    for (size_t i = 0; i < d->lines.count; i++)
        if (line[i].open.thousandths > 0)
            TRY(add_row(s, d,
                        &(struct receive_line){.line = line[i].id,
                                               .scanned = "",
                                               .quantity = {NUMBER_NONE},
                                               .cost = {NUMBER_NONE},
                                               .bin = ""}));
    if (d->count == 0)
        return fail(s, ERR_CONFLICT, "Nothing is still to come of purchase order %lld.",
                    (long long)d->head.id.v);
    return OK;
}

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
    d.coming = NEW_ARRAY(s->arena, struct coming, (d.in->lines.count + 1) * (d.lines.count + 1));
    TRY(d.in->lines.count > 0 ? add_given(s, &d) : add_open(s, &d));
    TRY(spread_freight(s, &d));
    TRY(add_up(s, &d));
    TRY(write(s, &d));
    TRY(purchase_finish(s, &d.head, page));
    page->warning = d.warning;
    return OK;
}
