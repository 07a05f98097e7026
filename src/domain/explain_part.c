/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Where the stock figures of a part come from: its movements, the orders it is promised to, the
 * purchases it is to come with; and what it is worth and sold for. */

#include "base/text.h"
#include "domain/explain.h"
#include "domain/matrix.h"
#include "domain/part.h"
#include "domain/stock.h"
#include "explain_inner.h"

/* clang-format off */
static const char SQL_MOVES[] =
    "SELECT kind AS word, count(*) AS times, sum(quantity) AS quantity, sum(value) AS value\n"
    "FROM stock_move\n"
    "WHERE part = :part\n"
    "GROUP BY kind\n"
    "ORDER BY min(id)";
static const char SQL_COMMITTED[] =
    "SELECT j.repair_order AS record, sum(l.committed) AS quantity, 0 AS value\n"
    "FROM line AS l JOIN job AS j ON j.id = l.job\n"
    "WHERE l.part = :part AND l.committed > 0\n"
    "GROUP BY j.repair_order\n"
    "ORDER BY 1";
static const char SQL_PULLED[] =
    "SELECT j.repair_order AS record, sum(l.pulled) AS quantity, sum(l.pulled_value) AS value\n"
    "FROM line AS l JOIN job AS j ON j.id = l.job\n"
    "WHERE l.part = :part AND l.pulled > 0\n"
    "GROUP BY j.repair_order\n"
    "ORDER BY 1";
static const char SQL_ON_ORDER[] =
    "SELECT purchase AS record, sum(open) AS quantity, 0 AS value\n"
    "FROM purchase_line\n"
    "WHERE part = :part AND open > 0\n"
    "GROUP BY purchase\n"
    "ORDER BY 1";

struct stock_row {
    const char *word;
    int64_t record, times;
    struct qty quantity;
    struct money value;
};
static const struct field stock_fields[] = {
    FIELD(struct stock_row, word),
    FIELD(struct stock_row, record),
    FIELD(struct stock_row, times),
    FIELD(struct stock_row, quantity, .flags = FIELD_SIGNED),
    FIELD(struct stock_row, value, .flags = FIELD_SIGNED),
};
static const struct shape stock_shape = SHAPE_OF(struct stock_row, "stock", stock_fields);

static const struct field explain_fields[] = {
    FIELD(struct part_explain, part, .picks = "part.search", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
    EXPLAIN_FIGURE_FIELD(struct part_explain),
};
/* clang-format on */

static status rows_of(struct explain *e, const char *sql, struct part_id part, struct rows *ret)
{
    return store_list(e->s->store, sql, NO_ROW, BINDS(BIND_ID("part", part)), e->s->arena,
                      &stock_shape, ret);
}

static struct explain_row *quantity(struct explain *e, int64_t depth, const char *figure,
                                    const char *label, struct qty amount, const char *formula)
{
    struct explain_row *row = explain_add(e, depth, figure, label, formula);

    row->value = explain_qty(e->s, amount);
    return row;
}

static const char *kind_label(const char *word)
{
    const int kind = choice_value(&stock_kind_choices, word);

    return kind >= 0 ? choice_label(&stock_kind_choices, (unsigned)kind) : word;
}

static const char *movements(const struct explain *e, int64_t times)
{
    return times == 1 ? "1 movement" : EXPLAIN_TEXT(e, "%lld movements", (long long)times);
}

/* ---------------------------------------------------------------------- quantities -- */

static void on_hand_rows(struct explain *e, const struct part *part, const struct rows *moves)
{
    const struct stock_row *row = moves->at;
    int64_t sum = 0;

    for (size_t i = 0; i < moves->count; i++)
        sum += row[i].quantity.thousandths;
    struct explain_row *head =
        quantity(e, 0, "on-hand", "On hand", part->on_hand, "All movements together");
    if (sum != part->on_hand.thousandths)
        head->rule = EXPLAIN_TEXT(e,
                                  "! Does not add up: its movements come to %s. Let doctor prove "
                                  "the books.",
                                  explain_qty(e->s, (struct qty){sum}));
    for (size_t i = 0; i < moves->count; i++)
        quantity(e, 1, "", kind_label(row[i].word), row[i].quantity, movements(e, row[i].times));
}

static status owed_rows(struct explain *e, const struct part *part, const char *sql,
                        const char *noun, const char *name)
{
    struct rows rows;

    TRY(rows_of(e, sql, part->id, &rows));
    const struct stock_row *row = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        struct explain_row *out =
            quantity(e, 1, "", EXPLAIN_TEXT(e, "%s %lld", name, (long long)row[i].record),
                     row[i].quantity, "");
        out->noun = noun;
        out->record.v = row[i].record;
    }
    return OK;
}

static status quantity_rows(struct explain *e, const struct part *part, const struct rows *moves)
{
    on_hand_rows(e, part, moves);
    quantity(e, 0, "committed", "Committed", part->committed,
             "Authorized on open orders and not yet off the shelf");
    TRY(owed_rows(e, part, SQL_COMMITTED, "order", "RO"));
    quantity(e, 0, "available", "Available", part->available,
             EXPLAIN_TEXT(e, "%s on hand - %s committed", explain_qty(e->s, part->on_hand),
                          explain_qty(e->s, part->committed)));
    quantity(e, 0, "on-order", "On order", part->on_order, "Sent and not yet received");
    TRY(owed_rows(e, part, SQL_ON_ORDER, "purchase", "PO"));
    return OK;
}

/* When what will be there is down to the least, up to the most. */
static void reorder_row(struct explain *e, const struct part *part)
{
    const int64_t coming = part->available.thousandths + part->on_order.thousandths;
    const bool is_low = part->high.thousandths > 0 && coming <= part->low.thousandths;
    const struct qty wanted = {is_low ? part->high.thousandths - coming : 0};

    if (part->high.thousandths == 0)
        return;
    quantity(e, 0, "reorder", "To be ordered", wanted,
             EXPLAIN_TEXT(e, "%s available + %s on order = %s; least %s, most %s",
                          explain_qty(e->s, part->available), explain_qty(e->s, part->on_order),
                          explain_qty(e->s, (struct qty){coming}), explain_qty(e->s, part->low),
                          explain_qty(e->s, part->high)))
        ->rule = "At the least or below it: up to the most.";
}

/* --------------------------------------------------------------------------- money -- */

static status value_rows(struct explain *e, const struct part *part, const struct rows *moves)
{
    const struct stock_row *row = moves->at;
    struct money average = {0};
    struct rows pulled;

    if (!explain_shows_costs(e))
        return OK;
    explain_money(e, 0, "value", "Worth on the shelf", part->stock_value, "All movements together")
        ->rule =
        "Moving average, exact: what leaves takes its share of the value, the last piece all "
        "that is left.";
    for (size_t i = 0; i < moves->count; i++)
        explain_part(e, 1, "", kind_label(row[i].word), row[i].value, movements(e, row[i].times));
    if (part->on_hand.thousandths > 0 &&
        money_share(part->stock_value, 1000, part->on_hand.thousandths, &average) == OK)
        explain_money(e, 0, "average", "Average cost", average,
                      EXPLAIN_TEXT(e, "%s / %s", explain_cents(e->s, part->stock_value),
                                   explain_qty(e->s, part->on_hand)));
    explain_money(e, 0, "cost", "Last cost", part->cost, "As it was received last");
    TRY(rows_of(e, SQL_PULLED, part->id, &pulled));
    row = pulled.at;
    for (size_t i = 0; i < pulled.count; i++) {
        struct explain_row *out = explain_money(
            e, 0, "", EXPLAIN_TEXT(e, "Pulled for RO %lld", (long long)row[i].record), row[i].value,
            EXPLAIN_TEXT(e, "%s pieces, off the shelf and not yet invoiced",
                         explain_qty(e->s, row[i].quantity)));
        out->noun = "order";
        out->record.v = row[i].record;
    }
    return OK;
}

static status price_rows(struct explain *e, const struct part *part)
{
    struct matrix_price price;

    TRY(matrix_find_price(
        e->s,
        &(struct matrix_question){
            .part = part->id, .category = part->category, .cost = part->cost, .list = part->price},
        &price));
    struct explain_row *row = explain_money(e, 0, "price", "Sold for", price.price,
                                            explain_shows_costs(e) ? price.why : "");
    row->rule = EXPLAIN_TEXT(e, "By %s, for customers without prices of their own.",
                             choice_label(&price_rule_choices, price.rule));
    explain_money(e, 1, "list", "List price", part->price, "As its record has it");
    if (!explain_shows_costs(e) || part->cost.cents == 0)
        return OK;
    const struct money profit = {price.price.cents - part->cost.cents};
    explain_money(e, 1, "profit", "Gross profit", profit,
                  EXPLAIN_TEXT(e, "%s - %s last cost (%s)", explain_cents(e->s, price.price),
                               explain_cents(e->s, part->cost),
                               explain_share(e->s, profit, price.price)));
    return OK;
}

static status part_explain(struct session *s, const void *input, void *output)
{
    const struct part_explain *in = input;
    struct explain e = {.s = s};
    struct part part;
    struct rows moves;

    TRY(part_get(s, in->part, &part));
    TRY(rows_of(&e, SQL_MOVES, part.id, &moves));
    TRY(quantity_rows(&e, &part, &moves));
    reorder_row(&e, &part);
    TRY(value_rows(&e, &part, &moves));
    TRY(price_rows(&e, &part));
    return explain_done(&e, EXPLAIN_TEXT(&e, "%s, %s", part.sku, part.name), in->figure, output);
}

const struct op part_explain_op = {
    .name = "part.explain",
    .says = "Explain the stock, worth and price of a part: movements, orders, rules",
    .title = "Explain a part's figures",
    .right = RIGHT_PARTS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct part_explain, explain_fields),
    .out = &explanation_shape,
    .run = part_explain,
};
