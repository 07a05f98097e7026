/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Explanations: the rows, their shape, and adding up again what is said to be a sum. What a
 * document's figures are made of is in explain_order.c and its neighbours. */

#include <string.h>

#include "base/text.h"
#include "explain_inner.h"

#define FIRST_ROOM 64

/* clang-format off */
static const struct field row_fields[] = {
    FIELD(struct explain_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct explain_row, depth, .help = "0: a figure of the document; 1: what it is made of", .flags = FIELD_HIDDEN),
    FIELD(struct explain_row, figure, .help = "Its name, to ask for it alone", .flags = FIELD_HIDDEN),
    FIELD(struct explain_row, label, .label = "Figure"),
    FIELD(struct explain_row, value),
    FIELD(struct explain_row, formula, .label = "Made of"),
    FIELD(struct explain_row, rule, .help = "What makes it so"),
    FIELD(struct explain_row, source, .label = "Where", .help = "Where that rule is"),
    FIELD(struct explain_row, noun, .label = "Record", .help = "What it comes from"),
    FIELD(struct explain_row, record, .label = "Number"),
    FIELD(struct explain_row, amount, .flags = FIELD_SIGNED | FIELD_OPTIONAL | FIELD_HIDDEN),
    FIELD(struct explain_row, adds, .help = "One of the parts of the sum above it", .flags = FIELD_HIDDEN),
};
const struct shape explain_row_shape = SHAPE_OF(struct explain_row, "figure", row_fields);

static const struct field explanation_fields[] = {
    FIELD(struct explanation, title, .label = "Of"),
    FIELD(struct explanation, rows, .label = "Figures", .rows = &explain_row_shape),
};
const struct shape explanation_shape = SHAPE_OF(struct explanation, "explanation", explanation_fields);
/* clang-format on */

/* ------------------------------------------------------------------------- texts -- */

const char *explain_cents(struct session *s, struct money amount)
{
    char text[NUMBER_TEXT_MAX];

    return arena_text(s->arena, money_show(amount, text));
}

const char *explain_rate(struct session *s, struct rate rate)
{
    char text[NUMBER_TEXT_MAX];

    return arena_printf(s->arena, "%s %%", rate_text(rate, text));
}

const char *explain_qty(struct session *s, struct qty quantity)
{
    char text[NUMBER_TEXT_MAX];

    return arena_text(s->arena, qty_text(quantity, text));
}

const char *explain_day(struct session *s, struct day day)
{
    char text[DAY_TEXT_MAX];

    return arena_text(s->arena, day_show(day, text));
}

/* One decimal, half away from zero. */
const char *explain_share(struct session *s, struct money part, struct money whole)
{
    struct money mille;

    if (whole.cents == 0 || money_share(part, 1000, whole.cents, &mille) != OK)
        return "-";
    const int64_t size = mille.cents < 0 ? -mille.cents : mille.cents;
    return arena_printf(s->arena, "%s%lld.%lld %%", mille.cents < 0 ? "-" : "",
                        (long long)size / 10, (long long)size % 10);
}

bool explain_shows_costs(const struct explain *e)
{
    return right_set_has(&e->s->rights, RIGHT_COSTS_VIEW);
}

/* -------------------------------------------------------------------------- rows -- */

static struct explain_row *next_row(struct explain *e)
{
    if (e->count == e->room) {
        const size_t room = e->room == 0 ? FIRST_ROOM : 2 * e->room;
        struct explain_row *rows = NEW_ARRAY(e->s->arena, struct explain_row, room);
        if (e->count > 0)
            memcpy(rows, e->rows, e->count * sizeof *rows);
        e->rows = rows;
        e->room = room;
    }
    return &e->rows[e->count++];
}

struct explain_row *explain_add(struct explain *e, int64_t depth, const char *figure,
                                const char *label, const char *formula)
{
    struct explain_row *row = next_row(e);

    *row = (struct explain_row){
        .id = (int64_t)e->count,
        .depth = depth,
        .figure = figure,
        .label = EXPLAIN_TEXT(e, "%*s%s", (int)(2 * depth), "", label),
        .formula = formula,
        .value = "",
        .rule = "",
        .source = "",
        .noun = "",
        .amount = {NUMBER_NONE},
    };
    return row;
}

struct explain_row *explain_money(struct explain *e, int64_t depth, const char *figure,
                                  const char *label, struct money amount, const char *formula)
{
    struct explain_row *row = explain_add(e, depth, figure, label, formula);

    row->amount = amount;
    row->value = explain_cents(e->s, amount);
    return row;
}

struct explain_row *explain_part(struct explain *e, int64_t depth, const char *figure,
                                 const char *label, struct money amount, const char *formula)
{
    struct explain_row *row = explain_money(e, depth, figure, label, amount, formula);

    row->adds = true;
    return row;
}

/* -------------------------------------------------------------------------- sums -- */

/* What the parts below a row come to; false when it has none. */
static bool parts_of(const struct explain *e, size_t at, struct money *ret_sum)
{
    bool any = false;

    *ret_sum = MONEY_ZERO;
    for (size_t i = at + 1; i < e->count && e->rows[i].depth > e->rows[at].depth; i++) {
        if (e->rows[i].depth != e->rows[at].depth + 1 || !e->rows[i].adds)
            continue;
        any = true;
        if (money_add(*ret_sum, e->rows[i].amount, ret_sum) != OK)
            return false;
    }
    return any;
}

/* A figure that its rows do not come to is said where it stands. */
static void check_sum(struct explain *e, size_t at)
{
    struct money sum;

    if (e->rows[at].amount.cents == NUMBER_NONE || !parts_of(e, at, &sum) ||
        sum.cents == e->rows[at].amount.cents)
        return;
    e->rows[at].rule =
        EXPLAIN_TEXT(e, "! Does not add up: its parts come to %s. Let doctor prove the books.",
                     explain_cents(e->s, sum));
}

/* The rows of one figure, from its own depth on. */
static void keep_figure(struct explain *e, size_t at)
{
    const int64_t depth = e->rows[at].depth;
    size_t count = 1;

    while (at + count < e->count && e->rows[at + count].depth > depth)
        count++;
    e->rows += at;
    e->count = count;
    for (size_t i = 0; i < count; i++) {
        e->rows[i].id = (int64_t)i + 1;
        e->rows[i].depth -= depth;
        e->rows[i].label += 2 * depth;
    }
}

status explain_done(struct explain *e, const char *title, const char *figure,
                    struct explanation *ret)
{
    size_t at = 0;

    for (size_t i = 0; i < e->count; i++)
        check_sum(e, i);
    if (!text_is_empty(figure)) {
        while (at < e->count && !text_same(e->rows[at].figure, figure))
            at++;
        if (at == e->count)
            return fail_field(e->s, "figure",
                              "There is no figure “%s” here. Leave it empty to see all.", figure);
        keep_figure(e, at);
    }
    *ret = (struct explanation){.title = title, .rows = {e->rows, e->count}};
    return OK;
}
