/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What came of a purchase order: which of its lines each scan or number stands for, and how much of
 * them is still to come. */

#include "base/text.h"
#include "receipt_inner.h"

static status in_row(struct session *s, size_t row, status result)
{
    if (result == ERR_INVALID)
        fault_prefix(&s->fault, arena_printf(s->arena, "lines.%zu", row));
    return result;
}

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

/* The part that wears the scanned code on its box; none when no part does. */
static status part_of_code(struct session *s, const char *code, struct part_id *ret)
{
    struct part part = {.id = {0}};
    const status result = part_find_by_upc(s, code, &part);

    if (result != OK && result != ERR_NOT_FOUND)
        return result;
    *ret = part.id;
    return OK;
}

/* The line that the scanned code, or the part that wears it, stands for: one of which something is
 * still to come, if there is. NULL when it is on no line. */
static const struct purchase_line *line_of_code(struct session *s, const struct delivery *d,
                                                const char *code, struct part_id part)
{
    const struct purchase_line *line = d->lines.at, *hit = NULL;
    const char *typed = record_code(s, code);

    for (size_t i = 0; i < d->lines.count; i++) {
        const bool fits = text_same(record_code(s, line[i].sku), typed) ||
                          text_same(record_code(s, line[i].number), typed) ||
                          (part.v != 0 && line[i].part.v == part.v);
        if (!fits)
            continue;
        if (line[i].open.thousandths > already(d, &line[i]).thousandths)
            return &line[i];
        hit = hit != NULL ? hit : &line[i];
    }
    return hit;
}

static status not_ordered(struct session *s, const struct delivery *d, const char *code)
{
    return fail_field(s, "scanned",
                      "“%s” is not on purchase order %lld. Put it aside, or receive it on the "
                      "order it belongs to.",
                      code, (long long)d->head.id.v);
}

/* A number may stand on several lines: some for a repair order, the rest for the shelf. What was
 * ordered and is still to come of all that are like the first. */
static struct qty open_like(const struct delivery *d, const struct purchase_line *first,
                            struct qty *ret_ordered)
{
    const struct purchase_line *line = d->lines.at;
    struct qty sum = {0};

    *ret_ordered = (struct qty){0};
    for (size_t i = 0; i < d->lines.count; i++) {
        const bool same = &line[i] == first ||
                          (first->part.v != 0 ? line[i].part.v == first->part.v
                                              : line[i].part.v == 0 && *first->number != '\0' &&
                                                    text_same(line[i].number, first->number));
        const int64_t open = line[i].open.thousandths - already(d, &line[i]).thousandths;
        if (same && open > 0)
            sum.thousandths += open;
        if (same)
            ret_ordered->thousandths += line[i].quantity.thousandths;
    }
    return sum;
}

/* The line a row means; NULL when the order has none. */
static status find_line(struct session *s, const struct delivery *d, const struct receive_line *row,
                        const struct purchase_line **ret)
{
    struct part_id part = {0};

    if (row->line.v == 0 && text_is_empty(row->scanned))
        return fail_field(s, "scanned", "Say which part came: scan it or type its number.");
    if (row->line.v == 0)
        TRY(part_of_code(s, row->scanned, &part));
    *ret = row->line.v == 0 ? line_of_code(s, d, row->scanned, part) : line_by_id(d, row->line);
    return OK;
}

static status no_line(struct session *s, const struct delivery *d, const struct receive_line *row)
{
    if (row->line.v == 0)
        return not_ordered(s, d, row->scanned);
    return fail_field(s, "line", "This line is not on purchase order %lld.",
                      (long long)d->head.id.v);
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

static status too_many(struct session *s, const char *name, struct qty came, struct qty ordered,
                       struct qty open)
{
    char all[NUMBER_TEXT_MAX], left[NUMBER_TEXT_MAX], here[NUMBER_TEXT_MAX];

    return fail_field(s, "quantity",
                      "%s of %s came, but of %s ordered only %s are still to come. Correct the "
                      "quantity, or say that more came than was ordered.",
                      qty_text(came, here), name, qty_text(ordered, all), qty_text(open, left));
}

static status check_quantity(struct session *s, const struct delivery *d,
                             const struct coming *coming)
{
    const struct purchase_line *line = coming->line;
    const char *name = *line->sku != '\0' ? line->sku : line->description;
    const struct qty open = {line->open.thousandths - already(d, line).thousandths};

    if (coming->quantity.thousandths <= 0)
        return fail_field(s, "quantity", "Say how many of %s came: more than nothing.", name);
    if (coming->part.id.v != 0)
        TRY(part_check_quantity(s, &coming->part, coming->quantity, "quantity"));
    if (coming->quantity.thousandths <= open.thousandths || d->in->over)
        return OK;
    return too_many(s, name, coming->quantity, line->quantity, open);
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
    if (line == NULL)
        return no_line(s, d, row);
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

/* Fills the lines of the number one after the other; what is over goes onto the last. */
static status add_scanned(struct session *s, struct delivery *d, const struct receive_line *row)
{
    struct receive_line piece = *row;
    struct part_id part = {0};
    struct qty ordered;
    int64_t left = row->quantity.thousandths;

    TRY(part_of_code(s, row->scanned, &part));
    const struct purchase_line *line = line_of_code(s, d, row->scanned, part);
    if (line == NULL)
        return not_ordered(s, d, row->scanned);
    struct qty open = open_like(d, line, &ordered);
    if (left > open.thousandths && !d->in->over)
        return too_many(s, row->scanned, row->quantity, ordered, open);
    while (left > 0 && line != NULL) {
        const int64_t here = line->open.thousandths - already(d, line).thousandths;
        const bool is_last = here <= 0 || here >= open.thousandths;
        piece.quantity.thousandths = is_last || here > left ? left : here;
        TRY(add_row(s, d, &piece));
        left -= piece.quantity.thousandths;
        open.thousandths -= piece.quantity.thousandths;
        line = line_of_code(s, d, row->scanned, part);
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

status receipt_take_lines(struct session *s, struct delivery *d)
{
    d->coming = NEW_ARRAY(s->arena, struct coming, (d->in->lines.count + 1) * (d->lines.count + 1));
    return d->in->lines.count > 0 ? add_given(s, d) : add_open(s, d);
}
